/*
 * What the fake store holds: plain growing lists, one per kind of thing. A state is
 * copied whole when a transaction begins, and the copy taken back by a rollback.
 *
 * Texts live in the arena of the store until it is closed, so that copying a state
 * copies no text. Without memory the program ends: this is for tests only.
 */
#ifndef TESTS_SUPPORT_FAKE_STATE_H
#define TESTS_SUPPORT_FAKE_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/store.h"

struct fake_list {
	unsigned char *items; /* owned */
	size_t size;          /* bytes of one item */
	uint32_t n, capacity;
};

/* The first REC_COUNT lists hold the rows of the kinds (struct fake_row). */
enum fake_lists {
	LIST_SIGNAL_KIND = REC_COUNT, /* struct text */
	LIST_CURRENCY,                /* char[4], the first is "" */
	LIST_TIER,                    /* struct fake_tier, by id - 1 */
	LIST_REVIEW,                  /* struct fake_review, by number - 1 */
	LIST_MOVE,                    /* struct tier_move */
	LIST_POLICY,                  /* struct policy_version */
	LIST_SNAPSHOT,                /* struct snapshot_day */
	LIST_FIGURES,                 /* struct fake_figures */
	LIST_OPERATION,               /* struct operation, by id - 1 */
	LIST_CHANGE,                  /* struct fake_change */
	LIST_PAST,                    /* struct fake_past */
	LIST_DELIVERY,                /* struct delivery; message 0: dropped */
	LIST_COUNT
};

/* A row as it was put, references as ids. Its id is its place + 1. */
struct fake_row {
	bool gone;      /* it was removed; its place is not given again */
	uint32_t next;  /* place + 1 of another row in the same bucket, 0: none */
	uint64_t batch; /* number of the batch that took it last */
	struct cell cells[];
};

struct fake_review {
	int32_t as_of, review_day;
};

struct fake_tier {
	uint8_t tier, up, down;
	int32_t since;
};

/* One account in one snapshot. */
struct fake_figures {
	uint32_t account;
	uint8_t assumed;
	struct snapshot_row row;
};

/* One row of an operation; the cells live in the arena of the store. */
struct fake_change {
	int64_t operation;
	struct row_change change;
};

/* What an operation made of the tiers; the places live in the arena of the store. */
struct fake_past {
	int64_t operation;
	struct tier_past past;
};

#define FAKE_BUCKETS 4096u

struct fake_state {
	struct fake_list list[LIST_COUNT];
	uint32_t bucket[REC_COUNT][FAKE_BUCKETS]; /* place + 1 of a row, 0: none */
	uint32_t cap_bp[TIER_COUNT];
	int32_t review_day, as_of, alert_day;
};

/* A copy of the book from before an operation. */
struct fake_copy {
	struct fake_copy *next; /* owned */
	int64_t operation;
	bool counts; /* an operation refers to it */
	struct fake_state state;
};

enum { FAKE_PICTURES = 16 }; /* of the list, and of the first queues */

struct fake_store {
	struct store store; /* first */
	struct arena texts;
	struct fake_state now;
	struct fake_state before; /* while in_transaction */
	bool in_transaction;
	bool in_batch;
	int holds; /* those that are still to be released */
	struct put_batch batch;
	struct put_counts counts;
	uint64_t batches;         /* number of the newest batch */
	struct fake_copy *copies; /* owned; the newest first */
	bool copied;              /* the newest is of this transaction */
	char *lent;               /* owned; what alerts or tasks last gave */
	/* that hold; that will after the commit */
	struct text picture[FAKE_PICTURES], next_picture[FAKE_PICTURES];
};

/* s is its first member. */
static inline struct fake_store *fake_of(struct store *s)
{
	return (struct fake_store *)s;
}

void fake_state_init(struct fake_state *s);
void fake_state_clear(struct fake_state *s);
/* to must not hold anything. */
void fake_state_copy(struct fake_state *to, const struct fake_state *from);

/* Item i of a list, borrowed until the list grows. */
void *fake_item(const struct fake_state *s, int list, uint32_t i);
/* A new zeroed item at the end. */
void *fake_add(struct fake_state *s, int list);
struct text fake_text(struct fake_store *f, struct text t);

