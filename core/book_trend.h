/*
 * The trends of a book: what its accounts, or some of them, were together on the days of
 * the past. Made in steps of a few milliseconds, so that whoever waits for keys can put
 * it off at any time; the health of the whole base is there after the first.
 *
 * Months are whole ones, up to the last that is over on the as-of day.
 */
#ifndef CORE_BOOK_TREND_H
#define CORE_BOOK_TREND_H

#include "core/book.h"
#include "core/observed.h"
#include "core/trend.h"

enum { TREND_LINES = 8, TREND_CAUSES = 5, TREND_MONTHS_MAX = 60, TREND_YEAR = 12 };

struct trend_query {
	const uint8_t *in; /* by id - 1: the accounts meant; NULL: all. Copied */
	uint32_t in_n;
	int weeks; /* up to the as-of day; 0: all there is, of months at most five years
		    */
	uint32_t line[TREND_LINES]; /* accounts that get a line of their own */
	int lines;
};

struct trend_month {
	int32_t first;                   /* its first day */
	struct trend_cohort month, year; /* from the end of the month before, and of the
					    same month a year before, to its end */
	uint32_t tickets[TREND_CAUSES];  /* opened in it */
};

/* The caps in force when a day's snapshot was made. */
struct trend_caps {
	int32_t version; /* of the policy */
	bool known;      /* no: that version can't be read any more */
	uint32_t bp[TIER_COUNT];
};

struct trend {
	/* One point per week, for more than 104 weeks one per 28 days: the newest
	 * snapshot of each. Those before `counted` are still to come. */
	uint32_t points, counted;
	const struct trend_point *point;
	const struct trend_caps *caps;    /* of each point */
	const struct trend_money *money;  /* of each point, with the revenue */
	const struct trend_alerts *alert; /* of each point, once they are there */
	int step;                         /* days */
	int months;
	const struct trend_month *month;
	bool revenue, tickets, alerts; /* they are there */
	struct observed observed;      /* with the revenue */
	/* The first month to show of each: 0, and where all there is was asked for, the
	 * first of which anything is known. */
	int revenue_first, tickets_first;
	/* The most frequent causes, the last one all others; "" ends the list. */
	char cause[TREND_CAUSES][48];
	int lines;
	const double *line[TREND_LINES]; /* health at each point; NaN: not known */
	bool done;
};

struct book_trend;
enum status book_trend_new(struct book *b, const struct trend_query *q,
	struct book_trend **out, struct err *e) MUST_USE;
void book_trend_free(struct book_trend **t);
/* One step on; nothing when it is done. After a failure the rest stays missing. */
enum status book_trend_step(struct book_trend *t, struct err *e) MUST_USE;
/* What is known so far; borrowed until the next step. */
const struct trend *book_trend_known(const struct book_trend *t);

#endif
