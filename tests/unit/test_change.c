/* Changes by hand, row by row: what is taken, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/changing.h"
#include "tests/support/rows_text.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define CENTS(n) CELL_OF_INT((int64_t)(n))
#define WORD(s) CELL_OF_TEXT(TEXT(s))

/* ---- rows -------------------------------------------------------------------- */

static void adding_changing_removing(void **state)
{
	struct book *b = changing_book("Ann");
	struct store *s = book_store(b);
	const struct change gone = { .kind = REC_NOTE, .row = 1 };
	struct account_view *v;

	(void)state;
	MUST(changing(
		b, REC_NOTE, 0, "account_id=A1|date=2026-03-01|text= wants more ", &e));
	rows_are(s, REC_NOTE, 0, "account_id=A1|date=2026-03-01|text=wants more\n");
	MUST(changing(b, REC_NOTE, 1, "text=wants less|actor=Ann", &e));
	rows_are(s, REC_NOTE, 0,
		"account_id=A1|date=2026-03-01|text=wants less|actor=Ann\n");
	/* a screen knows it by its id */
	MUST(book_account(b, 1, &v, &e));
	assert_int_equal(v->rows[REC_NOTE].n, 1);
	assert_int_equal(v->rows[REC_NOTE].id[0], 1);
	assert_int_equal(v->rows[REC_TOUCH].n, 2);
	assert_int_equal(v->rows[REC_TOUCH].id[0], 2); /* the newest first */
	account_view_free(&v);
	MUST(book_change(b, &gone, 1, "remove the note", NULL, &e));
	rows_are(s, REC_NOTE, 0, "");
	assert_int_equal(book_change(b, &gone, 1, "again", NULL, NULL), ST_NOTFOUND);
	assert_int_equal(changing(b, REC_NOTE, 1, "text=x", NULL), ST_NOTFOUND);
	/* what is required has to be there when a row is new */
	assert_int_equal(
		changing(b, REC_NOTE, 0, "account_id=A1|text=x", NULL), ST_INVALID);
	MUST(changing(b, REC_PLAN, 0, "account_id=A1|goal=more", &e));
	assert_int_equal(
		changing(b, REC_PLAN, 0, "account_id=A1|goal=x", NULL), ST_INVALID);
	MUST(changing(b, REC_PLAN, 0, "account_id=A2|goal=x", &e));
	book_free(&b);
}

static enum status keep_row(
	void *row, int64_t id, const struct cell *cells, struct err *e)
{
	(void)cells;
	(void)e;
	*(int64_t *)row = id;
	return ST_OK;
}

/* A row is held to its rules as it will be, not as far as it is given; what was wrong
 * before is nobody's who changes something else. */
static void rows_as_a_whole(void **state)
{
	struct book *b = changing_book("Ann");
	struct store *s = book_store(b);
	struct cell left[CONTACT_FIELDS] = {
		[F_CONTACT_SINCE] = CENTS(40000), [F_CONTACT_LEFT_ON] = CENTS(20000)
	};
	struct err why = { .text = "" };
	int64_t row = 0;

	(void)state;
	MUST(changing(b, REC_CONTACT, 0,
		"account_id=A2|name=Bea|role=user|since=2026-03-10", &e));
	rows_are(s, REC_CONTACT, account_of(s, "A2"),
		"account_id=A2|name=Bea|role=user|since=2026-03-10\n");
	MUST(s->ops->rows(s, REC_CONTACT, account_of(s, "A2"), keep_row, &row, &e));
	assert_int_equal(
		changing(b, REC_CONTACT, row, "left_on=2026-03-09", &why), ST_INVALID);
	assert_string_equal(why.text,
		"left_on: 2026-03-09 is before since, which is 2026-03-10: correct one "
		"of the two");
	MUST(changing(b, REC_CONTACT, row, "left_on=2026-03-10", &e));
	/* as another program may have left it */
	MUST(s->ops->begin(s, &e));
	left[F_CONTACT_ACCOUNT] = CELL_OF_INT(account_of(s, "A2"));
	left[F_CONTACT_NAME] = WORD("Bea");
	left[F_CONTACT_ROLE] = WORD("user");
	MUST(s->ops->row_write(s, REC_CONTACT, row, left,
		1u << F_CONTACT_SINCE | 1u << F_CONTACT_LEFT_ON, &e));
	MUST(s->ops->commit(s, &e));
	MUST(changing(b, REC_CONTACT, row, "email=bea@a2.example", &e));
	assert_int_equal(
		changing(b, REC_CONTACT, row, "since=2199-01-01", NULL), ST_INVALID);
	MUST(changing(b, REC_CONTACT, row, "since=2000-01-01", &e));
	book_free(&b);
}

