/* Choosing columns: all there are, in their order; the table behind shows what becomes
 * of every change at once. */
#include "tui/screen.h"

#include <stdio.h>

#include "tui/app.h"
#include "tui/pick.h"
#include "tui/popup.h"
#include "tui/views.h"

enum {
	WIDTH = 56,
	HELP_ROWS = 2,
	TITLE_AT = 4,
	HELP_AT = 14,
	WIDTH_WIDTH = 8,
	LEFT_FREE = 5
};

/* At the right and below the first rows, so that header and some accounts are seen. */
static void layout(struct app *a, void *state, struct rect body)
{
	struct pick *p = state;
	int above = body.rows > 3 * LEFT_FREE ? LEFT_FREE : 2;
	struct rect below = { body.row + above, body.column, body.rows - above,
		body.columns };

	(void)a;
	p->box = popup_place(below, COLUMNS + HELP_ROWS, WIDTH);
	p->box.row = below.row;
	p->box.column = body.column + body.columns - p->box.columns;
}

static int count(struct app *a, void *state)
{
	(void)a;
	(void)state;
	return COLUMNS;
}

static void paint_row(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	const struct list_column *x = &a->columns.of[item];
	char width[32];

	(void)state;
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

/* What the line has no room for. */
static void paint_help(
	struct app *a, void *state, struct canvas *c, struct rect r, int item)
{
	(void)state;
	pick_help(c, r, column_help(a->columns.of[item].field));
}

/* A second click shows or hides the column. */
static void choose(struct app *a, void *state, int item)
{
	(void)state;
	(void)item;
	app_act(a, ACT_COLUMN_SHOW);
}

static void open_columns(struct app *a, void *state)
{
	static const struct pick_list list = { .title = "Columns",
		.rows = COLUMNS,
		.columns = WIDTH,
		.count = count,
		.paint = paint_row,
		.below = HELP_ROWS,
		.foot = paint_help,
		.choose = choose };

	pick_open(a, state, &list);
}

static bool act(struct app *a, void *state, enum action action)
{
	struct pick *p = state;
	struct list_columns *c = &a->columns;

	switch (action) {
	case ACT_COLUMN_SHOW:
		if (c->of[p->at].field == LIST_NAME)
			app_say(a, "the name is always shown");
		columns_toggle(c, p->at);
		break;
	case ACT_COLUMN_UP:
		p->at = columns_move(c, p->at, -1);
		break;
	case ACT_COLUMN_DOWN:
		p->at = columns_move(c, p->at, 1);
		break;
	case ACT_COLUMN_NARROWER:
		columns_widen(c, p->at, -1);
		break;
	case ACT_COLUMN_WIDER:
		columns_widen(c, p->at, 1);
		break;
	case ACT_COLUMN_RESET:
		columns_init(c);
		app_say(a, "the columns are as they came with the program");
		break;
	default:
		return pick_act(a, state, action);
	}
	a->dirty |= APP_LAYOUT;
	return true;
}

static void close_columns(struct app *a, void *state)
{
	pick_close(a, state);
	views_say_lent(a);
	views_remember(a);
}

const struct screen_ops columns_screen = {
	.size = sizeof(struct pick),
	.open = open_columns,
	.close = close_columns,
	.layout = layout,
	.paint = pick_paint,
	.act = act,
	.click = pick_click,
};
