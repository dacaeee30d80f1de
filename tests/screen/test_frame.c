/* The two lines on top: what they leave out where room is short, and what never. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/scene.h"

enum { TOP, TABS };
#define WHOLE " 1 Today 2 Book  3 Quadrant 4 Trends 5 Capacity 6 Tiers 7 Revenue 8 Policy"
#define BRIEF " 1 Today 2 Book  3 Quad 4 Trend 5 Cap 6 Tiers 7 Rev 8 Pol "
#define KEYS " 1 2 Book  3 4 5 6 7 8 "

static const struct {
	enum fixture book;
	int columns, line;
	const char *keys, *says;
} lines[] = {
	/* The tabs are cut to words, then to keys; the filter is there in any case. */
	{ FIXTURE_COMPLETE, 80, TABS, "2", WHOLE },
	{ FIXTURE_COMPLETE, 80, TABS, "2 / 'health:<60' Enter",
		BRIEF "   filter health:<60" },
	{ FIXTURE_COMPLETE, 80, TABS, "2 / 'tier:1 health:<99' Enter",
		BRIEF " / tier:1 health:<99" },
	{ FIXTURE_COMPLETE, 80, TABS, "2 / 'arr:>1 health:<99 renewal:<900d' Enter",
		BRIEF "/ arr:>1 health:<99\u2026" },
	{ FIXTURE_COMPLETE, 80, TABS, "2 / 'health:<60' Enter 5 3",
		" 2 Book 3 Quadrant  4 Trend 5 Cap 6 Tiers 7 Rev 8 Pol     / "
		"health:<60" },
	{ FIXTURE_COMPLETE, 80, TABS, "2 Space", BRIEF "            1 marked" },
	{ FIXTURE_COMPLETE, 80, TABS, "2 Space Space / 'arr:>1 health:<9' Enter",
		KEYS "              2 marked, 2 not shown  / arr:>1 health:<9" },
	{ FIXTURE_COMPLETE, 60, TABS, "2 / 'health:<60' Enter",
		KEYS "                       / health:<60" },
	{ FIXTURE_COMPLETE, 60, TABS, "5",
		" 1 Today 2 Book 3 Quad 4 Trend 5 Cap  6 Tiers 7 Rev 8 Pol" },
	{ FIXTURE_COMPLETE, 120, TABS, "2 / 'health:<60' Enter",
		"8 Policy                     filter health:<60" },
	{ FIXTURE_COMPLETE, 80, TOP, "2 o", "mine: 12 of 36 accounts, $ 2.1M ARR" },
	/* The day is always there; figures that are older are told before the ARR. */
	{ FIXTURE_COMPLETE, 80, TOP, "2 / 'health:<60' Enter", " ARR " },
	{ FIXTURE_COMPLETE, 60, TOP, "2 o o o", "as of 2026-03-31" },
	{ FIXTURE_LATER, 80, TOP, "2 / 'health:<60' Enter",
		"of 36 accounts            as of 2026-04-03 \u00B7 recalculated 3 d "
		"ago" },
	{ FIXTURE_LATER, 120, TOP, "2 / 'health:<60' Enter", " ARR " },
	{ FIXTURE_LATER, 80, TOP, "2 O 'dana' Enter",
		"Dana Reyes: 12 of 36         as of 2026-04-03 \u00B7 recalculated 3 d" },
	{ FIXTURE_LATER, 60, TOP, "2 O 'dana' Enter",
		"Dana Reyes: 12 of 36        recalculated 3 d ago" },
};

static void test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct tui *t =
			scene_start(lines[i].book, 24, lines[i].columns, lines[i].keys);

		if (!scene_shows(t, lines[i].line, lines[i].says))
			fail_msg("%d columns, %s: no \"%s\" in\n%.400s", lines[i].columns,
				lines[i].keys, lines[i].says, scene_dump(t));
		tui_free(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
