/* Pins: where items must be is not negotiable, but it must be possible. */
#ifndef CORE_REBALANCE_PINS_H
#define CORE_REBALANCE_PINS_H

#include "core/rebalance_plan.h"

/* ST_INVALID, and which: a pin to nobody, to somebody who can't serve the item or is not
 * there, that what is pinned to the same book leaves no room for, or one move too many.
 */
enum status pins_check(
	const struct plan *plan, uint32_t *refused, struct err *e) MUST_USE;

void pins_place(struct plan *plan);

/* Of a plan that doesn't hold: the pin that nothing was found to make room for.
 * ST_INVALID. */
enum status pins_blame(
	const struct plan *plan, uint32_t *refused, struct err *e) MUST_USE;

#endif
