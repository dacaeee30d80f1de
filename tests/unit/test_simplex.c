/* The dual simplex: random programs, solved from scratch and on from other bounds. */
#include "core/simplex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "tests/support/rules.h"

enum { COLUMNS = 14, ROWS = 9, PIVOTS = 1000 };

struct made {
	double cost[COLUMNS], is[ROWS][COLUMNS];
	double low[COLUMNS + ROWS], high[COLUMNS + ROWS];
};

static double number(uint64_t *seed, uint32_t sides)
{
	return (double)rules_throw(seed, 2 * sides + 1) - sides;
}

static void make(struct made *m, uint64_t *seed)
{
	*m = (struct made){ .cost = { 0 } };
	for (int j = 0; j < COLUMNS; j++) {
		m->cost[j] = number(seed, 9);
		m->high[j] = 1 + rules_throw(seed, 3);
		for (int i = 0; i < ROWS; i++)
			if (rules_throw(seed, 2))
				m->is[i][j] = number(seed, 7) / 2;
	}
	for (int v = COLUMNS; v < COLUMNS + ROWS; v++) {
		const double at = number(seed, 6);
		const uint32_t kind = rules_throw(seed, 4);

		m->low[v] = kind == 0 ? -(double)INFINITY : at;
		m->high[v] = kind == 0   ? at
			     : kind == 1 ? (double)INFINITY
			     : kind == 2 ? at
					 : at + 4;
	}
}

static struct simplex *put(const struct made *m)
{
	struct simplex *s = simplex_new(COLUMNS, ROWS);

	assert_non_null(s);
	for (uint32_t j = 0; j < COLUMNS; j++) {
		simplex_cost(s, j, m->cost[j]);
		for (uint32_t i = 0; i < ROWS; i++)
			simplex_put(s, i, j, m->is[i][j]);
	}
	for (uint32_t v = 0; v < COLUMNS + ROWS; v++)
		simplex_bound(s, v, m->low[v], m->high[v]);
	assert_true(simplex_begin(s));
	return s;
}

/* What it found keeps to all bounds and costs what nothing can do with less: that is the
 * proof of both. */
static void is_least(const struct made *m, const struct simplex *s)
{
	double cost = 0;

	for (uint32_t j = 0; j < COLUMNS; j++) {
		cost += m->cost[j] * simplex_value(s, j);
		assert_true(simplex_value(s, j) > m->low[j] - 1e-5);
		assert_true(simplex_value(s, j) < m->high[j] + 1e-5);
	}
	for (uint32_t i = 0; i < ROWS; i++) {
		double sum = 0;

		for (uint32_t j = 0; j < COLUMNS; j++)
			sum += m->is[i][j] * simplex_value(s, j);
		assert_true(sum > m->low[COLUMNS + i] - 1e-5);
		assert_true(sum < m->high[COLUMNS + i] + 1e-5);
	}
	assert_true(fabs(cost - simplex_least(s)) < 1e-3);
}

static void from_scratch(void **state)
{
	uint64_t seed = 7;
	int solved = 0, none = 0;

	(void)state;
	for (int k = 0; k < 400; k++) {
		struct made m;
		struct simplex *s;
		enum simplex_end end;

		make(&m, &seed);
		s = put(&m);
		end = simplex_solve(s, (double)INFINITY, PIVOTS);
		solved += end == SIMPLEX_LEAST;
		none += end == SIMPLEX_NONE;
		if (end == SIMPLEX_LEAST)
			is_least(&m, s);
		simplex_free(&s);
	}
	assert_int_equal(solved + none, 400);
	assert_true(solved > 50 && none > 50);
}

/* With other bounds it says what a new one says. */
static void from_where_it_was(void **state)
{
	uint64_t seed = 11;

	(void)state;
	for (int k = 0; k < 40; k++) {
		struct made m;
		struct simplex *on;

		make(&m, &seed);
		on = put(&m);
		for (int l = 0; l < 40; l++) {
			const uint32_t v = rules_throw(&seed, COLUMNS);
			struct simplex *anew;
			enum simplex_end end;

			m.low[v] = rules_throw(&seed, 2);
			m.high[v] = m.low[v] + rules_throw(&seed, 3);
			simplex_bound(on, v, m.low[v], m.high[v]);
			end = simplex_solve(on, (double)INFINITY, PIVOTS);
			anew = put(&m);
			assert_int_equal(
				simplex_solve(anew, (double)INFINITY, PIVOTS), end);
			if (end == SIMPLEX_LEAST) {
				is_least(&m, on);
				assert_true(fabs(simplex_least(on) -
						    simplex_least(anew)) < 1e-3);
			}
			simplex_free(&anew);
		}
		simplex_free(&on);
	}
}

/* Above a cutoff it ends early, and only there. */
static void cut_off(void **state)
{
	uint64_t seed = 5;
	int above = 0;

	(void)state;
	for (int k = 0; k < 100; k++) {
		struct made m;
		struct simplex *s;
		double least;

		make(&m, &seed);
		s = put(&m);
		if (simplex_solve(s, (double)INFINITY, PIVOTS) == SIMPLEX_LEAST) {
			struct simplex *cut = put(&m);

			least = simplex_least(s);
			assert_int_not_equal(
				simplex_solve(cut, least + 0.01, PIVOTS), SIMPLEX_ABOVE);
			simplex_free(&cut);
			cut = put(&m);
			if (simplex_solve(cut, least - 3, PIVOTS) == SIMPLEX_ABOVE) {
				above++;
				assert_true(simplex_least(cut) > least - 3);
			}
			simplex_free(&cut);
		}
		simplex_free(&s);
	}
	assert_true(above > 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_scratch),
		cmocka_unit_test(from_where_it_was),
		cmocka_unit_test(cut_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
