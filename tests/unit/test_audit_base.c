/* Audits of the base and of health, each at its edge: tiers that grow or shrink, books,
 * what tier 1 lacks, what is known too little, what changed. */
#include "core/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/auditing.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

/* 600 accounts and 60 places; of 590 there are 59: the weakest must go down. */
static void a_base_that_shrinks(void **state)
{
	struct book *b = auditing_book(600, 60, 100);
	char row[80];

	(void)state;
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "over-cap", "");
	for (uint32_t i = 1; i <= 10; i++) {
		snprintf(row, sizeof(row), "account_id=A%03u|status=churned", i);
		rows_put(book_store(b), REC_ACCOUNT, row);
	}
	auditing_recalc(b, AUDITING_DAY);
	assert_string_equal(auditing_finds(b, "over-cap", "1: 541; "),
		"tier 1 holds 60, 1 more than its cap of 59 (10 % of 590 rounded down): "
		"1 "
		"must go down\n");
	rows_put(book_store(b), REC_LOCK,
		"account_id=A541|until=2026-12-31|reason=board\n");
	rules_day(b, AUDITING_DAY);
	auditing_finds(b, "over-cap", "1: 542; "); /* a lock holds the weakest */
	book_free(&b);
}

/* 20 accounts of tier 1 for each CSM are its band; 21 are above it. */
static void books_grow(void **state)
{
	static const struct {
		uint32_t first;
		const char *list;
	} rows[] = { { 20, "" }, { 21, "0; " } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = auditing_book(300, rows[i].first, 40);

		auditing_recalc(b, "2026-03-03");
		auditing_recalc(b, AUDITING_DAY);
		auditing_finds(b, "inflation", rows[i].list);
		book_free(&b);
	}
}

static void tier_1_grows(void **state)
{
	struct book *b = auditing_book(100, 5, 20);
	struct tiers t = { 0 };
	struct store *s = book_store(b);

	(void)state;
	auditing_recalc(b, "2026-03-03");
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "inflation", "");
	MUST(s->ops->tiers_load(s, &t, &e));
	t.tier[0] = 1; /* 5 % > 6 % */
	MUST(s->ops->begin(s, &e));
	MUST(s->ops->tiers_save(s, &t, t.review_day, 100, &e));
	MUST(s->ops->commit(s, &e));
	tiers_clear(&t);
	auditing_recalc(b, AUDITING_DAY);
	assert_non_null(strstr(auditing_finds(b, "inflation", "0; "),
		"tier 1 grew from 5.0 % of the base on 2026-03-03 to 6.0 %"));
	book_free(&b);
}

/* Of 10 accounts with 1 .. 10 the first four hold 34 of 55, the first three 27. */
static void few_hold_most(void **state)
{
	struct book *b = auditing_book(10, 1, 3);

	(void)state;
	auditing_finds(b, "high-touch-share", "");
	book_free(&b);
	b = auditing_book(10, 1, 2);
	assert_non_null(strstr(
		auditing_finds(b, "high-touch-share", "0; "), "hold 49.1 % of ARR"));
	book_free(&b);
}

static enum status hear_basics(void *arg, const struct audit_finding *f, struct err *e)
{
	(void)e;
	if (strcmp(f->check->name, "tier1-incomplete") == 0) {
		assert_int_equal(f->count, 501);
		assert_int_equal(f->account[500], 501);
		assert_non_null(strstr(f->text, "501 of 501 accounts lack "));
		++*(int *)arg;
	}
	return ST_OK;
}

static bool patience(void *arg)
{
	return ++*(int *)arg > 300;
}

/* Two accounts of tier 1, of which the first gets all five; those of other tiers are not
 * asked. */
