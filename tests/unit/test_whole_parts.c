/* What goes through a whole part at once makes of it what the rules make of each account
 * alone, bit for bit: health, alerts, money at risk. */
#include "core/alert_find.h"
#include "core/health.h"
#include "core/money.h"
#include "core/triage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

enum { ROUNDS = 150, ACCOUNTS = 700, AS_OF = 20543 };

/* ---- any part, any policy --------------------------------------------------------- */

static double number(uint64_t *seed, uint32_t most)
{
	static const double odd[] = { 0, -0.0, 1, 100, 0.5, 1e300, -3, INFINITY,
		-INFINITY, 1e-300 };

	if (rules_throw(seed, 5) == 0)
		return NAN;
	if (rules_throw(seed, 20) == 0)
		return odd[rules_throw(seed, sizeof(odd) / sizeof(*odd))];
	return rules_throw(seed, most + 1) / (rules_throw(seed, 3) ? 1.0 : 3.0);
}

static int32_t day(uint64_t *seed, int32_t ahead)
{
	return rules_throw(seed, 5) ? AS_OF + ahead - (int32_t)rules_throw(seed, 200)
				    : DAY_NONE;
}

static void fill_signals(struct base *b, uint32_t i, uint64_t *seed)
{
	static const uint32_t most[SIG_KNOWN] = {
		[SIG_ACTIVE_DAYS] = 28, [SIG_NPS] = 10, [SIG_CSAT] = 5, [SIG_PULSE] = 3
	};

	for (int k = 0; k < SIG_KNOWN; k++) {
		b->day[k][i] = day(seed, 0);
		b->signal[k][i] = b->day[k][i] == DAY_NONE
					  ? NAN
					  : number(seed, most[k] ? most[k] : 120);
	}
}

static void fill(struct base *b, uint32_t i, uint64_t *seed)
{
	b->active[i] = rules_throw(seed, 9) != 0;
	b->flags[i] = (uint8_t)rules_throw(seed, 256);
	b->arr[i] = rules_throw(seed, 6) ? rules_throw(seed, 1u << 30) : MONEY_NONE;
	b->growth[i] = number(seed, 2);
	b->complexity[i] = number(seed, 100);
	b->maturity[i] = number(seed, 100);
	b->stakeholders[i] = number(seed, 20);
	b->seats_purchased[i] = number(seed, 100);
	b->features_available[i] = number(seed, 40);
	b->tickets[i] = number(seed, 12);
	b->tickets_day[i] = day(seed, 0);
	b->tickets_now[i] = number(seed, 9);
	b->tickets_before[i] = number(seed, 5);
	b->stakeholder[i] = number(seed, 100);
	b->renewal[i] = day(seed, 190);
	b->onboarding[i] = day(seed, 0);
	b->first_value[i] = day(seed, 0);
	b->last_touch[i] = day(seed, 0);
	b->left[i] = day(seed, 0);
	b->left_sponsor[i] = (uint8_t)rules_throw(seed, 2);
	fill_signals(b, i, seed);
}

static struct base any_part(uint64_t *seed)
{
	struct base b;

	MUST(base_init(&b, &e));
	b.first_id = 1;
	b.as_of = AS_OF;
	b.n = rules_throw(seed, ACCOUNTS);
	for (uint32_t i = 0; i < b.n; i++)
		fill(&b, i, seed);
	return b;
}

/* Curves of 2 to 12 points; now and then rules of its own for a tier. */
static struct policy any_policy(uint64_t *seed)
{
	struct policy p;

	policy_default(&p);
	for (int c = 0; c < COMP_COUNT; c++) {
		struct curve *x = &p.health[0].curve[c];

		x->n = 2 + (int)rules_throw(seed, CURVE_POINTS_MAX - 1);
		for (int k = 0; k < x->n; k++) {
			x->x[k] = (k ? x->x[k - 1] + 0.25 : 0) + rules_throw(seed, 20);
			x->y[k] = rules_throw(seed, 101);
		}
		p.health[0].weight[c] = rules_throw(seed, 30);
		p.health[0].max_age[c] =
			rules_throw(seed, 3) ? (int)rules_throw(seed, 200) : AGE_NEVER;
	}
	p.health[0].weight[0] += 1;
	for (int t = 1; t <= TIER_COUNT; t++)
		p.health[t] = p.health[rules_throw(seed, 3) ? 0 : t - 1];
	p.health[3].weight[1] += rules_throw(seed, 2);
	for (int k = 0; k < ALERT_KINDS; k++)
		if (rules_throw(seed, 4) == 0)
			p.alert_severity[k][rules_throw(seed, TIER_COUNT)] =
				(uint8_t)rules_throw(seed, SEVERITIES);
	p.number[POLICY_ALERT_RED] = rules_throw(seed, 100);
	p.number[POLICY_ALERT_WARM_USAGE] = rules_throw(seed, 100);
	p.number[POLICY_TRIAGE_UNKNOWN] = 1 + rules_throw(seed, 100);
	return p;
}

