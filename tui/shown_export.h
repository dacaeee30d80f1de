/*
 * Export of what is shown: the accounts of the list, or the marked ones, with the columns
 * of the table in their order, also those that have no room at present, into a file.
 */
#ifndef TUI_SHOWN_EXPORT_H
#define TUI_SHOWN_EXPORT_H

struct app;

/* Asks for the format and the file, and writes it. */
void shown_export_ask(struct app *a);

#endif
