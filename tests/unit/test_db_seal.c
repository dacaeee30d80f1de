/* The seals of the history: whatever is done to a row of it shows, the anchor shows what
 * the seals alone can't, and nobody who writes properly breaks them. */
#include "tests/unit/test_db_help.h"

#include <sys/wait.h>

#include "core/change.h"
#include "core/list_export.h"
#include "db/open.h"
#include "db/schema.h"
#include "db/seal.h"
#include "db/sql.h"
#include "tests/support/buffer.h"
#include "tests/support/rules.h"
#include "tests/support/walking.h"

#define DAY "2026-03-31"
#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct book *open_own(const char *name)
{
	struct db_options options = { .create = true };
	struct store *s;

	MUST(db_open(help_path(name), &options, &s, &e));
	MUST(stmt_exec(db_of(s), "PRAGMA synchronous = OFF", &e));
	return rules_book(s, DAY, "Ann");
}

static struct history_seal head_of(struct book *b)
{
	struct history_seal head;

	MUST(book_store(b)->ops->sealed(book_store(b), 0, &head, &e));
	return head;
}

static void anchor_of(struct book *b, char out[120])
{
	const struct history_seal head = head_of(b);

	snprintf(out, 120, "%lld:%.*s", (long long)head.operation, HISTORY_SEAL_SHORT,
		head.hex);
}

static bool anchor_holds(struct book *b, const char *anchor)
{
	struct help_findings f = { .n = 0 };

	MUST(history_anchor(book_store(b), text_of(anchor), help_found, &f, &e));
	return f.n == 0;
}

static void name_accounts(struct book *b, const char *name, uint32_t n)
{
	const struct cell cells[ACCOUNT_FIELDS] = { [F_NAME] =
							    CELL_OF_TEXT(text_of(name)) };
	struct change c[3];

	for (uint32_t i = 0; i < n; i++)
		c[i] = (struct change){ REC_ACCOUNT, i + 1, 1u << F_NAME, cells, NULL };
	MUST(book_change(b, c, n, "rename", name, &e));
}

/* ---- a log of a thousand rows ---------------------------------------------------- */

/* Nine rows of three kinds. */
static void edit(struct book *b, int number)
{
	char text[32];
	const int n = snprintf(text, sizeof(text), "Text %d", number);
	const struct cell name = CELL_OF_TEXT(((struct text){ text, (size_t)n }));
	const struct cell account[ACCOUNT_FIELDS] = { [F_NAME] = name };
	const struct cell csm[CSM_FIELDS] = { [F_CSM_TEAM] = name };
	const struct cell touch[TOUCH_FIELDS] = { [F_TOUCH_MINUTES] =
							  CELL_OF_NUMBER(number + 0.5) };
	struct change c[9];

	for (uint32_t i = 0; i < 3; i++) {
		c[i] = (struct change){ REC_ACCOUNT, i + 1, 1u << F_NAME, account, NULL };
		c[i + 3] = (struct change){ REC_CSM, i + 1, 1u << F_CSM_TEAM, csm, NULL };
		c[i + 6] = (struct change){ REC_TOUCH, i + 1, 1u << F_TOUCH_MINUTES,
			touch, NULL };
	}
	MUST(book_change(b, c, LENGTH(c), "edit", text, &e));
}

/* By hand, with tiers among it, and by another program. */
static struct book *long_log(void)
{
	struct book *b = open_own("log");

	walking_fill(book_store(b));
	for (int i = 0; i < 120; i++) {
		edit(b, i);
		if (i % 20 == 0)
			MUST(book_set_tier(b, 1, i % 40 ? 3 : 2, 0, "why", &e));
		if (i % 20 == 10)
			assert_int_equal(
				help_sql("log",
					"UPDATE account SET arr = arr + 1;"
					" UPDATE touch SET minutes = minutes + 1"),
				SQLITE_OK);
	}
	assert_int_equal(help_verify(book_store(b)).n, 0);
	assert_in_range(
		help_int("log", "SELECT count(*) FROM operation_change"), 1000, 2000);
	assert_true(help_int("log", "SELECT count(*) FROM operation_tiers") > 3);
	assert_int_equal(
		head_of(b).operation, help_int("log", "SELECT count(*) FROM operation"));
	return b;
}

