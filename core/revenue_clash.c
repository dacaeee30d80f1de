/* What status, contracts and movements say against each other: listed, never settled. */
#include "core/revenue.h"

#include <stdlib.h>
#include <string.h>

const char *const revenue_clash_name[CLASH_KINDS] = { "no-day", "pays", "no-movement",
	"stays", "ran-out", "change", "record" };

enum { UNIT = 100 }; /* cents: what is apart by less is rounding */

/* What there is of each account of a part. */
struct told {
	int64_t arr[PART_ACCOUNTS];     /* of the record; MONEY_NONE */
	int64_t running[PART_ACCOUNTS]; /* contracts on the closing day */
	int64_t moved[PART_ACCOUNTS];   /* movements of the period */
	int64_t all[PART_ACCOUNTS];     /* of all days */
	int32_t left[PART_ACCOUNTS];    /* newest churn until the close */
	int32_t back[PART_ACCOUNTS];    /* newest new or reactivation until the close */
	uint8_t contracted[PART_ACCOUNTS], runs[PART_ACCOUNTS], moves[PART_ACCOUNTS],
		begins[PART_ACCOUNTS]; /* a movement says that it was new */
};

struct look {
	const struct part *p;
	const struct rates *r;
	int32_t from, to, as_of;
	struct told *t;
};

static enum status too_much(struct err *e)
{
	return err_set(e, ST_INVALID, "the amounts of an account add up to too much");
}

static enum status hear_records(struct look *l, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < l->p->n; i++) {
		l->t->arr[i] = l->p->arr[i];
		st = rates_convert(l->r, l->p->currency[i], &l->t->arr[i], e);
	}
	return st;
}

static enum status hear_contracts(struct look *l, struct err *e)
{
	const struct part_contracts *c = &l->p->contracts;

	for (uint32_t k = 0; k < c->n; k++) {
		const uint16_t at = c->at[k];
		int64_t arr = c->arr[k];
		enum status st;

		if (c->start[k] > l->to)
			continue;
		if (c->end[k] != DAY_NONE && c->end[k] <= l->to)
			continue;
		l->t->runs[at] = 1;
		st = rates_convert(l->r, c->currency[k], &arr, e);
		if (st != ST_OK)
			return st;
		if (!money_add(l->t->running[at], arr, &l->t->running[at]))
			return too_much(e);
	}
	return ST_OK;
}

static enum status hear_movements(struct look *l, struct err *e)
{
	const struct part_movements *m = &l->p->movements;
	struct told *t = l->t;

	for (uint32_t k = 0; k < m->n; k++) {
		const uint16_t at = m->at[k];
		const int32_t day = m->day[k];
		int64_t delta = m->delta[k];
		enum status st;

		if (day > l->as_of)
			continue;
		st = rates_convert(l->r, m->currency[k], &delta, e);
		if (st != ST_OK)
			return st;
		t->moves[at] = 1;
		t->begins[at] |= m->kind[k] == MOVE_NEW;
		if (!money_add(t->all[at], delta, &t->all[at]) ||
			(day > l->from && day <= l->to &&
				!money_add(t->moved[at], delta, &t->moved[at])))
			return too_much(e);
		if (day > l->to)
			continue;
		if (m->kind[k] == MOVE_CHURN && day > t->left[at])
			t->left[at] = day;
		if ((m->kind[k] == MOVE_NEW || m->kind[k] == MOVE_BACK) &&
			day > t->back[at])
			t->back[at] = day;
	}
	return ST_OK;
}

static bool differ(int64_t a, int64_t b)
{
	return a > b ? a - b >= UNIT : b - a >= UNIT;
}

/* What a movement or none says of its leaving. */
static bool about_leaving(
	const struct look *l, uint32_t i, int64_t closing, struct revenue_clash *c)
{
	const struct part *p = l->p;
	const struct told *t = l->t;
	const int32_t left = p->churned_on[i];

	c->day = left;
	if (left == DAY_NONE && (p->flags[i] & ACC_CHURNED)) {
		c->kind = CLASH_NO_DAY;
		c->other = t->runs[i] ? t->running[i] : t->arr[i];
		return true;
	}
	if (left != DAY_NONE && left <= l->to && t->runs[i] && t->running[i] > 0) {
		c->kind = CLASH_PAYS;
		c->other = t->running[i];
		return true;
	}
	if (left != DAY_NONE && left > l->from && left <= l->to && t->moves[i] &&
		t->left[i] <= l->from) {
		c->kind = CLASH_NO_MOVEMENT;
		return true;
	}
	c->day = t->left[i];
	if (t->left[i] > l->from && t->back[i] < t->left[i] && closing > 0) {
		c->kind = CLASH_STAYS;
		c->says = closing;
		return true;
	}
	return false;
}

/* What its amounts say. */
static bool about_money(const struct look *l, uint32_t i, int64_t opening,
	int64_t closing, struct revenue_clash *c)
{
	const struct part *p = l->p;
	const struct told *t = l->t;

	c->day = DAY_NONE;
	if (t->contracted[i] && !t->runs[i] && opening > 0 && base_active(p, i, l->to)) {
		c->kind = CLASH_RAN_OUT;
		c->other = opening;
		return true;
	}
	if (t->contracted[i] && t->moves[i] && differ(closing - opening, t->moved[i])) {
		c->kind = CLASH_CHANGE;
		c->says = closing - opening;
		c->other = t->moved[i];
		return true;
	}
	return false;
}

/* What the record says now, of an account without contracts. */
static bool about_record(const struct look *l, uint32_t i, struct revenue_clash *c)
{
	const struct told *t = l->t;

	c->day = DAY_NONE;
	if (t->contracted[i] || !t->begins[i] || t->arr[i] == MONEY_NONE ||
		!base_active(l->p, i, l->as_of))
		return false;
	c->kind = CLASH_RECORD;
	c->says = t->arr[i];
	c->other = t->all[i];
	return differ(t->arr[i], t->all[i]);
}

static enum status compare(const struct look *l, const int64_t *opening,
	const int64_t *closing, revenue_clash_fn fn, void *arg, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < l->p->n; i++) {
		struct revenue_clash c = { .account = l->p->first_id + i };

		if (!(l->p->flags[i] & ACC_PRESENT))
			continue;
		if (about_leaving(l, i, closing[i], &c) ||
			about_money(l, i, opening[i], closing[i], &c) ||
			about_record(l, i, &c))
			st = fn(arg, &c, e);
	}
	return st;
}

enum status revenue_clashes(const struct part *p, const struct rates *r, int32_t from,
	int32_t to, int32_t as_of, const int64_t *opening, const int64_t *closing,
	revenue_clash_fn fn, void *arg, struct err *e)
{
	struct look l = { p, r, from, to, as_of, calloc(1, sizeof(struct told)) };
	enum status st;

	if (!l.t)
		return err_set(e, ST_NOMEM, "not enough memory for the revenue");
	for (uint32_t i = 0; i < p->n; i++)
		l.t->left[i] = l.t->back[i] = DAY_NONE;
	trend_contracted(p, as_of, l.t->contracted);
	st = hear_records(&l, e);
	if (st == ST_OK)
		st = hear_contracts(&l, e);
	if (st == ST_OK)
		st = hear_movements(&l, e);
	if (st == ST_OK)
		st = compare(&l, opening, closing, fn, arg, e);
	free(l.t);
	return st;
}
