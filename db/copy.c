/* Copies of a book, and putting one back. */
#include "db/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/open.h"
#include "db/schema.h"
#include "db/seal.h"
#include "db/sql.h"

static enum status io_failure(const char *path, struct err *e)
{
	bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
	return err_set(e, ST_IO, "%s: %s", path, full ? "disk full" : strerror(errno));
}

static enum status sync_path(const char *path, int flags, struct err *e)
{
	int fd = open(path, flags | O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return io_failure(path, e);
	enum status st = fsync(fd) == 0 ? ST_OK : io_failure(path, e);
	close(fd);
	return st;
}

enum status copy_sync_folder(const char *path, struct err *e)
{
	char folder[PATH_MAX];
	if ((size_t)snprintf(folder, sizeof(folder), "%s", path) >= sizeof(folder))
		return err_set(e, ST_USAGE, "%s: the path is too long", path);
	return sync_path(dirname(folder), O_DIRECTORY, e);
}

/* The path with the links of its folder resolved, which SQLite refuses to follow; not one
 * that is the file itself. */
static enum status resolve_folder(const char *path, char out[PATH_MAX], struct err *e)
{
	char folder[PATH_MAX], name[PATH_MAX], real[PATH_MAX];
	if ((size_t)snprintf(folder, sizeof(folder), "%s", path) >= sizeof(folder))
		return err_set(e, ST_USAGE, "%s: the path is too long", path);
	memcpy(name, folder, strlen(folder) + 1);
	if (realpath(dirname(folder), real) == NULL)
		return io_failure(path, e);
	if (snprintf(out, PATH_MAX, "%s/%s", strcmp(real, "/") == 0 ? "" : real,
		    basename(name)) >= PATH_MAX)
		return err_set(e, ST_USAGE, "%s: the path is too long", path);
	return ST_OK;
}

/* ---- copying pages ---- */

int copy_steps(sqlite3_backup *b, struct db *d)
{
	enum { PAGES_AT_ONCE = 1000 }; /* between two looks at cancel */
	int code = SQLITE_OK;
	while (code == SQLITE_OK) {
		d->waits_since = 0; /* SQLite takes all steps for one wait */
		code = sqlite3_backup_step(b, PAGES_AT_ONCE);
		if (code == SQLITE_OK && d->cancel != NULL && *d->cancel != 0)
			code = SQLITE_INTERRUPT; /* after the last step it is done */
	}
	return code;
}

static enum status copy_held(struct db *from, struct db *to, struct err *e)
{
	sqlite3_backup *b = sqlite3_backup_init(to->h, "main", from->h, "main");
	if (b == NULL)
		return stmt_fail(to, e);
	const int code = copy_steps(b, from);
	const int finish = sqlite3_backup_finish(b);
	if (code == SQLITE_INTERRUPT)
		return err_set(e, ST_CANCELLED, "interrupted: no copy was made");
	return code == SQLITE_DONE && finish == SQLITE_OK ? ST_OK : stmt_fail(to, e);
}

/* A change in between would have it begin anew: whoever wants to make one waits. */
static enum status copy_pages(struct db *from, struct db *to, struct err *e)
{
	enum status st = db_hold(&from->base, e);
	if (st != ST_OK)
		return st;
	st = copy_held(from, to, e);
	db_release(&from->base);
	return st;
}

/* The whole of the copy is read back. */
static enum status check_copy(struct db *copy, const struct schema *schema, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(copy, "PRAGMA integrity_check(1)", &s, e);
	if (st == ST_OK)
		st = stmt_step(s, &row, e);
	if (st == ST_OK && !(row && text_eq(stmt_text(s, 0), TEXT("ok"))))
		st = err_set(e, ST_CORRUPT, "%s: damaged: %.*s", copy->path,
			(int)stmt_text(s, 0).n, stmt_text(s, 0).s);
	stmt_close(s);
	if (st == ST_OK && schema != NULL)
		st = schema_check(copy, schema, e);
	return st;
}

enum status copy_into(struct db *d, const char *temporary, struct err *e)
{
	struct db copy = {
		.path = (char *)temporary, /* only read */
		.busy_ms = d->busy_ms,
		.cancel = d->cancel,
	};
	enum status st = open_connection(&copy, SQLITE_OPEN_READWRITE, e);
	if (st == ST_OK)
		st = copy_pages(d, &copy, e);
	if (st == ST_OK)
		st = check_copy(&copy, NULL, e);
	stmt_finalize_all(&copy);
	sqlite3_close(copy.h);
	return st != ST_OK ? st : sync_path(temporary, 0, e);
}

/* ---- old copies ---- */

static enum status bring_up_to_date(
	const char *path, const struct schema *schema, struct err *e)
{
	struct db copy = {
		.base.ops = &db_ops,
		.path = (char *)path, /* only read */
		.busy_ms = DB_BUSY_MS,
	};
	enum status st = open_connection(&copy, SQLITE_OPEN_READWRITE, e);
	if (st == ST_OK)
		st = schema_upgrade(&copy, schema, false, e);
	db_history_forget(&copy);
	stmt_finalize_all(&copy);
	sql_clear(&copy);
	sqlite3_close(copy.h);
	return st;
}

/* There is none made unless the book is of an older version. What else is wrong with it
 * is for whoever opens it to say. */
static enum status copy_if_older(const char *path, const char *beside,
	const struct db_options *o, const struct schema *schema, struct temporary *made,
	struct err *e)
{
	char real[PATH_MAX];
	int version;
	enum schema_found found;
	struct db old = { .path = real, .busy_ms = o->busy_ms, .cancel = o->cancel };
	enum status st = ST_OK;
	if (realpath(path, real) == NULL)
		return ST_OK;
	if (open_connection(&old, SQLITE_OPEN_READONLY, NULL) == ST_OK &&
		schema_identify(&old, schema, &version, &found, NULL) == ST_OK &&
		found == SCHEMA_OLDER) {
		st = temporary_make(beside, made, e);
		if (st == ST_OK)
			st = copy_into(&old, made->path, e);
	}
	stmt_finalize_all(&old);
	sqlite3_close(old.h);
	return st;
}

enum status copy_open(const char *path, const char *beside,
	const struct db_options *options, const struct schema *schema, struct store **out,
	struct temporary *made, struct err *e)
{
	struct db_options reading = *options;
	*made = (struct temporary){ .fd = -1 };
	reading.create = false;
	reading.read_only = true;
	enum status st = copy_if_older(path, beside, options, schema, made, e);
	if (st == ST_OK && made->path[0] != '\0')
		st = bring_up_to_date(made->path, schema, e);
	if (st == ST_OK)
		st = open_book(made->path[0] != '\0' ? made->path : path, &reading,
			schema, out, e);
	return st;
}

/* A journal that lies beside the name would be taken for one of the copy. */
static enum status refuse_journal(const char *path, struct err *e)
{
	static const char *const suffixes[] = { "-journal", "-wal" };
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		char journal[PATH_MAX];
		struct stat file;
		snprintf(journal, sizeof(journal), "%s%s", path, suffixes[i]);
		if (stat(journal, &file) == 0 && file.st_size > 0)
			return err_set(e, ST_UNOPENED,
				"%s: left by a book that was not closed: open that one, "
				"or move both away",
				journal);
	}
	return ST_OK;
}

