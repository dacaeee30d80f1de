#include "core/rebalance_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* While limits may be broken: what one hundredth below a lower limit, and one move too
 * many, count of one above an upper limit. */
static const double PLAN_UNDER = 0.25, PLAN_MOVE = 5;

/* As much as a book can be off: a million of them. */
enum { MOST = 100000000 };

int32_t plan_hundredths(double excess)
{
	if (excess > MOST / 100.0)
		return MOST;
	return excess > 1e-8 ? (int32_t)ceil(excess * 100 - 1e-6) : 0;
}

double plan_least_share(const struct plan *plan, uint32_t csm)
{
	const struct rebalance_problem *p = plan->p;

	return p->leaves && p->leaves[csm] ? 0 : p->share[csm];
}

/* Of one band: the load, and what that breaks. */
static double weigh_upper(
	const struct plan *plan, struct plan_book *b, int32_t j, int k, const double x[2])
{
	const double share = plan->p->share[j];
	const double load = x[0] * plan->most[k][0] + x[1] * plan->most[k][1];
	double above = load - share;

	b->over[k] = plan_hundredths(above);
	if (share <= 0 && k == PLAN_COUNT) {
		b->over[k] += b->n[0] + b->n[1];
		above += (b->n[0] + b->n[1]) / 100.0;
	}
	if (plan->loose) {
		const int32_t further = b->over[k] - plan->over_at_first[j][k];

		b->strain += plan->penalty * (b->over[k] + (further > 0 ? further : 0));
		if (plan->price)
			b->strain +=
				plan->price[(uint32_t)k * plan->p->csms + (uint32_t)j] *
				above;
	}
	return load;
}

static void weigh_lower(
	const struct plan *plan, struct plan_book *b, int32_t j, int k, const double x[2])
{
	const uint32_t kind = PLAN_BANDS + (uint32_t)k;
	const double lack = plan_least_share(plan, (uint32_t)j) -
			    x[0] * plan->least[k][0] - x[1] * plan->least[k][1];
	const int32_t under = plan->has_least[k] ? plan_hundredths(lack) : 0;

	b->under += under;
	if (plan->loose) {
		b->strain += plan->penalty * PLAN_UNDER * under;
		if (plan->price && plan->has_least[k])
			b->strain +=
				plan->price[kind * plan->p->csms + (uint32_t)j] * lack;
	}
}

static double beyond(uint32_t moves, uint32_t limit)
{
	return limit && moves > limit ? moves - limit : 0;
}

/* What is derived of what is in the book. */
static void weigh(const struct plan *plan, struct plan_book *b, int32_t j)
{
	const double x[PLAN_BANDS][CAPACITY_NAMED] = { { b->n[0], b->n[1] },
		{ (double)b->arr[0], (double)b->arr[1] } };
	double uneven = 0;

	b->under = 0;
	b->strain = 0;
	for (int k = 0; k < PLAN_BANDS; k++) {
		const double load = weigh_upper(plan, b, j, k, x[k]);

		weigh_lower(plan, b, j, k, x[k]);
		uneven += fabs(load - plan->p->share[j] * plan->mean[k]);
	}
	b->uneven = uneven > MOST / 1000.0 ? MOST : (int32_t)(uneven * 1000 + 0.5);
	if (plan->loose)
		b->strain += plan->penalty * PLAN_MOVE *
			     beyond(b->moves, plan->p->csm_moves_max);
}

static void add(struct plan_book *b, const struct rebalance_item *item, int sign)
{
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		b->n[t] += sign * item->n[t];
		b->arr[t] += sign * item->arr[t];
	}
}

static int64_t unowned(const struct plan *plan, const struct rebalance_item *item)
{
	return plan->unowned[0] * item->n[0] + plan->unowned[1] * item->n[1];
}

/* ---- making ---- */

static double one_over(double limit)
{
	return limit > 0 ? 1 / limit : 0;
}

static void find_limits(struct plan *plan)
{
	const struct rebalance_problem *p = plan->p;

	for (int t = 0; t < CAPACITY_NAMED; t++) {
		const struct capacity_band *b = &p->band[t];

		if (b->pooled)
			continue;
		plan->most[PLAN_COUNT][t] = one_over(b->max);
		plan->most[PLAN_ARR][t] = one_over(b->arr_max);
		plan->least[PLAN_COUNT][t] = one_over(b->min);
		plan->least[PLAN_ARR][t] = one_over(b->arr_min);
		plan->has_least[PLAN_COUNT] |= b->min > 0;
		plan->has_least[PLAN_ARR] |= b->arr_min > 0;
		plan->unowned[t] = 1;
	}
	if (!p->band[0].pooled && !p->band[1].pooled && p->band[0].max > 0)
		plan->unowned[0] += (int64_t)ceil(p->band[1].max / p->band[0].max);
}

