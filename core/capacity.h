/*
 * Capacity: what one CSM can look after. A band is the allowed range of accounts and of
 * ARR per book and tier (RULES.md, capacity); a book that holds several tiers is measured
 * by the shares it takes of each, so that 10 of at most 20 and 40 of at most 80 fill it.
 * Tier 3 is pooled and fills no book.
 */
#ifndef CORE_CAPACITY_H
#define CORE_CAPACITY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/money.h"
#include "core/tiers.h"

struct policy;

enum { CAPACITY_NAMED = 2 }; /* the tiers with a named owner: 1 and 2 */

struct capacity_band {
	double min, target, max; /* accounts per CSM; min 0: no lower limit */
	double arr_min, arr_max; /* cents per book; 0: no limit */
	bool pooled;             /* nobody's: it fills no book and takes no heads */
};

/* band[tier - 1]; of tier 3, which is always pooled, the accounts only. */
void capacity_bands(const struct policy *p, struct capacity_band band[TIER_COUNT]);

/* Whether accounts of a tier (0: of none yet) are to have an owner. */
static inline bool capacity_owned(const struct capacity_band band[TIER_COUNT], int tier)
{
	return tier >= 1 && !band[tier - 1].pooled;
}

/* What sits in a book, by tier - 1. */
struct capacity_book {
	uint32_t accounts[TIER_COUNT];
	int64_t arr[TIER_COUNT]; /* cents */
};

enum capacity_state { /* names in capacity_state_name, as in the JSON of `capacity` */
	CAPACITY_OK,
	CAPACITY_OVER,  /* more than fits, by accounts or by ARR */
	CAPACITY_UNDER, /* less than a book should hold, by accounts or by ARR */
	CAPACITY_AWAY   /* nobody is there to look after it */
};
extern const char *const capacity_state_name[CAPACITY_AWAY + 1];

/* How full a book is. 1: exactly at the limit of a whole CSM. */
struct capacity_load {
	double count_max, arr_max; /* shares of the upper limits, added over the tiers */
	double count_min, arr_min; /* shares of the lower limits; INFINITY: no limit */
	double over;               /* what is above `share`, the larger of the two */
	double under;              /* what is missing, the larger of the two */
	enum capacity_state state;
};

/* The share of a whole book that it fills, the larger of both. */
static inline double capacity_fills(const struct capacity_load *l)
{
	return l->count_max > l->arr_max ? l->count_max : l->arr_max;
}

/* A share in whole percent, halves up; sums of shares that binary can't hold count as the
 * halves that they are on paper. */
static inline double capacity_percent(double share)
{
	return number_round(100 * share + 1e-9);
}

/* share: of a full book that this CSM takes, 0..1; 0: is not there. */
void capacity_load(const struct capacity_band band[TIER_COUNT],
	const struct capacity_book *book, double share, struct capacity_load *out);

/* How many CSMs a tier takes: at least min (else a book is too full), at most max (else
 * one is too small), best target; when min > max no number is right. */
struct capacity_heads {
	uint32_t accounts;
	int64_t arr;
	uint32_t min, target, max; /* 0 of a pooled tier */
	bool pooled, feasible;
	bool min_by_arr,
		max_by_arr; /* which band asks for it: that of ARR, of accounts */
};
#define CAPACITY_ANY UINT32_MAX /* max: no lower limit */

void capacity_heads(const struct capacity_band *band, uint32_t accounts, int64_t arr,
	struct capacity_heads *out);

/* Hours of work a week that a book asks for: talks of a quarter times their minutes. */
double capacity_hours(const struct policy *p, const struct capacity_book *book);

#endif
