/* Changes by hand on disk: walks as over the fake store, a history that stays. */
#include "tests/unit/test_db_help.h"

#include "core/book_import.h"
#include "core/change.h"
#include "tests/support/fake_store.h"
#include "tests/support/rules.h"
#include "tests/support/walking.h"

/* Both stores take the same walks, and are the same after each. */
static void test_walks(void **state)
{
	struct store *fake = fake_store_new();
	struct book *b = help_book("walks"), *model;
	const char *many = getenv("TIERDESK_WALKS"); /* make walks */
	const long walks = many ? strtol(many, NULL, 10) : 40;
	uint64_t seed = 11, same = 11;
	int changes = 0;

	(void)state;
	walking_fill(book_store(b));
	walking_fill(fake);
	model = rules_book(fake, HELP_DAY, "Ann");
	for (long i = 0; i < walks; i++) {
		changes += walking_walk(b, &seed, 6);
		(void)walking_walk(model, &same, 6);
		assert_true(seed == same);
		assert_true(walking_digest(book_store(b)) == walking_digest(fake));
	}
	assert_true(changes > walks); /* most of what is tried is taken */
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&model);
	book_free(&b);
}

static void name_account(struct book *b, const char *name)
{
	const struct cell cells[ACCOUNT_FIELDS] = { [F_NAME] =
							    CELL_OF_TEXT(text_of(name)) };
	const struct change c = { REC_ACCOUNT, 1, 1u << F_NAME, cells, NULL };

	MUST(book_change(b, &c, 1, "rename", "because", &e));
}

/* Who opens the book tomorrow takes back what was done today. */
static void test_survives(void **state)
{
	struct book *b = help_book("survives");
	uint64_t before;

	(void)state;
	walking_fill(book_store(b));
	before = walking_digest(book_store(b));
	name_account(b, "New");
	MUST(book_assign(b, (uint32_t[]){ 1, 2, 3 }, 3, 2, NULL, NULL, &e));
	book_free(&b);
	b = help_book("survives");
	MUST(book_undo(b, 2, &e));
	MUST(book_undo(b, 1, &e));
	assert_true(walking_digest(book_store(b)) == before);
	book_free(&b);
}

#define COLUMNS "id, at, actor, step, title, reason, reverses, account, changes"

/* Any client can read it, and none can change it. */
static void test_history_stays(void **state)
{
	static const char *const tries[] = {
		"UPDATE operation SET actor = 'x'",
		"UPDATE operation_change SET after = NULL",
		"DELETE FROM operation WHERE id = 2",
		"DELETE FROM operation_change",
		"INSERT OR REPLACE INTO operation(" COLUMNS ") VALUES"
		" (1, 0, 'x', 'change', 't', NULL, NULL, NULL, 0)",
		"INSERT OR REPLACE INTO operation(" COLUMNS ") VALUES"
		" (9, 0, 'x', 'undo', 't', NULL, 1, NULL, 0)",
		("INSERT OR REPLACE INTO operation_change VALUES"
		 " (1, 1, 'account', 1, 1, NULL, NULL)"),
		"INSERT INTO operation_change VALUES (1, 9, 'account', 1, 1, NULL, NULL)",
		"INSERT INTO operation_tiers VALUES (1, NULL, NULL, x'')",
	};
	struct book *b = help_book("stays");

	(void)state;
	walking_fill(book_store(b));
	name_account(b, "New");
	MUST(book_undo(b, 1, &e));
	book_free(&b);
	for (size_t i = 0; i < sizeof(tries) / sizeof(tries[0]); i++)
		if (help_sql("stays", tries[i]) == SQLITE_OK)
			fail_msg("%s", tries[i]);
	assert_int_equal(
		help_int("stays", "SELECT count(*) FROM history WHERE operation = 1"
				  " AND account_id = 'A1' AND actor = 'Ann'"
				  " AND title = 'rename' AND reason = 'because'"
				  " AND before = '{\"name\":\"Acme\"}'"
				  " AND after ->> 'name' = 'New'"),
		1);
	assert_int_equal(
		help_int("stays", "SELECT reverses FROM operation WHERE id = 2"), 1);
}

/* The id of a row that was removed is not given to another one. */
static void test_ids_are_not_given_twice(void **state)
{
	struct book *b = help_book("ids");
	struct store *s = book_store(b);
	const struct change gone = { .kind = REC_TOUCH, .row = 3 };

	(void)state;
	walking_fill(s);
	MUST(book_change(b, &gone, 1, "remove", NULL, &e)); /* the last one */
	rows_put(s, REC_TOUCH, "account_id=A3|date=2024-01-01|kind=mail");
	MUST(book_undo(b, 1, &e));
	rows_are(s, REC_TOUCH, 3, "account_id=A3|date=2024-01-01|kind=mail\n");
	rows_are(s, REC_TOUCH, 2,
		"account_id=A2|date=2024-02-29|two_way=1|minutes=30.5\n");
	book_free(&b);
}

