/* The columns of the book: the same whichever way they came, from the file or from a
 * recalculation that had them at hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_internal.h"
#include "core/complete.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"
#define ALL_MARKS (BOOK_CONTRACTED | BOOK_SLOW | BOOK_LOCKED)

/* Each account has the marks that the bits of its id - 1 say. */
static struct book *marked_book(void)
{
	struct store *s = fake_store_new();

	for (int i = 0; i <= ALL_MARKS; i++) {
		char row[160];

		snprintf(row, sizeof(row), "account_id=A%d|arr=10000000%s", i,
			i & BOOK_SLOW ? "|onboarding_started=2025-01-01" : "");
		rows_put(s, REC_ACCOUNT, row);
		snprintf(row, sizeof(row),
			"contract_id=%d|account_id=A%d|start=2026-01-01|arr=10000000", i,
			i);
		if (i & BOOK_CONTRACTED)
			rows_put(s, REC_CONTRACT, row);
		snprintf(row, sizeof(row), "account_id=A%d|until=" DAY "|reason=why", i);
		if (i & BOOK_LOCKED)
			rows_put(s, REC_LOCK, row);
	}
	return rules_book(s, DAY, "Dana");
}

static void marks_are(struct book *b, int all)
{
	struct arena a;
	struct list_row row;

	arena_init(&a);
	MUST(book_need_columns(b, &e));
	assert_int_equal(b->columns.n, ALL_MARKS + 1);
	for (uint32_t i = 0; i < b->columns.n; i++) {
		const uint32_t id = i + 1;

		assert_int_equal(b->columns.marks[i], (int)i & all);
		MUST(book_rows(b, &id, 1, &a, &row, &e));
		assert_int_equal(row.locked, (i & (uint32_t)all & BOOK_LOCKED) != 0);
	}
	arena_clear(&a);
}

static enum status take(void *arg, const struct base *base, struct err *e)
{
	struct policy p;

	policy_default(&p);
	return book_take_facts(arg, &p, base, e);
}

/* As a recalculation has them. */
static void adopt(struct book *b)
{
	struct book_columns facts = { 0 };
	struct scores scores;
	struct tiers tiers;

	MUST(book_begin_facts(&facts, ALL_MARKS + 1, &e));
	MUST(book_each_base(b, ALL_MARKS + 1, true, take, &facts, &e));
	MUST(scores_init(&scores, ALL_MARKS + 1, &e));
	MUST(book_tiers_on(b, ALL_MARKS + 1, &tiers, &e));
	MUST(book_adopt_columns(b, &facts, &scores, &tiers, &e));
	tiers_clear(&tiers);
}

/* Facts come before tiers here and after them there, and neither wipes the other's. */
static void marks_stand_beside_each_other(void **state)
{
	struct book *b = marked_book();

	(void)state;
	marks_are(b, ALL_MARKS); /* from the file */
	adopt(b);
	assert_true(b->columns.loaded);
	marks_are(b, ALL_MARKS);
	rules_day(b, "2026-04-01"); /* the locks are over */
	marks_are(b, ALL_MARKS & ~BOOK_LOCKED);
	book_free(&b);
}

/* A change fits, however far health went. */
static void changes_to_the_last_point(void **state)
{
	static const uint8_t before[] = { 100, 1, 50, 100, HEALTH_UNKNOWN, HEALTH_NONE,
		100, 1 };
	static const uint8_t now[] = { 1, 100, 50, HEALTH_UNKNOWN, 1, 1, HEALTH_NONE,
		HEALTH_UNKNOWN };
	static const int change[] = { -99, 99, 0, CHANGE_NONE, CHANGE_NONE, CHANGE_NONE,
		CHANGE_NONE, CHANGE_NONE };
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	for (size_t i = 0; i < LENGTH(now); i++)
		rows_put(s, REC_ACCOUNT,
			(char[]){ 'a', 'c', 'c', 'o', 'u', 'n', 't', '_', 'i', 'd', '=',
				(char)('A' + i), '\0' });
	rules_healths(s, "2026-03-01", before, LENGTH(before));
	rules_healths(s, DAY, now, LENGTH(now));
	b = rules_book(s, DAY, "Dana");
	MUST(book_need_columns(b, &e));
	for (size_t i = 0; i < LENGTH(now); i++)
		assert_int_equal(b->columns.change[i], change[i]);
	book_free(&b);
}

static uint32_t listed(struct book *b, bool all, const char *where)
{
	const struct list_query q = { .where = text_of(where), .all = all };
	struct list *l;
	uint32_t n;

	MUST(book_list(b, &q, &l, NULL, &e));
	n = l->n;
	for (uint32_t k = 0; k < n; k++)
		assert_int_not_equal(l->id[k], 2);
	list_free(&l);
	return n;
}

/* Flags of the account don't make it more than one, and a number that nobody has any more
 * is in no list. */
static void lists_have_who_is_there(void **state)
{
	struct store *s = fake_store_new();
	struct book_figures f;
	struct book_summary sum;
	struct book *b;
	struct field_value *values;
	struct arena a;
	uint32_t n;

	(void)state;
	rows_put(s, REC_ACCOUNT,
		"account_id=A1|region=EMEA|advocate=yes|marquee=yes|reference=yes\n"
		"account_id=A2|region=EMEA\n"
		"account_id=A3|region=EMEA|status=churned|advocate=yes\n"
		"account_id=A4|region=EMEA");
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->row_remove(s, REC_ACCOUNT, 2, &e));
	MUST(s->ops->commit(s, &e));
	b = rules_book(s, DAY, "Dana");
	MUST(book_figures(b, &f, &e));
	assert_int_equal(f.n, 4);
	for (uint32_t id = 0; id <= 5; id++)
		assert_int_equal(book_figures_has(&f, id), id == 1 || id == 3 || id == 4);
	MUST(book_summary(b, &sum, &e));
	assert_int_equal(sum.accounts, 3);
	arena_init(&a);
	for (int all = 0; all < 2; all++) {
		assert_int_equal(listed(b, all, ""), 2 + all);
		assert_int_equal(listed(b, all, "region:emea"), 2 + all);
		MUST(complete_values(b, LIST_REGION, all, &a, &values, &n, &e));
		assert_int_equal(n, 1);
		assert_int_equal(values[0].accounts, 2 + all);
	}
	arena_clear(&a);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_stand_beside_each_other),
		cmocka_unit_test(changes_to_the_last_point),
		cmocka_unit_test(lists_have_who_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
