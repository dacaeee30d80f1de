/* What templates say of accounts: what is read for it, and nothing of what was not. */
#include "core/play_start.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-01-31"

static const struct store_ops *plain;
static uint32_t parts, ones;
static bool broken;

static enum status part_counted(
	struct store *s, uint32_t part, int32_t as_of, struct part *p, struct err *why)
{
	parts++;
	return broken ? err_set(why, ST_IO, "the disk says no")
		      : plain->part(s, part, as_of, p, why);
}

static enum status one_counted(
	struct store *s, uint32_t account, int32_t as_of, struct part *p, struct err *why)
{
	ones++;
	return broken ? err_set(why, ST_IO, "the disk says no")
		      : plain->part_of_one(s, account, as_of, p, why);
}

/* Accounts of as many cents of ARR as their number says. */
static struct book *counted_book(struct store_ops *ops, uint32_t n)
{
	struct store *s = fake_store_new();
	struct book *b;

	assert_non_null(s);
	rows_add_accounts(s, n);
	b = rules_book(s, DAY, "Dana");
	MUST(book_need_columns(b, &e));
	plain = s->ops;
	*ops = *plain;
	ops->part = part_counted;
	ops->part_of_one = one_counted;
	s->ops = ops;
	parts = ones = 0;
	broken = false;
	return b;
}

static void facts_are(struct start_reader *r, struct book *b, uint32_t account)
{
	struct start_facts facts;

	MUST(start_reader_facts(r, b, account, &facts, &e));
	assert_int_equal(facts.arr, account);
}

/* One alone is read from its rows, neighbours with their part, each but once. */
static void what_is_read(void **state)
{
	enum { P = PART_ACCOUNTS };
	static const struct {
		uint32_t account[6], parts, ones;
	} table[] = {
		{ { 1 }, 0, 1 },
		{ { P }, 0, 1 },
		{ { P + 1 }, 0, 1 },
		{ { 7, 7, 7 }, 0, 1 },
		{ { 1, 2, 3, P }, 1, 1 },
		{ { P, 1, 9 }, 1, 1 },
		{ { P, P + 1 }, 0, 2 },
		{ { P, P + 1, P + 2, P + 3 }, 1, 2 },
		{ { 1, 2, P + 1, 3, 4 }, 2, 3 },
	};
	struct store_ops ops;
	struct book *b = counted_book(&ops, P + 3);

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct start_reader r = { .n = 0 };

		parts = ones = 0;
		for (size_t k = 0; k < 6 && table[i].account[k]; k++)
			facts_are(&r, b, table[i].account[k]);
		if (parts != table[i].parts || ones != table[i].ones)
			fail_msg("row %zu: %u parts, %u ones", i, parts, ones);
		start_reader_clear(&r);
	}
	book_store(b)->ops = plain;
	book_free(&b);
}

/* What could not be read is read again, not taken for facts. */
static void after_a_failure(void **state)
{
	static const uint32_t before[][2] = { { 0 }, { 1 }, { 1, 2 } };
	struct store_ops ops;
	struct book *b = counted_book(&ops, PART_ACCOUNTS + 3);
	struct start_facts facts;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(before) / sizeof(*before); i++)
		for (uint32_t account = 3; account <= PART_ACCOUNTS + 2;
			account += PART_ACCOUNTS - 1) {
			struct start_reader r = { .n = 0 };

			broken = false;
			for (size_t k = 0; k < 2 && before[i][k]; k++)
				facts_are(&r, b, before[i][k]);
			if (before[i][0] && before[i][1] && account == 3) {
				start_reader_clear(&r);
				continue; /* it was read with them */
			}
			broken = true;
			for (int again = 0; again < 2; again++)
				assert_int_equal(
					start_reader_facts(&r, b, account, &facts, &e),
					ST_IO);
			broken = false;
			facts_are(&r, b, account);
			start_reader_clear(&r);
		}
	book_store(b)->ops = plain;
	book_free(&b);
}

static void nobody(void **state)
{
	static const uint32_t none[] = { 0, 4, PART_ACCOUNTS + 1, UINT32_MAX };
	struct store_ops ops;
	struct book *b = counted_book(&ops, 3);
	struct start_reader r = { .n = 0 };
	struct start_facts facts;
	struct err e;

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		assert_int_equal(
			start_reader_facts(&r, b, none[i], &facts, &e), ST_NOTFOUND);
	facts_are(&r, b, 3);
	start_reader_clear(&r);
	book_store(b)->ops = plain;
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_read),
		cmocka_unit_test(after_a_failure),
		cmocka_unit_test(nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
