/* The table of accounts at work: orders, columns, views, the filter line, exports. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "core/money.h"
#include "core/queue.h"
#include "tests/support/rows_text.h"
#include "tests/support/scene.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* Both but for the message. */
static void leads_to(const char *keys, const char *same_as)
{
	struct tui *a = scene_start(FIXTURE_COMPLETE, 24, 80, keys), *b;
	const char *dump;

	scene_feed(a, "C-l");
	dump = scene_dump(a);
	tui_free(&a);
	b = scene_start(FIXTURE_COMPLETE, 24, 80, same_as);
	scene_feed(b, "C-l");
	screen_same(keys, scene_dump(b), dump);
	tui_free(&b);
}

static void shows(const char *keys, int row, const char *text)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, keys);

	if (!scene_shows(t, row, text))
		fail_msg("after %s there is no \"%s\":\n%s", keys, text, scene_dump(t));
	tui_free(&t);
}

/* ---- orders ------------------------------------------------------------------------ */

enum { HEADER = 2, MESSAGE = 22 };

static void test_sort(void **state)
{
	(void)state;
	shows("", HEADER, "ARR↓ ");
	shows("s", HEADER, "Health↑");
	shows("s s", HEADER, "Health↓");
	shows("s l +", HEADER, "28d↑2");
	shows("s l + +", HEADER, "28d↓2");
	shows("s l + h s", HEADER, "Health↓1 28d↑2"); /* the others stay */
	shows("s l + s", HEADER, " 28d↑");            /* and begin anew */
	shows("h s l + l + l l + h", HEADER, "Renewal↑4");
	leads_to("h s l + l + l l + h h h h h h +", "h s l + l + l l + h h h h h h +");
	shows("h s l + l + l l + h h h h h h +", MESSAGE, "at most 4 columns");
	shows("l l +", MESSAGE, "the sparkline has no order");
	leads_to(": 'sort further' Enter", "+");
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
	leads_to("Space j k", "Space");
	shows("Space Space Space", 1, "3 marked");
	shows("Space k Space", 1, " ");
	leads_to("Space k Space k g", "g");
	shows("End Space", 1, "1 marked");
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

enum { BESIDE = 82, BELOW_TITLE = 3 }; /* of 120 columns */

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

static void same_title(struct tui *t, struct tui *whole)
{
	const struct canvas *x = tui_canvas(t), *y = tui_canvas(whole);
	const int at = (BELOW_TITLE - 1) * x->columns + BESIDE;

	assert_memory_equal(&x->tile[at], &y->tile[at],
		(size_t)(x->columns - BESIDE) * sizeof(*x->tile));
}

/* Beside the cursor nothing is ever said of another account, also while there is no time
 * to look at the one it is on. */
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
			scene_feed(t, "j");
			assert_int_equal(said_beside(t), 0);
			same_title(t, whole);
			while (tui_pause(t))
				;
			screen_same(keys, scene_dump(whole), scene_dump(t));
			tui_free(&whole);
		}
		tui_free(&t);
	}
}

/* ---- columns ----------------------------------------------------------------------- */

