/* Today: the forms that close and snooze say what they will do, and do exactly that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/act.h"
#include "core/book_internal.h"
#include "core/book_live.h"
#include "tests/support/rows_text.h"
#include "tests/support/today.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct tui *t;

static void start(const char *keys)
{
	t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);
}

static void end(void)
{
	tui_free(&t);
}

static bool names(const char *line, struct text title)
{
	char text[128];

	snprintf(text, sizeof(text), "%.*s", (int)title.n, title.s);
	return strstr(line, text) != NULL;
}

/* The form says what is closed and what becomes of each play, the message what it was. */
static void test_done_says(void **state)
{
	struct book_live live;
	uint32_t account, n;
	char dump[1 << 16];

	(void)state;
	start("1");
	account = today_account_at(0);
	MUST(book_live(scene_own(), account, &live, &e));
	n = live.tasks;
	assert_true(n > 0 && live.alerts > 0);
	scene_feed(t, "d");
	snprintf(dump, sizeof(dump), "%s", scene_dump(t));
	for (uint32_t i = 0; i < n; i++)
		assert_true(names(dump, live.task[i].title));
	assert_non_null(strstr(dump, "Closes"));
	assert_non_null(strstr(dump, "ends, nobody began it"));
	scene_feed(t, "'well' C-s");
	assert_true(scene_shows(t, 22, "; 3 plays ended"));
	end();
}

/* Plays that have begun end with the alerts, and all of it is one step of undo. */
static void test_done_ends_plays(void **state)
{
	struct book_live live;
	uint32_t account, tasks, alerts;

	(void)state;
	start("1");
	account = today_account_at(0);
	MUST(book_live(scene_own(), account, &live, &e));
	tasks = live.tasks;
	alerts = live.alerts;
	for (uint32_t i = 0; i < 2; i++) {
		MUST(book_live(scene_own(), account, &live, &e));
		MUST(book_task_tick(scene_own(), live.task[i].id, 0, "done", &e));
	}
	scene_feed(t, "2 1 Home d 'well' Down Right C-s");
	assert_true(scene_shows(t, 22, "closed "));
	assert_int_equal(today_tasks_of(account), 0);
	scene_feed(t, "u");
	if (scene_shows(t, -1, "another account"))
		scene_feed(t, "y");
	MUST(book_live(scene_own(), account, &live, &e));
	assert_int_equal(live.alerts, alerts);
	assert_int_equal(live.tasks, tasks);
	end();
}

/* Of one account it is asked whether a play that has begun ends too, wherever marks are;
 * of several it goes on. */
static void test_done_asks(void **state)
{
	static const struct {
		const char *keys;
		bool asks;
	} rows[] = { { "1 d", true }, { "1 Enter D", true }, { "1 Space Home d", true },
		{ "1 Space Home Enter D", true }, { "1 End Space Home Enter D", true },
		{ "1 Space Space Home Enter D", true },
		{ "1 Space Space Home d", false } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book_live live;
		uint32_t account;

		start("1");
		account = today_account_at(0);
		for (uint32_t k = 0; k < 2; k++) {
			MUST(book_live(scene_own(), account, &live, &e));
			MUST(book_task_tick(scene_own(), live.task[k].id, 0, "done", &e));
		}
		scene_feed(t, "2 1 Home");
		scene_feed(t, rows[i].keys);
		if (scene_shows(t, -1, "goes on, or as chosen below") != rows[i].asks)
			fail_msg("%s\n%s", rows[i].keys, scene_dump(t));
		scene_feed(t, rows[i].asks ? "'well' Down Right C-s" : "'well' C-s y");
		if (rows[i].asks)
			assert_int_equal(today_tasks_of(account), 0);
		else
			assert_true(today_tasks_of(account) > 0);
		end();
	}
}

/* What came while the form was open was not seen by anybody: it stays. */
static void test_came_meanwhile(void **state)
{
	static const char *const keys[] = { "'well' C-s", "Down 'on leave' C-s" };

	(void)state;
	for (int snooze = 0; snooze < 2; snooze++) {
		struct book_live live;
		struct list_row row;
		struct arena arena;
		uint32_t account;
		char line[200];

		start(snooze ? "1 z" : "1 d");
		account = today_account_at(0);
		arena_init(&arena);
		MUST(book_rows(scene_own(), &account, 1, &arena, &row, &e));
		snprintf(line, sizeof(line),
			"account_id=%.*s|kind=blind|opened_on=2026-03-31|severity=info|"
			"state=open\n",
			(int)row.id.n, row.id.s);
		arena_clear(&arena);
		rows_put(book_store(scene_own()), REC_ALERT, line);
		scene_feed(t, keys[snooze]);
		if (!scene_shows(t, 22, "; 1 came meanwhile"))
			fail_msg("%s", strstr(scene_dump(t), "Lucerne"));
		MUST(book_live(scene_own(), account, &live, &e));
		for (uint32_t i = 0; i < live.alerts; i++)
			assert_int_equal(live.alert[i].kind == ALERT_BLIND,
				live.alert[i].state == ALERT_OPEN);
		end();
	}
}

