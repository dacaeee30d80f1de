/* The Rebalance screen: when it calculates, what becomes of a calculation that is broken
 * off. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"
#include "tests/support/scene.h"

static unsigned told;

static bool counts(void *arg)
{
	(void)arg;
	told++;
	return true;
}

static bool stops(void *arg)
{
	(void)arg;
	told++;
	return false;
}

/* What changes nothing calculates nothing, and may be closed by who would stop it. */
static void test_closed_popups(void **state)
{
	static const char *const keys[] = { "? Esc", "? PgDn q", "= Esc", ": Esc",
		"i Esc", "x Esc", "A Esc", "A C-s n Esc", "w Esc", "m Esc", ", Esc",
		"H Esc", "P Esc", "Enter Esc" };
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5");
	const char *before;

	(void)state;
	tui_pump(t, counts, NULL);
	told = 0;
	scene_feed(t, "b");
	assert_true(told > 0);
	before = scene_dump(t);
	tui_pump(t, stops, NULL);
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		told = 0;
		scene_feed(t, keys[i]);
		if (told || strcmp(scene_dump(t), before) != 0)
			fail_msg("%s: told %u\n%s", keys[i], told, scene_dump(t));
	}
	tui_free(&t);
}

/* The book was changed: it is proposed anew. */
static void test_changed(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 b");

	(void)state;
	tui_pump(t, counts, NULL);
	told = 0;
	scene_feed(t, "P 'ben' Enter '2026-05-15' C-s");
	assert_true(told > 0);
	tui_free(&t);
}

/* Broken off it is no worse than what was there; then one may go on, and what is kept of
 * it asks for no search. */
static void test_broken_off(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5");

	(void)state;
	tui_pump(t, stops, NULL);
	scene_feed(t, "b");
	assert_true(scene_shows(t, -1, "ended early"));
	scene_feed(t, "b");
	assert_true(scene_shows(t, -1, "the proposal of before stands"));
	tui_pump(t, counts, NULL);
	scene_feed(t, "b");
	assert_false(scene_shows(t, -1, "ended early"));
	tui_pump(t, stops, NULL);
	scene_feed(t, "p"); /* a word that it keeps already */
	assert_true(scene_shows(t, -1, "no other move changes"));
	scene_feed(t, "b");
	assert_false(scene_shows(t, -1, "ended early"));
	tui_free(&t);
}

/* What was done, and lines of the screen after it; "-": is not there. */
struct shown {
	const char *keys, *shows[3];
};

static void check_shown(const struct shown *row)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, row->keys);

	for (size_t k = 0; k < 3 && row->shows[k]; k++) {
		const bool absent = row->shows[k][0] == '-';

		if (scene_shows(t, -1, row->shows[k] + absent) == absent)
			fail_msg("%s: %s\n%s", row->keys, row->shows[k], scene_dump(t));
	}
	tui_free(&t);
}

/* Who has a last day soon is handed over by the first proposal, of all books, or on
 * Capacity by a key of its own, of that book alone; a key goes from one to the other. */
static void test_hand_over(void **state)
{
#define LEAVES "5 P '2026-05-15' C-s "
	static const struct shown rows[] = {
		{ LEAVES "b", { " moves: 10 from Ben Okafor, 1 from the pool",
				      "handed over: Ben Okafor", "-alone" } },
		{ LEAVES "b L", { "! Ben Okafor leaves on 2026-05-15 and keeps",
					": L hands them over", "-handed over" } },
		{ LEAVES "b L L", { "handed over: Ben Okafor", "-keeps" } },
		{ LEAVES "b A", { "away: Ben Okafor", "2026-05-15" } },
		{ LEAVES "L",
			{ "10 moves: 10 from Ben Okafor", "the book of Ben Okafor alone",
				"-from the pool" } },
		{ LEAVES "L Esc b",
			{ "10 from Ben Okafor, 1 from the pool", "-the book of" } },
		{ "5 b P 'ben' Enter '2026-05-15' C-s",
			{ "! Ben Okafor leaves on 2026-05-15 and keeps" } },
		{ "5 b L", { "nobody who leaves has a book here" } },
		{ "5 L", { "10 moves: 10 from Ben Okafor", "handed over" } },
		{ "5 G L", { "this is nobody's book: choose a CSM" } },
	};
#undef LEAVES

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_shown(&rows[i]);
}

/* The name that is shown is the one that is written; amounts are those of other lists. */
static void test_saved(void **state)
{
	static const struct {
		const char *keys, *file, *begins;
	} rows[] = {
		{ "5 b x C-s", "rebalance.csv",
			"account,name,tier,arr,from,to,reason,receiver\n" },
		{ "5 b x s C-s", "hand-over.txt", "FOR         " },
		{ "5 b x s m C-s", "rebalance.csv", "account,name," },
		{ "5 b x Enter C-u '~/mine.txt' Up s C-s", "mine.txt", "FOR         " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char path[64], keys[64];
		struct tui *t;
		const char *text;

		snprintf(keys, sizeof(keys), "%.*s", (int)strlen(rows[i].keys) - 4,
			rows[i].keys);
		snprintf(path, sizeof(path), "~/%s", rows[i].file);
		t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);
		if (!scene_shows(t, -1, path))
			fail_msg("%s\n%s", rows[i].keys, scene_dump(t));
		scene_feed(t, "C-s");
		snprintf(path, sizeof(path), "/home/dana/%s", rows[i].file);
		text = host_memory_get(scene_host(), path);
		if (!text || strncmp(text, rows[i].begins, strlen(rows[i].begins)) != 0)
			fail_msg("%s: %s", rows[i].keys, text ? text : scene_dump(t));
		tui_free(&t);
	}
}

