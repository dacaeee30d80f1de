/* From no book to a complete one: the first screen, files, the guided import, the set-up
 * worksheet, another book, and long work that is stopped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"

static struct host_memory *host;
static struct arena arena;
static struct book *lent; /* of the console at hand; NULL: it began without one */

static struct tui *begin_on(struct book *b, int rows, int columns, const char *keys)
{
	struct tui *t = NULL;
	struct err e = { .text = "" };

	host_memory_free(&host);
	host = host_memory_new();
	scene_files(host);
	lent = b;
	if (tui_open(b, host_memory_host(host), rows, columns, false, &t, &e) != ST_OK)
		fail_msg("%s", e.text);
	scene_feed(t, keys);
	return t;
}

static struct tui *begin(const char *keys)
{
	return begin_on(NULL, 24, 80, keys);
}

static void end(struct tui **t)
{
	tui_free(t);
	book_free(&lent);
}

static void shows(struct tui *t, const char *text)
{
	const char *dump = tui_dump(t, &arena);

	if (!strstr(dump, text))
		fail_msg("\"%s\" is not on the screen:\n%s", text, dump);
}

static void shows_not(struct tui *t, const char *text)
{
	if (strstr(tui_dump(t, &arena), text))
		fail_msg("\"%s\" is on the screen", text);
}

/* The import of a file, from the first screen to its columns. */
#define IMPORT_FILE(name) "Down Enter '" name "' Enter "

static void test_named_book(void **state)
{
	struct tui *t = NULL;
	struct err e;

	(void)state;
	host_memory_free(&host);
	host = host_memory_new();
	host_memory_host(host)->named_book = true;
	host_memory_host(host)->usual_book = "/home/dana/team.db";
	assert_int_equal(
		tui_open(NULL, host_memory_host(host), 24, 80, false, &t, &e), ST_OK);
	shows(t, "There is no book at /home/dana/team.db.");
	scene_feed(t, "Enter");
	shows(t, "The book is empty.");
	assert_non_null(host_memory_get(host, "/home/dana/team.db"));
	tui_free(&t);
}

/* Without a book nothing but what can do without one is to be had. */
static void test_bookless(void **state)
{
	static const char *const keys[] = { "2", "3", "r", "/", "o", "x", "S", "I", "u",
		"Esc", "Tab", "=", "Space", "?", "Esc", ": 'recalc' Enter", "Esc" };
	struct tui *t = begin("");

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		scene_feed(t, keys[i]);
	tui_tick(t);
	tui_click(t, 1, 4);
	scene_feed(t, "Esc");
	shows(t, "Look at a demo book");
	scene_feed(t, ": 'import'");
	shows(t, "no book is open");
	scene_feed(t, "Esc q");
	assert_true(tui_done(t));
	end(&t);
}

static void test_import(void **state)
{
	struct tui *t = begin(IMPORT_FILE("accounts.csv"));

	(void)state;
	shows(t, "5 of 6 columns are taken");
	scene_feed(t, "c");
	shows(t, "3  rows read");
	shows(t, "Nothing is changed yet.");
	scene_feed(t, "Enter");
	shows(t, "Imported accounts.csv");
	shows(t, "3  came in new");
	scene_feed(t, "Enter");
	shows(t, "Set-up worksheet");
	shows(t, "recalculated as of 2026-03-31");
	shows(t, "3 active accounts");
	shows(t, "3 of 3 accounts have a renewal date (100 %)");
	/* The same again changes nothing, and says so. */
	scene_feed(t, "Esc");
	shows(t, "Northwind Traders");
	shows(t, "3 accounts");
	scene_feed(t, "I 'accounts.csv' Enter c");
	shows(t, "3  say what the book says already");
	scene_feed(t, "Enter");
	shows(t, "there is nothing to take");
	/* Left before it was recalculated, the figures are older than the data. */
	host_memory_put(host, "more.csv", "account_id,name,arr\nA-9,Litware,5\n");
	scene_feed(t, "Esc f 'more.csv' Enter c Enter Esc");
	shows(t, "data newer than figures: r");
	scene_feed(t, "r");
	shows_not(t, "data newer");
	end(&t);
}

static void test_escape_leads_back(void **state)
{
	struct tui *t = begin(IMPORT_FILE("accounts.csv") "c Esc");

	(void)state;
	shows(t, "step 1 of 3");
	scene_feed(t, "Esc");
	shows(t, "The book is empty.");
	scene_feed(t, "I Esc");
	shows(t, "The book is empty.");
	end(&t);
}

