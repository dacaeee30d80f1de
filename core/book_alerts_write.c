/* Alerts at a recalculation: the rows that follow, and the plays they start. */
#include "core/book_alerts.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_work.h"
#include "core/play_gate.h"
#include "core/play_mail.h"
#include "core/task.h"

/* ---- alerts ---- */

enum status book_alerts_add(void *arg, enum record_kind kind, const struct cell *cells,
	int64_t *id, struct err *e)
{
	struct book_alerts *a = arg;

	*id = 0;
	return a->b->store->ops->row_add(a->b->store, kind, cells, id, e);
}

static enum status add_alert(struct book_alerts *w, struct alert *x, struct err *e)
{
	struct cell cells[ALERT_FIELDS] = { { .type = CELL_MISSING } };

	alert_to_row(x, cells);
	return book_alerts_add(w, REC_ALERT, cells, &x->id, e);
}

static enum status change_alert(
	struct book_alerts *w, const struct alert *x, struct err *e)
{
	struct cell cells[ALERT_FIELDS];
	bool there;
	enum status st;

	arena_clear(&w->row);
	st = w->b->store->ops->row_read(
		w->b->store, REC_ALERT, x->id, &w->row, cells, &there, e);
	if (st != ST_OK || !there)
		return st;
	alert_to_row(x, cells);
	return w->b->store->ops->row_write(
		w->b->store, REC_ALERT, x->id, cells, (1u << ALERT_FIELDS) - 1, e);
}

/* ---- what an alert starts ---- */

/* *out NULL: the policy binds none, or one that is not in the library any more. */
static enum status play_of(struct book_alerts *w, const struct alert *x, uint8_t tier,
	const struct play **out, struct err *e)
{
	const char *name = policy_play(&w->b->policy, x->kind, tier);
	const struct plays *plays;
	enum status st = ST_OK;

	*out = NULL;
	if (*name)
		st = book_plays(w->b, &plays, e);
	if (*name && st == ST_OK)
		*out = plays_find(plays, name);
	return st;
}

static enum status start(struct book_alerts *w, const struct book_alert_step *s,
	const struct start *x, struct err *e)
{
	const struct gate_facts known = { s->facts.tier,
		s->facts.health <= 100 ? s->facts.health : 0, s->risk, true,
		s->onboarding };
	struct play_mail mail = { .made = DAY_NONE };
	char shut[GATE_TEXT_MAX];
	int64_t id;
	enum status st = play_gates(w->b, x->account, x->play, &known, shut, e);

	if (st != ST_OK || *shut)
		return st; /* held: the queue says why */
	if (play_is_mail(x->play, x->facts->tier))
		st = play_mail_of(w->b, x->account, x->play, w->as_of, &mail, e);
	if (st != ST_OK || mail.made != DAY_NONE)
		return st; /* two alerts have one play: the customer gets it once */
	return start_play(&w->starter, x, &id, e);
}

/* ---- what stands of it ---- */

/* What an alert led to before: it was not let go when the condition was gone. */
struct standing {
	int64_t alert;
	bool play, notice, escalation;
};

static enum status see_task(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct standing *x = arg;

	(void)id;
	(void)e;
	x->play |= c[F_TASK_ALERT].type == CELL_INT && c[F_TASK_ALERT].i == x->alert &&
		   !task_taken_back(cell_as_text(&c[F_TASK_OUTCOME]));
	return ST_OK;
}

static enum status see_message(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	const struct text kind = cell_as_text(&c[F_MESSAGE_KIND]);
	struct standing *x = arg;

	(void)id;
	(void)e;
	if (c[F_MESSAGE_ALERT].type != CELL_INT || c[F_MESSAGE_ALERT].i != x->alert)
		return ST_OK;
	x->play |= text_eq(kind, TEXT("customer"));
	x->notice |= text_eq(kind, TEXT("notice"));
	x->escalation |= text_eq(kind, TEXT("escalation"));
	return ST_OK;
}

static enum status find_standing(
	struct book_alerts *w, const struct alert *a, struct standing *out, struct err *e)
{
	const struct store_ops *ops = w->b->store->ops;
	enum status st;

	*out = (struct standing){ .alert = a->id };
	st = ops->unended(w->b->store, REC_TASK, a->account, a->opened, see_task, out, e);
	return st == ST_OK ? ops->unended(w->b->store, REC_MESSAGE, a->account, a->opened,
				     see_message, out, e)
			   : st;
}

/* A new one starts its play and tells its people; one that is awake again does what of
 * that was taken back before anybody began or sent it. */
