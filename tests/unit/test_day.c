/* Calendar days: every day of three centuries, and what must not be taken for one. */
#include "core/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <limits.h>
#include <stdint.h>
#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* Counts the calendar by hand: the conversion must agree on every single day. */
static void test_every_day(void **state)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int32_t day = DAY_MIN;
	(void)state;
	for (int y = 1900; y <= 2199; y++) {
		bool leap = (y % 4 == 0 && y % 100 != 0) || y == 2000;
		for (int m = 1; m <= 12; m++) {
			int length = lengths[m - 1] + (m == 2 && leap);
			for (int d = 1; d <= length; d++, day++) {
				int32_t got = 0;
				char text[DAY_TEXT_MAX];
				struct civil c = day_civil(day);
				assert_true(day_from_civil(y, m, d, &got));
				assert_int_equal(got, day);
				assert_true(c.year == y && c.month == m && c.day == d);
				assert_true(day_parse(
					text_of(day_format(day, text)), DAY_ISO, &got));
				assert_int_equal(got, day);
				assert_int_equal(day_month_start(day), day - d + 1);
			}
			assert_false(day_from_civil(y, m, length + 1, &(int32_t){ 0 }));
		}
	}
	assert_int_equal(day - 1, DAY_MAX);
}

static void test_known(void **state)
{
	static const struct {
		const char *text;
		int32_t day;
	} rows[] = { { "1970-01-01", 0 }, { "1969-12-31", -1 }, { "1900-01-01", DAY_MIN },
		{ "1900-02-28", -25509 }, { "1900-03-01", -25508 },
		{ "2000-02-29", 11016 }, { "2024-02-29", 19782 }, { "2038-01-19", 24855 },
		{ "2100-02-28", 47540 }, { "2100-03-01", 47541 },
		{ "2199-12-31", DAY_MAX } };
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int32_t day = 0;
		char text[DAY_TEXT_MAX];
		assert_true(day_parse(text_of(rows[i].text), DAY_ISO, &day));
		assert_int_equal(day, rows[i].day);
		assert_string_equal(day_format(day, text), rows[i].text);
	}
}

static void test_format_out_of_range(void **state)
{
	static const int32_t days[] = { DAY_NONE, DAY_NONE + 1, DAY_MIN - 1, DAY_MAX + 1,
		INT32_MAX };
	(void)state;
	for (size_t i = 0; i < LENGTH(days); i++) {
		char text[DAY_TEXT_MAX] = "x";
		assert_string_equal(day_format(days[i], text), "");
		(void)day_civil(days[i]); /* no overflow either */
	}
}