const struct fake_row *fake_row(
	const struct fake_state *s, enum record_kind kind, uint32_t i);
/* The bucket of a row: from the fields that are both key and required. */
uint32_t fake_bucket(enum record_kind kind, const struct cell *cells);
/* Adds a row of missing cells in the bucket of these cells. */
struct fake_row *fake_row_add(
	struct fake_state *s, enum record_kind kind, const struct cell *cells);
/* Takes a row out of its bucket, and puts it into the one of its cells. */
void fake_row_unlink(struct fake_state *s, enum record_kind kind, uint32_t i);
void fake_row_link(struct fake_state *s, enum record_kind kind, uint32_t i);
/* Highest id of an account that is there. */
uint32_t fake_last_account(const struct fake_state *s);
/* Rows that are there. */
uint32_t fake_rows(const struct fake_state *s, enum record_kind kind);
/* What a cell is kept as: its text belongs to the store, its currency has a number. */
struct cell fake_kept(struct fake_store *f, enum field_type type, struct cell c);
/* Place + 1 of the row whose first field is this text, 0: none. */
uint32_t fake_row_find(const struct fake_state *s, enum record_kind kind, struct text t);
/* Id of a signal kind, 0: none. */
uint32_t fake_signal_kind(const struct fake_state *s, struct text name);
/* Number of a currency; a missing cell has 0. */
uint32_t fake_currency(const struct fake_state *s, struct cell code);

/* The kind of rows that a type of field refers to, REC_COUNT: none. */
enum record_kind fake_referred(enum field_type type);
/* The text of an id, {NULL, 0}: no such id. */
struct text fake_name(const struct fake_state *s, enum record_kind kind, int64_t id);

/* The operations in files of their own: fake_read.c, fake_put.c, fake_row.c, fake_part.c,
 * fake_figures.c, fake_history.c, fake_delivery.c. */
enum status fake_read_rows(struct store *s, enum record_kind kind, uint32_t account,
	row_fn fn, void *arg, struct err *e);
enum status fake_read_rows_of(struct store *s, enum record_kind kind, const uint32_t *ids,
	uint32_t n, row_fn fn, void *arg, struct err *e);
enum status fake_read_accounts_all(struct store *s, row_fn fn, void *arg, struct err *e);
enum status fake_read_unended(struct store *s, enum record_kind kind, uint32_t account,
	int32_t ended_from, row_fn fn, void *arg, struct err *e);
enum status fake_read_unended_names(struct store *s, enum record_kind kind,
	int32_t ended_from, row_fn fn, void *arg, struct err *e);
enum status fake_read_past_names(struct store *s, enum record_kind kind, int64_t after,
	uint32_t n, row_fn fn, void *arg, int64_t *last, struct err *e);
enum status fake_read_alerts(struct store *s, uint32_t part, int32_t ended_from,
	const struct alert **out, uint32_t *n, struct err *e);
enum status fake_read_tasks(struct store *s, uint32_t part, struct arena *a,
	const struct task **out, uint32_t *n, struct err *e);
enum status fake_read_signal_kinds(
	struct store *s, signal_kind_fn fn, void *arg, struct err *e);
enum status fake_read_signals(struct store *s, uint32_t kind, uint32_t part, signal_fn fn,
	void *arg, struct err *e);
enum status fake_read_texts(struct store *s, uint32_t part, bool names,
	struct part_texts *out, struct err *e);
enum status fake_read_currencies(
	struct store *s, const char (**codes)[4], uint32_t *n, struct err *e);
enum status fake_deliveries(
	struct store *s, int64_t message, delivery_fn fn, void *arg, struct err *e);
enum status fake_delivery_save(struct store *s, const struct delivery *d, struct err *e);
enum status fake_delivery_drop(struct store *s, int64_t message, struct err *e);
/* What became of messages, into a state of before. */
void fake_carry(const struct fake_state *from, struct fake_state *to);
enum status fake_row_read(struct store *s, enum record_kind kind, int64_t id,
	struct arena *a, struct cell *out, bool *there, struct err *e);
enum status fake_row_write(struct store *s, enum record_kind kind, int64_t id,
	const struct cell *cells, uint32_t fields, struct err *e);
enum status fake_row_insert(struct store *s, enum record_kind kind,
	const struct cell *cells, int64_t *id, struct err *e);
