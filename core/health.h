/*
 * Health by RULES.md: health = clamp(floor(0.5 + sum(w s) / sum(w)), 1, 100)
 * over the components that are present, unknown when coverage is too low, and the
 * explanation of it to the last point.
 */
#ifndef CORE_HEALTH_H
#define CORE_HEALTH_H

#include "core/base.h"
#include "core/scores.h"

enum component_state {
	COMP_PRESENT,
	COMP_MISSING,  /* no input on record */
	COMP_TOO_OLD,  /* the input is older than the limit */
	COMP_SETTLING, /* left out in the first days of onboarding */
};

struct component_explained {
	enum component_state state;
	double input;  /* as in RULES.md: days, %, tickets per 10 seats, 0..10 ... */
	int32_t day;   /* of the input; DAY_NONE when it is not dated */
	double score;  /* sub-score 0..100, NaN when not present */
	double weight; /* of 100 */
	int points;    /* whole points; the points add up to `unheld` */
	/* COMP_SUPPORT: no active seats are known (none, or older than utilisation
	 * allows): the tickets are counted as they are */
	bool per_account;
};

struct health_explained {
	int health;         /* 1..100, 0: unknown */
	int unheld;         /* before the pulse */
	double coverage;    /* 0..1 */
	bool held_by_pulse; /* a red pulse lowered it */
	int32_t pulse_day;  /* of the pulse in force, DAY_NONE: none */
	int pulse;          /* 1 red, 2 yellow, 3 green, 0: none */
	struct component_explained component[COMP_COUNT];
};

/* Explains the account at position i of the base; tier 0..3 selects the rules. */
void health_explain(const struct policy *p, const struct base *b, uint32_t i,
	uint8_t tier, struct health_explained *out);

/* One component alone; its points stay 0. */
void health_component(const struct policy *p, const struct base *b, uint32_t i,
	uint8_t tier, enum component c, struct component_explained *out);

/* All accounts of the base into scores (health, coverage, points). tier: by id - 1,
 * NULL: general rules for all. */
void health_score(const struct policy *p, const struct base *b, const uint8_t *tier,
	struct scores *s);

/* Health and coverage alone, bit for bit those of health_score, for trying policies: by
 * position in the base, as is tier. HEALTH_NONE and NaN where not active. */
void health_only(const struct policy *p, const struct base *b, const uint8_t *tier,
	uint8_t *health, double *coverage);

/* Splits total into whole numbers proportional to share[0..n-1] by largest
 * remainder (ties: first). Shares are >= 0. */
void health_split(const double *share, int n, int total, int *out);

enum health_band { BAND_UNKNOWN, BAND_AT_RISK, BAND_WATCH, BAND_HEALTHY };
enum health_band health_band(const struct policy *p, int health);

#endif
