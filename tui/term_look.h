/* Looks: roles as attributes and colour pairs of curses. Part of the terminal. */
#ifndef TUI_TERM_LOOK_H
#define TUI_TERM_LOOK_H

#include <curses.h>

#include "tui/settings.h"

/* After newterm, and when settings changed. Starts colours when there are any and they
 * are wanted. */
void look_open(const struct settings *s);
attr_t look_of(enum role role, bool focus, int *pair);

#endif
