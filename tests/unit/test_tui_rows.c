/* The cursor of a list and the window that follows it. */
#include "tui/rows.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tui/app.h"

enum { N = 100, HEIGHT = 10 };

static uint32_t id[N];
static struct list list = { .n = N, .known = N, .id = id };

/* A table of N accounts, the ids 1001 .. in order, in HEIGHT lines. */
static struct rows table_of(struct app *a, int columns, uint32_t n)
{
	struct rows r = { .n = 0 };

	for (uint32_t i = 0; i < N; i++)
		id[i] = 1001 + i;
	list.n = n;
	*a = (struct app){ .depth = 1, .stack = { SCREEN_BOOK } };
	a->view.list = &list;
	rows_layout(&r, (struct rect){ 2, 0, HEIGHT + 1, columns });
	rows_follow(a, &r);
	return r;
}

static void is_at(const struct app *a, const struct rows *r, uint32_t at, uint32_t top)
{
	assert_int_equal(r->at, at);
	assert_int_equal(r->top, top);
	assert_int_equal(a->focus, 1001 + at);
}

/* ---- any list ------------------------------------------------------------------- */

static void test_steps_stay_inside(void **state)
{
	static const struct {
		enum action action;
		int n, from, to;
	} of[] = {
		{ ACT_MOVE_UP, 5, 2, 1 },
		{ ACT_MOVE_UP, 5, 0, 0 },
		{ ACT_MOVE_DOWN, 5, 2, 3 },
		{ ACT_MOVE_DOWN, 5, 4, 4 },
		{ ACT_PAGE_UP, 50, 20, 12 },
		{ ACT_PAGE_UP, 50, 3, 0 },
		{ ACT_PAGE_DOWN, 50, 20, 28 },
		{ ACT_PAGE_DOWN, 50, 47, 49 },
		{ ACT_MOVE_FIRST, 50, 47, 0 },
		{ ACT_MOVE_LAST, 50, 3, 49 },
		{ ACT_MOVE_DOWN, 0, 0, 0 },
		{ ACT_MOVE_LAST, 0, 0, 0 },
		{ ACT_MOVE_DOWN, -3, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++) {
		int at = of[i].from;

		assert_true(rows_step(of[i].action, 8, of[i].n, &at));
		assert_int_equal(at, of[i].to);
	}
}

static void test_other_actions_move_nothing(void **state)
{
	int at = 3;

	(void)state;
	assert_false(rows_step(ACT_MARK, 8, 5, &at));
	assert_int_equal(at, 3);
}

static void test_shows_by_scrolling_least(void **state)
{
	int top = 20;

	(void)state;
	rows_show(24, 5, &top);
	assert_int_equal(top, 20);
	rows_show(25, 5, &top);
	assert_int_equal(top, 21);
	rows_show(7, 5, &top);
	assert_int_equal(top, 7);
}

/* ---- a table -------------------------------------------------------------------- */

static void test_the_lines_follow_the_cursor(void **state)
{
	struct app a;
	struct rows r = table_of(&a, 80, N);

	(void)state;
	is_at(&a, &r, 0, 0);
	for (int i = 0; i < HEIGHT; i++)
		assert_true(rows_act(&a, &r, ACT_MOVE_DOWN));
	is_at(&a, &r, HEIGHT, 1);
	assert_true(rows_act(&a, &r, ACT_PAGE_DOWN));
	is_at(&a, &r, 2 * HEIGHT - 1, HEIGHT);
	assert_true(rows_act(&a, &r, ACT_PAGE_UP));
	is_at(&a, &r, HEIGHT, 1);
	assert_true(rows_act(&a, &r, ACT_MOVE_LAST));
	is_at(&a, &r, N - 1, N - HEIGHT);
	assert_true(rows_act(&a, &r, ACT_PAGE_DOWN));
	is_at(&a, &r, N - 1, N - HEIGHT);
	assert_true(rows_act(&a, &r, ACT_MOVE_FIRST));
	is_at(&a, &r, 0, 0);
}

static void test_beside_a_preview_it_moves_by_half_a_page(void **state)
{
	struct app a;
	struct rows r = table_of(&a, 120, N);

	(void)state;
	assert_in_range(r.preview.columns, 38, 60);
	assert_int_equal(r.place.columns + 2 + r.preview.columns, 120);
	for (int i = 0; i < HEIGHT; i++)
		assert_true(rows_act(&a, &r, ACT_MOVE_DOWN));
	is_at(&a, &r, HEIGHT, HEIGHT / 2);
	for (int i = 0; i < HEIGHT / 2 + 1; i++)
		assert_true(rows_act(&a, &r, ACT_MOVE_UP));
	is_at(&a, &r, HEIGHT / 2 - 1, 0);
}

static void test_an_empty_table_has_no_account(void **state)
{
	struct app a;
	struct rows r = table_of(&a, 80, 0);

	(void)state;
	assert_true(rows_act(&a, &r, ACT_MOVE_DOWN));
	assert_true(rows_act(&a, &r, ACT_MOVE_LAST));
	assert_false(rows_click(&a, &r, 3, 5));
	assert_int_equal(r.at, 0);
	assert_int_equal(a.focus, 0);
}

static void test_a_list_that_shrank_keeps_the_cursor_inside(void **state)
{
	struct app a;
	struct rows r = table_of(&a, 80, N);

	(void)state;
	rows_go(&a, &r, 70);
	list.n = 12;
	rows_follow(&a, &r);
	is_at(&a, &r, 11, 2);
}

/* ---- headings ------------------------------------------------------------------- */

/* Three sections: rows 0, 1 · 2 .. 6 · 7 .. 99. */
static struct rows sections_of(struct app *a)
{
	struct rows r = table_of(a, 80, N);

	r.headings = 3;
	r.heading[1] = 2;
	r.heading[2] = 7;
	return r;
}

static void test_headings_take_lines(void **state)
{
	static const struct {
		uint32_t line, row;
		bool on_row;
	} of[] = { { 0, 0, false }, { 1, 0, true }, { 2, 1, true }, { 3, 2, false },
		{ 4, 2, true }, { 8, 6, true }, { 9, 7, false }, { 10, 7, true },
		{ N + 2, N - 1, true }, { N + 3, N, false } };
	struct app a;
	const struct rows r = sections_of(&a);
	uint32_t row;

	(void)state;
	assert_int_equal(rows_lines(&r), N + 3);
	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++) {
		assert_int_equal(rows_on_line(&r, of[i].line, &row), of[i].on_row);
		assert_int_equal(row, of[i].row);
	}
}

