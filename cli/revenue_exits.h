/* The answers to exit surveys, as part of what the verb revenue says. */
#ifndef CLI_REVENUE_EXITS_H
#define CLI_REVENUE_EXITS_H

#include "core/book_revenue.h"
#include "core/json.h"

/* The key and its object. */
enum status revenue_exits_json(
	struct json *j, struct book *b, const struct revenue *r, struct err *e) MUST_USE;
/* For people, the answers of which no word tells a cause; nothing where there are none.
 */
enum status revenue_exits_print(
	struct book *b, const struct revenue *r, struct err *e) MUST_USE;

#endif
