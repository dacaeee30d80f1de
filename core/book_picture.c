/* The first picture of the book: made where the columns are at hand, shown where they
 * are not read yet. */
#include "core/book_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- making it ---- */

/* What the order of the list looks at, the largest ARR first. */
struct place {
	uint32_t account;
	int64_t arr;
	uint64_t score;
	int64_t value;
	struct text id; /* once it was fetched */
};

/* Below 0: a comes before b. 0: their account_ids decide. */
static int compare(const struct place *a, const struct place *b)
{
	if (a->arr != b->arr)
		return a->arr > b->arr ? -1 : 1;
	if (a->score != b->score)
		return a->score < b->score ? -1 : 1;
	if (a->score == UINT64_MAX) /* without figures */
		return a->account < b->account ? -1 : 1;
	return a->value == b->value ? 0 : a->value > b->value ? -1 : 1;
}

static int by_place(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	const int order = compare(x, y);

	return order ? order : text_cmp(x->id, y->id);
}

struct best {
	uint32_t n;
	struct place at[PICTURE_ROWS + 1]; /* a heap, the last of them on top */
};

static void sink(struct best *h, uint32_t i)
{
	for (uint32_t child; (child = 2 * i + 1) < h->n; i = child) {
		struct place moved = h->at[i];

		if (child + 1 < h->n && compare(&h->at[child + 1], &h->at[child]) > 0)
			child++;
		if (compare(&h->at[child], &moved) <= 0)
			return;
		h->at[i] = h->at[child];
		h->at[child] = moved;
	}
}

static struct place place_of(const struct book_columns *c, uint32_t i)
{
	const bool scored = c->scores.health[i] != HEALTH_NONE;

	return (struct place){ .account = i + 1,
		.arr = c->arr[i] == MONEY_NONE ? INT64_MIN : c->arr[i],
		.score = scored ? book_score_key(c->scores.score[i]) : UINT64_MAX,
		.value = scored ? c->scores.value[i] : 0 };
}

static void choose(const struct book_columns *c, struct best *h)
{
	for (uint32_t i = 0; i < c->n; i++) {
		struct place p;

		if (!c->active[i] || (h->n > PICTURE_ROWS && c->arr[i] < h->at[0].arr))
			continue;
		p = place_of(c, i);
		if (h->n <= PICTURE_ROWS) {
			h->at[h->n++] = p;
			for (uint32_t k = h->n / 2; h->n > PICTURE_ROWS && k-- > 0;)
				sink(h, k);
		} else if (compare(&p, &h->at[0]) < 0) {
			h->at[0] = p;
			sink(h, 0);
		}
	}
}

/* In the order of the list. One more than fits was chosen: those that tie with the one
 * that is left out are left out with it. */
static enum status settle(struct book *b, struct best *h, struct arena *a, struct err *e)
{
	uint32_t ids[PICTURE_ROWS + 1];
	struct text keys[PICTURE_ROWS + 1];
	enum status st;

	for (uint32_t k = 0; k < h->n; k++)
		ids[k] = h->at[k].account;
	st = b->store->ops->account_keys(b->store, ids, h->n, a, keys, e);
	if (st != ST_OK)
		return st;
	for (uint32_t k = 0; k < h->n; k++)
		h->at[k].id = keys[k];
	qsort(h->at, h->n, sizeof(*h->at), by_place);
	if (h->n > PICTURE_ROWS)
		do
			h->n--;
		while (h->n > 0 && compare(&h->at[h->n - 1], &h->at[h->n]) == 0);
	return ST_OK;
}

static enum status fill(struct book *b, struct picture *p, struct best *h, struct err *e)
{
	uint32_t ids[PICTURE_ROWS];
	enum status st = settle(b, h, &p->arena, e);

	p->n = st == ST_OK ? h->n : 0;
	for (uint32_t k = 0; k < p->n; k++)
		ids[k] = h->at[k].account;
	if (st == ST_OK)
		st = book_rows(b, ids, p->n, &p->arena, p->row, e);
	if (st == ST_OK)
		st = book_spark(b, ids, p->n, PICTURE_WEEKS, 7, p->spark[0], e);
	if (st == ST_OK)
		st = book_sum_columns(b, &p->sums, e);
	p->listed = p->sums.active;
	p->arr = p->sums.arr;
	p->from = b->clock.today;
	p->until = b->columns.until;
	p->policy_version = b->policy_version;
	return st;
}

