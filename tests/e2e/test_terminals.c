/* The program on all kinds of terminals, and what a settings file does to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/running.h"

static char program[512];
static char db[512], config[512], state_home[512];

static const char *const arguments[] = { program, "--db", db, "--as-of", "2026-03-31",
	NULL };

/* ---- kinds of terminals --------------------------------------------------------- */

static bool is_ascii(const struct pty *p)
{
	for (size_t i = 0; i < p->raw_n; i++)
		if ((unsigned char)p->raw[i] >= 0x80)
			return false;
	return true;
}

/* Every screen can be reached and left again. */
static void look_around(struct pty *p)
{
	pty_type(p, "1");
	assert_true(pty_find(p, "At risk") == 2);
	pty_type(p, "2");
	assert_true(pty_find(p, "Renewal") == 2);
	pty_type(p, "\r");
	assert_true(pty_find(p, "Renewal") != 2);
	pty_type(p, "\033");
	assert_true(pty_find(p, "Renewal") == 2);
	pty_type(p, "3");
	pty_type(p, "4");
	pty_type(p, "2");
	pty_type(p, ",");
	assert_true(pty_find(p, "escape-delay") > 0);
	pty_type(p, "\033");
	assert_true(pty_find(p, "escape-delay") < 0);
	pty_send(p, "q");
}

static void test_known(void **state)
{
	static const struct {
		const char *term;
		bool colour;
	} terms[] = { { "xterm-256color", true }, { "xterm", true },
		{ "tmux-256color", true }, { "screen-256color", true }, { "linux", true },
		{ "vt100", false } };
	static const char *const locales[] = { "LC_ALL=C.UTF-8", "LC_ALL=C" };

	(void)state;
	for (size_t i = 0; i < sizeof(terms) / sizeof(*terms); i++) {
		for (size_t k = 0; k < 2; k++) {
			char term[64];
			/* libgpm, which curses looks for on a Linux console, loses a
			 * few bytes: nothing of ours. */
			const char *const env[] = { term, locales[k],
				strcmp(terms[i].term, "linux") == 0
					? "ASAN_OPTIONS=detect_leaks=0"
					: NULL,
				NULL };
			struct pty p;

			snprintf(term, sizeof(term), "TERM=%s", terms[i].term);
			pty_start(&p, 24, 80, arguments, env);
			if (!pty_settle(&p)) {
				/* This machine's terminfo may not have it. */
				if (!pty_wrote(&p, 0, "is not known here"))
					fail_msg("%s: %.300s", term, p.raw ? p.raw : "");
				print_message("%s is not known here\n", terms[i].term);
				running_ended(&p, 3);
				continue;
			}
			assert_int_equal(pty_find(&p, k == 1 ? "> T1" : "▸ T1"), 3);
			look_around(&p);
			assert_int_equal(pty_wait(&p), 0);
			assert_true(pty_restored(&p));
			assert_int_equal(pty_coloured(&p, 0), terms[i].colour);
			assert_int_equal(is_ascii(&p), k == 1);
			pty_end(&p);
		}
	}
}

/* Home and End, in all the ways that terminals of that type send them. */
static void test_home_and_end(void **state)
{
	static const char *const keys[][2] = { { "\033OH", "\033OF" },
		{ "\033[1~", "\033[4~" }, { "\033[7~", "\033[8~" } };
	static const char *const env[] = { "TERM=xterm-256color", "LC_ALL=C.UTF-8",
		NULL };
	struct pty p;
	char first[4096], last[4096], now[4096];
	int row;

	(void)state;
	pty_start(&p, 24, 80, arguments, env);
	assert_true(pty_settle(&p));
	pty_type(&p, "2g");
	row = pty_find(&p, "▸");
	pty_line(&p, row, first);
	pty_type(&p, "G");
	pty_line(&p, pty_find(&p, "▸"), last);
	assert_string_not_equal(first, last);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		pty_type(&p, keys[i][0]);
		assert_string_equal(pty_line(&p, pty_find(&p, "▸"), now), first);
		pty_type(&p, keys[i][1]);
		assert_string_equal(pty_line(&p, pty_find(&p, "▸"), now), last);
	}
	pty_send(&p, "q");
	running_ended(&p, 0);
}

