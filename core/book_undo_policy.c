/* Policies are never taken away: the way back is one more version. */
#include "core/book_undo.h"

#include <string.h>

static enum status save_again(struct reverting *r, struct err *e)
{
	struct store *s = r->w.store;
	struct policy_version before;
	struct policy p;
	struct arena a;
	int32_t version;
	enum status st = book_policy_of(r->w.b, (int32_t)r->op->subject - 1, &p, e);

	if (st != ST_OK)
		return st;
	arena_init(&a);
	st = s->ops->policy_load(s, (int32_t)r->op->subject - 1, &a, &before, e);
	if (st == ST_OK) {
		before.at = r->w.op.at;
		before.author = r->w.b->me;
		before.reason = arena_copy(&a, r->w.op.title.s, r->w.op.title.n);
		st = before.reason
			     ? s->ops->policy_save(s, &before, p.cap_bp, &version, e)
			     : err_set(e, ST_NOMEM, "not enough memory for the policy");
		r->w.op.subject = st == ST_OK ? version : 0;
	}
	arena_clear(&a);
	return st;
}

/* Whether the newest version says what the one of the operation said. */
static enum status in_force(struct reverting *r, bool *out, struct err *e)
{
	struct store *s = r->w.store;
	struct policy_version now, then;
	struct arena a;
	enum status st;

	arena_init(&a);
	st = s->ops->policy_load(s, 0, &a, &now, e);
	if (st == ST_OK)
		st = s->ops->policy_load(s, (int32_t)r->op->subject, &a, &then, e);
	*out = st == ST_OK && strcmp(now.text, then.text) == 0;
	arena_clear(&a);
	return st;
}

static enum status take_policy(void *arg, const struct operation *o, struct err *e)
{
	(void)e;
	if (o->kind != OPERATION_POLICY)
		return ST_OK;
	*(int64_t *)arg = o->id;
	return ST_CANCELLED;
}

static enum status refuse(struct reverting *r, struct err *e)
{
	const struct operation_query all = { 0 };
	struct operation_query q = { 0 };
	enum status st = book_query_operations(r->w.b, &all, take_policy, &q.id, e);

	return st == ST_OK ? revert_refuse(r, &q, "another policy is in force", e) : st;
}

enum status revert_policy(struct reverting *r, struct err *e)
{
	bool stands;
	enum status st = in_force(r, &stands, e);

	if (st == ST_OK && !stands)
		st = refuse(r, e);
	if (st == ST_OK)
		st = save_again(r, e);
	r->w.beyond = r->w.pictured = true;
	return st;
}
