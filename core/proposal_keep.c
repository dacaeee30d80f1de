/* Proposals under a name: kept, listed, found, dropped. */
#include "core/proposal_keep.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/change_cell.h"
#include "core/change_work.h"

/* ---- reading ---- */

static uint32_t count_lines(struct text t)
{
	uint32_t n = 0;

	for (size_t i = 0; i < t.n; i++)
		n += t.s[i] == '\n';
	return n;
}

static struct text text_at(const struct cell *c)
{
	return c->type == CELL_TEXT ? c->t : (struct text){ NULL, 0 };
}

static double number_at(const struct cell *c)
{
	return c->type == CELL_NUMBER ? c->n : 0;
}

static struct proposal_kept kept_of(int64_t row, const struct cell *c)
{
	return (struct proposal_kept){ .row = row,
		.name = text_at(&c[F_PROPOSAL_NAME]),
		.actor = text_at(&c[F_PROPOSAL_ACTOR]),
		.made_on = (int32_t)c[F_PROPOSAL_MADE].i,
		.operation = c[F_PROPOSAL_OPERATION].i,
		.asked = text_at(&c[F_PROPOSAL_ASKED]),
		.moves = text_at(&c[F_PROPOSAL_MOVES]),
		.moves_n = count_lines(text_at(&c[F_PROPOSAL_MOVES])),
		.cost = number_at(&c[F_PROPOSAL_COST]),
		.bound = number_at(&c[F_PROPOSAL_BOUND]) };
}

struct giving {
	proposal_kept_fn fn;
	void *arg;
};

static enum status give(void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	const struct giving *g = arg;
	const struct proposal_kept k = kept_of(id, cells);

	return g->fn(g->arg, &k, e);
}

enum status book_proposals(struct book *b, proposal_kept_fn fn, void *arg, struct err *e)
{
	struct giving g = { fn, arg };

	return b->store->ops->rows(b->store, REC_PROPOSAL, 0, give, &g, e);
}

struct finding {
	struct text name;
	struct arena *a;
	struct proposal_kept *out;
	bool found;
	char names[200]; /* of all there are */
	size_t n;
};

static enum status look(void *arg, const struct proposal_kept *k, struct err *e)
{
	struct finding *f = arg;
	struct text *kept[] = { &f->out->name, &f->out->actor, &f->out->asked,
		&f->out->moves };

	if (f->n < sizeof(f->names))
		f->n += (size_t)snprintf(f->names + f->n, sizeof(f->names) - f->n,
			"%s%.*s", f->n ? ", " : "", (int)k->name.n, k->name.s);
	if (f->found || !text_eq(k->name, f->name))
		return ST_OK;
	*f->out = *k;
	f->found = true;
	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (kept[i]->n && !arena_keep(f->a, kept[i]))
			return err_set(e, ST_NOMEM, "not enough memory");
	return ST_OK;
}

enum status book_find_proposal(struct book *b, struct text name, struct arena *a,
	struct proposal_kept *out, struct err *e)
{
	struct finding f = { .name = text_trim(name), .a = a, .out = out };
	const enum status st = book_proposals(b, look, &f, e);

	if (st != ST_OK || f.found)
		return st;
	return err_set(e, ST_NOTFOUND, "no proposal is kept as %.*s: %s%s", (int)f.name.n,
		f.name.s, f.n ? "there are " : "there is none", f.n ? f.names : "");
}

/* ---- writing ---- */

struct lines {
	char *s;
	size_t n, room;
	bool failed; /* without memory */
};

