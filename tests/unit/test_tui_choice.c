/* Choice: what is chosen comes back as it was given, a number of any row as well. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/app.h"
#include "tui/choice.h"

static int64_t got;

static void chosen(struct app *a, int64_t value)
{
	(void)a;
	got = value;
}

static void test_values(void **state)
{
	static const int64_t values[] = { 0, -1, INT32_MAX, (int64_t)INT32_MAX + 1,
		(int64_t)1 << 32, ((int64_t)1 << 32) + 7, INT64_MAX };
	struct settings settings;
	const struct app_start start = {
		.settings = &settings, .rows = 24, .columns = 80
	};
	struct err e;
	struct app a;

	(void)state;
	assert_int_equal(settings_init(&settings, &e), ST_OK);
	app_open(&a, &start);
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		struct choice c = { .title = "Which", .chosen = chosen };

		choice_add(&c, "another", NULL, 1);
		choice_add(&c, "this", NULL, values[i]);
		c.at = 1;
		choice_open(&a, &c);
		app_act(&a, ACT_CHOOSE);
		assert_true(got == values[i]);
	}
	app_close(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
