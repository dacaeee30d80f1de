/* What people do with alerts. */
#include "core/act.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/act_internal.h"
#include "core/change_cell.h"

enum status act_text(
	const char *text, const char *missing, struct text *out, struct err *e)
{
	*out = text_trim(text_of(text ? text : ""));
	if (out->n == 0 && missing)
		return err_set(e, ST_USAGE, "%s", missing);
	if (text_invalid_at(*out) < out->n)
		return err_set(e, ST_INVALID, "the text is not valid UTF-8");
	if (out->n > CHANGE_TEXT_MAX)
		return err_set(e, ST_INVALID, "the text is longer than %d bytes",
			CHANGE_TEXT_MAX);
	return ST_OK;
}

enum status act_take_row(struct act_rows *all, int64_t id, struct err *e)
{
	if (all->n == all->room) {
		const uint32_t room = 2 * all->room + 16;
		int64_t *grown = realloc(all->id, room * sizeof(*grown));

		if (!grown)
			return err_set(e, ST_NOMEM, "not enough memory");
		all->id = grown;
		all->room = room;
	}
	all->id[all->n++] = id;
	return ST_OK;
}

/* ---- one alert ---- */

static enum status read_alert(
	struct work *w, int64_t id, struct cell *cells, struct alert *out, struct err *e)
{
	enum status st = work_read(w, REC_ALERT, id, cells, e);

	if (st == ST_NOTFOUND || (st == ST_OK && !alert_from_row(id, cells, out)))
		return err_set(e, ST_NOTFOUND,
			"there is no alert %lld; `tierdesk alerts` lists them",
			(long long)id);
	return st;
}

static enum status read_live(
	struct work *w, int64_t id, struct cell *cells, struct alert *out, struct err *e)
{
	char day[DAY_TEXT_MAX];
	enum status st = read_alert(w, id, cells, out, e);

	if (st == ST_OK && out->opened > w->b->clock.today)
		return err_set(e, ST_NOTFOUND, "alert %lld opened later, on %s",
			(long long)id, day_format(out->opened, day));
	if (st == ST_OK && out->ended != DAY_NONE)
		return err_set(e, ST_NOTFOUND, "alert %lld is over: it was %s on %s",
			(long long)id, alert_state_word[out->state],
			day_format(out->ended, day));
	return st;
}

/* An alert by its row; shown: how it was, NULL: whatever it is by now. */
struct one {
	int64_t id;
	const struct alert *shown;
};

static struct one one_of(const int64_t *ids, const struct act_shown *x, uint32_t i)
{
	return ids ? (struct one){ ids[i], NULL }
		   : (struct one){ x->alert[i].id, &x->alert[i] };
}

/* What became of it since; NULL: nothing that matters. */
static const char *became(const struct alert *now, const struct alert *shown)
{
	if (now->severity != shown->severity)
		return alert_severity_word[now->severity];
	if (now->state != shown->state || now->until != shown->until)
		return alert_state_word[now->state];
	return NULL;
}

static enum status read_one(struct work *w, const struct one *x, struct cell *cells,
	struct alert *out, struct err *e)
{
	struct err over = { .text = "" };
	enum status st = read_live(w, x->id, cells, out, x->shown ? &over : e);

	if (!x->shown)
		return st;
	if (st == ST_NOTFOUND)
		return err_set(e, ST_STALE,
			"the alert %s is over by now: open this anew, and look again",
			alert_kinds[x->shown->kind].name);
	if (st != ST_OK)
		return err_set(e, st, "%s", over.text);
	if (became(out, x->shown))
		return err_set(e, ST_STALE,
			"the alert %s is %s by now: open this anew, and look again",
			alert_kinds[out->kind].name, became(out, x->shown));
	return ST_OK;
}

/* ---- snoozing ---- */

static enum status snooze(struct work *w, const struct one *x, int32_t until,
	struct text reason, struct err *e)
{
	struct cell before[ALERT_FIELDS], after[ALERT_FIELDS];
	struct alert a;
	enum status st = read_one(w, x, before, &a, e);

	if (st != ST_OK)
		return st;
	memcpy(after, before, sizeof(after));
	after[F_ALERT_STATE] = CELL_OF_TEXT(text_of(alert_state_word[ALERT_SNOOZED]));
	after[F_ALERT_UNTIL] = CELL_OF_INT(until);
	after[F_ALERT_REASON] = CELL_OF_TEXT(reason);
	return work_write(w, REC_ALERT, x->id, before, after, e);
}

