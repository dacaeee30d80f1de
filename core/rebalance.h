/*
 * Rebalancing: which account goes to which CSM, so that in this order the bands are
 * broken the least, the least is moved, and the load is even (RULES.md, rebalancing).
 * From arrays to arrays; nothing is applied.
 *
 * The answer comes with a bound: what no assignment that breaks the bands as little can
 * do with less. It is the value of a Lagrangian dual, a price per book and band at which
 * every account chooses for itself; any prices bound every assignment from below
 * (Geoffrion 1974), good ones tightly. Where all bands can be kept, cost and bound nearly
 * meet; where they can't, the bound may be far off and is no proof. Of few items all
 * assignments are looked at besides (rebalance_finish.h).
 *
 * The same problem gives the same answer on every machine: effort is counted in steps,
 * not in time.
 */
#ifndef CORE_REBALANCE_H
#define CORE_REBALANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/capacity.h"
#include "core/err.h"
#include "core/progress.h"

#define REBALANCE_POOL (-1) /* nobody's */
#define REBALANCE_FREE (-2) /* not pinned */

#define REBALANCE_UNIT 1000000 /* costs are kept in millionths */

/* What moves as one: an account, or accounts of a family that are in one book. */
struct rebalance_item {
	int64_t arr[CAPACITY_NAMED]; /* cents, by tier; 0 where not known */
	int32_t n[CAPACITY_NAMED];   /* accounts, by tier */
	uint16_t reach;              /* who can serve it: a row of `reaches` */
	int32_t owner;               /* a CSM's index, or REBALANCE_POOL */
	int32_t pin;                 /* where it must be; REBALANCE_FREE: anywhere */
	int64_t cost;                /* of moving it, in 1/REBALANCE_UNIT, > 0 */
};

/* What a start is for. */
enum rebalance_from {
	REBALANCE_GO_ON,  /* the search begins there */
	REBALANCE_RIVAL,  /* the search begins at home: what it finds must be better */
	REBALANCE_SETTLED /* it was found with fewer pins, and these hold in it: nothing
			     better is looked for, nor proven */
};

struct rebalance_problem {
	const struct rebalance_item *item;
	uint32_t items;
	const double *share; /* of a full book, per CSM, 0..1; 0: leaves, or is away, and
				the book must be emptied */
	const bool *leaves;  /* per CSM: there until some day soon, so that no lower limit
				holds; NULL: nobody */
	uint32_t csms;
	const uint8_t *reaches; /* [reach * csms + csm]: can serve it */
	uint32_t reaches_n;
	struct capacity_band band[TIER_COUNT];
	/* of accounts, each of a family counts; 0: any number */
	uint32_t moves_max;
	uint32_t csm_moves_max; /* out of one book plus into it */
	/* Per item, where an assignment had it that was found before, with other pins; as
	 * far as pins and limits let it, and only what is better takes its place. NULL:
	 * there is none. */
	const int32_t *start;
	enum rebalance_from from;
};

static inline uint32_t rebalance_accounts(const struct rebalance_item *i)
{
	return (uint32_t)(i->n[0] + i->n[1]);
}

/* What an assignment is worth: the smaller one wins, the first differing figure decides.
 */
struct rebalance_score {
	int64_t over;    /* started hundredths of a full book above an upper limit, by
			    accounts and by ARR, all books; in a book that must be
			    emptied one more for each account */
	int64_t unowned; /* accounts of tier 1 and 2 without a CSM, those of tier 1 weigh
			    as many as fill the same room, and one more */
	int64_t under;   /* started hundredths of a full book below a lower limit */
	int64_t cost;    /* of the moves, in 1/REBALANCE_UNIT */
	int64_t uneven;  /* thousandths of a full book that loads are off the mean, by
			    accounts and by ARR, all books */
};
int rebalance_compare(const struct rebalance_score *a, const struct rebalance_score *b);

struct rebalance_result {
	int32_t *to;    /* per item; owned */
	uint32_t moves; /* accounts that are not where they were */
	struct rebalance_score before, after;
	int64_t bound;    /* no assignment as good in its bands costs less than this */
	bool least;       /* proven: the bands can't be broken less */
	bool optimal;     /* least, and cost is within REBALANCE_NEAR of the bound */
	bool interrupted; /* ended by progress: the best until then */
	bool limited; /* the bound is one of prices, and a limit on moves is used up: it
			 knows nothing of that */
	uint32_t refused; /* ST_INVALID: the item whose pin can't hold; the message says
			     why */
};

/* As near as solvers of integer programs call an optimum: a ten thousandth. */
#define REBALANCE_NEAR 1e-4

/* ST_INVALID: a pin to somebody who can't serve it, that an upper limit has no room for,
 * or beyond the limits on moves; out->refused is which, and nothing else of out is set.
 * ST_NOMEM. Ended by progress it is ST_OK and interrupted, or ST_CANCELLED when what is
 * pinned had no room yet. progress may be NULL. */
enum status rebalance_solve(const struct rebalance_problem *p,
	const struct progress *progress, struct rebalance_result *out,
	struct err *e) MUST_USE;
void rebalance_result_clear(struct rebalance_result *r);

/* What an assignment is worth that somebody else made, or changed by hand; *holds: no
 * upper limit is broken further than before, and moves are within their limits. */
enum status rebalance_measure(const struct rebalance_problem *p, const int32_t *to,
	struct rebalance_score *out, bool *holds, struct err *e) MUST_USE;

/* What stands in the way of an item that is still with a leaver, or nobody's. */
enum rebalance_obstacle {
	REBALANCE_CLEAR,    /* it is with somebody who is there */
	REBALANCE_PINNED,   /* it is fixed there: locked, frozen or pinned */
	REBALANCE_NO_REACH, /* nobody who is there can serve it */
	REBALANCE_MOVES,    /* the limits on moves are used up */
	REBALANCE_NO_ROOM   /* whoever can serve it has no room for it */
};

enum rebalance_obstacle rebalance_obstacle(const struct rebalance_problem *p,
	const struct rebalance_result *r, uint32_t item);

#endif
