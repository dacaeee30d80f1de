/* The guided import: from a file somebody chose to rows in the book. */
#ifndef TUI_IMPORT_H
#define TUI_IMPORT_H

#include <stdbool.h>

struct app;

/* Asks for the file and goes on from there; in a demo it asks first. */
void import_open(struct app *a);
/* The book that is open is a demo, by its name: what comes in is mixed with it. */
bool import_into_demo(const struct app *a);

/* Makes a file that was chosen the one that is imported; false: it can't be had, and a
 * message says why. */
bool import_file(struct app *a, const char *path);
/* What was said of files is forgotten. */
void import_kept_end(struct app *a);

#endif
