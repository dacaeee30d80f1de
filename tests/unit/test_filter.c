/* The filter language: what parses and what it finds, what does not and where. */
#include "core/list.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/rows_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define TODAY "2026-03-31"

/* Five accounts; a missing number is NONE, a missing text NULL. */
#define NONE (-1e9)
static const struct {
	const char *id, *name, *csm, *tags, *region, *quadrant;
	double tier, arr, health, change, coverage;
	const char *renewal;
} accounts[] = {
	{ "A-1", "Northwind Traders", "Dana Reyes", "pilot;vip", "EMEA",
		"strategic attention", 1, 25000000, 82, -12, 0.9, "2026-04-30" },
	{ "A-2", "Contoso", "Ben Okafor", NULL, "Americas", "tech touch", 2, 5000000, 49,
		5, 0.4, "2026-06-29" },
	{ "A-3", "Caf\xC3\xA9 M\xC3\x9CLLER", NULL, "vip", NULL, NULL, 3, 0, NONE, NONE,
		0.2, "2026-03-31" },
	{ "B-10", "none", "Dana Reyes", NULL, "EMEA", "tech touch", NONE, NONE, 75, 0,
		0.5, NULL },
	{ "B-11", "Say \"hi\": ok", NULL, NULL, "APAC", "managed automation", 2, 4999900,
		50, NONE, 1, "2025-12-31" },
};

static double number(enum list_field field, uint32_t id)
{
	const double v = field == LIST_TIER       ? accounts[id - 1].tier
			 : field == LIST_ARR      ? accounts[id - 1].arr
			 : field == LIST_HEALTH   ? accounts[id - 1].health
			 : field == LIST_CHANGE   ? accounts[id - 1].change
			 : field == LIST_COVERAGE ? accounts[id - 1].coverage
						  : NONE;

	if (field == LIST_RENEWAL)
		return accounts[id - 1].renewal ? day_of(accounts[id - 1].renewal)
						: (double)NAN;
	return v == NONE ? (double)NAN : v;
}

static struct text text(enum list_field field, uint32_t id)
{
	return text_of(field == LIST_ID         ? accounts[id - 1].id
		       : field == LIST_NAME     ? accounts[id - 1].name
		       : field == LIST_CSM      ? accounts[id - 1].csm
		       : field == LIST_TAGS     ? accounts[id - 1].tags
		       : field == LIST_REGION   ? accounts[id - 1].region
		       : field == LIST_QUADRANT ? accounts[id - 1].quadrant
						: NULL);
}

static void numbers(
	void *ctx, enum list_field field, uint32_t first, uint32_t n, double *out)
{
	(void)ctx;
	for (uint32_t i = 0; i < n; i++)
		out[i] = number(field, first + 1 + i);
}

/* The texts of every field, each account's own, and shared ones. */
static struct columns {
	struct texts of[LIST_FIELDS];
	uint32_t which[LIST_FIELDS][LENGTH(accounts)];
} own, shared;

static int fill_columns(void **state)
{
	(void)state;
	for (int f = 0; f < LIST_FIELDS; f++) {
		own.of[f].own = true;
		for (uint32_t i = 0; i < LENGTH(accounts); i++) {
			MUST(texts_add(&own.of[f], text((enum list_field)f, i + 1), &e));
			MUST(texts_share(&shared.of[f], text((enum list_field)f, i + 1),
				&shared.which[f][i], &e));
		}
	}
	return 0;
}

static int clear_columns(void **state)
{
	(void)state;
	for (int f = 0; f < LIST_FIELDS; f++) {
		texts_clear(&own.of[f]);
		texts_clear(&shared.of[f]);
	}
	return 0;
}

static const struct texts *texts(void *ctx, enum list_field field)
{
	return &((struct columns *)ctx)->of[field];
}

static void which(
	void *ctx, enum list_field field, uint32_t first, uint32_t n, uint32_t *out)
{
	memcpy(out, &((struct columns *)ctx)->which[field][first], n * sizeof(*out));
}

