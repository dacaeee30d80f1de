/* Alerts and tasks as lists, and what a task's play says of its account. */
#include "core/agenda.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/act.h"
#include "core/task_text.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"

static struct err why;

/* Two accounts of Dana, one of Eli, two of the pool, of which Eli claimed one. */
static struct book *book_with_agenda(void)
{
	struct store *s = fake_store_new();
	struct book *b;

	rows_put(s, REC_CSM, "name=Dana\nname=Eli\n");
	rows_put(s, REC_ACCOUNT,
		"account_id=A|name=Acme|csm=Dana|arr=10000000\n"
		"account_id=B|name=Bolt|csm=Dana|arr=5000000\n"
		"account_id=C|name=Cedar|csm=Eli|arr=1000000\n"
		"account_id=D|name=Dune|arr=1000000\n"
		"account_id=E|name=Elm|arr=1000000\n");
	rows_put(s, REC_ALERT,
		"account_id=A|kind=detractor|opened_on=2026-03-30|severity=warning|"
		"state=open|x=3|day=2026-03-20\n"
		"account_id=B|kind=detractor|opened_on=2026-03-29|severity=warning|"
		"state=snoozed|x=3|day=2026-03-20|snoozed_until=2026-04-10|"
		"reason=waits\n"
		"account_id=C|kind=health-red|opened_on=2026-03-30|severity=critical|"
		"state=open|x=40\n"
		"account_id=D|kind=health-red|opened_on=2026-03-30|severity=info|"
		"state=open|x=40\n"
		"account_id=E|kind=health-red|opened_on=2026-03-30|severity=info|"
		"state=open|x=40\n"
		"account_id=A|kind=blind|opened_on=2026-03-01|severity=info|"
		"state=closed|x=20|ended_on=2026-03-05|outcome=done|useful=1\n"
		"account_id=A|kind=silent|opened_on=2026-03-01|severity=info|"
		"state=resolved|x=9|day=2026-02-20|ended_on=2026-03-09|useful=0\n");
	rows_put(s, REC_TASK,
		"account_id=A|play=recovery-call|started_on=2026-03-30|title=Call|step=2|"
		"next_step=Ring|due=2026-04-02|state=open|alert=1\n"
		"account_id=A|play=gone|started_on=2026-03-30|title=Gone|step=1|"
		"next_step=Ask|state=open\n"
		"account_id=D|play=claim|started_on=2026-03-30|title=Claimed|csm=Eli|"
		"step=1|next_step=Look|due=2026-03-29|state=open|actor=Lea\n"
		"account_id=B|play=seat-review|started_on=2026-03-01|title=Seats|step=1|"
		"state=dropped|ended_on=2026-03-02|outcome=no use|reason=why not\n");
	rows_put(s, REC_STEP,
		"account_id=A|task=1|step=1|title=Read|done_on=2026-03-30|outcome=ok|"
		"actor=Dana\n");
	b = rules_book(s, DAY, "Dana");
	return b;
}

struct told {
	char text[512];
	size_t n;
};

static enum status tell_alert(void *arg, const struct agenda_alert *a, struct err *e)
{
	struct told *t = arg;

	(void)e;
	t->n += (size_t)snprintf(t->text + t->n, sizeof(t->text) - t->n, "%s%.*s:%s",
		t->n ? " " : "", (int)a->of.id.n, a->of.id.s,
		alert_kinds[a->alert.kind].name);
	return ST_OK;
}

static void alerts_are(
	struct book *b, struct agenda_query q, uint32_t all, const char *text)
{
	struct told t = { "", 0 };
	uint32_t n = 99;

	if (!q.limit)
		q.limit = UINT32_MAX;
	MUST(agenda_alerts(b, &q, tell_alert, &t, &n, &e));
	assert_string_equal(t.text, text);
	assert_int_equal(n, all);
}

