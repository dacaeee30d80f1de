/* The accounts behind a figure of the Revenue screen: what each had and has, the largest
 * first; of a feature those first that went without it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"
#include "tui/revenue.h"
#include "tui/rows.h"
#include "tui/window.h"
#include "tui/words.h"

struct state {
	struct list list; /* id is owned */
	struct window window;
	char title[160];
	int at, top;
	struct rect place;
	struct revenue_screen_line line; /* that it is behind */
	struct revenue_made made;        /* of the figures that it is behind */
};

/* ---- which ---------------------------------------------------------------------- */

struct weighed {
	int place;
	int64_t arr;
	uint32_t id;
};

static int by_place(const void *a, const void *b)
{
	const struct weighed *x = a, *y = b;

	if (x->place != y->place)
		return x->place - y->place;
	return x->arr != y->arr ? (x->arr < y->arr) - (x->arr > y->arr)
				: (x->id > y->id) - (x->id < y->id);
}

static bool of_features(const struct revenue_screen_line *line)
{
	return line->kind == LINE_FEATURE || line->kind == LINE_SESSION;
}

/* 0; of features what comes after what; -1: it is not behind the line. */
static int place_of(const struct revenue_screen *s,
	const struct revenue_screen_line *line, uint32_t i)
{
	const struct revenue *r = s->r;
	const bool figure = line->kind == LINE_FIGURE;
	const unsigned marks = figure ? revenue_figure_of(line->figure)->marks
				      : (unsigned)REVENUE_COHORT;

	if (of_features(line))
		return revenue_features_place(s, line, i);
	return (r->marks[i] & marks) &&
			       (s->group < 0 || r->group_of[i] == (uint32_t)s->group) &&
			       (!figure || line->figure != FIGURE_CAUSE ||
				       r->cause[i] == line->cause) &&
			       (!figure || line->figure != FIGURE_EXIT || r->exit[i])
		       ? 0
		       : -1;
}

static void choose(struct state *x, const struct revenue_screen *s)
{
	const struct revenue_screen_line *line = revenue_line_here(s);
	struct weighed *found = mem_new((size_t)s->r->n + 1, sizeof(*found));
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->r->n; i++) {
		const int64_t arr =
			s->r->opening[i] > 0 ? s->r->opening[i] : s->r->closing[i];
		const int place = place_of(s, line, i);

		if (place >= 0)
			found[n++] = (struct weighed){ place, arr, i + 1 };
	}
	qsort(found, n, sizeof(*found), by_place);
	x->list.id = mem_new((size_t)n + 1, sizeof(*x->list.id));
	x->list.n = x->list.known = n;
	for (uint32_t k = 0; k < n; k++)
		x->list.id[k] = found[k].id;
	free(found);
}

bool revenue_list_open(struct app *a, const struct revenue_screen *s)
{
	const struct revenue_screen_line *line = revenue_line_here(s);
	char name[REVENUE_GROUP_MAX];
	struct state *x;

	app_push(a, SCREEN_REVENUE_LIST);
	if (app_top(a) != SCREEN_REVENUE_LIST)
		return true;
	x = a->state[SCREEN_REVENUE_LIST];
	x->made = s->made;
	x->line = *line;
	choose(x, s);
	if (of_features(line))
		revenue_features_title(s, line, x->list.n, x->title, sizeof(x->title));
	else
		snprintf(x->title, sizeof(x->title), "%s, %s: %u account%s",
			line->kind == LINE_FIGURE ? revenue_label(line) : "Cohort",
			revenue_group_said(s->r, revenue_group_here(s), name), x->list.n,
			TEXT_S(x->list.n));
	if (x->list.n)
		return true;
	app_back(a);
	return false;
}

/* ---- the screen ----------------------------------------------------------------- */

static const struct revenue_screen *below(const struct app *a)
{
	return a->state[SCREEN_REVENUE]; /* is open as long as this one is */
}

static void open_list(struct app *a, void *state)
{
	(void)a;
	window_init(&((struct state *)state)->window);
}

static void close_list(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	window_clear(&s->window);
	free(s->list.id);
}

static void follow(struct app *a, struct state *s)
{
	rows_show(s->at, s->place.rows, &s->top);
	if (s->list.n)
		a->focus = s->list.id[s->at];
}

/* The figures behind it are made anew, and may be of other accounts by now. */
static void data_changed(struct app *a, void *state)
{
	struct state *s = state;

	window_drop(&s->window);
	if (s->list.n && s->made.generation != book_generation(a->book))
		app_say(a, "the book changed since: this list is of before");
	follow(a, s);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	s->place =
		(struct rect){ body.row + 2, body.column, body.rows - 2, body.columns };
	follow(a, s);
}

/* Where the columns begin, each up to a blank before the next. */
struct places {
	int owner, opening, closing, health, what;
};
enum { NAME = 2, WIDE = 100 };

/* What is lacked needs the room of amounts, which say nothing of who has just begun. */
static struct places places_of(const struct state *s)
{
	static const struct places narrow = { 24, 38, 47, 56, 61 },
				   wide = { 33, 52, 61, 70, 75 },
				   narrow_lacks = { 22, 34, 34, 34, 39 },
				   wide_lacks = { 33, 52, 52, 52, 57 };
	const bool roomy = s->place.columns >= WIDE;

	if (s->line.kind == LINE_SESSION)
		return roomy ? wide_lacks : narrow_lacks;
	return roomy ? wide : narrow;
}

/* Right-aligned before the column that follows. */
static void put_number(
	struct canvas *c, int row, int from, int next, enum role role, const char *text)
{
	if (next > from)
		canvas_put_right(c, row, from, next - from - 1, role, text_of(text));
}

