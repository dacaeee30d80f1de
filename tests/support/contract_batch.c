/* The contract: what batches make of the rows that are there, and whom they tell. */
#include "tests/support/contract_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/rows_text.h"

void contract_counts_of_a_batch(void **state)
{
	struct store *s = *state;

	counts_are(
		rows_put(s, REC_ACCOUNT, "account_id=1|arr=5\naccount_id=2\n"), 2, 0, 0);
	counts_are(rows_put(s, REC_ACCOUNT,
			   "account_id=1|arr=5\naccount_id=2|arr=6\naccount_id=3\n"),
		1, 1, 1);
	/* a book that has nothing where nothing is given: no change */
	counts_are(rows_put(s, REC_ACCOUNT, "account_id=3|name=\n"), 0, 0, 1);
	counts_are(rows_put(s, REC_ACCOUNT, "account_id=1|arr=\n"), 0, 1, 0);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &(struct put_batch){ .kind = REC_TOUCH }, &e));
	struct put_counts none = { 7, 7, 7 };
	MUST(s->ops->batch_end(s, &none, &e));
	counts_are(none, 0, 0, 0);
	MUST(s->ops->commit(s, &e));
}

void contract_modes(void **state)
{
	static const struct {
		const char *had;
		enum put_mode mode;
		const char *given, *has;
		bool updated;
	} table[] = {
		{ "arr=1|name=x", PUT_OVERWRITE, "arr=2|name=y", "name=y|arr=2", true },
		{ "arr=1|name=x", PUT_OVERWRITE, "arr=|name=y", "name=y", true },
		{ "arr=1|name=x", PUT_OVERWRITE, "arr=1|name=x", "name=x|arr=1", false },
		{ "arr=1|name=x", PUT_FILL, "arr=2|name=y", "name=x|arr=1", false },
		{ "arr=1", PUT_FILL, "arr=2|name=y", "name=y|arr=1", true },
		{ "arr=0", PUT_FILL, "arr=2", "arr=0",
			false }, /* nought is not nothing */
		{ "arr=1", PUT_FILL, "arr=|name=", "arr=1", false },
		{ "arr=1", PUT_KEEP, "arr=2|name=y", "arr=1", false },
	};
	struct store *s = *state;

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		char row[64], has[64];
		struct put_counts c;

		snprintf(row, sizeof(row), "account_id=%zu|%s\n", i, table[i].had);
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row), "account_id=%zu|%s\n", i, table[i].given);
		MUST(s->ops->begin(s, &e));
		c = rows_take(
			s, REC_ACCOUNT, table[i].mode, row_fields(REC_ACCOUNT, row), row);
		MUST(s->ops->commit(s, &e));
		counts_are(c, 0, table[i].updated, !table[i].updated);
		snprintf(has, sizeof(has), "account_id=%zu|%s\n", i, table[i].has);
		rows_are(s, REC_ACCOUNT, account_of(s, (char[]){ (char)('0' + i), 0 }),
			has);
	}
	/* whatever the mode, a new row is taken as it is */
	MUST(s->ops->begin(s, &e));
	counts_are(
		rows_take(s, REC_CSM, PUT_KEEP, ALL_FIELDS, "name=A|team=x\n"), 1, 0, 0);
	counts_are(
		rows_take(s, REC_CSM, PUT_FILL, ALL_FIELDS, "name=B|team=x\n"), 1, 0, 0);
	MUST(s->ops->commit(s, &e));
	rows_are(s, REC_CSM, 0, "name=A|team=x\nname=B|team=x\n");
}

void contract_unmapped_fields_stay(void **state)
{
	struct store *s = *state;
	uint32_t mapped = row_fields(REC_ACCOUNT, "account_id=|arr=\n");

	rows_put(s, REC_ACCOUNT, "account_id=1|name=x|arr=1|tags=t\n");
	MUST(s->ops->begin(s, &e));
	/* cells of fields that are not mapped are not looked at, also of new rows */
	counts_are(rows_take(s, REC_ACCOUNT, PUT_OVERWRITE, mapped,
			   "account_id=1|name=y|arr=2\naccount_id=2|name=z|arr=3\n"),
		1, 1, 0);
	MUST(s->ops->commit(s, &e));
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=1|name=x|arr=2|tags=t\naccount_id=2|arr=3\n");
}

