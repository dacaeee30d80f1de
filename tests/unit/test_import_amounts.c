/* Amounts of imports: their signs and currencies, and those that may be two. */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/importing.h"

/* "$1,234.50" and the like: an error that says what helps, or an amount. */
static const struct {
	const char *csv, *signs, *error; /* error NULL: taken */
	const char *currency;
} signs[] = {
	{ "account_id,arr\nA1,\"$1,234.50\"\n", NULL,
		"\"$1,234.50\" is not an amount: currency signs are not allowed; "
		"--signs drop leaves them out (signs = drop in a mapping)",
		NULL },
	{ "account_id,arr\nA1,\"$1,234.50\"\n", "drop", NULL, NULL },
	{ "account_id,arr\nA1,1.234,50 €\n", "drop",
		"the row has 3 cells and the header 2", NULL },
	{ "account_id;arr\nA1;1.234,50 €\n", "drop", NULL, NULL },
	{ "account_id,ARR (EUR)\nA1,1234.5\n", NULL, NULL, "EUR" },
	{ "account_id,ARR (EUR),currency\nA1,1234.5,USD\n", NULL, NULL, "USD" },
	/* a column says it of its rows; where it agrees, the sign may stand there
	 */
	{ "Kundennr;ARR (EUR);Währung\nA1;€ 1.234,50;EUR\n", NULL, NULL, "EUR" },
	{ "account_id;ARR (EUR);currency\nA1;1.234,50\u00A0€;eur\n", NULL, NULL, "EUR" },
	{ "account_id;currency;ARR (EUR)\nA1;;€\u202F1.234,50\n", NULL, NULL, "EUR" },
	{ "account_id;currency;ARR (EUR)\nA1;USD;€ 1.234,50\n", NULL,
		"the amount has the sign € and the row the currency USD", NULL },
	{ "account_id;currency;ARR (EUR)\nA1;USD;$ 1.234,50\n", NULL,
		"\"$ 1.234,50\" is not an amount: currency signs are not "
		"allowed; "
		"--signs drop leaves them out (signs = drop in a mapping)",
		NULL },
	{ "account_id;currency;ARR (EUR)\nA1;USD;€ 1.234,50\n", "drop", NULL, "USD" },
	/* the sign that the header names, and no other */
	{ "account_id,ARR (EUR)\nA1,\"€ 1,234.50\"\n", NULL, NULL, "EUR" },
	{ "account_id,ARR (USD)\nA1,\"$1,234.50\"\n", NULL, NULL, "USD" },
	{ "account_id,ARR (USD)\nA1,£5\n", NULL,
		"\"£5\" is not an amount: currency signs are not allowed; "
		"--signs drop "
		"leaves them out (signs = drop in a mapping)",
		NULL },
};

