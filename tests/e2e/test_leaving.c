/* How the program leaves a terminal: for a while, at a signal, by a crash, or because the
 * terminal is gone. */
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
#include "tests/support/sanitized.h"

static char db[512];

static void start(struct pty *p)
{
	running_on(p, 24, 80, db, NULL);
	assert_true(pty_find(p, "Renewal") == 2);
}

/* ---- suspend -------------------------------------------------------------------- */

static int times(const struct pty *p, size_t from, const char *bytes)
{
	const char *at = p->raw + from;
	int n = 0;

	while ((at = strstr(at, bytes)) != NULL) {
		at++;
		n++;
	}
	return n;
}

/* Below a shell with job control, as in life: stopped twenty times, by the key and by a
 * signal in turn; each time the terminal is the shell's and the picture is there again
 * after, also where the terminal has another size by then. */
static void test_suspend(void **state)
{
	static const char script[] =
		"set -m; \"$@\"; s=$?; while [ $s -gt 128 ]; do echo \"STOPPED $s\"; "
		"read x; fg >/dev/null; s=$?; done; echo ENDED $s; exit $s";
	const char *const shell[] = { "/bin/sh", "-c", script, "sh", running_program(),
		"--db", db, "--as-of", "2026-03-31", NULL };
	struct running_picture *before;
	struct pty p;

	(void)state;
	pty_start(&p, 24, 80, shell, NULL);
	assert_true(pty_settle(&p));
	pty_type(&p, "j");
	before = running_picture(&p);
	for (int i = 0; i < 20; i++) {
		size_t from = p.raw_n;

		if (i % 2)
			kill(-tcgetpgrp(p.master), SIGTSTP);
		else
			pty_send(&p, "\032");
		if (!pty_until(&p, from, "STOPPED"))
			fail_msg("not stopped: %.200s", p.raw + from);
		assert_null(pty_mode_left(&p));
		assert_false(p.alternate);
		assert_true(pty_restored(&p));
		if (i == 17)
			pty_resize(&p, 30, 100);
		if (i == 18)
			pty_resize(&p, 24, 80);
		pty_send(&p, "\n");
		assert_true(pty_settle(&p));
		assert_true(p.alternate);
		assert_int_equal(times(&p, from, "\033[?2004h"), 1);
		assert_true(pty_wrote(&p, from, "\033[?1002h"));
		assert_non_null(pty_mode_left(&p));
		assert_int_equal(pty_find(&p, "quit"), p.rows - 1);
	}
	running_same(before, running_picture(&p));
	pty_send(&p, "q");
	running_ended(&p, 0);
}

/* Who is stopped from outside holds nobody up: others write meanwhile, and what they
 * wrote is there when it goes on. */
static void test_stopped(void **state)
{
	struct pty p;
	int status;

	(void)state;
	start(&p);
	pty_type(&p, "t"); /* with a form open as well */
	pty_type(&p, "half");
	kill(p.pid, SIGSTOP);
	assert_int_equal(waitpid(p.pid, &status, WUNTRACED), p.pid);
	assert_true(WIFSTOPPED(status));
	assert_int_equal(
		running_line(
			"printf 'account_id,name,arr\nZ-1,Meanwhile,99000000\n' "
			">\"$HOME/meanwhile.csv\" && '%s' --db '%s' --as-of " RUNNING_DAY
			" import accounts \"$HOME/meanwhile.csv\" "
			">/dev/null 2>&1",
			running_program(), db),
		0);
	kill(p.pid, SIGCONT);
	assert_true(pty_settle(&p));
	assert_true(pty_find(&p, "half") > 0);
	pty_type(&p, "\033");
	pty_type(&p, "g");
	running_wait(&p, "Meanwhile");
	pty_send(&p, "q");
	running_ended(&p, 0);
}

/* ---- ends ----------------------------------------------------------------------- */

/* Where it may be when the end comes: on a screen, in a form, in a line. */
static const char *const keys[] = { "", "\r", "3", "t", ":", "/x" };
enum { KEYS = sizeof(keys) / sizeof(*keys) };

static void start_and_type(struct pty *p, const char *typed)
{
	start(p);
	if (*typed)
		pty_type(p, typed);
}

static void test_signals(void **state)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP };

	(void)state;
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		for (size_t k = 0; k < KEYS; k++) {
			struct pty p;

			start_and_type(&p, keys[k]);
			assert_non_null(pty_mode_left(&p));
			kill(p.pid, signals[i]);
			running_ended(&p, 128 + signals[i]);
		}
}

static void test_crash(void **state)
{
	static const int signals[] = { SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP,
		SIGSYS, SIGQUIT, SIGXCPU, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2 };

	(void)state;
	if (sanitized())
		skip();
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct pty p;
		int status;

		start(&p);
		kill(p.pid, signals[i]);
		status = pty_wait(&p);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[i]);
		if (pty_mode_left(&p))
			fail_msg("signal %d leaves %s", signals[i], pty_mode_left(&p));
		assert_false(p.alternate);
		assert_true(p.cursor_visible);
		assert_true(pty_restored(&p));
		pty_end(&p);
	}
}

/* The terminal goes away: so does the program, by itself, wherever it is; without that it
 * would wait for keys, or look for them over and over, for ever. */
static void test_hangup(void **state)
{
	(void)state;
	for (size_t k = 0; k < KEYS; k++) {
		struct pty p;
		int status;

		start_and_type(&p, keys[k]);
		close(p.slave);
		close(p.master);
		p.master = open("/dev/null", 0);
		p.slave = open("/dev/null", 0);
		status = pty_wait(&p);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 128 + SIGHUP);
		pty_end(&p);
	}
}

