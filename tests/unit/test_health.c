/* Health from rows: every component at its points and edges, ages, settling, the pulse,
 * coverage and the bands. */
#include "core/health.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/health_text.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

static struct policy policy;

/* What account "A" of these fields has, as of DAY. signals: "kind value date" lines. */
struct facts {
	const char *fields, *signals;
	enum record_kind kind; /* of the rows */
	const char *rows;
};

static void put_signals(struct store *s, const char *lines)
{
	char row[160], kind[32], value[32], day[16];
	int used = 0;

	for (; sscanf(lines, "%31s %31s %15s%n", kind, value, day, &used) == 3;
		lines += used) {
		snprintf(row, sizeof(row), "account_id=A|date=%s|signal=%s|value=%s", day,
			kind, value);
		rows_put(s, REC_SIGNAL, row);
	}
}

static struct health_explained health_of(struct facts f, uint8_t tier)
{
	struct store *s = fake_store_new();
	struct health_explained x;
	struct base b;
	char line[512];

	snprintf(line, sizeof(line), "account_id=A%s%s", f.fields ? "|" : "",
		f.fields ? f.fields : "");
	rows_put(s, REC_ACCOUNT, line);
	put_signals(s, f.signals ? f.signals : "");
	if (f.rows)
		rows_put(s, f.kind, f.rows);
	b = rules_base(s, &policy, DAY);
	health_explain(&policy, &b, 0, tier, &x);
	base_clear(&b);
	s->ops->close(s);
	return x;
}

#define MISSING                    \
	{                          \
		COMP_MISSING, 0, 0 \
	}
#define PRESENT(input, score)              \
	{                                  \
		COMP_PRESENT, input, score \
	}
#define TOUCH(day) "account_id=A|date=" day "|two_way=1"

