/* The shipped policy: every number of RULES.md where it stands, and the text of it. */
#include "core/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/asset.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct policy shipped(void)
{
	struct policy p;

	policy_default(&p);
	return p;
}

/* The table of the kinds of alert: their severities by tier. */
static void alert_severities(void **state)
{
	static const struct {
		const char *name;
		uint8_t by_tier[TIER_COUNT];
	} rows[] = {
		{ "health-drop", { SEV_CRITICAL, SEV_WARNING, SEV_WARNING } },
		{ "health-red", { SEV_CRITICAL, SEV_WARNING, SEV_INFO } },
		{ "silent", { SEV_CRITICAL, SEV_WARNING, SEV_INFO } },
		{ "slow-start", { SEV_CRITICAL, SEV_WARNING, SEV_WARNING } },
		{ "renewal", { SEV_WARNING, SEV_WARNING, SEV_INFO } },
		{ "expansion", { SEV_OPPORTUNITY, SEV_OPPORTUNITY, SEV_OPPORTUNITY } },
		{ "champion-left", { SEV_CRITICAL, SEV_WARNING, SEV_INFO } },
		{ "ticket-spike", { SEV_WARNING, SEV_WARNING, SEV_INFO } },
		{ "detractor", { SEV_WARNING, SEV_WARNING, SEV_INFO } },
		{ "warm-but-idle", { SEV_WARNING, SEV_WARNING, SEV_INFO } },
		{ "underused", { SEV_WARNING, SEV_INFO, SEV_INFO } },
		{ "no-touch", { SEV_WARNING, SEV_INFO, SEV_OFF } },
		{ "blind", { SEV_WARNING, SEV_INFO, SEV_OFF } },
	};
	const struct policy p = shipped();

	(void)state;
	assert_int_equal(LENGTH(rows), ALERT_KINDS);
	for (int k = 0; k < ALERT_KINDS; k++) {
		assert_string_equal(alert_kinds[k].name, rows[k].name);
		assert_memory_equal(p.alert_severity[k], rows[k].by_tier, TIER_COUNT);
		for (int t = 0; t < TIER_COUNT; t++)
			assert_int_equal(*p.alert_play[k][t] != '\0',
				p.alert_severity[k][t] != SEV_OFF);
		for (int t = 0; t <= TIER_COUNT; t++) /* in no tier: as in the last */
			assert_string_equal(policy_play(&p, (enum alert_kind)k, t),
				p.alert_play[k][t ? t - 1 : TIER_COUNT - 1]);
	}
}

static void components(void **state)
{
	static const struct {
		enum component c;
		const char *name;
		double weight;
		int max_age;
		struct curve curve;
	} rows[] = {
		{ COMP_USAGE, "usage", 25, 14,
			{ 4, { 0, 4, 12, 20 }, { 0, 30, 70, 100 } } },
		{ COMP_ADOPTION, "adoption", 20, 45,
			{ 4, { 0, 30, 60, 85 }, { 0, 40, 80, 100 } } },
		{ COMP_SUPPORT, "support", 15, 30,
			{ 4, { 0, 1, 3, 6 }, { 100, 80, 40, 0 } } },
		{ COMP_SENTIMENT, "sentiment", 15, 180,
			{ 4, { 0, 6, 8, 10 }, { 0, 40, 75, 100 } } },
		{ COMP_UTILISATION, "utilisation", 10, 45,
			{ 3, { 0, 50, 80 }, { 0, 50, 100 } } },
		{ COMP_ENGAGEMENT, "engagement", 5, AGE_NEVER,
			{ 4, { 0, 14, 45, 90 }, { 100, 100, 50, 0 } } },
		{ COMP_STAKEHOLDER, "stakeholder", 5, AGE_NEVER,
			{ 2, { 0, 100 }, { 0, 100 } } },
		{ COMP_RENEWAL, "renewal", 5, AGE_NEVER,
			{ 4, { 0, 30, 90, 180 }, { 20, 40, 70, 100 } } },
	};
	const struct policy p = shipped();

	(void)state;
	assert_int_equal(LENGTH(rows), COMP_COUNT);
	for (int tier = 0; tier <= TIER_COUNT; tier++)
		for (size_t i = 0; i < LENGTH(rows); i++) {
			const struct health_rules *r = &p.health[tier];
			const struct curve *c = &r->curve[rows[i].c];

			assert_string_equal(component_name[rows[i].c], rows[i].name);
			assert_true(r->weight[rows[i].c] == rows[i].weight);
			assert_int_equal(r->max_age[rows[i].c], rows[i].max_age);
			assert_int_equal(c->n, rows[i].curve.n);
			for (int k = 0; k < c->n; k++) {
				assert_true(c->x[k] == rows[i].curve.x[k]);
				assert_true(c->y[k] == rows[i].curve.y[k]);
			}
		}
}

