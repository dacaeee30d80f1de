/*
 * Where the time goes: the minutes that people spent on accounts in the days before, by
 * who spent them, what for (touch_class.h) and in which tier; what that costs against
 * what the account pays; and the large accounts that got little of it (RULES.md, time).
 */
#ifndef CORE_BOOK_TIME_H
#define CORE_BOOK_TIME_H

#include "core/book.h"
#include "core/clinic.h"

#define TIME_DAYS 91 /* a quarter, unless somebody asks for another span */

/* Of one CSM; csm 0: of nobody in the book who was named, on accounts without an owner.
 */
struct time_row {
	uint32_t csm;
	struct text name; /* {NULL, 0} of csm 0 */
	uint32_t touches;
	double minutes[TOUCH_CLASSES];
};

/* An account that stands out; shown in the order of `of`. */
struct time_account {
	uint32_t account; /* id */
	uint8_t tier;     /* it is served as */
	int64_t arr;      /* cents a year */
	double minutes;   /* in the span */
	uint32_t talks;   /* two-way touches in the span */
	double planned;   /* talks that its tier gets in the span */
	int64_t cost;     /* cents a year, at the pace of the span */
};

struct book_time {
	int32_t from, to;            /* first and last day of the span */
	double minute_cents;         /* what a minute costs, by the policy */
	uint32_t touches, estimated; /* estimated: that say no minutes */
	struct time_row *row;        /* by name, csm 0 last; owned */
	uint32_t rows;
	double minutes[TIER_COUNT][TOUCH_CLASSES];
	int64_t arr[TIER_COUNT]; /* cents, of the active accounts */
	/* The largest accounts: as many as tier 1 may hold, and whoever pays as much as
	 * the last of them. */
	uint32_t largest;
	int64_t largest_arr;
	double largest_minutes;
	/* Whose talks cost a larger share of their ARR than the policy allows, the
	 * largest share first; owned. */
	struct time_account *costly;
	uint32_t costly_n;
	/* Those of the largest that got less than half of the talks of their tier, the
	 * largest ARR first; owned. */
	struct time_account *neglected;
	uint32_t neglected_n;
	/* Beside talks with one customer each, of those that say how long they were. */
	struct clinics clinics;
	uint32_t talks;
	double talk_minutes;
	struct arena arena;
};

/* days: how long the span is, up to the as-of day; at least 1. */
enum status book_time(
	struct book *b, int32_t days, struct book_time **out, struct err *e) MUST_USE;
void book_time_free(struct book_time **t);

/* All minutes of a row of them, and the share of it that is systemisable (0..1; NaN:
 * there are none). */
double time_total(const double minutes[TOUCH_CLASSES]);
double time_systemisable(const double minutes[TOUCH_CLASSES]);
/* What the minutes of a tier come to in a year, cents. */
int64_t time_cost(const struct book_time *t, double minutes);

/* What it means, a sentence each, "" where there is nothing to say. */
enum time_line {
	TIME_TIERS,     /* what the talks of each tier cost against its ARR */
	TIME_LARGEST,   /* how much of the time goes where the ARR is */
	TIME_LEAKS,     /* the share of tier 1's time that goes into tickets */
	TIME_SYSTEM,    /* what could be done once for many */
	TIME_CLINICS,   /* customers an hour, in clinics and one to one */
	TIME_ASKED,     /* what came up in several clinics */
	TIME_LINEAR,    /* how many CSMs it would take without tiers */
	TIME_COSTLY,    /* accounts that cost more than they bear */
	TIME_NEGLECTED, /* large ones that get little */
	TIME_ESTIMATED, /* what the figures rest on */
	TIME_LINES
};
char *time_text(struct book *b, const struct book_time *t, enum time_line line,
	char out[TEXT_SAID_MAX]);
/* Whether that line tells of something that somebody should change. */
bool time_warns(const struct book_time *t, enum time_line line);

#endif
