/*
 * Prices: a Lagrangian dual of rebalancing. Each book has a price per band for what it
 * takes in, and a reward for what it lacks; at given prices every item chooses on its own
 * where it is cheapest, and what all of them pay less what the room costs bounds every
 * assignment from below, whatever the prices (Geoffrion 1974).
 *
 * At given prices a book is a line over the ARR of an account: the cheapest book lies on
 * the lower envelope of the lines, so that one evaluation takes a walk along accounts
 * sorted by ARR instead of accounts times books.
 *
 * What is priced is one of the levels of the order, with the levels before it held at
 * their goal and those after it free. Ended by progress (may be NULL), prices stay the
 * best until then and the bound true.
 */
#ifndef CORE_REBALANCE_PRICE_H
#define CORE_REBALANCE_PRICE_H

#include "core/rebalance_plan.h"

enum price_level { PRICE_OVER, PRICE_UNOWNED, PRICE_UNDER, PRICE_COST };

struct prices; /* opaque */

/* A level of a score, in its unit; of the cost in 1/REBALANCE_UNIT. */
int64_t prices_level(const struct rebalance_score *s, enum price_level level);

/* goal: the levels before `level` are to be no worse than in this score. Borrows plan and
 * progress, returns owned, NULL without memory. */
struct prices *prices_new(const struct plan *plan, const struct rebalance_score *goal,
	enum price_level level, const struct progress *progress);
void prices_free(struct prices **w);

/* Raises the bound in at most so many steps towards target, which is known to be
 * possible, and stops when it has reached `enough`. Returns the best bound so far, in the
 * unit of the level: hundredths, accounts by weight, or whole units of cost. */
double prices_raise(struct prices *w, double target, double enough, int steps);

/* The same with what the books that are too full must give up counted in whole accounts
 * (rebalance_cover.h) and not in parts of them; of PRICE_COST only. Slower, so fewer
 * steps; begins with the prices that were raised before. */
double prices_raise_whole(struct prices *w, double target, double enough, int steps);

/* At the best prices, per item: what it costs to move it to the cheapest other book more
 * than to leave it where it is (negative: it had better go); INFINITY: it can't move. */
void prices_margins(struct prices *w, double *margin);

/* [item * (csms + 1) + place + 1], place being a CSM or REBALANCE_POOL: 1 where no plan
 * of the goal that costs less than `target` has the item. */
void prices_close(struct prices *w, double target, uint8_t *closed);

/* Where items would go at the best prices, in whole accounts: per item its book, or
 * REBALANCE_POOL. Room in the books they go to is not looked at. */
void prices_choose(struct prices *w, int32_t *to);

/* [kind * csms + csm], kinds: over and under the limits of PLAN_COUNT, PLAN_ARR; borrowed
 * until they are raised. */
const double *prices_best(const struct prices *w);

#endif
