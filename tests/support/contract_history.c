/* The contract: single rows by their id, and the history of changes by hand. */
#include "tests/support/contract_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

struct ids {
	int64_t id[16];
	int n;
};

static enum status take_id(void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct ids *l = arg;

	(void)cells;
	(void)e;
	assert_true(l->n < 16);
	l->id[l->n++] = id;
	return ST_OK;
}

static struct ids ids_of(struct store *s, enum record_kind kind)
{
	struct ids l = { .n = 0 };

	MUST(s->ops->rows(s, kind, 0, take_id, &l, &e));
	return l;
}

static void read_row(struct store *s, enum record_kind kind, int64_t id, struct arena *a,
	struct cell cells[RECORD_FIELDS_MAX])
{
	bool there = false;

	MUST(s->ops->row_read(s, kind, id, a, cells, &there, &e));
	assert_true(there);
}

static bool is_there(struct store *s, enum record_kind kind, int64_t id)
{
	struct cell cells[RECORD_FIELDS_MAX];
	struct arena a;
	bool there = false;

	arena_init(&a);
	MUST(s->ops->row_read(s, kind, id, &a, cells, &there, &e));
	arena_clear(&a);
	return there;
}

/* Of a transaction of one step. */
static void end(struct store *s, enum status st, enum status expected)
{
	assert_int_equal(st, expected);
	if (expected == ST_OK)
		MUST(s->ops->commit(s, &e));
	else
		s->ops->rollback(s);
}

static void write_one(struct store *s, enum record_kind kind, int64_t id, int field,
	struct cell value, enum status expected)
{
	struct cell cells[RECORD_FIELDS_MAX];
	struct arena a;

	arena_init(&a);
	MUST(s->ops->begin(s, &e));
	read_row(s, kind, id, &a, cells);
	cells[field] = value;
	end(s, s->ops->row_write(s, kind, id, cells, 1u << field, NULL), expected);
	arena_clear(&a);
}

static void fill(struct store *s)
{
	rows_put(s, REC_CSM, "name=Ann\nname=Bo\nname=Cy\n");
	rows_put(s, REC_ACCOUNT,
		"account_id=A1|name=Acme|csm=Ann|arr=100\n"
		"account_id=A2|growth=0.1|tags=x;y\n");
	rows_put(s, REC_TICKET,
		"ticket_id=T1|account_id=A1|opened_on=2024-01-01\n"
		"ticket_id=T2|account_id=A2|opened_on=2024-01-01\n");
	rows_put(s, REC_CONTACT,
		"account_id=A1|name=Di|role=champion\n"
		"account_id=A1|name=Ed\n");
	rows_put(s, REC_LOCK, "account_id=A1|until=2024-12-31|reason=x\n");
}

/* Every kind that can be changed by hand has ids that read the same row back. */
void contract_row_read(void **state)
{
	struct store *s = *state;
	struct cell cells[RECORD_FIELDS_MAX];
	struct arena a;

	fill(s);
	arena_init(&a);
	for (int kind = 0; kind < REC_COUNT; kind++) {
		struct ids l = ids_of(s, (enum record_kind)kind);

		for (int i = 0; i < l.n; i++)
			read_row(s, (enum record_kind)kind, l.id[i], &a, cells);
	}
	read_row(s, REC_ACCOUNT, account_of(s, "A1"), &a, cells);
	assert_true(text_eq(cells[F_NAME].t, TEXT("Acme")));
	assert_int_equal(cells[F_CSM].type, CELL_INT); /* references are ids here */
	assert_int_equal(cells[F_CSM].i, 1);
	assert_int_equal(cells[F_ARR].i, 100);
	assert_int_equal(cells[F_TIER].type, CELL_MISSING);
	read_row(s, REC_TICKET, ids_of(s, REC_TICKET).id[1], &a, cells);
	assert_int_equal(cells[F_TICKET_ACCOUNT].i, account_of(s, "A2"));
	arena_clear(&a);
	assert_false(is_there(s, REC_ACCOUNT, 3));
	assert_false(is_there(s, REC_ACCOUNT, 0));
	assert_false(is_there(s, REC_CONTACT, INT64_MAX));
	assert_false(is_there(s, REC_CONTACT, -1));
}

