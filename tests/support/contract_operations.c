/* The contract: operations that are more than rows, and the way back from them. */
#include "tests/support/contract_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"

/* ---- what an operation is ---------------------------------------------------- */

struct listed {
	char text[600];
};

static enum status list_one(void *arg, const struct operation *o, struct err *e)
{
	struct listed *l = arg;
	const size_t n = strlen(l->text);

	(void)e;
	snprintf(l->text + n, sizeof(l->text) - n, "%d %s %d %.*s\n", (int)o->id,
		operation_kind_name[o->kind], (int)o->subject, (int)o->backup.n,
		o->backup.n ? o->backup.s : "");
	return ST_OK;
}

static void list_is(struct store *s, struct operation_query q, const char *expected)
{
	struct listed l = { .text = "" };

	MUST(s->ops->operations(s, &q, list_one, &l, &e));
	assert_string_equal(l.text, expected);
}

static void record(struct store *s, enum operation_kind kind, int64_t subject)
{
	struct operation o = {
		.kind = kind, .subject = subject, .actor = TEXT("Ann"), .title = TEXT("x")
	};

	MUST(history_record(s, &o, &e));
}

void contract_operation_kinds(void **state)
{
	struct store *s = *state;

	MUST(s->ops->begin(s, &e));
	for (int kind = 0; kind < OPERATION_KINDS; kind++)
		record(s, (enum operation_kind)kind, 10 * kind);
	MUST(s->ops->commit(s, &e));
	/* of another program nobody says what it is about */
	list_is(s, (struct operation_query){ 0 },
		"7 sql 60 \n6 restore 50 \n5 recalc 40 \n4 policy 30 \n3 review 20 \n"
		"2 import 10 \n1 hand 0 \n");
	list_is(s, (struct operation_query){ .id = 4 }, "4 policy 30 \n");
	list_is(s, (struct operation_query){ .tiers = true }, "");
	list_is(s, (struct operation_query){ .review = 30 }, ""); /* a policy version */
	list_is(s, (struct operation_query){ .review = 20 }, "3 review 20 \n");
}

/* ---- tiers ------------------------------------------------------------------- */

void contract_operation_tiers(void **state)
{
	const struct tier_change changes[] = {
		{ 1, { TIER_NONE, 0, 0, DAY_NONE }, { 1, 2, 0, 19000 } },
		{ 2, { 3, 255, 7, -25567 }, { TIER_NONE, 0, 0, DAY_NONE } },
		{ 70000, { 2, 0, 1, 0 }, { 2, 0, 2, 0 } },
	};
	struct tier_past p = { .review_before = DAY_NONE, .review_after = 19000, .n = 3 };
	struct store *s = *state;
	struct tier_past got;
	bool there;

	p.change = (struct tier_change *)changes; /* only read */
	MUST(s->ops->begin(s, &e));
	record(s, OPERATION_HAND, 0);
	MUST(s->ops->history_tiers_add(s, 2, &p, &e));
	assert_int_equal(s->ops->history_tiers_add(s, 1, &p, NULL), ST_FORBIDDEN);
	assert_int_equal(s->ops->history_tiers_add(s, 2, &p, NULL), ST_FORBIDDEN);
	record(s, OPERATION_REVIEW, 1);
	MUST(s->ops->commit(s, &e));
	MUST(s->ops->history_tiers(s, 1, &got, &there, &e));
	assert_false(there);
	tier_past_clear(&got);
	MUST(s->ops->history_tiers(s, 2, &got, &there, &e));
	assert_true(there);
	assert_true(got.review_before == DAY_NONE && got.review_after == 19000);
	assert_int_equal(got.n, 3);
	for (int i = 0; i < 3; i++) {
		const struct tier_place *a[] = { &got.change[i].before,
			&got.change[i].after };
		const struct tier_place *b[] = { &changes[i].before, &changes[i].after };

		assert_int_equal(got.change[i].account, changes[i].account);
		for (int k = 0; k < 2; k++) {
			assert_int_equal(a[k]->tier, b[k]->tier);
			assert_int_equal(a[k]->up, b[k]->up);
			assert_int_equal(a[k]->down, b[k]->down);
			assert_int_equal(a[k]->since, b[k]->since);
		}
	}
	tier_past_clear(&got);
	list_is(s, (struct operation_query){ .tiers = true }, "2 review 1 \n");
	list_is(s, (struct operation_query){ .account = 2 }, "2 review 1 \n");
	list_is(s, (struct operation_query){ .account = 3 }, "");
	list_is(s, (struct operation_query){ .account = 70000 }, ""); /* streaks alone */
	list_is(s, (struct operation_query){ .review = 1 }, "2 review 1 \n");
	list_is(s, (struct operation_query){ .review = 2 }, "");
}

