/* The five questions of a founder, answered on one popup: step by step while no key
 * waits, and what only a backtest says when it is asked for. */
#include "tui/app.h"

#include <stdio.h>
#include <string.h>

#include "core/book_backtest.h"
#include "core/book_questions.h"
#include "tui/sheet.h"

enum { WIDTH = 76, INDENT = 2, BITE = 64 };

struct state {
	struct sheet sheet;
	struct book_questions *job; /* owned; NULL: there is none */
	uint64_t of;                /* the generation of the book that it is of */
	char problem[ERR_TEXT_MAX];
};

/* Where more is told. */
static const struct {
	enum scope scope;
	enum action action;
	const char *name;
} more[QUESTIONS] = {
	[QUESTION_VALUE] = { SCOPE_SCREEN, ACT_SCREEN_REVENUE, "Revenue" },
	[QUESTION_CHURN] = { SCOPE_SCREEN, ACT_BACKTEST, "Backtest" },
	[QUESTION_TIME] = { SCOPE_CAPACITY, ACT_TIME, "on Capacity" },
	[QUESTION_ISSUE] = { SCOPE_TRENDS, ACT_CAUSES, "on Trends" },
	[QUESTION_RETENTION] = { SCOPE_SCREEN, ACT_SCREEN_REVENUE, "Revenue" },
};

/* ---- what is read --------------------------------------------------------------- */

static void begin(struct app *a, struct state *s)
{
	struct err e = { .status = ST_OK };

	book_questions_free(&s->job);
	s->problem[0] = '\0';
	if (book_questions_new(a->book, &s->job, &e) != ST_OK)
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
	s->of = book_generation(a->book);
}

/* True: there is something else to read by now. */
static bool work(struct app *a, struct state *s)
{
	const struct questions *q = s->job ? book_questions_known(s->job) : NULL;
	struct err e = { .status = ST_OK };
	int i = 0;

	for (; q && !q->done && app_go_on(a, i, BITE); i++)
		if (book_questions_step(s->job, &e) != ST_OK)
			snprintf(s->problem, sizeof(s->problem), "%s", e.text);
	/* Looking at the book may have been the first look at it. */
	if (i > 0)
		s->of = book_generation(a->book);
	return i > 0;
}

static void make_backtest(struct app *a, struct state *s)
{
	struct err e = { .status = ST_OK };
	struct backtest t;
	enum status st;

	book_progress(a->book, work_start(a, "Backtest"));
	st = book_backtest(a->book, BACKTEST_HORIZON, &t, &e);
	book_progress(a->book, NULL);
	work_stop(a);
	if (st == ST_OK)
		st = book_backtest_record(a->book, &t, &e);
	backtest_clear(&t);
	if (st != ST_OK)
		app_fail(a, &e);
	begin(a, s);
	a->dirty |= APP_LAYOUT;
}

/* ---- what is said --------------------------------------------------------------- */

static void say_answer(struct page *p, enum question k, const struct answer *x)
{
	const char *key = keys_text(more[k].scope, more[k].action);
	const int row = page_line(p);
	char where[64];

	snprintf(where, sizeof(where), "%s %s", key ? key : "", more[k].name);
	canvas_put(&p->c, row, 0, p->c.columns, ROLE_STRONG,
		text_of(question_rows[k].asked));
	canvas_put_right(&p->c, row, 0, p->c.columns, ROLE_QUIET, text_of(where));
	switch (x->state) {
	case ANSWER_COUNTING:
		page_text(p, INDENT, ROLE_QUIET, TEXT("counting ..."));
		return;
	case ANSWER_UNMADE:
		page_print(p, INDENT, ROLE_QUIET, "%s %s makes one.", x->text,
			keys_word(SCOPE_QUESTIONS, ACT_BACKTEST_AGAIN));
		return;
	case ANSWER_MISSING:
		page_text(p, INDENT, ROLE_WATCH, text_of(x->text));
		return;
	case ANSWER_KNOWN:
		page_text(p, INDENT, ROLE_TEXT, text_of(x->text));
		return;
	}
}

static void fill(struct app *a, void *state, struct page *p)
{
	const struct state *s = state;
	const struct questions *q = s->job ? book_questions_known(s->job) : NULL;

	(void)a;
	if (s->problem[0])
		page_text(p, 0, ROLE_ERROR, text_of(s->problem));
	for (int k = 0; q && k < QUESTIONS; k++)
		say_answer(p, (enum question)k, &q->answer[k]);
	if (!q || !q->done)
		return;
	page_line(p);
	page_heading(p, "How it is counted", "of all accounts");
	for (int k = 0; k < QUESTIONS; k++)
		page_text(p, 0, ROLE_QUIET, text_of(q->answer[k].rule));
}

/* ---- the popup ------------------------------------------------------------------ */

static void open_questions(struct app *a, void *state)
{
	struct state *s = state;

	sheet_open(a, &s->sheet, "Five questions", WIDTH, fill);
	begin(a, s);
}

static void close_questions(struct app *a, void *state)
{
	struct state *s = state;

	book_questions_free(&s->job);
	sheet_close(a, state);
}

static void data_changed(struct app *a, void *state)
{
	struct state *s = state;

	if (book_generation(a->book) != s->of)
		begin(a, s);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	if (!a->pace.hurry && work(a, s))
		sheet_layout(a, state, body);
	if (s->job && !book_questions_known(s->job)->done)
		a->pace.owed |= OWED_PICTURE;
	sheet_paint(a, state, c, body);
}

static bool act(struct app *a, void *state, enum action action)
{
	if (action != ACT_BACKTEST_AGAIN)
		return sheet_act(a, state, action);
	make_backtest(a, state);
	return true;
}

const struct screen_ops questions_screen = {
	.size = sizeof(struct state),
	.open = open_questions,
	.close = close_questions,
	.data_changed = data_changed,
	.layout = sheet_layout,
	.paint = paint,
	.act = act,
	.click = sheet_click,
};
