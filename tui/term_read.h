/* What comes in from the terminal, as events: see term_read in term.h. Part of it. */
#ifndef TUI_TERM_READ_H
#define TUI_TERM_READ_H

/* Once curses has the terminal. */
void term_read_open(void);
/* The mouse was switched on or off: no button is held. */
void term_read_forget(void);

#endif
