#include "core/backtest_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PARAMS_MAX = BACKTEST_PARTS_MAX + 2, STEPS_MAX = 30, RIDGES = 5 };

static const double ridges[RIDGES] = { 1000, 100, 30, 10, 3 };
static const double HOLD = 1e-3; /* of a and g, which are not held otherwise */
static const double CLOSE = 1e-9;

struct fitting {
	const struct backtest_fit_row *rows;
	uint32_t n;
	int parts, params;
	const double *weight;
	const double *health; /* of each row by these weights; NaN: not known */
	double mean[BACKTEST_PARTS_MAX], mean_health; /* of the rows that take part */
	double ridge;
	int skip;                /* a fold; -1: none */
	double beta[PARAMS_MAX]; /* a, g, d_c */
	double gradient[PARAMS_MAX], curvature[PARAMS_MAX][PARAMS_MAX];
};

double backtest_fit_health(
	const struct backtest_fit_row *r, int parts, const double *weight)
{
	double sum = 0, present = 0;

	for (int c = 0; c < parts; c++)
		if (!isnan(r->score[c])) {
			sum += weight[c] * r->score[c];
			present += weight[c];
		}
	return present > 0 ? sum / present : (double)NAN;
}

static void find_means(struct fitting *f)
{
	double sum[BACKTEST_PARTS_MAX] = { 0 }, health = 0;
	uint32_t n[BACKTEST_PARTS_MAX] = { 0 }, with_health = 0;

	for (uint32_t i = 0; i < f->n; i++) {
		const struct backtest_fit_row *r = &f->rows[i];
		const double h = f->health[i];

		if (r->fold == f->skip)
			continue;
		for (int c = 0; c < f->parts; c++)
			if (!isnan(r->score[c])) {
				sum[c] += r->score[c];
				n[c]++;
			}
		if (!isnan(h)) {
			health += h;
			with_health++;
		}
	}
	for (int c = 0; c < f->parts; c++)
		f->mean[c] = n[c] ? sum[c] / n[c] : 0;
	f->mean_health = with_health ? health / with_health : 0;
}

/* What the parameters are multiplied with; health and sub-scores speak against leaving.
 */
static void inputs_of(const struct fitting *f, uint32_t i, double *x)
{
	const struct backtest_fit_row *r = &f->rows[i];
	const double h = f->health[i];

	x[0] = 1;
	x[1] = isnan(h) ? 0 : f->mean_health - h;
	for (int c = 0; c < f->parts; c++)
		x[2 + c] = isnan(r->score[c]) ? 0 : f->mean[c] - r->score[c];
}

static double chance_of(const struct fitting *f, const double *x)
{
	double sum = 0;

	for (int k = 0; k < f->params; k++)
		sum += f->beta[k] * x[k];
	return 1 / (1 + exp(-sum));
}

static double hold_of(const struct fitting *f, int k)
{
	return k < 2 ? HOLD : f->ridge;
}

static void add_up(struct fitting *f)
{
	double x[PARAMS_MAX];

	memset(f->curvature, 0, sizeof(f->curvature));
	for (int k = 0; k < f->params; k++) {
		f->gradient[k] = -hold_of(f, k) * f->beta[k];
		f->curvature[k][k] = hold_of(f, k);
	}
	for (uint32_t i = 0; i < f->n; i++) {
		if (f->rows[i].fold == f->skip)
			continue;
		inputs_of(f, i, x);

		const double p = chance_of(f, x), v = p * (1 - p);

		for (int k = 0; k < f->params; k++) {
			f->gradient[k] += x[k] * (f->rows[i].left - p);
			for (int m = 0; m <= k; m++)
				f->curvature[k][m] += v * x[k] * x[m];
		}
	}
}

