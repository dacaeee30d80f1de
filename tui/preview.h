/* The preview: one account in a few lines, beside the table. */
#ifndef TUI_PREVIEW_H
#define TUI_PREVIEW_H

#include "tui/app.h"

void preview_paint(struct app *a, struct canvas *c, struct rect r, uint32_t account);
/* The head of an account, used by the account screen as well: name, tier and money in
 * one line, and below it owner, renewal and the like. */
struct page;
void preview_title(struct app *a, struct page *p, const struct account_view *v);
void preview_head(struct app *a, struct page *p, const struct account_view *v);

#endif
