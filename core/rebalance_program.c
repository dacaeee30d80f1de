#include "core/rebalance_program.h"

#include <math.h>
#include <stdlib.h>

#include "core/rebalance_price_internal.h"

enum { CELLS_MOST = 1 << 20 };

/* Sums over books in hundredths, as plan_hundredths rounds them. */
static const double ROUNDING = 1e-6;

static bool is_closed(const struct exact *x, uint32_t item, int32_t to)
{
	const uint32_t places = x->plan->p->csms + 1;

	return x->closed && x->closed[(size_t)item * places + (uint32_t)(to + 1)];
}

static bool is_open(const struct exact *x, uint32_t item, int32_t to)
{
	return plan_may(x->plan, item, to) && !is_closed(x, item, to);
}

/* Where an item is unless it goes: at home if that is open. */
static int32_t place_of(const struct exact *x, uint32_t item)
{
	const int32_t home = x->plan->p->item[item].owner;

	if (is_open(x, item, home))
		return home;
	for (int32_t j = REBALANCE_POOL; j < (int32_t)x->plan->p->csms; j++)
		if (is_open(x, item, j))
			return j;
	return x->plan->at[item];
}

/* ---- columns and rows ---- */

static uint32_t count_goings(const struct exact *x, uint32_t item)
{
	const int32_t place = place_of(x, item);
	uint32_t n = 0;

	for (int32_t j = REBALANCE_POOL; j < (int32_t)x->plan->p->csms; j++)
		n += j != place && is_open(x, item, j);
	return n;
}

static void size_of(const struct exact *x, uint32_t *goings, uint32_t *rows)
{
	*goings = 0;
	*rows = 0;
	for (uint32_t i = 0; i < x->plan->p->items; i++) {
		const uint32_t n = count_goings(x, i);

		*goings += n;
		*rows += n > 1;
	}
}

bool program_fits(const struct exact *x)
{
	uint32_t goings, rows;

	size_of(x, &goings, &rows);
	rows += 5 * x->plan->p->csms + GOALS + 1;
	goings += 2 * PLAN_BANDS * x->plan->p->csms;
	return (uint64_t)goings * rows <= CELLS_MOST;
}

static bool has_under(const struct program *g)
{
	return g->x->level >= PRICE_UNDER;
}

/* How far a book may be above its limit in hundredths, without what its accounts count.
 */
static int64_t over_most(const struct program *g, uint32_t j, uint32_t band)
{
	int64_t most = g->plan->over_at_first[j][band];

	if (g->p->share[j] <= 0 && band == PLAN_COUNT)
		for (uint32_t i = 0; i < g->p->items; i++)
			if (g->p->item[i].owner == (int32_t)j)
				most -= g->p->item[i].n[0] + g->p->item[i].n[1];
	return most < g->goal.over ? most : g->goal.over;
}

static bool has_most(const struct program *g, uint32_t band)
{
	return g->plan->most[band][0] > 0 || g->plan->most[band][1] > 0;
}

static void number_books(struct program *g)
{
	for (uint32_t j = 0; j < g->p->csms; j++)
		for (uint32_t k = 0; k < PLAN_BANDS; k++) {
			const uint32_t v = j * PLAN_BANDS + k;
			const bool lower = has_under(g) && g->plan->has_least[k] &&
					   plan_least_share(g->plan, j) > 0;

			g->up[v] = has_most(g, k) ? g->rows++ : PROGRAM_NONE;
			g->down[v] = lower ? g->rows++ : PROGRAM_NONE;
			g->over[v] = g->up[v] != PROGRAM_NONE && over_most(g, j, k) > 0
					     ? g->columns++
					     : PROGRAM_NONE;
			g->under[v] =
				lower && g->goal.under > 0 ? g->columns++ : PROGRAM_NONE;
		}
}

static void number_all(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (uint32_t i = 0; i < p->items; i++) {
		const uint32_t n = count_goings(g->x, i);

		g->place[i] = place_of(g->x, i);
		g->away[i] = n > 1 ? g->rows++ : PROGRAM_NONE;
		for (int32_t j = REBALANCE_POOL; n && j < (int32_t)p->csms; j++)
			if (j != g->place[i] && is_open(g->x, i, j))
				g->going[g->goings++] = (struct program_going){ i, j };
	}
	g->columns = g->goings;
	number_books(g);
	for (int l = 0; l < GOALS; l++)
		g->hold[l] = l < (int)g->x->level ? g->rows++ : PROGRAM_NONE;
	g->moves = p->moves_max ? g->rows++ : PROGRAM_NONE;
	for (uint32_t j = 0; j < p->csms; j++)
		g->csm_moves[j] = p->csm_moves_max ? g->rows++ : PROGRAM_NONE;
}

