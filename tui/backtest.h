/* The Backtest screen: whether health told who would leave, and who was green and gone.
 */
#ifndef TUI_BACKTEST_H
#define TUI_BACKTEST_H

#include "core/book_backtest.h"
#include "tui/app.h"
#include "tui/page.h"

struct backtest_screen {
	struct backtest t;
	bool made;
	char problem[ERR_TEXT_MAX]; /* why there is none */
	int horizon;                /* days */
	uint64_t of;                /* the generation of the book that it is of */
	struct page page;           /* what it says */
	int rules;                  /* the line of the page where they begin */
	struct arena names;
	struct list_row *row; /* of the green ones; in the arena, as their texts */
	int at, top;          /* among them */
	struct rect said, list;
};

/* ---- backtest_paint.c ---- */
void backtest_layout(struct app *a, struct backtest_screen *s, struct rect body);
void backtest_paint(
	struct app *a, struct backtest_screen *s, struct canvas *c, struct rect body);

#endif