static enum status give_name(
	struct temporary *made, const char *path, bool replace, struct err *e)
{
	int failed = replace ? rename(made->path, path)
			     : temporary_take_name(made->path, path);
	if (failed && errno == EEXIST)
		return err_set(e, ST_USAGE, "%s exists: choose another name", path);
	if (failed)
		return io_failure(path, e);
	made->path[0] = '\0';
	return ST_OK;
}

static enum status copy_to(struct db *d, const char *given, bool replace, struct err *e)
{
	char path[PATH_MAX];
	struct temporary made;
	struct stat file;
	enum status st = resolve_folder(given, path, e);
	if (st != ST_OK)
		return st;
	if (!replace && lstat(path, &file) == 0)
		return err_set(e, ST_USAGE, "%s exists: choose another name", path);
	if (lstat(path, &file) == 0 && !S_ISREG(file.st_mode) && !S_ISLNK(file.st_mode))
		return err_set(
			e, ST_USAGE, "%s is not a file: choose another name", path);
	if (stat(path, &file) == 0 && file.st_dev == d->device && file.st_ino == d->inode)
		return err_set(e, ST_USAGE, "%s is the book itself", path);
	st = refuse_journal(path, e);
	if (st != ST_OK)
		return st;
	st = temporary_make(path, &made, e);
	if (st == ST_OK)
		st = copy_into(d, made.path, e);
	if (st == ST_OK)
		st = give_name(&made, path, replace, e);
	temporary_end(&made);
	return st == ST_OK ? copy_sync_folder(path, e) : st;
}

