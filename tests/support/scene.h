/*
 * Scenes: the console on a fixture book, brought somewhere by keys, as goldens in every
 * size it is made for. Each file of tests/screen lists its own.
 */
#ifndef TESTS_SUPPORT_SCENE_H
#define TESTS_SUPPORT_SCENE_H

#include "tests/support/fixture.h"
#include "tests/support/host_memory.h"
#include "tests/support/screen.h"
#include "tui/tui.h"

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
struct book *scene_own(void); /* the book of the last scene_fresh, borrowed */
void scene_feed(struct tui *t, const char *keys);
/* The dump, good until the teardown. */
const char *scene_dump(struct tui *t);
/* Whether a line of the screen (row -1: any) has the text in it. */
bool scene_shows(struct tui *t, int row, const char *text);

struct scene {
	const char *name; /* of the golden: <name>-80x24.txt ... */
	enum fixture book;
	const char *keys;
};
/* Compares each in 80x24 and 120x40, and the first `everywhere` also in 60x15 and
 * 200x60. */
void scene_goldens(const struct scene *scenes, size_t n, size_t everywhere);

#endif
