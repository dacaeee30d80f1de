/* Which row of the book a row of the file is: by the hash of its keys, then by them. */
#include "db/match.h"

#include <stdlib.h>
#include <string.h>

#include "db/put.h"

#define MANY_QUESTIONS 2000 /* to the index, before all keys are read */

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

uint32_t match_hash(const struct db_batch *b, const struct cell *cells)
{
	uint64_t h = 0;
	for (int i = 0; i < b->r->count; i++) {
		if (b->keys & 1u << i)
			h = mix_cell(h, &cells[i]);
	}
	return keymap_finish(h);
}

static bool same_keys(
	const struct db_batch *b, const struct cell *x, const struct cell *y)
{
	for (int i = 0; i < b->r->count; i++) {
		if ((b->keys & 1u << i) && !cell_eq(x[i], y[i]))
			return false;
	}
	return true;
}

/* The stored row; texts are borrowed until the statement is used again. Files mostly
 * come in the order of the book: then the next row is one step away. */
enum status match_read(
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

/* ---- all rows ---- */

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
	enum status st = keymap_reserve(&b->map, b->next_id, e);
	if (st == ST_OK)
		st = sql_open(d, b->given.kind, SQL_KEYS, &s, e);
	struct cell cells[RECORD_FIELDS_MAX];
	bool row;
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		uint32_t id = (uint32_t)stmt_int(s, 0);
		for (int i = 0, at = 1; i < b->r->count; i++) {
			if (b->r->fields[i].flags & FIELD_KEY)
				cells[i] = stmt_cell(s, at++);
		}
		st = keymap_add(&b->map, match_hash(b, cells), id,
			bsearch(&id, seen, seen_n, sizeof(id), by_number) != NULL, e);
	}
	stmt_close(s);
	free(seen);
	b->complete = st == ST_OK;
	return st;
}

/* ---- finding ---- */

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
		enum status st = match_read(b, entry->id, m->stored, &there, e);
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

/* Files mostly come in the order of the book, above all those that come again: the row
 * after the last one is tried before anybody is asked. */
static enum status match_next(
	struct db_batch *b, const struct cell *cells, struct match *m, struct err *e)
{
	uint32_t id = b->stored_at + 1;
	bool there;
	if (b->stored_at == 0 || b->r->identity != REC_BY_KEY || !m->only)
		return ST_OK;
	enum status st = match_read(b, id, m->stored, &there, e);
	if (st != ST_OK || !there)
		return st;
	m->read = id;
	if (same_keys(b, cells, m->stored))
		m->id = id;
	return ST_OK;
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

enum status match_row(struct db *d, const struct cell *cells, uint32_t hash,
	struct match *m, struct err *e)
{
	struct db_batch *b = d->batch;
	/* Of equal rows without keys any will do, and a contact is known by fields that
	 * others may share. */
	m->only = b->given.kind != REC_CONTACT;
	enum status st = match_in_map(b, cells, hash, m, e);
	if (st == ST_OK && !b->complete && m->id == 0)
		st = match_next(b, cells, m, e);
	if (st != ST_OK || b->complete || (m->id != 0 && m->only))
		return st;
	if (++b->asked < MANY_QUESTIONS)
		return match_in_table(b, cells, hash, m, e);
	st = know_all(d, b, e);
	*m = (struct match){ .only = m->only };
	return st == ST_OK ? match_in_map(b, cells, hash, m, e) : st;
}

bool put_find(struct db *d, struct text key, uint32_t *id)
{
	struct db_batch *b = d->batch;
	if (b == NULL || b->given.kind != REC_ACCOUNT || !b->bulk.active || !b->was_empty)
		return false;
	struct cell wanted[RECORD_FIELDS_MAX] = { [F_ACCOUNT_ID] = CELL_OF_TEXT(key) };
	struct cell there[RECORD_FIELDS_MAX];
	uint32_t hash = match_hash(b, wanted);
	size_t at = 0;
	struct keymap_entry *entry;
	*id = 0;
	while (*id == 0 && (entry = keymap_next(&b->map, hash, &at)) != NULL) {
		bool found;
		if (match_read(b, entry->id, there, &found, NULL) != ST_OK)
			return false;
		if (found && same_keys(b, wanted, there))
			*id = entry->id;
	}
	return true;
}
