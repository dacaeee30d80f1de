/* Who is to own an account, as it is chosen in its form: the people listed there, how
 * full they are, and what is said before it moves. */
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
	assert_true(row_of(t, "▸ Owner            Mei Tanaka ") > 0);
	assert_true(scene_shows(t, mei, "▸ Mei Tanaka "));
	scene_feed(t, "Down");
	tui_click(t, row_of(t, "  Ben Okafor  "), 40); /* or rather somebody else */
	assert_true(row_of(t, "▸ Owner            Ben Okafor ") > 0);
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
		{ "Down", "▸ Owner            Ben Okafor ", "▸ Ben Okafor " },
		{ "Up", "▸ Owner ", "  Ben Okafor " }, /* nobody is before nobody */
		{ "Down Down", "▸ Owner            Dana Reyes ", "▸ Dana Reyes " },
		{ "Down Down Up", "▸ Owner            Ben Okafor ", "▸ Ben Okafor " },
		{ "PgDn PgDn PgDn PgDn PgDn", "▸ Owner            pool ", "▸ the pool " },
		{ "PgDn PgDn PgDn PgDn PgDn Up", "▸ Owner            Zoe 30 ",
			"▸ Zoe 30 " },
		{ "PgDn PgDn PgDn PgDn PgDn Down", "▸ Why ", "▸ the pool " },
		{ "PgDn PgDn PgDn PgDn PgDn PgDn PgUp PgUp PgUp PgUp PgUp",
			"▸ Owner            Ben Okafor ", "▸ Ben Okafor " },
		{ "Down Tab", "▸ Why ", "▸ Ben Okafor " },
		{ "Down Tab S-Tab Down", "▸ Owner            Dana Reyes ",
			"▸ Dana Reyes " },
		{ "Down Enter", "▸ Why ", "▸ Ben Okafor " },
		{ "Tab", "▸ Why ", "  Ben Okafor " },
		/* The best of those with the letters is meant already. */
		{ "'zoe' Down", "▸ Owner            Zoe 02 ", "▸ Zoe 02 " },
		{ "'zoe' PgDn PgDn PgDn PgDn", "▸ Owner            Zoe 30 ",
			"▸ Zoe 30 " },
		{ "'zoe' PgDn PgDn PgDn PgDn Down", "▸ Why ", "▸ Zoe 30 " },
		{ "'zoe' Down Up Up", "▸ Owner            Zoe 01 ", "▸ Zoe 01 " },
		{ "'zoe' Down 'be'", "▸ Owner            be ", "▸ Ben Okafor " },
		{ "'zoe' Down Backspace Down", "▸ Owner            Ben Okafor ",
			"▸ Ben Okafor " },
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

/* Whoever takes over from somebody begins with the hand-over play, unless it is declined:
 * the form offers it where there was an owner, and the message counts the tasks. */
static void test_assign_hands_over(void **state)
{
	static const struct {
		const char *keys, *offers, *says;
	} cases[] = {
		{ "/ 'csm:mei tier:1' Enter A 'ben'", "[yes]",
			" to Ben Okafor, 1 hand-over task ·" },
		{ "/ 'csm:mei tier:1' Enter A 'ben' Tab Tab Right", "[no]",
			" to Ben Okafor ·" },
		{ "/ 'csm:mei tier:1' Enter Space Space A 'ben'", "[yes]",
			"assigned 2 marked accounts to Ben Okafor, 2 hand-over tasks" },
		{ "/ 'csm:mei tier:1' Enter A 'pool'", "[yes]", " to the pool ·" },
		{ "/ 'csm:mei tier:1' Enter A 'mei'", "[yes]",
			" to Mei Tanaka, no new hand-over tasks" },
		{ "/ 'csm:pool tier:2' Enter A 'ben'", "[no]", " to Ben Okafor ·" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 100, "2");
		int line;

		scene_feed(t, cases[i].keys);
		line = row_of(t, "Hand-over tasks");
		if (line < 0 || !scene_shows(t, line, cases[i].offers))
			fail_msg("%s:\n%s", cases[i].keys, scene_dump(t));
		scene_feed(t, "C-s");
		if (!scene_shows(t, -1, cases[i].says))
			fail_msg("%s:\n%s", cases[i].keys, scene_dump(t));
		tui_free(&t);
	}
}

/* What a colleague would serve and no account asks for is asked about before it is kept;
 * what the book had already is not. */
static void test_serves_unknown(void **state)
{
	static const struct {
		const char *keys, *asks; /* NULL: nothing */
	} cases[] = {
		{ "Tab Tab Tab 'EMEA, Narnia'", "No account has the region \"Narnia\"" },
		{ "Tab Tab Tab 'Narnia' Tab Tab 'Englsh'", "\"Englsh\"" },
		{ "Tab Tab Tab 'emea'", NULL },
		{ "Tab Tab Tab 'EMEA;'", NULL },
		{ "Tab '2026-01-01'", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 100, "5 P");
		const char *first = cases[i].asks ? cases[i].asks : "is changed";

		scene_feed(t, cases[i].keys);
		scene_feed(t, "C-s");
		if (!scene_shows(t, -1, first))
			fail_msg("%s:\n%s", cases[i].keys, scene_dump(t));
		tui_free(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_assign),
		cmocka_unit_test(test_assign_lists),
		cmocka_unit_test(test_assign_walks),
		cmocka_unit_test(test_assign_loads),
		cmocka_unit_test(test_person_in_full),
		cmocka_unit_test(test_assign_warns),
		cmocka_unit_test(test_assign_hands_over),
		cmocka_unit_test(test_serves_unknown),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
