/*
 * Opening a book: which file it is, a connection with every protection on, and
 * whether it is a book of ours. Nothing is written before all of that is known.
 */
#include "db/open.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/copy.h"

/* ---- the file ---- */

/* Makes the folders that lead to path; those that are there stay as they are. */
static enum status make_folders(const char *path, struct err *e)
{
	char folder[PATH_MAX];
	if ((size_t)snprintf(folder, sizeof(folder), "%s", path) >= sizeof(folder))
		return err_set(e, ST_USAGE, "%s: the path is too long", path);
	for (char *slash = strchr(folder + 1, '/'); slash != NULL;
		slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0700) != 0 && errno != EEXIST)
			return err_set(e, ST_IO, "%s: the folder can't be made: %s",
				folder, strerror(errno));
		*slash = '/';
	}
	return ST_OK;
}

/* Makes the file before SQLite does: for its owner alone, and never through a link. */
static enum status create_file(const char *path, struct err *e)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0 && errno == EEXIST)
		return ST_OK; /* another process was faster */
	if (fd < 0)
		return err_set(e, ST_IO, "%s: can't be made: %s", path, strerror(errno));
	if (close(fd) != 0)
		return err_set(e, ST_IO, "%s: %s", path, strerror(errno));
	return copy_sync_folder(path, e);
}

/* The path without links; owned. */
static enum status resolve(const char *path, char **out, struct err *e)
{
	*out = realpath(path, NULL);
	if (*out != NULL)
		return ST_OK;
	if (errno == ENOENT)
		return err_set(
			e, ST_NOTFOUND, "%s: no such book: make one with `init`", path);
	return err_set(e, ST_UNOPENED, "%s: %s", path, strerror(errno));
}

static enum status examine(struct db *d, struct err *e)
{
	struct stat file;
	if (stat(d->path, &file) != 0)
		return err_set(e, ST_UNOPENED, "%s: %s", d->path, strerror(errno));
	if (!S_ISREG(file.st_mode))
		return err_set(e, ST_UNOPENED, "%s: not a regular file", d->path);
	/* A journal is found by the name of the book: two names would lose it. */
	if (file.st_nlink > 1)
		return err_set(e, ST_UNOPENED,
			"%s: has %lu names (hard links): remove the others", d->path,
			(unsigned long)file.st_nlink);
	d->device = file.st_dev;
	d->inode = file.st_ino;
	char folder[PATH_MAX];
	if ((size_t)snprintf(folder, sizeof(folder), "%s", d->path) >= sizeof(folder))
		return err_set(e, ST_UNOPENED, "%s: the path is too long", d->path);
	if (faccessat(AT_FDCWD, d->path, W_OK, AT_EACCESS) != 0 ||
		faccessat(AT_FDCWD, dirname(folder), W_OK | X_OK, AT_EACCESS) != 0)
		d->read_only = true; /* the journal needs the folder */
	return ST_OK;
}

enum status open_same_file(struct db *d, struct err *e)
{
	struct stat file;
	if (stat(d->path, &file) == 0 && file.st_dev == d->device &&
		file.st_ino == d->inode)
		return ST_OK;
	return err_set(e, ST_UNOPENED,
		"%s: the file was moved or replaced meanwhile: open the book again",
		d->path);
}

/* ---- the connection ---- */

static int64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The lock goes to whoever asks while it is free. Who has just written asks at once, so
 * among many, somebody who asks seldom would hardly ever meet that moment: the longer one
 * waits, the more often one asks, twice as often when twice as long. */
int64_t open_wait_us(int64_t waited_us)
{
	enum { NEWCOMER = 1000, NEW_UNTIL = 5000, SELDOM = 4000, OFTEN = 100 };
	if (waited_us < NEW_UNTIL)
		return NEWCOMER; /* one change takes as long: most have it by then */
	const int64_t us = 200000000 / waited_us;
	return us > SELDOM ? SELDOM : us < OFTEN ? OFTEN : us;
}

/* Whoever waits may say that it is enough. */
static bool is_waited_for(struct db *d, bool first, int64_t waited)
{
	enum { TOLD_US = 50000 };
	const struct lock_wait *w = d->waiting;
	if (w == NULL || w->tell == NULL || d->hasty ||
		(!first && waited < d->waits_told + TOLD_US))
		return true;
	d->waits_told = waited;
	return w->tell(w->arg, waited / 1000);
}

