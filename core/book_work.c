#include "core/book_work.h"

#include <stdlib.h>
#include <string.h>

/* ---- alerts and tasks ---- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the alerts and tasks");
}

static bool grow(void **items, uint32_t n, uint32_t *room, size_t size)
{
	const uint32_t more = *room ? 2 * *room : 256;
	void *grown;

	if (n < *room)
		return true;
	grown = realloc(*items, more * size);
	if (!grown)
		return false;
	*items = grown;
	*room = more;
	return true;
}

static enum status take_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book_work *w = arg;

	if (!grow((void **)&w->alert, w->alerts, &w->alerts_room, sizeof(*w->alert)))
		return no_memory(e);
	w->alerts += alert_from_row(id, cells, &w->alert[w->alerts]);
	return ST_OK;
}

static bool keep(struct arena *a, struct text *t)
{
	if (t->s)
		t->s = arena_copy(a, t->s, t->n);
	return t->s || !t->n;
}

static enum status take_task(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book_work *w = arg;
	struct task *t;

	if (!grow((void **)&w->task, w->tasks, &w->tasks_room, sizeof(*w->task)))
		return no_memory(e);
	t = &w->task[w->tasks];
	if (!task_from_row(id, cells, t))
		return ST_OK;
	w->tasks++;
	return keep(&w->texts, &t->play) && keep(&w->texts, &t->title) &&
			       keep(&w->texts, &t->next)
		       ? ST_OK
		       : no_memory(e);
}

enum status book_need_work(struct book *b, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	struct book_work *w;
	enum status st;

	if (b->work)
		return ST_OK;
	w = calloc(1, sizeof(*w));
	if (!w)
		return no_memory(e);
	b->work = w;
	arena_init(&w->texts);
	st = ops->unended(b->store, REC_ALERT, 0, DAY_MAX, take_alert, w, e);
	if (st == ST_OK)
		st = ops->unended(b->store, REC_TASK, 0, DAY_MAX, take_task, w, e);
	if (st != ST_OK)
		book_forget_work(b);
	return st;
}

const struct alert *book_work_alerts(
	const struct book_work *w, uint32_t account, uint32_t *n)
{
	uint32_t low = 0, high = w->alerts;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (w->alert[middle].account < account)
			low = middle + 1;
		else
			high = middle;
	}
	for (*n = 0; low + *n < w->alerts && w->alert[low + *n].account == account;)
		++*n;
	return *n ? &w->alert[low] : NULL;
}

void book_forget_work(struct book *b)
{
	if (!b->work)
		return;
	free(b->work->alert);
	free(b->work->task);
	arena_clear(&b->work->texts);
	free(b->work);
	b->work = NULL;
}

/* ---- plays ---- */

static enum status shipped_plays(void *arg, struct plays *out, struct err *e)
{
	(void)arg;
	return plays_add_shipped(out, e);
}

void book_plays_from(struct book *b, book_plays_fn fn, void *arg)
{
	book_forget_plays(b);
	b->plays_from = fn;
	b->plays_arg = arg;
}

enum status book_plays(struct book *b, const struct plays **out, struct err *e)
{
	const book_plays_fn load = b->plays_from ? b->plays_from : shipped_plays;
	enum status st = ST_OK;

	if (!b->plays) {
		b->plays = malloc(sizeof(*b->plays));
		if (!b->plays)
			return err_set(e, ST_NOMEM, "not enough memory for the plays");
		plays_init(b->plays);
		st = load(b->plays_arg, b->plays, e);
		if (st != ST_OK)
			book_forget_plays(b);
	}
	*out = b->plays;
	return st;
}

void book_forget_plays(struct book *b)
{
	if (b->plays)
		plays_clear(b->plays);
	free(b->plays);
	b->plays = NULL;
}
