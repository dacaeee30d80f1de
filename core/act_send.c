/*
 * Handing messages over. What came of each stands in its delivery until the end of the
 * run, when all of them are one operation of the history: the row and the history say the
 * same at any time, and nobody's work is buried under a line for each mail.
 */
#include "core/act_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/convert.h"

/* ---- what is known of one ---- */

static bool is_handed(const struct delivery *d)
{
	return d->sent != DAY_NONE || d->failure.s;
}

bool act_is_taken(const struct book *b, const struct delivery *d)
{
	return d->sent != DAY_NONE || d->until > b->clock.now(&b->clock);
}

struct looking {
	struct delivery *out;
	struct arena *arena;
};

static enum status keep_delivery(void *arg, const struct delivery *d, struct err *e)
{
	struct looking *l = arg;

	*l->out = *d;
	return arena_keep(l->arena, &l->out->actor) &&
			       (!d->failure.s || arena_keep(l->arena, &l->out->failure))
		       ? ST_OK
		       : err_set(e, ST_NOMEM, "not enough memory for the outbox");
}

/* What a sender left or has of a message, texts in the arena; out->message 0: nothing. */
static enum status delivery_of(struct book *b, int64_t message, struct arena *a,
	struct delivery *out, struct err *e)
{
	struct looking l = { out, a };

	*out = (struct delivery){ .sent = DAY_NONE };
	return b->store->ops->deliveries(b->store, message, keep_delivery, &l, e);
}

enum status act_check_taken(
	struct book *b, int64_t message, struct arena *a, struct err *e)
{
	struct delivery d;
	const enum status st = delivery_of(b, message, a, &d, e);

	if (st != ST_OK || !d.message || !act_is_taken(b, &d))
		return st;
	return err_set(e, ST_STALE, "message %lld is being sent right now, by %.*s",
		(long long)message, convert_shown(d.actor, 60), d.actor.s);
}

/* ---- one step ---- */

static enum status end(struct book *b, enum status st, struct err *e)
{
	if (st == ST_OK)
		st = b->store->ops->picture_keep(b->store, NULL, 0, e);
	if (st == ST_OK)
		st = b->store->ops->commit(b->store, e);
	if (st != ST_OK)
		b->store->ops->rollback(b->store);
	return st;
}

static enum status take(struct book *b, int64_t id, int seconds, struct arena *a,
	message_fn fn, void *arg, struct err *e)
{
	struct delivery d;
	enum status st = delivery_of(b, id, a, &d, e);

	if (st == ST_OK && d.message && act_is_taken(b, &d))
		return err_set(e, ST_NOTFOUND, "somebody else has it");
	d = (struct delivery){ .message = id,
		.actor = text_of(b->me),
		.until = b->clock.now(&b->clock) + seconds,
		.sent = DAY_NONE };
	if (st == ST_OK)
		st = act_give_message(b, id, fn, arg, e);
	return st == ST_OK ? b->store->ops->delivery_save(b->store, &d, e) : st;
}

enum status book_take(struct book *b, int64_t message, int seconds, message_fn fn,
	void *arg, struct err *e)
{
	enum status st = b->store->ops->begin(b->store, e);
	struct arena a;

	if (st != ST_OK)
		return st;
	arena_init(&a);
	st = end(b, take(b, message, seconds, &a, fn, arg, e), e);
	arena_clear(&a);
	return st;
}

/* Who was too slow says so too: a message that went out is sent, whoever has it now. */
static enum status tell(
	struct book *b, struct delivery *d, struct text why, struct err *e)
{
	if (!d->message || d->sent != DAY_NONE ||
		(why.s && !text_eq(d->actor, text_of(b->me))))
		return ST_OK;
	d->actor = text_of(b->me);
	d->sent = why.s ? DAY_NONE : b->clock.today;
	d->failure = why;
	return b->store->ops->delivery_save(b->store, d, e);
}

enum status book_handed(struct book *b, int64_t message, const char *why, struct err *e)
{
	struct text text = { NULL, 0 };
	struct delivery d;
	struct arena a;
	enum status st =
		!why ? ST_OK
		     : act_text(why, "a message that was not sent wants a reason why",
			       &text, e);

