/* Requests for a tier: what the rules say of each, and what comes of granting them. */
#include "core/tier_request.h"
#include "core/change.h"
#include "core/tier_view.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/reviewing.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"

#define DAY "2026-03-31"

/* ---- what the rules say ---- */

/* Ten accounts: tier 1 has one place, held by 1; tier 2 three. */
static struct reviewing stand(void)
{
	struct reviewing r = reviewing_of(10);

	reviewing_stands(&r, 1, 1, 78, 90);
	reviewing_stands(&r, 2, 2, 80, 90); /* good enough, and nobody is 5 behind */
	reviewing_stands(&r, 3, 3, 90, 10); /* good enough, too young */
	reviewing_stands(&r, 4, 3, 43, 90); /* into tier 2 */
	reviewing_stands(&r, 5, 3, 42.9, 90);
	reviewing_stands(&r, 6, 3, 73, 10); /* what tier 1 asks for, and too young */
	reviewing_stands(&r, 7, 3, 72.9, 10);
	for (uint32_t id = 8; id <= 10; id++)
		reviewing_stands(&r, id, 3, 10, 90);
	return r;
}

static struct request_answer judge(struct reviewing *r, uint32_t account, uint8_t wanted)
{
	const struct tier_request q = { .account = account, .wanted = wanted };
	struct review v = reviewing_propose(r, 0);
	struct request_answer a;

	MUST(tier_request_judge(
		&r->policy, &v, &r->tiers, &r->scores, reviewing_store(r), &q, &a, &e));
	review_clear(&v);
	return a;
}

static void verdicts(void **state)
{
	static const struct {
		uint32_t account;
		uint8_t wanted;
		enum request_verdict is;
		bool full;
		uint32_t goes;
	} rows[] = {
		{ 1, 1, REQUEST_MET, true, 0 },
		{ 1, 2, REQUEST_MET, false, 2 },
		{ 2, 1, REQUEST_WAITS, true, 1 },
		{ 3, 1, REQUEST_EARLY, true, 1 },
		{ 4, 2, REQUEST_PROMOTES, false, 2 },
		{ 4, 1, REQUEST_LOW, true, 1 },
		{ 5, 2, REQUEST_LOW, false, 2 },
		{ 6, 1, REQUEST_EARLY, true, 1 },
		{ 7, 1, REQUEST_LOW, true, 1 },
	};
	struct reviewing r = stand();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct request_answer a =
			judge(&r, rows[i].account, rows[i].wanted);

		if (a.verdict != rows[i].is || a.full != rows[i].full ||
			a.goes != rows[i].goes)
			fail_msg("row %zu: %d, full %d, %u goes", i, (int)a.verdict,
				a.full, a.goes);
	}
	reviewing_clear(&r);
}

static void locks_and_leavers(void **state)
{
	struct reviewing r = stand();
	struct request_answer a;

	(void)state;
	reviewing_lock(&r, 2, 0);
	reviewing_lock(&r, 1, 0);
	a = judge(&r, 2, 1);
	assert_int_equal(a.verdict, REQUEST_LOCKED);
	assert_int_equal(a.goes, 0); /* the lock holds the only one in tier 1 */
	assert_true(a.full);
	r.scores.health[4] = HEALTH_NONE;
	r.scores.active--;
	assert_int_equal(judge(&r, 5, 1).verdict, REQUEST_GONE);
	assert_int_equal(judge(&r, 99, 1).verdict, REQUEST_GONE);
	reviewing_clear(&r);
}

/* Three hold tier 2; by a table of their figures and keys, the one goes that the order
 * of the review has last, whoever comes first in the book. */
