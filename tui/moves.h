/* Moves: a popup with what a review would do: who goes where, and why. */
#ifndef TUI_MOVES_H
#define TUI_MOVES_H

#include "core/review.h"

struct app;

/* Opens it; r is read during the call. closed is called when the popup is gone. */
void moves_open(struct app *a, const struct review *r, void (*closed)(struct app *a));

#endif
