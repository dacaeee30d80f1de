/* The demo book: exact totals, tiers filled by the rules, money that adds up, and
 * stories that can be found in the rows. */
#include "core/demo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/book.h"
#include "tests/support/demos.h"
#include "tests/support/fake_store.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAYS_MAX 400u

/* ---- days ---- */

static void check_days(const char *today)
{
	struct demo_request r = demos_request(600, 1, today);
	struct demo_day days[DAYS_MAX];
	uint32_t n = demo_days(&r, days, DAYS_MAX), reviews = 0;

	assert_in_range(n, 78 + 12, 79 + 18);
	for (uint32_t i = 0; i < n; i++) {
		const bool month_end = day_civil(days[i].day + 1).day == 1;

		assert_true(i == 0 || days[i].day > days[i - 1].day);
		assert_true(month_end || (r.today - days[i].day) % 7 == 0);
		if (i + 1 < n)
			assert_true(!days[i].review || month_end);
		reviews += days[i].review;
	}
	assert_int_equal(days[n - 1].day, r.today);
	assert_true(days[n - 1].review);
	assert_in_range(reviews, 12, 13);
	assert_true(days[0].day > day_add_months(r.today, -18));
}

static void days_of_the_history(void **state)
{
	static const char *const todays[] = { "2026-11-20", "2026-03-31" };

	(void)state;
	for (size_t i = 0; i < LENGTH(todays); i++)
		check_days(todays[i]);
}

static void days_with_little_room(void **state)
{
	struct demo_request r = demos_request(600, 1, "2026-11-20");
	struct demo_day all[DAYS_MAX], few[5];
	uint32_t n = demo_days(&r, all, DAYS_MAX);

	(void)state;
	assert_int_equal(demo_days(&r, few, 5), 5);
	for (uint32_t i = 0; i < 5; i++)
		assert_int_equal(few[i].day, all[n - 5 + i].day);
	assert_int_equal(demo_days(&r, few, 0), 0);
}

static void days_of_a_large_book(void **state)
{
	struct demo_request r = demos_request(20001, 1, "2026-11-20");
	struct demo_day days[DAYS_MAX];
	uint32_t n = demo_days(&r, days, DAYS_MAX);

	(void)state;
	assert_int_equal(n, 7);
	for (uint32_t i = 0; i < n; i++) {
		assert_true(days[i].review);
		assert_true(i == n - 1 || day_civil(days[i].day + 1).day == 1);
	}
	assert_int_equal(days[n - 1].day, r.today);
}

/* ---- a book that was lived through ---- */

static int64_t midnight(const struct clock *c)
{
	return (int64_t)c->today * 86400;
}

/* The reviews alone make the same tiers as all days; takes the store. */
static struct book *lived(struct store *s, const struct demo_request *r)
{
	struct clock clock = { .today = r->today, .now = midnight };
	struct demo_day days[DAYS_MAX];
	const uint32_t n = demo_days(r, days, DAYS_MAX);
	struct review review;
	struct book *b;
	struct err e;

	if (book_open(s, &clock, "Test", &b, &e) != ST_OK)
		fail_msg("%s", e.text);
	for (uint32_t i = 0; i < n; i++) {
		if (!days[i].review)
			continue;
		clock.today = days[i].day;
		book_set_day(b, &clock);
		if (book_review(b, true, &review, &e) != ST_OK)
			fail_msg("%s", e.text);
		review_clear(&review);
	}
	return b;
}

static enum status count_move(void *arg, const struct tier_move *m, struct err *e)
{
	uint32_t *by_cause = arg;

	(void)e;
	by_cause[m->cause]++;
	return ST_OK;
}

