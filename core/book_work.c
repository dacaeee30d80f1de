#include "core/book_work.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_play_use.h"

/* ---- alerts and tasks ---- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the alerts and tasks");
}

static bool append(void **items, uint32_t *n, uint32_t *room, const void *more,
	uint32_t count, size_t size)
{
	if (*n + count > *room) {
		const uint32_t wanted = *n + count + *n / 4;
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

/* From the rows: of a past day also one that ended since. */
static enum status take_task(struct book *b, struct book_work *w, int64_t id,
	const struct cell *cells, struct err *e)
{
	struct task t;

	if (!task_from_row(id, cells, &t) || !task_on(&t, b->clock.today))
		return ST_OK;
	return book_work_add(w, &(struct flagged){ .task = &t, .tasks = 1 })
		       ? ST_OK
		       : no_memory(e);
}

static void empty(struct book_work *w)
{
	w->alerts = w->tasks = 0;
	arena_clear(&w->texts);
	memset(w->known, 0, sizeof(w->known));
}

/* As the arena keeps it, once for a while. */
static bool keep_text(struct book_work *w, struct text *t)
{
	uint64_t h = t->n;
	struct text *known;

	for (size_t i = 0; i < t->n; i++)
		h = (h ^ (unsigned char)t->s[i]) * 0x9E3779B97F4A7C15u;
	known = &w->known[(h >> 32) % BOOK_WORK_TEXTS];
	if (t->n && text_eq(*known, *t)) {
		*t = *known;
		return true;
	}
	if (!arena_keep(&w->texts, t))
		return false;
	*known = *t;
	return true;
}

bool book_work_add(struct book_work *w, const struct flagged *f)
{
	const uint32_t from = w->tasks;
	bool good = append((void **)&w->alert, &w->alerts, &w->alerts_room, f->alert,
			    f->alerts, sizeof(*f->alert)) &&
		    append((void **)&w->task, &w->tasks, &w->tasks_room, f->task,
			    f->tasks, sizeof(*f->task));

	for (uint32_t i = from; good && i < w->tasks; i++)
		good = keep_text(w, &w->task[i].play) &&
		       keep_text(w, &w->task[i].title) && keep_text(w, &w->task[i].next);
	return good;
}

void book_work_settle(struct book_work *w)
{
	void *alert = w->alerts ? realloc(w->alert, w->alerts * sizeof(*w->alert)) : NULL;
	void *task = w->tasks ? realloc(w->task, w->tasks * sizeof(*w->task)) : NULL;

	if (alert) {
		w->alert = alert;
		w->alerts_room = w->alerts;
	}
	if (task) {
		w->task = task;
		w->tasks_room = w->tasks;
	}
}

/* ---- of all accounts, a part at a time ---- */

struct reading {
	struct book *b;
	struct book_work part;
	bool past;
	struct book_work then; /* tasks of the past day, which have no mirror */
	uint32_t at;           /* the first of them that no part had yet */
};

static enum status take_past(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct reading *r = arg;

	return take_task(r->b, &r->then, id, cells, e);
}

static enum status begin_reading(struct reading *r, struct err *e)
{
	struct book *b = r->b;
	enum status st = book_work_past(b, &r->past, e);

	if (st == ST_OK && r->past)
		st = b->store->ops->unended(
			b->store, REC_TASK, 0, b->clock.today + 1, take_past, r, e);
	return st;
}

static enum status add_past_tasks(struct reading *r, uint32_t last, struct err *e)
{
	const struct book_work *then = &r->then;
	uint32_t to = r->at;

	while (to < then->tasks && then->task[to].account <= last)
		to++;
	if (!append((void **)&r->part.task, &r->part.tasks, &r->part.tasks_room,
		    then->task + r->at, to - r->at, sizeof(*then->task)))
		return no_memory(e);
	r->at = to;
	return ST_OK;
}

static enum status read_part(struct reading *r, uint32_t part, struct err *e)
{
	enum status st;

