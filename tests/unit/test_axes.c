/* Value and effort, percentile ranks, the tier score and the quadrants. */
#include "core/axes.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

static struct policy policy;

/* The base of accounts written as lines. */
static struct base base_of(const char *lines)
{
	struct store *s = fake_store_new();
	struct base b;

	rows_put(s, REC_ACCOUNT, lines);
	b = rules_base(s, &policy, DAY);
	s->ops->close(s);
	return b;
}

static struct base base_of_one(const char *fields)
{
	return rules_base_of(&policy, DAY, fields, REC_COUNT, NULL);
}

/* value = arr * (1 + g)^3 * m, whole cents, half away from zero. */
static void value(void **state)
{
	static const struct {
		const char *why, *fields;
		double growth, multiplier;
		int64_t value;
	} rows[] = {
		{ "40k growing 40 %: 109,760", "arr=4000000|growth=0.4", 0.4, 1,
			10976000 },
		{ "80k flat", "arr=8000000", 0, 1, 8000000 },
		{ "80k growing by 0 is flat", "arr=8000000|growth=0", 0, 1, 8000000 },
		{ "shrinking by half: an eighth", "arr=8000000|growth=-0.5", -0.5, 1,
			1000000 },
		{ "clamped from below", "arr=8000000|growth=-0.9", -0.5, 1, 1000000 },
		{ "doubling: eight times", "arr=1000000|growth=1", 1, 1, 8000000 },
		{ "clamped from above", "arr=1000000|growth=3", 1, 1, 8000000 },
		{ "reference", "arr=1000000|reference=1", 0, 1.15, 1150000 },
		{ "marquee", "arr=1000000|marquee=1", 0, 1.2, 1200000 },
		{ "advocate", "arr=1000000|advocate=1", 0, 1.1, 1100000 },
		{ "parent", "arr=1000000|parent_expansion=1", 0, 1.25, 1250000 },
		{ "a flag of 0 is none", "arr=1000000|reference=0", 0, 1, 1000000 },
		{ "all four: 1.7",
			"arr=1000000|reference=1|marquee=1|advocate=1|"
			"parent_expansion=1",
			0, 1.7, 1700000 },
		{ "27,112.30 x 1.15 is half a cent on paper", "arr=2711230|reference=1",
			0, 1.15, 3117915 },
		{ "half a cent up", "arr=10|reference=1|growth=0", 0, 1.15, 12 },
		{ "0.4 of a cent down", "arr=4|advocate=1", 0, 1.1, 4 },
		{ "nothing of nothing", "arr=0|growth=1", 1, 1, 0 },
		{ "too large to write is the largest", "arr=500000000000000|growth=1", 1,
			1, MONEY_MAX },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b = base_of_one(rows[i].fields);
		struct value_explained v;

		axes_value(&policy, &b, 0, &v);
		if (v.value != rows[i].value)
			fail_msg("%s: %lld", rows[i].why, (long long)v.value);
		assert_true(v.growth == rows[i].growth);
		assert_true(fabs(v.multiplier - rows[i].multiplier) < 1e-12);
		assert_true(v.arr == b.arr[0]);
		base_clear(&b);
	}
}

/* Shipped flags total 1.7; the cap of 2.0 needs heavier ones. */
static void the_multiplier_is_capped(void **state)
{
	struct base b =
		base_of_one("arr=1000000|reference=1|marquee=1|parent_expansion=1");
	struct value_explained v;
	struct policy p = policy;

	(void)state;
	p.flag_weight[VAL_REFERENCE] = 0.55;
	axes_value(&p, &b, 0, &v); /* 1 + 0.55 + 0.20 + 0.25 */
	assert_int_equal(v.value, 2000000);
	p.flag_weight[VAL_REFERENCE] = 0.56;
	axes_value(&p, &b, 0, &v);
	assert_true(v.multiplier == 2);
	assert_int_equal(v.value, 2000000);
	base_clear(&b);
}

