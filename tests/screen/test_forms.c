/* What is done by hand in the console: typed values land in the book, undo takes them
 * back, nothing typed is lost, and nothing anybody types or pastes breaks a form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/change.h"
#include "tests/support/scene.h"

/* ---- what was typed is in the book ---------------------------------------------- */

static uint32_t find(struct book *b, const char *id)
{
	uint32_t out = 0;
	struct err e = { .text = "" };

	if (book_find(b, text_of(id), &out, &e) != ST_OK)
		fail_msg("%s", e.text);
	return out;
}

static struct account_view *account(struct book *b, const char *id)
{
	struct account_view *v = NULL;
	struct err e = { .text = "" };

	if (book_account(b, find(b, id), &v, &e) != ST_OK)
		fail_msg("%s", e.text);
	return v;
}

static void assert_text(const struct cell *c, const char *want)
{
	assert_int_equal(c->type, want[0] ? CELL_TEXT : CELL_MISSING);
	if (want[0])
		assert_true(text_eq(c->t, text_of(want)));
}

/* Somebody else's change, on another desk. */
static void change_text(const char *id, int field, const char *text)
{
	struct cell cells[ACCOUNT_FIELDS] = { 0 };
	struct change change = { .kind = REC_ACCOUNT,
		.row = find(scene_own(), id),
		.fields = 1u << field,
		.cells = cells };
	struct err e = { .text = "" };

	cells[field] = CELL_OF_TEXT(text_of(text));
	if (book_change(scene_own(), &change, 1, "edit", NULL, &e) != ST_OK)
		fail_msg("%s", e.text);
}

static void rename_account(const char *id, const char *name)
{
	change_text(id, F_NAME, name);
}

/* A filter that leaves one account, then the keys. */
static struct tui *on(const char *id, const char *keys)
{
	char all[1024];

	snprintf(all, sizeof(all), "/ 'id:%s' Enter %s", id, keys);
	return scene_fresh(FIXTURE_COMPLETE, 24, 80, all);
}

