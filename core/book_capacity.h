/*
 * Capacity of the book: who looks after how much, how many CSMs it takes, and the same if
 * something were otherwise (RULES.md, capacity). Nothing is changed by asking.
 */
#ifndef CORE_BOOK_CAPACITY_H
#define CORE_BOOK_CAPACITY_H

#include "core/book.h"
#include "core/capacity.h"

/* Of a full book what a CSM of the record takes on the day, 0..1; 0: not there. */
double capacity_share(const struct cell *csm, int32_t day);

/* Whether the last day of somebody who is there (DAY_NONE: has none) is so near that an
 * account would soon be handed over again: nothing is given to them any more. */
bool capacity_leaves(const struct policy *p, int32_t until, int32_t day);

/* One CSM's book, or that of nobody. */
struct capacity_row {
	uint32_t csm;           /* id; 0: nobody's, or somebody who is not there yet */
	struct text name, team; /* team {NULL, 0}: in none */
	double share;           /* as capacity_share */
	double noted;           /* the same of the record, whatever the what-if says */
	int32_t until;          /* last working day of the record; DAY_NONE: none */
	struct capacity_book book;
	struct capacity_load load; /* of nobody's: share 0 */
	int64_t at_risk;           /* cents, of all of it */
	uint32_t renewals;         /* so close that they are not handed over */
	int64_t renewals_arr;
	double hours;  /* of work in a week, by the policy's talks */
	bool mixed;    /* two jobs in one book: both tiers fill much of it */
	bool crowded;  /* so many accounts that it is triage */
	bool proposed; /* by the what-if */
	bool coming;   /* not there yet: starts on a later day */
	bool leaves;   /* is there, and capacity_leaves */
};
/* All that it has, of every tier. */
static inline uint32_t capacity_accounts(const struct capacity_row *r)
{
	return r->book.accounts[0] + r->book.accounts[1] + r->book.accounts[2];
}

/* A renewal so near that the account is not handed over. */
static inline bool capacity_freezes(
	const struct policy *p, int32_t renewal, int32_t as_of)
{
	return renewal != DAY_NONE && renewal >= as_of &&
	       renewal - as_of <= (int32_t)p->number[POLICY_REBALANCE_FREEZE];
}

/* Of a CSM's record what it says of the day: whether they are there, and for how long. */
struct capacity_row capacity_row_of(const struct cell *csm, int32_t day);
/* What its book and its share come to: the load, and whether they leave. */
void capacity_weigh(struct capacity_row *r, const struct policy *p, int32_t day);

#define CAPACITY_POOL UINT32_MAX /* instead of a row: nobody's */

/* What is to be otherwise. { .policy = NULL } is the book as it is. */
struct capacity_what_if {
	const struct policy *policy; /* borrowed; NULL: that in force */
	/* So many accounts in tier 1 and 2, by tier score as if placed anew; when one is
	 * set, the other stays as large as it is. */
	uint32_t size[CAPACITY_NAMED];
	bool sized[CAPACITY_NAMED];
	uint32_t added; /* CSMs more, each for a whole book */
	struct capacity_change {
		uint32_t csm;
		double share; /* instead of what the book says; 0: leaves, or is away */
	} * changed;
	uint32_t changed_n;
	/* A rebalance hands over the book of this CSM alone, and leaves all others as
	 * they are; 0: it looks at all. */
	uint32_t only;
	/* By account id - 1 the row that it is in instead; NULL: as in the book. */
	const uint32_t *row;
};

struct capacity {
	struct policy policy; /* by which it was made */
	int32_t as_of;
	struct capacity_band band[TIER_COUNT];
	struct capacity_row *row; /* CSMs by name, then those of the what-if; owned */
	uint32_t rows;
	struct capacity_row pool;
	struct capacity_heads heads[TIER_COUNT];
	uint32_t heads_needed; /* sum of the targets */
	double heads_present;  /* sum of the shares */
	/* Tiers that ask for an owner, and have none, by tier - 1. */
	uint32_t unowned[CAPACITY_NAMED];
	int64_t unowned_arr[CAPACITY_NAMED];
	uint32_t unplaced; /* in no tier yet; they count as tier 3 */
	/* By account id - 1: the tier it is served as (0: it is not active), and the row,
	 * or CAPACITY_POOL; owned. */
	uint32_t n;
	uint8_t *tier;
	uint32_t *row_of;
	struct arena names;
};

/* ST_NOTFOUND: a CSM of the what-if is not in the book. */
enum status book_capacity(struct book *b, const struct capacity_what_if *w,
	struct capacity **out, struct err *e) MUST_USE;
void capacity_free(struct capacity **c);

#endif
