/*
 * Table: which columns of a list fit into a width, and how a row of it is painted.
 */
#ifndef TUI_TABLE_H
#define TUI_TABLE_H

#include "tui/app.h"
#include "tui/rows.h"

#define TABLE_SPARK LIST_FIELDS /* the column that is no field */

struct table_column {
	enum list_field field; /* or TABLE_SPARK */
	int at, width;         /* at: columns from the left edge */
};

#define TABLE_MAX 24
struct table {
	int n;
	struct table_column column[TABLE_MAX];
};

/* Chooses columns by rank for the width and shares out what is left. */
void table_layout(struct table *t, int width);
/* Column of a field, or -1. */
int table_find(const struct table *t, enum list_field field);

/* here: the column under the cursor. */
void table_header(const struct table *t, struct app *a, struct rect r, int here);
void table_row(const struct table *t, struct app *a, struct rect r,
	const struct list_row *row, const uint8_t *spark);

#endif
