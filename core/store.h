/*
 * The port to storage: a record of functions in core's own types. db/ implements
 * it on SQLite, tests/support/ in memory; both pass tests/support/contract.c.
 *
 * Ids: accounts, CSMs and signal kinds have dense positive ids given by the store.
 * Transactions: every change stands between begin and commit; a failure inside
 * leaves the caller to roll back, which restores the state before begin exactly.
 * Reading outside a transaction sees the last commit. Rows handed to a callback
 * are borrowed until it returns; a callback that does not return ST_OK ends the
 * reading with that status.
 */
#ifndef CORE_STORE_H
#define CORE_STORE_H

#include "core/arena.h"
#include "core/history.h"
#include "core/part.h"
#include "core/record.h"
#include "core/scores.h"
#include "core/tier_past.h"
#include "core/tiers.h"

struct store;
struct review;
struct alert;
struct task;

/* How a mapped field of an existing row is treated. */
enum put_mode {
	PUT_OVERWRITE, /* the new cell replaces, a missing one empties */
	PUT_FILL,      /* only where the book has nothing */
	PUT_KEEP,      /* existing rows stay as they are */
};

struct put_counts {
	uint64_t inserted, updated, unchanged;
};

/* One batch of rows of one kind. */
struct put_batch {
	enum record_kind kind;
	uint32_t mapped; /* bit i: field i is given; other fields of existing rows stay */
	enum put_mode mode;
	/* Called for a row that turns out to repeat an earlier one of this batch after
	 * put already took it (signals are settled in runs): line as given to put.
	 * Returning other than ST_OK fails the batch. */
	enum status (*repeated)(void *arg, uint64_t line, struct err *e);
	/* Called with a row that is there, what it is about to become (references as
	 * ids), and which of its fields change; other than ST_OK: put gives that back and
	 * does not take the row. Not of signals. NULL: it may become anything. */
	enum status (*becomes)(void *arg, uint32_t id, const struct cell *before,
		const struct cell *cells, uint32_t changed, struct err *e);
	/* Called for each row that was added or changed, after that; not of signals.
	 * NULL: nobody wants to know. */
	row_change_fn changed;
	void *arg;
};

struct policy_version {
	int32_t version; /* from 1 */
	int64_t at;      /* UTC seconds */
	const char *author, *reason;
	const char *text; /* the INI file as it was applied */
};

struct book_info {
	uint32_t last_id; /* highest account id in use, 0 when there is none */
	uint32_t csms;
	int32_t first_ticket;    /* day of the earliest ticket, DAY_NONE: no tickets */
	int32_t newest_snapshot; /* day, or DAY_NONE */
	int32_t alert_day; /* newest day that alerts were looked for on, or DAY_NONE */
	bool read_only;
	const char *path; /* borrowed until the store is closed */
};

/* What an applied review leaves behind, and what show and the history read. */
struct tier_move {
	int64_t review;         /* number of the review, from 1 */
	int32_t day;            /* its as-of */
	uint32_t account, pair; /* ids; pair 0: none */
	int32_t policy_version; /* that was in force */
	uint8_t from, to;       /* TIER_NONE..3 */
	uint8_t cause;          /* enum move_cause of review.h */
	double score, other; /* tier scores of the account and of its pair (NaN: none) */
};

/* id: of the row within its kind; 0 for signals, which have none. */
typedef enum status (*row_fn)(
	void *arg, int64_t id, const struct cell *cells, struct err *e);
typedef enum status (*move_fn)(void *arg, const struct tier_move *m, struct err *e);
/* A message that a sender has, and what came of it for as long as its row does not say.
 */
struct delivery {
	int64_t message;
	struct text actor; /* who sends it */
	int64_t until;     /* UTC seconds: before them nobody else does */
	int32_t sent;      /* day it was handed over; DAY_NONE: not as far as is known */
	struct text failure; /* why it was not; {NULL, 0} */
};
typedef enum status (*delivery_fn)(void *arg, const struct delivery *d, struct err *e);
/* One snapshot of one account; points as in struct scores. */
struct snapshot_row {
	struct snapshot_day at;
	uint8_t health;
	uint8_t tier;
	uint8_t points[COMP_COUNT];
	double coverage, effort, score;
	int64_t value;
};
typedef enum status (*snapshot_fn)(
	void *arg, const struct snapshot_row *row, struct err *e);
