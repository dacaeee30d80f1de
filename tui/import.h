/* The guided import: from a file somebody chose to rows in the book. */
#ifndef TUI_IMPORT_H
#define TUI_IMPORT_H

#include <stdbool.h>

struct app;

/* Asks for the file and goes on from there; in a demo it asks first. */
void import_open(struct app *a);
/* The book that is open is a demo, by its name: what comes in is mixed with it. */
bool import_into_demo(const struct app *a);

#endif
