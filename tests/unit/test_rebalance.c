/* Rebalancing: the order of what matters, and what may not happen. */
#include "core/rebalance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/balancing.h"

/*
 * Problems as texts. Each account is two letters: where it is and what is special of it.
 *   A B C  the CSM; "-" nobody
 *   .  as any: tier 2, moving it costs 2    d  twice as dear     f  fixed where it is
 *   1  of tier 1, as much room as four, costs 5                  F  a family of three
 *   r  only A can serve it                   p  pinned to B
 * A book takes four accounts of tier 2. The expected books are the same letters after it.
 */
struct problem {
	const char *name;
	const char *accounts;
	double share[3];
	double min; /* accounts of a book, at least */
	bool leaves[3];
	uint32_t moves_max, csm_moves_max;
	/* expected */
	int64_t over, unowned, under, cost; /* cost in whole units */
	int moves;
	const char *books; /* letters, per account; NULL: any */
	bool least;
};

enum { WHOLE = 3 };

static void set_up(struct balancing *b, const struct problem *t)
{
	const uint32_t n = (uint32_t)strlen(t->accounts) / 2;

	balancing_plain(b, n, WHOLE);
	free(b->reaches);
	b->reaches = calloc(2, WHOLE);
	b->p.reaches = b->reaches;
	b->p.reaches_n = 2;
	memset(b->reaches, 1, WHOLE);
	b->reaches[WHOLE] = 1; /* reach 1: A alone */
	memcpy(b->share, t->share, sizeof(t->share));
	b->p.band[0] = (struct capacity_band){ .min = t->min / 4, .max = 1 };
	b->p.band[1] = (struct capacity_band){ .min = t->min, .max = 4 };
	b->p.leaves = t->leaves;
	b->p.moves_max = t->moves_max;
	b->p.csm_moves_max = t->csm_moves_max;
	for (uint32_t i = 0; i < n; i++) {
		struct rebalance_item *it = &b->item[i];
		const char owner = t->accounts[2 * i], what = t->accounts[2 * i + 1];

		it->owner = owner == '-' ? REBALANCE_POOL : owner - 'A';
		if (what == 'd')
			it->cost *= 2;
		if (what == 'f')
			it->pin = it->owner;
		if (what == 'p')
			it->pin = 1;
		if (what == 'r')
			it->reach = 1;
		if (what == 'F')
			it->n[1] = 3;
		if (what == '1') {
			it->n[0] = 1;
			it->n[1] = 0;
			it->cost = 5 * REBALANCE_UNIT;
		}
	}
}

