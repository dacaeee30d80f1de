/* The first start on a terminal: from nothing to a book with accounts, and to a demo. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/pty.h"

#define CONTROL_O "\017"
#define CONTROL_U "\025"
#define ESC "\033"
enum { PATIENCE = 6 }; /* a demo takes its time on a slow machine */

static char program[512], folder[512], home_is[540], named_db[540];
static const char *const env[] = { home_is, "XDG_CONFIG_HOME", "XDG_DATA_HOME",
	"XDG_STATE_HOME", "XDG_CACHE_HOME", NULL };
static const char *const plain[] = { program, "--as-of", "2026-03-31", "--actor",
	"Dana Reyes", NULL };
static const char *const named[] = { program, "--as-of", "2026-03-31", "--db", named_db,
	NULL };

static void must_settle(struct pty *p)
{
	for (int i = 0; i < PATIENCE; i++)
		if (pty_settle(p))
			return;
	fail_msg("the program is gone or stuck: %.400s", p->raw ? p->raw : "");
}

static void start(struct pty *p, const char *const argv[])
{
	pty_start(p, 24, 80, argv, env);
	must_settle(p);
}

static void type(struct pty *p, const char *bytes)
{
	pty_send(p, bytes);
	must_settle(p);
}

static void shows(struct pty *p, const char *text)
{
	char line[4096];

	if (pty_find(p, text) >= 0)
		return;
	for (int i = 0; i < p->rows; i++)
		print_error("%s\n", pty_line(p, i, line));
	fail_msg("\"%s\" is not on the screen", text);
}

static void leave(struct pty *p)
{
	int status;

	pty_send(p, "q");
	status = pty_wait(p);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_true(pty_restored(p));
	pty_end(p);
}

/* Of a file below the home folder; 0: there is none. */
static unsigned mode_of(const char *name)
{
	char path[1024];
	struct stat about;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return stat(path, &about) == 0 ? about.st_mode & 0777 : 0;
}

static void put_file(const char *name, const char *text)
{
	char path[1024];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
}

static void command(const char *format)
{
	char line[2200];

	snprintf(line, sizeof(line), "cd '%s' && %s", folder, format);
	assert_int_equal(system(line), 0);
}

static void test_import(void **state)
{
	struct pty p;

	(void)state;
	start(&p, plain);
	shows(&p, "No book is open yet");
	assert_int_equal(mode_of(".local/share/tierdesk/book.db"), 0);
	type(&p, "j\r");
	shows(&p, "Import: which file");
	type(&p, "~/");
	shows(&p, "ours.csv");
	assert_int_equal(pty_find(&p, "journal"), -1);
	assert_int_equal(mode_of(".local/share/tierdesk/book.db"), 0);
	type(&p, "ours.csv\r");
	shows(&p, "Columns of ours.csv");
	/* Left here, the next start asks the same again. */
	type(&p, ESC);
	shows(&p, "There are no customers in your book yet.");
	leave(&p);
	start(&p, plain);
	shows(&p, "There are no customers in your book yet.");
	type(&p, "j\rours.csv\r");
	shows(&p, "Columns of ours.csv");
	shows(&p, "4 of 5 columns are taken");
	type(&p, "w" CONTROL_U "~/ours.ini\r\r");
	shows(&p, "the mapping is in");
	type(&p, "c");
	shows(&p, "2  are new");
	shows(&p, "1  can't be taken");
	type(&p, "e\r\r");
	type(&p, "\r");
	shows(&p, "2  came in new");
	type(&p, "\r");
	shows(&p, "Set-up worksheet");
	shows(&p, "2 active accounts");
	type(&p, ESC);
	shows(&p, "Northwind Traders");
	leave(&p);
	assert_int_equal(mode_of(".local/share/tierdesk/book.db"), 0600);
	assert_int_equal(mode_of(".local/state/tierdesk/state.ini"), 0600);
	assert_int_equal(mode_of(".local/state/tierdesk"), 0700);
	assert_int_equal(mode_of("ours.ini"), 0600);
	assert_int_equal(mode_of("ours-rejected.csv"), 0600);
	/* The next time the book is simply there. */
	start(&p, plain);
	shows(&p, "Northwind Traders");
	leave(&p);
}

