/*
 * Rebalancing against an integer program: what GLPK proves of random problems. Level by
 * level it is asked whether anything is better than the answer; the answer itself has to
 * be one that the program allows, and worth what it says.
 */
#include "core/rebalance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#ifdef HAVE_GLPK
#	include <glpk.h>
#	include <math.h>
#	include <stdlib.h>

#	include <string.h>

#	include "core/book.h"
#	include "tests/support/balancing.h"
#	include "tests/support/proposing.h"
#	include "tests/support/speaking.h"

enum { OVER, UNOWNED, UNDER, COST, UNEVEN, LEVELS };
static const char *const level_name[] = { "over", "unowned", "under", "cost", "uneven" };

/* Of all problems, and of all books, none of them called proven; which ones, and by how
 * much, is printed. */
static const int problems_worse[LEVELS] = { 0, 0, 0, 1, 0 };
static const int books_worse[LEVELS] = { 0, 0, 0, 0, 2 };

/* Problems, in `make check` and in the long form (make peers); and nodes of the other
 * search tree for each question: no clock decides. */
enum { PROBLEMS = 30, NODES = 250 };

/* One row being written. */
struct row {
	int *at, n;
	double *is;
};

struct program {
	glp_prob *lp;
	const struct rebalance_problem *p;
	int *x;   /* [item * csms + csm], then [items * csms + item]: the pool; 0: not
		     allowed */
	int over; /* the first of three columns each of [2 * csm + band]: too much, too
		     little, off the mean */
	double most[2][CAPACITY_NAMED], least[2][CAPACITY_NAMED];
	int64_t pool[CAPACITY_NAMED];
	struct row row;
	double *weight[LEVELS]; /* per column */
};

static double load(const struct program *g, uint32_t i, int band, bool upper)
{
	const struct rebalance_item *it = &g->p->item[i];
	double sum = 0;

	for (int t = 0; t < CAPACITY_NAMED; t++)
		sum += (upper ? g->most : g->least)[band][t] *
		       (band ? (double)it->arr[t] : it->n[t]);
	return sum;
}

static int *column(const struct program *g, uint32_t i, int32_t j)
{
	const struct rebalance_problem *p = g->p;

	return &g->x[j < 0 ? (size_t)p->items * p->csms + i
			   : (size_t)i * p->csms + (uint32_t)j];
}

static void put(struct program *g, int column, double value)
{
	if (!column || value == 0)
		return;
	g->row.n++;
	g->row.at[g->row.n] = column;
	g->row.is[g->row.n] = value;
}

static void end_row(struct program *g, int type, double low, double high)
{
	const int r = glp_add_rows(g->lp, 1);

	glp_set_row_bnds(g->lp, r, type, low, high);
	glp_set_mat_row(g->lp, r, g->row.n, g->row.at, g->row.is);
	g->row.n = 0;
}

/* ---- the program ---- */

static bool allowed(const struct rebalance_problem *p, uint32_t i, int32_t j)
{
	const struct rebalance_item *it = &p->item[i];

	if (it->pin != REBALANCE_FREE)
		return j == it->pin;
	if (j == it->owner)
		return true;
	if (j < 0)
		return p->share[it->owner] <= 0;
	return p->share[j] > 0 && p->reaches[it->reach * p->csms + (uint32_t)j];
}

static void add_choices(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (uint32_t i = 0; i < p->items; i++) {
		for (int32_t j = REBALANCE_POOL; j < (int32_t)p->csms; j++) {
			if (!allowed(p, i, j))
				continue;
			*column(g, i, j) = glp_add_cols(g->lp, 1);
			glp_set_col_kind(g->lp, *column(g, i, j), GLP_BV);
			put(g, *column(g, i, j), 1);
		}
		end_row(g, GLP_FX, 1, 1);
	}
}

static int whole_column(struct program *g, double high)
{
	const int c = glp_add_cols(g->lp, 1);

	glp_set_col_kind(g->lp, c, GLP_IV);
	glp_set_col_bnds(g->lp, c, high > 0 ? GLP_DB : GLP_FX, 0, high);
	return c;
}

static double mean_load(const struct program *g, int band)
{
	double sum = 0, share = 0;

	for (uint32_t i = 0; i < g->p->items; i++)
		sum += load(g, i, band, true);
	for (uint32_t j = 0; j < g->p->csms; j++)
		share += g->p->share[j];
	return share > 0 ? sum / share : 0;
}

static void put_loads(struct program *g, uint32_t j, int band, bool upper)
{
	for (uint32_t i = 0; i < g->p->items; i++)
		put(g, *column(g, i, (int32_t)j), load(g, i, band, upper));
}

