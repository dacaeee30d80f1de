/* Figures of trends, worked by hand. */
#include "core/trend.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "core/health.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define NONE HEALTH_NONE
#define UNKNOWN HEALTH_UNKNOWN

static struct policy policy;

static bool same(double a, double b)
{
	return isnan(a) ? isnan(b) : fabs(a - b) < 1e-9;
}

/* ---- points --------------------------------------------------------------------- */

static void quartiles(void **state)
{
	static const struct {
		uint32_t n;
		uint8_t health[8];
		double mean, q[3];
	} rows[] = {
		{ 0, { 0 }, NAN, { NAN, NAN, NAN } },
		{ 2, { UNKNOWN, NONE }, NAN, { NAN, NAN, NAN } },
		{ 1, { 70 }, 70, { 70, 70, 70 } },
		{ 2, { 10, 20 }, 15, { 12.5, 15, 17.5 } },
		{ 4, { 40, 10, 30, 20 }, 25, { 17.5, 25, 32.5 } },
		{ 5, { 1, 100, 50, 20, 90 }, 52.2, { 20, 50, 90 } },
		{ 6, { 60, 60, 60, UNKNOWN, NONE, 80 }, 65, { 60, 60, 65 } },
		{ 3, { 100, 100, 1 }, 67, { 50.5, 100, 100 } },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct snapshot_sums sums = { .at = { 20000, 3 } };
		struct trend_point p;
		uint8_t tier[8] = { 0 };

		trend_count(&sums, rows[i].health, tier, NULL, rows[i].n);
		trend_point_of(&sums, &policy, &p);
		assert_int_equal(p.at.day, 20000);
		assert_int_equal(p.at.policy_version, 3);
		assert_true(same(rows[i].mean, p.mean));
		for (int q = 0; q < 3; q++)
			assert_true(same(rows[i].q[q], p.quartile[q]));
	}
}

/* 75 is healthy, 74 is not, 50 is not at risk, 49 is. */
static void bands_and_tiers(void **state)
{
	static const uint8_t health[] = { 75, 74, 50, 49, UNKNOWN, NONE, 100, 1 };
	static const uint8_t tier[] = { 1, 2, 2, 3, 0, 1, 3, 3 };
	static const uint8_t in[] = { 1, 1, 0, 1, 1, 1, 0, 0 };
	struct snapshot_sums all = { .at.day = 1 }, some = { .at.day = 1 };
	struct trend_point p;

	(void)state;
	trend_count(&all, health, tier, NULL, 8);
	trend_point_of(&all, &policy, &p);
	assert_int_equal(p.active, 7);
	assert_int_equal(p.in_band[BAND_HEALTHY], 2);
	assert_int_equal(p.in_band[BAND_WATCH], 2);
	assert_int_equal(p.in_band[BAND_AT_RISK], 2);
	assert_int_equal(p.in_band[BAND_UNKNOWN], 1);
	assert_int_equal(p.in_tier[0], 1);
	assert_int_equal(p.in_tier[1], 1); /* who is not active is in none */
	assert_int_equal(p.in_tier[2], 2);
	assert_int_equal(p.in_tier[3], 3);
	trend_count(&some, health, tier, in, 8);
	trend_point_of(&some, &policy, &p);
	assert_int_equal(p.active, 4);
	assert_int_equal(p.in_band[BAND_HEALTHY], 1);
	assert_int_equal(p.in_band[BAND_AT_RISK], 1);
	assert_int_equal(p.in_tier[2], 1);
	assert_true(same(trend_share(1, 4), 25));
	assert_true(isnan(trend_share(0, 0)));
}

