/* Days of the past: nothing dated after them is in what they show, and a day done again
 * keeps what it had. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/change.h"
#include "tests/support/days.h"
#include "tests/support/importing.h"
#include "tests/support/rows_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* The same in the snapshot of a day. */
static void saved_tiers_are(struct book *b, const char *day, const char *wanted)
{
	struct store *s = book_store(b);
	uint8_t health[10], tier[10];
	char got[11] = "";

	MUST(s->ops->snapshot_health(s, day_of(day), 0, 10, health, tier, &e));
	for (int i = 0; i < 10; i++)
		got[i] = tier[i] == TIER_NONE ? '-' : (char)('0' + tier[i]);
	assert_string_equal(got, wanted);
}

static struct list_row row_of(struct book *b, const char *account, struct arena *a)
{
	const uint32_t id = account_of(book_store(b), account);
	struct list_row row;

	MUST(book_rows(b, &id, 1, a, &row, &e));
	return row;
}

/* ---- tiers ----------------------------------------------------------------------- */

/* Nobody on 03-01, a review on 03-31, by hand on 04-10 (A10 makes room for A09), on 04-12
 * (A08 down) and on 05-10 (A07 down, A01 up, A08 back), recalculated on some of the days.
 */
static struct book *eventful_book(void)
{
	struct book *b = days_book("2026-03-01");

	days_recalc(b, "2026-03-01");
	days_review(b, "2026-03-31");
	days_go_to(b, "2026-04-10");
	MUST(book_set_tier(b, 9, 1, 10, "the board wants it", &e));
	days_go_to(b, "2026-04-12");
	MUST(book_set_tier(b, 8, 3, 0, "asked for less", &e));
	days_recalc(b, "2026-04-20");
	days_go_to(b, "2026-05-10");
	MUST(book_set_tier(b, 7, 3, 0, "asked for less", &e));
	MUST(book_set_tier(b, 1, 2, 0, "asked for more", &e));
	MUST(book_set_tier(b, 8, 2, 0, "asked for more", &e));
	days_recalc(b, "2026-05-20");
	return b;
}

static const struct {
	const char *day, *tiers, *review, *since; /* of A09 */
} days[] = {
	{ "2026-02-28", "----------", NULL, NULL },
	{ "2026-03-01", "----------", NULL, NULL },
	{ "2026-03-30", "----------", NULL, NULL },
	{ "2026-03-31", "3333332221", "2026-03-31", "2026-03-31" },
	{ "2026-04-09", "3333332221", "2026-03-31", "2026-03-31" },
	{ "2026-04-10", "3333332212", "2026-03-31", "2026-04-10" },
	{ "2026-04-11", "3333332212", "2026-03-31", "2026-04-10" },
	{ "2026-04-12", "3333332312", "2026-03-31", "2026-04-10" },
	{ "2026-04-20", "3333332312", "2026-03-31", "2026-04-10" },
	{ "2026-05-09", "3333332312", "2026-03-31", "2026-04-10" },
	{ "2026-05-10", "2333333212", "2026-03-31", "2026-04-10" },
	{ "2026-05-20", "2333333212", "2026-03-31", "2026-04-10" },
};

static void tiers_as_they_were(void **state)
{
	struct book *b = eventful_book();

	(void)state;
	for (size_t i = 0; i < LENGTH(days); i++) {
		struct book_summary sum;
		struct arena a;

		arena_init(&a);
		days_go_to(b, days[i].day);
		MUST(book_summary(b, &sum, &e));
		assert_int_equal(sum.review_day,
			days[i].review ? day_of(days[i].review) : DAY_NONE);
		days_tiers_are(b, days[i].tiers);
		assert_int_equal(row_of(b, "A09", &a).since,
			days[i].since ? day_of(days[i].since) : DAY_NONE);
		arena_clear(&a);
	}
	book_free(&b);
}

/* Each of the days again, the newest first and the oldest first: every snapshot keeps the
 * tiers of its day, and the tiers of now stay. */
static void a_day_again_keeps_its_tiers(void **state)
{
	(void)state;
	for (int backwards = 0; backwards < 2; backwards++) {
		struct book *b = eventful_book();

		for (size_t i = 0; i < LENGTH(days); i++) {
			const size_t at = backwards ? LENGTH(days) - 1 - i : i;

			days_recalc(b, days[at].day);
			saved_tiers_are(b, days[at].day, days[at].tiers);
		}
		for (size_t i = 0; i < LENGTH(days); i++)
			saved_tiers_are(b, days[i].day, days[i].tiers);
		days_go_to(b, "2026-05-20");
		days_tiers_are(b, "2333333212");
		book_free(&b);
	}
}

/* Tiers of a file are no moves: they show by the day they came. */
static void tiers_of_a_file(void **state)
{
	struct book *b = days_book("2026-03-01");
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,tier\nA01,1\nA02,3\n");
	struct import_result r;

	(void)state;
	days_recalc(b, "2026-03-01");
	q.as_of = day_of("2026-03-10");
	MUST(importing_run(book_store(b), &q, &r, &e));
	import_result_clear(&r);
	days_go_to(b, "2026-03-10");
	days_tiers_are(b, "13--------");
	days_recalc(b, "2026-03-20");
	days_go_to(b, "2026-03-09");
	days_tiers_are(b, "----------");
	days_recalc(b, "2026-03-01");
	saved_tiers_are(b, "2026-03-01", "----------");
	book_free(&b);
}

