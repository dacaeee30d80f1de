/* Changes by hand: what is taken, and what is refused. */
#include "core/change.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/fake_store.h"
#include "tests/support/rows_text.h"
#include "tests/support/rules.h"
#include "tests/support/walking.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))
#define DAY "2026-03-31"

static struct book *open_book(const char *me)
{
	struct store *s = fake_store_new();

	walking_fill(s);
	return rules_book(s, DAY, me);
}

/* Changes a row to what the line says; references by their keys. */
static enum status edit(struct book *b, enum record_kind kind, int64_t row,
	const char *line, struct err *e)
{
	struct cell cells[RECORD_FIELDS_MAX];
	struct change c = { .kind = kind, .row = row, .cells = cells };

	(void)row_parse(book_store(b), kind, line, cells, &c.fields);
	return book_change(b, &c, 1, "edit", NULL, e);
}

static void row_is(struct book *b, const char *account_id, const char *line)
{
	struct store *s = book_store(b);

	rows_are(s, REC_ACCOUNT, account_of(s, account_id), line);
}

static int64_t last_operation(struct book *b)
{
	int64_t id = 0;

	MUST(book_store(b)->ops->history_last(book_store(b), &id, &e));
	return id;
}

/* ---- cells ------------------------------------------------------------------- */

#define CENTS(n) CELL_OF_INT((int64_t)(n))
#define WORD(s) CELL_OF_TEXT(TEXT(s))

