/* Cells from text: every field type, and columns that say themselves how they are
 * written. */
#include "core/convert.h"

#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "core/money.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* What a cell became, as text: "=..." or "!" and the complaint, "-" missing, "?" open. */
static void tell(struct convert *c, struct text t, bool quoted, char *out, size_t size)
{
	struct cell cell;
	const char *why = NULL;
	char number[NUMBER_TEXT_MAX];
	struct complaint bad;
	enum converted got = convert_cell(c, t, quoted, &cell, &why);
	if (got == CONVERT_OPEN) {
		snprintf(out, size, "?");
	} else if (got == CONVERT_BAD || got == CONVERT_RANGE) {
		convert_complain(c, t, got, why, &bad);
		snprintf(out, size, "!%.*s", (int)size - 2, bad.message);
	} else if (cell.type == CELL_MISSING) {
		snprintf(out, size, "-");
	} else if (cell.type == CELL_INT) {
		snprintf(out, size, "=%" PRId64, cell.i);
	} else if (cell.type == CELL_NUMBER) {
		snprintf(out, size, "=%s", number_exact(cell.n, number));
	} else {
		snprintf(out, size, "=%.*s", (int)cell.t.n, cell.t.s);
	}
}

static const struct {
	enum record_kind kind;
	int field;
	const char *text, *result; /* begins with result when that ends in '~' */
} cells[] = {
	{ REC_ACCOUNT, F_NAME, "", "-" },
	{ REC_ACCOUNT, F_NAME, " \t ", "-" },
	{ REC_ACCOUNT, F_NAME, " Acme ", "=Acme" },
	{ REC_ACCOUNT, F_NAME, "'=1+1", "='=1+1" },
	{ REC_ACCOUNT, F_ARR, "1234.5", "=123450" },
	{ REC_ACCOUNT, F_ARR, " 0 ", "=0" },
	{ REC_ACCOUNT, F_ARR, "-0", "=0" },
	{ REC_ACCOUNT, F_ARR, "1,234.56", "=123456" },
	{ REC_ACCOUNT, F_ARR, "-1", "!\"-1\" is not an amount: a negative~" },
	{ REC_MOVEMENT, F_MOVEMENT_DELTA, "-1", "=-100" },
	{ REC_ACCOUNT, F_ARR, "$5",
		"!\"$5\" is not an amount: currency signs are not allowed; DROP" },
	{ REC_ACCOUNT, F_ARR, "(123)", "!\"(123)\" is not an amount: brackets~" },
	{ REC_ACCOUNT, F_ARR, "1.234,56", "!\"1.234,56\" is not an amount~" },
	{ REC_ACCOUNT, F_ARR, "1.234",
		"!\"1.234\" is not an amount: it has more than two~" },
	{ REC_ACCOUNT, F_ARR, "1e5", "!~" },
	{ REC_ACCOUNT, F_ARR, "inf", "!~" },
	{ REC_ACCOUNT, F_ARR, "NaN", "!~" },
	{ REC_ACCOUNT, F_ARR, "0x10", "!~" },
	{ REC_ACCOUNT, F_ARR, "10000000000000", "=1000000000000000" },
	{ REC_ACCOUNT, F_ARR, "10000000000000.01", "!~" },
	{ REC_ACCOUNT, F_CONTRACT_START, "2024-02-29", "=19782" },
	{ REC_ACCOUNT, F_CONTRACT_START, "2024-02-29 7:05", "=19782" },
	{ REC_ACCOUNT, F_CONTRACT_START, "2024-02-29T21:22:07.000+0000", "=19782" },
	{ REC_ACCOUNT, F_CONTRACT_START, "2023-02-29", "!\"2023-02-29\" is not a day~" },
	{ REC_ACCOUNT, F_CONTRACT_START, "29.02.2024", "!~" },
	{ REC_ACCOUNT, F_CONTRACT_START, "1899-12-31", "!~" },
	{ REC_ACCOUNT, F_CONTRACT_START, "2200-01-01", "!~" },
	{ REC_ACCOUNT, F_GROWTH, "0.4", "=0.4" },
	{ REC_ACCOUNT, F_GROWTH, "40%",
		"!\"40%\" is not a number: a percent sign is not allowed; write 0.4 for "
		"40 %" },
	{ REC_ACCOUNT, F_GROWTH, "-2", "!\"-2\" is out of range: allowed is -1 to 100" },
	{ REC_ACCOUNT, F_COMPLEXITY, "100", "=100" },
	{ REC_ACCOUNT, F_COMPLEXITY, "40%",
		"!\"40%\" is not a number: a percent sign is not allowed" },
	{ REC_ACCOUNT, F_COMPLEXITY, "100.5", "!~" },
	{ REC_SIGNAL, F_SIGNAL_VALUE, "-0", "=0" },
	{ REC_SIGNAL, F_SIGNAL_VALUE, "12.345", "=12.345" },
	{ REC_ACCOUNT, F_TIER, "1", "=1" },
	{ REC_ACCOUNT, F_TIER, "3.0", "=3" },
	{ REC_ACCOUNT, F_TIER, "1.5",
		"!\"1.5\" is not a number: a whole number is wanted" },
	{ REC_ACCOUNT, F_TIER, "4", "!\"4\" is out of range: allowed is 1 to 3" },
	{ REC_ACCOUNT, F_TIER, "Gold", "!~" },
	{ REC_ACCOUNT, F_AUTO_RENEW, "TRUE", "=1" },
	{ REC_ACCOUNT, F_AUTO_RENEW, "False", "=0" },
	{ REC_ACCOUNT, F_AUTO_RENEW, "yes", "=1" },
	{ REC_ACCOUNT, F_AUTO_RENEW, "No", "=0" },
	{ REC_ACCOUNT, F_AUTO_RENEW, "1", "=1" },
	{ REC_ACCOUNT, F_AUTO_RENEW, "x", "=1" },
	{ REC_ACCOUNT, F_AUTO_RENEW, "2", "!\"2\" is not yes or no" },
	{ REC_ACCOUNT, F_STATUS, "Churned", "=churned" },
	{ REC_ACCOUNT, F_STATUS, "gone", "!\"gone\" is none of active, churned" },
	{ REC_CONTACT, F_CONTACT_ROLE, "SPONSOR", "=sponsor" },
	{ REC_CONTACT, F_CONTACT_ROLE, "champ", "!~" },
	{ REC_CONTACT, F_CONTACT_ROLE, "Decision Maker", "=sponsor" },
	{ REC_CONTACT, F_CONTACT_ROLE, "end user", "=user" },
	{ REC_ACCOUNT, F_CURRENCY, "usd", "=USD" },
	{ REC_ACCOUNT, F_CURRENCY, "US", "!\"US\" is not a currency code such as USD" },
	{ REC_ACCOUNT, F_CURRENCY, "U$D", "!~" },
	{ REC_TICKET, F_TICKET_ACCOUNT, " A1 ", "=A1" },
};

