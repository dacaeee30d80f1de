/* The Quadrant screen: value against effort, a dot per account, and who is where. */
#include "tui/screen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/nothing.h"
#include "tui/quadrant.h"
#include "tui/rows.h"
#include "tui/words.h"

enum { AXIS_RANK = 4, AXIS_MONEY = 7, PANE = 36, PANE_MOST = 60, ZOOM_MOST = 32 };

/* Into 0..n-1; 0 when there is nothing. */
static int clamp(int v, int n)
{
	return v < 0 || n == 0 ? 0 : v < n ? v : n - 1;
}

static int here(const struct quadrant_state *s)
{
	return s->row * s->scatter.plot.columns + s->column;
}

uint32_t quadrant_here_first(const struct quadrant_state *s)
{
	return scatter_first(&s->scatter, here(s));
}

uint32_t quadrant_here_n(const struct quadrant_state *s)
{
	return scatter_count(&s->scatter, here(s));
}

void quadrant_follow(struct app *a, struct quadrant_state *s)
{
	uint32_t n = quadrant_here_n(s);

	if (s->at >= n)
		s->at = n ? n - 1 : 0;
	if (n == 0)
		s->in_pane = false;
	a->focus = n ? s->scatter.ids[quadrant_here_first(s) + s->at] : 0;
}

bool quadrant_go_to(struct quadrant_state *s, const struct book_figures *f, uint32_t id)
{
	int cell;

	if (!scatter_find(&s->scatter, f, id, &cell, &s->at))
		return false;
	s->row = cell / s->picture.columns;
	s->column = cell % s->picture.columns;
	return true;
}

