/* Tiers: what keys do to a review and to requests, and that nothing is done to another
 * proposal than the one that was looked at. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/tier_view.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/scene.h"

/* Puts a weak account into tier 2: the next review takes its place for another one. */
#define GROWN "/ 'A-006' Enter # Down 'City Power & Light' Down 'it grows' C-s \\ "

static struct tui *t;

static void start(const char *keys)
{
	t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);
}

static const struct tier_view *view(void)
{
	const struct tier_view *v = NULL;

	MUST(book_tier_view(scene_own(), &v, &e));
	return v;
}

static void shows(const char *text)
{
	if (!scene_shows(t, -1, text))
		fail_msg("no \"%s\" in\n%s", text, scene_dump(t));
}

static void test_approve_and_undo(void **state)
{
	(void)state;
	start(GROWN "6");
	assert_int_equal(view()->review.moves_n, 2);
	scene_feed(t, "A 'as agreed' C-s y");
	shows("reviewed: 2 accounts moved");
	assert_int_equal(view()->review.moves_n, 0);
	assert_int_equal(view()->sum.review_day, view()->as_of);
	assert_true(text_eq(view()->moved[0].who.name, TEXT("Wide World Importers")));
	scene_feed(t, "u");
	assert_int_equal(view()->review.moves_n, 2);
	tui_free(&t);
}

/* A swap is one line, and its mark is on both of its moves. */
static void test_marks(void **state)
{
	(void)state;
	start(GROWN "6 ] Down Space");
	shows("2 of 2 moves marked");
	shows("2 marked");
	scene_feed(t, "Space");
	shows("no move is marked");
	scene_feed(t, "*");
	shows("2 of 2 moves marked");
	scene_feed(t, "* g Down Space");
	shows("moves of the review can be marked");
	tui_free(&t);
}

/* The marks stand beside what the heading says, not over it. */
static void test_marks_fit(void **state)
{
	(void)state;
	t = scene_fresh(FIXTURE_COMPLETE, 24, 60, GROWN "6");
	shows("; the last one ");
	scene_feed(t, "] Down Space");
	shows("2 marked");
	if (scene_shows(t, -1, "the last one"))
		fail_msg("%s", scene_dump(t));
	shows("2 moves");
	tui_free(&t);
}

/* From a heading to what is below it; where nobody would move, to who waits. */
static void test_opens_heading(void **state)
{
	(void)state;
	start("6 ]");
	shows("REVIEW of 2026-03-31: 0 moves, 8 wait");
	shows("Enter open");
	scene_feed(t, "Enter");
	shows("▸  for T");
	scene_feed(t, "[ Enter");
	shows("▸  for T");
	scene_feed(t, "Home Down Down Down Down Down");
	shows("Nobody would move.");
	scene_feed(t, "Enter");
	shows("▸  for T");
	scene_feed(t, "g Down ]");
	scene_feed(t, "] ");
	shows("REQUESTS: 0 open");
	assert_false(scene_shows(t, 23, "Enter open"));
	tui_free(&t);
}

/* A review that moves nobody counts all the same, and says so. */
static void test_empty_review(void **state)
{
	(void)state;
	start("6 A");
	shows("no move is proposed: it only counts as a review");
	scene_feed(t, "C-s");
	shows("Nobody moves. Count it as a review");
	tui_free(&t);
}

/* Between the look and the word somebody makes the weak account strong. */
static void test_stale(void **state)
{
	uint32_t before;

	(void)state;
	start(GROWN "6 ] Down Space");
	before = view()->past;
	rows_put(book_store(scene_own()), REC_LOCK,
		"account_id=A-006|until=2027-01-01|reason=promised");
	scene_feed(t, "A C-s y");
	shows("the book changed meanwhile");
	scene_feed(t, "Esc");
	shows("0 moves, 8 wait");
	assert_false(scene_shows(t, -1, "2 marked"));
	assert_int_equal(view()->past, before); /* nothing was moved */
	tui_free(&t);
}

static void test_requests(void **state)
{
	(void)state;
	start("/ 'A-006' Enter @ Down 'Kim, sales' Down 'will double' C-s");
	shows("request 1 is written down");
	scene_feed(t, "6 ] ] Down");
	shows("Kim, sales wants");
	scene_feed(t, "d C-s"); /* decline, but why? */
	assert_int_equal(view()->requests_open, 1);
	scene_feed(t, "Down Down 'no room' C-s");
	shows("request 1 is declined");
	assert_int_equal(view()->requests_open, 0);
	scene_feed(t, "d");
	shows("it was answered: declined");
	scene_feed(t, "u u");
	assert_int_equal(view()->requests, 0);
	tui_free(&t);
}

