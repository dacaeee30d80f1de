#include "core/policy.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/ini.h"
#include "core/money.h"
#include "core/policy_table.h"

#define WEIGHTS_TOTAL 100
#define WEIGHT_SLACK 1e-9 /* sums of weights with decimals */

static const struct health_rules default_health = {
	.weight = { 25, 20, 15, 15, 10, 5, 5, 5 },
	.curve = {
		[COMP_USAGE] = { 4, { 0, 4, 12, 20 }, { 0, 30, 70, 100 } },
		[COMP_ADOPTION] = { 4, { 0, 30, 60, 85 }, { 0, 40, 80, 100 } },
		[COMP_SUPPORT] = { 4, { 0, 1, 3, 6 }, { 100, 80, 40, 0 } },
		[COMP_SENTIMENT] = { 4, { 0, 6, 8, 10 }, { 0, 40, 75, 100 } },
		[COMP_UTILISATION] = { 3, { 0, 50, 80 }, { 0, 50, 100 } },
		[COMP_ENGAGEMENT] = { 4, { 0, 14, 45, 90 }, { 100, 100, 50, 0 } },
		[COMP_STAKEHOLDER] = { 2, { 0, 100 }, { 0, 100 } },
		[COMP_RENEWAL] = { 4, { 0, 30, 90, 180 }, { 20, 40, 70, 100 } },
	},
	.max_age = { 14, 45, 30, 180, 45, AGE_NEVER, AGE_NEVER, AGE_NEVER },
};