/* On the points, between them (exactly halfway), and flat beyond both ends. */
static void curves_at(void **state)
{
	static const struct {
		enum component c;
		double x, y;
	} rows[] = { { COMP_USAGE, -5, 0 }, { COMP_USAGE, 0, 0 }, { COMP_USAGE, 2, 15 },
		{ COMP_USAGE, 4, 30 }, { COMP_USAGE, 8, 50 }, { COMP_USAGE, 12, 70 },
		{ COMP_USAGE, 16, 85 }, { COMP_USAGE, 20, 100 }, { COMP_USAGE, 28, 100 },
		{ COMP_SUPPORT, 0.5, 90 }, { COMP_SUPPORT, 2, 60 },
		{ COMP_SUPPORT, 4.5, 20 }, { COMP_SUPPORT, 1000, 0 },
		{ COMP_SENTIMENT, 3, 20 }, { COMP_SENTIMENT, 7, 57.5 },
		{ COMP_SENTIMENT, 9, 87.5 }, { COMP_ENGAGEMENT, 7, 100 },
		{ COMP_ENGAGEMENT, 29.5, 75 }, { COMP_RENEWAL, -100, 20 },
		{ COMP_RENEWAL, 15, 30 }, { COMP_RENEWAL, 135, 85 },
		{ COMP_UTILISATION, 65, 75 }, { COMP_ADOPTION, 72.5, 90 } };
	const struct policy p = shipped();

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_true(
			curve_at(&p.health[0].curve[rows[i].c], rows[i].x) == rows[i].y);
	assert_true(curve_at(&p.stakeholders_curve, 0) == 0);
	assert_true(curve_at(&p.stakeholders_curve, 2) == 20);
	assert_true(curve_at(&p.stakeholders_curve, 5.5) == 70);
	assert_true(curve_at(&p.stakeholders_curve, 9) == 100);
	assert_true(curve_at(&p.tickets_curve, 10) == 75);
}

