/*
 * Rows in: what match.c finds is compared, and written only where it differs; what is
 * new is added. A batch that grows large takes indexes and triggers out until it ends.
 */
#include "db/put.h"

#include <stdlib.h>
#include <string.h>

#include "db/match.h"
#include "db/mirror.h"
#include "db/row.h"
#include "db/seal.h"

#define MANY_ROWS 2000 /* from here on a batch is a large one */

enum record_kind put_kind(const struct db *d)
{
	return d->batch != NULL ? d->batch->given.kind : REC_COUNT;
}

/* ---- many rows ---- */

static enum status become_large(struct db *d, struct db_batch *b, struct err *e)
{
	enum status st = keymap_reserve(&b->map, b->next_id, e);
	stmt_reset(b->stored); /* the schema can't change under an open row */
	b->stored_at = 0;
	/* CSMs are asked for by name all the time: their index stays. */
	if (st == ST_OK && b->given.kind != REC_CSM)
		st = bulk_begin(d, &b->bulk, b->r->table, b->was_empty, e);
	return st;
}

/* Mirrors of the parts that got rows while the triggers were out. */
static enum status drop_mirrors(struct db *d, struct db_batch *b, struct err *e)
{
	struct stmt *s;
	enum status st = stmt_open(d,
		"DELETE FROM mirror WHERE part = ?2"
		" AND (source IN (?1, ?3) OR (?1 = 0 AND source IN (100, 101)))",
		&s, e);
	const int work = b->given.kind == REC_ALERT  ? MIRROR_ALERTS
			 : b->given.kind == REC_TASK ? MIRROR_TASKS
						     : (int)b->given.kind;
	for (uint32_t part = 0; st == ST_OK && part < BATCH_PARTS; part++) {
		if (!(b->touched[part / 8] & 1u << part % 8))
			continue;
		stmt_bind_int(s, 1, b->given.kind);
		stmt_bind_int(s, 2, part);
		stmt_bind_int(s, 3, work);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

/* ---- writing ---- */

/* For whoever wants to know what became of a row; before NULL: it is new. */
static enum status tell(const struct db_batch *b, uint32_t id, const struct cell *before,
	const struct cell *after, struct err *e)
{
	static const struct cell missing = { .type = CELL_MISSING };
	struct row_change c = { b->given.kind, id, 0, 0, before, after };
	if (b->given.kind == REC_ACCOUNT)
		c.account = id;
	else if (b->account_field >= 0)
		c.account = (uint32_t)after[b->account_field].i;
	for (int i = 0; i < b->r->count; i++) {
		if (!cell_eq(before != NULL ? before[i] : missing, after[i]))
			c.fields |= 1u << i;
	}
	return b->given.changed(b->given.arg, &c, e);
}

static enum status tell_insert(
	const struct db_batch *b, uint32_t id, const struct cell *cells, struct err *e)
{
	struct cell after[RECORD_FIELDS_MAX];
	for (int i = 0; i < b->r->count; i++) {
		bool given = b->given.mapped & 1u << i && sql_stored(&b->r->fields[i]);
		after[i] = given ? cells[i] : (struct cell){ .type = CELL_MISSING };
	}
	return tell(b, id, NULL, after, e);
}

static enum status insert_row(
	struct db *d, const struct cell *cells, uint32_t *id, struct err *e)
{
	struct db_batch *b = d->batch;
	uint32_t most = b->given.kind == REC_ACCOUNT ? DB_ACCOUNT_MAX : KEYMAP_ID_MAX;
	if (b->next_id > most)
		return err_set(e, ST_INVALID, "the book is full: no more than %u %s",
			(unsigned)most, b->r->name);
	*id = b->next_id;
	stmt_bind_int(b->insert, 1, *id);
	for (int i = 0; i < b->r->count; i++) {
		if (!sql_stored(&b->r->fields[i]))
			continue;
		if (b->given.mapped & 1u << i)
			stmt_bind_cell(b->insert, i + 2, &cells[i]);
		else
			stmt_bind_null(b->insert, i + 2);
	}
	enum status st = stmt_run(b->insert, e);
	if (st != ST_OK)
		return st;
	b->next_id++;
	b->counts.inserted++;
	uint32_t account =
		b->account_field < 0 ? *id : (uint32_t)cells[b->account_field].i;
	uint32_t part = db_part_of(account);
	bool fed = false;
	if (b->given.kind == REC_ACCOUNT)
		st = mirror_feed_account(
			d, &b->feed, *id, b->given.mapped, cells, &fed, e);
	if (b->bulk.active && part < BATCH_PARTS && !fed)
		b->touched[part / 8] |= (uint8_t)(1u << part % 8);
	if (st == ST_OK && b->given.changed != NULL)
		st = tell_insert(b, *id, cells, e);
	return st;
}

/* What becomes of field i of a row that is there. */
static const struct cell *merged(const struct db_batch *b, int i,
	const struct cell *cells, const struct cell *stored)
{
	bool taken = b->given.mode == PUT_OVERWRITE ||
		     (b->given.mode == PUT_FILL && stored[i].type == CELL_MISSING);
	return taken && (b->given.mapped & 1u << i) ? &cells[i] : &stored[i];
}

static void become(const struct db_batch *b, const struct cell *cells,
	const struct cell *stored, struct cell *after)
{
	for (int i = 0; i < b->r->count; i++) {
		bool fixed = b->r->fields[i].flags & (FIELD_KEY | FIELD_APART);
		after[i] = fixed ? stored[i] : *merged(b, i, cells, stored);
	}
}

static enum status update_row(struct db *d, uint32_t id, const struct cell *cells,
	const struct cell *stored, struct err *e)
{
	struct db_batch *b = d->batch;
	uint32_t changed = 0;
	bool heavy = false;
	for (int i = 0; i < b->r->count; i++) {
		const struct field *f = &b->r->fields[i];
		if ((f->flags & (FIELD_KEY | FIELD_APART)) ||
			cell_eq(*merged(b, i, cells, stored), stored[i]))
			continue;
		changed |= 1u << i;
		heavy = heavy || !sql_light(f);
	}
	if (changed == 0) {
		b->counts.unchanged++;
		return ST_OK;
	}
	struct cell after[RECORD_FIELDS_MAX];
	become(b, cells, stored, after);
	enum status st = b->given.becomes == NULL ? ST_OK
						  : b->given.becomes(b->given.arg, id,
							    stored, after, changed, e);
	if (st != ST_OK)
		return st;
	struct stmt *s = heavy ? b->update : b->update_light;
	stmt_bind_int(s, 1, id);
	for (int i = 0; i < b->r->count; i++) {
		const struct field *f = &b->r->fields[i];
		if (!(f->flags & (FIELD_KEY | FIELD_APART)) && (heavy || sql_light(f)))
			stmt_bind_cell(s, i + 2, merged(b, i, cells, stored));
	}
	st = stmt_run(s, e);
	if (st == ST_OK)
		b->counts.updated++;
	if (st == ST_OK && b->given.changed != NULL)
		st = tell(b, id, stored, after, e);
	if (st == ST_OK)
		st = digest_forget(d, b->given.kind, id, e);
	return st;
}

static enum status settle(struct db *d, const struct cell *cells, struct match *m,
	uint32_t hash, struct err *e)
{
	struct db_batch *b = d->batch;
	bool there = true;
	enum status st = ST_OK;
	if (m->id == 0) {
		st = insert_row(d, cells, &m->id, e);
	} else {
		if (m->read != m->id)
			st = match_read(b, m->id, m->stored, &there, e);
		if (st == ST_OK)
			st = update_row(d, m->id, cells, m->stored, e);
	}
	if (st == ST_OK && m->entry == NULL)
		st = keymap_add(&b->map, hash, m->id, true, e);
	else if (st == ST_OK)
		m->entry->seen = 1;
	return st;
}

static enum status check_required(
	const struct db_batch *b, const struct cell *cells, struct err *e)
{
	for (int i = 0; i < b->r->count; i++) {
		bool given = (b->given.mapped & 1u << i) && cells[i].type != CELL_MISSING;
		if ((b->required & 1u << i) && !given)
			return err_set(
				e, ST_INVALID, "%s is required", b->r->fields[i].name);
	}
	return ST_OK;
}

enum status db_put(struct store *store, const struct cell *cells, uint64_t line,
	uint32_t *id, struct err *e)
{
	struct db *d = db_of(store);
	if (d->signals != NULL)
		return db_signal_put(d, cells, line, e);
	struct db_batch *b = d->batch;
	if (b == NULL)
		return err_set(e, ST_USAGE, "a row outside a batch");
	enum status st = check_required(b, cells, e);
	if (st != ST_OK)
		return st;
	if (++b->taken == MANY_ROWS)
		st = become_large(d, b, e);
	if (st != ST_OK)
		return st;
	struct match m = { .id = 0 };
	uint32_t hash = match_hash(b, cells);
	st = match_row(d, cells, hash, &m, e);
	if (st != ST_OK)
		return st;
	if (m.many)
		return err_set(e, ST_INVALID,
			"more than one row of the book has this key: give more of it");
	if (m.twice)
		return err_set(e, ST_DUPLICATE, "this key stood in an earlier row");
	st = settle(d, cells, &m, hash, e);
	if (st == ST_OK && id != NULL)
		*id = m.id;
	return st;
}

/* ---- a batch ---- */

static void close_statements(struct db_batch *b)
{
	stmt_close(b->insert);
	stmt_close(b->update);
	stmt_close(b->update_light);
	stmt_close(b->stored);
	stmt_close(b->find);
	b->insert = b->update = b->update_light = b->stored = b->find = NULL;
}

void db_batch_abandon(struct db *d)
{
	struct db_batch *b = d->batch;
	if (b == NULL)
		return;
	close_statements(b);
	keymap_clear(&b->map);
	bulk_clear(&b->bulk);
	mirror_feed_free(&b->feed);
	free(b);
	d->batch = NULL;
}

static bool has_light(const struct record *r)
{
	for (int i = 0; i < r->count; i++) {
		if (!(r->fields[i].flags & (FIELD_KEY | FIELD_APART)) &&
			sql_light(&r->fields[i]))
			return true;
	}
	return false;
}

static enum status open_statements(struct db *d, struct db_batch *b, struct err *e)
{
	enum status st = sql_open(d, b->given.kind, SQL_INSERT, &b->insert, e);
	if (st == ST_OK && b->r->identity == REC_BY_KEY)
		st = sql_open(d, b->given.kind, SQL_UPDATE, &b->update, e);
	if (st == ST_OK && has_light(b->r))
		st = sql_open(d, b->given.kind, SQL_UPDATE_LIGHT, &b->update_light, e);
	if (st == ST_OK)
		st = sql_open(d, b->given.kind, SQL_STORED, &b->stored, e);
	if (st == ST_OK)
		st = sql_open(d, b->given.kind, SQL_FIND, &b->find, e);
	return st;
}

/* Ids are given from here, never a second time. */
static enum status first_id(struct db *d, struct db_batch *b, struct err *e)
{
	int64_t some = 0, last = 0, gone = 0;
	const char *some_sql = sql_text(d, b->given.kind, SQL_SOME);
	if (some_sql == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	enum status st = stmt_query_int(d, some_sql, 0, &some, e);
	if (st == ST_OK)
		st = row_last_id(d, b->given.kind, &last, e);
	if (st == ST_OK && b->given.kind == REC_ACCOUNT)
		st = stmt_query_int(d, "SELECT last_id FROM book", 0, &gone, e);
	if (st != ST_OK)
		return st;
	if (last < gone)
		last = gone;
	if (last < 0 || last > KEYMAP_ID_MAX)
		return err_set(e, ST_CORRUPT, "%s: %s has a row with the id %lld",
			d->path, b->r->table, (long long)last);
	b->was_empty = b->complete = some == 0;
	b->next_id = (uint32_t)last + 1;
	return ST_OK;
}

enum status db_batch_begin(
	struct store *store, const struct put_batch *given, struct err *e)
{
	struct db *d = db_of(store);
	enum status st = db_need_transaction(d, e);
	if (st != ST_OK)
		return st;
	if (d->batch != NULL || d->signals != NULL)
		return err_set(e, ST_USAGE, "a batch of rows is open already");
	row_forget_ids(d);
	if (given->kind == REC_SIGNAL)
		return db_signal_begin(d, given, e);
	struct db_batch *b = calloc(1, sizeof(*b));
	if (b == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	d->batch = b;
	b->given = *given;
	b->r = record_of(given->kind);
	b->account_field = record_account_field(b->r);
	for (int i = 0; i < b->r->count; i++) {
		if (b->r->fields[i].flags & FIELD_KEY)
			b->keys |= given->mapped & 1u << i;
		if ((b->r->fields[i].flags & FIELD_REQUIRED) &&
			((b->r->fields[i].flags & FIELD_KEY) || given->mapped & 1u << i))
			b->required |= 1u << i;
	}
	if (given->kind == REC_ACCOUNT)
		names_forget(d);
	st = first_id(d, b, e);
	if (st == ST_OK)
		st = open_statements(d, b, e);
	if (st != ST_OK)
		db_batch_abandon(d);
	return st;
}

enum status db_batch_end(struct store *store, struct put_counts *out, struct err *e)
{
	struct db *d = db_of(store);
	if (d->signals != NULL)
		return db_signal_end(d, out, e);
	struct db_batch *b = d->batch;
	if (b == NULL)
		return err_set(e, ST_USAGE, "no batch of rows is open");
	close_statements(b);
	keymap_clear(&b->map); /* makes room for sorting the indexes */
	enum status st = drop_mirrors(d, b, e);
	if (st == ST_OK)
		st = mirror_feed_end(d, &b->feed, e);
	if (st == ST_OK)
		st = bulk_end(d, &b->bulk, e);
	*out = b->counts;
	db_batch_abandon(d);
	return st;
}
