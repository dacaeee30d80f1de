#include "tests/support/newcomer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { README_BYTES = 1 << 16 };

struct told newcomer_book;

static char folder[512];
static char *readme; /* one line, without the marks around keys */

static bool load_readme(void)
{
	const char *src = getenv("TIERDESK_SRC");
	char path[600], *to;
	FILE *f;

	snprintf(path, sizeof(path), "%s/README.md", src ? src : ".");
	f = fopen(path, "rb");
	readme = calloc(1, README_BYTES);
	if (!f || !readme || fread(readme, 1, README_BYTES - 1, f) == 0)
		return false;
	fclose(f);
	to = readme;
	for (const char *s = readme; *s; s++)
		if (*s != '`' && (*s != '\n' || s[1] != '\n'))
			*to++ = *s == '\n' ? ' ' : *s;
	*to = '\0';
	return true;
}

int newcomer_setup(void **state)
{
	const char *home = getenv("HOME"), *binary = getenv("TIERDESK_BIN");

	(void)state;
	if (!home || !binary || access(binary, X_OK) != 0 || !load_readme())
		return -1;
	snprintf(folder, sizeof(folder), "%s/days.XXXXXX", home);
	if (!mkdtemp(folder) || setenv("HOME", folder, 1) != 0)
		return -1;
	unsetenv("XDG_CONFIG_HOME");
	unsetenv("XDG_DATA_HOME");
	unsetenv("TIERDESK_ACTOR");
	free(told_by("demo --seed 7 --no-console"));
	told_load(&newcomer_book);
	return 0;
}

int newcomer_teardown(void **state)
{
	char line[600];

	(void)state;
	free(readme);
	snprintf(line, sizeof(line), "rm -rf '%s'", folder);
	return system(line);
}

void newcomer_begins(struct person *d, const char *name)
{
	const char *const argv[] = { getenv("TIERDESK_BIN"), "--as-of", TOLD_DAY, NULL };
	char own[1100];

	snprintf(own, sizeof(own), "%s/%s", folder, name);
	assert_int_equal(setenv("XDG_STATE_HOME", own, 1), 0);
	person_begins(d, argv, readme);
	person_sees(d, "%d accounts", newcomer_book.n);
	person_presses(d, "W", "press W to say who you are");
	person_types(d, name);
	person_presses(d, "Enter", "Enter choose");
	if (told_owned(&newcomer_book, name)) {
		person_sees(d, "you are %s", name);
		return;
	}
	person_sees(d, "nobody has this name");
	person_presses(d, "C-u", "C-u erases it");
	person_types(d, "none of them");
	person_presses(d, "Enter", "Enter choose");
	person_sees(d, "everybody's accounts; your changes bear the name");
}

const char *newcomer_part(
	struct person *d, int row, int column, int columns, char out[4096])
{
	char line[4096];
	const char *from = pty_line(&d->p, row, line), *to;

	for (int i = 0; *from && i < column; i++)
		do
			from++;
		while ((*from & 0xc0) == 0x80);
	for (to = from; *to && columns > 0; columns--)
		do
			to++;
		while ((*to & 0xc0) == 0x80);
	while (to > from && to[-1] == ' ')
		to--;
	while (from < to && *from == ' ')
		from++;
	memcpy(out, from, (size_t)(to - from));
	out[to - from] = '\0';
	return out;
}

void newcomer_row_is(struct person *d, int row, const struct account *a)
{
	char header[4096], shown[4096];
	const char *owner = strstr(newcomer_part(d, 2, 5, 80, header), "Owner");
	const char *cut;

	assert_non_null(owner);
	newcomer_part(d, row, 5, (int)(owner - header), shown);
	cut = strstr(shown, "…");
	if (cut ? strncmp(shown, a->name, (size_t)(cut - shown)) != 0
		: strcmp(shown, a->name) != 0)
		person_fails(d, "row %d should be %s", row, a->name);
}

const char *newcomer_column(struct person *d, int *at, char out[4096])
{
	int from = -1, to = -1;

	for (int column = 0; column < d->p.columns; column++) {
		VTermScreenCell cell;

		vterm_screen_get_cell(
			d->p.screen, (VTermPos){ .row = 2, .col = column }, &cell);
		if (VTERM_COLOR_IS_DEFAULT_BG(&cell.bg))
			continue;
		from = from < 0 ? column : from;
		to = column;
	}
	if (from < 0)
		person_fails(d, "no column stands out");
	*at = from;
	return newcomer_part(d, 2, from, to - from + 1, out);
}
