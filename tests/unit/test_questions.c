/* The five questions: what is said of figures, also where there are too few. */
#include "core/book_questions.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_backtest.h"
#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

static double figure_of(const struct answer *x, const char *name)
{
	for (int k = 0; k < x->figures; k++)
		if (!strcmp(x->figure[k].name, name))
			return x->figure[k].value;
	fail_msg("no figure %s", name);
	return 0;
}

/* ---- time to first value -------------------------------------------------------- */

static void first_value(void **state)
{
	static const struct {
		uint32_t began;
		int32_t median;
		double within[REVENUE_TTV_DAYS];
		enum answer_state state;
		const char *says;
	} rows[] = {
		{ 0, -1, { NAN, NAN, NAN }, ANSWER_MISSING,
			"Not known: of no account that began in this year a start of the "
			"onboarding or a first value is on record." },
		{ 1, 1, { 1, 1, 1 }, ANSWER_KNOWN,
			"1 day in the median of the 1 account that began, 100 % within 7 "
			"days, 100 % within 30 days." },
		{ 40, 12, { .1, .25, .8 }, ANSWER_KNOWN,
			"12 days in the median of the 40 accounts that began, 25 % "
			"within 7 days, 80 % within 30 days." },
		{ 3, -1, { 0, .2, NAN }, ANSWER_KNOWN,
			"Half of the 3 accounts that began had none yet, 20 % within 7 "
			"days." },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct revenue r = { .asked = { .from = day_of("2025-03-31"),
					     .to = day_of(DAY) } };
		struct answer x;

		r.all.facts.began = rows[i].began;
		r.all.facts.ttv_median = rows[i].median;
		memcpy(r.all.facts.ttv_within, rows[i].within, sizeof(rows[i].within));
		question_value(&r, &x);
		assert_int_equal(x.state, rows[i].state);
		assert_string_equal(x.text, rows[i].says);
		assert_non_null(strstr(x.rule, "from 2025-04-01 to 2026-03-31"));
		assert_int_equal(isnan(figure_of(&x, "median_days")), rows[i].median < 0);
	}
}

/* ---- what predicts churn -------------------------------------------------------- */

struct told {
	int input;
	double auc, low, high;
	uint32_t left;
	bool undated, leaks;
};

static const struct {
	struct told told[4];
	enum answer_state state;
	const char *subject, *says;
} judged[] = {
	{ { { COMP_USAGE, .7, .6, .8, 9, false, false } }, ANSWER_MISSING, "",
		"Not known: it takes 10 accounts that left with something "
		"measured before, and there are 9." },
	/* more have left, but nothing says enough of them */
	{ { { COMP_SUPPORT, .9, .8, .95, 30, false, true },
		  { COMP_USAGE, .7, .6, .8, 8, false, false } },
		ANSWER_MISSING, "",
		"Not known: it takes 10 accounts that left with something "
		"measured before, and there are 8." },
	{ { { COMP_USAGE, .7, .6, .8, 10, false, false } }, ANSWER_KNOWN, "usage",
		"Usage, with an AUC of 0.70 (0.60 to 0.80); no other one does "
		"better than chance." },
	/* the best of those that count; what leaks, is not dated or is a
	 * person's word does not */
	{ { { BACKTEST_PULSE, .95, .9, .99, 30, false, false },
		  { COMP_SUPPORT, .9, .8, .95, 30, false, true },
		  { COMP_RENEWAL, .9, .8, .95, 30, true, false },
		  { COMP_ENGAGEMENT, .6, .55, .7, 30, false, false } },
		ANSWER_KNOWN, "engagement",
		"Engagement, with an AUC of 0.60 (0.55 to 0.70); no other one "
		"does better than chance." },
	{ { { COMP_USAGE, .61, .52, .7, 20, false, false },
		  { COMP_ADOPTION, .8, .7, .9, 20, false, false },
		  { COMP_SUPPORT, .7, .6, .8, 20, false, false },
		  { COMP_SENTIMENT, .6, .51, .7, 20, false, false } },
		ANSWER_KNOWN, "adoption",
		"Adoption, with an AUC of 0.80 (0.70 to 0.90), then support "
		"(0.70) and usage (0.61)." },
	{ { { COMP_USAGE, .55, .45, .65, 20, false, false } }, ANSWER_KNOWN, "usage",
		"None does better than chance; usage comes closest, with an AUC "
		"of 0.55 (0.45 to 0.65)." },
	/* the wrong way round */
	{ { { COMP_USAGE, .3, .2, .4, 20, false, false } }, ANSWER_KNOWN, "usage",
		"None does better than chance; usage comes closest, with an AUC "
		"of 0.30 (0.20 to 0.40)." },
};

