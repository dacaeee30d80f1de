#include "core/complete.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_internal.h"
#include "core/fnv.h"

/* Values by hash, with open addressing; the room is a power of two. */
struct counting {
	struct field_value *slot;
	uint32_t room, used;
};

static struct field_value *slot_of(const struct counting *c, struct text t)
{
	uint32_t at = (uint32_t)fnv_of(t) & (c->room - 1);

	while (c->slot[at].accounts && !text_eq(c->slot[at].text, t))
		at = (at + 1) & (c->room - 1);
	return &c->slot[at];
}

static enum status grow(struct counting *c, struct err *e)
{
	struct counting bigger = { NULL, c->room ? c->room * 2 : 256, c->used };

	bigger.slot = calloc(bigger.room, sizeof(*bigger.slot));
	if (!bigger.slot)
		return err_set(e, ST_NOMEM, "not enough memory for the values");
	for (uint32_t i = 0; i < c->room; i++)
		if (c->slot[i].accounts)
			*slot_of(&bigger, c->slot[i].text) = c->slot[i];
	free(c->slot);
	*c = bigger;
	return ST_OK;
}

static enum status count(
	struct counting *c, struct text t, uint32_t accounts, struct err *e)
{
	struct field_value *v;

	if (t.n == 0)
		return ST_OK;
	if (2 * c->used >= c->room && grow(c, e) != ST_OK)
		return ST_NOMEM;
	v = slot_of(c, t);
	c->used += v->accounts == 0;
	v->text = t;
	v->accounts += accounts;
	return ST_OK;
}

static enum status count_tags(
	struct counting *c, struct text t, uint32_t accounts, struct err *e)
{
	enum status st = ST_OK;

	while (st == ST_OK && t.n > 0) {
		const char *end = memchr(t.s, ';', t.n);
		const size_t n = end ? (size_t)(end - t.s) : t.n;

		st = count(c, text_trim((struct text){ t.s, n }), accounts, e);
		t.s += n + (end != NULL);
		t.n -= n + (end != NULL);
	}
	return st;
}

static int by_frequency(const void *a, const void *b)
{
	const struct field_value *x = a, *y = b;

	if (x->accounts != y->accounts)
		return x->accounts < y->accounts ? 1 : -1;
	return text_cmp(x->text, y->text);
}

/* The most frequent ones, copied. */
static enum status hand_out(struct counting *c, struct arena *a, struct field_value **out,
	uint32_t *n, struct err *e)
{
	uint32_t used = 0;

	for (uint32_t i = 0; i < c->room; i++)
		if (c->slot[i].accounts)
			c->slot[used++] = c->slot[i];
	if (used)
		qsort(c->slot, used, sizeof(*c->slot), by_frequency);
	if (used > COMPLETE_MAX)
		used = COMPLETE_MAX;
	*out = arena_alloc(a, (used + 1) * sizeof(**out));
	for (uint32_t i = 0; *out && i < used; i++) {
		const struct text t = c->slot[i].text;
		const char *copy = arena_copy(a, t.s, t.n);

		if (!copy)
			*out = NULL;
		else
			(*out)[i] = (struct field_value){ { copy, t.n },
				c->slot[i].accounts };
	}
	*n = *out ? used : 0;
	return *out ? ST_OK : err_set(e, ST_NOMEM, "not enough memory for the values");
}

static bool has_values(enum list_field f)
{
	const enum list_type type = list_field_def(f)->type;

	return (type == LT_TEXT || type == LT_QUADRANT) && f != LIST_ID &&
	       f != LIST_NAME && f != LIST_PARENT;
}

static enum status count_texts(struct counting *c, const struct texts *t,
	const uint32_t *accounts, bool tags, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t k = 0; st == ST_OK && k < t->n; k++)
		if (accounts[k])
			st = tags ? count_tags(c, t->spelled[k], accounts[k], e)
				  : count(c, t->spelled[k], accounts[k], e);
	return st;
}

/* How many accounts have each of the texts of a field. */
static void count_accounts(
	struct book *b, enum list_field field, bool all, uint32_t *accounts)
{
	const struct list_source from = book_source(b);
	const uint8_t *counts = book_listable(b, all);
	uint32_t which[LIST_BLOCK];

	for (uint32_t first = 0, n; first < from.n; first += n) {
		n = from.n - first < LIST_BLOCK ? from.n - first : LIST_BLOCK;
		from.which(from.ctx, field, first, n, which);
		for (uint32_t i = 0; i < n; i++)
			if ((counts[first + i] & ACC_PRESENT) && which[i] != TEXTS_NONE)
				accounts[which[i]]++;
	}
}

enum status complete_values(struct book *b, enum list_field field, bool all,
	struct arena *a, struct field_value **out, uint32_t *n, struct err *e)
{
	struct counting c = { NULL, 0, 0 };
	const struct texts *t;
	uint32_t *accounts;
	enum status st;

	*out = NULL;
	*n = 0;
	if (!has_values(field))
		return hand_out(&c, a, out, n, e);
	st = book_need_texts(b, book_texts_for(1u << field), e);
	if (st == ST_OK)
		st = book_name_states(b, e);
	if (st != ST_OK)
		return st;
	t = book_texts_of(b, field);
	accounts = calloc((size_t)t->n + 1, sizeof(*accounts));
	if (!accounts)
		return err_set(e, ST_NOMEM, "not enough memory for the values");
	count_accounts(b, field, all, accounts);
	st = count_texts(&c, t, accounts, field == LIST_TAGS, e);
	if (st == ST_OK)
		st = hand_out(&c, a, out, n, e);
	free(accounts);
	free(c.slot);
	return st;
}
