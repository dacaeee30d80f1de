/* Looks: roles as attributes and colour pairs of curses. Part of the terminal. */
#ifndef TUI_TERM_LOOK_H
#define TUI_TERM_LOOK_H

#include <curses.h>

#include "tui/canvas.h"
#include "tui/settings.h"

/* After newterm, and when settings changed. Starts colours when there are any and they
 * are wanted. */
void look_open(const struct settings *s);
/* A row of tiles as cells, which there is room for: one for each column, and 2; gives how
 * many they are. */
int look_row(const struct tile *t, int columns, cchar_t *out);

#endif
