/* A backtest of a book that was made: what leaks it finds, what it proposes, and that it
 * is remembered. */
#include "core/backtest_text.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/audit.h"
#include "tests/support/fake_store.h"
#include "tests/support/leavers.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

/* ---- leaks ---- */

static bool leaks(const struct backtest *t, enum backtest_leak_kind kind, int input)
{
	for (int k = 0; k < t->leaks; k++)
		if (t->leak[k].kind == kind && t->leak[k].input == input)
			return true;
	return false;
}

/* A survey that was written after they left, and dated back by a quarter; a measurement
 * on the day itself. */
static void a_column_that_was_dated_back(void **state)
{
	struct store *s = leavers_store();
	struct book *b = rules_book(s, LEAVERS_DAY, "Dana");
	struct backtest t = leavers_backtest(b);

	(void)state;
	assert_int_equal(t.verdict, BACKTEST_TELLS);
	assert_false(leaks(&t, BACKTEST_LEAK_INPUT, COMP_SENTIMENT));
	backtest_clear(&t);
	for (int i = 0; i < LEAVERS_ACCOUNTS; i++)
		for (int32_t d = day_of("2025-03-01"); d < day_of("2026-01-01"); d += 30)
			if (i >= LEAVERS_GONE || d < leavers_gone_on(i) - 100)
				leavers_put(s, REC_SURVEY,
					"account_id=A%02d|date=%s|kind=nps|score=%d",
					i + 1, leavers_iso(d), 7 + i % 4);
	for (int i = 0; i < LEAVERS_GONE; i++)
		for (int back = 100; back > 0; back -= 20)
			leavers_put(s, REC_SURVEY,
				"account_id=A%02d|date=%s|kind=nps|score=0", i + 1,
				leavers_iso(leavers_gone_on(i) - back));
	leavers_put(s, REC_SIGNAL, "account_id=A03|date=%s|signal=logins|value=1",
		leavers_iso(leavers_gone_on(2)));
	t = leavers_backtest(b);
	assert_true(leaks(&t, BACKTEST_LEAK_INPUT, COMP_SENTIMENT));
	assert_true(leaks(&t, BACKTEST_LEAK_AFTER, -1));
	assert_true(t.proposal.held[COMP_SENTIMENT]);
	backtest_clear(&t);
	book_free(&b);
}

/* ---- what is proposed, and that it was made ---- */

static void the_file_is_a_policy(void **state)
{
	struct book *b = rules_book(leavers_store(), LEAVERS_DAY, "Dana");
	struct backtest t = leavers_backtest(b);
	struct policy is;
	struct arena a;
	const char *text;

	(void)state;
	arena_init(&a);
	assert_true(t.proposal.made && t.proposal.tried);
	assert_int_equal(t.proposal.active, LEAVERS_ACCOUNTS - LEAVERS_GONE);
	for (int better = 0; better < 2; better++) {
		t.proposal.better = better;
		t.proposal.sharper = true;
		text = book_backtest_policy(&t, &a);
		MUST(policy_merge(book_policy(b), text, "proposal", &is, NULL, &e));
		for (int c = 0; c < COMP_COUNT; c++)
			assert_int_equal((int)is.health[2].weight[c],
				better ? t.proposal.then[c] : t.proposal.now[c]);
		assert_true((fabs(is.number[POLICY_TRIAGE_FLOOR] -
				     t.proposal.curve_then.floor) < 1e-4) == !better);
	}
	arena_clear(&a);
	backtest_clear(&t);
	book_free(&b);
}

static bool never_backtested;

static enum status hear(void *arg, const struct audit_finding *f, struct err *e)
{
	(void)arg;
	(void)e;
	never_backtested |= strcmp(f->check->name, "never-backtested") == 0;
	return ST_OK;
}

static bool is_blamed(struct book *b)
{
	never_backtested = false;
	MUST(audit_run(b, hear, NULL, &e));
	return never_backtested;
}

static void it_is_remembered(void **state)
{
	struct store *s = leavers_store();
	struct book *b = rules_book(s, LEAVERS_DAY, "Dana");
	char title[BACKTEST_TEXT_MAX];
	struct recalc_result r;
	struct backtest t;
	struct text last;
	struct arena a;
	int64_t at;

	(void)state;
	arena_init(&a);
	assert_false(is_blamed(b)); /* never even recalculated */
	MUST(book_recalc(b, &r, &e));
	assert_true(is_blamed(b));
	t = leavers_backtest(b);
	assert_false(is_blamed(b)); /* it is at hand */
	rules_day(b, "2026-04-01"); /* and now no more */
	assert_true(is_blamed(b));
	MUST(book_backtest_recorded(b, &a, &last, &at, &e));
	assert_null(last.s);
	MUST(book_backtest_record(b, &t, &e));
	MUST(book_backtest_recorded(b, &a, &last, &at, &e));
	assert_true(text_eq(last, text_of(backtest_title(&t, title))));
	assert_true(at > 0);
	assert_false(is_blamed(b));
	leavers_put(s, REC_ACCOUNT, "account_id=A03|status=active|churned_on=");
	leavers_put(s, REC_ACCOUNT, "account_id=A04|status=active|churned_on=");
	leavers_put(s, REC_ACCOUNT, "account_id=A05|status=active|churned_on=");
	assert_false(is_blamed(b));
	arena_clear(&a);
	backtest_clear(&t);
	book_free(&b);
}

static bool stop(void *arg, const char *what, uint64_t done, uint64_t total)
{
	int *left = arg;

	(void)what;
	assert_true(done <= total);
	return (*left)-- > 0;
}

/* Wherever it is stopped, nothing is left. */
static void it_can_be_stopped(void **state)
{
	struct book *b = rules_book(leavers_store(), LEAVERS_DAY, "Dana");
	enum status st = ST_CANCELLED;

	(void)state;
	for (int after = 0; st != ST_OK; after++) {
		int left = after;
		const struct progress p = { stop, &left };
		struct backtest t;

		assert_true(after < 200);
		book_progress(b, &p);
		st = book_backtest(b, 90, &t, NULL);
		assert_true(st == ST_OK || st == ST_CANCELLED);
		backtest_clear(&t);
	}
	book_progress(b, NULL);
	book_free(&b);
}

static void an_empty_book(void **state)
{
	struct book *b = rules_book(fake_store_new(), LEAVERS_DAY, "Dana");
	struct backtest t = leavers_backtest(b);

	(void)state;
	assert_int_equal(t.verdict, BACKTEST_TOO_FEW);
	assert_int_equal(t.months, 0);
	backtest_clear(&t);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_column_that_was_dated_back),
		cmocka_unit_test(the_file_is_a_policy),
		cmocka_unit_test(it_is_remembered),
		cmocka_unit_test(it_can_be_stopped),
		cmocka_unit_test(an_empty_book),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
