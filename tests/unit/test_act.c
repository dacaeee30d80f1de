/* What people do with alerts and plays, and how each of it is taken back. */
#include "core/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/queue.h"
#include "tests/support/acting.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static struct err why;

static const struct queue_query everybody = { .scope = QUEUE_OF_ANYBODY };

/* The operation that undo would take back can't be: why. */
static void undo_is_refused(struct book *b, const char *because)
{
	struct operation o;
	struct arena a;

	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	assert_int_equal(book_undo(b, o.id, &why), ST_STALE);
	if (!strstr(why.text, because))
		fail_msg("%s", why.text);
	arena_clear(&a);
}

static void snoozing(void **state)
{
	struct book *b = acting_book();
	const int64_t one = 1, gone = 99;

	(void)state;
	acting_queue_is(b, &everybody, "A:now B:now C:now");
	assert_int_equal(
		book_snooze(b, &one, 1, day_of("2026-04-05"), " ", &why), ST_USAGE);
	assert_int_equal(
		book_snooze(b, &one, 1, day_of(ACTING_DAY), "on leave", &why), ST_USAGE);
	assert_int_equal(
		book_snooze(b, &gone, 1, day_of("2026-04-05"), "x", &why), ST_NOTFOUND);
	MUST(book_snooze(b, &one, 1, day_of("2026-04-05"), "on leave", &e));
	acting_queue_is(b, &everybody, "B:now C:now");
	rules_day(b, "2026-04-04");
	acting_queue_is(b, &everybody, "B:now C:now");
	rules_day(b, "2026-04-05");
	acting_queue_is(b, &everybody, "B:now C:now A:back today");
	rules_day(b, "2026-04-06"); /* nobody recalculated: it is back all the same */
	acting_queue_is(b, &everybody, "A:now B:now C:now");
	rules_day(b, ACTING_DAY);
	acting_undo(b);
	acting_queue_is(b, &everybody, "A:now B:now C:now");
	book_free(&b);
}

static void closing(void **state)
{
	struct book *b = acting_book();
	const int64_t two[] = { 1, 2 };
	const int64_t one = 2;

	(void)state;
	assert_int_equal(book_close(b, two, 2, NULL, &why), ST_USAGE);
	MUST(book_close(b, two, 2, "they are back", &e));
	acting_queue_is(b, &everybody, "C:now");
	assert_int_equal(book_close(b, &one, 1, "again", &why), ST_NOTFOUND);
	assert_non_null(strstr(why.text, "closed on 2026-03-31"));
	MUST(book_vote(b, 1, false, &e));
	acting_undo(b);
	acting_undo(b); /* both come back together */
	acting_queue_is(b, &everybody, "A:now B:now C:now");
	book_free(&b);
}

static void playing(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "recovery-call");
	char against[ACT_AGAINST_MAX];
	int64_t task = 0;
	bool gates;

	(void)state;
	MUST(book_play_against(b, 1, p, against, &gates, &e));
	assert_false(gates);
	assert_string_equal(against, ""); /* no tier yet */
	MUST(book_play_start(b, 1, p, 1, NULL, &task, &e));
	assert_int_equal(task, 1);
	assert_int_equal(book_play_start(b, 1, p, 1, NULL, NULL, &why), ST_USAGE);
	rows_are(book_store(b), REC_TASK, 1,
		"account_id=A|play=recovery-call|started_on=2026-03-31|play_version=1|"
		"title=Recovery call|alert=1|step=1|next_step=Ten minutes: who stopped, "
		"since when, open tickets, last promise we made|due=2026-03-31|"
		"state=open|actor=Dana\n");
	assert_int_equal(book_task_tick(b, task, 2, NULL, &why), ST_STALE);
	MUST(book_task_tick(b, task, 1, NULL, &e));
	/* a call counts only with what came of it */
	assert_int_equal(book_task_tick(b, task, 0, " ", &why), ST_USAGE);
	MUST(book_task_tick(b, task, 0, "they lost their admin", &e));
	rows_are(book_store(b), REC_STEP, 1,
		"account_id=A|task=1|step=1|title=Ten minutes: who stopped, since when, "
		"open tickets, last promise we made|done_on=2026-03-31|actor=Dana\n"
		"account_id=A|task=1|step=2|title=Call the champion; if there is no "
		"answer by tomorrow, call the sponsor|done_on=2026-03-31|outcome=they "
		"lost their admin|actor=Dana\n");
	acting_undo(b);
	MUST(book_task_tick(b, task, 0, "nobody answers", &e));
	assert_int_equal(book_task_drop(b, task, "", &why), ST_USAGE);
	MUST(book_task_drop(b, task, "they left", &e));
	assert_int_equal(book_task_tick(b, task, 0, "x", &why), ST_NOTFOUND);
	assert_non_null(strstr(why.text, "dropped on 2026-03-31"));
	plays_clear(&plays);
	book_free(&b);
}

