#include "core/proposal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/convert.h"
#include "core/proposal_problem.h"
#include "core/proposal_text.h"

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory to rebalance");
}

struct making {
	struct proposal_problem q;
	struct rebalance_result result;
	uint32_t *row; /* by account id - 1: where it is then; owned */
};

/* ---- where everything goes ---- */

static uint32_t row_at(int32_t place)
{
	return place == REBALANCE_POOL ? CAPACITY_POOL : (uint32_t)place;
}

/* What no solver is asked about: somebody who left gives the pool its accounts back, and
 * a person's word about an account of the pool's tiers holds. */
static uint32_t forced_row(const struct proposal_problem *q, uint32_t i)
{
	const uint32_t row = q->c->row_of[i];

	if (q->asked[i] || !q->c->tier[i])
		return row;
	if (q->hold[i] == HOLD_PINNED)
		return row_at(q->pin[i]);
	if (q->hold[i] == HOLD_NONE && row != CAPACITY_POOL &&
		!(q->c->row[row].share > 0))
		return CAPACITY_POOL;
	return row;
}

static enum status place_all(struct making *m, struct err *e)
{
	const struct proposal_problem *q = &m->q;

	m->row = malloc(((size_t)q->n + 1) * sizeof(*m->row));
	if (!m->row)
		return no_memory(e);
	for (uint32_t i = 0; i < q->n; i++)
		m->row[i] = forced_row(q, i);
	for (uint32_t k = 0; k < q->p.items; k++)
		for (uint32_t a = q->first[k]; a < q->first[k + 1]; a++)
			m->row[q->member[a]] = row_at(m->result.to[k]);
	return ST_OK;
}

static enum status make_after(struct book *b, const struct proposal_options *o,
	const struct making *m, struct capacity **out, struct err *e)
{
	struct capacity_what_if what = { .row = m->row };

	if (o->what)
		what = *o->what;
	what.row = m->row;
	return book_capacity(b, &what, out, e);
}

/* ---- what is told of it ---- */

static bool moves(const struct making *m, uint32_t i)
{
	return m->q.c->tier[i] && m->row[i] != m->q.c->row_of[i];
}

/* Where it was, the largest first. */
static int by_book(const void *a, const void *b)
{
	const struct proposal_move *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	if (x->arr != y->arr)
		return x->arr > y->arr ? -1 : 1;
	return (x->account > y->account) - (x->account < y->account);
}

static enum status list_moves(struct making *m, struct proposal *p, struct err *e)
{
	const struct proposal_problem *q = &m->q;
	uint32_t n = 0;

	for (uint32_t i = 0; i < q->n; i++)
		n += moves(m, i);
	p->move = calloc((size_t)n + 1, sizeof(*p->move));
	if (!p->move)
		return no_memory(e);
	for (uint32_t i = 0; i < q->n; i++) {
		const int64_t arr = amounts_at(&q->b->columns.arr, i);

		if (!moves(m, i))
			continue;
		p->move[p->moves++] = (struct proposal_move){
			.account = i + 1,
			.from = q->c->row_of[i],
			.to = m->row[i],
			.tier = q->c->tier[i],
			.pinned = q->hold[i] == HOLD_PINNED,
			.arr = arr == MONEY_NONE ? 0 : arr,
			.cost = q->cost[i],
		};
		if (!q->asked[i]) {
			p->cost += q->cost[i];
			p->bound += q->cost[i];
		}
	}
	if (p->moves)
		qsort(p->move, p->moves, sizeof(*p->move), by_book);
	for (uint32_t k = 0; k < p->moves; k++) {
		proposal_text_reason(q, p, &p->move[k]);
		proposal_text_receiver(q, p, &p->move[k]);
	}
	return ST_OK;
}

/* An account stays with somebody who is not there, or has no owner though its tier asks
 * for one. */
static bool is_obstacle(const struct making *m, uint32_t i)
{
	const struct capacity *c = m->q.c;
	const uint32_t row = m->row[i];

	if (!c->tier[i] || m->q.hold[i] == HOLD_OTHER)
		return false;
	if (row == CAPACITY_POOL)
		return capacity_owned(c->band, c->tier[i]);
	return !(c->row[row].share > 0) && !c->row[row].coming;
}

