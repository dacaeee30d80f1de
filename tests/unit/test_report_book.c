/* Reports of books: no text touches another on any page; the numbers are those of the
 * book. */
#include "tests/support/reporting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "report/pages.h"
#include "tests/support/fixture.h"
#include "tests/support/rules.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"

/* ---- pages ---- */

static void no_texts_touch(void **state)
{
	static const enum fixture books[] = { FIXTURE_EMPTY, FIXTURE_RAW,
		FIXTURE_COMPLETE, FIXTURE_LATER };

	(void)state;
	for (size_t k = 0; k < sizeof(books) / sizeof(*books); k++) {
		struct book *b = fixture_book(books[k]);
		struct doc d = report_doc(b, REPORT_BOARD, 0);
		struct book_figures f;

		assert_true(report_check_pages(&d, "board") >= 2);
		doc_clear(&d);
		MUST(book_figures(b, &f, &e));
		for (uint32_t id = 1; id <= f.n; id++) {
			d = report_doc(b, REPORT_ACCOUNT, id);
			report_check_pages(&d, "account");
			doc_clear(&d);
		}
		for (uint32_t id = 1; f.n && id <= 3; id++) {
			d = report_doc(b, REPORT_CSM, id);
			report_check_pages(&d, "csm");
			doc_clear(&d);
		}
		book_free(&b);
	}
}

/* The check sees what it is for: a text of a page moved onto its neighbour. */
static void touching_is_seen(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct doc d = report_doc(b, REPORT_BOARD, 0);
	struct pages *p = malloc(sizeof(*p));
	uint32_t one, other, last = UINT32_MAX;

	(void)state;
	assert_non_null(p);
	MUST(pages_make(&d, p, &e));
	for (uint32_t k = 0; k < p->page[0]->n; k++) {
		struct mark *m = &p->page[0]->mark[k];

		if (m->kind == MARK_TEXT && last != UINT32_MAX) {
			m->x = p->page[0]->mark[last].x;
			m->y = p->page[0]->mark[last].y + 2;
			break;
		}
		if (m->kind == MARK_TEXT)
			last = k;
	}
	assert_true(drawing_collides(p->page[0], &one, &other));
	free(p);
	doc_clear(&d);
	book_free(&b);
}

/* ---- what comes out ---- */

static void the_same_twice(void **state)
{
	static const enum report_format formats[] = { REPORT_HTML, REPORT_SVG };
	struct book *b = fixture_book(FIXTURE_COMPLETE);

	(void)state;
	for (size_t k = 0; k < 2; k++) {
		struct buffer one = report_written(b, REPORT_BOARD, 0, formats[k]);
		struct buffer two = report_written(b, REPORT_BOARD, 0, formats[k]);

		assert_int_equal(one.n, two.n);
		assert_memory_equal(one.s, two.s, one.n);
		buffer_clear(&one);
		buffer_clear(&two);
	}
	book_free(&b);
}

/* A page that is for the customer says nothing of how the customer is rated. */
static void nothing_internal(void **state)
{
	static const char *const words[] = { "Tier", "tier", "Effort", "quadrant",
		"at risk", "Alert", "churn" };
	struct book *b = fixture_book(FIXTURE_COMPLETE);

	(void)state;
	for (uint32_t id = 1; id <= 30; id++) {
		struct buffer page = report_written(b, REPORT_ACCOUNT, id, REPORT_HTML);
		const char *body = strstr(page.s, "<body>");

		assert_non_null(body);
		for (size_t k = 0; k < sizeof(words) / sizeof(*words); k++) {
			const char *found = strstr(body, words[k]);

			/* Classes of colours are no words. */
			while (found && (found[-1] == '-' || found[-1] == '"'))
				found = strstr(found + 1, words[k]);
			if (found)
				fail_msg("account %u: %.60s", id, found - 20);
		}
		buffer_clear(&page);
	}
	book_free(&b);
}

/* Why the money at risk may be above the ARR, and what the order of the risks is by. */
static void what_ranks_is_said(void **state)
{
	static const char *const said[] = { "times the strategic weight (1 to 2,",
		"Ranked by the money at risk times the weight of the worst alert "
		"(critical "
		"2, warning 1.3, information 1)" };
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct buffer page = report_written(b, REPORT_BOARD, 0, REPORT_HTML);

	(void)state;
	for (size_t k = 0; k < sizeof(said) / sizeof(*said); k++)
		if (!strstr(page.s, said[k]))
			fail_msg("not said: %s", said[k]);
	buffer_clear(&page);
	book_free(&b);
}

