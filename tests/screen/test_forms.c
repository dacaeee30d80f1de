/* What is done by hand in the console: typed values land in the book, and undo takes them
 * back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/by_hand.h"

static void test_touch(void **state)
{
	struct tui *t = by_hand_on("A-004", "t");
	struct account_view *v = by_hand_account("A-004");
	const uint32_t before = v->rows[REC_TOUCH].n;
	const struct cell *c;

	(void)state;
	account_view_free(&v);
	scene_feed(t, "'will renew' Down 'n' Down 'renewal' Down '25' C-s");
	assert_true(scene_shows(t, 22, "logged a call with Adventure Works"));
	assert_true(scene_shows(t, 22, "u takes it back"));
	v = by_hand_account("A-004");
	assert_int_equal(v->rows[REC_TOUCH].n, before + 1);
	c = v->rows[REC_TOUCH].cells;
	by_hand_text_is(&c[F_TOUCH_KIND], "call");
	by_hand_text_is(&c[F_TOUCH_OUTCOME], "will renew");
	by_hand_text_is(&c[F_TOUCH_PURPOSE], "renewal");
	by_hand_text_is(&c[F_TOUCH_ACTOR], "Dana Reyes");
	assert_int_equal(c[F_TOUCH_TWO_WAY].i, 0);
	assert_true(c[F_TOUCH_MINUTES].n == 25);
	assert_int_equal(c[F_TOUCH_DATE].i, book_as_of(scene_own()));
	account_view_free(&v);
	scene_feed(t, "u");
	assert_true(scene_shows(t, 22, "undone: log a call: Adventure Works"));
	v = by_hand_account("A-004");
	assert_int_equal(v->rows[REC_TOUCH].n, before);
	account_view_free(&v);
	scene_feed(t, "U");
	assert_true(scene_shows(t, 22, "done again: log a call: Adventure Works"));
	v = by_hand_account("A-004");
	assert_int_equal(v->rows[REC_TOUCH].n, before + 1);
	account_view_free(&v);
	tui_free(&t);
}

/* Mere Enter makes no talk of a mail; what was said of it stays whatever it was. */
static void test_touch_answered(void **state)
{
	static const struct {
		const char *keys, *kind;
		int two_way;
	} rows[] = {
		{ "t C-s", "call", 1 },
		{ "t Up 'm' C-s", "mail", 0 },
		{ "t Up 'me' C-s", "meeting", 1 },
		{ "t Up 'm' 'ca' C-s", "call", 1 },
		{ "t Up 'cl' C-s", "clinic", 0 },
		{ "t Up 'v' C-s", "visit", 1 },
		{ "t Up 'm' Down Down 'y' C-s", "mail", 1 },
		{ "t Up 'm' Down Down 'y' Up Up 'c' C-s", "call", 1 },
		{ "t Down 'n' Up Up 'me' C-s", "meeting", 0 },
		{ "t Up 'm' Esc t C-s", "mail", 0 }, /* as it was left */
		{ "t Up 'm' Down Down 'y' Esc t C-s", "mail", 1 },
		{ "t Up 'm' C-s t C-s", "mail", 0 }, /* as the last one */
		{ "t Up 'm' C-s t Up 'c' C-s", "call", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = by_hand_on("A-004", rows[i].keys);
		struct account_view *v = by_hand_account("A-004");
		const struct cell *c = v->rows[REC_TOUCH].cells;

		if (!text_eq(c[F_TOUCH_KIND].t, text_of(rows[i].kind)))
			fail_msg("%s: %.*s", rows[i].keys, (int)c[F_TOUCH_KIND].t.n,
				c[F_TOUCH_KIND].t.s);
		if (c[F_TOUCH_TWO_WAY].i != rows[i].two_way)
			fail_msg("%s: two-way %d", rows[i].keys,
				(int)c[F_TOUCH_TWO_WAY].i);
		account_view_free(&v);
		tui_free(&t);
	}
}

/* Days back, and days that a touch can't have. */
static void test_days(void **state)
{
	static const struct {
		const char *typed, *shown;
		int back; /* -1: refused */
	} days[] = {
		{ "3d ago", "Sat 2026-03-28, 3 d ago", 3 },
		{ "-2w", "Tue 2026-03-17, 14 d ago", 14 },
		{ "yesterday", "Mon 2026-03-30, 1 d ago", 1 },
		{ "2026-03-01", "Sun 2026-03-01, 30 d ago", 30 },
		{ "1.3.2026", "Sun 2026-03-01, 30 d ago", 30 },
		{ "15.03.2026", "Sun 2026-03-15, 16 d ago", 16 },
		{ "3/15/2026", "Sun 2026-03-15, 16 d ago", 16 },
		{ "15/3/2026", "Sun 2026-03-15, 16 d ago", 16 },
		{ "3/3/2026", "Tue 2026-03-03, 28 d ago", 28 },
		{ "3/1/2026", "2026-01-03 or 2026-03-01?", -1 },
		{ "15.12.2026", "Tue 2026-12-15, in 259 d", -1 },
		{ "31.2.2026", "that is no day yet", -1 },
		{ "1d", "Wed 2026-04-01, in 1 d", -1 },
		{ "2026-02-30", "that is no day yet", -1 },
		{ "soon", "that is no day yet", -1 },
		{ "99999999999d", "that is no day yet", -1 },
		{ "d", "that is no day yet", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		struct tui *t = by_hand_on("A-004", "n 'x' Down C-u");
		struct account_view *v;

		tui_paste(t, text_of(days[i].typed));
		assert_true(scene_shows(t, -1, days[i].shown));
		scene_feed(t, "C-s");
		v = by_hand_account("A-004");
		assert_int_equal(v->rows[REC_NOTE].n, days[i].back >= 0);
		if (days[i].back >= 0)
			assert_int_equal(v->rows[REC_NOTE].cells[F_NOTE_DATE].i,
				book_as_of(scene_own()) - days[i].back);
		else
			assert_true(scene_shows(t, -1, "Write a note"));
		account_view_free(&v);
		tui_free(&t);
	}
}

/* How long it took, with or without what it is counted in. */
static void test_minutes(void **state)
{
	static const struct {
		const char *typed;
		int minutes; /* -1: refused */
	} rows[] = { { "15", 15 }, { "15m", 15 }, { "15 M", 15 }, { "15 min", 15 },
		{ "1 minute", 1 }, { "90 minutes", 90 }, { "m", -1 }, { "1h", -1 },
		{ "15mm", -1 } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = by_hand_on("A-004", "t Down Down Down");
		struct account_view *v = by_hand_account("A-004");
		const uint32_t before = v->rows[REC_TOUCH].n;
		double found = -1;

		account_view_free(&v);
		tui_paste(t, text_of(rows[i].typed));
		scene_feed(t, "C-s");
		v = by_hand_account("A-004");
		if (v->rows[REC_TOUCH].n > before)
			found = account_view_row(v, REC_TOUCH, 0)[F_TOUCH_MINUTES].n;
		if (found != rows[i].minutes)
			fail_msg("%s: %g", rows[i].typed, found);
		account_view_free(&v);
		tui_free(&t);
	}
}

static void test_note(void **state)
{
	struct tui *t = by_hand_on("A-004", "n 'ask about the pilot' Enter C-s");
	struct account_view *v = by_hand_account("A-004");

	(void)state;
	assert_int_equal(v->rows[REC_NOTE].n, 1);
	by_hand_text_is(&v->rows[REC_NOTE].cells[F_NOTE_TEXT], "ask about the pilot");
	by_hand_text_is(&v->rows[REC_NOTE].cells[F_NOTE_ACTOR], "Dana Reyes");
	account_view_free(&v);
	tui_free(&t);
	t = by_hand_on("A-004", "n"); /* lines of another system */
	tui_paste(t, TEXT("one\r\ntwo\nthree\rfour"));
	scene_feed(t, "C-s");
	v = by_hand_account("A-004");
	by_hand_text_is(&v->rows[REC_NOTE].cells[F_NOTE_TEXT], "one two three four");
	account_view_free(&v);
	tui_free(&t);
}

/* A line that must be filled in is blamed, and the form stays. */
static void test_needed(void **state)
{
	struct tui *t = by_hand_on("A-004", "n C-s");

	(void)state;
	assert_true(scene_shows(t, -1, "Note is needed"));
	scene_feed(t, "'x'");
	assert_false(scene_shows(t, -1, "Note is needed"));
	scene_feed(t, "C-s");
	assert_true(scene_shows(t, 22, "wrote a note on Adventure Works"));
	tui_free(&t);
}

static void test_edit(void **state)
{
	struct tui *t = by_hand_on("A-004", "E C-u 'Adventure Ltd.' Down 'xx' Esc");
	struct account_view *v = by_hand_account("A-004");

	(void)state;
	by_hand_text_is(&v->cells[F_NAME], "Adventure Works");
	account_view_free(&v);
	scene_feed(t, "E");
	assert_true(scene_shows(
		t, -1, "What you typed last time is still here; typing begins anew."));
	scene_feed(t, "Down C-u 'ben' Down C-u 'Mid' Down Down C-u 'German' Down "
		      "Down C-u '50k' Down C-u "
		      "'14d' Down 'y' Down C-u '0.25' C-s");
	assert_true(scene_shows(t, 22, "changed 8 fields of Adventure Works"));
	v = by_hand_account("A-004");
	by_hand_text_is(&v->cells[F_NAME], "Adventure Ltd.");
	by_hand_text_is(&v->cells[F_CSM], "Ben Okafor");
	by_hand_text_is(&v->cells[F_SEGMENT], "Mid");
	by_hand_text_is(&v->cells[F_LANGUAGE], "German");
	assert_int_equal(v->cells[F_ARR].i, 5000000);
	assert_int_equal(v->cells[F_RENEWAL_DATE].i, book_as_of(scene_own()) + 14);
	assert_int_equal(v->cells[F_AUTO_RENEW].i, 1);
	assert_true(v->cells[F_GROWTH].n == 0.25);
	account_view_free(&v);
	scene_feed(t, "u E");
	assert_true(scene_shows(t, -1, "Adventure Works"));
	assert_false(scene_shows(t, -1, "still here"));
	scene_feed(t, "C-s");
	assert_true(scene_shows(t, 22, "nothing was changed"));
	tui_free(&t);
}

/* Marks: all of them are meant and used up by it, and one undo takes all of it back. */
static void test_marked(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80,
		"/ 'csm:dana' Enter * A 'ben' Enter 'leave' C-s");

	(void)state;
	assert_true(scene_shows(t, 22, "marked accounts to Ben Okafor"));
	assert_false(scene_shows(t, 1, "marked"));
	scene_feed(t, "&");
	assert_true(scene_shows(t, 1, "marked, "));
	assert_true(scene_shows(t, 1, " not shown")); /* they are Ben's now */
	scene_feed(t, "\\ / 'csm:dana' Enter");
	assert_true(scene_shows(t, 0, "0 of"));
	scene_feed(t, "u");
	assert_true(scene_shows(t, 22, "undone: assign to Ben Okafor: "));
	assert_false(scene_shows(t, 0, " 0 of"));
	tui_free(&t);
}

/* Marked ones that the list does not show are named, and asked about. */
static void test_marked_hidden(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80,
		"/ 'A-004' Enter Space / C-u 'A-005' Enter Space / C-u 'A-00' Enter g t");

	(void)state;
	assert_false(scene_shows(t, 1, "not shown"));
	assert_true(scene_shows(t, -1, "2 marked: "));
	scene_feed(t, "Esc / C-u 'A-005' Enter T");
	assert_true(scene_shows(t, -1, "2 marked, 1 not shown: "));
	scene_feed(t, "Down 'pilot' C-s");
	assert_true(scene_shows(t, -1, "Tag 2 accounts (1 of them not shown)?"));
	scene_feed(t, "n Esc Space E Down C-s");
	assert_true(scene_shows(t, -1, "1 marked, 1 not shown: "));
	tui_free(&t);
}

