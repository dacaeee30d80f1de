/* The inside of charts: lines and stacked bands. */
#include "tui/chart_layout.h"

#include <math.h>
#include <stdlib.h>

#include "tui/mem.h"

/* Dots from the top; what lies beyond the axis lies at its end. */
int chart_dot(const struct chart_layout *l, double y)
{
	double share = (l->scale.high - y) / (l->scale.high - l->scale.low);

	share = share < 0 ? 0 : share > 1 ? 1 : share;

	return (int)floor(share * (l->plot.rows * 4 - 1) + 0.5);
}

/* Dots from the left. */
static int dot_column(const struct chart_layout *l, int32_t day)
{
	return chart_day_column(day, l->from, l->to, 2 * l->plot.columns);
}

int chart_place(const struct chart_layout *l, int32_t day)
{
	return chart_day_column(day, l->from, l->to, l->plot.columns);
}

int chart_nearest(const struct chart *chart, const struct chart_layout *l, int column)
{
	int best = -1, least = 0;

	for (int i = 0; i < chart->n; i++) {
		int away = abs(chart_place(l, chart->day[i]) - column);

		if (best < 0 || away < least) {
			best = i;
			least = away;
		}
	}
	return best;
}

enum { DENSITIES = 5 };

enum glyph chart_density(int series)
{
	static const enum glyph density[DENSITIES] = { GLYPH_BAR_8, GLYPH_SHADE_3,
		GLYPH_SHADE_2, GLYPH_TRACK, GLYPH_DOT };

	return density[series % DENSITIES];
}

void chart_letter(struct canvas *c, int row, int column, const struct chart_series *s)
{
	char letter[2] = { s->letter, '\0' };

	canvas_put(c, row, column, 1, s->role, text_of(letter));
}

/* ---- lines ---------------------------------------------------------------------- */

/* Dots of all lines, and per cell the series that was drawn there last, counted from
 * 1. */
struct lines {
	struct plot all;
	uint8_t *series;
};

static void plot_series(struct plot *p, const struct chart *chart,
	const struct chart_layout *l, const struct chart_series *s)
{
	int x = -1, y = 0;

	for (int i = 0; i < chart->n; i++) {
		int next_x = dot_column(l, chart->day[i]), next_y;

		if (isnan(s->y[i])) {
			x = -1;
			continue;
		}
		next_y = chart_dot(l, s->y[i]);
		plot_dot(p, next_x, next_y);
		if (x >= 0)
			plot_line(p, x, y, next_x, next_y);
		x = next_x;
		y = next_y;
	}
}

static void gather_lines(
	struct lines *g, const struct chart *chart, const struct chart_layout *l)
{
	size_t cells = (size_t)l->plot.rows * (size_t)l->plot.columns;
	struct plot one;

	plot_init(&g->all);
	plot_init(&one);
	plot_reset(&g->all, l->plot.rows, l->plot.columns);
	g->series = mem_new(cells, 1);
	for (int s = chart->series_n - 1; s >= 0; s--) {
		plot_reset(&one, l->plot.rows, l->plot.columns);
		plot_series(&one, chart, l, &chart->series[s]);
		for (size_t i = 0; i < cells; i++) {
			if (!one.dots[i])
				continue;
			g->all.dots[i] |= one.dots[i];
			g->series[i] = (uint8_t)(s + 1);
		}
	}
	plot_clear(&one);
}

/* The rightmost column of the row where so many cells hide nothing; -1: none. */
static int free_cells(
	const struct chart_layout *l, const struct lines *g, int row, int width)
{
	const struct rect p = l->plot;
	int run = 0;

	for (int i = p.columns - 1; row >= 0 && row < p.rows && i >= 0; i--) {
		run = g->series[row * p.columns + i] ? 0 : run + 1;
		if (run == width)
			return i;
	}
	return -1;
}

static int row_of_level(const struct chart_layout *l, double y)
{
	return y >= l->scale.low && y <= l->scale.high ? chart_dot(l, y) / 4 : -1;
}

/* Its name on the row or beside it, where it hides nothing. */
static void name_level(struct canvas *c, const struct chart_layout *l,
	const struct lines *g, const char *name, int row)
{
	static const int beside[] = { 0, -1, 1 };
	const struct rect p = l->plot;
	const int width = text_columns(text_of(name)) + 2;

	for (int k = 0; k < 3 && row >= 0 && width > 2 && width < p.columns / 2; k++) {
		int column = free_cells(l, g, row + beside[k], width);

		if (column < 0)
			continue;
		canvas_print(c, p.row + row + beside[k], p.column + column, width,
			ROLE_QUIET, " %s ", name);
		break;
	}
}

/* A dotted line, which may change its height at a point. */
static void paint_level(struct canvas *c, const struct chart *chart,
	const struct chart_layout *l, const struct lines *g,
	const struct chart_level *level)
{
	const struct rect p = l->plot;
	int row = row_of_level(l, level->at ? level->at[0] : level->y);

	for (int i = 0, point = 0; i < p.columns; i += 2) {
		while (level->at && point + 1 < chart->n &&
			chart_place(l, chart->day[point + 1]) <= i)
			row = row_of_level(l, level->at[++point]);
		if (row >= 0 && !g->series[row * p.columns + i])
			canvas_glyph(c, p.row + row, p.column + i, ROLE_TRACK, GLYPH_DOT);
	}
	name_level(c, l, g, level->name, row);
}