static void test_touch(void **state)
{
	struct tui *t = on("A-004", "t");
	struct account_view *v = account(scene_own(), "A-004");
	const uint32_t before = v->rows[REC_TOUCH].n;
	const struct cell *c;

	(void)state;
	account_view_free(&v);
	scene_feed(t, "Enter 'will renew' Down 'n' Down 'renewal' Down '25' C-s");
	assert_true(scene_shows(t, 22, "logged a call with Adventure Works"));
	assert_true(scene_shows(t, 22, "u takes it back"));
	v = account(scene_own(), "A-004");
	assert_int_equal(v->rows[REC_TOUCH].n, before + 1);
	c = v->rows[REC_TOUCH].cells;
	assert_text(&c[F_TOUCH_KIND], "call");
	assert_text(&c[F_TOUCH_OUTCOME], "will renew");
	assert_text(&c[F_TOUCH_PURPOSE], "renewal");
	assert_text(&c[F_TOUCH_ACTOR], "Dana Reyes");
	assert_int_equal(c[F_TOUCH_TWO_WAY].i, 0);
	assert_true(c[F_TOUCH_MINUTES].n == 25);
	assert_int_equal(c[F_TOUCH_DATE].i, book_as_of(scene_own()));
	account_view_free(&v);
	scene_feed(t, "u");
	assert_true(scene_shows(t, 22, "undone: log a call: Adventure Works"));
	v = account(scene_own(), "A-004");
	assert_int_equal(v->rows[REC_TOUCH].n, before);
	account_view_free(&v);
	scene_feed(t, "U");
	assert_true(scene_shows(t, 22, "done again: log a call: Adventure Works"));
	v = account(scene_own(), "A-004");
	assert_int_equal(v->rows[REC_TOUCH].n, before + 1);
	account_view_free(&v);
	tui_free(&t);
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
		{ "1d", "Wed 2026-04-01, in 1 d", -1 },
		{ "2026-02-30", "that is no day yet", -1 },
		{ "soon", "that is no day yet", -1 },
		{ "99999999999d", "that is no day yet", -1 },
		{ "d", "that is no day yet", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(*days); i++) {
		struct tui *t = on("A-004", "n 'x' Down C-u");
		struct account_view *v;

		tui_paste(t, text_of(days[i].typed));
		assert_true(scene_shows(t, -1, days[i].shown));
		scene_feed(t, "C-s");
		v = account(scene_own(), "A-004");
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

static void test_note(void **state)
{
	struct tui *t = on("A-004", "n 'ask about the pilot' Enter C-s");
	struct account_view *v = account(scene_own(), "A-004");

	(void)state;
	assert_int_equal(v->rows[REC_NOTE].n, 1);
	assert_text(&v->rows[REC_NOTE].cells[F_NOTE_TEXT], "ask about the pilot");
	assert_text(&v->rows[REC_NOTE].cells[F_NOTE_ACTOR], "Dana Reyes");
	account_view_free(&v);
	tui_free(&t);
	t = on("A-004", "n"); /* lines of another system */
	tui_paste(t, TEXT("one\r\ntwo\nthree\rfour"));
	scene_feed(t, "C-s");
	v = account(scene_own(), "A-004");
	assert_text(&v->rows[REC_NOTE].cells[F_NOTE_TEXT], "one two three four");
	account_view_free(&v);
	tui_free(&t);
}

/* A line that must be filled in is blamed, and the form stays. */
static void test_needed(void **state)
{
	struct tui *t = on("A-004", "n C-s");

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
	struct tui *t = on("A-004", "E C-u 'Adventure Ltd.' Down 'xx' Esc");
	struct account_view *v = account(scene_own(), "A-004");

	(void)state;
	assert_text(&v->cells[F_NAME], "Adventure Works");
	account_view_free(&v);
	scene_feed(t, "E");
	assert_true(scene_shows(
		t, -1, "What you typed last time is still here; typing begins anew."));
	scene_feed(t, "Down C-u 'ben' Down C-u 'Mid' Down Down Down C-u '50k' Down C-u "
		      "'14d' Down 'y' Down C-u '0.25' C-s");
	assert_true(scene_shows(t, 22, "changed 7 fields of Adventure Works"));
	v = account(scene_own(), "A-004");
	assert_text(&v->cells[F_NAME], "Adventure Ltd.");
	assert_text(&v->cells[F_CSM], "Ben Okafor");
	assert_text(&v->cells[F_SEGMENT], "Mid");
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

/* ---- somebody else saves first -------------------------------------------------- */

static void name_is(const char *want)
{
	struct account_view *v = account(scene_own(), "A-004");

	assert_text(&v->cells[F_NAME], want);
	account_view_free(&v);
}

/* What was seen, theirs and mine are shown, and a key says which stays; going back
 * leaves the form as it was, and asks again. */
static void test_stale(void **state)
{
	static const struct {
		const char *keys, *name;
		bool form; /* it is still there */
	} cases[] = { { "m", "Mine", false }, { "t", "Theirs", false },
		{ "Esc", "Theirs", true }, { "Esc C-s m", "Mine", false },
		{ "q y n Enter", "Theirs", true } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct tui *t = on("A-004", "E C-u 'Mine'");

		rename_account("A-004", "Theirs");
		scene_feed(t, "C-s");
		assert_true(scene_shows(t, -1, "Somebody changed it meanwhile"));
		assert_true(scene_shows(t, -1, "you saw   Adventure Works"));
		assert_true(scene_shows(t, -1, "theirs    Theirs"));
		assert_true(scene_shows(t, -1, "yours     Mine"));
		name_is("Theirs");
		scene_feed(t, cases[i].keys);
		name_is(cases[i].name);
		assert_int_equal(scene_shows(t, -1, "Name          Mine"), cases[i].form);
		tui_free(&t);
	}
}

/* Each field is decided; what only one of the two changed is nobody's question. */
static void test_stale_by_field(void **state)
{
	struct tui *t = on(
		"A-004", "E C-u 'Mine' Down Down C-u 'My segment' Down C-u 'My region'");
	struct account_view *v;

	(void)state;
	rename_account("A-004", "Theirs");
	change_text("A-004", F_SEGMENT, "Their segment");
	change_text("A-004", F_INDUSTRY, "Their industry");
	scene_feed(t, "C-s");
	assert_true(scene_shows(t, -1, "Name (1 of 2)"));
	scene_feed(t, "t");
	assert_true(scene_shows(t, -1, "Segment (2 of 2)"));
	name_is("Theirs");
	scene_feed(t, "m");
	name_is("Theirs");
	v = account(scene_own(), "A-004");
	assert_text(&v->cells[F_SEGMENT], "My segment");
	assert_text(&v->cells[F_REGION], "My region");
	assert_text(&v->cells[F_INDUSTRY], "Their industry");
	account_view_free(&v);
	tui_free(&t);
}

/* While it is being decided, they change it once more; both typing the same is none. */
static void test_stale_twice(void **state)
{
	struct tui *t = on("A-004", "E C-u 'Mine'");

	(void)state;
	rename_account("A-004", "Theirs");
	scene_feed(t, "C-s");
	rename_account("A-004", "Theirs again");
	scene_feed(t, "m");
	name_is("Theirs again");
	assert_true(scene_shows(t, -1, "you saw   Theirs"));
	assert_true(scene_shows(t, -1, "theirs    Theirs again"));
	rename_account("A-004", "Mine");
	scene_feed(t, "t");
	name_is("Mine");
	tui_free(&t);
}

/* What was typed before, and kept, was typed over what was there then. */
static void test_stale_draft(void **state)
{
	struct tui *t = on("A-004", "E C-u 'Mine' Esc");

	(void)state;
	rename_account("A-004", "Theirs");
	scene_feed(t, "C-l E C-s");
	assert_true(scene_shows(t, -1, "theirs    Theirs"));
	name_is("Theirs");
	tui_free(&t);
}

static void assert_owner(const char *id, const char *want)
{
	struct account_view *v = account(scene_own(), id);

	assert_text(&v->cells[F_CSM], want);
	account_view_free(&v);
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
		t = on("A-004", keys);
		assert_owner("A-004", people[i].owner);
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
		assert_owner("A-001", "Dana Reyes");
		scene_feed(t, "C-s y");
		assert_true(scene_shows(t, 22, "assigned 36 marked accounts"));
		assert_owner("A-001", "Ben Okafor");
		tui_free(&t);
	}
}

static void test_lock(void **state)
{
	struct tui *t = on("A-004", "L C-u '2026-12-31' Enter 'promised' C-s");
	struct account_view *v = account(scene_own(), "A-004");

	(void)state;
	assert_true(v->row.locked);
	assert_text(&v->rows[REC_LOCK].cells[F_LOCK_REASON], "promised");
	account_view_free(&v);
	scene_feed(t, "L");
	assert_true(scene_shows(t, -1, "locked until 2026-12-31: promised"));
	scene_feed(t, "C-u '2027-01-31' Enter 'again' C-s L");
	assert_true(scene_shows(t, -1, "locked until 2027-01-31: again"));
	assert_true(scene_shows(t, -1, "Until  2027-01-31"));
	scene_feed(t, "Esc Enter");
	assert_true(scene_shows(t, 2, " locked  $"));
	scene_feed(t, "Esc L Up 'li' C-s");
	v = account(scene_own(), "A-004");
	assert_false(v->row.locked);
	account_view_free(&v);
	scene_feed(t, "u");
	v = account(scene_own(), "A-004");
	assert_true(v->row.locked);
	account_view_free(&v);
	tui_free(&t);
	t = on("A-005", "L Up 'li' C-s");
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
	struct tui *t = on("A-004", "T Down 'pilot' C-s");
	struct account_view *v = account(scene_own(), "A-004");

	(void)state;
	assert_true(scene_shows(t, 22, "tagged Adventure Works with pilot"));
	assert_true(has_word(v->row.tags, "pilot"));
	account_view_free(&v);
	scene_feed(t, "\\ / 'tag:pilot' Enter");
	assert_true(scene_shows(t, 0, "1 of"));
	scene_feed(t, "T Up Right Down 'pilot' C-s");
	v = account(scene_own(), "A-004");
	assert_false(has_word(v->row.tags, "pilot"));
	account_view_free(&v);
	tui_free(&t);
}

/* ---- moving, choosing, the mouse ------------------------------------------------ */

static void assert_same(const char *keys, const char *same_as)
{
	struct tui *a = on("A-004", keys), *b;
	const char *dump = scene_dump(a);

	tui_free(&a);
	b = on("A-004", same_as);
	screen_same(keys, scene_dump(b), dump);
	tui_free(&b);
}

static void test_ways(void **state)
{
	(void)state;
	assert_same("t Tab Tab S-Tab", "t Enter");
	assert_same("t Down Up", "t");
	assert_same("t Up", "t");
	assert_same("t 'c'", "t");
	assert_same("t 'cc'", "t Right Right Right");
	assert_same("t Right 'c'", "t");
	assert_same("t 'ch'", "t Right Right Right");
	assert_same("t 'm'", "t Right");
	assert_same("t 'mm'", "t Right Right");
	assert_same("t 'mee'", "t Right Right");
	assert_same("t Right Right Right Right Right", "t 'v'");
	assert_same("t Left", "t");
	assert_same("t 'z'", "t");
	assert_same("t Esc", "");
	assert_same("t Enter 'x' Backspace Esc", "");
	assert_same("n 'abc' Left Left Del", "n 'ac' Left");
	assert_same("A 'mei' Tab S-Tab", "A 'Mei Tanaka' Tab S-Tab");
	assert_same("t Enter 'q?:/=u'", "t Enter 'q?:/' '=u'");
}

static void test_mouse(void **state)
{
	struct tui *t = on("A-004", "t");
	struct account_view *v;
	int row = 0;

	(void)state;
	while (!scene_shows(t, row, "Kind"))
		row++;
	tui_click(t, row, 30); /* a choice of the first line */
	assert_false(scene_shows(t, row, "[call]"));
	assert_true(scene_shows(t, row, "[mail]") || scene_shows(t, row, "[meeting]"));
	tui_click(t, row + 1, 30);
	scene_feed(t, "'typed'");
	assert_true(scene_shows(t, row + 1, "typed"));
	while (!scene_shows(t, row, " log it "))
		row++;
	tui_click(t, row, 72);
	assert_true(scene_shows(t, 22, "logged a "));
	v = account(scene_own(), "A-004");
	assert_text(&v->rows[REC_TOUCH].cells[F_TOUCH_OUTCOME], "typed");
	account_view_free(&v);
	scene_feed(t, "t");
	assert_false(scene_shows(t, -1, "[call]")); /* what was logged last */
	tui_click(t, 23, 2);                        /* the first hint */
	assert_true(scene_shows(t, 22, "logged a m"));
	scene_feed(t, "n 'not lost'");
	tui_click(t, 2, 0); /* outside */
	assert_false(scene_shows(t, -1, " write it "));
	scene_feed(t, "n");
	assert_true(scene_shows(t, -1, "not lost"));
	tui_free(&t);
}

/* Undoing what concerns another account than the one under the cursor is asked about;
 * H lists what was done, and the palette finds it by other names. */
static void test_undo_elsewhere(void **state)
{
	struct tui *t = scene_fresh(
		FIXTURE_COMPLETE, 24, 80, "/ 'A-00' Enter g n 'first' C-s j u");

	(void)state;
	assert_true(scene_shows(t, -1, "Undo: write a note: "));
	scene_feed(t, "n");
	assert_false(scene_shows(t, 22, "undone"));
	scene_feed(t, "u y");
	assert_true(scene_shows(t, 22, "undone: write a note: "));
	scene_feed(t, "j U");
	assert_true(scene_shows(t, -1, "Do again: write a note: "));
	scene_feed(t, "y");
	assert_true(scene_shows(t, 22, "done again: write a note: "));
	scene_feed(t, "k k u");
	assert_true(scene_shows(t, 22, "undone: write a note: "));
	scene_feed(t, "H");
	assert_true(scene_shows(t, -1, "History of changes"));
	scene_feed(t, "H : 'log'");
	assert_true(scene_shows(t, -1, "history of changes"));
	scene_feed(t, "C-u 'undo'");
	assert_true(scene_shows(t, -1, "history of changes"));
	tui_free(&t);
}

/* Nobody is asked about what was told a moment ago; about what the same person did since,
 * at another console, it is. */
static void test_undo_of_another(void **state)
{
	struct tui *t = on("A-004", "n 'first' C-s");

	(void)state;
	rename_account("A-015", "Theirs");
	scene_feed(t, "u");
	assert_true(scene_shows(t, -1, "it concerns another"));
	assert_false(scene_shows(t, 22, "undone"));
	tui_free(&t);
}

/* In the list of what was done the cursor stays on its entry when others add theirs. */
static void test_history_cursor(void **state)
{
	const uint32_t other = 2;
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80,
		"/ 'A-00' Enter g n 'first' C-s n 'second' C-s H j");

	(void)state;
	assert_int_equal(
		book_tag(scene_own(), &other, 1, TEXT("later"), true, NULL), ST_OK);
	tui_tick(t);
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, -1, "first"));
	assert_false(scene_shows(t, -1, "second"));
	tui_free(&t);
}

