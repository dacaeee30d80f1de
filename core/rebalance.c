#include "core/rebalance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/rebalance_finish.h"
#include "core/rebalance_pins.h"
#include "core/rebalance_plan.h"
#include "core/rebalance_price.h"
#include "core/rebalance_search.h"
#include "core/rebalance_start.h"

/* Effort, in steps and proposals: the same answer on every machine. */
enum {
	FIRST = 200000, /* proposals, but of few accounts only so many for each */
	FIRST_PER_ITEM = 60,
	MAIN = 400000,
	MAIN_PER_ITEM = 200,
	EACH_OF_FEW = 2000,
	PRICE_STEPS = 600,
	PRICE_STEPS_MORE = 2400,
	WHOLE_STEPS = 40,
	LEVEL_STEPS = 1500,
	ROUNDS_OF_FEW = 24,
	ROUNDS_IDLE = 5,
	TINY = 100, /* accounts */
	FEW = 1000
};

/* The gap between cost and bound at which many accounts are left alone: going on takes
 * longer than it is worth. Few are brought to REBALANCE_NEAR. */
static const double CLOSE = 1e-3;

struct solving {
	const struct rebalance_problem *p;
	const struct progress *progress;
	struct plan plan;
	struct search search;
	double *margin, *price;
	int32_t *best, *to;
	struct prices *prices;       /* of the cost, for the goal */
	double bound;                /* of the cost, whole units */
	struct rebalance_score goal; /* what the bound is for */
	bool cheapest;               /* all that costs less was looked at */
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory to rebalance");
}

static enum status prepare(struct solving *s, struct err *e)
{
	const struct rebalance_problem *p = s->p;
	const enum status st = plan_init(&s->plan, p, e);

	s->margin = calloc((size_t)p->items + 1, sizeof(*s->margin));
	s->price = calloc((size_t)p->csms * 2 * PLAN_BANDS + 1, sizeof(*s->price));
	s->best = calloc((size_t)p->items + 1, sizeof(*s->best));
	s->to = calloc((size_t)p->items + 1, sizeof(*s->to));
	s->search = (struct search){ .plan = &s->plan, .progress = s->progress };
	if (st == ST_OK && (!s->margin || !s->price || !s->best || !s->to))
		return no_memory(e);
	return st;
}

static void clear(struct solving *s)
{
	plan_clear(&s->plan);
	free(s->margin);
	free(s->price);
	free(s->best);
	free(s->to);
	prices_free(&s->prices);
}

static bool same_goal(const struct rebalance_score *a, const struct rebalance_score *b)
{
	return a->over == b->over && a->unowned == b->unowned && a->under == b->under;
}

/* From where the prices would put everybody; kept when it is better. */
static enum status start_again(struct solving *s, struct prices *w, struct err *e)
{
	const struct rebalance_score before = s->plan.score;
	const bool held = plan_holds(&s->plan);
	enum status st;

	memcpy(s->best, s->plan.at, s->p->items * sizeof(*s->best));
	prices_choose(w, s->to);
	st = start_place(&s->plan, s->to, e);
	s->search.proposals = 0;
	if (st == ST_OK)
		st = search_run(&s->search, e);
	if (plan_holds(&s->plan) < held ||
		(plan_holds(&s->plan) == held &&
			rebalance_compare(&s->plan.score, &before) >= 0))
		plan_place(&s->plan, s->best);
	return st;
}

/* Raises the bound of the cost, for what the plan breaks now, and goes on from its
 * prices. They are kept for the next time, unless the plan breaks less by then. */
static enum status raise_cost(struct solving *s, int steps, struct err *e)
{
	const double target = (double)s->plan.score.cost / REBALANCE_UNIT;
	const double enough = target * (1 - REBALANCE_NEAR / 10);
	struct prices *w;

	if (s->prices && !same_goal(&s->goal, &s->plan.score))
		prices_free(&s->prices);
	s->goal = s->plan.score;
	if (!s->prices)
		s->prices = prices_new(&s->plan, &s->goal, PRICE_COST, s->progress);
	if (!s->prices)
		return no_memory(e);
	w = s->prices;
	prices_raise(w, target, enough, steps);
	prices_margins(w, s->margin);
	memcpy(s->price, prices_best(w), 2 * PLAN_BANDS * s->p->csms * sizeof(*s->price));
	s->search.margin = s->p->items < FEW ? NULL : s->margin;
	s->search.price = s->price;
	s->bound = prices_raise_whole(w, target, enough, WHOLE_STEPS);
	return start_again(s, w, e);
}

static enum status search_more(
	struct solving *s, uint32_t most, uint32_t per_item, struct err *e)
{
	const uint32_t n = s->p->items;

	s->search.seed++;
	s->search.proposals =
		(n < most / EACH_OF_FEW ? n * EACH_OF_FEW : most) + per_item * n;
	return search_run(&s->search, e);
}

