#include "core/base.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TICKET_WINDOW 90 /* days, "tickets in 90 days" of RULES.md */
#define YEAR 365
#define SPIKE_DAYS 28

/* Sums that only growth and ARR need while a part is turned into a base. */
struct money_sums {
	uint8_t has_contract[PART_ACCOUNTS];
	uint8_t running[PART_ACCOUNTS];      /* one of them on the day */
	uint8_t moved[PART_ACCOUNTS];        /* some movement in the last year */
	int64_t contracted[PART_ACCOUNTS];   /* running on the day */
	int64_t a_year_ago[PART_ACCOUNTS];   /* running 365 days before */
	int64_t growth_moves[PART_ACCOUNTS]; /* expansion and contraction, last year */
	int64_t taken_back[PART_ACCOUNTS];   /* all movements of last year, negated */
};

enum status base_init(struct base *b, struct err *e)
{
	const size_t n = PART_ACCOUNTS;
	double **numbers[] = { &b->growth, &b->complexity, &b->maturity, &b->stakeholders,
		&b->seats_purchased, &b->features_available, &b->tickets, &b->tickets_now,
		&b->tickets_before, &b->stakeholder };
	int32_t **days[] = { &b->csm, &b->renewal, &b->onboarding, &b->first_value,
		&b->tickets_day, &b->last_touch, &b->left };
	const size_t n_numbers = sizeof(numbers) / sizeof(*numbers);
	const size_t n_days = sizeof(days) / sizeof(*days);
	char *at;

	memset(b, 0, sizeof(*b));
	at = calloc(n, (n_numbers + SIG_KNOWN) * sizeof(double) + sizeof(int64_t) +
			       (n_days + SIG_KNOWN) * sizeof(int32_t) + 4);
	if (!at)
		return err_set(e, ST_NOMEM, "not enough memory for a part of the base");
	b->memory = at;
	for (size_t i = 0; i < n_numbers; i++, at += n * sizeof(double))
		*numbers[i] = (double *)(void *)at;
	for (size_t i = 0; i < SIG_KNOWN; i++, at += n * sizeof(double))
		b->signal[i] = (double *)(void *)at;
	b->arr = (int64_t *)(void *)at;
	at += n * sizeof(int64_t);
	for (size_t i = 0; i < n_days; i++, at += n * sizeof(int32_t))
		*days[i] = (int32_t *)(void *)at;
	for (size_t i = 0; i < SIG_KNOWN; i++, at += n * sizeof(int32_t))
		b->day[i] = (int32_t *)(void *)at;
	b->active = (uint8_t *)at;
	b->flags = b->active + n;
	b->contracted = b->flags + n;
	b->left_sponsor = b->contracted + n;
	b->spike_days = SPIKE_DAYS;
	return ST_OK;
}

void base_clear(struct base *b)
{
	free(b->memory);
	memset(b, 0, sizeof(*b));
}

/* Something dated so happens after the day. */
static void expect(struct base *b, int32_t day)
{
	if (day > b->as_of && day < b->until)
		b->until = day;
}

/* Dated after the day: not there yet. */
static int32_t known_by(int32_t day, int32_t as_of)
{
	return day > as_of ? DAY_NONE : day;
}

bool base_churned(int32_t churned_on, bool churned, int32_t as_of)
{
	return churned_on == DAY_NONE ? churned : churned_on <= as_of;
}

bool base_active(const struct part *p, uint32_t i, int32_t as_of)
{
	const uint8_t flags = p->flags[i];

	if (!(flags & ACC_PRESENT))
		return false;
	if (base_churned(p->churned_on[i], (flags & ACC_CHURNED) != 0, as_of))
		return false;
	return p->contract_start[i] == DAY_NONE || p->contract_start[i] <= as_of;
}

/* All that is known of a brief part. */
static void copy_owned(struct base *b, const struct part *p, int32_t as_of)
{
	const size_t n = p->n;

	memcpy(b->flags, p->flags, n);
	memcpy(b->csm, p->csm, n * sizeof(*b->csm));
	memcpy(b->renewal, p->renewal, n * sizeof(*b->renewal));
	for (uint32_t i = 0; i < n; i++) {
		b->onboarding[i] = known_by(p->onboarding[i], as_of);
		b->first_value[i] = known_by(p->first_value[i], as_of);
	}
	for (uint32_t i = 0; i < n; i++) {
		b->active[i] = base_active(p, i, as_of);
		if (known_by(p->churned_on[i], as_of) != DAY_NONE)
			b->flags[i] |= ACC_CHURNED;
		expect(b, p->churned_on[i]);
		expect(b, p->contract_start[i]);
		expect(b, p->onboarding[i]);
		expect(b, p->first_value[i]);
	}
}