static void predictors(void **state)
{
	struct answer x;

	(void)state;
	for (size_t i = 0; i < LENGTH(judged); i++) {
		struct backtest t = { .horizon = 90, .left = judged[i].told[0].left };

		for (int k = 0; k < BACKTEST_INPUTS; k++)
			t.input[k].auc.auc = NAN;
		for (int k = 0; k < 4; k++) {
			const struct told *in = &judged[i].told[k];
			struct backtest_input *out = &t.input[in->input];

			if (!in->left)
				continue;
			out->auc = (struct backtest_auc){ .auc = in->auc,
				.low = in->low,
				.high = in->high,
				.accounts_left = in->left };
			out->undated = in->undated;
			out->leaks = in->leaks;
		}
		question_churn(&t, &x);
		assert_int_equal(x.state, judged[i].state);
		assert_string_equal(x.text, judged[i].says);
		assert_string_equal(x.subject, judged[i].subject);
	}
	question_churn(NULL, &x);
	assert_int_equal(x.state, ANSWER_UNMADE);
	assert_true(isnan(figure_of(&x, "auc")));
}

/* ---- the issue that comes back -------------------------------------------------- */

static void issues(void **state)
{
#define CAUSE(what, now, earlier, of, again)                               \
	{                                                                  \
		.name = { what, sizeof(what) - 1 }, .tickets = (now),      \
		.before = (earlier), .accounts = (of), .repeated = (again) \
	}
	static struct cause_row many[] = { CAUSE("outage", 9, 0, 9, 0),
		CAUSE("login", 6, 4, 3, 5), CAUSE("export", 5, 4, 4, 5) };
	static struct cause_row once[] = { CAUSE("outage", 1, 0, 1, 0) };
	static struct cause_row gone[] = { CAUSE("old", 0, 3, 0, 0) };
	static const struct {
		struct cause_row *row;
		uint32_t n, tickets;
		enum answer_state state;
		const char *subject, *says;
	} rows[] = {
		{ NULL, 0, 0, ANSWER_MISSING, "", "No ticket was opened." },
		{ NULL, 0, 1, ANSWER_MISSING, "",
			"Not known: of 1 ticket none has a root cause." },
		{ gone, 1, 4, ANSWER_MISSING, "",
			"Not known: of 4 tickets none has a root cause." },
		{ once, 1, 2, ANSWER_KNOWN, "outage",
			"None came back; most tickets, 1 of 2, are of outage." },
		/* what comes back counts, and of that what has most tickets */
		{ many, 3, 20, ANSWER_KNOWN, "login",
			"login: 6 of 20 tickets, of 3 accounts; 5 of them from accounts "
			"that had it before; 4 in the 91 days before." },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct causes c = { .as_of = day_of(DAY),
			.days = 91,
			.row = rows[i].row,
			.n = rows[i].n,
			.tickets = rows[i].tickets };
		struct answer x;

		question_issue(&c, &x);
		assert_int_equal(x.state, rows[i].state);
		assert_string_equal(x.text, rows[i].says);
		assert_string_equal(x.subject, rows[i].subject);
	}
}

/* A cause may be of any length, and of characters of several bytes. */
static void a_long_cause(void **state)
{
	char name[4096];
	struct cause_row row = { .name = { name, 0 },
		.tickets = 1,
		.before = 1,
		.accounts = 1,
		.repeated = 1 };
	struct causes c = { .days = 91, .row = &row, .n = 1, .tickets = 1 };
	struct answer x;

	(void)state;
	for (size_t i = 0; i + 3 <= sizeof(name); i += 3)
		memcpy(name + i, "\xe2\x82\xac", 3);
	row.name.n = sizeof(name) / 3 * 3;
	question_issue(&c, &x);
	assert_int_equal(strlen(x.subject) % 3, 0);
	assert_non_null(strstr(x.text, ": 1 of 1 tickets"));
}

/* ---- retention and tickets ------------------------------------------------------ */

