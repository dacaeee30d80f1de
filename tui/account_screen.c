/* The Account screen: one account with everything about it on one page, with a cursor on
 * what can be explained, changed or followed. */
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

#include "tui/account_cursor.h"
#include "tui/account_edit.h"
#include "tui/account_strip.h"
#include "tui/hand.h"
#include "tui/preview.h"

enum { TRAIL = 16 };

struct state {
	struct page title;
	struct account_page page;
	struct account_edit edit;
	struct account_cursor cursor;
	struct account_strip strip;
	uint32_t account;
	uint32_t trail[TRAIL]; /* accounts that were left for a pair or a parent */
	int trail_n;
	bool placed; /* the cursor is on the health when the screen opens */
};

static struct account_item *here(struct state *s)
{
	return account_cursor_item(&s->cursor);
}

static void sideways(struct state *s, const struct account_view *v, int step)
{
	struct account_item *item = here(s);
	int to = s->cursor.at + step, last = v ? (int)v->trend_n - 1 : -1;

	if (!item)
		return;
	if (item->type == ITEM_TREND) {
		if (s->page.reading < 0 || s->page.reading > last)
			s->page.reading = last;
		s->page.reading += step;
		if (s->page.reading < 0)
			s->page.reading = 0;
		if (s->page.reading > last)
			s->page.reading = last;
	} else if (to >= 0 && to < s->page.n && s->page.item[to].at.row == item->at.row) {
		s->cursor.at = to;
	}
}

/* ---- the page ------------------------------------------------------------------- */

