/* What is done by hand in the console: typed values land in the book, and undo takes them
 * back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_capacity.h"
#include "core/book_internal.h"
#include "tests/support/by_hand.h"
#include "tests/support/rows_text.h"

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

static void test_assign(void **state)
{
	static const struct {
		const char *typed, *owner;
	} people[] = { { "'mei'", "Mei Tanaka" }, { "'tan'", "Mei Tanaka" },
		{ "'me'", "Dana Reyes" }, { "'BEN OKAFOR'", "Ben Okafor" },
		{ "'pool'", "" } };
	char keys[128];

	(void)state;
	for (size_t i = 0; i < sizeof(people) / sizeof(*people); i++) {
		struct tui *t;

		snprintf(keys, sizeof(keys), "A %s Enter C-s", people[i].typed);
		t = by_hand_on("A-004", keys);
		by_hand_account_is("A-004", F_CSM, people[i].owner);
		tui_free(&t);
	}
}

/* Where the text stands on the screen, from the top; -1: nowhere. */
static int row_of(struct tui *t, const char *text)
{
	int row = 24;

	while (row >= 0 && !scene_shows(t, row, text))
		row--;
	return row;
}

/* Whom an account can go to is listed with how full they are: letters narrow the list, a
 * click takes somebody, and whom it will be stands there in full. */
static void test_assign_lists(void **state)
{
	struct tui *t = by_hand_on("A-004", "A");
	int mei;

	(void)state;
	assert_true(row_of(t, "  Ben Okafor  ") > 0);
	assert_true(row_of(t, "  the pool  ") > 0);
	mei = row_of(t, "  Mei Tanaka  ");
	assert_true(scene_shows(t, mei, " of tier 1, "));
	assert_true(scene_shows(t, mei, " % │"));
	scene_feed(t, "'ben'");
	assert_true(scene_shows(t, row_of(t, " of tier 1, "), "▸ Ben Okafor "));
	assert_false(scene_shows(t, mei, "Mei Tanaka"));
	scene_feed(t, "C-u");
	assert_int_equal(row_of(t, "  Mei Tanaka  "), mei);
	tui_click(t, mei, 10);
	assert_true(row_of(t, "▸ Owner  Mei Tanaka ") > 0);
	assert_true(scene_shows(t, mei, "▸ Mei Tanaka "));
	scene_feed(t, "Down");
	tui_click(t, row_of(t, "  Ben Okafor  "), 40); /* or rather somebody else */
	assert_true(row_of(t, "▸ Owner  Ben Okafor ") > 0);
	scene_feed(t, "Enter C-s");
	by_hand_account_is("A-004", F_CSM, "Ben Okafor");
	tui_free(&t);
}

/* Everybody can be come to by arrows and pages, also of a list that letters narrowed; at
 * its end the next line is, and a tab goes there at once. The list is as long as there is
 * room for. */
static void test_assign_walks(void **state)
{
	static const struct {
		const char *keys, *line, *listed;
	} rows[] = {
		{ "Down", "▸ Owner  Ben Okafor ", "▸ Ben Okafor " },
		{ "Up", "▸ Owner ", "  Ben Okafor " }, /* nobody is before nobody */
		{ "Down Down", "▸ Owner  Dana Reyes ", "▸ Dana Reyes " },
		{ "Down Down Up", "▸ Owner  Ben Okafor ", "▸ Ben Okafor " },
		{ "PgDn PgDn PgDn PgDn PgDn", "▸ Owner  pool ", "▸ the pool " },
		{ "PgDn PgDn PgDn PgDn PgDn Up", "▸ Owner  Zoe 30 ", "▸ Zoe 30 " },
		{ "PgDn PgDn PgDn PgDn PgDn Down", "▸ Why ", "▸ the pool " },
		{ "PgDn PgDn PgDn PgDn PgDn PgDn PgUp PgUp PgUp PgUp PgUp",
			"▸ Owner  Ben Okafor ", "▸ Ben Okafor " },
		{ "Down Tab", "▸ Why ", "▸ Ben Okafor " },
		{ "Down Tab S-Tab Down", "▸ Owner  Dana Reyes ", "▸ Dana Reyes " },
		{ "Down Enter", "▸ Why ", "▸ Ben Okafor " },
		{ "Tab", "▸ Why ", "  Ben Okafor " },
		/* The best of those with the letters is meant already. */
		{ "'zoe' Down", "▸ Owner  Zoe 02 ", "▸ Zoe 02 " },
		{ "'zoe' PgDn PgDn PgDn PgDn", "▸ Owner  Zoe 30 ", "▸ Zoe 30 " },
		{ "'zoe' PgDn PgDn PgDn PgDn Down", "▸ Why ", "▸ Zoe 30 " },
		{ "'zoe' Down Up Up", "▸ Owner  Zoe 01 ", "▸ Zoe 01 " },
		{ "'zoe' Down 'be'", "▸ Owner  be ", "▸ Ben Okafor " },
		{ "'zoe' Down Backspace Down", "▸ Owner  Ben Okafor ", "▸ Ben Okafor " },
		{ "'ben' Down", "▸ Why ", "▸ Ben Okafor " },
		{ "'nobody at all' Down", "▸ Why ", "nobody of that name" },
	};
	char csms[1024] = "";

	(void)state;
	for (int i = 1; i <= 30; i++)
		snprintf(csms + strlen(csms), sizeof(csms) - strlen(csms),
			"name=Zoe %02d\n", i);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct tui *t = by_hand_on("A-004", "");

		rows_put(scene_own()->store, REC_CSM, csms);
		scene_feed(t, "A");
		assert_true(row_of(t, "  Ben Okafor  ") > 0);
		assert_int_equal(row_of(t, "  Zoe 30  "), -1);
		scene_feed(t, rows[i].keys);
		if (row_of(t, rows[i].line) < 0 || row_of(t, rows[i].listed) < 0)
			fail_msg("%s:\n%s", rows[i].keys, scene_dump(t));
		if (i == 0) {
			tui_resize(t, 60, 100);
			assert_true(scene_shows(t, -1, "  Zoe 20  "));
		}
		tui_free(&t);
	}
}

