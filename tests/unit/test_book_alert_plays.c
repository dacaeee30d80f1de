/* Plays and messages that alerts of a book start: they go and come back with them. */
#include "core/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/alerting.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static void plays_are(struct book *b, const char *why, uint32_t running, uint32_t ended)
{
	alerting_ended_are(b, REC_TASK, F_TASK_ENDED, why, running, ended);
}

static void messages_are(struct book *b, uint32_t waiting, uint32_t sent)
{
	alerting_ended_are(b, REC_MESSAGE, F_MESSAGE_SENT, "messages", waiting, sent);
}

static enum status add_subject(void *arg, const struct message *m, struct err *err)
{
	char *said = arg;
	const size_t n = strlen(said);

	(void)err;
	if (text_eq(m->kind, TEXT("customer")))
		snprintf(said + n, 256 - n, "%.*s;", (int)m->subject.n, m->subject.s);
	return ST_OK;
}

static void outbox_is(struct book *b, const char *day, const char *subjects)
{
	char said[256] = "";

	rules_day(b, day);
	MUST(book_outbox(b, add_subject, said, &e));
	if (strcmp(said, subjects) != 0)
		fail_msg("%s: %s", day, said);
}

#define FIRST "Still useful to Acme?;"
#define SECOND "One question about Acme;"

/* In tier 3, silent for 30 days on 2026-01-31: the first message at once, the one that
 * follows it up seven days later. */
static struct book *book_that_wrote(void)
{
	struct book *b = alerting_book(ALERTING_ACCOUNT);

	rules_day(b, "2026-01-01");
	alerting_place_in_3(b);
	rows_put(book_store(b), REC_TOUCH, "account_id=A|date=2026-01-01|two_way=1\n");
	alerting_measure(b, "2026-01-01", 20, 85);
	alerting_recalc_is(b, "2026-01-31", 1, 0);
	return b;
}

/* What follows up a message waits for its day, and goes with the alert. */
static void what_follows_up(void **state)
{
	struct book *b = book_that_wrote();
	const int64_t silent = 1;
	struct operation o;
	struct arena a;

	(void)state;
	outbox_is(b, "2026-01-31", FIRST);
	MUST(book_mark_sent(b, NULL, 0, NULL, &e));
	outbox_is(b, "2026-02-06", "");
	outbox_is(b, "2026-02-07", SECOND);
	/* once: also when somebody starts the play again */
	rules_day(b, "2026-02-01");
	alerting_recalc_is(b, "2026-02-01", 0, 0);
	messages_are(b, 1, 1);
	/* closed: it is not sent, and comes back with the alert */
	MUST(book_close(b, &silent, 1, "they called", &e));
	messages_are(b, 0, 1);
	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	MUST(book_undo(b, o.id, &e));
	arena_clear(&a);
	messages_are(b, 1, 1);
	outbox_is(b, "2026-02-07", SECOND);
	/* somebody logged in: all of it goes, also what plays by hand had to send */
	for (int k = 0; k < 40; k++) {
		char row[120];

		snprintf(row, sizeof(row),
			"account_id=A|made_on=2026-03-01|kind=customer|subject=%d|"
			"alert=1\n",
			k);
		rows_put(book_store(b), REC_MESSAGE, row);
	}
	messages_are(b, 41, 1);
	alerting_measure(b, "2026-02-03", 20, 85);
	alerting_recalc_is(b, "2026-02-03", 0, 1);
	messages_are(b, 0, 1);
	outbox_is(b, "2026-02-07", "");
	book_free(&b);
}

/* By hand without an alert nobody would stop it: one message, once. With one, what waits
 * already is not written again. */
