/* A plan: an assignment on its way to a good one, with what it is worth at any time. */
#ifndef CORE_REBALANCE_PLAN_H
#define CORE_REBALANCE_PLAN_H

#include "core/rebalance.h"

enum { PLAN_COUNT, PLAN_ARR, PLAN_BANDS };

struct plan_book {
	int64_t arr[CAPACITY_NAMED];
	int32_t n[CAPACITY_NAMED];
	uint32_t moves; /* out of it and into it */
	/* Derived of the above. Of a book that must be emptied (share 0) each account
	 * counts as one hundredth more, so that the last ones matter as well. */
	int32_t over[PLAN_BANDS], under, uneven;
	double strain; /* at the prices of the search */
};

struct plan {
	const struct rebalance_problem *p;
	/* one over each limit, 0 where there is none */
	double most[PLAN_BANDS][CAPACITY_NAMED], least[PLAN_BANDS][CAPACITY_NAMED];
	bool has_least[PLAN_BANDS];
	double mean[PLAN_BANDS];              /* load per whole CSM, were it even */
	int64_t unowned[CAPACITY_NAMED];      /* weight of an account in the pool */
	int32_t (*over_at_first)[PLAN_BANDS]; /* an upper limit is never broken further */
	struct plan_book *book;
	int32_t *at; /* per item */
	bool loose;  /* while searching limits may be broken further for a while */
	const double *price; /* of a search: [kind * csms + csm], as prices have them */
	double penalty; /* of a hundredth of a book above its limit, the same again where
			   it was not before */
	double strain;  /* of all books */
	uint32_t moves;
	struct rebalance_score score;
};

/* Started hundredths of a full book; a difference by rounding alone starts none. */
int32_t plan_hundredths(double excess);

/* What lower limits are a share of: whoever leaves has none to keep. */
double plan_least_share(const struct plan *plan, uint32_t csm);

/* Everybody where they were. Cleared by plan_clear, also on failure. */
enum status plan_init(
	struct plan *plan, const struct rebalance_problem *p, struct err *e) MUST_USE;
void plan_clear(struct plan *plan);

/* Whether an item may be with a CSM (or in the pool) at all. */
bool plan_may(const struct plan *plan, uint32_t item, int32_t to);

/* Everybody where `at` says. */
void plan_place(struct plan *plan, const int32_t *at);

/* What the plan is worth with the item there; false: a limit is in the way. */
bool plan_try(const struct plan *plan, uint32_t item, int32_t to,
	struct rebalance_score *out, double *strain);
void plan_move(struct plan *plan, uint32_t item, int32_t to);

void plan_weigh(struct plan *plan); /* after price, penalty or loose changed */

/* No upper limit is broken further than at first, and moves are within their limits. */
bool plan_holds(const struct plan *plan);

/* Two items at once, a in book x and b in book y: a goes to `a_to`, b to `b_to`, where
 * each of these is one of the two books, or the pool. */
bool plan_try_both(const struct plan *plan, uint32_t a, int32_t a_to, uint32_t b,
	int32_t b_to, struct rebalance_score *out, double *strain);

#endif
