/* The port's record of functions, and its transactions. */
#include "db/db_internal.h"

#include <stdlib.h>

#include "db/mirror.h"
#include "db/open.h"
#include "db/row.h"
#include "db/schema.h"
#include "db/seal.h"
#include "db/sql.h"

uint32_t db_part_of(uint32_t account)
{
	return (account - 1) / PART_ACCOUNTS;
}

enum status db_need_transaction(struct db *d, struct err *e)
{
	if (d->writing)
		return ST_OK;
	return err_set(e, ST_USAGE, "a change outside a transaction");
}

/* What the connection holds in memory about work that is under way. */
static void forget(struct db *d)
{
	db_batch_abandon(d);
	db_signal_abandon(d);
	db_mirror_forget(d);
	names_forget(d);
	row_forget_ids(d);
}

/* What was lent under the hold goes with it, but not while it is written: then parts
 * follow each other without one. */
static void give_back(struct store *s)
{
	struct db *d = db_of(s);
	db_release(s);
	if (d->holds > 0 || d->writing)
		return;
	db_work_forget(d);
	pack_clear(&d->lent);
}

static void db_close(struct store *s)
{
	struct db *d = db_of(s);
	forget(d);
	db_history_forget(d);
	db_keep_settle(d, false);
	db_work_forget(d);
	stmt_finalize_all(d);
	sql_clear(d);
	sqlite3_close(d->h); /* rolls back; NULL is allowed */
	pack_clear(&d->lent);
	free(d->path);
	free(d);
}

static enum status info_held(struct db *d, struct book_info *out, struct err *e)
{
	struct stmt *q;
	bool row;
	enum status st = stmt_open(d,
		"SELECT (SELECT max(id) FROM account),"
		" (SELECT count(*) FROM csm), (SELECT min(opened_on) FROM ticket"
		"   WHERE opened_on BETWEEN ?1 AND ?2),"
		" (SELECT max(day) FROM snapshot_day), (SELECT day FROM alert_day)",
		&q, e);
	if (st == ST_OK) {
		stmt_bind_int(q, 1, DAY_MIN); /* others count as missing */
		stmt_bind_int(q, 2, DAY_MAX);
		st = stmt_step(q, &row, e);
	}
	if (st == ST_OK)
		*out = (struct book_info){
			.last_id = (uint32_t)stmt_int(q, 0),
			.csms = (uint32_t)stmt_int(q, 1),
			.first_ticket =
				stmt_is_null(q, 2) ? DAY_NONE : (int32_t)stmt_int(q, 2),
			.newest_snapshot =
				stmt_is_null(q, 3) ? DAY_NONE : (int32_t)stmt_int(q, 3),
			.alert_day = stmt_is_null(q, 4) ? DAY_NONE
							: mirror_day(stmt_int(q, 4)),
			.read_only = d->read_only,
			.path = d->path,
		};
	stmt_close(q);
	return st;
}

static enum status db_info(struct store *s, struct book_info *out, struct err *e)
{
	enum status st = db_hold(s, e);
	if (st != ST_OK)
		return st;
	st = info_held(db_of(s), out, e);
	db_release(s);
	return st;
}

static enum status db_data_version(struct store *s, int64_t *out, struct err *e)
{
	struct db *d = db_of(s);
	struct err failure = { .status = ST_OK };
	enum status st = open_same_file(d, e); /* SQLite goes on with the old one */
	if (st != ST_OK)
		return st;
	d->hasty = d->told;
	st = stmt_query_int(d, "PRAGMA data_version", 0, out, &failure);
	d->hasty = false;
	if (st == ST_OK) {
		d->data_version = *out;
		d->told = true;
	} else if (d->told && (sqlite3_errcode(d->h) & 0xff) == SQLITE_BUSY) {
		*out = d->data_version;
		st = ST_OK;
	} else if (e != NULL) {
		*e = failure;
	}
	return st;
}

