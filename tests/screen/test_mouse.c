/*
 * The mouse does what the keys do: on every screen each hint, and whatever can be
 * pointed at (tabs, headers, rows, sections, buttons) is clicked on, and the screen must
 * be the one that the key leads to.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/scene.h"
#include "tests/support/sanitized.h"
#include "tui/screen.h"

enum { HINTS = 32, CELLS = 256, SKIPPED = 77 };

static const char csv[] = "account_id,name,arr\nA-900,Acme,1000\nA-901,Brock,lots\n";

/* How to come to each screen. */
/* Only a book without tiers has any. */
#define TO_THE_MOVES "S Home j j j j Enter Enter"

static const struct place {
	enum screen_id id;
	const char *keys;
} places[] = {
	{ SCREEN_BOOK, "" },
	{ SCREEN_TODAY, "1" },
	{ SCREEN_PLAYS, "1 p" },
	{ SCREEN_SCRIPT, "1 e Enter" },
	{ SCREEN_QUADRANT, "3" },
	{ SCREEN_TRENDS, "4" },
	{ SCREEN_CAPACITY, "5" },
	{ SCREEN_REBALANCE, "5 b" },
	{ SCREEN_BACKTEST, "B" },
	{ SCREEN_REVENUE, "7" },
	{ SCREEN_REVENUE_LIST, "7 Enter" },
	{ SCREEN_TIERS, "6" },
	{ SCREEN_ACCOUNT, "Enter" },
	{ SCREEN_START, "C-o" },
	{ SCREEN_IMPORT, "I 'accounts.csv' Enter" },
	{ SCREEN_IMPORT_RESULT, "I 'accounts.csv' Enter c" },
	{ SCREEN_SETUP, "S" },
	{ SCREEN_CHOICE, "I 'accounts.csv' Enter t" },
	{ SCREEN_FILES, "I" },
	{ SCREEN_OPTIONS, "," },
	{ SCREEN_KEYS, "C-k" },
	{ SCREEN_NEW_KEY, "C-k Down Enter n" },
	{ SCREEN_HELP, "?" },
	{ SCREEN_EXPLAIN, "=" },
	{ SCREEN_TRENDS_EXPLAIN, "4 =" },
	{ SCREEN_CAPACITY_EXPLAIN, "5 =" },
	{ SCREEN_ASLEEP, "1 z Down 'holidays' C-s Z" },
	{ SCREEN_CAUSES, "4 c" },
	{ SCREEN_TIME, "5 t" },
	{ SCREEN_QUESTIONS, "Q" },
	{ SCREEN_REBALANCE_EXPLAIN, "5 b =" },
	{ SCREEN_REVENUE_EXPLAIN, "7 =" },
	{ SCREEN_TIERS_EXPLAIN, "6 =" },
	{ SCREEN_COLUMNS, "c" },
	{ SCREEN_VIEWS, "v" },
	{ SCREEN_OWNER, "O" },
	{ SCREEN_WHO, "W" },
	{ SCREEN_PALETTE, ": 'sort'" },
	{ SCREEN_POLICY, "8" },
	{ SCREEN_POLICY_VERSIONS, "8 V" },
	{ SCREEN_POLICY_FIND, "8 /" },
	{ SCREEN_POLICY_MOVES, "8 ] ] ] ] ] ] ] ] ] j j j j + + + + + f" },
	{ SCREEN_POLICY_EFFECT, "8 F" },
	{ SCREEN_POLICY_EXPLAIN, "8 =" },
	{ SCREEN_MOVES, TO_THE_MOVES },
	{ SCREEN_MESSAGES, "m" },
	{ SCREEN_HISTORY, "n 'a note' C-s : 'history' Enter" },
	{ SCREEN_FORM, "t" },
	{ SCREEN_CONFIRM, "* T Down 'pilot' C-s" },
	{ SCREEN_CONFLICT, "E Down Down C-u 'Mine' Esc "
			   "Space Space E Down 'Theirs' C-s g E C-s" },
};
enum { PLACES = sizeof(places) / sizeof(*places) };

/* Whether keys may change the book: then it must not be the one all tests share. */
static bool may_change(const char *keys)
{
	return strstr(keys, "C-s") || strstr(keys, " c") || strpbrk(keys, "ruyBQ") ||
	       strcmp(keys, "Enter") == 0 || strcmp(keys, "c") == 0;
}

static struct tui *go_on(int rows, int columns, const char *keys, bool fresh)
{
	const bool moves = strncmp(keys, TO_THE_MOVES, strlen(TO_THE_MOVES)) == 0;
	struct tui *t = (fresh ? scene_fresh : scene_start)(
		moves ? FIXTURE_RAW : FIXTURE_COMPLETE, rows, columns, "");