/* A due step brings an account into the queue, an overdue one to its top. */
static void steps_that_are_due(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "recovery-call");
	const int64_t all[] = { 1, 2, 3 };
	char text[QUEUE_TEXT_MAX];
	struct queue *q;

	(void)state;
	MUST(book_close(b, all, 3, "done", &e));
	acting_queue_is(b, &everybody, "");
	MUST(book_play_start(b, 3, p, 0, "they asked for it", NULL, &e));
	acting_queue_is(b, &everybody, "C:now");
	rules_day(b, "2026-04-02");
	acting_queue_is(b, &everybody, "C:overdue");
	MUST(book_queue(b, &everybody, &q, NULL, &e));
	assert_string_equal(queue_why(b, &q->row[0], text), "Recovery call, step 1");
	assert_string_equal(queue_next(b, &q->row[0], text),
		"Ten minutes: who stopped, since when, open tickets, last promise we "
		"made "
		"(2 d overdue)");
	queue_free(&q);
	plays_clear(&plays);
	book_free(&b);
}

/* The play of an alert that was closed at once was not needed. */
static void a_play_that_was_not_begun(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "recovery-call");
	const int64_t one = 1, two = 2;

	(void)state;
	MUST(book_play_start(b, 1, p, 1, NULL, NULL, &e));
	MUST(book_play_start(b, 2, p, 2, NULL, NULL, &e));
	MUST(book_task_tick(b, 2, 0, NULL, &e));
	MUST(book_close(b, &one, 1, "a false alarm", &e));
	MUST(book_close(b, &two, 1, "they are back", &e));
	acting_queue_is(
		b, &everybody, "B:now C:now"); /* the one that was begun goes on */
	plays_clear(&plays);
	book_free(&b);
}

/* However many there are. */
static void plays_that_were_not_begun(void **state)
{
	struct book *b = acting_book();
	const int64_t one = 1;

	(void)state;
	for (int i = 0; i < 200; i++) {
		char task[160];

		snprintf(task, sizeof(task),
			"account_id=A|play=p%d|started_on=2026-03-30|title=x|next_step=y"
			"|step=1|state=open|alert=1|due=2026-03-30\n",
			i);
		rows_put(book_store(b), REC_TASK, task);
	}
	MUST(book_close(b, &one, 1, "a false alarm", &e));
	acting_queue_is(b, &everybody, "B:now C:now");
	book_free(&b);
}

/* A play sleeps with the alert that started it. What is due of others is due, whatever
 * else of the account sleeps; snoozed is an account that nothing of is due. */