static enum status import_of(struct book *b, const char *csv)
{
	struct import_request q = { .kind = REC_ACCOUNT,
		.bytes = csv,
		.size = strlen(csv),
		.name = "in/customers.csv",
		.as_of = book_as_of(b) };
	struct import_result r;
	enum status st;

	memcpy(q.cap_bp, book_policy(b)->cap_bp, sizeof(q.cap_bp));
	st = book_import(b, &q, &r, NULL);
	import_result_clear(&r);
	return st;
}

/* The caps follow accounts that go with an import that is taken back, and come again with
 * it: 10 % of 20 are two, of 19 one; also where nothing is said of tiers. */
static void test_caps_follow(void **state)
{
	static const char *const files[] = { "account_id,tier\nN1,3\n",
		"account_id\nN1\n" };
	static const char sql[] = "SELECT places FROM tier_cap WHERE tier = 1";

	(void)state;
	for (int i = 0; i < 2; i++) {
		const char *const name = i ? "caps-alone" : "caps";
		struct store *s = help_open(name);
		struct review r;
		struct book *b;
		int64_t last;

		rows_add_accounts(s, 19);
		b = rules_book(s, HELP_DAY, "Ann");
		MUST(book_review(b, true, &r, &e));
		review_clear(&r);
		assert_int_equal(import_of(b, files[i]), ST_OK);
		MUST(s->ops->history_last(s, &last, &e));
		MUST(book_undo(b, last, &e));
		assert_int_equal(help_int(name, sql), 1);
		MUST(book_undo(b, last + 1, &e));
		assert_int_equal(help_int(name, sql), 2);
		assert_int_equal(help_verify(s).n, 0);
		book_free(&b);
	}
}

/* Entries that another program damaged are told, not believed. */
static void test_damage(void **state)
{
	static const char *const rows[] = {
		"UPDATE operation_change SET before = '{\"name\":'",
		"UPDATE operation_change SET before = '{\"nickname\":\"x\"}'",
		"UPDATE operation_change SET before = '{\"name\":7}'",
		"UPDATE operation_change SET before = '[1, 2]'",
		"UPDATE operation_change SET kind = 'nonsense'",
		"UPDATE operation_change SET before = NULL, after = NULL",
		"DELETE FROM operation_change",
		"DELETE FROM operation",
		"UPDATE operation SET account = 99",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char name[16];
		snprintf(name, sizeof(name), "damage%d", (int)i);
		struct book *b = help_book(name);
		walking_fill(book_store(b));
		name_account(b, "New");
		assert_int_equal(help_verify(book_store(b)).n, 0);
		/* behind the triggers, as only damage can */
		MUST(stmt_exec(db_of(book_store(b)), "PRAGMA foreign_keys = OFF", &e));
		MUST(stmt_exec(db_of(book_store(b)),
			"DROP TRIGGER operation_change_update", &e));
		MUST(stmt_exec(db_of(book_store(b)),
			"DROP TRIGGER operation_change_delete", &e));
		MUST(stmt_exec(
			db_of(book_store(b)), "DROP TRIGGER operation_update", &e));
		MUST(stmt_exec(
			db_of(book_store(b)), "DROP TRIGGER operation_delete", &e));
		MUST(stmt_exec(db_of(book_store(b)), rows[i], &e));
		/* four triggers are missing, and something else is wrong */
		if (help_verify(book_store(b)).n < 5)
			fail_msg("not found: %s", rows[i]);
		book_free(&b);
	}
}

/* Many rows: one statement each for reading, writing and the entry, prepared once. */
static void test_many(void **state)
{
	enum { MANY = 20000 };
	struct book *b = help_book("many");
	uint32_t *ids = malloc(MANY * sizeof(*ids));
	int statements = 0;

	(void)state;
	assert_non_null(ids);
	rows_add_accounts(book_store(b), MANY);
	rows_put(book_store(b), REC_CSM, "name=Ann\n");
	for (uint32_t i = 0; i < MANY; i++)
		ids[i] = i + 1;
	MUST(book_assign(b, ids, MANY, 1, NULL, NULL, &e));
	for (sqlite3_stmt *h = sqlite3_next_stmt(db_of(book_store(b))->h, NULL); h;
		h = sqlite3_next_stmt(db_of(book_store(b))->h, h))
		statements++;
	assert_true(statements < 100);
	MUST(book_undo(b, 1, &e));
	book_free(&b);
	assert_int_equal(
		help_int("many", "SELECT changes FROM operation WHERE id = 2"), MANY);
	assert_int_equal(
		help_int("many", "SELECT count(*) FROM account WHERE csm IS NOT NULL"),
		0);
	free(ids);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_walks),
		cmocka_unit_test(test_survives),
		cmocka_unit_test(test_history_stays),
		cmocka_unit_test(test_ids_are_not_given_twice),
		cmocka_unit_test(test_caps_follow),
		cmocka_unit_test(test_damage),
		cmocka_unit_test(test_many),
	};
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
