/* The Today screen: whom to call and why, the dearest first. */
#include "tui/today.h"

#include <stdlib.h>
#include <string.h>

#include "tui/mem.h"
#include "tui/people.h"

const struct queue_row *today_here(const struct today *t)
{
	return t->queue && t->rows.at < t->queue->known ? &t->queue->row[t->rows.at]
							: NULL;
}

/* ---- what it says ---------------------------------------------------------------- */

const struct today_said *today_said(struct app *a, struct today *t, uint32_t row)
{
	struct today_said *x = &t->said[row % TODAY_SAID];

	if (x->of != row + 1) {
		queue_why(a->book, &t->queue->row[row], x->why);
		queue_next(a->book, &t->queue->row[row], x->next);
		x->of = row + 1;
	}
	return x;
}

static void forget_said(struct today *t)
{
	for (int i = 0; i < TODAY_SAID; i++)
		t->said[i].of = 0;
}

/* ---- the queue ------------------------------------------------------------------ */

static bool is_same(const struct today_asked *x, const struct today_asked *y)
{
	return x->generation == y->generation && x->whose == y->whose &&
	       x->csm == y->csm &&
	       text_eq(input_text(&x->filter), input_text(&y->filter));
}

static void take_queue(struct today *t, struct queue *q)
{
	forget_said(t);
	queue_free(&t->queue);
	t->queue = q;
	free(t->list.id);
	t->list = (struct list){ .n = q->n,
		.known = q->known,
		.id = mem_new((size_t)q->n + 1, sizeof(*t->list.id)) };
	t->rows.headings = 0;
	for (uint32_t s = 0, first = 0; s < QUEUE_SECTIONS; first += q->in[s++])
		if (q->in[s] > 0)
			t->rows.heading[t->rows.headings++] = first;
	t->rows.tail = q->asleep > 0;
	for (uint32_t i = 0; i < q->known; i++)
		t->list.id[i] = q->row[i].account;
	window_drop(&t->window);
}

/* Of the first picture, as long as the list is from there; else a key that is waiting
 * comes first. */
static enum status ask(struct app *a, struct queue **out, struct err *e)
{
	struct queue_query q;
	struct list *list;
	enum status st = view_queue(&a->view, a->book, &q, e);

	if (st == ST_OK && !view_whole(&a->view)) {
		st = book_queue_first(a->book, &q, 0, out, &list, e);
		list_free(&list);
		if (st != ST_OK || *out)
			return st;
	}
	if (st != ST_OK)
		return st;
	book_patience(a->book, a->pace.waits, a->pace.arg);
	st = book_queue(a->book, &q, out, NULL, e);
	book_patience(a->book, NULL, NULL);
	return st;
}

/* The filter in force is the view's, also while it has an error and the last good one
 * holds: then the queue stays as well. */
static void load(struct app *a, struct today *t)
{
	const struct view *v = &a->view;
	const struct today_asked want = {
		.generation = book_generation(a->book),
		.whose = v->whose,
		.csm = v->whose == WHOSE_ONE || v->whose == WHOSE_TEAM ? v->csm : 0,
		.filter = v->filter,
	};
	struct queue *made = NULL;
	struct err e = { .text = "" };
	enum status st;

	if (!v->list) /* the view comes first: it may be another one by then */
		return;
	if (v->bad ||
		(t->queue && t->queue->known == t->queue->n && is_same(&want, &t->asked)))
		return;
	st = ask(a, &made, &e);
	a->dirty |= st == ST_CANCELLED ? APP_DATA : 0;
	if (st != ST_OK && st != ST_CANCELLED)
		app_fail(a, &e);
	if (st != ST_OK)
		return;
	take_queue(t, made);
	t->asked = want;
	t->asked.generation = book_generation(a->book); /* asking may have refreshed it */
}

static void open_today(struct app *a, void *state)
{
	struct today *t = state;

	(void)a;
	window_init(&t->window);
	t->here = TODAY_WHY;
	t->away = true;
}

static void close_today(struct app *a, void *state)
{
	struct today *t = state;

	(void)a;
	window_clear(&t->window);
	queue_free(&t->queue);
	free(t->list.id);
}

static void leave_today(struct app *a, void *state)
{
	(void)a;
	((struct today *)state)->away = true;
}

/* How many wait whom the filter leaves out. */
static enum status left_out(
	struct app *a, const struct today *t, uint32_t *n, struct err *e)
{
	struct queue_query q;
	struct queue *all = NULL;
	enum status st = view_queue(&a->view, a->book, &q, e);

	q.where = TEXT("");
	book_patience(a->book, a->pace.waits, a->pace.arg);
	if (st == ST_OK)
		st = book_queue(a->book, &q, &all, NULL, e);
	book_patience(a->book, NULL, NULL);
	*n = all && all->n > t->queue->n ? all->n - t->queue->n : 0;
	queue_free(&all);
	return st;
}

/* Whoever comes here with a filter of another screen misses whom it leaves out: said once
 * of each. What is typed here is seen as it is typed. */
