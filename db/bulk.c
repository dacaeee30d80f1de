/* Indexes and triggers of a table, out and in again. */
#include "db/bulk.h"

#include <stdio.h>

#define BULK_MAX 16 /* objects of one table */

struct object {
	const char *type, *name, *sql;
};

/* A statement of our own making, used once. */
static enum status run_once(struct db *d, const char *sql, struct err *e)
{
	sqlite3_stmt *h = NULL;
	enum status st = ST_OK;
	if (sqlite3_prepare_v2(d->h, sql, -1, &h, NULL) != SQLITE_OK ||
		sqlite3_step(h) != SQLITE_DONE)
		st = stmt_fail(d, e);
	sqlite3_finalize(h);
	return st;
}

static enum status list_objects(struct db *d, struct bulk *b, const char *table,
	bool was_empty, struct object *out, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = ?1"
		" AND (type = 'trigger' AND (name IN (?1 || '_insert', ?1 || '_inserted')"
		"  OR name GLOB ?1 || '_history_*')"
		" OR type = 'index' AND sql IS NOT NULL AND ?2) ORDER BY rowid",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_text(s, 1, text_of(table));
	stmt_bind_int(s, 2, was_empty);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		if (b->n == BULK_MAX) {
			st = err_set(e, ST_UNOPENED,
				"%s: the table %s has more than %d indexes and triggers",
				d->path, table, BULK_MAX);
			break;
		}
		const char *kept[3];
		for (int i = 0; i < 3; i++) {
			struct text t = stmt_text(s, i);
			kept[i] = arena_copy(&b->memory, t.s, t.n);
			if (kept[i] == NULL)
				st = err_set(e, ST_NOMEM, "out of memory");
		}
		if (st != ST_OK)
			break;
		out[b->n++] = (struct object){ kept[0], kept[1], kept[2] };
	}
	stmt_close(s);
	return st;
}

enum status bulk_begin(
	struct db *d, struct bulk *b, const char *table, bool was_empty, struct err *e)
{
	struct object objects[BULK_MAX];
	arena_init(&b->memory);
	b->n = 0;
	b->active = true;
	enum status st = list_objects(d, b, table, was_empty, objects, e);
	if (st != ST_OK)
		return st;
	b->sql = arena_alloc(&b->memory, BULK_MAX * sizeof(*b->sql));
	if (b->sql == NULL)
		return err_set(e, ST_NOMEM, "out of memory");
	for (size_t i = 0; st == ST_OK && i < b->n; i++) {
		char drop[256];
		snprintf(drop, sizeof(drop), "DROP %s \"%s\"", objects[i].type,
			objects[i].name);
		st = run_once(d, drop, e);
		b->sql[i] = objects[i].sql;
	}
	return st;
}

enum status bulk_end(struct db *d, struct bulk *b, struct err *e)
{
	enum status st = ST_OK;
	for (size_t i = 0; st == ST_OK && b->active && i < b->n; i++)
		st = run_once(d, b->sql[i], e);
	/* The schema is what it was: the next begin need not compare it. */
	if (st == ST_OK && b->active)
		st = stmt_query_int(d, "PRAGMA schema_version", 0, &d->schema_version, e);
	bulk_clear(b);
	return st;
}

void bulk_clear(struct bulk *b)
{
	if (b->active)
		arena_clear(&b->memory);
	*b = (struct bulk){ .active = false };
}
