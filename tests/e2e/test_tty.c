/* The program on a terminal: what only a terminal can tell. */
#include <fcntl.h>
#include <poll.h>
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

static const char *program;
static char db[512], hostile_db[512];

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

/* What rested before it was given another size has not painted it. */
static void test_rest(void **state)
{
	struct pollfd rest = { .events = POLLIN };
	struct pty p;
	int status;

	(void)state;
	running_on(&p, 40, 120, db, NULL);
	pty_type(&p, "j"); /* which leaves something for a pause: */
	rest.fd = p.idle;
	assert_int_equal(poll(&rest, 1, -1), 1);
	kill(p.pid, SIGSTOP);
	assert_int_equal(waitpid(p.pid, &status, WUNTRACED), p.pid);
	pty_resize(&p, 50, 120);
	kill(p.pid, SIGCONT);
	assert_true(pty_settle(&p));
	assert_int_equal(pty_find(&p, "quit"), 49);
	pty_send(&p, "q");
	assert_gone(&p, 0);
}

static void test_resize(void **state)
{
	struct pty p, fresh;
	uint32_t x = 3;

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
	running_same(running_picture(&fresh), running_picture(&p));
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

	(void)state;
	running_on(&p, 40, 120, db, NULL);
	pty_type(&p, "jjj");
	snprintf(name, sizeof(name), "%.9s", strstr(pty_line(&p, 6, line), "T1 ") + 3);
	assert_non_null(
		strstr(pty_line(&p, 2, line), name)); /* at once, the rest later */
	running_wait(&p, "  quadrant ");
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

static void test_no_terminal(void **state)
{
	(void)state;
	assert_int_equal(running_line("'%s' --db '%s' </dev/null >/dev/null 2>&1; "
				      "test $? = 2",
				 program, db),
		0);
}

/* Names that want to be commands are text, and their neighbours stay where they were. */
static void test_hostile_names(void **state)
{
	struct pty p;
	char line[4096];
	size_t n = 0;

	(void)state;
	running_on(&p, 24, 80, hostile_db, NULL);
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
	const char *home = getenv("HOME");
	char csv[600];
	FILE *f;

	(void)state;
	if (!home || !running_demo("tty.db", db))
		return -1;
	program = running_program();
	snprintf(hostile_db, sizeof(hostile_db), "%s/hostile.db", home);
	snprintf(csv, sizeof(csv), "%s/hostile.csv", home);
	f = fopen(csv, "wb");
	if (!f || fwrite(hostile, 1, sizeof(hostile) - 1, f) != sizeof(hostile) - 1 ||
		fclose(f))
		return -1;
	unlink(hostile_db);
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
		cmocka_unit_test(test_rest),
		cmocka_unit_test(test_resize),
		cmocka_unit_test(test_suspend),
		cmocka_unit_test(test_paste),
		cmocka_unit_test(test_mouse),
		cmocka_unit_test(test_preview),
		cmocka_unit_test(test_thrift),
		cmocka_unit_test(test_no_terminal),
		cmocka_unit_test(test_hostile_names),
		cmocka_unit_test(test_monkey),
	};

	return cmocka_run_group_tests(tests, make_books, NULL);
}