/* Of many some are named, and how many there are besides: as many as there is room for.
 */
static void test_marked_named(void **state)
{
	static const struct {
		int columns;
		const char *keys, *shown;
	} rows[] = {
		{ 80, "* g t",
			"36 marked: Northwind Traders, Fabrikam, Tailspin Toys and 33 "
			"more" },
		{ 60, "* g t", "36 marked: Northwind Traders, Fabrikam and 34 more" },
		{ 80, "Space Space t", "2 marked: Lucerne Publishing, Woodgrove Bank " },
		{ 80, "Space t", "1 marked: Woodgrove Bank " },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t =
			scene_start(FIXTURE_COMPLETE, 24, rows[i].columns, rows[i].keys);

		if (!scene_shows(t, -1, rows[i].shown))
			fail_msg("%s\n%s", rows[i].shown, scene_dump(t));
		tui_free(&t);
	}
}

/* More than twenty at once: a question first, and no is no. */
static void test_question(void **state)
{
	static const char *const no[] = { "n", "Esc", "Enter", "q" };

	(void)state;
	for (size_t i = 0; i < sizeof(no) / sizeof(*no); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "* A 'ben' C-s");

		assert_true(scene_shows(t, -1, "Assign 36 accounts to Ben Okafor?"));
		scene_feed(t, no[i]);
		assert_false(scene_shows(t, -1, "Are you sure?"));
		assert_true(scene_shows(t, -1, "Assign an owner"));
		by_hand_account_is("A-001", F_CSM, "Dana Reyes");
		scene_feed(t, "C-s y");
		assert_true(scene_shows(t, 22, "assigned 36 marked accounts"));
		by_hand_account_is("A-001", F_CSM, "Ben Okafor");
		tui_free(&t);
	}
}

