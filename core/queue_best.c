/* The first pictures of the queues of every CSM, of the pool and of everybody: made in
 * one pass over what is live, and saved. */
#include "core/queue_internal.h"

#include <stdlib.h>
#include <string.h>

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory for a picture");
}

/* ---- the first rows of each ---- */

struct best_row {
	uint32_t account;
	struct queue_row row; /* without what it points to */
	int64_t value;
};

/* The first rows of a queue, one more than a picture has, the last on top of the heap. */
struct best_queue {
	struct queue sums;
	uint32_t listed, n;
	int64_t arr;
	struct best_row *at; /* owned; NULL: nothing is in it yet */
};

struct picking {
	struct book *b;
	uint32_t scopes;          /* by number - 1 */
	struct best_queue *queue; /* owned */
	struct book_work found;   /* of the accounts that were among the first, as they
				   * were found */
	bool out_of_memory;
};

/* Above 0: a comes behind b. 0: their account_ids decide. */
static int behind(const struct best_row *a, const struct best_row *b)
{
	const int order = queue_compare(&a->row, &b->row);

	return order ? order : a->value == b->value ? 0 : a->value > b->value ? -1 : 1;
}

static void sink(struct best_queue *q, uint32_t i)
{
	for (uint32_t child; (child = 2 * i + 1) < q->n; i = child) {
		const struct best_row moved = q->at[i];

		if (child + 1 < q->n && behind(&q->at[child + 1], &q->at[child]) > 0)
			child++;
		if (behind(&q->at[child], &moved) <= 0)
			return;
		q->at[i] = q->at[child];
		q->at[child] = moved;
	}
}

/* False: it is not among the first. */
static bool pick(struct picking *p, struct best_queue *q, const struct best_row *r)
{
	queue_count(&q->sums, &r->row);
	q->sums.n++;
	if (!q->at)
		q->at = malloc((PICTURE_QUEUE_ROWS + 1) * sizeof(*q->at));
	p->out_of_memory |= !q->at;
	if (!q->at)
		return false;
	if (q->n <= PICTURE_QUEUE_ROWS) {
		q->at[q->n++] = *r;
		for (uint32_t k = q->n / 2; q->n > PICTURE_QUEUE_ROWS && k-- > 0;)
			sink(q, k);
		return true;
	}
	if (behind(r, &q->at[0]) > 0)
		return false;
	q->at[0] = *r;
	sink(q, 0);
	return true;
}

/* Numbers of the queues that an account is in. */
struct whose {
	uint32_t number[2 + 64];
	uint32_t n;
};

static void add_whose(const struct picking *p, struct whose *w, uint32_t number)
{
	bool there = number > p->scopes || w->n == sizeof(w->number) / sizeof(*w->number);

	for (uint32_t i = 0; i < w->n; i++)
		there |= w->number[i] == number;
	if (!there)
		w->number[w->n++] = number;
}

static void find_whose(const struct picking *p, const struct flagged *f, struct whose *w)
{
	const uint32_t owner = (uint32_t)shorts_at(&p->b->columns.csm, f->account - 1);

	w->n = 0;
	add_whose(p, w, PICTURE_OF_ANYBODY);
	if (owner)
		add_whose(p, w, queue_picture_number(QUEUE_OF_CSM, owner));
	else if (!flagged_is_claimed(f))
		add_whose(p, w, PICTURE_OF_POOL);
	for (uint32_t i = 0; i < f->tasks; i++)
		if (f->task[i].csm)
			add_whose(
				p, w, queue_picture_number(QUEUE_OF_CSM, f->task[i].csm));
}

static enum status pick_account(void *arg, const struct flagged *f, struct err *e)
{
	struct picking *p = arg;
	const struct book *b = p->b;
	const struct alert *alerts[ALERT_KINDS];
	struct best_row r = { .account = f->account };
	enum flagged_state state;
	struct queue_sleeper sleeper;
	struct whose whose;
	bool first = false;

