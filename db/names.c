/*
 * Keys and ids. A file of signals asks for an account per line: after some hundred
 * questions in one transaction all keys are kept in memory until it ends.
 */
#include <stdlib.h>
#include <string.h>

#include "db/keymap.h"
#include "db/put.h"
#include "db/row.h"

#define NAMES_AFTER 500  /* questions before the keys are loaded */
#define MANY_KEYS 20000u /* from here on one pass over all keys is faster */

/* Along the index: the table itself is wide. */
static const char all_keys_sql[] =
	"SELECT id, account_id FROM account INDEXED BY account_key";

/* Where the key of an account stands in bytes. */
struct place {
	size_t start;
	size_t n; /* 0: no account has this id */
};

struct names {
	unsigned asked;
	bool loaded;
	struct keymap map;
	char *bytes; /* all keys, one after the other */
	size_t n, capacity;
	struct place *places; /* by id, 0..last_id + 1 */
	uint32_t last_id;
	uint32_t found; /* by the last question that had an answer */
};

void names_forget(struct db *d)
{
	if (d->names == NULL)
		return;
	keymap_clear(&d->names->map);
	free(d->names->bytes);
	free(d->names->places);
	free(d->names);
	d->names = NULL;
}

static uint32_t hash_of(struct text key)
{
	return keymap_finish(keymap_mix_text(0, key));
}

static enum status keep(struct names *k, uint32_t id, struct text key, struct err *e)
{
	if (key.n > k->capacity - k->n) {
		size_t capacity = 2 * k->capacity + key.n + 4096;
		char *grown = realloc(k->bytes, capacity);
		if (grown == NULL)
			return err_set(e, ST_NOMEM, "out of memory");
		k->bytes = grown;
		k->capacity = capacity;
	}
	memcpy(k->bytes + k->n, key.s, key.n);
	k->places[id] = (struct place){ k->n, key.n };
	k->n += key.n;
	return keymap_add(&k->map, hash_of(key), id, false, e);
}

static enum status load(struct db *d, struct names *k, struct err *e)
{
	int64_t last, count;
	enum status st = stmt_query_int(d, "SELECT max(id) FROM account", 0, &last, e);
	if (st == ST_OK)
		st = stmt_query_int(d, "SELECT count(*) FROM account", 0, &count, e);
	if (st != ST_OK)
		return st;
	if (last > DB_ACCOUNT_MAX)
		return err_set(e, ST_CORRUPT, "%s: an account has the id %lld", d->path,
			(long long)last);
	k->last_id = (uint32_t)last;
	k->places = calloc((size_t)last + 2, sizeof(*k->places));
	if (k->places == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	struct stmt *s = NULL;
	st = keymap_reserve(&k->map, (size_t)count, e);
	if (st == ST_OK)
		st = stmt_open(d, all_keys_sql, &s, e);
	bool row;
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		int64_t id = stmt_int(s, 0);
		if (id >= 1 && id <= last)
			st = keep(k, (uint32_t)id, stmt_text(s, 1), e);
	}
	stmt_close(s);
	k->loaded = st == ST_OK;
	return st;
}

static bool is_key_of(const struct names *k, uint32_t id, struct text key)
{
	const struct place *p = &k->places[id];
	return p->n > 0 && text_eq(key, (struct text){ k->bytes + p->start, p->n });
}

/* Files mostly come in the order of the book, so the account of the row before and the
 * one after it are tried first: they lie side by side in memory. */
static uint32_t look_up(struct names *k, struct text key)
{
	size_t at = 0;
	struct keymap_entry *entry;
	if (is_key_of(k, k->found, key))
		return k->found;
	if (is_key_of(k, k->found + 1, key))
		return ++k->found;
	while ((entry = keymap_next(&k->map, hash_of(key), &at)) != NULL) {
		if (is_key_of(k, entry->id, key)) {
			k->found = entry->id;
			return entry->id;
		}
	}
	return 0;
}

