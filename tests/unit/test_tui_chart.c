/* Charts: round steps, labels that have room, and pictures in any size. */
#include "tui/chart.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/rows_text.h"
#include "tui/chart_axis.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct arena arena;

static bool near(double a, double b)
{
	return fabs(a - b) < 1e-9;
}

static void round_steps(void **state)
{
	static const struct {
		double low, high;
		int labels;
		double from, to, step;
		int decimals;
	} rows[] = {
		{ 0, 100, 11, 0, 100, 10, 0 },
		{ 0, 100, 6, 0, 100, 20, 0 },
		{ 0, 100, 3, 0, 100, 50, 0 },
		{ 0, 100, 2, 0, 100, 100, 0 },
		{ 0, 100, 1, 0, 100, 100, 0 },
		{ 3, 97, 6, 0, 100, 20, 0 },
		{ 94.2, 101.9, 6, 94, 102, 2, 0 },
		{ 99.1, 100.6, 6, 99, 101, 0.5, 1 },
		{ 0, 0.35, 5, 0, 0.4, 0.1, 1 },
		{ 0.01, 0.034, 4, 0.01, 0.04, 0.01, 2 },
		{ -7, 7, 4, -10, 10, 10, 0 },
		{ 0, 1234567, 5, 0, 1500000, 500000, 0 },
		{ 0, 0, 3, 0, 1, 0.5, 1 },
		{ 50, 50, 3, 45, 55, 5, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct chart_scale s =
			chart_scale(rows[i].low, rows[i].high, rows[i].labels);

		if (!near(s.low, rows[i].from) || !near(s.high, rows[i].to) ||
			!near(s.step, rows[i].step) || s.decimals != rows[i].decimals)
			fail_msg("%g..%g in %d: %g..%g step %g, %d decimals", rows[i].low,
				rows[i].high, rows[i].labels, s.low, s.high, s.step,
				s.decimals);
	}
}

/* Whatever the numbers: around them, round, and no more labels than asked for. */
static void any_scale(void **state)
{
	(void)state;
	for (int i = 0; i < 2000; i++) {
		const double low = (i % 37) * pow(10, i % 7 - 3) - (i % 5) * 11;
		const double high = low + (i % 91) * pow(10, i % 9 - 4);
		const int labels = 2 + i % 10;
		const struct chart_scale s = chart_scale(low, high, labels);
		const double steps = (s.high - s.low) / s.step;
		const double tiny = 1e-5 * s.step;
		double digits = s.step;

		assert_true(s.low <= low + tiny && s.high >= high - tiny);
		assert_true(s.low < s.high && steps < labels - 1 + 0.5);
		assert_true(fabs(steps - round(steps)) < 1e-3);
		while (digits < 0.99)
			digits *= 10;
		while (digits > 9.99)
			digits /= 10;
		assert_true(near(digits, 1) || near(digits, 2) || near(digits, 5) ||
			    fabs(digits - round(digits)) < 1e-6);
	}
	assert_true(near(chart_scale(NAN, NAN, 3).high, 1));
	assert_true(near(chart_scale(-INFINITY, 5, 3).low, 0));
}

static void labels_have_room(void **state)
{
	static const struct {
		const char *from, *to;
		int columns;
		const char *labels;
	} rows[] = {
		{ "2025-04-06", "2026-03-29", 72,
			"2025-05 2025-07 2025-09 2025-11 2026-01 2026-03 " },
		{ "2025-04-06", "2026-03-29", 40, "2025-07 2025-10 2026-01 " },
		{ "2024-04-01", "2026-03-29", 100,
			"2024-04 2024-07 2024-10 2025-01 2025-04 2025-07 2025-10 "
			"2026-01 " },
		{ "2026-01-04", "2026-03-01", 60,
			"2026-01-04 2026-01-18 2026-02-01 2026-02-15 " },
		{ "2026-03-01", "2026-03-05", 60,
			"2026-03-01 2026-03-02 2026-03-03 "
			"2026-03-04 " },
		{ "2026-03-01", "2026-03-01", 30, "" },
		{ "2025-04-06", "2026-03-29", 14, "2025-04-06 " },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct chart_tick t[CHART_TICKS_MAX];
		char got[512] = "";
		const int n = chart_day_ticks(
			day_of(rows[i].from), day_of(rows[i].to), rows[i].columns, t);

		for (int k = 0; k < n; k++) {
			snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s ",
				t[k].text);
			assert_true(t[k].column >= 0);
			assert_true(
				t[k].column + (int)strlen(t[k].text) <= rows[i].columns);
			if (k > 0)
				assert_true(
					t[k].column >=
					t[k - 1].column + (int)strlen(t[k - 1].text) + 2);
		}
		assert_string_equal(got, rows[i].labels);
	}
	for (int columns = 1; columns < 200; columns++) {
		struct chart_tick t[CHART_TICKS_MAX];
		const int n = chart_day_ticks(19000, 19000 + columns * 37, columns, t);

		for (int k = 0; k < n; k++)
			assert_true(
				t[k].column + (int)strlen(t[k].text) <= columns &&
				(k == 0 || t[k].column >
						   t[k - 1].column +
							   (int)strlen(t[k - 1].text)));
	}
}

/* ---- pictures ------------------------------------------------------------------- */

enum { POINTS = 9 };

static const double rising[POINTS] = { 10, 20, 30, 40, 50, 60, 70, 80, 90 };
static const double holes[POINTS] = { 90, NAN, 70, 70, NAN, NAN, 10, 0, 120 };
static int32_t days[POINTS];
static const struct chart_series two[] = { { "rising", ROLE_GOOD, 'R', rising },
	{ "holes", ROLE_BAD, 'H', holes } };
