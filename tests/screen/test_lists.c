/* The table of accounts at work: orders, marks, columns, clicks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/money.h"
#include "tests/support/scene.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* ---- orders ------------------------------------------------------------------------ */

enum { HEADER = 2, MESSAGE = 22 };

static void test_sort(void **state)
{
	(void)state;
	scene_says("", HEADER, "ARR↓ ");
	scene_says("s", HEADER, "Health↑");
	scene_says("s s", HEADER, "Health↓");
	scene_says("s l +", HEADER, "28d↑2");
	scene_says("s l + +", HEADER, "28d↓2");
	scene_says("s l + h s", HEADER, "Health↓1 28d↑2"); /* the others stay */
	scene_says("s l + s", HEADER, " 28d↑");            /* and begin anew */
	scene_says("h s l + l + l l + h", HEADER, "Renewal↑4");
	scene_leads_to(
		"h s l + l + l l + h h h h h h +", "h s l + l + l l + h h h h h h +");
	scene_says("h s l + l + l l + h h h h h h +", MESSAGE, "at most 4 columns");
	scene_says("l l +", MESSAGE, "the sparkline has no order");
	scene_leads_to(": 'sort further' Enter", "+");
}

/* "$ 1.2M" in cents. */
static int64_t amount_of(const char *money)
{
	size_t n = strspn(money + 2, "0123456789.");
	int64_t cents = 0;

	assert_true(money_parse((struct text){ money + 2, n }, '.', &cents, NULL));
	return cents * (money[2 + n] == 'M' ? 1000000 : money[2 + n] == 'k' ? 1000 : 1);
}

/* The order itself, not only its signs: within the first key by the second. */
static void test_second_key(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 60, 200, "h h h h s l l l + g");
	const char *line = scene_dump(t);
	int64_t before = INT64_MAX;
	int tier = 0, rows = 0;

	(void)state;
	for (int row = 0; row < 3 + 36; row++, line = strchr(line, '\n') + 1) {
		const char *badge = strstr(line, " T"), *money = strstr(line, "$ ");

		if (row < 3 || !badge || !money || money > line + strcspn(line, "\n"))
			continue;
		assert_true(badge[2] - '0' >= tier);
		assert_true(badge[2] - '0' > tier || amount_of(money) <= before);
		tier = badge[2] - '0';
		before = amount_of(money);
		rows++;
	}
	assert_in_range(rows, 20, 36);
	tui_free(&t);
}

static int column_of(struct tui *t, const char *title)
{
	const char *line = scene_dump(t), *at;

	for (int i = 0; i < HEADER; i++)
		line = strchr(line, '\n') + 1;
	at = strstr(line, title);
	assert_non_null(at);
	return text_columns((struct text){ line, (size_t)(at - line) });
}

static void test_header_clicks(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "");

	(void)state;
	tui_click(t, HEADER, column_of(t, "Renewal"));
	assert_true(scene_shows(t, HEADER, "Renewal↑"));
	tui_click(t, HEADER, column_of(t, "Renewal"));
	assert_true(scene_shows(t, HEADER, "Renewal↓"));
	tui_click(t, HEADER, column_of(t, "Account"));
	assert_true(scene_shows(t, HEADER, "Account↑"));
	tui_free(&t);
}

/* ---- marks ------------------------------------------------------------------------- */

static void test_marking_goes_on(void **state)
{
	(void)state;
	scene_leads_to("Space j k", "Space");
	scene_says("Space Space Space", 1, "3 marked");
	scene_says("Space k Space", 1, " ");
	scene_leads_to("Space k Space k g", "g");
	scene_says("End Space", 1, "1 marked");
}

/* ---- where one is ------------------------------------------------------------------ */

static int row_here(struct tui *t)
{
	for (int row = 3; row < 22; row++)
		if (scene_shows(t, row, "▸"))
			return row;
	return -1;
}

/* An account that was chosen elsewhere has its neighbours around it. */
static void test_in_the_middle(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "1 j j j j 2");

	(void)state;
	assert_true(scene_shows(t, MESSAGE, " of 36"));
	assert_in_range(row_here(t), 4, 20);
	tui_free(&t);
	/* What is in sight stays where it is. */
	t = scene_start(FIXTURE_COMPLETE, 24, 80, "j j Enter Esc");
	assert_int_equal(row_here(t), 5);
	tui_free(&t);
}