static void rules(void **state)
{
	const struct policy p = shipped();
	const struct {
		double is, should;
	} rows[] = {
		{ p.min_coverage, 0.40 },
		{ p.settling_days, 30 },
		{ p.pulse_days, 90 },
		{ p.pulse_red_max, 49 },
		{ p.healthy_from, 75 },
		{ p.watch_from, 50 },
		{ p.growth_min, -0.5 },
		{ p.growth_max, 1.0 },
		{ p.flag_weight[VAL_REFERENCE], 0.15 },
		{ p.flag_weight[VAL_MARQUEE], 0.20 },
		{ p.flag_weight[VAL_ADVOCATE], 0.10 },
		{ p.flag_weight[VAL_PARENT], 0.25 },
		{ p.flag_max, 2.0 },
		{ p.effort_weight[EFF_COMPLEXITY], 30 },
		{ p.effort_weight[EFF_MATURITY], 15 },
		{ p.effort_weight[EFF_STAKEHOLDERS], 15 },
		{ p.effort_weight[EFF_ONBOARDING], 10 },
		{ p.effort_weight[EFF_RENEWAL], 20 },
		{ p.effort_weight[EFF_TICKETS], 10 },
		{ p.renewal_near, 30 },
		{ p.renewal_far, 180 },
		{ p.effort_assumed, 50 },
		{ p.line_value, 80 },
		{ p.line_effort, 50 },
		{ p.score_value_weight, 0.7 },
		{ p.score_effort_weight, 0.3 },
		{ p.threshold[0], 70 },
		{ p.threshold[1], 40 },
		{ p.cap_bp[0], 1000 },
		{ p.cap_bp[1], 3000 },
		{ p.cap_bp[2], 10000 },
		{ p.hysteresis, 3 },
		{ p.swap_margin, 5 },
		{ p.up_streak, 1 },
		{ p.down_streak, 2 },
		{ p.min_days, 60 },
		{ p.fx_count, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		if (rows[i].is != rows[i].should)
			fail_msg("row %zu: %g, should be %g", i, rows[i].is,
				rows[i].should);
	assert_string_equal(p.currency, "USD");
}

/* Alerts, triage, capacity and rebalancing. */
static void limits(void **state)
{
	static const struct {
		enum policy_number n;
		double should;
	} rows[] = {
		{ POLICY_ALERT_DROP, 20 },
		{ POLICY_ALERT_DROP_WORSE, 40 },
		{ POLICY_ALERT_DROP_DAYS, 28 },
		{ POLICY_ALERT_RED, 50 },
		{ POLICY_ALERT_SILENT_1, 7 },
		{ POLICY_ALERT_SILENT_2, 14 },
		{ POLICY_ALERT_SILENT_3, 30 },
		{ POLICY_ALERT_SLOW_INFO, 2 },
		{ POLICY_ALERT_SLOW, 7 },
		{ POLICY_ALERT_RENEWAL_1, 120 },
		{ POLICY_ALERT_RENEWAL_2, 90 },
		{ POLICY_ALERT_RENEWAL_3, 60 },
		{ POLICY_ALERT_RENEWAL_HEALTH, 60 },
		{ POLICY_ALERT_RENEWAL_NEAR, 30 },
		{ POLICY_ALERT_EXPANSION_USE, 90 },
		{ POLICY_ALERT_EXPANSION_HEALTH, 70 },
		{ POLICY_ALERT_EXPANSION_DAYS, 30 },
		{ POLICY_ALERT_CHAMPION_DAYS, 60 },
		{ POLICY_ALERT_TICKETS, 3 },
		{ POLICY_ALERT_TICKETS_FACTOR, 2 },
		{ POLICY_ALERT_TICKETS_DAYS, 28 },
		{ POLICY_ALERT_DETRACTOR, 6 },
		{ POLICY_ALERT_DETRACTOR_DAYS, 30 },
		{ POLICY_ALERT_WARM_NPS, 9 },
		{ POLICY_ALERT_WARM_USAGE, 40 },
		{ POLICY_ALERT_UNDERUSED, 50 },
		{ POLICY_ALERT_UNDERUSED_DAYS, 180 },
		{ POLICY_ALERT_NO_TOUCH_1, 30 },
		{ POLICY_ALERT_NO_TOUCH_2, 90 },
		{ POLICY_ALERT_QUIET_DAYS, 14 },
		{ POLICY_ALERT_EXPANSION_QUIET, 90 },
		{ POLICY_ALERT_ESCALATE_1, 0 },
		{ POLICY_ALERT_ESCALATE_2, 5 },
		{ POLICY_ALERT_ESCALATE_3, 9999 },
		{ POLICY_SERVICE_HUMAN_1, 100 },
		{ POLICY_SERVICE_HUMAN_2, 20 },
		{ POLICY_SERVICE_HUMAN_3, 0 },
		{ POLICY_SERVICE_TOLERANCE, 10 },
		{ POLICY_SERVICE_DAYS, 90 },
		{ POLICY_TRIAGE_FLOOR, 0.02 },
		{ POLICY_TRIAGE_SPAN, 0.48 },
		{ POLICY_TRIAGE_NEAR_DAYS, 90 },
		{ POLICY_TRIAGE_NEAR, 1.5 },
		{ POLICY_TRIAGE_FAR_DAYS, 180 },
		{ POLICY_TRIAGE_FAR, 0.6 },
		{ POLICY_TRIAGE_SLOW, 4 },
		{ POLICY_TRIAGE_SLOW_DAYS, 7 },
		{ POLICY_TRIAGE_MAX, 0.95 },
		{ POLICY_TRIAGE_UNKNOWN, 50 },
		{ POLICY_TRIAGE_CRITICAL, 2.0 },
		{ POLICY_TRIAGE_WARNING, 1.3 },
		{ POLICY_TRIAGE_INFO, 1.0 },
		{ POLICY_TRIAGE_OPPORTUNITY, 0.3 },
		{ POLICY_CAP_T1_MIN, 8 },
		{ POLICY_CAP_T1_TARGET, 10 },
		{ POLICY_CAP_T1_MAX, 20 },
		{ POLICY_CAP_T1_ARR_MIN, 1500000 },
		{ POLICY_CAP_T1_ARR_MAX, 4000000 },
		{ POLICY_CAP_T2_MIN, 40 },
		{ POLICY_CAP_T2_TARGET, 60 },
		{ POLICY_CAP_T2_MAX, 80 },
		{ POLICY_CAP_T2_ARR_MIN, 2000000 },
		{ POLICY_CAP_T2_ARR_MAX, 5000000 },
		{ POLICY_CAP_T3_MIN, 200 },
		{ POLICY_CAP_T3_TARGET, 350 },
		{ POLICY_CAP_T3_MAX, 500 },
		{ POLICY_CAP_T2_POOLED, 0 },
		{ POLICY_CAP_ARR_NORM, 20000 },
		{ POLICY_CAP_CROWDED, 150 },
		{ POLICY_CAP_MIXED, 25 },
		{ POLICY_CAP_TOUCHES_1, 12 },
		{ POLICY_CAP_TOUCHES_2, 3 },
		{ POLICY_CAP_MINUTES_1, 75 },
		{ POLICY_CAP_MINUTES_2, 60 },
		{ POLICY_CAP_HOURS, 22.5 },
		{ POLICY_CAP_HEAD_COST, 120000 },
		{ POLICY_CAP_POOLED_LOSS, 5 },
		{ POLICY_CAP_MINUTES_UNSAID, 15 },
		{ POLICY_CAP_COST_SHARE, 20 },
		{ POLICY_CAP_FLAT_RATIO, 50 },
		{ POLICY_REBALANCE_FREEZE, 60 },
		{ POLICY_REBALANCE_MOVE_1, 5 },
		{ POLICY_REBALANCE_MOVE_2, 2 },
		{ POLICY_REBALANCE_MOVE_3, 1 },
		{ POLICY_REBALANCE_RECENT, 180 },
		{ POLICY_REBALANCE_FAMILIES, 1 },
		{ POLICY_REBALANCE_MOVES, 0 },
		{ POLICY_REBALANCE_CSM_MOVES, 0 },
		{ POLICY_SERVICE_REVIEWS_1, 4 },
		{ POLICY_SERVICE_REVIEWS_2, 0 },
		{ POLICY_SERVICE_REVIEWS_3, 0 },
		{ POLICY_SERVICE_BY_SIGNAL, 1 },
		{ POLICY_SERVICE_SELLING, 3 },
		{ POLICY_REVENUE_NRR_1, 110 },
		{ POLICY_REVENUE_NRR_2, 105 },
		{ POLICY_REVENUE_NRR_3, 100 },
		{ POLICY_REVENUE_GRR, 90 },
		{ POLICY_REVENUE_GRR_RED, 80 },
		{ POLICY_REVENUE_OUTSIDE, 50 },
		{ POLICY_REVENUE_FEW, 5 },
		{ POLICY_REVENUE_FIRST_TERM, 365 },
		{ POLICY_REVENUE_DIVERGES, 5 },
	};
	const struct policy p = shipped();

	(void)state;
	assert_int_equal(LENGTH(rows), POLICY_NUMBERS);
	for (size_t i = 0; i < LENGTH(rows); i++)
		if (p.number[rows[i].n] != rows[i].should)
			fail_msg("limit %d: %g, should be %g", rows[i].n,
				p.number[rows[i].n], rows[i].should);
}

/* "10 % of 99 = 9"; never less than one place, exact up to the largest base. */
static void caps(void **state)
{
	static const struct {
		uint32_t share_bp, active, places;
	} rows[] = { { 1000, 0, 1 }, { 1000, 1, 1 }, { 1000, 2, 1 }, { 1000, 9, 1 },
		{ 1000, 10, 1 }, { 1000, 19, 1 }, { 1000, 20, 2 }, { 1000, 99, 9 },
		{ 1000, 100, 10 }, { 1000, 600, 60 }, { 3000, 1, 1 }, { 3000, 2, 1 },
		{ 3000, 99, 29 }, { 3000, 100, 30 }, { 3000, 600, 180 }, { 0, 100, 1 },
		{ 1, 9999, 1 }, { 1, 20000, 2 }, { 1250, 100, 12 }, { 1250, 80, 10 },
		{ 10000, 600, 600 }, { 10000, UINT32_MAX, UINT32_MAX },
		{ 1000, 1000000, 100000 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_int_equal(
			tiers_cap(rows[i].share_bp, rows[i].active), rows[i].places);
}

/* assets/policy.ini is what `tierdesk policy show` prints for a new book. */
static void the_shipped_file_is_the_defaults(void **state)
{
	const struct asset *file = asset_find("policy.ini");
	const struct policy p = shipped();
	struct policy parsed;
	struct arena a;
	struct err e;
	const char *text;

	(void)state;
	arena_init(&a);
	text = policy_write(&p, &a);
	assert_non_null(text);
	assert_non_null(file);
	if (strlen(text) != file->size || memcmp(text, file->text, file->size) != 0)
		fail_msg("assets/policy.ini is stale: write into it what `tierdesk "
			 "policy show` prints for a new book");
	if (policy_parse(text, "policy.ini", &parsed, NULL, &e) != ST_OK)
		fail_msg("%s", e.text);
	assert_string_equal(policy_write(&parsed, &a), text);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alert_severities),
		cmocka_unit_test(components),
		cmocka_unit_test(curves_at),
		cmocka_unit_test(rules),
		cmocka_unit_test(limits),
		cmocka_unit_test(caps),
		cmocka_unit_test(the_shipped_file_is_the_defaults),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
