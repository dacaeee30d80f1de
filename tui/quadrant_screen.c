/*
 * The Quadrant screen: value rank against effort, a dot per account. Every account
 * lies in a cell of the picture; the accounts are sorted by cell once, so that moving
 * the cursor costs nothing however many there are.
 */
#include "tui/screen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/mem.h"
#include "tui/window.h"
#include "tui/words.h"

/* What the filter language takes for each. */
static const char *const quadrant_word[QUAD_COUNT] = { "none", "attention", "managed",
	"fix", "tech" };

enum { AXIS = 4, PANE = 36, LEGEND = 6, SPOTS = 500 };

struct quarter {
	uint32_t n;
	int64_t arr;
};

struct state {
	struct plot plot;
	struct rect picture, pane;
	uint32_t *start; /* owned; per cell the index of its first id, and one more */
	uint32_t *ids;   /* owned; in order of the cells, then of the list */
	uint32_t placed; /* accounts with both figures */
	uint8_t *tier;   /* owned; per cell the tier most of its accounts are in */
	struct quarter quarter[QUAD_COUNT];
	int row, column; /* cell under the cursor */
	bool in_pane;    /* choosing among those of the cell */
	uint32_t at;     /* which of them */
	struct window window;
	bool seen; /* the cursor has found its first place */
};

static int cells(const struct state *s)
{
	return s->picture.rows * s->picture.columns;
}

/* Into 0..n-1; 0 when there is nothing. */
static int clamp(int v, int n)
{
	return v < 0 || n == 0 ? 0 : v < n ? v : n - 1;
}

static int cell_of(const struct state *s, double value_pct, double effort)
{
	int x = clamp((int)(effort * s->picture.columns / 100), s->picture.columns);
	int y = clamp((int)((100 - value_pct) * s->picture.rows / 100), s->picture.rows);

	return y * s->picture.columns + x;
}

/* Few accounts are drawn as spots of four dots, which stay inside their cell. */
static void add_dot(struct state *s, double value_pct, double effort, bool spot)
{
	int x = (int)(effort * s->picture.columns * 2 / 100);
	int y = (int)((100 - value_pct) * s->picture.rows * 4 / 100);

	x = x < 2 * s->picture.columns ? x : 2 * s->picture.columns - 1;
	y = y < 4 * s->picture.rows ? y : 4 * s->picture.rows - 1;
	plot_dot(&s->plot, x, y);
	if (!spot)
		return;
	x &= ~1;
	y = y % 4 == 3 ? y - 1 : y;
	for (int i = 0; i < 4; i++)
		plot_dot(&s->plot, x + i % 2, y + i / 2);
}

static bool has_figures(const struct book_figures *f, uint32_t id)
{
	return id <= f->scores->n && !isnan(f->scores->value_pct[id - 1]) &&
	       !isnan(f->scores->effort[id - 1]);
}

/* Counts per cell, and the dots. */
static void count(struct app *a, struct state *s, const struct book_figures *f)
{
	const struct list *l = a->view.list;

	for (uint32_t i = 0; i < l->n; i++) {
		uint32_t k = l->id[i] - 1;

		if (!has_figures(f, l->id[i]))
			continue;
		double value = f->scores->value_pct[k], effort = f->scores->effort[k];

		s->start[cell_of(s, value, effort) + 1]++;
		add_dot(s, value, effort, l->n <= SPOTS);
	}
}

/* Numbers and money of the quadrants, by the book's own filter. */
static void sum(struct app *a, struct state *s)
{
	const struct policy *policy = book_policy(a->book);
	char value[NUMBER_TEXT_MAX], effort[NUMBER_TEXT_MAX], words[160];
	struct err e = { .status = ST_OK };

	number_format(policy->line_value, 4, value);
	number_format(policy->line_effort, 4, effort);
	for (int q = QUAD_ATTENTION; q < QUAD_COUNT; q++) {
		bool valuable = q == QUAD_ATTENTION || q == QUAD_MANAGED;
		bool laborious = q == QUAD_ATTENTION || q == QUAD_FIX;

		snprintf(words, sizeof(words), "value_pct:%s%s effort:%s%s ",
			valuable ? ">=" : "<", value, laborious ? ">=" : "<", effort);
		if (view_sum(&a->view, a->book, words, &s->quarter[q].n,
			    &s->quarter[q].arr, &e) != ST_OK) {
			app_fail(a, &e);
			return;
		}
	}
}

/* The ids into the order of their cells, and the tier that leads in each. */
static void sort_by_cell(struct app *a, struct state *s, const struct book_figures *f)
{
	const struct list *l = a->view.list;
	uint32_t *next = mem_new((size_t)cells(s), sizeof(*next));

	for (int i = 0; i < cells(s); i++) {
		s->start[i + 1] += s->start[i];
		next[i] = s->start[i];
	}
	s->placed = s->start[cells(s)];
	s->ids = mem_resize(s->ids, s->placed, sizeof(*s->ids));
	for (uint32_t i = 0; i < l->n; i++) {
		uint32_t k = l->id[i] - 1;

		if (has_figures(f, l->id[i]))
			s->ids[next[cell_of(s, f->scores->value_pct[k],
				f->scores->effort[k])]++] = l->id[i];
	}
	free(next);
	for (int i = 0; i < cells(s); i++) {
		uint32_t in[TIER_COUNT + 1] = { 0 };
		unsigned best = 0;

		for (uint32_t j = s->start[i]; j < s->start[i + 1]; j++)
			in[f->tier[s->ids[j] - 1] & 3]++;
		for (unsigned t = 1; t <= TIER_COUNT; t++)
			if (in[t] > in[best])
				best = t;
		s->tier[i] = (uint8_t)best;
	}
}

