/* Figures in steps and ranks are the numbers that the scores have, to the last bit. */
#include "core/figures.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/money.h"
#include "tests/support/rows_text.h"

enum { N = 1500 };

static uint32_t random_state = 1;

static uint32_t below(uint32_t n)
{
	random_state = random_state * 1664525 + 1013904223;
	return (random_state >> 8) % n;
}

/* Few values, so that many tie. */
static struct scores make(uint32_t n, uint32_t values)
{
	struct scores s;

	MUST(scores_init(&s, n, &e));
	for (uint32_t i = 0; i < n; i++) {
		if (below(10) == 0)
			continue;
		s.health[i] = (uint8_t)below(101);
		s.value[i] = (int64_t)below(values) * 1000003 - 5000;
		s.coverage[i] = below(10001) / 10000.0;
		s.effort[i] = below(8) ? below(100000001) / 1e6 : (double)NAN;
		s.score[i] = below(100000001) / 1e6;
		s.assumed[i] = (uint8_t)below(2);
		if (below(3))
			s.points[COMP_USAGE][i] = (uint8_t)below(26);
	}
	return s;
}

static void assert_same(double x, double y)
{
	assert_true(isnan(x) ? isnan(y) : memcmp(&x, &y, sizeof(x)) == 0);
}

static double rounded(double x)
{
	return scores_from_steps(scores_steps(x));
}

/* By the definition, one by one. */
static double percentile(const struct scores *s, uint32_t i)
{
	uint32_t less = 0, equal = 0, n = 0;

	for (uint32_t k = 0; k < s->n; k++) {
		if (s->health[k] == HEALTH_NONE)
			continue;
		n++;
		less += s->value[k] < s->value[i];
		equal += s->value[k] == s->value[i];
	}
	return s->health[i] == HEALTH_NONE ? (double)NAN : 100 * (less + 0.5 * equal) / n;
}

static void the_same_numbers(void **state)
{
	(void)state;
	for (uint32_t n = 1; n <= N; n = n * 3 + 1) {
		struct scores s = make(n, n / 3 + 1);
		struct figures ranked, taken;

		MUST(figures_init(&ranked, n, &e));
		MUST(figures_init(&taken, n, &e));
		MUST(figures_take(&ranked, 0, &s, &e));
		MUST(figures_rank(&ranked, &e));
		MUST(axes_value_pct(&s, &e));
		MUST(figures_take(&taken, 0, &s, &e));
		assert_int_equal(ranked.active, s.active);
		assert_memory_equal(ranked.rank, taken.rank, n * sizeof(*ranked.rank));
		for (uint32_t i = 0; i < n; i++) {
			assert_same(s.value_pct[i], percentile(&s, i));
			assert_same(figures_value_pct(&ranked, i), s.value_pct[i]);
			assert_same(figures_coverage(&ranked, i), rounded(s.coverage[i]));
			assert_same(figures_effort(&ranked, i), rounded(s.effort[i]));
			assert_same(figures_score(&ranked, i), rounded(s.score[i]));
			assert_int_equal(ranked.health[i], s.health[i]);
			assert_true(amounts_at(&ranked.value, i) == s.value[i]);
			assert_int_equal(ranked.marks[i] & FIGURES_ASSUMED, s.assumed[i]);
			assert_int_equal((ranked.marks[i] & FIGURES_USAGE) != 0,
				s.points[COMP_USAGE][i] != POINTS_MISSING);
		}
		figures_clear(&ranked);
		figures_clear(&taken);
		scores_clear(&s);
	}
}

/* Who never had figures, and what was taken part by part. */
static void in_parts(void **state)
{
	struct scores s = make(10, 5);
	struct figures f;

	(void)state;
	MUST(figures_init(&f, 25, &e));
	MUST(figures_take(&f, 10, &s, &e));
	MUST(figures_rank(&f, &e));
	for (uint32_t i = 0; i < 25; i++) {
		const bool in = i >= 10 && i < 20;

		assert_int_equal(f.health[i], in ? s.health[i - 10] : HEALTH_NONE);
		assert_int_equal(f.rank[i] > 0, in && s.health[i - 10] != HEALTH_NONE);
		assert_true(in || amounts_at(&f.value, i) == MONEY_NONE);
		assert_true(in || isnan(figures_effort(&f, i)));
		assert_true(in || isnan(figures_score(&f, i)));
		assert_true(in || isnan(figures_coverage(&f, i)));
		assert_true(in || isnan(figures_value_pct(&f, i)));
	}
	figures_clear(&f);
	scores_clear(&s);
}

/* Lines of a share divide ranks and steps as they divide the numbers. */
static void lines(void **state)
{
	const struct figures f = { .active = 700 };

	(void)state;
	for (int k = -10; k <= 1020; k++) {
		const double line = k / 10.0 + (k % 3) * 1e-5;
		const uint32_t rank = figures_rank_from(&f, line);
		const int32_t steps = figures_steps_from(line);

		for (uint32_t r = 1; r <= 2 * f.active; r++)
			assert_int_equal(r >= rank, axes_pct_of(r, f.active) >= line);
		for (int32_t x = steps < INT32_MAX ? steps - 3 : 0; x < steps + 3; x++)
			if (x >= 0)
				assert_int_equal(
					x >= steps, scores_from_steps(x) >= line);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_numbers),
		cmocka_unit_test(in_parts),
		cmocka_unit_test(lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
