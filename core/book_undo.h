/* The history as the files behind core/change.h read it. */
#ifndef CORE_BOOK_UNDO_H
#define CORE_BOOK_UNDO_H

#include "core/change_work.h"

/* The newest first, until fn has seen enough and says ST_CANCELLED. */
enum status book_query_operations(struct book *b, const struct operation_query *q,
	operation_fn fn, void *arg, struct err *e) MUST_USE;

/* An operation that is being taken back. */
struct reverting {
	struct work w;
	const struct operation *op;
	struct tiers tiers; /* once an account goes, or tiers do */
	bool recount;       /* accounts came or went: the caps follow */
};

/* Who did the newest later operation of those that the query finds; "": nobody. */
enum status revert_blame(struct reverting *r, const struct operation_query *q,
	char out[ERR_TEXT_MAX], struct err *e) MUST_USE;
/* Why it can't be: that (q NULL: nobody), or what else may have changed the book. Always
 * a failure. */
enum status revert_refuse(struct reverting *r, const struct operation_query *q,
	const char *otherwise, struct err *e) MUST_USE;

/* book_undo_next.c: what goes back, and what does not. */
/* *mail: it tells what became of messages and nothing else; *out (may be NULL): by a
 * sender, so that it is out. */
enum status revert_tells_mail(struct book *b, const struct operation *o, bool *mail,
	bool *out, struct err *e) MUST_USE;
/* *why NULL: nothing speaks against it but what was done since. */
enum status revert_way(struct book *b, const struct operation *o, const char **why,
	struct err *e) MUST_USE;
/* Always a failure, which says why. */
enum status revert_no_way(
	const struct operation *o, const char *why, struct err *e) MUST_USE;

/* book_undo_refer.c: the alerts, plays and mail of an account that goes, which only
 * recalculations made, go first; ST_STALE names one that somebody worked on. */
enum status revert_derived(struct reverting *r, uint32_t account, struct err *e) MUST_USE;
/* ST_STALE names a row that refers to an account or a CSM; ST_OK: there is none. */
enum status revert_name_referring(
	struct reverting *r, enum record_kind kind, int64_t row, struct err *e) MUST_USE;

/* book_undo_tiers.c: tiers as they were, and who moved. */
enum status revert_tiers(struct reverting *r, struct err *e) MUST_USE;
/* book_undo_policy.c. A new version that says what the one before said. */
enum status revert_policy(struct reverting *r, struct err *e) MUST_USE;

#endif
