/* The revenue of a book: cohorts, groups, what is known beside the money, and that the
 * accounts behind a figure are those it was made from. */
#include "core/book_revenue.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/revenue_text.h"
#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

static bool near(double a, double b)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) < 0.005;
}

/* {100, 50, 30, 20} became {130, 40, 0, 20}, 60 are new; G left and came back with less,
 * H came and went. All are in dollars; the period is 2026-01-31 to DAY. */
static struct store *vector(void)
{
	struct store *s = fake_store_new();

	rows_put(s, REC_CSM, "name=Dana\nname=Ben");
	rows_put(s, REC_ACCOUNT,
		"account_id=A|arr=13000|csm=Dana|segment=SMB|region=EU|contract_start="
		"2025-01-01|first_value_on=2025-01-05\n"
		"account_id=B|arr=4000|csm=Dana|segment=smb|contract_start=2025-01-01|"
		"onboarding_started=2025-01-01\n"
		"account_id=C|arr=3000|csm=Ben|segment=Big|contract_start=2025-06-01|"
		"first_value_on=2025-06-20|churned_on=2026-02-15|churn_reason=new "
		"prices\n"
		"account_id=D|arr=2000|segment=Big\n"
		"account_id=E|arr=6000|contract_start=2026-02-01|onboarding_started="
		"2026-02-01|first_value_on=2026-02-08\n"
		"account_id=G|arr=1000|segment=Big\n"
		"account_id=H|arr=700|contract_start=2026-02-05|churned_on=2026-03-05|"
		"onboarding_started=2026-02-05");
	rows_put(s, REC_MOVEMENT,
		"account_id=A|date=2026-02-10|kind=expansion|arr_delta=3000\n"
		"account_id=B|date=2026-03-10|kind=contraction|arr_delta=-1000\n"
		"account_id=C|date=2026-02-15|kind=churn|arr_delta=-3000\n"
		"account_id=G|date=2026-02-20|kind=churn|arr_delta=-1500\n"
		"account_id=G|date=2026-03-20|kind=reactivation|arr_delta=1000");
	rows_put(s, REC_SURVEY,
		"account_id=A|date=2026-03-01|kind=nps|score=9\n"
		"account_id=A|date=2025-03-01|kind=nps|score=2\n"
		"account_id=B|date=2026-03-01|kind=nps|score=6\n"
		"account_id=D|date=2025-03-01|kind=nps|score=10\n"
		"account_id=E|date=2026-03-02|kind=csat|score=4");
	return s;
}

static void the_vector(void **state)
{
	struct book *b = rules_book(vector(), DAY, "Dana");
	struct book_revenue *x = rules_revenue(b, "2026-01-31", DAY, REVENUE_BY_ALL);
	const struct revenue *r = book_revenue_known(x);
	const struct revenue_money *m = &r->all.money;
	const struct revenue_facts *f = &r->all.facts;

	(void)state;
	/* {100, 50, 30, 20, 15}: G counts with what it has at the close */
	assert_int_equal(m->cohort.opening, 21500);
	assert_int_equal(m->cohort.closing, 20000);
	assert_int_equal(m->cohort.accounts, 5);
	assert_int_equal(m->cohort.lost, 1);
	assert_int_equal(m->churn, 3000);
	assert_int_equal(m->arrived, 1);
	assert_int_equal(m->arrived_arr, 6000);
	assert_int_equal(r->lost[CHURN_PRICE], 1);
	assert_int_equal(r->lost_arr[CHURN_PRICE], 3000);
	assert_true(near(revenue_outside(r), 100));
	assert_true(near(trend_nrr(&m->cohort), 100 * 200 / 215.));
	assert_true(near(trend_grr(&m->cohort), 100 * 170 / 215.));
	/* by movements its leaving is a loss of 15 and its return a gain of 10 */
	assert_true(near(revenue_nrr_moved(m), 100 * 200 / 215.));
	assert_true(near(revenue_grr_moved(m), 100 * 160 / 215.));
	assert_int_equal(m->path.back, 1000);
	/* E after 7 days; H waited 28 days and left */
	assert_int_equal(f->began, 2);
	assert_int_equal(f->came, 1);
	assert_int_equal(f->ttv_median, 7);
	assert_true(near(f->ttv_within[0], 0));
	assert_true(near(f->ttv_within[1], 0.5));
	assert_true(isnan(f->ttv_within[2]));
	assert_int_equal(f->fleeting, 1);
	assert_int_equal(f->early, 1);
	/* A within its 7 days; B not yet, C late, and lost */
	assert_int_equal(f->quick, 1);
	assert_int_equal(f->slow, 2);
	assert_int_equal(f->slow_lost, 1);
	/* the last answers that are not too old */
	assert_int_equal(f->nps.n, 2);
	assert_int_equal(f->nps.good, 1);
	assert_int_equal(f->nps.bad, 1);
	assert_int_equal(f->csat.n, 1);
	assert_int_equal(f->csat.good, 1);
	assert_int_equal(f->active, 5);
	assert_int_equal(r->clashes, 0);
	book_revenue_free(&x);
	book_free(&b);
}