/* ---- what an item counts where ---- */

enum { BASE = UINT32_MAX }; /* instead of a column: whatever goes */

static void put(struct program *g, uint32_t row, uint32_t column, double is)
{
	if (row == PROGRAM_NONE || is == 0)
		return;
	if (column == BASE)
		g->base[row] += is;
	else
		simplex_put(g->s, row, column, is);
}

static void put_load(struct program *g, const struct rebalance_item *i, uint32_t j,
	uint32_t column, double sign)
{
	for (uint32_t k = 0; k < PLAN_BANDS; k++) {
		const double x[CAPACITY_NAMED] = {
			k == PLAN_COUNT ? i->n[0] : (double)i->arr[0],
			k == PLAN_COUNT ? i->n[1] : (double)i->arr[1],
		};
		const double *most = g->plan->most[k], *least = g->plan->least[k];

		put(g, g->up[j * PLAN_BANDS + k], column,
			sign * 100 * (x[0] * most[0] + x[1] * most[1]));
		put(g, g->down[j * PLAN_BANDS + k], column,
			sign * 100 * (x[0] * least[0] + x[1] * least[1]));
	}
}

/* What an item at `to` counts in each level. */
static void counts(const struct program *g, const struct rebalance_item *i, int32_t to,
	double out[GOALS + 1])
{
	out[PRICE_OVER] = to >= 0 && g->p->share[to] <= 0 ? i->n[0] + i->n[1] : 0;
	out[PRICE_UNOWNED] = to < 0 ? (double)(g->plan->unowned[0] * i->n[0] +
					       g->plan->unowned[1] * i->n[1])
				    : 0;
	out[PRICE_UNDER] = 0;
	out[PRICE_COST] = to != i->owner ? (double)i->cost / REBALANCE_UNIT : 0;
}

static void put_item(
	struct program *g, uint32_t item, int32_t to, uint32_t column, double sign)
{
	const struct rebalance_item *i = &g->p->item[item];
	double of[GOALS + 1];

	if (to >= 0)
		put_load(g, i, (uint32_t)to, column, sign);
	counts(g, i, to, of);
	for (int l = 0; l < GOALS; l++)
		put(g, g->hold[l], column, sign * of[l]);
	if (to == i->owner)
		return;
	sign *= rebalance_accounts(i);
	put(g, g->moves, column, sign);
	if (to >= 0)
		put(g, g->csm_moves[to], column, sign);
	if (i->owner >= 0)
		put(g, g->csm_moves[i->owner], column, sign);
}

static void put_items(struct program *g)
{
	double is[GOALS + 1], instead[GOALS + 1];

	for (uint32_t i = 0; i < g->p->items; i++) {
		put_item(g, i, g->place[i], BASE, 1);
		counts(g, &g->p->item[i], g->place[i], is);
		g->constant += is[g->x->level];
	}
	for (uint32_t c = 0; c < g->goings; c++) {
		const struct program_going *go = &g->going[c];
		const struct rebalance_item *i = &g->p->item[go->item];

		put_item(g, go->item, go->to, c, 1);
		put_item(g, go->item, g->place[go->item], c, -1);
		put(g, g->away[go->item], c, 1);
		counts(g, i, go->to, is);
		counts(g, i, g->place[go->item], instead);
		simplex_cost(g->s, c, is[g->x->level] - instead[g->x->level]);
	}
}

/* ---- bounds ---- */

static void at_most(struct program *g, uint32_t row, double most)
{
	if (row != PROGRAM_NONE)
		simplex_bound(g->s, g->columns + row, -(double)INFINITY,
			most - g->base[row] + ROUNDING);
}

static void at_least(struct program *g, uint32_t row, double least)
{
	if (row != PROGRAM_NONE)
		simplex_bound(g->s, g->columns + row, least - g->base[row] - ROUNDING,
			(double)INFINITY);
}

