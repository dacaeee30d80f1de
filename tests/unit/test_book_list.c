/* Lists of the book: order, filter, sort, sums, and rows as people read them. */
#include "core/book.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

/* Six active accounts after their first review, one churned, one still to come. Tier 1
 * and tier 2 have one place each. S = 0.7 * value_pct + 0.3 * effort: A1 has an effort of
 * 47.3, (30 * 90 + 20 * 7 + 10 * 0) / 60, and 78.4; the others have 50; A2 and A3 tie. */
static struct book *book(void)
{
	struct store *s = fake_store_new();
	struct book *b;
	struct review r;

	rows_put(s, REC_CSM,
		"name=Dana|team=North\nname=Ben|team=North\nname=Eve|team=South");
	rows_put(s, REC_ACCOUNT,
		"account_id=A1|name=Northwind|csm=Dana|arr=60000000|region=EMEA|"
		"renewal_date=2026-04-30|tags=vip|complexity=90\n"
		"account_id=A3|name=Contoso|csm=Ben|arr=50000000|complexity=50\n"
		"account_id=A2|name=Fabrikam|csm=Dana|arr=50000000|complexity=50\n"
		"account_id=A4|name=Litware|arr=30000000|segment=small|"
		"language=German\n"
		"account_id=A5|arr=4000000|industry=toys|parent_id=A1\n"
		"account_id=A6|name=Relecloud|csm=Ben\n"
		"account_id=A7|name=Gone|arr=100|status=churned\n"
		"account_id=A8|name=Soon|arr=200|contract_start=2026-04-01");
	rows_put(s, REC_SIGNAL,
		"account_id=A1|date=2026-03-31|signal=active_days|value=20\n"
		"account_id=A1|date=2026-03-31|signal=tickets_90d|value=0\n"
		"account_id=A1|date=2026-03-01|signal=active_days|value=4\n"
		"account_id=A1|date=2026-03-01|signal=tickets_90d|value=0");
	rows_put(s, REC_LOCK, "account_id=A1|until=2026-03-31|reason=why");
	b = rules_book(s, "2026-03-01", "Dana");
	MUST(book_recalc(b, &(struct recalc_result){ 0 }, &e));
	rules_day(b, DAY);
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	return b;
}

/* Account ids of a list, each followed by a blank. */
static void ids_of(struct book *b, const struct list *l, char *out, size_t size)
{
	struct arena a;
	size_t used = 0;

	arena_init(&a);
	*out = '\0';
	for (uint32_t i = 0; i < l->n; i++) {
		struct text key;

		MUST(book_store(b)->ops->key(
			book_store(b), REC_ACCOUNT, l->id[i], &a, &key, &e));
		assert_true(used + key.n + 2 < size);
		memcpy(out + used, key.s, key.n);
		used += key.n;
		out[used++] = ' ';
		out[used] = '\0';
	}
	arena_clear(&a);
}

