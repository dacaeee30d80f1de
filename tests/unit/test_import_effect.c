/* What an import of accounts says it does to the base. */
#include "core/import.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/importing.h"
#include "tests/support/rows_text.h"

static const struct policy *policy(void)
{
	static struct policy p;

	p.fx_count = 1;
	memcpy(p.fx_code[0], "XDR", 4);
	p.fx_rate[0] = 2;
	memcpy(p.currency, "EUR", 4);
	return &p;
}

static void sentences(const struct import_result *r, bool done, char out[1024])
{
	struct import_effect_line said[IMPORT_EFFECTS];
	const uint32_t n = import_effect_say(&r->effect, done, said);
	size_t at = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < n; i++)
		at += (size_t)snprintf(out + at, 1024 - at, "%s%s\n",
			said[i].warning ? "! " : "", said[i].text);
}

#define SIX                                                                  \
	"account_id=A|arr=100000|csm=Ann\naccount_id=B|arr=200000|csm=Ann\n" \
	"account_id=C|arr=300000\naccount_id=D|arr=400000|currency=XDR\n"    \
	"account_id=E|arr=500000|contract_start=2024-01-01\n"                \
	"account_id=F|arr=600000|status=churned\n"

static const struct {
	const char *what, *book, *csv;
	bool done;
	const char *figures; /* active before after, ARR before after, left, its ARR,
			      * back, owners, churned */
	const char *said;
} rows[] = {
	{ "nothing", SIX, "account_id,arr\nA,1000\n", true,
		"5 5 1900000 1900000 0 0 0 0 0", "" },
	{ "most left", SIX,
		"account_id,churned_on\nA,2024-01-01\nB,2024-10-04\nC,2024-10-03\n"
		"D,2023-01-01\nE,2025-01-01\nF,2020-01-01\n",
		false, "5 1 1900000 500000 4 1400000 0 0 0",
		"! 4 active accounts would be active no longer: their ARR was € 14.0k\n"
		"! 5 active accounts would become 1\n"
		"! the ARR of the active accounts would go from € 19.0k to € 5.0k\n" },
	{ "one left, and its owner with it", SIX,
		"account_id,status,csm\nA,churned,Ben\n", true,
		"5 4 1900000 1800000 1 100000 0 0 0",
		"! 1 active account is active no longer: its ARR was € 1.0k\n"
		"! the ARR of the active accounts went from € 19.0k to € 18.0k\n" },
	{ "of no amount", "account_id=A|arr=100000\naccount_id=B\naccount_id=C\n",
		"account_id,status,name\nB,active,Bolt\nC,churned,\n", false,
		"3 2 100000 100000 1 0 0 0 0",
		"! 1 active account would be active no longer\n" },
	{ "comes back", SIX, "account_id,status\nF,active\n", true,
		"5 6 1900000 2500000 0 0 1 0 0",
		"the ARR of the active accounts went from € 19.0k to € 25.0k\n"
		"1 account that was not active is active\n" },
	{ "begins later", SIX, "account_id,contract_start\nE,2025-01-01\n", true,
		"5 4 1900000 1400000 1 500000 0 0 0",
		"! 1 active account is active no longer: its ARR was € 5.0k\n"
		"! the ARR of the active accounts went from € 19.0k to € 14.0k\n" },
	{ "owners", SIX, "account_id,csm\nA,Ben\nB,pool\nC,Ben\nF,Ben\nE,\n", false,
		"5 5 1900000 1900000 0 0 0 3 0",
		"3 active accounts would have another owner\n" },
	{ "amounts a hundred times as large", SIX,
		"account_id,arr\nA,100000\nB,200000\nC,300000\n", false,
		"5 5 1900000 61300000 0 0 0 0 0",
		"! the ARR of the active accounts would go from € 19.0k to € 613k\n" },
	{ "another currency", SIX, "account_id,currency\nC,XDR\n", false,
		"5 5 1900000 2200000 0 0 0 0 0",
		"the ARR of the active accounts would go from € 19.0k to € 22.0k\n" },
	{ "new ones into nothing", "",
		"account_id,arr,churned_on\nA,10,\nB,20,2024-01-01\nC,30,2025-01-01\n",
		true, "0 2 0 4000 0 0 0 0 1", "1 of the new accounts is churned\n" },
	{ "new ones", SIX, "account_id,arr\nG,1\nH,1\nI,1\nJ,1\n", false,
		"5 9 1900000 1900400 0 0 0 0 0", "5 active accounts would become 9\n" },
	{ "twice in the file: the first one counts", SIX,
		"account_id,status\nA,churned\nA,active\n", true,
		"5 4 1900000 1800000 1 100000 0 0 0",
		"! 1 active account is active no longer: its ARR was € 1.0k\n"
		"! the ARR of the active accounts went from € 19.0k to € 18.0k\n" },
};

static void import(size_t i, struct store *s)
{
	struct import_request q = importing_request(REC_ACCOUNT, rows[i].csv);
	struct import_result r;
	struct err e;
	char got[1024];

	q.policy = policy();
	q.skip_bad = true;
	if (importing_run(s, &q, &r, &e) != ST_OK)
		fail_msg("%s: %s", rows[i].what, e.text);
	snprintf(got, sizeof(got),
		"%" PRIu64 " %" PRIu64 " %" PRId64 " %" PRId64 " %" PRIu64 " %" PRId64
		" %" PRIu64 " %" PRIu64 " %" PRIu64,
		r.effect.active_before, r.effect.active_after, r.effect.arr_before,
		r.effect.arr_after, r.effect.left, r.effect.left_arr, r.effect.back,
		r.effect.owners, r.effect.churned);
	if (strcmp(got, rows[i].figures) != 0)
		fail_msg("%s: %s", rows[i].what, got);
	sentences(&r, rows[i].done, got);
	if (strcmp(got, rows[i].said) != 0)
		fail_msg("%s: %s", rows[i].what, got);
	import_result_clear(&r);
}

static void figures_and_sentences(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book(rows[i].book);

		import(i, s);
		s->ops->close(s);
	}
}

/* Where contracts say the ARR, the row of the account does not. */
static void contracts_say_the_arr(void **state)
{
	struct store *s = importing_book(SIX);
	struct import_request q = importing_request(REC_ACCOUNT,
		"account_id,arr,status\nA,999999,active\nB,1,churned\n"
		"C,10,active\nG,7,active\n");
	struct import_result r;
	struct err e;
	char got[1024];

	(void)state;
	rows_put(s, REC_CONTRACT,
		"contract_id=K1|account_id=A|start=2024-01-01|arr=700\n"
		"contract_id=K2|account_id=B|start=2024-01-01|arr=800\n"
		"contract_id=K3|account_id=C|start=2025-01-01|arr=900\n");
	q.policy = policy();
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.effect.arr_before, 1900000 - 300000 + 1500);
	assert_int_equal(r.effect.arr_after, 1900000 - 600000 + 700 + 1000 + 700);
	assert_int_equal(r.effect.left_arr, 800);
	import_result_clear(&r);
	/* Without a rate nothing is said of amounts. */
	q = importing_request(REC_ACCOUNT, "account_id,status\nE,churned\n");
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.effect.arr_before, MONEY_NONE);
	assert_int_equal(r.effect.active_before, 5);
	sentences(&r, true, got);
	assert_string_equal(got, "! 1 active account is active no longer\n");
	import_result_clear(&r);
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(figures_and_sentences),
		cmocka_unit_test(contracts_say_the_arr),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
