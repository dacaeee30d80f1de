/* The period of --from and --to: the year until today, of months and the like until the
 * last of them that is over. */
#ifndef CLI_REVENUE_PERIOD_H
#define CLI_REVENUE_PERIOD_H

#include "cli/call.h"
#include "core/book_revenue.h"

/* q: `by` is set. */
enum status revenue_period(const struct call *c, const struct book *b,
	struct revenue_query *q, struct err *e) MUST_USE;

#endif
