/* Amounts: the same come back, however many bytes they take. */
#include "core/amounts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/support/rows_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
enum { N = 5 };

/* The last that fits, and the first that does not, below and above. */
static void edges(void **state)
{
	static const struct {
		int64_t amount;
		bool fits;
	} rows[] = {
		{ 0, true },
		{ 1, true },
		{ MONEY_NONE, true },
		{ INT64_C(4294967294), true },
		{ INT64_C(4294967295), false },
		{ INT64_C(4294967296), false },
		{ -1, false },
		{ MONEY_MAX, false },
		{ -MONEY_MAX, false },
	};

	(void)state;
	for (size_t k = 0; k < LENGTH(rows); k++) {
		struct amounts a;

		MUST(amounts_init(&a, N, &e));
		MUST(amounts_put(&a, 2, &rows[k].amount, 1, &e));
		assert_true((a.wide == NULL) == rows[k].fits);
		assert_true((a.brief == NULL) != rows[k].fits);
		for (uint32_t i = 0; i < N; i++)
			assert_true(amounts_at(&a, i) ==
				    (i == 2 ? rows[k].amount : MONEY_NONE));
		assert_true(amounts_or_none(&a, 0) == 0);
		assert_true(amounts_or_none(&a, 2) ==
			    (rows[k].amount == MONEY_NONE ? 0 : rows[k].amount));
		amounts_clear(&a);
	}
}

/* What was there before one came that does not fit stays. */
static void grows_with_what_is_there(void **state)
{
	static const int64_t first[] = { 7, MONEY_NONE, 9 }, next[] = { -3, 8 };
	static const int64_t all[] = { 7, MONEY_NONE, 9, -3, 8 };
	struct amounts a;
	int64_t got[N];

	(void)state;
	MUST(amounts_init(&a, N, &e));
	MUST(amounts_put(&a, 0, first, 3, &e));
	assert_null(a.wide);
	amounts_get(&a, 0, 3, got);
	assert_memory_equal(got, first, sizeof(first));
	MUST(amounts_put(&a, 3, next, 2, &e));
	assert_non_null(a.wide);
	amounts_get(&a, 0, N, got);
	assert_memory_equal(got, all, sizeof(all));
	amounts_get(&a, 1, 2, got);
	assert_memory_equal(got, all + 1, 2 * sizeof(*all));
	amounts_clear(&a);
}

/* Whoever lets go of them first leaves them to the other. */
static void shared(void **state)
{
	static const int64_t some[N] = { 1, 2, MONEY_NONE, 4, 5 };

	(void)state;
	for (int first = 0; first < 2; first++) {
		struct amounts a, with[2] = { 0 };

		MUST(amounts_init(&a, N, &e));
		MUST(amounts_put(&a, 0, some, N, &e));
		MUST(amounts_share(&a, &with[0], &e));
		MUST(amounts_share(&a, &with[1], &e));
		amounts_clear(first ? &a : &with[0]);
		amounts_clear(first ? &with[0] : &a);
		for (uint32_t i = 0; i < N; i++)
			assert_true(amounts_at(&with[1], i) == some[i]);
		amounts_clear(&with[1]);
		amounts_clear(&with[1]);
	}
}

static void none_at_all(void **state)
{
	struct amounts a;

	(void)state;
	MUST(amounts_init(&a, 0, &e));
	MUST(amounts_put(&a, 0, NULL, 0, &e));
	amounts_clear(&a);
	amounts_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges),
		cmocka_unit_test(grows_with_what_is_there),
		cmocka_unit_test(shared),
		cmocka_unit_test(none_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