/* A line that is full says so: what comes after is not in it. */
static void test_full_line(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "/ 'A-00' Enter g n");
	char many[INPUT_MAX + 8];

	(void)state;
	memset(many, 'x', sizeof(many));
	many[INPUT_MAX - 5] = '\0';
	tui_paste(t, text_of(many));
	assert_false(scene_shows(t, -1, "the line is full"));
	scene_feed(t, "'abcde'");
	assert_true(scene_shows(t, -1, "the line is full"));
	tui_free(&t);
}

/* What is kept belongs to one account. */
static void test_kept(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "n 'first' Esc j n");

	(void)state;
	assert_false(scene_shows(t, -1, "first"));
	scene_feed(t, "'second' Esc k n");
	assert_true(scene_shows(t, -1, "first"));
	scene_feed(t, "C-u Esc n");
	assert_false(scene_shows(t, -1, "first"));
	scene_feed(t, "Esc j n");
	assert_true(scene_shows(t, -1, "second"));
	scene_feed(t, "C-s n");
	assert_false(scene_shows(t, -1, "second"));
	tui_free(&t);
}

/* What was kept is picked: a letter begins anew, a step of the cursor goes on with it. */
static void test_kept_is_picked(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "n 'first' Esc n 'other'");

	(void)state;
	assert_true(scene_shows(t, -1, "other"));
	assert_false(scene_shows(t, -1, "firstother"));
	scene_feed(t, "Esc n End '!'");
	assert_true(scene_shows(t, -1, "other!"));
	scene_feed(t, "Esc n Backspace");
	assert_false(scene_shows(t, -1, "other"));
	tui_free(&t);
}