static const struct {
	enum component c;
	struct facts f;
	struct {
		enum component_state state;
		double input, score;
	} is;
} components[] = {
	/* usage: 0→0, 4→30, 12→70, 20→100; too old after 14 days (2026-03-17 is 14) */
	{ COMP_USAGE, { .signals = "active_days 0 2026-03-31" }, PRESENT(0, 0) },
	{ COMP_USAGE, { .signals = "active_days 4 2026-03-31" }, PRESENT(4, 30) },
	{ COMP_USAGE, { .signals = "active_days 12 2026-03-17" }, PRESENT(12, 70) },
	{ COMP_USAGE, { .signals = "active_days 20 2026-03-16" },
		{ COMP_TOO_OLD, 20, 0 } },
	{ COMP_USAGE, { .signals = "active_days 28 2026-03-31" }, PRESENT(28, 100) },
	{ COMP_USAGE, { .signals = "active_days 5 2026-04-01" }, MISSING },
	{ COMP_USAGE, { 0 }, MISSING },
	/* an old value does not come back because a newer one is too old as well */
	{ COMP_USAGE, { .signals = "active_days 20 2026-03-10 active_days 4 2026-03-12" },
		{ COMP_TOO_OLD, 4, 0 } },
	/* adoption: used / available, %; 45 days (2026-02-14) */
	{ COMP_ADOPTION,
		{ .fields = "features_available=20",
			.signals = "features_used 6 2026-02-14" },
		PRESENT(30, 40) },
	{ COMP_ADOPTION,
		{ .fields = "features_available=20",
			.signals = "features_used 12 2026-03-31" },
		PRESENT(60, 80) },
	{ COMP_ADOPTION,
		{ .fields = "features_available=20",
			.signals = "features_used 17 2026-03-31" },
		PRESENT(85, 100) },
	{ COMP_ADOPTION,
		{ .fields = "features_available=20",
			.signals = "features_used 6 2026-02-13" },
		{ COMP_TOO_OLD, 30, 0 } },
	{ COMP_ADOPTION,
		{ .fields = "features_available=0",
			.signals = "features_used 6 2026-03-31" },
		MISSING },
	{ COMP_ADOPTION, { .signals = "features_used 6 2026-03-31" }, MISSING },
	{ COMP_ADOPTION, { .fields = "features_available=20" }, MISSING },
	/* support: tickets per 10 active seats, per account when seats are unknown */
	{ COMP_SUPPORT, { .signals = "tickets_90d 0 2026-03-31" }, PRESENT(0, 100) },
	{ COMP_SUPPORT, { .signals = "tickets_90d 3 2026-03-01" }, PRESENT(3, 40) },
	{ COMP_SUPPORT, { .signals = "tickets_90d 3 2026-02-28" },
		{ COMP_TOO_OLD, 3, 0 } },
	{ COMP_SUPPORT,
		{ .signals = "tickets_90d 3 2026-03-31 seats_active 30 2026-02-14" },
		PRESENT(1, 80) },
	{ COMP_SUPPORT, /* seats older than utilisation's limit are unknown */
		{ .signals = "tickets_90d 3 2026-03-31 seats_active 30 2026-02-13" },
		PRESENT(3, 40) },
	{ COMP_SUPPORT, /* nobody is active: per account */
		{ .signals = "tickets_90d 6 2026-03-31 seats_active 0 2026-03-31" },
		PRESENT(6, 0) },
	{ COMP_SUPPORT,
		{ .kind = REC_TICKET,
			.rows = "ticket_id=1|account_id=A|opened_on=2026-01-01" },
		PRESENT(1, 80) },
	{ COMP_SUPPORT, { 0 }, MISSING },
	/* sentiment: NPS; without one CSAT 1→0, 2→3, 3→6, 4→8, 5→10; 180 days */
	{ COMP_SENTIMENT, { .signals = "nps 0 2026-03-31" }, PRESENT(0, 0) },
	{ COMP_SENTIMENT, { .signals = "nps 6 2025-10-02" }, PRESENT(6, 40) },
	{ COMP_SENTIMENT, { .signals = "nps 8 2025-10-01" }, { COMP_TOO_OLD, 8, 0 } },
	{ COMP_SENTIMENT, { .signals = "nps 8 2026-03-31" }, PRESENT(8, 75) },
	{ COMP_SENTIMENT, { .signals = "nps 10 2026-01-01 csat 1 2026-03-31" },
		PRESENT(10, 100) },
	{ COMP_SENTIMENT, { .signals = "csat 1 2026-03-31" }, PRESENT(0, 0) },
	{ COMP_SENTIMENT, { .signals = "csat 2 2026-03-31" }, PRESENT(3, 20) },
	{ COMP_SENTIMENT, { .signals = "csat 3 2026-03-31" }, PRESENT(6, 40) },
	{ COMP_SENTIMENT, { .signals = "csat 4 2026-03-31" }, PRESENT(8, 75) },
	{ COMP_SENTIMENT, { .signals = "csat 5 2026-03-31" }, PRESENT(10, 100) },
	{ COMP_SENTIMENT, { .signals = "csat 3.5 2026-03-31" }, PRESENT(7, 57.5) },
	{ COMP_SENTIMENT, { 0 }, MISSING },
	/* utilisation: seats active / purchased, %; 45 days */
	{ COMP_UTILISATION,
		{ .fields = "seats_purchased=40",
			.signals = "seats_active 20 2026-02-14" },
		PRESENT(50, 50) },
	{ COMP_UTILISATION,
		{ .fields = "seats_purchased=40",
			.signals = "seats_active 32 2026-03-31" },
		PRESENT(80, 100) },
	{ COMP_UTILISATION, /* more seats in use than paid for */
		{ .fields = "seats_purchased=40",
			.signals = "seats_active 60 2026-03-31" },
		PRESENT(150, 100) },
	{ COMP_UTILISATION,
		{ .fields = "seats_purchased=40",
			.signals = "seats_active 20 2026-02-13" },
		{ COMP_TOO_OLD, 50, 0 } },
	{ COMP_UTILISATION,
		{ .fields = "seats_purchased=0",
			.signals = "seats_active 20 2026-03-31" },
		MISSING },
	{ COMP_UTILISATION, { .signals = "seats_active 20 2026-03-31" }, MISSING },
	/* engagement: days since the last two-way touch; never too old */
	{ COMP_ENGAGEMENT, { .kind = REC_TOUCH, .rows = TOUCH("2026-03-31") },
		PRESENT(0, 100) },
	{ COMP_ENGAGEMENT, { .kind = REC_TOUCH, .rows = TOUCH("2026-03-17") },
		PRESENT(14, 100) },
	{ COMP_ENGAGEMENT, { .kind = REC_TOUCH, .rows = TOUCH("2026-02-14") },
		PRESENT(45, 50) },
	{ COMP_ENGAGEMENT, { .kind = REC_TOUCH, .rows = TOUCH("2025-12-31") },
		PRESENT(90, 0) },
	{ COMP_ENGAGEMENT, { .kind = REC_TOUCH, .rows = TOUCH("2020-03-31") },
		PRESENT(2191, 0) },
	{ COMP_ENGAGEMENT, { 0 }, MISSING },
	/* stakeholder */
	{ COMP_STAKEHOLDER,
		{ .kind = REC_CONTACT, .rows = "account_id=A|name=X|role=champion" },
		PRESENT(60, 60) },
	{ COMP_STAKEHOLDER,
		{ .kind = REC_CONTACT,
			.rows = "account_id=A|name=X|role=champion|left_on=2026-03-31" },
		PRESENT(0, 0) },
	{ COMP_STAKEHOLDER, { 0 }, MISSING },
	/* renewal: 0→20, 30→40, 90→70, 180→100; overdue is as bad as today */
	{ COMP_RENEWAL, { .fields = "renewal_date=2026-03-31" }, PRESENT(0, 20) },
	{ COMP_RENEWAL, { .fields = "renewal_date=2026-03-01" }, PRESENT(-30, 20) },
	{ COMP_RENEWAL, { .fields = "renewal_date=2026-04-30" }, PRESENT(30, 40) },
	{ COMP_RENEWAL, { .fields = "renewal_date=2026-06-29" }, PRESENT(90, 70) },
	{ COMP_RENEWAL, { .fields = "renewal_date=2026-09-27" }, PRESENT(180, 100) },
	{ COMP_RENEWAL, { .fields = "renewal_date=2030-01-01" }, PRESENT(1372, 100) },
	{ COMP_RENEWAL, { 0 }, MISSING },
};

