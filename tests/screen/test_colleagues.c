/* Colleagues on the console: who leaves is a fact of the book, entered where it comes up,
 * and taken back like any other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_capacity.h"
#include "tests/support/by_hand.h"

/* The record's last day and share of somebody; DAY_NONE and -1: there is nobody of the
 * name. */
struct colleague {
	const char *name;
	int32_t until;
	double share;
	uint32_t accounts;
};

static struct colleague colleague(const char *name)
{
	struct colleague out = { .name = name, .until = DAY_NONE, .share = -1 };
	struct capacity *c;
	struct err e = { .text = "" };

	if (book_capacity(scene_own(), NULL, &c, &e) != ST_OK)
		fail_msg("%s", e.text);
	for (uint32_t k = 0; k < c->rows; k++) {
		const struct capacity_row *r = &c->row[k];

		if (!text_eq(r->name, text_of(name)))
			continue;
		out.until = r->until;
		out.share = r->noted;
		for (int t = 0; t < TIER_COUNT; t++)
			out.accounts += r->book.accounts[t];
	}
	capacity_free(&c);
	return out;
}

static int32_t day(const char *text)
{
	int32_t out = DAY_NONE;

	assert_true(day_parse(text_of(text), DAY_ISO, &out));
	return out;
}

#define SOMEBODY "Ben Okafor"

/* Who came by a slip of a name goes again; who looks after somebody stays. */
static void test_removed(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 Del");

	(void)state;
	assert_true(scene_shows(t, -1, "looks after accounts"));
	assert_true(scene_shows(t, -1, "P gives a last day"));
	tui_free(&t);
	t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "1 P 'a new' Enter 'Aa Slip' C-s 5");
	assert_true(colleague("Aa Slip").share > 0.99);
	scene_feed(t, "Home Del");
	assert_true(scene_shows(t, -1, "Aa Slip is removed"));
	assert_true(colleague("Aa Slip").share < 0);
	scene_feed(t, "u");
	assert_true(colleague("Aa Slip").share > 0.99);
	tui_free(&t);
}

static void test_last_day(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 P");

	(void)state;
	assert_true(scene_shows(t, -1, "A colleague"));
	assert_true(scene_shows(t, -1, SOMEBODY));
	scene_feed(t, "'2027-01-15' C-s");
	assert_true(scene_shows(t, 22, SOMEBODY ": last day 2027-01-15"));
	assert_int_equal(colleague(SOMEBODY).until, day("2027-01-15"));
	scene_feed(t, "u");
	assert_int_equal(colleague(SOMEBODY).until, DAY_NONE);
	tui_free(&t);
}

/* Who leaves is told from others in the row, in words, at any width. */
static void test_leaves_in_the_row(void **state)
{
	static const struct {
		int columns;
		const char *row;
	} rows[] = { { 60, "16 % leaves" }, { 80, "16 % leaves   0" },
		{ 100, "16 % leaves   0" }, { 119, "16 % leaves   0" },
		{ 120, "16 % leaves   0" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(
			FIXTURE_COMPLETE, 24, rows[i].columns, "5 P '2026-05-15' C-s");

		if (!scene_shows(t, 3, rows[i].row))
			fail_msg("%d: %s", rows[i].columns, scene_dump(t));
		assert_true(scene_shows(t, 3, "leaves"));
		scene_feed(t, "u");
		assert_false(scene_shows(t, 3, "leaves"));
		tui_free(&t);
	}
}

/* From any screen, by the words that come to mind. */
static void test_palette(void **state)
{
	static const char *const words[] = { "last day", "colleague", "leaves" };

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++) {
		char keys[64];
		struct tui *t;

		snprintf(keys, sizeof(keys), "1 : '%s' Enter", words[i]);
		t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);
		if (!scene_shows(t, -1, "Which colleague?"))
			fail_msg("%s", words[i]);
		scene_feed(t, "'ben' Enter");
		assert_true(scene_shows(t, -1, "Last day"));
		tui_free(&t);
	}
}

static void test_new(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 End P");

	(void)state;
	assert_true(scene_shows(t, -1, "Which colleague?"));
	scene_feed(t, "Enter"); /* nobody is opened whom one did not mean */
	assert_true(scene_shows(t, -1, "A new colleague"));
	scene_feed(t, "Esc 1 P 'a new' Enter");
	assert_true(scene_shows(t, -1, "A new colleague"));
	scene_feed(t, "'Eve Dahl' Down Down Down '1.5' C-s");
	assert_true(scene_shows(t, -1, "allowed is 0 to 1"));
	scene_feed(t, "C-u '0.5' Down Down Down 'German;French' C-s");
	assert_true(scene_shows(t, -1, "No account has the language"));
	scene_feed(t, "y");
	assert_true(colleague("Eve Dahl").share > 0.49);
	scene_feed(t, "P 'eve' Enter");
	assert_true(scene_shows(t, -1, "German;French"));
	scene_feed(t, "Esc u");
	assert_true(colleague("Eve Dahl").share < 0);
	tui_free(&t);
}