static void what_a_snooze_hides(void **state)
{
	static const struct {
		const char *why, *task; /* of Acme, of which the only alert, 1, sleeps */
		const char *queue;
		uint32_t asleep;
	} rows[] = {
		{ "nothing runs", NULL, "B:now", 1 },
		{ "started for it, overdue", "alert=1|due=2026-03-30", "B:now", 1 },
		{ "by hand, overdue", "due=2026-03-30", "A:overdue B:now", 0 },
		{ "for one that was closed, overdue", "alert=3|due=2026-03-30",
			"A:overdue B:now", 0 },
		{ "by hand, due today", "due=2026-03-31", "A:now B:now", 0 },
		{ "by hand, due tomorrow", "due=2026-04-01", "B:now", 1 },
		{ "by hand, without a day", "", "B:now", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const int64_t sleeper = 1, closed = 3;
		struct book *b = acting_book();
		char task[300];
		struct queue *q;

		snprintf(task, sizeof(task),
			"account_id=A|play=recovery-call|started_on=2026-03-30|title=x|"
			"next_step=y|step=2|state=open%s%s\n",
			rows[i].task && *rows[i].task ? "|" : "",
			rows[i].task ? rows[i].task : "");
		if (rows[i].task)
			rows_put(book_store(b), REC_TASK, task);
		MUST(book_close(b, &closed, 1, "done", &e));
		MUST(book_snooze(b, &sleeper, 1, day_of("2026-04-05"), "on leave", &e));
		print_message("%s\n", rows[i].why);
		acting_queue_is(b, &everybody, rows[i].queue);
		MUST(book_queue(b, &everybody, &q, NULL, &e));
		assert_int_equal(q->asleep, rows[i].asleep);
		queue_free(&q);
		book_free(&b);
	}
}

/* Of two plays the one that is awake is the row's, though the other is due first. */
static void the_step_of_a_row_is_awake(void **state)
{
	struct book *b = acting_book();
	const int64_t sleeper = 1;
	struct queue *q;

	(void)state;
	rows_put(book_store(b), REC_ALERT, ACTING_ALERT("A", "no-touch", "info"));
	rows_put(book_store(b), REC_TASK,
		"account_id=A|play=recovery-call|started_on=2026-03-30|title=x|next_step="
		"y|"
		"alert=1|step=2|due=2026-03-30|state=open\n"
		"account_id=A|play=wake-up|started_on=2026-03-30|title=z|next_step=y|"
		"step=1|"
		"due=2026-04-09|state=open\n");
	acting_queue_is(b, &everybody, "A:overdue B:now C:now");
	MUST(book_snooze(b, &sleeper, 1, day_of("2026-04-05"), "on leave", &e));
	MUST(book_queue(b, &everybody, &q, NULL, &e));
	for (uint32_t k = 0; k < q->n; k++)
		if (q->row[k].account == 1) {
			assert_int_equal(q->row[k].section, QUEUE_NOW);
			assert_int_equal(q->row[k].task->id, 2);
		}
	queue_free(&q);
	book_free(&b);
}

static void gates(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "expansion-hand-off");
	char against[ACT_AGAINST_MAX];
	bool shut;

	(void)state;
	rows_put(book_store(b), REC_CONTACT, "account_id=A|name=Bo|role=champion\n");
	MUST(book_play_against(b, 1, p, against, &shut, &e));
	assert_true(shut);
	assert_string_equal(against,
		"a risk is open; health is unknown; only 1 stakeholder is known; 0 "
		"touches for value in 90 days, 0 commercial");
	assert_int_equal(book_play_start(b, 1, p, 0, NULL, NULL, &why), ST_FORBIDDEN);
	assert_non_null(strstr(why.text, "a risk is open"));
	rows_put(book_store(b), REC_TOUCH,
		"account_id=A|date=2026-03-30|kind=call|purpose=value\n"
		"account_id=A|date=2026-03-30|kind=call|purpose=commercial\n");
	MUST(book_play_against(b, 1, p, against, &shut, &e));
	assert_non_null(strstr(against, "1 touch for value in 90 days, 1 commercial"));
	MUST(book_play_start(b, 1, p, 0, "the board asked", NULL, &e));
	/* onboarding as it was on the day */
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=C|onboarding_started=2026-04-02|first_value_on=2026-04-04\n");
	for (int day = 1; day <= 4; day++) {
		char text[DAY_TEXT_MAX];

		snprintf(text, sizeof(text), "2026-04-0%d", day);
		rules_day(b, text);
		MUST(book_play_against(b, 3, p, against, &shut, &e));
		assert_int_equal(strstr(against, "onboarding is not finished") != NULL,
			day == 2 || day == 3);
	}
	plays_clear(&plays);
	book_free(&b);
}

