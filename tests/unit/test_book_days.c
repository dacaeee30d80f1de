/* Days of the past: nothing dated after them is in what they show, and tiers, their moves
 * and their reviews go forward. Ten active accounts: tier 1 has one place, tier 2 three.
 */
#include "core/book.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/change.h"
#include "tests/support/fake_store.h"
#include "tests/support/importing.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define SECONDS_A_DAY 86400

/* What happens, happens at midnight of its day. */
static int64_t midnight(const struct clock *c)
{
	return (int64_t)c->today * SECONDS_A_DAY;
}

static void go_to(struct book *b, const char *day)
{
	const struct clock clock = { .today = day_of(day), .now = midnight };

	book_set_day(b, &clock);
}

/* A01 .. A10 with an ARR of 10k .. 100k and complexity as much, each with usage and
 * satisfaction that speak against each other. */
static struct book *small_book(const char *day)
{
	struct store *s = fake_store_new();
	struct book *b;
	char row[200];

	rows_put(s, REC_CSM, "name=Dana");
	for (int i = 1; i <= 10; i++) {
		snprintf(row, sizeof(row),
			"account_id=A%02d|name=N%d|arr=%d|complexity=%d|csm=Dana"
			"|contract_start=2025-01-01",
			i, i, i * 1000000, i * 10);
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row),
			"account_id=A%02d|date=2026-03-25|signal=active_days|value=%d\n"
			"account_id=A%02d|date=2026-03-25|signal=nps|value=%d",
			i, i, i, 10 - i / 2);
		rows_put(s, REC_SIGNAL, row);
	}
	b = rules_book(s, day, "Dana");
	go_to(b, day);
	return b;
}

static void recalc(struct book *b, const char *day)
{
	struct recalc_result r;

	go_to(b, day);
	MUST(book_recalc(b, &r, &e));
}

static uint32_t apply_review(struct book *b, const char *day)
{
	struct review r;
	uint32_t moves;

	go_to(b, day);
	MUST(book_review(b, true, &r, &e));
	moves = r.moves_n;
	review_clear(&r);
	return moves;
}

static void apply_policy(struct book *b, const char *day, const char *text)
{
	int32_t version;

	go_to(b, day);
	MUST(book_policy_apply(b, text, "p.ini", "a test", &version, &e));
}

/* The tiers of A01 .. A10, '-' without any. */
static void tiers_are(struct book *b, const char *wanted)
{
	struct book_figures f;
	char got[11] = "";

	MUST(book_figures(b, &f, &e));
	for (int i = 0; i < 10; i++)
		got[i] = f.tier[i] == TIER_NONE ? '-' : (char)('0' + f.tier[i]);
	assert_string_equal(got, wanted);
}

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
	struct book *b = small_book("2026-03-01");

	recalc(b, "2026-03-01");
	apply_review(b, "2026-03-31");
	go_to(b, "2026-04-10");
	MUST(book_set_tier(b, 9, 1, 10, "the board wants it", &e));
	go_to(b, "2026-04-12");
	MUST(book_set_tier(b, 8, 3, 0, "asked for less", &e));
	recalc(b, "2026-04-20");
	go_to(b, "2026-05-10");
	MUST(book_set_tier(b, 7, 3, 0, "asked for less", &e));
	MUST(book_set_tier(b, 1, 2, 0, "asked for more", &e));
	MUST(book_set_tier(b, 8, 2, 0, "asked for more", &e));
	recalc(b, "2026-05-20");
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
		go_to(b, days[i].day);
		MUST(book_summary(b, &sum, &e));
		assert_int_equal(sum.review_day,
			days[i].review ? day_of(days[i].review) : DAY_NONE);
		tiers_are(b, days[i].tiers);
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

			recalc(b, days[at].day);
			saved_tiers_are(b, days[at].day, days[at].tiers);
		}
		for (size_t i = 0; i < LENGTH(days); i++)
			saved_tiers_are(b, days[i].day, days[i].tiers);
		go_to(b, "2026-05-20");
		tiers_are(b, "2333333212");
		book_free(&b);
	}
}

/* Tiers of a file are no moves: they show by the day they came. */
static void tiers_of_a_file(void **state)
{
	struct book *b = small_book("2026-03-01");
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,tier\nA01,1\nA02,3\n");
	struct import_result r;

	(void)state;
	recalc(b, "2026-03-01");
	q.as_of = day_of("2026-03-10");
	MUST(importing_run(book_store(b), &q, &r, &e));
	import_result_clear(&r);
	go_to(b, "2026-03-10");
	tiers_are(b, "13--------");
	recalc(b, "2026-03-20");
	go_to(b, "2026-03-09");
	tiers_are(b, "----------");
	recalc(b, "2026-03-01");
	saved_tiers_are(b, "2026-03-01", "----------");
	book_free(&b);
}

