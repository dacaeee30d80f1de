/* People, accounts and tasks as other programs may leave them: what the book makes of it.
 */
#include "tests/unit/test_db_help.h"

#include "core/book_import.h"
#include "core/book_play_use.h"
#include "core/list.h"
#include "tests/support/importing.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* A column of anything else, taken for the owners of accounts. */
static void test_no_team(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *csv, *at;
	} imports[] = {
		{ REC_ACCOUNT, "account_id,csm\nA1,Ann\nA2,Somebody new\n",
			"f.csv:3:2: csm" },
		{ REC_CSM, "name\nAnn\nSomebody new\n", "f.csv:3:1: name" },
	};
	struct list_query q = { .all = true };
	struct list *list = NULL;
	struct import_result r;
	struct err why;
	(void)state;
	struct book *b = help_book("team");
	rows_put(book_store(b), REC_ACCOUNT, "account_id=A1|csm=Ann\n");
	assert_int_equal(
		help_sql("team", "INSERT INTO csm(id, name) VALUES (100000, 'Last')"),
		SQLITE_OK);
	for (size_t i = 0; i < LENGTH(imports); i++) {
		struct import_request request =
			importing_request(imports[i].kind, imports[i].csv);
		request.skip_bad = i == 1;
		why.text[0] = '\0';
		assert_int_equal(book_import(b, &request, &r, &why), ST_INVALID);
		if (strncmp(why.text, imports[i].at, strlen(imports[i].at)) != 0)
			fail_msg("%s", why.text);
		import_result_clear(&r);
	}
	assert_int_equal(help_int("team", "SELECT count(*) FROM csm"), 2);
	/* by another program */
	assert_int_equal(
		help_sql("team", "INSERT INTO csm(id, name) VALUES (100001, 'X');"
				 "UPDATE account SET csm = 100001"),
		SQLITE_OK);
	MUST(book_list(b, &q, &list, NULL, &e));
	assert_int_equal(list->n, 1);
	list_free(&list);
	book_free(&b);
}

/* Who is at the keyboard is looked for once, and again when another program wrote. */
static void test_me(void **state)
{
	static const struct {
		const char *sql, *me; /* NULL: the same one */
		uint32_t csm;
	} steps[] = {
		{ "SELECT 1", NULL, 1 },
		{ "SELECT 1", "bO", 2 },
		{ "SELECT 1", "Bo ", 0 },
		{ "INSERT INTO csm(id, name) VALUES (7, 'bo ')", NULL, 7 },
		{ "UPDATE csm SET name = 'x' WHERE id = 7", NULL, 0 },
		{ "SELECT 1", "X", 7 },
		{ "DELETE FROM csm WHERE id = 7", NULL, 0 },
	};
	struct book *b = help_book("me");

	(void)state;
	rows_put(book_store(b), REC_CSM, "name=Ann\nname=Bo\n");
	for (size_t i = 0; i < LENGTH(steps); i++) {
		assert_int_equal(help_sql("me", steps[i].sql), SQLITE_OK);
		if (steps[i].me)
			MUST(book_set_me(b, steps[i].me, &e));
		for (int again = 0; again < 2; again++) {
			uint32_t csm;

			MUST(book_my_csm(b, &csm, &e));
			if (csm != steps[i].csm)
				fail_msg("%zu: %u", i, csm);
		}
	}
	book_free(&b);
}

/* A task of an account that can't be is nobody's, and no way to shut the others out. */
static void test_task_of_nobody(void **state)
{
	struct book *b = help_book("nobody");
	struct play_uses u;

	(void)state;
	assert_int_equal(
		help_sql("nobody",
			"PRAGMA foreign_keys = OFF; INSERT INTO task(account, play, "
			"started_on, title, state, ended_on, step, alert) VALUES "
			"(4294967295, 'recovery-call', 19700, 'x', 'done', 19701, "
			"1, 1)"),
		SQLITE_OK);
	MUST(play_uses_of(b, 520, &u, &e));
	assert_int_equal(play_uses_find(&u, TEXT("recovery-call"))->use.alerts, 0);
	play_uses_clear(&u);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_task_of_nobody),
		cmocka_unit_test(test_no_team),
		cmocka_unit_test(test_me),
	};

	return cmocka_run_group_tests(tests, help_begin, help_end);
}
