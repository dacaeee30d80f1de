/* Popups: a box with a page in it, in the middle of the screen. */
#ifndef TUI_POPUP_H
#define TUI_POPUP_H

#include "tui/keys.h"
#include "tui/page.h"

struct app;

/* The box for a page of so many lines and columns inside the body; its inside has one
 * column of margin. */
struct rect popup_place(struct rect body, int rows, int columns);
/* The box where it does not cover that row of the screen, if there is room for it below
 * the row or above it. */
struct rect popup_beside(struct rect box, struct rect body, int row);
/* Of the box: what is inside the frame and the margin. */
struct rect popup_inside(struct rect box);

/* The answers that a popup takes, side by side in the last row of the inside of its box.
 */
struct popup_answers {
	int row, at; /* where the next one goes */
	struct popup_answer {
		int from, to;
		enum action action;
	} answer[3];
	int n;
};
void popup_answers_begin(struct popup_answers *x, struct rect box);
/* The box with a question in it, and the cursor where its answers begin. */
void popup_ask(struct popup_answers *x, struct canvas *c, struct rect box,
	const char *title, const struct page *question);
/* As its key and its name. */
void popup_answers_put(
	struct popup_answers *x, struct canvas *c, enum scope scope, enum action answer);
/* A click on one of them gives it, one beside the box goes back. */
void popup_answers_click(struct app *a, const struct popup_answers *x, struct rect box,
	int row, int column);

#endif
