/*
 * Money and numbers as they come in files: own parsers, no locale, no strtod.
 * Money is int64_t minor units (cents).
 */
#ifndef CORE_MONEY_H
#define CORE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/text.h"

#define MONEY_NONE INT64_MIN
#define MONEY_MAX 1000000000000000 /* 10^15 cents: larger amounts are refused */
#define MONEY_TEXT_MAX 32

/* Checked arithmetic: false (and *out untouched) on overflow. */
bool money_add(int64_t a, int64_t b, int64_t *out);
/* cents * factor, rounded half away from zero; false when out of range or NaN. */
bool money_scale(int64_t cents, double factor, int64_t *out);

/* Parses an amount in major units with the given decimal mark ('.' or ',').
 * Grouping is accepted only in full groups of three with the other mark, a
 * space or an apostrophe. At most two decimals may be non-zero. A leading '-' is
 * allowed; currency signs, '%', brackets, exponents, NaN, inf and more than 15
 * digits are not. On failure *why (when not NULL) says why in a few words. */
bool money_parse(struct text t, char decimal, int64_t *cents, const char **why);

/* Parses a finite decimal number: same rules without the limit on decimals. */
bool number_parse(struct text t, char decimal, double *out, const char **why);

/* "1234.50" (plain, for files). Returns out. */
char *money_format(int64_t cents, char out[MONEY_TEXT_MAX]);
/* For people: "$ 1.2M", "$ 248k", "$ 950" in at most 8 columns; symbol e.g. "$". */
char *money_short(int64_t cents, const char *symbol, char out[MONEY_TEXT_MAX]);

/* A double with at most `decimals` places, trailing zeros dropped, never in
 * exponent form, never "-0", independent of locale. NaN gives "". */
#define NUMBER_TEXT_MAX 64
char *number_format(double value, int decimals, char out[NUMBER_TEXT_MAX]);
/* The shortest text that number_parse reads back as the same double. */
char *number_exact(double value, char out[NUMBER_TEXT_MAX]);

#endif
