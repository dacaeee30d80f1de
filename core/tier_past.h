/*
 * What an operation made of the tiers: for each account that is not what it was, its
 * place before and after. A function from tiers to tiers, back and forth.
 */
#ifndef CORE_TIER_PAST_H
#define CORE_TIER_PAST_H

#include <stdbool.h>

#include "core/tiers.h"

struct tier_place {
	uint8_t tier, up, down;
	int32_t since;
};

struct tier_change {
	uint32_t account;
	struct tier_place before, after;
};

struct tier_past {
	int32_t review_before, review_after; /* day of the last applied review */
	uint32_t n;
	struct tier_change *change; /* ascending by account; owned */
};

/* What leads from one to the other; also of a book that grew or shrank. out is to be
 * cleared, also on failure. */
enum status tier_past_between(const struct tiers *before, const struct tiers *after,
	struct tier_past *out, struct err *e) MUST_USE;
void tier_past_clear(struct tier_past *p);

/* Whether it did anything at all. */
bool tier_past_tells(const struct tier_past *p);
/* The way back. */
void tier_past_reverse(struct tier_past *p);

/* Takes the tiers one step further. False: some are not what they were before it, and
 * *account is the first of these (0: the day of the review); nothing is changed then. */
bool tier_past_follow(const struct tier_past *p, struct tiers *t, uint32_t *account);

#endif