static void not_by_hand(void **state)
{
	struct book *b = changing_book("Ann");
	const struct change gone = { .kind = REC_ACCOUNT, .row = 1 };
	const struct change csm = { .kind = REC_CSM, .row = 1 };

	(void)state;
	assert_int_equal(changing(b, REC_ACCOUNT, 0, "account_id=A9", NULL), ST_USAGE);
	assert_int_equal(book_change(b, &gone, 1, "x", NULL, NULL), ST_USAGE);
	assert_int_equal(changing(b, REC_SIGNAL, 1, "value=1", NULL), ST_USAGE);
	assert_int_equal(book_change(b, &csm, 1, "x", NULL, NULL), ST_FORBIDDEN);
	assert_int_equal(changing_last(b), 0);
	book_free(&b);
}

/* All or nothing, and one entry; what changes nothing has none. */
static void several_at_once(void **state)
{
	struct book *b = changing_book("Ann");
	struct cell name[ACCOUNT_FIELDS] = { [F_NAME] = WORD("New") };
	struct cell bad[ACCOUNT_FIELDS] = { [F_ARR] = CENTS(-1) };
	const struct change changes[] = {
		{ REC_ACCOUNT, 1, 1u << F_NAME, name, NULL },
		{ REC_ACCOUNT, 2, 1u << F_NAME, name, NULL },
		{ REC_ACCOUNT, 3, 1u << F_ARR, bad, NULL },
	};

	(void)state;
	assert_int_equal(book_change(b, changes, 3, "x", NULL, NULL), ST_INVALID);
	changing_row_is(b, "A1", "account_id=A1|name=Acme|csm=Ann|arr=100|tags=x;y\n");
	MUST(book_change(b, changes, 2, "x", NULL, &e));
	assert_int_equal(changing_last(b), 1);
	MUST(book_change(b, changes, 2, "x", NULL, &e));
	MUST(book_change(b, NULL, 0, "x", NULL, &e));
	assert_int_equal(changing_last(b), 1);
	book_free(&b);
}

/* Lists see a change at once. */
static void lists_follow(void **state)
{
	struct book *b = changing_book("Ann");
	struct list_row row;
	struct arena a;
	const uint32_t id = 1;

	(void)state;
	arena_init(&a);
	MUST(book_rows(b, &id, 1, &a, &row, &e));
	assert_true(text_eq(row.csm, TEXT("Ann")));
	MUST(changing(b, REC_ACCOUNT, 1, "csm=Bo|name=Bolt", &e));
	MUST(changing(b, REC_CONTRACT, 1, "arr=12300", &e));
	MUST(book_rows(b, &id, 1, &a, &row, &e));
	assert_true(text_eq(row.csm, TEXT("Bo")));
	assert_true(text_eq(row.name, TEXT("Bolt")));
	assert_int_equal(row.arr, 12300);
	arena_clear(&a);
	book_free(&b);
}

/* A row that somebody changed meanwhile does not go unseen. */
static void removed_as_seen(void **state)
{
	struct book *b = changing_book("Ann");
	struct store *s = book_store(b);
	struct cell seen[NOTE_FIELDS];
	struct change gone = { .kind = REC_NOTE, .row = 1, .seen = seen };
	struct err why = { .text = "" };
	struct arena a;
	bool there;

	(void)state;
	arena_init(&a);
	MUST(changing(
		b, REC_NOTE, 0, "account_id=A1|date=2026-03-01|text=wants more", &e));
	MUST(s->ops->row_read(s, REC_NOTE, 1, &a, seen, &there, &e));
	MUST(changing(b, REC_NOTE, 1, "text=wants less", &e));
	assert_int_equal(book_change(b, &gone, 1, "x", NULL, &why), ST_STALE);
	assert_string_equal(why.text,
		"text: somebody changed it to wants less meanwhile; you saw wants more "
		"and want it to go. Look again, then decide");
	MUST(s->ops->row_read(s, REC_NOTE, 1, &a, seen, &there, &e));
	assert_true(there);
	MUST(book_change(b, &gone, 1, "x", NULL, &e));
	MUST(s->ops->row_read(s, REC_NOTE, 1, &a, seen, &there, &e));
	assert_false(there);
	arena_clear(&a);
	book_free(&b);
}

static void somebody_was_faster(void **state)
{
	struct book *b = changing_book("Ann");
	struct cell cells[ACCOUNT_FIELDS] = { [F_CSM] = CENTS(3), [F_ARR] = CENTS(700) };
	struct cell seen[ACCOUNT_FIELDS] = { [F_CSM] = CENTS(1), [F_ARR] = CENTS(100) };
	const struct change c = { REC_ACCOUNT, 1, 1u << F_CSM | 1u << F_ARR, cells,
		seen };
	struct err why = { .text = "" };

	(void)state;
	MUST(changing(
		b, REC_ACCOUNT, 1, "csm=Bo|name=other", &e)); /* name was not seen */
	assert_int_equal(book_change(b, &c, 1, "x", NULL, &why), ST_STALE);
	assert_non_null(strstr(why.text, "csm: "));
	assert_non_null(strstr(why.text, "to Bo meanwhile; you saw Ann and want Cy"));
	seen[F_CSM] = CENTS(2);
	MUST(book_change(b, &c, 1, "x", NULL, &e));
	changing_row_is(b, "A1", "account_id=A1|name=other|csm=Cy|arr=700|tags=x;y\n");
	book_free(&b);
}

