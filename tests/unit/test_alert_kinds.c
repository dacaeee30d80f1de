/* Every kind of alert holds with the severities of its row, says its sentence, and does
 * what the policy makes of it: switched off, another severity, another limit. */
#include "core/alert_find.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"
#define USED(value) "account_id=A|date=2026-03-31|signal=seats_active|value=" value "\n"
#define C SEV_CRITICAL
#define W SEV_WARNING
#define I SEV_INFO
#define O SEV_OPPORTUNITY
#define NONE SEV_OFF

struct kind {
	enum severity in[TIER_COUNT];
	uint8_t health, peak; /* 0: unknown */
	const char *fields;   /* of the account */
	enum record_kind of;  /* REC_COUNT: no rows */
	const char *rows, *sentence;
	int limit[TIER_COUNT]; /* that it holds at; POLICY_NUMBERS: the least coverage */
	double beyond;         /* with which it does not hold any more */
};

#define ALL(number)                    \
	{                              \
		number, number, number \
	}
static const struct kind kinds[ALERT_KINDS] = {
	[ALERT_HEALTH_DROP] = { { C, W, W }, 60, 80, "", REC_COUNT, NULL,
		"health fell from 80 to 60 within 28 d", ALL(POLICY_ALERT_DROP), 21 },
	[ALERT_HEALTH_RED] = { { C, W, I }, 49, 0, "", REC_COUNT, NULL,
		"health 49, at risk", ALL(POLICY_ALERT_RED), 49 },
	[ALERT_SILENT] = { { C, W, I }, 80, 0, "", REC_SIGNAL,
		"account_id=A|date=2026-03-01|signal=logins|value=4\n",
		"no login for 30 d",
		{ POLICY_ALERT_SILENT_1, POLICY_ALERT_SILENT_2, POLICY_ALERT_SILENT_3 },
		31 },
	[ALERT_SLOW_START] = { { C, W, W }, 80, 0, "onboarding_started=2026-03-23",
		REC_COUNT, NULL, "onboarding for 8 d, no first value",
		ALL(POLICY_ALERT_SLOW), 8 },
	[ALERT_RENEWAL] = { { W, W, I }, 59, 0, "renewal_date=2026-05-30", REC_COUNT,
		NULL, "renewal in 60 d, health 59",
		{ POLICY_ALERT_RENEWAL_1, POLICY_ALERT_RENEWAL_2,
			POLICY_ALERT_RENEWAL_3 },
		59 },
	[ALERT_EXPANSION] = { { O, O, O }, 86, 0,
		"seats_purchased=1000|first_value_on=2026-01-01", REC_SIGNAL, USED("905"),
		"91 % of seats used, health 86", ALL(POLICY_ALERT_EXPANSION_USE), 91 },
	[ALERT_CHAMPION_LEFT] = { { C, W, I }, 80, 0, "", REC_CONTACT,
		"account_id=A|name=Bo|role=champion|left_on=2026-03-30\n",
		"champion left 1 d ago", ALL(POLICY_ALERT_CHAMPION_DAYS), 1 },
	[ALERT_TICKET_SPIKE] = { { W, W, I }, 80, 0, "", REC_TICKET,
		"ticket_id=1|account_id=A|opened_on=2026-03-31\n"
		"ticket_id=2|account_id=A|opened_on=2026-03-30\n"
		"ticket_id=3|account_id=A|opened_on=2026-03-29\n",
		"3 tickets in 28 d, 0 in those before", ALL(POLICY_ALERT_TICKETS), 4 },
	[ALERT_DETRACTOR] = { { W, W, I }, 80, 0, "", REC_SURVEY,
		"account_id=A|date=2026-03-22|kind=nps|score=6\n",
		"NPS 6, answered 9 d ago", ALL(POLICY_ALERT_DETRACTOR), 5 },
	[ALERT_WARM_BUT_IDLE] = { { W, W, I }, 80, 0, "", REC_SIGNAL,
		"account_id=A|date=2026-03-20|signal=nps|value=9\n"
		"account_id=A|date=2026-03-31|signal=active_days|value=5\n",
		"NPS 9, but 5 active days in 28", ALL(POLICY_ALERT_WARM_NPS), 10 },
	[ALERT_UNDERUSED] = { { W, I, I }, 80, 0,
		"seats_purchased=1000|renewal_date=2026-09-27", REC_SIGNAL,
		USED("499"), /* 49.9 */
		"49 % of seats used, renewal in 180 d", ALL(POLICY_ALERT_UNDERUSED), 49 },
	[ALERT_NO_TOUCH] = { { W, I, NONE }, 80, 0, "", REC_TOUCH,
		"account_id=A|date=2025-12-30|kind=call|two_way=1\n",
		"no two-way touch for 91 d",
		{ POLICY_ALERT_NO_TOUCH_1, POLICY_ALERT_NO_TOUCH_2,
			POLICY_ALERT_NO_TOUCH_2 },
		91 },
	[ALERT_BLIND] = { { W, I, NONE }, 0, 0, "", REC_COUNT, NULL,
		"health unknown: 39 % of its weight has an input", ALL(POLICY_NUMBERS),
		0.39 },
};