static enum status snooze_all(struct book *b, const int64_t *ids,
	const struct act_shown *x, uint32_t n, int32_t until, const char *reason,
	struct err *e)
{
	char day[DAY_TEXT_MAX], title[64];
	struct text why;
	struct work w;
	enum status st = act_text(reason,
		"snoozing wants a reason, so that others know: --reason TEXT", &why, e);

	if (st == ST_OK && until <= b->clock.today)
		st = err_set(e, ST_USAGE, "%s is over or today: snooze until a later day",
			day_format(until, day));
	if (st != ST_OK)
		return st;
	snprintf(title, sizeof(title), "snooze until %s", day_format(until, day));
	st = work_begin(&w, b, title, reason, e);
	if (st != ST_OK)
		return st;
	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		const struct one one = one_of(ids, x, i);

		st = snooze(&w, &one, until, why, e);
	}
	return work_end(&w, st, e);
}

enum status book_snooze(struct book *b, const int64_t *alerts, uint32_t n, int32_t until,
	const char *reason, struct err *e)
{
	return snooze_all(b, alerts, NULL, n, until, reason, e);
}

enum status book_snooze_shown(struct book *b, const struct act_shown *x, int32_t until,
	const char *reason, struct err *e)
{
	return snooze_all(b, NULL, x, x->alerts, until, reason, e);
}

/* ---- closing ---- */

/* What is closed: alerts by their rows, or what was shown, where all says that the plays
 * end as well. */
struct closing {
	const int64_t *ids; /* NULL: those of shown */
	uint32_t n;
	const struct act_shown *shown;
	bool all;
	const struct plays *plays;
	struct text outcome;
};

struct unbegun {
	int64_t alert;
	struct act_rows task;
};

static enum status find_unbegun(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct unbegun *x = arg;
	struct task t;

	if (task_from_row(id, c, &t) && t.alert == x->alert && !task_begun(&t))
		return act_take_row(&x->task, id, e);
	return ST_OK;
}

static const struct task *find_shown(const struct act_shown *x, int64_t task)
{
	for (uint32_t i = 0; i < x->tasks; i++)
		if (x->task[i].id == task)
			return &x->task[i];
	return NULL;
}

/* The plays that were started for it and that nobody has begun: what they were for is
 * done. */
static enum status end_unbegun(
	struct work *w, const struct closing *c, const struct alert *a, struct err *e)
{
	struct unbegun x = { .alert = a->id };
	enum status st = w->store->ops->unended(
		w->store, REC_TASK, a->account, DAY_MAX, find_unbegun, &x, e);

	for (uint32_t i = 0; st == ST_OK && i < x.task.n; i++) {
		if (c->shown && !find_shown(c->shown, x.task.id[i]))
			st = err_set(e, ST_STALE,
				"a play was started for the alert %s meanwhile: open "
				"this anew, and look again",
				alert_kinds[a->kind].name);
		else
			st = act_end_task(w, x.task.id[i], TASK_DONE, c->outcome, e);
	}
	free(x.task.id);
	return st;
}

/* Some of them: more are asked for when these are gone. */
struct to_come {
	int64_t alert, id[PLAY_STEPS_MAX];
	int32_t today;
	int n;
};

static enum status find_to_come(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct to_come *x = arg;

	(void)e;
	if (c[F_MESSAGE_ALERT].type == CELL_INT && c[F_MESSAGE_ALERT].i == x->alert &&
		cell_day(&c[F_MESSAGE_MADE]) > x->today && x->n < PLAY_STEPS_MAX)
		x->id[x->n++] = id;
	return ST_OK;
}

static enum status drop_some(struct work *w, const struct to_come *x, struct err *e)
{
	struct cell cells[MESSAGE_FIELDS];
	enum status st = ST_OK;

	for (int i = 0; st == ST_OK && i < x->n; i++) {
		st = act_check_taken(w->b, x->id[i], &w->arena, e);
		if (st == ST_OK)
			st = work_read(w, REC_MESSAGE, x->id[i], cells, e);
		if (st == ST_OK)
			st = work_write(w, REC_MESSAGE, x->id[i], cells, NULL, e);
	}
	return st;
}

/* What would follow up mail that went out is not to be sent any more. Plays may have been
 * started for the alert by hand besides its own. */
