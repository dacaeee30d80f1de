/* The history for people, and taking operations back. */
#include "core/change_work.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/convert.h"
#include "core/money.h"

/* ---- reading ---- */

struct listing {
	operation_fn fn;
	void *arg;
	bool ended; /* by fn, which has seen enough */
};

static enum status give_operation(void *arg, const struct operation *o, struct err *e)
{
	struct listing *l = arg;
	const enum status st = l->fn(l->arg, o, e);

	l->ended = st == ST_CANCELLED;
	return st;
}

static enum status list(struct book *b, const struct operation_query *q, operation_fn fn,
	void *arg, struct err *e)
{
	struct listing l = { fn, arg, false };
	const enum status st =
		b->store->ops->operations(b->store, q, give_operation, &l, e);

	return l.ended ? ST_OK : st;
}

enum status book_operations(
	struct book *b, uint32_t account, operation_fn fn, void *arg, struct err *e)
{
	const struct operation_query q = { .account = account };

	return list(b, &q, fn, arg, e);
}

struct spelling {
	struct book *b;
	struct arena arena;
	operation_change_fn fn;
	void *arg;
};

/* References as text. */
static enum status spell(
	struct spelling *s, const struct field *f, struct cell *c, struct err *e)
{
	const enum record_kind to = f->type == FT_ACCOUNT ? REC_ACCOUNT : REC_CSM;
	struct text key = { NULL, 0 };
	enum status st = ST_OK;

	if ((f->type != FT_ACCOUNT && f->type != FT_CSM) || c->type == CELL_MISSING)
		return ST_OK;
	if (c->i > 0 && c->i <= UINT32_MAX)
		st = s->b->store->ops->key(
			s->b->store, to, (uint32_t)c->i, &s->arena, &key, e);
	*c = CELL_OF_TEXT(key.s ? key : TEXT("?"));
	return st;
}

static enum status give_field(
	struct spelling *s, const struct row_change *c, int i, struct err *e)
{
	const struct field *f = &record_of(c->kind)->fields[i];
	struct operation_change o = {
		.kind = c->kind, .row = c->row, .account = c->account, .field = i
	};
	enum status st;

	if (c->before)
		o.before = c->before[i];
	if (c->after)
		o.after = c->after[i];
	st = spell(s, f, &o.before, e);
	if (st == ST_OK)
		st = spell(s, f, &o.after, e);
	return st == ST_OK ? s->fn(s->arg, &o, e) : st;
}

static enum status give_change(void *arg, const struct row_change *c, struct err *e)
{
	struct spelling *s = arg;
	const struct operation_change whole = { .kind = c->kind,
		.row = c->row,
		.account = c->account,
		.field = -1,
		.before =
			c->before ? CELL_OF_INT(1) : (struct cell){ CELL_MISSING, { 0 } },
		.after = c->after ? CELL_OF_INT(1)
				  : (struct cell){ CELL_MISSING, { 0 } } };
	enum status st = ST_OK;

	arena_clear(&s->arena);
	if (!c->before || !c->after)
		st = s->fn(s->arg, &whole, e);
	for (int i = 0; st == ST_OK && i < record_of(c->kind)->count; i++)
		if (c->fields & 1u << i)
			st = give_field(s, c, i, e);
	return st;
}

enum status book_operation_changes(struct book *b, int64_t operation,
	operation_change_fn fn, void *arg, struct err *e)
{
	struct spelling s = { .b = b, .fn = fn, .arg = arg };
	enum status st;

	arena_init(&s.arena);
	st = b->store->ops->operation_changes(
		b->store, operation, false, give_change, &s, e);
	arena_clear(&s.arena);
	return st;
}

/* ---- what comes next ---- */

struct choosing {
	bool redo;
	struct arena *arena;
	struct operation *out;
};

static enum status keep_operation(
	struct choosing *c, const struct operation *o, struct err *e)
{
	struct text *texts[] = { &c->out->actor, &c->out->title, &c->out->reason,
		&c->out->account };

	*c->out = *o;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		if (!texts[i]->s)
			continue;
		texts[i]->s = arena_copy(c->arena, texts[i]->s, texts[i]->n);
		if (!texts[i]->s)
			return err_set(e, ST_NOMEM, "not enough memory");
	}
	return ST_OK;
}

/* Undo takes the newest that stands; redo the newest undoing that stands, unless
 * something else was done since. */
static enum status choose(void *arg, const struct operation *o, struct err *e)
{
	struct choosing *c = arg;
	const bool undoing = o->step == STEP_UNDO;
	enum status st = ST_OK;

	if (c->redo && o->step == STEP_CHANGE)
		return ST_CANCELLED;
	if (undoing != c->redo || o->reversed_by)
		return ST_OK;
	st = keep_operation(c, o, e);
	return st == ST_OK ? ST_CANCELLED : st;
}

enum status book_undoable(
	struct book *b, bool redo, struct arena *a, struct operation *out, struct err *e)
{
	const struct operation_query q = { .actor = text_of(b->me) };
	struct choosing c = { redo, a, out };

	*out = (struct operation){ 0 };
	return list(b, &q, choose, &c, e);
}

/* ---- taking back ---- */

struct reverting {
	struct work w;
	const struct operation *op; /* that is taken back */
};

/* A figure went through 15 digits. */
static bool same(struct cell a, struct cell b)
{
	char x[NUMBER_TEXT_MAX], y[NUMBER_TEXT_MAX];

	if (a.type != CELL_NUMBER || b.type != CELL_NUMBER)
		return cell_eq(a, b);
	return strcmp(number_exact(a.n, x), number_exact(b.n, y)) == 0;
}

