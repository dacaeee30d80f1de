/* The Rebalance screen: when it calculates, what becomes of a calculation that is broken
 * off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"

static unsigned told;

static bool counts(void *arg)
{
	(void)arg;
	told++;
	return true;
}

static bool stops(void *arg)
{
	(void)arg;
	told++;
	return false;
}

/* What changes nothing calculates nothing, and may be closed by who would stop it. */
static void test_closed_popups(void **state)
{
	static const char *const keys[] = { "? Esc", "? PgDn q", "= Esc", ": Esc",
		"i Esc", "x Esc", "A Esc", "A C-s n Esc", "w Esc", "m Esc", ", Esc",
		"H Esc", "P Esc", "Enter Esc" };
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5");
	const char *before;

	(void)state;
	tui_pump(t, counts, NULL);
	told = 0;
	scene_feed(t, "b");
	assert_true(told > 0);
	before = scene_dump(t);
	tui_pump(t, stops, NULL);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		told = 0;
		scene_feed(t, keys[i]);
		if (told || strcmp(scene_dump(t), before) != 0)
			fail_msg("%s: told %u\n%s", keys[i], told, scene_dump(t));
	}
	tui_free(&t);
}

/* The book was changed: it is proposed anew. */
static void test_changed(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 b");

	(void)state;
	tui_pump(t, counts, NULL);
	told = 0;
	scene_feed(t, "P 'ben' Enter '2026-05-15' C-s");
	assert_true(told > 0);
	tui_free(&t);
}

/* Broken off it is no worse than what was there; then one may go on. */
static void test_broken_off(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 b");

	(void)state;
	tui_pump(t, stops, NULL);
	scene_feed(t, "b");
	assert_true(scene_shows(t, -1, "the proposal of before stands"));
	assert_false(scene_shows(t, -1, "ended early"));
	scene_feed(t, "p"); /* a word that it keeps already */
	assert_false(scene_shows(t, -1, "ended early"));
	tui_free(&t);
	/* What was broken off at first is gone on with. */
	t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5");
	tui_pump(t, stops, NULL);
	scene_feed(t, "b");
	assert_true(scene_shows(t, -1, "ended early"));
	tui_pump(t, counts, NULL);
	scene_feed(t, "b");
	assert_false(scene_shows(t, -1, "ended early"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed_popups),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_broken_off),
	};
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
