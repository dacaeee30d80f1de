/* The first picture of a queue: its name, one that is left behind, and showing one. */
#include "core/queue_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/plays.h"

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for a picture");
}

uint32_t queue_picture_number(enum queue_scope scope, uint32_t csm)
{
	switch (scope) {
	case QUEUE_OF_POOL:
		return PICTURE_OF_POOL;
	case QUEUE_OF_CSM:
		return csm >= 1 && csm <= QUEUE_PICTURE_CSMS ? PICTURE_OF_CSM + csm - 1
							     : UINT32_MAX;
	case QUEUE_OF_TEAM: /* nobody begins a day with it */
		return UINT32_MAX;
	case QUEUE_OF_ANYBODY:
		break;
	}
	return PICTURE_OF_ANYBODY;
}

/* What is said of a play that could be started is the library's of whoever looks. */
enum status queue_picture_name(struct book *b, const void *query, struct arena *a,
	struct text *out, struct err *e)
{
	const struct queue_query *q = query;
	const struct plays *plays;
	char name[80];
	int n;
	enum status st = book_plays(b, &plays, e);

	*out = (struct text){ NULL, 0 };
	if (st != ST_OK)
		return st;
	n = snprintf(name, sizeof(name), "queue %u %llx",
		(unsigned)queue_picture_number(q->scope, q->csm),
		(unsigned long long)plays_told(plays));
	if (queue_picture_number(q->scope, q->csm) == UINT32_MAX) /* of many */
		n += snprintf(name + n, sizeof(name) - (size_t)n, " %d %u", (int)q->scope,
			(unsigned)q->csm);
	*out = (struct text){ arena_copy(a, name, (size_t)n), (size_t)n };
	return out->s ? ST_OK : no_memory(e);
}

/* ---- one of them ---- */

static bool say(struct arena *a, const char *said, struct text *out)
{
	const size_t n = strlen(said);

	*out = (struct text){ arena_copy(a, said, n), n };
	return out->s != NULL;
}

enum status queue_picture_work(struct book *b, struct picture *p, struct err *e)
{
	for (uint32_t k = 0; k < p->n; k++) {
		struct picture_work *w = &p->work[k];
		const struct alert *alerts[ALERT_KINDS];
		char text[QUEUE_TEXT_MAX];
		struct book_live live;
		struct queue_row row;
		struct flagged f;

		book_live_find(b->work, p->row[k].account, &live);
		f = (struct flagged){ p->row[k].account, live.alert, live.alerts,
			live.task, live.tasks };
		if (flagged_row(&f, b, alerts, &row) != FLAGGED_DUE)
			return err_set(e, ST_INVALID, "a queue that is another by now");
		*w = (struct picture_work){ .section = row.section,
			.worst = row.worst,
			.weight = row.weight,
			.at_risk = row.at_risk,
			.rank = row.rank,
			.alerts = live.alerts,
			.tasks = live.tasks,
			.alert = live.alert,
			.task = live.task };
		if (!say(&p->arena, queue_why(b, &row, text), &w->why) ||
			!say(&p->arena, queue_next(b, &row, text), &w->next))
			return no_memory(e);
		w->who = queue_who_of(b, &row, p->row[k].csm);
		if (!arena_keep(&p->arena, &w->who))
			return no_memory(e);
	}
	return ST_OK;
}

/* Accounts and ARR of whose queue it is, as its list has them. */
static enum status count_listed(const struct book *b, const struct queue_query *q,
	struct picture *p, struct err *e)
{
	const struct book_columns *c = &b->columns;

	p->listed = 0;
	p->arr = 0;
	for (uint32_t i = 0; i < c->n; i++) {
		const uint32_t owner = (uint32_t)shorts_at(&c->csm, i);

		if (!c->active[i] || (q->scope == QUEUE_OF_POOL && owner != 0) ||
			(q->scope < QUEUE_OF_POOL &&
				!queue_is_of(b, q->scope, q->csm, owner)))
			continue;
		p->listed++;
		if (!money_add(p->arr, amounts_or_none(&c->arr, i), &p->arr))
			return err_set(e, ST_INVALID, "the ARR adds up to too much");
	}
	return ST_OK;
}

static enum status fill_queue(
	struct book *b, const void *query, struct picture *p, struct err *e)
{
	struct queue_query q = *(const struct queue_query *)query;
	uint32_t ids[PICTURE_QUEUE_ROWS];
	struct queue *whole = NULL;
	enum status st;

