/* What is said of a revenue: why who left, who was early, what activity is not, what
 * saves brought; in sentences, with the rules they were counted by. */
#include "core/book_revenue.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/revenue_text.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

/* One that left in the period, and one that stays. */
struct exit_row {
	const char *reason, *answers; /* of the account that left */
	uint32_t answered, tells, differs;
	int said; /* -1: nothing */
};

static void check_exit(const struct exit_row *row)
{
	struct store *s = fake_store_new();
	char text[400];
	struct book *b;
	struct book_revenue *x;
	const struct revenue *r;

	snprintf(text, sizeof(text),
		"account_id=L|arr=500|contract_start=2020-01-01|churned_on="
		"2026-03-01|churn_reason=%s\n"
		"account_id=K|arr=300|contract_start=2020-01-01",
		row->reason ? row->reason : "");
	rows_put(s, REC_ACCOUNT, text);
	rows_put(s, REC_SURVEY, /* of one that stays */
		"account_id=K|date=2026-03-01|kind=exit|comment=a bug");
	if (row->answers) {
		snprintf(text, sizeof(text), "account_id=L|%s", row->answers);
		rows_put(s, REC_SURVEY, text);
	}
	b = rules_book(s, "2026-04-30", "Dana");
	x = rules_revenue(b, "2026-01-31", DAY, REVENUE_BY_ALL);
	r = book_revenue_known(x);
	assert_int_equal(r->exits.answered, row->answered);
	assert_int_equal(r->exits.tells, row->tells);
	assert_int_equal(r->exits.differs, row->differs);
	assert_int_equal(r->exit[0], row->said + 1);
	assert_int_equal(r->exit[1], 0);
	for (int k = 0; k < CHURN_CLASSES; k++) {
		assert_int_equal(r->exits.said[k], k == row->said);
		assert_int_equal(r->exits.said_arr[k], k == row->said ? 500 : 0);
	}
	book_revenue_free(&x);
	book_free(&b);
}

/* Who left in the period: an answer counts from 90 days before the opening on, the newest
 * of an account; of others none does. */
