/*
 * What a policy makes of the base: figures, alerts, tiers and heads under one policy
 * beside those under the one in force, and who would end in another tier. policy_trial.h
 * finds it out; nothing is read or written here.
 */
#ifndef CORE_POLICY_EFFECT_H
#define CORE_POLICY_EFFECT_H

#include "core/alert.h"
#include "core/axes.h"
#include "core/capacity.h"
#include "core/health.h"
#include "core/review.h"

/* The base under one policy. */
struct policy_side {
	/* what a recalculation of the day would find, of the active accounts */
	uint32_t band[BAND_HEALTHY + 1]; /* by enum health_band */
	uint32_t quadrant[QUAD_COUNT];
	uint32_t alert[ALERT_KINDS];   /* live ones */
	uint32_t severity[SEVERITIES]; /* of these */
	int64_t at_risk;               /* cents */
	uint32_t by_score[TIER_COUNT]; /* by tier score alone, whatever room there is */
	/* what a review of the day would leave */
	uint32_t in_tier[TIER_COUNT + 1];
	int64_t arr_in_tier[TIER_COUNT + 1];
	uint32_t limit[TIER_COUNT];
	uint32_t waiting; /* reach a higher tier, which has no room */
	uint32_t falling; /* fall short of their own, not for long enough yet */
	struct capacity_heads heads[TIER_COUNT];
	uint32_t heads_needed;
};

/* An account that would end in another tier. */
struct policy_move {
	uint32_t account;
	uint8_t now, was, is; /* tier now; after a review under the one, the other */
	uint8_t cause;        /* enum move_cause of the way to `is`; CAUSE_COUNT: stays */
	uint8_t health_was, health_is;
	double score_was, score_is;
};

struct policy_effect {
	int32_t as_of;
	uint32_t active;
	uint32_t in_tier[TIER_COUNT + 1]; /* now */
	double heads_present;
	bool reviewed; /* false: no review of this day is possible; tiers stay */
	bool alerted;  /* false: alerts stand at a later day and stay */
	struct policy_side was, is;
	uint32_t better, worse; /* in health, among those known under both */
	double shift;           /* of the mean health of these */
	uint32_t opens[ALERT_KINDS], resolves[ALERT_KINDS];
	uint32_t up, down;        /* of the moves */
	struct policy_move *move; /* by value, the highest first; owned */
	uint32_t moves;
};

/* What a policy makes of the accounts, one array per figure, by id - 1. */
struct policy_figures {
	struct scores scores; /* health and effort; the rest is NULL */
	struct amounts value;
	uint8_t *tier;  /* after a review */
	uint8_t *cause; /* enum move_cause, CAUSE_COUNT: none */
	uint32_t *rank; /* by value, as of axes_rank */
	uint16_t *live; /* alerts, a bit per kind */
	void *memory;   /* owned */
};
enum status policy_figures_init(
	struct policy_figures *f, uint32_t n, struct err *e) MUST_USE;
void policy_figures_clear(struct policy_figures *f);
/* The tier score of an active account: made when it is asked for. */
double policy_figures_score(
	const struct policy *p, const struct policy_figures *f, uint32_t i);

/* What others are compared with, by id - 1. */
struct policy_kept {
	uint32_t *score;     /* whole grains, and what is beyond 32 bits of them */
	uint8_t *score_high; /* UINT8_MAX: has none */
	uint16_t *live;
	uint8_t *tier, *health;
	void *memory; /* owned */
};
enum status policy_figures_keep(const struct policy *p, const struct policy_figures *from,
	struct policy_kept *to, struct err *e) MUST_USE;
void policy_kept_clear(struct policy_kept *k);

/* Adds up a side: bands, quadrants, tiers and heads. arr by id - 1, MONEY_NONE counts as
 * nothing. by_score, alerts, severities, at_risk, limits, waiting and falling are there
 * already. */
void policy_side_sum(const struct policy *p, const struct policy_figures *f,
	const struct amounts *arr, struct policy_side *side);

/* What differs between the figures and what was kept of others: all of the effect but the
 * sides and what is now. p: whose figures they are; order: the active by value; now:
 * tiers by id - 1. */
enum status policy_effect_compare(const struct policy *p, const struct policy_kept *was,
	const struct policy_figures *is, const uint8_t *now, const uint32_t *order,
	struct policy_effect *out, struct err *e) MUST_USE;
/* The same of what is compared with itself. */
void policy_effect_none(struct policy_effect *out);
void policy_effect_clear(struct policy_effect *e);

/* Why an account would end there, for people: "promotion: tier score 71.2, was 68.9". p
 * is the policy that is tried. Returns out. */
#define POLICY_WHY_MAX 160
char *policy_move_why(const struct policy *was, const struct policy *is,
	const struct policy_move *m, char out[POLICY_WHY_MAX]);

/* The effect in sentences, those first that matter most; each with what it is about. */
enum policy_line {
	POLICY_SAYS_MOVES,
	POLICY_SAYS_TIER,
	POLICY_SAYS_HEALTH,
	POLICY_SAYS_ALERTS,
	POLICY_SAYS_HEADS,
	POLICY_SAYS_MONEY,
	POLICY_SAYS_NOTE,
};
typedef void (*policy_say_fn)(
	void *arg, enum policy_line about, bool changed, const char *text);
void policy_effect_say(
	const struct policy_effect *x, const char *currency, policy_say_fn fn, void *arg);

#endif
