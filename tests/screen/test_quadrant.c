/* The Quadrant screen: its goldens, its lines, its axes, and what is marked in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"

static void test_ways(void **state)
{
	(void)state;
	scene_leads_to("3 d d", "3");
	scene_leads_to("3 z Z h l", "3 h l");
	scene_leads_to("3 z z z 0 h l", "3 h l");
	scene_leads_to("3 y y h l", "3 h l");
	scene_leads_to("3 ) ( } { R h l", "3 h l");
	scene_leads_to("3 Space Space h l", "3 h l");
	/* Back leads from a list to where it was asked for, with the view as it was. */
	scene_leads_to("5 Enter Esc", "5");
	scene_leads_to("5 Enter j Esc", "5");
	scene_leads_to("3 f Esc", "3");
	/* The lines and the part shown stay while another screen is on top. */
	scene_leads_to("3 ) 2 3", "3 ) 3");
}

/* Numbers of the four quadrants, as the legend shows them. */
static void counts(struct tui *t, unsigned out[4])
{
	const char *line = strchr(strchr(scene_dump(t), '\n') + 1, '\n') + 1;
	static const char *const name[] = { "strategic attention", "managed automation",
		"fix or standardise", "tech touch" };

	for (int i = 0; i < 4; i++, line = strchr(line, '\n') + 1) {
		const char *end = strchr(line, '\n'), *at = line;

		/* The legend's is the last one: the picture may name it too. */
		for (const char *s = line; (s = strstr(s, name[i])) && s < end; s++)
			at = s;
		assert_int_equal(sscanf(at + strlen(name[i]), "%u", &out[i]), 1);
	}
}

static unsigned total(const unsigned n[4])
{
	return n[0] + n[1] + n[2] + n[3];
}

static void test_lines_move_counts(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "3");
	unsigned before[4], after[4];

	(void)state;
	counts(t, before);
	assert_true(total(before) > 20);
	for (int i = 0; i < 120; i++)
		scene_feed(t, "{");
	counts(t, after); /* everything is of high value */
	assert_int_equal(after[2] + after[3], 0);
	assert_int_equal(total(after), total(before));
	for (int i = 0; i < 120; i++)
		scene_feed(t, ")");
	counts(t, after); /* and of low effort */
	assert_int_equal(after[1], total(before));
	scene_feed(t, "R");
	counts(t, after);
	assert_memory_equal(after, before, sizeof(before));
	tui_free(&t);
}

/* What is listed with moved lines is as many as the legend said. */
static void test_moved_lines_narrow(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 100, "3 ( ( ( { { {");
	unsigned n[4];
	char want[32];

	(void)state;
	counts(t, n);
	scene_feed(t, "f");
	snprintf(want, sizeof(want), " %u of ", n[3]);
	assert_true(scene_shows(t, 1, "effort:<47 value_pct:<77"));
	assert_true(scene_shows(t, 0, want));
	tui_free(&t);
}

/* A line is taken hold of on its axis and let go elsewhere. */
static void test_drag(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "3");
	int row = 0;

	(void)state;
	while (row < 24 && !scene_shows(t, row, "  80"))
		row++;
	assert_in_range(row, 4, 10);
	tui_click(t, row, 3);
	tui_drag(t, row + 3, 3, false);
	assert_true(scene_shows(t, 22, "high value from rank 6"));
	tui_drag(t, row + 6, 3, true);
	assert_true(scene_shows(t, 22, "high value from rank 4"));
	tui_drag(t, row + 1, 3, true); /* let go already */
	scene_feed(t, "h");
	assert_true(scene_shows(t, row + 6, "  4"));
	tui_free(&t);
}

