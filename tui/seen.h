/*
 * Seen: the accounts that were looked at last, with everything about them, and those the
 * next step leads to, which are read while nobody waits. Each costs a millisecond.
 */
#ifndef TUI_SEEN_H
#define TUI_SEEN_H

#include "core/book.h"

enum { SEEN_MAX = 3 }; /* the one looked at, and its neighbours */

struct seen {
	struct seen_account {
		uint32_t id;               /* 0: none */
		struct account_view *view; /* owned */
	} of[SEEN_MAX];                    /* the one asked for last comes first */
	uint64_t generation;               /* of the book, that all of them are from */
};

void seen_clear(struct seen *s);
/* Forgets all unless the book is as it was when they were read. */
void seen_keep(struct seen *s, const struct book *b);
/* The account asked for last; 0: none. */
uint32_t seen_last(const struct seen *s);
bool seen_has(const struct seen *s, uint32_t id);
/* Reads it unless it is there; NULL: that failed. A brief one is enough for what stands
 * beside a list. Borrowed until another one, or all of this one, is asked for or the book
 * changes. */
const struct account_view *seen_get(
	struct seen *s, struct book *b, uint32_t id, bool brief, struct err *e);
/* Reads it for later, as much of it as was asked of the last one; false: it is there
 * already, or can't be had. */
bool seen_ahead(struct seen *s, struct book *b, uint32_t id);

#endif
