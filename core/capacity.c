#include "core/capacity.h"

#include <math.h>

#include "core/policy.h"

const char *const capacity_state_name[] = { "ok", "over", "under", "away" };

/* Counts and limits are whole numbers on paper: a share that is off by rounding alone
 * is not over. */
static const double ROUNDING = 1e-9;

void capacity_bands(const struct policy *p, struct capacity_band band[TIER_COUNT])
{
	const double *n = p->number;

	band[0] = (struct capacity_band){ n[POLICY_CAP_T1_MIN], n[POLICY_CAP_T1_TARGET],
		n[POLICY_CAP_T1_MAX], n[POLICY_CAP_T1_ARR_MIN] * 100,
		n[POLICY_CAP_T1_ARR_MAX] * 100, false };
	band[1] = (struct capacity_band){ n[POLICY_CAP_T2_MIN], n[POLICY_CAP_T2_TARGET],
		n[POLICY_CAP_T2_MAX], n[POLICY_CAP_T2_ARR_MIN] * 100,
		n[POLICY_CAP_T2_ARR_MAX] * 100, n[POLICY_CAP_T2_POOLED] > 0 };
	band[2] = (struct capacity_band){ n[POLICY_CAP_T3_MIN], n[POLICY_CAP_T3_TARGET],
		n[POLICY_CAP_T3_MAX], 0, 0, true };
}

static double larger(double a, double b)
{
	return a > b ? a : b;
}

void capacity_load(const struct capacity_band band[TIER_COUNT],
	const struct capacity_book *book, double share, struct capacity_load *out)
{
	double missing;
	bool count_bound = false, arr_bound = false;

	*out = (struct capacity_load){ .count_max = 0 };
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		const double n = book->accounts[t], arr = (double)book->arr[t];

		if (band[t].pooled)
			continue;
		out->count_max += n / band[t].max;
		out->arr_max += band[t].arr_max > 0 ? arr / band[t].arr_max : 0;
		out->count_min += band[t].min > 0 ? n / band[t].min : 0;
		out->arr_min += band[t].arr_min > 0 ? arr / band[t].arr_min : 0;
		count_bound |= band[t].min > 0;
		arr_bound |= band[t].arr_min > 0;
	}
	if (!count_bound)
		out->count_min = INFINITY;
	if (!arr_bound)
		out->arr_min = INFINITY;
	out->over = larger(out->count_max, out->arr_max) - share;
	missing = share - (out->count_min < out->arr_min ? out->count_min : out->arr_min);
	out->over = out->over > ROUNDING ? out->over : 0;
	out->under = missing > ROUNDING ? missing : 0;
	out->state = !(share > 0)     ? CAPACITY_AWAY
		     : out->over > 0  ? CAPACITY_OVER
		     : out->under > 0 ? CAPACITY_UNDER
				      : CAPACITY_OK;
}

static uint32_t whole(double x)
{
	return x >= UINT32_MAX ? UINT32_MAX : (uint32_t)x;
}

static uint32_t up(double x)
{
	return whole(ceil(x - ROUNDING));
}

static uint32_t down(double x)
{
	return whole(floor(x + ROUNDING));
}

void capacity_heads(const struct capacity_band *band, uint32_t accounts, int64_t arr,
	struct capacity_heads *out)
{
	const uint32_t by_count = up(accounts / band->max);
	const uint32_t by_arr = band->arr_max > 0 ? up((double)arr / band->arr_max) : 0;
	const uint32_t most = band->min > 0 ? down(accounts / band->min) : CAPACITY_ANY;
	const uint32_t most_by_arr =
		band->arr_min > 0 ? down((double)arr / band->arr_min) : CAPACITY_ANY;

	*out = (struct capacity_heads){
		.accounts = accounts, .arr = arr, .pooled = band->pooled, .feasible = true
	};
	if (band->pooled)
		return;
	out->min_by_arr = by_arr > by_count;
	out->min = out->min_by_arr ? by_arr : by_count;
	out->max_by_arr = most_by_arr < most;
	out->max = out->max_by_arr ? most_by_arr : most;
	out->target = up(accounts / band->target);
	out->feasible = out->min <= out->max;
}

double capacity_hours(const struct policy *p, const struct capacity_book *book)
{
	enum { WEEKS = 13 }; /* of a quarter */
	const double *n = p->number;
	double minutes =
		book->accounts[0] * n[POLICY_CAP_TOUCHES_1] * n[POLICY_CAP_MINUTES_1];

	if (!(n[POLICY_CAP_T2_POOLED] > 0))
		minutes += book->accounts[1] * n[POLICY_CAP_TOUCHES_2] *
			   n[POLICY_CAP_MINUTES_2];
	return minutes / 60 / WEEKS;
}