static void put_thousandths(struct program *g, uint32_t j, int band)
{
	for (uint32_t i = 0; i < g->p->items; i++)
		put(g, *column(g, i, (int32_t)j), 1000 * load(g, i, band, true));
}

/* How far a load is off the mean, either way; in thousandths, since what is less than
 * that is nothing to its presolver. */
static void add_uneven(struct program *g, uint32_t j, int band)
{
	const double even = 1000 * g->p->share[j] * mean_load(g, band);
	const int off = glp_add_cols(g->lp, 1);

	glp_set_col_bnds(g->lp, off, GLP_LO, 0, 0);
	put_thousandths(g, j, band);
	put(g, off, -1);
	end_row(g, GLP_UP, 0, even);
	put_thousandths(g, j, band);
	put(g, off, 1);
	end_row(g, GLP_LO, even, 0);
}

/* Started hundredths above and below, above no more than before. */
static void add_bands(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (uint32_t j = 0; j < p->csms; j++)
		for (int band = 0; band < 2; band++) {
			double before = -p->share[j];
			int over, under;

			for (uint32_t i = 0; i < p->items; i++)
				before += p->item[i].owner == (int32_t)j
						  ? load(g, i, band, true)
						  : 0;
			over = whole_column(
				g, before > 1e-8 ? ceil(before * 100 - 1e-6) : 0);
			under = whole_column(g, 100);
			if (!j && !band)
				g->over = over;
			put_loads(g, j, band, true);
			put(g, over, -0.01);
			end_row(g, GLP_UP, 0, p->share[j] + 1e-9);
			put_loads(g, j, band, false);
			put(g, under, 0.01);
			if (g->least[band][0] + g->least[band][1] > 0)
				end_row(g, GLP_LO, p->share[j] - 1e-9, 0);
			g->row.n = 0;
			add_uneven(g, j, band);
		}
}

static void add_limits(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (int32_t j = REBALANCE_POOL; j < (int32_t)p->csms; j++) {
		const uint32_t limit = j < 0 ? p->moves_max : p->csm_moves_max;

		for (uint32_t i = 0; i < p->items && limit; i++)
			for (int32_t to = REBALANCE_POOL; to < (int32_t)p->csms; to++)
				if (to != p->item[i].owner &&
					(j < 0 || to == j || p->item[i].owner == j))
					put(g, *column(g, i, to),
						rebalance_accounts(&p->item[i]));
		if (limit)
			end_row(g, GLP_UP, 0, limit);
		g->row.n = 0;
	}
}

static void weigh(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (int l = 0; l < LEVELS; l++)
		g->weight[l] =
			calloc((size_t)glp_get_num_cols(g->lp) + 1, sizeof(double));
	for (uint32_t i = 0; i < p->items; i++) {
		const struct rebalance_item *it = &p->item[i];

		g->weight[UNOWNED][*column(g, i, REBALANCE_POOL)] =
			(double)(g->pool[0] * it->n[0] + g->pool[1] * it->n[1]);
		for (int32_t j = REBALANCE_POOL; j < (int32_t)p->csms; j++)
			g->weight[COST][*column(g, i, j)] =
				j == it->owner ? 0 : (double)it->cost / REBALANCE_UNIT;
		if (it->owner >= 0 && p->share[it->owner] <= 0)
			g->weight[OVER][*column(g, i, it->owner)] = it->n[0] + it->n[1];
	}
	for (uint32_t k = 0; k < 2 * p->csms; k++) {
		g->weight[OVER][g->over + 3 * (int)k] = 1;
		g->weight[UNDER][g->over + 3 * (int)k + 1] = 1;
		g->weight[UNEVEN][g->over + 3 * (int)k + 2] = 1;
	}
}

static void program_make(struct program *g, const struct rebalance_problem *p)
{
	const size_t columns = (size_t)p->items * (p->csms + 1);

	*g = (struct program){ .lp = glp_create_prob(), .p = p };
	g->x = calloc(columns, sizeof(*g->x));
	g->row.at = calloc(columns + 6 * p->csms + 2, sizeof(*g->row.at));
	g->row.is = calloc(columns + 6 * p->csms + 2, sizeof(*g->row.is));
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		const struct capacity_band *b = &p->band[t];

		g->most[0][t] = 1 / b->max;
		g->most[1][t] = b->arr_max > 0 ? 1 / b->arr_max : 0;
		g->least[0][t] = b->min > 0 ? 1 / b->min : 0;
		g->least[1][t] = b->arr_min > 0 ? 1 / b->arr_min : 0;
	}
	g->pool[1] = 1;
	g->pool[0] = 1 + (int64_t)ceil(p->band[1].max / p->band[0].max);
	add_choices(g);
	add_bands(g);
	add_limits(g);
	weigh(g);
}

