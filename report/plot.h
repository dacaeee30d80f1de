/*
 * Plots: charts with numbered axes and their units, as wide as a document. What is behind
 * every one: legend above, axis titles, labels that never touch each other.
 */
#ifndef REPORT_PLOT_H
#define REPORT_PLOT_H

#include "report/drawing.h"

enum plot_unit { PLOT_COUNT, PLOT_PERCENT, PLOT_MONEY, PLOT_POINTS };
enum { PLOT_SERIES = 6, PLOT_PARTS = 4 };

/* Sizes of type in charts. */
#define PLOT_SMALL 7.0
#define PLOT_LABEL 8.0

/* Where an axis begins and ends, and its numbers in between. */
struct plot_scale {
	double from, to, step;
};
/* Round numbers around them, about so many; whole steps of what is counted. */
struct plot_scale plot_scale(double from, double to, int want, enum plot_unit unit);
/* A number of an axis: "250", "40 %", "$ 1.5M". Money in cents. */
#define PLOT_NUMBER_MAX 40
const char *plot_number(
	double v, enum plot_unit unit, const char *currency, char out[PLOT_NUMBER_MAX]);

struct plot_key {
	const char *name; /* NULL: none */
	enum ink ink;
	bool line, dashed;
};
/* Returns the height that it takes. */
double plot_legend(struct drawing *d, double x, double y, double width,
	const struct plot_key *key, int n);

/* The field of a plot within its drawing. */
struct plot_field {
	double x0, y0, x1, y1;
};
/* Lines, numbers and title of the axis at the left; of that at the bottom. */
void plot_axis_y(struct drawing *d, const struct plot_field *f,
	const struct plot_scale *s, enum plot_unit unit, const char *currency,
	const char *title);
void plot_axis_x(struct drawing *d, const struct plot_field *f,
	const struct plot_scale *s, enum plot_unit unit, const char *currency,
	const char *title);

/* ---- something over time ---- */
struct plot_series {
	struct plot_key key;
	const double *y; /* by day; NaN: not known */
};
struct plot_event {
	int32_t day;
	const char *name; /* short: "policy 3" */
};
struct plot_time {
	const int32_t *day; /* ascending */
	uint32_t n;
	struct plot_series series[PLOT_SERIES];
	int count;
	bool stacked; /* areas above each other, the first at the bottom */
	bool zero;    /* the axis begins at 0 */
	double most;  /* of the axis at least; NaN: by the values */
	enum plot_unit unit;
	const char *currency, *title;
	const struct plot_event *event;
	int events;
	double height;
};
struct drawing *plot_time(struct arena *a, const struct plot_time *p);

/* ---- bars, one below the other ---- */
struct plot_bar {
	struct text label;
	double part[PLOT_PARTS]; /* side by side */
	double limit;            /* a mark across; NaN: none */
	struct text value;       /* behind it */
	bool alarm;              /* the value is wrong */
};
struct plot_bars {
	const struct plot_bar *bar;
	uint32_t n;
	struct plot_key part[PLOT_PARTS];
	int parts;
	const char *limit; /* what the mark means; NULL: there is none */
	double most;       /* of the axis at least */
	enum plot_unit unit;
	const char *currency, *title;
};
struct drawing *plot_bars(struct arena *a, const struct plot_bars *p);

/* ---- value against effort ---- */
struct plot_point {
	float x, y;     /* 0..100 */
	float size;     /* 0..1, by what it is worth */
	uint8_t series; /* index of the key */
};
struct plot_scatter {
	const struct plot_point *point;
	uint32_t n;
	struct plot_key key[PLOT_PARTS];
	int keys;
	double line_x, line_y;
	/* Of the four: upper left, upper right, lower left, lower right. */
	struct text corner[4];
	const char *title_x, *title_y;
};
/* So many points are drawn one by one; more are counted in fields. */
enum { PLOT_POINTS_MAX = 1500 };
struct drawing *plot_scatter(struct arena *a, const struct plot_scatter *p);

#endif