/* Weeks are counted back from the newest; of each the newest stays. */
static void samples(void **state)
{
	static const struct {
		uint32_t n;
		int32_t day[8];
		int step;
		uint32_t kept;
		uint32_t keep[8];
	} rows[] = {
		{ 0, { 0 }, 7, 0, { 0 } },
		{ 1, { 100 }, 7, 1, { 0 } },
		{ 3, { 86, 93, 100 }, 7, 3, { 0, 1, 2 } },
		{ 4, { 93, 94, 95, 100 }, 7, 2, { 0, 3 } },
		{ 8, { 93, 94, 95, 96, 97, 98, 99, 100 }, 7, 2, { 0, 7 } },
		{ 3, { 10, 11, 100 }, 7, 2, { 1, 2 } }, /* a long time without any */
		{ 5, { 60, 72, 73, 93, 100 }, 28, 2, { 1, 4 } },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		uint32_t keep[8];

		/* 100 - 72 = 28 is the second window, 100 - 73 = 27 still the first */
		assert_int_equal(trend_sample(rows[i].day, rows[i].n, rows[i].step, keep),
			rows[i].kept);
		for (uint32_t k = 0; k < rows[i].kept; k++)
			assert_int_equal(keep[k], rows[i].keep[k]);
	}
}

/* ---- ARR ------------------------------------------------------------------------ */

#define CONTRACT(id, start, end, arr) \
	"contract_id=" id "|account_id=A|start=" start "|end=" end "|arr=" arr "\n"
#define MOVE(day, kind, delta) \
	"account_id=A|date=" day "|kind=" kind "|arr_delta=" delta "\n"

/* What account A with these rows had at the end of January, February and March, as seen
 * on the last day of March. */
static void arr_of_the_past(void **state)
{
	static const struct {
		const char *fields, *contracts, *movements;
		int64_t arr[3];
	} rows[] = {
		{ "", NULL, NULL, { 0, 0, 0 } },
		{ "|arr=500", NULL, NULL, { 500, 500, 500 } },
		{ "|arr=500|contract_start=2026-02-28", NULL, NULL, { 0, 500, 500 } },
		{ "|arr=500|churned_on=2026-02-28", NULL, NULL, { 500, 0, 0 } },
		/* today's, less what moved since; a movement of the day counts */
		{ "|arr=500", NULL,
			MOVE("2026-02-28", "expansion", "100")
				MOVE("2026-03-01", "contraction", "-30"),
			{ 430, 530, 500 } },
		/* still to come: not known on the day */
		{ "|arr=500", NULL, MOVE("2026-04-01", "expansion", "100"),
			{ 500, 500, 500 } },
		/* who left by a movement has nothing, whatever the amount given says */
		{ "|arr=500|churned_on=2026-03-10", NULL,
			MOVE("2026-03-10", "churn", "-480"), { 480, 480, 0 } },
		{ "|arr=0|churned_on=2026-03-10", NULL,
			MOVE("2026-02-10", "expansion", "80")
				MOVE("2026-03-10", "churn", "-480"),
			{ 400, 480, 0 } },
		/* left and came back */
		{ "|arr=300", NULL,
			MOVE("2026-02-10", "churn", "-480")
				MOVE("2026-03-10", "reactivation", "300"),
			{ 480, 0, 300 } },
		/* contracts speak alone; [start, end) */
		{ "|arr=500", CONTRACT("1", "2025-01-01", "2026-02-28", "700"),
			MOVE("2026-02-28", "expansion", "100"), { 700, 0, 0 } },
		{ "|arr=500",
			CONTRACT("1", "2025-01-01", "2026-02-01", "700")
				CONTRACT("2", "2026-02-01", "", "800")
					CONTRACT("3", "2026-03-31", "", "50"),
			NULL, { 700, 800, 850 } },
		{ "|arr=500|churned_on=2026-03-01",
			CONTRACT("1", "2025-01-01", "", "700"), NULL, { 700, 700, 0 } },
		{ "|arr=500|currency=EUR", NULL, MOVE("2026-03-01", "expansion", "100"),
			{ 900, 900, 1000 } }, /* the movement is in the base currency */
	};
	const int32_t day[3] = { day_of("2026-01-31"), day_of("2026-02-28"),
		day_of("2026-03-31") };
	int64_t out[3 * PART_ACCOUNTS];
	struct rates rates = { .rate = { 1, 2 }, .n = 2 };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct store *s = fake_store_new();
		struct part p;
		char line[256];

		snprintf(line, sizeof(line), "account_id=A%s", rows[i].fields);
		rows_put(s, REC_ACCOUNT, line);
		if (rows[i].contracts)
			rows_put(s, REC_CONTRACT, rows[i].contracts);
		if (rows[i].movements)
			rows_put(s, REC_MOVEMENT, rows[i].movements);
		MUST(part_init(&p, &e));
		MUST(s->ops->part(s, 0, day[2], &p, &e));
		MUST(trend_arr(&p, &rates, day, 3, day[2], out, &e));
		for (size_t d = 0; d < 3; d++)
			assert_int_equal(out[d * PART_ACCOUNTS], rows[i].arr[d]);
		part_clear(&p);
		s->ops->close(s);
	}
}

