/* Hand-over: what whoever takes an account over finds, and what is missing on the day. */
#include "core/handover.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"
#define PLAN(more) "account_id=A|" more "\n"
#define CONTACT(more) "account_id=A|name=N" more "\n"

static unsigned missing(const char *fields, enum record_kind kind, const char *row)
{
	struct book *b;
	struct store *s = fake_store_new();
	struct account_view *v;
	unsigned out;

	rows_put(s, REC_ACCOUNT, fields);
	if (row)
		rows_put(s, kind, row);
	b = rules_book(s, DAY, "Dana");
	MUST(book_account(b, 1, &v, &e));
	out = handover_missing(v, day_of(DAY));
	account_view_free(&v);
	book_free(&b);
	return out;
}

/* Each row brings what is named, and nothing else. */
static void what_is_there(void **state)
{
	static const struct {
		const char *fields;
		enum record_kind kind;
		const char *row;
		unsigned there; /* a bit for each */
	} rows[] = {
		{ "account_id=A\n", REC_PLAN, NULL, 0 },
		{ "account_id=A|renewal_date=2026-01-01\n", REC_PLAN, NULL,
			1u << HANDOVER_RENEWAL },
		{ "account_id=A\n", REC_PLAN, PLAN("goal=live in May"),
			1u << HANDOVER_GOAL },
		{ "account_id=A\n", REC_PLAN, PLAN("next_step=train"),
			1u << HANDOVER_STEP },
		{ "account_id=A\n", REC_PLAN, PLAN("next_due=2026-01-01"),
			1u << HANDOVER_DUE },
		{ "account_id=A\n", REC_PLAN, PLAN("decision=two waves"),
			1u << HANDOVER_DECISION },
		{ "account_id=A\n", REC_CONTACT, CONTACT("|role=champion"),
			1u << HANDOVER_CHAMPION },
		{ "account_id=A\n", REC_CONTACT, CONTACT("|role=sponsor"),
			1u << HANDOVER_SPONSOR },
		{ "account_id=A\n", REC_CONTACT, CONTACT("|role=user"), 0 },
		{ "account_id=A\n", REC_CONTACT,
			CONTACT("|role=sponsor|left_on=2026-03-31"), 0 },
		{ "account_id=A\n", REC_CONTACT,
			CONTACT("|role=sponsor|left_on=2026-04-01"),
			1u << HANDOVER_SPONSOR },
		{ "account_id=A\n", REC_CONTACT,
			CONTACT("|role=sponsor|since=2026-04-01"), 0 },
		{ "account_id=A\n", REC_TOUCH, "account_id=A|date=2026-03-31\n",
			1u << HANDOVER_TALK },
		{ "account_id=A\n", REC_TOUCH, "account_id=A|date=2026-01-01\n",
			1u << HANDOVER_TALK }, /* the 90th day */
		{ "account_id=A\n", REC_TOUCH, "account_id=A|date=2025-12-31\n", 0 },
		{ "account_id=A\n", REC_NOTE, "account_id=A|date=2026-01-01|text=x\n",
			1u << HANDOVER_TALK },
		{ "account_id=A\n", REC_NOTE, "account_id=A|date=2025-12-31|text=x\n",
			0 },
	};
	const unsigned all = (1u << HANDOVER_COUNT) - 1;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const unsigned is = missing(rows[i].fields, rows[i].kind, rows[i].row);

		if (is != (all & ~rows[i].there))
			fail_msg("row %zu: %x is missing", i, is);
	}
}

/* Of a pooled tier nobody takes accounts over. */
static void to_an_owner(void **state)
{
	static const struct {
		int tier;
		bool pooled, asked;
	} rows[] = {
		{ 0, false, false },
		{ 1, false, true },
		{ 1, true, true },
		{ 2, false, true },
		{ 2, true, false },
		{ 3, false, false },
	};
	struct account_view v = { .row = { .renewal = DAY_NONE } };
	struct policy p;

	(void)state;
	policy_default(&p);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		v.row.tier = (uint8_t)rows[i].tier;
		p.number[POLICY_CAP_T2_POOLED] = rows[i].pooled;
		assert_int_equal(handover_missing_to_owner(&p, &v, day_of(DAY)),
			rows[i].asked ? handover_missing(&v, day_of(DAY)) : 0);
	}
}

static void how_many(void **state)
{
	(void)state;
	assert_int_equal(handover_complete((1u << HANDOVER_COUNT) - 1), 0);
	assert_int_equal(handover_complete(0), HANDOVER_COUNT);
	assert_int_equal(handover_complete(1u << HANDOVER_STEP | 1u << HANDOVER_TALK),
		HANDOVER_COUNT - 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_there),
		cmocka_unit_test(to_an_owner),
		cmocka_unit_test(how_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