static enum status find_account(
	struct db *d, struct text key, uint32_t *id, bool *answered, struct err *e)
{
	*answered = put_find(d, key, id);
	if (*answered || !d->writing || put_kind(d) == REC_ACCOUNT)
		return ST_OK;
	if (d->names == NULL)
		d->names = calloc(1, sizeof(*d->names));
	if (d->names == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	if (++d->names->asked < NAMES_AFTER)
		return ST_OK;
	enum status st = d->names->loaded ? ST_OK : load(d, d->names, e);
	*answered = st == ST_OK;
	if (st == ST_OK)
		*id = look_up(d->names, key);
	return st;
}

static const char *find_sql(enum record_kind kind)
{
	switch (kind) {
	case REC_ACCOUNT:
		return "SELECT id FROM account WHERE account_id = ?";
	case REC_CSM:
		return "SELECT id FROM csm WHERE name = ?";
	case REC_SIGNAL:
		return "SELECT id FROM signal_kind WHERE name = ?";
	case REC_CONTRACT:
		return "SELECT id FROM contract WHERE contract_id = ?";
	default:
		return NULL;
	}
}

enum status db_find(struct store *store, enum record_kind kind, struct text key,
	uint32_t *id, struct err *e)
{
	struct db *d = db_of(store);
	*id = 0;
	const char *sql = find_sql(kind);
	if (sql == NULL)
		return err_set(e, ST_USAGE, "this kind of row has no key to find it by");
	bool answered = false;
	enum status st = ST_OK;
	if (kind == REC_ACCOUNT)
		st = find_account(d, key, id, &answered, e);
	if (st != ST_OK || answered)
		return st;
	struct stmt *s;
	bool row;
	st = stmt_open(d, sql, &s, e);
	if (st == ST_OK) {
		stmt_bind_text(s, 1, key);
		st = stmt_step(s, &row, e);
		if (st == ST_OK && row)
			*id = (uint32_t)stmt_int(s, 0);
	}
	stmt_close(s);
	return st;
}

enum status db_find_or_add(struct store *store, enum record_kind kind, struct text key,
	uint32_t *id, bool *added, struct err *e)
{
	struct db *d = db_of(store);
	*added = false;
	enum status st = db_find(store, kind, key, id, e);
	if (st != ST_OK || *id != 0)
		return st;
	if (kind != REC_CSM && kind != REC_SIGNAL)
		return err_set(e, ST_USAGE, "%s are not added by their key",
			record_of(kind)->name);
	st = db_need_transaction(d, e);
	struct stmt *s = NULL;
	int64_t last = 0;
	if (st == ST_OK && kind == REC_CSM) /* one that the history knows is taken */
		st = row_last_id(d, kind, &last, e);
	if (st == ST_OK)
		st = kind == REC_CSM
			     ? stmt_open(d, "INSERT INTO csm(name, id) VALUES (?, ?)", &s,
				       e)
			     : stmt_open(d, "INSERT INTO signal_kind(name) VALUES (?)",
				       &s, e);
	if (st == ST_OK) {
		stmt_bind_text(s, 1, key);
		if (kind == REC_CSM)
			stmt_bind_int(s, 2, last + 1);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	*added = st == ST_OK;
	row_forget_ids(d);
	if (st == ST_OK)
		*id = (uint32_t)sqlite3_last_insert_rowid(d->h);
	return st;
}

static const char *key_sql(enum record_kind kind)
{
	switch (kind) {
	case REC_ACCOUNT:
		return "SELECT account_id FROM account WHERE id = ?";
	case REC_CSM:
		return "SELECT name FROM csm WHERE id = ?";
	case REC_SIGNAL:
		return "SELECT name FROM signal_kind WHERE id = ?";
	default:
		return NULL;
	}
}

static enum status keys_of(struct db *d, const char *sql, const uint32_t *ids, uint32_t n,
	struct arena *a, struct text *out, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, sql, &s, e);
	for (uint32_t i = 0; st == ST_OK && i < n; i++) {
		out[i] = (struct text){ NULL, 0 };
		stmt_bind_int(s, 1, ids[i]);
		st = stmt_step(s, &row, e);
		if (st != ST_OK || !row)
			continue;
		struct text key = stmt_text(s, 0);
		out[i] = (struct text){ arena_copy(a, key.s, key.n), key.n };
		if (out[i].s == NULL)
			st = err_set(e, ST_NOMEM, "out of memory");
		stmt_reset(s);
	}
	stmt_close(s);
	return st;
}

enum status db_key(struct store *store, enum record_kind kind, uint32_t id,
	struct arena *a, struct text *out, struct err *e)
{
	const char *sql = key_sql(kind);
	if (sql == NULL)
		return err_set(e, ST_USAGE, "this kind of row has no key");
	return keys_of(db_of(store), sql, &id, 1, a, out, e);
}

/* Which elements of a list ask for an id: a chain from first[id] over next[i], counted
 * from 1. */
struct askers {
	uint32_t last_id;
	uint32_t *first, *next; /* owned, in one piece */
};

static enum status gather_askers(
	struct askers *k, const uint32_t *ids, uint32_t n, struct err *e)
{
	for (uint32_t i = 0; i < n; i++)
		k->last_id = ids[i] > k->last_id ? ids[i] : k->last_id;
	k->first = calloc((size_t)k->last_id + n + 2, sizeof(*k->first));
	if (k->first == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	k->next = k->first + k->last_id + 1;
	for (uint32_t i = 0; i < n; i++) {
		k->next[i + 1] = k->first[ids[i]];
		k->first[ids[i]] = i + 1;
	}
	return ST_OK;
}

static enum status keys_in_one_pass(struct db *d, const struct askers *k, struct arena *a,
	struct text *out, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(
		d, "SELECT id, account_id FROM account INDEXED BY account_key", &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		int64_t id = stmt_int(s, 0);
		if (id < 1 || id > k->last_id || k->first[id] == 0)
			continue;
		struct text key = stmt_text(s, 1);
		key.s = arena_copy(a, key.s, key.n);
		if (key.s == NULL)
			st = err_set(e, ST_NOMEM, "out of memory");
		for (uint32_t i = k->first[id]; i != 0; i = k->next[i])
			out[i - 1] = key;
	}
	stmt_close(s);
	return st;
}

enum status db_account_keys(struct store *store, const uint32_t *ids, uint32_t n,
	struct arena *a, struct text *out, struct err *e)
{
	struct db *d = db_of(store);
	if (n < MANY_KEYS)
		return keys_of(d, key_sql(REC_ACCOUNT), ids, n, a, out, e);
	struct askers k = { .last_id = 0 };
	enum status st = gather_askers(&k, ids, n, e);
	if (st != ST_OK)
		return st;
	for (uint32_t i = 0; i < n; i++)
		out[i] = (struct text){ NULL, 0 };
	st = keys_in_one_pass(d, &k, a, out, e);
	free(k.first);
	return st;
}
