/*
 * The history: rows that are written once. What a row was and became stands in JSON, so
 * that any client can read it, and other programs' changes come in the same form, from
 * triggers of the schema.
 */
#include "db/db_internal.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/json.h"
#include "db/sql.h"

/* The room in which the two texts of a change are made; owned by the connection. */
struct db_history {
	struct json json;
	char *text;
	size_t n, room;
};

void db_history_forget(struct db *d)
{
	if (d->history != NULL)
		free(d->history->text);
	free(d->history);
	d->history = NULL;
}

/* ---- writing ---- */

static enum status take_bytes(void *arg, const char *bytes, size_t n, struct err *e)
{
	struct db_history *h = arg;
	if (h->n + n > h->room) {
		size_t room = 2 * (h->n + n);
		char *grown = realloc(h->text, room);
		if (grown == NULL)
			return err_set(e, ST_NOMEM, "out of memory");
		h->text = grown;
		h->room = room;
	}
	memcpy(h->text + h->n, bytes, n);
	h->n += n;
	return ST_OK;
}

static void write_cell(struct json *j, const struct cell *c)
{
	switch (c->type) {
	case CELL_MISSING:
		json_null(j);
		break;
	case CELL_INT:
		json_int(j, c->i);
		break;
	case CELL_NUMBER:
		json_exact(j, c->n);
		break;
	case CELL_TEXT:
		json_text(j, c->t);
		break;
	}
}

/* Appends the object; its line end is not counted in *n. */
static enum status write_side(struct db_history *h, const struct row_change *c,
	const struct cell *cells, size_t *n, struct err *e)
{
	const struct record *r = record_of(c->kind);
	const size_t from = h->n;
	json_init(&h->json, take_bytes, h);
	json_object(&h->json);
	for (int i = 0; i < r->count; i++) {
		if (!(c->fields & 1u << i))
			continue;
		json_key(&h->json, sql_column(&r->fields[i]));
		write_cell(&h->json, &cells[i]);
	}
	json_end_object(&h->json);
	enum status st = json_finish(&h->json, e);
	*n = h->n - from - 1;
	return st;
}

static enum status write_sides(
	struct db_history *h, const struct row_change *c, size_t n[2], struct err *e)
{
	enum status st = ST_OK;
	h->n = 0;
	n[0] = n[1] = 0;
	if (c->before != NULL)
		st = write_side(h, c, c->before, &n[0], e);
	if (st == ST_OK && c->after != NULL)
		st = write_side(h, c, c->after, &n[1], e);
	return st;
}

