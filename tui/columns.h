/*
 * Columns: which fields the table of accounts shows, in which order and how wide. What
 * is shown as shipped stands in columns.def; a person may choose otherwise.
 */
#ifndef TUI_COLUMNS_H
#define TUI_COLUMNS_H

#include "core/list.h"

/* Columns that are no fields: nothing sorts by them and no filter names them. */
#define GRID_SPARK LIST_FIELDS
#define GRID_NEXT (LIST_FIELDS + 1)

enum column_shown {
	COLUMN_HIDDEN,
	COLUMN_USUAL,  /* where there is room, by its rank */
	COLUMN_WANTED, /* chosen by hand: before all usual ones */
};

struct list_column {
	int field; /* enum list_field, GRID_SPARK or GRID_NEXT */
	enum column_shown shown;
	int width; /* 0: as the screen has room */
	int now;   /* on the screen at present, by grid_layout; 0: not there */
};

enum { COLUMNS = LIST_FIELDS + 2 };
struct list_columns {
	struct list_column of[COLUMNS]; /* all there are */
};

/* What the table says of a field. */
struct column_def {
	int field, min, ideal, rank, wider;
};
const struct column_def *column_def(int field);
const char *column_title(int field);
const char *column_help(int field);

void columns_init(struct list_columns *c); /* as shipped */

/* "tier,name:30,+quadrant": what is shown in its order, with widths that were set; "+":
 * chosen by hand. Empty: as shipped. */
enum { COLUMNS_TEXT_MAX = 512 };
char *columns_text(const struct list_columns *c, char out[COLUMNS_TEXT_MAX]);
/* Words that name no column are passed over. */
void columns_parse(struct list_columns *c, struct text t);

/* Whatever room they have at present. */
bool columns_same(const struct list_columns *a, const struct list_columns *b);

/* Changes by hand of the i-th one; the name is always shown. */
void columns_toggle(struct list_columns *c, int i);
void columns_widen(struct list_columns *c, int i, int step);
/* Of a field, as near to it as that field can be. */
void columns_set_width(struct list_columns *c, int field, int width);
/* Swaps it with its neighbour; returns its new place. */
int columns_move(struct list_columns *c, int i, int step);

#endif