/* What somebody closed meanwhile is said, nothing is done, and what was typed is there
 * when the form is opened anew. */
static void test_gone_meanwhile(void **state)
{
	struct book_live live;
	uint32_t account;
	int64_t first;

	(void)state;
	start("1 d 'well'");
	account = today_account_at(0);
	MUST(book_live(scene_own(), account, &live, &e));
	first = live.alert[0].id;
	MUST(book_close(scene_own(), &first, 1, "x", &e));
	scene_feed(t, "C-s");
	if (!scene_shows(t, -1, " by now"))
		fail_msg("%s", scene_dump(t));
	MUST(book_live(scene_own(), account, &live, &e));
	assert_int_equal(live.alerts, 2);
	scene_feed(t, "Esc d C-s");
	assert_true(scene_shows(t, 22, "closed 2 alerts"));
	MUST(book_live(scene_own(), account, &live, &e));
	assert_int_equal(live.alerts, 0);
	end();
}

/* A play on all that are marked is one step of undo. */
static void test_start_marked(void **state)
{
	uint32_t account[2], before[2];

	(void)state;
	start("1 Space Space");
	for (uint32_t i = 0; i < 2; i++)
		account[i] = today_account_at(i);
	for (uint32_t i = 0; i < 2; i++) {
		today_drop_plays(account[i]);
		before[i] = today_tasks_of(account[i]);
	}
	scene_feed(t, "p 'rescue' Enter 'they asked' C-s");
	if (!scene_shows(t, 22, " on 2 of 2 accounts"))
		fail_msg("%s", scene_dump(t));
	for (uint32_t i = 0; i < 2; i++)
		assert_int_equal(today_tasks_of(account[i]), before[i] + 1);
	scene_feed(t, "u");
	if (scene_shows(t, -1, "another account"))
		scene_feed(t, "y");
	for (uint32_t i = 0; i < 2; i++)
		assert_int_equal(today_tasks_of(account[i]), before[i]);
	end();
}

/* So many plays on the first account of Today, some of them begun; then done. */
static void closes_many(
	uint32_t plays, uint32_t begun, const char *const said[2], bool wide)
{
	const int columns = wide ? 200 : 80;
	const struct plays *library;
	struct book_live live;
	struct err why;
	enum status st;
	uint32_t account;

	t = scene_fresh(FIXTURE_COMPLETE, 24, columns, "1");
	account = today_account_at(0);
	MUST(book_plays(scene_own(), &library, &e));
	today_drop_plays(account);
	for (int i = 0; i < library->n; i++) {
		MUST(book_live(scene_own(), account, &live, &e));
		if (live.tasks == plays)
			break;
		st = book_play_start(scene_own(), account, plays_at(library, i),
			live.alert[0].id, "to see", NULL, &why);
		assert_true(st == ST_OK || st == ST_USAGE); /* it runs there */
	}
	assert_int_equal(live.tasks, plays);
	for (uint32_t i = 0; i < begun; i++) {
		MUST(book_live(scene_own(), account, &live, &e));
		MUST(book_task_tick(scene_own(), live.task[i].id, 0, "done", &e));
	}
	scene_feed(t, "d 'well' C-s");
	for (int i = 0; i < 2 && said[i]; i++)
		if (!scene_shows(t, 22, said[i]))
			fail_msg("%u plays, %u begun: no \"%s\"\n%s", plays, begun,
				said[i], scene_dump(t));
	if (!scene_shows(t, 22, " u takes it back"))
		fail_msg("%u plays, %u begun: cut\n%s", plays, begun,
			strstr(scene_dump(t), "closed "));
	end();
}

/* However many plays end or go on, the line says how many, whose names it has room for,
 * and the key that takes it back. */
