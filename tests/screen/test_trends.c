/* The Trends screen: goldens, and what keys and clicks do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"

static void test_ascii(void **state)
{
	static const char *const keys[] = { "4", "4 j j j", "4 j j j j j j" };
	static const char *const names[] = { "trends-ascii-health",
		"trends-ascii-average", "trends-ascii-tickets" };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		scene_ascii(FIXTURE_COMPLETE, keys[i], names[i]);
}

/* ---- behaviour ------------------------------------------------------------------ */

/* One console at a time: they share what is kept. */
static const char *after(const char *keys)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, keys);
	const char *dump = scene_dump(t);

	tui_free(&t);
	return dump;
}

static void test_ways(void **state)
{
	(void)state;
	scene_leads_to("4 Left Right", "4");
	scene_leads_to("4 Right Up", "4"); /* the newest is the last */
	scene_leads_to("4 Home Left Up", "4 Home");
	scene_leads_to("4 Home End", "4");
	scene_leads_to("4 Up", "4"); /* the first is the first */
	scene_leads_to("4 Down Up", "4");
	scene_leads_to("4 Enter Enter", "4");
	scene_leads_to("4 Enter Esc", "4");
	scene_leads_to("4 ] [", "4");
	scene_leads_to("4 = Esc", "4");
	scene_leads_to("4 Left Left Left Left", "4 PgUp");
	scene_leads_to("4 Left 2 4", "4 Left"); /* the place is kept */
}

/* A key that can't go on says so. */
static void test_ends_are_told(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "4 Left Right");

	(void)state;
	assert_false(scene_shows(t, 22, "point"));
	scene_feed(t, "Right");
	assert_true(scene_shows(t, 22, "this is the last point"));
	scene_feed(t, "Home");
	assert_false(scene_shows(t, 22, "point"));
	scene_feed(t, "Left");
	assert_true(scene_shows(t, 22, "the first point shown: ] shows more time"));
	tui_free(&t);
}

/* The day that is read stays where it is from picture to picture. */
static void test_one_cursor(void **state)
{
	struct tui *t =
		scene_start(FIXTURE_COMPLETE, 24, 80, "4 Left Left Left Left Left Left");

	(void)state;
	assert_true(scene_shows(t, -1, "2026-02-17"));
	scene_feed(t, "j");
	assert_true(scene_shows(t, -1, "2026-02-17"));
	scene_feed(t, "j j j");
	assert_true(scene_shows(t, -1, "2026-02  N NRR"));
	tui_free(&t);
}

static void test_clicks(void **state)
{
	const char *home = after("4 Home");
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "4");

	(void)state;
	tui_click(t, 8, 7); /* the left end of the picture */
	screen_same("a click on the first point", home, scene_dump(t));
	tui_click(t, 2, 12);
	assert_true(scene_shows(t, 3, "against their caps"));
	tui_free(&t);
}

/* Of all of them at once the last has what is left of its row. */
static void test_last_is_wide(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 60, 200, "* 4");

	(void)state;
	tui_click(t, 50, 190);
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, 2, "Health of the marked accounts"));
	tui_free(&t);
}

/* Former customers count on the days when they were there, also behind a filter; the
 * screen says whose accounts it counts. */
static void test_says_whom(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "4");

	(void)state;
	assert_true(scene_shows(t, 3, "52 weeks, all accounts"));
	scene_feed(t, "o");
	assert_true(scene_shows(t, 3, "52 weeks, mine"));
	scene_feed(t, "/ 'tier:1' Enter");
	assert_true(scene_shows(t, 3, "mine, filter tier:1"));
	scene_feed(t, "=");
	assert_true(scene_shows(t, -1, "counted: mine, filter tier:1"));
	tui_free(&t);
}

static void test_ends_of_time(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "4 [ [ [");

	(void)state;
	assert_true(scene_shows(t, -1, "this is the shortest time"));
	scene_feed(t, "] ] ] ] ]");
	assert_true(scene_shows(t, -1, "this is all the time there is"));
	assert_true(scene_shows(t, 3, "all since 20"));
	tui_free(&t);
}

/* The caps of a day are those of the policy in force then, also after it was changed,
 * and the newest day has those of now. */
static void test_caps_of_the_day(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 40, 120, "4 Down");
	struct err e = { .text = "" };
	int32_t version;

	(void)state;
	assert_int_equal(book_policy_apply(scene_own(), "[tiers]\ntier1_cap = 15\n",
				 "caps.ini", "more room", &version, &e),
		ST_OK);
	scene_feed(t, "2 4 =");
	assert_true(scene_shows(t, -1, "15.0 % of the accounts, 5 places"));
	assert_true(scene_shows(t, -1, "by policy version 3"));
	scene_feed(t, "Esc Left =");
	assert_true(scene_shows(t, -1, "10.0 % of the accounts, 3 places"));
	assert_true(scene_shows(t, -1, "by policy version 2"));
	scene_feed(t, "Esc Home =");
	assert_true(scene_shows(t, -1, "by policy version 1"));
	tui_free(&t);
}

/* From a cause to the account where to begin, or where its fix is, and on to a fix. */
static void test_causes(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 40, 120, "4 c");

	(void)state;
	assert_true(scene_shows(t, -1, "Root causes of tickets ──"));
	assert_true(scene_shows(t, -1, "root cause                 tickets  before"));
	scene_feed(t, "Esc o c");
	assert_true(scene_shows(t, -1, "Root causes of tickets, of the whole book"));
	scene_feed(t, "Down Enter");
	assert_true(scene_shows(t, -1, "the newest ticket here of outage; X adds a fix"));
	assert_true(scene_shows(t, -1, "TICKETS"));
	scene_feed(t, "X");
	assert_true(scene_shows(t, -1, "Root cause  outage"));
	scene_feed(t, "Down 'a second line' C-s");
	assert_true(scene_shows(t, -1, "the fix is added"));
	scene_feed(t, "Esc Esc 4 c Down Enter");
	assert_true(scene_shows(t, -1, "the fix of outage was noticed here"));
	scene_feed(t, "X");
	assert_true(scene_shows(t, -1, "Root cause  outage"));
	scene_feed(t, "C-u 'outag' Down 'a third one' C-s");
	assert_true(scene_shows(t, -1, "no ticket has its cause: did you mean outage?"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_ends_are_told),
		cmocka_unit_test(test_one_cursor),
		cmocka_unit_test(test_clicks),
		cmocka_unit_test(test_last_is_wide),
		cmocka_unit_test(test_says_whom),
		cmocka_unit_test(test_ends_of_time),
		cmocka_unit_test(test_caps_of_the_day),
		cmocka_unit_test(test_causes),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
