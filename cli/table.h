/*
 * Tables of text for people: columns are as wide as the widest of the first rows,
 * later cells are clipped, but for amounts. Every cell is sanitised.
 *
 * On a terminal that is too narrow for that, sentences go below the line, indented and
 * with their title; what can be spared is left out; names are cut; and what then still
 * does not fit goes below as well. Marks before a title say what a column is.
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
/* What a left-aligned cell is cut to before anything is left out, and at all. */
#define TABLE_CUT_FAIR 14
#define TABLE_CUT_LEAST 10
#define TABLE_INDENT 4 /* of what stands below */

enum table_place { TABLE_IN_LINE, TABLE_BELOW, TABLE_LEFT_OUT };

struct table {
	struct out out;
	int columns;
	int room; /* columns of the terminal; 0: lines may have any length */
	bool right[TABLE_COLUMNS_MAX], sentence[TABLE_COLUMNS_MAX],
		spare[TABLE_COLUMNS_MAX];
	enum table_place place[TABLE_COLUMNS_MAX];
	const char *title[TABLE_COLUMNS_MAX];
	int width[TABLE_COLUMNS_MAX];
	const char **held; /* cells waiting for the widths; in the arena */
	int held_rows;
	bool flowing; /* the widths are settled */
	struct arena arena;
};

/* titles are borrowed; marks before them: "+" right-aligned, "_" a sentence, "-" can be
 * spared. */
void table_init(struct table *t, int columns, const char *const *titles, int room,
	out_sink sink, void *arg);
/* One row; cells are copied. */
enum status table_row(struct table *t, const char *const *cells, struct err *e) MUST_USE;
enum status table_finish(struct table *t, struct err *e) MUST_USE;
/* The titles that were left out, as "alerts, task"; "": none, or nothing is written yet.
 */
const char *table_left_out(const struct table *t, char *out, size_t size);

#endif
