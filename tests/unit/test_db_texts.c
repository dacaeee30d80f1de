/* Mirrors of texts: however they came about, they and the lists say what the rows say. */
#include "db/mirror.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "core/book.h"
#include "tests/support/rows_text.h"
#include "tests/unit/test_db_made.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

enum { ACCOUNTS = 2 * PART_ACCOUNTS + 100, PARTS = 3, AS_OF = 20500 };

struct texts_book {
	char path[64];
	struct store *s;
	struct db *d;
	sqlite3 *other; /* a plain connection, as another program has one */
};

static void run(struct texts_book *b, const char *sql)
{
	char *said = NULL;

	if (sqlite3_exec(b->other, sql, NULL, NULL, &said) != SQLITE_OK)
		fail_msg("%s: %s", sql, said);
}

/* Accounts whose texts are missing, alike, of any script, hostile or very long. */
static const char fill[] =
	"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8292),"
	" odd(k, t) AS (VALUES (0, NULL), (1, 'Northwind Traders'), (2, 'NORTHWIND'),"
	"  (3, 'Café Müller'), (4, CAST(x'43616665cc81' AS TEXT)), (5, '日本 商事'),"
	"  (6, char(27) || '[2J red'), (7, 'a' || char(8238) || 'b'), (8, ''),"
	"  (9, CAST(x'fffe41c3' AS TEXT)), (10, 'x;y z-1'), (11, "
	"replace(hex(zeroblob(700)),"
	"  '0', 'W') || 'end'), (12, 'say \"hi\"'))"
	"INSERT INTO account(id, account_id, name, segment, region, industry, parent_id,"
	" tags, language, arr, churned_on)"
	" SELECT i, CASE i % 500 WHEN 7 THEN 'Ä-' ELSE 'A-' END || i,"
	" CASE WHEN i % 3 = 0 THEN (SELECT t FROM odd WHERE k = i / 3 % 13)"
	"  ELSE 'Company ' || (i * 7919 % 10007) || ' Ltd' END,"
	" (SELECT t FROM odd WHERE k = i % 13), CASE i % 4 WHEN 0 THEN NULL WHEN 1 THEN"
	" 'EMEA' WHEN 2 THEN 'emea' ELSE 'Americas' END,"
	" (SELECT t FROM odd WHERE k = i * 5 % 13), CASE WHEN i % 5 = 0 THEN 'A-' || (i "
	"/ 2)"
	" END, CASE WHEN i % 6 = 0 THEN 'vip;t' || (i % 1000) END,"
	" CASE i % 7 WHEN 0 THEN 'German' WHEN 3 THEN '日本語' END, i % 97 * 100,"
	" CASE WHEN i % 50 = 0 THEN 20000 END FROM n WHERE i % 11 <> 3";

static int setup(void **state)
{
	static struct texts_book b;
	int fd;

	strcpy(b.path, "/tmp/tierdesk-texts-XXXXXX");
	fd = mkstemp(b.path);
	assert_true(fd >= 0);
	close(fd);
	b.s = made_book(b.path, 0);
	b.d = db_of(b.s);
	assert_int_equal(sqlite3_open(b.path, &b.other), SQLITE_OK);
	run(&b, "PRAGMA synchronous = OFF");
	if (!made_before(b.other)) {
		run(&b, fill);
		made_keep(b.other);
	}
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	struct texts_book *b = *state;
	char journal[80];

	sqlite3_close(b->other);
	if (b->s)
		b->s->ops->close(b->s);
	snprintf(journal, sizeof(journal), "%s-journal", b->path);
	unlink(journal);
	return unlink(b->path);
}

static int mirrors(struct texts_book *b)
{
	int64_t n = 0;

	MUST(stmt_query_int(b->d,
		"SELECT count(*) FROM mirror WHERE source IN (100, 101)", 0, &n, &e));
	return (int)n;
}

static void refresh(struct texts_book *b)
{
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->commit(b->s, &e));
	assert_int_equal(mirrors(b), 2 * PARTS);
}

static void found_something(void *arg, const char *text)
{
	int *n = arg;

	(void)text;
	++*n;
}

static void same(uint32_t id, int k, struct text is, struct text should)
{
	if (!text_eq(is, should) || (is.s == NULL) != (should.n == 0))
		fail_msg("text %d of account %u: \"%.*s\", not \"%.*s\"", k, id,
			(int)is.n, is.s ? is.s : "", (int)should.n,
			should.s ? should.s : "");
}

static struct text column_text(sqlite3_stmt *s, int column)
{
	const char *text = (const char *)sqlite3_column_text(s, column);

	return (struct text){ text, (size_t)sqlite3_column_bytes(s, column) };
}

