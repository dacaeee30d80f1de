/* What the files of the prices share; see rebalance_price.h. */
#ifndef CORE_REBALANCE_PRICE_INTERNAL_H
#define CORE_REBALANCE_PRICE_INTERNAL_H

#include "core/rebalance_cover.h"
#include "core/rebalance_price.h"

/* Kinds of prices: above the upper limits of the bands, below the lower ones. */
enum { UP = 0, DOWN = PLAN_BANDS, KINDS = 2 * PLAN_BANDS };

/* The levels that can be broken have a price of the goal each. */
enum { GOALS = 3 };

/* Accounts of one tier that the same CSMs can serve, by ARR. */
struct crowd {
	int tier;
	uint32_t reach;
	uint32_t from, n; /* in item[] */
};

struct price_line {
	double at, slope; /* price of an account, and per cent of its ARR */
	uint32_t csm;
};

/* A book that must give something up. */
struct price_source {
	uint32_t csm, units, from, n; /* its items in of_source[] */
	double weight;                /* of a full book, by ARR */
};

struct prices {
	const struct plan *plan;
	const struct progress *progress;
	bool stopped; /* by progress */
	enum price_level level;
	uint32_t csms, variables;
	bool hard[GOALS];      /* nothing of this at all */
	double allowed[GOALS]; /* by the goal; hundredths are of whole books here */
	uint32_t *item, items; /* those with a choice, by crowd; then families */
	struct crowd *crowd;
	uint32_t crowds, alone; /* item[alone..] are families */
	struct price_line *line;
	double *room;  /* [kind * csms + csm]: limit less what is there for good */
	double *slack; /* the same: how far it may be broken at most */
	/* The prices, and their direction: [kind * csms + csm], then those of the goals.
	 */
	double *price, *step, *gradient;
	struct price_best {
		double *price, bound;
	} best[2];    /* by parts, and by whole accounts */
	double fixed; /* what is paid in any case */
	/* per item of item[], of the last evaluation */
	uint32_t *to; /* the cheapest other book; csms: the pool */
	double *margin;
	bool *goes;
	/* whole accounts */
	struct price_source *source;
	uint32_t sources, *of_source;
	uint64_t units; /* of a full book, by accounts */
	struct cover *cover;
	bool whole; /* evaluations count them */
	bool sure;  /* and look for accounts that will do, not for a bound */
};

/* False: progress said to stop, now or before. */
bool prices_go_on(struct prices *w);

/* The value of the prices, and its gradient. */
double prices_evaluate(struct prices *w);

/* The sources, and a table for them; false without memory. */
bool prices_find_sources(struct prices *w);

/* What has to be paid more by the sources since whole accounts go; changes w->goes and
 * the gradient. */
double prices_cover(struct prices *w);

/* Adds to the gradient what an item takes of a book (sign -1: no longer). */
void prices_take(
	struct prices *w, const struct rebalance_item *i, uint32_t j, double sign);

/* What an account counts in the pool. */
double prices_unowned(const struct prices *w, const struct rebalance_item *i);

/* The smallest number that both are whole parts of; 0: none below 10^12. */
uint64_t prices_common(double a, double b);

/* Where an item may be besides where it is. */
bool prices_reaches(const struct prices *w, const struct rebalance_item *i, uint32_t j);

#endif
