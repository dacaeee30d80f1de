/* Revenue: both rules, the steps between two days, contradictions, and reasons. */
#include "core/revenue.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/churn.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define CONTRACT(id, from, until, arr) \
	"contract_id=" id "|account_id=A|start=" from "|end=" until "|arr=" arr "\n"
#define MOVE(day, kind, delta) \
	"account_id=A|date=" day "|kind=" kind "|arr_delta=" delta "\n"

static bool same(double a, double b)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) < 0.05;
}

static void snapshots(void **state)
{
	static const struct {
		int64_t opening[5], closing[5];
		double nrr, grr, logos, share;
		uint32_t grown, shrunk, arrived;
	} rows[] = {
		{ { 50, 125 }, { 100, 100 }, 114.3, 85.7, 100, 100, 1, 1, 0 },
		{ { 100, 50, 30, 20, 0 }, { 130, 40, 0, 20, 60 }, 95, 80, 75, 100. / 3, 1,
			1, 1 },
		{ { 0 }, { 900 }, NAN, NAN, NAN, 0, 0, 0, 1 },
		{ { 10 }, { -5 }, 0, 0, 0, NAN, 0, 0, 0 },
		{ { 10 }, { 10 }, 100, 100, 100, NAN, 0, 0, 0 },
		{ { 0 }, { 0 }, NAN, NAN, NAN, NAN, 0, 0, 0 },
	};
	static const struct revenue_path none;

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct revenue_money m = { .churn = 0 };
		int64_t opening = 0, closing = 0;

		for (int k = 0; k < 5; k++) {
			MUST(revenue_add(
				&m, rows[i].opening[k], rows[i].closing[k], &none, &e));
			opening += rows[i].opening[k];
			closing += rows[i].opening[k] && rows[i].closing[k] > 0
					   ? rows[i].closing[k]
					   : 0;
		}
		assert_true(same(trend_nrr(&m.cohort), rows[i].nrr));
		assert_true(same(trend_grr(&m.cohort), rows[i].grr));
		assert_true(same(revenue_logos_kept(&m), rows[i].logos));
		assert_true(same(revenue_expansion_share(&m), rows[i].share));
		assert_int_equal(m.grown, rows[i].grown);
		assert_int_equal(m.shrunk, rows[i].shrunk);
		assert_int_equal(m.arrived, rows[i].arrived);
		/* What was lost and gained leads from the one to the other. */
		assert_int_equal(m.cohort.opening, opening);
		assert_int_equal(opening + revenue_expansion(&m) -
					 revenue_contraction(&m) - m.churn,
			closing);
	}
}

static void movements(void **state)
{
	static const struct {
		struct revenue_path path;
		double nrr, grr;
		int64_t lost, closing; /* apart from snapshots: 1000 and 1000 */
	} rows[] = {
		{ { .up = 180, .down = 60, .away = 90 }, 103, 85, 150, 30 },
		{ { .up = 0 }, 100, 100, 0, 0 },
		/* all left and came back with a tenth more: one is a loss */
		{ { .away = 1000, .back = 1100 }, 110, 0, 1000, 100 },
		{ { .up = 500 }, 150, 100, 0, 500 },
		/* a loss that gives something back retains no more than all */
		{ { .down = -5 }, 100.5, 100, -5, 5 },
	};
	const struct revenue_money nobody = { .churn = 0 };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct revenue_money m = { .churn = 0 };

		MUST(revenue_add(&m, 1000, 1000, &rows[i].path, &e));
		assert_true(same(revenue_nrr_moved(&m), rows[i].nrr));
		assert_true(same(revenue_grr_moved(&m), rows[i].grr));
		assert_int_equal(revenue_lost_apart(&m), rows[i].lost);
		assert_int_equal(revenue_closing_apart(&m), rows[i].closing);
	}
	assert_true(isnan(revenue_nrr_moved(&nobody)));
	assert_true(isnan(revenue_grr_moved(&nobody)));
	for (int rate = 0; rate <= 1000; rate++) /* who reaches a target has reached it */
		assert_true(revenue_yearly(rate, 365) == rate);
	assert_true(fabs(revenue_yearly(99, 73) - 95.1) < 0.01);
}

static void too_much(void **state)
{
	struct revenue_path much = { .up = INT64_MAX - 1 };
	struct revenue_money m = { .churn = 0 };
	struct err e;

	(void)state;
	assert_int_equal(revenue_add(&m, 1, 1, &much, &e), ST_OK);
	much.up = 2;
	assert_int_equal(revenue_add(&m, 1, 1, &much, &e), ST_INVALID);
	assert_int_equal(revenue_add(&m, 0, INT64_MAX, &much, &e), ST_OK);
	assert_int_equal(revenue_add(&m, 0, 1, &much, &e), ST_INVALID);
}

