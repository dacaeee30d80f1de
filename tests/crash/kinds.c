#include "tests/crash/kinds.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/act.h"
#include "core/demo.h"
#include "core/book_import.h"
#include "db/db_internal.h"
#include "db/open.h"
#include "db/schema.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

enum { IMPORTED = 2000, OLD_ROWS = 400 };

/* ---- books ---------------------------------------------------------------------- */

/* A demo of a quarter in which yesterday was reviewed and recalculated: there are tiers,
 * alerts, plays and messages. */
void kinds_make(const char *path)
{
	const struct demo_request demo = { .accounts = 60,
		.csms = 4,
		.seed = 7,
		.months = 3,
		.today = day_of(KINDS_YESTERDAY) };
	const struct db_options create = { .create = true };
	struct recalc_result done;
	struct review review;
	struct store *s;
	struct book *b;

	MUST(db_open(path, &create, &s, &e));
	MUST(demo_fill(s, &demo, &e));
	b = rules_book(s, KINDS_YESTERDAY, "Ann");
	MUST(book_review(b, true, &review, &e));
	review_clear(&review);
	MUST(book_recalc(b, &done, &e));
	book_free(&b);
}

void kinds_open(struct kinds_run *r)
{
	struct store *s;

	MUST(db_open(r->path, NULL, &s, &e));
	r->book = rules_book(s, KINDS_DAY, "Ann");
}

void kinds_close(struct kinds_run *r)
{
	book_free(&r->book);
	free(r->text);
	r->text = NULL;
}

void kinds_find(struct kinds_run *r, const char *sql)
{
	struct stmt *s;
	bool row;

	r->n = 0;
	MUST(stmt_open(db_of(book_store(r->book)), sql, &s, &e));
	for (;;) {
		MUST(stmt_step(s, &row, &e));
		if (!row || r->n == KINDS_IDS)
			break;
		r->id[r->n++] = stmt_int(s, 0);
	}
	stmt_close(s);
	assert_true(r->n > 0);
}

/* ---- files ---------------------------------------------------------------------- */

static enum status take_file(struct kinds_run *r, enum record_kind kind, struct err *e)
{
	struct import_request q = { .kind = kind,
		.bytes = r->text,
		.size = strlen(r->text),
		.name = "f.csv",
		.as_of = book_as_of(r->book) };
	char codes[FX_MAX + 1][4];
	struct import_result result;
	enum status st;

	import_under(&q, book_policy(r->book), codes);
	st = book_import(r->book, &q, &result, e);
	import_result_clear(&result);
	return st;
}

static void ready_accounts(struct kinds_run *r)
{
	const size_t size = (size_t)IMPORTED * 64;
	size_t n = 0;

	r->text = malloc(size);
	assert_non_null(r->text);
	n = (size_t)snprintf(r->text, size, "account_id,name,csm,arr,renewal_date\n");
	for (int i = 0; i < IMPORTED; i++)
		n += (size_t)snprintf(r->text + n, size - n,
			"NEW-%d,Company %d,Owner %d,%d,2027-01-%02d\n", i, i, i % 5,
			1000 + i, 1 + i % 28);
}

static enum status import_accounts(struct kinds_run *r, struct err *e)
{
	return take_file(r, REC_ACCOUNT, e);
}

static void ready_signals(struct kinds_run *r)
{
	const size_t size = (size_t)IMPORTED * 64;
	struct arena a;
	size_t n;

	kinds_find(r, "SELECT id FROM account ORDER BY id LIMIT 20");
	r->text = malloc(size);
	assert_non_null(r->text);
	arena_init(&a);
	n = (size_t)snprintf(r->text, size, "account_id,date,signal,value\n");
	for (uint32_t i = 0; i < IMPORTED; i++) {
		struct text key;

		MUST(book_store(r->book)->ops->key(book_store(r->book), REC_ACCOUNT,
			(uint32_t)r->id[i % r->n], &a, &key, &e));
		n += (size_t)snprintf(r->text + n, size - n,
			"%.*s,2026-%02u-%02u,%s,%u\n", (int)key.n, key.s,
			1 + i / r->n / 25 % 6, 1 + i / r->n % 25,
			i / r->n % 2 ? "logins" : "active_users", i % 97);
	}
	arena_clear(&a);
}