static enum status find_missing(struct book_alerts *w, const struct alert *a,
	unsigned events, struct standing *there, struct err *e)
{
	const bool again = events & (ALERT_EV_REOPENED | ALERT_EV_WOKEN);
	enum status st = ST_OK;

	*there = (struct standing){ a->id, true, true, true };
	if (events & ALERT_EV_OPENED)
		*there = (struct standing){ a->id, false, false, true };
	else if (again && a->state == ALERT_OPEN)
		st = find_standing(w, a, there, e);
	else if (events & ALERT_EV_CHANGED && a->state == ALERT_OPEN &&
		 a->severity == SEV_CRITICAL) {
		st = find_standing(w, a, there, e); /* it is critical by now */
		there->play = true;
	}
	there->notice |= a->severity != SEV_CRITICAL;
	there->escalation |= a->severity != SEV_CRITICAL || a->escalated == DAY_NONE;
	if (events & ALERT_EV_ESCALATED)
		there->escalation = false;
	return st;
}

/* The owner hears of what is critical, and whoever is second of what is escalated. */
static enum status start_all(
	struct book_alerts *w, const struct book_alert_step *s, struct err *e)
{
	const struct alert *a = &s->step.alert;
	char why[ALERT_SENTENCE_MAX];
	struct start x = { a->account, NULL, a->id,
		alert_sentence(&w->b->policy, a->kind, &a->evidence, w->as_of, why), NULL,
		NULL, &s->facts, false };
	struct standing there;
	enum status st = play_of(w, a, s->facts.tier, &x.play, e);

	if (st == ST_OK)
		st = find_missing(w, a, s->step.events, &there, e);
	if (st == ST_OK && !there.play && x.play)
		st = start(w, s, &x, e);
	if (st == ST_OK && !there.notice)
		st = start_notice(&w->starter, &x, a->kind, a->severity, false, e);
	if (st == ST_OK && !there.escalation)
		st = start_notice(&w->starter, &x, a->kind, a->severity, true, e);
	return st;
}

/* ---- what of an alert nobody began or sent ---- */

enum lot { LEFT, ENDED, INHERITED };

/* What is to become of that: of what is of one play, and of all else. */
struct lots {
	const char *play;
	enum lot of_play, of_others;
	struct text why; /* of what ends */
	int64_t heir;    /* the alert that has it from now on */
};

/* Tasks or messages that nobody took up. */
struct waiting {
	int64_t alert;
	const struct lots *lots;
	struct waiting_row {
		int64_t id;
		enum lot lot;
	} * row; /* owned */
	uint32_t n, room;
};

static enum status add_waiting(
	struct waiting *x, int64_t id, struct text play, struct err *e)
{
	if (x->n == x->room) {
		const uint32_t room = 2 * x->room + 16;
		struct waiting_row *grown = realloc(x->row, room * sizeof(*grown));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory for the alerts");
		x->row = grown;
		x->room = room;
	}
	x->row[x->n++] = (struct waiting_row){ id, text_eq(play, text_of(x->lots->play))
							   ? x->lots->of_play
							   : x->lots->of_others };
	return ST_OK;
}

static enum status find_task(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct waiting *x = arg;
	struct task t;

	return task_from_row(id, c, &t) && t.alert == x->alert && !task_taken_up(&t)
		       ? add_waiting(x, id, t.play, e)
		       : ST_OK;
}

static enum status find_message(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct waiting *x = arg;

	return c[F_MESSAGE_ALERT].type == CELL_INT && c[F_MESSAGE_ALERT].i == x->alert &&
			       c[F_MESSAGE_TRIES].type == CELL_MISSING
		       ? add_waiting(x, id, cell_as_text(&c[F_MESSAGE_PLAY]), e)
		       : ST_OK;
}

static enum status drop_task(
	struct book_alerts *w, int64_t id, struct text why, struct err *e)
{
	struct cell c[TASK_FIELDS];
	bool there;
	enum status st;

	arena_clear(&w->row);
	st = w->b->store->ops->row_read(w->b->store, REC_TASK, id, &w->row, c, &there, e);
	if (st != ST_OK || !there)
		return st;
	c[F_TASK_STATE] = CELL_OF_TEXT(text_of(task_state_word[TASK_DROPPED]));
	c[F_TASK_ENDED] = CELL_OF_INT(w->as_of);
	c[F_TASK_OUTCOME] = CELL_OF_TEXT(why);
	return w->b->store->ops->row_write(
		w->b->store, REC_TASK, id, c, (1u << TASK_FIELDS) - 1, e);
}

static enum status note_delivery(void *arg, const struct delivery *d, struct err *e)
{
	(void)d;
	(void)e;
	*(bool *)arg = true;
	return ST_OK;
}

enum status book_alerts_drop_message(struct book_alerts *w, int64_t id, struct err *e)
{
	const struct store_ops *ops = w->b->store->ops;
	bool taken = false;
	enum status st = ops->deliveries(w->b->store, id, note_delivery, &taken, e);

	return st == ST_OK && !taken ? ops->row_remove(w->b->store, REC_MESSAGE, id, e)
				     : st;
}

static enum status hand_over(struct book_alerts *w, enum record_kind kind, int field,
	int64_t id, int64_t heir, struct err *e)
{
	struct cell c[RECORD_FIELDS_MAX];
	bool there;
	enum status st;

	arena_clear(&w->row);
	st = w->b->store->ops->row_read(w->b->store, kind, id, &w->row, c, &there, e);
	if (st != ST_OK || !there)
		return st;
	c[field] = CELL_OF_INT(heir);
	return w->b->store->ops->row_write(w->b->store, kind, id, c, 1u << field, e);
}

