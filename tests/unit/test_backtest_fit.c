/* Weights and curves that are found: what was planted comes back, luck does not move
 * them. */
#include "core/backtest_fit.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/dice.h"
#include "tests/support/rows_text.h"

enum { ROWS = 3000, PARTS = 4 };

static const double even[PARTS] = { .25, .25, .25, .25 };

/* The chance to leave in permille falls by `slope` over the first two parts. */
static void throw_rows(uint64_t seed, int slope, struct backtest_fit_row *rows)
{
	struct dice d = dice_of(seed, 9, 9);

	for (uint32_t i = 0; i < ROWS; i++) {
		struct backtest_fit_row *r = &rows[i];

		for (int c = 0; c < PARTS; c++)
			r->score[c] = dice_range(&d, 0, 100) / 100.0;
		r->account = i;
		r->fold = (uint8_t)(i % BACKTEST_FOLDS);
		r->left = dice_chance(&d,
			100 + (int)(slope * (2 - 1.5 * r->score[0] - .5 * r->score[1])));
		if (i % 10 == 0)
			r->score[3] = (double)NAN;
	}
}

static struct backtest_fit fit_of(
	const struct backtest_fit_row *rows, double *out_of_fold)
{
	struct backtest_fit f;

	MUST(backtest_fit_weights(rows, ROWS, PARTS, even, NULL, &f, out_of_fold, &e));
	return f;
}

static void what_was_planted(void **state)
{
	static struct backtest_fit_row rows[ROWS];
	static double health[ROWS];
	struct backtest_fit f;
	double sum = 0;

	(void)state;
	throw_rows(1, 300, rows);
	f = fit_of(rows, health);
	assert_true(f.found);
	assert_true(f.weight[0] > 0.5 && f.weight[1] > 0.08);
	assert_true(f.weight[0] > 2 * f.weight[1]);
	assert_true(f.weight[2] < 0.12 && f.weight[3] < 0.12);
	for (int c = 0; c < PARTS; c++) {
		assert_true(f.weight[c] >= 0);
		sum += f.weight[c];
	}
	assert_true(fabs(sum - 1) < 1e-9);
}

/* Where nothing was planted the most ridge is chosen, and the weights hardly move. */
static void luck_moves_little(void **state)
{
	static struct backtest_fit_row rows[ROWS];
	static double health[ROWS];
	int strict = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= 10; seed++) {
		throw_rows(seed, 0, rows);
		strict += fit_of(rows, health).ridge >= 100;
	}
	assert_in_range(strict, 8, 10);
}

/* Health of a row by weights that its fold had no part in: whatever its fold's outcomes
 * are, it stays the same. */
static void folds_keep_apart(void **state)
{
	static struct backtest_fit_row rows[ROWS];
	static double before[ROWS], after[ROWS];
	struct backtest_fit was, is;
	int same = 0;

	(void)state;
	throw_rows(4, 300, rows);
	was = fit_of(rows, before);
	for (uint32_t i = 0; i < ROWS; i++)
		if (i % 100 == 2)
			rows[i].left = !rows[i].left;
	is = fit_of(rows, after);
	for (uint32_t i = 0; i < ROWS; i++)
		if (rows[i].fold == 2)
			same += fabs(before[i] - after[i]) < 1e-12;
	assert_true(fabs(was.ridge - is.ridge) < 1e-9);
	assert_int_equal(same, ROWS / BACKTEST_FOLDS);
	assert_true(fabs(was.weight[0] - is.weight[0]) > 1e-6);
}

static void twice_the_same(void **state)
{
	static struct backtest_fit_row rows[ROWS];
	static double one[ROWS], two[ROWS];
	struct backtest_fit a, b;

	(void)state;
	throw_rows(8, 200, rows);
	a = fit_of(rows, one);
	b = fit_of(rows, two);
	assert_memory_equal(a.weight, b.weight, PARTS * sizeof(double));
	assert_memory_equal(one, two, sizeof(one));
}

static bool stop(void *arg, const char *what, uint64_t done, uint64_t total)
{
	(void)arg;
	(void)what;
	(void)total;
	return done < 3;
}

static void it_can_be_stopped(void **state)
{
	static struct backtest_fit_row rows[ROWS];
	static double health[ROWS];
	const struct progress p = { stop, NULL };
	struct backtest_fit f;

	(void)state;
	throw_rows(8, 200, rows);
	assert_int_equal(
		backtest_fit_weights(rows, ROWS, PARTS, even, &p, &f, health, NULL),
		ST_CANCELLED);
}

static void health_leaves_out_what_is_missing(void **state)
{
	static const struct backtest_fit_row r = { .score = { 1, (double)NAN, 0 } };
	static const struct backtest_fit_row none = { .score = { (double)NAN } };

	(void)state;
	assert_true(
		fabs(backtest_fit_health(&r, 3, (double[]){ 3, 5, 1 }) - .75) < 1e-12);
	assert_true(isnan(backtest_fit_health(&none, 1, (double[]){ 1 })));
}

/* ---- curves --------------------------------------------------------------------------
 */

static void curves(void **state)
{
	static struct backtest_curve_row rows[ROWS * 10];
	struct dice d = dice_of(6, 6, 6);
	struct backtest_curve c;

	(void)state;
	for (uint32_t i = 0; i < ROWS * 10; i++) {
		const double x = dice_range(&d, 0, 100) / 100.0;

		rows[i] = (struct backtest_curve_row){ x * x, 1,
			(uint8_t)(i % BACKTEST_FOLDS),
			dice_chance(&d, (int)(30 + 400 * x * x)) };
	}
	c = backtest_fit_curve(rows, ROWS * 10, -1);
	assert_true(fabs(c.floor - .03) < .01);
	assert_true(fabs(c.span - .4) < .03);
	/* Where the healthiest leave there is no fall to find. */
	for (uint32_t i = 0; i < ROWS * 10; i++)
		rows[i].left = rows[i].square < .1;
	c = backtest_fit_curve(rows, ROWS * 10, -1);
	assert_true(c.span >= 0 && c.span < 1e-9);
	assert_true(c.floor > .2 && c.floor < .5);
	c = backtest_fit_curve(rows, 0, -1);
	assert_true(c.floor >= 0 && c.floor + c.span < 1e-9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_planted),
		cmocka_unit_test(luck_moves_little),
		cmocka_unit_test(folds_keep_apart),
		cmocka_unit_test(twice_the_same),
		cmocka_unit_test(it_can_be_stopped),
		cmocka_unit_test(health_leaves_out_what_is_missing),
		cmocka_unit_test(curves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
