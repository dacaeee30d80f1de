/* Where the time goes: what touches are for, whose time they are, what they cost. */
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
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

static void purposes(void **state)
{
	static const struct {
		const char *purpose;
		enum touch_class is;
	} rows[] = {
		{ "business review", TOUCH_VALUE },
		{ "Renewal talk", TOUCH_COMMERCIAL },
		{ "training on renewals", TOUCH_COMMERCIAL }, /* it sells */
		{ "UPSELL", TOUCH_COMMERCIAL },
		{ "price increase", TOUCH_COMMERCIAL },
		{ "with sales: offer", TOUCH_COMMERCIAL },
		{ "handed to Sales", TOUCH_COMMERCIAL },
		{ "Salesforce integration", TOUCH_VALUE },
		{ "training, Salesforce", TOUCH_TEACHING },
		{ "follow-up on tickets", TOUCH_SUPPORT },
		{ "How-to question", TOUCH_SUPPORT },
		{ "debugging", TOUCH_SUPPORT },
		{ "onboarding session", TOUCH_TEACHING },
		{ "Training for new people", TOUCH_TEACHING },
		{ "check-in", TOUCH_VALUE },
		{ "  ", TOUCH_UNSAID },
		{ "", TOUCH_UNSAID },
	};
	const struct cell none = { .type = CELL_MISSING };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct cell c = CELL_OF_TEXT(text_of(rows[i].purpose));

		if (touch_class_of(&c) != rows[i].is)
			fail_msg("%s: %s", rows[i].purpose,
				touch_class_name[touch_class_of(&c)]);
	}
	assert_int_equal(touch_class_of(&none), TOUCH_UNSAID);
	assert_true(touch_class_systemisable(TOUCH_SUPPORT));
	assert_false(touch_class_systemisable(TOUCH_VALUE));
}

/* One place in tier 1 and three in tier 2. The quarter begins on 2025-12-31. */
static struct book *book(const char *touches)
{
	struct store *s = fake_store_new();
	struct book *b;
	struct review r;

	rows_put(s, REC_CSM, "name=Dana\nname=Ben");
	rows_put(s, REC_ACCOUNT,
		"account_id=A1|name=One|csm=Dana|arr=100000000|complexity=90\n"
		"account_id=A2|name=Two|csm=Ben|arr=50000000|complexity=90\n"
		"account_id=A3|name=Three|arr=100000|complexity=10\n"
		"account_id=A4|name=Four|arr=90000|complexity=10\n"
		"account_id=A5|name=Gone|csm=Ben|arr=100|status=churned");
	rows_put(s, REC_TOUCH, touches);
	b = rules_book(s, DAY, "Dana");
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	return b;
}

static struct book_time *time_of(struct book *b)
{
	struct book_time *t;

	MUST(book_time(b, TIME_DAYS, &t, &e));
	return t;
}

static const struct time_row *row_of(const struct book_time *t, const char *name)
{
	for (uint32_t k = 0; k < t->rows; k++)
		if (name ? text_eq(t->row[k].name, text_of(name)) : t->row[k].csm == 0)
			return &t->row[k];
	fail_msg("%s has no row", name);
	return NULL;
}

static void whose(void **state)
{
	struct book *b = book(
		"account_id=A1|date=2026-03-31|kind=call|minutes=30|purpose=check-in|"
		"two_way=1\n"
		/* by somebody else; by whoever is no CSM, so its owner; of nobody's */
		"account_id=A1|date=2026-03-30|kind=call|minutes=20|actor=ben|"
		"purpose=tickets|two_way=1\n"
		"account_id=A2|date=2026-03-30|kind=mail|actor=jdoe|purpose=renewal\n"
		"account_id=A3|date=2026-03-30|kind=call|minutes=12\n"
		/* the first day of the span, the day before it, and a day to come */
		"account_id=A1|date=2025-12-31|kind=call|minutes=1|purpose=check-in\n"
		"account_id=A1|date=2025-12-30|kind=call|minutes=500\n"
		"account_id=A1|date=2026-04-01|kind=call|minutes=500\n"
		/* who left takes part in no tier */
		"account_id=A5|date=2026-01-31|kind=call|minutes=7|purpose=training");
	struct book_time *t = time_of(b);
	char line[TEXT_SAID_MAX];

	(void)state;
	assert_int_equal(t->from, day_of("2025-12-31"));
	assert_int_equal(t->touches, 6);
	assert_int_equal(t->estimated, 1);
	assert_float_equal(row_of(t, "Dana")->minutes[TOUCH_VALUE], 31, 0);
	assert_float_equal(time_total(row_of(t, "Dana")->minutes), 31, 0);
	assert_float_equal(row_of(t, "Ben")->minutes[TOUCH_SUPPORT], 20, 0);
	assert_float_equal(row_of(t, "Ben")->minutes[TOUCH_COMMERCIAL], 15, 0);
	assert_float_equal(row_of(t, "Ben")->minutes[TOUCH_TEACHING], 7, 0);
	assert_int_equal(row_of(t, "Ben")->touches, 3);
	assert_float_equal(row_of(t, NULL)->minutes[TOUCH_UNSAID], 12, 0);
	assert_float_equal(t->minutes[0][TOUCH_SUPPORT], 20, 0);
	assert_float_equal(t->minutes[0][TOUCH_VALUE], 31, 0);
	assert_float_equal(
		time_systemisable(row_of(t, "Ben")->minutes), 27.0 / 42, 1e-12);
	assert_true(isnan(time_systemisable((double[TOUCH_CLASSES]){ 0 })));
	/* 1,000,000 of the 1,501,900, and 51 of 78 minutes with who is there. */
	assert_string_equal(time_text(b, t, TIME_LARGEST, line),
		"65 % of the time went to the 1 largest account by ARR, 67 % of the "
		"revenue");
	for (int k = 0; k < TIER_COUNT; k++)
		assert_float_equal(t->minutes[k][TOUCH_TEACHING], 0, 0);
	book_time_free(&t);
	book_free(&b);
}

