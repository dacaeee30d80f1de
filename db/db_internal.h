/*
 * What the files of db/ share: the connection behind the port, and the operations
 * that db.c assembles into the port's record of functions. For db/ and its tests.
 *
 * Truth is in plain rows, one table per kind of record (assets/schema). Beside it
 * stand packed columns: the signals (truth as well), snapshots, and the mirror of
 * each part of the truth tables, which is rebuilt when it is missing.
 */
#ifndef DB_DB_INTERNAL_H
#define DB_DB_INTERNAL_H

#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include "core/store.h"
#include "db/db.h"
#include "db/pack.h"
#include "db/stmt.h"

#define DB_APPLICATION_ID 0x54444B31 /* "TDK1" */
#define DB_VALUE_MAX (256 << 20)     /* bytes of one value */
#define DB_MEMBER_BYTES 9 /* of a list of members: an id in eight digits and a comma */
/* Highest account id: a tier may have all of them as its members. */
#define DB_ACCOUNT_MAX (DB_VALUE_MAX / DB_MEMBER_BYTES)

struct schema;
struct db_batch;       /* put.c: rows coming in */
struct names;          /* names.c: keys in memory */
struct db_signals;     /* signal.c: signals coming in */
struct db_pack_memory; /* mirror_currency.c: what it keeps between calls */
struct db_history;     /* history.c: the same */
struct db_work;        /* mirror_work.c: the same */

struct db {
	struct store base; /* first: the port */
	sqlite3 *h;
	char *path; /* as opened, with links resolved; owned */
	dev_t device;
	ino_t inode; /* of the file that was opened: it may be replaced under us */
	bool read_only;
	bool writing;    /* between begin and commit or rollback */
	bool broken;     /* a sync failed: nothing may be written any more */
	bool committing; /* a failure does not say yet what became of the change */
	int busy_ms;
	int64_t waits_since;             /* for the lock; microseconds; 0: not yet */
	int64_t waits_told;              /* how long it had waited when that was told */
	const struct lock_wait *waiting; /* or NULL */
	int64_t data_version;            /* SQLite's, as it was told last */
	bool told;                       /* there was such a time */
	bool hasty;                      /* who asks now does not wait for others */
	const struct schema *schema;     /* the one it was opened with */
	int64_t schema_version;          /* SQLite's, when it was last compared */
	const volatile sig_atomic_t *cancel; /* or NULL */
	volatile sig_atomic_t *changed;      /* or NULL */
	bool changes;               /* this transaction does what the history tells of */
	struct stmt *statements;    /* cache; owned */
	struct stmt *held;          /* what holds the book still, or NULL */
	uint32_t holds;             /* how often that was asked for */
	char **sql;                 /* texts made by sql.c; owned */
	int64_t last_id[REC_COUNT]; /* of row.c, in this transaction; 0: not known */
	struct db_batch *batch;     /* owned; NULL: no batch of rows is open */
	struct names *names;        /* keys of accounts; owned by names.c */
	struct db_signals *signals; /* owned by signal.c; NULL: none open */
	struct pack lent;           /* what db_texts lends until its next call */
	struct db_pack_memory *packed; /* owned by mirror_currency.c; may be NULL */
	struct db_history *history;    /* owned by history.c; may be NULL */
	char *kept; /* path of the copy that this transaction made; owned, or NULL */
	struct db_work *work; /* owned by mirror_work.c; may be NULL */
};

extern const struct store_ops db_ops;

static inline struct db *db_of(struct store *s)
{
	return (struct db *)s;
}

/* ST_OK inside begin .. commit; else a message for the programmer. */
enum status db_need_transaction(struct db *d, struct err *e) MUST_USE;
uint32_t db_part_of(uint32_t account); /* part that holds this account id */

/* The operations of the port, by the file that implements them. */

