#include "core/backtest_stat.h"

#include <math.h>
#include <stdlib.h>

#include "core/sort.h"

#define Z95 1.959963984540054

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the backtest");
}

/* Cornish-Fisher from the normal quantile, as in Abramowitz and Stegun 26.7.5, and exact
 * for the degrees where that is too coarse. */
double backtest_t95(double df)
{
	static const double few[] = { 12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365,
		2.306, 2.262 };
	const double z = Z95, z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;

	if (!(df >= 1))
		return (double)INFINITY;
	if (df < 10)
		return few[(int)df - 1];
	return z + (z3 + z) / (4 * df) + (5 * z5 + 16 * z3 + 3 * z) / (96 * df * df) +
	       (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * df * df * df);
}

/* ---- the order of risk ----------------------------------------------------------- */

/* Ascending by risk; owned by the caller. NULL: no memory. */
static struct sort_item *by_risk(
	const struct backtest_sample *s, uint32_t n, struct err *e)
{
	struct sort_item *items = malloc(((size_t)n + 1) * sizeof(*items));

	if (!items) {
		(void)no_memory(e);
		return NULL;
	}
	for (uint32_t i = 0; i < n; i++)
		items[i] = (struct sort_item){ sort_key_double(s[i].risk), i };
	if (sort_items(items, n, e) != ST_OK) {
		free(items);
		return NULL;
	}
	return items;
}

/* How many samples from `at` on have the same risk, and how many of them left. */
static uint32_t run_of(const struct backtest_sample *s, const struct sort_item *items,
	uint32_t at, uint32_t n, uint32_t *left)
{
	uint32_t end = at;

	*left = 0;
	for (; end < n && items[end].key == items[at].key; end++)
		*left += s[items[end].index].left;
	return end - at;
}

/* ---- AUC ------------------------------------------------------------------------- */

enum { HAS_LEFT = 1, HAS_STAYED = 2 };

static enum status count_accounts(const struct backtest_sample *s, uint32_t n,
	uint32_t accounts, struct backtest_auc *out, struct err *e)
{
	uint8_t *seen = calloc((size_t)accounts + 1, 1);

	if (!seen)
		return no_memory(e);
	for (uint32_t i = 0; i < n; i++) {
		out->left += s[i].left;
		out->stayed += !s[i].left;
		seen[s[i].account] |= s[i].left ? HAS_LEFT : HAS_STAYED;
	}
	for (uint32_t a = 0; a < accounts; a++) {
		out->accounts_left += (seen[a] & HAS_LEFT) != 0;
		out->accounts_stayed += (seen[a] & HAS_STAYED) != 0;
	}
	free(seen);
	return ST_OK;
}

/* Adds to each account what its samples add to the estimate: of one who left the share of
 * those who stayed that are rated below, of one who stayed of those who left above. */
static double add_shares(const struct backtest_sample *s, const struct sort_item *items,
	uint32_t n, const struct backtest_auc *of, double *share)
{
	const double left = of->left, stayed = of->stayed;
	double sum = 0, below_stayed = 0, below_left = 0;

	for (uint32_t at = 0, k; at < n; at += k) {
		uint32_t run_left;

		k = run_of(s, items, at, n, &run_left);
		const double run_stayed = k - run_left;
		const double below = (below_stayed + 0.5 * run_stayed) / stayed;
		const double above = (left - below_left - 0.5 * run_left) / left;

		for (uint32_t i = at; i < at + k; i++) {
			const struct backtest_sample *x = &s[items[i].index];

			share[x->account] += x->left ? below / left : above / stayed;
		}
		sum += run_left * below;
		below_stayed += run_stayed;
		below_left += run_left;
	}
	return sum / left;
}

/* What each account adds, less what it would by the mean. */
static void centre_shares(const struct backtest_sample *s, uint32_t n,
	const struct backtest_auc *of, double *share)
{
	for (uint32_t i = 0; i < n; i++)
		share[s[i].account] -= of->auc / (s[i].left ? of->left : of->stayed);
}

static double variance_of(const double *share, uint32_t accounts, uint32_t in)
{
	double sum = 0;

	for (uint32_t a = 0; a < accounts; a++)
		sum += share[a] * share[a];
	return in > 1 ? sum * in / (in - 1) : (double)NAN;
}

static double quantile_of(const struct backtest_auc *a)
{
	const uint32_t fewer = a->accounts_left < a->accounts_stayed ? a->accounts_left
								     : a->accounts_stayed;

	return backtest_t95((double)fewer - 1);
}