/* ---- one account, from 2026-01-31 to 2026-02-28 and on to 2026-03-31 ------------ */

struct told_row {
	const char *fields, *contracts, *movements;
};

static void read_account(const struct told_row *row, struct part *p)
{
	struct store *s = fake_store_new();
	char line[256];

	snprintf(line, sizeof(line), "account_id=A%s", row->fields);
	rows_put(s, REC_ACCOUNT, line);
	if (row->contracts)
		rows_put(s, REC_CONTRACT, row->contracts);
	if (row->movements)
		rows_put(s, REC_MOVEMENT, row->movements);
	MUST(part_init(p, &e));
	MUST(s->ops->part(s, 0, day_of("2026-03-31"), p, &e));
	s->ops->close(s);
}

static void steps(void **state)
{
	static const struct {
		struct told_row of;
		struct revenue_path path[2];
	} rows[] = {
		{ { "|arr=500", NULL, NULL }, { { 0 } } },
		{ { "|arr=500", NULL,
			  MOVE("2026-01-31", "expansion", "1") MOVE("2026-02-01",
				  "expansion", "10") MOVE("2026-02-28", "new", "5")
				  MOVE("2026-03-01", "contraction", "-30")
					  MOVE("2026-04-01", "churn", "-400") },
			{ { .up = 15 }, { .down = 30 } } },
		/* who came back inside is a loss and a gain */
		{ { "|arr=500", NULL,
			  MOVE("2026-02-02", "churn", "-400")
				  MOVE("2026-02-20", "reactivation", "450") },
			{ { .away = 400, .back = 450 } } },
		/* contracts speak alone: a renewal at more is one step of its day */
		{ { "|arr=9",
			  CONTRACT("1", "2025-01-01", "2026-02-10", "700")
				  CONTRACT("2", "2026-02-10", "", "800")
					  CONTRACT("3", "2026-03-31", "", "50"),
			  MOVE("2026-02-03", "churn", "-400") },
			{ { .up = 100 }, { .up = 50 } } },
		/* a gap */
		{ { "",
			  CONTRACT("1", "2025-01-01", "2026-02-10", "700")
				  CONTRACT("2", "2026-03-10", "", "600"),
			  NULL },
			{ { .away = 700 }, { .back = 600 } } },
		/* a cent is not nothing: what grows from it did not come back */
		{ { "",
			  CONTRACT("1", "2025-01-01", "2026-02-10", "1")
				  CONTRACT("2", "2026-02-10", "", "3"),
			  NULL },
			{ { .up = 2 } } },
		/* a contract that never ran says that there was nothing, whatever
		   movements say */
		{ { "|arr=500", CONTRACT("1", "2026-02-03", "2026-02-03", "60"),
			  MOVE("2026-02-05", "expansion", "10") },
			{ { 0 } } },
		/* one of two ends */
		{ { "",
			  CONTRACT("1", "2025-01-01", "2026-02-28", "700")
				  CONTRACT("2", "2025-03-10", "", "600"),
			  NULL },
			{ { .down = 700 } } },
		/* it left although a contract runs, and one that never ran */
		{ { "|churned_on=2026-03-05",
			  CONTRACT("1", "2025-01-01", "", "700")
				  CONTRACT("2", "2026-02-03", "2026-02-03", "60"),
			  NULL },
			{ { 0 }, { .away = 700 } } },
	};
	const int32_t day[3] = { day_of("2026-01-31"), day_of("2026-02-28"),
		day_of("2026-03-31") };
	static struct revenue_path out[2 * PART_ACCOUNTS];
	const struct rates rates = { .rate = { 1 }, .n = 1 };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct part p;

		read_account(&rows[i].of, &p);
		MUST(revenue_paths(&p, &rates, day, 3, day[2], out, &e));
		for (size_t k = 0; k < 2; k++) {
			const struct revenue_path *is = &out[k * PART_ACCOUNTS];

			if (memcmp(is, &rows[i].path[k], sizeof(*is)) != 0)
				fail_msg("row %zu, period %zu: +%d -%d away %d back %d",
					i, k, (int)is->up, (int)is->down, (int)is->away,
					(int)is->back);
		}
		part_clear(&p);
	}
}

/* ---- contradictions ------------------------------------------------------------- */

struct heard {
	int n;
	struct revenue_clash last;
};

