#include "core/agenda.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_work.h"

#define WINDOW 256u /* rows whose accounts are read at once */

/* Either an alert or a task with the texts that people wrote. */
struct item {
	union {
		struct alert alert;
		struct task task;
	};
	struct text outcome, reason, actor;
	int useful;
};

struct gathering {
	struct book *b;
	const struct agenda_query *q;
	uint8_t *shown;    /* owned; by id - 1: wanted; NULL: all are */
	struct item *item; /* owned */
	uint32_t n, room;
	struct arena texts;
};

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the list");
}

/* ---- which accounts ---- */

static enum status let_through(struct gathering *g, struct err *e)
{
	const struct list_query lq = { .where = g->q->where, .all = true };
	struct list *l;
	enum status st = book_list(g->b, &lq, &l, NULL, e);

	if (st != ST_OK)
		return st;
	for (uint32_t i = 0; i < l->n; i++)
		g->shown[l->id[i] - 1] = 1;
	list_free(&l);
	return ST_OK;
}

struct claims {
	const struct book *b;
	const struct agenda_query *q;
	uint8_t *claimed; /* by id - 1 */
};

static enum status see_claim(void *arg, const struct flagged *f, struct err *e)
{
	const struct claims *x = arg;

	(void)e;
	for (uint32_t i = 0; i < f->tasks; i++)
		if (f->task[i].csm && (x->q->scope == QUEUE_OF_POOL ||
					      queue_is_of(x->b, x->q->scope, x->q->csm,
						      f->task[i].csm)))
			x->claimed[f->account - 1] = 1;
	return ST_OK;
}

static void keep_scope(struct gathering *g, const uint8_t *claimed)
{
	const struct book_columns *c = &g->b->columns;
	const struct agenda_query *q = g->q;

	for (uint32_t i = 0; i < c->n; i++) {
		const uint32_t owner = (uint32_t)shorts_at(&c->csm, i);

		if (q->scope == QUEUE_OF_POOL
				? owner != 0 || claimed[i]
				: !queue_is_of(g->b, q->scope, q->csm, owner) &&
					  !claimed[i])
			g->shown[i] = 0;
	}
}

static enum status choose_scope(struct gathering *g, struct err *e)
{
	struct claims x = { g->b, g->q, calloc((size_t)g->b->columns.n + 1, 1) };
	enum status st =
		x.claimed ? book_each_flagged(g->b, see_claim, &x, e) : no_memory(e);

	if (st == ST_OK)
		keep_scope(g, x.claimed);
	free(x.claimed);
	return st;
}

/* Fills g->shown where not all accounts are wanted; else the columns are not needed. */
static enum status choose(struct gathering *g, struct err *e)
{
	const bool filtered = text_trim(g->q->where).n > 0;
	enum status st;

	if (!filtered && g->q->scope == QUEUE_OF_ANYBODY)
		return ST_OK;
	st = book_need_columns(g->b, e);
	if (st != ST_OK)
		return st;
	g->shown = calloc((size_t)g->b->columns.n + 1, 1);
	if (!g->shown)
		return no_memory(e);
	if (filtered)
		st = let_through(g, e);
	else
		memset(g->shown, 1, g->b->columns.n);
	return st == ST_OK && g->q->scope != QUEUE_OF_ANYBODY ? choose_scope(g, e) : st;
}

static bool is_wanted(const struct gathering *g, uint32_t account)
{
	return !g->shown ||
	       (account >= 1 && account <= g->b->columns.n && g->shown[account - 1]);
}

/* ---- rows ---- */

static struct item *new_item(struct gathering *g)
{
	if (g->n == g->room) {
		const uint32_t room = g->room ? 2 * g->room : 64;
		struct item *grown = realloc(g->item, room * sizeof(*grown));

		if (!grown)
			return NULL;
		g->item = grown;
		g->room = room;
	}
	return &g->item[g->n];
}

/* States of those that are over. */
enum { ALERT_PAST = 1 << ALERT_RESOLVED | 1 << ALERT_CLOSED };

