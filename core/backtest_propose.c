/* Weights and a churn curve that would have done better: found on some accounts, judged
 * on others. */
#include "core/backtest_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 20000 }; /* with more, only some of those who stayed take part */

struct proposing {
	struct backtesting *t;
	struct backtest_proposal *out;
	int part[BACKTEST_PARTS_MAX]; /* components that are weighed */
	int parts;
	double weight[BACKTEST_PARTS_MAX]; /* in force, of 1 */
	uint8_t *fold;                     /* by account */
	struct backtest_fit_row *row;
	double *health; /* of each, by other folds' weights */
	uint32_t n;
	double *share_now, *share_then; /* by account */
};

static void choose_parts(struct proposing *p)
{
	const struct backtest *bt = p->t->out;
	double sum = 0;

	for (int c = 0; c < COMP_COUNT; c++) {
		const struct backtest_input *x = &bt->input[c];

		p->out->held[c] =
			x->undated || x->leaks || !x->auc.left || !x->auc.stayed;
		if (p->out->held[c])
			continue;
		p->part[p->parts] = c;
		p->weight[p->parts++] = x->weight;
		sum += x->weight;
	}
	for (int k = 0; k < p->parts; k++)
		p->weight[k] = sum > 0 ? p->weight[k] / sum : 1.0 / p->parts;
}

/* Those who left and those who stayed are each dealt round. */
static void deal_folds(struct proposing *p)
{
	const struct backtest_data *d = p->t->d;
	uint32_t left = 0, stayed = 0;

	memset(p->fold, BACKTEST_FOLDS, d->accounts);
	for (uint32_t k = 0; k < d->leavers; k++)
		if (p->fold[d->leaver[k].account] == BACKTEST_FOLDS)
			p->fold[d->leaver[k].account] =
				(uint8_t)(left++ % BACKTEST_FOLDS);
	for (uint32_t a = 0; a < d->accounts; a++)
		if (p->fold[a] == BACKTEST_FOLDS)
			p->fold[a] = (uint8_t)(stayed++ % BACKTEST_FOLDS);
}

/* Of accounts that stayed only each `every`th of a fold. */
static bool takes_part(
	const struct proposing *p, const struct backtest_row *r, uint32_t every)
{
	const struct backtest_data *d = p->t->d;

	if (!d->month[r->month].whole || !r->health)
		return false;
	if (!backtest_row_left(r, d->horizon) && (r->account / BACKTEST_FOLDS) % every)
		return false;
	for (int k = 0; k < p->parts; k++)
		if (r->score[p->part[k]] != BACKTEST_MISSING)
			return true;
	return false;
}

static uint32_t count_rows(const struct proposing *p, uint32_t every)
{
	const struct backtest_data *d = p->t->d;
	uint32_t n = 0;

	for (uint32_t i = 0; i < d->rows; i++)
		n += takes_part(p, &d->row[i], every);
	return n;
}

static enum status take_rows(struct proposing *p, struct err *e)
{
	const struct backtest_data *d = p->t->d;
	const uint32_t every = 1 + count_rows(p, 1) / ROWS_MAX;
	const size_t room = (size_t)count_rows(p, every) + 1;

	p->row = calloc(room, sizeof(*p->row));
	p->health = malloc(room * sizeof(*p->health));
	if (!p->row || !p->health)
		return backtest_no_memory(e);
	for (uint32_t i = 0; i < d->rows; i++) {
		const struct backtest_row *r = &d->row[i];
		struct backtest_fit_row *x = &p->row[p->n];

		if (!takes_part(p, r, every))
			continue;
		for (int k = 0; k < p->parts; k++)
			x->score[k] = r->score[p->part[k]] == BACKTEST_MISSING
					      ? (double)NAN
					      : r->score[p->part[k]] / 10000.0;
		x->account = r->account;
		x->fold = p->fold[r->account];
		x->left = backtest_row_left(r, d->horizon);
		p->n++;
	}
	return ST_OK;
}

/* ---- weights -------------------------------------------------------------------------
 */

/* Whole ones that total 100; what could not be judged keeps its own. */
static void settle_weights(struct proposing *p, const struct backtest_fit *f)
{
	const struct health_rules *r = &p->t->policy->health[0];
	double share[COMP_COUNT];
	int split[BACKTEST_PARTS_MAX], rest = 100;

	for (int c = 0; c < COMP_COUNT; c++)
		share[c] = r->weight[c];
	health_split(share, COMP_COUNT, 100, p->out->now);
	for (int c = 0; c < COMP_COUNT; c++) {
		p->out->then[c] = p->out->now[c];
		if (p->out->held[c])
			rest -= p->out->now[c];
	}
	health_split(f->weight, p->parts, rest, split);
	for (int k = 0; k < p->parts; k++)
		p->out->then[p->part[k]] = split[k];
}

static uint32_t take_samples(struct proposing *p, bool then)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < p->n; i++) {
		const struct backtest_fit_row *x = &p->row[i];
		const double now = backtest_fit_health(x, p->parts, p->weight);

		/* What has weight in only one of both is judged by neither. */
		if (isnan(now) || isnan(p->health[i]))
			continue;
		p->t->sample[n++] =
			(struct backtest_sample){ 1 - (then ? p->health[i] : now),
				x->account, x->left };
	}
	return n;
}

