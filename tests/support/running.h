/*
 * For tests of the program on a terminal: a book of its own in $HOME, $TIERDESK_BIN on
 * it, and how it ended. Days are those of RUNNING_DAY.
 */
#ifndef TESTS_SUPPORT_RUNNING_H
#define TESTS_SUPPORT_RUNNING_H

#include "tests/support/pty.h"

#define RUNNING_DAY "2026-03-31"

/* Path of the program, or NULL when it can't be run. */
const char *running_program(void);
/* A command line of the shell; returns its status. */
int running_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A demo of 60 accounts as $HOME/name, instead of what was there; false when it can't be
 * made. Its path goes to db. */
bool running_demo(const char *name, char db[512]);

/* The console on a book, when it has nothing left to do. */
void running_on(
	struct pty *p, int rows, int columns, const char *db, const char *const env[]);
/* It ended with that status and left the terminal as it was. */
void running_ended(struct pty *p, int status);

/* Waits for the text to stand on the screen: what comes without a key. */
void running_wait(struct pty *p, const char *text);

/* All that stands on a screen once nothing is left to do, as text; zeroed but for that.
 */
struct running_picture {
	char line[70][4096];
	int rows;
};
/* Owned. */
struct running_picture *running_picture(struct pty *p);
/* Fails the test where they differ; takes both. */
void running_same(struct running_picture *a, struct running_picture *b);

#endif
