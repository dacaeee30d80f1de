#include "core/rebalance_exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/rebalance_program.h"

enum { PIVOTS = 2000, TRIALS = 8, TRIAL_PIVOTS = 20, KNOWN = 4 };

/* This far from a whole number is not one. */
static const double WHOLE = 1e-5;

struct branch {
	uint32_t v;
	double score, at; /* its value */
	bool empty[2];    /* nothing is below, above */
};

/* What the bound rose by, for each unit that a variable was moved. */
struct gain {
	double sum;
	uint32_t n;
};

struct gained {
	struct gain side[2]; /* down, up */
};

struct tree {
	struct exact *x;
	struct program program;
	struct rebalance_score best;
	int32_t *best_at, *to;
	double target; /* what is looked for is at most this, in the program's terms */
	struct branch *branch; /* candidates */
	uint32_t branches;
	struct gained *gained; /* per variable */
	struct gained usual;   /* of all */
	double open;           /* the least bound of what was not looked at */
	bool out;              /* of effort */
};

/* ---- branch and bound ---- */

static void set_target(struct tree *g)
{
	const double is = (double)prices_level(&g->best, g->x->level);

	g->target = (g->x->level == PRICE_COST ? (is - 1) / REBALANCE_UNIT : is - 1) -
		    g->program.constant;
}

/* Nothing that is better is below a bound above this. */
static double cutoff(const struct tree *g)
{
	return g->target + (g->x->level == PRICE_COST ? 1e-9 : 1e-6);
}

static void take_solution(struct tree *g)
{
	struct plan *plan = g->x->plan;

	memcpy(g->to, g->program.place, g->program.p->items * sizeof(*g->to));
	for (uint32_t c = 0; c < g->program.goings; c++)
		if (simplex_value(g->program.s, c) > 0.5)
			g->to[g->program.going[c].item] = g->program.going[c].to;
	plan_place(plan, g->to);
	if (!plan_holds(plan) || rebalance_compare(&plan->score, &g->best) >= 0)
		return;
	g->best = plan->score;
	g->x->better = true;
	memcpy(g->best_at, plan->at, g->program.p->items * sizeof(*g->best_at));
	set_target(g);
}

static double off(const struct tree *g, uint32_t variable)
{
	const double x = simplex_value(g->program.s, variable);

	return fabs(x - floor(x + 0.5));
}

static bool goes_on(struct tree *g)
{
	const struct progress *p = g->x->progress;

	if (p && !p->tell(p->arg, "rebalancing", 0, 0))
		g->x->stopped = true;
	if (g->x->stopped || simplex_effort(g->program.s) > g->x->effort)
		g->out = true;
	return !g->out;
}

static void leave_open(struct tree *g, double bound)
{
	if (bound < g->open)
		g->open = bound;
}

/* ---- where to branch ----
 *
 * By what the bound rose when a variable was branched on, tried out until that is known
 * well enough (Achterberg, Koch, Martin 2005). */

static bool is_between(const struct tree *g, uint32_t v)
{
	return simplex_low(g->program.s, v) < simplex_high(g->program.s, v) &&
	       off(g, v) > WHOLE;
}

static double gain_of(const struct tree *g, uint32_t v, bool up)
{
	const struct gain *own = &g->gained[v].side[up], *all = &g->usual.side[up];

	return own->n ? own->sum / own->n : all->n ? all->sum / all->n : 1;
}

static double score_of(const struct tree *g, uint32_t v)
{
	const double x = simplex_value(g->program.s, v), part = x - floor(x);
	const double down = part * gain_of(g, v, false) + 1e-6;

	return down * ((1 - part) * gain_of(g, v, true) + 1e-6);
}

static void consider(struct tree *g, uint32_t v)
{
	if (is_between(g, v))
		g->branch[g->branches++] = (struct branch){ .v = v,
			.score = score_of(g, v),
			.at = simplex_value(g->program.s, v) };
}

static void find_branches(struct tree *g)
{
	g->branches = 0;
	for (uint32_t v = 0; v < g->program.columns; v++)
		consider(g, v);
	for (uint32_t i = 0; i < g->program.p->items; i++)
		if (g->program.away[i] != PROGRAM_NONE)
			consider(g, g->program.columns + g->program.away[i]);
}

static int best_first(const void *a, const void *b)
{
	const struct branch *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->v < y->v ? -1 : x->v > y->v;
}

static void learn(struct tree *g, uint32_t v, bool up, double by, double gain)
{
	struct gain *of[] = { &g->gained[v].side[up], &g->usual.side[up] };

	for (int k = 0; k < 2 && by > 0 && isfinite(gain); k++) {
		of[k]->sum += gain > 0 ? gain / by : 0;
		of[k]->n++;
	}
}

/* Tries one side of a branch; INFINITY: nothing is there. */
static double try_side(struct tree *g, uint32_t v, double at, bool up, double bound)
{
	const double low = simplex_low(g->program.s, v),
		     high = simplex_high(g->program.s, v);
	enum simplex_end end;
	double gain;

	simplex_bound(g->program.s, v, up ? ceil(at) : low, up ? high : floor(at));
	end = simplex_solve(g->program.s, cutoff(g), TRIAL_PIVOTS);
	simplex_bound(g->program.s, v, low, high);
	if (end == SIMPLEX_NONE || end == SIMPLEX_ABOVE)
		return (double)INFINITY;
	gain = simplex_least(g->program.s) - bound;
	learn(g, v, up, up ? ceil(at) - at : at - floor(at), gain);
	return gain > 0 ? gain : 0;
}

