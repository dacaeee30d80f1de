/* The review over time: streaks, dwell, order, caps of bases of all sizes, sentences. */
#include "core/review.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/reviewing.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* ---- order ----------------------------------------------------------------------- */

/* Ties break by higher value, then smaller external id in byte order. */
static void order(void **state)
{
	static const struct {
		double score;
		int64_t value;
		uint32_t key;
	} at[] = { { 50, 100, 5 }, { 60, 1, 9 }, { 50, 200, 7 }, { 50, 100, 3 },
		{ 50, 100, 4 }, { 0, 0, 1 }, { 60, 1, 8 } };
	static const uint32_t should[] = { 7, 2, 3, 4, 5, 1, 6 };
	uint32_t key[LENGTH(at)];
	struct reviewing r = reviewing_of(LENGTH(at));
	struct review v;

	(void)state;
	for (size_t i = 0; i < LENGTH(at); i++) {
		r.scores.score[i] = at[i].score;
		r.scores.value[i] = at[i].value;
		key[i] = at[i].key;
	}
	r.key = key;
	v = reviewing_propose(&r, 0); /* placements come in the order */
	for (size_t i = 0; i < LENGTH(at); i++)
		assert_int_equal(v.moves[i].account, should[i]);
	review_clear(&v);
	reviewing_clear(&r);
}

/* Who is not active is not ranked, holds no place and loses its tier. */
static void the_inactive_hold_no_place(void **state)
{
	struct reviewing r = reviewing_of(3);
	struct review v;

	(void)state;
	reviewing_stands(&r, 1, 1, 99, 100);
	reviewing_stands(&r, 2, 2, 80, 100);
	reviewing_stands(&r, 3, 3, 10, 100);
	r.scores.health[0] = HEALTH_NONE;
	r.scores.score[0] = (double)NAN;
	r.scores.active = 2;
	v = reviewing_propose(&r, 0);
	assert_string_equal(reviewing_text(&v), "2 promotion 2>1");
	assert_int_equal(v.active, 2);
	assert_int_equal(v.cap[0].before, 0);
	assert_int_equal(v.cap[0].after, 1);
	assert_int_equal(v.after.tier[0], TIER_NONE);
	assert_int_equal(v.after.since[0], DAY_NONE);
	review_clear(&v);
	reviewing_clear(&r);
}

/* ---- streaks --------------------------------------------------------------------- */

/* One account of tier 2 on reviews a month apart, too young to move. */
static void streaks(void **state)
{
	static const struct {
		double score;
		uint8_t up, down;
	} months[] = {
		{ 36.99, 0, 1 },
		{ 36, 0, 2 },
		{ 37, 0, 0 }, /* neither: reset */
		{ 10, 0, 1 },
		{ 73, 1, 0 }, /* the opposite */
		{ 80, 2, 0 },
		{ 72.99, 0, 0 },
		{ 90, 1, 0 },
		{ 5, 0, 1 },
		{ 50, 0, 0 },
	};
	struct reviewing r = reviewing_of(1);

	(void)state;
	r.policy.min_days = 3650;
	reviewing_stands(&r, 1, 2, 50, 0);
	for (size_t i = 0; i < LENGTH(months); i++) {
		struct review v;

		r.scores.score[0] = months[i].score;
		v = reviewing_propose(&r, 30 * (int32_t)i);
		assert_int_equal(v.moves_n, 0);
		reviewing_apply(&r, &v);
		assert_int_equal(r.tiers.up[0], months[i].up);
		assert_int_equal(r.tiers.down[0], months[i].down);
	}
	/* a second review of the day counts no month again, whatever the score is now */
	for (int again = 0; again < 3; again++) {
		struct review v;

		r.scores.score[0] = 5;
		v = reviewing_propose(&r, 30 * ((int32_t)LENGTH(months) - 1));
		assert_false(v.changes);
		reviewing_apply(&r, &v);
		assert_int_equal(r.tiers.down[0], 0);
	}
	reviewing_clear(&r);
}

static void streaks_end_at_255(void **state)
{
	struct reviewing r = reviewing_of(1);

	(void)state;
	reviewing_stands(&r, 1, 2, 90, 0);
	r.tiers.up[0] = 254;
	r.policy.min_days = 3650;
	for (int32_t day = 1; day <= 3; day++) {
		struct review v = reviewing_propose(&r, day);

		reviewing_apply(&r, &v);
		assert_int_equal(r.tiers.up[0], 255);
	}
	reviewing_clear(&r);
}

/* Monthly reviews of a healthy life: promoted when it has dwelt 60 days, sinking slowly
 * through both bands afterwards. Day: score → tier after the review. */
