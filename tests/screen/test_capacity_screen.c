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

/* Whose accounts are listed, and which key leads back, for as long as it does. All of the
 * book is listed, whatever was filtered before, from its beginning; a view of it leads
 * back as well, to what was shown before. */
static void test_listed(void **state)
{
	static const struct {
		const char *keys; /* NULL: a new start, on the accounts */
		int row;
		const char *text;
		bool shown;
	} steps[] = {
		{ NULL, 23, "Esc", false },
		{ "5 Enter", 22, "the accounts of ", true },
		{ "", 22, "Esc goes back to Capacity", true },
		{ "j", 23, "Esc back", true },
		{ "1 2", 23, "Esc", false },
		{ NULL, 1, "health:<60", false },
		{ "/ 'health:<60' Enter G", 1, "health:<60", true },
		{ "5 j Enter", 1, "health:<60", false },
		{ "", 3, "▸", true },
		{ "v Enter", 23, "Esc back", true },
		{ "Esc", 1, " 5 Capacity ", true },
		{ "", 2, "Owner", false },
		{ "2", 1, "health:<60", true },
	};
	struct tui *t = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		if (!steps[i].keys) {
			tui_free(&t);
			t = scene_start(FIXTURE_COMPLETE, 24, 80, "2");
		} else {
			scene_feed(t, steps[i].keys);
		}
		if (scene_shows(t, steps[i].row, steps[i].text) != steps[i].shown)
			fail_msg("%d: %s", (int)i, scene_dump(t));
	}
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ratios),
		cmocka_unit_test(test_rest), cmocka_unit_test(test_listed) };

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
