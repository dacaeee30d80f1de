/* Today as it is worked with: what is done leaves, the cursor stands on the next one, and
 * every act can be taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

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
	n = today_rows();
	account = today_account_at(1);
	name_here(was);
	scene_feed(t, "j");
	name_here(next);
	scene_feed(t, "k");
	before = scene_dump(t);
	scene_feed(t, keys);
	if (!scene_shows(t, 22, said))
		fail_msg("%s: does not say \"%s\"\n%s", keys, said, scene_dump(t));
	assert_int_equal(today_rows(), n - 1);
	assert_true(today_account_at(1) != account);
	name_here(now);
	assert_string_equal(now, next);
	scene_feed(t, "u"); /* nobody is asked, and the cursor comes back */
	assert_int_equal(today_rows(), n);
	assert_int_equal(today_account_at(1), account);
	name_here(now);
	assert_string_equal(now, was);
	scene_feed(t, "U");
	assert_int_equal(today_rows(), n - 1);
	scene_feed(t, "u");
	assert_int_equal(today_rows(), n);
	scene_feed(t, "Home j");
	screen_same(keys, before, scene_dump(t));
	end();
}

static void test_snooze(void **state)
{
	(void)state;
	leaves("z Down 'on holidays' C-s", "snoozed");
}

/* It begins with the day, which what is typed takes the place of. */
static void test_snooze_until(void **state)
{
	(void)state;
	start("1 z '2w' Enter 'on holidays' Enter");
	if (!scene_shows(t, 22, "until 2026-04-14"))
		fail_msg("%s", scene_dump(t));
	/* Why is said where it is looked for. */
	scene_feed(t, "Z");
	if (!scene_shows(t, -1, "holidays"))
		fail_msg("%s", scene_dump(t));
	assert_false(scene_shows(t, 23, "erase")); /* nothing is typed there */
	scene_feed(t, "Enter");
	if (!scene_shows(t, -1, "holidays"))
		fail_msg("%s", scene_dump(t));
	end();
}

/* What is closed on the account's page moves the list on behind it: that is no other
 * place to undo it from. */
static void test_undo_after_page(void **state)
{
	(void)state;
	start("1 Enter D 'e' C-s");
	scene_feed(t, "Esc Esc u");
	if (!scene_shows(t, 22, "undone: close alerts"))
		fail_msg("%s", scene_dump(t));
	end();
	start("1 Enter D 'e' C-s Esc Esc j u"); /* somebody went on */
	assert_true(scene_shows(t, -1, "concerns another account"));
	end();
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

/* Done closes the alerts; a play that has begun goes on unless it is said to end. */
static void test_done(void **state)
{
	struct book_live live;
	uint32_t account;

	(void)state;
	start("1");
	account = today_account_at(0);
	scene_feed(t, "d 'talked, all is well' C-s");
	assert_true(scene_shows(t, 22, "closed"));
	MUST(book_live(scene_own(), account, &live, &e));
	assert_int_equal(live.alerts, 0);
	end();
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

/* What sleeps is told of at the end of the list, with a way to it, also where the list is
 * longer than the screen. */
static void test_asleep(void **state)
{
	(void)state;
	start("1");
	assert_false(scene_shows(t, -1, "SNOOZED"));
	scene_feed(t, "z Down 'back from holidays' C-s G");
	assert_true(scene_shows(t, -1, "SNOOZED  1 account \u00b7 $ "));
	assert_true(scene_shows(t, -1, "at risk  Z lists them"));
	scene_feed(t, "Z");
	assert_true(scene_shows(t, -1, "Snoozed beyond today"));
	assert_true(scene_shows(t, -1, "2026-04-07 in 7 d") ||
		    scene_shows(t, -1, "2026-04-07 7d"));
	scene_feed(t, "Enter");
	assert_int_equal(tui_screen(t), SCREEN_ACCOUNT);
	end();
	/* Also where nothing else is left, and of a filter only what it lets through. */
	start("1 * z Down 'holidays' C-s y");
	assert_true(scene_shows(t, -1, "snoozed beyond today: Z lists them."));
	end();
	start("1 z Down 'holidays' C-s / 'zzzz' Enter Z");
	assert_true(scene_shows(t, -1, "Nothing of these accounts is snoozed"));
	end();
}

/* The last line has the keys that are heard. */
static void test_blind_hints(void **state)
{
	(void)state;
	start("1 n 'x' C-s j u");
	assert_true(scene_shows(t, 23, "y yes  n no"));
	assert_false(scene_shows(t, 23, "Enter"));
	scene_feed(t, "'uu'");
	assert_true(scene_shows(t, -1, "no answer: Enter asks again."));
	assert_true(scene_shows(t, 23, "Enter ask again"));
	assert_false(scene_shows(t, 23, "y yes"));
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, 23, "y yes  n no"));
	end();
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
	n = today_rows();
	scene_feed(t, "d C-s");
	assert_true(scene_shows(t, -1, "Outcome is needed"));
	scene_feed(t, "Esc z C-s");
	assert_true(scene_shows(t, -1, "Why is needed"));
	scene_feed(t, "C-u Up 'yesterday' Down 'x' C-s");
	assert_true(scene_shows(t, -1, "a day after today"));
	scene_feed(t, "Esc");
	assert_int_equal(today_rows(), n);
	end();
}

