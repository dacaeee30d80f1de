/* What other programs change is in the history, whatever their settings, and in such a
 * way that it can be taken back. */
#include "tests/unit/test_db_help.h"

#include "core/change.h"
#include "db/sql.h"
#include "tests/support/rules.h"
#include "tests/support/sanitized.h"
#include "tests/support/walking.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void fill(struct book *b)
{
	struct store *s = book_store(b);

	walking_fill(s);
	rows_put(s, REC_LOCK, "account_id=A1|until=2026-12-31|reason=x\n");
	rows_put(s, REC_FIX, "account_id=A1|cause=bug|noticed_on=2026-01-01|text=one\n");
	rows_put(s, REC_NOTE, "account_id=A1|date=2026-01-01|text=one\n");
	rows_put(s, REC_PLAN, "account_id=A1|goal=grow\n");
	rows_put(s, REC_MILESTONE, "account_id=A1|title=live\n");
	rows_put(s, REC_ALERT,
		"account_id=A1|kind=silent|opened_on=2026-01-01|severity=info|state="
		"open\n");
	rows_put(s, REC_TASK,
		"account_id=A1|play=p|started_on=2026-01-01|title=x|step=1|state=open\n");
	rows_put(s, REC_STEP, "account_id=A1|done_on=2026-01-01|task=1|step=1|title=x\n");
	rows_put(s, REC_MESSAGE,
		"account_id=A1|made_on=2026-01-01|kind=notice|subject=x|body=y|play=p\n");
	rows_put(s, REC_REQUEST,
		"account_id=A1|asked_on=2026-01-01|wanted=1|requester=Kim|reason=x|"
		"state=open\n");
	rows_put(s, REC_PROPOSAL,
		"name=x|made_on=2026-01-01|operation=1|cost=1|bound=1\n");
}

struct newest {
	struct operation o; /* without its texts */
	char title[100];
};

static enum status take_newest(void *arg, const struct operation *o, struct err *e)
{
	struct newest *n = arg;

	n->o = *o;
	snprintf(n->title, sizeof(n->title), "%.*s", (int)o->title.n, o->title.s);
	return err_set(e, ST_CANCELLED, "one is enough");
}

static struct newest newest(struct book *b)
{
	struct newest n = { .title = "" };

	MUST(book_operations(b, 0, take_newest, &n, &e));
	return n;
}

/* How a client writes another value of the field. */
static void literal(const struct field *f, char out[80])
{
	switch (f->type) {
	case FT_TEXT:
		snprintf(out, 80, "'a\"b\\c' || char(10, 27, 0x1F600) || '''; --'");
		break;
	case FT_CURRENCY:
		snprintf(out, 80, "'CHF'");
		break;
	case FT_CHOICE:
		snprintf(out, 80, "'%s'", strrchr(f->choices, '|') + 1);
		break;
	case FT_NUMBER:
		snprintf(out, 80, "0.123");
		break;
	case FT_BOOL:
		snprintf(out, 80, "0");
		break;
	default:
		snprintf(
			out, 80, "%d", f->type == FT_DAY || f->type == FT_MONEY ? 77 : 3);
		break;
	}
}

struct told {
	int n, field;
	enum record_kind kind;
};

static enum status take_told(void *arg, const struct operation_change *c, struct err *e)
{
	struct told *t = arg;

	(void)e;
	t->n++;
	t->kind = c->kind;
	t->field = c->field;
	return ST_OK;
}

