/*
 * The policy: every number of RULES.md that a company may set for itself. An INI
 * file in, a struct out; the shipped defaults are assets/policy.ini, made from the
 * same table (policy.def) and compared with it by a test.
 */
#ifndef CORE_POLICY_H
#define CORE_POLICY_H

#include <stdbool.h>

#include "core/alert.h"
#include "core/arena.h"
#include "core/err.h"
#include "core/play.h"
#include "core/scores.h"
#include "core/tiers.h"

#define CURVE_POINTS_MAX 12
#define FX_MAX 64

struct curve {
	int n; /* points, ascending in x */
	double x[CURVE_POINTS_MAX], y[CURVE_POINTS_MAX];
};

/* y at x: linear between the points, flat beyond both ends. Points are counted instead of
 * searched for: which of them lies ahead can't be foretold. */
static inline double curve_at(const struct curve *c, double x)
{
	int k = 0;

	for (int j = 0; j < c->n; j++)
		k += !(x <= c->x[j]);
	if (k == 0 || k == c->n)
		return c->y[k ? k - 1 : 0];
	return c->y[k - 1] +
	       (x - c->x[k - 1]) * (c->y[k] - c->y[k - 1]) / (c->x[k] - c->x[k - 1]);
}

#define AGE_NEVER (-1)

struct health_rules {
	double weight[COMP_COUNT]; /* total exactly 100 */
	struct curve curve[COMP_COUNT];
	int max_age[COMP_COUNT]; /* days; AGE_NEVER: never too old */
};

enum effort_part {
	EFF_COMPLEXITY,
	EFF_MATURITY,
	EFF_STAKEHOLDERS,
	EFF_ONBOARDING,
	EFF_RENEWAL,
	EFF_TICKETS,
	EFF_COUNT
};
extern const char *const effort_part_name[EFF_COUNT];

enum value_flag { VAL_REFERENCE, VAL_MARQUEE, VAL_ADVOCATE, VAL_PARENT, VAL_COUNT };

struct policy {
	char currency[4]; /* the base currency */
	int fx_count;
	char fx_code[FX_MAX][4]; /* ascending */
	double fx_rate[FX_MAX];  /* one unit in units of the base currency */

	struct health_rules health[TIER_COUNT + 1]; /* [0] no tier yet, [t] tier t */
	double min_coverage;
	int settling_days, pulse_days, pulse_red_max;
	int healthy_from, watch_from;

	double growth_min, growth_max;
	double flag_weight[VAL_COUNT], flag_max;

	double effort_weight[EFF_COUNT];
	struct curve stakeholders_curve, tickets_curve;
	int renewal_near, renewal_far; /* proximity 1 at or before near, 0 from far on */
	double effort_assumed;
	double line_value, line_effort; /* quadrants */

	double score_value_weight, score_effort_weight;
	double threshold[TIER_COUNT - 1]; /* tier 1, tier 2 */
	uint32_t cap_bp[TIER_COUNT];      /* hundredths of a percent; [2] is 10000 */
	double hysteresis, swap_margin;
	int up_streak, down_streak, min_days;
	uint8_t alert_severity[ALERT_KINDS][TIER_COUNT];         /* enum severity */
	char alert_play[ALERT_KINDS][TIER_COUNT][PLAY_NAME_MAX]; /* "" for none */
	double number[128]; /* limits of alerts, triage, capacity: see policy.def */
};

/* Index of the limits in number[], e.g. POLICY_ALERT_DROP. */
enum policy_number {
#define NUMBER(id, section, key, initial, min, max, help) POLICY_##id,
#include "core/policy.def"
	POLICY_NUMBERS
};

/* The play that a kind of alert starts in a tier, also in none; "": it starts none. */
static inline const char *policy_play(
	const struct policy *p, enum alert_kind kind, int tier)
{
	return p->alert_play[kind][tiers_served(tier) - 1];
}

/* The shipped defaults. */
void policy_default(struct policy *p);

/* Hears each thing that is allowed but doubtful. */
struct policy_warning {
	void (*hear)(void *arg, const char *sentence);
	void *arg;
};

/* Reads an INI text over the defaults: what it does not name keeps its default.
 * Unknown sections and keys, values out of range, weights that do not total exactly
 * 100 (with the difference) and bad curves are ST_INVALID with "name:line: ...".
 * warn may be NULL. */
enum status policy_parse(const char *text, const char *name, struct policy *out,
	const struct policy_warning *warn, struct err *e) MUST_USE;

/* The same over another policy: what the text does not name stays as it is there. */
enum status policy_merge(const struct policy *over, const char *text, const char *name,
	struct policy *out, const struct policy_warning *warn, struct err *e) MUST_USE;

/* What must hold between the values of a policy, whatever each of them is: ST_INVALID
 * with what does not. */
enum status policy_check(const struct policy *p, struct err *e) MUST_USE;
/* Says what is allowed but doubtful. */
void policy_doubts(const struct policy *p, const struct policy_warning *warn);

/* The whole policy as a commented INI text; parsing it gives the same policy.
 * Returns an arena string, NULL without memory. */
const char *policy_write(const struct policy *p, struct arena *a);

/* Calls fn for every value in which two policies differ, by section and key; a rate that
 * one of them lacks is "none". Texts are borrowed during the call. */
typedef void (*policy_change_fn)(
	void *arg, const char *section, const char *key, const char *was, const char *is);
void policy_compare(const struct policy *was, const struct policy *is,
	policy_change_fn fn, void *arg);

/* Units of the base currency per unit of code ("" is the base); 0: not known. */
double policy_rate(const struct policy *p, const char code[4]);

#endif
