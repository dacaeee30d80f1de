/*
 * Tables of text for people: columns are as wide as the widest of the first rows,
 * later cells are clipped. Every cell is sanitised.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/out.h"

#define TABLE_COLUMNS_MAX 24
#define TABLE_LOOK_AHEAD 500 /* rows that decide the widths */
#define TABLE_CELL_MAX 48    /* columns of the terminal; the last cell is never cut */

#define TABLE_LINE_MAX 1000 /* columns of a last cell */

struct table {
	struct out out;
	int columns;
	bool right[TABLE_COLUMNS_MAX];
	const char *title[TABLE_COLUMNS_MAX];
	int width[TABLE_COLUMNS_MAX];
	const char **held; /* cells waiting for the widths; in the arena */
	int held_rows;
	bool flowing; /* the widths are settled */
	struct arena arena;
};

/* titles are borrowed; "+" before a title sets the column right-aligned. */
void table_init(struct table *t, int columns, const char *const *titles, out_sink sink,
	void *arg);
/* One row; cells are copied. */
enum status table_row(struct table *t, const char *const *cells, struct err *e) MUST_USE;
enum status table_finish(struct table *t, struct err *e) MUST_USE;

#endif