static struct convert column(enum record_kind kind, int field)
{
	static const struct import_words words = {
		.dates = "DATES", .decimal = "DECIMAL", .signs = "DROP"
	};

	return (struct convert){ .field = &record_of(kind)->fields[field],
		.words = &words,
		.dates = DAY_ISO,
		.decimal = '.' };
}

static void converts(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(cells); i++) {
		char out[512];
		size_t n = strlen(cells[i].result);
		struct convert c = column(cells[i].kind, cells[i].field);
		tell(&c, text_of(cells[i].text), false, out, sizeof(out));
		if (cells[i].result[n - 1] == '~')
			snprintf(out + n - 1, 2, "~");
		if (strcmp(out, cells[i].result) != 0)
			fail_msg(
				"%s: %s, wanted %s", cells[i].text, out, cells[i].result);
	}
}

static void signs_are_dropped_where_asked(void **state)
{
	static const struct {
		const char *text, *result;
	} rows[] = { { "$5", "=500" }, { "$ 24,000.00", "=2400000" }, { "5 €", "=500" },
		{ "£5", "=500" }, { "-$5", "=-500" }, { "- $ 5", "!~" },
		{ "$-5", "=-500" }, { "-$-5", "!~" }, { "-$ -5", "!~" },
		{ "$ -5", "=-500" }, { "$ ", "!~" }, { "$", "!~" }, { "$$5", "!~" },
		{ "$(5)", "!~" }, { "5", "=500" }, { "-5 ¥", "=-500" } };

	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct convert c = column(REC_MOVEMENT, F_MOVEMENT_DELTA);
		char out[512];

		c.drop_signs = true;
		tell(&c, text_of(rows[i].text), false, out, sizeof(out));
		if (strcmp(rows[i].result, "!~") == 0 ? out[0] != '!'
						      : strcmp(out, rows[i].result) != 0)
			fail_msg("%s: %s, wanted %s", rows[i].text, out, rows[i].result);
	}
}