static struct policy policy;

static struct alert_found look(
	enum alert_kind k, uint8_t tier, char said[ALERT_SENTENCE_MAX])
{
	const struct kind *x = &kinds[k];
	struct alert_found found[ALERT_KINDS];
	struct alert_subject subject = { .tier = tier,
		.health = x->health,
		.peak = x->peak,
		.peak_day = day_of("2026-03-17"),
		.coverage = x->health ? 1 : 0.395 };
	struct base b;

	b = rules_base_of(
		&policy, DAY, x->fields, x->of, x->of == REC_COUNT ? NULL : x->rows);
	subject.base = &b;
	alert_find(&policy, &subject, found);
	alert_sentence(&policy, k, &found[k].evidence, day_of(DAY), said);
	base_clear(&b);
	return found[k];
}

static void severity_is(
	enum alert_kind k, int tier, enum severity severity, const char *why)
{
	char said[ALERT_SENTENCE_MAX];
	const struct alert_found f = look(k, (uint8_t)tier, said);

	if (f.severity != severity)
		fail_msg("%s in tier %d, %s: %s", alert_kinds[k].name, tier, why,
			alert_severity_word[f.severity]);
	if (severity != SEV_OFF && strcmp(said, kinds[k].sentence) != 0)
		fail_msg("%s: %s", alert_kinds[k].name, said);
}

static void in_every_tier(void **state)
{
	(void)state;
	for (int k = 0; k < ALERT_KINDS; k++)
		for (int tier = 1; tier <= TIER_COUNT; tier++)
			severity_is((enum alert_kind)k, tier, kinds[k].in[tier - 1],
				"as shipped");
}

static void as_the_policy_says(void **state)
{
	(void)state;
	for (int k = 0; k < ALERT_KINDS; k++)
		for (int tier = 1; tier <= TIER_COUNT; tier++) {
			const enum alert_kind kind = (enum alert_kind)k;
			const int limit = kinds[k].limit[tier - 1];
			uint8_t *severity = &policy.alert_severity[k][tier - 1];

			policy_default(&policy);
			*severity = SEV_OFF;
			severity_is(kind, tier, SEV_OFF, "switched off");
			/* nobody calls in tier 3 by the calendar, whatever is set */
			if (kind == ALERT_NO_TOUCH && tier == TIER_COUNT)
				continue;
			*severity = SEV_WARNING;
			severity_is(kind, tier, SEV_WARNING, "made a warning");
			if (limit < POLICY_NUMBERS)
				policy.number[limit] = kinds[k].beyond;
			else
				policy.min_coverage = kinds[k].beyond;
			severity_is(kind, tier,
				kind == ALERT_SLOW_START ? SEV_INFO : SEV_OFF,
				"with another limit");
		}
	policy_default(&policy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_every_tier),
		cmocka_unit_test(as_the_policy_says),
	};

	policy_default(&policy);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
