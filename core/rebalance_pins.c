#include "core/rebalance_pins.h"

#include <stdlib.h>

static enum status refuse(
	uint32_t item, uint32_t *refused, const char *why, struct err *e)
{
	*refused = item;
	return err_set(e, ST_INVALID, "%s", why);
}

static bool moved(const struct rebalance_item *i)
{
	return i->pin != REBALANCE_FREE && i->pin != i->owner;
}

/* Whether somebody is there who can serve it. */
static const char *unfit(
	const struct rebalance_problem *p, const struct rebalance_item *i)
{
	if (i->pin == REBALANCE_POOL)
		return p->share[i->owner] <= 0 ? NULL : "its CSM is there";
	if (i->pin < 0 || (uint32_t)i->pin >= p->csms)
		return "no such CSM";
	if (p->share[i->pin] <= 0)
		return "that CSM leaves or is away";
	return p->reaches[(size_t)i->reach * p->csms + (uint32_t)i->pin]
		       ? NULL
		       : "that CSM can't serve it";
}

/* What is pinned to each book, against its upper limits. */
static bool overfull(const struct plan *plan, const struct plan_book *b, uint32_t j)
{
	for (int k = 0; k < PLAN_BANDS; k++) {
		const double load =
			k == PLAN_COUNT
				? b->n[0] * plan->most[k][0] + b->n[1] * plan->most[k][1]
				: (double)b->arr[0] * plan->most[k][0] +
					  (double)b->arr[1] * plan->most[k][1];

		if (plan_hundredths(load - plan->p->share[j]) > plan->over_at_first[j][k])
			return true;
	}
	return false;
}

/* One item more in a book's pinned ones; those that were there already come first. */
static const char *add_pin(
	const struct plan *plan, struct plan_book *book, uint32_t item, uint32_t *moves)
{
	const struct rebalance_problem *p = plan->p;
	const struct rebalance_item *i = &p->item[item];
	const char *why = moved(i) ? unfit(p, i) : NULL;

	if (why)
		return why;
	if (i->pin >= 0)
		for (int t = 0; t < CAPACITY_NAMED; t++) {
			book[i->pin].n[t] += i->n[t];
			book[i->pin].arr[t] += i->arr[t];
		}
	if (!moved(i))
		return NULL;
	if (i->pin >= 0 && overfull(plan, &book[i->pin], (uint32_t)i->pin))
		return "what is fixed in that book leaves no room";
	*moves += rebalance_accounts(i);
	if (p->moves_max && *moves > p->moves_max)
		return "more moves than the limit";
	for (int side = 0; side < 2 && p->csm_moves_max; side++) {
		const int32_t j = side ? i->owner : i->pin;

		if (j < 0)
			continue;
		book[j].moves += rebalance_accounts(i);
		if (book[j].moves > p->csm_moves_max)
			return "more moves of one CSM than the limit";
	}
	return NULL;
}

enum status pins_check(const struct plan *plan, uint32_t *refused, struct err *e)
{
	const struct rebalance_problem *p = plan->p;
	struct plan_book *book = calloc((size_t)p->csms + 1, sizeof(*book));
	enum status st = ST_OK;
	uint32_t moves = 0;

	if (!book)
		return err_set(e, ST_NOMEM, "not enough memory to rebalance");
	for (int second = 0; second < 2; second++)
		for (uint32_t i = 0; st == ST_OK && i < p->items; i++) {
			const char *why;

			if (p->item[i].pin == REBALANCE_FREE ||
				moved(&p->item[i]) != second)
				continue;
			why = add_pin(plan, book, i, &moves);
			if (why)
				st = refuse(i, refused, why, e);
		}
	free(book);
	return st;
}

void pins_place(struct plan *plan)
{
	for (uint32_t i = 0; i < plan->p->items; i++)
		if (moved(&plan->p->item[i]))
			plan_move(plan, i, plan->p->item[i].pin);
}

enum status pins_blame(const struct plan *plan, uint32_t *refused, struct err *e)
{
	const struct rebalance_problem *p = plan->p;

	for (uint32_t i = p->items; i-- > 0;) {
		const int32_t j = p->item[i].pin;

		if (!moved(&p->item[i]) || j < 0)
			continue;
		for (int k = 0; k < PLAN_BANDS; k++)
			if (plan->book[j].over[k] > plan->over_at_first[j][k])
				return refuse(i, refused,
					"nothing that is free to go makes room for it",
					e);
	}
	*refused = 0;
	return err_set(e, ST_INVALID, "the pinned accounts leave no plan that holds");
}
