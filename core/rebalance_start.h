/* A beginning for the search: what the prices say is to go, put where there is room. */
#ifndef CORE_REBALANCE_START_H
#define CORE_REBALANCE_START_H

#include "core/rebalance_plan.h"

/* Those that `to` (prices_choose) moves, the largest first, each to the place that is
 * best for the score, or nowhere. Everybody else is where they were or are pinned. */
enum status start_place(struct plan *plan, const int32_t *to, struct err *e) MUST_USE;

/* From everybody at home, or where they are pinned: where the problem's start has them,
 * as far as that holds. */
void start_from(struct plan *plan);

#endif
