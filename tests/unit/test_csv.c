/* CSV: the reader row by row, its refusals and limits. */
#include "core/csv.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/buffer.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* Rows as [a]["b"] and a slash, a bad row as !message. The input is an exact copy on
 * the heap, so that the sanitizer sees any step beyond its end. */
static struct buffer read_all(struct text in, char delimiter)
{
	struct buffer b = { NULL, 0, 0 };
	struct csv_reader r;
	struct err e;
	char *copy = malloc(in.n + (in.n == 0));
	assert_non_null(copy);
	memcpy(copy, in.s, in.n);
	buffer_add_string(&b, "");
	assert_int_equal(csv_init(&r, copy, in.n, delimiter, NULL), ST_OK);
	for (;;) {
		bool more;
		size_t at = r.at;
		enum status status = csv_next(&r, &more, &e);
		assert_true(status == ST_OK || status == ST_INVALID);
		if (!more)
			break;
		assert_int_equal(r.row_at, at);
		assert_in_range(r.at, at + 1, in.n);
		assert_true((status == ST_INVALID) == (r.fault.what != NULL));
		if (status == ST_INVALID) {
			char text[ERR_TEXT_MAX];
			snprintf(text, sizeof(text),
				"line %" PRIu64 ", column %" PRIu32 ": %s", r.fault.line,
				r.fault.column, r.fault.what);
			assert_string_equal(text, e.text);
			assert_int_equal(r.columns, 0);
			buffer_add_string(&b, "!");
			buffer_add_string(&b, e.text);
		}
		for (uint32_t i = 0; i < r.columns; i++) {
			buffer_add_string(&b, r.quoted[i] ? "[\"" : "[");
			buffer_add(&b, r.field[i].s, r.field[i].n);
			buffer_add_string(&b, r.quoted[i] ? "\"]" : "]");
		}
		buffer_add_string(&b, "/");
	}
	csv_clear(&r);
	free(copy);
	return b;
}

static void check_rows(struct text in, char delimiter, const char *expected)
{
	struct buffer got = read_all(in, delimiter);
	if (strcmp(got.s, expected) != 0)
		fail_msg("%.*s\nread as  %s\ninstead of %s", (int)in.n, in.s, got.s,
			expected);
	buffer_clear(&got);
}

