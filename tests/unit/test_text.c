/* Text: what is valid, what a cluster is, and what a terminal gets to see. */
#include "core/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/fnv.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"
#define KISS                                                                     \
	"\U0001F469\U0001F3FB\u200D\u2764\uFE0F\u200D\U0001F48B\u200D\U0001F469" \
	"\U0001F3FF"

static void test_compare(void **state)
{
	static const char *const words[] = { "the", "an", NULL };
	struct text rest;

	(void)state;
	assert_true(text_eq(TEXT("abc"), TEXT("abc")));
	assert_false(text_eq(TEXT("abc"), TEXT("abd")));
	assert_false(text_eq(TEXT("abc"), TEXT("ab")));
	assert_true(text_eq(text_of(NULL), TEXT("")));
	assert_null(text_of(NULL).s);
	assert_true(text_ieq(TEXT("Annual REVENUE"), TEXT("annual revenue")));
	assert_false(text_ieq(TEXT("É"), TEXT("é")));
	assert_false(text_ieq(TEXT("@["), TEXT("`{")));
	assert_false(text_ieq(TEXT("ab"), TEXT("abc")));
	assert_string_equal(text_among(TEXT("AN"), words), "an");
	assert_null(text_among(TEXT("a"), words));
	assert_null(text_among(TEXT(""), words));
	assert_null(text_among(TEXT("an"), words + 2));
	assert_true(text_cmp(TEXT("a"), TEXT("b")) < 0);
	assert_true(text_cmp(TEXT("a"), TEXT("ab")) < 0);
	assert_true(text_cmp(TEXT("b"), TEXT("ab")) > 0);
	assert_true(text_cmp(TEXT("\xC3\xA9"), TEXT("z")) > 0); /* bytes are unsigned */
	assert_int_equal(text_cmp(TEXT("ab"), TEXT("ab")), 0);
	assert_int_equal(text_cmp(text_of(NULL), TEXT("")), 0);
	assert_true(text_eq(text_trim(TEXT(" \t a b\t ")), TEXT("a b")));
	assert_int_equal(text_trim(TEXT(" \t ")).n, 0);
	assert_true(text_eq(text_trim(TEXT("\na\r")), TEXT("\na\r")));
	rest = TEXT(" ab\tc  ");
	assert_true(text_eq(text_word(&rest), TEXT("ab")));
	assert_true(text_eq(text_word(&rest), TEXT("c")));
	assert_int_equal(text_word(&rest).n, 0);
	assert_int_equal(text_word(&rest).n, 0);
}

static void test_invalid_at(void **state)
{
	static const struct {
		struct text t;
		size_t at;
	} rows[] = {
		{ TEXT(""), 0 },
		{ TEXT("plain"), 5 },
		{ TEXT("exactly8"), 8 },
		{ TEXT("é€😀\U0010FFFF\x7F\x01"), 15 },
		{ TEXT("a\0b"), 1 },
		{ TEXT("12345678\0"), 8 },
		{ TEXT("123\0"
		       "5678"),
			3 },
		{ TEXT("1234567\xFF"), 7 },
		{ TEXT("12345678\x80"), 8 },
		{ TEXT("\x80"), 0 },
		{ TEXT("\xBF"), 0 },
		{ TEXT("\xC0\x80"), 0 },
		{ TEXT("\xC1\xBF"), 0 },
		{ TEXT("a\xC2"), 1 },
		{ TEXT("\xC2\x41"), 0 },
		{ TEXT("\xE0\x9F\xBF"), 0 },
		{ TEXT("\xE0\xA0\x80"), 3 },
		{ TEXT("\xED\x9F\xBF"), 3 },
		{ TEXT("\xED\xA0\x80"), 0 },
		{ TEXT("\xED\xBF\xBF"), 0 },
		{ TEXT("\xEE\x80\x80"), 3 },
		{ TEXT("\xF0\x8F\xBF\xBF"), 0 },
		{ TEXT("\xF0\x90\x80\x80"), 4 },
		{ TEXT("\xF4\x8F\xBF\xBF"), 4 },
		{ TEXT("\xF4\x90\x80\x80"), 0 },
		{ TEXT("\xF5\x80\x80\x80"), 0 },
		{ TEXT("\xFE"), 0 },
		{ TEXT("\xFF"), 0 },
		{ TEXT("ab\xE2\x82"), 2 },
		{ TEXT("ab\xF0\x9F\x98"), 2 },
		{ TEXT("\xE2\x28\xA1"), 0 },
		{ TEXT("\uFFFE\uFFFF"), 6 },
		{ TEXT("0123456789é\xC3"), 12 },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		size_t at = text_invalid_at(rows[i].t);
		if (at != rows[i].at)
			fail_msg("row %zu: %zu instead of %zu", i, at, rows[i].at);
	}
}

