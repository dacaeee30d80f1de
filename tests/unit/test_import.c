/* Imports on the store in memory: what gets in, what is refused, and that a refusal
 * leaves no trace. */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/buffer.h"
#include "tests/support/fake_store.h"
#include "tests/support/importing.h"
#include "tests/support/rows_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
static void notes(enum record_kind kind, const char *csv, const char *part)
{
	struct store *s = importing_book(THREE_ACCOUNTS);
	struct import_request q = importing_request(kind, csv);
	struct import_result r;
	struct err e;
	if (importing_run(s, &q, &r, &e) != ST_OK)
		fail_msg("%s: %s", csv, e.text);
	if (!importing_has_note(&r, part))
		fail_msg("no note has \"%s\" (%s)", part, csv);
	import_result_clear(&r);
	s->ops->close(s);
}

static void rows_get_in(void **state)
{
	struct store *s = importing_book("");
	(void)state;
	importing_takes(s, REC_ACCOUNT,
		"account_id,name,csm,arr,currency,contract_start,auto_renew,status,"
		"growth\n"
		"A1,Acme,Ann,1200.50,usd,2024-01-31,yes,,0.4\n"
		"A2,\"B, \"\"C\"\" D\",,,,,,Churned,\n",
		"2 2 0 0");
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=A1|name=Acme|csm=Ann|arr=120050|currency=USD|"
		"contract_start=2024-01-31|auto_renew=1|growth=0.4\n"
		"account_id=A2|name=B, \"C\" D|status=churned\n");
	importing_takes(
		s, REC_ACCOUNT, "account_id,name\nA1,Acme\nA2,New\nA3,\n", "3 1 1 1");
	importing_takes(s, REC_CONTACT,
		"account_id,name,role,since\nA1,Jo,Champion,2024-02-01\n", "1 1 0 0");
	importing_takes(s, REC_SIGNAL,
		"account_id,date,signal,value\nA1,2024-01-01,Logins,3\n"
		"A1,2024-01-02,logins,4.5\nA2,2024-01-01,depth,-2\n"
		"A2,2024-01-01,Active days,5\nA2,2024-01-01,days active,6\n",
		"5 5 0 0");
	rows_are(s, REC_SIGNAL, 0,
		"account_id=A1|date=2024-01-01|signal=logins|value=3\n"
		"account_id=A1|date=2024-01-02|signal=logins|value=4.5\n"
		"account_id=A2|date=2024-01-01|signal=active_days|value=5\n"
		"account_id=A2|date=2024-01-01|signal=depth|value=-2\n"
		"account_id=A2|date=2024-01-01|signal=days active|value=6\n");
	importing_takes(s, REC_SURVEY,
		"account_id,date,kind,score,comment\nA1,2024-01-01,nps,10,x\n"
		"A1,2024-01-01,nps,10,x\nA1,2024-01-01,csat,1,\nA1,2024-01-01,exit,,"
		"bye\n",
		"4 4 0 0");
	importing_takes(s, REC_MOVEMENT,
		"account_id,date,kind,arr_delta\nA1,2024-01-01,contraction,-10\n",
		"1 1 0 0");
	importing_takes(s, REC_CSM, "name,capacity\nAnn,0.5\nBob,\n", "2 1 1 0");
	importing_takes(
		s, REC_TOUCH, "account_id,date,two_way\nA1,2024-01-01,no\n", "1 1 0 0");
	s->ops->close(s);
}

static void the_same_file_again_changes_nothing(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *csv, *first, *again;
	} files[] = {
		{ REC_ACCOUNT, "account_id,csm,tier\nA1,Ann,1\nA2,Bob,2\nA9,,\n",
			"3 1 2 0", "3 0 0 3" },
		{ REC_CONTRACT, "contract_id,account_id,start,arr\nC,A1,2024-01-01,5\n",
			"1 1 0 0", "1 0 0 1" },
		{ REC_SURVEY,
			"account_id,date,kind,score\nA1,2024-01-01,nps,9\n"
			"A1,2024-01-01,nps,9\n",
			"2 2 0 0", "2 0 0 2" },
		{ REC_TICKET, "ticket_id,account_id,opened_on\nT1,A1,2024-01-01\n",
			"1 1 0 0", "1 0 0 1" },
		{ REC_SIGNAL, "account_id,date,signal,value\nA1,2024-01-01,nps,9\n",
			"1 1 0 0", "1 0 0 1" },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(files); i++) {
		struct store *s = importing_book(THREE_ACCOUNTS);
		importing_takes(s, files[i].kind, files[i].csv, files[i].first);
		uint64_t digest = fake_digest(s);
		importing_takes(s, files[i].kind, files[i].csv, files[i].again);
		assert_int_equal(fake_digest(s), digest);
		s->ops->close(s);
	}
}

