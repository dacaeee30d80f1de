/*
 * Three days of work at 80x24, by somebody who has read README.md and nothing else: each
 * key pressed is named there or stands on the screen at that moment, and what was found
 * and done is held against what the verbs say of the book.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/day.h"
#include "tests/support/newcomer.h"

/* ---- a CSM: whom to call, and what was said ------------------------------------- */

enum { CALLS = 3 };

static bool is_weaker(const struct account *a, const struct account *b)
{
	return a->health != b->health ? a->health < b->health : a->arr > b->arr;
}

/* The weakest of the owner, in order; those nothing is known of don't count. */
static void find_weakest(const char *owner, const struct account *out[CALLS])
{
	int n = 0;

	for (int i = 0; i < newcomer_book.n; i++) {
		const struct account *a = &newcomer_book.row[i];
		int at = n;

		if (strcmp(a->owner, owner) != 0 || a->health < 0)
			continue;
		while (at > 0 && is_weaker(a, out[at - 1])) {
			if (at < CALLS)
				out[at] = out[at - 1];
			at--;
		}
		if (at < CALLS)
			out[at] = a;
		n += n < CALLS;
	}
	assert_int_equal(n, CALLS);
}

static void call(struct person *d, const struct account *a, const char *outcome)
{
	person_presses(d, "Enter", "Enter open");
	person_sees(d, "%s", a->name);
	person_sees(d, "HEALTH");
	person_sees(d, " %d %s", a->health,
		a->health < 50   ? "at risk"
		: a->health < 75 ? "watch"
				 : "healthy");
	person_presses(d, "t", "t log a touch");
	person_sees(d, "Log a touch");
	person_sees(d, "│ %s", a->name);
	person_sees(d, "  Kind      [call]");
	person_sees(d, "▸ Outcome");
	person_types(d, outcome);
	person_sees(d, "Outcome   %s", outcome);
	person_presses(d, "C-s", "C-s ends a form");
	person_sees(d, "logged a call with %s", a->name);
	person_sees(d, "last touch today, call");
	person_presses(d, "Esc", "Esc back");
}

/* The newest change of the log is that call. */
static const char *is_logged(
	const char *log, const struct account *a, const char *person, const char *outcome)
{
	const char *entry = strstr(log, "{\"id\":"), *next;
	char value[TOLD_NAME], *text, want[128];

	assert_non_null(entry);
	assert_string_equal(told_value(entry, "account", value), a->id);
	assert_string_equal(told_value(entry, "actor", value), person);
	assert_string_equal(told_value(entry, "title", value), "log a call");
	assert_string_equal(told_value(entry, "reversed_by", value), "");
	next = strstr(entry + 1, "{\"id\":");
	text = next ? strndup(entry, (size_t)(next - entry)) : strdup(entry);
	assert_non_null(text);
	assert_non_null(strstr(
		text, "\"field\":\"date\",\"before\":null,\"after\":\"" TOLD_DAY "\""));
	assert_non_null(
		strstr(text, "\"field\":\"kind\",\"before\":null,\"after\":\"call\""));
	snprintf(want, sizeof(want),
		"\"field\":\"outcome\",\"before\":null,"
		"\"after\":\"%s\"",
		outcome);
	assert_non_null(strstr(text, want));
	free(text);
	return next;
}

static void test_csm(void **state)
{
	static const char *const outcomes[CALLS] = { "training in May", "new sponsor",
		"no answer yet" };
	const struct account *weakest[CALLS];
	char person[TOLD_NAME] = "";
	const char *left;
	char *log;
	struct person d;

	(void)state;
	for (int i = 0; i < newcomer_book.n; i++)
		if (newcomer_book.row[i].owner[0] &&
			(!person[0] || strcmp(newcomer_book.row[i].owner, person) < 0))
			snprintf(
				person, sizeof(person), "%s", newcomer_book.row[i].owner);
	find_weakest(person, weakest);
	newcomer_begins(&d, person);
	person_presses(&d, "2", "2 Book");
	person_takes_view(&d, "My book by health");
	person_sees(&d, "mine: %d of %d accounts", told_owned(&newcomer_book, person),
		newcomer_book.n);
	for (int i = 0; i < CALLS; i++)
		newcomer_row_is(&d, NEWCOMER_FIRST_ROW + i, weakest[i]);
	for (int i = 0; i < CALLS; i++) {
		call(&d, weakest[i], outcomes[i]);
		newcomer_row_is(&d, NEWCOMER_FIRST_ROW + i, weakest[i]);
		if (i + 1 < CALLS)
			person_presses(&d, "j", "Arrows or h j k l move");
	}
	person_ends(&d, "a CSM finds three accounts to call and logs the calls");
	log = told_by("log --format json");
	left = log;
	for (int i = CALLS - 1; i >= 0; i--) {
		assert_non_null(left);
		left = is_logged(left, weakest[i], person, outcomes[i]);
	}
	/* what the demo did before stands behind them */
	assert_true(!left || !strstr(left, "\"title\":\"log a call\""));
	free(log);
}

