/* Today as it is worked with: what is done leaves, the cursor stands on the next one, and
 * every act can be taken back. */
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
#include "core/queue.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/scene.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct tui *t;

static struct queue *queue_of_all(void)
{
	const struct queue_query query = { .scope = QUEUE_OF_ANYBODY };
	struct queue *q = NULL;

	MUST(book_queue(scene_own(), &query, &q, NULL, &e));
	return q;
}

static uint32_t rows(void)
{
	struct queue *q = queue_of_all();
	const uint32_t n = q->n;

	queue_free(&q);
	return n;
}

static uint32_t account_at(uint32_t row)
{
	struct queue *q = queue_of_all();
	uint32_t account;

	assert_true(row < q->n);
	account = q->row[row].account;
	queue_free(&q);
	return account;
}

static void start(const char *keys)
{
	t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);
}

static void end(void)
{
	tui_free(&t);
}

/* Name of the account in the row with the cursor. */
static void name_here(char out[64])
{
	const char *line = strstr(scene_dump(t), "\n▸");

	assert_non_null(line);
	snprintf(out, 64, "%.20s", line + strlen("\n▸ T1 "));
}

/* The row leaves, the next one has the cursor, and undo brings all of it back. */
static void leaves(const char *keys, const char *said)
{
	char was[64], next[64], now[64];
	uint32_t n, account;
	const char *before;

	start("1 j");
	n = rows();
	account = account_at(1);
	name_here(was);
	scene_feed(t, "j");
	name_here(next);
	scene_feed(t, "k");
	before = scene_dump(t);
	scene_feed(t, keys);
	if (!scene_shows(t, 22, said))
		fail_msg("%s: does not say \"%s\"\n%s", keys, said, scene_dump(t));
	assert_int_equal(rows(), n - 1);
	assert_true(account_at(1) != account);
	name_here(now);
	assert_string_equal(now, next);
	scene_feed(t, "u"); /* nobody is asked, and the cursor comes back */
	assert_int_equal(rows(), n);
	assert_int_equal(account_at(1), account);
	name_here(now);
	assert_string_equal(now, was);
	scene_feed(t, "U");
	assert_int_equal(rows(), n - 1);
	scene_feed(t, "u");
	assert_int_equal(rows(), n);
	scene_feed(t, "Home j");
	screen_same(keys, before, scene_dump(t));
	end();
}

static void test_snooze(void **state)
{
	(void)state;
	leaves("z 'on holidays' C-s", "snoozed");
}

static void test_claim(void **state)
{
	(void)state;
	start("1 c"); /* a colleague owns it */
	if (!scene_shows(t, 22, "Lucerne Publishing belongs to Ben Okafor"))
		fail_msg("%s", scene_dump(t));
	end();
	start("1 o o c");
	assert_true(scene_shows(t, 22, "claimed"));
	scene_feed(t, "u");
	if (scene_shows(t, -1, "another account"))
		scene_feed(t, "y");
	assert_true(scene_shows(t, 22, "undone: claim"));
	end();
}

static uint32_t tasks_of(uint32_t account)
{
	struct book_live live;

	MUST(book_live(scene_own(), account, &live, &e));
	return live.tasks;
}

/* Done closes the alerts; a play that has begun goes on unless it is said to end. */
static void test_done(void **state)
{
	struct book_live live;
	uint32_t account;

	(void)state;
	start("1");
	account = account_at(0);
	scene_feed(t, "d 'talked, all is well' C-s");
	assert_true(scene_shows(t, 22, "closed"));
	MUST(book_live(scene_own(), account, &live, &e));
	assert_int_equal(live.alerts, 0);
	end();
}

/* The first row of the queue with an alert that has a task, or has neither that nor a
 * mail, and what it says comes next. */
static uint32_t row_with(bool task, char next[QUEUE_TEXT_MAX])
{
	struct queue *q = queue_of_all();
	uint32_t row = 0;

	for (; row < q->n; row++) {
		if (q->row[row].alerts == 0 || !q->row[row].task == task)
			continue;
		queue_next(scene_own(), &q->row[row], next);
		if (task || strncmp(next, "mail ", 5) != 0)
			break;
	}
	assert_true(row < q->n);
	queue_free(&q);
	return row;
}

static void go_to(uint32_t row)
{
	for (uint32_t i = 0; i < row; i++)
		scene_feed(t, "j");
}

static void drop_plays(uint32_t account)
{
	struct book_live live;

	MUST(book_live(scene_own(), account, &live, &e));
	while (live.tasks) {
		MUST(book_task_drop(scene_own(), live.task[0].id, "anew", &e));
		MUST(book_live(scene_own(), account, &live, &e));
	}
}