static void test_columns(void **state)
{
	(void)state;
	leads_to("c Esc", "");
	leads_to("c c", "");
	leads_to("c j j Space r Esc g", "g");
	leads_to("c j j Space Space Esc g", "g");
	shows("c j Space", MESSAGE, "the name is always shown");
	shows("c End Space Esc", HEADER, "Status");
	shows("c j j Space Esc", HEADER, "Account");
	/* The order of the columns is that of the list. */
	shows("c } Esc", HEADER, " Account");
	shows("c j j j } Esc", HEADER, "Health    ARR↓");
	/* A wider column takes from the name. */
	shows("c j j Right Right Right Esc", HEADER, "Owner");
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

/* ---- views and what is kept -------------------------------------------------------- */

static struct tui *again(const char *kept, const char *keys, struct host_memory **m)
{
	struct tui *t = NULL;

	*m = host_memory_new();
	host_memory_host(*m)->kept = kept;
	assert_int_equal(tui_open(scene_book(FIXTURE_COMPLETE), host_memory_host(*m), 24,
				 80, false, &t, NULL),
		ST_OK);
	scene_feed(t, keys);
	return t;
}

static void test_views(void **state)
{
	static const char save[] = "/ 'health:<60' Enter s w 'Low ones' C-s ";
	char keys[256];

	(void)state;
	shows(save, MESSAGE, "\"Low ones\" is saved: v picks it");
	snprintf(keys, sizeof(keys), "%s \\ h s v 'low' Enter", save);
	shows(keys, 1, "filter health:<60");
	shows(keys, HEADER, "Health↑");
	shows(keys, MESSAGE, "view: Low ones");
	/* A second one of that name asks first. */
	snprintf(keys, sizeof(keys), "%s \\ w 'Low ones' C-s", save);
	shows(keys, -1, "There is a view \"Low ones\" already. Replace it?");
	snprintf(keys, sizeof(keys), "%s \\ w 'Low ones' C-s n Esc v 'low' Enter", save);
	shows(keys, 1, "filter health:<60");
	snprintf(keys, sizeof(keys), "%s \\ w 'Low ones' C-s y v 'low' Enter", save);
	shows(keys, MESSAGE, "view: Low ones");
	snprintf(keys, sizeof(keys), "%s \\ g", save);
	leads_to(keys, "s g");
	/* Removed only when that was meant; those of the program stay. */
	snprintf(keys, sizeof(keys), "%s v 'low' Del n", save);
	shows(keys, -1, "Low ones   ");
	snprintf(keys, sizeof(keys), "%s v 'low' Del y C-u 'low on'", save);
	shows(keys, -1, "no view of that name");
	shows("v 'everything' Del", MESSAGE, "comes with the program");
}

static void test_shipped_views(void **state)
{
	static const char *const names[] = { "my book", "renewals in", "at risk",
		"falling", "big and", "no owner", "tiers by", "costly", "not understood",
		"everything" };

	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		char keys[64];
		struct tui *t;

		snprintf(keys, sizeof(keys), "v '%s' Enter", names[i]);
		t = scene_start(FIXTURE_COMPLETE, 24, 120, keys);
		assert_true(scene_shows(t, MESSAGE, "view: "));
		/* None of them has a filter that is not understood. */
		scene_feed(t, "/ Enter");
		assert_false(scene_shows(t, MESSAGE, "filter:"));
		tui_free(&t);
	}
}

/* A view shows the columns it is about. */
static void test_view_columns(void **state)
{
	(void)state;
	shows("v 'big and' Enter", HEADER, "Cover");
	shows("v 'tiers by' Enter", HEADER, "Score↓2");
	shows("v 'tiers by' Enter", HEADER, "↑1");
	shows("v 'costly' Enter", HEADER, "Quadrant");
	shows("v 'costly' Enter", HEADER, "Effort↓1");
	leads_to("v 'costly' Enter v 'everything' Enter", "");
	/* They go with its filter, and are not mixed into the next one. */
	shows("v 'costly' Enter \\", HEADER, "Health  28d");
	shows("v 'tiers by' Enter \\", HEADER, "Health  28d");
	shows("v 'big and' Enter v 'renewals' Enter", HEADER, "28d");
	shows("v 'costly' Enter c Home Space Esc \\", HEADER, "Quadrant"); /* one's own */
}

/* Two consoles keep things in the same place: neither takes the other's away. */
static void test_kept_by_two(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "w 'Mine' C-s");
	const char *kept;

	(void)state;
	kept = host_memory_kept(scene_host());
	assert_non_null(strstr(kept, "Mine"));
	host_memory_keep(scene_host(), "[elsewhere]\nother = thing\n");
	scene_feed(t, "w 'Second' C-s");
	kept = host_memory_kept(scene_host());
	assert_non_null(strstr(kept, "other = thing"));
	assert_non_null(strstr(kept, "Second"));
	assert_null(strstr(
		kept, "Mine")); /* taken away by the other one, and not set again */
	tui_free(&t);
}