/* A fix is of the class that its cause has, noted by the day and verified by the day. */
static void done_about_it(void **state)
{
	struct store *s = vector();
	struct book_revenue *x;
	const struct revenue *r;
	char text[REVENUE_FIXES_MAX];
	struct book *b;

	(void)state;
	rows_put(s, REC_FIX,
		"account_id=A|cause=price: the bill is not clear|noticed_on=2026-03-01|"
		"text=t|verified_on=2026-03-31\n"
		"account_id=B|cause=Price|noticed_on=2026-03-31|text=t|"
		"verified_on=2026-04-01\n"
		"account_id=B|cause=price: x|noticed_on=2026-04-01|text=t\n"
		"account_id=D|cause=duplicates after a "
		"merge|noticed_on=2026-03-01|text=t\n"
		"account_id=D|cause=support: slow at night|noticed_on=2026-03-01|text=t\n"
		"account_id=D|cause=slow support, pricing "
		"bug|noticed_on=2026-03-01|text=t\n");
	b = rules_book(s, DAY, "Dana");
	x = rules_revenue(b, "2026-01-31", DAY, REVENUE_BY_ALL);
	r = book_revenue_known(x);
	assert_string_equal(
		revenue_fixes_text(r, CHURN_PRICE, text), "2 fixes noted, 1 verified");
	assert_string_equal(
		revenue_fixes_text(r, CHURN_SUPPORT, text), "1 fix noted, 0 verified");
	assert_string_equal(revenue_fixes_text(r, CHURN_PRODUCT, text), "no fix noted");
	assert_string_equal(revenue_fixes_text(r, CHURN_CUSTOMER, text), "no fix noted");
	assert_string_equal(revenue_fixes_text(r, CHURN_UNKNOWN, text), "");
	book_revenue_free(&x);
	book_free(&b);
}

/* What begins in a period begins after its first day; answers are 180 days old at the
 * most. */
static void edges(void **state)
{
	static const struct {
		const char *fields, *answered;
		uint32_t began, came, answers;
	} rows[] = {
#define BEGUN(day) "|onboarding_started=" day
		{ BEGUN("2026-01-31"), "2025-10-02", 0, 0, 1 },
		{ BEGUN("2026-02-01"), "2025-10-01", 1, 0, 0 },
		{ BEGUN("2026-03-31"), "2026-03-31", 1, 0, 1 },
		{ BEGUN("2026-02-01") "|first_value_on=2026-03-31", NULL, 1, 1, 0 },
		{ BEGUN("2026-02-01") "|first_value_on=2026-04-01", NULL, 1, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct store *s = fake_store_new();
		struct book *b;
		struct book_revenue *x;
		const struct revenue_facts *f;
		char row[160];

		snprintf(row, sizeof(row), "account_id=A|arr=100%s\n", rows[i].fields);
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row), "account_id=A|date=%s|kind=nps|score=9\n",
			rows[i].answered ? rows[i].answered : "2020-01-01");
		rows_put(s, REC_SURVEY, row);
		b = rules_book(s, DAY, "Dana");
		x = rules_revenue(b, "2026-01-31", DAY, REVENUE_BY_ALL);
		f = &book_revenue_known(x)->all.facts;
		if (f->began != rows[i].began || f->came != rows[i].came ||
			f->nps.n != rows[i].answers)
			fail_msg("row %zu: %u began, %u came, %u answers", i, f->began,
				f->came, f->nps.n);
		book_revenue_free(&x);
		book_free(&b);
	}
#undef BEGUN
}

/* Money, and the accounts behind it. */
static void accounts_add_up(const struct revenue *r)
{
	int64_t opening = 0, closing = 0;
	uint32_t cohort = 0, lost = 0, active = 0, began = 0;

	for (uint32_t i = 0; i < r->n; i++) {
		const unsigned marks = r->marks[i];

		opening += r->opening[i];
		if (marks & REVENUE_COHORT)
			closing += r->closing[i];
		cohort += (marks & REVENUE_COHORT) != 0;
		lost += (marks & REVENUE_LOST) != 0;
		active += (marks & REVENUE_ACTIVE) != 0;
		began += (marks & REVENUE_BEGAN) != 0;
	}
	assert_int_equal(opening, r->all.money.cohort.opening);
	assert_int_equal(closing, r->all.money.cohort.closing);
	assert_int_equal(cohort, r->all.money.cohort.accounts);
	assert_int_equal(lost, r->all.money.cohort.lost);
	assert_int_equal(active, r->all.facts.active);
	assert_int_equal(began, r->all.facts.began);
}

