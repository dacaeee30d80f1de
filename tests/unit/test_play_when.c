/* What starts a play by itself: how it is written, and on which days it holds. */
#include "core/play_when.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/day.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct play_when read(const char *text, const char *error)
{
	struct play_when w;
	struct arena a;
	struct err e = { .text = "" };
	char out[PLAY_WHEN_TEXT_MAX] = "";
	enum status st;

	arena_init(&a);
	st = play_when_read(text_of(text), &a, &w, &e);
	if (error && (st != ST_INVALID || !strstr(e.text, error)))
		fail_msg("%s: gave %d: %s", text, st, e.text);
	if (!error && st != ST_OK)
		fail_msg("%s: %s", text, e.text);
	if (!error) /* and back */
		assert_string_equal(play_when_text(&w, out), text);
	arena_clear(&a);
	return w;
}

static void is_read_and_written(void **state)
{
	static const struct {
		const char *text, *error;
	} all[] = {
		{ "invited_users = 0 after 3 days", NULL },
		{ "invited_users = 0 after 3 to 60 days", NULL },
		{ "a != 0.5 after 0 to 0 days", NULL },
		{ "a < -1 after 1 days", NULL },
		{ "a <= 1 after 1 days", NULL },
		{ "a > 1 after 3650 days", NULL },
		{ "a >= 1 after 1 days", NULL },
		{ "feature:invite colleagues = 0 after 3 days", NULL },
		{ "after 3 = 0 after 3 days", NULL },
		{ "= 0 after 3 days", "begins with the name of a signal" },
		{ "a b", "behind the signal stands =" },
		{ "", "begins with the name of a signal" },
		{ "logins = 0 after 3 days", "ask for active_days" },
		{ "a", "behind the signal stands =" },
		{ "a=0 after 3 days", "behind the signal stands =" },
		{ "a == 0 after 3 days", "behind the signal stands =" },
		{ "a = x after 3 days", "x is no number" },
		{ "a =", "is no number" },
		{ "a = 0", "from which day on" },
		{ "a = 0 within 3 days", "from which day on" },
		{ "a = 0 after", "no number of days" },
		{ "a = 0 after 1.5 days", "1.5 is no number of days" },
		{ "a = 0 after -1 days", "-1 is no number of days" },
		{ "a = 0 after 3651 days", "from 0 to 3650" },
		{ "a = 0 after 3 to days", "days is no number of days" },
		{ "a = 0 after 3 to 2 days", "day 2 comes before day 3" },
		{ "a = 0 after 3", "ends with days" },
		{ "a = 0 after 3 days or so", "ends with days" },
		{ "0123456789012345678901234567890123456789012345678901234567890123x = 1",
			"begins with the name" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(all); i++)
		read(all[i].text, all[i].error);
}

/* It began on day 100; a value counts for 14 days. */
static void holds_on_its_days(void **state)
{
	static const struct {
		const char *text;
		int32_t as_of, begun, measured;
		double value;
		enum play_answer expected;
	} all[] = {
		/* the days, both included */
		{ "a = 0 after 3 to 5 days", 102, 100, 102, 0, PLAY_NOT_NOW },
		{ "a = 0 after 3 to 5 days", 103, 100, 102, 0, PLAY_HOLDS },
		{ "a = 0 after 3 to 5 days", 105, 100, 102, 0, PLAY_HOLDS },
		{ "a = 0 after 3 to 5 days", 106, 100, 102, 0, PLAY_NOT_NOW },
		{ "a = 0 after 3 days", 900, 100, 900, 0, PLAY_HOLDS },
		/* the customer did it, whatever the day */
		{ "a = 0 after 3 to 5 days", 101, 100, 101, 1, PLAY_GONE },
		{ "a = 0 after 3 to 5 days", 103, 100, 103, 1, PLAY_GONE },
		{ "a = 0 after 3 to 5 days", 109, 100, 109, 1, PLAY_GONE },
		/* nothing is known */
		{ "a = 0 after 3 days", 103, DAY_NONE, 103, 0, PLAY_NOT_KNOWN },
		{ "a = 0 after 3 days", 103, 100, DAY_NONE, NAN, PLAY_NOT_KNOWN },
		{ "a = 0 after 3 days", 103, 100, 103, NAN, PLAY_NOT_KNOWN },
		/* measured before it began, after the day, and too long ago */
		{ "a = 0 after 3 days", 103, 100, 99, 0, PLAY_NOT_KNOWN },
		{ "a = 0 after 3 days", 103, 100, 100, 0, PLAY_HOLDS },
		{ "a = 0 after 3 days", 103, 100, 104, 0, PLAY_NOT_KNOWN },
		{ "a = 0 after 3 days", 130, 100, 116, 0, PLAY_HOLDS },
		{ "a = 0 after 3 days", 131, 100, 116, 0, PLAY_NOT_KNOWN },
		/* each way to compare, at its edge */
		{ "a != 2 after 0 days", 100, 100, 100, 2, PLAY_GONE },
		{ "a != 2 after 0 days", 100, 100, 100, 3, PLAY_HOLDS },
		{ "a < 2 after 0 days", 100, 100, 100, 2, PLAY_GONE },
		{ "a < 2 after 0 days", 100, 100, 100, 1.9, PLAY_HOLDS },
		{ "a <= 2 after 0 days", 100, 100, 100, 2, PLAY_HOLDS },
		{ "a <= 2 after 0 days", 100, 100, 100, 2.1, PLAY_GONE },
		{ "a > 2 after 0 days", 100, 100, 100, 2, PLAY_GONE },
		{ "a > 2 after 0 days", 100, 100, 100, 2.1, PLAY_HOLDS },
		{ "a >= 2 after 0 days", 100, 100, 100, 2, PLAY_HOLDS },
		{ "a >= 2 after 0 days", 100, 100, 100, 1.9, PLAY_GONE },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(all); i++) {
		const struct play_when w = read(all[i].text, NULL);
		const enum play_answer got = play_when_answer(&w, all[i].as_of,
			all[i].begun, all[i].measured, all[i].value, 14);

		if (got != all[i].expected)
			fail_msg("row %zu, %s: %d, not %d", i, all[i].text, got,
				all[i].expected);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_read_and_written),
		cmocka_unit_test(holds_on_its_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
