/* What Today shows first, and before the book is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/scene.h"

/* A CSM begins with the own day, everybody else with that of all. */
static void test_first(void **state)
{
	static const struct {
		enum fixture book;
		const char *shows;
	} first[] = { { FIXTURE_COMPLETE, "mine: " }, { FIXTURE_LATER, " 36 accounts" } };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct tui *plain = NULL;
		struct err e = { .text = "" };

		assert_int_equal(tui_open(scene_book(first[i].book), NULL, 24, 80, false,
					 &plain, &e),
			ST_OK);
		assert_true(scene_shows(plain, -1, first[i].shows));
		assert_true(scene_shows(plain, -1, "At risk"));
		tui_free(&plain);
	}
}

static bool nobody_waits(void *arg)
{
	(void)arg;
	return false;
}

/* A console on the book as somebody else opens it now. */
static struct book *open_again(const char *me)
{
	const struct book *from = scene_own();
	struct book *b;

	MUST(book_open(fake_store_copy(from->store), &from->clock, me, &b, &e));
	return b;
}

/* Cell by cell what the screen is once the book is read, and keys find it. */
static void same_as_whole(const char *me, int rows, int columns, const char *keys)
{
	struct book *b = open_again(me);
	struct host *host = host_memory_host(scene_host());
	struct tui *first;
	const char *seen;

	host->settings = NULL; /* which begin with the Book */
	MUST(tui_open(b, host, rows, columns, false, &first, &e));
	tui_pending(first, nobody_waits, NULL);
	assert_int_equal(tui_screen(first), SCREEN_TODAY);
	assert_false(b->columns.loaded);
	scene_feed(first, keys);
	seen = scene_dump(first);
	while (tui_pause(first))
		;
	assert_true(b->columns.loaded);
	screen_same(me, scene_dump(first), seen);
	tui_free(&first);
	book_free(&b);
}

static void test_first_picture(void **state)
{
	static const char *const csms[] = { "Dana Reyes", "Ben Okafor", "Mei Tanaka" };
	struct recalc_result done;

	(void)state;
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "");
	MUST(book_recalc(scene_own(), &done, &e));
	for (size_t i = 0; i < sizeof(csms) / sizeof(*csms); i++) {
		same_as_whole(csms[i], 24, 80, "");
		same_as_whole(csms[i], 40, 120, "");
		same_as_whole(csms[i], 60, 200, "j j k");
		same_as_whole(csms[i], 24, 120, "PgDn");
	}
	tui_free(&t);
}

/* Where nothing waits it is said when that is no good news. */
static void test_no_news(void **state)
{
	static const struct {
		int days; /* from the newest recalculation on */
		const char *says, *not ;
	} rows[] = {
		{ -40, "Alerts are those of 2026-03-31", "not looked for yet" },
		{ 7, "Alerts of this day were not looked for yet", "those of" },
		{ 0, "Nothing waits today.", "Alerts " },
	};
	struct recalc_result done;
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "");

	(void)state;
	MUST(book_recalc(scene_own(), &done, &e));
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *from = scene_own(), *b;
		struct clock clock = from->clock;
		struct tui *later;

		clock.today += rows[i].days;
		MUST(book_open(fake_store_copy(from->store), &clock, "Nobody", &b, &e));
		MUST(tui_open(b, NULL, 24, 80, false, &later, &e));
		scene_feed(later, "1 / 'tag:nosuch' Enter");
		assert_true(scene_shows(later, -1, rows[i].says));
		assert_false(scene_shows(later, -1, rows[i].not ));
		tui_free(&later);
		book_free(&b);
	}
	tui_free(&t);
}

/* Nor is it while too little is measured, as all of it is too old after a year. */
static void test_unmeasured(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "");

	(void)state;
	for (int years = 0; years < 2; years++) {
		struct book *from = scene_own(), *b;
		struct clock clock = from->clock;
		struct recalc_result done;
		struct tui *later;

		clock.today += 365 * years;
		MUST(book_open(fake_store_copy(from->store), &clock, "Nobody", &b, &e));
		MUST(book_recalc(b, &done, &e));
		MUST(tui_open(b, NULL, 24, 80, false, &later, &e));
		scene_feed(later, "1 / 'tag:nosuch' Enter");
		assert_true(scene_shows(later, -1, "Nothing waits today."));
		assert_int_equal(scene_shows(later, -1, "accounts is not known:"), years);
		tui_free(&later);
		book_free(&b);
	}
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_picture),
		cmocka_unit_test(test_first),
		cmocka_unit_test(test_no_news),
		cmocka_unit_test(test_unmeasured),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
