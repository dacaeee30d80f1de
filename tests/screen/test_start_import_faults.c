/* The guided import of files that have faults: what is said of them, with which key they
 * are mended, and the file of rejected rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/import.h"
#include "tests/support/starting.h"

/* The first file says which currency the book is kept in; a later one in another is not
 * taken for that: where its rate is to be said. */
static void test_no_rate(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "euro.csv",
		"account_id,name,ARR (EUR)\nA-1,Acme,5\nA-2,Bolt,6\n");
	host_memory_put(starting_host(), "pound.csv",
		"account_id,name,ARR (GBP)\nA-3,Cove,7\nA-4,Dune,8\n");
	scene_feed(t, STARTING_IMPORT("euro.csv") "c");
	starting_shows(t, "Currency: the book would be kept in EUR instead of USD, as");
	scene_feed(t, "Enter");
	starting_shows(t, "the book is kept in EUR instead of USD");
	scene_feed(t, "Esc I 'pound.csv' Enter c");
	starting_shows(t, "the book is in EUR and the policy has no rate for GBP");
	starting_shows(t, "leave the import, 8, and begin again");
	scene_feed(
		t, "Esc Esc 8 / 'rates' Enter Enter C-u 'GBP:1.08' Enter s 'ours' C-s");
	scene_feed(t, "I 'pound.csv' Enter c");
	starting_shows(t, "2  are new");
	starting_shows(t, "one counts as 1.08 EUR");
	starting_shows_not(t, "no rate");
	starting_end(&t);
}

/* The same where the rows that say so come late, and where only a text says so. */
static void test_no_rate_is_counted(void **state)
{
	struct tui *t = starting("");
	char text[4096] = "account_id,arr,currency\n";
	size_t n = strlen(text);

	(void)state;
	for (int i = 0; i <= (int)IMPORT_ERRORS_KEPT; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n, "A-%d,x,USD\n", i);
	snprintf(text + n, sizeof(text) - n, "A-200,5,EUR\n");
	host_memory_put(starting_host(), "late.csv", text);
	scene_feed(t, STARTING_IMPORT("late.csv") "c");
	starting_shows_not(t, "no rate for");
	starting_shows(t, "leave the import, 8, and begin again");
	host_memory_put(starting_host(), "text.csv",
		"account_id,arr\nA-1,the policy has no rate for\n");
	scene_feed(t, "Esc f 'text.csv' Enter c");
	starting_shows(t, "no rate for");
	starting_shows_not(t, "leave the import, 8");
	starting_end(&t);
}

/* A day in the wrong column empties the book: that is said before it is done. */
static void test_accounts_leave(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("accounts.csv") "c Enter Enter Esc");

	(void)state;
	host_memory_put(starting_host(), "churn.csv",
		"account_id,churn_date\nA-1,2026-01-05\nA-2,2026-01-06\n"
		"A-3,2025-12-01\n");
	scene_feed(t, "I 'churn.csv' Enter c");
	starting_shows(t, "\u25d0 3 active accounts would be active no longer: their");
	starting_shows(t, "\u25d0 the ARR of the active accounts would go from");
	scene_feed(t, "Enter");
	starting_shows(t, "\u25d0 3 active accounts are active no longer: their ARR was");
	starting_end(&t);
}

static void test_rejected_rows(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("bad") "c");
	const char *file;

	(void)state;
	starting_shows(t, "3  can't be taken");
	starting_shows(t, "3:3  arr:");
	scene_feed(t, "e C-s");
	file = host_memory_get(starting_host(), "/home/dana/accounts-bad-rejected.csv");
	assert_non_null(file);
	assert_non_null(strstr(file, "Fabrikam"));
	assert_null(strstr(file, "Northwind"));
	starting_shows(t, "accounts-bad-rejected.csv");
	/* A file that is there is not written over; what was typed stays. */
	scene_feed(t, "e C-s");
	starting_shows(t, "is there already: replace it");
	scene_feed(t, "Right C-s"); /* unless that was said */
	starting_shows(
		t, "the rejected rows are in /home/dana/accounts-bad-rejected.csv");
	scene_feed(t, "Enter");
	starting_shows(t, "1  came in new");
	starting_shows(t, "3  were rejected and left out");
	starting_end(&t);
}

/* The file is gone through once more for them, which is seen and may be stopped: nothing
 * is written then, and the form is there for another try. */
