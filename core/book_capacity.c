#include "core/book_capacity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory");
}

double capacity_share(const struct cell *csm, int32_t day)
{
	const struct cell *from = &csm[F_CSM_ACTIVE_FROM],
			  *until = &csm[F_CSM_ACTIVE_UNTIL];
	const struct cell *capacity = &csm[F_CSM_CAPACITY];

	if ((from->type == CELL_INT && from->i > day) ||
		(until->type == CELL_INT && until->i < day))
		return 0;
	return capacity->type == CELL_NUMBER ? capacity->n : 1;
}

bool capacity_leaves(const struct policy *p, int32_t until, int32_t day)
{
	return until != DAY_NONE && until >= day &&
	       until - day <= (int32_t)p->number[POLICY_REBALANCE_RECENT];
}

struct capacity_row capacity_row_of(const struct cell *csm, int32_t day)
{
	const struct cell *from = &csm[F_CSM_ACTIVE_FROM];
	const double share = capacity_share(csm, day);

	return (struct capacity_row){ .share = share,
		.noted = share,
		.until = cell_day(&csm[F_CSM_ACTIVE_UNTIL]),
		.coming = from->type == CELL_INT && from->i > day };
}

void capacity_weigh(struct capacity_row *r, const struct policy *p, int32_t day)
{
	struct capacity_band band[TIER_COUNT];

	capacity_bands(p, band);
	capacity_load(band, &r->book, r->share, &r->load);
	r->leaves = r->share > 0 && capacity_leaves(p, r->until, day);
	if (r->leaves) { /* and has no least to keep */
		r->load.under = 0;
		if (r->load.state == CAPACITY_UNDER)
			r->load.state = CAPACITY_OK;
	}
}

/* ---- who is there ---- */

struct making {
	struct capacity *out;
	uint32_t room;
	uint32_t *row_of; /* by CSM id: its row + 1; owned */
	uint32_t ids;
};

static struct capacity_row *add_row(struct making *m, struct err *e)
{
	struct capacity *c = m->out;

	if (c->rows == m->room) {
		const uint32_t room = m->room ? 2 * m->room : 16;
		struct capacity_row *grown = realloc(c->row, room * sizeof(*grown));

		if (!grown) {
			(void)no_memory(e);
			return NULL;
		}
		c->row = grown;
		m->room = room;
	}
	c->row[c->rows] = (struct capacity_row){ .until = DAY_NONE };
	return &c->row[c->rows++];
}

static enum status take_csm(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct making *m = arg;
	struct capacity_row *r = add_row(m, e);

	if (!r)
		return ST_NOMEM;
	*r = capacity_row_of(c, m->out->as_of);
	r->csm = (uint32_t)id;
	r->name = cell_as_text(&c[F_CSM_NAME]);
	r->team = cell_as_text(&c[F_CSM_TEAM]);
	m->ids = r->csm > m->ids ? r->csm : m->ids;
	return arena_keep(&m->out->names, &r->name) &&
			       arena_keep(&m->out->names, &r->team)
		       ? ST_OK
		       : no_memory(e);
}

static int by_name(const void *a, const void *b)
{
	const struct capacity_row *x = a, *y = b;
	const int order = text_cmp(x->name, y->name);

	return order ? order : (x->csm > y->csm) - (x->csm < y->csm);
}

static enum status add_proposed(
	struct making *m, const struct capacity_what_if *w, struct err *e)
{
	for (uint32_t k = 0; k < w->added; k++) {
		struct capacity_row *r = add_row(m, e);
		char name[32];

		if (!r)
			return ST_NOMEM;
		snprintf(name, sizeof(name), "(new CSM %u)", k + 1);
		r->name = text_of(name);
		r->share = 1;
		r->proposed = true;
		if (!arena_keep(&m->out->names, &r->name))
			return no_memory(e);
	}
	return ST_OK;
}

static enum status change_shares(
	struct making *m, const struct capacity_what_if *w, struct err *e)
{
	for (uint32_t k = 0; k < w->changed_n; k++) {
		const struct capacity_change *change = &w->changed[k];

		if (!change->csm || change->csm > m->ids || !m->row_of[change->csm])
			return err_set(
				e, ST_NOTFOUND, "there is no CSM number %u", change->csm);
		m->out->row[m->row_of[change->csm] - 1].share = change->share;
		if (change->share > 0) /* is there, then */
			m->out->row[m->row_of[change->csm] - 1].coming = false;
	}
	return ST_OK;
}

static enum status take_people(
	struct making *m, struct book *b, const struct capacity_what_if *w, struct err *e)
{
	struct capacity *c = m->out;
	enum status st = book_csms(b, take_csm, m, e);

	if (st != ST_OK)
		return st;
	if (c->rows)
		qsort(c->row, c->rows, sizeof(*c->row), by_name);
	m->row_of = calloc((size_t)m->ids + 1, sizeof(*m->row_of));
	if (!m->row_of)
		return no_memory(e);
	for (uint32_t k = 0; k < c->rows; k++)
		m->row_of[c->row[k].csm] = k + 1;
	st = change_shares(m, w, e);
	return st == ST_OK ? add_proposed(m, w, e) : st;
}

/* ---- what they look after ---- */

/* So many of the best by tier score, as if all were placed anew. */
static enum status resize(
	struct book *b, const struct capacity_what_if *w, uint8_t *tier, struct err *e)
{
	const struct book_columns *col = &b->columns;
	uint32_t size[CAPACITY_NAMED] = { 0 }, n = 0;
	const uint32_t *order;
	enum status st = book_need_base_order(b, &order, &n, e);