static void retention(void **state)
{
	static const struct {
		double grr, grr_before;
		uint32_t tickets, before; /* of 100 accounts */
		const char *says;         /* the begin */
	} rows[] = {
		{ 90, 90.6, 94, 100,
			"Less is kept, though tickets are fewer: silence is "
			"no success: GRR 90.0 % (90.6 the year before)" },
		{ 90, 90.5, 95, 100, "Less is kept, though tickets are fewer" },
		{ 90, 90.4, 96, 100,
			"As much is kept as before, and tickets are as "
			"many" },
		{ 90, 90.4, 95, 100, "As much is kept as before, with fewer tickets" },
		{ 90, 90, 105, 100,
			"As much is kept as before, though tickets are "
			"more" },
		{ 90, 95, 100, 100, "Less is kept, and tickets don't tell" },
		{ 90, 95, 200, 100, "Less is kept, and tickets are more" },
		{ 95, 90, 50, 100, "More is kept, and tickets are fewer" },
		{ 95, 90, 104, 100, "More is kept, and tickets are as many" },
		{ 95, 94.5, 105, 100, "More is kept, though tickets are more" },
		/* nothing to compare with */
		{ 95, NAN, 50, 100,
			"GRR 95.0 %, NRR 101.0 %, accounts kept 97.0 %, "
			"tickets per account 0.5" },
		{ 95, 94, 50, 0, "GRR 95.0 % (94.0 the year before), NRR" },
		{ NAN, NAN, 50, 100, "Not known: no account had ARR a year ago." },
	};
	struct question_year now = { .nrr = 101, .logos = 97, .active = 100 };
	struct question_year before = { .nrr = 99, .logos = 96, .active = 100 };
	struct answer x;

	(void)state;
	now.ticketed = before.ticketed = true;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		now.grr = rows[i].grr;
		before.grr = rows[i].grr_before;
		if (isnan(before.grr))
			before.nrr = before.logos = NAN;
		now.tickets = rows[i].tickets;
		before.tickets = rows[i].before;
		question_retention(&now, &before, &x);
		assert_int_equal(x.state, isnan(now.grr) ? ANSWER_MISSING : ANSWER_KNOWN);
		if (strncmp(x.text, rows[i].says, strlen(rows[i].says)) != 0)
			fail_msg("\"%s\", not \"%s\"", x.text, rows[i].says);
		before.nrr = 99;
		before.logos = 96;
	}
	now.grr = 95;
	before.grr = 90;
	before.ticketed = false; /* a part of a year is no year */
	question_retention(&now, &before, &x);
	assert_non_null(strstr(x.text, "GRR 95.0 % (90.0 the year before)"));
	assert_true(isnan(figure_of(&x, "tickets_per_account_before")));
	now.ticketed = false;
	question_retention(&now, &before, &x);
	assert_non_null(strstr(x.text, "tickets are not on record for all of the year"));
}

/* ---- of a book ------------------------------------------------------------------ */

static const struct questions *all_of(struct book *b, struct book_questions **q)
{
	int steps = 0;

	MUST(book_questions_new(b, q, &e));
	while (!book_questions_known(*q)->done) {
		MUST(book_questions_step(*q, &e));
		assert_true(++steps < 1000);
	}
	MUST(book_questions_step(*q, &e)); /* done: nothing happens */
	return book_questions_known(*q);
}

static void of_an_empty_book(void **state)
{
	struct book *b = rules_book(fake_store_new(), DAY, "");
	struct book_questions *q;
	const struct questions *x = all_of(b, &q);

	(void)state;
	assert_int_equal(x->as_of, day_of(DAY));
	for (int k = 0; k < QUESTIONS; k++) {
		assert_int_equal(x->answer[k].state,
			k == QUESTION_CHURN ? ANSWER_UNMADE : ANSWER_MISSING);
		assert_true(x->answer[k].text[0] && x->answer[k].rule[0]);
	}
	book_questions_free(&q);
	/* With a backtest, of which there is nothing to tell. */
	MUST(book_backtest_need(b, &e));
	x = all_of(b, &q);
	assert_int_equal(x->answer[QUESTION_CHURN].state, ANSWER_MISSING);
	book_questions_free(&q);
	book_free(&b);
}

/* A and B had 100 and 50 two years ago; B has 40 since February 2026, C came and went.
 * D left before. A had 2 tickets in the year before the last, A and B 3 in the last. */