static void an_unknown_arr_has_no_value(void **state)
{
	struct base b = base_of_one("growth=0.4");
	struct value_explained v;

	(void)state;
	axes_value(&policy, &b, 0, &v);
	assert_true(v.arr == MONEY_NONE);
	assert_int_equal(v.value, 0);
	base_clear(&b);
}

#define NONE (-1.0)

/* Every part at its points and edges; -1 is missing. */
static void effort_parts(void **state)
{
	static const struct {
		const char *fields;
		int health;
		enum effort_part part;
		double is;
	} rows[] = {
		{ "complexity=0", 0, EFF_COMPLEXITY, 0 },
		{ "complexity=100", 0, EFF_COMPLEXITY, 100 },
		{ "", 0, EFF_COMPLEXITY, NONE },
		{ "maturity=30", 0, EFF_MATURITY, 70 },
		{ "", 0, EFF_MATURITY, NONE },
		{ "stakeholders=0", 0, EFF_STAKEHOLDERS, 0 },
		{ "stakeholders=1", 0, EFF_STAKEHOLDERS, 0 },
		{ "stakeholders=3", 0, EFF_STAKEHOLDERS, 40 },
		{ "stakeholders=8", 0, EFF_STAKEHOLDERS, 100 },
		{ "stakeholders=80", 0, EFF_STAKEHOLDERS, 100 },
		{ "", 0, EFF_STAKEHOLDERS, NONE },
		{ "onboarding_started=2026-03-31", 0, EFF_ONBOARDING, 100 },
		{ "onboarding_started=2024-01-01", 0, EFF_ONBOARDING, 100 },
		{ "onboarding_started=2024-01-01|first_value_on=2026-03-31", 0,
			EFF_ONBOARDING, 0 },
		{ "onboarding_started=2024-01-01|first_value_on=2026-04-01", 0,
			EFF_ONBOARDING, 100 },
		{ "first_value_on=2024-01-01", 0, EFF_ONBOARDING, 0 },
		{ "onboarding_started=2026-04-01", 0, EFF_ONBOARDING, NONE },
		{ "", 0, EFF_ONBOARDING, NONE },
		/* (100 - 40) * proximity; 30 days are 2026-04-30, 180 are 2026-09-27 */
		{ "renewal_date=2026-03-31", 40, EFF_RENEWAL, 60 },
		{ "renewal_date=2026-01-01", 40, EFF_RENEWAL, 60 }, /* overdue */
		{ "renewal_date=2026-04-30", 40, EFF_RENEWAL, 60 },
		{ "renewal_date=2026-07-14", 40, EFF_RENEWAL, 30 }, /* 105: halfway */
		{ "renewal_date=2026-09-27", 40, EFF_RENEWAL, 0 },
		{ "renewal_date=2029-01-01", 40, EFF_RENEWAL, 0 },
		{ "renewal_date=2026-03-31", 100, EFF_RENEWAL, 0 },
		{ "renewal_date=2026-03-31", 1, EFF_RENEWAL, 99 },
		{ "renewal_date=2026-03-31", 0, EFF_RENEWAL, NONE }, /* health unknown */
		{ "", 40, EFF_RENEWAL, NONE },
		{ "", 0, EFF_TICKETS, NONE },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b = base_of_one(rows[i].fields);
		struct effort_explained x;
		double is;

		axes_effort(&policy, &b, 0, rows[i].health, &x);
		is = isnan(x.part[rows[i].part]) ? NONE : x.part[rows[i].part];
		if (is != rows[i].is)
			fail_msg("%s, health %d: %s is %g", rows[i].fields,
				rows[i].health, effort_part_name[rows[i].part], is);
		base_clear(&b);
	}
}

/* Tickets in 90 days: 0→0, 5→50, 15→100. */
static void effort_of_tickets(void **state)
{
	static const double rows[][2] = { { 0, 0 }, { 1, 10 }, { 5, 50 }, { 10, 75 },
		{ 15, 100 }, { 40, 100 } };
	struct base b = base_of_one("");
	struct effort_explained x;

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		b.tickets[0] = rows[i][0];
		axes_effort(&policy, &b, 0, 0, &x);
		assert_true(x.part[EFF_TICKETS] == rows[i][1]);
		assert_true(x.effort == rows[i][1]);
	}
	base_clear(&b);
}