static void lists(void **state)
{
	static const struct {
		const char *where, *sort;
		bool all;
		const char *ids;
		int64_t arr;
	} rows[] = {
		/* tier, then tier score; ties by value, then account_id */
		{ "", "", false, "A1 A2 A3 A4 A5 A6 ", 194000000 },
		{ "", "", true, "A1 A2 A3 A4 A5 A6 A7 A8 ", 194000300 },
		{ "", "arr", false, "A5 A4 A2 A3 A1 A6 ", 194000000 },
		{ "", "-arr", false, "A1 A2 A3 A4 A5 A6 ", 194000000 },
		{ "", "name", false, "A3 A2 A4 A1 A6 A5 ", 194000000 },
		{ "", "csm,-arr", false, "A3 A6 A1 A2 A4 A5 ", 194000000 },
		{ "csm:me", "", false, "A1 A2 ", 110000000 },
		{ "team:north", "", false, "A1 A2 A3 A6 ", 160000000 },
		{ "team:south", "", false, "", 0 },
		{ "team:none", "", false, "A4 A5 ", 34000000 },
		{ "", "team,-arr", false, "A1 A2 A3 A6 A4 A5 ", 194000000 },
		{ "csm:pool", "", false, "A4 A5 ", 34000000 },
		{ "arr:none", "", false, "A6 ", 0 },
		{ "tier:1", "", false, "A1 ", 60000000 },
		{ "tier:2..3", "-name", false, "A6 A4 A2 A3 A5 ", 134000000 },
		{ "tier:none", "", true, "A7 A8 ", 300 },
		{ "status:churned", "", false, "", 0 },
		{ "status:churned", "", true, "A7 ", 100 },
		{ "health:>=75", "", false, "A1 ", 60000000 },
		{ "health:healthy", "", false, "A1 ", 60000000 },
		{ "health:risk,watch", "", false, "", 0 },
		{ "health:wat,heal", "", false, "A1 ", 60000000 },
		{ "-health:unknown", "", false, "A1 ", 60000000 },
		{ "health:none", "", false, "A2 A3 A4 A5 A6 ", 134000000 },
		{ "change:>0", "", false, "A1 ", 60000000 },
		{ "renewal:<=30d", "", false, "A1 ", 60000000 },
		{ "since:2026-03-31", "id", false, "A1 A2 A3 A4 A5 A6 ", 194000000 },
		{ "parent:A1", "", false, "A5 ", 4000000 },
		{ "industry:toys segment:none", "", false, "A5 ", 4000000 },
		{ "language:german", "", false, "A4 ", 30000000 },
		{ "language:ger", "", false, "A4 ", 30000000 },
		{ "language:none segment:small", "", false, "", 0 },
		{ "vip", "", false, "A1 ", 60000000 },
		{ "quadrant:managed", "", false, "A1 ", 60000000 },
		{ "quadrant:fix", "", false, "A2 A3 A4 A5 A6 ", 134000000 },
		{ "value_pct:>=90", "", false, "A1 ", 60000000 },
		{ "effort:50 score:<40", "", false, "A5 A6 ", 4000000 },
		{ "coverage:0.45", "", false, "A1 ", 60000000 },
	};
	struct book *b = book();

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct list_query q = { .where = text_of(rows[i].where),
			.all = rows[i].all };
		struct list *l = NULL;
		char ids[64];

		MUST(list_sort_parse(text_of(rows[i].sort), &q.sort, &e));
		MUST(book_list(b, &q, &l, NULL, &e));
		ids_of(b, l, ids, sizeof(ids));
		if (strcmp(ids, rows[i].ids) != 0 || l->arr != rows[i].arr)
			fail_msg("\"%s\" by \"%s\": %s, %lld", rows[i].where,
				rows[i].sort, ids, (long long)l->arr);
		assert_int_equal(l->figures_day, day_of(DAY));
		list_free(&l);
		assert_null(l);
	}
	book_free(&b);
}

static void list_is(struct book *b, const char *where, const char *ids)
{
	const struct list_query q = { .where = text_of(where) };
	struct list *l = NULL;
	char found[64];

	MUST(book_list(b, &q, &l, NULL, &e));
	ids_of(b, l, found, sizeof(found));
	assert_string_equal(found, ids);
	list_free(&l);
}

/* N1 began today, N2 has its first value, N3 began three days ago; of N4 the onboarding
 * alone is known, and its first value is still to come; N5 has begun long ago, N6 has
 * nothing on record. */
