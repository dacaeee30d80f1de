/* Prepared statements, and what SQLite's failures mean to a person. */
#include "db/stmt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"

struct stmt {
	struct stmt *next; /* in the cache of the connection */
	struct db *d;
	sqlite3_stmt *h;
	const char *sql; /* its address is the key of the cache */
	const char *origin;
	int bind_failure; /* SQLITE_OK, or what the first failed bind said */
	bool open;
};

/* What failed, by primary result code; the sentence goes behind the path. */
static enum status describe(int code, int extended, const char **sentence)
{
	switch (code) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		*sentence = "the book is in use by another program: try again later";
		return ST_UNOPENED;
	case SQLITE_FULL:
		*sentence = "disk full: make room and try again";
		return ST_IO;
	case SQLITE_IOERR:
		*sentence = "I/O error: check the disk";
		return extended == SQLITE_IOERR_NOMEM ? ST_NOMEM : ST_IO;
	case SQLITE_NOMEM:
		*sentence = "out of memory";
		return ST_NOMEM;
	case SQLITE_INTERRUPT:
		*sentence = "interrupted";
		return ST_CANCELLED;
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		*sentence = "the book can only be read: make the file and its folder "
			    "writable";
		return ST_FORBIDDEN;
	case SQLITE_CANTOPEN:
		*sentence = "can't be opened: check the file and its folder";
		return ST_UNOPENED;
	case SQLITE_NOTADB:
		*sentence = "is not a tierdesk book";
		return ST_UNOPENED;
	case SQLITE_CORRUPT:
		*sentence = "the book is damaged: run `tierdesk verify`, or restore a "
			    "backup";
		return ST_CORRUPT;
	case SQLITE_TOOBIG:
		*sentence = "a value is too long for the book";
		return ST_INVALID;
	default:
		*sentence = NULL;
		return ST_IO;
	}
}

/* The rules in the schema speak for themselves. */
static enum status describe_constraint(struct db *d, const char *origin, struct err *e)
{
	static const char mark[] = "tierdesk: ";
	const char *said = sqlite3_errmsg(d->h);
	int extended = sqlite3_extended_errcode(d->h);
	if (strncmp(said, mark, sizeof(mark) - 1) == 0)
		return err_fill(e, ST_FORBIDDEN, origin, "%s", said + sizeof(mark) - 1);
	if (extended == SQLITE_CONSTRAINT_FOREIGNKEY)
		return err_fill(e, ST_INVALID, origin,
			"a row refers to another one that is not in the book any more");
	return err_fill(e, ST_INVALID, origin, "the book does not take this: %s", said);
}

/* Of what may happen in the middle of a change: that it left nothing behind. */
static const char *unchanged(const struct db *d, enum status st)
{
	if (st != ST_IO && st != ST_NOMEM && st != ST_CANCELLED)
		return "";
	return !d->committing && (d->changed == NULL || *d->changed < DB_UNSURE)
		       ? "; nothing was changed"
		       : "";
}

enum status stmt_fail_at(struct db *d, const char *origin, struct err *e)
{
	int extended = sqlite3_extended_errcode(d->h);
	int code = extended & 0xFF;
	if (extended == SQLITE_IOERR_FSYNC || extended == SQLITE_IOERR_DIR_FSYNC)
		d->broken = true;
	if (code == SQLITE_CONSTRAINT)
		return describe_constraint(d, origin, e);
	const char *sentence;
	enum status st = describe(code, extended, &sentence);
	if (sentence == NULL)
		return err_fill(e, st, origin, "%s: %s (SQLite %d)", d->path,
			sqlite3_errmsg(d->h), extended);
	/* A limit on file sizes reports itself as an I/O error, but it is a full disk. */
	if (code == SQLITE_IOERR && sqlite3_system_errno(d->h) == EFBIG)
		(void)describe(SQLITE_FULL, SQLITE_FULL, &sentence);
	return err_fill(e, st, origin, "%s: %s%s", d->path, sentence, unchanged(d, st));
}

/* ---- cache ---- */

enum status stmt_open_at(struct db *d, const char *sql, const char *origin,
	struct stmt **out, struct err *e)
{
	*out = NULL;
	struct stmt *s = d->statements, **link = &d->statements;
	while (s != NULL && (s->sql != sql || s->open)) {
		link = &s->next;
		s = s->next;
	}
	if (s != NULL) { /* those in use gather at the front */
		*link = s->next;
	} else {
		s = calloc(1, sizeof(*s));
		if (s == NULL)
			return err_fill(e, ST_NOMEM, origin, "out of memory");
		s->d = d;
		s->sql = sql;
		if (sqlite3_prepare_v3(d->h, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->h,
			    NULL) != SQLITE_OK) {
			free(s);
			return stmt_fail_at(d, origin, e);
		}
	}
	s->next = d->statements;
	d->statements = s;
	s->origin = origin;
	s->bind_failure = SQLITE_OK;
	s->open = true;
	*out = s;
	return ST_OK;
}

void stmt_close(struct stmt *s)
{
	if (s == NULL)
		return;
	sqlite3_reset(s->h);
	sqlite3_clear_bindings(s->h);
	s->open = false;
}

