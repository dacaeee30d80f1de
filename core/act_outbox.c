/* The outbox: what waits to be sent, and what became of it. */
#include "core/act_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/change_cell.h"

/* ---- reading ---- */

struct outbox {
	struct book *b;
	struct message *m; /* owned */
	uint32_t n, room;
	uint32_t at; /* the first that deliveries were not compared with */
	struct arena arena;
};

static int64_t whole(const struct cell *c)
{
	return c->type == CELL_INT ? c->i : 0;
}

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the outbox");
}

static bool keep_texts(struct arena *a, struct message *m)
{
	return arena_keep(a, &m->kind) && arena_keep(a, &m->recipient) &&
	       arena_keep(a, &m->subject) && arena_keep(a, &m->body) &&
	       arena_keep(a, &m->play) && arena_keep(a, &m->failure);
}

/* What was written for a later day waits for it, and what was sent on a day that can't be
 * does not wait either. */
static bool waits(const struct book *b, const struct cell *c)
{
	return c[F_MESSAGE_MADE].i <= b->clock.today &&
	       c[F_MESSAGE_SENT].type != CELL_INT;
}

static struct message message_of(int64_t id, const struct cell *c)
{
	return (struct message){
		.id = id,
		.account = cell_id(&c[F_MESSAGE_ACCOUNT]),
		.made = cell_day(&c[F_MESSAGE_MADE]),
		.sent = DAY_NONE,
		.kind = cell_as_text(&c[F_MESSAGE_KIND]),
		.recipient = cell_as_text(&c[F_MESSAGE_TO]),
		.subject = cell_as_text(&c[F_MESSAGE_SUBJECT]),
		.body = cell_as_text(&c[F_MESSAGE_BODY]),
		.play = cell_as_text(&c[F_MESSAGE_PLAY]),
		.alert = whole(&c[F_MESSAGE_ALERT]),
		.tries = whole(&c[F_MESSAGE_TRIES]),
		.failure = cell_as_text(&c[F_MESSAGE_FAILURE]),
	};
}

