/*
 * Hostile texts in every field of every record, on every screen: no tile holds what a
 * terminal could take for a command, and everything around is as in a book of the same
 * numbers with plain texts of the same widths.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/everywhere.h"
#include "tests/support/hostile.h"
#include "tests/support/hostile_book.h"
#include "tests/support/host_memory.h"
#include "tests/support/rows_text.h"
#include "tests/support/sanitized.h"
#include "tui/check.h"
#include "tui/screen.h"
#include "tui/tui.h"

enum { TOKEN_COLUMNS = 8 }; /* <10FFFF> */

/* The same console twice: [0] over the hostile book, [1] over its twin. */
static struct book *book[2];
static struct host_memory *host[2];
static struct tui *tui[2];
static struct arena arena;
static unsigned compared;
static int every = 1; /* so many accounts on is the next one that is opened */
static bool alike;    /* what is on the screens can be told apart, and is compared */
static bool seen[SCREEN_COUNT];

static struct text named(int i, int twin)
{
	struct text t = hostile_text(i, &arena);
	char *s = arena_alloc(&arena, t.n + 8);

	snprintf(s, 8, "N%03d ", i);
	memcpy(s + 5, t.s, t.n);
	t = (struct text){ s, t.n + 5 };
	return twin ? hostile_twin(t, &arena) : t;
}

/* A file to be imported, and names of files. */
static void put_files(int twin)
{
	char csv[8001] = "account_id,name,arr,segment\n", name[400];

	for (int i = 0; i < HOSTILE_N; i += 7) {
		const struct text t = named(i, twin), was = hostile_text(i, &arena);

		if (was.n > 100 || text_invalid_at(was) < was.n ||
			strpbrk(was.s, "\"\r\n/"))
			continue;
		snprintf(csv + strlen(csv), sizeof(csv) - strlen(csv),
			"\"%.*s\",\"%.*s\",%s,\"%.*s\"\n", (int)t.n, t.s, (int)t.n, t.s,
			i % 2 ? "5000" : "x", (int)t.n, t.s);
		snprintf(name, sizeof(name), "%.*s.csv", (int)t.n, t.s);
		host_memory_put(host[twin], name, "a,b\n1,2\n");
	}
	memset(csv + strlen(csv), '\n', 8000 - strlen(csv)); /* both as long */
	host_memory_put(host[twin], "accounts.csv", csv);
}

/* What is offered to be typed is only the part of a value that can be. What fills a
 * template is cleaned where it is filled in, and no longer told apart; a form over the
 * day's rows hides the signs that names were cut. */
static bool is_alike(const char *keys)
{
	return !strstr(keys, "csm:") &&
	       !(strncmp(keys, "1 ", 2) == 0 && strchr("ezd", keys[2]));
}

static void start(int rows, int columns, const char *keys)
{
	alike = is_alike(keys);
	for (int i = 0; i < 2; i++) {
		host[i] = host_memory_new();
		put_files(i);
		MUST(tui_open(book[i], host_memory_host(host[i]), rows, columns, false,
			&tui[i], &e));
		MUST(tui_feed(tui[i], keys, &e));
	}
	seen[tui_screen(tui[0])] = true;
}

static void end(void)
{
	for (int i = 0; i < 2; i++) {
		tui_free(&tui[i]);
		host_memory_free(&host[i]);
	}
}

static bool is(const struct tile *t, const char *s)
{
	return t->n == strlen(s) && memcmp(t->s, s, t->n) == 0;
}

static bool stands_for(const struct tile *twin, const struct tile *t)
{
	if (t->columns != twin->columns || t->role != twin->role ||
		t->focus != twin->focus)
		return false;
	return is(twin, HOSTILE_NARROW) || is(twin, HOSTILE_WIDE) ||
	       (t->n == twin->n && memcmp(t->s, twin->s, t->n) == 0);
}

/* Where a text is cut off a token goes as a whole: up to the sign that says so, the two
 * may differ. */
static bool cut_near(const struct tile *t, int left)
{
	for (int i = 0; i < left && i <= TOKEN_COLUMNS; i++)
		if (is(&t[i], "…"))
			return true;
	return false;
}

static void show(const struct canvas *c, int row)
{
	for (int i = 0; i < c->columns; i++) {
		const struct tile *t = &c->tile[row * c->columns + i];

		printf("%.*s", t->n, t->s);
	}
	printf("|\n");
}