void stmt_finalize_all(struct db *d)
{
	while (d->statements != NULL) {
		struct stmt *s = d->statements;
		d->statements = s->next;
		sqlite3_finalize(s->h);
		free(s);
	}
}

/* ---- binding and reading ---- */

static void note(struct stmt *s, int code)
{
	if (s->bind_failure == SQLITE_OK)
		s->bind_failure = code;
}

void stmt_bind_int(struct stmt *s, int at, int64_t value)
{
	note(s, sqlite3_bind_int64(s->h, at, value));
}

void stmt_bind_text(struct stmt *s, int at, struct text value)
{
	note(s, sqlite3_bind_text64(s->h, at, value.n > 0 ? value.s : "", value.n,
			SQLITE_STATIC, SQLITE_UTF8));
}

void stmt_bind_blob(struct stmt *s, int at, const void *bytes, size_t n)
{
	note(s, sqlite3_bind_blob64(s->h, at, n > 0 ? bytes : "", n, SQLITE_STATIC));
}

void stmt_bind_null(struct stmt *s, int at)
{
	note(s, sqlite3_bind_null(s->h, at));
}

void stmt_bind_cell(struct stmt *s, int at, const struct cell *c)
{
	switch (c->type) {
	case CELL_MISSING:
		stmt_bind_null(s, at);
		break;
	case CELL_INT:
		stmt_bind_int(s, at, c->i);
		break;
	case CELL_NUMBER:
		note(s, sqlite3_bind_double(s->h, at, c->n));
		break;
	case CELL_TEXT:
		stmt_bind_text(s, at, c->t);
		break;
	}
}

enum status stmt_step(struct stmt *s, bool *row, struct err *e)
{
	*row = false;
	if (s->bind_failure != SQLITE_OK) {
		const char *sentence;
		enum status st = describe(s->bind_failure & 0xFF, 0, &sentence);
		return err_fill(e, st, s->origin, "%s: %s", s->d->path,
			sentence ? sentence : sqlite3_errstr(s->bind_failure));
	}
	int code = sqlite3_step(s->h);
	if (code == SQLITE_ROW) {
		*row = true;
		return ST_OK;
	}
	enum status st = ST_OK;
	if (code != SQLITE_DONE)
		st = stmt_fail_at(s->d, s->origin, e);
	sqlite3_reset(s->h);
	return st;
}

enum status stmt_run(struct stmt *s, struct err *e)
{
	bool row = true;
	enum status st = ST_OK;
	while (st == ST_OK && row)
		st = stmt_step(s, &row, e);
	return st;
}

void stmt_reset(struct stmt *s)
{
	sqlite3_reset(s->h);
}

int64_t stmt_int(struct stmt *s, int at)
{
	return sqlite3_column_int64(s->h, at);
}

double stmt_double(struct stmt *s, int at)
{
	return sqlite3_column_double(s->h, at);
}

bool stmt_is_null(struct stmt *s, int at)
{
	return sqlite3_column_type(s->h, at) == SQLITE_NULL;
}

struct text stmt_text(struct stmt *s, int at)
{
	const unsigned char *bytes = sqlite3_column_text(s->h, at);
	if (bytes == NULL)
		return (struct text){ NULL, 0 };
	return (struct text){ (const char *)bytes,
		(size_t)sqlite3_column_bytes(s->h, at) };
}

const void *stmt_blob(struct stmt *s, int at, size_t *n)
{
	const void *bytes = sqlite3_column_blob(s->h, at);
	*n = bytes == NULL ? 0 : (size_t)sqlite3_column_bytes(s->h, at);
	return bytes;
}

/* The hot spot of reading: one look at the column, and the bytes as they lie in the
 * page (as text SQLite would copy them to append a NUL). */
struct cell stmt_cell(struct stmt *s, int at)
{
	sqlite3_value *v = sqlite3_column_value(s->h, at);
	switch (sqlite3_value_type(v)) {
	case SQLITE_INTEGER:
		return CELL_OF_INT(sqlite3_value_int64(v));
	case SQLITE_FLOAT:
		return CELL_OF_NUMBER(sqlite3_value_double(v));
	case SQLITE_TEXT: {
		const char *bytes = sqlite3_value_blob(v);
		size_t n = (size_t)sqlite3_value_bytes(v);
		return CELL_OF_TEXT(((struct text){ bytes != NULL ? bytes : "", n }));
	}
	default:
		return (struct cell){ .type = CELL_MISSING };
	}
}

/* ---- whole statements ---- */

enum status stmt_exec(struct db *d, const char *sql, struct err *e)
{
	struct stmt *s;
	enum status st = stmt_open(d, sql, &s, e);
	if (st == ST_OK)
		st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

enum status stmt_query_int(
	struct db *d, const char *sql, int64_t fallback, int64_t *out, struct err *e)
{
	*out = fallback;
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, sql, &s, e);
	if (st == ST_OK)
		st = stmt_step(s, &row, e);
	if (st == ST_OK && row && !stmt_is_null(s, 0))
		*out = stmt_int(s, 0);
	stmt_close(s);
	return st;
}

void stmt_roll_back(struct db *d)
{
	if (!sqlite3_get_autocommit(d->h))
		sqlite3_exec(d->h, "ROLLBACK", NULL, NULL, NULL);
}
