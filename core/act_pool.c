/* The pool: claims, and dealing its flagged accounts round robin. */
#include "core/act_internal.h"

#include <stdlib.h>
#include <string.h>

#include "core/book_work.h"
#include "core/queue.h"

static const struct text claim_name = { "claim", sizeof("claim") - 1 };

/* ---- claiming ---- */

/* Nothing runs there yet: the claim is a task of its own, due today. */
static enum status add_claim(
	struct work *w, uint32_t account, uint32_t csm, struct err *e)
{
	const int32_t today = w->b->clock.today;
	struct cell c[TASK_FIELDS] = { { .type = CELL_MISSING } };

	c[F_TASK_ACCOUNT] = CELL_OF_INT(account);
	c[F_TASK_PLAY] = CELL_OF_TEXT(claim_name);
	c[F_TASK_STARTED] = CELL_OF_INT(today);
	c[F_TASK_TITLE] = CELL_OF_TEXT(TEXT("Claimed from the pool"));
	c[F_TASK_CSM] = CELL_OF_INT(csm);
	c[F_TASK_STEP] = CELL_OF_INT(1);
	c[F_TASK_NEXT] = CELL_OF_TEXT(TEXT("Look after it until its alerts are done"));
	c[F_TASK_DUE] = CELL_OF_INT(today);
	c[F_TASK_STATE] = CELL_OF_TEXT(text_of(task_state_word[TASK_OPEN]));
	c[F_TASK_ACTOR] = CELL_OF_TEXT(text_of(w->b->me));
	return work_write(w, REC_TASK, 0, NULL, c, e);
}

static enum status give_task(struct work *w, int64_t id, uint32_t csm, struct err *e)
{
	struct cell before[TASK_FIELDS], after[TASK_FIELDS];
	enum status st = work_read(w, REC_TASK, id, before, e);

	if (st != ST_OK)
		return st;
	memcpy(after, before, sizeof(after));
	after[F_TASK_CSM] =
		csm ? CELL_OF_INT(csm) : (struct cell){ .type = CELL_MISSING };
	/* what was only a claim is over with it */
	if (!csm && text_eq(before[F_TASK_PLAY].t, claim_name)) {
		after[F_TASK_STATE] =
			CELL_OF_TEXT(text_of(task_state_word[TASK_DROPPED]));
		after[F_TASK_ENDED] = CELL_OF_INT(w->b->clock.today);
		after[F_TASK_OUTCOME] = CELL_OF_TEXT(TEXT("given back"));
	}
	return work_write(w, REC_TASK, id, before, after, e);
}

#define TASKS_MAX 64u

struct running {
	int64_t id[TASKS_MAX];
	uint32_t n;
	uint32_t csm; /* whoever works on one of them, 0: nobody */
};

static enum status find_task(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct running *r = arg;

	(void)e;
	if (r->n < TASKS_MAX)
		r->id[r->n++] = id;
	if (c[F_TASK_CSM].type == CELL_INT)
		r->csm = (uint32_t)c[F_TASK_CSM].i;
	return ST_OK;
}

/* A colleague gives it back first: nobody takes work out of another's hands. */
static enum status check_free(
	struct work *w, const struct running *r, uint32_t csm, struct err *e)
{
	struct book *b = w->b;
	enum status st;

	if (!csm || !r->csm || r->csm == csm)
		return ST_OK;
	st = book_need_columns(b, e);
	if (st != ST_OK || r->csm > b->csms)
		return st;
	return err_set(e, ST_FORBIDDEN,
		"%.*s works on it: it can be claimed once it was released",
		(int)b->csm_name[r->csm - 1].n, b->csm_name[r->csm - 1].s);
}

static enum status claim(struct work *w, uint32_t account, uint32_t csm, struct err *e)
{
	struct running r = { .n = 0 };
	enum status st = w->store->ops->unended(
		w->store, REC_TASK, account, DAY_MAX, find_task, &r, e);

	if (st == ST_OK)
		st = check_free(w, &r, csm, e);
	for (uint32_t i = 0; st == ST_OK && i < r.n; i++)
		st = give_task(w, r.id[i], csm, e);
	if (st == ST_OK && csm && !r.n)
		st = add_claim(w, account, csm, e);
	return st;
}

enum status book_claim(
	struct book *b, const uint32_t *accounts, uint32_t n, uint32_t csm, struct err *e)
{
	struct work w;
	enum status st =
		work_begin(&w, b, csm ? "claim" : "give back to the pool", NULL, e);

	if (st != ST_OK)
		return st;
	for (uint32_t i = 0; i < n && st == ST_OK; i++)
		st = claim(&w, accounts[i], csm, e);
	return work_end(&w, st, e);
}

