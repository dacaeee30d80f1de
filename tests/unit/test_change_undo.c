/* The history of changes by hand, and the way back. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/changing.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/support/walking.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* ---- history and undo -------------------------------------------------------- */

static enum status take_line(void *arg, const struct operation *o, struct err *e)
{
	char *out = arg;
	const size_t n = strlen(out);

	(void)e;
	snprintf(out + n, 1000 - n, "%d %.*s: %.*s%s%.*s\n", (int)o->id, (int)o->actor.n,
		o->actor.s, (int)o->title.n, o->title.s, o->account.s ? " of " : "",
		(int)o->account.n, o->account.s ? o->account.s : "");
	return o->id == 2 ? err_set(e, ST_CANCELLED, "enough") : ST_OK;
}

static enum status take_change(void *arg, const struct operation_change *c, struct err *e)
{
	char *out = arg;
	const size_t n = strlen(out);
	const struct cell *side[] = { &c->before, &c->after };
	size_t at = n;

	(void)e;
	at += (size_t)snprintf(out + at, 1000 - at, "%s %d %s", record_of(c->kind)->table,
		(int)c->row,
		c->field < 0 ? "row" : record_of(c->kind)->fields[c->field].name);
	for (int i = 0; i < 2; i++) {
		if (side[i]->type == CELL_TEXT)
			at += (size_t)snprintf(out + at, 1000 - at, " '%.*s'",
				(int)side[i]->t.n, side[i]->t.s);
		else if (side[i]->type == CELL_INT)
			at += (size_t)snprintf(
				out + at, 1000 - at, " %lld", (long long)side[i]->i);
		else
			at += (size_t)snprintf(out + at, 1000 - at, " -");
	}
	snprintf(out + at, 1000 - at, "\n");
	return ST_OK;
}

static void history_for_people(void **state)
{
	struct book *b = changing_book("Ann");
	char text[1000] = "", changes[1000] = "", added[1000] = "";

	(void)state;
	MUST(changing(b, REC_ACCOUNT, 2, "arr=5", &e));
	MUST(changing(b, REC_ACCOUNT, 1, "csm=Bo|arr=5|name=", &e));
	MUST(book_assign(b, (uint32_t[]){ 1, 2 }, 2, 3, NULL, NULL, &e));
	MUST(changing(b, REC_NOTE, 0, "account_id=A2|date=1970-01-02|text=x", &e));
	MUST(book_operations(b, 0, take_line, text, &e));
	assert_string_equal(text, "4 Ann: edit of A2\n3 Ann: assign to Cy\n"
				  "2 Ann: edit of A1\n"); /* it had enough there */
	text[0] = '\0';
	MUST(book_operations(b, 1, take_line, text, &e));
	assert_string_equal(text, "3 Ann: assign to Cy\n2 Ann: edit of A1\n");
	MUST(book_operation_changes(b, 2, take_change, changes, &e));
	assert_string_equal(changes, "account 1 name 'Acme' -\naccount 1 csm 'Ann' 'Bo'\n"
				     "account 1 arr 100 5\n");
	MUST(book_operation_changes(b, 4, take_change, added, &e));
	assert_string_equal(added, "note 1 row - 1\nnote 1 account_id - 'A2'\n"
				   "note 1 date - 1\nnote 1 text - 'x'\n");
	book_free(&b);
}

static int64_t next(struct book *b, bool redo)
{
	struct operation o;
	struct arena a;

	arena_init(&a);
	MUST(book_undoable(b, redo, &a, &o, &e));
	arena_clear(&a);
	return o.id;
}

static void what_comes_next(void **state)
{
	struct book *b = changing_book("Ann");

	(void)state;
	assert_int_equal(next(b, false), 0);
	assert_int_equal(next(b, true), 0);
	MUST(changing(b, REC_ACCOUNT, 1, "arr=1", &e));
	MUST(changing(b, REC_ACCOUNT, 1, "arr=2", &e));
	assert_int_equal(next(b, false), 2);
	MUST(book_undo(b, 2, &e)); /* 3 */
	assert_int_equal(next(b, false), 1);
	assert_int_equal(next(b, true), 3);
	MUST(book_undo(b, 1, &e)); /* 4 */
	assert_int_equal(next(b, false), 0);
	assert_int_equal(next(b, true), 4);
	MUST(book_undo(b, 4, &e)); /* 5: redo of the first */
	assert_int_equal(next(b, false), 5);
	assert_int_equal(next(b, true), 3);
	MUST(changing(b, REC_ACCOUNT, 1, "arr=9", &e)); /* 6: there is no way forth now */
	assert_int_equal(next(b, true), 0);
	MUST(book_undo(b, 6, &e));
	MUST(book_undo(b, 5, &e));
	changing_row_is(b, "A1", "account_id=A1|name=Acme|csm=Ann|arr=100|tags=x;y\n");
	/* once is enough, and there is no hundredth */
	assert_int_equal(book_undo(b, 1, NULL), ST_USAGE);
	assert_int_equal(book_undo(b, 100, NULL), ST_NOTFOUND);
	assert_int_equal(book_undo(b, -1, NULL), ST_NOTFOUND);
	book_free(&b);
}