static void test_demo(void **state)
{
	struct pty p;

	(void)state;
	start(&p, plain);
	type(&p, CONTROL_O);
	shows(&p, "Another book");
	/* Esc is typed ahead: it stops the demo on its way. */
	type(&p, "\r" ESC);
	shows(&p, "stopped: nothing was changed");
	assert_int_equal(mode_of(".local/share/tierdesk/demo.db"), 0);
	type(&p, "\r");
	shows(&p, "600 accounts");
	assert_int_equal(mode_of(".local/share/tierdesk/demo.db"), 0600);
	type(&p, "I");
	shows(&p, "This book is a demo");
	type(&p, "n");
	/* And back to one's own. */
	type(&p, CONTROL_O);
	shows(&p, "/.local/share/tierdesk/book.db");
	type(&p, "G\r");
	shows(&p, "Northwind Traders");
	leave(&p);
}

/* Where the usual book is not, the one that was shown last is. */
static void test_last_book(void **state)
{
	struct pty p;

	(void)state;
	command("mv .local/share/tierdesk/book.db kept.db && "
		"printf '[recent]\\nbook1 = %s/.local/share/tierdesk/demo.db\\n' "
		"\"$PWD\" >.local/state/tierdesk/state.ini");
	start(&p, plain);
	shows(&p, "600 accounts");
	leave(&p);
	command("printf '[recent]\\nbook1 = %s/gone.db\\n' \"$PWD\" "
		">.local/state/tierdesk/state.ini");
	start(&p, plain);
	shows(&p, "No book is open yet");
	leave(&p);
	command("mv kept.db .local/share/tierdesk/book.db");
}

static void test_named_book(void **state)
{
	struct pty p;

	(void)state;
	start(&p, named);
	shows(&p, "There is no book at");
	assert_int_equal(mode_of("team.db"), 0);
	leave(&p);
	assert_int_equal(mode_of("team.db"), 0);
	start(&p, named);
	type(&p, "\r");
	shows(&p, "The book is empty.");
	leave(&p);
	assert_int_equal(mode_of("team.db"), 0600);
}

/* Folders of the environment that are not absolute don't count, and what stands in the
 * place of the state file is replaced, never written through. */
static void test_where_it_is_kept(void **state)
{
	static const char *const relative[] = { home_is, "XDG_CONFIG_HOME=config",
		"XDG_DATA_HOME=data", "XDG_STATE_HOME=state", "XDG_CACHE_HOME=cache",
		NULL };
	struct pty p;

	(void)state;
	command("echo untouched >victim && rm -f .local/state/tierdesk/state.ini && "
		"ln -s ../../../victim .local/state/tierdesk/state.ini");
	pty_start(&p, 24, 80, plain, relative);
	must_settle(&p);
	shows(&p, "Northwind Traders");
	leave(&p);
	command("test ! -e data && test ! -e state && test ! -e config && "
		"test ! -e cache");
	command("test ! -L .local/state/tierdesk/state.ini && "
		"grep -q book.db .local/state/tierdesk/state.ini");
	command("test \"$(cat victim)\" = untouched");
}

/* Writes other bytes over the first place where some are in a file. */
static void forge(const char *name, const char *old, const char *new)
{
	static char bytes[1 << 20];
	char path[1100], *at = NULL;
	size_t n;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_non_null(f = fopen(path, "r+b"));
	n = fread(bytes, 1, sizeof(bytes), f);
	for (size_t i = 0; i + strlen(old) <= n && !at; i++)
		if (memcmp(bytes + i, old, strlen(old)) == 0)
			at = bytes + i;
	assert_non_null(at);
	assert_int_equal(fseek(f, (long)(at - bytes), SEEK_SET), 0);
	assert_int_equal(fwrite(new, 1, strlen(new), f), strlen(new));
	assert_int_equal(fclose(f), 0);
}

