/*
 * Killing: a child does an operation and is killed with SIGKILL, at random times or right
 * before each of its operations on files. What it leaves must be the book from before or
 * the one from after, opened without anybody's help, in which nothing is wrong; and
 * where it had said that it was done, the one from after.
 */
#ifndef TESTS_CRASH_KILLING_H
#define TESTS_CRASH_KILLING_H

#include "tests/crash/kinds.h"

enum killing_sabotage {
	KILLING_SOUND,
	KILLING_NO_JOURNAL, /* nothing can be rolled back */
	KILLING_EARLY,      /* success is reported before it is done */
};

struct killing {
	int random; /* kills at random times that are wished for */
	int most;   /* points that are tried, spread evenly; 0: every one */
	uint64_t seed;
	enum killing_sabotage sabotage;
};

struct killing_tally {
	int points;           /* that the operation has */
	int kills, in_flight; /* in flight: killed between its start and its report */
	int before, after, violations;
	int left;        /* files beside the book, until the next copy takes them away */
	char first[512]; /* the first violation; "" */
};

/* Makes what all kinds begin with, in the folder. */
void killing_begin(const char *folder);
struct killing_tally killing_run(const struct kinds_row *kind, const struct killing *how);

#endif
