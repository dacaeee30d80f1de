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

struct tier_lock { /* a person's */
	uint32_t account;
	int32_t from;  /* its first day; DAY_NONE: since ever */
	int32_t until; /* its last one; DAY_NONE: it is none */
};

struct tiers {
	uint32_t n;             /* ids 1..n */
	int32_t review_day;     /* as-of of the last applied review, DAY_NONE: none */
	uint8_t *tier;          /* 1..3 or TIER_NONE */
	int32_t *since;         /* day it came into its tier; owned */
	uint8_t *up, *down;     /* streaks after the last applied review, at most 255 */
	struct tier_lock *lock; /* of the few that have one, ascending; owned */
	uint32_t locks, locks_room;
	bool past; /* of a day that changes followed: its streaks are not known any more
		    */
	void *memory; /* owned, but for the days */
};

enum status tiers_init(struct tiers *t, uint32_t n, struct err *e) MUST_USE;
void tiers_clear(struct tiers *t);

/* The tier whose limits, severities, plays and service an account has: who is in none yet
 * is treated as in the last one. */
static inline int tiers_served(int tier)
{
	return tier >= 1 && tier <= TIER_COUNT ? tier : TIER_COUNT;
}

/* In the place of the one that the account has. */
enum status tiers_lock(struct tiers *t, uint32_t account, int32_t from, int32_t until,
	struct err *e) MUST_USE;
/* Those of another one, of the accounts that it has. */
enum status tiers_lock_as(
	struct tiers *t, const struct tiers *other, struct err *e) MUST_USE;
/* NULL: it has none. */
const struct tier_lock *tiers_lock_of(const struct tiers *t, uint32_t account);

static inline bool tiers_locked(const struct tiers *t, uint32_t account, int32_t day)
{
	const struct tier_lock *l = t->locks ? tiers_lock_of(t, account) : NULL;

	return l && l->until != DAY_NONE && l->until >= day && l->from <= day;
}

/* The newest day that something of them is of; DAY_NONE: nothing ever was. */
int32_t tiers_day(const struct tiers *t);
/* Tiers go forward in time: ST_FORBIDDEN when they are of a later day than as_of. */
enum status tiers_check_day(const struct tiers *t, int32_t as_of, struct err *e) MUST_USE;

/* Places under a cap: max(1, floor(share * active / 100)), share in hundredths of a
 * percent (1000 = 10 %). See RULES.md. */
uint32_t tiers_cap(uint32_t share_bp, uint32_t active);

#endif