void contract_row_write(void **state)
{
	struct store *s = *state;
	int64_t lock;
	uint32_t id;

	fill(s);
	write_one(s, REC_ACCOUNT, 1, F_CSM, CELL_OF_INT(2), ST_OK);
	write_one(s, REC_ACCOUNT, 1, F_ARR, (struct cell){ .type = CELL_MISSING }, ST_OK);
	write_one(s, REC_ACCOUNT, 1, F_ACCOUNT_ID, CELL_OF_TEXT(TEXT("Z9")), ST_OK);
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=A2|growth=0.1|tags=x;y\naccount_id=Z9|name=Acme|csm=Bo\n");
	MUST(s->ops->find(s, REC_ACCOUNT, TEXT("Z9"), &id, &e));
	assert_int_equal(id, 1);
	MUST(s->ops->find(s, REC_ACCOUNT, TEXT("A1"), &id, &e));
	assert_int_equal(id, 0);
	/* keys of others */
	write_one(
		s, REC_ACCOUNT, 1, F_ACCOUNT_ID, CELL_OF_TEXT(TEXT("A2")), ST_DUPLICATE);
	write_one(s, REC_CSM, 1, F_CSM_NAME, CELL_OF_TEXT(TEXT("Bo")), ST_DUPLICATE);
	write_one(s, REC_TICKET, ids_of(s, REC_TICKET).id[0], F_TICKET_ID,
		CELL_OF_TEXT(TEXT("T2")), ST_DUPLICATE);
	/* a contact may look like another */
	write_one(s, REC_CONTACT, ids_of(s, REC_CONTACT).id[1], F_CONTACT_NAME,
		CELL_OF_TEXT(TEXT("Di")), ST_OK);
	/* nothing to refer to */
	write_one(s, REC_ACCOUNT, 1, F_CSM, CELL_OF_INT(77), ST_INVALID);
	lock = ids_of(s, REC_LOCK).id[0];
	write_one(s, REC_LOCK, lock, F_LOCK_ACCOUNT, CELL_OF_INT(77), ST_INVALID);
	write_one(s, REC_LOCK, lock, F_LOCK_ACCOUNT, CELL_OF_INT(2), ST_OK);
	rows_are(s, REC_LOCK, 2, "account_id=A2|until=2024-12-31|reason=x\n");
	/* what came by hand is found again by an import */
	counts_are(rows_put(s, REC_ACCOUNT, "account_id=Z9|name=Acme|csm=Bo\n"), 0, 0, 1);
}

static int64_t add_note(
	struct store *s, const char *line, int64_t id, enum status expected)
{
	struct cell cells[RECORD_FIELDS_MAX];
	uint32_t mapped;

	MUST(s->ops->begin(s, &e));
	(void)row_parse(s, REC_NOTE, line, cells, &mapped);
	end(s, s->ops->row_add(s, REC_NOTE, cells, &id, NULL), expected);
	return id;
}

static void remove_row(
	struct store *s, enum record_kind kind, int64_t id, enum status expected)
{
	MUST(s->ops->begin(s, &e));
	end(s, s->ops->row_remove(s, kind, id, NULL), expected);
}

void contract_row_add_and_remove(void **state)
{
	static const char first[] = "account_id=A1|date=2024-01-01|text=first\n";
	static const char second[] = "account_id=A1|date=2024-01-01|text=second\n";
	static const struct cell account[RECORD_FIELDS_MAX] = {
		{ .type = CELL_MISSING }
	};
	struct store *s = *state;
	int64_t one, two, id = 0;

	fill(s);
	one = add_note(s, first, 0, ST_OK);
	two = add_note(s, second, 0, ST_OK);
	assert_true(two > one && one > 0);
	rows_are(s, REC_NOTE, 1,
		"account_id=A1|date=2024-01-01|text=first\n"
		"account_id=A1|date=2024-01-01|text=second\n");
	remove_row(s, REC_NOTE, one, ST_OK);
	rows_are(s, REC_NOTE, 0, second);
	assert_false(is_there(s, REC_NOTE, one));
	/* back under its id, and in its place */
	(void)add_note(s, first, two, ST_DUPLICATE);
	assert_int_equal(add_note(s, first, one, ST_OK), one);
	assert_int_equal(ids_of(s, REC_NOTE).id[0], one);
	/* a name that is taken, an account that is not there */
	remove_row(s, REC_CSM, 1, ST_FORBIDDEN);
	remove_row(s, REC_CSM, 3, ST_OK);
	rows_are(s, REC_CSM, 0, "name=Ann\nname=Bo\n");
	/* accounts and signals don't come by hand, and accounts that rows refer to stay
	 */
	MUST(s->ops->begin(s, &e));
	assert_int_equal(s->ops->row_add(s, REC_ACCOUNT, account, &id, NULL), ST_USAGE);
	assert_int_equal(s->ops->row_remove(s, REC_ACCOUNT, 2, NULL), ST_FORBIDDEN);
	assert_int_equal(s->ops->row_add(s, REC_SIGNAL, account, &id, NULL), ST_USAGE);
	s->ops->rollback(s);
	/* outside a transaction nothing is written */
	assert_int_equal(s->ops->row_remove(s, REC_NOTE, one, NULL), ST_USAGE);
	assert_true(is_there(s, REC_NOTE, one));
}

