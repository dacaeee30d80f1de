/* Mirrors: reading parts, and making anew what is missing or damaged. */
#include "db/mirror.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/sort.h"
#include "db/signal.h"

static const enum record_kind sources[MIRROR_SOURCES] = {
	REC_ACCOUNT,
	REC_CONTACT,
	REC_TICKET,
	REC_SURVEY,
	REC_TOUCH,
	REC_CONTRACT,
	REC_MOVEMENT,
};

/* With more parts of a source missing than this its whole table is stepped through. */
#define NEAR_PARTS 8
/* Rows of one pass through a table: they are sorted in memory. */
#define PASS_ROWS 2000000

enum status mirror_positions(struct db *d, uint32_t part, uint32_t *n, struct err *e)
{
	int64_t last;
	enum status st = stmt_query_int(d, "SELECT max(id) FROM account", 0, &last, e);
	if (st != ST_OK)
		return st;
	int64_t first = (int64_t)part * PART_ACCOUNTS + 1;
	int64_t left = last - first + 1;
	if (first > DB_ACCOUNT_MAX)
		return err_set(e, ST_USAGE, "there is no part %u", part);
	*n = left < 0 ? 0 : left > PART_ACCOUNTS ? PART_ACCOUNTS : (uint32_t)left;
	return ST_OK;
}

/* Empties p for all accounts of a part that can exist. */
static enum status begin_part(struct db *d, uint32_t part, struct part *p, struct err *e)
{
	uint32_t n = 0;
	enum status st = mirror_positions(d, part, &n, e);
	if (st == ST_OK)
		part_reset(p, part * PART_ACCOUNTS + 1, n);
	return st;
}

enum status mirror_store(struct db *d, enum record_kind source, const struct part *p,
	struct pack *blob, struct err *e)
{
	enum status st = mirror_encode(source, p, blob, e);
	return st == ST_OK ? mirror_store_blob(
				     d, (int)source, db_part_of(p->first_id), blob, e)
			   : st;
}

