/* The schema: what it promises about the catalogue, and its text. With
 * TIERDESK_UPDATE_SCHEMA set (the folder of the sources) nothing is tested, but the texts
 * written that a book is compared with. */
#include "tests/unit/test_db_help.h"

#include "core/asset.h"
#include "db/open.h"
#include "db/sql.h"

static const struct db_options create = { .create = true };

static const char *sql_type(enum field_type type)
{
	switch (type) {
	case FT_TEXT:
	case FT_CHOICE:
	case FT_CURRENCY:
		return "TEXT";
	case FT_NUMBER:
		return "REAL";
	default:
		return "INTEGER";
	}
}

/* Every table has the fields of its record as columns, in order, and nothing else. */
static void test_columns_are_fields(void **state)
{
	(void)state;
	struct store *s = help_open("columns");
	for (int kind = 0; kind < REC_COUNT; kind++) {
		const struct record *r = record_of((enum record_kind)kind);
		struct stmt *q;
		bool row;
		if (kind == REC_SIGNAL)
			continue; /* packed */
		MUST(stmt_open(db_of(s),
			"SELECT name, type, \"notnull\" FROM pragma_table_info(?)"
			" WHERE name <> 'id' ORDER BY cid",
			&q, &e));
		stmt_bind_text(q, 1, text_of(r->table));
		for (int i = 0; i < r->count; i++) {
			const struct field *f = &r->fields[i];
			if (!sql_stored(f))
				continue;
			MUST(stmt_step(q, &row, &e));
			assert_true(row);
			if (!text_eq(stmt_text(q, 0), text_of(sql_column(f))) ||
				!text_eq(stmt_text(q, 1), text_of(sql_type(f->type))))
				fail_msg("%s: column of %s", r->table, f->name);
			assert_int_equal(
				stmt_int(q, 2), (f->flags & FIELD_REQUIRED) != 0);
		}
		MUST(stmt_step(q, &row, &e));
		assert_false(row);
		stmt_close(q);
	}
	s->ops->close(s);
}

/* "a|b" as the schema writes it: field IN ('a', 'b'). */
static void write_check(const struct field *f, char *out, size_t size)
{
	size_t n = (size_t)snprintf(out, size, "%s IN ('", f->name);
	for (const char *c = f->choices; *c != '\0'; c++)
		n += (size_t)snprintf(out + n, size - n, "%.*s", *c == '|' ? 4 : 1,
			*c == '|' ? "', '" : c);
	snprintf(out + n, size - n, "')");
}

/* The words that a table takes are those of the catalogue. */
static void test_choices(void **state)
{
	int checked = 0;
	(void)state;
	for (int kind = 0; kind < REC_COUNT; kind++) {
		const struct record *r = record_of((enum record_kind)kind);
		char table[64], check[300];
		snprintf(table, sizeof(table), "CREATE TABLE %s (", r->table);
		for (int i = 0; i < r->count; i++) {
			if (r->fields[i].type != FT_CHOICE)
				continue;
			const char *from = NULL;
			for (size_t v = 0; from == NULL && v < schema_current.n; v++)
				from = strstr(
					asset_find(schema_current.steps[v].asset)->text,
					table);
			assert_non_null(from);
			write_check(&r->fields[i], check, sizeof(check));
			const char *found = strstr(from, check);
			if (found == NULL || found > strstr(from, ") STRICT"))
				fail_msg("%s: no CHECK (%s)", r->table, check);
			checked++;
		}
	}
	assert_int_equal(checked, 9);
}

static void test_signal_kinds(void **state)
{
	(void)state;
	struct store *s = help_open("kinds");
	for (int i = 0; i < SIG_KNOWN; i++) {
		uint32_t id;
		MUST(s->ops->find(s, REC_SIGNAL, text_of(known_signal_name[i]), &id, &e));
		assert_int_equal(id, i + 1);
	}
	s->ops->close(s);
}