/* Granting is a move under the cap: somebody goes down, who is named already. */
static void test_grant(void **state)
{
	const struct tier_view *v;

	(void)state;
	start("/ 'A-006' Enter @ Down 'Kim, sales' Down 'will double' C-s 6 ] ] Down");
	scene_feed(t, "d g Down Down 'the board agrees' C-s");
	shows("request 1 is granted");
	v = view();
	assert_int_equal(v->request[0].request.state, REQUEST_GRANTED);
	assert_int_equal(v->sum.in_tier[2], 10);
	assert_int_equal(v->moved[0].move.to, 3);
	assert_int_equal(v->moved[1].move.to, 2);
	tui_free(&t);
}

/* Enter goes to where the accounts are. */
static void test_opens(void **state)
{
	(void)state;
	start(GROWN "6 Enter");
	assert_int_equal(tui_screen(t), SCREEN_BOOK);
	shows("3 of 36 accounts");
	shows("the accounts of tier 1; Esc goes back to Tiers");
	scene_feed(t, "Esc"); /* with the view as it was: one account */
	assert_int_equal(tui_screen(t), SCREEN_TIERS);
	scene_feed(t, "2");
	assert_false(scene_shows(t, -1, "3 of 36 accounts"));
	scene_feed(t, "6 ] Down Enter");
	assert_int_equal(tui_screen(t), SCREEN_ACCOUNT);
	shows("Wide World Importers");
	scene_feed(t, "6 g ] ] ] Down");
	for (int i = 0; i < 10 && !scene_shows(t, -1, "Ask the owners"); i++)
		scene_feed(t, "Down");
	shows("Ask the owners");
	scene_feed(t, "Enter");
	assert_int_equal(tui_screen(t), SCREEN_BOOK);
	shows("2 of 36 accounts");
	shows("Esc goes back to Tiers");
	tui_free(&t);
}

/* Lists keep their place while lines without an account are looked at. */
static void test_keeps_the_place(void **state)
{
	enum { PAGE = 900 }; /* bytes of a dump that say whose it is */
	char page[PAGE];

	(void)state;
	start("j j j Enter");
	memcpy(page, scene_dump(t), PAGE);
	tui_free(&t);
	start("j j j 6 =");
	shows("rounded down, at least 1");
	scene_feed(t, "Esc #");
	shows("no account is under the cursor");
	scene_feed(t, "2 Enter");
	assert_memory_equal(page, scene_dump(t), PAGE);
	tui_free(&t);
}

/* A form speaks of names, not of options of the command line. */
/* Wide windows have room for all that a finding says; the cursor is on findings, not
 * lines, down and up again, and stays on its finding when the window is another. */
static void test_findings_are_whole(void **state)
{
	uint32_t k;

	(void)state;
	t = scene_fresh(FIXTURE_COMPLETE, 60, 120, "6 ] ] ]");
	for (k = 0; k < view()->findings; k++) {
		const struct text says = view()->finding[k].text;
		const struct text end = { says.s + says.n - (says.n < 12 ? says.n : 12),
			says.n < 12 ? says.n : 12 };
		char last[16];

		snprintf(last, sizeof(last), "%.*s", (int)end.n, end.s);
		shows(last);
		scene_feed(t, "Down");
	}
	assert_true(k > 1);
	tui_resize(t, 24, 80);
	shows(view()->finding[k - 1].check->title);
	while (k-- > 1)
		scene_feed(t, "Up");
	scene_feed(t, "Up");
	shows("AUDITS");
	tui_free(&t);
}

static void test_full(void **state)
{
	(void)state;
	start("1 # '1' Down Down 'the board asks' C-s");
	shows("tier 1 is full: 3 of 3. Name who goes down (demote)");
	assert_false(scene_shows(t, -1, "--demote"));
	tui_free(&t);
}

/* Plays that are not made for the tier are told of before the move. */
static void test_plays_that_stay(void **state)
{
	(void)state;
	start("2 / 'A-004' Enter p 'growth' Enter #"); /* two others run */
	shows("2 plays go on, which are not made for tier 1; p ends a play");
	scene_feed(t, "'2'");
	assert_false(scene_shows(t, -1, "plays go on"));
	scene_feed(t, "'3'");
	shows("3 plays go on, which are not made for tier 3");
	tui_free(&t);
}

/* So they are where a request is granted, and where it is declined nothing is said. */
static void test_plays_of_a_request(void **state)
{
	(void)state;
	start("/ 'A-006' Enter p 'self-serve ren' Enter "
	      "@ Down 'Kim, sales' Down 'will double' C-s 6 ] ] Down d");
	assert_false(scene_shows(t, -1, "not made for tier 2"));
	scene_feed(t, "g");
	shows("mail of Self-serve renewal waits to be sent,");
	shows("which are not made for tier 2");
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_approve_and_undo),
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_marks_fit),
		cmocka_unit_test(test_opens_heading),
		cmocka_unit_test(test_empty_review),
		cmocka_unit_test(test_stale),
		cmocka_unit_test(test_requests),
		cmocka_unit_test(test_grant),
		cmocka_unit_test(test_opens),
		cmocka_unit_test(test_keeps_the_place),
		cmocka_unit_test(test_findings_are_whole),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_plays_that_stay),
		cmocka_unit_test(test_plays_of_a_request),
	};
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