enum status mirror_store_blob(
	struct db *d, int source, uint32_t part, const struct pack *blob, struct err *e)
{
	struct stmt *s;
	enum status st = stmt_open(d,
		"INSERT INTO mirror(source, part, data) VALUES (?1, ?2, ?3)"
		" ON CONFLICT DO UPDATE SET data = excluded.data",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, source);
	stmt_bind_int(s, 2, part);
	stmt_bind_blob(s, 3, blob->data, blob->n);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

/* ST_CORRUPT unless every number of a currency stands for one. */
static enum status check_currencies(
	struct db *d, const currency_id *id, uint32_t n, struct err *e)
{
	bool seen[256] = { false };
	for (uint32_t i = 0; i < n; i++)
		seen[id[i]] = true;
	for (unsigned i = 1; i < 256; i++) {
		bool known = true;
		enum status st =
			seen[i] ? mirror_currency_known(d, (currency_id)i, &known, e)
				: ST_OK;
		if (st != ST_OK)
			return st;
		if (!known)
			return err_set(e, ST_CORRUPT, "a mirror has an unknown currency");
	}
	return ST_OK;
}

enum status mirror_load_blob(struct db *d, int source, uint32_t part, struct stmt **s,
	const void **data, size_t *n, struct err *e)
{
	bool row;
	enum status st = stmt_open(
		d, "SELECT data FROM mirror WHERE source = ?1 AND part = ?2", s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(*s, 1, source);
	stmt_bind_int(*s, 2, part);
	st = stmt_step(*s, &row, e);
	if (st == ST_OK && !row)
		st = ST_NOTFOUND;
	if (st == ST_OK)
		*data = stmt_blob(*s, 0, n);
	else
		stmt_close(*s);
	return st;
}

/* ST_NOTFOUND: there is no mirror; ST_CORRUPT: it is damaged. */
static enum status read_mirror(
	struct db *d, enum record_kind source, struct part *p, struct err *e)
{
	struct stmt *s;
	const void *data;
	size_t n;
	enum status st = mirror_load_blob(
		d, (int)source, db_part_of(p->first_id), &s, &data, &n, e);
	if (st != ST_OK)
		return st;
	st = mirror_decode(source, data, n, p, e);
	stmt_close(s);
	if (st == ST_OK && source == REC_ACCOUNT)
		st = check_currencies(d, p->currency, p->n, e);
	if (st == ST_OK && source == REC_CONTRACT)
		st = check_currencies(d, p->contracts.currency, p->contracts.n, e);
	if (st == ST_OK && source == REC_MOVEMENT)
		st = check_currencies(d, p->movements.currency, p->movements.n, e);
	return st;
}

static enum status load_source(
	struct db *d, enum record_kind source, struct part *p, struct err *e)
{
	enum status st = read_mirror(d, source, p, e);
	if (st != ST_NOTFOUND && st != ST_CORRUPT)
		return st;
	if (source == REC_ACCOUNT) /* a damaged one may have been read in part */
		part_reset(p, p->first_id, p->n);
	st = mirror_read_rows(d, source, p, e);
	if (st == ST_OK && d->writing && !p->brief) {
		struct pack blob = { 0 };
		st = mirror_store(d, source, p, &blob, e);
		pack_clear(&blob);
	}
	return st;
}

enum status mirror_present(
	struct db *d, uint32_t part, uint8_t present[PART_ACCOUNTS], struct err *e)
{
	struct part p;
	enum status st = part_init(&p, e);
	if (st == ST_OK)
		st = begin_part(d, part, &p, e);
	if (st == ST_OK && p.n > 0)
		st = load_source(d, REC_ACCOUNT, &p, e);
	memset(present, 0, PART_ACCOUNTS);
	for (uint32_t i = 0; st == ST_OK && i < p.n; i++)
		present[i] = p.flags[i] & ACC_PRESENT;
	part_clear(&p);
	return st;
}

enum status db_part(
	struct store *s, uint32_t part, int32_t as_of, struct part *p, struct err *e)
{
	struct db *d = db_of(s);
	enum status st = db_hold(s, e);
	if (st != ST_OK)
		return st;
	st = begin_part(d, part, p, e);
	for (int i = 0; st == ST_OK && p->n > 0 && i < MIRROR_SOURCES; i++)
		if (!p->brief || sources[i] == REC_ACCOUNT || sources[i] == REC_CONTRACT)
			st = load_source(d, sources[i], p, e); /* accounts first */
	if (st == ST_OK && p->n > 0 && !p->brief)
		st = signal_part(d, as_of, p, e);
	db_release(s);
	return st;
}

/* ---- all at once ---- */

struct missing {
	enum record_kind source;
	bool *part; /* owned; those that have no mirror */
	uint32_t parts, n;
	uint32_t last_id;
};

/* Looks up which parts have no mirror of a source; m->part has room for all. */
static enum status find_missing(
	struct db *d, enum record_kind source, struct missing *m, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(
		d, "SELECT part FROM mirror WHERE source = ?1 AND part < ?2", &s, e);
	if (st != ST_OK)
		return st;
	m->source = source;
	m->n = m->parts;
	memset(m->part, true, m->parts);
	stmt_bind_int(s, 1, source);
	stmt_bind_int(s, 2, m->parts);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		int64_t part = stmt_int(s, 0);
		if (part >= 0 && m->part[part]) {
			m->part[part] = false;
			m->n--;
		}
	}
	stmt_close(s);
	return st;
}

static enum status missing_init(struct db *d, struct missing *m, struct err *e)
{
	int64_t last;
	*m = (struct missing){ 0 };
	enum status st = stmt_query_int(d, "SELECT max(id) FROM account", 0, &last, e);
	if (st != ST_OK || last <= 0)
		return st;
	m->last_id = (uint32_t)(last < DB_ACCOUNT_MAX ? last : DB_ACCOUNT_MAX);
	m->parts = db_part_of(m->last_id) + 1;
	m->part = malloc(m->parts * sizeof(*m->part));
	return m->part != NULL ? ST_OK : err_set(e, ST_NOMEM, "out of memory");
}

static enum status refresh_near(struct db *d, const struct missing *m, struct part *p,
	struct pack *blob, struct err *e)
{
	enum status st = ST_OK;
	for (uint32_t part = 0; st == ST_OK && part < m->parts; part++) {
		if (!m->part[part])
			continue;
		st = begin_part(d, part, p, e);
		if (st == ST_OK)
			st = mirror_read_rows(d, m->source, p, e);
		if (st == ST_OK)
			st = mirror_store(d, m->source, p, blob, e);
	}
	return st;
}

/* Stores the mirrors of a run of parts, whose rows have been read. */
static enum status store_run(struct db *d, const struct missing *m,
	const struct mirror_rows *rows, uint32_t from, uint32_t to, struct part *p,
	struct pack *blob, struct err *e)
{
	enum status st = ST_OK;
	uint32_t at = 0;
	for (uint32_t part = from; st == ST_OK && part < to; part++) {
		uint32_t end = at;
		while (end < rows->n &&
			db_part_of(rows->rows[rows->order[end].index].account) == part)
			end++;
		if (m->part[part]) {
			st = begin_part(d, part, p, e);
			if (st == ST_OK)
				st = mirror_fill(m->source, rows, at, end - at, p, e);
			if (st == ST_OK)
				st = mirror_store(d, m->source, p, blob, e);
		}
		at = end;
	}
	return st;
}

/* Steps through the whole table, as often as its size asks for. */
static enum status refresh_wide(struct db *d, const struct missing *m, struct part *p,
	struct pack *blob, struct err *e)
{
	static const char *const size[REC_COUNT] = {
		[REC_CONTACT] = "SELECT max(id) FROM contact",
		[REC_TICKET] = "SELECT max(id) FROM ticket",
		[REC_SURVEY] = "SELECT max(id) FROM survey",
		[REC_TOUCH] = "SELECT max(id) FROM touch",
		[REC_CONTRACT] = "SELECT max(id) FROM contract",
		[REC_MOVEMENT] = "SELECT max(id) FROM movement",
	};
	int64_t n;
	struct mirror_rows rows = { 0 };
	enum status st = stmt_query_int(d, size[m->source], 0, &n, e);
	if (st != ST_OK)
		return st;
	int64_t passes = n / PASS_ROWS + 1;
	if (passes > m->parts || passes < 1)
		passes = m->parts;
	for (int64_t pass = 0; st == ST_OK && pass < passes; pass++) {
		uint32_t from = (uint32_t)(m->parts * pass / passes);
		uint32_t to = (uint32_t)(m->parts * (pass + 1) / passes);
		uint32_t last =
			to * PART_ACCOUNTS < m->last_id ? to * PART_ACCOUNTS : m->last_id;
		st = mirror_read(
			d, m->source, from * PART_ACCOUNTS + 1, last, true, &rows, e);
		if (st == ST_OK)
			st = store_run(d, m, &rows, from, to, p, blob, e);
	}
	mirror_rows_clear(&rows);
	return st;
}

enum status mirror_refresh(struct db *d, struct err *e)
{
	struct missing m;
	struct part p = { 0 };
	struct pack blob = { 0 };
	enum status st = missing_init(d, &m, e);
	for (int i = 0; st == ST_OK && m.parts > 0 && i < MIRROR_SOURCES; i++) {
		st = find_missing(d, sources[i], &m, e);
		if (st != ST_OK || m.n == 0)
			continue;
		if (p.memory == NULL)
			st = part_init(&p, e);
		if (st != ST_OK)
			continue;
		/* Accounts lie in the order of their ids anyway. */
		st = m.source == REC_ACCOUNT || m.n <= NEAR_PARTS
			     ? refresh_near(d, &m, &p, &blob, e)
			     : refresh_wide(d, &m, &p, &blob, e);
	}
	if (st == ST_OK)
		st = mirror_refresh_texts(d, m.parts, e);
	if (st == ST_OK)
		st = mirror_refresh_work(d, m.parts, e);
	part_clear(&p);
	pack_clear(&blob);
	free(m.part);
	return st;
}

/* Numbers the currencies of rows first..last, by a statement that lists them. */
static enum status number_listed(
	struct db *d, const char *sql, uint32_t first, uint32_t last, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, sql, &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, first);
	stmt_bind_int(s, 2, last);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		currency_id id;
		if ((st = mirror_currency(d, stmt_text(s, 0), &id, e)) != ST_OK)
			break;
	}
	stmt_close(s);
	return st;
}