static void exit_surveys(void **state)
{
	static const struct exit_row rows[] = {
		{ "new prices", NULL, 0, 0, 0, -1 },
		{ "new prices", "date=2026-03-05|kind=nps|score=1|comment=price", 0, 0, 0,
			-1 },
		{ "new prices", "date=2026-03-05|kind=exit|comment=too expensive", 1, 0,
			0, CHURN_PRICE },
		{ "new prices", "date=2026-03-05|kind=exit|comment=your support is slow",
			1, 0, 1, CHURN_SUPPORT },
		{ NULL, "date=2026-03-05|kind=exit|comment=your support is slow", 1, 1, 0,
			CHURN_SUPPORT },
		{ "new prices", "date=2026-03-05|kind=exit|comment=goodbye", 1, 0, 0,
			CHURN_UNKNOWN },
		{ NULL, "date=2026-03-05|kind=exit|score=2", 1, 0, 0, CHURN_UNKNOWN },
		/* after it left and after the close, as far as it is known today */
		{ NULL, "date=2026-04-20|kind=exit|comment=a bug", 1, 1, 0,
			CHURN_PRODUCT },
		{ NULL, "date=2026-05-01|kind=exit|comment=a bug", 0, 0, 0, -1 },
		/* 90 days before the opening */
		{ NULL, "date=2025-11-02|kind=exit|comment=a bug", 0, 0, 0, -1 },
		{ NULL, "date=2025-11-03|kind=exit|comment=a bug", 1, 1, 0,
			CHURN_PRODUCT },
		/* the newest */
		{ NULL,
			"date=2026-03-05|kind=exit|comment=a bug\naccount_id=L|date="
			"2026-03-04|kind=exit|comment=the price",
			1, 1, 0, CHURN_PRODUCT },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		check_exit(&rows[i]);
}

/* What has to be read: the newest answer where no word of it tells a cause, of accounts
 * without a reason first, then by ARR. */
static void unclear_exits(void **state)
{
	static const char *const expected[] = {
		/* by account: B, D, A */
		"farewell (2026-03-04, no reason on record)",
		"so long (2026-03-05, no reason on record)",
		"goodbye (2026-03-06, on record price)",
	};
	static const uint32_t account[] = { 2, 4, 1 };
	struct store *s = fake_store_new();
	struct book *b;
	struct book_revenue *x;
	const struct revenue *r;

	(void)state;
	rows_put(s, REC_ACCOUNT,
		"account_id=A|arr=900|contract_start=2020-01-01|churned_on=2026-03-01|"
		"churn_reason=new prices\n"
		"account_id=B|arr=500|contract_start=2020-01-01|churned_on=2026-03-01\n"
		"account_id=C|arr=700|contract_start=2020-01-01|churned_on=2026-03-01\n"
		"account_id=D|arr=400|contract_start=2020-01-01|churned_on=2026-03-01|"
		"churn_reason=they said nothing\n"
		"account_id=E|arr=300|contract_start=2020-01-01|churned_on=2026-03-01\n"
		"account_id=F|arr=200|contract_start=2020-01-01");
	rows_put(s, REC_SURVEY,
		"account_id=A|date=2026-03-05|kind=exit|comment=a bug\n"
		"account_id=A|date=2026-03-06|kind=exit|comment= goodbye \n"
		"account_id=B|date=2026-03-04|kind=exit|comment=farewell\n"
		"account_id=C|date=2026-03-04|kind=exit|comment=hello\n"
		"account_id=C|date=2026-03-05|kind=exit|comment=the price\n"
		"account_id=D|date=2026-03-05|kind=exit|comment=so long\n"
		"account_id=E|date=2026-03-05|kind=exit|score=2|comment=  \n"
		"account_id=F|date=2026-03-05|kind=exit|comment=it stays");
	b = rules_book(s, "2026-04-30", "Dana");
	x = rules_revenue(b, "2026-01-31", DAY, REVENUE_BY_ALL);
	r = book_revenue_known(x);
	assert_int_equal(r->exits.said[CHURN_UNKNOWN], 4);
	assert_int_equal(r->unclears, LENGTH(expected));
	for (uint32_t k = 0; k < r->unclears; k++) {
		char text[REVENUE_TEXT_MAX];

		assert_int_equal(r->unclear[k].account, account[k]);
		assert_string_equal(
			revenue_unclear_text(r, &r->unclear[k], text), expected[k]);
	}
	book_revenue_free(&x);
	book_free(&b);
}

static void exits_in_words(void **state)
{
	struct revenue r = { .exits = { .answered = 0 } };
	char text[REVENUE_TEXT_MAX];

	(void)state;
	r.all.money.cohort.lost = 30;
	assert_string_equal(revenue_exits_text(&r, text), "0 of 30 answered");
	r.exits.answered = 13;
	r.exits.said[CHURN_SUPPORT] = 5;
	r.exits.said[CHURN_PRODUCT] = 3;
	r.exits.said[CHURN_PRICE] = 3;
	r.exits.said[CHURN_UNKNOWN] = 2;
	/* Wilson: 0.2738 .. 0.6080 */
	assert_string_equal(revenue_exits_text(&r, text),
		"13 of 30 answered, 43 % (27 to 61): support 5, product 3, price 3, no "
		"known cause 2");
}

/* Those that left within a year, by where they came from: E1 has two tags that tell, E2
 * one that is spelled otherwise, E3 none; L had been there for long. */
static void early_ones(void **state)
{
#define LEFT(id, arr, more)                                        \
	"account_id=" id "|arr=" arr "|contract_start=2025-10-01|" \
	"churned_on=2026-02-10|churn_reason=budget" more "\n"
	static const struct {
		const char *tags[3];
		bool by_tag;
		const char *said;
	} rows[] = {
		{ { "|tags=vip;source:Ads;use-case:reports", "|tags=Source:ads", "" },
			true, "source:Ads 2 5000;use-case:reports 1 3000; 1 1000;" },
		{ { "", "", "|segment=SMB" }, false, " 2 5000;SMB 1 1000;" },
		{ { "|tags=source:|segment=smb", "|segment=SMB", "|segment=Big" }, false,
			"smb 2 5000;Big 1 1000;" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct store *s = fake_store_new();
		struct book_revenue *x;
		const struct revenue *r;
		char row[200], said[200] = "";
		struct book *b;

		snprintf(row, sizeof(row), LEFT("E1", "3000", "%s"), rows[i].tags[0]);
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row), LEFT("E2", "2000", "%s"), rows[i].tags[1]);
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row), LEFT("E3", "1000", "%s"), rows[i].tags[2]);
		rows_put(s, REC_ACCOUNT, row);
		rows_put(s, REC_ACCOUNT,
			"account_id=L|arr=900|contract_start=2020-01-01|"
			"churned_on=2026-02-10|tags=source:fair\n");
		b = rules_book(s, DAY, "Dana");
		x = rules_revenue(b, "2026-01-31", DAY, REVENUE_BY_ALL);
		r = book_revenue_known(x);
		assert_int_equal(r->all.facts.early, 3);
		assert_int_equal(r->early_by_tag, rows[i].by_tag);
		for (uint32_t k = 0; k < r->earlies; k++)
			snprintf(said + strlen(said), sizeof(said) - strlen(said),
				"%.*s %u %lld;", (int)r->early[k].key.n,
				r->early[k].key.n ? r->early[k].key.s : "",
				r->early[k].lost, (long long)r->early[k].arr);
		if (strcmp(said, rows[i].said) != 0)
			fail_msg("row %zu: %s", i, said);
		book_revenue_free(&x);
		book_free(&b);
	}
