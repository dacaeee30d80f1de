/* A part of a review: what goes together, what the caps allow, who stays as it was. */
#include "core/review.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/reviewing.h"
#include "tests/support/rows_text.h"

#define DAY 0

/* Ten accounts: tier 1 has one place, tier 2 three. 1 (in tier 1) is weak, 2 (of tier 3)
 * takes its place, and 3, the weakest of tier 2, makes room for 1; 4 comes up into tier 2
 * instead of 5. */
static struct reviewing book(void)
{
	struct reviewing r = reviewing_of(10);

	reviewing_stands(&r, 1, 1, 60, 90);
	reviewing_stands(&r, 2, 3, 80, 90);
	reviewing_stands(&r, 3, 2, 20, 90);
	reviewing_stands(&r, 4, 3, 50, 90);
	reviewing_stands(&r, 5, 2, 30, 90);
	reviewing_stands(&r, 6, 2, 45, 90);
	for (uint32_t id = 7; id <= 10; id++)
		reviewing_stands(&r, id, 3, 10, 90);
	return r;
}

#define ALL "1 swap 1>2 (2); 2 swap 3>1 (1); 3 cap 2>3; 5 swap 2>3 (4); 4 swap 3>2 (5)"

struct choosing {
	struct reviewing r;
	struct review v;
	uint8_t chosen[16];
};

static void begin(struct choosing *c)
{
	*c = (struct choosing){ .r = book() };
	c->v = reviewing_propose(&c->r, DAY);
	assert_string_equal(reviewing_text(&c->v), ALL);
}

static void end(struct choosing *c)
{
	review_clear(&c->v);
	reviewing_clear(&c->r);
}

/* The moves chosen, "01001". */
static void chosen_are(const struct choosing *c, const char *text)
{
	char is[17] = "";

	for (uint32_t k = 0; k < c->v.moves_n; k++)
		is[k] = c->chosen[k] ? '1' : '0';
	assert_string_equal(is, text);
}

static void a_swap_goes_as_a_pair(void **state)
{
	struct choosing c;

	(void)state;
	begin(&c);
	review_mark(&c.v, c.chosen, 0, true);
	chosen_are(&c, "11000");
	review_mark(&c.v, c.chosen, 4, true);
	chosen_are(&c, "11011");
	review_mark(&c.v, c.chosen, 1, false);
	chosen_are(&c, "00011");
	review_mark(&c.v, c.chosen, 99, true); /* there is none */
	chosen_are(&c, "00011");
	end(&c);
}

static void half_a_swap_is_refused(void **state)
{
	struct choosing c;
	struct err err = { .status = ST_OK };

	(void)state;
	begin(&c);
	c.chosen[1] = 1;
	assert_int_equal(review_choose(&c.v, &c.r.tiers, c.chosen, &err), ST_USAGE);
	end(&c);
}

/* Tier 2 has three places: whoever comes down into it needs one. */
static void caps_hold(void **state)
{
	struct choosing c;
	struct err err = { .status = ST_OK };
	uint32_t after[TIER_COUNT];

	(void)state;
	begin(&c);
	review_mark(&c.v, c.chosen, 0, true);
	review_members(&c.v, c.chosen, after);
	assert_int_equal(after[0], 1);
	assert_int_equal(after[1], 4);
	assert_int_equal(after[2], 5);
	assert_int_equal(review_choose(&c.v, &c.r.tiers, c.chosen, &err), ST_FORBIDDEN);
	assert_string_equal(err.text,
		"tier 2 would hold 4, and has room for 3: mark a move "
		"out of it as well, or one into it less");
	end(&c);
	begin(&c);
	review_mark(&c.v, c.chosen, 0, true);
	review_mark(&c.v, c.chosen, 2, true);
	MUST(review_choose(&c.v, &c.r.tiers, c.chosen, &e));
	assert_string_equal(
		reviewing_text(&c.v), "1 swap 1>2 (2); 2 swap 3>1 (1); 3 cap 2>3");
	end(&c);
}

/* A tier that holds too many already may keep as many, and take no more. */
static void over_the_cap(void **state)
{
	static const struct {
		uint32_t before, limit;
		const char *chosen; /* of: one into tier 2, one out of it */
		enum status st;
	} rows[] = {
		{ 5, 3, "00", ST_OK },
		{ 5, 3, "11", ST_OK },
		{ 5, 3, "01", ST_OK },
		{ 5, 3, "10", ST_FORBIDDEN },
		{ 3, 3, "11", ST_OK },
		{ 3, 3, "10", ST_FORBIDDEN },
		{ 2, 3, "10", ST_OK },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tier_move moves[] = { { .account = 1, .from = 3, .to = 2 },
			{ .account = 2, .from = 2, .to = 3 } };
		struct review r = { .moves = moves, .moves_n = 2 };
		const uint8_t chosen[] = { rows[i].chosen[0] == '1',
			rows[i].chosen[1] == '1' };

		for (int t = 0; t < TIER_COUNT; t++) {
			r.cap[t].before = 10;
			r.cap[t].limit = 100;
		}
		r.cap[1].before = rows[i].before;
		r.cap[1].limit = rows[i].limit;
		if (review_fits(&r, chosen, NULL) != rows[i].st)
			fail_msg("row %zu", i);
	}
}

