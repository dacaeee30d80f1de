/*
 * A small book that is the same every time: 36 accounts and three CSMs with two years
 * of history up to 2026-03-31, in a fake store. Names with wide, combining and hostile
 * characters are among them.
 */
#ifndef TESTS_SUPPORT_FIXTURE_H
#define TESTS_SUPPORT_FIXTURE_H

#include "core/book.h"

enum fixture {
	FIXTURE_EMPTY,    /* no account at all */
	FIXTURE_RAW,      /* accounts, never recalculated */
	FIXTURE_COMPLETE, /* weekly figures, a review, two policy versions */
	FIXTURE_GONE,     /* another one: 60 accounts, of which 18 left; recalculated */
	FIXTURE_LATER,    /* complete three days later, seen by "root", who is no CSM */
	FIXTURE_NONE,     /* no book */
};

/* The book as of 2026-03-31, seen by "Dana Reyes" where nothing else is said; NULL of
 * FIXTURE_NONE; ends the program when it fails. */
struct book *fixture_book(enum fixture what);
/* For tests that share the complete one: *state is that book. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

#endif
