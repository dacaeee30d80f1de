/*
 * Somebody at a terminal of 80x24 who knows what README.md says and what he sees, and
 * nothing else: each key that is pressed must be named in one of them. What fails shows
 * the screen.
 */
#ifndef TESTS_SUPPORT_PERSON_H
#define TESTS_SUPPORT_PERSON_H

#include "tests/support/pty.h"

struct person {
	struct pty p;
	const char *readme; /* borrowed; on one line, without the marks around keys */
	unsigned keys;      /* pressed so far, typed text with them */
};

void person_begins(struct person *d, const char *const argv[], const char *readme);
void person_ends(struct person *d, const char *what); /* quits, and tells the keys */

/* words: where the key is named, as they stand on the screen or in the README. */
void person_presses(struct person *d, const char *key, const char *words);
void person_types(struct person *d, const char *text);

/* Row of the first choice of the list that is open, below the line that is typed. */
int person_choices(struct person *d);
/* Goes down from the first row to the one with the text, and takes it. */
void person_chooses(struct person *d, int first_row, const char *text);
void person_takes_view(struct person *d, const char *name);

void person_sees(struct person *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void person_fails(struct person *d, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
