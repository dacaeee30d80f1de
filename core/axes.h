/*
 * The two axes, value and effort, by RULES.md, percentile ranks, the
 * tier score and the quadrants.
 */
#ifndef CORE_AXES_H
#define CORE_AXES_H

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

/* Value and effort of all accounts of the base into scores; health must be there. */
void axes_score(const struct policy *p, const struct base *b, struct scores *s);

/* Percentile ranks of value among the active of the whole base; counts the active. */
enum status axes_value_pct(struct scores *s, struct err *e) MUST_USE;
/* The tier score of all active accounts; value_pct and effort must be there. */
void axes_tier_score(const struct policy *p, struct scores *s);

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
