/* The way back from an import that was recalculated since. */
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

#define NEAR_RENEWAL "account_id,csm,renewal_date\nN1,Dee,2026-04-20\nN2,,2026-04-10\n"

static enum status count_row(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	(void)id;
	(void)c;
	(void)e;
	++*(uint32_t *)arg;
	return ST_OK;
}

/* Alerts, plays and mail of all time. */
static uint32_t derived_of(struct book *b, uint32_t account)
{
	static const enum record_kind kinds[] = { REC_ALERT, REC_TASK, REC_MESSAGE };
	struct store *s = book_store(b);
	uint32_t n = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		MUST(s->ops->unended(s, kinds[i], account, 0, count_row, &n, &e));
	return n;
}

static enum status keep_id(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	(void)c;
	(void)e;
	*(int64_t *)arg = id;
	return ST_OK;
}

static int64_t last_of(struct book *b, enum record_kind kind, const char *account)
{
	struct store *s = book_store(b);
	int64_t id = 0;

	MUST(s->ops->unended(s, kind, account_of(s, account), 0, keep_id, &id, &e));
	assert_true(id > 0);
	return id;
}

/* What Ann did last and can take back. */
static int64_t undoable(struct book *b)
{
	struct operation o;
	struct arena a;

	arena_init(&a);
	MUST(book_undoable(b, false, &a, &o, &e));
	arena_clear(&a);
	return o.id;
}

/* Two accounts that a recalculation found something about. */
static struct book *derived_book(int64_t *import_id)
{
	struct book *b = changing_book("Ann");
	struct recalc_result done;

	MUST(changing_import(b, REC_ACCOUNT, NEAR_RENEWAL, false, &e));
	*import_id = undoable(b);
	MUST(book_recalc(b, &done, &e));
	assert_true(derived_of(b, account_of(book_store(b), "N1")) > 0);
	assert_true(derived_of(b, account_of(book_store(b), "N2")) > 0);
	return b;
}

static void imports_take_along_what_was_derived(void **state)
{
	int64_t id;
	struct book *b = derived_book(&id);
	const uint32_t accounts[] = { account_of(book_store(b), "N1"),
		account_of(book_store(b), "N2") };
	struct recalc_result done;

	(void)state;
	assert_int_equal(undoable(b), id);
	MUST(book_undo(b, id, &e));
	for (int i = 0; i < 2; i++)
		assert_int_equal(derived_of(b, accounts[i]), 0);
	MUST(book_undo(b, id + 2, &e)); /* again, and back again */
	MUST(book_recalc(b, &done, &e));
	assert_true(derived_of(b, account_of(book_store(b), "N1")) > 0);
	MUST(book_undo(b, undoable(b), &e));
	for (int i = 0; i < 2; i++)
		assert_int_equal(derived_of(b, accounts[i]), 0);
	book_free(&b);
}

/* What a person made of it, or wrote down beside it, stays, and is named. */
static void imports_that_people_worked_on(void **state)
{
	struct cell cells[TOUCH_FIELDS] = { [F_TOUCH_DATE] = CELL_OF_INT(20543),
		[F_TOUCH_KIND] = CELL_OF_TEXT(TEXT("call")) };
	int64_t id, alert;
	struct book *b = derived_book(&id);
	const struct change add = { .kind = REC_TOUCH,
		.fields = 1u << F_TOUCH_ACCOUNT | 1u << F_TOUCH_DATE | 1u << F_TOUCH_KIND,
		.cells = cells };

	(void)state;
	cells[F_TOUCH_ACCOUNT] = CELL_OF_INT(account_of(book_store(b), "N1"));
	alert = last_of(b, REC_ALERT, "N2");
	MUST(book_vote(b, alert, true, &e));
	changing_refused(b, id, ST_STALE,
		"account N2 has an alert (renewal, " CHANGING_DAY "): Ann did \"");
	MUST(book_undo(b, undoable(b), &e)); /* as if it had not been */
	MUST(book_change(b, &add, 1, "log a call", NULL, &e));
	changing_refused(b, id, ST_STALE,
		"account N1 has a touch (2026-03-31, call): Ann did \"log a call\" (#");
	MUST(book_undo(b, undoable(b), &e));
	MUST(book_undo(b, id, &e));
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(imports_take_along_what_was_derived),
		cmocka_unit_test(imports_that_people_worked_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
