/* The options screen: what it shows, changes and keeps, and settings of a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"

static struct tui *t;

static void start(const char *file, const char *kept, const char *keys)
{
	t = scene_settings(file, kept, keys);
}

static void end(void)
{
	tui_free(&t);
}

static bool kept(const char *text)
{
	return strstr(host_memory_kept(scene_host()), text);
}

/* What is chosen is kept, and what is back at its default is not. */
static void test_keeps(void **state)
{
	(void)state;
	start(NULL, NULL, ", Right");
	assert_true(scene_shows(t, -1, "chosen here"));
	assert_true(kept("[options]\ntheme = dark\n"));
	scene_feed(t, "Left");
	assert_false(kept("theme"));
	assert_false(scene_shows(t, -1, "chosen here"));
	scene_feed(t, "Left");
	assert_true(kept("theme = colour-blind"));
	scene_feed(t, "Del");
	assert_false(kept("theme"));
	end();
	start(NULL, "[options]\nwheel = 7\n", ",");
	assert_true(scene_shows(t, -1, "chosen here"));
	end();
}

/* What the file says holds at the next start: the screen says so and keeps nothing. */
static void test_file_fixes(void **state)
{
	(void)state;
	start("[options]\ntheme = light\n", "[options]\ntheme = dark\n", ",");
	assert_true(scene_shows(t, -1, "settings file"));
	scene_feed(t, "Right");
	assert_true(scene_shows(t, -1, "until you leave"));
	assert_true(scene_shows(t, -1, "ends with tierdesk"));
	assert_false(kept("contrast"));
	scene_feed(t, "Del");
	assert_true(scene_shows(t, -1, "until you leave"));
	end();
}

static void test_problems_are_told(void **state)
{
	(void)state;
	start("[options]\ntheme = pink\nwheel = 0\n", NULL, "");
	assert_true(scene_shows(t, 22, "tierdesk.conf:2: theme = pink"));
	scene_feed(t, "m");
	assert_true(scene_shows(t, -1, "tierdesk.conf:3: wheel = 0"));
	end();
}

/* Hints, help and the commands show the keys of the person. */
static void test_own_keys(void **state)
{
	(void)state;
	start("[options]\nstart-screen = Book\n"
	      "[keys]\nbook.s = none\nbook.F6 = sort-here\nscreen.? = none\n"
	      "screen.F1 = help\nscreen.F7 = filter-edit\n",
		NULL, "");
	assert_true(scene_shows(t, 23, "F1 help"));
	assert_false(scene_shows(t, 23, "? help"));
	/* Both keys do it; the person's is shown. */
	assert_true(scene_shows(t, 23, "F7 filter"));
	assert_false(scene_shows(t, 23, "/ filter"));
	scene_feed(t, "F1");
	assert_true(scene_shows(t, -1, "F6"));
	scene_feed(t, "Esc C-k / 'sort F6' Enter");
	assert_true(scene_shows(t, -1, "settings file, line 5"));
	end();
}

/* What a key of one's own takes the place of, and whether that can still be done by one.
 */
static void test_keys_in_place_of_others(void **state)
{
	static const struct {
		const char *file, *row, *says;
		bool lost;
	} rows[] = {
		{ "[keys]\nbook.t = note\n", "book note t",
			"was log a touch, which has no key now", true },
		{ "[keys]\nbook.t = note\nbook.F6 = touch\n", "book note t",
			"was log a touch", false },
		{ "[keys]\nbook.F6 = touch\n", "book touch F6", "settings file, line 2",
			false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char keys[64];

		snprintf(keys, sizeof(keys), "2 , Tab / '%s' Enter End", rows[i].row);
		start(rows[i].file, NULL, keys);
		assert_true(scene_shows(t, -1, rows[i].says));
		assert_int_equal(scene_shows(t, -1, "no key now"), rows[i].lost);
		end();
	}
}

/* Without colours the tiers of the Quadrant are told by digits. */
static void test_colourless(void **state)
{
	static const char *const files[] = { "[options]\ntheme = mono\n",
		"[options]\ncolour = never\n", "[options]\ntheme = contrast\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		bool dots;

		start(files[i], NULL, "3");
		dots = strstr(scene_dump(t), "\xe2\xa0") ||
		       strstr(scene_dump(t), "\xe2\xa1") ||
		       strstr(scene_dump(t), "\xe2\xa2");
		assert_int_equal(dots, i == 2);
		end();
	}
}

/* Where a person took the key of what a sentence advises, it names the action. */
static void test_no_keys(void **state)
{
	static const char file[] =
		"[keys]\nscreen.o = none\nscreen.\\ = none\nscreen.a = none\n"
		"screen.u = none\nscreen.v = none\nscreen.S = none\n"
		"book.s = none\nquadrant.R = none\nscreen.r = none\n"
		"quadrant.Z = none\nquadrant.0 = none\ntrends.] = none\n";
	static const char *const keys[] = { "o o / 'nobody has this' Enter",
		"Space Space t C-s", "w 'ours' Enter", "3 )", "3 z", "4 [ [ Home Left",
		"Enter", "S", "c Esc" };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		start(file, NULL, keys[i]);
		assert_false(scene_shows(t, -1, "(null)"));
		end();
	}
	start(file, NULL, "/ 'nobody has this' Enter");
	assert_true(scene_shows(t, -1, ": no filter drops it."));
	end();
}

static void test_start_screen(void **state)
{
	(void)state;
	start("[options]\nstart-screen = Quadrant\n", NULL, "");
	assert_true(scene_shows(t, -1, "STRATEGIC") || scene_shows(t, -1, "effort"));
	assert_false(scene_shows(t, 2, "Renewal"));
	end();
}

/* A click chooses, a second one changes, one outside closes. */
static void test_mouse(void **state)
{
	int row = 0;

	(void)state;
	start(NULL, NULL, ",");
	while (!scene_shows(t, row, "wheel"))
		row++;
	tui_click(t, row, 10);
	assert_false(kept("wheel"));
	tui_click(t, row, 10);
	assert_true(kept("wheel = 4"));
	tui_click(t, 0, 0);
	assert_false(scene_shows(t, -1, "escape-delay"));
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keeps),
		cmocka_unit_test(test_file_fixes),
		cmocka_unit_test(test_problems_are_told),
		cmocka_unit_test(test_own_keys),
		cmocka_unit_test(test_keys_in_place_of_others),
		cmocka_unit_test(test_colourless),
		cmocka_unit_test(test_no_keys),
		cmocka_unit_test(test_start_screen),
		cmocka_unit_test(test_mouse),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
