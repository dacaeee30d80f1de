/* Every action can be reached from every screen, by key or by palette, or it is said why
 * not. With TIERDESK_ACTIONS_TABLE set the table is printed and nothing is tested. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/reach.h"

static bool is_listed(enum action action)
{
	return !(action_def(action)->flags & ACTION_HIDDEN);
}

static bool is_palette_of(enum screen_id id)
{
	return keys_text(screen_def(id)->scope, ACT_PALETTE) != NULL;
}

/* Nothing is said only of what is not listed. A key is bound; what is only on another
 * screen is really there, where a key does it. */
static bool is_true(enum screen_id here, enum action action, const char *text)
{
	const char *key = keys_text(screen_def(here)->scope, action);
	const enum screen_id other = reach_elsewhere(here, action);

	if (strncmp(text, "key ", 4) == 0)
		return key && strcmp(text + 4, key) == 0;
	if (strncmp(text, "only on ", 8) == 0)
		return !key && other != SCREEN_COUNT &&
		       strcmp(text + 8, screen_def(other)->title) == 0 &&
		       keys_text(screen_def(other)->scope, action);
	if (strcmp(text, "palette") == 0)
		return !key && is_listed(action) && is_palette_of(here);
	if (strcmp(text, "close this first") == 0)
		return !key && is_listed(action) && !is_palette_of(here) &&
		       screen_def(here)->kind == SCREEN_POPUP;
	return !*text && !is_listed(action);
}

static void test_reasons_are_true(void **state)
{
	(void)state;
	for (int s = 0; s < SCREEN_COUNT; s++) {
		for (int i = 1; i < ACT_COUNT; i++) {
			const char *text =
				action_reach((enum screen_id)s, (enum action)i);

			if (!is_true((enum screen_id)s, (enum action)i, text))
				fail_msg("%s on %s: \"%s\"",
					action_def((enum action)i)->name,
					screen_def((enum screen_id)s)->title, text);
		}
	}
}

/* Whatever is listed can be done somewhere, and on every tab the palette opens. */
static void test_all_can_be_done(void **state)
{
	(void)state;
	for (int i = 1; i < ACT_COUNT; i++) {
		bool done = !is_listed((enum action)i);

		for (int s = 0; s < SCREEN_COUNT; s++) {
			const char *text =
				action_reach((enum screen_id)s, (enum action)i);

			done |= strncmp(text, "key ", 4) == 0 ||
				strcmp(text, "palette") == 0;
		}
		assert_true(done);
	}
	for (int s = 0; s < SCREEN_COUNT; s++)
		if (screen_def((enum screen_id)s)->kind == SCREEN_TAB)
			assert_true(is_palette_of((enum screen_id)s));
}

static void print_table(void)
{
	printf("%-24s", "");
	for (int s = 0; s < SCREEN_COUNT; s++)
		if (screen_def((enum screen_id)s)->kind != SCREEN_POPUP)
			printf("%-18s", screen_def((enum screen_id)s)->title);
	for (int i = 1; i < ACT_COUNT; i++) {
		if (!is_listed((enum action)i))
			continue;
		printf("\n%-24s", action_def((enum action)i)->name);
		for (int s = 0; s < SCREEN_COUNT; s++)
			if (screen_def((enum screen_id)s)->kind != SCREEN_POPUP)
				printf("%-18s",
					action_reach((enum screen_id)s, (enum action)i));
	}
	printf("\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reasons_are_true),
		cmocka_unit_test(test_all_can_be_done),
	};

	if (keys_init(NULL) != ST_OK)
		return 1;
	if (getenv("TIERDESK_ACTIONS_TABLE")) {
		print_table();
		return 0;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
