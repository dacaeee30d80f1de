/*
 * Moves between tiers since a day, of the whole book, with the sentence of each: what a
 * review did, and what was moved by hand after it.
 */
#ifndef CORE_BOOK_MOVES_H
#define CORE_BOOK_MOVES_H

#include "core/book.h"

struct book_moves {
	struct tier_move *move; /* oldest first; owned */
	uint32_t n;
	/* [from][to]; 0: not placed */
	uint32_t count[TIER_COUNT + 1][TIER_COUNT + 1];
};

/* Those of the day `since` and later, none after the as-of day. DAY_NONE: all. out is to
 * be cleared, also on failure. */
enum status book_moves_since(
	struct book *b, int32_t since, struct book_moves *out, struct err *e) MUST_USE;
void book_moves_clear(struct book_moves *m);

/* Why, by the policy in force then. */
#define BOOK_MOVES_REASON 200
enum status book_moves_reason(struct book *b, const struct tier_move *m,
	char out[BOOK_MOVES_REASON], struct err *e) MUST_USE;

#endif