static enum status take_message(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct outbox *o = arg;
	struct message *m;

	if (!waits(o->b, c))
		return ST_OK;
	if (o->n == o->room) {
		const uint32_t room = o->room ? 2 * o->room : 64;
		struct message *grown = realloc(o->m, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		o->m = grown;
		o->room = room;
	}
	m = &o->m[o->n++];
	*m = message_of(id, c);
	return keep_texts(&o->arena, m) ? ST_OK : no_memory(e);
}

static int by_id(const void *x, const void *y)
{
	const struct message *a = x, *b = y;

	return (a->id > b->id) - (a->id < b->id);
}

static enum status take_name(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct message *m = arg;

	(void)id;
	(void)e;
	m->account_name = cell_as_text(&c[F_NAME]);
	m->account_id = cell_as_text(&c[F_ACCOUNT_ID]);
	return ST_OK;
}

struct giving {
	struct message *m;
	message_fn fn;
	void *arg;
};

/* The names are borrowed while the row stands. */
static enum status give(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct giving *g = arg;
	const enum status st = take_name(g->m, id, c, e);

	return st == ST_OK ? g->fn(g->arg, g->m, e) : st;
}

static enum status give_named(
	struct book *b, struct message *m, message_fn fn, void *arg, struct err *e)
{
	struct giving g = { m, fn, arg };

	return b->store->ops->rows_of(b->store, REC_ACCOUNT, &m->account, 1, give, &g, e);
}

/* Both come ascending. What was handed over does not wait any more. */
static enum status take_delivery(void *arg, const struct delivery *d, struct err *e)
{
	struct outbox *o = arg;
	struct message *m;

	while (o->at < o->n && o->m[o->at].id < d->message)
		o->at++;
	if (o->at == o->n || o->m[o->at].id != d->message)
		return ST_OK;
	m = &o->m[o->at];
	m->sent = d->sent;
	if (d->failure.s) {
		m->failure = d->failure;
		m->tries += m->tries < INT64_MAX;
	}
	if (act_is_taken(o->b, d))
		m->sender = d->actor;
	return arena_keep(&o->arena, &m->failure) && arena_keep(&o->arena, &m->sender)
		       ? ST_OK
		       : no_memory(e);
}

static enum status load_held(struct book *b, struct outbox *o, struct err *e)
{
	enum status st;

	*o = (struct outbox){ .b = b };
	arena_init(&o->arena);
	st = b->store->ops->unended(
		b->store, REC_MESSAGE, 0, DAY_MAX, take_message, o, e);
	if (st == ST_OK && o->n)
		qsort(o->m, o->n, sizeof(*o->m), by_id);
	return st == ST_OK ? b->store->ops->deliveries(b->store, 0, take_delivery, o, e)
			   : st;
}

static enum status load(struct book *b, struct outbox *o, struct err *e)
{
	enum status st = b->store->ops->hold(b->store, e);

	*o = (struct outbox){ .b = b };
	if (st != ST_OK)
		return st;
	st = load_held(b, o, e);
	b->store->ops->release(b->store);
	return st;
}

static void clear(struct outbox *o)
{
	free(o->m);
	arena_clear(&o->arena);
}

enum status book_outbox(struct book *b, message_fn fn, void *arg, struct err *e)
{
	struct outbox o;
	enum status st = load(b, &o, e);

	for (uint32_t i = 0; st == ST_OK && i < o.n; i++)
		if (o.m[i].sent == DAY_NONE)
			st = give_named(b, &o.m[i], fn, arg, e);
	clear(&o);
	return st;
}

static enum status not_waiting(int64_t id, struct err *e)
{
	return err_set(e, ST_NOTFOUND,
		"there is no message %lld that waits; `tierdesk outbox` lists them",
		(long long)id);
}

enum status act_give_message(
	struct book *b, int64_t id, message_fn fn, void *arg, struct err *e)
{
	struct cell c[MESSAGE_FIELDS];
	struct message m;
	struct arena a;
	bool there;
	enum status st;

	arena_init(&a);
	st = b->store->ops->row_read(b->store, REC_MESSAGE, id, &a, c, &there, e);
	if (st == ST_OK && (!there || !waits(b, c)))
		st = not_waiting(id, e);
	if (st == ST_OK) {
		m = message_of(id, c);
		st = give_named(b, &m, fn, arg, e);
	}
	arena_clear(&a);
	return st;
}

/* ---- what became of it ---- */

void act_count_try(struct cell c[MESSAGE_FIELDS], struct text why)
{
	const int64_t tries = whole(&c[F_MESSAGE_TRIES]);

	c[F_MESSAGE_TRIES] = CELL_OF_INT(tries > 0 && tries < INT64_MAX ? tries + 1 : 1);
	c[F_MESSAGE_FAILURE] = (struct cell){ .type = CELL_MISSING };
	if (why.s)
		c[F_MESSAGE_FAILURE] = CELL_OF_TEXT(why);
}

/* What a sender left of it does not count any more. */
static enum status mark(struct work *w, int64_t id, struct err *e)
{
	struct cell before[MESSAGE_FIELDS], after[MESSAGE_FIELDS];
	struct arena a;
	enum status st;

	arena_init(&a);
	st = act_check_taken(w->b, id, &a, e);
	arena_clear(&a);
	if (st == ST_OK)
		st = work_read(w, REC_MESSAGE, id, before, e);
	if (st == ST_NOTFOUND || (st == ST_OK && before[F_MESSAGE_SENT].type == CELL_INT))
		return not_waiting(id, e);
	if (st != ST_OK)
		return st;
	memcpy(after, before, sizeof(after));
	after[F_MESSAGE_SENT] = CELL_OF_INT(w->b->clock.today);
	after[F_MESSAGE_FAILURE] = (struct cell){ .type = CELL_MISSING };
	st = work_write(w, REC_MESSAGE, id, before, after, e);
	return st == ST_OK ? w->store->ops->delivery_drop(w->store, id, e) : st;
}

static enum status mark_all(struct work *w, struct err *e)
{
	struct outbox o;
	enum status st = load_held(w->b, &o, e);

	for (uint32_t i = 0; st == ST_OK && i < o.n; i++)
		if (o.m[i].sent == DAY_NONE && !o.m[i].sender.n)
			st = mark(w, o.m[i].id, e);
	clear(&o);
	return st;
}

enum status book_mark_sent(struct book *b, const int64_t *messages, uint32_t n,
	uint32_t *marked, struct err *e)
{
	struct work w;
	enum status st = work_begin(&w, b,
		n == 1 ? "mark a message as sent" : "mark messages as sent", NULL, e);

	if (st != ST_OK)
		return st;
	if (!n)
		st = mark_all(&w, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		st = mark(&w, messages[i], e);
	if (marked)
		*marked = w.op.changes;
	return work_end(&w, st, e);
}