static void copy_columns(struct base *b, const struct part *p)
{
	const size_t n = p->n;

	memcpy(b->growth, p->growth, n * sizeof(double));
	memcpy(b->complexity, p->complexity, n * sizeof(double));
	memcpy(b->maturity, p->maturity, n * sizeof(double));
	memcpy(b->stakeholders, p->stakeholders, n * sizeof(double));
	memcpy(b->seats_purchased, p->seats_purchased, n * sizeof(double));
	memcpy(b->features_available, p->features_available, n * sizeof(double));
	for (int k = 0; k < SIG_KNOWN; k++) {
		memcpy(b->day[k], p->signal_day[k], n * sizeof(int32_t));
		memcpy(b->signal[k], p->signal_value[k], n * sizeof(double));
	}
	for (uint32_t i = 0; i < n; i++) {
		b->last_touch[i] = b->left[i] = DAY_NONE;
		b->stakeholder[i] = NAN;
	}
}

/* Ticket rows count when the book holds tickets at all; else the signal speaks. */
static void count_tickets(struct base *b, const struct part *p, bool tickets_known)
{
	const struct part_tickets *t = &p->tickets;

	for (uint32_t i = 0; i < b->n; i++)
		b->tickets_now[i] = b->tickets_before[i] = tickets_known ? 0 : NAN;
	if (!tickets_known) {
		memcpy(b->tickets, b->signal[SIG_TICKETS_90D], b->n * sizeof(double));
		memcpy(b->tickets_day, b->day[SIG_TICKETS_90D], b->n * sizeof(int32_t));
		return;
	}
	for (uint32_t i = 0; i < b->n; i++) {
		b->tickets[i] = 0;
		b->tickets_day[i] = b->as_of;
	}
	for (uint32_t k = 0; k < t->n; k++) {
		const int32_t ago = b->as_of - t->opened[k];
		const uint16_t i = t->at[k];

		if (ago < 0)
			continue;
		b->tickets[i] += ago < TICKET_WINDOW;
		b->tickets_now[i] += ago < b->spike_days;
		b->tickets_before[i] += ago >= b->spike_days && ago < 2 * b->spike_days;
	}
}

/* Survey answers and signals of one name are one series; on the same day the
 * survey, which is somebody's own word, counts as the newer. */
static void merge_surveys(struct base *b, const struct part_surveys *s)
{
	for (uint32_t k = 0; k < s->n; k++) {
		const int series = s->is_csat[k] ? SIG_CSAT : SIG_NPS;
		const uint16_t i = s->at[k];

		if (s->day[k] > b->as_of || s->day[k] < b->day[series][i])
			continue;
		b->day[series][i] = s->day[k];
		b->signal[series][i] = s->score[k];
	}
}

static void last_touches(struct base *b, const struct part_touches *t)
{
	for (uint32_t k = 0; k < t->n; k++)
		if (t->day[k] <= b->as_of && t->day[k] > b->last_touch[t->at[k]])
			b->last_touch[t->at[k]] = t->day[k];
}

/* Champion and sponsor both in place 100, one of them 60, all known ones left 0. */
static void place_stakeholders(struct base *b, const struct part_contacts *c)
{
	enum { CHAMPION = 1, SPONSOR = 2, KNOWN = 4 };
	uint8_t in_place[PART_ACCOUNTS] = { 0 };

	for (uint32_t k = 0; k < c->n; k++) {
		if (c->since[k] > b->as_of)
			continue;
		in_place[c->at[k]] |= KNOWN;
		if (c->left[k] == DAY_NONE || c->left[k] > b->as_of)
			in_place[c->at[k]] |= c->is_sponsor[k] ? SPONSOR : CHAMPION;
		else if (c->left[k] > b->left[c->at[k]]) {
			b->left[c->at[k]] = c->left[k];
			b->left_sponsor[c->at[k]] = c->is_sponsor[k];
		}
	}
	for (uint32_t i = 0; i < b->n; i++) {
		if (!in_place[i])
			continue;
		b->stakeholder[i] = in_place[i] == (KNOWN | CHAMPION | SPONSOR) ? 100
				    : in_place[i] == KNOWN                      ? 0
										: 60;
	}
}

enum status rates_convert(
	const struct rates *r, currency_id currency, int64_t *cents, struct err *e)
{
	const double rate = r->rate[currency];

	if (rate == 1 || *cents == MONEY_NONE)
		return ST_OK;
	if (!(rate > 0))
		return err_set(e, ST_INVALID,
			"a currency of the book has no rate in the policy's [fx] "
			"section");
	if (!money_scale(*cents, rate, cents))
		return err_set(e, ST_INVALID, "an amount is too large to be converted");
	return ST_OK;
}

