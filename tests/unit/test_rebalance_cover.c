/* Covering: against every set there is, of few items. */
#include "core/rebalance_cover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>

#include "tests/support/rules.h"

enum { ITEMS = 11 };

/* The least that a set costs which meets both demands; INFINITY: none does. */
static double by_trying(const struct cover *c)
{
	double least = (double)INFINITY;

	for (uint32_t set = 0; set < 1u << c->n; set++) {
		double units = 0, weight = 0, cost = 0;

		for (uint32_t i = 0; i < c->n; i++) {
			if (!(set >> i & 1))
				continue;
			units += c->item[i].units;
			weight += c->item[i].weight;
			cost += c->item[i].cost;
		}
		if (units >= c->units && weight >= c->weight && cost < least)
			least = cost;
	}
	return least;
}

static void at_random(struct cover *c, uint64_t *seed)
{
	double units = 0, weight = 0;

	c->n = rules_throw(seed, ITEMS + 1);
	for (uint32_t i = 0; i < c->n; i++) {
		c->item[i] = (struct cover_item){
			.cost = rules_throw(seed, 1000) / 100.0 -
				(rules_throw(seed, 8) ? 0 : 3),
			.weight = rules_throw(seed, 1000) / 1000.0,
			.units = rules_throw(seed, 5),
		};
		units += c->item[i].units;
		weight += c->item[i].weight;
	}
	/* now and then more than all of them are */
	c->units = rules_throw(seed, (uint32_t)units + 2);
	c->weight = rules_throw(seed, 3) ? weight * rules_throw(seed, 103) / 100 : 0;
}

static double cost_of(const struct cover *c, bool *meets)
{
	double units = 0, weight = 0, cost = 0;

	for (uint32_t i = 0; i < c->n; i++) {
		if (!c->item[i].goes)
			continue;
		units += c->item[i].units;
		weight += c->item[i].weight;
		cost += c->item[i].cost;
	}
	*meets = units >= c->units && weight >= c->weight;
	return cost;
}

static void between_bound_and_set(void **state)
{
	struct cover *c = cover_new(ITEMS);
	uint64_t seed = 5;
	int possible = 0;

	(void)state;
	assert_non_null(c);
	for (int k = 0; k < 400; k++) {
		double least, bound, found;
		bool meets;

		at_random(c, &seed);
		c->cells = k % 2 ? COVER_CELLS_LEAST : COVER_CELLS;
		least = by_trying(c);
		bound = cover_bound(c);
		assert_true(bound <= least + 1e-9);
		found = cover_find(c);
		if (isinf(least)) {
			assert_true(isinf(found));
			continue;
		}
		possible++;
		if (isinf(found)) /* all but a step of what there is */
			continue;
		assert_true(found >= least - 1e-9);
		assert_true(fabs(cost_of(c, &meets) - found) < 1e-9);
		assert_true(meets);
		/* The finer table leaves nothing between them, of so few. */
		if (c->cells == COVER_CELLS)
			assert_true(found - bound < 1e-9);
	}
	assert_in_range(possible, 300, 399);
	cover_free(&c);
	assert_null(c);
}

/* More units than the table has rows are asked for as far as it goes: still a bound. */
static void many_units(void **state)
{
	struct cover *c = cover_new(3);

	(void)state;
	c->cells = COVER_CELLS_LEAST;
	c->n = 3;
	for (uint32_t i = 0; i < 3; i++)
		c->item[i] =
			(struct cover_item){ .cost = 1 + i, .weight = 1, .units = 1000 };
	c->units = 1500;
	c->weight = 0.5;
	assert_true(cover_bound(c) <= 3);
	assert_true(cover_bound(c) > 0);
	cover_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(between_bound_and_set),
		cmocka_unit_test(many_units),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