/* The caps are counted on the accounts that there are on the day of the last count. */
void contract_tiers_recount(void **state)
{
	struct store *s = *state;
	struct tiers t = { .n = 0 };

	rows_add_accounts(s, 40);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->tiers_load(s, &t, &e));
	MUST(s->ops->tiers_save(s, &t, day_of("2024-01-31"), 10, &e)); /* one place */
	t.tier[0] = t.tier[1] = 1;
	assert_int_equal(
		s->ops->tiers_save(s, &t, day_of("2024-01-31"), 10, NULL), ST_FORBIDDEN);
	s->ops->rollback(s);
	MUST(s->ops->begin(s, &e));
	t.tier[0] = t.tier[1] = TIER_NONE;
	MUST(s->ops->tiers_save(s, &t, day_of("2024-01-31"), 10, &e));
	t.tier[0] = t.tier[1] = t.tier[2] = t.tier[3] = 1;
	MUST(s->ops->tiers_save(s, &t, DAY_NONE, 0, &e)); /* of 40 */
	t.tier[4] = 1;
	assert_int_equal(s->ops->tiers_save(s, &t, DAY_NONE, 0, NULL), ST_FORBIDDEN);
	s->ops->rollback(s);
	tiers_clear(&t);
}

/* ---- accounts ---------------------------------------------------------------- */

void contract_accounts_come_back(void **state)
{
	struct cell cells[RECORD_FIELDS_MAX];
	struct store *s = *state;
	struct arena a;
	bool there;
	int64_t id = 3;
	uint32_t found;
	const struct operation o = {
		.id = 1, .actor = TEXT("Ann"), .title = TEXT("x"), .changes = 1
	};
	struct row_change gone = {
		.kind = REC_ACCOUNT, .row = 3, .account = 3, .fields = 1
	};

	rows_put(s, REC_ACCOUNT, "account_id=A1\naccount_id=A2\naccount_id=A3|arr=7\n");
	rows_put(s, REC_SIGNAL, "account_id=A2|date=2024-01-01|signal=logins|value=3\n");
	rows_put(s, REC_TICKET, "ticket_id=T1|account_id=A1|opened_on=2024-01-01\n");
	arena_init(&a);
	MUST(s->ops->row_read(s, REC_ACCOUNT, 3, &a, cells, &there, &e));
	MUST(s->ops->begin(s, &e));
	assert_int_equal(s->ops->row_remove(s, REC_ACCOUNT, 1, NULL), ST_FORBIDDEN);
	assert_int_equal(s->ops->row_remove(s, REC_ACCOUNT, 2, NULL), ST_FORBIDDEN);
	MUST(s->ops->row_remove(s, REC_ACCOUNT, 3, &e));
	gone.before = cells;
	MUST(s->ops->history_add(s, 1, 1, &gone, &e));
	MUST(s->ops->history_save(s, &o, &e));
	MUST(s->ops->commit(s, &e));
	MUST(s->ops->find(s, REC_ACCOUNT, TEXT("A3"), &found, &e));
	assert_int_equal(found, 0);
	/* another one gets another id; the same one its own */
	rows_put(s, REC_ACCOUNT, "account_id=A4\n");
	assert_int_equal(account_of(s, "A4"), 4);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->row_add(s, REC_ACCOUNT, cells, &id, &e));
	MUST(s->ops->commit(s, &e));
	assert_int_equal(account_of(s, "A3"), 3);
	rows_are(s, REC_ACCOUNT, 3, "account_id=A3|arr=7\n");
	arena_clear(&a);
}

