/* What a manager looks at before a review, and a review that is applied in part. */
#include "core/tier_view.h"
#include "core/change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/reviewing.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"

/* Twenty accounts with an ARR of 1 .. 20; two places in tier 1, six in tier 2. Who was
 * placed three months ago by another order: A01 and A02 in tier 1, A03 to A08 in 2. */
static struct book *book(void)
{
	struct store *s = fake_store_new();
	struct recalc_result r;
	struct book *b;
	char row[80];

	for (int i = 1; i <= 20; i++) {
		snprintf(row, sizeof(row), "account_id=A%02d|name=N%02d|arr=%d", i, i,
			i * 100);
		rows_put(s, REC_ACCOUNT, row);
	}
	rules_tiers(s, "11222222333333333333", "2025-12-31", "2026-02-28", 20);
	b = rules_book(s, DAY, "Dana");
	book_look_for_alerts(b, false);
	MUST(book_recalc(b, &r, &e));
	return b;
}

static const struct tier_view *view(struct book *b)
{
	const struct tier_view *v = NULL;

	MUST(book_tier_view(b, &v, &e));
	return v;
}

/* "1:A20 A19" and so on: who is in tier 1. */
static const char *in_tier_1(struct book *b)
{
	static char text[200];
	struct tiers t = { 0 };
	size_t n = 0;

	*text = '\0';
	MUST(book_store(b)->ops->tiers_load(book_store(b), &t, &e));
	for (uint32_t i = 0; i < t.n; i++)
		if (t.tier[i] == 1)
			n += (size_t)snprintf(text + n, sizeof(text) - n, "%sA%02u",
				n ? " " : "", i + 1);
	tiers_clear(&t);
	return text;
}

static void names_and_reasons(void **state)
{
	struct book *b = book();
	const struct tier_view *v = view(b);
	uint32_t swaps = 0;

	(void)state;
	assert_ptr_equal(view(b), v); /* made once */
	assert_int_equal(v->moves, v->review.moves_n);
	assert_true(v->moves > 0);
	for (uint32_t k = 0; k < v->moves; k++) {
		const struct tier_move *m = &v->review.moves[k];

		assert_int_equal(v->move[k].who.account, m->account);
		assert_true(v->move[k].reason.n > 0);
		assert_int_equal(v->move[k].before.since, day_of("2025-12-31"));
		swaps += tier_view_group(m) == TIER_GROUP_SWAP;
		if (m->pair)
			assert_true(v->move[k].pair.name.n == 3);
	}
	assert_true(swaps >= 2);
	assert_int_equal(v->sum.in_tier[1], 2);
	book_free(&b);
}

/* The first swap into tier 1 with all that goes along; the other one waits. */
static void a_marked_swap(void **state)
{
	struct book *b = book();
	const struct tier_view *v = view(b);
	uint8_t *chosen = calloc(v->review.moves_n + 1u, 1);
	const struct review_choice choice = { &v->review, chosen, "as agreed" };
	struct tier_view *held = tier_view_hold(v); /* it is applied from */
	struct review done;
	uint32_t pair = 0;

	(void)state;
	assert_string_equal(in_tier_1(b), "A01 A02");
	for (uint32_t k = 0; k < v->review.moves_n; k++)
		if (v->review.moves[k].account == 20) {
			review_mark(&v->review, chosen, k, true);
			pair = v->review.moves[k].pair;
		}
	/* who goes down has no place in tier 2, and goes on */
	for (uint32_t k = 0; k < v->review.moves_n; k++)
		if (v->review.moves[k].account == pair)
			review_mark(&v->review, chosen, k, true);
	MUST(book_review_take(b, &choice, &done, &e));
	assert_true(done.moves_n < v->review.moves_n);
	review_clear(&done);
	tier_view_drop(&held);
	free(chosen);
	assert_non_null(strstr(in_tier_1(b), "A20"));
	assert_null(strstr(in_tier_1(b), "A19"));
	assert_int_equal(view(b)->sum.review_day, day_of(DAY));
	MUST(book_undo(b, 1, &e));
	assert_string_equal(in_tier_1(b), "A01 A02");
	assert_int_equal(view(b)->sum.review_day, day_of("2026-02-28"));
	book_free(&b);
}

