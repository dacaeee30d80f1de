/*
 * Calendar days: int32_t days since 1970-01-01, proleptic Gregorian, no clock
 * time, no time zone. Accepted years: 1900..2199.
 */
#ifndef CORE_DAY_H
#define CORE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/text.h"

#define DAY_NONE INT32_MIN /* missing; sorts before every day */
#define DAY_MIN (-25567)   /* 1900-01-01 */
#define DAY_MAX 84005      /* 2199-12-31 */
#define DAY_TEXT_MAX 11    /* "YYYY-MM-DD" and its NUL */

#define DAY_SECONDS 86400 /* of instants, which are UTC seconds since 1970 */

enum day_order { DAY_ISO, DAY_DMY, DAY_MDY };

struct civil {
	int year, month, day; /* month 1..12, day 1..31 */
};

bool day_from_civil(int year, int month, int day, int32_t *out); /* false: no such day */
struct civil day_civil(int32_t day);

/* Strict: exactly YYYY-MM-DD, or, unless the order is DAY_ISO, also D.M.YYYY D/M/YYYY
 * D-M-YYYY in the given order; a clock time after it (' ' or 'T', h:mm[:ss[.fff]],
 * am/pm or a zone) is read over. No spaces around. */
bool day_parse(struct text t, enum day_order order, int32_t *out);

/* "YYYY-MM-DD"; DAY_NONE and days out of range give "". Returns out. */
char *day_format(int32_t day, char out[DAY_TEXT_MAX]);

/* The same day of the month n months away, clipped to that month's last day and to
 * the accepted years. DAY_NONE stays DAY_NONE, here and below. */
int32_t day_add_months(int32_t day, int months);
int32_t day_month_start(int32_t day);

#endif
