/*
 * The exact finish of small problems: branch and bound (Land, Doig 1960) over a linear
 * program (simplex.h), for one level of the order at a time, those before it held. A
 * variable per account and place that it could go to instead of where it is.
 */
#ifndef CORE_REBALANCE_EXACT_H
#define CORE_REBALANCE_EXACT_H

#include "core/rebalance_price.h"

struct exact {
	struct plan *plan; /* borrowed: where it begins, and ends with the best */
	enum price_level level;
	/* [item * (csms + 1) + place + 1]: no better plan has the item there; NULL: all
	 * that is allowed is looked at */
	const uint8_t *closed;
	uint64_t effort; /* cells of the tableau that may be worked through */
	const struct progress *progress;
	/* out */
	double bound; /* of the level: no plan is below; hundredths, accounts, whole units
		       */
	bool proven;  /* nothing is better in this level than the plan */
	bool better;  /* the plan is another one now */
	bool stopped; /* by progress */
};

/* Whether the problem is small enough to be looked at. */
bool exact_fits(const struct exact *x);

/* ST_NOMEM. What it can't finish is left as it is: not proven. */
enum status exact_run(struct exact *x, struct err *e) MUST_USE;

#endif
