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

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"

/* ---- one check ---- */

struct heard {
	const char *check;
	char list[256]; /* "2: 3,4; " of each of its findings */
	char text[1024];
};

static enum status hear(void *arg, const struct audit_finding *f, struct err *e)
{
	struct heard *h = arg;
	size_t n = strlen(h->list);

	(void)e;
	assert_true(strlen(f->text) < sizeof(f->text) - 1); /* nothing was cut off */
	assert_true(*f->check->remedy && *f->check->title);
	if (strcmp(f->check->name, h->check) != 0)
		return ST_OK;
	n += (size_t)snprintf(h->list + n, sizeof(h->list) - n, "%u", f->count);
	for (uint32_t i = 0; i < f->count; i++)
		n += (size_t)snprintf(h->list + n, sizeof(h->list) - n, "%s%u",
			i ? "," : ": ", f->account[i]);
	snprintf(h->list + n, sizeof(h->list) - n, "; ");
	strcat(strcat(h->text, f->text), "\n");
	return ST_OK;
}

/* list: its findings; "" it has none. Returns what they say, until the next call. */
static const char *finds(struct book *b, const char *check, const char *list)
{
	static struct heard h;

	h = (struct heard){ .check = check };
	MUST(audit_run(b, hear, &h, &e));
	if (strcmp(h.list, list) != 0)
		fail_msg("%s: %s\nnot: %s\n%s", check, h.list, list, h.text);
	return h.text;
}

/* ---- books ---- */

static void policy(struct book *b, const char *text)
{
	int32_t version;

	MUST(book_policy_apply(b, text, "p", "", &version, &e));
}

static void recalc(struct book *b, const char *day)
{
	struct recalc_result r;

	rules_day(b, day);
	MUST(book_recalc(b, &r, &e));
}

/* Accounts A001 ... with an ARR of 1, 2 ..., in the tiers given: "3" x so many. */
static struct book *book_of(uint32_t n, uint32_t first, uint32_t second)
{
	struct store *s = fake_store_new();
	struct tiers t = { 0 };
	struct book *b;
	char row[80];

	for (uint32_t i = 1; i <= n; i++) {
		snprintf(row, sizeof(row),
			"account_id=A%03u|arr=%u00|csm=Dana|complexity=10", i, i);
		rows_put(s, REC_ACCOUNT, row);
	}
	MUST(tiers_init(&t, n, &e));
	for (uint32_t i = 0; i < n; i++)
		t.tier[i] = (uint8_t)(i >= n - first            ? 1
				      : i >= n - first - second ? 2
								: 3);
	t.review_day = day_of(DAY);
	MUST(s->ops->begin(s, &e));
	/* active = 100 n: how the caps came to be exceeded is not asked here */
	MUST(s->ops->tiers_save(s, &t, t.review_day, 100 * n, &e));
	MUST(s->ops->commit(s, &e));
	tiers_clear(&t);
	b = rules_book(s, DAY, "Dana");
	book_look_for_alerts(b, false);
	return b;
}

/* Account i answers or is used on a day; then one component is enough for a health. */
static void signal_of(
	struct book *b, uint32_t i, const char *day, const char *kind, int v)
{
	char row[120];

	snprintf(row, sizeof(row), "account_id=A%03u|date=%s|signal=%s|value=%d", i, day,
		kind, v);
	rows_put(book_store(b), REC_SIGNAL, row);
}

/* ---- the base ---- */

/* 600 accounts and 60 places; of 590 there are 59: the weakest must go down. */
static void a_base_that_shrinks(void **state)
{
	struct book *b = book_of(600, 60, 100);
	char row[80];

	(void)state;
	recalc(b, DAY);
	finds(b, "over-cap", "");
	for (uint32_t i = 1; i <= 10; i++) {
		snprintf(row, sizeof(row), "account_id=A%03u|status=churned", i);
		rows_put(book_store(b), REC_ACCOUNT, row);
	}
	recalc(b, DAY);
	assert_string_equal(finds(b, "over-cap", "1: 541; "),
		"tier 1 holds 60, 1 more than its cap of 59 (10 % of 590 rounded down): "
		"1 "
		"must go down\n");
	rows_put(book_store(b), REC_LOCK,
		"account_id=A541|until=2026-12-31|reason=board\n");
	rules_day(b, DAY);
	finds(b, "over-cap", "1: 542; "); /* a lock holds the weakest */
	book_free(&b);
}

