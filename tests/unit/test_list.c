/* Fields of lists, sort keys and sorting: missing last either way, ties as they were. */
#include "core/list.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void fields_by_name(void **state)
{
	static const struct {
		const char *name;
		enum list_field field;
	} rows[] = { { "id", LIST_ID }, { "ARR", LIST_ARR }, { "arr_cents", LIST_ARR },
		{ "health_change_28d", LIST_CHANGE }, { "change", LIST_CHANGE },
		{ "tier_score", LIST_SCORE }, { "score", LIST_SCORE },
		{ "industry", LIST_INDUSTRY }, { "quadrant", LIST_QUADRANT },
		{ "", LIST_FIELDS }, { "arr ", LIST_FIELDS }, { "tier1", LIST_FIELDS } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_int_equal(
			list_field_by_name(text_of(rows[i].name)), rows[i].field);
	for (int f = 0; f < LIST_FIELDS; f++) {
		const struct list_field_def *d = list_field_def((enum list_field)f);

		assert_int_equal(list_field_by_name(text_of(d->name)), f);
		if (d->json)
			assert_int_equal(list_field_by_name(text_of(d->json)), f);
		assert_true(d->width > 0 && d->title && d->help);
	}
}

static void sort_keys(void **state)
{
	static const struct {
		const char *text;
		int n;
		enum list_field field[LIST_SORT_MAX];
		bool descending[LIST_SORT_MAX];
	} rows[] = {
		{ "", 0, { 0 }, { false } },
		{ "tier", 1, { LIST_TIER }, { false } },
		{ "-arr", 1, { LIST_ARR }, { true } },
		{ "tier,-arr", 2, { LIST_TIER, LIST_ARR }, { false, true } },
		{ " tier , -arr ", 2, { LIST_TIER, LIST_ARR }, { false, true } },
		{ "csm,tier,-health,name", 4,
			{ LIST_CSM, LIST_TIER, LIST_HEALTH, LIST_NAME },
			{ false, false, true, false } },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct list_sort s;

		assert_int_equal(list_sort_parse(text_of(rows[i].text), &s, NULL), ST_OK);
		assert_int_equal(s.n, rows[i].n);
		for (int k = 0; k < s.n; k++) {
			assert_int_equal(s.key[k].field, rows[i].field[k]);
			assert_int_equal(s.key[k].descending, rows[i].descending[k]);
		}
	}
}

static void bad_sort_keys(void **state)
{
	static const struct {
		const char *text, *error;
	} rows[] = {
		{ "size", "there is no field \"size\"; fields are id, name, csm, tier, "
			  "arr" },
		{ "tier,size", "there is no field \"size\"" },
		{ "tier,,arr", "there is no field \"\"" },
		{ "--arr", "there is no field \"-arr\"" },
		{ "-", "there is no field \"\"" },
		{ "id,name,csm,tier,arr", "sort by at most 4 fields" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct list_sort s;
		struct err e;

		assert_int_equal(
			list_sort_parse(text_of(rows[i].text), &s, &e), ST_USAGE);
		if (!strstr(e.text, rows[i].error))
			fail_msg("%s", e.text);
	}
}

/* ---- sorting --------------------------------------------------------------------- */

/* Account id: tier, ARR in cents, name (missing: 0, NaN, NULL). */
static const struct {
	double tier, arr;
	const char *name;
} accounts[] = {
	{ 2, 500, "beta" },          /* 1 */
	{ 1, (double)NAN, "Alpha" }, /* 2 */
	{ 2, 900, NULL },            /* 3 */
	{ 1, -100, "alpha" },        /* 4 */
	{ (double)NAN, 0,
		"\xC3\x89"
		"cole" },         /* 5: École */
	{ 2, 500, "Zeta" },       /* 6 */
	{ 1, (double)NAN, NULL }, /* 7 */
	{ 3, 0,
		"e\xCC\x81"
		"cole" }, /* 8: the same, decomposed */
};

static void numbers(
	void *ctx, enum list_field field, uint32_t first, uint32_t n, double *out)
{
	(void)ctx;
	for (uint32_t i = 0; i < n; i++)
		out[i] = field == LIST_TIER ? accounts[first + i].tier
					    : accounts[first + i].arr;
}

/* The names, once each account's own and once shared. */
static struct names {
	struct texts texts;
	uint32_t which[LENGTH(accounts)];
} own = { .texts.own = true }, shared;

static int fill_names(void **state)
{
	(void)state;
	for (uint32_t i = 0; i < LENGTH(accounts); i++) {
		const struct text name = text_of(accounts[i].name);

		assert_int_equal(texts_add(&own.texts, name, NULL), ST_OK);
		assert_int_equal(
			texts_share(&shared.texts, name, &shared.which[i], NULL), ST_OK);
	}
	assert_int_equal(texts_rank(&own.texts, NULL), ST_OK);
	assert_int_equal(texts_rank(&shared.texts, NULL), ST_OK);
	return 0;
}

static int clear_names(void **state)
{
	(void)state;
	texts_clear(&own.texts);
	texts_clear(&shared.texts);
	return 0;
}

static const struct texts *texts(void *ctx, enum list_field field)
{
	(void)field;
	return &((struct names *)ctx)->texts;
}

static void which(
	void *ctx, enum list_field field, uint32_t first, uint32_t n, uint32_t *out)
{
	(void)field;
	memcpy(out, &((struct names *)ctx)->which[first], n * sizeof(*out));
}

static const struct list_source sources[] = {
	{ &own, LENGTH(accounts), numbers, texts, which },
	{ &shared, LENGTH(accounts), numbers, texts, which },
};

static void sorts(void **state)
{
	static const struct {
		const char *by;
		uint32_t ids[LENGTH(accounts)];
	} rows[] = {
		{ "", { 1, 2, 3, 4, 5, 6, 7, 8 } },
		{ "tier", { 2, 4, 7, 1, 3, 6, 8, 5 } },
		{ "-tier", { 8, 1, 3, 6, 2, 4, 7, 5 } },
		{ "arr", { 4, 5, 8, 1, 6, 3, 2, 7 } },
		{ "-arr", { 3, 1, 6, 5, 8, 4, 2, 7 } },
		{ "name", { 2, 4, 1, 6, 5, 8, 3, 7 } },
		{ "-name", { 5, 8, 6, 1, 2, 4, 3, 7 } },
		{ "tier,-arr", { 4, 2, 7, 3, 1, 6, 8, 5 } },
		{ "tier,arr", { 4, 2, 7, 1, 6, 3, 8, 5 } },
		{ "-tier,name", { 8, 1, 6, 3, 2, 4, 7, 5 } },
	};

	(void)state;
	for (size_t i = 0; i < 2 * LENGTH(rows); i++) {
		uint32_t ids[LENGTH(accounts)] = { 1, 2, 3, 4, 5, 6, 7, 8 };
		const struct list_source *from = &sources[i / LENGTH(rows)];
		const uint32_t *expected = rows[i % LENGTH(rows)].ids;
		const char *by = rows[i % LENGTH(rows)].by;
		struct list_sort s;

		assert_int_equal(list_sort_parse(text_of(by), &s, NULL), ST_OK);
		assert_int_equal(list_sort_ids(&s, from, ids, LENGTH(ids), NULL), ST_OK);
		for (size_t k = 0; k < LENGTH(ids); k++)
			if (ids[k] != expected[k])
				fail_msg("by %s: place %zu has %u, not %u", by, k, ids[k],
					expected[k]);
		assert_int_equal(list_sort_ids(&s, from, ids, 0, NULL), ST_OK);
	}
}

/* ---- keys of all widths ----------------------------------------------------------- */

enum { WIDE = 9000 };

static double wide(enum list_field field, uint32_t i)
{
	static const double arr[] = { -5e12, 123456789012, 2, (double)NAN };
	static const double share[] = { 0.1, 0.30000000000000004, 99.9999, (double)NAN };
	const uint32_t throw = (i + 1) * 2654435761u >> (2 * field + 3);

	switch (field) {
	case LIST_ARR:
		return arr[throw % 4];
	case LIST_TIER:
		return throw % 4 ? throw % 4 : (double)NAN;
	default:
		return share[throw % 4];
	}
}

static void wide_numbers(
	void *ctx, enum list_field field, uint32_t first, uint32_t n, double *out)
{
	(void)ctx;
	for (uint32_t i = 0; i < n; i++)
		out[i] = wide(field, first + i);
}

static int compare(const struct list_sort *s, uint32_t a, uint32_t b)
{
	for (int k = 0; k < s->n; k++) {
		const double x = wide(s->key[k].field, a), y = wide(s->key[k].field, b);

		if (isnan(x) || isnan(y)) {
			if (isnan(x) != isnan(y))
				return isnan(x) ? 1 : -1;
		} else if (x != y) {
			return (x > y) != s->key[k].descending ? 1 : -1;
		}
	}
	return a < b ? -1 : 1;
}

static void sorts_by_keys_of_all_widths(void **state)
{
	static const char *const by[] = { "arr", "-arr,tier", "score", "-score,effort",
		"tier,score,-arr,effort", "-arr,-tier,-value_pct,score", "tier,-arr" };
	static const struct list_source from = { NULL, WIDE, wide_numbers, NULL, NULL };
	static uint32_t ids[WIDE];

	(void)state;
	for (size_t i = 0; i < LENGTH(by); i++) {
		struct list_sort s;

		for (uint32_t k = 0; k < WIDE; k++)
			ids[k] = k + 1;
		assert_int_equal(list_sort_parse(text_of(by[i]), &s, NULL), ST_OK);
		assert_int_equal(list_sort_ids(&s, &from, ids, WIDE, NULL), ST_OK);
		for (uint32_t k = 1; k < WIDE; k++)
			if (compare(&s, ids[k - 1] - 1, ids[k] - 1) > 0)
				fail_msg("by %s: %u and %u", by[i], ids[k - 1], ids[k]);
	}
}

/* Many rows, where another way of sorting takes over. */
static void remainders(
	void *ctx, enum list_field field, uint32_t first, uint32_t n, double *out)
{
	(void)ctx;
	for (uint32_t i = 0; i < n; i++) {
		const uint32_t id = first + 1 + i;

		out[i] = field == LIST_TIER ? id % 3
			 : id % 7           ? -(double)(id % 7)
					    : (double)NAN;
	}
}

static void sorts_many(void **state)
{
	enum { MANY = LIST_BLOCK + 1000 }; /* more than a block */
	const struct list_source many = { NULL, MANY, remainders, texts, which };
	uint32_t *ids = calloc(MANY, sizeof(*ids));
	struct list_sort s;

	(void)state;
	assert_non_null(ids);
	assert_int_equal(list_sort_parse(TEXT("-tier,arr"), &s, NULL), ST_OK);
	for (uint32_t i = 0; i < MANY; i++)
		ids[i] = i + 1;
	assert_int_equal(list_sort_ids(&s, &many, ids, MANY, NULL), ST_OK);
	for (uint32_t i = 1; i < MANY; i++) {
		const uint32_t a = ids[i - 1], b = ids[i];
		const uint32_t x = a % 7 ? 7 - a % 7 : 8, y = b % 7 ? 7 - b % 7 : 8;

		/* -6 .. -1, then missing; equal ones by id as they came */
		assert_true(a % 3 > b % 3 ||
			    (a % 3 == b % 3 && (x < y || (x == y && a < b))));
	}
	free(ids);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_by_name),
		cmocka_unit_test(sort_keys),
		cmocka_unit_test(bad_sort_keys),
		cmocka_unit_test(sorts),
		cmocka_unit_test(sorts_by_keys_of_all_widths),
		cmocka_unit_test(sorts_many),
	};
	return cmocka_run_group_tests(tests, fill_names, clear_names);
}
