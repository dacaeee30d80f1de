#include "core/capacity_past.h"

#include <math.h>
#include <stdio.h>

#include "core/book_internal.h"

struct reading {
	struct capacity_past *out;
	uint32_t n;
	int32_t as_of;
};

/* Ascending by day: of a step the last one stays. */
static void put(struct reading *r, const struct capacity_past *x)
{
	const int32_t step = (r->as_of - x->day) / CAPACITY_PAST_STEP;

	if (r->n == 0 || (r->as_of - r->out[r->n - 1].day) / CAPACITY_PAST_STEP != step)
		r->n++;
	r->out[r->n - 1] = *x;
}

static enum status take_sums(void *arg, const struct snapshot_sums *s, struct err *e)
{
	struct reading *r = arg;

	(void)e;
	if (r->n || s->tier[1] || s->tier[2]) /* else nobody was in a tier yet */
		put(r, &(struct capacity_past){ .day = s->at.day,
			       .accounts = { s->tier[1], s->tier[2] },
			       .active = s->tier[0] + s->tier[1] + s->tier[2] +
					 s->tier[3] });
	return ST_OK;
}

static enum status take_csm(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct reading *r = arg;

	(void)id;
	(void)e;
	for (uint32_t k = 0; k < r->n; k++)
		r->out[k].csms += capacity_share(c, r->out[k].day);
	return ST_OK;
}

/* The last one is of now: a review, or its undoing, need not have a snapshot yet. */
static enum status take_now(struct reading *r, struct book *b, struct err *e)
{
	struct book_summary now;
	const enum status st = r->n ? book_summary(b, &now, e) : ST_OK;

	if (st == ST_OK && r->n)
		put(r, &(struct capacity_past){ .day = r->as_of,
			       .accounts = { now.in_tier[1], now.in_tier[2] },
			       .active = now.active });
	return st;
}

enum status capacity_past(struct book *b, struct capacity_past out[CAPACITY_PAST],
	uint32_t *n, struct err *e)
{
	struct reading r = { out, 0, b->clock.today };
	enum status st = b->store->ops->snapshot_sums(b->store,
		r.as_of - CAPACITY_PAST * CAPACITY_PAST_STEP + 1, r.as_of, take_sums, &r,
		e);

	if (st == ST_OK)
		st = take_now(&r, b, e);
	if (st == ST_OK)
		st = book_csms(b, take_csm, &r, e);
	*n = r.n;
	return st;
}

double capacity_ratio(const struct capacity_past *p, int tier)
{
	return p->csms > 0 ? p->accounts[tier - 1] / p->csms : (double)NAN;
}

const char *capacity_ratio_text(
	const struct capacity_past *p, int tier, char out[CAPACITY_RATIO_MAX])
{
	const double ratio = capacity_ratio(p, tier);

	if (ratio >= 0)
		snprintf(out, CAPACITY_RATIO_MAX, "%.1f", ratio);
	else
		snprintf(out, CAPACITY_RATIO_MAX, "--");
	return out;
}

/* The one that is nearest to so many days before the last. */
static const struct capacity_past *before(
	const struct capacity_past *p, uint32_t n, int32_t days)
{
	const struct capacity_past *best = &p[0];

	for (uint32_t k = 1; k < n; k++)
		if (fabs((double)(p[n - 1].day - p[k].day - days)) <
			fabs((double)(p[n - 1].day - best->day - days)))
			best = &p[k];
	return best;
}

void capacity_past_say(const struct policy *policy, const struct capacity_past *p,
	uint32_t n, const struct capacity *asked, capacity_line_fn fn, void *arg)
{
	enum { YEAR = 364, HALF = 182 };
	static const double CREEP = 1.1;
	struct capacity_band band[TIER_COUNT];
	const struct capacity_past *first, *half;
	struct capacity_past last;

	capacity_bands(policy, band);
	if (n < 2)
		return;
	first = before(p, n, YEAR);
	half = before(p, n, HALF);
	last = p[n - 1];
	if (asked)
		last.csms = asked->heads_present;
	for (int t = 0; asked && t < CAPACITY_NAMED; t++)
		last.accounts[t] = asked->heads[t].accounts;
	for (int tier = 1; tier <= CAPACITY_NAMED; tier++) {
		const double was = capacity_ratio(first, tier),
			     is = capacity_ratio(&last, tier);
		char line[CAPACITY_TEXT_MAX], day[DAY_TEXT_MAX], middle[DAY_TEXT_MAX];
		char between[CAPACITY_RATIO_MAX];

		if (band[tier - 1].pooled || !(was >= 0) || !(is >= 0))
			continue;
		snprintf(line, sizeof(line),
			"tier %d: %.1f accounts per CSM on %s, %s on %s, %.1f %s; the "
			"target is %.0f",
			tier, was, day_format(first->day, day),
			capacity_ratio_text(half, tier, between),
			day_format(half->day, middle), is,
			asked ? "as asked about" : "now", band[tier - 1].target);
		fn(arg,
			is > band[tier - 1].target && is >= CREEP * was ? CAPACITY_WARNS
									: CAPACITY_SAYS,
			line);
	}
}