static void test_accepted(void **state)
{
	static const struct {
		const char *text;
		enum day_order order;
		const char *iso;
	} rows[] = {
		{ "2024-03-05", DAY_DMY, "2024-03-05" },
		{ "2024-03-05", DAY_MDY, "2024-03-05" },
		{ "5.3.2024", DAY_DMY, "2024-03-05" },
		{ "05.03.2024", DAY_DMY, "2024-03-05" },
		{ "5/3/2024", DAY_DMY, "2024-03-05" },
		{ "5-3-2024", DAY_DMY, "2024-03-05" },
		{ "3/5/2024", DAY_MDY, "2024-03-05" },
		{ "03-05-2024", DAY_MDY, "2024-03-05" },
		{ "31/12/2199", DAY_DMY, "2199-12-31" },
		{ "12/31/2199", DAY_MDY, "2199-12-31" },
		{ "29.2.2024", DAY_DMY, "2024-02-29" },
		{ "2024-03-05 10:20", DAY_ISO, "2024-03-05" },
		{ "2024-03-05T10:20:30", DAY_ISO, "2024-03-05" },
		{ "2024-03-05T10:20:30Z", DAY_ISO, "2024-03-05" },
		{ "2024-03-05T10:20:30.123456789Z", DAY_ISO, "2024-03-05" },
		{ "2024-03-05T23:59:60", DAY_ISO, "2024-03-05" },
		{ "2024-03-05 10:20:30+0200", DAY_ISO, "2024-03-05" },
		{ "2024-03-05 10:20:30+02:00", DAY_ISO, "2024-03-05" },
		{ "2024-03-05 10:20:30-08", DAY_ISO, "2024-03-05" },
		{ "2024-03-05 10:20:30 UTC", DAY_ISO, "2024-03-05" },
		{ "2024-03-05 00:00:00 +0000", DAY_ISO, "2024-03-05" },
		{ "3/5/2024 3:45 PM", DAY_MDY, "2024-03-05" },
		{ "3/5/2024 12:00:00am", DAY_MDY, "2024-03-05" },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int32_t day = DAY_NONE;
		char text[DAY_TEXT_MAX];
		if (!day_parse(text_of(rows[i].text), rows[i].order, &day))
			fail_msg("%s was refused", rows[i].text);
		assert_string_equal(day_format(day, text), rows[i].iso);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *text;
		enum day_order order;
	} rows[] = {
		{ "", DAY_ISO },
		{ "2024", DAY_ISO },
		{ "2024-02-30", DAY_ISO },
		{ "2023-02-29", DAY_ISO },
		{ "1900-02-29", DAY_ISO },
		{ "2100-02-29", DAY_ISO },
		{ "2024-04-31", DAY_ISO },
		{ "2024-00-10", DAY_ISO },
		{ "2024-13-01", DAY_ISO },
		{ "2024-01-00", DAY_ISO },
		{ "2024-01-32", DAY_ISO },
		{ "1899-12-31", DAY_ISO },
		{ "2200-01-01", DAY_ISO },
		{ "9999-12-31", DAY_ISO },
		{ "0000-00-00", DAY_ISO },
		{ "10000-01-01", DAY_ISO },
		{ "-2024-01-01", DAY_ISO },
		{ "2024-1-5", DAY_ISO },
		{ "2024/01/05", DAY_ISO },
		{ "24-01-05", DAY_ISO },
		{ "20240105", DAY_ISO },
		{ "2024-01-05x", DAY_ISO },
		{ " 2024-01-05", DAY_ISO },
		{ "2024-01-05 ", DAY_ISO },
		{ "2024-01-05 10", DAY_ISO },
		{ "2024-01-05 24:00", DAY_ISO },
		{ "2024-01-05 10:60", DAY_ISO },
		{ "2024-01-05 10:20:61", DAY_ISO },
		{ "2024-01-05 10:20:30.", DAY_ISO },
		{ "2024-01-05 10:20 ", DAY_ISO },
		{ "2024-01-05 10:20 XYZ", DAY_ISO },
		{ "2024-01-05 10:20+2", DAY_ISO },
		{ "2024-01-05 10:20+02:", DAY_ISO },
		{ "2024-01-05 10:20+0260", DAY_ISO },
		{ "2024-01-05 13:20 PM", DAY_ISO },
		{ "2024-01-05 0:20 AM", DAY_ISO },
		{ "2024-01-05T", DAY_ISO },
		{ "2024-01-05TT10:20", DAY_ISO },
		{ "5.3.2024", DAY_ISO },
		{ "3/5/2024", DAY_ISO },
		{ "31.4.2024", DAY_DMY },
		{ "29.2.2023", DAY_DMY },
		{ "13/1/2024", DAY_MDY },
		{ "1/13/2024", DAY_DMY },
		{ "5.3/2024", DAY_DMY },
		{ "5.3.24", DAY_DMY },
		{ "5..2024", DAY_DMY },
		{ "005.3.2024", DAY_DMY },
		{ "5.3.20245", DAY_DMY },
		{ "5 3 2024", DAY_DMY },
		{ "2024-0\xD9\xA1-05", DAY_ISO },
		{ "today", DAY_DMY },
		{ "NULL", DAY_ISO },
		{ "45000", DAY_DMY },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int32_t day = 4711;
		if (day_parse(text_of(rows[i].text), rows[i].order, &day))
			fail_msg("%s was taken for a day", rows[i].text);
		assert_int_equal(day, 4711);
	}
	assert_false(
		day_parse((struct text){ "2024-01-05\0", 11 }, DAY_ISO, &(int32_t){ 0 }));
	assert_false(day_parse((struct text){ NULL, 0 }, DAY_DMY, &(int32_t){ 0 }));
	assert_true(day_parse(
		(struct text){ "2024-01-05junk", 10 }, DAY_ISO, &(int32_t){ 0 }));
}

static void test_from_civil_extremes(void **state)
{
	static const int values[] = { INT_MIN, -1, 0, 32, 1899, 2200, INT_MAX };
	int32_t day;
	(void)state;
	for (size_t i = 0; i < LENGTH(values); i++) {
		assert_false(day_from_civil(values[i], 1, 1, &day));
		assert_false(day_from_civil(2024, values[i], 1, &day));
		assert_false(day_from_civil(2024, 1, values[i], &day));
	}
}

static void test_add_months(void **state)
{
	static const struct {
		const char *from;
		int months;
		const char *to;
	} rows[] = { { "2024-01-31", 0, "2024-01-31" }, { "2024-01-31", 1, "2024-02-29" },
		{ "2023-01-31", 1, "2023-02-28" }, { "2024-03-31", -1, "2024-02-29" },
		{ "2024-02-29", 12, "2025-02-28" }, { "2024-02-29", 48, "2028-02-29" },
		{ "2024-02-29", -48, "2020-02-29" }, { "2024-12-15", 1, "2025-01-15" },
		{ "2024-01-15", -1, "2023-12-15" }, { "2024-05-31", 13, "2025-06-30" },
		{ "2199-12-31", 1, "2199-12-31" }, { "1900-01-01", -1, "1900-01-01" },
		{ "2024-01-01", INT_MAX, "2199-12-31" },
		{ "2024-01-01", INT_MIN, "1900-01-01" },
		{ "2199-11-30", 1, "2199-12-30" } };
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int32_t from = 0;
		char text[DAY_TEXT_MAX];
		assert_true(day_parse(text_of(rows[i].from), DAY_ISO, &from));
		assert_string_equal(
			day_format(day_add_months(from, rows[i].months), text),
			rows[i].to);
	}
	assert_int_equal(day_add_months(DAY_NONE, 1), DAY_NONE);
	assert_int_equal(day_month_start(DAY_NONE), DAY_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_format_out_of_range),
		cmocka_unit_test(test_accepted),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_from_civil_extremes),
		cmocka_unit_test(test_add_months),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
