/* What people do with alerts and plays, and how each of it is taken back. */
#include "core/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/queue.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"
#define ALERT(account, kind, severity)                                                 \
	"account_id=" account "|kind=" kind "|opened_on=2026-03-30|severity=" severity \
	"|state=open|x=40\n"

static struct err why;

/* Two accounts of Dana, one of the pool; alerts 1..3. */
static struct book *book_with_alerts(void)
{
	struct store *s = fake_store_new();
	struct book *b;
	struct recalc_result r;

	rows_put(s, REC_CSM, "name=Dana\nname=Eli\n");
	rows_put(s, REC_ACCOUNT,
		"account_id=A|name=Acme|csm=Dana|arr=10000000\n"
		"account_id=B|name=Bolt|csm=Dana|arr=5000000\n"
		"account_id=C|name=Cedar|arr=1000000\n");
	b = rules_book(s, "2026-03-30", "Dana");
	MUST(book_recalc(b, &r, &e));
	rows_put(s, REC_ALERT,
		ALERT("A", "health-red", "critical") ALERT("B", "silent", "warning")
			ALERT("C", "detractor", "info"));
	rules_day(b, DAY);
	return b;
}

static const struct queue_query everybody = { .scope = QUEUE_OF_ANYBODY };

/* The queue as "A:now B:now", by account_id. */
static void queue_is(struct book *b, const struct queue_query *q, const char *text)
{
	static const char *const names[] = { "?", "A", "B", "C", "D" };
	char found[256] = "";
	struct queue *queue;
	size_t n = 0;

	MUST(book_queue(b, q, &queue, NULL, &e));
	for (uint32_t i = 0; i < queue->n; i++)
		n += (size_t)snprintf(found + n, sizeof(found) - n, "%s%s:%s",
			i ? " " : "", names[queue->row[i].account],
			queue_section_word[queue->row[i].section]);
	queue_free(&queue);
	assert_string_equal(found, text);
}

static void undo(struct book *b)
{
	struct operation o;
	struct arena a;

	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	assert_true(o.id > 0);
	MUST(book_undo(b, o.id, &e));
	arena_clear(&a);
}

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
	struct book *b = book_with_alerts();
	const int64_t one = 1, gone = 99;

	(void)state;
	queue_is(b, &everybody, "A:now B:now C:now");
	assert_int_equal(
		book_snooze(b, &one, 1, day_of("2026-04-05"), " ", &why), ST_USAGE);
	assert_int_equal(
		book_snooze(b, &one, 1, day_of(DAY), "on leave", &why), ST_USAGE);
	assert_int_equal(
		book_snooze(b, &gone, 1, day_of("2026-04-05"), "x", &why), ST_NOTFOUND);
	MUST(book_snooze(b, &one, 1, day_of("2026-04-05"), "on leave", &e));
	queue_is(b, &everybody, "B:now C:now");
	rules_day(b, "2026-04-04");
	queue_is(b, &everybody, "B:now C:now");
	rules_day(b, "2026-04-05");
	queue_is(b, &everybody, "B:now C:now A:back today");
	rules_day(b, "2026-04-06"); /* nobody recalculated: it is back all the same */
	queue_is(b, &everybody, "A:now B:now C:now");
	rules_day(b, DAY);
	undo(b);
	queue_is(b, &everybody, "A:now B:now C:now");
	book_free(&b);
}

static void closing(void **state)
{
	struct book *b = book_with_alerts();
	const int64_t two[] = { 1, 2 };
	const int64_t one = 2;

	(void)state;
	assert_int_equal(book_close(b, two, 2, NULL, &why), ST_USAGE);
	MUST(book_close(b, two, 2, "they are back", &e));
	queue_is(b, &everybody, "C:now");
	assert_int_equal(book_close(b, &one, 1, "again", &why), ST_NOTFOUND);
	assert_non_null(strstr(why.text, "closed on 2026-03-31"));
	MUST(book_vote(b, 1, false, &e));
	undo(b);
	undo(b); /* both come back together */
	queue_is(b, &everybody, "A:now B:now C:now");
	book_free(&b);
}

static const struct play *play_called(struct plays *p, const char *name)
{
	plays_init(p);
	MUST(plays_add_shipped(p, &e));
	assert_non_null(plays_find(p, name));
	return plays_find(p, name);
}