/* Puts one line; the batch is open. */
static enum status put_line(struct store *s, enum record_kind kind, const char *line)
{
	struct cell cells[RECORD_FIELDS_MAX];
	uint32_t mapped;

	row_parse(s, kind, line, cells, &mapped);
	return s->ops->put(s, cells, 1, NULL, NULL);
}

void contract_repeats_in_a_batch(void **state)
{
	static const struct put_batch batch = { .kind = REC_ACCOUNT,
		.mapped = ALL_FIELDS };
	struct store *s = *state;
	struct put_counts c;

	rows_put(s, REC_ACCOUNT, "account_id=old\n");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=old|arr=1"), ST_OK);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=new|arr=1"), ST_OK);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=old|arr=2"), ST_DUPLICATE);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=new|arr=2"), ST_DUPLICATE);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=new|arr=1"), ST_DUPLICATE);
	assert_int_equal(put_line(s, REC_ACCOUNT, "account_id=last"), ST_OK);
	MUST(s->ops->batch_end(s, &c, &e));
	counts_are(c, 2, 1, 0);
	/* a batch later the key may come again, in the same transaction too */
	counts_are(rows_take(s, REC_ACCOUNT, PUT_OVERWRITE, ALL_FIELDS,
			   "account_id=old|arr=3\n"),
		0, 1, 0);
	MUST(s->ops->commit(s, &e));
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=last\naccount_id=new|arr=1\naccount_id=old|arr=3\n");
}

void contract_key_that_fits_two(void **state)
{
	static const char two[] =
		"account_id=1|name=N|email=a\naccount_id=1|name=N|email=b\n";
	struct store *s = *state;
	struct put_batch batch = { .kind = REC_CONTACT,
		.mapped = row_fields(REC_CONTACT, "account_id=|name=|since=") };
	struct put_counts c;

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	rows_put(s, REC_CONTACT, two);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	assert_int_equal(put_line(s, REC_CONTACT, "account_id=1|name=N|since=2024-01-01"),
		ST_INVALID);
	assert_int_equal(
		put_line(s, REC_CONTACT, "account_id=1|name=M|since=2024-01-01"), ST_OK);
	MUST(s->ops->batch_end(s, &c, &e));
	counts_are(c, 1, 0, 0);
	/* the fields that are mapped are enough to know M by */
	counts_are(rows_take(s, REC_CONTACT, PUT_OVERWRITE, batch.mapped,
			   "account_id=1|name=M|since=2024-01-02\n"),
		0, 1, 0);
	MUST(s->ops->commit(s, &e));
	rows_are(s, REC_CONTACT, 0,
		"account_id=1|name=M|since=2024-01-02\n"
		"account_id=1|name=N|email=a\naccount_id=1|name=N|email=b\n");
}

/* A ticket or a contract keeps its number when it goes to another account. */
void contract_children_move(void **state)
{
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT, "account_id=1\naccount_id=2\n");
	rows_put(s, REC_TICKET, "ticket_id=T|account_id=1|opened_on=2024-01-01\n");
	rows_put(s, REC_CONTRACT, "contract_id=C|account_id=1|start=2024-01-01|arr=1\n");
	counts_are(rows_put(s, REC_TICKET,
			   "ticket_id=T|account_id=2|opened_on=2024-01-01\n"),
		0, 1, 0);
	counts_are(rows_put(s, REC_CONTRACT,
			   "contract_id=C|account_id=2|start=2024-01-01|arr=1\n"),
		0, 1, 0);
	rows_are(s, REC_TICKET, account_of(s, "1"), "");
	rows_are(s, REC_TICKET, account_of(s, "2"),
		"ticket_id=T|account_id=2|opened_on=2024-01-01\n");
	rows_are(s, REC_CONTRACT, account_of(s, "1"), "");
	rows_are(s, REC_CONTRACT, account_of(s, "2"),
		"contract_id=C|account_id=2|start=2024-01-01|arr=1\n");
}