static void any_bytes(uint8_t *out, uint32_t n, uint32_t sides, uint64_t *seed)
{
	for (uint32_t i = 0; i < n; i++)
		out[i] = (uint8_t)rules_throw(seed, sides);
}

static bool same_bits(double a, double b)
{
	return (isnan(a) && isnan(b)) || memcmp(&a, &b, sizeof(a)) == 0;
}

/* ---- tests ------------------------------------------------------------------------ */

static void health_is_that_of_each(void **state)
{
	static uint8_t tier[ACCOUNTS], health[ACCOUNTS];
	static double coverage[ACCOUNTS];
	uint64_t seed = 3;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct base b = any_part(&seed);
		const struct policy p = any_policy(&seed);

		any_bytes(tier, b.n, TIER_COUNT + 1, &seed);
		health_only(&p, &b, tier, health, coverage);
		for (uint32_t i = 0; i < b.n; i++) {
			struct health_explained x = { .health = HEALTH_NONE,
				.coverage = NAN };

			if (b.active[i])
				health_explain(&p, &b, i, tier[i], &x);
			if (x.health != health[i] || !same_bits(x.coverage, coverage[i]))
				fail_msg("round %d, %u: health %d of %.17g, not %d of "
					 "%.17g",
					round, i, health[i], coverage[i], x.health,
					x.coverage);
		}
		base_clear(&b);
	}
}

struct alerts {
	uint16_t live[ACCOUNTS], critical[ACCOUNTS];
	struct alert_counts counts;
};

/* Of the kinds as alert_find has it, of all others as it was. */
static void find_each(const struct policy *p, const struct alert_part *part,
	unsigned kinds, struct alerts *x)
{
	for (int k = 0; k < ALERT_KINDS; k++)
		if (kinds >> k & 1)
			memset(x->counts.n[k], 0, sizeof(x->counts.n[k]));
	for (uint32_t i = 0; i < part->base->n; i++) {
		const struct alert_subject s = alert_subject_of(part, i);
		struct alert_found found[ALERT_KINDS];

		x->live[i] &= (uint16_t)~kinds;
		x->critical[i] &= (uint16_t)~kinds;
		if (!part->base->active[i])
			continue;
		alert_find(p, &s, found);
		for (int k = 0; k < ALERT_KINDS; k++) {
			const enum severity v = found[k].severity;

			if (!(kinds >> k & 1) || v == SEV_OFF)
				continue;
			x->live[i] |= (uint16_t)(1u << k);
			x->critical[i] |= (uint16_t)((v == SEV_CRITICAL) << k);
			x->counts.n[k][v]++;
		}
	}
}

static void alerts_are_those_of_each(void **state)
{
	static uint8_t tier[ACCOUNTS], health[ACCOUNTS], peak[ACCOUNTS], ago[ACCOUNTS];
	static double coverage[ACCOUNTS];
	static struct alerts at_once, each;
	const struct alert_holds holds = { at_once.live, at_once.critical };
	uint64_t seed = 8;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct base b = any_part(&seed);
		struct policy p = any_policy(&seed);
		const struct alert_part part = { &b, tier, health, coverage, peak, ago };

		any_bytes(tier, b.n, TIER_COUNT + 1, &seed);
		any_bytes(peak, b.n, 101, &seed);
		any_bytes(ago, b.n, 28, &seed);
		for (int again = 0; again < 4; again++) {
			/* first all, then those that health has an influence on */
			const unsigned kinds = again ? 1u << ALERT_HEALTH_RED |
							       1u << ALERT_BLIND |
							       1u << ALERT_HEALTH_DROP |
							       1u << ALERT_RENEWAL |
							       1u << ALERT_EXPANSION
						     : ALERT_EVERY_KIND;

			any_bytes(health, b.n, 101, &seed);
			for (uint32_t i = 0; i < b.n; i++)
				coverage[i] = rules_throw(&seed, 101) / 100.0;
			alert_only(&p, &part, kinds, &holds, &at_once.counts);
			find_each(&p, &part, kinds, &each);
			assert_memory_equal(&at_once, &each, sizeof(each));
			p.number[POLICY_ALERT_RED] = rules_throw(&seed, 100);
		}
		base_clear(&b);
	}
}

static void risk_is_the_sum_of_each(void **state)
{
	static uint8_t health[ACCOUNTS];
	uint64_t seed = 21;

	(void)state;
	for (int round = 0; round < ROUNDS; round++) {
		struct base b = any_part(&seed);
		const struct policy p = any_policy(&seed);
		int64_t sum = 0;

		any_bytes(health, b.n, 101, &seed);
		for (uint32_t i = 0; i < b.n; i++) {
			const struct triage_facts f =
				triage_facts_of(&p, &b, i, health[i]);
			struct triage_explained x;

			triage_explain(&p, &f, &x);
			sum += b.active[i] && x.at_risk != MONEY_NONE ? x.at_risk : 0;
		}
		assert_true(triage_sum(&p, &b, health) == sum);
		base_clear(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(health_is_that_of_each),
		cmocka_unit_test(alerts_are_those_of_each),
		cmocka_unit_test(risk_is_the_sum_of_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
