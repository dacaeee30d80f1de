/* Records: the tables of record.def against the enums, the names and each other. */
#include "core/record.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* The first and the last field of every kind: a run that is off by one shows here. */
static const struct {
	enum record_kind kind;
	const char *name, *table;
	enum record_identity identity;
	int count;
	const char *first, *last;
} kinds[] = {
	{ REC_ACCOUNT, "accounts", "account", REC_BY_KEY, ACCOUNT_FIELDS, "account_id",
		"language" },
	{ REC_CSM, "csms", "csm", REC_BY_KEY, CSM_FIELDS, "name", "languages" },
	{ REC_CONTACT, "contacts", "contact", REC_BY_KEY, CONTACT_FIELDS, "account_id",
		"left_on" },
	{ REC_SIGNAL, "signals", "signal", REC_BY_KEY, SIGNAL_FIELDS, "account_id",
		"value" },
	{ REC_TICKET, "tickets", "ticket", REC_BY_KEY, TICKET_FIELDS, "ticket_id",
		"csat" },
	{ REC_SURVEY, "surveys", "survey", REC_BY_CONTENT, SURVEY_FIELDS, "account_id",
		"comment" },
	{ REC_TOUCH, "touches", "touch", REC_BY_CONTENT, TOUCH_FIELDS, "account_id",
		"actor" },
	{ REC_CONTRACT, "contracts", "contract", REC_BY_KEY, CONTRACT_FIELDS,
		"contract_id", "status" },
	{ REC_MOVEMENT, "movements", "movement", REC_BY_CONTENT, MOVEMENT_FIELDS,
		"account_id", "currency" },
	{ REC_FIX, "fixes", "fix", REC_BY_KEY, FIX_FIELDS, "account_id", "actor" },
	{ REC_LOCK, "locks", "tier_lock", REC_BY_KEY, LOCK_FIELDS, "account_id",
		"since" },
	{ REC_NOTE, "notes", "note", REC_BY_CONTENT, NOTE_FIELDS, "account_id", "actor" },
	{ REC_PLAN, "plans", "plan", REC_BY_KEY, PLAN_FIELDS, "account_id", "decision" },
	{ REC_MILESTONE, "milestones", "milestone", REC_BY_CONTENT, MILESTONE_FIELDS,
		"account_id", "done_on" },
	{ REC_ALERT, "alerts", "alert", REC_BY_CONTENT, ALERT_FIELDS, "account_id",
		"severity_since" },
	{ REC_TASK, "tasks", "task", REC_BY_CONTENT, TASK_FIELDS, "account_id", "actor" },
	{ REC_STEP, "steps", "task_step", REC_BY_CONTENT, STEP_FIELDS, "account_id",
		"actor" },
	{ REC_MESSAGE, "messages", "message", REC_BY_CONTENT, MESSAGE_FIELDS,
		"account_id", "actor" },
	{ REC_REQUEST, "requests", "tier_request", REC_BY_CONTENT, REQUEST_FIELDS,
		"account_id", "answered_by" },
	{ REC_PROPOSAL, "proposals", "proposal", REC_BY_KEY, PROPOSAL_FIELDS, "name",
		"bound" },
};

static void kinds_are_complete(void **state)
{
	(void)state;
	assert_int_equal(LENGTH(kinds), REC_COUNT);
	assert_int_equal(REC_IMPORTABLE, 10); /* ten kinds of files; the rest has none */
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		const struct record *r = record_of(kinds[i].kind);

		assert_string_equal(r->name, kinds[i].name);
		assert_string_equal(r->table, kinds[i].table);
		assert_int_equal(r->identity, kinds[i].identity);
		assert_int_equal(r->count, kinds[i].count);
		assert_true(r->count <= RECORD_FIELDS_MAX);
		assert_string_equal(r->fields[0].name, kinds[i].first);
		assert_string_equal(r->fields[r->count - 1].name, kinds[i].last);
		assert_int_equal(record_by_name(text_of(kinds[i].name)), kinds[i].kind);
	}
}

static void kinds_by_name(void **state)
{
	static const struct {
		const char *name;
		enum record_kind kind;
	} rows[] = { { "Accounts", REC_ACCOUNT }, { "SIGNALS", REC_SIGNAL },
		{ "account", REC_COUNT }, { "accounts ", REC_COUNT }, { "", REC_COUNT },
		{ "tier_lock", REC_COUNT } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_int_equal(record_by_name(text_of(rows[i].name)), rows[i].kind);
}

static void fields_by_name(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *name;
		int field;
	} rows[] = { { REC_ACCOUNT, "arr", F_ARR }, { REC_ACCOUNT, "ARR", F_ARR },
		{ REC_ACCOUNT, "tier", F_TIER }, { REC_ACCOUNT, "value", -1 },
		{ REC_ACCOUNT, "", -1 }, { REC_CSM, "name", F_CSM_NAME },
		{ REC_CONTACT, "name", F_CONTACT_NAME },
		{ REC_SIGNAL, "value", F_SIGNAL_VALUE },
		{ REC_MOVEMENT, "arr_delta", F_MOVEMENT_DELTA },
		{ REC_MOVEMENT, "arr", -1 }, { REC_LOCK, "until", F_LOCK_UNTIL } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++)
		assert_int_equal(
			record_field(record_of(rows[i].kind), text_of(rows[i].name)),
			rows[i].field);
}

