/*
 * Proposals for tests: a book from lots of alike accounts, and what is proposed for it as
 * text. What fails in here fails the test.
 */
#ifndef TESTS_SUPPORT_PROPOSING_H
#define TESTS_SUPPORT_PROPOSING_H

#include "core/proposal.h"

#define PROPOSING_DAY "2026-03-31"

/* So many accounts of a tier with an owner ("": the pool); more: further fields. */
struct lot {
	const char *owner;
	int tier;
	uint32_t n;
	int dollars;
	const char *more;
};

/* Accounts A1, A2 ... of the lots, in their order, on the day. */
struct book *proposing_book(const char *csms, const struct lot *lot, uint32_t lots);
struct proposal *proposing(
	struct book *b, const struct proposal_options *o); /* NULL: none */

/* "A3 Ana>Ben; A7 pool>Ana"; borrowed until the next call. */
const char *proposing_moves(const struct proposal *p);
/* How many leave one book for another. */
uint32_t proposing_moved(const struct proposal *p, const char *from, const char *to);
/* The cost is that of the moves, and the bound is not above it. */
void proposing_adds_up(const struct proposal *p);

#endif
