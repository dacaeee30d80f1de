/*
 * The cursor of the Account screen: on which item of the page it stands, and the window
 * that follows it.
 */
#ifndef TUI_ACCOUNT_CURSOR_H
#define TUI_ACCOUNT_CURSOR_H

#include "tui/account_page.h"

struct account_cursor {
	struct account_page *page; /* borrowed */
	struct rect body;          /* the window on the screen */
	int at;                    /* item under it */
};

struct account_item *account_cursor_item(struct account_cursor *c); /* NULL: none */
/* The first item of a section. */
int account_cursor_first(const struct account_cursor *c, enum account_section section);
void account_cursor_section(struct account_cursor *c, enum account_section section);
/* Where it stands when the screen opens: on the row that was asked for (app.h), on what
 * is open where Today led here, else on the health. */
void account_cursor_begin(
	struct account_cursor *c, struct app *a, const struct account_view *v);
/* Scrolls so that the item can be seen. */
void account_cursor_show(struct account_cursor *c);
/* Up and down, by screenfuls and sections; false: not a movement of this kind. */
bool account_cursor_act(struct account_cursor *c, enum action action);
/* After the page was built anew: back on the item it was on, else as far into the
 * section as it was. */
void account_cursor_restore(
	struct account_cursor *c, const struct account_item *was, int into);

#endif
