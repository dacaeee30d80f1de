/* Prices: the crowds, the room in the books, and what is there for good. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/rebalance_price_internal.h"

/* ---- room ---- */

uint64_t prices_common(double a, double b)
{
	uint64_t x = (uint64_t)a, y = (uint64_t)b, r;

	if (a != floor(a) || b != floor(b) || a < 1 || b < 1 || a > 1e6 || b > 1e6)
		return 0;
	for (uint64_t u = x, v = y;; u = v, v = r) {
		r = u % v;
		if (r == 0)
			return x / v * y;
	}
}

/* Numbers of accounts are whole, so that limits may be rounded to what they can reach. */
static double whole(double share, double a, double b, bool upper)
{
	const double m = (double)prices_common(a, b);

	if (m <= 0)
		return share;
	return (upper ? floor(share * m + 1e-6) : ceil(share * m - 1e-6)) / m;
}

/* What is in a book for good breaks its upper limits in any case. */
static void open_upper(struct prices *w, uint32_t j, const uint32_t *for_good)
{
	const double share = w->plan->p->share[j];

	for (uint32_t k = 0; k < PLAN_BANDS; k++) {
		const uint32_t v = (UP + k) * w->csms + j;
		const int32_t h = plan_hundredths(-w->room[v] - share);
		const int32_t and_one =
			share <= 0 && k == PLAN_COUNT ? (int32_t)*for_good : 0;
		const int32_t first = w->plan->over_at_first[j][k] - h - and_one;

		w->allowed[PRICE_OVER] -= (h + and_one) / 100.0;
		w->slack[v] = first > 0 ? first / 100.0 : 0;
		w->room[v] += share + h / 100.0;
	}
}

/* And what could be in it at most breaks the lower ones. */
static void open_lower(struct prices *w, uint32_t j, const double *possible)
{
	const double share = plan_least_share(w->plan, j);

	for (uint32_t k = 0; k < PLAN_BANDS; k++) {
		const uint32_t v = (DOWN + k) * w->csms + j;
		int32_t h;

		if (!w->plan->has_least[k]) {
			w->room[v] = 0;
			continue;
		}
		h = plan_hundredths(share - possible[v]);
		w->allowed[PRICE_UNDER] -= h / 100.0;
		w->slack[v] = share - h / 100.0;
		w->room[v] += share - h / 100.0;
	}
}

static void round_room(struct prices *w)
{
	const struct capacity_band *b = w->plan->p->band;
	const bool one = b[0].pooled || b[1].pooled; /* then the other decides alone */

	for (uint32_t j = 0; j < w->csms && !one; j++) {
		double *up = &w->room[UP * w->csms + j];
		double *down = &w->room[DOWN * w->csms + j];

		if (w->hard[PRICE_OVER] || w->slack[UP * w->csms + j] <= 0)
			*up = whole(*up, b[0].max, b[1].max, true);
		if (w->hard[PRICE_UNDER] && w->plan->has_least[PLAN_COUNT])
			*down = whole(*down, b[0].min, b[1].min, false);
	}
}

/* ---- what has no choice ---- */

/* Where an item is in any case; REBALANCE_FREE: it has a choice. */
static int32_t for_good(const struct prices *w, const struct rebalance_item *i)
{
	const struct rebalance_problem *p = w->plan->p;
	const bool limited = p->moves_max || p->csm_moves_max;

	if (i->pin != REBALANCE_FREE)
		return i->pin;
	for (uint32_t j = 0; j < w->csms; j++)
		if ((int32_t)j != i->owner && prices_reaches(w, i, j))
			return REBALANCE_FREE;
	if (i->owner >= 0 && p->share[i->owner] <= 0)
		return limited ? REBALANCE_FREE : REBALANCE_POOL;
	return i->owner;
}

/* What it takes of a book, added up in the gradient for a while. */
static void add_load(
	struct prices *w, const struct rebalance_item *i, uint32_t j, double *load)
{
	for (uint32_t kind = 0; kind < KINDS; kind++)
		w->gradient[kind * w->csms + j] = 0;
	prices_take(w, i, j, 1);
	for (uint32_t kind = 0; kind < KINDS; kind++)
		load[kind * w->csms + j] +=
			(kind < DOWN ? 1 : -1) * w->gradient[kind * w->csms + j];
}

/* It takes its room, and pays for having moved. */
static void place_for_good(struct prices *w, const struct rebalance_item *i, int32_t at)
{
	if (w->level == PRICE_COST && at != i->owner)
		w->fixed += (double)i->cost / REBALANCE_UNIT;
	if (at == REBALANCE_POOL)
		w->allowed[PRICE_UNOWNED] -= prices_unowned(w, i);
	else
		add_load(w, i, (uint32_t)at, w->step);
}

/* In step what is there for good, in price what could be there at most. */
static void weigh_items(struct prices *w, uint32_t *count_for_good)
{
	const struct rebalance_problem *p = w->plan->p;

	for (uint32_t i = 0; i < p->items; i++) {
		const struct rebalance_item *it = &p->item[i];
		const int32_t at = for_good(w, it);

		if (at != REBALANCE_FREE)
			place_for_good(w, it, at);
		if (at >= 0)
			count_for_good[at] += (uint32_t)(it->n[0] + it->n[1]);
		for (uint32_t j = 0; j < p->csms; j++)
			if (at == REBALANCE_FREE ? (int32_t)j == it->owner ||
							   prices_reaches(w, it, j)
						 : (int32_t)j == at)
				add_load(w, it, j, w->price);
	}
}

