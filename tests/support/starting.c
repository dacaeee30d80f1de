#include "tests/support/starting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct host_memory *host;
static struct arena arena;
static struct book *lent; /* of the console at hand; NULL: it began without one */

int starting_setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

int starting_teardown(void **state)
{
	(void)state;
	host_memory_free(&host);
	arena_clear(&arena);
	return 0;
}

struct host_memory *starting_new_host(void)
{
	host_memory_free(&host);
	host = host_memory_new();
	return host;
}

struct host_memory *starting_host(void)
{
	return host;
}

struct tui *starting_on(struct book *b, const char *keys)
{
	struct tui *t = NULL;
	struct err e = { .text = "" };

	scene_files(starting_new_host());
	lent = b;
	if (tui_open(b, host_memory_host(host), 24, 80, false, &t, &e) != ST_OK)
		fail_msg("%s", e.text);
	scene_feed(t, keys);
	return t;
}

struct tui *starting(const char *keys)
{
	return starting_on(NULL, keys);
}

void starting_end(struct tui **t)
{
	tui_free(t);
	book_free(&lent);
}

void starting_shows(struct tui *t, const char *text)
{
	const char *dump = tui_dump(t, &arena);

	if (!strstr(dump, text))
		fail_msg("\"%s\" is not on the screen:\n%s", text, dump);
}

void starting_shows_not(struct tui *t, const char *text)
{
	if (strstr(tui_dump(t, &arena), text))
		fail_msg("\"%s\" is on the screen", text);
}

bool starting_pumps(void *arg)
{
	struct starting_pump *p = arg;

	p->seen |= strstr(tui_dump(p->t, &arena), "stops it; then nothing is changed") !=
		   NULL;
	return ++p->calls != p->stop_at;
}
