#include "core/audit_work.h"

#include <stdio.h>
#include <string.h>

#include "core/alert_life.h"
#include "core/plays.h"
#include "core/task.h"

enum {
	VOTES_DAYS = 180, /* look back so far */
	VOTES_MIN = 10,   /* fewer say nothing */
	USEFUL_MIN = 50,  /* percent */
	UNTAKEN_DAYS = 7  /* a critical alert is to be taken up within */
};

struct auditing {
	struct book *b;
	audit_fn fn;
	void *arg;
	enum status st; /* of the first report that failed */
	struct err *e;
	uint32_t votes[ALERT_KINDS], useful[ALERT_KINDS];
	struct audit_finding untaken;
};

/* ---- plays ---- */

static void take_sentence(void *arg, const char *sentence)
{
	struct auditing *a = arg;
	struct audit_finding f = { .check = "plays" };

	if (a->st != ST_OK)
		return;
	snprintf(f.text, sizeof(f.text), "%s", sentence);
	a->st = a->fn(a->arg, &f, a->e);
}

static enum status check_plays(struct auditing *a)
{
	const struct plays *plays;
	const enum status st = book_plays(a->b, &plays, a->e);

	if (st != ST_OK)
		return st;
	plays_check(plays, book_policy(a->b), take_sentence, a);
	return a->st;
}

/* ---- alerts ---- */

struct begun {
	int64_t alert;
	bool found;
};

/* A step that was ticked, or somebody who claimed it. */
static enum status find_begun(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct begun *x = arg;
	struct task t;

	(void)e;
	x->found |= task_from_row(id, c, &t) && t.alert == x->alert &&
		    (task_taken_up(&t) || t.state != TASK_OPEN);
	return ST_OK;
}

static enum status is_taken_up(struct auditing *a, const struct alert *x, bool *yes)
{
	struct store *s = book_store(a->b);
	struct begun begun = { x->id, false };
	const enum status st = s->ops->unended(
		s, REC_TASK, x->account, x->opened, find_begun, &begun, a->e);

	*yes = begun.found;
	return st;
}

static enum status take_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct auditing *a = arg;
	struct alert x;
	bool taken = true;
	enum status st = ST_OK;

	(void)e;
	if (!alert_from_row(id, cells, &x) || x.opened > book_as_of(a->b))
		return ST_OK;
	if (cells[F_ALERT_USEFUL].type == CELL_INT) {
		a->votes[x.kind]++;
		a->useful[x.kind] += cells[F_ALERT_USEFUL].i != 0;
	}
	if (x.state == ALERT_OPEN && x.severity == SEV_CRITICAL &&
		book_as_of(a->b) - x.opened > UNTAKEN_DAYS)
		st = is_taken_up(a, &x, &taken);
	if (st == ST_OK && !taken) {
		if (a->untaken.count < AUDIT_EXAMPLES)
			a->untaken.example[a->untaken.count] = x.account;
		a->untaken.count++;
	}
	return st;
}

static enum status report_votes(struct auditing *a)
{
	enum status st = ST_OK;

	for (int k = 0; st == ST_OK && k < ALERT_KINDS; k++) {
		struct audit_finding f = { .check = "useless-alerts" };
		const uint32_t n = a->votes[k];

		if (n < VOTES_MIN || a->useful[k] * 100 >= n * USEFUL_MIN)
			continue;
		snprintf(f.text, sizeof(f.text),
			"%s: %u of %u votes in %d days call it useful: change its limit "
			"or its severity in the policy, or switch it off",
			alert_kinds[k].name, a->useful[k], n, VOTES_DAYS);
		st = a->fn(a->arg, &f, a->e);
	}
	return st;
}

static enum status check_alerts(struct auditing *a)
{
	struct store *s = book_store(a->b);
	enum status st = s->ops->unended(
		s, REC_ALERT, 0, book_as_of(a->b) - VOTES_DAYS, take_alert, a, a->e);

	if (st == ST_OK)
		st = report_votes(a);
	if (st != ST_OK || !a->untaken.count)
		return st;
	snprintf(a->untaken.text, sizeof(a->untaken.text),
		"%u critical %s open for more than %d days and nobody began: `tierdesk "
		"queue` lists them",
		a->untaken.count, a->untaken.count == 1 ? "alert is" : "alerts are",
		UNTAKEN_DAYS);
	return a->fn(a->arg, &a->untaken, a->e);
}

enum status audit_work(struct book *b, audit_fn fn, void *arg, struct err *e)
{
	struct auditing a = { .b = b,
		.fn = fn,
		.arg = arg,
		.e = e,
		.untaken = { .check = "untaken-alerts" } };
	enum status st = check_plays(&a);

	return st == ST_OK ? check_alerts(&a) : st;
}
