#include "tui/shown_export.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/list_export.h"
#include "tui/bytes.h"
#include "tui/mem.h"
#include "tui/save_file.h"

enum { LINE_FORMAT, LINE_FILE, LINES = LINE_FILE + 2 };

static const struct form_line lines[LINES] = {
	{ "Format", FORM_CHOICE, "csv|json|html",
		"CSV for spreadsheets, JSON for programs, HTML to read and to send.",
		true },
	SAVE_FILE_LINES(
		"~ is your home folder. The ending comes of itself when there is none."),
};

/* ---- what is shown ---------------------------------------------------------------- */

/* The marked accounts in the order of the list, then those the filter hides; without
 * marks the list. Returns owned. */
static uint32_t *shown_rows(const struct app *a, uint32_t *n)
{
	const struct list *l = app_list(a);
	const uint32_t listed = l ? l->n : 0, all = a->marks.n ? a->marks.n : listed;
	uint32_t *ids = mem_new((size_t)all + 1, sizeof(*ids));
	uint8_t *taken = mem_new((size_t)a->marks.size + 1, 1);

	*n = 0;
	for (uint32_t i = 0; i < listed && *n < all; i++) {
		if (a->marks.n && !marks_has(&a->marks, l->id[i]))
			continue;
		ids[(*n)++] = l->id[i];
		if (a->marks.n)
			taken[l->id[i] - 1] = 1;
	}
	for (uint32_t id = 1; id <= a->marks.size && *n < all; id++)
		if (marks_has(&a->marks, id) && !taken[id - 1])
			ids[(*n)++] = id;
	free(taken);
	return ids;
}

/* Also those for which a narrow screen has no room: the file is the same on every one.
 * The picture of the weeks and the next step are no fields and stay out. A sheet has the
 * id in front, so that its rows are known again. */
static int shown_fields(
	const struct app *a, bool sheet, enum list_field field[LIST_FIELDS])
{
	int n = 0;

	if (sheet)
		field[n++] = LIST_ID;
	for (int i = 0; i < COLUMNS; i++) {
		const struct list_column *x = &a->columns.of[i];

		if (x->field < LIST_FIELDS && !(sheet && x->field == LIST_ID) &&
			x->shown != COLUMN_HIDDEN)
			field[n++] = (enum list_field)x->field;
	}
	return n;
}

/* What the rows of a page are, for readers who don't know who "me" is. */
static void describe(const struct app *a, char *title, char *about, size_t size)
{
	static const char me[] = "csm:me";
	const char *whose[WHOSE_COUNT] = {
		[WHOSE_ALL] = "",
		[WHOSE_MINE] = book_me(a->book),
		[WHOSE_TEAM] = a->view.owner,
		[WHOSE_POOL] = "the pool",
		[WHOSE_ONE] = a->view.owner,
	};
	const char *name = whose[a->view.whose], *at;
	char filter[INPUT_MAX + 1];
	size_t n;

	snprintf(title, size, "%s%s", name[0] ? "Accounts of " : "Accounts", name);
	snprintf(filter, sizeof(filter), "%.*s", (int)a->view.filter.n, a->view.filter.s);
	at = strstr(filter, me);
	if (at && (at[sizeof(me) - 1] == ' ' || at[sizeof(me) - 1] == '\0'))
		snprintf(about, size, "%.*scsm:%s%s", (int)(at - filter), filter,
			book_me(a->book), at + sizeof(me) - 1);
	else
		snprintf(about, size, "%s", filter);
	n = strlen(about);
	if (a->marks.n)
		snprintf(about + n, size - n, "%s", n ? ", marked" : "marked");
}

/* ---- writing ------------------------------------------------------------------------
 */

/* What was typed, with the ending of the format when its name has none. */
static void path_of(struct text file, struct text format, char *out, size_t size)
{
	bool ending = false;

	for (size_t i = 0; i < file.n; i++)
		ending = file.s[i] == '.' || (ending && file.s[i] != '/');
	snprintf(out, size, "%.*s%s%.*s", (int)file.n, file.s, ending ? "" : ".",
		ending ? 0 : (int)format.n, format.s);
}

static enum status write_file(struct app *a, const struct form *f, struct text bytes,
	uint32_t rows, int *line, struct err *e)
{
	char path[SAVE_FILE_PATH_MAX];
	const char *where;
	enum status st;

	path_of(form_value(f, LINE_FILE), form_value(f, LINE_FORMAT), path, sizeof(path));
	st = save_file(a, f, LINE_FILE, path, bytes, &where, line, e);
	if (st == ST_OK)
		app_say(a, rows == 1 ? "%u account is in %s" : "%u accounts are in %s",
			rows, where);
	return st;
}

static enum list_format format_of(struct text t)
{
	return text_eq(t, TEXT("json"))   ? LIST_JSON
	       : text_eq(t, TEXT("html")) ? LIST_HTML
					  : LIST_SHEET;
}

static enum status done(struct app *a, const struct form *f, int *line, struct err *e)
{
	enum list_field field[LIST_FIELDS];
	struct list_export x = { .book = a->book, .field = field };
	struct bytes bytes = { 0 };
	const enum list_format format = format_of(form_value(f, LINE_FORMAT));
	char title[INPUT_MAX + 160], about[INPUT_MAX + 160];
	uint32_t *ids;
	enum status st = save_file_able(a, e);

	*line = LINE_FILE;
	if (st != ST_OK)
		return st;
	describe(a, title, about, sizeof(about));
	x.title = text_of(title);
	x.about = text_of(about);
	x.ids = ids = shown_rows(a, &x.n);
	x.fields = shown_fields(a, format == LIST_SHEET, field);
	st = list_export(&x, format, bytes_take, &bytes, e);
	if (st == ST_OK)
		st = write_file(a, f, bytes_text(&bytes), x.n, line, e);
	free(ids);
	bytes_clear(&bytes);
	return st;
}

void shown_export_ask(struct app *a)
{
	static const struct form_spec spec = { .title = "Export what is shown",
		.verb = "export",
		.lines = lines,
		.n = LINES,
		.done = done };
	struct form *f = mem_new(1, sizeof(*f));
	char day[DAY_TEXT_MAX], name[64];
	enum list_field field[LIST_FIELDS];
	uint32_t n = a->marks.n ? a->marks.n : app_list(a)->n;

	f->spec = &spec;
	snprintf(f->subtitle, sizeof(f->subtitle),
		"%u %saccount%s%s, %d columns, those without room here as well", n,
		a->marks.n ? "marked " : "", TEXT_S(n),
		marks_hidden(&a->marks, app_list(a)) ? ", also those that are not shown"
						     : "",
		shown_fields(a, true, field));
	snprintf(name, sizeof(name), "~/book-%s", day_format(book_as_of(a->book), day));
	input_set(&f->value[LINE_FORMAT], TEXT("csv"));
	save_file_begin(f, LINE_FILE, name);
	form_open(a, f);
	free(f);
}