static void program_free(struct program *g)
{
	glp_delete_prob(g->lp);
	free(g->x);
	free(g->row.at);
	free(g->row.is);
	for (int l = 0; l < LEVELS; l++)
		free(g->weight[l]);
}

/* ---- questions ---- */

/* From now on no more of this level than so much. Returns the row. */
static int hold(struct program *g, int level, double most)
{
	for (int c = 1; c <= glp_get_num_cols(g->lp); c++)
		put(g, c, g->weight[level][c]);
	end_row(g, GLP_UP, 0, most);
	return glp_get_num_rows(g->lp);
}

static void count_nodes(glp_tree *tree, void *arg)
{
	int *left = arg;

	if (glp_ios_reason(tree) == GLP_ISELECT && --*left < 0)
		glp_ios_terminate(tree);
}

enum answer {
	NOTHING, /* there is none */
	LEAST,   /* and there is nothing less */
	SOME,    /* in the time there is */
	UNKNOWN
};

/* The least of a level. */
static enum answer ask(struct program *g, int level, double *least)
{
	glp_iocp how;
	int failed, left = NODES;

	for (int c = 1; c <= glp_get_num_cols(g->lp); c++)
		glp_set_obj_coef(g->lp, c, g->weight[level][c]);
	glp_init_iocp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.presolve = GLP_ON;
	how.gmi_cuts = how.mir_cuts = how.cov_cuts = GLP_ON;
	how.cb_func = count_nodes;
	how.cb_info = &left;
	failed = glp_intopt(g->lp, &how);
	*least = (double)INFINITY;
	if (failed == GLP_ENOPFS || glp_mip_status(g->lp) == GLP_NOFEAS)
		return NOTHING;
	if (glp_mip_status(g->lp) != GLP_OPT && glp_mip_status(g->lp) != GLP_FEAS)
		return UNKNOWN;
	*least = glp_mip_obj_val(g->lp);
	return glp_mip_status(g->lp) == GLP_OPT ? LEAST : SOME;
}

/* The unevenness of each book is rounded. */
static double rounding(const struct program *g)
{
	return g->p->csms * 0.5;
}

/* The answer as it is must be allowed, and be worth what it says. */
static void answer_is_allowed(
	struct program *g, const struct rebalance_result *r, const double is[LEVELS])
{
	glp_prob *fixed = glp_create_prob();
	struct program same = *g;

	glp_copy_prob(fixed, g->lp, GLP_OFF);
	same.lp = fixed;
	for (uint32_t i = 0; i < g->p->items; i++) {
		assert_int_not_equal(*column(g, i, r->to[i]), 0);
		glp_set_col_bnds(fixed, *column(g, i, r->to[i]), GLP_FX, 1, 1);
	}
	for (int l = 0; l < LEVELS; l++) {
		double least;

		assert_int_equal(ask(&same, l, &least), LEAST);
		assert_true(fabs(least - is[l]) < 1e-4 + (l == UNEVEN ? rounding(g) : 0));
	}
	glp_delete_prob(fixed);
}

/* What its answer is worth by our own measure: within its tolerances it may take a whole
 * number for a little less than it is. */
static bool is_better(const struct program *g, const struct rebalance_result *r)
{
	int32_t *to = calloc(g->p->items, sizeof(*to));
	struct rebalance_score s;
	bool holds;

	for (uint32_t i = 0; i < g->p->items; i++)
		for (int32_t j = REBALANCE_POOL; j < (int32_t)g->p->csms; j++)
			if (*column(g, i, j) &&
				glp_mip_col_val(g->lp, *column(g, i, j)) > 0.5)
				to[i] = j;
	assert_int_equal(rebalance_measure(g->p, to, &s, &holds, NULL), ST_OK);
	free(to);
	return holds && rebalance_compare(&s, &r->after) < 0;
}

struct tally {
	int equal[LEVELS], worse[LEVELS], open[LEVELS], least, optimal;
	double gap;
};

