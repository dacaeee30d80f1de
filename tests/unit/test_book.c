/* The book as a whole: recalculation, reviews, policies, days of the past. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/change.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/support/ten.h"

static struct recalc_result recalc(struct book *b)
{
	struct recalc_result r;

	MUST(book_recalc(b, &r, &e));
	return r;
}

static uint32_t apply_review(struct book *b)
{
	struct review r;
	uint32_t moves;

	MUST(book_review(b, true, &r, &e));
	moves = r.moves_n;
	review_clear(&r);
	return moves;
}

static uint8_t tier_of(struct book *b, const char *account)
{
	struct book_figures f;

	MUST(book_figures(b, &f, &e));
	return f.tier[account_of(book_store(b), account) - 1];
}

/* ---- opening --------------------------------------------------------------------- */

static void a_new_book_has_the_shipped_policy(void **state)
{
	struct book *b = rules_book(fake_store_new(), TEN_DAY, NULL);
	struct policy_version v;
	struct policy p;
	struct arena a;

	(void)state;
	arena_init(&a);
	policy_default(&p);
	assert_int_equal(book_policy_version(b), 1);
	assert_string_equal(book_me(b), "");
	assert_int_equal(book_as_of(b), day_of(TEN_DAY));
	MUST(book_store(b)->ops->policy_load(book_store(b), 0, &a, &v, &e));
	assert_string_equal(v.text, policy_write(&p, &a));
	assert_string_equal(v.reason, "shipped defaults");
	assert_int_equal(ten_summary(b).active, 0);
	assert_int_equal(ten_summary(b).figures_day, DAY_NONE);
	arena_clear(&a);
	book_free(&b);
	assert_null(b);
}

/* ---- figures --------------------------------------------------------------------- */

static void recalculates(void **state)
{
	struct book *b = ten_book();
	struct book_summary s = ten_summary(b);
	struct recalc_result r;
	uint64_t digest;

	(void)state;
	assert_int_equal(s.figures_day, DAY_NONE);
	assert_int_equal(s.active, 10);
	assert_int_equal(s.in_band[BAND_UNKNOWN], 10); /* nothing is known yet */
	r = recalc(b);
	assert_int_equal(r.as_of, day_of(TEN_DAY));
	assert_int_equal(r.accounts, 10);
	assert_int_equal(r.scored, 4);
	assert_int_equal(r.unknown, 6);
	s = ten_summary(b);
	assert_int_equal(s.accounts, 12);
	assert_int_equal(s.csms, 2);
	assert_int_equal(s.figures_day, day_of(TEN_DAY));
	assert_int_equal(s.unknown, 6);
	assert_true(s.arr == 55000000);
	assert_int_equal(s.in_tier[0], 10);
	assert_true(s.arr_in_tier[0] == 55000000);
	/* active days 5, 10, 15, 20: (25 u + 15 * 100) / 40 = 59, 75, 88, 100 */
	assert_int_equal(s.in_band[BAND_HEALTHY], 3);
	assert_int_equal(s.in_band[BAND_WATCH], 1);
	assert_int_equal(s.in_band[BAND_AT_RISK], 0);
	assert_int_equal(s.limit[0], 1);
	assert_int_equal(s.limit[1], 3);
	assert_int_equal(s.limit[2], 10);
	digest = fake_digest(book_store(b));
	recalc(b);
	assert_true(fake_digest(book_store(b)) == digest);
	book_free(&b);
}

/* ---- reviews --------------------------------------------------------------------- */

/* Nor figures, alerts or the history: also of a day that was never recalculated, whose
 * proposal is the one that figures of the day would give. */
static void a_proposal_leaves_nothing(void **state)
{
	static const char *const days[] = { TEN_DAY, "2026-04-30" };
	struct book *b = ten_book();
	struct review r;
	uint64_t digest;

	(void)state;
	for (size_t k = 0; k < sizeof(days) / sizeof(*days); k++) {
		rules_day(b, days[k]);
		digest = fake_digest(book_store(b));
		for (int turn = 0; turn < 2; turn++) {
			MUST(book_review(b, false, &r, &e));
			assert_int_equal(r.moves_n, k ? 11 : 10);
			assert_int_equal(r.as_of, day_of(days[k]));
			assert_int_equal(r.policy_version, 1);
			review_clear(&r);
		}
		assert_true(fake_digest(book_store(b)) == digest);
		assert_int_equal(
			ten_summary(b).figures_day, k ? day_of(TEN_DAY) : DAY_NONE);
		recalc(b);
	}
	book_free(&b);
}

/* Value percentiles 5 .. 95 and effort 10 .. 100: S is 96.5 for A10, 86.5 for A09 and so
 * on, 6.5 for A01. */