static const struct problem problem[] = {
	{ "nothing to do", "A.B.C.", { 1, 1, 1 }, .least = true, .books = "ABC" },
	{ "the least that ends too much", "A.A.A.A.A.A.", { 1, 1, 1 }, .cost = 4,
		.moves = 2, .least = true },
	{ "the cheaper ones go", "AdAdA.AdA.Ad", { 1, 1, 0 }, .cost = 4, .moves = 2,
		.books = "AABABA", .least = true },
	{ "evenly, among equals", "A.A.A.A.A.A.B.B.", { 1, 1, 1 }, .cost = 4, .moves = 2,
		.least = true },
	{ "one of tier 1 frees what four do", "A1A.A.A.A.", { 1, 1, 1 }, .cost = 5,
		.moves = 1, .least = true },
	{ "fixed ones stay", "AfAfAfAfA.Af", { 1, 1, 1 }, .over = 25, .cost = 2,
		.moves = 1, .books = "AAAABA", .least = true },
	{ "what is fixed is too much", "AfAfAfAfAf", { 1, 1, 1 }, .over = 25,
		.books = "AAAAA", .least = true },
	{ "a leaver's book is emptied", "A.A.A.B.", { 0, 1, 1 }, .cost = 6, .moves = 3,
		.least = true },
	{ "but for what is fixed", "A.AfA.B.", { 0, 1, 1 }, .over = 26, .cost = 4,
		.moves = 2, .least = true },
	{ "nobody else can serve it", "ArA.", { 0, 1, 1 }, .unowned = 1, .cost = 4,
		.moves = 2, .least = true },
	{ "no room: the pool, no book too full", "A.A.B.B.B.B.C.C.C.", { 0, 1, 1 },
		.unowned = 1, .cost = 4, .moves = 2, .least = true },
	{ "nobody's get a CSM", "-.-.A.", { 1, 1, 1 }, .cost = 4, .moves = 2,
		.least = true },
	{ "only with those who can serve it", "BrBrBrBrBr", { 1, 1, 1 }, .cost = 2,
		.moves = 1, .least = true },
	{ "a family goes where it fits whole", "AFA.A.B.B.", { 1, 1, 1 }, .cost = 2,
		.moves = 3, .least = true },
	{ "half a CSM, half a book", "A.A.A.A.", { 0.5, 0.5, 0 }, .cost = 4, .moves = 2,
		.least = true },
	{ "no more moves than the limit", "A.A.A.A.A.A.A.", { 1, 1, 1 }, .moves_max = 2,
		.over = 25, .cost = 4, .moves = 2 },
	{ "no more moves of a CSM than the limit", "A.A.A.A.A.A.B.B.B.B.B.", { 1, 1, 1 },
		.csm_moves_max = 1, .over = 50, .cost = 2, .moves = 1 },
	{ "but whoever leaves needs none", "A.A.A.A.B.B.B.B.", { 1, 1, 1 }, .min = 2,
		.leaves = { false, false, true }, .books = "AAAABBBB", .least = true },
	{ "a book gets what it lacks", "A.A.A.A.B.B.B.B.", { 1, 1, 1 }, .min = 2,
		.cost = 4, .moves = 2, .least = true },
	{ "too few for all", "A.B.", { 1, 1, 1 }, .min = 2, .under = 200, .least = true },
	{ "each account of a family is a move", "AFA.A.A.", { 0, 1, 1 }, .moves_max = 2,
		.over = 104, .cost = 4, .moves = 2 },
	{ "a pin makes room", "ApBfBfB.", { 1, 1, 1 }, .cost = 2, .moves = 1,
		.books = "BBBB", .least = true },
	{ "as many pins as may move", "ApApB.", { 1, 1, 1 }, .moves_max = 2, .cost = 4,
		.moves = 2, .books = "BBB", .least = true },
	{ "as many pins as a CSM may get and lose", "ApApB.", { 1, 1, 1 },
		.csm_moves_max = 2, .cost = 4, .moves = 2, .books = "BBB",
		.least = true },
	{ "from two books into one", "ApCpB.", { 1, 1, 1 }, .moves_max = 3,
		.csm_moves_max = 2, .cost = 4, .moves = 2, .books = "BBB",
		.least = true },
	{ "nobody's has no limit of its own", "-p-pB.", { 1, 1, 1 }, .moves_max = 2,
		.csm_moves_max = 2, .cost = 4, .moves = 2, .books = "BBB",
		.least = true },
	{ "what stays is no move", "BpBpApB.", { 1, 1, 1 }, .moves_max = 1,
		.csm_moves_max = 1, .cost = 2, .moves = 1, .books = "BBBB",
		.least = true },
	{ "a pin in a full book makes another go", "ApBfBfBfB.", { 1, 1, 1 }, .cost = 4,
		.moves = 2, .least = true },
};

static void levels(void **state)
{
	(void)state;
	for (size_t k = 0; k < sizeof(problem) / sizeof(*problem); k++) {
		const struct problem *t = &problem[k];
		struct balancing b;
		struct rebalance_result r;
		struct err e = { .text = "" };
		bool same;

		set_up(&b, t);
		assert_int_equal(rebalance_solve(&b.p, NULL, &r, &e), ST_OK);
		same = r.after.over == t->over && r.after.unowned == t->unowned &&
		       r.after.under == t->under &&
		       r.after.cost == t->cost * REBALANCE_UNIT &&
		       (int)r.moves == t->moves && r.least >= t->least;
		for (uint32_t i = 0; t->books && i < b.p.items; i++)
			same = same && r.to[i] == t->books[i] - 'A';
		if (!same)
			fail_msg("%s: over %d, unowned %d, under %d, cost %g, moves %u, "
				 "least %d, bound %g",
				t->name, (int)r.after.over, (int)r.after.unowned,
				(int)r.after.under, (double)r.after.cost / REBALANCE_UNIT,
				r.moves, r.least, (double)r.bound / REBALANCE_UNIT);
		assert_true(r.bound <= r.after.cost);
		rebalance_result_clear(&r);
		balancing_clear(&b);
	}
}

