/* Actions: whether they can be done now, and doing those that no screen does itself. */
#include "tui/app.h"

#include <stdio.h>
#include <string.h>

#include "tui/confirm.h"
#include "tui/hand.h"
#include "tui/import.h"
#include "tui/me.h"
#include "tui/report_form.h"
#include "tui/shown_export.h"
#include "tui/views.h"
#include "tui/words.h"

/* A number that is no account's is explained as well. */
static bool explains(struct app *a, enum action action)
{
	const struct screen_ops *ops = screen_def(app_top(a))->ops;
	struct subject s = a->subject;

	return action == ACT_EXPLAIN && ops->describe &&
	       ops->describe(a, a->state[app_top(a)], &s);
}

/* What a popup lists is searched, whatever accounts there are. */
static bool searches_popup(const struct app *a, enum action action)
{
	return action == ACT_FILTER && screen_def(app_top(a))->kind == SCREEN_POPUP;
}

const char *app_blocked(struct app *a, enum action action)
{
	unsigned flags = action_def(action)->flags;
	const struct list *l = app_list(a);
	bool listed = l && l->n > 0;

	if (searches_popup(a, action))
		return NULL;
	if (!a->book && !(flags & (ACTION_BOOKLESS | ACTION_HIDDEN)))
		return "no book is open";
	if (((flags & ACTION_WRITES) || action == ACT_IMPORT) && a->summary.read_only)
		return "the book is open for reading only";
	if ((flags & ACTION_WRITES) && !(flags & ACTION_EMPTY) &&
		a->summary.accounts == 0)
		return "there are no accounts yet";
	if ((flags & ACTION_VIEW) && screen_def(app_top(a))->ops->whole)
		return "this screen is about all accounts, whatever is listed elsewhere";
	if ((flags & ACTION_LIST) && !listed)
		return "no account is shown";
	if ((flags & ACTION_TARGET) && a->focus == 0 && !hand_marks(a))
		return a->marks.n ? "no account is under the cursor"
				  : "no account is under the cursor, and none is marked";
	if ((flags & ACTION_ROW) && a->focus == 0 && !explains(a, action))
		return "no account is under the cursor";
	if (action == ACT_FILTER_CLEAR && a->view.filter.n == 0 && !a->columns_lent)
		return "there is no filter";
	return NULL;
}

static void say_marks(struct app *a)
{
	char money[MONEY_TEXT_MAX];
	int64_t arr = marks_arr(&a->marks, a->book);

	if (a->marks.n == 0)
		app_say(a, "no account is marked any more");
	else if (arr == MONEY_NONE)
		app_say(a, "%u marked", a->marks.n);
	else
		app_say(a, "%u marked, %s ARR together", a->marks.n,
			words_money(book_policy(a->book), arr, money));
}

static void recalculate(struct app *a)
{
	struct recalc_result r;
	struct err e = { .status = ST_OK };
	char day[DAY_TEXT_MAX], took[32] = "", ahead[RECALC_AHEAD_MAX];
	enum status st;

	book_progress(a->book, work_start(a, "Recalculating"));
	st = book_recalc(a->book, &r, &e);
	book_progress(a->book, NULL);
	work_stop(a);
	if (st != ST_OK) {
		app_fail(a, &e);
		return;
	}
	if (r.elapsed_ms > 0)
		snprintf(took, sizeof(took), " in %d.%02d s", (int)(r.elapsed_ms / 1000),
			(int)(r.elapsed_ms / 10 % 100));
	(void)recalc_ahead_text(&r, ahead);
	app_say(a, "recalculated as of %s%s: %u of %u accounts scored, %u unknown%s%s",
		day_format(r.as_of, day), took, r.scored, r.accounts, r.unknown,
		*ahead ? "; " : "", ahead);
	a->newer = false;
	a->dirty |= APP_DATA;
}

void app_mark(struct app *a)
{
	marks_set(&a->marks, a->focus, !marks_has(&a->marks, a->focus));
	say_marks(a);
}

static void quit(struct app *a)
{
	a->quit = true;
}

static void another_book(struct app *a)
{
	app_push(a, SCREEN_START);
}

/* What would be lost with it is asked about first, unless the window is too small to ask
 * in. */
static void leave_book(struct app *a, void (*leave)(struct app *a))
{
	char lost[80], question[120];

	for (int i = 0; i < SCREEN_COUNT; i++) {
		const struct screen_ops *ops = screen_def((enum screen_id)i)->ops;

		if (app_too_small(a) || !a->state[i] || !ops->unsaved ||
			!ops->unsaved(a->state[i], lost, sizeof(lost)))
			continue;
		snprintf(question, sizeof(question), "%s. Leave the book all the same?",
			lost);
		confirm_open(a, question, leave);
		return;
	}
	leave(a);
}