static void an_applied_review_twice_changes_nothing(void **state)
{
	struct book *b = ten_book();
	struct book_summary s;
	uint64_t digest;

	(void)state;
	assert_int_equal(apply_review(b), 10);
	s = ten_summary(b);
	assert_int_equal(s.review_day, day_of(TEN_DAY));
	assert_int_equal(s.in_tier[1], 1);
	assert_int_equal(s.in_tier[2], 3);
	assert_int_equal(s.in_tier[3], 6);
	assert_true(s.arr_in_tier[1] == 10000000);
	assert_true(s.arr_in_tier[2] == 24000000);
	assert_int_equal(tier_of(b, "A10"), 1);
	assert_int_equal(tier_of(b, "A07"), 2);
	assert_int_equal(tier_of(b, "A06"), 3);
	assert_int_equal(tier_of(b, "A11"), TIER_NONE);
	digest = fake_digest(book_store(b));
	assert_int_equal(apply_review(b), 0);
	assert_true(fake_digest(book_store(b)) == digest);
	book_free(&b);
}

static void reviews_go_forward(void **state)
{
	struct book *b = ten_book();
	struct review r;
	struct err bad;
	uint64_t digest;

	(void)state;
	apply_review(b);
	digest = fake_digest(book_store(b));
	rules_day(b, "2026-03-30");
	assert_int_equal(book_review(b, true, &r, &bad), ST_FORBIDDEN);
	assert_non_null(strstr(bad.text, "2026-03-31"));
	review_clear(&r);
	assert_true(fake_digest(book_store(b)) == digest); /* rolled back */
	rules_day(b, "2026-04-30");
	assert_int_equal(apply_review(b), 1); /* A12 began meanwhile */
	book_free(&b);
}

/* The tenth of ten churns: its place is free, and a swap becomes a promotion. */
static void a_review_follows_the_base(void **state)
{
	struct book *b = ten_book();
	struct store *s = book_store(b);
	struct review r;

	(void)state;
	apply_review(b);
	MUST(s->ops->begin(s, &e));
	rows_take(s, REC_ACCOUNT, PUT_OVERWRITE,
		1u << F_ACCOUNT_ID | 1u << F_STATUS | 1u << F_CHURNED_ON,
		"account_id=A10|status=churned|churned_on=2026-04-15");
	MUST(s->ops->commit(s, &e));
	rules_day(b, "2026-05-30"); /* 60 days later */
	MUST(book_review(b, true, &r, &e));
	assert_int_equal(r.active, 10); /* A12 came, A10 went */
	assert_int_equal(r.moves[0].account, account_of(s, "A12"));
	assert_int_equal(r.moves[0].cause, CAUSE_PLACEMENT);
	assert_int_equal(r.cap[0].after, 1);
	review_clear(&r);
	assert_int_equal(tier_of(b, "A10"), TIER_NONE);
	book_free(&b);
}

/* ---- days of the past ------------------------------------------------------------ */

static void the_figures_of_a_past_day(void **state)
{
	struct book *b = ten_book();

	(void)state;
	rules_day(b, "2026-03-01");
	recalc(b); /* before the review: nobody has a tier */
	rules_day(b, TEN_DAY);
	apply_review(b);
	rules_day(b, "2026-04-20");
	recalc(b);
	assert_int_equal(ten_summary(b).figures_day, day_of("2026-04-20"));
	assert_int_equal(tier_of(b, "A10"), 1);
	rules_day(b, "2026-04-19"); /* the newest snapshot then */
	assert_int_equal(ten_summary(b).figures_day, day_of(TEN_DAY));
	assert_int_equal(tier_of(b, "A10"), 1);
	rules_day(b, "2026-03-30");
	assert_int_equal(ten_summary(b).figures_day, day_of("2026-03-01"));
	assert_int_equal(tier_of(b, "A10"), TIER_NONE);
	assert_int_equal(ten_summary(b).in_tier[0], 10);
	rules_day(b, "2026-02-28"); /* before everything */
	assert_int_equal(ten_summary(b).figures_day, DAY_NONE);
	book_free(&b);
}

/* What is dated later never shows: the figures of a day are the same before and after
 * rows of the future came in. */
static void the_future_does_not_count(void **state)
{
	struct book *b = ten_book();
	struct book_figures f;
	uint8_t health;
	double score;

	(void)state;
	recalc(b);
	MUST(book_figures(b, &f, &e));
	health = f.scores->health[0];
	score = figures_score(f.scores, 0);
	rows_put(book_store(b), REC_SIGNAL,
		"account_id=A01|date=2026-04-01|signal=active_days|value=28\n"
		"account_id=A01|date=2026-04-01|signal=pulse|value=1");
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=1|account_id=A01|opened_on=2026-04-01");
	rows_put(book_store(b), REC_CONTRACT,
		"contract_id=1|account_id=A01|start=2026-04-01|arr=999999900");
	recalc(b);
	MUST(book_figures(b, &f, &e));
	assert_int_equal(f.scores->health[0], health);
	assert_true(figures_score(f.scores, 0) == score);
	book_free(&b);
}