static void run(struct db *d, const char *sql)
{
	if (sqlite3_exec(d->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(d->h));
}

/* As somebody who took the triggers out and put them back; changed: rows. */
static struct help_findings after(struct db *d, const char *sql, int *changed)
{
	struct help_findings f = { .n = 0 };
	const int before = sqlite3_total_changes(d->h);

	run(d, "SAVEPOINT tampering");
	run(d, sql);
	*changed = sqlite3_total_changes(d->h) - before;
	MUST(seal_check(d, help_found, &f, &e));
	run(d, "ROLLBACK TO tampering; RELEASE tampering");
	return f;
}

static void without_triggers(struct db *d)
{
	int on;

	sqlite3_db_config(d->h, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, &on);
	sqlite3_db_config(d->h, SQLITE_DBCONFIG_ENABLE_FKEY, 0, &on);
	run(d, "PRAGMA ignore_check_constraints = ON");
}

/* Ways to damage one row: of which it is, temp.here tells. */
#define OPERATION "(SELECT operation FROM temp.here)"
#define SEQ "(SELECT seq FROM temp.here)"
#define CHANGE " WHERE operation = " OPERATION " AND seq = " SEQ

struct tampering {
	const char *rows; /* operation and number of each, for which it is tried */
	const char *sql;
	bool elsewhere; /* the finding may name another operation */
};

/* Of the rows each is tried with one of five flips, and with each other way. */
#define CHANGES_BY(n)                                        \
	("SELECT operation, seq FROM operation_change WHERE" \
	 " (operation * 3 + seq) % 5 = " n " ORDER BY 1, 2")
#define CHANGES "SELECT operation, seq FROM operation_change ORDER BY 1, 2"
#define OPERATIONS_BY(n) ("SELECT id, 0 FROM operation WHERE id % 11 = " n " ORDER BY 1")
#define OPERATIONS "SELECT id, 0 FROM operation ORDER BY 1"
#define TIERS "SELECT operation, 0 FROM operation_tiers ORDER BY 1"
#define SEALS "SELECT operation, 0 FROM operation_seal ORDER BY 1"

static const struct tampering tamperings[] = {
	{ CHANGES_BY("0"), ("UPDATE operation_change SET after = after || ' '" CHANGE),
		false },
	{ CHANGES_BY("1"), ("UPDATE operation_change SET before = '{}'" CHANGE), false },
	{ CHANGES_BY("2"), ("UPDATE operation_change SET row = row + 1" CHANGE), false },
	{ CHANGES_BY("3"), ("UPDATE operation_change SET kind = kind || 's'" CHANGE),
		false },
	{ CHANGES_BY("4"),
		("UPDATE operation_change SET account = ifnull(account, 0) + 1" CHANGE),
		false },
	{ CHANGES, ("DELETE FROM operation_change" CHANGE), false },
	{ CHANGES,
		("INSERT INTO operation_change SELECT operation, seq + 1000, kind, row,"
		 " account, before, after FROM operation_change" CHANGE),
		false },
	/* changes places with the one after it; the last goes to another operation */
	{ CHANGES,
		("UPDATE operation_change SET seq = -1" CHANGE
		 "; UPDATE operation_change SET seq = seq - 1 WHERE operation "
		 "= " OPERATION " AND seq = " SEQ
		 " + 1; UPDATE operation_change SET seq = " SEQ
		 " + 1 WHERE operation = " OPERATION
		 " AND seq = -1; UPDATE operation_change SET operation = operation - 1,"
		 " seq = 1000 WHERE operation = " OPERATION " AND seq = " SEQ
		 " + 1 AND NOT EXISTS (SELECT 1 FROM operation_change"
		 "  WHERE operation = " OPERATION " AND seq = " SEQ ")"),
		false },
	{ OPERATIONS_BY("0"), "UPDATE operation SET title = 'x' WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("1"), "UPDATE operation SET at = at + 1 WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("2"), "UPDATE operation SET actor = 'Bo' WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("3"), "UPDATE operation SET step = 'redo' WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("4"), "UPDATE operation SET reason = 'x' WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("5"), "UPDATE operation SET reverses = -id WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("6"), "UPDATE operation SET account = 77 WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("7"), "UPDATE operation SET changes = 77 WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("8"),
		"UPDATE operation SET kind = 'recalc' WHERE id = " OPERATION, false },
	{ OPERATIONS_BY("9"), "UPDATE operation SET subject = 7 WHERE id = " OPERATION,
		false },
	{ OPERATIONS_BY("10"), "UPDATE operation SET backup = 'x' WHERE id = " OPERATION,
		false },
	{ OPERATIONS, "DELETE FROM operation WHERE id = " OPERATION, false },
	{ OPERATIONS,
		("UPDATE operation SET id = -1 WHERE id = " OPERATION
		 "; UPDATE operation SET id = id + 1 WHERE id = " OPERATION
		 " - 1; UPDATE operation SET id = " OPERATION " - 1 WHERE id = -1"),
		false },
	{ OPERATIONS,
		("INSERT INTO operation(id, at, actor, step, title, changes)"
		 " VALUES (-" OPERATION ", 0, 'Ann', 'change', 'x', 0)"),
		true },
	/* all of it, with its seal */
	{ "SELECT id, 0 FROM operation WHERE id < (SELECT max(id) FROM operation)",
		("DELETE FROM operation_change WHERE operation = " OPERATION
		 "; DELETE FROM operation_tiers WHERE operation = " OPERATION
		 "; DELETE FROM operation_seal WHERE operation = " OPERATION
		 "; DELETE FROM operation WHERE id = " OPERATION),
		false },
	{ TIERS,
		"UPDATE operation_tiers SET data = CAST(data || x'00' AS BLOB) WHERE "
		"operation "
		"= " OPERATION,
		false },
	{ TIERS,
		"UPDATE operation_tiers SET review_before = 7 WHERE operation "
		"= " OPERATION,
		false },
	{ TIERS,
		"UPDATE operation_tiers SET review_after = 7 WHERE operation "
		"= " OPERATION,
		false },
	{ TIERS, "DELETE FROM operation_tiers WHERE operation = " OPERATION, false },
	{ TIERS,
		"UPDATE operation_tiers SET operation = operation - 1 WHERE operation "
		"= " OPERATION,
		false },
	{ SEALS, "DELETE FROM operation_seal WHERE operation = " OPERATION, false },
	{ SEALS,
		("UPDATE operation_seal SET seal = substr(seal, 2) || substr(seal, 1, 1)"
		 " WHERE operation = " OPERATION),
		false },
	{ SEALS,
		("UPDATE operation_seal SET how = CASE how WHEN 'commit' THEN 'upgrade'"
		 " ELSE 'commit' END WHERE operation = " OPERATION),
		false },
};

/* The finding names the operation, or the one whose seal stands on it. */
static bool names(const char *finding, long long operation)
{
	const char *at = strrchr(finding, ':');
	const long long told = at ? strtoll(at + strlen(": operation "), NULL, 10) : 0;

	return told >= operation - 1 && told <= operation + 1;
}

static int tamper(struct db *d, const struct tampering *t)
{
	sqlite3_stmt *rows;
	char here[120];
	int tried = 0;

	assert_int_equal(sqlite3_prepare_v2(d->h, t->rows, -1, &rows, NULL), SQLITE_OK);
	while (sqlite3_step(rows) == SQLITE_ROW) {
		const long long operation = sqlite3_column_int64(rows, 0);
		struct help_findings f;
		int changed;

		snprintf(here, sizeof(here),
			"UPDATE temp.here SET operation = %lld, seq = %lld", operation,
			(long long)sqlite3_column_int64(rows, 1));
		run(d, here);
		f = after(d, t->sql, &changed);
		if (changed == 0 || f.n != 1 ||
			(!t->elsewhere && !names(f.text, operation)))
			fail_msg("%s\n%s\nfound: %s", here, t->sql, f.text);
		tried++;
	}
	sqlite3_finalize(rows);
	return tried;
}

/* Each row of the log in each of the ways. */
static void test_each_row(void **state)
{
	struct book *b = long_log();
	struct db *d = db_of(book_store(b));
	int tried = 0;

	(void)state;
	without_triggers(d);
	run(d, "CREATE TEMP TABLE here(operation, seq); INSERT INTO here VALUES (0, 0)");
	run(d, "BEGIN");
	for (size_t k = 0; k < LENGTH(tamperings); k++)
		tried += tamper(d, &tamperings[k]);
	run(d, "ROLLBACK");
	assert_true(tried > 4 * 1000 + 7 * 120);
	book_free(&b);
}

/* The end of the log cut off anywhere: the seals alone can't tell, the anchor can. */
static void test_truncated(void **state)
{
	struct book *b = open_own("log");
	struct db *d = db_of(book_store(b));
	const int64_t n = head_of(b).operation;
	char anchor[120], sql[400];

	(void)state;
	anchor_of(b, anchor);
	assert_true(anchor_holds(b, anchor));
	without_triggers(d);
	run(d, "BEGIN");
	for (int64_t last = n - 1; last >= 0; last--) {
		struct help_findings f = { .n = 0 };

		snprintf(sql, sizeof(sql),
			"DELETE FROM operation_change WHERE operation > %lld;"
			"DELETE FROM operation_tiers WHERE operation > %lld;"
			"DELETE FROM operation_seal WHERE operation > %lld;"
			"DELETE FROM operation WHERE id > %lld",
			(long long)last, (long long)last, (long long)last,
			(long long)last);
		run(d, sql);
		if (last % 50 == 0)
			MUST(seal_check(d, help_found, &f, &e));
		assert_int_equal(f.n, 0);
		if (anchor_holds(b, anchor))
			fail_msg("cut off after %lld: not told", (long long)last);
	}
	run(d, "ROLLBACK");
	book_free(&b);
}

/* All of it written anew with what the program itself uses: only the anchor knows. And
 * seals that were only removed are made again, but told. */
static void test_sealed_anew(void **state)
{
	struct book *b = open_own("log");
	struct db *d = db_of(book_store(b));
	struct help_findings f = { .n = 0 };
	char anchor[120];

	(void)state;
	anchor_of(b, anchor);
	without_triggers(d);
	for (int honest = 0; honest < 2; honest++) {
		run(d, "BEGIN; UPDATE operation SET reason = 'other' WHERE id = 100;"
		       "DELETE FROM operation_seal WHERE operation >= 100");
		MUST(seal_history(d, honest ? SEAL_LATER : SEAL_COMMIT, &e));
		f.n = 0;
		MUST(seal_check(d, help_found, &f, &e));
		assert_int_equal(f.n, honest);
		assert_false(anchor_holds(b, anchor));
		run(d, "ROLLBACK");
	}
	assert_true(anchor_holds(b, anchor));
	book_free(&b);
}

static void test_anchors(void **state)
{
	static const char *const bad[] = { "", "7", "7:", ":12345678", "7:1234567",
		"7:1234567x", "0:12345678", "-7:12345678", "7 :12345678", " 7:12345678",
		"7:0123456789012345678901234567890123456789012345678901234567890123x",
		"9999999999999999999:12345678", "7:12345678 " };
	struct book *b = open_own("log");
	struct history_seal seal;
	char anchor[120];

	(void)state;
	for (size_t i = 0; i < LENGTH(bad); i++)
		if (history_anchor(book_store(b), text_of(bad[i]), help_found, NULL,
			    NULL) != ST_USAGE)
			fail_msg("taken for an anchor: %s", bad[i]);
	MUST(book_store(b)->ops->sealed(book_store(b), 7, &seal, &e));
	assert_int_equal(seal.operation, 7);
	snprintf(anchor, sizeof(anchor), "7:%.8s", seal.hex);
	assert_true(anchor_holds(b, anchor));
	snprintf(anchor, sizeof(anchor), "7:%s", seal.hex);
	assert_true(anchor_holds(b, anchor));
	snprintf(anchor, sizeof(anchor), "8:%s", seal.hex);
	assert_false(anchor_holds(b, anchor));
	book_free(&b);
}

/* A page names the head at its foot; files of rows have no place for it. */
static void test_foot(void **state)
{
	static const enum list_field field[] = { LIST_ID };
	struct book *b = open_own("log");
	char head[HISTORY_HEAD_MAX], anchor[120];

	(void)state;
	anchor_of(b, anchor);
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
	struct book *b = open_own("others");
	char anchor[120];

	(void)state;
	walking_fill(book_store(b));
	assert_int_equal(head_of(b).operation, 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(help_sql("others", "UPDATE account SET arr = arr + 1"),
			SQLITE_OK);
	assert_int_equal(help_int("others", "SELECT count(*) FROM operation"), 1);
	assert_int_equal(head_of(b).operation, 0);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	MUST(book_store(b)->ops->begin(
		book_store(b), &e)); /* a change without an entry */
	MUST(book_store(b)->ops->commit(book_store(b), &e));
	anchor_of(b, anchor);
	assert_int_equal(head_of(b).operation, 1);
	assert_int_equal(
		help_sql("others", "UPDATE account SET arr = arr + 1"), SQLITE_OK);
	assert_int_equal(help_int("others", "SELECT count(*) FROM operation"), 2);
	assert_int_equal(head_of(b).after, 1);
	name_accounts(b, "x", 2);
	assert_int_equal(help_int("others", "SELECT group_concat(how) ="
					    " 'later,later,commit' FROM operation_seal"),
		1);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	assert_true(anchor_holds(b, anchor));
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
	struct book *b = open_own("writers");
	pid_t child[WRITERS];
	int how;

	(void)state;
	walking_fill(book_store(b));
	book_free(&b);
	for (int i = 0; i < WRITERS; i++) {
		child[i] = fork();
		if (child[i] != 0)
			continue;
		struct book *own = open_own("writers");
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
	b = open_own("writers");
	assert_int_equal(head_of(b).operation, WRITERS * EDITS);
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
	struct store *s;
	char command[600];

	(void)state;
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
	const struct schema five = { schema_current.steps, 5 };
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
	b = open_own("v5");
	assert_int_equal(head_of(b).operation, 8);
	assert_int_equal(head_of(b).upgraded, 8);
	assert_int_equal(help_int("v5", "SELECT count(*) FROM row_digest"), 1);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	name_accounts(b, "x", 1);
	assert_int_equal(head_of(b).operation, 9);
	assert_int_equal(head_of(b).upgraded, 8);
	without_triggers(db_of(book_store(b)));
	assert_int_equal(
		after(db_of(book_store(b)),
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
	struct book *b = open_own("rot");
	struct db *d = db_of(book_store(b));
	int columns = 0;

	(void)state;
	walking_fill(book_store(b));
	assert_int_equal(help_sql("rot", "INSERT INTO note(account, date, text)"
					 " VALUES (1, 7, 'text')"),
		SQLITE_OK);
	without_triggers(d);
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
			run(d, "SAVEPOINT rot");
			run(d, sql);
			changed = sqlite3_changes(d->h);
			if (rotten(d) != changed)
				fail_msg("not told: %s", sql);
			columns += changed;
			run(d, "ROLLBACK TO rot; RELEASE rot");
		}
	}
	assert_true(columns > 50);
	assert_int_equal(rotten(d), 0);
	run(d, "DELETE FROM account WHERE id = 1"); /* gone, without a word */
	assert_true(rotten(d) > 0);
	book_free(&b);
}

/* Changes that the history does not tell row by row are no damage. */
static void test_changes_that_are_not_told(void **state)
{
	struct book *b = open_own("untold");
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
		cmocka_unit_test(test_each_row),
		cmocka_unit_test(test_truncated),
		cmocka_unit_test(test_sealed_anew),
		cmocka_unit_test(test_anchors),
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
