/* What files of other systems bring along: names in two spellings, rows with gaps, rows
 * that repeat, marks of nothing. */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static void dirty_rows_are_told(void **state)
{
	static const struct {
		const char *csv;
		const char *notes[3]; /* NULL: no more */
	} files[] = {
		{ "account_id,name,csm\nB1,,\nB2,x,\nB3,y,Ann\n",
			{ "1 account has no name and goes by its account_id: B1",
				"2 active accounts have no owner and are in the pool: B1 "
				"and 1 more" } },
		/* as of 2024-10-04 */
		{ "account_id,renewal_date,status,churned_on\nB1,2023-01-01,active,\n"
		  "B2,2023-01-01,churned,2023-01-01\nB3,2024-09-04,active,\n"
		  "B4,2024-09-03,,\n",
			{ "2 active accounts were to renew more than a month ago (are "
			  "the "
			  "dates old, or did they leave?): B1 and 1 more" } },
	};
	static const char *const all[] = { "no name and", "no owner and",
		"more than a month ago" };

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct store *s = importing_book("");
		struct import_request q = importing_request(REC_ACCOUNT, files[i].csv);
		struct import_result r;
		struct err e;
		size_t wanted = 0, got = 0;

		q.dry_run = true;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		for (; wanted < 3 && files[i].notes[wanted]; wanted++)
			assert_true(importing_has_note(&r, files[i].notes[wanted]));
		for (size_t k = 0; k < 3; k++)
			got += importing_has_note(&r, all[k]);
		assert_int_equal(got, wanted);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* The other row is named, and likewise are not listed one by one. */
static void repeated_rows_name_the_first(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *csv, *message;
	} files[] = {
		{ REC_ACCOUNT, "name,account_id\nx,B1\ny,B2\nz, B1 \n",
			"an earlier row of the file has the same account_id: B1 (line "
			"2); the first good row counts" },
		{ REC_ACCOUNT, "name,account_id\n\"x\n\",B1\ny,B1\n",
			"an earlier row of the file has the same account_id: B1 (line "
			"2); the first good row counts" },
		{ REC_SIGNAL,
			"account_id,date,signal,value\nA1,2024-01-01,nps,4\n"
			"A1,2024-01-02,nps,4\nA1,2024-01-01,nps,5\n",
			"an earlier row of the file has the same account_id date signal: "
			"A1 2024-01-01 nps (line 2); the first good row counts" },
		/* written otherwise, it is not found */
		{ REC_SIGNAL,
			"account_id,date,signal,value\nA1,2024-01-01,nps,4\n"
			"A1,2024-01-01,NPS,5\n",
			"an earlier row of the file has the same account_id date "
			"signal; the first good row counts" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct store *s = importing_book("account_id=A1\n");
		struct import_request q = importing_request(files[i].kind, files[i].csv);
		struct import_result r;
		struct err e;

		q.skip_bad = true;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		assert_int_equal(r.rejected, 1);
		assert_string_equal(r.errors[0].message, files[i].message);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* Rows of one reason are one, whatever their lines and values. */
static void reasons_are_few(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *csv, *said;
	} files[] = {
		{ REC_ACCOUNT, "account_id\nA\nB\nC\nD\nA\nB\nC\nD\n",
			"4 rows: account_id stands twice in this file; the first good "
			"row "
			"counts\n" },
		{ REC_SIGNAL,
			"account_id,date,signal,value\nA1,2024-01-01,nps,4\n"
			"A1,2024-01-01,nps,5\nA1,2024-01-01,nps,5\n"
			"A1,2024-01-01,nps,5\nA1,2024-01-01,nps,5\n"
			"A1,2024-01-01,logins,-1\nA1,2024-01-01,logins,-2\n"
			"A1,2024-01-01,logins,-30.5\nA1,2024-01-01,logins,-1\n",
			"4 rows: account_id, date and signal together stand twice in "
			"this file; the first good row counts\n"
			"4 rows: value: ... is not a value of logins: it can't be "
			"negative\n" },
		{ REC_ACCOUNT,
			"account_id,arr\nA,x\nB,\"a \"\"b\"\" is\"\nC,y;\nD,z\nE,u\nF\n",
			"5 rows: arr: \"...\" is not an amount: it is not a number\n" },
		{ REC_CONTRACT,
			"contract_id,account_id,start,end,arr\n"
			"1,A1,2024-01-02,2024-01-01,1\n2,A1,2024-01-03,2024-01-01,1\n"
			"3,A1,2024-01-04,2024-01-01,1\n4,A1,2024-01-05,2023-01-01,1\n"
			"5,B,2024-01-05,,1\n6,C,2024-01-05,,1\n7,D,2024-01-05,,1\n"
			"8,E,2024-01-05,,1\n",
			"4 rows: end: ... is before start, which is ...: correct one of "
			"the two\n4 rows: account_id: the book has no account "
			"\"...\"\n" },
		{ REC_ACCOUNT, "account_id,arr\nA,x\nB,y\nC,z\n", "" },
		/* values may look like what is said of them */
		{ REC_ACCOUNT,
			"account_id,arr,renewal_date\nA,\"a\"\" is b\",\"c\"\" is d\"\n"
			"B,\"b\"\" is c\",\nC,\"\"\" is not \"\"\",x\nD,x,\n",
			"4 rows: arr: \"...\" is not an amount: it is not a number\n" },
		{ REC_CONTRACT,
			"contract_id,account_id,start,arr\n1,\"a\"\" is "
			"b\",2024-01-01,1\n"
			"2,\"b\"\", c\",2024-01-01,1\n3,\"\"\"d\"\"\",2024-01-01,1\n"
			"4,e,2024-01-01,1\n",
			"4 rows: account_id: the book has no account \"...\"\n" },
		/* the first fault of a row is its reason */
		{ REC_ACCOUNT,
			"account_id,arr,renewal_date,status\nA,x,,\nB,y,z,\nC,z,,odd\n"
			"D,z,z,odd\nE,1,z,\nF,1,z,odd\nG,1,z,even\nH,1,y,\n",
			"4 rows: arr: \"...\" is not an amount: it is not a number\n"
			"4 rows: renewal_date: \"...\" is not a day; write "
			"YYYY-MM-DD\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct store *s = importing_book("account_id=A1\n");
		struct import_request q = importing_request(files[i].kind, files[i].csv);
		struct import_result r;
		struct err e;
		char got[1024] = "", one[IMPORT_REASON_MAX];

		q.skip_bad = true;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		for (uint32_t k = 0; k < r.reasons.n; k++) {
			assert_true(r.reasons.of[k].shown <= IMPORT_REASON_LINES);
			if (!import_reason_said(&r.reasons.of[k], one))
				continue;
			strcat(strcat(got, one), "\n");
		}
		assert_string_equal(got, files[i].said);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* Reasons beyond those that are kept are counted. */
static void other_reasons_are_counted(void **state)
{
	struct import_reasons r = { .n = 0 };
	struct arena a;

	(void)state;
	arena_init(&a);
	for (uint32_t i = 0; i < IMPORT_REASONS_KEPT + 5; i++) {
		char message[32];
		struct import_error x = { .line = i + 2, .message = message };

		snprintf(message, sizeof(message), "reason %u", i);
		import_reasons_add(&r, &x, &a);
		import_reasons_add(&r, &x, &a);
	}
	assert_int_equal(r.n, IMPORT_REASONS_KEPT);
	assert_int_equal(r.others, 10);
	assert_int_equal(r.of[3].rows, 2);
	assert_int_equal(r.of[3].first[1].line, 5);
	arena_clear(&a);
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

/* What spreadsheets and people write for nothing is nothing, where a text is not wanted.
 */
static void marks_of_nothing_are_blank(void **state)
{
	static const char *const marks[] = { "n/a", "N/A", "#N/A", "-", "--", "\u2013",
		"\u2014", "none", "NULL", "nil", "n.a.", "NA" };
	static const char *const values[] = { "0", "-1x", "nan", "?", "nothing" };

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		struct store *s = importing_book("");
		char csv[200];
		struct import_request q;
		struct import_result r;
		struct err e;
		const char *m = marks[i];

		snprintf(csv, sizeof(csv),
			"account_id,name,arr,renewal_date,stakeholders\nA1,%s,%s,%s,%s\n"
			"A2,x,%s,2024-12-01,5\n",
			m, m, m, m, m);
		q = importing_request(REC_ACCOUNT, csv);
		if (importing_run(s, &q, &r, &e) != ST_OK)
			fail_msg("%s: %s", m, e.text);
		snprintf(csv, sizeof(csv),
			"account_id=A1|name=%s\n"
			"account_id=A2|name=x|renewal_date=2024-12-01|stakeholders=5\n",
			m);
		rows_are(s, REC_ACCOUNT, 0, csv);
		assert_true(importing_has_note(&r, "arr: 2 cells such as \""));
		assert_true(importing_has_note(&r, "renewal_date: 1 cell such as \""));
		import_result_clear(&r);
		s->ops->close(s);
	}
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct store *s = importing_book("");
		char csv[80];
		struct import_request q;
		struct import_result r;
		struct err e;

		snprintf(csv, sizeof(csv), "account_id,arr\nA1,%s\n", values[i]);
		q = importing_request(REC_ACCOUNT, csv);
		assert_int_equal(importing_run(s, &q, &r, &e), i ? ST_INVALID : ST_OK);
		assert_false(importing_has_note(&r, "such as"));
		import_result_clear(&r);
		s->ops->close(s);
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

/* What helps is said in the words of whoever asks. */
static void messages_say_the_words_of_the_request(void **state)
{
	static const struct import_words own = { "say DATES", "say DECIMAL", "or DROP",
		"ENC=", "NO TIERS", "a MAP", "find ROOM" };
	static const struct {
		const char *csv, *encoding, *shell, *own;
	} rows[] = {
		{ "account_id,renewal_date\nA1,03/04/2024\n", NULL,
			": say --dates dmy or", ": say DATES" },
		{ "account_id,arr\nA1,\"1,234\"\n", NULL, ": say --decimal . or",
			": say DECIMAL" },
		{ "account_id,arr\nA1,$5\n", NULL, "; --signs drop leaves", "; or DROP" },
		{ "account_id\n\xE9\n", NULL, "try --encoding latin-1 or cp1252",
			"try ENC= latin-1 or cp1252" },
		{ "account_id\n\x81\n", "cp1252", "try --encoding latin-1",
			"try ENC= latin-1" },
		{ "account_id,tier\nA1,1\nA2,1\n", NULL,
			"leave tiers out with --ignore-tiers",
			"leave tiers out with NO TIERS" },
		{ "account,arr\n", NULL, "Say which is which with --map",
			"Say which is which with a MAP" },
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book("");
		struct import_request q = importing_request(REC_ACCOUNT, rows[i / 2].csv);
		const char *wanted = i % 2 ? rows[i / 2].own : rows[i / 2].shell;
		struct import_result r;
		struct err e;

		q.encoding = rows[i / 2].encoding;
		q.words = i % 2 ? &own : NULL;
		assert_int_not_equal(importing_run(s, &q, &r, &e), ST_OK);
		if (strstr(e.text, wanted) == NULL)
			fail_msg("%s: \"%s\" is not in: %s", q.bytes, wanted, e.text);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* Of a column that is left out, and where there is no room for the copy. */
static void notes_say_the_words_of_the_request(void **state)
{
	static const struct import_words own = { .map = "a MAP", .room = "find ROOM" };
	static const struct {
		const char *header, *shell, *own;
	} rows[] = {
		{ "ARR (k EUR)", "may be a unit: --map takes it as it is",
			"may be a unit: a MAP takes it as it is" },
		{ "Growth (%)", "40 % is 0.4 here: --map takes it as it is",
			"40 % is 0.4 here: a MAP takes it as it is" },
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book("");
		struct import_request q;
		struct import_result r;
		struct err e;
		char csv[80];

		snprintf(csv, sizeof(csv), "account_id,%s\nA1,1\n", rows[i / 2].header);
		q = importing_request(REC_ACCOUNT, csv);
		q.words = i % 2 ? &own : NULL;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		if (!importing_has_note(&r, i % 2 ? rows[i / 2].own : rows[i / 2].shell))
			fail_msg("%s", csv);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

static enum status no_room(struct store *s, int64_t operation, struct arena *a,
	struct text *name, struct err *e)
{
	(void)s;
	(void)operation;
	(void)a;
	(void)name;
	return err_set(e, ST_IO, "disk full");
}

static void no_copy_says_the_words_of_the_request(void **state)
{
	static const struct import_words own = { .map = "a MAP", .room = "find ROOM" };
	struct store *s = importing_book("account_id=A1\n");
	const struct store_ops *theirs = s->ops;
	struct store_ops ops = *theirs;
	struct import_request q = importing_request(
		REC_SIGNAL, "account_id,date,signal,value\nA1,2024-01-01,own,1\n");

	(void)state;
	ops.keep = no_room;
	q.actor = "Lea";
	for (int i = 0; i < 2; i++) {
		struct import_result r;
		struct err e;

		s->ops = &ops;
		q.words = i ? &own : NULL;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_IO);
		assert_non_null(strstr(
			e.text, i ? "the import; find ROOM" : "import with --no-backup"));
		import_result_clear(&r);
		s->ops = theirs;
	}
	s->ops->close(s);
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
		cmocka_unit_test(dirty_rows_are_told),
		cmocka_unit_test(repeated_rows_name_the_first),
		cmocka_unit_test(contracts_stand_for_accounts),
		cmocka_unit_test(contracts_of_one_account_are_no_account),
		cmocka_unit_test(reasons_are_few),
		cmocka_unit_test(other_reasons_are_counted),
		cmocka_unit_test(marks_of_nothing_are_blank),
		cmocka_unit_test(messages_say_the_words_of_the_request),
		cmocka_unit_test(notes_say_the_words_of_the_request),
		cmocka_unit_test(no_copy_says_the_words_of_the_request),
		cmocka_unit_test(rejected_signals_make_no_kind),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