/* One cell beside it does as well, and let go where it was taken, it stays. */
static void test_drag_beside(void **state)
{
	(void)state;
	for (int beside = -1; beside <= 1; beside++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "3");
		int row = 0;

		while (row < 24 && !scene_shows(t, row, "  80"))
			row++;
		tui_click(t, row + beside, 3);
		tui_drag(t, row + beside, 3, true);
		assert_false(scene_shows(t, 22, "high value"));
		tui_click(t, row + beside, 3);
		tui_drag(t, row + 3, 3, true);
		assert_true(scene_shows(t, 22, "high value from rank 6"));
		tui_free(&t);
	}
}

/* The name of a quadrant beside the picture takes the cursor into it, once more lists
 * it. */
static void test_click_on_name(void **state)
{
	static const char *const filter[] = { "quadrant:attention", "quadrant:managed",
		"quadrant:fix", "quadrant:tech" };

	(void)state;
	for (int i = 0; i < 4; i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "3");

		scene_feed(t, i == 3 ? "/ 'quadrant:fix' Enter \\"
				     : "/ 'quadrant:tech' Enter \\");
		tui_click(t, 2 + i, 46);
		assert_true(
			scene_shows(t, 22, ": its largest account; f lists all of it"));
		tui_click(t, 2 + i, 60);
		assert_true(scene_shows(t, 1, filter[i]));
		scene_feed(t, "Esc 3 f");
		assert_true(scene_shows(t, 1, filter[i]));
		tui_free(&t);
	}
}

/* Without accounts there is nowhere to go. */
static void test_click_on_name_of_none(void **state)
{
	struct tui *t =
		scene_fresh(FIXTURE_COMPLETE, 24, 80, "3 / 'quadrant:tech' Enter");

	(void)state;
	tui_click(t, 2, 46);
	assert_true(scene_shows(t, 22, ": nobody is there"));
	assert_false(scene_shows(t, 1, "quadrant:attention"));
	tui_free(&t);
}

static void test_marks(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "3 Space");

	(void)state;
	assert_true(scene_shows(t, 1, " marked"));
	scene_feed(t, "Space");
	assert_false(scene_shows(t, 1, " marked"));
	scene_feed(t, "*");
	assert_true(scene_shows(t, 1, " marked"));
	tui_free(&t);
}

/* A sign stands for a marked cell, not only a colour, whatever the others are drawn with.
 */
static void test_marks_are_signs(void **state)
{
	static const char *const keys[] = { "3 Space h", "3 d Space h" };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys[i]);

		assert_true(scene_shows(t, -1, "\xe2\x97\x86"));
		scene_feed(t, "l Space h");
		assert_false(scene_shows(t, -1, "\xe2\x97\x86"));
		tui_free(&t);
	}
}

/* The names stay whole beside what moved lines change, and a part says how to leave it.
 */
static void test_words_are_whole(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "3 } } }");

	(void)state;
	assert_true(scene_shows(t, 2, "strategic attention"));
	assert_true(scene_shows(t, 3, "managed automation"));
	scene_feed(t, "z");
	assert_true(scene_shows(t, 22, "Z shows more, 0 all of it"));
	scene_feed(t, "Z");
	assert_false(scene_shows(t, 22, "all of it"));
	tui_free(&t);
}

/* The lines become the policy's, with a reason, and stay. */
static void test_keep(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "3 P");

	(void)state;
	assert_true(scene_shows(t, 22, "policy has them already"));
	scene_feed(t, ") ) P 'effort is counted in hours now' Enter");
	assert_true(scene_shows(t, 22, "high effort from 52"));
	scene_feed(t, "R");
	scene_feed(t, "(");
	assert_true(scene_shows(t, 22, "high effort from 51"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_lines_move_counts),
		cmocka_unit_test(test_moved_lines_narrow),
		cmocka_unit_test(test_drag),
		cmocka_unit_test(test_drag_beside),
		cmocka_unit_test(test_click_on_name),
		cmocka_unit_test(test_click_on_name_of_none),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_marks_are_signs),
		cmocka_unit_test(test_words_are_whole),
		cmocka_unit_test(test_keep),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
