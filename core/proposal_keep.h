/*
 * Proposals that are kept under a name: what was asked (pins, limits, what-ifs) and who
 * would have gone where, in the book, for another day. Opened again, what was asked is
 * proposed anew on the book as it is then, and what has become of its moves is told.
 *
 * Keeping and dropping one are operations of the history like any other change by hand.
 */
#ifndef CORE_PROPOSAL_KEEP_H
#define CORE_PROPOSAL_KEEP_H

#include "core/proposal.h"

enum { PROPOSAL_NAME_MAX = 60 }; /* bytes */

struct proposal_kept {
	int64_t row;
	struct text name, actor;
	int32_t made_on;   /* day */
	int64_t operation; /* that kept it */
	struct text asked, moves;
	uint32_t moves_n;
	double cost, bound; /* whole units */
};

/* By name; borrowed during the call. */
typedef enum status (*proposal_kept_fn)(
	void *arg, const struct proposal_kept *k, struct err *e);
enum status book_proposals(
	struct book *b, proposal_kept_fn fn, void *arg, struct err *e) MUST_USE;
/* Texts live in the arena. ST_NOTFOUND, with the names there are. */
enum status book_find_proposal(struct book *b, struct text name, struct arena *a,
	struct proposal_kept *out, struct err *e) MUST_USE;

/* Keeps what was asked and came of it, in the place of the one of this name, if any.
 * ST_INVALID: that is no name. */
enum status book_keep_proposal(struct book *b, struct text name,
	const struct proposal_options *o, const struct proposal *p,
	struct err *e) MUST_USE;
enum status book_drop_proposal(struct book *b, struct text name, struct err *e) MUST_USE;

/* What a kept one asks for; options points into the others, which live in the arena. */
struct proposal_asked {
	struct proposal_options options;
	struct capacity_what_if what;
	struct proposal_pin *pin;
	struct policy *policy;
};

/* What is not possible any more (somebody left, an account is gone) is said and left out.
 */
enum status proposal_keep_read(struct book *b, const struct proposal_kept *k,
	struct arena *a, struct proposal_asked *out, capacity_line_fn fn, void *arg,
	struct err *e) MUST_USE;
/* Proposes it on the book as it is; a pin that can't hold any more is said and dropped
 * (asked->options.pins shrinks). */
enum status proposal_keep_open(struct book *b, struct proposal_asked *asked,
	struct proposal **out, capacity_line_fn fn, void *arg, struct err *e) MUST_USE;
/* How old it is, and what has become of its moves. */
enum status proposal_keep_compare(struct book *b, const struct proposal_kept *k,
	const struct proposal *p, capacity_line_fn fn, void *arg, struct err *e) MUST_USE;

#endif
