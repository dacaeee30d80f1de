/* Trends of a book, against plain counting over its snapshots and tickets. */
#include "core/book_trend.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/list.h"
#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

enum { ACCOUNTS = 36 };

/* Health and tier of the day, from the whole snapshot. */
static void check_point(struct book *b, const struct trend_point *p, const uint8_t *in)
{
	struct store *s = book_store(b);
	struct book_figures f;
	struct scores scores;
	uint8_t tier[ACCOUNTS];
	uint32_t active = 0, band[4] = { 0 }, tiers[4] = { 0 }, known = 0;
	double sum = 0;

	MUST(book_figures(b, &f, &e));
	MUST(scores_init(&scores, ACCOUNTS, &e));
	MUST(s->ops->snapshot_load(s, p->at.day, 0, &scores, tier, &e));
	for (int i = 0; i < ACCOUNTS; i++) {
		const uint8_t h = scores.health[i];

		if (h == HEALTH_NONE || (in && !in[i]))
			continue;
		active++;
		band[h == 0 ? 0 : h < 50 ? 1 : h < 75 ? 2 : 3]++;
		tiers[p->at.day == book_as_of(b) ? f.tier[i] : tier[i]]++;
		known += h > 0;
		sum += h;
	}
	assert_int_equal(p->active, active);
	assert_memory_equal(p->in_band, band, sizeof(band));
	assert_memory_equal(p->in_tier, tiers, sizeof(tiers));
	if (known)
		assert_true(fabs(p->mean - sum / known) < 1e-9);
	else
		assert_true(isnan(p->mean));
	scores_clear(&scores);
}

static void the_base(void **state)
{
	struct book *b = *state;
	const struct trend_query q = { .weeks = 52 };
	struct book_trend *t;
	const struct trend *x;

	MUST(book_trend_new(b, &q, &t, &e));
	x = book_trend_known(t);
	assert_int_equal(x->counted, 0); /* at once */
	assert_int_equal(x->points, 52);
	assert_int_equal(x->step, 7);
	assert_int_equal(x->point[51].at.day, book_as_of(b));
	for (uint32_t i = 0; i < x->points; i++) {
		check_point(b, &x->point[i], NULL);
		assert_true(i == 0 || x->point[i].at.day > x->point[i - 1].at.day);
	}
	book_trend_free(&t);
}

static void some_accounts(void **state)
{
	struct book *b = *state;
	uint8_t in[ACCOUNTS] = { 0 };
	struct trend_query q = { .in = in, .in_n = 30, .weeks = 26 };
	struct book_trend *t;
	const struct trend *x;

	for (int i = 0; i < ACCOUNTS; i++)
		in[i] = i % 3 == 0 && i < 30;
	MUST(book_trend_new(b, &q, &t, &e));
	assert_int_equal(book_trend_known(t)->counted, 26); /* still to come */
	book_trend_free(&t);
	t = rules_trend(b, &q);
	x = book_trend_known(t);
	assert_int_equal(x->counted, 0);
	for (uint32_t i = 0; i < x->points; i++)
		check_point(b, &x->point[i], in);
	book_trend_free(&t);
}

static void ranges(void **state)
{
	static const struct {
		int weeks;
		uint32_t points;
		int step, months;
	} rows[] = { { 13, 13, 7, 3 }, { 26, 26, 7, 6 }, { 52, 52, 7, 12 },
		{ 104, 61, 7, 24 }, { 0, 61, 7, 60 } };
	struct book *b = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct trend_query q = { .weeks = rows[i].weeks };
		struct book_trend *t = rules_trend(b, &q);
		const struct trend *x = book_trend_known(t);

		assert_int_equal(x->points, rows[i].points);
		assert_int_equal(x->step, rows[i].step);
		assert_int_equal(x->months, rows[i].months);
		/* March is over on its last day. */
		assert_int_equal(x->month[x->months - 1].first, day_of("2026-03-01"));
		book_trend_free(&t);
	}
}

