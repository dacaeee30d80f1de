/*
 * Whatever is killed with kill -9 leaves the book from before or the one from after. The
 * short form tries some points and some random times of every kind; `make crash-long`
 * every point and 1000 random times, and prints what came of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/crash/killing.h"
#include "tests/support/sanitized.h"

enum { SHORT_POINTS = 6, SHORT_TIMES = 4, TEETH_POINTS = 12, SKIPPED = 77 };

static char folder[200];

static int begin(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(folder, sizeof(folder), "%.150s/tierdesk-kill.XXXXXX",
		tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(folder))
		return 1;
	killing_begin(folder);
	return 0;
}

static int end(void **state)
{
	char command[256];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}

/* ---- nothing between ------------------------------------------------------------ */

static void every_kind(void **state)
{
	const char *times = getenv("TIERDESK_KILLS"),
		   *only = getenv("TIERDESK_KILL_KIND");
	const struct killing how = { .random = times ? atoi(times) : SHORT_TIMES,
		.most = times ? 0 : SHORT_POINTS,
		.seed = 20260630 };
	int violations = 0;

	(void)state;
	printf("%-16s %7s %7s %10s %7s %7s %10s %5s\n", "kind", "points", "kills",
		"in flight", "before", "after", "violations", "left");
	for (int i = 0; i < kinds_count; i++) {
		struct killing_tally t;

		if (only && strcmp(only, kinds_table[i].name) != 0)
			continue;
		t = killing_run(&kinds_table[i], &how);
		printf("%-16s %7d %7d %10d %7d %7d %10d %5d\n", kinds_table[i].name,
			t.points, t.kills, t.in_flight, t.before, t.after, t.violations,
			t.left);
		if (t.violations)
			printf("  %s\n", t.first);
		fflush(stdout);
		assert_true(t.in_flight > 0);
		violations += t.violations;
	}
	assert_int_equal(violations, 0);
}

/* ---- what it is for would be seen ----------------------------------------------- */

static const struct kinds_row *kind_of(const char *name)
{
	for (int i = 0; i < kinds_count; i++)
		if (strcmp(kinds_table[i].name, name) == 0)
			return &kinds_table[i];
	fail_msg("there is no kind %s", name);
	return NULL;
}

/* Without a journal what was written by halves stays so. */
static void sees_halves_of_a_transaction(void **state)
{
	const struct killing how = { .most = TEETH_POINTS,
		.sabotage = KILLING_NO_JOURNAL };

	(void)state;
	assert_true(killing_run(kind_of("assign 40"), &how).violations > 0);
	assert_true(killing_run(kind_of("recalc"), &how).violations > 0);
}

static enum status assign_by_halves(struct kinds_run *r, struct err *e)
{
	const struct kinds_row *k = kind_of("assign 40");
	const uint32_t n = r->n;
	enum status st;

	r->n = n / 2;
	st = k->act(r, e);
	memmove(r->id, r->id + n / 2, (n - n / 2) * sizeof(r->id[0]));
	r->n = n - n / 2;
	return st == ST_OK ? k->act(r, e) : st;
}

/* Two transactions, each of them sound, are not one. */
static void sees_two_transactions(void **state)
{
	const struct killing how = { .most = TEETH_POINTS };
	struct kinds_row halves = *kind_of("assign 40");
	struct killing_tally t;

	(void)state;
	halves.act = assign_by_halves;
	t = killing_run(&halves, &how);
	assert_true(t.violations > 0);
	assert_non_null(strstr(t.first, "neither before nor after"));
}

static void sees_what_was_reported_too_early(void **state)
{
	const struct killing how = { .most = TEETH_POINTS, .sabotage = KILLING_EARLY };
	struct killing_tally t;

	(void)state;
	t = killing_run(kind_of("touch"), &how);
	assert_true(t.violations > 0);
	assert_non_null(strstr(t.first, "it was reported, and is not there"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind),
		cmocka_unit_test(sees_halves_of_a_transaction),
		cmocka_unit_test(sees_two_transactions),
		cmocka_unit_test(sees_what_was_reported_too_early),
	};

	if (sanitized()) {
		puts("skipped: what a killed process leaves is the same with sanitizers");
		return SKIPPED;
	}
	return cmocka_run_group_tests(tests, begin, end);
}
