/* The guided import, from the first screen on: its steps and ways back, paths, and long
 * work that is stopped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "core/change.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/starting.h"

static void test_import(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("accounts.csv"));

	(void)state;
	starting_shows(t, "5 of 6 columns are taken");
	starting_shows(t, "o options  t other rows  w save mapping");
	scene_feed(t, "c");
	starting_shows(t, "3  rows read");
	starting_shows(t, "Nothing is changed yet.");
	starting_shows(t, "It makes 2 new CSMs: Dana Reyes, Ben Okafor.");
	scene_feed(t, "Enter");
	starting_shows(t, "Imported accounts.csv");
	starting_shows(t, "It made 2 new CSMs: Dana Reyes, Ben Okafor.");
	starting_shows(t, "3  came in new");
	scene_feed(t, "Enter");
	starting_shows(t, "Set-up worksheet");
	starting_shows(t, "recalculated as of 2026-03-31");
	starting_shows(t, "3 active accounts");
	starting_shows(t, "3 of 3 accounts have a renewal date (100 %)");
	/* The same again changes nothing, and says so. */
	scene_feed(t, "Esc");
	starting_shows(t, "Northwind Traders");
	starting_shows(t, "3 accounts");
	scene_feed(t, "I 'accounts.csv' Enter c");
	starting_shows(t, "3  say what the book says already");
	scene_feed(t, "Enter");
	starting_shows(t, "there is nothing to take");
	/* Left before it was recalculated, the figures are older than the data. */
	host_memory_put(
		starting_host(), "more.csv", "account_id,name,arr\nA-9,Litware,5\n");
	scene_feed(t, "Esc f 'more.csv' Enter c Enter Esc");
	starting_shows(t, "data newer than figures: r");
	scene_feed(t, "r");
	starting_shows_not(t, "data newer");
	starting_end(&t);
}

static void test_escape_leads_back(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("accounts.csv") "c Esc");

	(void)state;
	starting_shows(t, "step 1 of 3");
	scene_feed(t, "Esc");
	starting_shows(t, "The book is empty.");
	scene_feed(t, "I Esc");
	starting_shows(t, "The book is empty.");
	starting_end(&t);
}

/* What the first start asked is asked again, though a book was made for the file. */
static void test_left_at_a_first_start(void **state)
{
	struct tui *t = starting("");

	(void)state;
	starting_shows_not(t, "Esc back");
	host_memory_place(starting_host());
	scene_feed(t, STARTING_IMPORT("accounts.csv") "Esc");
	starting_shows(t, "There are no customers in your book yet.");
	starting_shows(t, "Look at a demo book");
	starting_shows(t, "Esc back");
	scene_feed(t, "Down Enter Esc");
	starting_shows(t, "There are no customers in your book yet.");
	scene_feed(t, "Enter 'accounts.csv' Enter c Enter u");
	starting_shows(t, "There are no customers in your book yet.");
	starting_shows(t, "undone: ");
	scene_feed(t, "Enter 'accounts.csv' Enter c Enter Enter");
	starting_shows(t, "Set-up worksheet");
	scene_feed(t, "Esc");
	starting_shows(t, "3 accounts");
	scene_feed(t, "C-o");
	starting_shows(t, "Another book");
	scene_feed(t, "Down Enter Esc");
	starting_shows(t, "Another book");
	starting_end(&t);
	/* It is not in the way of what is opened instead. */
	t = starting("");
	host_memory_place(starting_host());
	scene_feed(t, STARTING_IMPORT("accounts.csv") "c Esc Esc Enter");
	starting_shows(t, "Northwind Traders");
	starting_shows_not(t, "Look at a demo book");
	starting_end(&t);
}

/* Another program was faster: it is a book like any other. */
static void test_first_accounts_elsewhere(void **state)
{
	struct book *b = fixture_book(FIXTURE_EMPTY);
	struct tui *t;

	(void)state;
	b->path = host_memory_host(starting_new_host())->usual_book;
	t = starting_on(b, "");
	starting_shows(t, "There are no customers in your book yet.");
	rows_add_accounts(b->store, 3);
	book_forget(b);
	scene_feed(t, "? Esc"); /* shown anew */
	starting_shows_not(t, "There are no customers in your book yet.");
	starting_shows_not(t, "Welcome");
	b->path = NULL;
	starting_end(&t);
}

/* Whoever comes back from an import that took accounts lands in the book. */
static void test_welcome_ends_with_the_first_account(void **state)
{
	static const char *const back[] = { "Esc", "f Esc Esc",
		"f 'accounts.csv' Enter Esc", "f 'accounts.csv' Enter c Esc Esc",
		"f 'csms.csv' Enter c Enter Enter" };

	(void)state;
	for (size_t i = 0; i < sizeof(back) / sizeof(*back); i++) {
		struct tui *t = starting("");

		host_memory_place(starting_host());
		host_memory_put(
			starting_host(), "csms.csv", "name,email,team\nDana,d@x.y,A\n");
		scene_feed(t, STARTING_IMPORT("accounts.csv") "c Enter");
		scene_feed(t, back[i]);
		starting_shows(t, "3 accounts");
		starting_shows_not(t, "Welcome");
		scene_feed(t, "2");
		starting_shows(t, "Northwind Traders");
		scene_feed(t, "I");
		starting_shows(t, "Import: which file");
		starting_end(&t);
	}
}

