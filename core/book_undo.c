/* Taking operations back, and doing them again. */
#include "core/book_undo.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/act_internal.h"
#include "core/convert.h"
#include "core/money.h"

/* ---- what stands in the way ---- */

static void say_when(int64_t at, char out[32])
{
	char day[DAY_TEXT_MAX];
	const int64_t second = at % DAY_SECONDS;

	snprintf(out, 32, "%s %02d:%02d UTC",
		day_format((int32_t)(at / DAY_SECONDS), day), (int)(second / 3600),
		(int)(second / 60 % 60));
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

enum status revert_blame(struct reverting *r, const struct operation_query *q,
	char out[ERR_TEXT_MAX], struct err *e)
{
	struct blame b = { r->op->id, "" };
	const enum status st = book_query_operations(r->w.b, q, take_blame, &b, e);

	memcpy(out, b.text, sizeof(b.text));
	return st;
}

enum status revert_refuse(struct reverting *r, const struct operation_query *q,
	const char *otherwise, struct err *e)
{
	char blame[ERR_TEXT_MAX] = "";
	const enum status st = q ? revert_blame(r, q, blame, e) : ST_OK;

	if (st != ST_OK)
		return st;
	return err_set(e, ST_STALE,
		"\"%.*s\" can't be taken back: %s; look at it, and change by hand what "
		"is to be changed",
		convert_shown(r->op->title, 80), r->op->title.s,
		blame[0] ? blame : otherwise);
}

/* ---- rows ---- */

/* A figure went through 15 digits. */
static bool same(struct cell a, struct cell b)
{
	char x[NUMBER_TEXT_MAX], y[NUMBER_TEXT_MAX];

	if (a.type != CELL_NUMBER || b.type != CELL_NUMBER)
		return cell_eq(a, b);
	return strcmp(number_exact(a.n, x), number_exact(b.n, y)) == 0;
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

/* why: what the store has against it. */
static enum status refuse_row(struct reverting *r, const struct row_change *c,
	const struct err *why, struct err *e)
{
	const struct operation_query q = { .kind = c->kind, .row = c->row };

	return revert_refuse(r, &q,
		why && why->text[0]
			? why->text
			: "a recalculation, an import or another program changed the "
			  "same since",
		e);
}

static enum status need_tiers(struct reverting *r, struct err *e)
{
	return r->tiers.memory ? ST_OK
			       : r->w.store->ops->tiers_load(r->w.store, &r->tiers, e);
}

/* An account that has got a tier since it came stays. */
static enum status check_placed(
	struct reverting *r, const struct row_change *c, struct err *e)
{
	const struct operation_query q = { .tiers = true };
	enum status st;

	if (c->kind != REC_ACCOUNT || c->before)
		return ST_OK;
	st = need_tiers(r, e);
	if (st == ST_OK && c->row <= r->tiers.n && r->tiers.tier[c->row - 1] != TIER_NONE)
		st = revert_refuse(r, &q, "an account has a tier since", e);
	return st;
}

/* An account has one live alert of a kind, and runs a play once. */
struct twin {
	int64_t row;
	int field; /* of the kind, or the play */
	struct cell name;
	bool found;
};

static enum status find_twin(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct twin *t = arg;

	(void)e;
	t->found |= id != t->row && cell_eq(cells[t->field], t->name);
	return ST_OK;
}

/* What would live again, as the row `then`, does not where another took its place. */
static enum status check_alone(struct reverting *r, const struct row_change *c,
	const struct cell *then, struct err *e)
{
	const bool alert = c->kind == REC_ALERT;
	const int field = alert ? (int)F_ALERT_KIND : (int)F_TASK_PLAY;
	const int end = record_end_field(record_of(c->kind));
	struct twin t = { .row = c->row, .field = field };
	enum status st;

	if ((!alert && c->kind != REC_TASK) || !c->before ||
		then[end].type != CELL_MISSING ||
		(c->after && c->after[end].type == CELL_MISSING))
		return ST_OK;
	t.name = then[field];
	st = r->w.store->ops->unended(
		r->w.store, c->kind, c->account, DAY_MAX, find_twin, &t, e);
	if (st != ST_OK || !t.found)
		return st;
	return revert_refuse(r,
		&(struct operation_query){ .kind = c->kind, .row = c->row },
		alert ? "another alert of that kind is open by now"
		      : "the play runs there again by now",
		e);
}

/* What a sender has may be out by now. */
static enum status check_sender(
	struct reverting *r, const struct row_change *c, struct err *e)
{
	struct err why = { .text = "" };
	struct arena a;
	enum status st;

	if (c->kind != REC_MESSAGE)
		return ST_OK;
	arena_init(&a);
	st = act_check_taken(r->w.b, c->row, &a, &why);
	arena_clear(&a);
	if (st == ST_STALE)
		return refuse_row(r, c, &why, e);
	if (st != ST_OK && e)
		*e = why;
	return st;
}

static bool is_move(const struct row_change *c)
{
	return c->kind == REC_ACCOUNT && c->fields & 1u << F_TIER;
}

static enum status revert_row(void *arg, const struct row_change *c, struct err *e)
{
	struct reverting *r = arg;
	struct cell now[RECORD_FIELDS_MAX], then[RECORD_FIELDS_MAX];
	struct err why = { .text = "" };
	enum status st = work_read(&r->w, c->kind, c->row, now, e);
	const bool there = st == ST_OK;

	if (st != ST_OK && st != ST_NOTFOUND)
		return st;
	if (is_move(c))
		return err_set(e, ST_FORBIDDEN,
			"another program moved accounts between tiers, which only it can "
			"take back: UPDATE account_tier, or wait for the next review");
	if (there != (c->after != NULL) || (there && !untouched(c, now)))
		return refuse_row(r, c, NULL, e);
	st = check_placed(r, c, e);
	if (st == ST_OK)
		st = check_sender(r, c, e);
	if (st != ST_OK)
		return st;
	r->recount |= c->kind == REC_ACCOUNT && (!c->before || !c->after);
	for (int i = 0; c->before && i < record_of(c->kind)->count; i++)
		then[i] = c->fields & 1u << i || !there ? c->before[i] : now[i];
	st = check_alone(r, c, then, e);
	if (st == ST_OK && c->kind == REC_ACCOUNT && !c->before)
		st = revert_derived(r, c->account, e);
	if (st != ST_OK)
		return st;
	st = work_write(&r->w, c->kind, c->row, there ? now : NULL,
		c->before ? then : NULL, &why);
	if (st == ST_FORBIDDEN && !c->before) {
		st = revert_name_referring(r, c->kind, c->row, e);
		if (st != ST_OK)
			return st;
		st = ST_FORBIDDEN;
	}
	/* a key that is taken, rows that refer to it, or an owner that is gone */
	if (st == ST_DUPLICATE || st == ST_FORBIDDEN || st == ST_INVALID)
		return refuse_row(r, c, &why, e);
	if (st != ST_OK && e)
		*e = why;
	return st;
}

/* Accounts come before their tiers, and go after them. */
static enum status revert_rows(struct reverting *r, struct err *e)
{
	const struct store_ops *ops = r->w.store->ops;
	const bool back = r->w.op.step == STEP_UNDO;
	enum status st = back ? revert_tiers(r, e) : ST_OK;

	if (st == ST_OK)
		st = ops->operation_changes(
			r->w.store, r->op->id, true, revert_row, r, e);
	if (st == ST_OK && !back)
		st = revert_tiers(r, e);
	if (st != ST_OK || !r->recount)
		return st;
	tiers_clear(&r->tiers); /* of as many accounts as there are now */
	st = need_tiers(r, e);
	return st == ST_OK ? ops->tiers_save(r->w.store, &r->tiers, DAY_NONE, 0, e) : st;
}

/* ---- the whole book ---- */

struct standing {
	struct book *b;
	int64_t after; /* this operation */
	int64_t id;    /* the newest that makes a difference to what was then; 0: none */
};

static enum status take_step(void *arg, const struct operation *o, struct err *e)
{
	struct operation *step = arg;

	(void)e;
	*step = *o; /* without its texts */
	return ST_OK;
}

/* What was done and taken back since makes no difference; what was done before and taken
 * back since does. */
static enum status take_standing(void *arg, const struct operation *o, struct err *e)
{
	struct standing *s = arg;
	struct operation first = *o;
	enum status st;
	bool mail;

	if (o->id <= s->after)
		return ST_CANCELLED;
	if (o->reversed_by || o->kind == OPERATION_RECALC)
		return ST_OK;
	st = revert_tells_mail(s->b, o, &mail, NULL, e);
	if (st != ST_OK || mail) /* which stays as it is */
		return st;
	while (st == ST_OK && first.id > s->after && first.reverses) {
		const struct operation_query q = { .id = first.reverses };

		first.reverses = 0;
		st = book_query_operations(s->b, &q, take_step, &first, e);
	}
	if (st != ST_OK)
		return st;
	const bool stood = first.id <= s->after && first.step != STEP_UNDO;

	s->id = stood != (o->step != STEP_UNDO) ? o->id : 0;
	return s->id ? ST_CANCELLED : ST_OK;
}

static enum status revert_book(struct reverting *r, struct err *e)
{
	const struct operation_query all = { 0 };
	const struct store_ops *ops = r->w.store->ops;
	struct standing s = { r->w.b, r->op->id, 0 };
	enum status st = book_query_operations(r->w.b, &all, take_standing, &s, e);

	if (st == ST_OK && s.id) {
		const struct operation_query q = { .id = s.id };

		return revert_refuse(r, &q, "", e);
	}
	if (st == ST_OK)
		st = ops->keep(r->w.store, r->w.op.id, &r->w.arena, &r->w.op.backup, e);
	if (st == ST_OK)
		st = ops->put_back(r->w.store, r->op->backup, &r->w.op, e);
	r->w.beyond = r->w.ended = st == ST_OK;
	return st == ST_NOTFOUND
		       ? err_set(e, ST_FORBIDDEN,
				 "\"%.*s\" can't be taken back: the copy of "
				 "the book from before it is gone (%.*s)",
				 convert_shown(r->op->title, 80), r->op->title.s,
				 convert_shown(r->op->backup, 80), r->op->backup.s)
		       : st;
}

/* ---- any ---- */

static enum status find_operation(
	struct book *b, int64_t id, struct arena *a, struct operation *out, struct err *e)
{
	enum status st = book_operation(b, id, a, out, e);

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

static enum status revert(struct reverting *r, struct err *e)
{
	const struct operation *o = r->op;
	const char *why;
	enum status st = revert_way(r->w.b, o, &why, e);

	if (st != ST_OK)
		return st;
	if (why)
		return revert_no_way(o, why, e);
	if (o->backup.n)
		return revert_book(r, e);
	return o->kind == OPERATION_POLICY ? revert_policy(r, e) : revert_rows(r, e);
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
		r.w.op.kind = op.kind;
		r.w.op.reverses = op.id;
		st = revert(&r, e);
	}
	st = work_end(&r.w, st, e);
	tiers_clear(&r.tiers);
	arena_clear(&a);
	/* another policy, or another book */
	return st == ST_OK ? book_load_policy(b, e) : st;
}