/* 120,000 over 52 * 22.5 * 60 = 70,200 minutes a year; A3 pays 1,000 a year, of which a
 * fifth is 200: 29 minutes in 91 days cost 29 * 365 / 91 * 1.7094 = 198.84, 30 cost
 * 205.69. A3 is not among the largest, but its cost counts; a talk of 3 that its tier
 * plans. */
static void costs(void **state)
{
	static const struct {
		const char *minutes;
		uint32_t costly;
		int64_t cost;
	} rows[] = { { "29", 0, 0 }, { "30", 1, 20569 } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book_time *t;
		struct book *b;
		char touches[200], line[TEXT_SAID_MAX];

		snprintf(touches, sizeof(touches),
			"account_id=A3|date=2026-03-01|kind=call|minutes=%s",
			rows[i].minutes);
		b = book(touches);
		t = time_of(b);
		assert_int_equal(t->costly_n, rows[i].costly);
		time_text(b, t, TIME_COSTLY, line);
		if (rows[i].costly) {
			assert_int_equal(t->costly[0].cost, rows[i].cost);
			assert_string_equal(line,
				"the talks with 1 account cost more than 20 % of its ARR "
				"(A3): a digital motion, or a price that bears it");
			assert_true(time_warns(t, TIME_COSTLY));
		} else {
			assert_string_equal(line, "");
			assert_false(time_warns(t, TIME_COSTLY));
		}
		book_time_free(&t);
		book_free(&b);
	}
}

/* Tier 1 plans 12 talks a quarter: five are too few, six are half of them. */
static void neglected(void **state)
{
	char touches[2000] = "";

	(void)state;
	for (int n = 1; n <= 6; n++) {
		struct book_time *t;
		struct book *b;
		const size_t used = strlen(touches);

		snprintf(touches + used, sizeof(touches) - used,
			"%saccount_id=A1|date=2026-03-%02d|kind=call|two_way=1",
			n > 1 ? "\n" : "", n);
		if (n < 5)
			continue;
		b = book(touches);
		t = time_of(b);
		assert_int_equal(t->neglected_n, n < 6);
		if (n < 6) {
			assert_int_equal(t->neglected[0].talks, 5);
			assert_float_equal(t->neglected[0].planned, 12, 0);
		}
		book_time_free(&t);
		book_free(&b);
	}
}

/* 500 customers at 50 for each CSM are 10 CSMs. */
static void without_tiers(void **state)
{
	struct store *s = fake_store_new();
	char line[TEXT_SAID_MAX];
	struct book_time *t;
	struct book *b;

	(void)state;
	for (int i = 0; i < 500; i++) {
		char row[64];

		snprintf(row, sizeof(row), "account_id=B%03d|arr=100000", i);
		rows_put(s, REC_ACCOUNT, row);
	}
	b = rules_book(s, DAY, "Dana");
	t = time_of(b);
	assert_string_equal(time_text(b, t, TIME_LINEAR, line),
		"without tiers, one CSM for each 50 accounts, 500 accounts would take "
		"10; "
		"0 were at work in these days");
	for (int k = 0; k < TIME_LINES; k++)
		if (k != TIME_LINEAR)
			assert_string_equal(time_text(b, t, (enum time_line)k, line), "");
	book_time_free(&t);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(purposes),
		cmocka_unit_test(whose),
		cmocka_unit_test(costs),
		cmocka_unit_test(neglected),
		cmocka_unit_test(without_tiers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
