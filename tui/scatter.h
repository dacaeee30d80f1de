/*
 * Scatter: accounts as dots of a picture, value upwards and effort to the right. They
 * are sorted by cell once, so that asking who lies in a cell costs nothing however many
 * there are.
 */
#ifndef TUI_SCATTER_H
#define TUI_SCATTER_H

#include "core/book.h"
#include "tui/draw.h"

/* What part of the plane the picture shows. Value is a percentile rank, or with money the
 * decimal logarithm of its cents (what is worth nothing lies at the bottom). */
struct scatter_axes {
	bool money;
	double effort_from, effort_to, value_from, value_to;
};

struct scatter {
	struct scatter_axes axes;
	struct plot plot; /* its size is the picture's */
	uint32_t *start;  /* owned; per cell the index of its first id, and one more */
	uint32_t *ids;    /* owned; in order of the cells, then of the list */
	uint32_t placed;  /* accounts inside the picture */
	uint32_t outside; /* with both figures, beyond its edges */
	uint32_t unknown; /* without figures */
	uint32_t most;    /* accounts in the fullest cell */
	uint8_t *tier;    /* owned; per cell the tier most of its accounts are in */
};

void scatter_init(struct scatter *s);
void scatter_clear(struct scatter *s);
/* The axes that show all accounts. */
struct scatter_axes scatter_whole(
	const struct list *l, const struct book_figures *f, bool money);
/* An empty picture of that many cells, then the accounts of a list into it. */
void scatter_reset(
	struct scatter *s, int rows, int columns, const struct scatter_axes *axes);
void scatter_fill(struct scatter *s, const struct list *l, const struct book_figures *f);

/* Both figures of an account on the axes; false: it has none. */
bool scatter_figures(const struct scatter_axes *axes, const struct book_figures *f,
	uint32_t id, double *effort, double *value);
/* The ids in a cell (counted row by row): index of the first, and how many. */
uint32_t scatter_first(const struct scatter *s, int cell);
uint32_t scatter_count(const struct scatter *s, int cell);
/* Where an account lies; false: nowhere. at: which of its cell. */
bool scatter_find(const struct scatter *s, const struct book_figures *f, uint32_t id,
	int *cell, uint32_t *at);
/* The cell nearest to a place that has an account in it; -1: none has. */
int scatter_nearest(const struct scatter *s, int row, int column);
bool scatter_free(const struct scatter *s, int row, int column, int n); /* no dot there */

/* Column of an effort and row of a value; outside of the picture: -1. */
int scatter_column(const struct scatter *s, double effort);
int scatter_row(const struct scatter *s, double value);

#endif
