/* What comes in from outside, as actions, text and clicks for the screens. */
#include "tui/app.h"

#include <stdlib.h>

#include "core/convert.h"
#include "tui/frame.h"

static void typed(struct app *a)
{
	const struct screen_ops *ops = screen_def(app_top(a))->ops;

	if (a->filter_line.open)
		filter_line_typed(a);
	else if (ops->typed)
		ops->typed(a, a->state[app_top(a)]);
	a->dirty |= APP_PAINT;
}

/* Half a text is worse than none: what can't be read is said. */
static void say_unreadable(struct app *a)
{
	app_say(a, "a letter could not be read: let the terminal send UTF-8, and start "
		   "in a UTF-8 locale, as in LC_ALL=C.UTF-8");
	a->message.bad = true;
}

/* What is not seen is not done. */
static bool blind(const struct app *a, enum action action)
{
	return app_too_small(a) && action != ACT_QUIT && action != ACT_SUSPEND &&
	       action != ACT_REDRAW;
}

/* What is typed beyond the end is not there, which nobody should find out later. */
static void say_full(struct app *a, const struct input *in)
{
	if (input_full(in))
		app_say(a,
			"the line is full: it takes %d characters, the rest is left "
			"out",
			INPUT_MAX);
}

/* What goes into the book is typed there. */
static bool writes(struct app *a)
{
	return !a->filter_line.open && app_typing(a) &&
	       (app_top(a) == SCREEN_FORM || app_top(a) == SCREEN_ACCOUNT);
}

/* Text that goes on when its line has closed is left out, until that was shown or
 * somebody presses what no text has, or uses the mouse. */
static bool goes_on(struct app *a, int32_t key)
{
	const bool text = key_is_letter(key) || key == KEY_ENTER_ || key == '\t';
	struct app_beyond *b = &a->beyond;

	b->closed &= a->pace.unseen && text && !app_typing(a);
	if (b->closed)
		b->untold |= input_key(&b->text, key_is_letter(key) ? key : ' ');
	return b->closed;
}

static void do_key(struct app *a, int32_t key)
{
	const enum action action = keys_find(app_scope(a), key);
	const struct screen_ops *ops = screen_def(app_top(a))->ops;
	struct input *in;

	if (blind(a, action))
		return;
	app_hush(a);
	a->dirty |= APP_PAINT;
	if (ops->key && !a->filter_line.open && ops->key(a, a->state[app_top(a)], key))
		return;
	if (action != ACT_NONE) {
		app_act(a, action);
		return;
	}
	in = app_typing(a);
	if (in && input_key(in, key))
		typed(a);
	if (in)
		say_full(a, in);
	if (in && input_unreadable(input_text(in)))
		say_unreadable(a); /* as long as its sign stands there */
}

static void on_key(struct app *a, int32_t key)
{
	bool wrote;

	if (goes_on(a, key))
		return;
	wrote = writes(a);
	do_key(a, key);
	a->beyond.closed = wrote && !writes(a);
	if (a->beyond.closed)
		input_set(&a->beyond.text, TEXT(""));
}

static void on_paste(struct app *a, struct text t)
{
	struct input *in = app_typing(a);

	if (blind(a, ACT_NONE))
		return;
	if (!in) {
		app_say(a, "pasted text goes into a line you type, such as the filter");
		return;
	}
	if (input_unreadable(t))
		say_unreadable(a);
	else if (input_paste(in, t))
		typed(a);
	say_full(a, in);
}

static void on_click(struct app *a, int row, int column)
{
	enum screen_id top = app_top(a);
	const struct screen_ops *ops = screen_def(top)->ops;
	bool covered = a->filter_line.open || screen_def(top)->kind == SCREEN_POPUP;
	enum action action = frame_hit(a, row, column);

	a->hold = (struct app_hold){ .top = top, .row = row, .column = column };
	if (blind(a, ACT_NONE))
		return;
	app_settle(a);
	app_need_list(a);
	a->dirty |= APP_PAINT;
	if (action != ACT_NONE && (!covered || row == a->canvas.rows - 1)) {
		app_hush(a);
		app_act(a, action);
	} else if (a->filter_line.open) {
		suggest_click(a, row, column);
	} else if (ops->click) {
		ops->click(a, a->state[top], row, column);
	} else if (screen_def(top)->kind == SCREEN_POPUP) {
		app_back(a);
	}
}

static void on_right_click(struct app *a, int row, int column)
{
	enum screen_id top = app_top(a);
	const struct screen_ops *ops = screen_def(top)->ops;

	if (a->filter_line.open || !ops->click_right || blind(a, ACT_NONE))
		return;
	app_settle(a);
	app_need_list(a);
	ops->click_right(a, a->state[top], row, column);
}

static void on_drag(struct app *a, const struct event *ev)
{
	enum screen_id top = app_top(a);
	const struct screen_ops *ops = screen_def(top)->ops;

	if (a->filter_line.open || !a->hold.on || a->hold.top != top)
		return;
	app_settle(a);
	a->dirty |= APP_PAINT;
	a->hold.moved |= ev->row != a->hold.row || ev->column != a->hold.column;
	a->hold.on = !ev->done;
	ops->drag(a, a->state[top], ev->row, ev->column, ev->done);
}

static void on_tick(struct app *a)
{
	struct err e = { .status = ST_OK };
	bool changed = false;

	if (!a->book)
		return;
	if (book_refresh(a->book, &changed, &e) != ST_OK) {
		app_fail(a, &e);
	} else if (a->access == APP_SHUT_OUT && book_readable(a->book)) {
		a->access = APP_READ;
		app_say(a, "the book is free again: shown anew");
		a->dirty |= APP_DATA;
	} else if (changed) {
		app_say(a, "the book was changed elsewhere: shown anew");
		a->dirty |= APP_DATA;
	}
}

void app_look_again(struct app *a)
{
	on_tick(a);
	a->dirty |= APP_DATA;
	app_settle(a);
}

void app_tell_beyond(struct app *a)
{
	const struct text typed = text_trim(input_text(&a->beyond.text));

	if (a->beyond.untold && typed.n)
		app_say(a, "typed on after it had closed, and left out: %.*s",
			convert_shown(typed, 60), typed.s);
	a->beyond.untold = false;
}

void app_event(struct app *a, const struct event *ev)
{
	enum action wheel = ev->step < 0 ? ACT_MOVE_UP : ACT_MOVE_DOWN;

	a->beyond.closed &= ev->type != EVENT_CLICK && ev->type != EVENT_WHEEL;
	switch (ev->type) {
	case EVENT_KEY:
		on_key(a, ev->key);
		break;
	case EVENT_PASTE:
		on_paste(a, ev->text);
		break;
	case EVENT_CLICK:
		(ev->right ? on_right_click : on_click)(a, ev->row, ev->column);
		break;
	case EVENT_DRAG:
		on_drag(a, ev);
		break;
	case EVENT_WHEEL:
		for (int i = abs(ev->step) * a->settings.value[SETTING_WHEEL];
			i > 0 && !a->filter_line.open && !blind(a, wheel); i--)
			app_act(a, wheel);
		break;
	case EVENT_RESIZE:
		canvas_reset(&a->canvas, ev->row, ev->column);
		a->dirty |= APP_LAYOUT;
		break;
	case EVENT_TICK:
		on_tick(a);
		break;
	}
}
