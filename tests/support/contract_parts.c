/* The contract: parts, the raw material of the rules. */
#include "tests/support/contract_tests.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

void contract_load(struct store *s, uint32_t part, int32_t as_of, struct part *p)
{
	MUST(s->ops->part(s, part, as_of, p, &e));
}

struct part contract_part_new(void)
{
	struct part p;

	MUST(part_init(&p, &e));
	return p;
}

void contract_currency_is(struct store *s, currency_id id, const char *code)
{
	const char(*codes)[4];
	uint32_t n;

	MUST(s->ops->currencies(s, &codes, &n, &e));
	assert_true(id < n);
	assert_string_equal(codes[id], code);
}

void contract_empty_part(void **state)
{
	struct store *s = *state;
	struct part p = contract_part_new();

	contract_load(s, 0, day_of("2024-01-01"), &p);
	assert_int_equal(p.first_id, 1);
	assert_int_equal(p.n, 0);
	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	rows_put(s, REC_TICKET, "ticket_id=1|account_id=1|opened_on=2024-01-01\n");
	contract_load(s, 0, day_of("2024-01-01"), &p);
	assert_int_equal(p.n, 1);
	assert_int_equal(p.tickets.n, 1);
	contract_load(s, 1, day_of("2024-01-01"), &p); /* what was in p before is gone */
	assert_int_equal(p.first_id, PART_ACCOUNTS + 1);
	assert_int_equal(p.n, 0);
	assert_int_equal(p.tickets.n, 0);
	part_clear(&p);
}

void contract_part_of_accounts(void **state)
{
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_put(s, REC_CSM, "name=Zoe\nname=Ann\n");
	rows_put(s, REC_ACCOUNT,
		"account_id=x|csm=Ann|arr=123456789012345|currency=EUR|"
		"contract_start=2020-01-01|renewal_date=2025-01-01|status=active|"
		"growth=0.4|complexity=1|maturity=2|stakeholders=3|seats_purchased=4|"
		"features_available=5|onboarding_started=2020-01-02|"
		"first_value_on=2020-01-03|reference=1|marquee=0|advocate=1|"
		"parent_expansion=0\n"
		"account_id=a|status=churned|churned_on=2024-01-01|reference=0|marquee=1|"
		"advocate=0|parent_expansion=1|arr=0\n");
	contract_load(s, 0, day_of("2019-01-01"), &p); /* these columns have no day */
	assert_int_equal(p.n, 2);
	assert_int_equal(p.flags[0], ACC_PRESENT | ACC_REFERENCE | ACC_ADVOCATE);
	assert_int_equal(p.flags[1],
		ACC_PRESENT | ACC_CHURNED | ACC_MARQUEE | ACC_PARENT_EXPANSION);
	assert_int_equal(p.csm[0], 2);
	assert_int_equal(p.arr[0], 123456789012345);
	assert_int_equal(p.arr[1], 0);
	contract_currency_is(s, p.currency[0], "EUR");
	assert_int_equal(p.contract_start[0], day_of("2020-01-01"));
	assert_int_equal(p.renewal[0], day_of("2025-01-01"));
	assert_int_equal(p.onboarding[0], day_of("2020-01-02"));
	assert_int_equal(p.first_value[0], day_of("2020-01-03"));
	assert_int_equal(p.churned_on[1], day_of("2024-01-01"));
	assert_true(p.growth[0] == 0.4 && p.complexity[0] == 1 && p.maturity[0] == 2);
	assert_true(p.stakeholders[0] == 3 && p.seats_purchased[0] == 4);
	assert_true(p.features_available[0] == 5);
	part_clear(&p);
}

void contract_part_of_missing_figures(void **state)
{
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	contract_load(s, 0, DAY_MAX, &p);
	assert_int_equal(p.flags[0], ACC_PRESENT);
	assert_int_equal(p.csm[0], 0);
	assert_int_equal(p.currency[0], 0);
	assert_true(p.arr[0] == MONEY_NONE);
	assert_true(p.contract_start[0] == DAY_NONE && p.renewal[0] == DAY_NONE);
	assert_true(p.churned_on[0] == DAY_NONE && p.onboarding[0] == DAY_NONE);
	assert_true(p.first_value[0] == DAY_NONE);
	assert_true(isnan(p.growth[0]) && isnan(p.complexity[0]) && isnan(p.maturity[0]));
	assert_true(isnan(p.stakeholders[0]) && isnan(p.seats_purchased[0]));
	assert_true(isnan(p.features_available[0]));
	for (int k = 0; k < SIG_KNOWN; k++) {
		assert_true(p.signal_day[k][0] == DAY_NONE);
		assert_true(isnan(p.signal_value[k][0]));
	}
	part_clear(&p);
}

