/*
 * The two axes, value and effort, by RULES.md, percentile ranks, the
 * tier score and the quadrants.
 */
#ifndef CORE_AXES_H
#define CORE_AXES_H

#include "core/amounts.h"
#include "core/base.h"
#include "core/scores.h"

struct value_explained {
	int64_t arr;
	double growth;     /* as used, clamped */
	double multiplier; /* 1..flag_max */
	int64_t value;     /* cents */
};

struct effort_explained {
	double part[EFF_COUNT]; /* 0..100, NaN: missing */
	double weight[EFF_COUNT];
	double effort;
	bool assumed; /* nothing present */
};

/* What strategic weight makes of the ARR: 1 and the flags of the account, at most 2. */
double axes_multiplier(const struct policy *p, uint8_t flags);
void axes_value(const struct policy *p, const struct base *b, uint32_t i,
	struct value_explained *out);
/* health: 1..100, 0 when unknown. */
void axes_effort(const struct policy *p, const struct base *b, uint32_t i, int health,
	struct effort_explained *out);

/* Whether effort may be another one when health is not `was` any more. */
bool axes_effort_differs(
	const struct policy *p, const struct base *b, uint32_t i, int was, int is);

/* Value and effort of all accounts of the base into scores; health must be there. */
void axes_score(const struct policy *p, const struct base *b, struct scores *s);

/* Where each of the active (health is not HEALTH_NONE) stands by value: twice those that
 * are worth less, and once those that are worth the same; 0 for all others. Counts the
 * active. rank has n elements. */
enum status axes_rank(const uint8_t *health, const struct amounts *value, uint32_t n,
	uint32_t *rank, uint32_t *active, struct err *e) MUST_USE;
/* The percentile rank, 0..100, and back; NaN for 0. */
static inline double axes_pct_of(uint32_t rank, uint32_t active)
{
	return rank ? 100 * (0.5 * rank) / active : (double)NAN;
}

static inline uint32_t axes_rank_of(double pct, uint32_t active)
{
	return pct >= 0 ? (uint32_t)(pct * active / 50 + 0.5) : 0;
}

/* The least rank whose percentile rank is at or above one. */
uint32_t axes_rank_from(uint32_t active, double pct);

/* Percentile ranks of value among the active of the whole base; counts the active. */
enum status axes_value_pct(struct scores *s, struct err *e) MUST_USE;
/* The tier score of all active accounts; value_pct and effort must be there. */
void axes_tier_score(const struct policy *p, struct scores *s);
/* The same of one that is active. */
double axes_score_of(const struct policy *p, double value_pct, double effort);
/* Tier scores are whole grains, of which so many are one. */
#define AXES_SCORE_GRAINS 1e9

enum quadrant {
	QUAD_NONE,
	QUAD_ATTENTION,
	QUAD_MANAGED,
	QUAD_FIX,
	QUAD_TECH,
	QUAD_COUNT
};
extern const char *const quadrant_name[QUAD_COUNT];
enum quadrant axes_quadrant(
	double value_pct, double effort, double line_value, double line_effort);

#endif
