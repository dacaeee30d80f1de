/* Revenue: what became of the ARR of an opening, by groups, with the rules beside it. */
#include "tui/revenue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/nothing.h"
#include "tui/rows.h"

enum { BITE = 64, BACK_MAX = 120 };

static const struct revenue_figure_row figures[FIGURES] = {
#define FIGURE(id, label, section, marks) { label, SECTION_##section, marks },
#include "tui/revenue.def"
};

const struct revenue_figure_row *revenue_figure_of(enum revenue_figure f)
{
	return &figures[f];
}

const struct revenue_group *revenue_group_here(const struct revenue_screen *s)
{
	return s->group >= 0 && (uint32_t)s->group < s->r->groups ? &s->r->group[s->group]
								  : &s->r->all;
}

const struct revenue_screen_line *revenue_line_here(const struct revenue_screen *s)
{
	return s->at < s->lines ? &s->line[s->at] : NULL;
}

/* ---- the period ----------------------------------------------------------------- */

static const struct {
	int months;
	enum revenue_by ends; /* where such periods end; of the running one: today */
} spans[SPANS] = {
	[SPAN_RUNNING] = { 12, REVENUE_BY_ALL },
	[SPAN_MONTH] = { 1, REVENUE_BY_MONTH },
	[SPAN_QUARTER] = { 3, REVENUE_BY_QUARTER },
	[SPAN_YEAR] = { 12, REVENUE_BY_YEAR },
};

struct revenue_query revenue_screen_query(
	const struct app *a, const struct revenue_screen *s)
{
	struct revenue_query q = { .by = s->by };

	/* What is told by months ends where a month does. */
	q.to = revenue_opening(
		revenue_last(s->span == SPAN_RUNNING ? s->by : spans[s->span].ends,
			book_as_of(a->book)),
		s->back * spans[s->span].months);
	q.from = revenue_opening(q.to, spans[s->span].months);
	return q;
}

static void forget(struct revenue_screen *s)
{
	book_features_free(&s->featuring);
	book_revenue_free(&s->job);
	s->r = NULL;
	s->f = NULL;
}

static struct revenue_made wanted(const struct app *a, const struct revenue_screen *s)
{
	struct revenue_made out;

	memset(&out, 0, sizeof(out)); /* it is compared as a whole */
	out.generation = book_generation(a->book);
	out.span = s->span;
	out.back = s->back;
	out.by = s->by;
	out.whose = (int)a->view.whose;
	out.csm = a->view.csm;
	memcpy(out.filter, a->view.filter.s, a->view.filter.n);
	return out;
}

/* When what is asked for has changed. */
static void make(struct app *a, struct revenue_screen *s)
{
	struct revenue_query q = revenue_screen_query(a, s);
	struct revenue_made now = wanted(a, s);
	struct err e = { .status = ST_OK };
	uint8_t *in = NULL;

	if (a->view.bad ||
		((s->job || s->problem[0]) && memcmp(&now, &s->made, sizeof(now)) == 0))
		return;
	forget(s);
	s->problem[0] = '\0';
	if (view_members(&a->view, a->book, &in, &q.in_n, &e) == ST_OK) {
		q.in = in;
		if (book_revenue_new(a->book, &q, &s->job, &e) == ST_OK)
			s->r = book_revenue_known(s->job);
	}
	free(in);
	if (!s->job)
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
	/* What was read on the way may have been the first look at the book. */
	now.generation = book_generation(a->book);
	s->made = now;
	if (s->r && s->group >= (int32_t)s->r->groups)
		s->group = -1;
	a->dirty |= APP_LAYOUT;
}

/* The revenue, and then what needs it. */
static enum status step(struct app *a, struct revenue_screen *s, struct err *e)
{
	enum status st;

	if (!s->r->done)
		return book_revenue_step(s->job, e);
	st = s->featuring
		     ? ST_OK
		     : book_features_new(a->book, s->r, FEATURES_DAYS, &s->featuring, e);
	if (st == ST_OK)
		st = book_features_step(s->featuring, e);
	if (st == ST_OK)
		s->f = book_features_known(s->featuring);
	return st;
}

/* Step by step while nobody waits; true: all is there. */
static bool work(struct app *a, struct revenue_screen *s)
{
	struct err e = { .status = ST_OK };

	for (int i = 0; s->job && !s->f && app_go_on(a, i, BITE); i++) {
		if (step(a, s, &e) == ST_OK)
			continue;
		forget(s);
		snprintf(s->problem, sizeof(s->problem), "%s", e.text);
	}
	revenue_fill(a, s);
	return !s->job || s->f;
}

/* ---- the cursor ----------------------------------------------------------------- */

/* The figures below are those of the group that the cursor was on last. */
static void follow(struct app *a, struct revenue_screen *s)
{
	const struct revenue_screen_line *line = revenue_line_here(s);

	if (line && line->kind == LINE_GROUP && line->at != s->group) {
		s->group = line->at;
		revenue_fill(a, s);
		line = revenue_line_here(s);
	}
	if (!line)
		return;
	if (s->at == 0)
		s->page.top = 0; /* with the heading above it */
	else
		rows_show(line->row, s->body.rows, &s->page.top);
}

static void choose(struct app *a, struct revenue_screen *s)
{
	s->group = -1;
	s->at = 0;
	make(a, s);
}

static void change_period(struct app *a, struct revenue_screen *s, int back)
{
	if (back < 0)
		app_say(a, "this is the last period that is over");
	else if (back > BACK_MAX)
		app_say(a, "this is as far back as it goes");
	else {
		s->back = back;
		make(a, s);
	}
}

