/*
 * Chart: series of numbers over days as a picture with axes, numbers on them, a reading
 * cursor, and marks where the policy changed. Lines are Braille dots; stacked bands are
 * blocks. The one module that draws charts; sparklines and bars are draw.h's.
 */
#ifndef TUI_CHART_H
#define TUI_CHART_H

#include "tui/draw.h"

enum chart_kind { CHART_LINES, CHART_STACK };

struct chart_series {
	const char *name;
	enum role role;
	char letter;     /* of its line, where dots can't tell series apart */
	const double *y; /* one per x; NaN: not known */
};

struct chart {
	enum chart_kind kind;
	const char *unit;   /* "%", "accounts", "" */
	int n;              /* points */
	const int32_t *day; /* ascending */
	const struct chart_series *series;
	int series_n;
	double low, high; /* of the y axis; equal: from the data, in round steps */
	double level;     /* a line across (a cap, a threshold); NaN: none */
	const char *level_name;
	const int32_t *policy_day; /* days of a new policy version */
	int policy_n;
	int cursor; /* index of the point being read, -1: none */
};

/* Draws it into r: y numbers at the left, days below, legend in the last row with the
 * values at the cursor. */
void chart_paint(struct canvas *c, struct rect r, const struct chart *chart);
/* The point nearest to a column of the screen, -1: outside. */
int chart_at(const struct chart *chart, struct rect r, int column);

#endif