static void test_lock(void **state)
{
	struct tui *t = by_hand_on("A-004", "L C-u '2026-12-31' Enter 'promised' C-s");
	struct account_view *v = by_hand_account("A-004");

	(void)state;
	assert_true(v->row.locked);
	by_hand_text_is(&v->rows[REC_LOCK].cells[F_LOCK_REASON], "promised");
	account_view_free(&v);
	scene_feed(t, "L");
	assert_true(scene_shows(t, -1, "locked until 2026-12-31: promised"));
	scene_feed(t, "C-u '2027-01-31' Enter 'again' C-s L");
	assert_true(scene_shows(t, -1, "locked until 2027-01-31: again"));
	assert_true(scene_shows(t, -1, "Until  2027-01-31"));
	scene_feed(t, "Esc Enter");
	assert_true(scene_shows(t, 2, " locked  $"));
	scene_feed(t, "Esc L Up 'li' C-s");
	v = by_hand_account("A-004");
	assert_false(v->row.locked);
	account_view_free(&v);
	scene_feed(t, "u");
	v = by_hand_account("A-004");
	assert_true(v->row.locked);
	account_view_free(&v);
	tui_free(&t);
	t = by_hand_on("A-005", "L Up 'li' C-s");
	assert_true(scene_shows(t, -1, "there is no lock to lift"));
	tui_free(&t);
}

