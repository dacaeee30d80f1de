/* The period of --from and --to: the year until today, of months and the like until the
 * last of them that is over. */
#ifndef CLI_REVENUE_PERIOD_H
#define CLI_REVENUE_PERIOD_H

#include "cli/call.h"
#include "core/book_revenue.h"

/* The revenue in it. Returns owned in *out, which is NULL before. */
enum status revenue_period(const struct call *c, struct book *b, enum revenue_by by,
	struct book_revenue **out, struct err *e) MUST_USE;

#endif
