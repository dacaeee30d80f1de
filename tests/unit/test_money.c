/* Money and numbers: what is one, what is not and why, and how they are written. */
#include "core/money.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static void test_parse_money(void **state)
{
	static const struct {
		const char *text;
		char decimal;
		int64_t cents;
	} rows[] = {
		{ "0", '.', 0 },
		{ "-0", '.', 0 },
		{ "-0.00", '.', 0 },
		{ "1", '.', 100 },
		{ "1.5", '.', 150 },
		{ "1,5", ',', 150 },
		{ "1.05", '.', 105 },
		{ "-12.34", '.', -1234 },
		{ ".5", '.', 50 },
		{ "-.5", '.', -50 },
		{ "007", '.', 700 },
		{ " 42 ", '.', 4200 },
		{ "\t42", '.', 4200 },
		{ "1.50000000000000000000000", '.', 150 },
		{ "1.000", '.', 100 },
		{ "1.000", ',', 100000 },
		{ "1.234", ',', 123400 },
		{ "1,234", '.', 123400 },
		{ "1,234.56", '.', 123456 },
		{ "1.234,56", ',', 123456 },
		{ "-1,234,567.89", '.', -123456789 },
		{ "1 234 567,89", ',', 123456789 },
		{ "1 234.5", '.', 123450 },
		{ "1'234'567.05", '.', 123456705 },
		{ "1\u00A0234,5", ',', 123450 },
		{ "1\u202F234,5", ',', 123450 },
		{ "1\u2019234.5", '.', 123450 },
		{ "12,345", '.', 1234500 },
		{ "123,456", '.', 12345600 },
		{ "1234.56", '.', 123456 },
		{ "0,123", '.', 12300 },
		{ "10000000000000", '.', MONEY_MAX },
		{ "-10000000000000.00", '.', -MONEY_MAX },
		{ "9,999,999,999,999.99", '.', MONEY_MAX - 1 },
		{ "00000000000000000000001", '.', 100 },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int64_t cents = 4711;
		const char *why = "";
		if (!money_parse(text_of(rows[i].text), rows[i].decimal, &cents, &why))
			fail_msg("\"%s\" was refused: %s", rows[i].text, why);
		if (cents != rows[i].cents)
			fail_msg("\"%s\" gave %lld", rows[i].text, (long long)cents);
	}
}

#define NOT_NUMBER "it is not a number"
#define CURRENCY "a currency stands in a column of its own"
#define GROUPS "digits must be grouped in threes"
#define SIGN "currency signs are not allowed"
#define BRACKET "brackets are not allowed, a negative amount begins with -"
#define MINUS "the minus sign must be an ASCII hyphen"
#define DIGIT "digits must be 0 to 9"
#define LONG "it has more than 15 digits"

