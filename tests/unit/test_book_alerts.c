/* Recalculations over days: what they find, tell once, take back and start. */
#include "core/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/alert_life.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static struct book *book_of(const char *account)
{
	struct store *s = fake_store_new();

	rows_put(s, REC_CSM,
		"name=Dana|email=dana@us.example|team=North\n"
		"name=Lee|email=lee@us.example|team=North|role=team lead\n"
		"name=Max|role=executive\n");
	rows_put(s, REC_ACCOUNT, account);
	return rules_book(s, "2026-01-01", "Dana");
}

static void measure(struct book *b, const char *day, int active_days, int features)
{
	char rows[256];

	snprintf(rows, sizeof(rows),
		"account_id=A|date=%s|signal=active_days|value=%d\n"
		"account_id=A|date=%s|signal=features_used|value=%d\n"
		"account_id=A|date=%s|signal=logins|value=9\n",
		day, active_days, day, features, day);
	rows_put(book_store(b), REC_SIGNAL, rows);
}

/* Opened and resolved alerts of a recalculation on a day. */
static void recalc_is(struct book *b, const char *day, uint32_t opened, uint32_t resolved)
{
	struct recalc_result r;

	rules_day(b, day);
	MUST(book_recalc(b, &r, &e));
	if (r.alerts_opened != opened || r.alerts_resolved != resolved)
		fail_msg("%s: %u opened, %u resolved", day, r.alerts_opened,
			r.alerts_resolved);
}

static void nps_is(struct book *b, const char *day, int score)
{
	char row[128];

	snprintf(
		row, sizeof(row), "account_id=A|date=%s|kind=nps|score=%d\n", day, score);
	rows_put(book_store(b), REC_SURVEY, row);
}

/* Tasks or messages that have not ended, and those that have. */
struct counted {
	int ended_field;
	uint32_t live, ended;
};

static enum status count_row(void *arg, int64_t id, const struct cell *c, struct err *err)
{
	struct counted *x = arg;

	(void)id;
	(void)err;
	if (c[x->ended_field].type == CELL_MISSING)
		x->live++;
	else
		x->ended++;
	return ST_OK;
}

static struct counted count(struct book *b, enum record_kind kind, int ended_field)
{
	struct counted x = { ended_field, 0, 0 };

	MUST(book_store(b)->ops->unended(book_store(b), kind, 0, 0, count_row, &x, &e));
	return x;
}

static void plays_are(struct book *b, const char *why, uint32_t running, uint32_t ended)
{
	const struct counted x = count(b, REC_TASK, F_TASK_ENDED);

	if (x.live != running || x.ended != ended)
		fail_msg("%s: %u run, %u ended", why, x.live, x.ended);
}

static void messages_are(struct book *b, uint32_t waiting, uint32_t sent)
{
	const struct counted x = count(b, REC_MESSAGE, F_MESSAGE_SENT);

	if (x.live != waiting || x.ended != sent)
		fail_msg("%u wait, %u were sent", x.live, x.ended);
}

#define FULL "account_id=A|name=Acme|csm=Dana|arr=1000000|features_available=100"

/* Nothing is looked at meanwhile. */
static void place_in_3(struct book *b)
{
	struct review r;

	book_look_for_alerts(b, false);
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	MUST(book_set_tier(b, 1, 3, 0, "a small one", &e));
	book_look_for_alerts(b, true);
}

/* A fall is told once, also after somebody closed it, and told anew when it is new. */
static void a_fall_is_told_once(void **state)
{
	struct book *b = book_of(FULL);
	const int64_t drop = 1;

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-01-01|kind=nps|score=10\n");
	measure(b, "2026-01-01", 20, 85);
	recalc_is(b, "2026-01-01", 0, 0);
	measure(b, "2026-01-08", 4, 30);
	recalc_is(b, "2026-01-08", 2, 0); /* liked, but not embedded: the other one */
	rows_are(book_store(b), REC_ALERT, 0,
		"account_id=A|kind=health-drop|opened_on=2026-01-08|severity=critical|"
		"state=open|x=100|y=51|day=2026-01-01\n"
		"account_id=A|kind=warm-but-idle|opened_on=2026-01-08|severity=info|"
		"state=open|x=10|y=4\n");
	recalc_is(b, "2026-01-08", 0, 0);
	recalc_is(b, "2026-01-09", 0, 0);
	MUST(book_close(b, &drop, 1, "they know", &e));
	recalc_is(b, "2026-01-10", 0, 0);
	measure(b, "2026-01-22", 4, 30);
	recalc_is(b, "2026-01-25", 0, 0); /* quiet no more, but the same fall */
	measure(b, "2026-01-26", 20, 85);
	recalc_is(b, "2026-01-26", 0, 1);
	measure(b, "2026-01-28", 4, 30);
	recalc_is(b, "2026-01-28", 2, 0);
	book_free(&b);
}

/* What is gone resolves; back within its quiet time it is the same one, with no second
 * play. */
