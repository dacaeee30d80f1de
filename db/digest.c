/*
 * Digests of rows: damage that no check of pages can see, since the row can still be
 * read. There is one for each row that an operation of the history left behind. It goes
 * with any change of the row: told ones by a trigger (006-seal.sql), others by whoever
 * makes them.
 */
#include <stdio.h>
#include <string.h>

#include "db/hash.h"
#include "db/seal.h"
#include "db/sql.h"

#define DIGITS 16         /* of a SHA-256: against chance they are enough */
#define MOST_PER_CHECK 20 /* findings */

/* *there: the row is. */
static enum status digest_row(struct db *d, enum record_kind kind, int64_t row,
	char out[SHA256_HEX], bool *there, struct err *e)
{
	const int count = record_of(kind)->count;
	struct sha256 h;
	struct stmt *s;
	enum status st = sql_open(d, kind, SQL_STORED, &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, row);
		st = stmt_step(s, there, e);
	}
	*there = st == ST_OK && *there && stmt_int(s, count) == row;
	sha256_init(&h);
	for (int i = 0; *there && i < count; i++) {
		const struct cell c = stmt_cell(s, i);
		hash_cell(&h, &c);
	}
	sha256_end(&h, out);
	stmt_close(s);
	return st;
}

enum status digest_note(struct db *d, struct text table, int64_t row, struct err *e)
{
	const int kind = sql_kind(table);
	char digest[SHA256_HEX];
	struct stmt *s = NULL;
	bool there;
	if (kind == REC_COUNT)
		return ST_OK; /* not of ours: db_history_check tells */
	enum status st = digest_row(d, (enum record_kind)kind, row, digest, &there, e);
	if (st == ST_OK && !there)
		return digest_forget(d, (enum record_kind)kind, row, e);
	if (st == ST_OK)
		st = stmt_open(
			d, "INSERT OR REPLACE INTO row_digest VALUES (?, ?, ?)", &s, e);
	if (st == ST_OK) {
		stmt_bind_text(s, 1, table);
		stmt_bind_int(s, 2, row);
		stmt_bind_text(s, 3, (struct text){ digest, DIGITS });
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

enum status digest_forget(struct db *d, enum record_kind kind, int64_t row, struct err *e)
{
	struct stmt *s;
	enum status st =
		stmt_open(d, "DELETE FROM row_digest WHERE kind = ? AND row = ?", &s, e);
	if (st == ST_OK) {
		stmt_bind_text(s, 1, text_of(record_of(kind)->table));
		stmt_bind_int(s, 2, row);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

enum status digest_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	struct stmt *s;
	bool row;
	int n = 0;
	enum status st = stmt_open(d, "SELECT kind, row, digest FROM row_digest", &s, e);
	while (st == ST_OK && n < MOST_PER_CHECK &&
		(st = stmt_step(s, &row, e)) == ST_OK && row) {
		const int kind = sql_kind(stmt_text(s, 0));
		char digest[SHA256_HEX], line[200];
		bool there = false;
		if (kind < REC_COUNT)
			st = digest_row(d, (enum record_kind)kind, stmt_int(s, 1), digest,
				&there, e);
		if (st != ST_OK || (there && text_eq(stmt_text(s, 2),
						     (struct text){ digest, DIGITS })))
			continue;
		n++;
		snprintf(line, sizeof(line),
			"rows: %.*s %lld %s, and the history does not tell of it: "
			"compare it with a backup",
			stmt_text(s, 0).n < 40 ? (int)stmt_text(s, 0).n : 40,
			stmt_text(s, 0).s, (long long)stmt_int(s, 1),
			there ? "is not what it was" : "is gone");
		found(arg, line);
	}
	stmt_close(s);
	return st;
}
