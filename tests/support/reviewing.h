/*
 * Reviews for tests, from figures set by hand: accounts by their id, keyed "0001" ...,
 * with a tier score, a value and where they stand.
 */
#ifndef TESTS_SUPPORT_REVIEWING_H
#define TESTS_SUPPORT_REVIEWING_H

#include "core/review.h"
#include "core/policy.h"

struct reviewing {
	struct policy policy; /* the shipped one to begin with */
	struct scores scores;
	struct tiers tiers;
	const uint32_t *key; /* key[id - 1] is the number in its key; NULL: the id */
};

/* n active accounts without a tier, with score and value 0; reviewing_clear it. */
struct reviewing reviewing_of(uint32_t n);
void reviewing_clear(struct reviewing *r);

/* Account id stands in a tier since so many days before day 0, without a streak. */
void reviewing_stands(
	struct reviewing *r, uint32_t id, uint8_t tier, double score, int32_t days);
/* Its tier is locked since ever, to that day. */
void reviewing_lock(struct reviewing *r, uint32_t id, int32_t until);

/* A store that knows nothing but the keys; until the next call. */
struct store *reviewing_store(const struct reviewing *r);

/* The review of a day; review_clear it. Fails the test when the rules refuse. */
struct review reviewing_propose(struct reviewing *r, int32_t day);
/* Makes it so: the tiers are those after the review. Clears the review. */
void reviewing_apply(struct reviewing *r, struct review *v);

/* "2 promotion 3>1; 5 swap 1>2 (7)" and so on, in the order of the steps, with the pair
 * in brackets; waitlisted accounts follow as "wait 4 for 1", violations as "over 1: 2".
 * Borrowed until the next call. */
const char *reviewing_text(const struct review *v);

#endif
