/* What refers to an account that goes: what recalculations derived goes along, what
 * people entered stays, and is named. */
#include "core/book_undo.h"

#include <stdio.h>
#include <string.h>

#include "core/change_cell.h"

#define TAKEN_MAX 32u
#define ROW_SHOWN_MAX 120

/* ---- names ---- */

/* "touch (2026-03-31, call)": the row by the first two things that it says. */
static void name_row(
	enum record_kind kind, const struct cell *cells, char out[ROW_SHOWN_MAX])
{
	const struct record *r = record_of(kind);
	const char *between = " (";
	char value[40];
	size_t n = (size_t)snprintf(out, ROW_SHOWN_MAX, "%s", r->table);
	int told = 0;

	for (char *c = out; *c; c++)
		*c = *c == '_' ? ' ' : *c;
	for (int i = 0; i < r->count && told < 2; i++) {
		const struct field *f = &r->fields[i];

		if (f->type == FT_ACCOUNT || f->type == FT_CSM ||
			cells[i].type == CELL_MISSING)
			continue;
		n += (size_t)snprintf(out + n, ROW_SHOWN_MAX - n, "%s%s", between,
			change_text(f, &cells[i], value, sizeof(value)));
		between = ", ";
		told++;
	}
	if (told)
		snprintf(out + n, ROW_SHOWN_MAX - n, ")");
}

static enum status refuse_for(struct reverting *r, uint32_t account,
	enum record_kind kind, int64_t row, const struct cell *cells, struct err *e)
{
	const struct operation_query q = { .kind = kind, .row = row };
	char name[ROW_SHOWN_MAX], text[ERR_TEXT_MAX], blame[ERR_TEXT_MAX] = "";
	struct text key = { NULL, 0 };
	struct arena a;
	enum status st;

	name_row(kind, cells, name);
	arena_init(&a);
	st = r->w.store->ops->key(r->w.store, REC_ACCOUNT, account, &a, &key, e);
	if (st == ST_OK && row)
		st = revert_blame(r, &q, blame, e);
	snprintf(text, sizeof(text), "account %.*s has %s %s%s%s", (int)key.n,
		key.s ? key.s : "", strchr("aeiou", name[0]) ? "an" : "a", name,
		blame[0] ? ": " : "", blame);
	arena_clear(&a);
	return st == ST_OK ? revert_refuse(r, NULL, text, e) : st;
}

/* ---- what was derived ---- */

struct taking {
	struct reverting *r;
	enum record_kind kind;
	uint32_t account;
	int64_t id[TAKEN_MAX];
	uint32_t n;
};

static enum status take_worked_on(void *arg, const struct operation *o, struct err *e)
{
	(void)e;
	if (o->kind == OPERATION_RECALC || o->step == STEP_UNDO || o->reversed_by)
		return ST_OK;
	*(bool *)arg = true;
	return ST_CANCELLED;
}

static enum status take_delivery(void *arg, const struct delivery *d, struct err *e)
{
	(void)d;
	(void)e;
	*(bool *)arg = true;
	return ST_OK;
}

/* Whether a person, or a sender, did something to it that stands. */
static enum status is_worked_on(
	struct taking *t, int64_t id, const struct cell *c, bool *out, struct err *e)
{
	const struct operation_query q = { .kind = t->kind, .row = id };
	struct store *s = t->r->w.store;
	enum status st = book_query_operations(t->r->w.b, &q, take_worked_on, out, e);

	if (t->kind != REC_MESSAGE || st != ST_OK)
		return st;
	*out |= c[F_MESSAGE_SENT].type != CELL_MISSING ||
		c[F_MESSAGE_TRIES].type != CELL_MISSING;
	return s->ops->deliveries(s, id, take_delivery, out, e);
}

static enum status take_derived(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct taking *t = arg;
	bool worked_on = false;
	enum status st = is_worked_on(t, id, c, &worked_on, e);

	if (st == ST_OK && worked_on)
		return refuse_for(t->r, t->account, t->kind, id, c, e);
	if (st == ST_OK)
		t->id[t->n++] = id;
	return st == ST_OK && t->n == TAKEN_MAX ? ST_CANCELLED : st;
}

/* Like the recalculation that made them, it tells the history of none of them: one that
 * comes after a redo makes them anew. */
enum status revert_derived(struct reverting *r, uint32_t account, struct err *e)
{
	static const enum record_kind kinds[] = { REC_MESSAGE, REC_TASK, REC_ALERT };
	struct store *s = r->w.store;

	for (size_t k = 0; k < sizeof(kinds) / sizeof(*kinds); k++) {
		struct taking t = { .r = r, .kind = kinds[k], .account = account };
		enum status st;

		do {
			t.n = 0;
			st = s->ops->unended(
				s, t.kind, account, DAY_MIN, take_derived, &t, e);
			if (st == ST_CANCELLED && t.n == TAKEN_MAX)
				st = ST_OK;
			for (uint32_t i = 0; st == ST_OK && i < t.n; i++)
				st = s->ops->row_remove(s, t.kind, t.id[i], e);
		} while (st == ST_OK && t.n == TAKEN_MAX);
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

/* ---- what was entered ---- */

struct referring {
	struct reverting *r;
	enum record_kind kind;
	uint32_t account; /* that goes; 0: a CSM does */
	struct text csm;
};

/* The first one there is refuses. */
static enum status take_referring(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	const struct referring *x = arg;
	char text[ERR_TEXT_MAX];

	if (x->account)
		return refuse_for(x->r, x->account, x->kind, id, c, e);
	if (!text_eq(cell_as_text(&c[F_CSM]), x->csm))
		return ST_OK;
	snprintf(text, sizeof(text), "%.*s has account %.*s", (int)x->csm.n, x->csm.s,
		(int)cell_as_text(&c[F_ACCOUNT_ID]).n, cell_as_text(&c[F_ACCOUNT_ID]).s);
	return revert_refuse(x->r, NULL, text, e);
}

enum status revert_name_referring(
	struct reverting *r, enum record_kind kind, int64_t row, struct err *e)
{
	struct store *s = r->w.store;
	struct referring x = { .r = r };
	enum status st = ST_OK;

	if (kind == REC_CSM) {
		arena_clear(&r->w.arena);
		st = s->ops->key(s, kind, (uint32_t)row, &r->w.arena, &x.csm, e);
		return st == ST_OK ? s->ops->accounts_all(s, take_referring, &x, e) : st;
	}
	x.account = kind == REC_ACCOUNT ? (uint32_t)row : 0;
	for (int k = 0; x.account && st == ST_OK && k < REC_COUNT; k++) {
		x.kind = (enum record_kind)k;
		if (k != REC_ACCOUNT && record_account_field(record_of(x.kind)) >= 0)
			st = s->ops->rows(s, x.kind, x.account, take_referring, &x, e);
	}
	return st;
}
