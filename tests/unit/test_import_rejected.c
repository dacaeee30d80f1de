/* Rows that are rejected: those that a file is not to add, and their file, imported
 * again.
 */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/buffer.h"
#include "tests/support/importing.h"
#include "tests/support/rows_text.h"

/* The file of rejected rows is one to import, when each row in it was mended; until then
 * it comes out of an import as it went in. */
static void rejected_rows_are_no_good_until_mended(void **state)
{
	static const char *const first = "account_id,arr\nA1,1\nA1,2\nA2,3,4\nA3,x\n";
	static const char *const mended =
		"account_id,arr,line,column,message,row\nA4,2,3,0,,\nA5,y,4,3, ,\n"
		"A7,5\n";
	/* of other files these are columns like others */
	static const char *const like =
		"account_id,arr,line,column,Message,row\nA6,1,2,3,x,\n";
	struct store *s = importing_book("");
	struct buffer kept = { 0 }, again = { 0 };
	struct import_request q = importing_request(REC_ACCOUNT, first);
	struct import_result r;
	struct err e;
	(void)state;
	q.skip_bad = true;
	q.error_sink = buffer_sink;
	q.error_arg = &kept;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.rejected, 3);
	import_result_clear(&r);
	q.bytes = kept.s;
	q.size = kept.n;
	q.error_arg = &again;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.rejected, 3);
	assert_int_equal(r.errors[0].column, 5);
	assert_string_equal(r.errors[0].message,
		"was rejected before; mend it and empty its message cell: an earlier row "
		"of the file has the same account_id; the first good row counts: A1 "
		"(line 2)");
	/* whatever was wrong with them, and with how many cells */
	assert_int_equal(r.reasons.n, 1);
	assert_string_equal(r.reasons.of[0].text,
		"was rejected before; mend it and empty its message cell");
	import_result_clear(&r);
	assert_string_equal(again.s, kept.s);
	buffer_clear(&again);
	q.bytes = mended;
	q.size = strlen(mended);
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 1);
	assert_int_equal(r.rejected, 2);
	assert_string_equal(r.errors[1].message, "the row has 2 cells and the header 6");
	import_result_clear(&r);
	assert_true(strncmp(again.s, "account_id,arr,line,column,message,row\nA5,y,3,2,",
			    48) == 0);
	buffer_clear(&again);
	importing_takes(s, REC_ACCOUNT, like, "1 1 0 0");
	buffer_clear(&kept);
	s->ops->close(s);
}

/* They are written as the file was, so that what reads it reads them, too. */
static void rejected_rows_are_written_as_the_file_is(void **state)
{
	static const struct {
		const char *csv, *encoding, *kept;
	} rows[] = {
		{ "account_id;name;arr\nA1;M,x;1\nA2;N,y;x\n", NULL,
			"account_id;name;arr;line;column;message;row\n"
			"A2;N,y;x;3;3;\"\"\"x\"\" is not an amount: it is not a number\";"
			"\"A2;N,y;x\"\n" },
		{ "account_id\tname\tarr\nA2\t a; 5\" b \tx\n", NULL,
			"account_id\tname\tarr\tline\tcolumn\tmessage\trow\n"
			"A2\t a; 5\" b \tx\t2\t3\t\"\"\"x\"\" is not an amount: it is "
			"not "
			"a number\"\t\"A2\t a; 5\"\" b \tx\"\n" },
		{ "account_id|arr\n\"A2\"|\"x\"\n", NULL,
			"account_id|arr|line|column|message|row\n"
			"\"A2\"|\"x\"|2|2|\"\"\"x\"\" is not an amount: it is not a "
			"number\"|\"\"\"A2\"\"|\"\"x\"\"\"\n" },
		{ "account_id,name,arr\nA2,M\xFCller,x\n", "latin-1",
			"\xEF\xBB\xBF"
			"account_id,name,arr,line,column,message,row\n"
			"A2,M\u00FCller,x,2,3,\"\"\"x\"\" is not an amount: it is not a "
			"number\",\"A2,M\u00FCller,x\"\n" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book("");
		struct import_request q = importing_request(REC_ACCOUNT, rows[i].csv);
		struct buffer kept = { 0 }, again = { 0 };
		struct import_result r;
		struct err e;

		q.encoding = rows[i].encoding;
		q.skip_bad = true;
		q.error_sink = buffer_sink;
		q.error_arg = &kept;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		import_result_clear(&r);
		assert_string_equal(kept.s, rows[i].kept);
		q.bytes = kept.s;
		q.size = kept.n;
		q.error_arg = &again;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		assert_int_equal(r.rejected, 1);
		import_result_clear(&r);
		/* its letters come back, whatever encoding is set for the file */
		assert_string_equal(again.s, kept.s + (rows[i].encoding ? 3 : 0));
		buffer_clear(&kept);
		buffer_clear(&again);
		s->ops->close(s);
	}
}

/* A file that is only to update adds nobody: neither accounts nor who would own them. */
static void only_what_is_there_is_updated(void **state)
{
	struct store *s = importing_book(THREE_ACCOUNTS);
	struct import_request q = importing_request(
		REC_ACCOUNT, "account_id,csm,arr\nA3,,200\nB9,Zoe,1\nB8,Zoe,2\na3,,1\n");
	struct import_result r;
	struct err e;

	(void)state;
	q.update_only = true;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	assert_string_equal(e.text,
		"f.csv:3:1: account_id: \"B9\" is no account of the book, and none is to "
		"be added; 3 rows have errors; nothing was changed");
	import_result_clear(&r);
	q.skip_bad = true;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 0);
	assert_int_equal(r.updated, 1);
	assert_int_equal(r.rejected, 3);
	assert_null(r.csms);
	rows_are(s, REC_ACCOUNT, 0,
		"account_id=A1\naccount_id=A2|csm=Ann\naccount_id=A3|arr=20000\n");
	import_result_clear(&r);
	q.kind = REC_CONTACT;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_USAGE);
	import_result_clear(&r);
	s->ops->close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rejected_rows_are_no_good_until_mended),
		cmocka_unit_test(rejected_rows_are_written_as_the_file_is),
		cmocka_unit_test(only_what_is_there_is_updated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