enum status db_history_add(struct store *store, int64_t operation, uint32_t seq,
	const struct row_change *c, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	size_t n[2];
	enum status st = db_need_transaction(d, e);
	if (st == ST_OK && d->history == NULL) {
		d->history = calloc(1, sizeof(*d->history));
		if (d->history == NULL)
			st = err_set(e, ST_NOMEM, "out of memory");
	}
	if (st == ST_OK)
		st = write_sides(d->history, c, n, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"INSERT INTO operation_change(operation, seq, kind, row, account,"
			" before, after) VALUES (?, ?, ?, ?, ?, ?, ?)",
			&s, e);
	if (st == ST_OK) {
		const char *after = d->history->text + (n[0] > 0 ? n[0] + 1 : 0);
		stmt_bind_int(s, 1, operation);
		stmt_bind_int(s, 2, seq);
		stmt_bind_text(s, 3, text_of(record_of(c->kind)->table));
		stmt_bind_int(s, 4, c->row);
		if (c->account != 0)
			stmt_bind_int(s, 5, c->account);
		if (c->before != NULL)
			stmt_bind_text(s, 6, (struct text){ d->history->text, n[0] });
		if (c->after != NULL)
			stmt_bind_text(s, 7, (struct text){ after, n[1] });
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

static const char *const step_name[] = { "change", "undo", "redo" };

enum status db_history_save(struct store *store, const struct operation *o, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s = NULL;
	enum status st = db_need_transaction(d, e);
	d->changes |= st == ST_OK;
	if (st == ST_OK)
		st = stmt_open(d,
			"INSERT INTO operation(id, at, actor, step, title, reason,"
			" reverses, account, changes, kind, subject, backup)"
			" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, o->id);
		stmt_bind_int(s, 2, o->at);
		stmt_bind_text(s, 3, o->actor);
		stmt_bind_text(s, 4, text_of(step_name[o->step]));
		stmt_bind_text(s, 5, o->title);
		if (o->reason.n > 0)
			stmt_bind_text(s, 6, o->reason);
		if (o->reverses != 0)
			stmt_bind_int(s, 7, o->reverses);
		if (o->concerns != 0)
			stmt_bind_int(s, 8, o->concerns);
		stmt_bind_int(s, 9, o->changes);
		stmt_bind_text(s, 10, text_of(operation_kind_name[o->kind]));
		if (o->subject != 0)
			stmt_bind_int(s, 11, o->subject);
		if (o->backup.n > 0)
			stmt_bind_text(s, 12, o->backup);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

enum status db_history_last(struct store *store, int64_t *id, struct err *e)
{
	return stmt_query_int(db_of(store), "SELECT max(id) FROM operation", 0, id, e);
}

/* ---- operations ---- */

/* Of other programs nobody counted the changes, which come one by one. */
#define OPERATIONS                                                                      \
	"WITH o AS (SELECT *, iif(kind = 'sql', (SELECT max(seq) FROM operation_change" \
	"  WHERE operation = id), changes) AS n, iif(kind = 'sql', (SELECT"             \
	"  CASE WHEN min(ifnull(account, 0)) = max(ifnull(account, 0)) THEN"            \
	"   max(account) END FROM operation_change WHERE operation = id), account)"     \
	"  AS concerns FROM operation)"                                                 \
	" SELECT o.id, o.at, o.actor, o.title, o.reason, o.step, o.reverses,"           \
	" (SELECT id FROM operation r WHERE r.reverses = o.id), o.n, o.concerns,"       \
	" a.account_id, o.kind, o.subject, o.backup, (SELECT substr(seal, 1, 16)"       \
	"  FROM operation_seal WHERE operation = o.id)"                                 \
	" FROM o LEFT JOIN account a ON a.id = o.concerns"
#define NEWEST_FIRST " ORDER BY o.id DESC"

static int conditions(const struct operation_query *q)
{
	return (q->id != 0) + (q->row != 0) + (q->account != 0) + (q->review != 0) +
	       q->tiers + (q->actor.n > 0);
}

/* tiers: ids of those that moved the account, as a list in JSON. */
static enum status open_operations(struct db *d, const struct operation_query *q,
	struct text tiers, struct stmt **s, struct err *e)
{
	enum status st;
	*s = NULL;
	assert(conditions(q) <= 1);
	if (q->id != 0)
		st = stmt_open(d, OPERATIONS " WHERE o.id = ?1", s, e);
	else if (q->row != 0)
		st = stmt_open(d,
			OPERATIONS " WHERE o.id IN (SELECT operation"
				   " FROM operation_change WHERE row = ?1 AND kind = "
				   "?2)" NEWEST_FIRST,
			s, e);
	else if (q->account != 0)
		st = stmt_open(d,
			OPERATIONS " WHERE o.id IN (SELECT operation"
				   " FROM operation_change WHERE account = ?1"
				   " UNION SELECT value FROM json_each(?4))" NEWEST_FIRST,
			s, e);
	else if (q->review != 0)
		st = stmt_open(d,
			OPERATIONS " WHERE o.subject = ?1 AND o.kind NOT IN ('policy',"
				   " 'recalc')" NEWEST_FIRST,
			s, e);
	else if (q->tiers)
		st = stmt_open(d,
			OPERATIONS
			" WHERE o.id IN (SELECT operation FROM operation_tiers)"
			" OR (o.kind = 'sql' AND EXISTS (SELECT 1 FROM operation_change"
			"  WHERE operation = o.id AND kind = 'account'"
			"  AND json_type(after, '$.tier') IS NOT NULL))" NEWEST_FIRST,
			s, e);
	else if (q->actor.n > 0)
		st = stmt_open(d, OPERATIONS " WHERE o.actor = ?3" NEWEST_FIRST, s, e);
	else
		st = stmt_open(d, OPERATIONS NEWEST_FIRST, s, e);
	if (st != ST_OK)
		return st;
	if (q->id != 0 || q->row != 0 || q->account != 0 || q->review != 0)
		stmt_bind_int(*s, 1,
			q->id        ? q->id
			: q->row     ? q->row
			: q->account ? q->account
				     : q->review);
	if (q->account != 0)
		stmt_bind_text(*s, 4, tiers);
	if (q->row != 0)
		stmt_bind_text(*s, 2, text_of(record_of(q->kind)->table));
	if (q->actor.n > 0)
		stmt_bind_text(*s, 3, q->actor);
	return ST_OK;
}

static enum operation_step step_at(struct stmt *s, int column)
{
	int step = STEP_CHANGE;
	while (step < STEP_REDO &&
		!text_eq(stmt_text(s, column), text_of(step_name[step])))
		step++;
	return (enum operation_step)step;
}

static enum operation_kind kind_at(struct stmt *s, int column)
{
	int kind = OPERATION_HAND;
	while (kind < OPERATION_SQL &&
		!text_eq(stmt_text(s, column), text_of(operation_kind_name[kind])))
		kind++;
	return (enum operation_kind)kind;
}

enum status db_operations(struct store *store, const struct operation_query *q,
	operation_fn fn, void *arg, struct err *e)
{
	struct text tiers = { NULL, 0 };
	struct stmt *s = NULL;
	struct arena a;
	bool row;
	enum status st = ST_OK;
	arena_init(&a);
	if (q->account != 0)
		st = db_history_tiers_of(db_of(store), q->account, &a, &tiers, e);
	if (st == ST_OK)
		st = open_operations(db_of(store), q, tiers, &s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct operation o = {
			.id = stmt_int(s, 0),
			.at = stmt_int(s, 1),
			.actor = stmt_text(s, 2),
			.title = stmt_text(s, 3),
			.reason = stmt_text(s, 4),
			.step = step_at(s, 5),
			.reverses = stmt_int(s, 6),
			.reversed_by = stmt_int(s, 7),
			.changes = (uint32_t)stmt_int(s, 8),
			.concerns = (uint32_t)stmt_int(s, 9),
			.account = stmt_text(s, 10),
			.kind = kind_at(s, 11),
			.subject = stmt_int(s, 12),
			.backup = stmt_text(s, 13),
			.seal = stmt_text(s, 14),
		};
		st = fn(arg, &o, e);
	}
	stmt_close(s);
	arena_clear(&a);
	return st;
}

/* ---- changes ---- */

#define CHANGES                                                                        \
	"SELECT kind, row, account, before, after, json_valid(coalesce(before, '{}'))" \
	" AND json_valid(coalesce(after, '{}')) FROM operation_change WHERE "

static enum status damaged(struct db *d, struct err *e)
{
	return err_set(e, ST_CORRUPT,
		"%s: an entry of the history can't be read: restore a backup", d->path);
}

static enum status take_value(struct db *d, const struct field *f, struct stmt *s,
	struct arena *a, struct cell *out, struct err *e)
{
	struct cell c = stmt_cell(s, 1);
	const bool text =
		f->type == FT_TEXT || f->type == FT_CHOICE || f->type == FT_CURRENCY;
	if (f->type == FT_NUMBER && c.type == CELL_INT)
		c = CELL_OF_NUMBER((double)c.i);
	*out = c;
	if (c.type == CELL_MISSING)
		return ST_OK;
	if (c.type != (text ? CELL_TEXT : f->type == FT_NUMBER ? CELL_NUMBER : CELL_INT))
		return damaged(d, e);
	if (!text)
		return ST_OK;
	out->t.s = arena_copy(a, c.t.s, c.t.n);
	return out->t.s ? ST_OK : err_set(e, ST_NOMEM, "not enough memory");
}

static int column_field(const struct record *r, struct text name)
{
	for (int i = 0; i < r->count; i++) {
		if (text_eq(name, text_of(sql_column(&r->fields[i]))))
			return i;
	}
	return -1;
}

/* Reads an object; cells that it does not name are missing. */
static enum status read_side(struct db *d, struct text json, const struct record *r,
	struct arena *a, struct cell *out, uint32_t *fields, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, "SELECT key, atom FROM json_each(?)", &s, e);
	if (st == ST_OK)
		stmt_bind_text(s, 1, json);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		int i = column_field(r, stmt_text(s, 0));
		st = i < 0 ? damaged(d, e)
			   : take_value(d, &r->fields[i], s, a, &out[i], e);
		if (st == ST_OK)
			*fields |= 1u << i;
	}
	stmt_close(s);
	return st;
}

static enum status give_change(struct db *d, struct stmt *s, struct arena *a,
	row_change_fn fn, void *arg, struct err *e)
{
	struct cell before[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
	struct cell after[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
	const int kind = sql_kind(stmt_text(s, 0));
	enum status st = ST_OK;
	if (kind == REC_COUNT || !stmt_int(s, 5) ||
		(stmt_is_null(s, 3) && stmt_is_null(s, 4)))
		return damaged(d, e);
	struct row_change c = {
		.kind = (enum record_kind)kind,
		.row = stmt_int(s, 1),
		.account = (uint32_t)stmt_int(s, 2),
		.before = stmt_is_null(s, 3) ? NULL : before,
		.after = stmt_is_null(s, 4) ? NULL : after,
	};
	const struct record *r = record_of(c.kind);
	if (c.before != NULL)
		st = read_side(d, stmt_text(s, 3), r, a, before, &c.fields, e);
	if (st == ST_OK && c.after != NULL)
		st = read_side(d, stmt_text(s, 4), r, a, after, &c.fields, e);
	return st == ST_OK ? fn(arg, &c, e) : st;
}

static enum status give_changes(
	struct db *d, struct stmt *s, row_change_fn fn, void *arg, struct err *e)
{
	enum status st = ST_OK;
	bool row;
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct arena a;
		arena_init(&a);
		st = give_change(d, s, &a, fn, arg, e);
		arena_clear(&a);
	}
	stmt_close(s);
	return st;
}

enum status db_operation_changes(struct store *store, int64_t operation, bool backwards,
	row_change_fn fn, void *arg, struct err *e)
{
	struct db *d = db_of(store);
	struct stmt *s;
	enum status st =
		backwards ? stmt_open(d, CHANGES "operation = ? ORDER BY seq DESC", &s, e)
			  : stmt_open(d, CHANGES "operation = ? ORDER BY seq", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, operation);
	return give_changes(d, s, fn, arg, e);
}

/* A name stands in quotes before a colon as a key alone: quotes of a text are escaped.
 * Ids follow each other, instants need not: a clock may have been ahead. */
enum status db_field_changes(struct store *store, enum record_kind kind, int field,
	int64_t since, row_change_fn fn, void *arg, struct err *e)
{
	struct db *d = db_of(store);
	char key[64];
	struct stmt *s;
	enum status st = stmt_open(d,
		CHANGES "kind = ? AND (instr(before, ?2) OR instr(after, ?2))"
			" AND operation >= (SELECT min(id) FROM operation WHERE at >= ?3)"
			" AND (SELECT at FROM operation o WHERE o.id = operation_change"
			".operation) >= ?3"
			" ORDER BY operation, seq",
		&s, e);
	if (st != ST_OK)
		return st;
	snprintf(
		key, sizeof(key), "\"%s\":", sql_column(&record_of(kind)->fields[field]));
	stmt_bind_text(s, 1, text_of(record_of(kind)->table));
	stmt_bind_text(s, 2, text_of(key));
	stmt_bind_int(s, 3, since);
	return give_changes(d, s, fn, arg, e);
}

/* ---- verify ---- */

static enum status ignore_change(void *arg, const struct row_change *c, struct err *e)
{
	(void)arg;
	(void)c;
	(void)e;
	return ST_OK;
}

enum status db_history_check(struct db *d, void (*found)(void *arg, const char *text),
	void *arg, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT id, (kind = 'sql' OR changes = (SELECT count(*)"
		"  FROM operation_change WHERE operation = o.id)) AND (account IS NULL "
		"OR EXISTS"
		"  (SELECT 1 FROM operation_change c WHERE c.account = o.account"
		"   AND c.operation = o.id)) FROM operation o ORDER BY id",
		&s, e);
	while (st == ST_OK && (st = stmt_step(s, &row, e)) == ST_OK && row) {
		struct err why = { .status = ST_OK };
		char line[128];
		st = db_operation_changes(
			&d->base, stmt_int(s, 0), false, ignore_change, NULL, &why);
		if (st == ST_OK && stmt_int(s, 1))
			continue;
		if (st != ST_OK && st != ST_CORRUPT) {
			st = err_set(e, st, "%s", why.text);
			break;
		}
		st = ST_OK;
		snprintf(line, sizeof(line),
			"history: the entries of operation %lld are not what they were",
			(long long)stmt_int(s, 0));
		found(arg, line);
	}
	stmt_close(s);
	return st;
}
