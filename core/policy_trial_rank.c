/*
 * The active accounts by value, those of equal value by external id. One order gives
 * both: the ranks of axes_rank, and what comes first where tier scores
 * are equal. Once it is there, only those whose value changed are put into it anew.
 */
#include "core/policy_trial_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/sort.h"

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory to rank the base");
}

/* ---- equal values ----------------------------------------------------------------- */

/* Whether the ids of a part go on where those before them ended, with larger ones. */
static bool goes_on(const struct part_texts *p, struct text *last)
{
	for (uint32_t i = 0; i < p->n; i++) {
		const struct text id = p->of[TXT_ID][i];

		if (!id.s)
			continue;
		if (last->s && text_cmp(*last, id) >= 0)
			return false;
		*last = id;
	}
	return true;
}

/* External ids mostly ascend as the own ones do: then none is to be read any more. */
static enum status look_at_ids(struct policy_trial *t, struct err *e)
{
	struct part_texts *p = malloc(sizeof(*p));
	struct text last = { NULL, 0 };
	enum status st = p ? ST_OK : no_memory(e);
	struct arena a;

	arena_init(&a);
	t->ids_ascend = true;
	for (uint32_t k = 0; st == ST_OK && t->ids_ascend && k < t->parts; k++) {
		st = t->b->store->ops->texts(t->b->store, k, true, p, e);
		if (st != ST_OK)
			break;
		t->ids_ascend = goes_on(p, &last);
		if (last.s) /* it is the store's */
			last.s = arena_copy(&a, last.s, last.n);
		if (last.n && !last.s)
			st = no_memory(e);
	}
	arena_clear(&a);
	free(p);
	return st;
}

struct tied {
	struct text key;
	uint32_t id;
};

static int by_key(const void *a, const void *b)
{
	return text_cmp(((const struct tied *)a)->key, ((const struct tied *)b)->key);
}

/* Accounts of equal value, n of them from *ids on, by their external ids. */
static enum status order_run(
	uint32_t *ids, uint32_t n, const struct text *key, struct err *e)
{
	struct tied *run = malloc(n * sizeof(*run));

	if (!run)
		return no_memory(e);
	for (uint32_t k = 0; k < n; k++)
		run[k] = (struct tied){ key[ids[k] - 1], ids[k] };
	qsort(run, n, sizeof(*run), by_key);
	for (uint32_t k = 0; k < n; k++)
		ids[k] = run[k].id;
	free(run);
	return ST_OK;
}

/* Where the accounts of the same value as that at `from` end; whether there are others
 * among them whose order is not known. */
static uint32_t run_of(const struct policy_trial *t, uint32_t from, bool *order)
{
	const uint32_t *ids = t->by_value, n = t->effect.active;
	const int64_t value = amounts_at(&t->is.value, ids[from] - 1);
	bool moved = t->revalued[ids[from] - 1];
	uint32_t to = from + 1;

	for (; to < n && amounts_at(&t->is.value, ids[to] - 1) == value; to++)
		moved |= t->revalued[ids[to] - 1];
	*order = moved && to - from > 1;
	return to;
}

static enum status order_equal(struct policy_trial *t, struct err *e)
{
	const uint32_t n = t->effect.active;
	uint8_t *marked = calloc((size_t)t->n + 1, 1);
	struct text *key = calloc((size_t)t->n + 1, sizeof(*key));
	struct arena a;
	bool any = false, order;
	enum status st = marked && key ? ST_OK : no_memory(e);

	arena_init(&a);
	for (uint32_t from = 0, to; st == ST_OK && from < n; from = to) {
		to = run_of(t, from, &order);
		for (uint32_t k = from; order && k < to; k++)
			marked[t->by_value[k] - 1] = 1;
		any |= order;
	}
	if (st == ST_OK && any)
		st = book_read_ids(t->b, marked, t->n, key, &a, e);
	for (uint32_t from = 0, to; st == ST_OK && any && from < n; from = to) {
		to = run_of(t, from, &order);
		if (order)
			st = order_run(t->by_value + from, to - from, key, e);
	}
	arena_clear(&a);
	free(key);
	free(marked);
	return st;
}

/* ---- the order -------------------------------------------------------------------- */

static uint64_t key_of(const void *value, uint32_t i)
{
	return ~sort_key_int(amounts_at(value, i));
}

/* The revalued ones into *out, by value, those of equal value as their ids are. */
static enum status sort_revalued(
	const struct policy_trial *t, uint64_t *out, uint32_t *n, struct err *e)
{
	*n = 0;
	for (uint32_t i = 0; i < t->n; i++)
		if (t->revalued[i])
			out[(*n)++] = i;
	return sort_indices(out, *n, key_of, &t->is.value, e);
}

static bool comes_before(const struct policy_trial *t, uint32_t id, uint32_t other)
{
	const int64_t a = amounts_at(&t->is.value, id - 1);
	const int64_t b = amounts_at(&t->is.value, other - 1);

	return a != b ? a > b : id < other;
}

/* Those that stay, in the order they have, and the moved ones in between. */
static void merge(
	struct policy_trial *t, const uint64_t *moved, uint32_t n, uint32_t *out)
{
	uint32_t to = 0, k = 0;

	for (uint32_t at = 0; at < t->ranked; at++) {
		const uint32_t id = t->by_value[at];

		if (t->revalued[id - 1])
			continue;
		while (k < n && !comes_before(t, id, (uint32_t)moved[k] + 1))
			out[to++] = (uint32_t)moved[k++] + 1;
		out[to++] = id;
	}
	while (k < n)
		out[to++] = (uint32_t)moved[k++] + 1;
	t->ranked = to;
}

static void set_ranks(struct policy_trial *t)
{
	const uint32_t n = t->effect.active;
	bool order;

	for (uint32_t from = 0, to; from < n; from = to) {
		to = run_of(t, from, &order);
		for (uint32_t k = from; k < to; k++)
			t->is.rank[t->by_value[k] - 1] = 2 * n - from - to;
	}
}

/* For the first time all are new. */
static void begin_order(struct policy_trial *t)
{
	const struct scores *s = &t->is.scores;

	for (uint32_t i = 0; i < t->n; i++)
		t->revalued[i] = s->health[i] != HEALTH_NONE;
}

enum status policy_trial_rank(struct policy_trial *t, struct err *e)
{
	const bool first = t->ranked == 0;
	uint64_t *moved = malloc(((size_t)t->n + 1) * sizeof(*moved));
	uint32_t *order = malloc(((size_t)t->n + 1) * sizeof(*order)), n;
	enum status st = moved && order ? ST_OK : no_memory(e);

	if (st == ST_OK && !t->revalued && !(t->revalued = calloc((size_t)t->n + 1, 1)))
		st = no_memory(e);
	if (st == ST_OK && first) {
		begin_order(t);
		st = look_at_ids(t, e);
	}
	if (st == ST_OK)
		st = sort_revalued(t, moved, &n, e);
	if (st == ST_OK) {
		merge(t, moved, n, order);
		memcpy(t->by_value, order, t->ranked * sizeof(*order));
		t->is.scores.active = t->effect.active = t->ranked;
	}
	free(moved);
	free(order);
	if (st == ST_OK && !t->ids_ascend)
		st = order_equal(t, e);
	if (st != ST_OK)
		return st;
	set_ranks(t);
	free(t->revalued);
	t->revalued = NULL;
	return ST_OK;
}
