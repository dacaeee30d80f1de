/* The Capacity screen as it is painted: a row per CSM, and what it all means below. */
#include "tui/capacity.h"

#include <math.h>
#include <stdio.h>

#include "tui/draw.h"
#include "tui/rows.h"
#include "tui/words.h"

enum { BAR = 3, BAR_WIDE = 12, WIDE = 100, CELL = 64, WHAT = 400 };

/* ---- the columns ----------------------------------------------------------------- */

enum column {
	C_NAME,
	C_SHARE,
	C_LOAD,
	C_STATE,
	C_N1,
	C_ARR1,
	C_N2,
	C_ARR2,
	C_N3,
	C_ARR3,
	C_HOURS,
	C_RISK,
	C_FROZEN,
	C_MARKS,
	C_COUNT
};

static const struct {
	const char *title;
	int width;
	int from; /* so wide must the screen be */
	bool right;
} columns[C_COUNT] = {
	[C_NAME] = { "CSM", 14, 0, false },
	[C_SHARE] = { "share", 5, 100, true },
	[C_LOAD] = { "load", 6, 0, true },
	[C_STATE] = { "state", 5, 0, false },
	[C_N1] = { "T1", 4, 0, true },
	[C_ARR1] = { "ARR", 7, 0, true },
	[C_N2] = { "T2", 4, 0, true },
	[C_ARR2] = { "ARR", 7, 0, true },
	[C_N3] = { "T3", 5, 0, true },
	[C_ARR3] = { "ARR", 7, 120, true },
	[C_HOURS] = { "h/week", 6, 100, true },
	[C_RISK] = { "at risk", 7, 0, true },
	[C_FROZEN] = { "", 6, 0, true },
	[C_MARKS] = { "also", 14, 120, false },
};

static int bar_of(const struct capacity_screen *s)
{
	return s->table.columns < WIDE ? BAR : BAR_WIDE;
}

static int width_of(const struct capacity_screen *s, enum column k)
{
	return columns[k].width + (k == C_LOAD ? bar_of(s) : 0);
}

enum role capacity_role(const struct capacity_row *r)
{
	static const enum role roles[] = { [CAPACITY_OK] = ROLE_GOOD,
		[CAPACITY_OVER] = ROLE_BAD,
		[CAPACITY_UNDER] = ROLE_WATCH,
		[CAPACITY_AWAY] = ROLE_UNKNOWN };

	return roles[r->load.state];
}

/* A cell as text; the pool is no book: what only books have stays out. */
static const char *cell_text(const struct capacity_screen *s,
	const struct capacity_row *r, enum column k, char out[CELL])
{
	const struct policy *p = &s->found->policy;
	const bool pool = r == &s->found->pool;

	out[0] = '\0';
	if (k == C_NAME)
		snprintf(out, CELL, "%.*s", (int)r->name.n, r->name.s);
	else if (k == C_N1 || k == C_N2 || k == C_N3)
		snprintf(out, CELL, "%u",
			r->book.accounts[k == C_N1   ? 0
					 : k == C_N2 ? 1
						     : 2]);
	else if (k == C_ARR1 || k == C_ARR2 || k == C_ARR3)
		words_money(p, r->book.arr[k == C_ARR1 ? 0 : k == C_ARR2 ? 1 : 2], out);
	else if (k == C_RISK)
		words_money(p, r->at_risk, out);
	else if (k == C_FROZEN)
		snprintf(out, CELL, "%u", r->renewals);
	else if (pool)
		out[0] = '\0';
	else if (k == C_SHARE)
		words_number(r->share, 1, out);
	else if (k == C_STATE)
		snprintf(out, CELL, "%s", capacity_state_text(r));
	else if (k == C_HOURS)
		words_number(r->hours, 1, out);
	else if (k == C_MARKS)
		snprintf(out, CELL, "%s", capacity_marks(r));
	return out;
}

static void paint_load(
	struct canvas *c, int row, int column, int bar, const struct capacity_row *r)
{
	const double load = capacity_fills(&r->load);