/* ---- tiers ---------------------------------------------------------------------- */

/* Negative and missing amounts count nowhere, nor who isn't meant; a tier that can't be
 * is none. */
static void money_of_tiers(void **state)
{
	static const int64_t arr[] = { 500, 300, -20, 150, MONEY_NONE, 50, 7 };
	static const uint8_t tier[] = { 1, 2, 1, 3, 2, 0, 9 };
	static const uint8_t in[] = { 1, 0, 1, 1, 1, 1, 0 };
	const int64_t much[] = { INT64_MAX - 1, 2 };
	struct trend_money all = { { 0 } }, some = { { 0 } }, none = { { 0 } };
	struct err problem;

	(void)state;
	MUST(trend_money_add(&all, arr, tier, NULL, 6, &e));
	assert_int_equal(all.in_tier[0], 50);
	assert_int_equal(all.in_tier[1], 500);
	assert_int_equal(all.in_tier[2], 300);
	assert_int_equal(all.in_tier[3], 150);
	assert_true(same(trend_money_share(&all, 1), 50));
	assert_true(same(trend_money_share(&all, 3), 15));
	MUST(trend_money_add(&all, arr + 6, tier + 6, NULL, 1, &e));
	assert_int_equal(all.in_tier[0], 57);
	MUST(trend_money_add(&some, arr, tier, in, 7, &e));
	assert_int_equal(some.in_tier[2], 0);
	assert_int_equal(some.in_tier[0], 50);
	assert_true(isnan(trend_money_share(&none, 1)));
	assert_int_equal(
		trend_money_add(&none, much, tier + 1, NULL, 1, &problem), ST_OK);
	assert_int_equal(trend_money_add(&none, much + 1, tier + 1, NULL, 1, &problem),
		ST_INVALID);
}

/* ---- cohorts -------------------------------------------------------------------- */

static void cohorts(void **state)
{
	static const struct {
		uint32_t n;
		int64_t opening[5], closing[5];
		uint32_t accounts, lost;
		double nrr, grr;
	} rows[] = {
		{ 0, { 0 }, { 0 }, 0, 0, NAN, NAN },
		{ 1, { 0 }, { 900 }, 0, 0, NAN, NAN }, /* new: no cohort */
		{ 2, { 50, 125 }, { 100, 100 }, 2, 0, 200 / 1.75, 150 / 1.75 },
		/* {100, 50, 30, 20} became {130, 40, 0, 20}; 60 are new */
		{ 5, { 100, 50, 30, 20, 0 }, { 130, 40, 0, 20, 60 }, 4, 1, 95, 80 },
		{ 1, { 10 }, { 0 }, 1, 1, 0, 0 },
	};
	static const uint8_t in[] = { 1, 0, 1, 1, 1 };
	struct trend_cohort some = { 0 };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct trend_cohort c = { 0 };

		MUST(trend_cohort_add(
			&c, rows[i].opening, rows[i].closing, NULL, rows[i].n, &e));
		assert_int_equal(c.accounts, rows[i].accounts);
		assert_int_equal(c.lost, rows[i].lost);
		assert_true(same(rows[i].nrr, trend_nrr(&c)));
		assert_true(same(rows[i].grr, trend_grr(&c)));
	}
	/* Without the second: {100, 30, 20} to {130, 0, 20}. */
	MUST(trend_cohort_add(&some, rows[3].opening, rows[3].closing, in, 5, &e));
	assert_int_equal(some.opening, 150);
	assert_int_equal(some.closing, 150);
	assert_int_equal(some.kept, 120);
}

