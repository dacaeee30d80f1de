/* The guided import: from a file somebody chose to rows in the book. */
#ifndef TUI_IMPORT_H
#define TUI_IMPORT_H

struct app;

/* Asks for the file and goes on from there. */
void import_open(struct app *a);

#endif
