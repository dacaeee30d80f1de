#include "tui/draw.h"

#include <stdlib.h>
#include <string.h>

#include "core/scores.h"
#include "tui/mem.h"

void draw_box(struct canvas *c, struct rect r, const char *title)
{
	int bottom = r.row + r.rows - 1, right = r.column + r.columns - 1;

	if (r.rows < 2 || r.columns < 2)
		return;
	canvas_blank(c, r, ROLE_TEXT);
	for (int i = r.column + 1; i < right; i++) {
		canvas_glyph(c, r.row, i, ROLE_LINE, GLYPH_HORIZONTAL);
		canvas_glyph(c, bottom, i, ROLE_LINE, GLYPH_HORIZONTAL);
	}
	draw_vertical(c, r.row + 1, r.column, r.rows - 2);
	draw_vertical(c, r.row + 1, right, r.rows - 2);
	canvas_glyph(c, r.row, r.column, ROLE_LINE, GLYPH_TOP_LEFT);
	canvas_glyph(c, r.row, right, ROLE_LINE, GLYPH_TOP_RIGHT);
	canvas_glyph(c, bottom, r.column, ROLE_LINE, GLYPH_BOTTOM_LEFT);
	canvas_glyph(c, bottom, right, ROLE_LINE, GLYPH_BOTTOM_RIGHT);
	if (title)
		canvas_print(c, r.row, r.column + 2, r.columns - 4, ROLE_STRONG, " %s ",
			title);
}

void draw_vertical(struct canvas *c, int row, int column, int rows)
{
	for (int i = 0; i < rows; i++)
		canvas_glyph(c, row + i, column, ROLE_LINE, GLYPH_VERTICAL);
}

void draw_bar(struct canvas *c, int row, int column, int width, enum role role,
	double part, double whole)
{
	double share = whole > 0 && part > 0 ? part / whole : 0;
	int eighths;

	if (share > 1)
		share = 1;
	eighths = (int)(share * width * 8 + 0.5);
	for (int i = 0; i < width; i++, eighths -= 8) {
		if (eighths >= 8)
			canvas_glyph(c, row, column + i, role, GLYPH_BAR_8);
		else if (eighths > 0)
			canvas_glyph(c, row, column + i, role,
				(enum glyph)(GLYPH_BAR_1 + eighths - 1));
		else
			canvas_glyph(c, row, column + i, ROLE_TRACK, GLYPH_TRACK);
	}
}

void draw_spark(
	struct canvas *c, int row, int column, enum role role, const uint8_t *v, int n)
{
	for (int i = 0; i < n; i++) {
		if (v[i] == HEALTH_UNKNOWN || v[i] == HEALTH_NONE)
			continue;
		canvas_glyph(c, row, column + i, role,
			(enum glyph)(
				GLYPH_SPARK_1 + (v[i] > 100 ? 100 : v[i]) * 7 / 100));
	}
}

void plot_init(struct plot *p)
{
	*p = (struct plot){ 0 };
}

void plot_clear(struct plot *p)
{
	free(p->dots);
	plot_init(p);
}

void plot_reset(struct plot *p, int rows, int columns)
{
	p->rows = rows > 0 ? rows : 0;
	p->columns = columns > 0 ? columns : 0;
	free(p->dots);
	p->dots = mem_new((size_t)p->rows * (size_t)p->columns, 1);
}

void plot_dot(struct plot *p, int x, int y)
{
	if (x < 0 || y < 0 || x >= 2 * p->columns || y >= 4 * p->rows)
		return;
	p->dots[(size_t)(y / 4) * (size_t)p->columns + (size_t)(x / 2)] |= plot_bit(x, y);
}

/* The i-th of n steps from `from` to `to`, rounded half away from `from`. */
static int on_the_way(int from, int to, int i, int n)
{
	int way = 2 * abs(to - from) * i + n;

	return to > from ? from + way / (2 * n) : from - way / (2 * n);
}

void plot_line(struct plot *p, int x0, int y0, int x1, int y1)
{
	int steps = abs(x1 - x0) > abs(y1 - y0) ? abs(x1 - x0) : abs(y1 - y0);

	plot_dot(p, x0, y0);
	for (int i = 1; i <= steps; i++)
		plot_dot(p, on_the_way(x0, x1, i, steps), on_the_way(y0, y1, i, steps));
}
