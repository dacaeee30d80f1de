/* Painting the Quadrant screen: the picture with its axes and lines, and the pane. */
#include "tui/quadrant.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"
#include "tui/words.h"

enum { TALL = 18, ROOMY = 50 }; /* rows and columns with room for all there is to say */

/* ---- axes ----------------------------------------------------------------------- */

static void value_text(
	struct app *a, const struct quadrant_state *s, double v, char out[MONEY_TEXT_MAX])
{
	char number[NUMBER_TEXT_MAX];

	if (s->axes.money)
		words_money(book_policy(a->book), (int64_t)(pow(10, v) + 0.5), out);
	else
		snprintf(out, MONEY_TEXT_MAX, "%s", number_format(v, 0, number));
}

static void put_value(struct app *a, const struct quadrant_state *s, struct canvas *c,
	int row, double v)
{
	char text[MONEY_TEXT_MAX];

	value_text(a, s, v, text);
	canvas_put_right(c, s->picture.row + row, s->picture.column - 1 - s->axis,
		s->axis, ROLE_QUIET, text_of(text));
}

static void put_effort(
	const struct quadrant_state *s, struct canvas *c, int column, double v)
{
	const struct rect r = s->picture;
	char number[NUMBER_TEXT_MAX];
	int n, at;

	number_format(v, 0, number);
	n = text_columns(text_of(number));
	at = column + n > r.columns ? r.columns - n : column;
	canvas_put(c, r.row + r.rows + 1, r.column + at, n, ROLE_QUIET, text_of(number));
}

/* The least round step whose ticks are so many cells apart. */
static double round_step(double range, int cells, int apart)
{
	static const double steps[] = { 1, 2, 5, 10, 20, 25, 50, 100 };

	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		if (steps[i] * cells / range >= apart)
			return steps[i];
	return 100;
}

static void put_tick(
	struct app *a, const struct quadrant_state *s, struct canvas *c, double v)
{
	const struct rect r = s->picture;
	const int row = scatter_row(&s->scatter, v);
	const int line = scatter_row(&s->scatter, s->line_height);

	if (row < 0 || (line >= 0 && abs(row - line) < 2))
		return;
	put_value(a, s, c, row, v);
	canvas_glyph(c, r.row + row, r.column - 1, ROLE_LINE, GLYPH_TICK_LEFT);
}

/* One, two and five of each power of ten, or, where it gets narrow, one. */
static void put_money_ticks(
	struct app *a, const struct quadrant_state *s, struct canvas *c)
{
	const struct scatter_axes *x = &s->axes;
	const double decade = s->picture.rows / (x->value_to - x->value_from);

	for (double v = floor(x->value_from); v <= x->value_to; v++) {
		put_tick(a, s, c, v);
		if (decade < 9)
			continue;
		put_tick(a, s, c, v + log10(2));
		put_tick(a, s, c, v + log10(5));
	}
}

static void paint_value_axis(
	struct app *a, const struct quadrant_state *s, struct canvas *c)
{
	const struct scatter_axes *x = &s->axes;
	const struct rect r = s->picture;
	const int line = scatter_row(&s->scatter, s->line_height);
	const double step = round_step(x->value_to - x->value_from, r.rows, 3);

	draw_vertical(c, r.row, r.column - 1, r.rows);
	if (x->money)
		put_money_ticks(a, s, c);
	else
		for (double v = ceil(x->value_from / step) * step; v <= x->value_to;
			v += step)
			put_tick(a, s, c, v);
	if (line >= 0) {
		put_value(a, s, c, line, s->line_height);
		canvas_glyph(c, r.row + line, r.column - 1, ROLE_KEY, GLYPH_TICK_LEFT);
	}
	canvas_put(c, r.row - 1, 1, s->axis + 20, ROLE_QUIET,
		x->money ? TEXT("value in money") : TEXT("value rank"));
}

