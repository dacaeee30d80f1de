/*
 * Trends: what many accounts are together on the days of the past. Pure arithmetic over
 * arrays; book_trend.h reads them from the book.
 */
#ifndef CORE_TREND_H
#define CORE_TREND_H

#include "core/alert_life.h"
#include "core/base.h"
#include "core/policy.h"
#include "core/scores.h"

/* Adds n accounts; health and tier as in a snapshot, HEALTH_NONE counts nowhere.
 * in: which of them are meant, NULL: all. */
void trend_count(struct snapshot_sums *s, const uint8_t *health, const uint8_t *tier,
	const uint8_t *in, uint32_t n);

/* One day of the past. */
struct trend_point {
	struct snapshot_day at;
	uint32_t active;
	uint32_t in_band[4]; /* enum health_band, by the policy given */
	uint32_t in_tier[TIER_COUNT + 1];
	/* of those whose health is known; NaN when there is none */
	double mean, quartile[3];
};
/* A quartile lies at 1/4, 2/4, 3/4 of the way from the first to the last of the sorted
 * values, between two of them in proportion: of 10, 20, 30, 40 they are 17.5, 25, 32.5.
 */
void trend_point_of(
	const struct snapshot_sums *s, const struct policy *p, struct trend_point *out);
/* Percent of part in whole; NaN of nothing. */
double trend_share(uint32_t part, uint32_t whole);

/* Which days to show: the newest, and before it the newest of each `step` days further
 * back. Keeps their indexes, ascending, in keep (room for n); returns how many. */
uint32_t trend_sample(const int32_t *day, uint32_t n, int step, uint32_t *keep);

/* Of which accounts of a part the contracts tell the ARR, and nothing else does: 1, else
 * 0; out has room for PART_ACCOUNTS. */
void trend_contracted(const struct part *p, int32_t as_of, uint8_t *out);

/* ARR of the accounts of a part on several days, ascending, none after as_of, the day
 * the part was read for: out[k * PART_ACCOUNTS + i] for day k; 0 where the account was
 * no customer, or nothing is known.
 *
 * With contracts: what ran on the day. Without: the ARR given, less what moved after
 * the day until as_of; of an account that left, with a movement that says so, the last
 * movement took it to nothing. */
enum status trend_arr(const struct part *p, const struct rates *r, const int32_t *day,
	int days, int32_t as_of, int64_t *out, struct err *e) MUST_USE;

/* ARR by tier on one day. */
struct trend_money {
	int64_t in_tier[TIER_COUNT + 1]; /* [0] not placed */
};
/* Adds n accounts; in as above, amounts below 1 count nowhere. ST_INVALID: the sums are
 * too large. */
enum status trend_money_add(struct trend_money *m, const int64_t *arr,
	const uint8_t *tier, const uint8_t *in, uint32_t n, struct err *e) MUST_USE;
/* In percent of all tiers; NaN without any ARR. */
double trend_money_share(const struct trend_money *m, unsigned tier);

/* Alerts on one day, and since the day before it that is shown. */
struct trend_alerts {
	bool known; /* some alert of the book had opened by then */
	uint32_t open[SEVERITIES];
	uint32_t opened, closed, resolved; /* closed: by somebody */
};
/* Adds one to n days, ascending; the first one's time begins `step` days before it. The
 * counts of `open` are changes from day to day until trend_alerts_settle, which takes the
 * day that the first alert of all was opened on; DAY_NONE: there is none. */
void trend_alerts_add(struct trend_alerts *x, const int32_t *day, uint32_t n, int step,
	const struct alert *a);
void trend_alerts_settle(
	struct trend_alerts *x, const int32_t *day, uint32_t n, int32_t first);

/* What an opening cohort became: those with ARR at the opening. */
struct trend_cohort {
	uint32_t accounts, lost;        /* lost: without ARR at the close */
	int64_t opening, closing, kept; /* kept: the lesser of both, per account */
	bool survivors; /* those who left by the close are not on record (observed.h) */
};
/* Adds n accounts; in as above. ST_INVALID: the sums are too large. */
enum status trend_cohort_add(struct trend_cohort *c, const int64_t *opening,
	const int64_t *closing, const uint8_t *in, uint32_t n, struct err *e) MUST_USE;
/* In percent; NaN without a cohort, and of survivors. */
double trend_nrr(const struct trend_cohort *c);
double trend_grr(const struct trend_cohort *c);

#endif
