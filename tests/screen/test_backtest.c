/* The Backtest screen: on a terminal of letters, stopped, and what keys and clicks do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"

static void test_ascii(void **state)
{
	static const char *const keys[] = { "2 B", "2 B PgDn PgDn" };
	static const char *const names[] = { "backtest-ascii", "backtest-ascii-more" };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		scene_ascii(FIXTURE_GONE, keys[i], names[i]);
}

static bool never(void *arg)
{
	(void)arg;
	return false;
}

static bool always(void *arg)
{
	(void)arg;
	return true;
}

/* Stopped it says so, and how to go on; nothing is in the history. */
static void test_stopped(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_GONE, 24, 80, "2");

	(void)state;
	tui_pump(t, never, NULL);
	scene_feed(t, "B");
	assert_true(scene_shows(t, -1, "stopped"));
	assert_true(scene_shows(t, -1, "b makes it"));
	assert_false(scene_shows(t, -1, "health tells"));
	tui_pump(t, always, NULL);
	scene_feed(t, "b");
	assert_true(scene_shows(t, -1, "health tells"));
	/* Stopped once more, that of before stands, with its horizon. */
	tui_pump(t, never, NULL);
	scene_feed(t, "]");
	assert_true(scene_shows(t, -1, "the backtest of before stands"));
	assert_true(scene_shows(t, -1, "90 days each"));
	tui_pump(t, always, NULL);
	scene_feed(t, "]");
	assert_true(scene_shows(t, -1, "180 days each"));
	scene_feed(t, "[ [ [ [ [");
	assert_true(scene_shows(t, -1, "30 days each"));
	tui_free(&t);
}

/* Before the first one was made a horizon that could not be had is not kept either. */
static void test_stopped_at_first(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_GONE, 24, 80, "2");

	(void)state;
	tui_pump(t, never, NULL);
	scene_feed(t, "B ]");
	assert_true(scene_shows(t, -1, "stopped"));
	tui_pump(t, always, NULL);
	scene_feed(t, "b");
	assert_true(scene_shows(t, -1, "90 days each"));
	tui_free(&t);
}

/* Enter opens who was green, and Esc comes back to the same place without making it
 * again. */
static void test_account(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_GONE, 24, 80, "2 B PgDn");
	char before[8192];

	(void)state;
	strncpy(before, scene_dump(t), sizeof(before) - 1);
	before[sizeof(before) - 1] = '\0';
	tui_pump(t, never, NULL); /* nothing that is made now comes to an end */
	scene_feed(t, "Enter");
	assert_int_equal(tui_screen(t), SCREEN_ACCOUNT);
	assert_true(scene_shows(t, -1, "Customer 13"));
	scene_feed(t, "Esc");
	assert_int_equal(tui_screen(t), SCREEN_BACKTEST);
	assert_string_equal(before, scene_dump(t));
	tui_free(&t);
}

/* What others change meanwhile is said, and not waited for. */
static void test_changed(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_GONE, 24, 80, "2 B");
	struct recalc_result r;
	struct err e;

	(void)state;
	assert_false(scene_shows(t, -1, "the book has changed since"));
	assert_int_equal(book_recalc(scene_own(), &r, &e), ST_OK);
	scene_feed(t, "r");
	assert_true(scene_shows(t, -1, "the book has changed since: b makes it anew"));
	scene_feed(t, "b");
	assert_false(scene_shows(t, -1, "the book has changed since"));
	tui_free(&t);
}

/* The file is a policy that says whether it is worth it. */
static void test_saved(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_GONE, 24, 80, "2 B p C-s");
	const char *text = host_memory_get(scene_host(), "/home/dana/proposed.ini");

	(void)state;
	assert_non_null(text);
	assert_non_null(strstr(text, "[health]\n"));
	assert_non_null(strstr(text, "tierdesk policy apply FILE --reason TEXT"));
	scene_feed(t, "p C-s");
	assert_true(scene_shows(t, -1, "proposed.ini is there already: replace it"));
	scene_feed(t, "Right C-s");
	assert_true(scene_shows(t, -1, "the proposal is in /home/dana/proposed.ini"));
	tui_free(&t);
	t = scene_start(FIXTURE_COMPLETE, 24, 80, "2 B p");
	assert_int_equal(tui_screen(t), SCREEN_BACKTEST);
	assert_true(scene_shows(t, -1, "nothing is proposed"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_stopped_at_first),
		cmocka_unit_test(test_account),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_saved),
	};
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
