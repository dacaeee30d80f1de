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

/* ", at most 20" where it is above the band, ", at least 8" below; a tier without
 * accounts is not below. */
static const char *beyond(const struct capacity_band *b, double ratio, char out[32])
{
	out[0] = '\0';
	if (ratio > b->max)
		snprintf(out, 32, ", at most %.0f", b->max);
	else if (ratio > 0 && ratio < b->min)
		snprintf(out, 32, ", at least %.0f", b->min);
	return out;
}

bool capacity_past_tier(const struct policy *policy, const struct capacity_past *p,
	uint32_t n, const struct capacity *asked, int tier,
	struct capacity_past_said *out)
{
	enum { YEAR = 364, HALF = 182 };
	static const double CREEP = 1.1;
	struct capacity_band bands[TIER_COUNT];
	const struct capacity_band *band = &bands[tier - 1];
	const struct capacity_past *first, *half;
	struct capacity_past last;
	char day[DAY_TEXT_MAX], middle[DAY_TEXT_MAX], limit[32];
	char between[CAPACITY_RATIO_MAX];
	double was, is;

	capacity_bands(policy, bands);
	if (n < 2 || band->pooled)
		return false;
	first = before(p, n, YEAR);
	half = before(p, n, HALF);
	last = p[n - 1];
	if (asked) {
		last.csms = asked->heads_present;
		last.accounts[tier - 1] = asked->heads[tier - 1].accounts;
	}
	was = capacity_ratio(first, tier);
	is = capacity_ratio(&last, tier);
	if (!(was >= 0) || !(is >= 0))
		return false;
	out->creeps = is > band->target && is >= CREEP * was;
	out->outside = *beyond(band, is, limit);
	snprintf(out->text, sizeof(out->text),
		"tier %d: %.1f accounts per CSM on %s, %s on %s, %.1f %s; the target is "
		"%.0f%s",
		tier, was, day_format(first->day, day),
		capacity_ratio_text(half, tier, between), day_format(half->day, middle),
		is, asked ? "as asked about" : "now", band->target, limit);
	return true;
}

void capacity_past_say(const struct policy *policy, const struct capacity_past *p,
	uint32_t n, const struct capacity *asked, capacity_line_fn fn, void *arg)
{
	struct capacity_past_said x;

	for (int tier = 1; tier <= CAPACITY_NAMED; tier++)
		if (capacity_past_tier(policy, p, n, asked, tier, &x))
			fn(arg, x.creeps || x.outside ? CAPACITY_WARNS : CAPACITY_SAYS,
				x.text);
}
