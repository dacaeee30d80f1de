/*
 * What terminfo says, apart from curses' own use of it: its header gives names such as
 * "columns" a meaning. Part of the terminal.
 */
#ifndef TUI_TERM_CAPS_H
#define TUI_TERM_CAPS_H

#include <stdbool.h>
#include <stddef.h>

/* Whether terminfo knows the terminal of $TERM. */
bool caps_known(void);
/* Whether the terminal fills with the colours in force when it erases. */
bool caps_erase_in_colour(void);

/* Bytes that give the terminal back after a crash: what is held back, paste and mouse
 * off, attributes, keypad, alternate screen and cursor as before. Returns their number.
 */
size_t caps_reset(char *out, size_t size);

/* What shows the cursor, NUL-terminated. */
void caps_shown_cursor(char *out, size_t size);

#endif