#undef LEFT
}

struct heard {
	char warns[2000], rules[4000];
};

static void hear(void *arg, enum revenue_line kind, const char *text)
{
	struct heard *h = arg;
	char *to = kind == REVENUE_RULE ? h->rules : h->warns;
	const size_t size = kind == REVENUE_RULE ? sizeof(h->rules) : sizeof(h->warns);

	snprintf(to + strlen(to), size - strlen(to), "%s\n", text);
}

static void said(const struct revenue *r, struct heard *h)
{
	struct policy p;

	policy_default(&p);
	memset(h, 0, sizeof(*h));
	revenue_say(r, &p, hear, h);
}

static void has(const char *in, const char *what)
{
	if (!strstr(in, what))
		fail_msg("no \"%s\" in:\n%s", what, in);
}

/* All talks in time, and a quarter of the revenue lost. */
static void activity_is_no_outcome(void **state)
{
	struct revenue r = { .asked = { .to = 365, .by = REVENUE_BY_ALL },
		.opening_figures = DAY_NONE,
		.closing_figures = DAY_NONE,
		.placed_figures = DAY_NONE,
		.all = { .from = 0, .to = 365 } };
	struct heard h;

	(void)state;
	r.all.money.cohort = (struct trend_cohort){ 4, 1, 10000, 7500, 7500, false };
	r.all.money.churn = 2500;
	r.all.facts.talks_due = r.all.facts.in_time = 40;
	/* 60 % of it for the product */
	r.lost_arr[CHURN_PRODUCT] = 1500;
	r.lost_arr[CHURN_ONBOARDING] = 1000;
	said(&r, &h);
	has(h.warns, "Red: GRR is 75.0 %, below 80 %, although 100 % of the talks are in "
		     "time.");
	has(h.warns, "60 % of the $ 25 that churned went for reasons customer success "
		     "can't change: product 60 %");
	r.lost_arr[CHURN_PRODUCT] = 1000;
	r.lost_arr[CHURN_ONBOARDING] = 1500;
	r.all.facts.in_time = 20;
	said(&r, &h);
	has(h.warns, "Red: GRR is 75.0 %, below 80 %.\n");
	assert_null(strstr(h.warns, "can't change"));
	/* holds, while health goes */
	r.all.money.cohort.kept = r.all.money.cohort.closing = 10000;
	r.all.money.churn = 0;
	r.all.facts.watched = 3;
	r.all.facts.health_was = 240;
	r.all.facts.health_is = 210;
	said(&r, &h);
	has(h.warns, "Revenue holds, health does not: of the 3 accounts that stayed the "
		     "mean health went from 80.0 to 70.0.");
	assert_null(strstr(h.warns, "Red"));
}

