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
	uint8_t *in;      /* owned; by id - 1 who is in the list */
	uint32_t in_n;
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
/* Who is meant, until the next call: by id, since figures are read in that order, which
 * is several times as fast as in any other. l NULL: nobody. */
void scatter_choose(
	struct scatter *s, const struct list *l, const struct book_figures *f);
/* The axes that show all accounts chosen. */
struct scatter_axes scatter_whole(
	const struct scatter *s, const struct book_figures *f, bool money);
/* An empty picture of that many cells, then the accounts of the list that was chosen into
 * it. */
void scatter_reset(
	struct scatter *s, int rows, int columns, const struct scatter_axes *axes);
void scatter_fill(struct scatter *s, const struct list *l, const struct book_figures *f);

/* Both figures of an account on the axes; false: it has none. */
bool scatter_figures(const struct scatter_axes *axes, const struct book_figures *f,
	uint32_t id, double *effort, double *value);
/* The ids in a cell (counted row by row): index of the first, and how many. */
uint32_t scatter_first(const struct scatter *s, int cell);
uint32_t scatter_count(const struct scatter *s, int cell);
/* The cell an account lies in; false: in none. */
bool scatter_place(
	const struct scatter *s, const struct book_figures *f, uint32_t id, int *cell);
/* The same, and which of its cell it is. */
bool scatter_find(const struct scatter *s, const struct book_figures *f, uint32_t id,
	int *cell, uint32_t *at);
/* The cell nearest to a place that has an account in it; -1: none has. */
int scatter_nearest(const struct scatter *s, int row, int column);
bool scatter_free(const struct scatter *s, int row, int column, int n); /* no dot there */

/* Column of an effort and row of a value; outside of the picture: -1. */
int scatter_column(const struct scatter *s, double effort);
int scatter_row(const struct scatter *s, double value);

#endif
