/*
 * Complete: which values a text field has in the book, for whoever types a filter.
 */
#ifndef CORE_COMPLETE_H
#define CORE_COMPLETE_H

#include "core/book.h"

struct field_value {
	struct text text;  /* in the arena given */
	uint32_t accounts; /* that have it */
};

enum { COMPLETE_MAX = 500 };

/* The distinct values of a field among the active accounts (all: also the others), the
 * most frequent first and equals in byte order, at most COMPLETE_MAX. None for a field
 * of numbers, and for ids and names, which nearly each account has of its own. A list of
 * tags counts for each of its tags. */
enum status complete_values(struct book *b, enum list_field field, bool all,
	struct arena *a, struct field_value **out, uint32_t *n, struct err *e) MUST_USE;

#endif