static const struct list_source sources[] = {
	{ &own, LENGTH(accounts), numbers, texts, which },
	{ &shared, LENGTH(accounts), numbers, texts, which },
};

static const struct {
	const char *filter, *found; /* numbers of the accounts */
} matching[] = {
	{ "", "12345" },
	{ "  \t ", "12345" },
	/* bare words: name, id, owner, tags; case folded, composed or not */
	{ "contoso", "2" },
	{ "CONTOSO", "2" },
	{ "dana", "14" },
	{ "vip", "13" },
	{ "ana", "" },    /* in the middle of an owner's name */
	{ "ip", "" },     /* and of a tag */
	{ "ontos", "2" }, /* of the account's it will do */
	{ "a-", "123" },
	{ "m\xC3\xBCller", "3" },
	{ "mu\xCC\x88ller", "3" },
	{ "cafe\xCC\x81", "3" },
	{ "emea", "" }, /* a region is not searched */
	{ "dana vip", "1" },
	{ "\"northwind traders\"", "1" },
	{ "\"traders north\"", "" },
	{ "-dana", "235" },
	{ "-dana -contoso", "35" },
	{ "-\"northwind traders\"", "2345" },
	{ "none", "4" }, /* bare, it is a word like others */
	{ "\"northwind", "1" },
	{ "\"\"", "12345" }, /* nothing is in everything */
	/* numbers */
	{ "tier:1", "1" },
	{ "tier:=2", "25" },
	{ "tier:1,2", "125" },
	{ "tier:1..2", "125" },
	{ "-tier:1,2", "34" },
	{ "tier:none", "4" },
	{ "-tier:none", "1235" },
	{ "health:<50", "2" },
	{ "health:<=50", "25" },
	{ "health:>75", "1" },
	{ "health:>=75", "14" },
	{ "health:50..75", "45" },
	{ "health:75..50", "" },
	{ "health:none", "3" }, /* unknown is neither healthy nor red */
	{ "-health:>=50", "23" },
	{ "change:<0", "1" },
	{ "change:-12..-1", "1" },
	{ "change:-12", "1" },
	{ "change:0", "4" },
	{ "coverage:<0.4", "3" },
	{ "coverage:<=0.4", "23" },
	{ "TIER:1", "1" },
	{ "tier_score:none", "12345" },
	/* money in k and m */
	{ "arr:50000", "2" },
	{ "arr:50k", "2" },
	{ "arr:50K", "2" },
	{ "arr:0.05m", "2" },
	{ "arr:<50k", "35" },
	{ "arr:49999", "5" },
	{ "arr:>=50k", "12" },
	{ "arr:50k..1m", "12" },
	{ "arr:>0.25M", "" },
	{ "arr:0", "3" },
	{ "arr:none", "4" },
	{ "arr_cents:250k", "1" },
	/* days and spans from 2026-03-31 */
	{ "renewal:2026-04-30", "1" },
	{ "renewal:<=30d", "135" },
	{ "renewal:<30d", "35" },
	{ "renewal:0d..90d", "123" },
	{ "renewal:<0d", "5" },
	{ "renewal:>-13w", "1235" },
	{ "renewal:>-3m", "123" }, /* three months before is 2025-12-31 itself */
	{ "renewal:>=-3m", "1235" },
	{ "renewal:-3m", "5" },
	{ "renewal:1m", "1" }, /* the 31st of April is the 30th */
	{ "renewal:>1y", "" },
	{ "renewal:<100000d", "1235" }, /* no span is longer */
	{ "renewal:>-100000d", "1235" },
	{ "renewal:<1y", "1235" },
	{ "renewal:2026-01-01..2026-04-30", "13" },
	{ "renewal:none", "4" },
	/* texts: one of, contained, folded */
	{ "region:emea", "14" },
	{ "region:emea,apac", "145" },
	{ "region:me", "" }, /* EMEA and Americas don't begin with it */
	{ "region:am", "2" },
	{ "region:em", "14" },
	{ "name:traders", "1" }, /* the beginning of any word */
	{ "name:raders", "" },
	{ "id:a-", "" }, /* an id is meant as a whole */
	{ "-region:emea", "235" },
	{ "region:none", "3" },
	{ "name:\"northwind traders\"", "1" },
	{ "name:caf\xC3\x89", "3" },
	{ "quadrant:tech", "24" },
	{ "quadrant:\"tech touch\"", "24" },
	{ "quadrant:none", "3" },
	{ "csm:dana", "14" },
	{ "csm:me", "14" },
	{ "csm:ME", "14" },
	{ "csm:me,ben", "124" },
	{ "csm:pool", "35" },
	{ "-csm:pool", "124" },
	{ "csm:none", "35" },
	{ "csm:me tier:1 arr:>100k renewal:<90d", "1" },
};