static void a_life(void **state)
{
	static const struct {
		int32_t day;
		double score;
		uint8_t tier;
	} life[] = {
		{ 0, 45, 2 },                       /* placed */
		{ 30, 80, 2 },                      /* a candidate, 30 days in the tier */
		{ 59, 80, 2 },                      /* 59 */
		{ 60, 80, 1 },                      /* 60: promoted */
		{ 90, 66, 1 },                      /* first time below 67 */
		{ 110, 66, 1 },                     /* second time, 50 days in the tier */
		{ 119, 66.9, 1 }, { 120, 66.9, 2 }, /* 60 days: demoted */
		{ 150, 36, 2 }, { 179, 36, 2 },
		{ 180, 38, 2 }, /* neither: the streak begins anew */
		{ 200, 36, 2 }, { 230, 36, 3 }, { 260, 99, 3 }, { 289, 99, 3 },
		{ 290, 99, 1 }, /* skips a band */
	};
	struct reviewing r = reviewing_of(1);

	(void)state;
	for (size_t i = 0; i < LENGTH(life); i++) {
		struct review v;

		r.scores.score[0] = life[i].score;
		if (i == 0) /* below 70, though the base of one has room everywhere */
			assert_int_equal(r.tiers.tier[0], TIER_NONE);
		v = reviewing_propose(&r, life[i].day);
		reviewing_apply(&r, &v);
		if (r.tiers.tier[0] != life[i].tier)
			fail_msg("day %d: tier %d", life[i].day, r.tiers.tier[0]);
	}
	reviewing_clear(&r);
}

static void locks_end(void **state)
{
	static const struct {
		int32_t until;
		bool moves;
	} rows[] = { { -1, true }, { 0, false }, { 1, false }, { DAY_NONE, true } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct reviewing r = reviewing_of(1);
		struct review v;

		reviewing_stands(&r, 1, 2, 90, 100);
		reviewing_lock(&r, 1, rows[i].until);
		v = reviewing_propose(&r, 0);
		assert_int_equal(v.moves_n, rows[i].moves);
		assert_int_equal(tiers_lock_of(&v.after, 1)->until, rows[i].until);
		review_clear(&v);
		reviewing_clear(&r);
	}
}

static void days_go_forward(void **state)
{
	struct reviewing r = reviewing_of(1);
	const uint32_t ids[] = { 1 };
	struct review v;
	struct err e;

	(void)state;
	r.tiers.review_day = 20543; /* 2026-03-31 */
	assert_int_equal(
		review_propose(&r.policy, &r.scores, &r.tiers, ids, 1, 20542, &v, &e),
		ST_FORBIDDEN);
	assert_string_equal(e.text, "tiers were changed as of 2026-03-31 already: "
				    "they go forward in time");
	review_clear(&v);
	v = reviewing_propose(&r, 20543);
	review_clear(&v);
	reviewing_clear(&r);
}

/* ---- caps of bases of all sizes -------------------------------------------------- */

static void caps_of_all_sizes(void **state)
{
	/* Everybody deserves tier 1: floor(10 %), floor(30 %), but one at least. */
	static const struct {
		uint32_t active, in[TIER_COUNT];
	} rows[] = { { 1, { 1, 0, 0 } }, { 2, { 1, 1, 0 } }, { 3, { 1, 1, 1 } },
		{ 9, { 1, 2, 6 } }, { 10, { 1, 3, 6 } }, { 99, { 9, 29, 61 } },
		{ 100, { 10, 30, 60 } }, { 600, { 60, 180, 360 } } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct reviewing r = reviewing_of(rows[i].active);
		struct review v;
		uint32_t in[TIER_COUNT + 1] = { 0 };

		for (uint32_t k = 0; k < rows[i].active; k++)
			r.scores.score[k] = 99 - k * 0.01;
		v = reviewing_propose(&r, 0);
		assert_int_equal(v.moves_n, rows[i].active);
		for (uint32_t k = 0; k < rows[i].active; k++) {
			in[v.after.tier[k]]++;
			/* the best are on top */
			assert_true(k == 0 || v.after.tier[k - 1] <= v.after.tier[k]);
		}
		for (int t = 0; t < TIER_COUNT; t++) {
			assert_int_equal(in[t + 1], rows[i].in[t]);
			assert_int_equal(v.cap[t].after, rows[i].in[t]);
			assert_int_equal(v.cap[t].before, 0);
		}
		assert_int_equal(v.cap[0].share_bp, 1000);
		reviewing_apply(&r, &v);
		v = reviewing_propose(&r, 0);
		assert_int_equal(v.moves_n, 0);
		assert_false(v.changes);
		review_clear(&v);
		reviewing_clear(&r);
	}
}

