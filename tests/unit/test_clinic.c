/* Clinics: what is one, how long it was, who shares its time, and what was asked again.
 */
#include "core/book_time.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

static struct book *book_of(uint32_t accounts, const char *touches)
{
	struct store *s = fake_store_new();
	struct book *b;

	rows_put(s, REC_CSM, "name=Dana\nname=Ben\n");
	rows_add_accounts(s, accounts);
	if (*touches)
		rows_put(s, REC_TOUCH, touches);
	b = rules_book(s, DAY, "Dana");
	return b;
}

static struct book_time *time_of(struct book *b)
{
	struct book_time *t;

	MUST(book_time(b, TIME_DAYS, &t, &e));
	return t;
}

static void kinds(void **state)
{
	static const struct {
		const char *kind;
		bool is;
	} all[] = { { "clinic", true }, { "Weekly live Clinic", true },
		{ "webinar", true }, { "Office Hours", true }, { "office hour", true },
		{ "call", false }, { "meeting", false }, { "", false } };
	const struct cell none = { .type = CELL_MISSING };

	(void)state;
	for (size_t i = 0; i < LENGTH(all); i++)
		assert_int_equal(
			clinic_is(&CELL_OF_TEXT(text_of(all[i].kind))), all[i].is);
	assert_false(clinic_is(&none));
}

#define AT(account, day, more) "account_id=" account "|date=2026-03-" day "|" more "\n"
#define HOUR "kind=clinic|actor=Dana|minutes=60"

/* Clinics and those that say how long, accounts in these, their minutes; minutes of Dana
 * and of account 1; touches. */
static void counted(void **state)
{
	static const struct {
		const char *touches, *expected;
	} all[] = {
		{ "", "0/0 0 in 0; 0, 0; 0" },
		/* an hour for two is half an hour of each */
		{ AT("1", "02", HOUR) AT("2", "02", HOUR), "1/1 2 in 60; 60, 30; 2" },
		/* who is entered twice was there once */
		{ AT("1", "02", HOUR) AT("1", "02", HOUR "|two_way=1")
				AT("2", "02", HOUR),
			"1/1 2 in 60; 60, 30; 2" },
		/* nor is there another clinic for another spelling */
		{ AT("1", "02", HOUR) AT("2", "02", "kind=Clinic|actor=dana|minutes=60"),
			"1/1 2 in 60; 60, 30; 2" },
		/* the longest that anybody says; who says none was there */
		{ AT("1", "02", "kind=clinic|actor=Dana") AT("2", "02", HOUR)
				AT("3", "02", "kind=clinic|actor=Dana|minutes=30"),
			"1/1 3 in 60; 60, 20; 3" },
		/* another day, another kind, another host is another clinic */
		{ AT("1", "02", HOUR) AT("1", "03", HOUR)
				AT("1", "02", "kind=webinar|actor=Dana|minutes=30")
					AT("1", "02", "kind=clinic|actor=Ben|minutes=10"),
			"4/4 4 in 160; 150, 160; 4" },
		/* nobody said how long: 15 minutes, and in no figure */
		{ AT("1", "02", "kind=clinic|actor=Dana")
				AT("2", "02", "kind=clinic|actor=Dana"),
			"1/0 0 in 0; 15, 7.5; 2" },
		/* before the quarter, and to come */
		{ "account_id=1|date=2025-12-30|" HOUR
		  "\naccount_id=1|date=2026-04-01|" HOUR "\n",
			"0/0 0 in 0; 0, 0; 0" },
		/* a call stays one */
		{ AT("1", "02", "kind=call|actor=Dana|minutes=30"),
			"0/0 0 in 0; 30, 30; 1" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(all); i++) {
		struct book *b = book_of(3, all[i].touches);
		struct book_time *t = time_of(b);
		double dana = 0, first = 0;
		char got[160];

		for (uint32_t k = 0; k < t->rows; k++)
			if (text_eq(t->row[k].name, TEXT("Dana")))
				dana = time_total(t->row[k].minutes);
		for (uint32_t k = 0; k < t->clinics.visits; k++)
			first += t->clinics.visit[k].account == 1
					 ? t->clinics.visit[k].minutes
					 : 0;
		first += t->talk_minutes;
		snprintf(got, sizeof(got), "%u/%u %u in %g; %g, %g; %u",
			t->clinics.clinics, t->clinics.timed, t->clinics.served,
			t->clinics.minutes, dana, first, t->touches);
		if (strcmp(got, all[i].expected) != 0)
			fail_msg("row %zu: %s, not %s", i, got, all[i].expected);
		book_time_free(&t);
		book_free(&b);
	}
}

/* 1000 customers with one hour. */
static void customers_an_hour(void **state)
{
	enum { ALL = 1000 };
	struct book *b = book_of(ALL, "");
	struct store *s = book_store(b);
	struct book_time *t;
	char row[128], line[TEXT_SAID_MAX];

	(void)state;
	for (int i = 1; i <= ALL; i++) {
		snprintf(row, sizeof(row), "account_id=%d|date=2026-03-02|" HOUR "\n", i);
		rows_put(s, REC_TOUCH, row);
	}
	rows_put(s, REC_TOUCH, "account_id=1|date=2026-03-03|kind=call|minutes=40\n");
	t = time_of(b);
	assert_true(clinics_per_hour(t->clinics.served, t->clinics.minutes) == 1000);
	assert_string_equal(time_text(b, t, TIME_CLINICS, line),
		"1 clinic served 1000 customers in 1 h, 1000 for an hour of a CSM; one "
		"to one it was 1.5");
	assert_string_equal(time_text(b, t, TIME_ASKED, line), "");
	assert_true(isnan(clinics_per_hour(0, 0)));
	book_time_free(&t);
	book_free(&b);
}

#define ASKED(day, what) \
	AT("1", day, HOUR "|outcome=" what) AT("2", day, HOUR "|outcome=" what)

/* Of several clinics, however many were there. */
static void asked_again(void **state)
{
	struct book *b = book_of(2,
		ASKED("02", "how to invite; what a seat costs")
			ASKED("09", " How to Invite ;;why so slow")
				ASKED("16", "what a seat costs;how to invite"));
	struct book_time *t = time_of(b);
	char line[TEXT_SAID_MAX];

	(void)state;
	assert_int_equal(t->clinics.questions, 2);
	assert_string_equal(time_text(b, t, TIME_ASKED, line),
		"asked in more than one clinic: \"how to invite\" (3), \"what a seat "
		"costs\" (2): an article or the product could answer it");
	assert_int_equal(t->clinics.question[0].last, day_of("2026-03-16"));
	book_time_free(&t);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(counted),
		cmocka_unit_test(customers_an_hour),
		cmocka_unit_test(asked_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
