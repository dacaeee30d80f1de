/*
 * Changes by hand: what a person edits, adds or removes through a screen or a verb.
 * Each call is one operation: one transaction, one entry in the history with who, when,
 * what and why, and one step of undo that survives the program.
 *
 * A row of a record is named by the id the store gave it; an account's is its own id.
 */
#ifndef CORE_CHANGE_H
#define CORE_CHANGE_H

#include "core/book.h"

struct change {
	enum record_kind kind;
	int64_t row;     /* 0: a new one */
	uint32_t fields; /* bit i: cells[i] is given; the others stay, or are missing */
	/* In field order, references as ids; only the given ones are looked at. Borrowed
	 * during the call. NULL together with fields 0: the row is removed. */
	const struct cell *cells;
	/* What the person saw in the given fields before; NULL: whatever is there. */
	const struct cell *seen;
};

/* All of the changes, or none. title: "edit ARR", "log a call"; at most 80 bytes of it
 * are kept. ST_INVALID: a cell that the record does not allow, named; ST_STALE: another
 * value than the one seen is there now, both named; ST_USAGE: the book is open for
 * reading only; ST_NOTFOUND: no such row. Changes that change nothing leave no entry. */
enum status book_change(struct book *b, const struct change *changes, uint32_t n,
	const char *title, const char *reason, struct err *e) MUST_USE;

/* What a person typed for a field, as a cell; texts borrow from `typed`, references are
 * looked up ("me" and "pool" are known). Blank is missing. ST_INVALID says what the field
 * takes. Money is in the base currency: "50k", "1.5m" and plain amounts. */
enum status change_parse(struct book *b, enum record_kind kind, int field,
	struct text typed, struct cell *out, struct err *e) MUST_USE;

/* One entry of the history. */
struct operation {
	int64_t id;
	int64_t at; /* UTC seconds */
	struct text actor, title, reason;
	int64_t reverses;    /* the operation that this one undid or redid; 0: none */
	int64_t reversed_by; /* the one that undid this one; 0: none, it stands */
	uint32_t changes;    /* rows */
	struct text account; /* account_id when all of it concerns one account */
};
typedef enum status (*operation_fn)(void *arg, const struct operation *o, struct err *e);

/* The newest first; account 0: all. fn ends the reading with another status than ST_OK;
 * ST_CANCELLED from it is not a failure. Rows are borrowed until fn returns. */
enum status book_operations(struct book *b, uint32_t account, operation_fn fn, void *arg,
	struct err *e) MUST_USE;

/* One field of one row of an operation, for people. */
struct operation_change {
	enum record_kind kind;
	int64_t row;
	uint32_t account;          /* 0: none */
	int field;                 /* -1: the row as a whole was added or removed */
	struct cell before, after; /* references as text */
};
typedef enum status (*operation_change_fn)(
	void *arg, const struct operation_change *c, struct err *e);
enum status book_operation_changes(struct book *b, int64_t operation,
	operation_change_fn fn, void *arg, struct err *e) MUST_USE;

/* What `undo` and `redo` would do now; id 0: nothing to undo. Only operations of the
 * actor count. The texts live in the arena. */
enum status book_undoable(struct book *b, bool redo, struct arena *a,
	struct operation *out, struct err *e) MUST_USE;
/* Takes an operation back (redo: takes back the undoing); its own entry in the history.
 * ST_STALE, naming who and what, when a later change touched the same fields. */
enum status book_undo(struct book *b, int64_t operation, struct err *e) MUST_USE;

/* Words among the tags (blanks and commas stand between them) of accounts, as one
 * operation. */
enum status book_tag(struct book *b, const uint32_t *ids, uint32_t n, struct text word,
	bool on, struct err *e) MUST_USE;
/* The accounts get an owner; csm 0: the pool. */
enum status book_assign(struct book *b, const uint32_t *ids, uint32_t n, uint32_t csm,
	const char *reason, struct err *e) MUST_USE;

#endif
