#include "tui/report_form.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/convert.h"
#include "tui/mem.h"
#include "tui/save_file.h"

enum { NAME_SHOWN = 120 };
enum { LINE_WHAT, LINE_CSM, LINE_FORMAT, LINE_FILE, LINES = LINE_FILE + 2 };

static const struct form_line lines[LINES] = {
	{ "What", FORM_CHOICE, "board|csm|account",
		"The base for a board, a CSM for a one-to-one, or the account under the "
		"cursor for its business review.",
		true },
	{ "Whose", FORM_PERSON, NULL, "The CSM, where that is what it is about.", false },
	{ "Format", FORM_CHOICE, "html|pdf|svg|png",
		"HTML to read and to send, PDF to print, SVG and PNG as pictures.",
		true },
	SAVE_FILE_LINES(
		"~ is your home folder. The ending comes of itself when there is none."),
};

/* The ending says the format, so a name with another one gets it too. */
static void path_of(const struct form *f, char *out, size_t size)
{
	const struct text file = form_value(f, LINE_FILE);
	const struct text format = form_value(f, LINE_FORMAT);
	const bool has =
		file.n > format.n && file.s[file.n - format.n - 1] == '.' &&
		text_ieq((struct text){ file.s + file.n - format.n, format.n }, format);

	snprintf(out, size, "%.*s%s%.*s", (int)file.n, file.s, has ? "" : ".",
		has ? 0 : (int)format.n, format.s);
}

static enum status subject_of(struct app *a, const struct form *f, enum host_report *what,
	uint32_t *subject, int *line, struct err *e)
{
	const struct text word = form_value(f, LINE_WHAT);
	enum status st = ST_OK;

	*what = HOST_REPORT_BOARD;
	*subject = 0;
	if (text_eq(word, TEXT("account"))) {
		*what = HOST_REPORT_ACCOUNT;
		*subject = f->account;
		*line = LINE_WHAT;
		return f->account ? ST_OK
				  : err_set(e, ST_USAGE,
					    "there was no account under the cursor");
	}
	if (text_eq(word, TEXT("csm"))) {
		*what = HOST_REPORT_CSM;
		*line = LINE_CSM;
		st = form_person(a, f, LINE_CSM, subject, e);
		if (st == ST_OK && !*subject)
			st = err_set(e, ST_USAGE, "whose? The name of a CSM");
	}
	return st;
}

static enum status done(struct app *a, const struct form *f, int *line, struct err *e)
{
	char path[SAVE_FILE_PATH_MAX];
	const char *where;
	enum host_report what;
	uint32_t subject;
	enum status st;

	*line = LINE_FILE;
	if (!a->host->report)
		return err_set(e, ST_IO, "files can't be written from here");
	st = subject_of(a, f, &what, &subject, line, e);
	if (st != ST_OK)
		return st;
	*line = LINE_FILE;
	path_of(f, path, sizeof(path));
	book_progress(a->book, work_start(a, "Report"));
	st = a->host->report(a->host->ctx, a->book, what, subject, path,
		save_file_replaces(f, LINE_FILE), &where, e);
	book_progress(a->book, NULL);
	work_stop(a);
	if (st == ST_DUPLICATE)
		return save_file_is_there(path, LINE_FILE, line, e);
	if (st == ST_OK)
		app_say(a, "the report is in %s", where);
	return st;
}

/* Whom it is about: the account under the cursor only where it is a report of one. */
static void say_whom(struct form *f, int line)
{
	const struct text what = form_value(f, LINE_WHAT);
	const char *account = f->about;

	(void)line;
	snprintf(f->subtitle, sizeof(f->subtitle), "%s",
		text_eq(what, TEXT("account")) ? account
		: text_eq(what, TEXT("csm"))   ? "the accounts of a CSM"
					       : "the whole book");
}

static char *name_account(const struct account_view *v)
{
	const struct text none = TEXT("no account is under the cursor");
	const struct text name = !v ? none : v->row.name.n ? v->row.name : v->row.id;
	const int n = convert_shown(name, NAME_SHOWN);
	char *out = mem_new((size_t)n + 1, 1);

	memcpy(out, name.s, (size_t)n);
	return out;
}

void report_form_ask(struct app *a)
{
	static const struct form_spec spec = { .title = "Report",
		.verb = "write",
		.lines = lines,
		.n = LINES,
		.done = done };
	struct form *f = mem_new(1, sizeof(*f));
	const struct account_view *v = a->focus ? app_account(a, a->focus) : NULL;
	char day[DAY_TEXT_MAX], name[64];

	f->spec = &spec;
	f->account = v ? v->row.account : 0;
	f->about = name_account(v);
	f->about_free = free;
	f->chosen = say_whom;
	snprintf(name, sizeof(name), "~/report-%s", day_format(book_as_of(a->book), day));
	input_set(&f->value[LINE_WHAT], TEXT("board"));
	if (v && v->row.csm.n)
		input_set(&f->value[LINE_CSM], v->row.csm);
	input_set(&f->value[LINE_FORMAT], TEXT("html"));
	save_file_begin(f, LINE_FILE, name);
	say_whom(f, LINE_WHAT);
	form_open(a, f);
	free(f);
}
