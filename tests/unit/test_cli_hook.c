/* Hooks: a command line as words, and running one. */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#	define _GNU_SOURCE /* for vmsplice */
#endif
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/hook.h"

static struct hook h;
static struct err e;
static const char *self; /* this program */

/* The words with '|' behind each. */
static const char *words(void)
{
	static char out[4096];
	size_t n = 0;

	out[0] = '\0';
	for (int i = 0; i < h.words; i++)
		n += (size_t)snprintf(out + n, sizeof(out) - n, "%s|", h.argv[i]);
	assert_null(h.argv[h.words]);
	return out;
}

static void test_words(void **state)
{
	static const struct {
		const char *line, *words;
	} cases[] = {
		{ "", "" },
		{ "  \t ", "" },
		{ "/bin/send", "/bin/send|" },
		{ " /bin/send  a\tb ", "/bin/send|a|b|" },
		{ "\"a b\" 'c d'", "a b|c d|" },
		{ "a\"b c\"d'e f'g", "ab cde fg|" },
		{ "\"\" ''", "||" },
		{ "a \"\"", "a||" },
		{ "'a\"b' \"c'd\"", "a\"b|c'd|" },
		{ "\"a\\\"b\\\\c\"", "a\"b\\c|" },
		{ "'a\\'", "a\\|" },
		{ "a\\ b\\\\", "a b\\|" },
		{ "\\\"a\\'", "\"a'|" },
		{ "$HOME `id` $(id) * ~ ; | > & #x", "$HOME|`id`|$(id)|*|~|;|||>|&|#x|" },
		{ "\"$HOME\" --x=y=z", "$HOME|--x=y=z|" },
		{ "\xC3\xBC \xE2\x82\xAC", "\xC3\xBC|\xE2\x82\xAC|" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(hook_split(text_of(cases[i].line), &h, &e), ST_OK);
		assert_string_equal(words(), cases[i].words);
	}
	assert_int_equal(hook_split((struct text){ NULL, 0 }, &h, &e), ST_OK);
	assert_int_equal(h.words, 0);
}

static void test_no_words(void **state)
{
	static const struct {
		const char *line, *why;
	} cases[] = {
		{ "\"", "the \" is never closed" },
		{ "a 'b", "the ' is never closed" },
		{ "a \"b\\\"", "the \" is never closed" },
		{ "\"a'", "the \" is never closed" },
		{ "a \\", "nothing follows the last backslash" },
		{ "\"a\\", "nothing follows the last backslash" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_int_equal(hook_split(text_of(cases[i].line), &h, &e), ST_INVALID);
		assert_string_equal(e.text, cases[i].why);
	}
	assert_int_equal(hook_split((struct text){ "a\0b", 3 }, &h, &e), ST_INVALID);
}

/* As much as there is room for, and no more. */
static void test_limits(void **state)
{
	char line[HOOK_BYTES_MAX + 8];

	(void)state;
	memset(line, 'x', sizeof(line));
	assert_int_equal(
		hook_split((struct text){ line, HOOK_BYTES_MAX - 1 }, &h, &e), ST_OK);
	assert_int_equal(strlen(h.argv[0]), HOOK_BYTES_MAX - 1);
	assert_int_equal(
		hook_split((struct text){ line, HOOK_BYTES_MAX }, &h, &e), ST_INVALID);
	for (size_t i = 1; i < sizeof(line); i += 2)
		line[i] = ' ';
	assert_int_equal(
		hook_split((struct text){ line, 2 * HOOK_WORDS_MAX }, &h, &e), ST_OK);
	assert_int_equal(h.words, HOOK_WORDS_MAX);
	words();
	assert_int_equal(
		hook_split((struct text){ line, 2 * HOOK_WORDS_MAX + 1 }, &h, &e),
		ST_INVALID);
}

static void test_check(void **state)
{
	(void)state;
	assert_int_equal(hook_split(TEXT("sh -c true"), &h, &e), ST_OK);
	assert_int_equal(hook_check(&h, &e), ST_USAGE);
	assert_int_equal(hook_split(TEXT("/nowhere/at/all"), &h, &e), ST_OK);
	assert_int_equal(hook_check(&h, &e), ST_USAGE);
	assert_int_equal(hook_split(TEXT("/tmp"), &h, &e), ST_OK);
	assert_int_equal(hook_check(&h, &e), ST_USAGE);
	assert_int_equal(hook_split(TEXT("/bin/sh -c true"), &h, &e), ST_OK);
	assert_int_equal(hook_check(&h, &e), ST_OK);
}

static bool run(const char *line, struct text bytes, int seconds, char *why)
{
	assert_int_equal(hook_split(text_of(line), &h, &e), ST_OK);
	return hook_run(&h, bytes, seconds, why);
}

static void test_run(void **state)
{
	static const struct {
		const char *line, *why;
	} cases[] = {
		{ "/bin/sh -c 'read x; test \"$x\" = hello'", NULL },
		{ "/bin/sh -c 'exit 3'", "exit 3" },
		{ "/bin/sh -c 'echo; echo no >&2; exit 3'", "exit 3: no" },
		{ "/bin/sh -c 'echo >&2; echo one >&2; echo two >&2; exit 1'",
			"exit 1: one" },
		{ "/bin/sh -c 'printf \"\\033[31m\" >&2; exit 1'", "exit 1: <1B>[31m" },
		{ "/bin/sh -c 'kill -9 $$'", "ended by signal 9" },
		{ "/nowhere/at/all", "exit 126: can't be started" },
	};
	char why[HOOK_REASON_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const bool done = run(cases[i].line, TEXT("hello\n"), 60, why);

		assert_int_equal(done, cases[i].why == NULL);
		assert_string_equal(why, cases[i].why ? cases[i].why : "");
	}
	assert_false(run("/bin/sh -c 'echo slow >&2; sleep 60'", TEXT(""), 1, why));
	assert_string_equal(why, "took longer than 1 s: slow");
}

/* More than a pipe holds, both ways, read or not. */
static void test_much(void **state)
{
	const size_t n = 1u << 20;
	char *bytes = malloc(n), why[HOOK_REASON_MAX];

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'x', n);
	assert_true(run("/bin/sh -c 'test $(wc -c) = 1048576'", (struct text){ bytes, n },
		60, why));
	assert_true(run("/bin/sh -c 'cat >&2'", (struct text){ bytes, n }, 60, why));
	assert_true(run("/bin/sh -c 'exec 0<&-; exec 2>&-; sleep 0.1'",
		(struct text){ bytes, n }, 60, why));
	assert_false(
		run("/bin/sh -c 'cat >&2; exit 1'", (struct text){ bytes, n }, 60, why));
	assert_true(strlen(why) < HOOK_REASON_MAX);
	free(bytes);
}

/* This program as a hook: more of them than there are processors, each of which has the
 * next bytes ready before the last ones are read. */
static int flood(void)
{
	static char bytes[1 << 20];

	memset(bytes, 'y', sizeof(bytes));
	for (int i = 1; i < 48 && fork() > 0; i++)
		;
#ifdef __linux__
	struct iovec all = { bytes, sizeof(bytes) };

	fcntl(2, F_SETPIPE_SZ, (int)sizeof(bytes));
	while (vmsplice(2, &all, 1, 0) > 0)
		;
#endif
	while (write(2, bytes, sizeof(bytes)) > 0)
		;
	return 1;
}

/* What is told without an end takes no longer than it may. */
static void test_flood(void **state)
{
	char line[HOOK_BYTES_MAX], why[HOOK_REASON_MAX];

	(void)state;
	snprintf(line, sizeof(line), "'%.900s' flood", self);
	assert_false(run(line, TEXT(""), 1, why));
	assert_memory_equal(why, "took longer than 1 s: yyy", 25);
}

int main(int count, char **argument)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_no_words),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_check),
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_much),
		cmocka_unit_test(test_flood),
	};

	if (count == 2 && strcmp(argument[1], "flood") == 0)
		return flood();
	self = argument[0];
	signal(SIGPIPE, SIG_IGN); /* as the program does */
	return cmocka_run_group_tests(tests, NULL, NULL);
}
