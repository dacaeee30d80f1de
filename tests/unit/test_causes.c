/* Root causes of tickets: ranks, spans, and what comes again. */
#include "core/causes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"

/* "defect 3/1 2 1": tickets, before, accounts, again; one line each. */
static void causes_are(
	struct book *b, int32_t days, const char *expected, const char *sums)
{
	char said[1024] = "", all[200];
	struct causes c;
	size_t n = 0;

	MUST(causes_of(b, days, &c, &e));
	for (uint32_t i = 0; i < c.n; i++)
		n += (size_t)snprintf(said + n, sizeof(said) - n, "%.*s %u/%u %u %u\n",
			(int)c.row[i].name.n, c.row[i].name.s, c.row[i].tickets,
			c.row[i].before, c.row[i].accounts, c.row[i].repeated);
	snprintf(all, sizeof(all), "%u/%u again %u nameless %u gone %u", c.tickets,
		c.before, c.repeated, c.nameless, c.gone);
	assert_string_equal(said, expected);
	assert_string_equal(all, sums);
	causes_clear(&c);
}

static void ranked(void **state)
{
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A\naccount_id=B\n");
	/* of ten days: from 2026-03-22; before: from 2026-03-12 */
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=A|opened_on=2026-03-22|root_cause=defect\n"
		"ticket_id=2|account_id=A|opened_on=2026-03-21|root_cause=defect\n"
		"ticket_id=3|account_id=B|opened_on=2026-03-31|root_cause=defect\n"
		"ticket_id=4|account_id=B|opened_on=2026-03-31|root_cause=how-to\n"
		"ticket_id=5|account_id=B|opened_on=2026-03-30|root_cause=how-to\n"
		"ticket_id=6|account_id=A|opened_on=2026-03-12|root_cause=outage\n"
		"ticket_id=7|account_id=A|opened_on=2026-03-11|root_cause=outage\n"
		"ticket_id=8|account_id=A|opened_on=2026-04-01|root_cause=outage\n"
		"ticket_id=9|account_id=A|opened_on=2026-03-25\n"
		"ticket_id=10|account_id=A|opened_on=2026-03-15\n"
		"ticket_id=11|account_id=A|opened_on=2026-03-25|root_cause=billing\n");
	b = rules_book(s, DAY, "Lea");
	causes_are(b, 10,
		"defect 2/1 2 1\nhow-to 2/0 1 1\nbilling 1/0 1 0\noutage 0/1 0 0\n",
		"6/3 again 2 nameless 1 gone 1");
	causes_are(b, 1, "how-to 1/1 1 1\ndefect 1/0 1 0\n",
		"2/1 again 1 nameless 0 gone 0");
	book_free(&b);
}

static void none(void **state)
{
	struct book *b = rules_book(fake_store_new(), DAY, "Lea");

	(void)state;
	causes_are(b, 91, "", "0/0 again 0 nameless 0 gone 0");
	book_free(&b);
}

/* "defect documented 3 d, open, 0 since": of each cause that has a fix; a line each. */
static void fixes_are(struct book *b, const char *expected)
{
	char said[2048] = "", line[TEXT_SAID_MAX];
	struct causes c;
	size_t n = 0;

	MUST(causes_of(b, 10, &c, &e));
	for (uint32_t i = 0; i < c.n; i++) {
		const struct cause_row *r = &c.row[i];

		assert_int_equal(r->fix == NULL, r->verdict == FIX_NONE);
		if (r->fix)
			n += (size_t)snprintf(said + n, sizeof(said) - n,
				"%.*s at %.*s: %s %d d, %s, %u since\n", (int)r->name.n,
				r->name.s, (int)r->fix->account.n, r->fix->account.s,
				fix_state_word[r->fix->state],
				(int)(c.as_of - fix_since(r->fix)),
				fix_verdict_word[r->verdict], r->since);
	}
	for (int k = CAUSES_LOOP; k < CAUSES_LINES; k++)
		if (*causes_text(&c, (enum causes_line)k, line))
			n += (size_t)snprintf(said + n, sizeof(said) - n, "%s%s\n",
				causes_warns((enum causes_line)k) ? "! " : "", line);
	assert_string_equal(said, expected);
	causes_clear(&c);
}

