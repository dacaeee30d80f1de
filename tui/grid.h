/*
 * Grid: which columns of a list fit into a width, and how a row of it is painted.
 */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include "tui/app.h"
#include "tui/columns.h"
#include "tui/window.h"

struct grid_column {
	enum list_field field; /* or GRID_SPARK, GRID_NEXT */
	int at, width;         /* at: columns from the left edge */
};

struct grid {
	int n;
	struct grid_column column[COLUMNS];
};

/* Chooses columns by rank for the width and shares out what is left; says in a->columns
 * what they got. Those that sort or that the filter names come right after the tier. */
void grid_layout(struct grid *t, struct app *a, int width);
/* Column of a field, or -1. */
int grid_find(const struct grid *t, enum list_field field);

/* here: the column under the cursor. */
void grid_header(const struct grid *t, struct app *a, struct rect r, int here);
void grid_row(const struct grid *t, struct app *a, struct rect r,
	const struct list_row *row, const uint8_t *spark);

#endif