/* Solves curvature * step = gradient by Cholesky; the ridge keeps it positive. */
static bool solve(struct fitting *f, double *step)
{
	double(*l)[PARAMS_MAX] = f->curvature;
	const int n = f->params;

	for (int k = 0; k < n; k++)
		for (int m = 0; m <= k; m++) {
			double sum = l[k][m];

			for (int j = 0; j < m; j++)
				sum -= l[k][j] * l[m][j];
			if (m == k && !(sum > 0))
				return false;
			l[k][m] = m == k ? sqrt(sum) : sum / l[m][m];
		}
	for (int k = 0; k < n; k++) {
		step[k] = f->gradient[k];
		for (int j = 0; j < k; j++)
			step[k] -= l[k][j] * step[j];
		step[k] /= l[k][k];
	}
	for (int k = n - 1; k >= 0; k--) {
		for (int j = k + 1; j < n; j++)
			step[k] -= l[j][k] * step[j];
		step[k] /= l[k][k];
	}
	return true;
}

/* The log of the likelihood less what the ridge takes. */
static double worth(const struct fitting *f)
{
	double x[PARAMS_MAX], sum = 0;

	for (int k = 0; k < f->params; k++)
		sum -= 0.5 * hold_of(f, k) * f->beta[k] * f->beta[k];
	for (uint32_t i = 0; i < f->n; i++) {
		if (f->rows[i].fold == f->skip)
			continue;
		inputs_of(f, i, x);

		const double p = chance_of(f, x);

		sum += log(f->rows[i].left ? p : 1 - p);
	}
	return sum;
}

/* Newton's method; a step that makes it worse is halved. */
static bool fit(struct fitting *f)
{
	double step[PARAMS_MAX], best;

	find_means(f);
	memset(f->beta, 0, sizeof(f->beta));
	best = worth(f);
	for (int k = 0; k < STEPS_MAX; k++) {
		double size = 1, now = best;

		add_up(f);
		if (!solve(f, step))
			return false;
		for (int i = 0; i < f->params; i++)
			f->beta[i] += step[i];
		for (; (now = worth(f)) < best - CLOSE && size > CLOSE; size /= 2)
			for (int i = 0; i < f->params; i++)
				f->beta[i] -= step[i] * size / 2;
		if (!isfinite(now))
			return false;
		if (now - best < CLOSE * (1 + fabs(best)))
			return true;
		best = now;
	}
	return true;
}

/* What the parameters say of the weights; false: nothing speaks for any. */
static bool weights_of(const struct fitting *f, double *weight)
{
	double sum = 0;

	for (int c = 0; c < f->parts; c++) {
		const double w = f->beta[1] * f->weight[c] + f->beta[2 + c];

		weight[c] = w > 0 ? w : 0;
		sum += weight[c];
	}
	for (int c = 0; c < f->parts; c++)
		weight[c] = sum > CLOSE ? weight[c] / sum : f->weight[c];
	return sum > CLOSE;
}

/* By all folds but one; adds how surprising that one is, and says its health. */
static double judge_fold(struct fitting *f, int fold, double *health)
{
	double weight[BACKTEST_PARTS_MAX], x[PARAMS_MAX], sum = 0;

	f->skip = fold;
	if (!fit(f))
		return (double)INFINITY;
	(void)weights_of(f, weight);
	for (uint32_t i = 0; i < f->n; i++) {
		const struct backtest_fit_row *r = &f->rows[i];

		if (r->fold != fold)
			continue;
		inputs_of(f, i, x);

		const double p = chance_of(f, x);

		sum -= log(r->left ? p : 1 - p);
		health[i] = backtest_fit_health(r, f->parts, weight);
	}
	return sum;
}

static bool told(const struct progress *p, uint64_t done)
{
	return !p ||
	       p->tell(p->arg, "weighing the components", done, RIDGES * BACKTEST_FOLDS);
}

/* Whether the folds agree that it is less surprising: the sum of what they gain is more
 * than its standard error. */