static enum status import_signals(struct kinds_run *r, struct err *e)
{
	return take_file(r, REC_SIGNAL, e);
}

/* ---- rules ---------------------------------------------------------------------- */

static enum status recalc(struct kinds_run *r, struct err *e)
{
	struct recalc_result done;

	return book_recalc(r->book, &done, e);
}

static enum status review(struct kinds_run *r, struct err *e)
{
	struct review made;
	enum status st = book_review(r->book, true, &made, e);

	review_clear(&made);
	return st;
}

static enum status policy(struct kinds_run *r, struct err *e)
{
	int32_t version;

	return book_policy_apply(r->book, "[alerts]\nred = 55\n", "policy.ini",
		"earlier warnings", &version, e);
}

/* ---- by hand -------------------------------------------------------------------- */

static void ready_account(struct kinds_run *r)
{
	kinds_find(r, "SELECT min(id) FROM account WHERE status IS NOT 'churned'");
}

static enum status touch(struct kinds_run *r, struct err *e)
{
	const struct cell cells[TOUCH_FIELDS] = {
		[F_TOUCH_ACCOUNT] = CELL_OF_INT(r->id[0]),
		[F_TOUCH_DATE] = CELL_OF_INT(book_as_of(r->book)),
		[F_TOUCH_KIND] = CELL_OF_TEXT(TEXT("call")),
		[F_TOUCH_ACTOR] = CELL_OF_TEXT(TEXT("Ann")),
	};
	const struct change c = { .kind = REC_TOUCH,
		.fields = 1u << F_TOUCH_ACCOUNT | 1u << F_TOUCH_DATE |
			  1u << F_TOUCH_KIND | 1u << F_TOUCH_ACTOR,
		.cells = cells };

	return book_change(r->book, &c, 1, "log a call", NULL, e);
}

static void ready_many(struct kinds_run *r)
{
	kinds_find(r, "SELECT id FROM account WHERE csm IS NOT (SELECT min(id) FROM csm)"
		      " ORDER BY id LIMIT 40");
}

static enum status assign(struct kinds_run *r, struct err *e)
{
	uint32_t ids[KINDS_IDS];

	for (uint32_t i = 0; i < r->n; i++)
		ids[i] = (uint32_t)r->id[i];
	return book_assign(r->book, ids, r->n, 1, "new books", NULL, e);
}

static void ready_alerts(struct kinds_run *r)
{
	kinds_find(r, "SELECT id FROM alert WHERE state = 'open' ORDER BY id LIMIT 10");
}

static enum status snooze(struct kinds_run *r, struct err *e)
{
	return book_snooze(r->book, r->id, r->n, book_as_of(r->book) + 7, "on leave", e);
}

static enum status close_alerts(struct kinds_run *r, struct err *e)
{
	return book_close(r->book, r->id, r->n, "they are back", e);
}

static void ready_task(struct kinds_run *r)
{
	kinds_find(r, "SELECT min(id) FROM task WHERE state = 'open'");
}

static enum status tick(struct kinds_run *r, struct err *e)
{
	return book_task_tick(r->book, r->id[0], 0, "they were glad", e);
}

static void ready_messages(struct kinds_run *r)
{
	kinds_find(
		r, "SELECT id FROM message WHERE sent_on IS NULL ORDER BY id LIMIT 40");
}

static enum status mark_sent(struct kinds_run *r, struct err *e)
{
	return book_mark_sent(r->book, r->id, r->n, NULL, e);
}

/* ---- back and forth ------------------------------------------------------------- */

static void ready_last(struct kinds_run *r)
{
	kinds_find(r, "SELECT max(id) FROM operation");
}

static enum status undo(struct kinds_run *r, struct err *e)
{
	return book_undo(r->book, r->id[0], e);
}

static void make_assigned(struct kinds_run *r)
{
	ready_many(r);
	MUST(assign(r, &e));
}

static void make_undone(struct kinds_run *r)
{
	make_assigned(r);
	ready_last(r);
	MUST(undo(r, &e));
}

/* What is not done row by row is taken back as well. */
static void make_imported(struct kinds_run *r)
{
	ready_accounts(r);
	MUST(import_accounts(r, &e));
}

static void make_reviewed(struct kinds_run *r)
{
	MUST(review(r, &e));
}

static void make_ruled(struct kinds_run *r)
{
	MUST(policy(r, &e));
}

