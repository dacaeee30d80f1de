/* The Revenue screen: where its cursor is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"

/* How often the sign stands on the screen. */
static int signs(struct tui *t, const char *sign)
{
	const char *s = scene_dump(t);
	int n = 0;

	for (; (s = strstr(s, sign)); s++)
		n++;
	return n;
}

/* In both panels, and in the lists, a sign says where the cursor is, not only a colour;
 * in the lower one another says of which group it is. */
static void test_cursor_is_told(void **state)
{
	static const struct {
		enum fixture of;
		const char *keys, *at; /* what stands behind the cursor */
		bool below;
	} rows[] = {
		{ FIXTURE_COMPLETE, "7", "\xe2\x96\xb8 all ", false },
		{ FIXTURE_COMPLETE, "7 j j", "\xe2\x96\xb8 tier ", false },
		{ FIXTURE_COMPLETE, "7 j j j j j", "\xe2\x96\xb8 ", true },
		{ FIXTURE_COMPLETE, "7 G", "\xe2\x96\xb8 ",
			false }, /* the group is above */
		{ FIXTURE_COMPLETE, "7 Enter", "\xe2\x96\xb8 ", false },
		{ FIXTURE_GONE, "7 G k k k k Enter", "\xe2\x96\xb8 ", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_start(rows[i].of, 24, 80, rows[i].keys);

		assert_int_equal(signs(t, "\xe2\x96\xb8"), 1);
		assert_true(scene_shows(t, -1, rows[i].at));
		assert_int_equal(signs(t, "\n \xc2\xb7 "), rows[i].below);
		tui_free(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cursor_is_told) };

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
