/* What the screens look like, in every size, as goldens; and what keys and clicks do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"

static struct tui *start(enum fixture what, int rows, int columns, const char *keys)
{
	return scene_start(what, rows, columns, keys);
}

/* ---- goldens -------------------------------------------------------------------- */

static void test_ascii(void **state)
{
	static const char *const keys[] = { "2 o o Home", "2 o o Home Enter",
		"2 o o Home 3", "2 o o Home ?", "" };
	static const char *const names[] = { "ascii-book", "ascii-account",
		"ascii-quadrant", "ascii-help", "ascii-today" };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		scene_ascii(FIXTURE_COMPLETE, keys[i], names[i]);
}

static void test_small(void **state)
{
	struct tui *t = start(FIXTURE_COMPLETE, 14, 60, "");

	(void)state;
	screen_golden("small-60x14", scene_dump(t));
	tui_resize(t, 15, 59);
	screen_golden("small-59x15", scene_dump(t));
	tui_resize(t, 1, 1);
	screen_golden("small-1x1", scene_dump(t));
	tui_free(&t);
}

/* ---- behaviour ------------------------------------------------------------------ */

/* The text part of what two ways lead to must be the same. */
static void assert_same_screen(const char *what, struct tui *a, struct tui *b)
{
	screen_same(what, scene_dump(b), scene_dump(a));
}

static void test_ways(void **state)
{
	(void)state;
	scene_leads_to("Enter Esc", "");
	scene_leads_to("Enter 3 2", "3 2");
	scene_leads_to("Tab", "3");
	scene_leads_to("Tab Tab Tab Tab Tab Tab Tab", "3 4 5 6 7 8 1");
	scene_leads_to("S-Tab S-Tab S-Tab", "1 8 7");
	scene_leads_to("? Esc", "");
	scene_leads_to("= q", "");
	scene_leads_to(": Esc", "");
	scene_leads_to("j j k", "j");
	scene_leads_to("PgDn PgUp", "Home");
	scene_leads_to("G", "End");
	scene_leads_to(
		"j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j",
		"End");
	scene_leads_to("Space k Space k", "* * k");
	scene_leads_to("j j / 'acme' Esc", "j j");
	scene_leads_to("/ 'margie' Enter \\ Home", "");
	scene_leads_to("/ 'toyx' Backspace 's' Enter", "/ 'toys' Enter");
	scene_leads_to("/ 'abc toys' Home Del Del Del Del Enter", "/ 'toys' Enter");
	scene_leads_to("/ 'toys abc' C-w Backspace Enter", "/ 'toys' Enter");
	scene_leads_to("/ 'abc' C-u 'toys' Enter", "/ 'toys' Enter");
	scene_leads_to("s s s", "s");
	scene_leads_to("j j s", "s");
	scene_leads_to("j j End / 'a' Enter", "/ 'a' Enter");
	scene_leads_to("j j / Enter", "j j");
	scene_leads_to("< >", "h s s");
	scene_leads_to("Enter J", "j Enter");
	scene_leads_to("j Enter K", "Enter");
	scene_leads_to("Enter J Esc", "j");
	scene_leads_to(": 'quadr' Enter", "3");
	scene_leads_to(": 'next acc' Enter Esc", "");
}

/* A filter that holds an error keeps the last good list and does not close. */
static void test_bad_filter_stays_open(void **state)
{
	(void)state;
	scene_leads_to("/ 'toys helth:1' Enter", "/ 'toys helth:1'");
	scene_leads_to("/ 'toys helth:1' Enter C-w Backspace Enter", "/ 'toys' Enter");
}