/* ---- copies --------------------------------------------------------------------- */

/* There is an older copy, which the new one takes the place of. */
static void make_copied(struct kinds_run *r)
{
	MUST(book_store(r->book)->ops->backup(book_store(r->book), r->copy, false, &e));
	ready_account(r);
	MUST(touch(r, &e));
}

static enum status backup(struct kinds_run *r, struct err *e)
{
	return book_store(r->book)->ops->backup(book_store(r->book), r->copy, true, e);
}

static void make_restorable(struct kinds_run *r)
{
	kinds_open(r);
	make_copied(r);
	kinds_close(r);
}

static enum status restore(struct kinds_run *r, struct err *e)
{
	struct operation entry = { .kind = OPERATION_RESTORE,
		.at = 1,
		.actor = TEXT("Ann"),
		.title = TEXT("restore copy") };

	return db_restore(r->copy, r->path, NULL, &entry, e);
}

/* ---- older versions ------------------------------------------------------------- */

static void make_of_version(struct kinds_run *r, size_t version)
{
	const struct schema upto = { .steps = schema_current.steps, .n = version };
	const struct db_options create = { .create = true };
	struct store *s;
	struct db *d;

	assert_int_equal(remove(r->path), 0);
	MUST(open_book(r->path, &create, &upto, &s, &e));
	d = db_of(s);
	MUST(stmt_exec(d, "INSERT INTO csm(name) VALUES ('Ann')", &e));
	for (int i = 0; i < OLD_ROWS; i++) {
		struct stmt *q;

		MUST(stmt_open(d,
			"INSERT INTO account(account_id, name, csm, arr)"
			" VALUES ('A-' || ?1, 'Company ' || ?1, 1, ?1)",
			&q, &e));
		stmt_bind_int(q, 1, i);
		MUST(stmt_run(q, &e));
		stmt_close(q);
		MUST(stmt_exec(d,
			"INSERT INTO touch(account, date, kind)"
			" VALUES (last_insert_rowid(), 20000, 'call')",
			&e));
	}
	if (version > 1)
		MUST(stmt_exec(d,
			"INSERT INTO note(account, date, text) VALUES (1, 20000, 'x')",
			&e));
	s->ops->close(s);
}

static void make_version_1(struct kinds_run *r)
{
	make_of_version(r, 1);
}

static void make_version_2(struct kinds_run *r)
{
	make_of_version(r, 2);
}

static enum status migrate(struct kinds_run *r, struct err *e)
{
	struct store *s;
	enum status st = db_open(r->path, NULL, &s, e);

	if (st == ST_OK)
		s->ops->close(s);
	return st;
}

/* ---- the table ------------------------------------------------------------------ */

#define BY_PATH KIND_ITSELF

const struct kinds_row kinds_table[] = {
	{ "import accounts", 0, NULL, ready_accounts, import_accounts },
	{ "import signals", 0, NULL, ready_signals, import_signals },
	{ "recalc", 0, NULL, NULL, recalc },
	{ "review --apply", 0, NULL, NULL, review },
	{ "policy apply", 0, NULL, NULL, policy },
	{ "touch", 0, NULL, ready_account, touch },
	{ "assign 40", 0, NULL, ready_many, assign },
	{ "snooze", 0, NULL, ready_alerts, snooze },
	{ "close", 0, NULL, ready_alerts, close_alerts },
	{ "task tick", 0, NULL, ready_task, tick },
	{ "mark-sent", 0, NULL, ready_messages, mark_sent },
	{ "undo", 0, make_assigned, ready_last, undo },
	{ "redo", 0, make_undone, ready_last, undo },
	{ "undo import", 0, make_imported, ready_last, undo },
	{ "undo review", 0, make_reviewed, ready_last, undo },
	{ "undo policy", 0, make_ruled, ready_last, undo },
	{ "backup", KIND_OF_COPY, make_copied, NULL, backup },
	{ "restore", BY_PATH | KIND_RESTORES, make_restorable, NULL, restore },
	{ "migrate from 1", BY_PATH | KIND_MIGRATES, make_version_1, NULL, migrate },
	{ "migrate from 2", BY_PATH | KIND_MIGRATES, make_version_2, NULL, migrate },
};
const int kinds_count = sizeof(kinds_table) / sizeof(kinds_table[0]);
