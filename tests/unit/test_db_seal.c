/* The seals of the history: nobody who writes properly breaks them, and rows that no
 * program wrote show. */
#include "tests/unit/test_db_sealed.h"

#include <sys/wait.h>

#include "core/list_export.h"
#include "db/open.h"
#include "db/schema.h"
#include "db/sql.h"
#include "tests/support/buffer.h"

static void name_accounts(struct book *b, const char *name, uint32_t n)
{
	const struct cell cells[ACCOUNT_FIELDS] = { [F_NAME] =
							    CELL_OF_TEXT(text_of(name)) };
	struct change c[3];

	for (uint32_t i = 0; i < n; i++)
		c[i] = (struct change){ REC_ACCOUNT, i + 1, 1u << F_NAME, cells, NULL };
	MUST(book_change(b, c, n, "rename", name, &e));
}

/* A page names the head at its foot; files of rows have no place for it. */
static void test_foot(void **state)
{
	static const enum list_field field[] = { LIST_ID };
	struct book *b = sealed_book("foot");
	char head[HISTORY_HEAD_MAX], anchor[120];

	(void)state;
	walking_fill(book_store(b));
	name_accounts(b, "x", 1);
	sealed_anchor(b, anchor);
	MUST(history_head(book_store(b), head, &e));
	assert_non_null(strstr(head, anchor));
	for (int format = LIST_CSV; format <= LIST_HTML; format++) {
		const struct list_export x = { .book = b, .field = field, .fields = 1 };
		struct buffer out = { 0 };

		MUST(list_export(&x, (enum list_format)format, buffer_sink, &out, &e));
		assert_int_equal(strstr(out.s, head) != NULL, format == LIST_HTML);
		buffer_clear(&out);
	}
	book_free(&b);
}

/* ---- who writes ------------------------------------------------------------------ */

/* What another program did is sealed before tierdesk's next change, and then its next
 * change is another operation, within whatever time. */
static void test_other_programs(void **state)
{
	struct book *b = sealed_book("others");
	char anchor[120];

	(void)state;
	walking_fill(book_store(b));
	assert_int_equal(sealed_head(b).operation, 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(help_sql("others", "UPDATE account SET arr = arr + 1"),
			SQLITE_OK);
	assert_int_equal(help_int("others", "SELECT count(*) FROM operation"), 1);
	assert_int_equal(sealed_head(b).operation, 0);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	MUST(book_store(b)->ops->begin(
		book_store(b), &e)); /* a change without an entry */
	MUST(book_store(b)->ops->commit(book_store(b), &e));
	sealed_anchor(b, anchor);
	assert_int_equal(sealed_head(b).operation, 1);
	assert_int_equal(
		help_sql("others", "UPDATE account SET arr = arr + 1"), SQLITE_OK);
	assert_int_equal(help_int("others", "SELECT count(*) FROM operation"), 2);
	assert_int_equal(sealed_head(b).after, 1);
	name_accounts(b, "x", 2);
	assert_int_equal(help_int("others", "SELECT group_concat(how) ="
					    " 'later,later,commit' FROM operation_seal"),
		1);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	assert_true(sealed_holds(b, anchor));
	/* what is sealed takes nothing in, and seals are not to be given by hand */
	assert_int_not_equal(help_sql("others", "INSERT INTO operation_change VALUES"
						" (2, 99, 'account', 1, 1, NULL, NULL)"),
		SQLITE_OK);
	assert_int_not_equal(
		help_sql("others", "UPDATE operation_seal SET how = 'later'"), SQLITE_OK);
	assert_int_not_equal(help_sql("others", "DELETE FROM operation_seal"), SQLITE_OK);
	assert_int_not_equal(
		help_sql("others", "REPLACE INTO operation_seal SELECT * FROM "
				   "operation_seal WHERE operation = 3"),
		SQLITE_OK);
	book_free(&b);
}

/* Several programs at once, and what is rolled back leaves nothing. */
static void test_writers(void **state)
{
	enum { WRITERS = 4, EDITS = 25 };
	struct book *b = sealed_book("writers");
	pid_t child[WRITERS];
	int how;

	(void)state;
	walking_fill(book_store(b));
	book_free(&b);
	for (int i = 0; i < WRITERS; i++) {
		child[i] = fork();
		if (child[i] != 0)
			continue;
		struct book *own = sealed_book("writers");
		for (int k = 0; k < EDITS; k++) {
			char name[32];

			snprintf(name, sizeof(name), "%d of %d", k, i);
			name_accounts(own, name, 1 + (uint32_t)k % 3);
			MUST(book_store(own)->ops->begin(book_store(own), &e));
			book_store(own)->ops->rollback(book_store(own));
		}
		book_free(&own);
		_exit(0);
	}
	for (int i = 0; i < WRITERS; i++) {
		waitpid(child[i], &how, 0);
		assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
	}
	b = sealed_book("writers");
	assert_int_equal(sealed_head(b).operation, WRITERS * EDITS);
	assert_int_equal(help_int("writers", "SELECT count(*) FROM operation_seal"
					     " WHERE how = 'commit'"),
		WRITERS * EDITS);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&b);
}

/* Reading, and verifying, does not write. */
static void test_read_only(void **state)
{
	const struct db_options reading = { .read_only = true };
	struct book *b = sealed_book("log");
	struct store *s;
	char command[600];

	(void)state;
	walking_fill(book_store(b));
	name_accounts(b, "x", 1);
	book_free(&b);
	assert_int_equal(help_sql("log", "UPDATE account SET arr = arr + 1"), SQLITE_OK);
	snprintf(command, sizeof(command), "cp %s %s", help_path("log"),
		help_path("log.was"));
	assert_int_equal(system(command), 0);
	MUST(db_open(help_path("log"), &reading, &s, &e));
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
	MUST(db_open(help_path("log"), NULL, &s, &e));
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
	snprintf(command, sizeof(command), "cmp %s %s", help_path("log"),
		help_path("log.was"));
	assert_int_equal(system(command), 0);
}

