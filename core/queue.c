#include "core/queue.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_work.h"
#include "core/triage.h"

const char *const queue_section_word[QUEUE_SECTIONS] = { "overdue", "now", "opportunity",
	"back today" };

/* What a queue owns: copies, so that it outlives what it was made from. */
struct queue_memory {
	struct arena arena;
};

struct making {
	struct book *b;
	const struct queue_query *q;
	const uint8_t *shown; /* by id - 1: the filter lets it through; NULL: all */
	struct queue *out;
	uint32_t room;
	int32_t today;
};

/* What there is of one account. */
struct flagged {
	uint32_t account;
	const struct alert *alert;
	uint32_t alerts;
	const struct task *task;
	uint32_t tasks;
};

/* ---- whose ---- */

static bool is_claimed(const struct flagged *f, uint32_t csm)
{
	for (uint32_t i = 0; i < f->tasks; i++)
		if (csm ? f->task[i].csm == csm : f->task[i].csm != 0)
			return true;
	return false;
}

/* Of an account that somebody owns claims are of no weight: they help out. */
static bool in_scope(const struct making *m, const struct flagged *f)
{
	const struct book_columns *c = &m->b->columns;
	const uint32_t owner = (uint32_t)c->csm[f->account - 1];

	if (!c->active[f->account - 1] || (m->shown && !m->shown[f->account - 1]))
		return false;
	switch (m->q->scope) {
	case QUEUE_OF_CSM:
		return owner == m->q->csm || is_claimed(f, m->q->csm);
	case QUEUE_OF_POOL:
		return owner == 0 && !is_claimed(f, 0);
	case QUEUE_OF_ANYBODY:
		break;
	}
	return true;
}

/* ---- one row ---- */

static bool sleeps(const struct alert *a, int32_t today)
{
	return a->state == ALERT_SNOOZED && a->until > today;
}

static bool is_risk(const struct alert *a)
{
	return a->severity >= SEV_INFO;
}

static bool worse(const struct alert *a, const struct alert *b)
{
	return a->severity != b->severity ? a->severity > b->severity : a->kind < b->kind;
}

/* Those that are awake, the worst first. */
static void take_alerts(struct queue_row *r, const struct flagged *f, int32_t today)
{
	for (uint32_t i = 0; i < f->alerts && r->alerts < ALERT_KINDS; i++) {
		int at = r->alerts;

		if (sleeps(&f->alert[i], today))
			continue;
		for (; at > 0 && worse(&f->alert[i], r->alert[at - 1]); at--)
			r->alert[at] = r->alert[at - 1];
		r->alert[at] = &f->alert[i];
		r->alerts++;
	}
	r->worst = r->alerts ? r->alert[0]->severity : SEV_OFF;
}

static int32_t due_day(const struct task *t)
{
	return t->due == DAY_NONE ? INT32_MAX : t->due;
}

static void take_tasks(struct queue_row *r, const struct flagged *f)
{
	r->tasks = (int)f->tasks;
	for (uint32_t i = 0; i < f->tasks; i++) {
		r->claimed_by = r->claimed_by ? r->claimed_by : f->task[i].csm;
		if (!r->task || due_day(&f->task[i]) < due_day(r->task))
			r->task = &f->task[i];
	}
}

/* Every alert that is awake slept until today. */
static bool is_back(const struct queue_row *r, int32_t today)
{
	for (int i = 0; i < r->alerts; i++)
		if (r->alert[i]->until != today)
			return false;
	return r->alerts > 0;
}

/* False: nothing is to be done today. */
static bool find_section(struct queue_row *r, int32_t today)
{
	if (r->task && due_day(r->task) < today)
		r->section = QUEUE_OVERDUE;
	else if (is_back(r, today))
		r->section = QUEUE_BACK;
	else if (r->alerts && is_risk(r->alert[0]))
		r->section = QUEUE_NOW;
	else if (r->alerts)
		r->section = QUEUE_OPPORTUNITY;
	else if (r->task && due_day(r->task) == today)
		r->section = QUEUE_NOW;
	else
		return false;
	return true;
}