/* How full they are is what Capacity says. */
static void test_assign_loads(void **state)
{
	struct tui *t = by_hand_on("A-004", "A");
	struct capacity *c;
	struct err e;

	(void)state;
	assert_int_equal(book_capacity(scene_own(), NULL, &c, &e), ST_OK);
	assert_int_equal(c->rows, 3);
	for (uint32_t i = 0; i < c->rows; i++) {
		const struct capacity_row *x = &c->row[i];
		char name[64], load[64];
		int row;

		snprintf(name, sizeof(name), "  %.*s  ", (int)x->name.n, x->name.s);
		snprintf(load, sizeof(load), " %u of tier 1, %u of tier 2, %5.0f %% ",
			x->book.accounts[0], x->book.accounts[1],
			capacity_percent(capacity_fills(&x->load)));
		row = row_of(t, name);
		assert_true(scene_shows(t, row, load));
	}
	capacity_free(&c);
	scene_feed(t, "Esc 5 j P '2026-05-15' C-s 2 A"); /* who leaves */
	assert_true(row_of(t, ",  leaves │") > 0);
	tui_free(&t);
}

/* A name that letters come to is not cut to make room for those it is not: in a list, and
 * in a form that has no room for one. */
static void test_person_in_full(void **state)
{
	static const char *const forms[] = { "A 'ma'", "E Down C-u 'ma'" };

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80,
			"1 P 'a new' Enter 'Maximiliana Konstantinopoulou-Smythe' C-s "
			"P 'a new' Enter 'Maab Ng' C-s 2");

		scene_feed(t, forms[i]);
		assert_true(scene_shows(t, -1,
			i ? "= Maab Ng, or others"
			  : "Maximiliana Konstantinopoulou-Smythe "));
		scene_feed(t, "'x'");
		assert_true(scene_shows(t, -1, "= Maximiliana Konstantinopoulou-Smythe"));
		tui_free(&t);
	}
}

/* What a colleague would look for in vain is said before the account moves; of the pool
 * and of tier 3, which live without, nothing is. */
static void test_assign_warns(void **state)
{
	static const struct {
		const char *filter, *typed;
		bool warns;
	} cases[] = { { "tier:1", "", true }, { "tier:2", "'ben'", true },
		{ "tier:1", "'pool'", false }, { "tier:3", "'ben'", false } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char keys[128];
		struct tui *t;

		snprintf(keys, sizeof(keys), "/ '%s' Enter A %s", cases[i].filter,
			cases[i].typed);
		t = scene_start(FIXTURE_COMPLETE, 24, 80, keys);
		assert_int_equal(
			scene_shows(t, -1, "missing for a hand-over: "), cases[i].warns);
		tui_free(&t);
	}
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
		cmocka_unit_test(test_assign),
		cmocka_unit_test(test_assign_lists),
		cmocka_unit_test(test_assign_walks),
		cmocka_unit_test(test_assign_loads),
		cmocka_unit_test(test_person_in_full),
		cmocka_unit_test(test_assign_warns),
		cmocka_unit_test(test_marked),
		cmocka_unit_test(test_marked_hidden),
		cmocka_unit_test(test_question),
		cmocka_unit_test(test_lock),
		cmocka_unit_test(test_tag),
		cmocka_unit_test(test_messages),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
