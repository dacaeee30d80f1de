/* Backtest: made when it is opened, and anew when it is asked for. */
#include "tui/backtest.h"

#include <stdio.h>
#include <string.h>

#include "tui/rows.h"
#include "tui/save_file.h"

static const int horizons[] = { 30, 60, 90, 180, 365 };
enum { HORIZONS = sizeof(horizons) / sizeof(*horizons), HORIZON_FIRST = 2 };

/* ---- making it ---- */

/* Who was green, as lists show it. */
static void name_greens(struct app *a, struct backtest_screen *s)
{
	const uint32_t n = s->t.greens;
	struct err e = { .status = ST_OK };
	uint32_t *id;

	arena_clear(&s->names);
	s->row = NULL;
	if (!n)
		return;
	id = arena_alloc(&s->names, n * sizeof(*id));
	s->row = arena_alloc(&s->names, n * sizeof(*s->row));
	for (uint32_t k = 0; id && k < n; k++)
		id[k] = s->t.green[k].account;
	if (!id || !s->row || book_rows(a->book, id, n, &s->names, s->row, &e) != ST_OK) {
		if (e.status != ST_OK)
			app_fail(a, &e);
		s->row = NULL;
	}
}

static void make(struct app *a, struct backtest_screen *s)
{
	struct err e = { .status = ST_OK };
	struct backtest t;
	enum status st;

	book_progress(a->book, work_start(a, "Backtest"));
	st = book_backtest(a->book, s->horizon, &t, &e);
	book_progress(a->book, NULL);
	work_stop(a);
	if (st == ST_OK)
		st = book_backtest_record(a->book, &t, &e);
	a->dirty |= APP_LAYOUT;
	if (st != ST_OK) {
		backtest_clear(&t);
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
		if (s->made)
			app_say(a, "the backtest of before stands: %s", e.text);
		return;
	}
	backtest_clear(&s->t);
	s->t = t;
	s->made = true;
	s->problem[0] = '\0';
	s->at = s->top = s->page.top = 0;
	name_greens(a, s);
	s->of = book_generation(a->book); /* asking may have refreshed it */
}

/* The next horizon that is asked for often. */
static void change_horizon(struct app *a, struct backtest_screen *s, int step)
{
	const int before = s->horizon;
	int k = 0;

	while (k < HORIZONS - 1 && horizons[k] < s->horizon)
		k++;
	k += step;
	if (k < 0 || k >= HORIZONS)
		return;
	s->horizon = horizons[k];
	make(a, s);
	if (s->t.horizon != s->horizon)
		s->horizon = before; /* it was stopped, or could not be had */
}

/* ---- the proposal as a file ---- */

static enum status save(struct app *a, const struct form *f, int *line, struct err *e)
{
	const struct backtest_screen *s = a->state[SCREEN_BACKTEST];
	const char *where, *text;
	struct arena arena;
	enum status st = save_file_able(a, e);

	*line = 0;
	if (st != ST_OK || !s || !s->made)
		return st;
	arena_init(&arena);
	text = book_backtest_policy(&s->t, &arena);
	st = text ? save_file(a, f, 0, NULL, text_of(text), &where, line, e)
		  : err_set(e, ST_NOMEM, "not enough memory");
	arena_clear(&arena);
	if (st == ST_OK)
		app_say(a,
			"the proposal is in %s; `tierdesk policy diff` says who would "
			"move",
			where);
	return st;
}

static void ask_save(struct app *a, const struct backtest_screen *s)
{
	static const struct form_line lines[] = { SAVE_FILE_LINES(
		"Nothing is applied: `tierdesk policy apply` does that, with a "
		"reason.") };
	static const struct form_spec spec = { "Save what is proposed", "save", lines, 2,
		save, NULL };
	struct form f = { .spec = &spec };

	if (!s->made || !s->t.proposal.made) {
		app_say(a, "nothing is proposed");
		return;
	}
	save_file_begin(&f, 0, "~/proposed.ini");
	form_open(a, &f);
}

/* ---- the screen ---- */

static void open_backtest(struct app *a, void *state)
{
	struct backtest_screen *s = state;

	page_init(&s->page, a->canvas.ascii);
	arena_init(&s->names);
	s->horizon = horizons[HORIZON_FIRST];
}

static void close_backtest(struct app *a, void *state)
{
	struct backtest_screen *s = state;

	(void)a;
	page_clear(&s->page);
	arena_clear(&s->names);
	backtest_clear(&s->t);
}

/* Whatever is done to an account is done to the one under the cursor. */
static void follow(struct app *a, const struct backtest_screen *s)
{
	if (s->row)
		a->focus = s->t.green[s->at].account;
}

/* It takes a while: what others changed since is said, and not waited for. */
static void data_changed(struct app *a, void *state)
{
	struct backtest_screen *s = state;

	if (!s->made && !s->problem[0])
		make(a, s);
	else
		name_greens(a, s);
	follow(a, s);
}

static void layout(struct app *a, void *state, struct rect body)
{
	backtest_layout(a, state, body);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	backtest_paint(a, state, c, body);
}

static bool step(struct backtest_screen *s, enum action action)
{
	if (!s->row || action == ACT_PAGE_UP || action == ACT_PAGE_DOWN)
		return page_act(&s->page, action, s->said.rows);
	return rows_step(action, s->list.rows, (int)s->t.greens, &s->at);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct backtest_screen *s = state;
	bool done = true;

	switch (action) {
	case ACT_BACKTEST_AGAIN:
		make(a, s);
		break;
	case ACT_BACKTEST_SHORTER:
		change_horizon(a, s, -1);
		break;
	case ACT_BACKTEST_LONGER:
		change_horizon(a, s, 1);
		break;
	case ACT_BACKTEST_SAVE:
		ask_save(a, s);
		break;
	case ACT_EXPLAIN:
		s->page.top = s->rules;
		(void)page_act(&s->page, ACT_MOVE_DOWN, s->said.rows);
		(void)page_act(&s->page, ACT_MOVE_UP, s->said.rows);
		break;
	case ACT_OPEN:
		done = !s->row;
		if (done)
			app_say(a, "nobody who left was green");
		break;
	default:
		done = step(s, action);
	}
	follow(a, s);
	return done;
}

/* On the line under the cursor: opens the account; on another one: goes there. */
static void click(struct app *a, void *state, int row, int column)
{
	struct backtest_screen *s = state;

	if (s->row &&
		rows_point(a, s->list, s->top, (int)s->t.greens, row, column, &s->at))
		follow(a, s);
}

/* Its numbers are of many accounts: it explains them itself. */
static bool describe(struct app *a, void *state, struct subject *out)
{
	const struct backtest_screen *s = state;

	(void)a;
	(void)out;
	return s->made;
}

const struct screen_ops backtest_screen = {
	.size = sizeof(struct backtest_screen),
	.whole = true,
	.open = open_backtest,
	.close = close_backtest,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.describe = describe,
};
