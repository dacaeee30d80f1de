/*
 * Money and numbers: text is taken apart into digits and a count of decimals,
 * all in integers; a double is made by one exact multiplication or division.
 */
#include "core/money.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define DIGITS_MAX 15   /* what a double and 10^15 cents both hold */
#define DECIMALS_MAX 22 /* 10^22 is the last power of ten a double holds exactly */
#define PRINTED_MAX 1e30

/* What columns of amounts are often in; those with a sign first. */
static const struct {
	const char *code, *sign;
} currencies[] = { { "USD", "$" }, { "EUR", "\u20AC" }, { "GBP", "\u00A3" },
	{ "JPY", "\u00A5" }, { "CHF", NULL }, { "CAD", NULL }, { "AUD", NULL },
	{ "NZD", NULL }, { "SEK", NULL }, { "NOK", NULL }, { "DKK", NULL },
	{ "PLN", NULL }, { "CZK", NULL }, { "INR", NULL }, { "CNY", NULL },
	{ "BRL", NULL }, { "MXN", NULL }, { "ZAR", NULL }, { "SGD", NULL },
	{ "HKD", NULL }, { "KRW", NULL }, { "ILS", NULL } };
enum { CURRENCIES = sizeof(currencies) / sizeof(*currencies) };

struct decimal {
	bool negative;
	uint64_t digits;
	int decimals; /* value = digits / 10^decimals */
};

bool money_add(int64_t a, int64_t b, int64_t *out)
{
	int64_t sum;
	if (a == MONEY_NONE || b == MONEY_NONE || __builtin_add_overflow(a, b, &sum) ||
		sum == MONEY_NONE)
		return false;
	*out = sum;
	return true;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool starts_with(struct text t, const char *start)
{
	size_t n = strlen(start);
	return t.n >= n && memcmp(t.s, start, n) == 0;
}

/* The mark that may separate groups of three at the front of t, or NULL. */
static const char *group_mark(struct text t, char decimal)
{
	static const char *const marks[] = { ",", ".", " ", "\u00A0", "\u202F", "'",
		"\u2019" };
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (*marks[i] != decimal && starts_with(t, marks[i]))
			return marks[i];
	}
	return NULL;
}

/* "EUR", alone or before a blank; but for what programs write for no number. */
static bool begins_with_currency(struct text t)
{
	for (size_t i = 0; i < 3; i++)
		if (i >= t.n || t.s[i] < 'A' || t.s[i] > 'Z')
			return false;
	return (t.n == 3 || t.s[3] == ' ') && !starts_with(t, "NAN") &&
	       !starts_with(t, "INF");
}

/* Why t can't begin or go on as a number. */
static const char *complaint(struct text t)
{
	static const struct {
		const char *start, *why;
	} known[] = {
		{ "%", "a percent sign is not allowed" },
		{ "(", "brackets are not allowed, a negative amount begins with -" },
		{ ")", "brackets are not allowed, a negative amount begins with -" },
		{ "+", "a plus sign is not allowed" },
		{ "-", "a minus sign may only stand once and in front" },
		{ "\u2212", "the minus sign must be an ASCII hyphen" },
		{ "\u2013", "the minus sign must be an ASCII hyphen" },
		{ "e", "exponents are not allowed" },
		{ "E", "exponents are not allowed" },
		{ "\xD9", "digits must be 0 to 9" }, /* U+0660: Arabic-Indic */
		{ "\xDB", "digits must be 0 to 9" }, /* U+06F0: Persian */
	};
	t = text_trim(t);
	for (size_t i = 0; money_sign(i) != NULL; i++) {
		if (starts_with(t, money_sign(i)))
			return "currency signs are not allowed";
	}
	if (begins_with_currency(t))
		return "a currency stands in a column of its own";
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (starts_with(t, known[i].start))
			return known[i].why;
	}
	return "it is not a number";
}

static const char *add_digit(struct decimal *d, char digit, int *count)
{
	if (d->digits > 0 || digit != '0')
		(*count)++;
	if (*count > DIGITS_MAX)
		return "it has more than 15 digits";
	d->digits = d->digits * 10 + (uint64_t)(digit - '0');
	return NULL;
}

/* Reads digits off t that stand alone before its end or the decimal mark, as nearly all
 * numbers do. false: there is more to it, and nothing was read. */
