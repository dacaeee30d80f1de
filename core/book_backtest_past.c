/* What became of the accounts: who left and when, whose ARR shrank, who had alerts. */
#include "core/book_backtest_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/alert_life.h"
#include "core/trend.h"

/* ---- who left ------------------------------------------------------------------------
 */

static enum status add_leaver(
	struct backtest_reading *r, uint32_t account, int32_t day, struct err *e)
{
	struct backtest_data *d = &r->d;

	if (d->leavers == r->leaver_room) {
		const uint32_t room = r->leaver_room ? 2 * r->leaver_room : 256;
		void *grown = realloc(d->leaver, room * sizeof(*d->leaver));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the backtest");
		d->leaver = grown;
		r->leaver_room = room;
	}
	d->leaver[d->leavers++] =
		(struct backtest_leaver){ account, day, INT32_MAX, DAY_NONE, false };
	return ST_OK;
}

/* A measurement on or after the day it left, as if it were still there. */
static bool measured_after(const struct part *p, uint32_t i, int32_t day)
{
	for (int k = 0; k < SIG_KNOWN; k++)
		if (p->signal_day[k][i] != DAY_NONE && p->signal_day[k][i] >= day)
			return true;
	return false;
}

static enum status take_dates(struct backtest_reading *r, struct err *e)
{
	const struct part *p = &r->part;
	enum status st = ST_OK;

	for (uint32_t i = 0; st == ST_OK && i < p->n; i++) {
		const int32_t day = p->churned_on[i];

		const uint32_t account = p->first_id - 1 + i;

		if (!(p->flags[i] & ACC_PRESENT) || !backtest_looked_at(r, account))
			continue;
		r->here[account] = base_active(p, i, r->d.as_of);
		r->d.undated += (p->flags[i] & ACC_CHURNED) && day == DAY_NONE;
		if (day == DAY_NONE || day > r->d.as_of)
			continue;
		st = add_leaver(r, account, day, e);
		if (st == ST_OK)
			r->d.leaver[r->d.leavers - 1].after = measured_after(p, i, day);
	}
	return st;
}

/* Movements are ascending by account and day. */
static enum status take_movements(struct backtest_reading *r, struct err *e)
{
	const struct part_movements *m = &r->part.movements;
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < m->n; k++) {
		const uint32_t account = r->part.first_id - 1 + m->at[k];
		int32_t back = INT32_MAX;

		if (m->kind[k] != MOVE_CHURN || m->day[k] > r->d.as_of ||
			!backtest_looked_at(r, account))
			continue;
		for (uint32_t j = k + 1; j < m->n && m->at[j] == m->at[k]; j++)
			if ((m->kind[j] == MOVE_NEW || m->kind[j] == MOVE_BACK) &&
				m->day[j] <= r->d.as_of) {
				back = m->day[j];
				break;
			}
		st = add_leaver(r, account, m->day[k], e);
		if (st == ST_OK)
			r->d.leaver[r->d.leavers - 1].back = back;
	}
	return st;
}

static int by_account(const void *a, const void *b)
{
	const struct backtest_leaver *x = a, *y = b;

	return x->account != y->account
		       ? (x->account > y->account) - (x->account < y->account)
		       : (x->day > y->day) - (x->day < y->day);
}

/* Both a date and a movement may tell of the same leaving. */
static void merge_leavers(struct backtest_data *d)
{
	uint32_t n = 0;

	if (d->leavers)
		qsort(d->leaver, d->leavers, sizeof(*d->leaver), by_account);
	for (uint32_t k = 0; k < d->leavers; k++) {
		struct backtest_leaver *last = n ? &d->leaver[n - 1] : NULL;
		const struct backtest_leaver *x = &d->leaver[k];

		if (last && last->account == x->account && x->day < last->back &&
			x->day - last->day <= d->horizon) {
			last->back = x->back < last->back ? x->back : last->back;
			last->after |= x->after;
		} else {
			d->leaver[n++] = *x;
		}
	}
	d->leavers = n;
}

static enum status index_leavers(struct backtest_reading *r, struct err *e)
{
	const struct backtest_data *d = &r->d;

	r->first = calloc((size_t)d->accounts + 2, sizeof(*r->first));
	if (!r->first)
		return err_set(e, ST_NOMEM, "not enough memory for the backtest");
	for (uint32_t k = 0; k < d->leavers; k++)
		r->first[d->leaver[k].account + 1]++;
	for (uint32_t a = 0; a < d->accounts; a++)
		r->first[a + 1] += r->first[a];
	return ST_OK;
}

bool backtest_looked_at(const struct backtest_reading *r, uint32_t account)
{
	return r->d.every < 2 || (account + 1) % r->d.every == 0;
}

bool backtest_was_gone(const struct backtest_reading *r, uint32_t account, int32_t day)
{
	for (uint32_t k = r->first[account]; k < r->first[account + 1]; k++)
		if (r->d.leaver[k].day <= day && day < r->d.leaver[k].back)
			return true;
	return false;
}