static void find(const struct filter *f, const struct list_source *from,
	const char *filter, const char *expected)
{
	uint8_t keep[LIST_BLOCK];
	char found[8] = "";
	struct matching *m;
	struct arena a;

	arena_init(&a);
	memset(keep, 1, sizeof(keep));
	MUST(filter_bind(f, from, &a, &m, &e));
	filter_block(m, 0, LENGTH(accounts), keep);
	for (size_t i = 0; i < LENGTH(accounts); i++)
		if (keep[i])
			found[strlen(found)] = (char)('1' + i);
	if (strcmp(found, expected) != 0)
		fail_msg("%s found %s, not %s", filter, found, expected);
	arena_clear(&a);
}

/* Whatever was left out stays out, and a block may begin anywhere. */
static void leaves_out_more(void **state)
{
	uint8_t keep[2] = { 0, 1 };
	const struct filter *f;
	struct matching *m;
	struct arena a;

	(void)state;
	arena_init(&a);
	MUST(filter_parse(TEXT("a-"), 0, TEXT("x"), &a, &f, NULL, &e));
	MUST(filter_bind(f, &sources[0], &a, &m, &e));
	filter_block(m, 1, 2, keep); /* of "123", 2 and 3 */
	assert_int_equal(keep[0], 0);
	assert_int_equal(keep[1], 1);
	filter_block(m, 3, 2, memset(keep, 1, 2));
	assert_int_equal(keep[0] + keep[1], 0);
	arena_clear(&a);
}

static void finds(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(matching); i++) {
		const struct filter *f;
		struct arena a;

		arena_init(&a);
		MUST(filter_parse(text_of(matching[i].filter), day_of(TODAY),
			TEXT("Dana Reyes"), &a, &f, NULL, &e));
		for (size_t k = 0; k < LENGTH(sources); k++)
			find(f, &sources[k], matching[i].filter, matching[i].found);
		arena_clear(&a);
	}
}