/* Every code point once, at every distance from a border of eight bytes. */
static void test_every_code_point(void **state)
{
	(void)state;
	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		char s[16] = "1234567";
		size_t lead = c % 8, n = c < 0x80      ? 1
					 : c < 0x800   ? 2
					 : c < 0x10000 ? 3
						       : 4;
		uint32_t rest = c;
		for (size_t i = n - 1; i > 0; i--, rest >>= 6)
			s[lead + i] = (char)(0x80 | (rest & 63));
		s[lead] = (char)(n == 1 ? rest : (0xF00u >> n & 0xF0) | rest);
		bool surrogate = c >= 0xD800 && c <= 0xDFFF;
		int32_t code;
		assert_int_equal(text_invalid_at((struct text){ s, lead + n }),
			surrogate ? lead : lead + n);
		assert_int_equal(text_decode((struct text){ s + lead, n }, &code),
			surrogate ? 1 : n);
		assert_int_equal(code, surrogate ? -1 : (int32_t)c);
		if (n > 1) /* cut short it is nothing */
			assert_int_equal(
				text_invalid_at((struct text){ s, lead + n - 1 }), lead);
	}
}

/* Clusters of a text as "bytes:columns ". */
static void test_clusters(void **state)
{
	static const struct {
		const char *text, *clusters;
	} rows[] = {
		{ "", "" },
		{ "ab", "1:1 1:1 " },
		{ "é", "2:1 " },
		{ "e\u0301x", "3:1 1:1 " },
		{ "日本", "3:2 3:2 " },
		{ "a\tb", "1:1 1:0 1:1 " },
		{ "\r\n", "1:0 1:0 " },
		{ "\u202Ea", "3:0 1:1 " },
		{ "a\u202E", "1:1 3:0 " },
		{ "\xC3(", "1:0 1:1 " },
		{ "a\xCC", "1:1 1:0 " },
		{ "\u0301", "2:0 " },
		{ "a\u0301\u0302\u0303\u0304\u0305b", "9:1 2:0 1:1 " },
		{ FAMILY "x", "18:2 1:1 " },
		{ KISS, "35:2 " },
		{ "a\u200Db", "1:1 3:0 1:1 " },
		{ "\U0001F468\u200D", "4:2 3:0 " },
		{ "\U0001F468\u200Db", "4:2 3:0 1:1 " },
		{ "\u2764\uFE0F", "6:2 " },
		{ "\u2764", "3:1 " },
		{ "\u2764\uFE0E", "6:1 " },
		{ "a\uFE0F", "1:1 3:0 " },
		{ "1\uFE0F\u20E3", "7:2 " },
		{ "1\uFE0F2", "1:1 3:0 1:1 " },
		{ "\U0001F1E9\U0001F1EA", "8:2 " },
		{ "\U0001F1E9\U0001F1EA\U0001F1EB", "8:2 4:1 " },
		{ "\U0001F44D\U0001F3FD", "8:2 " },
		{ "\u1112\u1161\u11ab", "9:2 " },
		{ "\u0E01\u0E34", "6:1 " },
		{ "\u00ADa", "2:0 1:1 " },
		{ "\u200Ba", "3:0 1:1 " },
		{ "\uFEFFa", "3:0 1:1 " },
		{ "\uE000", "3:0 " },
		{ "\uFDD0", "3:0 " },
		{ "\U0010FFFF", "4:0 " },
		{ "\U000E0041", "4:0 " },
		{ "\u0378", "2:0 " },
		{ "\u302E", "3:0 " },
		{ "a\u302E", "1:1 3:0 " },
		{ "a\U0001F3FD", "1:1 4:2 " },
		{ "\u261D\U0001F3FD", "7:2 " },
		{ "\uFF76\uFF9E\uFF9E", "6:2 3:1 " },
		{ "\u1161", "3:1 " },
		{ "\u0E01\u0E33", "6:2 " },
		{ "\u0903", "3:0 " },
		{ "\u3000", "3:2 " },
		{ "\uFF21", "3:2 " },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct text t = text_of(rows[i].text);
		char got[256] = "";
		size_t used = 0;
		while (t.n > 0) {
			int columns = -1;
			size_t n = text_cluster(t, &columns);
			assert_in_range(n, 1, t.n);
			assert_in_range(columns, 0, 2);
			got[used++] = (char)('0' + n / 10);
			used -= n < 10;
			got[used++] = (char)('0' + n % 10);
			got[used++] = ':';
			got[used++] = (char)('0' + columns);
			got[used++] = ' ';
			got[used] = '\0';
			t.s += n;
			t.n -= n;
		}
		if (strcmp(got, rows[i].clusters) != 0)
			fail_msg("row %zu (%s): %s", i, rows[i].text, got);
	}
	int columns = -1;
	assert_int_equal(text_cluster(TEXT(""), &columns), 0);
	assert_int_equal(columns, 0);
}