static void every_component(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(components); i++) {
		const struct health_explained h = health_of(components[i].f, 0);
		const struct component_explained *x = &h.component[components[i].c];

		if (x->state != components[i].is.state ||
			(x->state != COMP_MISSING &&
				x->input != components[i].is.input) ||
			(x->state == COMP_PRESENT && x->score != components[i].is.score))
			fail_msg("row %zu, %s: state %d, %g gives %g", i,
				component_name[components[i].c], x->state, x->input,
				x->score);
		assert_int_equal(isnan(x->score), x->state != COMP_PRESENT);
		assert_int_equal(isnan(x->input), x->state == COMP_MISSING);
	}
}

/* "In the first 30 days after onboarding started": day 29 settles, day 30 does not. */
static void settling(void **state)
{
	static const struct {
		const char *fields;
		bool settles;
	} rows[] = { { "onboarding_started=2026-03-02", true }, /* day 29 */
		{ "onboarding_started=2026-03-01", false },     /* day 30 */
		{ "onboarding_started=2026-03-31", true },
		{ "onboarding_started=2026-04-01", false },
		{ "onboarding_started=2026-03-30|first_value_on=2026-03-31", true } };
	char fields[160];

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct health_explained h;

		snprintf(fields, sizeof(fields),
			"features_available=20|seats_purchased=40|%s", rows[i].fields);
		h = health_of((struct facts){ .fields = fields,
				      .signals = "active_days 20 2026-03-31 "
						 "features_used 17 2026-03-31 "
						 "seats_active 40 2026-03-31 "
						 "nps 10 2026-03-31" },
			0);
		for (int c = 0; c < COMP_COUNT; c++) {
			const bool young = c == COMP_USAGE || c == COMP_ADOPTION ||
					   c == COMP_UTILISATION;

			if (young)
				assert_int_equal(h.component[c].state,
					rows[i].settles ? COMP_SETTLING : COMP_PRESENT);
		}
		assert_int_equal(h.component[COMP_SENTIMENT].state, COMP_PRESENT);
		/* sentiment alone covers 0.15: not enough */
		assert_int_equal(h.health, rows[i].settles ? 0 : 100);
	}
}