static void build(struct app *a, struct state *s)
{
	const struct account_view *v = app_account(a, s->account);
	struct account_item was = { .section = SECTION_FACTS };
	int into = 0, above = s->page.page.top;

	if (s->cursor.body.columns == 0)
		return;
	if (here(s)) {
		was = *here(s);
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
	if (s->edit.open && !s->edit.lost &&
		!(here(s) && account_edit_is(&s->edit, here(s))))
		account_edit_lose(&s->edit);
}

/* The page speaks of the account that was asked for last; another screen may have asked
 * for another one. */
static void freshen(struct app *a, struct state *s)
{
	if (seen_last(&a->seen) != s->account)
		build(a, s);
}

static void open_account(struct app *a, void *state)
{
	struct state *s = state;

	account_page_init(&s->page, a->canvas.ascii);
	page_init(&s->title, a->canvas.ascii);
	s->cursor.page = &s->page;
	s->account = a->focus;
}

static void close_account(struct app *a, void *state)
{
	struct state *s = state;

	account_edit_tell(&s->edit, a);
	account_edit_close(&s->edit);
	account_page_clear(&s->page);
	page_clear(&s->title);
}

static void end_account(struct app *a, const void *state)
{
	const struct state *s = state;

	account_edit_end(&s->edit, a);
}

/* What is shown is what actions are about, wherever the list below has its cursor: the
 * account may have left the list, or be one that was gone on to from here. */
static void hold(struct app *a, struct state *s)
{
	a->focus = s->account;
	build(a, s);
	if (app_is_gone(a, s->account)) /* a page of nobody, which is left */
		a->focus = s->account = 0;
}

static void data_changed(struct app *a, void *state)
{
	hold(a, state);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct state *s = state;
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
static void paint_lost(struct state *s, struct canvas *c)
{
	const struct rect b = s->cursor.body;

	account_edit_paint(&s->edit, c,
		(struct rect){ b.row + b.rows - 1, b.column, 1, b.columns - 1 }, b);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	struct state *s = state;
	struct account_item *item;
	struct rect line = { body.row, body.column, 1, body.columns };

	freshen(a, s);
	item = here(s);
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

/* ---- from account to account ---------------------------------------------------- */

static void show_account(struct app *a, struct state *s, uint32_t id)
{
	a->focus = s->account = id;
	s->page.reading = -1;
	input_set(&s->page.find, TEXT(""));
	build(a, s);
	s->page.page.top = 0;
	s->cursor.at = account_cursor_first(&s->cursor, SECTION_HEALTH);
}

static void step_account(struct app *a, struct state *s, int step)
{
	const struct list *l = app_list(a);
	uint32_t index = 0;

	while (l && index < l->n && l->id[index] != s->account)
		index++;
	if (!l || index == l->n) {
		app_say(a, "this account is not in the list that is shown");
		return;
	}
	if ((step < 0 && index == 0) || (step > 0 && index + 1 >= l->n)) {
		app_say(a, step < 0 ? "this is the first of the list"
				    : "this is the last of the list");
		return;
	}
	s->trail_n = 0;
	show_account(a, s, l->id[step < 0 ? index - 1 : index + 1]);
}

static void follow(struct app *a, struct state *s, struct text key)
{
	struct err e = { .text = "" };
	uint32_t id = 0;

	if (book_find(a->book, key, &id, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	if (id == s->account)
		return;
	if (s->trail_n == TRAIL)
		memmove(s->trail, s->trail + 1, (TRAIL - 1) * sizeof(*s->trail));
	else
		s->trail_n++;
	s->trail[s->trail_n - 1] = s->account;
	show_account(a, s, id);
	app_say(a, "%s leads back", keys_text(SCOPE_ACCOUNT, ACT_BACK));
}

/* ---- acting on what is under the cursor ----------------------------------------- */

static void expand(struct app *a, struct state *s)
{
	enum account_section section = here(s)->section;

	s->page.all[section] = !s->page.all[section];
	build(a, s);
	if (!s->page.all[section])
		account_cursor_section(&s->cursor, section);
	account_cursor_show(&s->cursor);
}

static void edit(struct app *a, struct state *s)
{
	const struct account_item *item = here(s);

	if (!item)
		return;
	if (item->type == ITEM_FIELD)
		account_edit_open(&s->edit, a, s->account, item);
	else if (item->type == ITEM_ROW && account_edit_has_form(item->kind))
		account_edit_row(a, s->account, item->kind, item->row, NULL);
	else
		app_say(a, "what is under the cursor can't be changed by hand");
}

static void add(struct app *a, struct state *s, enum record_kind kind)
{
	if (kind == REC_TOUCH)
		app_act(a, ACT_TOUCH);
	else
		account_edit_row(a, s->account, kind, 0, here(s));
}

static void open_item(struct app *a, struct state *s)
{
	const struct account_item *item = here(s);

	if (!item)
		return;
	if (item->follow.n)
		follow(a, s, item->follow);
	else if (item->type == ITEM_MORE)
		expand(a, s);
	else if (item->type == ITEM_ADD)
		add(a, s, item->kind);
	else if (item->kind == REC_TASK)
		hand_script(a, item->row);
	else if (item->figure != SUBJECT_FIELD ||
		 (item->explain != NOT_EXPLAINED && item->type == ITEM_NUMBER))
		app_act(a, ACT_EXPLAIN);
	else
		edit(a, s);
}

static void next_events(struct app *a, struct state *s)
{
	s->page.events = (s->page.events + 1) % ACCOUNT_EVENTS;
	build(a, s);
	account_cursor_section(&s->cursor, SECTION_TIMELINE);
}

/* ---- words of the timeline ------------------------------------------------------ */

static enum status find_words(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	struct state *s = a->state[SCREEN_ACCOUNT];

	(void)line;
	(void)e;
	if (!s)
		return ST_OK;
	input_set(&s->page.find, form_value(f, 0));
	build(a, s);
	account_cursor_section(&s->cursor, SECTION_TIMELINE);
	return ST_OK;
}

static const struct form_line find_lines[] = { { "Words", FORM_TEXT, NULL,
	"What touches, notes and all else the timeline shows must say; empty: all of it.",
	false } };
static const struct form_spec find_form = { "Find in the timeline", "find", find_lines, 1,
	find_words, NULL };

static void ask_words(struct app *a, struct state *s)
{
	struct form f = { .spec = &find_form, .account = s->account };

	f.value[0] = s->page.find;
	form_open(a, &f);
}

static void row_act(struct app *a, struct state *s, enum action action)
{
	const struct account_item *item = here(s);
	bool row = item && item->type == ITEM_ROW && item->row &&
		   item->kind != REC_ALERT && item->kind != REC_TASK;

	if (action == ACT_ROW_REMOVE && row)
		account_edit_remove(a, s->account, item);
	else if (action == ACT_ROW_DONE && row && account_edit_has_form(item->kind))
		account_edit_done(a, s->account, item);
	else
		app_say(a,
			"there is no contact, milestone or fix under the cursor; %s "
			"closes alerts",
			keys_word(SCOPE_ACCOUNT, ACT_DONE));
}

static void decided(struct app *a, const struct conflict *c)
{
	struct state *s = a->state[SCREEN_ACCOUNT];

	if (s && s->edit.open)
		account_edit_decided(&s->edit, a, c);
}

static bool act_move(struct app *a, struct state *s, enum action action)
{
	const struct account_item *item = here(s);

	if (action != ACT_MOVE_LEFT && action != ACT_MOVE_RIGHT)
		return account_cursor_act(&s->cursor, action);
	sideways(s, app_account(a, s->account), action == ACT_MOVE_LEFT ? -1 : 1);
	if (item && item->type == ITEM_TREND)
		build(a, s);
	return true;
}

static bool act(struct app *a, void *state, enum action action)
{
	struct state *s = state;

	freshen(a, s);
	if (s->edit.open) {
		account_edit_act(&s->edit, a, action, decided);
		return true;
	}
	switch (action) {
	case ACT_ACCOUNT_NEXT:
	case ACT_ACCOUNT_PREVIOUS:
		step_account(a, s, action == ACT_ACCOUNT_NEXT ? 1 : -1);
		return true;
	case ACT_BACK:
		if (s->trail_n == 0)
			return false;
		show_account(a, s, s->trail[--s->trail_n]);
		return true;
	case ACT_ITEM_OPEN:
		open_item(a, s);
		return true;
	case ACT_EDIT:
		if (here(s) && here(s)->type != ITEM_FIELD && here(s)->type != ITEM_ROW)
			hand_edit(a);
		else
			edit(a, s);
		return true;
	case ACT_CONTACT_ADD:
		add(a, s, REC_CONTACT);
		return true;
	case ACT_MILESTONE_ADD:
		add(a, s, REC_MILESTONE);
		return true;
	case ACT_FIX_ADD:
		add(a, s, REC_FIX);
		return true;
	case ACT_ROW_DONE:
	case ACT_ROW_REMOVE:
		row_act(a, s, action);
		return true;
	case ACT_EVENTS_FIND:
		ask_words(a, s);
		return true;
	case ACT_EVENTS_NEXT:
		next_events(a, s);
		return true;
	default:
		return account_edit_work(a, here(s), action) || act_move(a, s, action);
	}
}

static void click(struct app *a, void *state, int row, int column)
{
	struct state *s = state;
	int line = row - s->cursor.body.row + s->page.page.top, section;

	if (s->edit.open)
		return;
	freshen(a, s);
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
			open_item(a, s);
		else
			s->cursor.at = i;
		return;
	}
}

static bool describe(struct app *a, void *state, struct subject *out)
{
	struct state *s = state;
	const struct account_item *item;

	freshen(a, s);
	item = here(s);
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
	struct state *s = state;

	(void)a;
	return s->edit.open ? &s->edit.input : NULL;
}

static void typed(struct app *a, void *state)
{
	struct state *s = state;

	(void)a;
	if (!s->edit.lost)
		s->edit.problem[0] = '\0';
}

const struct screen_ops account_screen = {
	.size = sizeof(struct state),
	.open = open_account,
	.close = close_account,
	.end = end_account,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.describe = describe,
	.input = input,
	.typed = typed,
};