enum status copy_beside(struct db *d, const char *suffix, struct err *e)
{
	char path[PATH_MAX];
	if ((size_t)snprintf(path, sizeof(path), "%s%s", d->path, suffix) >= sizeof(path))
		return err_set(e, ST_USAGE, "%s: the path is too long", d->path);
	temporary_clean(d->path);
	return copy_to(d, path, true, e);
}

enum status copy_committed(struct db *d, const char *suffix, struct err *e)
{
	struct db reader = {
		.path = d->path,
		.device = d->device,
		.inode = d->inode,
		.busy_ms = d->busy_ms,
		.cancel = d->cancel,
	};
	enum status st = open_connection(&reader, SQLITE_OPEN_READONLY, e);
	if (st == ST_OK)
		st = copy_beside(&reader, suffix, e);
	stmt_finalize_all(&reader);
	sqlite3_close(reader.h);
	return st;
}

enum status db_backup(struct store *s, const char *path, bool replace, struct err *e)
{
	return copy_to(db_of(s), path, replace, e);
}

/* ---- restore ---- */

/* Copies the book that is to be replaced and then holds its lock, so that nobody writes
 * into it while it is swapped. (SQLite copies nothing while the lock is held.) */
static enum status keep_and_lock(struct db *old, struct err *e)
{
	int64_t before, after;
	enum status st = open_connection(old, SQLITE_OPEN_READWRITE, e);
	if (st == ST_OK)
		st = stmt_query_int(old, "PRAGMA data_version", 0, &before, e);
	if (st == ST_OK)
		st = copy_beside(old, ".before-restore", e);
	if (st == ST_OK)
		st = stmt_exec(old, "BEGIN EXCLUSIVE", e);
	if (st == ST_OK)
		st = stmt_query_int(old, "PRAGMA data_version", 0, &after, e);
	if (st == ST_OK && before != after)
		st = err_set(e, ST_UNOPENED, "%s: in use by another program: try again",
			old->path);
	return st;
}

/* Moves a damaged book out of the way, with its journal: the two belong together. */
static enum status put_aside(const char *path, struct err *e)
{
	static const char *const suffixes[] = { "-journal", "-wal", "" };
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		char from[PATH_MAX], to[PATH_MAX];
		snprintf(from, sizeof(from), "%s%s", path, suffixes[i]);
		if ((size_t)snprintf(to, sizeof(to), "%s.before-restore%s", path,
			    suffixes[i]) >= sizeof(to))
			return err_set(e, ST_USAGE, "%s: the path is too long", path);
		if (rename(from, to) != 0 && errno != ENOENT)
			return io_failure(from, e);
	}
	return ST_OK;
}

static enum status swap(
	struct db *old, struct temporary *made, bool present, struct err *e)
{
	enum status st = ST_OK;
	if (present) {
		st = keep_and_lock(old, e);
		/* A damaged book can't be locked, and need not be. */
		if (st == ST_CORRUPT || sqlite3_errcode(old->h) == SQLITE_NOTADB)
			st = put_aside(old->path, e);
	}
	if (st == ST_OK)
		st = give_name(made, old->path, true, e);
	if (st == ST_OK) {
		db_tell_changed(old, DB_CHANGED);
		st = copy_sync_folder(old->path, e);
	}
	stmt_finalize_all(old);
	sqlite3_close(old->h);
	return st;
}