void contract_nth_of_equal_rows(void **state)
{
#define X "account_id=1|date=2024-01-01|kind=call|two_way=1\n"
#define Y "account_id=1|date=2024-01-01|kind=call\n"
	struct store *s = *state;

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	counts_are(rows_put(s, REC_TOUCH, X X Y), 3, 0, 0);
	counts_are(rows_put(s, REC_TOUCH, X Y X), 0, 0, 3);
	counts_are(rows_put(s, REC_TOUCH, X), 0, 0, 1);
	counts_are(rows_put(s, REC_TOUCH, Y Y X X X), 2, 0, 3);
	rows_are(s, REC_TOUCH, 0, X X Y Y X);
#undef X
#undef Y
	/* every field counts, down to the comment */
	counts_are(rows_put(s, REC_SURVEY,
			   "account_id=1|date=2024-01-01|kind=nps|score=9\n"
			   "account_id=1|date=2024-01-01|kind=nps\n"
			   "account_id=1|date=2024-01-01|kind=nps|score=9|"
			   "comment=c\n"),
		3, 0, 0);
	counts_are(rows_put(s, REC_MOVEMENT,
			   "account_id=1|date=2024-01-01|kind=new|arr_delta=5\n"
			   "account_id=1|date=2024-01-01|kind=new|arr_delta=5|"
			   "currency=EUR\n"),
		2, 0, 0);
}

/* What refers to nothing, or lacks what is required, never gets into the book. */
void contract_refused_rows(void **state)
{
	static const struct put_batch tickets = { .kind = REC_TICKET,
		.mapped = ALL_FIELDS };
	static const struct put_batch signals = { .kind = REC_SIGNAL,
		.mapped = ALL_FIELDS };
	struct cell unknown[RECORD_FIELDS_MAX] = { [F_TICKET_ID] =
							   CELL_OF_TEXT(TEXT("T")),
		[F_TICKET_ACCOUNT] = CELL_OF_INT(2),
		[F_TICKET_OPENED] = CELL_OF_INT(1) };
	struct cell lacking[RECORD_FIELDS_MAX] = { [F_TICKET_ID] =
							   CELL_OF_TEXT(TEXT("T")),
		[F_TICKET_ACCOUNT] = CELL_OF_INT(1) };
	struct cell signal[RECORD_FIELDS_MAX] = { CELL_OF_INT(2), CELL_OF_INT(1),
		CELL_OF_INT(1), CELL_OF_NUMBER(1) };
	struct store *s = *state;
	struct put_counts c;
	enum status st;

	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &tickets, &e));
	assert_int_not_equal(s->ops->put(s, unknown, 1, NULL, NULL), ST_OK);
	s->ops->rollback(s);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &tickets, &e));
	assert_int_not_equal(s->ops->put(s, lacking, 1, NULL, NULL), ST_OK);
	s->ops->rollback(s);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &signals, &e));
	st = s->ops->put(s, signal, 1, NULL, NULL);
	if (st == ST_OK) /* signals are settled in runs */
		st = s->ops->batch_end(s, &c, NULL);
	assert_int_not_equal(st, ST_OK);
	s->ops->rollback(s);
	rows_are(s, REC_TICKET, 0, "");
	rows_are(s, REC_SIGNAL, 0, "");
}

/* ---- what a batch tells ------------------------------------------------------ */

struct told {
	char text[600];
};

static enum status take_change(void *arg, const struct row_change *c, struct err *e)
{
	struct told *l = arg;
	size_t n = strlen(l->text);

	(void)e;
	snprintf(l->text + n, sizeof(l->text) - n, "%s%d of %u:", c->before ? "" : "new ",
		(int)c->row, c->account);
	for (int i = 0; i < record_of(c->kind)->count; i++) {
		if (!(c->fields >> i & 1))
			continue;
		n = strlen(l->text);
		snprintf(l->text + n, sizeof(l->text) - n, " %s",
			record_of(c->kind)->fields[i].name);
		assert_true(c->after != NULL);
		assert_false(cell_eq(c->after[i],
			c->before ? c->before[i] : (struct cell){ CELL_MISSING, { 0 } }));
	}
	strcat(l->text, "\n");
	return ST_OK;
}

static void tells(struct store *s, enum record_kind kind, enum put_mode mode,
	const char *lines, const char *expected)
{
	struct told l = { .text = "" };
	struct cell cells[RECORD_FIELDS_MAX];
	struct put_batch batch = { .kind = kind,
		.mapped = row_fields(kind, lines),
		.mode = mode,
		.changed = take_change,
		.arg = &l };
	struct put_counts counts;
	uint64_t line = 0;
	uint32_t mapped;

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->batch_begin(s, &batch, &e));
	while (lines && *lines) {
		lines = row_parse(s, kind, lines, cells, &mapped);
		MUST(s->ops->put(s, cells, ++line, NULL, &e));
	}
	MUST(s->ops->batch_end(s, &counts, &e));
	MUST(s->ops->commit(s, &e));
	assert_string_equal(l.text, expected);
}

