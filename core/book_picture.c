/* The first picture of the book: made where the columns are at hand, shown where they
 * are not read yet. */
#include "core/book_internal.h"

#include <stdio.h>
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
		.arr = amounts_at(&c->arr, i),
		.score = scored ? book_score_key(&c->scores, i) : UINT64_MAX,
		.value = scored ? amounts_at(&c->scores.value, i) : 0 };
}

static void choose(const struct book_columns *c, struct best *h)
{
	for (uint32_t i = 0; i < c->n; i++) {
		struct place p;

		if (!c->active[i] ||
			(h->n > PICTURE_ROWS && amounts_at(&c->arr, i) < h->at[0].arr))
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

/* Two lists that may differ have different names. */
static enum status name_list(struct book *b, const void *query, struct arena *a,
	struct text *out, struct err *e)
{
	const struct list_query *q = query;
	const size_t room = 256 + strlen(b->me) + q->where.n;
	char *name = arena_alloc(a, room);
	size_t n = 0;

	*out = (struct text){ NULL, 0 };
	if (!name)
		return err_set(e, ST_NOMEM, "not enough memory for a picture");
	for (int k = 0; k < q->sort.n; k++)
		n += (size_t)snprintf(name + n, room - n, "%s%s ",
			q->sort.key[k].descending ? "-" : "",
			list_field_def(q->sort.key[k].field)->name);
	n += (size_t)snprintf(name + n, room - n, "%s%s%d %.*s", q->all ? "all " : "",
		q->only_team ? "team " : "", (int)q->only_csm, (int)q->where.n,
		q->where.n ? q->where.s : "");
	if (q->where.n) /* may say "me" */
		n += (size_t)snprintf(name + n, room - n, "\n%s", b->me);
	*out = (struct text){ name, n };
	return ST_OK;
}

void book_picture_dates(const struct book *b, bool queue, struct picture *p)
{
	const int32_t today = b->clock.today;

	p->from = today;
	p->until = b->columns.until;
	if (queue && p->until > today)
		p->until = today + 1;
	p->policy_version = b->policy_version;
}

/* The columns are there. */
static enum status fill(
	struct book *b, struct picture *p, const uint32_t *ids, uint32_t n, struct err *e)
{
	enum status st = book_rows(b, ids, n, &p->arena, p->row, e);

	p->n = n;
	if (st == ST_OK)
		st = book_spark(b, ids, n, PICTURE_WEEKS, 7, p->spark[0], e);
	if (st == ST_OK)
		st = book_sum_columns(b, &p->sums, e);
	return st;
}

static const struct list_query shipped = { .sort = { 1, { { LIST_ARR, true } } } };

static enum status fill_shipped(struct book *b, struct picture *p, struct err *e)
{
	uint32_t ids[PICTURE_ROWS];
	struct best *h = calloc(1, sizeof(*h));
	enum status st;

	if (!h)
		return err_set(e, ST_NOMEM, "not enough memory for a picture");
	choose(&b->columns, h);
	st = settle(b, h, &p->arena, e);
	for (uint32_t k = 0; st == ST_OK && k < h->n; k++)
		ids[k] = h->at[k].account;
	if (st == ST_OK)
		st = fill(b, p, ids, h->n, e);
	if (st == ST_OK)
		st = name_list(b, &shipped, &p->arena, &p->list, e);
	book_picture_dates(b, false, p);
	p->listed = p->sums.active;
	p->arr = p->sums.arr;
	free(h);
	return st;
}

enum status book_save_picture(struct book *b, struct err *e)
{
	struct picture *p = calloc(1, sizeof(*p));
	struct text bytes = { NULL, 0 };
	enum status st;

	if (!p)
		return err_set(e, ST_NOMEM, "not enough memory for a picture");
	arena_init(&p->arena);
	st = fill_shipped(b, p, e);
	if (st == ST_OK && !(bytes = picture_write(p, &p->arena)).s)
		st = err_set(e, ST_NOMEM, "not enough memory for a picture");
	if (st == ST_OK && p->until > p->from)
		st = b->store->ops->picture_save(
			b->store, PICTURE_OF_LIST, bytes, p->sums.accounts, e);
	if (st == ST_OK && p->until > p->from)
		st = queue_save_pictures(b, &p->sums, e);
	picture_clear(p);
	free(p);
	return st;
}

/* ---- of another list, to be kept outside of the book ---- */

void book_offer_picture(struct book *b, struct text bytes)
{
	b->offered = bytes;
}

static bool holds(const struct book *b, const struct picture *p)
{
	return p->policy_version == b->policy_version && b->clock.today >= p->from &&
	       b->clock.today < p->until;
}

/* What was offered, if it is of this state of the book. p is to be cleared. */
static bool read_offered(const struct book *b, struct text state, struct picture *p)
{
	return b->offered.n && state.n && picture_read(b->offered, p, NULL) == ST_OK &&
	       text_eq(p->state, state) && holds(b, p);
}

static bool is_offered(struct book *b, struct text list, struct text state)
{
	struct picture *p = calloc(1, sizeof(*p));
	bool is = false;

	if (p && read_offered(b, state, p))
		is = text_eq(p->list, list);
	if (p)
		picture_clear(p);
	free(p);
	return is;
}

static enum status fill_listed(
	struct book *b, const void *query, struct picture *p, struct err *e)
{
	struct list *l;
	enum status st = book_list(b, query, &l, NULL, e);

	if (st != ST_OK)
		return st;
	p->listed = l->n;
	p->arr = l->arr;
	st = fill(b, p, l->id, l->n < PICTURE_ROWS ? l->n : PICTURE_ROWS, e);
	list_free(&l);
	return st;
}

static enum status picture_held(struct book *b, const struct picture_making *how,
	const void *q, struct picture *p, struct arena *a, struct text *out,
	struct err *e)
{
	int64_t version;
	enum status st = b->store->ops->data_version(b->store, &version, e);

	if (st != ST_OK || version != b->columns.version)
		return st;
	st = b->store->ops->state(b->store, a, &p->state, e);
	if (st == ST_OK)
		st = how->name(b, q, a, &p->list, e);
	if (st != ST_OK || !p->state.n || is_offered(b, p->list, p->state))
		return st;
	book_picture_dates(b, how->queue, p);
	st = how->fill(b, q, p, e);
	if (st == ST_OK && p->until > p->from && !(*out = picture_write(p, a)).s)
		st = err_set(e, ST_NOMEM, "not enough memory for a picture");
	return st;
}

enum status book_picture_keep(struct book *b, const struct picture_making *how,
	const void *q, struct arena *a, struct text *out, struct err *e)
{
	struct picture *p;
	enum status st;

	*out = (struct text){ NULL, 0 };
	if (!b->columns.loaded)
		return ST_OK;
	st = b->store->ops->hold(b->store, e);
	if (st != ST_OK)
		return st;
	p = calloc(1, sizeof(*p));
	if (p) {
		arena_init(&p->arena);
		st = picture_held(b, how, q, p, a, out, e);
		picture_clear(p);
	} else {
		st = err_set(e, ST_NOMEM, "not enough memory for a picture");
	}
	free(p);
	b->store->ops->release(b->store);
	return st;
}

enum status book_picture_of(struct book *b, const struct list_query *q, struct arena *a,
	struct text *out, struct err *e)
{
	static const struct picture_making how = { name_list, fill_listed, false };

	return book_picture_keep(b, &how, q, a, out, e);
}

/* ---- showing it ---- */

void book_picture_drop(struct picture **p)
{
	if (*p && --(*p)->holders == 0) {
		picture_clear(*p);
		free(*p);
	}
	*p = NULL;
}

void book_forget_picture(struct book *b)
{
	book_picture_drop(&b->picture);
	b->looked = false;
}

void book_begin_with(struct book *b, const struct queue_query *q)
{
	if (b->begins_with_queue && b->begin_scope == q->scope && b->begin_csm == q->csm)
		return;
	book_forget_picture(b);
	b->begins_with_queue = true;
	b->begin_scope = q->scope;
	b->begin_csm = q->csm;
}

/* The state that the book was found in; empty: it is another one by now. */
static struct text found_state(struct book *b, struct arena *a)
{
	const struct store_ops *ops = b->store->ops;
	struct text state = { NULL, 0 };
	int64_t version;

	if (!b->offered.n || ops->hold(b->store, NULL) != ST_OK)
		return state;
	if (ops->data_version(b->store, &version, NULL) != ST_OK ||
		version != b->data_version ||
		ops->state(b->store, a, &state, NULL) != ST_OK)
		state = (struct text){ NULL, 0 };
	ops->release(b->store);
	return state;
}

static bool read_own(struct book *b, struct arena *a, struct picture *p)
{
	const uint32_t which =
		b->begins_with_queue ? queue_picture_number(b->begin_scope, b->begin_csm)
				     : PICTURE_OF_LIST;
	struct text bytes = { NULL, 0 };
	int64_t version;

	return b->store->ops->picture_load(b->store, which, a, &bytes, &version, NULL) ==
		       ST_OK &&
	       bytes.s && version == b->data_version &&
	       picture_read(bytes, p, NULL) == ST_OK && holds(b, p);
}

/* Of what is begun with; whether it is this very list turns out when one is asked for. */
static bool is_begun_with(struct book *b, struct arena *a, const struct picture *p)
{
	const struct queue_query q = { .scope = b->begin_scope, .csm = b->begin_csm };
	struct text name;

	if (!b->begins_with_queue || !p->is_queue)
		return b->begins_with_queue == p->is_queue;
	return queue_picture_name(b, &q, a, &name, NULL) == ST_OK &&
	       text_eq(p->list, name);
}

/* One that can't be read is none: the columns know everything. */
static void look(struct book *b)
{
	struct picture *p = calloc(1, sizeof(*p));
	struct arena a;
	bool found;

	if (!p)
		return;
	arena_init(&a);
	b->looked = true;
	found = read_offered(b, found_state(b, &a), p) && is_begun_with(b, &a, p);
	if (!found) {
		picture_clear(p);
		found = read_own(b, &a, p) && is_begun_with(b, &a, p);
	}
	p->holders = 1;
	if (found)
		b->picture = p;
	else
		book_picture_drop(&p);
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

static bool is_of(struct book *b, const struct picture *p, const struct list_query *q)
{
	struct text name;
	struct arena a;
	bool is;

	arena_init(&a);
	is = !p->is_queue && name_list(b, q, &a, &name, NULL) == ST_OK &&
	     text_eq(p->list, name);
	arena_clear(&a);
	return is;
}

enum status book_first(
	struct book *b, const struct list_query *q, struct list **out, struct err *e)
{
	const struct picture *p = book_picture(b);
	struct list *l;

	*out = NULL;
	if (!p || !is_of(b, p, q) || (p->n == 0 && p->listed > 0))
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
