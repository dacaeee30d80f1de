/* Points: whole numbers that add up to health, for any account; the scores are what
 * the explanation says; tiers may have rules of their own. */
#include "core/health.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define AS_OF 20543 /* 2026-03-31 */

/* Largest remainder: what is left over goes to the largest fractions, ties to the
 * first. */
static void splits_by_largest_remainder(void **state)
{
	static const struct {
		int n, total;
		double share[4];
		int out[4];
	} rows[] = {
		{ 3, 100, { 1, 1, 1 }, { 34, 33, 33 } },
		{ 3, 101, { 1, 1, 1 }, { 34, 34, 33 } },
		{ 3, 10, { 5, 3, 2 }, { 5, 3, 2 } },
		{ 3, 7, { 5, 3, 2 }, { 4, 2, 1 } }, /* 3.5, 2.1, 1.4 */
		{ 4, 1, { 1, 2, 3, 4 }, { 0, 0, 0, 1 } },
		{ 4, 1, { 4, 4, 4, 4 }, { 1, 0, 0, 0 } },
		{ 4, 0, { 1, 2, 3, 4 }, { 0, 0, 0, 0 } },
		{ 2, 50, { 0, 9 }, { 0, 50 } },
		{ 2, 3, { 0, 0 }, { 2, 1 } }, /* nothing to go by: one each in turn */
		{ 1, 77, { 0.001 }, { 77 } },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int out[4] = { 0 };

		health_split(rows[i].share, rows[i].n, rows[i].total, out);
		for (int k = 0; k < rows[i].n; k++)
			if (out[k] != rows[i].out[k])
				fail_msg("row %zu: share %d got %d", i, k, out[k]);
	}
}

/* ---- random accounts ------------------------------------------------------------- */

static int32_t random_day(uint64_t *seed)
{
	return rules_throw(seed, 5) ? AS_OF - (int32_t)rules_throw(seed, 60) : DAY_NONE;
}

static double random_number(uint64_t *seed, uint32_t sides)
{
	return rules_throw(seed, 6) ? (double)rules_throw(seed, sides) : (double)NAN;
}

static void random_account(struct base *b, uint32_t i, uint64_t *seed)
{
	static const uint32_t most[SIG_KNOWN] = { 29, 90, 25, 60, 15, 11, 6, 4 };
	static const double stakeholder[] = { 0, 60, 100 };

	for (int k = 0; k < SIG_KNOWN; k++) {
		b->day[k][i] = random_day(seed);
		b->signal[k][i] = b->day[k][i] == DAY_NONE ? (double)NAN
							   : rules_throw(seed, most[k]);
	}
	b->tickets[i] = b->signal[SIG_TICKETS_90D][i];
	b->tickets_day[i] = b->day[SIG_TICKETS_90D][i];
	b->features_available[i] = random_number(seed, 30);
	b->seats_purchased[i] = random_number(seed, 60);
	b->last_touch[i] = random_day(seed);
	b->stakeholder[i] =
		rules_throw(seed, 4) ? stakeholder[rules_throw(seed, 3)] : (double)NAN;
	b->renewal[i] = rules_throw(seed, 4)
				? AS_OF - 30 + (int32_t)rules_throw(seed, 250)
				: DAY_NONE;
	b->onboarding[i] = random_day(seed);
	b->active[i] = rules_throw(seed, 20) != 0;
}

static void adds_up(const struct policy *p, const struct health_explained *x)
{
	double present = 0, sum = 0;
	int points = 0;

	for (int c = 0; c < COMP_COUNT; c++) {
		const struct component_explained *k = &x->component[c];

		points += k->points;
		assert_true(k->points >= 0 && k->points <= 100);
		if (k->state != COMP_PRESENT) {
			assert_int_equal(k->points, 0);
			continue;
		}
		present += k->weight;
		sum += k->weight * k->score;
	}
	assert_int_equal(points, x->unheld);
	assert_true(fabs(x->coverage - present / 100) < 1e-12);
	assert_int_equal(x->unheld == 0, x->coverage < p->min_coverage);
	/* whole points: always less than one away from the exact share */
	for (int c = 0; c < COMP_COUNT && sum > 0 && x->unheld > 0; c++)
		if (x->component[c].state == COMP_PRESENT)
			assert_true(
				fabs(x->component[c].points -
					x->component[c].weight * x->component[c].score *
						x->unheld / sum) < 1);
	if (x->unheld > 0)
		assert_true(fabs(x->unheld - fmax(1, sum / present)) <= 0.5 + 1e-6);
	assert_int_equal(x->held_by_pulse, x->health < x->unheld);
	assert_true(x->health == (x->held_by_pulse ? p->pulse_red_max : x->unheld));
	assert_true(!x->held_by_pulse || x->pulse == 1);
}

