#include "tui/app_stack.h"

#include <stdio.h>
#include <string.h>

#include "tui/form.h"
#include "tui/frame.h"
#include "tui/import.h"
#include "tui/me.h"
#include "tui/recent.h"
#include "tui/setup.h"
#include "tui/start.h"
#include "tui/views.h"

const char *app_path(const struct app *a)
{
	const char *path = a->book ? book_path(a->book) : NULL;

	return path ? path : "";
}

bool app_too_small(const struct app *a)
{
	return a->canvas.rows < APP_MIN_ROWS || a->canvas.columns < APP_MIN_COLUMNS;
}

struct rect app_body(const struct app *a)
{
	return (struct rect){ 2, 0, a->canvas.rows - 4, a->canvas.columns };
}

/* ---- data ----------------------------------------------------------------------- */

static const struct account_view *get(struct app *a, uint32_t id, bool brief)
{
	struct err e = { .status = ST_OK };
	const struct account_view *v =
		id ? seen_get(&a->seen, a->book, id, brief, &e) : NULL;

	if (id && !v)
		app_fail(a, &e);
	return v;
}

const struct account_view *app_account(struct app *a, uint32_t id)
{
	return get(a, id, false);
}

bool app_is_gone(struct app *a, uint32_t id)
{
	struct book_figures f;

	return id && seen_last(&a->seen) != id &&
	       book_figures(a->book, &f, NULL) == ST_OK && !book_figures_has(&f, id);
}

const struct account_view *app_account_beside(struct app *a, uint32_t id, bool brief)
{
	if (a->pace.walk && seen_last(&a->seen) && seen_last(&a->seen) != id) {
		a->pace.owed |= OWED_BESIDE;
		return NULL;
	}
	a->pace.owed |= OWED_AHEAD;
	return get(a, id, brief);
}

/* The head of the list, or of the queue, is enough for the Book and Today as they open.
 */
static bool glance(struct app *a)
{
	struct queue *queue;
	bool there;

	if ((a->dirty & APP_WHOLE) || a->depth > 1 || a->filter_line.open)
		return false;
	if (a->stack[0] != SCREEN_TODAY)
		return a->stack[0] == SCREEN_BOOK && view_glance(&a->view, a->book);
	there = view_glance_queue(&a->view, a->book, (uint32_t)a->canvas.rows, &queue);
	queue_free(&queue); /* the screen asks for it */
	return there;
}

static enum status load_list(struct app *a, struct err *e)
{
	enum status st = ST_OK;

	book_patience(a->book, a->pace.waits, a->pace.arg);
	if (!glance(a))
		st = view_load(&a->view, a->book, e);
	if (st == ST_OK)
		st = book_summary(a->book, &a->summary, e);
	book_patience(a->book, NULL, NULL);
	return st;
}

static uint32_t first_of(struct app *a)
{
	const struct list *l = a->view.list;
	uint32_t index = 0;

	if (!l || l->n == 0)
		return 0;
	if (a->go_to == APP_TO_MEANT &&
		book_list_meant(a->book, l, input_text(&a->view.filter), &index, NULL) !=
			ST_OK)
		index = 0;
	return l->id[index];
}

/* Where somebody who waits for the screen came first all is as it was. Screens that could
 * not take in what changed say that it is due again. */
static void load(struct app *a)
{
	struct err e = { .status = ST_OK };
	enum status st = ST_OK;

	if (a->book)
		st = load_list(a, &e);
	else
		view_clear(&a->view);
	if (st == ST_CANCELLED)
		return;
	seen_keep(&a->seen, a->book);
	if (a->access != APP_SHUT_OUT)
		a->access = st == ST_OK ? APP_READ : APP_FAILED;
	if (st != ST_OK)
		app_fail(a, &e);
	a->dirty &= ~(unsigned)(APP_DATA | APP_WHOLE);
	a->dirty |= APP_PAINT | APP_LAYOUT;
	if (st == ST_OK && a->book && view_whole(&a->view))
		marks_drop_gone(&a->marks, &a->marks_before, a->book);
	if (a->go_to && !a->view.bad)
		a->focus = first_of(a);
	for (int i = 0; i < a->depth; i++) {
		const struct screen_ops *ops = screen_def(a->stack[i])->ops;

		if (ops->data_changed)
			ops->data_changed(a, a->state[a->stack[i]]);
	}
	if (!(a->dirty & APP_DATA))
		a->go_to = APP_STAY;
}

