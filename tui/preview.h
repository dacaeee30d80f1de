/* The preview: one account in a few lines, beside the table. */
#ifndef TUI_PREVIEW_H
#define TUI_PREVIEW_H

#include "tui/app.h"

void preview_paint(
	struct app *a, struct canvas *c, struct rect r, const struct list_row *row);
/* While keys come, whose it is and no more: of the account that was under the cursor
 * before nothing is left. NULL: the row is not there yet. */
void preview_soon(struct canvas *c, struct rect r, const struct list_row *row);
/* Name, tier and money of an account in one line. */
struct page;
void preview_title(struct app *a, struct page *p, const struct list_row *r);
/* The same with its health and, where there is room, its owner. */
void preview_head(struct app *a, struct page *p, const struct list_row *r);
/* Owner and renewal; the newest touch. */
void preview_who(struct app *a, struct page *p, const struct account_view *v);
void preview_last_touch(struct app *a, struct page *p, const struct account_view *v);

#endif
