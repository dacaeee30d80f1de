/* Whether health told who would leave, and whether what customers say did. */
#include "report/board_internal.h"

#include <stdio.h>

#include "core/backtest_text.h"
#include "core/book_backtest.h"

enum { ANSWERS = 4, BANDS = 4 };

static const struct doc_column columns[] = { { "", false, false },
	{ "Account-months", true, false }, { "Left", true, false },
	{ "Of them", true, false }, { "95 of 100 such books", true, false } };

static void put_share(struct board *x, struct doc_table *t, const char *name,
	const struct backtest_share *s)
{
	char a[DOC_FIGURE_MAX];

	doc_cellf(x->d, t, TONE_PLAIN, "%s", name);
	doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(s->n, a));
	doc_cellf(x->d, t, TONE_PLAIN, "%s", doc_count(s->hits, a));
	doc_cellf(x->d, t, TONE_STRONG, "%s", doc_percent(100 * s->share, a));
	if (s->n)
		doc_cellf(x->d, t, TONE_QUIET, "%.1f to %.1f %%", 100 * s->range.low,
			100 * s->range.high);
	else
		doc_cellf(x->d, t, TONE_QUIET, "--");
}

/* A table whose rows are called so. */
static struct doc_table *table(struct board *x, const char *caption, const char *of)
{
	struct doc_column mine[sizeof(columns) / sizeof(*columns)];
	const int n = (int)(sizeof(columns) / sizeof(*columns));

	for (int k = 0; k < n; k++)
		mine[k] = columns[k];
	mine[0].title = of;
	return doc_table(x->d, caption, mine, n);
}

static void put_bands(struct board *x, const struct backtest *t)
{
	static const enum health_band order[BANDS] = { BAND_HEALTHY, BAND_WATCH,
		BAND_AT_RISK, BAND_UNKNOWN };
	static const char *const names[] = { [BAND_HEALTHY] = "healthy",
		[BAND_WATCH] = "watch",
		[BAND_AT_RISK] = "at risk",
		[BAND_UNKNOWN] = "not known" };
	char caption[64];
	struct doc_table *out;

	snprintf(caption, sizeof(caption), "Who left within %d days, by health",
		t->horizon);
	out = table(x, caption, "Health");

	for (int k = 0; k < BANDS; k++)
		put_share(x, out, names[order[k]], &t->band[order[k]].left);
	doc_show(x->d, out);
}

static void put_answers(struct board *x, const struct backtest *t)
{
	char caption[80];
	struct doc_table *out;

	if (t->nps[0].n + t->nps[1].n + t->nps[2].n == 0) {
		doc_say(x->d, TONE_QUIET, "Nobody answered to NPS by these month-ends.");
		return;
	}
	snprintf(caption, sizeof(caption),
		"Who left within %d days, by the last answer to NPS",
		BACKTEST_SURVEY_DAYS);
	out = table(x, caption, "NPS");

	for (int k = 0; k < ANSWERS; k++)
		put_share(x, out, backtest_answer_name[k], &t->nps[k]);
	doc_show(x->d, out);
	doc_say(x->d, TONE_QUIET,
		"An answer is what somebody said on a day: of those who praised, %u of "
		"%u left within %d days all the same.",
		t->nps[0].hits, t->nps[0].n, BACKTEST_SURVEY_DAYS);
}

/* Whether anybody looked at it but for this book. */
static enum status say_whose(struct board *x, struct err *e)
{
	struct text last;
	int64_t at;
	const enum status st = book_backtest_recorded(x->b, &x->d->arena, &last, &at, e);

	if (st == ST_OK && !last.s)
		doc_say(x->d, TONE_ASK,
			"Counted for this report alone: nobody looked at it before.");
	return st;
}

enum status board_backtest(struct board *x, struct err *e)
{
	const struct backtest *t = book_backtest_last(x->b);
	char text[BACKTEST_TEXT_MAX];

	if (!t)
		return ST_OK;
	doc_section(x->d, "backtest", "Whether health told who would leave");
	doc_say(x->d, t->verdict == BACKTEST_TELLS ? TONE_STRONG : TONE_ASK, "%s.",
		backtest_verdict_text(t, text));
	if (t->windows)
		put_bands(x, t);
	if (t->long_windows)
		put_answers(x, t);
	if (t->windows)
		doc_say(x->d, TONE_QUIET,
			"Counted are month-ends so far apart that nobody leaves twice.");
	return say_whose(x, e);
}