static void scored_as_explained(const struct base *b, uint32_t i, const struct scores *s,
	const struct health_explained *x)
{
	const uint32_t at = b->first_id - 1 + i;

	if (!b->active[i]) {
		assert_int_equal(s->health[at], HEALTH_NONE);
		assert_true(isnan(s->coverage[at]));
	} else {
		assert_int_equal(s->health[at], x->health);
		assert_true(s->coverage[at] == x->coverage);
	}
	for (int c = 0; c < COMP_COUNT; c++)
		assert_int_equal(s->points[c][at],
			b->active[i] && x->component[c].state == COMP_PRESENT
				? (unsigned)x->component[c].points
				: POINTS_MISSING);
}

/* 10^5 accounts, in parts that do not begin at id 1, with rules of their own for
 * tiers 1 and 3. */
static void points_add_up_for_any_account(void **state)
{
	enum { PER_PART = 4000, ROUNDS = 25, FIRST = 4097 };
	static uint8_t tier[FIRST + PER_PART];
	struct health_explained x;
	struct policy p;
	struct scores s;
	struct base b;
	struct err e;
	uint64_t seed = 20260331;

	(void)state;
	assert_int_equal(policy_parse("[health.tier1]\nusage = 20.5\nrenewal = 9.5\n"
				      "[health.tier3.max_age]\nusage = never\n"
				      "[health.tier3.curves]\nsupport = 0:60 1:100 6:0\n",
				 "p", &p, NULL, &e),
		ST_OK);
	assert_int_equal(base_init(&b, &e), ST_OK);
	assert_int_equal(scores_init(&s, FIRST + PER_PART, &e), ST_OK);
	b.first_id = FIRST;
	b.n = PER_PART;
	b.as_of = AS_OF;
	for (int round = 0; round < ROUNDS; round++) {
		for (uint32_t i = 0; i < b.n; i++) {
			random_account(&b, i, &seed);
			tier[FIRST - 1 + i] = (uint8_t)rules_throw(&seed, 4);
		}
		health_score(&p, &b, tier, &s);
		for (uint32_t i = 0; i < b.n; i++) {
			health_explain(&p, &b, i, tier[FIRST - 1 + i], &x);
			adds_up(&p, &x);
			scored_as_explained(&b, i, &s, &x);
		}
	}
	assert_int_equal(s.health[FIRST - 2], HEALTH_NONE); /* not ours */
	scores_clear(&s);
	base_clear(&b);
}

/* Tier 1 weighs sentiment twice as much; without tiers the general rules hold. */
static void tiers_have_rules_of_their_own(void **state)
{
	/* usage 100, support 80, sentiment 0: general (2500 + 1200) / 55 = 67.3;
	 * tier 1 (1000 + 1200) / 55 = 40 */
	static const int should[] = { 67, 40, 67, 67 };
	struct health_explained x;
	struct policy p;
	struct scores s;
	struct base b;
	struct err e;

	(void)state;
	assert_int_equal(policy_parse("[health.tier1]\nusage = 10\nsentiment = 30\n", "p",
				 &p, NULL, &e),
		ST_OK);
	assert_int_equal(base_init(&b, &e), ST_OK);
	assert_int_equal(scores_init(&s, 1, &e), ST_OK);
	b.first_id = b.n = 1;
	b.as_of = AS_OF;
	b.active[0] = 1;
	for (int k = 0; k < SIG_KNOWN; k++)
		b.day[k][0] = DAY_NONE;
	b.day[SIG_ACTIVE_DAYS][0] = b.day[SIG_NPS][0] = b.tickets_day[0] = AS_OF;
	b.signal[SIG_ACTIVE_DAYS][0] = 20;
	b.signal[SIG_NPS][0] = 0;
	b.tickets[0] = 1;
	b.features_available[0] = b.seats_purchased[0] = b.stakeholder[0] = (double)NAN;
	b.last_touch[0] = b.renewal[0] = b.onboarding[0] = DAY_NONE;
	for (uint8_t t = 0; t <= TIER_COUNT; t++) {
		health_explain(&p, &b, 0, t, &x);
		assert_int_equal(x.health, should[t]);
		assert_true(x.component[COMP_USAGE].weight == (t == 1 ? 10 : 25));
		health_score(&p, &b, &t, &s);
		assert_int_equal(s.health[0], should[t]);
	}
	health_score(&p, &b, NULL, &s);
	assert_int_equal(s.health[0], 67);
	scores_clear(&s);
	base_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(splits_by_largest_remainder),
		cmocka_unit_test(points_add_up_for_any_account),
		cmocka_unit_test(tiers_have_rules_of_their_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
