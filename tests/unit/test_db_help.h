/*
 * What the tests of db/ share: a folder of their own, a book in it, and SQL as another
 * client would type it.
 */
#ifndef TESTS_UNIT_TEST_DB_HELP_H
#define TESTS_UNIT_TEST_DB_HELP_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "db/db_internal.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/unit/test_db_made.h"

#define HELP_DAY "2026-03-31"

static char help_folder[64];

static inline int help_begin(void **state)
{
	(void)state;
	snprintf(help_folder, sizeof(help_folder), "/tmp/tierdesk-db.XXXXXX");
	return mkdtemp(help_folder) == NULL;
}

static inline int help_end(void **state)
{
	char command[256];
	(void)state;
	snprintf(command, sizeof(command), "chmod -R u+w %s && rm -rf %s", help_folder,
		help_folder);
	return system(command);
}

/* Path of a name in the folder; the last four stay valid. */
static inline const char *help_path(const char *name)
{
	static char paths[4][256];
	static int next;
	char *path = paths[next++ % 4];
	snprintf(path, sizeof(paths[0]), "%s/%s", help_folder, name);
	return path;
}

static inline struct store *help_open(const char *name)
{
	return made_book(help_path(name), 50);
}

/* A book of Ann's on HELP_DAY; what a power cut may take is no matter here. */
static inline struct book *help_book(const char *name)
{
	struct store *s = help_open(name);

	MUST(stmt_exec(db_of(s), "PRAGMA synchronous = OFF", &e));
	return rules_book(s, HELP_DAY, "Ann");
}

/* Status of opening; text (may be NULL) is the message. */
static inline enum status help_try(
	const char *name, struct db_options options, char *text)
{
	struct store *s = NULL;
	struct err e = { .text = "" };
	options.busy_ms = 50;
	enum status st = db_open(help_path(name), &options, &s, &e);
	if (text != NULL)
		snprintf(text, ERR_TEXT_MAX, "%s", e.text);
	if (st == ST_OK)
		s->ops->close(s);
	else
		assert_null(s);
	return st;
}

/* Runs SQL as a client without any of our protections; its result code. */
static inline int help_sql(const char *name, const char *sql)
{
	sqlite3 *h = NULL;
	assert_int_equal(sqlite3_open(help_path(name), &h), SQLITE_OK);
	int code = SQLITE_OK;
	while (code == SQLITE_OK && *sql != '\0') {
		sqlite3_stmt *s = NULL;
		code = sqlite3_prepare_v2(h, sql, -1, &s, &sql);
		while (code == SQLITE_OK && s != NULL && sqlite3_step(s) == SQLITE_ROW)
			;
		if (code == SQLITE_OK)
			code = sqlite3_finalize(s);
	}
	sqlite3_close(h);
	return code;
}

/* The first value of a query, as a client would see it. */
static inline int64_t help_int(const char *name, const char *sql)
{
	sqlite3 *h = NULL;
	sqlite3_stmt *s = NULL;
	assert_int_equal(sqlite3_open(help_path(name), &h), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(h, sql, -1, &s, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	int64_t value = sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	sqlite3_close(h);
	return value;
}

struct help_findings {
	int n;
	char text[8192]; /* one line each */
};

static inline void help_found(void *arg, const char *text)
{
	struct help_findings *f = arg;
	size_t used = strlen(f->text);
	f->n++;
	snprintf(f->text + used, sizeof(f->text) - used, "%s\n", text);
}

static inline struct help_findings help_verify(struct store *s)
{
	struct help_findings f = { .n = 0 };
	MUST(s->ops->verify(s, help_found, &f, &e));
	return f;
}

/* No temporary file may stay behind, whatever happened. */
static inline void help_no_leftovers(void)
{
	DIR *d = opendir(help_folder);
	struct dirent *entry;
	assert_non_null(d);
	while ((entry = readdir(d)) != NULL) {
		if (entry->d_name[0] == '.' && strlen(entry->d_name) > 2)
			fail_msg("left behind: %s", entry->d_name);
	}
	closedir(d);
}

static inline void help_write_file(const char *name, const void *bytes, size_t n)
{
	FILE *f = fopen(help_path(name), "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, n, f), n);
	assert_int_equal(fclose(f), 0);
}

#endif
