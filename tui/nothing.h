/* Nothing: what a picture says as long as there is nothing to show in it. */
#ifndef TUI_NOTHING_H
#define TUI_NOTHING_H

#include "tui/canvas.h"
#include "tui/keys.h"

struct app;

/* Says what to do first, with the keys of the scope; false: there are figures. */
bool nothing_paint(
	const struct app *a, struct canvas *c, struct rect body, enum scope scope);

#endif