static void groups_add_up(const struct revenue *r)
{
	const struct revenue_money *a = &r->all.money;
	struct revenue_money m = { .churn = 0 };
	struct revenue_facts f = { .active = 0 };

	for (uint32_t k = 0; k < r->groups; k++) {
		const struct revenue_money *g = &r->group[k].money;
		const struct revenue_facts *h = &r->group[k].facts;

		m.cohort.opening += g->cohort.opening;
		m.cohort.closing += g->cohort.closing;
		m.cohort.kept += g->cohort.kept;
		m.churn += g->churn;
		m.arrived_arr += g->arrived_arr;
		f.active += h->active;
		f.nps.n += h->nps.n;
		f.began += h->began;
		f.alerts += h->alerts;
		f.talks += h->talks;
	}
	assert_int_equal(m.cohort.opening, a->cohort.opening);
	assert_int_equal(m.cohort.closing, a->cohort.closing);
	assert_int_equal(m.cohort.kept, a->cohort.kept);
	assert_int_equal(m.churn, a->churn);
	assert_int_equal(m.arrived_arr, a->arrived_arr);
	assert_int_equal(f.active, r->all.facts.active);
	assert_int_equal(f.nps.n, r->all.facts.nps.n);
	assert_int_equal(f.began, r->all.facts.began);
	assert_int_equal(f.alerts, r->all.facts.alerts);
	assert_int_equal(f.talks, r->all.facts.talks);
}

static void all_groups(void **state)
{
	struct book *of[] = { rules_book(vector(), DAY, "Dana"),
		fixture_book(FIXTURE_COMPLETE) };

	(void)state;
	for (size_t i = 0; i < LENGTH(of); i++) {
		for (int by = REVENUE_BY_ALL; by < REVENUE_BYS; by++) {
			struct book_revenue *x = rules_revenue(
				of[i], "2025-06-30", DAY, (enum revenue_by)by);
			const struct revenue *r = book_revenue_known(x);

			accounts_add_up(r);
			if (by != REVENUE_BY_ALL &&
				!revenue_by_months((enum revenue_by)by))
				groups_add_up(r);
			book_revenue_free(&x);
		}
		book_free(&of[i]);
	}
}

static const struct revenue_group *keyed(const struct revenue *r, const char *key)
{
	for (uint32_t k = 0; k < r->groups; k++)
		if (text_eq(r->group[k].key, text_of(key)))
			return &r->group[k];
	fail_msg("no group %s", key);
	return NULL;
}

/* Segments are one whatever their letters; who moved counts where it was. */
static void whose(void **state)
{
	struct book *b = rules_book(vector(), DAY, "Dana");
	struct book_revenue *x = rules_revenue(b, "2026-01-31", DAY, REVENUE_BY_SEGMENT);

	(void)state;
	assert_int_equal(
		keyed(book_revenue_known(x), "SMB")->money.cohort.opening, 15000);
	assert_int_equal(keyed(book_revenue_known(x), "none")->money.arrived_arr, 6000);
	book_revenue_free(&x);
	x = rules_revenue(b, "2026-01-31", DAY, REVENUE_BY_CSM);
	assert_int_equal(keyed(book_revenue_known(x), "Dana")->money.cohort.accounts, 2);
	assert_int_equal(keyed(book_revenue_known(x), "Ben")->money.cohort.lost, 1);
	assert_int_equal(keyed(book_revenue_known(x), "pool")->money.cohort.accounts, 2);
	assert_false(book_revenue_known(x)->owners_known);
	book_revenue_free(&x);
	book_free(&b);
}

