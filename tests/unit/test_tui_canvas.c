/* The canvas: what is put there stays in its cells, whatever it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/canvas.h"
#include "tui/draw.h"
#include "tui/input.h"
#include "tui/page.h"

static struct arena arena;

/* The first line of the dump. */
static const char *line_of(const struct canvas *c)
{
	char *dump = canvas_dump(c, &arena);

	assert_non_null(dump);
	dump[strcspn(dump, "\n")] = '\0';
	return dump;
}

/* Every row is exactly as wide as the canvas, wide tiles have their right halves. */
static void check(const struct canvas *c)
{
	for (int row = 0; row < c->rows; row++) {
		const struct tile *t = &c->tile[row * c->columns];

		for (int i = 0; i < c->columns; i++) {
			assert_in_range(t[i].columns, 0, 2);
			if (t[i].columns == 2) {
				assert_true(i + 1 < c->columns);
				assert_int_equal(t[i + 1].columns, 0);
				i++;
			} else {
				assert_int_equal(t[i].columns, 1);
			}
		}
	}
}

static void test_put(void **state)
{
	static const struct {
		const char *text;
		int column, width;
		bool ascii;
		const char *line;
		int used;
	} cases[] = {
		{ "abc", 0, 10, false, "abc", 3 },
		{ "abc", 2, 10, false, "  abc", 3 },
		{ "abcdef", 0, 4, false, "abc…", 4 },
		{ "abcdef", 0, 4, true, "abc~", 4 },
		{ "abcdef", 8, 10, false, "        a…", 2 },
		{ "日本", 0, 10, false, "日本", 4 },
		{ "日本語", 0, 5, false, "日本…", 5 },
		{ "日本語", 9, 9, false, "         …", 1 },
		{ "日本", 0, 10, true, "??", 2 },
		{ "a\033b", 0, 10, false, "a<1B>b", 6 },
		{ "a\nb", 0, 10, false, "a<0A>b", 6 },
		{ "\xff", 0, 10, false, "<FF>", 4 },
		{ "e\xcc\x81x", 0, 10, false, "e\xcc\x81x", 2 },
		{ "abc", 0, 0, false, "", 0 },
		{ "abc", 10, 5, false, "", 0 },
		{ "abc", -1, 5, false, "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct canvas c;

		canvas_init(&c, cases[i].ascii);
		canvas_reset(&c, 1, 10);
		assert_int_equal(canvas_put(&c, 0, cases[i].column, cases[i].width,
					 ROLE_TEXT, text_of(cases[i].text)),
			cases[i].used);
		assert_string_equal(line_of(&c), cases[i].line);
		check(&c);
		canvas_clear(&c);
	}
}

/* Half of a wide character that is overwritten leaves a blank, not half a glyph. */
static void test_overwriting_wide(void **state)
{
	struct canvas c;

	(void)state;
	canvas_init(&c, false);
	canvas_reset(&c, 1, 6);
	canvas_put(&c, 0, 0, 6, ROLE_TEXT, TEXT("日本語"));
	canvas_put(&c, 0, 1, 1, ROLE_TEXT, TEXT("x"));
	assert_string_equal(line_of(&c), " x本語");
	check(&c);
	canvas_put(&c, 0, 2, 1, ROLE_TEXT, TEXT("y"));
	assert_string_equal(line_of(&c), " xy 語");
	check(&c);
	canvas_put(&c, 0, 3, 2, ROLE_TEXT, TEXT("本"));
	assert_string_equal(line_of(&c), " xy本");
	check(&c);
	canvas_clear(&c);
}

/* What has more bytes than a tile: its base, in a tile of the width of the base. */
static void test_long_clusters(void **state)
{
	static const struct {
		const char *text, *line;
		int columns; /* of the base */
	} cases[] = {
		/* Four hearts joined: alone a heart is narrow. */
		{ "❤\xef\xb8\x8f\u200d❤\xef\xb8\x8f\u200d❤\xef\xb8\x8f\u200d❤\xef\xb8\x8f"
		  "x",
			"❤ x", 1 },
		/* Two people and a kiss, in colours of skin. */
		{ "👩🏽\u200d❤\xef\xb8\x8f\u200d💋\u200d👨🏽x", "👩x", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct canvas c;

		canvas_init(&c, false);
		canvas_reset(&c, 1, 5);
		canvas_focus(&c, (struct rect){ 0, 0, 1, 5 });
		assert_int_equal(
			canvas_put(&c, 0, 0, 5, ROLE_BAD, text_of(cases[i].text)), 3);
		assert_string_equal(line_of(&c), cases[i].line);
		assert_int_equal(c.tile[0].columns, cases[i].columns);
		assert_int_equal(c.tile[1].role, ROLE_BAD);
		assert_true(c.tile[1].focus);
		check(&c);
		canvas_clear(&c);
	}
}

static void test_copy(void **state)
{
	struct canvas c, page;

	(void)state;
	canvas_init(&c, false);
	canvas_init(&page, false);
	canvas_reset(&c, 2, 5);
	canvas_reset(&page, 0, 8);
	canvas_extend(&page, 3);
	canvas_put(&page, 1, 0, 8, ROLE_BAD, TEXT("abc日x"));
	canvas_put(&c, 0, 0, 5, ROLE_TEXT, TEXT("....."));
	canvas_focus(&c, (struct rect){ 0, 0, 1, 5 });
	canvas_copy(&c, (struct rect){ 0, 1, 2, 4 }, &page, 1);
	/* The wide one does not fit any more and is left out. */
	assert_string_equal(line_of(&c), ".abc");
	assert_int_equal(c.tile[1].role, ROLE_BAD);
	assert_false(c.tile[1].focus);
	assert_true(c.tile[0].focus);
	check(&c);
	canvas_copy(&c, (struct rect){ -1, -1, 9, 9 }, &page, 0);
	assert_string_equal(line_of(&c), "bc日x");
	check(&c);
	canvas_clear(&c);
	canvas_clear(&page);
}

static void test_outside(void **state)
{
	struct canvas c;
	static const int edge[] = { -1000, -1, 0, 2, 3, 1000 };

	(void)state;
	canvas_init(&c, false);
	canvas_reset(&c, 3, 3);
	for (int i = 0; i < 6; i++) {
		for (int k = 0; k < 6; k++) {
			struct rect r = { edge[i], edge[k], 5, 5 };

			canvas_blank(&c, r, ROLE_TEXT);
			canvas_focus(&c, r);
			canvas_role(&c, r, ROLE_GOOD);
			canvas_glyph(&c, edge[i], edge[k], ROLE_TEXT, GLYPH_UP);
			canvas_dots(&c, edge[i], edge[k], ROLE_TEXT, 0xff);
			canvas_cursor(&c, edge[i], edge[k]);
			draw_box(&c, r, "日本語");
			draw_bar(&c, edge[i], edge[k], 5, ROLE_TEXT, 3, 4);
			check(&c);
			assert_in_range(c.cursor_row + 1, 0, 3);
		}
	}
	canvas_reset(&c, 0, 0);
	canvas_put(&c, 0, 0, 5, ROLE_TEXT, TEXT("x"));
	canvas_reset(&c, -5, -5);
	assert_int_equal(c.rows, 0);
	canvas_clear(&c);
}

static void test_bars(void **state)
{
	static const struct {
		double part, whole;
		const char *line;
	} cases[] = {
		{ 0, 4, "░░░░" },
		{ 1, 4, "█░░░" },
		{ 4, 4, "████" },
		{ 9, 4, "████" },
		{ 1, 8, "▌░░░" },
		{ -1, 4, "░░░░" },
		{ 1, 0, "░░░░" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct canvas c;

		canvas_init(&c, false);
		canvas_reset(&c, 1, 4);
		draw_bar(&c, 0, 0, 4, ROLE_TEXT, cases[i].part, cases[i].whole);
		assert_string_equal(line_of(&c), cases[i].line);
		canvas_clear(&c);
	}
}

static void test_plot(void **state)
{
	struct plot p;

	(void)state;
	plot_init(&p);
	plot_reset(&p, 2, 2);
	plot_dot(&p, 0, 0);
	plot_dot(&p, 3, 7);
	plot_dot(&p, -1, 0);
	plot_dot(&p, 4, 0);
	plot_dot(&p, 0, 8);
	assert_int_equal(p.dots[0], 0x01);
	assert_int_equal(p.dots[1], 0);
	assert_int_equal(p.dots[2], 0);
	assert_int_equal(p.dots[3], 0x80);
	plot_reset(&p, 1, 2);
	plot_line(&p, 0, 0, 3, 3);
	assert_int_equal(p.dots[0], 0x01 | 0x10);
	assert_int_equal(p.dots[1], 0x04 | 0x80);
	plot_line(&p, 3, 3, 0, 0);
	assert_int_equal(p.dots[0], 0x01 | 0x10);
	plot_clear(&p);
}

static void test_page_wraps(void **state)
{
	struct page p;
	char *dump;

	(void)state;
	page_init(&p, false);
	page_reset(&p, 10);
	page_text(&p, 2, ROLE_TEXT, TEXT("one two three fourteenfifteen 日本語日本語"));
	assert_int_equal(p.c.rows, 6);
	dump = canvas_dump(&p.c, &arena);
	assert_int_equal(
		strncmp(dump,
			"  one two\n  three\n  fourteen\n  fifteen\n  日本語日\n  本語\n",
			60),
		0);
	page_act(&p, ACT_MOVE_LAST, 4);
	assert_int_equal(p.top, 2);
	page_act(&p, ACT_MOVE_DOWN, 4);
	assert_int_equal(p.top, 2);
	page_act(&p, ACT_PAGE_UP, 4);
	assert_int_equal(p.top, 0);
	page_clear(&p);
}

static void test_input(void **state)
{
	struct input in;

	(void)state;
	input_set(&in, TEXT("a"));
	assert_true(input_key(&in, 0x65e5));
	assert_true(input_key(&in, 'e'));
	assert_true(input_key(&in, 0x301));
	assert_false(input_key(&in, 0x1b));
	assert_false(input_key(&in, 0x85));
	assert_false(input_key(&in, 0xd800));
	assert_false(input_key(&in, 0x200000));
	assert_true(text_eq(input_text(&in), TEXT("a日e\xcc\x81")));
	input_act(&in, ACT_ERASE); /* the letter with its mark */
	assert_true(text_eq(input_text(&in), TEXT("a日")));
	input_act(&in, ACT_MOVE_LEFT);
	input_act(&in, ACT_ERASE);
	assert_true(text_eq(input_text(&in), TEXT("日")));
	input_act(&in, ACT_ERASE_NEXT);
	assert_int_equal(in.n, 0);
	input_act(&in, ACT_ERASE);
	input_act(&in, ACT_ERASE_NEXT);
	input_act(&in, ACT_ERASE_WORD);
	input_act(&in, ACT_MOVE_LEFT);
	input_act(&in, ACT_MOVE_RIGHT);
	assert_int_equal(in.n, 0);
	for (int i = 0; i < 2 * INPUT_MAX; i++)
		input_key(&in, 0x65e5);
	assert_in_range(in.n, INPUT_MAX - 3, INPUT_MAX);
}

/* What is typed is seen around its cursor, which stands on the character it is before. */
static void test_input_paint(void **state)
{
	static const struct {
		const char *text;
		int left; /* so many steps back */
		int columns;
		bool ascii;
		const char *line;
		int caret;
	} cases[] = {
		{ "", 0, 6, false, "", 2 },
		{ "abc", 0, 6, false, "  abc", 5 },
		{ "abc", 1, 6, false, "  abc", 4 },
		{ "abc", 3, 6, false, "  abc", 2 },
		{ "abcde", 0, 6, false, "  abcde", 7 },
		{ "abcdef", 0, 6, false, "  bcdef", 7 },
		{ "abcdefghij", 0, 6, false, "  fghij", 7 },
		{ "abcdefghij", 4, 6, false, "  cdefg…", 6 },
		{ "abcdefghij", 10, 6, false, "  abcde…", 2 },
		{ "abcdefghij", 4, 6, true, "  cdefg~", 6 },
		{ "日本語", 0, 6, false, "  本語", 6 },
		{ "日本語", 0, 6, true, "  ???", 5 },
		{ "日本語", 1, 6, true, "  ???", 4 },
		{ "e\xcc\x81x", 1, 6, false, "  e\xcc\x81x", 3 },
		{ "a\xe2\x80\x8b", 0, 12, false, "  a<200B>", 9 },
		{ "abcdefghij", 0, 99, false, "  bcdefghij", 11 }, /* the canvas ends */
		{ "abc", 0, 0, false, "", 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct rect line = { 0, 2, 1, cases[i].columns };
		struct canvas c;
		struct input in;

		canvas_init(&c, cases[i].ascii);
		canvas_reset(&c, 1, 12);
		input_set(&in, text_of(cases[i].text));
		for (int k = 0; k < cases[i].left; k++)
			input_act(&in, ACT_MOVE_LEFT);
		input_paint(&in, &c, line, ROLE_INPUT, true);
		assert_string_equal(line_of(&c), cases[i].line);
		assert_int_equal(c.caret ? c.cursor_column : -1, cases[i].caret);
		canvas_clear(&c);
	}
}

/* A part of it stands out as far as it is seen. */
static void test_input_part(void **state)
{
	static const struct {
		const char *text;
		size_t at, n;
		const char *roles; /* x: of the part */
	} cases[] = {
		{ "abcde", 0, 2, "..xx........" },
		{ "abcdefghij", 0, 5,
			"............" }, /* to the left of all that is seen */
		{ "abcdefghij", 4, 3, "..xx........" },
		{ "abcdefghij", 8, 2, ".....xx....." },
		{ "日本語", 3, 3, "..xx........" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct rect line = { 0, 2, 1, 6 };
		struct canvas c;
		struct input in;

		canvas_init(&c, false);
		canvas_reset(&c, 1, 12);
		input_set(&in, text_of(cases[i].text));
		input_paint(&in, &c, line, ROLE_INPUT, true);
		input_paint_part(&in, &c, line, ROLE_ERROR,
			(struct text){ in.s + cases[i].at, cases[i].n });
		for (int k = 0; k < 12; k++)
			assert_int_equal(
				c.tile[k].role == ROLE_ERROR, cases[i].roles[k] == 'x');
		canvas_clear(&c);
	}
}

/* Not typed: from its beginning, without a caret; too long to be changed: none either. */
static void test_input_still(void **state)
{
	const struct rect line = { 0, 2, 1, 6 };
	static char much[INPUT_MAX + 2];
	struct canvas c;
	struct input in;

	(void)state;
	memset(much, 'x', sizeof(much) - 1);
	canvas_init(&c, false);
	canvas_reset(&c, 1, 12);
	input_set(&in, TEXT("abcdefghij"));
	in.picked = true;
	input_paint(&in, &c, line, ROLE_INPUT, false);
	assert_string_equal(line_of(&c), "  abcde…");
	assert_int_equal(c.tile[2].role, ROLE_INPUT);
	assert_int_equal(c.cursor_column, -1);
	input_paint(&in, &c, line, ROLE_INPUT, true);
	assert_int_equal(c.tile[2].role, ROLE_TAB_HERE);
	assert_true(c.caret);
	input_set(&in, text_of(much));
	input_paint(&in, &c, line, ROLE_INPUT, true);
	assert_false(c.caret);
	assert_int_equal(c.cursor_column, 2);
	canvas_clear(&c);
}

static int open_arena(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_clear(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_put),
		cmocka_unit_test(test_overwriting_wide),
		cmocka_unit_test(test_long_clusters),
		cmocka_unit_test(test_copy),
		cmocka_unit_test(test_outside),
		cmocka_unit_test(test_bars),
		cmocka_unit_test(test_plot),
		cmocka_unit_test(test_page_wraps),
		cmocka_unit_test(test_input),
		cmocka_unit_test(test_input_paint),
		cmocka_unit_test(test_input_part),
		cmocka_unit_test(test_input_still),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