static bool near_enough(const struct solving *s)
{
	const double gap = s->p->items < FEW ? REBALANCE_NEAR : CLOSE;

	return same_goal(&s->goal, &s->plan.score) &&
	       (double)s->plan.score.cost * (1 - gap) <= s->bound * REBALANCE_UNIT;
}

/* Searches on. With few accounts again and again, until some rounds in a row were of no
 * use; they alternate in how far they wander off and in whether they believe the prices.
 */
static enum status search_long(struct solving *s, struct err *e)
{
	const int rounds = s->p->items < FEW ? ROUNDS_OF_FEW : 1;
	enum status st = ST_OK;

	for (int round = 0, idle = 0;
		st == ST_OK && round < rounds && idle < ROUNDS_IDLE &&
		!s->search.stopped && !near_enough(s);
		round++, idle++) {
		const struct rebalance_score before = s->plan.score;

		s->search.hot = round % 2;
		s->search.price = round / 2 % 2 ? NULL : s->price;
		st = search_more(s, MAIN, MAIN_PER_ITEM, e);
		if (rebalance_compare(&s->plan.score, &before) < 0)
			idle = -1;
	}
	return st;
}

/* A quick plan, prices towards it and the plan they ask for, and once more towards that
 * one; what is still far from its bound then is searched for long. */
static enum status improve(struct solving *s, struct err *e)
{
	static const int steps[] = { PRICE_STEPS, PRICE_STEPS_MORE };
	enum status st = search_more(s, FIRST, FIRST_PER_ITEM, e);

	for (int round = 0;
		round < 2 && st == ST_OK && !s->search.stopped && !near_enough(s);
		round++)
		st = raise_cost(s, steps[round], e);
	if (st == ST_OK && !s->search.stopped && !near_enough(s)) {
		st = search_long(s, e);
		if (st == ST_OK && !s->search.stopped)
			st = raise_cost(s, PRICE_STEPS_MORE, e);
	}
	return st;
}

/* ---- proofs ---- */

static enum status prove_by_prices(
	struct solving *s, enum price_level level, bool *proven, struct err *e)
{
	const double is = (double)prices_level(&s->plan.score, level);
	struct prices *w = prices_new(&s->plan, &s->plan.score, level, s->progress);

	if (!w)
		return no_memory(e);
	/* These are whole numbers: nothing lies between one less and this. */
	*proven = prices_raise(w, is, is - 1 + 1e-3, LEVEL_STEPS) > is - 1 + 1e-6;
	prices_free(&w);
	return ST_OK;
}

/* Whether no plan breaks the bands less: level by level, the levels before held. Of few
 * accounts all plans are looked at; one that breaks them less is taken. */
static enum status prove_least(
	struct solving *s, bool *least, bool *better, struct err *e)
{
	enum status st = ST_OK;

	*least = true;
	for (int k = PRICE_OVER; st == ST_OK && k < PRICE_COST && !s->search.stopped;
		k++) {
		const enum price_level level = (enum price_level)k;
		struct finish f = { .plan = &s->plan, .progress = s->progress };
		bool proven = prices_level(&s->plan.score, level) <= 0;

		if (proven)
			continue;
		if (s->p->items < FEW)
			st = finish_level(&f, level, e);
		s->search.stopped = s->search.stopped || f.stopped;
		*better = *better || f.better;
		proven = f.proven;
		if (st == ST_OK && !proven && *least)
			st = prove_by_prices(s, level, &proven, e);
		*least = *least && proven;
	}
	return st;
}

/* Whether nothing that breaks the bands as little costs less. */
static enum status finish_cost(struct solving *s, struct err *e)
{
	struct finish f = { .plan = &s->plan, .progress = s->progress };
	enum status st;

	if (s->p->items >= FEW || s->plan.score.cost <= 0 ||
		(s->p->items >= TINY && near_enough(s)))
		return ST_OK;
	if (same_goal(&s->goal, &s->plan.score)) {
		f.prices = s->prices;
		f.bound = s->bound;
	}
	st = finish_level(&f, PRICE_COST, e);
	s->search.stopped = s->search.stopped || f.stopped;
	s->cheapest = f.proven;
	if (st == ST_OK && isfinite(f.bound)) {
		s->bound = f.bound;
		s->goal = s->plan.score;
	}
	return st;
}

static enum status prove(struct solving *s, bool *least, struct err *e)
{
	bool better = false;
	enum status st = prove_least(s, least, &better, e);

	if (st == ST_OK && better && !s->search.stopped)
		st = improve(s, e);
	if (st == ST_OK && !s->search.stopped)
		st = finish_cost(s, e);
	return st;
}

