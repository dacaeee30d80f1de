/* Tiers as they were before an operation, and who moved by that. */
#include "core/book_undo.h"

#include <stdlib.h>
#include <string.h>

/* Moves of a review that takes one back, or does it again. */
struct moves {
	struct tier_move *move; /* owned */
	uint32_t n, room;
	int64_t review; /* whose moves are taken */
	const struct reverting *r;
};

static enum status take_move(void *arg, const struct tier_move *m, struct err *e)
{
	struct moves *l = arg;

	if (l->review && m->review != l->review)
		return ST_OK;
	if (l->n == l->room) {
		const uint32_t room = l->room ? 2 * l->room : 64;
		struct tier_move *grown = realloc(l->move, room * sizeof(*grown));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the moves");
		l->move = grown;
		l->room = room;
	}
	l->move[l->n++] = *m;
	return ST_OK;
}

static enum status moves_back(struct moves *l, const struct tier_past *p, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < p->n; i++) {
		const struct tier_change *c = &p->change[i];
		const struct tier_move m = { .account = c->account,
			.from = c->before.tier,
			.to = c->after.tier,
			.cause = CAUSE_UNDO };

		if (m.from != m.to)
			st = take_move(l, &m, e);
	}
	return st;
}

static enum status take_first(void *arg, const struct operation *o, struct err *e)
{
	struct operation *first = arg;

	(void)e;
	*first = *o; /* without its texts */
	return ST_OK;
}

/* The moves of the review that was taken back, with their reasons. */
static enum status moves_again(struct moves *l, struct err *e)
{
	struct book *b = l->r->w.b;
	struct operation o = *l->r->op;
	enum status st = ST_OK;

	while (st == ST_OK && o.step != STEP_CHANGE && o.reverses) {
		const struct operation_query q = { .id = o.reverses };

		o.reverses = 0;
		st = book_query_operations(b, &q, take_first, &o, e);
	}
	l->review = o.subject;
	return st == ST_OK && l->review
		       ? b->store->ops->moves(b->store, 0, take_move, l, e)
		       : st;
}

static uint32_t count_placed(const struct tiers *t)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < t->n; i++)
		n += t->tier[i] != TIER_NONE;
	return n;
}

/* The history of an account tells of the way back, too. */
static enum status tell_moves(
	struct reverting *r, const struct tier_past *p, struct err *e)
{
	struct moves l = { .r = r };
	struct book *b = r->w.b;
	enum status st =
		r->w.op.step == STEP_UNDO ? moves_back(&l, p, e) : moves_again(&l, e);

	if (st == ST_OK) {
		const struct review told = { .as_of = b->clock.today,
			.policy_version = l.review && l.n ? l.move[0].policy_version
							  : b->policy_version,
			.active = count_placed(&r->tiers),
			.moves = l.move,
			.moves_n = l.n,
			.after = r->tiers };

		st = b->store->ops->review_save(
			b->store, &told, r->w.op.at, b->me, &r->w.op.subject, e);
	}
	free(l.move);
	return st;
}

static enum status go_back(struct reverting *r, struct tier_past *p, struct err *e)
{
	const struct operation_query q = { .tiers = true };
	const struct store_ops *ops = r->w.store->ops;
	uint32_t account;
	enum status st = ops->tiers_load(r->w.store, &r->tiers, e);

	if (st != ST_OK)
		return st;
	tier_past_reverse(p);
	if (!tier_past_follow(p, &r->tiers, &account))
		return revert_refuse(
			r, &q, "somebody changed the tiers of its accounts since", e);
	st = ops->tiers_save(r->w.store, &r->tiers, DAY_NONE, 0, e);
	if (st == ST_OK)
		st = ops->history_tiers_add(r->w.store, r->w.op.id, p, e);
	if (st == ST_OK && r->op->subject)
		st = tell_moves(r, p, e);
	r->w.beyond = r->w.pictured = true;
	return st;
}

enum status revert_tiers(struct reverting *r, struct err *e)
{
	struct tier_past p;
	bool there;
	enum status st =
		r->w.store->ops->history_tiers(r->w.store, r->op->id, &p, &there, e);

	if (st == ST_OK && there) {
		tiers_clear(&r->tiers);
		st = go_back(r, &p, e);
	}
	tier_past_clear(&p);
	return st;
}
