/* The Today screen: whom to call and why, the dearest first. */
#include "tui/today.h"

#include <stdlib.h>
#include <string.h>

#include "tui/people.h"

/* ---- lines ---------------------------------------------------------------------- */

uint32_t today_lines(const struct today *t)
{
	uint32_t n = t->queue ? t->queue->n : 0;

	for (int s = 0; t->queue && s < QUEUE_SECTIONS; s++)
		n += t->queue->in[s] > 0;
	return n;
}

uint32_t today_line_of(const struct today *t, uint32_t row)
{
	uint32_t line = row;

	for (int s = 0, end = 0; t->queue && s < QUEUE_SECTIONS; s++) {
		line += t->queue->in[s] > 0 && (uint32_t)end <= row;
		end += (int)t->queue->in[s];
	}
	return line;
}

bool today_row_at(
	const struct today *t, uint32_t line, uint32_t *row, enum queue_section *section)
{
	uint32_t from = 0;

	*row = 0;
	*section = QUEUE_SECTIONS;
	for (int s = 0; t->queue && s < QUEUE_SECTIONS; s++) {
		const uint32_t n = t->queue->in[s];

		if (n == 0)
			continue;
		*section = (enum queue_section)s;
		*row = from;
		if (line == 0)
			return false;
		if (line <= n) {
			*row = from + line - 1;
			return true;
		}
		line -= n + 1;
		from += n;
	}
	*section = QUEUE_SECTIONS;
	return false;
}

const struct queue_row *today_here(const struct today *t)
{
	return t->queue && t->at < t->queue->n ? &t->queue->row[t->at] : NULL;
}

/* ---- the queue ------------------------------------------------------------------ */

static void follow(struct app *a, struct today *t)
{
	const uint32_t n = t->queue ? t->queue->n : 0, lines = today_lines(t);
	const uint32_t height = t->rows.rows > 0 ? (uint32_t)t->rows.rows : 1;
	uint32_t line, row, first;
	enum queue_section section;

	if (t->at >= n)
		t->at = n ? n - 1 : 0;
	line = today_line_of(t, t->at);
	/* A heading comes into sight with its first row. */
	first = line && !today_row_at(t, line - 1, &row, &section) ? line - 1 : line;
	/* As in the table of accounts: beside the preview the list moves by half a page.
	 */
	if (t->preview.columns && first + 1 == t->top)
		t->top = first > height / 2 ? first - height / 2 : 0;
	else if (t->preview.columns && line == t->top + height)
		t->top = line - height / 2;
	if (t->top > first)
		t->top = first;
	if (line >= t->top + height)
		t->top = line - height + 1;
	if (t->top > lines - (lines < height ? lines : height))
		t->top = lines - (lines < height ? lines : height);
	a->focus = n ? t->queue->row[t->at].account : 0;
}

static bool is_same(const struct today_asked *x, const struct today_asked *y)
{
	return x->generation == y->generation && x->whose == y->whose &&
	       x->csm == y->csm &&
	       text_eq(input_text(&x->filter), input_text(&y->filter));
}

static void take_queue(struct today *t, struct queue *q)
{
	queue_free(&t->queue);
	t->queue = q;
	free(t->list.id);
	t->list = (struct list){ .n = q->n,
		.known = q->n,
		.id = malloc(((size_t)q->n + 1) * sizeof(*t->list.id)) };
	if (!t->list.id)
		abort();
	t->to_win = 0;
	for (uint32_t i = 0; i < q->n; i++) {
		const struct queue_row *r = &q->row[i];

		t->list.id[i] = r->account;
		if (r->section == QUEUE_OPPORTUNITY && r->rank != MONEY_NONE &&
			!money_add(t->to_win, r->rank, &t->to_win))
			t->to_win = MONEY_MAX;
	}
	window_drop(&t->window);
}

/* The filter in force is the view's, also while it has an error and the last good one
 * holds: then the queue stays as well. */
static void load(struct app *a, struct today *t)
{
	const struct view *v = &a->view;
	const struct today_asked want = {
		.generation = book_generation(a->book),
		.whose = v->whose,
		.csm = v->whose == WHOSE_ONE ? v->csm : 0,
		.filter = v->filter,
	};
	struct queue_query q = { .where = input_text(&v->filter) };
	struct queue *made;
	struct err e = { .text = "" };

	if (!v->list) /* the view comes first: it may be another one by then */
		return;
	if (v->bad || (t->queue && is_same(&want, &t->asked)))
		return;
	q.scope = v->whose == WHOSE_ALL    ? QUEUE_OF_ANYBODY
		  : v->whose == WHOSE_POOL ? QUEUE_OF_POOL
					   : QUEUE_OF_CSM;
	if (v->whose == WHOSE_MINE && people_me(a->book, &q.csm, &e) != ST_OK)
		app_fail(a, &e);
	else if (v->whose == WHOSE_ONE)
		q.csm = (uint32_t)v->csm;
	if (v->whose == WHOSE_MINE && q.csm == 0)
		q.csm = UINT32_MAX; /* a stranger has nothing, and not the pool's */
	if (book_queue(a->book, &q, &made, NULL, &e) != ST_OK) {
		app_fail(a, &e);
		return;
	}
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
}

