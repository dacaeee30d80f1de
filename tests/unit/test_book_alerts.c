/* Recalculations over days: what they find, tell once and take back. */
#include "core/act.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/alert_life.h"
#include "tests/support/alerting.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

/* A fall is told once, also after somebody closed it, and told anew when it is new. */
static void a_fall_is_told_once(void **state)
{
	struct book *b = alerting_book(ALERTING_ACCOUNT);
	const int64_t drop = 1;

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-01-01|kind=nps|score=10\n");
	alerting_measure(b, "2026-01-01", 20, 85);
	alerting_recalc_is(b, "2026-01-01", 0, 0);
	alerting_measure(b, "2026-01-08", 4, 30);
	alerting_recalc_is(
		b, "2026-01-08", 2, 0); /* liked, but not embedded: the other one */
	rows_are(book_store(b), REC_ALERT, 0,
		"account_id=A|kind=health-drop|opened_on=2026-01-08|severity=critical|"
		"state=open|x=100|y=51|day=2026-01-01\n"
		"account_id=A|kind=warm-but-idle|opened_on=2026-01-08|severity=info|"
		"state=open|x=10|y=4\n");
	alerting_recalc_is(b, "2026-01-08", 0, 0);
	alerting_recalc_is(b, "2026-01-09", 0, 0);
	MUST(book_close(b, &drop, 1, "they know", &e));
	alerting_recalc_is(b, "2026-01-10", 0, 0);
	alerting_measure(b, "2026-01-22", 4, 30);
	alerting_recalc_is(b, "2026-01-25", 0, 0); /* quiet no more, but the same fall */
	alerting_measure(b, "2026-01-26", 20, 85);
	alerting_recalc_is(b, "2026-01-26", 0, 1);
	alerting_measure(b, "2026-01-28", 4, 30);
	alerting_recalc_is(b, "2026-01-28", 2, 0);
	book_free(&b);
}

/* What is gone resolves; back within its quiet time it is the same one, with no second
 * play. */
static void back_again(void **state)
{
	struct book *b = alerting_book(ALERTING_ACCOUNT "|tier=2");

	(void)state;
	rows_put(book_store(b), REC_TOUCH, "account_id=A|date=2026-01-01|two_way=1\n");
	alerting_measure(b, "2026-01-01", 20, 85);
	alerting_recalc_is(
		b, "2026-01-30", 0, 0); /* 29 days: below the limit of tier 3 */
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-01|kind=nps|score=3\n");
	alerting_recalc_is(b, "2026-02-06", 2, 0); /* detractor, and silent for 36 days */
	alerting_measure(b, "2026-02-07", 20, 85);
	alerting_recalc_is(b, "2026-02-07", 0, 1);
	rows_are(book_store(b), REC_MESSAGE, 0,
		""); /* that nobody had logged in is not written any more */
	book_free(&b);
}

/* Put off until a day, through a day on which nothing was wrong. */
static void put_off_through_a_gap(void **state)
{
	struct book *b = alerting_book(ALERTING_ACCOUNT);
	const int64_t detractor = 1;

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-01|kind=nps|score=3\n");
	alerting_recalc_is(b, "2026-02-02", 1, 0);
	MUST(book_snooze(
		b, &detractor, 1, day_of("2026-02-10"), "their board meets", &e));
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-04|kind=nps|score=8\n");
	alerting_recalc_is(b, "2026-02-04", 0, 1);
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-05|kind=nps|score=3\n");
	alerting_recalc_is(b, "2026-02-05", 1, 0);
	rows_are(book_store(b), REC_ALERT, 0,
		"account_id=A|kind=detractor|opened_on=2026-02-02|severity=info|"
		"state=snoozed|x=3|day=2026-02-05|snoozed_until=2026-02-10|"
		"reason=their board meets|reopened=1\n");
	alerting_recalc_is(b, "2026-02-10", 0, 0);
	rows_are(book_store(b), REC_ALERT, 0,
		"account_id=A|kind=detractor|opened_on=2026-02-02|severity=info|"
		"state=open|x=3|day=2026-02-05|snoozed_until=2026-02-10|"
		"reason=their board meets|reopened=1\n");
	book_free(&b);
}

/* A past day keeps figures and leaves alerts alone: what is known later is not undone. */
static void past_days(void **state)
{
	struct book *b = alerting_book(ALERTING_ACCOUNT);

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-01|kind=nps|score=3\n");
	alerting_recalc_is(b, "2026-02-05", 1, 0);
	alerting_recalc_is(b, "2026-01-15", 0, 0);
	alerting_recalc_is(b, "2026-02-05", 0, 0);
	alerting_recalc_is(b, "2026-03-04", 0, 1);
	book_free(&b);
}

/* Who leaves has no alerts. */
static void churned(void **state)
{
	struct book *b = alerting_book(ALERTING_ACCOUNT);

	(void)state;
	rows_put(book_store(b), REC_SURVEY,
		"account_id=A|date=2026-02-01|kind=nps|score=3\n");
	alerting_recalc_is(b, "2026-02-05", 1, 0);
	rows_put(book_store(b), REC_ACCOUNT,
		ALERTING_ACCOUNT "|status=churned|churned_on=2026-02-06\n");
	alerting_recalc_is(b, "2026-02-06", 0, 1);
	book_free(&b);
}

/* A review saves the figures of its day anew, and looks at alerts as a recalculation
 * does. */
static void a_review_looks(void **state)
{
	static const struct {
		const char *why;
		int before,
			after; /* NPS when the day is recalculated, and from then on */
		uint32_t live, ended;
	} rows[] = {
		{ "opens", 9, 2, 1, 0 },
		{ "resolves", 2, 9, 0, 1 },
		{ "goes on", 2, 2, 1, 0 },
		{ "nothing", 9, 9, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct book *b = alerting_book(ALERTING_ACCOUNT);
		struct review r;

		alerting_place_in_3(b);
		alerting_nps(b, "2026-02-04", rows[i].before);
		alerting_recalc_is(b, "2026-02-05", rows[i].before < 9, 0);
		alerting_nps(b, "2026-02-05", rows[i].after);
		MUST(book_review(b, false, &r, &e)); /* looks at nothing but moves */
		review_clear(&r);
		alerting_ended_are(
			b, REC_ALERT, F_ALERT_ENDED, rows[i].why, rows[i].before < 9, 0);
		MUST(book_review(b, true, &r, &e));
		review_clear(&r);
		alerting_ended_are(b, REC_ALERT, F_ALERT_ENDED, rows[i].why, rows[i].live,
			rows[i].ended);
		alerting_recalc_is(b, "2026-02-05", 0, 0);
		book_free(&b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fall_is_told_once),
		cmocka_unit_test(back_again),
		cmocka_unit_test(put_off_through_a_gap),
		cmocka_unit_test(past_days),
		cmocka_unit_test(churned),
		cmocka_unit_test(a_review_looks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