static void playing(void **state)
{
	struct book *b = book_with_alerts();
	struct plays plays;
	const struct play *p = play_called(&plays, "recovery-call");
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
	undo(b);
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
	struct book *b = book_with_alerts();
	struct plays plays;
	const struct play *p = play_called(&plays, "recovery-call");
	const int64_t all[] = { 1, 2, 3 };
	char text[QUEUE_TEXT_MAX];
	struct queue *q;

	(void)state;
	MUST(book_close(b, all, 3, "done", &e));
	queue_is(b, &everybody, "");
	MUST(book_play_start(b, 3, p, 0, "they asked for it", NULL, &e));
	queue_is(b, &everybody, "C:now");
	rules_day(b, "2026-04-02");
	queue_is(b, &everybody, "C:overdue");
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
	struct book *b = book_with_alerts();
	struct plays plays;
	const struct play *p = play_called(&plays, "recovery-call");
	const int64_t one = 1, two = 2;

	(void)state;
	MUST(book_play_start(b, 1, p, 1, NULL, NULL, &e));
	MUST(book_play_start(b, 2, p, 2, NULL, NULL, &e));
	MUST(book_task_tick(b, 2, 0, NULL, &e));
	MUST(book_close(b, &one, 1, "a false alarm", &e));
	MUST(book_close(b, &two, 1, "they are back", &e));
	queue_is(b, &everybody, "B:now C:now"); /* the one that was begun goes on */
	plays_clear(&plays);
	book_free(&b);
}

