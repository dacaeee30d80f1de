/* The steps between versions of a book: what an older one had is there, holds and can be
 * taken back; what fails leaves it as it was. */
#include "tests/unit/test_db_help.h"

#include "core/change.h"
#include "db/copy.h"
#include "db/open.h"
#include "tests/support/rules.h"

/* The versions there are, and one after them. */
enum { STEPS_MAX = 32 };
static struct schema_step more_steps[STEPS_MAX], bad_steps[STEPS_MAX];
static const struct db_options create = { .create = true };
static struct schema first = { .steps = more_steps, .n = 1 },
		     next = { .steps = more_steps }, bad = { .steps = bad_steps };

static void add_a_version(void)
{
	const size_t n = schema_current.n;
	memcpy(more_steps, schema_current.steps, n * sizeof(*more_steps));
	memcpy(bad_steps, schema_current.steps, n * sizeof(*bad_steps));
	more_steps[n] = (struct schema_step){ (int)n + 1, NULL,
		"CREATE TABLE more(id INTEGER PRIMARY KEY, text TEXT) STRICT;\n"
		"INSERT INTO more(text) SELECT name FROM account;" };
	bad_steps[n] = (struct schema_step){ (int)n + 1, NULL,
		"CREATE TABLE more(id INTEGER PRIMARY KEY) STRICT; nonsense" };
	next.n = bad.n = n + 1;
}

/* Name of a book's copy from before its migration. */
static const char *copy_of(const char *name)
{
	static char copy[64];
	snprintf(copy, sizeof(copy), "%s.bak-v%d", name, (int)schema_current.n);
	return copy;
}

/* A book as a program of that version made it. */
static void make_of_version(const char *name, size_t version)
{
	const struct schema upto = { .steps = schema_current.steps, .n = version };
	struct store *s;
	MUST(open_book(help_path(name), &create, &upto, &s, &e));
	s->ops->close(s);
}

static void undo_last(struct book *b, const char *name)
{
	MUST(book_undo(b, help_int(name, "SELECT max(id) FROM operation"), &e));
}

static void test_migration(void **state)
{
	(void)state;
	struct store *s = help_open("old");
	rows_put(s, REC_ACCOUNT, "account_id=1|name=Acme\naccount_id=2|name=Bolt\n");
	s->ops->close(s);

	MUST(open_book(help_path("old"), &create, &next, &s, &e));
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
	assert_int_equal(help_int("old", "PRAGMA user_version"), next.n);
	assert_int_equal(help_int("old", "SELECT count(*) FROM more"), 2);
	/* the copy from before, still of the version before */
	assert_int_equal(
		help_int(copy_of("old"), "PRAGMA user_version"), schema_current.n);
	assert_int_equal(help_try(copy_of("old"), create, NULL), ST_OK);
	/* migrated and fresh: the same schema */
	MUST(open_book(help_path("fresh3"), &create, &next, &s, &e));
	s->ops->close(s);
	assert_int_equal(help_int("fresh3", "PRAGMA user_version"), next.n);
	assert_int_equal(access(help_path(copy_of("fresh3")), F_OK), -1);
	/* and this program does not touch what a newer one made */
	assert_int_equal(help_try("old", create, NULL), ST_UNOPENED);
}

/* Who opens the book while the copy from before is made: two programs that start after an
 * update. */
static const char *also_opened;

int mkstemp(char *path)
{
	const char *name = also_opened;
	const struct db_options options = { .busy_ms = 1 };
	struct store *s;
	also_opened = NULL;
	if (name != NULL &&
		open_book(help_path(name), &options, &next, &s, NULL) == ST_OK)
		s->ops->close(s);
	return mkstemps(path, 0);
}

static void test_two_that_migrate(void **state)
{
	struct store *s;
	(void)state;
	s = help_open("two");
	s->ops->close(s);
	also_opened = "two";
	MUST(open_book(help_path("two"), &create, &next, &s, &e));
	s->ops->close(s);
	assert_null(also_opened);
	assert_int_equal(help_int("two", "PRAGMA user_version"), next.n);
	assert_int_equal(
		help_int(copy_of("two"), "PRAGMA user_version"), schema_current.n);
}

