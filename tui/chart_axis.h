/* The arithmetic of axes: round steps for numbers, calendar steps for days, and which
 * labels have room. Nothing is drawn here. */
#ifndef TUI_CHART_AXIS_H
#define TUI_CHART_AXIS_H

#include <stdint.h>

#include "core/day.h"

/* Numbers from low to high in steps of 1, 2 or 5 times a power of ten. */
struct chart_scale {
	double low, high, step;
	int decimals; /* that the numbers need */
};

/* The smallest round scale around low..high with at most `labels` numbers on it (at
 * least two). Equal ends are widened; what is no number counts as 0..1. */
struct chart_scale chart_scale(double low, double high, int labels);
/* The same, ends kept as they are. */
struct chart_scale chart_scale_within(double low, double high, int labels);

struct chart_tick {
	int column;
	char text[DAY_TEXT_MAX]; /* "2026-03", or "2026-03-14" */
};

enum { CHART_TICKS_MAX = 64 };

/* Column of a day on an axis of so many columns. */
int chart_day_column(int32_t day, int32_t from, int32_t to, int columns);
/* Labels of days from..to, left to right, each beginning at its day, at least two
 * blanks apart and none beyond the end. Returns how many. */
int chart_month_ticks(int32_t from, int32_t to, int columns,
	struct chart_tick out[CHART_TICKS_MAX]); /* months only */
int chart_day_ticks(
	int32_t from, int32_t to, int columns, struct chart_tick out[CHART_TICKS_MAX]);

#endif
