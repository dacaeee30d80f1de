/* CSV: the writer, and its guard, which the reader takes away again. */
#include "core/csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/buffer.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void test_writer(void **state)
{
	static const struct {
		const char *text, *guarded, *raw;
	} rows[] = {
		{ "a", "a", "a" },
		{ "a b", "a b", "a b" },
		{ "a,b", "\"a,b\"", "\"a,b\"" },
		{ "a\"b", "\"a\"\"b\"", "\"a\"\"b\"" },
		{ "a\nb", "\"a\nb\"", "\"a\nb\"" },
		{ "a\rb", "\"a\rb\"", "\"a\rb\"" },
		{ " a", "\" a\"", "\" a\"" },
		{ "a\t", "\"a\t\"", "\"a\t\"" },
		{ "=1+1", "\"'=1+1\"", "=1+1" },
		{ "+1", "\"'+1\"", "+1" },
		{ "-1", "\"'-1\"", "-1" },
		{ "@a", "\"'@a\"", "@a" },
		{ "\ta", "\"'\ta\"", "\"\ta\"" },
		{ "\r", "\"'\r\"", "\"\r\"" },
		{ "\n=", "\"'\n=\"", "\"\n=\"" },
		{ "\uFF1D1", "\"'\uFF1D1\"", "\uFF1D1" },
		{ "\uFF0B", "\"'\uFF0B\"", "\uFF0B" },
		{ "\uFF0D", "\"'\uFF0D\"", "\uFF0D" },
		{ "\uFF20", "\"'\uFF20\"", "\uFF20" },
		{ "'a", "'a", "'a" },
		{ "'", "'", "'" },
		{ "'=a", "\"''=a\"", "'=a" },
		{ "a=b", "a=b", "a=b" },
		{ "=\"x\"", "\"'=\"\"x\"\"\"", "\"=\"\"x\"\"\"" },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		for (int raw = 0; raw < 2; raw++) {
			static struct csv_writer w;
			struct buffer b = { NULL, 0, 0 }, expected = { NULL, 0, 0 };
			csv_writer_init(&w, buffer_sink, &b, raw == 1);
			csv_plain(&w, "-1.5");
			csv_text(&w, text_of(rows[i].text));
			csv_text(&w, TEXT(""));
			csv_end_row(&w);
			assert_int_equal(csv_finish(&w, NULL), ST_OK);
			buffer_add_string(&expected, "-1.5,");
			buffer_add_string(&expected, raw ? rows[i].raw : rows[i].guarded);
			buffer_add_string(&expected, ",\n");
			assert_string_equal(b.s, expected.s);
			buffer_clear(&b);
			buffer_clear(&expected);
		}
	}
}

/* A row of one empty field must not look like a blank line. */
static void test_empty_rows(void **state)
{
	static struct csv_writer w;
	struct buffer b = { NULL, 0, 0 };
	(void)state;
	csv_writer_init(&w, buffer_sink, &b, false);
	csv_text(&w, TEXT(""));
	csv_end_row(&w);
	csv_plain(&w, "");
	csv_end_row(&w);
	csv_plain(&w, "");
	csv_plain(&w, "");
	csv_end_row(&w);
	csv_end_row(&w);
	assert_int_equal(csv_finish(&w, NULL), ST_OK);
	assert_string_equal(b.s, "\"\"\n\"\"\n,\n\n");
	buffer_clear(&b);
}

static enum status fail_second(void *arg, const char *bytes, size_t n, struct err *e)
{
	int *calls = arg;
	(void)bytes;
	(void)n;
	return ++*calls == 1 ? ST_OK : err_set(e, ST_IO, "disk full");
}

static void test_failing_sink(void **state)
{
	static struct csv_writer w;
	struct err e = { .text = "" };
	int calls = 0;
	(void)state;
	csv_writer_init(&w, fail_second, &calls, false);
	for (int i = 0; i < 100000; i++)
		csv_text(&w, TEXT("something"));
	assert_int_equal(csv_finish(&w, &e), ST_IO);
	assert_string_equal(e.text, "disk full");
	assert_int_equal(calls, 2);
}

/* Every lead before every naughty string comes back as it was, guarded or not. */
static void test_guard_identity(void **state)
{
	static const char *const leads[] = { "", "=", "+", "-", "@", "\t", "\r", "\n",
		"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20", "'", "''", "'=", "''=", "\"",
		"\"=", " =", "'\t" };
	static const char *const texts[] = { "", "a", "'", "\"", ",", "\n", "=1+1", "'=1",
		"a,b\"c\nd", "cmd|' /C calc'!A0", "Ω≈ç√∫", "\u202Etest", "日本", " ",
		"1e5" };
	(void)state;
	for (size_t i = 0; i < LENGTH(leads) * LENGTH(texts) * 2; i++) {
		static struct csv_writer w;
		struct buffer b = { NULL, 0, 0 }, t = { NULL, 0, 0 };
		struct csv_reader r;
		bool more, raw = i % 2 == 1;
		buffer_add_string(&t, leads[i / 2 / LENGTH(texts)]);
		buffer_add_string(&t, texts[i / 2 % LENGTH(texts)]);
		struct text original = { t.s, t.n };
		csv_writer_init(&w, buffer_sink, &b, raw);
		csv_text(&w, original);
		csv_text(&w, original);
		csv_end_row(&w);
		assert_int_equal(csv_finish(&w, NULL), ST_OK);
		assert_int_equal(csv_init(&r, b.s, b.n, ',', NULL), ST_OK);
		assert_int_equal(csv_next(&r, &more, NULL), ST_OK);
		assert_int_equal(r.columns, 2);
		for (int k = 0; k < 2; k++) {
			struct text got = raw ? r.field[k] : csv_unguard(r.field[k]);
			if (!text_eq(got, original))
				fail_msg("%s came back as %.*s", t.s, (int)got.n, got.s);
			/* What a spreadsheet sees first is never a formula. */
			assert_true(raw || !csv_needs_guard(r.field[k]) ||
				    *r.field[k].s == '\'');
		}
		csv_clear(&r);
		buffer_clear(&b);
		buffer_clear(&t);
	}
	assert_true(csv_needs_guard(TEXT("\0=")));
	assert_false(csv_needs_guard(TEXT("")));
	assert_false(csv_needs_guard(text_of(NULL)));
	assert_true(text_eq(csv_unguard(TEXT("'")), TEXT("'")));
	assert_true(text_eq(csv_unguard(TEXT("=")), TEXT("=")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writer),
		cmocka_unit_test(test_empty_rows),
		cmocka_unit_test(test_failing_sink),
		cmocka_unit_test(test_guard_identity),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
