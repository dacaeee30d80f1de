/* Capacity: bands, loads and heads at their edges. */
#include "core/capacity.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "core/book_capacity.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DOLLARS(n) ((int64_t)(n)*100)
#define MILLIONS(n) DOLLARS((n)*1e6)

static struct policy policy;

static void heads(void **state)
{
	static const struct {
		const char *why;
		int tier;
		uint32_t accounts;
		double millions;
		uint32_t min, target, max;
		bool feasible, min_by_arr, max_by_arr;
	} rows[] = {
		{ "the worked example", 1, 60, 12, 3, 6, 7, true, false, false },
		{ "its tier 2", 2, 180, 9, 3, 3, 4, true, false, false },
		{ "all others in tier 2", 2, 540, 12, 7, 9, 6, false, false, true },
		{ "nothing", 1, 0, 0, 0, 0, 0, true, false, false },
		{ "one account", 1, 1, 0.2, 1, 1, 0, false, false, false },
		{ "exactly full books", 1, 40, 8, 2, 4, 5, true, false, false },
		{ "one account more", 1, 41, 8, 3, 5, 5, true, false, false },
		{ "by ARR at its edge", 1, 40, 12, 3, 4, 5, true, true, false },
		{ "and a dollar more", 1, 40, 12.000001, 4, 4, 5, true, true, false },
		{ "small accounts", 1, 80, 9, 4, 8, 6, true, false, true },
		{ "the least of both", 1, 80, 10.5, 4, 8, 7, true, false, true },
		{ "tier 3 is pooled", 3, 360, 3, 0, 0, 0, true, false, false },
	};
	struct capacity_band band[TIER_COUNT];

	(void)state;
	capacity_bands(&policy, band);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct capacity_heads h;

		capacity_heads(&band[rows[i].tier - 1], rows[i].accounts,
			(int64_t)(rows[i].millions * 1e8), &h);
		if (h.min != rows[i].min || h.target != rows[i].target ||
			h.max != rows[i].max || h.feasible != rows[i].feasible ||
			h.min_by_arr != rows[i].min_by_arr ||
			h.max_by_arr != rows[i].max_by_arr)
			fail_msg("%s: %u/%u/%u %d %d %d", rows[i].why, h.min, h.target,
				h.max, h.feasible, h.min_by_arr, h.max_by_arr);
		assert_int_equal(h.pooled, rows[i].tier == 3);
	}
}

