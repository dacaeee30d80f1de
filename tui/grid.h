/*
 * Grid: which columns of a list fit into a width, and how a row of it is painted.
 */
#ifndef TUI_GRID_H
#define TUI_GRID_H

#include "tui/app.h"
#include "tui/window.h"

#define GRID_SPARK LIST_FIELDS /* the column that is no field */

struct grid_column {
	enum list_field field; /* or GRID_SPARK */
	int at, width;         /* at: columns from the left edge */
};

#define GRID_MAX 24
struct grid {
	int n;
	struct grid_column column[GRID_MAX];
};

/* Chooses columns by rank for the width and shares out what is left. */
void grid_layout(struct grid *t, int width);
/* Column of a field, or -1. */
int grid_find(const struct grid *t, enum list_field field);

/* here: the column under the cursor. */
void grid_header(const struct grid *t, struct app *a, struct rect r, int here);
void grid_row(const struct grid *t, struct app *a, struct rect r,
	const struct list_row *row, const uint8_t *spark);

#endif
