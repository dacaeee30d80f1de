/* What is polite on a terminal: the program with hostile input, signals and sizes. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/running.h"
#include "tests/support/sanitized.h"

static char db[512];

static void start(struct pty *p)
{
	running_on(p, 24, 80, db, NULL);
	assert_true(pty_find(p, "Renewal") == 2);
}

static void quit(struct pty *p)
{
	pty_send(p, "q");
	running_ended(p, 0);
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- keys and pastes ------------------------------------------------------------ */

/* Esc alone does its work without a second key; curses by itself waits for a second. */
static void test_escape(void **state)
{
	struct pty p;
	double best = 99;

	(void)state;
	start(&p);
	for (int i = 0; i < 5; i++) {
		double began;

		pty_type(&p, "?");
		assert_true(pty_find(&p, "Renewal") != 2 || pty_find(&p, "Help") >= 0);
		began = seconds();
		pty_type(&p, "\033");
		assert_true(pty_find(&p, "Help") < 0);
		if (seconds() - began < best)
			best = seconds() - began;
	}
	assert_true(best < 0.5);
	quit(&p);
}

static void paste(struct pty *p, const char *bytes, size_t n)
{
	pty_send(p, "\033[200~");
	pty_send_n(p, bytes, n);
	pty_type(p, "\033[201~");
}

/* A megabyte of keys, with Esc, Enter and reports of a mouse among them, does nothing. */
static void test_paste(void **state)
{
	static const char piece[] =
		"q3\r:quit\r\003\033[A\033OP\033\033[<0;10;5M\033[<0;10;5m,u";
	const size_t n = 1 << 20;
	char *all = malloc(n);
	struct running_picture *before;
	struct pty p;

	(void)state;
	assert_non_null(all);
	for (size_t i = 0; i < n; i++)
		all[i] = piece[i % (sizeof(piece) - 1)];
	memcpy(all + n - 8, "the end.", 8);
	start(&p);
	pty_type(&p, "k"); /* takes the first message away */
	before = running_picture(&p);
	paste(&p, all, n);
	assert_true(pty_settle(&p));
	assert_int_equal(pty_find(&p, "pasted text goes"), 22);
	pty_type(&p, "j");
	pty_type(&p, "k");
	running_same(before, running_picture(&p));
	/* In a line it is text: the part that has room, of which the end is seen. */
	pty_type(&p, "/");
	paste(&p, all, n);
	assert_true(pty_settle(&p));
	assert_int_equal(pty_find(&p, ":quit"), 22);
	pty_type(&p, "\033");
	running_same(running_picture(&p), (before = running_picture(&p)));
	/* A paste that never ends is ended by a pause, and keys are keys again. */
	pty_type(&p, "\033[200~qqq");
	running_wait(&p, "pasted text goes");
	quit(&p);
	free(all);
}

/* Reports inside of a paste are not clicks, not even later. */
static void test_paste_clicks(void **state)
{
	static const char tab[] = "\033[<0;13;2M\033[<0;13;2m"; /* of the quadrant */
	struct pty p;

	(void)state;
	start(&p);
	paste(&p, tab, sizeof(tab) - 1);
	pty_type(&p, "\033[<0;10;6M\033[<0;10;6m");
	assert_true(pty_find(&p, "Renewal") == 2);
	quit(&p);
}

/* ---- mouse ---------------------------------------------------------------------- */

static void test_mouse_off(void **state)
{
	struct running_picture *before;
	struct pty p;
	size_t from;

	(void)state;
	start(&p);
	assert_true(pty_wrote(&p, 0, "\033[?1002h"));
	from = p.raw_n;
	pty_type(&p, "M");
	assert_true(pty_wrote(&p, from, "\033[?1006;1000l"));
	assert_true(pty_wrote(&p, from, "\033[?1002l"));
	pty_type(&p, "j");
	before = running_picture(&p);
	/* A terminal that reports all the same is not listened to. */
	from = p.raw_n;
	pty_type(&p, "\033[<0;10;8M\033[<0;10;8m");
	pty_type(&p, "\033[<32;10;9M\033[<65;10;9M");
	running_same(before, running_picture(&p));
	assert_false(pty_wrote(&p, from, "\033[?1002h"));
	pty_type(&p, "j");
	pty_type(&p, "k");
	pty_type(&p, "M");
	assert_true(pty_wrote(&p, from, "\033[?1006;1000h"));
	assert_true(pty_wrote(&p, from, "\033[?1002h"));
	pty_type(&p, "\033[<0;10;8M\033[<0;10;8m");
	pty_type(&p, "\033[<0;10;8M\033[<0;10;8m");
	assert_true(pty_find(&p, "HEALTH") > 0);
	pty_type(&p, "\033");
	quit(&p);
}