/* ---- pins that can't hold ---- */

static const struct {
	const char *name;
	struct problem problem;
	int32_t pin; /* of the first account */
	const char *text;
	uint32_t which; /* is refused */
} refused[] = {
	{ "nobody's", { .accounts = "A.B.", .share = { 1, 1, 1 } }, REBALANCE_POOL,
		"its CSM is there", 0 },
	{ "no such CSM", { .accounts = "A.B.", .share = { 1, 1, 1 } }, 3, "no such CSM",
		0 },
	{ "a leaver", { .accounts = "A.B.", .share = { 1, 0, 1 } }, 1,
		"leaves or is away", 0 },
	{ "who can't serve it", { .accounts = "ArB.", .share = { 1, 1, 1 } }, 1,
		"can't serve it", 0 },
	{ "fixed ones fill the book", { .accounts = "A.BfBfBfBf", .share = { 1, 1, 1 } },
		1, "leaves no room", 0 },
	{ "the others have nowhere to go",
		{ .accounts = "A.B1", .share = { 0.25, 1, 0 } }, 1, "makes room", 0 },
	{ "one move too many",
		{ .accounts = "A.ApB.", .share = { 1, 1, 1 }, .moves_max = 1 }, 1,
		"more moves than the limit", 1 },
	{ "one more of all than of a CSM",
		{ .accounts = "A.CpB.",
			.share = { 1, 1, 1 },
			.moves_max = 1,
			.csm_moves_max = 2 },
		1, "more moves than the limit", 1 },
	{ "out of one book and into it",
		{ .accounts = "B.CpA.", .share = { 1, 1, 1 }, .csm_moves_max = 1 }, 0,
		"more moves of one CSM", 1 },
	{ "one too many of a CSM",
		{ .accounts = "A.CpB.", .share = { 1, 1, 1 }, .csm_moves_max = 1 }, 1,
		"more moves of one CSM", 1 },
};

static void impossible_pins(void **state)
{
	(void)state;
	for (size_t k = 0; k < sizeof(refused) / sizeof(*refused); k++) {
		struct balancing b;
		struct rebalance_result r;
		struct err e = { .text = "" };

		set_up(&b, &refused[k].problem);
		b.item[0].pin = refused[k].pin;
		if (rebalance_solve(&b.p, NULL, &r, &e) != ST_INVALID ||
			!strstr(e.text, refused[k].text))
			fail_msg("%s: %s", refused[k].name, e.text);
		assert_null(r.to);
		assert_int_equal(r.refused, refused[k].which);
		rebalance_result_clear(&r);
		balancing_clear(&b);
	}
}

/* ---- what stands in the way ---- */

static const struct {
	struct problem problem;
	enum rebalance_obstacle first; /* of the first account */
} obstacle[] = {
	{ { .accounts = "A.B.", .share = { 0, 1, 1 } }, REBALANCE_CLEAR },
	{ { .accounts = "AfB.", .share = { 0, 1, 1 } }, REBALANCE_PINNED },
	{ { .accounts = "ArB.", .share = { 0, 1, 1 } }, REBALANCE_NO_REACH },
	{ { .accounts = "A1BfBfBfBfCfCfCfCf", .share = { 0, 1, 1 } }, REBALANCE_NO_ROOM },
	{ { .accounts = "AdA.", .share = { 0, 1, 1 }, .moves_max = 1 }, REBALANCE_MOVES },
	{ { .accounts = "AdA.", .share = { 0, 1, 0 }, .csm_moves_max = 1 },
		REBALANCE_MOVES },
	{ { .accounts = "-rB.", .share = { 0, 1, 1 } }, REBALANCE_NO_REACH },
};

static void obstacles(void **state)
{
	(void)state;
	for (size_t k = 0; k < sizeof(obstacle) / sizeof(*obstacle); k++) {
		struct balancing b;
		struct rebalance_result r;
		enum rebalance_obstacle o;

		set_up(&b, &obstacle[k].problem);
		assert_int_equal(rebalance_solve(&b.p, NULL, &r, NULL), ST_OK);
		o = rebalance_obstacle(&b.p, &r, 0);
		if (o != obstacle[k].first)
			fail_msg("%s: obstacle %d", obstacle[k].problem.accounts, (int)o);
		rebalance_result_clear(&r);
		balancing_clear(&b);
	}
}

