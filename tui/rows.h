/*
 * Rows: the part of a list that a screen shows, with a margin, fetched from the book
 * when the window moves out of it. A list of a million costs what one of fifty does.
 */
#ifndef TUI_ROWS_H
#define TUI_ROWS_H

#include "core/book.h"

enum { ROWS_SPARK = 12 }; /* weeks of a row's sparkline */

struct rows {
	struct arena arena; /* owns the texts of row */
	struct list_row *row;
	uint8_t *spark; /* ROWS_SPARK per row */
	uint32_t first, n;
};

void rows_init(struct rows *r);
void rows_clear(struct rows *r);
/* Forgets what was fetched: the list or the data changed. */
void rows_drop(struct rows *r);
/* Makes ids[first..first+n-1] of a list of total ids present; n is clipped. */
enum status rows_need(struct rows *r, struct book *b, const uint32_t *ids, uint32_t total,
	uint32_t first, uint32_t n, struct err *e) MUST_USE;
/* The row at this index of the list; NULL: not fetched. */
const struct list_row *rows_at(const struct rows *r, uint32_t index);
const uint8_t *rows_spark(const struct rows *r, uint32_t index);

#endif