static void ties(void **state)
{
	static const struct {
		double score[3];
		int64_t value[3];
		uint32_t key[3], goes;
	} rows[] = {
		{ { 50, 49, 51 }, { 1, 9, 1 }, { 1, 2, 3 }, 2 },
		{ { 50, 50, 51 }, { 2, 1, 0 }, { 1, 2, 3 }, 2 },
		{ { 50, 50, 50 }, { 1, 2, 1 }, { 1, 2, 3 }, 3 },
		{ { 50, 50, 50 }, { 1, 1, 1 }, { 3, 1, 2 }, 1 },
		{ { 50, 50, 50 }, { 1, 1, 1 }, { 1, 2, 3 }, 3 },
		{ { 50, 49, 49 }, { 1, 1, 1 }, { 3, 2, 1 }, 2 },
		{ { 49.99999, 50, 50 }, { 9, 1, 1 }, { 1, 2, 3 }, 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct reviewing r = reviewing_of(10);
		uint32_t key[10] = { 0 };

		for (uint32_t id = 1; id <= 10; id++) {
			key[id - 1] = id;
			reviewing_stands(&r, id, 3, 10, 90);
		}
		for (uint32_t id = 1; id <= 3; id++) {
			key[id - 1] = rows[i].key[id - 1];
			reviewing_stands(&r, id, 2, rows[i].score[id - 1], 90);
			r.scores.value[id - 1] = rows[i].value[id - 1];
		}
		r.key = key;
		if (judge(&r, 4, 2).goes != rows[i].goes)
			fail_msg("row %zu: %u goes", i, judge(&r, 4, 2).goes);
		reviewing_clear(&r);
	}
}

static void sentences(void **state)
{
	struct reviewing r = stand();
	const struct tier_request q = { .account = 5, .wanted = 1 };
	const struct request_answer a = judge(&r, 5, 1);
	char text[400];

	(void)state;
	tier_request_text(&r.policy, &q, &a, TEXT("Acme"), text, sizeof(text));
	assert_string_equal(text,
		"The review would not: its tier score is 42.9, and tier 1 asks for 73 "
		"(70 "
		"and 3 above it). By hand: tier 1 is full, and Acme (78.0), its weakest, "
		"would have to go down");
	reviewing_clear(&r);
}

/* ---- in a book ---- */

/* Ten accounts, A10 in tier 1, A07 to A09 in tier 2. */
static struct book *book(void)
{
	struct store *s = fake_store_new();
	struct recalc_result r;
	struct book *b;
	char row[80];

	for (int i = 1; i <= 10; i++) {
		snprintf(row, sizeof(row), "account_id=A%02d|arr=%d", i, i * 100);
		rows_put(s, REC_ACCOUNT, row);
	}
	rules_tiers(s, "3333332221", NULL, "2026-01-31", 10);
	b = rules_book(s, DAY, "Dana");
	book_look_for_alerts(b, false);
	MUST(book_recalc(b, &r, &e));
	return b;
}

static int64_t ask(struct book *b, uint32_t account, uint8_t tier)
{
	int64_t id = 0;

	MUST(book_request_tier(
		b, account, tier, "Kim, sales", "they will grow", &id, &e));
	return id;
}

static unsigned tier_of(struct book *b, uint32_t account)
{
	struct list_row row;
	struct arena a;
	unsigned tier;

	arena_init(&a);
	MUST(book_rows(b, &account, 1, &a, &row, &e));
	tier = row.tier;
	arena_clear(&a);
	return tier;
}

#define ASKED                                                               \
	"account_id=A01|asked_on=2026-03-31|wanted=1|requester=Kim, sales|" \
	"reason=they will grow|actor=Dana|"

static void written_down(void **state)
{
	struct book *b = book();
	struct err err = { .status = ST_OK };
	int64_t id;

	(void)state;
	assert_int_equal(ask(b, 1, 1), 1);
	rows_are(book_store(b), REC_REQUEST, 0, ASKED "state=open\n");
	assert_int_equal(book_request_tier(b, 1, 1, " ", "x", &id, &err), ST_USAGE);
	assert_int_equal(book_request_tier(b, 1, 1, "Kim", "", &id, &err), ST_USAGE);
	assert_int_equal(book_request_tier(b, 1, 4, "Kim", "x", &id, &err), ST_USAGE);
	assert_int_equal(book_request_tier(b, 1, 3, "Kim", "x", &id, &err), ST_FORBIDDEN);
	assert_int_equal(
		book_request_tier(b, 99, 1, "Kim", "x", &id, &err), ST_FORBIDDEN);
	MUST(book_undo(b, 1, &e));
	rows_are(book_store(b), REC_REQUEST, 0, "");
	book_free(&b);
}

/* A request does not pass the cap; granting it is one operation, taken back as one. */
static void granted_under_the_cap(void **state)
{
	struct book *b = book();
	struct err err = { .status = ST_OK };
	const int64_t id = ask(b, 1, 1);

	(void)state;
	assert_int_equal(book_grant_request(b, id, 0, "big deal", &err), ST_FORBIDDEN);
	assert_non_null(strstr(err.text, "tier 1 is full"));
	rows_are(book_store(b), REC_REQUEST, 0, ASKED "state=open\n");
	assert_int_equal(book_grant_request(b, id, 10, " ", &err), ST_USAGE);
	MUST(book_grant_request(b, id, 10, "big deal", &e));
	assert_int_equal(tier_of(b, 1), 1);
	assert_int_equal(tier_of(b, 10), 3); /* tier 2 is full, too */
	rows_are(book_store(b), REC_REQUEST, 0,
		ASKED "state=granted|answered_on=2026-03-31|answer=big "
		      "deal|answered_by=Dana\n");
	assert_int_equal(book_grant_request(b, id, 0, "again", &err), ST_USAGE);
	MUST(book_undo(b, 2, &e));
	assert_int_equal(tier_of(b, 1), 3);
	assert_int_equal(tier_of(b, 10), 1);
	rows_are(book_store(b), REC_REQUEST, 0, ASKED "state=open\n");
	book_free(&b);
}

/* A base that shrank leaves tier 2 over its cap: one may go in for another, and nobody
 * besides. */
static void exchanged_over_the_cap(void **state)
{
	static const struct {
		uint32_t demote;
		enum status st;
	} rows[] = { { 0, ST_FORBIDDEN }, { 7, ST_OK } };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct book *b = book();
		struct recalc_result r;

		rows_put(book_store(b), REC_ACCOUNT,
			"account_id=A01|status=churned|churned_on=2026-03-01\n");
		MUST(book_recalc(b, &r, &e)); /* nine: two places, three members */
		assert_int_equal(
			book_set_tier(b, 2, 2, rows[i].demote, "why", NULL), rows[i].st);
		assert_int_equal(tier_of(b, 2), rows[i].st == ST_OK ? 2 : 3);
		assert_int_equal(tier_of(b, 7), rows[i].st == ST_OK ? 3 : 2);
		book_free(&b);
	}
}

