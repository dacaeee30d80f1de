/* Tiers that come with a file of accounts: placed when all rows are in, against the caps.
 */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/importing.h"
#include "tests/support/rows_text.h"

static struct tiers load_tiers(struct store *s)
{
	struct tiers t = { 0 };
	MUST(s->ops->tiers_load(s, &t, &e));
	return t;
}

/* Tiers of the accounts by id: "12-3". */
static void tiers_are(struct store *s, const char *wanted)
{
	struct tiers t = load_tiers(s);
	char got[64];
	size_t n = 0;
	for (; n < t.n && n < sizeof(got) - 1; n++)
		got[n] = t.tier[n] == TIER_NONE ? '-' : (char)('0' + t.tier[n]);
	got[n] = '\0';
	assert_string_equal(got, wanted);
	tiers_clear(&t);
}

static void tiers_are_placed_when_all_rows_are_in(void **state)
{
	struct store *s = importing_book("account_id=X|status=churned\n");
	struct import_result r;
	struct err e;
	struct tiers t;
	(void)state;
	importing_takes(s, REC_ACCOUNT,
		"account_id,tier\na,1\nb,2\nc,2\nd,2\ne,3\nf,3\ng,\nh,\ni,\nj,\nX,1\n",
		"11 10 0 1");
	tiers_are(s, "-122233----");
	t = load_tiers(s);
	assert_int_equal(t.since[1], 20000);
	assert_int_equal(t.since[7], DAY_NONE);
	tiers_clear(&t);
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,tier\na,1\nb,1\ng,2\n");
	q.as_of = 20100;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_FORBIDDEN);
	assert_string_equal(e.text,
		"f.csv: tier 1 would have 2 accounts, 1 over its cap of 1 (10.00 % of 10 "
		"active): give fewer, or leave tiers out with --ignore-tiers");
	import_result_clear(&r);
	q.ignore_tiers = true;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_true(importing_has_note(&r, "not taken: tier (tiers are ignored)"));
	import_result_clear(&r);
	tiers_are(s, "-122233----");
	q = importing_request(REC_ACCOUNT, "account_id,tier\na,2\nb,1\n");
	q.as_of = 20100;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_true(importing_has_note(&r, "tier set for 2 accounts"));
	import_result_clear(&r);
	tiers_are(s, "-212233----");
	t = load_tiers(s);
	assert_int_equal(t.since[1], 20100);
	assert_int_equal(t.since[3], 20000);
	tiers_clear(&t);
	s->ops->close(s);
}

/* A base that shrank leaves tier 2 over its cap: a file may exchange its accounts, and
 * put none in besides. */
static void tiers_over_their_cap(void **state)
{
	static const struct {
		const char *csv;
		enum status st;
	} rows[] = {
		{ "account_id,tier\ng,2\n", ST_FORBIDDEN },
		{ "account_id,tier\nb,3\ng,2\nh,2\n", ST_FORBIDDEN },
		{ "account_id,tier\nb,3\ng,2\n", ST_OK },
		{ "account_id,tier\nc,3\n", ST_OK },
	};
	struct store *s = importing_book("");

	(void)state;
	importing_takes(s, REC_ACCOUNT,
		"account_id,tier\na,1\nb,2\nc,2\nd,2\ne,3\nf,3\ng,\nh,\ni,\nj,\n",
		"10 10 0 0");
	rows_put(s, REC_ACCOUNT,
		"account_id=i|status=churned\naccount_id=j|status=churned\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct import_request q = importing_request(REC_ACCOUNT, rows[i].csv);
		struct import_result r;
		struct err why;

		q.as_of = 20100;
		if (importing_run(s, &q, &r, &why) != rows[i].st)
			fail_msg("row %zu: %s", i, why.text);
		import_result_clear(&r);
	}
	tiers_are(s, "1332332---");
	s->ops->close(s);
}

static void tiers_count_only_the_active(void **state)
{
	struct store *s = importing_book("");
	struct import_request q = importing_request(REC_ACCOUNT,
		"account_id,tier,status,churned_on,contract_start\n" /* as of 2024-10-04
								      */
		"a,1,,,\nb,1,churned,,\nc,1,,2024-10-04,\nd,1,,,2024-10-05\n"
		"e,2,churned,2024-10-05,\nf,,,,2024-10-04\n");
	struct import_result r;
	struct err e;
	(void)state;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_true(importing_has_note(
		&r, "tier not taken for 3 accounts not active on the day"));
	import_result_clear(&r);
	tiers_are(s, "1---2-");
	s->ops->close(s);
}

static void a_bad_tier_among_good_ones_is_an_error(void **state)
{
	struct store *s = importing_book("");
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,tier\na,Gold\nb,1\n");
	struct import_result r;
	struct err e;
	(void)state;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	assert_true(
		strncmp(e.text, "f.csv:2:2: tier: \"Gold\" is not a number", 39) == 0);
	import_result_clear(&r);
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tiers_are_placed_when_all_rows_are_in),
		cmocka_unit_test(tiers_over_their_cap),
		cmocka_unit_test(tiers_count_only_the_active),
		cmocka_unit_test(a_bad_tier_among_good_ones_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