/* The weighted mean of what is present: 30 15 15 10 20 10. */
static void effort(void **state)
{
	static const struct {
		const char *fields;
		int health;
		double effort;
		bool assumed;
	} rows[] = {
		{ "", 0, 50, true }, { "", 90, 50, true }, /* health alone says nothing */
		{ "complexity=80", 0, 80, false }, { "complexity=0", 0, 0, false },
		{ "complexity=80|maturity=80", 0, 60, false }, /* (2400 + 300) / 45 */
		{ "complexity=60|maturity=40|stakeholders=8|onboarding_started=2026-03-"
		  "01|"
		  "renewal_date=2026-04-01",
			20, 680 / 9.0,
			false }, /* (1800 + 900 + 1500 + 1000 + 1600) / 90 */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b = base_of_one(rows[i].fields);
		struct effort_explained x;

		axes_effort(&policy, &b, 0, rows[i].health, &x);
		if (fabs(x.effort - rows[i].effort) > 1e-9 ||
			x.assumed != rows[i].assumed)
			fail_msg("%s: %.9f", rows[i].fields, x.effort);
		base_clear(&b);
	}
}

/* ---- scores of a base ------------------------------------------------------------ */

/* All of health is given as `health`; -1: not active. */
static struct scores score(const struct base *b, const int *health)
{
	struct scores s;

	MUST(scores_init(&s, b->n, &e));
	for (uint32_t i = 0; i < b->n; i++)
		s.health[i] = (uint8_t)(b->active[i] ? health[i] : (int)HEALTH_NONE);
	axes_score(&policy, b, &s);
	MUST(axes_value_pct(&s, &e));
	axes_tier_score(&policy, &s);
	return s;
}

/* "Two accounts of 200,000 ARR, one self-sufficient and one three weeks from a shaky
 * renewal, must not get the same tier score." */
static void two_of_200k_are_not_alike(void **state)
{
	static const int health[] = { 90, 40 };
	struct base b = base_of("account_id=A|arr=20000000|complexity=20|maturity=90|"
				"stakeholders=2|renewal_date=2027-03-31\n"
				"account_id=B|arr=20000000|complexity=20|maturity=90|"
				"stakeholders=2|renewal_date=2026-04-21");
	struct scores s = score(&b, health);

	(void)state;
	assert_true(s.value[0] == s.value[1]);
	assert_true(s.value_pct[0] == 50 && s.value_pct[1] == 50);
	/* (600 + 150 + 300 + 0) / 80 = 13.125; with 20 * 60: 2250 / 80 = 28.125 */
	assert_true(s.effort[0] == 13.125 && s.effort[1] == 28.125);
	assert_true(fabs(s.score[0] - 38.9375) < 1e-9);
	assert_true(fabs(s.score[1] - 43.4375) < 1e-9);
	scores_clear(&s);
	base_clear(&b);
}

static void growing_40k_outranks_flat_80k(void **state)
{
	static const int health[] = { 50, 50 };
	struct base b = base_of("account_id=A|arr=4000000|growth=0.4\n"
				"account_id=B|arr=8000000");
	struct scores s = score(&b, health);

	(void)state;
	assert_true(s.value_pct[0] == 75 && s.value_pct[1] == 25);
	assert_true(s.score[0] > s.score[1]);
	assert_int_equal(s.assumed[0], 1);
	/* 0.7 * 75 + 0.3 * 50 */
	assert_true(s.score[0] == 67.5 && s.score[1] == 32.5);
	scores_clear(&s);
	base_clear(&b);
}