static const struct policy default_policy = {
	.currency = "USD",
	.min_coverage = 0.40,
	.settling_days = 30,
	.pulse_days = 90,
	.pulse_red_max = 49,
	.healthy_from = 75,
	.watch_from = 50,
	.growth_min = -0.5,
	.growth_max = 1.0,
	.flag_weight = { 0.15, 0.20, 0.10, 0.25 },
	.flag_max = 2.0,
	.effort_weight = { 30, 15, 15, 10, 20, 10 },
	.stakeholders_curve = { 3, { 1, 3, 8 }, { 0, 40, 100 } },
	.tickets_curve = { 3, { 0, 5, 15 }, { 0, 50, 100 } },
	.renewal_near = 30,
	.renewal_far = 180,
	.effort_assumed = 50,
	.line_value = 80,
	.line_effort = 50,
	.score_value_weight = 0.7,
	.score_effort_weight = 0.3,
	.threshold = { 70, 40 },
	.cap_bp = { 1000, 3000, 10000 },
	.hysteresis = 3,
	.swap_margin = 5,
	.up_streak = 1,
	.down_streak = 2,
	.min_days = 60,
	.alert_severity = {
#define ALERT(id, name, s1, s2, s3, p1, p2, p3, condition, opens) \
	{ SEV_##s1, SEV_##s2, SEV_##s3 },
#include "core/alert.def"
	},
	.alert_play = {
#define ALERT(id, name, s1, s2, s3, p1, p2, p3, condition, opens) { p1, p2, p3 },
#include "core/alert.def"
	},
	.number = {
#define NUMBER(id, section, key, initial, min, max, help) [POLICY_##id] = initial,
#include "core/policy.def"
	},
};

_Static_assert(POLICY_NUMBERS <= sizeof(default_policy.number) / sizeof(double),
	"struct policy has too little room for the numbers of policy.def");

void policy_default(struct policy *p)
{
	*p = default_policy;
	for (int tier = 0; tier <= TIER_COUNT; tier++)
		p->health[tier] = default_health;
}

/* ---- reading ---- */

struct reading {
	struct policy *p;
	size_t next;    /* the entry behind the one that was read last */
	bool any;       /* the file has [health.tierN...] */
	bool overrides; /* second pass, where it has: only these */
};

enum status policy_parse_number(
	const struct policy_entry *x, const char *text, double *out, struct err *e)
{
	const char *why = NULL;

	if (!number_parse(text_of(text), '.', out, &why))
		return err_set(e, ST_INVALID, "%s = %s: %s", x->key, text,
			why ? why : "not a number");
	if (!(*out >= x->min && *out <= x->max))
		return err_set(e, ST_INVALID, "%s = %s: must be from %g to %g", x->key,
			text, x->min, x->max);
	return ST_OK;
}

static enum status parse_whole(
	const struct policy_entry *x, const char *text, double *out, struct err *e)
{
	const enum status st = policy_parse_number(x, text, out, e);

	if (st == ST_OK && *out != floor(*out))
		return err_set(
			e, ST_INVALID, "%s = %s: must be a whole number", x->key, text);
	return st;
}

static enum status parse_int(
	const struct policy_entry *x, const char *text, int *out, struct err *e)
{
	double v;
	const enum status st = parse_whole(x, text, &v, e);

	if (st == ST_OK)
		*out = (int)v;
	return st;
}

static enum status parse_percent(
	const struct policy_entry *x, const char *text, uint32_t *out, struct err *e)
{
	double v;
	enum status st = policy_parse_number(x, text, &v, e);

	if (st == ST_OK && fabs(v * 100 - floor(v * 100 + 0.5)) > 1e-6)
		st = err_set(
			e, ST_INVALID, "%s = %s: at most two decimals", x->key, text);
	if (st == ST_OK)
		*out = (uint32_t)floor(v * 100 + 0.5);
	return st;
}

/* "x:y x:y ...", x ascending, y within the entry's range. */
static enum status parse_curve(
	const struct policy_entry *x, const char *text, struct curve *out, struct err *e)
{
	struct curve c = { 0, { 0 }, { 0 } };
	struct text rest = text_trim(text_of(text));

	while (rest.n > 0) {
		size_t n = 0, colon = 0;

		while (n < rest.n && rest.s[n] != ' ' && rest.s[n] != '\t') {
			if (rest.s[n] == ':')
				colon = n;
			n++;
		}
		if (c.n == CURVE_POINTS_MAX)
			return err_set(e, ST_INVALID, "%s: more than %d points", x->key,
				CURVE_POINTS_MAX);
		if (!colon ||
			!number_parse(
				(struct text){ rest.s, colon }, '.', &c.x[c.n], NULL) ||
			!number_parse((struct text){ rest.s + colon + 1, n - colon - 1 },
				'.', &c.y[c.n], NULL))
			return err_set(e, ST_INVALID, "%s: %.*s is not a point x:y",
				x->key, (int)n, rest.s);
		if (c.n > 0 && !(c.x[c.n] > c.x[c.n - 1]))
			return err_set(e, ST_INVALID, "%s: x must ascend, %.*s does not",
				x->key, (int)n, rest.s);
		if (!(c.y[c.n] >= x->min && c.y[c.n] <= x->max))
			return err_set(e, ST_INVALID,
				"%s: y must be from %g to %g, %.*s is not", x->key,
				x->min, x->max, (int)n, rest.s);
		c.n++;
		rest = text_trim((struct text){ rest.s + n, rest.n - n });
	}
	if (c.n < 2)
		return err_set(
			e, ST_INVALID, "%s: a curve needs two points or more", x->key);
	*out = c;
	return ST_OK;
}

enum status policy_parse_entry(
	struct policy *p, const struct policy_entry *x, const char *text, struct err *e)
{
	void *at = (char *)p + x->offset;

	switch (x->type) {
	case PT_NUMBER:
		return policy_parse_number(x, text, at, e);
	case PT_WHOLE:
		return parse_whole(x, text, at, e);
	case PT_INT:
		return parse_int(x, text, at, e);
	case PT_CURVE:
		return parse_curve(x, text, at, e);
	case PT_AGE:
		if (strcmp(text, "never") != 0)
			return parse_int(x, text, at, e);
		*(int *)at = AGE_NEVER;
		return ST_OK;
	case PT_PERCENT:
		return parse_percent(x, text, at, e);
	case PT_CODE:
		if (!policy_is_code(text))
			return err_set(e, ST_INVALID,
				"%s = %s: three capital letters, like USD", x->key, text);
		memcpy(at, text, 4);
		return ST_OK;
	case PT_SEVERITY:
		return policy_parse_severities(x, text, at, e);
	case PT_PLAY:
		return policy_parse_plays(x, text, at, e);
	case PT_RATES:
		return policy_parse_rates(p, x, text, e);
	}
	return ST_OK;
}

static enum status read_health(
	struct policy *p, const struct ini_key *key, int tier, struct err *e)
{
	char section[32];
	int c = 0;

	while (c < COMP_COUNT && strcmp(component_name[c], key->name) != 0)
		c++;
	for (int part = 0; c < COMP_COUNT && part < POLICY_HEALTH_PARTS; part++) {
		const struct policy_entry x = policy_health_entry(tier, c, part, section);

		if (strcmp(section, key->section) == 0)
			return policy_parse_entry(p, &x, key->value, e);
	}
	return err_set(e, ST_INVALID, "[%s] has no key %s", key->section, key->name);
}

static bool knows_section(const char *name)
{
	for (size_t i = 0; i < policy_entries_n; i++)
		if (strcmp(policy_entries[i].section, name) == 0)
			return true;
	return false;
}

static int override_tier(const char *section)
{
	const size_t n = sizeof("health.tier") - 1;

	if (strncmp(section, "health.tier", n) != 0)
		return 0;
	return section[n] >= '1' && section[n] <= '0' + TIER_COUNT ? section[n] - '0' : 0;
}

/* Most files have the entries in the order of the table. */
static const struct policy_entry *find_entry(struct reading *r, const struct ini_key *key)
{
	for (size_t i = 0; i < policy_entries_n; i++) {
		const size_t at = (r->next + i) % policy_entries_n;
		const struct policy_entry *x = &policy_entries[at];

		if (strcmp(x->key, key->name) == 0 &&
			strcmp(x->section, key->section) == 0) {
			r->next = at + 1;
			return x;
		}
	}
	return NULL;
}

static enum status read_key(void *arg, const struct ini_key *key, struct err *e)
{
	struct reading *r = arg;
	const int tier = override_tier(key->section);
	const struct policy_entry *x;

	r->any |= tier > 0;
	if (r->overrides)
		return tier ? read_health(r->p, key, tier, e) : ST_OK;
	if (tier)
		return ST_OK;
	if (strcmp(key->section, "fx") == 0)
		return policy_set_rate(r->p, key->name, key->value, e);
	x = find_entry(r, key);
	if (x)
		return policy_parse_entry(r->p, x, key->value, e);
	if (strncmp(key->section, "health", 6) == 0)
		return read_health(r->p, key, 0, e);
	if (knows_section(key->section))
		return err_set(
			e, ST_INVALID, "[%s] has no key %s", key->section, key->name);
	return err_set(e, ST_INVALID, "there is no section [%s]", key->section);
}

/* ---- what must hold between the values ---- */

static enum status check_total(
	const double *weight, int n, const char *section, struct err *e)
{
	double sum = 0;

	for (int i = 0; i < n; i++)
		sum += weight[i];
	if (fabs(sum - WEIGHTS_TOTAL) < WEIGHT_SLACK)
		return ST_OK;
	return err_set(e, ST_INVALID,
		"[%s]: the weights total %g, they must total exactly %d: %g too %s",
		section, sum, WEIGHTS_TOTAL, fabs(sum - WEIGHTS_TOTAL),
		sum > WEIGHTS_TOTAL ? "many" : "few");
}

/* Of two limits one comes first. */
static enum status check_order(const struct policy *p, struct err *e)
{
	static const struct {
		const char *section, *key;
	} names[POLICY_NUMBERS] = {
#define NUMBER(id, section, key, initial, min, max, help) \
	[POLICY_##id] = { section, key },
#include "core/policy.def"
	};
	static const enum policy_number order[][2] = {
		{ POLICY_ALERT_DROP, POLICY_ALERT_DROP_WORSE },
		{ POLICY_ALERT_SLOW_INFO, POLICY_ALERT_SLOW },
		{ POLICY_TRIAGE_NEAR_DAYS, POLICY_TRIAGE_FAR_DAYS },
		{ POLICY_CAP_T1_MIN, POLICY_CAP_T1_TARGET },
		{ POLICY_CAP_T1_TARGET, POLICY_CAP_T1_MAX },
		{ POLICY_CAP_T1_ARR_MIN, POLICY_CAP_T1_ARR_MAX },
		{ POLICY_CAP_T2_MIN, POLICY_CAP_T2_TARGET },
		{ POLICY_CAP_T2_TARGET, POLICY_CAP_T2_MAX },
		{ POLICY_CAP_T2_ARR_MIN, POLICY_CAP_T2_ARR_MAX },
		{ POLICY_CAP_T3_MIN, POLICY_CAP_T3_TARGET },
		{ POLICY_CAP_T3_TARGET, POLICY_CAP_T3_MAX },
	};

	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		const enum policy_number low = order[i][0], high = order[i][1];

		if (p->number[low] > p->number[high])
			return err_set(e, ST_INVALID,
				"[%s]: %s (%g) must not be above %s (%g)",
				names[low].section, names[low].key, p->number[low],
				names[high].key, p->number[high]);
	}
	return ST_OK;
}

enum status policy_check(const struct policy *p, struct err *e)
{
	static const char *const sections[] = { "health", "health.tier1", "health.tier2",
		"health.tier3" };
	enum status st = check_total(p->effort_weight, EFF_COUNT, "effort", e);

	for (int t = 0; st == ST_OK && t <= TIER_COUNT; t++)
		st = check_total(p->health[t].weight, COMP_COUNT, sections[t], e);
	if (st != ST_OK)
		return st;
	if (fabs(p->score_value_weight + p->score_effort_weight - 1) > WEIGHT_SLACK)
		return err_set(e, ST_INVALID,
			"[tiers]: value_weight and effort_weight must total 1");
	if (p->threshold[0] <= p->threshold[1])
		return err_set(
			e, ST_INVALID, "[tiers]: tier1_from must be above tier2_from");
	if (p->healthy_from <= p->watch_from)
		return err_set(e, ST_INVALID, "[bands]: healthy must be above watch");
	if (p->renewal_near >= p->renewal_far)
		return err_set(e, ST_INVALID,
			"[effort]: renewal_near must be below renewal_far");
	if (p->cap_bp[0] + p->cap_bp[1] > 10000)
		return err_set(e, ST_INVALID, "[tiers]: the caps total more than 100 %%");
	return check_order(p, e);
}

void policy_doubts(const struct policy *p, const struct policy_warning *warn)
{
	char line[160];
	int used = 0;

	if (p->cap_bp[0] < 1000 || p->cap_bp[0] > 1500) {
		snprintf(line, sizeof(line),
			"the cap of tier 1 is %g %%: 10 to 15 %% keeps it scarce and "
			"useful",
			p->cap_bp[0] / 100.0);
		warn->hear(warn->arg, line);
	}
	for (int c = 0; c < COMP_COUNT; c++)
		used += p->health[0].weight[c] > 0;
	if (used == 1)
		warn->hear(warn->arg, "health rests on a single component");
	if (used > 1 && p->health[0].weight[COMP_USAGE] +
					p->health[0].weight[COMP_ADOPTION] +
					p->health[0].weight[COMP_UTILISATION] >=
				WEIGHTS_TOTAL - WEIGHT_SLACK)
		warn->hear(warn->arg,
			"health rests on the use of the product alone: whoever uses it "
			"unwillingly looks healthy until the day they leave");
	if (p->health[0].weight[COMP_SENTIMENT] > 15)
		warn->hear(warn->arg,
			"sentiment has more than 15 % of the weight: what people say is "
			"not what they do");
}

enum status policy_merge(const struct policy *over, const char *text, const char *name,
	struct policy *out, const struct policy_warning *warn, struct err *e)
{
	struct reading r = { .p = out };
	enum status st;

	*out = *over;
	st = ini_read(text, name, read_key, &r, e);
	policy_follow_general(over, out);
	r.overrides = true;
	if (st == ST_OK && r.any)
		st = ini_read(text, name, read_key, &r, e);
	if (st == ST_OK) {
		st = policy_check(out, e);
		if (st != ST_OK)
			err_prefix(e, "%s", name);
	}
	if (st == ST_OK && warn)
		policy_doubts(out, warn);
	return st;
}

enum status policy_parse(const char *text, const char *name, struct policy *out,
	const struct policy_warning *warn, struct err *e)
{
	struct policy shipped;

	policy_default(&shipped);
	return policy_merge(&shipped, text, name, out, warn, e);
}

double policy_rate(const struct policy *p, const char code[4])
{
	if (code[0] == '\0' || strcmp(code, p->currency) == 0)
		return 1;
	for (int k = 0; k < p->fx_count; k++)
		if (strcmp(p->fx_code[k], code) == 0)
			return p->fx_rate[k];
	return 0;
}