static void test_refuse_money(void **state)
{
	static const struct {
		const char *text;
		char decimal;
		const char *why;
	} rows[] = {
		{ "", '.', "it is empty" },
		{ "  ", '.', "it is empty" },
		{ "-", '.', NOT_NUMBER },
		{ "abc", '.', NOT_NUMBER },
		{ "nan", '.', NOT_NUMBER },
		{ "NaN", '.', NOT_NUMBER },
		{ "inf", '.', NOT_NUMBER },
		{ "-inf", '.', NOT_NUMBER },
		{ "Infinity", '.', NOT_NUMBER },
		{ "NULL", '.', NOT_NUMBER },
		{ "0x10", '.', NOT_NUMBER },
		{ "0x1p3", '.', NOT_NUMBER },
		{ "1.5k", '.', NOT_NUMBER },
		{ "1_000", '.', NOT_NUMBER },
		{ "1e5", '.', "exponents are not allowed" },
		{ "1E5", '.', "exponents are not allowed" },
		{ "1e308", '.', "exponents are not allowed" },
		{ "1.5e-3", '.', "exponents are not allowed" },
		{ "900 EUR", '.', CURRENCY },
		{ "900EUR", '.', CURRENCY },
		{ "EUR 900", '.', CURRENCY },
		{ "1.50 CHF", '.', CURRENCY },
		{ "EUR", '.', CURRENCY },
		{ "NAN", '.', NOT_NUMBER },
		{ "INF", '.', NOT_NUMBER },
		{ "900 EURO", '.', "exponents are not allowed" },
		{ "$100", '.', SIGN },
		{ "1.50 $", '.', SIGN },
		{ "100$", '.', SIGN },
		{ "100 $", '.', SIGN },
		{ "-$5", '.', SIGN },
		{ "€100", '.', SIGN },
		{ "100 €", ',', SIGN },
		{ "£1", '.', SIGN },
		{ "¥1", '.', SIGN },
		{ "100%", '.', "a percent sign is not allowed" },
		{ "(123)", '.', BRACKET },
		{ "123)", '.', BRACKET },
		{ "+5", '.', "a plus sign is not allowed" },
		{ "--5", '.', "a minus sign may only stand once and in front" },
		{ "5-", '.', "a minus sign may only stand once and in front" },
		{ "\u22125", '.', MINUS },
		{ "\u20135", '.', MINUS },
		{ "\u0661\u0662", '.', DIGIT },
		{ "1\u0662", '.', DIGIT },
		{ "\u06F1", '.', DIGIT },
		{ "\uFF11", '.', NOT_NUMBER },
		{ "1,5", '.', GROUPS },
		{ "1.5", ',', GROUPS },
		{ "12,34", '.', GROUPS },
		{ "1,2345", '.', GROUPS },
		{ "1234,567", '.', GROUPS },
		{ "1,234,56", '.', GROUPS },
		{ "1,23,456", '.', GROUPS },
		{ "1,,234", '.', NOT_NUMBER },
		{ ",234", '.', NOT_NUMBER },
		{ "1,234 567", '.', NOT_NUMBER },
		{ "1 234,567", '.', NOT_NUMBER },
		{ "1,", '.', GROUPS },
		{ "1.234,56", '.', NOT_NUMBER },
		{ "1,234.56", ',', NOT_NUMBER },
		{ "1.2.3", '.', NOT_NUMBER },
		{ "1.5 000", '.', NOT_NUMBER },
		{ ".", '.', "no decimals after the decimal mark" },
		{ "5.", '.', "no decimals after the decimal mark" },
		{ "5.x", '.', NOT_NUMBER },
		{ "5.€", '.', SIGN },
		{ "1.234", '.', "it has more than two decimals" },
		{ "0.001", '.', "it has more than two decimals" },
		{ "10000000000000.01", '.', LONG },
		{ "10000000000001", '.', "it is too large" },
		{ "999999999999999", '.', "it is too large" },
		{ "1000000000000000", '.', LONG },
		{ "1,000,000,000,000,000", '.', LONG },
		{ "99999999999999999999999999", '.', LONG },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		int64_t cents = 4711;
		const char *why = "nothing";
		struct text t = text_of(rows[i].text);
		if (money_parse(t, rows[i].decimal, &cents, &why))
			fail_msg("\"%s\" gave %lld", rows[i].text, (long long)cents);
		if (strcmp(why, rows[i].why) != 0)
			fail_msg("\"%s\": %s", rows[i].text, why);
		assert_int_equal(cents, 4711);
		assert_false(money_parse(t, rows[i].decimal, &cents, NULL));
	}
	assert_false(money_parse((struct text){ "1\0", 2 }, '.', &(int64_t){ 0 }, NULL));
	assert_true(money_parse((struct text){ "12x", 2 }, '.', &(int64_t){ 0 }, NULL));
}

