/* Parts: one block of memory for what every account has, lists that grow. */
#include "core/part.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const known_signal_name[SIG_KNOWN] = {
	[SIG_ACTIVE_DAYS] = "active_days",
	[SIG_LOGINS] = "logins",
	[SIG_FEATURES_USED] = "features_used",
	[SIG_SEATS_ACTIVE] = "seats_active",
	[SIG_TICKETS_90D] = "tickets_90d",
	[SIG_NPS] = "nps",
	[SIG_CSAT] = "csat",
	[SIG_PULSE] = "pulse",
};

#define PART_DOUBLES (6 + SIG_KNOWN)
#define PART_DAYS (5 + SIG_KNOWN)
#define PART_BYTES                                                          \
	(PART_ACCOUNTS * (sizeof(int64_t) + PART_DOUBLES * sizeof(double) + \
				 (PART_DAYS + 1) * sizeof(int32_t) + 2))

/* The arrays of each type, in the order in which they lie in memory. */
struct part_arrays {
	double **doubles[PART_DOUBLES];
	int32_t **days[PART_DAYS];
};

static struct part_arrays arrays_of(struct part *p)
{
	struct part_arrays a = {
		.doubles = { &p->growth, &p->complexity, &p->maturity, &p->stakeholders,
			&p->seats_purchased, &p->features_available },
		.days = { &p->contract_start, &p->renewal, &p->churned_on, &p->onboarding,
			&p->first_value },
	};
	for (int i = 0; i < SIG_KNOWN; i++) {
		a.doubles[6 + i] = &p->signal_value[i];
		a.days[5 + i] = &p->signal_day[i];
	}
	return a;
}

enum status part_init(struct part *p, struct err *e)
{
	*p = (struct part){ .memory = malloc(PART_BYTES) };
	if (p->memory == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	struct part_arrays a = arrays_of(p);
	int64_t *money = p->memory;
	p->arr = money;
	double *number = (double *)(money + PART_ACCOUNTS);
	for (int i = 0; i < PART_DOUBLES; i++, number += PART_ACCOUNTS)
		*a.doubles[i] = number;
	int32_t *day = (int32_t *)number;
	for (int i = 0; i < PART_DAYS; i++, day += PART_ACCOUNTS)
		*a.days[i] = day;
	p->csm = day;
	p->flags = (uint8_t *)(day + PART_ACCOUNTS);
	p->currency = p->flags + PART_ACCOUNTS;
	part_reset(p, 1, 0);
	return ST_OK;
}

void part_clear(struct part *p)
{
	free(p->memory);
	free(p->tickets.at);
	free(p->tickets.opened);
	free(p->surveys.at);
	free(p->surveys.day);
	free(p->surveys.is_csat);
	free(p->surveys.score);
	free(p->touches.at);
	free(p->touches.day);
	free(p->contacts.at);
	free(p->contacts.is_sponsor);
	free(p->contacts.since);
	free(p->contacts.left);
	free(p->contracts.at);
	free(p->contracts.start);
	free(p->contracts.end);
	free(p->contracts.arr);
	free(p->contracts.currency);
	free(p->movements.at);
	free(p->movements.day);
	free(p->movements.kind);
	free(p->movements.delta);
	free(p->movements.currency);
	*p = (struct part){ 0 };
}

void part_reset(struct part *p, uint32_t first_id, uint32_t n)
{
	assert(n <= PART_ACCOUNTS);
	struct part_arrays a = arrays_of(p);
	int days = p->brief ? PART_DAYS - SIG_KNOWN : PART_DAYS;
	p->first_id = first_id;
	p->n = n;
	memset(p->flags, 0, n);
	memset(p->currency, 0, n);
	memset(p->csm, 0, n * sizeof(*p->csm));
	/* One array of each type is set, the others are copies of it. */
	for (uint32_t i = 0; i < n; i++) {
		p->arr[i] = MONEY_NONE;
		p->growth[i] = (double)NAN;
		p->contract_start[i] = DAY_NONE;
	}
	for (int k = 1; k < PART_DOUBLES && !p->brief; k++)
		memcpy(*a.doubles[k], p->growth, n * sizeof(double));
	for (int k = 1; k < days; k++)
		memcpy(*a.days[k], p->contract_start, n * sizeof(int32_t));
	p->tickets.n = p->surveys.n = p->touches.n = 0;
	p->contacts.n = p->contracts.n = p->movements.n = 0;
}

/* Grows one array of a list to n elements; false: out of memory, the array stays. */
#define GROW(array, n)                                                        \
	((bigger = realloc(array, (size_t)(n) * sizeof(*(array)))) != NULL && \
		((array) = bigger, true))

/* A list's new capacity: at least n, and half as much again as before. */
static uint32_t capacity_for(uint32_t capacity, uint32_t n)
{
	uint32_t more = capacity + capacity / 2;
	return more < n || more < capacity ? n : more;
}

/* Keeps the old capacity when any of the arrays could not grow. */
static enum status grown(bool all, uint32_t *capacity, uint32_t wanted, struct err *e)
{
	if (!all)
		return err_set(e, ST_NOMEM, "out of memory");
	*capacity = wanted;
	return ST_OK;
}

enum status part_tickets_room(struct part_tickets *l, uint32_t n, struct err *e)
{
	if (n <= l->capacity)
		return ST_OK;
	void *bigger;
	uint32_t c = capacity_for(l->capacity, n);
	return grown(GROW(l->at, c) && GROW(l->opened, c), &l->capacity, c, e);
}

enum status part_surveys_room(struct part_surveys *l, uint32_t n, struct err *e)
{
	if (n <= l->capacity)
		return ST_OK;
	void *bigger;
	uint32_t c = capacity_for(l->capacity, n);
	return grown(GROW(l->at, c) && GROW(l->day, c) && GROW(l->is_csat, c) &&
			     GROW(l->score, c),
		&l->capacity, c, e);
}

enum status part_touches_room(struct part_touches *l, uint32_t n, struct err *e)
{
	if (n <= l->capacity)
		return ST_OK;
	void *bigger;
	uint32_t c = capacity_for(l->capacity, n);
	return grown(GROW(l->at, c) && GROW(l->day, c), &l->capacity, c, e);
}

enum status part_contacts_room(struct part_contacts *l, uint32_t n, struct err *e)
{
	if (n <= l->capacity)
		return ST_OK;
	void *bigger;
	uint32_t c = capacity_for(l->capacity, n);
	return grown(GROW(l->at, c) && GROW(l->is_sponsor, c) && GROW(l->since, c) &&
			     GROW(l->left, c),
		&l->capacity, c, e);
}

enum status part_contracts_room(struct part_contracts *l, uint32_t n, struct err *e)
{
	if (n <= l->capacity)
		return ST_OK;
	void *bigger;
	uint32_t c = capacity_for(l->capacity, n);
	return grown(GROW(l->at, c) && GROW(l->start, c) && GROW(l->end, c) &&
			     GROW(l->arr, c) && GROW(l->currency, c),
		&l->capacity, c, e);
}

enum status part_movements_room(struct part_movements *l, uint32_t n, struct err *e)
{
	if (n <= l->capacity)
		return ST_OK;
	void *bigger;
	uint32_t c = capacity_for(l->capacity, n);
	return grown(GROW(l->at, c) && GROW(l->day, c) && GROW(l->kind, c) &&
			     GROW(l->delta, c) && GROW(l->currency, c),
		&l->capacity, c, e);
}
