/* The palette does what the keys do: on every screen with a tab each command that has a
 * key there is found by its title, stands there with that key, and leads to the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/sanitized.h"
#include "tests/support/scene.h"
#include "tui/screen.h"

static char to_palette[96]; /* the keys to its line of the command */

/* The first line of what was found has title and key. */
static void is_first(struct tui *t, const char *title, const char *key)
{
	const char *dump = scene_dump(t), *line = strstr(dump, "│ >");
	char shown[256];

	line = line ? strchr(line, '\n') : NULL;
	if (!line)
		fail_msg("no palette: %s", dump);
	snprintf(shown, sizeof(shown), "%.*s", (int)strcspn(line + 1, "\n"), line + 1);
	if (!strstr(shown, title) || !strstr(shown, key))
		fail_msg("%s: \"%s %s\" is not first: %s", to_palette, title, key, shown);
}

/* Both ways, from the screen that `tab` leads to. */
static void same_as_key(const char *tab, const struct binding *b, const char *key)
{
	const struct action_def *def = action_def(b->action);
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, tab);
	const char *by_key;
	bool done;

	scene_feed(t, b->text);
	by_key = scene_dump(t);
	done = tui_done(t);
	tui_free(&t);
	t = scene_fresh(FIXTURE_COMPLETE, 24, 80, tab);
	snprintf(to_palette, sizeof(to_palette), "%s : '%s'", tab, def->title);
	scene_feed(t, to_palette + strlen(tab));
	is_first(t, def->title, key);
	scene_feed(t, "Enter");
	screen_same(to_palette, by_key, scene_dump(t));
	assert_int_equal(tui_done(t), done);
	tui_free(&t);
}

/* A command is told by its first key. */
static bool is_first_key(const struct binding *b, enum scope scope)
{
	const char *text = keys_text(scope, b->action);

	return text && strcmp(text, b->text) == 0;
}

/* The keys as they are once a console has been opened. */
static int bindings(const struct binding **out)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "");

	tui_free(&t);
	return keys_bindings(out);
}

static void test_as_keys(void **state)
{
	const struct binding *b;
	const int n = bindings(&b);
	int tried = 0;

	(void)state;
	for (int s = 0; s < SCREEN_COUNT; s++) {
		const struct screen_def *def = screen_def((enum screen_id)s);

		if (def->kind != SCREEN_TAB)
			continue;
		for (int i = 0; i < n; i++) {
			if (b[i].scope != def->scope || b[i].action == ACT_PALETTE ||
				(action_def(b[i].action)->flags & ACTION_HIDDEN) ||
				!is_first_key(&b[i], def->scope))
				continue;
			same_as_key(
				keys_text(SCOPE_SCREEN, def->action), &b[i], b[i].text);
			tried++;
		}
	}
	assert_true(tried > 80);
}

/* What every screen has a key for. */
static void test_everywhere(void **state)
{
	const struct binding *b;
	const int n = bindings(&b);

	(void)state;
	assert_true(n > 0);
	for (int i = 0; i < n; i++)
		if (b[i].scope == SCOPE_SCREEN && b[i].action != ACT_PALETTE &&
			!(action_def(b[i].action)->flags & ACTION_HIDDEN) &&
			is_first_key(&b[i], SCOPE_SCREEN))
			same_as_key("2", &b[i], b[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_keys),
		cmocka_unit_test(test_everywhere),
	};

	if (sanitized()) {
		puts("skipped: the palette does the same with sanitizers; test_goldens "
		     "and test_monkey use it there");
		return 77;
	}
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