/* 20 accounts of tier 1 for each CSM are its band; 21 are above it. */
static void books_grow(void **state)
{
	static const struct {
		uint32_t first;
		const char *list;
	} rows[] = { { 20, "" }, { 21, "0; " } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = book_of(300, rows[i].first, 40);

		recalc(b, "2026-03-03");
		recalc(b, DAY);
		finds(b, "inflation", rows[i].list);
		book_free(&b);
	}
}

static void tier_1_grows(void **state)
{
	struct book *b = book_of(100, 5, 20);
	struct tiers t = { 0 };
	struct store *s = book_store(b);

	(void)state;
	recalc(b, "2026-03-03");
	recalc(b, DAY);
	finds(b, "inflation", "");
	MUST(s->ops->tiers_load(s, &t, &e));
	t.tier[0] = 1; /* 5 % > 6 % */
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->tiers_save(s, &t, t.review_day, 100, &e));
	MUST(s->ops->commit(s, &e));
	tiers_clear(&t);
	recalc(b, DAY);
	assert_non_null(strstr(finds(b, "inflation", "0; "),
		"tier 1 grew from 5.0 % of the base on 2026-03-03 to 6.0 %"));
	book_free(&b);
}

/* Of 10 accounts with 1 .. 10 the first four hold 34 of 55, the first three 27. */
static void few_hold_most(void **state)
{
	struct book *b = book_of(10, 1, 3);

	(void)state;
	finds(b, "high-touch-share", "");
	book_free(&b);
	b = book_of(10, 1, 2);
	assert_non_null(
		strstr(finds(b, "high-touch-share", "0; "), "hold 49.1 % of ARR"));
	book_free(&b);
}

static enum status hear_basics(void *arg, const struct audit_finding *f, struct err *e)
{
	(void)e;
	if (strcmp(f->check->name, "tier1-incomplete") == 0) {
		assert_int_equal(f->count, 501);
		assert_int_equal(f->account[500], 501);
		assert_non_null(strstr(f->text, "501 of 501 accounts lack "));
		++*(int *)arg;
	}
	return ST_OK;
}

static bool patience(void *arg)
{
	return ++*(int *)arg > 300;
}

/* Two accounts of tier 1, of which the first gets all five; those of other tiers are not
 * asked. */
static void basics_of_tier_1(void **state)
{
	struct err gone = { .status = ST_OK };
	struct book *b = book_of(10, 2, 2);
	struct store *s = book_store(b);
	int heard = 0;

	(void)state;
	recalc(b, DAY);
	assert_string_equal(finds(b, "tier1-incomplete", "2: 9,10; "),
		"2 of 2 accounts lack something of five; missing: success plan (2), "
		"business reviews (2), executive sponsor (2), risk review (2), org chart "
		"(2)\n");
	for (int i = 9; i <= 10; i++) {
		char row[400];

		snprintf(row, sizeof(row),
			"account_id=A%03d|goal=g|next_step=n|next_due=2026-05-01\n", i);
		rows_put(s, REC_PLAN, row);
		snprintf(row, sizeof(row),
			"account_id=A%03d|date=2026-03-20|kind=QBR and risk review|"
			"outcome=o\n",
			i);
		rows_put(s, REC_TOUCH, row);
		snprintf(row, sizeof(row),
			"account_id=A%03d|name=N|role=sponsor\n"
			"account_id=A%03d|name=M|role=champion%s\n"
			"account_id=A%03d|name=O|role=user\n",
			i, i, i == 10 ? "|left_on=2026-03-01" : "", i);
		rows_put(s, REC_CONTACT, row);
	}
	recalc(b, DAY);
	assert_string_equal(finds(b, "tier1-incomplete", "1: 10; "),
		"1 of 2 accounts lacks something of five; missing: org chart (1)\n");
	book_free(&b);
	b = book_of(501, 501, 0);
	recalc(b, DAY);
	MUST(audit_run(b, hear_basics, &heard, &e));
	assert_int_equal(heard, 1);
	/* whoever waits for it goes after a while */
	book_patience(b, patience, &heard);
	assert_int_equal(audit_run(b, hear_basics, &heard, &gone), ST_CANCELLED);
	book_free(&b);
}

/* ---- health ---- */