static enum status compare(struct proposing *p, struct err *e)
{
	struct backtest_proposal *out = p->out;
	const uint32_t accounts = p->t->d->accounts;
	enum status st = backtest_auc_of(p->t->sample, take_samples(p, false), accounts,
		p->share_now, &out->auc_now, e);

	if (st == ST_OK)
		st = backtest_auc_of(p->t->sample, take_samples(p, true), accounts,
			p->share_then, &out->auc_then, e);
	if (st == ST_OK)
		out->gain = backtest_auc_gain(&out->auc_now, p->share_now, &out->auc_then,
			p->share_then, accounts);
	return st;
}

/* ---- the curve -----------------------------------------------------------------------
 */

static double square_of(const struct backtesting *t, uint8_t health)
{
	const double h = health ? health : t->policy->number[POLICY_TRIAGE_UNKNOWN];

	return (100 - h) / 100 * (100 - h) / 100;
}

static double p_of(const struct backtesting *t, const struct backtest_curve *c,
	const struct backtest_curve_row *r)
{
	const double p = (c->floor + c->span * r->square) * r->factor;
	const double most = t->policy->number[POLICY_TRIAGE_MAX];

	return p > most ? most : p;
}

/* By what the other folds say. gain: by account, how much less far off `then` is. */
static void compare_curves(struct proposing *p, const struct backtest_curve_row *rows,
	const uint32_t *account, uint32_t n, double *gain)
{
	struct backtest_proposal *out = p->out;

	memset(gain, 0, ((size_t)p->t->d->accounts + 1) * sizeof(*gain));
	for (int fold = 0; fold < BACKTEST_FOLDS; fold++) {
		const struct backtest_curve c = backtest_fit_curve(rows, n, fold);

		for (uint32_t i = 0; i < n; i++) {
			const double y = rows[i].left;
			const double now = p_of(p->t, &out->curve_now, &rows[i]) - y;
			const double then = p_of(p->t, &c, &rows[i]) - y;

			if (rows[i].fold != fold)
				continue;
			out->brier_now += now * now / n;
			out->brier_then += then * then / n;
			gain[account[i]] += (now * now - then * then) / n;
		}
	}
}

static enum status calibrate(struct proposing *p, struct err *e)
{
	const struct backtesting *t = p->t;
	const struct backtest_data *d = t->d;
	const double *number = t->policy->number;
	struct backtest_proposal *out = p->out;
	struct backtest_curve_row *rows = malloc(((size_t)d->rows + 1) * sizeof(*rows));
	uint32_t *account = malloc(((size_t)d->rows + 1) * sizeof(*account));
	enum status st = rows && account ? ST_OK : backtest_no_memory(e);
	uint32_t n = 0;

	for (uint32_t i = 0; st == ST_OK && i < d->rows; i++) {
		const struct backtest_row *r = &d->row[i];

		if (!d->month[r->month].alone)
			continue;
		account[n] = r->account;
		rows[n++] = (struct backtest_curve_row){ square_of(t, r->health),
			r->slow ? number[POLICY_TRIAGE_SLOW] : 1, p->fold[r->account],
			backtest_row_left(r, d->horizon) };
	}
	out->curve_n = n;
	out->curve_now = (struct backtest_curve){ number[POLICY_TRIAGE_FLOOR],
		number[POLICY_TRIAGE_SPAN] };
	if (st == ST_OK && n) {
		out->curve_then = backtest_fit_curve(rows, n, -1);
		for (uint32_t i = 0; i < n; i++) {
			out->mean_now += p_of(t, &out->curve_now, &rows[i]) / n;
			out->mean_then += p_of(t, &out->curve_then, &rows[i]) / n;
		}
		compare_curves(p, rows, account, n, p->share_now);
		out->sharper = backtest_gains(
			p->share_now, d->accounts, out->brier_now - out->brier_then);
	}
	free(rows);
	free(account);
	return st;
}

/* ---- both ----------------------------------------------------------------------------
 */

static enum status propose(struct proposing *p, struct err *e)
{
	struct backtest_fit fit;
	enum status st = take_rows(p, e);

	if (st == ST_OK)
		st = backtest_fit_weights(p->row, p->n, p->parts, p->weight,
			p->t->progress, &fit, p->health, e);
	if (st == ST_OK) {
		settle_weights(p, &fit);
		p->out->ridge = fit.ridge;
		st = compare(p, e);
	}
	if (st == ST_OK)
		st = calibrate(p, e);
	p->out->better = p->out->gain.low > 0;
	p->out->made = st == ST_OK;
	return st;
}

enum status backtest_propose(struct backtesting *t, struct err *e)
{
	const size_t accounts = (size_t)t->d->accounts + 1;
	struct proposing p = { .t = t, .out = &t->out->proposal };
	enum status st = ST_OK;

	if (t->out->verdict == BACKTEST_TOO_FEW)
		return ST_OK;
	choose_parts(&p);
	if (p.parts < 2)
		return ST_OK;
	p.fold = malloc(accounts);
	p.share_now = malloc(accounts * sizeof(double));
	p.share_then = malloc(accounts * sizeof(double));
	if (!p.fold || !p.share_now || !p.share_then)
		st = backtest_no_memory(e);
	if (st == ST_OK) {
		deal_folds(&p);
		st = propose(&p, e);
	}
	free(p.fold);
	free(p.share_now);
	free(p.share_then);
	free(p.row);
	free(p.health);
	return st;
}