/* db.c; parts are read under a hold of their own */
void db_after_commit(struct db *d);
/* Once something was changed it stays so. */
void db_tell_changed(struct db *d, enum db_changed how);
void db_before_commit(struct db *d);
/* A commit ended with st: where it failed, *e also says what became of the change.
 * before: the change counter of then. If nothing was changed, the lock is held until the
 * rollback.
 */
enum status db_commit_ended(
	struct db *d, int64_t before, enum status st, struct err *e) MUST_USE;
enum status db_hold(struct store *s, struct err *e);
void db_release(struct store *s);

/* names.c */
enum status db_find(struct store *s, enum record_kind kind, struct text key, uint32_t *id,
	struct err *e);
enum status db_find_or_add(struct store *s, enum record_kind kind, struct text key,
	uint32_t *id, bool *added, struct err *e);
enum status db_key(struct store *s, enum record_kind kind, uint32_t id, struct arena *a,
	struct text *out, struct err *e);
enum status db_account_keys(struct store *s, const uint32_t *ids, uint32_t n,
	struct arena *a, struct text *out, struct err *e);

void names_forget(struct db *d); /* frees d->names: when keys may have changed */

/* put.c; batches of REC_SIGNAL are handed on to signal.c */
enum status db_batch_begin(struct store *s, const struct put_batch *b, struct err *e);
enum status db_put(struct store *s, const struct cell *cells, uint64_t line, uint32_t *id,
	struct err *e);
enum status db_batch_end(struct store *s, struct put_counts *out, struct err *e);
void db_batch_abandon(struct db *d); /* at rollback and close: memory only */

/* rows.c; REC_SIGNAL is handed on to signal.c */
enum status db_rows(struct store *s, enum record_kind kind, uint32_t account, row_fn fn,
	void *arg, struct err *e);
enum status db_rows_of(struct store *s, enum record_kind kind, const uint32_t *ids,
	uint32_t n, row_fn fn, void *arg, struct err *e);
enum status db_accounts_all(struct store *s, row_fn fn, void *arg, struct err *e);
enum status db_unended(struct store *s, enum record_kind kind, uint32_t account,
	int32_t ended_from, row_fn fn, void *arg, struct err *e);
enum status db_unended_names(struct store *s, enum record_kind kind, int32_t ended_from,
	row_fn fn, void *arg, struct err *e);
enum status db_past_names(struct store *s, enum record_kind kind, int64_t after,
	uint32_t n, row_fn fn, void *arg, int64_t *last, struct err *e);
enum status db_tickets_opened(struct store *s, int32_t from, int32_t to, ticket_fn fn,
	void *arg, struct err *e);

/* row.c */
enum status db_row_read(struct store *s, enum record_kind kind, int64_t id,
	struct arena *a, struct cell *out, bool *there, struct err *e);
enum status db_row_write(struct store *s, enum record_kind kind, int64_t id,
	const struct cell *cells, uint32_t fields, struct err *e);
enum status db_row_add(struct store *s, enum record_kind kind, const struct cell *cells,
	int64_t *id, struct err *e);
enum status db_row_remove(
	struct store *s, enum record_kind kind, int64_t id, struct err *e);
enum status db_alerts_looked(
	struct store *s, int32_t day, int32_t ended_from, struct err *e);

/* delivery.c */
enum status db_deliveries(
	struct store *s, int64_t message, delivery_fn fn, void *arg, struct err *e);
enum status db_delivery_save(struct store *s, const struct delivery *d, struct err *e);
enum status db_delivery_drop(struct store *s, int64_t message, struct err *e);
/* What became of messages, into the book as it was before that. */
enum status db_delivery_carry(struct db *from, struct db *to, struct err *e) MUST_USE;
/* The highest id of messages that are gone. */
enum status db_last_message(struct db *d, int64_t *out, struct err *e) MUST_USE;

