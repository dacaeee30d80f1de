/* Imports as a whole: what a row is held to, dry runs, cancelling, previews. */
#include "core/import.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/buffer.h"
#include "tests/support/importing.h"
#include "tests/support/rows_text.h"

/* What the book has of a row and what a file brings must go together, also where neither
 * says it alone. */
#define ON_CONFLICT(word)                                            \
	"kind = accounts\n[columns]\naccount_id = account_id\n"      \
	"contract_start = contract_start\nchurned_on = churned_on\n" \
	"[options]\non_conflict = " word "\n"
#define FILL ON_CONFLICT("fill")
#define KEEP ON_CONFLICT("keep")

static void a_row_is_held_to_what_the_book_has(void **state)
{
	static const struct {
		const char *csv, *says; /* NULL: it is taken */
		const char *mapping;
	} files[] = {
		{ "account_id,churned_on\nA1,2024-02-29\n",
			"f.csv:2:2: churned_on: 2024-02-29 is before contract_start, "
			"which "
			"is 2024-03-01: correct one of the two; nothing was changed",
			NULL },
		{ "name,contract_start,account_id\nx,2024-04-01,A1\ny,2024-10-02,A2\n",
			"f.csv:3:2: contract_start: 2024-10-02 is after churned_on, "
			"which is "
			"2024-10-01: correct one of the two; nothing was changed",
			NULL },
		{ "account_id,contract_start,churned_on\nA2,2024-11-01,2024-12-01\n",
			"f.csv:2:2: contract_start: 2024-11-01 is after churned_on, "
			"which is "
			"2024-10-01: correct one of the two; nothing was changed",
			FILL },
		{ "account_id,contract_start,churned_on\nA2,2024-11-01,2024-12-01\n",
			NULL, KEEP },
		{ "account_id,churned_on\nA1,2024-03-01\n", NULL, NULL },
		/* both are new, or what was in the way goes */
		{ "account_id,contract_start,churned_on\nA2,2024-11-01,2024-12-01\n",
			NULL, NULL },
		{ "account_id,churned_on\nA1,\n", NULL, NULL },
		/* who brings a name need not mend days */
		{ "account_id,name\nA3,z\n", NULL, NULL },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct store *s = importing_book(
			"account_id=A1|contract_start=2024-03-01\n"
			"account_id=A2|churned_on=2024-10-01\n"
			"account_id=A3|contract_start=2024-03-01|churned_on="
			"2024-02-01\n");
		struct import_request q = importing_request(REC_ACCOUNT, files[i].csv);
		struct import_result r;
		struct err e = { .text = "" };
		q.mapping_text = files[i].mapping;
		q.mapping_name = "a mapping";
		const enum status st = importing_run(s, &q, &r, &e);
		assert_int_equal(st, files[i].says ? ST_INVALID : ST_OK);
		if (files[i].says)
			assert_string_equal(e.text, files[i].says);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* ---- running ------------------------------------------------------------------------
 */

static void a_dry_run_leaves_nothing(void **state)
{
	struct store *s = importing_book(THREE_ACCOUNTS);
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,csm,tier\nA1,Zoe,1\nA9,,\n");
	struct import_result r;
	struct err e;
	(void)state;
	q.dry_run = true;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 1);
	assert_int_equal(r.updated, 1);
	import_result_clear(&r);
	s->ops->close(s);
}

struct watcher {
	int calls;
	uint64_t rows;
};

static bool watch(void *arg, uint64_t done, uint64_t total, uint64_t rows)
{
	struct watcher *w = arg;
	assert_true(done <= total);
	assert_true(rows > w->rows);
	w->rows = rows;
	return --w->calls > 0;
}

static void it_can_be_cancelled(void **state)
{
	struct store *s = importing_book("");
	struct buffer csv = { 0 };
	struct watcher w = { .calls = 2 };
	struct import_result r;
	struct err e;
	(void)state;
	buffer_add_string(&csv, "account_id\n");
	for (int i = 0; i < 20000; i++) {
		char line[32];
		snprintf(line, sizeof(line), "A%d\n", i);
		buffer_add_string(&csv, line);
	}
	struct import_request q = importing_request(REC_ACCOUNT, csv.s);
	q.progress = watch;
	q.progress_arg = &w;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_CANCELLED);
	import_result_clear(&r);
	assert_int_equal(w.calls, 0);
	w = (struct watcher){ .calls = 100 };
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	import_result_clear(&r);
	buffer_clear(&csv);
	s->ops->close(s);
}

static void a_failing_list_of_errors_fails_the_import(void **state)
{
	struct store *s = importing_book("");
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,arr\nA1,x\nA2,1\n");
	struct import_result r;
	struct err e;
	(void)state;
	q.skip_bad = true;
	q.error_sink = buffer_full;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_IO);
	assert_string_equal(e.text, "disk full");
	import_result_clear(&r);
	s->ops->close(s);
}

/* How days are written is only said where the file says it: what is no day at all does
 * not. */