static void say_when(int64_t at, char out[32])
{
	char day[DAY_TEXT_MAX];
	const int64_t second = at % 86400;

	snprintf(out, 32, "%s %02d:%02d UTC", day_format((int32_t)(at / 86400), day),
		(int)(second / 3600), (int)(second / 60 % 60));
}

struct blame {
	int64_t after;
	char text[ERR_TEXT_MAX];
};

static enum status take_blame(void *arg, const struct operation *o, struct err *e)
{
	struct blame *b = arg;
	char when[32];

	(void)e;
	if (o->id <= b->after)
		return ST_CANCELLED;
	say_when(o->at, when);
	snprintf(b->text, sizeof(b->text), "%.*s did \"%.*s\" (#%" PRId64 ") on %s",
		convert_shown(o->actor, 60), o->actor.s, convert_shown(o->title, 80),
		o->title.s, o->id, when);
	return ST_CANCELLED;
}

/* Something stands in the way: the newest operation that touched the row, or a stranger.
 */
static enum status refuse(struct reverting *r, const struct row_change *c, struct err *e)
{
	const struct operation_query q = { .kind = c->kind, .row = c->row };
	struct blame b = { r->op->id, "" };
	const enum status st = list(r->w.b, &q, take_blame, &b, e);

	if (st != ST_OK)
		return st;
	return err_set(e, ST_STALE,
		"\"%.*s\" can't be taken back: %s; look at it, and change by hand what "
		"is "
		"to be changed",
		convert_shown(r->op->title, 80), r->op->title.s,
		b.text[0] ? b.text
			  : "an import or another program changed the same since");
}

/* The row as the operation left it, and what is to become of it. */
static bool untouched(const struct row_change *c, const struct cell *now)
{
	const struct record *r = record_of(c->kind);

	for (int i = 0; i < r->count; i++) {
		const bool told = c->fields & 1u << i;

		/* a row that was added is as it came in every field */
		if ((told || !c->before) && !same(now[i], c->after[i]))
			return false;
	}
	return true;
}

static enum status revert(void *arg, const struct row_change *c, struct err *e)
{
	struct reverting *r = arg;
	struct cell now[RECORD_FIELDS_MAX], then[RECORD_FIELDS_MAX];
	enum status st = work_read(&r->w, c->kind, c->row, now, e);
	const bool there = st == ST_OK;

	if (st != ST_OK && st != ST_NOTFOUND)
		return st;
	if (there != (c->after != NULL) || (there && !untouched(c, now)))
		return refuse(r, c, e);
	for (int i = 0; c->before && i < record_of(c->kind)->count; i++)
		then[i] = c->fields & 1u << i || !there ? c->before[i] : now[i];
	st = work_write(
		&r->w, c->kind, c->row, there ? now : NULL, c->before ? then : NULL, e);
	/* a key that is taken, rows that refer to it, or an owner that is gone */
	return st == ST_DUPLICATE || st == ST_FORBIDDEN || st == ST_INVALID
		       ? refuse(r, c, e)
		       : st;
}

static enum status keep_it(void *arg, const struct operation *o, struct err *e)
{
	return keep_operation(arg, o, e);
}

static enum status find_operation(
	struct book *b, int64_t id, struct arena *a, struct operation *out, struct err *e)
{
	const struct operation_query q = { .id = id };
	struct choosing c = { false, a, out };
	enum status st = ST_OK;

	*out = (struct operation){ 0 };
	if (id > 0)
		st = list(b, &q, keep_it, &c, e);
	if (st == ST_OK && out->id == 0)
		return err_set(e, ST_NOTFOUND,
			"the history has no operation %" PRId64 "; `tierdesk log` shows "
			"it",
			id);
	if (st == ST_OK && out->reversed_by)
		return err_set(e, ST_USAGE,
			"\"%.*s\" was taken back already, by operation %" PRId64,
			convert_shown(out->title, 80), out->title.s, out->reversed_by);
	return st;
}

/* "edit ARR" without the "undo: " or "redo: " that stands before it. */
static struct text plain_title(const struct operation *o)
{
	const size_t n = o->step == STEP_CHANGE ? 0 : sizeof("undo: ") - 1;

	return o->title.n < n ? o->title
			      : (struct text){ o->title.s + n, o->title.n - n };
}

enum status book_undo(struct book *b, int64_t operation, struct err *e)
{
	struct reverting r = { .op = NULL };
	struct operation op;
	struct arena a;
	char title[128];
	enum status st;

	st = work_begin(&r.w, b, "", NULL, e);
	if (st != ST_OK)
		return st;
	arena_init(&a);
	st = find_operation(b, operation, &a, &op, e);
	if (st == ST_OK) {
		const struct text plain = plain_title(&op);

		snprintf(title, sizeof(title), "%s: %.*s",
			op.step == STEP_UNDO ? "redo" : "undo", convert_shown(plain, 80),
			plain.s);
		r.op = &op;
		r.w.op.title = text_of(title);
		r.w.op.step = op.step == STEP_UNDO ? STEP_REDO : STEP_UNDO;
		r.w.op.reverses = op.id;
		st = b->store->ops->operation_changes(
			b->store, op.id, true, revert, &r, e);
	}
	st = work_end(&r.w, st, e);
	arena_clear(&a);
	return st;
}