static void nobody(void **state)
{
	struct reviewing r = reviewing_of(0);
	struct review v = reviewing_propose(&r, 0);

	(void)state;
	assert_string_equal(reviewing_text(&v), "");
	assert_true(v.changes); /* the day of the review is new */
	reviewing_apply(&r, &v);
	v = reviewing_propose(&r, 0);
	assert_false(v.changes);
	review_clear(&v);
	reviewing_clear(&r);
}

/* With min_days = 0 nothing but the day itself keeps a mover from moving on when its
 * review is done again. */
static void the_same_review_twice_without_dwell(void **state)
{
	struct reviewing r = reviewing_of(10);
	struct review v;

	(void)state;
	r.policy.min_days = 0;
	for (uint32_t id = 2; id <= 10; id++)
		reviewing_stands(&r, id, 3, 10, 500);
	reviewing_stands(&r, 1, 1, 5, 500);
	r.tiers.down[0] = 1;
	v = reviewing_propose(&r, 0);
	assert_string_equal(reviewing_text(&v), "1 demotion 1>2");
	reviewing_apply(&r, &v);
	v = reviewing_propose(&r, 0);
	assert_string_equal(reviewing_text(&v), "");
	assert_false(v.changes);
	reviewing_apply(&r, &v);
	v = reviewing_propose(&r, 1); /* the next day it goes on */
	assert_string_equal(reviewing_text(&v), "1 demotion 2>3");
	review_clear(&v);
	reviewing_clear(&r);
}

/* A review done again on its day follows what changed meanwhile: here a lock is gone. */
static void again_after_a_change(void **state)
{
	struct reviewing r = reviewing_of(1);
	struct review v;

	(void)state;
	reviewing_stands(&r, 1, 2, 90, 60);
	reviewing_lock(&r, 1, 0);
	v = reviewing_propose(&r, 0);
	assert_string_equal(reviewing_text(&v), "");
	reviewing_apply(&r, &v);
	reviewing_lock(&r, 1, DAY_NONE);
	v = reviewing_propose(&r, 0);
	assert_string_equal(reviewing_text(&v), "1 promotion 2>1");
	review_clear(&v);
	reviewing_clear(&r);
}

/* Moves are counted as moves, and whom they move is said besides where these are fewer.
 */
static void accounts_of_moves(void **state)
{
	static const struct {
		uint32_t account[4], n, accounts;
		const char *text;
	} rows[] = {
		{ { 0 }, 0, 0, "" },
		{ { 5 }, 1, 1, "" },
		{ { 5, 3, 9 }, 3, 3, "" },
		{ { 5, 5 }, 2, 1, " of 1 account" },
		{ { 5, 3, 9, 5 }, 4, 3, " of 3 accounts" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct tier_move moves[4] = { { .account = 0 } };
		const struct review r = { .moves = moves, .moves_n = rows[i].n };
		char of[40];

		for (uint32_t k = 0; k < rows[i].n; k++)
			moves[k].account = rows[i].account[k];
		assert_int_equal(review_accounts(&r), rows[i].accounts);
		assert_string_equal(review_accounts_text(&r, of), rows[i].text);
	}
}

/* With a margin of 0 equal candidates do not drive each other out. */
static void equals_do_not_swap(void **state)
{
	struct reviewing r = reviewing_of(10);
	struct review v;

	(void)state;
	r.policy.swap_margin = 0;
	for (uint32_t id = 4; id <= 10; id++)
		reviewing_stands(&r, id, 3, 10, 500);
	reviewing_stands(&r, 1, 1, 75, 500);
	reviewing_stands(&r, 2, 2, 80, 500);
	reviewing_stands(&r, 3, 2, 80, 500);
	v = reviewing_propose(&r, 0);
	assert_string_equal(
		reviewing_text(&v), "1 swap 1>2 (2); 2 swap 2>1 (1); wait 3 for 1");
	review_clear(&v);
	reviewing_clear(&r);
}

/* ---- sentences ------------------------------------------------------------------- */

static void sentences(void **state)
{
	static const struct {
		struct tier_move m;
		const char *pair, *text;
	} rows[] = {
		{ { .from = 0, .to = 1, .cause = CAUSE_PLACEMENT, .score = 70 }, "",
			"tier score 70.0 is enough for tier 1 (70)" },
		{ { .from = 0, .to = 2, .cause = CAUSE_PLACEMENT, .score = 40 }, "",
			"tier score 40.0 is enough for tier 2 (40)" },
		{ { .from = 0, .to = 2, .cause = CAUSE_PLACEMENT, .score = 81.25 }, "",
			"tier score 81.2 is enough for tier 1 (70), but there was no "
			"room" },
		{ { .from = 0, .to = 3, .cause = CAUSE_PLACEMENT, .score = 69 }, "",
			"tier score 69.0 is enough for tier 2 (40), but there was no "
			"room" },
		{ { .from = 0, .to = 3, .cause = CAUSE_PLACEMENT, .score = 12 }, "",
			"tier score 12.0 is below tier 2 (40)" },
		{ { .from = 2, .to = 1, .cause = CAUSE_PROMOTION, .score = 73 }, "",
			"tier score 73.0 reaches tier 1 (70 and 3 above it)" },
		{ { .from = 1, .to = 2, .cause = CAUSE_DEMOTION, .score = 60 }, "",
			"tier score 60.0, at 2 reviews in a row more than 3 below tier 1 "
			"(70)" },
		{ { .from = 2, .to = 3, .cause = CAUSE_CAP, .score = 50 }, "",
			"tier 2 is over its cap; 50.0 was the lowest tier score" },
		{ { .from = 3, .to = 1, .cause = CAUSE_SWAP, .score = 81, .other = 72 },
			"A-17",
			"tier score 81.0 takes the place of A-17 in tier 1, whose score "
			"is 72.0" },
		{ { .from = 1, .to = 2, .cause = CAUSE_SWAP, .score = 72, .other = 81 },
			"A-99",
			"tier score 72.0 gives its place in tier 1 to A-99, whose score "
			"is 81.0" },
		{ { .from = 1, .to = 2, .cause = CAUSE_MANUAL, .score = 72 }, "",
			"set by a person" },
	};
	struct policy p;
	char text[200], small[8];

	(void)state;
	policy_default(&p);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		review_reason(&p, &rows[i].m, text_of(rows[i].pair), text, sizeof(text));
		assert_string_equal(text, rows[i].text);
	}
	review_reason(&p, &rows[8].m, (struct text){ NULL, 0 }, text, sizeof(text));
	assert_non_null(strstr(text, "takes the place of  in tier 1"));
	review_reason(&p, &rows[0].m, TEXT(""), small, sizeof(small));
	assert_string_equal(small, "tier sc");
}

