/* What was typed and not saved: in a form or in a field on the spot it is there again, in
 * this run or the next, of the same account of the same book and of no other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "tests/support/by_hand.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"

static const struct {
	const char *name, *open, *typed; /* a key that opens it; what is typed there */
	const char *on_save;
} ways[] = {
	{ "a form", "n", "'half a thought'", "C-s" },
	{ "a field", "Enter g j E", "C-u 'half a thought'", "Enter" },
};
enum { WAYS = sizeof(ways) / sizeof(*ways) };

/* The next run, on the book of the one that ends here as if the terminal was gone. */
static void next_run(struct tui **t, const char *keys)
{
	char *kept;

	tui_free(t);
	kept = host_memory_kept(scene_host()) ? strdup(host_memory_kept(scene_host()))
					      : NULL;
	host_memory_host(scene_host())->kept = kept;
	MUST(tui_open(scene_own(), host_memory_host(scene_host()), 24, 80, false, t, &e));
	free(kept);
	scene_feed(*t, "Esc Esc 2 / C-u 'id:A-004' Enter");
	scene_feed(*t, keys);
}

static struct tui *typed_in(size_t way)
{
	struct tui *t = by_hand_on("A-004", ways[way].open);

	scene_feed(t, ways[way].typed);
	assert_true(scene_shows(t, -1, "half a thought"));
	return t;
}

static bool offered(struct tui *t)
{
	const bool shown = scene_shows(t, -1, "half a thought");

	assert_int_equal(scene_shows(t, -1, "What you typed last time"), shown);
	return shown;
}

static void test_next_run(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		struct tui *t = typed_in(i);

		next_run(&t, ways[i].open);
		assert_true(offered(t));
		next_run(&t, ways[i].open); /* until it is done */
		assert_true(offered(t));
		scene_feed(t, ways[i].on_save);
		scene_feed(t, "Esc Esc 2");
		scene_feed(t, ways[i].open);
		assert_false(scene_shows(t, -1, "What you typed last time"));
		next_run(&t, ways[i].open);
		assert_false(scene_shows(t, -1, "What you typed last time"));
		tui_free(&t);
	}
}

/* Esc keeps it for this run, and says so; emptied, or as it was, it is gone. */
static void test_cancelled(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		struct tui *t = typed_in(i);

		scene_feed(t, "Esc");
		assert_true(scene_shows(t, 22, "what you typed is kept for next time"));
		scene_feed(t, "Esc Esc 2");
		scene_feed(t, ways[i].open);
		assert_true(offered(t));
		scene_feed(t, "Esc Esc Esc 2");
		next_run(&t, ways[i].open);
		assert_false(offered(t));
		tui_free(&t);
	}
}

/* What is picked goes with the first letter. */
static void test_field_begins_anew(void **state)
{
	struct tui *t = typed_in(1);

	(void)state;
	scene_feed(t, "Esc E 'New' Enter");
	by_hand_account_is("A-004", F_SEGMENT, "New");
	tui_free(&t);
}

/* Somebody changed the field meanwhile: whose stays is asked. */
static void test_field_changed_elsewhere(void **state)
{
	struct tui *t = typed_in(1);

	(void)state;
	scene_feed(t, "Esc");
	by_hand_elsewhere("A-004", F_SEGMENT, "Theirs");
	scene_feed(t, "C-l E Enter");
	assert_true(scene_shows(t, -1, "Somebody changed it meanwhile"));
	scene_feed(t, "Esc Esc");
	by_hand_account_is("A-004", F_SEGMENT, "Theirs");
	tui_free(&t);
}

/* Somebody else wrote the same: there is nothing left of it. */
static void test_same_elsewhere(void **state)
{
	static const char *const open[] = { "E Down Down", "Enter g j E" };

	(void)state;
	for (size_t i = 0; i < sizeof(open) / sizeof(*open); i++) {
		struct tui *t = by_hand_on("A-004", open[i]);

		scene_feed(t, "C-u 'the same' Esc");
		by_hand_elsewhere("A-004", F_SEGMENT, "the same");
		scene_feed(t, "Esc 2 a a");
		scene_feed(t, open[i]);
		assert_true(scene_shows(t, -1, "the same"));
		assert_false(scene_shows(t, -1, "What you typed last time"));
		tui_free(&t);
	}
}