static void lines(void **state)
{
	struct book *b = *state;
	const struct trend_query q = { .weeks = 13, .line = { 3, 8, 36 }, .lines = 3 };
	struct book_trend *t = rules_trend(b, &q);
	const struct trend *x = book_trend_known(t);
	struct store *s = book_store(b);

	assert_int_equal(x->lines, 3);
	for (uint32_t i = 0; i < x->points; i++) {
		struct scores scores;

		MUST(scores_init(&scores, ACCOUNTS, &e));
		MUST(s->ops->snapshot_load(s, x->point[i].at.day, 0, &scores, NULL, &e));
		for (int k = 0; k < 3; k++) {
			const uint8_t h = scores.health[q.line[k] - 1];

			if (h == HEALTH_NONE || h == HEALTH_UNKNOWN)
				assert_true(isnan(x->line[k][i]));
			else
				assert_int_equal((int)x->line[k][i], h);
		}
		scores_clear(&scores);
	}
	book_trend_free(&t);
}

/* ---- months --------------------------------------------------------------------- */

/* A had 100 all along, B went from 50 to 40 in February, C left in March, D is new in
 * March; the tickets are of A and B. */
static struct book *months_book(void)
{
	struct store *s = fake_store_new();

	rows_put(s, REC_ACCOUNT,
		"account_id=A|arr=10000\naccount_id=B|arr=4000\n"
		"account_id=C|arr=3000|churned_on=2026-03-15\n"
		"account_id=D|arr=900|contract_start=2026-03-02");
	rows_put(s, REC_MOVEMENT,
		"account_id=B|date=2026-02-10|kind=contraction|arr_delta=-1000");
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=A|opened_on=2026-02-28|root_cause=bug\n"
		"ticket_id=2|account_id=B|opened_on=2026-03-01|root_cause= bug \n"
		"ticket_id=3|account_id=B|opened_on=2026-03-31|root_cause=how-to\n"
		"ticket_id=4|account_id=A|opened_on=2026-04-01|root_cause=how-to\n"
		"ticket_id=5|account_id=A|opened_on=2026-03-05\n"
		"ticket_id=6|account_id=A|opened_on=2025-12-31|root_cause=bug");
	return rules_book(s, "2026-04-10", "");
}

static void months(void **state)
{
	struct book *b = months_book();
	uint8_t in[] = { 0, 1, 1, 1 };
	struct trend_query q = { .weeks = 13 };
	struct book_trend *t = rules_trend(b, &q);
	const struct trend *x = book_trend_known(t);

	(void)state;
	assert_int_equal(x->points, 0); /* never recalculated */
	assert_int_equal(x->months, 3);
	assert_int_equal(x->month[0].first, day_of("2026-01-01"));
	/* January: nothing moved. February: 18000 - 1000. March: C's 3000 are gone. */
	assert_int_equal(x->month[0].month.opening, 18000);
	assert_int_equal(x->month[0].month.closing, 18000);
	assert_int_equal(x->month[1].month.closing, 17000);
	assert_int_equal(x->month[2].month.opening, 17000);
	assert_int_equal(x->month[2].month.closing, 14000);
	assert_int_equal(x->month[2].month.lost, 1);
	assert_int_equal(x->month[2].year.opening, 18000);
	assert_int_equal(x->month[2].year.kept, 14000);
	assert_true(fabs(trend_grr(&x->month[2].year) - 1400.0 / 18) < 1e-9);
	assert_string_equal(x->cause[0], "bug");
	assert_string_equal(x->cause[1], "how-to");
	assert_string_equal(x->cause[2], "others");
	assert_string_equal(x->cause[3], "");
	assert_int_equal(x->month[0].tickets[0], 0);
	assert_int_equal(x->month[1].tickets[0], 1);
	assert_int_equal(x->month[2].tickets[0], 1);
	assert_int_equal(x->month[2].tickets[1], 1);
	assert_int_equal(x->month[2].tickets[2], 1);
	book_trend_free(&t);
	q.in = in;
	q.in_n = 4;
	t = rules_trend(b, &q);
	x = book_trend_known(t);
	assert_int_equal(x->month[2].month.opening, 7000);
	assert_int_equal(x->month[2].month.closing, 4000);
	assert_int_equal(x->month[1].tickets[0], 0);
	assert_string_equal(x->cause[2], "");
	book_trend_free(&t);
	book_free(&b);
}

