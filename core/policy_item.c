#include "core/policy_item.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/money.h"

enum { HEALTH_ITEMS = POLICY_HEALTH_PARTS * COMP_COUNT * (TIER_COUNT + 1) };

/* In the file the rules of health stand behind what else is said of it. */
static int health_at(void)
{
	int i = 0;

	while (strcmp(policy_entries[i].section, "bands") != 0)
		i++;
	return i;
}

int policy_items(void)
{
	return (int)policy_entries_n + HEALTH_ITEMS;
}

void policy_item(int i, struct policy_item *out)
{
	const int at = health_at();
	int k = i - at;

	*out = (struct policy_item){ .part = -1 };
	if (i < at || k >= HEALTH_ITEMS) {
		out->entry = policy_entries[i < at ? i : i - HEALTH_ITEMS];
		snprintf(out->section, sizeof(out->section), "%s", out->entry.section);
		return;
	}
	out->component = (enum component)(k % COMP_COUNT);
	k /= COMP_COUNT;
	out->part = k % POLICY_HEALTH_PARTS;
	out->tier = k / POLICY_HEALTH_PARTS;
	out->entry = policy_health_entry(
		out->tier, (int)out->component, out->part, out->section);
}

bool policy_item_own(const struct policy *p, const struct policy_item *x)
{
	return !x->tier || !policy_same_rules(p, x->tier, x->part);
}

/* The section of a copied item is its own. */
static struct policy_entry entry_of(const struct policy_item *x)
{
	struct policy_entry e = x->entry;

	e.section = x->section;
	return e;
}

char *policy_item_text(const struct policy *p, const struct policy_item *x,
	char out[POLICY_TEXT_VALUE_MAX])
{
	const struct policy_entry e = entry_of(x);

	return policy_entry_text(p, &e, out);
}

enum status policy_item_set(
	struct policy *p, const struct policy_item *x, const char *text, struct err *e)
{
	const struct policy_entry entry = entry_of(x);
	struct policy next = *p;
	const enum status st = policy_parse_entry(&next, &entry, text, e);

	if (st != ST_OK)
		return st;
	if (x->part >= 0 && !x->tier)
		policy_follow_general(p, &next);
	*p = next;
	return ST_OK;
}

void policy_item_copy(
	struct policy *p, const struct policy_item *x, const struct policy *from)
{
	char text[POLICY_TEXT_VALUE_MAX];
	struct err e;

	/* What one policy writes the next one reads. */
	if (policy_item_set(p, x, policy_item_text(from, x, text), &e) != ST_OK)
		return;
}

void policy_item_carry(struct policy *p, const struct policy_item *x,
	const struct policy *was, const struct policy *is)
{
	if (policy_item_same(was, is, x))
		return;
	if (x->entry.type == PT_RATES)
		policy_carry_rates(p, was, is);
	else
		policy_item_copy(p, x, is);
}

bool policy_item_same(
	const struct policy *a, const struct policy *b, const struct policy_item *x)
{
	char one[POLICY_TEXT_VALUE_MAX], other[POLICY_TEXT_VALUE_MAX];

	return strcmp(policy_item_text(a, x, one), policy_item_text(b, x, other)) == 0;
}

const struct curve *policy_item_curve(const struct policy *p, const struct policy_item *x)
{
	return x->entry.type == PT_CURVE
		       ? (const void *)((const char *)p + x->entry.offset)
		       : NULL;
}

#define STEPS 1e6 /* in 1; no value is finer */

/* Shares go in hundredths, factors in tenths, money in tens of thousands. */
static double step_of(const struct policy_entry *e)
{
	if (e->type == PT_PERCENT)
		return 1;
	if (e->type != PT_NUMBER)
		return 1;
	return e->max <= 1 ? 0.01 : e->max <= 10 ? 0.1 : e->max >= 1e9 ? 10000 : 1;
}