static enum status add_to(int64_t *sum, int64_t cents, struct err *e)
{
	if (!money_add(*sum, cents, sum))
		return err_set(
			e, ST_INVALID, "the amounts of an account add up to too much");
	return ST_OK;
}

static enum status sum_contracts(struct money_sums *m, const struct part_contracts *c,
	const struct rates *r, int32_t as_of, struct err *e)
{
	for (uint32_t k = 0; k < c->n; k++) {
		const uint16_t i = c->at[k];
		const int32_t end = c->end[k] == DAY_NONE ? INT32_MAX : c->end[k];
		int64_t arr = c->arr[k];
		enum status st;

		if (c->start[k] > as_of)
			continue;
		m->has_contract[i] = 1;
		st = rates_convert(r, c->currency[k], &arr, e);
		if (st == ST_OK && end > as_of) {
			m->running[i] = 1;
			st = add_to(&m->contracted[i], arr, e);
		}
		if (st == ST_OK && c->start[k] <= as_of - YEAR && end > as_of - YEAR)
			st = add_to(&m->a_year_ago[i], arr, e);
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

static enum status sum_movements(struct money_sums *m, const struct part_movements *v,
	const struct rates *r, int32_t as_of, struct err *e)
{
	for (uint32_t k = 0; k < v->n; k++) {
		const uint16_t i = v->at[k];
		int64_t delta = v->delta[k];
		enum status st;

		if (v->day[k] > as_of || v->day[k] <= as_of - YEAR)
			continue;
		m->moved[i] = 1;
		st = rates_convert(r, v->currency[k], &delta, e);
		if (st == ST_OK)
			st = add_to(&m->taken_back[i], -delta, e);
		if (st == ST_OK &&
			(v->kind[k] == MOVE_EXPANSION || v->kind[k] == MOVE_CONTRACTION))
			st = add_to(&m->growth_moves[i], delta, e);
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

/* ARR is the sum of the contracts running on the day when the account has any. */
static enum status settle_arr(struct base *b, const struct part *p,
	const struct money_sums *m, const struct rates *r, struct err *e)
{
	for (uint32_t i = 0; i < b->n; i++) {
		b->contracted[i] = m->running[i];
		b->arr[i] = m->has_contract[i] ? m->contracted[i] : p->arr[i];
		if (!m->has_contract[i] &&
			rates_convert(r, p->currency[i], &b->arr[i], e) != ST_OK)
			return ST_INVALID;
	}
	return ST_OK;
}

/* The ARR a year ago is that of the contracts too, else today's less what moved since. */
static enum status settle_growth(
	struct base *b, const struct money_sums *m, struct err *e)
{
	for (uint32_t i = 0; i < b->n; i++) {
		int64_t before;

		if (!isnan(b->growth[i]))
			continue;
		b->growth[i] = 0;
		if (!m->moved[i] || b->arr[i] == MONEY_NONE)
			continue;
		before = m->has_contract[i] ? m->a_year_ago[i] : m->taken_back[i];
		if (!m->has_contract[i] && add_to(&before, b->arr[i], e) != ST_OK)
			return ST_INVALID;
		if (before > 0)
			b->growth[i] = (double)m->growth_moves[i] / (double)before;
	}
	return ST_OK;
}

enum status base_from_part(struct base *b, const struct part *p, const struct rates *r,
	int32_t as_of, bool tickets_known, struct err *e)
{
	struct money_sums *m = calloc(1, sizeof(*m));
	enum status st;

	if (!m)
		return err_set(e, ST_NOMEM, "not enough memory for a part of the base");
	b->first_id = p->first_id;
	b->n = p->n;
	b->as_of = as_of;
	b->until = INT32_MAX;
	copy_owned(b, p, as_of);
	for (uint32_t k = 0; k < p->contracts.n; k++) {
		expect(b, p->contracts.start[k]);
		expect(b, p->contracts.end[k]);
	}
	if (!p->brief) {
		copy_columns(b, p);
		count_tickets(b, p, tickets_known);
		merge_surveys(b, &p->surveys);
		last_touches(b, &p->touches);
		place_stakeholders(b, &p->contacts);
	}
	st = sum_contracts(m, &p->contracts, r, as_of, e);
	if (st == ST_OK)
		st = settle_arr(b, p, m, r, e);
	if (st == ST_OK && !p->brief)
		st = sum_movements(m, &p->movements, r, as_of, e);
	if (st == ST_OK && !p->brief)
		st = settle_growth(b, m, e);
	free(m);
	return st;
}
