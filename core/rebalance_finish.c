#include "core/rebalance_finish.h"

#include <stdlib.h>
#include <string.h>

#include "core/rebalance_exact.h"

/* Cells of the tableau: of the first look, of three books (of all of them together so
 * many, as far as that leaves each between least and most), and of the last one. */
enum {
	SHORT = 5000000,
	AROUND_LEAST = 500000,
	AROUND_MOST = 4000000,
	AROUND_ALL = 80000000,
	LONG = 25000000,
	ROUNDS = 3,
	LOOKS = 5000, /* at three books: a round of thirty */
	THREE = 3,
	MANY = 200,
	FEW = 100 /* places of items in books: these end, however wide the gap */
};

struct finishing {
	struct finish *f;
	const struct rebalance_problem *p;
	enum price_level level;
	uint8_t *closed;
};

static enum status look(
	struct finishing *g, uint64_t effort, struct exact *x, struct err *e)
{
	enum status st = ST_OK;

	*x = (struct exact){ .plan = g->f->plan,
		.level = g->level,
		.closed = g->closed,
		.effort = effort,
		.progress = g->f->progress };
	if (exact_fits(x))
		st = exact_run(x, e);
	g->f->better = g->f->better || x->better;
	g->f->stopped = g->f->stopped || x->stopped;
	return st;
}

/* By the prices nothing that costs less has an item there; of the other levels they say
 * nothing. */
static void close_by_prices(struct finishing *g)
{
	const double cost = (double)(g->f->plan->score.cost - 1) / REBALANCE_UNIT;

	memset(g->closed, 0, ((size_t)g->p->csms + 1) * g->p->items);
	if (g->f->prices)
		prices_close(g->f->prices, cost + 1e-9, g->closed);
}

static bool is_one_of(const uint32_t open[THREE], int32_t at)
{
	for (int k = 0; k < THREE; k++)
		if (at == (int32_t)open[k])
			return true;
	return false;
}

/* Only what is in three books, or nobody's, may be elsewhere: in these, or at home. */
static void close_but(struct finishing *g, const uint32_t open[THREE])
{
	close_by_prices(g);
	for (uint32_t i = 0; i < g->p->items; i++) {
		uint8_t *closed = g->closed + (size_t)i * (g->p->csms + 1) + 1;
		const int32_t at = g->f->plan->at[i];
		const bool in = at < 0 || is_one_of(open, at);

		for (int32_t j = REBALANCE_POOL; j < (int32_t)g->p->csms; j++)
			closed[j] |= !in || (j >= 0 && j != g->p->item[i].owner &&
						    !is_one_of(open, j));
		closed[at] = 0;
	}
}

/* Until no three books make anything better, or enough were looked at: of a hundred there
 * are more than anybody waits for. */
static enum status look_around(struct finishing *g, struct err *e)
{
	const uint64_t n = g->p->csms, threes = n > 2 ? n * (n - 1) * (n - 2) / 6 : 1;
	const uint64_t share = AROUND_ALL / threes;
	const uint64_t effort = share < AROUND_LEAST  ? AROUND_LEAST
				: share > AROUND_MOST ? AROUND_MOST
						      : share;
	enum status st = ST_OK;
	bool again = true;
	int looks = 0;

	for (int round = 0; again && round < ROUNDS; round++) {
		again = false;
		for (uint32_t a = 0; a < n; a++)
			for (uint32_t b = a + 1; b < n; b++)
				for (uint32_t c = b + 1; c < n; c++) {
					struct exact x;

					if (st != ST_OK || g->f->stopped ||
						looks++ == LOOKS)
						return st;
					close_but(g, (uint32_t[THREE]){ a, b, c });
					st = look(g, effort, &x, e);
					again = again || x.better;
				}
	}
	return st;
}

/* A gap this wide, as a part of what there is, is not closed by looking longer. */
static const double WIDE = 0.15;

static bool is_promising(const struct finishing *g, const struct exact *x)
{
	double is = (double)prices_level(&g->f->plan->score, g->level);

	if (g->level == PRICE_COST)
		is /= REBALANCE_UNIT;
	return is - x->bound <= WIDE * is || is - x->bound <= 3 ||
	       g->p->items * g->p->csms <= FEW;
}

static void conclude(struct finishing *g, const struct exact *x)
{
	g->f->proven = x->proven;
	if (x->bound > g->f->bound)
		g->f->bound = x->bound;
}

enum status finish_level(struct finish *f, enum price_level level, struct err *e)
{
	struct finishing g = { .f = f, .p = f->plan->p, .level = level };
	const double known = f->bound;
	struct exact x;
	enum status st;

	g.closed = malloc(((size_t)g.p->csms + 1) * g.p->items + 1);
	if (!g.closed)
		return err_set(e, ST_NOMEM, "not enough memory to rebalance");
	close_by_prices(&g);
	st = look(&g, SHORT, &x, e);
	conclude(&g, &x);
	/* Where many are bounded better by prices this is not going to end. */
	if (st == ST_OK && !f->proven && (x.bound > known || g.p->items < MANY)) {
		st = look_around(&g, e);
		close_by_prices(&g);
		if (st == ST_OK && !f->stopped && is_promising(&g, &x))
			st = look(&g, LONG, &x, e);
		conclude(&g, &x);
	}
	free(g.closed);
	return st;
}
