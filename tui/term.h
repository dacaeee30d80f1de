/*
 * Terminal: nobody but its files, term*.c, knows curses. Takes the screen, shows a canvas
 * on it, turns what comes in into events, and gives everything back as it was. One per
 * process.
 */
#ifndef TUI_TERM_H
#define TUI_TERM_H

#include "tui/canvas.h"
#include "tui/event.h"
#include "tui/settings.h"

/* Takes the terminal. Returns 0, or the exit status of tui_run and fills e. */
int term_open(const struct settings *s, struct err *e) MUST_USE;
void term_close(void);
/* Settings changed: shows the next canvas with them. The mouse has its own function. */
void term_apply(const struct settings *s);

bool term_ascii(void);                   /* the terminal shows ASCII only */
void term_size(int *rows, int *columns); /* as the terminal says now */
void term_resize(int rows, int columns);

/* The next event that is there; false: none. Never waits for longer than it takes to
 * tell Esc from a key that begins with it. */
bool term_read(struct event *ev);
/* A paste that was begun but whose end does not come ends here. */
bool term_read_end(struct event *ev);

void term_show(const struct canvas *c);
/* What was shown last; borrowed until the next term_show. */
const struct canvas *term_shown(void);
void term_redraw(void); /* the next term_show draws everything */
void term_mouse(bool on);
/* Gives the terminal back, stops, and takes it again when the process goes on. */
void term_suspend(void);
/* Takes the terminal again: whoever had it meanwhile (the shell, after SIGSTOP, of which
 * nobody is told before) left it in modes of its own. */
void term_resume(void);

#endif
