/* What is asked of the console after every step of the monkey: whatever is broken is
 * found, and nothing is where nothing is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tui/check.h"
#include "tui/screen.h"

static void break_control(struct app *a)
{
	a->canvas.tile[100].s[0] = '\033';
}

static void break_bidi(struct app *a)
{
	a->canvas.tile[100] = (struct tile){ .s = "\342\200\256", .n = 3, .columns = 1 };
}

static void break_c1(struct app *a)
{
	a->canvas.tile[100] = (struct tile){ .s = "\302\233", .n = 2, .columns = 1 };
}

static void break_half(struct app *a)
{
	a->canvas.tile[100] = (struct tile){ .columns = 0 };
}

static void break_edge(struct app *a)
{
	a->canvas.tile[79] = (struct tile){ .s = "株", .n = 3, .columns = 2 };
}

static void break_role(struct app *a)
{
	a->canvas.tile[7].role = ROLE_COUNT;
}

static void break_cursor(struct app *a)
{
	a->canvas.cursor_row = a->canvas.rows;
}

static void break_caret(struct app *a)
{
	a->canvas.caret = true;
}

static void break_stack(struct app *a)
{
	a->stack[a->depth++] = SCREEN_HELP;
}

static void break_twice(struct app *a)
{
	a->stack[a->depth++] = SCREEN_BOOK;
}

static void break_input(struct app *a)
{
	a->filter_line.open = true;
	input_set(&a->view.filter, TEXT("ü"));
	a->view.filter.at = 1;
}

static void break_marks(struct app *a)
{
	marks_set(&a->marks, 3, true);
	a->marks.n = 2;
}

static void break_marked(struct app *a)
{
	marks_set(&a->marks, 99, true);
}

static void break_list(struct app *a)
{
	a->view.list->id[4] = a->view.list->id[7];
}

static void break_listed(struct app *a)
{
	a->view.list->id[4] = 37;
}

static void break_tiers(struct app *a)
{
	a->summary.in_tier[2]++;
}

static void break_focus(struct app *a)
{
	a->focus = 37;
}

/* Whatever is broken is found; nothing is found where nothing is. */
static void test_check(void **state)
{
	static void (*const broken[])(struct app *) = { NULL, break_control, break_bidi,
		break_c1, break_half, break_edge, break_role, break_cursor, break_caret,
		break_stack, break_twice, break_input, break_marks, break_marked,
		break_list, break_listed, break_tiers, break_focus };
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct settings settings;
	const struct app_start from = {
		.book = b, .rows = 24, .columns = 80, .settings = &settings
	};

	(void)state;
	MUST(settings_load(&settings, &(struct settings_from){ 0 }, &e));
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++) {
		struct app *a = calloc(1, sizeof(*a));
		struct err e = { .text = "" };
		const int depth = 1;

		app_open(a, &from);
		app_update(a, false);
		if (broken[i])
			broken[i](a);
		if (check_app(a, &e) != (broken[i] ? ST_INVALID : ST_OK))
			fail_msg("state %zu: \"%s\"", i, e.text);
		assert_int_equal(e.text[0] != '\0', broken[i] != NULL);
		a->depth = depth;
		app_close(a);
		free(a);
	}
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_check),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
