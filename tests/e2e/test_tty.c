/* The program on a terminal: what only a terminal can tell. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/running.h"

static char program[512], db[512], hostile_db[512];

static const char *const arguments[] = { program, "--db", db, "--as-of", "2026-03-31",
	NULL };
static const char *const hostile_arguments[] = { program, "--db", hostile_db, "--as-of",
	"2026-03-31", NULL };

static void start(struct pty *p)
{
	running_on(p, 24, 80, db, NULL);
	assert_true(p->alternate);
	assert_true(pty_find(p, "tierdesk") == 0);
	assert_true(pty_find(p, "Account") == 2);
}

static void assert_gone(struct pty *p, int status)
{
	char line[4096];

	if (!pty_until(p, 0, "\033[?2004l")) {
		for (int i = 0; i < p->rows; i++)
			print_error("%s\n", pty_line(p, i, line));
		fail_msg("it is still there");
	}
	running_ended(p, status);
}

static void test_quit(void **state)
{
	struct pty p;

	(void)state;
	start(&p);
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

/* Another program holds the book: who waits for it hears a signal all the same. */
static void test_signals_while_it_waits(void **state)
{
	/* the bytes that SQLite locks of a file */
	struct flock whole = { .l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = 0x40000000,
		.l_len = 512 };
	static const int signals[] = { SIGTERM, SIGHUP };

	(void)state;
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		int fd = open(db, O_RDWR);
		struct pty p;

		start(&p);
		assert_int_equal(fcntl(fd, F_SETLK, &whole), 0);
		pty_send(&p, "\r\033\r\033\r\033\r");
		usleep(300000);
		kill(p.pid, signals[i]);
		assert_gone(&p, 128 + signals[i]);
		close(fd);
	}
}