/* The newest on or before the day, whatever else the book knows. */
void contract_part_as_of(void **state)
{
	static const struct {
		const char *as_of, *day;
		double value;
	} table[] = {
		{ "2023-12-31", NULL, 0 }, { "2024-01-10", "2024-01-10", 1 },
		{ "2024-01-19", "2024-01-10", 1 }, { "2024-01-20", "2024-01-20", 2 },
		{ "2024-01-21", "2024-01-20", 2 }, { "2024-01-30", "2024-01-30", 3 },
		{ "2030-01-01", "2024-01-30", 3 },
		{ "2150-01-01", "2150-01-01", 9 }, /* dated ahead: unseen until then */
		{ "2024-01-15", "2024-01-10", 1 }, /* and back again */
	};
	struct store *s = *state;
	struct part p = contract_part_new(), one = contract_part_new();
	int32_t pulse = day_of("2024-01-12");

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\naccount_id=3\n");
	rows_put(s, REC_SIGNAL,
		"account_id=2|date=2024-01-20|signal=nps|value=2\n"
		"account_id=2|date=2024-01-30|signal=nps|value=3\n"
		"account_id=2|date=2150-01-01|signal=nps|value=9\n"
		"account_id=2|date=2024-01-10|signal=nps|value=1\n"
		"account_id=2|date=2024-01-12|signal=own|value=7\n"
		"account_id=3|date=2024-01-12|signal=pulse|value=3\n");
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		contract_load(s, 0, day_of(table[i].as_of), &p);
		MUST(s->ops->part_of_one(s, 2, day_of(table[i].as_of), &one, &e));
		assert_int_equal(one.signal_day[SIG_NPS][0], p.signal_day[SIG_NPS][1]);
		assert_true(isnan(one.signal_value[SIG_NPS][0]) ||
			    one.signal_value[SIG_NPS][0] == p.signal_value[SIG_NPS][1]);
		assert_true(one.signal_day[SIG_PULSE][0] == DAY_NONE);
		if (table[i].day) {
			assert_int_equal(p.signal_day[SIG_NPS][1], day_of(table[i].day));
			assert_true(p.signal_value[SIG_NPS][1] == table[i].value);
		} else {
			assert_true(p.signal_day[SIG_NPS][1] == DAY_NONE);
			assert_true(isnan(p.signal_value[SIG_NPS][1]));
		}
		assert_true(p.signal_day[SIG_NPS][0] == DAY_NONE);
		assert_true(p.signal_day[SIG_CSAT][1] == DAY_NONE);
		assert_int_equal(p.signal_day[SIG_PULSE][2],
			day_of(table[i].as_of) < pulse ? DAY_NONE : pulse);
	}
	part_clear(&one);
	part_clear(&p);
}

/* A part is what the book says now, not what it said when it was first asked. */
void contract_part_after_updates(void **state)
{
	struct store *s = *state;
	struct part p = contract_part_new();
	int32_t as_of = day_of("2024-06-01");

	rows_put(s, REC_ACCOUNT, "account_id=1|arr=1\n");
	rows_put(s, REC_SIGNAL, "account_id=1|date=2024-01-01|signal=nps|value=1\n");
	contract_load(s, 0, as_of, &p);
	rows_put(s, REC_ACCOUNT, "account_id=1|arr=2|csm=Ann\naccount_id=2\n");
	rows_put(s, REC_SIGNAL, "account_id=1|date=2024-02-01|signal=nps|value=2\n");
	contract_load(s, 0, as_of, &p);
	assert_int_equal(p.n, 2);
	assert_int_equal(p.arr[0], 2);
	assert_int_equal(p.csm[0], 1);
	assert_true(p.signal_value[SIG_NPS][0] == 2);
	rows_put(s, REC_SIGNAL,
		"account_id=1|date=2024-02-01|signal=nps|value=3\n"
		"account_id=1|date=2024-01-15|signal=nps|value=4\n"
		"account_id=2|date=2024-01-15|signal=nps|value=5\n");
	contract_load(s, 0, as_of, &p);
	assert_true(p.signal_value[SIG_NPS][0] == 3 && p.signal_value[SIG_NPS][1] == 5);
	rows_put(s, REC_TICKET, "ticket_id=1|account_id=2|opened_on=2024-01-01\n");
	rows_put(s, REC_CONTRACT, "contract_id=1|account_id=1|start=2024-01-01|arr=7\n");
	contract_load(s, 0, as_of, &p);
	assert_int_equal(p.tickets.n, 1);
	assert_int_equal(p.tickets.at[0], 1);
	assert_int_equal(p.contracts.n, 1);
	rows_put(s, REC_TICKET, "ticket_id=1|account_id=1|opened_on=2024-01-02\n");
	rows_put(s, REC_CONTRACT, "contract_id=1|account_id=1|start=2024-01-01|arr=8\n");
	contract_load(s, 0, as_of, &p);
	assert_int_equal(p.tickets.n, 1); /* it has moved */
	assert_int_equal(p.tickets.at[0], 0);
	assert_int_equal(p.tickets.opened[0], day_of("2024-01-02"));
	assert_int_equal(p.contracts.arr[0], 8);
	part_clear(&p);
}

