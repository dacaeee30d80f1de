/*
 * Guard: signals while the console owns the terminal. Those that ask for something
 * become bytes in a pipe and are taken by the loop; those that end the program at once
 * give the terminal back first. One per process.
 */
#ifndef TUI_GUARD_H
#define TUI_GUARD_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

struct guard_wishes {
	bool resize, suspend, resume;
	int end; /* signal that asked to end: INT, TERM or HUP; 0: none */
};

/* Remembers the terminal's settings and installs the handlers. Before curses starts:
 * then it leaves these signals alone. */
enum status guard_open(struct err *e) MUST_USE;
void guard_close(void);

/* What the terminal must be sent when the program crashes; copied. Nothing is sent
 * before it is set, or after n is 0. */
void guard_reset_string(const char *s, size_t n);

/* Where a signal that asks to end is noted at once, for whoever is busy elsewhere;
 * borrowed until guard_close. NULL: nowhere. */
void guard_tell_end(volatile sig_atomic_t *ended);

int guard_fd(void); /* readable when there is something to take */
struct guard_wishes guard_take(void);
/* Stops the process group, as the terminal would; returns when it goes on. */
void guard_stop(void);

/* While the screen is drawn on, what libraries write to a stderr on the terminal is
 * kept, and written when hush ends. */
void guard_hush(void);
void guard_unhush(void);

#endif
