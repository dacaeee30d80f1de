/* Somebody else works on the same: what was seen, theirs and mine are shown, and nobody
 * undoes, or saves over, what they never saw. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "core/change.h"
#include "tests/support/by_hand.h"
#include "tests/support/rows_text.h"

static void name_is(const char *want)
{
	by_hand_account_is("A-004", F_NAME, want);
}

/* What was seen, theirs and mine are shown, and a key, or a click on an answer, says
 * which stays; going back leaves the form as it was, and asks again. */
static void test_stale(void **state)
{
	static const struct {
		const char *keys, *name;
		bool form;         /* it is still there */
		const char *click; /* NULL: nowhere */
	} cases[] = { { "m", "Mine", false, NULL }, { "t", "Theirs", false, NULL },
		{ "Esc", "Theirs", true, NULL }, { "Esc C-s m", "Mine", false, NULL },
		{ "q y n Enter", "Theirs", true, NULL },
		{ "", "Mine", false, "m take mine" },
		{ "", "Theirs", false, "t keep theirs" },
		{ "", "Theirs", true, "Esc back" }, { "m", "Mine", false, "yours " },
		{ "C-s m", "Mine", false, "tierdesk" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct tui *t = by_hand_on("A-004", "E C-u 'Mine'");

		by_hand_elsewhere("A-004", F_NAME, "Theirs");
		scene_feed(t, "C-s");
		assert_true(scene_shows(t, -1, "Somebody changed it meanwhile"));
		assert_true(scene_shows(t, -1, "you saw   Adventure Works"));
		assert_true(scene_shows(t, -1, "theirs    Theirs"));
		assert_true(scene_shows(t, -1, "yours     Mine"));
		name_is("Theirs");
		if (cases[i].click) {
			const struct spot spot = scene_find(t, cases[i].click);

			tui_click(t, spot.row, spot.column);
		}
		scene_feed(t, cases[i].keys);
		name_is(cases[i].name);
		assert_int_equal(scene_shows(t, -1, "Name          Mine"), cases[i].form);
		tui_free(&t);
	}
}

/* Each field is decided; what only one of the two changed is nobody's question. */
static void test_stale_by_field(void **state)
{
	struct tui *t = by_hand_on(
		"A-004", "E C-u 'Mine' Down Down C-u 'My segment' Down C-u 'My region'");
	struct account_view *v;

	(void)state;
	by_hand_elsewhere("A-004", F_NAME, "Theirs");
	by_hand_elsewhere("A-004", F_SEGMENT, "Their segment");
	by_hand_elsewhere("A-004", F_INDUSTRY, "Their industry");
	scene_feed(t, "C-s");
	assert_true(scene_shows(t, -1, "Name (1 of 2)"));
	scene_feed(t, "t");
	assert_true(scene_shows(t, -1, "Segment (2 of 2)"));
	name_is("Theirs");
	scene_feed(t, "m");
	name_is("Theirs");
	v = by_hand_account("A-004");
	by_hand_text_is(&v->cells[F_SEGMENT], "My segment");
	by_hand_text_is(&v->cells[F_REGION], "My region");
	by_hand_text_is(&v->cells[F_INDUSTRY], "Their industry");
	account_view_free(&v);
	tui_free(&t);
}

/* While it is being decided, they change it once more; both typing the same is none. */
static void test_stale_twice(void **state)
{
	struct tui *t = by_hand_on("A-004", "E C-u 'Mine'");

	(void)state;
	by_hand_elsewhere("A-004", F_NAME, "Theirs");
	scene_feed(t, "C-s");
	by_hand_elsewhere("A-004", F_NAME, "Theirs again");
	scene_feed(t, "m");
	name_is("Theirs again");
	assert_true(scene_shows(t, -1, "you saw   Theirs"));
	assert_true(scene_shows(t, -1, "theirs    Theirs again"));
	by_hand_elsewhere("A-004", F_NAME, "Mine");
	scene_feed(t, "t");
	name_is("Mine");
	tui_free(&t);
}

/* What was typed before, and kept, was typed over what was there then. */
static void test_stale_draft(void **state)
{
	struct tui *t = by_hand_on("A-004", "E C-u 'Mine' Esc");

	(void)state;
	by_hand_elsewhere("A-004", F_NAME, "Theirs");
	scene_feed(t, "C-l E C-s");
	assert_true(scene_shows(t, -1, "theirs    Theirs"));
	name_is("Theirs");
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
	struct tui *t = by_hand_on("A-004", "n 'first' C-s");

	(void)state;
	by_hand_elsewhere("A-015", F_NAME, "Theirs");
	scene_feed(t, "u");
	assert_true(scene_shows(t, -1, "it concerns another"));
	assert_false(scene_shows(t, 22, "undone"));
	tui_free(&t);
}

/* What was done took its account out of the list, and somebody else, who changed it
 * since, brought it back: it stands, and the cursor stays where it was. */
static void test_undo_that_fails(void **state)
{
	struct tui *t = scene_fresh(
		FIXTURE_COMPLETE, 24, 80, "/ 'wo' Enter Home E C-u 'Zed' C-s");
	char me[64];

	(void)state;
	assert_true(scene_shows(t, 3, "\u25b8 T2 Adventure Works"));
	by_hand_account_is("A-035", F_NAME, "Zed");
	snprintf(me, sizeof(me), "%s", book_me(scene_own()));
	MUST(book_set_me(scene_own(), "Somebody", &e));
	by_hand_elsewhere("A-035", F_NAME, "Two worlds");
	MUST(book_set_me(scene_own(), me, &e));
	scene_feed(t, "u");
	assert_false(scene_shows(t, 22, "undone"));
	assert_true(scene_shows(t, -1, "T2 Two worlds"));
	assert_true(scene_shows(t, -1, "\u25b8 T2 Adventure Works"));
	tui_free(&t);
}

static void they_tag(const char *word)
{
	const uint32_t other = 2;

	MUST(book_tag(scene_own(), &other, 1, text_of(word), true, &e));
}

static void it_is_seen(struct tui *t)
{
	scene_own()->data_version--; /* as if another program had saved it */
	tui_tick(t);
}

/* In the list of what was done the cursor stays on its entry when others add theirs, and
 * who reads one reads on, where they are. */
static void test_history_cursor(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80,
		"/ 'A-00' Enter g n 'first' C-s n 'second' C-s H j");

	(void)state;
	they_tag("later");
	it_is_seen(t);
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, -1, "One change"));
	assert_true(scene_shows(t, -1, "first"));
	assert_false(scene_shows(t, -1, "second"));
	they_tag("again");
	it_is_seen(t);
	assert_true(scene_shows(t, -1, "One change"));
	assert_true(scene_shows(t, -1, "first"));
	assert_false(scene_shows(t, -1, "second"));
	scene_feed(t, "Esc");
	assert_true(scene_shows(t, -1, "History of changes"));
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, -1, "first"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_stale),
		cmocka_unit_test(test_stale_by_field),
		cmocka_unit_test(test_stale_twice),
		cmocka_unit_test(test_stale_draft),
		cmocka_unit_test(test_undo_elsewhere),
		cmocka_unit_test(test_undo_of_another),
		cmocka_unit_test(test_undo_that_fails),
		cmocka_unit_test(test_history_cursor),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
