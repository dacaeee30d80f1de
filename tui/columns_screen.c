/* Choosing columns: all there are, in their order; the table behind shows what becomes
 * of every change at once. */
#include "tui/screen.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/draw.h"
#include "tui/popup.h"
#include "tui/views.h"

enum { WIDTH = 56, TITLE_AT = 4, HELP_AT = 14, WIDTH_WIDTH = 8, LEFT_FREE = 5 };

struct state {
	struct rect box;
	int at, top;
};

/* At the right and below the first rows, so that header and some accounts are seen. */
static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;
	int above = body.rows > 3 * LEFT_FREE ? LEFT_FREE : 2;
	struct rect below = { body.row + above, body.column, body.rows - above,
		body.columns };

	(void)a;
	s->box = popup_place(below, COLUMNS, WIDTH);
	s->box.row = below.row;
	s->box.column = body.column + body.columns - s->box.columns;
}

static void follow(struct state *s)
{
	int rows = popup_inside(s->box).rows;

	if (s->at < s->top)
		s->top = s->at;
	if (s->at >= s->top + rows)
		s->top = s->at - rows + 1;
}

static void paint_row(struct canvas *c, struct rect r, const struct list_column *x)
{
	char width[32];

	if (x->shown == COLUMN_HIDDEN)
		snprintf(width, sizeof(width), "hidden");
	else if (x->now == 0)
		snprintf(width, sizeof(width), "no room");
	else
		snprintf(width, sizeof(width), x->width ? "= %d" : "%d", x->now);
	if (x->shown != COLUMN_HIDDEN)
		canvas_glyph(c, r.row, r.column + 1, x->now ? ROLE_MARK : ROLE_UNKNOWN,
			GLYPH_MARK);
	canvas_put(c, r.row, r.column + TITLE_AT, HELP_AT - TITLE_AT - 1,
		x->shown == COLUMN_HIDDEN ? ROLE_UNKNOWN : ROLE_TEXT,
		text_of(column_title(x->field)));
	canvas_put(c, r.row, r.column + HELP_AT, r.columns - HELP_AT - WIDTH_WIDTH - 1,
		ROLE_QUIET, text_of(column_help(x->field)));
	canvas_put_right(c, r.row, r.column, r.columns, ROLE_QUIET, text_of(width));
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct rect r = popup_inside(s->box);

	(void)body;
	follow(s);
	draw_box(c, s->box, "Columns");
	for (int i = 0; i < r.rows && s->top + i < COLUMNS; i++) {
		struct rect line = { r.row + i, r.column, 1, r.columns };

		paint_row(c, line, &a->columns.of[s->top + i]);
		if (s->top + i == s->at) {
			canvas_focus(c, line);
			canvas_cursor(c, line.row, line.column);
		}
	}
}

static bool move(struct state *s, enum action action)
{
	int page = s->box.rows > 4 ? s->box.rows - 3 : 1;

	switch (action) {
	case ACT_MOVE_UP:
		s->at--;
		break;
	case ACT_MOVE_DOWN:
		s->at++;
		break;
	case ACT_PAGE_UP:
		s->at -= page;
		break;
	case ACT_PAGE_DOWN:
		s->at += page;
		break;
	case ACT_MOVE_FIRST:
		s->at = 0;
		break;
	case ACT_MOVE_LAST:
		s->at = COLUMNS - 1;
		break;
	default:
		return false;
	}
	s->at = s->at < 0 ? 0 : s->at >= COLUMNS ? COLUMNS - 1 : s->at;
	return true;
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;
	struct list_columns *c = &a->columns;

	if (move(s, action))
		return true;
	switch (action) {
	case ACT_COLUMN_SHOW:
		if (c->of[s->at].field == LIST_NAME)
			app_say(a, "the name is always shown");
		columns_toggle(c, s->at);
		break;
	case ACT_COLUMN_UP:
		s->at = columns_move(c, s->at, -1);
		break;
	case ACT_COLUMN_DOWN:
		s->at = columns_move(c, s->at, 1);
		break;
	case ACT_COLUMN_NARROWER:
		columns_widen(c, s->at, -1);
		break;
	case ACT_COLUMN_WIDER:
		columns_widen(c, s->at, 1);
		break;
	case ACT_COLUMN_RESET:
		columns_init(c);
		app_say(a, "the columns are as they came with the program");
		break;
	default:
		return false;
	}
	a->columns_lent = false;
	a->dirty |= APP_LAYOUT;
	return true;
}

/* On the column under the cursor a click shows or hides. */
static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	struct rect r = popup_inside(s->box);
	int at = s->top + row - r.row;

	if (!popup_hit(s->box, row, column)) {
		app_back(a);
	} else if (row >= r.row && row < r.row + r.rows && at < COLUMNS) {
		if (at == s->at)
			app_act(a, ACT_COLUMN_SHOW);
		s->at = at;
	}
}

static void close_columns(struct app *a, void *state)
{
	(void)state;
	views_remember(a);
}

const struct screen_ops columns_screen = {
	.size = sizeof(struct state),
	.close = close_columns,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
};
