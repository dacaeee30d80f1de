/*
 * Changes by hand: what a person edits, adds or removes through a screen or a verb.
 * Each call is one operation: one transaction, one entry in the history with who, when,
 * what and why, and one step of undo that survives the program. Imports, reviews and
 * policies are operations as well, and so is what another program does.
 *
 * A row of a record is named by the id the store gave it (account_view.rows[].id); an
 * account's is its own id. Accounts are changed only: they come with imports and leave
 * by their status. Signals are measured, not edited.
 */
#ifndef CORE_CHANGE_H
#define CORE_CHANGE_H

#include "core/book.h"
#include "core/history.h"

struct change {
	enum record_kind kind;
	int64_t row;     /* 0: a new one */
	uint32_t fields; /* bit i: cells[i] is given; the others stay, or are missing */
	/* In field order, references as ids; only the given ones are looked at. Borrowed
	 * during the call. NULL together with fields 0: the row is removed. */
	const struct cell *cells;
	/* What the person saw in the given fields before, of a row that is to go in all
	 * of them; NULL: whatever is there. */
	const struct cell *seen;
};

/* All of the changes, or none. title: "edit ARR", "log a call"; at most 80 bytes of it
 * are kept. Texts are trimmed. ST_INVALID: a cell that the record does not allow, named;
 * ST_STALE: another value than the one seen is there now, both named; ST_FORBIDDEN: the
 * book is open for reading only, or rows refer to one that is to go; ST_NOTFOUND: no such
 * row. Changes that change nothing leave no entry. */
enum status book_change(struct book *b, const struct change *changes, uint32_t n,
	const char *title, const char *reason, struct err *e) MUST_USE;

/* What a touch mostly is; other words are kinds too, where they are not near one of these
 * and so a slip. */
#define TOUCH_KINDS "call|mail|meeting|chat|visit|clinic"

/* What a person typed for a field, as a cell; texts borrow from `typed` or live as long
 * as the book, references are looked up ("me" and "pool" are known). Blank is missing.
 * ST_INVALID says what the field takes. Money is in the currency of its row: "50k",
 * "1.5m" and plain amounts; days are "2026-03-31", "today", "14d", "2w", "3m" from then;
 * of people the first name will do when it says who. */
enum status change_parse(struct book *b, enum record_kind kind, int field,
	struct text typed, struct cell *out, struct err *e) MUST_USE;

/* The newest first; account 0: all. */
enum status book_operations(struct book *b, uint32_t account, operation_fn fn, void *arg,
	struct err *e) MUST_USE;
/* One, its texts in the arena; out->id 0: there is none with this id. */
enum status book_operation(struct book *b, int64_t id, struct arena *a,
	struct operation *out, struct err *e) MUST_USE;

/* One field of one row of an operation, for people; a move between tiers is a change of
 * the account's tier. */
struct operation_change {
	enum record_kind kind; /* REC_COUNT: of the policy */
	int64_t row;
	uint32_t account; /* 0: none */
	/* -1: the row as a whole was added (after is 1) or removed (before is 1); what it
	 * held follows */
	int field;
	char key[64];              /* of the policy: "tiers.cap1" */
	struct cell before, after; /* references and what the policy says as text */
};
typedef enum status (*operation_change_fn)(
	void *arg, const struct operation_change *c, struct err *e);
enum status book_operation_changes(struct book *b, int64_t operation,
	operation_change_fn fn, void *arg, struct err *e) MUST_USE;

/*
 * The story of an account: whatever touched it, the newest first, recalculations too.
 * told: what the history has no row for, as sentences with "; " between: its move between
 * tiers and why, alerts that opened and ended, plays and mail that followed; "" nothing.
 * Imports that are not told row by row are not in it; *untold (may be NULL) says how many
 * there are.
 */
#define STORY_TOLD_MAX 800
typedef enum status (*story_fn)(
	void *arg, const struct operation *o, const char *told, struct err *e);
enum status book_story(struct book *b, uint32_t account, uint32_t *untold, story_fn fn,
	void *arg, struct err *e) MUST_USE;

/* What `undo` and `redo` would do now; id 0: nothing. It is the newest operation of the
 * actor that stands, whatever others did. What the program did by itself, recalculations
 * and mail, is passed over. ST_FORBIDDEN: there is no way back from what the actor did
 * last; says why, and the number of the one before it. The texts live in the arena. */
enum status book_undoable(struct book *b, bool redo, struct arena *a,
	struct operation *out, struct err *e) MUST_USE;
/* Takes an operation back, or, when it is an undoing, does it again; an entry of its own
 * in the history. ST_STALE, naming who, when and what, when a later change touched the
 * same fields, or tiers, or policy; ST_USAGE: it was taken back before; ST_FORBIDDEN:
 * there is no way back, and why. */
enum status book_undo(struct book *b, int64_t operation, struct err *e) MUST_USE;

/* A word among the tags (';' stands between them) of accounts, as one operation. */
enum status book_tag(struct book *b, const uint32_t *ids, uint32_t n, struct text word,
	bool on, struct err *e) MUST_USE;
/* The accounts get an owner; csm 0: the pool. What the former one had claimed of them
 * goes along. tasks: whoever gets another owner has a hand-over task in the same
 * operation, and how many there were; NULL: no such tasks. */
enum status book_assign(struct book *b, const uint32_t *ids, uint32_t n, uint32_t csm,
	const char *reason, uint32_t *tasks, struct err *e) MUST_USE;
/* What a CSM would serve and no account asks for, by the lists of its row: 'no account
 * has the region "LATTAM", the language "Englsh"'; "": all is known. */
enum { CSM_UNKNOWN_MAX = 200 };
enum status book_csm_unknown(struct book *b, const struct cell *csm,
	char out[CSM_UNKNOWN_MAX], struct err *e) MUST_USE;
/* Whether there is a hand-over play: without it, no tasks are made. */
enum status book_hands_over(struct book *b, bool *out, struct err *e) MUST_USE;
/* Whether the accounts get hand-over tasks with another owner: as somebody says, or where
 * nobody does when one of them has an owner by now, whose knowledge has to arrive.
 * ST_NOTFOUND: they are wished for, and there is no such play. */
enum hand_over { HAND_OVER_AS_DUE, HAND_OVER_YES, HAND_OVER_NO };
enum status book_hand_over(struct book *b, const uint32_t *ids, uint32_t n,
	enum hand_over said, bool *out, struct err *e) MUST_USE;
/* Moves an account to a tier by hand, under the caps: where the tier is full, demote (0:
 * nobody) goes down for it, one band, in the same operation. ST_USAGE without a reason;
 * ST_FORBIDDEN: it is full, and says who is the weakest in it, or a lock holds one of the
 * two. */
enum status book_set_tier(struct book *b, uint32_t account, uint8_t tier, uint32_t demote,
	const char *reason, struct err *e) MUST_USE;
/* Pins the tier of an account through a day, in the place of any lock it has. ST_USAGE
 * without a reason, or when the day is over. */
enum status book_lock(struct book *b, uint32_t account, int32_t until, const char *reason,
	struct err *e) MUST_USE;
/* The row of an account's lock, also of one that is over; 0: it has none. since: the
 * first day of one that is set on the book's day, in its place or anew. */
enum status book_find_lock(struct book *b, uint32_t account, int64_t *row,
	struct cell *since, struct err *e) MUST_USE;
/* Lifts the lock; ST_NOTFOUND: it has none. */
enum status book_unlock(
	struct book *b, uint32_t account, const char *reason, struct err *e) MUST_USE;

#endif