static void save_day(
	struct store *s, const char *day, int32_t version, const uint8_t tier[4])
{
	struct scores scores;
	struct tiers tiers;

	MUST(scores_init(&scores, 4, &e));
	MUST(tiers_init(&tiers, 4, &e));
	memset(scores.health, 60, 4);
	memcpy(tiers.tier, tier, 4);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->snapshot_save(
		s, (struct snapshot_day){ day_of(day), version }, &scores, &tiers, &e));
	MUST(s->ops->commit(s, &e));
	scores_clear(&scores);
	tiers_clear(&tiers);
}

/* Of customers of today alone nothing is known to be kept but from the first snapshot on,
 * or where somebody who left before it is on record. */
static void survivors(void **state)
{
	static const uint8_t tier[4] = { 0 };
	static const struct {
		const char *more, *snapshot;
		bool month[3], year; /* NRR is known; the year: of the last */
	} rows[] = {
		{ NULL, NULL, { false, false, false }, false },
		{ NULL, "2026-01-31", { false, true, true }, false },
		{ NULL, "2026-02-01", { false, false, true }, false },
		{ NULL, "2025-03-31", { true, true, true }, true },
		{ "account_id=C|arr=3000|churned_on=2026-01-30", "2026-01-31",
			{ true, true, true }, true },
		{ "account_id=C|arr=3000|churned_on=2026-01-31", "2026-01-31",
			{ false, true, true }, false },
	};
	static const char *const contracts[] = { NULL, "2026-01-30", "2026-04-10",
		"2026-04-11" };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct store *s = fake_store_new();
		const struct trend_query q = { .weeks = 13 };
		struct book_trend *t;
		const struct trend *x;
		struct book *b;

		rows_put(s, REC_ACCOUNT, "account_id=A|arr=10000\naccount_id=B|arr=4000");
		if (rows[i].more)
			rows_put(s, REC_ACCOUNT, rows[i].more);
		b = rules_book(s, "2026-04-10", "");
		if (rows[i].snapshot)
			save_day(s, rows[i].snapshot, 1, tier);
		t = rules_trend(b, &q);
		x = book_trend_known(t);
		for (int m = 0; m < 3; m++)
			if (isnan(trend_nrr(&x->month[m].month)) == rows[i].month[m])
				fail_msg("row %zu, month %d", i, m);
		assert_int_equal(!isnan(trend_grr(&x->month[2].year)), rows[i].year);
		assert_true(x->month[2].year.opening > 0);
		book_trend_free(&t);
		book_free(&b);
	}
	/* A contract that ended by the as-of day tells of somebody who left; one that
	 * ends after it doesn't. */
	for (size_t i = 0; i < sizeof(contracts) / sizeof(*contracts); i++) {
		struct store *s = fake_store_new();
		const struct trend_query q = { .weeks = 13 };
		struct book_trend *t;
		struct book *b;
		char row[120];

		rows_put(s, REC_ACCOUNT, "account_id=A|arr=10000\naccount_id=E");
		snprintf(row, sizeof(row),
			"account_id=E|contract_id=1|start=2024-01-01|"
			"end=%s|arr=1000",
			contracts[i] ? contracts[i] : "2027-01-01");
		rows_put(s, REC_CONTRACT, row);
		b = rules_book(s, "2026-04-10", "");
		t = rules_trend(b, &q);
		assert_int_equal(
			book_trend_known(t)->month[0].month.survivors, i == 0 || i == 3);
		book_trend_free(&t);
		book_free(&b);
	}
}

/* Two hundred causes, each rarer than "often" (4), "oft" (3), "sometimes" (3), "twice"
 * (2): the most frequent are found in whatever order the tickets come. */