/* Unknown of 2 in 8 are a quarter; of 3 they are more. */
static void too_little_is_known(void **state)
{
	struct book *b = book_of(8, 1, 2);

	(void)state;
	assert_string_equal(
		finds(b, "no-health-model", "0; "), "health was never computed\n");
	policy(b, "[health]\nmin_coverage = 0.1\n");
	for (uint32_t i = 4; i <= 8; i++)
		signal_of(b, i, DAY, "active_days", 20);
	recalc(b, DAY);
	finds(b, "no-health-model", "3: 1,2,3; ");
	signal_of(b, 3, DAY, "active_days", 20);
	recalc(b, DAY);
	finds(b, "no-health-model", "");
	book_free(&b);
}

static void figures_get_old(void **state)
{
	struct book *b = book_of(8, 1, 2);

	(void)state;
	recalc(b, DAY);
	rules_day(b, "2026-04-07");
	finds(b, "stale-figures", "");
	rules_day(b, "2026-04-08");
	finds(b, "stale-figures", "0; ");
	book_free(&b);
}

/* A001 (tier 3) fell from healthy to at risk, A002 only to watch, A003 was at risk, and
 * A010 is in tier 1, where somebody looks. 8 days are a health of 50, which is watch. */
static void newly_risky(void **state)
{
	static const struct {
		uint32_t account;
		int then, now;
	} rows[] = { { 1, 20, 2 }, { 2, 20, 8 }, { 3, 2, 1 }, { 10, 20, 2 }, { 4, 8, 2 },
		{ 5, 7, 2 } };
	struct book *b = book_of(10, 1, 3);

	(void)state;
	policy(b, "[health]\nmin_coverage = 0.1\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		signal_of(b, rows[i].account, "2026-03-03", "active_days", rows[i].then);
		signal_of(b, rows[i].account, DAY, "active_days", rows[i].now);
	}
	recalc(b, "2026-03-03");
	recalc(b, DAY);
	finds(b, "newly-risky", "2: 1,4; ");
	book_free(&b);
}

/* Healthy and steady in tier 1, without a renewal near: 180 days are near enough. */
static void stable_in_tier_1(void **state)
{
	struct book *b = book_of(10, 2, 3);

	(void)state;
	policy(b, "[health]\nmin_coverage = 0.1\n");
	for (uint32_t i = 8; i <= 10; i++) { /* A008 is in tier 2 */
		signal_of(b, i, "2026-03-03", "active_days", 20);
		signal_of(b, i, DAY, "active_days", 20);
	}
	recalc(b, "2026-03-03");
	recalc(b, DAY);
	finds(b, "stable-high-touch", "2: 9,10; ");
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=A009|arr=900|csm=Dana|complexity=90\n"
		"account_id=A010|arr=1000|csm=Dana|complexity=10|renewal_date=2026-09-"
		"27");
	recalc(b, DAY);
	finds(b, "stable-high-touch", "");
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=A010|arr=1000|csm=Dana|complexity=10|renewal_date=2026-09-"
		"28");
	recalc(b, DAY);
	finds(b, "stable-high-touch", "1: 10; ");
	book_free(&b);
}

/* ---- words ---- */

static void locks_that_end(void **state)
{
	struct book *b = book_of(5, 1, 1);

	(void)state;
	rows_put(book_store(b), REC_LOCK,
		"account_id=A001|until=2026-04-15|reason=board\n" /* 15 days */
		"account_id=A002|until=2026-04-14|reason=board\n"
		"account_id=A003|until=2026-03-30|reason=board\n");
	assert_string_equal(
		finds(b, "locks", "2: 2,3; "), "1 lock is over, 1 ends within 14 days\n");
	finds(b, "lock-without-reason", "");
	rows_put(book_store(b), REC_LOCK,
		"account_id=A001|until=2026-12-31|reason= \n"
		"account_id=A002|until=2026-12-31|reason=board\n"
		"account_id=A003|until=2026-03-30|reason= \n"); /* over */
	finds(b, "lock-without-reason", "1: 1; ");
	book_free(&b);
}

