/*
 * What moved between two pictures: rows that stand a few rows higher or lower than they
 * did, as those of a list that scrolled.
 */
#ifndef TUI_MOVED_H
#define TUI_MOVED_H

#include "tui/canvas.h"

struct moved {
	int top, bottom; /* the rows, both ends included, within which they moved */
	int up;          /* by so many rows; below 0: down; 0: nothing is worth moving */
};

/* Of two canvases of one size. Moving is worth it where it leaves fewer rows to be drawn
 * than drawing each that differs; up to MOVED_MAX rows at once. */
enum { MOVED_MAX = 3 };
struct moved moved_find(const struct canvas *from, const struct canvas *to);
/* Moves them in the canvas itself; what comes in is unlike any row that is painted. */
void moved_apply(struct canvas *c, struct moved m);

#endif
