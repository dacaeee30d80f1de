#include "core/trend.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/health.h"

void trend_count(struct snapshot_sums *s, const uint8_t *health, const uint8_t *tier,
	const uint8_t *in, uint32_t n)
{
	for (uint32_t i = 0; i < n; i++) {
		if (health[i] >= HEALTH_LEVELS || tier[i] > TIER_COUNT || (in && !in[i]))
			continue;
		s->health[health[i]]++;
		s->tier[tier[i]]++;
	}
}

/* The value at a place of the sorted ones, which count from 0. */
static int value_at(const struct snapshot_sums *s, uint32_t place)
{
	uint32_t before = 0;
	int h = 0;

	do {
		h++;
		before += s->health[h];
	} while (before <= place && h < HEALTH_LEVELS - 1);
	return h;
}

static double quartile(const struct snapshot_sums *s, uint32_t known, int which)
{
	const uint64_t quarters = (uint64_t)(known - 1) * (uint64_t)which;
	const uint32_t place = (uint32_t)(quarters / 4);
	const int low = value_at(s, place);

	if (quarters % 4 == 0)
		return low;
	return low + (value_at(s, place + 1) - low) * (double)(quarters % 4) / 4;
}

void trend_point_of(
	const struct snapshot_sums *s, const struct policy *p, struct trend_point *out)
{
	uint64_t sum = 0;
	uint32_t known = 0;

	*out = (struct trend_point){ .at = s->at, .mean = NAN };
	for (int h = 0; h < HEALTH_LEVELS; h++) {
		out->in_band[health_band(p, h)] += s->health[h];
		out->active += s->health[h];
		if (h != HEALTH_UNKNOWN) {
			known += s->health[h];
			sum += (uint64_t)s->health[h] * (uint64_t)h;
		}
	}
	memcpy(out->in_tier, s->tier, sizeof(out->in_tier));
	if (known)
		out->mean = (double)sum / known;
	for (int q = 0; q < 3; q++)
		out->quartile[q] = known ? quartile(s, known, q + 1) : (double)NAN;
}

double trend_share(uint32_t part, uint32_t whole)
{
	return whole ? 100.0 * part / whole : (double)NAN;
}

uint32_t trend_sample(const int32_t *day, uint32_t n, int step, uint32_t *keep)
{
	uint32_t kept = 0;
	int64_t window = -1;

	/* From the newest back; then turned round. */
	for (uint32_t i = n; i-- > 0;) {
		const int64_t w = ((int64_t)day[n - 1] - day[i]) / step;

		if (w == window)
			continue;
		window = w;
		keep[kept++] = i;
	}
	for (uint32_t i = 0; i < kept / 2; i++) {
		const uint32_t swap = keep[i];

		keep[i] = keep[kept - 1 - i];
		keep[kept - 1 - i] = swap;
	}
	return kept;
}

/* ---- ARR on the days of the past ------------------------------------------------ */

static enum status too_much(struct err *e)
{
	return err_set(e, ST_INVALID, "the amounts of an account add up to too much");
}

