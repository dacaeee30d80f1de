/* For tests of how the console begins: without a book or on one that it is lent, on a
 * host in memory with the files of scene_files. */
#ifndef TESTS_SUPPORT_STARTING_H
#define TESTS_SUPPORT_STARTING_H

#include "tests/support/scene.h"

/* Setup and teardown of a group. */
int starting_setup(void **state);
int starting_teardown(void **state);

/* A new host, without files; good until the next one. */
struct host_memory *starting_new_host(void);
/* That of the console at hand. */
struct host_memory *starting_host(void);
/* After these keys, at 24x80; the book is the console's to the end. */
struct tui *starting_on(struct book *b, const char *keys);
struct tui *starting(const char *keys); /* without a book */
void starting_end(struct tui **t);

void starting_shows(struct tui *t, const char *text);
void starting_shows_not(struct tui *t, const char *text);

/* The import of a file, from the first screen to its columns. */
#define STARTING_IMPORT(name) "Down Enter '" name "' Enter "

/* Long work, that somebody looks at and may stop. */
struct starting_pump {
	struct tui *t;
	int calls, stop_at; /* 0: never */
	bool seen;          /* how it is stopped stood on the screen */
};

bool starting_pumps(void *pump);

#endif