static void many_causes(void **state)
{
	enum { RARE = 200 };
	static const char *const often[] = { "often", "often", "oft", "sometimes",
		"twice", "often", "often", "oft", "oft", "sometimes", "sometimes",
		"twice" };
	enum { OFTEN = sizeof(often) / sizeof(*often) };

	(void)state;
	for (int last = 0; last < 2; last++) {
		struct book *b = rules_book(fake_store_new(), "2026-04-10", "");
		const struct trend_query q = { .weeks = 13 };
		struct book_trend *t;
		const struct trend *x;
		char row[120];

		rows_put(book_store(b), REC_ACCOUNT, "account_id=A|arr=100");
		for (int i = 0; i < RARE + OFTEN; i++) {
			const int k =
				last ? i - RARE : i; /* the frequent ones, at an end */
			char rare[32];

			snprintf(rare, sizeof(rare), "rare %d", i);
			snprintf(row, sizeof(row),
				"ticket_id=%d|account_id=A|opened_on=2026-03-05"
				"|root_cause=%s",
				i, k >= 0 && k < OFTEN ? often[k] : rare);
			rows_put(book_store(b), REC_TICKET, row);
		}
		t = rules_trend(b, &q);
		x = book_trend_known(t);
		assert_string_equal(x->cause[0], "often");
		assert_string_equal(x->cause[1], "oft");
		assert_string_equal(x->cause[2], "sometimes");
		assert_string_equal(x->cause[3], "twice");
		assert_string_equal(x->cause[4], "others");
		assert_int_equal(x->month[2].tickets[0], 4);
		assert_int_equal(x->month[2].tickets[1], 3);
		assert_int_equal(x->month[2].tickets[3], 2);
		assert_int_equal(x->month[2].tickets[4], RARE);
		book_trend_free(&t);
		book_free(&b);
	}
}

/* All there is reaches back to the first ticket and to the first ARR that came or went,
 * though no snapshot does. */
static void all_months(void **state)
{
	struct book *b = months_book();
	const struct trend_query q = { .weeks = 0 };
	struct store *s = book_store(b);
	struct book_trend *t;
	const struct trend *x;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=E|arr=500|contract_start=2023-07-10");
	rows_put(s, REC_TICKET, "ticket_id=7|account_id=A|opened_on=2024-02-05");
	t = rules_trend(b, &q);
	x = book_trend_known(t);
	assert_int_equal(x->months, TREND_MONTHS_MAX);
	assert_int_equal(x->month[x->revenue_first].first, day_of("2023-07-01"));
	assert_int_equal(x->month[x->revenue_first].month.opening, 18000);
	assert_int_equal(x->month[x->tickets_first].first, day_of("2024-02-01"));
	book_trend_free(&t);
	book_free(&b);
	/* Nothing older than a year: a year. */
	b = months_book();
	t = rules_trend(b, &q);
	x = book_trend_known(t);
	assert_int_equal(x->month[x->revenue_first].first, day_of("2025-04-01"));
	assert_int_equal(x->month[x->tickets_first].first, day_of("2025-04-01"));
	book_trend_free(&t);
	book_free(&b);
}

/* ---- tiers ---------------------------------------------------------------------- */

/* On the last of January A to D had 100, 50, 30 and nothing, in March 100, 40, 30 and 9,
 * in tiers 1, 2, 3 and none, and 2, 2, 1 and 3; on the day of the figures nobody is
 * placed. The policy of now is not that of then, and of one nothing is known. */