static void test_cluster_is_bounded(void **state)
{
	char s[4096] = "";
	size_t n = 0;
	(void)state;
	while (n < 4000) { /* one endless family */
		memcpy(s + n, "\U0001F468\u200D", 7);
		n += 7;
	}
	int columns;
	assert_in_range(text_cluster((struct text){ s, n }, &columns), 1, 64);
	for (n = 0; n < 4000; n += 3) /* one endless syllable */
		memcpy(s + n, n == 0 ? "\u1112" : "\u1161", 3);
	assert_in_range(text_cluster((struct text){ s, n }, &columns), 1, 64);
	assert_int_equal(columns, 2);
}

static void test_sanitise(void **state)
{
	static const struct {
		struct text t;
		const char *shown;
	} rows[] = {
		{ TEXT(""), "" },
		{ TEXT("Müller & Söhne"), "Müller & Söhne" },
		{ TEXT("\x1B[31mred"), "<1B>[31mred" },
		{ TEXT("a\r\nb\tc"), "a<0D><0A>b<09>c" },
		{ TEXT("\0\x01\x7F"), "<00><01><7F>" },
		{ TEXT("\xC2\x80\xC2\x9B"), "<80><9B>" },
		{ TEXT("\x9B"
		       "31m\xFF"),
			"<9B>31m<FF>" },
		{ TEXT("\xC3("), "<C3>(" },
		{ TEXT("a\u061C\u200E\u200F"), "a<61C><200E><200F>" },
		{ TEXT("\u202A\u202E\u2066\u2069"), "<202A><202E><2066><2069>" },
		{ TEXT("\u2028\u2029"), "<2028><2029>" },
		{ TEXT("\uFEFF"), "<FEFF>" },
		{ TEXT("\U000E0001\U000E0065"), "<E0001><E0065>" },
		{ TEXT("\uFFFE\uFDD0\U0010FFFF"), "<FFFE><FDD0><10FFFF>" },
		{ TEXT("\uE000\U000F0000"), "<E000><F0000>" },
		{ TEXT("\u0378"), "<378>" },
		{ TEXT("\xED\xA0\x80"), "<ED><A0><80>" },
		{ TEXT("\u0301"), "<301>" },
		{ TEXT("a\u200D\u200Cb"), "a<200D><200C>b" },
		{ TEXT(FAMILY), FAMILY },
		{ TEXT(KISS), KISS },
		{ TEXT("\u2764\uFE0F"), "\u2764\uFE0F" },
		{ TEXT("a\uFE0F"), "a<FE0F>" },
		{ TEXT("e\u0301"), "e\u0301" },
		{ TEXT("a\u0301\u0302\u0303\u0304\u0305"),
			"a\u0301\u0302\u0303\u0304<305>" },
		{ TEXT("a\u200Bb\u2060\u00AD"), "a<200B>b<2060><AD>" },
		{ TEXT("\uFFF9x\uFFFB"), "<FFF9>x<FFFB>" },
		{ TEXT("שלום"), "שלום" },
		{ TEXT("مرحبا"), "مرحبا" },
		{ TEXT("\u00A0x"), "\u00A0x" },
	};
	char out[256];
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int columns = text_sanitise(rows[i].t, out, sizeof(out), 100, false);
		if (strcmp(out, rows[i].shown) != 0)
			fail_msg("row %zu: %s", i, out);
		assert_int_equal(columns, text_columns(rows[i].t));
	}
}