static enum status drop_to_come(struct work *w, const struct alert *a, struct err *e)
{
	struct to_come x = { .alert = a->id, .today = w->b->clock.today };
	enum status st;

	do {
		x.n = 0;
		st = w->store->ops->unended(
			w->store, REC_MESSAGE, a->account, DAY_MAX, find_to_come, &x, e);
		if (st == ST_OK)
			st = drop_some(w, &x, e);
	} while (st == ST_OK && x.n == PLAY_STEPS_MAX);
	return st;
}

static enum status close_one(
	struct work *w, const struct closing *c, const struct one *x, struct err *e)
{
	struct cell before[ALERT_FIELDS], after[ALERT_FIELDS];
	struct alert a;
	enum status st = read_one(w, x, before, &a, e);

	if (st != ST_OK)
		return st;
	memcpy(after, before, sizeof(after));
	after[F_ALERT_STATE] = CELL_OF_TEXT(text_of(alert_state_word[ALERT_CLOSED]));
	after[F_ALERT_ENDED] = CELL_OF_INT(w->b->clock.today);
	after[F_ALERT_UNTIL] = (struct cell){ .type = CELL_MISSING };
	after[F_ALERT_OUTCOME] = CELL_OF_TEXT(c->outcome);
	st = work_write(w, REC_ALERT, x->id, before, after, e);
	if (st == ST_OK)
		st = end_unbegun(w, c, &a, e);
	return st == ST_OK ? drop_to_come(w, &a, e) : st;
}

/* Those that the alerts leave alone; of the others, that nobody began them meanwhile. */
static enum status end_plays(struct work *w, const struct closing *c, struct err *e)
{
	const struct act_shown *x = c->shown;
	enum status st = ST_OK;

	for (uint32_t i = 0; x && st == ST_OK && i < x->tasks; i++) {
		if (!act_goes_on(x, &x->task[i]))
			st = act_check_step(w, &x->task[i], e);
		else if (c->all)
			st = act_end_shown(w, &x->task[i], c->plays, c->outcome, e);
	}
	return st;
}

static enum status close_all(
	struct book *b, struct closing *c, const char *outcome, struct err *e)
{
	struct work w;
	enum status st = act_text(outcome,
		"closing wants an outcome, a few words: --outcome TEXT", &c->outcome, e);

	if (st == ST_OK)
		st = work_begin(&w, b,
			c->n == 0   ? "end a play"
			: c->n == 1 ? "close an alert"
				    : "close alerts",
			outcome, e);
	if (st != ST_OK)
		return st;
	st = end_plays(&w, c, e);
	for (uint32_t i = 0; i < c->n && st == ST_OK; i++) {
		const struct one one = one_of(c->ids, c->shown, i);

		st = close_one(&w, c, &one, e);
	}
	return work_end(&w, st, e);
}

enum status book_close(struct book *b, const int64_t *alerts, uint32_t n,
	const char *outcome, struct err *e)
{
	struct closing c = { .ids = alerts, .n = n };

	return close_all(b, &c, outcome, e);
}

bool act_goes_on(const struct act_shown *x, const struct task *t)
{
	for (uint32_t i = 0; i < x->alerts; i++)
		if (!task_begun(t) && t->alert == x->alert[i].id)
			return false;
	return true;
}

enum status book_close_shown(struct book *b, const struct act_shown *x, bool all,
	const char *outcome, struct err *e)
{
	struct closing c = { .n = x->alerts, .shown = x, .all = all };
	const enum status st = book_plays(b, &c.plays, e);

	return st == ST_OK ? close_all(b, &c, outcome, e) : st;
}

/* ---- voting ---- */

enum status book_vote(struct book *b, int64_t alert, bool useful, struct err *e)
{
	struct cell before[ALERT_FIELDS], after[ALERT_FIELDS];
	struct alert a;
	struct work w;
	enum status st = work_begin(&w, b,
		useful ? "call an alert useful" : "call an alert useless", NULL, e);

	if (st != ST_OK)
		return st;
	st = read_alert(&w, alert, before, &a, e);
	if (st == ST_OK) {
		memcpy(after, before, sizeof(after));
		after[F_ALERT_USEFUL] = CELL_OF_INT(useful);
		st = work_write(&w, REC_ALERT, alert, before, after, e);
	}
	return work_end(&w, st, e);
}
