/* The contract: parts, the rows that hang on their accounts. */
#include "tests/support/contract_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

void contract_part_of_tickets(void **state)
{
	static const struct {
		uint16_t at;
		const char *opened;
	} wanted[] = { { 0, "2023-12-31" }, { 0, "2024-05-01" }, { 1, "2024-01-01" },
		{ 1, "2024-01-01" }, { 1, "2190-01-01" } };
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	rows_put(s, REC_TICKET,
		"ticket_id=a|account_id=2|opened_on=2190-01-01\n"
		"ticket_id=b|account_id=2|opened_on=2024-01-01\n"
		"ticket_id=c|account_id=1|opened_on=2024-05-01\n"
		"ticket_id=d|account_id=2|opened_on=2024-01-01\n"
		"ticket_id=e|account_id=1|opened_on=2023-12-31\n");
	contract_load(s, 0, day_of("2024-02-01"), &p); /* of every day, also later ones */
	assert_int_equal(p.tickets.n, 5);
	for (uint32_t i = 0; i < 5; i++) {
		assert_int_equal(p.tickets.at[i], wanted[i].at);
		assert_int_equal(p.tickets.opened[i], day_of(wanted[i].opened));
	}
	part_clear(&p);
}

/* By account, day and entry: the last answer of a day is the one that came last. */
void contract_part_of_surveys(void **state)
{
	static const struct {
		uint16_t at;
		const char *day;
		bool csat;
		double score;
	} wanted[] = { { 0, "2024-01-02", false, 5 }, { 0, "2024-01-02", false, 3 },
		{ 0, "2024-01-02", true, 4.5 }, { 0, "2024-01-02", false, 9 },
		{ 0, "2190-01-01", false, 1 }, { 1, "2024-01-01", false, 0 } };
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	rows_put(s, REC_SURVEY,
		"account_id=2|date=2024-01-01|kind=nps|score=0\n"
		"account_id=1|date=2190-01-01|kind=nps|score=1\n"
		"account_id=1|date=2024-01-02|kind=nps|score=5\n"
		"account_id=1|date=2024-01-02|kind=nps|comment=no score\n"
		"account_id=1|date=2024-01-02|kind=ces|score=7\n"
		"account_id=1|date=2024-01-02|kind=exit|score=1\n"
		"account_id=1|date=2024-01-02|kind=nps|score=3\n"
		"account_id=1|date=2024-01-02|kind=csat|score=4.5\n");
	rows_put(s, REC_SURVEY, "account_id=1|date=2024-01-02|kind=nps|score=9\n");
	contract_load(s, 0, day_of("2024-02-01"), &p);
	assert_int_equal(p.surveys.n, 6);
	for (uint32_t i = 0; i < 6; i++) {
		assert_int_equal(p.surveys.at[i], wanted[i].at);
		assert_int_equal(p.surveys.day[i], day_of(wanted[i].day));
		assert_int_equal(p.surveys.is_csat[i], wanted[i].csat);
		assert_true(p.surveys.score[i] == wanted[i].score);
	}
	part_clear(&p);
}

void contract_part_of_touches(void **state)
{
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	rows_put(s, REC_TOUCH,
		"account_id=2|date=2024-01-03|two_way=1\n"
		"account_id=2|date=2024-01-02|two_way=0\n"
		"account_id=2|date=2024-01-04\n"
		"account_id=2|date=2024-01-01|two_way=1|kind=call\n"
		"account_id=1|date=2190-01-01|two_way=1\n");
	contract_load(s, 0, day_of("2024-02-01"), &p);
	assert_int_equal(p.touches.n, 3);
	assert_int_equal(p.touches.at[0], 0);
	assert_int_equal(p.touches.day[0], day_of("2190-01-01"));
	assert_int_equal(p.touches.day[1], day_of("2024-01-01"));
	assert_int_equal(p.touches.day[2], day_of("2024-01-03"));
	part_clear(&p);
}

void contract_part_of_contacts(void **state)
{
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\naccount_id=3\n");
	rows_put(s, REC_CONTACT,
		"account_id=3|name=x|role=champion|since=2024-01-01\n"
		"account_id=2|name=y|role=user\n"
		"account_id=2|name=z\n"
		"account_id=2|name=u|role=billing\n"
		"account_id=1|name=v|role=sponsor|left_on=2024-03-01\n");
	contract_load(s, 0, day_of("2020-01-01"), &p);
	assert_int_equal(p.contacts.n, 2);
	assert_int_equal(p.contacts.at[0], 0);
	assert_int_equal(p.contacts.is_sponsor[0], 1);
	assert_true(p.contacts.since[0] == DAY_NONE);
	assert_int_equal(p.contacts.left[0], day_of("2024-03-01"));
	assert_int_equal(p.contacts.at[1], 2);
	assert_int_equal(p.contacts.is_sponsor[1], 0);
	assert_int_equal(p.contacts.since[1], day_of("2024-01-01"));
	assert_true(p.contacts.left[1] == DAY_NONE);
	part_clear(&p);
}

void contract_part_of_contracts(void **state)
{
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2|currency=EUR\n");
	rows_put(s, REC_CONTRACT,
		"contract_id=a|account_id=2|start=2024-07-01|arr=5|currency=CHF\n"
		"contract_id=b|account_id=2|start=2024-01-01|end=2024-07-01|arr=4\n"
		"contract_id=c|account_id=1|start=2190-01-01|arr=3|currency=EUR\n");
	contract_load(s, 0, day_of("2024-02-01"), &p);
	assert_int_equal(p.contracts.n, 3);
	assert_int_equal(p.contracts.at[0], 0);
	assert_int_equal(p.contracts.start[0], day_of("2190-01-01"));
	contract_currency_is(s, p.contracts.currency[0], "EUR");
	assert_int_equal(p.contracts.start[1], day_of("2024-01-01"));
	assert_int_equal(p.contracts.end[1], day_of("2024-07-01"));
	assert_int_equal(p.contracts.arr[1], 4);
	assert_int_equal(p.contracts.currency[1], 0);
	assert_true(p.contracts.end[2] == DAY_NONE);
	contract_currency_is(s, p.contracts.currency[2], "CHF");
	part_clear(&p);
}

void contract_part_of_movements(void **state)
{
	static const int64_t delta[] = { 100, 7, -7, -100, 50 };
	struct store *s = *state;
	struct part p = contract_part_new();

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	rows_put(s, REC_MOVEMENT,
		"account_id=1|date=2024-06-01|kind=reactivation|arr_delta=50\n"
		"account_id=1|date=2024-01-01|kind=new|arr_delta=100|currency=SEK\n"
		"account_id=1|date=2024-01-01|kind=expansion|arr_delta=7\n"
		"account_id=1|date=2024-01-01|kind=contraction|arr_delta=-7\n"
		"account_id=1|date=2024-05-01|kind=churn|arr_delta=-100\n"
		"account_id=2|date=2020-01-01|kind=new|arr_delta=1\n");
	contract_load(s, 0, day_of("2024-02-01"), &p);
	assert_int_equal(p.movements.n, 6);
	for (uint32_t i = 0; i < 5; i++) {
		assert_int_equal(p.movements.at[i], 0);
		assert_int_equal(p.movements.kind[i], MOVE_NEW + (int)i);
		assert_int_equal(p.movements.delta[i], delta[i]);
	}
	contract_currency_is(s, p.movements.currency[0], "SEK");
	assert_int_equal(p.movements.currency[1], 0);
	assert_int_equal(p.movements.at[5], 1);
	part_clear(&p);
}
