/* What customers teach product, marketing and sales. */
#include "report/board_internal.h"

#include "core/insights.h"

enum { OF_A_KIND = 5 }; /* rows; `tierdesk insights` has them all */

static enum status put_row(
	struct board *x, struct doc_table *t, const struct insight *y, struct err *e)
{
	const struct text subject = insight_subject(y);
	char a[DOC_FIGURE_MAX], says[INSIGHT_TEXT_MAX], names[INSIGHT_NAMES_MAX];
	const enum status st = book_insight_names(x->b, y, names, e);

	doc_cellf(x->d, t, TONE_PLAIN, "%s", insight_rows[y->kind].whom);
	doc_cellf(x->d, t, TONE_PLAIN, "%s", insight_rows[y->kind].name);
	doc_cellf(x->d, t, TONE_STRONG, "%.*s", (int)subject.n, subject.s);
	doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(y->accounts, a));
	doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_money(y->arr, x->currency, a));
	doc_cellf(x->d, t, y->left ? TONE_STRONG : TONE_PLAIN, "%s",
		y->left ? doc_money(y->left_arr, x->currency, a) : "");
	doc_cellf(x->d, t, TONE_PLAIN, "%s", y->verdict);
	insight_text(y, says);
	doc_cellf(
		x->d, t, TONE_QUIET, "%s%s%s", says, *says && *names ? ": " : "", names);
	return st;
}

static enum status put_rows(struct board *x, const struct insights *y, struct err *e)
{
	static const struct doc_column columns[] = { { "For", false, false },
		{ "About", false, false }, { "Subject", false, false },
		{ "Accounts", true, false }, { "ARR", true, false },
		{ "ARR lost", true, false }, { "Verdict", false, false },
		{ "What, and whose", false, false } };
	struct doc_table *t = doc_table(x->d, "", columns, 8);
	uint32_t told = 0, more = 0;
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < y->n; k++) {
		told = k && y->row[k].kind == y->row[k - 1].kind ? told + 1 : 1;
		if (told <= OF_A_KIND)
			st = put_row(x, t, &y->row[k], e);
		else
			more++;
	}
	if (doc_rows(t))
		doc_show(x->d, t);
	else
		doc_say(x->d, TONE_ASK,
			"Nobody began, left or talked about a renewal in this year.");
	if (more)
		doc_say(x->d, TONE_QUIET, "And %u more: `tierdesk insights`.", more);
	doc_say(x->d, TONE_QUIET,
		"By the reasons of those that left, exit surveys, outcomes of renewal "
		"talks and tags; `tierdesk insights --format csv` has the accounts of "
		"each row. "
		"Below %d accounts a share or a median has no verdict.",
		INSIGHT_LEAST);
	return st;
}

enum status board_insights(struct board *x, struct err *e)
{
	struct insights y;
	enum status st = book_insights(x->b, x->revenue, &y, e);

	if (st != ST_OK)
		return st;
	doc_section(x->d, "insights", "For product, marketing and sales");
	st = put_rows(x, &y, e);
	insights_clear(&y);
	return st;
}
