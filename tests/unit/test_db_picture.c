/* The first picture: the same as the columns say, or none; never one of yesterday. */
#include "tests/unit/test_db_shown.h"

#include "tests/support/sanitized.h"

/* With what was kept of it. */
static bool recalled(
	const char *name, int days_later, const struct list_query *q, struct text bytes)
{
	struct book *b = shown_open(name, days_later);
	bool there;

	book_offer_picture(b, bytes);
	there = shown_right(b, q);
	book_free(&b);
	return there;
}

/* What whoever has shown the list leaves behind; empty: nothing. */
static struct text left_behind(const char *name, int days_later,
	const struct list_query *q, struct text before, struct arena *a)
{
	struct book *b = shown_open(name, days_later);
	struct list *l;
	struct text bytes;

	book_offer_picture(b, before);
	MUST(book_list(b, q, &l, NULL, &e));
	MUST(book_picture_of(b, q, a, &bytes, &e));
	list_free(&l);
	book_free(&b);
	return bytes;
}

static const struct list_query lists[] = {
	{ .sort = { 1, { { LIST_ARR, true } } } },
	{ .sort = { 1, { { LIST_ARR, false } } } },
	{ .sort = { 2, { { LIST_HEALTH, false }, { LIST_NAME, false } } } },
	{ .sort = { 1, { { LIST_ARR, true } } }, .all = true },
	{ .sort = { 1, { { LIST_ARR, true } } }, .only_csm = 1 },
	{ .sort = { 1, { { LIST_NAME, true } } }, .where = TEXT("csm:me ") },
	{ .sort = { 1, { { LIST_RENEWAL, false } } }, .where = TEXT("csm:pool ") },
};
enum { LISTS = sizeof(lists) / sizeof(*lists), WALKS = 60 };

static void test_is_what_the_columns_say(void **state)
{
	struct book *b = shown_open("walks", 0);
	uint64_t seed = 5;
	int held = 0, later = 0;

	(void)state;
	walking_fill(book_store(b));
	assert_false(shown_pictured("walks", 0));
	for (int i = 0; i < WALKS; i += (int)sanitized_step(1)) {
		shown_recalc(b);
		assert_true(shown_pictured("walks", shown_walked(b)));
		for (int day = 1; day < 40; day += 3)
			later += shown_pictured("walks", shown_walked(b) + day);
		assert_false(shown_pictured("walks", shown_walked(b) - 1));
		(void)walking_walk(b, &seed, 3);
		held += shown_pictured("walks", shown_walked(b));
	}
	assert_in_range(held, 1, WALKS - 1); /* some changes don't show, others do */
	assert_true(later > 0);
	assert_int_equal(help_verify(book_store(b)).n, 0);
	book_free(&b);
}

static void test_policy_and_review(void **state)
{
	struct book *b = shown_filled("policy");
	struct review r;
	int32_t version;

	(void)state;
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	assert_true(shown_pictured("policy", 0));
	MUST(book_policy_apply(
		b, "[bands]\nwatch = 45\n", "a test", "why not", &version, &e));
	assert_true(shown_pictured("policy", 0));
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
	struct book *b = shown_open("foreign", 0);
	char sql[256];
	int voided = 0;

	(void)state;
	walking_fill(book_store(b));
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		const char *const t = tables[i];

		shown_recalc(b);
		assert_true(shown_pictured("foreign", 0));
		snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", t);
		if (help_int("foreign", sql) == 0)
			continue;
		snprintf(sql, sizeof(sql),
			"BEGIN; CREATE TEMP TABLE kept AS SELECT * FROM %s;"
			" DELETE FROM %s; INSERT INTO %s SELECT * FROM kept; COMMIT",
			t, t, t);
		assert_int_equal(help_sql("foreign", sql), SQLITE_OK);
		assert_false(shown_pictured("foreign", 0));
		voided++;
	}
	assert_true(voided >= 8);
	shown_recalc(b);
	assert_int_equal(
		help_sql("foreign", "UPDATE account SET name = name || '!'"), SQLITE_OK);
	assert_false(shown_pictured("foreign", 0));
	book_free(&b);
}

/* In a copy SQLite counts anew: what does not hold there must not come to hold later. */
static void test_copies(void **state)
{
	struct book *b = shown_open("source", 0);

	(void)state;
	walking_fill(book_store(b));
	for (int i = 0; i < 5; i++)
		shown_recalc(b);
	MUST(book_store(b)->ops->backup(book_store(b), help_path("copy"), true, &e));
	for (int i = 0; i < 60; i++) {
		assert_false(shown_pictured("copy", 0));
		assert_int_equal(
			help_sql("copy", "UPDATE csm SET name = name"), SQLITE_OK);
	}
	book_free(&b);
}

