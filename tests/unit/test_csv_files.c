/* CSV files of others: the suites that come with the truth, and the nasty ones. */
#include "core/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/json.h"
#include "core/recode.h"
#include "tests/support/buffer.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* false: there is no such file, or no collection. */
static bool read_file(const char *name, struct buffer *b)
{
	const char *root = getenv("TIERDESK_SHARED");
	char path[4096];
	if (root == NULL)
		return false;
	snprintf(path, sizeof(path), "%s/data/nasty_csv/%s", root, name);
	return buffer_read_file(b, path);
}

/* A file as JSON: rows as arrays, or, with keys, as objects named by the first row. */
static struct buffer as_json(struct text in, bool keys)
{
	static struct json j;
	struct buffer b = { NULL, 0, 0 };
	char names[8][64];
	struct csv_reader r;
	bool more, header = keys;
	assert_int_equal(csv_init(&r, in.s, in.n, ',', NULL), ST_OK);
	json_init(&j, buffer_sink, &b);
	json_array(&j);
	while (csv_next(&r, &more, NULL) == ST_OK && more) {
		for (uint32_t i = 0; header && i < r.columns && i < 8; i++)
			snprintf(names[i], 64, "%.*s", (int)r.field[i].n, r.field[i].s);
		if (header) {
			header = false;
			continue;
		}
		keys ? json_object(&j) : json_array(&j);
		for (uint32_t i = 0; i < r.columns && i < 8; i++) {
			if (keys)
				json_key(&j, names[i]);
			json_text(&j, r.field[i]);
		}
		keys ? json_end_object(&j) : json_end_array(&j);
	}
	json_end_array(&j);
	assert_int_equal(json_finish(&j, NULL), ST_OK);
	csv_clear(&r);
	return b;
}

/* Takes white space outside of strings out of a JSON text. */
static void squeeze(struct buffer *b)
{
	bool inside = false;
	size_t to = 0;
	for (size_t i = 0; i < b->n; i++) {
		char c = b->s[i];
		if (c == '"' && (i == 0 || b->s[i - 1] != '\\'))
			inside = !inside;
		if (inside || (c != ' ' && c != '\n' && c != '\r' && c != '\t'))
			b->s[to++] = c;
	}
	b->n = to;
	b->s[to] = '\0';
}

static void check_against_json(
	const char *folder, const char *csv, const char *name, bool keys)
{
	char path[256];
	struct buffer in = { NULL, 0, 0 }, truth = { NULL, 0, 0 };
	snprintf(path, sizeof(path), "%s/%s/%s.csv", folder, csv, name);
	assert_true(read_file(path, &in));
	snprintf(path, sizeof(path), "%s/json/%s.json", folder, name);
	assert_true(read_file(path, &truth));
	struct buffer got = as_json((struct text){ in.s, in.n }, keys);
	squeeze(&got);
	squeeze(&truth);
	/* One suite's only data row is given as an object, not as an array of one. */
	if (*truth.s == '{' && got.n > 2) {
		got.s[--got.n] = '\0';
		memmove(got.s, got.s + 1, got.n--);
	}
	if (strcmp(got.s, truth.s) != 0)
		fail_msg("%s/%s:\n%s\ninstead of\n%s", folder, name, got.s, truth.s);
	buffer_clear(&in);
	buffer_clear(&truth);
	buffer_clear(&got);
}

static void require_shared(void)
{
	struct buffer b = { NULL, 0, 0 };
	bool present = read_file("manifest.csv", &b);
	buffer_clear(&b);
	if (!present) {
		print_message("TIERDESK_SHARED names no folder with nasty_csv\n");
		skip();
	}
}