/* Once it is applied there is nothing to write sheets of: that is told before. */
static void test_sheets_first(void **state)
{
	static const char *const keys[] = { "5 b A", "5 L A Enter" };

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys[i]);

		if (!scene_shows(t, -1, "x saves them, before it is applied"))
			fail_msg("%s\n%s", keys[i], scene_dump(t));
		scene_feed(t, "Enter");
		assert_int_equal(tui_screen(t), SCREEN_CONFIRM);
		tui_free(&t);
	}
}

/* A word changes other moves too: which ones is marked and said. */
static void test_news(void **state)
{
	static const struct {
		const char *keys, *shows[4], *not ;
	} rows[] = {
		{ "5 b", { "한국전자" }, "+ " },
		{ "5 b d",
			{ "it stays where it is · 1 new (+)", "+ City Power & Light",
				"City Power & Light (new): fills" },
			"to another (~)" },
		{ "5 b p", { "it moves, whatever else changes · no other move changes" },
			"+ " },
		/* the word is taken back: all is as it was */
		{ "5 b d j j p",
			{ "any more · not any more: City Power & Light · 1 new (+)",
				"+ Cr\u00e8me" },
			"+ City" },
		{ "5 b d b", { "City Power & Light" }, "+ City" },
		/* the book is another one by then */
		{ "5 b P 'ben' Enter '2026-05-15' C-s", { "한국전자" }, "+ " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 30, 140, rows[i].keys);

		for (size_t k = 0; k < 4 && rows[i].shows[k]; k++)
			if (!scene_shows(t, -1, rows[i].shows[k]))
				fail_msg("%s: %s\n%s", rows[i].keys, rows[i].shows[k],
					scene_dump(t));
		if (rows[i].not &&scene_shows(t, -1, rows[i].not ))
			fail_msg("%s: %s\n%s", rows[i].keys, rows[i].not, scene_dump(t));
		tui_free(&t);
	}
}

/* Where books have no room, it is said where they are; a long head leaves them some. What
 * is said of the moves takes few lines, and why one moves as many as it needs. */
static void test_room(void **state)
{
	static const struct {
		int rows, columns;
		const char *keys, *shows[3];
	} rows[] = {
		{ 15, 60, "5 b", { "load after", "Mei Tanaka" } },
		{ 15, 60, "5 L b", { "4 more, 3 books: =" } },
		/* all of the reason, and what the new owner would miss */
		{ 24, 80, "5 b",
			{ "is then the emptiest of 2 others who are",
				"missing for the hand-over: goal, next step" } },
		/* sentences go on in the same line where that saves one */
		{ 24, 80, "5 b", { "no owner 1 -> 0 · not moved: 5 by a renewal" } },
		{ 24, 80, "5 L b", { "+1 more: =", "3 more below", "no owner 1 -> 1" } },
		{ 60, 100, "5 b =", { "load after", "Ben Okafor", "Mei Tanaka" } },
		{ 24, 80, "5 L b w 'x' C-s v 'x' Enter",
			{ "load after", "Account", "Okafor" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(
			FIXTURE_COMPLETE, rows[i].rows, rows[i].columns, rows[i].keys);

		for (size_t k = 0; k < 3 && rows[i].shows[k]; k++)
			if (!scene_shows(t, -1, rows[i].shows[k]))
				fail_msg("%s: %s\n%s", rows[i].keys, rows[i].shows[k],
					scene_dump(t));
		tui_free(&t);
	}
}

/* Undone, it is the proposal that was applied, with what was said and asked for it; where
 * nothing is proposed, nothing is offered that could be done with it. */
static void test_undone(void **state)
{
	static const struct {
		const char *keys;
		bool moves;
	} rows[] = { { "5 b", true }, { "5 L", true }, { "5 b d b", true },
		{ "5 L d b", true }, { "5 b A C-s y", false } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, rows[i].keys);
		const bool offers = scene_shows(t, 23, "A apply") &&
				    scene_shows(t, 23, "p keep this move");
		char keys[64];

		if (offers != rows[i].moves)
			fail_msg("%s:\n%s", rows[i].keys, scene_dump(t));
		tui_free(&t);
		if (!rows[i].moves)
			continue;
		snprintf(keys, sizeof(keys), "%s A C-s y u", rows[i].keys);
		scene_leads_to(keys, rows[i].keys);
	}
}

/* Where there is no UTF-8 parts of a message are still told apart. */
static void test_ascii(void **state)
{
	static const char *const rows[][2] = {
		{ "5 b d", "it stays where it is - 1 new (+)" },
		{ "5 b v", "no proposal is kept yet - w keeps this one" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 30, 140, "");

		tui_free(&t);
		MUST(tui_open(scene_own(), NULL, 30, 140, true, &t, &e));
		scene_feed(t, rows[i][0]);
		if (!scene_shows(t, -1, rows[i][1]))
			fail_msg("%s\n%s", rows[i][1], scene_dump(t));
		tui_free(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_closed_popups),
		cmocka_unit_test(test_changed),
		cmocka_unit_test(test_broken_off),
		cmocka_unit_test(test_hand_over),
		cmocka_unit_test(test_saved),
		cmocka_unit_test(test_sheets_first),
		cmocka_unit_test(test_news),
		cmocka_unit_test(test_room),
		cmocka_unit_test(test_undone),
		cmocka_unit_test(test_ascii),
	};
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