/* Nothing in a book proves it; of no customers nothing is said. */
static void effect(void **state)
{
	struct revenue r = { .all = { .from = 0, .to = 365 } };
	struct revenue_source early[7] = { { TEXT("source:ads"), 3, 4500 } };
	struct heard h;

	(void)state;
	said(&r, &h);
	assert_null(strstr(h.warns, "Effect"));
	assert_null(strstr(h.warns, "left early"));
	r.all.money.cohort = (struct trend_cohort){ 4, 1, 10000, 7500, 7500, false };
	r.early = early;
	r.earlies = 2;
	r.early_by_tag = true;
	said(&r, &h);
	has(h.warns,
		"Effect of customer success on ARR: unknown. No account is held out");
	has(h.rules, "Effect: it takes accounts alike");
	has(h.warns, "Those that left early, by the tags source:... and use-case:...: "
		     "source:ads 3, $ 45; none 0, $ 0.");
	r.early_by_tag = false;
	r.earlies = 7;
	said(&r, &h);
	has(h.warns, "by segment (none has a tag source:... or use-case:...): ");
	has(h.warns, "; and 2 more.");
}

/* 12 of 20 against 3 of 20 are four times as many. */
static void saves(void **state)
{
	struct revenue r = { .all = { .from = 0, .to = 365 } };
	struct heard h;

	(void)state;
	r.all.facts.flagged[ORIGIN_ALERT] = r.all.facts.flagged[ORIGIN_CUSTOMER] = 20;
	r.all.facts.saved[ORIGIN_ALERT] = 12;
	r.all.facts.saved[ORIGIN_CUSTOMER] = 3;
	said(&r, &h);
	has(h.warns,
		"by an alert 60.0 % (12 of 20), by the customer's own word 15.0 % (3 "
		"of 20); after an alert 4.0 times as many as after a word.");
}

static void margins(void **state)
{
	const struct revenue_answers a = { 100, 30, 20 }, few = { 4, 4, 0 },
				     none = { 0, 0, 0 };
	char out[REVENUE_TEXT_MAX];
	struct policy p;

	(void)state;
	policy_default(&p);
	assert_string_equal(revenue_nps_text(&a, &p, out), "+10 ± 14 (100 answers)");
	assert_string_equal(revenue_nps_text(&few, &p, out), "4 answers: too few");
	assert_string_equal(revenue_csat_text(&none, &p, out), "no answers");
	assert_string_equal(
		revenue_csat_text(&(struct revenue_answers){ 50, 7, 0 }, &p, out),
		"14 % (7-26 %, 50 answers)");
}

/* Of a year of which nothing was observed no green is given; red is, and whoever left
 * before the first snapshot makes it observed. */
