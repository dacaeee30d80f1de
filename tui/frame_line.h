/* Frame: the line above the hints. */
#ifndef TUI_FRAME_LINE_H
#define TUI_FRAME_LINE_H

#include "tui/canvas.h"

struct app;

/* The filter being typed; the word that makes no sense stands out. */
void frame_line_filter(struct app *a, struct canvas *c, int row);
/* "61 of 600" at its end, where a message leaves it room. */
void frame_line_place(const struct app *a, struct canvas *c, int row);

#endif
