/*
 * Scores: what the rules find out about every account on one day; one array
 * per figure, indexed by id - 1. The newest scores of a day are its snapshot.
 */
#ifndef CORE_SCORES_H
#define CORE_SCORES_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/tiers.h"

enum component { /* of health, in the order of RULES.md */
	COMP_USAGE,
	COMP_ADOPTION,
	COMP_SUPPORT,
	COMP_SENTIMENT,
	COMP_UTILISATION,
	COMP_ENGAGEMENT,
	COMP_STAKEHOLDER,
	COMP_RENEWAL,
	COMP_COUNT
};
extern const char *const component_name[COMP_COUNT];

#define HEALTH_UNKNOWN 0u /* scored, but coverage is below the minimum */
#define HEALTH_NONE 255u  /* not active on the day: no figures at all */
#define POINTS_MISSING 255u

/* Whether it is a health, 1..100. */
static inline bool scores_health_known(uint8_t health)
{
	return health != HEALTH_NONE && health != HEALTH_UNKNOWN;
}

#define SCORES_SCALE 10000 /* effort, tier score and shares are shown with 4 decimals */

struct scores {
	uint32_t n; /* ids 1..n */
	uint32_t active;
	uint8_t *health;             /* 1..100, HEALTH_UNKNOWN, HEALTH_NONE */
	double *coverage;            /* 0..1 */
	uint8_t *points[COMP_COUNT]; /* whole points that add up to health before the
					pulse */
	int64_t *arr;   /* cents of the base currency on the day; MONEY_NONE: not known */
	int64_t *value; /* cents */
	double *value_pct; /* 0..100 */
	double *effort;    /* 0..100 */
	uint8_t *assumed;  /* effort is assumed, nothing was present */
	double *score;     /* tier score, 0..100 */
	void *memory;      /* owned */
};

enum status scores_init(struct scores *s, uint32_t n, struct err *e) MUST_USE;
/* Without arr and all points but those of usage, which are NULL; nobody has a health, and
 * all others are still to be filled. */
enum status scores_init_brief(struct scores *s, uint32_t n, struct err *e) MUST_USE;
void scores_clear(struct scores *s);

/* A figure as a snapshot keeps it, in steps and back: INT32_MIN is NaN. */
static inline int32_t scores_steps(double x)
{
	const double steps = x * SCORES_SCALE + 0.5;

	return steps >= 0 && steps < INT32_MAX ? (int32_t)steps : INT32_MIN;
}

static inline double scores_from_steps(int32_t steps)
{
	return steps == INT32_MIN ? (double)NAN : (double)steps / SCORES_SCALE;
}

/* A snapshot: scores as the store keeps them. Figures come back rounded to
 * 1/SCORES_SCALE (coverage too); value_pct is not kept, rank it from value. */
struct snapshot_day {
	int32_t day;
	int32_t policy_version;
};

enum { HEALTH_LEVELS = 101 }; /* 0 is HEALTH_UNKNOWN */

/* How many accounts of one snapshot have each health, and each tier: what trends need,
 * whatever the policy calls healthy. */
struct snapshot_sums {
	struct snapshot_day at;
	uint32_t health[HEALTH_LEVELS];
	uint32_t tier[TIER_COUNT + 1]; /* [0] not placed */
};

#endif