/* Somebody else may have changed the rules since they were last compared. */
static enum status same_schema(struct db *d, struct err *e)
{
	int64_t version;
	enum status st = stmt_query_int(d, "PRAGMA schema_version", 0, &version, e);
	if (st != ST_OK || version == d->schema_version)
		return st;
	st = schema_check(d, d->schema, e);
	if (st == ST_OK)
		d->schema_version = version;
	return st;
}

void db_tell_changed(struct db *d, enum db_changed how)
{
	if (d->changed != NULL &&
		(*d->changed == DB_CHANGING || *d->changed < (sig_atomic_t)how))
		*d->changed = (sig_atomic_t)how;
}

static void stop_writing(struct db *d)
{
	d->writing = false;
	d->changes = false;
	/* As it was opened; else the cache stays large. */
	sqlite3_exec(d->h, "PRAGMA cache_size = -128", NULL, NULL, NULL);
}

static void db_rollback(struct store *s)
{
	struct db *d = db_of(s);
	forget(d);
	db_keep_settle(d, false);
	stmt_roll_back(d);
	stop_writing(d);
}

static enum status db_begin(struct store *s, struct err *e)
{
	struct db *d = db_of(s);
	if (d->writing)
		return err_set(e, ST_USAGE, "a transaction is open already");
	if (d->read_only)
		return err_set(e, ST_FORBIDDEN,
			"%s: opened for reading: make the file and its folder writable",
			d->path);
	if (d->broken)
		return err_set(e, ST_IO,
			"%s: the disk did not take the last change: open the book again",
			d->path);
	enum status st = open_same_file(d, e);
	if (st == ST_OK)
		st = stmt_exec(d, "PRAGMA cache_size = -32000", e); /* while it writes */
	if (st == ST_OK)
		st = stmt_exec(d, "BEGIN IMMEDIATE", e);
	if (st != ST_OK) {
		stop_writing(d);
		return st;
	}
	d->writing = true;
	db_mirror_forget(d); /* another program may have given numbers, or taken them */
	names_forget(d);
	row_forget_ids(d);
	st = same_schema(d, e);
	if (st == ST_OK)
		st = db_picture_drop_stale(d, e);
	if (st == ST_OK) /* the triggers of the history have nothing to tell */
		st = stmt_exec(d, "UPDATE writer SET own = 1", e);
	if (st == ST_OK) /* what other programs left */
		st = seal_history(d, SEAL_LATER, e);
	if (st != ST_OK)
		db_rollback(s);
	return st;
}

void db_after_commit(struct db *d)
{
	db_keep_settle(d, true);
	stop_writing(d);
	names_forget(d);
}

void db_before_commit(struct db *d)
{
	d->committing = true;
	if (d->changes)
		db_tell_changed(d, DB_CHANGING);
}

/* SQLite cuts the journal, from when on the change counts, and then syncs that: if it
 * fails there, the book has the change, at least until the power goes. The change counter
 * tells, and as long as it is read under the lock nobody else can raise it. */
static bool is_unchanged(struct db *d, int64_t before)
{
	int64_t now;
	return (!sqlite3_get_autocommit(d->h) ||
		       stmt_exec(d, "BEGIN IMMEDIATE", NULL) == ST_OK) &&
	       db_change_counter(d, &now, NULL) == ST_OK && now == before;
}

enum status db_commit_ended(struct db *d, int64_t before, enum status st, struct err *e)
{
	enum db_changed how = st == ST_OK ? DB_CHANGED : DB_UNCHANGED;
	const char *what = "; nothing was changed";
	d->committing = false;
	if (st == ST_UNOPENED) { /* in use: it did not begin */
		what = "";
	} else if (st != ST_OK && !is_unchanged(d, before)) {
		stmt_roll_back(d);
		how = DB_UNSURE;
		what = d->changes ? "; whether the change is in the book is not known: "
				    "`tierdesk log` shows it"
				  : "";
	}
	db_tell_changed(d, d->changes ? how : DB_UNCHANGED);
	return st == ST_OK || e == NULL
		       ? st
		       : err_fill(e, st, e->origin, "%s%s", e->text, what);
}

