/* The base as of a day: who is active, windows and their edges, what is dated later. */
#include "core/base.h"

#include <math.h>
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
#define DAY "2026-03-31"

static struct policy policy;

/* One account "A" of these fields, and rows of another kind, as of DAY. */
static struct base base_of(const char *fields, enum record_kind kind, const char *rows)
{
	struct base b = rules_base_of(&policy, DAY, fields, kind, rows);

	assert_int_equal(b.n, 1);
	assert_int_equal(b.as_of, day_of(DAY));
	return b;
}

/* "Active on a day: not churned on or before it (status churned without a date: never
 * active), and contract_start missing or not after it." */
static void active(void **state)
{
	static const struct {
		const char *fields;
		bool active, churned;
	} rows[] = {
		{ "", true, false },
		{ "status=active", true, false },
		{ "status=churned", false, true },
		{ "status=churned|churned_on=2026-03-30", false, true },
		{ "status=churned|churned_on=2026-03-31", false, true },
		{ "status=active|churned_on=2026-03-31", false, true },
		/* leaves tomorrow: still here, whatever the status says by then */
		{ "status=churned|churned_on=2026-04-01", true, true },
		{ "churned_on=2026-04-01", true, false },
		{ "contract_start=2026-03-31", true, false },
		{ "contract_start=2026-04-01", false, false },
		{ "contract_start=2026-04-01|churned_on=2027-01-01", false, false },
		{ "contract_start=2020-01-01|churned_on=2026-03-31", false, true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b = base_of(rows[i].fields, REC_COUNT, NULL);

		if (b.active[0] != rows[i].active)
			fail_msg("%s: active %d", rows[i].fields, b.active[0]);
		assert_int_equal((b.flags[0] & ACC_CHURNED) != 0, rows[i].churned);
		assert_true(b.flags[0] & ACC_PRESENT);
		base_clear(&b);
	}
}

static void columns_as_entered(void **state)
{
	struct base b = base_of("csm=Dana|renewal_date=2026-09-01|complexity=80|"
				"maturity=20|stakeholders=5|seats_purchased=100|"
				"features_available=24|reference=1|marquee=1|advocate=0|"
				"parent_expansion=1|growth=0.25|arr=123456",
		REC_COUNT, NULL);

	(void)state;
	assert_int_equal(b.csm[0], 1);
	assert_int_equal(b.renewal[0], day_of("2026-09-01"));
	assert_true(b.complexity[0] == 80 && b.maturity[0] == 20);
	assert_true(b.stakeholders[0] == 5 && b.seats_purchased[0] == 100);
	assert_true(b.features_available[0] == 24 && b.growth[0] == 0.25);
	assert_int_equal(b.flags[0],
		ACC_PRESENT | ACC_REFERENCE | ACC_MARQUEE | ACC_PARENT_EXPANSION);
	assert_int_equal(b.arr[0], 123456);
	base_clear(&b);
}

/* Missing is a state of its own, never 0. Growth alone falls back to 0. */
static void missing_stays_missing(void **state)
{
	struct base b = base_of("", REC_COUNT, NULL);

	(void)state;
	assert_true(isnan(b.complexity[0]) && isnan(b.maturity[0]));
	assert_true(isnan(b.stakeholders[0]) && isnan(b.seats_purchased[0]));
	assert_true(isnan(b.features_available[0]) && isnan(b.stakeholder[0]));
	assert_true(isnan(b.tickets[0]));
	assert_int_equal(b.tickets_day[0], DAY_NONE);
	assert_true(b.arr[0] == MONEY_NONE);
	assert_true(b.growth[0] == 0);
	assert_int_equal(b.csm[0], 0);
	assert_int_equal(b.renewal[0], DAY_NONE);
	assert_int_equal(b.onboarding[0], DAY_NONE);
	assert_int_equal(b.first_value[0], DAY_NONE);
	assert_int_equal(b.last_touch[0], DAY_NONE);
	for (int k = 0; k < SIG_KNOWN; k++)
		assert_int_equal(b.day[k][0], DAY_NONE);
	base_clear(&b);
}

static void onboarding_is_not_known_ahead(void **state)
{
	static const struct {
		const char *fields;
		bool started, reached;
	} rows[] = {
		{ "onboarding_started=2026-03-31|first_value_on=2026-03-31", true, true },
		{ "onboarding_started=2026-03-31|first_value_on=2026-04-01", true,
			false },
		{ "onboarding_started=2026-04-01", false, false },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b = base_of(rows[i].fields, REC_COUNT, NULL);

		assert_int_equal(b.onboarding[0] != DAY_NONE, rows[i].started);
		assert_int_equal(b.first_value[0] != DAY_NONE, rows[i].reached);
		base_clear(&b);
	}
}

#define SIG(day, kind, value) \
	"account_id=A|date=" day "|signal=" kind "|value=" value "\n"
#define SURVEY(day, kind, score) \
	"account_id=A|date=" day "|kind=" kind "|score=" score "\n"

/* Latest = the newest value dated on or before the day. */
static void newest_signals(void **state)
{
	struct base b = base_of("", REC_SIGNAL,
		SIG("2026-03-20", "active_days", "5") SIG("2026-03-31", "active_days",
			"9") SIG("2026-04-01", "active_days", "20") SIG("2026-04-01",
			"logins", "3") SIG("2026-01-01", "seats_active", "0"));

	(void)state;
	assert_true(b.signal[SIG_ACTIVE_DAYS][0] == 9);
	assert_int_equal(b.day[SIG_ACTIVE_DAYS][0], day_of(DAY));
	assert_int_equal(b.day[SIG_LOGINS][0], DAY_NONE);
	assert_true(b.signal[SIG_SEATS_ACTIVE][0] == 0);
	assert_int_equal(b.day[SIG_SEATS_ACTIVE][0], day_of("2026-01-01"));
	base_clear(&b);
}

/* Surveys and signals named nps/csat are one series. */
static void surveys_and_signals_are_one_series(void **state)
{
	static const struct {
		const char *signals, *surveys;
		double nps;
		const char *day;
	} rows[] = {
		{ SIG("2026-03-01", "nps", "9"), SURVEY("2026-02-01", "nps", "2"), 9,
			"2026-03-01" },
		{ SIG("2026-02-01", "nps", "9"), SURVEY("2026-03-01", "nps", "2"), 2,
			"2026-03-01" },
		/* of one day, the person's own word */
		{ SIG("2026-03-01", "nps", "9"), SURVEY("2026-03-01", "nps", "2"), 2,
			"2026-03-01" },
		{ SIG("2026-03-01", "nps", "9"), SURVEY("2026-04-01", "nps", "2"), 9,
			"2026-03-01" },
		/* two answers on a day: the one entered last */
		{ SIG("2026-01-01", "nps", "9"),
			SURVEY("2026-03-31", "nps", "3") SURVEY("2026-03-31", "nps", "8"),
			8, "2026-03-31" },
		/* an answer without a score, and other surveys, are no answer */
		{ SIG("2026-01-01", "nps", "9"),
			SURVEY("2026-03-01", "nps", "") SURVEY("2026-03-01", "ces", "7")
				SURVEY("2026-03-01", "csat", "1"),
			9, "2026-01-01" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct store *s = fake_store_new();
		struct base b;

		rows_put(s, REC_ACCOUNT, "account_id=A");
		rows_put(s, REC_SIGNAL, rows[i].signals);
		rows_put(s, REC_SURVEY, rows[i].surveys);
		b = rules_base(s, &policy, DAY);
		if (b.signal[SIG_NPS][0] != rows[i].nps)
			fail_msg("row %zu: nps %g", i, b.signal[SIG_NPS][0]);
		assert_int_equal(b.day[SIG_NPS][0], day_of(rows[i].day));
		base_clear(&b);
		s->ops->close(s);
	}
}

#define TICKET(id, account, day) \
	"ticket_id=" id "|account_id=" account "|opened_on=" day "\n"

/* Window "last 90 days" = (as_of - 90, as_of]: 2025-12-31 is out, 2026-01-01 is in. */
static void tickets_in_ninety_days(void **state)
{
	static const struct {
		const char *tickets;
		double n;
	} rows[] = {
		{ TICKET("1", "A", "2025-12-31"), 0 },
		{ TICKET("1", "A", "2026-01-01"), 1 },
		{ TICKET("1", "A", "2026-03-31") TICKET("2", "A", "2026-04-01"), 1 },
		{ TICKET("1", "A", "2026-03-31") TICKET("2", "A", "2026-03-31"), 2 },
		{ TICKET("1", "B", "2020-01-01"), 0 }, /* the book holds tickets */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct store *s = fake_store_new();
		struct base b;

		rows_put(s, REC_ACCOUNT, "account_id=A\naccount_id=B");
		rows_put(s, REC_TICKET, rows[i].tickets);
		b = rules_base(s, &policy, DAY);
		assert_true(b.tickets[0] == rows[i].n);
		assert_int_equal(b.tickets_day[0], day_of(DAY));
		base_clear(&b);
		s->ops->close(s);
	}
}

/* Without tickets in the book on the day, a signal speaks; with them it is not heard. */
static void tickets_from_a_signal(void **state)
{
	static const struct {
		const char *ticket;
		double n;
		const char *day;
	} rows[] = { { NULL, 7, "2026-03-15" },
		{ TICKET("1", "A", "2026-04-01"), 7, "2026-03-15" },
		{ TICKET("1", "A", "2020-01-01"), 0, DAY } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct store *s = fake_store_new();
		struct base b;

		rows_put(s, REC_ACCOUNT, "account_id=A");
		rows_put(s, REC_SIGNAL, SIG("2026-03-15", "tickets_90d", "7"));
		if (rows[i].ticket)
			rows_put(s, REC_TICKET, rows[i].ticket);
		b = rules_base(s, &policy, DAY);
		assert_true(b.tickets[0] == rows[i].n);
		assert_int_equal(b.tickets_day[0], day_of(rows[i].day));
		base_clear(&b);
		s->ops->close(s);
	}
}

static void last_two_way_touch(void **state)
{
	static const struct {
		const char *touches, *day;
	} rows[] = {
		{ "account_id=A|date=2026-03-01|two_way=1", "2026-03-01" },
		{ "account_id=A|date=2026-03-01|two_way=1\n"
		  "account_id=A|date=2026-03-20|two_way=0\n"
		  "account_id=A|date=2026-04-01|two_way=1\n"
		  "account_id=A|date=2026-02-01|two_way=1",
			"2026-03-01" },
		{ "account_id=A|date=2026-03-31|two_way=1", DAY },
		{ "account_id=A|date=2026-03-01|two_way=0", NULL },
		{ "account_id=A|date=2026-03-01|kind=call", NULL },
		{ "account_id=A|date=2026-04-01|two_way=1", NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b = base_of("", REC_TOUCH, rows[i].touches);

		assert_int_equal(
			b.last_touch[0], rows[i].day ? day_of(rows[i].day) : DAY_NONE);
		base_clear(&b);
	}
}

/* "In place from since (missing: always) until before left_on." */
static void champions_and_sponsors(void **state)
{
	static const struct {
		const char *contacts;
		double score; /* -1: missing */
	} rows[] = {
		{ "account_id=A|name=X|role=user", -1 },
		{ "account_id=A|name=X|role=champion", 60 },
		{ "account_id=A|name=X|role=sponsor", 60 },
		{ "account_id=A|name=X|role=champion\naccount_id=A|name=Y|role=champion",
			60 },
		{ "account_id=A|name=X|role=champion\naccount_id=A|name=Y|role=sponsor",
			100 },
		{ "account_id=A|name=X|role=champion\naccount_id=A|name=X|role=sponsor",
			100 },
		{ "account_id=A|name=X|role=champion|left_on=2026-03-31", 0 },
		{ "account_id=A|name=X|role=champion|left_on=2026-04-01", 60 },
		{ "account_id=A|name=X|role=champion|since=2026-03-31", 60 },
		{ "account_id=A|name=X|role=champion|since=2026-04-01", -1 },
		{ "account_id=A|name=X|role=champion|left_on=2026-01-01\n"
		  "account_id=A|name=Y|role=sponsor",
			60 },
		{ "account_id=A|name=X|role=champion|left_on=2026-01-01\n"
		  "account_id=A|name=Y|role=sponsor|left_on=2026-02-01",
			0 },
		{ "account_id=A|name=X|role=champion|left_on=2026-01-01\n"
		  "account_id=A|name=Y|role=sponsor|since=2026-04-01",
			0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct base b = base_of("", REC_CONTACT, rows[i].contacts);
		const double is = isnan(b.stakeholder[0]) ? -1 : b.stakeholder[0];

		if (is != rows[i].score)
			fail_msg("%s: %g", rows[i].contacts, is);
		base_clear(&b);
	}
}

static int set_up(void **state)
{
	(void)state;
	policy_default(&policy);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(active),
		cmocka_unit_test(columns_as_entered),
		cmocka_unit_test(missing_stays_missing),
		cmocka_unit_test(onboarding_is_not_known_ahead),
		cmocka_unit_test(newest_signals),
		cmocka_unit_test(surveys_and_signals_are_one_series),
		cmocka_unit_test(tickets_in_ninety_days),
		cmocka_unit_test(tickets_from_a_signal),
		cmocka_unit_test(last_two_way_touch),
		cmocka_unit_test(champions_and_sponsors),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
