/*
 * All that a manager looks at before a review, made once for each state of the book: the
 * distribution and the caps, their past, the proposal of the day with a sentence for each
 * move, requests with what the rules say of them, the audits, and the moves that were.
 */
#ifndef CORE_TIER_VIEW_H
#define CORE_TIER_VIEW_H

#include "core/audit.h"
#include "core/capacity_past.h"
#include "core/tier_past.h"
#include "core/tier_request.h"

enum { TIER_VIEW_MOVES = 1000, TIER_VIEW_PAST = 200, TIER_VIEW_WEEKS = 53 };

/* An account as it is called, for people: its name, else its id. */
struct tier_who {
	uint32_t account; /* 0: nobody */
	struct text id, name;
	int64_t arr;
};

struct tier_view_move {
	uint32_t move; /* index in review.moves */
	struct tier_who who, pair;
	struct tier_place before; /* where it stands, since when, its streaks before */
	struct text reason;
};

struct tier_view_wait {
	struct tier_who who;
	uint8_t tier; /* waits for it */
	double score;
	struct text reason;
};

struct tier_view_request {
	struct tier_request request;
	struct request_answer answer; /* of an open one */
	struct tier_who who, goes;
	struct text says; /* of an open one, what the rules say; else what was answered */
};

struct tier_view_finding {
	const struct audit_check *check;
	uint32_t count;
	const uint32_t *account;
	struct text text;
};

struct tier_view_past { /* a move that was made */
	struct tier_move move;
	struct tier_who who;
	struct text reason; /* of one by hand: what the person said */
	struct text actor;  /* of one by hand */
};

struct tier_view_share {
	int32_t day;
	uint32_t active, in_tier[TIER_COUNT + 1];
	bool capped;
	uint32_t bp[TIER_COUNT]; /* the caps then */
};

struct tier_view {
	int32_t as_of;
	struct book_summary sum;
	/* The tiers after it are not kept. problem: why there is none; moves_n is 0 then
	 */
	struct review review;
	struct text problem;
	uint32_t moves; /* with names: at most TIER_VIEW_MOVES of the review's */
	const struct tier_view_move *move;
	uint32_t waits; /* with names: at most TIER_VIEW_PAST of the waitlist */
	const struct tier_view_wait *wait;
	uint32_t requests; /* the open ones first, then those answered in 90 days */
	uint32_t requests_open;
	const struct tier_view_request *request;
	uint32_t findings;
	const struct tier_view_finding *finding;
	uint32_t past; /* the newest first; placements are left out */
	const struct tier_view_past *moved;
	uint32_t shares; /* weekly, ascending, since accounts are in tiers */
	struct tier_view_share share[TIER_VIEW_WEEKS];
	struct capacity_past ratio[CAPACITY_PAST]; /* every four weeks */
	uint32_t ratios;
	struct arena arena; /* owns the texts */
	uint32_t holders;   /* the book, and screens that show it */
};

/* Of the state the book is in; borrowed until that changes, or held. Asked again it is
 * there at once. ST_CANCELLED: whoever waits has gone (book_patience). */
enum status book_tier_view(
	struct book *b, const struct tier_view **out, struct err *e) MUST_USE;

/* Stays as long as anybody holds it. */
struct tier_view *tier_view_hold(const struct tier_view *v);
void tier_view_drop(struct tier_view **v); /* NULL is fine */

/* The moves as they are read: first by what they are about, then in their order. */
enum tier_view_group {
	TIER_GROUP_SWAP, /* who comes up; its partner is beside it */
	TIER_GROUP_UP,
	TIER_GROUP_DOWN,
	TIER_GROUP_CAP,
	TIER_GROUP_PLACE,
	TIER_GROUP_COUNT
};
extern const char *const tier_view_group_name[TIER_GROUP_COUNT];
/* TIER_GROUP_COUNT: it is the other half of a swap. */
enum tier_view_group tier_view_group(const struct tier_move *m);

#endif