	draw_bar(c, row, column, bar, capacity_role(r), load, load > 1 ? load : 1);
	canvas_print(c, row, column + bar + 1, 5, capacity_role(r), "%3.0f %%",
		capacity_percent(load));
}

static enum role cell_role(const struct capacity_row *r, enum column k)
{
	return k == C_STATE                    ? capacity_role(r)
	       : k == C_MARKS || k == C_FROZEN ? ROLE_QUIET
	       : r->proposed                   ? ROLE_INFO
					       : ROLE_TEXT;
}

static void paint_row(const struct capacity_screen *s, struct canvas *c, int row,
	const struct capacity_row *r)
{
	int column = s->table.column + 1;

	for (int k = 0; k < C_COUNT; k++) {
		char text[CELL];

		if (s->table.columns < columns[k].from)
			continue;
		cell_text(s, r, (enum column)k, text);
		if (k == C_LOAD && r != &s->found->pool)
			paint_load(c, row, column, bar_of(s), r);
		else if (columns[k].right)
			canvas_put_right(c, row, column, width_of(s, (enum column)k),
				cell_role(r, (enum column)k), text_of(text));
		else /* "leaves" has the gap before the numbers as well */
			canvas_put(c, row, column,
				width_of(s, (enum column)k) + (k == C_STATE),
				cell_role(r, (enum column)k), text_of(text));
		column += width_of(s, (enum column)k) + 1;
	}
}

enum capacity_order capacity_heading(const struct capacity_screen *s, int column)
{
	int at = s->table.column + 1;

	for (int k = 0; k < C_COUNT; k++) {
		if (s->table.columns < columns[k].from)
			continue;
		if (column >= at && column < at + width_of(s, (enum column)k))
			return k == C_NAME   ? CAPACITY_BY_NAME
			       : k == C_LOAD ? CAPACITY_FULLEST
			       : k == C_RISK ? CAPACITY_BY_RISK
					     : CAPACITY_ORDERS;
		at += width_of(s, (enum column)k) + 1;
	}
	return CAPACITY_ORDERS;
}

/* The column by which the lines are sorted has a sign. */
static void paint_order(const struct capacity_screen *s, struct canvas *c, enum column k,
	int row, int column)
{
	const bool name = k == C_NAME && s->order == CAPACITY_BY_NAME,
		   load = k == C_LOAD &&
			  (s->order == CAPACITY_FULLEST || s->order == CAPACITY_EMPTIEST),
		   risk = k == C_RISK && s->order == CAPACITY_BY_RISK;

	if (name || load || risk)
		canvas_glyph(c, row, column, ROLE_HEADER,
			name || s->order == CAPACITY_EMPTIEST ? GLYPH_ASCENDING
							      : GLYPH_DESCENDING);
}

/* Of renewals the days that count: another view may count others. */
static struct text title_of(
	const struct capacity_screen *s, enum column k, char out[CELL])
{
	const double days = s->found->policy.number[POLICY_REBALANCE_FREEZE];

	if (k != C_FROZEN)
		return text_of(columns[k].title);
	snprintf(out, CELL, days < 100 ? "ren%.0fd" : "r %.0fd", days);
	return text_of(out);
}

static void paint_header(const struct capacity_screen *s, struct canvas *c)
{
	const int row = s->table.row - 1;
	int column = s->table.column + 1;

	canvas_blank(c, (struct rect){ row, s->table.column, 1, s->table.columns },
		ROLE_HEADER);
	for (int k = 0; k < C_COUNT; k++) {
		char text[CELL];

		if (s->table.columns < columns[k].from)
			continue;
		if (columns[k].right)
			canvas_put_right(c, row, column, width_of(s, (enum column)k),
				ROLE_HEADER, title_of(s, (enum column)k, text));
		else
			canvas_put(c, row, column, width_of(s, (enum column)k),
				ROLE_HEADER, title_of(s, (enum column)k, text));
		paint_order(s, c, (enum column)k, row,
			k == C_NAME ? column + 4 : column - (k == C_RISK));
		column += width_of(s, (enum column)k) + 1;
	}
}

