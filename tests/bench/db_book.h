/* What programs share that measure a book: opening it for a day, and the clock. */
#ifndef TESTS_BENCH_DB_BOOK_H
#define TESTS_BENCH_DB_BOOK_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/book.h"
#include "db/db.h"

enum { ROUNDS_MAX = 100 };

static inline int64_t noon(const struct clock *c)
{
	return (int64_t)c->today * 86400 + 43200;
}

/* Milliseconds of processor time. */
static inline double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline void must(enum status st, const struct err *e)
{
	if (st == ST_OK)
		return;
	fprintf(stderr, "%s\n", e->text);
	exit(2);
}

/* Nothing is written to it. */
static inline struct book *open_book(const char *path, int32_t day)
{
	const struct clock clock = { .today = day, .now = noon };
	const struct db_options options = { .read_only = true };
	struct err e = { .status = ST_OK };
	struct store *s;
	struct book *b;

	must(db_open(path, &options, &s, &e), &e);
	must(book_open(s, &clock, "bench", &b, &e), &e);
	return b;
}

static inline int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

#endif