static void test_clicks(void **state)
{
	struct tui *a = start(FIXTURE_COMPLETE, 24, 80, "");
	struct tui *b = start(FIXTURE_COMPLETE, 24, 80, "j j Enter"), *c;

	(void)state;
	tui_click(a, 5, 10); /* the third row: chosen, then opened */
	c = start(FIXTURE_COMPLETE, 24, 80, "j j");
	assert_same_screen("as the keys would", a, c);
	tui_free(&c);
	tui_click(a, 5, 30);
	assert_same_screen("as the keys would", a, b);
	tui_click(a, 1, 22); /* the tab of the quadrant */
	tui_free(&b);
	b = start(FIXTURE_COMPLETE, 24, 80, "j j 3");
	assert_same_screen("as the keys would", a, b);
	tui_free(&a);
	tui_free(&b);
	a = start(FIXTURE_COMPLETE, 24, 80, "");
	b = start(FIXTURE_COMPLETE, 24, 80, "s");
	tui_click(a, 2, 50); /* the header of health */
	assert_same_screen("as the keys would", a, b);
	tui_free(&a);
	tui_free(&b);
}

static bool shows(struct tui *t, int row, const char *text)
{
	return scene_shows(t, row, text);
}

/* What is listed from the picture is a part of what the picture showed. */
static void test_quadrant_narrows(void **state)
{
	struct tui *a = start(FIXTURE_COMPLETE, 24, 120, "o / 'health:<70' Enter 3 f");
	struct tui *b = start(FIXTURE_COMPLETE, 24, 80, "3 f");

	(void)state;
	assert_true(shows(a, 0, "mine: "));
	assert_true(shows(a, 1, " quadrant:"));
	assert_true(shows(a, 1, " health:<70"));
	assert_true(shows(b, 1, " quadrant:"));
	assert_false(shows(b, 1, "health"));
	/* Once more adds nothing. */
	assert_int_equal(tui_feed(b, "3 f", NULL), ST_OK);
	tui_free(&a);
	a = start(FIXTURE_COMPLETE, 24, 80, "3 f");
	assert_same_screen("narrowed twice", b, a);
	tui_free(&a);
	tui_free(&b);
	/* A quote that does not end keeps what it holds. */
	a = start(FIXTURE_COMPLETE, 24, 80, "/ '\"a' Enter 3 f");
	assert_true(shows(a, 1, " quadrant:"));
	assert_false(shows(a, 0, " 0 of"));
	tui_free(&a);
}

static void test_whose(void **state)
{
	struct tui *t;

	(void)state;
	scene_leads_to("o o o Home", "");
	scene_leads_to("O 'mei' Enter o Home", "");
	scene_leads_to("O 'pool' Enter", "o o");
	scene_leads_to("O Esc", "");
	scene_leads_to("O 'nobody' Enter", "");
	t = start(FIXTURE_COMPLETE, 24, 80, "O 'mei' Enter");
	assert_true(shows(t, 0, "Mei Tanaka: "));
	for (int row = 3; row < 8; row++)
		assert_true(shows(t, row, "Mei Tanaka"));
	assert_false(shows(t, 0, "36 of"));
	tui_free(&t);
	t = start(FIXTURE_LATER, 24, 80, "o");
	assert_true(shows(t, 22, "root is not in this book: press W"));
	assert_int_equal(tui_feed(t, "o", NULL), ST_OK);
	assert_true(shows(t, 0, "pool: "));
	assert_false(shows(t, 22, "root"));
	tui_free(&t);
}

/* The name stays while the page below it scrolls. */
static void test_title_stays(void **state)
{
	static const char *const keys[] = { "", "j", "PgDn", "End", "] ] ]" };
	struct tui *t = start(FIXTURE_COMPLETE, 24, 80, "j Enter");

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		assert_int_equal(tui_feed(t, keys[i], NULL), ST_OK);
		assert_true(shows(t, 2, "Lucerne Publishing"));
		assert_true(shows(t, 2, "T2  $ 380k ARR"));
	}
	assert_int_equal(tui_feed(t, "J", NULL), ST_OK);
	assert_true(shows(t, 2, "Alpine Ski House"));
	tui_free(&t);
}

/* In the picture a click on an empty place goes to the nearest account, and one on the
 * cell under the cursor opens it. */