static int largest_first(const void *a, const void *b)
{
	const struct proposal_obstacle *x = a, *y = b;

	if (x->arr != y->arr)
		return x->arr > y->arr ? -1 : 1;
	return (x->account > y->account) - (x->account < y->account);
}

static enum status list_obstacles(struct making *m, struct proposal *p, struct err *e)
{
	const struct proposal_problem *q = &m->q;
	uint32_t n = 0;

	for (uint32_t i = 0; i < q->n; i++)
		n += is_obstacle(m, i);
	p->obstacle = calloc((size_t)n + 1, sizeof(*p->obstacle));
	if (!p->obstacle)
		return no_memory(e);
	for (uint32_t i = 0; i < q->n; i++) {
		if (!is_obstacle(m, i))
			continue;
		p->obstacle[p->obstacles] = (struct proposal_obstacle){ .account = i + 1,
			.from = q->c->row_of[i],
			.arr = amounts_at(&q->b->columns.arr, i) };
		proposal_text_obstacle(
			q, p, &m->result, i, p->obstacle[p->obstacles++].why);
	}
	if (p->obstacles)
		qsort(p->obstacle, p->obstacles, sizeof(*p->obstacle), largest_first);
	return proposal_list_whys(p, e);
}

struct text proposal_owner(const struct proposal *p, uint32_t row)
{
	return row == CAPACITY_POOL ? p->before->pool.name : p->before->row[row].name;
}

void proposal_move_text(const struct proposal_move *m, char out[PROPOSAL_MOVE_MAX])
{
	snprintf(out, PROPOSAL_MOVE_MAX, "%s%s%s", m->reason, *m->receiver ? "; " : "",
		m->receiver);
}

uint32_t proposal_row(const struct proposal *p, uint32_t account)
{
	return p->after->row_of[account - 1];
}

struct proposal_nobody proposal_nobody(const struct proposal *p)
{
	struct proposal_nobody out = { .moves = 0 };

	for (uint32_t k = 0; k < p->moves; k++) {
		const struct proposal_move *m = &p->move[k];

		if (m->to != CAPACITY_POOL)
			continue;
		out.moves++;
		if (p->after->band[m->tier - 1].pooled)
			continue;
		out.asking[m->tier - 1]++;
		(void)money_add(out.arr, m->arr, &out.arr);
	}
	return out;
}

static bool is_urgent(const struct proposal_problem *q, const struct proposal_move *m)
{
	const struct capacity *c = q->c;
	const uint32_t i = m->account - 1;
	const int32_t renewal = shorts_at(&q->b->columns.renewal, i);
	const int32_t until = m->from == CAPACITY_POOL ? DAY_NONE : c->row[m->from].until;

	if (m->from == CAPACITY_POOL || m->to != CAPACITY_POOL ||
		c->band[m->tier - 1].pooled)
		return false;
	return q->critical[i] || capacity_freezes(&c->policy, renewal, c->as_of) ||
	       (renewal != DAY_NONE && renewal >= c->as_of && until != DAY_NONE &&
		       renewal <= until);
}

static enum status name_urgent(struct making *m, struct proposal *p, struct err *e)
{
	enum { NAMED = 3, NAME_SHOWN = 40 };
	enum status st = ST_OK;
	struct list_row row;
	struct arena a;
	uint32_t n = 0;
	size_t at = 0;

	arena_init(&a);
	for (uint32_t k = 0; st == ST_OK && k < p->moves; k++) {
		if (!is_urgent(&m->q, &p->move[k]) || ++n > NAMED)
			continue;
		st = book_rows(m->q.b, &p->move[k].account, 1, &a, &row, e);
		if (st != ST_OK)
			break;
		if (!row.name.n)
			row.name = row.id;
		at += (size_t)snprintf(p->urgent + at, sizeof(p->urgent) - at, "%s%.*s",
			at ? ", " : "", convert_shown(row.name, NAME_SHOWN), row.name.s);
	}
	if (n > NAMED)
		snprintf(p->urgent + at, sizeof(p->urgent) - at, " and %u more",
			n - NAMED);
	arena_clear(&a);
	return st;
}

