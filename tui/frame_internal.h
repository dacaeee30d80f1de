/* Frame: what its files share. */
#ifndef TUI_FRAME_INTERNAL_H
#define TUI_FRAME_INTERNAL_H

#include "tui/canvas.h"
#include "tui/frame.h"

/* A click there does the action. */
void frame_zone(struct app *a, int row, int from, int to, enum action action);
void frame_top(struct app *a, struct canvas *c);
void frame_line(struct app *a, struct canvas *c, int row); /* where no filter is typed */

#endif