/* Present weights over all weights; below 0.40 health is unknown. */
static void coverage(void **state)
{
	static const struct {
		struct facts f;
		double coverage;
		int health;
	} rows[] = {
		/* usage 25 + support 15 = 0.40: (25 * 100 + 15 * 100) / 40 */
		{ { .signals = "active_days 20 2026-03-31 tickets_90d 0 2026-03-31" },
			0.40, 100 },
		{ { .signals = "active_days 4 2026-03-31 tickets_90d 3 2026-03-31" },
			0.40, 34 }, /* 1350 / 40 = 33.75 */
		{ { .signals = "active_days 20 2026-03-31" }, 0.25, 0 },
		/* 25 + 5 + 5 = 0.35 */
		{ { .fields = "renewal_date=2030-01-01",
			  .signals = "active_days 20 2026-03-31",
			  .kind = REC_TOUCH,
			  .rows = TOUCH("2026-03-31") },
			0.35, 0 },
		{ { 0 }, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct health_explained h = health_of(rows[i].f, 0);

		assert_true(h.coverage == rows[i].coverage);
		assert_int_equal(h.health, rows[i].health);
		assert_int_equal(h.unheld, rows[i].health);
	}
}

#define WORST                                                                 \
	"active_days 0 2026-03-31 features_used 0 2026-03-31 seats_active 0 " \
	"2026-03-31 tickets_90d 60 2026-03-31 nps 0 2026-03-31"
#define BEST                                                                     \
	"active_days 28 2026-03-31 features_used 20 2026-03-31 seats_active 40 " \
	"2026-03-31 tickets_90d 0 2026-03-31 nps 10 2026-03-31"

/* All-worst inputs 1, all-best 100: with every component, and without the last three. */
static void worst_and_best(void **state)
{
	const struct facts worst = { "features_available=20|seats_purchased=40", WORST,
		REC_CONTACT, "account_id=A|name=X|role=sponsor|left_on=2026-01-01" };
	const struct facts best = {
		"features_available=20|seats_purchased=40|renewal_date=2030-01-01", BEST,
		REC_CONTACT,
		"account_id=A|name=X|role=sponsor\naccount_id=A|name=X|role=champion"
	};
	struct health_explained h = health_of(worst, 0);
	int points = 0;

	(void)state;
	assert_int_equal(h.health, 1);
	for (int c = 0; c < COMP_COUNT; c++)
		points += h.component[c].points;
	assert_int_equal(points, 1);
	assert_int_equal(health_of(best, 0).health, 100);
}

static const char *const middling =
	"active_days 12 2026-03-31 nps 8 2026-03-31 tickets_90d 1 2026-03-31 ";

/* "Can only lower: red holds health at 49 or less; green never lifts it"; valid 90 days
 * (2025-12-31 is 90 days before). (25 * 70 + 15 * 75 + 15 * 80) / 55 = 74.09. */
static void pulse(void **state)
{
	static const struct {
		const char *pulse;
		int health, in_force;
		bool held;
	} rows[] = {
		{ "", 74, 0, false },
		{ "pulse 1 2026-03-31", 49, 1, true },
		{ "pulse 1 2025-12-31", 49, 1, true },
		{ "pulse 1 2025-12-30", 74, 0, false },
		{ "pulse 1 2026-04-01", 74, 0, false },
		{ "pulse 2 2026-03-31", 74, 2, false },
		{ "pulse 3 2026-03-31", 74, 3, false },
		{ "pulse 1 2026-03-01 pulse 3 2026-03-02", 74, 3, false },
		{ "pulse 7 2026-03-31", 74, 0, false }, /* no such judgement */
		{ "pulse 1.5 2026-03-31", 74, 0, false },
		{ "pulse 100000000000000 2026-03-31", 74, 0, false },
	};
	char signals[256];

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct health_explained h;

		snprintf(signals, sizeof(signals), "%s%s", middling, rows[i].pulse);
		h = health_of((struct facts){ .signals = signals }, 0);
		assert_int_equal(h.health, rows[i].health);
		assert_int_equal(h.unheld, 74);
		assert_int_equal(h.pulse, rows[i].in_force);
		assert_int_equal(h.held_by_pulse, rows[i].held);
	}
	/* what is lower already is not lifted to 49, and unknown stays unknown */
	assert_int_equal(
		health_of((struct facts){ .signals = WORST " pulse 1 2026-03-31" }, 0)
			.health,
		1);
	assert_int_equal(
		health_of((struct facts){ .signals = "pulse 1 2026-03-31" }, 0).health,
		0);
}