static const struct {
	enum record_kind kind;
	const char *csv, *error;
} refused[] = {
	{ REC_ACCOUNT, "", "f.csv: the file is empty" },
	{ REC_ACCOUNT, "\n\n", "f.csv: the file is empty" },
	{ REC_ACCOUNT, "foo,bar\n1,2\n",
		"f.csv: no column for account_id; the headers are: foo, bar. Say which "
		"is "
		"which with --map" },
	{ REC_SIGNAL, "account_id,value\n", "f.csv: no column for date, signal;" },
	{ REC_ACCOUNT, "#!/bin/sh\necho\n",
		"f.csv: no column for account_id; the file does not look like a table" },
	{ REC_ACCOUNT, "PK\3\4\24", "f.csv: this is an Excel workbook (.xlsx)" },
	{ REC_ACCOUNT, "%PDF-1.4", "f.csv: this is a PDF" },
	{ REC_ACCOUNT,
		"\x7F"
		"ELF\2",
		"f.csv: this is a program" },
	{ REC_ACCOUNT, "account_id,name,name\nA1,x,y\n",
		"f.csv: the header \"name\" stands twice" },
	{ REC_ACCOUNT, "account_id,arr\nA1,1\nA2,x\n",
		"f.csv:3:2: arr: \"x\" is not an amount: it is not a number; nothing was "
		"changed" },
	{ REC_ACCOUNT, "account_id,arr\nA1,y\nA2,x\n",
		"f.csv:2:2: arr: \"y\" is not an amount: it is not a number; 2 rows have "
		"errors; nothing was changed" },
	{ REC_ACCOUNT, "account_id,name\nA1\n", "f.csv:2:2: the row has 1 cell and the" },
	{ REC_ACCOUNT, "account_id,name\nA1,a,b\n",
		"f.csv:2:3: the row has 3 cells and" },
	{ REC_ACCOUNT, "account_id,name\n,a\n",
		"f.csv:2:1: account_id: the value is missing" },
	{ REC_ACCOUNT, "account_id\nA1\nA1\n",
		"f.csv:3: an earlier row of the file has the same account_id" },
	{ REC_ACCOUNT, "account_id,name\nA1,\"open\n", "f.csv:2:2: " },
	{ REC_ACCOUNT, "account_id,name\nA1,\"x\"y\n", "f.csv:2:2: " },
	{ REC_ACCOUNT, "account_id,name\nA1,\xE9\n", "f.csv: " },
	{ REC_ACCOUNT, "account_id,contract_start\nA1,03/04/2024\n",
		"f.csv: column 2 (\"contract_start\", contract_start): \"03/04/2024\" "
		"can be "
		"2024-04-03 or 2024-03-04: say --dates dmy or --dates mdy" },
	{ REC_ACCOUNT,
		"account_id,renewal_date,contract_start\nA1,13/04/2024,03/04/2024\n",
		"f.csv: column 3 (\"contract_start\", contract_start): \"03/04/2024\" "
		"can" },
	{ REC_ACCOUNT, "account_id,arr\nA1,\"1,234\"\n",
		"f.csv: column 2 (\"arr\", arr): \"1,234\" can be 1234 or 1.234: say "
		"--decimal" },
	{ REC_ACCOUNT, "account_id,contract_start\nA1,02/23/26\n",
		"f.csv:2:2: contract_start: \"02/23/26\" is not a day; write "
		"YYYY-MM-DD" },
	{ REC_TICKET, "ticket_id,account_id,opened_on\nT1,NOPE,2024-01-01\n",
		"f.csv:2:2: account_id: the book has no account \"NOPE\"" },
	{ REC_SURVEY, "account_id,date,kind,score\nA1,2024-01-01,csat,6\n",
		"f.csv:2:4: score: 6 is not a value of csat: allowed is 1 to 5" },
	{ REC_SURVEY, "account_id,date,kind,score\nA1,2024-01-01,ces,0\n",
		"f.csv:2:4: score: 0 is not a value of ces: allowed is 1 to 7" },
	{ REC_SURVEY, "account_id,date,kind,score\nA1,2024-01-01,nps,11\n",
		"f.csv:2:4: score: \"11\" is out of range: allowed is 0 to 10" },
	{ REC_CONTRACT,
		"contract_id,account_id,start,end,arr\n"
		"C1,A1,2024-02-01,2024-01-31,5\n",
		"f.csv:2:4: end: 2024-01-31 is before start, which is 2024-02-01: "
		"correct one of the two" },
	{ REC_CONTACT, "account_id,name,left_on,since\nA1,Bo,2024-01-01,2024-01-02\n",
		"f.csv:2:3: left_on: 2024-01-01 is before since, which is 2024-01-02" },
	{ REC_MOVEMENT, "account_id,date,kind,arr_delta\nA1,2024-01-01,contraction,120\n",
		"f.csv:2:4: arr_delta: 120.00 is no contraction: write -120.00, or "
		"call it expansion" },
	{ REC_TICKET, "ticket_id,account_id,opened_on,csat\nT1,A1,2024-01-01,0\n",
		"f.csv:2:4: csat: \"0\" is out of range: allowed is 1 to 5" },
	{ REC_SURVEY, "account_id,date,kind,score\nA1,2024-01-01,,10\n",
		"f.csv:2:3: kind: the value is missing" },
	{ REC_SIGNAL, "account_id,date,signal,value\nA1,2024-01-01,pulse,4\n",
		"f.csv:2:4: value: 4 is not a value of pulse: allowed is 1 to 3" },
	{ REC_SIGNAL, "account_id,date,signal,value\nA1,2024-01-01,LOGINS,-1\n",
		"f.csv:2:4: value: -1 is not a value of logins: it can't be negative" },
	{ REC_SIGNAL,
		"account_id,date,signal,value\nA1,2024-01-01,nps,4\nA1,2024-01-01,nps,"
		"5\n",
		"f.csv:3: an earlier row of the file has the same account_id date "
		"signal" },
	{ REC_CONTRACT, "contract_id,account_id,start,arr\nC,A1,2024-01-01,-5\n",
		"f.csv:2:4: arr: \"-5\" is not an amount: a negative amount" },
};