/* The store's answer against a plain SELECT. */
static void texts_are_right(struct texts_book *b)
{
	static struct part_texts p;
	sqlite3_stmt *s = NULL;

	assert_int_equal(sqlite3_prepare_v2(b->other,
				 "SELECT account_id, name, segment, region, industry,"
				 " parent_id, tags, language FROM account WHERE id = ?",
				 -1, &s, NULL),
		SQLITE_OK);
	for (uint32_t part = 0; part < PARTS; part++) {
		for (int names = 1; names >= 0; names--) {
			const int first = names ? 0 : TXT_SEGMENT;
			const int end = names ? TXT_SEGMENT : TXT_COUNT;

			MUST(b->s->ops->texts(b->s, part, names, &p, &e));
			for (uint32_t i = 0; i < p.n; i++) {
				const uint32_t id = part * PART_ACCOUNTS + i + 1;

				sqlite3_reset(s);
				sqlite3_bind_int64(s, 1, id);
				const bool there = sqlite3_step(s) == SQLITE_ROW;
				for (int k = first; k < end; k++)
					same(id, k, p.of[k][i],
						there ? column_text(s, k)
						      : (struct text){ NULL, 0 });
			}
		}
	}
	sqlite3_finalize(s);
}

static void made_from_the_rows_or_kept(void **state)
{
	struct texts_book *b = *state;
	int found = 0;

	assert_int_equal(mirrors(b), 0);
	texts_are_right(b); /* reading stores nothing */
	assert_int_equal(mirrors(b), 0);
	refresh(b);
	texts_are_right(b);
	MUST(db_mirror_check(b->d, found_something, &found, &e));
	assert_int_equal(found, 0);
}

static void changed_by_others(void **state)
{
	static const struct {
		const char *sql;
		int left; /* mirrors that are not stale */
	} rows[] = {
		{ "UPDATE account SET arr = 5, csm = NULL", 2 * PARTS },
		{ "UPDATE account SET name = 'New' WHERE id = 1", 2 * PARTS - 2 },
		{ "UPDATE account SET tags = NULL WHERE tags IS NOT NULL", 0 },
		{ "UPDATE account SET segment = 'x' WHERE id = 5000", 2 * PARTS - 2 },
		{ "UPDATE account SET language = 'x' WHERE id = 5000", 2 * PARTS - 2 },
		{ "UPDATE account SET account_id = 'B' WHERE id = 5000", 2 * PARTS - 2 },
		{ "DELETE FROM account WHERE id IN (1, 8291)", 2 * PARTS - 4 },
		{ "INSERT INTO account(id, account_id) VALUES (8300, 'new')",
			2 * PARTS - 2 },
	};
	struct texts_book *b = *state;

	for (size_t i = 0; i < LENGTH(rows); i++) {
		refresh(b);
		run(b, rows[i].sql);
		if (mirrors(b) != rows[i].left)
			fail_msg("%s leaves %d", rows[i].sql, mirrors(b));
		texts_are_right(b);
	}
}

/* Texts that are too long for one value of the database: the book can be written to, and
 * reads as always. */
static void too_long_for_a_mirror(void **state)
{
	struct texts_book *b = *state;
	const int limit = sqlite3_limit(b->d->h, SQLITE_LIMIT_LENGTH, 66 << 20);

	run(b, "UPDATE account SET name = hex(zeroblob(2100000)) || id WHERE id < 20");
	MUST(b->s->ops->begin(b->s, &e));
	MUST(b->s->ops->commit(b->s, &e));
	assert_int_equal(mirrors(b), 2 * PARTS - 1);
	texts_are_right(b);
	sqlite3_limit(b->d->h, SQLITE_LIMIT_LENGTH, limit);
}

static void damaged(void **state)
{
	static const char *const harm[] = {
		"UPDATE mirror SET data = x'' WHERE source >= 100",
		"UPDATE mirror SET data = CAST(substr(data, 1, 15) AS BLOB)",
		"UPDATE mirror SET data = CAST(substr(data, 1, 300) AS BLOB)",
		"UPDATE mirror SET data = CAST(data || x'00' AS BLOB)",
		"UPDATE mirror SET data = CAST(substr(data, 1, 40) || x'5a' ||"
		" substr(data, 42) AS BLOB)",
		"UPDATE mirror SET data = (SELECT data FROM mirror m WHERE"
		" m.source = 201 - mirror.source AND m.part = mirror.part)"
		" WHERE source IN (100, 101)",
		"UPDATE mirror SET data = (SELECT data FROM mirror m WHERE"
		" m.source = mirror.source AND m.part = 2) WHERE source IN (100, 101)"
		" AND part < 2",
	};
	struct texts_book *b = *state;

	for (size_t i = 0; i < LENGTH(harm); i++) {
		int found = 0;

		refresh(b);
		run(b, harm[i]);
		texts_are_right(b);
		MUST(db_mirror_check(b->d, found_something, &found, &e));
		assert_in_range(found, 3, 11 * PARTS);
		run(b, "DELETE FROM mirror");
	}
}

/* Blobs that are whole but speak of more than they hold, with a checksum that fits:
 * every byte of the first columns' heads is tried. */
