/* What the capacity of the book means, in sentences for a person. */
#ifndef CORE_CAPACITY_TEXT_H
#define CORE_CAPACITY_TEXT_H

#include "core/book_capacity.h"
#include "core/money.h"

#define CAPACITY_TEXT_MAX 240

/* Which bands of a tier (1..3) are in conflict; "" when some number of CSMs is right.
 * Returns out. */
char *capacity_conflict(const struct capacity *c, int tier, char out[CAPACITY_TEXT_MAX]);

/* Hours, heads and what is as few: "12.5"; whole from a thousand on. Returns out. */
char *capacity_figure(double v, char out[NUMBER_TEXT_MAX]);

/* How a book is, for people: "ok", "over", "under"; of whoever has a last day "leaves",
 * as long as they are there, also where it is asked what if their book was handed over.
 */
const char *capacity_state_text(const struct capacity_row *r);
/* What else stands out in a book, in a word or two; "": nothing. */
const char *capacity_marks(const struct capacity_row *r);

enum capacity_line {
	CAPACITY_SAYS, /* how it is */
	CAPACITY_ASKS, /* what is to be decided */
	CAPACITY_WARNS /* what is wrong */
};

/* The sentences in their order; text is borrowed during the call. */
typedef void (*capacity_line_fn)(void *arg, enum capacity_line kind, const char *text);
void capacity_say(const struct capacity *c, capacity_line_fn fn, void *arg);

#endif
