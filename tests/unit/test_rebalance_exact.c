/* Rebalancing a few accounts: all there is, tried one after the other, has nothing
 * better; and the answer says so of itself. */
#include "core/rebalance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "tests/support/balancing.h"

enum { ACCOUNTS = 5, PROBLEMS = 60 };

static bool may(const struct rebalance_problem *p, uint32_t i, int32_t to)
{
	const struct rebalance_item *it = &p->item[i];

	if (it->pin != REBALANCE_FREE)
		return to == it->pin;
	if (to == it->owner)
		return true;
	if (to == REBALANCE_POOL)
		return p->share[it->owner] <= 0;
	return p->share[to] > 0 && p->reaches[it->reach * p->csms + (uint32_t)to];
}

/* The next assignment, like a number that is counted up; false: that was the last. */
static bool next(const struct rebalance_problem *p, int32_t *to)
{
	for (uint32_t i = 0; i < p->items; i++) {
		if (++to[i] < (int32_t)p->csms)
			return true;
		to[i] = REBALANCE_POOL;
	}
	return false;
}

static struct rebalance_score best_of_all(const struct rebalance_problem *p)
{
	struct rebalance_score best = { .over = INT64_MAX };
	int32_t to[ACCOUNTS];

	for (uint32_t i = 0; i < ACCOUNTS; i++)
		to[i] = REBALANCE_POOL;
	do {
		struct rebalance_score s;
		bool allowed = true, holds;

		for (uint32_t i = 0; i < p->items; i++)
			allowed = allowed && may(p, i, to[i]);
		if (!allowed)
			continue;
		assert_int_equal(rebalance_measure(p, to, &s, &holds, NULL), ST_OK);
		if (holds && rebalance_compare(&s, &best) < 0)
			best = s;
	} while (next(p, to));
	return best;
}

static void nothing_is_better(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= PROBLEMS; seed++) {
		struct balancing b;
		struct rebalance_result r;
		struct rebalance_score best;

		balancing_random(&b, seed, 1 + (uint32_t)(seed % ACCOUNTS),
			2 + (uint32_t)(seed % 4));
		assert_int_equal(rebalance_solve(&b.p, NULL, &r, NULL), ST_OK);
		best = best_of_all(&b.p);
		if (r.after.over != best.over || r.after.unowned != best.unowned ||
			r.after.under != best.under || r.after.cost != best.cost ||
			r.after.uneven != best.uneven)
			fail_msg("%d: over %d unowned %d under %d cost %d uneven %d, "
				 "not %d %d %d %d %d",
				(int)seed, (int)r.after.over, (int)r.after.unowned,
				(int)r.after.under, (int)r.after.cost,
				(int)r.after.uneven, (int)best.over, (int)best.unowned,
				(int)best.under, (int)best.cost, (int)best.uneven);
		assert_true(r.least && r.optimal);
		assert_int_equal(r.bound, r.after.cost);
		rebalance_result_clear(&r);
		balancing_clear(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_is_better) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
