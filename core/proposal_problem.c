#include "core/proposal_problem.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_work.h"

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory to rebalance");
}

static bool allocate(struct proposal_problem *q)
{
	const size_t n = (size_t)q->n + 1, rows = (size_t)q->c->rows + 1;

	q->hold = calloc(n, 1);
	q->critical = calloc(n, 1);
	q->asked = calloc(n, 1);
	q->cost = calloc(n, sizeof(*q->cost));
	q->pin = malloc(n * sizeof(*q->pin));
	q->reach = calloc(n, sizeof(*q->reach));
	q->family = calloc(n, sizeof(*q->family));
	q->item_of = calloc(n, sizeof(*q->item_of));
	q->member = malloc(n * sizeof(*q->member));
	q->first = calloc(n + 1, sizeof(*q->first));
	q->item = calloc(n, sizeof(*q->item));
	q->share = calloc(rows, sizeof(*q->share));
	q->leaves = calloc(rows, sizeof(*q->leaves));
	q->start = calloc(n, sizeof(*q->start));
	return q->hold && q->critical && q->asked && q->cost && q->pin && q->reach &&
	       q->family && q->item_of && q->member && q->first && q->item && q->share &&
	       q->leaves && q->start;
}

void proposal_problem_clear(struct proposal_problem *q)
{
	free(q->hold);
	free(q->critical);
	free(q->asked);
	free(q->cost);
	free(q->pin);
	free(q->reach);
	free(q->family);
	free(q->item_of);
	free(q->member);
	free(q->first);
	free(q->item);
	free(q->share);
	free(q->leaves);
	free(q->start);
	free(q->reaches);
	free(q->served_as);
	*q = (struct proposal_problem){ .b = NULL };
}

static const struct capacity_row *row_of(const struct proposal_problem *q, uint32_t i)
{
	const uint32_t row = q->c->row_of[i];

	return row == CAPACITY_POOL ? NULL : &q->c->row[row];
}

/* ---- who may move ---- */

/* Its owner is there: what holds an account protects a relationship with somebody. */
static bool is_looked_after(const struct proposal_problem *q, uint32_t i)
{
	const struct capacity_row *r = row_of(q, i);

	return r && r->share > 0;
}

/* Of what is told without a look at alerts. */
static enum proposal_hold hold_of(const struct proposal_problem *q, uint32_t i)
{
	const struct book_columns *col = &q->b->columns;
	const struct capacity_row *r = row_of(q, i);

	if (r && (col->marks[i] & BOOK_LOCKED))
		return HOLD_LOCKED;
	if (r && r->coming)
		return HOLD_COMING;
	if (is_looked_after(q, i) &&
		capacity_freezes(&q->c->policy, shorts_at(&col->renewal, i), q->c->as_of))
		return HOLD_RENEWAL;
	return HOLD_NONE;
}

/* Not what is handed over, where that is one book alone. */
static bool is_of_another(const struct proposal_problem *q, uint32_t i)
{
	const struct capacity_row *r = row_of(q, i);

	return q->only && q->c->tier[i] && (!r || r->csm != q->only);
}

static enum status take_alerts(void *arg, const struct flagged *f, struct err *e)
{
	struct proposal_problem *q = arg;
	const uint32_t i = f->account - 1;

	(void)e;
	if (i >= q->n || !q->c->tier[i])
		return ST_OK;
	for (uint32_t k = 0; k < f->alerts; k++)
		q->critical[i] |= f->alert[k].severity == SEV_CRITICAL &&
				  f->alert[k].state == ALERT_OPEN;
	if (q->critical[i] && q->hold[i] == HOLD_NONE && is_looked_after(q, i))
		q->hold[i] = HOLD_CRITICAL;
	return ST_OK;
}

/* Asked are tiers with a named owner. */
static enum status find_holds(struct proposal_problem *q, struct err *e)
{
	enum status st;

	for (uint32_t i = 0; i < q->n; i++)
		if (q->c->tier[i])
			q->hold[i] = (uint8_t)hold_of(q, i);
	st = book_each_flagged(q->b, take_alerts, q, e);
	for (uint32_t i = 0; i < q->n; i++)
		if (is_of_another(q, i))
			q->hold[i] = HOLD_OTHER;
	for (uint32_t i = 0; i < q->n; i++) {
		const struct capacity_row *r = row_of(q, i);
		const int tier = q->c->tier[i];

		q->pin[i] = tier && q->hold[i] != HOLD_NONE
				    ? proposal_place(q->c->row_of[i])
				    : REBALANCE_FREE;
		q->asked[i] = capacity_owned(q->c->band, tier) && !(r && r->coming);
	}
	return st;
}

