#include "tests/support/screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The file's text, owned; NULL: no such file. */
static char *read_file(const char *path)
{
	FILE *f = fopen(path, "rb");
	char *text;
	size_t n;

	if (!f)
		return NULL;
	text = malloc(1 << 20);
	assert_non_null(text);
	n = fread(text, 1, (1 << 20) - 1, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static void write_file(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

/* The first line that differs, as both have it. */
static void show_difference(const char *name, const char *want, const char *got)
{
	for (int line = 1;; line++) {
		size_t w = strcspn(want, "\n"), g = strcspn(got, "\n");

		if (w != g || memcmp(want, got, w) != 0) {
			print_error("%s, line %d\n  want %.*s\n  got  %.*s\n"
				    "(goldens: look at it, then make update-goldens)\n",
				name, line, (int)w, want, (int)g, got);
			return;
		}
		if (!want[w])
			return;
		want += w + 1;
		got += g + 1;
	}
}

void screen_same(const char *name, const char *want, const char *got)
{
	int same = strcmp(want, got) == 0;

	if (!same)
		show_difference(name, want, got);
	assert_true(same);
}

void screen_golden(const char *name, const char *dump)
{
	const char *src = getenv("TIERDESK_SRC");
	char path[512];
	char *want;

	assert_non_null(dump);
	snprintf(path, sizeof(path), "%s/tests/screen/golden/%s.txt", src ? src : ".",
		name);
	if (getenv("TIERDESK_UPDATE_GOLDENS")) {
		write_file(path, dump);
		return;
	}
	want = read_file(path);
	if (!want)
		fail_msg("%s is missing: make update-goldens", path);
	screen_same(name, want, dump);
	free(want);
}