/* Somebody changed what the review would do: nothing is applied. */
static void a_stale_review_is_refused(void **state)
{
	struct book *b = book();
	struct tier_view *held = tier_view_hold(view(b));
	const struct review_choice choice = { &held->review, NULL, NULL };
	struct err err = { .status = ST_OK };
	struct review done;

	(void)state;
	rows_put(book_store(b), REC_ACCOUNT, "account_id=A20|name=N20|arr=1");
	rules_day(b, DAY);
	assert_int_equal(book_review_take(b, &choice, &done, &err), ST_STALE);
	review_clear(&done);
	assert_string_equal(in_tier_1(b), "A01 A02");
	tier_view_drop(&held);
	book_free(&b);
}

/* What is no matter of the review does not get into its way. */
static void a_note_does_not_make_it_stale(void **state)
{
	struct book *b = book();
	struct tier_view *held = tier_view_hold(view(b));
	const struct review_choice choice = { &held->review, NULL, NULL };
	struct review done;

	(void)state;
	rows_put(book_store(b), REC_NOTE, "account_id=A20|date=2026-03-31|text=x");
	rules_day(b, DAY);
	MUST(book_review_take(b, &choice, &done, &e));
	assert_int_equal(done.moves_n, held->review.moves_n);
	review_clear(&done);
	tier_view_drop(&held);
	/* applied again, it changes nothing */
	assert_int_equal(view(b)->review.moves_n, 0);
	book_free(&b);
}

/* The moves that were, the newest first; a person's word stands in the place of a rule.
 */
static void what_was(void **state)
{
	struct book *b = book();
	const struct tier_view *v;

	(void)state;
	MUST(book_set_tier(b, 9, 2, 3, "they will double", &e));
	v = view(b);
	assert_int_equal(v->past, 2);
	assert_true(text_eq(v->moved[0].reason, TEXT("they will double")));
	assert_true(text_eq(v->moved[0].actor, TEXT("Dana")));
	assert_int_equal(v->moved[1].who.account, 9);
	book_free(&b);
}

static void the_fixture(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	const struct tier_view *v = view(b);

	(void)state;
	/* both begin with the first review, weeks after the first figures */
	assert_int_equal(v->shares, 41);
	assert_true(v->share[0].in_tier[TIER_NONE] < v->share[0].active);
	assert_int_equal(v->ratio[0].day, v->share[0].day);
	assert_int_equal(v->share[v->shares - 1].active, v->sum.active);
	assert_true(v->ratios > 10);
	assert_true(v->findings > 0);
	assert_int_equal(v->problem.n, 0);
	book_free(&b);
}

/* Of a day long after the last figures their ratio stays, and that of now comes behind
 * it.
 */
static void ratios_without_figures(void **state)
{
	static const struct {
		const char *day;
		uint32_t n;
	} rows[] = { { DAY, 1 }, { "2026-04-27", 1 }, { "2026-04-28", 2 },
		{ "2027-04-26", 2 }, { "2027-04-27", 0 } };
	struct book *b = book();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct capacity_past past[CAPACITY_PAST];
		uint32_t n;

		rules_day(b, rows[i].day);
		MUST(capacity_past(b, past, &n, &e));
		if (n != rows[i].n)
			fail_msg("%s: %u", rows[i].day, n);
		for (uint32_t k = 0; k < n; k++) {
			assert_int_equal(
				past[k].day, day_of(k == n - 1 ? rows[i].day : DAY));
			assert_int_equal(past[k].accounts[0], 2);
			assert_int_equal(past[k].accounts[1], 6);
			assert_int_equal(past[k].active, 20);
		}
	}
	book_free(&b);
}

/* Tiers of a later day have no review, and all else is there. */
static void no_review_of_the_past(void **state)
{
	struct book *b = book();
	const struct tier_view *v;

	(void)state;
	rules_day(b, "2026-02-27");
	v = view(b);
	assert_true(v->problem.n > 0);
	assert_int_equal(v->moves, 0);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_reasons),
		cmocka_unit_test(a_marked_swap),
		cmocka_unit_test(a_stale_review_is_refused),
		cmocka_unit_test(a_note_does_not_make_it_stale),
		cmocka_unit_test(what_was),
		cmocka_unit_test(the_fixture),
		cmocka_unit_test(ratios_without_figures),
		cmocka_unit_test(no_review_of_the_past),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