static void test_clip(void **state)
{
	static const struct {
		const char *text;
		int max;
		bool ascii;
		const char *shown;
		int columns;
	} rows[] = {
		{ "Acme", 4, false, "Acme", 4 },
		{ "Acmes", 4, false, "Acm…", 4 },
		{ "Acme", 1, false, "…", 1 },
		{ "A", 1, false, "A", 1 },
		{ "Acme", 0, false, "", 0 },
		{ "Acme", -5, false, "", 0 },
		{ "", 0, false, "", 0 },
		{ "日本語", 6, false, "日本語", 6 },
		{ "日本語", 5, false, "日本…", 5 },
		{ "日本語", 4, false, "日…", 3 },
		{ "日", 1, false, "…", 1 },
		{ "ab\x1B", 6, false, "ab<1B>", 6 },
		{ "ab\x1B", 5, false, "ab…", 3 },
		{ "ab\x1Bx", 6, false, "ab…", 3 },
		{ "e\u0301e\u0301e\u0301", 2, false, "e\u0301…", 2 },
		{ "Acmes", 4, true, "Acm~", 4 },
		{ "Zoë", 9, true, "Zo?", 3 },
		{ "日本語", 3, true, "???", 3 },
		{ "日本語", 2, true, "?~", 2 },
		{ "e\u0301", 9, true, "?", 1 },
		{ "a\u202E", 9, true, "a<202E>", 7 },
	};
	char out[64];
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int columns = text_sanitise(text_of(rows[i].text), out, sizeof(out),
			rows[i].max, rows[i].ascii);
		if (strcmp(out, rows[i].shown) != 0 || columns != rows[i].columns)
			fail_msg("row %zu: %s (%d)", i, out, columns);
	}
}

/* However small the buffer, the result is whole, terminated and no longer. */
static void test_small_buffers(void **state)
{
	static const char text[] = "aé日" FAMILY "\x1B\xFF"
				   "e\u0301 the end";
	(void)state;
	for (size_t size = 0; size < sizeof(text) + 16; size++) {
		for (int max = 0; max < 30; max++) {
			char *out = malloc(size + 1); /* exact, for the sanitizer */
			assert_non_null(out);
			memset(out, 'X', size + 1);
			int columns = text_sanitise(
				text_of(text), out, size, max, size % 2 == 1);
			assert_in_range(columns, 0, max);
			assert_int_equal(out[size], 'X');
			if (size > 0) {
				struct text t = text_of(out);
				assert_in_range(t.n, 0, size - 1);
				assert_int_equal(text_invalid_at(t), t.n);
				assert_int_equal(text_columns(t), columns);
			} else {
				assert_int_equal(columns, 0);
			}
			free(out);
		}
	}
}