/* Its row came meanwhile: the account has one of it. */
static void test_row_came(void **state)
{
	struct tui *t = by_hand_on("A-004", "Enter ] ] ] ] E 'half a thought' Esc");

	(void)state;
	assert_true(scene_shows(t, 22, "what you typed is kept for next time"));
	rows_put(scene_own()->store, REC_PLAN, "account_id=A-004|decision=Stays");
	book_forget(scene_own());
	scene_feed(t, "Esc 2 a a Enter ] ] ] ]");
	assert_true(scene_shows(t, -1, "Stays"));
	scene_feed(t, "E");
	assert_true(offered(t));
	tui_free(&t);
}

/* Each gets the number of the other: what a number goes to when an import was taken back
 * with a copy of the book and others came. */
static void name_account(uint32_t number, const char *id)
{
	struct cell cells[RECORD_FIELDS_MAX];
	struct store *s = scene_own()->store;
	struct arena arena;
	bool there;

	arena_init(&arena);
	MUST(s->ops->row_read(s, REC_ACCOUNT, number, &arena, cells, &there, &e));
	cells[F_ACCOUNT_ID] = CELL_OF_TEXT(text_of(id));
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->row_write(s, REC_ACCOUNT, number, cells, 1u << F_ACCOUNT_ID, &e));
	MUST(s->ops->commit(s, &e));
	arena_clear(&arena);
}

static void swap_numbers(const char *one, const char *other)
{
	uint32_t a, b;

	MUST(book_find(scene_own(), text_of(one), &a, &e));
	MUST(book_find(scene_own(), text_of(other), &b, &e));
	name_account(a, "meanwhile");
	name_account(b, one);
	name_account(a, other);
	book_forget(scene_own());
}

static void test_number_given_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		struct tui *t = typed_in(i);

		swap_numbers("A-004", "A-005");
		next_run(&t, ways[i].open);
		assert_true(offered(t));
		scene_feed(t, "Esc Esc Esc 2 / C-u 'id:A-005' Enter");
		scene_feed(t, ways[i].open);
		assert_false(offered(t));
		tui_free(&t);
	}
}

/* It is known by when it began, not by where it lies. */
static void test_book(void **state)
{
	(void)state;
	for (size_t i = 0; i < WAYS; i++) {
		struct tui *t = typed_in(i);

		scene_own()->path = "/books/moved.db";
		next_run(&t, ways[i].open);
		assert_true(offered(t));
		fake_store_begun(scene_own()->store, 1);
		next_run(&t, ways[i].open);
		assert_false(offered(t));
		fake_store_begun(scene_own()->store, -1);
		next_run(&t, ways[i].open);
		assert_true(offered(t));
		scene_own()->path = NULL;
		tui_free(&t);
	}
}

/* ---- Policy ---------------------------------------------------------------------- */

/* To the cap of tier 1. */
#define CAP "8 ] ] ] ] ] ] ] ] ] j j j j "
#define NOT_SAVED "changed last time and not saved: "

/* What was changed there is changed in the next run, until it is saved or dropped. */
static void test_policy(void **state)
{
	struct tui *t = scene_fresh(
		FIXTURE_COMPLETE, 24, 80, CAP "+ + Esc 8 Home Enter C-u 'CHF' Enter");
	const uint32_t cap = book_policy(scene_own())->cap_bp[0];

	(void)state;
	next_run(&t, "");
	next_run(&t, "8"); /* also over a run that did not look at it */
	assert_true(scene_shows(t, 22, NOT_SAVED "2 values"));
	scene_feed(t, "Home Del");
	next_run(&t, "8");
	assert_true(scene_shows(t, 22, NOT_SAVED "1 value, on top of version 2"));
	scene_feed(t, "s 'we grow' C-s");
	assert_int_equal(book_policy(scene_own())->cap_bp[0], cap + 200);
	next_run(&t, "8");
	assert_false(scene_shows(t, -1, NOT_SAVED));
	assert_true(scene_shows(t, -1, "as it is in force"));
	scene_feed(t, CAP "+ j + R y");
	next_run(&t, "8");
	assert_false(scene_shows(t, -1, NOT_SAVED));
	tui_free(&t);
}

/* What somebody else saved between the runs stays, with what was changed on top of it. */
static void test_policy_saved_elsewhere(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+ + j +");
	const uint32_t cap = book_policy(scene_own())->cap_bp[0];
	int32_t version;

	(void)state;
	MUST(book_policy_apply(scene_own(),
		"[tiers]\ntier1_cap = 7\n[health]\npulse_days = 91\n", "p", "theirs",
		&version, &e));
	next_run(&t, "8");
	assert_true(scene_shows(t, 22, NOT_SAVED "2 values, on top of version 3"));
	scene_feed(t, "s 'ours' C-s");
	assert_int_equal(book_policy(scene_own())->cap_bp[0], cap + 200);
	assert_int_equal(book_policy(scene_own())->pulse_days, 91);
	assert_int_equal(book_policy_version(scene_own()), 4);
	tui_free(&t);
}