/* ---- what it means ----------------------------------------------------------------- */

static void say(void *arg, enum capacity_line kind, const char *text)
{
	static const struct {
		const char *mark;
		enum role role;
	} as[] = { [CAPACITY_SAYS] = { " ", ROLE_TEXT },
		[CAPACITY_ASKS] = { "?", ROLE_INFO },
		[CAPACITY_WARNS] = { "!", ROLE_WATCH } };
	struct page *p = arg;
	const int row = p->c.rows;

	page_text(p, 2, kind == CAPACITY_SAYS ? ROLE_TEXT : as[kind].role, text_of(text));
	canvas_put(&p->c, row, 0, 1, as[kind].role, text_of(as[kind].mark));
}

static void fill_page(struct app *a, struct capacity_screen *s)
{
	char what[WHAT];

	page_reset(&s->page, s->says.columns);
	if (!s->found)
		return;
	if (*capacity_what_text(a, s, what, sizeof(what))) {
		const int row = s->page.c.rows;

		page_print(&s->page, 2, ROLE_INFO,
			"What if: %s. Nothing of it is in the book; %s puts all back.",
			what, keys_word(SCOPE_CAPACITY, ACT_CAPACITY_RESET));
		canvas_glyph(&s->page.c, row, 0, ROLE_INFO, GLYPH_HERE);
	}
	capacity_say(s->found, say, &s->page);
	capacity_past_say(&s->found->policy, s->past, s->past_n,
		*capacity_what_text(a, s, what, sizeof(what)) ? s->found : NULL, say,
		&s->page);
}

/* The rows have what they need, up to half of the screen when there is much to say;
 * charts come behind that. */
void capacity_layout(struct app *a, struct capacity_screen *s, struct rect body)
{
	const int rows = capacity_rows(s), half = (body.rows - 1) / 2;
	int shown = rows;

	s->says = (struct rect){ body.row, body.column + 1, 0, body.columns - 2 };
	fill_page(a, s);
	if (rows + 2 + s->page.c.rows > body.rows)
		shown = rows < half ? rows : half;
	if (s->found)
		capacity_charts(s, &s->page);
	s->table = (struct rect){ body.row + 1, body.column, shown, body.columns };
	s->says.row = body.row + shown + 2;
	s->says.rows = body.row + body.rows - s->says.row;
	rows_show(s->at, shown, &s->top);
	if (s->top > rows - shown)
		s->top = rows > shown ? rows - shown : 0; /* it became larger */
}

/* Rows that have no room, in the gap below them. */
static void paint_rest(const struct capacity_screen *s, struct canvas *c)
{
	const int below = capacity_rows(s) - s->top - s->table.rows;
	char text[WORDS_MAX];

	canvas_put(c, s->table.row + s->table.rows, s->table.column + 1,
		s->table.columns - 1, ROLE_QUIET,
		text_of(words_rest(s->top, below, text)));
}

void capacity_paint(
	struct app *a, struct capacity_screen *s, struct canvas *c, struct rect body)
{
	(void)a;
	if (!s->found) {
		struct rect r = { body.row + 1, body.column + 2, body.rows - 2,
			body.columns - 4 };

		page_put(c, &r, ROLE_BAD, "%s", s->problem);
		return;
	}
	rows_show(s->at, s->table.rows, &s->top);
	paint_header(s, c);
	for (int i = 0; i < s->table.rows && s->top + i < capacity_rows(s); i++) {
		const int k = s->top + i, row = s->table.row + i;

		paint_row(s, c, row, capacity_at(s, k));
		if (k != s->at)
			continue;
		canvas_focus(
			c, (struct rect){ row, s->table.column, 1, s->table.columns });
		canvas_glyph(c, row, s->table.column, ROLE_KEY, GLYPH_HERE);
		canvas_cursor(c, row, s->table.column + 1);
	}
	paint_rest(s, c);
	page_paint(&s->page, c, s->says);
}