/* ---- nothing there ---- */

static void empty(void **state)
{
	static const uint32_t size[][2] = { { 0, 0 }, { 0, 3 }, { 3, 0 } };

	(void)state;
	for (size_t k = 0; k < sizeof(size) / sizeof(*size); k++) {
		struct balancing b;
		struct rebalance_result r;

		balancing_plain(&b, size[k][0], size[k][1]);
		assert_int_equal(rebalance_solve(&b.p, NULL, &r, NULL), ST_OK);
		assert_int_equal(r.moves, 0);
		assert_int_equal(r.after.unowned, size[k][0]);
		assert_true(r.least && r.optimal && !r.interrupted);
		rebalance_result_clear(&r);
		balancing_clear(&b);
	}
}

/* ---- no limit further ---- */

/* Each of these would be broken less in all if one book could be filled beyond a limit
 * that it keeps. A book takes four accounts and an ARR of 400. */
static void not_for_the_sum(void **state)
{
	static const struct {
		const char *why, *accounts;
		int64_t arr[8], over, cost; /* cost in whole units */
	} rows[] = {
		{ "accounts for ARR", "A.A.A.A.BfBfBfBf",
			{ 200, 200, 200, 200, 0, 0, 0, 0 }, 100, 0 },
		{ "ARR for accounts", "A.A.A.A.A.A.A.Bf", { 1, 1, 1, 1, 1, 1, 1, 400 },
			75, 0 },
		{ "what has room for one takes one", "A.A.A.A.BfBfBf",
			{ 200, 200, 200, 200, 0, 0, 0 }, 50, 2 },
		{ "nor a pin", "A.A.A.A.ApBfBfBf", { 200, 200, 200, 200, 0, 0, 0, 0 },
			100, 2 },
	};

	(void)state;
	for (size_t k = 0; k < sizeof(rows) / sizeof(*rows); k++) {
		const struct problem t = { .accounts = rows[k].accounts,
			.share = { 1, 1, 0 } };
		struct balancing b;
		struct rebalance_result r;

		set_up(&b, &t);
		for (int band = 0; band < CAPACITY_NAMED; band++)
			b.p.band[band].arr_max = 400;
		for (uint32_t i = 0; i < b.p.items; i++)
			b.item[i].arr[1] = rows[k].arr[i];
		assert_int_equal(rebalance_solve(&b.p, NULL, &r, NULL), ST_OK);
		if (r.after.over != rows[k].over ||
			r.after.cost != rows[k].cost * REBALANCE_UNIT ||
			!balancing_no_further(&b.p, r.to) || !r.least)
			fail_msg("%s: over %d, cost %g", rows[k].why, (int)r.after.over,
				(double)r.after.cost / REBALANCE_UNIT);
		rebalance_result_clear(&r);
		balancing_clear(&b);
	}
}

/* A measure of what somebody else made says whether it holds. */
static void measured(void **state)
{
	static const struct {
		int32_t to[5];
		bool holds;
	} rows[] = { { { 0, 0, 0, 0, 0 }, true }, { { 0, 0, 0, 0, 1 }, true },
		{ { 1, 0, 0, 0, 0 }, false } };

	(void)state;
	for (size_t k = 0; k < sizeof(rows) / sizeof(*rows); k++) {
		const struct problem t = { .accounts = "A.A.A.A.A.",
			.share = { 1, 1, 1 } };
		struct balancing b;
		struct rebalance_score s;
		bool holds;

		set_up(&b, &t);
		b.p.band[1].arr_max = 400;
		b.item[0].arr[1] = 500; /* more than any book takes, and A has it */
		assert_int_equal(
			rebalance_measure(&b.p, rows[k].to, &s, &holds, NULL), ST_OK);
		assert_int_equal(holds, rows[k].holds);
		balancing_clear(&b);
	}
}

/* ---- at random ---- */

