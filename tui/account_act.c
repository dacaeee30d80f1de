/* The Account screen: what keys do, from account to account and to what is under the
 * cursor. */
#include "tui/account_screen.h"

#include <string.h>

#include "tui/hand.h"

/* ---- from account to account ---------------------------------------------------- */

static void show_account(struct app *a, struct account_screen *s, uint32_t id)
{
	a->focus = s->account = id;
	s->page.reading = -1;
	input_set(&s->page.find, TEXT(""));
	account_screen_build(a, s);
	s->page.page.top = 0;
	s->cursor.at = account_cursor_first(&s->cursor, SECTION_HEALTH);
}

static void step_account(struct app *a, struct account_screen *s, int step)
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

static void follow(struct app *a, struct account_screen *s, struct text key)
{
	struct err e = { .text = "" };
	uint32_t id = 0;

	if (book_find(a->book, key, &id, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
	if (id == s->account)
		return;
	if (s->trail_n == ACCOUNT_TRAIL)
		memmove(s->trail, s->trail + 1, (ACCOUNT_TRAIL - 1) * sizeof(*s->trail));
	else
		s->trail_n++;
	s->trail[s->trail_n - 1] = s->account;
	show_account(a, s, id);
	app_say(a, "%s leads back", keys_text(SCOPE_ACCOUNT, ACT_BACK));
}

/* ---- acting on what is under the cursor ----------------------------------------- */

static void expand(struct app *a, struct account_screen *s)
{
	enum account_section section = account_cursor_item(&s->cursor)->section;

	s->page.all[section] = !s->page.all[section];
	account_screen_build(a, s);
	if (!s->page.all[section])
		account_cursor_section(&s->cursor, section);
	account_cursor_show(&s->cursor);
}

static void edit(struct app *a, struct account_screen *s)
{
	const struct account_item *item = account_cursor_item(&s->cursor);

	if (!item)
		return;
	if (item->type == ITEM_FIELD)
		account_edit_open(&s->edit, a, s->account, item);
	else if (item->type == ITEM_ROW && account_edit_has_form(item->kind))
		account_edit_row(a, s->account, item->kind, item->row, NULL);
	else
		app_say(a, "what is under the cursor can't be changed by hand");
}

static void add(struct app *a, struct account_screen *s, enum record_kind kind)
{
	if (kind == REC_TOUCH)
		app_act(a, ACT_TOUCH);
	else
		account_edit_row(a, s->account, kind, 0, account_cursor_item(&s->cursor));
}

void account_act_open(struct app *a, struct account_screen *s)
{
	const struct account_item *item = account_cursor_item(&s->cursor);

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

static void next_events(struct app *a, struct account_screen *s)
{
	s->page.events = (s->page.events + 1) % ACCOUNT_EVENTS;
	account_screen_build(a, s);
	account_cursor_section(&s->cursor, SECTION_TIMELINE);
}

/* ---- words of the timeline ------------------------------------------------------ */

static enum status find_words(
	struct app *a, const struct form *f, int *line, struct err *e)
{
	struct account_screen *s = a->state[SCREEN_ACCOUNT];

	(void)line;
	(void)e;
	if (!s)
		return ST_OK;
	input_set(&s->page.find, form_value(f, 0));
	account_screen_build(a, s);
	account_cursor_section(&s->cursor, SECTION_TIMELINE);
	return ST_OK;
}

static const struct form_line find_lines[] = { { "Words", FORM_TEXT, NULL,
	"What touches, notes and all else the timeline shows must say; empty: all of it.",
	false } };
static const struct form_spec find_form = { "Find in the timeline", "find", find_lines, 1,
	find_words, NULL };

static void ask_words(struct app *a, struct account_screen *s)
{
	struct form f = { .spec = &find_form, .account = s->account };

	f.value[0] = s->page.find;
	form_open(a, &f);
}

static void row_act(struct app *a, struct account_screen *s, enum action action)
{
	const struct account_item *item = account_cursor_item(&s->cursor);
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
	struct account_screen *s = a->state[SCREEN_ACCOUNT];

	if (s && s->edit.open)
		account_edit_decided(&s->edit, a, c);
}

static void sideways(struct account_screen *s, const struct account_view *v, int step)
{
	struct account_item *item = account_cursor_item(&s->cursor);
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

static bool act_move(struct app *a, struct account_screen *s, enum action action)
{
	const struct account_item *item = account_cursor_item(&s->cursor);

	if (action != ACT_MOVE_LEFT && action != ACT_MOVE_RIGHT)
		return account_cursor_act(&s->cursor, action);
	sideways(s, app_account(a, s->account), action == ACT_MOVE_LEFT ? -1 : 1);
	if (item && item->type == ITEM_TREND)
		account_screen_build(a, s);
	return true;
}

bool account_act(struct app *a, void *state, enum action action)
{
	struct account_screen *s = state;

	account_screen_freshen(a, s);
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
		account_act_open(a, s);
		return true;
	case ACT_EDIT:
		if (account_cursor_item(&s->cursor) &&
			account_cursor_item(&s->cursor)->type != ITEM_FIELD &&
			account_cursor_item(&s->cursor)->type != ITEM_ROW)
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
		return account_edit_work(a, account_cursor_item(&s->cursor), action) ||
		       act_move(a, s, action);
	}
}
