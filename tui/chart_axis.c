#include "tui/chart_axis.h"

#include <math.h>
#include <stdio.h>

/* ---- numbers -------------------------------------------------------------------- */

static double round_step(double least)
{
	double power = 1;

	while (power * 10 <= least)
		power *= 10;
	while (power > least)
		power /= 10;
	/* A hair of tolerance: 0.1 / 10 * 10 is not 0.1. */
	if (least <= power * 1.000001)
		return power;
	if (least <= power * 2.000001)
		return power * 2;
	if (least <= power * 5.000001)
		return power * 5;
	return power * 10;
}

static int decimals_of(double step)
{
	int decimals = 0;

	while (step < 0.999999 && decimals < 6) {
		step *= 10;
		decimals++;
	}
	return decimals;
}

static void settle_ends(double *low, double *high)
{
	if (!isfinite(*low) || !isfinite(*high) || *low > *high) {
		*low = 0;
		*high = 1;
	}
	if (*high - *low >= 1e-9 * (1 + fabs(*high)))
		return;
	if (*low == 0) {
		*high = 1;
	} else {
		*low -= fabs(*high) * 0.05;
		*high += fabs(*high) * 0.05;
	}
}

struct chart_scale chart_scale(double low, double high, int labels)
{
	struct chart_scale s;
	double step;

	if (labels < 2)
		labels = 2;
	settle_ends(&low, &high);
	step = round_step((high - low) / (labels - 1));
	for (;;) {
		s.low = floor(low / step + 1e-6) * step;
		s.high = ceil(high / step - 1e-6) * step;
		if ((s.high - s.low) / step < labels - 1 + 0.5)
			break;
		/* Rounding outwards took a step more than there are labels. */
		step = round_step(step * 1.5);
	}
	s.step = step;
	s.decimals = decimals_of(step);
	return s;
}

struct chart_scale chart_scale_within(double low, double high, int labels)
{
	struct chart_scale s;

	if (labels < 2)
		labels = 2;
	settle_ends(&low, &high);
	s.low = low;
	s.high = high;
	s.step = round_step((high - low) / (labels - 1));
	s.decimals = decimals_of(s.step);
	return s;
}

/* ---- days ----------------------------------------------------------------------- */

int chart_day_column(int32_t day, int32_t from, int32_t to, int columns)
{
	if (to <= from)
		return columns - 1;
	return (int)(((int64_t)(day - from) * (columns - 1) * 2 + (to - from)) /
		     (2 * (int64_t)(to - from)));
}

enum { MONTH_TEXT = 7, DAY_TEXT = 10, APART = 2 };

/* The months between two labels so that each has room. */
static int month_step(int32_t from, int32_t to, int columns)
{
	static const int steps[] = { 1, 2, 3, 6, 12, 24, 60, 120 };
	const double months = (to - from) / 30.4;

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		/* The shortest month is a tenth shorter than the mean. */
		if (columns * 0.9 * steps[i] / months >= MONTH_TEXT + APART)
			return steps[i];
	return 1200;
}

static int add_tick(
	struct chart_tick *out, int n, int column, int columns, int32_t day, int width)
{
	char text[DAY_TEXT_MAX];
	const int after = n ? out[n - 1].column + width + APART : 0;

	if (n == CHART_TICKS_MAX || column < after || column + width > columns)
		return n;
	day_format(day, text);
	text[width] = '\0';
	out[n].column = column;
	snprintf(out[n].text, sizeof(out[n].text), "%s", text);
	return n + 1;
}

int chart_month_ticks(
	int32_t from, int32_t to, int columns, struct chart_tick out[CHART_TICKS_MAX])
{
	const int step = month_step(from, to, columns);
	int32_t day = day_month_start(from);
	int n = 0;

	if (day < from)
		day = day_add_months(day, 1);
	for (; day <= to && n < CHART_TICKS_MAX; day = day_add_months(day, 1)) {
		struct civil civil = day_civil(day);

		if ((civil.year * 12 + civil.month - 1) % step == 0)
			n = add_tick(out, n, chart_day_column(day, from, to, columns),
				columns, day, MONTH_TEXT);
	}
	return n;
}

/* Single days from the first on; whole weeks apart where less has no room. */
static int day_ticks(
	int32_t from, int32_t to, int columns, struct chart_tick out[CHART_TICKS_MAX])
{
	const double per_day = to > from ? (double)columns / (to - from) : columns;
	int32_t step = (int32_t)ceil((DAY_TEXT + APART + 1) / per_day);
	int n = 0;

	if (step > 3)
		step = (step + 6) / 7 * 7;
	for (int32_t day = from; day <= to; day += step)
		n = add_tick(out, n, chart_day_column(day, from, to, columns), columns,
			day, DAY_TEXT);
	return n;
}

int chart_day_ticks(
	int32_t from, int32_t to, int columns, struct chart_tick out[CHART_TICKS_MAX])
{
	int n = to - from >= 75 ? chart_month_ticks(from, to, columns, out) : 0;

	/* A short stretch, or one whose months all begin where no label has room. */
	if (n < 2)
		n = day_ticks(from, to, columns, out);
	return n;
}