/* The entry into the copy, before it takes its name. */
static enum status tell_restore(
	struct db *source, const char *temporary, struct operation *entry, struct err *e)
{
	struct db copy = {
		.base.ops = source->base.ops,
		.path = (char *)temporary, /* only read */
		.busy_ms = source->busy_ms,
	};
	enum status st = open_connection(&copy, SQLITE_OPEN_READWRITE, e);
	if (st == ST_OK)
		st = stmt_exec(&copy, "BEGIN IMMEDIATE", e);
	copy.writing = st == ST_OK;
	if (st == ST_OK)
		st = seal_history(&copy, SEAL_LATER, e);
	if (st == ST_OK)
		st = history_record(&copy.base, entry, e);
	if (st == ST_OK)
		st = seal_history(&copy, SEAL_COMMIT, e);
	if (st == ST_OK)
		st = stmt_exec(&copy, "COMMIT", e);
	stmt_finalize_all(&copy);
	sql_clear(&copy);
	sqlite3_close(copy.h);
	return st != ST_OK ? st : sync_path(temporary, 0, e);
}

static enum status restore_from(
	struct db *source, const char *to, struct operation *entry, struct err *e)
{
	char path[PATH_MAX];
	struct temporary made = { .fd = -1 };
	struct stat file;
	enum status st = ST_OK;
	/* Through a link: the book it leads to. */
	if (realpath(to, path) == NULL)
		st = resolve_folder(to, path, e);
	struct db old = {
		.path = path,
		.busy_ms = source->busy_ms,
		.cancel = source->cancel,
		.changed = source->changed,
	};
	if (st == ST_OK)
		st = check_copy(source, source->schema, e);
	bool present = st == ST_OK && stat(old.path, &file) == 0;
	if (st == ST_OK && present && file.st_ino == source->inode &&
		file.st_dev == source->device)
		st = err_set(e, ST_USAGE, "%s is the book itself", to);
	if (st == ST_OK &&
		!present) /* one beside a book belongs to it, and goes with it */
		st = refuse_journal(old.path, e);
	if (st == ST_OK)
		st = temporary_make(old.path, &made, e);
	if (st == ST_OK)
		st = copy_into(source, made.path, e);
	if (st == ST_OK && entry != NULL)
		st = tell_restore(source, made.path, entry, e);
	if (st == ST_OK)
		st = swap(&old, &made, present, e);
	temporary_end(&made);
	return st;
}

enum status copy_restore(const char *from, const char *to,
	const struct db_options *options, const struct schema *schema,
	struct operation *entry, struct err *e)
{
	static const struct db_options none;
	struct temporary old;
	struct store *source = NULL;
	enum status st = copy_open(
		from, to, options != NULL ? options : &none, schema, &source, &old, e);
	if (st == ST_OK) {
		st = restore_from(db_of(source), to, entry, e);
		source->ops->close(source);
	}
	temporary_end(&old);
	return st;
}

enum status db_restore(const char *from, const char *to, const struct db_options *options,
	struct operation *entry, struct err *e)
{
	return copy_restore(from, to, options, &schema_current, entry, e);
}

enum status copy_rows(struct db *from, const char *select, struct db *to,
	const char *insert, int64_t after, struct err *e)
{
	sqlite3_stmt *in = NULL, *out = NULL;
	int code = sqlite3_prepare_v2(from->h, select, -1, &out, NULL);
	enum status st = code == SQLITE_OK ? ST_OK : stmt_fail(from, e);
	if (st == ST_OK && sqlite3_prepare_v2(to->h, insert, -1, &in, NULL) != SQLITE_OK)
		st = stmt_fail(to, e);
	if (st == ST_OK)
		sqlite3_bind_int64(out, 1, after);
	while (st == ST_OK && (code = sqlite3_step(out)) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(out); i++)
			sqlite3_bind_value(in, i + 1, sqlite3_column_value(out, i));
		if (sqlite3_step(in) != SQLITE_DONE)
			st = stmt_fail(to, e);
		sqlite3_reset(in);
	}
	if (st == ST_OK && code != SQLITE_DONE)
		st = stmt_fail(from, e);
	sqlite3_finalize(in);
	sqlite3_finalize(out);
	return st;
}