/* ---- policies -------------------------------------------------------------------- */

static void an_older_policy_comes_back_as_a_new_version(void **state)
{
	struct book *b = ten_book();
	struct err bad;
	int32_t version = 0;

	(void)state;
	MUST(book_policy_apply(b, "[tiers]\ntier1_cap = 12\n", "p", "one", &version, &e));
	assert_int_equal(version, 2);
	assert_int_equal(book_policy_return(b, 2, "why", &version, &bad), ST_FORBIDDEN);
	assert_string_equal(
		bad.text, "version 2 says what is in force already, version 2");
	assert_int_equal(book_policy_return(b, 9, "why", &version, &bad), ST_NOTFOUND);
	MUST(book_policy_return(b, 1, "back", &version, &e));
	assert_int_equal(version, 3);
	assert_int_equal(book_policy_version(b), 3);
	assert_int_equal(book_policy(b)->cap_bp[0], 1000);
	book_free(&b);
}

static void a_policy_is_applied(void **state)
{
	struct book *b = ten_book();
	struct err bad;
	int32_t version = 0;
	uint64_t digest = fake_digest(book_store(b));

	(void)state;
	assert_int_equal(book_policy_apply(b, "[health]\nusage = 24\n", "mine.ini", "why",
				 &version, &bad),
		ST_INVALID);
	assert_non_null(strstr(bad.text, "mine.ini: [health]: the weights total 99"));
	assert_true(fake_digest(book_store(b)) == digest);
	assert_int_equal(book_policy_version(b), 1);
	MUST(book_policy_apply(
		b, "[tiers]\ntier1_cap = 20\n", "mine.ini", "more room", &version, &e));
	assert_int_equal(version, 2);
	assert_int_equal(book_policy_version(b), 2);
	assert_int_equal(book_policy(b)->cap_bp[0], 2000);
	assert_int_equal(ten_summary(b).limit[0], 2);
	apply_review(b);
	assert_int_equal(ten_summary(b).in_tier[1], 2);
	book_free(&b);
}

/* A policy that can't convert the book's currencies fails the recalculation whole. */
static void without_a_rate_nothing_changes(void **state)
{
	struct book *b = ten_book();
	struct recalc_result r;
	struct err bad;
	uint64_t digest;
	int32_t version;

	(void)state;
	rows_put(book_store(b), REC_ACCOUNT, "account_id=A20|arr=100|currency=CHF");
	digest = fake_digest(book_store(b));
	assert_int_equal(book_recalc(b, &r, &bad), ST_INVALID);
	assert_non_null(strstr(bad.text, "[fx]"));
	assert_true(fake_digest(book_store(b)) == digest);
	MUST(book_policy_apply(b, "[fx]\nCHF = 1.5\n", "fx.ini", "", &version, &e));
	recalc(b);
	assert_true(ten_summary(b).arr == 55000150);
	book_free(&b);
}

static void a_lock_holds_through_its_day(void **state)
{
	struct book *b = ten_book();
	const int32_t today = book_as_of(b);
	struct list_row row;
	struct arena a;
	uint32_t id;

	(void)state;
	MUST(book_find(b, TEXT("A10"), &id, &e));
	assert_int_equal(book_lock(b, id, today - 1, "why", NULL), ST_USAGE);
	assert_int_equal(book_lock(b, id, today, NULL, NULL), ST_USAGE);
	assert_int_equal(book_lock(b, id, today, " ", NULL), ST_USAGE);
	assert_int_equal(book_lock(b, id, today, "\xFF", NULL), ST_USAGE);
	MUST(book_lock(b, id, today + 9, "first", &e));
	MUST(book_lock(b, id, today, "in its place", &e));
	arena_init(&a);
	MUST(book_rows(b, &id, 1, &a, &row, &e));
	assert_true(row.locked);
	rules_day(b, "2026-04-01");
	MUST(book_rows(b, &id, 1, &a, &row, &e));
	assert_false(row.locked);
	arena_clear(&a);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_book_has_the_shipped_policy),
		cmocka_unit_test(recalculates),
		cmocka_unit_test(a_proposal_leaves_nothing),
		cmocka_unit_test(an_applied_review_twice_changes_nothing),
		cmocka_unit_test(reviews_go_forward),
		cmocka_unit_test(a_review_follows_the_base),
		cmocka_unit_test(the_figures_of_a_past_day),
		cmocka_unit_test(the_future_does_not_count),
		cmocka_unit_test(an_older_policy_comes_back_as_a_new_version),
		cmocka_unit_test(a_policy_is_applied),
		cmocka_unit_test(without_a_rate_nothing_changes),
		cmocka_unit_test(a_lock_holds_through_its_day),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