static enum status add_contracts(const struct part *p, const struct rates *r,
	const int32_t *day, int days, int64_t *out, struct err *e)
{
	const struct part_contracts *c = &p->contracts;

	for (uint32_t k = 0; k < c->n; k++) {
		int64_t arr = c->arr[k];
		enum status st = rates_convert(r, c->currency[k], &arr, e);

		for (int d = 0; st == ST_OK && d < days; d++) {
			int64_t *at = &out[(size_t)d * PART_ACCOUNTS + c->at[k]];

			if (c->start[k] <= day[d] &&
				(c->end[k] == DAY_NONE || c->end[k] > day[d]) &&
				!money_add(*at, arr, at))
				st = too_much(e);
		}
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

static enum status take_back_movements(const struct part *p, const struct rates *r,
	const int32_t *day, int days, int32_t as_of, const uint8_t *contracted,
	int64_t *out, struct err *e)
{
	const struct part_movements *m = &p->movements;

	for (uint32_t k = 0; k < m->n; k++) {
		int64_t delta = m->delta[k];
		enum status st = ST_OK;

		if (contracted[m->at[k]] || m->day[k] > as_of)
			continue;
		st = rates_convert(r, m->currency[k], &delta, e);
		for (int d = 0; st == ST_OK && d < days; d++) {
			int64_t *at = &out[(size_t)d * PART_ACCOUNTS + m->at[k]];

			if (m->day[k] > day[d] && !money_add(*at, -delta, at))
				st = too_much(e);
		}
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

void trend_contracted(const struct part *p, int32_t as_of, uint8_t *out)
{
	memset(out, 0, PART_ACCOUNTS);
	for (uint32_t k = 0; k < p->contracts.n; k++)
		if (p->contracts.start[k] <= as_of)
			out[p->contracts.at[k]] = 1;
}

/* Which left with a movement of their own. */
static void find_left(const struct part *p, int32_t as_of, uint8_t *left)
{
	memset(left, 0, PART_ACCOUNTS);
	for (uint32_t k = 0; k < p->movements.n; k++)
		if (p->movements.kind[k] == MOVE_CHURN && p->movements.day[k] <= as_of)
			left[p->movements.at[k]] = 1;
}

enum status trend_arr(const struct part *p, const struct rates *r, const int32_t *day,
	int days, int32_t as_of, int64_t *out, struct err *e)
{
	uint8_t contracted[PART_ACCOUNTS], left[PART_ACCOUNTS];
	enum status st;

	trend_contracted(p, as_of, contracted);
	find_left(p, as_of, left);
	for (uint32_t i = 0; i < p->n; i++) {
		int64_t arr = contracted[i] || p->arr[i] == MONEY_NONE ? 0 : p->arr[i];

		if (left[i] && !base_active(p, i, as_of))
			arr = 0;
		st = rates_convert(r, p->currency[i], &arr, e);
		if (st != ST_OK)
			return st;
		for (int d = 0; d < days; d++)
			out[(size_t)d * PART_ACCOUNTS + i] = arr;
	}
	st = add_contracts(p, r, day, days, out, e);
	if (st == ST_OK)
		st = take_back_movements(p, r, day, days, as_of, contracted, out, e);
	for (int d = 0; st == ST_OK && d < days; d++) {
		int64_t *row = &out[(size_t)d * PART_ACCOUNTS];

		for (uint32_t i = 0; i < p->n; i++)
			if (row[i] < 0 || !base_active(p, i, day[d]))
				row[i] = 0;
	}
	return st;
}

/* ---- tiers ---------------------------------------------------------------------- */

static enum status too_much_of_all(struct err *e)
{
	return err_set(e, ST_INVALID, "the ARR of the base adds up to too much");
}

enum status trend_money_add(struct trend_money *m, const int64_t *arr,
	const uint8_t *tier, const uint8_t *in, uint32_t n, struct err *e)
{
	for (uint32_t i = 0; i < n; i++) {
		int64_t *sum = &m->in_tier[tier[i] <= TIER_COUNT ? tier[i] : TIER_NONE];

		if (arr[i] > 0 && (!in || in[i]) && !money_add(*sum, arr[i], sum))
			return too_much_of_all(e);
	}
	return ST_OK;
}

double trend_money_share(const struct trend_money *m, unsigned tier)
{
	double all = 0;

	for (int t = 0; t <= TIER_COUNT; t++)
		all += (double)m->in_tier[t];
	return all > 0 ? 100 * (double)m->in_tier[tier] / all : (double)NAN;
}

/* ---- alerts --------------------------------------------------------------------- */

/* The first of the days that is not before it; n: none is. */
static uint32_t first_from(const int32_t *day, uint32_t n, int32_t from)
{
	uint32_t low = 0, high = n;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (day[middle] < from)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void trend_alerts_add(struct trend_alerts *x, const int32_t *day, uint32_t n, int step,
	const struct alert *a)
{
	const uint32_t opened = first_from(day, n, a->opened);
	/* as other programs may have written it: over before it began */
	const int32_t end = a->ended < a->opened ? a->opened : a->ended;
	const uint32_t ended = a->ended == DAY_NONE ? n : first_from(day, n, end);
	const int32_t before = n ? day[0] - step : 0;

	if (opened == n)
		return;
	x[opened].opened += a->opened > before;
	x[opened].open[a->severity]++;
	if (ended == n)
		return;
	x[ended].open[a->severity]--; /* wraps, and back when they are summed up */
	if (end <= before)
		return;
	x[ended].closed += a->state == ALERT_CLOSED;
	x[ended].resolved += a->state != ALERT_CLOSED;
}

void trend_alerts_settle(
	struct trend_alerts *x, const int32_t *day, uint32_t n, int32_t first)
{
	for (uint32_t i = 0; i < n; i++) {
		x[i].known = first != DAY_NONE && day[i] >= first;
		for (int k = 0; i > 0 && k < SEVERITIES; k++)
			x[i].open[k] += x[i - 1].open[k];
	}
}

/* ---- cohorts -------------------------------------------------------------------- */

enum status trend_cohort_add(struct trend_cohort *c, const int64_t *opening,
	const int64_t *closing, const uint8_t *in, uint32_t n, struct err *e)
{
	for (uint32_t i = 0; i < n; i++) {
		if (opening[i] <= 0 || (in && !in[i]))
			continue;
		c->accounts++;
		c->lost += closing[i] <= 0;
		if (!money_add(c->opening, opening[i], &c->opening) ||
			!money_add(c->closing, closing[i], &c->closing) ||
			!money_add(c->kept,
				closing[i] < opening[i] ? closing[i] : opening[i],
				&c->kept))
			return too_much_of_all(e);
	}
	return ST_OK;
}

static double percent(int64_t part, int64_t whole)
{
	return whole > 0 ? 100.0 * (double)part / (double)whole : (double)NAN;
}

double trend_nrr(const struct trend_cohort *c)
{
	return c->survivors ? (double)NAN : percent(c->closing, c->opening);
}

double trend_grr(const struct trend_cohort *c)
{
	return c->survivors ? (double)NAN : percent(c->kept, c->opening);
}