static void test_kept(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80,
		"s l + h c End Space Esc w 'Mine & \"so\" = [on] 100%' C-s o / 'a' "
		"Enter");
	struct host_memory *m;
	char *kept, *anew;

	(void)state;
	tui_free(&t);
	assert_non_null(host_memory_kept(scene_host()));
	kept = strdup(host_memory_kept(scene_host()));
	t = again(kept, "g", &m);
	anew = strdup(scene_dump(t));
	tui_free(&t);
	/* The filter is not kept, all else is. */
	t = scene_start(FIXTURE_COMPLETE, 24, 80, "s l + h c End Space Esc o g");
	screen_same("kept", scene_dump(t), anew);
	tui_free(&t);
	host_memory_free(&m);
	t = again(kept, "v 'mine' ", &m);
	assert_true(scene_shows(t, -1, "Mine & \"so\" = [on] 100%"));
	tui_free(&t);
	host_memory_free(&m);
	/* In another book only what does not ask for people of the first one. */
	*strstr(kept, "book = ") = '#';
	t = again(kept, "g", &m);
	assert_true(scene_shows(t, HEADER, "Status"));
	assert_false(scene_shows(t, 0, "mine"));
	tui_free(&t);
	host_memory_free(&m);
	free(kept);
	free(anew);
}

/* Whatever stands in the file: the console opens and what it does not know stays. */
static void test_kept_garbage(void **state)
{
	static const char *const texts[] = { "", "\n\n[", "[views]\n=\n= =\nx\n[]\n",
		"[views]\nx = whose=9 sort=bogus columns=,,:,+ filter=%zz%4\n",
		"[views]\nA = whose=one owner=Nobody%20There sort=-arr\n[other]\nk = v\n",
		"[list]\nlast = whose=one owner= sort= columns=bogus\nbook =\n",
		"[list]\nlast = sort=arr,arr,arr,arr,arr,arr\n[other]\nk = v\n",
		"\xff\xfe[views]\n\x01 = \x02\n" };

	(void)state;
	for (size_t i = 0; i < LENGTH(texts); i++) {
		struct host_memory *m;
		struct tui *t = again(texts[i], "v Down Enter s", &m);

		assert_true(scene_shows(t, HEADER, "Account") ||
			    scene_shows(t, -1, "No account is shown"));
		tui_free(&t);
		if (strstr(texts[i], "[other]"))
			assert_non_null(strstr(host_memory_kept(m), "[other]\nk = v"));
		host_memory_free(&m);
	}
}

/* ---- the filter line ----------------------------------------------------------------
 */

static void test_complete(void **state)
{
	(void)state;
	leads_to("/ 'ti' Tab Esc '1' Enter", "/ 'tier:1' Enter");
	leads_to("/ 'ti' Tab Enter Enter", "/ 'tier:1 ' Enter");
	leads_to("/ 'csm:mei' Tab Enter", "/ 'csm:\"Mei Tanaka\" ' Enter");
	leads_to("/ 'csm:\"Mei Tanaka,d' Tab Enter", "/ 'csm:\"Mei Tanaka,Dana Reyes\" ' "
						     "Enter");
	leads_to("/ '-csm:mei' Tab Enter", "/ '-csm:\"Mei Tanaka\" ' Enter");
	leads_to("/ 'acme tier:' Tab Down Down Up Enter Enter", "/ 'acme tier:2 ' Enter");
	leads_to("/ Tab Esc Esc", "");
	leads_to("/ 'zzz' Tab Esc", "");
	shows("/ 'zzz' Tab", -1, "Enter keep");
	shows("/ 'helth:' Tab", MESSAGE, "there is no field");
	shows("/ 'health:' Tab", -1, "at risk");
	shows("/ 'quadrant:' Tab", -1, "tech touch");
	shows("/ 'quadrant:tech' Tab", MESSAGE, "quadrant:\"tech touch\"");
	/* What is typed narrows the list that is open. */
	shows("/ Tab 'seg'", -1, "market segment");
	/* In the middle of the line the rest stays. */
	leads_to("/ 'csm:mei tier:1' Home Right Right Right Right Right Right Right Tab "
		 "Enter",
		"/ 'csm:\"Mei Tanaka\" tier:1' Enter");
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
	leads_to("/ 'toys' Enter \\ / Up Enter", "/ 'toys' Enter");
	leads_to("/ 'a' Enter / C-u 'b' Enter / Up Up Enter", "/ 'a' Enter");
	leads_to("/ 'a' Enter / C-u 'b' Enter / Up Up Up Down Enter", "/ 'b' Enter");
	leads_to("/ 'a' Enter / C-u 'b' Enter / C-u 'a' Enter / Up Up Up Enter",
		"/ 'b' Enter");
	leads_to("/ 'toys' Esc / Up Esc", "");
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
	leads_to("Enter / 'th' Enter", "/ 'th' Enter");
	leads_to("3 Enter / 'th' Enter 2", "/ 'th' Enter");
	leads_to("Enter / 'zzz' Enter", "/ 'zzz' Enter");
	leads_to("Enter / 'th' Esc", "Enter");
}

