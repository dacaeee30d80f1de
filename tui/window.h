/*
 * Window: the part of a list that a screen shows, with a margin, fetched from the book
 * when the window moves out of it. A list of a million costs what one of fifty does.
 */
#ifndef TUI_WINDOW_H
#define TUI_WINDOW_H

#include "core/book.h"

enum { WINDOW_SPARK = 12 }; /* weeks of a row's sparkline */

struct window {
	struct arena arena; /* owns the texts of row */
	struct list_row *row;
	uint8_t *spark; /* WINDOW_SPARK per row */
	bool next;      /* with the next steps of the plans */
	bool bare;      /* neither sparklines nor a margin: what is next is elsewhere */
	uint32_t first, n;
};

void window_init(struct window *r);
void window_clear(struct window *r);
/* Forgets what was fetched: the list or the data changed. */
void window_drop(struct window *r);
/* Makes ids[first..first+n-1] of a list of total ids present, n is clipped, and as many
 * before and behind them as a margin. That may be left for later: *later stays true as
 * long as half of it is not there. */
enum status window_need(struct window *r, struct book *b, const uint32_t *ids,
	uint32_t total, uint32_t first, uint32_t n, bool *later, struct err *e) MUST_USE;
/* The row at this index of the list; NULL: not fetched. The sparkline of one that was. */
const struct list_row *window_at(const struct window *r, uint32_t index);
const uint8_t *window_spark(const struct window *r, uint32_t index);

#endif