enum status fake_row_remove(
	struct store *s, enum record_kind kind, int64_t id, struct err *e);
enum status fake_history_last(struct store *s, int64_t *id, struct err *e);
enum status fake_history_add(struct store *s, int64_t operation, uint32_t seq,
	const struct row_change *c, struct err *e);
enum status fake_sealed(
	struct store *s, int64_t operation, struct history_seal *out, struct err *e);
enum status fake_history_save(struct store *s, const struct operation *o, struct err *e);
enum status fake_history_tiers_add(
	struct store *s, int64_t operation, const struct tier_past *p, struct err *e);
enum status fake_history_tiers(struct store *s, int64_t operation, struct tier_past *out,
	bool *there, struct err *e);
enum status fake_keep(struct store *s, int64_t operation, struct arena *a,
	struct text *name, struct err *e);
enum status fake_put_back(
	struct store *s, struct text name, const struct operation *entry, struct err *e);
/* The copy of the transaction that ended goes, unless it is committed and counts. */
void fake_settle(struct fake_store *f, bool committed);
void fake_drop_copy(struct fake_store *f); /* the newest */
enum status fake_operations(struct store *s, const struct operation_query *q,
	operation_fn fn, void *arg, struct err *e);
enum status fake_operation_changes(struct store *s, int64_t operation, bool backwards,
	row_change_fn fn, void *arg, struct err *e);
enum status fake_field_changes(struct store *s, enum record_kind kind, int field,
	int64_t since, row_change_fn fn, void *arg, struct err *e);
enum status fake_batch_begin(struct store *s, const struct put_batch *b, struct err *e);
enum status fake_put(struct store *s, const struct cell *cells, uint64_t line,
	uint32_t *id, struct err *e);
enum status fake_batch_end(struct store *s, struct put_counts *out, struct err *e);
enum status fake_signal(struct store *s, uint32_t kind, uint32_t part, int32_t as_of,
	int32_t *day, double *value, struct err *e);
enum status fake_part(
	struct store *s, uint32_t part, int32_t as_of, struct part *p, struct err *e);
enum status fake_part_of_one(
	struct store *s, uint32_t account, int32_t as_of, struct part *p, struct err *e);
enum status fake_snapshot_save(struct store *s, struct snapshot_day day,
	const struct scores *scores, const struct tiers *tiers, struct err *e);
enum status fake_snapshot_find(
	struct store *s, int32_t on_or_before, struct snapshot_day *out, struct err *e);
enum status fake_snapshot_load(struct store *s, int32_t day, uint32_t first,
	struct scores *scores, uint8_t *tier, struct err *e);
enum status fake_snapshot_history(struct store *s, uint32_t account, int32_t from,
	int32_t to, snapshot_fn fn, void *arg, struct err *e);
enum status fake_snapshot_healths(struct store *s, int32_t from, int32_t to,
	uint32_t first, uint32_t n, healths_fn fn, void *arg, struct err *e);
enum status fake_snapshot_health(struct store *s, int32_t day, uint32_t first, uint32_t n,
	uint8_t *health, uint8_t *tier, struct err *e);
enum status fake_snapshot_sums(
	struct store *s, int32_t from, int32_t to, sums_fn fn, void *arg, struct err *e);
enum status fake_tickets_opened(struct store *s, int32_t from, int32_t to, ticket_fn fn,
	void *arg, struct err *e);
enum status fake_tiers_load(struct store *s, struct tiers *t, struct err *e);
enum status fake_tiers_save(struct store *s, const struct tiers *t, int32_t as_of,
	uint32_t active, struct err *e);
enum status fake_review_save(struct store *s, const struct review *r, int64_t at,
	const char *actor, int64_t *number, struct err *e);
enum status fake_review_day(
	struct store *s, int32_t on_or_before, int32_t *day, struct err *e);
enum status fake_moves(
	struct store *s, uint32_t account, move_fn fn, void *arg, struct err *e);
enum status fake_policy_load(struct store *s, int32_t version, struct arena *a,
	struct policy_version *out, struct err *e);
enum status fake_policy_save(struct store *s, const struct policy_version *p,
	const uint32_t cap_bp[TIER_COUNT], int32_t *version, struct err *e);

#endif
