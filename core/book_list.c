/* Lists of accounts: filter and order. */
#include "core/book_internal.h"

#include <stdlib.h>
#include <string.h>

#define WAIT_BLOCKS 4 /* between two looks at who waits */

void book_listed_clear(struct book_listed *l)
{
	arena_clear(&l->arena);
	free(l->keep);
	*l = (struct book_listed){ 0 };
}

void book_forget_listed(struct book *b)
{
	book_listed_clear(&b->listed);
}

const uint8_t *book_listable(const struct book *b, bool all)
{
	return all ? b->columns.flags : b->columns.active;
}

/* Those among whom the list is looked for, by their lowest bit. */
static const uint8_t *candidates(
	const struct book *b, const struct list_query *q, const struct filter *f)
{
	const struct book_listed *last = &b->listed;

	if (last->f && last->all == q->all && last->only_csm == q->only_csm &&
		last->only_team == q->only_team && filter_narrows(f, last->f))
		return last->keep;
	return book_listable(b, q->all);
}

/* Marks with 1 who is in the list, block by block. */
static enum status mark(const struct book *b, const struct matching *m,
	const uint8_t *among, uint8_t *keep, struct err *e)
{
	const struct book_columns *c = &b->columns;
	enum status st = ST_OK;

	for (uint32_t first = 0, n; st == ST_OK && first < c->n; first += n) {
		n = c->n - first < LIST_BLOCK ? c->n - first : LIST_BLOCK;
#pragma omp simd
		for (uint32_t i = first; i < first + n; i++)
			keep[i] = among[i] & ACC_PRESENT;
		filter_block(m, first, n, keep + first);
		if (first / LIST_BLOCK % WAIT_BLOCKS == 0)
			st = book_wait(b, e);
	}
	return st;
}

/* The upper and the lower halves of as many amounts as there are ids can't overflow, so
 * that none has to be looked at alone. False: together they are too much. */
static bool sum_arr(const struct book *b, const uint8_t *keep, int64_t *out)
{
	const int64_t half = (int64_t)1 << 32;
	int64_t upper = 0, lower = 0, sum, arr[LIST_BLOCK];

	for (uint32_t first = 0; first < b->columns.n; first += LIST_BLOCK) {
		const uint32_t left = b->columns.n - first;
		const uint32_t n = left < LIST_BLOCK ? left : LIST_BLOCK;

		amounts_get(&b->columns.arr, first, n, arr);
#pragma omp simd reduction(+ : upper, lower)
		for (uint32_t i = 0; i < n; i++) {
			const int64_t x =
				keep[first + i] && arr[i] != MONEY_NONE ? arr[i] : 0;

			upper += x >> 32;
			lower += (int64_t)(uint32_t)x;
		}
	}
	upper += lower / half;
	return !__builtin_mul_overflow(upper, half, &sum) &&
	       money_add(sum, lower % half, out);
}

/* Takes the marked ones in the order that is there. */
static enum status take(
	const struct book *b, const uint8_t *keep, struct list *l, struct err *e)
{
	const struct book_orders *o = &b->orders;
	uint32_t kept = 0;

#pragma omp simd reduction(+ : kept)
	for (uint32_t i = 0; i < b->columns.n; i++)
		kept += keep[i];
	l->n = kept;
	l->id = malloc(((size_t)l->n + 1) * sizeof(*l->id));
	if (!l->id)
		return err_set(e, ST_NOMEM, "not enough memory for the list");
	for (uint32_t k = 0, n = 0; n < l->n; k++) {
		l->id[n] = o->sorted[k];
		n += keep[o->sorted[k] - 1];
	}
	return sum_arr(b, keep, &l->arr)
		       ? ST_OK
		       : err_set(e, ST_INVALID,
				 "the ARR of the list adds up to too much");
}

static void keep_owned(const struct book *b, const struct list_query *q, uint8_t *keep)
{
	const int32_t owner = q->only_csm == LIST_POOL ? 0 : q->only_csm;
	int32_t known = owner; /* neighbours often have the same owner */
	bool in = true;

	for (uint32_t i = 0; i < b->columns.n; i++) {
		const int32_t csm = shorts_at(&b->columns.csm, i);

		if (q->only_team && csm != known) {
			known = csm;
			in = book_in_team(b, (uint32_t)q->only_csm, (uint32_t)known);
		}
		keep[i] &= q->only_team ? in : csm == owner;
	}
}