/* Who was to move and does not: its place and its day are those of before, its streak
 * that of this review; so the same is proposed of it on the same day. */
static void what_is_left_out_stays_proposed(void **state)
{
	struct choosing c;
	struct review again;

	(void)state;
	begin(&c);
	review_mark(&c.v, c.chosen, 3, true);
	MUST(review_choose(&c.v, &c.r.tiers, c.chosen, &e));
	assert_string_equal(reviewing_text(&c.v), "5 swap 2>3 (4); 4 swap 3>2 (5)");
	assert_int_equal(c.v.after.tier[1], 3);
	assert_int_equal(c.v.after.since[1], -90);
	assert_int_equal(c.v.after.up[1], 1);
	assert_int_equal(c.v.after.tier[3], 2);
	assert_int_equal(c.v.after.since[3], DAY);
	assert_int_equal(c.v.cap[1].after, 3);
	reviewing_apply(&c.r, &c.v);
	again = reviewing_propose(&c.r, DAY);
	assert_string_equal(
		reviewing_text(&again), "1 swap 1>2 (2); 2 swap 3>1 (1); 3 cap 2>3");
	assert_int_equal(again.after.up[1], 1); /* the day does not count twice */
	review_clear(&again);
	reviewing_clear(&c.r);
}

/* All of them chosen is all of it. */
static void everything_is_the_whole(void **state)
{
	struct choosing c;
	struct review whole;

	(void)state;
	begin(&c);
	whole = reviewing_propose(&c.r, DAY);
	memset(c.chosen, 1, sizeof(c.chosen));
	MUST(review_choose(&c.v, &c.r.tiers, c.chosen, &e));
	assert_true(review_same(&whole, &c.v));
	assert_memory_equal(whole.after.tier, c.v.after.tier, whole.after.n);
	assert_memory_equal(whole.after.since, c.v.after.since,
		whole.after.n * sizeof(*whole.after.since));
	assert_memory_equal(whole.after.up, c.v.after.up, whole.after.n);
	review_clear(&whole);
	end(&c);
}

/* A newcomer that gives its place away at once: the second move needs the first. */
static void further_moves_need_the_first(void **state)
{
	struct reviewing r = reviewing_of(10);
	struct review v;
	uint8_t chosen[16] = { 0 };
	struct err err = { .status = ST_OK };
	uint32_t first = UINT32_MAX, second = UINT32_MAX;

	(void)state;
	reviewing_stands(&r, 1, TIER_NONE, 72, 0);
	reviewing_stands(&r, 2, 3, 80, 90);
	for (uint32_t id = 3; id <= 10; id++)
		reviewing_stands(&r, id, 3, 10, 90);
	v = reviewing_propose(&r, DAY);
	for (uint32_t k = 0; k < v.moves_n; k++)
		if (v.moves[k].account == 1)
			*(first == UINT32_MAX ? &first : &second) = k;
	assert_int_not_equal(second, UINT32_MAX);
	review_mark(&v, chosen, second, true);
	assert_true(chosen[first]); /* goes along */
	chosen[first] = 0;
	assert_int_equal(review_choose(&v, &r.tiers, chosen, &err), ST_USAGE);
	review_clear(&v);
	v = reviewing_propose(&r, DAY);
	memset(chosen, 0, sizeof(chosen));
	review_mark(&v, chosen, first, true);
	assert_false(chosen[second]); /* the placement alone will do */
	MUST(review_choose(&v, &r.tiers, chosen, &e));
	assert_int_equal(v.after.tier[0], 1);
	review_clear(&v);
	reviewing_clear(&r);
}

static void another_proposal_is_not_the_same(void **state)
{
	struct choosing c;
	struct review other;

	(void)state;
	begin(&c);
	c.r.scores.score[4] = 70; /* 5 is strong now */
	other = reviewing_propose(&c.r, DAY);
	assert_false(review_same(&c.v, &other));
	assert_true(review_same(&c.v, &c.v));
	review_clear(&other);
	other = reviewing_propose(&c.r, DAY + 1);
	assert_false(review_same(&c.v, &other));
	review_clear(&other);
	end(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_swap_goes_as_a_pair),
		cmocka_unit_test(half_a_swap_is_refused),
		cmocka_unit_test(caps_hold),
		cmocka_unit_test(over_the_cap),
		cmocka_unit_test(what_is_left_out_stays_proposed),
		cmocka_unit_test(everything_is_the_whole),
		cmocka_unit_test(further_moves_need_the_first),
		cmocka_unit_test(another_proposal_is_not_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
