/* The preview: one account in a few lines, beside the table. */
#ifndef TUI_PREVIEW_H
#define TUI_PREVIEW_H

#include "tui/app.h"

void preview_paint(struct app *a, struct canvas *c, struct rect r, uint32_t account);
/* The head of an account: name, tier, money, owner, renewal. Used by the account
 * screen as well. */
struct page;
void preview_head(struct app *a, struct page *p, const struct account_view *v);

#endif
