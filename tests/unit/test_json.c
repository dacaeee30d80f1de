/* The JSON writer: commas, escapes, numbers, and a sink that fails. */
#include "core/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/day.h"
#include "core/money.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

struct store {
	char text[400000];
	size_t used;
	int calls;
};

static enum status keep(void *arg, const char *bytes, size_t n, struct err *e)
{
	struct store *s = arg;
	s->calls++;
	if (s->used + n >= sizeof(s->text))
		return err_set(e, ST_IO, "full after %d calls", s->calls);
	memcpy(s->text + s->used, bytes, n);
	s->used += n;
	s->text[s->used] = '\0';
	return ST_OK;
}

static struct store store;
static struct json json;

static void begin(void)
{
	store = (struct store){ .used = 0 };
	json_init(&json, keep, &store);
}

static const char *finish(void)
{
	assert_int_equal(json_finish(&json, NULL), ST_OK);
	assert_int_equal(store.text[store.used - 1], '\n');
	store.text[store.used - 1] = '\0';
	return store.text;
}

static void test_structure(void **state)
{
	(void)state;
	begin();
	json_object(&json);
	json_key(&json, "a");
	json_int(&json, 1);
	json_key(&json, "b");
	json_array(&json);
	json_end_array(&json);
	json_key(&json, "c");
	json_array(&json);
	json_object(&json);
	json_end_object(&json);
	json_array(&json);
	json_bool(&json, true);
	json_null(&json);
	json_end_array(&json);
	json_text(&json, TEXT("x"));
	json_end_array(&json);
	json_key(&json, "d");
	json_object(&json);
	json_key(&json, "e");
	json_bool(&json, false);
	json_pair(&json, "f", TEXT("y"));
	json_end_object(&json);
	json_end_object(&json);
	assert_string_equal(finish(), "{\"a\":1,\"b\":[],\"c\":[{},[true,null],\"x\"],"
				      "\"d\":{\"e\":false,\"f\":\"y\"}}");
}

static void test_deepest(void **state)
{
	char expected[2 * JSON_DEPTH_MAX + 1];
	(void)state;
	begin();
	for (int i = 0; i < JSON_DEPTH_MAX; i++) {
		json_array(&json);
		expected[i] = '[';
		expected[2 * JSON_DEPTH_MAX - 1 - i] = ']';
	}
	for (int i = 0; i < JSON_DEPTH_MAX; i++)
		json_end_array(&json);
	expected[2 * JSON_DEPTH_MAX] = '\0';
	assert_string_equal(finish(), expected);
}

static void test_text(void **state)
{
	static const struct {
		struct text t;
		const char *out;
	} rows[] = {
		{ TEXT(""), "\"\"" },
		{ { NULL, 0 }, "null" },
		{ TEXT("é日😀"), "\"é日😀\"" },
		{ TEXT("\"\\/"), "\"\\\"\\\\/\"" },
		{ TEXT("\b\f\n\r\t"), "\"\\b\\f\\n\\r\\t\"" },
		{ TEXT("\0\x01\x1B\x1F"), "\"\\u0000\\u0001\\u001b\\u001f\"" },
		{ TEXT("\x7E\x7F"), "\"~\\u007f\"" },
		{ TEXT("\xC2\x80\xC2\x9B\xC2\x9F\u00A0"),
			"\"\\u0080\\u009b\\u009f\u00A0\"" },
		{ TEXT("\u061C\u200E\u200F"), "\"\\u061c\\u200e\\u200f\"" },
		{ TEXT("\u2028\u2029\u202A\u202E"), "\"\\u2028\\u2029\\u202a\\u202e\"" },
		{ TEXT("\u2027\u202F"), "\"\u2027\u202F\"" },
		{ TEXT("\u2065\u2066\u2069\u206A"), "\"\u2065\\u2066\\u2069\u206A\"" },
		{ TEXT("\uFEFF\uFFFE\uFFFF\uFFFD"), "\"\\ufeff\\ufffe\\uffff\uFFFD\"" },
		{ TEXT("\uFDCF\uFDD0\uFDEF\uFDF0"), "\"\uFDCF\\ufdd0\\ufdef\uFDF0\"" },
		{ TEXT("\U0001FFFE"), "\"\\ud83f\\udffe\"" },
		{ TEXT("\U0010FFFF"), "\"\\udbff\\udfff\"" },
		{ TEXT("\U000E0001\U000E007F\U000E0100"),
			"\"\\udb40\\udc01\\udb40\\udc7f\U000E0100\"" },
		{ TEXT("\xFF"
		       "a\xC3"),
			"\"\uFFFD"
			"a\uFFFD\"" },
		{ TEXT("\xED\xA0\x80"), "\"\uFFFD\uFFFD\uFFFD\"" },
		{ TEXT("👨\u200D👩"), "\"👨\u200D👩\"" },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		begin();
		json_text(&json, rows[i].t);
		if (strcmp(finish(), rows[i].out) != 0)
			fail_msg("row %zu: %s", i, store.text);
	}
	begin();
	json_object(&json);
	json_key(&json, "a\"\n");
	json_null(&json);
	json_end_object(&json);
	assert_string_equal(finish(), "{\"a\\\"\\n\":null}");
}

static void test_values(void **state)
{
	(void)state;
	begin();
	json_array(&json);
	json_int(&json, INT64_MIN);
	json_int(&json, INT64_MAX);
	json_number(&json, 66.6666, 2);
	json_number(&json, -0.0, 2);
	json_number(&json, NAN, 2);
	json_number(&json, INFINITY, 2);
	json_number(&json, -1e300, 2);
	json_day(&json, 0);
	json_day(&json, DAY_NONE);
	json_money(&json, -1234);
	json_money(&json, MONEY_NONE);
	json_end_array(&json);
	assert_string_equal(finish(),
		"[-9223372036854775808,9223372036854775807,66.67,0,null,null,null,"
		"\"1970-01-01\",null,-1234,null]");
}

/* Nothing is lost where one buffer ends and the next begins. */
static void test_long(void **state)
{
	static char long_text[200001];
	(void)state;
	memset(long_text, 'x', sizeof(long_text) - 1);
	begin();
	json_array(&json);
	json_text(&json, text_of(long_text));
	for (int i = 0; i < 20000; i++)
		json_int(&json, 7);
	json_end_array(&json);
	finish();
	assert_int_equal(store.used - 1, 200000 + 4 + 2 * 20000);
	assert_memory_equal(store.text + 2, long_text, 200000);
	assert_memory_equal(store.text + store.used - 4, ",7]", 3);
	assert_true(store.calls > 2);
}

static void test_failing_sink(void **state)
{
	struct err e = { .text = "" };
	(void)state;
	begin();
	store.used = sizeof(store.text) - 70000;
	json_array(&json);
	for (int i = 0; i < 200000; i++)
		json_int(&json, 7);
	json_end_array(&json);
	assert_int_equal(json_finish(&json, &e), ST_IO);
	assert_string_equal(e.text, "full after 2 calls");
	assert_int_equal(store.calls, 2); /* not asked again */
	assert_int_equal(json_finish(&json, NULL), ST_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_structure),
		cmocka_unit_test(test_deepest),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_failing_sink),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