	host_memory_put(scene_host(), "/home/dana/accounts.csv", csv);
	scene_feed(t, keys);
	return t;
}

static struct tui *go(int rows, int columns, const char *keys)
{
	return go_on(rows, columns, keys, may_change(keys));
}

/* ---- what stands where ---------------------------------------------------------- */

/* The text of cells of a row; the right half of a wide sign is nothing. */
static const char *cells(
	const struct canvas *c, int row, int from, int to, char out[CELLS * TILE_BYTES])
{
	size_t n = 0;

	for (int i = from; i < to; i++) {
		const struct tile *t = &c->tile[row * c->columns + i];

		memcpy(out + n, t->s, t->n);
		n += t->n;
	}
	out[n] = '\0';
	return out;
}

struct hint {
	char key[16], title[64];
	int from, to; /* columns */
};

static bool has_role(const struct canvas *c, int column, enum role role)
{
	return column < c->columns &&
	       c->tile[(c->rows - 1) * c->columns + column].role == role;
}

/* The hints of the bottom line, as their colours set them apart. */
static int read_hints(struct tui *t, struct hint out[HINTS])
{
	const struct canvas *c = tui_canvas(t);
	char text[CELLS * TILE_BYTES];
	int n = 0;

	for (int i = 0; i < c->columns; i++) {
		struct hint *h = &out[n];

		if (!has_role(c, i, ROLE_KEY))
			continue;
		assert_true(n++ < HINTS);
		h->from = i;
		while (has_role(c, i, ROLE_KEY))
			i++;
		snprintf(h->key, sizeof(h->key), "%.15s",
			cells(c, c->rows - 1, h->from, i, text));
		h->to = ++i;
		while (has_role(c, h->to, ROLE_HINT))
			h->to++;
		snprintf(h->title, sizeof(h->title), "%.63s",
			cells(c, c->rows - 1, i, h->to, text));
		i = h->to - 1;
	}
	return n;
}

/* ---- the same as the keys ------------------------------------------------------- */

/* The screen after clicks on one spot, and after keys, from the same place. */
static void same_as_keys(int rows, int columns, const char *keys, struct spot spot,
	int clicks, const char *instead)
{
	bool fresh = may_change(keys) || may_change(instead);
	struct tui *t = go_on(rows, columns, keys, fresh);
	char what[160];
	const char *clicked;
	bool done;

	for (int i = 0; i < clicks; i++)
		tui_click(t, spot.row, spot.column);
	clicked = scene_dump(t);
	done = tui_done(t);
	tui_free(&t);
	t = go_on(rows, columns, keys, fresh);
	scene_feed(t, instead);
	snprintf(what, sizeof(what), "%s: %d,%d as %s", keys, spot.row, spot.column,
		instead);
	screen_same(what, scene_dump(t), clicked);
	assert_int_equal(done, tui_done(t));
	tui_free(&t);
}

/* The hint names what its key does there; a click on it does it: on its end, or, in a
 * large window, on its beginning. */
static void test_hint(const struct place *p, int rows, int columns, const struct hint *h)
{
	const enum scope scope = screen_def(p->id)->scope;
	const struct binding *b;
	int n = keys_bindings(&b), i = 0;

	while (i < n && strcmp(b[i].text, h->key) != 0)
		i++;
	assert_true(i < n);
	assert_string_equal(action_def(keys_find(scope, b[i].key))->title, h->title);
	same_as_keys(rows, columns, p->keys,
		(struct spot){ rows - 1, rows > 24 ? h->from : h->to - 1 }, 1, h->key);
}

static void test_hints(void **state)
{
	bool seen[SCREEN_COUNT] = { false };

	(void)state;
	for (int i = 0; i < PLACES; i++) {
		struct hint hint[HINTS];
		struct tui *t = go(24, 80, places[i].keys);
		int n = read_hints(t, hint);

		tui_free(&t);
		seen[places[i].id] = true;
		assert_true(n > 0);
		for (int k = 0; k < n; k++)
			test_hint(&places[i], 24, 80, &hint[k]);
	}
	for (int s = 0; s < SCREEN_COUNT; s++)
		if (!seen[s])
			fail_msg("%s is in no place",
				screen_def((enum screen_id)s)->title);
}

/* Where there is room, every hint of the tabs is shown. */
static void test_hints_wide(void **state)
{
	(void)state;
	for (int i = 0; i < PLACES; i++) {
		struct hint hint[HINTS];
		struct tui *t;
		int n;

		if (screen_def(places[i].id)->kind == SCREEN_POPUP)
			continue;
		t = go(60, 200, places[i].keys);
		n = read_hints(t, hint);
		tui_free(&t);
		for (int k = 0; k < n; k++)
			test_hint(&places[i], 60, 200, &hint[k]);
	}
}