static void weigh(const struct making *m, struct queue_row *r)
{
	const struct policy *p = &m->b->policy;
	const struct book_columns *c = &m->b->columns;

	r->at_risk = c->at_risk[r->account - 1];
	r->weight = triage_weight(p, r->worst);
	r->rank = r->at_risk;
	if (r->worst == SEV_OPPORTUNITY)
		r->rank = triage_opportunity(p, c->arr[r->account - 1]);
	else if (r->rank != MONEY_NONE && !money_scale(r->at_risk, r->weight, &r->rank))
		r->rank = MONEY_MAX;
}

static struct queue_row *new_row(struct making *m)
{
	struct queue *q = m->out;

	if (q->n == m->room) {
		const uint32_t room = m->room ? 2 * m->room : 64;
		struct queue_row *grown = realloc(q->row, room * sizeof(*grown));

		if (!grown)
			return NULL;
		q->row = grown;
		m->room = room;
	}
	return &q->row[q->n];
}

static enum status add(struct making *m, const struct flagged *f, struct err *e)
{
	struct queue_row *r;
	uint32_t awake = 0;

	if (!in_scope(m, f))
		return ST_OK;
	for (uint32_t i = 0; i < f->alerts; i++)
		awake += !sleeps(&f->alert[i], m->today);
	if (f->alerts && !awake) {
		m->out->asleep++;
		return ST_OK;
	}
	r = new_row(m);
	if (!r)
		return err_set(e, ST_NOMEM, "not enough memory for the queue");
	*r = (struct queue_row){ .account = f->account };
	take_alerts(r, f, m->today);
	take_tasks(r, f);
	if (!find_section(r, m->today))
		return ST_OK;
	weigh(m, r);
	m->out->n++;
	return ST_OK;
}

/* Alerts and tasks, both by account, in one walk. */
static enum status add_all(struct making *m, struct err *e)
{
	const struct book_work *w = m->b->work;
	uint32_t a = 0, t = 0;
	enum status st = ST_OK;

	while (st == ST_OK && (a < w->alerts || t < w->tasks)) {
		const uint32_t x = a < w->alerts ? w->alert[a].account : UINT32_MAX;
		const uint32_t y = t < w->tasks ? w->task[t].account : UINT32_MAX;
		struct flagged f = { .account = x < y ? x : y,
			.alert = w->alert + a,
			.task = w->task + t };

		while (a < w->alerts && w->alert[a].account == f.account)
			a++, f.alerts++;
		while (t < w->tasks && w->task[t].account == f.account)
			t++, f.tasks++;
		if (f.account >= 1 && f.account <= m->b->columns.n)
			st = add(m, &f, e);
	}
	return st;
}

/* ---- order ---- */

static int by_rank(const void *x, const void *y)
{
	const struct queue_row *a = x, *b = y;

	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank > b->rank ? -1 : 1;
	return a->account < b->account ? -1 : 1;
}

struct tied {
	struct queue_row row;
	int64_t value;
	struct text id;
};

/* By higher value, then by the smaller account_id. */
static int by_value(const void *x, const void *y)
{
	const struct tied *a = x, *b = y;

	if (a->value != b->value)
		return a->value > b->value ? -1 : 1;
	return text_cmp(a->id, b->id);
}

static enum status settle_tie(
	struct book *b, struct queue_row *r, uint32_t n, struct err *e)
{
	struct tied *tied = malloc(n * sizeof(*tied));
	struct text *keys = malloc(n * sizeof(*keys));
	uint32_t *ids = malloc(n * sizeof(*ids));
	struct arena a;
	enum status st = tied && keys && ids ? ST_OK
					     : err_set(e, ST_NOMEM,
						       "not enough memory for the queue");

	arena_init(&a);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		ids[i] = r[i].account;
	if (st == ST_OK)
		st = b->store->ops->account_keys(b->store, ids, n, &a, keys, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		tied[i] = (struct tied){ r[i], b->columns.scores.value[r[i].account - 1],
			keys[i] };
	if (st == ST_OK)
		qsort(tied, n, sizeof(*tied), by_value);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		r[i] = tied[i].row;
	arena_clear(&a);
	free(ids);
	free(keys);
	free(tied);
	return st;
}

static enum status sort(struct book *b, struct queue *q, struct err *e)
{
	enum status st = ST_OK;

