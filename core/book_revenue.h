/*
 * The revenue of a book in a period: what became of the customers of its opening day, in
 * all and by groups, why some left, and what else is known of them (RULES.md, revenue).
 * Made in steps of a few milliseconds.
 *
 * Outcome and activity are kept apart: what customers did, and what we did.
 */
#ifndef CORE_BOOK_REVENUE_H
#define CORE_BOOK_REVENUE_H

#include "core/book.h"
#include "core/churn.h"
#include "core/interval.h"
#include "core/observed.h"
#include "core/revenue.h"

enum revenue_by {
	REVENUE_BY_ALL,
	REVENUE_BY_TIER,
	REVENUE_BY_CSM,
	REVENUE_BY_SEGMENT,
	REVENUE_BY_REGION,
	REVENUE_BY_MONTH, /* these and what follows: parts of the period, each with its
			     own cohort, counted from its opening day */
	REVENUE_BY_QUARTER,
	REVENUE_BY_YEAR,
	REVENUE_BYS
};
extern const char *const revenue_by_name[REVENUE_BYS]; /* "all", "tier" ... */
/* Months in each; 0: not a part of time. */
int revenue_by_months(enum revenue_by by);

enum {
	REVENUE_PERIODS_MAX = 120,
	REVENUE_CLASHES = 1000,
	REVENUE_UNCLEAR = 1000,
	REVENUE_TTV_DAYS = 3
};
extern const int revenue_ttv_day[REVENUE_TTV_DAYS]; /* 2, 7, 30 */

/* The days whose closing ARR is compared: to is after from and not after the as-of day.
 */
struct revenue_query {
	int32_t from, to;
	enum revenue_by by;
	const uint8_t *in; /* by id - 1: the accounts meant; NULL: all. Copied */
	uint32_t in_n;
};

/* How an account was first flagged in the period. */
enum revenue_origin {
	ORIGIN_ALERT,    /* by what it does, before anybody said anything */
	ORIGIN_CUSTOMER, /* the customer said so: a low NPS */
	ORIGIN_RENEWAL,  /* only the renewal asked for it */
	ORIGINS,
	ORIGIN_NONE = ORIGINS
};
extern const char *const revenue_origin_name[ORIGINS];

/* Counted answers: good, bad, and those between. */
struct revenue_answers {
	uint32_t n, good, bad;
};

/* What is known of a group beside its money. */
struct revenue_facts {
	/* outcome, on the closing day, of active accounts */
	uint32_t active, in_band[4]; /* enum health_band, by the newest snapshot */
	double adoption;             /* sum of percents */
	uint32_t adopted;            /* accounts it is known of */
	/* health of those of the cohort who are still there and had one on both days */
	uint32_t watched;
	uint64_t health_was, health_is; /* sums */
	/* those who began in the period, from the start to the first value */
	uint32_t began, came;
	int32_t ttv_median;                  /* days; -1: not half of them yet */
	double ttv_within[REVENUE_TTV_DAYS]; /* shares 0..1; NaN: not known */
	/* of the cohort: first value within the days of the policy, or later and not yet
	 */
	uint32_t quick, quick_lost, slow, slow_lost;
	uint32_t early; /* lost within their first term */
	int64_t early_arr;
	uint32_t fleeting; /* came and went inside the period: in no rate at all */
	/* satisfaction, no success: the last answer of each active account */
	struct revenue_answers nps, csat;
	/* the cohort by what flagged it first, and who is still there */
	uint32_t flagged[ORIGINS], saved[ORIGINS];
	/* activity */
	uint32_t talks;              /* that were answered, in the period */
	uint32_t talks_due, in_time; /* active accounts with a cadence, and in time */
	uint32_t alerts, closed, resolved, open; /* opened in the period; now */
};

struct revenue_group {
	struct text key; /* as in the JSON */
	int32_t from, to;
	struct revenue_money money;
	struct revenue_facts facts; /* of parts of the period: 0 */
};

/* What holds of an account: which figures it is behind. */
enum revenue_mark {
	REVENUE_COHORT = 1,
	REVENUE_LOST = 2,
	REVENUE_GROWN = 4,
	REVENUE_SHRUNK = 8,
	REVENUE_ARRIVED = 16,
	REVENUE_BACK = 32, /* left and came back inside */
	REVENUE_BEGAN = 64,
	REVENUE_SLOW = 128,
	REVENUE_EARLY = 256,
	REVENUE_FLEETING = 512,
	REVENUE_PRAISES = 1024, /* NPS 9 or 10 */
	REVENUE_BLAMES = 2048,  /* NPS 0 to 6 */
	REVENUE_LATE = 4096,    /* no talk in time */
	REVENUE_FLAGGED = 8192,
	REVENUE_ACTIVE = 16384, /* on the closing day */
	REVENUE_ANSWERED = 32768
};