static uint32_t here_first(const struct state *s)
{
	return cells(s) ? s->start[s->row * s->picture.columns + s->column] : 0;
}

static uint32_t here_n(const struct state *s)
{
	int cell = s->row * s->picture.columns + s->column;

	return cells(s) ? s->start[cell + 1] - s->start[cell] : 0;
}

/* The account under the cursor is the one chosen in the cell. */
static void follow(struct app *a, struct state *s)
{
	uint32_t n = here_n(s);

	if (s->at >= n)
		s->at = n ? n - 1 : 0;
	if (n == 0)
		s->in_pane = false;
	a->focus = n ? s->ids[here_first(s) + s->at] : 0;
}

/* The cursor to the cell of an account, if it has one. */
static bool go_to(
	struct app *a, struct state *s, const struct book_figures *f, uint32_t id)
{
	int cell;

	if (id == 0 || !has_figures(f, id))
		return false;
	cell = cell_of(s, f->scores->value_pct[id - 1], f->scores->effort[id - 1]);
	s->row = cell / s->picture.columns;
	s->column = cell % s->picture.columns;
	for (s->at = 0; s->at < here_n(s); s->at++)
		if (s->ids[here_first(s) + s->at] == id)
			break;
	(void)a;
	return s->at < here_n(s);
}

static void build(struct app *a, struct state *s)
{
	struct book_figures f;
	struct err e = { .status = ST_OK };
	size_t n = (size_t)cells(s);

	window_drop(&s->window);
	memset(s->quarter, 0, sizeof(s->quarter));
	plot_reset(&s->plot, s->picture.rows, s->picture.columns);
	s->start = mem_resize(s->start, n + 1, sizeof(*s->start));
	s->tier = mem_resize(s->tier, n, 1);
	memset(s->start, 0, (n + 1) * sizeof(*s->start));
	memset(s->tier, 0, n);
	s->placed = 0;
	s->row = clamp(s->row, s->picture.rows);
	s->column = clamp(s->column, s->picture.columns);
	if (!a->view.list || a->view.list->n == 0) {
		follow(a, s);
		return;
	}
	if (book_figures(a->book, &f, &e) != ST_OK) {
		app_fail(a, &e);
		follow(a, s);
		return;
	}
	count(a, s, &f);
	sort_by_cell(a, s, &f);
	sum(a, s);
	if (go_to(a, s, &f, a->focus) ||
		(!s->seen && s->placed && go_to(a, s, &f, s->ids[0])))
		s->seen = true;
	follow(a, s);
}

static void open_quadrant(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	plot_init(&s->plot);
	window_init(&s->window);
}

static void close_quadrant(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	plot_clear(&s->plot);
	window_clear(&s->window);
	free(s->start);
	free(s->ids);
	free(s->tier);
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
		TEXT("effort to the right"));
}

static bool free_of_dots(const struct state *s, int row, int column, int n)
{
	for (int i = 0; i < n; i++)
		if (s->plot.dots[row * s->picture.columns + column + i])
			return false;
	return true;
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

			if (!free_of_dots(s, row, column, n))
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
	for (int i = 0; i < cells(s); i++)
		if (s->plot.dots[i])
			canvas_dots(c, r.row + i / r.columns, r.column + i % r.columns,
				words_tier_role(s->tier[i]), s->plot.dots[i]);
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
	if (l && s->placed < l->n)
		canvas_print(c, r.row + 4, r.column, r.columns - 1, ROLE_UNKNOWN,
			"%u without figures", l->n - s->placed);
}

static void paint_pane(struct app *a, struct state *s, struct canvas *c)
{
	struct rect r = s->pane;
	uint32_t n = here_n(s), first = here_first(s), top = 0;
	uint32_t rows = (uint32_t)(r.rows - LEGEND - 1);
	struct err e = { .status = ST_OK };
	int row = r.row + LEGEND;

	canvas_print(c, row - 1, r.column, r.columns - 1, ROLE_HEADER,
		n == 1 ? "%u account here" : "%u accounts here", n);
	if (s->at >= rows)
		top = s->at - rows + 1;
	if (n == 0)
		return;
	if (window_need(&s->window, a->book, s->ids, s->placed, first + top, rows, &e) !=
		ST_OK)
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
		if (app_marked(a, x->account))
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

/* The quadrant under the cursor becomes the filter of the Book screen. */
static void list_quadrant(struct app *a, struct state *s)
{
	struct book_figures f;
	struct err e = { .status = ST_OK };
	const struct policy *policy = book_policy(a->book);
	char filter[64];

	if (here_n(s) == 0) {
		app_say(a, "no account is under the cursor");
		return;
	}
	if (book_figures(a->book, &f, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	snprintf(filter, sizeof(filter), "quadrant:%s",
		quadrant_word[axes_quadrant(f.scores->value_pct[a->focus - 1],
			f.scores->effort[a->focus - 1], policy->line_value,
			policy->line_effort)]);
	input_set(&a->view.filter, text_of(filter));
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
		list_quadrant(a, s);
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
	uint32_t index = (uint32_t)(row - p.row - LEGEND);

	if (row >= r.row && row < r.row + r.rows && column >= r.column &&
		column < r.column + r.columns) {
		s->in_pane = false;
		move(a, s, row - r.row - s->row, column - r.column - s->column);
	} else if (column >= p.column && row >= p.row + LEGEND && index < here_n(s)) {
		s->at = index;
		follow(a, s);
		app_act(a, ACT_OPEN);
	}
}

static bool describe(struct app *a, void *state, struct subject *out)
{
	(void)state;
	out->account = a->focus;
	out->field = LIST_QUADRANT;
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