	if (st == ST_OK)
		st = b->store->ops->begin(b->store, e);
	if (st != ST_OK)
		return st;
	arena_init(&a);
	st = delivery_of(b, message, &a, &d, e);
	if (st == ST_OK)
		st = tell(b, &d, text, e);
	st = end(b, st, e);
	arena_clear(&a);
	return st;
}

enum status book_let_go(struct book *b, int64_t message, struct err *e)
{
	struct delivery d;
	struct arena a;
	enum status st = b->store->ops->begin(b->store, e);

	if (st != ST_OK)
		return st;
	arena_init(&a);
	st = delivery_of(b, message, &a, &d, e);
	if (st == ST_OK && d.message && !is_handed(&d) &&
		text_eq(d.actor, text_of(b->me)))
		st = b->store->ops->delivery_drop(b->store, message, e);
	st = end(b, st, e);
	arena_clear(&a);
	return st;
}

/* ---- the history ---- */

/* Those that one person handed over. */
struct settling {
	struct work w;
	struct text actor; /* n 0: not chosen yet */
	struct delivery *d;
	uint32_t n, room, sent;
	struct arena arena;
};

/* Of others only what they left behind. */
static enum status take_handed(void *arg, const struct delivery *d, struct err *e)
{
	struct settling *s = arg;
	struct book *b = s->w.b;
	const bool mine = text_eq(d->actor, text_of(b->me));

	if (!is_handed(d) || (!mine && d->until > b->clock.now(&b->clock)) ||
		(s->actor.s && !text_eq(d->actor, s->actor)))
		return ST_OK;
	if (s->n == s->room) {
		const uint32_t room = s->room ? 2 * s->room : 64;
		struct delivery *grown = arena_alloc(&s->arena, room * sizeof(*grown));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the outbox");
		if (s->n)
			memcpy(grown, s->d, s->n * sizeof(*grown));
		s->d = grown;
		s->room = room;
	}
	if (keep_delivery(&(struct looking){ &s->d[s->n], &s->arena }, d, e) != ST_OK)
		return ST_NOMEM;
	s->actor = s->d[s->n].actor;
	s->sent += s->d[s->n++].sent != DAY_NONE;
	return ST_OK;
}

static enum status settle_one(struct settling *s, const struct delivery *d, struct err *e)
{
	struct cell before[MESSAGE_FIELDS], after[MESSAGE_FIELDS];
	enum status st = work_read(&s->w, REC_MESSAGE, d->message, before, e);

	if (st != ST_OK)
		return st;
	memcpy(after, before, sizeof(after));
	act_count_try(after, d->failure);
	if (d->sent != DAY_NONE)
		after[F_MESSAGE_SENT] = CELL_OF_INT(d->sent);
	st = work_write(&s->w, REC_MESSAGE, d->message, before, after, e);
	return st == ST_OK ? s->w.store->ops->delivery_drop(s->w.store, d->message, e)
			   : st;
}

/* *more: there may be others'. */
static enum status settle(struct book *b, bool *more, struct err *e)
{
	struct settling s = { .n = 0 };
	char title[64];
	enum status st = work_begin(&s.w, b, "", NULL, e);

	*more = false;
	if (st != ST_OK)
		return st;
	arena_init(&s.arena);
	st = b->store->ops->deliveries(b->store, 0, take_handed, &s, e);
	for (uint32_t i = 0; st == ST_OK && i < s.n; i++)
		st = settle_one(&s, &s.d[i], e);
	snprintf(
		title, sizeof(title), "outbox: %u sent, %u failed", s.sent, s.n - s.sent);
	s.w.op.title = text_of(title);
	if (s.n)
		s.w.op.actor = s.actor;
	st = work_end(&s.w, st, e);
	*more = st == ST_OK && s.n > 0;
	arena_clear(&s.arena);
	return st;
}

enum status book_settle(struct book *b, struct err *e)
{
	bool more = true;
	enum status st = ST_OK;

	while (st == ST_OK && more)
		st = settle(b, &more, e);
	return st;
}
