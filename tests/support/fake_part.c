/* The raw material of a part, by looking at every row of the book. */
#include "tests/support/fake_state.h"

#include <math.h>
#include <stdlib.h>

static double number(struct cell c)
{
	return c.type == CELL_MISSING ? (double)NAN : c.n;
}

static int32_t day(struct cell c)
{
	return c.type == CELL_MISSING ? DAY_NONE : (int32_t)c.i;
}

static bool says(struct cell c, const char *word)
{
	return c.type == CELL_TEXT && text_eq(c.t, text_of(word));
}

static bool yes(struct cell c)
{
	return c.type == CELL_INT && c.i != 0;
}

static void part_account(const struct fake_state *now, struct part *p, uint32_t at)
{
	const struct cell *c = fake_row(now, REC_ACCOUNT, p->first_id - 1 + at)->cells;

	p->flags[at] =
		(uint8_t)(ACC_PRESENT | (says(c[F_STATUS], "churned") ? ACC_CHURNED : 0) |
			  (yes(c[F_REFERENCE]) ? ACC_REFERENCE : 0) |
			  (yes(c[F_MARQUEE]) ? ACC_MARQUEE : 0) |
			  (yes(c[F_ADVOCATE]) ? ACC_ADVOCATE : 0) |
			  (yes(c[F_PARENT_EXPANSION]) ? ACC_PARENT_EXPANSION : 0));
	p->currency[at] = (currency_id)fake_currency(now, c[F_CURRENCY]);
	p->arr[at] = c[F_ARR].type == CELL_MISSING ? MONEY_NONE : c[F_ARR].i;
	p->csm[at] = c[F_CSM].type == CELL_MISSING ? 0 : (int32_t)c[F_CSM].i;
	p->contract_start[at] = day(c[F_CONTRACT_START]);
	p->renewal[at] = day(c[F_RENEWAL_DATE]);
	p->churned_on[at] = day(c[F_CHURNED_ON]);
	p->onboarding[at] = day(c[F_ONBOARDING_STARTED]);
	p->first_value[at] = day(c[F_FIRST_VALUE_ON]);
	p->growth[at] = number(c[F_GROWTH]);
	p->complexity[at] = number(c[F_COMPLEXITY]);
	p->maturity[at] = number(c[F_MATURITY]);
	p->stakeholders[at] = number(c[F_STAKEHOLDERS]);
	p->seats_purchased[at] = number(c[F_SEATS_PURCHASED]);
	p->features_available[at] = number(c[F_FEATURES_AVAILABLE]);
}

/* A dated row of one of the part's accounts. */
struct child {
	uint32_t at, entry;
	int32_t day;
	const struct cell *cells;
};

static int compare_children(const void *a, const void *b)
{
	const struct child *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	return x->entry < y->entry ? -1 : 1;
}

/* The rows of a kind that belong to the part, by position, day and entry; owned. */
static struct child *children(const struct fake_state *now, const struct part *p,
	enum record_kind kind, int account_field, int day_field, uint32_t *n)
{
	struct child *list = calloc(now->list[kind].n + 1u, sizeof(*list));

	if (!list)
		abort();
	*n = 0;
	for (uint32_t i = 0; i < now->list[kind].n; i++) {
		const struct fake_row *row = fake_row(now, kind, i);
		const struct cell *c = row->cells;
		int64_t at = c[account_field].i - p->first_id;

		if (!row->gone && at >= 0 && at < p->n)
			list[(*n)++] =
				(struct child){ (uint32_t)at, i, day(c[day_field]), c };
	}
	qsort(list, *n, sizeof(*list), compare_children);
	return list;
}

static void part_signals(const struct fake_state *now, struct part *p, int32_t as_of)
{
	uint32_t n;
	struct child *list =
		children(now, p, REC_SIGNAL, F_SIGNAL_ACCOUNT, F_SIGNAL_DATE, &n);

	for (uint32_t i = 0; i < n; i++) { /* by day: the newest comes last */
		int64_t kind = list[i].cells[F_SIGNAL_KIND].i - 1;

		if (kind >= SIG_KNOWN || list[i].day > as_of ||
			!known_signal_counts(kind, list[i].cells[F_SIGNAL_VALUE].n))
			continue;
		p->signal_day[kind][list[i].at] = list[i].day;
		p->signal_value[kind][list[i].at] = list[i].cells[F_SIGNAL_VALUE].n;
	}
	free(list);
}