/* Nothing fits by name; a person says what is what, and the mapping is saved. */
static void test_corrected_mapping(void **state)
{
	struct tui *t = begin(IMPORT_FILE("strange"));

	(void)state;
	shows(t, "required and missing: account_id");
	scene_feed(t, "c");
	shows(t, "no column is account_id yet");
	scene_feed(t, "Home Enter 'account_id' Enter");
	shows(t, "changed by you");
	scene_feed(t, "Down Enter 'name' Enter Down Enter 'arr' Enter");
	scene_feed(t, "Down Enter 'renewal' Enter");
	scene_feed(t, "o 'Amounts' Enter 'monthly' Enter o 'Dates' Enter 'dmy' Enter");
	shows(t, "4 of 4 columns are taken");
	scene_feed(t, "Esc");
	shows(t, "Leave the import?");
	scene_feed(t, "n");
	shows(t, "4 of 4 columns are taken");
	scene_feed(t, "w C-u '~/ours.ini' Enter");
	assert_string_equal(host_memory_get(host, "/home/dana/ours.ini"),
		"kind = accounts\n\n[columns]\naccount_id = Code\nname = Label\n"
		"arr = Per month\nrenewal_date = Day\n\n[options]\ndates = dmy\n"
		"interval = monthly\n");
	scene_feed(t, "c Enter");
	shows(t, "2  came in new");
	scene_feed(t, "Enter 2");
	shows(t, "$ 24"); /* 2000 a month */
	scene_feed(t, "I 'strange' Enter");
	shows(t, "required and missing");
	scene_feed(t, "m 'ours' Enter");
	shows(t, "4 of 4 columns are taken");
	scene_feed(t, "c");
	shows(t, "2  say what the book says already");
	end(&t);
}

/* A column with choices: yes and no are understood, other words are asked for. */
static void test_values(void **state)
{
	struct tui *t = begin("");

	(void)state;
	scene_feed(t, IMPORT_FILE("left.csv") "c");
	shows(t, "give it to status and say which");
	scene_feed(t, "Esc Down Down Enter 'status' Enter");
	shows(t, "What the values become");
	shows(t, "becomes churned");
	shows(t, "becomes active");
	scene_feed(t, "Enter c");
	shows(t, "3  are new");
	scene_feed(t, "Esc Down Enter 'status' Enter");
	shows(t, "not known");
	scene_feed(t, "Esc");
	shows(t, "2 of its values are not known");
	scene_feed(t, "Enter");
	scene_feed(t, "Enter Enter 'churned' Enter Enter");
	scene_feed(t, "'blank' Enter Enter c");
	shows(t, "3  are new");
	scene_feed(t, "Esc w C-u '~/ours.ini' Enter");
	assert_non_null(strstr(host_memory_get(host, "/home/dana/ours.ini"),
		"status.Gold = churned\nstatus.Tin = "));
	end(&t);
}

/* A column for each measure is no file of signals; what is one is said. */
static void test_wide_signals(void **state)
{
	struct tui *t = begin("");

	(void)state;
	scene_feed(t, IMPORT_FILE("wide.csv") "t 'signals' Enter");
	shows(t, "has a row for each value");
	shows(t, "pulse");
	end(&t);
	/* The worksheet knows what it asked for. */
	t = begin_on(fixture_book(FIXTURE_RAW), 24, 80, "");
	host_memory_put(host, "wide.csv", "Customer;Stand;nps\nA-1;2026-03-01;9\n");
	scene_feed(t, "S Home j j Enter 'wide.csv' Enter");
	shows(t, "rows are signals");
	end(&t);
}

/* A field has one column: giving it to another takes it from the first. */
static void test_a_field_moves(void **state)
{
	struct tui *t = begin(IMPORT_FILE("accounts.csv"));

	(void)state;
	scene_feed(t, "End Enter 'name' Enter");
	shows(t, "5 of 6 columns are taken");
	scene_feed(t, "Home Enter 'not taken' Enter");
	shows(t, "required and missing: account_id");
	scene_feed(t, "t 'contacts' Enter");
	shows(t, "rows are contacts");
	shows(t, "mapping guessed");
	end(&t);
}

static void test_rejected_rows(void **state)
{
	struct tui *t = begin(IMPORT_FILE("bad") "c");
	const char *file;

	(void)state;
	shows(t, "3  can't be taken");
	shows(t, "3:3  arr:");
	scene_feed(t, "e Enter");
	file = host_memory_get(host, "/home/dana/accounts-bad-rejected.csv");
	assert_non_null(file);
	assert_non_null(strstr(file, "Fabrikam"));
	assert_null(strstr(file, "Northwind"));
	shows(t, "accounts-bad-rejected.csv");
	/* A file that is there is not written over; what was typed stays. */
	scene_feed(t, "e Enter");
	shows(t, "choose another");
	scene_feed(t, "Esc Enter");
	shows(t, "1  came in new");
	shows(t, "3  were rejected and left out");
	end(&t);
}