/* Each column of each table that people edit; a new one without its trigger fails. */
static void test_every_column(void **state)
{
	/* with sanitizers some of each table */
	const int step = (int)sanitized_step(1);
	struct book *b = help_book("columns");
	char value[80], sql[300];
	int fields = 0;

	(void)state;
	fill(b);
	for (int kind = 0; kind < REC_COUNT; kind++) {
		const struct record *r = record_of((enum record_kind)kind);

		for (int i = 0; kind != REC_SIGNAL && i < r->count; i++) {
			const uint64_t before = walking_digest(book_store(b));
			struct told t = { .n = 0 };

			if (!sql_stored(&r->fields[i]) || i % step != 0)
				continue;
			literal(&r->fields[i], value);
			snprintf(sql, sizeof(sql),
				"UPDATE %s SET \"%s\" = %s WHERE id = 1", r->table,
				sql_column(&r->fields[i]), value);
			assert_int_equal(help_sql("columns", sql), SQLITE_OK);
			if (walking_digest(book_store(b)) == before)
				fail_msg("nothing changed: %s", sql);
			struct newest n = newest(b);
			MUST(book_operation_changes(b, n.o.id, take_told, &t, &e));
			if (n.o.kind != OPERATION_SQL || t.n != 1 ||
				(int)t.kind != kind || t.field != i)
				fail_msg("not told: %s", sql);
			MUST(book_undo(b, n.o.id, &e));
			if (walking_digest(book_store(b)) != before)
				fail_msg("not taken back: %s", sql);
			fields++;
		}
	}
	assert_true(fields > 80 / step);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&b);
}

/* What is told of rows that come and go is what the views have of them: every column. */
static void test_fields_of_rows(void **state)
{
	struct book *b = help_book("fields");
	char sql[300];

	(void)state;
	fill(b);
	for (int kind = 0; kind < REC_COUNT; kind++) {
		const struct record *r = record_of((enum record_kind)kind);
		int n = 0;

		for (int i = 0; kind != REC_SIGNAL && i < r->count; i++) {
			const char *column = sql_column(&r->fields[i]);
			char value[80];

			if (!sql_stored(&r->fields[i]))
				continue;
			literal(&r->fields[i], value);
			snprintf(sql, sizeof(sql),
				"UPDATE %s SET \"%s\" = %s WHERE id = 1", r->table,
				column, value);
			assert_int_equal(help_sql("fields", sql), SQLITE_OK);
			snprintf(sql, sizeof(sql),
				"SELECT count(*) FROM %s_fields WHERE row = 1 AND name = "
				"'%s' AND value IS %s",
				r->table, column, value);
			if (help_int("fields", sql) != 1)
				fail_msg("%s", sql);
			n++;
		}
		snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s_fields WHERE row = 1",
			r->table);
		if (kind != REC_SIGNAL)
			assert_int_equal(help_int("fields", sql), n);
	}
	book_free(&b);
}

static const char *const settings[] = {
	"PRAGMA foreign_keys = OFF",
	"PRAGMA recursive_triggers = ON",
	"PRAGMA recursive_triggers = ON; PRAGMA foreign_keys = ON",
	"PRAGMA trusted_schema = OFF; PRAGMA ignore_check_constraints = ON",
};

