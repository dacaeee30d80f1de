/* What is said of the sections of a policy. */
#include "core/policy_section.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/policy_item.h"

/* Whatever a policy has a value in. */
static void complete(void **state)
{
	(void)state;
	for (int i = 0; i < policy_items(); i++) {
		struct policy_section x;
		struct policy_item item;

		policy_item(i, &item);
		x = policy_section_of(item.section);
		if (!*x.formula || !*x.touches || (item.tier == 0 && x.title == x.name))
			fail_msg("[%s]: nothing is said of it", item.section);
	}
}

static void parts(void **state)
{
	static const struct {
		const char *name, *title, *formula, *touches; /* as they begin */
	} rows[] = {
		{ "health", "Health: weights", "health = ", "health, and" },
		{ "health.curves", "Health: curves", "health = ", "health, and" },
		{ "health.tier1", "health.tier1", "health = ", "health, and" },
		{ "health.tier3.max_age", "health.tier3.max_age",
			"health = ", "health, and" },
		{ "alerts", "Alerts: limits", "A condition", "alerts" },
		{ "alerts.severity", "Alerts: severity", "A condition", "alerts" },
		{ "alerts.plays", "Alerts: plays", "A condition", "which plays start" },
		{ "healthy", "healthy", "", "" },
		{ "", "", "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct policy_section x = policy_section_of(rows[i].name);

		if (strncmp(x.title, rows[i].title, strlen(rows[i].title)) != 0 ||
			strncmp(x.formula, rows[i].formula, strlen(rows[i].formula)) !=
				0 ||
			strncmp(x.touches, rows[i].touches, strlen(rows[i].touches)) !=
				0 ||
			(!*rows[i].formula && *x.formula))
			fail_msg("row %zu: %s, %s, %s", i, x.title, x.formula, x.touches);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(complete),
		cmocka_unit_test(parts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