static int wait_for_lock(void *arg, int calls)
{
	enum { READERS_US = 200, HASTY_US = 5000 };
	struct db *d = arg;
	const int64_t now = now_us();
	const bool first = calls == 0 || d->waits_since == 0;
	if (first)
		d->waits_since = now;
	const int64_t waited = now - d->waits_since;
	const int64_t most = d->hasty ? HASTY_US : d->busy_ms * (int64_t)1000;
	if (waited >= most || (d->cancel != NULL && *d->cancel != 0) ||
		!is_waited_for(d, first, waited))
		return 0;
	/* A commit only waits for those who still read: nobody comes before it. */
	const int64_t us = d->writing ? READERS_US : open_wait_us(waited);
	/* Half to one and a half of it, by chance: else some would keep step. */
	nanosleep(&(struct timespec){ .tv_nsec = (us / 2 + now % us) * 1000 }, NULL);
	return 1;
}

static int look_at_cancel(void *arg)
{
	const struct db *d = arg;
	return *d->cancel != 0;
}

/* Nothing in a file may run code, and nothing of it may grow without bound. */
static bool protect(sqlite3 *h)
{
	static const struct {
		int option, value;
	} switches[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	};
	static const struct {
		int limit, value;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, DB_VALUE_MAX },
		{ SQLITE_LIMIT_SQL_LENGTH, 1 << 20 },
		{ SQLITE_LIMIT_ATTACHED, 0 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
		{ SQLITE_LIMIT_WORKER_THREADS, 0 },
	};
	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		int now = -1;
		int code =
			sqlite3_db_config(h, switches[i].option, switches[i].value, &now);
		if (code != SQLITE_OK || now != switches[i].value)
			return false;
	}
	for (size_t i = 0; i < sizeof(limits) / sizeof(limits[0]); i++)
		sqlite3_limit(h, limits[i].limit, limits[i].value);
	return true;
}

enum status open_connection(struct db *d, int flags, struct err *e)
{
	flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_NOFOLLOW |
		 SQLITE_OPEN_EXRESCODE;
	if (sqlite3_open_v2(d->path, &d->h, flags, NULL) != SQLITE_OK)
		return d->h == NULL ? err_set(e, ST_NOMEM, "out of memory")
				    : stmt_fail(d, e);
	if (!protect(d->h))
		return err_set(e, ST_UNOPENED,
			"this SQLite was built without the protections a book needs");
	sqlite3_busy_handler(d->h, wait_for_lock, d);
	if (d->cancel != NULL)
		sqlite3_progress_handler(d->h, 4000, look_at_cancel, d);
	static const char *const settings[] = {
		"PRAGMA cell_size_check = ON",
		"PRAGMA mmap_size = 0",
		"PRAGMA temp_store = MEMORY",
		"PRAGMA cache_size = -128",
		"PRAGMA synchronous = FULL",
	};
	enum status st = ST_OK;
	for (size_t i = 0; st == ST_OK && i < sizeof(settings) / sizeof(settings[0]); i++)
		st = stmt_exec(d, settings[i], e);
	return st;
}

/* The journal stays in place, cut to nothing: durable without syncing the folder. */
static enum status choose_journal(struct db *d, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, "PRAGMA journal_mode = TRUNCATE", &s, e);
	if (st == ST_OK)
		st = stmt_step(s, &row, e);
	if (st == ST_OK && !(row && text_eq(stmt_text(s, 0), TEXT("truncate"))))
		st = err_set(e, ST_UNOPENED,
			"%s: another program keeps the book in WAL mode: close it",
			d->path);
	stmt_close(s);
	return st;
}

/* ---- the book ---- */

