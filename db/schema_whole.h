/*
 * The schema of a book as texts that people read, too (assets/schema/book-*.sql). Each
 * object is a paragraph, by name: a line with its type and name, and its SQL as
 * sqlite_schema has it.
 */
#ifndef DB_SCHEMA_WHOLE_H
#define DB_SCHEMA_WHOLE_H

#include "db/db_internal.h"

enum schema_part {
	SCHEMA_TABLES,   /* with indexes and views */
	SCHEMA_TRIGGERS, /* that keep tables right */
	SCHEMA_HISTORY,  /* triggers that tell what was done */
	SCHEMA_PARTS
};

struct schema_object {
	enum schema_part part;
	struct text type, name, sql;
	bool found; /* the reader's */
};

struct schema_whole {
	struct schema_object *objects; /* owned; their texts are borrowed */
	size_t n;
};

/* A row of type, name and sql; false: an index or a table that is SQLite's own. */
bool schema_whole_row(struct stmt *s, struct schema_object *out);
/* The texts of a book; each freed with sqlite3_free, also after a failure. */
enum status schema_whole_write(
	struct db *d, char *texts[SCHEMA_PARTS], struct err *e) MUST_USE;
/* Of such texts; out->objects is freed by the caller, also after a failure. */
enum status schema_whole_read(const char *const texts[SCHEMA_PARTS],
	struct schema_whole *out, struct err *e) MUST_USE;
/* The one of that part and name, or NULL. */
struct schema_object *schema_whole_find(
	const struct schema_whole *w, const struct schema_object *o);

#endif