/* ---- copies ------------------------------------------------------------------ */

/* An operation that keeps a copy and adds a CSM; returns the name of the copy. */
static struct text keep(struct store *s, struct arena *a, int64_t operation, bool counts)
{
	struct operation o = {
		.id = operation, .actor = TEXT("Ann"), .title = TEXT("x")
	};
	struct text name;

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->keep(s, operation, a, &name, &e));
	assert_int_equal(s->ops->keep(s, operation, a, &name, NULL), ST_USAGE);
	rows_take(s, REC_CSM, PUT_OVERWRITE, ALL_FIELDS, "name=Bo\n");
	if (counts)
		o.backup = name;
	MUST(s->ops->history_save(s, &o, &e));
	MUST(s->ops->commit(s, &e));
	return name;
}

static enum status put_back(struct store *s, struct text name, int64_t operation)
{
	struct operation o = { .actor = TEXT("Bo"),
		.title = TEXT("back"),
		.step = STEP_UNDO,
		.reverses = operation };
	enum status st;

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->history_last(s, &o.id, &e));
	o.id++;
	rows_take(s, REC_CSM, PUT_OVERWRITE, ALL_FIELDS, "name=Nobody\n");
	st = s->ops->put_back(s, name, &o, NULL);
	if (st != ST_OK)
		s->ops->rollback(s);
	return st;
}

void contract_copies(void **state)
{
	struct store *s = *state;
	struct text first, second;
	struct arena a;
	uint64_t before, after;

	arena_init(&a);
	rows_put(s, REC_CSM, "name=Ann\n");
	before = fake_digest(s);
	first = keep(s, &a, 1, true);
	after = fake_digest(s);
	assert_true(before != after);
	second = keep(s, &a, 2, false);
	assert_int_equal(put_back(s, second, 2), ST_NOTFOUND); /* nobody refers to it */
	assert_true(fake_digest(s) == after);
	assert_int_not_equal(put_back(s, first, 2), ST_OK); /* of another operation */
	assert_int_equal(put_back(s, first, 1), ST_OK);
	assert_true(fake_digest(s) == before);
	rows_are(s, REC_CSM, 0, "name=Ann\n");
	/* the history is whole, and goes on */
	MUST(s->ops->begin(s, &e));
	record(s, OPERATION_HAND, 0);
	MUST(s->ops->commit(s, &e));
	struct listed l = { .text = "" };
	MUST(s->ops->operations(
		s, &(struct operation_query){ .actor = TEXT("Bo") }, list_one, &l, &e));
	assert_string_equal(l.text, "3 hand 0 \n");
	l.text[0] = '\0';
	MUST(s->ops->operations(
		s, &(struct operation_query){ .actor = TEXT("Ann") }, list_one, &l, &e));
	assert_true(strncmp(l.text, "4 hand 0 \n2 hand 0 \n1 hand 0 ", 29) == 0);
	arena_clear(&a);
}

/* ---- messages that senders have ------------------------------------------------- */

static enum status list_delivery(void *arg, const struct delivery *d, struct err *e)
{
	struct listed *l = arg;
	const size_t n = strlen(l->text);

	(void)e;
	snprintf(l->text + n, sizeof(l->text) - n, "%d %.*s %d %d %.*s\n",
		(int)d->message, (int)d->actor.n, d->actor.s, (int)d->until,
		d->sent == DAY_NONE ? -1 : d->sent, (int)d->failure.n,
		d->failure.s ? d->failure.s : "");
	return ST_OK;
}

