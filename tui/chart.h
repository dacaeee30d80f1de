/*
 * Chart: series of numbers over days as a picture with axes, numbers on them, a reading
 * cursor, and marks where the policy changed. Lines are Braille dots with a letter at
 * their end; stacked bands are blocks in five densities. Where the terminal knows only
 * ASCII both are letters. The one module that draws charts; sparklines and bars are
 * draw.h's, the arithmetic of axes is chart_axis.h's.
 *
 * It works from 20 x 6 up; in anything smaller nothing is drawn.
 */
#ifndef TUI_CHART_H
#define TUI_CHART_H

#include "tui/draw.h"

enum chart_kind {
	CHART_LINES,
	CHART_STACK, /* the first series at the bottom; five of them have own densities */
};

struct chart_series {
	const char *name;
	enum role role;
	char letter;     /* of its line or band, where colours can't tell them apart */
	const double *y; /* one per point; NaN: not known */
};

/* A line across: a cap, a threshold. */
struct chart_level {
	double y;
	const char *name;
	const double *at; /* from each point on; NaN: there was none. NULL: y all along */
};

/* A policy version and the first point's day it was in force for. */
struct chart_version {
	int32_t day, version;
};

struct chart {
	enum chart_kind kind;
	const char *unit;   /* "%": after the topmost number and after values; or "" */
	int decimals;       /* of the values in the legend */
	bool monthly;       /* a point is a month, and its day the first of it */
	int n;              /* points */
	const int32_t *day; /* ascending */
	int32_t from, to;   /* days of the x axis; equal: those of the points */
	const struct chart_series *series;
	int series_n;
	double low, high; /* of the y axis; equal: from the data, in round steps */
	const struct chart_level *level;
	int level_n;
	const struct chart_version *version; /* new ones, ascending by day */
	int version_n;
	int cursor; /* index of the point being read, -1: none */
};

/* Draws it into r: y numbers at the left, days below, and in the last rows the legend
 * with the values at the cursor. */
void chart_paint(struct canvas *c, struct rect r, const struct chart *chart);
/* The point nearest to a column of the screen, -1: outside the picture. */
int chart_at(const struct chart *chart, struct rect r, int column);
/* The column of the screen that a point lies in. */
int chart_column(const struct chart *chart, struct rect r, int point);

#endif
