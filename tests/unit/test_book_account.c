/* One account with everything about it, for every account of the fixture and for one
 * whose history is known by heart; finding accounts; sparklines. */
#include "core/book.h"
#include "core/book_basis.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/fixture.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

static struct account_view *view(struct book *b, uint32_t id)
{
	struct account_view *v = NULL;

	MUST(book_account(b, id, &v, &e));
	return v;
}

static void recalc(struct book *b, const char *day)
{
	struct recalc_result r;

	rules_day(b, day);
	MUST(book_recalc(b, &r, &e));
}

/* ---- every account of the fixture ------------------------------------------------ */

static void contributions_add_up(const struct account_view *v)
{
	const struct snapshot_row *now = &v->trend[v->trend_n - 1];
	int sum = v->pulse_change;

	for (int c = 0; c < COMP_COUNT; c++)
		sum += v->points_change[c];
	assert_int_equal(sum, now->health - v->before.health);
	assert_int_equal(v->pulse_change, 0); /* the fixture has no pulse */
	assert_int_equal(v->row.change, sum);
	assert_true(v->before.at.day <= now->at.day - CHANGE_DAYS);
}

static void points_add_up(const struct account_view *v)
{
	int sum = 0;

	for (int c = 0; c < COMP_COUNT; c++)
		sum += v->health.component[c].points;
	assert_int_equal(sum, v->health.unheld);
	assert_int_equal(v->row.health, v->health.health);
	assert_true(fabs(v->row.coverage - v->health.coverage) < 1e-4);
	assert_true(v->row.value == v->value.value);
	assert_true(fabs(v->row.effort - v->effort.effort) < 1e-4);
	assert_int_equal(v->row.assumed, v->effort.assumed);
}

static void history_is_in_order(const struct account_view *v)
{
	uint8_t tier = TIER_NONE;

	for (uint32_t k = 1; k < v->trend_n; k++)
		assert_true(v->trend[k - 1].at.day < v->trend[k].at.day);
	for (uint32_t k = 0; k < v->moves_n; k++) {
		assert_int_equal(v->moves[k].from, tier);
		tier = v->moves[k].to;
		assert_true(strlen(v->move_reason[k]) > 10);
		assert_int_equal(v->moves[k].pair != 0, v->move_pair[k].s != NULL);
	}
	assert_int_equal(v->row.tier, tier);
	for (uint32_t k = 1; k < v->rows[REC_TOUCH].n; k++) {
		const struct cell *a = v->rows[REC_TOUCH].cells + (k - 1) * TOUCH_FIELDS;

		assert_true(a[F_TOUCH_DATE].i >= a[TOUCH_FIELDS + F_TOUCH_DATE].i);
	}
}

static void every_account(void **state)
{
	struct book *b = fixture_book(FIXTURE_COMPLETE);
	uint32_t compared = 0, moved = 0;

	(void)state;
	for (uint32_t id = 1; id <= 36; id++) {
		struct account_view *v = view(b, id);

		assert_int_equal(v->row.account, id);
		assert_true(text_eq(v->cells[F_ACCOUNT_ID].t, v->row.id));
		points_add_up(v);
		history_is_in_order(v);
		if (v->has_before) {
			contributions_add_up(v);
			compared++;
		} else {
			assert_int_equal(v->row.change, CHANGE_NONE);
		}
		moved += v->moves_n > 1;
		account_view_free(&v);
		assert_null(v);
	}
	assert_in_range(compared, 20, 36); /* the fixture is worth it */
	assert_in_range(moved, 1, 36);
	book_free(&b);
}

/* ---- one account known by heart -------------------------------------------------- */

#define SIG(day, kind, value) \
	"account_id=A|date=" day "|signal=" kind "|value=" value "\n"

/* 2026-03-01: usage 100, tickets 0: health 100, 25 and 15 of 40: 63 and 37 points
 * (62.5, 37.5: the first). 2026-03-31: usage 30, tickets 3 (40): 1350 / 40 = 34, as
 * 750 : 600, 18.9 and 15.1: 19 and 15; a red pulse does not hold what is lower. */
static struct book *by_heart(const char *pulse_day)
{
	struct store *s = fake_store_new();
	struct book *b;