/* What the file leaves open is said whole, with the key that settles it. */
static void test_doubtful_dates(void **state)
{
	struct tui *t = begin("");

	(void)state;
	scene_feed(t, IMPORT_FILE("dates.csv") "c");
	shows(t, "step 1 of 3");
	shows(t, "column 3");
	shows(t, "o sets what begins with -- here");
	scene_feed(t, "o 'Dates' Enter 'dmy' Enter c");
	shows(t, "2  are new");
	end(&t);
}

static void test_bad_files(void **state)
{
	struct tui *t = begin(IMPORT_FILE("empty"));

	(void)state;
	shows(t, "the file is empty");
	scene_feed(t, "c Enter m Esc o Esc w j k End");
	shows(t, "the file is empty");
	scene_feed(t, "f '/home/dana/none.csv' Enter");
	shows(t, "no such file");
	shows(t, "/home/dana/none.csv"); /* to be mended */
	scene_feed(t, "Esc");
	shows(t, "the file is empty"); /* the one before is still there */
	scene_feed(t, "f 'accounts.csv' Enter");
	shows(t, "5 of 6 columns are taken");
	scene_feed(t, "f 'holiday' Enter");
	shows(t, "not a table, it seems");
	host_memory_put(host, "book.xlsx", "PK\3\4");
	scene_feed(t, "f 'book.xlsx' Enter");
	shows(t, "the sheet as CSV");
	end(&t);
}

/* ---- long work ------------------------------------------------------------------ */

struct pumping {
	struct tui *t;
	int calls, stop_at; /* 0: never */
	bool seen;
};

static bool pump(void *arg)
{
	struct pumping *p = arg;

	p->seen |= strstr(tui_dump(p->t, &arena), "stops it; then nothing is changed") !=
		   NULL;
	return ++p->calls != p->stop_at;
}

static void put_many(int n)
{
	char *text = malloc((size_t)n * 24 + 32);
	size_t at;

	assert_non_null(text);
	at = (size_t)sprintf(text, "account_id,name\n");
	for (int i = 0; i < n; i++)
		at += (size_t)sprintf(text + at, "B-%d,Many %d\n", i, i);
	host_memory_put(host, "many.csv", text);
	free(text);
}

static void test_stopped(void **state)
{
	struct tui *t = begin("");
	struct pumping p = { .t = t, .stop_at = 1 };

	(void)state;
	put_many(20000);
	tui_pump(t, pump, &p);
	scene_feed(t, IMPORT_FILE("many") "c");
	shows(t, "stopped: nothing was changed");
	shows(t, "step 1 of 3");
	p.stop_at = 0;
	scene_feed(t, "c");
	shows(t, "20,000  are new");
	p.stop_at = p.calls + 2;
	scene_feed(t, "Enter");
	shows(t, "stopped: nothing was changed");
	shows(t, "step 2 of 3");
	p.stop_at = 0;
	scene_feed(t, "Esc Esc");
	shows(t, "The book is empty.");
	scene_feed(t, "I 'many' Enter c Enter");
	shows(t, "20,000  came in new");
	p.stop_at = p.calls + 3; /* of the five parts */
	scene_feed(t, "Enter");
	shows(t, "stopped: nothing was changed");
	shows(t, "never recalculated");
	scene_feed(t, "r");
	shows(t, "20000 accounts");
	shows_not(t, "never recalculated");
	assert_true(p.seen);
	end(&t);
}

static void test_demo(void **state)
{
	struct tui *t = begin("");
	struct pumping p = { .t = t, .stop_at = 2 };

	(void)state;
	tui_pump(t, pump, &p);
	scene_feed(t, "Enter");
	shows(t, "stopped: nothing was changed");
	shows(t, "Look at a demo book");
	p.stop_at = 0;
	scene_feed(t, "Enter");
	shows(t, "Northwind Traders");
	/* Made already, it is opened again. */
	scene_feed(t, "C-o Enter");
	shows(t, "Northwind Traders");
	shows_not(t, "Another book");
	end(&t);
}

/* ---- other books ---------------------------------------------------------------- */

static void test_other_book(void **state)
{
	struct tui *t = begin("");

	(void)state;
	scene_feed(t, "End Enter '~/nowhere.db' Enter");
	shows(t, "there is no book at");
	shows(t, "> ~/nowhere.db"); /* what was typed stays */
	scene_feed(t, "C-u 'books' Enter 'old' Enter");
	shows(t, "Northwind Traders");
	scene_feed(t, "/ 'health:<60' Enter Space C-o");
	shows(t, "Another book");
	scene_feed(t, "Esc");
	shows(t, "filter health:<");
	scene_feed(t, "C-o End Enter '~/books/old.db' Enter");
	shows_not(t, "marked");
	shows_not(t, "filter health");
	end(&t);
}