static void range_of(struct backtest_auc *a, double variance)
{
	const double x = a->auc, se = sqrt(variance);
	const double logit = log(x / (1 - x)), half = quantile_of(a) * se / (x * (1 - x));

	a->low = a->high = (double)NAN;
	if (!(x > 0 && x < 1) || !(se > 0) || !isfinite(half))
		return;
	a->low = 1 / (1 + exp(-(logit - half)));
	a->high = 1 / (1 + exp(-(logit + half)));
}

enum status backtest_auc_of(const struct backtest_sample *s, uint32_t n,
	uint32_t accounts, double *share, struct backtest_auc *out, struct err *e)
{
	double *own = share ? NULL : malloc(((size_t)accounts + 1) * sizeof(*own));
	struct sort_item *items = NULL;
	enum status st = share || own ? ST_OK : no_memory(e);

	*out = (struct backtest_auc){
		.auc = (double)NAN, .low = (double)NAN, .high = (double)NAN
	};
	if (!share)
		share = own;
	if (st == ST_OK)
		st = count_accounts(s, n, accounts, out, e);
	if (st == ST_OK && !(items = by_risk(s, n, e)))
		st = ST_NOMEM;
	for (uint32_t a = 0; st == ST_OK && a < accounts; a++)
		share[a] = 0;
	if (st == ST_OK && out->left && out->stayed) {
		out->auc = add_shares(s, items, n, out, share);
		centre_shares(s, n, out, share);
		range_of(out, variance_of(share, accounts,
				      out->accounts_left + out->accounts_stayed));
	}
	free(items);
	free(own);
	return st;
}

bool backtest_auc_is_chance(const struct backtest_auc *a)
{
	return !(a->low > 0.5) && !(a->high < 0.5);
}

struct backtest_gain backtest_auc_gain(const struct backtest_auc *first,
	const double *share_first, const struct backtest_auc *second,
	const double *share_second, uint32_t accounts)
{
	const uint32_t in = first->accounts_left + first->accounts_stayed;
	struct backtest_gain g = { second->auc - first->auc, (double)NAN, (double)NAN };
	double sum = 0, half;

	for (uint32_t a = 0; a < accounts; a++) {
		const double d = share_second[a] - share_first[a];

		sum += d * d;
	}
	if (isnan(g.gain) || in < 2)
		return g;
	half = quantile_of(first) * sqrt(sum * in / (in - 1));
	if (isfinite(half)) {
		g.low = g.gain - half;
		g.high = g.gain + half;
	}
	return g;
}

/* ---- lift ------------------------------------------------------------------------ */

enum status backtest_lift_of(const struct backtest_sample *s, uint32_t n, double share,
	struct backtest_lift *out, struct err *e)
{
	const double most = ceil(share * n - 1e-9);
	struct sort_item *items = by_risk(s, n, e);
	uint32_t all = 0;
	double left = 0, taken = 0;

	*out = (struct backtest_lift){ .lift = (double)NAN };
	if (!items)
		return ST_NOMEM;
	for (uint32_t i = 0; i < n; i++)
		all += s[i].left;
	for (uint32_t end = n; end > 0 && taken < most;) {
		uint32_t at = end, run_left = 0;
		double part;

		while (at > 0 && items[at - 1].key == items[end - 1].key)
			run_left += s[items[--at].index].left;
		part = end - at <= most - taken ? 1 : (most - taken) / (end - at);
		left += part * run_left;
		taken += part * (end - at);
		end = at;
	}
	free(items);
	out->n = (uint32_t)most;
	out->left = left;
	out->base = n ? (double)all / n : (double)NAN;
	out->rate = most > 0 ? left / most : (double)NAN;
	if (all)
		out->lift = out->rate / out->base;
	return ST_OK;
}

/* ---- Brier ----------------------------------------------------------------------- */

struct backtest_brier backtest_brier_of(const struct backtest_sample *s, uint32_t n)
{
	struct backtest_brier b = { .n = n };

	for (uint32_t i = 0; i < n; i++) {
		const double y = s[i].left ? 1 : 0;

		b.brier += (s[i].risk - y) * (s[i].risk - y) / n;
		b.rate += y / n;
		b.p += s[i].risk / n;
	}
	b.base = b.rate * (1 - b.rate);
	if (!n)
		b.brier = b.base = b.rate = b.p = (double)NAN;
	return b;
}

bool backtest_gains(const double *gain, uint32_t n, double all)
{
	double squares = 0;

	for (uint32_t i = 0; i < n; i++)
		squares += gain[i] * gain[i];
	return all > 2 * sqrt(squares);
}