static void test_says_where(void **state)
{
	static const struct {
		const char *keys, *said;
		bool shown;
	} rows[] = {
		{ "", "1 of 36", true },
		{ "j", "2 of 36", true },
		{ "G", "36 of 36", true },
		{ "/ 'tier:1' Enter", " of ", false }, /* all of it is in sight */
		{ "/", " of 36", false },              /* another line is there */
		{ "j Enter", " of 36", false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, rows[i].keys);

		if (scene_shows(t, MESSAGE, rows[i].said) != rows[i].shown)
			fail_msg("%s: %s", rows[i].keys, scene_dump(t));
		tui_free(&t);
	}
}

/* ---- the next key comes first ------------------------------------------------------ */

static bool a_key_waits(void *arg)
{
	return *(bool *)arg;
}

static void looks_like(struct tui *t, const char *keys)
{
	struct tui *other = scene_start(FIXTURE_COMPLETE, 24, 120, keys);

	screen_same(keys, scene_dump(other), scene_dump(t));
	tui_free(&other);
}

static void test_gives_way(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 120, "/");
	bool waits = true;

	(void)state;
	tui_pending(t, a_key_waits, &waits);
	/* The list for a letter is not made while the next one waits, but it is shown. */
	scene_feed(t, "'n'");
	assert_true(scene_shows(t, -1, " / n"));
	assert_true(scene_shows(t, -1, "36 of 36 accounts"));
	waits = false;
	scene_feed(t, "'o'");
	assert_false(scene_shows(t, -1, "36 of 36 accounts"));
	while (tui_pause(t))
		;
	looks_like(t, "/ 'no'");
	/* When no other key comes, a pause brings it. */
	waits = true;
	scene_feed(t, "'d'");
	assert_true(tui_pause(t));
	assert_true(scene_shows(t, -1, " / nod"));
	waits = false;
	while (tui_pause(t))
		;
	looks_like(t, "/ 'nod'");
	tui_free(&t);
}

#define FILTERED "2 / 'no' Enter"

/* Nor are screens that are gone to meanwhile filled, but by the next key or a pause. */
static void test_gives_way_opening(void **state)
{
	static const char *const keys[] = { "1", "4", "5", "1 j" };

	(void)state;
	for (size_t i = 0; i < LENGTH(keys); i++) {
		struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 120, FILTERED);
		bool waits = true;
		char all[40];

		tui_pending(t, a_key_waits, &waits);
		scene_feed(t, keys[i]);
		waits = false;
		while (tui_pause(t))
			;
		scene_feed(t, "j"); /* what is said later than else is gone by then */
		snprintf(all, sizeof(all), FILTERED " %s j", keys[i]);
		looks_like(t, all);
		tui_free(&t);
	}
}

enum { BESIDE = 82, NAME = 12, BELOW_TITLE = 3 }; /* of 120 columns */

/* The lines of the preview under its title that say anything. */
static int said_beside(const struct tui *t)
{
	const struct canvas *c = tui_canvas(t);
	int lines = 0;

	for (int row = BELOW_TITLE; row < c->rows - 2; row++) {
		bool said = false;

		for (int i = BESIDE; i < c->columns; i++)
			said |= c->tile[row * c->columns + i].s[0] != ' ';
		lines += said;
	}
	return lines;
}

/* Whose it is; while it walks the tier and the ARR are left to the list. */
static void same_title(struct tui *t, struct tui *whole, bool walks)
{
	const struct canvas *x = tui_canvas(t), *y = tui_canvas(whole);
	const int at = (BELOW_TITLE - 1) * x->columns + BESIDE;
	const int columns = walks ? NAME : x->columns - BESIDE;

	assert_memory_equal(
		&x->tile[at], &y->tile[at], (size_t)columns * sizeof(*x->tile));
}

/* Beside the cursor nothing is ever said of another account, also while there is no time
 * to look at the one it is on; where there is, the step shows it. */