static void who_is_new(void **state)
{
	static const struct {
		const char *where, *sort, *ids;
	} rows[] = {
		{ "started:>=-2d first_value:none", "started,-arr", "N4 N1 " },
		{ "started:-3d..0d first_value:none", "-started", "N1 N4 N3 " },
		{ "started:>=-2d", "id", "N1 N2 N4 " },
		{ "started:none", "", "N6 " },
		{ "first_value:2026-03-30", "", "N2 " },
		{ "-first_value:none", "first_value", "N5 N2 " },
		{ "n started:2026-03-28", "", "N3 " },
		{ "", "started", "N5 N3 N4 N2 N1 N6 " },
	};
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT,
		"account_id=N1|arr=1|contract_start=2026-03-31\n"
		"account_id=N2|arr=1|contract_start=2026-03-30|"
		"first_value_on=2026-03-30\n"
		"account_id=N3|arr=1|contract_start=2026-03-28|"
		"onboarding_started=2026-03-30\n"
		"account_id=N4|arr=1|onboarding_started=2026-03-29|"
		"first_value_on=2026-04-01\n"
		"account_id=N5|arr=1|contract_start=2020-01-01|"
		"first_value_on=2020-01-02\n"
		"account_id=N6|arr=1");
	b = rules_book(s, DAY, "Dana");
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct list_query q = { .where = text_of(rows[i].where) };
		struct list *l = NULL;
		char ids[64];

		MUST(list_sort_parse(text_of(rows[i].sort), &q.sort, &e));
		MUST(book_list(b, &q, &l, NULL, &e));
		ids_of(b, l, ids, sizeof(ids));
		if (strcmp(ids, rows[i].ids) != 0)
			fail_msg(
				"\"%s\" by \"%s\": %s", rows[i].where, rows[i].sort, ids);
		list_free(&l);
		if (i == 2)
			book_rest(b); /* what it let go of comes back */
	}
	/* What was to come has come. */
	rules_day(b, "2026-04-01");
	list_is(b, "started:>=-2d first_value:none", "N1 ");
	book_free(&b);
}

static void a_bad_filter_gives_no_list(void **state)
{
	const struct list_query q = { .where = TEXT("tier:1 size:3") };
	struct book *b = book();
	struct filter_error where;
	struct list *l;
	struct err e;

	(void)state;
	assert_int_equal(book_list(b, &q, &l, &where, &e), ST_USAGE);
	assert_null(l);
	assert_int_equal(where.at, 7);
	assert_int_equal(where.n, 4);
	book_free(&b);
}

static void rows_as_people_read_them(void **state)
{
	static const struct {
		const char *account;
		enum list_field field;
		const char *text;
	} rows[] = {
		{ "A1", LIST_ID, "A1" },
		{ "A1", LIST_NAME, "Northwind" },
		{ "A5", LIST_NAME, "A5" }, /* without a name, the id */
		{ "A1", LIST_CSM, "Dana" },
		{ "A4", LIST_CSM, "(pool)" },
		{ "A1", LIST_TEAM, "North" },
		{ "A4", LIST_TEAM, "" },
		{ "A1", LIST_TIER, "1*" }, /* locked up to today */
		{ "A2", LIST_TIER, "2" },
		{ "A7", LIST_TIER, "-" },
		{ "A1", LIST_ARR, "$ 600k" },
		{ "A6", LIST_ARR, "--" },
		{ "A1", LIST_HEALTH, "93" },
		{ "A2", LIST_HEALTH, "--" },
		{ "A7", LIST_HEALTH, "--" },
		{ "A1", LIST_CHANGE, "+37" }, /* (750 + 1500 + 275) / 45 = 56 before */
		{ "A2", LIST_CHANGE, "--" },
		{ "A1", LIST_COVERAGE, "0.45" },
		{ "A2", LIST_COVERAGE, "0" },
		{ "A7", LIST_COVERAGE, "--" },
		{ "A1", LIST_VALUE, "$ 600k" },
		{ "A7", LIST_VALUE, "--" },
		{ "A1", LIST_VALUE_PCT, "91.7" }, /* 100 * 5.5 / 6 */
		{ "A2", LIST_VALUE_PCT, "66.7" },
		{ "A1", LIST_EFFORT, "47.3" },
		{ "A1", LIST_SCORE, "78.4" },
		{ "A1", LIST_RENEWAL, "2026-04-30" },
		{ "A2", LIST_RENEWAL, "--" },
		{ "A4", LIST_SEGMENT, "small" },
		{ "A1", LIST_REGION, "EMEA" },
		{ "A2", LIST_REGION, "" },
		{ "A4", LIST_LANGUAGE, "German" },
		{ "A1", LIST_LANGUAGE, "" },
		{ "A7", LIST_STATUS, "churned" },
		{ "A5", LIST_INDUSTRY, "toys" },
		{ "A5", LIST_PARENT, "A1" },
		{ "A1", LIST_TAGS, "vip" },
		{ "A1", LIST_SINCE, DAY },
		{ "A7", LIST_SINCE, "--" },
		{ "A1", LIST_QUADRANT, "managed automation" },
		{ "A7", LIST_QUADRANT, "" },
	};
	struct book *b = book();

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const uint32_t id = account_of(book_store(b), rows[i].account);
		struct list_row r;
		struct arena a;
		char text[64] = "?";

		arena_init(&a);
		MUST(book_rows(b, &id, 1, &a, &r, &e));
		list_row_text(b, &r, rows[i].field, text, sizeof(text));
		if (strcmp(text, rows[i].text) != 0)
			fail_msg("%s, %s: \"%s\", not \"%s\"", rows[i].account,
				list_field_def(rows[i].field)->name, text, rows[i].text);
		arena_clear(&a);
	}
	book_free(&b);
}

