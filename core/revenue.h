/*
 * Revenue: what became of the ARR of those who were customers at the opening of a period,
 * by two rules that are shown side by side (RULES.md, revenue). Pure arithmetic over
 * arrays; book_revenue.h reads them from the book.
 *
 * By snapshots an account is what it has at the opening and at the close, whatever was
 * between. By movements every step counts by itself: who left and came back is a loss and
 * a gain.
 */
#ifndef CORE_REVENUE_H
#define CORE_REVENUE_H

#include "core/trend.h"

/* The steps of one account in one period; all amounts are positive, cents. */
struct revenue_path {
	int64_t up, down, away, back; /* back: from nothing, after it left */
};

/* Of the accounts of a part in the periods between days, ascending, none after as_of:
 * out[k * PART_ACCOUNTS + i] is of the days after day[k] through day[k + 1].
 *
 * With contracts: what ran on each day, several on one day counting as one step. Without:
 * the movements of the book, as they say what they are; new is a gain too. */
enum status revenue_paths(const struct part *p, const struct rates *r, const int32_t *day,
	int days, int32_t as_of, struct revenue_path *out, struct err *e) MUST_USE;

struct revenue_money {
	struct trend_cohort cohort; /* by snapshots */
	int64_t churn;              /* opening ARR of those without any at the close */
	uint32_t grown, shrunk;
	uint32_t arrived; /* without ARR at the opening, with some at the close: in no
			     rate */
	int64_t arrived_arr;
	struct revenue_path path; /* of the cohort, by movements */
};

/* Adds one account; amounts below 1 are none. ST_INVALID: the sums are too large. */
enum status revenue_add(struct revenue_money *m, int64_t opening, int64_t closing,
	const struct revenue_path *path, struct err *e) MUST_USE;

static inline int64_t revenue_expansion(const struct revenue_money *m)
{
	return m->cohort.closing - m->cohort.kept;
}
static inline int64_t revenue_contraction(const struct revenue_money *m)
{
	return m->cohort.opening - m->cohort.kept - m->churn;
}

/* In percent; NaN without a cohort. NRR and GRR by snapshots: trend_nrr, trend_grr. */
double revenue_nrr_moved(const struct revenue_money *m);
double revenue_grr_moved(const struct revenue_money *m);
/* What is lost of the opening by movements, less what is by snapshots; and what the
 * movements come to, less what there is at the close. Cents. */
int64_t revenue_lost_apart(const struct revenue_money *m);
int64_t revenue_closing_apart(const struct revenue_money *m);
double revenue_logos_kept(const struct revenue_money *m);
/* Expansion in all ARR gained, percent; NaN: nothing was. */
double revenue_expansion_share(const struct revenue_money *m);
/* What a rate, in percent, would be over a year at the same pace. */
double revenue_yearly(double percent, int32_t days);

/* ---- what contradicts itself ---- */

enum revenue_clash_kind {
	CLASH_NO_DAY,      /* it left, nobody says when */
	CLASH_PAYS,        /* it left, and a contract runs on */
	CLASH_NO_MOVEMENT, /* it left, no movement says so */
	CLASH_STAYS,       /* a movement says that it left, and it has ARR */
	CLASH_RAN_OUT,     /* it has contracts, none runs, and it is a customer */
	CLASH_CHANGE,      /* contracts and movements tell of different changes */
	CLASH_RECORD,      /* its ARR is not what its movements add up to */
	CLASH_KINDS
};
extern const char *const revenue_clash_name[CLASH_KINDS];

struct revenue_clash {
	enum revenue_clash_kind kind;
	uint32_t account;
	int32_t day;         /* that it is about; DAY_NONE */
	int64_t says, other; /* cents: what counts, and what contradicts it */
};
typedef enum status (*revenue_clash_fn)(
	void *arg, const struct revenue_clash *c, struct err *e);
/* Calls fn for each contradiction of the accounts of a part about a period; opening and
 * closing as from trend_arr, of a part read for as_of. Amounts less than a unit of the
 * currency apart contradict nothing. */
enum status revenue_clashes(const struct part *p, const struct rates *r, int32_t from,
	int32_t to, int32_t as_of, const int64_t *opening, const int64_t *closing,
	revenue_clash_fn fn, void *arg, struct err *e) MUST_USE;

#endif
