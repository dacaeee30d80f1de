/* Each kind of alert at its edges, with the sentence that people read. */
#include "core/alert_find.h"

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
#define SIG(day, kind, value) \
	"account_id=A|date=" day "|signal=" kind "|value=" value "\n"
#define NPS(day, score) "account_id=A|date=" day "|kind=nps|score=" score "\n"
#define TOUCH(day, two_way) "account_id=A|date=" day "|kind=call|two_way=" two_way "\n"
#define LEFT(role, day) "account_id=A|name=Bo|role=" role "|left_on=" day "\n"
#define TICKET(id, day) "ticket_id=" id "|account_id=A|opened_on=" day "\n"

static struct policy policy;

struct situation {
	const char *why;
	enum alert_kind kind;
	uint8_t tier;
	uint8_t health, peak; /* as the figures have them; 0: unknown */
	const char *fields;   /* of the account */
	enum record_kind of;  /* kind of the rows; REC_COUNT: none */
	const char *rows;
	enum severity severity;
	const char *sentence; /* NULL: the condition does not hold */
};

static void check(const struct situation *x)
{
	struct alert_found found[ALERT_KINDS];
	struct alert_subject subject = { .tier = x->tier,
		.health = x->health,
		.peak = x->peak,
		.peak_day = day_of("2026-03-17"),
		.coverage = x->health ? 1 : 0.3 };
	char sentence[ALERT_SENTENCE_MAX];
	struct base b;

	b = rules_base_of(
		&policy, DAY, x->fields, x->of, x->of == REC_COUNT ? NULL : x->rows);
	subject.base = &b;
	alert_find(&policy, &subject, found);
	if (found[x->kind].severity != x->severity)
		fail_msg("%s: severity %s", x->why,
			alert_severity_word[found[x->kind].severity]);
	if (x->sentence) {
		alert_sentence(&policy, x->kind, &found[x->kind].evidence, day_of(DAY),
			sentence);
		assert_string_equal(sentence, x->sentence);
	}
	base_clear(&b);
}