static bool has_word(struct text t, const char *word)
{
	for (size_t i = 0; i + strlen(word) <= t.n; i++)
		if (memcmp(t.s + i, word, strlen(word)) == 0)
			return true;
	return false;
}

static void test_tag(void **state)
{
	struct tui *t = by_hand_on("A-004", "T Down 'pilot' C-s");
	struct account_view *v = by_hand_account("A-004");

	(void)state;
	assert_true(scene_shows(t, 22, "tagged Adventure Works with pilot"));
	assert_true(has_word(v->row.tags, "pilot"));
	account_view_free(&v);
	scene_feed(t, "\\ / 'tag:pilot' Enter");
	assert_true(scene_shows(t, 0, "1 of"));
	scene_feed(t, "T Up Right Down 'pilot' C-s");
	v = by_hand_account("A-004");
	assert_false(has_word(v->row.tags, "pilot"));
	account_view_free(&v);
	tui_free(&t);
}

static void test_messages(void **state)
{
	struct tui *t = by_hand_on("A-004", "m");

	(void)state;
	assert_true(scene_shows(t, -1, "Messages"));
	scene_feed(t, "Esc n 'x' C-s : 'messages' Enter");
	assert_true(scene_shows(t, -1, "wrote a note on Adventure Works"));
	tui_click(t, 1, 79);
	assert_false(scene_shows(t, -1, "Messages"));
	for (int i = 0; i < 300; i++)
		scene_feed(t, "a");
	scene_feed(t, "m End");
	assert_false(scene_shows(t, -1, "wrote a note"));
	tui_free(&t);
}

/* How many of the pool are dealt: a number there can be, or nothing for all. */
static void test_deal(void **state)
{
	static const struct {
		const char *typed;
		bool refused;
	} rows[] = { { "", false }, { "1", false }, { "1000000", false },
		{ "1000001", true }, { "10000009", true }, { "99999999999", true },
		{ "0", true }, { "-1", true }, { "1.5", true }, { "x", true } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char keys[80];
		struct tui *t;

		snprintf(keys, sizeof(keys), "1 : 'deal' Enter '%s' C-s", rows[i].typed);
		t = scene_fresh(FIXTURE_COMPLETE, 24, 80, keys);
		if (scene_shows(t, -1, "1 to 1000000, or empty") != rows[i].refused ||
			scene_shows(t, 22, "dealt ") == rows[i].refused)
			fail_msg("\"%s\"\n%s", rows[i].typed, scene_dump(t));
		tui_free(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_touch),
		cmocka_unit_test(test_touch_answered),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_minutes),
		cmocka_unit_test(test_note),
		cmocka_unit_test(test_needed),
		cmocka_unit_test(test_edit),
		cmocka_unit_test(test_marked),
		cmocka_unit_test(test_marked_hidden),
		cmocka_unit_test(test_marked_named),
		cmocka_unit_test(test_question),
		cmocka_unit_test(test_lock),
		cmocka_unit_test(test_tag),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_deal),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
