/* What an account is in the queue: whose, in which section, ranked with what. */
#include "core/queue_internal.h"

#include "core/triage.h"

/* ---- whose ---- */

bool flagged_is_claimed(const struct flagged *f)
{
	for (uint32_t i = 0; i < f->tasks; i++)
		if (f->task[i].csm != 0)
			return true;
	return false;
}

bool queue_is_of(const struct book *b, enum queue_scope scope, uint32_t csm, uint32_t who)
{
	return who && (scope == QUEUE_OF_TEAM ? book_in_team(b, csm, who) : who == csm);
}

static bool is_claimed_by(
	const struct flagged *f, const struct book *b, const struct queue_query *q)
{
	for (uint32_t i = 0; i < f->tasks; i++)
		if (queue_is_of(b, q->scope, q->csm, f->task[i].csm))
			return true;
	return false;
}

/* Of an account that somebody owns claims are of no weight: they help out. */
bool flagged_in_scope(
	const struct flagged *f, const struct book *b, const struct queue_query *q)
{
	const struct book_columns *c = &b->columns;
	const uint32_t owner = (uint32_t)shorts_at(&c->csm, f->account - 1);

	if (!c->active[f->account - 1])
		return false;
	switch (q->scope) {
	case QUEUE_OF_CSM:
	case QUEUE_OF_TEAM:
		return queue_is_of(b, q->scope, q->csm, owner) || is_claimed_by(f, b, q);
	case QUEUE_OF_POOL:
		return owner == 0 && !flagged_is_claimed(f);
	case QUEUE_OF_ANYBODY:
		break;
	}
	return true;
}

/* ---- one row ---- */

static bool is_risk(const struct alert *a)
{
	return a->severity >= SEV_INFO;
}

/* Those that are awake, the worst first. */
static void take_alerts(const struct flagged *f, int32_t today,
	const struct alert **alerts, struct queue_row *r)
{
	r->alert = alerts;
	for (uint32_t i = 0; i < f->alerts && r->alerts < ALERT_KINDS; i++) {
		int at = r->alerts;

		if (alert_sleeps(&f->alert[i], today))
			continue;
		for (; at > 0 && alert_worse(&f->alert[i], alerts[at - 1]); at--)
			alerts[at] = alerts[at - 1];
		alerts[at] = &f->alert[i];
		r->alerts++;
	}
	r->worst = r->alerts ? alerts[0]->severity : SEV_OFF;
}

static struct book_live live_of(const struct flagged *f)
{
	return (struct book_live){ f->alert, f->alerts, f->task, f->tasks };
}

static void take_tasks(const struct flagged *f, int32_t today, struct queue_row *r)
{
	const struct book_live live = live_of(f);

	r->task = book_live_first(&live, today);
	r->tasks = (int)f->tasks;
	for (uint32_t i = 0; i < f->tasks && !r->claimed_by; i++)
		r->claimed_by = f->task[i].csm;
}

void flagged_take(const struct flagged *f, int32_t today, const struct alert **alerts,
	struct queue_row *out)
{
	*out = (struct queue_row){ .account = f->account };
	take_alerts(f, today, alerts, out);
	take_tasks(f, today, out);
}

/* Every alert that is awake slept until today. */
static bool is_back(const struct queue_row *r, int32_t today)
{
	for (int i = 0; i < r->alerts; i++)
		if (r->alert[i]->until != today)
			return false;
	return r->alerts > 0;
}

/* The day of the step that comes next; INT32_MAX: it has none, or it sleeps. */
static int32_t due_day(const struct flagged *f, const struct task *t, int32_t today)
{
	const struct book_live live = live_of(f);

	return !t || book_live_sleeps(&live, t, today) ? INT32_MAX : task_due(t);
}

/* False: nothing is to be done today. */
static bool find_section(const struct flagged *f, struct queue_row *r, int32_t today)
{
	const int32_t due = due_day(f, r->task, today);

	if (due < today)
		r->section = QUEUE_OVERDUE;
	else if (is_back(r, today))
		r->section = QUEUE_BACK;
	else if (r->alerts && is_risk(r->alert[0]))
		r->section = QUEUE_NOW;
	else if (r->alerts)
		r->section = QUEUE_OPPORTUNITY;
	else if (due == today)
		r->section = QUEUE_NOW;
	else
		return false;
	return true;
}

static void weigh(const struct book *b, struct queue_row *r)
{
	const struct policy *p = &b->policy;
	const struct book_columns *c = &b->columns;

	r->at_risk = book_at_risk(b, r->account - 1);
	r->weight = triage_weight(p, r->worst);
	r->rank = r->at_risk;
	if (r->worst == SEV_OPPORTUNITY)
		r->rank = triage_opportunity(p, amounts_at(&c->arr, r->account - 1));
	else if (r->rank != MONEY_NONE && !money_scale(r->at_risk, r->weight, &r->rank))
		r->rank = MONEY_MAX;
}

enum flagged_state flagged_row(const struct flagged *f, const struct book *b,
	const struct alert **alerts, struct queue_row *out)
{
	const int32_t today = b->clock.today;

	flagged_take(f, today, alerts, out);
	if (!find_section(f, out, today))
		return f->alerts && !out->alerts ? FLAGGED_ASLEEP : FLAGGED_IDLE;
	weigh(b, out);
	return FLAGGED_DUE;
}

/* ---- all of them ---- */

/* Alerts and tasks, both by account, in one walk. */
enum status flagged_each(const struct book_work *w, uint32_t accounts, flagged_fn fn,
	void *arg, struct err *e)
{
	uint32_t a = 0, t = 0;
	enum status st = ST_OK;

	while (st == ST_OK && (a < w->alerts || t < w->tasks)) {
		const uint32_t x = a < w->alerts ? w->alert[a].account : UINT32_MAX;
		const uint32_t y = t < w->tasks ? w->task[t].account : UINT32_MAX;
		struct flagged f = { .account = x < y ? x : y,
			.alert = w->alert + a,
			.task = w->task + t };

		while (a < w->alerts && w->alert[a].account == f.account)
			a++, f.alerts++;
		while (t < w->tasks && w->task[t].account == f.account)
			t++, f.tasks++;
		if (f.account >= 1 && f.account <= accounts)
			st = fn(arg, &f, e);
	}
	return st;
}

static void add_known(int64_t *sum, int64_t cents)
{
	if (cents != MONEY_NONE && !money_add(*sum, cents, sum))
		*sum = MONEY_MAX;
}

void queue_count(struct queue *q, const struct queue_row *r)
{
	const bool win = r->worst == SEV_OPPORTUNITY;

	q->in[r->section]++;
	add_known(win ? &q->to_win[r->section] : &q->at_risk[r->section],
		win ? r->rank : r->at_risk);
}

void queue_sleeper(
	const struct flagged *f, const struct book *b, struct queue_sleeper *out)
{
	*out = (struct queue_sleeper){ .account = f->account,
		.until = INT32_MAX,
		.at_risk = book_at_risk(b, f->account - 1) };
	for (uint32_t i = 0; i < f->alerts; i++) {
		const struct alert *x = &f->alert[i];

		out->worst = x->severity > out->worst ? x->severity : out->worst;
		out->until = x->until < out->until ? x->until : out->until;
	}
}

void queue_add_asleep(struct queue *q, const struct queue_sleeper *x)
{
	add_known(&q->asleep_at_risk, x->at_risk);
}

int queue_compare(const struct queue_row *a, const struct queue_row *b)
{
	if (a->section != b->section)
		return a->section < b->section ? -1 : 1;
	return a->rank == b->rank ? 0 : a->rank > b->rank ? -1 : 1;
}
