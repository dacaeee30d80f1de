/*
 * Prepared statements, cached per connection by the address of their SQL text:
 * give the same string literal (or a string that lives as long as the store).
 *
 *	struct stmt *s;
 *	enum status st = stmt_open(d, "SELECT ... WHERE id = ?", &s, e);
 *	if (st != ST_OK)
 *		return st;
 *	stmt_bind_int(s, 1, id);
 *	bool row;
 *	while ((st = stmt_step(s, &row, e)) == ST_OK && row)
 *		... stmt_int(s, 0) ...
 *	stmt_close(s);
 *
 * A statement that is open already may be opened again: it gets a twin. Binding can't
 * fail by itself; what went wrong is told by the next step. Values are bound without a
 * copy: they must live until the step that uses them. Parameters count from 1, columns
 * from 0.
 */
#ifndef DB_STMT_H
#define DB_STMT_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/record.h"

struct db;
struct stmt;

/* For the messages: where in the source the statement was opened. */
#define stmt_open(d, sql, out, e) stmt_open_at(d, sql, ERR_HERE, out, e)
enum status stmt_open_at(struct db *d, const char *sql, const char *origin,
	struct stmt **out, struct err *e) MUST_USE;
/* Gives it back to the cache; NULL is allowed. */
void stmt_close(struct stmt *s);

void stmt_bind_int(struct stmt *s, int at, int64_t value);
void stmt_bind_text(struct stmt *s, int at, struct text value);
void stmt_bind_blob(struct stmt *s, int at, const void *bytes, size_t n);
void stmt_bind_null(struct stmt *s, int at);
void stmt_bind_cell(struct stmt *s, int at, const struct cell *c);

/* *row: there is a row to read. After the last row, or a failure, it is reset. */
enum status stmt_step(struct stmt *s, bool *row, struct err *e) MUST_USE;
/* For statements without rows: runs to the end, ready to be bound and run again. */
enum status stmt_run(struct stmt *s, struct err *e) MUST_USE;
/* Begins anew before the last row was read; bindings stay. */
void stmt_reset(struct stmt *s);

/* Columns of the current row; text and blobs are borrowed until the next step. */
int64_t stmt_int(struct stmt *s, int at);
double stmt_double(struct stmt *s, int at);
bool stmt_is_null(struct stmt *s, int at);
struct text stmt_text(struct stmt *s, int at);
const void *stmt_blob(struct stmt *s, int at, size_t *n); /* NULL and 0 when empty */
/* As it is stored: missing, integer, number or text. */
struct cell stmt_cell(struct stmt *s, int at);

/* One statement without parameters and rows; one that yields a single integer
 * (fallback when there is no row, or it is NULL). */
enum status stmt_exec(struct db *d, const char *sql, struct err *e) MUST_USE;
enum status stmt_query_int(struct db *d, const char *sql, int64_t fallback, int64_t *out,
	struct err *e) MUST_USE;

/* Ends the transaction that is open, if any: some failures have ended it already. */
void stmt_roll_back(struct db *d);

/* Turns the last failure of the connection into status and sentence. Call before
 * anything else is done with the connection: a rollback overwrites the cause. */
#define stmt_fail(d, e) stmt_fail_at(d, ERR_HERE, e)
enum status stmt_fail_at(struct db *d, const char *origin, struct err *e);

/* Ends all statements of a connection that is being closed. */
void stmt_finalize_all(struct db *d);

#endif