static void paint_effort_axis(const struct quadrant_state *s, struct canvas *c)
{
	const struct scatter_axes *x = &s->axes;
	const struct rect r = s->picture;
	const int below = r.row + r.rows,
		  line = scatter_column(&s->scatter, s->line.effort);
	const double step = round_step(x->effort_to - x->effort_from, r.columns, 8);

	for (int i = 0; i < r.columns; i++)
		canvas_glyph(c, below, r.column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	canvas_glyph(c, below, r.column - 1, ROLE_LINE, GLYPH_BOTTOM_LEFT);
	for (double v = ceil(x->effort_from / step) * step; v <= x->effort_to;
		v += step) {
		const int column = scatter_column(&s->scatter, v);

		if (column < 0 || (line >= 0 && abs(column - line) < 4))
			continue;
		put_effort(s, c, column, v);
		canvas_glyph(c, below, r.column + column, ROLE_LINE, GLYPH_TICK_BELOW);
	}
	if (line >= 0) {
		put_effort(s, c, line, s->line.effort);
		canvas_glyph(c, below, r.column + line, ROLE_KEY, GLYPH_TICK_BELOW);
	}
	canvas_put_right(c, r.row - 1, r.column, r.columns, ROLE_QUIET,
		r.columns < 40 ? TEXT("effort") : TEXT("effort to the right"));
}

static void paint_lines(const struct quadrant_state *s, struct canvas *c)
{
	const struct rect r = s->picture;
	const int row = scatter_row(&s->scatter, s->line_height);
	const int column = scatter_column(&s->scatter, s->line.effort);

	for (int i = 0; i < r.columns && row >= 0; i++)
		canvas_glyph(c, r.row + row, r.column + i, ROLE_LINE, GLYPH_HORIZONTAL);
	if (column >= 0)
		draw_vertical(c, r.row, r.column + column, r.rows);
	if (row >= 0 && column >= 0)
		canvas_glyph(c, r.row + row, r.column + column, ROLE_LINE, GLYPH_CROSS);
}

/* ---- the picture ---------------------------------------------------------------- */

/* Each name into the line of its quadrant nearest to the corner where it hides no
 * account; where there is none, the legend has to do. */
static void paint_name(const struct quadrant_state *s, struct canvas *c,
	enum quadrant quadrant, bool bottom, bool right)
{
	const struct rect r = s->picture;
	const struct text name = text_of(quadrant_name[quadrant]);
	const int n = text_columns(name);
	int line = scatter_row(&s->scatter, s->line_height), middle, from, to;

	middle = scatter_column(&s->scatter, s->line.effort);
	if (line < 0)
		line = s->line_height > s->axes.value_to ? -1 : r.rows;
	if (middle < 0)
		middle = s->line.effort > s->axes.effort_to ? r.columns : -1;
	from = right ? middle + 1 : 0;
	to = right ? r.columns : middle;
	if (to - from < n)
		return;
	for (int k = 0; k < (bottom ? r.rows - line - 1 : line); k++) {
		const int row = bottom ? r.rows - 1 - k : k;
		const int column = right ? r.columns - n : 0;

		if (!scatter_free(&s->scatter, row, column, n))
			continue;
		canvas_put(c, r.row + row, r.column + column, n, ROLE_QUIET, name);
		return;
	}
}

/* How many there are, as the brightness of the tier's colour. */
static enum role cell_role(const struct quadrant_state *s, int cell)
{
	static const enum role roles[TIER_COUNT + 1][3] = {
		{ ROLE_UNKNOWN, ROLE_UNKNOWN, ROLE_UNKNOWN },
		{ ROLE_TIER1_FEW, ROLE_TIER1, ROLE_TIER1_MANY },
		{ ROLE_TIER2_FEW, ROLE_TIER2, ROLE_TIER2_MANY },
		{ ROLE_TIER3_FEW, ROLE_TIER3, ROLE_TIER3_MANY },
	};
	const uint32_t n = scatter_count(&s->scatter, cell), most = s->scatter.most;
	const int level = n >= 4 && 2 * n >= most ? 2 : n >= 2 && 8 * n >= most ? 1 : 0;

	return roles[s->scatter.tier[cell] & 3][most < 4 ? 1 : level];
}

/* Which cells have a marked account. */
static void find_marked(struct app *a, struct quadrant_state *s)
{
	const struct marks *m = &a->marks;
	const struct scatter *x = &s->scatter;
	struct book_figures f;
	struct err e;
	int cell;

	if (s->marked && s->marks == m->changes)
		return;
	free(s->marked);
	s->marked = mem_new((size_t)(s->picture.rows * s->picture.columns), 1);
	s->marks = m->changes;
	if (m->n == 0 || book_figures(a->book, &f, &e) != ST_OK)
		return;
	for (uint32_t id = 1; id <= m->size; id++)
		if (marks_has(m, id) && scatter_place(x, &f, id, &cell))
			s->marked[cell] = 1;
}

static void paint_cell(const struct quadrant_state *s, struct canvas *c, int cell)
{
	const struct rect r = s->picture;
	const int row = r.row + cell / r.columns, column = r.column + cell % r.columns;
	const enum role role = cell_role(s, cell);
	static const char *const digit[TIER_COUNT + 1] = { "?", "1", "2", "3" };

	if (s->marked[cell])
		canvas_glyph(c, row, column, ROLE_MARK, GLYPH_MARK);
	else if (s->digits)
		canvas_put(c, row, column, 1, role,
			text_of(digit[s->scatter.tier[cell] & 3]));
	else
		canvas_dots(c, row, column, role, s->scatter.plot.dots[cell]);
}

static void paint_picture(struct app *a, const struct quadrant_state *s, struct canvas *c)
{
	const struct rect r = s->picture;

	paint_value_axis(a, s, c);
	paint_effort_axis(s, c);
	paint_lines(s, c);
	paint_name(s, c, QUAD_MANAGED, false, false);
	paint_name(s, c, QUAD_ATTENTION, false, true);
	paint_name(s, c, QUAD_TECH, true, false);
	paint_name(s, c, QUAD_FIX, true, true);
	for (int i = 0; i < r.rows * r.columns; i++)
		if (s->scatter.plot.dots[i])
			paint_cell(s, c, i);
	canvas_focus(c, (struct rect){ r.row + s->row, r.column + s->column, 1, 1 });
	if (!s->in_pane)
		canvas_cursor(c, r.row + s->row, r.column + s->column);
}

/* ---- the pane ------------------------------------------------------------------- */

/* Of the column with what moving the lines has changed: as wide for all four, and not
 * jumping while it is little. */
static int change_columns(const struct quadrant_state *s)
{
	int columns = (int)strlen("+999");

	for (int q = QUAD_NONE + 1; q < QUAD_COUNT; q++) {
		const int by = (int)s->now.of[q].n - (int)s->by_policy.of[q].n;
		const int n = snprintf(NULL, 0, "%+d", by);

		columns = n > columns ? n : columns;
	}
	return columns + 1;
}

static void paint_quarter(struct app *a, const struct quadrant_state *s, struct canvas *c,
	int row, enum quadrant q)
{
	const struct quadrants_sum *x = &s->now.of[q];
	const uint32_t before = s->by_policy.of[q].n;
	const struct rect r = s->pane;
	char money[MONEY_TEXT_MAX], number[16], change[16] = "";
	int left = r.columns - 1;

	canvas_put_right(c, row, r.column, left, ROLE_TEXT,
		text_of(words_money(book_policy(a->book), x->arr, money)));
	left -= 8;
	if (s->moved && x->n != before)
		snprintf(change, sizeof(change), "%+d", (int)x->n - (int)before);
	if (s->moved) {
		canvas_put_right(c, row, r.column, left, ROLE_MARK, text_of(change));
		left -= change_columns(s);
	}
	snprintf(number, sizeof(number), "%u", x->n);
	canvas_put_right(c, row, r.column, left, ROLE_STRONG, text_of(number));
	left -= (int)text_of(number).n + 1;
	canvas_put(c, row, r.column, left, ROLE_TEXT, text_of(quadrant_name[q]));
}

/* What the lines say about the tiers, which they do not move. */
static int paint_consequences(
	struct app *a, const struct quadrant_state *s, struct canvas *c, int row)
{
	const struct quadrants_sum *high = &s->now.of[QUAD_ATTENTION];
	const struct quadrants_sum *low = &s->now.of[QUAD_TECH];
	const struct rect r = s->pane;

	canvas_print(c, row++, r.column, r.columns - 1, ROLE_QUIET,
		r.columns < ROOMY ? "strategic in tier 1: %u of %u"
				  : "strategic in tier 1: %u of %u (%u places)",
		high->in_tier[1], high->n, a->summary.limit[0]);
	canvas_print(c, row++, r.column, r.columns - 1, ROLE_QUIET,
		"tech touch in tier 1 or 2: %u", low->in_tier[1] + low->in_tier[2]);
	return row;
}

static bool tall(const struct quadrant_state *s)
{
	return s->pane.rows >= TALL;
}

int quadrant_list_row(const struct quadrant_state *s)
{
	return s->pane.row + (tall(s) ? 9 : 5);
}

enum quadrant quadrant_on_row(const struct quadrant_state *s, int row)
{
	const int q = QUAD_ATTENTION + row - s->pane.row;

	return q >= QUAD_ATTENTION && q < QUAD_COUNT ? (enum quadrant)q : QUAD_NONE;
}

static void paint_legend(struct app *a, const struct quadrant_state *s, struct canvas *c)
{
	const struct rect r = s->pane;
	struct book_figures f;
	struct err e;
	int row = r.row;

	for (int q = QUAD_ATTENTION; q < QUAD_COUNT; q++)
		paint_quarter(a, s, c, row++, (enum quadrant)q);
	if (!tall(s))
		return;
	row = paint_consequences(a, s, c, row);
	if (a->focus && book_figures(a->book, &f, &e) == ST_OK) {
		const enum quadrant q = quadrant_of(s, &f, a->focus);
		const struct quadrants_sum *x = &s->now.of[q];

		if (q != QUAD_NONE)
			canvas_print(c, row, r.column, r.columns - 1, ROLE_QUIET,
				"this quadrant: T1 %u  T2 %u  T3 %u", x->in_tier[1],
				x->in_tier[2], x->in_tier[3]);
	}
	row++;
	if (s->scatter.outside)
		canvas_print(c, row, r.column, r.columns - 1, ROLE_UNKNOWN,
			"%u outside the picture, %u unknown", s->scatter.outside,
			s->scatter.unknown);
	else if (s->scatter.unknown)
		canvas_print(c, row, r.column, r.columns - 1, ROLE_UNKNOWN,
			"%u without figures", s->scatter.unknown);
}

static void paint_account(struct app *a, const struct quadrant_state *s, struct canvas *c,
	int row, const struct list_row *x)
{
	const struct rect r = s->pane;
	char money[MONEY_TEXT_MAX];

	canvas_print(c, row, r.column + 1, 2, words_tier_role(x->tier),
		x->tier == TIER_NONE ? "--" : "T%d", x->tier);
	canvas_put(c, row, r.column + 4, r.columns - 14, ROLE_TEXT,
		x->name.n ? x->name : x->id);
	canvas_put_right(c, row, r.column, r.columns - 1, ROLE_TEXT,
		text_of(words_money(book_policy(a->book), x->arr, money)));
	if (marks_has(&a->marks, x->account))
		canvas_glyph(c, row, r.column, ROLE_MARK, GLYPH_MARK);
}

static void paint_accounts(struct app *a, struct quadrant_state *s, struct canvas *c)
{
	const struct rect r = s->pane;
	const uint32_t n = quadrant_here_n(s), first = quadrant_here_first(s);
	int row = quadrant_list_row(s);
	const int rows = r.row + r.rows - row;
	struct err e = { .status = ST_OK };
	bool later = a->pace.hurry;

	canvas_print(c, row - 1, r.column, r.columns - 1, ROLE_HEADER,
		n == 1 ? "%u account here" : "%u accounts here", n);
	s->top = rows > 0 && s->at >= (uint32_t)rows ? s->at - (uint32_t)rows + 1 : 0;
	if (n == 0 || rows <= 0)
		return;
	if (window_need(&s->window, a->book, s->scatter.ids, s->scatter.placed,
		    first + s->top, (uint32_t)rows, &later, &e) != ST_OK)
		app_fail(a, &e);
	a->pace.owed |= later ? OWED_MARGINS : 0;
	for (uint32_t i = s->top; i < n && row < r.row + r.rows; i++, row++) {
		const struct list_row *x = window_at(&s->window, first + i);

		if (!x)
			continue;
		paint_account(a, s, c, row, x);
		if (s->in_pane && i == s->at) {
			canvas_focus(c, (struct rect){ row, r.column, 1, r.columns - 1 });
			canvas_cursor(c, row, r.column);
		}
	}
}

void quadrant_paint(struct app *a, struct quadrant_state *s, struct canvas *c)
{
	quadrant_sum_due(a, s);
	find_marked(a, s);
	paint_picture(a, s, c);
	paint_legend(a, s, c);
	paint_accounts(a, s, c);
}