/* Each list has its own, in this state of the book alone. */
static void test_of_another_list(void **state)
{
	static const struct text none;
	struct book *b = shown_filled("lists");
	struct text left[LISTS];
	struct arena a;
	uint64_t seed = 7;

	(void)state;
	arena_init(&a);
	for (int round = 0; round < 5; round++) {
		const int day = shown_walked(b);

		for (int i = 0; i < LISTS; i++) {
			left[i] = left_behind("lists", day, &lists[i], none, &a);
			assert_true(left[i].n > 0);
			/* which is right still, so that nothing new is kept */
			assert_int_equal(
				left_behind("lists", day, &lists[i], left[i], &a).n, 0);
			for (int k = 0; k < LISTS; k++)
				assert_int_equal(
					recalled("lists", day, &lists[k], left[i]),
					k == i);
		}
		for (int later = 1; later < 40; later += 3)
			(void)recalled("lists", day + later, &lists[round], left[round]);
		assert_false(recalled("lists", day - 1, &lists[2], left[2]));
		(void)walking_walk(b, &seed, 1);
		assert_int_equal(
			help_sql("lists", "UPDATE account SET name = name || '!'"),
			SQLITE_OK);
		assert_false(recalled("lists", day, &lists[2], left[2]));
	}
	arena_clear(&a);
	book_free(&b);
}

/* A list of "mine" is that of whoever kept it, and of the book that it was kept of. */
static void test_of_somebody_else(void **state)
{
	static const struct text none;
	struct book *b = shown_filled("mine");
	const struct list_query *const mine = &lists[5];
	struct text left;
	struct arena a;

	(void)state;
	arena_init(&a);
	MUST(book_store(b)->ops->backup(book_store(b), help_path("theirs"), true, &e));
	book_free(&b);
	left = left_behind("mine", 0, mine, none, &a);
	assert_true(recalled("mine", 0, mine, left));
	assert_false(recalled("theirs", 0, mine, left));
	b = rules_book(help_open("mine"), HELP_DAY, "Ben");
	book_offer_picture(b, left);
	assert_false(shown_right(b, mine));
	book_free(&b);
	arena_clear(&a);
}

/* Nothing was read, nothing is known; in a transaction there is no state to name. */
static void test_nothing_to_keep(void **state)
{
	struct book *b = shown_open("unread", 0);
	struct text bytes;
	struct arena a;
	struct list *l;

	(void)state;
	arena_init(&a);
	walking_fill(book_store(b));
	MUST(book_picture_of(b, &shown_shipped, &a, &bytes, &e));
	assert_int_equal(bytes.n, 0);
	MUST(book_list(b, &shown_shipped, &l, NULL, &e));
	list_free(&l);
	MUST(book_store(b)->ops->begin(book_store(b), &e));
	MUST(book_picture_of(b, &shown_shipped, &a, &bytes, &e));
	assert_int_equal(bytes.n, 0);
	book_store(b)->ops->rollback(book_store(b));
	/* and what somebody else has changed since is not what was read */
	assert_int_equal(
		help_sql("unread", "UPDATE csm SET name = name || '!'"), SQLITE_OK);
	MUST(book_picture_of(b, &shown_shipped, &a, &bytes, &e));
	assert_int_equal(bytes.n, 0);
	arena_clear(&a);
	book_free(&b);
}

/* What was kept may be damaged in any way: there is a right list or none. */
static void test_damaged(void **state)
{
	struct book *b = shown_filled("damaged");
	const struct list_query *const q = &lists[2];
	struct text left;
	struct arena a;
	char *bytes;

	(void)state;
	arena_init(&a);
	left = left_behind("damaged", 0, q, (struct text){ NULL, 0 }, &a);
	bytes = arena_copy(&a, left.s, left.n);
	for (size_t n = 0; n < left.n; n += sanitized_step(n < 200 ? 1 : 97))
		assert_false(recalled("damaged", 0, q, (struct text){ bytes, n }));
	for (size_t at = 0; at < left.n; at += sanitized_step(at < 200 ? 1 : 97)) {
		struct list *l;
		struct book *other = shown_open("damaged", 0);

		bytes[at] ^= 0x55;
		book_offer_picture(other, (struct text){ bytes, left.n });
		MUST(book_first(other, q, &l, &e));
		list_free(&l);
		book_free(&other);
		bytes[at] ^= 0x55;
	}
	arena_clear(&a);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_what_the_columns_say),
		cmocka_unit_test(test_policy_and_review),
		cmocka_unit_test(test_any_commit_voids_it),
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_of_another_list),
		cmocka_unit_test(test_of_somebody_else),
		cmocka_unit_test(test_nothing_to_keep),
		cmocka_unit_test(test_damaged),
	};

	return cmocka_run_group_tests(tests, help_begin, help_end);
}
