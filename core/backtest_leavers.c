/* Those who left: how they were rated before, when the first alert came, and who was
 * rated healthy. */
#include "core/backtest_internal.h"

#include <math.h>
#include <stdlib.h>

/* Rows by account: where those of each begin; they follow each other by month, the newest
 * first. */
struct by_account {
	uint32_t *first; /* accounts + 1 */
	uint32_t *row;
};

static enum status sort_rows(
	const struct backtest_data *d, struct by_account *out, struct err *e)
{
	uint32_t *next = NULL;

	out->first = calloc((size_t)d->accounts + 2, sizeof(*out->first));
	out->row = malloc(((size_t)d->rows + 1) * sizeof(*out->row));
	next = calloc((size_t)d->accounts + 1, sizeof(*next));
	if (!out->first || !out->row || !next) {
		free(next);
		return backtest_no_memory(e);
	}
	for (uint32_t i = 0; i < d->rows; i++)
		out->first[d->row[i].account + 1]++;
	for (uint32_t a = 0; a < d->accounts; a++)
		out->first[a + 1] += out->first[a];
	for (uint32_t i = 0; i < d->rows; i++) {
		const uint32_t a = d->row[i].account;

		out->row[out->first[a] + next[a]++] = i;
	}
	free(next);
	return ST_OK;
}

/* Its row of the last month-end at least so many days before it left. NULL: it was not
 * there then. */
static const struct backtest_row *row_before(const struct backtest_data *d,
	const struct by_account *by, const struct backtest_leaver *l, int days)
{
	for (uint32_t k = by->first[l->account]; k < by->first[l->account + 1]; k++) {
		const struct backtest_row *r = &d->row[by->row[k]];

		if (d->month[r->month].day <= l->day - days)
			return r;
	}
	return NULL;
}

/* ---- red before ----------------------------------------------------------------------
 */

static bool is_red(const struct backtesting *t, const struct backtest_row *r)
{
	return health_band(t->policy, r->health) == BAND_AT_RISK;
}

static void judge_recall(struct backtesting *t, const struct by_account *by,
	const struct backtest_leaver *l)
{
	for (int k = 0; k < BACKTEST_WARNINGS; k++) {
		struct backtest_share *s = &t->out->warning[k].recall;
		const struct backtest_row *r =
			row_before(t->d, by, l, backtest_warning_days[k]);

		if (!r || !r->health)
			continue;
		s->n++;
		s->hits += is_red(t, r);
	}
}

static void judge_precision(struct backtesting *t)
{
	const struct backtest_data *d = t->d;

	for (int k = 0; k < BACKTEST_WARNINGS; k++) {
		struct backtest_warning *w = &t->out->warning[k];
		const int days = backtest_warning_days[k];
		uint32_t n = 0;

		for (uint32_t i = 0; i < d->rows; i++) {
			const struct backtest_row *r = &d->row[i];

			if (!r->health || d->month[r->month].day > d->as_of - days)
				continue;
			n++;
			w->precision.n += is_red(t, r);
			w->precision.hits += is_red(t, r) && backtest_row_left(r, days);
		}
		w->flagged = n ? (double)w->precision.n / n : (double)NAN;
		backtest_share_of(&w->precision);
		backtest_share_of(&w->recall);
	}
}

/* ---- green ---------------------------------------------------------------------------
 */

static int by_day(const void *a, const void *b)
{
	const struct backtest_green *x = a, *y = b;

	return x->left != y->left ? (x->left < y->left) - (x->left > y->left)
				  : (x->account > y->account) - (x->account < y->account);
}

static void judge_green(struct backtesting *t, const struct by_account *by,
	const struct backtest_leaver *l)
{
	const struct backtest_row *r = row_before(t->d, by, l, 1);
	const struct backtest_row *before = row_before(t->d, by, l, BACKTEST_HORIZON);

	if (!r || !r->health)
		return;
	t->out->gone++;
	if (health_band(t->policy, r->health) != BAND_HEALTHY)
		return;
	t->out->green[t->out->greens++] = (struct backtest_green){ l->account + 1, l->day,
		t->d->month[r->month].day, r->health, before ? before->health : 0 };
}

/* ---- lead time -----------------------------------------------------------------------
 */

static int by_number(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double quartile_of(const double *x, uint32_t n, int q)
{
	const double at = n ? ((double)n - 1) * q / 4 : 0;
	const uint32_t low = (uint32_t)at, high = low + 1 < n ? low + 1 : low;

	return n ? x[low] + (at - low) * (x[high] - x[low]) : (double)NAN;
}

/* days has room for all leavers. */
static void judge_lead(struct backtesting *t, const struct by_account *by, double *days)
{
	const struct backtest_data *d = t->d;
	struct backtest_lead *lead = &t->out->lead;

	for (uint32_t k = 0; k < d->leavers; k++) {
		const struct backtest_leaver *l = &d->leaver[k];

		if (!row_before(d, by, l, 1))
			continue;
		lead->n++;
		if (l->alert != DAY_NONE)
			days[lead->alerted++] = l->day - l->alert;
	}
	qsort(days, lead->alerted, sizeof(*days), by_number);
	for (int q = 1; q <= 3; q++)
		lead->quartile[q - 1] = quartile_of(days, lead->alerted, q);
	lead->stayed = d->quiet_n ? (double)d->quiet_alerted / d->quiet_n : (double)NAN;
}

enum status backtest_leavers(struct backtesting *t, struct err *e)
{
	const struct backtest_data *d = t->d;
	struct by_account by = { NULL, NULL };
	double *days = malloc(((size_t)d->leavers + 1) * sizeof(*days));
	enum status st = sort_rows(d, &by, e);

	t->out->green = malloc(((size_t)d->leavers + 1) * sizeof(*t->out->green));
	if (st == ST_OK && (!days || !t->out->green))
		st = backtest_no_memory(e);
	if (st == ST_OK) {
		for (uint32_t k = 0; k < d->leavers; k++) {
			judge_recall(t, &by, &d->leaver[k]);
			judge_green(t, &by, &d->leaver[k]);
		}
		judge_precision(t);
		judge_lead(t, &by, days);
		qsort(t->out->green, t->out->greens, sizeof(*t->out->green), by_day);
	}
	free(by.first);
	free(by.row);
	free(days);
	return st;
}
