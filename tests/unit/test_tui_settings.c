/* Settings: where values come from, and a person's keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/asset.h"
#include "core/choices.h"
#include "tui/keys.h"
#include "tui/settings.h"

static struct settings s;
static struct err e;

static void load(const char *file)
{
	const struct settings_from from = { .file = file, .path = "conf" };

	assert_int_equal(settings_load(&s, &from, &e), ST_OK);
}

/* ---- options -------------------------------------------------------------------- */

static void test_options(void **state)
{
	char text[SETTING_TEXT_MAX];
	struct text one;

	(void)state;
	assert_int_equal(settings_init(&s, &e), ST_OK);
	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting which = (enum setting)i;
		const struct setting_def *d = setting_def(which);
		size_t n = strlen(d->help);

		assert_true(n > 1 && d->help[n - 1] == '.');
		assert_int_equal(
			strspn(d->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(d->name));
		assert_string_equal(settings_text(&s, which, text), d->initial);
		for (int k = 0; d->choices && (one = choices_at(d->choices, k)).s; k++) {
			assert_true(one.n < SETTING_TEXT_MAX);
			assert_int_equal(
				settings_set(&s, which, SETTINGS_HERE, one, &e), ST_OK);
			assert_int_equal(s.value[i], k);
		}
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				d->name, setting_def((enum setting)k)->name);
	}
}

/* A walk with steps up and down stays among the values and comes back. */
static void test_steps(void **state)
{
	(void)state;
	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting which = (enum setting)i;
		char text[SETTING_TEXT_MAX];

		if (setting_def(which)->type == SETTING_LINE)
			continue;
		assert_int_equal(settings_init(&s, &e), ST_OK);
		for (int k = 0; k < 200; k++) {
			int was = s.value[i], up = k % 100 < 50 ? 1 : -1;

			assert_int_equal(
				settings_set(&s, which, SETTINGS_HERE,
					text_of(settings_step(&s, which, up, text)), &e),
				ST_OK);
			if (setting_def(which)->type == SETTING_BOOL ||
				setting_def(which)->type == SETTING_CHOICE)
				assert_int_not_equal(s.value[i], was);
		}
	}
	load("[options]\nwheel = 9\n");
	for (int k = 0; k < 6; k++) {
		static const char *const way[] = { "10", "15", "20", "15", "10", "9" };
		char text[SETTING_TEXT_MAX];

		assert_string_equal(
			settings_step(&s, SETTING_WHEEL, k < 3 ? 1 : -1, text), way[k]);
		assert_int_equal(
			settings_set(&s, SETTING_WHEEL, SETTINGS_HERE, text_of(text), &e),
			ST_OK);
	}
}

/* A line is taken as it stands, from its first "=" on. */
static void test_lines(void **state)
{
	char text[SETTING_TEXT_MAX], line[SETTING_LINE_MAX + 1];

	(void)state;
	load("[options]\noutbox-hook = /bin/x \"a = b\" --c=d ; why\n");
	assert_int_equal(s.problems, 0);
	assert_string_equal(s.line[SETTING_HOOK], "/bin/x \"a = b\" --c=d");
	assert_string_equal(
		settings_text(&s, SETTING_HOOK, text), "/bin/x \"a = b\" --c=d");
	assert_string_equal(
		settings_step(&s, SETTING_HOOK, 1, text), s.line[SETTING_HOOK]);
	load("[options]\noutbox-hook =\n");
	assert_int_equal(s.problems, 0);
	assert_string_equal(s.line[SETTING_HOOK], "");
	memset(line, 'x', sizeof(line));
	assert_int_equal(settings_set(&s, SETTING_HOOK, SETTINGS_FILE,
				 (struct text){ line, SETTING_LINE_MAX - 1 }, &e),
		ST_OK);
	assert_int_equal(settings_set(&s, SETTING_HOOK, SETTINGS_FILE,
				 (struct text){ line, SETTING_LINE_MAX }, &e),
		ST_INVALID);
}

