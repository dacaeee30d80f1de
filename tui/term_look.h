/* Looks: roles as attributes and colour pairs of curses. Part of the terminal. */
#ifndef TUI_TERM_LOOK_H
#define TUI_TERM_LOOK_H

#include <curses.h>

#include "tui/tui.h"

/* After newterm. Starts colours when there are any and they are wanted. */
void look_open(enum theme theme, enum tui_color color);
attr_t look_of(enum role role, bool focus, int *pair);

#endif
