/* Who is at the keyboard: what a stranger sees first, saying who one is, and that the
 * console knows it the next time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "tests/support/scene.h"

#define OFFER "root is not in this book: press W to say who you are"

/* ---- a book in a place of its own, in which Mei leads ----------------------------- */

static const char *place;
static struct book *book;
static struct host_memory *host;
static struct tui *t;

static void must(enum status st, const struct err *e)
{
	if (st != ST_OK)
		fail_msg("%s", e->text);
}

static void let_lead(struct store *s, const char *name)
{
	const struct put_batch batch = { .kind = REC_CSM,
		.mapped = 1u << F_CSM_NAME | 1u << F_CSM_ROLE,
		.mode = PUT_OVERWRITE };
	const struct cell c[CSM_FIELDS] = {
		[F_CSM_NAME] = CELL_OF_TEXT(text_of(name)),
		[F_CSM_ROLE] = CELL_OF_TEXT(TEXT("Lead")),
	};
	struct put_counts counts;
	struct err e = { .text = "" };

	must(s->ops->begin(s, &e), &e);
	must(s->ops->batch_begin(s, &batch, &e), &e);
	must(s->ops->put(s, c, 1, NULL, &e), &e);
	must(s->ops->batch_end(s, &counts, &e), &e);
	must(s->ops->commit(s, &e), &e);
}

static void end(void)
{
	tui_free(&t);
	book_free(&book);
	host_memory_free(&host);
}

/* The console as "root" starts it on the book at that path, with what was kept last time
 * (may be NULL); named: the name was said, and is not just the login. */
static void start(const char *path, const char *kept, bool named)
{
	struct err e = { .text = "" };

	place = path;
	book = fixture_book(FIXTURE_LATER);
	book->path = path;
	let_lead(book_store(book), "Mei Tanaka");
	host = host_memory_new();
	host_memory_host(host)->settings = NULL;
	host_memory_host(host)->kept = kept;
	host_memory_host(host)->named_actor = named;
	must(tui_open(book, host_memory_host(host), 24, 80, false, &t, &e), &e);
}

/* Ends it and starts it again, on the same book. */
static void start_again(bool named)
{
	char *kept;

	tui_free(&t);
	kept = strdup(host_memory_kept(host));
	end();
	start(place, kept, named);
	free(kept);
}

/* On Today, with a heading of that number of accounts in the top line. */
static void sees_today(const char *whose)
{
	assert_int_equal(tui_screen(t), SCREEN_TODAY);
	assert_true(scene_shows(t, 0, whose));
	assert_true(scene_shows(t, 2, "At risk"));
}

/* ---- the first minutes ----------------------------------------------------------- */

static void test_a_stranger_sees_the_day_of_all(void **state)
{
	(void)state;
	start("/books/acme.db", NULL, false);
	sees_today(" 36 accounts");
	assert_true(scene_shows(t, 22, OFFER));
	assert_false(scene_shows(t, -1, "Nothing waits"));
	end();
}

static void test_who_says_it_has_the_own_day(void **state)
{
	(void)state;
	start("/books/acme.db", NULL, false);
	scene_feed(t, "2 j j j W 'dana' Enter");
	sees_today("mine: ");
	assert_true(scene_shows(t, 4, "▸")); /* on the first row */
	assert_string_equal(book_me(book), "Dana Reyes");
	assert_true(scene_shows(t, 22, "you are Dana Reyes"));
	scene_feed(t, "n 'hello' C-s H");
	assert_true(scene_shows(t, -1, "Dana Reyes"));
	end();
}

static void test_it_is_known_the_next_time(void **state)
{
	(void)state;
	start("/books/50 % [old] = acme.db", NULL, false);
	scene_feed(t, "W 'ben' Enter 2 o");
	start_again(false);
	sees_today("mine: ");
	assert_string_equal(book_me(book), "Ben Okafor");
	assert_false(scene_shows(t, -1, "not in this book"));
	end();
}

static void test_it_is_known_of_that_book_alone(void **state)
{
	(void)state;
	start("/books/acme.db", NULL, false);
	scene_feed(t, "W 'ben' Enter");
	place = "/books/other.db";
	start_again(false);
	assert_string_equal(book_me(book), "root");
	assert_true(scene_shows(t, 22, OFFER));
	end();
}

/* Whose accounts and in which order is kept for the book, too: another one begins as at
 * the first start, whether it is opened then or in the same run. */
