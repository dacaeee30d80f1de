/* Scenes: the console on a fixture book, brought somewhere by keys. */
#ifndef TESTS_SUPPORT_SCENE_H
#define TESTS_SUPPORT_SCENE_H

#include "tests/support/fixture.h"
#include "tests/support/host_memory.h"
#include "tests/support/screen.h"
#include "tui/tui.h"

struct scene {
	const char *name; /* of the goldens: <name>-80x24.txt ... */
	enum fixture book;
	const char *keys;
	const char *kept;  /* from the last time; NULL: nothing */
	const char *named; /* the book that was asked for and is not there; or NULL */
	bool plain;        /* begins as the program does where nobody set anything */
	bool working;      /* seen while the last key is at work, which is then stopped */
};

/* Setup and teardown of a group of tests: the books, and the arena of the dumps. */
int scene_setup(void **state);
int scene_teardown(void **state);

struct book *scene_book(enum fixture what); /* of the group, borrowed */
/* Of the scene that was started last; a new one for each, of which four are kept. */
struct host_memory *scene_host(void);
/* The console in that size after these keys; ends with tui_free. A book of the group is
 * shared: what a scene changes in it is seen by the next one (see scene_fresh). */
struct tui *scene_start(enum fixture what, int rows, int columns, const char *keys);
/* The same on a book of its own, closed by the next scene_fresh or the teardown. */
struct tui *scene_fresh(enum fixture what, int rows, int columns, const char *keys);
/* On the complete book of the group, at 80x24, with such a settings file and such things
 * kept from the last time; NULL: none. Both borrowed. */
struct tui *scene_settings(const char *file, const char *kept, const char *keys);
/* What lies in the home of every host here. */
void scene_files(struct host_memory *m);
struct book *scene_own(void); /* the book of the last scene_fresh, borrowed */
/* The console as the scene begins, before its keys; on a book of its own. */
struct tui *scene_open(const struct scene *s, int rows, int columns);
void scene_feed(struct tui *t, const char *keys);
/* The dump, good until the teardown. */
const char *scene_dump(struct tui *t);
/* Whether a line of the screen (row -1: any) has the text in it. */
bool scene_shows(struct tui *t, int row, const char *text);
/* Where a text begins, the first of the highest row. */
struct spot {
	int row, column;
};
struct spot scene_find(struct tui *t, const char *text);
/* Two ways lead to the same screen, but for the message: each on a book of its own, at
 * 80x24. */
void scene_leads_to(const char *keys, const char *same_as);
/* Without UTF-8 the screen after these keys, at 80x24 on a book of the group, is ASCII
 * and that golden. */
void scene_ascii(enum fixture what, const char *keys, const char *golden);
/* After these keys the text stands in that line (-1: any), at 80x24. */
void scene_says(const char *keys, int row, const char *text);

#endif
