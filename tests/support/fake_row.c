/* Single rows of the fake store, and the history of what became of them. */
#include "tests/support/fake_state.h"

/* The row with this id, NULL: there is none. */
static struct fake_row *row_of(
	const struct fake_state *now, enum record_kind kind, int64_t id)
{
	struct fake_row *row;

	if (id < 1 || id > now->list[kind].n)
		return NULL;
	row = fake_item(now, (int)kind, (uint32_t)id - 1);
	return row->gone ? NULL : row;
}

enum status fake_row_read(struct store *s, enum record_kind kind, int64_t id,
	struct arena *a, struct cell *out, bool *there, struct err *e)
{
	const struct fake_row *row = row_of(&fake_of(s)->now, kind, id);

	(void)e;
	*there = row != NULL;
	for (int i = 0; row && i < record_of(kind)->count; i++) {
		out[i] = row->cells[i];
		if (out[i].type == CELL_TEXT) /* borrowed from there, as others do */
			out[i].t.s = arena_copy(a, out[i].t.s, out[i].t.n);
	}
	return ST_OK;
}

/* Whether the cells may be those of the row: a key of its own, and all it refers to. */
static enum status check(const struct fake_state *now, enum record_kind kind, int64_t id,
	const struct cell *cells, struct err *e)
{
	const struct record *r = record_of(kind);
	const int name = record_name_field(r);

	for (uint32_t i = 0; name >= 0 && i < now->list[kind].n; i++)
		if (!fake_row(now, kind, i)->gone && i + 1 != id &&
			cell_eq(fake_row(now, kind, i)->cells[name], cells[name]))
			return err_set(e, ST_DUPLICATE, "%s: another of the %s has it",
				r->fields[name].name, r->name);
	for (int i = 0; i < r->count; i++) {
		enum record_kind to = fake_referred(r->fields[i].type);

		if (to != REC_COUNT && cells[i].type == CELL_INT &&
			!fake_name(now, to, cells[i].i).s)
			return err_set(
				e, ST_INVALID, "%s: no such id", r->fields[i].name);
	}
	return ST_OK;
}

static void keep(struct fake_store *f, enum record_kind kind, struct fake_row *row,
	const struct cell *cells)
{
	const struct record *r = record_of(kind);

	for (int i = 0; i < r->count; i++)
		if (!(r->fields[i].flags & FIELD_APART))
			row->cells[i] = fake_kept(f, r->fields[i].type, cells[i]);
}

enum status fake_row_write(struct store *s, enum record_kind kind, int64_t id,
	const struct cell *cells, uint32_t fields, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct fake_row *row = row_of(&f->now, kind, id);
	enum status st;

	(void)fields;
	if (!f->in_transaction || !row)
		return err_set(e, ST_USAGE, "no transaction, or no such row");
	st = check(&f->now, kind, id, cells, e);
	if (st != ST_OK)
		return st;
	fake_row_unlink(&f->now, kind, (uint32_t)id - 1);
	keep(f, kind, row, cells);
	fake_row_link(&f->now, kind, (uint32_t)id - 1);
	return ST_OK;
}

static bool by_hand(enum record_kind kind)
{
	return kind != REC_SIGNAL;
}

/* Whether a row of the kind refers to this one. */
static bool refers(const struct fake_state *now, enum record_kind kind, int64_t id,
	enum record_kind other)
{
	const struct record *r = record_of(other);

	for (int i = 0; i < r->count; i++) {
		if (fake_referred(r->fields[i].type) != kind)
			continue;
		for (uint32_t k = 0; k < now->list[other].n; k++)
			if (!fake_row(now, other, k)->gone &&
				cell_eq(fake_row(now, other, k)->cells[i],
					CELL_OF_INT(id)))
				return true;
	}
	return false;
}

enum status fake_row_insert(struct store *s, enum record_kind kind,
	const struct cell *cells, int64_t *id, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct fake_row *row;
	enum status st;

	if (!f->in_transaction || !by_hand(kind) || (kind == REC_ACCOUNT && !*id))
		return err_set(e, ST_USAGE, "no transaction, or not by hand");
	if (row_of(&f->now, kind, *id))
		return err_set(e, ST_DUPLICATE, "this id is in use");
	st = check(&f->now, kind, *id, cells, e);
	if (st != ST_OK)
		return st;
	if (*id == 0)
		*id = f->now.list[kind].n + 1;
	while (f->now.list[kind].n < *id) { /* ids that nobody has */
		row = fake_add(&f->now, (int)kind);
		row->gone = true;
	}
	row = fake_item(&f->now, (int)kind, (uint32_t)*id - 1);
	row->gone = false;
	keep(f, kind, row, cells);
	fake_row_link(&f->now, kind, (uint32_t)*id - 1);
	return ST_OK;
}

enum status fake_row_remove(
	struct store *s, enum record_kind kind, int64_t id, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct fake_row *row = row_of(&f->now, kind, id);

	if (!f->in_transaction || !by_hand(kind) || !row)
		return err_set(e, ST_USAGE, "no transaction, or not by hand");
	for (int other = 0; other < REC_COUNT; other++) /* signals among them */
		if (refers(&f->now, kind, id, (enum record_kind)other))
			return err_set(e, ST_FORBIDDEN, "rows refer to it");
	fake_row_unlink(&f->now, kind, (uint32_t)id - 1);
	row->gone = true;
	return ST_OK;
}
