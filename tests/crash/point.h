/*
 * Points at which a process can die: every file that SQLite makes, writes, cuts, syncs or
 * deletes, and every name that is given to a file. What the kernel has stays, as after
 * kill -9; a power cut, which loses more, is another matter.
 */
#ifndef TESTS_CRASH_POINT_H
#define TESTS_CRASH_POINT_H

#include <stdbool.h>
#include <stdint.h>

/* Once, in the process that is to die, before it opens its first book. no_journal: what
 * is written to journals is lost, so that nothing can be rolled back. */
void point_install(bool no_journal);
/* Counts from here; right before the at-th operation the process kills itself (0: never).
 */
void point_arm(uint64_t at);
uint64_t point_count(void);

#endif
