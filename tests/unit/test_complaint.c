/* What is wrong with a value, and what is wrong with all such values. */
#include "core/complaint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void says(void **state)
{
	static const struct {
		const char *value, *other, *said, *message, *kind;
	} rows[] = {
		{ NULL, NULL, "arr is missing", "arr is missing", "arr is missing" },
		{ "x", NULL, "\"{}\" is no day", "\"x\" is no day", "\"...\" is no day" },
		{ "5", "4", "{} is before start, which is {}",
			"5 is before start, which is 4",
			"... is before start, which is ..." },
		{ "", NULL, "\"{}\": why", "\"\": why", "\"...\": why" },
		/* values are not looked into */
		{ "{}", "y", "{}, {}", "{}, y", "..., ..." },
		{ "%s", NULL, "{}", "%s", "..." },
		/* without one it stays as it is */
		{ NULL, NULL, "{} a", "{} a", "{} a" },
		{ "x", NULL, "{} {}", "x {}", "... {}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct complaint c;

		complaint_say(&c, rows[i].value, rows[i].other, "%s", rows[i].said);
		assert_string_equal(c.message, rows[i].message);
		assert_string_equal(c.kind, rows[i].kind);
	}
}

static void has_no_more_room(void **state)
{
	char value[2 * ERR_TEXT_MAX];
	struct complaint c;

	(void)state;
	memset(value, 'x', sizeof(value));
	value[sizeof(value) - 1] = '\0';
	complaint_say(&c, value, NULL, "{} is too long");
	assert_int_equal(strlen(c.message), ERR_TEXT_MAX - 1);
	assert_string_equal(c.kind, "... is too long");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(says),
		cmocka_unit_test(has_no_more_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