/* What an account weighs goes by its tier, and so by that of the day. */
static void a_day_again_keeps_its_healths(void **state)
{
	struct book *b = small_book("2026-03-26");
	uint8_t before[20], after[20];
	struct store *s = book_store(b);

	(void)state;
	apply_policy(b, "2026-03-26", "[health.tier3]\nusage = 0\nsentiment = 40\n");
	recalc(b, "2026-03-27");
	MUST(s->ops->snapshot_health(
		s, day_of("2026-03-27"), 0, 10, before, before + 10, &e));
	apply_review(b, "2026-03-28");
	recalc(b, "2026-03-27");
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
	struct book *b = small_book("2026-03-26");

	(void)state;
	recalc(b, "2026-03-26");
	apply_policy(b, "2026-03-29", "[bands]\nhealthy = 80\n");
	recalc(b, "2026-04-01");
	apply_policy(b, "2026-04-10", "[bands]\nhealthy = 85\n");
	recalc(b, "2026-04-12");
	for (size_t i = 0; i < LENGTH(rows); i++) {
		recalc(b, rows[i].day);
		assert_int_equal(version_of(b, rows[i].day), rows[i].version);
	}
	assert_int_equal(book_policy_version(b), 3);
	assert_true(book_policy(b)->healthy_from == 85);
	book_free(&b);
}

/* ---- going forward --------------------------------------------------------------- */

static enum status move_by_hand(struct book *b, struct err *e)
{
	return book_set_tier(b, 2, 2, 7, "whatever", e);
}

static enum status review(struct book *b, struct err *e)
{
	struct review r;
	const enum status st = book_review(b, true, &r, e);

	review_clear(&r);
	return st;
}

static enum status propose(struct book *b, struct err *e)
{
	struct review r;
	const enum status st = book_review(b, false, &r, e);

	review_clear(&r);
	return st;
}

static enum status import_tier(struct book *b, struct err *e)
{
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,tier\nA07,3\n");
	struct import_result r;
	enum status st;

	q.as_of = book_as_of(b);
	st = importing_run(book_store(b), &q, &r, e);
	import_result_clear(&r);
	return st;
}

static enum status import_same(struct book *b, struct err *e)
{
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,tier\nA10,1\n");
	struct import_result r;
	enum status st;

	q.as_of = book_as_of(b);
	st = importing_run(book_store(b), &q, &r, e);
	import_result_clear(&r);
	return st;
}

/* After a review of 03-31, and after a move by hand of 04-10 that was no review. */
static void tiers_go_forward(void **state)
{
	static const struct {
		enum status (*does)(struct book *b, struct err *e);
		const char *day;
		bool moved; /* on 04-10 */
		const char *said;
	} rows[] = {
		{ move_by_hand, "2026-03-30", false, "2026-03-31" },
		{ move_by_hand, "2026-03-31", false, NULL },
		{ move_by_hand, "2026-04-09", false, NULL },
		{ move_by_hand, "2026-04-09", true, "2026-04-10" },
		{ move_by_hand, "2026-04-10", true, NULL },
		{ review, "2026-03-30", false, "2026-03-31" },
		{ review, "2026-04-09", false, NULL },
		{ review, "2026-04-09", true, "2026-04-10" },
		{ review, "2026-04-11", true, NULL },
		{ propose, "2026-03-30", false, "2026-03-31" },
		{ propose, "2026-04-09", true, "2026-04-10" },
		{ import_tier, "2026-03-30", false, "--ignore-tiers" },
		{ import_tier, "2026-03-31", false, NULL },
		{ import_tier, "2026-04-09", true, "2026-04-10" },
		{ import_tier, "2026-04-10", true, NULL },
		{ import_same, "2026-03-30", true, NULL }, /* it changes none */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = small_book("2026-03-31");
		struct err said = { .text = "" };
		enum status st;
		uint64_t before;

		apply_review(b, "2026-03-31");
		go_to(b, "2026-04-10");
		if (rows[i].moved)
			MUST(book_set_tier(b, 1, 2, 8, "whatever", &e));
		go_to(b, rows[i].day);
		before = fake_digest(book_store(b));
		st = rows[i].does(b, &said);
		if (st != (rows[i].said ? ST_FORBIDDEN : ST_OK))
			fail_msg("row %zu: %d %s", i, st, said.text);
		if (rows[i].said && !strstr(said.text, rows[i].said))
			fail_msg("row %zu: %s", i, said.text);
		if (rows[i].said)
			assert_true(fake_digest(book_store(b)) == before);
		book_free(&b);
	}
}

