#include "tests/support/running.h"

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

const char *running_program(void)
{
	const char *binary = getenv("TIERDESK_BIN");

	return binary && access(binary, X_OK) == 0 ? binary : NULL;
}

int running_line(const char *format, ...)
{
	char line[4096];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	return system(line);
}

bool running_demo(const char *name, char db[512])
{
	const char *home = getenv("HOME");

	if (!home || !running_program())
		return false;
	snprintf(db, 512, "%.400s/%.100s", home, name);
	unlink(db);
	return running_line("'%s' --db '%s' --as-of " RUNNING_DAY
			    " demo --accounts 60 --no-console >/dev/null",
		       running_program(), db) == 0;
}

void running_on(
	struct pty *p, int rows, int columns, const char *db, const char *const env[])
{
	const char *const argv[] = { running_program(), "--db", db, "--as-of",
		RUNNING_DAY, NULL };

	pty_start(p, rows, columns, argv, env);
	if (!pty_settle(p))
		fail_msg("the program did not start: %.300s", p->raw ? p->raw : "");
}

void running_ended(struct pty *p, int status)
{
	int got = pty_wait(p);

	assert_true(WIFEXITED(got));
	assert_int_equal(WEXITSTATUS(got), status);
	assert_null(pty_mode_left(p));
	assert_false(p->alternate);
	assert_true(p->cursor_visible);
	assert_true(pty_restored(p));
	pty_end(p);
}

void running_wait(struct pty *p, const char *text)
{
	int took;

	if (!pty_until_shown(p, text, true, &took))
		fail_msg("\"%s\" does not come", text);
}

struct running_picture *running_picture(struct pty *p)
{
	struct running_picture *out = calloc(1, sizeof(*out));

	assert_non_null(out);
	assert_true(pty_rest(p));
	out->rows = p->rows;
	for (int row = 0; row < p->rows; row++)
		pty_line(p, row, out->line[row]);
	return out;
}

void running_same(struct running_picture *a, struct running_picture *b)
{
	assert_int_equal(a->rows, b->rows);
	for (int row = 0; row < a->rows; row++)
		assert_string_equal(a->line[row], b->line[row]);
	free(a);
	free(b);
}
