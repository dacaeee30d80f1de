/* The Account screen: one account with everything about it on one page, with a cursor on
 * what can be explained, changed or followed. */
#include "tui/account_screen.h"

#include "tui/preview.h"

/* ---- the page ------------------------------------------------------------------- */

void account_screen_build(struct app *a, struct account_screen *s)
{
	const struct account_view *v = app_account(a, s->account);
	const struct account_item *here = account_cursor_item(&s->cursor);
	struct account_item was = { .section = SECTION_FACTS };
	int into = 0, above = s->page.page.top;

	if (s->cursor.body.columns == 0)
		return;
	if (here) {
		was = *here;
		into = s->cursor.at - account_cursor_first(&s->cursor, was.section);
		above -= s->page.first[was.section];
	}
	page_reset(&s->title, s->cursor.body.columns - 1);
	if (v)
		preview_head(a, &s->title, &v->row);
	account_page_build(&s->page, a, v, s->cursor.body.columns - 1);
	/* What is read stays where it is, also when something above it grew. */
	s->page.page.top = above + s->page.first[was.section];
	account_cursor_restore(&s->cursor, &was, into);
	here = account_cursor_item(&s->cursor);
	if (s->edit.open && !s->edit.lost && !(here && account_edit_is(&s->edit, here)))
		account_edit_lose(&s->edit);
}

void account_screen_freshen(struct app *a, struct account_screen *s)
{
	if (seen_last(&a->seen) != s->account)
		account_screen_build(a, s);
}

static void open_account(struct app *a, void *state)
{
	struct account_screen *s = state;

	account_page_init(&s->page, a->canvas.ascii);
	page_init(&s->title, a->canvas.ascii);
	s->cursor.page = &s->page;
	s->account = a->focus;
}

static void close_account(struct app *a, void *state)
{
	struct account_screen *s = state;

	account_edit_tell(&s->edit, a);
	account_edit_close(&s->edit);
	account_page_clear(&s->page);
	page_clear(&s->title);
}

static void end_account(struct app *a, const void *state)
{
	const struct account_screen *s = state;

	account_edit_end(&s->edit, a);
}

/* What is shown is what actions are about, wherever the list below has its cursor: the
 * account may have left the list, or be one that was gone on to from here. */
static void hold(struct app *a, struct account_screen *s)
{
	a->focus = s->account;
	account_screen_build(a, s);
	if (app_is_gone(a, s->account)) /* a page of nobody, which is left */
		a->focus = s->account = 0;
}

static void data_changed(struct app *a, void *state)
{
	hold(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct account_screen *s = state;
	const int above = 1 + account_strip_layout(&s->strip, body);

	s->cursor.body = body;
	s->cursor.body.row += above;
	s->cursor.body.rows -= above;
	hold(a, s);
	if (!s->placed)
		account_cursor_begin(&s->cursor, a, app_account(a, s->account));
	s->placed = true;
	account_cursor_show(&s->cursor);
}

/* In the last line, with what became of its own below the title. */
static void paint_lost(struct account_screen *s, struct canvas *c)
{
	const struct rect b = s->cursor.body;

	account_edit_paint(&s->edit, c,
		(struct rect){ b.row + b.rows - 1, b.column, 1, b.columns - 1 }, b);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct account_screen *s = state;
	struct account_item *item;
	struct rect line = { body.row, body.column, 1, body.columns };

	account_screen_freshen(a, s);
	item = account_cursor_item(&s->cursor);
	canvas_copy(c, line, &s->title.c, 0);
	account_strip_paint(&s->strip, c, body.row + 1, item ? (int)item->section : -1);
	page_paint(&s->page.page, c, s->cursor.body);
	if (s->edit.lost)
		paint_lost(s, c);
	if (!item || s->edit.lost)
		return;
	line = (struct rect){ s->cursor.body.row + item->at.row - s->page.page.top,
		item->at.column, item->at.rows, item->at.columns };
	if (line.row < s->cursor.body.row) {
		line.rows -= s->cursor.body.row - line.row;
		line.row = s->cursor.body.row;
	}
	if (line.row + line.rows > s->cursor.body.row + s->cursor.body.rows)
		line.rows = s->cursor.body.row + s->cursor.body.rows - line.row;
	if (line.rows <= 0)
		return;
	canvas_cursor(c, line.row, line.column);
	if (s->edit.open) {
		line.rows = 1;
		line.column = item->value;
		line.columns = s->cursor.body.columns - 1 - item->value;
		account_edit_paint(&s->edit, c, line, s->cursor.body);
	} else if (item->type != ITEM_TREND) {
		canvas_focus(c, line);
	}
}

static void click(struct app *a, void *state, int row, int column)
{
	struct account_screen *s = state;
	int line = row - s->cursor.body.row + s->page.page.top, section;

	if (s->edit.open)
		return;
	account_screen_freshen(a, s);
	section =
		row == s->cursor.body.row - 1 ? account_strip_at(&s->strip, column) : -1;
	if (section >= 0)
		account_cursor_section(&s->cursor, (enum account_section)section);
	if (row < s->cursor.body.row || row >= s->cursor.body.row + s->cursor.body.rows)
		return;
	for (int i = 0; i < s->page.n; i++) {
		const struct rect *r = &s->page.item[i].at;

		if (!canvas_hit(*r, line, column))
			continue;
		if (s->cursor.at == i)
			account_act_open(a, s);
		else
			s->cursor.at = i;
		return;
	}
}

static bool describe(struct app *a, void *state, struct subject *out)
{
	struct account_screen *s = state;
	const struct account_item *item;

	account_screen_freshen(a, s);
	item = account_cursor_item(&s->cursor);
	if (!item || (item->explain == NOT_EXPLAINED && item->figure == SUBJECT_FIELD))
		return false;
	out->account = s->account;
	out->figure = item->figure;
	out->field = (enum list_field)item->explain;
	out->part = item->part;
	return true;
}

static struct input *input(struct app *a, void *state)
{
	struct account_screen *s = state;

	(void)a;
	return s->edit.open ? &s->edit.input : NULL;
}

static void typed(struct app *a, void *state)
{
	struct account_screen *s = state;

	(void)a;
	if (!s->edit.lost)
		s->edit.problem[0] = '\0';
}

const struct screen_ops account_screen = {
	.size = sizeof(struct account_screen),
	.open = open_account,
	.close = close_account,
	.end = end_account,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = account_act,
	.click = click,
	.describe = describe,
	.input = input,
	.typed = typed,
};
