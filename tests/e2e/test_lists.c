/* What verbs list on a terminal fits its width; of a pipe it is whole. */
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

#include "core/text.h"
#include "tests/support/pty.h"

static char program[512], folder[64], db[128];

#define WORDS_MAX 6

static void start(struct pty *p, int columns, const char *const words[WORDS_MAX])
{
	const char *argv[WORDS_MAX + 7] = { program, "--db", db, "--as-of", "2026-03-31",
		"--quiet" };

	for (int i = 0; i < WORDS_MAX && words[i]; i++)
		argv[6 + i] = words[i];
	pty_start(p, 24, columns, argv, NULL);
}

static void assert_lines_fit(const struct pty *p, int columns, const char *verb)
{
	int lines = 0;

	assert_non_null(p->raw);
	for (const char *at = p->raw; *at; lines++) {
		const size_t n = strcspn(at, "\r\n");

		if (text_columns((struct text){ at, n }) > columns)
			fail_msg("%s, %d columns: %.*s", verb, columns, (int)n, at);
		at += n + strspn(at + n, "\r\n");
	}
	assert_true(lines > 3);
}

static void test_fit(void **state)
{
	static const char *const verbs[][WORDS_MAX] = {
		{ "queue", "--csm", "all" },
		{ "alerts", "--csm", "all" },
		{ "tasks", "--csm", "all" },
		{ "list" },
		{ "list", "--columns",
			"name,csm,arr,health,renewal,segment,region,tags" },
		{ "log" },
		{ "outbox" },
		{ "trend", "--weeks", "12" },
	};
	static const int columns[] = { 60, 80, 120 };

	(void)state;
	for (size_t v = 0; v < sizeof(verbs) / sizeof(*verbs); v++)
		for (size_t k = 0; k < sizeof(columns) / sizeof(*columns); k++) {
			struct pty p;
			int got;

			start(&p, columns[k], verbs[v]);
			got = pty_wait(&p);
			assert_true(WIFEXITED(got));
			assert_int_equal(WEXITSTATUS(got), 0);
			assert_lines_fit(&p, columns[k], verbs[v][0]);
			pty_end(&p);
		}
}

/* A pipe gets every column, whatever the terminal around it is like. */
static void test_pipe(void **state)
{
	char line[1024], head[1024] = "";
	FILE *f;

	(void)state;
	snprintf(line, sizeof(line),
		"COLUMNS=40 '%s' --db '%s' queue --csm all --limit 1", program, db);
	f = popen(line, "r");
	assert_non_null(f);
	assert_non_null(fgets(head, sizeof(head), f));
	while (fgets(line, sizeof(line), f))
		continue;
	assert_int_equal(pclose(f), 0);
	assert_non_null(strstr(head, "  next  "));
	assert_non_null(strstr(head, "  alerts"));
	assert_non_null(strstr(head, "  why\n"));
}

static int make_book(void **state)
{
	const char *bin = getenv("TIERDESK_BIN");
	char line[2048];

	(void)state;
	snprintf(program, sizeof(program), "%s", bin ? bin : "./tierdesk");
	snprintf(folder, sizeof(folder), "/tmp/tierdesk-lists.XXXXXX");
	if (!mkdtemp(folder))
		return 1;
	snprintf(db, sizeof(db), "%s/book.db", folder);
	snprintf(line, sizeof(line),
		"'%s' --db '%s' --as-of 2026-03-31 demo --no-console >'%s/out'", program,
		db, folder);
	return system(line);
}

static int remove_book(void **state)
{
	char line[128];

	(void)state;
	snprintf(line, sizeof(line), "rm -rf '%s'", folder);
	return system(line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fit),
		cmocka_unit_test(test_pipe),
	};

	return cmocka_run_group_tests(tests, make_book, remove_book);
}