/* Other buttons, the wheel to the side and moves that were not asked for are nothing. */
static void test_other_buttons(void **state)
{
	static const char *const reports[] = { "\033[<2;10;8M\033[<2;10;8m",
		"\033[<1;10;8M\033[<1;10;8m", "\033[<35;10;8M", "\033[<66;10;8M",
		"\033[<67;10;8M", "\033[<34;10;8M", "\033[<3;10;8m" };
	struct running_picture *before;
	struct pty p;

	(void)state;
	start(&p);
	before = running_picture(&p);
	for (size_t i = 0; i < sizeof(reports) / sizeof(*reports); i++) {
		pty_send(&p, reports[i]);
		if (!pty_settle(&p))
			fail_msg("it hangs after ESC%s", reports[i] + 1);
	}
	running_same(before, running_picture(&p));
	pty_type(&p, "\033[<128;10;8M"); /* curses takes an eighth button for the first */
	kill(p.pid, SIGTERM);
	running_ended(&p, 128 + SIGTERM);
}

/* ---- sizes ---------------------------------------------------------------------- */

/* A thousand sizes as fast as they go, with whatever is open: then as if fresh. */
static void test_resize(void **state)
{
	static const char *const keys[] = { "", "\r", "?", "t", "/abc", ":so" };
	const struct winsize unknown = { 0 }; /* as some terminals say at first */
	uint32_t x = 5;

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct running_picture *want;
		struct pty p;
		double began;

		start(&p);
		if (*keys[i])
			pty_type(&p, keys[i]);
		want = running_picture(&p);
		began = seconds();
		for (int k = 0; k < 1000; k++) {
			x = x * 1664525 + 1013904223;
			pty_resize(
				&p, 1 + (int)(x >> 25) % 60, 1 + (int)(x >> 17 & 0xff));
			if (k % 100 == 0)
				pty_resize(&p, 1, 1);
			if (k % 250 == 50)
				pty_resize(&p, 500, 500);
			if (k % 250 == 51)
				assert_int_equal(
					ioctl(p.master, TIOCSWINSZ, &unknown), 0);
		}
		pty_resize(&p, 24, 80);
		print_message("1000 sizes in %.2f s\n", seconds() - began);
		assert_true(pty_settle(&p));
		running_same(want, running_picture(&p));
		kill(p.pid, SIGTERM);
		running_ended(&p, 128 + SIGTERM);
	}
}

/* The size in the environment is not the terminal's: that one counts, also later. */
static void test_lines_columns(void **state)
{
	static const char *const env[] = { "LINES=40", "COLUMNS=33", NULL };
	struct pty p;

	(void)state;
	running_on(&p, 24, 80, db, env);
	assert_true(pty_find(&p, "quit") == 23);
	pty_resize(&p, 30, 100);
	assert_true(pty_settle(&p));
	assert_int_equal(pty_find(&p, "quit"), 29);
	quit(&p);
}

/* ---- rest ----------------------------------------------------------------------- */

/* Ticks of the processor that the process had so far; -1: this system does not tell. */
static long ticks(pid_t pid)
{
	char path[64], text[1024];
	unsigned long user = 0, kernel = 0;
	const char *end;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	f = fopen(path, "r");
	if (!f)
		return -1;
	n = fread(text, 1, sizeof(text) - 1, f);
	text[n] = '\0';
	fclose(f);
	end = strrchr(text, ')');
	if (!end ||
		sscanf(end + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
			&user, &kernel) != 2)
		return -1;
	return (long)(user + kernel);
}

/* Who waits for a key waits without work: two seconds cost nothing. */
static void test_idle(void **state)
{
	struct pty p;
	long before;

	(void)state;
	start(&p);
	before = ticks(p.pid);
	if (before < 0) {
		print_message("skipped: /proc/PID/stat is not here\n");
		pty_end(&p);
		skip();
	}
	sleep(2);
	assert_in_range(ticks(p.pid) - before, 0, 2);
	quit(&p);
}

/* ---- what is where -------------------------------------------------------------- */

/* Screen readers follow the cursor: it is on the focused row, or where one types. */
static void test_cursor(void **state)
{
	int row, column;
	struct pty p;

	(void)state;
	start(&p);
	for (int i = 0; i < 5; i++) {
		pty_cursor(&p, &row, &column);
		assert_int_equal(row, 3 + i);
		assert_int_equal(column, 0);
		assert_false(p.cursor_visible);
		pty_type(&p, "j");
	}
	pty_type(&p, "/");
	pty_type(&p, "abc");
	pty_cursor(&p, &row, &column);
	assert_int_equal(row, 22);
	assert_int_equal(column, 6);
	assert_true(p.cursor_visible);
	pty_type(&p, "\033");
	assert_false(p.cursor_visible);
	pty_type(&p, ":");
	pty_type(&p, "so");
	pty_cursor(&p, &row, &column);
	assert_true(p.cursor_visible);
	assert_true(row > 0 && column > 2);
	pty_type(&p, "\033");
	quit(&p);
}

static int make_books(void **state)
{
	(void)state;
	return running_demo("manners.db", db) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_paste),
		cmocka_unit_test(test_paste_clicks),
		cmocka_unit_test(test_mouse_off),
		cmocka_unit_test(test_other_buttons),
		cmocka_unit_test(test_resize),
		cmocka_unit_test(test_lines_columns),
		cmocka_unit_test(test_idle),
		cmocka_unit_test(test_cursor),
	};

	return cmocka_run_group_tests(tests, make_books, NULL);
}
