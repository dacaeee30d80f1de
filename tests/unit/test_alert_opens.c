/* The conditions of alerts with their limits: what they say is what the policy has. */
#include "core/alert_opens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/policy_table.h"

static void sentences(void **state)
{
	static const struct {
		enum alert_kind kind;
		int tier;
		const char *opens;
	} rows[] = {
		{ ALERT_HEALTH_DROP, 1,
			"opens when health is 20 or more below its best of 28 d; 40 or "
			"more: one step worse" },
		{ ALERT_HEALTH_RED, 2, "opens below health 50" },
		{ ALERT_SILENT, 1, "opens after 7 d without a login in tier 1" },
		{ ALERT_SILENT, 3, "opens after 30 d without a login in tier 3" },
		{ ALERT_RENEWAL, 2,
			"opens 90 d before a renewal in tier 2, with a health below 60 "
			"or "
			"not known; from 30 d on one step worse" },
		{ ALERT_TICKET_SPIKE, 1,
			"opens with 3 or more tickets in 28 d, 2 times those of the 28 "
			"d "
			"before" },
		{ ALERT_NO_TOUCH, 2,
			"opens when the last answered touch is older than 90 d in tier "
			"2" },
		{ ALERT_NO_TOUCH, 3, "not looked for in tier 3" },
		{ ALERT_BLIND, 3, "opens below a coverage of 0.4" },
	};
	struct policy p;
	char out[ALERT_OPENS_MAX];

	(void)state;
	policy_default(&p);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(
			alert_opens(&p, rows[i].kind, rows[i].tier, out), rows[i].opens);
	p.number[POLICY_ALERT_SILENT_1] = 9;
	p.min_coverage = 0.25;
	assert_string_equal(alert_opens(&p, ALERT_SILENT, 1, out),
		"opens after 9 d without a login in tier 1");
	assert_string_equal(
		alert_opens(&p, ALERT_BLIND, 1, out), "opens below a coverage of 0.25");
}

/* Whatever a kind asks for is found, and there is room for it. */
static void complete(void **state)
{
	struct policy p;
	char out[ALERT_OPENS_MAX];

	(void)state;
	policy_default(&p);
	for (int k = 0; k < ALERT_KINDS; k++)
		for (int tier = 1; tier <= TIER_COUNT; tier++) {
			alert_opens(&p, (enum alert_kind)k, tier, out);
			if (strpbrk(out, "{}@") || strlen(out) > ALERT_OPENS_MAX - 20 ||
				(strncmp(out, "opens ", 6) != 0 &&
					!(k == ALERT_NO_TOUCH && tier == 3)))
				fail_msg("%s in tier %d: %s", alert_kinds[k].name, tier,
					out);
		}
}

/* A limit whose help begins with the name of a kind stands in its sentence: whoever adds
 * one to a condition says so. */
static void limits(void **state)
{
	int n = 0;

	(void)state;
	for (size_t i = 0; i < policy_entries_n; i++) {
		const struct policy_entry *x = &policy_entries[i];
		char key[80];
		size_t end;

		if (strcmp(x->section, "alerts") != 0 || !x->help)
			continue;
		end = (size_t)snprintf(key, sizeof(key), "{%s}", x->key) - 2;
		if (end > 4 && strncmp(key + end - 4, "tier", 4) == 0)
			key[end] = '@';
		for (int k = 0; k < ALERT_KINDS; k++) {
			const char *name = alert_kinds[k].name;
			const size_t length = strlen(name);

			if (strncmp(x->help, name, length) != 0 || x->help[length] != ':')
				continue;
			n++;
			if (!strstr(alert_kinds[k].opens, key))
				fail_msg("%s is not in the sentence of %s", key, name);
		}
	}
	assert_true(n > 20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sentences),
		cmocka_unit_test(complete),
		cmocka_unit_test(limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
