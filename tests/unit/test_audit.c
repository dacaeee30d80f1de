/* Audits: what is found, where, and what is let pass. */
#include "core/audit.h"
#include "core/plays.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"

/* Findings as "check count: first, second ...;" and their texts after each other. */
enum { SHOWN = 5 };
struct heard {
	char list[2048], texts[16384];
};

/* What is asked here; the checks of the method are in test_audit_method.c. */
static bool is_asked(const char *check)
{
	static const char *const names[] = { "over-cap", "review-due", "tier-against-arr",
		"no-tier", "no-owner", "single-component", "churned-but-paying", "plays",
		"useless-alerts", "untaken-alerts", "plays-in-vain" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], check) == 0)
			return true;
	return false;
}

static enum status hear(void *arg, const struct audit_finding *f, struct err *e)
{
	struct heard *h = arg;
	size_t n = strlen(h->list);

	(void)e;
	if (!is_asked(f->check->name))
		return ST_OK;
	n += (size_t)snprintf(
		h->list + n, sizeof(h->list) - n, "%s %u", f->check->name, f->count);
	for (uint32_t i = 0; i < f->count && i < SHOWN; i++)
		n += (size_t)snprintf(h->list + n, sizeof(h->list) - n, "%s%u",
			i ? "," : ": ", f->account[i]);
	snprintf(h->list + n, sizeof(h->list) - n, "; ");
	strcat(strcat(h->texts, f->text), "\n");
	assert_true(strlen(f->text) < sizeof(f->text) - 1); /* nothing was cut off */
	return ST_OK;
}

static void finds(struct book *b, const char *list)
{
	struct heard h = { "", "" };

	MUST(audit_run(b, hear, &h, &e));
	if (strcmp(h.list, list) != 0)
		fail_msg("%s\nnot: %s\n%s", h.list, list, h.texts);
}

static void apply_review(struct book *b)
{
	struct review r;

	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
}

/* Ten accounts with an owner each and an ARR of 1 .. 10; tiers by hand: "1223333333". */
static struct book *book_of(const char *tiers)
{
	struct store *s = fake_store_new();
	char row[80];

	for (int i = 1; i <= 10; i++) {
		snprintf(
			row, sizeof(row), "account_id=A%02d|arr=%d|csm=Dana", i, i * 100);
		rows_put(s, REC_ACCOUNT, row);
	}
	/* 1000: how the caps came to be exceeded is not asked here */
	rules_tiers(s, tiers, NULL, DAY, 1000);
	return rules_book(s, DAY, "Dana");
}

static void an_empty_book_is_in_order(void **state)
{
	struct book *b = rules_book(fake_store_new(), DAY, "Dana");

	(void)state;
	finds(b, "");
	book_free(&b);
}

static void caps(void **state)
{
	struct book *b = book_of("3333332221");
	struct heard h = { "", "" };

	(void)state;
	finds(b, "");
	book_free(&b);
	b = book_of("3333322211"); /* 2 in tier 1 with one place, 3 in tier 2 */
	finds(b, "over-cap 1: 9; ");
	book_free(&b);
	b = book_of("2222222221"); /* 9 in tier 2 with three places */
	finds(b, "over-cap 6: 1,2,3,4,5; ");
	MUST(audit_run(b, hear, &h, &e));
	assert_string_equal(h.texts,
		"tier 2 holds 9, 6 more than its cap of 3 (30 % of 10 rounded down): 6 "
		"must go down\n");
	book_free(&b);
}

/* More than 31 days since the last review. */
static void reviews_due(void **state)
{
	struct book *b = book_of("3333332221");

	(void)state;
	rules_day(b, "2026-05-01"); /* 31 days */
	finds(b, "");
	rules_day(b, "2026-05-02");
	finds(b, "review-due 0; ");
	book_free(&b);
	b = rules_book(fake_store_new(), DAY, "Dana");
	rows_put(book_store(b), REC_ACCOUNT, "account_id=A");
	finds(b, "review-due 0; "); /* never, and so nobody is blamed for no tier */
	book_free(&b);
}

/* ARR band 1 is the first by ARR, band 2 the next three, band 3 the rest: one band apart
 * is let pass, two are not. */