static bool pays(const double *was, const double *is)
{
	double sum = 0, squares = 0;

	for (int k = 0; k < BACKTEST_FOLDS; k++)
		sum += was[k] - is[k];
	for (int k = 0; k < BACKTEST_FOLDS; k++) {
		const double d = was[k] - is[k] - sum / BACKTEST_FOLDS;

		squares += d * d;
	}
	return sum > sqrt(squares * BACKTEST_FOLDS / (BACKTEST_FOLDS - 1));
}

/* From the strongest ridge to weaker ones, as long as the folds pay for it. health: room
 * for n. */
static enum status choose_ridge(struct fitting *f, const struct progress *progress,
	struct backtest_fit *out, double *health, double *out_of_fold, struct err *e)
{
	double best[BACKTEST_FOLDS], now[BACKTEST_FOLDS];

	for (int k = 0; k < RIDGES; k++) {
		bool finite = true;

		f->ridge = ridges[k];
		for (int fold = 0; fold < BACKTEST_FOLDS; fold++) {
			if (!told(progress, (uint64_t)(k * BACKTEST_FOLDS + fold)))
				return err_set(e, ST_CANCELLED, "stopped");
			now[fold] = judge_fold(f, fold, health);
			finite &= isfinite(now[fold]) != 0;
		}
		if (!finite || (out->found && !pays(best, now)))
			continue;
		out->found = true;
		out->ridge = ridges[k];
		memcpy(best, now, sizeof(best));
		memcpy(out_of_fold, health, f->n * sizeof(*health));
	}
	return ST_OK;
}

enum status backtest_fit_weights(const struct backtest_fit_row *rows, uint32_t n,
	int parts, const double *weight, const struct progress *progress,
	struct backtest_fit *out, double *out_of_fold, struct err *e)
{
	struct fitting f = { .rows = rows,
		.n = n,
		.parts = parts,
		.params = parts + 2,
		.weight = weight };
	double *room = malloc(2 * ((size_t)n + 1) * sizeof(*room));
	double *health;
	enum status st;

	if (!room)
		return err_set(e, ST_NOMEM, "not enough memory for the backtest");
	f.health = health = room + n;
	*out = (struct backtest_fit){ .ridge = ridges[0] };
	memcpy(out->weight, weight, (size_t)parts * sizeof(*weight));
	for (uint32_t i = 0; i < n; i++)
		out_of_fold[i] = health[i] = backtest_fit_health(&rows[i], parts, weight);
	st = choose_ridge(&f, progress, out, room, out_of_fold, e);
	f.ridge = out->ridge;
	f.skip = -1;
	if (st == ST_OK && out->found)
		out->found = fit(&f) && weights_of(&f, out->weight);
	free(room);
	return st;
}

/* ---- the curve of triage --------------------------------------------------------- */

static double held(double x)
{
	return !(x > 0) ? 0 : x > 1 ? 1 : x;
}

/* The normal equations of two unknowns; where one would be below 0 the other alone. */
struct backtest_curve backtest_fit_curve(
	const struct backtest_curve_row *rows, uint32_t n, int skip)
{
	double aa = 0, ab = 0, bb = 0, ay = 0, by = 0, det;
	struct backtest_curve c;

	for (uint32_t i = 0; i < n; i++) {
		const double a = rows[i].factor, b = a * rows[i].square;

		if (rows[i].fold == skip)
			continue;
		aa += a * a;
		ab += a * b;
		bb += b * b;
		if (rows[i].left) {
			ay += a;
			by += b;
		}
	}
	det = aa * bb - ab * ab;
	c.floor = det > CLOSE ? (ay * bb - by * ab) / det : -1;
	c.span = det > CLOSE ? (aa * by - ab * ay) / det : -1;
	if (c.floor < 0) {
		c.floor = 0;
		c.span = bb > 0 ? by / bb : 0;
	}
	if (c.span < 0) {
		c.span = 0;
		c.floor = aa > 0 ? ay / aa : 0;
	}
	c.floor = held(c.floor);
	c.span = held(c.span);
	if (c.floor + c.span > 1)
		c.span = 1 - c.floor;
	return c;
}