static void test_done_says_many(void **state)
{
	static const struct {
		uint32_t plays, begun; /* of these, the ones that go on */
		const char *said[2], *wide[2];
	} rows[] = {
		{ 1, 0, { "ended", NULL }, { "; ended ", NULL } },
		{ 2, 0, { "; 2 plays ended", NULL }, { "; 2 plays ended: ", NULL } },
		{ 6, 0, { "; 6 plays ended", NULL }, { "; 6 plays ended: ", " more " } },
		{ 6, 6, { "; 6 plays go on", NULL }, { "; 6 plays go on: ", " more " } },
		{ 6, 2, { "; 4 plays ended", NULL },
			{ "; 4 plays ended: ", "; 2 plays go on: " } },
		{ 6, 1, { "; 5 plays ended", NULL },
			{ "; 5 plays ended: ", " goes on" } },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		for (int wide = 0; wide < 2; wide++)
			closes_many(rows[i].plays, rows[i].begun,
				wide ? rows[i].wide : rows[i].said, wide);
}

/* Where nobody sees it until after the renewal, the form says so. */
static void test_snooze_beyond(void **state)
{
	(void)state;
	start("1 z");
	assert_true(scene_shows(t, -1, "renews before that, on 2026-04-01"));
	scene_feed(t, "Up C-u '1d'");
	assert_false(scene_shows(t, -1, "renews before that"));
	end();
}

/* The same of marked ones: how many, and the first of them. */
static void test_snooze_many_beyond(void **state)
{
	static const struct {
		const char *keys, *said; /* NULL: nothing is said */
	} rows[] = {
		{ "1 Space Space z '90d'",
			"2 of 2 have a renewal or a step before that, first Lucerne" },
		{ "1 Space Space z '90d'", "renewal on 2026-04-01." },
		{ "1 j Space Space z '90d'",
			"2 of 2 have a renewal or a step before that, first Zażółć" },
		{ "1 j Space Space z '34d'",
			"1 of 2 have a renewal or a step before that, first Zażółć" },
		{ "1 j Space Space z '33d'", NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		start(rows[i].keys);
		if (rows[i].said ? !scene_shows(t, -1, rows[i].said)
				 : scene_shows(t, -1, "before that"))
			fail_msg("%s\n%s", rows[i].keys, scene_dump(t));
		end();
	}
}

/* In every size the form begins with the worst alert, and says how many it leaves out. */
static void test_done_fits(void **state)
{
	static const struct {
		int rows, columns;
	} sizes[] = { { 15, 60 }, { 16, 60 }, { 18, 80 }, { 24, 80 }, { 40, 120 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(sizes); i++) {
		struct queue *q;
		char worst[ALERT_SENTENCE_MAX];

		t = scene_fresh(FIXTURE_COMPLETE, sizes[i].rows, sizes[i].columns, "1");
		q = today_queue();
		assert_true(q->row[0].alerts > 2);
		queue_reason(scene_own(), q->row[0].alert[0], NULL, worst);
		worst[20] = '\0';
		queue_free(&q);
		scene_feed(t, "d");
		for (int line = 0; line < 2; line++)
			if (!scene_shows(t, -1, line ? "Outcome" : worst))
				fail_msg("%d x %d\n%s", sizes[i].columns, sizes[i].rows,
					scene_dump(t));
		end();
	}
}

/* What was typed is there again, however many alerts and plays there are by then. */
static void test_done_again(void **state)
{
	(void)state;
	for (int alerts = 0; alerts < 3; alerts++) {
		struct book_live live;
		uint32_t account;

		start("1 d 'talked to Bo' Esc");
		account = today_account_at(0);
		MUST(book_live(scene_own(), account, &live, &e));
		assert_true(live.alerts == 3);
		for (int i = alerts; i < 3; i++)
			MUST(book_close(scene_own(), &live.alert[i].id, 1, "x", &e));
		scene_feed(t, "d");
		if (alerts && !scene_shows(t, -1, "talked to Bo"))
			fail_msg("%d alerts\n%s", alerts, scene_dump(t));
		end();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_done_says),
		cmocka_unit_test(test_done_ends_plays),
		cmocka_unit_test(test_done_asks),
		cmocka_unit_test(test_came_meanwhile),
		cmocka_unit_test(test_gone_meanwhile),
		cmocka_unit_test(test_start_marked),
		cmocka_unit_test(test_done_says_many),
		cmocka_unit_test(test_snooze_beyond),
		cmocka_unit_test(test_snooze_many_beyond),
		cmocka_unit_test(test_done_fits),
		cmocka_unit_test(test_done_again),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
