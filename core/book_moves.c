#include "core/book_moves.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"
#include "core/convert.h"

struct gathering {
	struct book_moves *to;
	int32_t since, as_of;
	uint32_t room;
};

static enum status take_move(void *arg, const struct tier_move *m, struct err *e)
{
	struct gathering *g = arg;
	struct book_moves *to = g->to;

	if (m->day < g->since || m->day > g->as_of)
		return ST_OK;
	if (to->n == g->room) {
		const uint32_t room = g->room ? 2 * g->room : 256;
		struct tier_move *grown = realloc(to->move, room * sizeof(*grown));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the moves");
		to->move = grown;
		g->room = room;
	}
	to->move[to->n++] = *m;
	if (m->from <= TIER_COUNT && m->to <= TIER_COUNT)
		to->count[m->from][m->to]++;
	return ST_OK;
}

enum status book_moves_since(
	struct book *b, int32_t since, struct book_moves *out, struct err *e)
{
	struct gathering g = { out, since, b->clock.today, 0 };

	memset(out, 0, sizeof(*out));
	return b->store->ops->moves(b->store, 0, take_move, &g, e);
}

void book_moves_clear(struct book_moves *m)
{
	free(m->move);
	memset(m, 0, sizeof(*m));
}

/* What the person wrote who did it. */
static enum status take_reason(void *arg, const struct operation *o, struct err *e)
{
	char *out = arg;

	(void)e;
	if (o->step == STEP_CHANGE && o->reason.n)
		snprintf(out, BOOK_MOVES_REASON, "by %.*s: %.*s",
			convert_shown(o->actor, 40), o->actor.s,
			convert_shown(o->reason, BOOK_MOVES_REASON - 50), o->reason.s);
	return ST_OK;
}

enum status book_moves_reason(struct book *b, const struct tier_move *m,
	char out[BOOK_MOVES_REASON], struct err *e)
{
	const struct operation_query q = { .review = m->review };
	struct rules_then then = { b->policy_version, b->policy };
	struct text pair = { NULL, 0 };
	enum status st = ST_OK;
	struct list_row row;
	struct arena a;

	arena_init(&a);
	if (m->pair)
		st = book_rows(b, &m->pair, 1, &a, &row, e);
	if (m->pair && st == ST_OK)
		pair = row.name.n ? row.name : row.id;
	if (st == ST_OK)
		st = book_rules_then(b, m->policy_version, &then, e);
	review_reason(&then.policy, m, pair, out, BOOK_MOVES_REASON);
	if (st == ST_OK && m->cause == CAUSE_MANUAL)
		st = b->store->ops->operations(b->store, &q, take_reason, out, e);
	arena_clear(&a);
	return st;
}
