/* Opening: which files are taken, and with which protections. */
#include "db/open.h"
#include "db/schema.h"
#include "tests/unit/test_db_help.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static const struct db_options create = { .create = true };

static void test_created_for_its_owner(void **state)
{
	struct stat st;
	(void)state;
	mode_t mask = umask(0);
	struct store *s = help_open("new");
	umask(mask);
	assert_int_equal(stat(help_path("new"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	s->ops->close(s);
	assert_int_equal(help_int("new", "PRAGMA application_id"), DB_APPLICATION_ID);
	assert_int_equal(help_int("new", "PRAGMA user_version"), schema_current.n);
	assert_int_equal(help_try("new", (struct db_options){ 0 }, NULL), ST_OK);
}

static void test_missing(void **state)
{
	char text[ERR_TEXT_MAX];
	(void)state;
	assert_int_equal(help_try("none", (struct db_options){ 0 }, text), ST_NOTFOUND);
	assert_non_null(strstr(text, "init"));
	assert_int_equal(access(help_path("none"), F_OK), -1);
	assert_int_equal(help_try("a/b/book", create, NULL), ST_IO);
	struct db_options deep = { .create = true, .make_dirs = true };
	assert_int_equal(help_try("a/b/book", deep, NULL), ST_OK);
	struct stat st;
	assert_int_equal(stat(help_path("a/b"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
}

/* Files that are no book: the status, and that nothing was written into them. */
static void test_not_a_book(void **state)
{
	static const struct {
		const char *name, *sql;
		enum status expected;
	} rows[] = {
		{ "foreign", "CREATE TABLE t(x)", ST_UNOPENED },
		{ "foreign-id", "PRAGMA application_id = 1; CREATE TABLE t(x)",
			ST_UNOPENED },
		{ "newer",
			"PRAGMA application_id = 0x54444B31; PRAGMA user_version = 9999;",
			ST_UNOPENED },
		{ "unversioned", "PRAGMA application_id = 0x54444B31;", ST_UNOPENED },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[ERR_TEXT_MAX];
		assert_int_equal(help_sql(rows[i].name, rows[i].sql), SQLITE_OK);
		assert_int_equal(help_try(rows[i].name, create, text), rows[i].expected);
		assert_true(strlen(text) > strlen(help_path(rows[i].name)) + 10);
		assert_int_equal(
			help_int(rows[i].name, "SELECT count(*) FROM sqlite_schema"
					       " WHERE name = 'account'"),
			0);
	}
	help_write_file("text", "account_id,name\n1,Acme\n", 23);
	assert_int_equal(help_try("text", create, NULL), ST_UNOPENED);
	help_write_file("empty", "", 0);
	assert_int_equal(help_try("empty", (struct db_options){ 0 }, NULL), ST_UNOPENED);
	assert_int_equal(help_try("empty", create, NULL), ST_OK);
	assert_int_equal(help_try(".", create, NULL), ST_UNOPENED);
}

static void test_damaged(void **state)
{
	(void)state;
	struct store *s = help_open("damaged");
	s->ops->close(s);
	struct stat st;
	assert_int_equal(stat(help_path("damaged"), &st), 0);
	int fd = open(help_path("damaged"), O_RDWR);
	assert_true(fd >= 0);
	static const char zeroes[4096];
	for (off_t at = 4096; at < st.st_size; at += (off_t)sizeof(zeroes))
		assert_int_equal(pwrite(fd, zeroes, sizeof(zeroes), at), sizeof(zeroes));
	close(fd);
	enum status found = help_try("damaged", create, NULL);
	assert_true(found == ST_CORRUPT || found == ST_UNOPENED);
	assert_int_equal(truncate(help_path("damaged"), 1000), 0);
	assert_int_not_equal(help_try("damaged", create, NULL), ST_OK);
}

static void test_links(void **state)
{
	(void)state;
	struct store *s = help_open("one");
	s->ops->close(s);
	assert_int_equal(symlink(help_path("one"), help_path("soft")), 0);
	assert_int_equal(help_try("soft", create, NULL), ST_OK);
	assert_int_equal(link(help_path("one"), help_path("hard")), 0);
	char text[ERR_TEXT_MAX];
	assert_int_equal(help_try("one", create, text), ST_UNOPENED);
	assert_non_null(strstr(text, "hard link"));
	assert_int_equal(symlink(help_path("nowhere"), help_path("dangling")), 0);
	assert_int_not_equal(help_try("dangling", create, NULL), ST_OK);
	assert_int_equal(access(help_path("nowhere"), F_OK), -1);
}

static int64_t pragma(struct store *s, const char *sql)
{
	int64_t value = -1;
	MUST(stmt_query_int(db_of(s), sql, -1, &value, &e));
	return value;
}

static void test_protections(void **state)
{
	static const struct {
		const char *sql;
		int expected;
	} settings[] = {
		{ "PRAGMA synchronous", 2 },
		{ "PRAGMA foreign_keys", 1 },
		{ "PRAGMA trusted_schema", 0 },
		{ "PRAGMA cell_size_check", 1 },
		{ "PRAGMA temp_store", 2 },
		{ "PRAGMA cache_size", -128 },
		{ "PRAGMA mmap_size", 0 },
		{ "SELECT journal_mode = 'truncate' FROM pragma_journal_mode", 1 },
	};
	static const struct {
		int option, expected;
	} switches[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	};
	(void)state;
	struct store *s = help_open("protected");
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (pragma(s, settings[i].sql) != settings[i].expected)
			fail_msg("%s: %d", settings[i].sql,
				(int)pragma(s, settings[i].sql));
	for (size_t i = 0; i < sizeof(switches) / sizeof(switches[0]); i++) {
		int now = -1;
		sqlite3_db_config(db_of(s)->h, switches[i].option, -1, &now);
		assert_int_equal(now, switches[i].expected);
	}
	assert_int_equal(sqlite3_limit(db_of(s)->h, SQLITE_LIMIT_ATTACHED, -1), 0);
	assert_int_not_equal(stmt_exec(db_of(s), "ATTACH ':memory:' AS x", NULL), ST_OK);
	assert_int_not_equal(
		stmt_exec(db_of(s), "DELETE FROM sqlite_schema WHERE name = 'x'", NULL),
		ST_OK);
	s->ops->close(s);
}

static void test_read_only(void **state)
{
	struct book_info info;
	(void)state;
	struct store *s = help_open("fixed");
	rows_add_accounts(s, 3);
	s->ops->close(s);
	struct db_options reading = { .read_only = true };
	MUST(db_open(help_path("fixed"), &reading, &s, &e));
	MUST(s->ops->info(s, &info, &e));
	assert_true(info.read_only);
	assert_int_equal(info.last_id, 3);
	assert_int_equal(s->ops->begin(s, NULL), ST_FORBIDDEN);
	s->ops->close(s);
}

/* Root may write everywhere: then there is nothing to see. */
static void test_no_permission(void **state)
{
	struct book_info info;
	(void)state;
	if (geteuid() == 0) {
		print_message("running as root: permissions do not bind\n");
		skip();
	}
	struct store *s = help_open("guarded");
	s->ops->close(s);
	assert_int_equal(chmod(help_path("guarded"), 0400), 0);
	MUST(db_open(help_path("guarded"), &create, &s, &e));
	MUST(s->ops->info(s, &info, &e));
	assert_true(info.read_only);
	s->ops->close(s);
	assert_int_equal(chmod(help_path("guarded"), 0), 0);
	assert_int_not_equal(help_try("guarded", create, NULL), ST_OK);
}

static void test_replaced_under_us(void **state)
{
	(void)state;
	struct store *s = help_open("moved");
	assert_int_equal(rename(help_path("moved"), help_path("elsewhere")), 0);
	assert_int_equal(s->ops->begin(s, NULL), ST_UNOPENED);
	struct store *other = help_open("moved");
	assert_int_equal(s->ops->begin(s, NULL), ST_UNOPENED);
	other->ops->close(other);
	s->ops->close(s);
}

static void test_in_use(void **state)
{
	struct err why = { .text = "" };
	(void)state;
	struct store *a = help_open("shared"), *b = help_open("shared");
	MUST(a->ops->begin(a, &e));
	assert_int_equal(b->ops->begin(b, &why), ST_UNOPENED);
	assert_non_null(strstr(why.text, "in use"));
	a->ops->rollback(a);
	MUST(b->ops->begin(b, &e));
	b->ops->rollback(b);
	a->ops->close(a);
	b->ops->close(b);
}

/* Who only looks whether something changed waits for nobody, however long one writes. */
static void test_looking_while_one_writes(void **state)
{
	const struct db_options patient = { .busy_ms = 3600000 };
	int64_t before, during, after;
	(void)state;
	struct store *a = help_open("looked"), *b;
	MUST(db_open(help_path("looked"), &patient, &b, &e));
	MUST(b->ops->data_version(b, &before, &e));
	MUST(stmt_exec(db_of(a), "BEGIN EXCLUSIVE", &e));
	MUST(stmt_exec(db_of(a), "UPDATE book SET last_id = last_id + 1", &e));
	assert_int_not_equal(help_sql("looked", "SELECT last_id FROM book"), SQLITE_OK);
	alarm(60); /* or the test would hang */
	MUST(b->ops->data_version(b, &during, &e));
	alarm(0);
	assert_int_equal(during, before);
	MUST(stmt_exec(db_of(a), "COMMIT", &e));
	MUST(b->ops->data_version(b, &after, &e));
	assert_int_not_equal(after, before);
	a->ops->close(a);
	b->ops->close(b);
}

/* A backup was put in its place: who goes on looking is not to take the old one for it.
 */
static void test_looking_at_what_was_replaced(void **state)
{
	struct err why = { .text = "" };
	int64_t version;
	(void)state;
	struct store *a = help_open("before"), *b = help_open("in its place");
	MUST(a->ops->data_version(a, &version, &e));
	b->ops->close(b);
	assert_int_equal(rename(help_path("in its place"), help_path("before")), 0);
	assert_int_equal(a->ops->data_version(a, &version, &why), ST_UNOPENED);
	assert_non_null(strstr(why.text, "replaced"));
	a->ops->close(a);
	a = help_open("before");
	MUST(a->ops->data_version(a, &version, &e));
	a->ops->close(a);
}

/* Whoever waited longer for the lock asks for it more often, but for who just came. */
static void test_waiting(void **state)
{
	int64_t last = open_wait_us(5000);
	(void)state;
	assert_true(open_wait_us(0) <= 1000); /* one change of one person is soon over */
	for (int64_t waited = 10000; waited < 15000000; waited *= 2) {
		const int64_t us = open_wait_us(waited);
		assert_true(us > 0 && us <= last);
		last = us;
	}
	assert_true(open_wait_us(100000) >= 2 * open_wait_us(200000));
	assert_true(open_wait_us(100000) >= 10 * open_wait_us(1000000));
}

/* Somebody who writes while a book is verified, what would be found if it were seen. */
struct beside {
	int found, wrote, refused;
};

static void change_meanwhile(void *arg, const char *text)
{
	struct beside *b = arg;
	(void)text;
	const int code = help_sql("still", "UPDATE csm SET id = id + 100");
	b->found++;
	b->wrote += code == SQLITE_OK;
	b->refused += code == SQLITE_BUSY;
}

/* Verification is of one state, and nobody waits for it. */
static void test_verified_beside_a_writer(void **state)
{
	struct beside beside = { 0 };
	(void)state;
	struct store *s = help_open("still");
	rows_put(s, REC_ACCOUNT, "account_id=A|name=A|csm=Ann\n");
	assert_int_equal(help_verify(s).n, 0);
	assert_int_equal(chmod(help_path("still"), 0644), 0); /* the first finding */
	MUST(s->ops->verify(s, change_meanwhile, &beside, &e));
	assert_int_equal(beside.found, 1); /* not what was written then */
	assert_int_equal(beside.wrote, 1);
	help_no_leftovers();
	assert_int_equal(chmod(help_path("still"), 0600), 0);
	assert_true(help_verify(s).n > 0); /* the owner is not there */
	s->ops->close(s);
}

/* Where there is no room for a copy they wait, and what is verified is the same. */
static void test_verified_without_a_copy(void **state)
{
	struct beside beside = { 0 };
	struct rlimit limit, small;
	struct stat file;
	(void)state;
	struct store *s = help_open("still");
	const int found = help_verify(s).n;
	assert_int_equal(chmod(help_path("still"), 0644), 0);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(stat(help_path("still"), &file), 0);
	small = (struct rlimit){ (rlim_t)file.st_size - 1, limit.rlim_max };
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	MUST(s->ops->verify(s, change_meanwhile, &beside, &e));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
	assert_int_equal(beside.found, found + 1);
	assert_int_equal(beside.refused, found + 1);
	help_no_leftovers();
	s->ops->close(s);
}

static void test_cancelled(void **state)
{
	volatile sig_atomic_t cancel = 0;
	struct db_options options = { .create = true, .cancel = &cancel };
	struct store *s;
	struct help_findings f = { .n = 0 };
	(void)state;
	MUST(db_open(help_path("cancel"), &options, &s, &e));
	rows_add_accounts(s, 5000);
	cancel = 1;
	assert_int_equal(s->ops->verify(s, help_found, &f, NULL), ST_CANCELLED);
	cancel = 0;
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
}

/* A client that switched the CHECKs off, and arrays that are indexed by ids. */
static void test_ids_that_cannot_be(void **state)
{
	static const char *const ids[] = { "100000000", "4294967296" };
	(void)state;
	for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
		char name[32], sql[160], text[ERR_TEXT_MAX];
		snprintf(name, sizeof(name), "ids%zu", i);
		struct store *s = help_open(name);
		s->ops->close(s);
		snprintf(sql, sizeof(sql),
			"PRAGMA ignore_check_constraints = ON;"
			"INSERT INTO account(id, account_id) VALUES (%s, 'x')",
			ids[i]);
		(void)help_sql(name, sql);
		assert_int_equal(help_int(name, "SELECT count(*) FROM account"), 1);
		assert_int_equal(
			help_try(name, (struct db_options){ .create = false }, text),
			ST_CORRUPT);
		assert_non_null(strstr(text, ids[i]));
	}
}

/* The large page cache is for writing alone, also when somebody else was faster. */
static void test_cache(void **state)
{
	(void)state;
	struct store *a = help_open("cache"), *b = help_open("cache");
	int64_t pages = 0;
	MUST(a->ops->begin(a, &e));
	assert_int_not_equal(b->ops->begin(b, NULL), ST_OK);
	MUST(stmt_query_int(db_of(b), "PRAGMA cache_size", 0, &pages, &e));
	assert_int_equal(pages, -128);
	MUST(a->ops->commit(a, &e));
	MUST(stmt_query_int(db_of(a), "PRAGMA cache_size", 0, &pages, &e));
	assert_int_equal(pages, -128);
	a->ops->close(a);
	b->ops->close(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_created_for_its_owner),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_not_a_book),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_links),
		cmocka_unit_test(test_protections),
		cmocka_unit_test(test_read_only),
		cmocka_unit_test(test_no_permission),
		cmocka_unit_test(test_replaced_under_us),
		cmocka_unit_test(test_in_use),
		cmocka_unit_test(test_looking_while_one_writes),
		cmocka_unit_test(test_looking_at_what_was_replaced),
		cmocka_unit_test(test_waiting),
		cmocka_unit_test(test_verified_beside_a_writer),
		cmocka_unit_test(test_verified_without_a_copy),
		cmocka_unit_test(test_cancelled),
		cmocka_unit_test(test_ids_that_cannot_be),
		cmocka_unit_test(test_cache),
	};
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
