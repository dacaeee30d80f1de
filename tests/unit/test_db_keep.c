/* Copies of the book from before an operation, and the way back to one. */
#include "core/change.h"
#include "tests/unit/test_db_help.h"

#include <errno.h>
#include <fcntl.h>

/* ---- a disk that fails ---- */

static int syncs, fails_at, fails_until; /* counted from 1 */

/* In the place of the C library's. */
int fsync(int fd)
{
	(void)fd;
	syncs++;
	errno = EIO;
	return syncs >= fails_at && syncs < fails_until ? -1 : 0;
}

int fdatasync(int fd)
{
	return fsync(fd);
}

/* From here on these syncs fail; (0, 0): none does. */
static void disk_fails(int at, int until)
{
	syncs = 0;
	fails_at = at;
	fails_until = until;
}

/* An import that keeps a copy and brings these rows of accounts; all but its commit. */
static void begin_import(struct store *s, const char *rows)
{
	struct operation o = { .actor = TEXT("Ann"), .title = text_of(rows) };
	struct arena a;

	arena_init(&a);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->history_last(s, &o.id, &e));
	o.id++;
	MUST(s->ops->keep(s, o.id, &a, &o.backup, &e));
	rows_take(s, REC_ACCOUNT, PUT_OVERWRITE, ALL_FIELDS, rows);
	MUST(s->ops->history_save(s, &o, &e));
	arena_clear(&a);
}

static void import(struct store *s, const char *rows)
{
	begin_import(s, rows);
	MUST(s->ops->commit(s, &e));
}

/* Something that no copy is kept of. */
static void enter(struct store *s)
{
	struct operation o = { .actor = TEXT("Ann"), .title = TEXT("entered") };

	MUST(s->ops->begin(s, &e));
	MUST(s->ops->history_last(s, &o.id, &e));
	o.id++;
	MUST(s->ops->history_save(s, &o, &e));
	MUST(s->ops->commit(s, &e));
}

static enum status undo(struct store *s, const char *book, int64_t operation)
{
	struct operation o = { .actor = TEXT("Bo"),
		.title = TEXT("back"),
		.step = STEP_UNDO,
		.reverses = operation };
	char name[64];
	enum status st;

	snprintf(name, sizeof(name), "%s.before-%d.db", book, (int)operation);
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->history_last(s, &o.id, &e));
	o.id++;
	st = s->ops->put_back(s, text_of(name), &o, NULL);
	if (st != ST_OK)
		s->ops->rollback(s);
	return st;
}

/* The number of a code, -1: it has none. */
static int64_t number_of(const char *book, const char *code)
{
	char sql[128];

	snprintf(sql, sizeof(sql),
		"SELECT coalesce((SELECT id FROM currency WHERE code = '%s'), -1)", code);
	return help_int(book, sql);
}

/* ---- what a connection remembers of the book that was replaced ---- */

static void test_currencies_of_one_who_undoes(void **state)
{
	(void)state;
	struct store *s = help_open("one");
	rows_add_accounts(s, 3);
	import(s, "account_id=A|arr=100|currency=XXA\n");
	assert_int_equal(number_of("one", "XXA"), 1);
	assert_int_equal(undo(s, "one", 1), ST_OK);
	assert_int_equal(number_of("one", "XXA"), -1);
	import(s, "account_id=A|arr=100|currency=XXA\n");
	assert_int_not_equal(number_of("one", "XXA"), -1);
	struct store *other = help_open("one");
	rows_put(other, REC_ACCOUNT, "account_id=B|arr=100|currency=ZZB\n");
	other->ops->close(other);
	assert_int_not_equal(number_of("one", "XXA"), number_of("one", "ZZB"));
	assert_int_equal(help_verify(s).n, 0);
	s->ops->close(s);
}

/* Another program undoes: who only looks on is not to go by what was. */
static void test_currencies_are_read_anew(void **state)
{
	const char(*codes)[4];
	uint32_t n;
	(void)state;
	struct store *s = help_open("two");
	rows_add_accounts(s, 3);
	import(s, "account_id=A|arr=100|currency=XXA\n");
	MUST(s->ops->currencies(s, &codes, &n, &e));
	struct store *other = help_open("two");
	assert_int_equal(undo(other, "two", 1), ST_OK);
	MUST(s->ops->currencies(s, &codes, &n, &e));
	assert_int_equal(n, 1);
	rows_put(other, REC_ACCOUNT, "account_id=B|arr=100|currency=ZZB\n");
	other->ops->close(other);
	MUST(s->ops->currencies(s, &codes, &n, &e));
	assert_string_equal(codes[1], "ZZB");
	s->ops->close(s);
}

