/* What comes in from a terminal: letters in halves, keys that look like others, and what
 * is typed while the program is busy. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/running.h"

static char db[512];

static void start(struct pty *p)
{
	running_on(p, 24, 80, db, NULL);
}

static void quit(struct pty *p)
{
	pty_send(p, "q");
	running_ended(p, 0);
}

/* Pieces of what a terminal sends, with the filter open, and what stands there then. */
static void test_letters(void **state)
{
	static const struct {
		const char *piece[3], *shown;
		bool told;
	} rows[] = {
		{ { "xäyz" }, "/ xäyz", false },
		{ { "x\xc3", "\xa4yz" }, "/ xäyz", false },
		{ { "x\xe2\x82", "\xac", "yz" }, "/ x€yz", false },
		{ { "\xf0\x9f", "\x98\x80yz" }, "/ \xf0\x9f\x98\x80yz", false },
		/* wider than the C library has it */
		{ { "x\xe2\x9d\xa4\xef\xb8\x8fyz" }, "/ x\xe2\x9d\xa4 yz", false },
		/* no UTF-8: its place is kept, and nothing behind it is lost */
		{ { "x\xe4yz0123456789abcdefghi" },
			"/ x\xef\xbf\xbdyz0123456789abcdefghi", true },
		{ { "x\xc3", "yz" }, "/ x\xef\xbf\xbdyz", true },
		{ { "x\x80yz" }, "/ x\xef\xbf\xbdyz", true },
		{ { "x\xffyz" }, "/ x\xef\xbf\xbdyz", true },
		{ { "\033[200~x\xc3", "\xa4yz\033[201~" }, "/ xäyz", false },
		{ { "w\033[200~x\xe4yz\033[201~" }, "/ w", true },
	};
	struct pty p;

	(void)state;
	start(&p);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char line[4096];
		int row;

		pty_type(&p, "/");
		for (size_t k = 0; k < 3 && rows[i].piece[k]; k++)
			pty_type(&p, rows[i].piece[k]);
		row = pty_find(&p, rows[i].shown);
		if (row < 0 || strcmp(pty_line(&p, row, line) + strlen(line) -
					       strlen(rows[i].shown),
				       rows[i].shown) != 0)
			fail_msg("row %zu: %s", i, pty_line(&p, row < 0 ? 1 : row, line));
		if ((pty_find(&p, "letter could not") >= 0) != rows[i].told)
			fail_msg("row %zu: told of or not", i);
		pty_type(&p, "\033");
	}
	quit(&p);
}

/* Esc and what follows it at once are keys, but for what terminals send. */
static void test_escapes(void **state)
{
	static const struct {
		const char *keys, *shown;
	} rows[] = {
		{ "\r\033Oz", "Whose accounts" },
		{ "\r\033[", "Renewal" },
		{ "\033[[F?", "Help" },
		{ "\033[97;5u\033[[Q", "Renewal" },
		{ "\033OX\033[1;7Q\033[I", "Renewal" },
	};
	struct pty p;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		start(&p);
		pty_type(&p, rows[i].keys);
		if (pty_find(&p, rows[i].shown) < 0)
			fail_msg("row %zu", i);
		pty_end(&p);
	}
}

static int lock(void)
{
	/* the bytes that SQLite locks of a file */
	struct flock whole = { .l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = 0x40000000,
		.l_len = 512 };
	const int fd = open(db, O_RDWR);

	assert_int_equal(fcntl(fd, F_SETLK, &whole), 0);
	return fd;
}

/* Letters one by one while another program has the book, and on when it has it no more:
 * they stand in their order, and so does what is pasted among them. */
static void test_typed_while_it_waits(void **state)
{
	static const char keys[] = "/bcdefghijklmnop\033[200~<pasted>\033[201~qrstuvwxyz"
				   "0123456789abcdefghijklmnopqrstuvwxyz";
	static const char shown[] = "/ bcdefghijklmnop<pasted>qrstuvwxyz0123456789"
				    "abcdefghijklmnopqrstuvwxyz";

	(void)state;
	for (int round = 0; round < 5; round++) {
		struct pty p;
		int fd, took;

		start(&p);
		fd = lock();
		for (size_t i = 0; keys[i]; i++) {
			pty_send_n(&p, &keys[i], 1);
			if (i == 2)
				assert_true(pty_until_shown(
					&p, "stops waiting", true, &took));
			if (i == 60)
				close(fd);
			usleep(1000);
		}
		assert_true(pty_settle(&p));
		running_wait(&p, shown);
		pty_end(&p);
	}
}

/* Who is stopped in the midst of long work finds the terminal in the shell's modes. */
static void test_stopped_while_it_works(void **state)
{
	struct pty p;
	struct termios modes;
	int status, took;

	(void)state;
	start(&p);
	pty_type(&p, "\017");
	running_wait(&p, "Another book");
	pty_send(&p, "\r");
	assert_true(pty_until_shown(&p, "Making", true, &took));
	kill(p.pid, SIGSTOP);
	assert_int_equal(waitpid(p.pid, &status, WUNTRACED), p.pid);
	assert_int_equal(tcgetattr(p.slave, &modes), 0);
	modes.c_lflag |= ICANON | ECHO;
	assert_int_equal(tcsetattr(p.slave, TCSANOW, &modes), 0);
	kill(p.pid, SIGCONT);
	running_wait(&p, "600 accounts");
	assert_true(pty_settle(&p)); /* what is typed before is left out */
	assert_int_equal(tcgetattr(p.slave, &modes), 0);
	assert_int_equal(modes.c_lflag & (ICANON | ECHO), 0);
	quit(&p);
}

static int make_book(void **state)
{
	(void)state;
	return running_demo("incoming.db", db) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_escapes),
		cmocka_unit_test(test_typed_while_it_waits),
		cmocka_unit_test(test_stopped_while_it_works),
	};

	return cmocka_run_group_tests(tests, make_book, NULL);
}