/* ---- owners, tags, locks ----------------------------------------------------- */

static void owners(void **state)
{
	struct book *b = changing_book("Ann");
	const uint32_t ids[] = { 1, 2, 3, 2 };

	(void)state;
	MUST(book_assign(b, ids, 4, 2, "she left", NULL, &e));
	changing_row_is(b, "A1", "account_id=A1|name=Acme|csm=Bo|arr=100|tags=x;y\n");
	assert_int_equal(changing_last(b), 1);
	MUST(book_assign(b, ids, 2, 0, NULL, NULL, &e));
	changing_row_is(b, "A1", "account_id=A1|name=Acme|arr=100|tags=x;y\n");
	assert_int_equal(book_assign(b, ids, 2, 77, NULL, NULL, NULL), ST_INVALID);
	assert_int_equal(book_assign(b, (uint32_t[]){ 1, 99 }, 2, 1, NULL, NULL, NULL),
		ST_NOTFOUND);
	changing_row_is(b, "A1", "account_id=A1|name=Acme|arr=100|tags=x;y\n");
	book_free(&b);
}

static void tags(void **state)
{
	static const struct {
		const char *before, *word;
		bool on;
		const char *after; /* "": none */
	} rows[] = {
		{ "", "x", true, "x" },
		{ "a;b", "x", true, "a;b;x" },
		{ "a; x ;b", "x", true, "a; x ;b" }, /* nothing to do, nothing is done */
		{ "a;x;b", "X", true, "a;x;b" },
		{ "a;x;b;x", "x", false, "a;b" },
		{ "a;b", "x", false, "a;b" },
		{ "x", "x", false, "" },
		{ "xy", "x", false, "xy" },
		{ "a", " two words ", true, "a;two words" },
	};
	const uint32_t id = 3;

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = changing_book("Ann");
		char line[128];

		snprintf(line, sizeof(line), "account_id=A3|tags=%s", rows[i].before);
		rows_put(book_store(b), REC_ACCOUNT, line);
		MUST(book_tag(b, &id, 1, text_of(rows[i].word), rows[i].on, &e));
		snprintf(line, sizeof(line), "account_id=A3%s%s\n",
			rows[i].after[0] ? "|tags=" : "", rows[i].after);
		changing_row_is(b, "A3", line);
		book_free(&b);
	}
	struct book *b = changing_book("Ann");
	assert_int_equal(book_tag(b, &id, 1, TEXT(" "), true, NULL), ST_INVALID);
	assert_int_equal(book_tag(b, &id, 1, TEXT("a;b"), true, NULL), ST_INVALID);
	assert_int_equal(book_tag(b, &id, 1, TEXT("\xFF"), true, NULL), ST_INVALID);
	book_free(&b);
}

static void locks(void **state)
{
	struct book *b = changing_book("Ann");
	struct store *s = book_store(b);
	const int32_t day = book_as_of(b);

	(void)state;
	assert_int_equal(book_unlock(b, 1, NULL, NULL), ST_NOTFOUND);
	MUST(book_lock(b, 1, day + 1, "first", &e));
	MUST(book_lock(b, 1, day + 30, "second", &e));
#define FIRST \
	"account_id=A1|until=2026-04-01|reason=first|actor=Ann|since=" CHANGING_DAY "\n"
#define SECOND \
	"account_id=A1|until=2026-04-30|reason=second|actor=Ann|since=" CHANGING_DAY "\n"
	rows_are(s, REC_LOCK, 0, SECOND);
	MUST(book_undo(b, 2, &e));
	rows_are(s, REC_LOCK, 0, FIRST);
	MUST(book_unlock(b, 1, "done", &e));
	rows_are(s, REC_LOCK, 0, "");
	MUST(book_undo(b, 4, &e)); /* the unlocking */
	rows_are(s, REC_LOCK, 0, FIRST);
	MUST(book_undo(b, 1, &e)); /* the lock itself */
	rows_are(s, REC_LOCK, 0, "");
	assert_int_equal(book_lock(b, 99, day, "x", NULL), ST_INVALID);
	book_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(adding_changing_removing),
		cmocka_unit_test(rows_as_a_whole),
		cmocka_unit_test(not_by_hand),
		cmocka_unit_test(several_at_once),
		cmocka_unit_test(lists_follow),
		cmocka_unit_test(somebody_was_faster),
		cmocka_unit_test(removed_as_seen),
		cmocka_unit_test(owners),
		cmocka_unit_test(tags),
		cmocka_unit_test(locks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
