/*
 * Document: what a report says, as sections of blocks, before it is known whether it
 * becomes one long page (html.h) or sheets of paper (pages.h). A chart is a drawing with
 * a text in its place and the numbers it was drawn from.
 *
 * All of it lives in the document's arena. Without memory it stops growing and says so
 * in `failed`; whoever made it looks once, at the end.
 */
#ifndef REPORT_DOC_H
#define REPORT_DOC_H

#include "core/arena.h"
#include "report/drawing.h"

enum {
	DOC_WIDTH = 511, /* of charts, in points: a sheet of A4 without its margins */
	DOC_COLUMNS = 12,
	DOC_TILES = 8 /* side by side, in rows of 3 or 4 */
};

enum tone { TONE_PLAIN, TONE_QUIET, TONE_ASK, TONE_ALARM, TONE_STRONG };

struct doc_cell {
	struct text t;
	enum tone tone;
};

struct doc_column {
	const char *title;
	bool number; /* to the right, never broken */
	bool data;   /* names and the like, which may run from right to left */
};

struct doc_table {
	struct text caption; /* may be empty */
	struct doc_column column[DOC_COLUMNS];
	int columns;
	struct doc_cell *cell; /* by rows */
	uint32_t cells, room;
};

struct doc_tile {
	struct text label, value, note;
	enum tone tone;
};

enum block_kind {
	BLOCK_TEXT,
	BLOCK_HEAD, /* of a part of a section */
	BLOCK_TILES,
	BLOCK_TABLE,
	BLOCK_CHART,
	BLOCK_TERM /* text, and what it means */
};

struct block {
	enum block_kind kind;
	enum tone tone;
	struct text text, says; /* of a chart: its title, what it shows */
	struct doc_tile *tile;
	int tiles;
	struct doc_table *table; /* of a chart: the numbers; NULL: none */
	const struct drawing *drawing;
	struct block *next;
};

/* How many tiles stand in a row, so that the rows are even. */
static inline int doc_abreast(int tiles)
{
	return tiles == 3 || tiles == 5 || tiles == 6 ? 3 : 4;
}

struct section {
	const char *id;
	struct text title;
	struct block *first, *last;
	struct section *next;
};

struct doc {
	struct arena arena;
	struct text kind, name; /* "Board book", of what */
	struct text day;        /* "as of ..." */
	struct text made; /* where the figures come from, for the foot of every page */
	struct text head; /* of the history; may be empty */
	int32_t as_of;
	struct section *first, *last;
	bool failed;
};

void doc_init(struct doc *d);
void doc_clear(struct doc *d);

struct section *doc_section(struct doc *d, const char *id, const char *title);
/* A sentence; a name in it does not turn the rest of it round. */
void doc_say(struct doc *d, enum tone tone, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void doc_head(struct doc *d, const char *title);
/* Beside the tiles before it, where the last block is tiles. */
void doc_tile(struct doc *d, enum tone tone, const char *label, const char *note,
	const char *format, ...) __attribute__((format(printf, 5, 6)));
void doc_term(struct doc *d, const char *term, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A table that is filled cell by cell, and may be shown by doc_show or go with a chart.
 * NULL: no memory. */
struct doc_table *doc_table(
	struct doc *d, const char *caption, const struct doc_column *column, int n);
void doc_show(struct doc *d, struct doc_table *t);
void doc_cell(struct doc *d, struct doc_table *t, enum tone tone, struct text text);
void doc_cellf(struct doc *d, struct doc_table *t, enum tone tone, const char *format,
	...) __attribute__((format(printf, 4, 5)));
static inline uint32_t doc_rows(const struct doc_table *t)
{
	return t && t->columns ? t->cells / (uint32_t)t->columns : 0;
}

void doc_chart(struct doc *d, const struct drawing *drawing, const char *title,
	const char *says, struct doc_table *numbers);

/* A text of the document; {NULL, 0}: no memory. */
struct text doc_text(struct doc *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* ---- how figures are written ---- */
enum { DOC_FIGURE_MAX = 40 };
/* "12,345" */
const char *doc_count(int64_t n, char out[DOC_FIGURE_MAX]);
/* As the screens have it; "--" when it is not known. */
const char *doc_money(int64_t cents, const char *currency, char out[DOC_FIGURE_MAX]);
/* "12.3 %"; "--" when it is not known. */
const char *doc_percent(double v, char out[DOC_FIGURE_MAX]);
/* "88", "--" when it is not known. */
const char *doc_whole(bool known, int v, char out[DOC_FIGURE_MAX]);
/* "+3", "-12", "0". */
const char *doc_change(bool known, int v, char out[DOC_FIGURE_MAX]);
/* "--" when there is none. */
const char *doc_day(int32_t day, char out[DOC_FIGURE_MAX]);

#endif