static void count_held(const struct making *m, struct proposal *p)
{
	uint32_t n[HOLD_OTHER + 1] = { 0 };

	for (uint32_t i = 0; i < m->q.n; i++)
		n[m->q.asked[i] ? m->q.hold[i] : HOLD_NONE]++;
	p->held = (struct proposal_held){ .locked = n[HOLD_LOCKED],
		.renewal = n[HOLD_RENEWAL],
		.critical = n[HOLD_CRITICAL],
		.pinned = n[HOLD_PINNED] };
}

static enum status tell(struct making *m, struct proposal *p, struct err *e)
{
	const struct rebalance_result *r = &m->result;
	enum status st;

	p->score_before = r->before;
	p->score_after = r->after;
	p->cost = r->after.cost;
	p->bound = r->bound;
	p->least = r->least;
	p->optimal = r->optimal;
	p->interrupted = r->interrupted;
	p->limited = r->limited;
	st = list_moves(m, p, e);
	if (st == ST_OK)
		st = name_urgent(m, p, e);
	if (st == ST_OK)
		st = list_obstacles(m, p, e);
	if (st == ST_OK && !p->only)
		st = proposal_list_over(&m->q, m->row, p, e);
	count_held(m, p);
	return st;
}

/* A word that can't hold, by the account that it is about. */
static enum status blame(struct making *m, enum status st, struct err *e)
{
	const struct proposal_problem *q = &m->q;
	const uint32_t item = m->result.refused;
	struct text key = { NULL, 0 };
	struct err unknown;
	struct arena a;
	uint32_t id;

	if (st != ST_INVALID || item >= q->p.items)
		return st;
	arena_init(&a);
	id = q->member[q->first[item]] + 1;
	for (uint32_t k = 0; q->o->refused && k < q->o->pins; k++)
		if (q->item_of[q->o->pin[k].account - 1] == item &&
			q->asked[q->o->pin[k].account - 1])
			*q->o->refused = k;
	if (q->b->store->ops->account_keys(q->b->store, &id, 1, &a, &key, &unknown) ==
		ST_OK)
		err_prefix(e, "%.*s can't be put there", (int)key.n, key.s ? key.s : "");
	arena_clear(&a);
	e->status = ST_FORBIDDEN;
	return ST_FORBIDDEN;
}

static enum status note_said(
	const struct proposal_options *o, struct proposal *p, struct err *e)
{
	p->pin = malloc(((size_t)o->pins + 1) * sizeof(*p->pin));
	if (!p->pin)
		return no_memory(e);
	for (; p->pins < o->pins; p->pins++)
		p->pin[p->pins] = o->pin[p->pins];
	return ST_OK;
}

enum status book_propose(struct book *b, const struct proposal_options *o,
	struct proposal **out, struct err *e)
{
	struct making m = { .row = NULL };
	struct proposal *p = calloc(1, sizeof(*p));
	enum status st = p ? b->store->ops->history_last(b->store, &p->operation, e)
			   : no_memory(e);

	*out = p;
	if (st == ST_OK)
		st = book_capacity(b, o->what, &p->before, e);
	if (st == ST_OK)
		st = proposal_problem_make(b, o, p->before, &m.q, e);
	if (st == ST_OK)
		st = blame(&m, rebalance_solve(&m.q.p, o->progress, &m.result, e), e);
	if (st == ST_OK) {
		proposal_prove_again(&m.q, &m.result);
		st = place_all(&m, e);
	}
	if (st == ST_OK)
		st = make_after(b, o, &m, &p->after, e);
	if (st == ST_OK) {
		p->as_of = p->before->as_of;
		p->generation = book_generation(b);
		p->imagined = o->what && (o->what->sized[0] || o->what->sized[1]);
		p->only = m.q.only;
		p->moves_max = m.q.p.moves_max;
		p->csm_moves_max = m.q.p.csm_moves_max;
		st = note_said(o, p, e);
	}
	if (st == ST_OK) {
		st = tell(&m, p, e);
	}
	if (st == ST_OK)
		st = proposal_count_claims(b, p, e);
	rebalance_result_clear(&m.result);
	proposal_problem_clear(&m.q);
	free(m.row);
	if (st != ST_OK)
		proposal_free(out);
	return st;
}

void proposal_free(struct proposal **p)
{
	struct proposal *old = *p;

	*p = NULL;
	if (!old)
		return;
	capacity_free(&old->before);
	capacity_free(&old->after);
	free(old->move);
	free(old->obstacle);
	free(old->why);
	free(old->over);
	free(old->pin);
	free(old);
}
