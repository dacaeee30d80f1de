/* The history of the fake store, and copies of it as it was. */
#include "tests/support/fake_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- operations ------------------------------------------------------------------ */

enum status fake_history_last(struct store *s, int64_t *id, struct err *e)
{
	(void)e;
	*id = fake_of(s)->now.list[LIST_OPERATION].n;
	return ST_OK;
}

/* A book in memory is sealed by nobody. */
enum status fake_sealed(
	struct store *s, int64_t operation, struct history_seal *out, struct err *e)
{
	(void)s;
	(void)operation;
	(void)e;
	*out = (struct history_seal){ .operation = 0 };
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
	if (f->copies && o->backup.n)
		f->copies->counts = true;
	item = fake_add(&f->now, LIST_OPERATION);
	*item = *o;
	item->actor = fake_text(f, o->actor);
	item->title = fake_text(f, o->title);
	item->reason = (struct text){ NULL, 0 };
	if (o->reason.n)
		item->reason = fake_text(f, o->reason);
	item->backup = (struct text){ NULL, 0 };
	if (o->backup.n)
		item->backup = fake_text(f, o->backup);
	if (o->reverses) {
		other = fake_item(&f->now, LIST_OPERATION, (uint32_t)o->reverses - 1);
		other->reversed_by = o->id;
	}
	return ST_OK;
}

static bool of_tiers(const struct fake_state *now, int64_t operation)
{
	for (uint32_t i = 0; i < now->list[LIST_PAST].n; i++)
		if (((struct fake_past *)fake_item(now, LIST_PAST, i))->operation ==
			operation)
			return true;
	return false;
}

static bool moves(const struct fake_state *now, int64_t operation, uint32_t account)
{
	for (uint32_t i = 0; i < now->list[LIST_PAST].n; i++) {
		const struct fake_past *p = fake_item(now, LIST_PAST, i);

		for (uint32_t k = 0; p->operation == operation && k < p->past.n; k++)
			if (p->past.change[k].account == account &&
				p->past.change[k].before.tier !=
					p->past.change[k].after.tier)
				return true;
	}
	return false;
}

static bool of_review(const struct operation *o, int64_t review)
{
	return o->subject == review && o->kind != OPERATION_POLICY &&
	       o->kind != OPERATION_RECALC;
}