/* Every list behind a screen or an export goes along an index: nothing is sorted. */
static void test_plans(void **state)
{
	(void)state;
	struct store *s = help_open("plans");
	for (int kind = 0; kind < REC_COUNT; kind++) {
		for (int use = SQL_FIND; use <= SQL_BY_ID; use++) {
			char sql[5000];
			sqlite3_stmt *q;
			if (kind == REC_SIGNAL ||
				(use == SQL_BY_ID && kind != REC_ACCOUNT))
				continue;
			snprintf(sql, sizeof(sql), "EXPLAIN QUERY PLAN %s",
				sql_text(db_of(s), (enum record_kind)kind,
					(enum sql_use)use));
			assert_int_equal(
				sqlite3_prepare_v2(db_of(s)->h, sql, -1, &q, NULL),
				SQLITE_OK);
			while (sqlite3_step(q) == SQLITE_ROW) {
				const char *step =
					(const char *)sqlite3_column_text(q, 3);
				/* the few rows of one account may be sorted */
				bool sorts = strstr(step, "TEMP B-TREE") != NULL &&
					     use != SQL_OF && use != SQL_FIND &&
					     strstr(step, "LAST TERM") == NULL;
				bool scans =
					use == SQL_FIND && strncmp(step, "SCAN", 4) == 0;
				if (sorts || scans)
					fail_msg("%s\n%s", sql, step);
			}
			sqlite3_finalize(q);
		}
	}
	s->ops->close(s);
}