enum status book_save_picture(struct book *b, struct err *e)
{
	struct picture *p = calloc(1, sizeof(*p));
	struct best *h = calloc(1, sizeof(*h));
	struct text bytes = { NULL, 0 };
	uint32_t accounts = 0;
	enum status st =
		p && h ? ST_OK : err_set(e, ST_NOMEM, "not enough memory for a picture");

	if (st == ST_OK) {
		arena_init(&p->arena);
		choose(&b->columns, h);
		st = fill(b, p, h, e);
		if (st == ST_OK && !(bytes = picture_write(p, &p->arena)).s)
			st = err_set(e, ST_NOMEM, "not enough memory for a picture");
		for (uint32_t i = 0; i < b->columns.n; i++)
			accounts += b->columns.present[i];
		if (st == ST_OK && p->until > p->from)
			st = b->store->ops->picture_save(b->store, bytes, accounts, e);
		picture_clear(p);
	}
	free(h);
	free(p);
	return st;
}

/* ---- showing it ---- */

void book_forget_picture(struct book *b)
{
	if (b->picture)
		picture_clear(b->picture);
	free(b->picture);
	b->picture = NULL;
	b->looked = false;
}

static bool holds(const struct book *b, const struct picture *p)
{
	return p->policy_version == b->policy_version && b->clock.today >= p->from &&
	       b->clock.today < p->until;
}

/* One that can't be read is none: the columns know everything. */
static void look(struct book *b)
{
	struct text bytes = { NULL, 0 };
	struct picture *p = calloc(1, sizeof(*p));
	struct arena a;
	int64_t version;

	arena_init(&a);
	b->looked = true;
	if (p &&
		b->store->ops->picture_load(b->store, &a, &bytes, &version, NULL) ==
			ST_OK &&
		bytes.s && version == b->data_version &&
		picture_read(bytes, p, NULL) == ST_OK && holds(b, p)) {
		b->picture = p;
	} else if (p) {
		picture_clear(p);
		free(p);
	}
	arena_clear(&a);
}

const struct picture *book_picture(struct book *b)
{
	if (b->columns.loaded)
		return NULL;
	if (!b->looked)
		look(b);
	return b->picture;
}

const struct list_row *book_picture_row(
	const struct picture *p, uint32_t id, const uint8_t **spark)
{
	for (uint32_t k = 0; k < p->n; k++) {
		if (p->row[k].account != id)
			continue;
		if (spark)
			*spark = p->spark[k];
		return &p->row[k];
	}
	return NULL;
}

int32_t book_figures_day(const struct book *b)
{
	return b->columns.loaded || !b->picture ? b->columns.day.day
						: b->picture->sums.figures_day;
}

static bool is_first(const struct list_query *q)
{
	return !q->all && text_trim(q->where).n == 0 && q->sort.n == 1 &&
	       q->sort.key[0].field == LIST_ARR && q->sort.key[0].descending;
}

enum status book_first(
	struct book *b, const struct list_query *q, struct list **out, struct err *e)
{
	const struct picture *p = is_first(q) ? book_picture(b) : NULL;
	struct list *l;

	*out = NULL;
	if (!p || (p->n == 0 && p->listed > 0))
		return ST_OK;
	l = calloc(1, sizeof(*l));
	if (l)
		l->id = calloc((size_t)p->listed + 1, sizeof(*l->id));
	if (!l || !l->id) {
		list_free(&l);
		return err_set(e, ST_NOMEM, "not enough memory for the list");
	}
	l->n = p->listed;
	l->known = p->n;
	l->arr = p->arr;
	l->figures_day = p->sums.figures_day;
	for (uint32_t k = 0; k < p->n; k++)
		l->id[k] = p->row[k].account;
	*out = l;
	return ST_OK;
}