/* A book of version 1 with something in it, as the first release left it. */
static void test_from_version_1(void **state)
{
	(void)state;
	struct store *s;
	make_of_version("v1", 1);
	assert_int_equal(
		help_sql("v1",
			"INSERT INTO csm(name) VALUES ('Ann');"
			"INSERT INTO account(account_id, name, csm, arr)"
			" VALUES ('1', 'Acme', 1, 100);"
			"INSERT INTO touch(account, date, kind) VALUES (1, 0, 'call');"
			"INSERT INTO tier_lock(account, until, reason)"
			" VALUES (1, 20000, 'board');"),
		SQLITE_OK);
	assert_int_equal(help_int("v1", "PRAGMA user_version"), 1);

	MUST(db_open(help_path("v1"), &create, &s, &e)); /* compares the schema, too */
	assert_int_equal(help_verify(s).n, 0);
	rows_are(s, REC_CSM, 0, "name=Ann\n");
	rows_are(s, REC_ACCOUNT, 0, "account_id=1|name=Acme|csm=Ann|arr=100\n");
	rows_are(s, REC_TOUCH, 0, "account_id=1|date=1970-01-01|kind=call\n");
	rows_are(s, REC_LOCK, 0, "account_id=1|until=2024-10-04|reason=board\n");
	rows_put(s, REC_NOTE, "account_id=1|date=2024-01-02|text=x\n");
	s->ops->close(s);
	assert_int_equal(help_int("v1", "PRAGMA user_version"), schema_current.n);
	assert_int_equal(help_int("v1.bak-v1", "PRAGMA user_version"), 1);
	assert_int_equal(help_int("v1.bak-v1", "SELECT count(*) FROM touch"), 1);
}

/* What the history knows of the rows of review: a review that was none before the tiers
 * had one, a move by hand after it, and its undoing; and a row of before the history. */
static void test_review_days_of_version_5(void **state)
{
	static const struct {
		int review;
		int64_t day; /* -1: none */
	} rows[] = { { 1, 20000 }, { 2, 20030 }, { 3, 20030 }, { 4, -1 } };
	struct store *s;
	(void)state;
	make_of_version("v5", 5);
	assert_int_equal(
		help_sql("v5",
			"INSERT INTO review(id, as_of, at, actor, policy_version, active,"
			" moves) VALUES (1, 20000, 0, '', 1, 1, 0),"
			" (2, 20030, 0, '', 1, 1, 0), (3, 20040, 0, '', 1, 1, 0),"
			" (4, 20050, 0, '', 1, 1, 0);"
			"INSERT INTO operation_tiers VALUES (1, NULL, 20030, x''),"
			" (2, 20030, 20030, x''), (3, 20030, NULL, x'');"
			"INSERT INTO operation(id, at, actor, step, title, changes, kind,"
			" subject) VALUES (1, 0, '', 'change', '', 0, 'review', 2),"
			" (2, 0, '', 'change', '', 0, 'hand', 3),"
			" (3, 0, '', 'undo', '', 0, 'review', 4);"),
		SQLITE_OK);
	MUST(db_open(help_path("v5"), &create, &s, &e)); /* compares the schema, too */
	s->ops->close(s);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char sql[80];
		snprintf(sql, sizeof(sql),
			"SELECT ifnull(review_day, -1) FROM review WHERE id = %d",
			rows[i].review);
		assert_int_equal(help_int("v5", sql), rows[i].day);
	}
}

/* A book of before accounts had a language, with a history that other programs made, and
 * a mirror of texts as it was: all is there, holds, can be taken back, and takes a
 * language. */
static void test_languages_from_version_11(void **state)
{
	struct store *s;
	struct book *b;
	(void)state;
	make_of_version("v11", 11);
	assert_int_equal(
		help_sql("v11",
			"INSERT INTO csm(name, regions) VALUES ('Ann', 'EU');"
			"INSERT INTO account(account_id, name, csm, tags)"
			" VALUES ('1', 'Acme', 1, 'vip');"
			"INSERT INTO account(account_id, segment) VALUES ('2', 'SMB');"
			"UPDATE writer SET at = 0;"
			"UPDATE account SET region = 'EU' WHERE id = 1;"
			"INSERT INTO mirror VALUES (100, 0, x'00'), (101, 0, x'00');"),
		SQLITE_OK);

	MUST(db_open(help_path("v11"), &create, &s, &e)); /* compares the schema, too */
	assert_int_equal(help_int("v11.bak-v11", "PRAGMA user_version"), 11);
	assert_int_equal(
		help_int("v11", "SELECT count(*) FROM mirror WHERE source = 101"), 0);
	rows_are(s, REC_CSM, 0, "name=Ann|regions=EU\n");
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=1|name=Acme|region=EU|csm=Ann|tags=vip\n"
		"account_id=2|segment=SMB\n");
	assert_true(help_int("v11", "SELECT count(*) FROM row_digest") > 0);
	b = rules_book(s, "2026-03-31", "Ann");
	undo_last(b, "v11");
	rows_are(s, REC_ACCOUNT, account_of(s, "1"),
		"account_id=1|name=Acme|csm=Ann|tags=vip\n");
	assert_int_equal(
		help_sql("v11", "UPDATE writer SET at = 0;"
				"UPDATE account SET language = 'German' WHERE id = 2;"
				"UPDATE csm SET languages = 'German;French'"),
		SQLITE_OK);
	rows_are(s, REC_ACCOUNT, account_of(s, "2"),
		"account_id=2|segment=SMB|language=German\n");
	rows_are(s, REC_CSM, 0, "name=Ann|regions=EU|languages=German;French\n");
	undo_last(b, "v11");
	rows_are(s, REC_ACCOUNT, account_of(s, "2"), "account_id=2|segment=SMB\n");
	rows_are(s, REC_CSM, 0, "name=Ann|regions=EU\n");
	assert_int_equal(help_verify(s).n, 0);
	book_free(&b);
}

