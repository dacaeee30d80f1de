/* The check of the whole file, the import itself, and the file of what was rejected. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_import.h"
#include "tui/bytes.h"
#include "tui/import_state.h"
#include "tui/mem.h"
#include "tui/save_file.h"

void import_clear_result(struct importing *s)
{
	if (s->has_result)
		import_result_clear(&s->result);
	s->has_result = false;
}

static bool tell(void *arg, uint64_t done, uint64_t total, uint64_t rows)
{
	const struct progress *p = arg;
	char what[64];

	snprintf(what, sizeof(what), "%" PRIu64 " rows read", rows);
	return p->tell(p->arg, what, done, total);
}

/* Good rows are taken, the others counted, while somebody watches who may stop it. */
static enum status go_through(struct app *a, struct import_request *q, const char *title,
	struct import_result *out, struct err *e)
{
	enum status st;

	q->skip_bad = true;
	q->progress_arg = (void *)(uintptr_t)work_start(a, title);
	q->progress = tell;
	st = book_import(a->book, q, out, e);
	work_stop(a);
	return st;
}

/* On failure the step stays what it is, and the reason is where the eyes are. */
static bool run(struct app *a, struct importing *s, struct import_request *q)
{
	struct import_result result;
	struct err e = { .status = ST_OK };
	const enum status st = go_through(
		a, q, q->dry_run ? "Checking the file" : "Importing", &result, &e);

	if (st != ST_OK) {
		import_result_clear(&result);
		if (st == ST_CANCELLED)
			app_say(a, "stopped: nothing was changed");
		else if (s->step == IMPORT_COLUMNS) {
			snprintf(s->problem, sizeof(s->problem), "%s", e.text);
			import_name_option(s, s->problem);
		} else
			app_fail(a, &e);
		return false;
	}
	import_clear_result(s);
	s->result = result;
	s->has_result = true;
	return true;
}

void import_check(struct app *a, struct importing *s)
{
	char codes[FX_MAX + 1][4];
	struct import_request q;

	if (!s->shown)
		return;
	if (s->preview.missing) {
		app_say(a, "no column is %s yet: %s on the column that is it",
			s->preview.missing, keys_text(SCOPE_IMPORT, ACT_CHOOSE));
		return;
	}
	import_request_of(a, s, &q, codes);
	q.dry_run = true;
	s->step = IMPORT_COLUMNS; /* where Esc led back to after a check before */
	s->problem[0] = '\0';
	if (!run(a, s, &q))
		return;
	for (uint32_t i = s->result.error_count; i-- > 0;) /* the first counts */
		import_name_option(s, s->result.errors[i].message);
	s->step = IMPORT_CHECKED;
	s->file_of_rejected[0] = '\0';
	app_push(a, SCREEN_IMPORT_RESULT);
}

/* Whom a column names. */
static bool names_csm(const struct importing *s, uint32_t column)
{
	const int f = s->preview.columns[column].field;

	return f >= 0 && record_of(s->kind)->fields[f].type == FT_CSM;
}

void import_take_for(struct app *a, struct importing *s)
{
	struct mapping_value *before = s->base.values;
	struct err e = { .status = ST_OK };
	enum status st = ST_OK;

	if (s->step != IMPORT_CHECKED || !s->result.meant) {
		app_say(a, "no new CSM is nearly written like one of the book");
		return;
	}
	for (uint32_t i = 0; st == ST_OK && i < s->preview.column_count; i++)
		if (names_csm(s, i))
			st = mapping_set_value(&s->base, s->preview.columns[i].field,
				text_of(s->result.slip), s->result.meant, &e);
	if (st == ST_OK && import_settle(a, s)) {
		import_look(a, s);
		import_check(a, s);
		return;
	}
	s->base.values = before;
	if (st != ST_OK)
		app_fail(a, &e);
}

void import_leave(struct app *a)
{
	app_back(a);
	app_back(a);
	if (app_top(a) == SCREEN_START)
		app_back(a);
}

void import_take(struct app *a, struct importing *s)
{
	char codes[FX_MAX + 1][4];
	struct import_request q;

	if (s->step == IMPORT_DONE) {
		const bool figures = s->kind != REC_CSM, first = s->was_empty;

		import_leave(a);
		if (figures)
			app_act(a, ACT_RECALCULATE);
		if (first)
			app_push(a, SCREEN_SETUP);
		return;
	}
	if (s->result.inserted + s->result.updated == 0) {
		app_say(a, "there is nothing to take: no row is new or different");
		return;
	}
	import_request_of(a, s, &q, codes);
	s->was_empty = s->kind == REC_ACCOUNT && a->summary.accounts == 0;
	if (!run(a, s, &q))
		return;
	s->step = IMPORT_DONE;
	a->newer |= s->kind != REC_CSM;
	a->dirty |= APP_DATA;
}

/* ---- what was rejected ---------------------------------------------------------- */

static enum status write_rejected(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	struct importing *s = importing_of(a);
	char codes[FX_MAX + 1][4];
	struct import_request q;
	struct import_result result;
	struct bytes bytes = { 0 };
	const char *written;
	enum status st;

	*line = 0;
	import_request_of(a, s, &q, codes);
	q.dry_run = true;
	q.error_sink = bytes_take;
	q.error_arg = &bytes;
	st = go_through(a, &q, "Looking for the rejected rows", &result, e);
	import_result_clear(&result);
	if (st == ST_CANCELLED)
		(void)err_set(e, st, "stopped: no file was written");
	if (st == ST_OK)
		st = save_file(a, f, 0, NULL, bytes_text(&bytes), &written, line, e);
	bytes_clear(&bytes);
	if (st == ST_OK)
		snprintf(s->file_of_rejected, sizeof(s->file_of_rejected), "%s", written);
	if (st == ST_OK)
		app_say(a, "the rejected rows are in %s, in UTF-8", written);
	return st;
}

void import_save_rejected(struct app *a, struct importing *s)
{
	static const struct form_line lines[] = {
		SAVE_FILE_LINES("Each rejected row with its reason, written as the file "
				"is, but always in UTF-8; mend it and import it by the "
				"same mapping."),
	};
	static const struct form_spec spec = { "Save the rejected rows", "save", lines, 2,
		write_rejected, NULL };
	struct form f = { .spec = &spec };
	char path[IMPORT_PATH_MAX + 16];
	const char *dot;

	if (s->result.rejected == 0) {
		app_say(a, "no row is rejected");
		return;
	}
	if (!a->host->write) {
		app_say(a, "no files can be written here");
		return;
	}
	dot = strrchr(s->name, '.');
	snprintf(path, sizeof(path), "%.*s-rejected%s",
		(int)(dot ? dot - s->path : (long)strlen(s->path)), s->path,
		dot ? dot : ".csv");
	save_file_begin(&f, 0, path);
	form_open(a, &f);
}