/* The worst first, then the oldest; of those that ended the newest. */
static void alerts_in_order(void **state)
{
	struct book *b = book_with_agenda();

	(void)state;
	alerts_are(b, (struct agenda_query){ .scope = QUEUE_OF_ANYBODY }, 5,
		"C:health-red B:detractor A:detractor D:health-red E:health-red");
	alerts_are(b, (struct agenda_query){ .scope = QUEUE_OF_ANYBODY, .limit = 2 }, 5,
		"C:health-red B:detractor");
	alerts_are(b,
		(struct agenda_query){
			.scope = QUEUE_OF_ANYBODY, .account = 1, .ended = true },
		3, "A:detractor A:silent A:blind");
	alerts_are(b,
		(struct agenda_query){
			.scope = QUEUE_OF_ANYBODY, .kinds = 1u << ALERT_DETRACTOR },
		2, "B:detractor A:detractor");
	book_free(&b);
}

static void alerts_of_a_state(void **state)
{
	static const struct {
		unsigned states;
		uint32_t n;
		const char *rows;
	} all[] = {
		{ 1 << ALERT_OPEN, 4,
			"C:health-red A:detractor D:health-red E:health-red" },
		{ 1 << ALERT_SNOOZED, 1, "B:detractor" },
		{ 1 << ALERT_RESOLVED, 1, "A:silent" },
		{ 1 << ALERT_CLOSED, 1, "A:blind" },
		{ 1 << ALERT_CLOSED | 1 << ALERT_SNOOZED, 2, "B:detractor A:blind" },
	};
	struct book *b = book_with_agenda();

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		alerts_are(b,
			(struct agenda_query){ .scope = QUEUE_OF_ANYBODY,
				.states = all[i].states,
				.ended = i % 2 == 0 },
			all[i].n, all[i].rows);
	book_free(&b);
}

/* As queues are: an owner's, what was claimed, the pool without it. */
static void alerts_of_whom(void **state)
{
	struct book *b = book_with_agenda();
	struct agenda_query q = { .scope = QUEUE_OF_ANYBODY, .where = TEXT("arr:<") };

	(void)state;
	alerts_are(b, (struct agenda_query){ .scope = QUEUE_OF_CSM, .csm = 1 }, 2,
		"B:detractor A:detractor");
	alerts_are(b, (struct agenda_query){ .scope = QUEUE_OF_CSM, .csm = 2 }, 2,
		"C:health-red D:health-red");
	alerts_are(b, (struct agenda_query){ .scope = QUEUE_OF_POOL }, 1, "E:health-red");
	alerts_are(b,
		(struct agenda_query){
			.scope = QUEUE_OF_CSM, .csm = 1, .where = TEXT("arr:>60k") },
		1, "A:detractor");
	alerts_are(b,
		(struct agenda_query){
			.scope = QUEUE_OF_ANYBODY, .where = TEXT("csm:eli") },
		1, "C:health-red");
	assert_int_equal(agenda_alerts(b, &q, tell_alert, NULL, NULL, &why), ST_USAGE);
	book_free(&b);
}

static enum status check_alert(void *arg, const struct agenda_alert *a, struct err *e)
{
	(void)e;
	++*(int *)arg;
	switch (a->alert.id) {
	case 1:
		assert_string_equal(a->why, "NPS 3, answered 11 d ago");
		assert_true(text_eq(a->of.csm, TEXT("Dana")));
		assert_true(text_eq(a->of.name, TEXT("Acme")));
		assert_null(a->reason.s);
		assert_int_equal(a->useful, -1);
		assert_string_equal(a->play, "detractor-reply"); /* as in tier 3 */
		break;
	case 6:
		assert_true(text_eq(a->outcome, TEXT("done")));
		assert_int_equal(a->useful, 1);
		break;
	default:
		assert_int_equal(a->alert.id, 7);
		assert_string_equal(a->why, "no login for 17 d"); /* when it ended */
		assert_int_equal(a->useful, 0);
	}
	return ST_OK;
}

static void what_is_told(void **state)
{
	struct book *b = book_with_agenda();
	const struct agenda_query q = { .scope = QUEUE_OF_ANYBODY,
		.account = 1,
		.ended = true,
		.limit = UINT32_MAX };
	int n = 0;

	(void)state;
	MUST(agenda_alerts(b, &q, check_alert, &n, NULL, &e));
	assert_int_equal(n, 3);
	book_free(&b);
}

static enum status tell_task(void *arg, const struct agenda_task *x, struct err *e)
{
	struct told *t = arg;