static void at_the_edges(void **state)
{
	static const struct situation rows[] = {
		/* health-drop: highest of the window minus today's >= 20, >= 40 worse */
		{ "fell by 19", ALERT_HEALTH_DROP, 2, 60, 79, "", REC_COUNT, NULL,
			SEV_OFF, NULL },
		{ "fell by 20", ALERT_HEALTH_DROP, 2, 60, 80, "", REC_COUNT, NULL,
			SEV_WARNING, "health fell from 80 to 60 within 28 d" },
		{ "fell by 39", ALERT_HEALTH_DROP, 2, 41, 80, "", REC_COUNT, NULL,
			SEV_WARNING, "health fell from 80 to 41 within 28 d" },
		{ "80 to 40: a step worse", ALERT_HEALTH_DROP, 2, 40, 80, "", REC_COUNT,
			NULL, SEV_CRITICAL, "health fell from 80 to 40 within 28 d" },
		{ "tier 1 is critical at once", ALERT_HEALTH_DROP, 1, 60, 80, "",
			REC_COUNT, NULL, SEV_CRITICAL,
			"health fell from 80 to 60 within 28 d" },
		{ "nothing before", ALERT_HEALTH_DROP, 1, 10, 0, "", REC_COUNT, NULL,
			SEV_OFF, NULL },
		{ "unknown is no fall", ALERT_HEALTH_DROP, 1, 0, 90, "", REC_COUNT, NULL,
			SEV_OFF, NULL },
		/* health-red: < 50 */
		{ "50", ALERT_HEALTH_RED, 1, 50, 0, "", REC_COUNT, NULL, SEV_OFF, NULL },
		{ "49", ALERT_HEALTH_RED, 1, 49, 0, "", REC_COUNT, NULL, SEV_CRITICAL,
			"health 49, at risk" },
		{ "49 in tier 2", ALERT_HEALTH_RED, 2, 49, 0, "", REC_COUNT, NULL,
			SEV_WARNING, "health 49, at risk" },
		{ "49 in tier 3", ALERT_HEALTH_RED, 3, 49, 0, "", REC_COUNT, NULL,
			SEV_INFO, "health 49, at risk" },
		{ "49 without a tier", ALERT_HEALTH_RED, 0, 49, 0, "", REC_COUNT, NULL,
			SEV_INFO, "health 49, at risk" },
		{ "unknown is not red", ALERT_HEALTH_RED, 1, 0, 0, "", REC_COUNT, NULL,
			SEV_OFF, NULL },
		/* silent: >= 7, 14, 30 days by tier */
		{ "6 days", ALERT_SILENT, 1, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-25", "logins", "4"), SEV_OFF, NULL },
		{ "7 days", ALERT_SILENT, 1, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-24", "logins", "4"), SEV_CRITICAL,
			"no login for 7 d" },
		{ "7 days in tier 2", ALERT_SILENT, 2, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-24", "logins", "4"), SEV_OFF, NULL },
		{ "14 days in tier 2", ALERT_SILENT, 2, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-17", "logins", "4"), SEV_WARNING,
			"no login for 14 d" },
		{ "29 days in tier 3", ALERT_SILENT, 3, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-02", "logins", "4"), SEV_OFF, NULL },
		{ "30 days in tier 3", ALERT_SILENT, 3, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-01", "logins", "4"), SEV_INFO, "no login for 30 d" },
		{ "days with 0 logins are silence", ALERT_SILENT, 1, 80, 0, "",
			REC_SIGNAL,
			SIG("2026-03-22", "logins", "2") SIG("2026-03-30", "logins", "0"),
			SEV_CRITICAL, "no login for 9 d" },
		{ "a login resets", ALERT_SILENT, 1, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-10", "logins", "2") SIG("2026-03-31", "logins", "1"),
			SEV_OFF, NULL },
		{ "no feed is no alert", ALERT_SILENT, 1, 80, 0, "", REC_COUNT, NULL,
			SEV_OFF, NULL },
		{ "active days alone don't say when", ALERT_SILENT, 1, 80, 0, "",
			REC_SIGNAL, SIG("2026-03-20", "active_days", "3"), SEV_OFF,
			NULL },
		{ "a month without an active day", ALERT_SILENT, 1, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-29", "active_days", "0"), SEV_CRITICAL,
			"no login for 30 d" },
		/* slow-start: after 2 days info, after 7 as listed */
		{ "2 days", ALERT_SLOW_START, 1, 80, 0, "onboarding_started=2026-03-29",
			REC_COUNT, NULL, SEV_OFF, NULL },
		{ "3 days", ALERT_SLOW_START, 1, 80, 0, "onboarding_started=2026-03-28",
			REC_COUNT, NULL, SEV_INFO, "onboarding for 3 d, no first value" },
		{ "7 days", ALERT_SLOW_START, 1, 80, 0, "onboarding_started=2026-03-24",
			REC_COUNT, NULL, SEV_INFO, "onboarding for 7 d, no first value" },
		{ "8 days", ALERT_SLOW_START, 1, 80, 0, "onboarding_started=2026-03-23",
			REC_COUNT, NULL, SEV_CRITICAL,
			"onboarding for 8 d, no first value" },
		{ "8 days in tier 3", ALERT_SLOW_START, 3, 80, 0,
			"onboarding_started=2026-03-23", REC_COUNT, NULL, SEV_WARNING,
			"onboarding for 8 d, no first value" },
		{ "reached", ALERT_SLOW_START, 1, 80, 0,
			"onboarding_started=2026-03-01|first_value_on=2026-03-31",
			REC_COUNT, NULL, SEV_OFF, NULL },
		/* renewal: in <= 120, 90, 60 days and health < 60 or unknown */
		{ "121 days", ALERT_RENEWAL, 1, 59, 0, "renewal_date=2026-07-30",
			REC_COUNT, NULL, SEV_OFF, NULL },
		{ "120 days", ALERT_RENEWAL, 1, 59, 0, "renewal_date=2026-07-29",
			REC_COUNT, NULL, SEV_WARNING, "renewal in 120 d, health 59" },
		{ "health 60", ALERT_RENEWAL, 1, 60, 0, "renewal_date=2026-07-29",
			REC_COUNT, NULL, SEV_OFF, NULL },
		{ "unknown health", ALERT_RENEWAL, 1, 0, 0, "renewal_date=2026-07-29",
			REC_COUNT, NULL, SEV_WARNING,
			"renewal in 120 d, health unknown" },
		{ "91 days in tier 2", ALERT_RENEWAL, 2, 59, 0, "renewal_date=2026-06-30",
			REC_COUNT, NULL, SEV_OFF, NULL },
		{ "90 days in tier 2", ALERT_RENEWAL, 2, 59, 0, "renewal_date=2026-06-29",
			REC_COUNT, NULL, SEV_WARNING, "renewal in 90 d, health 59" },
		{ "60 days in tier 3", ALERT_RENEWAL, 3, 59, 0, "renewal_date=2026-05-30",
			REC_COUNT, NULL, SEV_INFO, "renewal in 60 d, health 59" },
		{ "31 days", ALERT_RENEWAL, 3, 59, 0, "renewal_date=2026-05-01",
			REC_COUNT, NULL, SEV_INFO, "renewal in 31 d, health 59" },
		{ "30 days: a step worse", ALERT_RENEWAL, 3, 59, 0,
			"renewal_date=2026-04-30", REC_COUNT, NULL, SEV_WARNING,
			"renewal in 30 d, health 59" },
		{ "overdue", ALERT_RENEWAL, 1, 59, 0, "renewal_date=2026-03-28",
			REC_COUNT, NULL, SEV_CRITICAL, "renewal 3 d overdue, health 59" },
		/* expansion: >= 90 %, health >= 70, first value >= 30 days ago */
		{ "89.9 %", ALERT_EXPANSION, 2, 86, 0,
			"seats_purchased=1000|first_value_on=2026-01-01", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "899"), SEV_OFF, NULL },
		{ "90.0 %", ALERT_EXPANSION, 2, 86, 0,
			"seats_purchased=1000|first_value_on=2026-01-01", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "900"), SEV_OPPORTUNITY,
			"90 % of seats used, health 86" },
		{ "no seats known", ALERT_EXPANSION, 2, 86, 0,
			"first_value_on=2026-01-01", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "900"), SEV_OFF, NULL },
		{ "0 seats", ALERT_EXPANSION, 2, 86, 0,
			"seats_purchased=0|first_value_on=2026-01-01", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "900"), SEV_OFF, NULL },
		{ "health 69", ALERT_EXPANSION, 2, 69, 0,
			"seats_purchased=10|first_value_on=2026-01-01", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "10"), SEV_OFF, NULL },
		{ "health 70", ALERT_EXPANSION, 2, 70, 0,
			"seats_purchased=10|first_value_on=2026-01-01", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "10"), SEV_OPPORTUNITY,
			"100 % of seats used, health 70" },
		{ "first value 29 days ago", ALERT_EXPANSION, 2, 90, 0,
			"seats_purchased=10|first_value_on=2026-03-02", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "10"), SEV_OFF, NULL },
		{ "first value 30 days ago", ALERT_EXPANSION, 2, 90, 0,
			"seats_purchased=10|first_value_on=2026-03-01", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "10"), SEV_OPPORTUNITY,
			"100 % of seats used, health 90" },
		{ "never reached value", ALERT_EXPANSION, 2, 90, 0, "seats_purchased=10",
			REC_SIGNAL, SIG("2026-03-31", "seats_active", "10"), SEV_OFF,
			NULL },
		{ "not beside a critical alert", ALERT_EXPANSION, 2, 70, 110,
			"seats_purchased=10|first_value_on=2026-01-01", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "10"), SEV_OFF, NULL },
		/* champion-left: in the last 60 days */
		{ "60 days ago", ALERT_CHAMPION_LEFT, 1, 80, 0, "", REC_CONTACT,
			LEFT("champion", "2026-01-30"), SEV_OFF, NULL },
		{ "59 days ago", ALERT_CHAMPION_LEFT, 1, 80, 0, "", REC_CONTACT,
			LEFT("champion", "2026-01-31"), SEV_CRITICAL,
			"champion left 59 d ago" },
		{ "a sponsor, today", ALERT_CHAMPION_LEFT, 3, 80, 0, "", REC_CONTACT,
			LEFT("sponsor", "2026-03-31"), SEV_INFO, "sponsor left today" },
		{ "leaves tomorrow", ALERT_CHAMPION_LEFT, 1, 80, 0, "", REC_CONTACT,
			LEFT("champion", "2026-04-01"), SEV_OFF, NULL },
		{ "a user", ALERT_CHAMPION_LEFT, 1, 80, 0, "", REC_CONTACT,
			LEFT("user", "2026-03-30"), SEV_OFF, NULL },
		/* ticket-spike: >= 3 and >= 2 x the 28 days before */
		{ "2 tickets", ALERT_TICKET_SPIKE, 1, 80, 0, "", REC_TICKET,
			TICKET("1", "2026-03-31") TICKET("2", "2026-03-04"), SEV_OFF,
			NULL },
		{ "3 tickets", ALERT_TICKET_SPIKE, 1, 80, 0, "", REC_TICKET,
			TICKET("1", "2026-03-31") TICKET("2", "2026-03-04")
				TICKET("3", "2026-03-20"),
			SEV_WARNING, "3 tickets in 28 d, 0 in those before" },
		{ "one of them is older", ALERT_TICKET_SPIKE, 1, 80, 0, "", REC_TICKET,
			TICKET("1", "2026-03-31") TICKET("2", "2026-03-03")
				TICKET("3", "2026-03-20"),
			SEV_OFF, NULL },
		{ "4 after 2", ALERT_TICKET_SPIKE, 3, 80, 0, "", REC_TICKET,
			TICKET("1", "2026-03-31") TICKET("2", "2026-03-04") TICKET(
				"3", "2026-03-20") TICKET("4", "2026-03-21")
				TICKET("5", "2026-03-03") TICKET("6", "2026-02-04"),
			SEV_INFO, "4 tickets in 28 d, 2 in those before" },
		{ "4 after 3", ALERT_TICKET_SPIKE, 3, 80, 0, "", REC_TICKET,
			TICKET("1", "2026-03-31") TICKET("2", "2026-03-04") TICKET(
				"3", "2026-03-20") TICKET("4", "2026-03-21")
				TICKET("5", "2026-03-03") TICKET("6", "2026-02-04")
					TICKET("7", "2026-02-14"),
			SEV_OFF, NULL },
		/* detractor: NPS <= 6 in the last 30 days */
		{ "NPS 7", ALERT_DETRACTOR, 1, 80, 0, "", REC_SURVEY,
			NPS("2026-03-31", "7"), SEV_OFF, NULL },
		{ "NPS 6", ALERT_DETRACTOR, 1, 80, 0, "", REC_SURVEY,
			NPS("2026-03-22", "6"), SEV_WARNING, "NPS 6, answered 9 d ago" },
		{ "29 days ago", ALERT_DETRACTOR, 3, 80, 0, "", REC_SURVEY,
			NPS("2026-03-02", "0"), SEV_INFO, "NPS 0, answered 29 d ago" },
		{ "30 days ago", ALERT_DETRACTOR, 1, 80, 0, "", REC_SURVEY,
			NPS("2026-03-01", "0"), SEV_OFF, NULL },
		{ "the last answer counts", ALERT_DETRACTOR, 1, 80, 0, "", REC_SURVEY,
			NPS("2026-03-20", "2") NPS("2026-03-21", "9"), SEV_OFF, NULL },
		/* warm-but-idle: NPS >= 9 while the usage sub-score < 40 (7 days are 45)
		 */
		{ "NPS 8", ALERT_WARM_BUT_IDLE, 1, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-20", "nps", "8")
				SIG("2026-03-31", "active_days", "3"),
			SEV_OFF, NULL },
		{ "NPS 9, idle", ALERT_WARM_BUT_IDLE, 1, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-20", "nps", "9")
				SIG("2026-03-31", "active_days", "5"),
			SEV_WARNING, "NPS 9, but 5 active days in 28" },
		{ "usage is exactly 40", ALERT_WARM_BUT_IDLE, 1, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-20", "nps", "9")
				SIG("2026-03-31", "active_days", "6"),
			SEV_OFF, NULL },
		{ "usage is too old", ALERT_WARM_BUT_IDLE, 1, 80, 0, "", REC_SIGNAL,
			SIG("2026-03-20", "nps", "9")
				SIG("2026-03-01", "active_days", "1"),
			SEV_OFF, NULL },
		{ "the answer is too old", ALERT_WARM_BUT_IDLE, 1, 80, 0, "", REC_SIGNAL,
			SIG("2025-09-01", "nps", "9")
				SIG("2026-03-31", "active_days", "1"),
			SEV_OFF, NULL },
		/* underused: < 50 % and renewal in <= 180 days */
		{ "49 %, 180 days", ALERT_UNDERUSED, 1, 80, 0,
			"seats_purchased=100|renewal_date=2026-09-27", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "49"), SEV_WARNING,
			"49 % of seats used, renewal in 180 d" },
		{ "181 days", ALERT_UNDERUSED, 1, 80, 0,
			"seats_purchased=100|renewal_date=2026-09-28", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "49"), SEV_OFF, NULL },
		{ "50 %", ALERT_UNDERUSED, 1, 80, 0,
			"seats_purchased=100|renewal_date=2026-09-27", REC_SIGNAL,
			SIG("2026-03-31", "seats_active", "50"), SEV_OFF, NULL },
		{ "no renewal date", ALERT_UNDERUSED, 1, 80, 0, "seats_purchased=100",
			REC_SIGNAL, SIG("2026-03-31", "seats_active", "49"), SEV_OFF,
			NULL },
		/* no-touch: > 30, 90 days; tier 3 never */
		{ "30 days", ALERT_NO_TOUCH, 1, 80, 0, "", REC_TOUCH,
			TOUCH("2026-03-01", "1"), SEV_OFF, NULL },
		{ "31 days", ALERT_NO_TOUCH, 1, 80, 0, "", REC_TOUCH,
			TOUCH("2026-02-28", "1"), SEV_WARNING,
			"no two-way touch for 31 d" },
		{ "a mail without an answer", ALERT_NO_TOUCH, 1, 80, 0, "", REC_TOUCH,
			TOUCH("2026-02-28", "1") TOUCH("2026-03-30", "0"), SEV_WARNING,
			"no two-way touch for 31 d" },
		{ "90 days in tier 2", ALERT_NO_TOUCH, 2, 80, 0, "", REC_TOUCH,
			TOUCH("2025-12-31", "1"), SEV_OFF, NULL },
		{ "91 days in tier 2", ALERT_NO_TOUCH, 2, 80, 0, "", REC_TOUCH,
			TOUCH("2025-12-30", "1"), SEV_INFO, "no two-way touch for 91 d" },
		{ "tier 3", ALERT_NO_TOUCH, 3, 80, 0, "", REC_TOUCH,
			TOUCH("2024-12-30", "1"), SEV_OFF, NULL },
		{ "none on record: not known", ALERT_NO_TOUCH, 1, 80, 0, "", REC_COUNT,
			NULL, SEV_OFF, NULL },
		/* blind: coverage < 0.40 */
		{ "blind", ALERT_BLIND, 1, 0, 0, "", REC_COUNT, NULL, SEV_WARNING,
			"health unknown: 30 % of its weight has an input" },
		{ "blind in tier 3", ALERT_BLIND, 3, 0, 0, "", REC_COUNT, NULL, SEV_OFF,
			NULL },
		{ "not blind", ALERT_BLIND, 1, 80, 0, "", REC_COUNT, NULL, SEV_OFF,
			NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct situation x = rows[i];

		check(&x);
		x.tier = TIER_NONE; /* is looked at as in tier 3 */
		if (rows[i].tier == TIER_COUNT)
			check(&x);
	}
}