/* There is no policy before the first; the second goes back to it. */
static void first_policy(void **state)
{
	static const int64_t version[] = { 1, 2 };

	(void)state;
	for (size_t k = 0; k < LENGTH(version); k++) {
		struct store *s = fake_store_new();
		struct book *b = rules_book(s, CHANGING_DAY, "Ann");
		struct err refused = { .status = ST_OK };
		int32_t made = 0;

		MUST(s->ops->begin(s, &e));
		MUST(s->ops->history_save(s,
			&(struct operation){ .id = 1,
				.kind = OPERATION_POLICY,
				.subject = version[k],
				.actor = TEXT("Ann"),
				.title = TEXT("policy") },
			&e));
		MUST(s->ops->commit(s, &e));
		MUST(book_policy_apply(
			b, "[tiers]\ntier1_cap = 12\n", "a.ini", "a", &made, &e));
		assert_int_equal(made, 2); /* the first came with the book */
		MUST(book_undo(b, 2, &e));
		assert_int_equal(book_policy(b)->cap_bp[0], 1000);
		if (version[k] == 1) {
			assert_int_equal(book_undo(b, 1, &refused), ST_FORBIDDEN);
			assert_non_null(strstr(
				refused.text, "a book begins with its first policy"));
		}
		book_free(&b);
	}
}

/* Another person's operations are undone by name only. */
static void whose_operations(void **state)
{
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	walking_fill(s);
	b = rules_book(s, CHANGING_DAY, "Ann");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->history_save(s,
		&(struct operation){
			.id = 1, .actor = TEXT("Bo"), .title = TEXT("edit") },
		&e));
	MUST(s->ops->commit(s, &e));
	assert_int_equal(next(b, false), 0);
	book_free(&b);
}

static void later_changes_stand_in_the_way(void **state)
{
	static const struct {
		const char *later; /* of account 1 */
		bool import;
		enum status expected;
		const char *says;
	} rows[] = {
		{ "name=other", false, ST_OK, NULL }, /* another field */
		{ "arr=3", false, ST_STALE, "Ann did \"edit\" (#2) on " },
		{ "arr=100", false, ST_STALE, "(#2)" },
		{ "account_id=A1|arr=3", true, ST_STALE, "an import or another program" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = changing_book("Ann");
		struct err why = { .text = "" };
		uint64_t before;
		enum status st;

		MUST(changing(b, REC_ACCOUNT, 1, "arr=2|csm=Bo", &e));
		if (rows[i].import) {
			MUST(book_store(b)->ops->begin(book_store(b), &e));
			rows_take(book_store(b), REC_ACCOUNT, PUT_OVERWRITE,
				row_fields(REC_ACCOUNT, rows[i].later), rows[i].later);
			MUST(book_store(b)->ops->commit(book_store(b), &e));
		} else {
			MUST(changing(b, REC_ACCOUNT, 1, rows[i].later, &e));
		}
		before = walking_digest(book_store(b));
		st = book_undo(b, 1, &why);
		assert_int_equal(st, rows[i].expected);
		if (st == ST_OK) {
			changing_row_is(b, "A1",
				"account_id=A1|name=other|csm=Ann|arr=100|tags=x;y\n");
		} else {
			assert_true(walking_digest(book_store(b)) == before);
			if (!strstr(why.text, rows[i].says))
				fail_msg("%s", why.text);
		}
		book_free(&b);
	}
}

/* A row that was added and changed later is not taken away; a key that was given to
 * another is not given twice. */
static void rows_that_went_on(void **state)
{
	struct book *b = changing_book("Ann");
	const struct change gone = { .kind = REC_TICKET, .row = 1 };

	(void)state;
	MUST(changing(b, REC_NOTE, 0, "account_id=A1|date=2026-03-01|text=x", &e));
	MUST(changing(
		b, REC_NOTE, 1, "actor=Ann", &e)); /* was missing when it was added */
	assert_int_equal(book_undo(b, 1, NULL), ST_STALE);
	MUST(book_undo(b, 2, &e));
	MUST(book_undo(b, 1, &e));
	rows_are(book_store(b), REC_NOTE, 0, "");
	MUST(book_change(b, &gone, 1, "remove", NULL, &e)); /* 5 */
	rows_put(book_store(b), REC_TICKET,
		"ticket_id=T1|account_id=A2|opened_on=2024-01-01");
	assert_int_equal(book_undo(b, 5, NULL), ST_STALE);
	book_free(&b);
}

static void walks_come_back(void **state)
{
	uint64_t seed = 7;
	int changes = 0;

	(void)state;
	for (int i = 0; i < 60; i++) {
		struct book *b = changing_book("Ann");
		const uint64_t digest = walking_digest(book_store(b));

		for (int walk = 0; walk < 50; walk++)
			changes += walking_walk(b, &seed, 6);
		assert_true(walking_digest(book_store(b)) == digest);
		book_free(&b);
	}
	assert_true(changes > 2500); /* most of what is tried is taken */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(history_for_people),
		cmocka_unit_test(what_comes_next),
		cmocka_unit_test(first_policy),
		cmocka_unit_test(whose_operations),
		cmocka_unit_test(later_changes_stand_in_the_way),
		cmocka_unit_test(rows_that_went_on),
		cmocka_unit_test(walks_come_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
