/* Audits of the method, each at its edge: what is let pass, what is told, of whom. */
#include "core/audit.h"
#include "core/change.h"
#include "core/tier_request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/auditing.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

/* ---- words ---- */

static void locks_that_end(void **state)
{
	struct book *b = auditing_book(5, 1, 1);

	(void)state;
	rows_put(book_store(b), REC_LOCK,
		"account_id=A001|until=2026-04-15|reason=board\n" /* 15 days */
		"account_id=A002|until=2026-04-14|reason=board\n"
		"account_id=A003|until=2026-03-30|reason=board\n");
	assert_string_equal(auditing_finds(b, "locks", "2: 2,3; "),
		"1 lock is over, 1 ends within 14 days\n");
	auditing_finds(b, "lock-without-reason", "");
	rows_put(book_store(b), REC_LOCK,
		"account_id=A001|until=2026-12-31|reason= \n"
		"account_id=A002|until=2026-12-31|reason=board\n"
		"account_id=A003|until=2026-03-30|reason= \n"); /* over */
	auditing_finds(b, "lock-without-reason", "1: 1; ");
	book_free(&b);
}

/* Money is a reason, noise is none; who came up by it and is there still. */
static void placed_for_being_loud(void **state)
{
	struct book *b = auditing_book(100, 5, 20);

	(void)state;
	auditing_recalc(b, AUDITING_DAY);
	MUST(book_set_tier(b, 1, 1, 0, "they will double", &e));
	auditing_finds(b, "loud-override", "");
	MUST(book_set_tier(b, 2, 1, 0, "Very LOUD on the phone", &e));
	auditing_finds(b, "loud-override", "1: 2; ");
	MUST(book_lock(b, 3, day_of("2026-12-31"), "relationship with our founder", &e));
	auditing_finds(b, "loud-override", "2: 2,3; ");
	MUST(book_set_tier(b, 2, 3, 0, "enough noise", &e)); /* down is no favour */
	auditing_finds(b, "loud-override", "1: 3; ");
	MUST(book_unlock(b, 3, "done", &e));
	auditing_finds(b, "loud-override", "");
	book_free(&b);
}

static void taken_back_is_not_loud(void **state)
{
	struct book *b = auditing_book(100, 5, 20);

	(void)state;
	auditing_recalc(b, AUDITING_DAY);
	MUST(book_set_tier(b, 2, 1, 0, "a friend of ours", &e));
	auditing_finds(b, "loud-override", "1: 2; ");
	MUST(book_undo(b, 1, &e));
	auditing_finds(b, "loud-override", "");
	book_free(&b);
}

static void requests_wait(void **state)
{
	struct book *b = auditing_book(10, 1, 3);
	int64_t id;

	(void)state;
	MUST(book_request_tier(b, 1, 1, "Kim", "grows", &id, &e));
	rules_day(b, "2026-04-14");
	auditing_finds(b, "requests-open", "");
	rules_day(b, "2026-04-15");
	auditing_finds(b, "requests-open", "1: 1; ");
	MUST(book_decline_request(b, id, "no room", &e));
	auditing_finds(b, "requests-open", "");
	book_free(&b);
}

/* ---- the five failure modes ---- */

static void the_same_service_for_all(void **state)
{
	struct book *b = auditing_book(10, 1, 3);

	(void)state;
	auditing_finds(b, "uniform-service", "");
	auditing_policy(b,
		"[alerts]\nno_touch_tier1 = 30\nno_touch_tier2 = 30\n[service]\n"
		"human_tier1 = 20\nhuman_tier2 = 20\nhuman_tier3 = 20\n"
		"reviews_tier1 = 0\n");
	auditing_finds(b, "uniform-service", "0; ");
	auditing_policy(b, "[service]\nhuman_tier3 = 19\n");
	auditing_finds(b, "uniform-service", "");
	auditing_policy(
		b, "[alerts]\nno_touch_tier2 = 31\n[service]\nhuman_tier3 = 20\n");
	auditing_finds(b, "uniform-service", "");
	book_free(&b);
}

/* The talk of one in four accounts of tier 2 may be late. */
static void outreach_waits(void **state)
{
	struct book *b = auditing_book(10, 1, 4);

	(void)state;
	rows_put(book_store(b), REC_ALERT,
		"account_id=A006|kind=no-touch|opened_on=2026-03-30|severity=info|"
		"state=open\n"
		"account_id=A007|kind=no-touch|opened_on=2026-01-30|severity=info|"
		"state=resolved|ended_on=2026-02-01\n");
	auditing_finds(b, "reactive-outreach", "");
	rows_put(book_store(b), REC_ALERT,
		"account_id=A008|kind=no-touch|opened_on=2026-03-30|severity=info|"
		"state=snoozed|snoozed_until=2026-04-30\n");
	assert_non_null(strstr(auditing_finds(b, "reactive-outreach", "0; "),
		"tier 2: the talk of 2 of 4 accounts is late"));
	auditing_policy(b, "[alerts.severity]\nno-touch = warning off off\n");
	assert_non_null(
		strstr(auditing_finds(b, "reactive-outreach", "0; "), "no-touch is off"));
	auditing_policy(b, "[alerts.severity]\nhealth-drop = off warning info\n"
			   "silent = off warning info\nslow-start = off warning info\n");
	auditing_finds(b, "reactive-outreach", "0; "); /* renewal still looks ahead */
	auditing_policy(b, "[alerts.severity]\nrenewal = off warning info\n");
	auditing_finds(b, "reactive-outreach", "0; 0; ");
	book_free(&b);
}

