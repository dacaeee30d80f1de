/* The mouse on the headings of lists: they sort, further with the right button, and their
 * borders are dragged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "tests/support/scene.h"

static struct tui *go(const char *keys)
{
	return scene_start(FIXTURE_COMPLETE, 24, 80, keys);
}

/* A further order comes with the other button. */
static void test_headers_right(void **state)
{
	struct tui *t = go("");
	struct spot name = scene_find(t, "Account"), owner = scene_find(t, "Owner");
	const char *clicked;

	(void)state;
	tui_click(t, name.row, name.column);
	tui_click_right(t, owner.row, owner.column);
	clicked = scene_dump(t);
	tui_click_right(t, owner.row + 1, owner.column); /* an account has none */
	screen_same("a right click on a row", clicked, scene_dump(t));
	tui_free(&t);
	t = go("h h h h h h h h l s l +");
	screen_same("a right click on a heading", scene_dump(t), clicked);
	tui_free(&t);
}

/* A heading is dragged at its end: by its last sign, or the blank behind it. */
static void test_widths(void **state)
{
	static const struct {
		const char *title;
		int step;
		const char *keys;
	} drags[] = {
		{ "Account", -5, "Left Left Left Left Left" },
		{ "Account", 3, "Right Right Right" },
		{ "Owner", 2, "Right Right" },
		{ "Owner", -40,
			"Left Left Left Left Left Left Left Left Left Left Left "
			"Left Left Left" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(drags) / sizeof(*drags); i++) {
		for (int beside = 0; beside < 2; beside++) {
			struct tui *t = go("");
			struct spot s = scene_find(t, drags[i].title);
			const struct canvas *c = tui_canvas(t);
			const char *dragged;
			char keys[160];

			while (c->tile[s.row * c->columns + s.column].role != ROLE_TEXT)
				s.column++;
			s.column -= 1 - beside;
			tui_click(t, s.row, s.column);
			tui_drag(t, s.row, s.column + 1, false);
			tui_drag(t, s.row + 4, s.column + drags[i].step, false);
			tui_drag(t, s.row, s.column + drags[i].step, true);
			tui_drag(t, s.row, 2, true); /* let go already */
			scene_feed(t, "g");
			dragged = scene_dump(t);
			tui_free(&t);
			snprintf(keys, sizeof(keys), "c g j %s%s Esc g",
				i < 2 ? "" : "j ", drags[i].keys);
			t = go(keys);
			screen_same(keys, scene_dump(t), dragged);
			tui_free(&t);
		}
	}
}

/* A click there without a drag sorts when the button is let go; a width is remembered,
 * and no column is dragged off the screen. */
static void test_border(void **state)
{
	struct tui *t = go("");
	struct spot s = scene_find(t, "ARR");
	const char *before = scene_dump(t), *after;

	(void)state;
	s.column += 4; /* the arrow is its last sign */
	tui_click(t, s.row, s.column);
	screen_same("not let go yet", before, scene_dump(t));
	tui_drag(t, s.row, s.column, true);
	after = scene_dump(t);
	tui_free(&t);
	t = go("h s");
	screen_same("let go", scene_dump(t), after);
	tui_free(&t);
	t = go(""); /* let go elsewhere, it was no click */
	tui_click(t, s.row, s.column);
	tui_drag(t, s.row + 3, s.column, false);
	tui_drag(t, s.row, s.column, true);
	screen_same("let go elsewhere", before, scene_dump(t));
	tui_free(&t);
	scene_book(FIXTURE_COMPLETE)->path = "/books/a.db";
	t = go("");
	tui_click(t, s.row, s.column);
	tui_drag(t, s.row, 79, false); /* as far as there is room, in one go */
	assert_true(scene_find(t, "ARR").column > s.column - 4);
	tui_drag(t, s.row, 300, false);
	assert_true(scene_shows(t, s.row, "ARR"));
	tui_drag(t, s.row, s.column + 2, true);
	assert_true(strstr(host_memory_kept(scene_host()), "arr:") != NULL);
	tui_free(&t);
	scene_book(FIXTURE_COMPLETE)->path = NULL;
}

/* What a wider column leaves no room for is said, and is back where that is. */
static void test_no_room_is_said(void **state)
{
	static const struct {
		const char *title;
		int step;
		const char *said; /* NULL: nothing went */
	} drags[] = {
		{ "Account", -3, NULL },
		{ "Account", 3, "no room for Weeks now: drag it back, or c chooses" },
		{ "Account", 10, "no room for Owner and 1 more now: drag it back" },
		{ "Owner", 4, "no room for Weeks now" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(drags) / sizeof(*drags); i++) {
		struct tui *t = go("");
		struct spot s = scene_find(t, drags[i].title);
		const struct canvas *c = tui_canvas(t);

		while (c->tile[s.row * c->columns + s.column].role != ROLE_TEXT)
			s.column++;
		tui_click(t, s.row, s.column);
		tui_drag(t, s.row, s.column + drags[i].step, false);
		assert_false(scene_shows(t, 22, "no room")); /* it is not let go yet */
		tui_drag(t, s.row, s.column + drags[i].step, true);
		if (scene_shows(t, 22, drags[i].said ? drags[i].said : "no room") !=
			(drags[i].said != NULL))
			fail_msg("%s %d:\n%s", drags[i].title, drags[i].step,
				scene_dump(t));
		tui_click(t, s.row, s.column + drags[i].step);
		tui_drag(t, s.row, s.column, true);
		if (strcmp(drags[i].title, "Account") == 0) /* nothing else moves it */
			assert_true(scene_shows(t, s.row, "weeks  Renewal"));
		tui_free(&t);
	}
}

/* Headings of Today look like those that sort. */
static void test_headings_of_today(void **state)
{
	struct tui *t = go("1");
	struct spot why = scene_find(t, "Why"), risk = scene_find(t, "At risk");

	(void)state;
	tui_click(t, why.row, why.column);
	assert_true(
		scene_shows(t, 22, "Today has one order, money at risk x worst alert"));
	assert_true(scene_shows(t, 22, "the Book (2) sorts by any"));
	scene_feed(t, "g");
	assert_false(scene_shows(t, 22, "one order"));
	tui_click(t, risk.row, risk.column);
	assert_true(scene_shows(t, 22, "one order"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headers_right),
		cmocka_unit_test(test_widths),
		cmocka_unit_test(test_border),
		cmocka_unit_test(test_no_room_is_said),
		cmocka_unit_test(test_headings_of_today),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
