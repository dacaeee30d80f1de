#include "core/book_live.h"

#include <stdlib.h>

#include "core/by_account.h"
#include "core/queue_internal.h"

void book_live_find(const struct book_work *w, uint32_t account, struct book_live *out)
{
	const uint32_t alert = by_account_first(w->alert, sizeof(*w->alert),
		offsetof(struct alert, account), w->alerts, account);
	const uint32_t task = by_account_first(w->task, sizeof(*w->task),
		offsetof(struct task, account), w->tasks, account);

	*out = (struct book_live){ .alert = w->alert + alert, .task = w->task + task };
	while (alert + out->alerts < w->alerts &&
		out->alert[out->alerts].account == account)
		out->alerts++;
	while (task + out->tasks < w->tasks && out->task[out->tasks].account == account)
		out->tasks++;
}

/* The alert that started it; NULL: none did, or it is over. */
static const struct alert *starter(const struct book_live *x, const struct task *t)
{
	for (uint32_t i = 0; t->alert && i < x->alerts; i++)
		if (x->alert[i].id == t->alert)
			return &x->alert[i];
	return NULL;
}

bool book_live_sleeps(const struct book_live *x, const struct task *t, int32_t today)
{
	const struct alert *by = starter(x, t);

	return by && alert_sleeps(by, today);
}

bool book_live_would_sleep(
	const struct book_live *x, const struct task *t, int64_t alert, int32_t today)
{
	const struct alert *by = starter(x, t);

	return by && (!alert || alert == by->id || alert_sleeps(by, today));
}

/* One without a day comes last. */
const struct task *book_live_first(const struct book_live *x, int32_t today)
{
	const struct task *first = NULL;
	bool sleeps = false;

	for (uint32_t i = 0; i < x->tasks; i++) {
		const struct task *t = &x->task[i];
		const bool this_sleeps = book_live_sleeps(x, t, today);

		if (first && (this_sleeps != sleeps ? this_sleeps
						    : task_due(t) >= task_due(first)))
			continue;
		first = t;
		sleeps = this_sleeps;
	}
	return first;
}

const struct task *book_live_task(const struct book_live *x, int64_t id)
{
	for (uint32_t i = 0; i < x->tasks; i++)
		if (x->task[i].id == id)
			return &x->task[i];
	return NULL;
}

static enum status need_room(struct book *b, struct err *e)
{
	if (b->live)
		return ST_OK;
	b->live = calloc(1, sizeof(*b->live));
	if (!b->live)
		return err_set(e, ST_NOMEM, "not enough memory for the alerts and tasks");
	b->live->holders = 1;
	return ST_OK;
}

enum status book_live(
	struct book *b, uint32_t account, struct book_live *out, struct err *e)
{
	enum status st;

	*out = (struct book_live){ .alerts = 0 };
	if (book_picture_live(b, account, out))
		return ST_OK;
	st = b->store->ops->hold(b->store, e);
	if (st != ST_OK)
		return st;
	st = book_need_columns(b, e); /* drops what is out of date */
	if (st == ST_OK)
		st = need_room(b, e);
	if (st == ST_OK && account >= 1 && account <= b->columns.n)
		st = book_work_of(b, account, b->live, out, e);
	b->store->ops->release(b->store);
	return st;
}

static enum status explain(
	struct book *b, uint32_t account, struct triage_explained *out, struct err *e)
{
	const struct book_columns *c = &b->columns;
	struct triage_facts facts;
	struct base base;
	enum status st;

	if (account < 1 || account > c->n || !c->active[account - 1])
		return err_set(
			e, ST_NOTFOUND, "the account is not active: nothing is at risk");
	if (c->scores.health[account - 1] == HEALTH_NONE)
		return err_set(e, ST_NOTFOUND, "the account has no figures yet");
	st = book_base_of_one(b, account, b->clock.today, &base, e);
	if (st == ST_OK) {
		facts = triage_facts_of(
			&b->policy, &base, 0, c->scores.health[account - 1]);
		triage_explain(&b->policy, &facts, out);
	}
	base_clear(&base);
	return st;
}

enum status book_live_triage(
	struct book *b, uint32_t account, struct triage_explained *out, struct err *e)
{
	enum status st = b->store->ops->hold(b->store, e);

	*out = (struct triage_explained){ .at_risk = MONEY_NONE, .arr = MONEY_NONE };
	if (st != ST_OK)
		return st;
	st = book_need_columns(b, e);
	if (st == ST_OK)
		st = explain(b, account, out, e);
	b->store->ops->release(b->store);
	return st;
}
