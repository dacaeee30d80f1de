/*
 * A proposal: which accounts go to whom so that the books keep to their bands, with a
 * reason for each move and a proof of how good it is (core/rebalance.h). Making one
 * changes nothing; applying it is one operation of the history.
 */
#ifndef CORE_PROPOSAL_H
#define CORE_PROPOSAL_H

#include "core/capacity_text.h"
#include "core/progress.h"
#include "core/rebalance.h"

/* A person's word: the account goes to, or stays with, the CSM (0: the pool), whatever
 * else would be better. Of a held one its own hold goes first. */
struct proposal_pin {
	uint32_t account, csm;
};

struct proposal_options {
	const struct capacity_what_if *what; /* NULL: as things are */
	const struct proposal_pin *pin;
	uint32_t pins;
	uint32_t moves_max;     /* in all; 0: as the policy says */
	uint32_t csm_moves_max; /* into and out of one book; 0: as the policy says */
	/* The one before, of which something else was said: this one goes on from it, and
	 * is the same where its moves are what is said. NULL: there is none. */
	const struct proposal *before;
	const struct progress *progress; /* NULL: nobody wants to know */
	uint32_t *refused; /* set to the pin that a failure is about; may be NULL */
};

enum { PROPOSAL_TEXT_MAX = 200 };

struct proposal_move {
	uint32_t account;
	uint32_t from,
		to;   /* rows of the books in `before` and `after`, or CAPACITY_POOL */
	uint8_t tier; /* as it is served: 1..3 */
	bool pinned;  /* because a person said so */
	int64_t arr;  /* cents */
	int64_t cost; /* in 1/REBALANCE_UNIT */
	char reason[PROPOSAL_TEXT_MAX];
	/* Why this new owner: "Ben, 62 % full, is the emptiest of 3 who serve EMEA"; "":
	 * a person said so, or it is nobody. */
	char receiver[2 * PROPOSAL_TEXT_MAX];
};

/* An account that should have a book and can't have one, or can't leave one. */
struct proposal_obstacle {
	uint32_t account;
	uint32_t from; /* as in struct proposal_move */
	int64_t arr;   /* cents */
	char why[PROPOSAL_TEXT_MAX];
};

/* A book that stays over its limits: of its accounts that count for them, those that are
 * held, and those that nobody else who is there serves. */
struct proposal_over {
	uint32_t row;
	uint32_t accounts, held, unserved;
};

/* How many accounts may not move, and why. */
struct proposal_held {
	uint32_t locked, renewal, critical, pinned;
};

struct proposal {
	int32_t as_of;
	uint64_t generation; /* of the book it was made of */
	int64_t operation;   /* the newest there was then */
	struct capacity *before, *after;
	struct proposal_move *move; /* by the book they leave, then the largest first */
	uint32_t moves;
	struct proposal_obstacle *obstacle; /* the largest first */
	uint32_t obstacles;
	/* Their reasons, each once, in their order. */
	struct proposal_why {
		uint32_t first; /* obstacle */
		uint32_t n;
		int64_t arr; /* cents, of all */
	} * why;
	uint32_t whys;
	struct proposal_over *over; /* as the rows stand */
	uint32_t overs;
	struct proposal_held held;
	struct proposal_pin *pin; /* what was said */
	uint32_t pins;
	uint32_t moves_max, csm_moves_max; /* 0: any number */
	uint32_t only; /* the CSM whose book alone is handed over; 0: all are looked at */
	/* See struct rebalance_result. cost and bound hold what has to move anyway. */
	struct rebalance_score score_before, score_after;
	int64_t cost, bound;
	/* Of the accounts whose owner is away and that go to nobody though their tier
	 * asks for one: those that can't wait, since a critical alert is open or they
	 * renew until that owner's last day, or as soon as holds others: "Elm, Oak and 10
	 * more"; "": none. */
	char urgent[CAPACITY_TEXT_MAX];
	/* open tasks that go back to the owners of their accounts, since whoever claimed
	 * them is not there any more */
	uint32_t claims;
	bool least, optimal, interrupted;
	bool limited;  /* the limits on moves bind, of which the bound knows nothing */
	bool imagined; /* by sizes of tiers that are only asked about */
};

/* ST_NOTFOUND: an account or CSM of the options is not in the book; ST_FORBIDDEN: a pin
 * goes to somebody who is not there, or against a hold. */
enum status book_propose(struct book *b, const struct proposal_options *o,
	struct proposal **out, struct err *e) MUST_USE;
void proposal_free(struct proposal **p);
/* Whose book that row is: a name, or "pool". */
struct text proposal_owner(const struct proposal *p, uint32_t row);
/* Why an account moves, and why there. */
enum { PROPOSAL_MOVE_MAX = 3 * PROPOSAL_TEXT_MAX + 2 };
void proposal_move_text(const struct proposal_move *m, char out[PROPOSAL_MOVE_MAX]);
/* Where it puts an account: a row, or CAPACITY_POOL. */
uint32_t proposal_row(const struct proposal *p, uint32_t account);
/* The next obstacle with the reason of this one; p->obstacles: there is none. */
uint32_t proposal_why_next(const struct proposal *p, uint32_t obstacle);
/* What it gives to nobody. */
struct proposal_nobody {
	uint32_t moves;
	uint32_t asking[CAPACITY_NAMED]; /* of them, by tier - 1: that ask for an owner */
	int64_t arr;                     /* cents, of those that ask */
};
struct proposal_nobody proposal_nobody(const struct proposal *p);
/* "1 of tier 1 and 2 of tier 2, $ 801k ARR": those that ask for an owner; empty: none. */
void proposal_nobody_text(const struct proposal *p, char out[CAPACITY_TEXT_MAX]);
/* What it adds up to, in sentences: how good it is, what it mends, what was not moved. */
void proposal_say(const struct proposal *p, capacity_line_fn fn, void *arg);
/* How its figures come about: the cost of a move (NULL: of none), and what breaks limits.
 */
void proposal_explain(const struct proposal *p, const struct proposal_move *m,
	capacity_line_fn fn, void *arg);

/* There by the book, and away in this proposal alone: the next one would give all back,
 * unless the book has, or gets, their last day. */
bool proposal_leaver(const struct capacity_row *r);
/* Who leaves soon and keeps accounts all the same, since nobody asked for a hand-over:
 * the first of them; NULL: nobody. more: how many others. */
const struct capacity_row *proposal_leaves_later(
	const struct proposal *p, uint32_t *accounts, uint32_t *more);
/* How many there are; out: their names. */
uint32_t proposal_leavers(const struct proposal *p, char *out, size_t size);
/* The last day that the book has of them, DAY_NONE: of nobody; false: not of all the
 * same.
 */
bool proposal_last_day(const struct proposal *p, int32_t *out);
/* Whether applying it, with that last day of the leavers, makes anything of the book. */
bool proposal_changes(const struct proposal *p, int32_t last_day);

/* All moves as one operation: the accounts change owners, what runs on them goes along
 * (tasks that the former owner had claimed too), and those with an owner after it get
 * the hand-over play. last_day: of the leavers, noted in the same operation; DAY_NONE: is
 * not. ST_STALE: somebody changed the book since; ST_FORBIDDEN: a book of the what-if is
 * nobody's, or its tiers are not those of the book. */
enum status book_apply(struct book *b, const struct proposal *p, int32_t last_day,
	const char *reason, struct err *e) MUST_USE;

/* It was applied, and the operation taken back with nothing in between: the book is again
 * the one that it was made of. */
void proposal_is_back(const struct book *b, struct proposal *p);

#endif