static enum status db_commit(struct store *s, struct err *e)
{
	struct db *d = db_of(s);
	int64_t before;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK && (d->batch != NULL || d->signals != NULL))
		st = err_set(e, ST_USAGE, "commit inside a batch of rows");
	if (st == ST_OK)
		st = mirror_refresh(d, e);
	if (st == ST_OK)
		st = seal_history(d, SEAL_COMMIT, e);
	if (st == ST_OK)
		st = stmt_exec(d, "UPDATE writer SET own = 0", e);
	if (st == ST_OK)
		st = db_change_counter(d, &before, e);
	if (st != ST_OK)
		return st;
	db_before_commit(d);
	st = db_commit_ended(d, before, stmt_exec(d, "COMMIT", e), e);
	if (st == ST_OK)
		db_after_commit(d);
	return st;
}

/* A statement that stands on a row keeps the lock that it reads under. */
enum status db_hold(struct store *s, struct err *e)
{
	struct db *d = db_of(s);
	bool row;
	enum status st = ST_OK;
	if (d->holds == 0) {
		st = stmt_open(d, "PRAGMA schema_version", &d->held, e);
		if (st == ST_OK)
			st = stmt_step(d->held, &row, e);
	}
	if (st == ST_OK) {
		d->holds++;
		return ST_OK;
	}
	stmt_close(d->held);
	d->held = NULL;
	return st;
}

void db_release(struct store *s)
{
	struct db *d = db_of(s);
	if (--d->holds > 0)
		return;
	stmt_close(d->held);
	d->held = NULL;
}

const struct store_ops db_ops = {
	.close = db_close,
	.info = db_info,
	.data_version = db_data_version,
	.begin = db_begin,
	.commit = db_commit,
	.rollback = db_rollback,
	.hold = db_hold,
	.release = give_back,
	.find = db_find,
	.find_or_add = db_find_or_add,
	.key = db_key,
	.account_keys = db_account_keys,
	.batch_begin = db_batch_begin,
	.put = db_put,
	.batch_end = db_batch_end,
	.rows = db_rows,
	.rows_of = db_rows_of,
	.accounts_all = db_accounts_all,
	.unended = db_unended,
	.unended_names = db_unended_names,
	.past_names = db_past_names,
	.alerts = db_alerts,
	.tasks = db_tasks,
	.row_read = db_row_read,
	.row_write = db_row_write,
	.row_add = db_row_add,
	.row_remove = db_row_remove,
	.alerts_looked = db_alerts_looked,
	.deliveries = db_deliveries,
	.delivery_save = db_delivery_save,
	.delivery_drop = db_delivery_drop,
	.history_last = db_history_last,
	.history_add = db_history_add,
	.history_save = db_history_save,
	.sealed = db_sealed,
	.operations = db_operations,
	.operation_changes = db_operation_changes,
	.field_changes = db_field_changes,
	.history_tiers_add = db_history_tiers_add,
	.history_tiers = db_history_tiers,
	.keep = db_keep,
	.put_back = db_put_back,
	.signal_kinds = db_signal_kinds,
	.signals = db_signals,
	.texts = db_texts,
	.part = db_part,
	.part_of_one = db_part_of_one,
	.signal = db_signal_newest,
	.currencies = db_currencies,
	.snapshot_save = db_snapshot_save,
	.snapshot_find = db_snapshot_find,
	.snapshot_load = db_snapshot_load,
	.snapshot_history = db_snapshot_history,
	.snapshot_health = db_snapshot_health,
	.snapshot_healths = db_snapshot_healths,
	.snapshot_sums = db_snapshot_sums,
	.tickets_opened = db_tickets_opened,
	.state = db_state,
	.picture_save = db_picture_save,
	.picture_keep = db_picture_keep,
	.picture_load = db_picture_load,
	.tiers_load = db_tiers_load,
	.tiers_save = db_tiers_save,
	.review_save = db_review_save,
	.review_day = db_review_day,
	.moves = db_moves,
	.policy_load = db_policy_load,
	.policy_save = db_policy_save,
	.verify = db_verify,
	.backup = db_backup,
};