/* Another word goes behind the filter in force; a problem is readable to its end. */
static void test_filter_line(void **state)
{
	(void)state;
	leads_to("/ 'csm:mei' Enter / 'the' Enter", "/ 'csm:mei the' Enter");
	leads_to("/ 'csm:mei' Enter / Enter", "/ 'csm:mei' Enter");
	leads_to("/ 'csm:mei' Enter / 'x' Esc", "/ 'csm:mei' Enter");
	leads_to("/ 'mei ' Enter", "/ 'mei' Enter");
	shows("/ 'tier:1 arr:>50k health:badly'", MESSAGE - 1, "risk, watch or healthy");
}

/* What sorts, and what the filter names, is seen also on a narrow screen. */
static void test_needed_columns(void **state)
{
	static const struct {
		const char *keys, *header;
	} narrow[] = {
		{ "v 'renewals' Enter", " Renewal↑1" },
		{ "/ 'segment:mid' Enter", "Segment" },
		{ "/ 'csm:mei' Enter", "Owner" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(narrow); i++) {
		struct tui *t = scene_start(FIXTURE_COMPLETE, 15, 60, narrow[i].keys);

		if (!scene_shows(t, HEADER, narrow[i].header))
			fail_msg("after %s:\n%s", narrow[i].keys, scene_dump(t));
		tui_free(&t);
	}
}

/* Within equal ones the order from before stays. */
static void test_former_order(void **state)
{
	(void)state;
	shows("h h s g", HEADER + 3, "City Power & Light");
	shows("h h s g", HEADER + 4, "Contoso");
	shows("s h h s g", HEADER + 1, "Contoso");
	shows("s h h s g", HEADER + 2, "Lucerne Publishing");
	shows("s h h s g", HEADER + 3, "Nod Publishers");
}

/* The fullest first, the pool last; the cursor is on whom is shown. */
static void test_owners(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "O 'mei' Enter O Enter");

	(void)state;
	assert_true(scene_shows(t, 0, "Mei Tanaka: "));
	scene_feed(t, "O PgDn Enter");
	assert_true(scene_shows(t, 0, "pool: "));
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

/* ---- exports ------------------------------------------------------------------------
 */

static const char *exported(const char *path)
{
	const char *text = host_memory_get(scene_host(), path);

	assert_non_null(text);
	return text;
}

static size_t lines_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void test_export(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "x C-s");
	const char *csv;

	(void)state;
	assert_true(scene_shows(
		t, MESSAGE, "36 accounts are in /home/dana/book-2026-03-31.csv"));
	csv = exported("/home/dana/book-2026-03-31.csv");
	assert_ptr_equal(
		strstr(csv, "Id,Tier,Account,Owner,ARR,Health,28d,Renewal\n"), csv);
	assert_non_null(strstr(csv, "\nA-011,3,Contoso,Ben Okafor,140000.00,34,0,"));
	assert_in_range(lines_of(csv), 37, 40); /* a name has two lines */
	/* Not over what is there, unless that is said. */
	host_memory_put(scene_host(), "/home/dana/book-2026-03-31.csv", "precious");
	scene_feed(t, "x C-s");
	assert_string_equal(exported("/home/dana/book-2026-03-31.csv"), "precious");
	scene_feed(t, "Right C-s");
	assert_in_range(lines_of(exported("/home/dana/book-2026-03-31.csv")), 37, 40);
	tui_free(&t);
}