static enum status hear(void *arg, const struct revenue_clash *c, struct err *e)
{
	struct heard *h = arg;

	(void)e;
	h->n++;
	h->last = *c;
	return ST_OK;
}

/* From 2026-01-31 to 2026-02-28, as of a month later. */
static void contradictions(void **state)
{
	static const struct {
		struct told_row of;
		int kind; /* CLASH_KINDS: none */
		int64_t says, other;
	} rows[] = {
		{ { "|arr=50000", NULL, NULL }, CLASH_KINDS, 0, 0 },
		{ { "|arr=50000|status=churned", NULL, NULL }, CLASH_NO_DAY, 0, 50000 },
		{ { "|arr=50000|currency=EUR|status=churned", NULL, NULL }, CLASH_NO_DAY,
			0, 100000 },
		{ { "|arr=50000|churned_on=2026-02-10", NULL, NULL }, CLASH_KINDS, 0, 0 },
		{ { "|churned_on=2026-02-10", CONTRACT("1", "2025-01-01", "", "700"),
			  NULL },
			CLASH_PAYS, 0, 700 },
		{ { "|churned_on=2026-02-10",
			  CONTRACT("1", "2025-01-01", "2026-02-10", "700"), NULL },
			CLASH_KINDS, 0, 0 },
		{ { "|arr=50000|churned_on=2026-02-10", NULL,
			  MOVE("2025-02-10", "new", "50000") },
			CLASH_NO_MOVEMENT, 0, 0 },
		{ { "|arr=50000|churned_on=2026-02-10", NULL,
			  MOVE("2025-02-10", "new", "50000")
				  MOVE("2026-02-09", "churn", "-50000") },
			CLASH_KINDS, 0, 0 },
		/* on the first day it is of the period before, on the last of this one */
		{ { "|arr=50000|churned_on=2026-01-31", NULL,
			  MOVE("2025-02-10", "new", "50000") },
			CLASH_KINDS, 0, 0 },
		{ { "|arr=50000|churned_on=2026-02-28", NULL,
			  MOVE("2025-02-10", "new", "50000") },
			CLASH_NO_MOVEMENT, 0, 0 },
		{ { "|churned_on=2026-02-28", CONTRACT("1", "2025-01-01", "", "700"),
			  NULL },
			CLASH_PAYS, 0, 700 },
		{ { "", CONTRACT("1", "2025-01-01", "2026-02-28", "700"), NULL },
			CLASH_RAN_OUT, 0, 700 },
		{ { "", CONTRACT("1", "2025-01-01", "2026-03-01", "700"), NULL },
			CLASH_KINDS, 0, 0 },
		{ { "|arr=50000", NULL, MOVE("2026-02-09", "churn", "-30000") },
			CLASH_STAYS, 50000, 0 },
		{ { "|arr=50000", NULL,
			  MOVE("2026-02-09", "churn", "-30000")
				  MOVE("2026-02-19", "reactivation", "30000") },
			CLASH_KINDS, 0, 0 },
		{ { "", CONTRACT("1", "2025-01-01", "2026-02-10", "700"), NULL },
			CLASH_RAN_OUT, 0, 700 },
		{ { "", CONTRACT("1", "2025-01-01", "", "700"),
			  MOVE("2026-02-09", "expansion", "30000") },
			CLASH_CHANGE, 0, 30000 },
		{ { "",
			  CONTRACT("1", "2025-01-01", "", "700")
				  CONTRACT("2", "2026-02-09", "", "29950"),
			  MOVE("2026-02-09", "expansion", "30000") },
			CLASH_KINDS, 0, 0 },
		/* a dollar is a difference, a cent less is none */
		{ { "",
			  CONTRACT("1", "2025-01-01", "", "700")
				  CONTRACT("2", "2026-02-09", "", "29900"),
			  MOVE("2026-02-09", "expansion", "30000") },
			CLASH_CHANGE, 29900, 30000 },
		{ { "",
			  CONTRACT("1", "2025-01-01", "", "700")
				  CONTRACT("2", "2026-02-09", "", "30100"),
			  MOVE("2026-02-09", "expansion", "30000") },
			CLASH_CHANGE, 30100, 30000 },
		{ { "",
			  CONTRACT("1", "2025-01-01", "", "700")
				  CONTRACT("2", "2026-02-09", "", "30099"),
			  MOVE("2026-02-09", "expansion", "30000") },
			CLASH_KINDS, 0, 0 },
		{ { "|arr=50000", NULL, MOVE("2025-02-09", "new", "40000") },
			CLASH_RECORD, 50000, 40000 },
		/* a contract counts from before it runs on: the record is not asked */
		{ { "|arr=50000", CONTRACT("1", "2026-03-15", "", "700"),
			  MOVE("2025-02-09", "new", "40000") },
			CLASH_KINDS, 0, 0 },
		/* where nobody said what it began with, they need not add up */
		{ { "|arr=50000", NULL, MOVE("2025-02-09", "expansion", "40000") },
			CLASH_KINDS, 0, 0 },
		/* still to come on the as-of day */
		{ { "|arr=40000", NULL,
			  MOVE("2025-02-09", "new", "40000")
				  MOVE("2026-04-01", "expansion", "7000") },
			CLASH_KINDS, 0, 0 },
	};
	const int32_t day[2] = { day_of("2026-01-31"), day_of("2026-02-28") };
	const int32_t as_of = day_of("2026-03-31");
	static int64_t arr[2 * PART_ACCOUNTS];
	const struct rates rates = { .rate = { 1, 2 }, .n = 2 };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct heard h = { .n = 0 };
		struct part p;

		read_account(&rows[i].of, &p);
		MUST(trend_arr(&p, &rates, day, 2, as_of, arr, &e));
		MUST(revenue_clashes(&p, &rates, day[0], day[1], as_of, arr,
			arr + PART_ACCOUNTS, hear, &h, &e));
		if (h.n != (rows[i].kind != CLASH_KINDS) ||
			(h.n && ((int)h.last.kind != rows[i].kind ||
					h.last.says != rows[i].says ||
					h.last.other != rows[i].other)))
			fail_msg("row %zu: %d, the last %s: %d, %d", i, h.n,
				revenue_clash_name[h.last.kind], (int)h.last.says,
				(int)h.last.other);
		part_clear(&p);
	}
}

