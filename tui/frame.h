/* The frame around every screen: top line, tabs, message or filter line, hints. */
#ifndef TUI_FRAME_H
#define TUI_FRAME_H

struct app;

/* Paints everything: the frame, the screens of the stack, popups on top. */
void frame_paint(struct app *a);

#endif
