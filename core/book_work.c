#include "core/book_work.h"

#include <stdlib.h>
#include <string.h>

/* ---- alerts and tasks ---- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the alerts and tasks");
}

static bool append(void **items, uint32_t *n, uint32_t *room, const void *more,
	uint32_t count, size_t size)
{
	if (*n + count > *room) {
		const uint32_t wanted = 2 * (*n + count);
		void *grown = realloc(*items, wanted * size);

		if (!grown)
			return false;
		*items = grown;
		*room = wanted;
	}
	if (count)
		memcpy((char *)*items + *n * size, more, count * size);
	*n += count;
	return true;
}

/* Leaves of the items behind `from` those that were there on the day. */
static void keep_alerts(struct book_work *w, uint32_t from, int32_t day)
{
	uint32_t n = from;

	for (uint32_t i = from; i < w->alerts; i++)
		if (alert_on(&w->alert[i], day))
			w->alert[n++] = w->alert[i];
	w->alerts = n;
}

static void keep_tasks(struct book_work *w, uint32_t from, int32_t day)
{
	uint32_t n = from;

	for (uint32_t i = from; i < w->tasks; i++)
		if (task_on(&w->task[i], day))
			w->task[n++] = w->task[i];
	w->tasks = n;
}

static enum status add_alerts(
	struct book *b, struct book_work *w, uint32_t part, struct err *e)
{
	const uint32_t from = w->alerts;
	const struct alert *alert;
	uint32_t n;
	enum status st =
		b->store->ops->alerts(b->store, part, b->clock.today + 1, &alert, &n, e);

	if (st == ST_OK && !append((void **)&w->alert, &w->alerts, &w->alerts_room, alert,
				   n, sizeof(*alert)))
		st = no_memory(e);
	if (st == ST_OK)
		keep_alerts(w, from, b->clock.today);
	return st;
}

static enum status add_tasks(
	struct book *b, struct book_work *w, uint32_t part, struct err *e)
{
	const uint32_t from = w->tasks;
	const struct task *task;
	uint32_t n;
	enum status st = b->store->ops->tasks(b->store, part, &w->texts, &task, &n, e);

	if (st == ST_OK && !append((void **)&w->task, &w->tasks, &w->tasks_room, task, n,
				   sizeof(*task)))
		st = no_memory(e);
	if (st == ST_OK)
		keep_tasks(w, from, b->clock.today);
	return st;
}

/* Of a past day, also one that ended since. */
static enum status take_task(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct book *b = arg;
	struct book_work *w = b->work;
	struct task t;

	if (!task_from_row(id, cells, &t) || !task_on(&t, b->clock.today))
		return ST_OK;
	return arena_keep(&w->texts, &t.play) && arena_keep(&w->texts, &t.title) &&
			       arena_keep(&w->texts, &t.next) &&
			       append((void **)&w->task, &w->tasks, &w->tasks_room, &t, 1,
				       sizeof(t))
		       ? ST_OK
		       : no_memory(e);
}

static bool is_past(const struct book *b, const struct book_info *info)
{
	return info->alert_day != DAY_NONE && b->clock.today < info->alert_day;
}

static enum status add_all(struct book *b, struct book_work *w, struct err *e)
{
	struct book_info info;
	enum status st = b->store->ops->info(b->store, &info, e);
	const bool past = st == ST_OK && is_past(b, &info);
	const uint32_t parts =
		st == ST_OK ? (info.last_id + PART_ACCOUNTS - 1) / PART_ACCOUNTS : 0;

	for (uint32_t part = 0; st == ST_OK && part < parts; part++) {
		st = add_alerts(b, w, part, e);
		if (st == ST_OK && !past)
			st = add_tasks(b, w, part, e);
		if (st == ST_OK)
			st = book_wait(b, e);
	}
	if (st == ST_OK && past)
		st = b->store->ops->unended(
			b->store, REC_TASK, 0, b->clock.today + 1, take_task, b, e);
	return st;
}

enum status book_work_part(
	struct book *b, uint32_t part, struct book_work *w, bool *past, struct err *e)
{
	struct book_info info;
	enum status st = b->store->ops->info(b->store, &info, e);

	w->alerts = w->tasks = 0;
	arena_clear(&w->texts);
	*past = st == ST_OK && is_past(b, &info);
	if (st == ST_OK && !*past)
		st = add_alerts(b, w, part, e);
	if (st == ST_OK && !*past)
		st = add_tasks(b, w, part, e);
	return st;
}

bool book_work_add(struct book_work *w, const struct alert *alerts, uint32_t n,
	const struct task *tasks, uint32_t m)
{
	const uint32_t from = w->tasks;
	bool good = append((void **)&w->alert, &w->alerts, &w->alerts_room, alerts, n,
			    sizeof(*alerts)) &&
		    append((void **)&w->task, &w->tasks, &w->tasks_room, tasks, m,
			    sizeof(*tasks));

	for (uint32_t i = from; good && i < w->tasks; i++)
		good = arena_keep(&w->texts, &w->task[i].play) &&
		       arena_keep(&w->texts, &w->task[i].title) &&
		       arena_keep(&w->texts, &w->task[i].next);
	return good;
}

enum status book_need_work(struct book *b, struct err *e)
{
	struct book_work *w;
	enum status st;

	if (b->work)
		return ST_OK;
	w = calloc(1, sizeof(*w));
	if (!w)
		return no_memory(e);
	b->work = book_work_hold(w);
	arena_init(&w->texts);
	st = b->store->ops->hold(b->store, e); /* all of one state of the book */
	if (st == ST_OK) {
		st = add_all(b, w, e);
		b->store->ops->release(b->store);
	}
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

void book_work_clear(struct book_work *w)
{
	free(w->alert);
	free(w->task);
	arena_clear(&w->texts);
	*w = (struct book_work){ .alert = NULL };
}

struct book_work *book_work_hold(struct book_work *w)
{
	w->holders++;
	return w;
}

void book_work_drop(struct book_work **w)
{
	if (*w && --(*w)->holders == 0) {
		book_work_clear(*w);
		free(*w);
	}
	*w = NULL;
}

void book_forget_work(struct book *b)
{
	book_forget_queued(b);
	book_work_drop(&b->work);
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