static void tiers_of_the_past(void **state)
{
	static const uint8_t tier[][4] = { { 1, 2, 3, 0 }, { 2, 2, 1, 3 },
		{ 1, 1, 1, 1 } };
	static const uint8_t in[] = { 1, 1, 0, 0 };
	struct book *b = months_book();
	struct trend_query q = { .weeks = 13 };
	struct book_trend *t;
	const struct trend *x;
	int32_t version;

	(void)state;
	MUST(book_policy_apply(
		b, "[tiers]\ntier1_cap = 12\n", "caps.ini", "more", &version, &e));
	assert_int_equal(version, 2);
	save_day(book_store(b), "2026-01-31", 1, tier[0]);
	save_day(book_store(b), "2026-03-10", 2, tier[1]);
	save_day(book_store(b), "2026-03-31", 7, tier[1]);
	save_day(book_store(b), "2026-04-10", 1, tier[2]);
	t = rules_trend(b, &q);
	x = book_trend_known(t);
	assert_int_equal(x->points, 4);
	assert_int_equal(x->money[0].in_tier[1], 10000);
	assert_int_equal(x->money[0].in_tier[2], 5000);
	assert_int_equal(x->money[0].in_tier[3], 3000);
	assert_int_equal(x->money[0].in_tier[0], 0);
	assert_int_equal(x->money[1].in_tier[1], 3000);
	assert_int_equal(x->money[1].in_tier[2], 14000);
	assert_int_equal(x->money[1].in_tier[3], 900);
	assert_int_equal(x->money[2].in_tier[1], 0); /* C left on the 15th */
	assert_int_equal(x->money[3].in_tier[0], 14900);
	assert_int_equal(x->money[3].in_tier[1], 0);
	assert_true(x->caps[0].known && x->caps[1].known && !x->caps[2].known);
	assert_int_equal(x->caps[0].version, 1);
	assert_int_equal(x->caps[0].bp[0], 1000);
	assert_int_equal(x->caps[1].bp[0], 1200);
	assert_int_equal(x->caps[2].version, 7);
	assert_int_equal(x->caps[3].version, 2); /* with the tiers of now, the caps too */
	assert_int_equal(x->caps[3].bp[0], 1200);
	book_trend_free(&t);
	q.in = in;
	q.in_n = 4;
	t = rules_trend(b, &q);
	x = book_trend_known(t);
	assert_int_equal(x->money[0].in_tier[3], 0);
	assert_int_equal(x->money[1].in_tier[2], 14000);
	assert_int_equal(x->money[3].in_tier[0], 14000);
	book_trend_free(&t);
	book_free(&b);
}

/* Today's ARR by tier is what all screens say it is. */
static void money_of_today(void **state)
{
	struct book *b = *state;
	const struct trend_query q = { .weeks = 13 };
	struct book_trend *t = rules_trend(b, &q);
	const struct trend *x = book_trend_known(t);
	struct book_summary sums = { 0 };

	MUST(book_summary(b, &sums, &e));
	for (int k = 0; k <= TIER_COUNT; k++)
		assert_int_equal(x->money[x->points - 1].in_tier[k], sums.arr_in_tier[k]);
	book_trend_free(&t);
}

/* Another program may write any day: those outside of the calendar don't count. */
static void days_that_cant_be(void **state)
{
	static const int32_t day[] = { INT32_MIN, INT32_MIN + 1, DAY_MIN - 1, DAY_MAX + 1,
		INT32_MAX };
	struct book *b = *state;
	struct store *s = book_store(b);
	const struct trend_query q = { .weeks = 0 };
	struct book_trend *t;
	struct scores scores;
	struct tiers tiers;

	MUST(scores_init(&scores, ACCOUNTS, &e));
	MUST(tiers_init(&tiers, ACCOUNTS, &e));
	MUST(s->ops->begin(s, &e));
	for (size_t i = 0; i < sizeof(day) / sizeof(*day); i++)
		MUST(s->ops->snapshot_save(
			s, (struct snapshot_day){ day[i], 1 }, &scores, &tiers, &e));
	MUST(s->ops->commit(s, &e));
	t = rules_trend(b, &q);
	assert_int_equal(book_trend_known(t)->points, 61);
	book_trend_free(&t);
	scores_clear(&scores);
	tiers_clear(&tiers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_base),
		cmocka_unit_test(some_accounts),
		cmocka_unit_test(ranges),
		cmocka_unit_test(lines),
		cmocka_unit_test(months),
		cmocka_unit_test(survivors),
		cmocka_unit_test(many_causes),
		cmocka_unit_test(all_months),
		cmocka_unit_test(tiers_of_the_past),
		cmocka_unit_test(money_of_today),
		cmocka_unit_test(days_that_cant_be),
	};

	return cmocka_run_group_tests(tests, fixture_setup, fixture_teardown);
}