static void of_a_small_book(void **state)
{
	struct store *s = fake_store_new();
	struct book_questions *q;
	const struct questions *x;
	const struct answer *kept;
	struct book *b;

	(void)state;
	rows_put(s, REC_CSM, "name=Dana");
	rows_put(s, REC_ACCOUNT,
		"account_id=A|csm=Dana|arr=10000000|contract_start=2023-01-01\n"
		"account_id=B|arr=4000000|contract_start=2023-01-01\n"
		"account_id=C|arr=0|contract_start=2026-01-01|"
		"onboarding_started=2026-01-01|first_value_on=2026-01-11\n"
		"account_id=D|arr=5000000|churned_on=2023-06-30\n");
	rows_put(s, REC_MOVEMENT,
		"account_id=B|date=2026-02-10|kind=contraction|arr_delta=-1000000");
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=A|opened_on=2024-03-31|root_cause=login\n"
		"ticket_id=2|account_id=A|opened_on=2024-04-01|root_cause=login\n"
		"ticket_id=3|account_id=A|opened_on=2025-03-31|root_cause=login\n"
		"ticket_id=4|account_id=A|opened_on=2025-04-01|root_cause=login\n"
		"ticket_id=5|account_id=A|opened_on=2026-03-01|root_cause=login\n"
		"ticket_id=6|account_id=A|opened_on=2026-03-31|root_cause=login\n"
		"ticket_id=7|account_id=A|opened_on=2026-04-01|root_cause=login\n");
	rows_put(s, REC_TOUCH,
		"account_id=A|date=2026-03-01|kind=call|two_way=1|minutes=45\n"
		"account_id=B|date=2026-03-02|kind=call|two_way=1|minutes=15\n");
	b = rules_book(s, DAY, "");
	x = all_of(b, &q);
	assert_string_equal(x->answer[QUESTION_VALUE].text,
		"10 days in the median of the 1 account that began, 0 % within 7 days, "
		"100 % within 30 days.");
	assert_string_equal(x->answer[QUESTION_TIME].text,
		"75 % of the time went to the 1 largest account by ARR, 71 % of the "
		"revenue.");
	assert_string_equal(x->answer[QUESTION_ISSUE].text,
		"login: 2 of 2 tickets, of 1 account; 1 of them from accounts that had "
		"it before; 0 in the 91 days before.");
	kept = &x->answer[QUESTION_RETENTION];
	assert_true(fabs(figure_of(kept, "grr") - 100.0 * 14 / 15) < 1e-9);
	assert_true(fabs(figure_of(kept, "grr_before") - 100) < 1e-9);
	assert_true(fabs(figure_of(kept, "tickets_per_account") - 1) < 1e-9);
	assert_true(fabs(figure_of(kept, "tickets_per_account_before") - 1) < 1e-9);
	book_questions_free(&q);
	book_free(&b);
}

/* Of customers of today alone, whose contracts reach back, nothing is said to be kept. */
static void of_survivors(void **state)
{
	struct store *s = fake_store_new();
	struct book_questions *q;
	const struct answer *kept;
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A|arr=10000000|contract_start=2023-01-01");
	b = rules_book(s, DAY, "");
	kept = &all_of(b, &q)->answer[QUESTION_RETENTION];
	assert_int_equal(kept->state, ANSWER_MISSING);
	assert_string_equal(kept->text,
		"Not known: nothing was calculated in this book yet, and nobody who left "
		"is on record.");
	for (int k = 0; k < kept->figures; k++)
		assert_true(isnan(kept->figure[k].value));
	book_questions_free(&q);
	book_free(&b);
}

/* What predicts churn comes from the last backtest, of this day and this policy alone. */
static void of_the_last_backtest(void **state)
{
	struct book *b = fixture_book(FIXTURE_GONE);
	struct book_questions *q;
	const struct questions *x;
	int32_t version;

	(void)state;
	assert_null(book_backtest_last(b));
	MUST(book_backtest_need(b, &e));
	assert_non_null(book_backtest_last(b));
	x = all_of(b, &q);
	assert_int_equal(x->answer[QUESTION_CHURN].state, ANSWER_KNOWN);
	assert_true(figure_of(&x->answer[QUESTION_CHURN], "auc") > 0);
	book_questions_free(&q);
	rules_day(b, "2026-04-01");
	assert_null(book_backtest_last(b));
	rules_day(b, DAY);
	assert_non_null(book_backtest_last(b));
	MUST(book_policy_apply(
		b, "[tiers]\ntier1_cap = 12\n", "caps.ini", "more", &version, &e));
	assert_null(book_backtest_last(b));
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_value),
		cmocka_unit_test(predictors),
		cmocka_unit_test(issues),
		cmocka_unit_test(a_long_cause),
		cmocka_unit_test(retention),
		cmocka_unit_test(of_an_empty_book),
		cmocka_unit_test(of_a_small_book),
		cmocka_unit_test(of_survivors),
		cmocka_unit_test(of_the_last_backtest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