/* Keys that come in one go may act before anything of it is painted: screens find their
 * places settled all the same. */
static void settle(struct app *a, bool wait)
{
	bool (*waits)(void *) = a->pace.waits;

	a->pace.waits = wait ? NULL : waits;
	if (a->dirty & APP_DATA)
		load(a);
	a->pace.waits = waits;
	if (!(a->dirty & APP_LAYOUT) || app_too_small(a))
		return;
	for (int i = 0; i < a->depth; i++) {
		const struct screen_ops *ops = screen_def(a->stack[i])->ops;

		if (ops->layout)
			ops->layout(a, a->state[a->stack[i]], app_body(a));
	}
	a->dirty = (a->dirty & ~(unsigned)APP_LAYOUT) | APP_PAINT;
}

void app_settle(struct app *a)
{
	settle(a, true);
}

void app_need_list(struct app *a)
{
	if (a->book && !view_whole(&a->view)) {
		a->dirty |= APP_DATA | APP_WHOLE;
		app_settle(a);
	}
}

/* What is first now is what the filter was typed for. */
void app_filter_changed(struct app *a)
{
	a->go_to = APP_TO_MEANT;
	a->dirty |= APP_DATA;
}

/* ---- keeping it all up to date ------------------------------------------------ */

/* Not while something acts, which may come back to the page. */
static void leave_nobody(struct app *a)
{
	if (app_top(a) == SCREEN_ACCOUNT && a->focus == 0) {
		app_back(a);
		settle(a, false);
	}
}

static bool lacks_list(const struct app *a)
{
	return !view_whole(&a->view) && a->access == APP_READ;
}

bool app_update(struct app *a, bool hurry)
{
	app_tell_beyond(a);
	if (!a->dirty)
		return false;
	a->pace.hurry = hurry;
	a->pace.owed = 0;
	settle(a, false);
	leave_nobody(a);
	frame_paint(a);
	/* What was given up for a key is done after it. */
	a->dirty &= APP_DATA | APP_WHOLE;
	if (a->dirty || lacks_list(a))
		a->pace.owed |= OWED_PICTURE;
	if (a->book && a->pace.columns_of != book_generation(a->book) + 1 &&
		!screen_def(a->stack[0])->ops->roomy)
		a->pace.owed |= OWED_COLUMNS;
	return true;
}

/* What fails here is told when it is asked for. */
static bool make_columns(struct app *a)
{
	enum status st;

	if (!(a->pace.owed & OWED_COLUMNS))
		return false;
	book_patience(a->book, a->pace.waits, a->pace.arg);
	st = book_warm(a->book, NULL);
	book_patience(a->book, NULL, NULL);
	if (st == ST_CANCELLED)
		return true;
	a->pace.columns_of = book_generation(a->book) + 1;
	a->pace.owed &= ~(unsigned)OWED_COLUMNS;
	return true;
}

bool app_go_on(const struct app *a, int steps, int bite)
{
	return steps == 0 || ((steps < bite || !a->work.pump) && !pace_waits(&a->pace));
}

bool app_look_ahead(struct app *a)
{
	/* Another list may have the focus now. */
	const bool due = (a->pace.owed & OWED_AHEAD) && a->near.of == a->focus;

	for (int i = 0; i < APP_NEAR && due; i++)
		if (seen_ahead(&a->seen, a->book, a->near.id[i]))
			return true;
	a->pace.owed &= ~(unsigned)OWED_AHEAD;
	return false;
}

bool app_catch_up(struct app *a)
{
	const unsigned painted =
		OWED_PICTURE | OWED_MARGINS | (a->pace.walk ? 0 : OWED_BESIDE);

	if (!(a->pace.owed & painted))
		return make_columns(a);
	a->dirty |= lacks_list(a) ? APP_PAINT | APP_DATA | APP_WHOLE : APP_PAINT;
	app_update(a, false);
	return true;
}

