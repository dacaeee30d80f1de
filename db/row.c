/* Single rows, by their id: what people change by hand. */
#include "db/row.h"

#include <stdlib.h>
#include <string.h>

#include "db/keymap.h"
#include "db/seal.h"
#include "db/signal.h"
#include "db/sql.h"

enum status db_row_read(struct store *store, enum record_kind kind, int64_t id,
	struct arena *a, struct cell *out, bool *there, struct err *e)
{
	const int count = record_of(kind)->count;
	struct stmt *s;
	enum status st = sql_open(db_of(store), kind, SQL_STORED, &s, e);
	*there = false;
	if (st == ST_OK) {
		stmt_bind_int(s, 1, id);
		st = stmt_step(s, there, e);
	}
	*there = *there && stmt_int(s, count) == id;
	for (int i = 0; *there && st == ST_OK && i < count; i++) {
		out[i] = stmt_cell(s, i);
		if (out[i].type != CELL_TEXT)
			continue;
		out[i].t.s = arena_copy(a, out[i].t.s, out[i].t.n);
		if (out[i].t.s == NULL)
			st = err_set(e, ST_NOMEM, "out of memory");
	}
	stmt_close(s);
	return st;
}

/* Whether the key of these cells is that of a row with another id. */
static enum status check_key(struct db *d, enum record_kind kind, int64_t id,
	const struct cell *cells, struct err *e)
{
	const struct record *r = record_of(kind);
	const int name = record_name_field(r);
	struct stmt *s;
	bool row = true;
	if (name < 0)
		return ST_OK;
	enum status st = sql_open(d, kind, SQL_FIND, &s, e);
	if (st == ST_OK)
		stmt_bind_cell(s, name + 2, &cells[name]);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		if (stmt_int(s, 0) != id)
			st = err_set(e, ST_DUPLICATE, "%s: another of the %s has it",
				r->fields[name].name, r->name);
	}
	stmt_close(s);
	return st;
}

static uint32_t key_fields(const struct record *r)
{
	uint32_t keys = 0;
	for (int i = 0; i < r->count; i++) {
		if (r->fields[i].flags & FIELD_KEY)
			keys |= 1u << i;
	}
	return keys;
}

static void bind_row(
	struct stmt *s, const struct record *r, const struct cell *cells, bool with_keys)
{
	for (int i = 0; i < r->count; i++) {
		const struct field *f = &r->fields[i];
		if (sql_stored(f) && (with_keys || !(f->flags & FIELD_KEY)))
			stmt_bind_cell(s, i + 2, &cells[i]);
	}
}

enum status db_row_write(struct store *store, enum record_kind kind, int64_t id,
	const struct cell *cells, uint32_t fields, struct err *e)
{
	struct db *d = db_of(store);
	const struct record *r = record_of(kind);
	const bool renames = fields & key_fields(r);
	struct stmt *s = NULL;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK && renames)
		st = check_key(d, kind, id, cells, e);
	if (st == ST_OK)
		st = sql_open(d, kind, renames ? SQL_WRITE : SQL_UPDATE, &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, id);
		bind_row(s, r, cells, renames);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	if (st == ST_OK)
		st = digest_forget(d, kind, id, e);
	if (kind == REC_ACCOUNT && renames)
		names_forget(d);
	return st;
}