/* Health of the n accounts that follow the first `first`; HEALTH_NONE: it has none. */
typedef enum status (*healths_fn)(void *arg, int32_t day, uint32_t first, uint32_t n,
	const uint8_t *health, struct err *e);
typedef enum status (*sums_fn)(
	void *arg, const struct snapshot_sums *sums, struct err *e);
/* cause {NULL,0}: not known */
typedef enum status (*ticket_fn)(
	void *arg, uint32_t account, int32_t opened, struct text cause, struct err *e);

typedef enum status (*signal_kind_fn)(
	void *arg, uint32_t kind, struct text name, struct err *e);
typedef enum status (*signal_fn)(
	void *arg, uint32_t account, int32_t day, double value, struct err *e);

/* Texts of accounts, as lists search and sort them. */
enum account_text {
	TXT_ID,
	TXT_NAME,
	TXT_SEGMENT,
	TXT_REGION,
	TXT_INDUSTRY,
	TXT_PARENT,
	TXT_TAGS,
	TXT_LANGUAGE,
	TXT_COUNT
};
struct part_texts {
	uint32_t n;                               /* positions in use */
	struct text of[TXT_COUNT][PART_ACCOUNTS]; /* {NULL, 0}: missing */
};

/* The pictures of a book: that of the list, and of queues. */
enum picture_of {
	PICTURE_OF_LIST,
	PICTURE_OF_ANYBODY,
	PICTURE_OF_POOL,
	PICTURE_OF_CSM /* of the first; of others as many more as their id is above 1 */
};

/* Accounts whose snapshots are kept together, ids k * SNAPSHOT_ACCOUNTS + 1 on. */
#define SNAPSHOT_ACCOUNTS 1024u

struct store_ops {
	void (*close)(struct store *s); /* rolls back what is open, frees s */

	enum status (*info)(struct store *s, struct book_info *out, struct err *e);
	/* Changes whenever another connection committed; own commits don't count. It
	 * waits for nobody: what is just being written is told once it is. ST_UNOPENED
	 * when another file lies where the book was opened. */
	enum status (*data_version)(struct store *s, int64_t *out, struct err *e);

	enum status (*begin)(
		struct store *s, struct err *e); /* waits for other writers */
	enum status (*commit)(struct store *s, struct err *e);
	void (*rollback)(struct store *s);

	/* Reads between hold and release see one state of the book: others that want to
	 * change it wait so long. They nest; there is no begin between them. */
	enum status (*hold)(struct store *s, struct err *e);
	void (*release)(struct store *s); /* once for each hold that gave ST_OK */

	/* Id of the account, CSM, signal kind or contract with this key (account_id,
	 * name, name, contract_id); 0 when there is none. */
	enum status (*find)(struct store *s, enum record_kind kind, struct text key,
		uint32_t *id, struct err *e);
	/* Like find, but a CSM or signal kind that is not there is added (*added). */
	enum status (*find_or_add)(struct store *s, enum record_kind kind,
		struct text key, uint32_t *id, bool *added, struct err *e);
	/* Key text of an id; borrowed until the arena is cleared. {NULL,0}: no such id.
	 */
	enum status (*key)(struct store *s, enum record_kind kind, uint32_t id,
		struct arena *a, struct text *out, struct err *e);
	/* Keys (account_id) of many accounts; out[i] belongs to ids[i]. */
	enum status (*account_keys)(struct store *s, const uint32_t *ids, uint32_t n,
		struct arena *a, struct text *out, struct err *e);

	/* Rows in: batch_begin, put ..., batch_end (which settles what is still in
	 * flight and gives the counts). put: cells in field order, references as ids;
	 * ST_DUPLICATE when the key stood in this batch before, ST_INVALID when more
	 * than one row matches; the row is then not taken and the batch goes on.
	 * *id (may be NULL) is the row's id for accounts and CSMs. */
	enum status (*batch_begin)(
		struct store *s, const struct put_batch *b, struct err *e);
	enum status (*put)(struct store *s, const struct cell *cells, uint64_t line,
		uint32_t *id, struct err *e);
	enum status (*batch_end)(struct store *s, struct put_counts *out, struct err *e);

