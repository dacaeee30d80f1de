/*
 * The story of an account. Most of it has entries in the history; what a recalculation
 * made of its alerts stands in their rows, by the day, and belongs to the first one of
 * that day that the history knows.
 */
#include "core/book_undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change_cell.h"
#include "core/convert.h"

struct happened {
	int32_t day;
	char text[160];
};
struct recalc {
	int32_t day;
	int64_t operation; /* the first of the day */
};

struct gathered {
	void *item; /* owned */
	uint32_t n, room;
};

struct story {
	struct book *b;
	uint32_t account, untold;
	struct gathered touching; /* int64_t: operations, descending */
	struct gathered recalcs;  /* struct recalc, one for each day */
	struct gathered events;   /* struct happened */
	struct gathered moves;    /* struct tier_move */
	uint32_t at;              /* in touching */
	struct rules_then then;
	story_fn fn;
	void *arg;
};

static enum status add(struct gathered *l, size_t size, const void *item, struct err *e)
{
	if (l->n == l->room) {
		const uint32_t room = l->room ? 2 * l->room : 64;
		void *grown = realloc(l->item, room * size);

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the story");
		l->item = grown;
		l->room = room;
	}
	memcpy((char *)l->item + size * l->n++, item, size);
	return ST_OK;
}

/* ---- what recalculations did ---- */

/* Nothing, where the cell is not a day of the past. */
static enum status happen(struct story *s, const struct cell *day, const char *what,
	struct text name, struct err *e)
{
	struct happened x;

	if (day->type != CELL_INT || day->i > s->b->clock.today)
		return ST_OK;
	x.day = (int32_t)day->i;
	snprintf(x.text, sizeof(x.text), "%s: %.*s", what, convert_shown(name, 80),
		name.s ? name.s : "");
	return add(&s->events, sizeof(x), &x, e);
}

static enum status take_alert(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct story *s = arg;
	const struct text kind = cell_as_text(&c[F_ALERT_KIND]);
	enum status st = happen(s, &c[F_ALERT_OPENED], "alert opened", kind, e);

	(void)id;
	if (st == ST_OK)
		st = happen(s, &c[F_ALERT_ESCALATED], "alert escalated", kind, e);
	/* a closed one has an entry */
	if (st == ST_OK && text_eq(cell_as_text(&c[F_ALERT_STATE]), TEXT("resolved")))
		st = happen(s, &c[F_ALERT_ENDED], "alert resolved", kind, e);
	return st;
}

/* What a person started has one, too. */
static enum status take_task(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct story *s = arg;

	(void)id;
	return c[F_TASK_ACTOR].type == CELL_MISSING
		       ? happen(s, &c[F_TASK_STARTED], "play started",
				 cell_as_text(&c[F_TASK_PLAY]), e)
		       : ST_OK;
}

static bool happened_on(const struct story *s, const struct cell *day)
{
	const struct happened *x = s->events.item;

	for (uint32_t i = 0; day->type == CELL_INT && i < s->events.n; i++)
		if (x[i].day == day->i)
			return true;
	return false;
}

/* Of its own accord mail is only queued when something became of an alert. */
static enum status take_message(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct story *s = arg;

	(void)id;
	return c[F_MESSAGE_ALERT].type == CELL_INT && happened_on(s, &c[F_MESSAGE_MADE])
		       ? happen(s, &c[F_MESSAGE_MADE], "mail queued",
				 cell_as_text(&c[F_MESSAGE_SUBJECT]), e)
		       : ST_OK;
}

static enum status take_move(void *arg, const struct tier_move *m, struct err *e)
{
	return add(&((struct story *)arg)->moves, sizeof(*m), m, e);
}

static enum status gather(struct story *s, struct err *e)
{
	const struct store_ops *ops = s->b->store->ops;
	struct store *store = s->b->store;
	enum status st = ops->rows(store, REC_ALERT, s->account, take_alert, s, e);

	if (st == ST_OK)
		st = ops->rows(store, REC_TASK, s->account, take_task, s, e);
	if (st == ST_OK)
		st = ops->rows(store, REC_MESSAGE, s->account, take_message, s, e);
	return st == ST_OK ? ops->moves(store, s->account, take_move, s, e) : st;
}

/* ---- operations ---- */

static enum status take_touching(void *arg, const struct operation *o, struct err *e)
{
	return add(&((struct story *)arg)->touching, sizeof(o->id), &o->id, e);
}

/* The newest first, so that the first of a day comes last. */
static enum status take_recalc(void *arg, const struct operation *o, struct err *e)
{
	struct story *s = arg;
	struct recalc *last = s->recalcs.item;
	const struct recalc x = { (int32_t)o->subject, o->id };

