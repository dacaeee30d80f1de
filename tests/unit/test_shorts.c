/* Shorts: the same come back, however many bytes they take. */
#include "core/shorts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/support/rows_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
enum { N = 5 };

/* The last that fits, and the first that does not, on either side. */
static void edges(void **state)
{
	static const struct {
		int32_t near, v;
		bool fits;
	} rows[] = {
		{ SHORTS_IDS, 0, true },
		{ SHORTS_IDS, 65534, true },
		{ SHORTS_IDS, 65535, false },
		{ SHORTS_IDS, 65536, false },
		{ SHORTS_IDS, -1, false },
		{ SHORTS_IDS, DAY_NONE, true },
		{ SHORTS_DAYS, -12767, true },
		{ SHORTS_DAYS, -12768, false },
		{ SHORTS_DAYS, 52767, true },
		{ SHORTS_DAYS, 52768, false },
		{ SHORTS_DAYS, DAY_NONE, true },
		{ SHORTS_DAYS, DAY_NONE + 1, false },
		{ SHORTS_DAYS, INT32_MAX, false },
	};

	(void)state;
	for (size_t k = 0; k < LENGTH(rows); k++) {
		const int32_t all = rows[k].near;
		struct shorts s;

		MUST(shorts_init(&s, N, rows[k].near, all, &e));
		MUST(shorts_put(&s, 2, &rows[k].v, 1, &e));
		assert_true((s.wide == NULL) == rows[k].fits);
		assert_true((s.brief == NULL) != rows[k].fits);
		for (uint32_t i = 0; i < N; i++)
			assert_int_equal(shorts_at(&s, i), i == 2 ? rows[k].v : all);
		shorts_clear(&s);
	}
}

/* What was there before one came that does not fit stays. */
static void grows_with_what_is_there(void **state)
{
	static const int32_t first[] = { 7, DAY_NONE, 9 }, next[] = { INT32_MAX, 8 };
	static const int32_t all[] = { 7, DAY_NONE, 9, INT32_MAX, 8 };
	struct shorts s;
	int32_t got[N];

	(void)state;
	MUST(shorts_init(&s, N, SHORTS_DAYS, DAY_NONE, &e));
	assert_int_equal(shorts_at(&s, 4), DAY_NONE);
	MUST(shorts_put(&s, 0, first, 3, &e));
	assert_null(s.wide);
	shorts_get(&s, 0, 3, got);
	assert_memory_equal(got, first, sizeof(first));
	MUST(shorts_put(&s, 3, next, 2, &e));
	assert_non_null(s.wide);
	shorts_get(&s, 0, N, got);
	assert_memory_equal(got, all, sizeof(all));
	shorts_get(&s, 1, 2, got);
	assert_memory_equal(got, all + 1, 2 * sizeof(*all));
	shorts_clear(&s);
}

static void none_at_all(void **state)
{
	struct shorts s;

	(void)state;
	MUST(shorts_init(&s, 0, SHORTS_IDS, 0, &e));
	MUST(shorts_put(&s, 0, NULL, 0, &e));
	shorts_clear(&s);
	shorts_clear(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(edges),
		cmocka_unit_test(grows_with_what_is_there),
		cmocka_unit_test(none_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