static void test_numbers(void **state)
{
	/* The compiler rounds its literals correctly: so must number_parse. */
	static const struct {
		const char *text;
		char decimal;
		double value;
	} rows[] = {
		{ "0", '.', 0 },
		{ "1.234", '.', 1.234 },
		{ "1.234", ',', 1234 },
		{ "0.1", '.', 0.1 },
		{ "0,3", ',', 0.3 },
		{ "-2.675", '.', -2.675 },
		{ "123456789012345", '.', 123456789012345.0 },
		{ "999999999999999", '.', 999999999999999.0 },
		{ "0.000000123456789012345", '.', 0.000000123456789012345 },
		{ "0.0000000000000000000001", '.', 1e-22 },
		{ "1.00000000000001", '.', 1.00000000000001 },
		{ "8.41", '.', 8.41 },
		{ "9007199254740.99", '.', 9007199254740.99 },
		{ "72057594037.9279", '.', 72057594037.9279 },
		{ "3.14159265358979", '.', 3.14159265358979 },
		{ "1,000.5", '.', 1000.5 },
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		double value = -1;
		const char *why = "";
		if (!number_parse(text_of(rows[i].text), rows[i].decimal, &value, &why))
			fail_msg("\"%s\" was refused: %s", rows[i].text, why);
		assert_true(value == rows[i].value);
	}
	double zero = 1;
	assert_true(number_parse(TEXT("-0.0"), '.', &zero, NULL));
	assert_true(zero == 0 && !signbit(zero));
	const char *why = NULL;
	assert_false(number_parse(TEXT("0.00000000000000000000001"), '.', &zero, &why));
	assert_string_equal(why, "it has more than 22 decimals");
	assert_false(number_parse(TEXT("1.234567890123456"), '.', &zero, &why));
	assert_string_equal(why, LONG);
	assert_false(number_parse(TEXT("1e3"), '.', &zero, NULL));
}

static void check_exact(uint64_t digits, int decimals, bool negative)
{
	char text[32], back[NUMBER_TEXT_MAX];
	size_t n = sizeof(text);
	for (int i = 0; digits > 0 || i <= decimals; i++, digits /= 10) {
		if (i == decimals && i > 0)
			text[--n] = '.';
		text[--n] = (char)('0' + digits % 10);
	}
	if (negative)
		text[--n] = '-';
	struct text t = { text + n, sizeof(text) - n };
	double value, again;
	assert_true(number_parse(t, '.', &value, NULL));
	const char *why = "";
	if (!number_parse(text_of(number_exact(value, back)), '.', &again, &why))
		fail_msg("%.*s came back as %s: %s", (int)t.n, t.s, back, why);
	if (again != value || strlen(back) > t.n)
		fail_msg("%.*s came back as %s", (int)t.n, t.s, back);
}

/* Whatever was read comes back from its exact text, and that is no longer. */
static void test_exact_round_trip(void **state)
{
	uint64_t seed = 1, limit = 10;
	(void)state;
	for (int size = 1; size <= 15; size++, limit *= 10) {
		for (int decimals = 0; decimals <= 22; decimals++) {
			check_exact(limit - 1, decimals, false);
			check_exact(limit / 10, decimals, true);
			for (int i = 0; i < 50; i++) {
				seed = seed * 6364136223846793005u + 1442695040888963407u;
				check_exact((seed >> 11) % limit, decimals, i % 2 == 0);
			}
		}
	}
}

static void test_exact_text(void **state)
{
	static const struct {
		double value;
		const char *text;
	} rows[] = { { 0, "0" }, { -0.0, "0" }, { 1, "1" }, { 0.1, "0.1" },
		{ -2.5, "-2.5" }, { 1e14, "100000000000000" },
		{ 1e15, "1000000000000000" }, { 0.30000000000000004, "0.3" },
		{ 1.0 / 3, "0.333333333333333" }, { 2e3 / 3, "666.666666666667" },
		{ 0.001, "0.001" }, { 1e-22, "0.0000000000000000000001" }, { 1e-30, "0" },
		{ 1e30, "" }, { NAN, "" }, { INFINITY, "" }, { -INFINITY, "" } };
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char text[NUMBER_TEXT_MAX];
		assert_string_equal(number_exact(rows[i].value, text), rows[i].text);
	}
}