/* What is wrong is pointed at: byte offset and length. */
static const struct {
	const char *filter;
	size_t at, n;
	const char *error;
} refused[] = {
	{ "size:3", 0, 4, "filter: there is no field \"size\"" },
	{ "helth:<50", 0, 5, "no field \"helth\"; did you mean health:?" },
	{ "renewal<60d", 0, 11, "did you mean renewal:<60d? A text like this stands in" },
	{ "dana tier=1", 5, 6, "did you mean tier:1?" },
	{ "-arr>=50k", 1, 8, "did you mean arr:>=50k?" },
	{ "dana  size:3", 6, 4, "there is no field" },
	{ "-size:3", 1, 4, "there is no field" },
	{ ":3", 0, 0, "there is no field \"\"" },
	{ "tier:", 5, 0, "a value is missing after tier:" },
	{ "tier:1,", 7, 0, "a value is missing after tier:" },
	{ "tier:,1", 5, 2, "a value is missing after tier:" },
	{ "tier:\"\"", 6, 0, "a value is missing after tier:" },
	{ "tier:one", 5, 3, "\"one\" is not a value of tier (try 2)" },
	{ "tier:1,x", 7, 1, "\"x\" is not a value of tier" },
	{ "tier:4", 5, 1, "there is no tier 4, but 1, 2 and 3" },
	{ "tier:1,0", 7, 1, "there is no tier 0" },
	{ "arr:>50kk", 5, 4, "\"50kk\" is not a value of arr (try 50k)" },
	{ "arr:>=x", 6, 1, "\"x\" is not a value of arr" },
	{ "arr:<", 5, 0, "\"\" is not a value of arr" },
	{ "arr:k", 4, 1, "\"k\" is not a value of arr" },
	{ "arr:1..x", 7, 1, "\"x\" is not a value of arr" },
	{ "arr:x..1", 4, 1, "\"x\" is not a value of arr" },
	{ "arr:1..", 7, 0, "\"\" is not a value of arr" },
	{ "arr:50k health:bad", 15, 3, "\"bad\" is not a value of health (try 50, risk" },
	{ "health:risk,50", 12, 2, "\"50\" is none of risk, watch and healthy" },
	{ "change:x", 7, 1, "is not a value of change (try -10)" },
	{ "coverage:1,5%", 11, 2, "\"5%\" is not a value of coverage (try 0.4)" },
	{ "score:x", 6, 1, "is not a value of score (try 70)" },
	{ "renewal:soon", 8, 4, "is not a value of renewal (try 90d or 2026-03-31)" },
	{ "renewal:1.5d", 8, 4, "\"1.5d\" is not a value" },
	{ "renewal:90", 8, 2, "\"90\" is not a value" },
	{ "renewal:d", 8, 1, "\"d\" is not a value" },
	{ "renewal:2026-02-30", 8, 10, "is not a value" },
	{ "renewal:100001d", 8, 7, "is not a value" },
	{ "tier:1,2,3,1,2,3,1,2,3,1,2,3,1,2,3,1,2", 37, 1, "at most 16 values" },
};

static void points_at_what_is_wrong(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(refused); i++) {
		struct filter_error where = { 99, 99 };
		const struct filter *f;
		struct arena a;
		struct err e;

		arena_init(&a);
		if (filter_parse(text_of(refused[i].filter), day_of(TODAY), TEXT("x"), &a,
			    &f, &where, &e) != ST_USAGE)
			fail_msg("%s was understood", refused[i].filter);
		if (!strstr(e.text, refused[i].error))
			fail_msg("%s: %s", refused[i].filter, e.text);
		if (where.at != refused[i].at || where.n != refused[i].n)
			fail_msg("%s: at %zu, %zu bytes", refused[i].filter, where.at,
				where.n);
		arena_clear(&a);
	}
}