static void back_again(void **state)
{
	struct book *b = book_of(FULL "|tier=2");

	(void)state;
	rows_put(book_store(b), REC_TOUCH, "account_id=A|date=2026-01-01|two_way=1\n");
	measure(b, "2026-01-01", 20, 85);
	recalc_is(b, "2026-01-30", 0, 0); /* 29 days: below the limit of tier 3 */
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-01|kind=nps|score=3\n");
	recalc_is(b, "2026-02-06", 2, 0); /* detractor, and silent for 36 days */
	measure(b, "2026-02-07", 20, 85);
	recalc_is(b, "2026-02-07", 0, 1);
	rows_are(book_store(b), REC_MESSAGE, 0,
		""); /* that nobody had logged in is not written any more */
	book_free(&b);
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
	struct book *b = book_of(FULL);

	rules_day(b, "2026-01-01");
	place_in_3(b);
	rows_put(book_store(b), REC_TOUCH, "account_id=A|date=2026-01-01|two_way=1\n");
	measure(b, "2026-01-01", 20, 85);
	recalc_is(b, "2026-01-31", 1, 0);
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
	recalc_is(b, "2026-02-01", 0, 0);
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
	measure(b, "2026-02-03", 20, 85);
	recalc_is(b, "2026-02-03", 0, 1);
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
		struct book *b = book_of(FULL);
		const int64_t one = 1;
		const enum before before = rows[i].before;

		nps_is(b, "2026-02-01", 3);
		recalc_is(b, "2026-02-02", 1, 0);
		plays_are(b, rows[i].why, 1, 0);
		if (before == BEGUN)
			MUST(book_task_tick(b, 1, 0, "read", &e));
		if (before == DROPPED)
			MUST(book_task_drop(b, 1, "known", &e));
		if (before == SNOOZED)
			MUST(book_snooze(
				b, &one, 1, day_of("2026-02-10"), "they meet", &e));
		nps_is(b, "2026-02-04", 8);
		recalc_is(b, "2026-02-04", 0, 1);
		nps_is(b, "2026-02-05", 3);
		recalc_is(b, "2026-02-05", 1, 0);
		plays_are(b, rows[i].why, rows[i].running, rows[i].ended);
		recalc_is(b, "2026-02-10", 0, 0);
		if (before == SNOOZED)
			plays_are(b, rows[i].why, 1, 1);
		recalc_is(b, "2026-02-11", 0, 0);
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
		struct book *b = book_of(FULL);
		int32_t version;

		MUST(book_policy_apply(b,
			"[alerts.severity]\ndetractor = critical critical critical\n",
			"x", "told", &version, &e));
		nps_is(b, "2026-02-01", 3);
		recalc_is(b, "2026-02-02", 1, 0);
		messages_are(b, 1, 0);
		if (sent)
			MUST(book_mark_sent(b, NULL, 0, NULL, &e));
		nps_is(b, "2026-02-04", 8);
		recalc_is(b, "2026-02-04", 0, 1);
		messages_are(b, 0, sent ? 1 : 0);
		nps_is(b, "2026-02-05", 3);
		recalc_is(b, "2026-02-05", 1, 0);
		messages_are(b, sent ? 0 : 1, sent ? 1 : 0);
		recalc_is(b, "2026-02-06", 0, 0);
		messages_are(b, sent ? 0 : 1, sent ? 1 : 0);
		book_free(&b);
	}
}

/* An account of tier 3 or of none that falls from the best to red on 2026-01-08: two
 * alerts that have one play, and one that has another (liked, but not embedded). */
static struct book *fallen(bool placed)
{
	struct book *b = book_of(FULL);

	if (placed)
		place_in_3(b);
	nps_is(b, "2026-01-01", 10);
	measure(b, "2026-01-01", 20, 85);
	recalc_is(b, "2026-01-01", 0, 0);
	measure(b, "2026-01-08", 0, 0);
	recalc_is(b, "2026-01-08", 3, 0);
	return b;
}

/* Nobody gets the same mail twice because two alerts ask for it. */
static void one_mail_for_two_alerts(void **state)
{
	struct book *b = fallen(true);

	(void)state;
	/* two to the customer, what follows each of them up, and the owner is told */
	messages_are(b, 5, 0);
	recalc_is(b, "2026-01-09", 0, 0);
	messages_are(b, 5, 0);
	book_free(&b);
}

/* The play of two alerts goes on while one of them does: under the other one's number. */
static void the_heir_has_the_play(void **state)
{
	struct book *b = fallen(false);

	(void)state;
	plays_are(b, "one for drop and red, one for idle", 2, 0);
	measure(b, "2026-02-05", 0, 0);
	recalc_is(b, "2026-02-06", 0, 1); /* the fall is out of sight: 28 days */
	plays_are(b, "the fall is over, red goes on", 2, 0);
	measure(b, "2026-02-07", 20, 85);
	recalc_is(b, "2026-02-07", 0, 2);
	plays_are(b, "nothing goes on", 0, 2);
	book_free(&b);
}

