/*
 * The finish: of one level of the order, a look at all plans (rebalance_exact.h), and
 * where that takes too long, at what three books at a time could do better.
 */
#ifndef CORE_REBALANCE_FINISH_H
#define CORE_REBALANCE_FINISH_H

#include "core/rebalance_price.h"

struct finish {
	struct plan *plan;     /* borrowed: where it begins, and ends with the best */
	struct prices *prices; /* of the cost, for what the plan breaks; may be NULL */
	const struct progress *progress;
	double bound; /* what is known of it, and then; in the unit of the level */
	bool proven;  /* nothing is better in this level */
	bool better;  /* the plan is another one now */
	bool stopped; /* by progress */
};

enum status finish_level(
	struct finish *f, enum price_level level, struct err *e) MUST_USE;

#endif
