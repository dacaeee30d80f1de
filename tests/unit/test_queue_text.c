/* What the rows of a queue say comes next, and who is to do it. */
#include "core/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/act.h"
#include "tests/support/acting.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static const struct queue_query everybody = { .scope = QUEUE_OF_ANYBODY };

/* What comes next of the account in the queue. */
static void next_is(struct book *b, uint32_t account, const char *text)
{
	char said[QUEUE_TEXT_MAX] = "not in the queue";
	struct queue *q;

	MUST(book_queue(b, &everybody, &q, NULL, &e));
	for (uint32_t i = 0; i < q->n; i++)
		if (q->row[i].account == account)
			queue_next(b, &q->row[i], said);
	queue_free(&q);
	assert_string_equal(said, text);
}

static enum status take_any(void *arg, const struct message *m, struct err *err)
{
	(void)arg;
	(void)m;
	(void)err;
	return ST_OK;
}

static void fails(struct book *b, int64_t mail)
{
	MUST(book_take(b, mail, 9, take_any, NULL, &e));
	MUST(book_handed(b, mail, "no route", &e));
	MUST(book_settle(b, &e));
}

/* Nobody is told to start what waits in the outbox, or went out for this alert. */
static void a_mail_that_waits(void **state)
{
	struct book *b = acting_book();
	struct plays plays;
	const struct play *p = acting_play(&plays, "detractor-reply");
	const int64_t mail = 3;
	struct review review;

	(void)state;
	book_look_for_alerts(b, false);
	MUST(book_review(b, true, &review, &e));
	review_clear(&review); /* Cedar in tier 3, where the play only writes */
	rows_put(book_store(b), REC_MESSAGE,
		"account_id=C|made_on=2026-03-29|kind=customer|subject=x|"
		"play=live-clinic\n"
		"account_id=C|made_on=2026-03-30|kind=notice|subject=x|"
		"play=detractor-reply\n");
	next_is(b, 3, "start: Reply to a detractor");
	MUST(book_play_start(b, 3, p, 3, NULL, NULL, &e));
	next_is(b, 3, "mail waits in the outbox since 2026-03-31");
	fails(b, mail);
	next_is(b, 3, "mail waits in the outbox since 2026-03-31, 1 try failed");
	fails(b, mail);
	next_is(b, 3, "mail waits in the outbox since 2026-03-31, 2 tries failed");
	rules_day(b, "2026-04-02");
	MUST(book_mark_sent(b, &mail, 1, NULL, &e));
	next_is(b, 3, "mail went out on 2026-04-02");
	rules_day(b, "2026-04-01"); /* as it was the day before, and before that */
	next_is(b, 3, "mail waits in the outbox since 2026-03-31, 2 tries failed");
	rules_day(b, "2026-03-30");
	next_is(b, 3, "start: Reply to a detractor");
	plays_clear(&plays);
	book_free(&b);
}

/* A mail of an alert before this one is another matter. */
static void a_mail_of_before(void **state)
{
	struct book *b = acting_book();
	struct review review;

	(void)state;
	book_look_for_alerts(b, false);
	MUST(book_review(b, true, &review, &e));
	review_clear(&review);
	rows_put(book_store(b), REC_MESSAGE,
		"account_id=C|made_on=2026-03-01|kind=customer|subject=x|"
		"play=detractor-reply|sent_on=2026-03-29\n");
	next_is(b, 3, "start: Reply to a detractor");
	rows_put(book_store(b), REC_MESSAGE, /* what follows it up goes by itself */
		"account_id=C|made_on=2026-04-09|kind=customer|subject=x|"
		"play=detractor-reply\n"
		"account_id=C|made_on=2026-04-06|kind=customer|subject=x|"
		"play=detractor-reply\n");
	next_is(b, 3, "start: Reply to a detractor");
	rows_put(book_store(b), REC_MESSAGE,
		"account_id=C|made_on=2026-03-02|kind=customer|subject=x|"
		"play=detractor-reply|sent_on=2026-03-30\n");
	next_is(b, 3, "mail went out on 2026-03-30, the next goes on 2026-04-06");
	rules_day(b, "2026-04-10"); /* both wait by now */
	next_is(b, 3, "mail waits in the outbox since 2026-04-06");
	book_free(&b);
}