/* Whatever the size of the window, its bottom line leads to all commands. */
static void test_to_the_commands(void **state)
{
	static const struct {
		int rows, columns;
	} sizes[] = { { 15, 60 }, { 24, 80 }, { 30, 100 } };

	(void)state;
	for (int i = 0; i < PLACES; i++) {
		const enum scope scope = screen_def(places[i].id)->scope;
		const char *key = keys_text(scope, ACT_PALETTE);

		for (int k = 0; k < 3 && key; k++) {
			struct tui *t =
				go(sizes[k].rows, sizes[k].columns, places[i].keys);
			struct hint hint[HINTS];
			int n = read_hints(t, hint), at = 0;

			tui_free(&t);
			while (at < n && strcmp(hint[at].key, key) != 0)
				at++;
			if (at == n)
				fail_msg("%s at %d columns", places[i].keys,
					sizes[k].columns);
			same_as_keys(sizes[k].rows, sizes[k].columns, places[i].keys,
				(struct spot){ sizes[k].rows - 1, hint[at].from }, 1,
				key);
		}
	}
}

/* ---- what can be pointed at ----------------------------------------------------- */

static void test_tabs(void **state)
{
	(void)state;
	for (int i = 0; i < PLACES; i++) {
		if (screen_def(places[i].id)->kind == SCREEN_POPUP)
			continue;
		for (int s = 0; s < SCREEN_COUNT; s++) {
			const struct screen_def *def = screen_def((enum screen_id)s);
			const char *key = keys_text(SCOPE_SCREEN, def->action);
			struct tui *t;
			struct spot spot;
			char tab[64], keys[128];

			if (def->kind != SCREEN_TAB)
				continue;
			snprintf(tab, sizeof(tab), "%s %s", key, def->title);
			t = go(24, 80, places[i].keys);
			spot = scene_find(t, tab);
			tui_free(&t);
			assert_int_equal(spot.row, 1);
			/* Not every screen has the key; its command it has. */
			if (keys_text(screen_def(places[i].id)->scope, def->action))
				snprintf(keys, sizeof(keys), "%s", key);
			else
				snprintf(keys, sizeof(keys), ": '%s' Enter",
					action_def(def->action)->title);
			same_as_keys(24, 80, places[i].keys, spot, 1, keys);
			spot.column += (int)strlen(tab) - 1;
			same_as_keys(24, 80, places[i].keys, spot, 1, keys);
		}
	}
}

static const char left_end[] = "h h h h h h h h h";

/* Every header sorts as the key does in its column; once more reverses. */
static void test_headers(void **state)
{
	struct tui *t = go(24, 80, left_end);
	const struct canvas *c = tui_canvas(t);
	struct spot header[16];
	int n = 0;

	(void)state;
	for (int i = 0; i < c->columns; i++) {
		const struct tile *tile = &c->tile[2 * c->columns + i];
		const bool here =
			tile->role == ROLE_HEADER || tile->role == ROLE_HEADER_HERE;

		if (here && (i == 0 || tile[-1].role == ROLE_TEXT))
			header[n++] = (struct spot){ 2, i };
	}
	tui_free(&t);
	assert_true(n >= 7 && n < 16);
	for (int i = 0; i < n; i++) {
		char keys[64] = "";

		for (int k = 0; k < i; k++)
			strcat(keys, "l ");
		strcat(keys, "s");
		same_as_keys(24, 80, left_end, header[i], 1, keys);
		strcat(keys, " s");
		same_as_keys(24, 80, left_end, header[i], 2, keys);
	}
}

