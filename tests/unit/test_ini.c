/* INI: what is read, with which line, and how failures are told. */
#include "core/ini.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define FIFTY "01234567890123456789012345678901234567890123456789"

struct heard {
	char text[1024];
	int refuse_line;
};

static enum status on_key(void *arg, const struct ini_key *key, struct err *e)
{
	struct heard *h = arg;
	size_t n = strlen(h->text);
	if (key->line == h->refuse_line)
		return err_set(e, ST_USAGE, "%s is refused", key->name);
	snprintf(h->text + n, sizeof(h->text) - n, "%d[%s]%s=%s;", key->line,
		key->section, key->name, key->value);
	return ST_OK;
}

static const struct {
	const char *text, *heard, *error;
} cases[] = {
	{ "", "", NULL },
	{ "a = 1", "1[]a=1;", NULL },
	{ "a=1\n[s]\nb = two words \n", "1[]a=1;3[s]b=two words;", NULL },
	{ "\xEF\xBB\xBF"
	  "a = 1\r\nb = 2\r\n",
		"1[]a=1;2[]b=2;", NULL },
	{ "; no\n# no\na = 1 ; tail\nb = x;y\n", "3[]a=1;4[]b=x;y;", NULL },
	{ "a = 1\n   b = 2\n\tc = 3\n", "1[]a=1;2[]b=2;3[]c=3;", NULL },
	{ "a =\nb = \n", "1[]a=;2[]b=;", NULL },
	{ "a = b = c\n", "1[]a=b = c;", NULL },
	{ "[s]\n\nnonsense\na = 1\n", "4[s]a=1;", "f:3: neither" },
	{ "[s\na = 1\n", "2[]a=1;", "f:1: neither" },
	{ "x = " FIFTY FIFTY FIFTY "\n", "1[]x=" FIFTY FIFTY FIFTY ";", NULL },
	{ "a = 1\nx = " FIFTY FIFTY FIFTY FIFTY "\nb = 2\n", "1[]a=1;",
		"f:2: the line is longer than 190 bytes" },
	{ "; " FIFTY FIFTY FIFTY FIFTY "\nb = 2\n", "", "f:1: the line is longer" },
};

static void reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct heard h = { .refuse_line = 0 };
		struct err e = { 0 };
		enum status st = ini_read(cases[i].text, "f", on_key, &h, &e);
		assert_string_equal(h.text, cases[i].heard);
		assert_int_equal(st, cases[i].error == NULL ? ST_OK : ST_INVALID);
		if (cases[i].error != NULL)
			assert_ptr_equal(strstr(e.text, cases[i].error), e.text);
	}
}

static void a_refused_key_ends_the_reading(void **state)
{
	struct heard h = { .refuse_line = 2 };
	struct err e = { 0 };
	(void)state;
	assert_int_equal(ini_read("a = 1\nb = 2\nnonsense\nc = 3\n", "f", on_key, &h, &e),
		ST_USAGE);
	assert_string_equal(e.text, "f:2: b is refused");
	assert_string_equal(h.text, "1[]a=1;");
	assert_int_equal(ini_read("a = 1\nb = 2\n", "f", on_key, &h, NULL), ST_USAGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(a_refused_key_ends_the_reading),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
