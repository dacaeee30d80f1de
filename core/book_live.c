#include "core/book_live.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/by_account.h"
#include "core/convert.h"
#include "core/plays.h"
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

/* ---- what a move by hand leaves there -------------------------------------------- */

struct leaving {
	const struct plays *plays;
	uint8_t tier;
	uint32_t tasks, mails;
	const char *task, *mail; /* the title of the last one */
};

/* NULL: it is made for that tier, or nobody knows. */
static const struct play *misfit(const struct leaving *x, struct text name)
{
	const struct play *p = plays_find_text(x->plays, name);

	return p && !play_runs_on(p, x->tier) ? p : NULL;
}

static enum status see_mail(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct leaving *x = arg;
	const struct play *p = misfit(x, cell_as_text(&c[F_MESSAGE_PLAY]));

	(void)id;
	(void)e;
	if (!p || !text_eq(cell_as_text(&c[F_MESSAGE_KIND]), TEXT("customer")))
		return ST_OK;
	x->mail = p->title;
	x->mails++;
	return ST_OK;
}

static void write_left(const struct leaving *x, char out[BOOK_LIVE_LEFT_MAX])
{
	enum { SHOWN = 40 };
	char tasks[80] = "", mails[80] = "";
	const bool one = x->tasks + x->mails == 1;

	if (x->tasks == 1)
		snprintf(tasks, sizeof(tasks), "%.*s goes on",
			convert_shown(text_of(x->task), SHOWN), x->task);
	else if (x->tasks)
		snprintf(tasks, sizeof(tasks), "%u plays go on", x->tasks);
	if (x->mails == 1)
		snprintf(mails, sizeof(mails), "mail of %.*s waits to be sent",
			convert_shown(text_of(x->mail), SHOWN), x->mail);
	else if (x->mails)
		snprintf(mails, sizeof(mails), "mail of %u plays waits to be sent",
			x->mails);
	snprintf(out, BOOK_LIVE_LEFT_MAX, "%s%s%s, which %s not made for tier %u", tasks,
		x->tasks && x->mails ? ", " : "", mails, one ? "is" : "are", x->tier);
}

enum status book_live_left(struct book *b, uint32_t account, uint8_t tier,
	char out[BOOK_LIVE_LEFT_MAX], struct err *e)
{
	struct leaving x = { .tier = tier };
	struct book_live live;
	enum status st = book_plays(b, &x.plays, e);

	out[0] = '\0';
	if (st == ST_OK)
		st = book_live(b, account, &live, e);
	for (uint32_t i = 0; st == ST_OK && i < live.tasks; i++) {
		const struct play *p = misfit(&x, live.task[i].play);

		x.task = p ? p->title : x.task;
		x.tasks += p != NULL;
	}
	if (st == ST_OK)
		st = b->store->ops->unended(
			b->store, REC_MESSAGE, account, DAY_MAX, see_mail, &x, e);
	if (st == ST_OK && x.tasks + x.mails)
		write_left(&x, out);
	return st;
}
