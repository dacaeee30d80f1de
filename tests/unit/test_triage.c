/* Triage: the probability to leave, factor by factor, and the money with it. */
#include "core/triage.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

static struct policy policy;

static void formula(void **state)
{
	static const struct {
		const char *why, *fields;
		int health;
		double p;
		int64_t at_risk;
	} rows[] = {
		/* 0.02 + 0.48 x 0.25 = 0.14 */
		{ "health 50, no date", "arr=10000000", 50, 0.14, 1400000 },
		{ "unknown counts as 50", "arr=10000000", 0, 0.14, 1400000 },
		{ "health 100", "arr=10000000", 100, 0.02, 200000 },
		{ "health 1", "arr=10000000", 1, 0.02 + 0.48 * 0.99 * 0.99, 4904480 },
		{ "renewal in 90 days: 1.5", "arr=10000000|renewal_date=2026-06-29", 50,
			0.21, 2100000 },
		{ "overdue: 1.5", "arr=10000000|renewal_date=2026-03-01", 50, 0.21,
			2100000 },
		{ "in 91 days: 1", "arr=10000000|renewal_date=2026-06-30", 50, 0.14,
			1400000 },
		{ "in 180 days: 1", "arr=10000000|renewal_date=2026-09-27", 50, 0.14,
			1400000 },
		{ "in 181 days: 0.6", "arr=10000000|renewal_date=2026-09-28", 50, 0.084,
			840000 },
		{ "onboarding for 7 days", "arr=10000000|onboarding_started=2026-03-24",
			50, 0.14, 1400000 },
		{ "onboarding for 8 days: 4",
			"arr=10000000|onboarding_started=2026-03-23", 50, 0.56, 5600000 },
		{ "and value was reached",
			"arr=10000000|onboarding_started=2026-03-01|"
			"first_value_on=2026-03-31",
			50, 0.14, 1400000 },
		{ "at most 0.95",
			"arr=10000000|onboarding_started=2026-03-01|"
			"renewal_date=2026-04-01",
			20, 0.95, 9500000 },
		{ "strategic weight", "arr=10000000|reference=1|marquee=1", 50, 0.14,
			1890000 },
		{ "half a cent rounds up", "arr=25|renewal_date=2027-03-31", 100, 0.012,
			0 },
		{ "no ARR", "", 50, 0.14, MONEY_NONE },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct triage_explained x;
		struct triage_facts f;
		struct base b;

		b = rules_base_of(&policy, DAY, rows[i].fields, REC_COUNT, NULL);
		f = triage_facts_of(&policy, &b, 0, rows[i].health);
		triage_explain(&policy, &f, &x);
		if (fabs(x.p - rows[i].p) > 1e-12 || x.at_risk != rows[i].at_risk)
			fail_msg("%s: p %g, at risk %lld", rows[i].why, x.p,
				(long long)x.at_risk);
		base_clear(&b);
	}
}

static void weights(void **state)
{
	(void)state;
	assert_true(triage_weight(&policy, SEV_CRITICAL) == 2.0);
	assert_true(triage_weight(&policy, SEV_WARNING) == 1.3);
	assert_true(triage_weight(&policy, SEV_INFO) == 1.0);
	assert_int_equal(triage_opportunity(&policy, 10000000), 3000000);
	assert_true(triage_opportunity(&policy, MONEY_NONE) == MONEY_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formula),
		cmocka_unit_test(weights),
	};

	policy_default(&policy);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
