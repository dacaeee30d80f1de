/* Audits of plays and alerts. */
#include "core/audit_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alert_life.h"
#include "core/book_play_use.h"
#include "core/convert.h"
#include "core/plays.h"
#include "core/task.h"

enum {
	VOTES_DAYS = 180, /* look back so far */
	VOTES_MIN = 10,   /* fewer say nothing */
	USEFUL_MIN = 50,  /* percent */
	VOTED_MIN = 10,   /* percent of the alerts that people closed */
	ANSWERS_MIN = 25, /* percent of the accounts of tiers 1 and 2 */
	LATE_MAX = 25,    /* percent of a tier's accounts whose talk is late */
	UNTAKEN_DAYS = 7  /* a critical alert is to be taken up within */
};

/* ---- plays ---- */

struct sentences {
	struct audit *a;
	enum status st; /* of the first report that failed */
	struct err *e;
};

static void take_sentence(void *arg, const char *sentence)
{
	struct sentences *x = arg;

	if (x->st == ST_OK)
		x->st = audit_tell(x->a, x->e, "%s", sentence);
}

enum status audit_plays(struct audit *a, struct err *e)
{
	struct sentences x = { a, ST_OK, e };
	const struct plays *plays;
	enum status st = book_plays(a->b, &plays, e);

	if (st == ST_OK)
		st = book_plays_check(a->b, plays, take_sentence, &x, e);
	return st == ST_OK ? x.st : st;
}

/* Of half a year, by tasks alone. */
enum status audit_in_vain(struct audit *a, struct err *e)
{
	char line[TEXT_SAID_MAX];
	struct play_uses u;
	enum status st = play_uses_of_tasks(a->b, PLAY_USE_WEEKS, &u, e);

	for (uint32_t i = 0; st == ST_OK && i < u.n; i++) {
		const struct play_use_row *r = &u.row[i];

		if (play_use_in_vain(&r->use))
			st = audit_tell(a, e, "%.*s: %s", convert_shown(r->play, 40),
				r->play.s, play_use_text(&u, r, PLAY_USE_ALERTS, line));
	}
	play_uses_clear(&u);
	return st;
}

/* An expansion that nobody in sales takes over, or that begins whatever holds. */
static const char *lacks(const struct play *p)
{
	bool sales = false;

	if (!p)
		return "starts no play";
	for (int i = 0; i < p->steps; i++)
		sales |=
			p->step[i].owner == PLAY_SALES || p->step[i].kind == PLAY_MESSAGE;
	if (!sales)
		return "starts a play without a step of sales";
	return p->gates || p->health_min ? NULL : "starts a play without gates";
}

enum status audit_hand_off(struct audit *a, struct err *e)
{
	const struct policy *p = &a->b->policy;
	const struct plays *plays;
	enum status st = book_plays(a->b, &plays, e);

	for (int tier = 1; st == ST_OK && tier <= TIER_COUNT; tier++) {
		const char *name = p->alert_play[ALERT_EXPANSION][tier - 1], *why;

		if (p->alert_severity[ALERT_EXPANSION][tier - 1] == SEV_OFF)
			why = "is switched off";
		else
			why = lacks(*name ? plays_find(plays, name) : NULL);
		if (why)
			st = audit_tell(a, e, "expansion in tier %d %s", tier, why);
	}
	return st;
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
		    (task_taken_up(&t) ||
			    (t.state != TASK_OPEN &&
				    !task_taken_back(cell_as_text(&c[F_TASK_OUTCOME]))));
	return ST_OK;
}

static enum status is_taken_up(
	struct audit *a, const struct alert *x, bool *yes, struct err *e)
{
	struct store *s = book_store(a->b);
	struct begun begun = { x->id, false };
	const enum status st = s->ops->unended(
		s, REC_TASK, x->account, x->opened, find_begun, &begun, e);

	*yes = begun.found;
	return st;
}

static enum status note_untaken(struct audit_alerts *x, uint32_t account, struct err *e)
{
	if (x->untaken_n == x->untaken_room) {
		const uint32_t room = x->untaken_room ? 2 * x->untaken_room : 64;
		uint32_t *grown = realloc(x->untaken, room * sizeof(*grown));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the audits");
		x->untaken = grown;
		x->untaken_room = room;
	}
	x->untaken[x->untaken_n++] = account;
	return ST_OK;
}

static bool is_live(const struct alert *x)
{
	return x->state == ALERT_OPEN || x->state == ALERT_SNOOZED;
}

static enum status take_alert(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct audit *a = arg;
	const struct book_columns *c = &a->b->columns;
	struct audit_alerts *all = &a->alerts;
	struct alert x;
	bool taken = true;
	enum status st = ST_OK;

	if (!alert_from_row(id, cells, &x) || x.opened > book_as_of(a->b))
		return ST_OK;
	if (cells[F_ALERT_USEFUL].type == CELL_INT) {
		all->votes[x.kind]++;
		all->useful[x.kind] += cells[F_ALERT_USEFUL].i != 0;
		all->voted++;
	}
	all->closed += x.state == ALERT_CLOSED;
	if (is_live(&x) && x.kind == ALERT_NO_TOUCH && x.account <= c->n &&
		c->active[x.account - 1])
		all->untouched[c->tier[x.account - 1]]++;
	if (x.state == ALERT_OPEN && x.severity == SEV_CRITICAL &&
		book_as_of(a->b) - x.severe > UNTAKEN_DAYS)
		st = is_taken_up(a, &x, &taken, e);
	return st == ST_OK && !taken ? note_untaken(all, x.account, e) : st;
}

