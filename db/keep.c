/*
 * Copies of the book from before what is too large for the history to tell row by row,
 * and the way back to one. They lie beside the book: NAME.before-7.db is what it was
 * before the operation 7.
 */
#include <dirent.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/copy.h"
#include "db/db_internal.h"
#include "db/open.h"
#include "db/seal.h"
#include "db/sql.h"

#define COPIES 7 /* that stay */

static void copy_suffix(int64_t operation, char out[48])
{
	snprintf(out, 48, ".before-%lld.db", (long long)operation);
}

/* ---- making one ---- */

enum status db_keep(struct store *store, int64_t operation, struct arena *a,
	struct text *name, struct err *e)
{
	struct db *d = db_of(store);
	char suffix[48], path[PATH_MAX];
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK && d->kept != NULL)
		st = err_set(e, ST_USAGE, "a transaction keeps one copy");
	copy_suffix(operation, suffix);
	if (st == ST_OK)
		st = copy_committed(d, suffix, e);
	if (st != ST_OK)
		return st;
	snprintf(path, sizeof(path), "%s%s", d->path, suffix);
	d->kept = strdup(path);
	name->s = arena_strdup(a, basename(path));
	if (d->kept == NULL || name->s == NULL) {
		unlink(path);
		return err_set(e, ST_NOMEM, "out of memory");
	}
	name->n = strlen(name->s);
	return ST_OK;
}

/* ---- those that are there ---- */

/* The operation that a file is the copy for, 0: it is none. */
static int64_t copy_number(const char *file, const char *book)
{
	const size_t n = strlen(book);
	long long number;
	int end = 0;
	if (strncmp(file, book, n) != 0 ||
		sscanf(file + n, ".before-%18lld.db%n", &number, &end) != 1 || end == 0 ||
		file[n + (size_t)end] != '\0' || number < 1)
		return 0;
	return number;
}

/* Whether the operation of that number has this copy. Others were left by a program that
 * was killed, by a book that had this name before, or come from after the backup that is
 * in its place. */
static bool is_named(struct db *d, int64_t number, const char *file)
{
	struct stmt *s;
	bool row = true; /* as long as nobody knows */
	if (stmt_open(d, "SELECT 1 FROM operation WHERE id = ? AND backup = ?", &s,
		    NULL) == ST_OK) {
		stmt_bind_int(s, 1, number);
		stmt_bind_text(s, 2, text_of(file));
		if (stmt_step(s, &row, NULL) != ST_OK)
			row = true;
	}
	stmt_close(s);
	return row;
}

/* The highest number that has to go so that COPIES are left; 0: none has to. */
static int64_t oldest_to_go(struct db *d, DIR *folder, const char *book)
{
	int64_t newest[COPIES + 1] = { 0 };
	const struct dirent *file;
	while ((file = readdir(folder)) != NULL) {
		int64_t number = copy_number(file->d_name, book);
		if (number > 0 && !is_named(d, number, file->d_name))
			continue;
		for (int i = 0; i <= COPIES && number > 0; i++) {
			int64_t other = newest[i];
			if (number <= other)
				continue;
			newest[i] = number;
			number = other;
		}
	}
	return newest[COPIES];
}

/* And those that no operation has. What can't be removed stays: no harm is done by it. */
static void remove_old(struct db *d)
{
	char folder[PATH_MAX], name[PATH_MAX], file[PATH_MAX];
	snprintf(folder, sizeof(folder), "%s", d->path);
	snprintf(name, sizeof(name), "%s", d->path);
	const char *book = basename(name);
	DIR *beside = opendir(dirname(folder));
	if (beside == NULL)
		return;
	const int64_t last = oldest_to_go(d, beside, book);
	const struct dirent *entry;
	rewinddir(beside);
	while ((entry = readdir(beside)) != NULL) {
		int64_t number = copy_number(entry->d_name, book);
		if (number > 0 &&
			(number <= last || !is_named(d, number, entry->d_name)) &&
			snprintf(file, sizeof(file), "%s/%s", folder, entry->d_name) <
				(int)sizeof(file))
			unlink(file);
	}
	closedir(beside);
}

/* Under the lock: a copy that somebody is just making is of no operation yet. Who has the
 * lock now makes one perhaps, and clears up after it. */
static void clear_up(struct db *d)
{
	d->hasty = true;
	if (stmt_exec(d, "BEGIN IMMEDIATE", NULL) == ST_OK)
		remove_old(d);
	d->hasty = false;
	stmt_roll_back(d);
}