static void test_beside(void **state)
{
	static const char *const screens[] = { "2 ", "1 o o o " };
	bool waits = false;

	(void)state;
	for (size_t i = 0; i < LENGTH(screens); i++) {
		char keys[32];
		struct tui *t = scene_start(FIXTURE_COMPLETE, 40, 120, screens[i]),
			   *whole;

		tui_pending(t, a_key_waits, &waits);
		for (int step = 1; step <= 3; step++) {
			snprintf(keys, sizeof(keys), "%s%.*s", screens[i], 2 * step,
				"j j j ");
			whole = scene_start(FIXTURE_COMPLETE, 40, 120, keys);
			assert_true(said_beside(t) > 8);
			if (step < 3)
				tui_walk(t);
			scene_feed(t, "j");
			if (step < 3)
				assert_int_equal(said_beside(t), 0);
			else
				assert_true(said_beside(t) > 8);
			same_title(t, whole, step < 3);
			while (tui_pause(t))
				;
			screen_same(keys, scene_dump(whole), scene_dump(t));
			tui_free(&whole);
		}
		tui_free(&t);
	}
}

/* ---- the window -------------------------------------------------------------------- */

static int row_of_cursor(struct tui *t)
{
	int row = HEADER + 1;

	while (!scene_shows(t, row, "\u25b8"))
		row++;
	return row;
}

/* How many rows the cursor's line goes back on the screen, at most, in these steps. */
static int goes_back(struct tui *t, bool walk, const char *key, int direction)
{
	int row = row_of_cursor(t), most = 0;

	for (int step = 0; step < 30; step++) {
		int now;

		if (walk)
			tui_walk(t);
		scene_feed(t, key);
		now = row_of_cursor(t);
		if ((row - now) * direction > most)
			most = (row - now) * direction;
		row = now;
	}
	return most;
}

/* Past its edge the list goes on by half a page where a full preview stands beside it,
 * and by a row where none does: at 80 columns, or while steps follow each other quickly.
 */
static void test_window(void **state)
{
	static const struct {
		int columns;
		bool walk;
		int back;
	} cases[] = { { 120, false, 9 }, { 120, true, 0 }, { 80, false, 0 },
		{ 80, true, 0 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct tui *t =
			scene_start(FIXTURE_COMPLETE, 24, cases[i].columns, "2 Home");

		assert_int_equal(goes_back(t, cases[i].walk, "j", 1), cases[i].back);
		assert_int_equal(goes_back(t, cases[i].walk, "k", -1), cases[i].back);
		tui_free(&t);
	}
}

/* ---- popups ------------------------------------------------------------------------ */

/* The corners of the box on the screen, from the top left on. */
static int corners(struct tui *t, int at[4])
{
	const struct canvas *c = tui_canvas(t);
	int n = 0;

	for (int i = 0; i < c->rows * c->columns && n < 4; i++)
		for (const char *const *s = (const char *const[]){ "\u250c", "\u2510",
			     "\u2514", "\u2518", NULL };
			*s; s++)
			if (memcmp(c->tile[i].s, *s, 3) == 0)
				at[n++] = i;
	return n;
}

/* What is typed leaves the box of a list its place and its size. */
static void test_steady(void **state)
{
	static const char *const lists[] = { ":", "O", "v", ": 'who you are' Enter" };

	(void)state;
	for (size_t i = 0; i < LENGTH(lists); i++) {
		struct tui *t = scene_start(FIXTURE_COMPLETE, 40, 120, lists[i]);
		int before[4], now[4];

		assert_int_equal(corners(t, before), 4);
		for (const char *const *typed =
				(const char *const[]){ "'e'", "'zq'", "C-u", NULL };
			*typed; typed++) {
			scene_feed(t, *typed);
			assert_int_equal(corners(t, now), 4);
			assert_memory_equal(now, before, sizeof(now));
		}
		tui_free(&t);
	}
}

/* ---- columns ----------------------------------------------------------------------- */

static void test_columns(void **state)
{
	(void)state;
	scene_leads_to("c Esc", "");
	scene_leads_to("c c", "");
	scene_leads_to("c j j Space r Esc g", "g");
	scene_leads_to("c j j Space Space Esc g", "g");
	scene_says("c j Space", MESSAGE, "the name is always shown");
	scene_says("c End Space Esc", HEADER, "Status");
	scene_says("c j j Space Esc", HEADER, "Account");
	/* The order of the columns is that of the list. */
	scene_says("c } Esc", HEADER, " Account");
	scene_says("c j j j } Esc", HEADER, "Health    ARR↓");
	/* A wider column takes from the name. */
	scene_says("c j j Right Right Right Esc", HEADER, "Owner");
}

/* What happens next has a column where there is room, follows what is changed, and is no
 * order. */
static void test_next_steps(void **state)
{
	struct tui *t = scene_fresh(FIXTURE_COMPLETE, 24, 80, "g");

	(void)state;
	assert_false(scene_shows(t, -1, "Next step"));
	tui_free(&t);
	t = scene_fresh(FIXTURE_COMPLETE, 60, 200, "g");
	assert_true(scene_shows(t, 2, "Next step"));
	scene_feed(t, "Enter ] ] ] ] Enter C-u 'a goal' Enter j Enter 'ring Kim today' "
		      "Enter Esc");
	assert_true(scene_shows(t, 3, "ring Kim today"));
	scene_feed(t, "l l l l l l l l l l l l s"); /* the last one */
	assert_true(scene_shows(t, -1, "have no order"));
	tui_free(&t);
}

static void test_column_clicks(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "c");
	int row = 0;

	(void)state;
	while (!scene_shows(t, row, "who looks after it"))
		row++;
	tui_click(t, row, 40); /* chosen, then hidden */
	tui_click(t, row, 40);
	assert_true(scene_shows(t, row, "hidden"));
	tui_click(t, 3, 2); /* beside it */
	assert_false(scene_shows(t, -1, "who looks after it"));
	assert_false(scene_shows(t, HEADER, "Owner"));
	tui_free(&t);
}