	(void)e;
	t->n += (size_t)snprintf(t->text + t->n, sizeof(t->text) - t->n,
		"%s%.*s:%.*s(%.*s)", t->n ? " " : "", (int)x->of.id.n, x->of.id.s,
		(int)x->task.play.n, x->task.play.s, (int)x->claimed.n,
		x->claimed.s ? x->claimed.s : "");
	return ST_OK;
}

static enum status count_step(void *arg, const struct agenda_step *s, struct err *e)
{
	(void)e;
	assert_int_equal(s->task, 1);
	assert_int_equal(s->step, 1);
	assert_int_equal(s->done, day_of("2026-03-30"));
	assert_true(text_eq(s->title, TEXT("Read")));
	assert_true(text_eq(s->outcome, TEXT("ok")));
	assert_true(text_eq(s->actor, TEXT("Dana")));
	++*(int *)arg;
	return ST_OK;
}

/* By the day they are due, those without one behind. */
static void tasks_in_order(void **state)
{
	struct book *b = book_with_agenda();
	struct agenda_query q = {
		.scope = QUEUE_OF_ANYBODY, .ended = true, .limit = UINT32_MAX
	};
	struct told t = { "", 0 }, one = { "", 0 };
	uint32_t n = 0;
	int steps = 0;

	(void)state;
	MUST(agenda_tasks(b, &q, tell_task, &t, &n, &e));
	assert_string_equal(
		t.text, "D:claim(Eli) A:recovery-call() A:gone() B:seat-review()");
	assert_int_equal(n, 4);
	MUST(agenda_task(b, 4, tell_task, &one, &e));
	assert_string_equal(one.text, "B:seat-review()");
	assert_int_equal(agenda_task(b, 99, tell_task, &one, &why), ST_NOTFOUND);
	MUST(agenda_steps(b, 1, count_step, &steps, &e));
	MUST(agenda_steps(b, 2, count_step, &steps, &e));
	assert_int_equal(steps, 1);
	book_free(&b);
}

static enum status keep_task(void *arg, const struct agenda_task *t, struct err *e)
{
	(void)e;
	*(struct task *)arg = t->task; /* without its texts */
	return ST_OK;
}

/* Placeholders are filled in, also in what is to be said. */
static void texts_of_a_task(void **state)
{
	struct book *b = book_with_agenda();
	const struct plays *plays = NULL;
	const struct play *p;
	struct play_said said;
	struct task t;
	struct arena a;

	(void)state;
	arena_init(&a);
	MUST(book_plays(b, &plays, &e));
	MUST(agenda_task(b, 1, keep_task, &t, &e));
	p = plays_find(plays, "recovery-call");
	assert_non_null(p);
	MUST(task_text(b, &t, p, &a, &said, &e));
	assert_non_null(strstr(said.body, "Dana"));
	assert_null(strchr(said.subject, '{'));
	assert_null(strchr(said.body, '{'));
	assert_null(strchr(said.script, '{'));
	assert_non_null(strstr(said.script, "NPS 3, answered 11 d ago"));
	p = plays_find(plays, "data-repair");
	MUST(task_text(b, &t, p, &a, &said, &e));
	assert_int_equal(said.subject == NULL, p->subject == NULL);
	assert_int_equal(said.script == NULL, p->script == NULL);
	p = plays_find(plays, "growth-audit"); /* the step that comes next has its own */
	t.step = 3;
	MUST(task_text(b, &t, p, &a, &said, &e));
	assert_non_null(strstr(said.subject, ": an hour to look at it together"));
	t.step = 4;
	MUST(task_text(b, &t, p, &a, &said, &e));
	assert_non_null(strstr(said.subject, ": the sheet, and the one thing"));
	assert_non_null(strstr(said.body, "The one thing you chose"));
	t.account = 99;
	assert_int_equal(task_text(b, &t, p, &a, &said, &why), ST_NOTFOUND);
	arena_clear(&a);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alerts_in_order),
		cmocka_unit_test(alerts_of_a_state),
		cmocka_unit_test(alerts_of_whom),
		cmocka_unit_test(what_is_told),
		cmocka_unit_test(tasks_in_order),
		cmocka_unit_test(texts_of_a_task),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