static void test_goes_from_heading_to_heading(void **state)
{
	struct app a;
	struct rows r = sections_of(&a);
	static const struct {
		enum action action;
		uint32_t at;
	} of[] = { { ACT_SECTION_NEXT, 2 }, { ACT_SECTION_NEXT, 7 },
		{ ACT_SECTION_NEXT, 7 }, { ACT_MOVE_DOWN, 8 },
		{ ACT_SECTION_PREVIOUS, 7 }, { ACT_SECTION_PREVIOUS, 2 },
		{ ACT_SECTION_PREVIOUS, 0 }, { ACT_SECTION_PREVIOUS, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof(of) / sizeof(*of); i++) {
		assert_true(rows_act(&a, &r, of[i].action));
		assert_int_equal(r.at, of[i].at);
	}
}

static void test_a_heading_comes_with_its_first_row(void **state)
{
	struct app a;
	struct rows r = sections_of(&a);

	(void)state;
	rows_go(&a, &r, 40);
	rows_go(&a, &r, 7);
	assert_int_equal(r.top, 9);
	rows_go(&a, &r, 2);
	assert_int_equal(r.top, 3);
}

static void test_a_click_on_a_heading_is_none(void **state)
{
	struct app a;
	struct rows r = sections_of(&a);

	(void)state;
	assert_false(rows_click(&a, &r, r.place.row + 3, 5));
	assert_int_equal(r.at, 0);
	assert_true(rows_click(&a, &r, r.place.row + 4, 5));
	is_at(&a, &r, 2, 0);
	assert_false(rows_click(&a, &r, r.place.row + HEIGHT, 5));
	is_at(&a, &r, 2, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_steps_stay_inside),
		cmocka_unit_test(test_other_actions_move_nothing),
		cmocka_unit_test(test_shows_by_scrolling_least),
		cmocka_unit_test(test_the_lines_follow_the_cursor),
		cmocka_unit_test(test_beside_a_preview_it_moves_by_half_a_page),
		cmocka_unit_test(test_an_empty_table_has_no_account),
		cmocka_unit_test(test_a_list_that_shrank_keeps_the_cursor_inside),
		cmocka_unit_test(test_headings_take_lines),
		cmocka_unit_test(test_goes_from_heading_to_heading),
		cmocka_unit_test(test_a_heading_comes_with_its_first_row),
		cmocka_unit_test(test_a_click_on_a_heading_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