static void test_clicks_on_lists(void **state)
{
	static const struct {
		const char *keys, *title;
	} lists[] = { { ":", "Commands" }, { "v", "Views" }, { "O", "Whose accounts" },
		{ "c", "Columns" }, { "H", "History of changes" } };
	struct tui *t;

	(void)state;
	for (size_t i = 0; i < LENGTH(lists); i++) {
		int row = 0;

		t = scene_start(FIXTURE_COMPLETE, 24, 78, lists[i].keys);
		while (!scene_shows(t, row, lists[i].title))
			row++;
		tui_click(t, row, 40);
		assert_true(scene_shows(t, -1, lists[i].title));
		tui_click(t, 0, 0);
		assert_false(scene_shows(t, -1, lists[i].title));
		tui_free(&t);
	}
	t = scene_start(FIXTURE_COMPLETE, 24, 80, "O");
	for (int row = 0; scene_shows(t, -1, "Whose accounts"); row++)
		if (scene_shows(t, row, "Ben Okafor   "))
			tui_click(t, row, 30);
	assert_true(scene_shows(t, 0, "Ben Okafor: "));
	tui_free(&t);
	t = scene_start(FIXTURE_COMPLETE, 24, 80, "c");
	for (int row = 0; row < 24; row++)
		if (scene_shows(t, row, "Owner     who looks")) {
			tui_click(t, row, 40);
			assert_true(scene_shows(t, 2, "Owner"));
			tui_click(t, row, 40);
			assert_false(scene_shows(t, 2, "Owner"));
			tui_click(t, row, 40); /* as it was: the book is shared */
		}
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sort),
		cmocka_unit_test(test_in_the_middle),
		cmocka_unit_test(test_says_where),
		cmocka_unit_test(test_second_key),
		cmocka_unit_test(test_header_clicks),
		cmocka_unit_test(test_marking_goes_on),
		cmocka_unit_test(test_gives_way),
		cmocka_unit_test(test_gives_way_opening),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_steady),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_next_steps),
		cmocka_unit_test(test_column_clicks),
		cmocka_unit_test(test_clicks_on_lists),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