static void crafted(void **state)
{
	struct texts_book *b = *state;
	struct pack blob = { 0 };
	static struct part_texts p;

	for (int source = MIRROR_NAMES; source <= MIRROR_WORDS; source++) {
		MUST(mirror_make_texts(b->d, source, 2, &blob, &e));
		for (size_t at = 16; at < 26; at++) {
			for (int bit = 0; bit < 8; bit++) {
				blob.data[at] ^= (uint8_t)(1 << bit);
				mirror_seal_texts(&blob);
				MUST(b->s->ops->begin(b->s, &e));
				MUST(mirror_store_blob(b->d, source, 2, &blob, &e));
				MUST(b->s->ops->commit(b->s, &e));
				MUST(b->s->ops->texts(
					b->s, 2, source == MIRROR_NAMES, &p, &e));
				blob.data[at] ^= (uint8_t)(1 << bit);
			}
		}
	}
	pack_clear(&blob);
}

/* ---- lists ---- */

static int64_t now(const struct clock *c)
{
	(void)c;
	return 0;
}

/* Takes the store. */
static struct book *open_book(struct texts_book *b)
{
	const struct clock clock = { .today = AS_OF, .now = now };
	struct book *book;

	MUST(book_open(b->s, &clock, "me", &book, &e));
	b->s = NULL;
	return book;
}

static uint32_t count(struct book *book, const char *where)
{
	const struct list_query q = { .where = text_of(where), .all = true };
	struct list *l;
	uint32_t n;

	MUST(book_list(book, &q, &l, NULL, &e));
	n = l->n;
	list_free(&l);
	return n;
}

static uint32_t query(struct texts_book *b, const char *condition)
{
	char sql[512];
	sqlite3_stmt *s = NULL;
	uint32_t n;

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM account WHERE %s", condition);
	assert_int_equal(sqlite3_prepare_v2(b->other, sql, -1, &s, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(s), SQLITE_ROW);
	n = (uint32_t)sqlite3_column_int64(s, 0);
	sqlite3_finalize(s);
	return n;
}

static void lists_find_what_rows_say(void **state)
{
	static const struct {
		const char *where, *condition;
	} rows[] = {
		{ "northwind", "name LIKE '%northwind%'" },
		{ "segment:north", "segment LIKE 'northwind%'" },
		{ "-segment:north", "segment IS NULL OR segment NOT LIKE 'northwind%'" },
		{ "region:emea", "lower(region) = 'emea'" },
		{ "region:none", "region IS NULL" },
		{ "language:german,日", "language IS NOT NULL" },
		{ "language:none vip", "language IS NULL AND tags LIKE '%vip%'" },
		{ "segment:none", "segment IS NULL OR segment = ''" },
		{ "vip", "tags LIKE '%vip%'" },
		{ "tags:t60", "tags LIKE 'vip;t60%'" },
		{ "ltd 77", "name LIKE '%ltd%' AND (name LIKE '%77%' OR"
			    " account_id LIKE '%77%' OR tags LIKE '%77%')" },
		{ "parent:a-100", "parent_id = 'A-100'" },
		{ "id:a-77", "account_id = 'A-77'" },
		{ "\xC3\xA4-", "account_id LIKE 'Ä-%'" },
		{ "industry:say,日本", "industry IN ('say \"hi\"', '日本 商事')" },
		{ "industry:x region:emea -vip", "industry = 'x;y z-1' AND lower(region) "
						 "= 'emea' AND tags IS NULL" },
	};
	struct texts_book *b = *state;
	struct book *book;

	refresh(b);
	book = open_book(b);
	for (size_t i = 0; i < LENGTH(rows); i++) {
		const uint32_t is = count(book, rows[i].where);

		if (is != query(b, rows[i].condition) || is == 0)
			fail_msg("%s finds %u, not %u", rows[i].where, is,
				query(b, rows[i].condition));
	}
	book_free(&book);
}

/* Texts are loaded later than figures: both are of one state all the same. */
static void others_write_in_between(void **state)
{
	struct texts_book *b = *state;
	struct book *book;
	bool changed;

	refresh(b);
	book = open_book(b);
	assert_int_equal(count(book, "arr:1234567"), 0); /* the figures are there now */
	run(b, "UPDATE account SET arr = 123456700, name = 'Zzyzx Road' WHERE id = 1");
	assert_int_equal(count(book, "zzyzx arr:1234567"), 1);
	run(b, "INSERT INTO account(id, account_id, region) VALUES (9000, 'Q', 'Mars')");
	assert_int_equal(count(book, "region:mars"), 1);
	MUST(book_refresh(book, &changed, &e));
	assert_true(changed);
	assert_int_equal(count(book, "region:mars"), 1);
	book_free(&book);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(made_from_the_rows_or_kept),
		TEST(changed_by_others),
		TEST(too_long_for_a_mirror),
		TEST(damaged),
		TEST(crafted),
		TEST(lists_find_what_rows_say),
		TEST(others_write_in_between),
	};
	return cmocka_run_group_tests(tests, NULL, made_end);
}
