#include "tui/save_file.h"

#include <stdio.h>

enum { FILE_LINE, EXISTING_LINE };

void save_file_begin(struct form *f, int at, const char *path)
{
	input_set(&f->value[at + FILE_LINE], text_of(path));
	input_set(&f->value[at + EXISTING_LINE], TEXT("keep"));
}

enum status save_file_able(const struct app *a, struct err *e)
{
	return a->host->write ? ST_OK
			      : err_set(e, ST_IO, "files can't be written from here");
}

bool save_file_replaces(const struct form *f, int at)
{
	return text_eq(form_value(f, at + EXISTING_LINE), TEXT("replace"));
}

enum status save_file_is_there(const char *path, int at, int *line, struct err *e)
{
	*line = at + EXISTING_LINE;
	return err_set(e, ST_DUPLICATE,
		"%s is there already: replace it, or take another name", path);
}

enum status save_file(struct app *a, const struct form *f, int at, const char *path,
	struct text bytes, const char **where, int *line, struct err *e)
{
	const struct text typed = form_value(f, at + FILE_LINE);
	char own[SAVE_FILE_PATH_MAX];
	enum status st;

	*line = at + FILE_LINE;
	snprintf(own, sizeof(own), "%.*s", (int)typed.n, typed.s);
	st = a->host->write(a->host->ctx, path ? path : own, bytes,
		save_file_replaces(f, at), where, e);
	return st == ST_DUPLICATE ? save_file_is_there(path ? path : own, at, line, e)
				  : st;
}
