/* From no book to one: the first screen, another book, the set-up worksheet, and what
 * keys in any order make of it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/starting.h"

/* Who looked at the moves comes back to the question at the answer that makes them. */
static void test_look_then_apply(void **state)
{
	struct tui *t = starting_on(fixture_book(FIXTURE_RAW), "S Home j j j j Enter");

	(void)state;
	assert_true(scene_shows(t, -1, "look at the moves first"));
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, -1, "Esc goes on to the question"));
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, -1, "takes it back."));
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, 22, "the review is applied"));
	starting_end(&t);
}

static void test_named_book(void **state)
{
	struct host_memory *host;
	struct tui *t = NULL;
	struct err e;

	(void)state;
	host = starting_new_host();
	host_memory_host(host)->named_book = true;
	host_memory_host(host)->usual_book = "/home/dana/team.db";
	assert_int_equal(
		tui_open(NULL, host_memory_host(host), 24, 80, false, &t, &e), ST_OK);
	starting_shows(t, "There is no book at /home/dana/team.db.");
	scene_feed(t, "Enter");
	starting_shows(t, "The book is empty.");
	assert_non_null(host_memory_get(host, "/home/dana/team.db"));
	tui_free(&t);
}

/* Without a book nothing but what can do without one is to be had. */
static void test_bookless(void **state)
{
	static const char *const keys[] = { "2", "3", "r", "/", "o", "x", "S", "I", "u",
		"Esc", "Tab", "=", "Space", "?", "Esc", ": 'recalc' Enter", "Esc" };
	struct tui *t = starting("");

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		scene_feed(t, keys[i]);
	tui_tick(t);
	tui_click(t, 1, 4);
	scene_feed(t, "Esc");
	starting_shows(t, "Look at a demo book");
	scene_feed(t, ": 'import'");
	starting_shows(t, "no book is open");
	scene_feed(t, "Esc q");
	assert_true(tui_done(t));
	starting_end(&t);
}

static bool a_key_waits(void *arg)
{
	return *(bool *)arg;
}

/* Who types before the book is there sees what it is as soon as the keys are done. */
static void test_typed_ahead(void **state)
{
	struct tui *t = starting("");
	bool waits = true;

	(void)state;
	tui_pending(t, a_key_waits, &waits);
	scene_feed(t, STARTING_IMPORT("accounts.csv"));
	waits = false;
	while (tui_pause(t))
		;
	starting_shows(t, "step 1 of 3");
	starting_shows(t, "never recalculated");
	starting_end(&t);
}

static void test_demo(void **state)
{
	struct tui *t = starting("");
	struct starting_pump p = { .t = t, .stop_at = 2 };

	(void)state;
	tui_pump(t, starting_pumps, &p);
	scene_feed(t, "Enter");
	starting_shows(t, "stopped: nothing was changed");
	starting_shows(t, "Look at a demo book");
	p.stop_at = 0;
	scene_feed(t, "Enter");
	starting_shows(t, "Northwind Traders");
	/* Made already, it is opened again. */
	scene_feed(t, "C-o Enter");
	starting_shows(t, "Northwind Traders");
	starting_shows_not(t, "Another book");
	starting_end(&t);
}

static void test_other_book(void **state)
{
	struct tui *t = starting("");

	(void)state;
	scene_feed(t, "End Enter '~/nowhere.db' Enter");
	starting_shows(t, "there is no book at");
	starting_shows(t, "> ~/nowhere.db"); /* what was typed stays */
	scene_feed(t, "C-u 'books' Enter");
	starting_shows(t, "old.db ");
	scene_feed(t, "'old' Enter");
	starting_shows(t, "Northwind Traders");
	scene_feed(t, "/ 'health:<60' Enter Space C-o");
	starting_shows(t, "Another book");
	scene_feed(t, "Esc");
	starting_shows(t, " health:<");
	scene_feed(t, "C-o End Enter '~/books/old.db' Enter");
	starting_shows_not(t, "marked");
	starting_shows_not(t, "health:<");
	starting_end(&t);
}

static void test_new_book(void **state)
{
	struct tui *t = starting("Enter");

	(void)state;
	starting_shows(t, "Northwind Traders");
	scene_feed(t, "C-o Down Down Enter");
	starting_shows(t, "Begin a new book");
	scene_feed(t, "C-u '~/books/old.db' Enter");
	starting_shows(t, "choose another one");
	scene_feed(t, "C-u '~/ours.db' Enter");
	starting_shows(t, "The book is empty.");
	assert_non_null(host_memory_get(starting_host(), "/home/dana/ours.db"));
	scene_feed(t, "I");
	starting_shows(t, "Import: which file");
	starting_end(&t);
}

static void test_recent_books(void **state)
{
	static const char kept[] = "[recent]\nbook1 = /home/dana/books/old.db\n"
				   "book2 = /home/dana/gone.db\n";
	struct host_memory *host;
	struct tui *t = NULL;
	struct err e;

	(void)state;
	host = starting_new_host();
	scene_files(host);
	host_memory_host(host)->kept = kept;
	assert_int_equal(
		tui_open(NULL, host_memory_host(host), 24, 80, false, &t, &e), ST_OK);
	starting_shows(t, "Opened before");
	scene_feed(t, "End Enter");
	starting_shows(t, "there is no book at /home/dana/gone.db");
	scene_feed(t, "End Up Enter");
	starting_shows(t, "Northwind Traders");
	tui_free(&t);
}

