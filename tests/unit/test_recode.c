/* Encodings: what comes out as UTF-8, and where what doesn't is refused. */
#include "core/recode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void test_converted(void **state)
{
	static const struct {
		struct text in;
		enum encoding from;
		const char *out;
		enum encoding found;
	} rows[] = {
		{ TEXT(""), ENC_AUTO, "", ENC_UTF8 },
		{ TEXT("a,é\n"), ENC_AUTO, "a,é\n", ENC_UTF8 },
		{ TEXT("\xEF\xBB\xBF"
		       "a"),
			ENC_AUTO, "a", ENC_UTF8 },
		{ TEXT("\xEF\xBB\xBF"
		       "a"),
			ENC_UTF8, "a", ENC_UTF8 },
		{ TEXT("\xEF\xBB\xBF"), ENC_AUTO, "", ENC_UTF8 },
		{ TEXT("\xEF\xBB\xBF\xEF\xBB\xBF"), ENC_AUTO, "\uFEFF", ENC_UTF8 },
		{ TEXT("\xFF\xFE"
		       "a\0\xE9\0"),
			ENC_AUTO, "aé", ENC_UTF16 },
		{ TEXT("\xFE\xFF\0a\0\xE9"), ENC_AUTO, "aé", ENC_UTF16 },
		{ TEXT("\xFF\xFE\x3D\xD8\x00\xDE"), ENC_AUTO, "😀", ENC_UTF16 },
		{ TEXT("\xFE\xFF\xD8\x3D\xDE\x00"), ENC_AUTO, "😀", ENC_UTF16 },
		{ TEXT("\xFF\xFE\xFF\xDB\xFF\xDF"), ENC_AUTO, "\U0010FFFF", ENC_UTF16 },
		{ TEXT("\xFF\xFE"), ENC_AUTO, "", ENC_UTF16 },
		{ TEXT("a\0,\0"), ENC_UTF16, "a,", ENC_UTF16 },
		{ TEXT("\0a\0,"), ENC_UTF16, "a,", ENC_UTF16 },
		{ TEXT("\xFF\xFE\xAC\x20"), ENC_UTF16, "€", ENC_UTF16 },
		{ TEXT(""), ENC_UTF16, "", ENC_UTF16 },
		{ TEXT("caf\xE9\x80"), ENC_LATIN1, "café\xC2\x80", ENC_LATIN1 },
		{ TEXT("\xFF\xFE"), ENC_LATIN1, "ÿþ", ENC_LATIN1 },
		{ TEXT("caf\xE9 \x80\x93\x9F"), ENC_CP1252, "café €“Ÿ", ENC_CP1252 },
		{ TEXT("\xA0\xFF\x7F"), ENC_CP1252, "\u00A0ÿ\x7F", ENC_CP1252 },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct recoded r;
		struct err e = { .text = "" };
		if (recode(rows[i].in.s, rows[i].in.n, rows[i].from, "--encoding", &r,
			    &e) != ST_OK)
			fail_msg("row %zu: %s", i, e.text);
		if (!text_eq((struct text){ r.text, r.size }, text_of(rows[i].out)))
			fail_msg("row %zu: %.*s", i, (int)r.size, r.text);
		assert_int_equal(r.from, rows[i].found);
		assert_int_equal(r.owned != NULL, rows[i].found != ENC_UTF8);
		recode_clear(&r);
		assert_null(r.owned);
	}
}

static void test_refused(void **state)
{
	static const struct {
		struct text in;
		enum encoding from;
		const char *where, *what;
	} rows[] = {
		{ TEXT("\xE9"), ENC_AUTO, "line 1, character 1: ", "latin-1" },
		{ TEXT("ab\ncd\xE9"), ENC_AUTO, "line 2, character 3: ", "cp1252" },
		{ TEXT("ab\r\ncdé\xE9"), ENC_UTF8, "line 2, character 4: ", "not UTF-8" },
		{ TEXT("a\rb\r\r\nc\xFF"), ENC_AUTO,
			"line 4, character 2: ", "not UTF-8" },
		{ TEXT("\xEF\xBB\xBF"
		       "a\xFF"),
			ENC_AUTO, "line 1, character 2: ", "UTF-8" },
		{ TEXT("a\0b"), ENC_AUTO, "line 1, character 2: ", "utf-16" },
		{ TEXT("\xED\xA0\x80"), ENC_AUTO, "line 1, character 1: ", "not UTF-8" },
		{ TEXT("\xFF\xFE"
		       "a\0"),
			ENC_UTF8, "line 1, character 1: ", "not UTF-8" },
		{ TEXT("a\0b"), ENC_LATIN1, "line 1, character 2: ", "NUL" },
		{ TEXT("a\0b"), ENC_CP1252, "line 1, character 2: ", "NUL" },
		{ TEXT("a\n\x81"), ENC_CP1252, "line 2, character 1: ", "not cp1252" },
		{ TEXT("\x9D"), ENC_CP1252, "line 1, character 1: ", "not cp1252" },
		{ TEXT("\xFF\xFE"
		       "a\0\0\0"),
			ENC_AUTO, "line 1, character 2: ", "NUL" },
		{ TEXT("\xFF\xFE"
		       "a\0b"),
			ENC_AUTO, "line 1, character 2: ", "half a char" },
		{ TEXT("a"), ENC_UTF16, "line 1, character 1: ", "half a character" },
		{ TEXT("\xFF\xFE\x00\xD8"
		       "a\0"),
			ENC_AUTO, "line 1, character 1: ", "surrogate" },
		{ TEXT("\xFF\xFE"
		       "a\0\n\0\x00\xDC"),
			ENC_AUTO, "line 2, character 1: ", "surr" },
		{ TEXT("\xFF\xFE\x00\xDC\x00\xDC"), ENC_AUTO,
			"line 1, character 1: ", "surr" },
		{ TEXT("\xFF\xFE\x3D\xD8"), ENC_AUTO,
			"line 1, character 1: ", "surrogate" },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct recoded r;
		struct err e = { .text = "" };
		enum status status = recode(
			rows[i].in.s, rows[i].in.n, rows[i].from, "--encoding", &r, &e);
		assert_int_equal(status, ST_INVALID);
		if (strncmp(e.text, rows[i].where, strlen(rows[i].where)) != 0 ||
			strstr(e.text, rows[i].what) == NULL)
			fail_msg("row %zu: %s", i, e.text);
		assert_null(r.owned);
		recode_clear(&r);
	}
}

/* Every byte of the two single-byte encodings comes out as one character. */
static void test_every_byte(void **state)
{
	static const char undefined[] = "\x81\x8D\x8F\x90\x9D";
	(void)state;
	for (int b = 1; b < 256; b++) {
		char byte = (char)b;
		struct recoded r;
		int32_t code;
		assert_int_equal(
			recode(&byte, 1, ENC_LATIN1, "--encoding", &r, NULL), ST_OK);
		assert_int_equal(
			text_decode((struct text){ r.text, r.size }, &code), r.size);
		assert_int_equal(code, b);
		recode_clear(&r);
		enum status status = recode(&byte, 1, ENC_CP1252, "--encoding", &r, NULL);
		assert_int_equal(status != ST_OK, memchr(undefined, b, 5) != NULL);
		if (status == ST_OK && (b < 0x80 || b >= 0xA0)) {
			text_decode((struct text){ r.text, r.size }, &code);
			assert_int_equal(code, b);
		}
		recode_clear(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_converted),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_every_byte),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