/* Those lost within their first term that have something in common. */
struct revenue_source {
	struct text key; /* {NULL, 0}: they have none */
	uint32_t lost;
	int64_t arr; /* at the opening */
};

/* Answers to exit surveys, the newest of each that left in the period. */
struct revenue_exits {
	uint32_t answered;
	uint32_t said[CHURN_CLASSES]; /* by the class of what they said */
	int64_t said_arr[CHURN_CLASSES];
	uint32_t tells;   /* say why, of those without a reason on record */
	uint32_t differs; /* say another one than that on record */
};

/* How long one that began has waited for its first value, or did wait. */
struct revenue_wait {
	uint32_t at, group; /* id - 1; its group, as group_of */
	int32_t days;
	bool came;
};

/* An answer to an exit survey whose words tell no cause: for a person to say which. */
struct revenue_unclear {
	uint32_t account;
	int32_t day;
	struct text said; /* never empty */
};

struct revenue {
	struct revenue_query asked;
	int32_t as_of;
	int32_t opening_figures, closing_figures; /* days of the snapshots; DAY_NONE */
	int32_t placed_figures;   /* where nobody had a tier at the opening: the first day
				     on which somebody had; else DAY_NONE */
	struct observed observed; /* complete with the outcome */
	bool owners_known;        /* the history told who owned what at the opening */
	struct revenue_group all, *group; /* owned */
	uint32_t groups;
	/* by account id - 1; owned */
	uint32_t n;
	int64_t *opening, *closing;
	uint16_t *marks;
	uint32_t *group_of; /* of groups that are no parts of time; UINT32_MAX: none */
	uint8_t *cause;     /* enum churn_class of those that are lost */
	uint8_t *exit;      /* 1 + that of what they said themselves; 0: nothing */
	struct revenue_wait *wait; /* owned; of those that began, by group */
	uint32_t waits;
	/* what was lost, by class */
	int64_t lost_arr[CHURN_CLASSES];
	uint32_t lost[CHURN_CLASSES];
	struct revenue_exits exits;
	/* Of accounts without a reason on record first, then by their ARR; owned. Beyond
	 * REVENUE_UNCLEAR those of the accounts that were read last are only counted. */
	struct revenue_unclear *unclear;
	uint32_t unclears; /* that are there */
	/* Fixes whose cause names the class ("price: ..."), by the as-of day, and those
	 * of them that somebody saw to have helped. */
	uint32_t fixes[CHURN_CLASSES], fixes_verified[CHURN_CLASSES];
	/* The early ones by where they came from and what for: their tags "source:..."
	 * and "use-case:..." (an account with two is in both); where none of them has
	 * one, by segment. Most ARR first; owned. */
	struct revenue_source *early;
	uint32_t earlies;
	bool early_by_tag;
	struct revenue_clash *clash; /* owned; the first REVENUE_CLASHES */
	uint32_t clashes;            /* that are there */
	uint32_t clash_count[CLASH_KINDS];
	uint32_t parts, part_at; /* how far it is */
	bool outcome; /* is complete; alerts, and who was flagged by them, come last */
	bool done;
};

/* A group that nobody is in, or ever came into; never a part of time. */
static inline bool revenue_is_empty(
	const struct revenue *r, const struct revenue_group *g)
{
	return !revenue_by_months(r->asked.by) && !g->money.cohort.accounts &&
	       !g->money.arrived && !g->facts.active;
}

struct book_revenue;
/* ST_USAGE: the days are not in order, or to come. */
enum status book_revenue_new(struct book *b, const struct revenue_query *q,
	struct book_revenue **out, struct err *e) MUST_USE;
void book_revenue_free(struct book_revenue **r);
/* One step on; nothing when it is done. */
enum status book_revenue_step(struct book_revenue *r, struct err *e) MUST_USE;
/* All of them. */
enum status book_revenue_all(struct book_revenue *r, struct err *e) MUST_USE;
/* Complete when it is done; borrowed until it is freed. */
const struct revenue *book_revenue_known(const struct book_revenue *r);

/* How many of them are held. */
static inline uint32_t revenue_unclear_held(const struct revenue *r)
{
	return r->unclears < REVENUE_UNCLEAR ? r->unclears : REVENUE_UNCLEAR;
}

/* Whether a row of surveys is an answer of the kind exit that counts: from 90 days before
 * the opening to the as-of day. */
bool revenue_exit_counts(const struct revenue *r, const struct cell *cells);

/* The closing day of the last part of time of a kind that is over on a day: the end of a
 * month, of a quarter, of a year; of other groups the day itself. */
int32_t revenue_last(enum revenue_by by, int32_t as_of);
/* The first day of a period of so many months that ends on a day, less one: its opening.
 * The last day of a month goes with the last days of months. */
int32_t revenue_opening(int32_t to, int months);

#endif