static void test_kept_policy(void **state)
{
	struct tui *t = starting_on(fixture_book(FIXTURE_RAW), "S End Enter");

	(void)state;
	starting_shows(t, "the shipped one, kept on purpose");
	assert_non_null(strstr(host_memory_kept(starting_host()), "[setup]\npolicy-"));
	scene_feed(t, "Enter");
	starting_shows(t, "nobody looked at it yet");
	starting_end(&t);
}

static void test_placement(void **state)
{
	struct tui *t = starting_on(fixture_book(FIXTURE_RAW), "S");

	(void)state;
	scene_feed(t, "Home j j j j Enter");
	starting_shows(t, "look at the moves first");
	scene_feed(t, "Enter");
	starting_shows(t, "What the review would do");
	scene_feed(t, "Esc 'apply'");
	starting_shows(t, "u takes it back");
	scene_feed(t, "Enter");
	starting_shows(t, "the review is applied");
	starting_shows(t, "are in a tier");
	scene_feed(t, "u");
	starting_shows(t, "undone: review");
	starting_end(&t);
}

/* What some accounts lack is listed, and Esc leads back to what was looked at. */
static void test_missing_is_listed(void **state)
{
	struct tui *t = starting_on(fixture_book(FIXTURE_RAW), "2 o S Home j");

	(void)state;
	starting_shows(t, "without an owner: 5 of 36 accounts");
	starting_shows(t, "Enter lists the accounts that lack it, I imports a file");
	scene_feed(t, "Enter");
	starting_shows(t, "filter csm:none");
	starting_shows(t, "5 of 36");
	scene_feed(t, "Esc");
	starting_shows_not(t, "filter csm:none");
	starting_shows(t, "mine: ");
	scene_feed(t, "S Home j j j Enter");
	starting_shows(t, "filter renewal:none");
	starting_shows(t, "2 of 36");
	starting_end(&t);
}

static void test_worksheet_is_saved(void **state)
{
	struct tui *t = starting_on(fixture_book(FIXTURE_COMPLETE), "S x C-s");

	(void)state;
	assert_non_null(strstr(host_memory_get(starting_host(), "/home/dana/set-up.txt"),
		"[x] 1 Accounts"));
	scene_feed(t, "x C-s");
	starting_shows(t, "is there already: replace it");
	scene_feed(t, "Right C-s");
	starting_shows(t, "the worksheet is in /home/dana/set-up.txt");
	starting_end(&t);
}

/* Any keys in any order: it stays what it is, and Esc leads out. */
static void test_monkey(void **state)
{
	static const char *const keys[] = { "Enter", "Enter", "Esc", "j", "k", "Down",
		"Down", "End", "Home", "I", "S", "C-o", "c", "t", "m", "o", "w", "e", "f",
		"x", "y", "n", "a", "'acc'", "'.csv'", "Backspace", "C-u", "PgDn", ":",
		"?", "r", "2", "u", "'~/'", "Space" };
	uint32_t x = 7;

	(void)state;
	for (int round = 0; round < 12; round++) {
		struct tui *t = starting("");

		for (int i = 0; i < 400 && !tui_done(t); i++) {
			x = x * 1664525 + 1013904223;
			scene_feed(t, keys[(x >> 8) % (sizeof(keys) / sizeof(*keys))]);
			if (i % 40 == 0)
				tui_resize(t, 10 + (int)(x >> 10) % 40,
					50 + (int)(x >> 16) % 100);
		}
		tui_resize(t, 24, 80);
		scene_feed(t, "Esc Esc Esc Esc Esc Esc Esc");
		starting_shows(t, "tierdesk");
		starting_end(&t);
	}
}

/* A host that has nothing: every way says so and leads nowhere. */
static void test_no_host(void **state)
{
	struct tui *t = NULL;
	struct err e;

	(void)state;
	assert_int_equal(tui_open(NULL, NULL, 24, 80, false, &t, &e), ST_OK);
	scene_feed(t, "Enter");
	starting_shows(t, "no other book can be had here");
	scene_feed(t, "j Enter");
	starting_shows(t, "no other book can be had here");
	scene_feed(t, "j Enter");
	starting_shows(t, "no files can be had here");
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_look_then_apply),
		cmocka_unit_test(test_named_book),
		cmocka_unit_test(test_bookless),
		cmocka_unit_test(test_typed_ahead),
		cmocka_unit_test(test_demo),
		cmocka_unit_test(test_other_book),
		cmocka_unit_test(test_new_book),
		cmocka_unit_test(test_recent_books),
		cmocka_unit_test(test_kept_policy),
		cmocka_unit_test(test_placement),
		cmocka_unit_test(test_missing_is_listed),
		cmocka_unit_test(test_worksheet_is_saved),
		cmocka_unit_test(test_no_host),
		cmocka_unit_test(test_monkey),
	};

	return cmocka_run_group_tests(tests, starting_setup, starting_teardown);
}
