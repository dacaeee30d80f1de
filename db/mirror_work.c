/*
 * Mirrors of work: the alerts that are of weight and the tasks that run, packed per part.
 * A day changes few of them and a key one, so their mirrors stay: triggers list the
 * accounts whose rows changed (mirror_stale), and what is read here takes those from the
 * rows. The next commit puts them in.
 */
#include "db/mirror_work.h"

#include <stdlib.h>

#include "db/sql.h"

static const struct work *work_of(int source)
{
	return &mirror_works[source == MIRROR_TASKS];
}

/* ---- lists of items ------------------------------------------------------------- */

/* What reading needs again and again, and lends; part of struct db. */
struct db_work {
	struct work_list mirrored, fresh, merged;
	struct work_list *found; /* one of these: what the last load found */
	struct pack blob;
};

static int32_t ended_at(const struct work *w, const char *item)
{
	int32_t ended;
	memcpy(&ended, item + w->ended, sizeof(ended));
	return ended;
}

/* Leaves out what ended before the day. */
static void drop_older(const struct work *w, struct work_list *l, int32_t ended_from)
{
	uint32_t n = 0;
	for (uint32_t i = 0; i < l->n; i++) {
		const char *item = l->items + i * w->size;
		int32_t ended = ended_at(w, item);
		if (ended != DAY_NONE && ended < ended_from)
			continue;
		if (n != i)
			memcpy(l->items + n * w->size, item, w->size);
		n++;
	}
	l->n = n;
}

/* The items of accounts that are not stale, and the fresh ones, by account. */
static enum status merge(const struct work *w, uint32_t part, const struct work_list *old,
	const uint8_t stale[PART_ACCOUNTS], const struct work_list *fresh,
	struct work_list *out, struct err *e)
{
	const uint32_t first = part * PART_ACCOUNTS + 1;
	uint32_t f = 0;
	enum status st = mirror_work_room(out, w, old->n + fresh->n, e);
	out->n = 0;
	for (uint32_t i = 0; st == ST_OK && i <= old->n; i++) {
		const char *item = old->items + i * w->size;
		uint32_t account = i < old->n ? work_account(w, item) : UINT32_MAX;
		for (; f < fresh->n &&
			work_account(w, fresh->items + f * w->size) < account;
			f++)
			memcpy(out->items + out->n++ * w->size,
				fresh->items + f * w->size, w->size);
		if (i < old->n && !stale[account - first])
			memcpy(out->items + out->n++ * w->size, item, w->size);
	}
	return st;
}

static enum status drop(struct db *d, const struct work *w, uint32_t part, struct err *e)
{
	struct stmt *s;
	enum status st =
		stmt_open(d, "DELETE FROM mirror WHERE source = ?1 AND part = ?2", &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, w->source);
	stmt_bind_int(s, 2, part);
	st = stmt_run(s, e);
	stmt_close(s);
	return st;
}

/* Where it would be too large, none is kept: then the rows are read. */
static enum status store(struct db *d, const struct work *w, uint32_t part,
	const struct work_list *l, struct err *e)
{
	struct stmt *s = NULL;
	enum status st = mirror_work_encode(w, part, l, &d->work->blob, e);
	if (st == ST_OK)
		st = d->work->blob.n > 0
			     ? mirror_store_blob(d, w->source, part, &d->work->blob, e)
			     : drop(d, w, part, e);
	if (st == ST_OK)
		st = stmt_open(d,
			"DELETE FROM mirror_stale WHERE source = ?1"
			" AND account BETWEEN ?2 AND ?3",
			&s, e);
	if (st == ST_OK) {
		stmt_bind_int(s, 1, w->source);
		stmt_bind_int(s, 2, part * PART_ACCOUNTS + 1);
		stmt_bind_int(s, 3, (part + 1) * PART_ACCOUNTS);
		st = stmt_run(s, e);
	}
	stmt_close(s);
	return st;
}

/* ---- reading -------------------------------------------------------------------- */

/* ST_NOTFOUND: there is no mirror; ST_CORRUPT: it is damaged. */
static enum status read_mirror(struct db *d, const struct work *w, uint32_t part,
	struct arena *a, struct work_list *out, struct err *e)
{
	struct stmt *s;
	const void *data;
	size_t n;
	enum status st = mirror_load_blob(d, w->source, part, &s, &data, &n, e);
	if (st != ST_OK)
		return st;
	st = mirror_work_decode(w, part, data, n, a, out, e);
	stmt_close(s);
	return st;
}

