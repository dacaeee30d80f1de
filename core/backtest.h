/*
 * The backtest: whether health told who would leave. For each month-end of the past the
 * score as it would have been known then, against what became of the accounts within the
 * horizon after it (RULES.md, backtest). From arrays to figures; book_backtest.h reads
 * the arrays from the book.
 *
 * Shares and AUCs are 0..1; NaN: not known, or of nothing.
 */
#ifndef CORE_BACKTEST_H
#define CORE_BACKTEST_H

#include "core/backtest_fit.h"
#include "core/backtest_stat.h"
#include "core/health.h"
#include "core/interval.h"
#include "core/policy.h"

enum {
	BACKTEST_HORIZON = 90, /* days, when nothing else is asked */
	BACKTEST_HORIZON_MAX = 365,
	BACKTEST_MONTHS_MAX = 60,
	BACKTEST_EVENTS_MIN = 10,   /* accounts that left: below there is no verdict */
	BACKTEST_SURVEY_DAYS = 180, /* the horizon of answers to surveys */
	BACKTEST_LEAD_DAYS = 180,   /* alerts so long before count for the lead time */
	BACKTEST_WARNINGS = 3,
	BACKTEST_PULSE = COMP_COUNT, /* judged like a component */
	BACKTEST_INPUTS,
	BACKTEST_LEAKS_MAX = 32,
};
extern const int backtest_warning_days[BACKTEST_WARNINGS];

/* ---- what was known, and what came of it ----------------------------------------------
 */

#define BACKTEST_NEVER UINT16_MAX   /* does not leave */
#define BACKTEST_MISSING UINT16_MAX /* of scores */
#define BACKTEST_NO_ANSWER UINT8_MAX

struct backtest_row {               /* an account that was active on a month-end */
	uint32_t account;           /* id - 1 */
	float p;                    /* of triage, without the renewal */
	uint16_t leaves;            /* days until it does, from 1; BACKTEST_NEVER */
	uint16_t score[COMP_COUNT]; /* sub-scores in hundredths; BACKTEST_MISSING */
	uint8_t month;              /* index into the months */
	uint8_t health, recorded;   /* 1..100, 0: unknown; recorded: that of a snapshot */
	uint8_t nps;                /* the last answer, 0..10; BACKTEST_NO_ANSWER */
	uint8_t pulse;              /* 1..3, 0: none */
	uint8_t slow;               /* onboarding dragged on */
	uint8_t shrank; /* ARR at the end of the horizon: 1 less, 2 not; 0: it left, or
			   there was none */
};

struct backtest_month {
	int32_t day;
	bool whole;      /* the horizon after it is over */
	bool alone;      /* and its window overlaps no other one that is alone */
	bool long_alone; /* the same for BACKTEST_SURVEY_DAYS */
};

struct backtest_leaver {   /* ascending by account and day */
	uint32_t account;  /* id - 1 */
	int32_t day, back; /* from when it was a customer again; INT32_MAX: never */
	int32_t alert; /* day of the first alert that was in sight; DAY_NONE: none was */
	bool after;    /* measurements are dated on or after that day */
};

struct backtest_data {
	int32_t as_of;
	int horizon;
	struct backtest_row *row; /* the newest month first; owned, as all below */
	uint32_t rows, room;
	struct backtest_month month[BACKTEST_MONTHS_MAX]; /* the newest first */
	int months;
	struct backtest_leaver *leaver;
	uint32_t leavers;
	uint32_t accounts; /* highest id */
	uint32_t every;    /* only accounts whose id this divides were looked at */
	uint32_t undated;  /* churned, nobody knows when */
	uint32_t quiet_n, quiet_alerted; /* accounts that are there: all; with an alert
					    in sight now */
};

/* Which months are whole and alone. */
void backtest_choose_months(struct backtest_data *d);

/* ---- what that says ------------------------------------------------------------------
 */

enum backtest_verdict {
	BACKTEST_TOO_FEW, /* accounts left */
	BACKTEST_CHANCE,  /* the interval holds 0.5 */
	BACKTEST_UPSIDE,  /* the healthier ones left */
	BACKTEST_TELLS,
};

struct backtest_share {
	uint32_t hits, n;
	double share;
	struct interval range;
};

