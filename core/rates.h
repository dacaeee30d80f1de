/* The rates that a policy gives the currencies of a book. */
#ifndef CORE_RATES_H
#define CORE_RATES_H

#include "core/base.h"
#include "core/store.h"

/* For all that is read after it in the same state of the book. */
enum status rates_of(
	struct rates *r, const struct policy *p, struct store *s, struct err *e) MUST_USE;

#endif