static const char *const statements[] = {
	"DELETE FROM contact",
	"DELETE FROM note WHERE id = 1",
	"DELETE FROM account WHERE id = 3",
	"DELETE FROM touch; DELETE FROM contract",
	"INSERT INTO contact(account, name) VALUES (1, 'x'), (2, 'y')",
	"INSERT INTO account(account_id, name, growth) VALUES ('B1', 'x', 0.25)",
	"INSERT INTO csm(name) VALUES ('Zoe'); UPDATE account SET csm = 4",
	"REPLACE INTO contact(id, account, name) VALUES (1, 2, 'other')",
	"REPLACE INTO csm(name, team) VALUES ('Cy', 'N')",
	"REPLACE INTO ticket(id, ticket_id, account, opened_on) VALUES (9, 'T1', 2, 5)",
	"REPLACE INTO plan(account, goal) VALUES (1, 'other')",
	"REPLACE INTO tier_lock(account, until, reason) VALUES (1, 5, 'other')",
	"REPLACE INTO contract(id, contract_id, account, start, arr)"
	" VALUES (1, 'C1', 1, 7, 7)",
	"INSERT OR IGNORE INTO csm(name, team) VALUES ('Ann', 'N')",
	"INSERT OR IGNORE INTO contact(id, account, name) VALUES (1, 2, 'x'), (9, 1, "
	"'y')",
	"INSERT OR IGNORE INTO contact(id, account) VALUES (1, 2);"
	" INSERT INTO contact(account, name) VALUES (1, 'x')",
	"INSERT INTO csm(name, team) VALUES ('Ann', 'N') ON CONFLICT(name)"
	" DO UPDATE SET team = excluded.team",
	"INSERT INTO plan(account, goal) VALUES (1, 'x') ON CONFLICT DO NOTHING",
	"UPDATE OR REPLACE csm SET name = 'Cy' WHERE name = 'Bo'",
	"UPDATE OR IGNORE csm SET name = 'Cy' WHERE name = 'Bo'",
	"UPDATE OR REPLACE touch SET id = 2 WHERE id = 1",
	"UPDATE OR IGNORE touch SET id = 2 WHERE id = 1",
	"UPDATE touch SET rowid = 9 WHERE id = 1",
	"UPDATE touch SET id = id + 10, minutes = 3",
	"UPDATE contact SET account = 2, name = NULL, since = 5",
	"UPDATE account SET name = 'a' || id, region = NULL, growth = 1e300",
	"UPDATE account SET arr = 9223372036854775807, complexity = 0.1 + 0.2 WHERE id = "
	"1",
	"UPDATE account SET name = name, arr = arr",
	"BEGIN; UPDATE account SET arr = 1; UPDATE account SET arr = 2 WHERE id = 2; "
	"COMMIT",
	"BEGIN; UPDATE account SET arr = 1; ROLLBACK",
	"SAVEPOINT s; DELETE FROM survey; ROLLBACK TO s; DELETE FROM movement; RELEASE s",
	"UPDATE account SET arr = 7 FROM csm WHERE csm.name = 'Bo' RETURNING *",
	"CREATE TEMP TABLE writer(id, own, operation, at);"
	" INSERT INTO temp.writer VALUES (1, 1, 9, 9); DELETE FROM main.contact",
	"CREATE TEMP TABLE told(a); DELETE FROM main.contact",
	"CREATE TEMP VIEW spelled AS SELECT 1; DELETE FROM main.note",
	"INSERT INTO writer VALUES (2, 1, 0, 0)",
	"DELETE FROM writer; DELETE FROM contact",
	"UPDATE writer SET id = 2; DELETE FROM contact",
	"INSERT OR REPLACE INTO writer VALUES (1, 1, 0, 0); DELETE FROM contact",
	"INSERT INTO told VALUES (1, 1, 'name', 1, 2); UPDATE account SET arr = 3",
};

/* Takes a statement back, if anything came of it. False: the book is another one. */
static bool comes_back(struct book *b, const char *name, const char *sql)
{
	const uint64_t before = walking_digest(book_store(b));
	const int64_t last = newest(b).o.id;
	int64_t now;

	(void)help_sql(name, sql); /* some are refused */
	for (now = newest(b).o.id; now > last; now--)
		if (book_undo(b, now, NULL) != ST_OK)
			return false;
	return walking_digest(book_store(b)) == before;
}

static void test_any_statement(void **state)
{
	char sql[600];

	(void)state;
	for (size_t k = 0; k < LENGTH(settings); k++) {
		struct book *b = help_book(settings[k] + 7);
		int entries = 0;

		fill(b);
		for (size_t i = 0; i < LENGTH(statements); i++) {
			const int64_t last = newest(b).o.id;

			snprintf(sql, sizeof(sql), "%s; %s", settings[k], statements[i]);
			if (!comes_back(b, settings[k] + 7, sql))
				fail_msg("%s", sql);
			entries += newest(b).o.id > last;
		}
		assert_true(entries > 20);
		assert_int_equal(help_verify(book_store(b)).n, 0);
		book_free(&b);
	}
}

