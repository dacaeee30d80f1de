/* What the four quadrants hold, against counting one by one. */
#include "core/quadrants.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/money.h"

enum { N = 10, ACTIVE = 500000 }; /* ranks of a step each */

static double pct[N] = { 90, 80, 79.9999, 10, 80, NAN, 95, 20, 100, 0.0001 };
static double effort[N] = { 50, 49.9999, 50, 0, 80, 60, NAN, 70, 100, 10 };
static int64_t value[N] = { 900, 800, 790, 0, 800, 5, 950, 200, 100000, -3 };
static int64_t arr[N] = { 100, 200, MONEY_NONE, -40, 7, 1, 1, 3000, 5, 0 };
static const uint8_t tier[N] = { 1, 1, 2, 3, 0, 1, 1, 2, 1, 3 };
static const uint8_t everybody[N] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 };
static uint32_t rank[N]; /* what the figures keep of these */
static int32_t steps[N];
static struct figures scores = { .n = N,
	.active = ACTIVE,
	.value = { .n = N, .wide = value },
	.rank = rank,
	.effort_steps = steps };
static const struct amounts arrs = { .n = N, .wide = arr };
static const struct book_figures figures = {
	.scores = &scores, .tier = tier, .arr = &arrs, .n = N
};

/* Lines on figures, between them, and beyond all of them: as axes_quadrant divides. */
static void as_one_by_one(void **state)
{
	static const double line[] = { 0, 10, 49.9999, 50, 79.9999, 80, 80.5, 100 };
	static const uint8_t some[N] = { 1, 0, 1, 1, 0, 1, 1, 0, 1, 0 };
	const uint8_t *const in[] = { everybody, some };

	(void)state;
	for (int k = 0; k < 8 * 8 * 2; k++) {
		const struct quadrants_lines at = { line[k % 8], line[k / 8 % 8] };
		struct quadrants_sum want[QUAD_COUNT] = { 0 };
		struct quadrants got;

		for (int i = 0; i < N; i++) {
			struct quadrants_sum *q = &want[axes_quadrant(
				pct[i], effort[i], at.value, at.effort)];

			if (!in[k / 64][i])
				continue;
			q->n++;
			q->in_tier[tier[i]]++;
			q->arr += arr[i] == MONEY_NONE ? 0 : arr[i];
		}
		quadrants_count(&figures, in[k / 64], N, &at, &got);
		for (int q = QUAD_ATTENTION; q < QUAD_COUNT; q++) {
			assert_int_equal(got.of[q].n, want[q].n);
			assert_int_equal(got.of[q].arr, want[q].arr);
			for (int t = 0; t <= TIER_COUNT; t++)
				assert_int_equal(
					got.of[q].in_tier[t], want[q].in_tier[t]);
		}
	}
}

/* The halves come together again, also of negative sums; too much is the most. */
static void amounts(void **state)
{
	static struct {
		int64_t arr[3], sum;
	} rows[] = {
		{ { UINT32_MAX, 1, 0 }, INT64_C(4294967296) },
		{ { -1, -1, -1 }, -3 },
		{ { INT64_C(-4294967296), 5, MONEY_NONE }, INT64_C(-4294967291) },
		{ { MONEY_MAX, -MONEY_MAX, 1 }, 1 },
		{ { MONEY_MAX, MONEY_MAX, 1 }, 2 * MONEY_MAX + 1 },
		{ { INT64_MAX, 1, -1 }, INT64_MAX },
		{ { INT64_MAX, INT64_MAX, INT64_MAX }, INT64_MAX },
		{ { -INT64_MAX, -INT64_MAX, 0 }, -INT64_MAX },
	};
	const struct quadrants_lines at = { 0, 0 };
	uint32_t high[3] = { 250000, 250000, 250000 };
	int32_t hard[3] = { 500000, 500000, 500000 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct figures s = {
			.n = 3, .active = ACTIVE, .rank = high, .effort_steps = hard
		};
		const struct amounts sums = { .n = 3, .wide = rows[i].arr };
		const struct book_figures f = {
			.scores = &s, .tier = tier, .arr = &sums, .n = 3
		};
		struct quadrants got;

		quadrants_count(&f, everybody, 3, &at, &got);
		assert_int_equal(got.of[QUAD_ATTENTION].n, 3);
		assert_int_equal(got.of[QUAD_ATTENTION].arr, rows[i].sum);
	}
}

static void least_and_rank(void **state)
{
	static const uint8_t nobody[N] = { 0 };

	(void)state;
	assert_int_equal(quadrants_least(&figures, everybody, N, 80), 800);
	assert_int_equal(quadrants_least(&figures, everybody, N, 80.1), 900);
	assert_int_equal(quadrants_least(&figures, everybody, N, 0), 200); /* not 0, -3 */
	assert_int_equal(quadrants_least(&figures, everybody, N, 100.1), 0);
	assert_int_equal(quadrants_least(&figures, nobody, N, 0), 0);
	assert_true(quadrants_rank_at(&figures, everybody, N, 800) == 80);
	assert_true(quadrants_rank_at(&figures, everybody, N, 801) == 90);
	assert_true(quadrants_rank_at(&figures, everybody, N, 1) == 20);
	assert_true(quadrants_rank_at(&figures, nobody, N, 1) == 100);
}

static int setup(void **state)
{
	(void)state;
	for (int i = 0; i < N; i++) {
		rank[i] = axes_rank_of(pct[i], ACTIVE);
		steps[i] = scores_steps(effort[i]);
	}
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_one_by_one),
		cmocka_unit_test(amounts),
		cmocka_unit_test(least_and_rank),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