static void cells_of_all_types(void **state)
{
	static const char invalid[] = "\xC3";
	const struct {
		enum record_kind kind;
		int field;
		struct cell cell;
		enum status expected;
		const char *says;
	} rows[] = {
		{ REC_ACCOUNT, F_ARR, CENTS(0), ST_OK, NULL },
		{ REC_ACCOUNT, F_ARR, CENTS(1000000000000000), ST_OK, NULL },
		{ REC_ACCOUNT, F_ARR, CENTS(1000000000000001), ST_INVALID, "too large" },
		{ REC_ACCOUNT, F_ARR, CENTS(-1), ST_INVALID, "negative" },
		{ REC_ACCOUNT, F_ARR, WORD("5"), ST_INVALID, "another type" },
		{ REC_MOVEMENT, F_MOVEMENT_DELTA, CENTS(1000000000000000), ST_OK, NULL },
		{ REC_MOVEMENT, F_MOVEMENT_DELTA, CENTS(-1), ST_INVALID,
			"arr_delta: -0.01 is no new" },
		{ REC_MOVEMENT, F_MOVEMENT_DELTA, CENTS(INT64_MIN), ST_INVALID, "large" },
		{ REC_ACCOUNT, F_RENEWAL_DATE, CENTS(DAY_MIN), ST_OK, NULL },
		{ REC_ACCOUNT, F_RENEWAL_DATE, CENTS(DAY_MAX), ST_OK, NULL },
		{ REC_ACCOUNT, F_RENEWAL_DATE, CENTS(DAY_MIN - 1), ST_INVALID, "1900" },
		{ REC_ACCOUNT, F_RENEWAL_DATE, CENTS(DAY_MAX + 1), ST_INVALID, "2199" },
		{ REC_ACCOUNT, F_RENEWAL_DATE, CENTS(DAY_NONE), ST_INVALID, "1900" },
		{ REC_ACCOUNT, F_AUTO_RENEW, CENTS(1), ST_OK, NULL },
		{ REC_ACCOUNT, F_AUTO_RENEW, CENTS(2), ST_INVALID, "yes or no" },
		{ REC_ACCOUNT, F_STATUS, WORD("churned"), ST_OK, NULL },
		{ REC_ACCOUNT, F_STATUS, WORD(" churned "), ST_OK, NULL },
		{ REC_ACCOUNT, F_STATUS, WORD("gone"), ST_INVALID, "active|churned" },
		{ REC_ACCOUNT, F_STATUS, WORD("churn"), ST_INVALID, "none of" },
		{ REC_ACCOUNT, F_GROWTH, CELL_OF_NUMBER(-1), ST_OK, NULL },
		{ REC_ACCOUNT, F_GROWTH, CELL_OF_NUMBER(-1.01), ST_INVALID, "-1 to 100" },
		{ REC_ACCOUNT, F_GROWTH, CELL_OF_NUMBER(100.5), ST_INVALID, "-1 to 100" },
		{ REC_ACCOUNT, F_GROWTH, CELL_OF_NUMBER((double)NAN), ST_INVALID,
			"growth" },
		{ REC_ACCOUNT, F_GROWTH, CELL_OF_NUMBER((double)INFINITY), ST_INVALID,
			"number" },
		{ REC_ACCOUNT, F_GROWTH, CENTS(1), ST_INVALID, "another type" },
		{ REC_ACCOUNT, F_CURRENCY, WORD("USD"), ST_OK, NULL },
		{ REC_ACCOUNT, F_CURRENCY, WORD("usd"), ST_INVALID, "[fx]" },
		{ REC_ACCOUNT, F_CURRENCY, WORD("XXX"), ST_INVALID, "[fx]" },
		{ REC_ACCOUNT, F_CURRENCY, WORD("USDX"), ST_INVALID, "[fx]" },
		{ REC_ACCOUNT, F_NAME, WORD("\t"), ST_OK, NULL },
		{ REC_ACCOUNT, F_NAME, CELL_OF_TEXT(((struct text){ invalid, 1 })),
			ST_INVALID, "UTF-8" },
		{ REC_ACCOUNT, F_ACCOUNT_ID, WORD("A9"), ST_OK, NULL },
		{ REC_ACCOUNT, F_ACCOUNT_ID, WORD("A2"), ST_INVALID, "another of the" },
		{ REC_ACCOUNT, F_ACCOUNT_ID, WORD("  "), ST_INVALID, "empty" },
		{ REC_ACCOUNT, F_ACCOUNT_ID, { .type = CELL_MISSING }, ST_INVALID,
			"empty" },
		{ REC_ACCOUNT, F_TIER, CENTS(1), ST_INVALID, "by hand" },
		{ REC_ACCOUNT, F_CSM, CENTS(2), ST_OK, NULL },
		{ REC_ACCOUNT, F_CSM, { .type = CELL_MISSING }, ST_OK, NULL },
		{ REC_ACCOUNT, F_CSM, CENTS(0), ST_INVALID, "no such CSM" },
		{ REC_ACCOUNT, F_CSM, CENTS(99), ST_INVALID, "no such CSM" },
		{ REC_ACCOUNT, F_CSM, CENTS(INT64_MAX), ST_INVALID, "no such CSM" },
		{ REC_TOUCH, F_TOUCH_ACCOUNT, CENTS(3), ST_OK, NULL },
		{ REC_TOUCH, F_TOUCH_ACCOUNT, CENTS(4), ST_INVALID, "no such account" },
		{ REC_TOUCH, F_TOUCH_ACCOUNT, CENTS(-1), ST_INVALID, "no such account" },
		{ REC_TOUCH, F_TOUCH_DATE, { .type = CELL_MISSING }, ST_INVALID, "date" },
		{ REC_TOUCH, F_TOUCH_MINUTES, CELL_OF_NUMBER(100001), ST_INVALID,
			"0 to" },
		{ REC_CSM, F_CSM_NAME, WORD("Bo"), ST_INVALID, "another of the csms" },
		{ REC_CSM, F_CSM_NAME, WORD("Ann B"), ST_OK, NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = open_book("Ann");
		struct cell cells[RECORD_FIELDS_MAX];
		const struct change c = { .kind = rows[i].kind,
			.row = 1,
			.fields = 1u << rows[i].field,
			.cells = cells };
		const uint64_t before = walking_digest(book_store(b));
		struct err why = { .text = "" };
		enum status st;

		cells[rows[i].field] = rows[i].cell;
		st = book_change(b, &c, 1, "edit", NULL, &why);
		if (st != rows[i].expected)
			fail_msg("row %d: status %d: %s", (int)i, st, why.text);
		if (st != ST_OK && !strstr(why.text, rows[i].says))
			fail_msg("row %d: \"%s\" does not say \"%s\"", (int)i, why.text,
				rows[i].says);
		if (st != ST_OK)
			assert_true(walking_digest(book_store(b)) == before);
		assert_int_equal(last_operation(b), st == ST_OK);
		book_free(&b);
	}
}

static void long_texts(void **state)
{
	struct book *b = open_book("Ann");
	char text[4002];
	struct cell cells[ACCOUNT_FIELDS];
	const struct change c = {
		.kind = REC_ACCOUNT, .row = 1, .fields = 1u << F_NAME, .cells = cells
	};

	(void)state;
	memset(text, 'x', sizeof(text));
	cells[F_NAME] = CELL_OF_TEXT(((struct text){ text, 4001 }));
	assert_int_equal(book_change(b, &c, 1, "edit", NULL, NULL), ST_INVALID);
	cells[F_NAME].t.n = 4000;
	MUST(book_change(b, &c, 1, "edit", NULL, &e));
	book_free(&b);
}

static void minus_zero_is_zero(void **state)
{
	struct book *b = open_book("Ann");
	struct store *s = book_store(b);
	const struct cell cells[ACCOUNT_FIELDS] = { [F_COMPLEXITY] =
							    CELL_OF_NUMBER(-0.0) };
	const struct change c = { REC_ACCOUNT, 1, 1u << F_COMPLEXITY, cells, NULL };
	struct cell now[RECORD_FIELDS_MAX];
	struct arena a;
	bool there;

	(void)state;
	arena_init(&a);
	MUST(book_change(b, &c, 1, "edit", NULL, &e));
	MUST(s->ops->row_read(s, REC_ACCOUNT, 1, &a, now, &there, &e));
	assert_int_equal(now[F_COMPLEXITY].type, CELL_NUMBER);
	assert_false(signbit(now[F_COMPLEXITY].n));
	arena_clear(&a);
	book_free(&b);
}

/* ---- rows -------------------------------------------------------------------- */

static void adding_changing_removing(void **state)
{
	struct book *b = open_book("Ann");
	struct store *s = book_store(b);
	const struct change gone = { .kind = REC_NOTE, .row = 1 };
	struct account_view *v;

	(void)state;
	MUST(edit(b, REC_NOTE, 0, "account_id=A1|date=2026-03-01|text= wants more ", &e));
	rows_are(s, REC_NOTE, 0, "account_id=A1|date=2026-03-01|text=wants more\n");
	MUST(edit(b, REC_NOTE, 1, "text=wants less|actor=Ann", &e));
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
	assert_int_equal(edit(b, REC_NOTE, 1, "text=x", NULL), ST_NOTFOUND);
	/* what is required has to be there when a row is new */
	assert_int_equal(edit(b, REC_NOTE, 0, "account_id=A1|text=x", NULL), ST_INVALID);
	MUST(edit(b, REC_PLAN, 0, "account_id=A1|goal=more", &e));
	assert_int_equal(edit(b, REC_PLAN, 0, "account_id=A1|goal=x", NULL), ST_INVALID);
	MUST(edit(b, REC_PLAN, 0, "account_id=A2|goal=x", &e));
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
	struct book *b = open_book("Ann");
	struct store *s = book_store(b);
	struct cell left[CONTACT_FIELDS] = {
		[F_CONTACT_SINCE] = CENTS(40000), [F_CONTACT_LEFT_ON] = CENTS(20000)
	};
	struct err why = { .text = "" };
	int64_t row = 0;

	(void)state;
	MUST(edit(b, REC_CONTACT, 0, "account_id=A2|name=Bea|role=user|since=2026-03-10",
		&e));
	rows_are(s, REC_CONTACT, account_of(s, "A2"),
		"account_id=A2|name=Bea|role=user|since=2026-03-10\n");
	MUST(s->ops->rows(s, REC_CONTACT, account_of(s, "A2"), keep_row, &row, &e));
	assert_int_equal(
		edit(b, REC_CONTACT, row, "left_on=2026-03-09", &why), ST_INVALID);
	assert_string_equal(why.text,
		"left_on: 2026-03-09 is before since, which is 2026-03-10: correct one "
		"of the two");
	MUST(edit(b, REC_CONTACT, row, "left_on=2026-03-10", &e));
	/* as another program may have left it */
	MUST(s->ops->begin(s, &e));
	left[F_CONTACT_ACCOUNT] = CELL_OF_INT(account_of(s, "A2"));
	left[F_CONTACT_NAME] = WORD("Bea");
	left[F_CONTACT_ROLE] = WORD("user");
	MUST(s->ops->row_write(s, REC_CONTACT, row, left,
		1u << F_CONTACT_SINCE | 1u << F_CONTACT_LEFT_ON, &e));
	MUST(s->ops->commit(s, &e));
	MUST(edit(b, REC_CONTACT, row, "email=bea@a2.example", &e));
	assert_int_equal(edit(b, REC_CONTACT, row, "since=2199-01-01", NULL), ST_INVALID);
	MUST(edit(b, REC_CONTACT, row, "since=2000-01-01", &e));
	book_free(&b);
}

static void not_by_hand(void **state)
{
	struct book *b = open_book("Ann");
	const struct change gone = { .kind = REC_ACCOUNT, .row = 1 };
	const struct change csm = { .kind = REC_CSM, .row = 1 };

	(void)state;
	assert_int_equal(edit(b, REC_ACCOUNT, 0, "account_id=A9", NULL), ST_USAGE);
	assert_int_equal(book_change(b, &gone, 1, "x", NULL, NULL), ST_USAGE);
	assert_int_equal(edit(b, REC_SIGNAL, 1, "value=1", NULL), ST_USAGE);
	assert_int_equal(book_change(b, &csm, 1, "x", NULL, NULL), ST_FORBIDDEN);
	assert_int_equal(last_operation(b), 0);
	book_free(&b);
}

/* All or nothing, and one entry; what changes nothing has none. */
static void several_at_once(void **state)
{
	struct book *b = open_book("Ann");
	struct cell name[ACCOUNT_FIELDS] = { [F_NAME] = WORD("New") };
	struct cell bad[ACCOUNT_FIELDS] = { [F_ARR] = CENTS(-1) };
	const struct change changes[] = {
		{ REC_ACCOUNT, 1, 1u << F_NAME, name, NULL },
		{ REC_ACCOUNT, 2, 1u << F_NAME, name, NULL },
		{ REC_ACCOUNT, 3, 1u << F_ARR, bad, NULL },
	};

	(void)state;
	assert_int_equal(book_change(b, changes, 3, "x", NULL, NULL), ST_INVALID);
	row_is(b, "A1", "account_id=A1|name=Acme|csm=Ann|arr=100|tags=x;y\n");
	MUST(book_change(b, changes, 2, "x", NULL, &e));
	assert_int_equal(last_operation(b), 1);
	MUST(book_change(b, changes, 2, "x", NULL, &e));
	MUST(book_change(b, NULL, 0, "x", NULL, &e));
	assert_int_equal(last_operation(b), 1);
	book_free(&b);
}

/* Lists see a change at once. */
static void lists_follow(void **state)
{
	struct book *b = open_book("Ann");
	struct list_row row;
	struct arena a;
	const uint32_t id = 1;

	(void)state;
	arena_init(&a);
	MUST(book_rows(b, &id, 1, &a, &row, &e));
	assert_true(text_eq(row.csm, TEXT("Ann")));
	MUST(edit(b, REC_ACCOUNT, 1, "csm=Bo|name=Bolt", &e));
	MUST(edit(b, REC_CONTRACT, 1, "arr=12300", &e));
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
	struct book *b = open_book("Ann");
	struct store *s = book_store(b);
	struct cell seen[NOTE_FIELDS];
	struct change gone = { .kind = REC_NOTE, .row = 1, .seen = seen };
	struct err why = { .text = "" };
	struct arena a;
	bool there;

	(void)state;
	arena_init(&a);
	MUST(edit(b, REC_NOTE, 0, "account_id=A1|date=2026-03-01|text=wants more", &e));
	MUST(s->ops->row_read(s, REC_NOTE, 1, &a, seen, &there, &e));
	MUST(edit(b, REC_NOTE, 1, "text=wants less", &e));
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
	struct book *b = open_book("Ann");
	struct cell cells[ACCOUNT_FIELDS] = { [F_CSM] = CENTS(3), [F_ARR] = CENTS(700) };
	struct cell seen[ACCOUNT_FIELDS] = { [F_CSM] = CENTS(1), [F_ARR] = CENTS(100) };
	const struct change c = { REC_ACCOUNT, 1, 1u << F_CSM | 1u << F_ARR, cells,
		seen };
	struct err why = { .text = "" };

	(void)state;
	MUST(edit(b, REC_ACCOUNT, 1, "csm=Bo|name=other", &e)); /* name was not seen */
	assert_int_equal(book_change(b, &c, 1, "x", NULL, &why), ST_STALE);
	assert_non_null(strstr(why.text, "csm: "));
	assert_non_null(strstr(why.text, "to Bo meanwhile; you saw Ann and want Cy"));
	seen[F_CSM] = CENTS(2);
	MUST(book_change(b, &c, 1, "x", NULL, &e));
	row_is(b, "A1", "account_id=A1|name=other|csm=Cy|arr=700|tags=x;y\n");
	book_free(&b);
}

/* ---- typed texts ------------------------------------------------------------- */

static void typed_texts(void **state)
{
	static const struct {
		enum record_kind kind;
		int field;
		const char *typed, *expected; /* as walking tells it; NULL: refused */
	} rows[] = {
		{ REC_ACCOUNT, F_ARR, "50k", "5000000" },
		{ REC_ACCOUNT, F_ARR, " 1.5m ", "150000000" },
		{ REC_ACCOUNT, F_ARR, "1.2345M", "123450000" },
		{ REC_ACCOUNT, F_ARR, "1 k", "100000" },
		{ REC_ACCOUNT, F_ARR, "1234.50", "123450" },
		{ REC_ACCOUNT, F_ARR, "1,234.50", "123450" },
		{ REC_ACCOUNT, F_ARR, "k", NULL },
		{ REC_ACCOUNT, F_ARR, "-5", NULL },
		{ REC_ACCOUNT, F_ARR, "-5k", NULL },
		{ REC_ACCOUNT, F_ARR, "99999999999m", NULL },
		{ REC_ACCOUNT, F_ARR, "five", NULL },
		{ REC_ACCOUNT, F_ARR, "", "" },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "2026-02-28", "20512" },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "2026-02-30", NULL },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "28.2.2026", NULL },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "today", "20543" },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "Tomorrow", "20544" },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "14d", "20557" },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "-1w", "20536" },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "1m", "20573" }, /* 30 April */
		{ REC_ACCOUNT, F_RENEWAL_DATE, "1.5d", NULL },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "d", NULL },
		{ REC_ACCOUNT, F_RENEWAL_DATE, "99999999d", NULL },
		{ REC_ACCOUNT, F_CSM, "Bo", "2" },
		{ REC_ACCOUNT, F_CSM, "bo", "2" },
		{ REC_ACCOUNT, F_CSM, "C", "3" },
		{ REC_ACCOUNT, F_CSM, "me", "1" },
		{ REC_ACCOUNT, F_CSM, "pool", "" },
		{ REC_ACCOUNT, F_CSM, " ", "" },
		{ REC_ACCOUNT, F_CSM, "Zoe", NULL },
		{ REC_ACCOUNT, F_CURRENCY, "usd", "USD" },
		{ REC_ACCOUNT, F_CURRENCY, "zzz", NULL },
		{ REC_ACCOUNT, F_STATUS, "Active", "active" },
		{ REC_ACCOUNT, F_STATUS, "gone", NULL },
		{ REC_ACCOUNT, F_AUTO_RENEW, "yes", "1" },
		{ REC_ACCOUNT, F_AUTO_RENEW, "maybe", NULL },
		{ REC_ACCOUNT, F_GROWTH, "0.4", "n0.4" },
		{ REC_ACCOUNT, F_GROWTH, "40%", NULL },
		{ REC_ACCOUNT, F_GROWTH, "400", NULL },
		{ REC_ACCOUNT, F_NAME, "  Acme ", "Acme" },
		{ REC_ACCOUNT, F_ACCOUNT_ID, "", NULL },
		{ REC_ACCOUNT, F_TIER, "1", NULL },
		{ REC_TOUCH, F_TOUCH_ACCOUNT, "A2", "2" },
		{ REC_TOUCH, F_TOUCH_ACCOUNT, "acme", "1" },
		{ REC_TOUCH, F_TOUCH_ACCOUNT, "A99", NULL },
		{ REC_TOUCH, F_TOUCH_KIND, "call", "call" },
		{ REC_TOUCH, F_TOUCH_KIND, " chat ", "chat" },
		{ REC_TOUCH, F_TOUCH_KIND, "cal", NULL }, /* a slip */
		{ REC_TOUCH, F_TOUCH_KIND, "meetng", NULL },
		{ REC_TOUCH, F_TOUCH_KIND, "mails", NULL },
		{ REC_TOUCH, F_TOUCH_KIND, "meet", "meet" },
		{ REC_TOUCH, F_TOUCH_KIND, "email", "email" },
		{ REC_TOUCH, F_TOUCH_KIND, "e-mail", "e-mail" },
		{ REC_TOUCH, F_TOUCH_KIND, "Visit", NULL },
		{ REC_TOUCH, F_TOUCH_KIND, "webinar", "webinar" },
		{ REC_TOUCH, F_TOUCH_PURPOSE, "cal", "cal" },
		{ REC_MOVEMENT, F_MOVEMENT_DELTA, "-5k", "-500000" },
	};
	struct book *b = open_book("Ann");

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct err why = { .text = "" };
		char text[64] = "";
		struct cell c;
		const enum status st = change_parse(
			b, rows[i].kind, rows[i].field, text_of(rows[i].typed), &c, &why);
		const char *name = record_of(rows[i].kind)->fields[rows[i].field].name;

		if (!rows[i].expected) {
			if (st != ST_INVALID ||
				strncmp(why.text, name, strlen(name)) != 0)
				fail_msg("\"%s\": status %d: %s", rows[i].typed, st,
					why.text);
			continue;
		}
		if (st != ST_OK)
			fail_msg("\"%s\": %s", rows[i].typed, why.text);
		if (c.type == CELL_INT)
			snprintf(text, sizeof(text), "%lld", (long long)c.i);
		else if (c.type == CELL_NUMBER)
			snprintf(text, sizeof(text), "n%.1f", c.n);
		else if (c.type == CELL_TEXT)
			snprintf(text, sizeof(text), "%.*s", (int)c.t.n, c.t.s);
		assert_string_equal(text, rows[i].expected);
	}
	book_free(&b);
}

