/* A demo: a new book, filled, and lived through day by day. */
#ifndef CLI_DEMO_BOOK_H
#define CLI_DEMO_BOOK_H

#include "cli/call.h"
#include "core/demo.h"
#include "core/progress.h"

/* Makes the book at the call's path and opens it as of the call's day. Until it is whole
 * it has a name of its own beside that; then it takes the place of what is there, which
 * is from then on at `before` (no file may have that name). before NULL: no book may be
 * there. The request's own progress is not used. On failure everything is as it was. */
enum status demo_book(struct call *c, struct demo_request *r, const char *before,
	const struct progress *progress, struct book **out, struct err *e) MUST_USE;

/* Whether the book at path can be put aside now: not while a change to it is under way.
 */
enum status demo_book_replaceable(const char *path, struct err *e) MUST_USE;

#endif