static void compare_row(
	const struct canvas *a, const struct canvas *b, int row, const char *keys)
{
	const struct tile *t = &a->tile[row * a->columns],
			  *twin = &b->tile[row * a->columns];

	for (int i = 0; i < a->columns; i++) {
		if (stands_for(&twin[i], &t[i]) || cut_near(&twin[i], a->columns - i))
			continue;
		for (int k = row > 1 ? row - 2 : 0; k < a->rows && k < row + 3; k++) {
			show(a, k);
			show(b, k);
		}
		fail_msg("after %s: row %d, column %d", keys, row, i);
	}
}

static void compare(const char *keys)
{
	const struct canvas *a = tui_canvas(tui[0]), *b = tui_canvas(tui[1]);

	compared++;
	for (int i = 0; i < 2; i++) {
		struct err e = { .text = "" };

		if (tui_check(tui[i], &e) != ST_OK)
			fail_msg("after %s: %s", keys, e.text);
	}
	for (int row = 0; alike && row < a->rows; row++)
		compare_row(a, b, row, keys);
	assert_int_equal(a->cursor_row, b->cursor_row);
	assert_int_equal(a->cursor_column, b->cursor_column);
}

static void feed(const char *keys)
{
	for (int i = 0; i < 2; i++)
		MUST(tui_feed(tui[i], keys, &e));
	compare(keys);
}

/* Every row of the list with all columns there are, in a size with a preview too. */
static void test_lists(void **state)
{
	static const int sizes[][2] = { { 24, 80 }, { 40, 120 }, { 60, 200 } };

	(void)state;
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		start(sizes[i][0], sizes[i][1], "");
		for (int k = 0; k < HOSTILE_N; k++)
			feed("Down");
		feed("v 'every' Enter");
		for (int k = 0; k < 20; k++)
			feed("l");
		feed("Home");
		for (int k = 0; k < HOSTILE_N / 12; k++)
			feed("PgDn");
		end();
	}
}

/* To the next account that is looked at. */
static void go_on(void)
{
	for (int i = 0; i < every; i++)
		feed("J");
}

/* Every section of every account, and all that can be opened from there. */
static void test_accounts(void **state)
{
	(void)state;
	start(24, 80, "Home Enter");
	for (int k = 0; k < HOSTILE_N; k += every) {
		feed("Home");
		for (int page = 0; page < 8; page++)
			feed("PgDn");
		go_on();
	}
	end();
}

static void test_popups(void **state)
{
	static const char *const keys[] = { "=", "Esc", "t", "Esc", "n", "Esc", "E",
		"Down", "End", "Esc", "A", "Esc", "L", "Esc", "T", "Down", "Esc" };

	(void)state;
	start(24, 80, "Home Enter");
	for (int k = 0; k < HOSTILE_N; k += every) {
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
			feed(keys[i]);
		go_on();
	}
	end();
}

static void look_at(int rows, int columns, const char *keys)
{
	start(rows, columns, keys);
	compare(keys);
	for (int page = 0; page < 12; page++)
		feed("PgDn");
	feed("Esc");
	end();
}

static void look_at_all(const char *const *keys)
{
	for (; *keys; keys++) {
		look_at(24, 80, *keys);
		if (!sanitized())
			look_at(40, 120, *keys);
	}
}

static void test_everywhere(void **state)
{
	(void)state;
	look_at_all(everywhere);
}

/* What is only there before the first review; with it every screen was looked at. */
static void test_untiered(void **state)
{
	struct book *tiered[2] = { book[0], book[1] };

	(void)state;
	for (int i = 0; i < 2; i++)
		book[i] = hostile_book(i, false);
	look_at_all(everywhere_untiered);
	for (int i = 0; i < 2; i++) {
		book_free(&book[i]);
		book[i] = tiered[i];
	}
	for (int i = 0; i < SCREEN_COUNT; i++)
		if (!seen[i])
			fail_msg("no keys lead to %s",
				screen_def((enum screen_id)i)->title);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_accounts),
		cmocka_unit_test(test_popups),
		cmocka_unit_test(test_everywhere),
		cmocka_unit_test(test_untiered),
	};
	int failed;

	/* plain, each of them; with sanitizers the same ways are gone less often */
	if (sanitized())
		every = 10;
	arena_init(&arena);
	for (int i = 0; i < 2; i++)
		book[i] = hostile_book(i, true);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	print_message("%u screens were compared\n", compared);
	for (int i = 0; i < 2; i++)
		book_free(&book[i]);
	arena_clear(&arena);
	return failed;
}
