/* Insights: records that point to their accounts, counted by hand. */
#include "core/insights.h"

#include <math.h>
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

#define OPENING "2025-12-31"
#define DAY "2026-12-31"

static void learn(struct book *b, struct insights *out)
{
	struct book_revenue *earning = rules_revenue(b, OPENING, DAY, REVENUE_BY_ALL);

	MUST(book_insights(b, book_revenue_known(earning), out, &e));
	book_revenue_free(&earning);
}

/* "kind subject: accounts of arr, left of arr verdict | what | ids" of each row. */
static void insights_are(struct store *s, const char *expected)
{
	struct book *b = rules_book(s, DAY, "Lea");
	struct insights x;
	char said[4096] = "", text[INSIGHT_TEXT_MAX];
	size_t n = 0;

	learn(b, &x);
	for (uint32_t k = 0; k < x.n; k++) {
		const struct insight *y = &x.row[k];

		n += (size_t)snprintf(said + n, sizeof(said) - n,
			"%s %.*s: %u $%lld, %u $%lld %s | %s |",
			insight_rows[y->kind].name, (int)insight_subject(y).n,
			insight_subject(y).s, y->accounts, (long long)y->arr, y->left,
			(long long)y->left_arr, y->verdict, insight_text(y, text));
		for (uint32_t i = 0; i < y->accounts && i < 6; i++)
			n += (size_t)snprintf(
				said + n, sizeof(said) - n, " %u", y->account[i]);
		n += (size_t)snprintf(said + n, sizeof(said) - n, "\n");
	}
	assert_string_equal(said, expected);
	insights_clear(&x);
	book_free(&b);
}

/* Words of those that left, of exit surveys and of talks about a renewal. */
static void words(void **state)
{
	struct store *s = fake_store_new();

	(void)state;
	rows_put(s, REC_ACCOUNT,
		"account_id=A|arr=500|contract_start=2020-01-01|churned_on=2026-03-01|"
		"churn_reason=competitor: Acme, cheaper\n"
		"account_id=B|arr=300|contract_start=2020-01-01|churned_on=2026-03-01|"
		"churn_reason=they promised more\n"
		"account_id=C|arr=200|contract_start=2020-01-01\n"
		"account_id=D|arr=100|contract_start=2020-01-01|churned_on=2025-03-01|"
		"churn_reason=new prices\n" /* before the period */
		"account_id=E|arr=50|contract_start=2020-01-01|churned_on=2026-05-01|"
		"churn_reason=budget cut\n" /* nobody's lesson */
		"account_id=F|arr=70|contract_start=2026-05-01");
	rows_put(s, REC_SURVEY,
		"account_id=A|date=2026-03-02|kind=exit|comment=Competitor: ACME\n"
		"account_id=B|date=2026-03-02|kind=exit|comment=They promised more\n"
		"account_id=B|date=2026-03-03|kind=nps|score=2|comment=the price\n"
		"account_id=C|date=2026-03-02|kind=exit|comment=the price\n");
	rows_put(s, REC_TOUCH,
		"account_id=C|date=2026-06-01|purpose=Renewal talk|outcome=competitor: "
		"acme; wants a discount\n"
		"account_id=C|date=2026-06-02|purpose=renewal talk|outcome=looks for an "
		"alternative\n"
		"account_id=C|date=2026-06-03|purpose=renewal|outcome=promised to call\n"
		"account_id=C|date=2026-06-04|purpose=renewal|outcome=price: a third "
		"more "
		"than they planned\n"
		"account_id=F|date=2026-06-04|purpose=renewal|outcome=Price: a third "
		"more "
		"than they planned\n"
		"account_id=C|date=2026-06-05|purpose=check-in|outcome=competitor: Bolt\n"
		"account_id=C|date=2025-12-31|purpose=renewal|outcome=competitor: Bolt\n"
		"account_id=C|date=2027-01-01|purpose=renewal|outcome=competitor: Bolt");
	insights_are(s,
		"competitor Acme: 2 $700, 1 $500  | 1 as reason, 1 in exit surveys, 1 at "
		"renewal | 1 3\n"
		"competitor not named: 1 $200, 0 $0  | 1 at renewal | 3\n"
		"expectation they promised more: 1 $300, 1 $300  | 1 as reason, 1 in "
		"exit surveys | 2\n"
		"price a third more than they planned: 2 $270, 0 $0  | 2 at renewal | 3 "
		"6\n");
}

/* Ten of a segment that have first value on the second day, ten on the 20th: each
 * is held against the other, and one by itself is too few. */
