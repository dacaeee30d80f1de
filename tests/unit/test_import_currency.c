/* The currency of a book: the first file that tells one gives it its own, later ones are
 * held to it. */
#include "core/book_import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fixture.h"
#include "tests/support/importing.h"

struct first {
	const char *csv;
	const char *currency; /* that the book has afterwards */
	const char *note;     /* part of one; NULL: none about the currency */
	const char *signs, *mapping;
	bool skip_bad, refused;
};

static enum status take(struct book *b, const struct first *x, bool dry,
	struct import_result *r, struct err *e)
{
	struct import_request q = importing_request(REC_ACCOUNT, x->csv);
	char codes[FX_MAX + 1][4];

	import_under(&q, book_policy(b), codes);
	q.signs = x->signs;
	q.mapping_text = x->mapping;
	q.skip_bad = x->skip_bad;
	q.dry_run = dry;
	*e = (struct err){ .status = ST_OK };
	return book_import(b, &q, r, e);
}

static const struct first firsts[] = {
	{ .csv = "account_id,ARR (EUR)\nA1,5\n",
		.currency = "EUR",
		.note = "the book is kept in EUR instead of USD, as the header "
			"\"ARR (EUR)\" says" },
	{ .csv = "account_id,ARR in chf\nA1,5\n", .currency = "CHF", .note = "CHF" },
	{ .csv = "account_id,arr\nA1,\nA2,€ 5\nA3,6\n",
		.currency = "EUR",
		.note = "as the signs in column \"arr\" say" },
	{ .csv = "account_id,arr\nA1,-\nA2,5 £\n", .currency = "GBP", .note = "GBP" },
	{ .csv = "account_id,arr\nA1,€5\n",
		.currency = "EUR",
		.note = "EUR",
		.signs = "drop" },
	{ .csv = "account_id,arr,currency\nA1,5,\nA2,6,eur\nA3,6,EUR\n",
		.currency = "EUR",
		.note = "as the column \"currency\" says" },
	{ .csv = "account_id,arr\nA1,5\n",
		.currency = "EUR",
		.note = "as the mapping says",
		.mapping = "kind = accounts\n[constants]\ncurrency = EUR\n" },
	{ .csv = "account_id,arr\nA1,5\n",
		.currency = "USD",
		.note = "the file names no currency: its amounts count as USD" },
	{ .csv = "account_id,ARR (USD)\nA1,5\n", .currency = "USD" },
	{ .csv = "account_id,name\nA1,€ 5\n", .currency = "USD" },
	/* a dollar is of many */
	{ .csv = "account_id,arr\nA1,$5\n",
		.currency = "USD",
		.signs = "drop",
		.note = "names no currency" },
	/* two of them make no book */
	{ .csv = "account_id,arr,currency\nA1,5,EUR\nA2,6,CHF\n",
		.currency = "USD",
		.refused = true },
	{ .csv = "account_id,ARR (EUR),currency\nA1,5,CHF\n",
		.currency = "USD",
		.refused = true },
	{ .csv = "account_id,arr\nA1,€5\nA2,£5\n", .currency = "USD", .refused = true },
	/* what is refused leaves the book as it was, also with the rest taken */
	{ .csv = "account_id,ARR (EUR)\nA1,5\nA2,x\n",
		.currency = "USD",
		.refused = true },
	{ .csv = "account_id,ARR (EUR)\nA1,x\n", .currency = "USD", .skip_bad = true },
	{ .csv = "account_id,ARR (EUR)\nA1,5\nA2,x\n",
		.currency = "EUR",
		.note = "EUR",
		.skip_bad = true },
};

static void the_first_file_says_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(firsts) / sizeof(firsts[0]); i++) {
		const struct first *x = &firsts[i];

		for (int dry = 1; dry >= 0; dry--) {
			struct book *b = fixture_book(FIXTURE_EMPTY);
			const int32_t before = book_policy_version(b);
			const char *want = dry ? "USD" : x->currency;
			struct import_result r;
			struct err e;
			const enum status st = take(b, x, dry, &r, &e);

			if ((st != ST_OK) != x->refused)
				fail_msg("%zu: %s", i, e.text);
			if (strcmp(book_policy(b)->currency, want) != 0)
				fail_msg("%zu: %s", i, book_policy(b)->currency);
			assert_int_equal(book_policy_version(b) - before,
				strcmp(want, "USD") != 0);
			if ((r.currency != NULL) != (x->note != NULL && !x->refused))
				fail_msg("%zu: %s", i, r.currency ? r.currency : "-");
			if (!dry && x->note && !strstr(r.currency, x->note))
				fail_msg("%zu: %s", i, r.currency);
			import_result_clear(&r);
			book_free(&b);
		}
	}
}

/* What a person said of the currency, and accounts that are there, stand. */
static void a_book_that_has_one_keeps_it(void **state)
{
	static const struct {
		const char *policy, *first, *csv, *error;
	} rows[] = {
		{ NULL, "account_id,arr\nA1,5\n", "account_id,ARR (EUR)\nA2,5\n",
			"the book is in USD and the policy has no rate for EUR: add it "
			"to "
			"[fx]" },
		{ NULL, "account_id,arr\nA1,5\n", "account_id,arr\nA2,€5\n",
			"the book is in USD and the policy has no rate for EUR" },
		{ "[policy]\ncurrency = CHF\n", NULL, "account_id,ARR (EUR)\nA2,5\n",
			"the book is in CHF and the policy has no rate for EUR" },
		{ "[fx]\nGBP = 1.3\n", NULL, "account_id,ARR (EUR)\nA2,5\n",
			"the book is in USD and the policy has no rate for EUR" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct book *b = fixture_book(FIXTURE_EMPTY);
		const struct first first = { .csv = rows[i].first },
				   next = { .csv = rows[i].csv };
		struct import_result r;
		int32_t version;
		struct err e;

		if (rows[i].policy)
			assert_int_equal(book_policy_apply(b, rows[i].policy, "p", "ours",
						 &version, &e),
				ST_OK);
		if (rows[i].first) {
			assert_int_equal(take(b, &first, false, &r, &e), ST_OK);
			import_result_clear(&r);
		}
		version = book_policy_version(b);
		assert_int_equal(take(b, &next, false, &r, &e), ST_INVALID);
		if (!strstr(e.text, rows[i].error))
			fail_msg("%zu: %s", i, e.text);
		assert_null(r.currency);
		assert_int_equal(book_policy_version(b), version);
		import_result_clear(&r);
		book_free(&b);
	}
}

/* What a rate converts is said. */
static void rates_are_said(void **state)
{
	struct book *b = fixture_book(FIXTURE_EMPTY);
	const struct first x = { .csv = "account_id,ARR (EUR)\nA1,5\n" };
	struct import_result r;
	int32_t version;
	struct err e;

	(void)state;
	assert_int_equal(
		book_policy_apply(b, "[fx]\nEUR = 1.08\n", "p", "ours", &version, &e),
		ST_OK);
	assert_int_equal(take(b, &x, false, &r, &e), ST_OK);
	assert_true(importing_has_note(&r,
		"arr: amounts are in EUR, as its header says; one counts as 1.08 USD"));
	import_result_clear(&r);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_file_says_it),
		cmocka_unit_test(a_book_that_has_one_keeps_it),
		cmocka_unit_test(rates_are_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