/* What Today names comes first in the list of plays, whatever else there is. */
static void test_first_play(void **state)
{
	(void)state;
	for (int task = 0; task < 2; task++) {
		char next[QUEUE_TEXT_MAX], *due;
		const char *said = next;
		int typed = 0; /* the line of the popup for letters */

		start("1");
		if (!task)
			drop_plays(account_at(0));
		scene_feed(t, "2 1 Home");
		go_to(row_with(task, next));
		due = strrchr(next, '(');
		if (task && due)
			due[-1] = '\0';
		if (strncmp(said, "start: ", 7) == 0)
			said += 7;
		if (strlen(said) > 20)
			next[said - next + 20] = '\0';
		scene_feed(t, "p");
		while (!scene_shows(t, typed, "│ >"))
			typed++;
		if (!scene_shows(t, typed + 1, said))
			fail_msg("\"%s\" is not first:\n%s", said, scene_dump(t));
		end();
	}
}

/* From the day's work the account opens at what is open, and sections follow one another
 * with their headings at the top. */
static void test_opens_at_work(void **state)
{
	(void)state;
	start("1 Enter");
	assert_true(scene_shows(t, 3, "ALERTS AND PLAYS"));
	scene_feed(t, "]");
	assert_true(scene_shows(t, 3, "SERVICE LEVEL"));
	scene_feed(t, "]");
	assert_true(scene_shows(t, 3, "PLAN"));
	scene_feed(t, "]");
	assert_true(scene_shows(t, 3, "TIMELINE"));
	end();
}

/* Whose it is and how it does is there, wherever the page begins, also where there is
 * little room. */
static void test_head(void **state)
{
	static const struct {
		int columns;
		const char *keys, *head;
	} rows[] = { { 80, "1 Enter", " Ben Okafor  ○ 43 at risk  T2  $ 380k ARR" },
		{ 80, "1 Enter ] ]", " Ben Okafor  ○ 43 at risk  T2  $ 380k ARR" },
		{ 60, "1 Enter", " ○ 43 at risk  T2  $ 380k ARR" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		t = scene_fresh(FIXTURE_COMPLETE, 24, rows[i].columns, rows[i].keys);
		if (!scene_shows(t, 2, rows[i].head) ||
			!scene_shows(t, 2, "Lucerne Publishing "))
			fail_msg("%s", scene_dump(t));
		end();
	}
}

/* An alert is told with the health of now wherever it stands; the one of then is in its
 * explanation, with the day it is of. */
static void test_one_health(void **state)
{
	(void)state;
	start("1");
	assert_true(scene_shows(t, -1, "renewal in 1 d, health 43"));
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, 4, "renewal in 1 d, health 43; since 84 d ago"));
	assert_true(scene_shows(t, -1, "health 43, at risk; since 385 d ago"));
	assert_false(scene_shows(t, -1, "health 36"));
	scene_feed(t, "Esc =");
	assert_true(scene_shows(t, -1, "│ renewal in 1 d, health 43 "));
	assert_true(scene_shows(
		t, -1, "critical since 2026-03-03, then: renewal in 29 d, health 36"));
	assert_false(scene_shows(t, -1, "numbers that opened it"));
	scene_feed(t, "Esc -");
	assert_true(scene_shows(t, -1, "not useful: renewal in 1 d, health 43"));
	end();
}

/* Who answers the question that undo often asks, where it asked none, says nothing else
 * by that: neither does yes vote. */
static void test_yes_after_undo(void **state)
{
	(void)state;
	start("1 n 'x' C-s u");
	assert_true(scene_shows(t, 22, "undone: write a note"));
	assert_true(scene_shows(t, 22, "U does it again"));
	scene_feed(t, "y");
	assert_false(scene_shows(t, -1, "useful"));
	end();
}

/* What is typed into a question without looking answers nothing, nor is any of it a
 * command once the question is gone. */