static void is_valid(const struct rebalance_problem *p, const struct rebalance_result *r)
{
	struct rebalance_score s;
	uint32_t moves = 0;
	bool holds;

	for (uint32_t i = 0; i < p->items; i++) {
		const struct rebalance_item *it = &p->item[i];

		if (r->to[i] != it->owner)
			moves += rebalance_accounts(it);
		if (it->pin != REBALANCE_FREE)
			assert_int_equal(r->to[i], it->pin);
		else if (r->to[i] != it->owner && r->to[i] >= 0)
			assert_true(p->share[r->to[i]] > 0 &&
				    p->reaches[it->reach * p->csms + (uint32_t)r->to[i]]);
	}
	assert_int_equal(moves, r->moves);
	assert_int_equal(rebalance_measure(p, r->to, &s, &holds, NULL), ST_OK);
	assert_true(holds);
	assert_true(balancing_no_further(p, r->to));
	assert_int_equal(rebalance_compare(&s, &r->after), 0);
	assert_true(rebalance_compare(&r->after, &r->before) <= 0);
	assert_true(r->bound <= r->after.cost);
	assert_true(!r->optimal || r->least);
}

static void same_bytes_twice(void **state)
{
	(void)state;
	for (uint64_t seed = 200; seed < 204; seed++) {
		struct balancing b;
		struct rebalance_result once, twice;

		balancing_random(&b, seed, seed % 2 ? 300 : 60, 5);
		assert_int_equal(rebalance_solve(&b.p, NULL, &once, NULL), ST_OK);
		assert_int_equal(rebalance_solve(&b.p, NULL, &twice, NULL), ST_OK);
		is_valid(&b.p, &once);
		assert_memory_equal(once.to, twice.to, b.p.items * sizeof(*once.to));
		assert_int_equal(rebalance_compare(&once.after, &twice.after), 0);
		assert_int_equal(once.bound, twice.bound);
		rebalance_result_clear(&once);
		rebalance_result_clear(&twice);
		balancing_clear(&b);
	}
}

static void valid_at_random(void **state)
{
	(void)state;
	for (uint64_t seed = 300; seed < 340; seed++) {
		struct balancing b;
		struct rebalance_result r;

		balancing_random(&b, seed, 10 + (uint32_t)seed % 4 * 20, 3);
		assert_int_equal(rebalance_solve(&b.p, NULL, &r, NULL), ST_OK);
		is_valid(&b.p, &r);
		rebalance_result_clear(&r);
		balancing_clear(&b);
	}
}

/* Stops at the n-th word. */
static bool until(void *arg, const char *what, uint64_t done, uint64_t total)
{
	int *left = arg;

	(void)what;
	(void)done;
	(void)total;
	return --*left > 0;
}

static void interrupted(void **state)
{
	struct balancing b;
	struct rebalance_result last = { .before = { 0 } };

	(void)state;
	balancing_random(&b, 300, 400, 6);
	for (int words = 1; words < 4000; words *= 4) {
		int left = words;
		const struct progress p = { until, &left };
		struct rebalance_result r;

		assert_int_equal(rebalance_solve(&b.p, &p, &r, NULL), ST_OK);
		assert_true(r.interrupted || left > 0);
		is_valid(&b.p, &r);
		if (words > 1)
			assert_true(rebalance_compare(&r.after, &last.after) <= 0);
		last.after = r.after;
		rebalance_result_clear(&r);
	}
	balancing_clear(&b);
}

/* Asked to stop before anything was done, while a pin waits for room. */
static void interrupted_too_early(void **state)
{
	static const struct problem t = { .accounts = "ApBfBfBfB.",
		.share = { 1, 1, 1 } };
	int left = 1;
	const struct progress p = { until, &left };
	struct balancing b;
	struct rebalance_result r;

	(void)state;
	set_up(&b, &t);
	assert_int_equal(rebalance_solve(&b.p, &p, &r, NULL), ST_CANCELLED);
	assert_null(r.to);
	balancing_clear(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(levels),
		cmocka_unit_test(impossible_pins),
		cmocka_unit_test(obstacles),
		cmocka_unit_test(empty),
		cmocka_unit_test(not_for_the_sum),
		cmocka_unit_test(measured),
		cmocka_unit_test(same_bytes_twice),
		cmocka_unit_test(valid_at_random),
		cmocka_unit_test(interrupted),
		cmocka_unit_test(interrupted_too_early),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
