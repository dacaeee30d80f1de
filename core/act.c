/* What people do with alerts. */
#include "core/act.h"

#include <stdio.h>
#include <string.h>

#include "core/act_internal.h"
#include "core/change_cell.h"
#include "core/convert.h"

enum status act_text(
	const char *text, const char *missing, struct text *out, struct err *e)
{
	*out = text_trim(text_of(text ? text : ""));
	if (out->n == 0 && missing)
		return err_set(e, ST_USAGE, "%s", missing);
	if (text_invalid_at(*out) < out->n)
		return err_set(e, ST_INVALID, "the text is not valid UTF-8");
	out->n = (size_t)convert_shown(*out, CHANGE_TEXT_MAX);
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

/* ---- snoozing ---- */

static enum status snooze(
	struct work *w, int64_t id, int32_t until, struct text reason, struct err *e)
{
	struct cell before[ALERT_FIELDS], after[ALERT_FIELDS];
	struct alert a;
	enum status st = read_live(w, id, before, &a, e);

	if (st != ST_OK)
		return st;
	memcpy(after, before, sizeof(after));
	after[F_ALERT_STATE] = CELL_OF_TEXT(text_of(alert_state_word[ALERT_SNOOZED]));
	after[F_ALERT_UNTIL] = CELL_OF_INT(until);
	after[F_ALERT_REASON] = CELL_OF_TEXT(reason);
	return work_write(w, REC_ALERT, id, before, after, e);
}

enum status book_snooze(struct book *b, const int64_t *alerts, uint32_t n, int32_t until,
	const char *reason, struct err *e)
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
	for (uint32_t i = 0; i < n && st == ST_OK; i++)
		st = snooze(&w, alerts[i], until, why, e);
	return work_end(&w, st, e);
}

/* ---- closing ---- */

#define UNBEGUN_MAX 64u

struct unbegun {
	int64_t alert, task[UNBEGUN_MAX];
	uint32_t n;
};

static enum status find_unbegun(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct unbegun *x = arg;

	(void)e;
	if (c[F_TASK_ALERT].type == CELL_INT && c[F_TASK_ALERT].i == x->alert &&
		c[F_TASK_STEP].type == CELL_INT && c[F_TASK_STEP].i == 1 &&
		x->n < UNBEGUN_MAX)
		x->task[x->n++] = id;
	return ST_OK;
}

/* The plays that were started for it and that nobody has begun: what they were for is
 * done. */
static enum status end_unbegun(
	struct work *w, const struct alert *a, struct text outcome, struct err *e)
{
	struct unbegun x = { .alert = a->id };
	enum status st = w->store->ops->unended(
		w->store, REC_TASK, a->account, DAY_MAX, find_unbegun, &x, e);

	for (uint32_t i = 0; st == ST_OK && i < x.n; i++)
		st = act_end_task(w, x.task[i], TASK_DONE, outcome, e);
	return st;
}

static enum status close_one(
	struct work *w, int64_t id, struct text outcome, struct err *e)
{
	struct cell before[ALERT_FIELDS], after[ALERT_FIELDS];
	struct alert a;
	enum status st = read_live(w, id, before, &a, e);

	if (st != ST_OK)
		return st;
	memcpy(after, before, sizeof(after));
	after[F_ALERT_STATE] = CELL_OF_TEXT(text_of(alert_state_word[ALERT_CLOSED]));
	after[F_ALERT_ENDED] = CELL_OF_INT(w->b->clock.today);
	after[F_ALERT_UNTIL] = (struct cell){ .type = CELL_MISSING };
	after[F_ALERT_OUTCOME] = CELL_OF_TEXT(outcome);
	st = work_write(w, REC_ALERT, id, before, after, e);
	return st == ST_OK ? end_unbegun(w, &a, outcome, e) : st;
}

enum status book_close(struct book *b, const int64_t *alerts, uint32_t n,
	const char *outcome, struct err *e)
{
	struct text what;
	struct work w;
	enum status st = act_text(outcome,
		"closing wants an outcome, a few words: --outcome TEXT", &what, e);

	if (st == ST_OK)
		st = work_begin(
			&w, b, n == 1 ? "close an alert" : "close alerts", outcome, e);
	if (st != ST_OK)
		return st;
	for (uint32_t i = 0; i < n && st == ST_OK; i++)
		st = close_one(&w, alerts[i], what, e);
	return work_end(&w, st, e);
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