static void find_mean(struct plan *plan)
{
	const struct rebalance_problem *p = plan->p;
	double load[PLAN_BANDS] = { 0 }, share = 0;

	for (uint32_t i = 0; i < p->items; i++)
		for (int t = 0; t < CAPACITY_NAMED; t++) {
			load[PLAN_COUNT] += p->item[i].n[t] * plan->most[PLAN_COUNT][t];
			load[PLAN_ARR] +=
				(double)p->item[i].arr[t] * plan->most[PLAN_ARR][t];
		}
	for (uint32_t j = 0; j < p->csms; j++)
		share += p->share[j];
	for (int k = 0; k < PLAN_BANDS; k++)
		plan->mean[k] = share > 0 ? load[k] / share : 0;
}

static void place_all(struct plan *plan)
{
	const struct rebalance_problem *p = plan->p;

	for (uint32_t i = 0; i < p->items; i++) {
		plan->at[i] = p->item[i].owner;
		if (plan->at[i] >= 0)
			add(&plan->book[plan->at[i]], &p->item[i], 1);
		else
			plan->score.unowned += unowned(plan, &p->item[i]);
	}
	for (uint32_t j = 0; j < p->csms; j++) {
		struct plan_book *b = &plan->book[j];

		weigh(plan, b, (int32_t)j);
		memcpy(plan->over_at_first[j], b->over, sizeof(b->over));
		plan->score.over += b->over[PLAN_COUNT] + b->over[PLAN_ARR];
		plan->score.under += b->under;
		plan->score.uneven += b->uneven;
	}
}

enum status plan_init(struct plan *plan, const struct rebalance_problem *p, struct err *e)
{
	*plan = (struct plan){ .p = p };
	plan->book = calloc(p->csms + 1, sizeof(*plan->book));
	plan->over_at_first = calloc(p->csms + 1, sizeof(*plan->over_at_first));
	plan->at = calloc((size_t)p->items + 1, sizeof(*plan->at));
	if (!plan->book || !plan->over_at_first || !plan->at)
		return err_set(e, ST_NOMEM, "not enough memory to rebalance");
	find_limits(plan);
	find_mean(plan);
	place_all(plan);
	return ST_OK;
}

void plan_clear(struct plan *plan)
{
	free(plan->book);
	free(plan->over_at_first);
	free(plan->at);
	*plan = (struct plan){ .p = NULL };
}

/* ---- moving ---- */

bool plan_may(const struct plan *plan, uint32_t item, int32_t to)
{
	const struct rebalance_problem *p = plan->p;
	const struct rebalance_item *i = &p->item[item];

	if (i->pin != REBALANCE_FREE)
		return to == i->pin;
	if (to == i->owner)
		return true;
	/* Into the pool only what nobody is there for any more. */
	if (to == REBALANCE_POOL)
		return p->share[i->owner] <= 0;
	return p->share[to] > 0 && p->reaches[(size_t)i->reach * p->csms + (uint32_t)to];
}

static bool may_hold(const struct plan *plan, int32_t j, const struct plan_book *b)
{
	const uint32_t limit = plan->p->csm_moves_max;

	if (plan->loose)
		return true;
	for (int k = 0; k < PLAN_BANDS; k++)
		if (b->over[k] > plan->over_at_first[j][k] &&
			b->over[k] > plan->book[j].over[k])
			return false;
	return (!limit || b->moves <= limit || b->moves <= plan->book[j].moves);
}

/* The score with the book as it would be. */
static void replace(const struct plan *plan, int32_t j, struct plan_book *b,
	struct rebalance_score *s, double *strain)
{
	const struct plan_book *was = &plan->book[j];

	weigh(plan, b, j);
	*strain += b->strain - was->strain;
	s->over += b->over[0] + b->over[1] - was->over[0] - was->over[1];
	s->under += b->under - was->under;
	s->uneven += b->uneven - was->uneven;
}

/* Moves into and out of books that an item counts for. */
static void count_moves(const struct rebalance_item *i, int32_t at, int32_t book,
	struct plan_book *b, int sign)
{
	if (at != i->owner && (book == at || book == i->owner))
		b->moves += (uint32_t)sign * rebalance_accounts(i);
}

/* Some books as they would be; at most four are touched: where two items are and go, and
 * where they came from when moves are counted. */
struct trial {
	int n;
	int32_t of[6];
	struct plan_book book[6];
};

static struct plan_book *touch(const struct plan *plan, struct trial *t, int32_t j)
{
	for (int i = 0; i < t->n; i++)
		if (t->of[i] == j)
			return &t->book[i];
	t->of[t->n] = j;
	t->book[t->n] = plan->book[j];
	return &t->book[t->n++];
}