	rows_put(s, REC_ACCOUNT, "account_id=A|name=Acme|arr=100\naccount_id=B|arr=100");
	rows_put(s, REC_SIGNAL,
		SIG("2026-03-01", "active_days", "20") SIG("2026-03-01", "tickets_90d",
			"0") SIG("2026-03-31", "active_days", "4")
			SIG("2026-03-31", "tickets_90d", "3"));
	if (pulse_day)
		rows_put(s, REC_SIGNAL,
			strcmp(pulse_day, DAY) == 0 ? SIG(DAY, "pulse", "1")
						    : SIG("2026-03-01", "pulse", "1")
							      SIG(DAY, "pulse", "3"));
	b = rules_book(s, "2026-03-01", "Dana");
	recalc(b, "2026-03-01");
	recalc(b, "2026-03-04"); /* 27 days before: not the one to compare with */
	recalc(b, DAY);
	return b;
}

static void contributions(void **state)
{
	static const struct {
		const char *pulse;
		int before, usage, support, by_pulse;
	} rows[] = {
		{ NULL, 100, 19 - 63, 15 - 37, 0 }, { DAY, 100, 19 - 63, 15 - 37, 0 },
		{ "before", 49, 19 - 63, 15 - 37, 51 }, /* held at 49 then, free now */
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = by_heart(rows[i].pulse);
		struct account_view *v = view(b, 1);

		assert_true(v->has_before);
		assert_int_equal(v->trend_n, 3);
		assert_int_equal(v->row.health, 34);
		assert_int_equal(v->before.at.day, day_of("2026-03-01"));
		assert_int_equal(v->before.health, rows[i].before);
		assert_int_equal(v->points_change[COMP_USAGE], rows[i].usage);
		assert_int_equal(v->points_change[COMP_SUPPORT], rows[i].support);
		assert_int_equal(v->points_change[COMP_SENTIMENT], 0);
		assert_int_equal(v->pulse_change, rows[i].by_pulse);
		assert_int_equal(v->row.change, 34 - rows[i].before);
		account_view_free(&v);
		v = view(b, 2); /* nobody knows anything about B */
		assert_false(v->has_before);
		assert_int_equal(v->row.change, CHANGE_NONE);
		account_view_free(&v);
		book_free(&b);
	}
}

static void a_view_of_a_past_day(void **state)
{
	struct book *b = by_heart(NULL);
	struct review r;
	struct account_view *v;

	(void)state;
	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
	rules_day(b, "2026-03-02");
	v = view(b, 1);
	assert_int_equal(v->row.health, 100); /* explained as of the figures' day */
	assert_int_equal(v->health.health, 100);
	assert_int_equal(v->trend_n, 1);
	assert_false(v->has_before);
	assert_int_equal(v->moves_n, 0); /* the review is yet to come */
	assert_int_equal(v->row.tier, TIER_NONE);
	account_view_free(&v);
	book_free(&b);
}

static void children_newest_first(void **state)
{
	struct book *b = by_heart(NULL);
	struct account_view *v;
	const struct cell *lock;

	(void)state;
	rows_put(book_store(b), REC_TOUCH,
		"account_id=A|date=2026-01-01|kind=call\n"
		"account_id=A|date=2026-02-01|kind=mail\n"
		"account_id=B|date=2026-02-02|kind=call");
	rows_put(book_store(b), REC_LOCK, "account_id=A|until=2026-06-30|reason=a deal");
	v = view(b, 1);
	assert_int_equal(v->rows[REC_TOUCH].n, 2);
	assert_true(text_eq(v->rows[REC_TOUCH].cells[F_TOUCH_KIND].t, TEXT("mail")));
	assert_int_equal(v->rows[REC_LOCK].n, 1);
	lock = v->rows[REC_LOCK].cells;
	assert_true(text_eq(lock[F_LOCK_REASON].t, TEXT("a deal")));
	assert_true(text_eq(v->cells[F_NAME].t, TEXT("Acme")));
	account_view_free(&v);
	book_free(&b);
}

/* What the figures rest on is of the account that was asked for, not of a neighbour. */
static void basis_of_an_account(void **state)
{
	struct book *b = rules_book(fake_store_new(), DAY, "Dana");

	(void)state;
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=1|arr=10\naccount_id=2|arr=20|renewal_date=2026-09-30\n");
	rows_put(book_store(b), REC_SIGNAL,
		"account_id=1|date=2026-03-01|signal=logins|value=1\n"
		"account_id=2|date=2026-03-02|signal=logins|value=2\n"
		"account_id=2|date=2026-04-02|signal=logins|value=3\n");
	for (uint32_t id = 1; id <= 2; id++) {
		struct book_basis x;

		MUST(book_basis(b, id, TIER_NONE, book_as_of(b), &x, &e));
		assert_true(x.signal[SIG_LOGINS] == id);
		assert_int_equal(
			x.signal_day[SIG_LOGINS], day_of("2026-02-28") + (int32_t)id);
		assert_int_equal(x.renewal, id == 2 ? day_of("2026-09-30") : DAY_NONE);
	}
	book_free(&b);
}