/* Without one of its triggers the same statements are seen to get through. */
static void test_teeth(void **state)
{
	static const char *const gone[][2] = {
		{ "contact_history_delete", "DELETE FROM contact" },
		{ "contact_history_insert", "REPLACE INTO contact(id, account, name) "
					    "VALUES (1, 2, 'other')" },
		{ "contact_history_inserted",
			"INSERT INTO contact(account, name) VALUES (1, 'x')" },
		{ "account_history_updated", "UPDATE account SET arr = 1" },
		{ "csm_history_update",
			"UPDATE OR REPLACE csm SET name = 'Cy' WHERE id = 2" },
		{ "outside_renumber", "UPDATE touch SET id = 9 WHERE id = 1" },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(gone); i++) {
		struct book *b = help_book(gone[i][0]);
		char sql[100];

		fill(b);
		assert_true(comes_back(b, gone[i][0], gone[i][1]));
		snprintf(sql, sizeof(sql), "DROP TRIGGER %s", gone[i][0]);
		/* by this connection, which does not look at its own schema again */
		MUST(stmt_exec(db_of(book_store(b)), "BEGIN", &e));
		assert_int_equal(
			sqlite3_exec(db_of(book_store(b))->h, sql, NULL, NULL, NULL),
			SQLITE_OK);
		MUST(stmt_exec(db_of(book_store(b)), "COMMIT", &e));
		if (comes_back(b, gone[i][0], gone[i][1]))
			fail_msg("without %s nothing is missed", gone[i][0]);
		book_free(&b);
	}
}

/* What is changed in one go is one operation, and tierdesk's own changes are none of it.
 */
static void test_grouped(void **state)
{
	struct book *b = help_book("grouped");
	struct newest n;

	(void)state;
	fill(b);
	assert_int_equal(newest(b).o.id, 0); /* imports by hand of the test */
	assert_int_equal(help_sql("grouped", "BEGIN; UPDATE account SET arr = 1;"
					     " DELETE FROM contact; COMMIT"),
		SQLITE_OK);
	assert_int_equal(help_sql("grouped", "UPDATE account SET arr = 2"), SQLITE_OK);
	n = newest(b);
	assert_int_equal(n.o.id, 1);
	assert_int_equal(n.o.changes, 7);
	assert_int_equal(n.o.concerns, 0);
	assert_string_equal(n.title, "another program: change account");
	MUST(book_lock(b, 2, book_as_of(b), "why", &e));
	assert_int_equal(help_sql("grouped", "DELETE FROM note"), SQLITE_OK);
	n = newest(b);
	assert_int_equal(n.o.id, 3);
	assert_int_equal(n.o.changes, 1);
	assert_int_equal(n.o.concerns, 1);
	assert_string_equal(n.title, "another program: remove from note");
	/* a mark that stayed behind is told */
	assert_int_equal(help_sql("grouped", "UPDATE writer SET own = 1"), SQLITE_OK);
	assert_int_equal(help_verify(book_store(b)).n, 1);
	MUST(book_lock(
		b, 1, book_as_of(b), "why", &e)); /* and gone with the next change */
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&b);
}

/* Moves between tiers are told, and are that program's to take back. */
static void test_tiers(void **state)
{
	struct book *b = help_book("tiers");
	struct told t = { .n = 0 };
	struct err why = { .text = "" };
	struct review r;
	struct newest n;

	(void)state;
	fill(b);
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	assert_int_equal(newest(b).o.kind, OPERATION_REVIEW);
	assert_int_equal(
		help_sql("tiers", "UPDATE account_tier SET tier = 5 - tier WHERE id = 1"),
		SQLITE_OK);
	n = newest(b);
	MUST(book_operation_changes(b, n.o.id, take_told, &t, &e));
	assert_true(t.n == 1 && t.kind == REC_ACCOUNT && t.field == F_TIER);
	assert_int_equal(book_undo(b, n.o.id, NULL), ST_FORBIDDEN);
	assert_int_equal(book_undo(b, n.o.id - 1, &why), ST_STALE);
	assert_non_null(strstr(why.text, "sql did \"another program: change account\""));
	assert_int_equal(
		help_sql("tiers", "UPDATE tier_roster SET members = x'' WHERE tier = 3"),
		SQLITE_OK);
	assert_int_equal(newest(b).o.kind, OPERATION_SQL);
	book_free(&b);
}

