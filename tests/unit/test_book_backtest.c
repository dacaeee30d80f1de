/* The past of a book as a backtest reads it: nothing later leaks in, who left when, what
 * was in sight. */
#include "core/book_backtest.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/leavers.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

static struct backtest_data read_of(struct book *b)
{
	struct backtest_data d;

	MUST(book_backtest_read(b, 90, &d, &e));
	return d;
}

/* ---- nothing later ---- */

/* Rows of all kinds dated on some day after `cut`, of everybody who stayed. */
static void put_later(struct store *s, int32_t cut)
{
	for (int a = LEAVERS_GONE; a < LEAVERS_ACCOUNTS; a++) {
		char on[DAY_TEXT_MAX];

		day_format(cut + 1 + a % 20, on);
		leavers_put(s, REC_SIGNAL,
			"account_id=A%02d|date=%s|signal=active_days|value=0", a + 1, on);
		leavers_put(s, REC_SIGNAL,
			"account_id=A%02d|date=%s|signal=pulse|value=1", a + 1, on);
		leavers_put(s, REC_SURVEY, "account_id=A%02d|date=%s|kind=nps|score=0",
			a + 1, on);
		leavers_put(s, REC_TICKET, "ticket_id=T%d|account_id=A%02d|opened_on=%s",
			a, a + 1, on);
		leavers_put(s, REC_TOUCH, "account_id=A%02d|date=%s|kind=call|two_way=1",
			a + 1, on);
		leavers_put(s, REC_CONTACT,
			"account_id=A%02d|name=C|role=champion|since=2023-01-01|left_on=%"
			"s",
			a + 1, on);
		leavers_put(s, REC_CONTACT,
			"account_id=A%02d|name=D|role=sponsor|since=%s", a + 1, on);
		leavers_put(s, REC_ACCOUNT, "account_id=A%02d|onboarding_started=%s",
			a + 1, on);
	}
}

/* The contact who is there all along is known from the start in both books. */
static struct store *store_with_contacts(void)
{
	struct store *s = leavers_store();

	for (int a = LEAVERS_GONE; a < LEAVERS_ACCOUNTS; a++)
		leavers_put(s, REC_CONTACT,
			"account_id=A%02d|name=C|role=champion|since=2023-01-01", a + 1);
	return s;
}

static const struct backtest_row *row_of(
	const struct backtest_data *d, uint32_t account, int32_t day)
{
	for (uint32_t i = 0; i < d->rows; i++)
		if (d->row[i].account == account && d->month[d->row[i].month].day == day)
			return &d->row[i];
	return NULL;
}

/* What was known of it, whatever came of it. */
static bool same_known(const struct backtest_row *a, const struct backtest_row *b)
{
	return a->health == b->health && a->nps == b->nps && a->pulse == b->pulse &&
	       a->slow == b->slow && fabsf(a->p - b->p) < 1e-9F &&
	       memcmp(a->score, b->score, sizeof(a->score)) == 0;
}

/* What is dated after a day has no part in any row up to it; and it does in later ones,
 * so that the comparison can fail. */
static void later_rows_change_nothing(void **state)
{
	static const char *const cuts[] = { "2025-07-31", "2025-12-31", "2026-02-28" };

	(void)state;
	for (size_t k = 0; k < sizeof(cuts) / sizeof(*cuts); k++) {
		const int32_t cut = day_of(cuts[k]);
		struct book *without =
			rules_book(store_with_contacts(), LEAVERS_DAY, "Dana");
		struct book *with =
			rules_book(store_with_contacts(), LEAVERS_DAY, "Dana");
		struct backtest_data a, b;
		uint32_t same = 0, differ = 0;

		put_later(book_store(with), cut);
		a = read_of(without);
		b = read_of(with);
		assert_int_equal(a.rows, b.rows);
		for (uint32_t i = 0; i < a.rows; i++) {
			const struct backtest_row *x = &a.row[i];
			const int32_t day = a.month[x->month].day;
			const struct backtest_row *y = row_of(&b, x->account, day);

			assert_non_null(y);
			assert_int_equal(x->leaves, y->leaves);
			if (day <= cut) {
				assert_true(same_known(x, y));
				same++;
			} else {
				differ += !same_known(x, y);
			}
		}
		assert_true(same > 100 && differ > 20);
		backtest_data_clear(&a);
		backtest_data_clear(&b);
		book_free(&without);
		book_free(&with);
	}
}

/* And what is dated after the as-of day in nothing at all, leaving included. */
static void the_as_of_day_is_the_end(void **state)
{
	struct book *without = rules_book(store_with_contacts(), LEAVERS_DAY, "Dana");
	struct book *with = rules_book(store_with_contacts(), LEAVERS_DAY, "Dana");
	struct backtest a, b;

	(void)state;
	put_later(book_store(with), day_of(LEAVERS_DAY));
	leavers_put(
		book_store(with), REC_ACCOUNT, "account_id=A40|churned_on=2026-04-01");
	leavers_put(book_store(with), REC_MOVEMENT,
		"account_id=A39|date=2026-04-02|kind=churn|arr_delta=-120000");
	a = leavers_backtest(without);
	b = leavers_backtest(with);
	free(a.green);
	free(b.green);
	a.green = b.green = NULL;
	a.proposal.tried = b.proposal.tried = false;
	assert_memory_equal(&a, &b, sizeof(a));
	book_free(&without);
	book_free(&with);
}