/* Of another book they are not. */
static void test_policy_of_another_book(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, CAP "+");

	(void)state;
	next_run(&t, "");
	fake_store_begun(scene_own()->store, 1);
	next_run(&t, "8");
	assert_false(scene_shows(t, -1, NOT_SAVED));
	fake_store_begun(scene_own()->store, -1);
	next_run(&t, "8");
	assert_true(scene_shows(t, 22, NOT_SAVED "1 value"));
	tui_free(&t);
}

/* Of several marked accounts, of these and no others. */
static void test_marked(void **state)
{
	struct tui *t = by_hand_on(
		"A-004", "Space / C-u 'id:A-005' Enter Space n 'half a thought' Esc");

	(void)state;
	assert_true(scene_shows(t, 22, "what you typed is kept for next time"));
	scene_feed(t, "/ C-u 'id:A-006' Enter Space n");
	assert_false(offered(t));
	scene_feed(t, "Esc Space n");
	assert_true(offered(t));
	scene_feed(t, "Esc");
	swap_numbers("A-004", "A-006"); /* the marks are where the numbers are */
	scene_feed(t, "C-l n");
	assert_true(scene_shows(t, -1, "2 marked"));
	assert_false(offered(t));
	tui_free(&t);
}

/* Of very many nothing is kept, and that is not promised. */
static void test_too_many_marked(void **state)
{
	struct tui *t;

	(void)state;
	t = by_hand_on("A-004", "");
	for (int i = 0; i < 300; i++) {
		char row[40];

		snprintf(row, sizeof(row), "account_id=M-%03d", i);
		rows_put(scene_own()->store, REC_ACCOUNT, row);
	}
	book_forget(scene_own());
	scene_feed(t, "R / C-u Enter * n 'half a thought' Esc");
	assert_true(scene_shows(t, 22, "nothing was changed"));
	assert_false(scene_shows(t, 22, "is kept for next time"));
	scene_feed(t, "n");
	assert_false(offered(t));
	tui_free(&t);
}

/* A row whose number is given to another one is another. */
static void test_row_given_again(void **state)
{
	static const char *const there_again = "Enter ] ] ] ] j j j j Enter";
	struct account_view *v;
	struct store *s;
	int64_t row;
	struct cell cells[RECORD_FIELDS_MAX];
	struct arena arena;
	bool there;
	struct tui *t = by_hand_on("A-004", "Enter ] ] ] ] i 'First' C-s j j j j Enter");

	(void)state;
	s = scene_own()->store;
	assert_true(scene_shows(t, -1, "Change a milestone"));
	scene_feed(t, "End ' and half a thought'");
	next_run(&t, there_again);
	assert_true(offered(t));
	v = by_hand_account("A-004");
	row = v->rows[REC_MILESTONE].id[0];
	account_view_free(&v);
	arena_init(&arena);
	MUST(s->ops->row_read(s, REC_MILESTONE, row, &arena, cells, &there, &e));
	cells[F_MILESTONE_TITLE] = CELL_OF_TEXT(TEXT("Another"));
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->row_write(
		s, REC_MILESTONE, row, cells, 1u << F_MILESTONE_TITLE, &e));
	MUST(s->ops->commit(s, &e));
	arena_clear(&arena);
	book_forget(scene_own());
	next_run(&t, there_again);
	assert_true(scene_shows(t, -1, "Another"));
	assert_false(offered(t));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_next_run),
		cmocka_unit_test(test_cancelled),
		cmocka_unit_test(test_field_begins_anew),
		cmocka_unit_test(test_field_changed_elsewhere),
		cmocka_unit_test(test_same_elsewhere),
		cmocka_unit_test(test_row_came),
		cmocka_unit_test(test_number_given_again),
		cmocka_unit_test(test_book),
		cmocka_unit_test(test_policy),
		cmocka_unit_test(test_policy_saved_elsewhere),
		cmocka_unit_test(test_policy_of_another_book),
		cmocka_unit_test(test_marked),
		cmocka_unit_test(test_too_many_marked),
		cmocka_unit_test(test_row_given_again),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
