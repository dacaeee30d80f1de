/*
 * Matching filters: columns, a block of accounts at a time. Texts that accounts share
 * are searched once, before; then an account asks for the answer of its text.
 */
#include <math.h>
#include <string.h>

#include "core/filter_internal.h"

#define FIELDS_MAX 4 /* that one term looks into */

struct looking {
	const struct term *term;
	struct {
		enum list_field field;
		const struct texts *texts;
		uint8_t *hit; /* by number of the text; NULL: each account has its own */
	} at[FIELDS_MAX];
	int n;
	struct looking *next;
};

struct matching {
	const struct list_source *from;
	struct looking *first;
};

/* In the k-th field. A part of a name will do, but not one of a person's or a tag. */
static void search(
	const struct looking *l, int k, uint32_t first, uint32_t n, uint8_t *hit)
{
	const enum list_field field = l->at[k].field;
	const bool named = field == LIST_NAME || field == LIST_ID;
	const struct texts *t = l->at[k].texts;
	const struct term *term = l->term;

	if (term->op == OP_WORD)
		texts_search(t, first, n, term->word[0],
			named ? TEXTS_ANYWHERE : TEXTS_WORD_START, hit);
	for (int i = 0; term->op == OP_IN_TEXT && i < term->n; i++)
		texts_search(t, first, n, term->word[i],
			term->whole[i] ? TEXTS_WHOLE : TEXTS_WORD_START, hit);
}

static enum status look_into(struct looking *l, enum list_field field,
	const struct list_source *from, struct arena *a, struct err *e)
{
	const struct texts *t = from->texts(from->ctx, field);
	uint8_t *hit = NULL;

	l->at[l->n].field = field;
	l->at[l->n].texts = t;
	if (!t->own && l->term->op != OP_NONE) {
		hit = arena_alloc(a, (size_t)t->n + 1);
		if (!hit)
			return err_set(e, ST_NOMEM, "not enough memory for the filter");
		search(l, l->n, 0, t->n, hit);
	}
	l->at[l->n++].hit = hit;
	return ST_OK;
}

/* Those that look at texts of their own come last: by then fewer accounts are left. */
static bool is_slow(const struct looking *l)
{
	for (int i = 0; i < l->n; i++)
		if (l->at[i].texts->own)
			return true;
	return false;
}

static void put_in(struct matching *m, struct looking *l)
{
	struct looking **at = &m->first;

	while (*at && (is_slow(l) || !is_slow(*at)))
		at = &(*at)->next;
	l->next = *at;
	*at = l;
}

/* A number may be asked for by words, as the health is. */
static bool looks_at_text(const struct term *t)
{
	return t->op == OP_WORD || t->op == OP_IN_TEXT ||
	       (t->op == OP_NONE && filter_is_text(t->field));
}

enum status filter_bind(const struct filter *f, const struct list_source *from,
	struct arena *a, struct matching **out, struct err *e)
{
	enum status st = ST_OK;

	*out = arena_alloc(a, sizeof(**out));
	if (!*out)
		return err_set(e, ST_NOMEM, "not enough memory for the filter");
	(*out)->from = from;
	for (const struct term *t = f->first; st == ST_OK && t; t = t->next) {
		struct looking *l = arena_alloc(a, sizeof(*l));

		if (!l)
			return err_set(e, ST_NOMEM, "not enough memory for the filter");
		l->term = t;
		for (int k = 0; st == ST_OK && k < LIST_FIELDS; k++)
			if (t->op == OP_WORD ? FILTER_WORD_FIELDS >> k & 1
					     : (int)t->field == k && looks_at_text(t))
				st = look_into(l, (enum list_field)k, from, a, e);
		put_in(*out, l);
	}
	return st;
}

/* ---- a block -------------------------------------------------------------------- */

static void match_numbers(const struct term *t, const struct list_source *from,
	uint32_t first, uint32_t n, uint8_t *hit)
{
	double v[LIST_BLOCK];

	from->numbers(from->ctx, t->field, first, n, v);
	switch (t->op) {
	case OP_NONE:
		for (uint32_t i = 0; i < n; i++)
			hit[i] = v[i] != v[i];
		break;
	case OP_RANGE:
		for (uint32_t i = 0; i < n; i++)
			hit[i] = (v[i] >= t->low) & (v[i] <= t->high);
		break;
	default:
		for (int k = 0; k < t->n; k++)
			for (uint32_t i = 0; i < n; i++)
				hit[i] |= v[i] == t->number[k];
	}
}

static void match_shared(const struct looking *l, int k, const struct list_source *from,
	uint32_t first, uint32_t n, uint8_t *hit)
{
	uint32_t which[LIST_BLOCK];
	const uint8_t *found = l->at[k].hit;

	from->which(from->ctx, l->at[k].field, first, n, which);
	for (uint32_t i = 0; i < n; i++)
		hit[i] |= found ? which[i] != TEXTS_NONE && found[which[i]]
				: which[i] == TEXTS_NONE;
}

static void match_own(const struct looking *l, int k, uint32_t first, uint32_t n,
	const uint8_t *keep, uint8_t *hit)
{
	const struct texts *t = l->at[k].texts;
	uint32_t i = 0, to;

	if (l->term->op == OP_NONE) {
		for (; i < n; i++)
			hit[i] |= texts_at(t, first + i).n == 0;
		return;
	}
	/* Runs of accounts that are still in question. */
	for (; i < n; i = to) {
		for (to = i + 1; to < n && keep[to] == keep[i];)
			to++;
		if (keep[i])
			search(l, k, first + i, to - i, hit + i);
	}
}

void filter_block(const struct matching *m, uint32_t first, uint32_t n, uint8_t *keep)
{
	for (const struct looking *l = m->first; l; l = l->next) {
		uint8_t hit[LIST_BLOCK] = { 0 };

		if (!memchr(keep, 1, n))
			return;
		if (l->n == 0)
			match_numbers(l->term, m->from, first, n, hit);
		for (int k = 0; k < l->n; k++)
			if (l->at[k].texts->own)
				match_own(l, k, first, n, keep, hit);
			else
				match_shared(l, k, m->from, first, n, hit);
		for (uint32_t i = 0; i < n; i++)
			keep[i] &= hit[i] ^ l->term->negated;
	}
}