static void bands(void **state)
{
	static const struct {
		int health;
		enum health_band band;
	} rows[] = { { 100, BAND_HEALTHY }, { 75, BAND_HEALTHY }, { 74, BAND_WATCH },
		{ 50, BAND_WATCH }, { 49, BAND_AT_RISK }, { 1, BAND_AT_RISK },
		{ HEALTH_UNKNOWN, BAND_UNKNOWN }, { HEALTH_NONE, BAND_UNKNOWN } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_int_equal(health_band(&policy, rows[i].health), rows[i].band);
}

/* What tickets are counted per is said as it was: seats that are unknown are not 10. */
static void support_in_words(void **state)
{
	static const struct {
		const char *signals, *said, *brief;
	} rows[] = {
		{ "tickets_90d 3 2026-03-31", "3 tickets, seats unknown", "3 tickets" },
		{ "tickets_90d 1 2026-03-31", "1 ticket, seats unknown", "1 ticket" },
		{ "tickets_90d 0 2026-03-31", "0 tickets, seats unknown", "0 tickets" },
		{ "tickets_90d 3 2026-03-31 seats_active 30 2026-02-14",
			"1 ticket per 10 seats", "1/10 seats" },
		{ "tickets_90d 3 2026-03-31 seats_active 30 2026-02-13",
			"3 tickets, seats unknown", "3 tickets" },
		{ "tickets_90d 6 2026-03-31 seats_active 0 2026-03-31",
			"6 tickets, seats unknown", "6 tickets" },
		{ "tickets_90d 3 2025-01-01",
			"3 tickets, seats unknown, left out: too old", "too old" },
		{ "", "left out: no data", "no data" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct health_explained h =
			health_of((struct facts){ .signals = rows[i].signals }, 0);
		const struct component_explained *x = &h.component[COMP_SUPPORT];
		char said[HEALTH_TEXT_MAX];

		assert_string_equal(health_input(COMP_SUPPORT, x, said), rows[i].said);
		assert_string_equal(
			health_input_short(COMP_SUPPORT, x, said), rows[i].brief);
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
		cmocka_unit_test(every_component),
		cmocka_unit_test(settling),
		cmocka_unit_test(coverage),
		cmocka_unit_test(worst_and_best),
		cmocka_unit_test(pulse),
		cmocka_unit_test(bands),
		cmocka_unit_test(support_in_words),
	};
	return cmocka_run_group_tests(tests, set_up, NULL);
}
