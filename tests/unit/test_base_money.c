/* The money of the base: contracts, movements, growth and currencies. */
#include "core/base.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"      /* the year before ends on ... */
#define YEAR_AGO "2025-03-31" /* 365 days before */

static struct policy policy;

/* Account "A" with these fields, contracts and movements (each may be NULL). */
static enum status try_base(const char *fields, const char *contracts,
	const char *movements, struct base *b, struct err *e)
{
	struct store *s = fake_store_new();
	char line[512];
	enum status st;

	snprintf(line, sizeof(line), "account_id=A%s%s", *fields ? "|" : "", fields);
	rows_put(s, REC_ACCOUNT, line);
	if (contracts)
		rows_put(s, REC_CONTRACT, contracts);
	if (movements)
		rows_put(s, REC_MOVEMENT, movements);
	st = rules_base_try(s, &policy, DAY, b, e);
	s->ops->close(s);
	return st;
}

#define CONTRACT(id, start, end, arr) \
	"contract_id=" id "|account_id=A|start=" start "|end=" end "|arr=" arr "\n"
#define MOVE(day, kind, delta) \
	"account_id=A|date=" day "|kind=" kind "|arr_delta=" delta "\n"

/* ARR is what the contracts running on the day add up to; [start, end). */
static void arr_of_contracts(void **state)
{
	static const struct {
		const char *contracts;
		int64_t arr;
		bool contracted;
	} rows[] = {
		{ NULL, 500, false },
		{ CONTRACT("1", "2026-03-31", "", "700"), 700, true },
		{ CONTRACT("1", "2026-04-01", "", "700"), 500,
			false }, /* not yet there */
		{ CONTRACT("1", "2020-01-01", "2026-04-01", "700"), 700, true },
		{ CONTRACT("1", "2020-01-01", "2026-03-31", "700"), 0, false },
		{ CONTRACT("1", "2020-01-01", "", "700")
				CONTRACT("2", "2026-01-01", "", "40"),
			740, true },
		{ CONTRACT("1", "2020-01-01", "2026-03-01", "700")
				CONTRACT("2", "2026-03-01", "", "800"),
			800, true },
		{ CONTRACT("1", "2020-01-01", "", "0"), 0, true },
		{ CONTRACT("1", "2020-01-01", "", "700")
				CONTRACT("2", "2026-04-01", "", "9000"),
			700, true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b;

		MUST(try_base("arr=500", rows[i].contracts, NULL, &b, &e));
		if (b.arr[0] != rows[i].arr)
			fail_msg("row %zu: arr %lld", i, (long long)b.arr[0]);
		assert_int_equal(b.contracted[0], rows[i].contracted);
		base_clear(&b);
	}
}

/* "Given; else expansion plus contraction of the last 365 days over the ARR 365 days
 * ago, when there was any; else 0." */
static void growth(void **state)
{
	static const struct {
		const char *why, *fields, *contracts, *movements;
		double growth;
	} rows[] = {
		{ "nothing known", "arr=1000", NULL, NULL, 0 },
		{ "given", "arr=1000|growth=0.4", NULL, MOVE(DAY, "expansion", "500"),
			0.4 },
		{ "given as 0 is given", "arr=1000|growth=0", NULL,
			MOVE(DAY, "expansion", "500"), 0 },
		{ "given and far: clamping is not ours", "arr=1000|growth=7", NULL, NULL,
			7 },
		{ "500 on 1000 a year ago", "arr=1500", NULL,
			MOVE("2025-10-01", "expansion", "500"), 0.5 },
		{ "losses count", "arr=900", NULL,
			MOVE("2025-10-01", "contraction", "-100"), -0.1 },
		{ "both", "arr=1250", NULL,
			MOVE("2025-10-01", "expansion", "500")
				MOVE("2025-11-01", "contraction", "-250"),
			0.25 },
		{ "today is in", "arr=1500", NULL, MOVE(DAY, "expansion", "500"), 0.5 },
		{ "tomorrow is not", "arr=1000", NULL,
			MOVE("2026-04-01", "expansion", "500"), 0 },
		{ "365 days ago is out", "arr=1500", NULL,
			MOVE(YEAR_AGO, "expansion", "500"), 0 },
		{ "364 days ago is in", "arr=1500", NULL,
			MOVE("2025-04-01", "expansion", "500"), 0.5 },
		{ "new this year: no ARR a year ago", "arr=1500", NULL,
			MOVE("2025-06-01", "new", "1000")
				MOVE("2025-10-01", "expansion", "500"),
			0 },
		{ "churn and reactivation are no growth", "arr=1000", NULL,
			MOVE("2025-06-01", "churn", "-1000")
				MOVE("2025-08-01", "reactivation", "1000"),
			0 },
		{ "but count for the ARR a year ago (500)", "arr=1000", NULL,
			MOVE("2025-06-01", "reactivation", "250")
				MOVE("2025-08-01", "expansion", "250"),
			0.5 },
		{ "contracts tell the ARR a year ago (2000)", "",
			CONTRACT("1", "2020-01-01", "", "2000"),
			MOVE("2025-10-01", "expansion", "500"), 0.25 },
		{ "a contract that began a year ago", "",
			CONTRACT("1", YEAR_AGO, "", "2000"),
			MOVE("2025-10-01", "expansion", "500"), 0.25 },
		{ "one that began a day later", "",
			CONTRACT("1", "2025-04-01", "", "2000"),
			MOVE("2025-10-01", "expansion", "500"), 0 },
		{ "one that ended on the day a year ago", "",
			CONTRACT("1", "2020-01-01", YEAR_AGO, "2000")
				CONTRACT("2", "2026-01-01", "", "3000"),
			MOVE("2025-10-01", "expansion", "500"), 0 },
		{ "one that ended a day later", "",
			CONTRACT("1", "2020-01-01", "2025-04-01", "2000")
				CONTRACT("2", "2026-01-01", "", "3000"),
			MOVE("2025-10-01", "expansion", "500"), 0.25 },
		{ "contracts without movements: no growth is told", "",
			CONTRACT("1", "2020-01-01", "2025-09-01", "1000")
				CONTRACT("2", "2025-09-01", "", "2000"),
			NULL, 0 },
		{ "no ARR at all", "", NULL, MOVE("2025-10-01", "expansion", "500"), 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b;

		MUST(try_base(
			rows[i].fields, rows[i].contracts, rows[i].movements, &b, &e));
		if (b.growth[0] != rows[i].growth)
			fail_msg("%s: %g", rows[i].why, b.growth[0]);
		base_clear(&b);
	}
}

/* Rates: 1 EUR = 1.08 USD, 1 JPY = 0.0065 USD; half cents away from zero. */
static void currencies(void **state)
{
	static const struct {
		const char *fields, *contracts, *movements;
		int64_t arr;
		double growth;
	} rows[] = {
		{ "arr=10000|currency=EUR", NULL, NULL, 10800, 0 },
		{ "arr=10000|currency=USD", NULL, NULL, 10000, 0 },
		{ "arr=10000", NULL, NULL, 10000, 0 },
		{ "arr=100|currency=JPY", NULL, NULL, 1, 0 },  /* 0.65 of a cent */
		{ "arr=1000|currency=JPY", NULL, NULL, 7, 0 }, /* 6.5 */
		{ "currency=EUR", NULL, NULL, MONEY_NONE, 0 },
		{ "arr=1|currency=EUR",
			"contract_id=1|account_id=A|start=2020-01-01|arr=10000|"
			"currency=EUR\n"
			"contract_id=2|account_id=A|start=2020-01-01|arr=500",
			NULL, 11300, 0 },
		{ "arr=21600|growth=|currency=USD", NULL,
			"account_id=A|date=2025-10-01|kind=expansion|arr_delta=10000|"
			"currency=EUR",
			21600, 1 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b;

		MUST(try_base(
			rows[i].fields, rows[i].contracts, rows[i].movements, &b, &e));
		if (b.arr[0] != rows[i].arr || b.growth[0] != rows[i].growth)
			fail_msg(
				"row %zu: %lld, %g", i, (long long)b.arr[0], b.growth[0]);
		base_clear(&b);
	}
}

static void what_can_not_be_converted(void **state)
{
	static const struct {
		const char *fields, *contracts, *movements, *error;
	} rows[] = {
		{ "arr=1|currency=CHF", NULL, NULL, "has no rate" },
		{ "", "contract_id=1|account_id=A|start=2020-01-01|arr=1|currency=CHF",
			NULL, "has no rate" },
		{ "arr=1", NULL,
			"account_id=A|date=2025-10-01|kind=new|arr_delta=1|currency=CHF",
			"has no rate" },
		{ "arr=9000000000000000000|currency=EUR", NULL, NULL, "too large" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct err e = { .status = ST_OK };
		struct base b;

		assert_int_equal(try_base(rows[i].fields, rows[i].contracts,
					 rows[i].movements, &b, &e),
			ST_INVALID);
		if (!strstr(e.text, rows[i].error))
			fail_msg("%s", e.text);
		base_clear(&b);
		assert_int_equal(try_base(rows[i].fields, rows[i].contracts,
					 rows[i].movements, &b, NULL),
			ST_INVALID);
		base_clear(&b);
	}
}

/* Foreign amounts that do not count on the day do not need a rate. */
static void what_is_out_needs_no_rate(void **state)
{
	static const struct {
		const char *contracts, *movements;
	} rows[] = {
		{ "contract_id=1|account_id=A|start=2026-04-01|arr=1|currency=CHF",
			NULL },
		{ NULL, "account_id=A|date=2026-04-01|kind=new|arr_delta=1|currency="
			"CHF" },
		{ NULL, "account_id=A|date=2025-03-31|kind=new|arr_delta=1|currency="
			"CHF" },
		{ "contract_id=1|account_id=A|start=2020-01-01|arr=1", NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b;

		MUST(try_base(i == 3 ? "arr=1|currency=CHF" : "arr=1", rows[i].contracts,
			rows[i].movements, &b, &e));
		base_clear(&b);
	}
}

/* Two amounts of 5 * 10^18 cents do not fit: refused, never wrapped. */
static void sums_do_not_wrap(void **state)
{
	struct err e = { .status = ST_OK };
	struct base b;

	(void)state;
	assert_int_equal(
		try_base("",
			CONTRACT("1", "2020-01-01", "", "5000000000000000000")
				CONTRACT("2", "2020-01-01", "", "5000000000000000000"),
			NULL, &b, &e),
		ST_INVALID);
	assert_non_null(strstr(e.text, "add up to too much"));
	base_clear(&b);
	assert_int_equal(
		try_base("arr=0", NULL,
			MOVE("2025-10-01", "expansion", "5000000000000000000")
				MOVE("2025-11-01", "expansion", "5000000000000000000"),
			&b, &e),
		ST_INVALID);
	base_clear(&b);
	/* the ARR a year ago would not fit: 5 * 10^18 less -5 * 10^18 */
	assert_int_equal(
		try_base("arr=5000000000000000000", NULL,
			MOVE("2025-10-01", "contraction", "-5000000000000000000"), &b,
			&e),
		ST_INVALID);
	base_clear(&b);
}

static int set_up(void **state)
{
	struct err e;

	(void)state;
	return policy_parse("[fx]\nEUR = 1.08\nJPY = 0.0065\n", "p", &policy, NULL, &e) !=
	       ST_OK;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arr_of_contracts),
		cmocka_unit_test(growth),
		cmocka_unit_test(currencies),
		cmocka_unit_test(what_can_not_be_converted),
		cmocka_unit_test(what_is_out_needs_no_rate),
		cmocka_unit_test(sums_do_not_wrap),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
