/* Lists while somebody types: what is kept from one letter or order to the next changes
 * nothing, and whoever does not wait any more is let go. */
#include "core/book.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "core/part.h"
#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static struct list *list(struct book *b, const char *where, const char *sort, bool all)
{
	struct list_query q = { .where = text_of(where), .all = all };
	struct list *l;

	MUST(list_sort_parse(text_of(sort), &q.sort, &e));
	MUST(book_list(b, &q, &l, NULL, &e));
	return l;
}

/* Asks another book, of which nothing is left that could be of use. */
static struct list *list_anew(
	struct book *b, const char *where, const char *sort, bool all)
{
	struct list *other = list(b, "score:>200", "since,renewal,-coverage", all);

	list_free(&other);
	return list(b, where, sort, all);
}

static void same(struct list *l, struct list *anew, const char *where, const char *sort)
{
	if (l->n != anew->n || l->arr != anew->arr ||
		memcmp(l->id, anew->id, l->n * sizeof(*l->id)) != 0)
		fail_msg(
			"\"%s\" by \"%s\": %u rows, %u anew", where, sort, l->n, anew->n);
	list_free(&l);
	list_free(&anew);
}

/* ---- what is kept --------------------------------------------------------------- */

static void letters(void **state)
{
	static const char *const typed[] = { "nort", "an or", "-an", "a -co", "T2 an",
		"dana", "csm:dana", "csm:dana al", "arr:>50k to", "tier:1,2 a", "\"a t\"",
		"health:<50", "Cr\xC3\xA8me", "\xC5\x81\xC3\xB3", "a a",
		"tier:1 tier:2" };
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct book *other = fixture_book(FIXTURE_COMPLETE);

	(void)state;
	for (size_t i = 0; i < LENGTH(typed); i++) {
		const size_t n = strlen(typed[i]);

		/* On to the end and back, and once more with all accounts. */
		for (size_t k = 0; k <= 3 * n; k++) {
			const struct list_query q = { .where = { typed[i],
							      k <= n       ? k
							      : k <= 2 * n ? 2 * n - k
									   : k - 2 * n },
				.all = k > 2 * n,
				.only_csm = k % 7 == 3 };
			struct list *l;
			char where[64];

			snprintf(where, sizeof(where), "%.*s", (int)q.where.n, typed[i]);
			if (book_list(b, &q, &l, NULL, NULL) != ST_OK)
				continue;
			if (q.only_csm) /* of no use for the letters that follow */
				list_free(&l);
			else
				same(l, list_anew(other, where, "", q.all), where, "");
		}
	}
	book_free(&b);
	book_free(&other);
}

static void orders(void **state)
{
	static const char *const sorts[] = { "arr", "-arr", "health,-arr", "-health,-arr",
		"csm,-health,-arr", "-csm,-health,-arr", "name", "tier,name",
		"-tier,name", "health,tier,name", "region,health,tier,name",
		"name,region,health,tier", "tier", "-tier", "quadrant,-tier", "id",
		"arr,id", "-arr,id", "arr,-id", "arr" };
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	struct book *other = fixture_book(FIXTURE_COMPLETE);

	(void)state;
	for (size_t i = 0; i < LENGTH(sorts); i++)
		same(list(b, "", sorts[i], true), list_anew(other, "", sorts[i], true),
			"", sorts[i]);
	book_free(&b);
	book_free(&other);
}

/* ---- giving way ----------------------------------------------------------------- */

enum { PARTS = 6, ACCOUNTS = PARTS * PART_ACCOUNTS - 7 };

static struct book *large_book(void)
{
	struct store *s = fake_store_new();
	char *rows = malloc(ACCOUNTS * 48u), *at = rows;

	for (int i = 0; i < ACCOUNTS; i++)
		at += sprintf(at, "account_id=%d|name=%s %d|tags=t%d\n", i,
			i % 3 ? "North" : "South", i * 7919 % ACCOUNTS, i % 5);
	rows_put(s, REC_ACCOUNT, rows);
	free(rows);
	return rules_book(s, "2026-03-31", "");
}

/* Somebody who goes after so many looks. */
struct waiting {
	int looks, patience;
};

static bool gone(void *arg)
{
	struct waiting *w = arg;

	return w->looks++ >= w->patience;
}

/* Each time somebody comes who goes at once, a little more is there: what is kept from
 * one to the next is not made twice. */
static void texts_and_ranks_are_made_bit_by_bit(void **state)
{
	struct book *b = large_book();
	struct book_summary sums;
	struct waiting w = { 0, 0 };
	int calls = 1;

	(void)state;
	MUST(book_summary(b, &sums, &e)); /* the figures are another matter */
	book_patience(b, gone, &w);
	while (book_warm(b, NULL) == ST_CANCELLED) {
		assert_int_equal(w.looks, calls++);
		assert_true(calls < 100);
	}
	assert_true(calls > PARTS + 3); /* the parts, and the steps of the ranks */
	assert_int_equal(w.looks, calls - 1);
	book_free(&b);
}

static void a_list_gives_way(void **state)
{
	const struct list_query q = { .where = TEXT("nor"),
		.sort = { 1, { { LIST_NAME, false } } } };
	struct book *b = large_book(), *other = large_book();
	struct waiting w = { 0, 0 };
	struct list *l = list(b, "no", "name", false);
	int patience = 0;
	enum status st;

	(void)state;
	MUST(book_warm(b, &e));
	list_free(&l);
	book_patience(b, gone, &w);
	do {
		w = (struct waiting){ 0, patience };
		st = book_list(b, &q, &l, NULL, NULL);
		/* Gone once, nobody is asked again: it ended there. */
		assert_int_equal(w.looks, patience + (st == ST_CANCELLED));
		assert_true(st == ST_OK || !l);
	} while (st == ST_CANCELLED && ++patience < 100);
	assert_int_equal(st, ST_OK);
	assert_int_equal(patience, (PARTS + 3) / 4);
	assert_int_equal(l->n, ACCOUNTS - (ACCOUNTS + 2) / 3);
	same(l, list_anew(other, "nor", "name", false), "nor", "name");
	book_free(&b);
	book_free(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters),
		cmocka_unit_test(orders),
		cmocka_unit_test(texts_and_ranks_are_made_bit_by_bit),
		cmocka_unit_test(a_list_gives_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