static void start_with_the_book(void)
{
	command("mkdir -p .config/tierdesk && "
		"printf '[options]\\nstart-screen = Book\\n' "
		">.config/tierdesk/tierdesk.conf");
}

/* The next start shows the list from what was left of it (which is told by a name that
 * is only there), for as long as nobody touched the book. */
static void test_first_screen(void **state)
{
	struct pty p;

	(void)state;
	start_with_the_book();
	start(&p, plain);
	type(&p, "s");
	leave(&p);
	assert_int_equal(mode_of(".cache/tierdesk/first-screen"), 0600);
	forge(".cache/tierdesk/first-screen", "Northwind Traders", "Northwind Raiders");
	start(&p, plain);
	shows(&p, "Northwind Raiders");
	leave(&p);
	sleep(1); /* the time of a file counts in seconds */
	command("touch .local/share/tierdesk/book.db");
	start(&p, plain);
	shows(&p, "Northwind Traders");
	leave(&p);
	command("rm .config/tierdesk/tierdesk.conf");
}

/* Who is sent away leaves it too, also where making it takes more than a moment. */
static void test_first_screen_of_who_is_ended(void **state)
{
	static const int signals[] = { SIGTERM, SIGHUP, SIGINT };
	char many[540];
	const char *const argv[] = { program, "--as-of", "2026-03-31", "--db", many,
		NULL };

	(void)state;
	snprintf(many, sizeof(many), "%s/many.db", folder);
	start_with_the_book();
	command("$TIERDESK_BIN --db many.db --as-of 2026-03-31 --quiet demo"
		" --no-console --accounts 600 --months 3");
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct pty p;
		int status;

		start(&p, argv);
		type(&p, "s");
		command("rm -f .cache/tierdesk/first-screen");
		assert_int_equal(kill(p.pid, signals[i]), 0);
		status = pty_wait(&p);
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 128 + signals[i]);
		pty_end(&p);
		assert_int_equal(mode_of(".cache/tierdesk/first-screen"), 0600);
	}
	command("rm .config/tierdesk/tierdesk.conf");
}

/* What can't be kept is said, and nothing else suffers. */
static void test_nothing_is_kept(void **state)
{
	struct pty p;

	(void)state;
	command("rm -rf .local/state && : >.local/state");
	start(&p, plain);
	shows(&p, "can't make the folder");
	shows(&p, "Northwind Traders");
	leave(&p);
}

static int make_home(void **state)
{
	const char *home = getenv("HOME"), *binary = getenv("TIERDESK_BIN");

	(void)state;
	if (!home || !binary || access(binary, X_OK) != 0)
		return -1;
	snprintf(program, sizeof(program), "%s", binary);
	snprintf(folder, sizeof(folder), "%s/first-start.XXXXXX", home);
	if (!mkdtemp(folder))
		return -1;
	snprintf(home_is, sizeof(home_is), "HOME=%s", folder);
	snprintf(named_db, sizeof(named_db), "%s/team.db", folder);
	put_file("ours.csv-journal", ""); /* as beside a book: never offered */
	put_file("ours.csv", "Account ID,Account Name,ARR,Renewal Date,Mood\n"
			     "A-1,Northwind Traders,248000,2026-05-11,fine\n"
			     "A-2,Fabrikam,58000,2026-09-01,\n"
			     "A-3,Litware,plenty,2026-09-01,\n");
	return 0;
}

static int drop_home(void **state)
{
	char line[1100];

	(void)state;
	snprintf(line, sizeof(line), "rm -rf '%s'", folder);
	return system(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_import),
		cmocka_unit_test(test_demo),
		cmocka_unit_test(test_last_book),
		cmocka_unit_test(test_named_book),
		cmocka_unit_test(test_where_it_is_kept),
		cmocka_unit_test(test_first_screen),
		cmocka_unit_test(test_first_screen_of_who_is_ended),
		cmocka_unit_test(test_nothing_is_kept),
	};

	return cmocka_run_group_tests(tests, make_home, drop_home);
}