/* The columns that were chosen, the marked accounts, the other formats. */
static void test_export_choice(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80,
		"c j j Space Esc Space Space j Space x Right Down C-u '~/three' C-s");
	const char *json, *html;

	(void)state;
	assert_true(scene_shows(t, MESSAGE, "3 accounts are in /home/dana/three.json"));
	json = exported("/home/dana/three.json");
	assert_null(strstr(json, "\"csm\""));
	assert_non_null(strstr(json, "[{\"tier\":2,\"name\":"));
	scene_feed(t, "x Right Right Down C-u '~/page.htm' C-s");
	html = exported("/home/dana/page.htm");
	assert_non_null(strstr(html, "<p>3 accounts"));
	assert_non_null(strstr(html, "marked"));
	tui_free(&t);
}

/* The host makes reports; the form says of what, and as which file. */
static void test_report(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "j : 'report' Enter C-s");

	(void)state;
	assert_true(scene_shows(
		t, MESSAGE, "the report is in /home/dana/report-2026-03-31.html"));
	assert_string_equal(exported("/home/dana/report-2026-03-31.html"), "board 0");
	/* Not over what is there, unless that is said. */
	scene_feed(t, ": 'report' Enter C-s");
	assert_true(scene_shows(t, -1, "is there already"));
	scene_feed(t, "Right C-s");
	scene_feed(t, ": 'report' Enter Right Down C-u 'Ben Okafor' Down Right C-s");
	assert_non_null(strstr(exported("/home/dana/report-2026-03-31.pdf"), "csm "));
	assert_string_not_equal(exported("/home/dana/report-2026-03-31.pdf"), "csm 0");
	scene_feed(t, ": 'report' Enter Right Right Down Down Right Right C-s");
	assert_non_null(strstr(exported("/home/dana/report-2026-03-31.svg"), "account "));
	tui_free(&t);
}

static void test_export_fails(void **state)
{
	struct tui *t = scene_start(FIXTURE_COMPLETE, 24, 80, "x");

	(void)state;
	host_memory_full(scene_host(), true);
	scene_feed(t, "C-s");
	assert_true(scene_shows(t, -1, "Export what is shown"));
	assert_null(host_memory_get(scene_host(), "/home/dana/book-2026-03-31.csv"));
	host_memory_full(scene_host(), false);
	scene_feed(t, "C-s");
	assert_true(scene_shows(t, MESSAGE, "36 accounts are in"));
	tui_free(&t);
	shows("/ 'zzzz' Enter x", MESSAGE, "no account is shown");
}

/* A click on the box closes none of the lists, one beside it does; of those that are
 * searched a line is taken by one click, of the others by two. */
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
		cmocka_unit_test(test_second_key),
		cmocka_unit_test(test_header_clicks),
		cmocka_unit_test(test_marking_goes_on),
		cmocka_unit_test(test_gives_way),
		cmocka_unit_test(test_beside),
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_column_clicks),
		cmocka_unit_test(test_views),
		cmocka_unit_test(test_shipped_views),
		cmocka_unit_test(test_view_columns),
		cmocka_unit_test(test_kept_by_two),
		cmocka_unit_test(test_kept),
		cmocka_unit_test(test_kept_garbage),
		cmocka_unit_test(test_complete),
		cmocka_unit_test(test_complete_clicks),
		cmocka_unit_test(test_history),
		cmocka_unit_test(test_meant),
		cmocka_unit_test(test_filter_of_account),
		cmocka_unit_test(test_filter_line),
		cmocka_unit_test(test_needed_columns),
		cmocka_unit_test(test_former_order),
		cmocka_unit_test(test_owners),
		cmocka_unit_test(test_team),
		cmocka_unit_test(test_team_queue),
		cmocka_unit_test(test_too_small),
		cmocka_unit_test(test_export),
		cmocka_unit_test(test_export_choice),
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_export_fails),
		cmocka_unit_test(test_clicks_on_lists),
	};

	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
