/* import and export. */
#include "cli/verbs.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/file.h"
#include "cli/import_out.h"
#include "cli/rows.h"
#include "cli/spool.h"
#include "core/asset.h"
#include "core/book_import.h"
#include "core/export.h"

#define MAPPING_FOLDER "mappings/"
#define PROGRESS_EVERY 250 /* milliseconds */

static enum status want_kind(const struct call *c, enum record_kind *kind, struct err *e)
{
	*kind = record_by_name(text_of(c->arg[0]));
	if ((int)*kind < (int)REC_IMPORTABLE)
		return ST_OK;
	return err_set(e, ST_USAGE,
		"%s %s: KIND is accounts, csms, contacts, signals, tickets, surveys, "
		"touches, contracts, movements or fixes",
		c->verb->name, c->arg[0]);
}

/* ---- mappings ---- */

static enum status list_maps(void)
{
	const size_t folder = strlen(MAPPING_FOLDER);
	const struct asset *a;

	for (size_t i = 0; (a = asset_at(i)) != NULL; i++) {
		const size_t n = strlen(a->name);

		if (strncmp(a->name, MAPPING_FOLDER, folder) == 0 && n > folder + 4)
			printf("%.*s\n", (int)(n - folder - 4), a->name + folder);
	}
	return ST_OK;
}

static const struct asset *find_map(const char *given)
{
	char name[256];

	snprintf(name, sizeof(name), MAPPING_FOLDER "%s.ini", given);
	return asset_find(name);
}

static enum status show_map(const char *name, struct err *e)
{
	const struct asset *a = find_map(name);

	if (!a)
		return err_set(
			e, ST_USAGE, "there is no mapping %s; see --list-maps", name);
	return call_sink(stdout, a->text, a->size, e);
}

/* A name among the mappings of the program, else a file. */
static enum status load_map(const struct call *c, struct import_request *q,
	struct file_bytes *file, struct err *e)
{
	const char *given = c->option[OPT_MAP];
	const struct asset *a;
	enum status st;

	if (!given)
		return ST_OK;
	q->mapping_name = given;
	a = find_map(given);
	if (a) {
		q->mapping_text = a->text;
		return ST_OK;
	}
	st = file_read(given, true, file, e);
	if (st == ST_NOTFOUND)
		return err_set(e, ST_USAGE,
			"--map %s: neither a file nor one of --list-maps", given);
	if (st == ST_OK && strlen(file->bytes) != file->size)
		return err_set(
			e, ST_INVALID, "%s holds NUL bytes; a mapping is a text", given);
	q->mapping_text = file->bytes;
	return st;
}

/* ---- progress ---- */

struct shown {
	bool shown;
	struct timespec begun;
	int64_t last; /* milliseconds since begun */
};

static int64_t since(const struct timespec *begun)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)(now.tv_sec - begun->tv_sec) * 1000 +
	       (now.tv_nsec - begun->tv_nsec) / 1000000;
}

static bool show_progress(void *arg, uint64_t done, uint64_t total, uint64_t rows)
{
	struct shown *p = arg;
	const int64_t ms = since(&p->begun);

	if (p->shown && total && ms - p->last >= PROGRESS_EVERY) {
		const double share = (double)done / (double)total;
		const double left =
			share > 0.01 ? (double)ms * (1 / share - 1) / 1000 : 0;

		p->last = ms;
		fprintf(stderr, "\r%3.0f %%  %llu rows  %.0f/s  %.0f s left ",
			share * 100, (unsigned long long)rows,
			(double)rows * 1000 / (double)(ms + 1), left);
	}
	return !call_cancelled;
}

static void end_progress(const struct shown *p)
{
	if (p->shown && p->last)
		fprintf(stderr, "\r%60s\r", "");
}

/* ---- import ---- */

static void take_options(const struct call *c, struct import_request *q)
{
	q->encoding = c->option[OPT_ENCODING];
	q->delimiter = c->option[OPT_DELIMITER];
	q->dates = c->option[OPT_DATES];
	q->decimal = c->option[OPT_DECIMAL];
	q->signs = c->option[OPT_SIGNS];
	q->dry_run = c->option[OPT_DRY_RUN] != NULL;
	q->skip_bad = c->option[OPT_SKIP_BAD] != NULL;
	q->update_only = c->option[OPT_UPDATE_ONLY] != NULL;
	q->ignore_tiers = c->option[OPT_IGNORE_TIERS] != NULL;
	q->no_backup = c->option[OPT_NO_BACKUP] != NULL;
	q->as_of = c->clock.today;
}

static enum status write_errors(void *errors, const char *bytes, size_t n, struct err *e)
{
	return call_sink(((struct file_new *)errors)->to, bytes, n, e);
}

/* In its place before the commit: a file that can't be kept is then a failed import. */
static enum status keep_errors(void *errors, struct err *e)
{
	return file_keep(errors, e);
}

static enum status create_errors(const struct call *c, struct import_request *q,
	struct file_new *errors, struct err *e)
{
	const char *target = c->option[OPT_ERRORS];
	enum status st;

	if (!target)
		return ST_OK;
	if (file_same(target, q->name))
		return err_set(
			e, ST_USAGE, "--errors %s: that is the file to read", target);
	st = file_create(target, c->option[OPT_FORCE] != NULL, c->db, errors, e);
	q->error_sink = write_errors;
	q->error_arg = errors;
	q->before_commit = keep_errors;
	return st;
}