/* What the rules read follows a row that was changed by hand. */
void contract_row_in_parts(void **state)
{
	struct store *s = *state;
	struct part p;

	fill(s);
	MUST(part_init(&p, &e));
	MUST(s->ops->part(s, 0, DAY_MAX, &p, &e));
	assert_int_equal(p.arr[0], 100);
	assert_int_equal(p.contacts.n, 1); /* champions and sponsors */
	write_one(s, REC_ACCOUNT, 1, F_ARR, CELL_OF_INT(555), ST_OK);
	remove_row(s, REC_CONTACT, ids_of(s, REC_CONTACT).id[0], ST_OK);
	remove_row(s, REC_TICKET, ids_of(s, REC_TICKET).id[0], ST_OK);
	MUST(s->ops->part(s, 0, DAY_MAX, &p, &e));
	assert_int_equal(p.arr[0], 555);
	assert_int_equal(p.contacts.n, 0);
	assert_int_equal(p.tickets.n, 1);
	part_clear(&p);
}

/* ---- history ----------------------------------------------------------------- */

static enum status print_operation(void *arg, const struct operation *o, struct err *e)
{
	static const char *const step[] = { "change", "undo", "redo" };
	char *out = arg;
	size_t n = strlen(out);

	(void)e;
	snprintf(out + n, 2000 - n,
		"%d at %d %.*s: %s '%.*s' (%.*s) reverses %d by %d, %u of %u %.*s\n",
		(int)o->id, (int)o->at, (int)o->actor.n, o->actor.s, step[o->step],
		(int)o->title.n, o->title.s, (int)o->reason.n,
		o->reason.s ? o->reason.s : "", (int)o->reverses, (int)o->reversed_by,
		o->changes, o->concerns, (int)o->account.n,
		o->account.s ? o->account.s : "");
	return ST_OK;
}

static void operations_are(
	struct store *s, struct operation_query q, const char *expected)
{
	char text[2000] = "";

	MUST(s->ops->operations(s, &q, print_operation, text, &e));
	assert_string_equal(text, expected);
}

static void save(struct store *s, const struct operation *o, const struct row_change *c,
	enum status expected)
{
	enum status st = ST_OK;

	MUST(s->ops->begin(s, &e));
	if (c)
		st = s->ops->history_add(s, o->id, 1, c, NULL);
	if (st == ST_OK)
		st = s->ops->history_save(s, o, NULL);
	end(s, st, expected);
}

void contract_history_operations(void **state)
{
	const struct cell csm[ACCOUNT_FIELDS] = { [F_CSM] = CELL_OF_INT(1) };
	const struct row_change first = { REC_ACCOUNT, 1, 1, 1u << F_CSM, csm, csm };
	const struct row_change note = { REC_NOTE, 7, 2, 1u << F_CSM, csm, NULL };
	struct operation o = { .id = 1,
		.at = 100,
		.actor = TEXT("Ann"),
		.title = TEXT("assign"),
		.reason = TEXT("she left"),
		.changes = 1,
		.concerns = 1 };
	struct store *s = *state;
	int64_t last;

	fill(s);
	MUST(s->ops->history_last(s, &last, &e));
	assert_int_equal(last, 0);
	operations_are(s, (struct operation_query){ 0 }, "");
	save(s, &o, &first, ST_OK);
	save(s, &o, &first, ST_FORBIDDEN); /* it is written once */
	save(s,
		&(struct operation){ .id = 2,
			.at = 101,
			.actor = TEXT("Bo"),
			.title = TEXT("note"),
			.step = STEP_CHANGE,
			.changes = 1,
			.concerns = 2 },
		&note, ST_OK);
	o.id = 3;
	o.step = STEP_UNDO;
	o.reverses = 1;
	o.reason = (struct text){ NULL, 0 };
	save(s, &o, &first, ST_OK);
	o.id = 4; /* taken back once is enough */
	save(s, &o, &first, ST_FORBIDDEN);
	MUST(s->ops->history_last(s, &last, &e));
	assert_int_equal(last, 3);
#define FIRST "1 at 100 Ann: change 'assign' (she left) reverses 0 by 3, 1 of 1 A1\n"
#define SECOND "2 at 101 Bo: change 'note' () reverses 0 by 0, 1 of 2 A2\n"
#define THIRD "3 at 100 Ann: undo 'assign' () reverses 1 by 0, 1 of 1 A1\n"
	operations_are(s, (struct operation_query){ 0 }, THIRD SECOND FIRST);
	operations_are(s, (struct operation_query){ .id = 2 }, SECOND);
	operations_are(s, (struct operation_query){ .id = 9 }, "");
	operations_are(s, (struct operation_query){ .actor = TEXT("Ann") }, THIRD FIRST);
	operations_are(s, (struct operation_query){ .actor = TEXT("Cy") }, "");
	operations_are(s, (struct operation_query){ .account = 1 }, THIRD FIRST);
	operations_are(s, (struct operation_query){ .account = 2 }, SECOND);
	operations_are(s, (struct operation_query){ .kind = REC_NOTE, .row = 7 }, SECOND);
	operations_are(s, (struct operation_query){ .kind = REC_PLAN, .row = 7 }, "");
}