static void test_refused(void **state)
{
	static char longest[5010];
	const char *const env[] = { "TERM=dumb", "TERM=unknown", "TERM=", "TERM",
		"TERM=nosuchterminal", "TERM=../../etc/passwd", longest };
	static const char *const locales[] = { "LC_ALL=C.UTF-8", "LC_ALL=C",
		"LC_ALL=xx" };

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	memcpy(longest, "TERM=", 5);
	for (size_t i = 0; i < sizeof(env) / sizeof(*env); i++) {
		for (size_t k = 0; k < 3; k++) {
			const char *const both[] = { env[i], locales[k], NULL };
			struct pty p;

			pty_start(&p, 24, 80, arguments, both);
			assert_false(pty_settle(&p));
			assert_false(p.alternate);
			assert_true(pty_wrote(&p, 0, "set TERM to"));
			assert_true(pty_wrote(&p, 0, "tierdesk --help"));
			/* In one line, without all of a name that is none. */
			assert_ptr_equal(strchr(p.raw, '\n'), p.raw + p.raw_n - 1);
			assert_true(p.raw_n < 500);
			running_ended(&p, 3);
		}
	}
}

/* Folders that are not where they should be are no reason to stay away. */
static void test_surroundings(void **state)
{
	static const char *const env[][3] = { { "HOME", NULL }, { "HOME=", NULL },
		{ "HOME=relative", "XDG_CONFIG_HOME=relative", NULL },
		{ "HOME=/nonexistent", "XDG_STATE_HOME=/nonexistent", NULL },
		{ "LINES=3", "COLUMNS=7", NULL }, { "LC_ALL=xx_YY.utf8", NULL } };

	(void)state;
	for (size_t i = 0; i < sizeof(env) / sizeof(*env); i++) {
		struct pty p;

		pty_start(&p, 24, 80, arguments, env[i]);
		if (!pty_settle(&p))
			fail_msg("%s: %.300s", env[i][0], p.raw ? p.raw : "");
		look_around(&p);
		running_ended(&p, 0);
	}
}

/* ---- settings ------------------------------------------------------------------- */

