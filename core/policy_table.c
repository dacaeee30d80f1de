#include "core/policy_table.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define AT(member) offsetof(struct policy, member)

const struct policy_entry policy_entries[] = {
	{ "policy", "currency", PT_CODE, AT(currency), 0, 0,
		"base currency: what has none is in it" },
	{ "fx", "rates", PT_RATES, AT(fx_rate), 1e-9, 1e9,
		"one unit of each other currency in units of the base currency" },
	{ "health", "min_coverage", PT_NUMBER, AT(min_coverage), 0, 1,
		"below this share of the weights health is unknown" },
	{ "health", "settling_days", PT_INT, AT(settling_days), 0, 365,
		"usage, adoption and utilisation are left out so long after onboarding "
		"started" },
	{ "health", "pulse_days", PT_INT, AT(pulse_days), 0, 3650,
		"a CSM's pulse is valid so long" },
	{ "health", "pulse_red_max", PT_INT, AT(pulse_red_max), 1, 100,
		"a red pulse holds health at this or less" },
	{ "bands", "healthy", PT_INT, AT(healthy_from), 1, 100, "healthy from" },
	{ "bands", "watch", PT_INT, AT(watch_from), 1, 100, "watch from; at risk below" },
	{ "value", "growth_min", PT_NUMBER, AT(growth_min), -1, 0,
		"expected growth counts from" },
	{ "value", "growth_max", PT_NUMBER, AT(growth_max), 0, 10, "to" },
	{ "value", "reference", PT_NUMBER, AT(flag_weight[VAL_REFERENCE]), 0, 10,
		"added to the multiplier: reference account" },
	{ "value", "marquee", PT_NUMBER, AT(flag_weight[VAL_MARQUEE]), 0, 10,
		"marquee name" },
	{ "value", "advocate", PT_NUMBER, AT(flag_weight[VAL_ADVOCATE]), 0, 10,
		"advocate" },
	{ "value", "parent_expansion", PT_NUMBER, AT(flag_weight[VAL_PARENT]), 0, 10,
		"a way into the parent company" },
	{ "value", "multiplier_max", PT_NUMBER, AT(flag_max), 1, 100,
		"the multiplier is at most" },
	{ "effort", "complexity", PT_NUMBER, AT(effort_weight[EFF_COMPLEXITY]), 0, 100,
		"weights total 100" },
	{ "effort", "maturity", PT_NUMBER, AT(effort_weight[EFF_MATURITY]), 0, 100,
		"of 100 minus maturity" },
	{ "effort", "stakeholders", PT_NUMBER, AT(effort_weight[EFF_STAKEHOLDERS]), 0,
		100, NULL },
	{ "effort", "onboarding", PT_NUMBER, AT(effort_weight[EFF_ONBOARDING]), 0, 100,
		NULL },
	{ "effort", "renewal", PT_NUMBER, AT(effort_weight[EFF_RENEWAL]), 0, 100, NULL },
	{ "effort", "tickets", PT_NUMBER, AT(effort_weight[EFF_TICKETS]), 0, 100, NULL },
	{ "effort", "stakeholders_curve", PT_CURVE, AT(stakeholders_curve), 0, 100,
		"people to keep aligned : effort" },
	{ "effort", "tickets_curve", PT_CURVE, AT(tickets_curve), 0, 100,
		"tickets in 90 days : effort" },
	{ "effort", "renewal_near", PT_INT, AT(renewal_near), 0, 3650,
		"renewal risk counts in full up to so many days ahead" },
	{ "effort", "renewal_far", PT_INT, AT(renewal_far), 1, 3650,
		"and not at all from here" },
	{ "effort", "assumed", PT_NUMBER, AT(effort_assumed), 0, 100,
		"effort when nothing is known" },
	{ "quadrants", "value", PT_NUMBER, AT(line_value), 0, 100,
		"high value from this percentile" },
	{ "quadrants", "effort", PT_NUMBER, AT(line_effort), 0, 100, "high effort from" },
	{ "tiers", "value_weight", PT_NUMBER, AT(score_value_weight), 0, 1,
		"share of the value percentile in the tier score" },
	{ "tiers", "effort_weight", PT_NUMBER, AT(score_effort_weight), 0, 1,
		"share of effort" },
	{ "tiers", "tier1_from", PT_NUMBER, AT(threshold[0]), 0, 100,
		"tier score of tier 1" },
	{ "tiers", "tier2_from", PT_NUMBER, AT(threshold[1]), 0, 100,
		"tier score of tier 2" },
	{ "tiers", "tier1_cap", PT_PERCENT, AT(cap_bp[0]), 0, 100,
		"percent of the active base, rounded down, at least one account" },
	{ "tiers", "tier2_cap", PT_PERCENT, AT(cap_bp[1]), 0, 100, NULL },
	{ "review", "hysteresis", PT_NUMBER, AT(hysteresis), 0, 50,
		"points beyond a threshold that make a candidate" },
	{ "review", "swap_margin", PT_NUMBER, AT(swap_margin), 0, 100,
		"points a candidate must be ahead of the member it replaces" },
	{ "review", "up_streak", PT_INT, AT(up_streak), 1, 24,
		"reviews in a row before a promotion" },
	{ "review", "down_streak", PT_INT, AT(down_streak), 1, 24, "before a demotion" },
	{ "review", "min_days", PT_INT, AT(min_days), 0, 3650,
		"days in a tier before the next move" },
#define ALERT(id, name, s1, s2, s3, p1, p2, p3, condition, opens)                     \
	{ "alerts.severity", name, PT_SEVERITY, AT(alert_severity[ALERT_##id]), 0, 0, \
		condition },
#include "core/alert.def"
#define ALERT(id, name, s1, s2, s3, p1, p2, p3, condition, opens) \
	{ "alerts.plays", name, PT_PLAY, AT(alert_play[ALERT_##id]), 0, 0, NULL },
#include "core/alert.def"
#define NUMBER(id, section, key, initial, min, max, help) \
	{ section, key, PT_NUMBER, AT(number[POLICY_##id]), min, max, help },
#define WHOLE(id, section, key, initial, min, max, help) \
	{ section, key, PT_WHOLE, AT(number[POLICY_##id]), min, max, help },
#include "core/policy.def"
};
const size_t policy_entries_n = sizeof(policy_entries) / sizeof(*policy_entries);

struct policy_entry policy_health_entry(
	int tier, int component, int part, char section[32])
{
	static const char *const parts[POLICY_HEALTH_PARTS] = { "", ".curves",
		".max_age" };
	static const enum policy_type types[POLICY_HEALTH_PARTS] = { PT_NUMBER, PT_CURVE,
		PT_AGE };
	const size_t offsets[POLICY_HEALTH_PARTS] = {
		offsetof(struct health_rules, weight) +
			(size_t)component * sizeof(double),
		offsetof(struct health_rules, curve) +
			(size_t)component * sizeof(struct curve),
		offsetof(struct health_rules, max_age) + (size_t)component * sizeof(int),
	};

	if (tier)
		snprintf(section, 32, "health.tier%d%s", tier, parts[part]);
	else
		snprintf(section, 32, "health%s", parts[part]);
	return (struct policy_entry){ section, component_name[component], types[part],
		AT(health) + (size_t)tier * sizeof(struct health_rules) + offsets[part],
		0, part == 2 ? 36500 : 100, NULL };
}

void policy_follow_general(const struct policy *before, struct policy *p)
{
	for (int t = 1; t <= TIER_COUNT; t++) {
		const struct health_rules *own = &before->health[t],
					  *was = &before->health[0];
		struct health_rules *to = &p->health[t];

		if (memcmp(own->weight, was->weight, sizeof(own->weight)) == 0)
			memcpy(to->weight, p->health[0].weight, sizeof(to->weight));
		if (memcmp(own->curve, was->curve, sizeof(own->curve)) == 0)
			memcpy(to->curve, p->health[0].curve, sizeof(to->curve));
		if (memcmp(own->max_age, was->max_age, sizeof(own->max_age)) == 0)
			memcpy(to->max_age, p->health[0].max_age, sizeof(to->max_age));
	}
}