	q.where = (struct text){ NULL, 0 };
	st = book_queue(b, &q, &whole, NULL, e);
	if (st != ST_OK)
		return st;
	p->is_queue = true;
	p->queue = *whole;
	p->n = whole->n < PICTURE_QUEUE_ROWS ? whole->n : PICTURE_QUEUE_ROWS;
	for (uint32_t k = 0; k < p->n; k++)
		ids[k] = whole->row[k].account;
	st = book_rows(b, ids, p->n, &p->arena, p->row, e);
	if (st == ST_OK)
		st = book_spark(b, ids, p->n, PICTURE_WEEKS, 7, p->spark[0], e);
	if (st == ST_OK)
		st = queue_picture_work(b, p, e);
	if (st == ST_OK)
		st = count_listed(b, &q, p, e);
	if (st == ST_OK)
		st = book_sum_columns(b, &p->sums, e);
	queue_free(&whole);
	return st;
}

enum status book_picture_of_queue(struct book *b, const struct queue_query *q,
	struct arena *a, struct text *out, struct err *e)
{
	static const struct picture_making how = { queue_picture_name, fill_queue, true };

	return book_picture_keep(b, &how, q, a, out, e);
}

/* ---- showing one ---- */

bool book_picture_live(struct book *b, uint32_t account, struct book_live *out)
{
	const struct picture *p = book_picture(b);

	for (uint32_t k = 0; p && p->is_queue && k < p->n; k++) {
		const struct picture_work *w = &p->work[k];

		if (p->row[k].account != account)
			continue;
		*out = (struct book_live){ .alert = w->alert,
			.alerts = w->alerts,
			.task = w->task,
			.tasks = w->tasks };
		return true;
	}
	return false;
}

static bool take_row(
	struct queue_memory *m, const struct picture *p, uint32_t k, int32_t today)
{
	const struct picture_work *w = &p->work[k];
	const struct flagged f = { p->row[k].account, w->alert, w->alerts, w->task,
		w->tasks };
	struct queue_row *r;

	if (!queue_room(m))
		return false;
	r = &m->row[m->rows++];
	flagged_take(&f, today, m->alert + m->alerts, r);
	m->alerts += (uint32_t)r->alerts;
	r->section = w->section;
	r->worst = w->worst;
	r->weight = w->weight;
	r->at_risk = w->at_risk;
	r->rank = w->rank;
	r->said = w;
	return true;
}

static enum status take_queue(
	struct book *b, struct picture *p, struct queue **out, struct err *e)
{
	struct queue_memory *m = calloc(1, sizeof(*m));
	struct queue *q;
	bool good = m != NULL;

	if (m) {
		m->holders = 1;
		m->picture = p;
		p->holders++;
	}
	for (uint32_t k = 0; good && k < p->n; k++)
		good = take_row(m, p, k, b->clock.today);
	if (good)
		queue_point(m);
	*out = q = good ? queue_new(m) : NULL;
	queue_drop(&m);
	if (!q)
		return no_memory(e);
	q->n = p->queue.n;
	q->asleep = p->queue.asleep;
	q->asleep_at_risk = p->queue.asleep_at_risk;
	memcpy(q->to_win, p->queue.to_win, sizeof(q->to_win));
	memcpy(q->in, p->queue.in, sizeof(q->in));
	memcpy(q->at_risk, p->queue.at_risk, sizeof(q->at_risk));
	return ST_OK;
}

/* Its ids are 0: none is known yet. */
static struct list *new_list(const struct picture *p)
{
	struct list *l = calloc(1, sizeof(*l));

	if (l)
		l->id = calloc((size_t)p->listed + 1, sizeof(*l->id));
	if (!l || !l->id) {
		list_free(&l);
		return NULL;
	}
	l->n = p->listed;
	l->arr = p->arr;
	l->figures_day = p->sums.figures_day;
	return l;
}

enum status book_queue_first(struct book *b, const struct queue_query *q, uint32_t rows,
	struct queue **queue, struct list **list, struct err *e)
{
	const struct picture *p = book_picture(b);
	enum status st;

	*queue = NULL;
	*list = NULL;
	if (!p || !p->is_queue || b->begin_scope != q->scope || b->begin_csm != q->csm ||
		text_trim(q->where).n > 0 || (p->n < rows && p->n < p->queue.n))
		return ST_OK;
	st = take_queue(b, b->picture, queue, e);
	if (st == ST_OK && !(*list = new_list(p)))
		st = no_memory(e);
	if (st != ST_OK)
		queue_free(queue);
	return st;
}
