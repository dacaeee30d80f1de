/*
 * Money and numbers as they come in files: own parsers, no locale, no strtod.
 * Money is int64_t minor units (cents).
 */
#ifndef CORE_MONEY_H
#define CORE_MONEY_H

#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

#define MONEY_NONE INT64_MIN
#define MONEY_MAX 1000000000000000 /* 10^15 cents: larger amounts are refused */
#define MONEY_TEXT_MAX 32

/* round(), bit for bit, that loops over all accounts can have without a call: what is
 * whole falls out of adding so much that no fraction has room. */
static inline double number_round(double x)
{
	const double size = fabs(x), room = size < 0x1p52 ? 0x1p52 : 0.0;
	const double even = size + room - room;

	/* A half went to the even number, which may be the lower one. */
	return copysign(even + (size - even == 0.5 ? 1.0 : 0.0), x);
}

/* Checked arithmetic: false (and *out untouched) on overflow. */
bool money_add(int64_t a, int64_t b, int64_t *out);
/* cents * factor, rounded half away from zero; false when out of range or NaN. */
static inline bool money_scale(int64_t cents, double factor, int64_t *out)
{
	/* Factors are decimals (1.15) that binary can't hold: a product within a few of
	 * its last digits of half a cent is taken for the half that it would be on paper.
	 */
	const double exact = (double)cents * factor;
	const double slack = fabs(exact) * 4 * DBL_EPSILON;
	const double product =
		number_round(exact + copysign(slack < 1e-3 ? slack : 1e-3, exact));

	if (cents == MONEY_NONE || !(fabs(product) < 0x1p63))
		return false;
	*out = (int64_t)product;
	return true;
}

/* Parses an amount in major units with the given decimal mark ('.' or ',').
 * Grouping is accepted only in full groups of three with the other mark, a
 * space (also U+00A0, U+202F) or an apostrophe (also U+2019). At most two decimals
 * may be non-zero. A leading '-' and spaces around are allowed; currency signs, '%',
 * brackets, exponents, NaN, inf and more than 15 digits (leading zeros and zeros at
 * the end of the decimals not counted) are not. On failure *why (when not NULL) says
 * why in a few words: a constant, after "is not an amount:" or the like. */
bool money_parse(struct text t, char decimal, int64_t *cents, const char **why);

/* Parses a finite decimal number: same rules, with up to 22 decimals, which is what a
 * double holds correctly rounded. -0 becomes 0. */
bool number_parse(struct text t, char decimal, double *out, const char **why);

/* "1234.50" (plain, for files); MONEY_NONE gives "". Returns out. */
char *money_format(int64_t cents, char out[MONEY_TEXT_MAX]);
/* For people: "-$ 950", "$ 1.0k", "$ 58.0k", "$ 248k", "$ 1.2M": below a thousand whole,
 * then one decimal below a hundred of the unit, in at most 8 columns with a symbol of one
 * column. MONEY_NONE gives "". Returns out. */
char *money_short(int64_t cents, const char *symbol, char out[MONEY_TEXT_MAX]);
/* One column for a currency ("USD"); NULL: it has no sign of its own. */
const char *money_symbol(const char *currency);
#define MONEY_SIGNS 4
/* The signs of currencies, from 0; NULL: there are no more. */
const char *money_sign(size_t i);
/* The currency that is meant by its code, or by a sign that no others have: "EUR", "eur"
 * and "€" are one, "$" and "CSM" are none. */
bool money_currency(struct text t, char code[4]);
/* money_short with the sign of the currency, or its name where it has none. Returns out.
 */
char *money_said(int64_t cents, const char *currency, char out[MONEY_TEXT_MAX]);

/* A double with at most `decimals` places (0..22), trailing zeros dropped, never in
 * exponent form, never "-0", independent of locale. NaN, infinities and magnitudes
 * from 1e30 on give "". */
#define NUMBER_TEXT_MAX 64
char *number_format(double value, int decimals, char out[NUMBER_TEXT_MAX]);
/* The shortest text of at most 15 digits that comes closest: number_parse reads back
 * the same double for every double it ever gave. */
char *number_exact(double value, char out[NUMBER_TEXT_MAX]);

#endif
