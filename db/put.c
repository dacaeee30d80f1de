/*
 * Rows in. A row is found by the hash of its keys among the rows of this batch and,
 * in a small batch, by the index of the table; a large one reads all keys once. What
 * is found is compared, and written only where it differs.
 */
#include "db/put.h"

#include <stdlib.h>
#include <string.h>

#include "db/bulk.h"
#include "db/keymap.h"
#include "db/mirror.h"
#include "db/sql.h"

#define MANY_ROWS 2000 /* from here on a batch is a large one */
#define PARTS (DB_ACCOUNT_MAX / PART_ACCOUNTS + 1)

struct db_batch {
	struct put_batch given;
	const struct record *r;
	int account_field;
	uint32_t keys;     /* the fields a row is known by: its keys that are given */
	uint32_t required; /* keys and given fields that may not be missing */
	bool was_empty;    /* the table, when the batch began */
	bool complete;     /* the map knows every row of the table */
	uint32_t next_id, taken;
	struct keymap map; /* seen: the row stood in this batch */
	struct put_counts counts;
	struct bulk bulk;
	uint8_t touched[PARTS / 8 + 1]; /* parts that got rows while triggers are out */
	struct mirror_feed *feed;       /* owned; of new accounts */
	struct stmt *insert, *update, *update_light, *stored, *find;
	uint32_t stored_at; /* id of the row on which stored stands, 0: on none */
};

enum record_kind put_kind(const struct db *d)
{
	return d->batch != NULL ? d->batch->given.kind : REC_COUNT;
}

/* ---- keys ---- */

static uint64_t mix_cell(uint64_t h, const struct cell *c)
{
	double number;
	uint64_t bits;
	h = keymap_mix(h, c->type);
	switch (c->type) {
	case CELL_MISSING:
		break;
	case CELL_INT:
		return keymap_mix(h, (uint64_t)c->i);
	case CELL_NUMBER:
		number = c->n + 0.0; /* -0 is 0 */
		memcpy(&bits, &number, sizeof(bits));
		return keymap_mix(h, bits);
	case CELL_TEXT:
		return keymap_mix_text(h, c->t);
	}
	return h;
}

static uint32_t hash_keys(const struct db_batch *b, const struct cell *cells)
{
	uint64_t h = 0;
	for (int i = 0; i < b->r->count; i++) {
		if (b->keys & 1u << i)
			h = mix_cell(h, &cells[i]);
	}
	return keymap_finish(h);
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case CELL_MISSING:
		return true;
	case CELL_INT:
		return a->i == b->i;
	case CELL_NUMBER:
		return !(a->n < b->n) && !(a->n > b->n);
	case CELL_TEXT:
		return text_eq(a->t, b->t);
	}
	return false;
}

static bool same_keys(
	const struct db_batch *b, const struct cell *x, const struct cell *y)
{
	for (int i = 0; i < b->r->count; i++) {
		if ((b->keys & 1u << i) && !same_cell(&x[i], &y[i]))
			return false;
	}
	return true;
}

/* The stored row; texts are borrowed until the statement is used again. Files mostly
 * come in the order of the book: then the next row is one step away. */
static enum status read_stored(
	struct db_batch *b, uint32_t id, struct cell *out, bool *there, struct err *e)
{
	if (b->stored_at == 0 || b->stored_at + 1 != id) {
		stmt_reset(b->stored);
		stmt_bind_int(b->stored, 1, id);
	}
	b->stored_at = 0;
	enum status st = stmt_step(b->stored, there, e);
	*there = st == ST_OK && *there && stmt_int(b->stored, b->r->count) == id;
	if (*there)
		b->stored_at = id;
	for (int i = 0; *there && i < b->r->count; i++)
		out[i] = stmt_cell(b->stored, i);
	return st;
}

bool put_find(struct db *d, struct text key, uint32_t *id)
{
	struct db_batch *b = d->batch;
	if (b == NULL || b->given.kind != REC_ACCOUNT || !b->bulk.active || !b->was_empty)
		return false;
	struct cell wanted[RECORD_FIELDS_MAX] = { [F_ACCOUNT_ID] = CELL_OF_TEXT(key) };
	struct cell there[RECORD_FIELDS_MAX];
	uint32_t hash = hash_keys(b, wanted);
	size_t at = 0;
	struct keymap_entry *entry;
	*id = 0;
	while (*id == 0 && (entry = keymap_next(&b->map, hash, &at)) != NULL) {
		bool found;
		if (read_stored(b, entry->id, there, &found, NULL) != ST_OK)
			return false;
		if (found && same_keys(b, wanted, there))
			*id = entry->id;
	}
	return true;
}

