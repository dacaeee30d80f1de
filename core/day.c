/* Calendar days: conversion by counting from 1 March, so that leap days come last. */
#include "core/day.h"

#include <string.h>

#define YEAR_MIN 1900
#define YEAR_MAX 2199

static bool is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
	static const int length[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	return month == 2 && is_leap(year) ? 29 : length[month - 1];
}

bool day_from_civil(int year, int month, int day, int32_t *out)
{
	if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 || day < 1 ||
		day > month_length(year, month))
		return false;
	int y = month <= 2 ? year - 1 : year;
	int m = month <= 2 ? month + 9 : month - 3; /* March is 0 */
	int of_year = (153 * m + 2) / 5 + day - 1;
	int of_era = y % 400 * 365 + y % 400 / 4 - y % 400 / 100 + of_year;
	*out = y / 400 * 146097 + of_era -
	       719468; /* 1970-01-01 in days since 0000-03-01 */
	return true;
}

struct civil day_civil(int32_t day)
{
	int64_t z = (int64_t)day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int of_era = (int)(z - era * 146097);
	int y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int of_year = of_era - (365 * y + y / 4 - y / 100);
	int m = (5 * of_year + 2) / 153;
	int month = m < 10 ? m + 3 : m - 9;
	return (struct civil){
		.year = (int)(era * 400) + y + (month <= 2),
		.month = month,
		.day = of_year - (153 * m + 2) / 5 + 1,
	};
}

/* Reads at least min and at most max digits off the front of t; -1 when there are fewer.
 */
static int take_digits(struct text *t, size_t min, size_t max)
{
	int value = 0;
	size_t n = 0;
	while (n < max && n < t->n && t->s[n] >= '0' && t->s[n] <= '9')
		value = value * 10 + (t->s[n++] - '0');
	if (n < min)
		return -1;
	t->s += n;
	t->n -= n;
	return value;
}

static bool take_char(struct text *t, char c)
{
	if (t->n == 0 || *t->s != c)
		return false;
	t->s++;
	t->n--;
	return true;
}

static bool take_word(struct text *t, const char *word)
{
	size_t n = strlen(word);
	if (t->n < n || !text_ieq((struct text){ t->s, n }, (struct text){ word, n }))
		return false;
	t->s += n;
	t->n -= n;
	return true;
}

/* Z, UTC, GMT, +hh, +hhmm or +hh:mm, or nothing. */
static bool take_zone(struct text *t)
{
	if (take_word(t, "utc") || take_word(t, "gmt") || take_word(t, "z"))
		return true;
	if (!take_char(t, '+') && !take_char(t, '-'))
		return true;
	int hour = take_digits(t, 2, 2);
	if (hour < 0 || hour > 14)
		return false;
	if (!take_char(t, ':') && t->n == 0)
		return true;
	int minute = take_digits(t, 2, 2);
	return minute >= 0 && minute <= 59;
}

/* The clock time after a date says nothing about the day, but must be one. */
static bool take_clock(struct text *t)
{
	if (!take_char(t, ' ') && !take_char(t, 'T'))
		return false;
	int hour = take_digits(t, 1, 2);
	if (hour < 0 || hour > 23 || !take_char(t, ':'))
		return false;
	int minute = take_digits(t, 2, 2);
	if (minute < 0 || minute > 59)
		return false;
	if (take_char(t, ':')) {
		int second = take_digits(t, 2, 2);
		if (second < 0 || second > 60) /* 60: a leap second */
			return false;
		if (take_char(t, '.') && take_digits(t, 1, 9) < 0)
			return false;
	}
	if (take_char(t, ' ') && t->n == 0)
		return false;
	if (take_word(t, "am") || take_word(t, "pm"))
		return hour >= 1 && hour <= 12;
	return take_zone(t);
}

/* D.M.YYYY and its kin: two short numbers and a year, with the same mark between. */
static bool take_short_first(struct text *t, enum day_order order, struct civil *c)
{
	int first = take_digits(t, 1, 2);
	char mark = t->n > 0 ? *t->s : '\0';
	if (first < 0 || (mark != '.' && mark != '/' && mark != '-'))
		return false;
	take_char(t, mark);
	int second = take_digits(t, 1, 2);
	if (second < 0 || !take_char(t, mark))
		return false;
	c->year = take_digits(t, 4, 4);
	c->month = order == DAY_MDY ? first : second;
	c->day = order == DAY_MDY ? second : first;
	return c->year >= 0;
}

static bool take_iso(struct text *t, struct civil *c)
{
	c->year = take_digits(t, 4, 4);
	if (c->year < 0 || !take_char(t, '-'))
		return false;
	c->month = take_digits(t, 2, 2);
	if (c->month < 0 || !take_char(t, '-'))
		return false;
	c->day = take_digits(t, 2, 2);
	return c->day >= 0;
}

bool day_parse(struct text t, enum day_order order, int32_t *out)
{
	struct civil c;
	struct text rest = t;
	if (!take_iso(&rest, &c)) {
		rest = t;
		if (order == DAY_ISO || !take_short_first(&rest, order, &c))
			return false;
	}
	if (rest.n > 0 && (!take_clock(&rest) || rest.n > 0))
		return false;
	return day_from_civil(c.year, c.month, c.day, out);
}

char *day_format(int32_t day, char out[DAY_TEXT_MAX])
{
	out[0] = '\0';
	if (day < DAY_MIN || day > DAY_MAX)
		return out;
	struct civil c = day_civil(day);
	int part[] = { c.year / 100, c.year % 100, c.month, c.day };
	static const int place[] = { 0, 2, 5, 8 };
	memcpy(out, "0000-00-00", DAY_TEXT_MAX);
	for (int i = 0; i < 4; i++) {
		out[place[i]] = (char)('0' + part[i] / 10);
		out[place[i] + 1] = (char)('0' + part[i] % 10);
	}
	return out;
}

int32_t day_add_months(int32_t day, int months)
{
	if (day == DAY_NONE)
		return DAY_NONE;
	struct civil c = day_civil(day);
	int64_t month = (int64_t)c.year * 12 + c.month - 1 + months;
	if (month < YEAR_MIN * 12)
		return DAY_MIN;
	if (month >= (YEAR_MAX + 1) * 12)
		return DAY_MAX;
	int year = (int)(month / 12), of_year = (int)(month % 12) + 1;
	int last = month_length(year, of_year);
	int32_t result = DAY_NONE;
	(void)day_from_civil(year, of_year, c.day < last ? c.day : last, &result);
	return result;
}

int32_t day_month_start(int32_t day)
{
	return day == DAY_NONE ? DAY_NONE : day - day_civil(day).day + 1;
}
