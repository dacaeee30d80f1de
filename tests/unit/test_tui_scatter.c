/* Where accounts lie in the picture: as many ways to ask, the same answer. */
#include "tui/scatter.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

enum { N = 3000, ACTIVE = 50000 }; /* ranks of a thousandth of a percent */

static double pct[N], effort[N]; /* what rank and steps say */
static uint32_t rank[N];
static int32_t steps[N];
static int64_t value[N], arr[N];
static uint8_t tier[N];
static uint32_t ids[N], place[N]; /* in the list; by id - 1 */
static struct figures scores = { .n = N,
	.active = ACTIVE,
	.value = { .n = N, .wide = value },
	.rank = rank,
	.effort_steps = steps };
static const struct amounts arrs = { .n = N, .wide = arr };
static const struct book_figures figures = {
	.scores = &scores, .tier = tier, .arr = &arrs, .n = N
};
static const struct list list = { .n = N, .known = N, .id = ids };

static int setup(void **state)
{
	uint32_t x = 12345;

	(void)state;
	for (int i = 0; i < N; i++) {
		x = x * 1664525 + 1013904223;
		/* Round numbers lie on the edges of cells. */
		pct[i] = i % 7 ? ((x >> 8) % 100000 + 1) / 1000.0 : (x >> 8) % 100 + 1;
		effort[i] = i % 5 ? (x >> 4) % 100001 / 1000.0 : (x >> 4) % 101;
		value[i] = i % 11 ? (int64_t)pow(10, (x >> 9) % 9000 / 1000.0)
				  : (int64_t)pow(10, i % 10);
		tier[i] = (uint8_t)(x % 4);
		ids[i] = (uint32_t)((i * 7 + 3) % N + 1);
		place[ids[i] - 1] = (uint32_t)i;
	}
	value[5] = 0;
	value[6] = -100;
	pct[8] = NAN;
	effort[9] = NAN;
	for (int i = 0; i < N; i++) {
		rank[i] = axes_rank_of(pct[i], ACTIVE);
		steps[i] = scores_steps(effort[i]);
	}
	return 0;
}

/* Each account is in the cell of its own column and row, once, in the order of the
 * list; the dots are there, and nowhere else. */
static void check(struct scatter *s)
{
	uint32_t in_cell = 0;

	for (uint32_t k = 0; k < N; k++) {
		double e, v;
		int cell, row, column;
		uint32_t at;
		const bool known = scatter_figures(&s->axes, &figures, ids[k], &e, &v);

		row = known ? scatter_row(s, v) : -1;
		column = known ? scatter_column(s, e) : -1;
		assert_int_equal(scatter_find(s, &figures, ids[k], &cell, &at),
			row >= 0 && column >= 0);
		if (row < 0 || column < 0)
			continue;
		assert_int_equal(cell, row * s->plot.columns + column);
		assert_int_equal(s->ids[scatter_first(s, cell) + at], ids[k]);
		assert_true(s->plot.dots[cell]);
		in_cell++;
	}
	assert_int_equal(s->placed, in_cell);
	assert_int_equal(s->placed + s->outside + s->unknown, N);
	assert_int_equal(s->unknown, 2);
	for (int c = 0; c < s->plot.rows * s->plot.columns; c++) {
		assert_int_equal(s->plot.dots[c] != 0, scatter_count(s, c) > 0);
		for (uint32_t i = 1; i < scatter_count(s, c); i++)
			assert_true(place[s->ids[s->start[c] + i - 1] - 1] <
				    place[s->ids[s->start[c] + i] - 1]);
	}
}

static void everybody_is_where_they_lie(void **state)
{
	static const struct {
		int rows, columns;
		struct scatter_axes axes;
	} rows[] = {
		{ 20, 44, { false, 0, 100, 0, 100 } },
		{ 52, 117, { false, 0, 100, 0, 100 } },
		{ 20, 44, { false, 25, 75, 50, 100 } },
		{ 1, 1, { false, 0, 100, 0, 100 } },
		{ 20, 44, { true, 0, 100, 0, 9 } },
		{ 52, 117, { true, 0, 100, 0, 9 } },
		{ 20, 44, { true, 0, 50, 4, 4.3 } },
	};
	struct scatter s;

	(void)state;
	scatter_init(&s);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		scatter_choose(&s, &list, &figures);
		scatter_reset(&s, rows[i].rows, rows[i].columns, &rows[i].axes);
		scatter_fill(&s, &list, &figures);
		check(&s);
	}
	scatter_clear(&s);
}

static void whole(void **state)
{
	struct scatter_axes x;
	struct scatter s;

	(void)state;
	scatter_init(&s);
	scatter_choose(&s, &list, &figures);
	x = scatter_whole(&s, &figures, false);
	assert_true(x.value_from == 0 && x.value_to == 100);
	x = scatter_whole(&s, &figures, true);
	assert_true(x.value_from == 0 && x.value_to == 9);
	scatter_choose(&s, NULL, NULL);
	x = scatter_whole(&s, &figures, true);
	assert_true(x.value_from == 0 && x.value_to == 1);
	scatter_clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everybody_is_where_they_lie),
		cmocka_unit_test(whole),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