/* A book of a version without seals: what it tells is sealed as it is found, and that is
 * said. */
static void test_migration(void **state)
{
	const struct db_options create = { .create = true };
	const struct schema five = { .steps = schema_current.steps, .n = 5 };
	struct store *s;
	struct book *b;
	int changed;

	(void)state;
	MUST(open_book(help_path("v5"), &create, &five, &s, &e));
	s->ops->close(s);
	assert_int_equal(
		help_sql("v5",
			"INSERT INTO account(account_id, name) VALUES ('1', 'a');"
			"INSERT INTO operation(id, at, actor, step, title, changes)"
			" VALUES (7, 9, 'Ann', 'change', 'by hand', 0);"
			"UPDATE account SET arr = 5"),
		SQLITE_OK);
	b = sealed_book("v5");
	assert_int_equal(sealed_head(b).operation, 8);
	assert_int_equal(sealed_head(b).upgraded, 8);
	assert_int_equal(help_int("v5", "SELECT count(*) FROM row_digest"), 1);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	name_accounts(b, "x", 1);
	assert_int_equal(sealed_head(b).operation, 9);
	assert_int_equal(sealed_head(b).upgraded, 8);
	sealed_without_triggers(db_of(book_store(b)));
	assert_int_equal(
		sealed_after(db_of(book_store(b)),
			"UPDATE operation SET title = 'x' WHERE id = 7", &changed)
			.n,
		1);
	book_free(&b);
}

/* ---- rows ------------------------------------------------------------------------ */

static int rotten(struct db *d)
{
	struct help_findings f = { .n = 0 };

	MUST(digest_check(d, help_found, &f, &e));
	return f.n;
}

/* Each column of a row of each kind, as a disk may turn it. */
static void test_rows_that_rot(void **state)
{
	struct book *b = sealed_book("rot");
	struct db *d = db_of(book_store(b));
	int columns = 0;

	(void)state;
	walking_fill(book_store(b));
	assert_int_equal(help_sql("rot", "INSERT INTO note(account, date, text)"
					 " VALUES (1, 7, 'text')"),
		SQLITE_OK);
	sealed_without_triggers(d);
	for (int kind = 0; kind < REC_COUNT; kind++) {
		const struct record *r = record_of((enum record_kind)kind);
		char sql[200];
		int changed;

		if (kind == REC_SIGNAL)
			continue;
		MUST(stmt_exec(d, "BEGIN", &e));
		MUST(digest_note(d, text_of(r->table), 1, &e));
		MUST(stmt_exec(d, "COMMIT", &e));
		assert_int_equal(rotten(d), 0);
		for (int i = 0; i < r->count; i++) {
			if (!sql_stored(&r->fields[i]))
				continue;
			snprintf(sql, sizeof(sql),
				"UPDATE %s SET \"%s\" = ifnull(\"%s\", 0) || '1'"
				" WHERE id = 1",
				r->table, sql_column(&r->fields[i]),
				sql_column(&r->fields[i]));
			sealed_run(d, "SAVEPOINT rot");
			sealed_run(d, sql);
			changed = sqlite3_changes(d->h);
			if (rotten(d) != changed)
				fail_msg("not told: %s", sql);
			columns += changed;
			sealed_run(d, "ROLLBACK TO rot; RELEASE rot");
		}
	}
	assert_true(columns > 50);
	assert_int_equal(rotten(d), 0);
	sealed_run(d, "DELETE FROM account WHERE id = 1"); /* gone, without a word */
	assert_true(rotten(d) > 0);
	book_free(&b);
}

/* Changes that the history does not tell row by row are no damage. */
static void test_changes_that_are_not_told(void **state)
{
	struct book *b = sealed_book("untold");
	struct store *s = book_store(b);
	struct cell cells[RECORD_FIELDS_MAX];
	struct arena a;
	bool there;

	(void)state;
	walking_fill(s);
	name_accounts(b, "told", 3);
	assert_int_equal(help_int("untold", "SELECT count(*) FROM row_digest"), 3);
	rows_put(s, REC_ACCOUNT, "account_id=A1|name=by a batch\n");
	assert_int_equal(help_int("untold", "SELECT count(*) FROM row_digest"), 2);
	arena_init(&a);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->row_read(s, REC_ACCOUNT, 2, &a, cells, &there, &e));
	cells[F_NAME] = CELL_OF_TEXT(TEXT("as a row"));
	MUST(s->ops->row_write(s, REC_ACCOUNT, 2, cells, 1u << F_NAME, &e));
	MUST(s->ops->commit(s, &e));
	arena_clear(&a);
	assert_int_equal(help_int("untold", "SELECT count(*) FROM row_digest"), 1);
	assert_int_equal(
		help_sql("untold", "UPDATE account SET name = 'sql' WHERE id = 3"),
		SQLITE_OK);
	assert_int_equal(help_int("untold", "SELECT count(*) FROM row_digest"), 0);
	assert_int_equal(help_verify(s).n, 0);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_foot),
		cmocka_unit_test(test_other_programs),
		cmocka_unit_test(test_writers),
		cmocka_unit_test(test_read_only),
		cmocka_unit_test(test_migration),
		cmocka_unit_test(test_rows_that_rot),
		cmocka_unit_test(test_changes_that_are_not_told),
	};
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