static void rows_keep_their_order(void **state)
{
	static const uint32_t ids[] = { 6, 1, 999, 8, 2 };
	struct book *b = book();
	struct list_row r[LENGTH(ids)];
	struct arena a;

	(void)state;
	arena_init(&a);
	MUST(book_rows(b, ids, LENGTH(ids), &a, r, &e));
	assert_true(text_eq(r[0].id, TEXT("A6")));
	assert_true(text_eq(r[1].id, TEXT("A1")));
	assert_null(r[2].id.s); /* there is none: an empty row */
	assert_int_equal(r[2].account, 0);
	assert_true(text_eq(r[3].id, TEXT("A8")));
	assert_true(text_eq(r[4].id, TEXT("A3")));
	assert_true(r[0].active && !r[3].active && r[1].locked && !r[0].locked);
	assert_true(r[0].assumed && !r[4].assumed);
	assert_true(isnan(r[3].score) && r[3].value == MONEY_NONE);
	assert_true(r[0].arr == MONEY_NONE && r[3].arr == 200);
	arena_clear(&a);
	book_free(&b);
}

/* The lock of A1 ends with 2026-03-31. */
static void a_lock_ends(void **state)
{
	struct book *b = book();
	const uint32_t id = 1;
	struct list_row r;
	struct arena a;

	(void)state;
	arena_init(&a);
	rules_day(b, "2026-04-01");
	MUST(book_rows(b, &id, 1, &a, &r, &e));
	assert_false(r.locked);
	arena_clear(&a);
	book_free(&b);
}

/* A list is a picture of its moment: it stays as it is when the book changes. */
static void a_list_is_a_picture(void **state)
{
	const struct list_query q = { .all = false };
	struct book *b = book();
	struct list *l;

	(void)state;
	MUST(book_list(b, &q, &l, NULL, &e));
	rows_put(book_store(b), REC_ACCOUNT, "account_id=A9|arr=1");
	MUST(book_recalc(b, &(struct recalc_result){ 0 }, &e));
	assert_int_equal(l->n, 6);
	list_free(&l);
	MUST(book_list(b, &q, &l, NULL, &e));
	assert_int_equal(l->n, 7);
	list_free(&l);
	book_free(&b);
}

static void without_figures_there_is_a_list(void **state)
{
	const struct list_query q = { .all = false };
	struct book *b = fixture_book(FIXTURE_RAW);
	struct list *l;

	(void)state;
	MUST(book_list(b, &q, &l, NULL, &e));
	assert_int_equal(l->figures_day, DAY_NONE);
	assert_true(l->n > 20);
	list_free(&l);
	book_free(&b);
	b = fixture_book(FIXTURE_EMPTY);
	MUST(book_list(b, &q, &l, NULL, &e));
	assert_int_equal(l->n, 0);
	list_free(&l);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists),
		cmocka_unit_test(who_is_new),
		cmocka_unit_test(a_bad_filter_gives_no_list),
		cmocka_unit_test(rows_as_people_read_them),
		cmocka_unit_test(rows_keep_their_order),
		cmocka_unit_test(a_lock_ends),
		cmocka_unit_test(a_list_is_a_picture),
		cmocka_unit_test(without_figures_there_is_a_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