	s->untold += o->kind == OPERATION_IMPORT && !o->changes;
	if (o->kind != OPERATION_RECALC || !o->subject || o->reversed_by)
		return ST_OK;
	for (uint32_t i = 0; i < s->recalcs.n; i++)
		if (last[i].day == x.day) {
			last[i] = x;
			return ST_OK;
		}
	return add(&s->recalcs, sizeof(x), &x, e);
}

static bool is_first_of_day(const struct story *s, const struct operation *o)
{
	const struct recalc *x = s->recalcs.item;

	for (uint32_t i = 0; i < s->recalcs.n; i++)
		if (x[i].operation == o->id)
			return true;
	return false;
}

static void tell(char out[STORY_TOLD_MAX], const char *text)
{
	const size_t n = strlen(out);

	snprintf(out + n, STORY_TOLD_MAX - n, "%s%s", n ? "; " : "", text);
}

/* A person's reason is that of the operation. */
static enum status tell_move(struct story *s, const struct tier_move *m,
	char out[STORY_TOLD_MAX], struct err *e)
{
	char why[STORY_TOLD_MAX / 2], text[STORY_TOLD_MAX / 2 + 40], from[24] = "";
	struct text pair = { NULL, 0 };
	struct arena a;
	enum status st = ST_OK;

	arena_init(&a);
	if (m->pair)
		st = s->b->store->ops->key(
			s->b->store, REC_ACCOUNT, m->pair, &a, &pair, e);
	if (st == ST_OK)
		st = book_rules_then(s->b, m->policy_version, &s->then, e);
	review_reason(&s->then.policy, m, pair, why, sizeof(why));
	if (m->from != TIER_NONE)
		snprintf(from, sizeof(from), "tier %u to %u", m->from, m->to);
	else
		snprintf(from, sizeof(from), "into tier %u", m->to);
	if (m->cause == CAUSE_MANUAL && pair.s)
		snprintf(text, sizeof(text), "%s, in exchange with %.*s", from,
			convert_shown(pair, 80), pair.s);
	else if (m->cause == CAUSE_MANUAL)
		snprintf(text, sizeof(text), "%s", from);
	else
		snprintf(text, sizeof(text), "%s, %s: %s", from,
			move_cause_name[m->cause], why);
	tell(out, text);
	arena_clear(&a);
	return st;
}

static enum status tell_moves(struct story *s, const struct operation *o,
	char out[STORY_TOLD_MAX], struct err *e)
{
	const struct tier_move *m = s->moves.item;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < s->moves.n; i++)
		if (m[i].review == o->subject && o->kind != OPERATION_POLICY)
			st = tell_move(s, &m[i], out, e);
	return st;
}

static void tell_day(const struct story *s, int64_t day, char out[STORY_TOLD_MAX])
{
	const struct happened *x = s->events.item;

	for (uint32_t i = 0; i < s->events.n; i++)
		if (x[i].day == day)
			tell(out, x[i].text);
}

static enum status give(void *arg, const struct operation *o, struct err *e)
{
	struct story *s = arg;
	const int64_t *id = s->touching.item;
	char told[STORY_TOLD_MAX] = "";
	enum status st = ST_OK;

	if (o->kind == OPERATION_RECALC && is_first_of_day(s, o))
		tell_day(s, o->subject, told);
	if (s->at < s->touching.n && id[s->at] == o->id) {
		s->at++;
		st = tell_moves(s, o, told, e);
	} else if (!told[0]) {
		return ST_OK;
	}
	return st == ST_OK ? s->fn(s->arg, o, told, e) : st;
}

static enum status story(struct story *s, struct err *e)
{
	const struct operation_query touching = { .account = s->account }, all = { 0 };
	enum status st = gather(s, e);

	if (st == ST_OK)
		st = book_query_operations(s->b, &touching, take_touching, s, e);
	if (st == ST_OK)
		st = book_query_operations(s->b, &all, take_recalc, s, e);
	return st == ST_OK ? book_query_operations(s->b, &all, give, s, e) : st;
}

enum status book_story(struct book *b, uint32_t account, uint32_t *untold, story_fn fn,
	void *arg, struct err *e)
{
	struct story s = { .b = b,
		.account = account,
		.then = { b->policy_version, b->policy },
		.fn = fn,
		.arg = arg };
	enum status st = b->store->ops->hold(b->store, e);

	if (st != ST_OK)
		return st;
	st = story(&s, e);
	b->store->ops->release(b->store);
	if (untold)
		*untold = s.untold;
	free(s.touching.item);
	free(s.recalcs.item);
	free(s.events.item);
	free(s.moves.item);
	return st;
}
