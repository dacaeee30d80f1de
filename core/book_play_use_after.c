/* What became of accounts on which a play was done: alerts, departures, health. */
#include <stdlib.h>

#include "core/book_play_use_internal.h"
#include "core/by_account.h"

/* A health is that of a day that is at most so many older. */
enum { BEFORE_DAYS = 28, AFTER_DAYS = 14 };

uint32_t play_use_first(const struct play_reading *r, uint32_t account)
{
	return by_account_first(r->of, sizeof(*r->of),
		offsetof(struct play_case, account), r->n, account);
}

/* ---- alerts ---- */

/* Those of its account, as they were on the day. */
struct alerts_of {
	const struct alert *all;
	uint32_t n;
	int32_t as_of;
};

static bool still_there(const struct alerts_of *x, enum alert_kind kind, int32_t day)
{
	for (uint32_t i = 0; i < x->n; i++) {
		struct alert a = x->all[i];

		if (a.kind == kind && alert_on(&a, x->as_of) && a.opened <= day &&
			(a.ended == DAY_NONE || a.ended > day))
			return true;
	}
	return false;
}

static void settle(struct play_case *c, const struct alerts_of *x)
{
	struct alert a;
	uint32_t i = 0;

	while (i < x->n && x->all[i].id != c->alert_id)
		i++;
	if (i == x->n)
		return;
	a = x->all[i];
	if (!alert_on(&a, x->as_of))
		return;
	c->overdue &= !alert_sleeps(&a, x->as_of);
	if (play_case_judged(c, x->as_of))
		c->alert = still_there(x, a.kind, c->ended + PLAY_USE_AFTER)
				   ? PLAY_ALERT_THERE
				   : PLAY_ALERT_GONE;
}

/* Both go by account; the cases from *at on are of this part or a later one. */
static void settle_part(
	struct play_reading *r, uint32_t *at, const struct alert *all, uint32_t n)
{
	for (uint32_t from = 0, to; from < n; from = to) {
		const uint32_t account = all[from].account;

		for (to = from + 1; to < n && all[to].account == account;)
			to++;
		while (*at < r->n && r->of[*at].account < account)
			++*at;
		for (; *at < r->n && r->of[*at].account == account; ++*at)
			settle(&r->of[*at], &(struct alerts_of){ all + from, to - from,
						    r->out->as_of });
	}
}

enum status play_use_alerts(struct play_reading *r, struct err *e)
{
	struct store *s = r->b->store;
	struct book_info info = { 0 };
	enum status st = s->ops->info(s, &info, e);

	/* A task may say an account that there can't be. */
	for (uint32_t at = 0;
		st == ST_OK && at < r->n && r->of[at].account <= info.last_id;) {
		const uint32_t part = (r->of[at].account - 1) / PART_ACCOUNTS;
		const struct alert *all;
		uint32_t n;

		st = s->ops->alerts(s, part, r->out->from, &all, &n, e);
		if (st != ST_OK)
			return st;
		settle_part(r, &at, all, n);
		while (at < r->n && (r->of[at].account - 1) / PART_ACCOUNTS == part)
			at++;
		st = play_use_wait(r, e);
	}
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
	if (r->pilots && day == DAY_NONE &&
		!text_eq(cell_as_text(&c[F_STATUS]), TEXT("churned")))
		return ST_OK;
	for (uint32_t i = x->at; i < r->n && r->of[i].account == id; i++) {
		r->of[i].lost = day == DAY_NONE || day <= r->of[i].ended;
		r->of[i].left = !r->of[i].lost && r->of[i].state == TASK_DONE &&
				day <= r->of[i].ended + PLAY_USE_AFTER;
	}
	return ST_OK;
}

/* Those that are no customers any more are asked one by one: there are few. Of pilots all
 * are: the columns need not be there. */
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
		if (r->pilots || account > c->n || !c->active[account - 1])
			st = s->ops->rows_of(
				s, REC_ACCOUNT, &account, 1, take_account, &x, e);
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
	for (uint32_t i = play_use_first(r, first + 1); i < r->n; i++) {
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