static void observed(void **state)
{
	static const struct {
		const char *accounts, *movement, *snapshot;
		bool observed;
		enum revenue_verdict verdict;
	} rows[] = {
#define STAYS "account_id=K|arr=300|contract_start=2020-01-01"
		{ STAYS, NULL, NULL, false, VERDICT_NONE },
		{ STAYS, NULL, DAY, false, VERDICT_NONE },
		{ STAYS, NULL, "2025-04-01", false, VERDICT_NONE },
		{ STAYS, NULL, "2025-03-31", true, VERDICT_GREEN },
		{ STAYS "\naccount_id=L|arr=1|contract_start=2020-01-01|churned_on="
			"2024-01-01",
			NULL, DAY, true, VERDICT_GREEN },
		/* who left since the book is kept tells nothing of those before */
		{ STAYS "\naccount_id=L|arr=1|contract_start=2020-01-01|churned_on="
			"2026-03-30",
			NULL, "2026-03-01", false, VERDICT_NONE },
		{ STAYS,
			"account_id=K|date=2024-01-01|kind=churn|arr_delta=-300\n"
			"account_id=K|date=2024-02-01|kind=reactivation|arr_delta=300",
			DAY, true, VERDICT_GREEN },
		{ STAYS, "account_id=K|date=2026-01-01|kind=contraction|arr_delta=-900",
			DAY, false, VERDICT_RED },
		/* what is to come is not known yet */
		{ STAYS, "account_id=K|date=2026-04-01|kind=churn|arr_delta=-300", NULL,
			false, VERDICT_NONE },
#undef STAYS
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct store *s = fake_store_new();
		struct book_revenue *x;
		const struct revenue *r;
		struct book *b;

		rows_put(s, REC_ACCOUNT, rows[i].accounts);
		if (rows[i].movement)
			rows_put(s, REC_MOVEMENT, rows[i].movement);
		if (rows[i].snapshot)
			rules_healths(
				s, rows[i].snapshot, (const uint8_t[]){ 80, 80 }, 2);
		b = rules_book(s, DAY, "Dana");
		x = rules_revenue(b, "2025-03-31", DAY, REVENUE_BY_ALL);
		r = book_revenue_known(x);
		if (revenue_observed(r) != rows[i].observed ||
			revenue_verdict(book_policy(b), r, &r->all) != rows[i].verdict)
			fail_msg("row %zu: observed %d, verdict %d", i,
				revenue_observed(r),
				revenue_verdict(book_policy(b), r, &r->all));
		book_revenue_free(&x);
		book_free(&b);
	}
}

/* Who has no contract that runs on left with the last of them, in whatever order they
 * are on record. */
static void observed_by_contracts(void **state)
{
	static const struct {
		const char *first, *second;
		bool observed;
	} rows[] = {
		{ "2024-06-30", "2025-06-30", true },
		{ "2025-06-30", "2024-06-30", true },
		/* since the book is kept */
		{ "2024-06-30", "2026-03-30", false },
		{ "2026-03-30", "2024-06-30", false },
		/* one runs on */
		{ "2024-06-30", "2026-04-01", false },
		{ "2026-04-01", "2024-06-30", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct store *s = fake_store_new();
		struct book_revenue *x;
		struct book *b;
		char contracts[256];

		rows_put(s, REC_ACCOUNT,
			"account_id=K|arr=300|contract_start=2020-01-01\naccount_id=L");
		snprintf(contracts, sizeof(contracts),
			"account_id=L|contract_id=1|start=2023-01-01|end=%s|arr=9\n"
			"account_id=L|contract_id=2|start=2023-01-01|end=%s|arr=9",
			rows[i].first, rows[i].second);
		rows_put(s, REC_CONTRACT, contracts);
		rules_healths(s, "2026-03-01", (const uint8_t[]){ 80, 80 }, 2);
		b = rules_book(s, DAY, "Dana");
		x = rules_revenue(b, "2025-03-31", DAY, REVENUE_BY_ALL);
		if (revenue_observed(book_revenue_known(x)) != rows[i].observed)
			fail_msg("row %zu", i);
		book_revenue_free(&x);
		book_free(&b);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(exit_surveys),
		cmocka_unit_test(unclear_exits),
		cmocka_unit_test(exits_in_words),
		cmocka_unit_test(early_ones),
		cmocka_unit_test(effect),
		cmocka_unit_test(activity_is_no_outcome),
		cmocka_unit_test(saves),
		cmocka_unit_test(observed),
		cmocka_unit_test(observed_by_contracts),
		cmocka_unit_test(margins),
	};

	return cmocka_run_group_tests_name("book_revenue", tests, NULL, NULL);
}
