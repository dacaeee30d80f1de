/* Who is the weakest of a tier, and what it takes to come up into one. */
#include "core/book_internal.h"

#include <math.h>
#include <stdlib.h>

/* Below 0: a is weaker than b, by the figures that lists show: tier scores in steps of
 * 1/SCORES_SCALE, where a review has all their digits, then values. Missing is least. */
static int compare(const struct figures *f, uint32_t a, uint32_t b)
{
	const int32_t *score = f->score_steps;
	int64_t x, y;

	if (score[a - 1] != score[b - 1])
		return score[a - 1] < score[b - 1] ? -1 : 1;
	x = amounts_at(&f->value, a - 1);
	y = amounts_at(&f->value, b - 1);
	return (x > y) - (x < y);
}

enum status book_weakest(
	struct book *b, const struct book_members *of, uint32_t *found, struct err *e)
{
	uint32_t *last = malloc(((size_t)b->columns.n + 1) * sizeof(*last));
	enum status st = ST_OK;
	uint32_t n = 0;

	*found = 0;
	if (!last)
		return err_set(e, ST_NOMEM, "not enough memory to say who is weakest");
	for (uint32_t id = 1; id <= b->columns.n; id++) {
		int than_last = 0;

		if (of->tier[id - 1] != of->of)
			continue;
		if (n)
			than_last = compare(&b->columns.scores, id, last[0]);
		if (than_last > 0 || of->stays(of->arg, id))
			continue;
		n = than_last < 0 ? 0 : n;
		last[n++] = id;
	}
	if (n > 1)
		st = review_order_ids(b->store, last, n, e);
	if (n)
		*found = last[n - 1];
	free(last);
	return st;
}

/* Who is not active leaves its tier at the review, and takes nobody's place. */
static bool stays(const void *arg, uint32_t id)
{
	const struct book_columns *c = arg;

	return !c->active[id - 1] || (c->marks[id - 1] & BOOK_LOCKED) ||
	       isnan(figures_score(&c->scores, id - 1));
}

enum status book_way_up(
	struct book *b, uint8_t tier, struct book_way_up *out, struct err *e)
{
	const uint8_t to = (uint8_t)(tier - 1);
	const struct policy *p = &b->policy;
	struct book_summary sum;
	enum status st = book_need_columns(b, e);

	*out = (struct book_way_up){ .to = to,
		.need = p->threshold[to - 1] + p->hysteresis };
	if (st == ST_OK)
		st = book_summary(b, &sum, e);
	if (st != ST_OK)
		return st;
	out->full = sum.in_tier[to] >= sum.limit[to - 1];
	if (out->full)
		st = book_weakest(b,
			&(struct book_members){ b->columns.tier, to, stays, &b->columns },
			&out->goes, e);
	if (!out->goes)
		return st;
	out->goes_score = figures_score(&b->columns.scores, out->goes - 1);
	out->need = fmax(out->need, out->goes_score + p->swap_margin);
	return st;
}
