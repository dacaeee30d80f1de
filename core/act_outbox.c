/* The outbox: what waits to be sent, and what became of it. */
#include "core/act_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/change_cell.h"
#include "core/convert.h"

/* ---- reading ---- */

struct outbox {
	struct book *b;
	struct message *m; /* owned */
	uint32_t n, room;
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

/* What was written for a later day waits for it. */
static enum status take_message(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct outbox *o = arg;
	struct message *m;

	/* one that was sent on a day that can't be does not wait either */
	if (c[F_MESSAGE_MADE].i > o->b->clock.today || c[F_MESSAGE_SENT].type == CELL_INT)
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
	*m = (struct message){
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

static enum status load(struct book *b, struct outbox *o, struct err *e)
{
	enum status st;

	*o = (struct outbox){ .b = b };
	arena_init(&o->arena);
	st = b->store->ops->unended(
		b->store, REC_MESSAGE, 0, DAY_MAX, take_message, o, e);
	if (st == ST_OK && o->n)
		qsort(o->m, o->n, sizeof(*o->m), by_id);
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

	for (uint32_t i = 0; st == ST_OK && i < o.n; i++) {
		struct giving g = { &o.m[i], fn, arg };

		st = b->store->ops->accounts(b->store, &o.m[i].account, 1, give, &g, e);
	}
	clear(&o);
	return st;
}

/* ---- what became of it ---- */

static void count_failure(struct cell c[MESSAGE_FIELDS], struct text why)
{
	const int64_t tries = whole(&c[F_MESSAGE_TRIES]);

	c[F_MESSAGE_TRIES] = CELL_OF_INT(tries > 0 && tries < INT64_MAX ? tries + 1 : 1);
	c[F_MESSAGE_FAILURE] = CELL_OF_TEXT(why);
}

/* Whoever sends works through them one by one: no entry of the history for each, it would
 * bury what people did. */
static enum status change(
	struct book *b, int64_t id, const struct text *why, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	struct cell c[MESSAGE_FIELDS];
	struct arena a;
	bool there = false;
	enum status st;

	arena_init(&a);
	st = ops->row_read(b->store, REC_MESSAGE, id, &a, c, &there, e);
	if (st == ST_OK && (!there || c[F_MESSAGE_SENT].type == CELL_INT))
		st = err_set(e, ST_NOTFOUND,
			"there is no message %lld that waits; `tierdesk outbox` lists "
			"them",
			(long long)id);
	if (st == ST_OK && why)
		count_failure(c, *why);
	else if (st == ST_OK) {
		c[F_MESSAGE_SENT] = CELL_OF_INT(b->clock.today);
		c[F_MESSAGE_FAILURE] = (struct cell){ .type = CELL_MISSING };
	}
	if (st == ST_OK)
		st = ops->row_write(b->store, REC_MESSAGE, id, c,
			1u << F_MESSAGE_TRIES | 1u << F_MESSAGE_FAILURE |
				1u << F_MESSAGE_SENT,
			e);
	arena_clear(&a);
	return st;
}

static enum status end(struct book *b, enum status st, struct err *e)
{
	if (st == ST_OK)
		st = b->store->ops->picture_keep(b->store, e);
	if (st == ST_OK)
		st = b->store->ops->commit(b->store, e);
	if (st != ST_OK)
		b->store->ops->rollback(b->store);
	return st;
}

static enum status mark_all(struct book *b, struct err *e)
{
	struct outbox o;
	enum status st = load(b, &o, e);

	for (uint32_t i = 0; st == ST_OK && i < o.n; i++)
		st = change(b, o.m[i].id, NULL, e);
	clear(&o);
	return st;
}

enum status book_mark_sent(
	struct book *b, const int64_t *messages, uint32_t n, struct err *e)
{
	enum status st = b->store->ops->begin(b->store, e);

	if (st != ST_OK)
		return st;
	if (!n)
		st = mark_all(b, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++)
		st = change(b, messages[i], NULL, e);
	return end(b, st, e);
}

enum status book_mark_failed(
	struct book *b, int64_t message, const char *why, struct err *e)
{
	struct text text;
	enum status st =
		act_text(why, "a message that was not sent wants a reason why", &text, e);

	if (st == ST_OK)
		st = b->store->ops->begin(b->store, e);
	return st == ST_OK ? end(b, change(b, message, &text, e), e) : st;
}
