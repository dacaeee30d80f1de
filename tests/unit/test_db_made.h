/*
 * What every test of a program begins with is made once, and copied for each: an empty
 * book, which takes all steps of the schema, and rows, which fire the triggers of each.
 */
#ifndef TESTS_UNIT_TEST_DB_MADE_H
#define TESTS_UNIT_TEST_DB_MADE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <cmocka.h>
#include <sqlite3.h>

#include "db/db.h"
#include "tests/support/rows_text.h"

static inline struct store *made_open(const char *path, int busy_ms)
{
	const struct db_options options = { .create = true, .busy_ms = busy_ms };
	struct store *s = NULL;

	MUST(db_open(path, &options, &s, &e));
	return s;
}

static inline void made_read(const char *path, char **bytes, size_t *n)
{
	FILE *f = fopen(path, "rb");
	char part[4096];
	FILE *to = open_memstream(bytes, n);

	assert_true(f && to);
	for (size_t got; (got = fread(part, 1, sizeof(part), f)) > 0;)
		fwrite(part, 1, got, to);
	fclose(f);
	fclose(to);
}

/* Opens the book at the path; where there is none, or an empty file, a new one. */
static inline struct store *made_book(const char *path, int busy_ms)
{
	static char *empty; /* the file of the first one */
	static size_t n;
	struct stat there;
	struct store *s;
	FILE *f;

	if (stat(path, &there) == 0 && there.st_size > 0)
		return made_open(path, busy_ms);
	if (!empty) {
		s = made_open(path, busy_ms);
		made_read(path, &empty, &n);
		return s;
	}
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(chmod(path, 0600), 0); /* as db_open does */
	assert_int_equal(fwrite(empty, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
	return made_open(path, busy_ms);
}

static sqlite3 *made_rows; /* in memory */

static inline void made_copy(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *pages = sqlite3_backup_init(to, "main", from, "main");

	assert_non_null(pages);
	assert_int_equal(sqlite3_backup_step(pages, -1), SQLITE_DONE);
	assert_int_equal(sqlite3_backup_finish(pages), SQLITE_OK);
}

/* Whether they were made: the book has them then. */
static inline bool made_before(sqlite3 *book)
{
	if (made_rows)
		made_copy(made_rows, book);
	return made_rows != NULL;
}

static inline void made_keep(sqlite3 *book)
{
	assert_int_equal(sqlite3_open(":memory:", &made_rows), SQLITE_OK);
	made_copy(book, made_rows);
}

/* Teardown of the group. */
static inline int made_end(void **state)
{
	(void)state;
	return sqlite3_close(made_rows);
}

#endif
