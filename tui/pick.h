/*
 * Pick: a popup in which one of many is found by typing letters of its name. Who uses
 * it fills the list and paints its lines; moving and typing is done here.
 */
#ifndef TUI_PICK_H
#define TUI_PICK_H

#include "tui/canvas.h"
#include "tui/input.h"

struct pick {
	struct input search;
	struct rect box;
	int n, at, top; /* lines; the chosen one; the first one shown */
	int below;      /* lines kept free at the bottom, for whoever uses it */
};

/* How well the letters typed, in this order, name it: 0 not at all, else better when
 * they are closer together. */
int pick_rank(struct text name, struct text typed);
/* A box for so many lines and columns in the middle of the body. */
void pick_place(struct pick *p, struct rect body, int rows, int columns);
/* The box with what was typed; returns where the lines from top on belong. */
struct rect pick_paint(struct pick *p, struct canvas *c, const char *title);
/* Moving the choice; false: not a movement. */
bool pick_act(struct pick *p, enum action a);
/* The line that was clicked on becomes the choice; false: no line is there. */
bool pick_click(struct pick *p, int row, int column);

#endif