static void reasons(void **state)
{
	static const struct {
		const char *reason;
		enum churn_class is;
	} rows[] = {
		{ "", CHURN_UNKNOWN },
		{ "unknown", CHURN_UNKNOWN },
		{ "no idea", CHURN_UNKNOWN },
		{ "new prices", CHURN_PRICE },
		{ "pricing", CHURN_PRICE },
		{ "budget cut", CHURN_CUSTOMER },
		{ "acquired, consolidated on another vendor", CHURN_COMPETITOR },
		{ "built it in-house", CHURN_COMPETITOR },
		/* competitors that there are not */
		{ "not switched to Acme", CHURN_UNKNOWN },
		{ "have not yet switched to Acme", CHURN_UNKNOWN },
		{ "has never really been switched", CHURN_UNKNOWN },
		{ "hasn't ever switched", CHURN_UNKNOWN },
		{ "hasn\xe2\x80\x99t switched to Acme", CHURN_UNKNOWN },
		{ "Hasn\xe2\x80\x99T yet switched to Acme", CHURN_UNKNOWN },
		{ "not another vendor", CHURN_UNKNOWN },
		{ "yet switched", CHURN_COMPETITOR },
		{ "not happy yet, switched", CHURN_COMPETITOR },
		{ "t switched", CHURN_COMPETITOR },
		{ "not switched, but \"another vendor\" came", CHURN_COMPETITOR },
		{ "business closed", CHURN_CUSTOMER },
		{ "champion left and nobody took over", CHURN_ONBOARDING },
		{ "hardly anybody logged in any more", CHURN_ONBOARDING },
		{ "Missing Integration with their ERP", CHURN_PRODUCT },
		{ "features", CHURN_PRODUCT },
		{ "support", CHURN_SUPPORT },
		{ "moved to a tool of the parent company", CHURN_CUSTOMER },
		{ "was promised an export", CHURN_POSITIONING },
		{ "too small for it", CHURN_SALES_FIT },
		/* who names the class has the last word */
		{ "Product: too expensive to run", CHURN_PRODUCT },
		{ "sales fit", CHURN_SALES_FIT },
		{ "customer-side: the new price", CHURN_CUSTOMER },
		{ "productive, but expensive", CHURN_PRICE },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		if (churn_class_of(text_of(rows[i].reason)) != rows[i].is)
			fail_msg("%s: %s", rows[i].reason,
				churn_classes[churn_class_of(text_of(rows[i].reason))]
					.name);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(snapshots),
		cmocka_unit_test(movements),
		cmocka_unit_test(too_much),
		cmocka_unit_test(steps),
		cmocka_unit_test(contradictions),
		cmocka_unit_test(reasons),
	};

	return cmocka_run_group_tests_name("revenue", tests, NULL, NULL);
}
