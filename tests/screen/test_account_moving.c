/* The Account screen: where its cursor goes, line by line and from heading to heading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/by_hand.h"

/* Every step keeps the cursor on the page and shows it; all sections are passed. */
static void test_every_line(void **state)
{
	static const int rows[] = { 15, 24, 60 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, rows[i], 80, "j Enter g");
		char before[32] = "", now[32] = "";

		for (int k = 0; k < 400; k++) {
			const char *cursor = strstr(scene_dump(t), "-- cursor ");
			int row = 0, column = 0;

			assert_int_equal(
				sscanf(cursor, "-- cursor %d,%d", &row, &column), 2);
			assert_in_range(row, 3, rows[i] - 3);
			snprintf(before, sizeof(before), "%s", now);
			snprintf(now, sizeof(now), "%d,%d", row, column);
			scene_feed(t, "j");
		}
		assert_string_equal(before, now);
		assert_true(scene_shows(t, -1, "T"));
		tui_free(&t);
	}
}

static void test_sections(void **state)
{
	static const char *const heading[] = { "TREND", "ALERTS AND PLAYS",
		"SERVICE LEVEL", "PLAN", "TIMELINE", "CONTACTS", "CONTRACTS AND RENEWAL",
		"TICKETS", "FIXES", "SURVEYS", "VALUE", "EFFORT", "TIER SCORE", "TIER",
		"TIER HISTORY" };
	enum { LONG = 13 }; /* of these, the page goes on for a screen below */
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 15, 80, "j Enter");

	(void)state;
	for (size_t i = 0; i < sizeof(heading) / sizeof(*heading); i++) {
		scene_feed(t, "]");
		if (!scene_shows(t, i < LONG ? 3 : -1, heading[i]))
			fail_msg("%s\n%s", heading[i], scene_dump(t));
	}
	for (size_t i = sizeof(heading) / sizeof(*heading); i-- > 0;) {
		if (!scene_shows(t, -1, heading[i]))
			fail_msg("%s\n%s", heading[i], scene_dump(t));
		scene_feed(t, "[");
	}
	tui_free(&t);
	/* By the strip, where there is one. */
	t = scene_fresh(FIXTURE_COMPLETE, 40, 120, "j Enter");
	for (int column = 0; column < 90; column++)
		tui_click(t, 3, column);
	assert_true(scene_shows(t, -1, "TIER HISTORY"));
	tui_free(&t);
}

/* A parent leads to the other account, and back again. */
static void test_follow(void **state)
{
	struct tui *t = scene_fresh(
		FIXTURE_COMPLETE, 40, 120, "/ 'A-015' Enter Enter g j j j j Enter");

	(void)state;
	scene_feed(t, "E 'A-011' Enter");
	assert_true(scene_shows(t, 2, "Lucerne Publishing"));
	assert_true(scene_shows(t, 7, "parent     A-011"));
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, 2, "Contoso"));
	scene_feed(t, "Esc");
	assert_true(scene_shows(t, 2, "Lucerne Publishing"));
	scene_feed(t, "Esc");
	assert_false(scene_shows(t, 3, "Trend  Plan"));
	tui_free(&t);
}

static void test_expands(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 60, 80, "j Enter f");
	int steps = 0;

	(void)state;
	assert_true(scene_shows(t, -1, "the newest 8 of"));
	for (; steps < 9; steps++)
		scene_feed(t, "j");
	scene_feed(t, "k Enter");
	assert_false(scene_shows(t, -1, "the newest 8 of"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_line),
		cmocka_unit_test(test_sections),
		cmocka_unit_test(test_follow),
		cmocka_unit_test(test_expands),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