	/* Rows out, in the order of their keys (accounts by account_id) or, without one,
	 * by account, day and entry; references as text (account_id, name). account 0:
	 * all accounts. Signals come ascending by account, kind, day. APART fields come
	 * as missing. */
	enum status (*rows)(struct store *s, enum record_kind kind, uint32_t account,
		row_fn fn, void *arg, struct err *e);
	/* All kinds of signals, ascending by id. */
	enum status (*signal_kinds)(
		struct store *s, signal_kind_fn fn, void *arg, struct err *e);
	/* The values of one kind of the accounts of a part: ascending by account and day.
	 */
	enum status (*signals)(struct store *s, uint32_t kind, uint32_t part,
		signal_fn fn, void *arg, struct err *e);
	/* The same rows of these accounts, one account after the other in the given
	 * order; of accounts, their own rows. Ids that do not exist are passed over. Not
	 * of signals and CSMs. */
	enum status (*rows_of)(struct store *s, enum record_kind kind,
		const uint32_t *ids, uint32_t n, row_fn fn, void *arg, struct err *e);
	/* Rows of a kind that ends (alerts, tasks, messages) which have not, or ended on
	 * the day or later, of one account (0: of all): ascending by account and id,
	 * cells as they are stored. */
	enum status (*unended)(struct store *s, enum record_kind kind, uint32_t account,
		int32_t ended_from, row_fn fn, void *arg, struct err *e);
	/* The same of all accounts for counting, in any order: of texts only names are
	 * there (FIELD_NAME), what people read comes as missing. */
	enum status (*unended_names)(struct store *s, enum record_kind kind,
		int32_t ended_from, row_fn fn, void *arg, struct err *e);
	/* Such rows of all time, the n that follow an id, ascending; *last: the id of the
	 * last one, 0: that was all. */
	enum status (*past_names)(struct store *s, enum record_kind kind, int64_t after,
		uint32_t n, row_fn fn, void *arg, int64_t *last, struct err *e);
	/* Of the accounts of a part the alerts that have not ended, or ended on the day
	 * or later, and the tasks that run: ascending by account and id. Rows that make
	 * none (alert_from_row, task_from_row) are left out. Borrowed until the next call
	 * of either, or release; the texts of tasks live in the arena. */
	enum status (*alerts)(struct store *s, uint32_t part, int32_t ended_from,
		const struct alert **out, uint32_t *n, struct err *e);
	enum status (*tasks)(struct store *s, uint32_t part, struct arena *a,
		const struct task **out, uint32_t *n, struct err *e);
	/* Every account once, ascending by id: id and its row. */
	enum status (*accounts_all)(struct store *s, row_fn fn, void *arg, struct err *e);

	/* Rows by id, for changes by hand; not of signals. Cells are as they are stored:
	 * references as ids, APART fields missing. Texts of row_read live in the arena.
	 */
	enum status (*row_read)(struct store *s, enum record_kind kind, int64_t id,
		struct arena *a, struct cell *out, bool *there, struct err *e);
	/* The whole row, which is there; fields: those that differ. ST_DUPLICATE, here
	 * and below: its key is that of another row. */
	enum status (*row_write)(struct store *s, enum record_kind kind, int64_t id,
		const struct cell *cells, uint32_t fields, struct err *e);
	/* *id 0: it gets one that no row of the kind ever had; else that one,
	 * ST_DUPLICATE when it is in use. Accounts only come back, under their id. */
	enum status (*row_add)(struct store *s, enum record_kind kind,
		const struct cell *cells, int64_t *id, struct err *e);
	/* From now on the newest day that alerts were looked for on; those that ended on
	 * ended_from or later are asked for again. */
	enum status (*alerts_looked)(
		struct store *s, int32_t day, int32_t ended_from, struct err *e);
	/* ST_FORBIDDEN: other rows refer to it, or an account has signals. */
	enum status (*row_remove)(
		struct store *s, enum record_kind kind, int64_t id, struct err *e);

	/* Of one message, or (0) of all that are not sent yet, ascending. */
	enum status (*deliveries)(struct store *s, int64_t message, delivery_fn fn,
		void *arg, struct err *e);
	/* In the place of the one that there is of the message. */
	enum status (*delivery_save)(
		struct store *s, const struct delivery *d, struct err *e);
	enum status (*delivery_drop)(struct store *s, int64_t message, struct err *e);

