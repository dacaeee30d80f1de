#include "tests/support/scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { BOOKS = FIXTURE_LATER + 1, HOSTS = 4 };

static struct book *books[BOOKS]; /* by enum fixture */
static struct book *own;          /* of scene_fresh */
static struct arena arena;
static struct host_memory *hosts[HOSTS]; /* consoles that are compared are open at once */
static unsigned started;

static const struct {
	int rows, columns;
} sizes[] = { { 24, 80 }, { 40, 120 }, { 15, 60 }, { 60, 200 } };

int scene_setup(void **state)
{
	(void)state;
	arena_init(&arena);
	for (int i = 0; i < BOOKS; i++)
		books[i] = fixture_book((enum fixture)i);
	return 0;
}

int scene_teardown(void **state)
{
	(void)state;
	for (int i = 0; i < BOOKS; i++)
		book_free(&books[i]);
	book_free(&own);
	for (int i = 0; i < HOSTS; i++)
		host_memory_free(&hosts[i]);
	arena_clear(&arena);
	return 0;
}

struct book *scene_book(enum fixture what)
{
	return books[what];
}

struct host_memory *scene_host(void)
{
	return hosts[(started - 1) % HOSTS];
}

static struct tui *start(struct book *b, int rows, int columns, const char *keys)
{
	struct tui *t = NULL;
	struct err e = { .text = "" };

	host_memory_free(&hosts[started % HOSTS]);
	hosts[started++ % HOSTS] = host_memory_new();
	if (tui_open(b, host_memory_host(scene_host()), rows, columns, false, &t, &e) !=
		ST_OK)
		fail_msg("%s", e.text);
	scene_feed(t, keys);
	return t;
}

struct tui *scene_start(enum fixture what, int rows, int columns, const char *keys)
{
	return start(books[what], rows, columns, keys);
}

struct tui *scene_fresh(enum fixture what, int rows, int columns, const char *keys)
{
	book_free(&own);
	own = fixture_book(what);
	return start(own, rows, columns, keys);
}

struct book *scene_own(void)
{
	return own;
}

void scene_feed(struct tui *t, const char *keys)
{
	struct err e = { .text = "" };

	if (tui_feed(t, keys, &e) != ST_OK)
		fail_msg("%s", e.text);
}

const char *scene_dump(struct tui *t)
{
	return tui_dump(t, &arena);
}

bool scene_shows(struct tui *t, int row, const char *text)
{
	const char *line = scene_dump(t), *found = strstr(line, text);

	for (int i = 0; i < row; i++)
		line = strchr(line, '\n') + 1;
	if (row >= 0)
		found = strstr(line, text);
	return found && (row < 0 || found < line + strcspn(line, "\n"));
}

void scene_goldens(const struct scene *scenes, size_t n, size_t everywhere)
{
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < (i < everywhere ? 4 : 2); k++) {
			char name[96];
			struct tui *t = scene_fresh(scenes[i].book, sizes[k].rows,
				sizes[k].columns, scenes[i].keys);

			snprintf(name, sizeof(name), "%s-%dx%d", scenes[i].name,
				sizes[k].columns, sizes[k].rows);
			screen_golden(name, scene_dump(t));
			tui_free(&t);
		}
	}
}
