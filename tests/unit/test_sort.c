/* Sorting by numbers: order, stability and the keys made of integers and doubles. */
#include "core/sort.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <cmocka.h>

#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void keys_of_integers_ascend(void **state)
{
	static const int64_t rows[] = { INT64_MIN, INT64_MIN + 1, -4294967296, -2, -1, 0,
		1, 2, 2147483648, INT64_MAX - 1, INT64_MAX };

	(void)state;
	for (size_t i = 1; i < LENGTH(rows); i++)
		assert_true(sort_key_int(rows[i - 1]) < sort_key_int(rows[i]));
}

static void keys_of_doubles_ascend(void **state)
{
	static const double rows[] = { -INFINITY, -DBL_MAX, -100.5, -1, -0.5, -DBL_MIN, 0,
		DBL_MIN, 0.1, 0.30000000000000004, 49.999999999999993, 50, 100, DBL_MAX,
		INFINITY };

	(void)state;
	for (size_t i = 1; i < LENGTH(rows); i++)
		assert_true(sort_key_double(rows[i - 1]) < sort_key_double(rows[i]));
	assert_true(sort_key_double(-0.0) == sort_key_double(0.0));
	assert_true(sort_key_double(0.1 + 0.2) > sort_key_double(0.3));
}

/* 48 rows and fewer are sorted another way than more: both sides, and the passes that
 * a narrow key spares. */
static void sorts_and_keeps_ties_in_order(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 2, 3, 47, 48, 49, 50, 1000, 5000 };
	static const uint64_t ranges[] = { 1, 2, 10, 2048, 2049, 5000000 };
	uint64_t seed = 42;

	(void)state;
	for (size_t i = 0; i < LENGTH(sizes); i++)
		for (size_t r = 0; r < LENGTH(ranges); r++) {
			const uint32_t n = sizes[i];
			struct sort_item *items = calloc(n + 1u, sizeof(*items));
			uint64_t sum = 0, sum_after = 0;

			assert_non_null(items);
			for (uint32_t k = 0; k < n; k++) {
				items[k].key = rules_throw(&seed, (uint32_t)ranges[r]);
				if (r % 2) /* high digits too */
					items[k].key *= UINT64_C(0x100000001);
				items[k].index = k;
				sum += items[k].key ^ k;
			}
			assert_int_equal(sort_items(items, n, NULL), ST_OK);
			for (uint32_t k = 0; k < n; k++) {
				sum_after += items[k].key ^ items[k].index;
				if (k == 0)
					continue;
				assert_true(items[k - 1].key <= items[k].key);
				assert_true(items[k - 1].key < items[k].key ||
					    items[k - 1].index < items[k].index);
			}
			assert_true(sum == sum_after); /* nothing lost, nothing new */
			free(items);
		}
}

static uint64_t key_at(const void *keys, uint32_t index)
{
	return ((const uint64_t *)keys)[index];
}

/* Keys that differ in either half or in both, and ties: as sort_items has them. */
static void indices_are_sorted_alike(void **state)
{
	enum { N = 3000 };
	static const uint64_t factors[] = { 1, UINT64_C(1) << 32, UINT64_C(0x100000001),
		UINT64_C(0x9e3779b97f4a7c15) };
	static uint64_t key[N], order[N];
	static struct sort_item items[N];
	uint64_t seed = 44;

	(void)state;
	for (size_t f = 0; f < LENGTH(factors); f++)
		for (uint32_t n = 0; n <= N; n = n ? n * 55 - 1 : 1) {
			for (uint32_t k = 0; k < n; k++) {
				key[k] = rules_throw(&seed, 700) * factors[f];
				items[k] = (struct sort_item){ key[k], k };
				order[k] = k;
			}
			assert_int_equal(sort_items(items, n, NULL), ST_OK);
			assert_int_equal(
				sort_indices(order, n, key_at, key, NULL), ST_OK);
			for (uint32_t k = 0; k < n; k++)
				assert_int_equal((uint32_t)order[k], items[k].index);
		}
}

static void halves_are_sorted_alike(void **state)
{
	static const uint32_t sizes[] = { 0, 1, 2, 3, 49, 1000, 5000 };
	uint64_t seed = 43;

	(void)state;
	for (size_t i = 0; i < 4 * LENGTH(sizes); i++) {
		const uint32_t n = sizes[i / 4], range = i % 2 ? UINT32_MAX : 5;
		uint64_t *halves = calloc(n + 1u, sizeof(*halves));
		struct sort_item *items = calloc(n + 1u, sizeof(*items));

		assert_non_null(halves);
		assert_non_null(items);
		for (uint32_t k = 0; k < n; k++) {
			items[k].key =
				rules_throw(&seed, range) + (i % 4 == 2 ? 5000000u : 0u);
			items[k].index = k;
			halves[k] = items[k].key << 32 | k;
		}
		assert_int_equal(sort_items(items, n, NULL), ST_OK);
		assert_int_equal(sort_tops(halves, n, 32, NULL), ST_OK);
		for (uint32_t k = 0; k < n; k++)
			assert_true(halves[k] == (items[k].key << 32 | items[k].index));
		free(halves);
		free(items);
	}
}

static void the_whole_range_of_keys(void **state)
{
	struct sort_item items[200];

	(void)state;
	for (uint32_t k = 0; k < LENGTH(items); k++)
		items[k] = (struct sort_item){ k % 2 ? UINT64_MAX - k : (uint64_t)k << 58,
			k };
	assert_int_equal(sort_items(items, LENGTH(items), NULL), ST_OK);
	for (size_t k = 1; k < LENGTH(items); k++)
		assert_true(items[k - 1].key <= items[k].key);
	assert_true(items[LENGTH(items) - 1].key == UINT64_MAX - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_of_integers_ascend),
		cmocka_unit_test(keys_of_doubles_ascend),
		cmocka_unit_test(sorts_and_keeps_ties_in_order),
		cmocka_unit_test(indices_are_sorted_alike),
		cmocka_unit_test(halves_are_sorted_alike),
		cmocka_unit_test(the_whole_range_of_keys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