/* What an account weighs goes by its tier, and so by that of the day. */
static void a_day_again_keeps_its_healths(void **state)
{
	struct book *b = days_book("2026-03-26");
	uint8_t before[20], after[20];
	struct store *s = book_store(b);

	(void)state;
	days_policy(b, "2026-03-26", "[health.tier3]\nusage = 0\nsentiment = 40\n");
	days_recalc(b, "2026-03-27");
	MUST(s->ops->snapshot_health(
		s, day_of("2026-03-27"), 0, 10, before, before + 10, &e));
	days_review(b, "2026-03-28");
	days_recalc(b, "2026-03-27");
	MUST(s->ops->snapshot_health(
		s, day_of("2026-03-27"), 0, 10, after, after + 10, &e));
	assert_memory_equal(before, after, sizeof(before));
	book_free(&b);
}

static int32_t version_of(struct book *b, const char *day)
{
	struct snapshot_day at;

	MUST(book_store(b)->ops->snapshot_find(book_store(b), day_of(day), &at, &e));
	assert_int_equal(at.day, day_of(day));
	return at.policy_version;
}

/* A policy says nothing of the days before it, but of those that came after it. */
static void the_policy_of_the_day(void **state)
{
	static const struct {
		const char *day;
		int32_t version;
	} rows[] = { { "2026-03-26", 1 }, { "2026-03-28", 1 }, { "2026-03-29", 2 },
		{ "2026-04-01", 2 }, { "2026-04-09", 2 }, { "2026-04-10", 3 },
		{ "2026-04-12", 3 } };
	struct book *b = days_book("2026-03-26");

	(void)state;
	days_recalc(b, "2026-03-26");
	days_policy(b, "2026-03-29", "[bands]\nhealthy = 80\n");
	days_recalc(b, "2026-04-01");
	days_policy(b, "2026-04-10", "[bands]\nhealthy = 85\n");
	days_recalc(b, "2026-04-12");
	for (size_t i = 0; i < LENGTH(rows); i++) {
		days_recalc(b, rows[i].day);
		assert_int_equal(version_of(b, rows[i].day), rows[i].version);
	}
	assert_int_equal(book_policy_version(b), 3);
	assert_true(book_policy(b)->healthy_from == 85);
	book_free(&b);
}

/* ---- locks ----------------------------------------------------------------------- */

static void locks_begin_on_their_day(void **state)
{
	static const struct {
		const char *day;
		bool locked;
	} rows[] = { { "2026-04-04", false }, { "2026-04-05", true },
		{ "2026-04-15", true }, { "2026-04-30", true }, { "2026-05-01", false } };
	struct book *b = days_book("2026-03-31");

	(void)state;
	days_review(b, "2026-03-31");
	days_go_to(b, "2026-04-05");
	MUST(book_lock(b, 3, day_of("2026-04-10"), "a promise", &e));
	days_go_to(b, "2026-04-10"); /* on its last day it is made longer */
	MUST(book_lock(b, 3, day_of("2026-04-30"), "another promise", &e));
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct account_view *v;
		struct arena a;

		arena_init(&a);
		days_go_to(b, rows[i].day);
		assert_int_equal(row_of(b, "A03", &a).locked, rows[i].locked);
		MUST(book_account(b, 3, &v, &e));
		assert_int_equal(
			v->rows[REC_LOCK].n, day_of(rows[i].day) >= day_of("2026-04-05"));
		account_view_free(&v);
		arena_clear(&a);
	}
	days_go_to(b, "2026-05-05"); /* a new one, in the place of the old one */
	MUST(book_lock(b, 3, day_of("2026-05-30"), "once more", &e));
	rows_are(book_store(b), REC_LOCK, 3,
		"account_id=A03|until=2026-05-30|reason=once more|actor=Dana"
		"|since=2026-05-05\n");
	book_free(&b);
}

/* ---- changes --------------------------------------------------------------------- */

/* A change in 28 days is against a health of 28 to 56 days ago. */
static void the_health_to_compare_with(void **state)
{
	static const struct {
		const char *before;
		bool known;
	} rows[] = {
		{ "2026-03-31", false },                          /* 27 days */
		{ "2026-03-30", true }, { "2026-03-02", true },   /* 56 days */
		{ "2026-03-01", false }, { "2025-04-18", false }, /* a year */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = days_book(rows[i].before);
		struct account_view *v;
		struct arena a;

		rows_put(book_store(b), REC_SIGNAL,
			"account_id=A01|date=2025-04-10|signal=active_days|value=20\n"
			"account_id=A01|date=2025-04-10|signal=nps|value=10\n"
			"account_id=A01|date=2026-02-25|signal=active_days|value=20\n"
			"account_id=A01|date=2026-02-25|signal=nps|value=10\n"
			"account_id=A01|date=2026-04-20|signal=active_days|value=1");
		arena_init(&a);
		days_recalc(b, rows[i].before);
		days_recalc(b, "2026-04-27");
		assert_int_equal(
			row_of(b, "A01", &a).change != CHANGE_NONE, rows[i].known);
		MUST(book_account(b, 1, &v, &e));
		assert_int_equal(v->has_before, rows[i].known);
		account_view_free(&v);
		arena_clear(&a);
		book_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tiers_as_they_were),
		cmocka_unit_test(a_day_again_keeps_its_tiers),
		cmocka_unit_test(tiers_of_a_file),
		cmocka_unit_test(a_day_again_keeps_its_healths),
		cmocka_unit_test(the_policy_of_the_day),
		cmocka_unit_test(locks_begin_on_their_day),
		cmocka_unit_test(the_health_to_compare_with),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
