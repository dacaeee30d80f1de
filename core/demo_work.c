#include "core/demo_work.h"

#include <stdlib.h>
#include <string.h>

#include "core/alert_life.h"
#include "core/demo_programme.h"
#include "core/demo_rows.h"
#include "core/plays.h"
#include "core/task_text.h"

#define SLOW_EVERY 8 /* one account in so many has to wait */
#define SLOW_DAYS 14 /* by up to these */
#define LATE_DAYS 2  /* the others by these */
#define EARLY_DAYS 4 /* or they have it before it is due */
#define USEFUL 850   /* permille of alerts that were worth looking at */
#define PUT_OFF 960  /* permille that are out of sight until their play goes on */

struct row {
	int64_t id;
	struct cell cells[RECORD_FIELDS_MAX];
};

struct working {
	struct book *b;
	struct store *s;
	const struct demo_request *r;
	const struct plays *plays;
	struct demo_words words;
	int32_t day;
	struct row *row; /* of the kind at hand; owned, texts in the arena */
	uint32_t n, room;
	size_t width; /* cells of it */
	struct arena arena;
};

/* ---- rows ---- */

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for the demo");
}

static enum status take(void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct working *w = arg;
	struct row *to;

	if (w->n == w->room) {
		const uint32_t room = w->room ? 2 * w->room : 256;
		struct row *grown = realloc(w->row, room * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		w->row = grown;
		w->room = room;
	}
	to = &w->row[w->n++];
	to->id = id;
	memcpy(to->cells, cells, sizeof(struct cell) * w->width);
	for (size_t i = 0; i < w->width; i++)
		if (to->cells[i].type == CELL_TEXT &&
			!(to->cells[i].t.s = arena_copy(
				  &w->arena, cells[i].t.s, cells[i].t.n)))
			return no_memory(e);
	return ST_OK;
}

static enum status gather(struct working *w, enum record_kind kind, struct err *e)
{
	w->n = 0;
	w->width = (size_t)record_of(kind)->count;
	arena_clear(&w->arena);
	return w->s->ops->unended(w->s, kind, 0, DAY_MAX, take, w, e);
}

static enum status put(
	struct working *w, enum record_kind kind, const struct row *x, struct err *e)
{
	return w->s->ops->row_write(
		w->s, kind, x->id, x->cells, (1u << record_of(kind)->count) - 1, e);
}

static struct dice dice_for(const struct working *w, int64_t id, int64_t what)
{
	return dice_of(w->r->seed, DICE_WORK + (uint64_t)what, (uint64_t)id);
}

static struct text outcome(const struct working *w, struct dice *d)
{
	return demo_words_at(&w->words, WORDS_OUTCOME, dice_below(d, 1000));
}

/* ---- tasks ---- */

static enum status keep_step(struct working *w, const struct task *t, int32_t day,
	struct text what, struct err *e)
{
	struct cell c[STEP_FIELDS] = { { .type = CELL_MISSING } };
	int64_t id = 0;

	c[F_STEP_ACCOUNT] = CELL_OF_INT(t->account);
	c[F_STEP_TASK] = CELL_OF_INT(t->id);
	c[F_STEP_STEP] = CELL_OF_INT(t->step);
	c[F_STEP_TITLE] = CELL_OF_TEXT(t->next);
	c[F_STEP_DONE_ON] = CELL_OF_INT(day);
	c[F_STEP_OUTCOME] = CELL_OF_TEXT(what);
	return w->s->ops->row_add(w->s, REC_STEP, c, &id, e);
}

/* When a step is done: people look at their plays more often than the demo does. */
static int32_t done_day(const struct task *t, struct dice *d)
{
	const bool slow = t->account % SLOW_EVERY == 0;
	const int32_t day = t->due + (slow ? dice_range(d, 0, SLOW_DAYS)
					   : dice_range(d, -EARLY_DAYS, LATE_DAYS));

	return day > t->started ? day : t->started;
}

static enum status work_task(struct working *w, struct row *x, struct err *e)
{
	const struct play *p = NULL;
	bool changed = false;
	int32_t renewal = DAY_NONE;
	struct task t;
	enum status st = ST_OK;

	while (st == ST_OK && task_from_row(x->id, x->cells, &t) &&
		t.state == TASK_OPEN && t.due != DAY_NONE) {
		struct dice d = dice_for(w, t.id, t.step);
		const struct text what = outcome(w, &d);
		const int32_t day = done_day(&t, &d);

		if (day > w->day)
			break;
		p = plays_find_text(w->plays, t.play);
		st = keep_step(w, &t, day, what, e);
		if (st == ST_OK)
			st = task_renewal(w->b, t.account, &renewal, e);
		changed = true;
		if (p && task_set_next(p, t.started, renewal, t.step, x->cells))
			continue;
		x->cells[F_TASK_STATE] =
			CELL_OF_TEXT(text_of(task_state_word[TASK_DONE]));
		x->cells[F_TASK_ENDED] = CELL_OF_INT(day);
		x->cells[F_TASK_OUTCOME] = CELL_OF_TEXT(what);
	}
	return st == ST_OK && changed ? put(w, REC_TASK, x, e) : st;
}

static enum status work_tasks(struct working *w, struct err *e)
{
	enum status st = gather(w, REC_TASK, e);

	for (uint32_t i = 0; st == ST_OK && i < w->n; i++)
		st = work_task(w, &w->row[i], e);
	return st;
}

/* ---- alerts ---- */

struct running {
	int64_t alert;
	bool found;
	int32_t due; /* of the first step that waits */
};

static enum status find_running(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct running *r = arg;

	(void)id;
	(void)e;
	if (c[F_TASK_ALERT].type == CELL_INT && c[F_TASK_ALERT].i == r->alert) {
		const int32_t due = cell_day(&c[F_TASK_DUE]);

		r->due = r->found && r->due < due ? r->due : due;
		r->found = true;
	}
	return ST_OK;
}

/* Whoever waits for the next step of a play has the account out of sight until then. */
static enum status put_off(struct working *w, struct row *x, int32_t until, struct err *e)
{
	struct dice d = dice_for(w, x->id, until);

	if (until == DAY_NONE || until <= w->day || !dice_chance(&d, PUT_OFF))
		return ST_OK;
	x->cells[F_ALERT_STATE] = CELL_OF_TEXT(text_of(alert_state_word[ALERT_SNOOZED]));
	x->cells[F_ALERT_UNTIL] = CELL_OF_INT(until);
	x->cells[F_ALERT_REASON] = CELL_OF_TEXT(TEXT("until the next step of its play"));
	return put(w, REC_ALERT, x, e);
}

/* What had a play, which is done, is closed with it. */
static enum status work_alert(struct working *w, struct row *x, struct err *e)
{
	struct running running = { x->id, false, DAY_NONE };
	struct dice d = dice_for(w, x->id, 0);
	struct alert a;
	enum status st;

	if (!alert_from_row(x->id, x->cells, &a) || a.opened >= w->day ||
		a.state != ALERT_OPEN)
		return ST_OK;
	st = w->s->ops->unended(
		w->s, REC_TASK, a.account, DAY_MAX, find_running, &running, e);
	if (st != ST_OK || running.found)
		return st == ST_OK ? put_off(w, x, running.due, e) : st;
	x->cells[F_ALERT_STATE] = CELL_OF_TEXT(text_of(alert_state_word[ALERT_CLOSED]));
	x->cells[F_ALERT_ENDED] = CELL_OF_INT(w->day);
	x->cells[F_ALERT_OUTCOME] = CELL_OF_TEXT(outcome(w, &d));
	x->cells[F_ALERT_USEFUL] = CELL_OF_INT(dice_chance(&d, USEFUL));
	return put(w, REC_ALERT, x, e);
}

static enum status work_alerts(struct working *w, struct err *e)
{
	enum status st = gather(w, REC_ALERT, e);

	for (uint32_t i = 0; st == ST_OK && i < w->n; i++)
		st = work_alert(w, &w->row[i], e);
	return st;
}

/* ---- the outbox ---- */

/* What is for a later day waits for it, as long as its alert is there. */
static enum status keep_waiting(struct working *w, const struct row *x, struct err *e)
{
	const struct cell *alert = &x->cells[F_MESSAGE_ALERT];
	struct cell cells[ALERT_FIELDS];
	struct alert a;
	bool there = false;
	enum status st = ST_OK;

	if (alert->type == CELL_INT)
		st = w->s->ops->row_read(
			w->s, REC_ALERT, alert->i, &w->arena, cells, &there, e);
	if (st != ST_OK ||
		(there && alert_from_row(alert->i, cells, &a) && a.ended == DAY_NONE))
		return st;
	return w->s->ops->row_remove(w->s, REC_MESSAGE, x->id, e);
}

static enum status send_message(struct working *w, struct row *x, struct err *e)
{
	if (x->cells[F_MESSAGE_MADE].i > w->day)
		return keep_waiting(w, x, e);
	x->cells[F_MESSAGE_SENT] = CELL_OF_INT(w->day);
	return put(w, REC_MESSAGE, x, e);
}

static enum status send_messages(struct working *w, struct err *e)
{
	enum status st = gather(w, REC_MESSAGE, e);

	for (uint32_t i = 0; st == ST_OK && i < w->n; i++)
		st = send_message(w, &w->row[i], e);
	return st;
}

static enum status work(struct working *w, struct err *e)
{
	enum status st = work_tasks(w, e);

	if (st == ST_OK)
		st = work_alerts(w, e);
	if (st == ST_OK)
		st = send_messages(w, e);
	if (st == ST_OK)
		st = demo_programme(w->s, w->r, w->day, e);
	if (st == ST_OK)
		st = w->s->ops->commit(w->s, e);
	if (st != ST_OK)
		w->s->ops->rollback(w->s);
	return st;
}

enum status demo_work(
	struct book *b, const struct demo_request *r, int32_t day, struct err *e)
{
	struct working w = { .b = b, .s = book_store(b), .r = r, .day = day };
	enum status st = demo_words_read(&w.words, e);

	arena_init(&w.arena);
	if (st == ST_OK)
		st = book_plays(b, &w.plays, e);
	if (st == ST_OK)
		st = w.s->ops->begin(w.s, e);
	if (st == ST_OK)
		st = work(&w, e);
	free(w.row);
	arena_clear(&w.arena);
	demo_words_clear(&w.words);
	return st;
}