void db_keep_settle(struct db *d, bool committed)
{
	if (d->kept == NULL)
		return;
	if (committed)
		clear_up(d);
	else if (!sqlite3_get_autocommit(d->h))
		unlink(d->kept);
	free(d->kept);
	d->kept = NULL;
}

/* ---- the way back ---- */

/* Rows of a table of the history that the other book does not have yet. */
#define TAKE(table, columns, values, by)                                          \
	copy_rows(from, "SELECT " columns " FROM " table " WHERE " by " > ?", to, \
		"INSERT INTO " table "(" columns ") VALUES (" values ")", after, e)

/* With its seals. Of another program's operation the copy may have the rows without. */
static enum status take_history(struct db *from, struct db *to, struct err *e)
{
	int64_t after;
	enum status st =
		stmt_query_int(to, "SELECT max(id) FROM operation", 0, &after, e);
	if (st == ST_OK)
		st = TAKE("operation_change",
			"operation, seq, kind, row, account, before, after",
			"?, ?, ?, ?, ?, ?, ?", "operation");
	if (st == ST_OK)
		st = TAKE("operation_tiers",
			"operation, review_before, review_after, data", "?, ?, ?, ?",
			"operation");
	if (st == ST_OK)
		st = TAKE("operation",
			"id, at, actor, step, title, reason, reverses, account, changes,"
			" kind, subject, backup",
			"?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?", "id");
	if (st == ST_OK)
		st = stmt_query_int(
			to, "SELECT max(operation) FROM operation_seal", 0, &after, e);
	if (st == ST_OK)
		st = TAKE(
			"operation_seal", "operation, how, seal", "?, ?, ?", "operation");
	return st;
}

/* The copy as it is to be: with all of the history, the picture of another state gone. */
static enum status complete(
	struct db *d, struct db *copy, const struct operation *entry, struct err *e)
{
	enum status st = stmt_exec(copy, "BEGIN IMMEDIATE", e);
	copy->writing = st == ST_OK;
	if (st == ST_OK)
		st = stmt_exec(copy, "UPDATE writer SET own = 1", e);
	if (st == ST_OK)
		st = take_history(d, copy, e);
	if (st == ST_OK)
		st = db_delivery_carry(d, copy, e);
	if (st == ST_OK)
		st = db_history_save(&copy->base, entry, e);
	if (st == ST_OK)
		st = seal_history(copy, SEAL_COMMIT, e);
	if (st == ST_OK)
		st = db_picture_drop(copy, e);
	if (st == ST_OK)
		st = stmt_exec(copy, "UPDATE writer SET own = 0", e);
	return st == ST_OK ? stmt_exec(copy, "COMMIT", e) : st;
}

/* All pages in one transaction, unless somebody committed since the change, or took the
 * copy that was kept of it for one of nobody. */
static enum status overwrite(struct db *d, struct db *from, int64_t change, struct err *e)
{
	int64_t now = -1;
	sqlite3_backup *b = sqlite3_backup_init(d->h, "main", from->h, "main");
	if (b == NULL)
		return stmt_fail(d, e);
	int code = sqlite3_backup_step(b, 0); /* takes the lock */
	enum status st = code == SQLITE_OK ? db_change_counter(d, &now, e) : ST_OK;
	const bool stale =
		st == ST_OK && code == SQLITE_OK &&
		(now != change || (d->kept != NULL && access(d->kept, F_OK) != 0));
	if (st == ST_OK && !stale && code == SQLITE_OK)
		code = copy_steps(b, d);
	if (code == SQLITE_INTERRUPT)
		st = err_set(e, ST_CANCELLED, "interrupted");
	const int finish = sqlite3_backup_finish(b);
	if (st == ST_OK && finish != SQLITE_OK)
		st = stmt_fail(d, e);
	else if (st == ST_OK && (stale || code != SQLITE_DONE))
		st = err_set(e, ST_UNOPENED,
			"%s: another program changed or holds the book: try again",
			d->path);
	return st;
}