	for (int t = 0; t < CAPACITY_NAMED; t++) {
		size[t] = w->size[t];
		for (uint32_t i = 0; !w->sized[t] && i < col->n; i++)
			size[t] += tier[i] == t + 1;
	}
	for (uint32_t k = 0; st == ST_OK && k < n; k++)
		tier[order[k] - 1] = k < size[0]             ? 1
				     : k - size[0] < size[1] ? 2
							     : TIER_COUNT;
	return st;
}

static enum status place(
	struct making *m, struct book *b, const struct capacity_what_if *w, struct err *e)
{
	const struct book_columns *col = &b->columns;
	struct capacity *c = m->out;

	c->n = col->n;
	c->tier = calloc((size_t)c->n + 1, 1);
	c->row_of = calloc((size_t)c->n + 1, sizeof(*c->row_of));
	if (!c->tier || !c->row_of)
		return no_memory(e);
	for (uint32_t i = 0; i < c->n; i++) {
		const int32_t csm = shorts_at(&col->csm, i);
		const bool owned = csm > 0 && (uint32_t)csm <= m->ids && m->row_of[csm];

		c->row_of[i] = w->row  ? w->row[i]
			       : owned ? m->row_of[csm] - 1
				       : CAPACITY_POOL;
		if (!col->active[i])
			continue;
		c->tier[i] = (uint8_t)tiers_served(col->tier[i]);
		c->unplaced += col->tier[i] == TIER_NONE;
	}
	if (!w->sized[0] && !w->sized[1])
		return ST_OK;
	c->unplaced = 0;
	return resize(b, w, c->tier, e);
}

/* What is beyond all money there is stays at the last amount. */
static void sum(int64_t *to, int64_t more)
{
	(void)money_add(*to, more, to);
}

static void put_in(struct capacity *c, struct capacity_row *r, const struct book *b,
	uint32_t i, int tier)
{
	const struct book_columns *col = &b->columns;
	const int64_t at_risk = book_at_risk(b, i);
	const int64_t arr = amounts_or_none(&col->arr, i);

	r->book.accounts[tier]++;
	sum(&r->book.arr[tier], arr);
	sum(&r->at_risk, at_risk == MONEY_NONE ? 0 : at_risk);
	if (capacity_freezes(&c->policy, shorts_at(&col->renewal, i), c->as_of)) {
		r->renewals++;
		sum(&r->renewals_arr, arr);
	}
	c->heads[tier].accounts++;
	sum(&c->heads[tier].arr, arr);
	if (r == &c->pool && !c->band[tier].pooled) {
		c->unowned[tier]++;
		sum(&c->unowned_arr[tier], arr);
	}
}

static void fill(struct making *m, const struct book *b)
{
	struct capacity *c = m->out;

	for (uint32_t i = 0; i < c->n; i++)
		if (c->tier[i])
			put_in(c,
				c->row_of[i] == CAPACITY_POOL ? &c->pool
							      : &c->row[c->row_of[i]],
				b, i, c->tier[i] - 1);
}

/* ---- what that means ---- */

/* Two jobs: each of the two tiers fills so much of it. */
static bool is_mixed(const struct capacity *c, const struct capacity_book *book)
{
	double part[CAPACITY_NAMED], all = 0;

	for (int t = 0; t < CAPACITY_NAMED; t++) {
		part[t] = c->band[t].pooled ? 0 : book->accounts[t] / c->band[t].max;
		all += part[t];
	}
	for (int t = 0; t < CAPACITY_NAMED; t++)
		if (!(100 * part[t] >= c->policy.number[POLICY_CAP_MIXED] * all))
			return false;
	return all > 0;
}

static void judge(struct capacity *c, struct capacity_row *r)
{
	capacity_weigh(r, &c->policy, c->as_of);
	r->hours = capacity_hours(&c->policy, &r->book);
	r->mixed = r != &c->pool && is_mixed(c, &r->book);
	r->crowded =
		r != &c->pool &&
		capacity_accounts(r) >= (uint32_t)c->policy.number[POLICY_CAP_CROWDED];
}

static void sum_up(struct capacity *c)
{
	for (uint32_t k = 0; k < c->rows; k++) {
		judge(c, &c->row[k]);
		c->heads_present += c->row[k].share;
	}
	judge(c, &c->pool);
	for (int t = 0; t < TIER_COUNT; t++) {
		struct capacity_heads h = c->heads[t];

		capacity_heads(&c->band[t], h.accounts, h.arr, &c->heads[t]);
		c->heads_needed += c->heads[t].target;
	}
}

enum status book_capacity(struct book *b, const struct capacity_what_if *w,
	struct capacity **out, struct err *e)
{
	static const struct capacity_what_if as_it_is = { .policy = NULL };
	struct making m = { .out = calloc(1, sizeof(struct capacity)) };
	enum status st;

	*out = m.out;
	if (!m.out)
		return no_memory(e);
	arena_init(&m.out->names);
	if (!w)
		w = &as_it_is;
	st = book_need_columns(b, e);
	m.out->policy = w->policy ? *w->policy : b->policy;
	m.out->as_of = b->clock.today;
	m.out->pool.name = TEXT("pool");
	m.out->pool.until = DAY_NONE;
	capacity_bands(&m.out->policy, m.out->band);
	if (st == ST_OK)
		st = take_people(&m, b, w, e);
	if (st == ST_OK)
		st = place(&m, b, w, e);
	if (st == ST_OK) {
		fill(&m, b);
		sum_up(m.out);
	}
	free(m.row_of);
	if (st != ST_OK)
		capacity_free(out);
	return st;
}

void capacity_free(struct capacity **c)
{
	struct capacity *old = *c;

	*c = NULL;
	if (!old)
		return;
	free(old->row);
	free(old->tier);
	free(old->row_of);
	arena_clear(&old->names);
	free(old);
}
