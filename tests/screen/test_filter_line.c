/* The filter line, and whose accounts are meant. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "core/queue.h"
#include "tests/support/rows_text.h"
#include "tests/support/scene.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

enum { HEADER = 2, MESSAGE = 22 };

/* ---- the filter line ----------------------------------------------------------------
 */

static void test_complete(void **state)
{
	(void)state;
	scene_leads_to("/ 'ti' Tab Esc '1' Enter", "/ 'tier:1' Enter");
	scene_leads_to("/ 'ti' Tab Enter Enter", "/ 'tier:1 ' Enter");
	scene_leads_to("/ 'csm:mei' Tab Enter", "/ 'csm:\"Mei Tanaka\" ' Enter");
	scene_leads_to("/ 'csm:\"Mei Tanaka,d' Tab Enter",
		"/ 'csm:\"Mei Tanaka,Dana Reyes\" ' "
		"Enter");
	scene_leads_to("/ '-csm:mei' Tab Enter", "/ '-csm:\"Mei Tanaka\" ' Enter");
	scene_leads_to(
		"/ 'acme tier:' Tab Down Down Up Enter Enter", "/ 'acme tier:2 ' Enter");
	scene_leads_to("/ Tab Esc Esc", "");
	scene_leads_to("/ 'zzz' Tab Esc", "");
	scene_says("/ 'zzz' Tab", -1, "Enter keep");
	scene_says("/ 'helth:' Tab", MESSAGE, "there is no field");
	scene_says("/ 'health:' Tab", -1, "at risk");
	scene_says("/ 'quadrant:' Tab", -1, "tech touch");
	scene_says("/ 'quadrant:tech' Tab", MESSAGE, "quadrant:\"tech touch\"");
	/* A slip is mended, once it was seen what is meant. */
	scene_says("/ 'csm:mie' Tab", -1, "Mei Tanaka");
	scene_leads_to("/ 'csm:mie' Tab Tab Enter", "/ 'csm:\"Mei Tanaka\" ' Enter");
	scene_says("/ 'csm:Dana Reis' Home C-u 'csm:\"Dana Reis' Tab", -1, "12 accounts");
	scene_says("/ 'csm:mie'", -1, "Tab shows what there is for the last word");
	scene_says("/ 'csm:mie' Enter", -1, "drops it");
	/* What is typed narrows the list that is open. */
	scene_says("/ Tab 'seg'", -1, "market segment");
	/* In the middle of the line the rest stays. */
	scene_leads_to(
		"/ 'csm:mei tier:1' Home Right Right Right Right Right Right Right Tab "
		"Enter",
		"/ 'csm:\"Mei Tanaka\" tier:1' Enter");
}

/* What is about all accounts says so, and leaves alone what other screens list. */
static void test_nothing_to_filter(void **state)
{
	static const char *const whole[] = { "5 /", "5 o", "6 O", "6 \\", "8 o", "8 a",
		"S /", "B o", "5 : 'filter' Enter" };
	static const char why[] = "this screen is about all accounts";

	(void)state;
	for (size_t i = 0; i < LENGTH(whole); i++) {
		char keys[80];

		snprintf(keys, sizeof(keys), "2 o %s", whole[i]);
		scene_says(keys, MESSAGE, why);
		snprintf(keys, sizeof(keys), "2 o %s Esc Esc 2", whole[i]);
		scene_says(keys, 0, "mine: 12 of 36");
	}
	scene_says("8 /", -1, "Find a value"); /* a key of its own */
	scene_says("5 ? / 'book'", -1, "find: book");
}

static void test_complete_clicks(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "/ 'tier:' Tab");
	int row = 0;

	(void)state;
	while (!scene_shows(t, row, "tier 2"))
		row++;
	tui_click(t, row, 4);
	assert_true(scene_shows(t, MESSAGE, "tier:2"));
	tui_free(&t);
}

static void test_history(void **state)
{
	(void)state;
	scene_leads_to("/ 'toys' Enter \\ / Up Enter", "/ 'toys' Enter");
	scene_leads_to("/ 'a' Enter / C-u 'b' Enter / Up Up Enter", "/ 'a' Enter");
	scene_leads_to(
		"/ 'a' Enter / C-u 'b' Enter / Up Up Up Down Enter", "/ 'b' Enter");
	scene_leads_to("/ 'a' Enter / C-u 'b' Enter / C-u 'a' Enter / Up Up Up Enter",
		"/ 'b' Enter");
	scene_leads_to("/ 'toys' Esc / Up Esc", "");
}