static void check_formats(void)
{
	static const struct {
		double value;
		int decimals;
		const char *text;
	} rows[] = { { 1.005, 2, "1" }, { 1.25, 1, "1.2" }, { 1.35, 1, "1.4" },
		{ 2, 3, "2" }, { 100, 0, "100" }, { 1234567.891, 2, "1234567.89" },
		{ -0.001, 2, "0" }, { -0.0, 0, "0" }, { -1.5, 1, "-1.5" },
		{ 0.5, 0, "0" }, { 1.5, 0, "2" }, { 99.999, 2, "100" },
		{ 10.10, 2, "10.1" }, { 1e15, 1, "1000000000000000" }, { 0.125, -3, "0" },
		{ 0.5, 99, "0.5" }, { 1e30, 2, "" }, { -1e300, 2, "" },
		{ 9e29, 22, "900000000000000046043660025856" }, { NAN, 2, "" },
		{ INFINITY, 2, "" } };
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char text[NUMBER_TEXT_MAX];
		number_format(rows[i].value, rows[i].decimals, text);
		if (strcmp(text, rows[i].text) != 0)
			fail_msg("%g with %d decimals gave %s", rows[i].value,
				rows[i].decimals, text);
	}
}

static void test_number_format(void **state)
{
	(void)state;
	check_formats();
}

static void test_number_format_ignores_locale(void **state)
{
	static const char *const names[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8",
		"tr_TR.UTF-8", "ps_AF.UTF-8" };
	bool found = false;
	(void)state;
	for (size_t i = 0; i < LENGTH(names); i++) {
		if (setlocale(LC_ALL, names[i]) != NULL) {
			check_formats();
			found = true;
		}
	}
	setlocale(LC_ALL, "C");
	if (!found) {
		print_message("no locale with a decimal comma is installed\n");
		skip();
	}
}

static void test_money_format(void **state)
{
	static const struct {
		int64_t cents;
		const char *text;
	} rows[] = { { 0, "0.00" }, { 5, "0.05" }, { -5, "-0.05" }, { 123450, "1234.50" },
		{ -100, "-1.00" }, { INT64_MAX, "92233720368547758.07" },
		{ INT64_MIN + 1, "-92233720368547758.07" }, { MONEY_NONE, "" } };
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char text[MONEY_TEXT_MAX];
		assert_string_equal(money_format(rows[i].cents, text), rows[i].text);
	}
}

static void test_money_short(void **state)
{
	static const struct {
		int64_t cents;
		const char *text;
	} rows[] = { { 0, "$ 0" }, { 49, "$ 0" }, { 50, "$ 1" }, { -49, "$ 0" },
		{ -50, "-$ 1" }, { 95000, "$ 950" }, { 99949, "$ 999" },
		{ 99950, "$ 1.0k" }, { 100000, "$ 1.0k" }, { 123400, "$ 1.2k" },
		{ 125000, "$ 1.3k" }, { 2480000, "$ 24.8k" }, { 9994999, "$ 99.9k" },
		{ 9995000, "$ 100k" }, { 24800000, "$ 248k" }, { 99949999, "$ 999k" },
		{ 99950000, "$ 1.0M" }, { 104000000, "$ 1.0M" }, { 120000000, "$ 1.2M" },
		{ 1120000000, "$ 11.2M" }, { 2400000000, "$ 24.0M" },
		{ 9994999999, "$ 99.9M" }, { 9995000000, "$ 100M" },
		{ -123456789000, "-$ 1.2B" }, { MONEY_MAX, "$ 10.0T" },
		{ -MONEY_MAX, "-$ 10.0T" }, { INT64_MAX, "$ 92234T" },
		{ MONEY_NONE, "" } };
	char text[MONEY_TEXT_MAX];
	(void)state;
	for (size_t i = 0; i < LENGTH(rows); i++) {
		if (strcmp(money_short(rows[i].cents, "$", text), rows[i].text) != 0)
			fail_msg("%lld gave %s", (long long)rows[i].cents, text);
	}
	assert_string_equal(money_short(120000000, "€", text), "€ 1.2M");
	assert_string_equal(money_short(120000000, "", text), "1.2M");
	assert_string_equal(
		money_short(-100, "a currency with far too long a name", text), "-1");
	for (int64_t cents = 1; cents <= MONEY_MAX / 7; cents = cents * 7 / 5 + 1) {
		struct text t = text_of(money_short(-cents, "€", text));
		assert_in_range(text_columns(t), 3, 8);
	}
}