static void put(struct lines *l, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void put(struct lines *l, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (l->n + (size_t)n + 1 > l->room) {
		const size_t room = 2 * (l->n + (size_t)n + 1);
		char *grown = l->failed ? NULL : realloc(l->s, room);

		if (!grown) {
			l->failed = true;
			return;
		}
		l->s = grown;
		l->room = room;
	}
	va_start(args, format);
	l->n += (size_t)vsnprintf(l->s + l->n, l->room - l->n, format, args);
	va_end(args);
}

/* A name or an id, which may have what ends a part or a line here. */
static void put_text(struct lines *l, struct text t)
{
	for (size_t from = 0; from < t.n;) {
		size_t to = from;

		while (to < t.n && !strchr("\t\n\\", t.s[to]))
			to++;
		put(l, "%.*s", (int)(to - from), t.s + from);
		if (to < t.n)
			put(l, t.s[to] == '\t'    ? "\\t"
				: t.s[to] == '\n' ? "\\n"
						  : "\\\\");
		from = to + 1;
	}
}

static void put_setting(
	void *arg, const char *section, const char *key, const char *was, const char *is)
{
	(void)was;
	if (strcmp(section, "capacity") == 0)
		put(arg, "set\t%s = %s\n", key, is);
}

static enum status put_csm(struct book *b, struct lines *l, const char *word,
	uint32_t csm, struct arena *a, struct err *e)
{
	struct text name = { NULL, 0 };
	const enum status st =
		csm ? b->store->ops->key(b->store, REC_CSM, csm, a, &name, e) : ST_OK;

	put(l, "%s\t", word);
	put_text(l, name);
	return st;
}

static enum status put_what(struct book *b, const struct capacity_what_if *w,
	struct lines *l, struct arena *a, struct err *e)
{
	enum status st = ST_OK;

	if (w->policy)
		policy_compare(book_policy(b), w->policy, put_setting, l);
	if (w->added)
		put(l, "added\t%u\n", w->added);
	for (int t = 0; t < CAPACITY_NAMED; t++)
		if (w->sized[t])
			put(l, "size\t%d\t%u\n", t + 1, w->size[t]);
	for (uint32_t k = 0; st == ST_OK && k < w->changed_n; k++) {
		char share[NUMBER_TEXT_MAX], word[NUMBER_TEXT_MAX + 8];

		snprintf(word, sizeof(word), "share\t%s",
			number_exact(w->changed[k].share, share));
		st = put_csm(b, l, word, w->changed[k].csm, a, e);
		put(l, "\n");
	}
	if (st == ST_OK && w->only) {
		st = put_csm(b, l, "only", w->only, a, e);
		put(l, "\n");
	}
	return st;
}

static enum status put_key(struct book *b, uint32_t account, struct arena *a,
	struct text *key, struct err *e)
{
	return b->store->ops->account_keys(b->store, &account, 1, a, key, e);
}

static enum status put_asked(struct book *b, const struct proposal_options *o,
	struct lines *l, struct arena *a, struct err *e)
{
	enum status st = o->what ? put_what(b, o->what, l, a, e) : ST_OK;

	if (o->moves_max)
		put(l, "moves\t%u\n", o->moves_max);
	if (o->csm_moves_max)
		put(l, "csm-moves\t%u\n", o->csm_moves_max);
	for (uint32_t k = 0; st == ST_OK && k < o->pins; k++) {
		struct text key = { NULL, 0 };

		st = put_key(b, o->pin[k].account, a, &key, e);
		put(l, "pin\t");
		put_text(l, key);
		if (st == ST_OK)
			st = put_csm(b, l, "", o->pin[k].csm, a, e);
		put(l, "\n");
	}
	return st;
}

static struct text name_of(const struct proposal *p, uint32_t row)
{
	return row == CAPACITY_POOL ? TEXT("") : p->before->row[row].name;
}

static enum status put_moves(struct book *b, const struct proposal *p, struct lines *l,
	struct arena *a, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < p->moves; k++) {
		struct text key = { NULL, 0 };

		arena_clear(a);
		st = put_key(b, p->move[k].account, a, &key, e);
		put_text(l, key);
		put(l, "\t");
		put_text(l, name_of(p, p->move[k].from));
		put(l, "\t");
		put_text(l, name_of(p, p->move[k].to));
		put(l, "\n");
	}
	return st;
}

static struct cell text_cell(const struct lines *l)
{
	return l->n ? CELL_OF_TEXT(((struct text){ l->s, l->n }))
		    : (struct cell){ .type = CELL_MISSING };
}