/* ---- dealing ---- */

struct hand {
	uint32_t csm;
	uint32_t claims, dealt;
	struct text name; /* in the arena of what was dealt */
};

struct dealing {
	struct hand *hand; /* of those who are there, by id */
	uint32_t n;
	int32_t today;
	struct dealt *out;
};

static enum status take_hand(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct dealing *d = arg;
	const struct cell *from = &c[F_CSM_ACTIVE_FROM], *until = &c[F_CSM_ACTIVE_UNTIL];
	const struct cell *capacity = &c[F_CSM_CAPACITY];
	struct hand *grown;

	if ((from->type == CELL_INT && from->i > d->today) ||
		(until->type == CELL_INT && until->i < d->today) ||
		(capacity->type == CELL_NUMBER && !(capacity->n > 0)))
		return ST_OK;
	grown = realloc(d->hand, (d->n + 1) * sizeof(*grown));
	if (!grown)
		return err_set(e, ST_NOMEM, "not enough memory");
	d->hand = grown;
	d->hand[d->n] = (struct hand){ (uint32_t)id, 0, 0, cell_as_text(&c[F_CSM_NAME]) };
	return arena_keep(&d->out->names, &d->hand[d->n++].name)
		       ? ST_OK
		       : err_set(e, ST_NOMEM, "not enough memory");
}

static void count_claims(struct dealing *d, const struct book_work *w)
{
	for (uint32_t k = 0; k < w->tasks; k++)
		for (uint32_t i = 0; i < d->n; i++)
			d->hand[i].claims += w->task[k].csm == d->hand[i].csm;
}

/* Who has the fewest, the first of them. */
static struct hand *next_hand(struct dealing *d)
{
	struct hand *best = &d->hand[0];

	for (uint32_t i = 1; i < d->n; i++)
		if (d->hand[i].claims < best->claims ||
			(d->hand[i].claims == best->claims && d->hand[i].csm < best->csm))
			best = &d->hand[i];
	return best;
}

static enum status deal(struct work *w, struct dealing *d, const struct queue *q,
	uint32_t n, struct err *e)
{
	enum status st = ST_OK;

	count_claims(d, w->b->work);
	for (uint32_t i = 0; st == ST_OK && i < q->n && i < n; i++) {
		struct hand *to = next_hand(d);

		st = claim(w, q->row[i].account, to->csm, e);
		to->claims++;
		to->dealt++;
	}
	return st;
}

/* In the transaction of the claims: what somebody claimed a moment ago is not dealt. */
static enum status deal_pool(struct work *w, struct dealing *d, uint32_t n, struct err *e)
{
	const struct queue_query query = { .scope = QUEUE_OF_POOL };
	struct queue *q = NULL;
	bool changed;
	enum status st = book_refresh(w->b, &changed, e);

	if (st == ST_OK)
		st = book_queue(w->b, &query, &q, NULL, e);
	if (st == ST_OK)
		st = w->store->ops->rows(w->store, REC_CSM, 0, take_hand, d, e);
	if (st == ST_OK && d->n == 0)
		st = err_set(e, ST_USAGE,
			"nobody is there to deal to: no CSM of the book works today");
	if (st == ST_OK)
		st = deal(w, d, q, n ? n : q->n, e);
	queue_free(&q);
	return st;
}

/* Who got some. */
static enum status tell(const struct dealing *d, struct err *e)
{
	struct dealt *out = d->out;

	out->to = malloc((d->n + 1) * sizeof(*out->to));
	if (!out->to)
		return err_set(e, ST_NOMEM, "not enough memory");
	for (uint32_t i = 0; i < d->n; i++) {
		if (d->hand[i].dealt == 0)
			continue;
		out->to[out->n++] =
			(struct dealt_to){ d->hand[i].name, d->hand[i].dealt };
		out->accounts += d->hand[i].dealt;
	}
	return ST_OK;
}

enum status book_deal(struct book *b, uint32_t n, struct dealt *out, struct err *e)
{
	struct dealing d = { .today = b->clock.today, .out = out };
	struct work w;
	enum status st;

	*out = (struct dealt){ .accounts = 0 };
	arena_init(&out->names);
	st = work_begin(&w, b, "deal the pool", NULL, e);
	if (st != ST_OK)
		return st;
	st = deal_pool(&w, &d, n, e);
	if (st == ST_OK)
		st = tell(&d, e);
	st = work_end(&w, st, e);
	free(d.hand);
	return st;
}

void dealt_clear(struct dealt *d)
{
	free(d->to);
	arena_clear(&d->names);
	*d = (struct dealt){ .accounts = 0 };
}