static void names_of_causes(void **state)
{
	static const char *const names[] = { "placement", "promotion", "demotion", "cap",
		"swap", "manual", "lock", "undo" };

	(void)state;
	assert_int_equal(LENGTH(names), CAUSE_COUNT);
	for (size_t i = 0; i < LENGTH(names); i++)
		assert_string_equal(move_cause_name[i], names[i]);
}

/* In whatever order they come; a later one takes the place of the one before. */
static void locks_are_found_by_account(void **state)
{
	static const uint32_t come[] = { 7, 2, 30, 4, 2, 1, 29 };
	struct tiers t, other;
	struct err e;

	(void)state;
	assert_int_equal(tiers_init(&t, 30, &e), ST_OK);
	for (size_t i = 0; i < LENGTH(come); i++)
		assert_int_equal(
			tiers_lock(&t, come[i], (int32_t)i, 100 + (int32_t)i, &e), ST_OK);
	assert_int_equal(t.locks, LENGTH(come) - 1);
	for (uint32_t k = 1; k < t.locks; k++)
		assert_true(t.lock[k - 1].account < t.lock[k].account);
	assert_null(tiers_lock_of(&t, 3));
	assert_int_equal(tiers_lock_of(&t, 2)->until, 104);
	assert_false(tiers_locked(&t, 2, 3));
	assert_true(tiers_locked(&t, 2, 4));
	assert_true(tiers_locked(&t, 2, 104));
	assert_false(tiers_locked(&t, 2, 105));
	assert_int_equal(tiers_init(&other, 29, &e), ST_OK);
	assert_int_equal(tiers_lock_as(&other, &t, &e), ST_OK);
	assert_int_equal(other.locks, t.locks - 1); /* it has no account 30 */
	assert_int_equal(tiers_lock_of(&other, 29)->from, 6);
	tiers_clear(&other);
	tiers_clear(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order),
		cmocka_unit_test(the_inactive_hold_no_place),
		cmocka_unit_test(streaks),
		cmocka_unit_test(streaks_end_at_255),
		cmocka_unit_test(a_life),
		cmocka_unit_test(locks_end),
		cmocka_unit_test(days_go_forward),
		cmocka_unit_test(caps_of_all_sizes),
		cmocka_unit_test(nobody),
		cmocka_unit_test(the_same_review_twice_without_dwell),
		cmocka_unit_test(again_after_a_change),
		cmocka_unit_test(accounts_of_moves),
		cmocka_unit_test(locks_are_found_by_account),
		cmocka_unit_test(equals_do_not_swap),
		cmocka_unit_test(sentences),
		cmocka_unit_test(names_of_causes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