static void how_days_are_read(void **state)
{
	static const struct {
		const char *day;
		bool said;
	} rows[] = {
		{ "2026-04-30", false },
		{ "n/a", false },
		{ "2026-02-30", false },
		{ "3/3/2026", false }, /* both ways the same day */
		{ "30/4/2026", true },
		{ "4/30/2026", true },
	};
	char csv[128];
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct store *s = importing_book("");
		struct import_result r;
		struct err e;
		snprintf(csv, sizeof(csv),
			"account_id,renewal_date\nA1,2026-03-04\nA2,%s\nA3,2026-05-06\n",
			rows[i].day);
		struct import_request q = importing_request(REC_ACCOUNT, csv);
		q.skip_bad = true;
		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		if (importing_has_note(&r, "3/4/2026 is read as") != rows[i].said)
			fail_msg("%s", rows[i].day);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

static enum status count_row(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	(void)id;
	(void)cells;
	(void)e;
	++*(uint32_t *)arg;
	return ST_OK;
}

/* The pool is nobody here, too, and becomes no CSM. */
static void the_pool_owns_nothing(void **state)
{
	struct store *s = importing_book("");
	struct import_request q = importing_request(
		REC_ACCOUNT, "account_id,name,csm\nA1,a,Pool\nA2,b,Pooley\n");
	struct import_result r;
	struct cell cells[RECORD_FIELDS_MAX];
	struct arena a;
	bool there;
	uint32_t id;
	struct err e;

	(void)state;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	arena_init(&a);
	assert_int_equal(
		s->ops->row_read(s, REC_ACCOUNT, 1, &a, cells, &there, &e), ST_OK);
	assert_int_equal(cells[F_CSM].type, CELL_MISSING);
	assert_int_equal(s->ops->find(s, REC_CSM, TEXT("Pool"), &id, &e), ST_OK);
	assert_int_equal(id, 0);
	assert_int_equal(s->ops->find(s, REC_CSM, TEXT("Pooley"), &id, &e), ST_OK);
	assert_int_not_equal(id, 0);
	arena_clear(&a);
	import_result_clear(&r);
	s->ops->close(s);
}

/* Nor do the words that lists have for nobody; they are told. */
static void nobody_is_no_csm(void **state)
{
	static const struct {
		const char *csv, *note; /* NULL: they are names */
		uint32_t csms;
	} files[] = {
		{ "account_id,csm\nA1,n/a\nA2,-\nA3,Unassigned\nA4,Ann\n",
			"csm: 3 cells such as \"n/a\" are read as blank", 1 },
		{ "account_id;Betreuer\nA1;keiner\nA2;Unbekannt\n",
			"csm: 2 cells such as \"keiner\" are read as blank", 0 },
		{ "account_id,csm\nA1,TBD\n", "csm: 1 cell such as \"tbd\" is read", 0 },
		{ "account_id,csm\nA1,Nasser\nA2,Nonemaker\n", NULL, 2 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct store *s = importing_book("");
		struct import_request q = importing_request(REC_ACCOUNT, files[i].csv);
		struct import_result r;
		struct err e;
		uint32_t n = 0;

		assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
		if (files[i].note && !importing_has_note(&r, files[i].note))
			fail_msg("no note: %s", files[i].note);
		if (!files[i].note && importing_has_note(&r, "read as blank"))
			fail_msg("%s", files[i].csv);
		assert_int_equal(s->ops->rows(s, REC_CSM, 0, count_row, &n, &e), ST_OK);
		assert_int_equal(n, files[i].csms);
		import_result_clear(&r);
		s->ops->close(s);
	}
}

/* One look at a row names all that is wrong with it. */
static void all_faults_of_a_row_are_told(void **state)
{
	struct store *s = importing_book("");
	struct import_request q = importing_request(REC_ACCOUNT,
		"account_id,arr,renewal_date,status\nA1,x,2026-02-30,gone\nA2,y,,\n"
		"A3,z,,\nA4,w,,\nA5,v,2026-01-01,\n");
	struct import_result r;
	struct err e;

	(void)state;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	assert_int_equal(r.rejected, 5);
	assert_int_equal(r.errors[0].column, 2);
	assert_string_equal(r.errors[0].message,
		"\"x\" is not an amount: it is not a number; renewal_date: "
		"\"2026-02-30\" is "
		"not a day; write YYYY-MM-DD; status: \"gone\" is none of active, "
		"churned");
	assert_int_equal(r.reasons.n, 1); /* the first fault of each is alike */
	assert_int_equal(r.reasons.of[0].rows, 5);
	import_result_clear(&r);
	s->ops->close(s);
}

static void meanings_are_told(void **state)
{
	struct store *s = importing_book("account_id=A1");
	struct import_request q =
		importing_request(REC_CONTACT, "account_id,name,role\nA1,Ann,Decision "
					       "Maker\nA1,Ben,end user\nA1,Cy,sponsor\n");
	struct import_result r;
	struct err e;

	(void)state;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_true(
		importing_has_note(&r, "role: \"Decision Maker\" is read as sponsor"));
	assert_true(importing_has_note(&r, "role: \"End User\" is read as user"));
	assert_false(importing_has_note(&r, "role: \"Admin\""));
	import_result_clear(&r);
	s->ops->close(s);
}

static enum status no_place(void *arg, struct err *e)
{
	int *calls = arg;
	++*calls;
	return err_set(e, ST_IO, "no place");
}

/* What must be settled before the commit is: importing_run sees that nothing stayed. */
static void what_fails_before_the_commit_fails_the_import(void **state)
{
	struct store *s = importing_book("");
	struct import_request q =
		importing_request(REC_ACCOUNT, "account_id,arr\nA1,x\nA2,1\n");
	struct import_result r;
	struct err e;
	int calls = 0;
	(void)state;
	q.before_commit = no_place;
	q.error_arg = &calls;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_INVALID);
	import_result_clear(&r);
	q.skip_bad = q.dry_run = true;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	import_result_clear(&r);
	assert_int_equal(calls, 0);
	q.dry_run = false;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_IO);
	assert_string_equal(e.text, "no place");
	assert_int_equal(calls, 1);
	import_result_clear(&r);
	s->ops->close(s);
}

