/*
 * Opening with a schema of choice: what db_open does with the current one. Tests
 * use it for books of other versions.
 */
#ifndef DB_OPEN_H
#define DB_OPEN_H

#include "db/schema.h"

enum status open_book(const char *path, const struct db_options *options,
	const struct schema *schema, struct store **out, struct err *e) MUST_USE;

/* ST_UNOPENED when another file lies where the book was opened. */
enum status open_same_file(struct db *d, struct err *e) MUST_USE;

/* A connection with every protection on, nothing read yet; flags as for
 * sqlite3_open_v2. d is zeroed but for path, busy_ms and cancel. */
enum status open_connection(struct db *d, int flags, struct err *e) MUST_USE;

/* How long until a connection asks again for the lock that it has waited for so long. */
int64_t open_wait_us(int64_t waited_us);

#endif
