#include "core/rebalance_price.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/rebalance_price_internal.h"

int64_t prices_level(const struct rebalance_score *s, enum price_level level)
{
	const int64_t of[] = { s->over, s->unowned, s->under, s->cost };

	return of[level];
}

/* ---- what a book asks for ---- */

/* Price of one account of a tier, and per cent of its ARR. */
static struct price_line book_line(const struct prices *w, int tier, uint32_t j)
{
	const struct plan *plan = w->plan;
	const double *x = w->price;
	const uint32_t n = w->csms;

	return (struct price_line){
		.at = x[UP * n + j] * plan->most[PLAN_COUNT][tier] -
		      x[DOWN * n + j] * plan->least[PLAN_COUNT][tier],
		.slope = x[(UP + 1) * n + j] * plan->most[PLAN_ARR][tier] -
			 x[(DOWN + 1) * n + j] * plan->least[PLAN_ARR][tier],
		.csm = j,
	};
}

static double asked(const struct prices *w, const struct rebalance_item *i, uint32_t j)
{
	double sum = 0;

	for (int t = 0; t < CAPACITY_NAMED; t++) {
		if (i->n[t]) {
			const struct price_line l = book_line(w, t, j);

			sum += l.at * i->n[t] + l.slope * (double)i->arr[t];
		}
	}
	return sum;
}

static const double *goal_price(const struct prices *w, const double *prices)
{
	return prices + w->variables - GOALS;
}

double prices_unowned(const struct prices *w, const struct rebalance_item *i)
{
	return (double)(w->plan->unowned[0] * i->n[0] + w->plan->unowned[1] * i->n[1]);
}

/* The pool's: what the goal's share of unowned accounts is worth. */
static double pool_asks(const struct prices *w, const struct rebalance_item *i)
{
	return w->hard[PRICE_UNOWNED]
		       ? (double)INFINITY
		       : goal_price(w, w->price)[PRICE_UNOWNED] * prices_unowned(w, i);
}

static bool of_leaver(const struct prices *w, const struct rebalance_item *i)
{
	return i->owner >= 0 && w->plan->p->share[i->owner] <= 0;
}

static double stays(const struct prices *w, const struct rebalance_item *i)
{
	if (i->owner == REBALANCE_POOL)
		return pool_asks(w, i);
	if (of_leaver(w, i) && w->hard[PRICE_OVER])
		return (double)INFINITY;
	return asked(w, i, (uint32_t)i->owner);
}

bool prices_reaches(const struct prices *w, const struct rebalance_item *i, uint32_t j)
{
	const struct rebalance_problem *p = w->plan->p;

	return p->share[j] > 0 && p->reaches[(size_t)i->reach * p->csms + j];
}

/* ---- the lower envelope ---- */

static int steeper_first(const void *a, const void *b)
{
	const struct price_line *x = a, *y = b;

	if (x->slope != y->slope)
		return x->slope > y->slope ? -1 : 1;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->csm < y->csm ? -1 : x->csm > y->csm;
}

/* Whether b lies nowhere below both a (steeper) and c (flatter). */
static bool is_hidden(const struct price_line *a, const struct price_line *b,
	const struct price_line *c)
{
	return (c->at - a->at) * (a->slope - b->slope) <=
	       (b->at - a->at) * (a->slope - c->slope);
}

/* Leaves of w->line those that are cheapest somewhere, in the order of rising ARR. */
static uint32_t envelope(struct prices *w, const struct crowd *c)
{
	const struct rebalance_problem *p = w->plan->p;
	uint32_t n = 0, kept = 0;

	for (uint32_t j = 0; j < w->csms; j++)
		if (p->share[j] > 0 && p->reaches[(size_t)c->reach * p->csms + j])
			w->line[n++] = book_line(w, c->tier, j);
	qsort(w->line, n, sizeof(*w->line), steeper_first);
	for (uint32_t i = 0; i < n; i++) {
		const struct price_line l = w->line[i];

		if (kept && w->line[kept - 1].slope == l.slope)
			continue; /* the cheaper one of these came first */
		while (kept >= 2 && is_hidden(&w->line[kept - 2], &w->line[kept - 1], &l))
			kept--;
		w->line[kept++] = l;
	}
	return kept;
}