static void test_how_a_book_was_left_is_its_own(void **state)
{
	const char *first = "/home/dana/acme.db";

	(void)state;
	start(first, NULL, false);
	host_memory_put(host, "/home/dana/other.db", "");
	scene_feed(t, "2 s O 'pool' Enter");
	assert_true(scene_shows(t, 0, "pool: "));
	scene_feed(t, "C-o End Enter '~/other.db' Enter 2");
	assert_false(scene_shows(t, 0, "pool: "));
	assert_true(scene_shows(t, 2, "ARR\u2193"));
	start_again(false);
	scene_feed(t, "2");
	assert_true(scene_shows(t, 0, "pool: "));
	assert_false(scene_shows(t, 2, "ARR\u2193"));
	scene_feed(t, "s");
	place = "/books/other.db";
	start_again(false);
	scene_feed(t, "2");
	assert_false(scene_shows(t, 0, "pool: "));
	assert_true(scene_shows(t, 2, "ARR\u2193"));
	end();
}

/* A name that was said when the program was started counts more. */
static void test_actor_comes_first(void **state)
{
	(void)state;
	start("/books/acme.db", NULL, false);
	scene_feed(t, "W 'ben' Enter");
	start_again(true);
	assert_string_equal(book_me(book), "root");
	sees_today(" 36 accounts");
	end();
}

static void test_who_leads_has_the_day_of_all(void **state)
{
	(void)state;
	start("/books/acme.db", NULL, false);
	scene_feed(t, "W 'mei' Enter");
	sees_today(" 36 accounts");
	assert_true(scene_shows(t, 22, "you are Mei Tanaka: everybody's accounts"));
	start_again(false);
	sees_today(" 36 accounts");
	assert_string_equal(book_me(book), "Mei Tanaka");
	scene_feed(t, "o");
	sees_today("mine: ");
	end();
}

static void test_none_of_them_is_an_answer(void **state)
{
	(void)state;
	start("/books/acme.db", NULL, false);
	scene_feed(t, "W 'None' Enter");
	sees_today(" 36 accounts");
	start_again(false);
	sees_today(" 36 accounts");
	assert_false(scene_shows(t, -1, "not in this book"));
	end();
}

static void test_none_of_them_after_somebody(void **state)
{
	(void)state;
	start("/books/acme.db", NULL, false);
	scene_feed(t, "W 'ben' Enter W 'none of' Enter");
	sees_today(" 36 accounts");
	assert_string_equal(book_me(book), "root");
	end();
}

/* A name that nobody has is no answer: who it was stays who it is, also where its letters
 * are somewhere in those of the answer "none of them". */
static void test_a_name_that_nobody_has(void **state)
{
	static const char *const names[] = { "xx", "root", "nobody", "dana rex" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		char keys[64];

		start("/books/acme.db", NULL, false);
		snprintf(keys, sizeof(keys), "W 'ben' Enter W '%s' Enter", names[i]);
		scene_feed(t, keys);
		assert_int_equal(tui_screen(t), SCREEN_WHO);
		assert_true(scene_shows(t, -1, "nobody has this name"));
		assert_string_equal(book_me(book), "Ben Okafor");
		scene_feed(t, "Esc");
		assert_string_equal(book_me(book), "Ben Okafor");
		start_again(false);
		assert_string_equal(book_me(book), "Ben Okafor");
		end();
	}
}

static void test_leaving_it_changes_nothing(void **state)
{
	(void)state;
	start("/books/acme.db", NULL, false);
	scene_feed(t, "2 W 'ben' Esc");
	assert_int_equal(tui_screen(t), SCREEN_BOOK);
	assert_string_equal(book_me(book), "root");
	start_again(false);
	assert_true(scene_shows(t, 22, OFFER));
	end();
}

/* Somebody who has left the book since is a stranger in it. */
static void test_who_is_gone_is_a_stranger(void **state)
{
	(void)state;
	start("/books/acme.db", "[me]\n/books/acme.db = Zoe Gone\n", false);
	sees_today(" 36 accounts");
	assert_string_equal(book_me(book), "root");
	end();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_stranger_sees_the_day_of_all),
		cmocka_unit_test(test_who_says_it_has_the_own_day),
		cmocka_unit_test(test_it_is_known_the_next_time),
		cmocka_unit_test(test_it_is_known_of_that_book_alone),
		cmocka_unit_test(test_how_a_book_was_left_is_its_own),
		cmocka_unit_test(test_actor_comes_first),
		cmocka_unit_test(test_who_leads_has_the_day_of_all),
		cmocka_unit_test(test_none_of_them_is_an_answer),
		cmocka_unit_test(test_none_of_them_after_somebody),
		cmocka_unit_test(test_a_name_that_nobody_has),
		cmocka_unit_test(test_leaving_it_changes_nothing),
		cmocka_unit_test(test_who_is_gone_is_a_stranger),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
