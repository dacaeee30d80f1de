/* Cells as they are changed by hand: what is taken, and what is refused; texts as they
 * are typed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "core/convert.h"
#include "tests/support/changing.h"
#include "tests/support/rows_text.h"
#include "tests/support/walking.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

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
		{ REC_TOUCH, F_TOUCH_MINUTES, CELL_OF_NUMBER(1440), ST_OK, NULL },
		{ REC_TOUCH, F_TOUCH_MINUTES, CELL_OF_NUMBER(1441), ST_INVALID,
			"0 to 1440" }, /* more than its day has */
		{ REC_CSM, F_CSM_NAME, WORD("Bo"), ST_INVALID, "another of the csms" },
		{ REC_CSM, F_CSM_NAME, WORD("Ann B"), ST_OK, NULL },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct book *b = changing_book("Ann");
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
		assert_int_equal(changing_last(b), st == ST_OK);
		book_free(&b);
	}
}

static void long_texts(void **state)
{
	struct book *b = changing_book("Ann");
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
	struct book *b = changing_book("Ann");
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
		{ REC_TOUCH, F_TOUCH_KIND, "ca", NULL }, /* begun */
		{ REC_TOUCH, F_TOUCH_KIND, "M", NULL },
		{ REC_TOUCH, F_TOUCH_KIND, "vis", NULL },
		{ REC_TOUCH, F_TOUCH_KIND, "mx", "mx" },
		{ REC_TOUCH, F_TOUCH_KIND, "mails", NULL },
		{ REC_TOUCH, F_TOUCH_KIND, "meet", "meet" },
		{ REC_TOUCH, F_TOUCH_KIND, "email", "email" },
		{ REC_TOUCH, F_TOUCH_KIND, "e-mail", "e-mail" },
		{ REC_TOUCH, F_TOUCH_KIND, "Visit", NULL },
		{ REC_TOUCH, F_TOUCH_KIND, "webinar", "webinar" },
		{ REC_TOUCH, F_TOUCH_PURPOSE, "cal", "cal" },
		{ REC_MOVEMENT, F_MOVEMENT_DELTA, "-5k", "-500000" },
		/* either decimal mark, where only one makes sense of it */
		{ REC_ACCOUNT, F_ARR, "1.250,50", "125050" },
		{ REC_ACCOUNT, F_ARR, "1,250.50", "125050" },
		{ REC_ACCOUNT, F_ARR, "12,5", "1250" },
		{ REC_ACCOUNT, F_ARR, "1.234.567", "123456700" },
		{ REC_ACCOUNT, F_ARR, "1,234,567", "123456700" },
		{ REC_ACCOUNT, F_ARR, "0,50", "50" },
		{ REC_ACCOUNT, F_ARR, "1,5m", "150000000" },
		{ REC_ACCOUNT, F_ARR, "2,25k", "225000" },
		{ REC_ACCOUNT, F_ARR, "0,125m", "12500000" },
		{ REC_MOVEMENT, F_MOVEMENT_DELTA, "-12,5", "-1250" },
		{ REC_ACCOUNT, F_GROWTH, "0,4", "n0.4" },
		{ REC_ACCOUNT, F_GROWTH, "0,125", "n0.1" },
		{ REC_ACCOUNT, F_COMPLEXITY, "12,5", "n12.5" },
		{ REC_ACCOUNT, F_SEATS_PURCHASED, "1.2500", "n1.2" },
		/* only one of the two is complexity */
		{ REC_ACCOUNT, F_COMPLEXITY, "1,250", "n1.2" },
		/* both do */
		{ REC_ACCOUNT, F_ARR, "1,250", NULL },
		{ REC_ACCOUNT, F_ARR, "1.250", NULL },
		{ REC_ACCOUNT, F_ARR, "1,250k", NULL },
		{ REC_ACCOUNT, F_ARR, "1.250k", NULL },
		{ REC_ACCOUNT, F_ARR, "m", NULL },
		{ REC_ACCOUNT, F_ARR, "1,2,5", NULL },
		{ REC_ACCOUNT, F_SEATS_PURCHASED, "1.250", NULL },
		{ REC_MOVEMENT, F_MOVEMENT_DELTA, "-1,250", NULL },
	};
	struct book *b = changing_book("Ann");

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

/* What can be two numbers is told, and as either of them it is taken. */
static void both_readings_are_said(void **state)
{
	static const struct {
		int field;
		const char *typed, *said;
	} rows[] = {
		{ F_ARR, "1,250",
			"arr: \"1,250\" can be 1250 or 1.25: write one of these" },
		{ F_ARR, "1.250k",
			"arr: \"1.250\" can be 1.25 or 1250: write one of these" },
		{ F_SEATS_PURCHASED, "12,345",
			"seats_purchased: \"12,345\" can be 12345 or 12.3450: write one "
			"of these" },
	};
	struct book *b = changing_book("Ann");

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct err why = { .text = "" };
		struct cell c;

		assert_int_equal(change_parse(b, REC_ACCOUNT, rows[i].field,
					 text_of(rows[i].typed), &c, &why),
			ST_INVALID);
		assert_string_equal(why.text, rows[i].said);
	}
	book_free(&b);
}

/* What a form shows of a number is read back as the same. */
static void shown_numbers_are_read_back(void **state)
{
	static const double values[] = { 0, 1, 1250, 1.125, -1.125, 0.125, 12.5, 12.3456,
		999.999, 1e9, 1234567.125 };
	struct book *b = changing_book("Ann");

	(void)state;
	for (size_t i = 0; i < LENGTH(values); i++) {
		struct err why = { .text = "" };
		char text[NUMBER_TEXT_MAX];
		struct cell c;

		convert_as_typed(values[i], text);
		if (change_parse(b, REC_SIGNAL, F_SIGNAL_VALUE, text_of(text), &c,
			    &why) != ST_OK)
			fail_msg("%s: %s", text, why.text);
		assert_true(c.n == values[i]);
	}
	book_free(&b);
}

/* Numbers within a text are put as files have them. */
static void typed_texts_as_files_have_them(void **state)
{
	static const struct {
		const char *typed, *out; /* NULL: refused */
	} rows[] = { { "", "" }, { "12,5", "12.5" }, { "1.082", "1.082" },
		{ "EUR:1,08", "EUR:1.08" }, { "0:0 2,5:100", "0:0 2.5:100" },
		{ "0:0, 5:10", "0:0, 5:10" }, { "-0,5", "-0.5" }, { "never", "never" },
		{ "1.250,5", "1250.5" }, { "1,250", NULL }, { "10.000", NULL },
		{ "x 1,250", NULL }, { "a,b", "a,b" },
		{ "11111111111111111111111111111111111111111111111111111111111111111",
			NULL } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct err e = { .text = "" };
		char out[40];
		const enum status st =
			convert_typed_text(text_of(rows[i].typed), out, sizeof(out), &e);

		assert_int_equal(st, rows[i].out ? ST_OK : ST_INVALID);
		if (rows[i].out)
			assert_string_equal(out, rows[i].out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cells_of_all_types),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(minus_zero_is_zero),
		cmocka_unit_test(typed_texts),
		cmocka_unit_test(both_readings_are_said),
		cmocka_unit_test(shown_numbers_are_read_back),
		cmocka_unit_test(typed_texts_as_files_have_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
