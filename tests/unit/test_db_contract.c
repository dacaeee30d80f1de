/* The book on disk keeps the contract, and does what the fake store does. */
#include "db/db.h"

#include <ftw.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/contract.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/store_text.h"
#include "tests/unit/test_db_made.h"

/* A folder of this run's own, and the number of books made in it. */
struct folder {
	char path[64];
	int books;
};

static void path_of(const struct folder *f, int book, char out[PATH_MAX])
{
	snprintf(out, PATH_MAX, "%s/book%d.db", f->path, book);
}

static struct store *open_book(const char *path)
{
	struct db_options options = { .create = true };
	struct store *s = NULL;

	MUST(db_open(path, &options, &s, &e));
	return s;
}

static struct store *make(void *arg)
{
	struct folder *f = arg;
	char path[PATH_MAX];

	path_of(f, ++f->books, path);
	return made_book(path, 0);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void found(void *arg, const char *text)
{
	(void)arg;
	fail_msg("verify: %s", text);
}

/* A tier over its cap is a finding, and a book whose accounts left has one. */
static void empty_tiers(struct store *s)
{
	struct tiers t = { .n = 0 };

	MUST(s->ops->tiers_load(s, &t, &e));
	for (uint32_t i = 0; i < t.n; i++)
		t.tier[i] = TIER_NONE;
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->tiers_save(s, &t, t.review_day, 0, &e));
	MUST(s->ops->commit(s, &e));
	tiers_clear(&t);
}

/* The same random sequence on both, and the book is sound after it and says the same
 * when it is opened again. */
static void test_like_the_fake(void **state)
{
	struct folder *f = *state;
	static const int32_t days[] = { 19700, 19720, DAY_MAX };

	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct store *book = make(f), *fake = fake_store_new();
		char path[PATH_MAX], *closed, *opened;

		contract_differential(fake, book, seed, 200);
		empty_tiers(book);
		MUST(book->ops->verify(book, found, NULL, &e));
		closed = store_text(book, days, 3);
		book->ops->close(book);
		fake->ops->close(fake);
		path_of(f, f->books, path);
		book = open_book(path);
		opened = store_text(book, days, 3);
		assert_string_equal(opened, closed);
		book->ops->close(book);
		free(closed);
		free(opened);
	}
}

static void test_large_batches(void **state)
{
	struct store *book = make(*state), *fake = fake_store_new();

	contract_large_batches(fake, book, 1, 12);
	MUST(book->ops->verify(book, found, NULL, &e));
	book->ops->close(book);
	fake->ops->close(fake);
}

/* Another connection sees what is committed, and is told that something was. */
static void test_two_connections(void **state)
{
	struct folder *f = *state;
	struct store *writer = make(f), *reader;
	char path[PATH_MAX];
	int64_t before = 0, after = 0;

	path_of(f, f->books, path);
	reader = open_book(path);
	rows_put(writer, REC_ACCOUNT, "account_id=1|arr=1\n");
	rows_are(reader, REC_ACCOUNT, 0, "account_id=1|arr=1\n");
	MUST(reader->ops->data_version(reader, &before, &e));
	MUST(writer->ops->begin(writer, &e));
	rows_take(writer, REC_ACCOUNT, PUT_OVERWRITE, ALL_FIELDS, "account_id=1|arr=2\n");
	rows_are(reader, REC_ACCOUNT, 0, "account_id=1|arr=1\n"); /* not yet */
	MUST(reader->ops->data_version(reader, &after, &e));
	assert_true(after == before);
	MUST(writer->ops->commit(writer, &e));
	MUST(reader->ops->data_version(reader, &after, &e));
	assert_true(after != before);
	rows_are(reader, REC_ACCOUNT, 0, "account_id=1|arr=2\n");
	reader->ops->close(reader);
	writer->ops->close(writer);
}

/* Closing rolls back what is open. */
static void test_close_rolls_back(void **state)
{
	struct folder *f = *state;
	struct store *s = make(f);
	char path[PATH_MAX];

	path_of(f, f->books, path);
	rows_put(s, REC_ACCOUNT, "account_id=1\n");
	MUST(s->ops->begin(s, &e));
	rows_take(s, REC_ACCOUNT, PUT_OVERWRITE, ALL_FIELDS, "account_id=2\n");
	s->ops->close(s);
	s = open_book(path);
	rows_are(s, REC_ACCOUNT, 0, "account_id=1\n");
	s->ops->close(s);
}

static struct folder folder = { .path = "/tmp/tierdesk-contract.XXXXXX" };

static int hand_folder(void **state)
{
	*state = &folder;
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_like_the_fake, hand_folder),
		cmocka_unit_test_setup(test_large_batches, hand_folder),
		cmocka_unit_test_setup(test_two_connections, hand_folder),
		cmocka_unit_test_setup(test_close_rolls_back, hand_folder),
	};
	int failed;

	if (!mkdtemp(folder.path)) {
		perror(folder.path);
		return 1;
	}
	failed = contract_run("book on disk", make, &folder) +
		 cmocka_run_group_tests_name("of its own", tests, NULL, NULL);
	nftw(folder.path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return failed;
}