/* The policy switches off, sets other severities and other limits. */
static void as_the_policy_says(void **state)
{
	struct situation red = { "red", ALERT_HEALTH_RED, 1, 49, 0, "", REC_COUNT, NULL,
		SEV_INFO, "health 49, at risk" };

	(void)state;
	policy.alert_severity[ALERT_HEALTH_RED][0] = SEV_INFO;
	check(&red);
	policy.alert_severity[ALERT_HEALTH_RED][0] = SEV_OFF;
	red.severity = SEV_OFF;
	red.sentence = NULL;
	check(&red);
	red.tier = 2;
	policy.number[POLICY_ALERT_RED] = 49;
	check(&red);
	red.health = 48;
	red.severity = SEV_WARNING;
	check(&red);
	policy_default(&policy);
}

/* Figures that another program wrote into an alert. */
static void no_figures(void **state)
{
	const struct evidence odd[] = { { 1e300, -1e300, DAY_MAX },
		{ (double)INFINITY, (double)-INFINITY, DAY_MIN } };
	char said[ALERT_SENTENCE_MAX];

	(void)state;
	for (size_t i = 0; i < LENGTH(odd); i++)
		assert_string_equal(alert_sentence(&policy, ALERT_TICKET_SPIKE, &odd[i],
					    day_of(DAY), said),
			"1000000000 tickets in 28 d, -1000000000 in those before");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(at_the_edges),
		cmocka_unit_test(as_the_policy_says),
		cmocka_unit_test(no_figures),
	};

	policy_default(&policy);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