static void test_rejected_stopped(void **state)
{
	enum { ROWS = 20000 };
	struct tui *t = starting("");
	struct starting_pump p = { .t = t };
	char *text = malloc((size_t)ROWS * 24 + 32);
	size_t at;

	(void)state;
	assert_non_null(text);
	at = (size_t)sprintf(text, "account_id,name,arr\n");
	for (int i = 0; i < ROWS; i++)
		at += (size_t)sprintf(
			text + at, "B-%d,Many %d,%s\n", i, i, i ? "1" : "x");
	host_memory_put(starting_host(), "many.csv", text);
	free(text);
	tui_pump(t, starting_pumps, &p);
	scene_feed(t, STARTING_IMPORT("many") "c");
	starting_shows(t, "1  can't be taken");
	p.seen = false;
	p.stop_at = p.calls + 2;
	scene_feed(t, "e C-s");
	assert_true(p.seen);
	starting_shows(t, "stopped: no file was written");
	assert_null(host_memory_get(starting_host(), "/home/dana/many-rejected.csv"));
	p.stop_at = 0;
	scene_feed(t, "C-s");
	assert_non_null(host_memory_get(starting_host(), "/home/dana/many-rejected.csv"));
	starting_end(&t);
}

/* What the file leaves open is said whole, with the key that settles it. */
static void test_doubtful_dates(void **state)
{
	struct tui *t = starting("");

	(void)state;
	scene_feed(t, STARTING_IMPORT("dates.csv") "c");
	starting_shows(t, "step 1 of 3");
	starting_shows(t, "column 3");
	starting_shows(t, "o, Dates: dmy or mdy");
	scene_feed(t, "o 'Dates' Enter 'dmy' Enter c");
	starting_shows(t, "2  are new");
	starting_end(&t);
}

/* What comes up only at a later check stands as whole as at the first. */
static void test_doubts_after_a_check(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "signs.csv",
		"account_id,name,arr\nA-1,Acme,\"$12,000\"\nA-2,Bolt,\"$13,000\"\n");
	scene_feed(t, STARTING_IMPORT("signs.csv") "c");
	starting_shows(t, "step 2 of 3");
	starting_shows(t, "There is nothing to take");
	starting_shows(t, "signs are not allowed; o,");
	starting_shows_not(t, "--signs");
	scene_feed(t, "e C-s");
	assert_non_null(
		strstr(host_memory_get(starting_host(), "/home/dana/signs-rejected.csv"),
			"o, Currency signs: drop leaves them out"));
	scene_feed(t, "Esc o 'Currency' Enter 'drop' Enter c");
	starting_shows(t, "signs dropped  dates auto");
	starting_shows(t, "step 1 of 3");
	starting_shows(t, "12,000\" can be 12000 or 12");
	starting_shows(t, "can be 12000 or 12: o, Decimal");
	scene_feed(t, "Down");
	starting_shows_not(t, "--decimal");
	scene_feed(t, "o 'Decimal' Enter Down Enter c");
	starting_shows(t, "2  are new");
	/* Of two columns both are told. */
	host_memory_put(starting_host(), "both.csv",
		"account_id,renewal_date,arr\nA-1,03/04/2026,\"12,000\"\n");
	scene_feed(t, "Esc f 'both.csv' Enter c");
	starting_shows(t, "o, Dates: dmy or mdy");
	starting_shows(t, "o, Decimal mark: . or ,");
	starting_shows_not(t, "--d");
	starting_shows(t, "column 3 (\"arr\", arr)");
	/* Where m is the mapping, a long message does not send people there. */
	scene_feed(t,
		"w C-u '~/a-folder-with-a-rather-long-name/another-one-as-long/ours.ini' "
		"C-s");
	starting_shows_not(t, "m the rest");
	starting_shows(t, ": messages");
	starting_end(&t);
}

/* What else is set here is said with its key as well. */
static void test_other_words(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(
		starting_host(), "latin.csv", "account_id,name\nA-1,Caf\xE9 Noir\n");
	scene_feed(t, STARTING_IMPORT("latin.csv"));
	starting_shows(t, "Encoding: latin-1 or cp1252");
	starting_shows_not(t, "--encoding");
	scene_feed(t, "o 'Encoding' Enter 'latin' Enter c");
	starting_shows(t, "1  are new");
	host_memory_put(starting_host(), "tiers.csv",
		"account_id,name,tier\nA-2,Acme,1\nA-3,Bolt,1\n");
	scene_feed(t, "Esc f 'tiers.csv' Enter c");
	starting_shows(t, "o, Tiers of the file");
	starting_shows_not(t, "--ignore-tiers");
	scene_feed(t, "o 'Tiers' Enter c");
	starting_shows(t, "2  are new");
	starting_end(&t);
}