static bool take_plain(struct text *t, char decimal, struct decimal *d, int *count)
{
	uint64_t digits = 0;
	size_t n = 0, zeros = 0;
	for (; n < t->n && n < DIGITS_MAX && is_digit(t->s[n]); n++) {
		digits = digits * 10 + (uint64_t)(t->s[n] - '0');
		zeros += digits == 0;
	}
	if (n < t->n && t->s[n] != decimal)
		return false;
	d->digits = digits;
	*count = (int)(n - zeros);
	t->s += n;
	t->n -= n;
	return true;
}

/* Reads the digits before the decimal mark off t, with or without groups. */
static const char *take_whole(struct text *t, char decimal, struct decimal *d, int *count)
{
	const char *mark = NULL, *why = NULL;
	size_t run = 0;
	bool grouped = false;
	for (; t->n > 0 && why == NULL; t->s++, t->n--) {
		if (is_digit(*t->s)) {
			why = add_digit(d, *t->s, count);
			run++;
			continue;
		}
		mark = grouped ? mark : group_mark(*t, decimal);
		if (run == 0 || mark == NULL || !starts_with(*t, mark))
			break;
		if (grouped ? run != 3 : run > 3)
			return "digits must be grouped in threes";
		grouped = true;
		run = 0;
		size_t n = strlen(mark);
		t->s += n - 1;
		t->n -= n - 1;
	}
	if (why != NULL || !grouped || run == 3)
		return why;
	return run == 0 && t->n > 0 ? complaint(*t) : "digits must be grouped in threes";
}

/* Reads the digits after the decimal mark. Zeros at the end don't count. */
static const char *take_decimals(struct text *t, struct decimal *d, int *count)
{
	size_t n = 0, used = 0;
	while (n < t->n && is_digit(t->s[n])) {
		if (t->s[n++] != '0')
			used = n;
	}
	if (n == 0)
		return t->n == 0 ? "no decimals after the decimal mark" : complaint(*t);
	if (used > DECIMALS_MAX)
		return "it has more than 22 decimals";
	for (size_t i = 0; i < used; i++) {
		const char *why = add_digit(d, t->s[i], count);
		if (why != NULL)
			return why;
	}
	d->decimals = (int)used;
	t->s += n;
	t->n -= n;
	return NULL;
}

/* NULL when t was read into d, else why not. */
static const char *take_apart(struct text t, char decimal, struct decimal *d)
{
	int count = 0;
	*d = (struct decimal){ .digits = 0 };
	t = text_trim(t);
	if (t.n == 0)
		return "it is empty";
	if (*t.s == '-') {
		d->negative = true;
		t.s++;
		t.n--;
	}
	if (t.n == 0 || !(is_digit(*t.s) || *t.s == decimal))
		return complaint(t);
	const char *why = NULL;
	if (!take_plain(&t, decimal, d, &count))
		why = take_whole(&t, decimal, d, &count);
	if (why == NULL && t.n > 0 && *t.s == decimal) {
		t.s++;
		t.n--;
		why = take_decimals(&t, d, &count);
	}
	if (why == NULL && t.n > 0)
		why = complaint(t);
	return why;
}

static bool refuse(const char **why, const char *reason)
{
	if (why != NULL)
		*why = reason;
	return false;
}

bool money_parse(struct text t, char decimal, int64_t *cents, const char **why)
{
	struct decimal d;
	const char *reason = take_apart(t, decimal, &d);
	if (reason != NULL)
		return refuse(why, reason);
	if (d.decimals > 2)
		return refuse(why, "it has more than two decimals");
	for (; d.decimals < 2; d.decimals++) /* 15 digits and two more fit easily */
		d.digits *= 10;
	if (d.digits > MONEY_MAX)
		return refuse(why, "it is too large");
	*cents = d.negative ? -(int64_t)d.digits : (int64_t)d.digits;
	return true;
}

static double power_of_ten(int n)
{
	static const double power[DECIMALS_MAX + 1] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6,
		1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
		1e20, 1e21, 1e22 };
	return power[n];
}

bool number_parse(struct text t, char decimal, double *out, const char **why)
{
	struct decimal d;
	const char *reason = take_apart(t, decimal, &d);
	if (reason != NULL)
		return refuse(why, reason);
	/* Both are exact doubles, so the quotient is rounded once, and correctly. */
	double value = (double)d.digits / power_of_ten(d.decimals);
	*out = d.negative && d.digits > 0 ? -value : value;
	return true;
}

char *money_format(int64_t cents, char out[MONEY_TEXT_MAX])
{
	out[0] = '\0';
	if (cents == MONEY_NONE)
		return out;
	uint64_t size = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;
	snprintf(out, MONEY_TEXT_MAX, "%s%llu.%02u", cents < 0 ? "-" : "",
		(unsigned long long)(size / 100), (unsigned)(size % 100));
	return out;
}

