/* Rows coming into the fake store. */
#include "tests/support/fake_state.h"

#include <string.h>

enum status fake_batch_begin(struct store *s, const struct put_batch *b, struct err *e)
{
	struct fake_store *f = fake_of(s);

	if (!f->in_transaction || f->in_batch)
		return err_set(e, ST_USAGE, "no transaction, or a batch is open");
	f->batch = *b;
	f->counts = (struct put_counts){ 0 };
	f->batches++;
	f->in_batch = true;
	return ST_OK;
}

static bool mapped(const struct fake_store *f, int field)
{
	const struct field *fields = record_of(f->batch.kind)->fields;

	return (f->batch.mapped >> field & 1) && !(fields[field].flags & FIELD_APART);
}

/* Looks at the given cells alone; what an insert lacks is seen later. */
static enum status check(
	const struct fake_store *f, const struct cell *cells, struct err *e)
{
	const struct record *r = record_of(f->batch.kind);

	for (int i = 0; i < r->count; i++) {
		const struct field *field = &r->fields[i];
		enum record_kind to = fake_referred(field->type);

		if (!mapped(f, i))
			continue;
		if (cells[i].type == CELL_MISSING) {
			if (field->flags & FIELD_REQUIRED)
				return err_set(
					e, ST_INVALID, "%s is required", field->name);
			continue;
		}
		if (cells[i].type != record_cell(field->type))
			return err_set(
				e, ST_USAGE, "%s: a cell of another type", field->name);
		if (to != REC_COUNT && !fake_name(&f->now, to, cells[i].i).s)
			return err_set(e, ST_NOTFOUND, "%s: no such id", field->name);
	}
	return ST_OK;
}

static bool matches(
	const struct fake_store *f, const struct fake_row *row, const struct cell *cells)
{
	const struct record *r = record_of(f->batch.kind);

	for (int i = 0; i < r->count; i++)
		if ((r->fields[i].flags & FIELD_KEY) && mapped(f, i) &&
			!cell_eq(row->cells[i], cells[i]))
			return false;
	return true;
}

/* The row that these cells name, NULL in *out: a new one. */
static enum status match(struct fake_store *f, const struct cell *cells,
	struct fake_row **out, uint32_t *place, struct err *e)
{
	enum record_kind kind = f->batch.kind;
	bool by_content = record_of(kind)->identity == REC_BY_CONTENT;
	uint32_t found = 0, i = f->now.bucket[kind][fake_bucket(kind, cells)];
	struct fake_row *row;

	*out = NULL;
	for (; i; i = row->next) {
		row = fake_item(&f->now, (int)kind, i - 1);
		/* the nth of equal rows is the nth: one that was not taken yet */
		if (!matches(f, row, cells) || (by_content && row->batch == f->batches))
			continue;
		found++;
		*out = row; /* buckets hold the newest first: the oldest remains */
		*place = i - 1;
	}
	if (found > 1 && !by_content)
		return err_set(e, ST_INVALID, "more than one of the %s matches",
			record_of(kind)->name);
	if (*out && (*out)->batch == f->batches)
		return err_set(e, ST_DUPLICATE, "stood in this batch before");
	return ST_OK;
}

/* For whoever wants to know what became of a row; before NULL: it is new. */
static enum status tell(
	struct fake_store *f, uint32_t place, const struct cell *before, struct err *e)
{
	static const struct cell missing = { .type = CELL_MISSING };
	const struct record *r = record_of(f->batch.kind);
	const struct cell *after = fake_row(&f->now, f->batch.kind, place)->cells;
	const int account = record_account_field(r);
	struct row_change c = {
		.kind = f->batch.kind, .row = place + 1, .before = before, .after = after
	};

	if (!f->batch.changed || f->batch.kind == REC_SIGNAL)
		return ST_OK;
	c.account = f->batch.kind == REC_ACCOUNT ? place + 1
		    : account >= 0               ? (uint32_t)after[account].i
						 : 0;
	for (int i = 0; i < r->count; i++)
		if (!cell_eq(before ? before[i] : missing, after[i]))
			c.fields |= 1u << i;
	return f->batch.changed(f->batch.arg, &c, e);
}

static enum status insert(struct fake_store *f, const struct cell *cells, struct err *e)
{
	const struct record *r = record_of(f->batch.kind);
	struct fake_row *row;

	for (int i = 0; i < r->count; i++)
		if ((r->fields[i].flags & FIELD_REQUIRED) && !mapped(f, i))
			return err_set(
				e, ST_INVALID, "%s is required", r->fields[i].name);
	row = fake_row_add(&f->now, f->batch.kind, cells);
	for (int i = 0; i < r->count; i++)
		if (mapped(f, i))
			row->cells[i] = fake_kept(f, r->fields[i].type, cells[i]);
	row->batch = f->batches;
	f->counts.inserted++;
	return tell(f, f->now.list[f->batch.kind].n - 1, NULL, e);
}

static enum status update(
	struct fake_store *f, uint32_t place, const struct cell *cells, struct err *e)
{
	const struct record *r = record_of(f->batch.kind);
	struct fake_row *row = fake_item(&f->now, (int)f->batch.kind, place);
	struct cell before[RECORD_FIELDS_MAX], after[RECORD_FIELDS_MAX];
	uint32_t changed = 0;
	enum status st;

	memcpy(before, row->cells, (size_t)r->count * sizeof(*before));
	memcpy(after, before, sizeof(after));
	for (int i = 0; i < r->count; i++) {
		if (!mapped(f, i) || f->batch.mode == PUT_KEEP ||
			(f->batch.mode == PUT_FILL &&
				row->cells[i].type != CELL_MISSING) ||
			cell_eq(row->cells[i], cells[i]))
			continue;
		after[i] = cells[i];
		changed |= 1u << i;
	}
	st = changed && f->batch.becomes ? f->batch.becomes(f->batch.arg, place + 1,
						   before, after, changed, e)
					 : ST_OK;
	if (st != ST_OK)
		return st;
	for (int i = 0; i < r->count; i++)
		if (changed >> i & 1)
			row->cells[i] = fake_kept(f, r->fields[i].type, cells[i]);
	row->batch = f->batches;
	*(changed ? &f->counts.updated : &f->counts.unchanged) += 1;
	return changed ? tell(f, place, before, e) : ST_OK;
}

enum status fake_put(struct store *s, const struct cell *cells, uint64_t line,
	uint32_t *id, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct fake_row *row;
	uint32_t place;
	enum status st;

	(void)line; /* repeats are told at once */
	if (!f->in_batch)
		return err_set(e, ST_USAGE, "no batch is open");
	place = f->now.list[f->batch.kind].n;
	st = check(f, cells, e);
	if (st == ST_OK)
		st = match(f, cells, &row, &place, e);
	if (st != ST_OK)
		return st;
	st = row ? update(f, place, cells, e) : insert(f, cells, e);
	if (id && st == ST_OK)
		*id = place + 1;
	return st;
}

enum status fake_batch_end(struct store *s, struct put_counts *out, struct err *e)
{
	struct fake_store *f = fake_of(s);

	if (!f->in_batch)
		return err_set(e, ST_USAGE, "no batch is open");
	f->in_batch = false;
	*out = f->counts;
	return ST_OK;
}