static void gates(void **state)
{
	struct book *b = book_with_alerts();
	struct plays plays;
	const struct play *p = play_called(&plays, "expansion-hand-off");
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

static void the_pool(void **state)
{
	struct book *b = book_with_alerts();
	const struct queue_query dana = { QUEUE_OF_CSM, 1, { NULL, 0 } };
	const struct queue_query eli = { QUEUE_OF_CSM, 2, { NULL, 0 } };
	const struct queue_query pool = { .scope = QUEUE_OF_POOL };
	const uint32_t cedar = 3;
	struct dealt dealt;

	(void)state;
	queue_is(b, &dana, "A:now B:now");
	queue_is(b, &eli, "");
	queue_is(b, &pool, "C:now");
	MUST(book_claim(b, &cedar, 1, 2, &e));
	queue_is(b, &pool, "");
	queue_is(b, &eli, "C:now");
	queue_is(b, &dana, "A:now B:now");
	assert_int_equal(book_claim(b, &cedar, 1, 1, &why), ST_FORBIDDEN);
	queue_is(b, &eli, "C:now");
	MUST(book_claim(b, &cedar, 1, 2, &e)); /* one's own, again */
	queue_is(b, &eli, "C:now");
	MUST(book_claim(b, &cedar, 1, 0, &e));
	queue_is(b, &pool, "C:now");
	MUST(book_claim(b, &cedar, 1, 1, &e)); /* Dana has one claim, Eli none */
	rows_put(book_store(b), REC_ACCOUNT, "account_id=D|name=Delta|arr=100\n");
	rows_put(book_store(b), REC_ALERT, ALERT("D", "detractor", "info"));
	MUST(book_deal(b, 0, &dealt, &e));
	assert_int_equal(dealt.accounts, 1);
	assert_int_equal(dealt.n, 1);
	assert_true(text_eq(dealt.to[0].csm, TEXT("Eli")));
	dealt_clear(&dealt);
	queue_is(b, &dana, "A:now B:now C:now");
	queue_is(b, &eli, "D:now");
	queue_is(b, &pool, "");
	undo(b);
	queue_is(b, &pool, "D:now");
	book_free(&b);
}

/* Who has the fewest claims comes first, and it is said who got how many. */
static void who_got_how_many(void **state)
{
	static const struct {
		uint32_t claims; /* of Dana before */
		uint32_t limit;
		const char *dealt;
	} rows[] = { { 0, 0, "5: Dana 3, Eli 2" }, { 0, 1, "1: Dana 1" },
		{ 2, 0, "3: Dana 1, Eli 2" }, { 2, 2, "2: Eli 2" }, { 5, 0, "0:" },
		{ 1, 99, "4: Dana 2, Eli 2" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const uint32_t mine[] = { 3, 4, 5, 6, 7 };
		struct book *b = book_with_alerts();
		struct dealt dealt;
		char said[128];
		int n;

		rows_put(book_store(b), REC_ACCOUNT,
			"account_id=D|arr=1\naccount_id=E|arr=1\n"
			"account_id=F|arr=1\naccount_id=G|arr=1\n");
		rows_put(book_store(b), REC_ALERT,
			ALERT("D", "silent", "info") ALERT("E", "silent", "info") ALERT(
				"F", "silent", "info") ALERT("G", "silent", "info"));
		if (rows[i].claims)
			MUST(book_claim(b, mine, rows[i].claims, 1, &e));
		MUST(book_deal(b, rows[i].limit, &dealt, &e));
		n = snprintf(said, sizeof(said), "%u:", dealt.accounts);
		for (uint32_t k = 0; k < dealt.n; k++)
			n += snprintf(said + n, sizeof(said) - (size_t)n, "%s %.*s %u",
				k ? "," : "", (int)dealt.to[k].csm.n, dealt.to[k].csm.s,
				dealt.to[k].accounts);
		assert_string_equal(said, rows[i].dealt);
		dealt_clear(&dealt);
		book_free(&b);
	}
}

/* What a recalculation did since is not overwritten, and nothing comes back beside what
 * took its place. */
static void undoing_too_late(void **state)
{
	struct book *b = book_with_alerts();
	struct plays plays;
	const struct play *p = play_called(&plays, "recovery-call");
	const int64_t one = 1, two = 2;
	struct recalc_result r;
	int64_t task;

	(void)state;
	MUST(book_close(b, &one, 1, "they are back", &e));
	rows_put(book_store(b), REC_ALERT, ALERT("A", "health-red", "critical"));
	undo_is_refused(b, "another alert of that kind is open by now");
	MUST(book_play_start(b, 2, p, 0, "they asked", &task, &e));
	MUST(book_task_drop(b, task, "not now", &e));
	MUST(book_play_start(b, 2, p, 0, "they asked again", NULL, &e));
	undo(b);
	undo(b); /* the drop: nothing runs there */
	undo(b);
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
	struct book *b = book_with_alerts();
	struct plays plays;
	const struct play *p = play_called(&plays, "recovery-call");
	const int64_t one = 1, two = 2;
	int64_t task;

	(void)state;
	rules_day(b, "2026-04-10");
	MUST(book_close(b, &one, 1, "they are back", &e));
	MUST(book_play_start(b, 3, p, 0, "they asked", &task, &e));
	queue_is(b, &everybody, "B:now C:now");
	rules_day(b, "2026-04-09");
	queue_is(b, &everybody, "A:now B:now C:now");
	assert_int_equal(book_task_tick(b, task, 0, "x", &why), ST_NOTFOUND);
	rules_day(b, "2026-03-29");
	queue_is(b, &everybody, "");
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
	struct book *b = book_with_alerts();
	struct plays plays;
	const struct play *p = play_called(&plays, "silent-user-win-back");
	struct review review;
	char to[80] = "";

	(void)state;
	MUST(book_play_start(b, 3, p, 3, NULL, NULL, &e));
	MUST(book_outbox(b, take_recipient, to, &e));
	assert_string_equal(to, ""); /* in no tier yet: people do it, no machine writes */
	undo(b);
	book_look_for_alerts(b, false); /* nothing that they are about is in the book */
	MUST(book_review(b, true, &review, &e));
	book_look_for_alerts(b, true);
	review_clear(&review); /* Cedar has the least */
	rows_put(book_store(b), REC_CONTACT,
		"account_id=C|name=Bo|email=bo@c.example|role=user\n"
		"account_id=C|email=boss@c.example\r\tBcc: all@c.example|role=champion\n"
		"account_id=C|name=Cy|email=cy@c.example|role=sponsor\n");
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(snoozing),
		cmocka_unit_test(closing),
		cmocka_unit_test(playing),
		cmocka_unit_test(steps_that_are_due),
		cmocka_unit_test(a_play_that_was_not_begun),
		cmocka_unit_test(gates),
		cmocka_unit_test(undoing_too_late),
		cmocka_unit_test(a_past_day),
		cmocka_unit_test(the_pool),
		cmocka_unit_test(who_got_how_many),
		cmocka_unit_test(recipients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