static void test_rows(void **state)
{
	static const struct {
		const char *in;
		char delimiter;
		const char *rows;
	} rows[] = {
		{ "", ',', "" },
		{ "\n", ',', "[]/" },
		{ "a", ',', "[a]/" },
		{ "a\n", ',', "[a]/" },
		{ "a,b\nc,d\n", ',', "[a][b]/[c][d]/" },
		{ "a,b\nc,d", ',', "[a][b]/[c][d]/" },
		{ "a,b\r\nc,d\r\n", ',', "[a][b]/[c][d]/" },
		{ "a,b\rc,d\r", ',', "[a][b]/[c][d]/" },
		{ "a\rb\nc\r\nd", ',', "[a]/[b]/[c]/[d]/" },
		{ "a\r\r\nb", ',', "[a]/[]/[b]/" },
		{ "a\n\nb\n\n", ',', "[a]/[]/[b]/[]/" },
		{ ",", ',', "[][]/" },
		{ ",\n,", ',', "[][]/[][]/" },
		{ "a,", ',', "[a][]/" },
		{ ",a", ',', "[][a]/" },
		{ "a,b,c\nd\n", ',', "[a][b][c]/[d]/" },
		{ "\"a\"", ',', "[\"a\"]/" },
		{ "\"\"", ',', "[\"\"]/" },
		{ "\"\",\"\"\n", ',', "[\"\"][\"\"]/" },
		{ "\"a,b\",c", ',', "[\"a,b\"][c]/" },
		{ "\"a\nb\r\nc\rd\",e\nf", ',', "[\"a\nb\r\nc\rd\"][e]/[f]/" },
		{ "\"a\"\"b\"", ',', "[\"a\"b\"]/" },
		{ "\"\"\"\"", ',', "[\"\"\"]/" },
		{ "\"\"\"a\"\"\",\"\"\"\"\"\"", ',', "[\"\"a\"\"][\"\"\"\"]/" },
		{ "\"a\"\"b\",c,\"d\"\"\"\n\"e\"\"\"", ',',
			"[\"a\"b\"][c][\"d\"\"]/[\"e\"\"]/" },
		{ "a\"b,c\"\n", ',', "[a\"b][c\"]/" },
		{ "a\"\"b", ',', "[a\"\"b]/" },
		{ " \"a\"", ',', "[ \"a\"]/" },
		{ " a , b ", ',', "[ a ][ b ]/" },
		{ "a;b,c", ';', "[a][b,c]/" },
		{ "a\tb\t", '\t', "[a][b][]/" },
		{ "a|\"b|c\"", '|', "[a][\"b|c\"]/" },
		{ "1,5;2,5\n", ';', "[1,5][2,5]/" },
		{ "12345678,12345678\n", ',', "[12345678][12345678]/" },
		{ "é,日本,😀\n", ',', "[é][日本][😀]/" },
		{ "\x80,\xAC\xFF\n\x8C", ',', "[\x80][\xAC\xFF]/[\x8C]/" },
		{ "-,.,+,#,!,~\n", ',', "[-][.][+][#][!][~]/" },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		check_rows(text_of(rows[i].in), rows[i].delimiter, rows[i].rows);
}

#define CLOSED \
	": the quote is never closed: close it, or double the quotes inside the field/"
#define AFTER ": text after the closing quote: double the quotes inside the field/"
#define NUL ": NUL byte: the file is not text/"

/* A bad row is told by line and column, and only that row is lost. */
static void test_bad_rows(void **state)
{
	static const struct {
		struct text in;
		const char *rows;
	} rows[] = {
		{ TEXT("\""), "!line 1, column 1" CLOSED },
		{ TEXT("a,\"b"), "!line 1, column 2" CLOSED },
		{ TEXT("a\nb,c,\"d\ne,f\n"), "[a]/!line 2, column 3" CLOSED },
		{ TEXT("\"a\nb\",\"c\nd"), "!line 2, column 2" CLOSED },
		{ TEXT("\"a\"\""), "!line 1, column 1" CLOSED },
		{ TEXT("\"a\"b\nc"), "!line 1, column 1" AFTER "[c]/" },
		{ TEXT("\"a\" ,b\nc"), "!line 1, column 1" AFTER "[c]/" },
		{ TEXT("a,\"b\"c,\"d\ne\"\nf\n"), "!line 1, column 2" AFTER "[f]/" },
		{ TEXT("\"a\nb\"c,d\nf\n"), "!line 2, column 1" AFTER "[f]/" },
		{ TEXT("\"a\"\"\"b\r\nc\r\n"), "!line 1, column 1" AFTER "[c]/" },
		{ TEXT("\"a\"\"b\"c\"d\"\ne"), "!line 1, column 1" AFTER "[e]/" },
		{ TEXT("a,\0,c\nd\n"), "!line 1, column 2" NUL "[d]/" },
		{ TEXT("\"\n\0\",\0\nd\n"), "!line 2, column 1" NUL "[d]/" },
		{ TEXT("a\0"), "!line 1, column 1" NUL },
		{ TEXT("a\n\"b\"\0\nc"), "[a]/!line 2, column 1" NUL "[c]/" },
		{ TEXT("\"a\"b,\0,\"c"), "!line 1, column 1" AFTER },
		{ TEXT("a\rb\r\n\"c\"d\r\n\r\n\"e\"f"),
			"[a]/[b]/!line 3, column 1" AFTER "[]/!line 5, column 1" AFTER },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		check_rows(rows[i].in, ',', rows[i].rows);
}

/* Every byte at every place around a word of eight means what it means alone. */
static void test_every_byte_everywhere(void **state)
{
	(void)state;
	for (size_t place = 0; place < 20; place++) {
		for (int b = 0; b < 256; b++) {
			char in[21] = "xxxxxxxxxxxxxxxxxxxx", expected[64];
			in[place] = (char)b;
			int left = (int)place, right = 19 - left;
			const char *rest = in + place + 1;
			if (b == ',')
				snprintf(expected, 64, "[%.*s][%s]/", left, in, rest);
			else if ((b == '\n' || b == '\r') && right > 0)
				snprintf(expected, 64, "[%.*s]/[%s]/", left, in, rest);
			else if (b == '\n' || b == '\r')
				snprintf(expected, 64, "[%.*s]/", left, in);
			else if (b == '\0')
				snprintf(expected, 64, "!line 1, column 1%s", NUL);
			else if (b == '"' && left == 0)
				snprintf(expected, 64, "!line 1, column 1");
			else
				snprintf(expected, 64, "[%s]/", in);
			struct buffer got = read_all((struct text){ in, 20 }, ',');
			assert_int_equal(strncmp(got.s, expected, strlen(expected)), 0);
			buffer_clear(&got);
		}
	}
}

/* n times byte, between head and tail. */
static struct buffer long_input(const char *head, char byte, size_t n, const char *tail)
{
	struct buffer b = { NULL, 0, 0 };
	char *fill = malloc(n);
	assert_non_null(fill);
	memset(fill, byte, n);
	buffer_add_string(&b, head);
	buffer_add(&b, fill, n);
	buffer_add_string(&b, tail);
	free(fill);
	return b;
}

static void check_limit(const char *head, size_t n, const char *tail, const char *error)
{
	struct buffer in = long_input(head, 'x', n, tail);
	struct csv_reader r;
	struct err e = { .text = "" };
	bool more;
	assert_int_equal(csv_init(&r, in.s, in.n, ',', NULL), ST_OK);
	enum status status = csv_next(&r, &more, &e);
	assert_true(more);
	assert_string_equal(e.text, error);
	assert_int_equal(status, *error == '\0' ? ST_OK : ST_INVALID);
	assert_int_equal(csv_next(&r, &more, &e), ST_OK);
	assert_true(more);
	assert_true(text_eq(r.field[0], TEXT("next")));
	csv_clear(&r);
	buffer_clear(&in);
}

static void test_field_limit(void **state)
{
	(void)state;
	check_limit("a,", CSV_FIELD_MAX, "\nnext", "");
	check_limit("a,", CSV_FIELD_MAX + 1, "\nnext",
		"line 1, column 2: the field is larger than 1 MB");
	check_limit("\"", CSV_FIELD_MAX, "\"\nnext", "");
	check_limit("\"", CSV_FIELD_MAX + 1, "\"\nnext",
		"line 1, column 1: the field is larger than 1 MB");
	/* A doubled quote counts once. */
	check_limit("\"\"\"", CSV_FIELD_MAX - 1, "\"\nnext", "");
	check_limit("\"\"\"", CSV_FIELD_MAX, "\"\nnext",
		"line 1, column 1: the field is larger than 1 MB");
	check_limit("a,b,", 10u << 20, ",c\nnext",
		"line 1, column 3: the field is larger than 1 MB");
}

static void test_column_limit(void **state)
{
	(void)state;
	struct buffer in = long_input("a", ',', CSV_COLUMNS_MAX - 1, "\nb");
	struct csv_reader r;
	struct err e;
	bool more;
	assert_int_equal(csv_init(&r, in.s, in.n, ',', NULL), ST_OK);
	assert_int_equal(csv_next(&r, &more, NULL), ST_OK);
	assert_int_equal(r.columns, CSV_COLUMNS_MAX);
	csv_clear(&r);
	buffer_clear(&in);
	in = long_input("a\nb", ',', 5 * CSV_COLUMNS_MAX, "\"\nc,\"d\"\"\"\n");
	assert_int_equal(csv_init(&r, in.s, in.n, ',', NULL), ST_OK);
	assert_int_equal(csv_next(&r, &more, NULL), ST_OK);
	assert_int_equal(csv_next(&r, &more, &e), ST_INVALID);
	assert_string_equal(e.text, "line 2, column 1001: more than 1000 columns");
	csv_clear(&r);
	buffer_clear(&in);
}

static void test_row_limit(void **state)
{
	struct buffer field = long_input("", 'x', CSV_FIELD_MAX - 1, ",");
	struct csv_reader r;
	bool more;
	(void)state;
	for (size_t extra = 0; extra < 2; extra++) {
		struct buffer in = { NULL, 0, 0 };
		struct err e = { .text = "" };
		buffer_add_string(&in, "head\n");
		for (int i = 0; i < 16; i++)
			buffer_add(&in, field.s, field.n);
		buffer_add_string(&in, extra ? "x\nnext" : "\nnext");
		assert_int_equal(csv_init(&r, in.s, in.n, ',', NULL), ST_OK);
		assert_int_equal(csv_next(&r, &more, &e), ST_OK);
		assert_int_equal(csv_next(&r, &more, &e), extra ? ST_INVALID : ST_OK);
		assert_string_equal(e.text,
			extra ? "line 2, column 1: the row is larger than 16 MB" : "");
		assert_int_equal(csv_next(&r, &more, &e), ST_OK);
		assert_true(text_eq(r.field[0], TEXT("next")));
		assert_int_equal(r.line, 3);
		csv_clear(&r);
		buffer_clear(&in);
	}
	buffer_clear(&field);
}

static void test_lines(void **state)
{
	static const uint64_t lines[] = { 1, 2, 5, 6, 7, 8 };
	struct csv_reader r;
	bool more;
	(void)state;
	struct text in = TEXT("a\n\"b\r\nc\rd\"\n\ne\rf\r\ng");
	assert_int_equal(csv_init(&r, in.s, in.n, ',', NULL), ST_OK);
	for (size_t i = 0; i < LENGTH(lines); i++) {
		assert_int_equal(csv_next(&r, &more, NULL), ST_OK);
		assert_true(more);
		assert_int_equal(r.line, lines[i]);
	}
	for (int i = 0; i < 2; i++) {
		assert_int_equal(csv_next(&r, &more, NULL), ST_OK);
		assert_false(more);
		assert_int_equal(r.columns, 0);
	}
	csv_clear(&r);
	csv_clear(&r);
	struct err e;
	assert_int_equal(csv_init(&r, in.s, in.n, 'x', &e), ST_USAGE);
	csv_clear(&r);
}

static void test_guess(void **state)
{
	static const struct {
		const char *in;
		char delimiter;
	} rows[] = {
		{ "", ',' },
		{ "one\ntwo\n", ',' },
		{ "a,b\n1,2\n", ',' },
		{ "a;b\n1;2\n", ';' },
		{ "a\tb\n1\t2\n", '\t' },
		{ "a|b\n1|2\n", '|' },
		{ "a;b\n1,5;2,5\n", ';' },
		{ "a,b;c\n1,2;3\n", ',' },
		{ "\"a;b;c\",d\n\"e;f;g\",h\n", ',' },
		{ "id;name\n1;\"a, b, c\"\n2;\"d\ne\"\n", ';' },
		{ "\n\na;b\n\n1;2\n", ';' },
		{ "a,b\n1;2,3\n4;5,6\n", ',' },
		{ "a;b\n\"c\"d;e\n1;2\n", ';' },
		{ "a\tb, c\n1\t2\n3\t4", '\t' },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char got = csv_guess_delimiter(rows[i].in, strlen(rows[i].in));
		if (got != rows[i].delimiter)
			fail_msg("row %zu: guessed %c", i, got);
	}
	/* One field that never ends within the sample: no row, no guess, no harm. */
	struct buffer in = long_input("\"", ';', 100000, "\";b\n");
	assert_int_equal(csv_guess_delimiter(in.s, in.n), ',');
	buffer_clear(&in);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_bad_rows),
		cmocka_unit_test(test_every_byte_everywhere),
		cmocka_unit_test(test_field_limit),
		cmocka_unit_test(test_column_limit),
		cmocka_unit_test(test_row_limit),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_guess),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