static void test_blind_typing(void **state)
{
	static const struct {
		const char *typed;
		bool asks, undone; /* it stands; what it asks was done */
	} rows[] = {
		{ "y", false, true },
		{ "n", false, false },
		{ "Enter", false, false },
		{ "'learning w60 n y q'", true, false },
		{ "'an' y", true, false },
		{ "'an' Esc", false, false },
		{ "'an' Enter", true, false },
		{ "'an' Enter y", false, true },
		{ "'an' Enter n", false, false },
		{ "'an' C-c", false, false },
		{ "Down y", false, true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		start("1 n 'x' C-s j u");
		assert_true(scene_shows(t, -1, "concerns another account"));
		scene_feed(t, rows[i].typed);
		if (scene_shows(t, -1, "Are you sure?") != rows[i].asks ||
			scene_shows(t, 22, "undone: write a note") != rows[i].undone)
			fail_msg("%s:\n%s", rows[i].typed, scene_dump(t));
		end();
	}
}

/* Today speaks of the outbox: who looks for it among the commands is told where it is. */
static void test_outbox(void **state)
{
	(void)state;
	start("1 : 'outbox'");
	assert_true(scene_shows(t, -1, "in the shell: tierdesk outbox [ID...]"));
	assert_true(scene_shows(t, -1, "messages that wait"));
	scene_feed(t, "Enter");
	assert_true(scene_shows(
		t, 22, "outbox is done in the shell: tierdesk outbox [ID...]"));
	scene_feed(t, ": 'zzzz'");
	assert_true(scene_shows(t, -1, "no such command"));
	end();
}

/* A cancelled form does nothing; an outcome is needed. */
static void test_nothing_done(void **state)
{
	uint32_t n;

	(void)state;
	start("1");
	n = rows();
	scene_feed(t, "d C-s");
	assert_true(scene_shows(t, -1, "Outcome is needed"));
	scene_feed(t, "Esc z C-s");
	assert_true(scene_shows(t, -1, "Why is needed"));
	scene_feed(t, "C-u Up C-u 'yesterday' Down 'x' C-s");
	assert_true(scene_shows(t, -1, "a day after today"));
	scene_feed(t, "Esc");
	assert_int_equal(rows(), n);
	end();
}

/* Ticking goes from step to step, and the last one ends the play. */
static void test_steps(void **state)
{
	uint32_t account, before;
	int steps = 0;

	(void)state;
	start("1");
	account = account_at(0);
	before = tasks_of(account);
	assert_true(before > 0);
	while (tasks_of(account) == before) {
		assert_true(steps++ < 12);
		scene_feed(t, "/ Esc p Enter");
		assert_true(scene_shows(t, -1, "Tick a step"));
		scene_feed(t, "'agreed' C-s");
		assert_true(scene_shows(t, 22, "done: "));
		if (account_at(0) != account)
			break;
	}
	assert_true(steps > 1 || tasks_of(account) < before);
	end();
}

/* In tier 3 a play may be a mail: whoever starts it is told where it waits. */
static void test_mail(void **state)
{
	(void)state;
	start("1 j j p 'team' Enter");
	if (scene_shows(t, -1, "Start a play")) /* it was queued before */
		scene_feed(t, "'again' C-s");
	if (!scene_shows(t, -1, "a mail to the customer waits in the outbox: "))
		fail_msg("%s", scene_dump(t));
	end();
}

/* All that are marked, as one step of undo. */
static void test_marked(void **state)
{
	uint32_t n;

	(void)state;
	start("1 Space Space Space");
	n = rows();
	scene_feed(t, "z 'all away' C-s");
	assert_true(scene_shows(t, 22, "snoozed 3 marked accounts"));
	assert_int_equal(rows(), n - 3);
	scene_feed(t, "u");
	if (scene_shows(t, -1, "another account"))
		scene_feed(t, "y");
	assert_int_equal(rows(), n);
	end();
}

/* The list of the screen is the queue: marks, J and K go along it. */
static void test_along(void **state)
{
	char second[64];

	(void)state;
	start("1 j");
	name_here(second);
	scene_feed(t, "k Enter J");
	second[12] = '\0';
	assert_true(scene_shows(t, 2, second));
	scene_feed(t, "Esc *");
	assert_true(scene_shows(t, 22, "marked"));
	assert_false(scene_shows(t, 1, "not shown"));
	end();
}

/* What is written into the file is what the popup shows. */
static void test_script(void **state)
{
	(void)state;
	start("1 e Enter");
	assert_true(scene_shows(t, -1, "Script and mail"));
	scene_feed(t, "x C-u '~/say.txt' C-s");
	assert_true(scene_shows(t, 22, "/home/dana/say.txt"));
	assert_non_null(host_memory_get(scene_host(), "/home/dana/say.txt"));
	end();
}

/* A play with a script that does not run yet, started from the list of plays. */
static const char *start_another(uint32_t account)
{
	const struct plays *library;
	const struct play *p = NULL;
	struct book_live x;
	char keys[200];

	MUST(book_plays(scene_own(), &library, &e));
	MUST(book_live(scene_own(), account, &x, &e));
	for (int i = 0; i < library->n; i++) {
		bool runs = !library->play[i]->script || !(library->play[i]->tiers & 4);

		for (uint32_t k = 0; k < x.tasks; k++)
			runs |= text_eq(x.task[k].play, text_of(library->play[i]->name));
		p = runs ? p : library->play[i];
	}
	assert_non_null(p);
	snprintf(keys, sizeof(keys), "p '%s' Enter", p->title);
	scene_feed(t, keys);
	if (!scene_shows(t, 22, "started "))
		scene_feed(t, "'to see' C-s");
	if (!scene_shows(t, 22, "started "))
		fail_msg("%s\n%s", keys, scene_dump(t));
	return p->title;
}

/* "Northwind Traders: Renewal" */
static bool is_script(const char *title)
{
	char line[128];

	snprintf(line, sizeof(line), ": %.30s", title);
	return scene_shows(t, -1, "Script and mail") && scene_shows(t, -1, line);
}

static void script_is(const char *title)
{
	if (!is_script(title))
		fail_msg("not of %s\n%s", title, scene_dump(t));
}

/* Of several plays it is asked whose script; of the one under the cursor, or just
 * started, it is shown. */
static void test_script_of_which(void **state)
{
	struct book_live x;
	char title[64];
	const char *begun;

	(void)state;
	start("1 e");
	assert_true(scene_shows(t, -1, "Script of which play"));
	MUST(book_live(scene_own(), account_at(0), &x, &e));
	assert_true(x.tasks > 1);
	snprintf(title, sizeof(title), "%.*s", (int)x.task[x.tasks - 1].title.n,
		x.task[x.tasks - 1].title.s);
	scene_feed(t, "Esc");
	begun = start_another(account_at(0));
	scene_feed(t, "e");
	script_is(begun);
	scene_feed(t, "Esc Enter e");
	script_is(begun);
	for (int i = 0; i < 20 && !is_script(title); i++)
		scene_feed(t, "Esc Down e");
	script_is(title);
	scene_feed(t, "Esc Enter");
	script_is(title);
	scene_feed(t, "Esc n 'since then' C-s Esc e"); /* something else was last */
	assert_true(scene_shows(t, -1, "Script of which play"));
	end();
}

/* A CSM begins with the own day, everybody else with that of all. */
static void test_first(void **state)
{
	static const struct {
		enum fixture book;
		const char *shows;
	} first[] = { { FIXTURE_COMPLETE, "mine: " }, { FIXTURE_LATER, " 36 accounts" } };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct tui *plain = NULL;
		struct err e = { .text = "" };

		assert_int_equal(tui_open(scene_book(first[i].book), NULL, 24, 80, false,
					 &plain, &e),
			ST_OK);
		assert_true(scene_shows(plain, -1, first[i].shows));
		assert_true(scene_shows(plain, -1, "At risk"));
		tui_free(&plain);
	}
}

