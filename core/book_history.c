/* The history for people. */
#include "core/book_undo.h"

#include <stdio.h>

/* ---- reading ---- */

struct listing {
	operation_fn fn;
	void *arg;
	bool ended; /* by fn, which has seen enough */
};

static enum status give_operation(void *arg, const struct operation *o, struct err *e)
{
	struct listing *l = arg;
	const enum status st = l->fn(l->arg, o, e);

	l->ended = st == ST_CANCELLED;
	return st;
}

enum status book_query_operations(struct book *b, const struct operation_query *q,
	operation_fn fn, void *arg, struct err *e)
{
	struct listing l = { fn, arg, false };
	const enum status st =
		b->store->ops->operations(b->store, q, give_operation, &l, e);

	return l.ended ? ST_OK : st;
}

enum status book_operations(
	struct book *b, uint32_t account, operation_fn fn, void *arg, struct err *e)
{
	const struct operation_query q = { .account = account };

	return book_query_operations(b, &q, fn, arg, e);
}

struct spelling {
	struct book *b;
	struct arena arena;
	operation_change_fn fn;
	void *arg;
};

/* References as text. */
static enum status spell(
	struct spelling *s, const struct field *f, struct cell *c, struct err *e)
{
	const enum record_kind to = f->type == FT_ACCOUNT ? REC_ACCOUNT : REC_CSM;
	struct text key = { NULL, 0 };
	enum status st = ST_OK;

	if ((f->type != FT_ACCOUNT && f->type != FT_CSM) || c->type == CELL_MISSING)
		return ST_OK;
	if (c->i > 0 && c->i <= UINT32_MAX)
		st = s->b->store->ops->key(
			s->b->store, to, (uint32_t)c->i, &s->arena, &key, e);
	*c = CELL_OF_TEXT(key.s ? key : TEXT("?"));
	return st;
}

static enum status give_field(
	struct spelling *s, const struct row_change *c, int i, struct err *e)
{
	const struct field *f = &record_of(c->kind)->fields[i];
	struct operation_change o = {
		.kind = c->kind, .row = c->row, .account = c->account, .field = i
	};
	enum status st;

	if (c->before)
		o.before = c->before[i];
	if (c->after)
		o.after = c->after[i];
	st = spell(s, f, &o.before, e);
	if (st == ST_OK)
		st = spell(s, f, &o.after, e);
	return st == ST_OK ? s->fn(s->arg, &o, e) : st;
}

static enum status give_change(void *arg, const struct row_change *c, struct err *e)
{
	struct spelling *s = arg;
	const struct operation_change whole = { .kind = c->kind,
		.row = c->row,
		.account = c->account,
		.field = -1,
		.before =
			c->before ? CELL_OF_INT(1) : (struct cell){ CELL_MISSING, { 0 } },
		.after = c->after ? CELL_OF_INT(1)
				  : (struct cell){ CELL_MISSING, { 0 } } };
	enum status st = ST_OK;

	arena_clear(&s->arena);
	if (!c->before || !c->after)
		st = s->fn(s->arg, &whole, e);
	for (int i = 0; st == ST_OK && i < record_of(c->kind)->count; i++)
		if (c->fields & 1u << i)
			st = give_field(s, c, i, e);
	return st;
}

/* ---- tiers and policies ---- */

static enum status tell_tiers(
	struct spelling *s, const struct tier_past *p, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < p->n; i++) {
		const struct tier_change *c = &p->change[i];
		struct operation_change o = { .kind = REC_ACCOUNT,
			.row = c->account,
			.account = c->account,
			.field = F_TIER };

		if (c->before.tier == c->after.tier)
			continue;
		if (c->before.tier != TIER_NONE)
			o.before = CELL_OF_INT(c->before.tier);
		if (c->after.tier != TIER_NONE)
			o.after = CELL_OF_INT(c->after.tier);
		st = s->fn(s->arg, &o, e);
	}
	return st;
}

static enum status give_tiers(struct spelling *s, int64_t operation, struct err *e)
{
	struct tier_past p;
	bool there;
	enum status st =
		s->b->store->ops->history_tiers(s->b->store, operation, &p, &there, e);

	if (st == ST_OK && there)
		st = tell_tiers(s, &p, e);
	tier_past_clear(&p);
	return st;
}

struct comparing {
	struct spelling *s;
	int64_t version;
	enum status st;
	struct err *e;
};

static void tell_setting(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	struct comparing *c = arg;
	struct operation_change o = { .kind = REC_COUNT,
		.row = c->version,
		.before = CELL_OF_TEXT(text_of(was)),
		.after = CELL_OF_TEXT(text_of(is)) };

	snprintf(o.key, sizeof(o.key), "%s.%s", section, key);
	if (c->st == ST_OK)
		c->st = c->s->fn(c->s->arg, &o, c->e);
}

static enum status give_policy(struct spelling *s, int64_t version, struct err *e)
{
	struct comparing c = { s, version, ST_OK, e };
	struct policy was, is;
	enum status st = book_policy_of(s->b, (int32_t)version - 1, &was, e);

	if (st == ST_OK)
		st = book_policy_of(s->b, (int32_t)version, &is, e);
	if (st == ST_OK)
		policy_compare(&was, &is, tell_setting, &c);
	return st == ST_OK ? c.st : st;
}

static enum status find_kind(void *arg, const struct operation *o, struct err *e)
{
	(void)e;
	*(struct operation *)arg = *o;
	return ST_OK;
}

enum status book_operation_changes(struct book *b, int64_t operation,
	operation_change_fn fn, void *arg, struct err *e)
{
	const struct operation_query q = { .id = operation };
	struct spelling s = { .b = b, .fn = fn, .arg = arg };
	struct operation o = { .id = 0 }; /* without its texts */
	enum status st;

	arena_init(&s.arena);
	st = book_query_operations(b, &q, find_kind, &o, e);
	if (st == ST_OK)
		st = b->store->ops->operation_changes(
			b->store, operation, false, give_change, &s, e);
	if (st == ST_OK)
		st = give_tiers(&s, operation, e);
	if (st == ST_OK && o.kind == OPERATION_POLICY && o.subject > 1)
		st = give_policy(&s, o.subject, e);
	arena_clear(&s.arena);
	return st;
}