static enum status take_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct gathering *g = arg;
	struct item *x = new_item(g);

	if (!x)
		return no_memory(e);
	memset(x, 0, sizeof(*x));
	if (!alert_from_row(id, cells, &x->alert) ||
		!alert_on(&x->alert, book_as_of(g->b)) ||
		!is_wanted(g, x->alert.account) ||
		(g->q->kinds && !(g->q->kinds >> x->alert.kind & 1)) ||
		(g->q->states && !(g->q->states >> x->alert.state & 1)))
		return ST_OK;
	x->useful = cells[F_ALERT_USEFUL].type == CELL_INT ? cells[F_ALERT_USEFUL].i != 0
							   : -1;
	x->reason = cell_as_text(&cells[F_ALERT_REASON]);
	x->outcome = cell_as_text(&cells[F_ALERT_OUTCOME]);
	if (!arena_keep(&g->texts, &x->reason) || !arena_keep(&g->texts, &x->outcome))
		return no_memory(e);
	g->n++;
	return ST_OK;
}

static enum status take_task(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct gathering *g = arg;
	struct item *x = new_item(g);
	struct task *t;

	if (!x)
		return no_memory(e);
	memset(x, 0, sizeof(*x));
	t = &x->task;
	if (!task_from_row(id, cells, t) || !task_on(t, book_as_of(g->b)) ||
		!is_wanted(g, t->account))
		return ST_OK;
	x->outcome = cell_as_text(&cells[F_TASK_OUTCOME]);
	x->reason = cell_as_text(&cells[F_TASK_REASON]);
	x->actor = cell_as_text(&cells[F_TASK_ACTOR]);
	if (!arena_keep(&g->texts, &t->play) || !arena_keep(&g->texts, &t->title) ||
		!arena_keep(&g->texts, &t->next) || !arena_keep(&g->texts, &x->outcome) ||
		!arena_keep(&g->texts, &x->reason) || !arena_keep(&g->texts, &x->actor))
		return no_memory(e);
	g->n++;
	return ST_OK;
}

/* ---- order ---- */