/* ---- which copies stay, and which are put back ---- */

static bool there(const char *book, int operation)
{
	char name[64];

	snprintf(name, sizeof(name), "%s.before-%d.db", book, operation);
	return access(help_path(name), F_OK) == 0;
}

/* Left by a book that had this name before, or by the days after a backup that is in its
 * place: they are no reason to remove the one that was just made. */
static void test_copies_of_a_book_before(void **state)
{
	char name[64];
	(void)state;
	struct store *s = help_open("anew");
	for (int i = 0; i < 9; i++) {
		snprintf(name, sizeof(name), "anew.before-%d.db", 50 + i);
		help_write_file(name, "left", 4);
	}
	help_write_file("anew.before-50.db.mine", "left", 4);
	for (int i = 1; i <= 9; i++) {
		import(s, "account_id=A|arr=100\n");
		assert_true(there("anew", i));
	}
	for (int i = 1; i < 60; i++)
		assert_int_equal(there("anew", i), i >= 3 && i <= 9);
	assert_int_equal(access(help_path("anew.before-50.db.mine"), F_OK), 0);
	assert_int_equal(undo(s, "anew", 9), ST_OK);
	assert_int_equal(undo(s, "anew", 8), ST_OK);
	s->ops->close(s);
}

/* Left by programs that were killed before they committed: what was entered since had
 * those numbers. */
static void test_copies_of_the_killed(void **state)
{
	char name[64];
	(void)state;
	struct store *s = help_open("killed");
	for (int i = 1; i <= 20; i++) {
		snprintf(name, sizeof(name), "killed.before-%d.db", i);
		if (i % 2 == 0)
			help_write_file(name, "left", 4);
		if (i % 2 == 0)
			enter(s);
		else
			import(s, "account_id=A|arr=100\n");
	}
	import(s, "account_id=A|arr=100\n");
	for (int i = 1; i <= 21; i++)
		assert_int_equal(there("killed", i), i % 2 == 1 && i >= 9);
	s->ops->close(s);
}

/* Who imports while another one clears up. */
static struct store *importing;

DIR *opendir(const char *folder)
{
	struct store *s = importing;

	importing = NULL;
	if (s && s->ops->begin(s, NULL) == ST_OK) {
		s->ops->rollback(s);
		begin_import(s, "account_id=B|arr=100\n");
	}
	return fdopendir(open(folder, O_RDONLY | O_DIRECTORY));
}

static void test_copy_that_is_being_made(void **state)
{
	(void)state;
	struct store *s = help_open("busy"), *other = help_open("busy");
	begin_import(s, "account_id=A|arr=100\n");
	importing = other;
	MUST(s->ops->commit(s, &e));
	assert_null(importing);
	if (db_of(other)->writing)
		assert_true(there("busy", 2));
	else
		begin_import(other, "account_id=B|arr=100\n");
	MUST(other->ops->commit(other, &e));
	assert_int_equal(undo(s, "busy", 2), ST_OK);
	rows_are(s, REC_ACCOUNT, 0, "account_id=A|arr=100\n");
	s->ops->close(s);
	other->ops->close(other);
}

static void test_copy_of_another_book(void **state)
{
	(void)state;
	struct store *s = help_open("mine"), *other = help_open("other");
	import(s, "account_id=A|arr=100\n");
	import(s, "account_id=A|arr=200\n");
	import(other, "account_id=B|arr=100\n");
	import(other, "account_id=B|arr=200\n");
	assert_int_equal(
		rename(help_path("other.before-2.db"), help_path("mine.before-2.db")), 0);
	assert_int_equal(undo(s, "mine", 2), ST_FORBIDDEN);
	/* of the same one, from before something else */
	assert_int_equal(
		rename(help_path("mine.before-1.db"), help_path("mine.before-2.db")), 0);
	assert_int_equal(undo(s, "mine", 2), ST_FORBIDDEN);
	rows_are(s, REC_ACCOUNT, 0, "account_id=A|arr=200\n");
	s->ops->close(s);
	other->ops->close(other);
}

/* ---- what is said of a change that the disk did not take is so ---- */

struct failing {
	struct store *s;
	struct arena a;
	struct operation o;
	volatile sig_atomic_t changed;
};