/* history.c */
enum status db_history_last(struct store *s, int64_t *id, struct err *e);
enum status db_history_add(struct store *s, int64_t operation, uint32_t seq,
	const struct row_change *c, struct err *e);
enum status db_history_save(struct store *s, const struct operation *o, struct err *e);
enum status db_operations(struct store *s, const struct operation_query *q,
	operation_fn fn, void *arg, struct err *e);
enum status db_operation_changes(struct store *s, int64_t operation, bool backwards,
	row_change_fn fn, void *arg, struct err *e);
enum status db_field_changes(struct store *s, enum record_kind kind, int field,
	int64_t since, row_change_fn fn, void *arg, struct err *e) MUST_USE;
enum status db_history_tiers_add(
	struct store *s, int64_t operation, const struct tier_past *p, struct err *e);
enum status db_history_tiers(struct store *s, int64_t operation, struct tier_past *out,
	bool *there, struct err *e);
/* The operations that moved an account between tiers: "[7,12]", in the arena. */
enum status db_history_tiers_of(struct db *d, uint32_t account, struct arena *a,
	struct text *out, struct err *e) MUST_USE;
/* Whether every entry can be read and belongs to its operation. */
enum status db_history_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e) MUST_USE;
void db_history_forget(struct db *d); /* frees d->history: at close */

/* seal.c */
enum status db_sealed(
	struct store *s, int64_t operation, struct history_seal *out, struct err *e);

/* tiers.c, review.c, policy.c */
uint32_t db_tier_member(const unsigned char *bytes); /* 0: these are none */
enum status db_tiers_load(struct store *s, struct tiers *t, struct err *e);
enum status db_tiers_save(struct store *s, const struct tiers *t, int32_t as_of,
	uint32_t active, struct err *e);
enum status db_review_save(struct store *s, const struct review *r, int64_t at,
	const char *actor, int64_t *number, struct err *e);
enum status db_review_day(
	struct store *s, int32_t on_or_before, int32_t *day, struct err *e);
enum status db_moves(
	struct store *s, uint32_t account, move_fn fn, void *arg, struct err *e);
enum status db_policy_load(struct store *s, int32_t version, struct arena *a,
	struct policy_version *out, struct err *e);
enum status db_policy_save(struct store *s, const struct policy_version *p,
	const uint32_t cap_bp[TIER_COUNT], int32_t *version, struct err *e);

/* keep.c */
enum status db_keep(struct store *s, int64_t operation, struct arena *a,
	struct text *name, struct err *e);
enum status db_put_back(
	struct store *s, struct text name, const struct operation *entry, struct err *e);
/* After a commit the copy it made stays. Before a rollback it goes, under the lock that
 * it was made under: whoever has lost that does not know, and leaves it. */
void db_keep_settle(struct db *d, bool committed);

/* picture.c */
/* How often the file was changed, read under a lock; -1: it is not counted. */
enum status db_change_counter(struct db *d, int64_t *out, struct err *e);
enum status db_picture_save(struct store *s, uint32_t which, struct text bytes,
	uint32_t accounts, struct err *e);
enum status db_state(struct store *s, struct arena *a, struct text *out, struct err *e);
enum status db_picture_keep(
	struct store *s, const uint32_t *gone, uint32_t n, struct err *e);
enum status db_picture_load(struct store *s, uint32_t which, struct arena *a,
	struct text *out, int64_t *version, struct err *e);
/* At begin: those that do not hold any more go. */
enum status db_picture_drop_stale(struct db *d, struct err *e);
enum status db_picture_drop(struct db *d, struct err *e); /* all of them */

/* verify.c, copy.c */
enum status db_verify(struct store *s, void (*found)(void *arg, const char *text),
	void *arg, struct err *e);
enum status db_backup(struct store *s, const char *path, bool replace, struct err *e);

/* mirror_texts.c */
enum status db_texts(struct store *s, uint32_t part, bool names, struct part_texts *out,
	struct err *e);