	/* History: the changes of an operation, seq from 1, under the id that follows
	 * the last, and then the operation itself with that id. */
	enum status (*history_last)(struct store *s, int64_t *id, struct err *e);
	enum status (*history_add)(struct store *s, int64_t operation, uint32_t seq,
		const struct row_change *c, struct err *e);
	enum status (*history_save)(
		struct store *s, const struct operation *o, struct err *e);
	/* The seal of an operation; of 0: the newest there is. operation 0 in *out: there
	 * is none. What this transaction did is sealed at its end. */
	enum status (*sealed)(struct store *s, int64_t operation,
		struct history_seal *out, struct err *e);
	/* The newest first. */
	enum status (*operations)(struct store *s, const struct operation_query *q,
		operation_fn fn, void *arg, struct err *e);
	/* What the operation made of the tiers, before it is saved; and to read it:
	 * cleared by tier_past_clear, *there: it did anything to them. */
	enum status (*history_tiers_add)(struct store *s, int64_t operation,
		const struct tier_past *p, struct err *e);
	enum status (*history_tiers)(struct store *s, int64_t operation,
		struct tier_past *out, bool *there, struct err *e);

	/* Inside a transaction: a copy of the book as it was at its beginning, which is
	 * kept beside the book when an operation with that name (arena) is committed.
	 * The newest copies are kept, older ones go. ST_IO: there is no room. */
	enum status (*keep)(struct store *s, int64_t operation, struct arena *a,
		struct text *name, struct err *e);
	/* In the place of commit: nothing that this transaction wrote counts, the book
	 * becomes that copy, but for its history, which stays and gets the entry, and for
	 * messages that went out or are on their way: what became of them stays.
	 * ST_NOTFOUND: there is no such copy any more. On failure as with commit. */
	enum status (*put_back)(struct store *s, struct text name,
		const struct operation *entry, struct err *e);

	/* In their order, or the last first. */
	enum status (*operation_changes)(struct store *s, int64_t operation,
		bool backwards, row_change_fn fn, void *arg, struct err *e);
	/* Those of a kind that name the field, of all operations from an instant (UTC
	 * seconds) on, in the order of their ids. */
	enum status (*field_changes)(struct store *s, enum record_kind kind, int field,
		int64_t since, row_change_fn fn, void *arg, struct err *e);

	/* Id and name of the accounts of a part by position (names), or their other
	 * texts; the rest of *out is left as it is. Borrowed until the next call of the
	 * store, also release. */
	enum status (*texts)(struct store *s, uint32_t part, bool names,
		struct part_texts *out, struct err *e);

	/* The raw material of one part as of a day. p must be initialised; of a brief one
	 * only accounts and contracts are asked for. */
	enum status (*part)(struct store *s, uint32_t part, int32_t as_of, struct part *p,
		struct err *e);
	/* The same of one account alone, at position 0 of p (first_id is its id): what
	 * one account asks for costs nothing of its neighbours. p->n is 0 for an id above
	 * all others. */
	enum status (*part_of_one)(struct store *s, uint32_t account, int32_t as_of,
		struct part *p, struct err *e);
	/* Of a kind of signals (id) the newest value on or before the day of the accounts
	 * of a part, by position: DAY_NONE and NaN without one. Both have PART_ACCOUNTS
	 * elements. */
	enum status (*signal)(struct store *s, uint32_t kind, uint32_t part,
		int32_t as_of, int32_t *day, double *value, struct err *e);
	/* Currency codes by currency_id, [0] = "": all that parts read after it, in the
	 * same state of the book, can speak of. Borrowed until the next call. */
	enum status (*currencies)(
		struct store *s, const char (**codes)[4], uint32_t *n, struct err *e);

	/* Snapshots: one per account and day; saving a day again replaces it. */
	enum status (*snapshot_save)(struct store *s, struct snapshot_day day,
		const struct scores *scores, const struct tiers *tiers, struct err *e);
	/* The newest snapshot on or before the day; out->day DAY_NONE: none. */
	enum status (*snapshot_find)(struct store *s, int32_t on_or_before,
		struct snapshot_day *out, struct err *e);
	/* Loads one, of the scores->n accounts after `first`, a multiple of
	 * PART_ACCOUNTS, by id - 1 - first; scores must be initialised (n may exceed what
	 * was saved: the rest is HEALTH_NONE), and arrays of points that are NULL, or
	 * arr, stay so. tier (may be NULL) has scores->n elements. arr and value_pct are
	 * not in a snapshot and are left as missing. */
	enum status (*snapshot_load)(struct store *s, int32_t day, uint32_t first,
		struct scores *scores, uint8_t *tier, struct err *e);
	/* Snapshots of one account from..to, ascending by day. */
	enum status (*snapshot_history)(struct store *s, uint32_t account, int32_t from,
		int32_t to, snapshot_fn fn, void *arg, struct err *e);