static void deliveries_are(struct store *s, int64_t message, const char *expected)
{
	struct listed l = { .text = "" };

	MUST(s->ops->deliveries(s, message, list_delivery, &l, &e));
	assert_string_equal(l.text, expected);
}

static void deliver(struct store *s, int64_t message, int32_t sent, struct text failure)
{
	const struct delivery d = { message, TEXT("Ann"), 99, sent, failure };

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->delivery_save(s, &d, &e));
	MUST(s->ops->commit(s, &e));
}

/* What became of messages since stays so where the book becomes a copy, and no number of
 * one is given again. */
static void carried(struct store *s, struct text copy, const char *rows)
{
	MUST(put_back(s, copy, 1));
	rows_are(s, REC_MESSAGE, 0, rows);
}

static int64_t message_add(struct store *s, const char *line)
{
	struct cell cells[RECORD_FIELDS_MAX];
	uint32_t mapped;
	int64_t id = 0;

	row_parse(s, REC_MESSAGE, line, cells, &mapped);
	MUST(s->ops->row_add(s, REC_MESSAGE, cells, &id, &e));
	return id;
}

static void message_write(struct store *s, int64_t id, const char *line)
{
	struct cell cells[RECORD_FIELDS_MAX];
	uint32_t mapped;

	row_parse(s, REC_MESSAGE, line, cells, &mapped);
	MUST(s->ops->row_write(s, REC_MESSAGE, id, cells, mapped, &e));
}

#define MESSAGE(subject) "account_id=A1|made_on=2024-01-01|kind=notice|subject=" subject

void contract_deliveries(void **state)
{
	static const struct text none = { NULL, 0 };
	struct store *s = *state;
	int64_t id;
	struct arena a;
	struct text copy;

	arena_init(&a);
	rows_put(s, REC_ACCOUNT, "account_id=A1\n");
	rows_put(s, REC_MESSAGE, MESSAGE("one") "\n" MESSAGE("two") "\n");
	deliveries_are(s, 0, "");
	deliver(s, 2, DAY_NONE, none);
	deliver(s, 1, 7, none);
	deliveries_are(s, 0, "1 Ann 99 7 \n2 Ann 99 -1 \n");
	deliver(s, 1, DAY_NONE, TEXT("no route"));
	deliveries_are(s, 1, "1 Ann 99 -1 no route\n");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->delivery_drop(s, 1, &e));
	MUST(s->ops->delivery_drop(s, 1, &e));
	MUST(s->ops->delivery_drop(s, 2, &e));
	MUST(s->ops->commit(s, &e));
	deliveries_are(s, 0, "");
	copy = keep(s, &a, 1, true);
	rows_put(s, REC_MESSAGE,
		MESSAGE("since, sent") "|sent_on=2024-01-02\n" MESSAGE(
			"since, at hand") "\n" MESSAGE("since, waits") "\n");
	MUST(s->ops->begin(s, &e));
	message_write(s, 2, MESSAGE("two") "|sent_on=2024-01-03|tries=1");
	MUST(s->ops->commit(s, &e));
	deliver(s, 4, DAY_NONE, none);
	carried(s, copy,
		MESSAGE("one") "\n" MESSAGE(
			"two") "|sent_on=2024-01-03|tries="
			       "1\n" MESSAGE(
				       "since, sent") "|sent_on=2024-"
						      "01-"
						      "02\n" MESSAGE(
							      "since, at hand") "\n");
	deliveries_are(s, 0, "4 Ann 99 -1 \n");
	MUST(s->ops->begin(s, &e));
	id = message_add(s, MESSAGE("new"));
	assert_int_equal(id, 6);
	MUST(s->ops->row_remove(s, REC_MESSAGE, id, &e));
	MUST(s->ops->commit(s, &e));
	MUST(s->ops->begin(s, &e));
	assert_int_equal(message_add(s, MESSAGE("new")), 7);
	MUST(s->ops->commit(s, &e));
	arena_clear(&a);
}
