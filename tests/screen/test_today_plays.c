/* Today: the plays of the row under the cursor, their steps and their scripts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/act.h"
#include "core/book_live.h"
#include "core/plays.h"
#include "tests/support/rows_text.h"
#include "tests/support/today.h"

static struct tui *t;

static void start(const char *keys)
{
	t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);
}

static void end(void)
{
	tui_free(&t);
}

/* The first row of the queue with an alert that has a task, or has neither that nor a
 * mail, and what it says comes next. */
static uint32_t row_with(bool task, char next[QUEUE_TEXT_MAX])
{
	struct queue *q = today_queue();
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
			today_drop_plays(today_account_at(0));
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

/* Ticking goes from step to step, and the last one ends the play. */
static void test_steps(void **state)
{
	uint32_t account, before;
	int steps = 0;

	(void)state;
	start("1");
	account = today_account_at(0);
	before = today_tasks_of(account);
	assert_true(before > 0);
	while (today_tasks_of(account) == before) {
		assert_true(steps++ < 12);
		scene_feed(t, "/ Esc p Enter");
		assert_true(scene_shows(t, -1, "Tick a step"));
		scene_feed(t, "'agreed' C-s");
		assert_true(scene_shows(t, 22, "done: "));
		if (today_account_at(0) != account)
			break;
	}
	assert_true(steps > 1 || today_tasks_of(account) < before);
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
		bool runs = !plays_at(library, i)->script ||
			    !(plays_at(library, i)->tiers & 4);

		for (uint32_t k = 0; k < x.tasks; k++)
			runs |= text_eq(
				x.task[k].play, text_of(plays_at(library, i)->name));
		p = runs ? p : plays_at(library, i);
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
	MUST(book_live(scene_own(), today_account_at(0), &x, &e));
	assert_true(x.tasks > 1);
	snprintf(title, sizeof(title), "%.*s", (int)x.task[x.tasks - 1].title.n,
		x.task[x.tasks - 1].title.s);
	scene_feed(t, "Esc");
	begun = start_another(today_account_at(0));
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

/* Whose they are, wherever the cursor stands; who is held, and who was left out, by name
 * and with what speaks against it. */
static void test_marked(void **state)
{
	(void)state;
	start("1 p");
	assert_true(scene_shows(t, -1, " Plays: Lucerne Publishing "));
	scene_feed(t, "Esc Space Down p"); /* which went on by itself */
	assert_true(scene_shows(t, -1, " Plays: Lucerne Publishing "));
	scene_feed(t, "Esc Space p");
	assert_true(scene_shows(t, -1, " Plays: 2 marked accounts "));
	scene_feed(t, "'expansion' Enter");
	assert_true(scene_shows(t, -1, "Held     2 of 2: Lucerne Publishing, Margie's"));
	assert_true(scene_shows(t, -1, "Because  Lucerne Publishing: a risk is open"));
	scene_feed(t, "Esc p 'hand-over' Enter");
	assert_true(scene_shows(t, -1, "Held     1 of 2: Margie's Travel "));
	assert_true(scene_shows(t, -1, "Because  it is not made for tier 3"));
	scene_feed(t, "C-s");
	assert_true(scene_shows(t, 22, " on 1 of 2 accounts; not on Margie's"));
	scene_feed(t, "m");
	assert_true(scene_shows(t, -1, "not made for tier 3)"));
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_play),
		cmocka_unit_test(test_steps),
		cmocka_unit_test(test_marked),
		cmocka_unit_test(test_mail),
		cmocka_unit_test(test_script),
		cmocka_unit_test(test_script_of_which),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
