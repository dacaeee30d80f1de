#include "core/book_return.h"

#include <math.h>
#include <stdlib.h>

#include "core/book_internal.h"
#include "core/book_revenue.h"
#include "core/health.h"
#include "core/trend.h"

enum { QUARTER = 3 };

struct reading {
	struct book *b;
	uint32_t part, at; /* where the account is */
	struct book_reading of;
	struct base base;
	int64_t *arr; /* owned; of a part, on each day */
};

int64_t return_used(const struct return_point *p)
{
	int64_t used = MONEY_NONE;

	if (isnan(p->seats) || p->arr <= 0)
		return MONEY_NONE;
	return money_scale(p->arr, fmin(p->seats, 100) / 100, &used) ? used : MONEY_NONE;
}

static void choose_days(int32_t as_of, struct return_point out[RETURN_POINTS])
{
	int32_t day = revenue_last(REVENUE_BY_QUARTER, as_of);

	if (day == as_of)
		day = revenue_opening(day, QUARTER);
	out[RETURN_POINTS - 1].day = as_of;
	for (int k = RETURN_POINTS - 2; k >= 0; k--) {
		out[k + 1].since = out[k].day = day;
		day = revenue_opening(day, QUARTER);
	}
	out[0].since = day;
}

/* Of all days, from what is known on the last one. */
static enum status read_arr(
	struct reading *r, struct return_point out[RETURN_POINTS], struct err *e)
{
	struct store *s = r->b->store;
	const int32_t as_of = out[RETURN_POINTS - 1].day;
	int32_t day[RETURN_POINTS];
	enum status st = s->ops->part(s, r->part, as_of, &r->of.part, e);

	for (int k = 0; k < RETURN_POINTS; k++)
		day[k] = out[k].day;
	if (st == ST_OK && r->at >= r->of.part.n)
		st = err_set(e, ST_NOTFOUND, "there is no such account");
	if (st == ST_OK)
		st = trend_arr(
			&r->of.part, &r->of.rates, day, RETURN_POINTS, as_of, r->arr, e);
	for (int k = 0; st == ST_OK && k < RETURN_POINTS; k++)
		out[k].arr = r->arr[(size_t)k * PART_ACCOUNTS + r->at];
	return st;
}

static double input_of(const struct reading *r, enum component c)
{
	struct component_explained x;

	health_component(&r->b->policy, &r->base, r->at, TIER_NONE, c, &x);
	return x.state == COMP_PRESENT ? x.input : (double)NAN;
}

static enum status read_use(struct reading *r, struct return_point *out, struct err *e)
{
	enum status st;

	out->seats = out->features = out->active = NAN;
	r->of.as_of = out->day;
	st = book_read_base(r->b, &r->of, r->part, &r->base, e);
	if (st != ST_OK || r->at >= r->base.n || !r->base.active[r->at])
		return st;
	out->seats = input_of(r, COMP_UTILISATION);
	out->features = input_of(r, COMP_ADOPTION);
	out->active = input_of(r, COMP_USAGE);
	return ST_OK;
}

static enum status read_all(
	struct reading *r, struct return_point out[RETURN_POINTS], struct err *e)
{
	struct store *s = r->b->store;
	enum status st = s->ops->hold(s, e);

	if (st != ST_OK)
		return st;
	st = book_begin_reading(
		r->b, &r->b->policy, r->b->clock.today, &r->of, &r->base, e);
	if (st == ST_OK)
		st = read_arr(r, out, e);
	for (int k = 0; st == ST_OK && k < RETURN_POINTS; k++)
		st = read_use(r, &out[k], e);
	s->ops->release(s);
	return st;
}

enum status book_return(struct book *b, uint32_t account,
	struct return_point out[RETURN_POINTS], struct err *e)
{
	struct reading *r = calloc(1, sizeof(*r));
	enum status st;

	if (r)
		r->arr = malloc((size_t)RETURN_POINTS * PART_ACCOUNTS * sizeof(*r->arr));
	if (!r || !r->arr) {
		free(r);
		return err_set(e, ST_NOMEM, "not enough memory for an account");
	}
	r->b = b;
	r->part = account ? (account - 1) / PART_ACCOUNTS : 0;
	r->at = account ? (account - 1) % PART_ACCOUNTS : UINT32_MAX;
	choose_days(b->clock.today, out);
	st = read_all(r, out, e);
	part_clear(&r->of.part);
	base_clear(&r->base);
	free(r->arr);
	free(r);
	return st;
}
