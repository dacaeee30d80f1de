/*
 * The schema of a book: its versions, the steps between them, and whether a file has
 * exactly this schema. The text lies in assets/schema.
 */
#ifndef DB_SCHEMA_H
#define DB_SCHEMA_H

#include <stddef.h>

#include "db/db_internal.h"
#include "db/schema_whole.h"

/* The step that leads to a version; the first makes a book from nothing. */
struct schema_step {
	int version;
	const char *asset; /* its SQL: an asset */
	const char *text;  /* or the SQL itself, when asset is NULL */
};

struct schema {
	const struct schema_step *steps; /* versions 1, 2, ... n */
	size_t n;
	/* What they leave: assets, as a test holds; NULL: it is made anew to compare
	 * with. */
	const char *whole[SCHEMA_PARTS];
};

extern const struct schema schema_current;

/* What file lies behind the connection. */
enum schema_found {
	SCHEMA_NONE,    /* empty: no book yet */
	SCHEMA_FOREIGN, /* a database of something else */
	SCHEMA_OLDER,
	SCHEMA_CURRENT,
	SCHEMA_NEWER,
};
enum status schema_identify(struct db *d, const struct schema *s, int *version,
	enum schema_found *out, struct err *e) MUST_USE;

/* Takes the steps that are missing, all in one transaction: nobody ever meets a version
 * in between. keep: an existing book is copied to "<path>.bak-v<N>" first. */
enum status schema_upgrade(
	struct db *d, const struct schema *s, bool keep, struct err *e) MUST_USE;

/* Compares tables, indexes, triggers and views with those of a book; calls found
 * with a sentence for each that is missing, changed or too many. */
enum status schema_compare(struct db *d, const struct schema *s,
	void (*found)(void *arg, const char *text), void *arg, struct err *e) MUST_USE;
/* ST_UNOPENED, in words for whoever has an old program. */
enum status schema_newer(
	struct db *d, const struct schema *s, int version, struct err *e) MUST_USE;
/* ST_UNOPENED, naming the first difference, unless the schema is as it should be; a newer
 * program may have brought it up to date while this one had it open. */
enum status schema_check(struct db *d, const struct schema *s, struct err *e) MUST_USE;

#endif
