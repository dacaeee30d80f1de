/* What files of other systems bring along: rows with gaps, and marks of nothing. */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "tests/support/importing.h"
#include "tests/support/rows_text.h"

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
		/* as of 2024-10-04; who is to leave later is active, who is to begin
		 * later is not yet */
		{ "account_id,csm,churned_on,status,contract_start\n"
		  "B1,,2025-01-01,churned,\nB2,,,churned,\nB3,,,,2025-01-01\n",
			{ "1 active account has no owner and is in the pool: B1" } },
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dirty_rows_are_told),
		cmocka_unit_test(marks_of_nothing_are_blank),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
