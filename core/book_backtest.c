#include "core/book_backtest_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/rates.h"
#include "core/triage.h"

enum {
	ROWS_MAX = 8000000, /* beyond, only each so manieth account is looked at */
	NEAR_DAYS = 7,      /* a snapshot so old still says what was known */
};

enum status backtest_tell(
	const struct backtest_reading *r, const char *what, uint64_t done, struct err *e)
{
	const struct progress *p = r->book->progress;
	const uint64_t total = (uint64_t)r->parts * (unsigned)(r->d.months + 1);

	if (!p || p->tell(p->arg, what, done, total))
		return ST_OK;
	return err_set(e, ST_CANCELLED, "stopped");
}

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the backtest");
}

/* ---- what was known ------------------------------------------------------------------
 */

static enum status room_for(struct backtest_data *d, uint32_t n, struct err *e)
{
	uint32_t room = d->room ? d->room : PART_ACCOUNTS;
	void *grown;

	while (room - d->rows < n)
		room += room / 2;
	if (room == d->room)
		return ST_OK;
	grown = realloc(d->row, (size_t)room * sizeof(*d->row));
	if (!grown)
		return no_memory(e);
	d->row = grown;
	d->room = room;
	return ST_OK;
}

/* What the snapshot of the day, or one shortly before it, says. */
static enum status read_recorded(struct backtest_reading *r, uint32_t part, struct err *e)
{
	struct store *s = r->book->store;

	memset(r->health, HEALTH_NONE, PART_ACCOUNTS);
	memset(r->tier, TIER_NONE, PART_ACCOUNTS);
	if (r->snapshot == DAY_NONE)
		return ST_OK;
	return s->ops->snapshot_health(
		s, r->snapshot, part * PART_ACCOUNTS, r->base.n, r->health, r->tier, e);
}

static uint16_t hundredths(double score)
{
	return isnan(score) ? BACKTEST_MISSING : (uint16_t)lround(score * 100);
}

/* The renewal alone is judged as it stands today, and then forgotten: of those who stay
 * its date moved on. */
static void score_row(
	const struct backtest_reading *r, uint32_t i, struct backtest_row *out)
{
	const struct base *b = &r->base;
	const struct policy *p = &r->book->policy;
	struct component_explained renewal;
	struct health_explained x;
	struct triage_explained t;
	struct triage_facts f;

	health_component(p, b, i, r->tier[i], COMP_RENEWAL, &renewal);
	b->renewal[i] = DAY_NONE;
	health_explain(p, b, i, r->tier[i], &x);
	f = triage_facts_of(p, b, i, x.health);
	triage_explain(p, &f, &t);
	for (int c = 0; c < COMP_COUNT; c++)
		out->score[c] = hundredths(x.component[c].score);
	out->score[COMP_RENEWAL] = hundredths(renewal.score);
	out->health = (uint8_t)x.health;
	out->pulse = (uint8_t)x.pulse;
	out->p = (float)t.p;
	out->slow = t.slow;
}

static uint8_t answer_of(const struct base *b, uint32_t i)
{
	const double nps = b->signal[SIG_NPS][i];

	if (b->day[SIG_NPS][i] == DAY_NONE ||
		b->as_of - b->day[SIG_NPS][i] > BACKTEST_SURVEY_DAYS || !(nps >= 0) ||
		nps > 10)
		return BACKTEST_NO_ANSWER;
	return (uint8_t)nps;
}

static enum status take_part(struct backtest_reading *r, int month, struct err *e)
{
	struct backtest_data *d = &r->d;
	const int32_t day = d->month[month].day;
	enum status st = room_for(d, r->base.n, e);

	for (uint32_t i = 0; st == ST_OK && i < r->base.n; i++) {
		const uint32_t account = r->base.first_id - 1 + i;
		struct backtest_row *row = &d->row[d->rows];

		if (!r->base.active[i] || !backtest_looked_at(r, account) ||
			backtest_was_gone(r, account, day))
			continue;
		*row = (struct backtest_row){ .account = account,
			.month = (uint8_t)month,
			.leaves = backtest_leaves_in(r, account, day) };
		score_row(r, i, row);
		row->nps = answer_of(&r->base, i);
		row->recorded = r->health[i] <= 100 ? r->health[i] : 0;
		if (row->leaves > d->horizon)
			row->shrank = r->shrank[(size_t)month * d->accounts + account];
		d->rows++;
	}
	return st;
}

static enum status find_snapshot(struct backtest_reading *r, int32_t day, struct err *e)
{
	struct store *s = r->book->store;
	struct snapshot_day at;
	enum status st = s->ops->snapshot_find(s, day, &at, e);

	r->snapshot = DAY_NONE;
	if (st == ST_OK && at.day != DAY_NONE && day - at.day < NEAR_DAYS)
		r->snapshot = at.day;
	return st;
}

static enum status read_month(struct backtest_reading *r, int month, struct err *e)
{
	const int32_t day = r->d.month[month].day;
	const bool tickets =
		r->info.first_ticket != DAY_NONE && r->info.first_ticket <= day;
	struct store *s = r->book->store;
	enum status st = find_snapshot(r, day, e);