static void fill(struct app *a, struct quadrant_state *s)
{
	const struct policy *policy = book_policy(a->book);
	struct scatter *x = &s->scatter;
	struct err e = { .status = ST_OK };
	struct book_figures f;

	if (!s->moved) {
		s->line.value = policy->line_value;
		s->line.effort = policy->line_effort;
	}
	s->line_height = s->line.value;
	if (!a->view.list || a->view.list->n == 0)
		return;
	if (book_figures(a->book, &f, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	scatter_choose(x, a->view.list, &f);
	s->whole = scatter_whole(x, &f, s->axes.money);
	if (!s->zoomed)
		s->axes = s->whole;
	scatter_reset(x, s->picture.rows, s->picture.columns, &s->axes);
	scatter_fill(x, a->view.list, &f);
	if (quadrant_go_to(s, &f, a->focus) ||
		(!s->seen && x->placed && quadrant_go_to(s, &f, x->ids[0])))
		s->seen = true;
	quadrant_sum(a, s, &f, true);
}

static void build(struct app *a, struct quadrant_state *s)
{
	window_drop(&s->window);
	s->now = s->by_policy = (struct quadrants){ 0 };
	free(s->marked);
	s->marked = NULL;
	scatter_choose(&s->scatter, NULL, NULL);
	scatter_reset(&s->scatter, s->picture.rows, s->picture.columns, &s->axes);
	s->row = clamp(s->row, s->picture.rows);
	s->column = clamp(s->column, s->picture.columns);
	fill(a, s);
	quadrant_follow(a, s);
}

static void open_quadrant(struct app *a, void *state)
{
	struct quadrant_state *s = state;

	s->digits = settings_colourless(&a->settings); /* dots would tell no tiers */
	s->axes = (struct scatter_axes){ false, 0, 100, 0, 100 };
	scatter_init(&s->scatter);
	window_init(&s->window);
	s->window.bare = true;
}

static void close_quadrant(struct app *a, void *state)
{
	struct quadrant_state *s = state;

	(void)a;
	scatter_clear(&s->scatter);
	free(s->marked);
	window_clear(&s->window);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct quadrant_state *s = state;
	int pane = body.columns / 3 > PANE ? body.columns / 3 : PANE;

	s->axis = s->axes.money ? AXIS_MONEY : AXIS_RANK;
	pane = pane > PANE_MOST ? PANE_MOST : pane;
	s->pane = (struct rect){ body.row, body.column + body.columns - pane, body.rows,
		pane };
	s->picture = (struct rect){ body.row + 1, body.column + s->axis + 1,
		body.rows - 3, body.columns - pane - s->axis - 3 };
	build(a, s);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct quadrant_state *s = state;

	if (!nothing_paint(a, c, body, SCOPE_QUADRANT))
		quadrant_paint(a, s, c);
}

/* ---- moving --------------------------------------------------------------------- */

/* Shifts a range by a part of its width, as far as the whole has room. */
static bool shift(double *from, double *to, double least, double most, double part)
{
	const double width = *to - *from;
	double at = *from + part * width;

	at = at < least ? least : at + width > most ? most - width : at;
	if (at == *from)
		return false;
	*from = at;
	*to = at + width;
	return true;
}

/* The cursor left a picture that shows a part: the part moves along. */
static bool pan(struct app *a, struct quadrant_state *s, int rows, int columns)
{
	struct scatter_axes *x = &s->axes;
	const struct scatter_axes *w = &s->whole;
	const bool over_row = s->row + rows < 0 || s->row + rows >= s->picture.rows;
	const bool over_column =
		s->column + columns < 0 || s->column + columns >= s->picture.columns;
	bool moved = false;

	if (!s->zoomed)
		return false;
	if (over_row)
		moved |= shift(&x->value_from, &x->value_to, w->value_from, w->value_to,
			rows < 0 ? 0.5 : -0.5);
	if (over_column)
		moved |= shift(&x->effort_from, &x->effort_to, w->effort_from,
			w->effort_to, columns < 0 ? -0.5 : 0.5);
	if (!moved)
		return false;
	/* The same place of the plane stays under the cursor, but for the step. */
	s->row += over_row ? (rows < 0 ? s->picture.rows / 2 : -s->picture.rows / 2) : 0;
	s->column += over_column ? (columns < 0 ? s->picture.columns / 2
						: -s->picture.columns / 2)
				 : 0;
	a->focus = 0;
	s->row = clamp(s->row + rows, s->picture.rows);
	s->column = clamp(s->column + columns, s->picture.columns);
	s->at = 0;
	build(a, s);
	return true;
}

void quadrant_move(struct app *a, struct quadrant_state *s, int rows, int columns)
{
	if (pan(a, s, rows, columns))
		return;
	s->row = clamp(s->row + rows, s->picture.rows);
	s->column = clamp(s->column + columns, s->picture.columns);
	s->at = 0;
	quadrant_follow(a, s);
}

static void narrow_range(
	double *from, double *to, double at, double factor, const double whole[2])
{
	const double width = (*to - *from) * factor;
	const double most = whole[1] - whole[0];

	if (width >= most) {
		*from = whole[0];
		*to = whole[1];
		return;
	}
	/* What is under the cursor stays where it is on the screen. */
	*from = at - (at - *from) * factor;
	*from = *from < whole[0] ? whole[0] : *from;
	*from = *from + width > whole[1] ? whole[1] - width : *from;
	*to = *from + width;
}

static void zoom(struct app *a, struct quadrant_state *s, double factor)
{
	struct scatter_axes *x = &s->axes;
	const double value[2] = { s->whole.value_from, s->whole.value_to };
	const double effort[2] = { s->whole.effort_from, s->whole.effort_to };
	const struct rect r = s->picture;
	static const struct app_offer less[] = { { SCOPE_QUADRANT, ACT_QUADRANT_ZOOM_OUT,
							 "shows more" },
		{ SCOPE_QUADRANT, ACT_QUADRANT_WHOLE, "all of it" } };
	double at_effort, at_value;

	if (r.rows == 0 || r.columns == 0)
		return;
	if (factor < 1 && (x->effort_to - x->effort_from) * ZOOM_MOST <=
				  1.5 * (effort[1] - effort[0])) {
		app_say(a, "this is as close as it gets");
		return;
	}
	at_effort = x->effort_from +
		    (s->column + 0.5) * (x->effort_to - x->effort_from) / r.columns;
	at_value = x->value_to - (s->row + 0.5) * (x->value_to - x->value_from) / r.rows;
	narrow_range(&x->effort_from, &x->effort_to, at_effort, factor, effort);
	narrow_range(&x->value_from, &x->value_to, at_value, factor, value);
	s->zoomed = x->effort_to - x->effort_from < effort[1] - effort[0] ||
		    x->value_to - x->value_from < value[1] - value[0];
	if (s->zoomed)
		app_say_offers(a, less, 2, "a part of the picture: ");
	build(a, s);
}

static void whole(struct app *a, struct quadrant_state *s)
{
	s->zoomed = false;
	build(a, s);
}

static void change_axis(struct app *a, struct quadrant_state *s)
{
	s->axes.money = !s->axes.money;
	s->zoomed = false;
	layout(a, s, app_body(a));
	app_say(a, s->axes.money ? "value as money, each step ten times the one before"
				 : "value as its rank among all");
}

/* ---- acting --------------------------------------------------------------------- */

static bool act_in_pane(struct app *a, struct quadrant_state *s, enum action action)
{
	int at = (int)s->at;

	switch (action) {
	case ACT_BACK:
	case ACT_MOVE_LEFT:
		s->in_pane = false;
		break;
	default:
		if (!rows_step(action, 10, (int)quadrant_here_n(s), &at))
			return false;
		s->at = (uint32_t)at;
	}
	quadrant_follow(a, s);
	return true;
}

/* All accounts of the cell, or none of them when all are marked. */
static void mark_cell(struct app *a, struct quadrant_state *s)
{
	const uint32_t *ids = s->scatter.ids + quadrant_here_first(s);
	const uint32_t n = quadrant_here_n(s);
	bool all = true;

	for (uint32_t i = 0; i < n; i++)
		all &= marks_has(&a->marks, ids[i]);
	for (uint32_t i = 0; i < n; i++)
		marks_set(&a->marks, ids[i], !all);
	app_say(a, "%u %s here, %u marked in all", n, all ? "no longer marked" : "marked",
		a->marks.n);
}

static bool act_on_picture(struct app *a, struct quadrant_state *s, enum action action)
{
	switch (action) {
	case ACT_MOVE_UP:
		quadrant_move(a, s, -1, 0);
		break;
	case ACT_MOVE_DOWN:
		quadrant_move(a, s, 1, 0);
		break;
	case ACT_MOVE_LEFT:
		quadrant_move(a, s, 0, -1);
		break;
	case ACT_MOVE_RIGHT:
		quadrant_move(a, s, 0, 1);
		break;
	case ACT_PAGE_UP:
		quadrant_move(a, s, -s->picture.rows / 4, 0);
		break;
	case ACT_PAGE_DOWN:
		quadrant_move(a, s, s->picture.rows / 4, 0);
		break;
	case ACT_MOVE_FIRST:
		quadrant_move(a, s, 0, -s->picture.columns);
		break;
	case ACT_MOVE_LAST:
		quadrant_move(a, s, 0, s->picture.columns);
		break;
	case ACT_MARK:
		mark_cell(a, s);
		break;
	default:
		return false;
	}
	return true;
}

static bool act_on_view(struct app *a, struct quadrant_state *s, enum action action)
{
	switch (action) {
	case ACT_QUADRANT_ZOOM_IN:
		zoom(a, s, 0.5);
		break;
	case ACT_QUADRANT_ZOOM_OUT:
		zoom(a, s, 2);
		break;
	case ACT_QUADRANT_WHOLE:
		whole(a, s);
		break;
	case ACT_QUADRANT_AXIS:
		change_axis(a, s);
		break;
	case ACT_QUADRANT_DIGITS:
		s->digits = !s->digits;
		break;
	case ACT_QUADRANT_LEFT:
		quadrant_move_line(a, s, DRAG_EFFORT, -1);
		break;
	case ACT_QUADRANT_RIGHT:
		quadrant_move_line(a, s, DRAG_EFFORT, 1);
		break;
	case ACT_QUADRANT_DOWN:
		quadrant_move_line(a, s, DRAG_VALUE, -1);
		break;
	case ACT_QUADRANT_UP:
		quadrant_move_line(a, s, DRAG_VALUE, 1);
		break;
	case ACT_QUADRANT_RESET:
		quadrant_reset_lines(a, s);
		break;
	case ACT_QUADRANT_KEEP:
		quadrant_keep_lines(a, s);
		break;
	default:
		return false;
	}
	return true;
}

static bool act(struct app *a, void *state, enum action action)
{
	struct quadrant_state *s = state;

	if (a->summary.figures_day == DAY_NONE)
		return false;
	if (action == ACT_OPEN && !s->in_pane && quadrant_here_n(s) > 1) {
		s->in_pane = true;
		return true;
	}
	if (action == ACT_QUADRANT_LIST) {
		const struct app_from from = app_from_here(a);

		if (quadrant_narrow(a, s))
			app_show_list(a, &from, TEXT("this quadrant"));
		return true;
	}
	if (act_on_view(a, s, action))
		return true;
	return s->in_pane ? act_in_pane(a, s, action) : act_on_picture(a, s, action);
}

static bool describe(struct app *a, void *state, struct subject *out)
{
	struct quadrant_state *s = state;
	uint32_t n = quadrant_here_n(s);
	const struct list_row *x = window_at(&s->window, quadrant_here_first(s) + s->at);

	out->account = a->focus;
	out->field = LIST_QUADRANT;
	if (n > 1 && x)
		app_say(a, "this explains %.*s, number %u of the %u accounts here",
			(int)(x->name.n ? x->name.n : x->id.n),
			x->name.n ? x->name.s : x->id.s, s->at + 1, n);
	return a->focus != 0;
}

const struct screen_ops quadrant_screen = {
	.size = sizeof(struct quadrant_state),
	.open = open_quadrant,
	.close = close_quadrant,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = quadrant_click,
	.drag = quadrant_drag,
	.describe = describe,
};