enum status mirror_number_currencies(struct db *d, struct err *e)
{
	static const struct {
		enum record_kind source;
		const char *sql;
	} listing[] = {
		{ REC_ACCOUNT, "SELECT DISTINCT currency FROM account"
			       " WHERE id BETWEEN ?1 AND ?2 AND currency IS NOT NULL" },
		{ REC_CONTRACT,
			"SELECT DISTINCT currency FROM contract"
			" WHERE account BETWEEN ?1 AND ?2 AND currency IS NOT NULL" },
		{ REC_MOVEMENT,
			"SELECT DISTINCT currency FROM movement"
			" WHERE account BETWEEN ?1 AND ?2 AND currency IS NOT NULL" },
	};
	struct missing m;
	enum status st = missing_init(d, &m, e);
	for (size_t i = 0; st == ST_OK && i < sizeof(listing) / sizeof(*listing); i++) {
		if (m.parts > 0)
			st = find_missing(d, listing[i].source, &m, e);
		for (uint32_t part = 0; st == ST_OK && m.n > 0 && part < m.parts; part++)
			if (m.part[part])
				st = number_listed(d, listing[i].sql,
					part * PART_ACCOUNTS + 1,
					(part + 1) * PART_ACCOUNTS, e);
	}
	free(m.part);
	return st;
}

