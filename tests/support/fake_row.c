/* Single rows of the fake store, and the history of what became of them. */
#include "tests/support/fake_state.h"

static struct fake_store *fake_of(struct store *s)
{
	return (struct fake_store *)s; /* its first member */
}

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
	return kind != REC_ACCOUNT && kind != REC_SIGNAL;
}

enum status fake_row_insert(struct store *s, enum record_kind kind,
	const struct cell *cells, int64_t *id, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct fake_row *row;
	enum status st;

	if (!f->in_transaction || !by_hand(kind))
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
	for (uint32_t i = 0; kind == REC_CSM && i < f->now.list[REC_ACCOUNT].n; i++)
		if (cell_eq(fake_row(&f->now, REC_ACCOUNT, i)->cells[F_CSM],
			    CELL_OF_INT(id)))
			return err_set(e, ST_FORBIDDEN, "accounts refer to it");
	fake_row_unlink(&f->now, kind, (uint32_t)id - 1);
	row->gone = true;
	return ST_OK;
}

/* ---- history ----------------------------------------------------------------- */

enum status fake_history_last(struct store *s, int64_t *id, struct err *e)
{
	(void)e;
	*id = fake_of(s)->now.list[LIST_OPERATION].n;
	return ST_OK;
}

/* The cells of a side that count, NULL for NULL. */
static const struct cell *side(
	struct fake_store *f, const struct row_change *c, const struct cell *cells)
{
	const struct record *r = record_of(c->kind);
	struct cell *kept;

	if (!cells)
		return NULL;
	kept = arena_alloc(&f->texts, (size_t)r->count * sizeof(*kept));
	for (int i = 0; i < r->count; i++)
		if (c->fields >> i & 1)
			kept[i] = fake_kept(f, r->fields[i].type, cells[i]);
	return kept;
}

enum status fake_history_add(struct store *s, int64_t operation, uint32_t seq,
	const struct row_change *c, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct fake_change *item;

	(void)seq;
	if (!f->in_transaction || operation <= f->now.list[LIST_OPERATION].n)
		return err_set(e, ST_FORBIDDEN, "the history is never changed");
	item = fake_add(&f->now, LIST_CHANGE);
	*item = (struct fake_change){ operation, *c };
	item->change.before = side(f, c, c->before);
	item->change.after = side(f, c, c->after);
	return ST_OK;
}

enum status fake_history_save(struct store *s, const struct operation *o, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct operation *item, *other;

	for (uint32_t i = 0; o->reverses && i < f->now.list[LIST_OPERATION].n; i++)
		if (((struct operation *)fake_item(&f->now, LIST_OPERATION, i))
				->reverses == o->reverses)
			return err_set(e, ST_FORBIDDEN, "it was taken back before");
	if (!f->in_transaction || o->id != f->now.list[LIST_OPERATION].n + 1)
		return err_set(e, ST_USAGE, "no transaction, or another id");
	item = fake_add(&f->now, LIST_OPERATION);
	*item = *o;
	item->actor = fake_text(f, o->actor);
	item->title = fake_text(f, o->title);
	item->reason = (struct text){ NULL, 0 };
	if (o->reason.n)
		item->reason = fake_text(f, o->reason);
	if (o->reverses) {
		other = fake_item(&f->now, LIST_OPERATION, (uint32_t)o->reverses - 1);
		other->reversed_by = o->id;
	}
	return ST_OK;
}

static bool wanted(const struct fake_state *now, const struct operation_query *q,
	const struct operation *o)
{
	bool touched = !q->account && !q->row;

	for (uint32_t i = 0; !touched && i < now->list[LIST_CHANGE].n; i++) {
		const struct fake_change *c = fake_item(now, LIST_CHANGE, i);

		touched = c->operation == o->id &&
			  (q->account ? c->change.account == q->account
				      : c->change.kind == q->kind &&
						  c->change.row == q->row);
	}
	return touched && (!q->id || q->id == o->id) &&
	       (!q->actor.n || text_eq(q->actor, o->actor));
}

enum status fake_operations(struct store *s, const struct operation_query *q,
	operation_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	enum status st = ST_OK;

	for (uint32_t i = now->list[LIST_OPERATION].n; i > 0 && st == ST_OK; i--) {
		struct operation o =
			*(struct operation *)fake_item(now, LIST_OPERATION, i - 1);

		o.account = fake_name(now, REC_ACCOUNT, o.concerns);
		if (wanted(now, q, &o))
			st = fn(arg, &o, e);
	}
	return st;
}

enum status fake_operation_changes(struct store *s, int64_t operation, bool backwards,
	row_change_fn fn, void *arg, struct err *e)
{
	const struct fake_list *all = &fake_of(s)->now.list[LIST_CHANGE];
	const uint32_t n = all->n; /* fn may add to another operation */
	enum status st = ST_OK;

	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		const uint32_t at = backwards ? n - 1 - i : i;
		const struct fake_change c = *(struct fake_change *)fake_item(
			&fake_of(s)->now, LIST_CHANGE, at);

		if (c.operation == operation)
			st = fn(arg, &c.change, e);
	}
	return st;
}