static void print_cell(char *out, const struct cell *c)
{
	size_t n = strlen(out);

	switch (c->type) {
	case CELL_MISSING:
		snprintf(out + n, 4000 - n, " -");
		break;
	case CELL_INT:
		snprintf(out + n, 4000 - n, " i%lld", (long long)c->i);
		break;
	case CELL_NUMBER:
		snprintf(out + n, 4000 - n, " n%a", c->n);
		break;
	case CELL_TEXT:
		snprintf(out + n, 4000 - n, " '%.*s'", (int)c->t.n, c->t.s);
		break;
	}
}

static enum status print_change(void *arg, const struct row_change *c, struct err *e)
{
	char *out = arg;
	size_t n = strlen(out);

	(void)e;
	snprintf(out + n, 4000 - n, "%s %d of %u:", record_of(c->kind)->table,
		(int)c->row, c->account);
	for (int i = 0; i < record_of(c->kind)->count; i++) {
		if (!(c->fields & 1u << i))
			continue;
		n = strlen(out);
		snprintf(out + n, 4000 - n, " %s", record_of(c->kind)->fields[i].name);
		if (c->before)
			print_cell(out, &c->before[i]);
		strcat(out, " >");
		if (c->after)
			print_cell(out, &c->after[i]);
	}
	strcat(out, "\n");
	return ST_OK;
}

static void changes_are(struct store *s, bool backwards, const char *expected)
{
	char text[4000] = "";

	MUST(s->ops->operation_changes(s, 1, backwards, print_change, text, &e));
	assert_string_equal(text, expected);
}

/* Every type of value comes back as it went in, also what JSON writes in its own way. */
void contract_history_changes(void **state)
{
	static const char hostile[] =
		"\"\\/\n\t\x1B[2J \xE2\x80\xAE \xF0\x9F\x98\x80 {}\x7F";
	const struct cell before[ACCOUNT_FIELDS] = {
		[F_NAME] = CELL_OF_TEXT(TEXT(hostile)),
		[F_CSM] = CELL_OF_INT(2),
		[F_ARR] = CELL_OF_INT(-900719925474099312),
		[F_GROWTH] = CELL_OF_NUMBER(0.1),
		[F_COMPLEXITY] = CELL_OF_NUMBER(7),
	};
	const struct cell after[ACCOUNT_FIELDS] = {
		[F_NAME] = CELL_OF_TEXT(TEXT("1")), /* a text, not a number */
		[F_MATURITY] = CELL_OF_NUMBER(1e-7),
	};
	const struct cell note[NOTE_FIELDS] = { CELL_OF_INT(1), CELL_OF_INT(-25567),
		CELL_OF_TEXT(TEXT("")) };
	const uint32_t fields = 1u << F_NAME | 1u << F_CSM | 1u << F_ARR |
				1u << F_GROWTH | 1u << F_COMPLEXITY | 1u << F_MATURITY;
	const struct row_change changes[] = {
		{ REC_ACCOUNT, 1, 1, fields, before, after },
		{ REC_NOTE, 3, 1, 7, NULL, note },
		{ REC_NOTE, 4, 1, 7, note, NULL },
	};
	struct store *s = *state;
	struct operation o = {
		.id = 1, .actor = TEXT("Ann"), .title = TEXT("x"), .changes = 3
	};
	char account[600];

	fill(s);
	MUST(s->ops->begin(s, &e));
	for (uint32_t i = 0; i < 3; i++)
		MUST(s->ops->history_add(s, 1, i + 1, &changes[i], &e));
	MUST(s->ops->history_save(s, &o, &e));
	MUST(s->ops->commit(s, &e));
	snprintf(account, sizeof(account),
		"account 1 of 1: name '%s' > '1' csm i2 > - arr i-900719925474099312 > -"
		" growth n%a > - complexity n%a > - maturity - > n%a\n",
		hostile, 0.1, 7.0, 1e-7);
#define ADDED "note 3 of 1: account_id > i1 date > i-25567 text > ''\n"
#define REMOVED "note 4 of 1: account_id i1 > date i-25567 > text '' >\n"
	char all[2000];
	snprintf(all, sizeof(all), "%s%s%s", account, ADDED, REMOVED);
	changes_are(s, false, all);
	snprintf(all, sizeof(all), "%s%s%s", REMOVED, ADDED, account);
	changes_are(s, true, all);
}

