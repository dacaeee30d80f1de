/* The Revenue screen: where its cursor is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "tests/support/rows_text.h"
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

static void put_movements(const char *kind, const char *day, int delta)
{
	char text[4096] = "";
	size_t n = 0;

	for (int i = 5; i < 20; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
			"account_id=A-%03d|date=%s|kind=%s|arr_delta=%d\n", i, day, kind,
			delta);
	rows_put(scene_own()->store, REC_MOVEMENT, text);
}

/* Where the two ways of counting come to rates that read differently it is said, and =
 * tells why. */
static void test_apart_is_told(void **state)
{
	static const struct {
		int down, up;
		const char *hint, *why; /* NULL: nothing is said */
	} rows[] = {
		{ 0, 0, NULL, NULL },
		{ -2000000, 2000000, "they differ: = on GRR says why",
			"more is lost: it shrank or left in between" },
		{ -100, 100, NULL, "more is lost: it shrank or left in between" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 40, 80, "");

		if (rows[i].down) {
			put_movements("contraction", "2025-09-10", rows[i].down);
			put_movements("expansion", "2025-11-10", rows[i].up);
		}
		scene_feed(t, "7");
		assert_true(scene_shows(t, -1, rows[i].hint ? rows[i].hint : "GRR"));
		assert_true(rows[i].hint || !scene_shows(t, -1, "they differ"));
		scene_feed(t, "=");
		assert_true(scene_shows(t, -1, rows[i].why ? rows[i].why : "GRR"));
		assert_true(rows[i].why || !scene_shows(t, -1, "is lost: "));
		assert_true(scene_shows(t, -1, "Which counts: snapshots"));
		tui_free(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_cursor_is_told),
		cmocka_unit_test(test_apart_is_told) };

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
