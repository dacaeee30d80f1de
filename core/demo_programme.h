/*
 * The digital programme of the demo: what went to the accounts of tiers 2 and 3 by the
 * week, to nobody in tier 1, in its last quarter. Rows alone, as in demo_work.h.
 */
#ifndef CORE_DEMO_PROGRAMME_H
#define CORE_DEMO_PROGRAMME_H

#include "core/demo.h"
#include "core/store.h"

/* What was sent on a day that is over; inside a transaction. */
enum status demo_programme(struct store *s, const struct demo_request *r, int32_t day,
	struct err *e) MUST_USE;

#endif