static void test_fold(void **state)
{
	static const struct {
		struct text t;
		const char *folded;
	} rows[] = {
		{ TEXT(""), "" },
		{ TEXT("ACME Corp"), "acme corp" },
		{ TEXT("ÉCOLE"), "école" },
		{ TEXT("E\u0301cole"), "école" },
		{ TEXT("Straße"), "strasse" },
		{ TEXT("\u0130I"), "i\u0307i" },
		{ TEXT("ΣΊΣΥΦΟΣ"), "σίσυφοσ" },
		{ TEXT("\u212B"), "å" },
		{ TEXT("日本"), "日本" },
		{ TEXT("A\xFF"
		       "B"),
			"a\xFF"
			"b" },
		{ TEXT("\uFB01"), "fi" },
	};
	char out[64];
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		size_t n = text_fold(rows[i].t, out, sizeof(out));
		struct text got = { out, n };
		if (!text_eq(got, text_of(rows[i].folded)))
			fail_msg("row %zu: %.*s", i, (int)n, out);
	}
	assert_int_equal(text_fold(TEXT("ÉÉÉ"), out, 5), 4);
	assert_int_equal(text_fold(TEXT("ÉÉÉ"), out, 1), 0);
	assert_int_equal(text_fold(TEXT("ABC"), out, 2), 2);
	assert_int_equal(text_fold(TEXT("日"), out, 0), 0);
}

/* Letters that are folded without a table are folded as with one, which a letter from
 * beyond them asks for. */
static void test_fold_latin(void **state)
{
	(void)state;
	for (int32_t code = 1; code < 0x100; code++) {
		char text[8], alone[8], beside[16];
		const size_t size = text_encode(code, text);
		const size_t n = text_fold((struct text){ text, size }, alone, 8);

		memcpy(text + size, "\u0101", 2);
		assert_int_equal(
			text_fold((struct text){ text, size + 2 }, beside, 16), n + 2);
		assert_memory_equal(alone, beside, n);
	}
}

/* Those of the authors; names in files are made of them. */
static void test_fnv(void **state)
{
	static const struct {
		const char *text;
		uint64_t is;
	} rows[] = {
		{ "", UINT64_C(0xcbf29ce484222325) },
		{ "a", UINT64_C(0xaf63dc4c8601ec8c) },
		{ "foobar", UINT64_C(0x85944171f73967e8) },
		{ "\xff\xfe", UINT64_C(0x0a99c807b6f645b0) },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_true(fnv_of(text_of(rows[i].text)) == rows[i].is);
}

static void test_add(void **state)
{
	static const struct {
		const char *before, *what, *after;
	} rows[] = {
		{ "", "", "" },
		{ "", "abc", "abc" },
		{ "ab", "c 1", "abc 1" },
		{ "abc", "defg", "abcdefg" }, /* exactly as much as fits */
		{ "abc", "defgh", "abcdefg" },
		{ "abcdefg", "h", "abcdefg" },
		{ "abcdefg", "", "abcdefg" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char out[8 + 1];

		strcpy(out, rows[i].before);
		out[8] = '!';
		text_add(out, 8, "%s", rows[i].what);
		assert_string_equal(out, rows[i].after);
		assert_int_equal(out[8], '!');
	}
}

/* A sentence has as much room as all of them. */
static void test_say(void **state)
{
	char said[TEXT_SAID_MAX + 1] = "";

	(void)state;
	said[TEXT_SAID_MAX] = '#';
	for (int i = 0; i < TEXT_SAID_MAX; i++)
		text_say(said, "%c", 'a' + i % 26);
	assert_int_equal(strlen(said), TEXT_SAID_MAX - 1);
	assert_int_equal(said[TEXT_SAID_MAX], '#');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fnv),
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_invalid_at),
		cmocka_unit_test(test_every_code_point),
		cmocka_unit_test(test_clusters),
		cmocka_unit_test(test_cluster_is_bounded),
		cmocka_unit_test(test_sanitise),
		cmocka_unit_test(test_clip),
		cmocka_unit_test(test_small_buffers),
		cmocka_unit_test(test_add),
		cmocka_unit_test(test_say),
		cmocka_unit_test(test_fold),
		cmocka_unit_test(test_fold_latin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