static void segments(void **state)
{
	struct store *s = fake_store_new();
	char rows[8000] = "account_id=Z|arr=1|segment=Tiny|contract_start=2026-02-01|"
			  "onboarding_started=2026-02-01";

	(void)state;
	for (int i = 0; i < 20; i++)
		snprintf(rows + strlen(rows), sizeof(rows) - strlen(rows),
			"\naccount_id=%c%d|arr=10|segment=%s|contract_start=2026-02-01|"
			"first_value_on=2026-02-%02d",
			i < 10 ? 'A' : 'B', i % 10, i < 10 ? "Quick" : "Slow",
			i < 10 ? 3 : 21);
	rows_put(s, REC_ACCOUNT, rows);
	insights_are(s,
		"time-to-value Quick: 10 $100, 0 $0 sooner | median 2 d, others 20 d, "
		"100 % within 7 d | 2 3 4 5 6 7\n"
		"time-to-value Slow: 10 $100, 0 $0 later | median 20 d, others 2 d, 0 % "
		"within 7 d | 12 13 14 15 16 17\n"
		"time-to-value Tiny: 1 $1, 0 $0 too few | not half of them yet, others "
		"2 d, 0 % within 7 d | 1\n");
}

/* Nobody to be held against; and ten that are as soon as the others. */
static void segments_alike(void **state)
{
	static const struct {
		int others;
		const char *expected;
	} rows[] = {
		{ 0, "time-to-value A: 10 $100, 0 $0 too few | median 2 d, 100 % within "
		     "7 "
		     "d | 1 2 3 4 5 6\n" },
		{ 9, "time-to-value A: 10 $100, 0 $0 too few | median 2 d, others 2 d, "
		     "100 % within 7 d | 1 2 3 4 5 6\n"
		     "time-to-value B: 9 $90, 0 $0 too few | median 2 d, others 2 d, 100 "
		     "% within 7 d | 11 12 13 14 15 16\n" },
		{ 10, "time-to-value A: 10 $100, 0 $0 as others | median 2 d, others 2 "
		      "d, "
		      "100 % within 7 d | 1 2 3 4 5 6\n"
		      "time-to-value B: 10 $100, 0 $0 as others | median 2 d, others 2 "
		      "d, 100 % within 7 d | 11 12 13 14 15 16\n" },
	};

	(void)state;
	for (size_t k = 0; k < sizeof(rows) / sizeof(*rows); k++) {
		struct store *s = fake_store_new();
		char text[8000] = "";

		for (int i = 0; i < 10 + rows[k].others; i++)
			snprintf(text + strlen(text), sizeof(text) - strlen(text),
				"%saccount_id=%02d|arr=10|segment=%s|"
				"contract_start=2026-02-01|first_value_on=2026-02-03",
				i ? "\n" : "", i, i < 10 ? "A" : "B");
		rows_put(s, REC_ACCOUNT, text);
		insights_are(s, rows[k].expected);
	}
}

/* Who left for whom: by the reason and the exit survey, and by a talk only where these
 * say nothing. The largest are named. */
static void lost_to(void **state)
{
	struct store *s = fake_store_new();
	char names[INSIGHT_NAMES_MAX];
	struct insights x;
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT,
		"account_id=A|name=Ash|arr=500|contract_start=2020-01-01|"
		"churned_on=2026-03-01|churn_reason=switched to Bolt.com. Cheaper\n"
		"account_id=B|name=Beech|arr=400|contract_start=2020-01-01|"
		"churned_on=2026-03-01\n"
		"account_id=C|name=Cedar|arr=300|contract_start=2020-01-01|"
		"churned_on=2026-03-01|churn_reason=new prices\n"
		"account_id=D|arr=200|contract_start=2020-01-01\n"
		"account_id=E|name=Elm|arr=100|contract_start=2020-01-01|"
		"churned_on=2026-03-01|churn_reason=they said nothing");
	rows_put(s, REC_SURVEY,
		"account_id=E|date=2026-03-02|kind=exit|comment=COMPETITOR: bolt.COM");
	rows_put(s, REC_TOUCH,
		"account_id=B|date=2026-02-01|purpose=renewal|outcome=competitor: "
		"Bolt.com\n"
		"account_id=C|date=2026-02-01|purpose=renewal|outcome=competitor: "
		"Bolt.com\n"
		"account_id=D|date=2026-02-01|purpose=renewal|outcome=competitor: "
		"Bolt.com");
	b = rules_book(s, DAY, "Lea");
	learn(b, &x);
	assert_int_equal(x.n, 2);
	assert_true(text_eq(x.row[0].subject, TEXT("Bolt.com")));
	assert_int_equal(x.row[0].accounts, 5);
	assert_int_equal(x.row[0].arr, 1500);
	assert_int_equal(x.row[0].left, 3);
	assert_int_equal(x.row[0].left_arr, 1000);
	MUST(book_insight_names(b, &x.row[0], names, &e));
	assert_string_equal(names, "Ash, Beech, Cedar and 2 more");
	MUST(book_insight_names(b, &x.row[1], names, &e));
	assert_string_equal(names, "Cedar");
	insights_clear(&x);
	book_free(&b);
}

/* 40 of the cohort: 12 with a use case, of which 8 left; 12 of a source, within their
 * first term, of which 6 left early, as none of the 10 others that are. */