/* A base that shrank since February: the ten places of then are not to be had. */
static void the_cap_of_a_larger_past(void **state)
{
	struct book *b = small_book("2026-03-31");
	struct err said;
	char row[120];

	(void)state;
	for (int i = 11; i <= 40; i++) {
		snprintf(row, sizeof(row),
			"account_id=A%02d|arr=100|contract_start=2025-01-01"
			"|churned_on=2026-03-01",
			i);
		rows_put(book_store(b), REC_ACCOUNT, row);
	}
	apply_review(b, "2026-03-31");
	for (uint32_t id = 1; id <= 3; id++) {
		go_to(b, "2026-02-01"); /* four places of 40 */
		assert_int_equal(
			book_set_tier(b, id, 1, 0, "why not", &said), ST_FORBIDDEN);
	}
	go_to(b, "2026-03-31");
	tiers_are(b, "3333332221");
	book_free(&b);
}

/* ---- what a review leaves -------------------------------------------------------- */

/* Applied at once, or after a look at what it proposes: the same book. */
static void an_applied_review_recalculates_first(void **state)
{
	uint64_t digest[2];

	(void)state;
	for (int looked = 0; looked < 2; looked++) {
		struct book *b = small_book("2026-03-31");
		struct store *s = book_store(b);
		const struct alert *found;
		uint32_t alerts;

		if (looked)
			MUST(propose(b, &e));
		apply_review(b, "2026-03-31");
		MUST(s->ops->alerts(s, 0, DAY_MAX, &found, &alerts, &e));
		assert_true(alerts > 0);
		digest[looked] = fake_digest(s);
		book_free(&b);
	}
	assert_true(digest[0] == digest[1]);
}

/* The healths of a review are those of the tiers after it, as a recalculation has them.
 */
static void healths_follow_the_move(void **state)
{
	struct book *b = small_book("2026-03-26");
	uint64_t digest;

	(void)state;
	apply_policy(b, "2026-03-26", "[health.tier3]\nusage = 0\nsentiment = 40\n");
	recalc(b, "2026-03-28");
	assert_int_equal(apply_review(b, "2026-03-28"), 10);
	digest = fake_digest(book_store(b));
	book_look_for_alerts(b, false); /* they follow with the next one */
	recalc(b, "2026-03-28");
	assert_true(fake_digest(book_store(b)) == digest);
	assert_int_equal(apply_review(b, "2026-03-28"), 0);
	assert_true(fake_digest(book_store(b)) == digest);
	book_free(&b);
}

/* A sentence speaks of the rules of its day. */
static void sentences_keep_their_numbers(void **state)
{
	struct book *b = small_book("2026-03-31");
	struct account_view *v;
	char before[200];

	(void)state;
	apply_review(b, "2026-03-31");
	MUST(book_account(b, 10, &v, &e));
	assert_int_equal(v->moves_n, 1);
	snprintf(before, sizeof(before), "%s", v->move_reason[0]);
	assert_non_null(strstr(before, "(70)"));
	account_view_free(&v);
	apply_policy(b, "2026-04-01", "[tiers]\ntier1_from = 88\n");
	MUST(book_account(b, 10, &v, &e));
	assert_string_equal(v->move_reason[0], before);
	account_view_free(&v);
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
	struct book *b = small_book("2026-03-31");

	(void)state;
	apply_review(b, "2026-03-31");
	go_to(b, "2026-04-05");
	MUST(book_lock(b, 3, day_of("2026-04-10"), "a promise", &e));
	go_to(b, "2026-04-10"); /* on its last day it is made longer */
	MUST(book_lock(b, 3, day_of("2026-04-30"), "another promise", &e));
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct account_view *v;
		struct arena a;

		arena_init(&a);
		go_to(b, rows[i].day);
		assert_int_equal(row_of(b, "A03", &a).locked, rows[i].locked);
		MUST(book_account(b, 3, &v, &e));
		assert_int_equal(
			v->rows[REC_LOCK].n, day_of(rows[i].day) >= day_of("2026-04-05"));
		account_view_free(&v);
		arena_clear(&a);
	}
	go_to(b, "2026-05-05"); /* a new one, in the place of the old one */
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
		struct book *b = small_book(rows[i].before);
		struct account_view *v;
		struct arena a;

		rows_put(book_store(b), REC_SIGNAL,
			"account_id=A01|date=2025-04-10|signal=active_days|value=20\n"
			"account_id=A01|date=2025-04-10|signal=nps|value=10\n"
			"account_id=A01|date=2026-02-25|signal=active_days|value=20\n"
			"account_id=A01|date=2026-02-25|signal=nps|value=10\n"
			"account_id=A01|date=2026-04-20|signal=active_days|value=1");
		arena_init(&a);
		recalc(b, rows[i].before);
		recalc(b, "2026-04-27");
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
		cmocka_unit_test(tiers_go_forward),
		cmocka_unit_test(the_cap_of_a_larger_past),
		cmocka_unit_test(an_applied_review_recalculates_first),
		cmocka_unit_test(healths_follow_the_move),
		cmocka_unit_test(sentences_keep_their_numbers),
		cmocka_unit_test(locks_begin_on_their_day),
		cmocka_unit_test(the_health_to_compare_with),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
