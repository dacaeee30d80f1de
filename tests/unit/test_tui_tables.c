/* The tables the console is made of hold together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/text.h"
#include "tui/canvas.h"
#include "tui/keys.h"
#include "tui/screen.h"
#include "tui/theme.h"

static void test_actions(void **state)
{
	(void)state;
	for (int i = 1; i < ACT_COUNT; i++) {
		const struct action_def *d = action_def((enum action)i);
		size_t n = strlen(d->help);

		assert_true(n > 1 && d->help[n - 1] == '.');
		assert_in_range(text_columns(text_of(d->title)), 1, 28);
		assert_true(d->group[0] != '\0');
		assert_int_equal(
			strspn(d->name, "abcdefghijklmnopqrstuvwxyz-"), strlen(d->name));
		for (int j = 1; j < i; j++)
			assert_string_not_equal(
				d->name, action_def((enum action)j)->name);
	}
}

static bool has_key(enum action a)
{
	const struct binding *b;
	int n = keys_bindings(&b);

	for (int i = 0; i < n; i++)
		if (b[i].action == a)
			return true;
	return false;
}

/* Every action has a key or stands in the palette. */
static void test_actions_are_reachable(void **state)
{
	(void)state;
	for (int i = 1; i < ACT_COUNT; i++)
		assert_true(has_key((enum action)i) ||
			    !(action_def((enum action)i)->flags & ACTION_HIDDEN));
}

static void test_keys(void **state)
{
	const struct binding *b;
	int n = keys_bindings(&b);
	struct err e;

	(void)state;
	assert_int_equal(keys_init(&e), ST_OK);
	for (int i = 0; i < n; i++) {
		assert_int_equal(keys_find(b[i].scope, b[i].key), b[i].action);
		for (int j = 0; j < i; j++)
			if (b[j].scope == b[i].scope && b[j].key == b[i].key)
				fail_msg("the key %s stands twice in one scope",
					b[i].text);
		/* What stands in the hints must fit there. */
		if (b[i].hint)
			assert_true(strlen(b[i].text) < 12);
	}
	for (int s = 0; s < SCOPE_COUNT; s++) {
		int steps = 0;

		for (enum scope at = (enum scope)s; at != SCOPE_NONE;
			at = keys_around(at))
			assert_true(++steps < SCOPE_COUNT);
	}
}

static void test_key_names(void **state)
{
	static const struct {
		const char *name;
		int32_t key;
	} good[] = { { "a", 'a' }, { "Space", ' ' }, { "Tab", '\t' }, { "C-a", 1 },
		{ "C-z", 26 }, { "Enter", KEY_ENTER_ }, { "PgDn", KEY_PAGE_DOWN_ },
		{ "ü", 0xfc }, { "C", 'C' } };
	static const char *const bad[] = { "", "aa", "C-", "C-A", "C-1", "enter", " ",
		"\001", "\xff", "C-aa" };
	int32_t key;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_true(key_parse(text_of(good[i].name), &key));
		assert_int_equal(key, good[i].key);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_false(key_parse(text_of(bad[i]), &key));
}

/* Without colours no role that warns looks like plain text or depends on dimness. */
static void test_roles(void **state)
{
	static const int colours[] = { 0, 8, 16, 256 };

	(void)state;
	for (int i = 0; i < ROLE_COUNT; i++) {
		for (int j = 0; j < i; j++)
			assert_true(theme_role_letter((enum role)i) !=
				    theme_role_letter((enum role)j));
		assert_non_null(theme_role_name((enum role)i));
		for (size_t k = 0; k < 4; k++) {
			for (int t = 0; t < 3; t++) {
				struct look look = theme_look(
					(enum role)i, (enum theme)t, colours[k]);

				assert_in_range(look.fg + 1, 0, colours[k]);
				assert_in_range(look.bg + 1, 0, colours[k]);
				/* Blue on black can't be read. */
				assert_true(colours[k] != 8 || look.fg != 4);
			}
		}
	}
	assert_int_not_equal(theme_look(ROLE_ERROR, THEME_AUTO, 0).attributes, 0);
	assert_int_not_equal(theme_look(ROLE_BAD, THEME_AUTO, 0).attributes, 0);
	assert_true(theme_look(ROLE_TAB_HERE, THEME_AUTO, 0).attributes & LOOK_REVERSE);
	assert_true(theme_focus(ROLE_TEXT, THEME_AUTO, 0).attributes & LOOK_REVERSE);
	assert_true(theme_focus(ROLE_TEXT, THEME_AUTO, 8).attributes & LOOK_REVERSE);
}

static void test_glyphs(void **state)
{
	struct canvas utf8, ascii;

	(void)state;
	canvas_init(&utf8, false);
	canvas_init(&ascii, true);
	for (int g = 0; g < GLYPH_COUNT; g++) {
		const char *s = canvas_glyph_text(&ascii, (enum glyph)g);

		assert_int_equal(strlen(s), 1);
		assert_in_range(s[0], '!', '~');
		assert_int_equal(
			text_columns(text_of(canvas_glyph_text(&utf8, (enum glyph)g))),
			1);
	}
}

static void test_screens(void **state)
{
	(void)state;
	for (int i = 0; i < SCREEN_COUNT; i++) {
		const struct screen_def *d = screen_def((enum screen_id)i);

		assert_non_null(d->ops->paint);
		assert_true(d->ops->size > 0);
		assert_int_not_equal(d->scope, SCOPE_NONE);
		if (d->kind == SCREEN_TAB)
			assert_non_null(keys_text(SCOPE_SCREEN, d->action));
		/* A way out of everything that lies on top. */
		if (d->kind != SCREEN_TAB)
			assert_true(keys_find(d->scope, KEY_ESC_) == ACT_BACK ||
				    keys_find(d->scope, KEY_ESC_) == ACT_CANCEL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_actions),
		cmocka_unit_test(test_actions_are_reachable),
		cmocka_unit_test(test_keys),
		cmocka_unit_test(test_key_names),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_glyphs),
		cmocka_unit_test(test_screens),
	};

	if (keys_init(NULL) != ST_OK)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