/* Of a part of the period the accounts are known when it is the period. */
static bool go_into(struct app *a, struct revenue_screen *s, int32_t group)
{
	const int months = revenue_by_months(s->by);
	const struct revenue_group *g;

	if (!months || group < 0)
		return false;
	g = &s->r->group[group];
	s->span = months == 1 ? SPAN_MONTH : months == 3 ? SPAN_QUARTER : SPAN_YEAR;
	s->by = REVENUE_BY_TIER;
	for (s->back = 0; s->back < BACK_MAX; s->back++)
		if (revenue_screen_query(a, s).to <= g->to)
			break;
	choose(a, s);
	return true;
}

static void change_grouping(struct app *a, struct revenue_screen *s)
{
	static const enum revenue_by order[] = { REVENUE_BY_TIER, REVENUE_BY_CSM,
		REVENUE_BY_SEGMENT, REVENUE_BY_REGION, REVENUE_BY_MONTH,
		REVENUE_BY_QUARTER };
	const int n = (int)(sizeof(order) / sizeof(*order));
	int k = 0;

	while (k < n && order[k] != s->by)
		k++;
	k = (k + 1) % n;
	/* A month has no months, and a quarter no quarters. */
	while (revenue_by_months(order[k]) >= spans[s->span].months)
		k = (k + 1) % n;
	s->by = order[k];
	choose(a, s);
}

static void open_line(struct app *a, struct revenue_screen *s)
{
	const struct revenue_screen_line *line = revenue_line_here(s);

	if (!line || !s->r)
		return;
	if (!s->r->outcome) {
		app_say(a, "it is still being counted");
	} else if (line->kind == LINE_CLASH || line->kind == LINE_UNCLEAR) {
		a->focus = line->kind == LINE_CLASH ? s->r->clash[line->at].account
						    : s->r->unclear[line->at].account;
		app_act(a, ACT_OPEN);
	} else if ((line->kind == LINE_GROUP && go_into(a, s, line->at)) ||
		   (line->kind == LINE_FIGURE && go_into(a, s, s->group))) {
		app_say(a, "this part of the period, with its accounts");
	} else if (!revenue_list_open(a, s)) {
		app_say(a, "no account is behind it");
	}
}

/* ---- the screen ----------------------------------------------------------------- */

static void open_revenue(struct app *a, void *state)
{
	struct revenue_screen *s = state;

	page_init(&s->page, a->canvas.ascii);
	s->by = REVENUE_BY_TIER;
	s->group = -1;
}

static void close_revenue(struct app *a, void *state)
{
	struct revenue_screen *s = state;

	(void)a;
	forget(s);
	page_clear(&s->page);
	free(s->line);
}

/* The figures of all accounts, and their page, take room that other screens may need. */
static void leave(struct app *a, void *state)
{
	struct revenue_screen *s = state;

	(void)a;
	forget(s);
	page_clear(&s->page);
}

static void data_changed(struct app *a, void *state)
{
	make(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct revenue_screen *s = state;

	s->body = (struct rect){ body.row + 1, body.column + 1, body.rows - 1,
		body.columns - 2 };
	revenue_fill(a, s);
	follow(a, s);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct revenue_screen *s = state;

	if (nothing_paint(a, c, body, SCOPE_REVENUE))
		return;
	make(a, s);
	if (s->job && !s->f && (a->pace.hurry || !work(a, s)))
		a->pace.owed |= s->job ? OWED_PICTURE : 0;
	revenue_paint(a, s, c, body);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct revenue_screen *s = state;

	switch (action) {
	case ACT_REVENUE_OPEN:
		open_line(a, s);
		return true;
	case ACT_REVENUE_EARLIER:
		change_period(a, s, s->back + 1);
		return true;
	case ACT_REVENUE_LATER:
		change_period(a, s, s->back - 1);
		return true;
	case ACT_REVENUE_PERIOD:
		s->span = (enum revenue_span)((s->span + 1) % SPANS);
		s->back = 0;
		if (revenue_by_months(s->by) >= spans[s->span].months)
			s->by = REVENUE_BY_TIER;
		choose(a, s);
		return true;
	case ACT_REVENUE_BY:
		change_grouping(a, s);
		return true;
	case ACT_EXPLAIN:
		app_push(a, SCREEN_REVENUE_EXPLAIN);
		return true;
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
		return page_act(&s->page, action, s->body.rows);
	default:
		if (!rows_step(action, s->body.rows, s->lines, &s->at))
			return false;
		follow(a, s);
		return true;
	}
}

/* On the line under the cursor: opens it; on another one: goes there. */
static void click(struct app *a, void *state, int row, int column)
{
	struct revenue_screen *s = state;
	const int on = s->page.top + row - s->body.row;

	for (int k = 0; canvas_hit(s->body, row, column) && k < s->lines; k++) {
		if (s->line[k].row != on)
			continue;
		if (k == s->at) {
			open_line(a, s);
		} else {
			s->at = k;
			follow(a, s);
		}
		return;
	}
}

/* Its numbers are of many accounts: it explains them itself. */
static bool describe(struct app *a, void *state, struct subject *out)
{
	const struct revenue_screen *s = state;

	(void)a;
	(void)out;
	return s->r && revenue_line_here(s);
}

const struct screen_ops revenue_screen = {
	.size = sizeof(struct revenue_screen),
	.roomy = true,
	.open = open_revenue,
	.close = close_revenue,
	.data_changed = data_changed,
	.leave = leave,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.describe = describe,
};