static void test_escape(void **state)
{
	struct pty p;

	(void)state;
	start(&p);
	pty_type(&p, "\r");
	assert_true(pty_find(&p, "HEALTH") > 0);
	pty_type(&p, "\033");
	assert_true(pty_find(&p, "HEALTH") < 0);
	assert_true(pty_find(&p, "Renewal") == 2);
	/* A key nobody knows is not a row of letters. */
	pty_type(&p, "\033[1;7Q");
	assert_true(pty_find(&p, "Renewal") == 2);
	pty_type(&p, "\033OB\033[6~");
	assert_true(pty_find(&p, "Renewal") == 2);
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

/* The first row in which two screens of the same size differ, or -1. */
static int differing_row(struct pty *a, struct pty *b)
{
	char line_a[4096], line_b[4096];

	for (int row = 0; row < a->rows; row++)
		if (strcmp(pty_line(a, row, line_a), pty_line(b, row, line_b)) != 0)
			return row;
	return -1;
}

static void test_resize(void **state)
{
	struct pty p, fresh;
	char a[4096], b[4096];
	uint32_t x = 3;
	int row;

	(void)state;
	running_on(&fresh, 30, 100, db, NULL);
	pty_type(&fresh, "\014"); /* takes the first message away */
	start(&p);
	pty_type(&p, "\014");
	for (int i = 0; i < 100; i++) {
		x = x * 1664525 + 1013904223;
		pty_resize(&p, 1 + (int)(x >> 24) % 60, 1 + (int)(x >> 16 & 0xff) % 200);
	}
	pty_resize(&p, 30, 100);
	/* What it wrote for one of the sizes may have come to a screen of another: the
	 * rest that is waited for is one after a picture for this one. */
	row = differing_row(&p, &fresh);
	for (int tries = 0; row >= 0 && tries < 200; tries++) {
		kill(p.pid, SIGWINCH);
		assert_true(pty_settle(&p));
		row = differing_row(&p, &fresh);
	}
	if (row >= 0)
		assert_string_equal(pty_line(&p, row, a), pty_line(&fresh, row, b));
	pty_end(&fresh);
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

static void test_suspend(void **state)
{
	struct pty p;
	struct termios modes;
	int status;

	(void)state;
	start(&p);
	pty_send(&p, "\032");
	/* The leader of an orphaned group is not stopped by SIGTSTP: it comes back at
	 * once. */
	assert_true(pty_settle(&p));
	assert_true(pty_wrote(&p, 0, "\033[?2004l"));
	assert_true(p.alternate);
	kill(p.pid, SIGSTOP);
	assert_int_equal(waitpid(p.pid, &status, WUNTRACED), p.pid);
	assert_true(WIFSTOPPED(status));
	/* As a shell does with its own modes. */
	assert_int_equal(tcgetattr(p.slave, &modes), 0);
	assert_int_equal(modes.c_lflag & (ICANON | ECHO), 0);
	modes.c_lflag |= ICANON | ECHO;
	assert_int_equal(tcsetattr(p.slave, TCSANOW, &modes), 0);
	kill(p.pid, SIGCONT);
	assert_true(pty_settle(&p));
	assert_int_equal(tcgetattr(p.slave, &modes), 0);
	assert_int_equal(modes.c_lflag & (ICANON | ECHO), 0);
	pty_type(&p, "j");
	assert_true(pty_find(&p, "Renewal") == 2);
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

static void test_paste(void **state)
{
	struct pty p;

	(void)state;
	start(&p);
	pty_type(&p, "\033[200~q3\rq\033[201~");
	assert_true(pty_find(&p, "pasted text") == 22);
	assert_true(pty_find(&p, "Renewal") == 2);
	pty_type(&p, "/");
	pty_type(&p, "\033[200~one\rtwo\033[201~");
	assert_true(pty_find(&p, "/ one two") == 22);
	pty_type(&p, "\033");
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

static void test_mouse(void **state)
{
	struct pty p;

	(void)state;
	start(&p);
	assert_true(pty_wrote(&p, 0, "\033[?1006;1000h"));
	pty_type(&p, "\033[<0;10;5M\033[<0;10;5m");
	assert_true(pty_find(&p, "HEALTH") < 0);
	pty_type(&p, "\033[<0;10;5M\033[<0;10;5m");
	assert_true(pty_find(&p, "HEALTH") > 0);
	pty_type(&p, "\033");
	/* The right button, on two headings: the second one is a further order. */
	pty_type(&p, "\033[<2;8;3M\033[<2;8;3m");
	assert_true(pty_find(&p, "ARR↓1") == 2);
	pty_type(&p, "M");
	assert_true(pty_wrote(&p, 0, "\033[?1006;1000l"));
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

/* The preview is filled in a pause of the keys, and never is another account's. */
static void test_preview(void **state)
{
	struct pty p;
	char line[4096], name[64];
	int took;

	(void)state;
	running_on(&p, 40, 120, db, NULL);
	pty_type(&p, "jjj");
	snprintf(name, sizeof(name), "%.9s", strstr(pty_line(&p, 6, line), "T1 ") + 3);
	assert_non_null(
		strstr(pty_line(&p, 2, line), name)); /* at once, the rest later */
	assert_true(pty_until_shown(&p, "  quadrant ", true, &took));
	assert_non_null(strstr(pty_line(&p, 2, line), name));
	pty_type(&p, "j");
	assert_null(strstr(pty_line(&p, 2, line), name));
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

/* From a colour to the terminal's own nothing else is taken back. */
static void test_thrift(void **state)
{
	struct pty p;

	(void)state;
	running_on(&p, 40, 120, db, NULL);
	assert_true(pty_wrote(&p, 0, "\033[39m "));
	assert_false(pty_wrote(&p, 0, "\033[39m\033(B\033[m "));
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

static void test_colours(void **state)
{
	static const struct {
		const char *env[4];
		bool colour;
	} cases[] = {
		{ { "TERM=xterm-256color", NULL }, true },
		{ { "TERM=xterm", NULL }, true },
		{ { "TERM=xterm-256color", "NO_COLOR=1", NULL }, false },
		{ { "TERM=vt100", NULL }, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct pty p;

		running_on(&p, 24, 80, db, cases[i].env);
		assert_true(pty_find(&p, "Renewal") == 2);
		pty_type(&p, "3");
		pty_type(&p, "2");
		assert_int_equal(pty_coloured(&p, 0), cases[i].colour);
		pty_send(&p, "q");
		assert_int_equal(pty_wait(&p), 0);
		assert_true(pty_restored(&p));
		pty_end(&p);
	}
}

static void test_no_terminal(void **state)
{
	static const char *const env[][2] = { { "TERM=dumb", NULL },
		{ "TERM=unknown", NULL }, { "TERM=nosuchterminal", NULL },
		{ "TERM=", NULL }, { "TERM", NULL }, { "TERM=../../etc/passwd", NULL } };

	(void)state;
	for (size_t i = 0; i < sizeof(env) / sizeof(*env); i++) {
		struct pty p;
		int status;

		pty_start(&p, 24, 80, arguments, env[i]);
		status = pty_wait(&p);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 3);
		assert_true(pty_wrote(&p, 0, "TERM"));
		assert_true(pty_restored(&p));
		pty_end(&p);
	}
	running_line(
		"'%s' --db '%s' </dev/null >/dev/null 2>&1; test $? = 2", program, db);
}

static void test_ascii(void **state)
{
	static const char *const env[] = { "LC_ALL=C", NULL };
	struct pty p;

	(void)state;
	running_on(&p, 24, 80, db, env);
	pty_type(&p, "\r");
	pty_type(&p, "3");
	for (size_t i = 0; i < p.raw_n; i++)
		assert_true((unsigned char)p.raw[i] < 0x80);
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

/* Names that want to be commands are text, and their neighbours stay where they were. */
static void test_hostile_names(void **state)
{
	struct pty p;
	char line[4096];
	size_t n = 0;

	(void)state;
	pty_start(&p, 24, 80, hostile_arguments, NULL);
	assert_true(pty_settle(&p));
	for (int row = 3; row < 11; row++) {
		const char *money = strstr(pty_line(&p, row, line), "$ ");

		assert_non_null(money);
		n++;
	}
	assert_int_equal(n, 8);
	assert_false(pty_wrote(&p, 0, "\033]0;"));
	assert_false(pty_wrote(&p, 0, "\033]52"));
	assert_false(pty_wrote(&p, 0, "\033[2J\033"));
	assert_false(pty_wrote(&p, 0, "\302\233"));
	assert_false(pty_wrote(&p, 0, "\342\200\256"));
	assert_true(pty_find(&p, "<1B>") > 0);
	pty_type(&p, "\r");
	pty_type(&p, "3");
	assert_false(pty_wrote(&p, 0, "\033]0;"));
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

/* Two thousand keys at random, in bursts; then it still listens. */
static void test_monkey(void **state)
{
	static const char keys[] = "jkhlgGsao*<>=?/23JK[]f \\\t\r\033\177xyz1<90,.-tier";
	struct pty p;
	uint32_t x = 11;

	(void)state;
	start(&p);
	for (int i = 0; i < 100; i++) {
		char burst[21] = "";

		for (int k = 0; k < 20; k++) {
			x = x * 1664525 + 1013904223;
			burst[k] = keys[(x >> 8) % (sizeof(keys) - 1)];
		}
		pty_send(&p, burst);
	}
	assert_true(pty_settle(&p));
	pty_type(&p, "\033\033\033\033");
	pty_type(&p, "\033\033\033\033\033");
	/* One after the other: at each the terminal forgets what was written and not read
	 * yet, and so the last words of who left at the one before. */
	for (int i = 0; i < 4; i++) {
		pty_send(&p, "\003");
		if (!pty_settle(&p))
			break;
	}
	assert_gone(&p, 0);
}

static const char hostile[] =
	"account_id,name,arr\n"
	"1,\033]0;owned\007Title,8000\n"
	"2,\033[2J\033[HClear,7000\n"
	"3,\033]52;c;aGk=\007Clip,6000\n"
	"4,\302\233"
	"31mC1,5000\n"
	"5,\342\200\256txet desrever,4000\n"
	"6,\"two\r\nlines\",3000\n"
	"7,\033P1$r0m\033\\DCS,2000\n"
	"8,z\314\201\314\201\314\201\314\201\314\201\314\201algo,1000\n";

static int make_books(void **state)
{
	const char *home = getenv("HOME"), *binary = getenv("TIERDESK_BIN");
	char csv[600];
	FILE *f;

	(void)state;
	if (!home || !binary || access(binary, X_OK) != 0)
		return -1;
	snprintf(program, sizeof(program), "%s", binary);
	snprintf(db, sizeof(db), "%s/tty.db", home);
	snprintf(hostile_db, sizeof(hostile_db), "%s/hostile.db", home);
	snprintf(csv, sizeof(csv), "%s/hostile.csv", home);
	f = fopen(csv, "wb");
	if (!f || fwrite(hostile, 1, sizeof(hostile) - 1, f) != sizeof(hostile) - 1 ||
		fclose(f))
		return -1;
	unlink(db);
	unlink(hostile_db);
	running_line("'%s' --db '%s' --as-of 2026-03-31 demo --accounts 60 --no-console "
		     ">/dev/null",
		program, db);
	running_line(
		"'%s' --db '%s' --as-of 2026-03-31 init >/dev/null", program, hostile_db);
	running_line("'%s' --db '%s' --as-of 2026-03-31 import accounts '%s' >/dev/null",
		program, hostile_db, csv);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quit),
		cmocka_unit_test(test_signals_while_it_waits),
		cmocka_unit_test(test_escape),
		cmocka_unit_test(test_resize),
		cmocka_unit_test(test_suspend),
		cmocka_unit_test(test_paste),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_preview),
		cmocka_unit_test(test_thrift),
		cmocka_unit_test(test_colours),
		cmocka_unit_test(test_no_terminal),
		cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_hostile_names),
		cmocka_unit_test(test_monkey),
	};

	return cmocka_run_group_tests(tests, make_books, NULL);
}