static enum status select_rows(struct book *b, const struct list_query *q,
	const struct filter *f, struct arena *a, uint8_t *keep, struct list *l,
	struct err *e)
{
	static const struct list_sort by_tier = { 1, { { LIST_TIER, false } } };
	const struct list_sort *sort = q->sort.n ? &q->sort : &by_tier;
	const struct list_source from = book_source(b);
	struct matching *m;
	enum status st = book_name_states(b, e);

	if (st == ST_OK)
		st = book_need_order(b, sort, e);
	if (st == ST_OK)
		st = filter_bind(f, &from, a, &m, e);
	if (st == ST_OK)
		st = mark(b, m, candidates(b, q, f), keep, e);
	if (st == ST_OK && q->only_csm)
		keep_owned(b, q, keep);
	if (st == ST_OK)
		st = take(b, keep, l, e);
	return st;
}

/* Takes the arena and the marks. */
static void remember(struct book *b, const struct list_query *q, const struct filter *f,
	struct arena *a, uint8_t *keep)
{
	book_forget_listed(b);
	b->listed =
		(struct book_listed){ *a, f, q->all, q->only_csm, q->only_team, keep };
	arena_init(a);
}

enum status book_need_filter(
	struct book *b, struct text where, struct filter_error *bad, struct err *e)
{
	const struct filter *f;
	struct arena a;
	enum status st;

	arena_init(&a);
	st = filter_parse(where, b->clock.today, text_of(b->me), &a, &f, bad, e);
	if (st == ST_OK)
		st = book_need_texts(b, book_texts_for(filter_fields(f)), e);
	if (st == ST_OK)
		st = book_name_states(b, e);
	arena_clear(&a);
	return st;
}

enum status book_sieve(struct book *b, struct text where, const uint8_t *among,
	struct book_listed *last, struct filter_error *bad, struct err *e)
{
	const struct list_source from = book_source(b);
	struct book_listed next = { .keep = malloc((size_t)b->columns.n + 1) };
	struct matching *m;
	enum status st = next.keep
				 ? ST_OK
				 : err_set(e, ST_NOMEM, "not enough memory for a filter");

	arena_init(&next.arena);
	if (st == ST_OK)
		st = filter_parse(where, b->clock.today, text_of(b->me), &next.arena,
			&next.f, bad, e);
	if (st == ST_OK)
		st = filter_bind(next.f, &from, &next.arena, &m, e);
	if (st == ST_OK)
		st = mark(b, m,
			last->f && filter_narrows(next.f, last->f) ? last->keep : among,
			next.keep, e);
	if (st == ST_OK) {
		book_listed_clear(last);
		*last = next;
	} else {
		book_listed_clear(&next);
	}
	return st;
}

enum status book_list(struct book *b, const struct list_query *q, struct list **out,
	struct filter_error *where, struct err *e)
{
	const struct filter *f;
	uint32_t fields = 0;
	uint8_t *keep = NULL;
	struct list *l;
	struct arena a;
	enum status st;

	*out = NULL;
	if (where)
		*where = (struct filter_error){ 0, 0 };
	l = calloc(1, sizeof(*l));
	if (!l)
		return err_set(e, ST_NOMEM, "not enough memory for the list");
	arena_init(&a);
	st = filter_parse(q->where, b->clock.today, text_of(b->me), &a, &f, where, e);
	if (st == ST_OK)
		fields = filter_fields(f);
	for (int k = 0; k < q->sort.n; k++)
		fields |= 1u << q->sort.key[k].field;
	if (st == ST_OK)
		st = book_need_texts(b, book_texts_for(fields), e);
	l->figures_day = b->columns.day.day;
	if (st == ST_OK && !(keep = malloc((size_t)b->columns.n + 1)))
		st = err_set(e, ST_NOMEM, "not enough memory for the list");
	if (st == ST_OK)
		st = select_rows(b, q, f, &a, keep, l, e);
	l->known = l->n;
	if (st == ST_OK) {
		*out = l;
		remember(b, q, f, &a, keep);
	} else {
		list_free(&l);
		free(keep);
	}
	arena_clear(&a);
	return st;
}

void list_free(struct list **l)
{
	if (*l)
		free((*l)->id);
	free(*l);
	*l = NULL;
}