/* A policy that another program sets can be taken back, too. */
static void test_policy(void **state)
{
	struct book *b = help_book("policy");

	(void)state;
	assert_int_equal(
		help_sql("policy", "INSERT INTO policy_version(at, author, reason,"
				   " text, cap1_bp, cap2_bp) SELECT 1, 'Eve', 'why',"
				   " replace(text, 'hysteresis = 3', 'hysteresis = 1'),"
				   " cap1_bp, cap2_bp FROM policy_version"),
		SQLITE_OK);
	assert_int_equal(newest(b).o.kind, OPERATION_POLICY);
	MUST(book_undo(b, newest(b).o.id, &e));
	assert_int_equal(help_int("policy", "SELECT count(*) FROM policy_version a JOIN"
					    " policy_version b ON a.version = 1"
					    " AND b.version = 3 WHERE a.text = b.text"),
		1);
	book_free(&b);
}

/* What SQLite does for a statement of a client, in steps; it is rolled back. */
static int steps_of(const char *name, const char *sql)
{
	sqlite3 *h = NULL;
	sqlite3_stmt *s = NULL;
	int steps;

	assert_int_equal(sqlite3_open(help_path(name), &h), SQLITE_OK);
	assert_int_equal(sqlite3_exec(h, "BEGIN", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(h, sql, -1, &s, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_DONE);
	steps = sqlite3_stmt_status(s, SQLITE_STMTSTATUS_VM_STEP, 0);
	sqlite3_finalize(s);
	sqlite3_close(h);
	return steps;
}

/* One row costs the same however many there are beside it. */
static void test_among_many(void **state)
{
	static const char *const sql[] = {
		"INSERT OR REPLACE INTO csm(id, name) VALUES (1, 'N7')",
		"UPDATE OR REPLACE csm SET name = 'N7', team = 'x' WHERE id = 1",
		"UPDATE csm SET id = 9000 WHERE id = 1",
		"DELETE FROM csm WHERE id = 1",
		"UPDATE note SET text = 'x' WHERE id = 1",
		"REPLACE INTO note(id, account, date, text) VALUES (1, 1, 0, 'x')",
	};
	struct book *b = help_book("many");
	int few[LENGTH(sql)];

	(void)state;
	rows_put(book_store(b), REC_ACCOUNT, "account_id=A1\n");
	book_free(&b);
	for (int many = 0; many < 2; many++) {
		assert_int_equal(
			help_sql("many",
				many ? "WITH n(i) AS (SELECT 10 UNION ALL SELECT i + 1 "
				       "FROM n"
				       " WHERE i < 1000) INSERT INTO csm(name) SELECT "
				       "'N' || i"
				       " FROM n;"
				       "INSERT INTO note(account, date, text)"
				       " SELECT 1, 0, name FROM csm"
				     : "INSERT INTO csm(name) VALUES ('N1'), ('N7');"
				       "INSERT INTO note(account, date, text)"
				       " VALUES (1, 0, 'a'), (1, 0, 'b')"),
			SQLITE_OK);
		for (size_t i = 0; i < LENGTH(sql); i++) {
			const int steps = steps_of("many", sql[i]);

			if (many == 0)
				few[i] = steps;
			else if (steps > 2 * few[i])
				fail_msg("%d steps, %d among few: %s", steps, few[i],
					sql[i]);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_column),
		cmocka_unit_test(test_fields_of_rows),
		cmocka_unit_test(test_any_statement),
		cmocka_unit_test(test_teeth),
		cmocka_unit_test(test_grouped),
		cmocka_unit_test(test_tiers),
		cmocka_unit_test(test_policy),
		cmocka_unit_test(test_among_many),
	};

	return cmocka_run_group_tests(tests, help_begin, help_end);
}
