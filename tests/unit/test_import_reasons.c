/* Why rows are rejected, and what many of them have in common. */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/importing.h"

/* The other row is named, and likewise are not listed one by one. */
static void repeated_rows_name_the_first(void **state)
{
	static const struct {
		enum record_kind kind;
		const char *csv, *message;
	} files[] = {
		{ REC_ACCOUNT, "name,account_id\nx,B1\ny,B2\nz, B1 \n",
			"an earlier row of the file has the same account_id; the "
			"first good row counts: B1 (line 2)" },
		{ REC_ACCOUNT, "name,account_id\n\"x\n\",B1\ny,B1\n",
			"an earlier row of the file has the same account_id; the "
			"first good row counts: B1 (line 2)" },
		{ REC_SIGNAL,
			"account_id,date,signal,value\nA1,2024-01-01,nps,4\n"
			"A1,2024-01-02,nps,4\nA1,2024-01-01,nps,5\n",
			"an earlier row of the file has the same account_id date signal; "
			"the first good row counts: A1 2024-01-01 nps (line 2)" },
		/* written otherwise, it is not found */
		{ REC_SIGNAL,
			"account_id,date,signal,value\nA1,2024-01-01,nps,4\n"
			"A1,2024-01-01,NPS,5\n",
			"an earlier row of the file has the same account_id date signal; "
			"the first good row counts" },
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
static const struct {
	enum record_kind kind;
	const char *csv, *said;
} reasons[] = {
	{ REC_ACCOUNT, "account_id\nA\nB\nC\nD\nA\nB\nC\nD\n",
		"4 rows: an earlier row of the file has the same account_id; the "
		"first good row counts\n" },
	{ REC_SIGNAL,
		"account_id,date,signal,value\nA1,2024-01-01,nps,4\n"
		"A1,2024-01-01,nps,5\nA1,2024-01-01,nps,5\n"
		"A1,2024-01-01,nps,5\nA1,2024-01-01,nps,5\n"
		"A1,2024-01-01,logins,-1\nA1,2024-01-01,logins,-2\n"
		"A1,2024-01-01,logins,-30.5\nA1,2024-01-01,logins,-1\n",
		"4 rows: an earlier row of the file has the same account_id date "
		"signal; the first good row counts\n"
		"4 rows: value: ... is not a value of logins: it can't be "
		"negative\n" },
	{ REC_ACCOUNT, "account_id,arr\nA,x\nB,\"a \"\"b\"\" is\"\nC,y;\nD,z\nE,u\nF\n",
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
	{ REC_MOVEMENT,
		"account_id,date,kind,arr_delta\nA1,2024-01-02,churn,1\n"
		"A1,2024-01-03,churn,2\nA1,2024-01-04,churn,3.5\n"
		"A1,2024-01-05,churn,4\n",
		"4 rows: arr_delta: ... is no churn: write ..., or call it new "
		"or reactivation\n" },
	{ REC_ACCOUNT, "account_id,arr\nA,{}\nB,\"\"\"{}\"\"\"\nC,..!\nD,x{\n",
		"4 rows: arr: \"...\" is not an amount: it is not a number\n" },
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
	/* against what the book has */
	{ REC_ACCOUNT,
		"account_id,churned_on\nZ1,2024-04-01\nZ2,2024-04-02\nZ3,2024-04-03\n"
		"Z4,2024-01-01\n",
		"4 rows: churned_on: ... is before contract_start, which is ...: correct "
		"one of the two\n" },
	/* in another column it is another one */
	{ REC_ACCOUNT,
		"account_id,renewal_date,contract_start\nA,x,\nB,x,\nC,x,\nD,x,\n"
		"E,,x\nF,,x\nG,,x\nH,,x\n",
		"4 rows: renewal_date: \"...\" is not a day; write YYYY-MM-DD\n"
		"4 rows: contract_start: \"...\" is not a day; write "
		"YYYY-MM-DD\n" },
	/* the first fault of a row is its reason */
	{ REC_ACCOUNT,
		"account_id,arr,renewal_date,status\nA,x,,\nB,y,z,\nC,z,,odd\n"
		"D,z,z,odd\nE,1,z,\nF,1,z,odd\nG,1,z,even\nH,1,y,\n",
		"4 rows: arr: \"...\" is not an amount: it is not a number\n"
		"4 rows: renewal_date: \"...\" is not a day; write "
		"YYYY-MM-DD\n" },
};

static void reasons_are_few(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		struct store *s = importing_book(
			"account_id=A1\naccount_id=Z1|contract_start=2024-05-01\n"
			"account_id=Z2|contract_start=2024-05-02\n"
			"account_id=Z3|contract_start=2024-05-03\n"
			"account_id=Z4|contract_start=2024-05-04\n");
		struct import_request q =
			importing_request(reasons[i].kind, reasons[i].csv);
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
		assert_string_equal(got, reasons[i].said);
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
		import_reasons_add(&r, &x, message, &a);
		import_reasons_add(&r, &x, message, &a);
	}
	assert_int_equal(r.n, IMPORT_REASONS_KEPT);
	assert_int_equal(r.others, 10);
	assert_int_equal(r.of[3].rows, 2);
	assert_int_equal(r.of[3].first[1].line, 5);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(repeated_rows_name_the_first),
		cmocka_unit_test(reasons_are_few),
		cmocka_unit_test(other_reasons_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