/* What an alert says of tickets is what the list of tickets shows on the day. */
static void tickets_of_now(void **state)
{
	static const struct {
		const char *day, *said;
	} rows[] = { { "2026-03-31", "3 tickets in 28 d, 1 in those before" },
		{ "2026-04-03", "5 tickets in 28 d, 1 in those before" },
		{ "2026-04-10", "3 tickets in 28 d, 3 in those before" } };
	const struct alert a = { .account = 2,
		.kind = ALERT_TICKET_SPIKE,
		.severity = SEV_WARNING,
		.evidence = { 9, 0, DAY_NONE },
		.ended = DAY_NONE };
	struct alert ended = a, other = a;
	struct book *b = acting_book();
	struct account_view *v;
	char said[ALERT_SENTENCE_MAX];

	(void)state;
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=1|account_id=B|opened_on=2026-03-01\n"
		"ticket_id=2|account_id=B|opened_on=2026-03-13\n"
		"ticket_id=3|account_id=B|opened_on=2026-03-13\n"
		"ticket_id=4|account_id=B|opened_on=2026-03-31\n"
		"ticket_id=5|account_id=B|opened_on=2026-04-01\n"
		"ticket_id=6|account_id=B|opened_on=2026-04-03\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		rules_day(b, rows[i].day);
		assert_string_equal(queue_reason(b, &a, NULL, said), rows[i].said);
		assert_int_equal(book_account(b, 2, &v, NULL), ST_OK);
		assert_string_equal(queue_reason(b, &a, v, said), rows[i].said);
		account_view_free(&v);
		/* a brief view has no tickets: they are read */
		assert_int_equal(book_account_brief(b, 2, &v, NULL), ST_OK);
		assert_string_equal(queue_reason(b, &a, v, said), rows[i].said);
		account_view_free(&v);
	}
	/* of an account at hand nothing is read */
	assert_int_equal(book_account(b, 2, &v, NULL), ST_OK);
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=7|account_id=B|opened_on=2026-04-09\n");
	assert_string_equal(
		queue_reason(b, &a, v, said), "3 tickets in 28 d, 3 in those before");
	assert_string_equal(
		queue_reason(b, &a, NULL, said), "4 tickets in 28 d, 3 in those before");
	account_view_free(&v);
	ended.ended = ended.opened = book_as_of(b);
	assert_string_equal(queue_reason(b, &ended, NULL, said),
		"9 tickets in 28 d, 0 in those before");
	other.account = 3; /* of which there are none */
	assert_string_equal(queue_reason(b, &other, NULL, said),
		"9 tickets in 28 d, 0 in those before");
	book_free(&b);
}

/* Who is to do what comes next: Dana's own account, one that a colleague had claimed
 * before it was Dana's, the pool's. */
static void who_is_to_do_it(void **state)
{
	static const struct {
		const char *why;
		uint32_t account, claims; /* 0: nobody claims it */
		const char *who, *claimer;
	} rows[] = { { "the owner", 1, 0, "Dana", "" },
		{ "who claimed it before", 1, 2, "Eli", "Eli" },
		{ "whoever takes it", 3, 0, "", "" },
		{ "who took it", 3, 2, "Eli", "Eli" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = acting_book();
		struct text who = { NULL, 0 }, claimer = { NULL, 0 };
		struct queue *q;

		if (rows[i].claims && rows[i].account == 1)
			rows_put(book_store(b), REC_TASK,
				"account_id=A|play=claim|started_on=2026-03-30|title=x|"
				"csm=Eli|step=1|due=2026-03-31|state=open\n");
		else if (rows[i].claims)
			MUST(book_claim(
				b, &rows[i].account, 1, rows[i].claims, NULL, &e));
		MUST(book_queue(b, &everybody, &q, NULL, &e));
		for (uint32_t k = 0; k < q->n; k++) {
			if (q->row[k].account != rows[i].account)
				continue;
			who = queue_who(b, &q->row[k]);
			claimer = queue_claimer(b, &q->row[k]);
		}
		if (!text_eq(who, text_of(rows[i].who)) ||
			!text_eq(claimer, text_of(rows[i].claimer)))
			fail_msg("%s: \"%.*s\", claimed by \"%.*s\"", rows[i].why,
				(int)who.n, who.s, (int)claimer.n, claimer.s);
		queue_free(&q);
		book_free(&b);
	}
}

/* Of two plays the step that is due first says who, whatever was claimed beside it. */
static void of_two_plays(void **state)
{
	struct book *b = acting_book();
	struct queue *q;

	(void)state;
	rows_put(book_store(b), REC_TASK,
		"account_id=A|play=wake-up|started_on=2026-03-30|title=x|csm=Eli|step=1|"
		"due=2026-04-05|state=open\n"
		"account_id=A|play=ticket-review|started_on=2026-03-30|title=y|step=1|"
		"due=2026-04-01|state=open\n");
	MUST(book_queue(b, &everybody, &q, NULL, &e));
	assert_true(text_eq(queue_who(b, &q->row[0]), TEXT("Dana")));
	assert_true(text_eq(queue_claimer(b, &q->row[0]), TEXT("Eli")));
	queue_free(&q);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mail_that_waits),
		cmocka_unit_test(tickets_of_now),
		cmocka_unit_test(a_mail_of_before),
		cmocka_unit_test(who_is_to_do_it),
		cmocka_unit_test(of_two_plays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