/* A play that nobody began or claimed, and what nobody sent. */
static enum status end_waiting(struct book_alerts *w, const struct alert *a,
	const struct lots *lots, struct err *e)
{
	static const struct {
		enum record_kind kind;
		int alert;
		row_fn find;
	} of[] = { { REC_TASK, F_TASK_ALERT, find_task },
		{ REC_MESSAGE, F_MESSAGE_ALERT, find_message } };
	struct waiting x = { .alert = a->id, .lots = lots };
	enum status st = ST_OK;

	for (size_t k = 0; st == ST_OK && k < sizeof(of) / sizeof(*of); k++) {
		x.n = 0;
		st = w->b->store->ops->unended(
			w->b->store, of[k].kind, a->account, DAY_MAX, of[k].find, &x, e);
		for (uint32_t i = 0; st == ST_OK && i < x.n; i++)
			if (x.row[i].lot == INHERITED)
				st = hand_over(w, of[k].kind, of[k].alert, x.row[i].id,
					lots->heir, e);
			else if (x.row[i].lot == ENDED)
				st = of[k].kind == REC_TASK
					     ? drop_task(w, x.row[i].id, lots->why, e)
					     : book_alerts_drop_message(
						       w, x.row[i].id, e);
	}
	free(x.row);
	return st;
}

/* An alert that is gone takes along what waits, unless another one that goes on is bound
 * to the same play. */
static enum status let_go(
	struct book_alerts *w, const struct book_alert_step *s, struct err *e)
{
	const struct alert *a = &s->step.alert;
	const struct lots lots = { policy_play(&w->b->policy, a->kind, s->facts.tier),
		s->heir ? INHERITED : ENDED, ENDED, task_let_go, s->heir };

	return end_waiting(w, a, &lots, e);
}

/* ---- what a review changes ---- */

/* What is awake gets the play of the tier that it is in now, unless somebody is at work
 * on that of the one before. */
static enum status exchange(
	struct book_alerts *w, const struct book_alert_step *s, struct err *e)
{
	const struct alert *a = &s->step.alert;
	const struct policy *p = &w->b->policy;
	const char *before = policy_play(p, a->kind, s->was);
	const struct lots of_before = { before, ENDED, LEFT, task_exchanged, 0 };
	char why[ALERT_SENTENCE_MAX];
	struct start x = { a->account, NULL, a->id,
		alert_sentence(p, a->kind, &a->evidence, w->as_of, why), NULL, NULL,
		&s->facts, false };
	struct standing there;
	enum status st = ST_OK;

	if (strcmp(before, policy_play(p, a->kind, s->facts.tier)) == 0)
		return ST_OK;
	if (*before)
		st = end_waiting(w, a, &of_before, e);
	if (st == ST_OK)
		st = play_of(w, a, s->facts.tier, &x.play, e);
	if (st == ST_OK)
		st = find_standing(w, a, &there, e);
	return st == ST_OK && !there.play && x.play && a->state == ALERT_OPEN
		       ? start(w, s, &x, e)
		       : st;
}

/* ---- all of it ---- */

static enum status write_step(
	struct book_alerts *w, struct book_alert_step *s, struct err *e)
{
	struct alert *x = &s->step.alert;
	const bool moved = x->id && s->was != s->facts.tier;
	enum status st = !x->id           ? add_alert(w, x, e)
			 : s->step.events ? change_alert(w, x, e)
					  : ST_OK;

	if (st == ST_OK && s->step.events & ALERT_EV_RESOLVED)
		return let_go(w, s, e);
	if (st == ST_OK && moved)
		st = exchange(w, s, e);
	if (st == ST_OK &&
		s->step.events & (ALERT_EV_OPENED | ALERT_EV_REOPENED | ALERT_EV_CHANGED |
					 ALERT_EV_WOKEN | ALERT_EV_ESCALATED))
		st = start_all(w, s, e);
	return st;
}

enum status book_alerts_write(struct book_alerts *a, struct err *e)
{
	enum status st = ST_OK;

	/* What ends comes first: else a play that begins today would find that of an
	 * alert that ends today, and be spared. */
	for (uint32_t k = 0; st == ST_OK && k < a->steps_n; k++)
		if (a->steps[k].step.events & ALERT_EV_RESOLVED)
			st = write_step(a, &a->steps[k], e);
	for (uint32_t k = 0; st == ST_OK && k < a->steps_n; k++) {
		const unsigned events = a->steps[k].step.events;

		if (!(events & ALERT_EV_RESOLVED))
			st = write_step(a, &a->steps[k], e);
		a->opened += (events & (ALERT_EV_OPENED | ALERT_EV_REOPENED)) != 0;
		a->resolved += (events & ALERT_EV_RESOLVED) != 0;
	}
	return st;
}