/* Letters beside the ends of the lines, each as near to its own as the others allow. */
static void paint_letters(
	struct canvas *c, const struct chart *chart, const struct chart_layout *l)
{
	struct rect p = l->plot;
	uint8_t *taken = mem_new((size_t)p.rows, 1);

	for (int s = 0; s < chart->series_n; s++) {
		const struct chart_series *x = &chart->series[s];
		int last = chart->n - 1, row;

		while (last >= 0 && isnan(x->y[last]))
			last--;
		if (last < 0)
			continue;
		row = chart_dot(l, x->y[last]) / 4;
		for (int away = 0; away < p.rows; away++) {
			int up = row - away, down = row + away;

			if (up >= 0 && up < p.rows && !taken[up])
				row = up;
			else if (down >= 0 && down < p.rows && !taken[down])
				row = down;
			else
				continue;
			taken[row] = 1;
			chart_letter(c, p.row + row, p.column + p.columns, x);
			break;
		}
	}
	free(taken);
}

void chart_lines(
	struct canvas *c, const struct chart *chart, const struct chart_layout *l)
{
	struct rect p = l->plot;
	struct lines g;

	gather_lines(&g, chart, l);
	for (int i = 0; i < chart->level_n; i++)
		paint_level(c, chart, l, &g, &chart->level[i]);
	for (int i = 0; i < p.rows * p.columns; i++) {
		int row = p.row + i / p.columns, column = p.column + i % p.columns;
		const struct chart_series *s;

		if (!g.series[i])
			continue;
		s = &chart->series[g.series[i] - 1];
		if (c->ascii && s->letter)
			chart_letter(c, row, column, s);
		else
			canvas_dots(c, row, column, s->role, g.all.dots[i]);
	}
	if (chart->series_n > 1)
		paint_letters(c, chart, l);
	plot_clear(&g.all);
	free(g.series);
}

/* ---- stacks --------------------------------------------------------------------- */

enum { SERIES_MAX = 16 };

/* Cells of each band at a point; of one that has but one, how much of it it fills; and
 * of the lowest, how much of its last one, both in eighths. */
struct bands {
	int rows[SERIES_MAX], of_one[SERIES_MAX], lowest;
};

static int eighths_of(double cells)
{
	int n = (int)floor(cells * 8 + 0.5);

	return n < 1 ? 1 : n > 8 ? 8 : n;
}

/* What is there at all gets a cell. */
static void band_rows(const struct chart *chart, const struct chart_layout *l, int point,
	bool by_letter, struct bands *out)
{
	const double unit = l->plot.rows / (l->scale.high - l->scale.low);
	int *rows = out->rows, before = 0, tallest = 0;
	double sum = 0;

	out->lowest = 8;

	for (int s = 0; s < chart->series_n && s < SERIES_MAX; s++) {
		double y = chart->series[s].y[point];
		int upto;

		sum += y > 0 ? y : 0;
		upto = (int)floor(sum * unit + 0.5);
		if (s == 0 && !by_letter) {
			int all = (int)floor(sum * unit * 8 + 0.5);

			upto = (all + 7) / 8;
			out->lowest = all - (upto - 1) * 8;
		}
		rows[s] = upto > before ? upto - before : 0;
		before += rows[s];
		if (rows[s] > rows[tallest])
			tallest = s;
	}
	for (int s = 0; s < chart->series_n && s < SERIES_MAX; s++) {
		if (rows[s] == 0 && chart->series[s].y[point] > 0) {
			rows[s] = 1;
			rows[tallest] -= rows[tallest] > 1;
			out->lowest = s == 0 ? 1 : out->lowest;
		}
		out->of_one[s] =
			rows[s] == 1 ? eighths_of(chart->series[s].y[point] * unit) : 8;
	}
}

bool chart_by_letter(const struct chart *chart, const struct canvas *c)
{
	return c->ascii || chart->series_n > DENSITIES;
}

/* A letter looks like a whole cell: a band that fills little of its only one is dots. */
static void paint_band(struct canvas *c, const struct chart *chart, int series, int row,
	int column, int eighths)
{
	const struct chart_series *s = &chart->series[series];

	if (chart_by_letter(chart, c) && eighths < 6)
		canvas_put(c, row, column, 1, s->role, TEXT("."));
	else if (chart_by_letter(chart, c))
		chart_letter(c, row, column, s);
	else if (eighths < 8)
		canvas_glyph(c, row, column, s->role,
			(enum glyph)(GLYPH_SPARK_1 + eighths - 1));
	else
		canvas_glyph(c, row, column, s->role, chart_density(series));
}

void chart_stack(
	struct canvas *c, const struct chart *chart, const struct chart_layout *l)
{
	const bool by_letter = chart_by_letter(chart, c);
	struct rect p = l->plot;

	for (int x = 0; x < p.columns; x++) {
		int row = p.row + p.rows - 1;
		struct bands b;

		if (x < chart_place(l, chart->day[0]))
			continue; /* before the first there is nothing */
		band_rows(chart, l, chart_nearest(chart, l, x), by_letter, &b);
		for (int s = 0; s < chart->series_n && s < SERIES_MAX; s++)
			for (int k = 0; k < b.rows[s] && row >= p.row; k++, row--)
				paint_band(c, chart, s, row, p.column + x,
					by_letter                      ? b.of_one[s]
					: s == 0 && k == b.rows[s] - 1 ? b.lowest
								       : 8);
	}
}
