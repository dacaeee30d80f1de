/* The moves that were made, the newest first. */
#include "core/tier_view_internal.h"

#include <stdlib.h>

struct ring {
	struct tier_move move[TIER_VIEW_PAST];
	uint32_t n; /* seen; the newest stay */
	int32_t as_of;
};

static enum status take_past(void *arg, const struct tier_move *x, struct err *e)
{
	struct ring *r = arg;

	(void)e;
	if (x->cause != CAUSE_PLACEMENT && x->day <= r->as_of)
		r->move[r->n++ % TIER_VIEW_PAST] = *x;
	return ST_OK;
}

struct deed {
	struct tier_making *m;
	struct text reason, actor;
};

static enum status take_deed(void *arg, const struct operation *o, struct err *e)
{
	struct deed *d = arg;

	d->reason = tier_view_keep(d->m, o->reason);
	d->actor = tier_view_keep(d->m, o->actor);
	return err_set(e, ST_CANCELLED, "one is enough");
}

static enum status tell_past(struct tier_making *m, struct tier_view_past *x,
	struct text pair, struct rules_then *then, struct err *e)
{
	const struct operation_query q = { .review = x->move.review };
	struct deed d = { m, { NULL, 0 }, { NULL, 0 } };
	char reason[TIER_VIEW_REASON];
	enum status st = book_rules_then(m->b, x->move.policy_version, then, e);

	if (st != ST_OK)
		return st;
	review_reason(&then->policy, &x->move, pair, reason, sizeof(reason));
	if (x->move.cause == CAUSE_MANUAL)
		st = m->b->store->ops->operations(m->b->store, &q, take_deed, &d, e);
	x->reason = d.reason.n ? d.reason : tier_view_keep(m, text_of(reason));
	x->actor = d.actor;
	return st == ST_CANCELLED ? ST_OK : st;
}

enum status tier_view_history(struct tier_making *m, struct err *e)
{
	struct rules_then then = { m->b->policy_version, m->b->policy };
	struct ring *r = calloc(1, sizeof(*r));
	struct tier_who *who = calloc(2 * TIER_VIEW_PAST, sizeof(*who));
	uint32_t id[2 * TIER_VIEW_PAST] = { 0 }, n = 0;
	struct tier_view_past *past = NULL;
	enum status st = r && who ? ST_OK : tier_view_no_memory(e);

	if (st == ST_OK) {
		r->as_of = m->b->clock.today;
		st = m->b->store->ops->moves(m->b->store, 0, take_past, r, e);
	}
	if (st == ST_OK) {
		n = r->n < TIER_VIEW_PAST ? r->n : TIER_VIEW_PAST;
		past = tier_view_room(m, n, sizeof(*past));
		st = past ? ST_OK : tier_view_no_memory(e);
	}
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		past[k] = (struct tier_view_past){
			.move = r->move[(r->n - 1 - k) % TIER_VIEW_PAST]
		};
		id[2 * k] = past[k].move.account;
		id[2 * k + 1] = past[k].move.pair;
	}
	if (st == ST_OK)
		st = tier_view_name(m, id, 2 * n, who, e);
	for (uint32_t k = 0; st == ST_OK && k < n; k++) {
		past[k].who = who[2 * k];
		st = tell_past(m, &past[k], who[2 * k + 1].name, &then, e);
	}
	m->v->moved = past;
	m->v->past = st == ST_OK ? n : 0;
	free(who);
	free(r);
	return st;
}
