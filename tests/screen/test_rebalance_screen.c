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

/* Who has a last day is handed over by one key, from either screen. */
static void test_hand_over(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 P '2026-05-15' C-s b");
	static const char *const lines[] = {
		"! Ben Okafor leaves on 2026-05-15 and keeps", ": L hands them over"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++)
		if (!scene_shows(t, 3, lines[i]))
			fail_msg("%s", scene_dump(t));
	scene_feed(t, "L");
	assert_false(scene_shows(t, -1, "keeps"));
	assert_true(scene_shows(t, -1, "Ben Okafor leaves on 2026-05-15"));
	scene_feed(t, "L");
	assert_true(scene_shows(t, -1, "nobody who leaves has a book here"));
	scene_feed(t, "A");
	assert_true(scene_shows(t, -1, "away: Ben Okafor"));
	assert_true(scene_shows(t, -1, "2026-05-15"));
	tui_free(&t);
	t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 G L");
	assert_int_equal(tui_screen(t), SCREEN_CAPACITY);
	assert_true(scene_shows(t, -1, "this is nobody's book: choose a CSM"));
	tui_free(&t);
	scene_leads_to("5 L", "5 < < < < < < < < < < b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed_popups),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_broken_off),
		cmocka_unit_test(test_hand_over),
	};
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
