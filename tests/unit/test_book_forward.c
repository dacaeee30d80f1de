/* Tiers, their moves and their reviews go forward, and what a review leaves behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/change.h"
#include "tests/support/days.h"
#include "tests/support/fake_store.h"
#include "tests/support/importing.h"
#include "tests/support/rows_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static enum status move_by_hand(struct book *b, struct err *e)
{
	return book_set_tier(b, 2, 2, 7, "whatever", e);
}

static enum status review(struct book *b, struct err *e)
{
	struct review r;
	const enum status st = book_review(b, true, &r, e);

	review_clear(&r);
	return st;
}

static enum status propose(struct book *b, struct err *e)
{
	struct review r;
	const enum status st = book_review(b, false, &r, e);

	review_clear(&r);
	return st;
}

static enum status import_of(struct book *b, const char *file, struct err *e)
{
	struct import_request q = importing_request(REC_ACCOUNT, file);
	struct import_result r;
	enum status st;

	q.as_of = book_as_of(b);
	st = importing_run(book_store(b), &q, &r, e);
	import_result_clear(&r);
	return st;
}

static enum status import_tier(struct book *b, struct err *e)
{
	return import_of(b, "account_id,tier\nA07,3\n", e);
}

static enum status import_same(struct book *b, struct err *e)
{
	return import_of(b, "account_id,tier\nA10,1\n", e);
}

/* After a review of 03-31, and after a move by hand of 04-10 that was no review. */
static void tiers_go_forward(void **state)
{
	static const struct {
		enum status (*does)(struct book *b, struct err *e);
		const char *day;
		bool moved; /* on 04-10 */
		const char *said;
	} rows[] = {
		{ move_by_hand, "2026-03-30", false, "2026-03-31" },
		{ move_by_hand, "2026-03-31", false, NULL },
		{ move_by_hand, "2026-04-09", false, NULL },
		{ move_by_hand, "2026-04-09", true, "2026-04-10" },
		{ move_by_hand, "2026-04-10", true, NULL },
		{ review, "2026-03-30", false, "2026-03-31" },
		{ review, "2026-04-09", false, NULL },
		{ review, "2026-04-09", true, "2026-04-10" },
		{ review, "2026-04-11", true, NULL },
		{ propose, "2026-03-30", false, "2026-03-31" },
		{ propose, "2026-04-09", true, "2026-04-10" },
		{ import_tier, "2026-03-30", false, "--ignore-tiers" },
		{ import_tier, "2026-03-31", false, NULL },
		{ import_tier, "2026-04-09", true, "2026-04-10" },
		{ import_tier, "2026-04-10", true, NULL },
		{ import_same, "2026-03-30", true, NULL }, /* it changes none */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = days_book("2026-03-31");
		struct err said = { .text = "" };
		enum status st;
		uint64_t before;

		days_review(b, "2026-03-31");
		days_go_to(b, "2026-04-10");
		if (rows[i].moved)
			MUST(book_set_tier(b, 1, 2, 8, "whatever", &e));
		days_go_to(b, rows[i].day);
		before = fake_digest(book_store(b));
		st = rows[i].does(b, &said);
		if (st != (rows[i].said ? ST_FORBIDDEN : ST_OK))
			fail_msg("row %zu: %d %s", i, st, said.text);
		if (rows[i].said && !strstr(said.text, rows[i].said))
			fail_msg("row %zu: %s", i, said.text);
		if (rows[i].said)
			assert_true(fake_digest(book_store(b)) == before);
		book_free(&b);
	}
}

/* A base that shrank since February: the ten places of then are not to be had. */
static void the_cap_of_a_larger_past(void **state)
{
	struct book *b = days_book("2026-03-31");
	struct err said;
	char row[120];

	(void)state;
	for (int i = 11; i <= 40; i++) {
		snprintf(row, sizeof(row),
			"account_id=A%02d|arr=100|contract_start=2025-01-01"
			"|churned_on=2026-03-01",
			i);
		rows_put(book_store(b), REC_ACCOUNT, row);
	}
	days_review(b, "2026-03-31");
	for (uint32_t id = 1; id <= 3; id++) {
		days_go_to(b, "2026-02-01"); /* four places of 40 */
		assert_int_equal(
			book_set_tier(b, id, 1, 0, "why not", &said), ST_FORBIDDEN);
	}
	days_go_to(b, "2026-03-31");
	days_tiers_are(b, "3333332221");
	book_free(&b);
}

/* ---- what a review leaves -------------------------------------------------------- */

/* Applied at once, or after a look at what it proposes: the same book. */
static void an_applied_review_recalculates_first(void **state)
{
	uint64_t digest[2];

	(void)state;
	for (int looked = 0; looked < 2; looked++) {
		struct book *b = days_book("2026-03-31");
		struct store *s = book_store(b);
		const struct alert *found;
		uint32_t alerts;

		if (looked)
			MUST(propose(b, &e));
		days_review(b, "2026-03-31");
		MUST(s->ops->alerts(s, 0, DAY_MAX, &found, &alerts, &e));
		assert_true(alerts > 0);
		digest[looked] = fake_digest(s);
		book_free(&b);
	}
	assert_true(digest[0] == digest[1]);
}

/* The healths of a review are those of the tiers after it, as a recalculation has them.
 */
static void healths_follow_the_move(void **state)
{
	struct book *b = days_book("2026-03-26");
	uint64_t digest;

	(void)state;
	days_policy(b, "2026-03-26", "[health.tier3]\nusage = 0\nsentiment = 40\n");
	days_recalc(b, "2026-03-28");
	assert_int_equal(days_review(b, "2026-03-28"), 10);
	digest = fake_digest(book_store(b));
	book_look_for_alerts(b, false); /* they follow with the next one */
	days_recalc(b, "2026-03-28");
	assert_true(fake_digest(book_store(b)) == digest);
	assert_int_equal(days_review(b, "2026-03-28"), 0);
	assert_true(fake_digest(book_store(b)) == digest);
	book_free(&b);
}

/* A sentence speaks of the rules of its day. */
static void sentences_keep_their_numbers(void **state)
{
	struct book *b = days_book("2026-03-31");
	struct account_view *v;
	char before[200];

	(void)state;
	days_review(b, "2026-03-31");
	MUST(book_account(b, 10, &v, &e));
	assert_int_equal(v->moves_n, 1);
	snprintf(before, sizeof(before), "%s", v->move_reason[0]);
	assert_non_null(strstr(before, "(70)"));
	account_view_free(&v);
	days_policy(b, "2026-04-01", "[tiers]\ntier1_from = 88\n");
	MUST(book_account(b, 10, &v, &e));
	assert_string_equal(v->move_reason[0], before);
	account_view_free(&v);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tiers_go_forward),
		cmocka_unit_test(the_cap_of_a_larger_past),
		cmocka_unit_test(an_applied_review_recalculates_first),
		cmocka_unit_test(healths_follow_the_move),
		cmocka_unit_test(sentences_keep_their_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
