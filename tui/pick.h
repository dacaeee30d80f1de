/*
 * Pick: a popup with a list in which one is chosen, found by letters of its name where
 * the list is searched. What is listed, and what choosing means, says a record of
 * functions; the window, the cursor, keys, clicks and the order are here.
 *
 * A screen that is such a list has a struct pick as the first member of its state and
 * the functions of pick_* as its own, or calls them from its own for what is left.
 */
#ifndef TUI_PICK_H
#define TUI_PICK_H

#include "tui/canvas.h"
#include "tui/input.h"

struct app;

struct pick_list {
	const char *title;
	int rows, columns; /* inside the box, as wished; what does not fit scrolls */
	int below;         /* lines kept free at the bottom, for foot */
	/* Of the state of the screen. Items are numbered from 0. */
	int (*count)(struct app *a, void *state);
	/* How well the letters name it, the best first; 0: it is left out. Of a list
	 * without one nothing can be typed, and all are there in their order. */
	int (*rank)(struct app *a, void *state, int item, struct text typed);
	void (*paint)(
		struct app *a, void *state, struct canvas *c, struct rect line, int item);
	/* The line above the list; may be NULL. */
	void (*head)(struct canvas *c, struct rect line);
	/* Below the list; may be NULL. item: under the cursor, -1: there is none. */
	void (*foot)(
		struct app *a, void *state, struct canvas *c, struct rect r, int item);
	/* item -1: there is none. It may close the screen. */
	void (*choose)(struct app *a, void *state, int item);
	const char *empty; /* said when there is none */
	/* The same where it depends; NULL: it does not. */
	const char *(*why_empty)(struct app *a, void *state);
};

struct pick {
	const struct pick_list *list;
	const char *title; /* as the list has it, or set after pick_open */
	int rows;          /* the same */
	struct input search;
	struct rect box;
	struct pick_found {
		int item, rank;
	} * found;      /* owned; of a list that is searched */
	int n, at, top; /* lines; the chosen one; the first one shown */
};

/* How well the letters typed, in this order, name it: 0 not at all, else better when
 * they are closer together. */
int pick_rank(struct text name, struct text typed);

void pick_open(struct app *a, struct pick *p, const struct pick_list *list);
/* No more lines than there are items now; what is typed then leaves the box its size. */
void pick_fit(struct pick *p);
/* The items are others: with what was typed, they are listed anew from the first on. */
void pick_refill(struct app *a, struct pick *p);
/* The item under the cursor; -1: there is none. */
int pick_item(const struct pick *p);
/* For a foot: the text, wrapped, in the last lines of r. */
void pick_help(struct canvas *c, struct rect r, const char *text);

/* ---- for struct screen_ops; state begins with a struct pick ---- */
void pick_close(struct app *a, void *state);
void pick_layout(struct app *a, void *state, struct rect body);
void pick_paint(struct app *a, void *state, struct canvas *c, struct rect body);
bool pick_act(struct app *a, void *state, enum action action);
void pick_click(struct app *a, void *state, int row, int column);
struct input *pick_input(struct app *a, void *state);
void pick_typed(struct app *a, void *state);

#endif
