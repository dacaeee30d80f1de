#include "tests/support/scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

enum { BOOKS = FIXTURE_LATER + 1, HOSTS = 4 };

static struct book *books[BOOKS]; /* by enum fixture */
static struct book *own;          /* of scene_fresh and scene_open */
static struct arena arena;
static struct host_memory *hosts[HOSTS]; /* consoles that are compared are open at once */
static unsigned started;

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

static struct host_memory *next_host(void)
{
	host_memory_free(&hosts[started % HOSTS]);
	hosts[started++ % HOSTS] = host_memory_new();
	scene_files(scene_host());
	return scene_host();
}

static struct tui *open_on(struct book *b, struct host *host, int rows, int columns)
{
	struct tui *t = NULL;
	struct err e = { .text = "" };

	if (tui_open(b, host, rows, columns, false, &t, &e) != ST_OK)
		fail_msg("%s", e.text);
	return t;
}

static struct tui *start(struct book *b, int rows, int columns, const char *keys)
{
	struct tui *t = open_on(b, host_memory_host(next_host()), rows, columns);

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

struct tui *scene_settings(const char *file, const char *kept, const char *keys)
{
	struct host *host = host_memory_host(next_host());
	struct tui *t;

	host->settings = file;
	host->settings_path = "tierdesk.conf";
	host->kept = kept;
	host_memory_keep(scene_host(), kept ? kept : "");
	t = open_on(books[FIXTURE_COMPLETE], host, 24, 80);
	scene_feed(t, keys);
	return t;
}

struct tui *scene_open(const struct scene *s, int rows, int columns)
{
	struct host *host = host_memory_host(next_host());

	host->kept = s->kept;
	if (s->plain)
		host->settings = NULL;
	if (s->named) {
		host->usual_book = s->named;
		host->named_book = true;
	}
	book_free(&own);
	own = fixture_book(s->book);
	return open_on(own, host, rows, columns);
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

/* Borrowed until the teardown. */
static const char *dump_after(const char *keys)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);
	const char *dump;

	scene_feed(t, "C-l");
	dump = scene_dump(t);
	tui_free(&t);
	return dump;
}

static bool begins_at(const struct canvas *c, int row, int column, const char *text)
{
	while (*text && column < c->columns) {
		const struct tile *t = &c->tile[row * c->columns + column++];

		if (strncmp(text, t->s, t->n) != 0)
			return false;
		text += t->n;
	}
	return *text == '\0';
}

struct spot scene_find(struct tui *t, const char *text)
{
	const struct canvas *c = tui_canvas(t);

	for (int row = 0; row < c->rows; row++)
		for (int i = 0; i < c->columns; i++)
			if (begins_at(c, row, i, text))
				return (struct spot){ row, i };
	print_message("%s", scene_dump(t));
	fail_msg("\"%s\" is not on the screen", text);
	return (struct spot){ -1, -1 };
}

void scene_leads_to(const char *keys, const char *same_as)
{
	const char *want = dump_after(same_as);

	screen_same(keys, want, dump_after(keys));
}

void scene_ascii(enum fixture what, const char *keys, const char *golden)
{
	struct tui *t = NULL;
	const char *dump;

	MUST(tui_open(scene_book(what), NULL, 24, 80, true, &t, &e));
	scene_feed(t, keys);
	dump = scene_dump(t);
	for (const char *s = dump; *s; s++)
		assert_true(*s == '\n' || (*s >= ' ' && *s <= '~'));
	screen_golden(golden, dump);
	tui_free(&t);
}

void scene_says(const char *keys, int row, const char *text)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);

	if (!scene_shows(t, row, text))
		fail_msg("after %s there is no \"%s\":\n%s", keys, text, scene_dump(t));
	tui_free(&t);
}
