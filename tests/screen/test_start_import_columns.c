/* The columns of the guided import: what a person says of them, and what becomes of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fixture.h"
#include "tests/support/starting.h"

/* Nothing fits by name; a person says what is what, and the mapping is saved. */
static void test_corrected_mapping(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("strange"));

	(void)state;
	starting_shows(t, "required and missing: account_id");
	starting_shows(t, "t: these rows are something else");
	starting_shows(t, "t other rows");
	scene_feed(t, "c");
	starting_shows(t, "no column is account_id yet");
	scene_feed(t, "Home Enter 'id' Enter"); /* of all with these letters that one */
	starting_shows(t, "changed by you");
	starting_shows_not(t, "required and missing");
	scene_feed(t, "Down Enter 'name' Enter Down Enter 'arr' Enter");
	scene_feed(t, "Down Enter 'renewal' Enter");
	scene_feed(t, "o 'Amounts' Enter 'monthly' Enter o 'Dates' Enter 'dmy' Enter");
	starting_shows(t, "4 of 4 columns are taken");
	scene_feed(t, "Esc");
	starting_shows(t, "Leave the import?");
	scene_feed(t, "n");
	starting_shows(t, "4 of 4 columns are taken");
	scene_feed(t, "w C-u '~/ours.ini' C-s");
	assert_string_equal(host_memory_get(starting_host(), "/home/dana/ours.ini"),
		"kind = accounts\n\n[columns]\naccount_id = Code\nname = Label\n"
		"arr = Per month\nrenewal_date = Day\n\n[options]\ndates = dmy\n"
		"interval = monthly\n");
	scene_feed(t, "c Enter");
	starting_shows(t, "2  came in new");
	scene_feed(t, "Enter 2");
	starting_shows(t, "$ 24"); /* 2000 a month */
	/* The same file again is read as it was. */
	scene_feed(t, "I 'strange' Enter");
	starting_shows(t, "as you said before");
	starting_shows(t, "4 of 4 columns are taken");
	scene_feed(t, "m 'guessed' Enter");
	starting_shows(t, "required and missing");
	scene_feed(t, "m 'ours' Enter");
	starting_shows(t, "4 of 4 columns are taken");
	scene_feed(t, "c");
	starting_shows(t, "2  say what the book says already");
	starting_end(&t);
}

/* What was said of the columns is not lost without a question, nor is a column. */
static void test_corrections_are_kept(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "two.csv", "account_id,name,label\nA-1,x,y\n");
	scene_feed(t, STARTING_IMPORT("two.csv") "End Enter 'name' Enter");
	starting_shows(t, "name is not taken any more: name is label now");
	starting_shows(t, "changed by you");
	scene_feed(t, "m 'guessed' Enter");
	starting_shows(t, "Take this mapping? What you said about the columns");
	scene_feed(t, "n");
	starting_shows(t, "changed by you");
	scene_feed(t, "t 'contacts' Enter");
	starting_shows(t, "Take other rows?");
	scene_feed(t, "n");
	starting_shows(t, "rows are accounts");
	/* Left and opened again; other headers are another file. */
	scene_feed(t, "Esc y I 'two.csv' Enter");
	starting_shows(t, "as you said before");
	scene_feed(t, "m 'guessed' Enter y");
	starting_shows(t, "mapping guessed");
	scene_feed(t, "End Enter 'name' Enter Esc y");
	host_memory_put(starting_host(), "two.csv", "account_id,name,labels\nA-1,x,y\n");
	scene_feed(t, "I 'two.csv' Enter");
	starting_shows(t, "mapping guessed");
	/* How the cells are read, too; the guess, asked for, is no more than that. */
	scene_feed(t, "o 'Dates' Enter 'dmy' Enter Esc I 'two.csv' Enter");
	starting_shows(t, "dates dmy");
	scene_feed(t, "Esc I 'strange' Enter Home Enter 'account_id' Enter Esc y");
	scene_feed(t, "I 'two.csv' Enter");
	starting_shows(t, "dates dmy");
	scene_feed(t, "m 'guessed' Enter Esc I 'two.csv' Enter");
	starting_shows(t, "mapping guessed");
	starting_shows(t, "dates auto");
	starting_end(&t);
}

/* A mapping takes the kind of rows that it is for with it. */
static void test_mapping_of_another_kind(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(
		starting_host(), "new.csv", "No,Who,From,Worth\n1,A-1,2026-01-05,9\n");
	scene_feed(t, STARTING_IMPORT("new.csv"));
	starting_shows(t, "rows are accounts");
	scene_feed(t, "t 'contracts' Enter Home Enter 'contract_id' Enter Down");
	scene_feed(t, "Enter 'account_id' Enter Down Enter 'start' Enter Down");
	scene_feed(t, "Enter 'arr' Enter w C-u '~/ours.ini' C-s t 'accounts' Enter");
	starting_shows(t, "rows are accounts");
	scene_feed(t, "m 'ours' Enter");
	starting_shows(t, "rows are contracts");
	starting_shows(t, "mapping ours.ini");
	starting_shows(t, "4 of 4 columns are taken");
	starting_end(&t);
}