static void tell_filter(struct app *a, struct today *t)
{
	const struct text filter = input_text(&a->view.filter);
	struct err ignored;
	uint32_t n = 0;

	if (!t->queue || a->view.bad || app_base(a) != SCREEN_TODAY)
		return;
	if (t->away && filter.n && !text_eq(filter, input_text(&t->told))) {
		const enum status st = left_out(a, t, &n, &ignored);

		a->dirty |= st == ST_CANCELLED ? APP_DATA : 0;
		if (st == ST_CANCELLED)
			return;
		if (n)
			app_say(a,
				"the filter leaves out %u of the %u accounts that wait: "
				"%s "
				"takes it off",
				n, n + t->queue->n,
				keys_word(SCOPE_TODAY, ACT_FILTER_CLEAR));
	}
	t->away = false;
	t->told = a->view.filter;
}

static bool find(const struct today *t, uint32_t account, uint32_t *row)
{
	for (uint32_t i = 0; t->queue && account && i < t->queue->known; i++) {
		if (t->queue->row[i].account == account) {
			*row = i;
			return true;
		}
	}
	return false;
}

/* The account that the words of a filter mean, else the first. */
static uint32_t first_of(struct app *a, const struct today *t)
{
	uint32_t index = 0;
	struct err ignored;

	if (a->go_to != APP_TO_MEANT || t->list.n == 0 ||
		book_list_meant(a->book, &t->list, input_text(&a->view.filter), &index,
			&ignored) != ST_OK)
		return 0;
	return index;
}

/* The cursor stays on its account; where that is done with, on the one behind it. */
static void data_changed(struct app *a, void *state)
{
	struct today *t = state;
	uint32_t row;

	load(a, t);
	tell_filter(a, t);
	if (a->go_to) {
		t->rows.at = first_of(a, t);
		t->rows.top = 0;
	} else if (find(t, a->focus, &row)) {
		rows_find(&t->rows, row);
	}
	rows_follow(a, &t->rows);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct today *t = state;

	today_layout(t, body);
	if (t->place[t->here].width == 0)
		t->here = TODAY_WHY;
	rows_follow(a, &t->rows);
}

static void paint(struct app *a, void *state, struct canvas *c, struct rect body)
{
	(void)body;
	today_paint(a, state, c);
}

static const struct list *list(const void *state)
{
	const struct today *t = state;

	return t->queue ? &t->list : NULL;
}

/* ---- acting --------------------------------------------------------------------- */

static void move_column(struct today *t, int step)
{
	int to = (int)t->here + step;

	while (to >= 0 && to < TODAY_COLUMNS && t->place[to].width == 0)
		to += step;
	if (to >= 0 && to < TODAY_COLUMNS)
		t->here = (enum today_column)to;
}

static bool act(struct app *a, void *state, enum action action)
{
	struct today *t = state;
	const uint32_t page = t->rows.place.rows > 1 ? (uint32_t)t->rows.place.rows : 1;

	if (t->queue && t->rows.top + 2 * page + 3 > t->queue->known)
		app_need_list(a); /* all that can come into sight has to be there */
	switch (action) {
	case ACT_MOVE_LEFT:
		move_column(t, -1);
		break;
	case ACT_MOVE_RIGHT:
		move_column(t, 1);
		break;
	default:
		return rows_act(a, &t->rows, action);
	}
	return true;
}

/* Whoever clicks on a heading wants another order. */
static void say_order(struct app *a)
{
	app_say(a,
		"Today has one order, money at risk x worst alert; the Book (%s) sorts "
		"by any",
		keys_word(SCOPE_TODAY, ACT_SCREEN_BOOK));
}

static void click(struct app *a, void *state, int row, int column)
{
	struct today *t = state;
	const int left = t->rows.place.column;
	const bool heading =
		row == t->rows.place.row - 1 && column < left + t->rows.place.columns;

	if (heading)
		say_order(a);
	else if (!rows_click(a, &t->rows, row, column))
		return;
	for (int i = 0; i < TODAY_COLUMNS; i++)
		if (t->place[i].width && column >= left + t->place[i].at &&
			column < left + t->place[i].at + t->place[i].width)
			t->here = (enum today_column)i;
}

/* What a column shows, as what can be explained. */
static bool describe(struct app *a, void *state, struct subject *out)
{
	struct today *t = state;

	out->account = a->focus;
	switch (t->here) {
	case TODAY_TIER:
		out->field = LIST_TIER;
		break;
	case TODAY_RISK:
		out->figure = SUBJECT_RISK;
		break;
	case TODAY_RENEWAL:
		out->field = LIST_RENEWAL;
		break;
	case TODAY_SPARK:
		out->field = LIST_HEALTH;
		break;
	default:
		out->figure = SUBJECT_ALERT;
		break;
	}
	return today_here(t) != NULL;
}

const struct screen_ops today_screen = {
	.size = sizeof(struct today),
	.open = open_today,
	.close = close_today,
	.leave = leave_today,
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.describe = describe,
	.list = list,
};