/* ---- one evaluation ---- */

void prices_take(
	struct prices *w, const struct rebalance_item *i, uint32_t j, double sign)
{
	const struct plan *plan = w->plan;
	double *g = w->gradient + j;

	for (int t = 0; t < CAPACITY_NAMED; t++) {
		const double n = sign * i->n[t], arr = sign * (double)i->arr[t];

		if (!i->n[t])
			continue;
		g[UP * w->csms] += n * plan->most[PLAN_COUNT][t];
		g[(UP + 1) * w->csms] += arr * plan->most[PLAN_ARR][t];
		g[DOWN * w->csms] -= n * plan->least[PLAN_COUNT][t];
		g[(DOWN + 1) * w->csms] -= arr * plan->least[PLAN_ARR][t];
	}
}

/* The item at k: stays, or goes to the cheapest other place; adds what it pays. */
static double choose(struct prices *w, uint32_t k, double cheapest, uint32_t to)
{
	const struct rebalance_item *i = &w->plan->p->item[w->item[k]];
	const double cost = w->level == PRICE_COST ? (double)i->cost / REBALANCE_UNIT : 0;
	const double stay = stays(w, i);
	const double pool = of_leaver(w, i) ? pool_asks(w, i) : (double)INFINITY;
	const double go = (pool < cheapest ? pool : cheapest) + cost;

	w->to[k] = pool < cheapest ? w->csms : to;
	w->margin[k] = go - stay;
	w->goes[k] = go < stay;
	if (w->goes[k] && w->to[k] < w->csms)
		prices_take(w, i, w->to[k], 1);
	else if (!w->goes[k] && i->owner >= 0)
		prices_take(w, i, (uint32_t)i->owner, 1);
	else
		w->gradient[w->variables - GOALS + PRICE_UNOWNED] += prices_unowned(w, i);
	return w->goes[k] ? go : stay;
}

static double walk_crowd(struct prices *w, const struct crowd *c)
{
	const uint32_t lines = envelope(w, c);
	uint32_t at = 0;
	double sum = 0;

	for (uint32_t k = c->from; k < c->from + c->n; k++) {
		const double arr = (double)w->plan->p->item[w->item[k]].arr[c->tier];
		const struct price_line *l = w->line;

		while (at + 1 < lines && l[at + 1].at + l[at + 1].slope * arr <=
						 l[at].at + l[at].slope * arr)
			at++;
		sum += lines ? choose(w, k, l[at].at + l[at].slope * arr, l[at].csm)
			     : choose(w, k, (double)INFINITY, w->csms);
	}
	return sum;
}

static double ask_family(struct prices *w, uint32_t k)
{
	const struct rebalance_item *i = &w->plan->p->item[w->item[k]];
	double least = (double)INFINITY;
	uint32_t to = w->csms;

	for (uint32_t j = 0; j < w->csms; j++) {
		if (prices_reaches(w, i, j)) {
			const double price = asked(w, i, j);

			if (price < least) {
				least = price;
				to = j;
			}
		}
	}
	return choose(w, k, least, to);
}

/* What is paid for room, and for breaking a limit where the goal allows it. */
static double pay_room(struct prices *w)
{
	const double *goal = goal_price(w, w->price);
	double *g = w->gradient + w->variables - GOALS;
	double sum = 0;

	for (int kind = 0; kind < KINDS; kind++) {
		const int which = kind < DOWN ? PRICE_OVER : PRICE_UNDER;
		const double sign = kind < DOWN ? -1 : 1;

		for (uint32_t j = 0; j < w->csms; j++) {
			const uint32_t v = (uint32_t)kind * w->csms + j;
			const double above = w->price[v] - goal[which];

			sum += sign * w->price[v] * w->room[v];
			w->gradient[v] += sign * w->room[v];
			if (w->hard[which] || above <= 0)
				continue;
			sum -= above * w->slack[v];
			w->gradient[v] -= w->slack[v];
			g[which] += w->slack[v];
		}
	}
	for (int i = 0; i < GOALS; i++) {
		sum -= goal[i] * w->allowed[i];
		g[i] -= w->allowed[i];
		if (w->hard[i] || i >= (int)w->level)
			g[i] = 0; /* this price is given */
	}
	return sum;
}

