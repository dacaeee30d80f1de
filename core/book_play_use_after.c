/* What became of accounts on which a play was done: alerts, departures, health. */
#include <stdlib.h>

#include "core/book_play_use_internal.h"

/* A health is that of a day that is at most so many older. */
enum { BEFORE_DAYS = 28, AFTER_DAYS = 14 };

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

/* ---- alerts ---- */

struct live {
	int64_t id;
	uint32_t account;
	int32_t opened, ended; /* DAY_NONE: it goes on */
	enum alert_kind kind;
	bool sleeps;
};

struct alerts_reading {
	struct play_reading *r;
	struct live *of; /* owned */
	uint32_t n, room;
};

static bool still_there(
	const struct live *a, uint32_t n, enum alert_kind kind, int32_t day)
{
	for (uint32_t i = 0; i < n; i++)
		if (a[i].kind == kind && a[i].opened <= day &&
			(a[i].ended == DAY_NONE || a[i].ended > day))
			return true;
	return false;
}

/* The alerts are those of its account. */
static void settle(struct play_case *c, const struct live *a, uint32_t n, int32_t as_of)
{
	uint32_t i = 0;

	while (i < n && a[i].id != c->alert_id)
		i++;
	if (i == n)
		return;
	c->overdue &= !a[i].sleeps;
	if (play_case_judged(c, as_of))
		c->alert = still_there(a, n, a[i].kind, c->ended + PLAY_USE_AFTER)
				   ? PLAY_ALERT_THERE
				   : PLAY_ALERT_GONE;
}

static int by_account(const void *x, const void *y)
{
	const struct live *a = x, *b = y;

	return (a->account > b->account) - (a->account < b->account);
}

static void settle_all(const struct alerts_reading *x)
{
	struct play_reading *r = x->r;

	if (x->n)
		qsort(x->of, x->n, sizeof(*x->of), by_account);
	for (uint32_t from = 0, to, c = 0; from < x->n; from = to) {
		const uint32_t account = x->of[from].account;

		for (to = from + 1; to < x->n && x->of[to].account == account;)
			to++;
		while (c < r->n && r->of[c].account < account)
			c++;
		for (; c < r->n && r->of[c].account == account; c++)
			settle(&r->of[c], x->of + from, to - from, r->out->as_of);
	}
}

static enum status take_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct alerts_reading *x = arg;
	const int32_t as_of = x->r->out->as_of;
	struct alert a;
	uint32_t at;

	if (!alert_from_row(id, cells, &a) || !alert_on(&a, as_of))
		return play_use_row_read(x->r, e);
	at = first_of(x->r, a.account);
	if (at == x->r->n || x->r->of[at].account != a.account)
		return play_use_row_read(x->r, e);
	if (x->n == x->room) {
		const uint32_t room = x->room ? 2 * x->room : 256;
		struct live *grown = realloc(x->of, room * sizeof(*grown));

		if (!grown)
			return play_use_no_memory(e);
		x->of = grown;
		x->room = room;
	}
	x->of[x->n++] = (struct live){ id, a.account, a.opened, a.ended, a.kind,
		alert_sleeps(&a, as_of) };
	return play_use_row_read(x->r, e);
}

enum status play_use_alerts(struct play_reading *r, struct err *e)
{
	struct alerts_reading x = { .r = r };
	struct store *s = r->b->store;
	const enum status st =
		s->ops->unended_names(s, REC_ALERT, r->out->from, take_alert, &x, e);

	if (st == ST_OK)
		settle_all(&x);
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