void contract_batch_tells(void **state)
{
	struct store *s = *state;

	rows_put(s, REC_CSM, "name=Ann\n");
	tells(s, REC_ACCOUNT, PUT_OVERWRITE,
		"account_id=A1|name=x|csm=Ann|arr=5\naccount_id=A2|name=|csm=|arr=\n",
		"new 1 of 1: account_id name csm arr\nnew 2 of 2: account_id\n");
	tells(s, REC_ACCOUNT, PUT_OVERWRITE,
		"account_id=A1|name=y|arr=5\naccount_id=A2|name=|arr=\n"
		"account_id=A3|name=|arr=1\n",
		"1 of 1: name\nnew 3 of 3: account_id arr\n");
	tells(s, REC_ACCOUNT, PUT_FILL, "account_id=A1|name=z|region=N\n",
		"1 of 1: region\n");
	tells(s, REC_ACCOUNT, PUT_KEEP, "account_id=A1|name=z|region=S\n", "");
	tells(s, REC_TOUCH, PUT_OVERWRITE,
		"account_id=A3|date=2024-01-01|kind=call\n"
		"account_id=A3|date=2024-01-01|kind=call\n",
		"new 1 of 3: account_id date kind\nnew 2 of 3: account_id date kind\n");
	tells(s, REC_CSM, PUT_OVERWRITE, "name=Ann|team=N\nname=Bo|team=\n",
		"1 of 0: team\nnew 2 of 0: name\n");
	/* signals are measured, not told */
	tells(s, REC_SIGNAL, PUT_OVERWRITE,
		"account_id=A1|date=2024-01-01|signal=logins|value=3\n", "");
}

/* Not a name that begins with "no"; of what else is there it has to know. */
static enum status refuse(void *arg, uint32_t id, const struct cell *before,
	const struct cell *cells, uint32_t changed, struct err *e)
{
	const struct text name = cell_as_text(&cells[F_NAME]);
	int *asked = arg;

	++*asked;
	assert_int_equal(changed, 1u << F_NAME);
	assert_int_equal(id, 1);
	assert_true(text_eq(cell_as_text(&before[F_NAME]), TEXT("x")));
	assert_int_equal(cells[F_ARR].i, 5);
	assert_true(text_eq(cell_as_text(&cells[F_ACCOUNT_ID]), TEXT("A1")));
	if (name.n < 2 || memcmp(name.s, "no", 2) != 0)
		return ST_OK;
	return err_set(e, ST_INVALID, "not %.*s", (int)name.n, name.s);
}

/* What a row becomes is asked first, of rows that are there and change. */
void contract_batch_asks(void **state)
{
	struct store *s = *state;
	int asked = 0;
	struct cell cells[RECORD_FIELDS_MAX];
	struct put_counts counts;
	const char *lines = "account_id=A1|name=x\naccount_id=A1|name=not\n"
			    "account_id=A2|name=no matter\naccount_id=A1|name=yes\n";
	struct put_batch batch = { .kind = REC_ACCOUNT,
		.mapped = 1u << F_ACCOUNT_ID | 1u << F_NAME,
		.becomes = refuse,
		.arg = &asked };
	struct err why = { .text = "" };
	uint32_t mapped;

	rows_put(s, REC_ACCOUNT, "account_id=A1|name=x|arr=5\n");
	for (uint64_t line = 1; lines && *lines; line++) {
		lines = row_parse(s, REC_ACCOUNT, lines, cells, &mapped);
		MUST(s->ops->begin(s, &e));
		MUST(s->ops->batch_begin(s, &batch, &e));
		if (line == 2) {
			assert_int_equal(
				s->ops->put(s, cells, line, NULL, &why), ST_INVALID);
			assert_string_equal(why.text, "not not");
		} else {
			MUST(s->ops->put(s, cells, line, NULL, &e));
		}
		MUST(s->ops->batch_end(s, &counts, &e));
		counts_are(counts, line == 3, line == 4, line == 1);
		MUST(s->ops->commit(s, &e));
	}
	assert_int_equal(asked, 2);
	assert_int_equal(account_of(s, "A2"), 2);
}