static void policy_marks(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct buffer page = report_written(b, REPORT_BOARD, 0, REPORT_HTML);

	(void)state;
	assert_non_null(strstr(page.s, ">policy 2</text>"));
	assert_non_null(strstr(page.s, "the rules, not the accounts"));
	buffer_clear(&page);
	book_free(&b);
}

/* The rules have the numbers of the policy, not some near them. */
static void exact_rules(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct buffer page;
	int32_t version;

	(void)state;
	MUST(book_policy_apply(b,
		"[health]\nmin_coverage = 0.425\n[tiers]\ntier1_from = "
		"62.125\n[review]\nswap_margin = 1.0625\n",
		"p.ini", "", &version, &e));
	page = report_written(b, REPORT_BOARD, 0, REPORT_HTML);
	assert_non_null(strstr(page.s, "less than 42.5 % of the weights"));
	assert_non_null(strstr(page.s, "Tier 1 from 62.125,"));
	assert_non_null(strstr(page.s, "by a margin of 1.0625."));
	buffer_clear(&page);
	book_free(&b);
}

/* Business reviews that an account's sheet has in the row of a day: its last cell. */
static int reviews_on(const char *page, const char *day)
{
	char row[64];
	const char *at, *end;

	snprintf(row, sizeof(row), "class=\"key\">%s</th>", day);
	at = strstr(page, row);
	assert_non_null(at);
	end = strstr(at, "</td></tr>");
	assert_non_null(end);
	return end[-1] - '0';
}

/* What comes from rows is in the sheets, by the rule that the verbs have for it. */
static void sheets_of_rows(void **state)
{
	struct book *b = rules_book(fake_store_new(), "2026-03-31", "Dana Reyes");
	struct recalc_result done;
	struct buffer page;

	(void)state;
	rows_put(book_store(b), REC_CSM, "name=Dana Reyes");
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=A|csm=Dana Reyes|arr=100000|seats_purchased=1250");
	rows_put(book_store(b), REC_TOUCH,
		"account_id=A|date=2026-03-20|kind=call|minutes=45\n"
		"account_id=A|date=2026-03-21|kind=call\n"
		"account_id=A|date=2026-02-21|kind=call|minutes=600\n"
		"account_id=A|date=2024-12-30|kind=business review\n"
		"account_id=A|date=2025-06-30|kind=business review");
	MUST(book_recalc(b, &done, &e));
	page = report_written(b, REPORT_CSM, 1, REPORT_HTML);
	assert_non_null(strstr(page.s,
		"<td class=\"n\">2</td><td class=\"n\">0</td><td class=\"n\">1</td>"
		"<td class=\"n\">0</td><td class=\"n\">1.0</td>"));
	assert_non_null(strstr(page.s, "1 of 2 touches say no minutes and count as 15"));
	buffer_clear(&page);
	page = report_written(b, REPORT_ACCOUNT, 1, REPORT_HTML);
	assert_non_null(strstr(page.s, "of 1,250 seats bought"));
	/* of the last quarter of 2024, and of the second of 2025 */
	assert_int_equal(reviews_on(page.s, "2025-03-31"), 0);
	assert_int_equal(reviews_on(page.s, "2025-06-30"), 1);
	assert_int_equal(reviews_on(page.s, "2025-09-30"), 0);
	buffer_clear(&page);
	book_free(&b);
}

static void who_is_not_there(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct err e = { .status = ST_OK };
	struct doc d;

	(void)state;
	assert_int_equal(report_make(b, REPORT_ACCOUNT, 999999, &d, &e), ST_NOTFOUND);
	doc_clear(&d);
	assert_int_equal(report_make(b, REPORT_CSM, 999999, &d, &e), ST_NOTFOUND);
	doc_clear(&d);
	book_free(&b);
}

static void formats(void **state)
{
	(void)state;
	assert_int_equal(report_format_of(TEXT("a/b.HTML")), REPORT_HTML);
	assert_int_equal(report_format_of(TEXT("b.c.pdf")), REPORT_PDF);
	assert_int_equal(report_format_of(TEXT("b.png")), REPORT_PNG);
	assert_int_equal(report_format_of(TEXT(".svg")), REPORT_SVG);
	assert_int_equal(report_format_of(TEXT("pdf")), REPORT_FORMATS);
	assert_int_equal(report_format_of(TEXT("b.txt")), REPORT_FORMATS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_texts_touch),
		cmocka_unit_test(touching_is_seen),
		cmocka_unit_test(the_same_twice),
		cmocka_unit_test(nothing_internal),
		cmocka_unit_test(what_ranks_is_said),
		cmocka_unit_test(policy_marks),
		cmocka_unit_test(exact_rules),
		cmocka_unit_test(sheets_of_rows),
		cmocka_unit_test(who_is_not_there),
		cmocka_unit_test(formats),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
