/*
 * Tiers: which tier each account is in, since when, and its streaks; one array
 * per figure, indexed by id - 1.
 */
#ifndef CORE_TIERS_H
#define CORE_TIERS_H

#include <stdbool.h>
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
	int32_t *locked_from;  /* first day of a person's lock; DAY_NONE: since ever */
	int32_t *locked_until; /* its last day; DAY_NONE: not locked */
	bool past; /* of a day that changes followed: its streaks are not known any more
		    */
	void *memory; /* owned */
};

enum status tiers_init(struct tiers *t, uint32_t n, struct err *e) MUST_USE;
void tiers_clear(struct tiers *t);

/* The tier whose limits, severities, plays and service an account has: who is in none yet
 * is treated as in the last one. */
static inline int tiers_served(int tier)
{
	return tier >= 1 && tier <= TIER_COUNT ? tier : TIER_COUNT;
}

static inline bool tiers_locked(const struct tiers *t, uint32_t account, int32_t day)
{
	const int32_t until = t->locked_until[account - 1];

	return until != DAY_NONE && until >= day && t->locked_from[account - 1] <= day;
}

/* The newest day that something of them is of; DAY_NONE: nothing ever was. */
int32_t tiers_day(const struct tiers *t);
/* Tiers go forward in time: ST_FORBIDDEN when they are of a later day than as_of. */
enum status tiers_check_day(const struct tiers *t, int32_t as_of, struct err *e) MUST_USE;

/* Places under a cap: max(1, floor(share * active / 100)), share in hundredths of a
 * percent (1000 = 10 %). See RULES.md. */
uint32_t tiers_cap(uint32_t share_bp, uint32_t active);

#endif