static void test_new_book(void **state)
{
	struct tui *t = begin("Enter");

	(void)state;
	shows(t, "Northwind Traders");
	scene_feed(t, "C-o Down Down Enter");
	shows(t, "Begin a new book");
	scene_feed(t, "C-u '~/books/old.db' Enter");
	shows(t, "choose another one");
	scene_feed(t, "C-u '~/ours.db' Enter");
	shows(t, "The book is empty.");
	assert_non_null(host_memory_get(host, "/home/dana/ours.db"));
	scene_feed(t, "I");
	shows(t, "Import: which file");
	end(&t);
}

static void test_recent_books(void **state)
{
	static const char kept[] = "[recent]\nbook1 = /home/dana/books/old.db\n"
				   "book2 = /home/dana/gone.db\n";
	struct tui *t = NULL;
	struct err e;

	(void)state;
	host_memory_free(&host);
	host = host_memory_new();
	scene_files(host);
	host_memory_host(host)->kept = kept;
	assert_int_equal(
		tui_open(NULL, host_memory_host(host), 24, 80, false, &t, &e), ST_OK);
	shows(t, "Opened before");
	scene_feed(t, "End Enter");
	shows(t, "there is no book at /home/dana/gone.db");
	scene_feed(t, "End Up Enter");
	shows(t, "Northwind Traders");
	tui_free(&t);
}

static void test_kept_policy(void **state)
{
	struct tui *t = begin_on(fixture_book(FIXTURE_RAW), 24, 80, "S End Enter");

	(void)state;
	shows(t, "the shipped one, kept on purpose");
	assert_non_null(strstr(host_memory_kept(host), "[setup]\npolicy-"));
	scene_feed(t, "Enter");
	shows(t, "nobody looked at it yet");
	end(&t);
}

static void test_placement(void **state)
{
	struct tui *t = begin_on(fixture_book(FIXTURE_RAW), 24, 80, "S");

	(void)state;
	scene_feed(t, "Home j j j j Enter");
	shows(t, "look at the moves first");
	scene_feed(t, "Enter");
	shows(t, "What the review would do");
	scene_feed(t, "Esc 'apply'");
	shows(t, "u takes it back");
	scene_feed(t, "Enter");
	shows(t, "the review is applied");
	shows(t, "are in a tier");
	scene_feed(t, "u");
	shows(t, "undone: review");
	end(&t);
}

static void test_worksheet_is_saved(void **state)
{
	struct tui *t = begin_on(fixture_book(FIXTURE_COMPLETE), 24, 80, "S x Enter");

	(void)state;
	assert_non_null(
		strstr(host_memory_get(host, "/home/dana/set-up.txt"), "[x] 1 Accounts"));
	scene_feed(t, "x Enter");
	shows(t, "choose another");
	end(&t);
}

static void test_full_disk(void **state)
{
	struct tui *t = begin(IMPORT_FILE("accounts.csv"));

	(void)state;
	host_memory_full(host, true);
	scene_feed(t, "w Enter");
	shows(t, "no space left");
	scene_feed(t, "Esc c Enter");
	shows(t, "3  came in new");
	end(&t);
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
		struct tui *t = begin("");

		for (int i = 0; i < 400 && !tui_done(t); i++) {
			x = x * 1664525 + 1013904223;
			scene_feed(t, keys[(x >> 8) % (sizeof(keys) / sizeof(*keys))]);
			if (i % 40 == 0)
				tui_resize(t, 10 + (int)(x >> 10) % 40,
					50 + (int)(x >> 16) % 100);
		}
		tui_resize(t, 24, 80);
		scene_feed(t, "Esc Esc Esc Esc Esc Esc Esc");
		shows(t, "tierdesk");
		end(&t);
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
	shows(t, "no other book can be had here");
	scene_feed(t, "j Enter");
	shows(t, "no other book can be had here");
	scene_feed(t, "j Enter");
	shows(t, "no files can be had here");
	tui_free(&t);
}

static int setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	host_memory_free(&host);
	arena_clear(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_named_book),
		cmocka_unit_test(test_bookless),
		cmocka_unit_test(test_import),
		cmocka_unit_test(test_escape_leads_back),
		cmocka_unit_test(test_corrected_mapping),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_wide_signals),
		cmocka_unit_test(test_a_field_moves),
		cmocka_unit_test(test_rejected_rows),
		cmocka_unit_test(test_doubtful_dates),
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_demo),
		cmocka_unit_test(test_other_book),
		cmocka_unit_test(test_new_book),
		cmocka_unit_test(test_recent_books),
		cmocka_unit_test(test_kept_policy),
		cmocka_unit_test(test_placement),
		cmocka_unit_test(test_worksheet_is_saved),
		cmocka_unit_test(test_full_disk),
		cmocka_unit_test(test_no_host),
		cmocka_unit_test(test_monkey),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
