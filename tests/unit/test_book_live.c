/* What is live of one account is what the queue says of it. */
#include "core/book_live.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/act.h"
#include "core/plays.h"
#include "core/queue.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"

static struct book *b;

static int setup(void **state)
{
	(void)state;
	b = fixture_book(FIXTURE_COMPLETE);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	book_free(&b);
	return 0;
}

static struct queue *all(void)
{
	const struct queue_query query = { .scope = QUEUE_OF_ANYBODY };
	struct queue *q = NULL;

	MUST(book_queue(b, &query, &q, NULL, &e));
	assert_true(q->n > 3);
	return q;
}

static void same_as_the_queue(void **state)
{
	struct queue *q = all();

	(void)state;
	for (uint32_t i = 0; i < q->n; i++) {
		const struct queue_row *r = &q->row[i];
		struct triage_explained t;
		struct book_live live;

		MUST(book_live(b, r->account, &live, &e));
		assert_int_equal(live.alerts, r->alerts);
		assert_int_equal(live.tasks, r->tasks);
		for (uint32_t k = 0; k < live.alerts; k++)
			assert_int_equal(live.alert[k].account, r->account);
		for (uint32_t k = 0; k < live.tasks; k++)
			assert_int_equal(live.task[k].account, r->account);
		MUST(book_live_triage(b, r->account, &t, &e));
		assert_int_equal(t.at_risk, r->at_risk);
	}
	queue_free(&q);
}

/* Accounts around those that have something, and none at all. */
static void nothing_there(void **state)
{
	struct book_live live;
	struct triage_explained t;
	struct err none = { .text = "" };

	(void)state;
	MUST(book_live(b, 0, &live, &e));
	assert_int_equal(live.alerts + live.tasks, 0);
	MUST(book_live(b, UINT32_MAX, &live, &e));
	assert_int_equal(live.alerts + live.tasks, 0);
	assert_int_equal(book_live_triage(b, 4000, &t, &none), ST_NOTFOUND);
	assert_int_equal(t.at_risk, MONEY_NONE);
}

/* A snooze is seen at once, and over on its day. */
static void snoozed(void **state)
{
	struct queue *q = all();
	const uint32_t account = q->row[0].account;
	const int32_t today = book_as_of(b);
	struct book_live live;
	int64_t id;

	(void)state;
	queue_free(&q);
	MUST(book_live(b, account, &live, &e));
	assert_true(live.alerts > 0);
	id = live.alert[0].id;
	assert_false(alert_sleeps(&live.alert[0], today));
	MUST(book_snooze(b, &id, 1, today + 2, "waits", &e));
	MUST(book_live(b, account, &live, &e));
	for (uint32_t i = 0; i < live.alerts; i++) {
		assert_int_equal(
			alert_sleeps(&live.alert[i], today), live.alert[i].id == id);
		assert_false(alert_sleeps(&live.alert[i], today + 2));
	}
}

/* A play sleeps with the alert that started it; whether it does, and would. */
static void plays_sleep(void **state)
{
	enum { TODAY = 100, AWAKE = 1, SLEEPS = 2, BACK = 3, OVER = 4 };
	static const struct alert alerts[] = { { .id = AWAKE, .state = ALERT_OPEN },
		{ .id = SLEEPS, .state = ALERT_SNOOZED, .until = TODAY + 1 },
		{ .id = BACK, .state = ALERT_SNOOZED, .until = TODAY } };
	static const struct {
		int64_t by;
		bool sleeps, all, one; /* one: were the first of them snoozed */
	} rows[] = { { 0, false, false, false }, { AWAKE, false, true, true },
		{ SLEEPS, true, true, true }, { BACK, false, true, false },
		{ OVER, false, false, false } };
	const struct book_live live = { .alert = alerts, .alerts = 3 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct task t = { .alert = rows[i].by };

		assert_int_equal(book_live_sleeps(&live, &t, TODAY), rows[i].sleeps);
		assert_int_equal(book_live_would_sleep(&live, &t, 0, TODAY), rows[i].all);
		assert_int_equal(
			book_live_would_sleep(&live, &t, AWAKE, TODAY), rows[i].one);
	}
}

static int64_t start_play(uint32_t account, const char *name)
{
	const struct plays *plays;
	int64_t task = 0;

	MUST(book_plays(b, &plays, &e));
	MUST(book_play_start(
		b, account, plays_find(plays, name), 0, "asked for", &task, &e));
	return task;
}

static void left_is(uint32_t account, uint8_t tier, const char *want)
{
	char left[BOOK_LIVE_LEFT_MAX];

	MUST(book_live_left(b, account, tier, left, &e));
	assert_string_equal(left, want);
}

static uint8_t tier_of(uint32_t account)
{
	struct account_view *v = NULL;
	uint8_t tier;

	MUST(book_account(b, account, &v, &e));
	tier = v->row.tier;
	account_view_free(&v);
	return tier;
}

/* What goes on of an account that is moved by hand, and is not made for the tier. */
static void left_by_a_move(void **state)
{
	const struct cell mail[MESSAGE_FIELDS] = {
		[F_MESSAGE_MADE] = CELL_OF_INT(book_as_of(b)),
		[F_MESSAGE_KIND] = CELL_OF_TEXT(TEXT("customer")),
		[F_MESSAGE_SUBJECT] = CELL_OF_TEXT(TEXT("Your renewal")),
		[F_MESSAGE_PLAY] = CELL_OF_TEXT(TEXT("self-serve-renewal")),
	};
	struct cell cells[MESSAGE_FIELDS];
	struct store *s = book_store(b);
	struct book_live live;
	uint32_t account = 1;
	int64_t task, id = 0;

	(void)state;
	for (;; account++) {
		MUST(book_live(b, account, &live, &e));
		if (live.tasks == 0 && tier_of(account) == 2) /* no mail by itself */
			break;
	}
	for (uint8_t t = 1; t <= TIER_COUNT; t++)
		left_is(account, t, "");
	start_play(account, "detractor-call"); /* of both */
	left_is(account, 1, "");
	left_is(account, 2, "");
	left_is(account, 3, "Call to a detractor goes on, which is not made for tier 3");
	task = start_play(account, "growth-audit");
	left_is(account, 1, "Growth audit goes on, which is not made for tier 1");
	left_is(account, 3, "2 plays go on, which are not made for tier 3");
	memcpy(cells, mail, sizeof(cells));
	cells[F_MESSAGE_ACCOUNT] = CELL_OF_INT(account);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->row_add(s, REC_MESSAGE, cells, &id, &e));
	MUST(s->ops->commit(s, &e));
	left_is(account, 1,
		"Growth audit goes on, mail of Self-serve renewal waits to be sent, "
		"which are not made for tier 1");
	left_is(account, 3, "2 plays go on, which are not made for tier 3");
	MUST(book_task_drop(b, task, "no use", &e));
	left_is(account, 2,
		"mail of Self-serve renewal waits to be sent, which is not made for "
		"tier 2");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(same_as_the_queue, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_there, setup, teardown),
		cmocka_unit_test_setup_teardown(snoozed, setup, teardown),
		cmocka_unit_test(plays_sleep),
		cmocka_unit_test_setup_teardown(left_by_a_move, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