/* What was being typed when the terminal went away is there the next time, on the same
 * account alone, until it is saved. */
static void test_typed(void **state)
{
	static const int signals[] = { SIGHUP, SIGTERM };

	(void)state;
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct pty p;

		start(&p);
		pty_type(&p, "n");
		pty_type(&p, "half a | thought = ");
		kill(p.pid, signals[i]);
		running_ended(&p, 128 + signals[i]);
		start(&p);
		pty_type(&p, "j");
		pty_type(&p, "n");
		assert_true(pty_find(&p, "half a | thought =") < 0);
		pty_type(&p, "\033");
		pty_type(&p, "k");
		pty_type(&p, "n");
		assert_true(pty_find(&p, "half a | thought =") > 0);
		pty_type(&p, "\033"); /* which was no wish to lose it */
		pty_send(&p, "q");
		running_ended(&p, 0);
		start(&p);
		pty_type(&p, "n");
		assert_true(pty_find(&p, "half a | thought =") > 0);
		pty_type(&p, "\023"); /* C-s */
		assert_true(pty_find(&p, "wrote a note") > 0);
		pty_send(&p, "q");
		running_ended(&p, 0);
		start(&p);
		pty_type(&p, "n");
		assert_true(pty_find(&p, "half a | thought =") < 0);
		pty_type(&p, "\033");
		pty_send(&p, "q");
		running_ended(&p, 0);
	}
}

/* Lines that come in one go, as where pastes are not marked: only the first one is meant
 * for the form; a key after that is one again. */
static void test_typed_on(void **state)
{
	struct pty p;

	(void)state;
	start(&p);
	pty_type(&p, "n");
	pty_type(&p, "first line\023uuq\rqc+\rq\r");
	assert_true(pty_find(&p, "left out: uuq qc+ q") > 0);
	pty_type(&p, "u");
	assert_true(pty_find(&p, "undone: write a note") > 0);
	pty_send(&p, "q");
	running_ended(&p, 0);
}

/* What was typed is there again where a line is full to its last letter, however often.
 */
static void test_typed_full(void **state)
{
	enum { LETTERS = 1024 };
	char letters[2 * LETTERS + 1] = "";
	struct pty p;

	(void)state;
	for (int i = 0; i < LETTERS; i++)
		memcpy(letters + 2 * i, "\303\251", 3);
	start(&p);
	pty_type(&p, "n");
	pty_type(&p, letters);
	for (int i = 0; i < 2; i++) {
		kill(p.pid, SIGTERM);
		running_ended(&p, 128 + SIGTERM);
		start(&p);
		pty_type(&p, "n");
		assert_true(pty_find(&p, "\303\251\303\251\303\251") > 0);
	}
	pty_type(&p, "\023"); /* C-s */
	assert_true(pty_find(&p, "wrote a note") > 0);
	pty_send(&p, "q");
	running_ended(&p, 0);
}

/* So are values of the policy that were changed and not saved. */
static void test_policy(void **state)
{
	struct pty p;

	(void)state;
	start(&p);
	pty_type(&p, "8]]]]]]]]]jjjj"); /* the cap of tier 1 */
	pty_type(&p, "++");
	kill(p.pid, SIGHUP);
	running_ended(&p, 128 + SIGHUP);
	start(&p);
	pty_type(&p, "8");
	assert_true(pty_find(&p, "changed last time and not saved: 1 value") > 0);
	pty_type(&p, "R");
	assert_true(pty_find(&p, "again, as in force") > 0);
	pty_send(&p, "q");
	running_ended(&p, 0);
}

/* ---- what is said meanwhile ------------------------------------------------------ */

/* What a library writes to stderr is no part of the picture: it comes when the terminal
 * is given back, whether the program leaves or crashes. */
static void test_stderr(void **state)
{
	static const char said[] = "something is odd\n";
	static const int ends[] = { 0, SIGTERM, SIGABRT };

	(void)state;
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		char path[64];
		size_t from;
		struct pty p;
		int fd;

		if (sanitized() && ends[i] == SIGABRT)
			continue;
		start(&p);
		snprintf(path, sizeof(path), "/proc/%d/fd/2", (int)p.pid);
		fd = open(path, O_WRONLY | O_NOCTTY);
		if (fd < 0) {
			print_message("skipped: %s is not here\n", path);
			pty_end(&p);
			skip();
		}
		assert_int_equal(write(fd, said, sizeof(said) - 1), sizeof(said) - 1);
		close(fd);
		from = p.raw_n;
		pty_type(&p, "j");
		assert_false(pty_wrote(&p, 0, "something is odd"));
		if (ends[i])
			kill(p.pid, ends[i]);
		else
			pty_send(&p, "q");
		pty_wait(&p);
		assert_true(pty_wrote(&p, from, "something is odd"));
		assert_true(pty_find(&p, "something is odd") >= 0);
		assert_null(pty_mode_left(&p));
		pty_end(&p);
	}
}

static int make_books(void **state)
{
	(void)state;
	return running_demo("leaving.db", db) ? 0 : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_suspend),
		cmocka_unit_test(test_stopped),
		cmocka_unit_test(test_signals),
		cmocka_unit_test(test_crash),
		cmocka_unit_test(test_hangup),
		cmocka_unit_test(test_typed),
		cmocka_unit_test(test_policy),
		cmocka_unit_test(test_typed_on),
		cmocka_unit_test(test_typed_full),
		cmocka_unit_test(test_stderr),
	};

	return cmocka_run_group_tests(tests, make_books, NULL);
}