/* ---- verify ---- */

struct stored {
	int64_t source;
	uint32_t part;
	const void *data; /* borrowed from the statement */
	size_t n;
};

static bool is_texts(int64_t source)
{
	return source == MIRROR_NAMES || source == MIRROR_WORDS;
}

static bool is_work(int64_t source)
{
	return source == MIRROR_ALERTS || source == MIRROR_TASKS;
}

static enum status check_one(struct db *d, const struct stored *b, struct part *p,
	struct pack *blob, bool *same, struct err *e)
{
	bool texts = is_texts(b->source);
	if (is_work(b->source))
		return mirror_check_work(d, (int)b->source, b->part, same, e);
	enum status st = texts ? mirror_make_texts(d, (int)b->source, b->part, blob, e)
			       : begin_part(d, b->part, p, e);
	if (st == ST_OK && !texts)
		st = mirror_read_rows(d, (enum record_kind)b->source, p, e);
	if (st == ST_OK && !texts)
		st = mirror_encode((enum record_kind)b->source, p, blob, e);
	*same = st == ST_OK && blob->n == b->n && memcmp(blob->data, b->data, b->n) == 0;
	return st;
}

static bool is_source(int64_t source)
{
	for (int i = 0; i < MIRROR_SOURCES; i++)
		if ((int64_t)sources[i] == source)
			return true;
	return is_texts(source) || is_work(source);
}

static const char *source_name(int64_t source)
{
	return source == MIRROR_NAMES    ? "names"
	       : source == MIRROR_WORDS  ? "segments and tags"
	       : source == MIRROR_ALERTS ? "alerts"
	       : source == MIRROR_TASKS  ? "tasks"
	       : is_source(source)       ? record_of((enum record_kind)source)->name
					 : "an unknown table";
}

enum status db_mirror_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	struct part p;
	struct pack blob = { 0 };
	struct stmt *s = NULL;
	bool row;
	enum status st = part_init(&p, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"SELECT source, part, data FROM mirror WHERE source <> ?1"
			" ORDER BY source, part",
			&s, e);
	if (st == ST_OK)
		stmt_bind_int(
			s, 1, MIRROR_PICTURES); /* hold as long as nothing changes */
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		char text[160];
		bool same = false;
		struct stored b = { stmt_int(s, 0), (uint32_t)stmt_int(s, 1), NULL, 0 };
		b.data = stmt_blob(s, 2, &b.n);
		bool known = is_source(stmt_int(s, 0)) && stmt_int(s, 1) >= 0 &&
			     stmt_int(s, 1) <= db_part_of(DB_ACCOUNT_MAX);
		if (known)
			st = check_one(d, &b, &p, &blob, &same, e);
		if (st != ST_OK || same)
			continue;
		snprintf(text, sizeof(text),
			"the mirror of %s, part %u, differs from the rows; "
			"DELETE FROM mirror has all mirrors made anew",
			source_name(b.source), b.part);
		found(arg, text);
	}
	stmt_close(s);
	pack_clear(&blob);
	part_clear(&p);
	return st;
}
