/* The set-up worksheet: what the screen and the offer to open it share. */
#ifndef TUI_SETUP_H
#define TUI_SETUP_H

#include "core/setup.h"

struct app;

/* The worksheet is open at the step for usage: a file is meant to have signals. */
bool setup_wants_usage(const struct app *a);
/* Says what is missing, when something is and the book was just opened. */
void setup_offer(struct app *a);

#endif
