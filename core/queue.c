#include "core/queue_internal.h"

#include <stdlib.h>
#include <string.h>

const char *const queue_section_word[QUEUE_SECTIONS] = { "overdue", "now", "opportunity",
	"back today" };

/* ---- rows ---- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the queue");
}

bool queue_room(struct queue_memory *m)
{
	if (m->rows == m->room) {
		const uint32_t room = m->room + m->room / 2 + 64;
		struct queue_row *grown = realloc(m->row, room * sizeof(*grown));

		if (!grown)
			return false;
		m->row = grown;
		m->room = room;
	}
	if (m->alerts + ALERT_KINDS > m->alerts_room) {
		const uint32_t room = m->alerts_room + m->alerts_room / 2 + 256;
		const struct alert **grown = realloc(m->alert, room * sizeof(*grown));

		if (!grown)
			return false;
		m->alert = grown;
		m->alerts_room = room;
	}
	if (m->sleepers == m->sleepers_room) {
		const uint32_t room = m->sleepers_room + m->sleepers_room / 2 + 64;
		struct queue_sleeper *grown = realloc(m->asleep, room * sizeof(*grown));

		if (!grown)
			return false;
		m->asleep = grown;
		m->sleepers_room = room;
	}
	return true;
}

/* Gives back the room that no more rows will need. */
static void settle(struct queue_memory *m)
{
	void *row = m->rows ? realloc(m->row, m->rows * sizeof(*m->row)) : NULL;
	const struct alert **alert =
		m->alerts ? realloc(m->alert, m->alerts * sizeof(*m->alert)) : NULL;

	if (row) {
		m->row = row;
		m->room = m->rows;
	}
	if (alert) {
		m->alert = alert;
		m->alerts_room = m->alerts;
	}
}

struct making {
	struct book *b;
	const struct queue_query *q;
	struct queue_memory *m;
};

/* What is live of the accounts that the queue tells of. */
static enum status gather(void *arg, const struct flagged *f, struct err *e)
{
	const struct making *m = arg;
	const struct alert *alerts[ALERT_KINDS];
	struct queue_row row;

	if (!flagged_in_scope(f, m->b, m->q) ||
		flagged_row(f, m->b, alerts, &row) == FLAGGED_IDLE)
		return ST_OK;
	return book_work_add(m->m->work, f) ? ST_OK : no_memory(e);
}

static enum status add(void *arg, const struct flagged *f, struct err *e)
{
	struct making *m = arg;
	struct queue_memory *to = m->m;
	struct queue_row *r;

	if (!queue_room(to))
		return no_memory(e);
	r = &to->row[to->rows];
	switch (flagged_row(f, m->b, to->alert + to->alerts, r)) {
	case FLAGGED_ASLEEP:
		queue_sleeper(f, m->b, &to->asleep[to->sleepers++]);
		break;
	case FLAGGED_DUE:
		to->rows++;
		to->alerts += (uint32_t)r->alerts;
		break;
	case FLAGGED_IDLE:
		break;
	}
	return ST_OK;
}

/* ---- order ---- */

static int by_rank(const void *x, const void *y)
{
	const struct queue_row *a = x, *b = y;
	const int order = queue_compare(a, b);

	return order ? order : a->account < b->account ? -1 : 1;
}