bool policy_item_step(struct policy *p, const struct policy_item *x, int by)
{
	const struct policy_entry *e = &x->entry;
	const double step = step_of(e);
	char text[POLICY_TEXT_VALUE_MAX];
	double v;
	struct err why;

	if ((e->type != PT_NUMBER && e->type != PT_WHOLE && e->type != PT_INT &&
		    e->type != PT_PERCENT && e->type != PT_AGE) ||
		!number_parse(text_of(policy_item_text(p, x, text)), '.', &v, NULL))
		return false;
	/* Rounded on paper, so that as many steps back are where it began. */
	v = v + by * step;
	v = v < e->min ? e->min : v > e->max ? e->max : v;
	number_exact(floor(v * STEPS + 0.5) / STEPS, text);
	return policy_item_set(p, x, text, &why) == ST_OK;
}

/* ---- in words ---- */

static const char *const inputs[COMP_COUNT] = {
	[COMP_USAGE] = "days somebody was active in, of the last 28",
	[COMP_ADOPTION] = "features in use, in percent of those available",
	[COMP_SUPPORT] = "tickets of 90 days per 10 active seats",
	[COMP_SENTIMENT] = "the last NPS answer, else the last CSAT as 0, 3, 6, 8, 10",
	[COMP_UTILISATION] = "seats active, in percent of those purchased",
	[COMP_ENGAGEMENT] = "days since the last two-way touch",
	[COMP_STAKEHOLDER] = "champion and sponsor in place 100, one of them 60, none 0",
	[COMP_RENEWAL] = "days to renewal",
};

static const struct {
	const char *section, *key, *meaning;
} meanings[] = {
	{ "revenue", "nrr_tier2",
		"net revenue retention to reach in a year, percent, tier 2" },
	{ "effort", "complexity", "weight of how complex the account is, 0 to 100" },
	{ "effort", "stakeholders", "weight of how many people must be kept aligned" },
	{ "effort", "onboarding",
		"weight of onboarding: 100 until first value is reached, then 0" },
	{ "effort", "renewal",
		"weight of renewal risk: what health lacks to 100, the more the nearer" },
	{ "effort", "tickets", "weight of the tickets of 90 days" },
	{ "effort", "renewal_far",
		"renewal risk does not count at all from so many days" },
	{ "value", "growth_max", "expected growth counts up to" },
	{ "value", "marquee", "added to the multiplier: marquee name" },
	{ "value", "advocate", "added to the multiplier: advocate" },
	{ "value", "parent_expansion",
		"added to the multiplier: a way into the parent company" },
	{ "tiers", "effort_weight", "share of effort in the tier score" },
	{ "tiers", "tier1_from", "tier 1 from this tier score on, itself included" },
	{ "tiers", "tier2_from", "tier 2 from this tier score on, itself included" },
	{ "tiers", "tier2_cap",
		"percent of the active base, rounded down, at least one account" },
	{ "review", "down_streak", "reviews in a row before a demotion" },
	{ "alerts", "escalate_tier2",
		"days until a critical alert goes to the lead, tier 2; 9999: never" },
	{ "alerts", "escalate_tier3",
		"days until a critical alert goes to the lead, tier 3; 9999: never" },
	{ "capacity", "tier1_target", "accounts per CSM, tier 1: the target" },
	{ "capacity", "tier1_max", "accounts per CSM, tier 1, at most" },
	{ "capacity", "tier1_arr_max", "ARR per book, tier 1, at most" },
	{ "capacity", "tier2_target", "accounts per CSM, tier 2: the target" },
	{ "capacity", "tier2_max", "accounts per CSM, tier 2, at most" },
	{ "capacity", "tier2_arr_max", "ARR per book, tier 2, at most" },
	{ "capacity", "tier3_target", "accounts per CSM, tier 3: the target" },
	{ "capacity", "tier3_max", "accounts per CSM, tier 3, at most" },
	{ "capacity", "touches_tier2", "talks with an account in a quarter, tier 2" },
	{ "capacity", "minutes_tier2",
		"minutes of a talk with all that belongs to it, tier 2" },
	{ "rebalance", "move_tier2", "weight of moving a tier 2 account" },
	{ "rebalance", "move_tier3", "weight of moving a tier 3 account" },
	{ "rebalance", "csm_moves",
		"accounts into and out of one book in one run, at most; 0: any number" },
	{ "service", "human_tier2", "touches by people, percent of all, tier 2" },
	{ "service", "human_tier3", "touches by people, percent of all, tier 3" },
	{ "service", "reviews_tier2",
		"business reviews a year, tier 2; 0: none by the calendar" },
	{ "service", "reviews_tier3",
		"business reviews a year, tier 3; 0: none by the calendar" },
};