/* The renewal as it stands today has no part, wherever it lies. */
static void the_renewal_of_today_is_no_part(void **state)
{
	struct book *b = rules_book(leavers_store(), LEAVERS_DAY, "Dana");
	struct backtest_data before = read_of(b), after;

	(void)state;
	for (int a = LEAVERS_GONE; a < LEAVERS_ACCOUNTS; a++)
		leavers_put(book_store(b), REC_ACCOUNT,
			"account_id=A%02d|renewal_date=2025-09-01", a + 1);
	after = read_of(b);
	assert_int_equal(before.rows, after.rows);
	for (uint32_t i = 0; i < before.rows; i++) {
		before.row[i].score[COMP_RENEWAL] = after.row[i].score[COMP_RENEWAL] = 0;
		assert_true(same_known(&before.row[i], &after.row[i]));
	}
	backtest_data_clear(&before);
	backtest_data_clear(&after);
	book_free(&b);
}

/* ---- who left ---- */

static void who_left(void **state)
{
	struct store *s = leavers_store();
	struct book *b = rules_book(s, LEAVERS_DAY, "Dana");
	struct backtest_data d;

	(void)state;
	/* By a movement, twice; a date without a movement; neither. */
	leavers_put(s, REC_MOVEMENT,
		"account_id=A20|date=2025-06-15|kind=churn|arr_delta=-1");
	leavers_put(s, REC_MOVEMENT,
		"account_id=A20|date=2025-09-10|kind=reactivation|arr_delta=1");
	leavers_put(s, REC_MOVEMENT,
		"account_id=A20|date=2026-01-20|kind=churn|arr_delta=-1");
	leavers_put(s, REC_MOVEMENT,
		"account_id=A01|date=2025-06-12|kind=churn|arr_delta=-1");
	leavers_put(s, REC_ACCOUNT, "account_id=A21|status=churned");
	d = read_of(b);
	assert_int_equal(d.undated, 1);
	assert_null(
		row_of(&d, 20, day_of("2025-08-31"))); /* never active, says the domain */
	assert_int_equal(row_of(&d, 19, day_of("2025-05-31"))->leaves, 15);
	assert_null(row_of(&d, 19, day_of("2025-06-30")));
	assert_null(row_of(&d, 19, day_of("2025-08-31")));
	assert_int_equal(row_of(&d, 19, day_of("2025-09-30"))->leaves, 112);
	assert_null(row_of(&d, 19, day_of("2026-01-31")));
	assert_int_equal(row_of(&d, 0, day_of("2025-05-31"))->leaves, 10);
	assert_null(row_of(&d, 0, day_of("2025-06-30")));
	assert_int_equal(row_of(&d, 30, day_of("2025-06-30"))->leaves, BACKTEST_NEVER);
	assert_int_equal(d.leavers, LEAVERS_GONE + 2);
	backtest_data_clear(&d);
	book_free(&b);
}

static void whose_arr_shrank(void **state)
{
	struct store *s = leavers_store();
	struct book *b = rules_book(s, LEAVERS_DAY, "Dana");
	struct backtest_data d;

	(void)state;
	leavers_put(s, REC_MOVEMENT,
		"account_id=A30|date=2025-08-15|kind=contraction|arr_delta=-20000");
	d = read_of(b);
	assert_int_equal(row_of(&d, 29, day_of("2025-04-30"))->shrank, 2);
	assert_int_equal(row_of(&d, 29, day_of("2025-05-31"))->shrank, 1);
	assert_int_equal(row_of(&d, 29, day_of("2025-07-31"))->shrank, 1);
	assert_int_equal(row_of(&d, 29, day_of("2025-08-31"))->shrank, 2);
	assert_int_equal(row_of(&d, 0, day_of("2025-05-31"))->shrank, 0); /* left */
	backtest_data_clear(&d);
	book_free(&b);
}

static void alerts_in_sight(void **state)
{
	struct store *s = leavers_store();
	struct book *b = rules_book(s, LEAVERS_DAY, "Dana");
	struct backtest_data d;

	(void)state;
	/* A12 left on 2026-01-16: an opportunity, one long over, the first, a later one.
	 */
	leavers_put(s, REC_ALERT,
		"account_id=A12|kind=expansion|opened_on=2025-12-01|severity=opportunity|"
		"state=open");
	leavers_put(s, REC_ALERT,
		"account_id=A12|kind=silent|opened_on=2025-01-01|severity=warning|"
		"state=resolved|ended_on=2025-03-01");
	leavers_put(s, REC_ALERT,
		"account_id=A12|kind=no-touch|opened_on=2025-12-07|severity=warning|"
		"state=resolved|ended_on=2025-12-09");
	leavers_put(s, REC_ALERT,
		"account_id=A12|kind=detractor|opened_on=2026-01-10|severity=info|"
		"state=open");
	/* A11 left on 2025-12-27: opened before the 180 days, and in sight in them. */
	leavers_put(s, REC_ALERT,
		"account_id=A11|kind=blind|opened_on=2024-01-10|severity=info|state="
		"open");
	leavers_put(s, REC_ALERT,
		"account_id=A30|kind=blind|opened_on=2026-01-10|severity=info|state="
		"open");
	d = read_of(b);
	assert_int_equal(d.leavers, LEAVERS_GONE);
	assert_int_equal(d.leaver[11].alert, day_of("2025-12-07"));
	assert_int_equal(d.leaver[10].alert, d.leaver[10].day - BACKTEST_LEAD_DAYS);
	assert_int_equal(d.leaver[9].alert, DAY_NONE);
	assert_int_equal(d.quiet_n, LEAVERS_ACCOUNTS - LEAVERS_GONE);
	assert_int_equal(d.quiet_alerted, 1);
	backtest_data_clear(&d);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(later_rows_change_nothing),
		cmocka_unit_test(the_as_of_day_is_the_end),
		cmocka_unit_test(the_renewal_of_today_is_no_part),
		cmocka_unit_test(who_left),
		cmocka_unit_test(whose_arr_shrank),
		cmocka_unit_test(alerts_in_sight),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
