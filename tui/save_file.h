/*
 * Save file: the lines of a form that say into which file something goes, and what
 * becomes of one that is there already.
 */
#ifndef TUI_SAVE_FILE_H
#define TUI_SAVE_FILE_H

#include "tui/app.h"
#include "tui/form.h"

/* Two lines, of which `at` is the first one in all that follows. */
#define SAVE_FILE_LINES(help)                                                           \
	{ "File", FORM_TEXT, NULL, help, true },                                        \
	{                                                                               \
		"If it exists", FORM_CHOICE, "keep|replace",                            \
			"What happens when there is a file of that name already.", true \
	}
enum { SAVE_FILE_PATH_MAX = INPUT_MAX + 16 };

/* The file that is proposed. */
void save_file_begin(struct form *f, int at, const char *path);
/* Before anything is made for it: whether files can be written at all. */
enum status save_file_able(const struct app *a, struct err *e) MUST_USE;
bool save_file_replaces(const struct form *f, int at);
/* *line is to blame for it, and e says so. */
enum status save_file_is_there(const char *path, int at, int *line, struct err *e);
/* path: NULL is what was typed. *where: as the host tells. */
enum status save_file(struct app *a, const struct form *f, int at, const char *path,
	struct text bytes, const char **where, int *line, struct err *e) MUST_USE;

#endif