enum status row_last_id(struct db *d, enum record_kind kind, int64_t *last, struct err *e)
{
	const char *sql = sql_text(d, kind, SQL_LAST_ID);
	struct stmt *s = NULL;
	bool row = false;
	int64_t gone = 0;
	if (sql == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	enum status st = stmt_query_int(d, sql, 0, last, e);
	if (st == ST_OK)
		st = stmt_open(
			d, "SELECT max(row) FROM operation_change WHERE kind = ?", &s, e);
	if (st == ST_OK) {
		stmt_bind_text(s, 1, text_of(record_of(kind)->table));
		st = stmt_step(s, &row, e);
	}
	if (row && stmt_int(s, 0) > *last)
		*last = stmt_int(s, 0);
	stmt_close(s);
	if (st == ST_OK && kind == REC_MESSAGE)
		st = db_last_message(d, &gone, e);
	if (gone > *last)
		*last = gone;
	return st;
}

void row_forget_ids(struct db *d)
{
	memset(d->last_id, 0, sizeof(d->last_id));
}

static enum status choose_id(
	struct db *d, enum record_kind kind, int64_t *id, struct err *e)
{
	struct stmt *s;
	bool taken = false;
	enum status st;
	if (*id == 0) {
		*id = d->last_id[kind];
		st = *id > 0 ? ST_OK : row_last_id(d, kind, id, e);
		if (st == ST_OK && (*id < 0 || *id >= KEYMAP_ID_MAX))
			st = err_set(e, ST_INVALID, "the book is full: no more %s",
				record_of(kind)->name);
		d->last_id[kind] = ++*id;
		return st;
	}
	if (*id > d->last_id[kind])
		d->last_id[kind] = 0;
	st = sql_open(d, kind, SQL_STORED, &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, *id);
		st = stmt_step(s, &taken, e);
	}
	if (taken && stmt_int(s, record_of(kind)->count) == *id)
		st = err_set(e, ST_DUPLICATE, "another of the %s has the id %lld",
			record_of(kind)->name, (long long)*id);
	stmt_close(s);
	return st;
}

static enum status check_kind(enum record_kind kind, bool there, struct err *e)
{
	if (kind == REC_SIGNAL || (kind == REC_ACCOUNT && !there))
		return err_set(
			e, ST_USAGE, "%s don't come by hand", record_of(kind)->name);
	return ST_OK;
}

/* Whether one of the signals of a kind is the account's. */
static enum status check_signal(
	struct db *d, uint32_t kind, uint32_t account, struct err *e)
{
	const uint32_t part = db_part_of(account);
	const uint32_t at = account - 1 - part * PART_ACCOUNTS;
	struct signal_latest *l = malloc(sizeof(*l));
	enum status st = l != NULL ? ST_OK : err_set(e, ST_NOMEM, "out of memory");
	if (st == ST_OK)
		st = signal_latest_read(d, (struct signal_place){ kind, part }, l, e);
	if (st == ST_OK && at < l->n && l->day[at] != DAY_NONE)
		st = err_set(e, ST_FORBIDDEN, "the account has signals");
	free(l);
	return st;
}

/* Nothing may be left that knows an account by its number alone. */
static enum status check_signals(struct db *d, int64_t account, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(
		d, "SELECT DISTINCT kind FROM signal_block WHERE part = ?", &s, e);
	if (st == ST_OK)
		stmt_bind_int(s, 1, db_part_of((uint32_t)account));
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row)
		st = check_signal(d, (uint32_t)stmt_int(s, 0), (uint32_t)account, e);
	stmt_close(s);
	return st;
}

enum status db_row_add(struct store *store, enum record_kind kind,
	const struct cell *cells, int64_t *id, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = check_kind(kind, *id != 0, e);
	if (st == ST_OK)
		st = choose_id(d, kind, id, e);
	if (st == ST_OK)
		st = check_key(d, kind, *id, cells, e);
	if (st == ST_OK)
		st = sql_open(d, kind, SQL_INSERT, &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, *id);
		bind_row(s, record_of(kind), cells, true);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	if (kind == REC_ACCOUNT)
		names_forget(d);
	return st;
}

enum status db_row_remove(
	struct store *store, enum record_kind kind, int64_t id, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = check_kind(kind, true, e);
	if (st == ST_OK && kind == REC_ACCOUNT)
		st = check_signals(d, id, e);
	if (st == ST_OK)
		st = sql_open(d, kind, SQL_REMOVE, &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, id);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	if (st == ST_OK)
		st = digest_forget(d, kind, id, e);
	if (st == ST_INVALID) /* a foreign key is all that can be in the way */
		st = err_set(e, ST_FORBIDDEN, "rows of the book refer to it");
	if (kind == REC_ACCOUNT)
		names_forget(d);
	return st;
}

enum status db_alerts_looked(
	struct store *store, int32_t day, int32_t ended_from, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK)
		st = stmt_open(
			d, "UPDATE alert_day SET day = ?1, ended_from = ?2", &s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, day);
		stmt_bind_int(s, 2, ended_from);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}
