/* Intervals, comparisons and waiting times against published figures. */
#include "core/interval.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/survival.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void near(const char *what, double is, double want, double within)
{
	if (!(fabs(is - want) <= within))
		fail_msg("%s: %.6f, not %.6f", what, is, want);
}

static void wilson(void **state)
{
	static const struct {
		uint64_t hits, n;
		double low, high;
	} rows[] = {
		{ 7, 50, 0.0695, 0.2619 },
		{ 0, 20, 0, 0.1611 },
		{ 20, 20, 0.8389, 1 },
		{ 3, 40, 0.0258, 0.1986 },
		{ 81, 263, 0.2553, 0.3662 }, /* Newcombe 1998 */
		{ 1, 1, 0.2065, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct interval w = interval_wilson(rows[i].hits, rows[i].n);

		near("low", w.low, rows[i].low, 5e-5);
		near("high", w.high, rows[i].high, 5e-5);
	}
	assert_true(interval_wilson(0, 20).low == 0 && interval_wilson(20, 20).high == 1);
	assert_true(
		isnan(interval_wilson(0, 0).low) && isnan(interval_wilson(0, 0).high));
}

static void two_shares(void **state)
{
	static const struct {
		uint64_t a, of_a, b, of_b;
		double z, p;
		bool small;
	} rows[] = {
		{ 30, 200, 50, 200, -2.500, 0.01242, false },
		{ 45, 60, 36, 60, 1.754, 0.0794, false },
		{ 5, 83, 12, 99, -1.408, 0.159, false },
		{ 1, 20, 4, 20, -1.434, 0.1515, true },
		{ 5, 20, 5, 20, 0, 1, false }, /* exactly 5 expected */
		{ 19, 20, 16, 20, 1.434, 0.1515, true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct interval_pair c = interval_compare(
			rows[i].a, rows[i].of_a, rows[i].b, rows[i].of_b);

		near("z", c.z, rows[i].z, 6e-4);
		near("p", c.p, rows[i].p, 6e-4);
		assert_int_equal(c.small, rows[i].small);
	}
	near("p", interval_compare(30, 200, 50, 200).p, 0.01242, 5e-6);
}

static void differences(void **state)
{
	static const struct {
		uint64_t a, of_a, b, of_b;
		double low, high;
	} rows[] = {
		{ 30, 200, 50, 200, -0.177, -0.022 },
		/* Newcombe 1998, table II, method 10 */
		{ 56, 70, 48, 80, 0.0524, 0.3339 },
		{ 9, 10, 3, 10, 0.1705, 0.8090 },
		{ 6, 7, 2, 7, 0.0582, 0.8062 },
		{ 0, 10, 0, 20, -0.1611, 0.2775 },
		{ 10, 10, 0, 10, 0.6075, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct interval_pair c = interval_compare(
			rows[i].a, rows[i].of_a, rows[i].b, rows[i].of_b);
		const double within = i == 0 ? 5e-4 : 5e-5;

		near("low", c.range.low, rows[i].low, within);
		near("high", c.range.high, rows[i].high, within);
	}
}

static void nothing_to_compare(void **state)
{
	const struct interval_pair none = interval_compare(1, 2, 0, 0);
	const struct interval_pair same = interval_compare(0, 30, 0, 40);

	(void)state;
	assert_true(isnan(none.difference) && isnan(none.z) && isnan(none.range.low));
	assert_true(none.small);
	assert_true(same.difference == 0 && isnan(same.z) && isnan(same.p) && same.small);
}

static void groups(void **state)
{
	(void)state;
	assert_int_equal(interval_group_size(0.25, 0.15), 250);
	assert_int_equal(interval_group_size(0.10, 0.05), 435);
	assert_int_equal(interval_group_size(0.05, 0.10), 435);
	assert_int_equal(interval_group_size(0.3, 0.3), 0);
	assert_int_equal(interval_group_size(-0.1, 0.3), 0);
}

static void nps(void **state)
{
	const struct interval_nps n = interval_nps(30, 20, 100);

	(void)state;
	near("score", n.score, 10, 1e-9);
	near("margin", n.margin, 13.7, 0.05);
	near("all of one mind", interval_nps(8, 0, 8).margin, 0, 1e-9);
	near("worst", interval_nps(0, 8, 8).score, -100, 1e-9);
	assert_true(isnan(interval_nps(0, 0, 0).score));
}

/* Freireich 1963, 6-MP, weeks in remission; as in every textbook of survival analysis. */
static void textbook(void **state)
{
	static const int came[] = { 6, 6, 6, 7, 10, 13, 16, 22, 23 };
	static const int seen[] = { 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35 };
	static const struct {
		int day;
		double left;
	} rows[] = { { 5, 1 }, { 6, 0.8571 }, { 7, 0.8067 }, { 10, 0.7529 },
		{ 12, 0.7529 }, { 13, 0.6902 }, { 16, 0.6275 }, { 22, 0.5378 },
		{ 23, 0.4482 }, { 35, 0.4482 } };
	struct survival s = { 0 };

	(void)state;
	for (size_t i = 0; i < LENGTH(came); i++)
		survival_add(&s, came[i], true);
	for (size_t i = 0; i < LENGTH(seen); i++)
		survival_add(&s, seen[i], false);
	for (size_t i = 0; i < LENGTH(rows); i++)
		near("left", 1 - survival_within(&s, rows[i].day), rows[i].left, 5e-5);
	assert_true(isnan(survival_within(&s, 36))); /* nobody was watched so long */
	assert_int_equal(survival_median(&s), 23);
	assert_int_equal(s.n, 21);
	assert_int_equal(s.came, 9);
}

/* One of 24 a day: the twelfth is half of them, whatever the last digits say. */
static void half_on_paper(void **state)
{
	(void)state;
	for (int n = 2; n <= 60; n += 2) {
		struct survival s = { 0 };

		for (int day = 1; day <= n; day++)
			survival_add(&s, day, true);
		if (survival_median(&s) != n / 2)
			fail_msg("%d: %d", n, (int)survival_median(&s));
	}
}

/* What takes longer than is counted is as if nobody had seen its end; what is over before
 * it began took no day. */
static void longest_and_shortest(void **state)
{
	static const struct {
		int32_t days;
		uint32_t came;
	} rows[] = { { -1, 1 }, { 0, 1 }, { SURVIVAL_DAYS - 1, 1 }, { SURVIVAL_DAYS, 0 },
		{ INT32_MAX, 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct survival s = { 0 };

		survival_add(&s, rows[i].days, true);
		assert_int_equal(s.n, 1);
		assert_int_equal(s.came, rows[i].came);
		assert_int_equal(s.seen_to[SURVIVAL_DAYS - 1], rows[i].came ? 0 : 1);
	}
}

static void waiting(void **state)
{
	struct survival s = { 0 };

	(void)state;
	assert_int_equal(survival_median(&s), -1);
	assert_true(isnan(survival_within(&s, 7)));
	survival_add(&s, 10, true);
	survival_add(&s, 20, true);
	assert_int_equal(survival_median(&s), 10); /* exactly half */
	near("half", survival_within(&s, 19), 0.5, 1e-12);
	near("all", survival_within(&s, 400), 1, 1e-12); /* it came to everybody */
	survival_add(&s, 2, false); /* left before anything was seen of it */
	assert_int_equal(survival_median(&s), 10);
	survival_add(&s, 30, false);
	assert_int_equal(survival_median(&s), 20);
	survival_add(&s, 40, false);
	assert_int_equal(survival_median(&s), 20); /* 3/4 of 2/3, a half on paper */
	survival_add(&s, 50, false);
	assert_int_equal(survival_median(&s), -1);
	memset(&s, 0, sizeof(s));
	survival_add(&s, -3, true);
	survival_add(&s, 5000, true);
	near("at once", survival_within(&s, 0), 0.5, 1e-12);
	assert_int_equal(s.came, 1);
}

static void compounded(void **state)
{
	(void)state;
	near("5 % a month", 100 * survival_compound(0.05, 12), 46.0, 0.05);
	near("1 % a month", 100 * survival_compound(0.01, 12), 11.4, 0.05);
	assert_true(survival_compound(0, 12) == 0 && survival_compound(1, 1) == 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(wilson),
		cmocka_unit_test(two_shares),
		cmocka_unit_test(differences),
		cmocka_unit_test(nothing_to_compare),
		cmocka_unit_test(groups),
		cmocka_unit_test(nps),
		cmocka_unit_test(textbook),
		cmocka_unit_test(half_on_paper),
		cmocka_unit_test(longest_and_shortest),
		cmocka_unit_test(waiting),
		cmocka_unit_test(compounded),
	};

	return cmocka_run_group_tests_name("interval", tests, NULL, NULL);
}
