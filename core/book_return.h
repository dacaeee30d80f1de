/*
 * What an account paid and what of it was used, on the last day of each of the quarters
 * before and now: as the rows of those days say it, by the rules of health.
 */
#ifndef CORE_BOOK_RETURN_H
#define CORE_BOOK_RETURN_H

#include "core/book.h"

enum { RETURN_POINTS = 5 };

struct return_point {
	int32_t since, day;             /* since: the quarter's opening */
	int64_t arr;                    /* cents a year; 0: it was no customer */
	double seats, features, active; /* percent, percent, days of 28; NaN: not known */
};

/* The part of what is paid that goes with the seats in use, cents; MONEY_NONE: not known.
 */
int64_t return_used(const struct return_point *p);

/* Ascending; the last one is the as-of day. ST_NOTFOUND: there is no such account. */
enum status book_return(struct book *b, uint32_t account,
	struct return_point out[RETURN_POINTS], struct err *e) MUST_USE;

#endif