/* The options open at the one that the message names. */
static void test_the_option_named(void **state)
{
	static const struct {
		const char *file, *text, *keys, *at;
	} rows[] = {
		{ "latin.csv", "account_id,name\nA-1,Caf\xE9 Noir\n", "o",
			"How letters are written" },
		{ "days.csv", "account_id,renewal_date\nA-1,03/04/2026\n", "c o",
			"Which of 3/4/2026 is the day" },
		{ "amounts.csv", "account_id,arr\nA-1,\"12,000\"\n", "c o",
			"Of amounts and numbers" },
		{ "both.csv", "account_id,renewal_date,arr\nA-1,03/04/2026,\"12,000\"\n",
			"c o", "Which of 3/4/2026 is the day" },
		{ "signs.csv", "account_id,arr\nA-1,x\nA-2,$5\n", "c Esc o",
			"Whether $ 5 is an error" },
		{ "cells.csv", "account_id:arr\nA-1:5\n", "o",
			"What stands between the cells" },
		{ "tiers.csv", "account_id,name,tier\nA-2,Acme,1\nA-3,Bolt,1\n", "c o",
			"Whether a column with tiers" },
		{ "good.csv", "account_id,name\nA-2,Acme\n", "o",
			"Which of 3/4/2026 is the day" },
	};
	struct tui *t = starting("");

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char keys[80];

		host_memory_put(starting_host(), rows[i].file, rows[i].text);
		snprintf(keys, sizeof(keys), "I '%s' Enter %s", rows[i].file,
			rows[i].keys);
		if (i == 0)
			scene_feed(t, STARTING_IMPORT("latin.csv") "o");
		else
			scene_feed(t, keys);
		starting_shows(t, rows[i].at);
		scene_feed(t, "Esc Esc Esc");
	}
	starting_end(&t);
}

/* Sums of two currencies are refused where they can be mended. */
static void test_two_signs(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "mix.csv",
		"account_id,name,arr\nA-1,Acme,$ 12500\nA-2,Bolt,€ 88000\n");
	scene_feed(t, STARTING_IMPORT("mix.csv") "o 'Currency' Enter 'drop' Enter c");
	starting_shows(t, "step 1 of 3");
	starting_shows(t, "in different currencies (1 with $,");
	starting_end(&t);
}

/* A slip in the name of an owner is taken for whom it means by one key. */
static void test_slip_of_owner(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "slip.csv",
		"account_id,name,csm\nA-1,Acme,Anna Berg\nA-2,Bolt,Anna Breg\n"
		"A-3,Cord,Tom Reed\nA-4,Dent,Tom Reid\n");
	scene_feed(t, STARTING_IMPORT("slip.csv") "c");
	starting_shows(t, "4 new CSMs: Anna Berg, Anna Breg (not Anna Berg?)");
	starting_shows(t, "y takes Anna Breg for Anna Berg");
	scene_feed(t, "y");
	starting_shows(t, "3 new CSMs: Anna Berg, Tom Reed, Tom Reid");
	starting_shows(t, "y takes Tom Reid for Tom Reed");
	scene_feed(t, "y");
	starting_shows(t, "It makes 2 new CSMs: Anna Berg, Tom Reed.");
	starting_shows_not(t, "y takes");
	scene_feed(t, "Enter");
	starting_shows(t, "It made 2 new CSMs");
	starting_end(&t);
}

static void test_bad_files(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("empty"));

	(void)state;
	starting_shows(t, "the file is empty");
	scene_feed(t, "c Enter m Esc o Esc w j k End");
	starting_shows(t, "the file is empty");
	scene_feed(t, "f '/home/dana/none.csv' Enter");
	starting_shows(t, "no such file");
	starting_shows(t, "/home/dana/none.csv"); /* to be mended */
	scene_feed(t, "Esc");
	starting_shows(t, "the file is empty"); /* the one before is still there */
	scene_feed(t, "f 'accounts.csv' Enter");
	starting_shows(t, "5 of 6 columns are taken");
	scene_feed(t, "f 'holiday' Enter");
	starting_shows(t, "not a table, it seems");
	host_memory_put(starting_host(), "book.xlsx", "PK\3\4");
	scene_feed(t, "f 'book.xlsx' Enter");
	starting_shows(t, "the sheet as CSV");
	starting_end(&t);
}

static void test_full_disk(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("accounts.csv"));

	(void)state;
	host_memory_full(starting_host(), true);
	scene_feed(t, "w C-s");
	starting_shows(t, "no space left");
	scene_feed(t, "Esc c Enter");
	starting_shows(t, "3  came in new");
	starting_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_rate),
		cmocka_unit_test(test_no_rate_is_counted),
		cmocka_unit_test(test_accounts_leave),
		cmocka_unit_test(test_rejected_rows),
		cmocka_unit_test(test_rejected_stopped),
		cmocka_unit_test(test_doubtful_dates),
		cmocka_unit_test(test_doubts_after_a_check),
		cmocka_unit_test(test_other_words),
		cmocka_unit_test(test_the_option_named),
		cmocka_unit_test(test_two_signs),
		cmocka_unit_test(test_slip_of_owner),
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_full_disk),
	};

	return cmocka_run_group_tests(tests, starting_setup, starting_teardown);
}