/* The cursor is on the first whose name has the words where words begin. */
static void test_meant(void **state)
{
	static const struct {
		const char *typed, *first, *here;
	} filters[] = {
		{ "th", "Northwind Traders", "▸ T3 The Phone Company" },
		{ "me", "VanArsdel", "▸ T3 Consolidated Mess" },
		{ "dana", "Woodgrove Bank", "▸ T2 Woodgrove Bank" },
		{ "onto", "Contoso", "▸ T3 Contoso" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(filters); i++) {
		char keys[64];
		struct tui *t;

		snprintf(keys, sizeof(keys), "/ '%s' Enter", filters[i].typed);
		t = scene_start(FIXTURE_COMPLETE, 24, 80, keys);
		assert_true(scene_shows(t, HEADER + 1, filters[i].first));
		if (!scene_shows(t, -1, filters[i].here))
			fail_msg("%s: not on %s:\n%s", filters[i].typed, filters[i].here,
				scene_dump(t));
		tui_free(&t);
	}
}

/* The Account page shows no list: it is left for the one that was filtered. */
static void test_filter_of_account(void **state)
{
	(void)state;
	scene_leads_to("Enter / 'th' Enter", "/ 'th' Enter");
	scene_leads_to("3 Enter / 'th' Enter 2", "/ 'th' Enter");
	scene_leads_to("Enter / 'zzz' Enter", "/ 'zzz' Enter");
	scene_leads_to("Enter / 'th' Esc", "Enter");
}

/* Another word goes behind the filter in force; a problem is readable to its end. */
static void test_filter_line(void **state)
{
	(void)state;
	scene_leads_to("/ 'csm:mei' Enter / 'the' Enter", "/ 'csm:mei the' Enter");
	scene_leads_to("/ 'csm:mei' Enter / Enter", "/ 'csm:mei' Enter");
	scene_leads_to("/ 'csm:mei' Enter / 'x' Esc", "/ 'csm:mei' Enter");
	scene_leads_to("/ 'mei ' Enter", "/ 'mei' Enter");
	scene_says("/ 'tier:1 arr:>50k health:badly'", MESSAGE - 1,
		"risk, watch or healthy");
}

static int caret_after(const char *keys)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, keys);
	const char *told = strstr(scene_dump(t), "-- cursor ");
	int row, column = -1;
	char word[8] = "";

	assert_non_null(told);
	sscanf(told, "-- cursor %d,%d %7s", &row, &column, word);
	assert_string_equal(word, "caret");
	tui_free(&t);
	return column;
}

/* Wherever letters are typed, the caret is where the next one goes. */
static void test_caret(void **state)
{
	static const char *const opens[] = { "/", ":", "v", "O", "? /", "K /", "n" };

	(void)state;
	for (size_t i = 0; i < LENGTH(opens); i++) {
		char keys[64];
		int empty, behind;

		snprintf(keys, sizeof(keys), "%s ", opens[i]);
		empty = caret_after(keys);
		snprintf(keys, sizeof(keys), "%s 'tier'", opens[i]);
		behind = caret_after(keys);
		assert_int_equal(behind, empty + 4);
		snprintf(keys, sizeof(keys), "%s 'tier' Left", opens[i]);
		assert_int_equal(caret_after(keys), behind - 1);
		snprintf(keys, sizeof(keys), "%s 'tier' C-a", opens[i]);
		assert_int_equal(caret_after(keys), empty);
	}
}

/* A filter that is wider than the window is seen where it is typed. */
static void test_wide_filter(void **state)
{
	static const char wide[] =
		"/ 'tier:1,2,3 segment:mid,enterprise,smb arr:>50 health:<99"
		" renewal:<900d the end'";
	char keys[200];

	(void)state;
	scene_says(wide, MESSAGE, " renewal:<900d the end");
	snprintf(keys, sizeof(keys), "%s C-a", wide);
	scene_says(keys, MESSAGE, "tier:1,2,3 segment:mid,");
	assert_int_equal(caret_after(keys), caret_after("/"));
	assert_int_equal(caret_after(wide), 79);
}

/* What sorts, and what the filter names, is seen also on a narrow screen. */
static void test_needed_columns(void **state)
{
	static const struct {
		const char *keys, *header;
	} narrow[] = {
		{ "v 'renewals' Enter", " Renewal↑1" },
		{ "l l l l l l l l l h s", "Effort↓" },
		{ "/ 'segment:mid' Enter", "Segment" },
		{ "/ 'csm:mei' Enter", "Owner" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(narrow); i++) {
		struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 200, narrow[i].keys);

		tui_resize(t, 15, 60);
		if (!scene_shows(t, HEADER, narrow[i].header))
			fail_msg("after %s:\n%s", narrow[i].keys, scene_dump(t));
		tui_free(&t);
	}
}

/* Within equal ones the order from before stays. */
static void test_former_order(void **state)
{
	(void)state;
	scene_says("h h s g", HEADER + 3, "City Power & Light");
	scene_says("h h s g", HEADER + 4, "Contoso");
	scene_says("s h h s g", HEADER + 1, "Contoso");
	scene_says("s h h s g", HEADER + 2, "Lucerne Publishing");
	scene_says("s h h s g", HEADER + 3, "Nod Publishers");
}