/* ---- a CSM: three rows of a morning --------------------------------------------- */

enum { WHY_ROW = 19 }; /* below the list: what is said of the row under the cursor */

/* Goes down to a row that has an alert; whose name is it? */
static void find_alert(struct person *d, char name[4096])
{
	static const char *const word[] = {
		"critical:", "warning:", "info:", "opportunity:"
	};
	char line[4096];

	for (int tries = 0; tries < 12; tries++) {
		for (int i = 0; i < 4; i++) {
			if (!strstr(pty_line(&d->p, WHY_ROW, line), word[i]))
				continue;
			newcomer_part(d, pty_find(&d->p, "▸"), 5, 20, name);
			return;
		}
		person_presses(d, "j", "Arrows or h j k l move");
	}
	person_fails(d, "no row with an alert");
}

/* The row is gone, and the one that had stood below it is under the cursor. */
static void is_next(struct person *d, const char *gone, const char *next)
{
	char here[4096];
	const int row = pty_find(&d->p, "▸");

	if (row < 0)
		person_fails(d, "no row has the cursor");
	newcomer_part(d, row, 5, 20, here);
	if (strcmp(here, gone) == 0 || strcmp(here, next) != 0)
		person_fails(d, "%s should be under the cursor, not %s", next, here);
}

/* Name of the row below the one with the cursor; it may be behind a heading. */
static void name_below(struct person *d, char name[4096])
{
	char line[4096];
	int row = pty_find(&d->p, "▸") + 1;

	if (!strstr(pty_line(&d->p, row, line), " T"))
		row++;
	newcomer_part(d, row, 5, 20, name);
}

static void works_on(struct person *d, const char *key, const char *hint,
	const char *words, const char *said)
{
	char name[4096], next[4096];

	find_alert(d, name);
	name_below(d, next);
	person_presses(d, key, hint);
	if (*key == 'z') /* until the day that stands there */
		person_presses(d, "Enter", "Enter go on");
	person_types(d, words);
	if (pty_find(&d->p, "[goes on]") >= 0 || pty_find(&d->p, "goes on") >= 0) {
		person_presses(d, "Enter", "Enter go on"); /* of a play that has begun */
		person_types(d, "e");
		person_sees(d, "[ends too]");
	}
	person_presses(d, "C-s", "C-s ends a form");
	person_sees(d, "%s", said);
	is_next(d, name, next);
}

static void test_morning(void **state)
{
	static const char *const title[] = { "close", "snooze", "log a call" };
	char person[TOLD_NAME] = "", value[TOLD_NAME], *log;
	struct person d;
	const char *entry;

	(void)state;
	for (int i = 0; i < newcomer_book.n; i++)
		if (told_owned(&newcomer_book, newcomer_book.row[i].owner) >
				(person[0] ? told_owned(&newcomer_book, person) : 0) &&
			newcomer_book.row[i].owner[0])
			snprintf(
				person, sizeof(person), "%s", newcomer_book.row[i].owner);
	newcomer_begins(&d, person);
	person_sees(&d, "mine: %d of", told_owned(&newcomer_book, person));
	person_sees(&d, " at risk");
	person_presses(&d, "t", "t log a touch");
	person_types(&d, "back on Monday");
	person_presses(&d, "C-s", "C-s ends a form");
	person_sees(&d, "logged a call with");
	works_on(&d, "z", "z snooze", "on holidays", "snoozed ");
	works_on(&d, "d", "d done", "agreed on a training", "closed ");
	person_ends(&d, "a CSM works on three rows of the day");
	log = told_by("log --actor '%s' --format json", person);
	entry = log;
	for (int i = 0; i < 3; i++) {
		do { /* a play that was ended with its alerts has an entry of its own */
			entry = strstr(entry, "{\"id\":");
			assert_non_null(entry);
			told_value(entry, "title", value);
			entry++;
		} while (strncmp(value, "drop a play", 11) == 0 ||
			 strncmp(value, "tick", 4) == 0);
		entry--; /* at its beginning again */
		if (strncmp(value, title[i], strlen(title[i])) != 0)
			fail_msg("\"%s\" is not \"%s ...\"", value, title[i]);
		assert_string_equal(told_value(entry, "actor", value), person);
		assert_string_equal(told_value(entry, "reversed_by", value), "");
		entry++;
	}
	free(log);
}

