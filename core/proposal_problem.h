/* A book as a problem of core/rebalance.h, and back. For the files of the proposal. */
#ifndef CORE_PROPOSAL_PROBLEM_H
#define CORE_PROPOSAL_PROBLEM_H

#include "core/book_internal.h"
#include "core/proposal.h"
#include "core/serving.h"

enum proposal_hold {
	HOLD_NONE,
	HOLD_PINNED,   /* a person said so */
	HOLD_LOCKED,   /* by a lock, which also holds who owns it */
	HOLD_RENEWAL,  /* its renewal is too near */
	HOLD_CRITICAL, /* a critical alert is open */
	HOLD_COMING,   /* its owner is not there yet */
	HOLD_OTHER     /* another book alone is handed over */
};

struct proposal_problem {
	struct book *b;
	const struct proposal_options *o;
	const struct capacity *c; /* as it is: its rows are the CSMs of the problem */
	uint32_t only;            /* as in struct capacity_what_if */
	uint32_t n;               /* accounts */
	/* by account id - 1 */
	uint8_t *hold;     /* enum proposal_hold */
	uint8_t *critical; /* whether a critical alert is open, whoever owns it */
	uint8_t *asked;    /* whether its owner is part of the problem, and its tier */
	int64_t *cost;
	int32_t *pin;             /* row, REBALANCE_POOL or REBALANCE_FREE */
	uint32_t *reach, *family; /* numbers; those alone have their own */
	uint32_t *item_of;        /* of those that are asked */
	/* items: member[first[i]] .. member[first[i + 1] - 1] are accounts */
	uint32_t *member, *first;
	struct rebalance_item *item;
	double *share;
	bool *leaves;
	int32_t *start;  /* of the items: where the proposal before has them */
	unsigned limits; /* somebody's: bits by enum serving_limit */
	uint8_t *reaches;
	struct rebalance_problem p;
	struct serving_as *served_as;
	uint32_t served_as_n;
};

/* Cleared by proposal_problem_clear, also after a failure. */
enum status proposal_problem_make(struct book *b, const struct proposal_options *o,
	const struct capacity *c, struct proposal_problem *out, struct err *e) MUST_USE;
void proposal_problem_clear(struct proposal_problem *q);

static inline int32_t proposal_place(uint32_t row)
{
	return row == CAPACITY_POOL ? REBALANCE_POOL : (int32_t)row;
}
/* What the proof of the one before says of a problem that is settled by it. */
void proposal_prove_again(const struct proposal_problem *q, struct rebalance_result *r);

/* Sets p->claims; p->before is there. */
enum status proposal_count_claims(
	struct book *b, struct proposal *p, struct err *e) MUST_USE;

/* ---- for its own files ---- */
enum status proposal_find_row(const struct capacity *c, uint32_t csm, uint32_t *row,
	struct err *e) MUST_USE; /* csm 0: CAPACITY_POOL */
/* proposal_again.c: where it starts; all else of the problem is there. */
void proposal_go_on(struct proposal_problem *q);

/* proposal_reach.c: whom the CSMs limit themselves to, so that only the texts that matter
 * are read; by them, and by families, the accounts that are asked; then, of the items
 * made of them, who serves all of each. */
enum status proposal_find_limits(struct proposal_problem *q, struct err *e) MUST_USE;
enum status proposal_find_served(struct proposal_problem *q, struct err *e) MUST_USE;
enum status proposal_find_families(struct proposal_problem *q, struct err *e) MUST_USE;
enum status proposal_find_reaches(struct proposal_problem *q, struct err *e) MUST_USE;

#endif
