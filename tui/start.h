/* The way to a book while none is open. */
#ifndef TUI_START_H
#define TUI_START_H

#include <stdbool.h>

struct app;

/* Makes a book in the usual place and opens it; one that somebody else made meanwhile is
 * opened. false: it can't be had, and a message says why. */
bool start_usual(struct app *a);
/* Nobody said which book, and the usual one is there but has no accounts, as when its
 * first import was left: the choices of a first start are shown. */
bool start_offer(struct app *a);

#endif
