/*
 * Conflict: somebody else changed what is being saved. For each field a popup shows what
 * was seen, what they made of it and what was typed, and one key decides whose stays;
 * then it is saved. Leaving it decides nothing: the form is as it was.
 */
#ifndef TUI_CONFLICT_H
#define TUI_CONFLICT_H

#include "tui/form.h"

struct conflict_field {
	char label[40];
	int tag; /* for whoever opened it */
	struct input seen, theirs, mine;
	bool take_mine; /* the decision */
};

struct conflict {
	char subtitle[160]; /* of what: "Northwind Traders" */
	struct conflict_field field[FORM_LINES];
	int n;
	/* All fields are decided; the popup is closed already, c is borrowed. */
	void (*decided)(struct app *a, const struct conflict *c);
};

/* Adds a field; what follows the last one that there is room for is left out. */
struct conflict_field *conflict_add(struct conflict *c, const char *label, int tag);
/* Opens it; c, with a field at least, is copied. */
void conflict_open(struct app *a, const struct conflict *c);

#endif
