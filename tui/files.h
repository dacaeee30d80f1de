/*
 * Files: a popup to find a file in the folders, by arrows, by letters of its name, or by
 * typing or pasting its path.
 */
#ifndef TUI_FILES_H
#define TUI_FILES_H

#include <stdbool.h>

struct app;

enum files_kind { FILES_TABLES, FILES_BOOKS };

struct files_request {
	const char *title;
	enum files_kind kind; /* those stand first, the others below */
	/* The popup is closed already; the path is borrowed during the call. false: it
	 * can't be had, and a message says why: the popup comes back as it was. */
	bool (*chosen)(struct app *a, const char *path);
};

/* Opens it in the folder where one was found last; the request is borrowed for good. */
void files_open(struct app *a, const struct files_request *r);

#endif