static enum status part_ticket_rows(
	const struct fake_state *now, struct part *p, struct err *e)
{
	uint32_t n;
	struct child *list =
		children(now, p, REC_TICKET, F_TICKET_ACCOUNT, F_TICKET_OPENED, &n);
	struct part_tickets *l = &p->tickets;
	enum status st = part_tickets_room(l, n, e);

	for (uint32_t i = 0; i < n && st == ST_OK; i++, l->n++) {
		l->at[l->n] = (uint16_t)list[i].at;
		l->opened[l->n] = list[i].day;
	}
	free(list);
	return st;
}

static enum status part_survey_rows(
	const struct fake_state *now, struct part *p, struct err *e)
{
	uint32_t n;
	struct child *list =
		children(now, p, REC_SURVEY, F_SURVEY_ACCOUNT, F_SURVEY_DATE, &n);
	struct part_surveys *l = &p->surveys;
	enum status st = part_surveys_room(l, n, e);

	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		const struct cell *c = list[i].cells;
		bool csat = says(c[F_SURVEY_KIND], "csat");

		if (c[F_SURVEY_SCORE].type == CELL_MISSING ||
			!(csat || says(c[F_SURVEY_KIND], "nps")))
			continue;
		l->at[l->n] = (uint16_t)list[i].at;
		l->day[l->n] = list[i].day;
		l->is_csat[l->n] = csat;
		l->score[l->n++] = c[F_SURVEY_SCORE].n;
	}
	free(list);
	return st;
}

static enum status part_touch_rows(
	const struct fake_state *now, struct part *p, struct err *e)
{
	uint32_t n;
	struct child *list =
		children(now, p, REC_TOUCH, F_TOUCH_ACCOUNT, F_TOUCH_DATE, &n);
	struct part_touches *l = &p->touches;
	enum status st = part_touches_room(l, n, e);

	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		if (!yes(list[i].cells[F_TOUCH_TWO_WAY]))
			continue;
		l->at[l->n] = (uint16_t)list[i].at;
		l->day[l->n++] = list[i].day;
	}
	free(list);
	return st;
}

static enum status part_contact_rows(
	const struct fake_state *now, struct part *p, struct err *e)
{
	uint32_t n;
	struct child *list =
		children(now, p, REC_CONTACT, F_CONTACT_ACCOUNT, F_CONTACT_SINCE, &n);
	struct part_contacts *l = &p->contacts;
	enum status st = part_contacts_room(l, n, e);

	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		const struct cell *c = list[i].cells;
		bool sponsor = says(c[F_CONTACT_ROLE], "sponsor");

		if (!sponsor && !says(c[F_CONTACT_ROLE], "champion"))
			continue;
		l->at[l->n] = (uint16_t)list[i].at;
		l->is_sponsor[l->n] = sponsor;
		l->since[l->n] = list[i].day;
		l->left[l->n++] = day(c[F_CONTACT_LEFT_ON]);
	}
	free(list);
	return st;
}

static enum status part_contract_rows(
	const struct fake_state *now, struct part *p, struct err *e)
{
	uint32_t n;
	struct child *list =
		children(now, p, REC_CONTRACT, F_CONTRACT_ACCOUNT, F_CONTRACT_FROM, &n);
	struct part_contracts *l = &p->contracts;
	enum status st = part_contracts_room(l, n, e);

	for (uint32_t i = 0; i < n && st == ST_OK; i++, l->n++) {
		const struct cell *c = list[i].cells;

		l->at[l->n] = (uint16_t)list[i].at;
		l->start[l->n] = list[i].day;
		l->end[l->n] = day(c[F_CONTRACT_UNTIL]);
		l->arr[l->n] = c[F_CONTRACT_ARR].i;
		l->currency[l->n] =
			(currency_id)fake_currency(now, c[F_CONTRACT_CURRENCY]);
	}
	free(list);
	return st;
}