/* Somebody who is away in a proposal: the last day is offered, and can be left out. */
static void test_applied(void **state)
{
	static const struct {
		const char *keys;
		bool noted;
	} rows[] = { { "C-s y", true }, { "C-u C-s y", false } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(
			FIXTURE_COMPLETE, 24, 80, "5 < < < < < < < < < < b A");
		const uint32_t had = colleague(SOMEBODY).accounts;

		assert_true(scene_shows(t, -1, "Last day"));
		assert_true(scene_shows(t, -1, "away: " SOMEBODY));
		scene_feed(t, rows[i].keys);
		assert_true(had > colleague(SOMEBODY).accounts);
		assert_int_equal(colleague(SOMEBODY).until,
			rows[i].noted ? book_as_of(scene_own()) : DAY_NONE);
		scene_feed(t, "u");
		scene_feed(t, "y");
		assert_int_equal(colleague(SOMEBODY).accounts, had);
		assert_int_equal(colleague(SOMEBODY).until, DAY_NONE);
		tui_free(&t);
	}
}

/* A last day that the book has is offered, and stays. */
static void test_applied_with_last_day(void **state)
{
	static const struct {
		const char *keys, *until;
	} rows[] = { { "C-s y", "2026-05-15" }, { "C-u C-s y", "2026-05-15" },
		{ "C-u '2026-06-30' C-s y", "2026-06-30" } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80,
			"5 P '2026-05-15' C-s < < < < < < < < < < b A");

		assert_true(scene_shows(t, -1, "Last day  2026-05-15"));
		scene_feed(t, rows[i].keys);
		assert_int_equal(colleague(SOMEBODY).until, day(rows[i].until));
		assert_int_equal(colleague(SOMEBODY).accounts, 0);
		tui_free(&t);
	}
}

#define AWAY "< < < < < < < < < < "

/* That accounts which ask for an owner lose theirs is told before it is done. */
static void test_nobody_is_named(void **state)
{
	static const struct {
		const char *keys;
		const char *said[3]; /* lines of the question */
	} rows[] = {
		{ AWAY, { "(7 of them nobody:", "the pool), with a", NULL } },
		{ AWAY "Down " AWAY "Down " AWAY,
			{ "(31 of them nobody:",
				"the pool; 3 of tier 1 and 9 of tier 2, $ 3.0M ARR,",
				"among these), with a" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char keys[256];
		struct tui *t;

		snprintf(keys, sizeof(keys), "5 %sb A C-s", rows[i].keys);
		t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);
		for (size_t k = 0; k < 3 && rows[i].said[k]; k++)
			if (!scene_shows(t, -1, rows[i].said[k]))
				fail_msg("%s: %s", rows[i].said[k], scene_dump(t));
		tui_free(&t);
	}
}

/* What stands in the way begins there where there is little room, and = says all. */
static void test_obstacle_goes_on(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 28, 80,
		"5 " AWAY "Down < < < < < < < < < Down < < < < < < < < < b");

	(void)state;
	assert_true(scene_shows(t, 6, "ARR, lose their owner and get no other"));
	assert_true(scene_shows(t, 7, "the renewal near: Lucerne Publishing"));
	assert_true(scene_shows(t, 8, "! Dana Reyes stays over at 31 % of 10 %: of 6 "));
	if (!scene_shows(t, 11, "3 more: nobody has room for it: the emptiest, Mei"))
		fail_msg("%s", scene_dump(t));
	scene_feed(t, "= End");
	if (!scene_shows(t, -1, "is full to 181 %"))
		fail_msg("%s", scene_dump(t));
	tui_free(&t);
}

/* Who has no name is there by its id. */
static void test_obstacle_without_name(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 28, 80, "5");

	(void)state;
	for (int i = 1; i <= 36; i++) {
		char id[16];

		snprintf(id, sizeof(id), "A-%03d", i);
		by_hand_elsewhere(id, F_NAME, "");
	}
	scene_feed(t, AWAY "Down < < < < < < < < < Down < < < < < < < < < b");
	if (!scene_shows(t, -1, "! A-0"))
		fail_msg("%s", scene_dump(t));
	tui_free(&t);
}

