/*
 * Programs that change one book at once: writers of edits, one that imports and one that
 * recalculates. What each was told lies in memory that all share. A failure in a program
 * is counted there; any other fails the test.
 */
#ifndef TESTS_CRASH_WRITING_H
#define TESTS_CRASH_WRITING_H

#include "core/book.h"

enum { WRITING_MAX = 16, WRITING_ACCOUNTS = 64, WRITING_EDITS_MAX = 500 };

enum writing_sabotage {
	WRITING_SOUND,
	WRITING_DEFERRED, /* who begins to write holds no lock yet */
	WRITING_BLIND,    /* what others wrote since it was read does not matter */
};

/* What a writer was told, in memory that all share. */
struct writing_writer {
	uint32_t counted[WRITING_ACCOUNTS]; /* by account id: acknowledged steps of its
					       count */
	uint32_t notes, snoozes, operations;
	uint32_t stale; /* somebody was faster: read again */
	uint32_t over;  /* the recalculation had resolved the alert */
	uint32_t failures;
	uint32_t waits;                     /* how many of them follow */
	int32_t wait_us[WRITING_EDITS_MAX]; /* of each edit: the longest for an answer */
	char failure[200];                  /* the first */
};
struct writing_shared {
	struct writing_writer writer[WRITING_MAX];
	volatile int over; /* the writers are done */
	uint32_t imports, recalcs, beside_failures;
	char beside[200];
};

struct writing_trial {
	int writers, edits;
	enum writing_sabotage sabotage;
	bool wait_for_disk;
};

extern struct writing_shared *writing_shared;

/* Setup and teardown of a group of tests. */
int writing_begin(void **state);
int writing_end(void **state);

/* The book of all, made anew, and nobody was told anything yet. */
void writing_make(void);
/* It, opened by somebody. */
struct book *writing_book(const struct writing_trial *t, const char *who);
/* Until the last of the programs has ended. */
void writing_run(const struct writing_trial *t);

#endif
