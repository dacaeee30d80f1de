/* A demo: a new book, filled, and lived through day by day. */
#ifndef CLI_DEMO_BOOK_H
#define CLI_DEMO_BOOK_H

#include "cli/call.h"
#include "core/demo.h"
#include "core/progress.h"

/* Makes the book at the call's path, where none may be, and opens it as of the call's
 * day. The request's own progress is not used. On failure nothing is left. */
enum status demo_book(struct call *c, struct demo_request *r,
	const struct progress *progress, struct book **out, struct err *e) MUST_USE;

#endif
