/* The CSMs, accounts and signals that rows name: in two spellings, by a contract, and
 * what of them an import makes. */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/importing.h"
#include "tests/support/rows_text.h"

/* One person is one CSM, however a file writes the name. */
static void csms_are_taken_for_who_is_there(void **state)
{
	static const struct {
		const char *csv, *rows, *note;
	} files[] = {
		{ "account_id,csm\nB1,Anna Schmidt\nB2,anna  "
		  "schmidt\nB3,ANNA\u00A0Schmidt\n",
			"account_id=A1|csm=Ann\naccount_id=B1|csm=Anna Schmidt\n"
			"account_id=B2|csm=Anna Schmidt\naccount_id=B3|csm=Anna "
			"Schmidt\n",
			"CSM anna  schmidt is taken for Anna Schmidt" },
		{ "account_id,csm\nB1,ANN\nB2,Ann\n",
			"account_id=A1|csm=Ann\naccount_id=B1|csm=Ann\n"
			"account_id=B2|csm=Ann\n",
			"CSM ANN is taken for Ann" },
		{ "account_id,csm\nB1,\u00C4nne\nB2,\u00E4nne\nB3,Anne\n",
			"account_id=A1|csm=Ann\naccount_id=B1|csm=\u00C4nne\n"
			"account_id=B2|csm=\u00C4nne\naccount_id=B3|csm=Anne\n",
			"2 new CSMs: \u00C4nne, Anne (not Ann?)" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct store *s = importing_book("account_id=A1|csm=Ann\n");
		struct import_request q = importing_request(REC_ACCOUNT, files[i].csv);
		struct import_result r;
		struct err e;

		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		rows_are(s, REC_ACCOUNT, 0, files[i].rows);
		assert_true(importing_has_note(&r, files[i].note));
		import_result_clear(&r);
		s->ops->close(s);
	}
}

static enum status count_row(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	(void)id;
	(void)c;
	(void)e;
	++*(int *)arg;
	return ST_OK;
}

/* Whoever a file makes a CSM may be a slip of the pen: it is said in one sentence, who
 * may be meant as well, and a row that is not taken makes nobody. */
static void new_csms_are_told(void **state)
{
	static const struct {
		const char *csv, *says; /* NULL: nothing */
	} files[] = {
		{ "account_id,csm\nB1,Ann\nB2,ann\nB3,\nB4,pool\n", NULL },
		{ "account_id,csm\nB1,Bob Stone\n", "1 new CSM: Bob Stone" },
		{ "account_id,csm\nB1,Anna Berg\nB2,Ana Berg\nB3,Bob\nB4,bob\n",
			"3 new CSMs: Anna Berg, Ana Berg (not Anna Berg?), Bob" },
		{ "account_id,csm\nB1,Anm\n", "1 new CSM: Anm (not Ann?)" },
		{ "account_id,csm,contract_start,churned_on\n"
		  "B1,Zoe,2024-02-01,2024-01-01\nB2,Eve,,\n",
			"1 new CSM: Eve" },
		{ "account_id,csm,status\nB1,Zoe,odd\nB2,Ann,\n", NULL },
		/* what only the book can tell: an earlier row, a date that it has */
		{ "account_id,csm\nB1,Bob\nB1,Zoe\nB1,Bo\nB2,Zoe\n",
			"2 new CSMs: Bob, Zoe" },
		{ "account_id,csm,churned_on\nA2,Zoe,2024-01-01\n", NULL },
		{ "account_id,csm\n1,aa\n2,bb\n3,cc\n4,dd\n5,ee\n6,ff\n7,gg\n8,hh\n9,ii\n"
		  "10,jj\n11,kk\n12,ll\n13,mm\n14,nn\n",
			"14 new CSMs: aa, bb, cc, dd, ee, ff, gg, hh, ii, jj, kk, ll and "
			"2 more" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		for (int dry = 0; dry < 2; dry++) {
			struct store *s = importing_book(
				"account_id=A1|csm=Ann\n"
				"account_id=A2|contract_start=2024-02-01\n");
			struct import_request q =
				importing_request(REC_ACCOUNT, files[i].csv);
			struct import_result r;
			struct err e;
			int csms = 0;

			q.skip_bad = true;
			q.dry_run = dry;
			assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
			assert_int_equal(
				s->ops->rows(s, REC_CSM, 0, count_row, &csms, &e), ST_OK);
			assert_int_equal(csms,
				1 + (dry || !files[i].says ? 0 : atoi(files[i].says)));
			if (files[i].says) {
				assert_string_equal(r.csms, files[i].says);
				assert_true(importing_has_note(&r, files[i].says));
			} else {
				assert_null(r.csms);
				assert_false(importing_has_note(&r, "new CSM"));
			}
			import_result_clear(&r);
			s->ops->close(s);
		}
	}
}

/* An owner may stay as it is, and one that nobody gets is not made. */
static void owners_that_stay_make_nobody(void **state)
{
	static const struct {
		const char *mapping, *csv, *csms;
	} files[] = {
		{ "on_conflict = overwrite", "A1,Zoe\nA2,Eve\nB1,Max\n",
			"3 new CSMs: Zoe, Eve, Max" },
		{ "on_conflict = fill", "A1,Zoe\nA2,Eve\nB1,Max\n",
			"2 new CSMs: Eve, Max" },
		{ "on_conflict = keep", "A1,Zoe\nA2,Eve\nB1,Max\n", "1 new CSM: Max" },
		{ "on_conflict = keep", "A1,Zoe\nA2,Ann\nA3,pool\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct store *s =
			importing_book("account_id=A1|csm=Ann\naccount_id=A2\n");
		char csv[80], mapping[64];
		struct import_request q;
		struct import_result r;
		struct err e;
		int csms = 0;

		snprintf(csv, sizeof(csv), "account_id,csm\n%s", files[i].csv);
		snprintf(mapping, sizeof(mapping), "[options]\n%s\n", files[i].mapping);
		q = importing_request(REC_ACCOUNT, csv);
		q.mapping_text = mapping;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		assert_string_equal(r.csms ? r.csms : "", files[i].csms);
		/* only the pool is no owner */
		assert_int_equal(importing_has_note(&r, "no owner"), !*files[i].csms);
		assert_int_equal(
			s->ops->rows(s, REC_CSM, 0, count_row, &csms, &e), ST_OK);
		assert_int_equal(csms, 1 + atoi(files[i].csms));
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* Usage by subscription: a contract stands for its account, unless an account is called
 * like it. */
static void contracts_stand_for_accounts(void **state)
{
	struct store *s = importing_book(THREE_ACCOUNTS "account_id=K2\n");
	struct import_request q = importing_request(REC_SIGNAL,
		"account_id,date,signal,value\nK1,2024-01-01,logins,4\n"
		"K1,2024-01-02,logins,5\nK2,2024-01-01,logins,6\n"
		"A2,2024-01-01,logins,7\nK9,2024-01-01,logins,8\n");
	struct import_result r;
	struct err e;

	(void)state;
	(void)rows_put(s, REC_CONTRACT,
		"contract_id=K1|account_id=A3|start=2024-01-01|arr=1\n"
		"contract_id=K2|account_id=A1|start=2024-01-01|arr=1\n");
	q.skip_bad = true;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 4);
	assert_string_equal(r.errors[0].message, "the book has no account \"K9\"");
	assert_true(importing_has_note(&r,
		"2 rows name a contract, as K1, where an account is wanted: the account "
		"that it is of is meant"));
	import_result_clear(&r);
	rows_are(s, REC_SIGNAL, 0,
		"account_id=A2|date=2024-01-01|signal=logins|value=7\n"
		"account_id=A3|date=2024-01-01|signal=logins|value=4\n"
		"account_id=A3|date=2024-01-02|signal=logins|value=5\n"
		"account_id=K2|date=2024-01-01|signal=logins|value=6\n");
	/* Of contracts themselves it would be a slip. */
	q = importing_request(
		REC_CONTRACT, "contract_id,account_id,start,arr\nK3,K1,2024-01-01,1\n");
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	import_result_clear(&r);
	s->ops->close(s);
}

/* Figures of one day would take each other's place: nothing is lost without a word. */
static void contracts_of_one_account_are_no_account(void **state)
{
	struct store *s = importing_book(THREE_ACCOUNTS);
	struct import_request q = importing_request(REC_SIGNAL,
		"account_id,date,signal,value\nK1,2024-01-01,logins,4\n"
		"K2,2024-01-01,logins,5\nK1,2024-01-02,logins,6\n"
		"K3,2024-01-01,logins,7\n");
	struct import_result r;
	struct err e;

	(void)state;
	(void)rows_put(s, REC_CONTRACT,
		"contract_id=K1|account_id=A3|start=2024-01-01|arr=1\n"
		"contract_id=K2|account_id=A3|start=2024-01-01|arr=1\n"
		"contract_id=K3|account_id=A1|start=2024-01-01|arr=1\n");
	q.skip_bad = true;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 1);
	assert_string_equal(r.errors[0].message,
		"\"K1\" is one of several contracts of its account: add their figures "
		"up, and name the account");
	assert_true(importing_has_note(&r, "1 row names a contract, as K3,"));
	import_result_clear(&r);
	rows_are(s, REC_SIGNAL, 0,
		"account_id=A1|date=2024-01-01|signal=logins|value=7\n");
	/* Of what is no figure of the account there may be many. */
	q = importing_request(REC_TICKET,
		"ticket_id,account_id,opened_on\n1,K1,2024-01-01\n2,K2,2024-01-01\n");
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 2);
	import_result_clear(&r);
	s->ops->close(s);
}

/* Of contracts that follow each other only one runs on a day, and has the figures. */
static void renewed_contracts_stand_for_accounts(void **state)
{
	static const struct {
		const char *row;
		bool taken;
	} rows[] = {
		{ "K1,2024-01-01", true },
		{ "K1,2024-01-30", true },
		{ "K2,2024-01-31", true }, /* K1 ends on it, and K2 begins */
		{ "K2,2024-05-31", true },
		{ "K2,2024-06-01", false },
		{ "K3,2024-06-01", false },
		{ "K2,2024-06-30", false },
		{ "K3,2024-07-01", true }, /* without an end */
		/* of a contract that does not run, while another one does */
		{ "K1,2024-01-31", false },
		{ "K3,2024-01-30", false },
		{ "K2,2024-01-30", false },
		/* while none does */
		{ "K1,2023-12-31", true },
		{ "K3,2023-12-31", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book("account_id=A1\n");
		char csv[96];
		struct import_request q;
		struct import_result r;
		struct err e;

		(void)rows_put(s, REC_CONTRACT,
			"contract_id=K1|account_id=A1|start=2024-01-01|end=2024-01-31|"
			"arr=1\n"
			"contract_id=K2|account_id=A1|start=2024-01-31|end=2024-07-01|"
			"arr=1\n"
			"contract_id=K3|account_id=A1|start=2024-06-01|arr=1\n");
		/* the one before shows that what is kept of a contract is of no day */
		snprintf(csv, sizeof(csv),
			"account_id,date,signal,value\n%.2s,2023-11-01,nps,1\n%s,nps,2\n",
			rows[i].row, rows[i].row);
		q = importing_request(REC_SIGNAL, csv);
		q.skip_bad = true;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		assert_int_equal(r.inserted, 1 + rows[i].taken);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

static enum status count_kind(void *arg, uint32_t id, struct text name, struct err *e)
{
	(void)e;
	if (id > SIG_KNOWN)
		assert_true(text_eq(name, TEXT("own")));
	*(uint32_t *)arg = id;
	return ST_OK;
}

/* Rows that are not taken make no kind of signal. */
static void rejected_signals_make_no_kind(void **state)
{
	struct store *s = importing_book("account_id=A1\n");
	struct import_request q = importing_request(REC_SIGNAL,
		"signal,account_id,date,value\nown,A1,2024-01-01,1\n"
		"k1,ZZ,2024-01-01,1\nk2,A1,2024-13-01,1\nk3,A1,2024-01-01,many\n"
		"k4,A1,2024-01-01,\nown,A1,2024-01-01,2\nNPS,A1,2024-01-01,11\n");
	struct import_result r;
	uint32_t last = 0;
	struct err e;

	(void)state;
	q.skip_bad = true;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.rejected, 6);
	assert_int_equal(s->ops->signal_kinds(s, count_kind, &last, &e), ST_OK);
	assert_int_equal(last, SIG_KNOWN + 1);
	import_result_clear(&r);
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(csms_are_taken_for_who_is_there),
		cmocka_unit_test(new_csms_are_told),
		cmocka_unit_test(owners_that_stay_make_nobody),
		cmocka_unit_test(contracts_stand_for_accounts),
		cmocka_unit_test(contracts_of_one_account_are_no_account),
		cmocka_unit_test(renewed_contracts_stand_for_accounts),
		cmocka_unit_test(rejected_signals_make_no_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