static void paint_header(struct canvas *c, const struct state *s)
{
	const struct places p = places_of(s);
	const int row = s->place.row - 1;

	canvas_blank(c, (struct rect){ row, s->place.column, 1, s->place.columns },
		ROLE_HEADER);
	canvas_put(c, row, NAME, p.owner - NAME - 1, ROLE_HEADER, TEXT("Account"));
	canvas_put(c, row, p.owner, p.opening - p.owner - 1, ROLE_HEADER, TEXT("Owner"));
	put_number(c, row, p.opening, p.closing, ROLE_HEADER, "opening");
	put_number(c, row, p.closing, p.health, ROLE_HEADER, "close");
	put_number(c, row, p.health, p.what, ROLE_HEADER, "now");
	canvas_put(c, row, p.what, s->place.columns - p.what, ROLE_HEADER,
		s->line.kind == LINE_SESSION ? TEXT("lacks") : TEXT("what"));
}

enum { WHAT_MAX = 64 };

static const char *what_of(const struct revenue *r, uint32_t i, char out[WHAT_MAX])
{
	const unsigned m = r->marks[i];

	snprintf(out, WHAT_MAX, "left: %s%s%s",
		r->cause[i] == CHURN_UNKNOWN ? "not said why"
					     : churn_classes[r->cause[i]].name,
		r->exit[i] ? "; says " : "",
		!r->exit[i]                       ? ""
		: r->exit[i] - 1 == CHURN_UNKNOWN ? "no cause"
						  : churn_classes[r->exit[i] - 1].name);
	return m & REVENUE_LOST       ? out
	       : m & REVENUE_ARRIVED  ? "new"
	       : m & REVENUE_FLEETING ? "came and went"
	       : m & REVENUE_BACK     ? "came back"
	       : m & REVENUE_GROWN    ? "grew"
	       : m & REVENUE_SHRUNK   ? "shrank"
				      : "";
}

static void paint_row(struct app *a, const struct state *s, struct canvas *c, int row,
	const struct list_row *x)
{
	const struct places at = places_of(s);
	const struct revenue *r = below(a)->r;
	const struct policy *p = book_policy(a->book);
	const struct features *f = below(a)->f;
	const uint32_t i = x->account - 1;
	char text[MONEY_TEXT_MAX], what[WHAT_MAX], use[FEATURES_LACK_MAX];

	canvas_put(c, row, NAME, at.owner - NAME - 1, ROLE_TEXT,
		x->name.n ? x->name : x->id);
	canvas_put(c, row, at.owner, at.opening - at.owner - 1, ROLE_QUIET,
		x->csm.n ? x->csm : TEXT("pool"));
	if (marks_has(&a->marks, x->account))
		canvas_glyph(c, row, NAME - 1, ROLE_MARK, GLYPH_MARK);
	if (r && i < r->n && memcmp(&s->made, &below(a)->made, sizeof(s->made)) == 0) {
		put_number(c, row, at.opening, at.closing, ROLE_TEXT,
			words_money(p, r->opening[i], text));
		put_number(c, row, at.closing, at.health, ROLE_TEXT,
			words_money(p, r->closing[i], text));
		canvas_put(c, row, at.what, s->place.columns - at.what, ROLE_QUIET,
			text_of(!of_features(&s->line) ? what_of(r, i, what)
				: f && i < f->accounts ? revenue_features_what(below(a),
								 &s->line, i, use)
						       : ""));
	}
	if (x->active) {
		snprintf(text, sizeof(text), "--");
		if (scores_health_known(x->health))
			snprintf(text, sizeof(text), "%d", x->health);
		put_number(c, row, at.health, at.what,
			words_band_role(health_band(p, x->health)), text);
	}
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct err e = { .status = ST_OK };
	bool later = false;

	canvas_put(c, body.row, body.column + 1, body.columns - 2, ROLE_STRONG,
		text_of(s->title));
	s->window.bare = true;
	if (window_need(&s->window, a->book, s->list.id, s->list.n, (uint32_t)s->top,
		    (uint32_t)s->place.rows, &later, &e) != ST_OK)
		app_fail(a, &e);
	paint_header(c, s);
	for (int k = 0; k < s->place.rows && s->top + k < (int)s->list.n; k++) {
		const struct list_row *x = window_at(&s->window, (uint32_t)(s->top + k));
		const int row = s->place.row + k;

		if (x)
			paint_row(a, s, c, row, x);
		if (s->top + k == s->at) {
			canvas_focus(
				c, (struct rect){ row, body.column, 1, body.columns });
			canvas_glyph(c, row, body.column, ROLE_KEY, GLYPH_HERE);
			canvas_cursor(c, row, body.column);
		}
	}
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	if (action == ACT_MARK_ALL) {
		marks_toggle_all(&a->marks, &s->list);
		app_say(a, "%u marked: they stay so on Book and elsewhere", a->marks.n);
		return true;
	}
	if (action == ACT_MARK) {
		app_mark(a);
		(void)rows_step(ACT_MOVE_DOWN, 1, (int)s->list.n, &s->at);
	} else if (!rows_step(action, s->place.rows, (int)s->list.n, &s->at)) {
		return false;
	}
	follow(a, s);
	return true;
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;

	if (rows_point(a, s->place, s->top, (int)s->list.n, row, column, &s->at))
		follow(a, s);
}

static bool describe(struct app *a, void *state, struct subject *out)
{
	(void)state;
	out->account = a->focus;
	out->field = LIST_ARR;
	return a->focus != 0;
}

const struct screen_ops revenue_list_screen = {
	.size = sizeof(struct state),
	.open = open_list,
	.close = close_list,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.describe = describe,
};
