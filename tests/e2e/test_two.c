/*
 * Two people with the same book open, and a nightly recalculation: each sees within a
 * moment what the other did, without a key; who saves over the other is asked; nothing
 * that anybody saved is lost.
 */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/pty.h"

#define DAY "2026-03-31"
#define YESTERDAY "2026-03-30"

static char program[512], folder[64], db[96];

/* Runs a verb of the program; returns what it says, until the next call. */
__attribute__((format(printf, 1, 2))) static const char *tell(const char *format, ...)
{
	static char said[1 << 16];
	char verb[1024], line[2048];
	va_list args;
	size_t n;
	FILE *f;

	va_start(args, format);
	vsnprintf(verb, sizeof(verb), format, args);
	va_end(args);
	snprintf(line, sizeof(line), "%s --db %s %s", program, db, verb);
	f = popen(line, "r");
	assert_non_null(f);
	n = fread(said, 1, sizeof(said) - 1, f);
	said[n] = '\0';
	if (pclose(f) != 0)
		fail_msg("failed: %s", line);
	return said;
}

static int begin(void **state)
{
	(void)state;
	snprintf(program, sizeof(program), "%s", getenv("TIERDESK_BIN"));
	snprintf(folder, sizeof(folder), "/tmp/tierdesk-two.XXXXXX");
	if (!mkdtemp(folder))
		return 1;
	snprintf(db, sizeof(db), "%s/book.db", folder);
	return 0;
}

static int end(void **state)
{
	char line[128];

	(void)state;
	snprintf(line, sizeof(line), "rm -rf %s", folder);
	return system(line);
}

/* A book as yesterday left it. */
static void make_book(void)
{
	tell("--as-of " YESTERDAY " --quiet demo --no-console --force"
	     " --accounts 40 --csms 3 --months 3");
}

static void start(struct pty *p, const char *who)
{
	const char *const argv[] = { program, "--db", db, "--as-of", DAY, "--actor", who,
		NULL };

	pty_start(p, 24, 80, argv, NULL);
	if (!pty_settle(p))
		fail_msg("the console did not start: %.300s", p->raw ? p->raw : "");
}

static void leave(struct pty *p)
{
	int status;

	pty_send(p, "q");
	status = pty_wait(p);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	pty_end(p);
}

/* It comes, or goes, by itself. How long that takes is told, not judged: machines are
 * busy. */
static void waits(struct pty *p, const char *who, const char *text, bool shown)
{
	int took;

	if (!pty_until_shown(p, text, shown, &took)) {
		char line[4096];

		for (int i = 0; i < p->rows; i++)
			print_message("%s\n", pty_line(p, i, line));
		fail_msg("%s waits for \"%s\" to %s", who, text, shown ? "come" : "go");
	}
	print_message("%s: \"%s\" %s after %d ms\n", who, text,
		shown ? "is there" : "is gone", took);
}

static void sees(struct pty *p, const char *who, const char *text)
{
	waits(p, who, text, true);
}

/* The form of the account under the cursor, another name in it. */
static void type_name(struct pty *p, const char *name)
{
	pty_type(p, "E");
	assert_true(pty_find(p, "Renews alone") > 0);
	pty_type(p, "\025"); /* C-u */
	pty_type(p, name);
}

#define SAVE "\023" /* C-s */

static void test_both_edit(void **state)
{
	struct pty ann, bea;
	const char *log;

	(void)state;
	make_book();
	start(&ann, "Ann");
	start(&bea, "Bea");
	/* what one saves the other sees */
	type_name(&bea, "First by Bea");
	pty_type(&bea, SAVE);
	sees(&ann, "Ann", "First by Bea");
	/* both edit the same field; Bea is faster */
	type_name(&ann, "Second by Ann");
	type_name(&bea, "Second by Bea");
	pty_type(&bea, SAVE);
	pty_type(&ann, SAVE);
	sees(&ann, "Ann", "Somebody changed it meanwhile");
	assert_true(pty_find(&ann, "you saw   First by Bea") > 0);
	assert_true(pty_find(&ann, "theirs    Second by Bea") > 0);
	assert_true(pty_find(&ann, "yours     Second by Ann") > 0);
	pty_type(&ann, "t");
	sees(&ann, "Ann", "Second by Bea");
	assert_true(pty_find(&ann, "Second by Ann") < 0);
	/* and once more, with the other answer */
	type_name(&ann, "Third by Ann");
	type_name(&bea, "Third by Bea");
	pty_type(&bea, SAVE);
	pty_type(&ann, SAVE);
	sees(&ann, "Ann", "theirs    Third by Bea");
	pty_type(&ann, "m");
	sees(&bea, "Bea", "Third by Ann");
	leave(&ann);
	leave(&bea);
	/* nothing that was saved is lost: it is there, or in the history */
	assert_non_null(strstr(tell("--quiet list --all --format csv"), "Third by Ann"));
	log = tell("log --format json");
	assert_non_null(strstr(log, "First by Bea"));
	assert_non_null(strstr(log, "Second by Bea"));
	assert_non_null(strstr(log, "Third by Bea"));
	assert_non_null(strstr(log, "Third by Ann"));
	assert_null(strstr(log, "Second by Ann"));
	tell("verify");
}

/* Text of the row under the cursor of the table: the account's name. */
static int row_of_cursor(struct pty *p, char name[64])
{
	int row = pty_find(p, "▸");
	char line[4096];

	assert_true(row > 0);
	snprintf(name, 64, "%.20s", pty_line(p, row, line) + sizeof("▸ T1 ") - 1);
	return row;
}

