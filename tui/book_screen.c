/* The Book screen: the table of accounts, and a preview where there is room. */
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/me.h"
#include "tui/page.h"
#include "tui/preview.h"
#include "tui/grid.h"
#include "tui/rows.h"
#include "tui/views.h"

struct state {
	struct window window;
	struct grid grid;
	struct rows rows;
	enum list_field field; /* of the column under the cursor */
	/* The end of whose heading the mouse holds, and how wide it was then. */
	struct held {
		enum list_field field;
		int width;
		struct grid grid; /* the columns that were there */
	} held;
};

static uint32_t total(const struct app *a)
{
	return a->view.list ? a->view.list->n : 0;
}

static void open_book(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	window_init(&s->window);
	s->field = LIST_HEALTH;
}

static void close_book(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	window_clear(&s->window);
}

/* The cursor stays on its account wherever that went; when it is gone, the first. */
static void data_changed(struct app *a, void *state)
{
	struct state *s = state;
	uint32_t index;

	window_drop(&s->window);
	rows_find(
		&s->rows, a->focus && view_find(&a->view, a->focus, &index) ? index : 0);
	if (a->go_to)
		s->rows.top = 0;
	rows_follow(a, &s->rows);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;

	rows_layout(&s->rows, body);
	grid_layout(&s->grid, a, s->rows.place.columns);
	if (grid_find(&s->grid, s->field) < 0)
		s->field = LIST_NAME;
	rows_follow(a, &s->rows);
}

/* What hides the accounts, and the key that brings them back. */
static void paint_hidden(struct app *a, struct canvas *c, struct rect r)
{
	const struct view *v = &a->view;
	const char *whose = keys_word(SCOPE_BOOK, ACT_WHOSE);
	struct rect at = { r.row + 4, r.column + 4, r.rows - 4, r.columns - 5 };
	char text[ME_TEXT_MAX];

	canvas_put(c, r.row + 2, at.column, at.columns, ROLE_STRONG,
		TEXT("No account is shown."));
	if (v->stranger)
		page_put(c, &at, ROLE_TEXT, "%s, or %s to go on.", me_unknown(a, text),
			whose);
	else if (v->whose == WHOSE_POOL)
		page_put(c, &at, ROLE_TEXT,
			"Only the pool's are asked for: %s goes on to everybody's.",
			whose);
	else if (v->whose != WHOSE_ALL)
		page_put(c, &at, ROLE_TEXT,
			"Only those of %s are asked for: %s goes on to %s.",
			v->whose == WHOSE_MINE ? book_me(a->book) : v->owner, whose,
			v->whose == WHOSE_MINE   ? "others'"
			: v->whose == WHOSE_TEAM ? "the pool's"
						 : "everybody's");
	if (v->filter.n && a->filter_line.open)
		page_put(c, &at, ROLE_TEXT, "%s shows what there is for the last word.",
			keys_word(SCOPE_FILTER, ACT_COMPLETE));
	else if (v->filter.n)
		page_put(c, &at, ROLE_TEXT, "The filter is \"%.*s\": %s drops it.",
			(int)v->filter.n, v->filter.s,
			keys_word(SCOPE_BOOK, ACT_FILTER_CLEAR));
	if (!v->stranger && !v->inactive && a->summary.active < a->summary.accounts)
		page_put(c, &at, ROLE_TEXT,
			"%u of the book churned or have not begun: %s looks among them "
			"too.",
			a->summary.accounts - a->summary.active,
			keys_word(SCOPE_BOOK, ACT_INACTIVE));
}

static void paint_empty(struct app *a, struct canvas *c, struct rect r)
{
	static const struct {
		enum action action;
		const char *does;
	} way[] = {
		{ ACT_IMPORT, "brings a file of accounts in, step by step" },
		{ ACT_SETUP, "shows what a complete book needs" },
		{ ACT_BOOK_OTHER, "opens another book, or a demo to look at" },
	};
	const int ways = (int)(sizeof(way) / sizeof(*way));

	if (a->summary.accounts > 0) {
		paint_hidden(a, c, r);
		return;
	}
	canvas_put(c, r.row + 2, r.column + 4, r.columns - 4, ROLE_STRONG,
		TEXT("The book is empty."));
	for (int i = 0; i < ways; i++) {
		canvas_put(c, r.row + 4 + i, r.column + 4, 4, ROLE_KEY,
			text_of(keys_text(SCOPE_BOOK, way[i].action)));
		canvas_put(c, r.row + 4 + i, r.column + 8, r.columns - 8, ROLE_TEXT,
			text_of(way[i].does));
	}
}