/* ---- the first picture ------------------------------------------------------------ */

static bool nobody_waits(void *arg)
{
	(void)arg;
	return false;
}

/* A console on the book as somebody else opens it now. */
static struct book *open_again(const char *me)
{
	const struct book *from = scene_own();
	struct book *b;

	MUST(book_open(fake_store_copy(from->store), &from->clock, me, &b, &e));
	return b;
}

/* Cell by cell what the screen is once the book is read, and keys find it. */
static void same_as_whole(const char *me, int rows, int columns, const char *keys)
{
	struct book *b = open_again(me);
	struct host *host = host_memory_host(scene_host());
	struct tui *first;
	const char *seen;

	host->settings = NULL; /* which begin with the Book */
	MUST(tui_open(b, host, rows, columns, false, &first, &e));
	tui_pending(first, nobody_waits, NULL);
	assert_int_equal(tui_screen(first), SCREEN_TODAY);
	assert_false(b->columns.loaded);
	scene_feed(first, keys);
	seen = scene_dump(first);
	while (tui_pause(first))
		;
	assert_true(b->columns.loaded);
	screen_same(me, scene_dump(first), seen);
	tui_free(&first);
	book_free(&b);
}

static void test_first_picture(void **state)
{
	static const char *const csms[] = { "Dana Reyes", "Ben Okafor", "Mei Tanaka" };
	struct recalc_result done;

	(void)state;
	start("");
	MUST(book_recalc(scene_own(), &done, &e));
	for (size_t i = 0; i < sizeof(csms) / sizeof(*csms); i++) {
		same_as_whole(csms[i], 24, 80, "");
		same_as_whole(csms[i], 40, 120, "");
		same_as_whole(csms[i], 60, 200, "j j k");
		same_as_whole(csms[i], 24, 120, "PgDn");
	}
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_picture),
		cmocka_unit_test(test_snooze),
		cmocka_unit_test(test_claim),
		cmocka_unit_test(test_done),
		cmocka_unit_test(test_first_play),
		cmocka_unit_test(test_opens_at_work),
		cmocka_unit_test(test_yes_after_undo),
		cmocka_unit_test(test_blind_typing),
		cmocka_unit_test(test_outbox),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_one_health),
		cmocka_unit_test(test_nothing_done),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_mail),
		cmocka_unit_test(test_marked),
		cmocka_unit_test(test_along),
		cmocka_unit_test(test_script),
		cmocka_unit_test(test_script_of_which),
		cmocka_unit_test(test_first),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