static void no_such_account(void **state)
{
	static const uint32_t ids[] = { 0, 3, UINT32_MAX };
	struct book *b = by_heart(NULL);

	(void)state;
	for (size_t i = 0; i < LENGTH(ids); i++) {
		struct account_view *v;

		assert_int_equal(book_account(b, ids[i], &v, NULL), ST_NOTFOUND);
		assert_null(v);
	}
	assert_int_equal(book_basis(b, 3, TIER_NONE, book_as_of(b),
				 &(struct book_basis){ 0 }, NULL),
		ST_NOTFOUND);
	book_free(&b);
}

/* ---- finding --------------------------------------------------------------------- */

static void finds(void **state)
{
	static const struct {
		const char *key;
		uint32_t id;
		enum status st;
		const char *error;
	} rows[] = {
		{ "A-1", 1, ST_OK, NULL },
		{ "a-1", 0, ST_NOTFOUND, "no account has the id or the name \"a-1\"" },
		{ "Contoso", 2, ST_OK, NULL },
		{ "CONTOSO", 2, ST_OK, NULL },
		{ "cafe\xCC\x81", 3, ST_OK, NULL },
		{ "Twin", 0, ST_USAGE,
			"more than one account is named \"Twin\"; say "
			"which id: A-4, A-5" },
		{ "A-4", 4, ST_OK, NULL },
		{ "A-2 ", 0, ST_NOTFOUND, "" },
		{ "Cont", 0, ST_NOTFOUND, "" },
		{ "A-7", 6, ST_OK, NULL }, /* an id comes before a name */
		{ "", 0, ST_NOTFOUND, "" },
	};
	struct store *s = fake_store_new();
	struct book *b;

	(void)state;
	rows_put(s, REC_ACCOUNT,
		"account_id=A-1|name=Northwind\naccount_id=A-2|name=Contoso\n"
		"account_id=A-3|name=Caf\xC3\xA9\naccount_id=A-4|name=Twin\n"
		"account_id=A-5|name=twin\naccount_id=A-7|name=Seven\n"
		"account_id=A-8|name=A-7\naccount_id=A-9");
	b = rules_book(s, DAY, "Dana");
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct err e = { .status = ST_OK };
		uint32_t id = 0;

		assert_int_equal(book_find(b, text_of(rows[i].key), &id, &e), rows[i].st);
		if (rows[i].st == ST_OK)
			assert_int_equal(id, rows[i].id);
		else if (!strstr(e.text, rows[i].error))
			fail_msg("%s", e.text);
	}
	book_free(&b);
}

/* ---- sparklines ------------------------------------------------------------------ */

/* Figures of 1, 4 and 31 March: three days a step, the last one today. */
static void sparks(void **state)
{
	static const uint32_t ids[] = { 2, 1 };
	struct book *b = by_heart(NULL);
	uint8_t out[2][11];

	(void)state;
	MUST(book_spark(b, ids, 2, 11, 3, &out[0][0], &e));
	assert_int_equal(out[0][10], HEALTH_UNKNOWN);
	assert_int_equal(out[1][10], 34);
	assert_int_equal(out[1][0], 100); /* 30 days before */
	assert_int_equal(out[1][1], 100); /* 27 */
	for (int k = 2; k < 10; k++)
		assert_int_equal(out[1][k], HEALTH_NONE);
	MUST(book_spark(b, ids, 2, 2, 3, &out[0][0], &e));
	rules_day(b, "2026-02-01");
	MUST(book_spark(b, ids, 1, 11, 3, &out[0][0], &e));
	assert_int_equal(out[0][10], HEALTH_NONE);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_account),
		cmocka_unit_test(contributions),
		cmocka_unit_test(a_view_of_a_past_day),
		cmocka_unit_test(children_newest_first),
		cmocka_unit_test(basis_of_an_account),
		cmocka_unit_test(no_such_account),
		cmocka_unit_test(finds),
		cmocka_unit_test(sparks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