/* The fullest first, the pool and everybody last; the cursor is on whom is shown. */
static void test_owners(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "O 'mei' Enter O Enter");

	(void)state;
	assert_true(scene_shows(t, 0, "Mei Tanaka: "));
	scene_feed(t, "O PgDn Up Enter");
	assert_true(scene_shows(t, 0, "pool: "));
	scene_feed(t, "O PgDn");
	assert_true(scene_shows(t, -1, "everybody                      36 accounts"));
	scene_feed(t, "Enter");
	assert_true(scene_shows(t, 0, " 36 accounts"));
	scene_feed(t, "O PgUp Enter");
	assert_true(scene_shows(t, 0, "Dana Reyes: 12 of 36 accounts"));
	tui_free(&t);
}

/* Dana and Ben are one team, however it is written; Mei is in none. */
static struct tui *with_teams(void)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 40, 120, "");

	rows_put(scene_own()->store, REC_CSM,
		"name=Dana Reyes|team=North\nname=Ben Okafor|team=north \n");
	tui_tick(t);
	return t;
}

static void test_team(void **state)
{
	const struct list_query ben = { .only_csm = 2 };
	struct tui *t = with_teams();
	struct list *l;
	char both[64], *kept;

	(void)state;
	scene_own()->path = "/books/north.db";
	MUST(book_list(scene_own(), &ben, &l, NULL, &e));
	snprintf(both, sizeof(both), "North: %u of 36 accounts", 12 + l->n);
	list_free(&l);
	scene_feed(t, "o");
	assert_true(scene_shows(t, 0, "mine: 12 of 36"));
	scene_feed(t, "o");
	assert_true(scene_shows(t, 0, both));
	/* As in a view, and until the next start. */
	scene_feed(t, "w 'ours' C-s o");
	assert_true(scene_shows(t, 0, "pool: "));
	scene_feed(t, "v 'ours' Enter");
	assert_true(scene_shows(t, 0, both));
	tui_free(&t);
	kept = strdup(host_memory_kept(scene_host()));
	host_memory_host(scene_host())->kept = kept;
	MUST(tui_open(
		scene_own(), host_memory_host(scene_host()), 40, 120, false, &t, &e));
	free(kept);
	assert_true(scene_shows(t, 0, both));
	scene_feed(t, "x Right Right Down C-u '~/team.html' C-s"); /* says whose, too */
	assert_non_null(strstr(host_memory_get(scene_host(), "/home/dana/team.html"),
		"Accounts of North"));
	scene_feed(t, "o o O 'team' Enter"); /* by its name */
	assert_true(scene_shows(t, 0, both + 1));
	scene_feed(t, "O Enter"); /* begins on it */
	assert_true(scene_shows(t, 0, both + 1));
	scene_feed(t, "O 'mei' Enter");
	assert_true(scene_shows(t, 0, "Mei Tanaka: "));
	tui_free(&t);
}

static uint32_t queued(enum queue_scope scope, uint32_t csm)
{
	const struct queue_query q = { .scope = scope, .csm = csm };
	struct queue *out;
	uint32_t n;

	MUST(book_queue(scene_own(), &q, &out, NULL, &e));
	n = out->n;
	queue_free(&out);
	return n;
}

/* The queue of a team has what its people have, and what one of them claimed. */
static void test_team_queue(void **state)
{
	struct tui *t = with_teams();
	const uint32_t dana = queued(QUEUE_OF_CSM, 1), ben = queued(QUEUE_OF_CSM, 2);
	const uint32_t team = queued(QUEUE_OF_TEAM, 1);

	(void)state;
	assert_true(dana > 0 && ben > 0);
	assert_int_equal(team, dana + ben);
	assert_int_equal(queued(QUEUE_OF_TEAM, 2), team);
	assert_int_equal(queued(QUEUE_OF_TEAM, 3), queued(QUEUE_OF_CSM, 3));
	scene_feed(t, "1 o o");
	assert_true(scene_shows(t, 0, "North: "));
	assert_true(scene_shows(t, 2, "Who")); /* rows are of several */
	scene_feed(t, "o");
	assert_true(scene_shows(t, 0, "pool: "));
	scene_feed(t, "c");
	assert_int_equal(queued(QUEUE_OF_TEAM, 2), team + 1);
	tui_free(&t);
}

/* What is not seen is not done. */
static void test_too_small(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 8, 30, "");

	(void)state;
	scene_feed(t, "n 'blind' C-s Space");
	tui_resize(t, 24, 80);
	assert_false(scene_shows(t, -1, "Write a note"));
	assert_false(scene_shows(t, -1, "wrote"));
	assert_false(scene_shows(t, 1, "marked"));
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_complete),
		cmocka_unit_test(test_nothing_to_filter),
		cmocka_unit_test(test_complete_clicks),
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_meant),
		cmocka_unit_test(test_filter_of_account),
		cmocka_unit_test(test_filter_line),
		cmocka_unit_test(test_caret),
		cmocka_unit_test(test_wide_filter),
		cmocka_unit_test(test_needed_columns),
		cmocka_unit_test(test_former_order),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_team),
		cmocka_unit_test(test_team_queue),
		cmocka_unit_test(test_too_small),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
