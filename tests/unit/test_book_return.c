/* What an account paid and used over a year. */
#include "core/book_return.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

/* B paid 1000 until it grew to 1200 in February; seats are on record since September, and
 * too old at the end of the year. */
static struct book *book(const char *as_of)
{
	struct store *s = fake_store_new();

	rows_put(s, REC_ACCOUNT,
		"account_id=A|arr=500\n"
		"account_id=B|arr=120000|seats_purchased=10|contract_start=2025-05-01\n");
	rows_put(s, REC_MOVEMENT,
		"account_id=B|date=2026-02-10|kind=expansion|arr_delta=20000");
	rows_put(s, REC_SIGNAL,
		"account_id=B|date=2025-09-15|signal=seats_active|value=4\n"
		"account_id=B|date=2026-03-30|signal=seats_active|value=12\n"
		"account_id=B|date=2026-04-01|signal=seats_active|value=1\n"
		"account_id=B|date=2026-03-30|signal=active_days|value=21\n");
	return rules_book(s, as_of, "");
}

static void a_year(void **state)
{
	static const struct {
		const char *day;
		int64_t arr, used;
		double seats; /* below 0: not known */
	} rows[RETURN_POINTS] = { { "2025-03-31", 0, MONEY_NONE, -1 },
		{ "2025-06-30", 100000, MONEY_NONE, -1 },
		{ "2025-09-30", 100000, 40000, 40 },
		{ "2025-12-31", 100000, MONEY_NONE, -1 },
		{ "2026-03-31", 120000, 120000, 120 } };
	struct return_point p[RETURN_POINTS];
	struct book *b = book("2026-03-31");

	(void)state;
	MUST(book_return(b, 2, p, &e));
	for (int k = 0; k < RETURN_POINTS; k++) {
		assert_int_equal(p[k].day, day_of(rows[k].day));
		assert_int_equal(p[k].arr, rows[k].arr);
		assert_int_equal(return_used(&p[k]), rows[k].used);
		if (rows[k].seats < 0)
			assert_true(isnan(p[k].seats));
		else
			assert_true(fabs(p[k].seats - rows[k].seats) < 1e-9);
	}
	assert_true(fabs(p[RETURN_POINTS - 1].active - 21) < 1e-9);
	book_free(&b);
}

/* In the middle of a quarter the day itself is the last point. */
static void days(void **state)
{
	struct return_point p[RETURN_POINTS];
	struct book *b = book("2026-05-15");
	struct err e;

	(void)state;
	assert_int_equal(book_return(b, 1, p, &e), ST_OK);
	assert_int_equal(p[4].day, day_of("2026-05-15"));
	assert_int_equal(p[3].day, day_of("2026-03-31"));
	assert_int_equal(p[0].day, day_of("2025-06-30"));
	assert_int_equal(p[0].since, day_of("2025-03-31"));
	for (int k = 1; k < RETURN_POINTS; k++)
		assert_int_equal(p[k].since, p[k - 1].day);
	assert_int_equal(book_return(b, 3, p, &e), ST_NOTFOUND);
	assert_int_equal(book_return(b, 0, p, &e), ST_NOTFOUND);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_year),
		cmocka_unit_test(days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