static void tier_against_arr(void **state)
{
	static const struct {
		const char *tiers, *list;
	} rows[] = {
		{ "3333332212", "" }, /* first and second swapped */
		{ "1333332223", "tier-against-arr 2: 10,1; " }, /* first and last */
		{ "3333312223", "tier-against-arr 2: 10,6; " },
		{ "3333331222", "" }, /* the best of band 3 in tier 2 would be one band */
		{ "3333332231", "" }, /* the second of all in tier 3 is one band too */
		{ "2333331222", "over-cap 1: 1; " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = book_of(rows[i].tiers);

		finds(b, rows[i].list);
		book_free(&b);
	}
}

/* Ten accounts of the same ARR, brought in one order or the other; A05 grows. */
static struct book *ties_book(bool reversed, const char *tiers)
{
	struct store *s = fake_store_new();
	char placed[11] = "";
	struct recalc_result r;
	struct book *b;
	char row[80];

	for (int i = 0; i < 10; i++) {
		const int account = reversed ? 10 - i : i + 1;

		snprintf(row, sizeof(row), "account_id=A%02d|arr=500|csm=Dana%s", account,
			account == 5 ? "|growth=0.1" : "");
		rows_put(s, REC_ACCOUNT, row);
		placed[i] = tiers[account - 1];
	}
	rules_tiers(s, placed, NULL, DAY, 1000);
	b = rules_book(s, DAY, "Dana");
	book_look_for_alerts(b, false);
	MUST(book_recalc(b, &r, &e));
	return b;
}

/* Of the same ARR the more valuable one is first, then the smaller account_id, however
 * they came into the book: A05, then A01 to A03. */
static void ties_of_arr(void **state)
{
	static const struct {
		const char *tiers;
		const char *finding; /* its beginning; NULL: none */
	} rows[] = {
		{ "2223133333", NULL },
		{ "2213233333", NULL },
		{ "2221333333", "tier-against-arr 2: " }, /* A04 is in band 3, A05 in 1 */
		{ "2223333331", "tier-against-arr 2: " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		for (int reversed = 0; reversed < 2; reversed++) {
			struct book *b = ties_book(reversed, rows[i].tiers);
			struct heard h = { "", "" };
			const char *found;

			MUST(audit_run(b, hear, &h, &e));
			found = strstr(h.list, "tier-against-arr");
			if (!found != !rows[i].finding ||
				(found && !strstr(found, rows[i].finding)))
				fail_msg("row %zu, reversed %d: %s", i, reversed, h.list);
			book_free(&b);
		}
}

static void places(void **state)
{
	struct book *b = book_of("3333332221");
	int32_t version;

	(void)state;
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=A10|arr=1000\naccount_id=A09|arr=900\n"
		"account_id=A01|arr=100\naccount_id=A11|arr=1\naccount_id=A12|arr=2|"
		"status=churned");
	/* A10 and A09 lost their owner, A01 is of the pool anyway; A11 is new */
	finds(b, "no-tier 1: 11; no-owner 2: 9,10; ");
	/* where tier 2 is pooled nobody misses the owner of A09 */
	MUST(book_policy_apply(
		b, "[capacity]\ntier2_pooled = 1\n", "p", "", &version, &e));
	finds(b, "no-tier 1: 11; no-owner 1: 10; ");
	book_free(&b);
}

static void a_single_component(void **state)
{
	struct book *b = book_of("3333332221");
	struct recalc_result r;
	int32_t version;

	(void)state;
	rows_put(book_store(b), REC_SIGNAL,
		"account_id=A01|date=2026-03-31|signal=active_days|value=5\n"
		"account_id=A02|date=2026-03-31|signal=active_days|value=5\n"
		"account_id=A02|date=2026-03-31|signal=nps|value=5");
	MUST(book_recalc(b, &r, &e));
	finds(b, ""); /* 0.25 of the weights: health is unknown */
	MUST(book_policy_apply(
		b, "[health]\nmin_coverage = 0.25\n", "p", "", &version, &e));
	MUST(book_recalc(b, &r, &e));
	finds(b, "single-component 1: 1; ");
	book_free(&b);
}

static void churned_but_paying(void **state)
{
	struct book *b = book_of("3333332221");

	(void)state;
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=A01|status=churned\naccount_id=A02|status=churned|"
		"csm=Dana\naccount_id=A03|arr=300|csm=Dana|churned_on=2026-04-01");
	rows_put(book_store(b), REC_CONTRACT,
		"contract_id=1|account_id=A01|start=2026-01-01|arr=5\n"
		"contract_id=2|account_id=A02|start=2026-01-01|end=2026-03-31|arr=5\n"
		"contract_id=3|account_id=A03|start=2026-01-01|arr=300");
	/* of eight, tier 1 still has one place, but tier 2 only two */
	finds(b, "over-cap 1: 7; churned-but-paying 1: 1; ");
	book_free(&b);
}

static enum status stop(void *arg, const struct audit_finding *f, struct err *e)
{
	(void)f;
	++*(int *)arg;
	return err_set(e, ST_CANCELLED, "enough");
}

static void examples_are_the_first_five(void **state)
{
	struct book *b = book_of("2222222221");
	int heard = 0;

	(void)state;
	for (int i = 1; i <= 9; i++) {
		char row[40];

		snprintf(row, sizeof(row), "account_id=A%02d|arr=%d", i, i);
		rows_put(book_store(b), REC_ACCOUNT, row);
	}
	finds(b, "over-cap 6: 1,2,3,4,5; no-owner 9: 1,2,3,4,5; ");
	assert_int_equal(audit_run(b, stop, &heard, NULL), ST_CANCELLED);
	assert_int_equal(heard, 1); /* whoever listens may end it */
	book_free(&b);
}

static void after_a_review_the_fixture_is_in_order(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct heard h = { "", "" };

	(void)state;
	apply_review(b);
	MUST(audit_run(b, hear, &h, &e));
	assert_null(strstr(h.list, "over-cap"));
	assert_null(strstr(h.list, "review-due"));
	assert_null(strstr(h.list, "no-tier"));
	book_free(&b);
}

static void put_done(struct book *b, int account, const char *alert)
{
	char row[300];

	snprintf(row, sizeof(row),
		"account_id=A%02d|kind=ticket-spike|opened_on=2026-01-01|severity=info|%"
		"s",
		account, alert);
	rows_put(book_store(b), REC_ALERT, row);
	snprintf(row, sizeof(row),
		"account_id=A%02d|play=ticket-review|title=T|step=1|started_on=2026-01-"
		"01|"
		"state=done|ended_on=2026-01-20|alert=%d",
		account, account);
	rows_put(book_store(b), REC_TASK, row);
}

/* Of ten alerts one may be gone: 2 % to 40 % of many would. */
static void plays_in_vain(void **state)
{
	static const struct {
		int plays, gone;
		const char *found;
	} rows[] = { { 9, 0, "" }, { 10, 1, "plays-in-vain 0; " }, { 10, 2, "" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = book_of("3333332221");
		struct heard h = { "", "" };

		for (int k = 1; k <= rows[i].plays; k++)
			put_done(b, k,
				k <= rows[i].gone ? "state=closed|ended_on=2026-01-20"
						  : "state=open");
		finds(b, rows[i].found);
		MUST(audit_run(b, hear, &h, &e));
		if (*rows[i].found)
			assert_non_null(strstr(h.texts, "ticket-review: 28 d after the "
							"end the alert was gone at 1 "
							"of 10, 10 % (2 to 40)"));
		book_free(&b);
	}
}

/* Votes count from ten on, and of the last half year. */
static void useless_alerts(void **state)
{
	struct book *b = book_of("3333332221");
	struct heard h = { "", "" };
	char row[160];

	(void)state;
	for (int i = 0; i < 9; i++) {
		snprintf(row, sizeof(row),
			"account_id=A%02d|kind=underused|opened_on=2026-03-01|"
			"severity=info|state=closed|ended_on=2026-03-0%d|useful=%d",
			i + 1, i + 1, i < 4);
		rows_put(book_store(b), REC_ALERT, row);
	}
	finds(b, "");
	rows_put(book_store(b), REC_ALERT,
		"account_id=A10|kind=underused|opened_on=2025-03-01|severity=info|"
		"state=closed|ended_on=2025-10-01|useful=0\n");
	finds(b, "");
	rows_put(book_store(b), REC_ALERT,
		"account_id=A10|kind=underused|opened_on=2026-03-01|severity=info|"
		"state=open|useful=0\n");
	finds(b, "useless-alerts 0; ");
	MUST(audit_run(b, hear, &h, &e));
	assert_non_null(strstr(h.texts, "underused: 4 of 10 votes in 180 days"));
	/* half of them is enough */
	rows_put(book_store(b), REC_ALERT,
		"account_id=A10|kind=underused|opened_on=2026-03-02|severity=info|"
		"state=closed|ended_on=2026-03-03|useful=1\n"
		"account_id=A10|kind=underused|opened_on=2026-03-04|severity=info|"
		"state=closed|ended_on=2026-03-05|useful=1\n");
	finds(b, "");
	book_free(&b);
}

/* A critical alert that nobody took up within a week. */
static void untaken_alerts(void **state)
{
	struct book *b = book_of("3333332221");

	(void)state;
	rows_put(book_store(b), REC_ALERT,
		"account_id=A01|kind=silent|opened_on=2026-03-24|severity=critical|"
		"state=open\n"
		"account_id=A02|kind=silent|opened_on=2026-03-23|severity=warning|"
		"state=open\n"
		"account_id=A03|kind=silent|opened_on=2026-03-23|severity=critical|"
		"state=snoozed|snoozed_until=2026-04-05\n");
	finds(b, "");
	rows_put(book_store(b), REC_ALERT,
		"account_id=A04|kind=silent|opened_on=2026-03-23|severity=critical|"
		"state=open\n"
		"account_id=A05|kind=silent|opened_on=2026-02-01|severity=critical|"
		"state=open|severity_since=2026-03-24\n"); /* a warning of long, critical
							      lately */
	finds(b, "untaken-alerts 1: 4; ");
	rows_put(book_store(b), REC_TASK,
		"account_id=A04|play=recovery-call|started_on=2026-03-23|title=x|step=1|"
		"state=open|alert=4\n");
	finds(b, "untaken-alerts 1: 4; ");
	/* what the program took back by itself, nobody took up */
	rows_put(book_store(b), REC_TASK,
		"account_id=A04|play=recovery-call|started_on=2026-03-23|title=x|step=1|"
		"state=dropped|ended_on=2026-03-24|alert=4|"
		"outcome=its alert resolved by itself\n"
		"account_id=A04|play=recovery-call|started_on=2026-03-23|title=x|step=1|"
		"state=dropped|ended_on=2026-03-24|alert=4|"
		"outcome=its account is in another tier now\n");
	finds(b, "untaken-alerts 1: 4; ");
	rows_put(book_store(b), REC_TASK,
		"account_id=A04|play=recovery-call|started_on=2026-03-24|title=x|step=2|"
		"state=open|alert=4\n");
	finds(b, "");
	book_free(&b);
}

static void plays_of_each_tier(void **state)
{
	struct book *b = book_of("3333332221");
	struct heard h = { "", "" };

	(void)state;
	rules_without_plays(b);
	MUST(audit_run(b, hear, &h, &e));
	assert_non_null(strstr(h.list, "plays 0; plays 0; plays 0; "));
	assert_non_null(strstr(h.texts, "tier 1"));
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_book_is_in_order),
		cmocka_unit_test(caps),
		cmocka_unit_test(reviews_due),
		cmocka_unit_test(tier_against_arr),
		cmocka_unit_test(ties_of_arr),
		cmocka_unit_test(places),
		cmocka_unit_test(a_single_component),
		cmocka_unit_test(churned_but_paying),
		cmocka_unit_test(examples_are_the_first_five),
		cmocka_unit_test(plays_in_vain),
		cmocka_unit_test(useless_alerts),
		cmocka_unit_test(untaken_alerts),
		cmocka_unit_test(plays_of_each_tier),
		cmocka_unit_test(after_a_review_the_fixture_is_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