/* In the last line as long as nothing was computed. */
static void paint_uncomputed(struct app *a, struct canvas *c, struct rect r)
{
	struct rect line = { r.row + r.rows - 1, r.column, 1, r.columns };

	if (a->summary.figures_day != DAY_NONE)
		return;
	canvas_blank(c, line, ROLE_WATCH);
	canvas_print(c, line.row, line.column + 2, line.columns - 2, ROLE_WATCH,
		"Nothing is computed yet: press %s to recalculate.",
		keys_word(SCOPE_BOOK, ACT_RECALCULATE));
}

/* Only read while they are shown. */
static void want_next_steps(struct state *s)
{
	const bool next = grid_find(&s->grid, (enum list_field)GRID_NEXT) >= 0;

	if (next && !s->window.next)
		window_drop(&s->window);
	s->window.next = next;
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct err e = { .status = ST_OK };
	struct rect r = s->rows.place;
	uint32_t n = total(a);
	bool later = a->pace.hurry;

	(void)body;
	if (n == 0) {
		paint_empty(a, c, r);
		return;
	}
	want_next_steps(s);
	rows_tell(a, &s->rows);
	if (window_need(&s->window, a->book, a->view.list->id, view_known(&a->view),
		    s->rows.top, (uint32_t)r.rows, &later, &e) != ST_OK)
		app_fail(a, &e);
	a->pace.owed |= later ? OWED_MARGINS : 0;
	grid_header(&s->grid, a, (struct rect){ r.row - 1, r.column, 1, r.columns },
		grid_find(&s->grid, s->field));
	for (int i = 0; i < r.rows && s->rows.top + (uint32_t)i < n; i++) {
		uint32_t index = s->rows.top + (uint32_t)i;
		const struct list_row *row = window_at(&s->window, index);
		struct rect line = { r.row + i, r.column, 1, r.columns };

		if (!row)
			continue;
		grid_row(&s->grid, a, line, row, window_spark(&s->window, index));
		if (index == s->rows.at) {
			canvas_focus(c, line);
			canvas_cursor(c, line.row, line.column);
		}
	}
	paint_uncomputed(a, c, r);
	if (s->rows.preview.columns) {
		draw_vertical(c, s->rows.preview.row, s->rows.preview.column - 2,
			s->rows.preview.rows);
		preview_paint(a, c, s->rows.preview, window_at(&s->window, s->rows.at));
	}
}

static void move_column(struct state *s, int step)
{
	int to = grid_find(&s->grid, s->field) + step;

	if (to >= 0 && to < s->grid.n)
		s->field = s->grid.column[to].field;
}

/* As the only key, or further to the keys there are. */
static void sort_by(struct app *a, struct state *s, int column, bool further)
{
	if (column < 0 || column >= s->grid.n)
		return;
	s->field = s->grid.column[column].field;
	if ((int)s->field >= LIST_FIELDS) {
		app_say(a,
			(int)s->field == GRID_SPARK
				? "the sparkline has no order: sort by health or by the "
				  "change"
				: "next steps have no order: sort by another column");
		return;
	}
	if (!further)
		view_sort(&a->view, s->field);
	else if (!view_sort_more(&a->view, s->field))
		app_say_offers(a,
			&(struct app_offer){ SCOPE_BOOK, ACT_SORT, "begins anew" }, 1,
			"a list is sorted by at most %d columns: ", LIST_SORT_MAX);
	a->go_to = APP_TO_FIRST; /* what is first now is what the order was wanted for */
	a->dirty |= APP_DATA;
}

/* Sorts by the neighbour of the column that sorts now. */
static void sort_beside(struct app *a, struct state *s, int step)
{
	int at = grid_find(&s->grid, a->view.sort.key[0].field);

	at = at < 0 ? grid_find(&s->grid, s->field) : at + step;
	while (at >= 0 && at < s->grid.n && (int)s->grid.column[at].field >= LIST_FIELDS)
		at += step;
	sort_by(a, s, at, false);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	if (s->rows.top + 2 * (uint32_t)s->rows.place.rows + 3 > view_known(&a->view))
		app_need_list(a); /* all that can come into sight has to be there */
	switch (action) {
	case ACT_MOVE_LEFT:
		move_column(s, -1);
		break;
	case ACT_MOVE_RIGHT:
		move_column(s, 1);
		break;
	case ACT_SORT:
		sort_by(a, s, grid_find(&s->grid, s->field), false);
		break;
	case ACT_SORT_MORE:
		sort_by(a, s, grid_find(&s->grid, s->field), true);
		break;
	case ACT_SORT_LEFT:
		sort_beside(a, s, -1);
		break;
	case ACT_SORT_RIGHT:
		sort_beside(a, s, 1);
		break;
	default:
		return rows_act(a, &s->rows, action);
	}
	return true;
}

