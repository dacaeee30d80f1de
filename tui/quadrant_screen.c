/* The Quadrant screen: value rank against effort, a dot per account, and who is where. */
#include "tui/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/scatter.h"
#include "tui/window.h"
#include "tui/words.h"

/* What the filter language takes for each. */
static const char *const quadrant_word[QUAD_COUNT] = { "none", "attention", "managed",
	"fix", "tech" };

enum { AXIS = 4, PANE = 36, LEGEND = 6 };

struct quarter {
	uint32_t n;
	int64_t arr;
};

struct state {
	struct scatter scatter;
	struct rect picture, pane;
	struct quarter quarter[QUAD_COUNT];
	int row, column; /* cell under the cursor */
	bool in_pane;    /* choosing among those of the cell */
	uint32_t at;     /* which of them */
	uint32_t top;    /* the first of them that is shown */
	struct window window;
	bool seen; /* the cursor has found its first place */
};

/* Into 0..n-1; 0 when there is nothing. */
static int clamp(int v, int n)
{
	return v < 0 || n == 0 ? 0 : v < n ? v : n - 1;
}

static enum quadrant quadrant_of(
	struct app *a, const struct book_figures *f, uint32_t account)
{
	const struct policy *policy = book_policy(a->book);

	return axes_quadrant(f->scores->value_pct[account - 1],
		f->scores->effort[account - 1], policy->line_value, policy->line_effort);
}

/* Numbers and money of the quadrants. */
static void sum(struct app *a, struct state *s, const struct book_figures *f)
{
	for (uint32_t i = 0; i < s->scatter.placed; i++) {
		uint32_t id = s->scatter.ids[i];
		struct quarter *x = &s->quarter[quadrant_of(a, f, id)];

		x->n++;
		if (f->arr[id - 1] != MONEY_NONE &&
			!money_add(x->arr, f->arr[id - 1], &x->arr))
			x->arr = MONEY_MAX;
	}
}

static int here(const struct state *s)
{
	return s->row * s->scatter.plot.columns + s->column;
}

static uint32_t here_first(const struct state *s)
{
	return scatter_first(&s->scatter, here(s));
}

static uint32_t here_n(const struct state *s)
{
	return scatter_count(&s->scatter, here(s));
}

/* The account under the cursor is the one chosen in the cell. */
static void follow(struct app *a, struct state *s)
{
	uint32_t n = here_n(s);

	if (s->at >= n)
		s->at = n ? n - 1 : 0;
	if (n == 0)
		s->in_pane = false;
	a->focus = n ? s->scatter.ids[here_first(s) + s->at] : 0;
}

/* The cursor to the cell of an account, if it has one. */
static bool go_to(struct state *s, const struct book_figures *f, uint32_t id)
{
	int cell;

	if (!scatter_find(&s->scatter, f, id, &cell, &s->at))
		return false;
	s->row = cell / s->picture.columns;
	s->column = cell % s->picture.columns;
	return true;
}

static void build(struct app *a, struct state *s)
{
	struct scatter *x = &s->scatter;
	struct book_figures f;
	struct err e = { .status = ST_OK };

	window_drop(&s->window);
	memset(s->quarter, 0, sizeof(s->quarter));
	scatter_reset(x, s->picture.rows, s->picture.columns);
	s->row = clamp(s->row, s->picture.rows);
	s->column = clamp(s->column, s->picture.columns);
	if (a->view.list && a->view.list->n > 0) {
		if (book_figures(a->book, &f, &e) != ST_OK) {
			app_fail(a, &e);
		} else {
			scatter_fill(x, a->view.list, &f);
			if (go_to(s, &f, a->focus) ||
				(!s->seen && x->placed && go_to(s, &f, x->ids[0])))
				s->seen = true;
			sum(a, s, &f);
		}
	}
	follow(a, s);
}

static void open_quadrant(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	scatter_init(&s->scatter);
	window_init(&s->window);
}