static void trial_move(const struct plan *plan, struct trial *t, uint32_t item,
	int32_t from, int32_t to, struct rebalance_score *s, uint32_t *moves)
{
	const struct rebalance_item *i = &plan->p->item[item];
	const int was = from != i->owner, is = to != i->owner;

	if (from >= 0)
		add(touch(plan, t, from), i, -1);
	if (to >= 0)
		add(touch(plan, t, to), i, 1);
	s->unowned += (to < 0 ? unowned(plan, i) : 0) - (from < 0 ? unowned(plan, i) : 0);
	s->cost += (is - was) * i->cost;
	*moves += (uint32_t)(is - was) * rebalance_accounts(i);
	if (plan->p->csm_moves_max) {
		if (i->owner >= 0)
			touch(plan, t, i->owner);
		for (int k = 0; k < t->n; k++) {
			count_moves(i, from, t->of[k], &t->book[k], -1);
			count_moves(i, to, t->of[k], &t->book[k], 1);
		}
	}
}

static bool judge(const struct plan *plan, struct trial *t, uint32_t moves,
	struct rebalance_score *s, double *strain)
{
	const uint32_t limit = plan->p->moves_max;
	bool good = !limit || plan->loose || moves <= limit || moves <= plan->moves;

	for (int k = 0; k < t->n; k++) {
		replace(plan, t->of[k], &t->book[k], s, strain);
		good = good && may_hold(plan, t->of[k], &t->book[k]);
	}
	if (plan->loose)
		*strain += plan->penalty * PLAN_MOVE *
			   (beyond(moves, limit) - beyond(plan->moves, limit));
	return good;
}

void plan_weigh(struct plan *plan)
{
	plan->strain = 0;
	if (plan->loose)
		plan->strain = plan->penalty * PLAN_MOVE *
			       beyond(plan->moves, plan->p->moves_max);
	for (uint32_t j = 0; j < plan->p->csms; j++) {
		weigh(plan, &plan->book[j], (int32_t)j);
		plan->strain += plan->book[j].strain;
	}
}

bool plan_holds(const struct plan *plan)
{
	const uint32_t limit = plan->p->csm_moves_max;

	for (uint32_t j = 0; j < plan->p->csms; j++) {
		const struct plan_book *b = &plan->book[j];

		if (b->over[PLAN_COUNT] > plan->over_at_first[j][PLAN_COUNT] ||
			b->over[PLAN_ARR] > plan->over_at_first[j][PLAN_ARR] ||
			(limit && b->moves > limit))
			return false;
	}
	return !plan->p->moves_max || plan->moves <= plan->p->moves_max;
}

bool plan_try(const struct plan *plan, uint32_t item, int32_t to,
	struct rebalance_score *out, double *strain)
{
	struct trial t = { .n = 0 };
	uint32_t moves = plan->moves;

	*out = plan->score;
	*strain = plan->strain;
	trial_move(plan, &t, item, plan->at[item], to, out, &moves);
	return judge(plan, &t, moves, out, strain);
}

bool plan_try_both(const struct plan *plan, uint32_t a, int32_t a_to, uint32_t b,
	int32_t b_to, struct rebalance_score *out, double *strain)
{
	struct trial t = { .n = 0 };
	uint32_t moves = plan->moves;

	*out = plan->score;
	*strain = plan->strain;
	trial_move(plan, &t, a, plan->at[a], a_to, out, &moves);
	trial_move(plan, &t, b, plan->at[b], b_to, out, &moves);
	return judge(plan, &t, moves, out, strain);
}

void plan_move(struct plan *plan, uint32_t item, int32_t to)
{
	struct trial t = { .n = 0 };
	struct rebalance_score s = plan->score;
	uint32_t moves = plan->moves;

	trial_move(plan, &t, item, plan->at[item], to, &s, &moves);
	judge(plan, &t, moves, &s, &plan->strain);
	plan->moves = moves;
	for (int k = 0; k < t.n; k++)
		plan->book[t.of[k]] = t.book[k];
	plan->at[item] = to;
	plan->score = s;
}

void plan_place(struct plan *plan, const int32_t *at)
{
	for (uint32_t i = 0; i < plan->p->items; i++)
		if (plan->at[i] != at[i])
			plan_move(plan, i, at[i]);
}

int rebalance_compare(const struct rebalance_score *a, const struct rebalance_score *b)
{
	const int64_t x[] = { a->over, a->unowned, a->under, a->cost, a->uneven };
	const int64_t y[] = { b->over, b->unowned, b->under, b->cost, b->uneven };

	for (size_t i = 0; i < sizeof(x) / sizeof(*x); i++)
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	return 0;
}
