/* What becomes of alerts: entering, clearing, quiet times, snoozes, escalation. */
#include "core/alert_life.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define TODAY 1000
#define WHO 7

static struct policy policy;

/* What was there of health-red, what holds now, and what follows. */
struct life {
	const char *why;
	enum alert_state state; /* of the one before; ALERT_STATES: none was there */
	enum severity was;
	int32_t opened, until, ended, escalated; /* days before today; negative: later */
	uint8_t tier;
	enum severity now; /* SEV_OFF: the condition does not hold */
	unsigned events;
	enum alert_state becomes;
	enum severity severity;
};

#define NEVER DAY_NONE

static int32_t day_before(int32_t days)
{
	return days == NEVER ? DAY_NONE : TODAY - days;
}

static void check(const struct life *x)
{
	const struct alert before = { .id = 42,
		.account = WHO,
		.kind = ALERT_HEALTH_RED,
		.severity = x->was,
		.state = x->state,
		.evidence = { 45, (double)NAN, DAY_NONE },
		.opened = day_before(x->opened),
		.severe = day_before(x->opened),
		.until = day_before(x->until),
		.ended = day_before(x->ended),
		.escalated = day_before(x->escalated) };
	struct alert_found found[ALERT_KINDS] = { { SEV_OFF, { 0, 0, 0 } } };
	struct alert_step out[ALERT_KINDS];
	const bool there = x->state != ALERT_STATES;
	int n;

	found[ALERT_HEALTH_RED].severity = x->now;
	found[ALERT_HEALTH_RED].evidence.x = 40;
	n = alert_life(&policy, WHO, x->tier, TODAY, &before, there, found, out);
	if (!x->events) {
		if (n)
			fail_msg("%s: %d steps, events %u", x->why, n, out[0].events);
		return;
	}
	if (n != 1 || out[0].events != x->events)
		fail_msg("%s: %d steps, events %u", x->why, n, n ? out[0].events : 0);
	if (out[0].alert.state != x->becomes || out[0].alert.severity != x->severity)
		fail_msg("%s: %s, %s", x->why, alert_state_word[out[0].alert.state],
			alert_severity_word[out[0].alert.severity]);
	assert_int_equal(out[0].alert.account, WHO);
	assert_int_equal(out[0].alert.kind, ALERT_HEALTH_RED);
	assert_int_equal(out[0].alert.id, x->events & ALERT_EV_OPENED ? 0 : 42);
	if (x->events & ALERT_EV_OPENED)
		assert_int_equal(out[0].alert.opened, TODAY);
	assert_int_equal(
		out[0].alert.severe, x->events & ALERT_EV_OPENED || x->was != x->severity
					     ? TODAY
					     : day_before(x->opened));
	assert_int_equal(out[0].alert.ended == TODAY, x->events == ALERT_EV_RESOLVED);
	assert_int_equal(
		out[0].alert.escalated == TODAY, (x->events & ALERT_EV_ESCALATED) != 0);
}