static bool is_used_up(const struct plan *plan)
{
	const uint32_t all = plan->p->moves_max, each = plan->p->csm_moves_max;

	if (all && plan->moves >= all)
		return true;
	for (uint32_t j = 0; each && j < plan->p->csms; j++)
		if (plan->book[j].moves >= each)
			return true;
	return false;
}

static void report(struct solving *s, struct rebalance_result *out)
{
	const int64_t cost = s->plan.score.cost;

	out->after = s->plan.score;
	out->moves = s->plan.moves;
	out->interrupted = s->search.stopped;
	if (same_goal(&s->goal, &s->plan.score) && s->bound > 0)
		out->bound = (int64_t)floor(s->bound * REBALANCE_UNIT * (1 - 1e-9));
	if (out->bound > cost || cost == 0 || s->cheapest)
		out->bound = cost;
	out->optimal =
		out->least && (double)cost * (1 - REBALANCE_NEAR) <= (double)out->bound;
	out->limited = !s->cheapest && out->bound < cost && is_used_up(&s->plan);
	out->to = s->plan.at;
	s->plan.at = NULL;
}

static void prefer_start(struct solving *s)
{
	const struct rebalance_score found = s->plan.score;

	memcpy(s->best, s->plan.at, s->p->items * sizeof(*s->best));
	start_from(&s->plan);
	if (!plan_holds(&s->plan) || rebalance_compare(&s->plan.score, &found) > 0)
		plan_place(&s->plan, s->best);
}

enum status rebalance_solve(const struct rebalance_problem *p,
	const struct progress *progress, struct rebalance_result *out, struct err *e)
{
	struct solving s = { .p = p, .progress = progress };
	enum status st;

	*out = (struct rebalance_result){ .to = NULL };
	st = prepare(&s, e);
	out->before = s.plan.score;
	if (st == ST_OK)
		st = pins_check(&s.plan, &out->refused, e);
	if (st == ST_OK) {
		pins_place(&s.plan);
		if (p->from != REBALANCE_RIVAL)
			start_from(&s.plan);
		if (p->from != REBALANCE_SETTLED)
			st = improve(&s, e);
	}
	if (st == ST_OK && !plan_holds(&s.plan))
		st = s.search.stopped ? err_set(e, ST_CANCELLED,
						"interrupted before the pins had room")
				      : pins_blame(&s.plan, &out->refused, e);
	if (st == ST_OK && !s.search.stopped && p->from != REBALANCE_SETTLED)
		st = prove(&s, &out->least, e);
	if (st == ST_OK && p->from == REBALANCE_RIVAL)
		prefer_start(&s);
	if (st == ST_OK)
		report(&s, out);
	clear(&s);
	return st;
}

void rebalance_result_clear(struct rebalance_result *r)
{
	free(r->to);
	*r = (struct rebalance_result){ .to = NULL };
}

enum status rebalance_measure(const struct rebalance_problem *p, const int32_t *to,
	struct rebalance_score *out, bool *holds, struct err *e)
{
	struct plan plan;
	const enum status st = plan_init(&plan, p, e);

	if (st == ST_OK) {
		plan_place(&plan, to);
		*out = plan.score;
		*holds = plan_holds(&plan);
	}
	plan_clear(&plan);
	return st;
}

/* ---- what stands in the way ---- */

static bool moves_used_up(const struct rebalance_problem *p,
	const struct rebalance_result *r, uint32_t item, int32_t owner)
{
	const uint32_t more = rebalance_accounts(&p->item[item]);
	uint32_t moves = 0;

	if (p->moves_max && r->moves + more > p->moves_max)
		return true;
	for (uint32_t i = 0; p->csm_moves_max && i < p->items; i++)
		if (r->to[i] != p->item[i].owner &&
			(r->to[i] == owner || p->item[i].owner == owner))
			moves += rebalance_accounts(&p->item[i]);
	return p->csm_moves_max && moves + more > p->csm_moves_max;
}

enum rebalance_obstacle rebalance_obstacle(const struct rebalance_problem *p,
	const struct rebalance_result *r, uint32_t item)
{
	const struct rebalance_item *i = &p->item[item];
	bool reached = false, used_up = true;

	if (r->to[item] >= 0 && p->share[r->to[item]] > 0)
		return REBALANCE_CLEAR;
	if (i->pin != REBALANCE_FREE)
		return REBALANCE_PINNED;
	for (uint32_t j = 0; j < p->csms; j++) {
		if (p->share[j] <= 0 || !p->reaches[(size_t)i->reach * p->csms + j])
			continue;
		reached = true;
		used_up = used_up && moves_used_up(p, r, item, (int32_t)j);
	}
	if (!reached)
		return REBALANCE_NO_REACH;
	if (used_up || (i->owner >= 0 && r->to[item] == i->owner &&
			       moves_used_up(p, r, item, i->owner)))
		return REBALANCE_MOVES;
	return REBALANCE_NO_ROOM;
}
