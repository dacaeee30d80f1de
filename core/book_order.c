/*
 * Orders of the accounts. Every list starts from the base order: tier score, then value,
 * then account_id; accounts without figures come last, by their number.
 */
#include "core/book_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/sort.h"

void book_forget_orders(struct book *b)
{
	free(b->orders.base);
	free(b->orders.sorted);
	memset(&b->orders, 0, sizeof(b->orders));
}

/* Only another order than that of the list begins with it. */
void book_rest_orders(struct book *b)
{
	if (!b->orders.sorted)
		return;
	free(b->orders.base);
	b->orders.base = NULL;
}

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory to order the accounts");
}

/* ---- ties ---- */

/* Missing scores tie with none. */
static bool tie(const struct figures *s, uint32_t a, uint32_t b)
{
	return s->score_steps[a] == s->score_steps[b] && s->score_steps[a] >= 0 &&
	       amounts_at(&s->value, a) == amounts_at(&s->value, b);
}

enum status book_read_ids(struct book *b, const uint8_t *marked, uint32_t n,
	struct text *id, struct arena *a, struct err *e)
{
	struct part_texts *p = malloc(sizeof(*p));
	enum status st = p ? ST_OK : no_memory(e);

	for (uint32_t part = 0; st == ST_OK && part * PART_ACCOUNTS < n; part++) {
		const uint32_t first = part * PART_ACCOUNTS;
		const uint32_t left = n - first;

		if (!memchr(marked + first, 1,
			    left < PART_ACCOUNTS ? left : PART_ACCOUNTS))
			continue;
		st = b->store->ops->texts(b->store, part, true, p, e);
		for (uint32_t i = 0; st == ST_OK && i < p->n && i < left; i++) {
			const struct text t = p->of[TXT_ID][i];

			if (!marked[first + i])
				continue;
			id[first + i] = (struct text){ arena_copy(a, t.s, t.n), t.n };
			if (!id[first + i].s)
				st = no_memory(e);
		}
	}
	free(p);
	return st;
}

struct tied {
	struct text id;
	uint32_t index;
};

static int by_id(const void *a, const void *b)
{
	return text_cmp(((const struct tied *)a)->id, ((const struct tied *)b)->id);
}

static enum status sort_run(
	struct sort_item *items, uint32_t n, const struct text *id, struct err *e)
{
	struct tied *t = malloc(n * sizeof(*t));

	if (!t)
		return no_memory(e);
	for (uint32_t k = 0; k < n; k++)
		t[k] = (struct tied){ id[items[k].index], items[k].index };
	qsort(t, n, sizeof(*t), by_id);
	for (uint32_t k = 0; k < n; k++)
		items[k].index = t[k].index;
	free(t);
	return ST_OK;
}

/* Where figures tie, the smaller account_id comes first. */
static enum status break_ties(
	struct book *b, struct sort_item *items, uint32_t n, struct err *e)
{
	const struct figures *s = &b->columns.scores;
	uint8_t *marked = calloc((size_t)b->columns.n + 1, 1);
	struct text *id = NULL;
	struct arena a;
	bool any = false;
	enum status st = marked ? ST_OK : no_memory(e);

	arena_init(&a);
	for (uint32_t k = 1; st == ST_OK && k < n; k++)
		if (tie(s, items[k - 1].index, items[k].index)) {
			marked[items[k - 1].index] = marked[items[k].index] = 1;
			any = true;
		}
	if (any && !(id = calloc((size_t)b->columns.n + 1, sizeof(*id))))
		st = no_memory(e);
	if (st == ST_OK && any)
		st = book_read_ids(b, marked, b->columns.n, id, &a, e);
	for (uint32_t from = 0, to; st == ST_OK && any && from < n; from = to) {
		for (to = from + 1; to < n && tie(s, items[from].index, items[to].index);)
			to++;
		if (to - from > 1)
			st = sort_run(items + from, to - from, id, e);
	}
	arena_clear(&a);
	free(id);
	free(marked);
	return st;
}

/* ---- the base order ---- */

/* Of scores of 0..100; anything else is last. */
uint64_t book_score_key(const struct figures *f, uint32_t i)
{
	const int32_t most = 100 * SCORES_SCALE, steps = f->score_steps[i];

	return steps >= 0 && steps <= most ? (uint64_t)(most - steps)
					   : (uint64_t)most + 1;
}

static enum status order_scored(
	struct book *b, struct sort_item *items, uint32_t n, struct err *e)
{
	const struct figures *s = &b->columns.scores;
	int64_t most = INT64_MIN;
	enum status st;

	for (uint32_t k = 0; k < n; k++) {
		const int64_t value = amounts_at(&s->value, items[k].index);

		items[k].key = (uint64_t)value;
		most = value > most ? value : most;
	}
	for (uint32_t k = 0; k < n; k++)
		items[k].key = (uint64_t)most - items[k].key;
	st = sort_items(items, n, e);
	for (uint32_t k = 0; k < n; k++)
		items[k].key = book_score_key(s, items[k].index);
	if (st == ST_OK)
		st = sort_items(items, n, e);
	return st == ST_OK ? break_ties(b, items, n, e) : st;
}