/* Who is there on a day: from the first to the last of theirs. */
static void there(void **state)
{
	static const struct {
		int32_t from, until; /* DAY_NONE: open */
		double capacity;     /* 0: not said */
		double share;        /* on day 100 */
	} rows[] = {
		{ DAY_NONE, DAY_NONE, 0, 1 },
		{ DAY_NONE, DAY_NONE, 0.75, 0.75 },
		{ 100, DAY_NONE, 0.5, 0.5 },
		{ 101, DAY_NONE, 0.5, 0 },
		{ DAY_NONE, 100, 0.5, 0.5 },
		{ DAY_NONE, 99, 0.5, 0 },
		{ 100, 100, 0, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct cell c[CSM_FIELDS] = { 0 };

		if (rows[i].from != DAY_NONE)
			c[F_CSM_ACTIVE_FROM] = CELL_OF_INT(rows[i].from);
		if (rows[i].until != DAY_NONE)
			c[F_CSM_ACTIVE_UNTIL] = CELL_OF_INT(rows[i].until);
		if (rows[i].capacity > 0)
			c[F_CSM_CAPACITY] = CELL_OF_NUMBER(rows[i].capacity);
		if (capacity_share(c, 100) != rows[i].share)
			fail_msg("row %zu: %g", i, capacity_share(c, 100));
	}
}

static void heads_without_limits(void **state)
{
	const struct capacity_band free = { 0, 10, 20, 0, 0, false };
	const struct capacity_band tiny = { 1, 1, 1, 1, 1, false };
	struct capacity_heads h;

	(void)state;
	capacity_heads(&free, 30, MILLIONS(900), &h);
	assert_int_equal(h.min, 2);
	assert_int_equal(h.max, CAPACITY_ANY);
	assert_true(h.feasible);
	/* A number that no company has heads for stays one. */
	capacity_heads(&tiny, 1, MONEY_MAX, &h);
	assert_int_equal(h.min, UINT32_MAX);
}

static void loads(void **state)
{
	static const struct {
		const char *why;
		uint32_t n1, n2;
		double m1, m2, share;
		double count_max, arr_max, over, under;
		enum capacity_state state;
	} rows[] = {
		{ "half and half fill it", 10, 40, 2, 2.5, 1, 1, 1, 0, 0, CAPACITY_OK },
		{ "0.1 and 0.2 are 0.3", 2, 16, 0.4, 1, 0.3, 0.3, 0.3, 0, 0,
			CAPACITY_OK },
		{ "one account more", 11, 40, 2, 2.5, 1, 1.05, 1, 0.05, 0,
			CAPACITY_OVER },
		{ "a little more ARR", 10, 40, 2.04, 2.5, 1, 1, 1.01, 0.01, 0,
			CAPACITY_OVER },
		{ "exactly the least", 8, 0, 1.5, 0, 1, 0.4, 0.375, 0, 0, CAPACITY_OK },
		{ "one account less", 7, 0, 1.5, 0, 1, 0.35, 0.375, 0, 0.125,
			CAPACITY_UNDER },
		{ "too little ARR", 8, 0, 1.2, 0, 1, 0.4, 0.3, 0, 0.2, CAPACITY_UNDER },
		{ "too many of too little is over", 25, 0, 1.2, 0, 1, 1.25, 0.3, 0.25,
			0.2, CAPACITY_OVER },
		{ "half a CSM", 10, 0, 2, 0, 0.5, 0.5, 0.5, 0, 0, CAPACITY_OK },
		{ "half a CSM, one more", 11, 0, 2, 0, 0.5, 0.55, 0.5, 0.05, 0,
			CAPACITY_OVER },
		{ "nothing to do", 0, 0, 0, 0, 1, 0, 0, 0, 1, CAPACITY_UNDER },
		{ "not there", 0, 0, 0, 0, 0, 0, 0, 0, 0, CAPACITY_AWAY },
		{ "not there, and has some", 1, 0, 0.2, 0, 0, 0.05, 0.05, 0.05, 0,
			CAPACITY_AWAY },
	};
	struct capacity_band band[TIER_COUNT];

	(void)state;
	capacity_bands(&policy, band);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct capacity_book book = {
			{ rows[i].n1, rows[i].n2, 900 },
			{ (int64_t)(rows[i].m1 * 1e8), (int64_t)(rows[i].m2 * 1e8),
				MILLIONS(90) },
		};
		struct capacity_load l;

		capacity_load(band, &book, rows[i].share, &l);
		if (l.state != rows[i].state ||
			fabs(l.count_max - rows[i].count_max) > 1e-9 ||
			fabs(l.arr_max - rows[i].arr_max) > 1e-9 ||
			fabs(l.over - rows[i].over) > 1e-9 ||
			fabs(l.under - rows[i].under) > 1e-9)
			fail_msg("%s: %s, %g %g, over %g, under %g", rows[i].why,
				capacity_state_name[l.state], l.count_max, l.arr_max,
				l.over, l.under);
	}
}

static void pooled_fills_nothing(void **state)
{
	const struct capacity_book book = { { 0, 500, 0 }, { 0, MILLIONS(50), 0 } };
	struct capacity_band band[TIER_COUNT];
	struct policy pooled = policy;
	struct capacity_load l;
	struct capacity_heads h;

	(void)state;
	pooled.number[POLICY_CAP_T2_POOLED] = 1;
	capacity_bands(&pooled, band);
	capacity_load(band, &book, 1, &l);
	assert_true(l.count_max == 0 && l.arr_max == 0);
	assert_int_equal(l.state, CAPACITY_UNDER);
	capacity_heads(&band[1], 500, MILLIONS(50), &h);
	assert_true(h.pooled && h.target == 0 && h.feasible);
	assert_true(capacity_hours(&pooled, &book) == 0);
}

/* 10 accounts of tier 1 in 12 talks of 75 minutes, 60 of tier 2 in 3 of 60, 13 weeks. */
static void hours(void **state)
{
	const struct capacity_book book = { { 10, 60, 700 }, { 0, 0, 0 } };

	(void)state;
	assert_true(fabs(capacity_hours(&policy, &book) -
			    (10 * 12 * 75 + 60 * 3 * 60) / 60.0 / 13) < 1e-9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads),
		cmocka_unit_test(there),
		cmocka_unit_test(heads_without_limits),
		cmocka_unit_test(loads),
		cmocka_unit_test(pooled_fills_nothing),
		cmocka_unit_test(hours),
	};

	policy_default(&policy);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
