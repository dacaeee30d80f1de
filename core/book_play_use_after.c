/* What became of accounts on which a play was done: alerts, departures, health. */
#include <stdlib.h>

#include "core/book_play_use_internal.h"

/* A health is that of a day that is at most so many older. */
enum { BEFORE_DAYS = 28, AFTER_DAYS = 14 };

/* ---- alerts ---- */

/* The alerts of one account at a time, with its cases. */
struct alerts_reading {
	struct play_reading *r;
	uint32_t at; /* the first case of the account, or of one behind it */
	struct alert *of;
	uint32_t n, room;
};

static bool still_there(const struct alerts_reading *x, enum alert_kind kind, int32_t day)
{
	for (uint32_t i = 0; i < x->n; i++)
		if (x->of[i].kind == kind && x->of[i].opened <= day &&
			(x->of[i].ended == DAY_NONE || x->of[i].ended > day))
			return true;
	return false;
}

static void settle_case(const struct alerts_reading *x, struct play_case *c)
{
	const struct alert *a = NULL;

	for (uint32_t i = 0; !a && i < x->n; i++)
		if (c->alert_id && x->of[i].id == c->alert_id)
			a = &x->of[i];
	if (!a)
		return;
	c->overdue &= !alert_sleeps(a, x->r->out->as_of);
	if (play_case_judged(c, x->r->out->as_of))
		c->alert = still_there(x, a->kind, c->ended + PLAY_USE_AFTER)
				   ? PLAY_ALERT_THERE
				   : PLAY_ALERT_GONE;
}

static void settle_account(struct alerts_reading *x)
{
	struct play_reading *r = x->r;

	while (x->n && x->at < r->n && r->of[x->at].account < x->of[0].account)
		x->at++;
	for (uint32_t i = x->at; x->n && i < r->n && r->of[i].account == x->of[0].account;
		i++)
		settle_case(x, &r->of[i]);
	x->n = 0;
}

static enum status take_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct alerts_reading *x = arg;
	struct alert a;

	if (!alert_from_row(id, cells, &a) || !alert_on(&a, x->r->out->as_of))
		return ST_OK;
	if (x->n && x->of[0].account != a.account)
		settle_account(x);
	if (x->n == x->room) {
		const uint32_t room = x->room ? 2 * x->room : 64;
		struct alert *grown = realloc(x->of, room * sizeof(*grown));

		if (!grown)
			return play_use_no_memory(e);
		x->of = grown;
		x->room = room;
	}
	x->of[x->n++] = a;
	return ST_OK;
}

enum status play_use_alerts(struct play_reading *r, struct err *e)
{
	struct alerts_reading x = { .r = r };
	struct store *s = r->b->store;
	const enum status st =
		s->ops->unended(s, REC_ALERT, 0, r->out->from, take_alert, &x, e);

	if (st == ST_OK)
		settle_account(&x);
	free(x.of);
	return st;
}

/* ---- who left ---- */

struct leavers {
	struct play_reading *r;
	uint32_t at; /* the case that is asked about */
};

static enum status take_account(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	const struct leavers *x = arg;
	const int32_t day = cell_day(&c[F_CHURNED_ON]);
	struct play_reading *r = x->r;

	(void)e;
	for (uint32_t i = x->at; i < r->n && r->of[i].account == id; i++) {
		r->of[i].lost = day == DAY_NONE || day <= r->of[i].ended;
		r->of[i].left = !r->of[i].lost && r->of[i].state == TASK_DONE &&
				day <= r->of[i].ended + PLAY_USE_AFTER;
	}
	return ST_OK;
}

/* Those that are no customers any more are asked one by one: there are few. */
enum status play_use_accounts(struct play_reading *r, struct err *e)
{
	const struct book_columns *c = &r->b->columns;
	struct store *s = r->b->store;
	struct leavers x = { .r = r };
	enum status st = ST_OK;

	for (uint32_t next; st == ST_OK && x.at < r->n; x.at = next) {
		const uint32_t account = r->of[x.at].account;

		for (next = x.at + 1; next < r->n && r->of[next].account == account;)
			next++;
		if (account > c->n || !c->active[account - 1])
			st = s->ops->accounts(s, &account, 1, take_account, &x, e);
	}
	return st;
}

/* ---- health ---- */

static uint32_t first_of(const struct play_reading *r, uint32_t account)
{
	uint32_t low = 0, high = r->n;

	while (low < high) {
		const uint32_t mid = low + (high - low) / 2;

		if (r->of[mid].account < account)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static bool is_of(int32_t snapshot, int32_t day, int32_t days)
{
	return snapshot <= day && snapshot > day - days;
}

/* The newest day of a run comes first: what is known already is newer. */
static enum status take_healths(void *arg, int32_t day, uint32_t first, uint32_t n,
	const uint8_t *health, struct err *e)
{
	struct play_reading *r = arg;

	(void)e;
	for (uint32_t i = first_of(r, first + 1); i < r->n; i++) {
		struct play_case *c = &r->of[i];
		uint8_t now;

		if (c->account - 1 - first >= n)
			break;
		now = health[c->account - 1 - first];
		if (!play_case_judged(c, r->out->as_of) || now == HEALTH_NONE ||
			now == HEALTH_UNKNOWN)
			continue;
		if (!c->after && is_of(day, c->ended + PLAY_USE_AFTER, AFTER_DAYS))
			c->after = now;
		if (!c->before && is_of(day, c->ended, BEFORE_DAYS))
			c->before = now;
	}
	return ST_OK;
}

/* Part by part, where anything is to be known. */
enum status play_use_healths(struct play_reading *r, struct err *e)
{
	struct store *s = r->b->store;
	enum status st = ST_OK;
	uint32_t read = 0; /* accounts up to this one are done */

	for (uint32_t i = 0; st == ST_OK && i < r->n; i++) {
		const uint32_t first =
			(r->of[i].account - 1) / PART_ACCOUNTS * PART_ACCOUNTS;

		if (r->of[i].account <= read ||
			!play_case_judged(&r->of[i], r->out->as_of))
			continue;
		read = first + PART_ACCOUNTS;
		st = s->ops->snapshot_healths(s, r->out->from - BEFORE_DAYS,
			r->out->as_of, first, PART_ACCOUNTS, take_healths, r, e);
	}
	return st;
}