static void put_tickets(struct store *s)
{
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=A|opened_on=2026-03-22|root_cause=defect\n"
		"ticket_id=2|account_id=A|opened_on=2026-03-23|root_cause=defect\n"
		"ticket_id=3|account_id=B|opened_on=2026-03-24|root_cause=defect\n"
		"ticket_id=4|account_id=B|opened_on=2026-03-24|root_cause=outage\n"
		"ticket_id=5|account_id=B|opened_on=2026-03-25|root_cause=outage\n"
		"ticket_id=6|account_id=C|opened_on=2026-03-25|root_cause=billing\n"
		"ticket_id=7|account_id=C|opened_on=2026-03-15|root_cause=sync\n");
}

/* Of short spans, too, a fix is judged by the tickets of 28 days, which count as nothing
 * else. */
static void short_spans(void **state)
{
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A\n");
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=A|opened_on=2026-03-04|root_cause=slow\n"
		"ticket_id=2|account_id=A|opened_on=2026-03-03|root_cause=quiet\n"
		"ticket_id=3|account_id=A|opened_on=2026-03-10|root_cause=other\n"
		"ticket_id=4|account_id=A|opened_on=2026-03-30\n");
	rows_put(s, REC_FIX,
		"account_id=A|cause=slow|noticed_on=2026-01-01|text=x|"
		"automated_on=2026-01-15\n"
		"account_id=A|cause=quiet|noticed_on=2026-01-01|text=x|"
		"automated_on=2026-01-15\n");
	b = rules_book(s, DAY, "Lea");
	fixes_are(b, "quiet at A: automated 75 d, holds, 0 since\n"
		     "slow at A: automated 75 d, came-back, 1 since\n"
		     "fixes: of 2 noticed 2 documented, 2 automated, 0 verified; those "
		     "not verified are 89 d old (median)\n"
		     "no ticket for 28 d or more, verify: quiet\n"
		     "! came back after the fix: slow\n");
	causes_are(
		b, 10, "quiet 0/0 0 0\nslow 0/0 0 0\n", "1/0 again 0 nameless 1 gone 0");
	book_free(&b);
}

/* Tickets are told per account also where none of them has a cause. */
static void nameless(void **state)
{
	struct store *s = fake_store_new();
	char line[TEXT_SAID_MAX];
	struct causes c;
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A\naccount_id=B\n");
	rows_put(s, REC_TICKET, "ticket_id=1|account_id=A|opened_on=2026-03-30\n");
	b = rules_book(s, DAY, "Lea");
	MUST(causes_of(b, 10, &c, &e));
	assert_string_equal(causes_text(&c, CAUSES_TICKETS, line),
		"1 ticket in 10 d, 0.50 per account; 0 in the 10 d before");
	causes_clear(&c);
	book_free(&b);
}

static void with_fixes(void **state)
{
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A\naccount_id=B\naccount_id=C\n");
	put_tickets(s);
	b = rules_book(s, DAY, "Lea");
	fixes_are(b, "suggested: defect has no fix; 1 of 3 tickets comes again, at 2 "
		     "accounts; begin with A\n");
	rows_put(s, REC_FIX,
		/* the day it was automated is its last one: one ticket after it */
		"account_id=A|cause=defect|noticed_on=2026-03-01|text=x|"
		"automated_on=2026-03-23|link=release 7\n"
		/* not known before tomorrow */
		"account_id=B|cause=outage|noticed_on=2026-04-01|text=x\n"
		/* what happens tomorrow has not yet */
		"account_id=C|cause=sync|noticed_on=2026-03-21|text=x|"
		"documented_on=2026-03-29|automated_on=2026-04-01\n"
		/* no tickets, for as long as it takes, and verified */
		"account_id=C|cause=login|noticed_on=2026-01-01|text=x|"
		"automated_on=2026-03-03\n"
		"account_id=C|cause=import|noticed_on=2025-01-01|text=x|"
		"automated_on=2025-02-01|verified_on=2025-03-15\n");
	fixes_are(b, "defect at A: automated 8 d, came-back, 1 since\n"
		     "sync at C: documented 2 d, open, 0 since\n"
		     "import at C: verified 381 d, eliminated, 0 since\n"
		     "login at C: automated 28 d, holds, 0 since\n"
		     "fixes: of 4 noticed 4 documented, 3 automated, 1 verified; those "
		     "not verified are 30 d old (median)\n"
		     "1 cause eliminated: import\n"
		     "no ticket for 28 d or more, verify: login\n"
		     "! came back after the fix: defect\n"
		     "suggested: outage has no fix; 1 of 2 tickets comes again, at 1 "
		     "account; begin with B\n");
	causes_are(b, 10,
		"defect 3/0 2 1\noutage 2/0 1 1\nbilling 1/0 1 0\nsync 0/1 0 0\n"
		"import 0/0 0 0\nlogin 0/0 0 0\n",
		"6/1 again 2 nameless 0 gone 1");
	book_free(&b);
}