/* 100 * (less + 0.5 * equal) / n; who is not active is not ranked and not counted. */
static void percentile_ranks(void **state)
{
	static const int health[] = { 80, 0, 50, 50, 50, 50 };
	static const double pct[] = { 10, 40, 40, 70, -1, 90 };
	struct base b = base_of("account_id=A|arr=100\naccount_id=B|arr=200\n"
				"account_id=C|arr=200\naccount_id=D|arr=300\n"
				"account_id=E|arr=900|status=churned\n"
				"account_id=F|arr=400");
	struct scores s = score(&b, health);

	(void)state;
	assert_int_equal(s.active, 5);
	for (uint32_t i = 0; i < s.n; i++) {
		if (pct[i] < 0) {
			assert_true(isnan(s.value_pct[i]) && isnan(s.score[i]));
			assert_true(isnan(s.effort[i]) && s.arr[i] == MONEY_NONE);
			continue;
		}
		assert_true(s.value_pct[i] == pct[i]);
	}
	scores_clear(&s);
	base_clear(&b);
}

static void ranks_of_few(void **state)
{
	static const int health[] = { 50, 50, 50, 50 };
	struct base b = base_of("account_id=A|arr=7");
	struct scores s = score(&b, health);

	(void)state;
	assert_true(s.value_pct[0] == 50); /* alone: less 0, equal 1 of 1 */
	scores_clear(&s);
	base_clear(&b);
	b = base_of("account_id=A|arr=7\naccount_id=B\naccount_id=C|arr=7\n"
		    "account_id=D|arr=0");
	s = score(&b, health);
	assert_true(s.value_pct[0] == 75 && s.value_pct[2] == 75);
	assert_true(s.value_pct[1] == 25 && s.value_pct[3] == 25);
	scores_clear(&s);
	base_clear(&b);
	b = base_of("account_id=A|status=churned");
	s = score(&b, health);
	assert_int_equal(s.active, 0);
	scores_clear(&s);
	base_clear(&b);
}

/* The mean rank of any base is 50. */
static void ranks_average_fifty(void **state)
{
	uint64_t seed = 5;

	(void)state;
	for (uint32_t n = 1; n <= 300; n += 13) {
		struct scores s;
		double sum = 0;

		MUST(scores_init(&s, n, &e));
		for (uint32_t i = 0; i < n; i++) {
			s.health[i] = 50;
			s.value[i] = rules_throw(&seed, 20);
		}
		MUST(axes_value_pct(&s, &e));
		for (uint32_t i = 0; i < n; i++)
			sum += s.value_pct[i];
		assert_true(fabs(sum / n - 50) < 1e-9);
		scores_clear(&s);
	}
}

static void quadrants(void **state)
{
	static const struct {
		double value_pct, effort;
		enum quadrant is;
		const char *name;
	} rows[] = {
		{ 80, 50, QUAD_ATTENTION, "strategic attention" },
		{ 100, 100, QUAD_ATTENTION, "strategic attention" },
		{ 80, 49.999, QUAD_MANAGED, "managed automation" },
		{ 79.999, 50, QUAD_FIX, "fix or standardise" },
		{ 79.999, 49.999, QUAD_TECH, "tech touch" },
		{ 0, 0, QUAD_TECH, "tech touch" },
		{ (double)NAN, 50, QUAD_NONE, "" },
		{ 80, (double)NAN, QUAD_NONE, "" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const enum quadrant q = axes_quadrant(rows[i].value_pct, rows[i].effort,
			policy.line_value, policy.line_effort);

		assert_int_equal(q, rows[i].is);
		assert_string_equal(quadrant_name[q], rows[i].name);
	}
	assert_int_equal(axes_quadrant(60, 60, 60, 70), QUAD_MANAGED); /* moved lines */
}

static int set_up(void **state)
{
	(void)state;
	policy_default(&policy);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(value),
		cmocka_unit_test(the_multiplier_is_capped),
		cmocka_unit_test(an_unknown_arr_has_no_value),
		cmocka_unit_test(effort_parts),
		cmocka_unit_test(effort_of_tickets),
		cmocka_unit_test(effort),
		cmocka_unit_test(two_of_200k_are_not_alike),
		cmocka_unit_test(growing_40k_outranks_flat_80k),
		cmocka_unit_test(percentile_ranks),
		cmocka_unit_test(ranks_of_few),
		cmocka_unit_test(ranks_average_fifty),
		cmocka_unit_test(quadrants),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