/* On a low screen the books that change most are there, besides three moves at least. */
static void test_books_when_low(void **state)
{
	static const struct {
		int rows, columns;
		bool books, all;
	} screens[] = { { 15, 60, true, true }, { 16, 80, true, true },
		{ 17, 80, true, true }, { 20, 80, true, true }, { 16, 140, true, true } };

	(void)state;
	for (size_t i = 0; i < sizeof(screens) / sizeof(*screens); i++) {
		struct tui *t = scene_fresh(
			FIXTURE_COMPLETE, screens[i].rows, screens[i].columns, "5 b");

		if (scene_shows(t, -1, "load after") != screens[i].books ||
			scene_shows(t, -1, "Mei Tanaka       2    1") != screens[i].all ||
			!scene_shows(t, -1, "pool to Ben Okafor"))
			fail_msg("%d: %s", screens[i].rows, scene_dump(t));
		tui_free(&t);
	}
}

/* What was refused stays refused when the proposal was applied and taken back. */
static void test_refused_stays(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 b d");

	(void)state;
	assert_true(scene_shows(t, -1, "1 as you said"));
	scene_feed(t, "A C-s y");
	assert_true(scene_shows(t, -1, "1 as you said"));
	scene_feed(t, "u");
	assert_true(scene_shows(t, -1, "1 as you said"));
	tui_free(&t);
}

/* The figures are let go of on other screens; the cursor, the order and what is asked
 * about are there again. */
static void test_left_and_back(void **state)
{
	static const char *const rows[][2] = {
		{ "5 Down 8 5", "5 Down" },
		{ "5 s s Down + < p 7 5", "5 s s Down + < p" },
		{ "5 Down < 2 8 1 5 =", "5 Down < =" },
		{ "5 G 6 5", "5 G" }, /* the pool, which is the last */
		{ "5 + 8 5 b", "5 + b" },
		{ "5 b d 8 5 b", "5 b d Esc b" },
		{ "5 Down Enter Esc", "5 Down" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		scene_leads_to(rows[i][0], rows[i][1]);
}

/* What was just applied is taken back without a question, also where it was one account
 * and the cursor stands on none. */
static void test_applied_and_back(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "5 b d d d d d A C-s y");

	(void)state;
	assert_true(scene_shows(t, 22, "1 account has another owner · u takes it back"));
	scene_feed(t, "u");
	if (!scene_shows(t, 22, "undone: rebalance: 1 account"))
		fail_msg("%s", scene_dump(t));
	tui_free(&t);
}

/* The sheet of a book has a sentence for each of its columns. */
static void test_columns_explained(void **state)
{
	static const char *const rows[] = { "5 =", "5 End =" };
	static const char *const words[] = { "T1, T2, T3, ARR: ", "at risk: $ ",
		"over all of these accounts", "ren: ", "renewing within 60 days",
		"load: ", "h/week: " };
	struct tui *t;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		t = scene_start(FIXTURE_COMPLETE, 60, 120, rows[i]);
		for (size_t k = 0; k < sizeof(words) / sizeof(*words) - 2 * i; k++)
			if (!scene_shows(t, -1, words[k]))
				fail_msg("%s: %s", rows[i], words[k]);
		tui_free(&t);
	}
}

/* Capacity by load and back: the cursor stays with its book, the pool at the end. */
static void test_sorted(void **state)
{
	static const struct {
		const char *keys, *first;
	} rows[] = {
		{ "5", "Ben Okafor" },
		{ "5 s", "Dana Reyes" },
		{ "5 s s", "Ben Okafor" },
		{ "5 s s s s", "Ben Okafor" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, rows[i].keys);

		if (!scene_shows(t, 3, rows[i].first) || !scene_shows(t, 6, "pool"))
			fail_msg("%s: %s", rows[i].keys, scene_dump(t));
		scene_feed(t, "P"); /* still that of the one it was on */
		assert_true(scene_shows(t, -1, "Ben Okafor"));
		assert_true(scene_shows(t, -1, "A colleague"));
		tui_free(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns_explained),
		cmocka_unit_test(test_last_day),
		cmocka_unit_test(test_leaves_in_the_row),
		cmocka_unit_test(test_palette),
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_removed),
		cmocka_unit_test(test_applied),
		cmocka_unit_test(test_applied_with_last_day),
		cmocka_unit_test(test_nobody_is_named),
		cmocka_unit_test(test_obstacle_goes_on),
		cmocka_unit_test(test_obstacle_without_name),
		cmocka_unit_test(test_books_when_low),
		cmocka_unit_test(test_refused_stays),
		cmocka_unit_test(test_left_and_back),
		cmocka_unit_test(test_applied_and_back),
		cmocka_unit_test(test_sorted),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