static void no_name_stands_twice(void **state)
{
	(void)state;
	for (int k = 0; k < REC_COUNT; k++) {
		const struct record *r = record_of((enum record_kind)k);

		for (int i = 0; i < r->count; i++)
			assert_int_equal(record_field(r, text_of(r->fields[i].name)), i);
	}
}

/* What the rest of the program takes for granted about the table. */
static void fields_make_sense(void **state)
{
	(void)state;
	for (int k = 0; k < REC_COUNT; k++) {
		const struct record *r = record_of((enum record_kind)k);
		unsigned all = 0;

		for (int i = 0; i < r->count; i++) {
			const struct field *f = &r->fields[i];

			all |= f->flags;
			assert_non_null(f->help);
			assert_true(f->min <= f->max);
			assert_true((f->choices != NULL) == (f->type == FT_CHOICE));
			assert_true(!(f->flags & FIELD_SIGNED) || f->type == FT_MONEY);
			assert_true(!(f->flags & FIELD_SHARE) || f->type == FT_NUMBER);
		}
		assert_true(all & FIELD_KEY);
	}
}

/* Identity by domain: a ticket by its number alone, a signal by account, kind and day. */
static void keys(void **state)
{
	static const struct {
		enum record_kind kind;
		unsigned fields;
	} rows[] = {
		{ REC_ACCOUNT, 1u << F_ACCOUNT_ID },
		{ REC_CSM, 1u << F_CSM_NAME },
		{ REC_CONTACT, 1u << F_CONTACT_ACCOUNT | 1u << F_CONTACT_NAME |
				       1u << F_CONTACT_EMAIL | 1u << F_CONTACT_ROLE },
		{ REC_SIGNAL, 1u << F_SIGNAL_ACCOUNT | 1u << F_SIGNAL_DATE |
				      1u << F_SIGNAL_KIND },
		{ REC_TICKET, 1u << F_TICKET_ID },
		{ REC_CONTRACT, 1u << F_CONTRACT_ID },
		{ REC_FIX,
			1u << F_FIX_ACCOUNT | 1u << F_FIX_CAUSE | 1u << F_FIX_NOTICED },
		{ REC_LOCK, 1u << F_LOCK_ACCOUNT },
		/* by content: every field */
		{ REC_SURVEY, (1u << SURVEY_FIELDS) - 1 },
		{ REC_TOUCH, (1u << TOUCH_FIELDS) - 1 },
		{ REC_MOVEMENT, (1u << MOVEMENT_FIELDS) - 1 },
		{ REC_NOTE, (1u << NOTE_FIELDS) - 1 },
		{ REC_MILESTONE, (1u << MILESTONE_FIELDS) - 1 },
		{ REC_ALERT, (1u << ALERT_FIELDS) - 1 },
		{ REC_TASK, (1u << TASK_FIELDS) - 1 },
		{ REC_STEP, (1u << STEP_FIELDS) - 1 },
		{ REC_MESSAGE, (1u << MESSAGE_FIELDS) - 1 },
		{ REC_PLAN, 1u << F_PLAN_ACCOUNT },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const struct record *r = record_of(rows[i].kind);
		unsigned found = 0;

		for (int f = 0; f < r->count; f++)
			if (r->fields[f].flags & FIELD_KEY)
				found |= 1u << f;
		assert_int_equal(found, rows[i].fields);
	}
}

/* The fields that need care: tier stands apart, only movements may be negative. */
static void special_fields(void **state)
{
	const struct field *account = record_of(REC_ACCOUNT)->fields;
	const struct field *movement = record_of(REC_MOVEMENT)->fields;

	(void)state;
	assert_int_equal(account[F_TIER].flags, FIELD_APART);
	assert_true(account[F_TIER].min == 1 && account[F_TIER].max == 3);
	assert_true(account[F_GROWTH].min == -1 && account[F_GROWTH].max == 100);
	assert_int_equal(account[F_ARR].flags & FIELD_SIGNED, 0);
	assert_true(movement[F_MOVEMENT_DELTA].flags & FIELD_SIGNED);
	assert_string_equal(movement[F_MOVEMENT_KIND].choices,
		"new|expansion|contraction|churn|reactivation");
	assert_string_equal(account[F_STATUS].choices, "active|churned");
}

/* From the day a contact is there, until before the day it left. */
static void contacts_in_place(void **state)
{
	static const struct {
		int32_t since, left; /* DAY_NONE: missing */
		bool there;
	} rows[] = { { DAY_NONE, DAY_NONE, true }, { 100, DAY_NONE, true },
		{ 101, DAY_NONE, false }, { DAY_NONE, 101, true },
		{ DAY_NONE, 100, false }, { 90, 99, false }, { 101, 110, false } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct cell c[CONTACT_FIELDS] = { { .type = CELL_MISSING } };

		if (rows[i].since != DAY_NONE)
			c[F_CONTACT_SINCE] = CELL_OF_INT(rows[i].since);
		if (rows[i].left != DAY_NONE)
			c[F_CONTACT_LEFT_ON] = CELL_OF_INT(rows[i].left);
		assert_int_equal(record_contact_there(c, 100), rows[i].there);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_are_complete),
		cmocka_unit_test(kinds_by_name),
		cmocka_unit_test(fields_by_name),
		cmocka_unit_test(no_name_stands_twice),
		cmocka_unit_test(fields_make_sense),
		cmocka_unit_test(keys),
		cmocka_unit_test(special_fields),
		cmocka_unit_test(contacts_in_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