static void write_asset(const char *src, const char *name, const char *text)
{
	char path[512];
	FILE *f;
	snprintf(path, sizeof(path), "%s/assets/%s", src, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* What a book is compared with is what the steps make: else `make update-schema`. */
static void test_whole(void **state)
{
	const struct schema anew = { .steps = schema_current.steps,
		.n = schema_current.n };
	const char *src = getenv("TIERDESK_UPDATE_SCHEMA");
	char *made[SCHEMA_PARTS];
	struct store *s;
	(void)state;
	MUST(open_book(help_path("whole"), &create, &anew, &s, &e));
	MUST(schema_whole_write(db_of(s), made, &e));
	for (int i = 0; i < SCHEMA_PARTS; i++) {
		const char *name = schema_current.whole[i];
		if (src != NULL)
			write_asset(src, name, made[i]);
		else if (strcmp(made[i], asset_find(name)->text) != 0)
			fail_msg("%s is stale: make update-schema", name);
		sqlite3_free(made[i]);
	}
	s->ops->close(s);
}

/* ---- what a book is compared with ---- */

/* Refused with that sentence, whether the program has the schema's text or makes it. */
static void is_refused(const char *name, const char *said)
{
	const struct schema anew = { .steps = schema_current.steps,
		.n = schema_current.n };
	struct err failure = { .text = "" };
	char text[ERR_TEXT_MAX], want[200];
	struct store *s;
	assert_int_equal(help_try(name, create, text), ST_UNOPENED);
	snprintf(want, sizeof(want),
		"%s: schema: %s: changed by another program; restore a backup",
		help_path(name), said);
	assert_string_equal(text, want);
	assert_int_equal(
		open_book(help_path(name), &create, &anew, &s, &failure), ST_UNOPENED);
	assert_string_equal(failure.text, want);
}

/* Whoever changes the rules is told of at the next opening, and at the next begin. */
static void test_changed_schema(void **state)
{
	static const struct {
		const char *sql, *said;
	} changes[] = {
		{ "DROP TRIGGER tier_roster_change",
			"trigger tier_roster_change is missing" },
		{ "DROP TRIGGER book_update", "trigger book_update is missing" },
		{ "DROP TRIGGER book_delete;"
		  "CREATE TRIGGER book_delete BEFORE DELETE ON book BEGIN SELECT 1; END",
			"trigger book_delete was changed" },
		{ "DROP INDEX ticket_day; CREATE INDEX ticket_day ON ticket(account)",
			"index ticket_day was changed" },
		{ "DROP VIEW active_base; CREATE VIEW active_base(n) AS SELECT 1",
			"view active_base was changed" },
		{ "ALTER TABLE csm RENAME COLUMN name TO named",
			"table csm was changed" },
		{ "DROP VIEW account_tier", "view account_tier is missing" },
		{ "DROP VIEW account_tier; CREATE TABLE account_tier(account)",
			"table account_tier was changed" },
		{ "DROP INDEX ticket_day", "index ticket_day is missing" },
		{ "CREATE TABLE notes(x)", "table notes does not belong to a book" },
		{ "CREATE TRIGGER t AFTER INSERT ON account BEGIN SELECT 1; END",
			"trigger t does not belong to a book" },
		{ "ALTER TABLE csm ADD COLUMN x TEXT", "table csm was changed" },
		{ "CREATE VIEW v AS SELECT 1", "view v does not belong to a book" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		char name[32];
		snprintf(name, sizeof(name), "schema%zu", i);
		struct store *s = help_open(name);
		assert_int_equal(help_sql(name, changes[i].sql), SQLITE_OK);
		assert_int_equal(s->ops->begin(s, NULL), ST_UNOPENED);
		s->ops->close(s);
		is_refused(name, changes[i].said);
	}
}

/* As SQLite's own, or two in a row, of which SQLite runs the first. */
static void test_disguised_schema(void **state)
{
	static const struct {
		const char *sql, *said;
	} rows[] = {
		{ "UPDATE sqlite_schema SET name = 'sqlite_t',"
		  " sql = replace(sql, 'TRIGGER t', 'TRIGGER sqlite_t')"
		  " WHERE name = 't'",
			"trigger sqlite_t does not belong to a book" },
		{ "DELETE FROM sqlite_schema WHERE name = 't';"
		  "UPDATE sqlite_schema SET name = 'sqlite_day',"
		  " sql = replace(sql, 'ticket_day', 'sqlite_day')"
		  " WHERE name = 'ticket_day'",
			"index sqlite_day does not belong to a book" },
		{ "DELETE FROM sqlite_schema WHERE name = 't';"
		  "UPDATE sqlite_schema SET sql = sql || ';' || char(10, 10)"
		  " || '-- trigger book_update' || char(10) || (SELECT sql"
		  " FROM sqlite_schema WHERE name = 'book_update')"
		  " WHERE name = 'book_insert';"
		  "DELETE FROM sqlite_schema WHERE name = 'book_update'",
			"trigger book_insert was changed" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char name[32], sql[600];
		snprintf(name, sizeof(name), "disguised%zu", i);
		struct store *s = help_open(name);
		s->ops->close(s);
		snprintf(sql, sizeof(sql),
			"CREATE TRIGGER t AFTER INSERT ON note BEGIN SELECT 1; END;"
			"PRAGMA writable_schema = ON; %s",
			rows[i].sql);
		assert_int_equal(help_sql(name, sql), SQLITE_OK);
		is_refused(name, rows[i].said);
	}
}

/* Statistics that a client had SQLite make are no change. */
static void test_analyzed(void **state)
{
	(void)state;
	struct store *s = help_open("analyzed");
	s->ops->close(s);
	assert_int_equal(help_sql("analyzed", "ANALYZE; VACUUM"), SQLITE_OK);
	assert_int_equal(
		help_int("analyzed",
			"SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_stat1'"),
		1);
	assert_int_equal(help_try("analyzed", create, NULL), ST_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns_are_fields),
		cmocka_unit_test(test_choices),
		cmocka_unit_test(test_signal_kinds),
		cmocka_unit_test(test_plans),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_changed_schema),
		cmocka_unit_test(test_disguised_schema),
		cmocka_unit_test(test_analyzed),
	};
	if (getenv("TIERDESK_UPDATE_SCHEMA"))
		cmocka_set_test_filter("test_whole");
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