static void test_arithmetic(void **state)
{
	int64_t out = 4711;
	(void)state;
	assert_true(money_add(1, -3, &out) && out == -2);
	assert_true(money_add(INT64_MAX, INT64_MIN + 1, &out) && out == 0);
	assert_false(money_add(INT64_MAX, 1, &out));
	assert_false(money_add(INT64_MIN + 1, -1, &out)); /* would be MONEY_NONE */
	assert_false(money_add(INT64_MIN + 1, -2, &out));
	assert_false(money_add(MONEY_NONE, 1, &out));
	assert_false(money_add(1, MONEY_NONE, &out));
	assert_int_equal(out, 0);
	assert_true(money_scale(4000000, 2.744, &out) && out == 10976000);
	assert_true(money_scale(1, 0.5, &out) && out == 1);
	assert_true(money_scale(-1, 0.5, &out) && out == -1);
	assert_true(money_scale(-3, 0.5, &out) && out == -2);
	assert_true(money_scale(1, 0.49, &out) && out == 0);
	assert_true(money_scale(INT64_C(1) << 62, 1.5, &out));
	assert_false(money_scale(INT64_C(1) << 62, 2, &out));
	assert_false(money_scale(-(INT64_C(1) << 62), 2, &out));
	assert_false(money_scale(INT64_MAX, 1, &out)); /* rounds up to 2^63 */
	assert_false(money_scale(1, NAN, &out));
	assert_false(money_scale(0, INFINITY, &out));
	assert_false(money_scale(1, 1e308, &out));
	assert_false(money_scale(MONEY_NONE, 0, &out));
}

/* round() of the library, bit for bit. */
static void test_round(void **state)
{
	static const double some[] = { 0, 0.25, 0.49999999999999994, 0.5, 0.75, 1, 1.5,
		2.5, 3.5, 99.5, 0x1p31 + 0.5, 0x1p51 - 0.5, 0x1p51 + 0.5, 0x1p52 - 0.5,
		0x1p52, 0x1p52 + 1, 0x1p53 + 2, 0x1p62, 1e300, 5e-324, INFINITY };

	(void)state;
	for (size_t k = 0; k < sizeof(some) / sizeof(*some); k++)
		for (int sign = -1; sign <= 1; sign += 2) {
			const double x = sign * some[k], is = number_round(x);
			const double expected = round(x);

			if (memcmp(&is, &expected, sizeof(is)) != 0)
				fail_msg("%.17g is rounded to %.17g", x, is);
		}
	assert_true(isnan(number_round(NAN)));
}

static void test_currency(void **state)
{
	static const struct {
		const char *text, *code; /* NULL: none */
	} rows[] = { { "USD", "USD" }, { "eur", "EUR" }, { "\u20AC", "EUR" },
		{ "\u00A3", "GBP" }, { "CHF", "CHF" }, { "$", NULL }, { "CSM", NULL },
		{ "", NULL }, { "USDT", NULL }, { "k EUR", NULL } };
	char code[4];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		strcpy(code, "");
		if (money_currency(text_of(rows[i].text), code) != (rows[i].code != NULL))
			fail_msg("\"%s\": %s", rows[i].text, code);
		assert_string_equal(code, rows[i].code ? rows[i].code : "");
	}
	for (size_t i = 0; money_sign(i); i++)
		assert_true(i < 4);
	assert_string_equal(money_symbol("JPY"), "\u00A5");
	assert_null(money_symbol("CHF"));
	assert_null(money_symbol("XXX"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse_money),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_refuse_money),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_exact_round_trip),
		cmocka_unit_test(test_exact_text),
		cmocka_unit_test(test_number_format),
		cmocka_unit_test(test_number_format_ignores_locale),
		cmocka_unit_test(test_money_format),
		cmocka_unit_test(test_money_short),
		cmocka_unit_test(test_arithmetic),
		cmocka_unit_test(test_currency),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