/* Who would go down, by hand and for somebody who comes up, of those in tier 2: the last
 * in the order of the review. */
static void weakest_named(void **state)
{
	static const struct {
		const char *row[3]; /* A, B, C: in tier 2, in the order of the book */
		const char *weakest;
	} rows[] = {
		{ { "account_id=Q1|arr=9", "account_id=Q2|arr=9", "account_id=Q3|arr=8" },
			"Q3" },
		{ { "account_id=Q1|arr=9", "account_id=Q2|arr=9", "account_id=Q3|arr=9" },
			"Q3" },
		{ { "account_id=Q3|arr=9", "account_id=Q2|arr=9", "account_id=Q1|arr=9" },
			"Q3" },
		{ { "account_id=q1|arr=9", "account_id=Q2|arr=9", "account_id=Q3|arr=9" },
			"q1" },
		{ { "account_id=Q1|arr=9", "account_id=Q3|arr=9",
			  "account_id=Q2|arr=9.5" },
			"Q3" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct store *s = fake_store_new();
		struct err err = { .status = ST_OK };
		struct book_way_up way;
		struct recalc_result r;
		struct book *b;
		char row[80], said[40];

		for (int k = 0; k < 3; k++)
			rows_put(s, REC_ACCOUNT, rows[i].row[k]);
		for (int k = 3; k < 10; k++) {
			snprintf(row, sizeof(row), "account_id=Z%02d|arr=1", k);
			rows_put(s, REC_ACCOUNT, row);
		}
		rules_tiers(s, "2223333333", NULL, "2026-01-31", 10);
		b = rules_book(s, DAY, "Dana");
		book_look_for_alerts(b, false);
		MUST(book_recalc(b, &r, &e));
		assert_int_equal(book_set_tier(b, 4, 2, 0, "why", &err), ST_FORBIDDEN);
		snprintf(said, sizeof(said), "the weakest is %s", rows[i].weakest);
		if (!strstr(err.text, said))
			fail_msg("row %zu: %s", i, err.text);
		MUST(book_way_up(b, 3, &way, &e));
		assert_true(way.full);
		assert_int_equal(way.goes, account_of(s, rows[i].weakest));
		book_free(&b);
	}
}

/* What it takes to come up: the line, and where there is no room the weakest one who is
 * active and not locked, and the margin on top. */
static void way_up(void **state)
{
	struct book *b = book(); /* 10 alone in tier 1, 7 to 9 in tier 2 */
	const struct policy *p = book_policy(b);
	const double line[] = { p->threshold[0] + p->hysteresis,
		p->threshold[1] + p->hysteresis };
	struct recalc_result r;
	struct book_way_up way;

	(void)state;
	MUST(book_way_up(b, 2, &way, &e));
	assert_int_equal(way.to, 1);
	assert_true(way.full);
	assert_int_equal(way.goes, 10);
	assert_true(way.goes_score + p->swap_margin > line[0]);
	rules_same_number(way.need, way.goes_score + p->swap_margin);
	MUST(book_way_up(b, 3, &way, &e));
	assert_int_equal(way.goes, 7);
	MUST(book_lock(b, 7, book_as_of(b) + 9, "stays", &e));
	MUST(book_way_up(b, 3, &way, &e));
	assert_int_equal(way.goes, 8);
	MUST(book_lock(b, 8, book_as_of(b) + 9, "stays", &e));
	MUST(book_lock(b, 9, book_as_of(b) + 9, "stays", &e));
	MUST(book_way_up(b, 3, &way, &e));
	assert_true(way.full);
	assert_int_equal(way.goes, 0);
	rules_same_number(way.need, line[1]);
	/* Who left makes room at the review: 10 of 10 become 9, and of three places two.
	 */
	rows_put(book_store(b), REC_ACCOUNT,
		"account_id=A10|status=churned|churned_on=2026-03-01\n");
	MUST(book_recalc(b, &r, &e));
	MUST(book_way_up(b, 2, &way, &e));
	assert_int_equal(way.goes, 0);
	book_free(&b);
}

/* A request is for a higher tier: it takes nobody down. */
static void met_by_now(void **state)
{
	struct book *b = book();
	struct err err = { .status = ST_OK };
	const int64_t id = ask(b, 1, 2);
	int64_t other;

	(void)state;
	assert_int_equal(
		book_request_tier(b, 10, 2, "Kim", "x", &other, &err), ST_FORBIDDEN);
	assert_non_null(strstr(err.text, "in tier 1 already"));
	MUST(book_set_tier(b, 1, 1, 10, "money", &e));
	MUST(book_set_tier(b, 7, 3, 0, "room", &e));
	MUST(book_grant_request(b, id, 0, "it is there", &e));
	assert_int_equal(tier_of(b, 1), 1);
	rows_are(book_store(b), REC_REQUEST, 0,
		"account_id=A01|asked_on=2026-03-31|wanted=2|requester=Kim, "
		"sales|reason=they will grow|actor=Dana|state=granted|"
		"answered_on=2026-03-31|answer=it is there|answered_by=Dana\n");
	book_free(&b);
}

static void declined(void **state)
{
	struct book *b = book();
	struct err err = { .status = ST_OK };
	const int64_t id = ask(b, 1, 1);

	(void)state;
	assert_int_equal(book_decline_request(b, 7, "no", &err), ST_NOTFOUND);
	assert_int_equal(book_decline_request(b, id, "", &err), ST_USAGE);
	MUST(book_decline_request(b, id, "no room", &e));
	assert_int_equal(tier_of(b, 1), 3);
	rows_are(book_store(b), REC_REQUEST, 0,
		ASKED "state=declined|answered_on=2026-03-31|answer=no "
		      "room|answered_by=Dana\n");
	book_free(&b);
}

/* What a manager looks at has the open ones first, with who would have to go. */
static void in_the_view(void **state)
{
	struct book *b = book();
	const struct tier_view *v = NULL;

	(void)state;
	MUST(book_decline_request(b, ask(b, 2, 2), "no", &e));
	ask(b, 1, 1);
	MUST(book_tier_view(b, &v, &e));
	assert_int_equal(v->requests, 2);
	assert_int_equal(v->requests_open, 1);
	assert_int_equal(v->request[0].request.id, 2);
	assert_int_equal(v->request[0].goes.account, 10);
	assert_true(text_eq(v->request[1].says, TEXT("declined by Dana: no")));
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts),
		cmocka_unit_test(locks_and_leavers),
		cmocka_unit_test(ties),
		cmocka_unit_test(sentences),
		cmocka_unit_test(written_down),
		cmocka_unit_test(granted_under_the_cap),
		cmocka_unit_test(exchanged_over_the_cap),
		cmocka_unit_test(weakest_named),
		cmocka_unit_test(way_up),
		cmocka_unit_test(met_by_now),
		cmocka_unit_test(declined),
		cmocka_unit_test(in_the_view),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