/* A last key that only goes on says so. */
static void test_csms_imported(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "csms.csv", "name,email,team\nDana,d@x.y,A\n");
	scene_feed(t, STARTING_IMPORT("csms.csv") "c");
	starting_shows(t, "Enter import");
	scene_feed(t, "Enter");
	starting_shows(t, "1  came in new");
	starting_shows(t, "Enter go on");
	scene_feed(t, "Enter");
	starting_shows(t, "The book is empty.");
	starting_end(&t);
}

/* Where the result says so. */
static void test_undo_of_an_import(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("accounts.csv") "c");

	(void)state;
	starting_shows(t, "Enter import");
	scene_feed(t, "u");
	starting_shows(t, "nothing is imported yet");
	scene_feed(t, "Enter");
	starting_shows(t, "u takes it all back");
	starting_shows_not(t, "Enter import");
	starting_shows(t, "Enter recalculate");
	scene_feed(t, "u");
	starting_shows(t, "undone: ");
	starting_shows(t, "The book is empty.");
	starting_end(&t);
}

/* What was done since stands: the import is not left before it is taken back. */
static void test_undo_that_fails(void **state)
{
	struct book *b = fixture_book(FIXTURE_RAW);
	struct cell cells[ACCOUNT_FIELDS] = { [F_NAME] = CELL_OF_TEXT(TEXT("Zed")) };
	struct change change = { .kind = REC_ACCOUNT, .fields = 1u << F_NAME };
	struct tui *t = starting_on(b, "");
	uint32_t id = 0;
	struct err e;

	(void)state;
	host_memory_put(starting_host(), "z.csv", "account_id,name\nZ-9,Zett\n");
	scene_feed(t, "I 'z.csv' Enter c Enter");
	starting_shows(t, "Imported z.csv");
	assert_int_equal(book_find(b, TEXT("Z-9"), &id, &e), ST_OK);
	change.row = id;
	change.cells = cells;
	assert_int_equal(book_change(b, &change, 1, "edit", NULL, &e), ST_OK);
	scene_feed(t, "u");
	starting_shows(t, "Imported z.csv");
	starting_shows_not(t, "undone: ");
	assert_int_equal(book_undo(b, 2, &e), ST_OK);
	scene_feed(t, "u");
	starting_shows(t, "undone: import z.csv");
	starting_shows_not(t, "Imported z.csv");
	starting_end(&t);
}

/* No book is made before there is a file to read. */
static void test_no_book_for_nothing(void **state)
{
	struct tui *t = starting("Down Enter");

	(void)state;
	starting_shows(t, "Import: which file");
	scene_feed(t, "'nowhere/none.csv' Enter");
	starting_shows(t, "none.csv");
	scene_feed(t, "Esc Esc");
	starting_shows(t, "Welcome");
	scene_feed(t, "Enter 'nowhere/none.csv' Enter C-u 'accounts.csv' Enter");
	starting_shows(t, "step 1 of 3");
	starting_shows_not(t, "none.csv");
	starting_end(&t);
}

/* In a small window there is a sign that the list goes on. */
static void test_more_files(void **state)
{
	struct tui *t = starting("");
	char name[32];

	(void)state;
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof(name), "f%02d.csv", i);
		host_memory_put(starting_host(), name, "account_id\n");
	}
	tui_resize(t, 15, 60);
	scene_feed(t, "Down Enter");
	starting_shows(t, "\u25bc");
	starting_shows_not(t, "\u25b2");
	scene_feed(t, "PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
	starting_shows(t, "\u25b2");
	starting_shows_not(t, "\u25bc");
	starting_end(&t);
}

/* Whoever only brings figures up to date adds no account by a slip in its number. */
static void test_update_only(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("accounts.csv") "c Enter Enter Esc");

	(void)state;
	host_memory_put(starting_host(), "more.csv",
		"account_id,name,arr\nA-1,Northwind,5\nA-l,Northwind,6\n");
	scene_feed(t, "I 'more.csv' Enter o 'not in the book' Enter");
	starting_shows(t, "rows are accounts (no new ones)");
	scene_feed(t, "o");
	starting_shows(t, "refused");
	scene_feed(t, "Esc c");
	starting_shows(t, "0  are new");
	starting_shows(t, "1  change what is there");
	starting_shows(t, "3:1  account_id: \"A-l\" is no account");
	scene_feed(t, "Esc t 'signals' Enter");
	starting_shows_not(t, "no new ones");
	starting_end(&t);
}