static enum status print_result(const struct call *c, const struct import_request *q,
	const struct import_result *r, bool taken, struct err *e)
{
	if (c->format == FORMAT_JSON)
		return import_out_json(q, r, taken, e);
	import_out_text(c, q, r, taken);
	return ST_OK;
}

static enum status run_import(
	struct call *c, struct book *b, struct import_request *q, struct err *e)
{
	struct shown p = { .shown = !c->option[OPT_QUIET] && isatty(STDERR_FILENO) };
	char codes[FX_MAX + 1][4];
	struct import_result r;
	struct file_new errors = { 0 };
	enum status st, done = ST_OK;

	take_options(c, q);
	import_under(q, book_policy(b), codes);
	clock_gettime(CLOCK_MONOTONIC, &p.begun);
	q->progress = show_progress;
	q->progress_arg = &p;
	st = create_errors(c, q, &errors, e);
	if (st != ST_OK)
		return st;
	st = book_import(b, q, &r, e);
	end_progress(&p);
	if (st == ST_OK || st == ST_INVALID || st == ST_FORBIDDEN) {
		/* Of a dry or a refused run nothing was committed; where no row was read
		 * there is nothing to mend in a file of them. */
		if (errors.to && (st == ST_OK || ftell(errors.to) > 0))
			done = file_keep(&errors, st == ST_OK ? e : NULL);
		st = st == ST_OK ? done : st;
		if (errors.target && !errors.path && r.rejected)
			call_note(c, "the rejected rows are in %s, in UTF-8",
				c->option[OPT_ERRORS]);
		done = print_result(
			c, q, &r, st == ST_OK && !q->dry_run, st == ST_OK ? e : NULL);
		st = st == ST_OK ? done : st;
		if (st == ST_OK && r.read && r.rejected == r.read)
			st = err_set(
				e, ST_INVALID, "%s: no row of it can be taken", q->name);
		else if (st == ST_INVALID && r.error_count && c->format == FORMAT_TEXT)
			st = err_set(e, ST_INVALID, /* each was said above */
				"%s: %llu of %llu row%s can't be taken; nothing was "
				"changed",
				q->name, (unsigned long long)r.rejected,
				(unsigned long long)r.read, TEXT_S(r.read));
	}
	file_drop(&errors);
	import_result_clear(&r);
	return st;
}

enum status verb_import(struct call *c, struct err *e)
{
	struct import_request q = { 0 };
	struct file_bytes file = { 0 }, map = { 0 };
	struct book *b = NULL;
	enum status st;

	if (c->option[OPT_LIST_MAPS])
		return list_maps();
	if (c->option[OPT_SHOW_MAP])
		return show_map(c->option[OPT_SHOW_MAP], e);
	st = want_kind(c, &q.kind, e);
	if (st == ST_OK)
		st = load_map(c, &q, &map, e);
	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK)
		st = file_read(c->arg[1], false, &file, e);
	if (st == ST_OK) {
		q.name = c->arg[1];
		q.bytes = file.bytes;
		q.size = file.size;
		st = run_import(c, b, &q, e);
	}
	book_free(&b);
	file_free(&file);
	file_free(&map);
	return st;
}

/* ---- export ---- */

static enum status choose_accounts(struct call *c, struct book *b, struct list **list,
	struct export_options *o, struct err *e)
{
	const struct list_query q = { .where = text_of(c->option[OPT_WHERE]),
		.all = true };
	enum status st;

	if (!c->option[OPT_WHERE])
		return ST_OK;
	st = book_list(b, &q, list, NULL, e);
	if (st == ST_OK) {
		o->ids = (*list)->id;
		o->count = (*list)->n;
		if (o->count == 0)
			rows_nothing(c, "no accounts");
	}
	return st;
}

/* The head of the history, the accounts and their rows in one state of the book. */
static enum status export_held(struct call *c, struct book *b, enum record_kind kind,
	FILE *to, char head[HISTORY_HEAD_MAX], struct err *e)
{
	struct export_options o = { .raw = c->option[OPT_RAW] != NULL };
	struct store *s = book_store(b);
	struct list *list = NULL;
	enum status st = s->ops->hold(s, e);

	if (st != ST_OK)
		return st;
	st = history_head(s, head, e);
	if (st == ST_OK)
		st = choose_accounts(c, b, &list, &o, e);
	if (st == ST_OK)
		st = export_kind(s, kind, &o, call_sink, to, e);
	s->ops->release(s);
	list_free(&list);
	return st;
}

enum status verb_export(struct call *c, struct err *e)
{
	struct file_new file = { 0 };
	struct spool spool = { .real = -1 };
	struct book *b = NULL;
	char head[HISTORY_HEAD_MAX] = "";
	enum record_kind kind;
	enum status st = want_kind(c, &kind, e);

	if (st == ST_OK)
		st = call_book(c, false, &b, e);
	if (st == ST_OK && c->option[OPT_OUT])
		st = file_create(c->option[OPT_OUT], c->option[OPT_FORCE] != NULL, c->db,
			&file, e);
	else if (st == ST_OK)
		spool_begin(&spool);
	if (st == ST_OK)
		st = export_held(c, b, kind, file.to ? file.to : stdout, head, e);
	book_free(&b);
	st = spool_end(&spool, st, e);
	if (st == ST_OK && file.to) {
		st = file_keep(&file, e);
		if (st == ST_OK && head[0]) /* the file is all rows */
			call_note(c, "%s", head);
	}
	file_drop(&file);
	return st;
}