static void test_picture_clicks(void **state)
{
	int moved = 0;

	(void)state;
	for (int row = 3; row < 20; row++) {
		struct tui *t = start(FIXTURE_COMPLETE, 24, 80, "3");

		tui_click(t, row, 30);
		assert_false(shows(t, 10, " 0 accounts"));
		moved += shows(t, 10, "account here") || shows(t, 10, "accounts here");
		tui_click(t, row, 30);
		assert_true(shows(t, 10, "accounts here") ||
			    shows(t, 10, "account here") || shows(t, 2, " ARR"));
		tui_free(&t);
	}
	assert_in_range(moved, 15, 17);
}

static void test_paste_is_text_only(void **state)
{
	struct tui *a = start(FIXTURE_COMPLETE, 24, 80, "");
	struct tui *b = start(FIXTURE_COMPLETE, 24, 80, "/ 'q 3 toys'");

	(void)state;
	tui_paste(a, TEXT("q\n3\033[A"));
	assert_false(tui_done(a));
	assert_int_equal(tui_feed(a, "/", NULL), ST_OK);
	tui_paste(a, TEXT("q\n3\ttoys\033"));
	assert_same_screen("as the keys would", a, b);
	tui_free(&a);
	tui_free(&b);
}

static void test_leaving(void **state)
{
	static const char *const leaving[] = { "q", "C-c", "Enter q", "3 q", "? C-c" };
	static const char *const staying[] = { "Esc", "? q", "/ q", ": q", "= q",
		"Enter Esc Esc" };

	(void)state;
	for (size_t i = 0; i < sizeof(leaving) / sizeof(*leaving); i++) {
		struct tui *t = start(FIXTURE_COMPLETE, 24, 80, leaving[i]);

		assert_true(tui_done(t));
		tui_free(&t);
	}
	for (size_t i = 0; i < sizeof(staying) / sizeof(*staying); i++) {
		struct tui *t = start(FIXTURE_COMPLETE, 24, 80, staying[i]);

		assert_false(tui_done(t));
		tui_free(&t);
	}
}

/* After any resizing the screen is what it would be fresh at that size. */
static void test_resize(void **state)
{
	static const char *const keys[] = { "", "Enter", "3", "?", "=", ": 's'",
		"/ 'toys'" };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct tui *t = start(FIXTURE_COMPLETE, 24, 80, keys[i]);
		struct tui *fresh = start(FIXTURE_COMPLETE, 24, 80, keys[i]);
		uint32_t x = 7;

		for (int k = 0; k < 200; k++) {
			x = x * 1664525 + 1013904223;
			tui_resize(t, (int)(x >> 24) % 70, (int)(x >> 16 & 0xff));
		}
		tui_resize(t, 24, 80);
		/* The choice of the column and the place in a picture may have moved. */
		if (i != 2)
			assert_same_screen(keys[i], t, fresh);
		tui_free(&t);
		tui_free(&fresh);
	}
}

/* What is explained stays the same while the explanation is scrolled and its place
 * changes, on every line of the account that has one. */
static void test_explained_stays(void **state)
{
	static const char *const titles[] = { "\u2500 Why ", "\u2500 At risk ",
		"\u2500 Health " };
	int explained[3] = { 0 };

	(void)state;
	for (int line = 0; line < 40; line++) {
		struct tui *t =
			scene_start(FIXTURE_COMPLETE, 24, 80, "1 o o o Home Enter Home");
		int which = 0;

		for (int i = 0; i < line; i++)
			scene_feed(t, "j");
		scene_feed(t, "=");
		while (which < 3 && !scene_shows(t, -1, titles[which]))
			which++;
		if (which < 3) {
			scene_feed(t, "j");
			tui_resize(t, 40, 120);
			assert_true(scene_shows(t, -1, titles[which]));
			explained[which]++;
		}
		tui_free(&t);
	}
	assert_true(explained[0] && explained[2]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_bad_filter_stays_open),
		cmocka_unit_test(test_clicks),
		cmocka_unit_test(test_quadrant_narrows),
		cmocka_unit_test(test_whose),
		cmocka_unit_test(test_title_stays),
		cmocka_unit_test(test_picture_clicks),
		cmocka_unit_test(test_paste_is_text_only),
		cmocka_unit_test(test_leaving),
		cmocka_unit_test(test_resize),
		cmocka_unit_test(test_explained_stays),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