static void tiers_by_the_rules(void **state)
{
	static const struct {
		const char *today;
		uint64_t seed;
	} rows[] = {
		{ "2026-11-20", 1 },
		{ "2026-11-21", 42 },
		{ "2026-03-31", 7 },
		{ "2024-02-29", 3 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct demo_request r = demos_request(600, rows[i].seed, rows[i].today);
		struct book *b = lived(demos_filled(&r), &r);
		uint32_t moved[CAUSE_COUNT] = { 0 };
		struct book_summary s;
		struct err e;

		assert_int_equal(book_summary(b, &s, &e), ST_OK);
		assert_int_equal(s.active, 600);
		assert_int_equal(s.csms, 6);
		assert_int_equal(s.arr, INT64_C(2400000000));
		assert_int_equal(s.in_tier[0], 0);
		assert_int_equal(s.in_tier[1], 60);
		assert_int_equal(s.in_tier[2], 180);
		assert_int_equal(s.in_tier[3], 360);
		assert_in_range(s.arr_in_tier[1], 1100000000, 1300000000);
		assert_in_range(s.in_band[BAND_HEALTHY], 55 * 6, 66 * 6);
		assert_in_range(s.in_band[BAND_WATCH], 23 * 6, 32 * 6);
		assert_in_range(s.in_band[BAND_AT_RISK], 8 * 6, 15 * 6);
		assert_in_range(s.in_band[BAND_UNKNOWN], 4, 24);
		assert_in_range(s.accounts, 620, 660);
		assert_int_equal(book_store(b)->ops->moves(
					 book_store(b), 0, count_move, moved, &e),
			ST_OK);
		assert_in_range(moved[CAUSE_PROMOTION], 1, 400);
		assert_in_range(moved[CAUSE_DEMOTION] + moved[CAUSE_CAP], 1, 400);
		assert_in_range(moved[CAUSE_SWAP], 2, 400);
		book_free(&b);
	}
}

/* ---- money ---- */

struct ledger {
	int32_t today;
	uint32_t accounts, active;
	int64_t arr;
	/* of one account */
	struct {
		int32_t from, until;
		int64_t delta;
	} item[64];
	int contracts, items; /* contracts first, then movements */
	int32_t first, last;  /* days with a change */
	bool churn;
	struct store *store;
};

static enum status take_contract(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct ledger *l = arg;

	(void)id;
	(void)e;
	assert_true(l->items < (int)LENGTH(l->item));
	assert_true(c[F_CONTRACT_ARR].i > 0);
	assert_true(c[F_CONTRACT_FROM].i < c[F_CONTRACT_UNTIL].i);
	l->item[l->items].from = (int32_t)c[F_CONTRACT_FROM].i;
	l->item[l->items].until = (int32_t)c[F_CONTRACT_UNTIL].i;
	l->item[l->items++].delta = c[F_CONTRACT_ARR].i;
	l->contracts++;
	return ST_OK;
}

static enum status take_movement(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct ledger *l = arg;
	const struct text kind = c[F_MOVEMENT_KIND].t;
	const int64_t delta = c[F_MOVEMENT_DELTA].i;
	const bool gain = text_eq(kind, TEXT("new")) || text_eq(kind, TEXT("expansion"));

	(void)id;
	(void)e;
	assert_true(l->items < (int)LENGTH(l->item));
	assert_true(gain ? delta > 0 : delta < 0);
	assert_true(c[F_MOVEMENT_DATE].i <= l->today);
	l->churn = l->churn || text_eq(kind, TEXT("churn"));
	l->item[l->items].from = (int32_t)c[F_MOVEMENT_DATE].i;
	l->item[l->items].until = INT32_MAX;
	l->item[l->items++].delta = delta;
	return ST_OK;
}

static int64_t sum_on(const struct ledger *l, int from, int to, int32_t day)
{
	int64_t sum = 0;

	for (int k = from; k < to; k++)
		if (l->item[k].from <= day && day < l->item[k].until)
			sum += l->item[k].delta;
	return sum;
}

/* On the day of every change, and the day before, both say the same. */
static enum status check_account(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct ledger *l = arg;
	const bool active = c[F_CHURNED_ON].type == CELL_MISSING;

	l->items = l->contracts = 0;
	l->churn = false;
	assert_int_equal(l->store->ops->rows(l->store, REC_CONTRACT, (uint32_t)id,
				 take_contract, l, e),
		ST_OK);
	assert_int_equal(l->store->ops->rows(l->store, REC_MOVEMENT, (uint32_t)id,
				 take_movement, l, e),
		ST_OK);
	for (int k = 0; k < l->items; k++)
		for (int32_t day = l->item[k].from - 1; day <= l->item[k].from; day++)
			assert_int_equal(sum_on(l, 0, l->contracts, day),
				sum_on(l, l->contracts, l->items, day));
	assert_int_equal(
		sum_on(l, 0, l->contracts, l->today), active ? c[F_ARR].i : INT64_C(0));
	assert_int_equal(l->churn, !active);
	assert_true(text_eq(c[F_STATUS].t, active ? TEXT("active") : TEXT("churned")));
	assert_int_equal(c[F_CHURN_REASON].type == CELL_MISSING, active);
	l->accounts++;
	l->active += active;
	l->arr += active ? c[F_ARR].i : 0;
	return ST_OK;
}

static void money_adds_up(void **state)
{
	static const struct {
		uint32_t accounts, csms;
		int months;
	} rows[] = {
		{ 600, 6, 18 },
		{ 1, 1, 1 },
		{ 2, 1, 60 },
		{ 17, 3, 18 },
		{ 59, 40, 24 },
		{ 1000, 8, 36 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct demo_request r = demos_request(rows[i].accounts, i, "2026-11-20");
		struct ledger l = { .today = r.today };
		struct err e;

		r.csms = rows[i].csms;
		r.months = rows[i].months;
		l.store = demos_filled(&r);
		assert_int_equal(
			l.store->ops->accounts_all(l.store, check_account, &l, &e),
			ST_OK);
		assert_int_equal(l.active, r.accounts);
		assert_int_equal(l.arr, (int64_t)r.accounts * 4000000);
		l.store->ops->close(l.store);
	}
}

static void large_books_are_coarse(void **state)
{
	enum { SAMPLE = 64 };
	struct demo_request r = demos_request(20001, 1, "2026-11-20");
	struct ledger l = { .today = r.today };
	uint32_t ids[SAMPLE];
	struct err e;

	(void)state;
	for (uint32_t k = 0; k < SAMPLE; k++)
		ids[k] = 1 + k * 331;
	l.store = demos_filled(&r);
	assert_int_equal(l.store->ops->rows_of(l.store, REC_ACCOUNT, ids, SAMPLE,
				 check_account, &l, &e),
		ST_OK);
	assert_int_equal(l.accounts, SAMPLE);
	assert_in_range(l.active, SAMPLE / 2, SAMPLE);
	l.store->ops->close(l.store);
}

/* ---- the same again ---- */

static uint64_t digest_of(uint64_t seed)
{
	struct demo_request r = demos_request(120, seed, "2026-11-20");
	struct store *s = demos_filled(&r);
	const uint64_t digest = fake_digest(s);

	s->ops->close(s);
	return digest;
}

static void same_request_same_book(void **state)
{
	(void)state;
	assert_true(digest_of(5) == digest_of(5));
	assert_true(digest_of(5) != digest_of(6));
}

struct patience {
	uint64_t calls, until, last;
};

static bool lose_patience(void *arg, uint64_t done, uint64_t total)
{
	struct patience *p = arg;

	assert_true(done >= p->last && done < total);
	p->last = done;
	return ++p->calls <= p->until;
}

static void cancelled_leaves_nothing(void **state)
{
	static const uint64_t until[] = { 0, 1, 7 };

	(void)state;
	for (size_t i = 0; i < LENGTH(until); i++) {
		struct demo_request r = demos_request(30, 1, "2026-11-20");
		struct patience p = { .until = until[i] };
		struct store *s = fake_store_new();
		const uint64_t empty = fake_digest(s);
		struct err e;

		r.progress = lose_patience;
		r.arg = &p;
		assert_int_equal(demo_fill(s, &r, &e), ST_CANCELLED);
		assert_int_equal(p.calls, until[i] + 1);
		assert_true(fake_digest(s) == empty);
		s->ops->close(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_of_the_history),
		cmocka_unit_test(days_with_little_room),
		cmocka_unit_test(days_of_a_large_book),
		cmocka_unit_test(tiers_by_the_rules),
		cmocka_unit_test(money_adds_up),
		cmocka_unit_test(large_books_are_coarse),
		cmocka_unit_test(same_request_same_book),
		cmocka_unit_test(cancelled_leaves_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