static void signs_of_amounts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		struct store *s = importing_book("");
		struct import_request q = importing_request(REC_ACCOUNT, signs[i].csv);
		struct import_result r;
		struct cell cells[RECORD_FIELDS_MAX];
		struct arena a;
		bool there;
		struct err e;

		q.signs = signs[i].signs;
		q.currencies = NULL;
		q.currency_count = 0;
		if (importing_run(s, &q, &r, &e) == ST_OK) {
			if (signs[i].error)
				fail_msg("%zu was taken", i);
			arena_init(&a);
			assert_int_equal(s->ops->row_read(s, REC_ACCOUNT, 1, &a, cells,
						 &there, &e),
				ST_OK);
			assert_int_equal(cells[F_ARR].i, 123450);
			if (signs[i].currency)
				assert_memory_equal(
					cells[F_CURRENCY].t.s, signs[i].currency, 3);
			arena_clear(&a);
		} else if (!signs[i].error) {
			fail_msg("%s", e.text);
		} else {
			assert_string_equal(r.errors[0].message, signs[i].error);
		}
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* Signs that are left out must not make one sum of two currencies. */
static void signs_of_two_currencies(void **state)
{
	static const struct {
		const char *csv, *error; /* error NULL: taken */
	} rows[] = {
		{ "account_id,arr\nA1,$ 12500\nA2,\"€ 88,000\"\nA3,$5\nA4,7\n",
			"column 2 (\"arr\", arr) has amounts in different currencies (2 "
			"with $, 1 with €), which would count as one" },
		{ "account_id,arr\nA1,$5\nA2,5 €\nA3,-£0\n",
			"1 with $, 1 with €, 1 with £" },
		{ "account_id,arr\nA1,$5\nA2,5\nA3,7 $\n", NULL },
		{ "account_id,arr\nA1,€5\nA2,5 €\n", NULL },
		{ "account_id,arr,currency\nA1,$5,USD\nA2,€5,EUR\n", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book("");
		struct import_request q = importing_request(REC_ACCOUNT, rows[i].csv);
		struct import_result r;
		uint32_t id;
		struct err e;

		q.signs = "drop";
		q.decimal = ".";
		q.skip_bad = true;
		q.currencies = NULL;
		q.currency_count = 0;
		if (importing_run(s, &q, &r, &e) == ST_OK) {
			if (rows[i].error)
				fail_msg("%zu was taken", i);
		} else if (!rows[i].error || !strstr(e.text, rows[i].error)) {
			fail_msg("%s", e.text);
		} else {
			assert_int_equal(
				s->ops->find(s, REC_ACCOUNT, TEXT("A1"), &id, &e), ST_OK);
			assert_int_equal(id, 0);
		}
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* Three digits behind the mark that is decimal elsewhere in the column. */
static void thousands_or_decimals(void **state)
{
	static const struct {
		const char *csv, *decimal;
		int64_t cents; /* of A2; -1: it is an error */
	} rows[] = {
		{ "account_id;arr\nA1;1.234,50\nA2;2,500\n", NULL, -1 },
		{ "account_id;arr\nA2;2,500\nA1;1.234,50\n", NULL, -1 },
		{ "account_id;arr\nA2;125,000\nA1;1.234,50\n", NULL, -1 },
		{ "account_id;ARR (EUR)\nA2;€ 2,500\nA1;1.234,50\n", NULL, -1 },
		{ "account_id,arr\nA1,1234.5\nA2,2.500\n", NULL, -1 },
		{ "account_id;arr\nA1;1.234,50\nA2;2.500\n", NULL, 250000 },
		{ "account_id;arr\nA1;1.234,50\nA2;2,50\n", NULL, 250 },
		{ "account_id;arr\nA1;1.234,50\nA2;2500,000\n", NULL, 250000 },
		{ "account_id;arr\nA1;1.234,50\nA2;0,500\n", NULL, 50 },
		{ "account_id;arr\nA1;1.234,50\nA2;1.002,500\n", NULL, 100250 },
		{ "account_id;arr\nA1;1.234,50\nA2;2,500\n", ",", 250 },
		{ "account_id,arr\nA1,\"1,234.50\"\nA2,\"2,500\"\n", NULL, 250000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book("account_id=A2\n");
		struct import_request q = importing_request(REC_ACCOUNT, rows[i].csv);
		struct cell cells[RECORD_FIELDS_MAX];
		struct import_result r;
		struct arena a;
		struct err e;
		bool there;

		q.decimal = rows[i].decimal;
		if ((importing_run(s, &q, &r, &e) == ST_OK) != (rows[i].cents >= 0))
			fail_msg("%s: %s", rows[i].csv, e.text);
		arena_init(&a);
		if (rows[i].cents < 0) {
			assert_int_equal(r.error_count, 1);
			assert_non_null(strstr(r.errors[0].message,
				"is not an amount: the three digits behind its mark may "
				"be decimals or belong to a thousand; write two decimals "
				"or none, or say --decimal ."));
		} else {
			assert_int_equal(s->ops->row_read(s, REC_ACCOUNT, 1, &a, cells,
						 &there, &e),
				ST_OK);
			assert_int_equal(cells[F_ARR].i, rows[i].cents);
		}
		arena_clear(&a);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_of_amounts),
		cmocka_unit_test(signs_of_two_currencies),
		cmocka_unit_test(thousands_or_decimals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
