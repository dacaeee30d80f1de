/*
 * Drawing with blocks and dots: boxes, bars, sparklines, and plots of Braille dots
 * (two by four to a cell) that fall back to letters on an ASCII terminal.
 */
#ifndef TUI_DRAW_H
#define TUI_DRAW_H

#include "tui/canvas.h"

/* A frame on the edge of r, its inside blank; title may be NULL. */
void draw_box(struct canvas *c, struct rect r, const char *title);
void draw_vertical(struct canvas *c, int row, int column, int rows);
/* A bar of part/whole of the width, on a track. */
void draw_bar(struct canvas *c, int row, int column, int width, enum role role,
	double part, double whole);
/* Values 1..100, HEALTH_UNKNOWN and HEALTH_NONE leave a gap. */
void draw_spark(
	struct canvas *c, int row, int column, enum role role, const uint8_t *v, int n);

/* Dots of a picture; one byte per cell, bits as in Unicode's Braille. */
struct plot {
	int rows, columns; /* cells */
	uint8_t *dots;     /* owned */
};
void plot_init(struct plot *p);
void plot_clear(struct plot *p);
void plot_reset(struct plot *p, int rows, int columns);
/* Which dot of its cell. */
static inline uint8_t plot_bit(int x, int y)
{
	static const uint8_t bit[4][2] = { { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 },
		{ 0x40, 0x80 } };

	return bit[y & 3][x & 1];
}
/* A dot at x 0..2*columns-1, y 0..4*rows-1 from the top; outside: nothing. */
void plot_dot(struct plot *p, int x, int y);
void plot_line(struct plot *p, int x0, int y0, int x1, int y1);

#endif
