/* Statistics of the backtest: published vectors, plain counting, and whether the ranges
 * hold what they say. */
#include "core/backtest_stat.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "core/dice.h"
#include "tests/support/rows_text.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-9)

static const struct backtest_sample vector[] = { { .9, 0, true }, { .8, 1, true },
	{ .7, 2, false }, { .6, 3, true }, { .55, 4, false }, { .4, 5, false },
	{ .3, 6, true }, { .3, 7, false }, { .2, 8, false }, { .1, 9, false } };
enum { VECTOR = 10 };

static void the_published_vector(void **state)
{
	struct backtest_lift lift;
	struct backtest_brier b;
	struct backtest_auc a;

	(void)state;
	MUST(backtest_auc_of(vector, VECTOR, VECTOR, NULL, &a, &e));
	NEAR(a.auc, 0.8125);
	assert_int_equal(a.left, 4);
	assert_int_equal(a.stayed, 6);
	assert_int_equal(a.accounts_left, 4);
	b = backtest_brier_of(vector, VECTOR);
	NEAR(b.brier, 0.17925);
	NEAR(b.base, 0.24);
	MUST(backtest_lift_of(vector, VECTOR, 0.2, &lift, &e));
	NEAR(lift.lift, 2.5);
	assert_int_equal(lift.n, 2);
}

/* DeLong's variance of the vector, by hand: the components of the four that left are 1,
 * 1, 5/6, 5/12, of the six that stayed 1/2, 3/4, 3/4, 7/8, 1, 1. */
static void the_range_by_hand(void **state)
{
	static const double left[] = { 1, 1, 5 / 6.0, 5 / 12.0 },
			    stayed[] = { .5, .75, .75, .875, 1, 1 };
	const double auc = 0.8125;
	struct backtest_auc a;
	double sum = 0, se, half;

	(void)state;
	for (int i = 0; i < 4; i++)
		sum += (left[i] - auc) * (left[i] - auc) / 16;
	for (int i = 0; i < 6; i++)
		sum += (stayed[i] - auc) * (stayed[i] - auc) / 36;
	se = sqrt(sum * 10 / 9);
	half = 3.182 * se / (auc * (1 - auc)); /* t of three degrees */
	MUST(backtest_auc_of(vector, VECTOR, VECTOR, NULL, &a, &e));
	NEAR(log(a.low / (1 - a.low)), log(auc / (1 - auc)) - half);
	NEAR(log(a.high / (1 - a.high)), log(auc / (1 - auc)) + half);
}

/* The published quantiles of Student's t. */
static void quantiles(void **state)
{
	(void)state;
	assert_true(fabs(backtest_t95(1) - 12.706) < 1e-3);
	assert_true(fabs(backtest_t95(9) - 2.262) < 1e-3);
	assert_true(fabs(backtest_t95(10) - 2.228) < 1e-3);
	assert_true(fabs(backtest_t95(30) - 2.042) < 1e-3);
	assert_true(fabs(backtest_t95(1e9) - 1.95996) < 1e-4);
	assert_true(isinf(backtest_t95(0)));
}

static double counted(const struct backtest_sample *s, uint32_t n)
{
	double pairs = 0, sum = 0;

	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j < n; j++)
			if (s[i].left && !s[j].left) {
				pairs++;
				sum += s[i].risk > s[j].risk   ? 1
				       : s[i].risk < s[j].risk ? 0
							       : 0.5;
			}
	return sum / pairs;
}

/* With many ties, pair by pair. */
static void pair_by_pair(void **state)
{
	struct dice d = dice_of(7, 0, 0);

	(void)state;
	for (int round = 0; round < 50; round++) {
		const uint32_t n = 20 + dice_below(&d, 60);
		struct backtest_sample s[80];
		struct backtest_auc a;

		for (uint32_t i = 0; i < n; i++)
			s[i] = (struct backtest_sample){ dice_range(&d, -3, 3), i / 3,
				i < 2 ? i == 0 : dice_chance(&d, 300) };
		MUST(backtest_auc_of(s, n, n, NULL, &a, &e));
		NEAR(a.auc, counted(s, n));
	}
}

/* The same account three months in a row is no more evidence than one month. */
static void months_are_no_evidence(void **state)
{
	struct backtest_sample s[3 * VECTOR];
	struct backtest_auc once, thrice, split;

	(void)state;
	for (int i = 0; i < 3 * VECTOR; i++)
		s[i] = vector[i % VECTOR];
	MUST(backtest_auc_of(vector, VECTOR, VECTOR, NULL, &once, &e));
	MUST(backtest_auc_of(s, 3 * VECTOR, VECTOR, NULL, &thrice, &e));
	NEAR(once.auc, thrice.auc);
	NEAR(once.low, thrice.low);
	NEAR(once.high, thrice.high);
	for (int i = 0; i < 3 * VECTOR; i++)
		s[i].account = (uint32_t)i;
	MUST(backtest_auc_of(s, 3 * VECTOR, 3 * VECTOR, NULL, &split, &e));
	assert_true(split.low > once.low + 0.1); /* as if they were others */
}

static void what_is_not_known(void **state)
{
	static const struct backtest_sample nobody[] = { { 1, 0, false },
		{ 2, 1, false } };
	static const struct backtest_sample apart[] = { { 1, 0, false }, { 2, 1, true } };
	struct backtest_lift lift;
	struct backtest_auc a;

	(void)state;
	MUST(backtest_auc_of(nobody, 2, 2, NULL, &a, &e));
	assert_true(isnan(a.auc) && isnan(a.low));
	assert_true(backtest_auc_is_chance(&a));
	MUST(backtest_auc_of(nobody, 0, 0, NULL, &a, &e));
	assert_true(isnan(a.auc));
	MUST(backtest_auc_of(apart, 2, 2, NULL, &a, &e));
	NEAR(a.auc, 1);
	assert_true(isnan(a.low));
	MUST(backtest_lift_of(nobody, 2, 0.1, &lift, &e));
	assert_true(isnan(lift.lift));
	assert_true(isnan(backtest_brier_of(nobody, 0).brier));
}