struct backtest_band {
	struct backtest_share left;
	double p; /* mean of what triage said */
};

struct backtest_input {
	struct backtest_auc auc;
	struct backtest_share there_left, there_stayed; /* has a sub-score at all */
	double weight;                                  /* of 100, by the general rules */
	bool undated; /* what it was then is not known: it has no part in the score */
	bool leaks;
};

struct backtest_warning { /* so many days before, by the last month-end before that */
	struct backtest_share recall;    /* of those who left: were red */
	struct backtest_share precision; /* of the red ones: left within those days */
	double flagged;                  /* share of all that were red */
};

struct backtest_lead {
	uint32_t n, alerted; /* accounts that left; with an alert in sight */
	double quartile[3];  /* days, of those with one */
	double stayed;       /* share of the others that have one in sight now */
};

struct backtest_green {         /* healthy at the last month-end before it left */
	uint32_t account;       /* id */
	int32_t left, day;      /* when; the month-end */
	uint8_t health, before; /* then; BACKTEST_HORIZON days earlier or more, 0: ? */
};

enum backtest_leak_kind {
	BACKTEST_LEAK_SCORE,   /* health as a whole is too good */
	BACKTEST_LEAK_INPUT,   /* a component is */
	BACKTEST_LEAK_ONLY,    /* it is there for those who left and not for others */
	BACKTEST_LEAK_MISSING, /* the other way round */
	BACKTEST_LEAK_AFTER,   /* measured after the account left */
};
struct backtest_leak {
	enum backtest_leak_kind kind;
	int input;
	double x, y;
	uint32_t n;
};

struct backtest_proposal {
	bool made;                             /* else nothing of it is known */
	int now[COMP_COUNT], then[COMP_COUNT]; /* whole weights, each totals 100 */
	bool held[COMP_COUNT];                 /* could not be judged: as it is */
	double ridge;
	struct backtest_auc auc_now, auc_then; /* the latter by weights of other folds */
	struct backtest_gain gain;
	bool better; /* the gain is above 0 for certain */
	struct backtest_curve curve_now, curve_then;
	double brier_now, brier_then; /* likewise */
	uint32_t curve_n;
	double mean_now, mean_then; /* of what triage says, and would say */
	bool sharper; /* brier_then is less by more than two standard errors */
	/* What applying it would change on the as-of day (book_backtest.h). */
	bool tried, tiers_tried;
	uint32_t active, other_band, other_tier;
	uint32_t band_now[4], band_then[4];
};

struct backtest {
	int32_t as_of, first, last; /* month-ends that count; DAY_NONE: none do */
	int horizon, months;
	int32_t policy_version;
	uint32_t every, undated;
	uint32_t known, unknown,
		unknown_left;    /* account-months with and without a score */
	uint32_t accounts, left; /* of those with one: accounts, and that left */
	enum backtest_verdict verdict;
	struct backtest_auc auc, shrank, recorded;
	uint32_t recorded_months;
	struct backtest_lift lift;
	struct backtest_warning warning[BACKTEST_WARNINGS];
	int windows; /* months that are alone */
	struct backtest_brier brier;
	struct backtest_band band[4]; /* enum health_band */
	int long_windows;
	struct backtest_share nps[4]; /* promoters, passives, detractors, none */
	struct backtest_input input[BACKTEST_INPUTS];
	struct backtest_lead lead;
	uint32_t greens, gone; /* of `gone` accounts with a score before they left */
	struct backtest_green *green; /* owned; the latest first */
	struct backtest_leak leak[BACKTEST_LEAKS_MAX];
	int leaks;
	struct backtest_proposal proposal;
};

/* All but what applying the proposal would change. ST_CANCELLED: progress (NULL: nobody
 * asks) said so. out is cleared by backtest_clear, also on failure. */
enum status backtest_judge(const struct backtest_data *d, const struct policy *p,
	const struct progress *progress, struct backtest *out, struct err *e) MUST_USE;
void backtest_clear(struct backtest *t);
void backtest_data_clear(struct backtest_data *d);

/* Whether its row counts: its window is over. */
static inline bool backtest_row_left(const struct backtest_row *r, int horizon)
{
	return r->leaves <= horizon;
}

#endif