static void bad_files_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(refused); i++) {
		struct store *s = importing_book(THREE_ACCOUNTS);
		struct import_request q =
			importing_request(refused[i].kind, refused[i].csv);
		struct import_result r;
		struct err e;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
		if (strncmp(e.text, refused[i].error, strlen(refused[i].error)) != 0)
			fail_msg("\"%s\" does not begin with \"%s\"", e.text,
				refused[i].error);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

static void all_errors_are_found_and_the_good_rows_can_be_had(void **state)
{
	static const char csv[] =
		"account_id,arr,csm\nA1,x,Ann\n\"A\"2,1,\nA4,5,Zoe\nA5,1\n"
		"A4,6,\nA6,-1,\"say \"\"=1\"\"\"\n";
	struct store *s = importing_book(THREE_ACCOUNTS);
	struct import_request q = importing_request(REC_ACCOUNT, csv);
	struct import_result r;
	struct buffer rejected = { 0 };
	struct err e;
	(void)state;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	assert_int_equal(r.read, 6);
	assert_int_equal(r.rejected, 5);
	assert_int_equal(r.error_count, 5);
	assert_int_equal(r.errors[3].line, 6);
	assert_string_equal(r.errors[4].field, "arr");
	import_result_clear(&r);
	q.skip_bad = true;
	q.error_sink = buffer_sink;
	q.error_arg = &rejected;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 1);
	assert_int_equal(r.rejected, 5);
	assert_true(importing_has_note(&r, "new CSM: Zoe"));
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=A1\naccount_id=A2|csm=Ann\naccount_id=A3|arr=100\n"
		"account_id=A4|csm=Zoe|arr=500\n");
	assert_ptr_equal(strstr(rejected.s, "account_id,arr,csm,line,column,message,row\n"
					    "A1,x,Ann,2,2,\"\"\"x\"\" is not an amount"),
		rejected.s);
	assert_non_null(strstr(rejected.s, "\n,,,3,1,"));
	assert_non_null(strstr(rejected.s, "\nA5,1,,5,3,the row has 2 cells"));
	assert_non_null(strstr(rejected.s, "\nA4,6,,6,0,an earlier row"));
	assert_non_null(strstr(rejected.s, "\nA6,-1,\"say \"\"=1\"\"\",7,2,"));
	import_result_clear(&r);
	buffer_clear(&rejected);
	s->ops->close(s);
}

static void errors_beyond_the_list_are_counted(void **state)
{
	struct store *s = importing_book("");
	struct buffer csv = { 0 };
	struct import_result r;
	struct err e;
	(void)state;
	buffer_add_string(&csv, "account_id,arr\n");
	for (int i = 0; i < 250; i++)
		buffer_add_string(&csv, ",1\n");
	struct import_request q = importing_request(REC_ACCOUNT, csv.s);
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	assert_int_equal(r.rejected, 250);
	assert_int_equal(r.error_count, IMPORT_ERRORS_KEPT);
	assert_int_equal(r.errors[99].line, 101);
	import_result_clear(&r);
	buffer_clear(&csv);
	s->ops->close(s);
}

