/*
 * The review: who changes tier, by RULES.md. A function from scores and tiers
 * to moves; proposing changes nothing.
 */
#ifndef CORE_REVIEW_H
#define CORE_REVIEW_H

#include "core/scores.h"
#include "core/store.h"
#include "core/tiers.h"

struct policy;

enum move_cause { /* names in move_cause_name, as in the JSON of `review` */
	CAUSE_PLACEMENT,
	CAUSE_PROMOTION,
	CAUSE_DEMOTION,
	CAUSE_CAP,
	CAUSE_SWAP,
	CAUSE_MANUAL,
	CAUSE_LOCK,
	CAUSE_UNDO,
	CAUSE_COUNT
};
extern const char *const move_cause_name[CAUSE_COUNT];

struct review_wait {
	uint32_t account;
	uint8_t tier; /* the tier it waits for */
	double score;
};

struct review_violation {
	uint8_t tier;
	uint32_t over; /* members above the cap that are locked */
};

struct review {
	int32_t as_of;
	int32_t policy_version;
	uint32_t active;
	struct {
		uint32_t share_bp, limit; /* limit of tier 3 is the active base */
		uint32_t before, after;   /* active members */
	} cap[TIER_COUNT];
	struct tier_move *moves; /* in the order of the steps; owned */
	uint32_t moves_n;
	struct review_wait *waitlist; /* best first; owned */
	uint32_t waitlist_n;
	struct review_violation violations[TIER_COUNT];
	uint32_t violations_n;
	struct tiers after; /* tiers, days and streaks when applied; owned */
	bool changes;       /* after differs from before in anything that is stored */
};

/* The active accounts, ascending; ids has room for scores->n. Gives how many. */
uint32_t review_active(const struct scores *s, uint32_t *ids);

/* Best account first: by tier score, then higher value, then smaller external id in
 * byte order; fetches keys from the store only where the figures tie. ids: n active
 * ones. */
enum status review_order(const struct scores *s, struct store *store, uint32_t *ids,
	uint32_t n, struct err *e) MUST_USE;

/* The same order from one that is there already: by_value has n active accounts by
 * value, those of equal value by external id. */
enum status review_order_in(const struct scores *s, const uint32_t *by_value, uint32_t n,
	uint32_t *order, struct err *e) MUST_USE;

/* The last word where figures tie: by external id, in byte order. */
enum status review_order_ids(
	struct store *store, uint32_t *ids, uint32_t n, struct err *e) MUST_USE;

/* Leaves those of n active accounts that a review may move or that others are measured
 * by: all but the members of the last tier that reach no higher one. Gives how many. */
uint32_t review_concerned(const struct policy *p, const struct scores *s,
	const struct tiers *before, uint32_t *ids, uint32_t n);

/* Proposes the review. before has scores->n accounts; order the n active ones, or those
 * that are concerned. out is cleared with review_clear, also after a failure. */
enum status review_propose(const struct policy *p, const struct scores *s,
	const struct tiers *before, const uint32_t *order, uint32_t n, int32_t as_of,
	struct review *out, struct err *e) MUST_USE;
void review_clear(struct review *r);

/*
 * A part of a review. chosen[k] says whether moves[k] is to be; moves of a swap go
 * together, and a further move of an account (a newcomer who gives its place away at
 * once) only with those before it.
 */
/* Sets or takes away a move and all that goes along with it. */
void review_mark(const struct review *r, uint8_t *chosen, uint32_t move, bool on);
/* Keeps the chosen moves alone; who was to move otherwise stays, with its streak of this
 * review. before: the tiers that it was proposed from. ST_FORBIDDEN as review_fits;
 * ST_USAGE: a swap is halved. On failure it can only be cleared. */
enum status review_choose(struct review *r, const struct tiers *before,
	const uint8_t *chosen, struct err *e) MUST_USE;
/* Active members of each tier when only the chosen moves are made. */
void review_members(
	const struct review *r, const uint8_t *chosen, uint32_t out[TIER_COUNT]);
/* ST_FORBIDDEN, saying which: with the chosen moves alone a tier would hold more than its
 * cap, and more than before. */
enum status review_fits(
	const struct review *r, const uint8_t *chosen, struct err *e) MUST_USE;
/* The other half of a swap, which stands beside it; r->moves_n: it is none. */
uint32_t review_partner(const struct review *r, uint32_t move);
/* How many accounts move; one that gives its place away in two tiers moves twice. No
 * memory: as many as there are moves. */
uint32_t review_accounts(const struct review *r);
/* " of 50 accounts" where these are fewer than the moves, else "". Returns out. */
const char *review_accounts_text(const struct review *r, char out[40]);
/* Whether both propose the same moves. */
bool review_same(const struct review *a, const struct review *b);

/* The sentence of a move, for a person: "tier score 81.0 takes the place of A-17 (72.0)".
 * pair: account_id of the pair, may be empty. Returns the bytes written. */
int review_reason(const struct policy *p, const struct tier_move *m, struct text pair,
	char *out, size_t size);

#endif
