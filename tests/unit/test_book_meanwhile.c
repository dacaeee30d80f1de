/* Another writer: what a book makes of policies and accounts that came while it was open,
 * or was opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/support/ten.h"

static int64_t data_version = 1;

static enum status told_version(struct store *s, int64_t *out, struct err *e)
{
	(void)s;
	(void)e;
	*out = data_version;
	return ST_OK;
}

/* Another program saves one; by it tier 1 has 20 % of the base. */
static void their_policy(const struct store_ops *ops, struct store *s)
{
	static const uint32_t cap_bp[] = { 2000, 3000, 10000 };
	const struct policy_version v = {
		.reason = "", .author = "", .text = "[tiers]\ntier1_cap = 20\n"
	};
	int32_t version;

	MUST(ops->begin(s, &e));
	MUST(ops->policy_save(s, &v, cap_bp, &version, &e));
	MUST(ops->commit(s, &e));
}

static void refreshes_after_another_writer(void **state)
{
	struct store *s = ten_accounts();
	const struct store_ops *own = s->ops;
	struct store_ops told = *own;
	struct book *b;
	bool changed = true;

	(void)state;
	told.data_version = told_version;
	s->ops = &told;
	b = rules_book(s, TEN_DAY, "Dana");
	assert_int_equal(ten_summary(b).active, 10);
	MUST(book_refresh(b, &changed, &e));
	assert_false(changed);
	/* behind the book's back: one account more and a policy */
	rows_put(s, REC_ACCOUNT, "account_id=A13|arr=5");
	their_policy(s->ops, s);
	assert_int_equal(ten_summary(b).active, 10); /* a picture of then */
	data_version++;
	MUST(book_refresh(b, &changed, &e));
	assert_true(changed);
	assert_int_equal(ten_summary(b).active, 11);
	assert_int_equal(ten_summary(b).limit[0], 2);
	assert_int_equal(book_policy_version(b), 2);
	MUST(book_refresh(b, &changed, &e));
	assert_false(changed);
	s->ops = own;
	book_free(&b);
}

static const struct store_ops *plain;
static bool crowded;

/* Another program has founded the book by the time it is this one's turn. */
static enum status begin_late(struct store *s, struct err *why)
{
	their_policy(plain, s);
	return plain->begin(s, why);
}

static void founds_no_book_twice(void **state)
{
	struct store *s = ten_accounts();
	struct store_ops late = *s->ops;
	struct book *b;

	(void)state;
	plain = s->ops;
	late.begin = begin_late;
	s->ops = &late;
	b = rules_book(s, TEN_DAY, "Dana");
	s->ops = plain;
	assert_int_equal(book_policy_version(b), 1);
	assert_int_equal(book_policy(b)->cap_bp[0], 2000);
	book_free(&b);
}

/* Another program adds accounts once it is known how many there were. */
static enum status and_more_accounts(
	struct store *s, struct book_info *out, struct err *e)
{
	enum status st = plain->info(s, out, e);
	char row[32];

	for (int i = 0; !crowded && i < 300; i++) {
		snprintf(row, sizeof(row), "account_id=M%03d|arr=5", i);
		rows_put(s, REC_ACCOUNT, row);
	}
	crowded = true;
	return st;
}

static void accounts_that_come_while_it_reads(void **state)
{
	struct store *s = ten_accounts();
	struct store_ops busy = *s->ops;
	struct book *b;

	(void)state;
	plain = s->ops;
	busy.info = and_more_accounts;
	crowded = true;
	b = rules_book(s, TEN_DAY, "Dana");
	s->ops = &busy;
	crowded = false;
	assert_int_equal(ten_summary(b).active, 10);
	s->ops = plain;
	rules_day(b, TEN_DAY);
	assert_int_equal(ten_summary(b).active, 310);
	book_free(&b);
}

/* What is computed and stored goes by the policy that is in force by then. */
static void a_policy_set_meanwhile_counts(void **state)
{
	struct store *s = ten_accounts();
	const struct store_ops *own = s->ops;
	struct store_ops told = *own;
	struct recalc_result done;
	struct snapshot_day day;
	struct book *b;
	int32_t version;

	(void)state;
	told.data_version = told_version;
	s->ops = &told;
	b = rules_book(s, TEN_DAY, "Dana");
	their_policy(s->ops, s);
	data_version++;
	MUST(book_recalc(b, &done, &e));
	MUST(s->ops->snapshot_find(s, done.as_of, &day, &e));
	assert_int_equal(day.policy_version, 2);
	data_version++;
	MUST(book_policy_apply(
		b, "[tiers]\ntier2_cap = 25\n", "mine", "why", &version, &e));
	assert_int_equal(book_policy(b)->cap_bp[0], 2000); /* theirs */
	assert_int_equal(book_policy(b)->cap_bp[1], 2500);
	s->ops = own;
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refreshes_after_another_writer),
		cmocka_unit_test(founds_no_book_twice),
		cmocka_unit_test(accounts_that_come_while_it_reads),
		cmocka_unit_test(a_policy_set_meanwhile_counts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
