/* Errors are one line that always fits; the arena gives aligned zeroed memory. */
#include "core/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/arena.h"
#include "core/text.h"

static void test_fill(void **state)
{
	struct err e;
	(void)state;
	assert_int_equal(
		err_set(&e, ST_INVALID, "arr: %s is not an amount", "x"), ST_INVALID);
	assert_int_equal(e.status, ST_INVALID);
	assert_string_equal(e.text, "arr: x is not an amount");
	assert_non_null(strstr(e.origin, "test_err.c:"));
	assert_int_equal(err_set(NULL, ST_IO, "%d", 1), ST_IO);
}

static void test_prefix(void **state)
{
	struct err e;
	(void)state;
	err_set(&e, ST_IO, "disk full");
	assert_int_equal(err_prefix(&e, "%s", "book.db"), ST_IO);
	assert_string_equal(e.text, "book.db: disk full");
	assert_int_not_equal(err_prefix(NULL, "x"), ST_OK);
}

/* A message may quote the one it replaces. */
static void test_quotes_itself(void **state)
{
	struct err e;
	(void)state;
	err_set(&e, ST_IO, "inner");
	err_set(&e, ST_INVALID, "outer (%s)", e.text);
	assert_string_equal(e.text, "outer (inner)");
	err_prefix(&e, "<%s>", e.text);
	assert_string_equal(e.text, "<outer (inner)>: outer (inner)");
}

/* Wherever the cut falls in a run of characters of one size, none is halved. */
static void test_long_text_is_cut_whole(void **state)
{
	static const char *const units[] = { "x", "é", "€", "😀" };
	(void)state;
	for (size_t u = 0; u < 4; u++) {
		for (int shift = 0; shift < 5; shift++) {
			char text[1200] = "";
			struct err e;
			size_t n = (size_t)shift, size = strlen(units[u]);
			memset(text, '.', n);
			for (; n < 1100; n += size)
				memcpy(text + n, units[u], size);
			err_set(&e, ST_INVALID, "%s", text);
			struct text kept = text_of(e.text);
			assert_int_equal(text_invalid_at(kept), kept.n);
			assert_in_range(kept.n, ERR_TEXT_MAX - 5, ERR_TEXT_MAX - 1);
			err_prefix(&e, "%s", text);
			kept = text_of(e.text);
			assert_int_equal(text_invalid_at(kept), kept.n);
			err_set(&e, ST_INVALID, "%.490s", text);
			err_prefix(&e, "a prefix that makes it too long");
			kept = text_of(e.text);
			assert_in_range(kept.n, ERR_TEXT_MAX - 5, ERR_TEXT_MAX - 1);
		}
	}
}

static void test_exit_codes(void **state)
{
	static const struct {
		enum status status;
		int code;
	} rows[] = { { ST_OK, 0 }, { ST_USAGE, 2 }, { ST_UNOPENED, 3 }, { ST_INVALID, 4 },
		{ ST_FORBIDDEN, 5 }, { ST_IO, 6 }, { ST_NOTFOUND, 2 },
		{ ST_DUPLICATE, 4 }, { ST_STALE, 5 }, { ST_CORRUPT, 3 }, { ST_NOMEM, 6 },
		{ ST_CANCELLED, 130 } };
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(err_exit_code(rows[i].status), rows[i].code);
}

static void test_arena(void **state)
{
	struct arena a;
	unsigned char *p[300];
	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < 300; i++) {
		size_t size = i * i;
		p[i] = arena_alloc(&a, size);
		assert_non_null(p[i]);
		assert_int_equal((uintptr_t)p[i] % alignof(max_align_t), 0);
		for (size_t k = 0; k < size; k++)
			assert_int_equal(p[i][k], 0);
		if (size > 0)
			memset(p[i], (int)(i & 255), size);
	}
	for (size_t i = 0; i < 300; i++) { /* nobody wrote over anybody */
		for (size_t k = 0; k < i * i; k++)
			assert_int_equal(p[i][k], i & 255);
	}
	assert_string_equal(arena_strdup(&a, "née"), "née");
	char *copy = arena_copy(&a, "a\0b\0\xFFx", 5);
	assert_memory_equal(copy, "a\0b\0\xFF", 6);
	assert_string_equal(arena_copy(&a, NULL, 0), "");
	arena_clear(&a);
	assert_null(a.head);
	assert_non_null(arena_alloc(&a, 1));
	arena_clear(&a);
}

static void test_arena_refuses_too_much(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a);
	assert_null(arena_alloc(&a, SIZE_MAX));
	assert_null(arena_alloc(&a, SIZE_MAX - 32));
	assert_null(arena_copy(&a, "", SIZE_MAX));
	assert_non_null(arena_alloc(&a, 16));
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_prefix),
		cmocka_unit_test(test_quotes_itself),
		cmocka_unit_test(test_long_text_is_cut_whole),
		cmocka_unit_test(test_exit_codes),
		cmocka_unit_test(test_arena),
		cmocka_unit_test(test_arena_refuses_too_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