static bool is_known(const struct tree *g, uint32_t v)
{
	return g->gained[v].side[0].n >= KNOWN && g->gained[v].side[1].n >= KNOWN;
}

/* Tries both sides; true: one of them is empty, which is as good as it gets. */
static bool try_both(struct tree *g, struct branch *x, double bound)
{
	const double down = try_side(g, x->v, x->at, false, bound);
	const double up = try_side(g, x->v, x->at, true, bound);

	x->score = (down + 1e-6) * (up + 1e-6);
	x->empty[0] = isinf(down);
	x->empty[1] = isinf(up);
	return isinf(x->score);
}

/* PROGRAM_NONE: all are whole. */
static struct branch choose(struct tree *g, double bound)
{
	const struct branch none = { .v = PROGRAM_NONE };
	const struct branch *best = g->branch;
	uint32_t n;

	find_branches(g);
	if (!g->branches)
		return none;
	qsort(g->branch, g->branches, sizeof(*g->branch), best_first);
	n = g->branches < TRIALS ? g->branches : TRIALS;
	for (uint32_t k = 0; k < n; k++) {
		if (!is_known(g, g->branch[k].v) && try_both(g, &g->branch[k], bound))
			return g->branch[k];
		if (g->branch[k].score > best->score)
			best = &g->branch[k];
	}
	return *best;
}

/* One of which the program only says that it is whole. */
static struct branch not_fixed(const struct tree *g)
{
	const struct simplex *s = g->program.s;

	for (uint32_t c = 0; c < g->program.goings; c++)
		if (simplex_low(s, c) < simplex_high(s, c))
			return (struct branch){ .v = c,
				.at = simplex_value(s, c) > 0.5 ? 0.75 : 0.25 };
	return (struct branch){ .v = PROGRAM_NONE };
}

static bool is_whole(const struct tree *g)
{
	for (uint32_t c = 0; c < g->program.goings; c++)
		if (off(g, c) > WHOLE)
			return false;
	return true;
}

static void look(struct tree *g, double bound);

/* Both sides of a branch, the nearer one first. */
static void look_beyond(struct tree *g, const struct branch *x, double bound)
{
	struct simplex *s = g->program.s;
	const double low = simplex_low(s, x->v), high = simplex_high(s, x->v);
	const bool up_first = x->at - floor(x->at) >= 0.5;

	for (int side = 0; side < 2; side++) {
		const bool up = side == 0 ? up_first : !up_first;

		if (x->empty[up])
			continue;
		simplex_bound(s, x->v, up ? ceil(x->at) : low, up ? high : floor(x->at));
		look(g, bound);
		simplex_bound(s, x->v, low, high);
	}
}

/* All plans within the bounds of the program, of which none is below `bound`. Where the
 * program can't be solved for rounding it is cut on until each account has its place. */
static void look(struct tree *g, double bound)
{
	struct branch x = { .v = PROGRAM_NONE };
	enum simplex_end end;

	if (bound > cutoff(g))
		return;
	if (!goes_on(g)) {
		leave_open(g, bound);
		return;
	}
	end = simplex_solve(g->program.s, cutoff(g), PIVOTS);
	if (end == SIMPLEX_NONE || end == SIMPLEX_ABOVE)
		return;
	bound = fmax(bound, simplex_least(g->program.s));
	if (is_whole(g))
		take_solution(g);
	if (bound > cutoff(g))
		return;
	if (end == SIMPLEX_LEAST)
		x = choose(g, bound);
	if (x.v == PROGRAM_NONE)
		x = not_fixed(g);
	/* all fixed: one plan, and it was looked at */
	if (x.v != PROGRAM_NONE)
		look_beyond(g, &x, bound);
}

bool exact_fits(const struct exact *x)
{
	return program_fits(x);
}

static bool allocate(struct tree *g)
{
	const size_t items = (size_t)g->x->plan->p->items + 1;
	const size_t variables = (size_t)g->program.columns + g->program.rows + 1;

	g->best_at = calloc(items, sizeof(*g->best_at));
	g->to = calloc(items, sizeof(*g->to));
	g->branch = calloc(variables, sizeof(*g->branch));
	g->gained = calloc(variables, sizeof(*g->gained));
	return g->best_at && g->to && g->branch && g->gained;
}

static void run(struct tree *g)
{
	struct exact *x = g->x;

	memcpy(g->best_at, x->plan->at, x->plan->p->items * sizeof(*g->best_at));
	g->best = x->plan->score;
	g->open = (double)INFINITY;
	set_target(g);
	look(g, -(double)INFINITY);
	x->proven = isinf(g->open) && !g->out;
	x->bound = (double)prices_level(&g->best, x->level) /
		   (x->level == PRICE_COST ? REBALANCE_UNIT : 1);
	if (!x->proven && g->open + g->program.constant < x->bound)
		x->bound = g->open + g->program.constant;
	plan_place(x->plan, g->best_at);
}

enum status exact_run(struct exact *x, struct err *e)
{
	struct tree g = { .x = x };
	const bool whole = program_make(&g.program, x) && allocate(&g);

	if (whole)
		run(&g);
	program_clear(&g.program);
	free(g.best_at);
	free(g.to);
	free(g.branch);
	free(g.gained);
	return whole ? ST_OK : err_set(e, ST_NOMEM, "not enough memory to rebalance");
}