static const struct chart_level level = { 50, "half", NULL };
static struct chart_version version = { 0, 7 };

static struct chart example(enum chart_kind kind)
{
	for (int i = 0; i < POINTS; i++)
		days[i] = 20000 + 7 * i;
	version.day = days[4];
	return (struct chart){ .kind = kind,
		.unit = "%",
		.n = POINTS,
		.day = days,
		.series = two,
		.series_n = 2,
		.high = 100,
		.level = &level,
		.level_n = 1,
		.version = &version,
		.version_n = 1,
		.cursor = 4 };
}

/* In every size, also those without room, nothing outside is touched. */
static void any_size(void **state)
{
	(void)state;
	for (int rows = 0; rows < 30; rows++) {
		for (int columns = 0; columns < 90; columns += 3) {
			struct chart chart =
				example(rows % 2 ? CHART_STACK : CHART_LINES);
			struct rect r = { 1, 2, rows, columns };
			struct canvas c;

			canvas_init(&c, rows % 3 == 0);
			canvas_reset(&c, rows + 2, columns + 4);
			chart_paint(&c, r, &chart);
			chart.cursor = -1;
			chart.n = rows % (POINTS + 1);
			chart_paint(&c, r, &chart);
			for (int i = 0; i < c.rows * c.columns; i++) {
				int row = i / c.columns, column = i % c.columns;

				if (row < 1 || row > rows || column < 2 ||
					column >= 2 + columns)
					assert_true(c.tile[i].n == 1 &&
						    c.tile[i].s[0] == ' ');
			}
			canvas_clear(&c);
		}
	}
}

static const char *dump(enum chart_kind kind, int cursor, bool ascii)
{
	struct chart chart = example(kind);
	struct rect r = { 0, 0, 12, 50 };
	struct canvas c;
	char *text;

	chart.cursor = cursor;
	canvas_init(&c, ascii);
	canvas_reset(&c, 12, 50);
	chart_paint(&c, r, &chart);
	text = canvas_dump(&c, &arena);
	canvas_clear(&c);
	assert_non_null(text);
	return text;
}

static void what_it_says(void **state)
{
	const char *lines = dump(CHART_LINES, 4, false);

	(void)state;
	assert_non_null(strstr(lines, "100 %"));
	assert_non_null(strstr(lines, "rising 50 %"));
	assert_non_null(strstr(lines, "holes --"));
	assert_non_null(strstr(lines, "v7 from 2024-11-01"));
	assert_non_null(strstr(lines, " half "));
	lines = dump(CHART_LINES, 5, false);
	assert_non_null(strstr(lines, "◆v7"));
	assert_non_null(strstr(lines, "2024-11-08"));
	assert_null(strstr(lines, "v7 from")); /* it begins at the point before */
	lines = dump(CHART_LINES, 3, true);
	assert_non_null(strstr(lines, "RRR"));
	assert_non_null(strstr(lines, "HHH"));
	lines = dump(CHART_STACK, 0, true);
	assert_non_null(strstr(lines, "HHH"));
	for (const char *s = lines; *s; s++)
		assert_true(*s == '\n' || (*s >= ' ' && *s <= '~'));
}

/* A level may change at a point, and not be known before; its name is at the newest. */
static void levels_that_change(void **state)
{
	static const double at[POINTS] = { NAN, NAN, 20, 20, 20, 80, 80, 80, 80 };
	static const struct chart_level cap = { NAN, "cap", at };
	struct chart chart = example(CHART_LINES);
	const struct rect r = { 0, 0, 24, 80 };
	int dots[2] = { 0 }, row[2] = { -1, -1 }, first[2] = { 80, 80 };
	struct canvas c;

	(void)state;
	chart.series_n = 0;
	chart.level = &cap;
	chart.version_n = 0;
	chart.cursor = -1;
	canvas_init(&c, true);
	canvas_reset(&c, 24, 80);
	chart_paint(&c, r, &chart);
	for (int i = 0; i < 20 * c.columns; i++) { /* above the axis */
		const int half = i / c.columns < 11 ? 1 : 0;

		if (c.tile[i].n != 1 || c.tile[i].s[0] != '-')
			continue;
		assert_true(row[half] < 0 || row[half] == i / c.columns);
		row[half] = i / c.columns;
		first[half] = i % c.columns < first[half] ? i % c.columns : first[half];
		dots[half]++;
	}
	assert_true(dots[0] > 5 && dots[1] > 5);
	assert_in_range(
		first[0], chart_column(&chart, r, 2), chart_column(&chart, r, 2) + 1);
	assert_in_range(
		first[1], chart_column(&chart, r, 5), chart_column(&chart, r, 5) + 1);
	assert_non_null(strstr(canvas_dump(&c, &arena), "cap"));
	canvas_clear(&c);
}

/* A click on the column of a point finds the point. */
static void clicks(void **state)
{
	struct chart chart = example(CHART_LINES);
	struct rect r = { 3, 5, 12, 60 };

	(void)state;
	for (int i = 0; i < POINTS; i++)
		assert_int_equal(chart_at(&chart, r, chart_column(&chart, r, i)), i);
	assert_int_equal(chart_at(&chart, r, 5), -1);
	assert_int_equal(chart_at(&chart, r, 65), -1);
	assert_int_equal(chart_at(&chart, (struct rect){ 0, 0, 5, 60 }, 20), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(round_steps),
		cmocka_unit_test(any_scale),
		cmocka_unit_test(labels_have_room),
		cmocka_unit_test(any_size),
		cmocka_unit_test(what_it_says),
		cmocka_unit_test(levels_that_change),
		cmocka_unit_test(clicks),
	};
	int failed;

	arena_init(&arena);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_clear(&arena);
	return failed;
}