/* Messages of before they said who started their play: they are as they came, can be
 * taken back, and what other programs do to those of today is told. */
static void test_messages_from_version_12(void **state)
{
	struct store *s;
	struct book *b;
	(void)state;
	make_of_version("v12", 12);
	assert_int_equal(
		help_sql("v12",
			"INSERT INTO account(account_id) VALUES ('1');"
			"UPDATE writer SET at = 0;"
			"INSERT INTO message(account, made_on, kind, subject, play)"
			" VALUES (1, 20000, 'customer', 'Hello', 'x');"),
		SQLITE_OK);

	MUST(db_open(help_path("v12"), &create, &s, &e)); /* compares the schema, too */
	rows_are(s, REC_MESSAGE, 0,
		"account_id=1|made_on=2024-10-04|kind=customer|subject=Hello|play=x\n");
	b = rules_book(s, "2026-03-31", "Ann");
	undo_last(b, "v12");
	rows_are(s, REC_MESSAGE, 0, "");
	rows_put(s, REC_MESSAGE,
		"account_id=1|made_on=2024-10-04|kind=customer|subject=Bye|actor=Ann\n");
	assert_int_equal(help_sql("v12", "UPDATE writer SET at = 0;"
					 "UPDATE message SET actor = 'Bo'"),
		SQLITE_OK);
	undo_last(b, "v12");
	rows_are(s, REC_MESSAGE, 0,
		"account_id=1|made_on=2024-10-04|kind=customer|subject=Bye|actor=Ann\n");
	assert_int_equal(help_verify(s).n, 0);
	book_free(&b);
}

/* What other programs did before updates were told from the views, and what they do then:
 * each is told and can be taken back. What was left of a statement that came to nothing
 * is no part of it. */
static void test_told_from_version_13(void **state)
{
	struct store *s;
	struct book *b;
	(void)state;
	make_of_version("v13", 13);
	assert_int_equal(
		help_sql("v13",
			"INSERT INTO account(account_id, name) VALUES ('1', 'Acme');"
			"INSERT INTO csm(name) VALUES ('Ann'), ('Bo');"
			"UPDATE writer SET at = 0;"
			"UPDATE account SET name = 'Acme II', arr = 500 WHERE id = 1;"
			"UPDATE OR IGNORE csm SET name = 'Bo' WHERE name = 'Ann';"),
		SQLITE_OK);

	MUST(db_open(help_path("v13"), &create, &s, &e)); /* compares the schema, too */
	b = rules_book(s, "2026-03-31", "Ann");
	undo_last(b, "v13");
	rows_are(s, REC_ACCOUNT, 0, "account_id=1|name=Acme\n");
	assert_int_equal(
		help_sql("v13", "UPDATE OR IGNORE csm SET name = 'Bo' WHERE name = 'Ann';"
				"UPDATE writer SET at = 0;"
				"UPDATE account SET name = NULL, csm = 1 WHERE id = 1;"
				"UPDATE csm SET id = 7, team = 'East' WHERE name = 'Bo';"
				"UPDATE csm SET team = team;"),
		SQLITE_OK);
	rows_are(s, REC_ACCOUNT, 0, "account_id=1|csm=Ann\n");
	assert_int_equal(help_int("v13", "SELECT count(*) FROM operation_change"
					 " WHERE operation = (SELECT max(id) FROM"
					 " operation)"),
		3); /* one changed, one left, one came */
	undo_last(b, "v13");
	rows_are(s, REC_ACCOUNT, 0, "account_id=1|name=Acme\n");
	rows_are(s, REC_CSM, 0, "name=Ann\nname=Bo\n");
	assert_int_equal(help_int("v13", "SELECT id FROM csm WHERE name = 'Bo'"), 2);
	assert_int_equal(help_verify(s).n, 0);
	book_free(&b);
}