static void close_today(struct app *a, void *state)
{
	struct today *t = state;

	(void)a;
	window_clear(&t->window);
	queue_free(&t->queue);
	free(t->list.id);
}

static bool find(const struct today *t, uint32_t account, uint32_t *row)
{
	for (uint32_t i = 0; t->queue && account && i < t->queue->n; i++) {
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

	if (!a->to_meant || t->list.n == 0 ||
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
	if (a->to_first) {
		t->at = first_of(a, t);
		t->top = 0;
	} else if (find(t, a->focus, &row)) {
		t->at = row;
	}
	follow(a, t);
}

static void layout(struct app *a, void *state, struct rect body)
{
	struct today *t = state;

	today_layout(t, body);
	if (t->place[t->here].width == 0)
		t->here = TODAY_WHY;
	follow(a, t);
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

static void move(struct app *a, struct today *t, int64_t to)
{
	const int64_t last = t->queue ? (int64_t)t->queue->n - 1 : 0;

	if (to > last)
		to = last;
	t->at = to < 0 ? 0 : (uint32_t)to;
	follow(a, t);
}

static void move_column(struct today *t, int step)
{
	int to = (int)t->here + step;

	while (to >= 0 && to < TODAY_COLUMNS && t->place[to].width == 0)
		to += step;
	if (to >= 0 && to < TODAY_COLUMNS)
		t->here = (enum today_column)to;
}

/* To the first row of the next section that has any, or of this one and the one before.
 */
static void move_section(struct app *a, struct today *t, int step)
{
	uint32_t from = 0, before = 0;

	for (int s = 0; t->queue && s < QUEUE_SECTIONS; s++) {
		const uint32_t n = t->queue->in[s];

		if (n && t->at < from + n) {
			if (step > 0 && from + n < t->queue->n)
				move(a, t, from + n);
			else if (step < 0)
				move(a, t, t->at > from ? from : before);
			return;
		}
		before = n ? from : before;
		from += n;
	}
}

static bool act_move(struct app *a, struct today *t, enum action action)
{
	const int page = t->rows.rows > 1 ? t->rows.rows - 1 : 1;
	const int64_t at = t->at;

	switch (action) {
	case ACT_MOVE_UP:
		move(a, t, at - 1);
		break;
	case ACT_MOVE_DOWN:
		move(a, t, at + 1);
		break;
	case ACT_PAGE_UP:
		t->top = t->top > (uint32_t)page ? t->top - (uint32_t)page : 0;
		move(a, t, at - page);
		break;
	case ACT_PAGE_DOWN:
		t->top += (uint32_t)page;
		move(a, t, at + page);
		break;
	case ACT_MOVE_FIRST:
		move(a, t, 0);
		break;
	case ACT_MOVE_LAST:
		move(a, t, INT64_MAX);
		break;
	default:
		return false;
	}
	return true;
}

static bool act(struct app *a, void *state, enum action action)
{
	struct today *t = state;

	switch (action) {
	case ACT_MOVE_LEFT:
		move_column(t, -1);
		break;
	case ACT_MOVE_RIGHT:
		move_column(t, 1);
		break;
	case ACT_SECTION_NEXT:
		move_section(a, t, 1);
		break;
	case ACT_SECTION_PREVIOUS:
		move_section(a, t, -1);
		break;
	case ACT_MARK: /* and on to the next, as in the table of accounts */
		app_mark(a);
		move(a, t, (int64_t)t->at + 1);
		break;
	default:
		return act_move(a, t, action);
	}
	return true;
}

static void click(struct app *a, void *state, int row, int column)
{
	struct today *t = state;
	const struct rect r = t->rows;
	uint32_t to;
	enum queue_section section;

	if (column < r.column || column >= r.column + r.columns || row < r.row ||
		row >= r.row + r.rows ||
		!today_row_at(t, t->top + (uint32_t)(row - r.row), &to, &section))
		return;
	if (to == t->at) {
		app_act(a, ACT_OPEN);
		return;
	}
	for (int i = 0; i < TODAY_COLUMNS; i++)
		if (t->place[i].width && column >= r.column + t->place[i].at &&
			column < r.column + t->place[i].at + t->place[i].width)
			t->here = (enum today_column)i;
	move(a, t, to);
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
	.data_changed = data_changed,
	.layout = layout,
	.paint = paint,
	.act = act,
	.click = click,
	.describe = describe,
	.list = list,
};