/* What was said of a file that can't be read without it. */
static void test_encoding_is_kept(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "old.csv",
		"Nr\xFC,Vertr\xE4ge,Laufend\n1,A-1,2026-01-05\n");
	scene_feed(t, STARTING_IMPORT("old.csv"));
	starting_shows(t, "encoding auto");
	scene_feed(t, "o 'Encoding' Enter 'cp1252' Enter t 'contracts' Enter");
	scene_feed(t, "Home Enter 'contract_id' Enter Down Enter 'account_id' Enter");
	scene_feed(t, "w C-u '~/old.ini' C-s Esc I 'old.csv' Enter");
	starting_shows(t, "as you said before");
	starting_shows(t, "rows are contracts");
	starting_shows(t, "encoding cp1252");
	starting_shows(t, "Vertr\u00E4ge");
	/* Another file of this name that it does not fit. */
	host_memory_put(starting_host(), "old.csv", "account_id,name\nA-1,x\n");
	scene_feed(t, "Esc I 'old.csv' Enter");
	starting_shows(t, "rows are accounts");
	starting_shows(t, "mapping guessed");
	starting_shows(t, "2 of 2 columns are taken");
	starting_end(&t);
}

/* What a header says of months goes with its column: it is saved, and no other has it. */
static void test_monthly_column(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "mrr.csv", "account_id,MRR,Total\nA-1,10,120\n");
	scene_feed(t, STARTING_IMPORT("mrr.csv") "w C-u '~/guess.ini' C-s");
	assert_non_null(strstr(host_memory_get(starting_host(), "/home/dana/guess.ini"),
		"interval = monthly\n"));
	scene_feed(t, "End Enter 'arr' Enter w C-u '~/total.ini' C-s");
	assert_non_null(strstr(host_memory_get(starting_host(), "/home/dana/total.ini"),
		"arr = Total\n"));
	assert_null(strstr(
		host_memory_get(starting_host(), "/home/dana/total.ini"), "monthly"));
	/* Unless a person says otherwise. */
	scene_feed(t, "m 'guessed' Enter o 'Amounts' Enter 'yearly' Enter");
	starting_shows_not(t, "monthly");
	scene_feed(t, "c Enter Enter Esc 2");
	starting_shows(t, "$ 10 ");
	starting_end(&t);
}

/* A list that knows customers by name alone: the names are what they are known by. */
static void test_names_alone(void **state)
{
	struct tui *t = starting("");

	(void)state;
	host_memory_put(starting_host(), "sheet.csv",
		"Customer,CSM,Renewal,Language\nAcme,Dana Reyes,2027-01-05,en\n"
		"Bolt,Dana Reyes,2027-03-05,de\n");
	scene_feed(t, STARTING_IMPORT("sheet.csv"));
	starting_shows(t, "rows are accounts"); /* and not CSMs with languages */
	starting_shows(t, "Customer            name ");
	starting_shows(t, "required and missing: account_id");
	starting_shows(t, "the names will do");
	scene_feed(t, "Home Enter 'account_id' Enter c");
	starting_shows(t, "2  are new");
	scene_feed(t, "Enter Enter Esc 2");
	starting_shows(t, "Bolt");
	starting_end(&t);
}

/* A column with choices: yes and no are understood, other words are asked for. */
static void test_values(void **state)
{
	struct tui *t = starting("");

	(void)state;
	scene_feed(t, STARTING_IMPORT("left.csv") "c");
	starting_shows(t, "give it to status and say which");
	scene_feed(t, "Esc Down Down Enter 'status' Enter");
	starting_shows(t, "What the values become");
	starting_shows(t, "becomes churned");
	starting_shows(t, "becomes active");
	scene_feed(t, "Enter c");
	starting_shows(t, "3  are new");
	scene_feed(t, "Esc Down Enter 'status' Enter");
	starting_shows(t, "not known");
	scene_feed(t, "Esc");
	starting_shows(t, "2 of its values are not known");
	scene_feed(t, "Enter");
	scene_feed(t, "Enter Enter 'churned' Enter Enter");
	scene_feed(t, "'blank' Enter Enter c");
	starting_shows(t, "3  are new");
	scene_feed(t, "Esc w C-u '~/ours.ini' C-s");
	assert_non_null(strstr(host_memory_get(starting_host(), "/home/dana/ours.ini"),
		"status.Gold = churned\nstatus.Tin = "));
	starting_end(&t);
}

/* A column for each measure is no file of signals; what is one is said. */
static void test_wide_signals(void **state)
{
	struct tui *t = starting("");

	(void)state;
	scene_feed(t, STARTING_IMPORT("wide.csv") "t 'signals' Enter");
	starting_shows(t, "has a row for each value");
	starting_shows(t, "pulse");
	starting_end(&t);
	/* The worksheet knows what it asked for. */
	t = starting_on(fixture_book(FIXTURE_RAW), "");
	host_memory_put(
		starting_host(), "wide.csv", "Customer;Stand;nps\nA-1;2026-03-01;9\n");
	scene_feed(t, "S Home j j Enter 'wide.csv' Enter");
	starting_shows(t, "rows are signals");
	starting_end(&t);
}

/* A field has one column: giving it to another takes it from the first. */
static void test_a_field_moves(void **state)
{
	struct tui *t = starting(STARTING_IMPORT("accounts.csv"));

	(void)state;
	scene_feed(t, "End Enter 'name' Enter");
	starting_shows(t, "5 of 6 columns are taken");
	scene_feed(t, "Home Enter 'not taken' Enter");
	starting_shows(t, "required and missing: account_id");
	scene_feed(t, "t 'contacts' Enter y");
	starting_shows(t, "rows are contacts");
	starting_shows(t, "mapping guessed");
	starting_end(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_corrected_mapping),
		cmocka_unit_test(test_corrections_are_kept),
		cmocka_unit_test(test_mapping_of_another_kind),
		cmocka_unit_test(test_encoding_is_kept),
		cmocka_unit_test(test_monthly_column),
		cmocka_unit_test(test_names_alone),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_wide_signals),
		cmocka_unit_test(test_a_field_moves),
	};

	return cmocka_run_group_tests(tests, starting_setup, starting_teardown);
}