static int by_account(const void *x, const void *y)
{
	const uint32_t a = *(const uint32_t *)x, b = *(const uint32_t *)y;

	return (a > b) - (a < b);
}

static enum status need_alerts(struct audit *a, struct err *e)
{
	struct audit_alerts *x = &a->alerts;
	struct store *s = book_store(a->b);
	enum status st;

	if (x->read)
		return ST_OK;
	x->read = true;
	st = s->ops->unended_names(
		s, REC_ALERT, book_as_of(a->b) - VOTES_DAYS, take_alert, a, e);
	if (x->untaken_n)
		qsort(x->untaken, x->untaken_n, sizeof(*x->untaken), by_account);
	return st;
}

enum status audit_votes(struct audit *a, struct err *e)
{
	const struct audit_alerts *x = &a->alerts;
	enum status st = need_alerts(a, e);

	for (int k = 0; st == ST_OK && k < ALERT_KINDS; k++)
		if (x->votes[k] >= VOTES_MIN &&
			x->useful[k] * 100 < x->votes[k] * USEFUL_MIN)
			st = audit_tell(a, e,
				"%s: %u of %u votes in %d days call it useful",
				alert_kinds[k].name, x->useful[k], x->votes[k],
				VOTES_DAYS);
	return st;
}

enum status audit_untaken(struct audit *a, struct err *e)
{
	enum status st = need_alerts(a, e);

	for (uint32_t k = 0; st == ST_OK && k < a->alerts.untaken_n; k++)
		st = audit_note(a, a->alerts.untaken[k], e);
	if (st != ST_OK || a->n == 0)
		return st;
	return audit_tell(a, e,
		"%u critical %s open for more than %d days and nobody began", a->n,
		a->n == 1 ? "alert is" : "alerts are", UNTAKEN_DAYS);
}

/* ---- outreach and feedback ---- */

/* Kinds that speak before a customer does. */
static const enum alert_kind ahead[] = { ALERT_HEALTH_DROP, ALERT_SILENT,
	ALERT_SLOW_START, ALERT_RENEWAL };

static int count_ahead(const struct policy *p, int tier)
{
	int n = 0;

	for (size_t i = 0; i < sizeof(ahead) / sizeof(*ahead); i++)
		n += p->alert_severity[ahead[i]][tier - 1] != SEV_OFF;
	return n;
}

enum status audit_reactive(struct audit *a, struct err *e)
{
	const struct policy *p = &a->b->policy;
	enum status st = need_alerts(a, e);

	for (int tier = 1; st == ST_OK && tier < TIER_COUNT; tier++) {
		const uint32_t late = a->alerts.untouched[tier],
			       of = a->sum.in_tier[tier];

		if (count_ahead(p, tier) == 0)
			st = audit_tell(a, e,
				"tier %d: no alert that looks ahead is on (health-drop, "
				"silent, slow-start, renewal)",
				tier);
		else if (p->alert_severity[ALERT_NO_TOUCH][tier - 1] == SEV_OFF)
			st = audit_tell(a, e,
				"tier %d: nobody is told when a talk is late: no-touch "
				"is "
				"off",
				tier);
		else if (of && late * 100.0 > of * (double)LATE_MAX)
			st = audit_tell(a, e,
				"tier %d: the talk of %u of %u accounts is late, more "
				"than "
				"%d %%: outreach waits until something happens",
				tier, late, of, LATE_MAX);
	}
	return st;
}

/* Customers whose answer to a survey is not too old to count. */
static enum status count_answers(
	struct audit *a, uint32_t *answered, uint32_t *of, struct err *e)
{
	const struct book_columns *c = &a->b->columns;
	const enum status st = audit_need_components(a, e);

	*answered = *of = 0;
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++) {
		if (!c->active[i] || (c->tier[i] != 1 && c->tier[i] != 2) ||
			c->scores.health[i] == HEALTH_NONE)
			continue;
		++*of;
		*answered += a->components[i] >> COMP_SENTIMENT & 1;
	}
	return st;
}

enum status audit_feedback(struct audit *a, struct err *e)
{
	const struct audit_alerts *x = &a->alerts;
	uint32_t answered = 0, of = 0;
	enum status st = need_alerts(a, e);

	if (st == ST_OK)
		st = count_answers(a, &answered, &of, e);
	if (st == ST_OK && of && answered * 100.0 < of * (double)ANSWERS_MIN)
		st = audit_tell(a, e,
			"%u of %u accounts of tiers 1 and 2 answered a survey that still "
			"counts, less than %d %%",
			answered, of, ANSWERS_MIN);
	if (st == ST_OK && x->closed >= VOTES_MIN &&
		x->voted * 100.0 < x->closed * (double)VOTED_MIN)
		st = audit_tell(a, e,
			"people closed %u alerts in %d days and voted on %u, less than "
			"%d "
			"%%: nobody learns which are worth it",
			x->closed, VOTES_DAYS, x->voted, VOTED_MIN);
	return st;
}
