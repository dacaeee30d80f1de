/*
 * What the tests of packed tables share: an empty book of its own for each test, with
 * commits that need not survive, dice, and what a check finds.
 */
#ifndef TESTS_UNIT_TEST_DB_PLAIN_H
#define TESTS_UNIT_TEST_DB_PLAIN_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "db/db_internal.h"
#include "tests/support/rows_text.h"
#include "tests/unit/test_db_made.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* Of every transaction of ours: triggers are told so, and that it is over. */
enum { FLAG_WRITES = 2 };

struct book {
	char path[64];
	struct store *s;
	struct db *d;
	sqlite3 *other; /* a plain connection, as another program has one */
};

static inline void run(sqlite3 *h, const char *sql)
{
	char *said = NULL;

	if (sqlite3_exec(h, sql, NULL, NULL, &said) != SQLITE_OK)
		fail_msg("%s: %s", sql, said);
}

static inline void plain_open(struct book *b)
{
	b->s = made_book(b->path, 0);
	b->d = db_of(b->s);
	run(b->d->h, "PRAGMA synchronous = OFF");
}

static inline int plain_setup(void **state)
{
	static struct book b;
	int fd;

	strcpy(b.path, "/tmp/tierdesk-plain-XXXXXX");
	fd = mkstemp(b.path);
	assert_true(fd >= 0);
	close(fd);
	plain_open(&b);
	assert_int_equal(sqlite3_open(b.path, &b.other), SQLITE_OK);
	run(b.other, "PRAGMA synchronous = OFF");
	*state = &b;
	return 0;
}

static inline int plain_teardown(void **state)
{
	struct book *b = *state;
	char journal[80];

	sqlite3_close(b->other);
	b->s->ops->close(b->s);
	snprintf(journal, sizeof(journal), "%s-journal", b->path);
	unlink(journal);
	return unlink(b->path);
}

static inline uint32_t random_below(uint32_t n)
{
	static uint32_t x = 2463534242u;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;
	return x % n;
}

static inline void not_found(void *arg, const char *text)
{
	(void)arg;
	fail_msg("check: %s", text);
}

static inline void count_found(void *arg, const char *text)
{
	int *n = arg;

	(void)text;
	++*n;
}

#endif
