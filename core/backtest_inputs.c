/* Each component alone, and what is too good to be true: a signal that was written when
 * it was known who leaves rates them perfectly, and helps nobody. */
#include "core/backtest_internal.h"

#include <math.h>

#define TOO_GOOD_SCORE 0.97 /* AUC of health as a whole */
#define TOO_GOOD_INPUT 0.95 /* of one component */
#define THERE_ONLY 0.4      /* difference of the shares that have it */

static const double pulse_score[] = { (double)NAN, 0, 50, 100 };

/* 0..100, NaN: it has none. */
static double score_of(const struct backtest_row *r, int input)
{
	if (input == BACKTEST_PULSE)
		return pulse_score[r->pulse <= 3 ? r->pulse : 0];
	return r->score[input] == BACKTEST_MISSING ? (double)NAN
						   : r->score[input] / 100.0;
}

static enum status judge_input(struct backtesting *t, int input, struct err *e)
{
	const struct backtest_data *d = t->d;
	struct backtest_input *x = &t->out->input[input];
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->rows; i++) {
		const struct backtest_row *r = &d->row[i];
		const bool left = backtest_row_left(r, d->horizon);
		struct backtest_share *s = left ? &x->there_left : &x->there_stayed;
		const double score = score_of(r, input);

		if (!d->month[r->month].whole)
			continue;
		s->n++;
		if (isnan(score))
			continue;
		s->hits++;
		t->sample[n++] =
			(struct backtest_sample){ 100 - score, r->account, left };
	}
	backtest_share_of(&x->there_left);
	backtest_share_of(&x->there_stayed);
	x->weight = input < COMP_COUNT ? t->policy->health[0].weight[input] : 0;
	x->undated = input == COMP_RENEWAL;
	return backtest_auc_of(t->sample, n, d->accounts, NULL, &x->auc, e);
}

static void suspect(struct backtest *out, enum backtest_leak_kind kind, int input,
	double x, double y, uint32_t n)
{
	if (out->leaks < BACKTEST_LEAKS_MAX)
		out->leak[out->leaks++] = (struct backtest_leak){ kind, input, x, y, n };
	if (input >= 0)
		out->input[input].leaks = true;
}

static void suspect_input(struct backtest *out, int input)
{
	const struct backtest_input *x = &out->input[input];
	const double left = x->there_left.share, stayed = x->there_stayed.share;

	if (x->undated)
		return;
	if (x->auc.accounts_left >= BACKTEST_EVENTS_MIN && x->auc.auc >= TOO_GOOD_INPUT)
		suspect(out, BACKTEST_LEAK_INPUT, input, x->auc.auc, (double)NAN,
			x->auc.accounts_left);
	if (x->there_left.n < BACKTEST_EVENTS_MIN || out->left < BACKTEST_EVENTS_MIN)
		return;
	if (left - stayed >= THERE_ONLY)
		suspect(out, BACKTEST_LEAK_ONLY, input, left, stayed, x->there_left.n);
	if (stayed - left >= THERE_ONLY)
		suspect(out, BACKTEST_LEAK_MISSING, input, left, stayed, x->there_left.n);
}

static void suspect_after(struct backtesting *t)
{
	uint32_t after = 0;

	for (uint32_t k = 0; k < t->d->leavers; k++)
		after += t->d->leaver[k].after;
	if (after)
		suspect(t->out, BACKTEST_LEAK_AFTER, -1, t->d->leavers, (double)NAN,
			after);
}

enum status backtest_inputs(struct backtesting *t, struct err *e)
{
	struct backtest *out = t->out;
	enum status st = ST_OK;

	for (int k = 0; st == ST_OK && k < BACKTEST_INPUTS; k++)
		st = judge_input(t, k, e);
	if (st != ST_OK)
		return st;
	if (out->left >= BACKTEST_EVENTS_MIN && out->auc.auc >= TOO_GOOD_SCORE)
		suspect(out, BACKTEST_LEAK_SCORE, -1, out->auc.auc, (double)NAN,
			out->left);
	for (int k = 0; k < BACKTEST_INPUTS; k++)
		suspect_input(out, k);
	suspect_after(t);
	return ST_OK;
}
