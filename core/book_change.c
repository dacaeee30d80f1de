/* Changes by hand: checked cell by cell, written row by row, told to the history. */
#include "core/change_work.h"

#include <stdio.h>
#include <string.h>

#include "core/change_cell.h"
#include "core/convert.h"
#include "core/record_check.h"

#define TITLE_MAX 80
#define REASON_MAX 1000
/* Kinds of rows that neither the columns of the book nor the texts of a list show. */
#define NOT_PICTURED                                                                    \
	(1u << REC_CONTACT | 1u << REC_TICKET | 1u << REC_SURVEY | 1u << REC_TOUCH |    \
		1u << REC_FIX | 1u << REC_NOTE | 1u << REC_PLAN | 1u << REC_MILESTONE | \
		1u << REC_ALERT | 1u << REC_TASK | 1u << REC_STEP | 1u << REC_MESSAGE | \
		1u << REC_REQUEST | 1u << REC_PROPOSAL)
#define VALUE_MAX 60 /* bytes of a value that a message shows */

/* ---- the operation ---- */

static struct text cut(const char *text, size_t most)
{
	const struct text t = text_trim(text_of(text ? text : ""));

	return (struct text){ t.s, (size_t)convert_shown(t, most) };
}

enum status work_begin(struct work *w, struct book *b, const char *title,
	const char *reason, struct err *e)
{
	const struct store_ops *ops = b->store->ops;
	enum status st;

	*w = (struct work){ .b = b, .store = b->store };
	w->op.actor = text_of(b->me);
	w->op.at = b->clock.now(&b->clock);
	w->op.title = cut(title, TITLE_MAX);
	w->op.reason = cut(reason, REASON_MAX);
	if (text_invalid_at(w->op.reason) < w->op.reason.n)
		return err_set(e, ST_INVALID, "the reason is not valid UTF-8");
	arena_init(&w->arena);
	st = ops->begin(b->store, e);
	if (st != ST_OK)
		return st;
	st = ops->history_last(b->store, &w->op.id, e);
	w->op.id++;
	return st == ST_OK ? ST_OK : work_end(w, st, e);
}

enum status work_end(struct work *w, enum status st, struct err *e)
{
	const struct store_ops *ops = w->store->ops;
	const bool tells = w->op.changes || w->beyond;

	if (w->several)
		w->op.concerns = 0;
	if (st == ST_OK && tells && !w->ended)
		st = ops->history_save(w->store, &w->op, e);
	if (st == ST_OK && tells && !w->ended && !w->pictured)
		st = queue_keep(w, e);
	if (st == ST_OK && tells && !w->ended)
		st = ops->commit(w->store, e);
	if (st != ST_OK || !tells)
		ops->rollback(w->store);
	else
		book_forget(w->b);
	arena_clear(&w->arena);
	return st;
}

/* ---- one row ---- */

static enum status not_by_hand(enum record_kind kind, struct err *e)
{
	return kind == REC_SIGNAL
		       ? err_set(e, ST_USAGE, "signals are measured: import them")
		       : err_set(e, ST_USAGE,
				 "accounts come with imports and leave by "
				 "their status");
}

enum status work_read(struct work *w, enum record_kind kind, int64_t row,
	struct cell *out, struct err *e)
{
	bool there = false;
	enum status st;

	if (kind == REC_SIGNAL)
		return not_by_hand(kind, e);
	arena_clear(&w->arena);
	st = w->store->ops->row_read(w->store, kind, row, &w->arena, out, &there, e);
	if (st == ST_OK && !there)
		st = err_set(e, ST_NOTFOUND, "there is no such row among the %s any more",
			record_of(kind)->name);
	return st;
}

/* The fields in which two rows differ; of one row, those that it has. */
static uint32_t differing(
	const struct record *r, const struct cell *before, const struct cell *after)
{
	static const struct cell missing = { .type = CELL_MISSING };
	uint32_t fields = 0;

	for (int i = 0; i < r->count; i++)
		if (!cell_eq(before ? before[i] : missing, after ? after[i] : missing))
			fields |= 1u << i;
	return fields;
}

static void note_account(struct work *w, struct row_change *c)
{
	const int field = record_account_field(record_of(c->kind));
	const struct cell *cells = c->after ? c->after : c->before;

	if (c->kind == REC_ACCOUNT)
		c->account = (uint32_t)c->row;
	else if (field >= 0)
		c->account = (uint32_t)cells[field].i;
	w->several = w->several || (w->op.changes && w->op.concerns != c->account);
	w->op.concerns = c->account;
}

enum status work_write(struct work *w, enum record_kind kind, int64_t row,
	const struct cell *before, const struct cell *after, struct err *e)
{
	const struct store_ops *ops = w->store->ops;
	struct row_change c = {
		.kind = kind, .row = row, .before = before, .after = after
	};
	enum status st;

	/* accounts go and come back with the import that brought them */
	if (kind == REC_SIGNAL ||
		(kind == REC_ACCOUNT && (!before || !after) && w->op.step == STEP_CHANGE))
		return not_by_hand(kind, e);
	c.fields = differing(record_of(kind), before, after);
	if (before && after && !c.fields)
		return ST_OK;
	if (!before)
		st = ops->row_add(w->store, kind, after, &c.row, e);
	else if (!after)
		st = ops->row_remove(w->store, kind, row, e);
	else
		st = ops->row_write(w->store, kind, row, after, c.fields, e);
	if (st != ST_OK)
		return st;
	w->added = c.row;
	note_account(w, &c);
	w->pictured |= !((uint64_t)NOT_PICTURED >> kind & 1);
	queue_see(&w->seen, kind, before, after);
	return ops->history_add(w->store, w->op.id, ++w->op.changes, &c, e);
}