static enum status find_stale(struct db *d, const struct work *w, uint32_t part,
	uint8_t stale[PART_ACCOUNTS], bool *any, struct err *e)
{
	const uint32_t first = part * PART_ACCOUNTS + 1;
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d,
		"SELECT account FROM mirror_stale WHERE source = ?1"
		" AND account BETWEEN ?2 AND ?3",
		&s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, w->source);
	stmt_bind_int(s, 2, first);
	stmt_bind_int(s, 3, first + PART_ACCOUNTS - 1);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		stale[stmt_int(s, 0) - first] = 1;
		*any = true;
	}
	stmt_close(s);
	return st;
}

static enum status keep_texts(
	const struct work *w, char *item, struct arena *a, struct err *e)
{
	for (unsigned c = 0; c < w->n; c++) {
		struct text t;
		if (w->columns[c].type != WORK_TEXT)
			continue;
		memcpy(&t, item + w->columns[c].offset, sizeof(t));
		t.s = t.n == 0 ? NULL : arena_copy(a, t.s, t.n);
		if (t.n > 0 && t.s == NULL)
			return err_set(e, ST_NOMEM, "out of memory");
		memcpy(item + w->columns[c].offset, &t, sizeof(t));
	}
	return ST_OK;
}

/* Those of the part, or of its stale accounts alone. */
static enum status read_rows(struct db *d, const struct work *w, uint32_t part,
	int32_t ended_from, bool stale, struct arena *a, struct work_list *out,
	struct err *e)
{
	struct cell cells[RECORD_FIELDS_MAX];
	struct stmt *s;
	bool row;
	out->n = 0;
	enum status st =
		sql_open(d, w->kind, stale ? SQL_UNENDED_STALE : SQL_UNENDED_PART, &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, part * PART_ACCOUNTS + 1);
	stmt_bind_int(s, 2, ended_from);
	stmt_bind_int(s, 3, (part + 1) * PART_ACCOUNTS);
	if (stale)
		stmt_bind_int(s, 4, w->source);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		for (int i = 0; i < record_of(w->kind)->count; i++)
			cells[i] = stmt_cell(s, i + 1);
		st = mirror_work_room(out, w, out->n + 1, e);
		char *item = out->items + out->n * w->size;
		if (st == ST_OK && w->from_row(stmt_int(s, 0), cells, item)) {
			st = keep_texts(w, item, a, e);
			out->n++;
		}
		if (st != ST_OK)
			break;
	}
	stmt_close(s);
	return st;
}

/* From which day on the mirrors hold what ended. */
static enum status kept_from(
	struct db *d, const struct work *w, int32_t *out, struct err *e)
{
	int64_t day = DAY_MAX;
	enum status st = ST_OK;
	if (w->source == MIRROR_ALERTS)
		st = stmt_query_int(
			d, "SELECT ended_from FROM alert_day", DAY_MAX, &day, e);
	*out = day < DAY_MIN ? DAY_MIN : day > DAY_MAX ? DAY_MAX : (int32_t)day;
	return st;
}

/* The items of a part, in d->work->found: as they are mirrored, unless any are stale. */
static enum status load(struct db *d, const struct work *w, uint32_t part,
	int32_t ended_from, struct arena *a, struct err *e)
{
	struct db_work *x = d->work;
	uint8_t stale[PART_ACCOUNTS] = { 0 };
	int32_t kept;
	bool any = false;
	x->mirrored.n = x->fresh.n = x->merged.n = 0;
	x->found = &x->mirrored;
	enum status st = kept_from(d, w, &kept, e);
	bool whole = st == ST_OK && ended_from < kept; /* the mirror does not have it */
	kept = whole ? ended_from : kept;
	if (st == ST_OK && !whole) {
		st = read_mirror(d, w, part, a, &x->mirrored, e);
		whole = st == ST_NOTFOUND || st == ST_CORRUPT;
		st = whole ? ST_OK : st;
	}
	if (st == ST_OK && !whole)
		st = find_stale(d, w, part, stale, &any, e);
	if (st == ST_OK && (whole || any)) {
		st = read_rows(d, w, part, kept, !whole, a, &x->fresh, e);
		x->found = &x->merged;
		if (st == ST_OK)
			st = merge(
				w, part, &x->mirrored, stale, &x->fresh, &x->merged, e);
		if (st == ST_OK && d->writing) {
			drop_older(w, &x->merged, kept);
			st = store(d, w, part, &x->merged, e);
		}
	}
	drop_older(w, x->found, ended_from);
	return st;
}

static enum status need_work(struct db *d, struct err *e)
{
	if (d->work == NULL)
		d->work = calloc(1, sizeof(*d->work));
	return d->work != NULL ? ST_OK : err_set(e, ST_NOMEM, "out of memory");
}

