#include "cli/report_file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/call.h"
#include "cli/file.h"

/* The folder that the program lies in; NULL where the system does not say. Owned. */
static char *program_folder(void)
{
	char path[4096], *slash;
	const ssize_t n = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (n <= 0)
		return NULL;
	path[n] = '\0';
	slash = strrchr(path, '/');
	return slash && slash > path ? strndup(path, (size_t)(slash - path)) : NULL;
}

static enum status write_doc(
	struct doc *d, enum report_format format, FILE *to, struct err *e)
{
	char *folder = program_folder();
	const enum status st = report_write(d, format, folder, call_sink, to, e);

	free(folder);
	return st;
}

enum status report_file(struct book *b, enum report_kind kind, uint32_t subject,
	const char *path, bool replace, const char *book, struct err *e)
{
	const enum report_format format = report_format_of(text_of(path));
	struct file_new file;
	struct doc d;
	enum status st;

	if (format == REPORT_FORMATS)
		return err_set(e, ST_USAGE,
			"%s: what kind of file? Its name has to end in .html, .pdf, .svg "
			"or "
			".png",
			path);
	st = file_create(path, replace, book, &file, e);
	if (st != ST_OK)
		return st;
	st = report_make(b, kind, subject, &d, e);
	if (st == ST_OK)
		st = write_doc(&d, format, file.to, e);
	if (st == ST_OK)
		st = file_keep(&file, e);
	doc_clear(&d);
	file_drop(&file);
	return st;
}

enum status report_stream(struct book *b, enum report_kind kind, uint32_t subject,
	out_sink sink, void *arg, struct err *e)
{
	struct doc d;
	enum status st = report_make(b, kind, subject, &d, e);

	if (st == ST_OK)
		st = report_write(&d, REPORT_HTML, NULL, sink, arg, e);
	doc_clear(&d);
	return st;
}