char *policy_item_meaning(const struct policy_item *x, char out[POLICY_ITEM_TEXT_MAX])
{
	static const char *const parts[POLICY_HEALTH_PARTS] = { "weight of the component",
		"sub-score 0 to 100 by", "the input counts for so many days" };
	const char *words = x->entry.help;

	if (x->part >= 0) {
		snprintf(out, POLICY_ITEM_TEXT_MAX, "%s: %s", parts[x->part],
			inputs[x->component]);
		return out;
	}
	for (size_t k = 0; k < sizeof(meanings) / sizeof(*meanings); k++)
		if (strcmp(meanings[k].section, x->section) == 0 &&
			strcmp(meanings[k].key, x->entry.key) == 0)
			words = meanings[k].meaning;
	if (!words && x->entry.type == PT_PLAY)
		words = "the play that this alert starts in tier 1, 2 and 3";
	snprintf(out, POLICY_ITEM_TEXT_MAX, "%s", words ? words : x->entry.key);
	return out;
}

static bool ends_with(const char *s, const char *end)
{
	const size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static bool is_days(const struct policy_item *x)
{
	static const char *const keys[] = { "silent_tier1", "silent_tier2",
		"silent_tier3", "slow_start_info", "renewal_tier1", "renewal_tier2",
		"renewal_tier3", "renewal_near", "renewal_far", "no_touch_tier1",
		"no_touch_tier2", "escalate_tier1", "escalate_tier2", "escalate_tier3" };

	for (size_t k = 0; k < sizeof(keys) / sizeof(*keys); k++)
		if (strcmp(x->entry.key, keys[k]) == 0)
			return true;
	return ends_with(x->entry.key, "days") ||
	       (strcmp(x->entry.key, "slow_start") == 0 &&
		       strcmp(x->section, "alerts") == 0);
}

const char *policy_item_unit(const struct policy *p, const struct policy_item *x)
{
	const bool weight = x->part == 0 || (strcmp(x->section, "effort") == 0 &&
						    x->entry.type == PT_NUMBER &&
						    strcmp(x->entry.key, "assumed") != 0);

	if (weight)
		return "of 100";
	if (x->entry.type == PT_PERCENT)
		return "%";
	if (x->entry.type == PT_AGE || is_days(x))
		return "days";
	if (strstr(x->entry.key, "arr") || ends_with(x->entry.key, "cost"))
		return p->currency;
	return "";
}

char *policy_item_range(const struct policy_item *x, char out[POLICY_ITEM_TEXT_MAX])
{
	const struct policy_entry *e = &x->entry;
	char min[NUMBER_TEXT_MAX], max[NUMBER_TEXT_MAX];
	const bool whole = e->type == PT_INT || e->type == PT_WHOLE || e->type == PT_AGE;

	number_exact(e->min, min);
	number_exact(e->max, max);
	switch (e->type) {
	case PT_CURVE:
		snprintf(out, POLICY_ITEM_TEXT_MAX,
			"points x:y, 2 to %d, x ascending, y %s to %s", CURVE_POINTS_MAX,
			min, max);
		break;
	case PT_CODE:
		snprintf(out, POLICY_ITEM_TEXT_MAX, "three capital letters");
		break;
	case PT_RATES:
		snprintf(out, POLICY_ITEM_TEXT_MAX,
			"CODE:rate for each, like EUR:1.08 GBP:1.25; " POLICY_NO_RATE
			" without");
		break;
	case PT_SEVERITY:
		snprintf(out, POLICY_ITEM_TEXT_MAX,
			"a word for tier 1, 2 and 3: critical, warning, info, off");
		break;
	case PT_PLAY:
		snprintf(out, POLICY_ITEM_TEXT_MAX,
			"a play for tier 1, 2 and 3; " POLICY_NO_PLAY " is none");
		break;
	default:
		snprintf(out, POLICY_ITEM_TEXT_MAX, "%s to %s%s%s", min, max,
			whole ? ", whole" : "", e->type == PT_AGE ? ", or never" : "");
	}
	return out;
}