/* What comes again counts before what comes often, then at how many accounts, then at how
 * many of tier 1; tier 1 is where to begin, and nobody who is gone. */
static void suggested(void **state)
{
	static const struct {
		const char *tickets, *cause, *begin;
	} rows[] = {
		{ "ticket_id=1|account_id=A|opened_on=2026-03-25|root_cause=rare\n",
			"rare", "A" },
		{ "ticket_id=2|account_id=B|opened_on=2026-03-25|root_cause=wide\n"
		  "ticket_id=3|account_id=C|opened_on=2026-03-25|root_cause=wide\n",
			"wide", "B" },
		{ "ticket_id=4|account_id=C|opened_on=2026-03-25|root_cause=again\n"
		  "ticket_id=5|account_id=C|opened_on=2026-03-15|root_cause=again\n",
			"again", "C" },
		/* as often, with fewer tickets, of more accounts */
		{ "ticket_id=6|account_id=C|opened_on=2026-03-24|root_cause=again\n"
		  "ticket_id=7|account_id=C|opened_on=2026-03-25|root_cause=both\n"
		  "ticket_id=8|account_id=C|opened_on=2026-03-15|root_cause=both\n"
		  "ticket_id=9|account_id=D|opened_on=2026-03-25|root_cause=both\n"
		  "ticket_id=10|account_id=D|opened_on=2026-03-15|root_cause=both\n"
		  "ticket_id=11|account_id=C|opened_on=2026-03-26|root_cause=alone\n"
		  "ticket_id=12|account_id=C|opened_on=2026-03-26|root_cause=alone\n"
		  "ticket_id=13|account_id=C|opened_on=2026-03-26|root_cause=alone\n",
			"both", "D" },
		/* as many of all, and one of tier 1 */
		{ "ticket_id=14|account_id=B|opened_on=2026-03-25|root_cause=top\n"
		  "ticket_id=15|account_id=B|opened_on=2026-03-15|root_cause=top\n"
		  "ticket_id=16|account_id=C|opened_on=2026-03-25|root_cause=top\n"
		  "ticket_id=17|account_id=C|opened_on=2026-03-15|root_cause=top\n",
			"top", "B" },
		/* most of one that is gone, then of tier 3 */
		{ "ticket_id=18|account_id=A|opened_on=2026-03-25|root_cause=most\n"
		  "ticket_id=19|account_id=A|opened_on=2026-03-25|root_cause=most\n"
		  "ticket_id=20|account_id=A|opened_on=2026-03-25|root_cause=most\n"
		  "ticket_id=21|account_id=A|opened_on=2026-03-25|root_cause=most\n"
		  "ticket_id=22|account_id=C|opened_on=2026-03-25|root_cause=most\n",
			"most", "C" },
	};
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT,
		"account_id=A|status=churned|churned_on=2026-03-26\n"
		"account_id=B\naccount_id=C\naccount_id=D\n");
	rules_tiers(s, "3132", NULL, DAY, 400);
	b = rules_book(s, DAY, "Lea");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct causes c;

		rows_put(s, REC_TICKET, rows[i].tickets);
		MUST(causes_of(b, 10, &c, &e));
		assert_non_null(c.suggested);
		if (!text_eq(c.suggested->name, text_of(rows[i].cause)) ||
			!text_eq(c.begin, text_of(rows[i].begin)))
			fail_msg("%.*s at %.*s, not %s at %s", (int)c.suggested->name.n,
				c.suggested->name.s, (int)c.begin.n, c.begin.s,
				rows[i].cause, rows[i].begin);
		causes_clear(&c);
	}
	book_free(&b);
}

/* Of as many tickets in the same tier it begins with who came first into the book; with
 * more tickets, with whoever has them. */
