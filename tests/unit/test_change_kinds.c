/* Imports, reviews, policies and recalculations in the history, and the way back. */
#include "core/act.h"
#include "core/change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/book_record.h"
#include "core/import_history.h"
#include "tests/support/changing.h"
#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/support/walking.h"

#define DAY CHANGING_DAY

static struct book *open_book(void)
{
	struct book *b = changing_book("Ann");

	book_look_for_alerts(b, false); /* reviews are all that is done here */
	return b;
}

static void apply_review(struct book *b)
{
	struct review r;

	MUST(book_review(b, true, &r, &e));
	review_clear(&r);
}

struct lines {
	char text[2000];
};

static enum status take_line(void *arg, const struct operation *o, struct err *e)
{
	struct lines *l = arg;
	const size_t n = strlen(l->text);

	(void)e;
	snprintf(l->text + n, sizeof(l->text) - n, "%s %.*s, %u rows%s\n",
		operation_kind_name[o->kind], (int)o->title.n, o->title.s, o->changes,
		o->backup.n ? ", copy" : "");
	return ST_OK;
}

static void history_is(struct book *b, const char *expected)
{
	struct lines l = { .text = "" };

	MUST(book_operations(b, 0, take_line, &l, &e));
	assert_string_equal(l.text, expected);
}

/* ---- imports ----------------------------------------------------------------- */

#define FILE_OF_TWO "account_id,csm,arr,tier\nA1,Dee,700,3\nN1,Dee,5,\n"

static void imports_are_told(void **state)
{
	struct book *b = open_book();
	const uint64_t before = walking_digest(book_store(b));

	(void)state;
	MUST(changing_import(b, REC_ACCOUNT, FILE_OF_TWO, false, &e));
	MUST(changing_import(
		b, REC_ACCOUNT, FILE_OF_TWO, false, &e)); /* nothing comes of it */
	history_is(b, "import import accounts customers.csv: 1 new, 1 changed, 3 rows\n");
	MUST(book_undo(b, 1, &e));
	assert_true(walking_digest(book_store(b)) == before);
	book_free(&b);
}

static void imports_that_went_on(void **state)
{
	struct book *b = open_book();

	(void)state;
	MUST(changing_import(b, REC_ACCOUNT, FILE_OF_TWO, false, &e)); /* 1 */
	MUST(changing_import(b, REC_SIGNAL,
		"account_id,date,signal,value\nN1,2026-03-01,logins,3\n", false,
		&e)); /* 2 */
	changing_refused(b, 1, ST_STALE, "account N1 has a signal (2026-03-01, logins)");
	MUST(book_undo(b, 2, &e)); /* 3 */
	apply_review(b);           /* 4 */
	changing_refused(b, 1, ST_STALE, "Ann did \"review of " DAY);
	MUST(book_undo(b, 4, &e));
	MUST(book_tag(b, (uint32_t[]){ 4 }, 1, TEXT("x"), true, &e)); /* 6 */
	changing_refused(b, 1, ST_STALE, "Ann did \"tag x\" (#6)");
	book_free(&b);
}

/* Mail that went out since a copy was kept stays out and is no hindrance; anything else
 * is. */
static void mail_that_went_on(void **state)
{
	(void)state;
	for (int other = 0; other < 2; other++) {
		struct book *b = open_book();
		struct store *s = book_store(b);
		const int64_t message = 1;
		uint32_t sent;

		rows_put(s, REC_MESSAGE,
			"account_id=A1|made_on=1970-01-01|kind=customer|subject=x");
		MUST(changing_import(b, REC_SIGNAL,
			"account_id,date,signal,value\nA1,1970-01-01,logins,3\n", false,
			&e));                                    /* 1 */
		MUST(book_mark_sent(b, &message, 1, &sent, &e)); /* 2 */
		if (other) {
			MUST(book_tag(b, (uint32_t[]){ 1 }, 1, TEXT("z"), true, &e));
			changing_refused(b, 1, ST_STALE, "Ann did \"tag z\" (#3)");
		} else {
			MUST(book_undo(b, 1, &e));
			rows_are(s, REC_SIGNAL, 0, "");
		}
		book_free(&b);
	}
}