/* ---- a team lead: the fullest book, and what renews there ----------------------- */

/* The owner with the most accounts, as the list on the screen has it. */
static void read_fullest(struct person *d, char out[TOLD_NAME])
{
	char line[4096];
	int most = 0;

	for (int row = person_choices(d); row <= NEWCOMER_LAST_ROW; row++) {
		const char *name = strstr(pty_line(&d->p, row, line), "│ "), *to;
		const char *number = strstr(line, " accounts ");
		int n;

		if (!name || !number)
			break;
		while (number > line && number[-1] != ' ')
			number--;
		n = atoi(number);
		name += strlen("│ ");
		to = strstr(name, "  ");
		if (n <= most || strncmp(name, "the pool", 8) == 0 ||
			strncmp(name, "everybody", 9) == 0 ||
			strncmp(name, "team ", 5) == 0)
			continue;
		most = n;
		assert_true(to && to - name < TOLD_NAME);
		snprintf(out, TOLD_NAME, "%.*s", (int)(to - name), name);
	}
}

/* The fullest as the rows of `list` have it, and nobody else has as much. */
static void fullest_is(const char *owner)
{
	const int most = told_owned(&newcomer_book, owner);

	for (int i = 0; i < newcomer_book.n; i++)
		if (newcomer_book.row[i].owner[0] &&
			strcmp(newcomer_book.row[i].owner, owner) != 0)
			assert_true(told_owned(&newcomer_book,
					    newcomer_book.row[i].owner) < most);
}

static void test_lead(void **state)
{
	char owner[TOLD_NAME] = "", id[TOLD_NAME], line[4096], shown[4096], *due;
	const int32_t today = told_day(TOLD_DAY);
	int up = 0, row = NEWCOMER_FIRST_ROW;
	struct person d;

	(void)state;
	newcomer_begins(&d, "Lena Lead");
	person_presses(&d, "O",
		"O lists everybody with the number and the ARR of their accounts");
	read_fullest(&d, owner);
	fullest_is(owner);
	person_chooses(&d, person_choices(&d), owner);
	person_sees(&d, "%s: %d of %d accounts", owner, told_owned(&newcomer_book, owner),
		newcomer_book.n);
	person_takes_view(&d, "Renewals in 90 days");
	for (int i = 0; i < newcomer_book.n; i++)
		up += strcmp(newcomer_book.row[i].owner, owner) == 0 &&
		      newcomer_book.row[i].renewal >= today &&
		      newcomer_book.row[i].renewal <= today + 90;
	assert_in_range(up, 3,
		NEWCOMER_LAST_ROW - NEWCOMER_FIRST_ROW + 1); /* all on one screen */
	person_sees(&d, "%s: %d of %d accounts", owner, up, newcomer_book.n);
	person_sees(&d, " renewal:0d..90d");
	due = told_by("list --sort renewal,-arr --format json --where "
		      "'csm:\"%s\" renewal:0d..90d'",
		owner);
	for (const char *s = due; (s = strstr(s, "{\"id\":")); s++) {
		const struct account *a =
			told_account(&newcomer_book, told_value(s, "id", id));

		assert_string_equal(a->owner, owner);
		newcomer_row_is(&d, row, a);
		snprintf(line, sizeof(line), " %dd", (int)(a->renewal - today));
		assert_non_null(strstr(pty_line(&d.p, row, shown), line));
		row++;
	}
	free(due);
	assert_int_equal(row - NEWCOMER_FIRST_ROW, up);
	assert_string_equal(pty_line(&d.p, row, line), "");
	person_ends(&d, "a team lead finds the fullest book and its renewals");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_csm),
		cmocka_unit_test(test_morning),
		cmocka_unit_test(test_lead),
	};

	return cmocka_run_group_tests(tests, newcomer_setup, newcomer_teardown);
}
