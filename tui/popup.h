/* Popups: a box with a page in it, in the middle of the screen. */
#ifndef TUI_POPUP_H
#define TUI_POPUP_H

#include "tui/keys.h"
#include "tui/page.h"

/* The box for a page of so many lines and columns inside the body; its inside has one
 * column of margin. */
struct rect popup_place(struct rect body, int rows, int columns);
/* The box where it does not cover that row of the screen, if there is room for it below
 * the row or above it. */
struct rect popup_beside(struct rect box, struct rect body, int row);
/* Of the box: what is inside the frame and the margin. */
struct rect popup_inside(struct rect box);

/* An answer that the popup takes, as its key and its name; gives the column behind it. */
int popup_answer(
	struct canvas *c, int row, int column, enum scope scope, enum action answer);

#endif