void db_work_forget(struct db *d)
{
	if (d->work == NULL)
		return;
	free(d->work->mirrored.items);
	free(d->work->fresh.items);
	free(d->work->merged.items);
	pack_clear(&d->work->blob);
	free(d->work);
	d->work = NULL;
}

static enum status lend(struct db *d, const struct work *w, uint32_t part,
	int32_t ended_from, struct arena *a, struct err *e)
{
	enum status st = need_work(d, e);
	if (st == ST_OK)
		st = db_hold(&d->base, e);
	if (st != ST_OK)
		return st;
	st = part <= db_part_of(DB_ACCOUNT_MAX)
		     ? load(d, w, part, ended_from, a, e)
		     : err_set(e, ST_USAGE, "there is no part %u", part);
	db_release(&d->base);
	return st;
}

enum status db_alerts(struct store *s, uint32_t part, int32_t ended_from,
	const struct alert **out, uint32_t *n, struct err *e)
{
	struct db *d = db_of(s);
	enum status st = lend(d, work_of(MIRROR_ALERTS), part, ended_from, NULL, e);
	*out = st == ST_OK ? (const void *)d->work->found->items : NULL;
	*n = st == ST_OK ? d->work->found->n : 0;
	return st;
}

enum status db_tasks(struct store *s, uint32_t part, struct arena *a,
	const struct task **out, uint32_t *n, struct err *e)
{
	struct db *d = db_of(s);
	enum status st = lend(d, work_of(MIRROR_TASKS), part, DAY_MAX, a, e);
	*out = st == ST_OK ? (const void *)d->work->found->items : NULL;
	*n = st == ST_OK ? d->work->found->n : 0;
	return st;
}

/* ---- all at once ---------------------------------------------------------------- */

/* Sets what[part] for every part that a statement lists. */
static enum status mark(struct db *d, const char *sql, int source, uint32_t parts,
	bool value, bool *what, struct err *e)
{
	struct stmt *s;
	bool row;
	enum status st = stmt_open(d, sql, &s, e);
	if (st != ST_OK)
		return st;
	stmt_bind_int(s, 1, source);
	while ((st = stmt_step(s, &row, e)) == ST_OK && row) {
		int64_t part = stmt_int(s, 0);
		if (part >= 0 && part < parts)
			what[part] = value;
	}
	stmt_close(s);
	return st;
}

enum status mirror_refresh_work(struct db *d, uint32_t parts, struct err *e)
{
	bool *needs = malloc(parts + 1);
	struct arena a;
	enum status st =
		needs == NULL ? err_set(e, ST_NOMEM, "out of memory") : need_work(d, e);
	arena_init(&a);
	for (size_t k = 0; st == ST_OK && k < MIRROR_WORKS; k++) {
		memset(needs, true, parts + 1);
		st = mark(d, "SELECT part FROM mirror WHERE source = ?1",
			mirror_works[k].source, parts, false, needs, e);
		if (st == ST_OK)
			st = mark(d,
				"SELECT DISTINCT (account - 1) >> 12 FROM mirror_stale"
				" WHERE source = ?1 AND account > 0",
				mirror_works[k].source, parts, true, needs, e);
		for (uint32_t part = 0; st == ST_OK && part < parts; part++) {
			if (needs[part])
				st = load(d, &mirror_works[k], part, DAY_MAX, &a, e);
			arena_clear(&a);
		}
	}
	free(needs);
	return st;
}

enum status mirror_check_work(
	struct db *d, int source, uint32_t part, bool *same, struct err *e)
{
	const struct work *w = work_of(source);
	struct pack served = { 0 }, rows = { 0 };
	struct arena a;
	int32_t kept;
	*same = false;
	arena_init(&a);
	enum status st = need_work(d, e);
	if (st == ST_OK)
		st = kept_from(d, w, &kept, e);
	if (st == ST_OK)
		st = read_mirror(d, w, part, &a, &d->work->mirrored, e);
	if (st == ST_OK) {
		st = load(d, w, part, kept, &a, e);
		if (st == ST_OK)
			st = mirror_work_encode(w, part, d->work->found, &served, e);
		if (st == ST_OK)
			st = read_rows(d, w, part, kept, false, &a, &d->work->fresh, e);
		if (st == ST_OK)
			st = mirror_work_encode(w, part, &d->work->fresh, &rows, e);
		*same = st == ST_OK && served.n == rows.n &&
			(rows.n == 0 || memcmp(served.data, rows.data, rows.n) == 0);
	}
	pack_clear(&served);
	pack_clear(&rows);
	arena_clear(&a);
	return st == ST_NOTFOUND || st == ST_CORRUPT ? ST_OK : st;
}