static bool wanted(const struct fake_state *now, const struct operation_query *q,
	const struct operation *o)
{
	bool touched =
		(!q->account && !q->row) || (q->account && moves(now, o->id, q->account));

	for (uint32_t i = 0; !touched && i < now->list[LIST_CHANGE].n; i++) {
		const struct fake_change *c = fake_item(now, LIST_CHANGE, i);

		touched = c->operation == o->id &&
			  (q->account ? c->change.account == q->account
				      : c->change.kind == q->kind &&
						  c->change.row == q->row);
	}
	return touched && (!q->id || q->id == o->id) &&
	       (!q->tiers || of_tiers(now, o->id)) &&
	       (!q->review || of_review(o, q->review)) &&
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

static bool is_since(const struct fake_state *now, int64_t operation, int64_t since)
{
	for (uint32_t i = 0; i < now->list[LIST_OPERATION].n; i++) {
		const struct operation *o = fake_item(now, LIST_OPERATION, i);

		if (o->id == operation)
			return o->at >= since;
	}
	return false;
}

enum status fake_field_changes(struct store *s, enum record_kind kind, int field,
	int64_t since, row_change_fn fn, void *arg, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;
	enum status st = ST_OK;

	for (uint32_t i = 0; i < now->list[LIST_CHANGE].n && st == ST_OK; i++) {
		const struct fake_change c =
			*(struct fake_change *)fake_item(now, LIST_CHANGE, i);

		if (c.change.kind == kind && c.change.fields & 1u << field &&
			is_since(now, c.operation, since))
			st = fn(arg, &c.change, e);
	}
	return st;
}

/* ---- tiers ----------------------------------------------------------------------- */

static struct tier_change *copied(struct tier_change *to, const struct tier_past *p)
{
	if (p->n)
		memcpy(to, p->change, p->n * sizeof(*to));
	return to;
}

enum status fake_history_tiers_add(
	struct store *s, int64_t operation, const struct tier_past *p, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct fake_past *item;

	if (!f->in_transaction || operation <= f->now.list[LIST_OPERATION].n ||
		of_tiers(&f->now, operation))
		return err_set(e, ST_FORBIDDEN, "the history is never changed");
	item = fake_add(&f->now, LIST_PAST);
	*item = (struct fake_past){ operation, *p };
	item->past.change =
		copied(arena_alloc(&f->texts, (p->n + 1u) * sizeof(*p->change)), p);
	return ST_OK;
}

enum status fake_history_tiers(struct store *s, int64_t operation, struct tier_past *out,
	bool *there, struct err *e)
{
	const struct fake_state *now = &fake_of(s)->now;

	(void)e;
	*there = false;
	*out = (struct tier_past){ .n = 0 };
	for (uint32_t i = 0; i < now->list[LIST_PAST].n; i++) {
		const struct fake_past *p = fake_item(now, LIST_PAST, i);

		if (p->operation != operation)
			continue;
		*there = true;
		*out = p->past;
		out->change =
			copied(calloc(p->past.n + 1u, sizeof(*out->change)), &p->past);
	}
	return ST_OK;
}

/* ---- copies ---------------------------------------------------------------------- */

static void name_copy(int64_t operation, char out[40])
{
	snprintf(out, 40, "before-%lld", (long long)operation);
}

enum status fake_keep(struct store *s, int64_t operation, struct arena *a,
	struct text *name, struct err *e)
{
	struct fake_store *f = fake_of(s);
	struct fake_copy *copy;
	char text[40];

	if (!f->in_transaction || f->copied)
		return err_set(e, ST_USAGE, "no transaction, or a second copy");
	copy = calloc(1, sizeof(*copy));
	if (!copy)
		abort();
	*copy = (struct fake_copy){ .next = f->copies, .operation = operation };
	fake_state_copy(&copy->state, &f->before);
	f->copies = copy;
	f->copied = true;
	name_copy(operation, text);
	*name = text_of(arena_strdup(a, text));
	return ST_OK;
}

void fake_settle(struct fake_store *f, bool committed)
{
	if (f->copied && !(committed && f->copies->counts))
		fake_drop_copy(f);
	f->copied = false;
}

void fake_drop_copy(struct fake_store *f)
{
	struct fake_copy *newest = f->copies;

	f->copies = newest->next;
	fake_state_clear(&newest->state);
	free(newest);
}

static void take_list(struct fake_state *to, struct fake_state *from, int list)
{
	const struct fake_list mine = to->list[list];

	to->list[list] = from->list[list];
	from->list[list] = mine;
}

enum status fake_put_back(
	struct store *s, struct text name, const struct operation *entry, struct err *e)
{
	static const int kept[] = { LIST_OPERATION, LIST_CHANGE, LIST_PAST };
	struct fake_store *f = fake_of(s);
	struct fake_copy *copy = f->copies;
	struct fake_state back;
	char text[40];
	enum status st;

	name_copy(entry->reverses, text);
	while (copy && copy->operation != entry->reverses)
		copy = copy->next;
	if (!f->in_transaction || !text_eq(name, text_of(text)))
		return err_set(e, ST_USAGE, "no transaction, or another copy");
	if (!copy)
		return err_set(e, ST_NOTFOUND, "the copy is not there any more");
	fake_state_copy(&back, &copy->state);
	fake_carry(&f->now, &back);
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		take_list(&back, &f->now, kept[i]);
	fake_state_clear(&f->now);
	f->now = back;
	st = fake_history_save(s, entry, e);
	memset(f->next_picture, 0, sizeof(f->next_picture));
	return st == ST_OK ? s->ops->commit(s, e) : st;
}