/* Of A, C and H alone: the rest is neither in money nor in anything else. */
static void some(void **state)
{
	static const uint8_t in[] = { 1, 0, 1, 0, 0, 0, 1 };
	struct book *b = rules_book(vector(), DAY, "Dana");
	const struct revenue_query q = { day_of("2026-01-31"), day_of(DAY),
		REVENUE_BY_MONTH, in, LENGTH(in) };
	struct book_revenue *x;
	const struct revenue *r;

	(void)state;
	MUST(book_revenue_new(b, &q, &x, &e));
	MUST(book_revenue_all(x, &e));
	r = book_revenue_known(x);
	accounts_add_up(r);
	assert_int_equal(r->all.money.cohort.accounts, 2);
	assert_int_equal(r->all.money.cohort.opening, 13000);
	assert_int_equal(r->all.money.arrived, 0);
	assert_int_equal(r->all.facts.active, 1);
	assert_int_equal(r->all.facts.nps.n, 1);
	assert_int_equal(r->all.facts.began, 1);
	assert_int_equal(r->group[0].money.cohort.opening, 13000);
	/* H came in the first month, and went in the second */
	assert_int_equal(r->group[1].money.cohort.accounts, 2);
	assert_int_equal(r->group[1].money.cohort.lost, 1);
	book_revenue_free(&x);
	book_free(&b);
}

static void periods(void **state)
{
	static const struct {
		const char *from, *to;
		enum revenue_by by;
		uint32_t groups;
		const char *first, *last;
	} rows[] = {
		{ "2025-12-31", DAY, REVENUE_BY_MONTH, 3, "2026-01", "2026-03" },
		{ "2025-12-31", DAY, REVENUE_BY_QUARTER, 1, "2026-Q1", "2026-Q1" },
		{ "2024-12-31", "2025-12-31", REVENUE_BY_YEAR, 1, "2025", "2025" },
		{ "2025-11-30", "2026-02-28", REVENUE_BY_MONTH, 3, "2025-12", "2026-02" },
		/* the day of each month; what is left is shorter */
		{ "2026-01-01", "2026-03-15", REVENUE_BY_MONTH, 3,
			"2026-01-01/2026-02-01", "2026-03-01/2026-03-15" },
		{ "2026-01-30", DAY, REVENUE_BY_MONTH, 3, "2026-01-30/2026-02-28",
			"2026-03-30/2026-03-31" },
		{ "2025-11-30", "2026-02-28", REVENUE_BY_QUARTER, 1,
			"2025-11-30/2026-02-28", "2025-11-30/2026-02-28" },
	};
	struct book *b = rules_book(vector(), DAY, "Dana");

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book_revenue *x =
			rules_revenue(b, rows[i].from, rows[i].to, rows[i].by);
		const struct revenue *r = book_revenue_known(x);

		assert_int_equal(r->groups, rows[i].groups);
		if (!text_eq(r->group[0].key, text_of(rows[i].first)) ||
			!text_eq(r->group[r->groups - 1].key, text_of(rows[i].last)))
			fail_msg("row %zu: %.*s to %.*s", i, (int)r->group[0].key.n,
				r->group[0].key.s, (int)r->group[r->groups - 1].key.n,
				r->group[r->groups - 1].key.s);
		for (uint32_t k = 0; k + 1 < r->groups; k++)
			assert_int_equal(r->group[k].to, r->group[k + 1].from);
		book_revenue_free(&x);
	}
	assert_int_equal(revenue_last(REVENUE_BY_MONTH, day_of(DAY)), day_of(DAY));
	assert_int_equal(
		revenue_last(REVENUE_BY_QUARTER, day_of("2026-06-29")), day_of(DAY));
	assert_int_equal(
		revenue_last(REVENUE_BY_YEAR, day_of(DAY)), day_of("2025-12-31"));
	assert_int_equal(revenue_last(REVENUE_BY_TIER, day_of(DAY)), day_of(DAY));
	assert_int_equal(revenue_opening(day_of("2026-02-28"), 12), day_of("2025-02-28"));
	book_free(&b);
}

static void refused(void **state)
{
	static const struct {
		const char *from, *to;
		enum revenue_by by;
	} rows[] = {
		{ "2026-03-31", "2026-03-31", REVENUE_BY_ALL },
		{ "2026-03-31", "2026-03-30", REVENUE_BY_ALL },
		{ "2026-03-30", "2026-04-01", REVENUE_BY_ALL },
		{ "2001-01-01", "2026-03-31", REVENUE_BY_MONTH },
	};
	struct book *b = rules_book(vector(), DAY, "Dana");

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct revenue_query q = { day_of(rows[i].from), day_of(rows[i].to),
			rows[i].by, NULL, 0 };
		struct book_revenue *x;
		struct err e;

		assert_int_equal(book_revenue_new(b, &q, &x, &e), ST_USAGE);
		assert_null(x);
	}
	book_free(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_vector),
		cmocka_unit_test(done_about_it),
		cmocka_unit_test(edges),
		cmocka_unit_test(all_groups),
		cmocka_unit_test(whose),
		cmocka_unit_test(some),
		cmocka_unit_test(periods),
		cmocka_unit_test(refused),
	};

	return cmocka_run_group_tests_name("book_revenue", tests, NULL, NULL);
}