static void write_file(char path[128], const char *name, const char *text)
{
	FILE *f;

	snprintf(path, 128, "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "%s", text);
	assert_int_equal(fclose(f), 0);
}

/* Somebody imports while two have the book open: the order changes, the cursor stays with
 * its account. */
static void test_imported_below_them(void **state)
{
	struct pty ann, bea;
	char before[64], after[64], path[128];

	(void)state;
	make_book();
	start(&ann, "Ann");
	start(&bea, "Bea");
	pty_type(&ann, "jjjj");
	pty_type(&bea, "jj");
	assert_true(pty_find(&ann, "Newcomer") < 0);
	assert_int_equal(row_of_cursor(&ann, before), 7);

	write_file(path, "new.csv",
		"account_id,name,arr,csm\nN-1,Newcomer Ltd,90000000,Ann\n");
	tell("--as-of " DAY " --quiet import accounts %s", path);
	sees(&ann, "Ann", "Newcomer Ltd");
	sees(&bea, "Bea", "Newcomer Ltd");
	assert_int_equal(row_of_cursor(&ann, after), 8);
	assert_string_equal(after, before);

	leave(&ann);
	leave(&bea);
	tell("verify");
}

/* Who never pauses sees it too: a key is held down all the while. */
static void test_imported_under_a_key(void **state)
{
	struct pty ann;
	char path[128];

	(void)state;
	make_book();
	start(&ann, "Ann");
	write_file(path, "new.csv",
		"account_id,name,arr,csm\nN-1,Newcomer Ltd,90000000,Ann\n");
	tell("--as-of " DAY " --quiet import accounts %s >/dev/null 2>&1 &", path);
	if (!pty_until_shown_under(&ann, "jk", "Newcomer Ltd"))
		fail_msg("nothing came while a key was held down");
	leave(&ann);
	tell("verify");
}

/* On Today, at two desks: an answer that comes in is an alert after the night, and stands
 * there by itself. */
static void test_alerts_of_the_night(void **state)
{
	struct pty desk, other;
	char before[64], after[64], path[128];

	(void)state;
	make_book();
	start(&desk, "Paulo Yamada");
	start(&other, "Paulo Yamada");
	pty_type(&desk, "1oj");
	pty_type(&other, "1o");
	assert_true(pty_find(&desk, "At risk") > 0);
	assert_true(pty_find(&desk, "NPS 1, answered") < 0);
	row_of_cursor(&desk, before);
	write_file(path, "nps.csv", "account_id,date,kind,score\nA-1010," DAY ",nps,1\n");
	tell("--as-of " DAY " --quiet import surveys %s", path);
	tell("--as-of " DAY " --quiet recalc");
	sees(&desk, "one desk", "NPS 1, answered");
	sees(&other, "the other", "NPS 1, answered");
	row_of_cursor(&desk, after);
	assert_string_equal(after, before);
	leave(&desk);
	leave(&other);
	tell("verify");
}

/* While one types, the night works: what was typed stays and is saved. */
static void test_recalculated_while_typing(void **state)
{
	struct pty ann;

	(void)state;
	make_book();
	start(&ann, "Ann");
	type_name(&ann, "Half a na");
	assert_true(pty_find(&ann, "recalculated 1 d ago") == 0);
	tell("--as-of " DAY " --quiet recalc");
	waits(&ann, "Ann", "recalculated 1 d ago", false);
	assert_true(pty_find(&ann, "Half a na") > 0);
	pty_type(&ann, "me" SAVE);
	sees(&ann, "Ann", "Half a name");
	leave(&ann);
	assert_non_null(strstr(tell("--quiet list --all --format csv"), "Half a name"));
	tell("verify");
}

/* ---- another program has the book ---------------------------------------------- */

/* As SQLite locks a file for itself: readers too stay out. */
static int lock_book(void)
{
	enum { PENDING_BYTE = 0x40000000, LOCK_BYTES = 512 };
	const struct flock lock = { .l_type = F_WRLCK,
		.l_whence = SEEK_SET,
		.l_start = PENDING_BYTE,
		.l_len = LOCK_BYTES };
	const int fd = open(db, O_RDWR | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_SETLKW, &lock), 0);
	return fd;
}

static void test_waiting_for_another_program(void **state)
{
	struct pty ann;
	int held;

	(void)state;
	make_book();
	start(&ann, "Ann");
	pty_type(&ann, "2"); /* the book */
	/* what is read comes when the other one is done, then what was typed meanwhile */
	held = lock_book();
	pty_send(&ann, "\r");
	sees(&ann, "Ann", "Another program has the book.");
	sees(&ann, "Ann", "Esc stops waiting");
	pty_send(&ann, "?");
	sees(&ann, "Ann", "since 1 s");
	close(held);
	waits(&ann, "Ann", "Another program has the book.", false);
	sees(&ann, "Ann", "tick its next step"); /* the help was asked for */
	pty_type(&ann, "\033");
	sees(&ann, "Ann", "last touch ");
	/* who does not want to wait goes on at once */
	pty_type(&ann, "\033");
	held = lock_book();
	pty_send(&ann, "j\r");
	sees(&ann, "Ann", "Another program has the book.");
	pty_send(&ann, "\033");
	waits(&ann, "Ann", "Another program has the book.", false);
	sees(&ann, "Ann", "the book is in use by an");
	assert_true(pty_find(&ann, "last touch ") < 0);
	/* and has it, without a key, when the other one is done */
	close(held);
	sees(&ann, "Ann", "last touch ");
	sees(&ann, "Ann", "the book is free again");
	pty_type(&ann, "\033");
	leave(&ann);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_both_edit),
		cmocka_unit_test(test_imported_below_them),
		cmocka_unit_test(test_imported_under_a_key),
		cmocka_unit_test(test_alerts_of_the_night),
		cmocka_unit_test(test_recalculated_while_typing),
		cmocka_unit_test(test_waiting_for_another_program),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