/* Who has got a tier since it came stays, whichever it is. */
static void imports_of_who_is_placed(void **state)
{
	(void)state;
	for (uint8_t tier = 0; tier <= TIER_COUNT; tier++) {
		struct book *b = open_book();

		MUST(changing_import(
			b, REC_ACCOUNT, "account_id\nN1\n", false, &e)); /* 1 */
		if (tier == 0) {
			MUST(book_undo(b, 1, &e));
		} else {
			MUST(book_set_tier(b, account_of(book_store(b), "N1"), tier, 0,
				"why not", &e));
			changing_refused(b, 1, ST_STALE, "Ann did \"");
		}
		book_free(&b);
	}
}

static char *long_file(uint32_t rows)
{
	char *csv = malloc((size_t)rows * 16 + 64);
	size_t n = (size_t)sprintf(csv, "account_id,arr\n");

	assert_non_null(csv);
	for (uint32_t i = 0; i < rows; i++)
		n += (size_t)sprintf(csv + n, "L%u,%u\n", i, i);
	return csv;
}

/* What is known before the first row decides: the lines of the file. */
static void large_imports_keep_a_copy(void **state)
{
	char *most = long_file(IMPORT_TOLD_ROWS), *more = long_file(IMPORT_TOLD_ROWS + 1);
	struct book *b = open_book();
	const uint64_t before = walking_digest(book_store(b));
	struct recalc_result done;

	(void)state;
	MUST(changing_import(b, REC_ACCOUNT, more, false, &e)); /* 1 */
	MUST(book_recalc(b, &done, &e)); /* figures repeat themselves */
	MUST(book_undo(b, 1, &e));
	assert_true(walking_digest(book_store(b)) == before);
	MUST(changing_import(b, REC_ACCOUNT, more, true, &e)); /* 3 */
	changing_refused(b, 3, ST_FORBIDDEN, "no copy of the book was made before it");
	MUST(changing_import(
		b, REC_ACCOUNT, most, false, &e)); /* all there: nothing comes of it */
	history_is(b,
		"import import accounts customers.csv: 10001 new, 0 changed, 0 rows\n"
		"import undo: import accounts customers.csv: 10001 new, 0 changed, "
		"0 rows, copy\n"
		"import import accounts customers.csv: 10001 new, 0 changed, 0 rows, "
		"copy\n");
	book_free(&b);
	b = open_book();
	MUST(changing_import(b, REC_ACCOUNT, most, false, &e));
	history_is(b, "import import accounts customers.csv: 10000 new, 0 changed, 10000 "
		      "rows\n");
	book_free(&b);
	free(most);
	free(more);
}

/* The way back by a copy loses nothing that stands; what was taken back is no matter. */
static void what_came_after_a_copy(void **state)
{
	static const char signals[] =
		"account_id,date,signal,value\nA1,2026-03-01,logins,3\n";
	struct book *b = open_book();
	const uint32_t one[] = { 1 };

	(void)state;
	MUST(book_tag(b, one, 1, TEXT("before"), true, &e));      /* 1 */
	MUST(changing_import(b, REC_SIGNAL, signals, false, &e)); /* 2 */
	MUST(book_tag(b, one, 1, TEXT("after"), true, &e));       /* 3 */
	changing_refused(b, 2, ST_STALE, "Ann did \"tag after\" (#3)");
	MUST(book_undo(b, 3, &e)); /* 4 */
	MUST(book_undo(b, 4, &e)); /* 5 */
	changing_refused(b, 2, ST_STALE, "Ann did \"redo: tag after\" (#5)");
	MUST(book_undo(b, 5, &e)); /* 6 */
	MUST(book_undo(b, 1, &e)); /* 7: of what was before it */
	changing_refused(b, 2, ST_STALE, "Ann did \"undo: tag before\" (#7)");
	MUST(book_undo(b, 7, &e)); /* 8 */
	MUST(book_undo(b, 2, &e)); /* 9 */
	rows_are(book_store(b), REC_SIGNAL, 0, "");
	MUST(book_undo(b, 9, &e));
	rows_are(book_store(b), REC_SIGNAL, 0,
		"account_id=A1|date=2026-03-01|signal=logins|value=3\n");
	book_free(&b);
}

/* ---- reviews ----------------------------------------------------------------- */

