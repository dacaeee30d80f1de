#include "core/backtest_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WORST_SHARE 0.1

const int backtest_warning_days[BACKTEST_WARNINGS] = { 90, 60, 30 };

enum status backtest_no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the backtest");
}

void backtest_share_of(struct backtest_share *s)
{
	s->share = s->n ? (double)s->hits / s->n : (double)NAN;
	s->range = interval_wilson(s->hits, s->n);
}

/* The newest whole month is alone, and then each one that lies a horizon before it. */
static void choose_alone(struct backtest_data *d, int days, bool longer)
{
	int32_t next = INT32_MAX;

	for (int m = 0; m < d->months; m++) {
		struct backtest_month *x = &d->month[m];
		const bool over = x->day <= d->as_of - days;
		const bool alone = over && x->day <= next;

		if (longer)
			x->long_alone = alone;
		else
			x->alone = alone;
		if (!longer)
			x->whole = over;
		if (alone)
			next = x->day - days;
	}
}

void backtest_choose_months(struct backtest_data *d)
{
	choose_alone(d, d->horizon, false);
	choose_alone(d, BACKTEST_SURVEY_DAYS, true);
}

/* ---- how many ------------------------------------------------------------------------
 */

enum { WAS_THERE = 1, LEFT = 2 };

static enum status count_accounts(struct backtesting *t, struct err *e)
{
	const struct backtest_data *d = t->d;
	struct backtest *out = t->out;
	uint8_t *seen = calloc((size_t)d->accounts + 1, 1);

	if (!seen)
		return backtest_no_memory(e);
	for (uint32_t i = 0; i < d->rows; i++) {
		const struct backtest_row *r = &d->row[i];
		const bool left = backtest_row_left(r, d->horizon);

		if (!d->month[r->month].whole)
			continue;
		out->known += r->health > 0;
		out->unknown += r->health == 0;
		out->unknown_left += r->health == 0 && left;
		if (r->health > 0)
			seen[r->account] |= (uint8_t)(WAS_THERE | (left ? LEFT : 0));
	}
	for (uint32_t a = 0; a < d->accounts; a++) {
		out->accounts += (seen[a] & WAS_THERE) != 0;
		out->left += (seen[a] & LEFT) != 0;
	}
	free(seen);
	return ST_OK;
}

static void count_months(struct backtesting *t)
{
	struct backtest *out = t->out;

	for (int m = 0; m < t->d->months; m++) {
		const struct backtest_month *x = &t->d->month[m];

		if (!x->whole)
			continue;
		if (out->last == DAY_NONE)
			out->last = x->day;
		out->first = x->day;
		out->months++;
		out->windows += x->alone;
	}
	for (int m = 0; m < t->d->months; m++)
		out->long_windows += t->d->month[m].long_alone;
}

/* ---- health as a whole ---------------------------------------------------------------
 */

enum outcome { OF_LEAVING, OF_SHRINKING, OF_RECORDED };

static uint32_t take_samples(struct backtesting *t, enum outcome what)
{
	const struct backtest_data *d = t->d;
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->rows; i++) {
		const struct backtest_row *r = &d->row[i];
		const uint8_t health = what == OF_RECORDED ? r->recorded : r->health;

		if (!d->month[r->month].whole || !health ||
			(what == OF_SHRINKING && !r->shrank))
			continue;
		t->sample[n++] = (struct backtest_sample){ 100.0 - health, r->account,
			what == OF_SHRINKING ? r->shrank == 1
					     : backtest_row_left(r, d->horizon) };
	}
	return n;
}

static uint32_t recorded_months(const struct backtest_data *d)
{
	bool seen[BACKTEST_MONTHS_MAX] = { false };
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->rows; i++)
		if (d->row[i].recorded && d->month[d->row[i].month].whole)
			seen[d->row[i].month] = true;
	for (int m = 0; m < d->months; m++)
		n += seen[m];
	return n;
}

static enum status judge_health(struct backtesting *t, struct err *e)
{
	struct backtest *out = t->out;
	const uint32_t accounts = t->d->accounts;
	uint32_t n = take_samples(t, OF_LEAVING);
	enum status st = backtest_auc_of(t->sample, n, accounts, NULL, &out->auc, e);

	if (st == ST_OK)
		st = backtest_lift_of(t->sample, n, WORST_SHARE, &out->lift, e);
	if (st == ST_OK) {
		n = take_samples(t, OF_SHRINKING);
		st = backtest_auc_of(t->sample, n, accounts, NULL, &out->shrank, e);
	}
	if (st == ST_OK) {
		n = take_samples(t, OF_RECORDED);
		st = backtest_auc_of(t->sample, n, accounts, NULL, &out->recorded, e);
		out->recorded_months = recorded_months(t->d);
	}
	out->verdict = out->left < BACKTEST_EVENTS_MIN ? BACKTEST_TOO_FEW
		       : backtest_auc_is_chance(&out->auc) && !(out->auc.auc >= 1)
			       ? BACKTEST_CHANCE
		       : out->auc.auc < 0.5 ? BACKTEST_UPSIDE
					    : BACKTEST_TELLS;
	return st;
}

/* ---- all of it -----------------------------------------------------------------------
 */

static bool told(const struct backtesting *t, const char *what, uint64_t done)
{
	enum { STEPS = 5 };

	return !t->progress || t->progress->tell(t->progress->arg, what, done, STEPS);
}

static enum status judge(struct backtesting *t, struct err *e)
{
	static enum status (*const steps[])(
		struct backtesting * t, struct err * e) = { count_accounts, judge_health,
		backtest_leavers, backtest_inputs, backtest_propose };
	enum status st = ST_OK;

	count_months(t);
	backtest_windows(t);
	for (size_t k = 0; st == ST_OK && k < sizeof(steps) / sizeof(*steps); k++) {
		if (!told(t, "comparing with who left", k))
			return err_set(e, ST_CANCELLED, "stopped");
		st = steps[k](t, e);
	}
	return st;
}

enum status backtest_judge(const struct backtest_data *d, const struct policy *p,
	const struct progress *progress, struct backtest *out, struct err *e)
{
	struct backtesting t = { d, p, progress, out, NULL };
	enum status st = ST_OK;

	memset(out, 0, sizeof(*out));
	out->as_of = d->as_of;
	out->horizon = d->horizon;
	out->every = d->every;
	out->undated = d->undated;
	out->first = out->last = DAY_NONE;
	t.sample = malloc(((size_t)d->rows + 1) * sizeof(*t.sample));
	if (!t.sample)
		st = backtest_no_memory(e);
	if (st == ST_OK)
		st = judge(&t, e);
	free(t.sample);
	return st;
}

void backtest_clear(struct backtest *t)
{
	free(t->green);
	memset(t, 0, sizeof(*t));
}

void backtest_data_clear(struct backtest_data *d)
{
	free(d->row);
	free(d->leaver);
	memset(d, 0, sizeof(*d));
}
