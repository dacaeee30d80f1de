/*
 * The history, as the store keeps it and gives it back.
 *
 * An operation is one thing that was done: by hand, by an import, a review, a new policy,
 * another program. It has an entry for every row it changed, and one for what it made of
 * the tiers. Undoing one is an operation too: nothing of a history is ever changed.
 */
#ifndef CORE_HISTORY_H
#define CORE_HISTORY_H

#include "core/err.h"
#include "core/record.h"
#include "core/sha256.h"

enum operation_step {
	STEP_CHANGE,
	STEP_UNDO, /* takes back a change or a redo */
	STEP_REDO, /* takes back an undo */
};

/* What kind of thing was done; an undoing is of the kind of what it takes back. */
enum operation_kind {
	OPERATION_HAND,
	OPERATION_IMPORT,
	OPERATION_REVIEW,
	OPERATION_POLICY,
	OPERATION_RECALC, /* when it did more than figures */
	OPERATION_RESTORE,
	OPERATION_SQL, /* another program */
	OPERATION_KINDS
};
extern const char *const operation_kind_name[OPERATION_KINDS];

struct operation {
	int64_t id; /* 1, 2, 3 ... */
	int64_t at; /* UTC seconds */
	struct text actor, title, reason;
	enum operation_step step;
	enum operation_kind kind;
	/* number of the review, the policy version that it made, day of a recalculation;
	 * 0 */
	int64_t subject;
	struct text backup;  /* the book as it was before (op keep); n 0: none */
	int64_t reverses;    /* the operation that this one undid or redid; 0: none */
	int64_t reversed_by; /* the one that undid this one; 0: none, it stands */
	uint32_t changes;    /* rows */
	uint32_t concerns;   /* the account that all of it concerns; 0: several or none */
	struct text account; /* its account_id */
	struct text seal;    /* the short form; n 0: none yet */
};

/* A seal: the SHA-256 over the one before and all that the operation left in the history.
 * Whoever noted one of them can tell later whether the history up to there is the same
 * (an anchor): the short form, after the number of its operation, will do. */
#define HISTORY_SEAL_SHORT 16 /* digits */
struct history_seal {
	int64_t operation;
	char hex[SHA256_HEX];
	uint32_t after;   /* operations that are not sealed yet, of other programs */
	int64_t upgraded; /* up to here they were sealed only when seals came; 0: none */
};

/* Rows are borrowed until fn returns; ST_CANCELLED from it ends the reading. */
typedef enum status (*operation_fn)(void *arg, const struct operation *o, struct err *e);

/* One row of an operation: what was there and what is there after. */
struct row_change {
	enum record_kind kind;
	int64_t row;
	uint32_t account; /* that it belongs to; 0: none */
	uint32_t fields;  /* bit i: before and after hold field i */
	/* In field order, references as ids. NULL: the row was not there, or is gone. */
	const struct cell *before, *after;
};
typedef enum status (*row_change_fn)(
	void *arg, const struct row_change *c, struct err *e);

/* Which operations; at most one of these is set, none: all. */
struct operation_query {
	int64_t id;
	struct text actor;
	uint32_t account;      /* those that touched its rows or its tier */
	int64_t review;        /* those that are about this one, or moves by hand */
	enum record_kind kind; /* with row: those that touched it */
	int64_t row;
	bool tiers; /* those that changed tiers */
};

/* Numbers an operation with the id that follows the last, and saves it; inside the
 * transaction that it tells of. */
struct store;
enum status history_record(struct store *s, struct operation *o, struct err *e) MUST_USE;

/* "history sealed up to operation 17, head 17:12ab...": for what leaves the book; "":
 * there is no history yet. */
#define HISTORY_HEAD_MAX 120
enum status history_head(
	struct store *s, char out[HISTORY_HEAD_MAX], struct err *e) MUST_USE;
/* "17:12ab...", at least eight digits. ST_USAGE: the text is no anchor. Calls found when
 * the history is not, or does not go on from, the one that it was noted of. */
enum status history_anchor(struct store *s, struct text anchor,
	void (*found)(void *arg, const char *text), void *arg, struct err *e) MUST_USE;

#endif