double prices_evaluate(struct prices *w)
{
	double sum = w->fixed;

	memset(w->gradient, 0, w->variables * sizeof(*w->gradient));
	for (uint32_t c = 0; c < w->crowds; c++)
		sum += walk_crowd(w, &w->crowd[c]);
	for (uint32_t k = w->alone; k < w->items; k++)
		sum += ask_family(w, k);
	if (w->whole)
		sum += prices_cover(w);
	return sum + pay_room(w);
}

/* ---- the ascent ---- */

/* How long it waits for a better bound until it takes smaller steps. */
struct patience {
	int steps;
	double relaxation, least;
};

static double squared(const double *x, uint32_t n)
{
	double sum = 0;

	for (uint32_t v = 0; v < n; v++)
		sum += x[v] * x[v];
	return sum;
}

/* Not below 0: what already is at 0 and is pulled below stays out of it. */
static bool project(struct prices *w)
{
	for (uint32_t v = 0; v < w->variables; v++)
		if (w->price[v] <= 0 && w->gradient[v] < 0)
			w->gradient[v] = 0;
	return squared(w->gradient, w->variables) > 0;
}

/* Polyak's step (1969) along a direction that doesn't turn back on itself (Camerini,
 * Fratta, Maffioli 1975). */
static void step(struct prices *w, double to_go)
{
	const double norm = squared(w->step, w->variables);
	double dot = 0, turn, length;

	for (uint32_t v = 0; v < w->variables; v++)
		dot += w->step[v] * w->gradient[v];
	turn = dot < 0 && norm > 0 ? -1.5 * dot / norm : 0;
	for (uint32_t v = 0; v < w->variables; v++)
		w->step[v] = w->gradient[v] + turn * w->step[v];
	length = to_go / squared(w->step, w->variables);
	for (uint32_t v = 0; isfinite(length) && v < w->variables; v++) {
		w->price[v] += length * w->step[v];
		if (w->price[v] < 0)
			w->price[v] = 0;
	}
}

static void from_best(struct prices *w)
{
	memcpy(w->price, w->best[w->whole].price, w->variables * sizeof(*w->price));
	memset(w->step, 0, w->variables * sizeof(*w->step));
}

static bool keep(struct prices *w, double value)
{
	struct price_best *best = &w->best[w->whole];

	if (!(value > best->bound + 1e-9 * (1 + fabs(best->bound))) &&
		isfinite(best->bound))
		return false;
	best->bound = value;
	memcpy(best->price, w->price, w->variables * sizeof(*w->price));
	return true;
}

bool prices_go_on(struct prices *w)
{
	const struct progress *p = w->progress;

	if (!w->stopped && p && !p->tell(p->arg, "rebalancing", 0, 0))
		w->stopped = true;
	return !w->stopped;
}

static void ascend(struct prices *w, double target, double enough, int steps,
	struct patience patience)
{
	int since = 0;

	from_best(w);
	for (int s = 0; s < steps && w->best[w->whole].bound < enough && prices_go_on(w);
		s++) {
		const double value = prices_evaluate(w);

		if (keep(w, value)) {
			since = 0;
		} else if (++since >= patience.steps) {
			since = 0;
			patience.relaxation /= 1.5;
			from_best(w);
			if (patience.relaxation < patience.least)
				return;
			continue;
		}
		if (!project(w))
			return;
		step(w, patience.relaxation * (target - value));
	}
}

