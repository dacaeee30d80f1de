/*
 * A problem of rebalancing as an integer program of GLPK: its columns and rows, a weight
 * for each level, and the least of a level.
 */
#ifndef TESTS_UNIT_TEST_PEER_PROGRAM_H
#define TESTS_UNIT_TEST_PEER_PROGRAM_H

#include <glpk.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/rebalance.h"

enum { OVER, UNOWNED, UNDER, COST, UNEVEN, LEVELS };

/* Nodes of its search tree for each question: no clock decides. */
enum { PROGRAM_NODES = 250 };

/* One row being written. */
struct program_row {
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
	struct program_row row;
	double *weight[LEVELS]; /* per column */
};

static inline double program_load(
	const struct program *g, uint32_t i, int band, bool upper)
{
	const struct rebalance_item *it = &g->p->item[i];
	double sum = 0;

	for (int t = 0; t < CAPACITY_NAMED; t++)
		sum += (upper ? g->most : g->least)[band][t] *
		       (band ? (double)it->arr[t] : it->n[t]);
	return sum;
}

static inline int *program_column(const struct program *g, uint32_t i, int32_t j)
{
	const struct rebalance_problem *p = g->p;

	return &g->x[j < 0 ? (size_t)p->items * p->csms + i
			   : (size_t)i * p->csms + (uint32_t)j];
}

static inline void program_put(struct program *g, int column, double value)
{
	if (!column || value == 0)
		return;
	g->row.n++;
	g->row.at[g->row.n] = column;
	g->row.is[g->row.n] = value;
}

static inline void program_end_row(struct program *g, int type, double low, double high)
{
	const int r = glp_add_rows(g->lp, 1);

	glp_set_row_bnds(g->lp, r, type, low, high);
	glp_set_mat_row(g->lp, r, g->row.n, g->row.at, g->row.is);
	g->row.n = 0;
}

static inline bool program_allowed(
	const struct rebalance_problem *p, uint32_t i, int32_t j)
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

static inline void program_add_choices(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (uint32_t i = 0; i < p->items; i++) {
		for (int32_t j = REBALANCE_POOL; j < (int32_t)p->csms; j++) {
			if (!program_allowed(p, i, j))
				continue;
			*program_column(g, i, j) = glp_add_cols(g->lp, 1);
			glp_set_col_kind(g->lp, *program_column(g, i, j), GLP_BV);
			program_put(g, *program_column(g, i, j), 1);
		}
		program_end_row(g, GLP_FX, 1, 1);
	}
}

static inline int program_whole_column(struct program *g, double high)
{
	const int c = glp_add_cols(g->lp, 1);

	glp_set_col_kind(g->lp, c, GLP_IV);
	glp_set_col_bnds(g->lp, c, high > 0 ? GLP_DB : GLP_FX, 0, high);
	return c;
}

static inline double program_mean_load(const struct program *g, int band)
{
	double sum = 0, share = 0;

	for (uint32_t i = 0; i < g->p->items; i++)
		sum += program_load(g, i, band, true);
	for (uint32_t j = 0; j < g->p->csms; j++)
		share += g->p->share[j];
	return share > 0 ? sum / share : 0;
}

static inline void program_put_loads(struct program *g, uint32_t j, int band, bool upper)
{
	for (uint32_t i = 0; i < g->p->items; i++)
		program_put(g, *program_column(g, i, (int32_t)j),
			program_load(g, i, band, upper));
}

static inline void program_put_thousandths(struct program *g, uint32_t j, int band)
{
	for (uint32_t i = 0; i < g->p->items; i++)
		program_put(g, *program_column(g, i, (int32_t)j),
			1000 * program_load(g, i, band, true));
}

/* How far a load is off the mean, either way; in thousandths, since what is less than
 * that is nothing to its presolver. */
static inline void program_add_uneven(struct program *g, uint32_t j, int band)
{
	const double even = 1000 * g->p->share[j] * program_mean_load(g, band);
	const int off = glp_add_cols(g->lp, 1);

	glp_set_col_bnds(g->lp, off, GLP_LO, 0, 0);
	program_put_thousandths(g, j, band);
	program_put(g, off, -1);
	program_end_row(g, GLP_UP, 0, even);
	program_put_thousandths(g, j, band);
	program_put(g, off, 1);
	program_end_row(g, GLP_LO, even, 0);
}

