/* The past of a book as a backtest reads it: nothing later leaks in, who left when, what
 * was in sight; and that it was made. */
#include "core/book_backtest.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/audit.h"
#include "core/backtest_text.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

enum { ACCOUNTS = 40, GONE = 12 };
#define AS_OF "2026-03-31"

static char day_text[DAY_TEXT_MAX];

static const char *iso(int32_t day)
{
	return day_format(day, day_text);
}

/* A row; of one that is there only these fields. */
static void put(struct store *s, enum record_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void put(struct store *s, enum record_kind kind, const char *format, ...)
{
	char row[300];
	va_list ap;

	va_start(ap, format);
	vsnprintf(row, sizeof(row), format, ap);
	va_end(ap);
	MUST(s->ops->begin(s, &e));
	rows_take(s, kind, PUT_OVERWRITE, row_fields(kind, row), row);
	MUST(s->ops->commit(s, &e));
}

static int32_t gone_on(int i)
{
	return day_of("2025-06-10") + 20 * i;
}

/* Accounts A01..A40 for years; the first twelve left, one every twenty days; each is
 * measured once a month. Those on the way out are used less and less. */
static struct store *store_of(void)
{
	struct store *s = fake_store_new();

	for (int i = 0; i < ACCOUNTS; i++) {
		const bool gone = i < GONE;

		if (gone)
			put(s, REC_ACCOUNT,
				"account_id=A%02d|arr=120000|contract_start=2023-01-01|"
				"features_available=10|seats_purchased=20|status=churned|"
				"churned_on=%s",
				i + 1, iso(gone_on(i)));
		else
			put(s, REC_ACCOUNT,
				"account_id=A%02d|arr=120000|contract_start=2023-01-01|"
				"features_available=10|seats_purchased=20|"
				"renewal_date=2026-08-01",
				i + 1);
		for (int32_t d = day_of("2025-02-20"); d < day_of(AS_OF); d += 10) {
			const int32_t left = gone ? gone_on(i) - d : 9999;
			const int use = left < 100 ? 4 + i % 3 : 8 + (i * 7 + d) % 12;

			if (left <= 0)
				continue;
			put(s, REC_SIGNAL,
				"account_id=A%02d|date=%s|signal=active_days|value=%d",
				i + 1, iso(d), use);
			put(s, REC_SIGNAL,
				"account_id=A%02d|date=%s|signal=features_used|value=%d",
				i + 1, iso(d), 2 + (i + d) % 8);
			put(s, REC_SIGNAL,
				"account_id=A%02d|date=%s|signal=seats_active|value=%d",
				i + 1, iso(d), 5 + (i * 3 + d) % 15);
		}
	}
	return s;
}

static struct backtest_data read_of(struct book *b)
{
	struct backtest_data d;

	MUST(book_backtest_read(b, 90, &d, &e));
	return d;
}

static struct backtest made_of(struct book *b)
{
	struct backtest t;

	MUST(book_backtest(b, 90, &t, &e));
	return t;
}

/* ---- nothing later -------------------------------------------------------------------
 */

/* Rows of all kinds dated on some day after `cut`, of everybody who stayed. */
static void put_later(struct store *s, int32_t cut)
{
	for (int a = GONE; a < ACCOUNTS; a++) {
		char on[DAY_TEXT_MAX];

		day_format(cut + 1 + a % 20, on);
		put(s, REC_SIGNAL, "account_id=A%02d|date=%s|signal=active_days|value=0",
			a + 1, on);
		put(s, REC_SIGNAL, "account_id=A%02d|date=%s|signal=pulse|value=1", a + 1,
			on);
		put(s, REC_SURVEY, "account_id=A%02d|date=%s|kind=nps|score=0", a + 1,
			on);
		put(s, REC_TICKET, "ticket_id=T%d|account_id=A%02d|opened_on=%s", a,
			a + 1, on);
		put(s, REC_TOUCH, "account_id=A%02d|date=%s|kind=call|two_way=1", a + 1,
			on);
		put(s, REC_CONTACT,
			"account_id=A%02d|name=C|role=champion|since=2023-01-01|left_on=%"
			"s",
			a + 1, on);
		put(s, REC_CONTACT, "account_id=A%02d|name=D|role=sponsor|since=%s",
			a + 1, on);
		put(s, REC_ACCOUNT, "account_id=A%02d|onboarding_started=%s", a + 1, on);
	}
}

/* The contact who is there all along is known from the start in both books. */
static struct store *store_with_contacts(void)
{
	struct store *s = store_of();

	for (int a = GONE; a < ACCOUNTS; a++)
		put(s, REC_CONTACT,
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
		struct book *without = rules_book(store_with_contacts(), AS_OF, "Dana");
		struct book *with = rules_book(store_with_contacts(), AS_OF, "Dana");
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
	struct book *without = rules_book(store_with_contacts(), AS_OF, "Dana");
	struct book *with = rules_book(store_with_contacts(), AS_OF, "Dana");
	struct backtest a, b;

	(void)state;
	put_later(book_store(with), day_of(AS_OF));
	put(book_store(with), REC_ACCOUNT, "account_id=A40|churned_on=2026-04-01");
	put(book_store(with), REC_MOVEMENT,
		"account_id=A39|date=2026-04-02|kind=churn|arr_delta=-120000");
	a = made_of(without);
	b = made_of(with);
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
	struct book *b = rules_book(store_of(), AS_OF, "Dana");
	struct backtest_data before = read_of(b), after;

	(void)state;
	for (int a = GONE; a < ACCOUNTS; a++)
		put(book_store(b), REC_ACCOUNT,
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

/* ---- who left ------------------------------------------------------------------------
 */

static void who_left(void **state)
{
	struct store *s = store_of();
	struct book *b = rules_book(s, AS_OF, "Dana");
	struct backtest_data d;

	(void)state;
	/* By a movement, twice; a date without a movement; neither. */
	put(s, REC_MOVEMENT, "account_id=A20|date=2025-06-15|kind=churn|arr_delta=-1");
	put(s, REC_MOVEMENT,
		"account_id=A20|date=2025-09-10|kind=reactivation|arr_delta=1");
	put(s, REC_MOVEMENT, "account_id=A20|date=2026-01-20|kind=churn|arr_delta=-1");
	put(s, REC_MOVEMENT, "account_id=A01|date=2025-06-12|kind=churn|arr_delta=-1");
	put(s, REC_ACCOUNT, "account_id=A21|status=churned");
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
	assert_int_equal(d.leavers, GONE + 2);
	backtest_data_clear(&d);
	book_free(&b);
}

static void whose_arr_shrank(void **state)
{
	struct store *s = store_of();
	struct book *b = rules_book(s, AS_OF, "Dana");
	struct backtest_data d;

	(void)state;
	put(s, REC_MOVEMENT,
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
	struct store *s = store_of();
	struct book *b = rules_book(s, AS_OF, "Dana");
	struct backtest_data d;

	(void)state;
	/* A12 left on 2026-01-16: an opportunity, one long over, the first, a later one.
	 */
	put(s, REC_ALERT,
		"account_id=A12|kind=expansion|opened_on=2025-12-01|severity=opportunity|"
		"state=open");
	put(s, REC_ALERT,
		"account_id=A12|kind=silent|opened_on=2025-01-01|severity=warning|"
		"state=resolved|ended_on=2025-03-01");
	put(s, REC_ALERT,
		"account_id=A12|kind=no-touch|opened_on=2025-12-07|severity=warning|"
		"state=resolved|ended_on=2025-12-09");
	put(s, REC_ALERT,
		"account_id=A12|kind=detractor|opened_on=2026-01-10|severity=info|"
		"state=open");
	/* A11 left on 2025-12-27: opened before the 180 days, and in sight in them. */
	put(s, REC_ALERT,
		"account_id=A11|kind=blind|opened_on=2024-01-10|severity=info|state="
		"open");
	put(s, REC_ALERT,
		"account_id=A30|kind=blind|opened_on=2026-01-10|severity=info|state="
		"open");
	d = read_of(b);
	assert_int_equal(d.leavers, GONE);
	assert_int_equal(d.leaver[11].alert, day_of("2025-12-07"));
	assert_int_equal(d.leaver[10].alert, d.leaver[10].day - BACKTEST_LEAD_DAYS);
	assert_int_equal(d.leaver[9].alert, DAY_NONE);
	assert_int_equal(d.quiet_n, ACCOUNTS - GONE);
	assert_int_equal(d.quiet_alerted, 1);
	backtest_data_clear(&d);
	book_free(&b);
}

/* ---- leaks ---------------------------------------------------------------------------
 */

static bool leaks(const struct backtest *t, enum backtest_leak_kind kind, int input)
{
	for (int k = 0; k < t->leaks; k++)
		if (t->leak[k].kind == kind && t->leak[k].input == input)
			return true;
	return false;
}

/* A survey that was written after they left, and dated back by a quarter; a measurement
 * on the day itself. */
static void a_column_that_was_dated_back(void **state)
{
	struct store *s = store_of();
	struct book *b = rules_book(s, AS_OF, "Dana");
	struct backtest t = made_of(b);

	(void)state;
	assert_int_equal(t.verdict, BACKTEST_TELLS);
	assert_false(leaks(&t, BACKTEST_LEAK_INPUT, COMP_SENTIMENT));
	backtest_clear(&t);
	for (int i = 0; i < ACCOUNTS; i++)
		for (int32_t d = day_of("2025-03-01"); d < day_of("2026-01-01"); d += 30)
			if (i >= GONE || d < gone_on(i) - 100)
				put(s, REC_SURVEY,
					"account_id=A%02d|date=%s|kind=nps|score=%d",
					i + 1, iso(d), 7 + i % 4);
	for (int i = 0; i < GONE; i++)
		for (int back = 100; back > 0; back -= 20)
			put(s, REC_SURVEY, "account_id=A%02d|date=%s|kind=nps|score=0",
				i + 1, iso(gone_on(i) - back));
	put(s, REC_SIGNAL, "account_id=A03|date=%s|signal=logins|value=1",
		iso(gone_on(2)));
	t = made_of(b);
	assert_true(leaks(&t, BACKTEST_LEAK_INPUT, COMP_SENTIMENT));
	assert_true(leaks(&t, BACKTEST_LEAK_AFTER, -1));
	assert_true(t.proposal.held[COMP_SENTIMENT]);
	backtest_clear(&t);
	book_free(&b);
}

/* ---- what is proposed, and that it was made -------------------------------------------
 */

static void the_file_is_a_policy(void **state)
{
	struct book *b = rules_book(store_of(), AS_OF, "Dana");
	struct backtest t = made_of(b);
	struct policy is;
	struct arena a;
	const char *text;

	(void)state;
	arena_init(&a);
	assert_true(t.proposal.made && t.proposal.tried);
	assert_int_equal(t.proposal.active, ACCOUNTS - GONE);
	for (int better = 0; better < 2; better++) {
		t.proposal.better = better;
		t.proposal.sharper = true;
		text = book_backtest_policy(&t, &a);
		MUST(policy_merge(book_policy(b), text, "proposal", &is, NULL, &e));
		for (int c = 0; c < COMP_COUNT; c++)
			assert_int_equal((int)is.health[2].weight[c],
				better ? t.proposal.then[c] : t.proposal.now[c]);
		assert_true((fabs(is.number[POLICY_TRIAGE_FLOOR] -
				     t.proposal.curve_then.floor) < 1e-4) == !better);
	}
	arena_clear(&a);
	backtest_clear(&t);
	book_free(&b);
}

static bool never_backtested;

static enum status hear(void *arg, const struct audit_finding *f, struct err *e)
{
	(void)arg;
	(void)e;
	never_backtested |= strcmp(f->check->name, "never-backtested") == 0;
	return ST_OK;
}

static bool is_blamed(struct book *b)
{
	never_backtested = false;
	MUST(audit_run(b, hear, NULL, &e));
	return never_backtested;
}

static void it_is_remembered(void **state)
{
	struct store *s = store_of();
	struct book *b = rules_book(s, AS_OF, "Dana");
	char title[BACKTEST_TEXT_MAX];
	struct recalc_result r;
	struct backtest t;
	struct text last;
	struct arena a;
	int64_t at;

	(void)state;
	arena_init(&a);
	assert_false(is_blamed(b)); /* never even recalculated */
	MUST(book_recalc(b, &r, &e));
	assert_true(is_blamed(b));
	t = made_of(b);
	assert_false(is_blamed(b)); /* it is at hand */
	rules_day(b, "2026-04-01"); /* and now no more */
	assert_true(is_blamed(b));
	MUST(book_backtest_recorded(b, &a, &last, &at, &e));
	assert_null(last.s);
	MUST(book_backtest_record(b, &t, &e));
	MUST(book_backtest_recorded(b, &a, &last, &at, &e));
	assert_true(text_eq(last, text_of(backtest_title(&t, title))));
	assert_true(at > 0);
	assert_false(is_blamed(b));
	put(s, REC_ACCOUNT, "account_id=A03|status=active|churned_on=");
	put(s, REC_ACCOUNT, "account_id=A04|status=active|churned_on=");
	put(s, REC_ACCOUNT, "account_id=A05|status=active|churned_on=");
	assert_false(is_blamed(b));
	arena_clear(&a);
	backtest_clear(&t);
	book_free(&b);
}

static bool stop(void *arg, const char *what, uint64_t done, uint64_t total)
{
	int *left = arg;

	(void)what;
	assert_true(done <= total);
	return (*left)-- > 0;
}

/* Wherever it is stopped, nothing is left. */
static void it_can_be_stopped(void **state)
{
	struct book *b = rules_book(store_of(), AS_OF, "Dana");
	enum status st = ST_CANCELLED;

	(void)state;
	for (int after = 0; st != ST_OK; after++) {
		int left = after;
		const struct progress p = { stop, &left };
		struct backtest t;

		assert_true(after < 200);
		book_progress(b, &p);
		st = book_backtest(b, 90, &t, NULL);
		assert_true(st == ST_OK || st == ST_CANCELLED);
		backtest_clear(&t);
	}
	book_progress(b, NULL);
	book_free(&b);
}

static void an_empty_book(void **state)
{
	struct book *b = rules_book(fake_store_new(), AS_OF, "Dana");
	struct backtest t = made_of(b);

	(void)state;
	assert_int_equal(t.verdict, BACKTEST_TOO_FEW);
	assert_int_equal(t.months, 0);
	backtest_clear(&t);
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
		cmocka_unit_test(a_column_that_was_dated_back),
		cmocka_unit_test(the_file_is_a_policy),
		cmocka_unit_test(it_is_remembered),
		cmocka_unit_test(it_can_be_stopped),
		cmocka_unit_test(an_empty_book),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