/* ---- finding ---- */

struct match {
	uint32_t id;                /* 0: a new row */
	bool twice;                 /* it stood in this batch before */
	bool many;                  /* several rows have these keys */
	bool only;                  /* there can't be several */
	struct keymap_entry *entry; /* of the map, until something is added to it */
	uint32_t read;              /* id of the row in stored, 0: none */
	struct cell stored[RECORD_FIELDS_MAX];
};

/* Among the entries of the map. Equal rows without keys are paired off one by one:
 * those that were seen are gone. */
static enum status match_in_map(struct db_batch *b, const struct cell *cells,
	uint32_t hash, struct match *m, struct err *e)
{
	bool by_content = b->r->identity == REC_BY_CONTENT;
	struct keymap_entry *entry;
	size_t at = 0;
	while (!(m->only && m->id != 0) &&
		(entry = keymap_next(&b->map, hash, &at)) != NULL) {
		if (by_content && entry->seen)
			continue;
		bool there;
		enum status st = read_stored(b, entry->id, m->stored, &there, e);
		m->read = entry->id;
		if (st != ST_OK)
			return st;
		if (!there || !same_keys(b, cells, m->stored))
			continue;
		m->many = m->id != 0;
		m->id = entry->id;
		m->entry = entry;
		m->twice = entry->seen;
	}
	return ST_OK;
}

static bool in_map(const struct db_batch *b, uint32_t hash, uint32_t id)
{
	size_t at = 0;
	struct keymap_entry *entry;
	while ((entry = keymap_next(&b->map, hash, &at)) != NULL) {
		if (entry->id == id)
			return true;
	}
	return false;
}

/* By the index of the table; rows of this batch are in the map already. */
static enum status match_in_table(struct db_batch *b, const struct cell *cells,
	uint32_t hash, struct match *m, struct err *e)
{
	for (int i = 0; i < b->r->count; i++) {
		const struct field *f = &b->r->fields[i];
		if (!(f->flags & FIELD_KEY))
			continue;
		if (!(f->flags & FIELD_REQUIRED))
			stmt_bind_int(b->find, i + SQL_ANY, !(b->keys & 1u << i));
		stmt_bind_cell(b->find, i + 2, &cells[i]);
	}
	enum status st;
	bool row;
	while ((st = stmt_step(b->find, &row, e)) == ST_OK && row) {
		uint32_t id = (uint32_t)stmt_int(b->find, 0);
		if (in_map(b, hash, id))
			continue;
		m->many = m->id != 0;
		if (m->id == 0)
			m->id = id;
		if (m->only || m->many)
			break;
	}
	stmt_reset(b->find);
	return st;
}

/* ---- many rows ---- */

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return (x > y) - (x < y);
}

/* Reads the keys of all rows into the map; those of this batch stay seen. */
static enum status know_all(struct db *d, struct db_batch *b, struct err *e)
{
	uint32_t *seen = malloc((b->map.used + 1) * sizeof(*seen)), seen_n = 0;
	if (seen == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	for (size_t i = 0; i < b->map.capacity; i++) {
		if (b->map.entries[i].id != 0)
			seen[seen_n++] = b->map.entries[i].id;
	}
	qsort(seen, seen_n, sizeof(*seen), by_number);
	keymap_clear(&b->map);
	struct stmt *s = NULL;
	const char *sql = sql_text(d, b->given.kind, SQL_KEYS);
	enum status st = keymap_reserve(&b->map, b->next_id, e);
	if (st == ST_OK)
		st = sql != NULL ? stmt_open(d, sql, &s, e)
				 : err_set(e, ST_NOMEM, "out of memory");
	struct cell cells[RECORD_FIELDS_MAX];
	bool row;
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		uint32_t id = (uint32_t)stmt_int(s, 0);
		for (int i = 0, at = 1; i < b->r->count; i++) {
			if (b->r->fields[i].flags & FIELD_KEY)
				cells[i] = stmt_cell(s, at++);
		}
		st = keymap_add(&b->map, hash_keys(b, cells), id,
			bsearch(&id, seen, seen_n, sizeof(id), by_number) != NULL, e);
	}
	stmt_close(s);
	free(seen);
	b->complete = st == ST_OK;
	return st;
}

