/*
 * Random problems of rebalancing, and small ones written down. Bands are cut to what
 * there is, so that about half of the problems can be met in full.
 */
#ifndef TESTS_SUPPORT_BALANCING_H
#define TESTS_SUPPORT_BALANCING_H

#include "core/rebalance.h"

struct balancing {
	struct rebalance_problem p; /* points into the others, which are owned */
	struct rebalance_item *item;
	double *share;
	uint8_t *reaches;
};

/* The same seed gives the same problem. */
void balancing_random(struct balancing *b, uint64_t seed, uint32_t items, uint32_t csms);
/* Everybody of tier 2 with an ARR of 1, whole CSMs that serve everybody, no owner yet. */
void balancing_plain(struct balancing *b, uint32_t items, uint32_t csms);
void balancing_clear(struct balancing *b);

/* Whether no book is further above a limit than it was: counted here, by no code of core.
 */
bool balancing_no_further(const struct rebalance_problem *p, const int32_t *to);

#endif