static void test_suites_with_truth(void **state)
{
	static const char *const spectrum[] = { "comma_in_quotes", "empty",
		"escaped_quotes", "json", "newlines", "quotes_and_newlines", "simple",
		"utf8" };
	static const char *const data[] = { "all-empty", "empty-field",
		"empty-one-column", "leading-space", "one-column", "quotes-empty",
		"quotes-with-comma", "quotes-with-escaped-quote", "quotes-with-newline",
		"quotes-with-space", "simple-crlf", "simple-lf",
		"trailing-newline-one-field", "trailing-newline", "trailing-space",
		"utf8" };
	(void)state;
	require_shared();
	for (size_t i = 0; i < LENGTH(spectrum); i++)
		check_against_json("csv-spectrum", "csvs", spectrum[i], true);
	check_against_json("csv-spectrum", "csvs_crlf_regenerated", "simple_crlf", true);
	check_against_json("csv-spectrum", "csvs_crlf_regenerated", "empty_crlf", true);
	for (size_t i = 0; i < LENGTH(data); i++)
		check_against_json("csv-test-data", "csv", data[i], false);
	check_against_json("csv-test-data", "csv", "header-simple", true);
	check_against_json("csv-test-data", "csv", "header-no-rows", true);
}

/* Rows, with blank ones; *bad is the number of refused ones. */
static uint64_t count_rows(struct text in, uint64_t *bad)
{
	struct csv_reader r;
	uint64_t rows = 0;
	bool more = true;
	*bad = 0;
	assert_int_equal(csv_init(&r, in.s, in.n, ',', NULL), ST_OK);
	while (more) {
		struct err e = { .text = "" };
		enum status status = csv_next(&r, &more, &e);
		assert_true(status == ST_OK || strncmp(e.text, "line ", 5) == 0);
		*bad += status != ST_OK;
		rows += r.columns > 0;
	}
	csv_clear(&r);
	return rows;
}

/* Every file of the collection: converted or refused with a place, read to the end,
 * and when nothing is wrong with it, with as many rows as Python counts. */
static void test_whole_collection(void **state)
{
	enum { RECORDS = 10 };
	struct buffer manifest = { NULL, 0, 0 };
	struct csv_reader files;
	unsigned compared = 0, refused = 0, faulty = 0;
	bool more;
	(void)state;
	require_shared();
	assert_true(read_file("manifest.csv", &manifest));
	assert_int_equal(csv_init(&files, manifest.s, manifest.n, ',', NULL), ST_OK);
	assert_int_equal(csv_next(&files, &more, NULL), ST_OK);
	assert_true(text_eq(files.field[RECORDS], TEXT("py_default_records")));
	while (csv_next(&files, &more, NULL) == ST_OK && more) {
		struct buffer in = { NULL, 0, 0 };
		struct recoded text;
		struct err e = { .text = "" };
		char name[256], expected[32];
		uint64_t bad;
		snprintf(name, sizeof(name), "%.*s", (int)files.field[0].n,
			files.field[0].s);
		if (!read_file(name, &in))
			fail_msg("%s can't be read", name);
		enum status status =
			recode(in.s, in.n, ENC_AUTO, "--encoding", &text, &e);
		if (status != ST_OK) {
			assert_int_equal(strncmp(e.text, "line ", 5), 0);
			assert_int_equal(
				recode(in.s, in.n, ENC_LATIN1, "--encoding", &text, &e),
				ST_OK);
			refused++;
		}
		uint64_t rows = count_rows((struct text){ text.text, text.size }, &bad);
		snprintf(expected, sizeof(expected), "%llu", (unsigned long long)rows);
		faulty += bad > 0;
		if (bad == 0 && !text_eq(text_of(expected), files.field[RECORDS]))
			fail_msg("%s: %s rows, Python %.*s", name, expected,
				(int)files.field[RECORDS].n, files.field[RECORDS].s);
		compared += bad == 0;
		recode_clear(&text);
		buffer_clear(&in);
	}
	assert_int_equal(compared, 152);
	assert_int_equal(faulty, 31); /* for most the comma is the wrong delimiter */
	assert_int_equal(refused, 4);
	csv_clear(&files);
	buffer_clear(&manifest);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suites_with_truth),
		cmocka_unit_test(test_whole_collection),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
