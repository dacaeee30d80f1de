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
#	include <math.h>
#	include <stdlib.h>
#	include <string.h>

#	include "core/book.h"
#	include "tests/support/balancing.h"
#	include "tests/support/proposing.h"
#	include "tests/support/sanitized.h"
#	include "tests/support/speaking.h"
#	include "tests/unit/test_peer_program.h"

static const char *const level_name[] = { "over", "unowned", "under", "cost", "uneven" };

/* Of all problems, and of all books, none of them called proven; which ones, and by how
 * much, is printed. */
static const int problems_worse[LEVELS] = { 0, 0, 0, 1, 0 };
static const int books_worse[LEVELS] = { 0, 0, 0, 0, 2 };

/* Problems, in `make check`; the long form (make peers) says how many. */
enum { PROBLEMS = 30 };

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
		assert_int_not_equal(*program_column(g, i, r->to[i]), 0);
		glp_set_col_bnds(fixed, *program_column(g, i, r->to[i]), GLP_FX, 1, 1);
	}
	for (int l = 0; l < LEVELS; l++) {
		double least;

		assert_int_equal(program_ask(&same, l, &least), LEAST);
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
			if (*program_column(g, i, j) &&
				glp_mip_col_val(g->lp, *program_column(g, i, j)) > 0.5)
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
	enum program_answer found;
	bool better;
	int row;

	if (is[l] <= 0) {
		t->equal[l]++;
		program_hold(g, l, 1e-6);
		return true;
	}
	row = program_hold(g, l, less);
	found = program_ask(g, l, &least);
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

	/* what is better is the same with sanitizers */
	return many ? strtoull(many, NULL, 10) : sanitized() ? PROBLEMS / 3 : PROBLEMS;
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
