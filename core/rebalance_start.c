#include "core/rebalance_start.h"

#include <stdlib.h>

struct goer {
	uint32_t item;
	double size;
};

static int largest_first(const void *a, const void *b)
{
	const struct goer *x = a, *y = b;

	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

static double size(const struct plan *plan, const struct rebalance_item *i)
{
	double sum = 0;

	for (int t = 0; t < CAPACITY_NAMED; t++)
		sum += i->n[t] * plan->most[PLAN_COUNT][t] +
		       (double)i->arr[t] * plan->most[PLAN_ARR][t];
	return sum;
}

static void place(struct plan *plan, uint32_t item, bool or_pool)
{
	const int32_t csms = (int32_t)plan->p->csms;
	struct rebalance_score best = plan->score;
	int32_t to = plan->at[item];

	for (int32_t j = or_pool ? REBALANCE_POOL : 0; j < csms; j++) {
		struct rebalance_score s;
		double strain;

		if (j == plan->p->item[item].owner || !plan_may(plan, item, j) ||
			!plan_try(plan, item, j, &s, &strain))
			continue;
		/* It goes, whatever that costs: the next one may be what makes up for it.
		 */
		s.cost -= plan->p->item[item].cost;
		if (to == plan->at[item] || rebalance_compare(&s, &best) < 0) {
			best = s;
			to = j;
		}
	}
	if (to != plan->at[item])
		plan_move(plan, item, to);
}

enum status start_place(struct plan *plan, const int32_t *to, struct err *e)
{
	const struct rebalance_problem *p = plan->p;
	struct goer *goer = calloc((size_t)p->items + 1, sizeof(*goer));
	uint32_t n = 0;

	if (!goer)
		return err_set(e, ST_NOMEM, "not enough memory to rebalance");
	for (uint32_t i = 0; i < p->items; i++) {
		const bool pinned = p->item[i].pin != REBALANCE_FREE;
		const int32_t home = pinned ? p->item[i].pin : p->item[i].owner;

		if (plan->at[i] != home)
			plan_move(plan, i, home);
		if (!pinned && to[i] != home)
			goer[n++] = (struct goer){ i, size(plan, &p->item[i]) };
	}
	qsort(goer, n, sizeof(*goer), largest_first);
	for (uint32_t k = 0; k < n; k++)
		place(plan, goer[k].item, to[goer[k].item] == REBALANCE_POOL);
	free(goer);
	return ST_OK;
}

static void go_where_it_was(struct plan *plan, uint32_t item, bool if_it_holds)
{
	const int32_t to = plan->p->start[item];
	struct rebalance_score s;
	double strain;

	if (plan->at[item] != to && plan_may(plan, item, to) &&
		(!if_it_holds || plan_try(plan, item, to, &s, &strain)))
		plan_move(plan, item, to);
}

/* All of it, or, where the pins have no room then, one after the other. */
void start_from(struct plan *plan)
{
	const struct rebalance_problem *p = plan->p;

	for (uint32_t i = 0; p->start && i < p->items; i++)
		go_where_it_was(plan, i, false);
	if (!p->start || plan_holds(plan))
		return;
	for (uint32_t i = 0; i < p->items; i++)
		if (p->item[i].pin == REBALANCE_FREE && plan->at[i] != p->item[i].owner)
			plan_move(plan, i, p->item[i].owner);
	for (uint32_t i = 0; i < p->items; i++)
		go_where_it_was(plan, i, true);
}
