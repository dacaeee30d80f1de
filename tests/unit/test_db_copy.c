/* Backup and restore. */
#include "tests/unit/test_db_help.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "db/copy.h"

/* As on FAT, where a file has one name. */
static bool one_name;

int link(const char *from, const char *to)
{
	errno = EPERM;
	return one_name ? -1 : linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

static struct store *book(const char *name, uint32_t accounts)
{
	struct store *s = help_open(name);
	rows_add_accounts(s, accounts);
	return s;
}

static int64_t accounts(const char *name)
{
	return help_int(name, "SELECT count(*) FROM account");
}

static void test_backup(void **state)
{
	struct stat st;
	(void)state;
	struct store *s = book("a", 30);
	MUST(s->ops->backup(s, help_path("a.copy"), false, &e));
	assert_int_equal(stat(help_path("a.copy"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(accounts("a.copy"), 30);
	rows_put(s, REC_ACCOUNT, "account_id=more\n");
	struct err why;
	assert_int_equal(s->ops->backup(s, help_path("a.copy"), false, &why), ST_USAGE);
	assert_non_null(strstr(why.text, "exists"));
	assert_int_equal(accounts("a.copy"), 30);
	MUST(s->ops->backup(s, help_path("a.copy"), true, &e));
	assert_int_equal(accounts("a.copy"), 31);
	assert_int_equal(s->ops->backup(s, help_path("a"), true, NULL), ST_USAGE);
	assert_int_equal(s->ops->backup(s, help_path("no/such"), false, NULL), ST_IO);
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
	help_no_leftovers();
}

static void test_backup_without_links(void **state)
{
	struct err why;
	(void)state;
	struct store *s = book("w", 30);
	one_name = true;
	MUST(s->ops->backup(s, help_path("w.copy"), false, &e));
	assert_int_equal(accounts("w.copy"), 30);
	assert_int_equal(s->ops->backup(s, help_path("w.copy"), false, &why), ST_USAGE);
	assert_non_null(strstr(why.text, "exists"));
	help_write_file("taken", "precious", 8);
	assert_int_equal(
		temporary_take_name(help_path("w.copy"), help_path("taken")), -1);
	assert_int_equal(errno, EEXIST);
	assert_int_equal(accounts("w.copy"), 30);
	one_name = false;
	s->ops->close(s);
	help_no_leftovers();
}

/* A link at the target is replaced, what it leads to is left alone. */
static void test_backup_over_a_link(void **state)
{
	struct stat st;
	(void)state;
	struct store *s = book("l", 3);
	help_write_file("victim", "precious", 8);
	assert_int_equal(symlink(help_path("victim"), help_path("l.copy")), 0);
	assert_int_equal(s->ops->backup(s, help_path("l.copy"), false, NULL), ST_USAGE);
	MUST(s->ops->backup(s, help_path("l.copy"), true, &e));
	assert_int_equal(lstat(help_path("l.copy"), &st), 0);
	assert_true(S_ISREG(st.st_mode));
	assert_int_equal(stat(help_path("victim"), &st), 0);
	assert_int_equal(st.st_size, 8);
	s->ops->close(s);
}

/* The folder is reached through a link, as /home or /var may be. */
static void test_folder_through_a_link(void **state)
{
	(void)state;
	struct store *s = book("f", 30);
	assert_int_equal(mkdir(help_path("there"), 0700), 0);
	assert_int_equal(symlink(help_path("there"), help_path("link")), 0);
	MUST(s->ops->backup(s, help_path("link/f.copy"), false, &e));
	assert_int_equal(accounts("there/f.copy"), 30);
	assert_int_equal(
		s->ops->backup(s, help_path("link/f.copy"), false, NULL), ST_USAGE);
	MUST(s->ops->backup(s, help_path("link/f.copy"), true, &e));
	s->ops->close(s);
	MUST(db_restore(help_path("f"), help_path("link/new"), NULL, NULL, &e));
	assert_int_equal(accounts("there/new"), 30);
	MUST(db_restore(help_path("link/f.copy"), help_path("link/new"), NULL, NULL, &e));
	assert_int_equal(accounts("there/new.before-restore"), 30);
}

/* A journal beside the name would be played into the copy. */
static void test_backup_beside_a_journal(void **state)
{
	(void)state;
	struct store *s = book("j", 3);
	help_write_file("j.copy-journal", "leftover", 8);
	assert_int_equal(s->ops->backup(s, help_path("j.copy"), true, NULL), ST_UNOPENED);
	s->ops->close(s);
}

/* ---- somebody changes the book while it is copied ---- */

static sqlite3_vfs *plain, ours;
static sqlite3_io_methods watched;
static int (*unlock)(sqlite3_file *file, int level);
static struct store *writer; /* puts a row into the book when that is not locked */

static int unlocked(sqlite3_file *file, int level)
{
	struct store *s = writer;
	const int code = unlock(file, level);
	writer = NULL;
	if (s != NULL)
		rows_put(s, REC_ACCOUNT, "account_id=meanwhile\n");
	return code;
}

/* Of what is opened from now on, the book "m" is watched. */
static int open_watched(
	sqlite3_vfs *v, const char *name, sqlite3_file *file, int flags, int *out)
{
	(void)v;
	const int code = plain->xOpen(plain, name, file, flags, out);
	if (code != SQLITE_OK || name == NULL || strcmp(name, help_path("m")) != 0)
		return code;
	watched = *file->pMethods;
	unlock = watched.xUnlock;
	watched.xUnlock = unlocked;
	file->pMethods = &watched;
	return code;
}

static void test_backup_of_what_is_changed(void **state)
{
	(void)state;
	struct store *s = book("m", 30), *other = help_open("m");
	/* as large as takes more than one step */
	assert_int_equal(help_sql("m", "CREATE TABLE pad(x);"
				       "INSERT INTO pad VALUES (zeroblob(8000000));"
				       "DROP TABLE pad"),
		SQLITE_OK);
	s->ops->close(s);
	plain = sqlite3_vfs_find(NULL);
	ours = *plain;
	ours.zName = "watched";
	ours.pNext = NULL;
	ours.xOpen = open_watched;
	assert_int_equal(sqlite3_vfs_register(&ours, 1), SQLITE_OK);
	s = help_open("m");
	assert_int_equal(sqlite3_vfs_unregister(&ours), SQLITE_OK);
	assert_int_equal(sqlite3_vfs_register(plain, 1), SQLITE_OK);
	writer = other;
	MUST(s->ops->backup(s, help_path("m.copy"), false, &e));
	assert_null(writer);
	assert_int_equal(accounts("m"), 31);
	assert_int_equal(accounts("m.copy"), 30);
	s->ops->close(s);
	other->ops->close(other);
}

/* Somebody else holds the book for longer than we wait: no copy, not an empty one. */
static void test_backup_of_a_busy_book(void **state)
{
	struct err why;
	sqlite3 *other;
	(void)state;
	struct store *s = book("b", 30);
	MUST(s->ops->backup(s, help_path("b.copy"), false, &e));
	assert_int_equal(sqlite3_open(help_path("b"), &other), SQLITE_OK);
	assert_int_equal(
		sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(s->ops->backup(s, help_path("b.copy"), true, &why), ST_UNOPENED);
	assert_non_null(strstr(why.text, "/b: the book is in use"));
	sqlite3_close(other);
	s->ops->close(s);
	assert_int_equal(accounts("b.copy"), 30);
	help_no_leftovers();
}

static void test_restore(void **state)
{
	(void)state;
	struct store *s = book("r", 10);
	MUST(s->ops->backup(s, help_path("r.copy"), false, &e));
	rows_put(s, REC_ACCOUNT, "account_id=more\n");
	s->ops->close(s);
	MUST(db_restore(help_path("r.copy"), help_path("r"), NULL, NULL, &e));
	assert_int_equal(accounts("r"), 10);
	assert_int_equal(accounts("r.before-restore"), 11);
	MUST(db_restore(help_path("r.copy"), help_path("elsewhere"), NULL, NULL, &e));
	assert_int_equal(accounts("elsewhere"), 10);
	assert_int_equal(
		db_restore(help_path("r"), help_path("r"), NULL, NULL, NULL), ST_USAGE);
	help_no_leftovers();
}

/* A book was deleted while its journal stayed: it must not be played into another. */
static void test_restore_beside_a_journal(void **state)
{
	(void)state;
	struct store *s = book("k", 10);
	MUST(s->ops->backup(s, help_path("k.copy"), false, &e));
	s->ops->close(s);
	help_write_file("gone-journal", "leftover", 8);
	assert_int_equal(
		db_restore(help_path("k.copy"), help_path("gone"), NULL, NULL, NULL),
		ST_UNOPENED);
	assert_int_equal(access(help_path("gone"), F_OK), -1);
	help_no_leftovers();
}

static void test_restore_what_is_no_book(void **state)
{
	(void)state;
	struct store *s = book("n", 10);
	s->ops->close(s);
	help_write_file("text", "account_id,name\n1,Acme\n", 23);
	assert_int_equal(help_sql("other", "CREATE TABLE t(x)"), SQLITE_OK);
	assert_int_equal(db_restore(help_path("text"), help_path("n"), NULL, NULL, NULL),
		ST_UNOPENED);
	assert_int_equal(db_restore(help_path("other"), help_path("n"), NULL, NULL, NULL),
		ST_UNOPENED);
	assert_int_equal(db_restore(help_path("none"), help_path("n"), NULL, NULL, NULL),
		ST_NOTFOUND);
	assert_int_equal(accounts("n"), 10);
	assert_int_equal(access(help_path("n.before-restore"), F_OK), -1);
	help_no_leftovers();
}

static void test_restore_over_a_damaged_book(void **state)
{
	(void)state;
	struct store *s = book("good", 10);
	s->ops->close(s);
	help_write_file("bad", "this was a book once", 20);
	MUST(db_restore(help_path("good"), help_path("bad"), NULL, NULL, &e));
	assert_int_equal(accounts("bad"), 10);
	assert_int_equal(access(help_path("bad.before-restore"), F_OK), 0);
}

static void test_restore_while_in_use(void **state)
{
	struct db_options options = { .busy_ms = 30 };
	(void)state;
	struct store *s = book("busy", 10);
	MUST(s->ops->backup(s, help_path("busy.copy"), false, &e));
	MUST(s->ops->begin(s, &e));
	assert_int_equal(db_restore(help_path("busy.copy"), help_path("busy"), &options,
				 NULL, NULL),
		ST_UNOPENED);
	s->ops->rollback(s);
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
	help_no_leftovers();
}

/* What a process that was killed left goes with the next copy; what somebody still works
 * at stays, and so does what only looks like it. */
static void test_left_behind(void **state)
{
	(void)state;
	struct temporary held;
	struct store *s = book("l", 3);
	const struct {
		const char *name;
		bool goes;
	} files[] = {
		{ ".l.tierdesk.a1b2C3", true },
		{ ".l.tierdesk.a1b2C3-journal", true },
		{ ".l.before-7.db.tierdesk.a1b2C3", true },
		{ ".l.a1b2C3", false },
		{ ".l2.tierdesk.a1b2C3", false },
		{ "l.tierdesk.a1b2C3", false },
		{ ".l.tierdesk.a1b2C34", false },
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		help_write_file(files[i].name, "x", 1);
	assert_int_equal(mkdir(help_path(".l.tierdesk.folder"), 0700), 0);
	MUST(temporary_make(help_path("l"), &held, &e));
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(access(help_path(files[i].name), F_OK), -1);
	help_write_file(files[0].name, "x", 1); /* a copy with a name of its own */
	MUST(s->ops->backup(s, help_path("l.copy"), true, &e));
	assert_int_equal(access(help_path(files[0].name), F_OK), 0);
	MUST(copy_beside(db_of(s), ".before-8.db", &e));
	assert_int_equal(access(help_path(files[0].name), F_OK), -1);
	struct temporary again;
	MUST(temporary_make(help_path("l"), &again, &e));
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if ((access(help_path(files[i].name), F_OK) != 0) != files[i].goes)
			fail_msg("%s", files[i].name);
		unlink(help_path(files[i].name));
	}
	assert_int_equal(access(held.path, F_OK), 0);
	assert_int_equal(rmdir(help_path(".l.tierdesk.folder")), 0);
	temporary_end(&again);
	temporary_end(&held);
	s->ops->close(s);
	help_no_leftovers();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_backup),
		cmocka_unit_test(test_backup_without_links),
		cmocka_unit_test(test_backup_over_a_link),
		cmocka_unit_test(test_folder_through_a_link),
		cmocka_unit_test(test_backup_beside_a_journal),
		cmocka_unit_test(test_backup_of_what_is_changed),
		cmocka_unit_test(test_backup_of_a_busy_book),
		cmocka_unit_test(test_restore),
		cmocka_unit_test(test_restore_beside_a_journal),
		cmocka_unit_test(test_restore_what_is_no_book),
		cmocka_unit_test(test_restore_over_a_damaged_book),
		cmocka_unit_test(test_restore_while_in_use),
		cmocka_unit_test(test_left_behind),
	};
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
