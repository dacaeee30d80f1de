/* Fixes: how far one is on a day, which of several counts, and what tickets say of it. */
#include "core/fix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define TODAY 100
#define NOT DAY_NONE

static void fill(struct cell c[FIX_FIELDS], const int32_t day[FIX_STATES])
{
	memset(c, 0, FIX_FIELDS * sizeof(*c));
	c[F_FIX_ACCOUNT] = CELL_OF_TEXT(TEXT("A1"));
	c[F_FIX_CAUSE] = CELL_OF_TEXT(TEXT(" sync fails "));
	for (int k = 0; k < FIX_STATES; k++)
		if (day[k] != NOT)
			c[fix_state_field[k]] = CELL_OF_INT(day[k]);
}

/* What is dated later has not come yet. */
static void states(void **state)
{
	static const struct {
		const char *name;
		int32_t day[FIX_STATES];
		bool there;
		enum fix_state is, next;
		int32_t since, mended;
	} rows[] = {
		{ "noticed", { 90, NOT, NOT, NOT }, true, FIX_NOTICED, FIX_DOCUMENTED, 90,
			NOT },
		{ "noticed on the day", { 100, NOT, NOT, NOT }, true, FIX_NOTICED,
			FIX_DOCUMENTED, 100, NOT },
		{ "noticed tomorrow", { 101, NOT, NOT, NOT }, false, FIX_STATES,
			FIX_DOCUMENTED, 0, NOT },
		{ "by another program: never", { NOT, 90, NOT, NOT }, false, FIX_STATES,
			FIX_AUTOMATED, 0, NOT },
		{ "documented", { 90, 95, NOT, NOT }, true, FIX_DOCUMENTED, FIX_AUTOMATED,
			95, NOT },
		{ "documented tomorrow", { 90, 101, NOT, NOT }, true, FIX_NOTICED,
			FIX_AUTOMATED, 90, NOT },
		{ "automated", { 90, 95, 100, NOT }, true, FIX_AUTOMATED, FIX_VERIFIED,
			100, 100 },
		{ "automated, never documented", { 90, NOT, 96, NOT }, true,
			FIX_AUTOMATED, FIX_VERIFIED, 96, 96 },
		{ "verified", { 90, 91, 92, 93 }, true, FIX_VERIFIED, FIX_STATES, 93,
			92 },
		{ "verified tomorrow", { 90, 91, 92, 101 }, true, FIX_AUTOMATED,
			FIX_STATES, 92, 92 },
		{ "verified at once", { 90, NOT, NOT, 90 }, true, FIX_VERIFIED,
			FIX_STATES, 90, 90 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct cell c[FIX_FIELDS];
		struct fix f;

		fill(c, rows[i].day);
		if (fix_from_row(7, c, TODAY, &f) != rows[i].there ||
			fix_next(c) != rows[i].next)
			fail_msg("%s", rows[i].name);
		if (rows[i].there &&
			(f.state != rows[i].is || fix_since(&f) != rows[i].since ||
				fix_mended(&f) != rows[i].mended))
			fail_msg("%s", rows[i].name);
		assert_true(text_eq(f.cause, TEXT("sync fails")));
	}
}

static void no_cause(void **state)
{
	static const int32_t day[FIX_STATES] = { 90, NOT, NOT, NOT };
	struct cell c[FIX_FIELDS];
	struct fix f;

	(void)state;
	fill(c, day);
	c[F_FIX_CAUSE] = CELL_OF_TEXT(TEXT("  "));
	assert_false(fix_from_row(7, c, TODAY, &f));
	c[F_FIX_CAUSE].type = CELL_MISSING;
	assert_false(fix_from_row(7, c, TODAY, &f));
}

/* Tickets of the day of a step are those that led to it. */
static void verdicts(void **state)
{
	static const struct {
		const char *name;
		int32_t day[FIX_STATES];
		int32_t last;
		enum fix_verdict is;
	} rows[] = {
		{ "nothing done", { 10, NOT, NOT, NOT }, NOT, FIX_OPEN },
		{ "an article mends nothing", { 10, 20, NOT, NOT }, 99, FIX_OPEN },
		{ "automated on the day", { 10, 20, 100, NOT }, 100, FIX_YOUNG },
		{ "27 days", { 10, 20, 73, NOT }, NOT, FIX_YOUNG },
		{ "28 days", { 10, 20, 72, NOT }, NOT, FIX_HOLDS },
		{ "the ticket of its day", { 10, 20, 72, NOT }, 72, FIX_HOLDS },
		{ "a ticket the day after", { 10, 20, 80, NOT }, 81, FIX_BACK },
		{ "the last is 27 days old", { 10, 20, 60, NOT }, 73, FIX_BACK },
		{ "the last is 28 days old", { 10, 20, 60, NOT }, 72, FIX_HOLDS },
		{ "verified", { 10, 20, 60, 90 }, NOT, FIX_ELIMINATED },
		{ "verified today", { 10, 20, 60, 100 }, 100, FIX_ELIMINATED },
		{ "a ticket before that", { 10, 20, 60, 90 }, 90, FIX_ELIMINATED },
		{ "a ticket after that", { 10, 20, 60, 90 }, 91, FIX_BACK },
		{ "long after that", { 10, 20, 30, 31 }, 32, FIX_BACK },
		{ "verified, never automated", { 10, NOT, NOT, 90 }, 80, FIX_ELIMINATED },
		{ "the same, and back", { 10, NOT, NOT, 90 }, 95, FIX_BACK },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct cell c[FIX_FIELDS];
		struct fix f;

		fill(c, rows[i].day);
		assert_true(fix_from_row(7, c, TODAY, &f));
		if (fix_judge(&f, rows[i].last, TODAY) != rows[i].is)
			fail_msg("%s: %s", rows[i].name,
				fix_verdict_word[fix_judge(&f, rows[i].last, TODAY)]);
	}
}

/* The ticket of the day it was mended on led to it. */
static void tickets_after(void **state)
{
	static const struct {
		int32_t day[FIX_STATES];
		int32_t opened;
		bool failed;
	} rows[] = {
		{ { 10, 20, NOT, NOT }, 99, false },
		{ { 10, 20, 60, NOT }, 60, false },
		{ { 10, 20, 60, NOT }, 61, true },
		{ { 10, 20, 60, NOT }, NOT, false },
		{ { 10, 20, 60, 90 }, 61, true },
		{ { 10, NOT, NOT, 90 }, 90, false },
		{ { 10, NOT, NOT, 90 }, 91, true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct cell c[FIX_FIELDS];
		struct fix f;

		fill(c, rows[i].day);
		assert_true(fix_from_row(7, c, TODAY, &f));
		assert_int_equal(f.id, 7);
		assert_int_equal(fix_failed(&f, rows[i].opened), rows[i].failed);
	}
}

static void which_counts(void **state)
{
	static const struct {
		int32_t x[FIX_STATES], y[FIX_STATES];
		bool first;
	} rows[] = {
		/* noticed again after it was verified: somebody works on it anew */
		{ { 50, NOT, NOT, NOT }, { 10, 20, 30, 40 }, true },
		/* noticed elsewhere before it was automated: that helps there, too */
		{ { 25, NOT, NOT, NOT }, { 10, 20, 30, NOT }, false },
		{ { 30, NOT, NOT, NOT }, { 10, 20, 30, NOT }, false },
		{ { 10, 20, 30, NOT }, { 10, 20, 30, NOT }, false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct cell c[FIX_FIELDS];
		struct fix x, y;

		fill(c, rows[i].x);
		assert_true(fix_from_row(7, c, TODAY, &x));
		fill(c, rows[i].y);
		assert_true(fix_from_row(7, c, TODAY, &y));
		assert_int_equal(fix_counts(&x, &y), rows[i].first);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(states),
		cmocka_unit_test(no_cause),
		cmocka_unit_test(verdicts),
		cmocka_unit_test(tickets_after),
		cmocka_unit_test(which_counts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