/* *old: the schema is to be brought up to date first. */
static enum status recognise(struct db *d, const struct schema *schema,
	const struct db_options *o, bool *old, struct err *e)
{
	int version;
	enum schema_found found;
	enum status st = schema_identify(d, schema, &version, &found, e);
	if (st != ST_OK)
		return st;
	*old = found == SCHEMA_NONE || found == SCHEMA_OLDER;
	switch (found) {
	case SCHEMA_FOREIGN:
		return err_set(e, ST_UNOPENED,
			"%s: a database, but not a tierdesk book: choose another file",
			d->path);
	case SCHEMA_NEWER:
		return schema_newer(d, schema, version, e);
	case SCHEMA_NONE:
		if (!o->create || d->read_only)
			return err_set(e, ST_UNOPENED,
				"%s: the file is empty: make a book with `init`",
				d->path);
		break;
	case SCHEMA_OLDER:
		if (d->read_only)
			return err_set(e, ST_UNOPENED,
				"%s: of an older version (%d) and can't be written: make "
				"it writable, so that it can be brought up to date",
				d->path, version);
		break;
	case SCHEMA_CURRENT:
		break;
	}
	return ST_OK;
}

/* Arrays are indexed by these ids, and a CHECK can be switched off. */
static enum status check_ids(struct db *d, struct err *e)
{
	int64_t first, last = 0;
	enum status st = stmt_query_int(d, "SELECT min(id) FROM account", 1, &first, e);
	if (st == ST_OK)
		st = stmt_query_int(d, "SELECT max(id) FROM account", 0, &last, e);
	if (st == ST_OK && (first < 1 || last > DB_ACCOUNT_MAX))
		return err_set(e, ST_CORRUPT,
			"%s: an account has the id %lld, which can't be: restore a "
			"backup",
			d->path, (long long)(first < 1 ? first : last));
	return st;
}

/* In one transaction: all checks are of one state of the file. *old as above. */
static enum status check_book(struct db *d, const struct schema *schema,
	const struct db_options *o, bool *old, struct err *e)
{
	enum status st = stmt_exec(d, "BEGIN", e);
	if (st == ST_OK)
		st = recognise(d, schema, o, old, e);
	if (st == ST_OK && !*old)
		st = schema_check(d, schema, e);
	if (st == ST_OK && !*old)
		st = check_ids(d, e);
	if (st == ST_OK)
		st = stmt_query_int(d, "PRAGMA schema_version", 0, &d->schema_version, e);
	if (st == ST_OK)
		st = stmt_exec(d, "COMMIT", e);
	if (st != ST_OK)
		stmt_roll_back(d);
	return st;
}

static enum status open_file(struct db *d, const char *path, const struct db_options *o,
	const struct schema *schema, struct err *e)
{
	enum status st = ST_OK;
	if (o->create && !o->read_only && access(path, F_OK) != 0 && errno == ENOENT) {
		if (o->make_dirs)
			st = make_folders(path, e);
		if (st == ST_OK)
			st = create_file(path, e);
	}
	if (st == ST_OK)
		st = resolve(path, &d->path, e);
	if (st == ST_OK)
		st = examine(d, e);
	if (st == ST_OK)
		st = open_connection(d,
			d->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE, e);
	bool old = true;
	while (st == ST_OK && old) {
		st = check_book(d, schema, o, &old, e);
		if (st == ST_OK && old)
			st = schema_upgrade(d, schema, true, e);
	}
	if (st == ST_OK && !d->read_only)
		st = choose_journal(d, e);
	return st;
}

enum status open_book(const char *path, const struct db_options *options,
	const struct schema *schema, struct store **out, struct err *e)
{
	static const struct db_options none;
	*out = NULL;
	/* Counting memory takes a lock per allocation; only before the first open. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	const struct db_options *o = options != NULL ? options : &none;
	struct db *d = calloc(1, sizeof(*d));
	if (d == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	d->base.ops = &db_ops;
	d->schema = schema;
	d->busy_ms = o->busy_ms > 0 ? o->busy_ms : DB_BUSY_MS;
	d->cancel = o->cancel;
	d->changed = o->changed;
	d->waiting = o->waiting;
	d->read_only = o->read_only;
	enum status st = open_file(d, path, o, schema, e);
	if (st != ST_OK) {
		db_ops.close(&d->base);
		return st;
	}
	*out = &d->base;
	return ST_OK;
}

enum status db_open(const char *path, const struct db_options *options,
	struct store **out, struct err *e)
{
	return open_book(path, options, &schema_current, out, e);
}