static enum status take_move(void *arg, const struct tier_move *m, struct err *e)
{
	struct lines *l = arg;
	const size_t n = strlen(l->text);

	(void)e;
	snprintf(l->text + n, sizeof(l->text) - n, "%s %d > %d\n",
		move_cause_name[m->cause], m->from, m->to);
	return ST_OK;
}

static void reviews_come_back(void **state)
{
	struct book *b = open_book();
	struct lines moves = { .text = "" };
	const uint64_t before = walking_digest(book_store(b));
	uint64_t after;

	(void)state;
	apply_review(b); /* 1 */
	after = walking_digest(book_store(b));
	assert_true(after != before);
	history_is(b, "review review of " DAY ": 2 moves, 0 rows\n");
	MUST(book_undo(b, 1, &e));
	assert_true(walking_digest(book_store(b)) == before);
	MUST(book_undo(b, 2, &e));
	assert_true(walking_digest(book_store(b)) == after);
	/* the history of the accounts tells of the way back, and of the way forth */
	MUST(book_store(b)->ops->moves(book_store(b), 1, take_move, &moves, &e));
	assert_string_equal(moves.text, "placement 0 > 2\nundo 2 > 0\nplacement 0 > 2\n");
	rules_day(b, "2026-05-01");
	apply_review(b); /* 4, by the days and streaks of the first one */
	changing_refused(b, 3, ST_STALE, "Ann did \"review of 2026-05-01");
	MUST(book_undo(b, 4, &e));
	MUST(book_undo(b, 3, &e));
	assert_true(walking_digest(book_store(b)) == before);
	book_free(&b);
}

static enum status take_change(void *arg, const struct operation_change *c, struct err *e)
{
	struct lines *l = arg;
	const size_t n = strlen(l->text);

	(void)e;
	if (c->kind == REC_COUNT)
		snprintf(l->text + n, sizeof(l->text) - n, "%s %.*s > %.*s\n", c->key,
			(int)c->before.t.n, c->before.t.s, (int)c->after.t.n,
			c->after.t.s);
	else
		snprintf(l->text + n, sizeof(l->text) - n, "%d %s > %d\n", (int)c->row,
			record_of(c->kind)->fields[c->field].name, (int)c->after.i);
	return ST_OK;
}

static void changes_are(struct book *b, int64_t operation, const char *expected)
{
	struct lines l = { .text = "" };

	MUST(book_operation_changes(b, operation, take_change, &l, &e));
	assert_string_equal(l.text, expected);
}

/* ---- policies and recalculations --------------------------------------------- */

static void apply_policy(struct book *b, const char *text)
{
	int32_t version;

	MUST(book_policy_apply(b, text, "p", "the board wants it", &version, &e));
}

static void policies_come_back(void **state)
{
	struct book *b = open_book();

	(void)state;
	apply_policy(b, "[review]\nhysteresis = 5\nup_streak = 2\n"); /* 1: version 2 */
	history_is(b, "policy policy version 2: review.hysteresis 3 > 5, and 1 more, 0 "
		      "rows\n");
	changes_are(b, 1, "review.hysteresis 3 > 5\nreview.up_streak 1 > 2\n");
	MUST(book_undo(b, 1, &e)); /* version 3 */
	assert_int_equal(book_policy_version(b), 3);
	assert_true(book_policy(b)->hysteresis > 2.9 && book_policy(b)->hysteresis < 3.1);
	MUST(book_undo(b, 2, &e)); /* version 4 */
	assert_true(book_policy(b)->hysteresis > 4.9);
	apply_policy(b, "[review]\nhysteresis = 1\n"); /* 4: version 5 */
	changing_refused(b, 3, ST_STALE, "Ann did \"policy version 5");
	MUST(book_undo(b, 4, &e));
	MUST(book_undo(b, 3, &e)); /* what it left is in force again */
	assert_true(book_policy(b)->hysteresis > 2.9 && book_policy(b)->hysteresis < 3.1);
	book_free(&b);
}

/* Mail is out whatever becomes of the book: it neither stands in the way of a copy, nor
 * does it wait again. */
