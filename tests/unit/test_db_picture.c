/* The first picture: the same as the columns say, or none; never one of yesterday. */
#include "tests/unit/test_db_help.h"

#include "core/book_internal.h"
#include "tests/support/rules.h"
#include "tests/support/walking.h"

#define DAY "2026-03-31"

static struct book *open_book(const char *name, int days_later)
{
	struct store *s = help_open(name);
	struct book *b;
	struct clock later;

	MUST(stmt_exec(db_of(s), "PRAGMA synchronous = OFF", &e));
	b = rules_book(s, DAY, "Ann");
	later = b->clock;
	later.today += days_later;
	book_set_day(b, &later);
	return b;
}

static void recalculate(struct book *b)
{
	struct recalc_result done;

	MUST(book_recalc(b, &done, &e));
}

static void same_rows(const struct book *book, const struct list_row *a,
	const struct list_row *b, uint32_t n)
{
	for (uint32_t k = 0; k < n; k++) {
		char x[256], y[256];

		assert_int_equal(a[k].account, b[k].account);
		assert_int_equal(a[k].locked, b[k].locked);
		assert_int_equal(a[k].active, b[k].active);
		assert_int_equal(a[k].assumed, b[k].assumed);
		for (int f = 0; f < LIST_FIELDS; f++) {
			list_row_text(book, &a[k], (enum list_field)f, x, sizeof(x));
			list_row_text(book, &b[k], (enum list_field)f, y, sizeof(y));
			assert_string_equal(x, y);
		}
	}
}

/* A list as both sides have it, with all that its rows show. */
struct shown {
	struct book_summary sums;
	struct list *list;
	struct list_row row[PICTURE_ROWS];
	uint8_t spark[PICTURE_ROWS][PICTURE_WEEKS];
	struct arena arena;
};

static void read_shown(struct book *b, struct shown *s, uint32_t n)
{
	assert_true(n <= PICTURE_ROWS);
	arena_init(&s->arena);
	MUST(book_summary(b, &s->sums, &e));
	MUST(book_rows(b, s->list->id, n, &s->arena, s->row, &e));
	MUST(book_spark(b, s->list->id, n, PICTURE_WEEKS, 7, s->spark[0], &e));
}

/* Whether a program that opens the book on a day has a picture of it, which is checked.
 */
static bool pictured(const char *name, int days_later)
{
	static const struct list_query q = { .sort = { 1, { { LIST_ARR, true } } } };
	static struct shown fast, slow;
	struct book *b = open_book(name, days_later);
	bool there;

	MUST(book_first(b, &q, &fast.list, &e));
	there = fast.list != NULL;
	if (there) {
		const uint32_t n = fast.list->known;

		read_shown(b, &fast, n);
		assert_false(b->columns.loaded);
		MUST(book_list(b, &q, &slow.list, NULL, &e));
		assert_true(b->columns.loaded);
		read_shown(b, &slow, n);
		assert_memory_equal(&fast.sums, &slow.sums, sizeof(fast.sums));
		assert_int_equal(fast.list->n, slow.list->n);
		assert_true(fast.list->arr == slow.list->arr);
		assert_memory_equal(fast.list->id, slow.list->id, n * sizeof(uint32_t));
		assert_memory_equal(fast.spark, slow.spark, n * sizeof(fast.spark[0]));
		same_rows(b, fast.row, slow.row, n);
		list_free(&slow.list);
		arena_clear(&fast.arena);
		arena_clear(&slow.arena);
	}
	list_free(&fast.list);
	book_free(&b);
	return there;
}

static void test_is_what_the_columns_say(void **state)
{
	struct book *b = open_book("walks", 0);
	uint64_t seed = 5;
	int held = 0, later = 0;

	(void)state;
	walking_fill(book_store(b));
	assert_false(pictured("walks", 0));
	for (int i = 0; i < 60; i++) {
		recalculate(b);
		assert_true(pictured("walks", 0));
		for (int day = 1; day < 40; day += 3)
			later += pictured("walks", day);
		assert_false(pictured("walks", -1));
		(void)walking_walk(b, &seed, 3);
		held += pictured("walks", 0);
	}
	assert_in_range(held, 1, 59); /* some changes don't show, others do */
	assert_true(later > 0);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&b);
}

static void test_policy_and_review(void **state)
{
	struct book *b = open_book("policy", 0);
	struct review r;
	int32_t version;

	(void)state;
	walking_fill(book_store(b));
	recalculate(b);
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	assert_true(pictured("policy", 0));
	MUST(book_policy_apply(
		b, "[bands]\nwatch = 45\n", "a test", "why not", &version, &e));
	assert_true(pictured("policy", 0));
	book_free(&b);
}

/* Another program takes all rows of a table out and puts them back: that alone is enough.
 * (An UPDATE to the same value writes nothing.) */
static void test_any_commit_voids_it(void **state)
{
	static const char *const tables[] = { "csm", "contact", "ticket", "survey",
		"touch", "contract", "movement", "tier_lock", "signal_block",
		"signal_latest", "currency", "mirror", "snapshot_day", "snapshot",
		"snapshot_sum", "tier_state", "note", "plan", "milestone", "picture" };
	struct book *b = open_book("foreign", 0);
	char sql[256];
	int voided = 0;

	(void)state;
	walking_fill(book_store(b));
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		const char *const t = tables[i];

		recalculate(b);
		assert_true(pictured("foreign", 0));
		snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", t);
		if (help_int("foreign", sql) == 0)
			continue;
		snprintf(sql, sizeof(sql),
			"BEGIN; CREATE TEMP TABLE kept AS SELECT * FROM %s;"
			" DELETE FROM %s; INSERT INTO %s SELECT * FROM kept; COMMIT",
			t, t, t);
		assert_int_equal(help_sql("foreign", sql), SQLITE_OK);
		assert_false(pictured("foreign", 0));
		voided++;
	}
	assert_true(voided >= 8);
	recalculate(b);
	assert_int_equal(
		help_sql("foreign", "UPDATE account SET name = name || '!'"), SQLITE_OK);
	assert_false(pictured("foreign", 0));
	book_free(&b);
}

/* In a copy SQLite counts anew: what does not hold there must not come to hold later. */
static void test_copies(void **state)
{
	struct book *b = open_book("source", 0);

	(void)state;
	walking_fill(book_store(b));
	for (int i = 0; i < 5; i++)
		recalculate(b);
	MUST(book_store(b)->ops->backup(book_store(b), help_path("copy"), true, &e));
	for (int i = 0; i < 60; i++) {
		assert_false(pictured("copy", 0));
		assert_int_equal(
			help_sql("copy", "UPDATE csm SET name = name"), SQLITE_OK);
	}
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_what_the_columns_say),
		cmocka_unit_test(test_policy_and_review),
		cmocka_unit_test(test_any_commit_voids_it),
		cmocka_unit_test(test_copies),
	};

	return cmocka_run_group_tests(tests, help_begin, help_end);
}