/* What a program is started by, no other place than the file says. */
static void test_lines_of_the_file(void **state)
{
	static const char hook[] = "/tmp/x";
	struct settings_from from = { .path = "conf" };

	(void)state;
	from.kept = "[options]\noutbox-hook = /tmp/x\nwheel = 7\n";
	from.environment[SETTING_HOOK] = from.call[SETTING_HOOK] = hook;
	assert_int_equal(settings_load(&s, &from, &e), ST_OK);
	assert_string_equal(s.line[SETTING_HOOK], "");
	assert_int_equal(s.source[SETTING_HOOK], SETTINGS_DEFAULT);
	assert_int_equal(s.value[SETTING_WHEEL], 7);
	assert_int_equal(s.problems, 2);
	assert_string_equal(
		s.problem[0], "environment: outbox-hook: only the settings file says it");
	from.file = "[options]\noutbox-hook = /bin/x\n";
	assert_int_equal(settings_load(&s, &from, &e), ST_OK);
	assert_string_equal(s.line[SETTING_HOOK], "/bin/x");
	assert_int_equal(settings_set(&s, SETTING_HOOK, SETTINGS_HERE, text_of(hook), &e),
		ST_FORBIDDEN);
	assert_string_equal(s.line[SETTING_HOOK], "/bin/x");
}

static void test_sources(void **state)
{
	static const char file[] = "[options]\ntheme = light\n";
	static const char kept[] = "[options]\ntheme = dark\nwheel = 7\ntick = rubbish\n"
				   "gone = 1\n[views]\ntheme = x\n";
	struct settings_from from = { .file = file, .path = "conf", .kept = kept };

	(void)state;
	assert_int_equal(settings_load(&s, &from, &e), ST_OK);
	assert_int_equal(s.value[SETTING_THEME], THEME_LIGHT);
	assert_int_equal(s.source[SETTING_THEME], SETTINGS_FILE);
	assert_int_equal(s.given[SETTING_THEME], SETTINGS_FILE);
	assert_int_equal(s.value[SETTING_WHEEL], 7);
	assert_int_equal(s.source[SETTING_WHEEL], SETTINGS_KEPT);
	assert_int_equal(s.given[SETTING_WHEEL], SETTINGS_DEFAULT);
	assert_int_equal(s.value[SETTING_TICK], 1);
	assert_int_equal(s.problems, 1); /* a choice that does not hold is told */
	assert_string_equal(s.problem[0],
		"conf:2: theme = light comes before dark, chosen under options");
	from.environment[SETTING_THEME] = "contrast";
	assert_int_equal(settings_load(&s, &from, &e), ST_OK);
	assert_int_equal(s.value[SETTING_THEME], THEME_CONTRAST);
	from.call[SETTING_THEME] = "mono";
	assert_int_equal(settings_load(&s, &from, &e), ST_OK);
	assert_int_equal(s.value[SETTING_THEME], THEME_MONO);
	assert_int_equal(s.source[SETTING_THEME], SETTINGS_CALL);
	assert_int_equal(
		settings_set(&s, SETTING_THEME, SETTINGS_FILE, TEXT("dark"), &e), ST_OK);
	assert_int_equal(s.value[SETTING_THEME], THEME_MONO);
}

/* ---- the file ------------------------------------------------------------------- */