/* The heading there, the blank behind it included; -1: there is none. */
static int heading_at(const struct state *s, int row, int column)
{
	const struct rect r = s->rows.place;

	if (row != r.row - 1 || column >= r.column + r.columns)
		return -1;
	for (int i = 0; i < s->grid.n; i++) {
		const struct grid_column *x = &s->grid.column[i];

		if (column >= r.column + x->at && column <= r.column + x->at + x->width)
			return i;
	}
	return -1;
}

/* By its last sign or the blank behind it a heading is taken hold of: what is meant shows
 * when the button is let go. Elsewhere it sorts at once. */
static void click_heading(struct app *a, struct state *s, int i, int column)
{
	const struct grid_column *x = &s->grid.column[i];

	a->hold.on = column >= s->rows.place.column + x->at + x->width - 1;
	if (a->hold.on)
		s->held = (struct held){ x->field, x->width, s->grid };
	else
		sort_by(a, s, i, false);
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	const int heading = heading_at(s, row, column);

	if (heading >= 0)
		click_heading(a, s, heading, column);
	else
		(void)rows_click(a, &s->rows, row, column);
}

static void click_right(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	const int heading = heading_at(s, row, column);

	if (heading >= 0)
		sort_by(a, s, heading, true);
}

static bool has_room(struct app *a, struct state *s, int width)
{
	columns_set_width(&a->columns, (int)s->held.field, width);
	grid_layout(&s->grid, a, s->rows.place.columns);
	return grid_find(&s->grid, s->held.field) >= 0;
}

/* As with the keys, but no wider than leaves the column itself its room. */
static void resize(struct app *a, struct state *s, int width)
{
	const struct list_columns before = a->columns;

	while (!has_room(a, s, width) && width > s->held.width) {
		a->columns = before;
		width--;
	}
	if (grid_find(&s->grid, s->held.field) < 0)
		a->columns = before;
	a->dirty |= APP_LAYOUT;
}

/* What the wider column left no room for, and how that comes back. */
static void say_gone(struct app *a, const struct state *s)
{
	int gone = 0, first = 0;
	char more[32] = "";

	for (int i = s->held.grid.n - 1; i >= 0; i--) {
		const enum list_field field = s->held.grid.column[i].field;

		if (grid_find(&s->grid, field) < 0) {
			gone++;
			first = (int)field;
		}
	}
	if (gone > 1)
		snprintf(more, sizeof(more), " and %d more", gone - 1);
	if (gone)
		app_say_offers(a,
			&(struct app_offer){ SCOPE_BOOK, ACT_COLUMNS, "chooses columns" },
			1, "no room for %s%s now: drag it back, or ", column_title(first),
			more);
}

/* It is as wide as it was and what it was moved by since, so that it keeps still where
 * the name gives way to its left. */
static void drag(struct app *a, void *state, int row, int column, bool done)
{
	struct state *s = state;

	(void)row;
	if (a->hold.moved)
		resize(a, s, s->held.width + column - a->hold.column);
	if (done && a->hold.moved) {
		app_settle(a);
		views_say_lent(a);
		say_gone(a, s);
		views_remember(a);
	} else if (done)
		sort_by(a, s, grid_find(&s->grid, s->held.field), false);
}

static bool describe(struct app *a, void *state, struct subject *out)
{
	struct state *s = state;

	out->account = a->focus;
	out->field = s->field;
	if ((int)out->field >= LIST_FIELDS) /* no numbers of their own */
		out->field = LIST_HEALTH;
	return a->focus != 0;
}

/* The way back, where another screen had these accounts listed. */
static bool offers(struct app *a, const void *state, enum action action)
{
	(void)state;
	return action != ACT_BACK || a->from.set;
}

const struct screen_ops book_screen = {
	.size = sizeof(struct state),
	.open = open_book,
	.close = close_book,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.click_right = click_right,
	.drag = drag,
	.describe = describe,
	.offers = offers,
};
