/* What the files of the trends share; nobody else includes it. */
#ifndef CORE_BOOK_TREND_INTERNAL_H
#define CORE_BOOK_TREND_INTERNAL_H

#include "core/book_internal.h"
#include "core/book_trend.h"

enum { TREND_WEEK = 7, TREND_SLICE = 1 << 17, TREND_ALERTS = 1 << 12 };

struct trend_causes;

struct book_trend {
	struct book *book; /* borrowed */
	struct trend t;
	struct trend_point *point; /* owned, as all below */
	struct trend_caps *caps;   /* of each point */
	struct trend_money *money;
	uint32_t room;
	struct trend_month month[TREND_MONTHS_MAX];
	uint8_t *in;
	uint32_t in_n;
	uint32_t line_of[TREND_LINES];
	double *line;    /* points of the first, of the second ... */
	uint8_t *health; /* room for TREND_SLICE of both, to count a day */
	uint8_t *tier;
	uint32_t slice_at;          /* accounts of the day counted so far */
	struct snapshot_sums slice; /* what they add up to */
	int32_t as_of;
	bool all; /* all there is was asked for */
	int lines_read;
	/* ARR */
	/* last days of months, and behind them the as-of day */
	int32_t end[TREND_MONTHS_MAX + TREND_YEAR + 1];
	int32_t *day;       /* of the points */
	int64_t *arr;       /* of a part, on the ends or on the days */
	uint8_t *part_tier; /* of a part, on one day */
	struct part part;
	uint32_t parts, part_at;
	/* tickets */
	struct trend_causes *causes;
	int32_t week_at; /* first day of those that are read next */
	/* alerts */
	struct trend_alerts *alert; /* of each point */
	int64_t alert_at;           /* id of the last one read */
	int32_t first_alert;        /* day; DAY_NONE: none was read yet */
};

/* book_trend_causes.c: the causes of tickets, as many as there are. NULL: no memory. */
struct trend_causes *book_trend_causes_new(void);
void book_trend_causes_free(struct trend_causes **c);
/* A ticket; name.n 0: without a cause. False: no memory. */
bool book_trend_causes_add(struct trend_causes *c, struct text name, int month);
/* The n most frequent get the places 0 .. n - 1; returns how many there are. Names are
 * borrowed until they are freed. */
int book_trend_causes_most(struct trend_causes *c, int n, struct text *name);
/* The month and the place of each ticket; -1: it has none. */
void book_trend_causes_each(const struct trend_causes *c,
	void (*fn)(void *arg, int month, int place), void *arg);

enum status book_trend_no_memory(struct err *e);
/* Whether an account, by id, is meant; of tickets and alerts, which may be of any. */
bool book_trend_means(const struct book_trend *t, uint32_t account);
/* The days of the points; NULL: no memory. */
const int32_t *book_trend_days(struct book_trend *t);
/* Of the accounts after `first`, *n of them, which are meant; NULL: all. *n becomes less
 * where the rest is not. */
const uint8_t *book_trend_chosen(const struct book_trend *t, uint32_t first, uint32_t *n);

/* book_trend_points.c: the days, their health, tiers and caps, and the lines. */
enum status book_trend_points_load(
	struct book_trend *t, int weeks, struct err *e) MUST_USE;
/* Counts the newest point that is still to come, or some of its accounts. */
enum status book_trend_points_count(struct book_trend *t, struct err *e) MUST_USE;
enum status book_trend_points_lines(
	struct book_trend *t, const struct trend_query *q, struct err *e) MUST_USE;
enum status book_trend_points_line(struct book_trend *t, int k, struct err *e) MUST_USE;

/* book_trend_months.c: which they are, and their tickets, a week at a time. */
void book_trend_months_make(struct book_trend *t, int weeks);
/* The first month to show of those that something is known of. */
int book_trend_months_first(
	const struct book_trend *t, bool (*known)(const struct trend_month *m));
enum status book_trend_months_tickets(struct book_trend *t, struct err *e) MUST_USE;

/* book_trend_alerts.c: alerts open on the days, and opened and ended between them; some
 * thousand rows at a time. */
enum status book_trend_alerts_step(struct book_trend *t, struct err *e) MUST_USE;

/* book_trend_money.c: ARR of the past, part by part: cohorts of the months, and the
 * tiers' shares of the days. */
enum status book_trend_money_step(struct book_trend *t, struct err *e) MUST_USE;

#endif