/* All that are marked, as one step of undo. */
static void test_marked(void **state)
{
	uint32_t n;

	(void)state;
	start("1 Space Space Space");
	n = today_rows();
	scene_feed(t, "z Down 'all away' C-s");
	assert_true(scene_shows(t, 22, "snoozed 3 marked accounts"));
	assert_int_equal(today_rows(), n - 3);
	scene_feed(t, "u");
	if (scene_shows(t, -1, "another account"))
		scene_feed(t, "y");
	assert_int_equal(today_rows(), n);
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

/* What rows say is kept while the queue is the same; of another one it is its own. */
static void test_said_anew(void **state)
{
	(void)state;
	scene_leads_to("1 / 'tier:2' Enter Home", "2 / 'tier:2' Enter 1 Home");
	scene_leads_to("1 / 'tier:2' Enter / C-u Enter Home", "1 Home");
	scene_leads_to("1 d 'called' C-s u Home", "1 Home");
}

/* A filter that was set on another screen says on Today, once, whom it hides. */
static void test_filter_from_elsewhere(void **state)
{
	static const struct {
		const char *keys;
		bool says;
	} rows[] = {
		{ "2 / 'tier:1' Enter 1", true },
		{ "1 2 / 'tier:1' Enter 1", true },
		{ "2 / 'tier:1' Enter 1 2 1", false },                     /* once */
		{ "2 / 'tier:1' Enter 1 2 / C-u 'tier:2' Enter 1", true }, /* of each */
		{ "2 / 'tier:1' Enter 1 \\ 2 / 'tier:1' Enter 1", true },
		{ "1 / 'tier:1' Enter", false }, /* it was typed here */
		{ "1 / 'tier:1' Enter 2 1", false },
		{ "2 / 'tier:<4' Enter 1", false }, /* it hides nobody */
		{ "2 / 'tier:' Enter 1", false },
		{ "2 1", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		start(rows[i].keys);
		if (scene_shows(t, 22, "of the") != rows[i].says)
			fail_msg("%zu:\n%s", i, scene_dump(t));
		if (rows[i].says &&
			!scene_shows(t, 22, "accounts that wait: \\ takes it off"))
			fail_msg("%zu:\n%s", i, scene_dump(t));
		end();
	}
	start("2 / 'tier:1' Enter 1");
	assert_true(scene_shows(t, 22, "the filter leaves out "));
	scene_feed(t, "\\");
	assert_false(scene_shows(t, 1, "tier:1"));
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filter_from_elsewhere),
		cmocka_unit_test(test_said_anew),
		cmocka_unit_test(test_snooze),
		cmocka_unit_test(test_snooze_until),
		cmocka_unit_test(test_undo_after_page),
		cmocka_unit_test(test_claim),
		cmocka_unit_test(test_done),
		cmocka_unit_test(test_opens_at_work),
		cmocka_unit_test(test_yes_after_undo),
		cmocka_unit_test(test_blind_typing),
		cmocka_unit_test(test_blind_hints),
		cmocka_unit_test(test_asleep),
		cmocka_unit_test(test_outbox),
		cmocka_unit_test(test_head),
		cmocka_unit_test(test_one_health),
		cmocka_unit_test(test_nothing_done),
		cmocka_unit_test(test_marked),
		cmocka_unit_test(test_along),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