/* What is not known comes last, as MONEY_NONE is below all. */
static int by_risk(const void *x, const void *y)
{
	const struct queue_sleeper *a = x, *b = y;

	if (a->at_risk != b->at_risk)
		return a->at_risk > b->at_risk ? -1 : 1;
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
		tied[i] = (struct tied){ r[i],
			amounts_at(&b->columns.scores.value, r[i].account - 1), keys[i] };
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

static enum status sort(struct book *b, struct queue_row *row, uint32_t n, struct err *e)
{
	enum status st = ST_OK;

	if (n)
		qsort(row, n, sizeof(*row), by_rank);
	for (uint32_t from = 0, to; st == ST_OK && from < n; from = to) {
		for (to = from + 1; to < n && row[to].rank == row[from].rank &&
				    row[to].section == row[from].section;)
			to++;
		if (to - from > 1)
			st = settle_tie(b, row + from, to - from, e);
	}
	return st;
}

/* ---- the queue ---- */

static void add_up(struct queue *q)
{
	for (uint32_t i = 0; i < q->n; i++)
		queue_count(q, &q->row[i]);
	for (uint32_t i = 0; i < q->asleep; i++)
		queue_add_asleep(q, &q->sleeper[i]);
	q->known = q->n;
}

void queue_drop(struct queue_memory **m)
{
	if (*m && --(*m)->holders == 0) {
		book_work_drop(&(*m)->work);
		book_picture_drop(&(*m)->picture);
		free((*m)->row);
		free((*m)->alert);
		free((*m)->asleep);
		free(*m);
	}
	*m = NULL;
}

/* Where the alerts of the rows are once their block stays where it is. */
void queue_point(struct queue_memory *m)
{
	uint32_t at = 0;

	for (uint32_t i = 0; i < m->rows; i++) {
		m->row[i].alert = m->alert + at;
		at += (uint32_t)m->row[i].alerts;
	}
}

struct queue *queue_new(struct queue_memory *m)
{
	struct queue *q = calloc(1, sizeof(*q));

	if (!q)
		return NULL;
	m->holders++;
	q->memory = m;
	q->row = m->row;
	q->n = q->known = m->rows;
	q->sleeper = m->asleep;
	q->asleep = m->sleepers;
	return q;
}

void queue_free(struct queue **q)
{
	struct queue_memory *m;

	if (!*q)
		return;
	m = (*q)->memory;
	if (!m || (*q)->row != m->row)
		free((*q)->row);
	if (!m || (*q)->sleeper != m->asleep)
		free((*q)->sleeper);
	queue_drop(&m);
	free(*q);
	*q = NULL;
}

void book_forget_queued(struct book *b)
{
	queue_free(&b->queued.whole);
	book_listed_clear(&b->queued.last);
	free(b->queued.in);
	b->queued = (struct book_queued){ 0 };
}

static enum status make_whole(struct book *b, const struct queue_query *q, struct err *e)
{
	struct queue_memory *memory = calloc(1, sizeof(*memory));
	struct making m = { b, q, memory };
	enum status st;

	book_forget_queued(b);
	if (!memory)
		return no_memory(e);
	memory->holders = 1;
	memory->work = calloc(1, sizeof(*memory->work));
	st = memory->work ? ST_OK : no_memory(e);
	if (st == ST_OK) {
		memory->work->holders = 1;
		st = book_each_flagged(b, gather, &m, e);
	}
	if (st == ST_OK) {
		book_work_settle(memory->work); /* rows point to its alerts */
		st = flagged_each(memory->work, b->columns.n, add, &m, e);
	}
	if (st == ST_OK) {
		settle(memory);
		queue_point(memory);
		if (memory->sleepers)
			qsort(memory->asleep, memory->sleepers, sizeof(*memory->asleep),
				by_risk);
		st = sort(b, memory->row, memory->rows, e);
	}
	if (st == ST_OK && !(b->queued.whole = queue_new(memory)))
		st = no_memory(e);
	if (st == ST_OK) {
		b->queued.scope = q->scope;
		b->queued.csm = q->csm;
		book_work_take(b, memory->work);
	}
	queue_drop(&memory);
	return st;
}

/* The whole queue is kept: a filter only leaves rows out of it. */
static enum status need_whole(struct book *b, const struct queue_query *q, struct err *e)
{
	const struct book_queued *k = &b->queued;

	if (k->whole && k->scope == q->scope && k->csm == q->csm)
		return ST_OK;
	return make_whole(b, q, e);
}

/* By id - 1 whether an account is in the whole queue, or asleep. */
static enum status need_marks(struct book *b, struct err *e)
{
	struct book_queued *k = &b->queued;

	if (k->in)
		return ST_OK;
	k->in = calloc((size_t)b->columns.n + 1, 1);
	for (uint32_t i = 0; k->in && i < k->whole->n; i++)
		k->in[k->whole->row[i].account - 1] = 1;
	for (uint32_t i = 0; k->in && i < k->whole->asleep; i++)
		k->in[k->whole->sleeper[i].account - 1] = 1;
	return k->in ? ST_OK : no_memory(e);
}

/* Rows of its own, as they stand in the whole one. */
static enum status sift(
	const struct queue *whole, const uint8_t *keep, struct queue *q, struct err *e)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < whole->n; i++)
		n += keep[whole->row[i].account - 1];
	q->row = malloc(((size_t)n + 1) * sizeof(*q->row));
	q->sleeper = malloc(((size_t)whole->asleep + 1) * sizeof(*q->sleeper));
	q->n = q->asleep = 0;
	if (!q->row || !q->sleeper)
		return no_memory(e);
	for (uint32_t i = 0; i < whole->asleep; i++)
		if (keep[whole->sleeper[i].account - 1])
			q->sleeper[q->asleep++] = whole->sleeper[i];
	for (uint32_t i = 0; i < whole->n; i++)
		if (keep[whole->row[i].account - 1])
			q->row[q->n++] = whole->row[i];
	return ST_OK;
}

static enum status make_held(struct book *b, const struct queue_query *query,
	struct queue **out, struct filter_error *where, struct err *e)
{
	const bool filtered = text_trim(query->where).n > 0;
	enum status st = filtered ? book_need_filter(b, query->where, where, e)
				  : book_need_columns(b, e);

	if (st == ST_OK)
		st = need_whole(b, query, e);
	if (st == ST_OK && !(*out = queue_new(b->queued.whole->memory)))
		st = no_memory(e);
	if (st == ST_OK && !filtered)
		add_up(*out);
	if (st != ST_OK || !filtered)
		return st;
	st = need_marks(b, e);
	if (st == ST_OK)
		st = book_sieve(b, query->where, b->queued.in, &b->queued.last, where, e);
	if (st == ST_OK)
		st = sift(b->queued.whole, b->queued.last.keep, *out, e);
	if (st == ST_OK)
		add_up(*out);
	return st;
}

enum status book_queue(struct book *b, const struct queue_query *query,
	struct queue **out, struct filter_error *where, struct err *e)
{
	enum status st = b->store->ops->hold(b->store, e);

	*out = NULL;
	if (where)
		*where = (struct filter_error){ 0, 0 };
	if (st != ST_OK)
		return st;
	st = make_held(b, query, out, where, e);
	b->store->ops->release(b->store);
	if (st != ST_OK)
		queue_free(out);
	return st;
}
