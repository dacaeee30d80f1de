/*
 * Requests for a tier: somebody ("sales") wants an account in a tier. They are written
 * down with who and why, and answered by the same rules as everything else: what the
 * review says of the account, whether there is room, and who would have to go down.
 * Granting is a move by hand, under the caps; each is one operation of the history.
 */
#ifndef CORE_TIER_REQUEST_H
#define CORE_TIER_REQUEST_H

#include "core/book.h"

enum request_state { REQUEST_OPEN, REQUEST_GRANTED, REQUEST_DECLINED, REQUEST_STATES };
extern const char *const request_state_word[REQUEST_STATES];

struct tier_request {
	int64_t id;
	uint32_t account;
	uint8_t wanted; /* the tier, 1..3 */
	enum request_state state;
	int32_t asked, answered; /* days; answered DAY_NONE: it is open */
	struct text requester, reason, actor, answer,
		answerer; /* borrowed from the row */
};
/* From a row as it is stored, or as an account has it (then account is 0); false: it is
 * none that this program wrote. */
bool tier_request_from_row(
	int64_t id, const struct cell *cells, struct tier_request *out);

/* "2026-03-01 Kim, sales wants tier 1: they will grow; declined by Ann: no room". Returns
 * the bytes written. */
int tier_request_line(const struct tier_request *q, char *out, size_t size);

/* What the rules say of it. */
enum request_verdict {
	REQUEST_MET,      /* it is in that tier already, or in a higher one */
	REQUEST_PROMOTES, /* the review moves it there */
	REQUEST_WAITS,    /* it is good enough, and nobody has to go for it */
	REQUEST_EARLY,    /* it is good enough, but has not been where it is for long */
	REQUEST_LOW,      /* its tier score is not enough */
	REQUEST_LOCKED,
	REQUEST_GONE /* the account is not active */
};

/* Of the proposal of the day (its tiers after it are not asked for) and the tiers that it
 * begins with. */
struct request_answer {
	enum request_verdict verdict;
	bool full;     /* by hand somebody has to go down for it */
	uint32_t goes; /* who: of those in the tier that no lock holds the one that the
			  order of the review has last; 0: nobody can */
	double score, limit; /* of the account; what a promotion asks for */
	double goes_score;
};
enum status tier_request_judge(const struct policy *p, const struct review *r,
	const struct tiers *before, const struct scores *s, struct store *store,
	const struct tier_request *q, struct request_answer *out, struct err *e) MUST_USE;
/* The same as a sentence; goes: the name of who goes down. Returns the bytes written. */
int tier_request_text(const struct policy *p, const struct tier_request *q,
	const struct request_answer *a, struct text goes, char *out, size_t size);

/* Writes a request down; *id is its number. ST_USAGE: no such tier, nobody asked, no
 * reason; ST_FORBIDDEN: the account is in that tier already. */
enum status book_request_tier(struct book *b, uint32_t account, uint8_t wanted,
	const char *requester, const char *reason, int64_t *id, struct err *e) MUST_USE;
/* Moves the account to the tier that was wanted (unless it is there by now) and says so
 * in the request; demote and ST_FORBIDDEN as in book_set_tier. ST_NOTFOUND: there is no
 * such request; ST_USAGE: it was answered, or no reason is given. */
enum status book_grant_request(struct book *b, int64_t id, uint32_t demote,
	const char *reason, struct err *e) MUST_USE;
enum status book_decline_request(
	struct book *b, int64_t id, const char *reason, struct err *e) MUST_USE;

#endif