	/* Health and tier alone of one snapshot, of the n accounts after `first`, by
	 * id - 1 - first: HEALTH_NONE and TIER_NONE where it has none. ST_NOTFOUND: no
	 * snapshot of that day. */
	enum status (*snapshot_health)(struct store *s, int32_t day, uint32_t first,
		uint32_t n, uint8_t *health, uint8_t *tier, struct err *e);
	/* Health alone of the n accounts that follow the first `first`, in the snapshots
	 * from..to: runs of accounts, ascending, and of each run the newest day first.
	 * Accounts without any at the end of a run may be left out. Runs end at multiples
	 * of SNAPSHOT_ACCOUNTS: one account costs as much as a whole one. */
	enum status (*snapshot_healths)(struct store *s, int32_t from, int32_t to,
		uint32_t first, uint32_t n, healths_fn fn, void *arg, struct err *e);
	/* What each snapshot from..to adds up to, ascending by day. */
	enum status (*snapshot_sums)(struct store *s, int32_t from, int32_t to,
		sums_fn fn, void *arg, struct err *e);
	/* Tickets opened from..to, in any order. */
	enum status (*tickets_opened)(struct store *s, int32_t from, int32_t to,
		ticket_fn fn, void *arg, struct err *e);

	/* Names the state that the book is in, for what is kept outside of it: another
	 * one after every commit of whomever, and in every other file. {NULL, 0}: there
	 * is no telling. */
	enum status (*state)(
		struct store *s, struct arena *a, struct text *out, struct err *e);
	/* The first pictures of the console (which: enum picture_of),
	 * inside the transaction that changed what they show: they hold until somebody
	 * commits who does not keep them; saving that of the list begins anew, all
	 * others go. keep: what this transaction changes is not in that of the list, nor
	 * in those of queues but the n that are gone (NULL: all of them). load: {NULL,
	 * 0}, none that holds; version is the data_version with it. The text lives in the
	 * arena. accounts: how many rows of them there are, which would have to be
	 * counted. */
	enum status (*picture_save)(struct store *s, uint32_t which, struct text bytes,
		uint32_t accounts, struct err *e);
	enum status (*picture_keep)(
		struct store *s, const uint32_t *gone, uint32_t n, struct err *e);
	enum status (*picture_load)(struct store *s, uint32_t which, struct arena *a,
		struct text *out, int64_t *version, struct err *e);

	/* Tiers: t must be empty; tiers_clear it later. */
	enum status (*tiers_load)(struct store *s, struct tiers *t, struct err *e);
	/* Replaces all tiers. active is the size of the base on as_of; the store refuses
	 * with ST_FORBIDDEN what would put more into a tier than its cap allows (a tier
	 * that is over its cap already may only shrink). Locks are not written here.
	 * as_of DAY_NONE: the base of the day of the last call, counted anew. */
	enum status (*tiers_save)(struct store *s, const struct tiers *t, int32_t as_of,
		uint32_t active, struct err *e);
	/* Reviews that were applied, and what else moved accounts between tiers, which
	 * leaves the day of the last review in after.review_day as it was: writes the
	 * next one and gives its number. */
	enum status (*review_save)(struct store *s, const struct review *r, int64_t at,
		const char *actor, int64_t *number, struct err *e);
	/* Day of the last review by the newest of these on or before the day; DAY_NONE:
	 * there was none. */
	enum status (*review_day)(
		struct store *s, int32_t on_or_before, int32_t *day, struct err *e);
	/* Moves of one account (0: of all), oldest first. */
	enum status (*moves)(
		struct store *s, uint32_t account, move_fn fn, void *arg, struct err *e);

	/* Policy versions; version 0 is the newest. The strings live in the arena. A new
	 * version sets the caps of the tiers, in hundredths of a percent. */
	enum status (*policy_load)(struct store *s, int32_t version, struct arena *a,
		struct policy_version *out, struct err *e);
	enum status (*policy_save)(struct store *s, const struct policy_version *p,
		const uint32_t cap_bp[TIER_COUNT], int32_t *version, struct err *e);

	/* Care. verify calls found for each finding (a sentence); none: the book is
	 * sound. backup writes a verified copy; an existing file is refused unless
	 * replace. */
	enum status (*verify)(struct store *s, void (*found)(void *arg, const char *text),
		void *arg, struct err *e);
	enum status (*backup)(
		struct store *s, const char *path, bool replace, struct err *e);
};

/* Implementations embed this as their first member. */
struct store {
	const struct store_ops *ops;
};

#endif
