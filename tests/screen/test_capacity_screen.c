/* The Capacity screen: ratios over the last year as pictures, and where they stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/scene.h"

static void test_ratios(void **state)
{
	static const struct {
		enum fixture of;
		int rows, columns;
		const char *keys;
		bool first, second; /* the pictures of tier 1 and 2 */
	} rows[] = {
		{ FIXTURE_COMPLETE, 40, 120, "5", true, true },
		{ FIXTURE_COMPLETE, 60, 200, "5", true, true },
		{ FIXTURE_COMPLETE, 40, 120, "5 p", true, false }, /* pooled */
		{ FIXTURE_COMPLETE, 60, 99, "5", true, true }, /* one below the other */
		{ FIXTURE_COMPLETE, 24, 80, "5", false, false },
		{ FIXTURE_COMPLETE, 24, 80, "5 PgDn PgDn PgDn", true, true },
		{ FIXTURE_RAW, 40, 120, "5", false, false }, /* has no past */
		{ FIXTURE_EMPTY, 40, 120, "5", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_start(
			rows[i].of, rows[i].rows, rows[i].columns, rows[i].keys);

		if (scene_shows(t, -1, "* accounts per CSM, tier 1") != rows[i].first ||
			scene_shows(t, -1, "* accounts per CSM, tier 2") !=
				rows[i].second)
			fail_msg("%d: %s", (int)i, scene_dump(t));
		tui_free(&t);
	}
}

/* Rows without room are counted, and the heading says within how many days. */
static void test_rest(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 15, 60, "5 + + +");

	(void)state;
	assert_true(scene_shows(t, -1, "more below"));
	scene_feed(t, "G");
	assert_true(scene_shows(t, -1, "more above"));
	assert_false(scene_shows(t, -1, "more below"));
	tui_free(&t);
	t = scene_start(FIXTURE_COMPLETE, 24, 80, "5");
	assert_true(scene_shows(t, 2, "ren60d"));
	assert_false(scene_shows(t, -1, "more below"));
	tui_free(&t);
}

/* Whose accounts are listed, and which key leads back, for as long as it does. */
static void test_listed(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "2");

	(void)state;
	assert_false(scene_shows(t, 23, "Esc"));
	scene_feed(t, "5 Enter");
	assert_true(scene_shows(t, 22, "the accounts of "));
	assert_true(scene_shows(t, 22, "Esc goes back to Capacity"));
	scene_feed(t, "j");
	assert_true(scene_shows(t, 23, "Esc back"));
	scene_feed(t, "1 2");
	assert_false(scene_shows(t, 23, "Esc"));
	tui_free(&t);
}

/* All of the book is listed, whatever was filtered before, from its beginning; a view of
 * it leads back as well, to what was shown before. */
static void test_listed_whole(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "2 / 'health:<60' Enter G");

	(void)state;
	assert_true(scene_shows(t, 1, "health:<60"));
	scene_feed(t, "5 j Enter");
	assert_false(scene_shows(t, 1, "health:<60"));
	assert_true(scene_shows(t, 3, "▸"));
	scene_feed(t, "v Enter");
	assert_true(scene_shows(t, 23, "Esc back"));
	scene_feed(t, "Esc");
	assert_true(scene_shows(t, 1, " 5 Capacity "));
	assert_false(scene_shows(t, 2, "Owner"));
	scene_feed(t, "2");
	assert_true(scene_shows(t, 1, "health:<60"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ratios),
		cmocka_unit_test(test_rest), cmocka_unit_test(test_listed),
		cmocka_unit_test(test_listed_whole) };

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