/* Money is a reason, noise is none; who came up by it and is there still. */
static void placed_for_being_loud(void **state)
{
	struct book *b = book_of(100, 5, 20);

	(void)state;
	recalc(b, DAY);
	MUST(book_set_tier(b, 1, 1, 0, "they will double", &e));
	finds(b, "loud-override", "");
	MUST(book_set_tier(b, 2, 1, 0, "Very LOUD on the phone", &e));
	finds(b, "loud-override", "1: 2; ");
	MUST(book_lock(b, 3, day_of("2026-12-31"), "relationship with our founder", &e));
	finds(b, "loud-override", "2: 2,3; ");
	MUST(book_set_tier(b, 2, 3, 0, "enough noise", &e)); /* down is no favour */
	finds(b, "loud-override", "1: 3; ");
	MUST(book_unlock(b, 3, "done", &e));
	finds(b, "loud-override", "");
	book_free(&b);
}

static void taken_back_is_not_loud(void **state)
{
	struct book *b = book_of(100, 5, 20);

	(void)state;
	recalc(b, DAY);
	MUST(book_set_tier(b, 2, 1, 0, "a friend of ours", &e));
	finds(b, "loud-override", "1: 2; ");
	MUST(book_undo(b, 1, &e));
	finds(b, "loud-override", "");
	book_free(&b);
}

static void requests_wait(void **state)
{
	struct book *b = book_of(10, 1, 3);
	int64_t id;

	(void)state;
	MUST(book_request_tier(b, 1, 1, "Kim", "grows", &id, &e));
	rules_day(b, "2026-04-14");
	finds(b, "requests-open", "");
	rules_day(b, "2026-04-15");
	finds(b, "requests-open", "1: 1; ");
	MUST(book_decline_request(b, id, "no room", &e));
	finds(b, "requests-open", "");
	book_free(&b);
}

/* ---- the five failure modes ---- */

static void the_same_service_for_all(void **state)
{
	struct book *b = book_of(10, 1, 3);

	(void)state;
	finds(b, "uniform-service", "");
	policy(b, "[alerts]\nno_touch_tier1 = 30\nno_touch_tier2 = 30\n[service]\n"
		  "human_tier1 = 20\nhuman_tier2 = 20\nhuman_tier3 = 20\n"
		  "reviews_tier1 = 0\n");
	finds(b, "uniform-service", "0; ");
	policy(b, "[service]\nhuman_tier3 = 19\n");
	finds(b, "uniform-service", "");
	policy(b, "[alerts]\nno_touch_tier2 = 31\n[service]\nhuman_tier3 = 20\n");
	finds(b, "uniform-service", "");
	book_free(&b);
}

/* The talk of one in four accounts of tier 2 may be late. */
static void outreach_waits(void **state)
{
	struct book *b = book_of(10, 1, 4);

	(void)state;
	rows_put(book_store(b), REC_ALERT,
		"account_id=A006|kind=no-touch|opened_on=2026-03-30|severity=info|"
		"state=open\n"
		"account_id=A007|kind=no-touch|opened_on=2026-01-30|severity=info|"
		"state=resolved|ended_on=2026-02-01\n");
	finds(b, "reactive-outreach", "");
	rows_put(book_store(b), REC_ALERT,
		"account_id=A008|kind=no-touch|opened_on=2026-03-30|severity=info|"
		"state=snoozed|snoozed_until=2026-04-30\n");
	assert_non_null(strstr(finds(b, "reactive-outreach", "0; "),
		"tier 2: the talk of 2 of 4 accounts is late"));
	policy(b, "[alerts.severity]\nno-touch = warning off off\n");
	assert_non_null(strstr(finds(b, "reactive-outreach", "0; "), "no-touch is off"));
	policy(b, "[alerts.severity]\nhealth-drop = off warning info\n"
		  "silent = off warning info\nslow-start = off warning info\n");
	finds(b, "reactive-outreach", "0; "); /* renewal still looks ahead */
	policy(b, "[alerts.severity]\nrenewal = off warning info\n");
	finds(b, "reactive-outreach", "0; 0; ");
	book_free(&b);
}

