/* Prices: what the books that are too full must give up, in whole accounts. */
#include <math.h>
#include <stdlib.h>

#include "core/rebalance_price_internal.h"

/* Of numbers of accounts that aren't whole parts of one, a book has so many units. */
enum { UNITS = 4096 };

static double load(const struct prices *w, const struct rebalance_item *i, int band)
{
	double sum = 0;

	for (int t = 0; t < CAPACITY_NAMED; t++)
		sum += w->plan->most[band][t] *
		       (band == PLAN_COUNT ? i->n[t] : (double)i->arr[t]);
	return sum;
}

static const struct rebalance_item *item_at(const struct prices *w, uint32_t k)
{
	return &w->plan->p->item[w->item[k]];
}

static void demand(struct prices *w, struct price_source *s)
{
	double count = -w->room[UP * w->csms + s->csm];
	double arr = -w->room[(UP + 1) * w->csms + s->csm];

	for (uint32_t k = s->from; k < s->from + s->n; k++) {
		count += load(w, item_at(w, w->of_source[k]), PLAN_COUNT);
		arr += load(w, item_at(w, w->of_source[k]), PLAN_ARR);
	}
	count = ceil(count * (double)w->units - 1e-6);
	s->units = count > 0 ? (uint32_t)count : 0;
	s->weight = arr > 1e-8 ? arr - 1e-9 : 0;
}

/* A book that has its limit to keep, where nobody is pinned who breaks it. */
static bool may_be_source(const struct prices *w, uint32_t j)
{
	return w->plan->p->share[j] > 0 &&
	       (w->hard[PRICE_OVER] || (w->slack[UP * w->csms + j] <= 0 &&
					       w->slack[(UP + 1) * w->csms + j] <= 0));
}

/* Items by their owner, one book after the other. */
static bool sort_by_owner(struct prices *w)
{
	uint32_t *from = calloc((size_t)w->csms + 2, sizeof(*from)), at = 0;

	if (!from)
		return false;
	for (uint32_t k = 0; k < w->items; k++)
		from[item_at(w, k)->owner + 1]++;
	for (uint32_t j = 0; j < w->csms + 1; j++) {
		const uint32_t n = from[j];

		from[j] = at;
		at += n;
	}
	from[w->csms + 1] = at;
	for (uint32_t k = 0; k < w->items; k++)
		w->of_source[from[item_at(w, k)->owner + 1]++] = k;
	for (uint32_t j = 0; j < w->csms; j++) {
		struct price_source s = { .csm = j, .from = from[j] };

		s.n = from[j + 1] - s.from;
		if (may_be_source(w, j))
			demand(w, &s);
		if (s.units || s.weight > 0)
			w->source[w->sources++] = s;
	}
	free(from);
	return true;
}

bool prices_find_sources(struct prices *w)
{
	const struct capacity_band *b = w->plan->p->band;
	uint32_t most = 0;

	if (w->level != PRICE_COST)
		return true;
	w->units = b[0].pooled || b[1].pooled ? 0 : prices_common(b[0].max, b[1].max);
	if (!w->units || w->units > UNITS)
		w->units = UNITS;
	if (!sort_by_owner(w))
		return false;
	for (uint32_t s = 0; s < w->sources; s++)
		most = w->source[s].n > most ? w->source[s].n : most;
	if (w->sources)
		w->cover = cover_new(most);
	return !w->sources || w->cover;
}

/* The item at k goes after all, or stays after all. */
static void turn(struct prices *w, uint32_t k, bool goes)
{
	const struct rebalance_item *i = item_at(w, k);
	const double sign = goes ? 1 : -1;

	w->goes[k] = goes;
	prices_take(w, i, (uint32_t)i->owner, -sign);
	if (w->to[k] < w->csms)
		prices_take(w, i, w->to[k], sign);
}

static double cover_source(struct prices *w, const struct price_source *s)
{
	struct cover *c = w->cover;
	double chosen = 0, least;

	c->n = s->n;
	c->units = s->units;
	c->weight = s->weight;
	for (uint32_t i = 0; i < s->n; i++) {
		const uint32_t k = w->of_source[s->from + i];
		const struct rebalance_item *it = item_at(w, k);

		c->item[i] = (struct cover_item){ .cost = w->margin[k],
			.weight = load(w, it, PLAN_ARR),
			.units = (uint32_t)ceil(
				load(w, it, PLAN_COUNT) * (double)w->units - 1e-6) };
		chosen += w->goes[k] ? w->margin[k] : 0;
	}
	least = w->sure ? cover_find(c) : cover_bound(c);
	if (!isfinite(least))
		return 0;
	for (uint32_t i = 0; i < s->n; i++)
		if (c->item[i].goes != w->goes[w->of_source[s->from + i]])
			turn(w, w->of_source[s->from + i], c->item[i].goes);
	return least - chosen;
}

double prices_cover(struct prices *w)
{
	double sum = 0;

	/* stopped, it is a bound all the same */
	for (uint32_t s = 0; s < w->sources && prices_go_on(w); s++)
		sum += cover_source(w, &w->source[s]);
	return sum;
}
