/* Tables of text: whole where there is room, and what gives way where there is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cli/table.h"
#include "core/text.h"

struct written {
	char bytes[8192];
	size_t n;
};

static enum status keep(void *to, const char *bytes, size_t n, struct err *e)
{
	struct written *w = to;

	(void)e;
	assert_true(w->n + n < sizeof(w->bytes));
	memcpy(w->bytes + w->n, bytes, n);
	w->n += n;
	w->bytes[w->n] = '\0';
	return ST_OK;
}

static const char *const titles[] = { "+#", "id", "account", "who", "+at risk", "_next",
	"-ids", "_why" };

static const char *const rows[][8] = {
	{ "1", "A-1", "Tradewind Schools Trust", "Diego Pereira", "$ 24.7k",
		"Send the sheet and the one thing", "22 28 30",
		"renewal in 8 d, health 25" },
	{ "12", "A-1003", "Öre", "--", "$ 1", "--", "--",
		"Tell product once, with the words of the customer, and wait a week" },
};

static void write_table(struct table *t, struct written *w, int room)
{
	struct err e;

	w->n = 0;
	table_init(t, 8, titles, room, keep, w);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(table_row(t, rows[i], &e), ST_OK);
	assert_int_equal(table_finish(t, &e), ST_OK);
}

static int widest(const struct written *w)
{
	int most = 0;

	for (const char *at = w->bytes; *at;) {
		const char *end = strchr(at, '\n');
		const int n = text_columns((struct text){ at, (size_t)(end - at) });

		most = n > most ? n : most;
		at = end + 1;
	}
	return most;
}

static void test_forms(void **state)
{
	static const struct {
		int room;
		const char *left_out, *text;
	} cases[] = {
		{ 0, "",
			" #  id      account                  who            at risk  "
			"next                              ids       why\n"
			" 1  A-1     Tradewind Schools Trust  Diego Pereira  $ 24.7k  "
			"Send the sheet and the one thing  22 28 30  renewal in 8 d, "
			"health 25\n"
			"12  A-1003  Öre                      --                 $ 1  "
			"--                                --        Tell product once, "
			"with the words of the customer, and wait a week\n" },
		{ 80, "",
			" #  id      account                  who            at risk  "
			"ids\n"
			" 1  A-1     Tradewind Schools Trust  Diego Pereira  $ 24.7k  22 "
			"28 30\n"
			"    why: renewal in 8 d, health 25\n"
			"    next: Send the sheet and the one thing\n"
			"12  A-1003  Öre                      --                 $ 1  "
			"--\n"
			"    why: Tell product once, with the words of the customer, and "
			"wait a week\n" },
		{ 60, "",
			" #  id      account         who            at risk  ids\n"
			" 1  A-1     Tradewind Sch…  Diego Pereira  $ 24.7k  22 28 30\n"
			"    why: renewal in 8 d, health 25\n"
			"    next: Send the sheet and the one thing\n"
			"12  A-1003  Öre             --                 $ 1  --\n"
			"    why: Tell product once, with the words of the "
			"customer,…\n" },
		{ 52, "ids",
			" #  id      account           who            at risk\n"
			" 1  A-1     Tradewind Schoo…  Diego Pereira  $ 24.7k\n"
			"    why: renewal in 8 d, health 25\n"
			"    next: Send the sheet and the one thing\n"
			"12  A-1003  Öre               --                 $ 1\n"
			"    why: Tell product once, with the words of the c…\n" },
		{ 40, "ids",
			" #  id      account        who\n"
			" 1  A-1     Tradewind Sc…  Diego Pereira\n"
			"    why: renewal in 8 d, health 25\n"
			"    next: Send the sheet and the one th…\n"
			"    at risk: $ 24.7k\n"
			"12  A-1003  Öre            --\n"
			"    why: Tell product once, with the wo…\n"
			"    at risk: $ 1\n" },
		{ 32, "ids",
			" #  id      account\n"
			" 1  A-1     Tradewind Schools T…\n"
			"    why: renewal in 8 d, health…\n"
			"    next: Send the sheet and th…\n"
			"    who: Diego Pereira\n"
			"    at risk: $ 24.7k\n"
			"12  A-1003  Öre\n"
			"    why: Tell product once, wit…\n"
			"    at risk: $ 1\n" },
	};
	struct written w;
	struct table t;
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		write_table(&t, &w, cases[i].room);
		assert_string_equal(w.bytes, cases[i].text);
		assert_string_equal(
			table_left_out(&t, out, sizeof(out)), cases[i].left_out);
	}
}

/* Nothing is wider than the terminal, however narrow, unless a label alone is. */
static void test_fits(void **state)
{
	struct written w;
	struct table t;

	(void)state;
	for (int room = 24; room < 240; room++) {
		write_table(&t, &w, room);
		if (widest(&w) > room)
			fail_msg(
				"%d columns: %d are used\n%s", room, widest(&w), w.bytes);
	}
}

