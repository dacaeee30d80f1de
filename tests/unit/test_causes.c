/* Root causes of tickets: ranks, spans, and what comes again. */
#include "core/causes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"

/* "defect 3/1 2 1": tickets, before, accounts, again; one line each. */
static void causes_are(
	struct book *b, int32_t days, const char *expected, const char *sums)
{
	char said[1024] = "", all[200];
	struct causes c;
	size_t n = 0;

	MUST(causes_of(b, days, &c, &e));
	for (uint32_t i = 0; i < c.n; i++)
		n += (size_t)snprintf(said + n, sizeof(said) - n, "%.*s %u/%u %u %u\n",
			(int)c.row[i].name.n, c.row[i].name.s, c.row[i].tickets,
			c.row[i].before, c.row[i].accounts, c.row[i].repeated);
	snprintf(all, sizeof(all), "%u/%u again %u nameless %u gone %u", c.tickets,
		c.before, c.repeated, c.nameless, c.gone);
	assert_string_equal(said, expected);
	assert_string_equal(all, sums);
	causes_clear(&c);
}

static void ranked(void **state)
{
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT, "account_id=A\naccount_id=B\n");
	/* of ten days: from 2026-03-22; before: from 2026-03-12 */
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=A|opened_on=2026-03-22|root_cause=defect\n"
		"ticket_id=2|account_id=A|opened_on=2026-03-21|root_cause=defect\n"
		"ticket_id=3|account_id=B|opened_on=2026-03-31|root_cause=defect\n"
		"ticket_id=4|account_id=B|opened_on=2026-03-31|root_cause=how-to\n"
		"ticket_id=5|account_id=B|opened_on=2026-03-30|root_cause=how-to\n"
		"ticket_id=6|account_id=A|opened_on=2026-03-12|root_cause=outage\n"
		"ticket_id=7|account_id=A|opened_on=2026-03-11|root_cause=outage\n"
		"ticket_id=8|account_id=A|opened_on=2026-04-01|root_cause=outage\n"
		"ticket_id=9|account_id=A|opened_on=2026-03-25\n"
		"ticket_id=10|account_id=A|opened_on=2026-03-15\n"
		"ticket_id=11|account_id=A|opened_on=2026-03-25|root_cause=billing\n");
	b = rules_book(s, DAY, "Lea");
	causes_are(b, 10,
		"defect 2/1 2 1\nhow-to 2/0 1 1\nbilling 1/0 1 0\noutage 0/1 0 0\n",
		"6/3 again 2 nameless 1 gone 1");
	causes_are(b, 1, "how-to 1/1 1 1\ndefect 1/0 1 0\n",
		"2/1 again 1 nameless 0 gone 0");
	book_free(&b);
}

static void none(void **state)
{
	struct book *b = rules_book(fake_store_new(), DAY, "Lea");

	(void)state;
	causes_are(b, 91, "", "0/0 again 0 nameless 0 gone 0");
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranked),
		cmocka_unit_test(none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