static void shapes_of_files(void **state)
{
	static const struct {
		const char *csv, *counts;
	} files[] = {
		{ "account_id,name\n", "0 0 0 0" },
		{ "account_id,name", "0 0 0 0" },
		{ "\xEF\xBB\xBF"
		  "account_id;name\r\nA1;x\r\n",
			"1 0 1 0" },
		{ "account_id\tname\rA1\tx\r", "1 0 1 0" },
		{ "\n\naccount_id,name\n\nA1,x\n,\n\nA9,y\n\n", "2 1 1 0" },
		{ "account_id\nA1\n\nA9\n", "2 1 0 1" },
		/* a report's footer */
		{ "Account ID,Account Name\nA1,x\n\nMy report\nCopyright (c) us\n"
		  "\"Generated By: me, 1/2/2024\"\n",
			"1 0 1 0" },
		{ "Account ID,Account Name\nA1,x\n,\nMy report,\n", "1 0 1 0" },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(files); i++) {
		struct store *s = importing_book(THREE_ACCOUNTS);
		importing_takes(s, REC_ACCOUNT, files[i].csv, files[i].counts);
		s->ops->close(s);
	}
	/* without a blank line, or with rows behind it, it is none */
	struct store *s = importing_book(THREE_ACCOUNTS);
	struct import_result r;
	struct err e;
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,name\nA1,x\nFooter\n");
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	import_result_clear(&r);
	q = importing_request(REC_ACCOUNT, "account_id,name\nA1,x\n\nFooter\nA2,y\n");
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	assert_int_equal(r.read, 3);
	import_result_clear(&r);
	s->ops->close(s);
}

static void encodings(void **state)
{
	static const char latin[] = "account_id,name\nA1,caf\xE9\n";
	static const char utf16[] = "\xFF\xFE"
				    "a\0c\0c\0o\0u\0n\0t\0_\0i\0d\0\n\0A\0"
				    "9\0\n\0";
	struct store *s = importing_book("account_id=A1\n");
	struct import_request q = importing_request(REC_ACCOUNT, latin);
	struct import_result r;
	struct err e;
	(void)state;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	assert_non_null(strstr(e.text, "latin-1"));
	import_result_clear(&r);
	q.encoding = "latin-1";
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	import_result_clear(&r);
	rows_are(s, REC_ACCOUNT, 0, "account_id=A1|name=caf\xC3\xA9\n");
	q = importing_request(REC_ACCOUNT, utf16);
	q.size = sizeof(utf16) - 1;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 1);
	import_result_clear(&r);
	q.encoding = "utf-7";
	assert_int_equal(importing_run(s, &q, &r, &e), ST_USAGE);
	assert_string_equal(e.text,
		"f.csv: --encoding: \"utf-7\" is not one of auto, utf-8, "
		"utf-16, latin-1, cp1252");
	import_result_clear(&r);
	s->ops->close(s);
}

static void mappings(void **state)
{
	struct store *s = importing_book(THREE_ACCOUNTS);
	struct import_request q = importing_request(REC_CONTRACT,
		"sub;who;from;until;monthly;state;junk\nC1;A1;31."
		"12.2024;;1.000,50;Past due;x\n"
		"C2;A2;01.02.2024;15.02.2025;12;-;y\n");
	struct import_result r;
	struct err e;
	(void)state;
	q.mapping_name = "m.ini";
	q.mapping_text =
		"kind = contracts\n[columns]\ncontract_id = id | SUB\n"
		"account_id = Who\nstart = from\nend = until\narr = monthly\n"
		"auto_renew = renews\nstatus = state\n[options]\ninterval = monthly\n"
		"[constants]\ncurrency = usd\n[values]\nstatus.past due = late\n"
		"status.- =\n";
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_true(
		importing_has_note(&r, "auto_renew is left out: no column \"renews\""));
	assert_true(importing_has_note(&r, "arr <- monthly times 12"));
	assert_false(importing_has_note(&r, "junk"));
	rows_are(s, REC_CONTRACT, 0,
		"contract_id=C1|account_id=A1|start=2024-12-31|arr=1200600|currency=USD|"
		"status=late\n"
		"contract_id=C2|account_id=A2|start=2024-02-01|end=2025-02-15|arr=14400|"
		"currency=USD\n");
	import_result_clear(&r);
	q.dates = "mdy";
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID); /* 31.12. */
	assert_true(strncmp(e.text, "f.csv:2:3: start: \"31.12.2024\" is not a day",
			    40) == 0);
	import_result_clear(&r);
	q.mapping_text = "kind = accounts\n";
	assert_int_equal(importing_run(s, &q, &r, &e), ST_USAGE);
	assert_string_equal(e.text,
		"f.csv: m.ini:1: this mapping is for accounts, not for contracts");
	import_result_clear(&r);
	q.mapping_text = "[columns]\ncontract_id = sub\naccount_id = Nr\n";
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	assert_string_equal(e.text,
		"f.csv: no column for account_id (\"Nr\"), start, arr; the headers are: "
		"sub, "
		"who, from, until, monthly, state, junk. Name them in the mapping");
	import_result_clear(&r);
	q.mapping_text = "[constants]\nstart = 31.12.2024\n";
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	import_result_clear(&r);
	s->ops->close(s);
}