/* mirror_work.c */
enum status db_alerts(struct store *s, uint32_t part, int32_t ended_from,
	const struct alert **out, uint32_t *n, struct err *e);
enum status db_tasks(struct store *s, uint32_t part, struct arena *a,
	const struct task **out, uint32_t *n, struct err *e);
void db_work_forget(struct db *d); /* frees d->work: at close */

/* mirror.c, mirror_currency.c */
enum status db_part(
	struct store *s, uint32_t part, int32_t as_of, struct part *p, struct err *e);
enum status db_part_of_one(struct store *s, uint32_t account, int32_t as_of,
	struct part *p, struct err *e) MUST_USE;
enum status db_currencies(
	struct store *s, const char (**codes)[4], uint32_t *n, struct err *e);
/* Compares every mirror that is present with a rebuild; calls found per difference. */
enum status db_mirror_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e) MUST_USE;
void db_mirror_forget(struct db *d); /* frees d->packed: when numbers may have changed */

/* signal.c. Rows of signals: cells as in the port (account and kind as ids). */
enum status db_signal_begin(
	struct db *d, const struct put_batch *b, struct err *e) MUST_USE;
enum status db_signal_put(
	struct db *d, const struct cell *cells, uint64_t line, struct err *e) MUST_USE;
enum status db_signal_end(struct db *d, struct put_counts *out, struct err *e) MUST_USE;
void db_signal_abandon(struct db *d); /* frees d->signals: at close and rollback */
/* As op rows: cells carry the texts of account and kind. */
enum status db_signal_newest(struct store *s, uint32_t kind, uint32_t part, int32_t as_of,
	int32_t *day, double *value, struct err *e);
enum status db_signal_rows(
	struct db *d, uint32_t account, row_fn fn, void *arg, struct err *e) MUST_USE;
/* The ops of the same names. */
enum status db_signal_kinds(
	struct store *s, signal_kind_fn fn, void *arg, struct err *e) MUST_USE;
enum status db_signals(struct store *s, uint32_t kind, uint32_t part, signal_fn fn,
	void *arg, struct err *e) MUST_USE;
/* Structure of every block, and signal_latest against the blocks. */
enum status db_signal_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e) MUST_USE;

/* snapshot.c */
enum status db_snapshot_save(struct store *s, struct snapshot_day day,
	const struct scores *scores, const struct tiers *tiers, struct err *e);
enum status db_snapshot_find(
	struct store *s, int32_t on_or_before, struct snapshot_day *out, struct err *e);
enum status db_snapshot_load(struct store *s, int32_t day, uint32_t first,
	struct scores *scores, uint8_t *tier, struct err *e);
enum status db_snapshot_history(struct store *s, uint32_t account, int32_t from,
	int32_t to, snapshot_fn fn, void *arg, struct err *e);

/* snapshot_brief.c */
enum status db_snapshot_health(struct store *s, int32_t day, uint32_t first, uint32_t n,
	uint8_t *health, uint8_t *tier, struct err *e);

/* snapshot_health.c */
enum status db_snapshot_healths(struct store *s, int32_t from, int32_t to, uint32_t first,
	uint32_t n, healths_fn fn, void *arg, struct err *e);
/* Keeps the healths of a part of a snapshot that was saved in this transaction. */
enum status db_save_healths(struct db *d, int32_t day, uint32_t part,
	const uint8_t *health, uint32_t n, struct err *e) MUST_USE;

/* snapshot_sum.c */
enum status db_snapshot_sums(
	struct store *s, int32_t from, int32_t to, sums_fn fn, void *arg, struct err *e);
/* Inside the transaction that saved the snapshot. */
enum status db_save_sums(struct db *d, struct snapshot_day day,
	const struct scores *scores, const struct tiers *tiers, struct err *e);
/* Whether every snapshot can be read and adds up to what is kept of it. */
enum status db_snapshot_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e) MUST_USE;

#endif
