/* Alerts at a recalculation: the rows that follow, and the plays they start. */
#include "core/book_alerts.h"

#include <string.h>

#include "core/book_work.h"
#include "core/play_gate.h"

struct writing {
	struct book_alerts *a;
	const struct store_ops *ops;
	const struct plays *plays;
	struct starter starter;
	struct arena arena; /* of the row at hand */
};

/* ---- alerts ---- */

static enum status add_row(void *arg, enum record_kind kind, const struct cell *cells,
	int64_t *id, struct err *e)
{
	struct writing *w = arg;

	*id = 0;
	return w->ops->row_add(w->a->b->store, kind, cells, id, e);
}

static enum status add_alert(struct writing *w, struct alert *x, struct err *e)
{
	struct cell cells[ALERT_FIELDS] = { { .type = CELL_MISSING } };

	alert_to_row(x, cells);
	return add_row(w, REC_ALERT, cells, &x->id, e);
}

static enum status change_alert(struct writing *w, const struct alert *x, struct err *e)
{
	struct cell cells[ALERT_FIELDS];
	bool there;
	enum status st;

	arena_clear(&w->arena);
	st = w->ops->row_read(
		w->a->b->store, REC_ALERT, x->id, &w->arena, cells, &there, e);
	if (st != ST_OK || !there)
		return st;
	alert_to_row(x, cells);
	return w->ops->row_write(
		w->a->b->store, REC_ALERT, x->id, cells, (1u << ALERT_FIELDS) - 1, e);
}

/* ---- what an alert starts ---- */

/* NULL: the policy binds none, or one that is not in the library any more. */
static const struct play *play_of(
	const struct writing *w, const struct alert *x, uint8_t tier)
{
	const int row = tier == TIER_NONE ? TIER_COUNT - 1 : tier - 1;
	const char *name = w->a->b->policy.alert_play[x->kind][row];

	return *name ? plays_find(w->plays, name) : NULL;
}

static enum status start(struct writing *w, const struct book_alert_step *s,
	const struct start *x, struct err *e)
{
	const struct gate_facts known = { s->facts.tier,
		s->facts.health <= 100 ? s->facts.health : 0, s->risk, true,
		s->onboarding };
	char shut[GATE_TEXT_MAX];
	int64_t id;
	enum status st = play_gates(w->a->b, x->account, x->play, &known, shut, e);

	if (st != ST_OK || *shut)
		return st; /* held: the queue says why */
	return start_play(&w->starter, x, &id, e);
}

/* The owner hears of what is critical, and whoever is second of what is escalated. */
static enum status start_all(
	struct writing *w, const struct book_alert_step *s, struct err *e)
{
	const struct alert *a = &s->step.alert;
	char why[ALERT_SENTENCE_MAX];
	const struct start x = { a->account, play_of(w, a, s->facts.tier), a->id,
		alert_sentence(&w->a->b->policy, a->kind, &a->evidence, w->a->as_of, why),
		NULL, NULL, &s->facts };
	const bool first = s->step.events & ALERT_EV_OPENED;
	enum status st = ST_OK;

	if (first && x.play)
		st = start(w, s, &x, e);
	if (st == ST_OK && first && a->severity == SEV_CRITICAL)
		st = start_notice(&w->starter, &x, a->kind, a->severity, false, e);
	if (st == ST_OK && s->step.events & ALERT_EV_ESCALATED)
		st = start_notice(&w->starter, &x, a->kind, a->severity, true, e);
	return st;
}

/* ---- what an alert that is gone takes along ---- */

#define GONE_MAX 16u

struct gone {
	int64_t alert;
	int64_t id[GONE_MAX];
	uint32_t n;
};

static enum status find_tasks(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct gone *g = arg;

	(void)e;
	if (c[F_TASK_ALERT].type == CELL_INT && c[F_TASK_ALERT].i == g->alert &&
		c[F_TASK_STEP].type == CELL_INT && c[F_TASK_STEP].i == 1 &&
		g->n < GONE_MAX)
		g->id[g->n++] = id;
	return ST_OK;
}

static enum status find_messages(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct gone *g = arg;

	(void)e;
	if (c[F_MESSAGE_ALERT].type == CELL_INT && c[F_MESSAGE_ALERT].i == g->alert &&
		c[F_MESSAGE_TRIES].type == CELL_MISSING && g->n < GONE_MAX)
		g->id[g->n++] = id;
	return ST_OK;
}

static enum status drop_task(struct writing *w, int64_t id, struct err *e)
{
	struct cell c[TASK_FIELDS];
	bool there;
	enum status st;

	arena_clear(&w->arena);
	st = w->ops->row_read(w->a->b->store, REC_TASK, id, &w->arena, c, &there, e);
	if (st != ST_OK || !there)
		return st;
	c[F_TASK_STATE] = CELL_OF_TEXT(text_of(task_state_word[TASK_DROPPED]));
	c[F_TASK_ENDED] = CELL_OF_INT(w->a->as_of);
	c[F_TASK_OUTCOME] = CELL_OF_TEXT(TEXT("its alert resolved by itself"));
	return w->ops->row_write(
		w->a->b->store, REC_TASK, id, c, (1u << TASK_FIELDS) - 1, e);
}

/* A play that nobody began is not to be begun any more, and what nobody sent is not to be
 * sent. */
static enum status let_go(struct writing *w, const struct alert *a, struct err *e)
{
	struct gone g = { .alert = a->id };
	enum status st = w->ops->unended(
		w->a->b->store, REC_TASK, a->account, DAY_MAX, find_tasks, &g, e);

	for (uint32_t i = 0; st == ST_OK && i < g.n; i++)
		st = drop_task(w, g.id[i], e);
	g.n = 0;
	if (st == ST_OK)
		st = w->ops->unended(w->a->b->store, REC_MESSAGE, a->account, DAY_MAX,
			find_messages, &g, e);
	for (uint32_t i = 0; st == ST_OK && i < g.n; i++)
		st = w->ops->row_remove(w->a->b->store, REC_MESSAGE, g.id[i], e);
	return st;
}

/* ---- all of it ---- */

static enum status write_step(struct writing *w, struct book_alert_step *s, struct err *e)
{
	struct alert *x = &s->step.alert;
	enum status st = x->id ? change_alert(w, x, e) : add_alert(w, x, e);

	if (st == ST_OK && s->step.events & ALERT_EV_RESOLVED)
		return let_go(w, x, e);
	if (st == ST_OK && s->step.events & (ALERT_EV_OPENED | ALERT_EV_ESCALATED))
		st = start_all(w, s, e);
	return st;
}

enum status book_alerts_write(
	struct book_alerts *a, struct recalc_result *out, struct err *e)
{
	struct writing w = { .a = a };
	enum status st;

	if (!a->looking)
		return ST_OK;
	w.ops = a->b->store->ops;
	st = book_plays(a->b, &w.plays, e);
	starter_init(&w.starter, a->b, add_row, &w);
	arena_init(&w.arena);
	for (uint32_t k = 0; st == ST_OK && k < a->steps_n; k++) {
		const unsigned events = a->steps[k].step.events;

		st = write_step(&w, &a->steps[k], e);
		out->alerts_opened +=
			(events & (ALERT_EV_OPENED | ALERT_EV_REOPENED)) != 0;
		out->alerts_resolved += (events & ALERT_EV_RESOLVED) != 0;
	}
	arena_clear(&w.arena);
	starter_clear(&w.starter);
	return st == ST_OK ? w.ops->alerts_looked(a->b->store, a->as_of, e) : st;
}