enum status proposal_find_row(
	const struct capacity *c, uint32_t csm, uint32_t *row, struct err *e)
{
	*row = CAPACITY_POOL;
	if (!csm)
		return ST_OK;
	for (*row = 0; *row < c->rows; ++*row)
		if (c->row[*row].csm == csm)
			return ST_OK;
	return err_set(e, ST_NOTFOUND, "there is no CSM number %u", csm);
}

/* A person's word about one account: not against a lock, and not to somebody who is not
 * there. To leave it where it is is always possible. */
static enum status take_pin(
	struct proposal_problem *q, const struct proposal_pin *pin, struct err *e)
{
	const uint32_t i = pin->account - 1;
	char day[DAY_TEXT_MAX];
	uint32_t row;
	const enum status st = proposal_find_row(q->c, pin->csm, &row, e);

	if (st != ST_OK)
		return st;
	if (!pin->account || i >= q->n || !q->c->tier[i])
		return err_set(e, ST_NOTFOUND, "an account that is pinned is not active");
	if (row != q->c->row_of[i]) {
		if (q->hold[i] == HOLD_LOCKED)
			return err_set(e, ST_FORBIDDEN,
				"an account that is pinned to another owner is locked: "
				"`tierdesk unlock` first");
		if (row != CAPACITY_POOL && !(q->c->row[row].share > 0))
			return err_set(e, ST_FORBIDDEN,
				"%.*s is not there and can't be given accounts",
				(int)q->c->row[row].name.n, q->c->row[row].name.s);
		if (row != CAPACITY_POOL && q->c->row[row].leaves)
			return err_set(e, ST_FORBIDDEN,
				"%.*s leaves, the last day is %s: an account would be "
				"handed over once more",
				(int)q->c->row[row].name.n, q->c->row[row].name.s,
				day_format(q->c->row[row].until, day));
	}
	/* Whoever moves counts, also from somebody who is not there yet. */
	if (row != q->c->row_of[i] && !q->c->band[q->c->tier[i] - 1].pooled)
		q->asked[i] = 1;
	q->hold[i] = HOLD_PINNED;
	q->pin[i] = proposal_place(row);
	return ST_OK;
}

/* ---- what a move costs ---- */

struct looking {
	struct proposal_problem *q;
	uint8_t *seen; /* of the accounts whose owner was another one: the first change */
};

static enum status take_owner(void *arg, const struct row_change *c, struct err *e)
{
	struct looking *l = arg;
	const uint32_t i = c->account - 1;
	const struct cell *was = c->before ? &c->before[F_CSM] : NULL;
	const int64_t now = i < l->q->n ? shorts_at(&l->q->b->columns.csm, i) : 0;

	(void)e;
	if (i >= l->q->n || !was || l->seen[i])
		return ST_OK;
	l->seen[i] = (was->type == CELL_INT ? was->i : 0) != (now > 0 ? now : 0) ? 2 : 1;
	return ST_OK;
}

/* Weight of the tier and share of the ARR in percent; twice that soon after another
 * hand-over. */
static enum status find_costs(struct proposal_problem *q, struct err *e)
{
	const struct book_columns *col = &q->b->columns;
	const double *n = q->c->policy.number;
	struct looking l = { q, calloc((size_t)q->n + 1, 1) };
	const int64_t since =
		((int64_t)q->c->as_of - (int64_t)n[POLICY_REBALANCE_RECENT]) *
		DAY_SECONDS;
	double all = 0;
	enum status st;

	if (!l.seen)
		return no_memory(e);
	st = q->b->store->ops->field_changes(
		q->b->store, REC_ACCOUNT, F_CSM, since, take_owner, &l, e);
	for (uint32_t i = 0; i < q->n; i++)
		if (q->c->tier[i])
			all += (double)amounts_or_none(&col->arr, i);
	for (uint32_t i = 0; i < q->n; i++) {
		const int tier = q->c->tier[i];
		double cost;

		if (!tier)
			continue;
		cost = n[POLICY_REBALANCE_MOVE_1 + tier - 1];
		if (all > 0)
			cost += 100 * (double)amounts_or_none(&col->arr, i) / all;
		q->cost[i] =
			(int64_t)(cost * REBALANCE_UNIT + 0.5) * (l.seen[i] == 2 ? 2 : 1);
		if (q->cost[i] < 1) /* never for nothing */
			q->cost[i] = 1;
	}
	free(l.seen);
	return st;
}

/* ---- items ---- */

