/* What steps of the cursor write to a terminal: few bytes, and what a whole new picture
 * would show. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/pty.h"

/* Two keys within WALK_MS follow each other quickly; a hundred of them leave the first
 * screenful at every size below. */
enum { STEPS = 100, WALK_MS = 250, MOST = 400, ROWS = 60, COLUMNS = 200 };

static char program[512], db[512];

static const char *const arguments[] = { program, "--db", db, "--as-of", "2026-03-31",
	NULL };

static const struct {
	const char *term, *screen;
	int rows, columns;
} places[] = {
	{ "xterm-256color", "1", 40, 120 },
	{ "xterm-256color", "2", 40, 120 },
	{ "xterm-256color", "2", 24, 80 },
	{ "xterm-256color", "2", ROWS, COLUMNS },
	{ "screen-256color", "2", 40, 120 },
	{ "linux", "2", 40, 120 },
	{ "vt100", "2", 40, 120 },
};

#define LENGTH(a) (sizeof(a) / sizeof(*(a)))

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* False: this machine's terminfo does not have the terminal. */
static bool start(struct pty *p, size_t place)
{
	char term[64];
	/* libgpm, which curses looks for on a Linux console, loses a few bytes. */
	const char *const env[] = { term, "LC_ALL=C.UTF-8",
		strcmp(places[place].term, "linux") == 0 ? "ASAN_OPTIONS=detect_leaks=0"
							 : NULL,
		NULL };

	snprintf(term, sizeof(term), "TERM=%s", places[place].term);
	pty_start(p, places[place].rows, places[place].columns, arguments, env);
	if (!pty_settle(p)) {
		assert_true(pty_wrote(p, 0, "is not known here"));
		print_message("%s is not known here\n", term);
		pty_wait(p);
		pty_end(p);
		return false;
	}
	pty_type(p, places[place].screen);
	return true;
}

static void quit(struct pty *p)
{
	pty_send(p, "q");
	assert_int_equal(pty_wait(p), 0);
	pty_end(p);
}

/* Whether all that is said of an account stands beside the list. */
static bool said_beside(struct pty *p)
{
	return pty_find(p, "renewal  2") >= 0;
}

/* Where a machine has so much else to do that the keys do not follow each other as those
 * of a person do, or what is said beside the list came or went, it tells nothing. */
static void test_few_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(places) && places[i].columns <= 120; i++) {
		struct pty p;
		int64_t sent = 0, before;
		size_t bytes = 0, from;
		int quick = 0;

		if (!start(&p, i))
			continue;
		pty_type(&p, "j");
		for (int step = 0; step < STEPS; step++) {
			const bool beside = said_beside(&p);

			before = sent;
			sent = now_ms();
			from = p.raw_n;
			pty_type(&p, "j");
			if (beside || said_beside(&p) || now_ms() - before >= WALK_MS)
				continue;
			bytes += p.raw_n - from;
			quick++;
		}
		if (bytes > (size_t)quick * MOST)
			fail_msg("%s, screen %s, %d columns: %zu bytes in %d steps",
				places[i].term, places[i].screen, places[i].columns,
				bytes, quick);
		if (quick < STEPS / 2)
			print_message("%s: only %d quick steps\n", places[i].term, quick);
		quit(&p);
	}
}

/* ---- the picture ------------------------------------------------------------------ */

struct look {
	VTermScreenCell cell[ROWS][COLUMNS];
};

static void look(struct pty *p, struct look *l)
{
	memset(l, 0, sizeof(*l));
	for (int row = 0; row < p->rows; row++)
		for (int column = 0; column < p->columns; column++)
			vterm_screen_get_cell(p->screen, (VTermPos){ row, column },
				&l->cell[row][column]);
}

static bool same_cell(const VTermScreenCell *a, const VTermScreenCell *b)
{
	const uint32_t x = a->chars[0] ? a->chars[0] : ' ';
	const uint32_t y = b->chars[0] ? b->chars[0] : ' ';

	if (x != y || a->attrs.reverse != b->attrs.reverse ||
		!vterm_color_is_equal(&a->bg, &b->bg))
		return false;
	/* The ink of a blank is not seen. */
	return x == ' ' || (a->attrs.bold == b->attrs.bold &&
				   a->attrs.underline == b->attrs.underline &&
				   vterm_color_is_equal(&a->fg, &b->fg));
}

/* The columns of the list, what stands beside it left out. */
static int list_columns(const struct look *l, int columns)
{
	for (int column = 0; column < columns; column++)
		if (l->cell[10][column].chars[0] == 0x2502)
			return column;
	return columns;
}

struct spot {
	int row, column;
};

static bool same(size_t place, int columns, const struct look *a, const struct look *b,
	struct spot *at)
{
	for (at->row = 0; at->row < places[place].rows; at->row++)
		for (at->column = 0; at->column < columns; at->column++)
			if (!same_cell(&a->cell[at->row][at->column],
				    &b->cell[at->row][at->column]))
				return false;
	return true;
}

/* Down past the end of the screen and up again, as fast as keys are taken one by one. */
static bool walk_shows_all(struct pty *p, size_t place, struct spot *at)
{
	static struct look stepped, drawn;

	for (int step = 0; step < STEPS; step++) {
		int columns = p->columns;
		bool beside;

		pty_type(p, step < STEPS * 7 / 10 ? "j" : "k");
		if (step % 10 != 9)
			continue;
		look(p, &stepped);
		beside = said_beside(p);
		pty_type(p, "\014");
		look(p, &drawn);
		if (said_beside(p) != beside) /* it came in between */
			columns = list_columns(&drawn, columns);
		if (!same(place, columns, &stepped, &drawn, at))
			return false;
	}
	return true;
}

/* What is filled in a pause may come between two looks on a busy machine: what is not
 * drawn as it should be is so each time. */
static void test_whole_picture(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(places); i++) {
		bool whole = false;
		struct spot at;

		for (int tries = 0; tries < 3 && !whole; tries++) {
			struct pty p;

			if (!start(&p, i))
				break;
			whole = walk_shows_all(&p, i, &at);
			quit(&p);
			if (!whole && tries == 2)
				fail_msg("%s, %d columns: row %d, column %d",
					places[i].term, places[i].columns, at.row,
					at.column);
		}
	}
}

static int make_book(void **state)
{
	const char *home = getenv("HOME"), *binary = getenv("TIERDESK_BIN");
	char line[1600];

	(void)state;
	if (!home || !binary || access(binary, X_OK) != 0)
		return -1;
	snprintf(program, sizeof(program), "%s", binary);
	snprintf(db, sizeof(db), "%s/steps.db", home);
	unlink(db);
	snprintf(line, sizeof(line),
		"'%s' --db '%s' --as-of 2026-03-31 demo --no-console >/dev/null", program,
		db);
	return system(line) == 0 ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_few_bytes),
		cmocka_unit_test(test_whole_picture),
	};

	return cmocka_run_group_tests(tests, make_book, NULL);
}