static enum status make_base(struct book *b, struct err *e)
{
	const struct book_columns *c = &b->columns;
	struct book_orders *o = &b->orders;
	struct sort_item *items = malloc(((size_t)c->n + 1) * sizeof(*items));
	uint32_t n = 0;
	enum status st = items ? ST_OK : no_memory(e);

	o->base = malloc(((size_t)c->n + 1) * sizeof(*o->base));
	if (!o->base)
		st = no_memory(e);
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++)
		if (c->scores.health[i] != HEALTH_NONE)
			items[n++].index = i;
	if (st == ST_OK)
		st = order_scored(b, items, n, e);
	for (uint32_t k = 0; st == ST_OK && k < n; k++)
		o->base[k] = items[k].index + 1;
	for (uint32_t i = 0; st == ST_OK && i < c->n; i++)
		if ((c->flags[i] & ACC_PRESENT) && c->scores.health[i] == HEALTH_NONE)
			o->base[n++] = i + 1;
	free(items);
	if (st == ST_OK) {
		o->n = n;
	} else {
		free(o->base);
		o->base = NULL;
	}
	return st;
}

enum status book_need_base_order(
	struct book *b, const uint32_t **ids, uint32_t *scored, struct err *e)
{
	const enum status st = b->orders.base ? ST_OK : make_base(b, e);

	*ids = b->orders.base;
	*scored = st == ST_OK ? b->columns.scores.active : 0;
	return st;
}

/* ---- others ---- */

static bool same_sort(const struct list_sort *a, const struct list_sort *b)
{
	for (int k = 0; k < a->n && a->n == b->n; k++)
		if (a->key[k].field != b->key[k].field ||
			a->key[k].descending != b->key[k].descending)
			return false;
	return a->n == b->n;
}

static enum status rank(struct book *b, enum list_field field, struct err *e)
{
	struct texts *t = book_texts_of(b, field);
	enum status st = ST_OK;

	while (st == ST_OK && !texts_ranked(t)) {
		st = texts_rank_step(t, e);
		if (st == ST_OK)
			st = book_wait(b, e);
	}
	return st;
}

static enum status rank_keys(struct book *b, const struct list_sort *sort, struct err *e)
{
	enum status st = ST_OK;

	for (int k = 0; st == ST_OK && k < sort->n; k++) {
		const enum list_type type = list_field_def(sort->key[k].field)->type;

		if (type == LT_TEXT || type == LT_QUADRANT)
			st = rank(b, sort->key[k].field, e);
	}
	return st;
}

/* Whether what comes behind the first key is what there is now, as when a column is
 * sorted by that was not, or the first one is turned round: then it is enough to sort
 * that order by the first key, since equal ones stay as they are. */
static bool only_first_differs(const struct list_sort *now, const struct list_sort *to)
{
	struct list_sort rest = *to;

	if (to->n > 0 && now->n == to->n && now->key[0].field == to->key[0].field) {
		rest.key[0] = now->key[0];
	} else if (to->n == now->n + 1) {
		rest.n = now->n;
		for (int k = 0; k < rest.n; k++)
			rest.key[k] = to->key[k + 1];
	}
	return same_sort(&rest, now);
}

enum status book_need_order(struct book *b, const struct list_sort *sort, struct err *e)
{
	struct book_orders *o = &b->orders;
	const struct list_source from = book_source(b);
	struct list_sort by = *sort;
	enum status st = ST_OK;

	if (o->sorted && same_sort(&o->by, sort))
		return ST_OK;
	if (!o->base)
		st = make_base(b, e);
	if (st == ST_OK)
		st = rank_keys(b, sort, e);
	if (st == ST_OK && o->sorted && only_first_differs(&o->by, sort))
		by.n = 1;
	if (st == ST_OK && !o->sorted)
		o->sorted = malloc(((size_t)o->n + 1) * sizeof(*o->sorted));
	if (st == ST_OK && !o->sorted)
		st = no_memory(e);
	if (st != ST_OK)
		return st;
	if (by.n == sort->n)
		memcpy(o->sorted, o->base, o->n * sizeof(*o->sorted));
	o->by = *sort;
	st = list_sort_ids(&by, &from, o->sorted, o->n, e);
	if (st != ST_OK) {
		free(o->sorted);
		o->sorted = NULL;
	}
	return st;
}

enum status book_warm(struct book *b, struct err *e)
{
	const uint32_t fields = 1u << LIST_NAME | 1u << LIST_ID | 1u << LIST_TAGS;
	enum status st = book_need_texts(b, book_texts_for(fields), e);

	if (st == ST_OK)
		st = rank(b, LIST_NAME, e);
	return st == ST_OK && !b->orders.base ? make_base(b, e) : st;
}