static void quotes_keep_spaces_of_texts_alone(void **state)
{
	struct convert name = column(REC_ACCOUNT, F_NAME),
		       id = column(REC_ACCOUNT, F_ACCOUNT_ID),
		       arr = column(REC_ACCOUNT, F_ARR);
	char out[64];
	(void)state;
	tell(&name, TEXT(" a "), true, out, sizeof(out));
	assert_string_equal(out, "= a ");
	tell(&id, TEXT(" a "), true, out, sizeof(out));
	assert_string_equal(out, "=a");
	tell(&arr, TEXT(" 1 "), true, out, sizeof(out));
	assert_string_equal(out, "=100");
}

static void verbatim_columns_lose_one_guard_only(void **state)
{
	static const char *const pairs[][2] = { { "'=1", "==1" }, { "''=1", "='=1" },
		{ "'a", "='a" }, { " a ", "= a " }, { "'", "='" }, { "'-5", "=-5" } };
	(void)state;
	for (size_t i = 0; i < LENGTH(pairs); i++) {
		char out[64];
		struct convert c = column(REC_ACCOUNT, F_ACCOUNT_ID);
		c.verbatim = true;
		tell(&c, text_of(pairs[i][0]), false, out, sizeof(out));
		assert_string_equal(out, pairs[i][1]);
	}
}

static void monthly_amounts_become_yearly(void **state)
{
	struct convert c = column(REC_ACCOUNT, F_ARR);
	char out[128];
	(void)state;
	c.monthly = true;
	tell(&c, TEXT("317.48"), false, out, sizeof(out));
	assert_string_equal(out, "=380976");
	tell(&c, TEXT("9000000000000"), false, out, sizeof(out));
	assert_string_equal(out, "!\"9000000000000\" is not an amount: it is too large");
}

/* Cells of one column in order, separated by blanks; what it becomes when it is open. */
static const struct {
	enum record_kind kind;
	int field;
	const char *cells, *result; /* order or mark, or "!" and a part of the sentence */
} columns[] = {
	{ REC_ACCOUNT, F_CONTRACT_START, "13/01/2024 02/01/2024", "dmy" },
	{ REC_ACCOUNT, F_CONTRACT_START, "02/01/2024 01/13/2024", "mdy" },
	{ REC_ACCOUNT, F_CONTRACT_START, "05/05/2024 2024-01-02", "dmy" },
	{ REC_ACCOUNT, F_CONTRACT_START, "03/04/2024 05/05/2024",
		"!\"03/04/2024\" can be 2024-04-03 or 2024-03-04: DATES" },
	{ REC_ACCOUNT, F_CONTRACT_START, "13/01/2024 01/13/2024",
		"!some days are written day/month and some month/day" },
	{ REC_ACCOUNT, F_CONTRACT_START, "31.12.2024", "dmy" },
	{ REC_ACCOUNT, F_CONTRACT_START, "03.04.2024", "dmy" },
	{ REC_ACCOUNT, F_CONTRACT_START, "04/13/2024", "mdy" },
	{ REC_ACCOUNT, F_CONTRACT_START, "01.02.2024 05/13/2024",
		"!some days are written day/month and some month/day" },
	{ REC_ACCOUNT, F_ARR, "1.234,50 7", "," },
	{ REC_ACCOUNT, F_ARR, "12,5", "," },
	{ REC_ACCOUNT, F_ARR, "1,234 12.50", "." },
	{ REC_ACCOUNT, F_ARR, "1,234 12,50", "," },
	{ REC_ACCOUNT, F_ARR, "1,234", "!\"1,234\" can be 1234 or 1.234: DECIMAL" },
	{ REC_ACCOUNT, F_ARR, "1.234", "!\"1.234\" can be 1.234 or 1234" },
	{ REC_ACCOUNT, F_ARR, "1,234 12,50 12.50", "!some numbers are written with" },
	{ REC_SIGNAL, F_SIGNAL_VALUE, "12.345", "." },
	{ REC_SIGNAL, F_SIGNAL_VALUE, "1,234", "!\"1,234\" can be 1234 or 1.234" },
	{ REC_SIGNAL, F_SIGNAL_VALUE, "1.234 0,5", "," },
};

