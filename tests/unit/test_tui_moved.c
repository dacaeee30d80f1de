/* Rows that moved: what is found is worth moving, and moved is nearer to what is to be.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/dice.h"
#include "tui/moved.h"

/* A picture of one column, a letter a row. */
static struct canvas picture(const char *rows)
{
	struct canvas c;

	canvas_init(&c, false);
	canvas_reset(&c, (int)strlen(rows), 1);
	for (int row = 0; row < c.rows; row++)
		canvas_put(&c, row, 0, 1, ROLE_TEXT, (struct text){ &rows[row], 1 });
	return c;
}

static int unlike(const struct canvas *a, const struct canvas *b)
{
	int n = 0;

	for (int row = 0; row < a->rows; row++)
		n += memcmp(&a->tile[row], &b->tile[row], sizeof(*a->tile)) != 0;
	return n;
}

static void test_found(void **state)
{
	static const struct {
		const char *from, *to;
		struct moved moved;
		int left; /* rows to be drawn after it */
	} cases[] = {
		{ "abcdefgh", "abcdefgh", { 0, 0, 0 }, 0 },
		{ "abcdefgh", "bcdefghi", { 0, 7, 1 }, 1 },
		{ "abcdefgh", "zabcdefg", { 0, 7, -1 }, 1 },
		{ "abcdefgh", "defghijk", { 0, 7, 3 }, 3 },
		{ "abcdefgh", "xyzabcde", { 0, 7, -3 }, 3 },
		{ "abcdefgh", "efghijkl", { 0, 0, 0 }, 8 }, /* too far */
		/* a head and a foot that stay */
		{ "HabcdefF", "HbcdefgF", { 1, 6, 1 }, 1 },
		{ "HabcdefF", "HzabcdeF", { 1, 6, -1 }, 1 },
		/* and a bar that moved within */
		{ "HabcdEfghF", "HbcdeFghiF", { 1, 8, 1 }, 3 },
		/* what stayed below would be lost, so it is not among them */
		{ "abcdefMNOPqr", "bcdefgMNOPrs", { 0, 5, 1 }, 3 },
		/* drawn as quickly */
		{ "abcMNOPQ", "bcdMNOPQ", { 0, 0, 0 }, 3 },
		{ "abcdMNOP", "bcdeMNOP", { 0, 0, 0 }, 4 },
		{ "abcdeMNO", "bcdefMNO", { 0, 4, 1 }, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct canvas from = picture(cases[i].from), to = picture(cases[i].to);
		const struct moved m = moved_find(&from, &to);

		assert_int_equal(m.up, cases[i].moved.up);
		assert_int_equal(m.top, cases[i].moved.top);
		assert_int_equal(m.bottom, cases[i].moved.bottom);
		moved_apply(&from, m);
		assert_int_equal(unlike(&from, &to), cases[i].left);
		canvas_clear(&from);
		canvas_clear(&to);
	}
}

/* Whatever the pictures: it stays within them, and what is left to draw is less. */
static void test_any(void **state)
{
	struct dice dice = dice_of(7, 0, 0);
	int moved = 0;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char rows[2][13] = { { 0 } };
		struct canvas from, to;
		struct moved m;
		int before;

		for (int i = 0; i < 24; i++)
			rows[i / 12][i % 12] = (char)('a' + dice_below(&dice, 3));
		from = picture(rows[0]);
		to = picture(rows[1]);
		before = unlike(&from, &to);
		m = moved_find(&from, &to);
		moved_apply(&from, m);
		if (m.up != 0) {
			assert_in_range(m.top, 0, m.bottom);
			assert_in_range(m.bottom, m.top, 11);
			assert_true(unlike(&from, &to) < before);
			moved++;
		}
		canvas_clear(&from);
		canvas_clear(&to);
	}
	assert_true(moved > 1000);
}

static void test_other_size(void **state)
{
	struct canvas from = picture("abcdefgh"), to = picture("bcdefghij");

	(void)state;
	assert_int_equal(moved_find(&from, &to).up, 0);
	canvas_clear(&from);
	canvas_clear(&to);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_found),
		cmocka_unit_test(test_any),
		cmocka_unit_test(test_other_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