/* Of a filter that finds nothing. */
static void field_meant(void **state)
{
	static const struct {
		const char *filter;
		enum list_field meant;
	} rows[] = {
		{ "renewal", LIST_RENEWAL },
		{ "renwal<60d", LIST_RENEWAL },
		{ "tier:1 -helth", LIST_HEALTH },
		{ "-teir", LIST_TIER },
		{ "tier=1", LIST_TIER },
		{ "health:<50", LIST_FIELDS },
		{ "\"health\"", LIST_FIELDS },
		{ "zzz", LIST_FIELDS },
		{ "-", LIST_FIELDS },
		{ "<50", LIST_FIELDS },
		{ "", LIST_FIELDS },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_int_equal(
			filter_field_meant(text_of(rows[i].filter)), rows[i].meant);
	for (int f = 0; f < LIST_FIELDS; f++)
		assert_true(*filter_example((enum list_field)f));
}

/* Who is called like somebody's first name is not that one. */
static void me_is_a_whole_name(void **state)
{
	static const struct {
		const char *me, *filter, *found;
	} rows[] = {
		{ "Dana Reyes", "csm:me", "14" },
		{ "dana reyes", "csm:me", "14" },
		{ "Dana", "csm:dana", "14" },
		{ "Dana", "csm:me", "" },
		{ "Reyes", "csm:me", "" },
		{ "Dana Reyes-Okafor", "csm:me", "" },
		{ "Dana", "csm:me,ben", "2" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct filter *f;
		struct arena a;

		arena_init(&a);
		MUST(filter_parse(text_of(rows[i].filter), day_of(TODAY),
			text_of(rows[i].me), &a, &f, NULL, &e));
		for (size_t k = 0; k < LENGTH(sources); k++)
			find(f, &sources[k], rows[i].filter, rows[i].found);
		arena_clear(&a);
	}
}

static void me_must_be_somebody(void **state)
{
	const struct filter *f;
	struct filter_error where;
	struct arena a;
	struct err e;

	(void)state;
	arena_init(&a);
	assert_int_equal(
		filter_parse(TEXT("csm:me"), 0, TEXT(""), &a, &f, &where, &e), ST_USAGE);
	assert_non_null(strstr(e.text, "who is \"me\"?"));
	assert_int_equal(
		filter_parse(TEXT("csm:pool"), 0, TEXT(""), &a, &f, &where, &e), ST_OK);
	arena_clear(&a);
}

static void says_which_fields_it_looks_at(void **state)
{
	static const uint32_t word =
		1u << LIST_NAME | 1u << LIST_ID | 1u << LIST_CSM | 1u << LIST_TAGS;
	static const struct {
		const char *filter;
		uint32_t fields;
	} rows[] = { { "", 0 },
		{ "tier:1 arr:>5k -health:<50",
			1u << LIST_TIER | 1u << LIST_ARR | 1u << LIST_HEALTH },
		{ "quadrant:tech", 1u << LIST_QUADRANT }, { "dana", word },
		{ "tier:1 -vip", 1u << LIST_TIER | word },
		{ "region:none", 1u << LIST_REGION }, { "csm:pool", 1u << LIST_CSM } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct filter *f;
		struct arena a;

		arena_init(&a);
		MUST(filter_parse(
			text_of(rows[i].filter), 0, TEXT("x"), &a, &f, NULL, &e));
		assert_int_equal(filter_fields(f), rows[i].fields);
		arena_clear(&a);
	}
}

static void a_million_and_more(
	void *ctx, enum list_field field, uint32_t first, uint32_t n, double *out)
{
	(void)ctx;
	(void)field;
	(void)first;
	for (uint32_t i = 0; i < n; i++)
		out[i] = 115000000;
}

/* 1.15 times a hundred million is less than 115 million in binary. */
static void amounts_are_whole_cents(void **state)
{
	static const char *const filters[] = { "arr:1.15m", "arr:<=1.15m", "arr:>=1.15m",
		"arr:1150k", "-arr:<1.15m", "-arr:>1.15m" };
	const struct list_source from = { &own, 1, a_million_and_more, texts, which };
	struct matching *m;
	struct arena a;
	uint8_t keep;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof(filters) / sizeof(filters[0]); i++) {
		const struct filter *f;

		MUST(filter_parse(text_of(filters[i]), 0, TEXT("x"), &a, &f, NULL, &e));
		MUST(filter_bind(f, &from, &a, &m, &e));
		keep = 1;
		filter_block(m, 0, 1, &keep);
		if (!keep)
			fail_msg("%s", filters[i]);
	}
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(points_at_what_is_wrong),
		cmocka_unit_test(field_meant),
		cmocka_unit_test(me_is_a_whole_name),
		cmocka_unit_test(me_must_be_somebody),
		cmocka_unit_test(leaves_out_more),
		cmocka_unit_test(says_which_fields_it_looks_at),
		cmocka_unit_test(amounts_are_whole_cents),
	};
	return cmocka_run_group_tests(tests, fill_columns, clear_columns);
}