char *money_short(int64_t cents, const char *symbol, char out[MONEY_TEXT_MAX])
{
	static const char *const units[] = { "", "k", "M", "B", "T" };
	enum { UNITS = sizeof(units) / sizeof(units[0]) };
	out[0] = '\0';
	if (cents == MONEY_NONE)
		return out;
	uint64_t size = cents < 0 ? -(uint64_t)cents : (uint64_t)cents;
	uint64_t unit = 100, whole = (size + 50) / 100, tenths = 0;
	int i = 0;
	for (; whole > 999 && i < UNITS - 1; i++) {
		unit *= 1000;
		whole = (size + unit / 2) / unit;
		tenths = (size + unit / 20) / (unit / 10);
	}
	char number[24];
	if (i > 0 && tenths < 1000)
		snprintf(number, sizeof(number), "%u.%u%s", (unsigned)(tenths / 10),
			(unsigned)(tenths % 10), units[i]);
	else
		snprintf(number, sizeof(number), "%u%s", (unsigned)whole, units[i]);
	/* Half a symbol would be worse than none. */
	bool fits = strlen(symbol) + strlen(number) + sizeof("- ") <= MONEY_TEXT_MAX;
	snprintf(out, MONEY_TEXT_MAX, "%s%s%s%s", cents < 0 && whole > 0 ? "-" : "",
		fits ? symbol : "", fits && *symbol != '\0' ? " " : "", number);
	return out;
}

const char *money_symbol(const char *currency)
{
	for (size_t i = 0; i < CURRENCIES; i++)
		if (strcmp(currency, currencies[i].code) == 0)
			return currencies[i].sign;
	return NULL;
}

const char *money_sign(size_t i)
{
	return i < CURRENCIES ? currencies[i].sign : NULL;
}

bool money_currency(struct text t, char code[4])
{
	for (size_t i = 0; i < CURRENCIES; i++) {
		const char *sign = currencies[i].sign;
		const bool own = sign != NULL && *sign != '$'; /* many have that */

		if (text_ieq(t, text_of(currencies[i].code)) ||
			(own && text_eq(t, text_of(sign)))) {
			memcpy(code, currencies[i].code, 4);
			return true;
		}
	}
	return false;
}

char *money_said(int64_t cents, const char *currency, char out[MONEY_TEXT_MAX])
{
	const char *symbol = money_symbol(currency);

	return money_short(cents, symbol ? symbol : currency, out);
}

/* printf writes the decimal mark of the locale, which may be several bytes: copies
 * digits and sign, and puts '.' where the mark stood. */
static void copy_number(const char *printed, char *out)
{
	bool in_mark = false;
	for (; *printed != '\0'; printed++) {
		bool number = is_digit(*printed) || *printed == '-';
		if (number)
			*out++ = *printed;
		else if (!in_mark)
			*out++ = '.';
		in_mark = !number;
	}
	*out = '\0';
}

char *number_format(double value, int decimals, char out[NUMBER_TEXT_MAX])
{
	out[0] = '\0';
	if (!(fabs(value) < PRINTED_MAX))
		return out;
	if (decimals < 0)
		decimals = 0;
	if (decimals > DECIMALS_MAX)
		decimals = DECIMALS_MAX;
	char printed[NUMBER_TEXT_MAX];
	snprintf(printed, sizeof(printed), "%.*f", decimals, value);
	copy_number(printed, out);
	if (strchr(out, '.') != NULL) {
		size_t n = strlen(out);
		while (out[n - 1] == '0')
			n--;
		if (out[n - 1] == '.')
			n--;
		out[n] = '\0';
	}
	if (strcmp(out, "-0") == 0)
		memcpy(out, "0", 2);
	return out;
}

char *number_exact(double value, char out[NUMBER_TEXT_MAX])
{
	double size = fabs(value);
	int whole = 1; /* digits before the decimal mark */
	if (size < 1e15) {
		while (whole < DIGITS_MAX && size >= power_of_ten(whole))
			whole++;
		/* Zeros right after the mark are free: 0.00123 has three digits. */
		if (size < 1) {
			whole = 0;
			while (whole > DIGITS_MAX - DECIMALS_MAX &&
				size * power_of_ten(1 - whole) < 1)
				whole--;
		}
	}
	return number_format(value, size < 1e15 ? DIGITS_MAX - whole : 0, out);
}