/* Started hundredths above and below, above no more than before. */
static inline void program_add_bands(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (uint32_t j = 0; j < p->csms; j++)
		for (int band = 0; band < 2; band++) {
			double before = -p->share[j];
			int over, under;

			for (uint32_t i = 0; i < p->items; i++)
				before += p->item[i].owner == (int32_t)j
						  ? program_load(g, i, band, true)
						  : 0;
			over = program_whole_column(
				g, before > 1e-8 ? ceil(before * 100 - 1e-6) : 0);
			under = program_whole_column(g, 100);
			if (!j && !band)
				g->over = over;
			program_put_loads(g, j, band, true);
			program_put(g, over, -0.01);
			program_end_row(g, GLP_UP, 0, p->share[j] + 1e-9);
			program_put_loads(g, j, band, false);
			program_put(g, under, 0.01);
			if (g->least[band][0] + g->least[band][1] > 0)
				program_end_row(g, GLP_LO, p->share[j] - 1e-9, 0);
			g->row.n = 0;
			program_add_uneven(g, j, band);
		}
}

static inline void program_add_limits(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (int32_t j = REBALANCE_POOL; j < (int32_t)p->csms; j++) {
		const uint32_t limit = j < 0 ? p->moves_max : p->csm_moves_max;

		for (uint32_t i = 0; i < p->items && limit; i++)
			for (int32_t to = REBALANCE_POOL; to < (int32_t)p->csms; to++)
				if (to != p->item[i].owner &&
					(j < 0 || to == j || p->item[i].owner == j))
					program_put(g, *program_column(g, i, to),
						rebalance_accounts(&p->item[i]));
		if (limit)
			program_end_row(g, GLP_UP, 0, limit);
		g->row.n = 0;
	}
}

static inline void program_weigh(struct program *g)
{
	const struct rebalance_problem *p = g->p;

	for (int l = 0; l < LEVELS; l++)
		g->weight[l] =
			calloc((size_t)glp_get_num_cols(g->lp) + 1, sizeof(double));
	for (uint32_t i = 0; i < p->items; i++) {
		const struct rebalance_item *it = &p->item[i];

		g->weight[UNOWNED][*program_column(g, i, REBALANCE_POOL)] =
			(double)(g->pool[0] * it->n[0] + g->pool[1] * it->n[1]);
		for (int32_t j = REBALANCE_POOL; j < (int32_t)p->csms; j++)
			g->weight[COST][*program_column(g, i, j)] =
				j == it->owner ? 0 : (double)it->cost / REBALANCE_UNIT;
		if (it->owner >= 0 && p->share[it->owner] <= 0)
			g->weight[OVER][*program_column(g, i, it->owner)] =
				it->n[0] + it->n[1];
	}
	for (uint32_t k = 0; k < 2 * p->csms; k++) {
		g->weight[OVER][g->over + 3 * (int)k] = 1;
		g->weight[UNDER][g->over + 3 * (int)k + 1] = 1;
		g->weight[UNEVEN][g->over + 3 * (int)k + 2] = 1;
	}
}

static inline void program_make(struct program *g, const struct rebalance_problem *p)
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
	program_add_choices(g);
	program_add_bands(g);
	program_add_limits(g);
	program_weigh(g);
}

static inline void program_free(struct program *g)
{
	glp_delete_prob(g->lp);
	free(g->x);
	free(g->row.at);
	free(g->row.is);
	for (int l = 0; l < LEVELS; l++)
		free(g->weight[l]);
}

/* From now on no more of this level than so much. Returns the row. */
static inline int program_hold(struct program *g, int level, double most)
{
	for (int c = 1; c <= glp_get_num_cols(g->lp); c++)
		program_put(g, c, g->weight[level][c]);
	program_end_row(g, GLP_UP, 0, most);
	return glp_get_num_rows(g->lp);
}

static inline void program_count_nodes(glp_tree *tree, void *arg)
{
	int *left = arg;

	if (glp_ios_reason(tree) == GLP_ISELECT && --*left < 0)
		glp_ios_terminate(tree);
}

enum program_answer {
	NOTHING, /* there is none */
	LEAST,   /* and there is nothing less */
	SOME,    /* in the time there is */
	UNKNOWN
};

/* The least of a level. */
static inline enum program_answer program_ask(struct program *g, int level, double *least)
{
	glp_iocp how;
	int failed, left = PROGRAM_NODES;

	for (int c = 1; c <= glp_get_num_cols(g->lp); c++)
		glp_set_obj_coef(g->lp, c, g->weight[level][c]);
	glp_init_iocp(&how);
	how.msg_lev = GLP_MSG_OFF;
	how.presolve = GLP_ON;
	how.gmi_cuts = how.mir_cuts = how.cov_cuts = GLP_ON;
	how.cb_func = program_count_nodes;
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

#endif