/* The screen with a tab that the settings name; where they name none, the day's work. */
static enum screen_id first_screen(struct app *a)
{
	int tab = a->settings.value[SETTING_START] - 1, i = 0;

	if (tab < 0)
		return SCREEN_TODAY;
	while (screen_def((enum screen_id)i)->kind != SCREEN_TAB || tab-- > 0)
		i++;
	return (enum screen_id)i;
}

/* Of which the first picture is to be. */
static void look_for_queue(struct app *a)
{
	struct queue_query q;

	if (a->stack[0] == SCREEN_TODAY &&
		view_queue(&a->view, a->book, &q, NULL) == ST_OK)
		book_begin_with(a->book, &q);
}

static void begin(struct app *a)
{
	const enum me me = a->book ? me_begin(a) : ME_STRANGER;
	bool mine;

	/* Until it is loaded, which somebody who types goes before. */
	a->summary =
		(struct book_summary){ .figures_day = DAY_NONE, .review_day = DAY_NONE };
	a->dirty |= APP_DATA | APP_LAYOUT;
	if (a->book)
		book_offer_picture(a->book, a->host->picture);
	app_stack_begin(a, a->book ? first_screen(a) : SCREEN_START);
	mine = me == ME_CSM && a->stack[0] == SCREEN_TODAY;
	a->view.whose = mine ? WHOSE_MINE : a->view.whose;
	look_for_queue(a);
	views_resume(a);
	if (mine) /* a day begins with one's own accounts */
		a->view.whose = WHOSE_MINE;
	else if (me == ME_STRANGER && a->view.whose == WHOSE_MINE)
		a->view.whose = WHOSE_ALL;
	look_for_queue(a);
	load(a);
	if (!a->book)
		return;
	a->started = book_now(a->book);
	recent_add(a, app_path(a));
	if (start_offer(a))
		return;
	if (me == ME_STRANGER)
		me_offer(a);
	setup_offer(a);
}

void app_open(struct app *a, const struct app_start *start)
{
	static const struct host nothing;
	struct err e = { .status = ST_INVALID };

	*a = (struct app){ .book = start->book,
		.host = start->host ? start->host : &nothing,
		.depth = 1 };
	canvas_init(&a->canvas, start->ascii);
	a->settings = *start->settings;
	kept_init(&a->kept, a->host->kept);
	view_init(&a->view);
	columns_init(&a->columns);
	arena_init(&a->filter_line.suggest.arena);
	canvas_reset(&a->canvas, start->rows, start->columns);
	begin(a);
	/* The last one told is the one that is read first. */
	for (int k = a->settings.problems < SETTINGS_PROBLEMS ? a->settings.problems
							      : SETTINGS_PROBLEMS;
		k-- > 0;) {
		snprintf(e.text, sizeof(e.text), "%s", a->settings.problem[k]);
		app_fail(a, &e);
	}
}

/* All that is of the book, and it. */
static void leave_book(struct app *a)
{
	suggest_leave(a, false);
	app_stack_end(a);
	seen_clear(&a->seen);
	view_clear(&a->view);
	marks_clear(&a->marks);
	marks_clear(&a->marks_before);
	form_forget(a);
	if (a->own_book)
		book_free(&a->book);
}

void app_use(struct app *a, struct book *b)
{
	views_remember(a);
	leave_book(a);
	a->book = b;
	a->own_book = true;
	a->focus = 0;
	a->filter_line.open = a->newer = false;
	a->go_to = APP_STAY;
	a->access = APP_READ;
	a->pace.columns_of = 0;
	a->told = (struct app_told){ 0 };
	view_init(&a->view);
	columns_init(&a->columns);
	a->columns_lent = false;
	a->from.set = false;
	begin(a);
}

void app_close(struct app *a)
{
	enum screen_id first;

	views_remember(a);
	app_stack_leave(a);
	(void)kept_write(a);
	first = a->book ? first_screen(a) : SCREEN_START;
	if (first == SCREEN_BOOK || first == SCREEN_TODAY)
		views_picture(a, first == SCREEN_TODAY);
	leave_book(a);
	messages_clear(&a->messages);
	kept_clear(&a->kept);
	import_kept_end(a);
	canvas_clear(&a->canvas);
}