static void lives(void **state)
{
	static const struct life rows[] = {
		{ "nothing", ALERT_STATES, 0, 0, 0, 0, 0, 2, SEV_OFF, 0, 0, 0 },
		{ "entered", ALERT_STATES, 0, 0, 0, 0, 0, 2, SEV_WARNING, ALERT_EV_OPENED,
			ALERT_OPEN, SEV_WARNING },
		{ "still true", ALERT_OPEN, SEV_WARNING, 3, NEVER, NEVER, NEVER, 2,
			SEV_WARNING, 0, 0, 0 },
		{ "gone", ALERT_OPEN, SEV_WARNING, 3, NEVER, NEVER, NEVER, 2, SEV_OFF,
			ALERT_EV_RESOLVED, ALERT_RESOLVED, SEV_WARNING },
		{ "worse", ALERT_OPEN, SEV_INFO, 3, NEVER, NEVER, NEVER, 2, SEV_WARNING,
			ALERT_EV_CHANGED, ALERT_OPEN, SEV_WARNING },
		{ "better", ALERT_OPEN, SEV_WARNING, 3, NEVER, NEVER, NEVER, 2, SEV_INFO,
			ALERT_EV_CHANGED, ALERT_OPEN, SEV_INFO },
		/* snoozed until a day: through the day before it */
		{ "snoozed until tomorrow", ALERT_SNOOZED, SEV_WARNING, 3, -1, NEVER,
			NEVER, 2, SEV_WARNING, 0, 0, 0 },
		{ "snoozed until today", ALERT_SNOOZED, SEV_WARNING, 3, 0, NEVER, NEVER,
			2, SEV_WARNING, ALERT_EV_WOKEN, ALERT_OPEN, SEV_WARNING },
		{ "got worse asleep", ALERT_SNOOZED, SEV_INFO, 3, -5, NEVER, NEVER, 2,
			SEV_WARNING, ALERT_EV_CHANGED | ALERT_EV_WOKEN, ALERT_OPEN,
			SEV_WARNING },
		{ "got better asleep", ALERT_SNOOZED, SEV_WARNING, 3, -5, NEVER, NEVER, 2,
			SEV_INFO, ALERT_EV_CHANGED, ALERT_SNOOZED, SEV_INFO },
		{ "gone asleep", ALERT_SNOOZED, SEV_WARNING, 3, -5, NEVER, NEVER, 2,
			SEV_OFF, ALERT_EV_RESOLVED, ALERT_RESOLVED, SEV_WARNING },
		/* closed: quiet for 14 days, unless it got worse */
		{ "closed today", ALERT_CLOSED, SEV_WARNING, 3, NEVER, 0, NEVER, 2,
			SEV_WARNING, 0, 0, 0 },
		{ "closed 13 days ago", ALERT_CLOSED, SEV_WARNING, 30, NEVER, 13, NEVER,
			2, SEV_WARNING, 0, 0, 0 },
		{ "closed 14 days ago", ALERT_CLOSED, SEV_WARNING, 30, NEVER, 14, NEVER,
			2, SEV_WARNING, ALERT_EV_OPENED, ALERT_OPEN, SEV_WARNING },
		{ "closed, then worse", ALERT_CLOSED, SEV_INFO, 30, NEVER, 1, NEVER, 2,
			SEV_WARNING, ALERT_EV_OPENED, ALERT_OPEN, SEV_WARNING },
		{ "closed, then better", ALERT_CLOSED, SEV_CRITICAL, 30, NEVER, 1, NEVER,
			2, SEV_INFO, 0, 0, 0 },
		/* resolved and back within the quiet time: the same one */
		{ "back the next day", ALERT_RESOLVED, SEV_WARNING, 30, NEVER, 1, NEVER,
			2, SEV_WARNING, ALERT_EV_REOPENED, ALERT_OPEN, SEV_WARNING },
		{ "back after 13 days", ALERT_RESOLVED, SEV_WARNING, 30, NEVER, 13, NEVER,
			2, SEV_WARNING, ALERT_EV_REOPENED, ALERT_OPEN, SEV_WARNING },
		{ "back after 14 days", ALERT_RESOLVED, SEV_WARNING, 30, NEVER, 14, NEVER,
			2, SEV_WARNING, ALERT_EV_OPENED, ALERT_OPEN, SEV_WARNING },
		/* escalation: critical ones, at once in tier 1, after 5 days in tier 2 */
		{ "tier 1 at once", ALERT_STATES, 0, 0, 0, 0, 0, 1, SEV_CRITICAL,
			ALERT_EV_OPENED | ALERT_EV_ESCALATED, ALERT_OPEN, SEV_CRITICAL },
		{ "tier 1, told before", ALERT_OPEN, SEV_CRITICAL, 2, NEVER, NEVER, 2, 1,
			SEV_CRITICAL, 0, 0, 0 },
		{ "tier 2 after 4 days", ALERT_OPEN, SEV_CRITICAL, 4, NEVER, NEVER, NEVER,
			2, SEV_CRITICAL, 0, 0, 0 },
		{ "tier 2 after 5 days", ALERT_OPEN, SEV_CRITICAL, 5, NEVER, NEVER, NEVER,
			2, SEV_CRITICAL, ALERT_EV_ESCALATED, ALERT_OPEN, SEV_CRITICAL },
		{ "warnings don't escalate", ALERT_OPEN, SEV_WARNING, 50, NEVER, NEVER,
			NEVER, 1, SEV_WARNING, 0, 0, 0 },
		{ "asleep they don't", ALERT_SNOOZED, SEV_CRITICAL, 50, -3, NEVER, NEVER,
			2, SEV_CRITICAL, 0, 0, 0 },
		{ "tier 3 never", ALERT_OPEN, SEV_CRITICAL, 900, NEVER, NEVER, NEVER, 3,
			SEV_CRITICAL, 0, 0, 0 },
		{ "without a tier as in tier 3", ALERT_OPEN, SEV_CRITICAL, 900, NEVER,
			NEVER, NEVER, 0, SEV_CRITICAL, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		check(&rows[i]);
}

/* An alert that opened 40 days ago in tier 2, where what is critical for 5 days goes to
 * the lead: the days count from when it became so. */
static void escalation_counts_what_was_critical(void **state)
{
	static const struct {
		const char *why;
		enum alert_state state;
		enum severity was;
		int32_t severe, ended; /* days before today */
		enum severity now;
		bool escalates;
		int32_t is_severe; /* days before today */
	} rows[] = {
		{ "critical from the start", ALERT_OPEN, SEV_CRITICAL, 40, NEVER,
			SEV_CRITICAL, true, 40 },
		{ "critical today", ALERT_OPEN, SEV_WARNING, 40, NEVER, SEV_CRITICAL,
			false, 0 },
		{ "critical for 4 days", ALERT_OPEN, SEV_CRITICAL, 4, NEVER, SEV_CRITICAL,
			false, 4 },
		{ "critical for 5 days", ALERT_OPEN, SEV_CRITICAL, 5, NEVER, SEV_CRITICAL,
			true, 5 },
		{ "a warning since today", ALERT_OPEN, SEV_CRITICAL, 5, NEVER,
			SEV_WARNING, false, 0 },
		{ "woke up critical", ALERT_SNOOZED, SEV_WARNING, 40, NEVER, SEV_CRITICAL,
			false, 0 },
		{ "back as critical as it was", ALERT_RESOLVED, SEV_CRITICAL, 4, 1,
			SEV_CRITICAL, false, 4 },
		{ "back, critical for 5 days", ALERT_RESOLVED, SEV_CRITICAL, 5, 1,
			SEV_CRITICAL, true, 5 },
		{ "back worse", ALERT_RESOLVED, SEV_WARNING, 40, 1, SEV_CRITICAL, false,
			0 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct alert before = { .id = 42,
			.account = WHO,
			.kind = ALERT_HEALTH_RED,
			.severity = rows[i].was,
			.state = rows[i].state,
			.opened = TODAY - 40,
			.severe = day_before(rows[i].severe),
			.until = rows[i].state == ALERT_SNOOZED ? TODAY + 9 : DAY_NONE,
			.ended = day_before(rows[i].ended),
			.escalated = DAY_NONE };
		struct alert_found found[ALERT_KINDS] = { { SEV_OFF, { 0, 0, 0 } } };
		struct alert_step out[ALERT_KINDS];
		int n;

		found[ALERT_HEALTH_RED].severity = rows[i].now;
		n = alert_life(&policy, WHO, 2, TODAY, &before, 1, found, out);
		if (rows[i].escalates != (n && out[0].events & ALERT_EV_ESCALATED))
			fail_msg("%s: escalates: %s", rows[i].why,
				rows[i].escalates ? "no" : "yes");
		if (n && out[0].alert.severe != day_before(rows[i].is_severe))
			fail_msg("%s: severe since %d", rows[i].why,
				(int)(TODAY - out[0].alert.severe));
	}
}

/* A gap does not wake what was put off: from the day its condition is gone until the day
 * it holds again. Days are before today, negative ones later. */
static void a_snooze_outlives_a_gap(void **state)
{
	static const struct {
		const char *why;
		int32_t until, ended; /* of the one that resolved asleep */
		enum severity was, now;
		enum alert_state becomes;
		int32_t is_until; /* NEVER: nothing is known of a snooze */
		bool same;
	} rows[] = {
		{ "back the next day", -5, 1, SEV_WARNING, SEV_WARNING, ALERT_SNOOZED, -5,
			true },
		{ "back the day before its day", -1, 3, SEV_WARNING, SEV_WARNING,
			ALERT_SNOOZED, -1, true },
		{ "back on its day", 0, 3, SEV_WARNING, SEV_WARNING, ALERT_OPEN, 0,
			true },
		{ "back the day after it", 1, 3, SEV_WARNING, SEV_WARNING, ALERT_OPEN,
			NEVER, true },
		{ "back worse", -5, 1, SEV_INFO, SEV_WARNING, ALERT_OPEN, NEVER, true },
		{ "back better", -5, 1, SEV_WARNING, SEV_INFO, ALERT_SNOOZED, -5, true },
		{ "back at the end of its quiet time", -5, 13, SEV_WARNING, SEV_WARNING,
			ALERT_SNOOZED, -5, true },
		{ "another one", -5, 14, SEV_WARNING, SEV_WARNING, ALERT_OPEN, NEVER,
			false },
		{ "awake when it resolved", NEVER, 1, SEV_WARNING, SEV_WARNING,
			ALERT_OPEN, NEVER, true },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct alert before = { .id = 42,
			.account = WHO,
			.kind = ALERT_HEALTH_RED,
			.severity = rows[i].was,
			.state = ALERT_RESOLVED,
			.opened = TODAY - 30,
			.until = day_before(rows[i].until),
			.ended = day_before(rows[i].ended),
			.escalated = DAY_NONE };
		struct alert_found found[ALERT_KINDS] = { { SEV_OFF, { 0, 0, 0 } } };
		struct alert_step out[ALERT_KINDS];

		found[ALERT_HEALTH_RED].severity = rows[i].now;
		assert_int_equal(
			alert_life(&policy, WHO, 2, TODAY, &before, 1, found, out), 1);
		if (out[0].alert.state != rows[i].becomes ||
			out[0].alert.until != day_before(rows[i].is_until) ||
			(out[0].alert.id == 42) != rows[i].same)
			fail_msg("%s: alert %d is %s until %d", rows[i].why,
				(int)out[0].alert.id,
				alert_state_word[out[0].alert.state],
				(int)out[0].alert.until);
	}
}

/* The day of a snooze stays known while the condition is gone, unless it had come. */
static void resolved_asleep(void **state)
{
	static const struct {
		enum alert_state state;
		int32_t until, keeps;
	} rows[] = { { ALERT_SNOOZED, -5, -5 }, { ALERT_SNOOZED, -1, -1 },
		{ ALERT_SNOOZED, 0, NEVER }, { ALERT_OPEN, 0, NEVER },
		{ ALERT_OPEN, NEVER, NEVER } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct alert_step out[ALERT_KINDS];
		struct alert a = { .id = 42,
			.account = WHO,
			.kind = ALERT_HEALTH_RED,
			.severity = SEV_WARNING,
			.state = rows[i].state,
			.opened = TODAY - 30,
			.until = day_before(rows[i].until),
			.ended = DAY_NONE,
			.escalated = DAY_NONE };

		assert_int_equal(alert_life(&policy, WHO, 2, TODAY, &a, 1, NULL, out), 1);
		a = out[0].alert;
		assert_int_equal(a.state, ALERT_RESOLVED);
		assert_int_equal(a.until, day_before(rows[i].keeps));
		/* of a past day only that it was live is known */
		assert_true(alert_on(&a, TODAY - 1));
		assert_int_equal(a.state, ALERT_OPEN);
		assert_int_equal(a.until, DAY_NONE);
	}
}

/* An account that left has nothing that could be true of it. */
static void of_a_churned_account(void **state)
{
	const struct alert before[] = {
		{ .id = 1,
			.account = WHO,
			.kind = ALERT_SILENT,
			.severity = SEV_INFO,
			.ended = DAY_NONE },
		{ .id = 2,
			.account = WHO,
			.kind = ALERT_BLIND,
			.severity = SEV_INFO,
			.ended = 990 },
		{ .id = 3,
			.account = WHO,
			.kind = ALERT_RENEWAL,
			.severity = SEV_INFO,
			.state = ALERT_SNOOZED,
			.until = 1010,
			.ended = DAY_NONE },
	};
	struct alert_step out[ALERT_KINDS];

	(void)state;
	assert_int_equal(
		alert_life(&policy, WHO, 1, TODAY, before, LENGTH(before), NULL, out), 2);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(out[i].events, ALERT_EV_RESOLVED);
		assert_int_equal(out[i].alert.ended, TODAY);
		assert_int_equal(out[i].alert.id, i ? 3 : 1);
	}
}

/* Of several of a kind the live one counts, else the one that ended last. */
static void the_newest_counts(void **state)
{
	struct alert before[] = {
		{ .id = 1,
			.account = WHO,
			.kind = ALERT_SILENT,
			.severity = SEV_INFO,
			.state = ALERT_CLOSED,
			.ended = 995 },
		{ .id = 2,
			.account = WHO,
			.kind = ALERT_SILENT,
			.severity = SEV_INFO,
			.state = ALERT_RESOLVED,
			.ended = 990,
			.escalated = DAY_NONE },
		{ .id = 3,
			.account = WHO,
			.kind = ALERT_SILENT,
			.severity = SEV_INFO,
			.state = ALERT_OPEN,
			.ended = DAY_NONE,
			.escalated = DAY_NONE },
	};
	struct alert_found found[ALERT_KINDS] = { { SEV_OFF, { 0, 0, 0 } } };
	struct alert_step out[ALERT_KINDS];

	(void)state;
	found[ALERT_SILENT].severity = SEV_INFO;
	assert_int_equal(alert_life(&policy, WHO, 3, TODAY, before, 3, found, out), 0);
	assert_int_equal(alert_life(&policy, WHO, 3, TODAY, before, 2, found, out), 0);
	before[1].ended = 996;
	assert_int_equal(alert_life(&policy, WHO, 3, TODAY, before, 2, found, out), 1);
	assert_int_equal(out[0].events, ALERT_EV_REOPENED);
	assert_int_equal(out[0].alert.id, 2);
	assert_int_equal(out[0].alert.reopened, 1);
}

/* Of two: the live one, else that which ended last, else the one that came last; whatever
 * their order. */
static void the_newest_of_two(void **state)
{
	static const struct {
		int32_t ended[2]; /* of 1 and 2 */
		int64_t newest;
	} rows[] = {
		{ { 990, 995 }, 2 },
		{ { 995, 990 }, 1 },
		{ { 995, 995 }, 2 },
		{ { DAY_NONE, 995 }, 1 },
		{ { 995, DAY_NONE }, 2 },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		for (int k = 0; k < 2; k++) {
			const struct alert two[] = {
				{ .id = 1 + k,
					.kind = ALERT_SILENT,
					.ended = rows[i].ended[k] },
				{ .id = 2 - k,
					.kind = ALERT_SILENT,
					.ended = rows[i].ended[1 - k] },
				{ .id = 9, .kind = ALERT_BLIND, .ended = DAY_NONE },
			};

			assert_int_equal(
				alert_newest(two, 3, ALERT_SILENT)->id, rows[i].newest);
		}
	}
}

static void rows_and_back(void **state)
{
	struct alert a = { 9, WHO, ALERT_RENEWAL, SEV_CRITICAL, ALERT_SNOOZED,
		{ 55, (double)NAN, 1020 }, 990, 995, 1003, DAY_NONE, 996, 2 };
	struct cell cells[ALERT_FIELDS] = { { .type = CELL_MISSING } };
	struct alert back;

	(void)state;
	alert_to_row(&a, cells);
	assert_true(alert_from_row(9, cells, &back));
	assert_int_equal(back.kind, a.kind);
	assert_int_equal(back.severity, a.severity);
	assert_int_equal(back.state, a.state);
	assert_true(back.evidence.x == 55 && isnan(back.evidence.y));
	assert_int_equal(back.evidence.day, 1020);
	assert_int_equal(back.opened, 990);
	assert_int_equal(back.until, 1003);
	assert_int_equal(back.ended, DAY_NONE);
	assert_int_equal(back.severe, 995);
	assert_int_equal(back.escalated, 996);
	assert_int_equal(back.reopened, 2);
	/* of an older day it is not known how severe it was: not that it was so since */
	assert_true(alert_on(&back, 995));
	assert_int_equal(back.severe, 995);
	assert_true(alert_on(&back, 994));
	assert_int_equal(back.severe, 990);
	/* as severe as on its first day: nothing is to be kept, and older books have
	 * nothing */
	a.severe = 990;
	alert_to_row(&a, cells);
	assert_int_equal(cells[F_ALERT_SEVERITY_SINCE].type, CELL_MISSING);
	assert_true(alert_from_row(9, cells, &back));
	assert_int_equal(back.severe, 990);
	cells[F_ALERT_KIND] = CELL_OF_TEXT(TEXT("bad mood"));
	assert_false(alert_from_row(9, cells, &back));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lives),
		cmocka_unit_test(escalation_counts_what_was_critical),
		cmocka_unit_test(a_snooze_outlives_a_gap),
		cmocka_unit_test(resolved_asleep),
		cmocka_unit_test(of_a_churned_account),
		cmocka_unit_test(the_newest_counts),
		cmocka_unit_test(the_newest_of_two),
		cmocka_unit_test(rows_and_back),
	};

	policy_default(&policy);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
