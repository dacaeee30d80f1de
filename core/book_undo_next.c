/* What undo and redo come to next, and what can't be taken back whoever asks. */
#include "core/book_undo.h"

#include <inttypes.h>

#include "core/convert.h"

/* ---- operations ---- */

struct keeping {
	struct arena *arena;
	struct operation *out;
};

static enum status keep_operation(void *arg, const struct operation *o, struct err *e)
{
	const struct keeping *k = arg;
	struct text *texts[] = { &k->out->actor, &k->out->title, &k->out->reason,
		&k->out->account, &k->out->backup };

	*k->out = *o;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (!arena_keep(k->arena, texts[i]))
			return err_set(e, ST_NOMEM, "not enough memory");
	return ST_OK;
}

enum status book_operation(
	struct book *b, int64_t id, struct arena *a, struct operation *out, struct err *e)
{
	const struct operation_query q = { .id = id };
	struct keeping k = { a, out };

	*out = (struct operation){ 0 };
	return id > 0 ? book_query_operations(b, &q, keep_operation, &k, e) : ST_OK;
}

/* ---- what can't be taken back ---- */

struct mail {
	bool told, out;
	bool ended; /* the first row says what the others are */
};

/* A sender counts its tries, a person who says that it is sent does not. */
static enum status take_mail(void *arg, const struct row_change *c, struct err *e)
{
	static const uint32_t tried = 1u << F_MESSAGE_TRIES, sent = 1u << F_MESSAGE_SENT,
			      fields = 1u << F_MESSAGE_TRIES | 1u << F_MESSAGE_SENT |
				       1u << F_MESSAGE_FAILURE;
	struct mail *m = arg;

	(void)e;
	m->ended = true;
	m->told = c->kind == REC_MESSAGE && c->before && c->after &&
		  !(c->fields & ~fields) && c->fields & (tried | sent) &&
		  (!(c->fields & sent) || c->before[F_MESSAGE_SENT].type == CELL_MISSING);
	m->out = m->told && c->fields & tried;
	return ST_CANCELLED;
}

enum status revert_tells_mail(
	struct book *b, const struct operation *o, bool *mail, bool *out, struct err *e)
{
	struct mail m = { .told = false };
	enum status st = ST_OK;

	if (o->kind == OPERATION_HAND)
		st = b->store->ops->operation_changes(
			b->store, o->id, false, take_mail, &m, e);
	*mail = m.told;
	if (out)
		*out = m.out;
	return m.ended ? ST_OK : st;
}

static enum status need_trace(
	struct book *b, const struct operation *o, const char **why, struct err *e)
{
	struct tier_past p;
	bool there;
	enum status st = b->store->ops->history_tiers(b->store, o->id, &p, &there, e);

	tier_past_clear(&p);
	if (st == ST_OK && !there)
		*why = o->kind == OPERATION_IMPORT
			       ? "no copy of the book was made before it"
			       : "the history does not say what it changed";
	return st;
}

enum status revert_way(
	struct book *b, const struct operation *o, const char **why, struct err *e)
{
	bool mail, out;
	enum status st = revert_tells_mail(b, o, &mail, &out, e);

	*why = NULL;
	if (st != ST_OK || o->backup.n)
		return st;
	if (out)
		*why = "mail that is out stays out";
	else if (o->kind == OPERATION_RECALC)
		*why = "figures repeat themselves: `tierdesk recalc` makes them";
	else if (o->kind == OPERATION_RESTORE)
		*why = "the book from before it is beside this one, its name ends in "
		       ".before-restore: `tierdesk restore` that";
	else if (o->kind == OPERATION_POLICY && o->subject < 2)
		*why = "a book begins with its first policy";
	else if (o->kind != OPERATION_POLICY && !o->changes)
		return need_trace(b, o, why, e);
	return ST_OK;
}

enum status revert_no_way(const struct operation *o, const char *why, struct err *e)
{
	return err_set(e, ST_FORBIDDEN, "\"%.*s\" can't be taken back: %s",
		convert_shown(o->title, 80), o->title.s, why);
}

/* ---- what comes next ---- */

struct choosing {
	struct book *b;
	bool redo;
	struct keeping keep;
	bool blocked;
	struct err no_way; /* from what was done last */
};

static enum status is_passed(
	struct book *b, const struct operation *o, bool *out, struct err *e)
{
	*out = o->kind == OPERATION_RECALC;
	return *out ? ST_OK : revert_tells_mail(b, o, out, NULL, e);
}

/* Undo takes the newest that stands; redo the newest undoing that stands, unless
 * something else was done since. */
static enum status choose(void *arg, const struct operation *o, struct err *e)
{
	struct choosing *c = arg;
	const bool undoing = o->step == STEP_UNDO;
	const char *why = NULL;
	bool passed;
	enum status st = is_passed(c->b, o, &passed, e);

	if (st != ST_OK || passed)
		return st;
	if (c->redo && o->step == STEP_CHANGE)
		return ST_CANCELLED;
	if (undoing != c->redo || o->reversed_by)
		return ST_OK;
	st = revert_way(c->b, o, &why, e);
	if (st == ST_OK && why && !c->blocked)
		c->blocked = revert_no_way(o, why, &c->no_way) != ST_OK;
	if (st != ST_OK || why)
		return st;
	st = keep_operation(&c->keep, o, e);
	return st == ST_OK ? ST_CANCELLED : st;
}

/* The one before it is not what somebody means who does not name it. */
static enum status say_no_way(struct choosing *c, struct err *e)
{
	struct operation *o = c->keep.out;
	const int64_t before = o->id;

	*o = (struct operation){ 0 };
	if (!before)
		return err_set(e, ST_FORBIDDEN, "%s", c->no_way.text);
	return err_set(e, ST_FORBIDDEN,
		"%s; what you did before it goes by its number, %" PRId64, c->no_way.text,
		before);
}

enum status book_undoable(
	struct book *b, bool redo, struct arena *a, struct operation *out, struct err *e)
{
	const struct operation_query q = { .actor = text_of(b->me) };
	struct choosing c = { .b = b, .redo = redo, .keep = { a, out } };
	enum status st;

	*out = (struct operation){ 0 };
	st = book_query_operations(b, &q, choose, &c, e);
	return st == ST_OK && c.blocked ? say_no_way(&c, e) : st;
}