/* The text becomes the settings file of the next start; what was kept is forgotten. */
static void settings(const char *text)
{
	char path[1700];
	FILE *f;

	snprintf(path, sizeof(path), "rm -rf '%s' '%s' && mkdir -p '%s/tierdesk'", config,
		state_home, config);
	assert_int_equal(system(path), 0);
	snprintf(path, sizeof(path), "%s/tierdesk/tierdesk.conf", config);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void start(struct pty *p, const char *const args[], const char *variable)
{
	char xdg[600], kept[600];
	const char *const env[] = { "TERM=xterm-256color", xdg, kept, variable, NULL };

	snprintf(xdg, sizeof(xdg), "XDG_CONFIG_HOME=%s", config);
	snprintf(kept, sizeof(kept), "XDG_STATE_HOME=%s", state_home);
	pty_start(p, 24, 80, args, env);
	if (!pty_settle(p))
		fail_msg("the program did not start: %.300s", p->raw ? p->raw : "");
}

static void quit(struct pty *p)
{
	pty_send(p, "q");
	running_ended(p, 0);
}

/* The command line comes before the environment, this before the file. */
static void test_colours(void **state)
{
	static const char *const always[] = { program, "--db", db, "--as-of",
		"2026-03-31", "--color", "always", NULL };
	static const struct {
		const char *file, *variable;
		const char *const *args;
		bool colour;
	} cases[] = {
		{ "", NULL, arguments, true },
		{ "", "NO_COLOR=", arguments, true },
		{ "[options]\ncolour = never\n", NULL, arguments, false },
		{ "[options]\ntheme = mono\n", NULL, arguments, false },
		{ "[options]\ncolour = always\n", "NO_COLOR=1", arguments, false },
		{ "[options]\ncolour = never\n", "NO_COLOR=1", always, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct pty p;

		settings(cases[i].file);
		start(&p, cases[i].args, cases[i].variable);
		assert_int_equal(pty_coloured(&p, 0), cases[i].colour);
		quit(&p);
	}
}

/* A theme chosen on the options screen is seen at once, and at the next start. */
static void test_choosing(void **state)
{
	static const char black[] = "48;5;16";
	struct pty p;

	(void)state;
	settings("");
	start(&p, arguments, NULL);
	pty_type(&p, ",");
	assert_false(pty_wrote(&p, 0, black));
	pty_type(&p, "lll");
	assert_true(pty_find(&p, "contrast") > 0);
	assert_true(pty_wrote(&p, 0, black));
	pty_type(&p, "\033");
	quit(&p);
	start(&p, arguments, NULL);
	assert_true(pty_wrote(&p, 0, black));
	quit(&p);
	settings("[options]\nmouse = no\nsync-output = yes\n");
	start(&p, arguments, NULL);
	assert_false(pty_wrote(&p, 0, "\033[?1006;1000h"));
	assert_true(pty_wrote(&p, 0, "\033[?2026h"));
	assert_true(pty_wrote(&p, 0, "\033[?2026l"));
	quit(&p);
}

/* A key that was given to an action works at once, and at the next start; the settings
 * file is as it was, with all that is wrong in it. */
static void test_remapping(void **state)
{
	static const char file[] = "; mine\n[keys]\nbook.F13 = touch ; no\n";
	char path[600], command[1400];
	struct pty p;

	(void)state;
	settings(file);
	start(&p, arguments, NULL);
	pty_type(&p, "2\013/book touch\r\r");
	assert_true(pty_find(&p, "press the new key for log a touch") > 0);
	pty_type(&p, "\033x"); /* Alt, which means nothing before */
	assert_true(pty_find(&p, "Book: M-x is log a touch now") > 0);
	pty_type(&p, "\033");
	pty_type(&p, "\033x");
	assert_true(pty_find(&p, "Log a touch") > 0);
	pty_type(&p, "\033");
	quit(&p);
	start(&p, arguments, NULL);
	pty_type(&p, "2");
	assert_true(pty_find(&p, "M-x log a touch") == 23);
	pty_type(&p, "\033x");
	assert_true(pty_find(&p, "Log a touch") > 0);
	pty_type(&p, "\033");
	pty_type(&p, "\013/book touch\rr");
	assert_true(pty_find(&p, "Book: t is log a touch again") > 0);
	pty_type(&p, "\033");
	quit(&p);
	snprintf(path, sizeof(path), "%s/tierdesk/tierdesk.conf", config);
	snprintf(command, sizeof(command), "printf '%s' | cmp -s - '%s'",
		"; mine\\n[keys]\\nbook.F13 = touch ; no\\n", path);
	assert_int_equal(system(command), 0);
}

/* What the keys that a person may name send, and the screen they lead to here. */
static void test_keys(void **state)
{
	static const struct {
		const char *name, *bytes;
	} keys[] = { { "F1", "\033OP" }, { "F5", "\033[15~" }, { "F12", "\033[24~" },
		{ "Ins", "\033[2~" }, { "S-Up", "\033[1;2A" }, { "S-Left", "\033[1;2D" },
		{ "C-Up", "\033[1;5A" }, { "C-Right", "\033[1;5C" },
		{ "M-Down", "\033[1;3B" }, { "S-PgDn", "\033[6;2~" },
		{ "C-Home", "\033[1;5H" }, { "C-Del", "\033[3;5~" }, { "M-x", "\033x" },
		{ "M-ü", "\033\303\274" }, { "C-t", "\024" }, { "!", "!" } };
	char file[2000] = "[keys]\n";
	struct pty p;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		snprintf(file + strlen(file), sizeof(file) - strlen(file),
			"screen.%s = options\n", keys[i].name);
	settings(file);
	start(&p, arguments, NULL);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		pty_type(&p, keys[i].bytes);
		if (pty_find(&p, "escape-delay") < 0)
			fail_msg("%s does nothing", keys[i].name);
		pty_type(&p, "\033");
		assert_true(pty_find(&p, "escape-delay") < 0);
	}
	/* A letter after Esc that no Alt is bound to is a key of its own. */
	pty_type(&p, "\033,");
	assert_true(pty_find(&p, "escape-delay") > 0);
	pty_type(&p, "\033");
	quit(&p);
}

static void test_problems(void **state)
{
	struct pty p;

	(void)state;
	settings("[options]\nthem = dark\n[keys]\nscreen.: = none\n");
	start(&p, arguments, NULL);
	assert_true(pty_find(&p, "tierdesk.conf") > 0);
	pty_type(&p, "m");
	assert_true(pty_find(&p, "\"them\"") > 0);
	pty_type(&p, "\033");
	pty_type(&p, ":");
	assert_true(pty_find(&p, "Commands") > 0);
	pty_type(&p, "\033");
	quit(&p);
}

static int make_book(void **state)
{
	const char *home = getenv("HOME");

	(void)state;
	if (!home || !running_demo("terminals.db", db))
		return -1;
	snprintf(program, sizeof(program), "%s", running_program());
	snprintf(config, sizeof(config), "%s/terminals-config", home);
	snprintf(state_home, sizeof(state_home), "%s/terminals-state", home);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_home_and_end),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_surroundings),
		cmocka_unit_test(test_colours),
		cmocka_unit_test(test_choosing),
		cmocka_unit_test(test_remapping),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_problems),
	};

	return cmocka_run_group_tests(tests, make_book, NULL);
}