/* Who ties across the end of the worst share counts in proportion. */
static void ties_at_the_end(void **state)
{
	static const struct backtest_sample s[] = { { 3, 0, false }, { 2, 1, true },
		{ 2, 2, false }, { 1, 3, false } };
	struct backtest_lift lift;

	(void)state;
	MUST(backtest_lift_of(s, 4, 0.5, &lift, &e));
	NEAR(lift.left, 0.5);
	NEAR(lift.lift, 1);
}

/* ---- books that were thrown ----------------------------------------------------------
 */

enum { ACCOUNTS = 120, MONTHS = 12, LEAVERS = 12 };

/* Each account has a score of its own that moves a little; some leave, and are three
 * months on the way. shift: how much lower those are then. */
static uint32_t throw_book(
	struct dice *d, int shift, struct backtest_sample s[ACCOUNTS * MONTHS])
{
	uint32_t n = 0;

	for (uint32_t a = 0; a < ACCOUNTS; a++) {
		const int own = dice_range(d, 30, 90);
		const int end = a < LEAVERS ? dice_range(d, 3, MONTHS) : MONTHS;

		for (int m = 0; m < end; m++) {
			const bool left = a < LEAVERS && m >= end - 3;
			const int health =
				own + dice_range(d, -8, 8) - (left ? shift : 0);

			s[n++] = (struct backtest_sample){ 100 - health, a, left };
		}
	}
	return n;
}

/* Of books where the score says nothing, the range holds 0.5 about 95 times in 100. */
static void ranges_hold(void **state)
{
	static struct backtest_sample s[ACCOUNTS * MONTHS];
	struct dice d = dice_of(3, 1, 4);
	int held = 0;

	(void)state;
	for (int book = 0; book < 1000; book++) {
		const uint32_t n = throw_book(&d, 0, s);
		struct backtest_auc a;

		MUST(backtest_auc_of(s, n, ACCOUNTS, NULL, &a, &e));
		held += backtest_auc_is_chance(&a);
	}
	if (held < 925 || held > 985)
		fail_msg("%d of 1000 ranges hold 0.5", held);
}

/* Where it says much, hardly any does. */
static void ranges_tell(void **state)
{
	static struct backtest_sample s[ACCOUNTS * MONTHS];
	struct dice d = dice_of(2, 7, 1);
	int held = 0;

	(void)state;
	for (int book = 0; book < 200; book++) {
		const uint32_t n = throw_book(&d, 30, s);
		struct backtest_auc a;

		MUST(backtest_auc_of(s, n, ACCOUNTS, NULL, &a, &e));
		held += backtest_auc_is_chance(&a);
	}
	assert_in_range(held, 0, 20);
}

/* A gain of a score over itself is none; over noise it is one; the shares say how sure.
 */
static void gains(void **state)
{
	static struct backtest_sample s[ACCOUNTS * MONTHS], noise[ACCOUNTS * MONTHS];
	double good_share[ACCOUNTS], noise_share[ACCOUNTS];
	struct dice d = dice_of(5, 5, 5);
	const uint32_t n = throw_book(&d, 35, s);
	struct backtest_auc good, bad;
	struct backtest_gain g;

	(void)state;
	for (uint32_t i = 0; i < n; i++) {
		noise[i] = s[i];
		noise[i].risk = dice_range(&d, 0, 100);
	}
	MUST(backtest_auc_of(s, n, ACCOUNTS, good_share, &good, &e));
	MUST(backtest_auc_of(noise, n, ACCOUNTS, noise_share, &bad, &e));
	g = backtest_auc_gain(&good, good_share, &good, good_share, ACCOUNTS);
	NEAR(g.gain, 0);
	NEAR(g.low, 0);
	g = backtest_auc_gain(&bad, noise_share, &good, good_share, ACCOUNTS);
	assert_true(g.low > 0 && g.low < g.gain && g.gain < g.high);
	g = backtest_auc_gain(&good, good_share, &bad, noise_share, ACCOUNTS);
	assert_true(g.high < 0);
}

/* Of 3 and 4 the error is 5: more than 10 is a gain. */
static void two_errors(void **state)
{
	static const struct {
		double gain[3], all;
		uint32_t n;
		bool gains;
	} rows[] = {
		{ { 3, 4 }, 10.01, 2, true },
		{ { 3, 4 }, 10, 2, false },
		{ { 3, 4 }, 9, 2, false },
		{ { 3, 4 }, -11, 2, false },
		{ { -3, -4 }, 10.01, 2, true }, /* whichever way it went */
		{ { 3, 4, 12 }, 10.01, 2, true },
		{ { 3, 4, 12 }, 10.01, 3, false },
		{ { 3, 4, 12 }, 26.01, 3, true },
		{ { 0, 0 }, 0, 2, false },
		{ { 0 }, 0, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (backtest_gains(rows[i].gain, rows[i].n, rows[i].all) != rows[i].gains)
			fail_msg("row %zu", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_published_vector),
		cmocka_unit_test(the_range_by_hand),
		cmocka_unit_test(quantiles),
		cmocka_unit_test(pair_by_pair),
		cmocka_unit_test(months_are_no_evidence),
		cmocka_unit_test(what_is_not_known),
		cmocka_unit_test(ties_at_the_end),
		cmocka_unit_test(ranges_hold),
		cmocka_unit_test(ranges_tell),
		cmocka_unit_test(gains),
		cmocka_unit_test(two_errors),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
