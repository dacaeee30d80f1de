/* Pictures of the console: every letter stands in its column, whatever program shows
 * them. */
#include "tui/svg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { COLUMNS = 40 };

/* The picture of a line, owned. */
static char *picture_of(const char *line, enum role role)
{
	struct canvas c;
	char *out = NULL;
	size_t n;
	FILE *to = open_memstream(&out, &n);

	assert_non_null(to);
	canvas_init(&c, false);
	canvas_reset(&c, 1, COLUMNS);
	canvas_put(&c, 0, 0, COLUMNS, role, text_of(line));
	svg_write(to, &c, THEME_DARK, "a line");
	assert_int_equal(fclose(to), 0);
	canvas_clear(&c);
	return out;
}

enum { CELL = 84, EDGE = 120 }; /* tenths of a pixel */

/* "12.3", in tenths. */
static int tenths(const char *s)
{
	int whole = 0;

	while (*s >= '0' && *s <= '9')
		whole = whole * 10 + *s++ - '0';
	return whole * 10 + (*s == '.' ? s[1] - '0' : 0);
}

/* "x:columns:text" of each text of a picture. */
static void read_texts(const char *svg, char *out, size_t size)
{
	static const char at[] = "<text x=\"", wide[] = "textLength=\"";
	const char *s = svg;
	size_t n = 0;

	*out = '\0';
	while ((s = strstr(s, at))) {
		const int x = tenths(s + strlen(at)) - EDGE;
		const char *length = strstr(s, wide);
		const char *from = strchr(s, '>') + 1, *to = strstr(from, "</text>");

		assert_true(length && length < from && to);
		assert_int_equal(x % CELL, 0);
		assert_int_equal(tenths(length + strlen(wide)) % CELL, 0);
		n += (size_t)snprintf(out + n, size - n, "%s%d:%d:%.*s", n ? "|" : "",
			x / CELL, tenths(length + strlen(wide)) / CELL, (int)(to - from),
			from);
		assert_true(n < size);
		s = to;
	}
}

/* Blanks that meet, or stand at an end, are squeezed by those that show the picture, and
 * the letters stretched to fill the length: no text has any. */
static void test_columns(void **state)
{
	static const struct {
		const char *line, *texts;
	} cases[] = {
		{ "", "" },
		{ "abc", "0:3:abc" },
		{ "   abc", "3:3:abc" },
		{ "abc   ", "0:3:abc" },
		{ "one two three", "0:13:one two three" },
		{ "Fenwick   $  11.3k 38d", "0:7:Fenwick|10:1:$|13:9:11.3k 38d" },
		{ "a  b  c", "0:1:a|3:1:b|6:1:c" },
		{ " a b  ", "1:3:a b" },
		{ "日本  株 x", "0:4:日本|6:4:株 x" },
		{ "日本", "0:4:日本" },
		{ "<&>", "0:3:&lt;&amp;&gt;" },
		{ "\033[31m", "0:8:&lt;1B&gt;[31m" },
	};
	static const enum role roles[] = { ROLE_TEXT, ROLE_HEADER_HERE, ROLE_BAD };
	char texts[400];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		for (size_t k = 0; k < sizeof(roles) / sizeof(*roles); k++) {
			char *svg = picture_of(cases[i].line, roles[k]);

			read_texts(svg, texts, sizeof(texts));
			assert_string_equal(texts, cases[i].texts);
			free(svg);
		}
}

/* The ground of a run is as wide as the run, blanks included. */
static void test_ground(void **state)
{
	char *svg = picture_of("  a   b ", ROLE_HEADER_HERE);

	(void)state;
	assert_non_null(strstr(svg, "<rect x=\"12\" y=\"12\" width=\"67.2\""));
	free(svg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_ground),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