static enum status part_movement_rows(
	const struct fake_state *now, struct part *p, struct err *e)
{
	static const char *const kinds[] = { [MOVE_NEW] = "new",
		[MOVE_EXPANSION] = "expansion",
		[MOVE_CONTRACTION] = "contraction",
		[MOVE_CHURN] = "churn",
		[MOVE_BACK] = "reactivation" };
	uint32_t n;
	struct child *list =
		children(now, p, REC_MOVEMENT, F_MOVEMENT_ACCOUNT, F_MOVEMENT_DATE, &n);
	struct part_movements *l = &p->movements;
	enum status st = part_movements_room(l, n, e);

	for (uint32_t i = 0; i < n && st == ST_OK; i++, l->n++) {
		const struct cell *c = list[i].cells;

		l->at[l->n] = (uint16_t)list[i].at;
		l->day[l->n] = list[i].day;
		for (uint8_t k = MOVE_NEW; k <= MOVE_BACK; k++)
			if (says(c[F_MOVEMENT_KIND], kinds[k]))
				l->kind[l->n] = k;
		l->delta[l->n] = c[F_MOVEMENT_DELTA].i;
		l->currency[l->n] =
			(currency_id)fake_currency(now, c[F_MOVEMENT_CURRENCY]);
	}
	free(list);
	return st;
}

enum status fake_signal(struct store *s, uint32_t kind, uint32_t part, int32_t as_of,
	int32_t *day, double *value, struct err *e)
{
	const struct fake_state *now = &((struct fake_store *)s)->now;
	const int64_t first = (int64_t)part * PART_ACCOUNTS + 1;

	(void)e;
	for (uint32_t i = 0; i < PART_ACCOUNTS; i++) {
		day[i] = DAY_NONE;
		value[i] = (double)NAN;
	}
	for (uint32_t i = 0; i < now->list[REC_SIGNAL].n; i++) {
		const struct cell *c = fake_row(now, REC_SIGNAL, i)->cells;
		const int64_t at = c[F_SIGNAL_ACCOUNT].i - first;

		if (c[F_SIGNAL_KIND].i != kind || at < 0 || at >= PART_ACCOUNTS ||
			c[F_SIGNAL_DATE].i > as_of || c[F_SIGNAL_DATE].i < day[at])
			continue;
		day[at] = (int32_t)c[F_SIGNAL_DATE].i;
		value[at] = c[F_SIGNAL_VALUE].n;
	}
	return ST_OK;
}

static enum status fill(const struct fake_state *now, uint32_t first, uint32_t n,
	int32_t as_of, struct part *p, struct err *e)
{
	static enum status (*const lists[])(
		const struct fake_state *, struct part *, struct err *) = {
		part_ticket_rows,
		part_survey_rows,
		part_touch_rows,
		part_contact_rows,
		part_contract_rows,
		part_movement_rows,
	};
	enum status st = ST_OK;

	part_reset(p, first, n);
	for (uint32_t at = 0; at < p->n; at++)
		if (!fake_row(now, REC_ACCOUNT, p->first_id - 1 + at)->gone)
			part_account(now, p, at);
	part_signals(now, p, as_of);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]) && st == ST_OK; i++)
		st = lists[i](now, p, e);
	return st;
}

enum status fake_part(
	struct store *s, uint32_t part, int32_t as_of, struct part *p, struct err *e)
{
	const struct fake_state *now = &((struct fake_store *)s)->now;
	const uint32_t accounts = fake_last_account(now), before = part * PART_ACCOUNTS;
	const uint32_t n = accounts > before ? accounts - before : 0;

	return fill(now, before + 1, n < PART_ACCOUNTS ? n : PART_ACCOUNTS, as_of, p, e);
}

enum status fake_part_of_one(
	struct store *s, uint32_t account, int32_t as_of, struct part *p, struct err *e)
{
	const struct fake_state *now = &((struct fake_store *)s)->now;

	return fill(now, account, account <= fake_last_account(now), as_of, p, e);
}