struct sorted {
	uint32_t family, row, account;
};

/* By family and owner; who has no family is alone. */
static int by_family(const void *a, const void *b)
{
	const struct sorted *x = a, *y = b;

	if (x->family != y->family)
		return x->family < y->family ? -1 : 1;
	if (x->family && x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return (x->account > y->account) - (x->account < y->account);
}

static bool is_one_item(const struct sorted *x, const struct sorted *y)
{
	return x->family && x->family == y->family && x->row == y->row;
}

static void add_to_item(struct proposal_problem *q, uint32_t i)
{
	const struct book_columns *col = &q->b->columns;
	const int tier = q->c->tier[i] - 1;
	struct rebalance_item *item = &q->item[q->p.items - 1];

	q->item_of[i] = q->p.items - 1;
	item->n[tier]++;
	item->arr[tier] += amounts_or_none(&col->arr, i);
	item->cost += q->cost[i];
	/* One that stays keeps the others with it; a person's word comes first. */
	if (q->pin[i] != REBALANCE_FREE &&
		(item->pin == REBALANCE_FREE || q->hold[i] == HOLD_PINNED))
		item->pin = q->pin[i];
}

static enum status make_items(struct proposal_problem *q, struct err *e)
{
	struct sorted *all = malloc(((size_t)q->n + 1) * sizeof(*all));
	uint32_t n = 0;

	if (!all)
		return no_memory(e);
	for (uint32_t i = 0; i < q->n; i++)
		if (q->asked[i])
			all[n++] = (struct sorted){ q->family[i], q->c->row_of[i], i };
	qsort(all, n, sizeof(*all), by_family);
	for (uint32_t k = 0; k < n; k++) {
		if (!k || !is_one_item(&all[k - 1], &all[k])) {
			q->first[q->p.items] = k;
			q->item[q->p.items++] = (struct rebalance_item){
				.owner = proposal_place(all[k].row),
				.pin = REBALANCE_FREE,
			};
		}
		q->member[k] = all[k].account;
		add_to_item(q, all[k].account);
	}
	q->first[q->p.items] = n;
	free(all);
	return ST_OK;
}

static uint32_t limit(uint32_t asked, double policy)
{
	return asked ? asked : (uint32_t)policy;
}

static void fill(struct proposal_problem *q)
{
	const struct capacity *c = q->c;

	for (uint32_t j = 0; j < c->rows; j++) {
		q->share[j] = c->row[j].share;
		q->leaves[j] = c->row[j].leaves;
	}
	q->p.item = q->item;
	q->p.share = q->share;
	q->p.leaves = q->leaves;
	q->p.csms = c->rows;
	memcpy(q->p.band, c->band, sizeof(q->p.band));
	q->p.moves_max = limit(q->o->moves_max, c->policy.number[POLICY_REBALANCE_MOVES]);
	q->p.csm_moves_max =
		limit(q->o->csm_moves_max, c->policy.number[POLICY_REBALANCE_CSM_MOVES]);
}

/* Those that decide who serves an account, and its parent. */
static enum status need_texts(struct proposal_problem *q, struct err *e)
{
	const enum status st = proposal_find_limits(q, e);

	return st == ST_OK ? book_need_texts(
				     q->b, serving_texts(q->limits) | 1u << TXT_PARENT, e)
			   : st;
}

enum status proposal_problem_make(struct book *b, const struct proposal_options *o,
	const struct capacity *c, struct proposal_problem *q, struct err *e)
{
	enum status st;

	*q = (struct proposal_problem){
		.b = b, .o = o, .c = c, .only = o->what ? o->what->only : 0, .n = c->n
	};
	st = need_texts(q, e);
	if (st == ST_OK && b->columns.n != c->n)
		st = err_set(
			e, ST_STALE, "somebody changed the book meanwhile: try again");
	if (st == ST_OK && !allocate(q))
		st = no_memory(e);
	if (st != ST_OK)
		return st;
	st = find_holds(q, e);
	for (uint32_t k = 0; st == ST_OK && k < o->pins; k++) {
		st = take_pin(q, &o->pin[k], e);
		if (st != ST_OK && o->refused)
			*o->refused = k;
	}
	if (st == ST_OK)
		st = find_costs(q, e);
	if (st == ST_OK)
		st = proposal_find_served(q, e);
	if (st == ST_OK)
		st = proposal_find_families(q, e);
	if (st == ST_OK)
		st = make_items(q, e);
	if (st == ST_OK)
		st = proposal_find_reaches(q, e);
	fill(q);
	if (st == ST_OK)
		proposal_go_on(q);
	return st;
}