/* A row wider than those that the widths come from is cut. */
static void test_later_rows(void **state)
{
	const char *const short_titles[] = { "id", "why" };
	const char *const early[] = { "1", "short" };
	const char *const late[] = { "a longer id",
		"a sentence longer than the terminal" };
	struct written w = { .n = 0 };
	struct table t;
	struct err e;

	(void)state;
	table_init(&t, 2, short_titles, 20, keep, &w);
	for (int i = 0; i < TABLE_LOOK_AHEAD; i++)
		assert_int_equal(table_row(&t, early, &e), ST_OK);
	assert_int_equal(table_row(&t, late, &e), ST_OK);
	assert_int_equal(table_finish(&t, &e), ST_OK);
	assert_int_equal(widest(&w), 20);
	assert_non_null(strstr(w.bytes, "\na…  a sentence long…\n"));
}

/* An amount that is cut would be another one. */
static void test_later_amounts(void **state)
{
	const char *const some_titles[] = { "+#", "account" };
	struct written w = { .n = 0 };
	struct table t;
	struct err e;

	(void)state;
	table_init(&t, 2, some_titles, 0, keep, &w);
	for (int i = 0; i < TABLE_LOOK_AHEAD + 1; i++)
		assert_int_equal(
			table_row(&t,
				(const char *[]){
					i < TABLE_LOOK_AHEAD ? "9" : "1234", "A" },
				&e),
			ST_OK);
	assert_int_equal(table_finish(&t, &e), ST_OK);
	assert_non_null(strstr(w.bytes, "\n9  A\n1234  A\n"));
}

/* Characters of two columns and of none. */
static void test_wide(void **state)
{
	const char *const wide[] = {
		"1", "\u65E5\u672C-1", "\u65E5\u672C\u8A9E\u306E\u4F1A\u793E\u540D",
		("e\u0301\u0301\u0301a\u0308o\u0302u\u0300 "
		 "e\u0301\u0301\u0301a\u0308o\u0302"),
		"$ 1",
		"\u6B21\u306B\u3059\u308B\u3053\u3068\u306F\u96FB\u8A71\u3067\u3059",
		"1 2 3",
		"\u7406\u7531\u306F\u66F4\u65B0\u304C\u8FD1\u3044\u304B\u3089\u3067\u3059"
	};
	struct written w;
	struct table t;
	struct err e;

	(void)state;
	for (int room = 20; room < 160; room++) {
		w.n = 0;
		table_init(&t, 8, titles, room, keep, &w);
		assert_int_equal(table_row(&t, wide, &e), ST_OK);
		assert_int_equal(table_row(&t, rows[0], &e), ST_OK);
		assert_int_equal(table_finish(&t, &e), ST_OK);
		if (widest(&w) > room)
			fail_msg(
				"%d columns: %d are used\n%s", room, widest(&w), w.bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_forms),
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_later_rows),
		cmocka_unit_test(test_later_amounts),
		cmocka_unit_test(test_wide),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