	empty(&r->part);
	st = add_alerts(r->b, &r->part, part, e);
	if (st != ST_OK)
		return st;
	return r->past ? add_past_tasks(r, (part + 1) * PART_ACCOUNTS, e)
		       : add_tasks(r->b, &r->part, part, e);
}

static enum status each_held(struct reading *r, flagged_fn fn, void *arg, struct err *e)
{
	const uint32_t n = r->b->columns.n;
	const uint32_t parts = (n + PART_ACCOUNTS - 1) / PART_ACCOUNTS;
	enum status st = begin_reading(r, e);

	for (uint32_t part = 0; st == ST_OK && part < parts; part++) {
		st = read_part(r, part, e);
		if (st == ST_OK)
			st = flagged_each(&r->part, n, fn, arg, e);
		if (st == ST_OK)
			st = book_wait(r->b, e);
	}
	return st;
}

enum status book_each_flagged(struct book *b, flagged_fn fn, void *arg, struct err *e)
{
	struct reading r = { .b = b };
	enum status st = b->store->ops->hold(b->store, e); /* all of one state */

	if (st != ST_OK)
		return st;
	st = each_held(&r, fn, arg, e);
	b->store->ops->release(b->store);
	book_work_clear(&r.part);
	book_work_clear(&r.then);
	return st;
}

enum status book_work_day(struct book *b, int32_t *day, struct err *e)
{
	struct book_info info;
	enum status st = b->store->ops->info(b->store, &info, e);

	*day = st == ST_OK ? info.alert_day : DAY_NONE;
	return st;
}

enum status book_work_past(struct book *b, bool *past, struct err *e)
{
	int32_t day;
	enum status st = book_work_day(b, &day, e);

	*past = day != DAY_NONE && b->clock.today < day;
	return st;
}

/* ---- of one account ---- */

struct looking_up {
	struct book *b;
	struct book_work *room;
};

static enum status take_one_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	const struct looking_up *l = arg;
	struct alert a;

	if (!alert_from_row(id, cells, &a) || !alert_on(&a, l->b->clock.today))
		return ST_OK;
	return book_work_add(l->room, &(struct flagged){ .alert = &a, .alerts = 1 })
		       ? ST_OK
		       : no_memory(e);
}

static enum status take_one_task(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	const struct looking_up *l = arg;

	return take_task(l->b, l->room, id, cells, e);
}

enum status book_work_of(struct book *b, uint32_t account, struct book_work *room,
	struct book_live *out, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	struct looking_up l = { b, room };
	enum status st;

	if (b->work) {
		book_live_find(b->work, account, out);
		if (out->alerts + out->tasks)
			return ST_OK;
	}
	empty(room);
	st = ops->unended(
		b->store, REC_ALERT, account, b->clock.today + 1, take_one_alert, &l, e);
	if (st == ST_OK)
		st = ops->unended(b->store, REC_TASK, account, b->clock.today + 1,
			take_one_task, &l, e);
	*out = (struct book_live){ room->alert, room->alerts, room->task, room->tasks };
	return st;
}

/* ---- what is kept ---- */

void book_work_clear(struct book_work *w)
{
	free(w->alert);
	free(w->task);
	arena_clear(&w->texts);
	*w = (struct book_work){ .alert = NULL };
}

/* What was read stays as long as anybody holds it. */
void book_work_drop(struct book_work **w)
{
	if (*w && --(*w)->holders == 0) {
		book_work_clear(*w);
		free(*w);
	}
	*w = NULL;
}

void book_work_take(struct book *b, struct book_work *w)
{
	book_work_drop(&b->work);
	w->holders++;
	b->work = w;
}

void book_forget_work(struct book *b)
{
	book_forget_queued(b);
	book_work_drop(&b->work);
	book_work_drop(&b->live);
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
		if (st == ST_OK)
			st = play_pilots(b, b->plays, e);
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