/* The last place of one part and the first of the next, with all that hangs on them. */
void contract_part_boundary(void **state)
{
	static const uint16_t at[] = { PART_ACCOUNTS - 1, 0 };
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_add_accounts(s, PART_ACCOUNTS + 1);
	rows_put(s, REC_SIGNAL,
		"account_id=4096|date=2024-01-01|signal=nps|value=6\n"
		"account_id=4097|date=2024-01-01|signal=nps|value=7\n"
		"account_id=1|date=2024-01-01|signal=nps|value=1\n");
	rows_put(s, REC_TICKET,
		"ticket_id=1|account_id=4097|opened_on=2024-01-01\n"
		"ticket_id=2|account_id=4096|opened_on=2024-01-02\n");
	rows_put(s, REC_TOUCH,
		"account_id=4097|date=2024-01-01|two_way=1\n"
		"account_id=4096|date=2024-01-02|two_way=1\n");
	rows_put(s, REC_SURVEY,
		"account_id=4097|date=2024-01-01|kind=nps|score=1\n"
		"account_id=4096|date=2024-01-02|kind=nps|score=2\n");
	rows_put(s, REC_CONTACT,
		"account_id=4097|role=sponsor\n"
		"account_id=4096|role=champion\n");
	for (uint32_t part = 0; part < 2; part++) {
		contract_load(s, part, day_of("2024-02-01"), &p);
		assert_int_equal(p.first_id, part * PART_ACCOUNTS + 1);
		assert_int_equal(p.n, part ? 1 : PART_ACCOUNTS);
		assert_int_equal(p.flags[at[part]], ACC_PRESENT);
		assert_int_equal(p.arr[at[part]], PART_ACCOUNTS + part);
		assert_true(p.signal_value[SIG_NPS][at[part]] == 6 + part);
		assert_int_equal(p.tickets.n, 1);
		assert_int_equal(p.tickets.at[0], at[part]);
		assert_int_equal(p.touches.n, 1);
		assert_int_equal(p.touches.at[0], at[part]);
		assert_int_equal(p.surveys.n, 1);
		assert_int_equal(p.surveys.at[0], at[part]);
		assert_int_equal(p.contacts.n, 1);
		assert_int_equal(p.contacts.is_sponsor[0], part);
		if (!part)
			assert_true(p.signal_value[SIG_NPS][0] == 1);
	}
	for (uint32_t id = PART_ACCOUNTS; id <= PART_ACCOUNTS + 1; id++) {
		MUST(s->ops->part_of_one(s, id, day_of("2024-02-01"), &p, &e));
		assert_int_equal(p.first_id, id);
		assert_int_equal(p.n, 1);
		assert_int_equal(p.flags[0], ACC_PRESENT);
		assert_int_equal(p.arr[0], id);
		assert_true(p.signal_value[SIG_NPS][0] == 6 + (id - PART_ACCOUNTS));
		assert_int_equal(p.tickets.n, 1);
		assert_int_equal(p.tickets.at[0], 0);
		assert_int_equal(p.contacts.n, 1);
		assert_int_equal(p.contacts.is_sponsor[0], id - PART_ACCOUNTS);
	}
	MUST(s->ops->part_of_one(s, PART_ACCOUNTS + 2, DAY_MAX, &p, &e));
	assert_int_equal(p.n, 0);
	assert_int_equal(p.tickets.n + p.contacts.n, 0);
	contract_load(s, 2, day_of("2024-02-01"), &p);
	assert_int_equal(p.n, 0);
	assert_int_equal(p.tickets.n, 0);
	rows_are(s, REC_SIGNAL, 4097,
		"account_id=4097|date=2024-01-01|signal=nps|value=7\n");
	part_clear(&p);
}