static void field_changes_are(
	struct store *s, int field, int64_t since, const char *expected)
{
	char text[4000] = "";

	MUST(s->ops->field_changes(s, REC_ACCOUNT, field, since, print_change, text, &e));
	assert_string_equal(text, expected);
}

static void save_change(
	struct store *s, const struct row_change *c, int64_t id, int64_t at)
{
	const struct operation o = {
		.id = id, .at = at, .actor = TEXT("Ann"), .title = TEXT("x")
	};

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->history_add(s, id, 1, c, &e));
	MUST(s->ops->history_save(s, &o, &e));
	MUST(s->ops->commit(s, &e));
}

/* What became of a field since an instant, whatever a text says. */
void contract_history_field(void **state)
{
	const struct cell one[ACCOUNT_FIELDS] = { [F_CSM] = CELL_OF_INT(1),
		[F_NAME] = CELL_OF_TEXT(TEXT("\"csm_id\": \"arr\":")) };
	const struct cell two[ACCOUNT_FIELDS] = {
		[F_CSM] = CELL_OF_INT(2), [F_NAME] = CELL_OF_TEXT(TEXT("x"))
	};
	const struct row_change changes[] = {
		{ REC_ACCOUNT, 1, 1, 1u << F_CSM, one, two },
		{ REC_ACCOUNT, 2, 2, 1u << F_NAME, one, two },
		{ REC_ACCOUNT, 1, 1, 1u << F_CSM, two, one },
	};
	struct store *s = *state;

	fill(s);
	for (int k = 0; k < 3; k++)
		save_change(s, &changes[k], k + 1, 1000 * (k + 1));
	field_changes_are(s, F_CSM, 1000,
		"account 1 of 1: csm i1 > i2\naccount 1 of 1: csm i2 > i1\n");
	field_changes_are(s, F_CSM, 1001, "account 1 of 1: csm i2 > i1\n");
	field_changes_are(s, F_CSM, 3001, "");
	field_changes_are(s, F_ARR, 0, "");
	/* by a machine whose clock is behind */
	save_change(s, &changes[0], 4, 2500);
	field_changes_are(s, F_CSM, 2600, "account 1 of 1: csm i2 > i1\n");
	field_changes_are(s, F_CSM, 2400,
		"account 1 of 1: csm i2 > i1\naccount 1 of 1: csm i1 > i2\n");
}

void contract_history_rolls_back(void **state)
{
	struct store *s = *state;
	const struct cell csm[ACCOUNT_FIELDS] = { [F_CSM] = CELL_OF_INT(1) };
	const struct row_change c = { REC_ACCOUNT, 1, 1, 1u << F_CSM, csm, csm };
	const struct operation o = { .id = 1, .actor = TEXT("Ann"), .title = TEXT("x") };
	int64_t last = -1;

	fill(s);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->history_add(s, 1, 1, &c, &e));
	MUST(s->ops->history_save(s, &o, &e));
	MUST(s->ops->row_remove(s, REC_LOCK, ids_of(s, REC_LOCK).id[0], &e));
	s->ops->rollback(s);
	MUST(s->ops->history_last(s, &last, &e));
	assert_int_equal(last, 0);
	rows_are(s, REC_LOCK, 0, "account_id=A1|until=2024-12-31|reason=x\n");
	changes_are(s, false, "");
}