static void settles_open_columns(void **state)
{
	(void)state;
	for (size_t i = 0; i < LENGTH(columns); i++) {
		struct convert c = column(columns[i].kind, columns[i].field);
		struct convert_evidence v = { 0 };
		char why[512], out[512];
		const char *first = columns[i].cells;
		c.open = true;
		tell(&c, (struct text){ first, strcspn(first, " ") }, false, out,
			sizeof(out));
		assert_string_equal(out, "?");
		for (const char *s = first; *s != '\0';) {
			size_t n = strcspn(s, " ");
			convert_weigh(&c, (struct text){ s, n }, &v);
			s += n + (s[n] == ' ');
		}
		bool settled = convert_settle(&c, &v, why, sizeof(why));
		assert_int_equal(c.open, !settled);
		if (!settled)
			snprintf(out, sizeof(out), "!%.*s",
				(int)strlen(columns[i].result) - 1, why);
		else if (c.field->type == FT_DAY)
			snprintf(out, sizeof(out), "%s",
				c.dates == DAY_DMY ? "dmy" : "mdy");
		else
			snprintf(out, sizeof(out), "%c", c.decimal);
		if (strcmp(out, columns[i].result) != 0)
			fail_msg("%s: %s, wanted %s", columns[i].cells, out,
				columns[i].result);
	}
}

/* Where no option sets how a cell is read, none is offered. */
static void without_words_nothing_is_offered(void **state)
{
	struct convert c = column(REC_ACCOUNT, F_ARR);
	char out[128];
	(void)state;
	c.words = NULL;
	tell(&c, TEXT("$5"), false, out, sizeof(out));
	assert_string_equal(
		out, "!\"$5\" is not an amount: currency signs are not allowed");
}

static void one_clear_cell_settles_a_column(void **state)
{
	struct convert c = column(REC_ACCOUNT, F_ARR);
	char out[128];
	(void)state;
	c.open = true;
	tell(&c, TEXT("100"), false, out, sizeof(out));
	assert_string_equal(out, "=10000");
	assert_true(c.open);
	tell(&c, TEXT("99.5"), false, out, sizeof(out));
	assert_string_equal(out, "=9950");
	assert_false(c.open);
	tell(&c, TEXT("99,5"), false, out, sizeof(out));
	assert_int_equal(out[0], '!');
}

static void long_cells_are_cut_between_characters(void **state)
{
	char text[201], out[512];
	struct convert c = column(REC_ACCOUNT, F_STATUS);
	(void)state;
	for (size_t i = 0; i < 200; i += 2)
		memcpy(text + i, "\xC3\xA9", 2);
	tell(&c, (struct text){ text, 200 }, false, out, sizeof(out));
	assert_int_equal(text_invalid_at(text_of(out)), strlen(out));
	assert_non_null(strstr(out, "...\" is none of"));
	tell(&c, (struct text){ "a\xC3\xA9", 3 }, false, out, sizeof(out));
	assert_string_equal(out, "!\"a\xC3\xA9\" is none of active, churned");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(converts),
		cmocka_unit_test(signs_are_dropped_where_asked),
		cmocka_unit_test(quotes_keep_spaces_of_texts_alone),
		cmocka_unit_test(verbatim_columns_lose_one_guard_only),
		cmocka_unit_test(monthly_amounts_become_yearly),
		cmocka_unit_test(settles_open_columns),
		cmocka_unit_test(without_words_nothing_is_offered),
		cmocka_unit_test(one_clear_cell_settles_a_column),
		cmocka_unit_test(long_cells_are_cut_between_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