	for (uint32_t k = 0; st == ST_OK && k < r->parts; k++) {
		const uint32_t left = r->d.accounts - k * PART_ACCOUNTS;

		st = backtest_tell(
			r, "reading the past", (uint64_t)(month + 1) * r->parts + k, e);
		if (st == ST_OK)
			st = s->ops->part(s, k, day, &r->part, e);
		if (st == ST_OK)
			st = base_from_part(
				&r->base, &r->part, &r->rates, day, tickets, e);
		if (r->base.n > left)
			r->base.n = left;
		if (st == ST_OK)
			st = read_recorded(r, k, e);
		if (st == ST_OK)
			st = take_part(r, month, e);
	}
	return st;
}

/* Whether something was known of anybody; a month before that has no rows. */
static bool knows(const struct backtest_data *d, uint32_t from)
{
	for (uint32_t i = from; i < d->rows; i++)
		if (d->row[i].health)
			return true;
	return false;
}

/* Back to the month of which nothing is known. */
static enum status read_months(struct backtest_reading *r, struct err *e)
{
	enum status st = ST_OK;

	for (int m = 0; st == ST_OK && m < r->d.months; m++) {
		const uint32_t from = r->d.rows;

		st = read_month(r, m, e);
		if (st != ST_OK || knows(&r->d, from))
			continue;
		r->d.rows = from;
		r->d.months = m;
	}
	return st;
}

/* ---- all of it -----------------------------------------------------------------------
 */

static enum status begin(struct backtest_reading *r, struct err *e)
{
	struct book *b = r->book;
	const int32_t open = day_month_start(b->clock.today + 1);
	enum status st = b->store->ops->info(b->store, &r->info, e);

	if (st == ST_OK)
		st = rates_of(&r->rates, &b->policy, b->store, e);
	if (st == ST_OK)
		st = part_init(&r->part, e);
	if (st == ST_OK)
		st = base_init(&r->base, e);
	r->health = malloc(PART_ACCOUNTS);
	r->tier = malloc(PART_ACCOUNTS);
	if (st == ST_OK && (!r->health || !r->tier))
		st = no_memory(e);
	r->d.as_of = b->clock.today;
	r->d.accounts = r->info.last_id;
	r->d.every = 1 + r->d.accounts / (ROWS_MAX / 24);
	r->parts = (r->d.accounts + PART_ACCOUNTS - 1) / PART_ACCOUNTS;
	r->d.months = BACKTEST_MONTHS_MAX;
	for (int m = 0; m < r->d.months; m++)
		r->d.month[m].day = day_add_months(open, -m) - 1;
	return st;
}

static enum status read_all(struct backtest_reading *r, struct err *e)
{
	struct store *s = r->book->store;
	enum status st = s->ops->hold(s, e);

	if (st != ST_OK)
		return st;
	st = begin(r, e);
	if (st == ST_OK)
		st = backtest_read_outcomes(r, e);
	if (st == ST_OK)
		st = read_months(r, e);
	if (st == ST_OK)
		st = backtest_read_alerts(r, e);
	s->ops->release(s);
	if (st == ST_OK)
		backtest_choose_months(&r->d);
	return st;
}

static void clear(struct backtest_reading *r)
{
	part_clear(&r->part);
	base_clear(&r->base);
	free(r->here);
	free(r->shrank);
	free(r->first);
	free(r->health);
	free(r->tier);
}

enum status book_backtest_read(
	struct book *b, int horizon, struct backtest_data *out, struct err *e)
{
	struct backtest_reading *r = calloc(1, sizeof(*r));
	enum status st;

	memset(out, 0, sizeof(*out));
	if (!r)
		return no_memory(e);
	r->book = b;
	r->d.horizon = horizon;
	st = read_all(r, e);
	*out = r->d;
	clear(r);
	free(r);
	return st;
}

/* For whoever wants its figures and can't wait; without memory there are none. */
static void remember(struct book *b, const struct backtest *t)
{
	if (!b->backtest)
		b->backtest = malloc(sizeof(*b->backtest));
	if (!b->backtest)
		return;
	*b->backtest = *t;
	b->backtest->green = NULL;
	b->backtest->greens = 0;
}

const struct backtest *book_backtest_last(const struct book *b)
{
	const struct backtest *t = b->backtest;

	return t && t->as_of == b->clock.today && t->policy_version == b->policy_version
		       ? t
		       : NULL;
}

enum status book_backtest(
	struct book *b, int horizon, struct backtest *out, struct err *e)
{
	struct backtest_data d;
	enum status st = book_backtest_read(b, horizon, &d, e);

	memset(out, 0, sizeof(*out));
	if (st == ST_OK)
		st = backtest_judge(&d, &b->policy, b->progress, out, e);
	backtest_data_clear(&d);
	out->policy_version = b->policy_version;
	if (st == ST_OK && out->proposal.made)
		st = backtest_try(b, out, e);
	if (st == ST_OK)
		remember(b, out);
	return st;
}

enum status book_backtest_need(struct book *b, struct err *e)
{
	struct backtest t;
	enum status st;

	if (book_backtest_last(b))
		return ST_OK;
	st = book_backtest(b, BACKTEST_HORIZON, &t, e);
	backtest_clear(&t);
	return st;
}
