/*
 * The search: moves, returns and exchanges between books, by annealing (Kirkpatrick,
 * Gelatt, Vecchi 1983) and then by descent, among the items that the prices say are worth
 * moving. Annealing may break limits for a while at a rising price; descent goes by the
 * order of rebalance_compare and nothing else.
 */
#ifndef CORE_REBALANCE_SEARCH_H
#define CORE_REBALANCE_SEARCH_H

#include "core/rebalance_plan.h"

struct search {
	struct plan *plan;    /* borrowed: where it begins, and ends with the best */
	const double *margin; /* per item (prices_margins); NULL: not known */
	const double *price;  /* as prices_best; NULL: not known */
	uint64_t seed;
	uint32_t proposals;              /* tried while annealing; 0: descent only */
	bool hot;                        /* wanders further off while annealing */
	const struct progress *progress; /* may be NULL */
	bool stopped;                    /* by progress: the best until then */
};

/* Never ends with less than it began with; a plan that holds (plan_holds) beats one that
 * does not. */
enum status search_run(struct search *s, struct err *e) MUST_USE;

#endif