static void basics_of_tier_1(void **state)
{
	struct err gone = { .status = ST_OK };
	struct book *b = auditing_book(10, 2, 2);
	struct store *s = book_store(b);
	int heard = 0;

	(void)state;
	auditing_recalc(b, AUDITING_DAY);
	assert_string_equal(auditing_finds(b, "tier1-incomplete", "2: 9,10; "),
		"2 of 2 accounts lack something of five; missing: success plan (2), "
		"business reviews (2), executive sponsor (2), risk review (2), org chart "
		"(2)\n");
	for (int i = 9; i <= 10; i++) {
		char row[400];

		snprintf(row, sizeof(row),
			"account_id=A%03d|goal=g|next_step=n|next_due=2026-05-01\n", i);
		rows_put(s, REC_PLAN, row);
		snprintf(row, sizeof(row),
			"account_id=A%03d|date=2026-03-20|kind=QBR and risk review|"
			"outcome=o\n",
			i);
		rows_put(s, REC_TOUCH, row);
		snprintf(row, sizeof(row),
			"account_id=A%03d|name=N|role=sponsor\n"
			"account_id=A%03d|name=M|role=champion%s\n"
			"account_id=A%03d|name=O|role=user\n",
			i, i, i == 10 ? "|left_on=2026-03-01" : "", i);
		rows_put(s, REC_CONTACT, row);
	}
	auditing_recalc(b, AUDITING_DAY);
	assert_string_equal(auditing_finds(b, "tier1-incomplete", "1: 10; "),
		"1 of 2 accounts lacks something of five; missing: org chart (1)\n");
	book_free(&b);
	b = auditing_book(501, 501, 0);
	auditing_recalc(b, AUDITING_DAY);
	MUST(audit_run(b, hear_basics, &heard, &e));
	assert_int_equal(heard, 1);
	/* whoever waits for it goes after a while */
	book_patience(b, patience, &heard);
	assert_int_equal(audit_run(b, hear_basics, &heard, &gone), ST_CANCELLED);
	book_free(&b);
}

/* Unknown of 2 in 8 are a quarter; of 3 they are more. */
static void too_little_is_known(void **state)
{
	struct book *b = auditing_book(8, 1, 2);

	(void)state;
	assert_string_equal(auditing_finds(b, "no-health-model", "0; "),
		"health was never computed\n");
	auditing_policy(b, "[health]\nmin_coverage = 0.1\n");
	for (uint32_t i = 4; i <= 8; i++)
		auditing_signal(b, i, AUDITING_DAY, "active_days", 20);
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "no-health-model", "3: 1,2,3; ");
	auditing_signal(b, 3, AUDITING_DAY, "active_days", 20);
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "no-health-model", "");
	book_free(&b);
}

static void figures_get_old(void **state)
{
	struct book *b = auditing_book(8, 1, 2);

	(void)state;
	auditing_recalc(b, AUDITING_DAY);
	rules_day(b, "2026-04-07");
	auditing_finds(b, "stale-figures", "");
	rules_day(b, "2026-04-08");
	auditing_finds(b, "stale-figures", "0; ");
	book_free(&b);
}

/* A001 (tier 3) fell from healthy to at risk, A002 only to watch, A003 was at risk, and
 * A010 is in tier 1, where somebody looks. 8 days are a health of 50, which is watch. */
static void newly_risky(void **state)
{
	static const struct {
		uint32_t account;
		int then, now;
	} rows[] = { { 1, 20, 2 }, { 2, 20, 8 }, { 3, 2, 1 }, { 10, 20, 2 }, { 4, 8, 2 },
		{ 5, 7, 2 } };
	struct book *b = auditing_book(10, 1, 3);

	(void)state;
	auditing_policy(b, "[health]\nmin_coverage = 0.1\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		auditing_signal(
			b, rows[i].account, "2026-03-03", "active_days", rows[i].then);
		auditing_signal(
			b, rows[i].account, AUDITING_DAY, "active_days", rows[i].now);
	}
	auditing_recalc(b, "2026-03-03");
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "newly-risky", "2: 1,4; ");
	book_free(&b);
}

/* Healthy and steady in tier 1, without a renewal near: 180 days are near enough. */
static void stable_in_tier_1(void **state)
{
	struct book *b = auditing_book(10, 2, 3);

	(void)state;
	auditing_policy(b, "[health]\nmin_coverage = 0.1\n");
	for (uint32_t i = 8; i <= 10; i++) { /* A008 is in tier 2 */
		auditing_signal(b, i, "2026-03-03", "active_days", 20);
		auditing_signal(b, i, AUDITING_DAY, "active_days", 20);
	}
	auditing_recalc(b, "2026-03-03");
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "stable-high-touch", "2: 9,10; ");
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=A009|arr=900|csm=Dana|complexity=90\n"
		"account_id=A010|arr=1000|csm=Dana|complexity=10|renewal_date=2026-09-"
		"27");
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "stable-high-touch", "");
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=A010|arr=1000|csm=Dana|complexity=10|renewal_date=2026-09-"
		"28");
	auditing_recalc(b, AUDITING_DAY);
	auditing_finds(b, "stable-high-touch", "1: 10; ");
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_base_that_shrinks),
		cmocka_unit_test(books_grow),
		cmocka_unit_test(tier_1_grows),
		cmocka_unit_test(few_hold_most),
		cmocka_unit_test(basics_of_tier_1),
		cmocka_unit_test(too_little_is_known),
		cmocka_unit_test(figures_get_old),
		cmocka_unit_test(newly_risky),
		cmocka_unit_test(stable_in_tier_1),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