/* Whether anything is better in a level, those before it being as good. */
static bool compare_level(struct program *g, const struct rebalance_result *r, int l,
	const double is[LEVELS], struct tally *t)
{
	const double less = l == COST     ? is[l] * (1 - REBALANCE_NEAR)
			    : l == UNEVEN ? is[l] - 1 + rounding(g)
					  : is[l] - 0.5;
	double least = (double)INFINITY;
	enum answer found;
	bool better;
	int row;

	if (is[l] <= 0) {
		t->equal[l]++;
		hold(g, l, 1e-6);
		return true;
	}
	row = hold(g, l, less);
	found = ask(g, l, &least);
	better = (found == LEAST || found == SOME) && is_better(g, r);
	if (!better && (found == NOTHING || found == LEAST)) {
		t->equal[l]++;
	} else if (!better) {
		t->open[l]++;
	} else {
		t->worse[l]++;
		print_message("%u accounts, %u CSMs, limits %u and %u: worse in %s: %g, "
			      "possible %g\n",
			g->p->items, g->p->csms, g->p->moves_max, g->p->csm_moves_max,
			level_name[l], is[l], least);
		assert_false(l == COST ? least < (double)r->bound / REBALANCE_UNIT - 1e-6
				       : l < COST && r->least);
		return false;
	}
	glp_set_row_bnds(g->lp, row, GLP_UP, 0, is[l] + 1e-6);
	return true;
}

static void compare(const struct rebalance_problem *p, const struct rebalance_result *r,
	struct tally *t)
{
	const double is[LEVELS] = { (double)r->after.over, (double)r->after.unowned,
		(double)r->after.under, (double)r->after.cost / REBALANCE_UNIT,
		(double)r->after.uneven };
	struct program g;

	assert_true(r->bound <= r->after.cost);
	program_make(&g, p);
	answer_is_allowed(&g, r, is);
	for (int l = 0; l < LEVELS && compare_level(&g, r, l, is, t); l++)
		;
	t->least += r->least;
	t->optimal += r->optimal;
	if (is[COST] > 0 && 1 - (double)r->bound / (double)r->after.cost > t->gap)
		t->gap = 1 - (double)r->bound / (double)r->after.cost;
	program_free(&g);
}

static void compare_random(uint64_t seed, struct tally *t)
{
	const uint32_t size = seed % 10 == 0 ? 600 : seed % 10 < 3 ? 120 : 40;
	const uint32_t items = 1 + (uint32_t)(seed * 2654435761u) % size;
	struct balancing b;
	struct rebalance_result r;

	balancing_random(&b, seed, items, 2 + (uint32_t)(seed % 5));
	assert_int_equal(rebalance_solve(&b.p, NULL, &r, NULL), ST_OK);
	compare(&b.p, &r, t);
	rebalance_result_clear(&r);
	balancing_clear(&b);
}

/* A whole book, whose regions, segments and languages its own problem knows. */
static void compare_book(uint64_t seed, struct tally *t)
{
	struct speaking s;
	struct rebalance_result r;
	struct proposal *p;

	speaking_make(&s, seed);
	p = proposing(s.book, NULL);
	memcpy(s.same.p.band, p->before->band, sizeof(s.same.p.band));
	speaking_answer(&s, p, &r);
	compare(&s.same.p, &r, t);
	rebalance_result_clear(&r);
	proposal_free(&p);
	speaking_clear(&s);
}

static uint64_t problems_asked(void)
{
	const char *many = getenv("TIERDESK_PEERS");

	return many ? strtoull(many, NULL, 10) : PROBLEMS;
}

static void ask_all(void (*one)(uint64_t seed, struct tally *t), const int worse[LEVELS])
{
	const uint64_t problems = problems_asked();
	struct tally t = { .gap = 0 };

	glp_term_out(GLP_OFF);
	for (uint64_t seed = 1; seed <= problems; seed++)
		one(seed, &t);
	for (int l = 0; l < LEVELS; l++) {
		print_message("%s: as good %d, worse %d, not decided in time %d\n",
			level_name[l], t.equal[l], t.worse[l], t.open[l]);
		assert_true(t.worse[l] <= worse[l]);
	}
	print_message("least proven %d, optimal proven %d of %d; widest gap %.3f %%\n",
		t.least, t.optimal, (int)problems, 100 * t.gap);
}

static void nothing_is_better(void **state)
{
	(void)state;
	ask_all(compare_random, problems_worse);
}

static void nothing_is_better_for_books(void **state)
{
	(void)state;
	ask_all(compare_book, books_worse);
}
#else
static void nothing_is_better(void **state)
{
	(void)state;
	print_message(
		"rebalancing is not compared: GLPK was not there at configure time\n");
	skip();
}

static void nothing_is_better_for_books(void **state)
{
	nothing_is_better(state);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(nothing_is_better),
		cmocka_unit_test(nothing_is_better_for_books) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
