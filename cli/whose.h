/*
 * Of whom a list of the day is: --csm, else the actor when a CSM has that name, else
 * everybody.
 */
#ifndef CLI_WHOSE_H
#define CLI_WHOSE_H

#include "cli/call.h"
#include "core/queue.h"

/* Tells the person when it was not said and is not everybody. */
enum status whose(const struct call *c, struct book *b, enum queue_scope *scope,
	uint32_t *csm, struct err *e) MUST_USE;

/* Says of which day the alerts are when they are not of the call's. */
void whose_day(const struct call *c, struct book *b);

/* The ids that the arguments from..to-1 are, as lists show them; what: "an alert". */
enum status whose_ids(const struct call *c, int from, int to, const char *what,
	int64_t *out, struct err *e) MUST_USE;

#endif