/* What is kept of a form is what was typed: the rest is as the book has it by now. */
static void test_kept_lines(void **state)
{
	struct tui *t = on("A-004", "E Down Down C-u 'Typed segment' Esc");
	struct account_view *v;

	(void)state;
	rename_account("A-004", "Renamed elsewhere");
	scene_feed(t, "a a E C-s"); /* shown anew, then saved */
	v = account(scene_own(), "A-004");
	assert_text(&v->cells[F_SEGMENT], "Typed segment");
	assert_text(&v->cells[F_NAME], "Renamed elsewhere");
	account_view_free(&v);
	tui_free(&t);
}

static void test_messages(void **state)
{
	struct tui *t = on("A-004", "m");

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

/* ---- hostile text --------------------------------------------------------------- */

static const char *const hostile[] = { "\033[31mred\033[0m", "\r\n\t\b\a", "%s%n%d",
	"\xff\xfe\x80", "\342\200\256gpj.exe", "'; DROP TABLE account; --", "a|b|c",
	"\360\237\221\250\342\200\215\360\237\221\251\342\200\215\360\237\221\247",
	"e\314\201\314\201\314\201\314\201\314\201\314\201", "../../etc/passwd", "=1+1",
	"-1e999", "999999999999999999999", "\302\205\302\233", "\357\273\277bom",
	"한국전자株式会社", "${HOME}`id`", "0x10", "1,5", "-", "+", ":", "\"", "\\" };

static void test_hostile(void **state)
{
	static const char *const forms[] = { "t", "n", "E", "A", "L", "T" };
	struct tui *t = on("A-004", "");
	char wide[2000];

	(void)state;
	memset(wide, 'w', sizeof(wide));
	for (size_t f = 0; f < sizeof(forms) / sizeof(*forms); f++) {
		for (size_t i = 0; i < sizeof(hostile) / sizeof(*hostile); i++) {
			scene_feed(t, forms[f]);
			for (int line = 0; line < 12; line++) {
				tui_paste(t, text_of(hostile[i]));
				for (int k = 0; line < 2 && hostile[i][k]; k++)
					tui_key(t, (unsigned char)hostile[i][k] & 127);
				scene_feed(t, "Down");
			}
			scene_feed(t, "C-s");
			for (const char *s = scene_dump(t); *s; s++)
				assert_true(*s == '\n' || (unsigned char)*s >= ' ');
			scene_feed(t, "Esc Esc Esc Esc");
		}
		scene_feed(t, forms[f]);
		for (int line = 0; line < 12; line++) {
			tui_paste(t, (struct text){ wide, sizeof(wide) });
			scene_feed(t, "Home End Left C-w Down");
		}
		tui_resize(t, 15, 60);
		tui_resize(t, 3, 10);
		tui_resize(t, 24, 80);
		scene_feed(t, "C-s Esc Esc Esc");
	}
	scene_feed(t, "Esc 2");
	assert_true(scene_shows(t, 1, "Book"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_touch),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_note),
		cmocka_unit_test(test_needed),
		cmocka_unit_test(test_edit),
		cmocka_unit_test(test_stale),
		cmocka_unit_test(test_stale_by_field),
		cmocka_unit_test(test_stale_twice),
		cmocka_unit_test(test_stale_draft),
		cmocka_unit_test(test_assign),
		cmocka_unit_test(test_marked),
		cmocka_unit_test(test_marked_hidden),
		cmocka_unit_test(test_question),
		cmocka_unit_test(test_lock),
		cmocka_unit_test(test_tag),
		cmocka_unit_test(test_ways),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_undo_elsewhere),
		cmocka_unit_test(test_undo_of_another),
		cmocka_unit_test(test_history_cursor),
		cmocka_unit_test(test_full_line),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_kept_is_picked),
		cmocka_unit_test(test_kept_lines),
		cmocka_unit_test(test_messages),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