static void tags(void **state)
{
	struct store *s = fake_store_new();
	char rows[8000] =
		"account_id=N|arr=900|contract_start=2026-02-01|tags=source:ads";

	(void)state;
	for (int i = 0; i < 40; i++)
		snprintf(rows + strlen(rows), sizeof(rows) - strlen(rows),
			"\naccount_id=%02d|arr=10|contract_start=%s|tags=%s%s%s", i,
			i >= 18 ? "2025-06-01" : "2020-06-01",
			i < 12              ? "Use-Case:audits; vip;use-case:Audits"
			: i >= 28           ? "source:ads"
			: i >= 26 && i < 28 ? "source:fair"
					    : "",
			i >= 12 && i < 18 ? "source:ads" : "",
			i < 8     ? "|churned_on=2026-03-01"
			: i >= 34 ? "|churned_on=2026-03-01"
				  : "");
	rows_put(s, REC_ACCOUNT, rows);
	insights_are(s,
		"use-case Use-Case:audits: 8 $80, 8 $80 more leave | 8 of 12 left, 67 %, "
		"+45 points (+12 to +68) | 2 3 4 5 6 7\n"
		"source source:ads: 6 $60, 6 $60 more leave | 6 of 12 left early, 50 %, "
		"+50 points (+13 to +75) | 36 37 38 39 40 41\n"
		"source source:fair: 0 $0, 0 $0 too few | 0 of 2 left early, 0 %, -30 "
		"points (-52 to +38) |\n");
}

static void nothing(void **state)
{
	(void)state;
	insights_are(fake_store_new(), "");
}

static void kinds_of_words(void **state)
{
	static const struct {
		const char *words;
		bool talk;
		int kind;            /* INSIGHTS: none */
		const char *subject; /* "": not named */
	} rows[] = {
		{ "competitor: Acme", false, INSIGHT_COMPETITOR, "Acme" },
		{ " Competitor:Acme , because", true, INSIGHT_COMPETITOR, "Acme" },
		{ "competitor", false, INSIGHT_COMPETITOR, "" },
		{ "competitor: ", false, INSIGHT_COMPETITOR, "" },
		{ "competitor: another vendor", false, INSIGHT_COMPETITOR, "" },
		{ "switched to Acme", true, INSIGHT_COMPETITOR, "Acme" },
		{ "They Switched To Acme.io. Cheaper.", false, INSIGHT_COMPETITOR,
			"Acme.io" },
		{ "switched to a cheaper tool", false, INSIGHT_COMPETITOR, "" },
		{ "switched", false, INSIGHT_COMPETITOR, "" },
		{ "switched to the competitor", false, INSIGHT_COMPETITOR, "" },
		{ "switched to the", false, INSIGHT_COMPETITOR, "" },
		{ "Switched to our competition.", false, INSIGHT_COMPETITOR, "" },
		{ "competitor: their own tool", false, INSIGHT_COMPETITOR, "" },
		{ "switched to The Access Group, cheaper", false, INSIGHT_COMPETITOR,
			"The Access Group" },
		{ "lost to competitor: Acme; price", false, INSIGHT_COMPETITOR, "Acme" },
		{ "has not switched to Acme", true, INSIGHTS, NULL },
		{ "Hasn't switched to Acme; no alternative", false, INSIGHTS, NULL },
		{ "never switched to Acme, built it in-house", true, INSIGHT_COMPETITOR,
			"in-house" },
		{ "has not switched to Acme: switched to Bolt", true, INSIGHT_COMPETITOR,
			"Bolt" },
		{ "knot switched to Acme", false, INSIGHT_COMPETITOR, "Acme" },
		{ "no competitor, the price", false, INSIGHT_PRICE,
			"no competitor, the price" },
		{ "built it In-House", false, INSIGHT_COMPETITOR, "in-house" },
		{ "positioning: thought it was a CRM", true, INSIGHT_EXPECTATION,
			"thought it was a CRM" },
		{ "not what they expected", false, INSIGHT_EXPECTATION,
			"not what they expected" },
		{ "not what they expected", true, INSIGHTS, NULL },
		{ "sales fit: five people", false, INSIGHT_FIT, "five people" },
		{ "product: no export; none at all", true, INSIGHT_PRODUCT, "no export" },
		{ "likes the product", true, INSIGHTS, NULL },
		{ "support: slow", false, INSIGHTS, NULL },
		{ "", false, INSIGHTS, NULL },
		{ "   ", true, INSIGHTS, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		enum insight_kind kind = INSIGHTS;
		struct text subject;

		assert_int_equal(insight_of_words(text_of(rows[i].words), rows[i].talk,
					 &kind, &subject),
			rows[i].kind != INSIGHTS);
		assert_int_equal(kind, rows[i].kind);
		if (rows[i].subject)
			assert_true(text_eq(subject, text_of(rows[i].subject)));
		if (kind == INSIGHT_COMPETITOR)
			assert_int_equal(subject.s != NULL, *rows[i].subject != '\0');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(lost_to),
		cmocka_unit_test(segments),
		cmocka_unit_test(segments_alike),
		cmocka_unit_test(tags),
		cmocka_unit_test(nothing),
		cmocka_unit_test(kinds_of_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
