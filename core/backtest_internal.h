/* What the files of the backtest share; nobody else includes it. */
#ifndef CORE_BACKTEST_INTERNAL_H
#define CORE_BACKTEST_INTERNAL_H

#include "core/backtest.h"

struct backtesting {
	const struct backtest_data *d;
	const struct policy *policy;
	const struct progress *progress;
	struct backtest *out;
	struct backtest_sample *sample; /* room for all rows */
};

enum status backtest_no_memory(struct err *e);
void backtest_share_of(struct backtest_share *s); /* from hits and n */

/* backtest_windows.c: calibration, Brier, answers to surveys. */
void backtest_windows(struct backtesting *t);
/* backtest_leavers.c: red before, lead time, who was green. */
enum status backtest_leavers(struct backtesting *t, struct err *e) MUST_USE;
/* backtest_inputs.c: each component alone, and what is too good to be true. */
enum status backtest_inputs(struct backtesting *t, struct err *e) MUST_USE;
/* backtest_propose.c */
enum status backtest_propose(struct backtesting *t, struct err *e) MUST_USE;

#endif