static void close_quadrant(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	scatter_clear(&s->scatter);
	window_clear(&s->window);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;
	int pane = body.columns / 3 > PANE ? body.columns / 3 : PANE;

	if (pane > 60)
		pane = 60;
	s->pane = (struct rect){ body.row, body.column + body.columns - pane, body.rows,
		pane };
	s->picture = (struct rect){ body.row + 1, body.column + AXIS + 1, body.rows - 3,
		body.columns - pane - AXIS - 3 };
	build(a, s);
}

/* ---- painting ------------------------------------------------------------------- */

static void paint_lines(struct app *a, const struct state *s, struct canvas *c)
{
	const struct policy *policy = book_policy(a->book);
	struct rect r = s->picture;
	int column = r.column + (int)(policy->line_effort * r.columns / 100);
	int row = r.row + (int)((100 - policy->line_value) * r.rows / 100);

	for (int i = 0; i < r.columns; i++)
		canvas_glyph(c, row, r.column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	draw_vertical(c, r.row, column, r.rows);
	canvas_glyph(c, row, column, ROLE_LINE, GLYPH_CROSS);
}

static void put_number(struct canvas *c, int row, int column, double v, bool right)
{
	char number[NUMBER_TEXT_MAX];

	number_format(v, 0, number);
	if (right)
		canvas_put_right(
			c, row, column - AXIS, AXIS, ROLE_QUIET, text_of(number));
	else
		canvas_put(c, row, column, AXIS, ROLE_QUIET, text_of(number));
}

static void paint_axes(struct app *a, const struct state *s, struct canvas *c)
{
	const struct policy *policy = book_policy(a->book);
	struct rect r = s->picture;
	int below = r.row + r.rows, left = r.column - 1;
	int row = r.row + (int)((100 - policy->line_value) * r.rows / 100);
	int column = r.column + (int)(policy->line_effort * r.columns / 100);

	draw_vertical(c, r.row, left, r.rows);
	for (int i = 0; i < r.columns; i++)
		canvas_glyph(c, below, r.column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	canvas_glyph(c, below, left, ROLE_LINE, GLYPH_BOTTOM_LEFT);
	canvas_glyph(c, row, left, ROLE_LINE, GLYPH_TICK_LEFT);
	canvas_glyph(c, below, column, ROLE_LINE, GLYPH_TICK_BELOW);
	put_number(c, r.row, left, 100, true);
	put_number(c, row, left, policy->line_value, true);
	put_number(c, below - 1, left, 0, true);
	put_number(c, below + 1, r.column, 0, false);
	put_number(c, below + 1, column, policy->line_effort, false);
	put_number(c, below + 1, r.column + r.columns - 3, 100, false);
	canvas_put(c, r.row - 1, 1, 20, ROLE_QUIET, TEXT("value rank"));
	canvas_put_right(c, r.row - 1, r.column, r.columns, ROLE_QUIET,
		r.columns < 32 ? TEXT("effort") : TEXT("effort to the right"));
}

/* Each name into the line of its quadrant nearest to the corner where it hides no
 * account; where there is none, the legend has to do. */
static void paint_names(struct app *a, const struct state *s, struct canvas *c)
{
	static const struct {
		enum quadrant quadrant;
		bool bottom, right;
	} corner[] = { { QUAD_MANAGED, false, false }, { QUAD_ATTENTION, false, true },
		{ QUAD_TECH, true, false }, { QUAD_FIX, true, true } };
	struct rect r = s->picture;
	int line = (int)((100 - book_policy(a->book)->line_value) * r.rows / 100);

	for (int i = 0; i < 4; i++) {
		struct text name = text_of(quadrant_name[corner[i].quadrant]);
		int n = text_columns(name),
		    tries = corner[i].bottom ? r.rows / 2 : line - 1;
		int column = corner[i].right ? r.columns - n : 0;

		if (n >= r.columns / 2)
			continue;
		for (int k = 0; k < tries; k++) {
			int row = corner[i].bottom ? r.rows - 1 - k : k;

			if (!scatter_free(&s->scatter, row, column, n))
				continue;
			canvas_put(
				c, r.row + row, r.column + column, n, ROLE_QUIET, name);
			break;
		}
	}
}

static void paint_picture(struct app *a, const struct state *s, struct canvas *c)
{
	struct rect r = s->picture;

	paint_axes(a, s, c);
	paint_lines(a, s, c);
	paint_names(a, s, c);
	for (int i = 0; i < r.rows * r.columns; i++)
		if (s->scatter.plot.dots[i])
			canvas_dots(c, r.row + i / r.columns, r.column + i % r.columns,
				words_tier_role(s->scatter.tier[i]),
				s->scatter.plot.dots[i]);
	canvas_focus(c, (struct rect){ r.row + s->row, r.column + s->column, 1, 1 });
	if (!s->in_pane)
		canvas_cursor(c, r.row + s->row, r.column + s->column);
}

static void paint_legend(struct app *a, const struct state *s, struct canvas *c)
{
	struct rect r = s->pane;
	const struct list *l = a->view.list;

	for (int q = QUAD_ATTENTION; q < QUAD_COUNT; q++) {
		const struct quarter *x = &s->quarter[q];
		char money[MONEY_TEXT_MAX], number[16];
		int row = r.row + q - QUAD_ATTENTION;

		snprintf(number, sizeof(number), "%u", x->n);
		canvas_put(c, row, r.column, r.columns - 17, ROLE_TEXT,
			text_of(quadrant_name[q]));
		canvas_put_right(
			c, row, r.column, r.columns - 10, ROLE_STRONG, text_of(number));
		canvas_put_right(c, row, r.column, r.columns - 1, ROLE_TEXT,
			text_of(words_money(book_policy(a->book), x->arr, money)));
	}
	if (l && s->scatter.placed < l->n)
		canvas_print(c, r.row + 4, r.column, r.columns - 1, ROLE_UNKNOWN,
			"%u without figures", l->n - s->scatter.placed);
}

static void paint_pane(struct app *a, struct state *s, struct canvas *c)
{
	struct rect r = s->pane;
	uint32_t n = here_n(s), first = here_first(s), top;
	uint32_t rows = (uint32_t)(r.rows - LEGEND - 1);
	struct err e = { .status = ST_OK };
	int row = r.row + LEGEND;

	canvas_print(c, row - 1, r.column, r.columns - 1, ROLE_HEADER,
		n == 1 ? "%u account here" : "%u accounts here", n);
	s->top = top = s->at >= rows ? s->at - rows + 1 : 0;
	if (n == 0)
		return;
	if (window_need(&s->window, a->book, s->scatter.ids, s->scatter.placed,
		    first + top, rows, &e) != ST_OK)
		app_fail(a, &e);
	for (uint32_t i = 0; i < rows + 1 && top + i < n; i++, row++) {
		const struct list_row *x = window_at(&s->window, first + top + i);
		struct rect line = { row, r.column, 1, r.columns - 1 };
		char money[MONEY_TEXT_MAX];

		if (!x)
			continue;
		canvas_print(c, row, r.column + 1, 2, words_tier_role(x->tier),
			x->tier == TIER_NONE ? "--" : "T%d", x->tier);
		canvas_put(c, row, r.column + 4, r.columns - 14, ROLE_TEXT,
			x->name.n ? x->name : x->id);
		canvas_put_right(c, row, r.column, r.columns - 1, ROLE_TEXT,
			text_of(words_money(book_policy(a->book), x->arr, money)));
		if (marks_has(&a->marks, x->account))
			canvas_glyph(c, row, r.column, ROLE_MARK, GLYPH_MARK);
		if (s->in_pane && top + i == s->at) {
			canvas_focus(c, line);
			canvas_cursor(c, line.row, line.column);
		}
	}
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;

	if (a->summary.figures_day == DAY_NONE) {
		canvas_print(c, body.row + 2, 4, body.columns - 4, ROLE_STRONG,
			"Nothing is computed yet: press %s to recalculate.",
			keys_text(SCOPE_QUADRANT, ACT_RECALCULATE));
		return;
	}
	paint_picture(a, s, c);
	paint_legend(a, s, c);
	paint_pane(a, s, c);
}

/* ---- acting --------------------------------------------------------------------- */

static void move(struct app *a, struct state *s, int rows, int columns)
{
	s->row = clamp(s->row + rows, s->picture.rows);
	s->column = clamp(s->column + columns, s->picture.columns);
	s->at = 0;
	follow(a, s);
}

static bool act_in_pane(struct app *a, struct state *s, enum action action)
{
	uint32_t n = here_n(s);

	switch (action) {
	case ACT_MOVE_UP:
		s->at -= s->at > 0;
		break;
	case ACT_MOVE_DOWN:
		s->at += s->at + 1 < n;
		break;
	case ACT_PAGE_UP:
		s->at -= s->at < 10 ? s->at : 10;
		break;
	case ACT_PAGE_DOWN:
		s->at += 10;
		break;
	case ACT_MOVE_FIRST:
		s->at = 0;
		break;
	case ACT_MOVE_LAST:
		s->at = n;
		break;
	case ACT_BACK:
	case ACT_MOVE_LEFT:
		s->in_pane = false;
		break;
	default:
		return false;
	}
	follow(a, s);
	return true;
}

/* The quadrant under the cursor is added to the filter and listed on the Book screen. */
static void list_quadrant(struct app *a)
{
	struct book_figures f;
	struct err e = { .status = ST_OK };
	char word[64];

	if (book_figures(a->book, &f, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	snprintf(word, sizeof(word), "quadrant:%s",
		quadrant_word[quadrant_of(a, &f, a->focus)]);
	if (!view_narrow(&a->view, text_of(word))) {
		app_say(a, "the filter is too long to add %s to it", word);
		return;
	}
	a->dirty |= APP_DATA;
	app_switch(a, SCREEN_BOOK);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	if (action == ACT_OPEN && !s->in_pane && here_n(s) > 1) {
		s->in_pane = true;
		return true;
	}
	if (action == ACT_QUADRANT_LIST) {
		list_quadrant(a);
		return true;
	}
	if (s->in_pane)
		return act_in_pane(a, s, action);
	switch (action) {
	case ACT_MOVE_UP:
		move(a, s, -1, 0);
		break;
	case ACT_MOVE_DOWN:
		move(a, s, 1, 0);
		break;
	case ACT_MOVE_LEFT:
		move(a, s, 0, -1);
		break;
	case ACT_MOVE_RIGHT:
		move(a, s, 0, 1);
		break;
	case ACT_PAGE_UP:
		move(a, s, -s->picture.rows / 4, 0);
		break;
	case ACT_PAGE_DOWN:
		move(a, s, s->picture.rows / 4, 0);
		break;
	case ACT_MOVE_FIRST:
		move(a, s, 0, -s->picture.columns);
		break;
	case ACT_MOVE_LAST:
		move(a, s, 0, s->picture.columns);
		break;
	default:
		return false;
	}
	return true;
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	struct rect r = s->picture, p = s->pane;
	uint32_t index = s->top + (uint32_t)(row - p.row - LEGEND);
	int cell;

	if (row >= r.row && row < r.row + r.rows && column >= r.column &&
		column < r.column + r.columns) {
		cell = scatter_nearest(&s->scatter, row - r.row, column - r.column);
		if (cell >= 0 && cell == here(s)) {
			app_act(a, ACT_OPEN);
		} else if (cell >= 0) {
			s->in_pane = false;
			move(a, s, cell / r.columns - s->row,
				cell % r.columns - s->column);
		}
	} else if (column >= p.column && row >= p.row + LEGEND && index < here_n(s)) {
		bool again = s->at == index && (s->in_pane || here_n(s) == 1);

		s->in_pane = true;
		s->at = index;
		follow(a, s);
		if (again)
			app_act(a, ACT_OPEN);
	}
}

static bool describe(struct app *a, void *state, struct subject *out)
{
	struct state *s = state;
	uint32_t n = here_n(s);
	const struct list_row *x = window_at(&s->window, here_first(s) + s->at);

	out->account = a->focus;
	out->field = LIST_QUADRANT;
	if (n > 1 && x)
		app_say(a, "this explains %.*s, number %u of the %u accounts here",
			(int)(x->name.n ? x->name.n : x->id.n),
			x->name.n ? x->name.s : x->id.s, s->at + 1, n);
	return a->focus != 0;
}

const struct screen_ops quadrant_screen = {
	.size = sizeof(struct state),
	.open = open_quadrant,
	.close = close_quadrant,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.describe = describe,
};
