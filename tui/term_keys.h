/* What the key codes of curses are called in keys.h. Part of the terminal. */
#ifndef TUI_TERM_KEYS_H
#define TUI_TERM_KEYS_H

#include <stdint.h>
#include <wchar.h>

/* 0: a key that the program has no name for. */
int32_t term_key(wint_t code);

#endif
