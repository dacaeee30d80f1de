#include "cli/agenda_rows.h"

#include <stdio.h>

#include "cli/call.h"

/* ---- JSON ---- */

static void day(struct json *j, const char *key, int32_t d)
{
	json_key(j, key);
	json_day(j, d);
}

static void count(struct json *j, const char *key, int64_t v)
{
	json_key(j, key);
	if (v)
		json_int(j, v);
	else
		json_null(j);
}

static enum status json_alert(void *arg, const struct agenda_alert *a, struct err *e)
{
	struct json *j = arg;
	const struct alert *x = &a->alert;

	(void)e;
	json_object(j);
	json_key(j, "id");
	json_int(j, x->id);
	json_pair(j, "kind", text_of(alert_kinds[x->kind].name));
	json_pair(j, "severity", text_of(alert_severity_word[x->severity]));
	json_pair(j, "state", text_of(alert_state_word[x->state]));
	day(j, "opened", x->opened);
	day(j, "severity_since", x->severe);
	day(j, "snoozed_until", x->state == ALERT_SNOOZED ? x->until : DAY_NONE);
	day(j, "ended", x->ended);
	json_pair(j, "reason", a->reason);
	json_pair(j, "outcome", a->outcome);
	json_key(j, "useful");
	if (a->useful < 0)
		json_null(j);
	else
		json_bool(j, a->useful);
	json_pair(j, "why", text_of(a->why));
	json_pair(j, "play", *a->play ? text_of(a->play) : (struct text){ NULL, 0 });
	json_end_object(j);
	return ST_OK;
}

void agenda_rows_task(struct json *j, const struct agenda_task *t)
{
	const struct task *x = &t->task;

	json_key(j, "id");
	json_int(j, x->id);
	json_pair(j, "claimed_by", t->claimed);
	json_pair(j, "play", x->play);
	json_pair(j, "title", x->title);
	count(j, "version", x->version);
	json_pair(j, "state", text_of(task_state_word[x->state]));
	day(j, "started", x->started);
	json_key(j, "step");
	json_int(j, x->step);
	json_pair(j, "next", x->next);
	day(j, "due", x->due);
	count(j, "alert", x->alert);
	day(j, "ended", x->ended);
	json_pair(j, "reason", t->reason);
	json_pair(j, "outcome", t->outcome);
	json_pair(j, "actor", t->actor);
}

struct stepping {
	struct json *j;
	int64_t task;
};

static enum status json_step(void *arg, const struct agenda_step *s, struct err *e)
{
	const struct stepping *x = arg;

	(void)e;
	if (s->task != x->task)
		return ST_OK;
	json_object(x->j);
	json_key(x->j, "step");
	json_int(x->j, s->step);
	json_pair(x->j, "title", s->title);
	day(x->j, "done", s->done);
	json_pair(x->j, "outcome", s->outcome);
	json_pair(x->j, "actor", s->actor);
	json_end_object(x->j);
	return ST_OK;
}

enum status agenda_rows_steps(
	struct json *j, struct book *b, const struct task *t, struct err *e)
{
	struct stepping s = { j, t->id };
	enum status st;

	json_array(j);
	st = agenda_steps(b, t->account, json_step, &s, e);
	json_end_array(j);
	return st;
}

struct writing {
	struct book *b;
	struct json *j;
};

static enum status json_task(void *arg, const struct agenda_task *t, struct err *e)
{
	const struct writing *w = arg;
	enum status st;

	json_object(w->j);
	agenda_rows_task(w->j, t);
	json_key(w->j, "steps_done");
	st = agenda_rows_steps(w->j, w->b, &t->task, e);
	json_end_object(w->j);
	return st;
}

enum status agenda_rows_json(
	struct json *j, struct book *b, uint32_t account, struct err *e)
{
	const struct agenda_query q = { .scope = QUEUE_OF_ANYBODY,
		.account = account,
		.ended = true,
		.limit = UINT32_MAX };
	struct writing w = { b, j };
	enum status st;

	json_key(j, "alerts");
	json_array(j);
	st = agenda_alerts(b, &q, json_alert, j, NULL, e);
	json_end_array(j);
	json_key(j, "tasks");
	json_array(j);
	if (st == ST_OK)
		st = agenda_tasks(b, &q, json_task, &w, NULL, e);
	json_end_array(j);
	return st;
}

/* ---- text ---- */

static enum status print_alert(void *arg, const struct agenda_alert *a, struct err *e)
{
	const struct alert *x = &a->alert;
	char date[DAY_TEXT_MAX];

	(void)e;
	if ((*(int *)arg)++ == 0)
		printf("\nAlerts\n");
	printf("  %-4lld %-11s  %-13s  %s  ", (long long)x->id,
		alert_severity_word[x->severity], alert_kinds[x->kind].name,
		day_format(x->opened, date));
	call_put(text_of(a->why), 100);
	if (x->state == ALERT_SNOOZED) {
		printf("  (snoozed until %s: ", day_format(x->until, date));
		call_put(a->reason, 80);
		putchar(')');
	}
	putchar('\n');
	return ST_OK;
}

static enum status print_task(void *arg, const struct agenda_task *t, struct err *e)
{
	char date[DAY_TEXT_MAX];

	(void)e;
	if ((*(int *)arg)++ == 0)
		printf("\nTasks\n");
	printf("  %-4lld ", (long long)t->task.id);
	call_put(t->task.title, 60);
	printf(", step %d", t->task.step);
	if (t->task.due != DAY_NONE)
		printf(", due %s", day_format(t->task.due, date));
	fputs(": ", stdout);
	call_put(t->task.next, 100);
	if (t->claimed.s) {
		fputs("  (", stdout);
		call_put(t->claimed, 60);
		putchar(')');
	}
	putchar('\n');
	return ST_OK;
}

enum status agenda_rows_text(struct book *b, uint32_t account, struct err *e)
{
	const struct agenda_query q = {
		.scope = QUEUE_OF_ANYBODY, .account = account, .limit = UINT32_MAX
	};
	int alerts = 0, tasks = 0;
	enum status st;

	st = agenda_alerts(b, &q, print_alert, &alerts, NULL, e);
	if (st == ST_OK)
		st = agenda_tasks(b, &q, print_task, &tasks, NULL, e);
	return st;
}