/* One answer of four accounts of tiers 1 and 2 is enough, and one vote on ten alerts. */
static void nobody_asks(void **state)
{
	struct book *b = book_of(10, 1, 3);
	char row[160];

	(void)state;
	recalc(b, DAY);
	finds(b, "weak-feedback", "0; ");
	signal_of(b, 10, DAY, "nps", 9);
	recalc(b, DAY);
	finds(b, "weak-feedback", "");
	for (int i = 1; i <= 10; i++) {
		finds(b, "weak-feedback", ""); /* nine say nothing */
		snprintf(row, sizeof(row),
			"account_id=A%03d|kind=silent|opened_on=2026-03-01|severity=info|"
			"state=closed|ended_on=2026-03-0%d|outcome=x",
			i, 1 + i % 9);
		rows_put(book_store(b), REC_ALERT, row);
	}
	finds(b, "weak-feedback", "0; ");
	rows_put(book_store(b), REC_ALERT,
		"account_id=A001|kind=renewal|opened_on=2026-03-01|severity=info|"
		"state=open|useful=1");
	finds(b, "weak-feedback", "");
	book_free(&b);
}

static void expansion_goes_to_nobody(void **state)
{
	struct book *b = book_of(10, 1, 3);

	(void)state;
	finds(b, "no-hand-off", "");
	policy(b, "[alerts.plays]\nexpansion = - recovery-call self-serve-upgrade\n");
	assert_string_equal(finds(b, "no-hand-off", "0; 0; "),
		"expansion in tier 1 starts no play\n"
		"expansion in tier 2 starts a play without a step of sales\n");
	policy(b, "[alerts.severity]\nexpansion = off opportunity opportunity\n"
		  "[alerts.plays]\nexpansion = expansion-hand-off expansion-hand-off "
		  "self-serve-upgrade\n");
	assert_string_equal(
		finds(b, "no-hand-off", "0; "), "expansion in tier 1 is switched off\n");
	book_free(&b);
}

/* Fewer than three may be chance; of two accounts with as many, tier 1 is named. */
static void causes_that_nobody_mends(void **state)
{
	struct book *b = book_of(10, 1, 3);

	(void)state;
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=1|account_id=A001|opened_on=2026-03-01|root_cause=sync\n"
		"ticket_id=2|account_id=A001|opened_on=2026-03-02|root_cause=sync\n"
		"ticket_id=3|account_id=A001|opened_on=2026-03-03|root_cause=sync\n"
		"ticket_id=4|account_id=A001|opened_on=2026-03-04|root_cause=other\n");
	finds(b, "unfixed-causes", "");
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=5|account_id=A010|opened_on=2026-03-04|root_cause=sync\n"
		"ticket_id=6|account_id=A010|opened_on=2026-03-04|root_cause=sync\n"
		"ticket_id=7|account_id=A010|opened_on=2026-03-04|root_cause=sync\n");
	assert_string_equal(finds(b, "unfixed-causes", "1: 10; "),
		"1 root cause comes again without a fix; most of all sync: 4 of 6 "
		"tickets "
		"in 91 days, at 2 accounts\n");
	rows_put(book_store(b), REC_FIX,
		"account_id=A010|cause=sync|noticed_on=2026-03-31|text=x\n");
	finds(b, "unfixed-causes", "");
	rules_day(b, "2026-03-30"); /* nobody had noticed it then */
	finds(b, "unfixed-causes", "1: 10; ");
	book_free(&b);
}

static void fixes_that_did_not_help(void **state)
{
	struct book *b = book_of(10, 1, 3);

	(void)state;
	rows_put(book_store(b), REC_FIX,
		"account_id=A002|cause=sync|noticed_on=2026-03-01|text=x|"
		"automated_on=2026-03-10\n");
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=1|account_id=A001|opened_on=2026-03-10|root_cause=sync\n");
	finds(b, "fix-came-back", "");
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=2|account_id=A001|opened_on=2026-03-11|root_cause= sync \n");
	assert_string_equal(finds(b, "fix-came-back", "1: 2; "),
		"tickets of 1 root cause came after the fix; most of all sync: 1 since "
		"it "
		"was automated\n");
	rows_put(book_store(b), REC_FIX,
		"account_id=A003|cause=sync|noticed_on=2026-03-12|text=somebody is on "
		"it\n");
	finds(b, "fix-came-back", "");
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
		cmocka_unit_test(a_base_that_shrinks),
		cmocka_unit_test(books_grow),
		cmocka_unit_test(tier_1_grows),
		cmocka_unit_test(few_hold_most),
		cmocka_unit_test(basics_of_tier_1),
		cmocka_unit_test(too_little_is_known),
		cmocka_unit_test(figures_get_old),
		cmocka_unit_test(newly_risky),
		cmocka_unit_test(stable_in_tier_1),
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