static enum status become_large(struct db *d, struct db_batch *b, struct err *e)
{
	enum status st = b->complete ? ST_OK : know_all(d, b, e);
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
	enum status st =
		stmt_open(d, "DELETE FROM mirror WHERE source = ? AND part = ?", &s, e);
	for (uint32_t part = 0; st == ST_OK && part < PARTS; part++) {
		if (!(b->touched[part / 8] & 1u << part % 8))
			continue;
		stmt_bind_int(s, 1, b->given.kind);
		stmt_bind_int(s, 2, part);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

/* ---- writing ---- */

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
	if (b->bulk.active && part < PARTS && !fed)
		b->touched[part / 8] |= (uint8_t)(1u << part % 8);
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

static enum status update_row(struct db_batch *b, uint32_t id, const struct cell *cells,
	const struct cell *stored, struct err *e)
{
	bool differs = false, heavy = false;
	for (int i = 0; i < b->r->count; i++) {
		const struct field *f = &b->r->fields[i];
		if ((f->flags & (FIELD_KEY | FIELD_APART)) ||
			same_cell(merged(b, i, cells, stored), &stored[i]))
			continue;
		differs = true;
		heavy = heavy || !sql_light(f);
	}
	if (!differs) {
		b->counts.unchanged++;
		return ST_OK;
	}
	struct stmt *s = heavy ? b->update : b->update_light;
	stmt_bind_int(s, 1, id);
	for (int i = 0; i < b->r->count; i++) {
		const struct field *f = &b->r->fields[i];
		if (!(f->flags & (FIELD_KEY | FIELD_APART)) && (heavy || sql_light(f)))
			stmt_bind_cell(s, i + 2, merged(b, i, cells, stored));
	}
	enum status st = stmt_run(s, e);
	if (st == ST_OK)
		b->counts.updated++;
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
			st = read_stored(b, m->id, m->stored, &there, e);
		if (st == ST_OK)
			st = update_row(b, m->id, cells, m->stored, e);
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
	/* Of equal rows without keys any will do, and a contact is known by fields that
	 * others may share. */
	struct match m = { .only = b->given.kind != REC_CONTACT };
	uint32_t hash = hash_keys(b, cells);
	st = match_in_map(b, cells, hash, &m, e);
	if (st == ST_OK && !b->complete && !(m.id != 0 && m.only))
		st = match_in_table(b, cells, hash, &m, e);
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

static enum status open_one(struct db *d, enum record_kind kind, enum sql_use use,
	struct stmt **s, struct err *e)
{
	const char *sql = sql_text(d, kind, use);
	if (sql == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	return stmt_open(d, sql, s, e);
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
	enum status st = open_one(d, b->given.kind, SQL_INSERT, &b->insert, e);
	if (st == ST_OK && b->r->identity == REC_BY_KEY)
		st = open_one(d, b->given.kind, SQL_UPDATE, &b->update, e);
	if (st == ST_OK && has_light(b->r))
		st = open_one(d, b->given.kind, SQL_UPDATE_LIGHT, &b->update_light, e);
	if (st == ST_OK)
		st = open_one(d, b->given.kind, SQL_STORED, &b->stored, e);
	if (st == ST_OK)
		st = open_one(d, b->given.kind, SQL_FIND, &b->find, e);
	return st;
}

/* Ids are given from here, never a second time. */
static enum status first_id(struct db *d, struct db_batch *b, struct err *e)
{
	int64_t some = 0, last = 0, gone = 0;
	const char *some_sql = sql_text(d, b->given.kind, SQL_SOME);
	const char *last_sql = sql_text(d, b->given.kind, SQL_LAST_ID);
	if (some_sql == NULL || last_sql == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	enum status st = stmt_query_int(d, some_sql, 0, &some, e);
	if (st == ST_OK)
		st = stmt_query_int(d, last_sql, 0, &last, e);
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
	if (given->kind == REC_SIGNAL)
		return db_signal_begin(d, given, e);
	struct db_batch *b = calloc(1, sizeof(*b));
	if (b == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	d->batch = b;
	b->given = *given;
	b->r = record_of(given->kind);
	b->account_field = sql_account_field(b->r);
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