/* In the place of the one of this name. */
static enum status write_row(
	struct work *w, const struct cell after[PROPOSAL_FIELDS], struct err *e)
{
	struct cell before[RECORD_FIELDS_MAX];
	struct proposal_kept old;
	struct arena a;
	enum status st;

	arena_init(&a);
	st = book_find_proposal(w->b, after[F_PROPOSAL_NAME].t, &a, &old, e);
	if (st == ST_OK)
		st = work_read(w, REC_PROPOSAL, old.row, before, e);
	else if (st == ST_NOTFOUND)
		old.row = 0;
	arena_clear(&a);
	if (st != ST_OK && st != ST_NOTFOUND)
		return st;
	return work_write(w, REC_PROPOSAL, old.row, old.row ? before : NULL, after, e);
}

static enum status keep(struct book *b, const struct cell *name,
	const struct lines *asked, const struct lines *moves, const struct proposal *p,
	struct err *e)
{
	struct cell cells[RECORD_FIELDS_MAX] = { { .type = CELL_MISSING } };
	char title[80];
	struct work w;
	enum status st;

	snprintf(title, sizeof(title), "keep the proposal %.*s", (int)name->t.n,
		name->t.s);
	st = work_begin(&w, b, title, NULL, e);
	if (st != ST_OK)
		return st;
	cells[F_PROPOSAL_NAME] = *name;
	cells[F_PROPOSAL_MADE] = CELL_OF_INT(p->as_of);
	if (b->me[0])
		cells[F_PROPOSAL_ACTOR] = CELL_OF_TEXT(text_of(b->me));
	/* its keeping, unless somebody changed the book between */
	cells[F_PROPOSAL_OPERATION] = CELL_OF_INT(p->operation + 1);
	cells[F_PROPOSAL_ASKED] = text_cell(asked);
	cells[F_PROPOSAL_MOVES] = text_cell(moves);
	cells[F_PROPOSAL_COST] = CELL_OF_NUMBER((double)p->cost / REBALANCE_UNIT);
	cells[F_PROPOSAL_BOUND] = CELL_OF_NUMBER((double)p->bound / REBALANCE_UNIT);
	return work_end(&w, write_row(&w, cells, e), e);
}

enum status book_keep_proposal(struct book *b, struct text name,
	const struct proposal_options *o, const struct proposal *p, struct err *e)
{
	struct cell cell = CELL_OF_TEXT(name);
	struct lines asked = { .n = 0 }, moves = { .n = 0 };
	struct arena a;
	enum status st;

	arena_init(&a);
	st = change_check(&record_of(REC_PROPOSAL)->fields[F_PROPOSAL_NAME],
		book_policy(b), &cell, e);
	if (st == ST_OK && (cell.type != CELL_TEXT || cell.t.n > PROPOSAL_NAME_MAX))
		st = err_set(
			e, ST_INVALID, "a name has 1 to %d bytes", PROPOSAL_NAME_MAX);
	if (st == ST_OK)
		st = put_asked(b, o, &asked, &a, e);
	if (st == ST_OK)
		st = put_moves(b, p, &moves, &a, e);
	if (st == ST_OK && (asked.failed || moves.failed))
		st = err_set(e, ST_NOMEM, "not enough memory");
	if (st == ST_OK)
		st = keep(b, &cell, &asked, &moves, p, e);
	arena_clear(&a);
	free(asked.s);
	free(moves.s);
	return st;
}

enum status book_drop_proposal(struct book *b, struct text name, struct err *e)
{
	struct proposal_kept k;
	struct arena a;
	char title[80];
	enum status st;

	arena_init(&a);
	st = book_find_proposal(b, name, &a, &k, e);
	if (st == ST_OK) {
		const struct change gone = { .kind = REC_PROPOSAL, .row = k.row };

		snprintf(title, sizeof(title), "drop the proposal %.*s", (int)k.name.n,
			k.name.s);
		st = book_change(b, &gone, 1, title, NULL, e);
	}
	arena_clear(&a);
	return st;
}