/* One answer of four accounts of tiers 1 and 2 is enough, and one vote on ten alerts. */
static void nobody_asks(void **state)
{
	struct book *b = auditing_book(10, 1, 3);
	char row[160];

	(void)state;
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "weak-feedback", "0; ");
	auditing_signal(b, 10, AUDITING_DAY, "nps", 9);
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "weak-feedback", "");
	for (int i = 1; i <= 10; i++) {
		auditing_finds(b, "weak-feedback", ""); /* nine say nothing */
		snprintf(row, sizeof(row),
			"account_id=A%03d|kind=silent|opened_on=2026-03-01|severity=info|"
			"state=closed|ended_on=2026-03-0%d|outcome=x",
			i, 1 + i % 9);
		rows_put(book_store(b), REC_ALERT, row);
	}
	auditing_finds(b, "weak-feedback", "0; ");
	rows_put(book_store(b), REC_ALERT,
		"account_id=A001|kind=renewal|opened_on=2026-03-01|severity=info|"
		"state=open|useful=1");
	auditing_finds(b, "weak-feedback", "");
	book_free(&b);
}

static void expansion_goes_to_nobody(void **state)
{
	struct book *b = auditing_book(10, 1, 3);

	(void)state;
	auditing_finds(b, "no-hand-off", "");
	auditing_policy(
		b, "[alerts.plays]\nexpansion = - recovery-call self-serve-upgrade\n");
	assert_string_equal(auditing_finds(b, "no-hand-off", "0; 0; "),
		"expansion in tier 1 starts no play\n"
		"expansion in tier 2 starts a play without a step of sales\n");
	auditing_policy(b,
		"[alerts.severity]\nexpansion = off opportunity opportunity\n"
		"[alerts.plays]\nexpansion = expansion-hand-off expansion-hand-off "
		"self-serve-upgrade\n");
	assert_string_equal(auditing_finds(b, "no-hand-off", "0; "),
		"expansion in tier 1 is switched off\n");
	book_free(&b);
}

/* Fewer than three may be chance; of two accounts with as many, tier 1 is named. */
static void causes_that_nobody_mends(void **state)
{
	struct book *b = auditing_book(10, 1, 3);

	(void)state;
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=1|account_id=A001|opened_on=2026-03-01|root_cause=sync\n"
		"ticket_id=2|account_id=A001|opened_on=2026-03-02|root_cause=sync\n"
		"ticket_id=3|account_id=A001|opened_on=2026-03-03|root_cause=sync\n"
		"ticket_id=4|account_id=A001|opened_on=2026-03-04|root_cause=other\n");
	auditing_finds(b, "unfixed-causes", "");
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=5|account_id=A010|opened_on=2026-03-04|root_cause=sync\n"
		"ticket_id=6|account_id=A010|opened_on=2026-03-04|root_cause=sync\n"
		"ticket_id=7|account_id=A010|opened_on=2026-03-04|root_cause=sync\n");
	assert_string_equal(auditing_finds(b, "unfixed-causes", "1: 10; "),
		"1 root cause comes again without a fix; most of all sync: 4 of 6 "
		"tickets "
		"in 91 days, at 2 accounts\n");
	rows_put(book_store(b), REC_FIX,
		"account_id=A010|cause=sync|noticed_on=2026-03-31|text=x\n");
	auditing_finds(b, "unfixed-causes", "");
	rules_day(b, "2026-03-30"); /* nobody had noticed it then */
	auditing_finds(b, "unfixed-causes", "1: 10; ");
	book_free(&b);
}

static void fixes_that_did_not_help(void **state)
{
	struct book *b = auditing_book(10, 1, 3);

	(void)state;
	rows_put(book_store(b), REC_FIX,
		"account_id=A002|cause=sync|noticed_on=2026-03-01|text=x|"
		"automated_on=2026-03-10\n");
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=1|account_id=A001|opened_on=2026-03-10|root_cause=sync\n");
	auditing_finds(b, "fix-came-back", "");
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=2|account_id=A001|opened_on=2026-03-11|root_cause= sync \n");
	assert_string_equal(auditing_finds(b, "fix-came-back", "1: 2; "),
		"tickets of 1 root cause came after the fix; most of all sync: 1 since "
		"it "
		"was automated\n");
	rows_put(book_store(b), REC_FIX,
		"account_id=A003|cause=sync|noticed_on=2026-03-12|text=somebody is on "
		"it\n");
	auditing_finds(b, "fix-came-back", "");
	book_free(&b);
}

/* Each has a name of its own, a title that fits, and says what to do. */
static void the_table(void **state)
{
	int n;
	const struct audit_check *c = audit_checks(&n);

	(void)state;
	for (int i = 0; i < n; i++) {
		assert_true(strlen(c[i].title) <= 28);
		assert_non_null(strchr(".?", c[i].remedy[strlen(c[i].remedy) - 1]));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(c[i].name, c[k].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(locks_that_end),
		cmocka_unit_test(placed_for_being_loud),
		cmocka_unit_test(taken_back_is_not_loud),
		cmocka_unit_test(requests_wait),
		cmocka_unit_test(the_same_service_for_all),
		cmocka_unit_test(outreach_waits),
		cmocka_unit_test(nobody_asks),
		cmocka_unit_test(expansion_goes_to_nobody),
		cmocka_unit_test(causes_that_nobody_mends),
		cmocka_unit_test(fixes_that_did_not_help),
		cmocka_unit_test(the_table),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