/* All but its end. */
static void begin_failing(struct failing *f, enum operation_step step)
{
	const struct db_options options = {
		.create = true, .busy_ms = 50, .changed = &f->changed
	};

	*f = (struct failing){ .o = { .actor = TEXT("Ann"), .step = step } };
	MUST(db_open(help_path("fails"), &options, &f->s, &e));
	arena_init(&f->a);
	MUST(f->s->ops->begin(f->s, &e));
	MUST(f->s->ops->history_last(f->s, &f->o.id, &e));
	f->o.id++;
	MUST(f->s->ops->keep(f->s, f->o.id, &f->a, &f->o.backup, &e));
}

static enum status end_failing(struct failing *f, struct text back, struct err *e)
{
	if (f->o.step != STEP_CHANGE)
		return f->s->ops->put_back(f->s, back, &f->o, e);
	rows_take(f->s, REC_ACCOUNT, PUT_OVERWRITE, ALL_FIELDS, "account_id=A|arr=2\n");
	assert_int_equal(f->s->ops->history_save(f->s, &f->o, e), ST_OK);
	return f->s->ops->commit(f->s, e);
}

/* Fails at that sync, and maybe at all that follow; whether it came to that one. */
static bool fails_once(enum operation_step step, int at, bool for_ever, int *unsure)
{
	struct failing f;
	struct err why = { .text = "" };
	char name[64];
	enum status st;
	bool in, kept;

	import(f.s = help_open("fails"), "account_id=A|arr=1\n");
	f.s->ops->close(f.s);
	begin_failing(&f, step);
	f.o.reverses = f.o.id - 1;
	snprintf(name, sizeof(name), "fails.before-%d.db", (int)f.o.reverses);
	disk_fails(at, for_ever ? INT32_MAX : at + 1);
	st = end_failing(&f, text_of(name), &why);
	if (st != ST_OK)
		f.s->ops->rollback(f.s);
	const bool came = syncs >= at;
	f.s->ops->close(f.s);
	disk_fails(0, 0);

	snprintf(name, sizeof(name), "SELECT count(*) FROM operation WHERE id = %d",
		(int)f.o.id);
	in = help_int("fails", name) == 1;
	kept = there("fails", (int)f.o.id);
	arena_clear(&f.a);
	assert_true(kept || !in);
	if (strstr(why.text, "nothing was changed"))
		assert_true(st != ST_OK && f.changed == DB_UNCHANGED);
	assert_int_equal(
		strstr(why.text, "is not known") != NULL, f.changed == DB_UNSURE);
	assert_int_equal(f.changed == DB_CHANGED, st == ST_OK);
	if (f.changed == DB_UNCHANGED)
		assert_true(!in && !kept);
	if (f.changed == DB_UNSURE && in)
		(*unsure)++;
	return came;
}

static void test_a_disk_that_fails(void **state)
{
	static const enum operation_step steps[] = { STEP_CHANGE, STEP_UNDO };
	(void)state;
	for (int i = 0; i < 4; i++) {
		int at = 1, unsure = 0;

		while (fails_once(steps[i / 2], at, i % 2, &unsure))
			at++;
		assert_true(at > 3);
		assert_true(unsure > 0); /* the last one */
	}
}

/* The rules go back with the book: what is reckoned next is reckoned by those it has. */
static void test_policy_of_what_is_back(void **state)
{
	struct recalc_result sum;
	int32_t version;
	(void)state;
	struct book *b = help_book("rules");
	import(book_store(b), "account_id=A|name=Acme\n");
	MUST(book_policy_apply(b, "[revenue]\ndiverges = 6\n", "p", "", &version, &e));
	assert_int_equal(book_policy_version(b), 2);
	MUST(book_undo(b, 2, &e));
	assert_int_equal(book_policy_version(b), 3);
	MUST(book_undo(b, 1, &e));
	assert_int_equal(book_policy_version(b), 1);
	MUST(book_recalc(b, &sum, &e));
	assert_int_equal(help_int("rules", "SELECT policy_version FROM snapshot_day"), 1);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&b);
	assert_int_equal(help_sql("rules", "UPDATE snapshot_day SET policy_version = 3"),
		SQLITE_OK);
	struct store *s = help_open("rules");
	const struct help_findings f = help_verify(s);
	assert_int_equal(f.n, 1);
	assert_non_null(strstr(f.text, "version 3"));
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_currencies_of_one_who_undoes),
		cmocka_unit_test(test_currencies_are_read_anew),
		cmocka_unit_test(test_copies_of_a_book_before),
		cmocka_unit_test(test_copies_of_the_killed),
		cmocka_unit_test(test_copy_that_is_being_made),
		cmocka_unit_test(test_copy_of_another_book),
		cmocka_unit_test(test_a_disk_that_fails),
		cmocka_unit_test(test_policy_of_what_is_back),
	};
	return cmocka_run_group_tests(tests, help_begin, help_end);
}