static void too_much(void **state)
{
	const int64_t opening[2] = { INT64_MAX - 1, 2 };
	struct trend_cohort c = { 0 };
	struct err e;

	(void)state;
	assert_int_equal(trend_cohort_add(&c, opening, opening, NULL, 2, &e), ST_INVALID);
}

/* ---- alerts --------------------------------------------------------------------- */

/* Days 7, 14 and 28; the first one's time begins with day 1. */
static void alerts_over_days(void **state)
{
	static const int32_t day[] = { 7, 14, 28 };
	static const struct {
		struct alert a;
		uint32_t open[3], opened[3], closed[3], resolved[3];
	} rows[] = {
		/* live all along, since before the first */
		{ .a = { .opened = 0, .ended = DAY_NONE }, .open = { 1, 1, 1 } },
		{ .a = { .opened = 1, .ended = DAY_NONE },
			.open = { 1, 1, 1 },
			.opened = { 1 } },
		/* opened on a day counts on it, ended on a day doesn't */
		{ .a = { .opened = 7, .ended = 14 },
			.open = { 1, 0, 0 },
			.opened = { 1 },
			.resolved = { 0, 1 } },
		{ .a = { .opened = 8, .ended = 15, .state = ALERT_CLOSED },
			.open = { 0, 1, 0 },
			.opened = { 0, 1 },
			.closed = { 0, 0, 1 } },
		/* between two days: never open on one, but it came and went */
		{ .a = { .opened = 9, .ended = 9, .state = ALERT_CLOSED },
			.opened = { 0, 1 },
			.closed = { 0, 1 } },
		{ .a = { .opened = 28, .ended = 28 },
			.opened = { 0, 0, 1 },
			.resolved = { 0, 0, 1 } },
		/* outside of the time shown, or partly */
		{ .a = { .opened = -9, .ended = 0 } },
		{ .a = { .opened = -9, .ended = 1 }, .resolved = { 1 } },
		{ .a = { .opened = 29, .ended = DAY_NONE } },
		{ .a = { .opened = 20, .ended = 29 },
			.open = { 0, 0, 1 },
			.opened = { 0, 0, 1 } },
		/* over before it began, as other programs may write it */
		{ .a = { .opened = 20, .ended = 3 },
			.opened = { 0, 0, 1 },
			.resolved = { 0, 0, 1 } },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct trend_alerts x[3] = { 0 };
		struct alert a = rows[i].a;

		a.severity = SEV_WARNING;
		trend_alerts_add(x, day, 3, 7, &a);
		trend_alerts_settle(x, day, 3, 8);
		for (int k = 0; k < 3; k++) {
			assert_int_equal(x[k].known, k > 0); /* day 7 is before 8 */
			assert_int_equal(x[k].open[SEV_WARNING], rows[i].open[k]);
			assert_int_equal(x[k].open[SEV_CRITICAL], 0);
			assert_int_equal(x[k].opened, rows[i].opened[k]);
			assert_int_equal(x[k].closed, rows[i].closed[k]);
			assert_int_equal(x[k].resolved, rows[i].resolved[k]);
		}
	}
}

static void alerts_of_no_days(void **state)
{
	const struct alert a = { .opened = 3, .ended = 4, .severity = SEV_INFO };
	const int32_t day = 7;
	struct trend_alerts x = { 0 };

	(void)state;
	trend_alerts_add(NULL, NULL, 0, 7, &a);
	trend_alerts_settle(NULL, NULL, 0, 3);
	trend_alerts_settle(&x, &day, 1, DAY_NONE); /* there is none at all */
	assert_false(x.known);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(quartiles),
		cmocka_unit_test(bands_and_tiers),
		cmocka_unit_test(samples),
		cmocka_unit_test(arr_of_the_past),
		cmocka_unit_test(money_of_tiers),
		cmocka_unit_test(cohorts),
		cmocka_unit_test(alerts_over_days),
		cmocka_unit_test(alerts_of_no_days),
		cmocka_unit_test(too_much),
	};

	policy_default(&policy);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