static void followed_up_by_hand(void **state)
{
	struct book *b = book_that_wrote();
	const struct plays *plays;
	const struct play *p;

	(void)state;
	MUST(book_plays(b, &plays, &e));
	p = plays_find(plays, "silent-user-win-back");
	rules_day(b, "2026-02-01");
	MUST(book_play_start(b, 1, p, 1, "they asked", NULL, &e));
	outbox_is(b, "2026-02-07", FIRST SECOND FIRST);
	MUST(book_play_start(
		b, 1, plays_find(plays, "usage-check-up"), 0, "to see", NULL, &e));
	outbox_is(b, "2026-02-28", FIRST SECOND FIRST "A quick check of your set-up;");
	book_free(&b);
}

/* A detractor of Dana's that comes and goes; what of its play is there after it came
 * back.
 */
static void its_play_comes_back(void **state)
{
	enum before { LEFT_ALONE, BEGUN, DROPPED, SNOOZED };
	static const struct {
		const char *why;
		enum before before;
		uint32_t running, ended;
	} rows[] = { { "let go, and again", LEFT_ALONE, 1, 1 },
		{ "begun: it went on", BEGUN, 1, 0 },
		{ "dropped by hand: that holds", DROPPED, 0, 1 },
		{ "asleep: not before its day", SNOOZED, 0, 1 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = alerting_book(ALERTING_ACCOUNT);
		const int64_t one = 1;
		const enum before before = rows[i].before;

		alerting_nps(b, "2026-02-01", 3);
		alerting_recalc_is(b, "2026-02-02", 1, 0);
		plays_are(b, rows[i].why, 1, 0);
		if (before == BEGUN)
			MUST(book_task_tick(b, 1, 0, "read", &e));
		if (before == DROPPED)
			MUST(book_task_drop(b, 1, "known", &e));
		if (before == SNOOZED)
			MUST(book_snooze(
				b, &one, 1, day_of("2026-02-10"), "they meet", &e));
		alerting_nps(b, "2026-02-04", 8);
		alerting_recalc_is(b, "2026-02-04", 0, 1);
		alerting_nps(b, "2026-02-05", 3);
		alerting_recalc_is(b, "2026-02-05", 1, 0);
		plays_are(b, rows[i].why, rows[i].running, rows[i].ended);
		alerting_recalc_is(b, "2026-02-10", 0, 0);
		if (before == SNOOZED)
			plays_are(b, rows[i].why, 1, 1);
		alerting_recalc_is(b, "2026-02-11", 0, 0);
		plays_are(b, rows[i].why, rows[i].running + (before == SNOOZED),
			rows[i].ended);
		book_free(&b);
	}
}

/* The same of who is told: a message that nobody sent is written again, one that went out
 * is not. */
static void told_once(void **state)
{
	(void)state;
	for (int sent = 0; sent < 2; sent++) {
		struct book *b = alerting_book(ALERTING_ACCOUNT);
		int32_t version;

		MUST(book_policy_apply(b,
			"[alerts.severity]\ndetractor = critical critical critical\n",
			"x", "told", &version, &e));
		alerting_nps(b, "2026-02-01", 3);
		alerting_recalc_is(b, "2026-02-02", 1, 0);
		messages_are(b, 1, 0);
		if (sent)
			MUST(book_mark_sent(b, NULL, 0, NULL, &e));
		alerting_nps(b, "2026-02-04", 8);
		alerting_recalc_is(b, "2026-02-04", 0, 1);
		messages_are(b, 0, sent ? 1 : 0);
		alerting_nps(b, "2026-02-05", 3);
		alerting_recalc_is(b, "2026-02-05", 1, 0);
		messages_are(b, sent ? 0 : 1, sent ? 1 : 0);
		alerting_recalc_is(b, "2026-02-06", 0, 0);
		messages_are(b, sent ? 0 : 1, sent ? 1 : 0);
		book_free(&b);
	}
}

/* An account of tier 3 or of none that falls from the best to red on 2026-01-08: two
 * alerts that have one play, and one that has another (liked, but not embedded). */
static struct book *fallen(bool placed)
{
	struct book *b = alerting_book(ALERTING_ACCOUNT);

	if (placed)
		alerting_place_in_3(b);
	alerting_nps(b, "2026-01-01", 10);
	alerting_measure(b, "2026-01-01", 20, 85);
	alerting_recalc_is(b, "2026-01-01", 0, 0);
	alerting_measure(b, "2026-01-08", 0, 0);
	alerting_recalc_is(b, "2026-01-08", 3, 0);
	return b;
}

/* Nobody gets the same mail twice because two alerts ask for it. */
static void one_mail_for_two_alerts(void **state)
{
	struct book *b = fallen(true);

	(void)state;
	/* two to the customer, what follows each of them up, and the owner is told */
	messages_are(b, 5, 0);
	alerting_recalc_is(b, "2026-01-09", 0, 0);
	messages_are(b, 5, 0);
	book_free(&b);
}

/* The play of two alerts goes on while one of them does: under the other one's number. */
static void the_heir_has_the_play(void **state)
{
	struct book *b = fallen(false);

	(void)state;
	plays_are(b, "one for drop and red, one for idle", 2, 0);
	alerting_measure(b, "2026-02-05", 0, 0);
	alerting_recalc_is(b, "2026-02-06", 0, 1); /* the fall is out of sight: 28 days */
	plays_are(b, "the fall is over, red goes on", 2, 0);
	alerting_measure(b, "2026-02-07", 20, 85);
	alerting_recalc_is(b, "2026-02-07", 0, 2);
	plays_are(b, "nothing goes on", 0, 2);
	book_free(&b);
}

static enum status take_play(void *arg, int64_t id, const struct cell *c, struct err *err)
{
	char *play = arg;

	(void)id;
	(void)err;
	if (c[F_TASK_ENDED].type == CELL_MISSING)
		snprintf(play, 64, "%.*s", (int)c[F_TASK_PLAY].t.n, c[F_TASK_PLAY].t.s);
	return ST_OK;
}

/* Who is placed by a review gets the alerts and the play of the tier, at once. */
static void a_review_exchanges_plays(void **state)
{
	static const struct {
		const char *why, *renewal;
		uint32_t opened; /* before the review */
		bool begun;
		const char *play;
		uint32_t ended;
	} rows[] = {
		{ "nobody began it", "2026-03-20", 1, false, "templated-renewal", 1 },
		{ "somebody did", "2026-03-20", 1, true, "self-serve-renewal", 0 },
		{ "of the tier alone", "2026-04-21", 0, false, "templated-renewal", 0 },
		{ "too far away", "2026-06-01", 0, false, "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char account[160], play[64] = "";
		struct book *b;
		struct review r;

		snprintf(account, sizeof(account),
			ALERTING_ACCOUNT "|renewal_date=%s\naccount_id=B|arr=10\n",
			rows[i].renewal);
		b = alerting_book(account);
		alerting_measure(b, "2026-02-04", 8, 45);
		alerting_recalc_is(b, "2026-02-04", rows[i].opened, 0);
		if (rows[i].begun)
			MUST(book_task_tick(b, 1, 1, "sent", &e));
		MUST(book_review(b, true, &r, &e));
		assert_int_equal(r.after.tier[0], 2);
		review_clear(&r);
		plays_are(b, rows[i].why, *rows[i].play != 0, rows[i].ended);
		MUST(book_store(b)->ops->unended(
			book_store(b), REC_TASK, 0, 0, take_play, play, &e));
		assert_string_equal(play, rows[i].play);
		alerting_recalc_is(
			b, "2026-02-04", 0, 0); /* nothing is left to be done */
		MUST(book_review(b, true, &r, &e));
		review_clear(&r);
		plays_are(b, rows[i].why, *rows[i].play != 0, rows[i].ended);
		book_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_follows_up),
		cmocka_unit_test(followed_up_by_hand),
		cmocka_unit_test(its_play_comes_back),
		cmocka_unit_test(told_once),
		cmocka_unit_test(one_mail_for_two_alerts),
		cmocka_unit_test(the_heir_has_the_play),
		cmocka_unit_test(a_review_exchanges_plays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
