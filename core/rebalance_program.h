/*
 * A level of the order as a linear program: a column per account and place that it could
 * go to instead of where it is, and per book and band how far it breaks its limits. For
 * rebalance_exact.c.
 */
#ifndef CORE_REBALANCE_PROGRAM_H
#define CORE_REBALANCE_PROGRAM_H

#include "core/rebalance_exact.h"
#include "core/simplex.h"

#define PROGRAM_NONE UINT32_MAX /* no such row or column */

/* An item that goes there instead of to its place. */
struct program_going {
	uint32_t item;
	int32_t to;
};

struct program {
	const struct exact *x;
	const struct plan *plan;
	const struct rebalance_problem *p;
	struct rebalance_score goal; /* what the plan is worth that is to be beaten */
	struct simplex *s;
	/* columns: goings, then hundredths over and under */
	struct program_going *going;
	uint32_t goings, columns, rows;
	int32_t *place;  /* per item: where it is unless it goes */
	uint32_t *away;  /* per item: the row that it goes to one place only, or none */
	double constant; /* of the level: whatever goes */
	/* of [csm * PLAN_BANDS + band]: columns and rows */
	uint32_t *over, *under, *up, *down;
	/* rows */
	uint32_t hold[PRICE_COST], moves, *csm_moves;
	double *base; /* per row: what is there whatever goes */
};

/* Whether a problem is small enough. */
bool program_fits(const struct exact *x);
/* false: without memory. Cleared by program_clear in any case. */
bool program_make(struct program *g, const struct exact *x);
void program_clear(struct program *g);

#endif