/* The name of an owner leaves how many and the day their room. */
static void test_long_owner(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "long.csv",
		"account_id,name,csm\nA-1,Acme,Maximiliane Hohenstaufen-Wittelsbach von "
		"und zu Hinterwald\nA-2,Bolt,\n");
	scene_feed(t, STARTING_IMPORT("long.csv") "c Enter Enter Esc 2 O 'maxi' Enter");
	starting_shows(t, "Maximiliane Hoh\u2026: 1 of 2");
	starting_shows(t, "as of 2026-03-31");
	tui_resize(t, 15, 60);
	starting_shows(t, "Maximiliane\u2026: 1 of 2");
	starting_shows(t, "as of 2026-03-31");
	starting_end(&t);
}

/* A path is completed, what it leads to is listed, and the next file is looked for there.
 */
static void test_paths(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "/data/customers/north.csv",
		"account_id,name\nA-1,Acme\n");
	host_memory_put(starting_host(), "/data/customers/notes.csv", "x\n1\n");
	host_memory_put(starting_host(), "/data/custom.txt", "x\n1\n");
	scene_feed(t, "Down Enter '/data/cu'");
	starting_shows(t, "customers/");
	starting_shows(t, "custom.txt");
	scene_feed(t, "Tab");
	starting_shows(t, "> /data/custom");
	scene_feed(t, "'e' Tab");
	starting_shows(t, "> /data/customers/");
	starting_shows(t, "north.csv");
	scene_feed(t, "'no' Tab");
	starting_shows(t, "> /data/customers/no");
	scene_feed(t, "C-u");
	starting_shows_not(t, "north.csv");
	scene_feed(t, "'/nowhere/x'");
	starting_shows(t, "there is no such folder");
	scene_feed(t, "C-u '/data/customers' Enter");
	starting_shows(t, "notes.csv");
	scene_feed(t, "C-u '/data/customers/north.csv' Enter");
	starting_shows(t, "Columns of north.csv");
	scene_feed(t, "f");
	starting_shows(t, "notes.csv");
	starting_shows(t, "/data/customers");
	scene_feed(t, "'notes' Tab");
	starting_shows(t, "> notes.csv");
	starting_end(&t);
}

/* Who follows the guide to its end can go back: alerts of its recalculation go along. */
static void test_undone_after_all(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "near.csv",
		"account_id,name,renewal_date\nA-1,Acme,2026-04-10\n");
	scene_feed(t, STARTING_IMPORT("near.csv") "c Enter Enter");
	starting_shows(t, "recalculated as of 2026-03-31");
	scene_feed(t, "Esc");
	scene_feed(t, "u");
	starting_shows(t, "undone: import accounts near.csv");
	starting_shows(t, "0 accounts");
	scene_feed(t, "U");
	starting_shows(t, "1 account ");
	starting_end(&t);
}

static void put_many(int n)
{
	char *text = malloc((size_t)n * 24 + 32);
	size_t at;

	assert_non_null(text);
	at = (size_t)sprintf(text, "account_id,name\n");
	for (int i = 0; i < n; i++)
		at += (size_t)sprintf(text + at, "B-%d,Many %d\n", i, i);
	host_memory_put(starting_host(), "many.csv", text);
	free(text);
}

static void test_stopped(void **state)
{
	struct tui *t = starting("");
	struct starting_pump p = { .t = t, .stop_at = 1 };

	(void)state;
	put_many(20000);
	tui_pump(t, starting_pumps, &p);
	scene_feed(t, STARTING_IMPORT("many") "c");
	starting_shows(t, "stopped: nothing was changed");
	starting_shows(t, "step 1 of 3");
	p.stop_at = 0;
	scene_feed(t, "c");
	starting_shows(t, "20,000  are new");
	p.stop_at = p.calls + 2;
	scene_feed(t, "Enter");
	starting_shows(t, "stopped: nothing was changed");
	starting_shows(t, "step 2 of 3");
	p.stop_at = 0;
	scene_feed(t, "Esc Esc");
	starting_shows(t, "The book is empty.");
	scene_feed(t, "I 'many' Enter c Enter");
	starting_shows(t, "20,000  came in new");
	p.stop_at = p.calls + 3; /* of the five parts */
	scene_feed(t, "Enter");
	starting_shows(t, "stopped: nothing was changed");
	starting_shows(t, "never recalculated");
	scene_feed(t, "r");
	starting_shows(t, "20000 accounts");
	starting_shows_not(t, "never recalculated");
	assert_true(p.seen);
	starting_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import),
		cmocka_unit_test(test_escape_leads_back),
		cmocka_unit_test(test_left_at_a_first_start),
		cmocka_unit_test(test_first_accounts_elsewhere),
		cmocka_unit_test(test_welcome_ends_with_the_first_account),
		cmocka_unit_test(test_csms_imported),
		cmocka_unit_test(test_undo_of_an_import),
		cmocka_unit_test(test_undo_that_fails),
		cmocka_unit_test(test_no_book_for_nothing),
		cmocka_unit_test(test_more_files),
		cmocka_unit_test(test_update_only),
		cmocka_unit_test(test_long_owner),
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_undone_after_all),
		cmocka_unit_test(test_stopped),
	};

	return cmocka_run_group_tests(tests, starting_setup, starting_teardown);
}