static void where_to_begin(void **state)
{
	static const struct {
		const char *more, *begin;
	} rows[] = {
		{ NULL, "A" },
		{ "ticket_id=4|account_id=B|opened_on=2026-03-26|root_cause=tie\n", "B" },
		{ "ticket_id=5|account_id=C|opened_on=2026-03-26|root_cause=tie\n", "B" },
		{ "ticket_id=6|account_id=C|opened_on=2026-03-26|root_cause=tie\n", "C" },
	};
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A\naccount_id=B\naccount_id=C\n");
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=C|opened_on=2026-03-25|root_cause=tie\n"
		"ticket_id=2|account_id=B|opened_on=2026-03-25|root_cause=tie\n"
		"ticket_id=3|account_id=A|opened_on=2026-03-25|root_cause=tie\n");
	rules_tiers(s, "222", NULL, DAY, 300);
	b = rules_book(s, DAY, "Lea");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct causes c;

		if (rows[i].more)
			rows_put(s, REC_TICKET, rows[i].more);
		MUST(causes_of(b, 10, &c, &e));
		if (!text_eq(c.begin, text_of(rows[i].begin)))
			fail_msg("row %zu: %.*s", i, (int)c.begin.n, c.begin.s);
		causes_clear(&c);
	}
	book_free(&b);
}

static void known(void **state)
{
	static const struct {
		const char *cause;
		bool known;
		const char *else_what;
	} rows[] = {
		{ "login loop after single sign-on", true, NULL },
		{ "before", true, NULL },
		{ "fixd", false,
			"the most frequent are login loop after single sign-on, "
			"before." },
		{ "login", false, "did you mean login loop after single sign-on?" },
		{ "login lop after singel sign-on", false,
			"did you mean login loop after single sign-on?" },
		{ "logn loop", false, "did you mean login loop after single sign-on?" },
		{ "Before", false, "did you mean before?" },
		{ "zzz", false,
			"the most frequent are login loop after single sign-on, "
			"before." },
		{ "long ago", false,
			"the most frequent are login loop after single sign-on, "
			"before." },
	};
	struct store *s = fake_store_new();
	char said[TEXT_SAID_MAX];
	struct causes c;
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A\n");
	b = rules_book(s, DAY, "Lea");
	MUST(causes_of(b, 10, &c, &e));
	assert_false(causes_know(&c, TEXT("zzz"), said));
	assert_string_equal(said, "there is none at all.");
	causes_clear(&c);
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=A|opened_on=2026-03-31|root_cause=login loop "
		"after single sign-on\n"
		"ticket_id=2|account_id=A|opened_on=2026-03-21|root_cause=before\n"
		"ticket_id=3|account_id=A|opened_on=2026-03-01|root_cause=long ago\n");
	rows_put(s, REC_FIX,
		"account_id=A|cause=fixed|noticed_on=2026-03-01|text=a page\n");
	MUST(causes_of(b, 10, &c, &e));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		assert_int_equal(
			causes_know(&c, text_of(rows[i].cause), said), rows[i].known);
		if (!rows[i].known)
			assert_string_equal(said, rows[i].else_what);
	}
	causes_clear(&c);
	book_free(&b);
}

/* Of those of the cause that the account has, the one on which something was done last.
 */
static void of_an_account(void **state)
{
	static const struct {
		uint32_t account;
		const char *cause;
		int64_t row;
	} rows[] = {
		{ 1, "sync", 2 },
		{ 1, " sync ", 2 },
		{ 1, "login", 4 },
		{ 1, "later", 0 },
		{ 2, "sync", 3 },
		{ 2, "login", 0 },
		{ 1, "", 0 },
	};
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A|arr=100\naccount_id=B|arr=100\n");
	rows_put(s, REC_FIX,
		"account_id=A|cause=sync|noticed_on=2026-03-01|text=x\n"
		"account_id=A|cause=sync|noticed_on=2026-02-01|text=x|"
		"documented_on=2026-03-02\n"
		"account_id=B|cause=sync|noticed_on=2026-03-20|text=x\n"
		"account_id=A|cause=login|noticed_on=2026-03-20|text=x\n"
		"account_id=A|cause=later|noticed_on=2026-04-01|text=x\n");
	b = rules_book(s, DAY, "Lea");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		int64_t row = -1;

		MUST(causes_find_fix(
			b, rows[i].account, text_of(rows[i].cause), &row, &e));
		assert_int_equal(row, rows[i].row);
	}
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranked),
		cmocka_unit_test(none),
		cmocka_unit_test(short_spans),
		cmocka_unit_test(nameless),
		cmocka_unit_test(with_fixes),
		cmocka_unit_test(suggested),
		cmocka_unit_test(where_to_begin),
		cmocka_unit_test(known),
		cmocka_unit_test(of_an_account),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
