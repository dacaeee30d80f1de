/*
 * Scatter: accounts as dots of a picture, value rank upwards and effort to the right.
 * They are sorted by cell once, so that asking who lies in a cell costs nothing however
 * many there are.
 */
#ifndef TUI_SCATTER_H
#define TUI_SCATTER_H

#include "core/book.h"
#include "tui/draw.h"

struct scatter {
	struct plot plot; /* its size is the picture's */
	uint32_t *start;  /* owned; per cell the index of its first id, and one more */
	uint32_t *ids;    /* owned; in order of the cells, then of the list */
	uint32_t placed;  /* accounts with both figures */
	uint8_t *tier;    /* owned; per cell the tier most of its accounts are in */
};

void scatter_init(struct scatter *s);
void scatter_clear(struct scatter *s);
/* An empty picture of that many cells, then the accounts of a list into it. */
void scatter_reset(struct scatter *s, int rows, int columns);
void scatter_fill(struct scatter *s, const struct list *l, const struct book_figures *f);

/* The ids in a cell (counted row by row): index of the first, and how many. */
uint32_t scatter_first(const struct scatter *s, int cell);
uint32_t scatter_count(const struct scatter *s, int cell);
/* Where an account lies; false: nowhere. at: which of its cell. */
bool scatter_find(const struct scatter *s, const struct book_figures *f, uint32_t id,
	int *cell, uint32_t *at);
/* The cell nearest to a place that has an account in it; -1: none has. */
int scatter_nearest(const struct scatter *s, int row, int column);
bool scatter_free(const struct scatter *s, int row, int column, int n); /* no dot there */

#endif