/* Put off until a day, through a day on which nothing was wrong. */
static void put_off_through_a_gap(void **state)
{
	struct book *b = book_of(FULL);
	const int64_t detractor = 1;

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-01|kind=nps|score=3\n");
	recalc_is(b, "2026-02-02", 1, 0);
	MUST(book_snooze(
		b, &detractor, 1, day_of("2026-02-10"), "their board meets", &e));
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-04|kind=nps|score=8\n");
	recalc_is(b, "2026-02-04", 0, 1);
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-05|kind=nps|score=3\n");
	recalc_is(b, "2026-02-05", 1, 0);
	rows_are(book_store(b), REC_ALERT, 0,
		"account_id=A|kind=detractor|opened_on=2026-02-02|severity=info|"
		"state=snoozed|x=3|day=2026-02-05|snoozed_until=2026-02-10|"
		"reason=their board meets|reopened=1\n");
	recalc_is(b, "2026-02-10", 0, 0);
	rows_are(book_store(b), REC_ALERT, 0,
		"account_id=A|kind=detractor|opened_on=2026-02-02|severity=info|"
		"state=open|x=3|day=2026-02-05|snoozed_until=2026-02-10|"
		"reason=their board meets|reopened=1\n");
	book_free(&b);
}

/* A past day keeps figures and leaves alerts alone: what is known later is not undone. */
static void past_days(void **state)
{
	struct book *b = book_of(FULL);

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-01|kind=nps|score=3\n");
	recalc_is(b, "2026-02-05", 1, 0);
	recalc_is(b, "2026-01-15", 0, 0);
	recalc_is(b, "2026-02-05", 0, 0);
	recalc_is(b, "2026-03-04", 0, 1);
	book_free(&b);
}

/* Who leaves has no alerts. */
static void churned(void **state)
{
	struct book *b = book_of(FULL);

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-01|kind=nps|score=3\n");
	recalc_is(b, "2026-02-05", 1, 0);
	rows_put(book_store(b), REC_ACCOUNT,
		FULL "|status=churned|churned_on=2026-02-06\n");
	recalc_is(b, "2026-02-06", 0, 1);
	book_free(&b);
}

/* A review saves the figures of its day anew, and looks at alerts as a recalculation
 * does. */
static void a_review_looks(void **state)
{
	static const struct {
		const char *why;
		int before,
			after; /* NPS when the day is recalculated, and from then on */
		uint32_t live, ended;
	} rows[] = {
		{ "opens", 9, 2, 1, 0 },
		{ "resolves", 2, 9, 0, 1 },
		{ "goes on", 2, 2, 1, 0 },
		{ "nothing", 9, 9, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct book *b = book_of(FULL);
		struct counted x;
		struct review r;

		place_in_3(b);
		nps_is(b, "2026-02-04", rows[i].before);
		recalc_is(b, "2026-02-05", rows[i].before < 9, 0);
		nps_is(b, "2026-02-05", rows[i].after);
		MUST(book_review(b, false, &r, &e)); /* looks at nothing but moves */
		review_clear(&r);
		x = count(b, REC_ALERT, F_ALERT_ENDED);
		assert_int_equal(x.live, rows[i].before < 9);
		MUST(book_review(b, true, &r, &e));
		review_clear(&r);
		x = count(b, REC_ALERT, F_ALERT_ENDED);
		if (x.live != rows[i].live || x.ended != rows[i].ended)
			fail_msg("%s: %u live, %u ended", rows[i].why, x.live, x.ended);
		recalc_is(b, "2026-02-05", 0, 0);
		book_free(&b);
	}
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
			FULL "|renewal_date=%s\naccount_id=B|arr=10\n", rows[i].renewal);
		b = book_of(account);
		measure(b, "2026-02-04", 8, 45);
		recalc_is(b, "2026-02-04", rows[i].opened, 0);
		if (rows[i].begun)
			MUST(book_task_tick(b, 1, 1, "sent", &e));
		MUST(book_review(b, true, &r, &e));
		assert_int_equal(r.after.tier[0], 2);
		review_clear(&r);
		plays_are(b, rows[i].why, *rows[i].play != 0, rows[i].ended);
		MUST(book_store(b)->ops->unended(
			book_store(b), REC_TASK, 0, 0, take_play, play, &e));
		assert_string_equal(play, rows[i].play);
		recalc_is(b, "2026-02-04", 0, 0); /* nothing is left to be done */
		MUST(book_review(b, true, &r, &e));
		review_clear(&r);
		plays_are(b, rows[i].why, *rows[i].play != 0, rows[i].ended);
		book_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fall_is_told_once),
		cmocka_unit_test(back_again),
		cmocka_unit_test(what_follows_up),
		cmocka_unit_test(followed_up_by_hand),
		cmocka_unit_test(its_play_comes_back),
		cmocka_unit_test(told_once),
		cmocka_unit_test(one_mail_for_two_alerts),
		cmocka_unit_test(the_heir_has_the_play),
		cmocka_unit_test(put_off_through_a_gap),
		cmocka_unit_test(past_days),
		cmocka_unit_test(churned),
		cmocka_unit_test(a_review_looks),
		cmocka_unit_test(a_review_exchanges_plays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
