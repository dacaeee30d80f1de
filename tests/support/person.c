#include "tests/support/person.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

enum { PATIENCE = 6 };

static void print_screen(struct person *d)
{
	char line[4096];

	for (int i = 0; i < d->p.rows; i++)
		print_error("%2d|%s\n", i, pty_line(&d->p, i, line));
}

void person_fails(struct person *d, const char *format, ...)
{
	char text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	print_screen(d);
	fail_msg("%s", text);
}

void person_sees(struct person *d, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (pty_find(&d->p, text) < 0)
		person_fails(d, "\"%s\" is not on the screen", text);
}

/* ---- keys ----------------------------------------------------------------------- */

static bool is_word(char c)
{
	return c && !strchr(" |,.;:()", c);
}

/* Whether the words name the key. */
static bool names(const char *words, const char *key)
{
	for (const char *s = words; (s = strstr(s, key)); s++)
		if ((s == words || !is_word(s[-1])) && !is_word(s[strlen(key)]))
			return true;
	return false;
}

static const char *bytes_of(const char *key)
{
	static const char *const named[][2] = { { "Enter", "\r" }, { "Esc", "\033" },
		{ "Down", "\033OB" }, { "PgDn", "\033[6~" }, { "C-s", "\023" },
		{ "C-u", "\025" } };

	for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
		if (strcmp(named[i][0], key) == 0)
			return named[i][1];
	assert_int_equal(strlen(key), 1);
	return key;
}

static void settle(struct person *d)
{
	for (int i = 0; i < PATIENCE; i++)
		if (pty_settle(&d->p))
			return;
	person_fails(d, "the program is gone or stuck");
}

/* Nobody knows a key by himself: where does it say so? */
static void is_told(struct person *d, const char *key, const char *words)
{
	if (!names(words, key))
		fail_msg("\"%s\" does not name %s", words, key);
	if (pty_find(&d->p, words) < 0 && !strstr(d->readme, words))
		person_fails(d, "neither the screen nor README.md says \"%s\"", words);
}

void person_presses(struct person *d, const char *key, const char *words)
{
	is_told(d, key, words);
	d->keys++;
	pty_send(&d->p, bytes_of(key));
	settle(d);
}

void person_types(struct person *d, const char *text)
{
	d->keys += (unsigned)strlen(text);
	pty_send(&d->p, text);
	settle(d);
}

void person_chooses(struct person *d, int first_row, const char *text)
{
	int row = pty_find(&d->p, text);

	if (row < first_row)
		person_fails(d, "\"%s\" is not in the list", text);
	for (; row > first_row; row--)
		person_presses(d, "Down", "Down j | One row down.");
	person_presses(d, "Enter", "Enter choose");
}

int person_choices(struct person *d)
{
	const int row = pty_find(&d->p, "│ >");

	if (row < 0)
		person_fails(d, "there is nothing to choose from");
	return row + 1;
}

void person_takes_view(struct person *d, const char *name)
{
	person_presses(d, "v", "v lists views");
	person_chooses(d, person_choices(d), name);
	person_sees(d, "view: %s", name);
}

void person_begins(struct person *d, const char *const argv[], const char *text)
{
	d->keys = 0;
	d->readme = text;
	pty_start(&d->p, 24, 80, argv, NULL);
	settle(d);
}

void person_ends(struct person *d, const char *what)
{
	int status;

	is_told(d, "q", "q quit");
	d->keys++;
	pty_send(&d->p, "q");
	status = pty_wait(&d->p);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_true(pty_restored(&d->p));
	pty_end(&d->p);
	print_message("%s: %u keys\n", what, d->keys);
}
