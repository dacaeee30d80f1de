/*
 * The history of changes by hand, as the store keeps it and gives it back.
 *
 * An operation is one thing that a person did, with one entry for every row it changed.
 * Undoing one is an operation too: nothing of a history is ever changed.
 */
#ifndef CORE_HISTORY_H
#define CORE_HISTORY_H

#include "core/err.h"
#include "core/record.h"

enum operation_step {
	STEP_CHANGE,
	STEP_UNDO, /* takes back a change or a redo */
	STEP_REDO, /* takes back an undo */
};

struct operation {
	int64_t id; /* 1, 2, 3 ... */
	int64_t at; /* UTC seconds */
	struct text actor, title, reason;
	enum operation_step step;
	int64_t reverses;    /* the operation that this one undid or redid; 0: none */
	int64_t reversed_by; /* the one that undid this one; 0: none, it stands */
	uint32_t changes;    /* rows */
	uint32_t concerns;   /* the account that all of it concerns; 0: several or none */
	struct text account; /* its account_id */
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
	uint32_t account;
	enum record_kind kind; /* with row: those that touched it */
	int64_t row;
};

#endif