/* An older program has the book open while a newer one brings it up to date: it must not
 * write any more, nor advise to put an old copy back. */
static void test_migrated_under_an_older_program(void **state)
{
	(void)state;
	struct store *old, *now;
	struct err said = { .text = "" };
	MUST(open_book(help_path("both"), &create, &first, &old, &e));
	MUST(db_open(help_path("both"), &create, &now, &e));
	now->ops->close(now);
	assert_int_equal(old->ops->begin(old, &said), ST_UNOPENED);
	assert_non_null(strstr(said.text, "update the program"));
	old->ops->close(old);
}

static void test_migration_that_fails(void **state)
{
	(void)state;
	struct store *s = help_open("kept");
	rows_add_accounts(s, 3);
	s->ops->close(s);
	assert_int_not_equal(
		open_book(help_path("kept"), &create, &bad, &s, NULL), ST_OK);
	assert_int_equal(help_int("kept", "PRAGMA user_version"), schema_current.n);
	assert_int_equal(help_try("kept", create, NULL), ST_OK);
	/* nothing half made from nothing either */
	assert_int_not_equal(
		open_book(help_path("never"), &create, &bad, &s, NULL), ST_OK);
	assert_int_equal(
		help_int("never",
			"SELECT count(*) FROM sqlite_schema WHERE name = 'more'"),
		0);
}

static void test_old_and_read_only(void **state)
{
	(void)state;
	struct store *s = help_open("archive");
	s->ops->close(s);
	struct db_options reading = { .read_only = true };
	assert_int_equal(
		open_book(help_path("archive"), &reading, &next, &s, NULL), ST_UNOPENED);
	assert_int_equal(help_int("archive", "PRAGMA user_version"), schema_current.n);
}

/* A copy from before the migration is put back by an undo and by a restore: as a book of
 * today, with all of its history. The file itself stays what it is. */
static void test_old_copies(void **state)
{
	struct operation o = { .actor = TEXT("Ann"), .title = TEXT("import"), .id = 1 };
	struct operation back = { .actor = TEXT("Bo"),
		.title = TEXT("back"),
		.step = STEP_UNDO,
		.id = 2,
		.reverses = 1 };
	struct arena a;
	struct store *s = help_open("keepsake");
	(void)state;
	arena_init(&a);
	rows_put(s, REC_ACCOUNT, "account_id=1|name=Acme\n");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->keep(s, o.id, &a, &o.backup, &e));
	rows_take(s, REC_ACCOUNT, PUT_OVERWRITE, ~0u, "account_id=2|name=Bolt\n");
	MUST(s->ops->history_save(s, &o, &e));
	MUST(s->ops->commit(s, &e));
	s->ops->close(s);

	MUST(open_book(help_path("keepsake"), &create, &next, &s, &e));
	rows_are(s, REC_ACCOUNT, 0, "account_id=1|name=Acme\naccount_id=2|name=Bolt\n");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->put_back(s, o.backup, &back, &e));
	rows_are(s, REC_ACCOUNT, 0, "account_id=1|name=Acme\n");
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
	assert_int_equal(help_int("keepsake", "PRAGMA user_version"), next.n);
	assert_int_equal(help_int("keepsake", "SELECT count(*) FROM operation_seal"), 2);
	assert_int_equal(help_int("keepsake", "SELECT count(*) FROM more"), 1);
	assert_int_equal(help_int("keepsake.before-1.db", "PRAGMA user_version"),
		schema_current.n);

	MUST(copy_restore(help_path(copy_of("keepsake")), help_path("again"), NULL, &next,
		NULL, &e));
	MUST(open_book(help_path("again"), NULL, &next, &s, &e));
	rows_are(s, REC_ACCOUNT, 0, "account_id=1|name=Acme\naccount_id=2|name=Bolt\n");
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
	assert_int_equal(
		help_int(copy_of("keepsake"), "PRAGMA user_version"), schema_current.n);
	help_no_leftovers();
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_migration),
		cmocka_unit_test(test_two_that_migrate),
		cmocka_unit_test(test_from_version_1),
		cmocka_unit_test(test_review_days_of_version_5),
		cmocka_unit_test(test_languages_from_version_11),
		cmocka_unit_test(test_messages_from_version_12),
		cmocka_unit_test(test_told_from_version_13),
		cmocka_unit_test(test_migrated_under_an_older_program),
		cmocka_unit_test(test_migration_that_fails),
		cmocka_unit_test(test_old_and_read_only),
		cmocka_unit_test(test_old_copies),
	};
	add_a_version();
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