static void conflicts(void **state)
{
	static const struct {
		const char *mode, *rows;
	} modes[] = {
		{ "overwrite",
			"account_id=A1|name=new|segment=s\naccount_id=A2|segment=s\n" },
		{ "fill", "account_id=A1|name=old|segment=s\naccount_id=A2|name=two|"
			  "segment=s\n" },
		{ "keep", "account_id=A1|name=old\naccount_id=A2|name=two\n" },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(modes); i++) {
		struct store *s = importing_book(
			"account_id=A1|name=old\naccount_id=A2|name=two\n");
		struct import_request q = importing_request(
			REC_ACCOUNT, "account_id,name,segment\nA1,new,s\nA2,,s\n");
		struct import_result r;
		struct err e;
		char map[64];
		snprintf(
			map, sizeof(map), "[options]\non_conflict = %s\n", modes[i].mode);
		q.mapping_text = map;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		rows_are(s, REC_ACCOUNT, 0, modes[i].rows);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

static void the_person_is_told(void **state)
{
	(void)state;
	notes(REC_ACCOUNT, "Account ID,x\nA1,\n", "account_id <- Account ID");
	notes(REC_ACCOUNT, "account_id,x,y\nA1,,\n", "not taken: x, y");
	notes(REC_ACCOUNT, "account_id,Annual Revenue\nA1,5\n",
		"not taken: Annual Revenue (the customer's own turnover");
	notes(REC_ACCOUNT, "account_id,mrr\nA1,5\n", "arr <- mrr times 12");
	notes(REC_ACCOUNT, "account_id,csm\nA1,New Person\n", "new CSM: New Person");
	notes(REC_SIGNAL, "account_id,date,signal,value\nA1,2024-01-01,zeal,1\n",
		"new signal: zeal");
	notes(REC_ACCOUNT, "account_id,churn_flag\nA1,TRUE\nA2,no\nA3,1\n",
		"churn_flag says churned for 2 accounts but gives no date");
	notes(REC_ACCOUNT, "account_id,tier\nA1,Gold\nA2,Silver\n",
		"not taken: tier (none of its values is 1, 2 or 3)");
	notes(REC_ACCOUNT, "account_id,name\nA1,\n\nfoot\nnote\n",
		"passed over 2 lines of a report's footer at the end");
}

static void currencies_of_the_policy(void **state)
{
	static const char known[][4] = { "USD", "EUR" };
	struct store *s = importing_book("");
	struct import_request q = importing_request(
		REC_ACCOUNT, "account_id,currency\nA1,eur\nA2,\nA3,XYZ\n");
	struct import_result r;
	struct err e;
	(void)state;
	q.currencies = known;
	q.currency_count = 2;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	assert_string_equal(e.text,
		"f.csv:4:2: currency: the book is in USD and the policy has no rate for "
		"XYZ: add it to [fx]; nothing was changed");
	assert_int_equal(r.no_rate, 1);
	import_result_clear(&r);
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_get_in),
		cmocka_unit_test(the_same_file_again_changes_nothing),
		cmocka_unit_test(bad_files_are_refused),
		cmocka_unit_test(all_errors_are_found_and_the_good_rows_can_be_had),
		cmocka_unit_test(errors_beyond_the_list_are_counted),
		cmocka_unit_test(shapes_of_files),
		cmocka_unit_test(encodings),
		cmocka_unit_test(mappings),
		cmocka_unit_test(conflicts),
		cmocka_unit_test(the_person_is_told),
		cmocka_unit_test(currencies_of_the_policy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