static void test_problems(void **state)
{
	static const struct {
		const char *file, *problem; /* NULL: none */
	} cases[] = {
		{ "", NULL },
		{ "\xEF\xBB\xBF[options]\r\n theme = Dark \r\n", NULL },
		{ "; theme = 7\n# theme = 7\n\n[options]\ntheme = dark ; night\n", NULL },
		{ "[options]\ntheme dark\n",
			"conf:2: neither [section] nor name = value" },
		{ "theme = dark\n",
			"conf:1: theme stands in no section that there is: it "
			"goes under [options]" },
		{ "x = dark\n", "conf:1: stands above the first section: [options], "
				"[keys] or [theme]" },
		{ "[keys]\noutbox-hook = /bin/x\n",
			"conf:2: outbox-hook stands under [keys]: it goes under "
			"[options]" },
		{ "[theme]\noutbox-hook = /bin/x\n",
			"conf:2: outbox-hook stands under [theme]: it goes under "
			"[options]" },
		{ "[option]\n", "conf:1: [option]: the sections are [options], [keys] "
				"and [theme]; "
				"what follows is left out" },
		{ "[options]\nthem = dark\n",
			"conf:2: there is no option \"them\", but theme, colour, mouse, "
			"ascii, escape-delay, sync-output, start-screen, tick, wheel, "
			"confirm-above, outbox-hook, outbox-timeout" },
		{ "[options]\n\ntheme = darkish\n",
			"conf:3: theme = darkish: auto, dark, light, contrast, mono or "
			"colour-blind" },
		{ "[options]\nmouse = maybe\n", "conf:2: mouse = maybe: yes or no" },
		{ "[options]\nwheel = 51\n",
			"conf:2: wheel = 51: a whole number from 1 to 50" },
		{ "[options]\nwheel = 99999999999999999999\n",
			"conf:2: wheel = 99999999999999999999: a whole number from 1 to "
			"50" },
		{ "[options]\nwheel = -1\n",
			"conf:2: wheel = -1: a whole number from 1 to 50" },
		{ "[options]\nwheel =\n",
			"conf:2: wheel = : a whole number from 1 to 50" },
		{ "[options]\nwheel = 3\377\n", "conf:2: the line is not UTF-8" },
		{ "[theme]\nbad = 196 bold\n", NULL },
		{ "[theme]\nworse = 196\n",
			"conf:2: there is no role \"worse\", but text, quiet, strong, "
			"brand, tab, "
			"tab_here, header, header_here, good, watch, bad, unknown, "
			"tier1, "
			"tier2, tier3, tier1_few, tier1_many, tier2_few, tier2_many, "
			"tier3_few, tier3_many, spark, track, line, mark, key, hint, "
			"info, "
			"error, input, focus" },
		{ "[theme]\nbad = 256\n",
			"conf:2: bad = 256: a colour 0..255 or default, on another one, "
			"bold, underline, reverse" },
		{ "[keys]\nbook.x = none\n", NULL },
		{ "[keys]\nscreen.: = palette\nscreen.= = explain\nscreen.; = palette\n",
			NULL },
		{ "[keys]\nt = none\n",
			"conf:2: t: write WHERE.KEY = ACTION, as book.t" },
		{ "[keys]\nbok.t = none\n",
			"conf:2: there is no place \"bok\" for keys, but always, screen, "
			"today, book, account, quadrant, trends, capacity, tiers, "
			"rebalance, backtest, policy, revenue, revenue accounts, "
			"popup, help, "
			"options, keys, questions, history, columns, script, start, "
			"import, "
			"import "
			"result, "
			"set-up, "
			"work, question, conflict, new key, input, form, filter, pick, "
			"views, "
			"commands, "
			"files" },
		{ "[keys]\nbook.F13 = none\n",
			"conf:2: \"F13\" is no key (try t, C-t, F5, S-Up)" },
		{ "[keys]\nbook.t = touch-me\n",
			"conf:2: there is no action \"touch-me\": did you mean touch; "
			"tierdesk(1) has all" },
		{ "[keys]\nbook.t = log-touch\n",
			"conf:2: there is no action \"log-touch\": did you mean touch; "
			"tierdesk(1) has all" },
		{ "[keys]\nbook.t = wxyz-qq\n",
			"conf:2: there is no action \"wxyz-qq\"; tierdesk(1) has all" },
		{ "[keys]\nbook.t = tuoch\n",
			"conf:2: there is no action \"tuoch\": did you mean touch; "
			"tierdesk(1) has all" },
		{ "[keys]\nbook.t =\n", "conf:2: book.t: write which action the key "
					"does, or none" },
		{ "[keys]\ninput.a = input-accept\n",
			"conf:2: input.a: the letter could not be typed any more" },
		{ "[keys]\nbook.F5 = recalculate\n\nbook.F5 = help\n",
			"conf:4: book.F5 is recalculate since line 2 already; help is "
			"left "
			"out" },
		{ "[keys]\nscreen.q = none\n", NULL }, /* C-c is left */
		{ "[keys]\nscreen.: = none\n",
			"conf:2: screen.: = none leaves palette without a key: it stays "
			"palette" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		load(cases[i].file);
		assert_int_equal(s.problems, cases[i].problem ? 1 : 0);
		if (cases[i].problem)
			assert_string_equal(s.problem[0], cases[i].problem);
	}
}

/* Whatever is wrong, what is right around it holds, and all is counted. */
static void test_goes_on(void **state)
{
	char file[2000] = "[options]\n";

	(void)state;
	for (int i = 0; i < 30; i++)
		strcat(file, "nothing = 1\n");
	strcat(file, "theme = mono\n[nonsense]\ntheme = dark\n[options]\nwheel = 4");
	load(file);
	assert_int_equal(s.problems, 32);
	assert_int_equal(s.value[SETTING_THEME], THEME_MONO);
	assert_int_equal(s.value[SETTING_WHEEL], 4);
	assert_non_null(strstr(s.problem[15], "conf:17: there is no option \"nothing\""));
}

/* By line, also what is found only when all keys are known; the last ones are not kept.
 */
static void test_order(void **state)
{
	char file[2000] = "[keys]\nscreen.: = none\n[options]\nnothing = 1\n";

	(void)state;
	load(file);
	assert_int_equal(s.problems, 2);
	assert_non_null(strstr(s.problem[0], "conf:2: screen.: = none"));
	assert_non_null(strstr(s.problem[1], "conf:4: there is no option"));
	for (int i = 0; i < 30; i++)
		strcat(file, "nothing = 1\n");
	load(file);
	assert_int_equal(s.problems, 32);
	assert_non_null(strstr(s.problem[0], "conf:2: screen.: = none"));
	assert_non_null(strstr(s.problem[15], "conf:18: "));
}

/* The shipped file says what holds without it: with every ; taken away, nothing changes.
 */
static void test_shipped(void **state)
{
	const struct asset *a = asset_find("tierdesk.conf");
	static char text[65536];
	const struct binding *rows;
	size_t used = 0;
	int values = 0, n;

	(void)state;
	assert_non_null(a);
	for (const char *at = a->text; *at;) {
		size_t line = strcspn(at, "\n");

		if (at[0] == ';' && at[1] != ' ') {
			at++;
			line--;
			values++;
		}
		memcpy(text + used, at, line);
		used += line;
		text[used++] = '\n';
		at += line + (at[line] == '\n');
	}
	n = keys_bindings(&rows);
	load(text);
	if (s.problems)
		fail_msg("%s", s.problem[0]);
	assert_int_equal(values, SETTING_COUNT + n + ROLE_COUNT);
	for (int i = 0; i < SETTING_COUNT; i++) {
		char value[SETTING_TEXT_MAX];

		assert_int_equal(s.source[i], SETTINGS_FILE);
		assert_string_equal(settings_text(&s, (enum setting)i, value),
			setting_def((enum setting)i)->initial);
	}
	for (int i = 0; i < ROLE_COUNT; i++) {
		struct look look = theme_look((enum role)i, THEME_AUTO, 256);

		assert_true(s.own[i].set);
		assert_memory_equal(&s.own[i].look, &look, sizeof(look));
	}
	assert_int_equal(keys_bindings(&rows), n);
	for (int i = 0; i < n; i++)
		assert_int_equal(keys_find(rows[i].scope, rows[i].key), rows[i].action);
}

/* ---- keys ----------------------------------------------------------------------- */

static int32_t key_of(const char *name)
{
	int32_t key = 0;

	assert_true(key_parse(text_of(name), &key));
	return key;
}

static void test_key_names(void **state)
{
	static const char *const names[] = { "a", "Z", "=", ":", "\\", "ü", "Enter",
		"Esc", "Tab", "S-Tab", "Space", "Backspace", "Up", "S-Up", "C-Up", "M-Up",
		"C-M-S-Up", "PgDn", "S-PgDn", "Home", "End", "Del", "Ins", "F1", "F9",
		"F10", "F12", "S-F3", "C-a", "C-z", "M-x", "M-ü", "M-Enter", "-", "M--" };
	static const char *const bad[] = { "F0", "F13", "S-a", "C-1", "M-", "X-a",
		"C-C-a", "M-S-a", "ins", "Up-S", "C-Enter-x" };
	int32_t key;
	char text[KEY_TEXT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_string_equal(key_text(key_of(names[i]), text), names[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(key_parse(text_of(bad[i]), &key));
}

static void test_own_keys(void **state)
{
	const struct binding *rows;
	int hints = 0, n;

	(void)state;
	load("[keys]\nscreen.F5 = recalculate\nbook.s = none\nbook.Enter = "
	     "mark-toggle\n");
	assert_int_equal(s.problems, 0);
	assert_int_equal(keys_find(SCOPE_BOOK, key_of("F5")), ACT_RECALCULATE);
	assert_int_equal(keys_find(SCOPE_BOOK, key_of("r")), ACT_RECALCULATE);
	assert_string_equal(keys_text(SCOPE_BOOK, ACT_RECALCULATE), "F5");
	assert_int_equal(keys_find(SCOPE_BOOK, 's'), ACT_NONE);
	assert_null(keys_text(SCOPE_BOOK, ACT_SORT));
	assert_int_equal(keys_find(SCOPE_BOOK, KEY_ENTER_), ACT_MARK);
	n = keys_bindings(&rows);
	assert_int_equal(rows[2].line, 4);
	for (int i = 0; i < n; i++)
		hints += rows[i].action == ACT_MARK && rows[i].scope == SCOPE_BOOK &&
			 rows[i].hint > 0;
	assert_int_equal(hints, 2);
	assert_int_equal(keys_init(&e), ST_OK);
	assert_int_equal(keys_find(SCOPE_BOOK, 's'), ACT_SORT);
	assert_string_equal(keys_text(SCOPE_BOOK, ACT_RECALCULATE), "r");
}

/* "none" in a place hides the key of the place around it there, and only there. */
static void test_hidden_keys(void **state)
{
	(void)state;
	load("[keys]\nbook.x = none\nscreen.s = help\n");
	assert_int_equal(s.problems, 0);
	assert_int_equal(keys_find(SCOPE_BOOK, 'x'), ACT_NONE);
	assert_int_equal(keys_find(SCOPE_BOOK, 's'), ACT_SORT);
	assert_int_equal(keys_find(SCOPE_ACCOUNT, 's'), ACT_HELP);
}

static void test_keys_that_stay(void **state)
{
	static const struct {
		const char *file, *says; /* NULL: taken */
		enum scope scope;
		const char *key;
		enum action action;
	} cases[] = {
		/* Moved, not lost. */
		{ "screen.: = none\nscreen.! = palette\n", NULL, SCOPE_BOOK, "!",
			ACT_PALETTE },
		{ "screen.: = quit\nscreen.q = palette\n", NULL, SCOPE_BOOK, "q",
			ACT_PALETTE },
		{ "screen.: = none\n", "leaves palette without a key", SCOPE_BOOK, ":",
			ACT_PALETTE },
		{ "book.: = help\n", "leaves palette without a key", SCOPE_BOOK, ":",
			ACT_PALETTE },
		{ "always.Esc = quit\n", "leaves back without a key", SCOPE_BOOK, "Esc",
			ACT_BACK },
		{ "input.Esc = none\ninput.C-c = none\n",
			"leaves input-cancel without a key", SCOPE_INPUT, "Esc",
			ACT_CANCEL },
		/* The palette has it. */
		{ "screen.r = none\n", NULL, SCOPE_BOOK, "r", ACT_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char file[200];

		snprintf(file, sizeof(file), "[keys]\n%s", cases[i].file);
		load(file);
		if (!cases[i].says)
			assert_int_equal(s.problems, 0);
		else if (!strstr(s.problem[0], cases[i].says))
			fail_msg("%s says: %s", cases[i].file, s.problem[0]);
		assert_int_equal(
			keys_find(cases[i].scope, key_of(cases[i].key)), cases[i].action);
	}
	/* Both ways out at once. */
	load("[keys]\nscreen.q = none\nalways.C-c = none\n");
	assert_int_equal(s.problems, 1);
	assert_non_null(keys_text(SCOPE_BOOK, ACT_QUIT));
}

static void test_too_many_keys(void **state)
{
	static const char *const places[] = { "book", "account", "quadrant", "trends",
		"popup", "start" };
	static char file[32768] = "[keys]\n";
	size_t n = strlen(file);

	(void)state;
	for (int i = 0; i < 6 * 94; i++)
		n += (size_t)snprintf(file + n, sizeof(file) - n, "%s.M-%c = help\n",
			places[i / 94], '!' + i % 94);
	load(file);
	assert_int_equal(s.problems, 6 * 94 - 512);
	assert_string_equal(s.problem[0], "conf:514: more than 512 keys");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_lines_of_the_file),
		cmocka_unit_test(test_sources),
		cmocka_unit_test(test_problems),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_goes_on),
		cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_key_names),
		cmocka_unit_test(test_own_keys),
		cmocka_unit_test(test_hidden_keys),
		cmocka_unit_test(test_keys_that_stay),
		cmocka_unit_test(test_too_many_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