uint16_t backtest_leaves_in(
	const struct backtest_reading *r, uint32_t account, int32_t day)
{
	for (uint32_t k = r->first[account]; k < r->first[account + 1]; k++)
		if (r->d.leaver[k].day > day && r->d.leaver[k].day - day < BACKTEST_NEVER)
			return (uint16_t)(r->d.leaver[k].day - day);
	return BACKTEST_NEVER;
}

/* ---- ARR -----------------------------------------------------------------------------
 */

static enum status take_arr(struct backtest_reading *r, int64_t *arr, struct err *e)
{
	const struct backtest_data *d = &r->d;
	int32_t day[BACKTEST_MONTHS_MAX];
	int64_t *later = arr + (size_t)d->months * PART_ACCOUNTS;
	enum status st = ST_OK;

	for (int half = 0; st == ST_OK && half < 2; half++) {
		/* Ascending, while months are the newest first. */
		for (int m = 0; m < d->months; m++)
			day[d->months - 1 - m] =
				d->month[m].day + (half ? d->horizon : 0);
		st = trend_arr(&r->part, &r->rates, day, d->months, d->as_of,
			half ? later : arr, e);
	}
	for (int m = 0; st == ST_OK && m < d->months; m++) {
		const size_t k = (size_t)(d->months - 1 - m) * PART_ACCOUNTS;
		uint8_t *out = r->shrank + (size_t)m * d->accounts + r->part.first_id - 1;

		for (uint32_t i = 0; i < r->part.n; i++)
			if (arr[k + i] > 0 && later[k + i] > 0)
				out[i] = later[k + i] < arr[k + i] ? 1 : 2;
	}
	return st;
}

enum status backtest_read_outcomes(struct backtest_reading *r, struct err *e)
{
	struct backtest_data *d = &r->d;
	int64_t *arr =
		malloc(2 * (size_t)BACKTEST_MONTHS_MAX * PART_ACCOUNTS * sizeof(*arr));
	struct store *s = r->book->store;
	enum status st = ST_OK;

	r->shrank = calloc((size_t)d->months * d->accounts + 1, 1);
	r->here = calloc((size_t)d->accounts + 1, 1);
	if (!arr || !r->shrank || !r->here)
		st = err_set(e, ST_NOMEM, "not enough memory for the backtest");
	for (uint32_t k = 0; st == ST_OK && k < r->parts; k++) {
		st = backtest_tell(r, "reading what became of them", k, e);
		if (st == ST_OK)
			st = s->ops->part(s, k, d->as_of, &r->part, e);
		if (st == ST_OK && r->part.n > d->accounts - k * PART_ACCOUNTS)
			r->part.n = d->accounts - k * PART_ACCOUNTS;
		if (st == ST_OK)
			st = take_dates(r, e);
		if (st == ST_OK)
			st = take_movements(r, e);
		if (st == ST_OK)
			st = take_arr(r, arr, e);
	}
	free(arr);
	if (st != ST_OK)
		return st;
	merge_leavers(d);
	return index_leavers(r, e);
}

/* ---- alerts --------------------------------------------------------------------------
 */

struct alerts {
	struct backtest_reading *r;
	uint8_t *now; /* by account: one that is no opportunity is in sight; owned */
};

/* Whether it was in sight within the days before one. */
static bool in_sight(const struct alert *x, int32_t day)
{
	return x->opened < day &&
	       (x->ended == DAY_NONE || x->ended >= day - BACKTEST_LEAD_DAYS);
}

static enum status take_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct alerts *a = arg;
	struct backtest_reading *r = a->r;
	struct alert x;

	(void)e;
	if (!alert_from_row(id, cells, &x) || x.severity == SEV_OPPORTUNITY ||
		x.account < 1 || x.account > r->d.accounts)
		return ST_OK;
	if (in_sight(&x, r->d.as_of))
		a->now[x.account - 1] = 1;
	for (uint32_t k = r->first[x.account - 1]; k < r->first[x.account]; k++) {
		struct backtest_leaver *l = &r->d.leaver[k];
		const int32_t from = l->day - BACKTEST_LEAD_DAYS;
		const int32_t seen = x.opened < from ? from : x.opened;

		if (in_sight(&x, l->day) && (l->alert == DAY_NONE || seen < l->alert))
			l->alert = seen;
	}
	return ST_OK;
}

enum status backtest_read_alerts(struct backtest_reading *r, struct err *e)
{
	struct alerts a = { r, calloc((size_t)r->d.accounts + 1, 1) };
	struct store *s = r->book->store;
	enum status st;

	if (!a.now)
		return err_set(e, ST_NOMEM, "not enough memory for the backtest");
	st = s->ops->unended(s, REC_ALERT, 0, DAY_MIN, take_alert, &a, e);
	for (uint32_t i = 0; st == ST_OK && i < r->d.accounts; i++)
		if (r->here[i]) {
			r->d.quiet_n++;
			r->d.quiet_alerted += a.now[i];
		}
	free(a.now);
	return st;
}
