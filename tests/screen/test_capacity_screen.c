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

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_ratios) };

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
