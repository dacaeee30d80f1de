/*
 * The kinds of operations that must be whole or not at all: one row of a table for each.
 * A new kind is a row in kinds.c, with what its book holds before and what it does.
 */
#ifndef TESTS_CRASH_KINDS_H
#define TESTS_CRASH_KINDS_H

#include "core/book.h"

#define KINDS_YESTERDAY "2026-06-29"
#define KINDS_DAY "2026-06-30"
#define KINDS_IDS 40

struct kinds_run {
	char path[256]; /* of the book */
	char copy[256]; /* of a copy beside it, where the kind has one */
	/* as of KINDS_DAY; NULL where the kind opens the book itself */
	struct book *book;
	/* what `ready` found */
	int64_t id[KINDS_IDS];
	uint32_t n;
	char *text; /* owned */
};

enum {
	KIND_ITSELF = 1,   /* it opens the book itself */
	KIND_OF_COPY = 2,  /* the copy is what must be old or new; the book stays */
	KIND_MIGRATES = 4, /* whoever opens the book next does what was not done */
	KIND_RESTORES = 8, /* the book that was replaced stays beside it */
};

struct kinds_row {
	const char *name;
	unsigned flags;
	/* From the common book, which is open, to the one that the operation finds; NULL:
	 * it is that one. KIND_ITSELF: nothing is open. */
	void (*make)(struct kinds_run *r);
	/* What is looked up first; NULL: nothing. */
	void (*ready)(struct kinds_run *r);
	enum status (*act)(struct kinds_run *r, struct err *e);
};

extern const struct kinds_row kinds_table[];
extern const int kinds_count;

/* Makes the book that all kinds begin with. */
void kinds_make(const char *path);
/* Opens the book of the run on KINDS_DAY; a failure fails the test. */
void kinds_open(struct kinds_run *r);
/* The first value of each row, at most KINDS_IDS; there has to be one. */
void kinds_find(struct kinds_run *r, const char *sql);
/* Closes it and frees what was found. */
void kinds_close(struct kinds_run *r);

#endif