/* Reading inside a transaction sees its changes, and none of them after a rollback. */
void contract_part_inside_transaction(void **state)
{
	struct store *s = *state;
	struct part p = contract_part_new();
	int32_t as_of = day_of("2024-06-01");

	rows_put(s, REC_ACCOUNT, "account_id=1|arr=1|currency=EUR\n");
	rows_put(s, REC_SIGNAL, "account_id=1|date=2024-01-01|signal=nps|value=1\n");
	contract_load(s, 0, as_of, &p);
	MUST(s->ops->begin(s, &e));
	rows_take(s, REC_ACCOUNT, PUT_OVERWRITE, ALL_FIELDS,
		"account_id=1|arr=2|currency=NOK\naccount_id=2\n");
	rows_take(s, REC_SIGNAL, PUT_OVERWRITE, ALL_FIELDS,
		"account_id=1|date=2024-02-01|signal=nps|value=2\n");
	contract_load(s, 0, as_of, &p);
	assert_int_equal(p.n, 2);
	assert_int_equal(p.arr[0], 2);
	contract_currency_is(s, p.currency[0], "NOK");
	assert_true(p.signal_value[SIG_NPS][0] == 2);
	s->ops->rollback(s);
	contract_load(s, 0, as_of, &p);
	assert_int_equal(p.n, 1);
	assert_int_equal(p.arr[0], 1);
	contract_currency_is(s, p.currency[0], "EUR");
	assert_true(p.signal_value[SIG_NPS][0] == 1);
	part_clear(&p);
}

void contract_currency_numbers(void **state)
{
	static const char *const used[] = { "CHF", "EUR", "NOK", "USD" };
	struct store *s = *state;
	const char(*codes)[4];
	uint32_t n = 0;

	MUST(s->ops->currencies(s, &codes, &n, &e));
	assert_true(n >= 1);
	assert_string_equal(codes[0], "");
	rows_put(s, REC_ACCOUNT,
		"account_id=1|currency=USD\naccount_id=2|currency=EUR\n"
		"account_id=3|currency=USD\naccount_id=4\n");
	rows_put(s, REC_CONTRACT,
		"contract_id=1|account_id=1|start=2024-01-01|arr=1|currency=CHF\n");
	rows_put(s, REC_MOVEMENT,
		"account_id=1|date=2024-01-01|kind=new|arr_delta=1|currency=NOK\n");
	MUST(s->ops->currencies(s, &codes, &n, &e));
	assert_string_equal(codes[0], "");
	for (size_t k = 0; k < sizeof(used) / sizeof(used[0]); k++) {
		int found = 0;

		for (uint32_t i = 0; i < n; i++)
			found += !strcmp(codes[i], used[k]);
		assert_int_equal(found, 1);
	}
}

/* Of logins the newest day with any counts, also where one was taken back. */
void contract_newest_login(void **state)
{
	static const struct {
		const char *rows, *as_of, *day;
	} rounds[] = {
		{ "account_id=1|date=2024-01-01|signal=logins|value=3\n"
		  "account_id=1|date=2024-01-08|signal=logins|value=2\n"
		  "account_id=1|date=2024-01-15|signal=logins|value=0\n",
			"2024-02-01", "2024-01-08" },
		{ "account_id=1|date=2024-01-22|signal=logins|value=1\n", "2024-02-01",
			"2024-01-22" },
		{ "account_id=1|date=2024-01-22|signal=logins|value=1\n", "2024-01-21",
			"2024-01-08" },
		{ "account_id=1|date=2024-01-22|signal=logins|value=0\n", "2024-02-01",
			"2024-01-08" },
		{ "account_id=1|date=2024-01-08|signal=logins|value=0\n", "2024-02-01",
			"2024-01-01" },
		{ "account_id=1|date=2024-01-01|signal=logins|value=0\n", "2024-02-01",
			NULL },
		{ "account_id=1|date=2024-01-15|signal=logins|value=4\n", "2024-02-01",
			"2024-01-15" },
	};
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	for (size_t i = 0; i < sizeof(rounds) / sizeof(rounds[0]); i++) {
		rows_put(s, REC_SIGNAL, rounds[i].rows);
		contract_load(s, 0, day_of(rounds[i].as_of), &p);
		if (p.signal_day[SIG_LOGINS][0] !=
			(rounds[i].day ? day_of(rounds[i].day) : DAY_NONE))
			fail_msg("round %zu: %d", i, p.signal_day[SIG_LOGINS][0]);
	}
	part_clear(&p);
}
