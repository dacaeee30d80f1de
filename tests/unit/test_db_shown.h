/*
 * What the tests of the first pictures share: a book of a few dozen accounts, opened
 * again and again, and whether what a picture shows is what the columns say.
 */
#ifndef TESTS_UNIT_TEST_DB_SHOWN_H
#define TESTS_UNIT_TEST_DB_SHOWN_H

#include "tests/unit/test_db_help.h"

#include "core/book_internal.h"
#include "tests/support/rules.h"
#include "tests/support/walking.h"

static inline struct book *shown_open(const char *name, int days_later)
{
	struct book *b = help_book(name);
	struct clock later = b->clock;

	later.today += days_later;
	book_set_day(b, &later);
	return b;
}

/* Reviews among the walk's steps take the book to later days. */
static inline int shown_walked(const struct book *b)
{
	return (int)(book_as_of(b) - day_of(HELP_DAY));
}

static inline void shown_recalc(struct book *b)
{
	struct recalc_result done;

	MUST(book_recalc(b, &done, &e));
}

static inline void shown_same_rows(const struct book *book, const struct list_row *a,
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

static inline void shown_read(struct book *b, struct shown *s, uint32_t n)
{
	assert_true(n <= PICTURE_ROWS);
	arena_init(&s->arena);
	MUST(book_summary(b, &s->sums, &e));
	MUST(book_rows(b, s->list->id, n, &s->arena, s->row, &e));
	MUST(book_spark(b, s->list->id, n, PICTURE_WEEKS, 7, s->spark[0], &e));
}

static const struct list_query shown_shipped = { .sort = { 1, { { LIST_ARR, true } } } };

/* Whether the book, just opened, has a picture of the list, which is checked. */
static inline bool shown_right(struct book *b, const struct list_query *q)
{
	static struct shown fast, slow;
	bool there;

	MUST(book_first(b, q, &fast.list, &e));
	there = fast.list != NULL;
	if (there) {
		const uint32_t n = fast.list->known;

		shown_read(b, &fast, n);
		assert_false(b->columns.loaded);
		MUST(book_list(b, q, &slow.list, NULL, &e));
		assert_true(b->columns.loaded);
		shown_read(b, &slow, n);
		assert_memory_equal(&fast.sums, &slow.sums, sizeof(fast.sums));
		assert_int_equal(fast.list->n, slow.list->n);
		assert_true(fast.list->arr == slow.list->arr);
		assert_memory_equal(fast.list->id, slow.list->id, n * sizeof(uint32_t));
		assert_memory_equal(fast.spark, slow.spark, n * sizeof(fast.spark[0]));
		shown_same_rows(b, fast.row, slow.row, n);
		list_free(&slow.list);
		arena_clear(&fast.arena);
		arena_clear(&slow.arena);
	}
	list_free(&fast.list);
	return there;
}

/* The same of whoever opens it on a day. */
static inline bool shown_pictured(const char *name, int days_later)
{
	struct book *b = shown_open(name, days_later);
	const bool there = shown_right(b, &shown_shipped);

	book_free(&b);
	return there;
}

/* A book with figures of the day. */
static inline struct book *shown_filled(const char *name)
{
	struct book *b = shown_open(name, 0);

	walking_fill(book_store(b));
	shown_recalc(b);
	return b;
}

#endif