/* ---- owners, tags, locks ----------------------------------------------------- */

static void owners(void **state)
{
	struct book *b = open_book("Ann");
	const uint32_t ids[] = { 1, 2, 3, 2 };

	(void)state;
	MUST(book_assign(b, ids, 4, 2, "she left", &e));
	row_is(b, "A1", "account_id=A1|name=Acme|csm=Bo|arr=100|tags=x;y\n");
	assert_int_equal(last_operation(b), 1);
	MUST(book_assign(b, ids, 2, 0, NULL, &e));
	row_is(b, "A1", "account_id=A1|name=Acme|arr=100|tags=x;y\n");
	assert_int_equal(book_assign(b, ids, 2, 77, NULL, NULL), ST_INVALID);
	assert_int_equal(
		book_assign(b, (uint32_t[]){ 1, 99 }, 2, 1, NULL, NULL), ST_NOTFOUND);
	row_is(b, "A1", "account_id=A1|name=Acme|arr=100|tags=x;y\n");
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
		struct book *b = open_book("Ann");
		char line[128];

		snprintf(line, sizeof(line), "account_id=A3|tags=%s", rows[i].before);
		rows_put(book_store(b), REC_ACCOUNT, line);
		MUST(book_tag(b, &id, 1, text_of(rows[i].word), rows[i].on, &e));
		snprintf(line, sizeof(line), "account_id=A3%s%s\n",
			rows[i].after[0] ? "|tags=" : "", rows[i].after);
		row_is(b, "A3", line);
		book_free(&b);
	}
	struct book *b = open_book("Ann");
	assert_int_equal(book_tag(b, &id, 1, TEXT(" "), true, NULL), ST_INVALID);
	assert_int_equal(book_tag(b, &id, 1, TEXT("a;b"), true, NULL), ST_INVALID);
	assert_int_equal(book_tag(b, &id, 1, TEXT("\xFF"), true, NULL), ST_INVALID);
	book_free(&b);
}

static void locks(void **state)
{
	struct book *b = open_book("Ann");
	struct store *s = book_store(b);
	const int32_t day = book_as_of(b);

	(void)state;
	assert_int_equal(book_unlock(b, 1, NULL, NULL), ST_NOTFOUND);
	MUST(book_lock(b, 1, day + 1, "first", &e));
	MUST(book_lock(b, 1, day + 30, "second", &e));
#define FIRST "account_id=A1|until=2026-04-01|reason=first|actor=Ann|since=" DAY "\n"
#define SECOND "account_id=A1|until=2026-04-30|reason=second|actor=Ann|since=" DAY "\n"
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
		cmocka_unit_test(cells_of_all_types),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(minus_zero_is_zero),
		cmocka_unit_test(adding_changing_removing),
		cmocka_unit_test(rows_as_a_whole),
		cmocka_unit_test(not_by_hand),
		cmocka_unit_test(several_at_once),
		cmocka_unit_test(lists_follow),
		cmocka_unit_test(somebody_was_faster),
		cmocka_unit_test(removed_as_seen),
		cmocka_unit_test(typed_texts),
		cmocka_unit_test(owners),
		cmocka_unit_test(tags),
		cmocka_unit_test(locks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
