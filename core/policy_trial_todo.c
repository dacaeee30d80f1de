/* What another policy makes others of: of facts, figures and alerts. */
#include "core/policy_trial_internal.h"

#include <string.h>

#define SAME(member) (memcmp(&a->member, &b->member, sizeof(a->member)) == 0)

bool policy_trial_reads_alike(const struct policy *a, const struct policy *b)
{
	static const enum policy_number numbers[] = { POLICY_ALERT_DROP_DAYS,
		POLICY_ALERT_TICKETS_DAYS, POLICY_ALERT_QUIET_DAYS,
		POLICY_ALERT_EXPANSION_QUIET };

	for (size_t k = 0; k < sizeof(numbers) / sizeof(*numbers); k++)
		if (!SAME(number[numbers[k]]))
			return false;
	return SAME(currency) && SAME(fx_count) && SAME(fx_code) && SAME(fx_rate);
}

/* Whether the numbers of a section of policy.def are the same. */
static bool same_numbers(
	const struct policy *a, const struct policy *b, const char *section)
{
	static const char *const sections[] = {
#define NUMBER(id, section, key, initial, min, max, help) section,
#include "core/policy.def"
	};

	for (int k = 0; k < POLICY_NUMBERS; k++)
		if (!SAME(number[k]) && strcmp(sections[k], section) == 0)
			return false;
	return true;
}

/* ---- alerts ----------------------------------------------------------------------- */

/* Rules of health that conditions ask for beside health itself. */
enum rules { CURVES = 1, AGES = 2 };

static unsigned other_rules(const struct policy *a, const struct policy *b)
{
	unsigned other = SAME(settling_days) ? 0 : AGES;

	for (int t = 0; t <= TIER_COUNT; t++) {
		other |= SAME(health[t].curve) ? 0 : CURVES;
		other |= SAME(health[t].max_age) ? 0 : AGES;
	}
	return other;
}

static bool same_health(const struct policy *a, const struct policy *b)
{
	return SAME(health) && SAME(min_coverage) && SAME(settling_days) &&
	       SAME(pulse_days) && SAME(pulse_red_max);
}

unsigned policy_trial_kinds(const struct policy *a, const struct policy *b)
{
	const unsigned other = other_rules(a, b);
	unsigned kinds = 0;

	if (!same_numbers(a, b, "alerts"))
		return ALERT_EVERY_KIND;
	for (int k = 0; k < ALERT_KINDS; k++)
		kinds |= SAME(alert_severity[k]) ? 0 : 1u << k;
	if (!same_health(a, b))
		kinds |= 1u << ALERT_HEALTH_DROP | 1u << ALERT_HEALTH_RED |
			 1u << ALERT_RENEWAL | 1u << ALERT_EXPANSION | 1u << ALERT_BLIND;
	if (other & AGES)
		kinds |= 1u << ALERT_UNDERUSED;
	if (other)
		kinds |= 1u << ALERT_WARM_BUT_IDLE;
	return kinds ? kinds | 1u << ALERT_EXPANSION : 0;
}

/* ---- figures ---------------------------------------------------------------------- */

/* What follows from a value is made anew with it. */
unsigned policy_trial_todo(const struct policy *a, const struct policy *b)
{
	unsigned todo = policy_trial_kinds(a, b) ? TODO_ALERTS : 0;

	if (!same_health(a, b))
		todo |= TODO_HEALTH | TODO_RISK | TODO_REVIEW;
	if (!SAME(growth_min) || !SAME(growth_max) || !SAME(flag_weight) ||
		!SAME(flag_max))
		todo |= TODO_VALUE | TODO_RISK | TODO_RANK | TODO_REVIEW;
	if (!SAME(effort_weight) || !SAME(stakeholders_curve) || !SAME(tickets_curve) ||
		!SAME(renewal_near) || !SAME(renewal_far) || !SAME(effort_assumed))
		todo |= TODO_EFFORT | TODO_REVIEW;
	if (!same_numbers(a, b, "triage"))
		todo |= TODO_RISK;
	if (!SAME(score_value_weight) || !SAME(score_effort_weight) || !SAME(threshold) ||
		!SAME(cap_bp) || !SAME(hysteresis) || !SAME(swap_margin) ||
		!SAME(up_streak) || !SAME(down_streak) || !SAME(min_days))
		todo |= TODO_REVIEW;
	return todo | TODO_SUM;
}