/* Touches of the 90 days to today, and more for value than commercial ones. */
static void value_first(void **state)
{
	static const struct {
		const char *touches;
		bool shut;
	} rows[] = {
#define TOUCH(day, purpose) "account_id=A|date=" day "|purpose=" purpose "\n"
		{ TOUCH("2026-03-31", "training"), false },
		{ TOUCH("2026-01-01", "training"), false }, /* the 90th */
		{ TOUCH("2025-12-31", "training"), true },
		{ TOUCH("2026-04-01", "training"), true },
		{ TOUCH("2026-03-01", "renewal"), true },
		{ TOUCH("2026-03-01", "training") TOUCH("2026-03-02", "renewal"), true },
		{ TOUCH("2026-03-01", "training") TOUCH("2026-03-02", "training")
				TOUCH("2026-03-02", "renewal"),
			false },
		{ TOUCH("2026-03-01", "training") TOUCH("2025-12-31", "renewal"), false },
#undef TOUCH
	};
	struct plays plays;
	const struct play *p = acting_play(&plays, "expansion-hand-off");

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = acting_book();
		char against[ACT_AGAINST_MAX];
		bool gates;

		rows_put(book_store(b), REC_TOUCH, rows[i].touches);
		MUST(book_play_against(b, 1, p, against, &gates, &e));
		if ((strstr(against, "in 90 days") != NULL) != rows[i].shut)
			fail_msg("row %zu: %s", i, against);
		book_free(&b);
	}
	plays_clear(&plays);
}

/* What a recalculation did since is not overwritten, and nothing comes back beside what
 * took its place. */
static void undoing_too_late(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "recovery-call");
	const int64_t one = 1, two = 2;
	struct recalc_result r;
	int64_t task;

	(void)state;
	MUST(book_close(b, &one, 1, "they are back", &e));
	rows_put(book_store(b), REC_ALERT, ACTING_ALERT("A", "health-red", "critical"));
	undo_is_refused(b, "another alert of that kind is open by now");
	MUST(book_play_start(b, 2, p, 0, "they asked", &task, &e));
	MUST(book_task_drop(b, task, "not now", &e));
	MUST(book_play_start(b, 2, p, 0, "they asked again", NULL, &e));
	acting_undo(b);
	acting_undo(b); /* the drop: nothing runs there */
	acting_undo(b);
	MUST(book_play_start(b, 2, p, 0, "they asked", &task, &e));
	MUST(book_task_drop(b, task, "not now", &e));
	rows_put(book_store(b), REC_TASK,
		"account_id=B|play=recovery-call|started_on=2026-03-31|title=x|step=1|"
		"state=open\n");
	undo_is_refused(b, "the play runs there again by now");
	MUST(book_snooze(b, &two, 1, day_of("2026-04-05"), "on leave", &e));
	MUST(book_recalc(b, &r, &e));
	undo_is_refused(b, "a recalculation, an import or another program");
	plays_clear(&plays);
	book_free(&b);
}

/* Of a past day the queue is what it was: without what opened or began later, and with
 * what ended since. */
static void a_past_day(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "recovery-call");
	const int64_t one = 1, two = 2;
	int64_t task;

	(void)state;
	rules_day(b, "2026-04-10");
	MUST(book_close(b, &one, 1, "they are back", &e));
	MUST(book_play_start(b, 3, p, 0, "they asked", &task, &e));
	acting_queue_is(b, &everybody, "B:now C:now");
	rules_day(b, "2026-04-09");
	acting_queue_is(b, &everybody, "A:now B:now C:now");
	assert_int_equal(book_task_tick(b, task, 0, "x", &why), ST_NOTFOUND);
	rules_day(b, "2026-03-29");
	acting_queue_is(b, &everybody, "");
	assert_int_equal(book_close(b, &two, 1, "too early", &why), ST_NOTFOUND);
	assert_non_null(strstr(why.text, "opened later, on 2026-03-30"));
	plays_clear(&plays);
	book_free(&b);
}

static enum status take_recipient(void *arg, const struct message *m, struct err *err)
{
	(void)err;
	snprintf(arg, 80, "%.*s", (int)m->recipient.n, m->recipient.s);
	return ST_OK;
}