static void a_preview_shows_the_guess(void **state)
{
	struct import_request q = importing_request(
		REC_ACCOUNT, "Name;Annual Revenue;Owner;\nAcme;5;Ann;\n\n\"open;\n");
	struct import_preview p;
	struct err e = { 0 };
	(void)state;
	assert_int_equal(import_preview(&q, &p, &e), ST_OK);
	assert_int_equal(p.encoding, ENC_UTF8);
	assert_int_equal(p.delimiter, ';');
	assert_int_equal(p.column_count, 4);
	assert_string_equal(p.columns[0].header, "Name");
	assert_int_equal(p.columns[0].field, F_NAME);
	assert_int_equal(p.columns[1].field, -1);
	assert_non_null(p.columns[1].why);
	assert_int_equal(p.columns[2].field, F_CSM);
	assert_string_equal(p.columns[3].header, "");
	assert_string_equal(p.missing, "account_id");
	assert_int_equal(p.row_count, 3);
	assert_string_equal(p.cells[2], "Ann");
	assert_string_equal(p.cells[4 + 1], "");
	import_preview_clear(&p);
	q = importing_request(REC_ACCOUNT, "");
	assert_int_equal(import_preview(&q, &p, &e), ST_INVALID);
	import_preview_clear(&p);
}

/* The columns of a preview, one of them corrected, as a mapping that imports them. */
static void a_corrected_preview_is_a_mapping(void **state)
{
	struct import_request q = importing_request(
		REC_ACCOUNT, "Code,Label,MRR,Label,,A|B\nA1,Acme,10,x,y,z\n");
	struct store *s = importing_book("");
	struct import_preview p;
	struct import_result r;
	struct mapping m;
	struct arena a;
	const char *text;
	struct err e = { 0 };
	(void)state;
	arena_init(&a);
	mapping_init(&m, REC_ACCOUNT);
	assert_int_equal(import_preview(&q, &p, &e), ST_OK);
	assert_true(p.columns[2].monthly);
	assert_int_equal(p.columns[2].field, F_ARR);
	p.columns[0].field = F_ACCOUNT_ID;
	assert_int_equal(import_mapping(&p, &m, &a, &text, &e), ST_OK);
	assert_string_equal(text,
		"kind = accounts\n\n[columns]\naccount_id = Code\narr = MRR\n"
		"\n[options]\ninterval = monthly\n");
	q.mapping_text = text;
	assert_int_equal(importing_run(s, &q, &r, &e), ST_OK);
	assert_int_equal(r.inserted, 1);
	import_result_clear(&r);
	s->ops->close(s);
	/* The header of a column that is no amount, or not taken, says nothing of months.
	 */
	assert_true(import_monthly(&p, &m));
	p.columns[2].field = F_NAME;
	assert_false(import_monthly(&p, &m));
	p.columns[2].field = -1;
	assert_false(import_monthly(&p, &m));
	for (uint32_t i = 3; i < 6; i++) { /* double, blank, not to be named */
		p.columns[i].field = F_NAME;
		assert_int_equal(import_mapping(&p, &m, &a, &text, &e), ST_INVALID);
		p.columns[i].field = -1;
	}
	p.columns[0].field = -1;
	assert_int_equal(import_mapping(&p, &m, &a, &text, &e), ST_INVALID);
	assert_string_equal(e.text, "no column of the file is taken");
	import_preview_clear(&p);
	mapping_clear(&m);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_corrected_preview_is_a_mapping),
		cmocka_unit_test(a_row_is_held_to_what_the_book_has),
		cmocka_unit_test(a_dry_run_leaves_nothing),
		cmocka_unit_test(it_can_be_cancelled),
		cmocka_unit_test(a_failing_list_of_errors_fails_the_import),
		cmocka_unit_test(how_days_are_read),
		cmocka_unit_test(the_pool_owns_nothing),
		cmocka_unit_test(nobody_is_no_csm),
		cmocka_unit_test(meanings_are_told),
		cmocka_unit_test(all_faults_of_a_row_are_told),
		cmocka_unit_test(what_fails_before_the_commit_fails_the_import),
		cmocka_unit_test(a_preview_shows_the_guess),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
