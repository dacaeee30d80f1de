/*
 * A change under way: one transaction that writes rows and, for each, its entry in the
 * history. For the files behind core/change.h alone.
 *
 *	st = work_begin(&w, b, "edit ARR", reason, e);
 *	if (st != ST_OK)
 *		return st;
 *	... work_change ...
 *	return work_end(&w, st, e);
 */
#ifndef CORE_CHANGE_WORK_H
#define CORE_CHANGE_WORK_H

#include "core/book_internal.h"
#include "core/change.h"
#include "core/queue_keep.h"

struct work {
	struct book *b;
	struct store *store;
	struct operation op;
	bool several;           /* it concerns more than one account */
	bool beyond;            /* it changes something besides rows */
	bool pictured;          /* it changes what the first picture may show */
	struct queue_seen seen; /* and what those of queues may show */
	int64_t added;          /* id of the row that was added last */
	bool ended;             /* it is committed already */
	int64_t known[2];       /* ids of an account and a CSM that were looked up last */
	struct arena arena;     /* of the row at hand */
};

/* ST_OK: work_end has to follow. title and reason are borrowed until then. */
enum status work_begin(struct work *w, struct book *b, const char *title,
	const char *reason, struct err *e) MUST_USE;
/* Commits, or, when st is a failure or nothing was changed, rolls back. */
enum status work_end(struct work *w, enum status st, struct err *e) MUST_USE;

/* Checks a change and makes it; what changes nothing leaves no entry. */
enum status work_change(struct work *w, const struct change *c, struct err *e) MUST_USE;
/* The row as it is stored: ST_NOTFOUND when it is gone. Texts until the next change. */
enum status work_read(struct work *w, enum record_kind kind, int64_t row,
	struct cell *out, struct err *e) MUST_USE;

/* Moves an account to a tier by hand, as book_set_tier does. */
enum status work_set_tier(struct work *w, uint32_t account, uint8_t tier, uint32_t demote,
	struct err *e) MUST_USE;

/* Writes a row (before or after NULL: adds or removes it) and the entry; *row 0: takes
 * the next id. The cells are whole rows. */
enum status work_write(struct work *w, enum record_kind kind, int64_t row,
	const struct cell *before, const struct cell *after, struct err *e) MUST_USE;

#endif
