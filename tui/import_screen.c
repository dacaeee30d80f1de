/* The guided import: a file, its columns, a check, the import. Its steps are in files of
 * their own. */
#include "tui/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/demo.h"
#include "tui/confirm.h"
#include "tui/files.h"
#include "tui/import_state.h"
#include "tui/setup.h"
#include "tui/start.h"

struct importing *importing_of(struct app *a)
{
	return a->state[SCREEN_IMPORT];
}

/* ---- the file ------------------------------------------------------------------- */

static void forget_file(struct app *a, struct importing *s)
{
	import_keep(a, s);
	import_clear_result(s);
	import_preview_clear(&s->preview);
	mapping_clear(&s->base);
	arena_clear(&s->names);
	if (s->file.bytes && a->host->unread)
		a->host->unread(a->host->ctx, &s->file);
	s->file = (struct host_file){ .bytes = NULL };
}

static void take_file(struct app *a, struct importing *s, const char *path,
	const struct host_file *file)
{
	const char *slash;

	forget_file(a, s);
	snprintf(s->path, sizeof(s->path), "%s", path);
	app_hush(a); /* what was wrong with another file */
	s->ignore_tiers = s->update_only = false;
	slash = strrchr(s->path, '/');
	s->name = slash ? slash + 1 : s->path;
	s->file = *file;
	s->step = IMPORT_COLUMNS;
	s->column = s->top = 0;
	arena_init(&s->names);
	s->kind = import_kind_guess(file->bytes, file->size, a->summary.accounts == 0);
	mapping_init(&s->base, s->kind);
	import_guess(s);
	import_look(a, s);
	if (import_recall(a, s))
		return;
	if (s->shown && s->preview.missing && setup_wants_usage(a)) {
		s->kind = REC_SIGNAL;
		mapping_clear(&s->base);
		mapping_init(&s->base, s->kind);
		import_look(a, s);
	}
}

bool import_file(struct app *a, const char *path)
{
	struct host_file file;
	struct err e = { .status = ST_OK };

	if (!a->host->read) {
		app_say(a, "no files can be had here");
		return false;
	}
	if (a->host->read(a->host->ctx, path, &file, &e) != ST_OK) {
		app_fail(a, &e);
		return false;
	}
	if (!a->book && !start_usual(a)) {
		a->host->unread(a->host->ctx, &file);
		return false;
	}
	app_push(a, SCREEN_IMPORT); /* the one that is open takes the file */
	if (app_top(a) == SCREEN_IMPORT)
		take_file(a, importing_of(a), path, &file);
	a->dirty |= APP_LAYOUT;
	return true;
}

static void ask_file(struct app *a)
{
	static const struct files_request files = { "Import: which file", FILES_TABLES,
		import_file };

	files_open(a, &files);
}

bool import_into_demo(const struct app *a)
{
	const char *path = a->book ? book_path(a->book) : NULL;

	return path && ((a->host->demo_book && strcmp(path, a->host->demo_book) == 0) ||
			       demo_named(path));
}

void import_open(struct app *a)
{
	char question[240];

	if (!import_into_demo(a) || importing_of(a)) {
		ask_file(a);
		return;
	}
	snprintf(question, sizeof(question),
		"This book is a demo: what you import is mixed with its made-up "
		"customers. %s begins a new book for your own. Import into the demo?",
		keys_word(SCOPE_SCREEN, ACT_BOOK_OTHER));
	confirm_open(a, question, ask_file);
}

void import_request_of(struct app *a, struct importing *s, struct import_request *q,
	char codes[FX_MAX + 1][4])
{
	*q = (struct import_request){ .kind = s->kind,
		.bytes = s->file.bytes,
		.size = s->file.size,
		.name = s->name,
		.mapping_text = s->mapping,
		.mapping_name = s->mapping_name,
		.encoding = mapping_word(&s->base, "encoding"),
		.delimiter = mapping_word(&s->base, "delimiter"),
		.dates = mapping_word(&s->base, "dates"),
		.decimal = mapping_word(&s->base, "decimal"),
		.signs = mapping_word(&s->base, "signs"),
		.words = import_own_words(s),
		.ignore_tiers = s->ignore_tiers,
		.update_only = s->update_only && s->kind == REC_ACCOUNT,
		.as_of = book_as_of(a->book) };
	import_under(q, book_policy(a->book), codes);
}

/* ---- the screen ----------------------------------------------------------------- */

static void open_import(struct app *a, void *state)
{
	struct importing *s = state;

	(void)a;
	arena_init(&s->names);
	mapping_init(&s->base, REC_ACCOUNT);
}

static void close_import(struct app *a, void *state)
{
	forget_file(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct importing *s = state;

	(void)a;
	s->rows = body.rows;
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	const struct rect r = { body.row, body.column + 1, body.rows, body.columns - 2 };

	import_paint_columns(a, state, c, r);
}

static void ask_to_leave(struct app *a)
{
	const char *save = keys_word(SCOPE_IMPORT, ACT_IMPORT_SAVE);
	char question[200];

	snprintf(question, sizeof(question),
		"Leave the import? What you said about the columns is kept for this file "
		"until the console ends; %s saves it for good.",
		save);
	confirm_open(a, question, app_back);
}

static bool act(struct app *a, void *state, enum action action)
{
	if (action == ACT_IMPORT_FILE || action == ACT_IMPORT) {
		import_open(a);
		return true;
	}
	if (action == ACT_BACK && ((struct importing *)state)->changed) {
		ask_to_leave(a);
		return true;
	}
	return import_act_columns(a, state, action);
}

static void click(struct app *a, void *state, int row, int column)
{
	(void)column;
	import_click_columns(a, state, row - app_body(a).row);
}

const struct screen_ops import_screen = {
	.size = sizeof(struct importing),
	.open = open_import,
	.close = close_import,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
};
