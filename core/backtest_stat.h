/*
 * How well a score tells those who left from those who stayed: pure statistics over
 * samples, each one account on one day.
 *
 * An account comes back month after month with nearly the same score, so that its samples
 * are no independent evidence: every interval counts accounts, not samples.
 */
#ifndef CORE_BACKTEST_STAT_H
#define CORE_BACKTEST_STAT_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

struct backtest_sample {
	double risk;      /* the higher, the likelier to leave; no NaN */
	uint32_t account; /* 0..accounts-1 */
	bool left;
};

/* The chance that one who left was rated riskier than one who stayed, ties as half
 * (Mann-Whitney), with what 95 of 100 such books would hold: the variance of DeLong 1988,
 * its components added up by account (Obuchowski 1997), on the logit scale, by Student's
 * t with as many degrees of freedom as the smaller class has accounts, less one. */
struct backtest_auc {
	double auc;            /* 0..1; NaN: one class is empty */
	double low, high;      /* NaN: not known, also where nothing overlaps (0 or 1) */
	uint32_t left, stayed; /* samples */
	uint32_t accounts_left, accounts_stayed; /* of them; one may be in both */
};

/* accounts: one more than the highest number in the samples. share (may be NULL) has room
 * for as many: how much each account pulls the estimate, for backtest_auc_gain. */
enum status backtest_auc_of(const struct backtest_sample *s, uint32_t n,
	uint32_t accounts, double *share, struct backtest_auc *out,
	struct err *e) MUST_USE;

/* Whether the range holds 0.5, or is not known. */
bool backtest_auc_is_chance(const struct backtest_auc *a);

/* The second AUC less the first, of the same samples, with its range: shares as
 * backtest_auc_of gave them. */
struct backtest_gain {
	double gain, low, high; /* NaN: not known */
};
struct backtest_gain backtest_auc_gain(const struct backtest_auc *first,
	const double *share_first, const struct backtest_auc *second,
	const double *share_second, uint32_t accounts);

/* The rate of leaving among the riskiest share (0..1, rounded up to whole samples) over
 * that of all; who ties across the end counts in proportion. */
struct backtest_lift {
	double lift;       /* NaN: nobody left */
	double rate, base; /* 0..1 */
	uint32_t n;        /* samples in the share */
	double left;       /* of them; a fraction where ties were split */
};
enum status backtest_lift_of(const struct backtest_sample *s, uint32_t n, double share,
	struct backtest_lift *out, struct err *e) MUST_USE;

/* Mean (p - y)²; `base` is that of who always says the rate of all. */
struct backtest_brier {
	double brier, base, rate, p; /* rate: who left; p: the mean of what was said */
	uint32_t n;
};
/* risk is a probability here. */
struct backtest_brier backtest_brier_of(const struct backtest_sample *s, uint32_t n);

/* Whether what was gained of n accounts, `all` together, is more than two standard errors
 * of such a sum. Nothing is no gain. */
bool backtest_gains(const double *gain, uint32_t n, double all);

/* The quantile of Student's t that 95 of 100 lie within, for df >= 1 degrees. */
double backtest_t95(double df);

#endif
