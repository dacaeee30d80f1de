/* The frame around every screen: top line, tabs, message or filter line, hints. */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

#include "tui/actions.h"

struct app;

/* Paints everything: the frame, the screens of the stack, popups on top. */
void frame_paint(struct app *a);
/* What a click there does; ACT_NONE: nothing of the frame is there. */
enum action frame_hit(const struct app *a, int row, int column);

#endif