/* The same mail twice; Cedar is in tier 3, where the play only writes. */
static void wants_a_reason(struct book *b, const struct play *p, const char *said)
{
	assert_int_equal(book_play_start(b, 3, p, 3, NULL, NULL, &why), ST_USAGE);
	if (!strstr(why.text, said))
		fail_msg("\"%s\" does not say \"%s\"", why.text, said);
}

/* The champion before others, with a name or without; an address is one line. */
static void recipients(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "silent-user-win-back");
	struct review review;
	char to[80] = "";

	(void)state;
	MUST(book_play_start(b, 3, p, 3, NULL, NULL, &e));
	MUST(book_outbox(b, take_recipient, to, &e));
	assert_string_equal(to, ""); /* in no tier yet: people do it, no machine writes */
	acting_undo(b);
	book_look_for_alerts(b, false); /* nothing that they are about is in the book */
	MUST(book_review(b, true, &review, &e));
	book_look_for_alerts(b, true);
	review_clear(&review); /* Cedar has the least */
	rows_put(book_store(b), REC_CONTACT,
		"account_id=C|name=Bo|email=bo@c.example|role=user\n"
		"account_id=C|email=boss@c.example\r\tBcc: all@c.example|role=champion\n"
		"account_id=C|name=Cy|email=cy@c.example|role=sponsor\n"
		/* of two champions the first by name */
		"account_id=C|name=Zoe|email=zoe@c.example|role=champion\n");
	MUST(book_play_start(b, 3, p, 3, "try it", NULL, &e));
	MUST(book_outbox(b, take_recipient, to, &e));
	assert_string_equal(to, "boss@c.example  Bcc: all@c.example");
	wants_a_reason(b, p, "its message of 2026-03-31 waits in the outbox");
	MUST(book_mark_sent(b, NULL, 0, NULL, &e));
	wants_a_reason(b, p, "its message went out today");
	MUST(book_play_start(b, 3, p, 3, "they asked for it again", NULL, &e));
	plays_clear(&plays);
	book_free(&b);
}

/* What a closed alert still had to send on later days goes, also when two plays of as
 * many steps as one can have write for it; mail of today, of other alerts and of none
 * stays. */
static void mail_to_come(void **state)
{
	struct book *b = acting_book();
	struct store *s = book_store(b);
	const int64_t closed = 3;
	char rows[4000] =
		"account_id=C|made_on=2026-03-31|kind=customer|subject=today|alert=3\n"
		"account_id=C|made_on=2026-04-01|kind=customer|subject=another|alert=1\n"
		"account_id=C|made_on=2026-04-01|kind=customer|subject=none";

	(void)state;
	for (int k = 1; k <= 2 * PLAY_STEPS_MAX; k++)
		snprintf(rows + strlen(rows), sizeof(rows) - strlen(rows),
			"\naccount_id=C|made_on=2026-04-%02d|kind=customer|subject=later|"
			"alert=3",
			k);
	rows_put(s, REC_MESSAGE, rows);
	MUST(book_close(b, &closed, 1, "they answered", &e));
	rows_are(s, REC_MESSAGE, account_of(s, "C"),
		"account_id=C|made_on=2026-03-31|kind=customer|subject=today|alert=3\n"
		"account_id=C|made_on=2026-04-01|kind=customer|subject=another|alert=1\n"
		"account_id=C|made_on=2026-04-01|kind=customer|subject=none\n");
	acting_undo(b);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mail_to_come),
		cmocka_unit_test(snoozing),
		cmocka_unit_test(closing),
		cmocka_unit_test(playing),
		cmocka_unit_test(steps_that_are_due),
		cmocka_unit_test(a_play_that_was_not_begun),
		cmocka_unit_test(plays_that_were_not_begun),
		cmocka_unit_test(what_a_snooze_hides),
		cmocka_unit_test(the_step_of_a_row_is_awake),
		cmocka_unit_test(gates),
		cmocka_unit_test(value_first),
		cmocka_unit_test(undoing_too_late),
		cmocka_unit_test(a_past_day),
		cmocka_unit_test(recipients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
