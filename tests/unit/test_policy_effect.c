/* An edit of the policy: every value can be one, and what is said of it about money. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/alert_life.h"
#include "core/money.h"
#include "core/policy_effect.h"
#include "core/policy_item.h"
#include "tests/support/rows_text.h"

/* Every value: written, read and stepped as its type says; what it means is said. */
static void every_value_can_be_edited(void **state)
{
	struct policy shipped, p;

	(void)state;
	policy_default(&shipped);
	for (int i = 0; i < policy_items(); i++) {
		char text[POLICY_TEXT_VALUE_MAX], back[POLICY_TEXT_VALUE_MAX];
		char words[POLICY_ITEM_TEXT_MAX];
		struct policy_item x;
		struct err bad;
		double v;

		policy_item(i, &x);
		p = shipped;
		MUST(policy_item_set(&p, &x, policy_item_text(&p, &x, text), &e));
		assert_true(policy_item_same(&p, &shipped, &x));
		assert_int_equal(policy_item_set(&p, &x, "?", &bad), ST_INVALID);
		assert_non_null(strstr(bad.text, x.entry.key));
		assert_true(strlen(policy_item_meaning(&x, words)) > 9);
		assert_true(strlen(policy_item_range(&x, words)) > 2);
		assert_non_null(policy_item_unit(&p, &x));
		if (number_parse(text_of(text), '.', &v, NULL) && v < x.entry.max &&
			policy_item_step(&p, &x, 1) && policy_item_step(&p, &x, -1))
			assert_string_equal(policy_item_text(&p, &x, back), text);
	}
	assert_int_equal(policy_items(),
		(int)policy_entries_n + 4 * POLICY_HEALTH_PARTS * COMP_COUNT);
}

static void keep_money(void *arg, enum policy_line about, bool changed, const char *text)
{
	(void)changed;
	if (about == POLICY_SAYS_MONEY && strncmp(text, "money at risk", 13) == 0)
		snprintf(arg, 120, "%s", text);
}

/* "$ 1.2M, was $ 1.2M" says nothing. */
static void money_says_what_changed(void **state)
{
	static const struct {
		int64_t was, is;
		const char *said;
	} rows[] = {
		{ 120000000, 120000000, "money at risk: $ 1.2M" },
		{ 120000000, 120340000, "money at risk: $ 1.2M, $ 3.4k more" },
		{ 120340000, 120000000, "money at risk: $ 1.2M, $ 3.4k less" },
		{ 120000000, 150000000, "money at risk: $ 1.5M, was $ 1.2M" },
	};
	struct policy_effect *x = calloc(1, sizeof(*x));

	(void)state;
	assert_non_null(x);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char said[120] = "";

		x->was.at_risk = rows[i].was;
		x->is.at_risk = rows[i].is;
		policy_effect_say(x, "USD", keep_money, said);
		assert_string_equal(said, rows[i].said);
	}
	free(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_value_can_be_edited),
		cmocka_unit_test(money_says_what_changed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