static bool find_room(struct prices *w)
{
	uint32_t *count = calloc((size_t)w->csms + 1, sizeof(*count));

	if (!count)
		return false;
	weigh_items(w, count);
	for (uint32_t v = 0; v < KINDS * w->csms; v++)
		w->room[v] = -w->step[v];
	for (uint32_t j = 0; j < w->csms; j++) {
		open_upper(w, j, &count[j]);
		open_lower(w, j, w->price);
	}
	for (int g = 0; g < (int)w->level && g < GOALS; g++)
		w->hard[g] = w->allowed[g] < 1e-9;
	round_room(w);
	memset(w->step, 0, w->variables * sizeof(*w->step));
	memset(w->price, 0, w->variables * sizeof(*w->price));
	free(count);
	return true;
}

/* ---- crowds ---- */

struct sorted {
	uint32_t item, crowd; /* UINT32_MAX: a family */
	int64_t arr;
};

static int by_crowd(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	if (x->crowd != y->crowd)
		return x->crowd < y->crowd ? -1 : 1;
	if (x->arr != y->arr)
		return x->arr < y->arr ? -1 : 1;
	return x->item < y->item ? -1 : x->item > y->item;
}

static void sort_items(struct prices *w, struct sorted *order)
{
	const struct rebalance_problem *p = w->plan->p;

	for (uint32_t i = 0; i < p->items; i++) {
		const struct rebalance_item *it = &p->item[i];
		const int tier = it->n[0] ? 0 : 1;
		const bool single = it->n[0] + it->n[1] == 1;

		if (for_good(w, it) == REBALANCE_FREE)
			order[w->items++] = (struct sorted){ i,
				single ? it->reach * CAPACITY_NAMED + (uint32_t)tier
				       : UINT32_MAX,
				it->arr[tier] };
	}
	qsort(order, w->items, sizeof(*order), by_crowd);
}

static bool form_crowds(struct prices *w)
{
	struct sorted *order = calloc((size_t)w->plan->p->items + 1, sizeof(*order));

	if (!order)
		return false;
	sort_items(w, order);
	w->alone = w->items;
	for (uint32_t k = 0; k < w->items; k++) {
		w->item[k] = order[k].item;
		if (order[k].crowd == UINT32_MAX) {
			w->alone = k < w->alone ? k : w->alone;
			continue;
		}
		if (k == 0 || order[k].crowd != order[k - 1].crowd)
			w->crowd[w->crowds++] =
				(struct crowd){ (int)(order[k].crowd % CAPACITY_NAMED),
					order[k].crowd / CAPACITY_NAMED, k, 0 };
		w->crowd[w->crowds - 1].n++;
	}
	free(order);
	return true;
}

/* ---- making ---- */

static bool make_room(struct prices *w)
{
	const struct rebalance_problem *p = w->plan->p;
	const size_t n = (size_t)p->items + 1, v = w->variables;

	w->item = calloc(n, sizeof(*w->item));
	w->to = calloc(n, sizeof(*w->to));
	w->margin = calloc(n, sizeof(*w->margin));
	w->goes = calloc(n, sizeof(*w->goes));
	w->of_source = calloc(n, sizeof(*w->of_source));
	w->crowd = calloc((size_t)p->reaches_n * CAPACITY_NAMED + 1, sizeof(*w->crowd));
	w->line = calloc((size_t)p->csms + 1, sizeof(*w->line));
	w->source = calloc((size_t)p->csms + 1, sizeof(*w->source));
	w->room = calloc(v, sizeof(double));
	w->slack = calloc(v, sizeof(double));
	w->price = calloc(v, sizeof(double));
	w->step = calloc(v, sizeof(double));
	w->gradient = calloc(v, sizeof(double));
	for (int i = 0; i < 2; i++) {
		w->best[i].price = calloc(v, sizeof(double));
		w->best[i].bound = -(double)INFINITY;
	}
	return w->item && w->to && w->margin && w->goes && w->of_source && w->crowd &&
	       w->line && w->source && w->room && w->slack && w->price && w->step &&
	       w->gradient && w->best[0].price && w->best[1].price;
}

/* One of a level costs this much in its own unit: hundredths of a book, accounts. */
static const double unit[GOALS] = { 100, 1, 100 };

static void set_allowed(struct prices *w, const struct rebalance_score *goal)
{
	const int64_t most[GOALS] = { goal->over, goal->unowned, goal->under };

	for (int g = 0; g < GOALS && g < (int)w->level; g++)
		w->allowed[g] = (double)most[g] / unit[g];
}

struct prices *prices_new(const struct plan *plan, const struct rebalance_score *goal,
	enum price_level level, const struct progress *progress)
{
	struct prices *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	*w = (struct prices){ .plan = plan,
		.progress = progress,
		.level = level,
		.csms = plan->p->csms,
		.variables = KINDS * plan->p->csms + GOALS };
	set_allowed(w, goal);
	if (!make_room(w) || !find_room(w) || !form_crowds(w) ||
		!prices_find_sources(w)) {
		prices_free(&w);
		return NULL;
	}
	if ((int)level < GOALS)
		w->price[w->variables - GOALS + level] = unit[level];
	memcpy(w->best[0].price, w->price, w->variables * sizeof(*w->price));
	w->best[0].bound = prices_evaluate(w);
	return w;
}

void prices_free(struct prices **w)
{
	struct prices *old = *w;

	*w = NULL;
	if (!old)
		return;
	free(old->item);
	free(old->to);
	free(old->margin);
	free(old->goes);
	free(old->of_source);
	free(old->crowd);
	free(old->line);
	free(old->source);
	free(old->room);
	free(old->slack);
	free(old->price);
	free(old->step);
	free(old->gradient);
	free(old->best[0].price);
	free(old->best[1].price);
	cover_free(&old->cover);
	free(old);
}