	if (!b->columns.active[f->account - 1])
		return ST_OK;
	state = flagged_row(f, b, alerts, &r.row);
	if (state == FLAGGED_IDLE)
		return ST_OK;
	queue_sleeper(f, b, &sleeper);
	r.value = amounts_at(&b->columns.scores.value, f->account - 1);
	find_whose(p, f, &whose);
	for (uint32_t i = 0; i < whose.n; i++) {
		struct best_queue *q = &p->queue[whose.number[i] - 1];

		if (state == FLAGGED_ASLEEP) {
			q->sums.asleep++;
			queue_add_asleep(&q->sums, &sleeper);
		} else
			first |= pick(p, q, &r);
	}
	if (first && !book_work_add(&p->found, f))
		return no_memory(e);
	return p->out_of_memory ? no_memory(e) : ST_OK;
}

/* Accounts by whose they are. */
static enum status count_all(struct picking *p, struct err *e)
{
	const struct book_columns *c = &p->b->columns;

	for (uint32_t i = 0; i < c->n; i++) {
		const uint32_t owner = (uint32_t)shorts_at(&c->csm, i);
		const uint32_t number[] = { PICTURE_OF_ANYBODY,
			owner ? queue_picture_number(QUEUE_OF_CSM, owner)
			      : PICTURE_OF_POOL };

		for (int k = 0; c->active[i] && k < 2; k++) {
			struct best_queue *q = &p->queue[number[k] - 1];

			if (number[k] > p->scopes)
				continue;
			q->listed++;
			if (!money_add(q->arr, amounts_or_none(&c->arr, i), &q->arr))
				return err_set(e, ST_INVALID, "the ARR is too much");
		}
	}
	return ST_OK;
}

/* ---- the rows of all of them ---- */

struct rows {
	uint32_t n;
	uint32_t *id; /* ascending; owned, as are row and spark */
	struct list_row *row;
	uint8_t (*spark)[PICTURE_WEEKS];
	struct arena arena;
};

static void rows_clear(struct rows *r)
{
	free(r->id);
	free(r->row);
	free(r->spark);
	arena_clear(&r->arena);
}

