/* While policies are tried accounts stay in order by value, equal ones by external id,
 * whether these ascend as the own ids do or not. */
#include "core/policy_trial_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define TODAY "2026-03-31"
enum { ACCOUNTS = 300, EDITS = 60, SCATTERED = 7 }; /* has no factor of ACCOUNTS */

static const char *const flag[] = { "reference", "marquee", "advocate" };

/* Few amounts, few flags: many are worth the same. The external id of place k is `by`
 * times k, so that they ascend with 1. */
static struct book *many_equal(uint32_t by, uint64_t *seed)
{
	struct store *s = fake_store_new();

	for (uint32_t k = 0; k < ACCOUNTS; k++) {
		char line[160];
		int n = snprintf(line, sizeof(line), "account_id=A-%03u|status=%s",
			k * by % ACCOUNTS, rules_throw(seed, 12) ? "active" : "churned");

		if (rules_throw(seed, 6))
			n += snprintf(line + n, sizeof(line) - (size_t)n, "|arr=%u|%s=1",
				1000 * (1 + rules_throw(seed, 5)),
				flag[rules_throw(seed, 3)]);
		snprintf(line + n, sizeof(line) - (size_t)n, "\n");
		rows_put(s, REC_ACCOUNT, line);
	}
	return rules_book(s, TODAY, "Dana");
}

static uint32_t by_how_much; /* of the book that is sorted: qsort passes nothing on */
static const struct amounts *worth;

static int compare(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a - 1, y = *(const uint32_t *)b - 1;
	const uint32_t id = x * by_how_much % ACCOUNTS,
		       other = y * by_how_much % ACCOUNTS;

	const int64_t a_is = amounts_at(worth, x), b_is = amounts_at(worth, y);

	return a_is != b_is ? (a_is < b_is) - (a_is > b_is) : (id > other) - (id < other);
}

static void is_in_order(const struct policy_trial *t, uint32_t by)
{
	const struct scores *s = &t->is.scores;
	uint32_t expected[ACCOUNTS], n = 0;

	for (uint32_t i = 0; i < s->n; i++)
		if (s->health[i] != HEALTH_NONE)
			expected[n++] = i + 1;
	by_how_much = by;
	worth = &t->is.value;
	qsort(expected, n, sizeof(*expected), compare);
	assert_int_equal(t->ranked, n);
	assert_memory_equal(t->by_value, expected, n * sizeof(*expected));
}

static void edit(struct policy *p, uint64_t *seed)
{
	p->flag_weight[rules_throw(seed, 3)] = rules_throw(seed, 3) / 2.0;
	if (rules_throw(seed, 5) == 0)
		p->growth_max = rules_throw(seed, 3) / 2.0;
}

static void stays_in_order(uint32_t by)
{
	uint64_t seed = 17;
	struct book *b = many_equal(by, &seed);
	struct policy p = *book_policy(b);
	struct policy_trial *t;

	MUST(policy_trial_new(b, &t, &e));
	MUST(policy_trial_finish(t, &e));
	is_in_order(t, by);
	for (int k = 0; k < EDITS; k++) {
		edit(&p, &seed);
		policy_trial_set(t, &p);
		if (rules_throw(&seed, 3) == 0) { /* given up half-way */
			MUST(policy_trial_step(t, &e));
			continue;
		}
		MUST(policy_trial_finish(t, &e));
		is_in_order(t, by);
	}
	policy_trial_free(&t);
	book_free(&b);
}

static void with_ids_that_ascend(void **state)
{
	(void)state;
	stays_in_order(1);
}

static void with_ids_that_do_not(void **state)
{
	(void)state;
	stays_in_order(SCATTERED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(with_ids_that_ascend),
		cmocka_unit_test(with_ids_that_do_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
