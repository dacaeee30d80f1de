/* Kept: whatever is set, the file has one line of it, or none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tui/app.h"

static char written[1024];

static enum status keep(void *ctx, const char *text, struct err *e)
{
	(void)ctx;
	(void)e;
	snprintf(written, sizeof(written), "%s", text);
	return ST_OK;
}

static const struct host host = { .keep = keep };
static struct app a;

static void begin(const char *text)
{
	a = (struct app){ .host = &host };
	kept_init(&a.kept, text);
	snprintf(written, sizeof(written), "%s", text);
}

#define BEFORE "[folders]\nbooks = /old\n"

/* What comes from a book or a disk can't bring a section or a key of its own. */
static void test_one_line(void **state)
{
	static const struct {
		const char *key, *value, *want;
	} rows[] = {
		{ "books", "/new", "[folders]\nbooks = /new\n" },
		{ "books", "/a = [b] # %0A", "[folders]\nbooks = /a = [b] # %0A\n" },
		{ "books", "[recent]", "[folders]\nbooks = [recent]\n" },
		{ "books", "", "[folders]\nbooks = \n" },
		{ "books", NULL, "" },
		/* No value, and the one before isn't true any more. */
		{ "books", "/x\n[recent]\nbook1 = /tmp/x.db", "" },
		{ "books", "/x\r", "" },
		{ "books", "/x\ty", "" },
		{ "books", "/x\x7f", "" },
		{ "other", "/x\n[recent]", BEFORE },
		/* No key. */
		{ "a\n[recent]\nbook1", "/tmp/x.db", BEFORE },
		{ "a = b", "c", BEFORE },
		{ "[recent]", "c", BEFORE },
		{ "", "c", BEFORE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct kept again;

		begin(BEFORE);
		kept_set(&a, "folders", rows[i].key, rows[i].value);
		assert_false(kept_write(&a));
		if (strcmp(written, rows[i].want) != 0)
			fail_msg("%zu: %s", i, written);
		kept_init(&again, written); /* the next run finds the same */
		assert_int_equal(again.n, a.kept.n);
		for (size_t k = 0; k < again.n; k++)
			assert_string_equal(again.line[k].value, a.kept.line[k].value);
		kept_clear(&again);
		kept_clear(&a.kept);
	}
}

/* Any text comes back that is encoded. */
static void test_encoded(void **state)
{
	static const char *const texts[] = { "", "plain", "%", "%0A", "100 %41",
		"a\nb\tc\x7f", "[a] = #b;" };
	char key[64], back[64];

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		kept_encode(text_of(texts[i]), KEPT_KEY, key, sizeof(key));
		begin("");
		if (*key)
			kept_set(&a, "views", key, key);
		assert_int_equal(a.kept.n, *key ? 1 : 0);
		kept_decode(text_of(key), back, sizeof(back));
		assert_string_equal(back, texts[i]);
		kept_clear(&a.kept);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_line),
		cmocka_unit_test(test_encoded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