double prices_raise(struct prices *w, double target, double enough, int steps)
{
	w->whole = false;
	ascend(w, target, enough, steps, (struct patience){ 150, 1, 1e-5 });
	return w->best[false].bound;
}

/* In parts of accounts a source is paid for what it gives up too much; in whole accounts
 * it better is not: its price is worth something only while it keeps others out. */
static void lower_sources(struct prices *w)
{
	static const double share[] = { 1, 0.5, 0.25, 0.1, 0 };

	for (size_t i = 0; i < sizeof(share) / sizeof(*share); i++) {
		memcpy(w->price, w->best[false].price, w->variables * sizeof(*w->price));
		for (uint32_t s = 0; s < w->sources; s++)
			for (uint32_t k = 0; k < PLAN_BANDS; k++)
				w->price[(UP + k) * w->csms + w->source[s].csm] *=
					share[i];
		keep(w, prices_evaluate(w));
	}
}

enum { COARSE = 1 << 13 }; /* cells of the tables while prices are raised */

double prices_raise_whole(struct prices *w, double target, double enough, int steps)
{
	double value;

	if (!w->sources)
		return w->best[false].bound;
	w->whole = true;
	w->cover->cells = COARSE;
	lower_sources(w);
	ascend(w, target, enough, steps, (struct patience){ 12, 0.5, 1e-3 });
	w->cover->cells = COVER_CELLS;
	from_best(w);
	value = prices_evaluate(w);
	return value > w->best[true].bound ? value : w->best[true].bound;
}

/* ---- what they say ---- */

void prices_margins(struct prices *w, double *margin)
{
	for (uint32_t i = 0; i < w->plan->p->items; i++)
		margin[i] = (double)INFINITY;
	from_best(w);
	prices_evaluate(w);
	for (uint32_t k = 0; k < w->items; k++)
		margin[w->item[k]] = w->margin[k];
}

/* What the item at k pays at a place more than where it is cheapest. */
static double pays(struct prices *w, uint32_t k, int32_t place)
{
	const struct rebalance_item *i = &w->plan->p->item[w->item[k]];
	const double cost = place != i->owner ? (double)i->cost / REBALANCE_UNIT : 0;

	if (place == i->owner)
		return stays(w, i);
	if (place == REBALANCE_POOL)
		return of_leaver(w, i) ? cost + pool_asks(w, i) : (double)INFINITY;
	if (!prices_reaches(w, i, (uint32_t)place))
		return (double)INFINITY;
	return cost + asked(w, i, (uint32_t)place);
}

void prices_close(struct prices *w, double target, uint8_t *closed)
{
	const uint32_t places = w->csms + 1;
	double bound;

	memset(closed, 0, (size_t)w->plan->p->items * places);
	memcpy(w->price, w->best[false].price, w->variables * sizeof(*w->price));
	w->whole = false;
	bound = prices_evaluate(w);
	for (uint32_t k = 0; k < w->items; k++) {
		double least = (double)INFINITY;

		for (uint32_t j = 0; j < places; j++)
			least = fmin(least, pays(w, k, (int32_t)j - 1));
		for (uint32_t j = 0; j < places; j++)
			closed[(size_t)w->item[k] * places + j] =
				bound + pays(w, k, (int32_t)j - 1) - least > target;
	}
}

void prices_choose(struct prices *w, int32_t *to)
{
	const struct rebalance_problem *p = w->plan->p;

	from_best(w);
	w->sure = true;
	prices_evaluate(w);
	w->sure = false;
	for (uint32_t i = 0; i < p->items; i++)
		to[i] = p->item[i].pin == REBALANCE_FREE ? p->item[i].owner
							 : p->item[i].pin;
	for (uint32_t k = 0; k < w->items; k++)
		if (w->goes[k])
			to[w->item[k]] =
				w->to[k] == w->csms ? REBALANCE_POOL : (int32_t)w->to[k];
}

const double *prices_best(const struct prices *w)
{
	return w->best[w->whole].price;
}
