/*
 * Random books in which regions, segments and languages decide who can serve whom, and
 * the problem of rebalancing them, worked out here from what was thrown.
 */
#ifndef TESTS_SUPPORT_SPEAKING_H
#define TESTS_SUPPORT_SPEAKING_H

#include "core/proposal.h"
#include "tests/support/balancing.h"

struct speaking {
	struct book *book;     /* account i + 1 is item i, CSM j + 1 is CSM j */
	struct balancing same; /* has no bands yet */
};

/* The same seed gives the same book. */
void speaking_make(struct speaking *s, uint64_t seed);
/* Where a proposal for the book puts its accounts, and what that is worth. */
void speaking_answer(
	const struct speaking *s, const struct proposal *p, struct rebalance_result *out);
void speaking_clear(struct speaking *s);

#endif
