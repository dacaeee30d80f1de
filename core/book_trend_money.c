/* ARR of the past: what cohorts of the months became, and what the tiers had on the days
 * of the points. One part of the accounts at a time. */
#include "core/book_trend_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/rates.h"

/* Whether the month is the first in which ARR is known to have come or gone: amounts
 * without a date reach back for ever. */
static bool has_revenue(const struct trend_month *m)
{
	return m->month.opening != m->month.closing ||
	       m[1].month.accounts != m->month.accounts;
}

static enum status begin(struct book_trend *t, struct err *e)
{
	const size_t points = t->t.points, ends = (size_t)t->t.months + TREND_YEAR + 1;
	const size_t days = ends > points ? ends : points;
	struct book_info info;
	enum status st = t->book->store->ops->info(t->book->store, &info, e);

	if (st != ST_OK)
		return st;
	t->parts = (info.last_id + PART_ACCOUNTS - 1) / PART_ACCOUNTS;
	t->arr = malloc(days * PART_ACCOUNTS * sizeof(*t->arr));
	t->part_tier = malloc(2 * PART_ACCOUNTS); /* and healths, that nobody needs */
	t->money = calloc(points + 1, sizeof(*t->money));
	if (!t->arr || !t->part_tier || !t->money || !book_trend_days(t))
		return book_trend_no_memory(e);
	t->t.money = t->money;
	st = part_init(&t->part, e);
	return st == ST_OK ? observed_begin(t->book->store, t->as_of, &t->t.observed, e)
			   : st;
}

static enum status add_cohorts(
	struct book_trend *t, const struct rates *rates, struct err *e)
{
	const int ends = t->t.months + TREND_YEAR;
	enum status st =
		trend_arr(&t->part, rates, t->end, ends + 1, t->as_of, t->arr, e);

	if (st == ST_OK)
		observed_add(&t->t.observed, &t->part,
			&t->arr[(size_t)ends * PART_ACCOUNTS], t->as_of);
	for (int m = 0; st == ST_OK && m < t->t.months; m++) {
		uint32_t n = t->part.n;
		const uint8_t *in = book_trend_chosen(t, t->part_at * PART_ACCOUNTS, &n);
		const int64_t *close = &t->arr[(size_t)(m + TREND_YEAR) * PART_ACCOUNTS];
		const int64_t *year = &t->arr[(size_t)m * PART_ACCOUNTS];

		st = trend_cohort_add(
			&t->month[m].month, close - PART_ACCOUNTS, close, in, n, e);
		if (st == ST_OK)
			st = trend_cohort_add(&t->month[m].year, year, close, in, n, e);
	}
	return st;
}

/* The day of the figures counts with the tiers as they are now, as all screens do. */
static enum status tiers_on(
	struct book_trend *t, uint32_t point, const uint8_t **out, struct err *e)
{
	const struct book_columns *c = &t->book->columns;
	const uint32_t first = t->part_at * PART_ACCOUNTS;
	struct store *s = t->book->store;

	if (c->loaded && t->day[point] == c->day.day && first + t->part.n <= c->n) {
		*out = c->tier + first;
		return ST_OK;
	}
	*out = t->part_tier;
	return s->ops->snapshot_health(s, t->day[point], first, t->part.n,
		t->part_tier + PART_ACCOUNTS, t->part_tier, e);
}

static enum status add_tiers(
	struct book_trend *t, const struct rates *rates, struct err *e)
{
	const uint32_t points = t->t.points;
	enum status st =
		trend_arr(&t->part, rates, t->day, (int)points, t->as_of, t->arr, e);

	for (uint32_t i = 0; st == ST_OK && i < points; i++) {
		uint32_t n = t->part.n;
		const uint8_t *in = book_trend_chosen(t, t->part_at * PART_ACCOUNTS, &n);
		const uint8_t *tier;

		st = tiers_on(t, i, &tier, e);
		if (st == ST_OK)
			st = trend_money_add(&t->money[i],
				&t->arr[(size_t)i * PART_ACCOUNTS], tier, in, n, e);
	}
	return st;
}

static enum status add_part(struct book_trend *t, struct err *e)
{
	struct rates rates;
	struct store *s = t->book->store;
	enum status st = s->ops->hold(s, e);

	if (st != ST_OK)
		return st;
	st = rates_of(&rates, &t->book->policy, s, e);
	if (st == ST_OK)
		st = s->ops->part(s, t->part_at, t->as_of, &t->part, e);
	if (st == ST_OK)
		st = add_cohorts(t, &rates, e);
	if (st == ST_OK)
		st = add_tiers(t, &rates, e);
	s->ops->release(s);
	return st;
}

/* Of survivors no month and no year has rates. */
static void mark_survivors(struct book_trend *t)
{
	for (int m = 0; m < t->t.months; m++) {
		const int32_t *opening = &t->end[m + TREND_YEAR - 1], *year = &t->end[m];

		t->month[m].month.survivors = !observed_from(&t->t.observed, *opening);
		t->month[m].year.survivors = !observed_from(&t->t.observed, *year);
	}
}

/* All parts are added: what they were read into has done. */
static void end(struct book_trend *t)
{
	mark_survivors(t);
	t->t.revenue_first = book_trend_months_first(t, has_revenue);
	free(t->arr);
	free(t->part_tier);
	t->arr = NULL;
	t->part_tier = NULL;
	part_clear(&t->part);
}

enum status book_trend_money_step(struct book_trend *t, struct err *e)
{
	enum status st = t->arr ? ST_OK : begin(t, e);

	if (st == ST_OK && t->part_at < t->parts)
		st = add_part(t, e);
	t->part_at++;
	t->t.revenue = st == ST_OK && t->part_at >= t->parts;
	if (t->t.revenue)
		end(t);
	return st;
}