static void mail_after_a_copy(void **state)
{
	static const char signals[] =
		"account_id,date,signal,value\nA1,2026-03-01,logins,3\n";
	static const char message[] =
		"account_id=A1|made_on=2026-03-01|kind=notice|subject=x";
	struct book *b = open_book();
	char sent[200];

	(void)state;
	rows_put(book_store(b), REC_MESSAGE, message);
	MUST(changing_import(b, REC_SIGNAL, signals, false, &e)); /* 1 */
	MUST(book_mark_sent(b, NULL, 0, NULL, &e));               /* 2 */
	MUST(book_undo(b, 1, &e));
	rows_are(book_store(b), REC_SIGNAL, 0, "");
	snprintf(sent, sizeof(sent), "%s|sent_on=" DAY "\n", message);
	rows_are(book_store(b), REC_MESSAGE, 0, sent);
	book_free(&b);
}

static void record(struct book *b, enum operation_kind kind, const char *title)
{
	struct operation o = {
		.kind = kind, .actor = text_of(book_me(b)), .title = text_of(title)
	};

	MUST(book_store(b)->ops->begin(book_store(b), &e));
	MUST(history_record(book_store(b), &o, &e));
	MUST(book_store(b)->ops->commit(book_store(b), &e));
}

/* Nobody who says "undo" means the one before what can't be taken back. */
static void no_way_back(void **state)
{
	struct book *b = open_book();
	struct operation o;
	struct err why;
	struct arena a;

	(void)state;
	arena_init(&a);
	record(b, OPERATION_HAND, "nobody knows");
	changing_refused(b, 1, ST_FORBIDDEN, "the history does not say what it changed");
	assert_int_equal(book_undoable(b, false, &a, &o, &why), ST_FORBIDDEN);
	MUST(book_tag(b, (uint32_t[]){ 1 }, 1, TEXT("new"), true, &e)); /* 2 */
	record(b, OPERATION_RESTORE, "restore it");                     /* 3 */
	record(b, OPERATION_RECALC, "by itself");
	assert_int_equal(book_undoable(b, false, &a, &o, &why), ST_FORBIDDEN);
	assert_int_equal(o.id, 0);
	assert_non_null(strstr(why.text, "\"restore it\" can't be taken back: "));
	assert_non_null(strstr(why.text, "before it goes by its number, 2"));
	MUST(book_undo(b, 2, &e)); /* 5 */
	assert_int_equal(book_undoable(b, true, &a, &o, &why), ST_OK);
	assert_int_equal(o.id, 5);
	record(b, OPERATION_RESTORE, "restore another");
	MUST(book_undoable(b, true, &a, &o, &e));
	assert_int_equal(o.id, 0);
	arena_clear(&a);
	book_free(&b);
}

static void recalculations_are_no_work_of_anybody(void **state)
{
	struct book *b = open_book();
	const struct recalc_result none = { .as_of = book_as_of(b) };
	const struct recalc_result some = {
		.as_of = book_as_of(b), .alerts_opened = 3, .alerts_resolved = 2
	};
	struct operation o;
	struct arena a;

	(void)state;
	arena_init(&a);
	MUST(book_store(b)->ops->begin(book_store(b), &e));
	MUST(book_record_recalc(b, &none, TEXT(""), &e));
	MUST(book_record_recalc(b, &some, TEXT(""), &e));
	MUST(book_store(b)->ops->commit(book_store(b), &e));
	history_is(b, "recalc recalculated as of " DAY ": 3 alerts opened, 2 resolved, 0 "
		      "rows\n");
	MUST(book_undoable(b, false, &a, &o, &e));
	assert_int_equal(o.id, 0);
	changing_refused(b, 1, ST_FORBIDDEN, "figures repeat themselves");
	arena_clear(&a);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(imports_are_told),
		cmocka_unit_test(imports_that_went_on),
		cmocka_unit_test(mail_that_went_on),
		cmocka_unit_test(imports_of_who_is_placed),
		cmocka_unit_test(large_imports_keep_a_copy),
		cmocka_unit_test(what_came_after_a_copy),
		cmocka_unit_test(mail_after_a_copy),
		cmocka_unit_test(no_way_back),
		cmocka_unit_test(reviews_come_back),
		cmocka_unit_test(policies_come_back),
		cmocka_unit_test(recalculations_are_no_work_of_anybody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