static enum status put_back_from(struct db *d, struct db *source, const char *temporary,
	const struct operation *entry, struct err *e)
{
	struct db copy = {
		.path = (char *)temporary, /* only read */
		.busy_ms = d->busy_ms,
		.cancel = d->cancel,
	};
	int64_t change = -1;
	enum status st = copy_into(source, temporary, e);
	if (st == ST_OK)
		st = open_connection(&copy, SQLITE_OPEN_READWRITE, e);
	if (st == ST_OK)
		st = complete(d, &copy, entry, e);
	if (st == ST_OK)
		st = db_change_counter(d, &change, e);
	if (st == ST_OK) {
		/* Pages can't be taken in by a connection that is writing. */
		stmt_roll_back(d);
		d->changes = true;
		db_before_commit(d);
		st = db_commit_ended(d, change, overwrite(d, &copy, change, e), e);
	}
	db_history_forget(&copy);
	stmt_finalize_all(&copy);
	sql_clear(&copy);
	sqlite3_close(copy.h);
	return st;
}

/* The file beside the book; nothing else is ever put in its place. */
static enum status find_copy(struct db *d, struct text name, int64_t operation,
	char out[PATH_MAX], struct err *e)
{
	char folder[PATH_MAX], suffix[48];
	copy_suffix(operation, suffix);
	const size_t n = strlen(suffix);
	snprintf(folder, sizeof(folder), "%s", d->path);
	if (name.n <= n || memchr(name.s, '/', name.n) != NULL ||
		memcmp(name.s + name.n - n, suffix, n) != 0 ||
		snprintf(out, PATH_MAX, "%s/%.*s", dirname(folder), (int)name.n,
			name.s) >= PATH_MAX)
		return err_set(
			e, ST_CORRUPT, "%s: a copy with a name that can't be", d->path);
	if (access(out, F_OK) != 0)
		return err_set(e, ST_NOTFOUND, "%s is not there any more", out);
	return ST_OK;
}

/* A file of that name may have been left by another book, or by what this one was before
 * a backup took its place: a copy of this one began when it did, and its history is the
 * one here up to the operation. */
static enum status check_lineage(struct db *d, struct db *source, const char *path,
	int64_t operation, struct err *e)
{
	enum { FACTS = 6 };
	struct stmt *theirs = NULL, *ours = NULL;
	bool row, same = false;
	enum status st = stmt_open(source,
		"SELECT p.at, p.author, o.id, o.at, o.actor, o.title FROM book"
		" LEFT JOIN policy_version p ON p.version = 1"
		" LEFT JOIN operation o ON o.id = (SELECT max(id) FROM operation)",
		&theirs, e);
	if (st == ST_OK)
		st = stmt_step(theirs, &row, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"SELECT p.at IS ?1 AND p.author IS ?2 AND o.at IS ?4"
			" AND o.actor IS ?5 AND o.title IS ?6 AND ?3 IS"
			" (SELECT max(id) FROM operation WHERE id < ?7) FROM book"
			" LEFT JOIN policy_version p ON p.version = 1"
			" LEFT JOIN operation o ON o.id = ?3",
			&ours, e);
	struct cell facts[FACTS];
	for (int i = 0; st == ST_OK && i < FACTS; i++) {
		facts[i] = stmt_cell(theirs, i);
		stmt_bind_cell(ours, i + 1, &facts[i]);
	}
	if (st == ST_OK) {
		stmt_bind_int(ours, FACTS + 1, operation);
		st = stmt_step(ours, &row, e);
		same = st == ST_OK && row && stmt_int(ours, 0) != 0;
	}
	stmt_close(ours);
	stmt_close(theirs);
	if (st == ST_OK && !same)
		return err_set(e, ST_FORBIDDEN,
			"%s is the copy of another book, or of another day", path);
	return st;
}

enum status db_put_back(struct store *store, struct text name,
	const struct operation *entry, struct err *e)
{
	struct db *d = db_of(store);
	const struct db_options reading = { .busy_ms = d->busy_ms, .cancel = d->cancel };
	char path[PATH_MAX];
	struct temporary made = { .fd = -1 }, old = { .fd = -1 };
	struct store *source = NULL;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = find_copy(d, name, entry->reverses, path, e);
	if (st == ST_OK)
		st = copy_open(path, d->path, &reading, d->schema, &source, &old, e);
	if (st == ST_OK)
		st = check_lineage(d, db_of(source), path, entry->reverses, e);
	if (st == ST_OK)
		st = temporary_make(d->path, &made, e);
	if (st == ST_OK)
		st = put_back_from(d, db_of(source), made.path, entry, e);
	temporary_end(&made);
	if (source != NULL)
		source->ops->close(source);
	temporary_end(&old);
	if (st != ST_OK)
		return st;
	db_mirror_forget(d); /* the numbers of currencies are those of the copy */
	db_after_commit(d);
	return ST_OK;
}