/* What is clicked on, found by its text, and the keys that do the same. */
static const struct {
	const char *keys, *text;
	int clicks;
	const char *instead;
} pointed[] = {
	/* rows: chosen, then opened */
	{ "", "VanArsdel", 1, "j j j" },
	{ "", "VanArsdel", 2, "j j j Enter" },
	{ "", "Łódź", 2, "G k k k k k k k k k k k k k k k k k Enter" },
	/* the line above: whose, the filter, what was said */
	{ "", "36 accounts", 1, "O" },
	{ "/ 'toys' Enter", "filter toys", 1, "/" },
	{ "Space", "2 Book", 1, "2" },
	{ "n 'a note' C-s", "wrote a note", 1, "m" },
	{ "n 'a note' C-s", "u takes it back", 1, "u" },
	{ "n 'a note' C-s", "takes it back", 1, "m" },
	{ "n 'a note u ' C-s u", "U does it again", 1, "U" },
	{ "* T Down 'pilot' C-s y", "u takes it back", 1, "u" },
	{ "* T Down 'pilot' C-s y", "& marks again", 1, "&" },
	{ "3 z", "Z shows more", 1, "Z" },
	{ "3 z", "0 all of it", 1, "0" },
	{ "o o o", "3 Quadrant", 1, "3" },
	/* lists that a click takes from */
	{ ": 'sort'", "sort by column after", 1, "Down Down Enter" },
	{ ": 'sort'", "sort                      s", 1, "Enter" },
	{ ": 'sort'", "Lamna", 1, "Esc" },
	{ "O", "Ben Okafor                     10", 1, "'ben' Enter" },
	{ "O", "the pool", 1, "'pool' Enter" },
	{ "v", "At risk, biggest first", 1, "Down Down Enter" },
	{ "v", "Falling, fastest", 1, "Down Down Down Enter" },
	{ "I", "accounts.csv", 1, "'accounts.csv' Enter" },
	{ "I 'accounts.csv' Enter t", "contacts", 1, "Down Down Enter" },
	{ "C-o", "Import into this book", 1, "Down Enter" },
	{ "/ Tab", "name:  ", 1, "Down Tab" },
	/* help: what the line names, also where it goes on, or why not */
	{ "?", "Write down a call", 1, "Esc t" },
	{ "? / 'show only the' Enter", "in tier:1 health", 1, "Esc Esc /" },
	{ "?", "Help: a click", 1, "" },
	{ "?", "Book ──", 1, "" },
	{ "/ 'toys' Enter ? / 'under the cursor' Enter", "Open the account", 1,
		"Esc Esc Enter" },
	{ "? / 'a field and' Enter", "A field and", 1, "" },
	/* lists with a cursor: chosen, then done */
	{ "c", "Owner     who", 1, "g j j" },
	{ ",", "mouse   ", 1, "g j j" },
	{ ",", "mouse   ", 2, "g j j l" },
	{ ",", "Keys", 1, "Tab" },
	{ "C-k", "Options", 1, "Tab" },
	{ "C-k", "n         n         note", 1, "j j j" },
	{ "C-k", "n         n         note", 2, "j j j Enter" },
	{ "C-k Enter n", "Enter take it", 1, "Enter" },
	{ "C-k Enter n", "Esc back", 1, "Esc" },
	{ "I 'accounts.csv' Enter", "arr   ", 1, "j j" },
	{ "I 'accounts.csv' Enter", "arr   ", 2, "j j Enter" },
	{ "n 'one' C-s n 'two' C-s : 'history' Enter", "write a note  W", 2, "Enter" },
	{ "S", "3 Usage", 1, "g j j" },
	{ "S", "3 Usage", 2, "g j j Enter" },
	{ "8", "settling_days", 1, "j j j" },
	{ "8", "settling_days", 2, "j j j Enter" },
	/* pictures and their titles */
	{ "4", "Tiers  ARR", 1, "Down" },
	/* forms and questions */
	{ "t", "Kind", 1, "Up" },
	{ "t", " mail ", 1, "Up Right" },
	{ "t", "C-s log it", 1, "C-s" },
	{ "t", "│ Woodgrove", 1, "" },
	{ "* T Down 'pilot' C-s", "y yes", 1, "y" },
	{ "* T Down 'pilot' C-s", "n no", 1, "n" },
};

static void test_pointed_at(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(pointed) / sizeof(*pointed); i++) {
		struct tui *t = go(24, 80, pointed[i].keys);
		struct spot spot = scene_find(t, pointed[i].text);

		tui_free(&t);
		same_as_keys(24, 80, pointed[i].keys, spot, pointed[i].clicks,
			pointed[i].instead);
	}
}

/* Beside a popup a click closes it, as Esc does. */
static void test_beside(void **state)
{
	(void)state;
	for (int i = 0; i < PLACES; i++)
		if (screen_def(places[i].id)->kind == SCREEN_POPUP)
			same_as_keys(
				24, 80, places[i].keys, (struct spot){ 0, 0 }, 1, "Esc");
}

/* The wheel moves as the arrows do. */
static void test_wheel(void **state)
{
	struct tui *t = go(24, 80, "");
	const char *turned;

	(void)state;
	tui_wheel(t, 1);
	turned = scene_dump(t);
	tui_free(&t);
	t = go(24, 80, "j j j");
	screen_same("the wheel down", scene_dump(t), turned);
	tui_wheel(t, -1);
	turned = scene_dump(t);
	tui_free(&t);
	t = go(24, 80, "j j j k k k");
	screen_same("and up again", scene_dump(t), turned);
	tui_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hints),
		cmocka_unit_test(test_hints_wide),
		cmocka_unit_test(test_to_the_commands),
		cmocka_unit_test(test_tabs),
		cmocka_unit_test(test_headers),
		cmocka_unit_test(test_pointed_at),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_wheel),
	};

	if (sanitized()) {
		puts("skipped: clicks do the same with sanitizers; test_monkey clicks "
		     "there");
		return SKIPPED;
	}
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