/* Of a band by accounts: what whole accounts can fill of so many hundredths. */
static double whole(double hundredths, double a, double b, bool upper)
{
	const double m = (double)prices_common(a, b) / 100;

	if (m <= 0)
		return hundredths;
	return (upper ? floor(hundredths * m + 1e-6) : ceil(hundredths * m - 1e-6)) / m;
}

static void bound_book(struct program *g, uint32_t j, uint32_t k)
{
	const struct capacity_band *b = g->p->band;
	const uint32_t v = j * PLAN_BANDS + k;
	const bool counted = k == PLAN_COUNT && !b[0].pooled && !b[1].pooled;
	double most = 100 * g->p->share[j];
	double least = 100 * plan_least_share(g->plan, j);

	if (counted && g->over[v] == PROGRAM_NONE)
		most = whole(most, b[0].max, b[1].max, true);
	if (counted && g->under[v] == PROGRAM_NONE)
		least = whole(least, b[0].min, b[1].min, false);
	if (g->over[v] != PROGRAM_NONE) {
		put(g, g->up[v], g->over[v], -1);
		put(g, g->hold[PRICE_OVER], g->over[v], 1);
		simplex_bound(g->s, g->over[v], 0, (double)over_most(g, j, k));
	}
	if (g->under[v] != PROGRAM_NONE) {
		const int64_t all = plan_hundredths(plan_least_share(g->plan, j));

		put(g, g->down[v], g->under[v], 1);
		put(g, g->hold[PRICE_UNDER], g->under[v], 1);
		simplex_bound(g->s, g->under[v], 0,
			(double)(all < g->goal.under ? all : g->goal.under));
	}
	at_most(g, g->up[v], most);
	at_least(g, g->down[v], least);
}

static void bound_all(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (uint32_t i = 0; i < p->items; i++)
		at_most(g, g->away[i], 1);
	for (uint32_t j = 0; j < p->csms; j++) {
		for (uint32_t k = 0; k < PLAN_BANDS; k++) {
			const uint32_t v = j * PLAN_BANDS + k;

			bound_book(g, j, k);
			if (g->over[v] != PROGRAM_NONE && g->x->level == PRICE_OVER)
				simplex_cost(g->s, g->over[v], 1);
			if (g->under[v] != PROGRAM_NONE && g->x->level == PRICE_UNDER)
				simplex_cost(g->s, g->under[v], 1);
		}
		at_most(g, g->csm_moves[j], p->csm_moves_max);
	}
	for (int l = 0; l < GOALS; l++)
		at_most(g, g->hold[l],
			(double)prices_level(&g->goal, (enum price_level)l));
	at_most(g, g->moves, p->moves_max);
}

/* ---- making ---- */

static bool allocate(struct program *g)
{
	const size_t items = (size_t)g->p->items + 1;
	const size_t books = (size_t)g->p->csms * PLAN_BANDS + 1;
	uint32_t goings, rows;

	size_of(g->x, &goings, &rows);
	g->going = calloc((size_t)goings + 1, sizeof(*g->going));
	g->place = calloc(items, sizeof(*g->place));
	g->away = calloc(items, sizeof(*g->away));
	g->over = calloc(books, sizeof(*g->over));
	g->under = calloc(books, sizeof(*g->under));
	g->up = calloc(books, sizeof(*g->up));
	g->down = calloc(books, sizeof(*g->down));
	g->csm_moves = calloc(books, sizeof(*g->csm_moves));
	if (!g->going || !g->place || !g->away || !g->over || !g->under || !g->up ||
		!g->down || !g->csm_moves)
		return false;
	number_all(g);
	g->base = calloc((size_t)g->rows + 1, sizeof(*g->base));
	g->s = simplex_new(g->columns, g->rows);
	return g->base && g->s;
}

bool program_make(struct program *g, const struct exact *x)
{
	*g = (struct program){
		.x = x, .plan = x->plan, .p = x->plan->p, .goal = x->plan->score
	};
	if (!allocate(g))
		return false;
	put_items(g);
	bound_all(g);
	return simplex_begin(g->s);
}

void program_clear(struct program *g)
{
	simplex_free(&g->s);
	free(g->going);
	free(g->place);
	free(g->away);
	free(g->over);
	free(g->under);
	free(g->up);
	free(g->down);
	free(g->csm_moves);
	free(g->base);
}