	if (q->n)
		qsort(q->row, q->n, sizeof(*q->row), by_rank);
	for (uint32_t from = 0, to; st == ST_OK && from < q->n; from = to) {
		for (to = from + 1; to < q->n && q->row[to].rank == q->row[from].rank &&
				    q->row[to].section == q->row[from].section;)
			to++;
		if (to - from > 1)
			st = settle_tie(b, q->row + from, to - from, e);
	}
	return st;
}

/* ---- the queue ---- */

static void add_up(struct queue *q)
{
	for (uint32_t i = 0; i < q->n; i++) {
		const struct queue_row *r = &q->row[i];

		q->in[r->section]++;
		if (r->at_risk != MONEY_NONE &&
			!money_add(q->at_risk[r->section], r->at_risk,
				&q->at_risk[r->section]))
			q->at_risk[r->section] = MONEY_MAX;
	}
}

static const void *copy(struct arena *a, const void *from, size_t n)
{
	void *to = arena_alloc(a, n);

	if (to)
		memcpy(to, from, n);
	return to;
}

static bool own_row(struct arena *a, struct queue_row *r)
{
	struct task *t;

	for (int i = 0; i < r->alerts; i++) {
		r->alert[i] = copy(a, r->alert[i], sizeof(*r->alert[i]));
		if (!r->alert[i])
			return false;
	}
	if (!r->task)
		return true;
	t = arena_alloc(a, sizeof(*t));
	if (!t)
		return false;
	*t = *r->task;
	r->task = t;
	return arena_keep(a, &t->play) && arena_keep(a, &t->title) &&
	       arena_keep(a, &t->next);
}

static enum status own_rows(struct queue *q, struct err *e)
{
	struct queue_memory *m = q->memory;

	for (uint32_t i = 0; i < q->n; i++)
		if (!own_row(&m->arena, &q->row[i]))
			return err_set(e, ST_NOMEM, "not enough memory for the queue");
	return ST_OK;
}

/* Which accounts the filter lets through; owned. */
static enum status filter(
	struct making *m, uint8_t **shown, struct filter_error *where, struct err *e)
{
	const struct list_query lq = { .where = m->q->where };
	struct list *l;
	enum status st;

	*shown = NULL;
	if (text_trim(m->q->where).n == 0)
		return ST_OK;
	st = book_list(m->b, &lq, &l, where, e);
	if (st != ST_OK)
		return st;
	*shown = calloc((size_t)m->b->columns.n + 1, 1);
	for (uint32_t i = 0; *shown && i < l->n; i++)
		(*shown)[l->id[i] - 1] = 1;
	m->shown = *shown;
	list_free(&l);
	return *shown ? ST_OK : err_set(e, ST_NOMEM, "not enough memory for the queue");
}

static enum status make(struct making *m, struct filter_error *where, struct err *e)
{
	uint8_t *shown = NULL;
	enum status st = book_need_columns(m->b, e);

	if (st == ST_OK)
		st = book_need_work(m->b, e);
	if (st == ST_OK)
		st = filter(m, &shown, where, e);
	if (st == ST_OK)
		st = add_all(m, e);
	if (st == ST_OK)
		st = sort(m->b, m->out, e);
	if (st == ST_OK)
		st = own_rows(m->out, e);
	free(shown);
	return st;
}

static struct queue *new_queue(void)
{
	struct queue *q = calloc(1, sizeof(*q));
	struct queue_memory *m = malloc(sizeof(*m));

	if (!q || !m) {
		free(q);
		free(m);
		return NULL;
	}
	arena_init(&m->arena);
	q->memory = m;
	return q;
}

enum status book_queue(struct book *b, const struct queue_query *query,
	struct queue **out, struct filter_error *where, struct err *e)
{
	struct queue *q = new_queue();
	struct making m = { .b = b, .q = query, .out = q, .today = b->clock.today };
	enum status st;

	*out = NULL;
	if (where)
		*where = (struct filter_error){ 0, 0 };
	if (!q)
		return err_set(e, ST_NOMEM, "not enough memory for the queue");
	st = b->store->ops->hold(b->store, e);
	if (st == ST_OK) {
		st = make(&m, where, e);
		b->store->ops->release(b->store);
	}
	if (st != ST_OK) {
		queue_free(&q);
		return st;
	}
	add_up(q);
	*out = q;
	return ST_OK;
}

void queue_free(struct queue **q)
{
	struct queue_memory *m;

	if (!*q)
		return;
	m = (*q)->memory;
	arena_clear(&m->arena);
	free(m);
	free((*q)->row);
	free(*q);
	*q = NULL;
}
