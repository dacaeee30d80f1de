/*
 * Matching filters: columns, a block of accounts at a time. Texts that accounts share
 * are searched once, before; then an account asks for the answer of its text.
 */
#include <math.h>
#include <string.h>

#include "core/filter_internal.h"

#define FIELDS_MAX 4 /* that one term looks into */
#define FEW 16u      /* one in so many texts is better looked at alone */

struct looking {
	const struct term *term;
	struct {
		enum list_field field;
		const struct texts *texts;
		uint8_t *hit; /* by number of the text; NULL: each account has its own */
		bool none;    /* no text was hit */
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
		l->at[l->n].none = !memchr(hit, 1, (size_t)t->n + 1);
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

/* How many are still to be found. */
static unsigned count_asked(uint32_t n, const uint8_t *keep, const uint8_t *hit)
{
	unsigned asked = 0;

#pragma omp simd reduction(+ : asked)
	for (uint32_t q = 0; q < n; q++)
		asked += keep[q] & ~hit[q];
	return asked;
}

static void match_shared(const struct looking *l, int k, const struct list_source *from,
	uint32_t first, uint32_t n, const uint8_t *keep, uint8_t *hit)
{
	uint32_t which[LIST_BLOCK];
	const uint8_t *found = l->at[k].hit;
	const uint32_t texts = l->at[k].texts->n;
	unsigned asked;

	if (l->at[k].none)
		return;
	asked = count_asked(n, keep, hit);
	if (asked <= n / FEW) {
		for (uint32_t i = 0; asked > 0; i++) {
			if (!(keep[i] & ~hit[i]))
				continue;
			from->which(from->ctx, l->at[k].field, first + i, 1, which);
			hit[i] = found ? which[0] != TEXTS_NONE && found[which[0]]
				       : which[0] == TEXTS_NONE;
			asked--;
		}
		return;
	}
	from->which(from->ctx, l->at[k].field, first, n, which);
	/* No branch depends on an account: behind the last text is that of a missing one.
	 */
	for (uint32_t i = 0; found && i < n; i++)
		hit[i] |= found[which[i] < texts ? which[i] : texts];
	for (uint32_t i = 0; !found && i < n; i++)
		hit[i] |= which[i] == TEXTS_NONE;
}

static void match_own(const struct looking *l, int k, uint32_t first, uint32_t n,
	const uint8_t *keep, uint8_t *hit)
{
	const struct texts *t = l->at[k].texts;
	unsigned asked;
	uint32_t i = 0;

	if (l->term->op == OP_NONE) {
		for (; i < n; i++)
			hit[i] |= texts_at(t, first + i).n == 0;
		return;
	}
	/* One look through all is faster than many beginnings, as long as there are many.
	 */
	asked = count_asked(n, keep, hit);
	if (asked > n / FEW) {
		search(l, k, first, n, hit);
		return;
	}
	for (; asked > 0; i++) {
		if (!(keep[i] & ~hit[i]))
			continue;
		search(l, k, first + i, 1, hit + i);
		asked--;
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
				match_shared(l, k, m->from, first, n, keep, hit);
#pragma omp simd
		for (uint32_t i = 0; i < n; i++)
			keep[i] &= hit[i] ^ l->term->negated;
	}
}

/* ---- what was typed further ----------------------------------------------------- */

static bool same_term(const struct term *a, const struct term *b)
{
	if (a->field != b->field || a->op != b->op || a->negated != b->negated ||
		a->n != b->n)
		return false;
	if (a->op == OP_RANGE)
		return a->low == b->low && a->high == b->high;
	for (int i = 0; i < a->n; i++)
		if (a->op == OP_IN_NUMBER ? a->number[i] != b->number[i]
					  : a->whole[i] != b->whole[i] ||
						    !text_eq(a->word[i], b->word[i]))
			return false;
	return a->op != OP_WORD || text_eq(a->word[0], b->word[0]);
}

/* Whatever holds a longer word holds its beginning too. */
static bool longer_word(const struct term *a, const struct term *b)
{
	return a->op == OP_WORD && b->op == OP_WORD && !a->negated && !b->negated &&
	       a->word[0].n >= b->word[0].n &&
	       memcmp(a->word[0].s, b->word[0].s, b->word[0].n) == 0;
}

bool filter_narrows(const struct filter *f, const struct filter *before)
{
	const struct term *t = f->first, *b = before->first;

	for (; t && b && (same_term(t, b) || longer_word(t, b)); b = b->next)
		t = t->next;
	return !b;
}