static int ascending(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static enum status read_rows(struct picking *p, struct rows *r, struct err *e)
{
	uint32_t n = 0, room = 0;
	enum status st;

	for (uint32_t i = 0; i < p->scopes; i++)
		room += p->queue[i].n;
	*r = (struct rows){ .id = malloc((room + 1) * sizeof(*r->id)),
		.row = malloc((room + 1) * sizeof(*r->row)),
		.spark = malloc((room + 1) * sizeof(*r->spark)) };
	arena_init(&r->arena);
	if (!r->id || !r->row || !r->spark)
		return no_memory(e);
	for (uint32_t i = 0; i < p->scopes; i++)
		for (uint32_t k = 0; k < p->queue[i].n; k++)
			r->id[n++] = p->queue[i].at[k].account;
	qsort(r->id, n, sizeof(*r->id), ascending);
	for (uint32_t k = 0; k < n; k++)
		if (r->n == 0 || r->id[r->n - 1] != r->id[k])
			r->id[r->n++] = r->id[k];
	st = book_rows(p->b, r->id, r->n, &r->arena, r->row, e);
	return st == ST_OK
		       ? book_spark(p->b, r->id, r->n, PICTURE_WEEKS, 7, r->spark[0], e)
		       : st;
}

static uint32_t row_of(const struct rows *r, uint32_t account)
{
	const uint32_t *at = bsearch(&account, r->id, r->n, sizeof(*r->id), ascending);

	return (uint32_t)(at - r->id);
}

/* ---- one after the other ---- */

struct placed {
	const struct best_row *best;
	uint32_t row; /* in the rows of all */
	struct text id;
};

static int by_place(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	const int order = behind(x->best, y->best);

	return order ? order : text_cmp(x->id, y->id);
}

/* In their order. One more than fits was picked: those that tie with the one that is left
 * out are left out with it. */
static uint32_t settle(
	const struct best_queue *q, const struct rows *r, struct placed *out)
{
	uint32_t n = q->n;

	for (uint32_t k = 0; k < n; k++) {
		const uint32_t row = row_of(r, q->at[k].account);

		out[k] = (struct placed){ &q->at[k], row, r->row[row].id };
	}
	qsort(out, n, sizeof(*out), by_place);
	if (n > PICTURE_QUEUE_ROWS)
		do
			n--;
		while (n > 0 && behind(out[n - 1].best, out[n].best) == 0);
	return n;
}

static enum status save_one(struct picking *p, uint32_t number, const struct rows *r,
	const struct book_summary *sums, struct picture *to, struct err *e)
{
	const struct best_queue *q = &p->queue[number - 1];
	const struct queue_query query = { .scope = number == PICTURE_OF_ANYBODY
							    ? QUEUE_OF_ANYBODY
						    : number == PICTURE_OF_POOL
							    ? QUEUE_OF_POOL
							    : QUEUE_OF_CSM,
		.csm = number - PICTURE_OF_CSM + 1 };
	struct placed placed[PICTURE_QUEUE_ROWS + 1];
	struct text bytes;
	enum status st;

	to->is_queue = true;
	to->sums = *sums;
	to->listed = q->listed;
	to->arr = q->arr;
	to->queue = q->sums;
	book_picture_dates(p->b, true, to);
	to->n = settle(q, r, placed);
	for (uint32_t k = 0; k < to->n; k++) {
		to->row[k] = r->row[placed[k].row];
		memcpy(to->spark[k], r->spark[placed[k].row], sizeof(to->spark[k]));
	}
	st = queue_picture_name(p->b, &query, &to->arena, &to->list, e);
	if (st == ST_OK)
		st = queue_picture_work(p->b, to, e);
	if (st != ST_OK)
		return st;
	bytes = picture_write(to, &to->arena);
	return bytes.s ? p->b->store->ops->picture_save(
				 p->b->store, number, bytes, sums->accounts, e)
		       : no_memory(e);
}

/* Meanwhile nothing is live but what was found. */
static enum status save_all(
	struct picking *p, const struct book_summary *sums, struct err *e)
{
	struct picture *to = calloc(1, sizeof(*to));
	struct rows rows;
	enum status st = read_rows(p, &rows, e);

	if (!to && st == ST_OK)
		st = no_memory(e);
	book_work_take(p->b, &p->found);
	for (uint32_t number = 1; st == ST_OK && number <= p->scopes; number++) {
		arena_init(&to->arena);
		st = save_one(p, number, &rows, sums, to, e);
		arena_clear(&to->arena);
	}
	book_forget_work(p->b);
	rows_clear(&rows);
	free(to);
	return st;
}

enum status queue_save_pictures(
	struct book *b, const struct book_summary *sums, struct err *e)
{
	const uint32_t csms = b->csms < QUEUE_PICTURE_CSMS ? b->csms : QUEUE_PICTURE_CSMS;
	struct picking p = { .b = b, .scopes = PICTURE_OF_CSM - 1 + csms };
	bool past;
	enum status st = book_work_past(b, &past, e);

	if (st != ST_OK || past)
		return st;
	book_forget_work(b);
	p.found.holders = 1;
	arena_init(&p.found.texts);
	p.queue = calloc(p.scopes, sizeof(*p.queue));
	st = p.queue ? count_all(&p, e) : no_memory(e);
	if (st == ST_OK)
		st = book_each_flagged(b, pick_account, &p, e);
	if (st == ST_OK)
		st = save_all(&p, sums, e);
	for (uint32_t i = 0; p.queue && i < p.scopes; i++)
		free(p.queue[i].at);
	free(p.queue);
	book_work_clear(&p.found);
	return st;
}