/* What opens or shows a screen, by the table. */
static bool act_screen(struct app *a, enum action action)
{
	int step = action == ACT_SCREEN_NEXT ? 1 : action == ACT_SCREEN_PREVIOUS ? -1 : 0;
	int at = (int)a->stack[0];

	if (action == ACT_BOOK_OTHER) {
		leave_book(a, another_book);
		return true;
	}

	for (int i = 0; i < SCREEN_COUNT; i++) {
		const struct screen_def *def = screen_def((enum screen_id)i);

		if (def->action != action || action == ACT_NONE)
			continue;
		if (def->kind == SCREEN_TAB)
			app_switch(a, (enum screen_id)i);
		else
			app_push(a, (enum screen_id)i);
		return true;
	}
	if (step == 0)
		return false;
	do {
		at = (at + step + SCREEN_COUNT) % SCREEN_COUNT;
	} while (screen_def((enum screen_id)at)->kind != SCREEN_TAB);
	app_switch(a, (enum screen_id)at);
	return true;
}

static bool act_list(struct app *a, enum action action)
{
	char text[ME_TEXT_MAX];
	struct err e = { .status = ST_OK };

	switch (action) {
	case ACT_FILTER:
		filter_line_open(a);
		break;
	case ACT_FILTER_CLEAR:
		views_leave(a);
		input_set(&a->view.filter, TEXT(""));
		a->dirty |= APP_DATA;
		break;
	case ACT_WHOSE:
		if (view_whose_next(&a->view, a->book, &e) != ST_OK)
			app_fail(a, &e);
		a->dirty |= APP_DATA;
		app_settle(a);
		if (a->view.stranger)
			app_say(a, "%s", me_unknown(a, text));
		break;
	case ACT_VIEW_SAVE:
		views_ask(a);
		break;
	case ACT_EXPORT:
		shown_export_ask(a);
		break;
	case ACT_REPORT:
		report_form_ask(a);
		break;
	case ACT_INACTIVE:
		a->view.inactive = !a->view.inactive;
		app_say(a, a->view.inactive ? "former and future customers are shown too"
					    : "only active accounts are shown");
		a->dirty |= APP_DATA;
		break;
	case ACT_MARK:
		app_mark(a);
		break;
	case ACT_MARK_ALL:
		marks_toggle_all(&a->marks, app_list(a));
		say_marks(a);
		break;
	case ACT_MARK_AGAIN:
		marks_again(&a->marks, &a->marks_before);
		say_marks(a);
		break;
	default:
		return false;
	}
	return true;
}

static bool act_program(struct app *a, enum action action)
{
	switch (action) {
	case ACT_BACK:
		app_back(a);
		break;
	case ACT_OPEN:
		app_push(a, SCREEN_ACCOUNT);
		break;
	case ACT_IMPORT:
		import_open(a);
		break;
	case ACT_RECALCULATE:
		recalculate(a);
		break;
	case ACT_MOUSE:
		a->settings.value[SETTING_MOUSE] ^= 1;
		app_say(a, a->settings.value[SETTING_MOUSE]
				   ? "the mouse works here now"
				   : "the mouse belongs to the terminal again");
		break;
	case ACT_REDRAW:
		a->redraw = true;
		break;
	case ACT_SUSPEND:
		a->suspend = true;
		break;
	case ACT_QUIT:
		leave_book(a, quit);
		break;
	default:
		return false;
	}
	return true;
}

/* What can be done where only the head of the list is there. */
static bool moves_in_view(const struct app *a, enum action action)
{
	switch (action) {
	case ACT_MOVE_UP:
	case ACT_MOVE_DOWN:
	case ACT_PAGE_UP:
	case ACT_PAGE_DOWN:
	case ACT_MOVE_FIRST:
	case ACT_MOVE_LEFT:
	case ACT_MOVE_RIGHT:
		return app_top(a) == SCREEN_BOOK || app_top(a) == SCREEN_TODAY;
	case ACT_FILTER:
	case ACT_QUIT:
		return true;
	default:
		return false;
	}
}

void app_act(struct app *a, enum action action)
{
	enum screen_id top = app_top(a);
	const struct screen_ops *ops = screen_def(top)->ops;
	const char *reason;

	a->dirty |= APP_PAINT;
	if (action == ACT_REDRAW || action == ACT_SUSPEND) {
		act_program(a, action);
		return;
	}
	if (a->filter_line.open) {
		filter_line_act(a, action);
		return;
	}
	app_settle(a);
	if (!moves_in_view(a, action))
		app_need_list(a);
	reason = app_blocked(a, action);
	if (reason) {
		app_say(a, "%s: %s", action_def(action)->title, reason);
		return;
	}
	if (action == ACT_EXPLAIN) {
		a->subject.part = 0;
		a->subject.figure = SUBJECT_FIELD;
		if (!ops->describe || !ops->describe(a, a->state[top], &a->subject)) {
			app_say(a, "there is no number under the cursor");
			return;
		}
	}
	if (ops->act && ops->act(a, a->state[top], action))
		return;
	if (!act_screen(a, action) && !act_list(a, action) && !hand_act(a, action))
		act_program(a, action);
}
