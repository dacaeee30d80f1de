/*
 * Tiers: which tier each account is in, since when, and its streaks; one array
 * per figure, indexed by id - 1.
 */
#ifndef CORE_TIERS_H
#define CORE_TIERS_H

#include <stdint.h>

#include "core/day.h"
#include "core/err.h"

#define TIER_COUNT 3
#define TIER_NONE 0u /* not placed yet */

struct tiers {
	uint32_t n;            /* ids 1..n */
	int32_t review_day;    /* as-of of the last applied review, DAY_NONE: none */
	uint8_t *tier;         /* 1..3 or TIER_NONE */
	int32_t *since;        /* day it came into its tier */
	uint8_t *up, *down;    /* streaks after the last applied review, at most 255 */
	int32_t *locked_until; /* last day of a person's lock; DAY_NONE: not locked */
	void *memory;          /* owned */
};

enum status tiers_init(struct tiers *t, uint32_t n, struct err *e) MUST_USE;
void tiers_clear(struct tiers *t);

/* The tier whose limits, severities, plays and service an account has: who is in none yet
 * is treated as in the last one. */
static inline int tiers_served(int tier)
{
	return tier >= 1 && tier <= TIER_COUNT ? tier : TIER_COUNT;
}

/* Places under a cap: max(1, floor(share * active / 100)), share in hundredths of a
 * percent (1000 = 10 %). See RULES.md. */
uint32_t tiers_cap(uint32_t share_bp, uint32_t active);

#endif