static int by_number(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_urgency(const void *x, const void *y)
{
	const struct alert *a = &((const struct item *)x)->alert;
	const struct alert *b = &((const struct item *)y)->alert;
	int d = (a->ended != DAY_NONE) - (b->ended != DAY_NONE);

	if (!d)
		d = by_number(b->ended, a->ended);
	if (!d)
		d = (int)b->severity - (int)a->severity;
	if (!d)
		d = by_number(a->opened, b->opened);
	return d ? d : by_number(a->id, b->id);
}

static int by_due(const void *x, const void *y)
{
	const struct task *a = &((const struct item *)x)->task;
	const struct task *b = &((const struct item *)y)->task;
	int d = (a->ended != DAY_NONE) - (b->ended != DAY_NONE);

	if (!d)
		d = by_number(b->ended, a->ended);
	if (!d)
		d = by_number(task_due(a), task_due(b));
	return d ? d : by_number(a->id, b->id);
}

/* ---- what is told ---- */

static struct agenda_account account_of(const struct list_row *r)
{
	return (struct agenda_account){ r->id, r->name, r->csm, r->tier };
}

struct telling {
	agenda_alert_fn alert; /* one of the two */
	agenda_task_fn task;
	void *arg;
};

static enum status tell_alert(const struct book *b, const struct telling *t,
	const struct item *x, const struct list_row *r, struct err *e)
{
	const struct alert *a = &x->alert;
	struct agenda_alert out = { .alert = *a,
		.of = account_of(r),
		.reason = x->reason,
		.outcome = x->outcome,
		.useful = x->useful,
		.play = policy_play(&b->policy, a->kind, r->tier) };

	queue_reason(b, a, NULL, out.why);
	return t->alert(t->arg, &out, e);
}

static enum status tell_task(const struct book *b, const struct telling *t,
	const struct item *x, const struct list_row *r, struct arena *a, struct err *e)
{
	enum status st = ST_OK;
	struct agenda_task out = { .task = x->task,
		.of = account_of(r),
		.outcome = x->outcome,
		.reason = x->reason,
		.actor = x->actor };

	if (x->task.csm)
		st = b->store->ops->key(
			b->store, REC_CSM, x->task.csm, a, &out.claimed, e);
	return st == ST_OK ? t->task(t->arg, &out, e) : st;
}

static enum status tell_window(struct gathering *g, const struct telling *t,
	uint32_t from, uint32_t n, struct err *e)
{
	struct list_row row[WINDOW];
	uint32_t id[WINDOW];
	struct arena a;
	enum status st;

	for (uint32_t i = 0; i < n; i++)
		id[i] = t->alert ? g->item[from + i].alert.account
				 : g->item[from + i].task.account;
	arena_init(&a);
	st = book_rows(g->b, id, n, &a, row, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		st = t->alert ? tell_alert(g->b, t, &g->item[from + i], &row[i], e)
			      : tell_task(g->b, t, &g->item[from + i], &row[i], &a, e);
	arena_clear(&a);
	return st;
}

static enum status tell_all(struct gathering *g, const struct telling *t, struct err *e)
{
	const uint32_t n = g->q->limit < g->n ? g->q->limit : g->n;
	enum status st = ST_OK;

	for (uint32_t from = 0; st == ST_OK && from < n; from += WINDOW)
		st = tell_window(g, t, from, n - from < WINDOW ? n - from : WINDOW, e);
	return st;
}

/* ---- lists ---- */

static void begin(struct gathering *g, struct book *b, const struct agenda_query *q)
{
	*g = (struct gathering){ .b = b, .q = q };
	arena_init(&g->texts);
}

static void end(struct gathering *g)
{
	free(g->shown);
	free(g->item);
	arena_clear(&g->texts);
}

/* In one state of the book. */
static enum status gather(
	struct gathering *g, enum record_kind kind, row_fn take, struct err *e)
{
	const struct store_ops *ops = g->b->store->ops;
	const bool past = g->q->ended || g->q->states & ALERT_PAST;
	enum status st = ops->hold(g->b->store, e);

	if (st != ST_OK)
		return st;
	st = choose(g, e);
	if (st == ST_OK)
		st = ops->unended(g->b->store, kind, g->q->account,
			past ? DAY_MIN : book_as_of(g->b) + 1, take, g, e);
	ops->release(g->b->store);
	return st;
}

enum status agenda_alerts(struct book *b, const struct agenda_query *q,
	agenda_alert_fn fn, void *arg, uint32_t *n, struct err *e)
{
	const struct telling t = { .alert = fn, .arg = arg };
	struct gathering g;
	enum status st;

	begin(&g, b, q);
	st = gather(&g, REC_ALERT, take_alert, e);
	if (st == ST_OK && g.n)
		qsort(g.item, g.n, sizeof(*g.item), by_urgency);
	if (n)
		*n = g.n;
	if (st == ST_OK)
		st = tell_all(&g, &t, e);
	end(&g);
	return st;
}

enum status agenda_tasks(struct book *b, const struct agenda_query *q, agenda_task_fn fn,
	void *arg, uint32_t *n, struct err *e)
{
	const struct telling t = { .task = fn, .arg = arg };
	struct gathering g;
	enum status st;

	begin(&g, b, q);
	st = gather(&g, REC_TASK, take_task, e);
	if (st == ST_OK && g.n)
		qsort(g.item, g.n, sizeof(*g.item), by_due);
	if (n)
		*n = g.n;
	if (st == ST_OK)
		st = tell_all(&g, &t, e);
	end(&g);
	return st;
}

enum status agenda_task(
	struct book *b, int64_t id, agenda_task_fn fn, void *arg, struct err *e)
{
	const struct agenda_query q = { .scope = QUEUE_OF_ANYBODY, .limit = 1 };
	const struct telling t = { .task = fn, .arg = arg };
	struct cell cells[RECORD_FIELDS_MAX];
	struct gathering g;
	bool there = false;
	enum status st;

	begin(&g, b, &q);
	st = b->store->ops->row_read(b->store, REC_TASK, id, &g.texts, cells, &there, e);
	if (st == ST_OK && there)
		st = take_task(&g, id, cells, e);
	if (st == ST_OK && g.n == 0)
		st = err_set(e, ST_NOTFOUND, "there is no task %lld", (long long)id);
	if (st == ST_OK)
		st = tell_all(&g, &t, e);
	end(&g);
	return st;
}

/* ---- steps ---- */

struct stepping {
	int32_t today;
	agenda_step_fn fn;
	void *arg;
};

static enum status take_step(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	const struct stepping *s = arg;
	const struct agenda_step out = { .task = cells[F_STEP_TASK].i,
		.step = (int32_t)cells[F_STEP_STEP].i,
		.done = (int32_t)cells[F_STEP_DONE_ON].i,
		.title = cell_as_text(&cells[F_STEP_TITLE]),
		.outcome = cell_as_text(&cells[F_STEP_OUTCOME]),
		.actor = cell_as_text(&cells[F_STEP_ACTOR]) };

	(void)id;
	return out.done > s->today ? ST_OK : s->fn(s->arg, &out, e);
}

enum status agenda_steps(
	struct book *b, uint32_t account, agenda_step_fn fn, void *arg, struct err *e)
{
	struct stepping s = { book_as_of(b), fn, arg };

	return b->store->ops->rows(b->store, REC_STEP, account, take_step, &s, e);
}
