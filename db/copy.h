/*
 * Copies of a book: by SQLite's backup, into a temporary file beside the target,
 * synced and checked before it takes its name. The target is never half written.
 */
#ifndef DB_COPY_H
#define DB_COPY_H

#include "db/db_internal.h"
#include "db/schema.h"
#include "db/temporary.h"

/* Copies the book of d beside itself, "<path><suffix>", replacing what is there. */
enum status copy_beside(struct db *d, const char *suffix, struct err *e) MUST_USE;
/* The same inside a transaction, by another connection: it sees what was committed, and
 * nobody else can commit meanwhile. */
enum status copy_committed(struct db *d, const char *suffix, struct err *e) MUST_USE;
/* The pages of a book into an empty file. */
enum status copy_into(struct db *d, const char *temporary, struct err *e) MUST_USE;

/* Opens a book that lies somewhere as a copy, for reading. One of an older version is
 * left as it is: what is opened is a copy of it beside `beside`, brought up to date.
 * End `made` in any case. */
enum status copy_open(const char *path, const char *beside,
	const struct db_options *options, const struct schema *schema, struct store **out,
	struct temporary *made, struct err *e) MUST_USE;

/* db_restore, with a schema of choice. */
enum status copy_restore(const char *from, const char *to,
	const struct db_options *options, const struct schema *schema,
	struct operation *entry, struct err *e) MUST_USE;

/* Rows of one book into another: select has one parameter, `after`, or none; insert takes
 * its columns. */
enum status copy_rows(struct db *from, const char *select, struct db *to,
	const char *insert, int64_t after, struct err *e) MUST_USE;

/* The rest of a backup that was begun, from or into the book of d: SQLITE_DONE,
 * SQLITE_INTERRUPT when it was cancelled, or why it went no further. */
int copy_steps(sqlite3_backup *b, struct db *d);

/* Syncs the folder that holds path, so that a new name in it stays. */
enum status copy_sync_folder(const char *path, struct err *e) MUST_USE;

#endif
