/* Dice: the same everywhere, in range, and one stream per question. */
#include "core/dice.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

/* What the first throws are may never change: every demo book hangs on it. */
static void same_numbers_everywhere(void **state)
{
	static const uint32_t expected[] = { 741692, 282410, 944840, 989361, 29048,
		383557 };
	struct dice d = dice_of(1, 2, 3);

	(void)state;
	for (size_t i = 0; i < sizeof(expected) / sizeof(*expected); i++)
		assert_int_equal(dice_below(&d, 1000000), expected[i]);
}

static void streams_differ(void **state)
{
	static const uint64_t other[][3] = { { 2, 2, 3 }, { 1, 3, 3 }, { 1, 2, 4 },
		{ 1, 3, 2 } };

	(void)state;
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++) {
		struct dice a = dice_of(1, 2, 3);
		struct dice b = dice_of(other[i][0], other[i][1], other[i][2]);
		int same = 0;

		for (int k = 0; k < 100; k++)
			same += dice_below(&a, 1000) == dice_below(&b, 1000);
		assert_in_range(same, 0, 5);
	}
}

static void all_faces_and_no_others(void **state)
{
	static const struct {
		int low, high;
	} ranges[] = { { 0, 0 }, { 1, 6 }, { -3, 3 }, { -10, -8 } };
	struct dice d = dice_of(7, 0, 0);

	(void)state;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
		const int low = ranges[i].low, high = ranges[i].high;
		int seen[8] = { 0 };

		for (int k = 0; k < 2000; k++) {
			const int x = dice_range(&d, low, high);

			assert_true(x >= low && x <= high);
			seen[x - low]++;
		}
		for (int x = low; x <= high; x++)
			assert_in_range(seen[x - low], 2000 / (high - low + 1) * 3 / 4,
				2000 / (high - low + 1) * 5 / 4);
	}
	assert_int_equal(dice_below(&d, 0), 0);
	assert_int_equal(dice_below(&d, 1), 0);
}

static void chances(void **state)
{
	static const int permille[] = { 0, 250, 1000 };
	struct dice d = dice_of(7, 0, 1);

	(void)state;
	for (size_t i = 0; i < sizeof(permille) / sizeof(*permille); i++) {
		int hits = 0;

		for (int k = 0; k < 10000; k++)
			hits += dice_chance(&d, permille[i]);
		if (permille[i] % 1000 == 0)
			assert_int_equal(hits, permille[i] * 10);
		else
			assert_in_range(hits, permille[i] * 9, permille[i] * 11);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_numbers_everywhere),
		cmocka_unit_test(streams_differ),
		cmocka_unit_test(all_faces_and_no_others),
		cmocka_unit_test(chances),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