/* ---- checks ---- */

static enum status check_reference(
	struct work *w, const struct field *f, int64_t id, struct err *e)
{
	const enum record_kind to = f->type == FT_ACCOUNT ? REC_ACCOUNT : REC_CSM;
	struct text key = { NULL, 0 };
	enum status st = ST_OK;

	if (id > 0 && w->known[to] == id)
		return ST_OK;
	if (id > 0 && id <= UINT32_MAX)
		st = w->store->ops->key(w->store, to, (uint32_t)id, &w->arena, &key, e);
	if (st == ST_OK && !key.s)
		return err_set(e, ST_INVALID, "%s: there is no such %s", f->name,
			to == REC_ACCOUNT ? "account" : "CSM");
	w->known[to] = id;
	return st;
}

static enum status check_cells(struct work *w, const struct record *r,
	const struct change *c, struct cell *out, struct err *e)
{
	enum status st = ST_OK;

	for (int i = 0; i < r->count && st == ST_OK; i++) {
		const struct field *f = &r->fields[i];

		out[i] = (struct cell){ .type = CELL_MISSING };
		if (c->fields & 1u << i)
			out[i] = c->cells[i];
		else if (c->row || !(f->flags & FIELD_REQUIRED))
			continue;
		st = change_check(f, &w->b->policy, &out[i], e);
		if (st == ST_OK && out[i].type == CELL_INT &&
			(f->type == FT_ACCOUNT || f->type == FT_CSM))
			st = check_reference(w, f, out[i].i, e);
	}
	return st;
}

/* A value for people; owners and accounts by name. */
static const char *value_text(
	struct work *w, const struct field *f, struct cell c, char out[VALUE_MAX])
{
	const bool account = f->type == FT_ACCOUNT;
	struct text key;

	if (c.type == CELL_INT && (account || f->type == FT_CSM) && c.i > 0 &&
		w->store->ops->key(w->store, account ? REC_ACCOUNT : REC_CSM,
			(uint32_t)c.i, &w->arena, &key, NULL) == ST_OK &&
		key.s)
		c = CELL_OF_TEXT(key);
	return change_text(f, &c, out, VALUE_MAX);
}

/* Of a row that is to go (wanted: NULL) all fields count. */
static enum status check_seen(struct work *w, const struct record *r,
	const struct change *c, const struct cell *now, const struct cell *wanted,
	struct err *e)
{
	char is[VALUE_MAX], was[VALUE_MAX], mine[VALUE_MAX] = "it to go";

	for (int i = 0; c->seen && i < r->count; i++) {
		const struct field *f = &r->fields[i];

		if ((c->cells && !(c->fields & 1u << i)) || cell_eq(c->seen[i], now[i]))
			continue;
		if (wanted)
			value_text(w, f, wanted[i], mine);
		return err_set(e, ST_STALE,
			"%s: somebody changed it to %s meanwhile; you saw %s and want "
			"%s. Look again, then decide",
			f->name, value_text(w, f, now[i], is),
			value_text(w, f, c->seen[i], was), mine);
	}
	return ST_OK;
}

static enum status say_duplicate(enum record_kind kind, struct err *e)
{
	const struct record *r = record_of(kind);
	const int name = record_name_field(r);

	return err_set(e, ST_INVALID, "%s: another of the %s has it already",
		name < 0 ? "id" : r->fields[name].name, r->name);
}

enum status work_change(struct work *w, const struct change *c, struct err *e)
{
	const struct record *r = record_of(c->kind);
	struct cell before[RECORD_FIELDS_MAX], after[RECORD_FIELDS_MAX];
	struct cell given[RECORD_FIELDS_MAX];
	struct record_flaw flaw;
	enum status st = ST_OK;

	if (c->row)
		st = work_read(w, c->kind, c->row, before, e);
	if (st != ST_OK)
		return st;
	if (c->row && !c->fields && !c->cells) {
		st = check_seen(w, r, c, before, NULL, e);
		return st == ST_OK ? work_write(w, c->kind, c->row, before, NULL, e) : st;
	}
	st = check_cells(w, r, c, given, e);
	if (st == ST_OK && c->row)
		st = check_seen(w, r, c, before, given, e);
	if (st != ST_OK)
		return st;
	for (int i = 0; i < r->count; i++)
		after[i] = c->row && !(c->fields & 1u << i) ? before[i] : given[i];
	if (!record_check(c->kind, after, c->row ? c->fields : ~0u, &flaw))
		return err_set(e, ST_INVALID, "%s: %s", r->fields[flaw.field].name,
			flaw.what.message);
	st = work_write(w, c->kind, c->row, c->row ? before : NULL, after, e);
	return st == ST_DUPLICATE ? say_duplicate(c->kind, e) : st;
}

enum status book_change(struct book *b, const struct change *changes, uint32_t n,
	const char *title, const char *reason, struct err *e)
{
	struct work w;
	enum status st = work_begin(&w, b, title, reason, e);

	if (st != ST_OK)
		return st;
	for (uint32_t i = 0; i < n && st == ST_OK; i++)
		st = work_change(&w, &changes[i], e);
	return work_end(&w, st, e);
}
