/* The pool: claims, and dealing its flagged accounts round robin. */
#include "core/act_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/book_capacity.h"
#include "core/book_work.h"
#include "core/convert.h"
#include "core/queue.h"

/* ---- claiming ---- */

/* Nothing runs there yet: the claim is a task of its own, due today. */
static enum status add_claim(
	struct work *w, uint32_t account, uint32_t csm, struct err *e)
{
	const int32_t today = w->b->clock.today;
	struct cell c[TASK_FIELDS] = { { .type = CELL_MISSING } };

	c[F_TASK_ACCOUNT] = CELL_OF_INT(account);
	c[F_TASK_PLAY] = CELL_OF_TEXT(task_claim);
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
	if (!csm && text_eq(before[F_TASK_PLAY].t, task_claim)) {
		after[F_TASK_STATE] =
			CELL_OF_TEXT(text_of(task_state_word[TASK_DROPPED]));
		after[F_TASK_ENDED] = CELL_OF_INT(w->b->clock.today);
		after[F_TASK_OUTCOME] = CELL_OF_TEXT(TEXT("given back"));
	}
	return work_write(w, REC_TASK, id, before, after, e);
}

struct running {
	struct act_rows task;
	uint32_t csm; /* whoever works on one of them, 0: nobody */
};

static enum status find_task(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct running *r = arg;

	if (c[F_TASK_CSM].type == CELL_INT)
		r->csm = (uint32_t)c[F_TASK_CSM].i;
	return act_take_row(&r->task, id, e);
}

/* ---- who may ---- */

enum { NAME_SHOWN = 80 }; /* bytes of a name in a message */

struct named {
	char text[NAME_SHOWN + 1];
};

static struct named short_name(struct text t)
{
	struct named n = { "" };

	snprintf(n.text, sizeof(n.text), "%.*s", convert_shown(t, NAME_SHOWN),
		t.n ? t.s : "");
	return n;
}

static enum status take_name(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	const struct text name = cell_as_text(&c[F_NAME]);

	(void)id;
	(void)e;
	*(struct named *)arg = short_name(name.n ? name : cell_as_text(&c[F_ACCOUNT_ID]));
	return ST_OK;
}

static struct named csm_called(const struct book *b, uint32_t csm)
{
	const struct text none = TEXT("a colleague");

	return short_name(
		csm <= b->csms && b->csm_name[csm - 1].n ? b->csm_name[csm - 1] : none);
}

/* What is asked for of one account. */
struct claiming {
	uint32_t account, owner;
	uint32_t to; /* whose it shall be; 0: the pool's */
	uint32_t me; /* 0: who asks is no CSM */
	bool reason; /* there is one */
};

static enum status refuse_claim(struct book *b, const struct claiming *c,
	const struct running *r, const char *account, struct err *e)
{
	if (c->owner == c->to)
		return err_set(e, ST_FORBIDDEN,
			"%s is %s's already: what somebody owns needs no claim", account,
			csm_called(b, c->owner).text);
	if (c->owner)
		return err_set(e, ST_FORBIDDEN,
			"%s belongs to %s: only accounts of the pool are claimed; assign "
			"it, if it shall change hands",
			account, csm_called(b, c->owner).text);
	return err_set(e, ST_FORBIDDEN,
		"%s works on %s: it can be claimed once it was released",
		csm_called(b, r->csm).text, account);
}

static enum status refuse_release(struct book *b, const struct claiming *c,
	const struct running *r, const char *account, struct err *e)
{
	if (!r->csm && c->owner)
		return err_set(e, ST_NOTFOUND,
			"%s belongs to %s, and nobody claimed it: nothing to give back",
			account, csm_called(b, c->owner).text);
	if (!r->csm)
		return err_set(e, ST_NOTFOUND, "nobody claimed %s: nothing to give back",
			account);
	return err_set(e, ST_FORBIDDEN,
		"%s works on %s: giving back what a colleague claimed wants a reason",
		csm_called(b, r->csm).text, account);
}

static enum status check(
	struct work *w, const struct claiming *c, const struct running *r, struct err *e)
{
	struct named account = { "" };
	enum status st;

	if (c->to ? !c->owner && (!r->csm || r->csm == c->to)
		  : r->csm && (r->csm == c->me || c->reason))
		return ST_OK;
	st = w->store->ops->rows_of(
		w->store, REC_ACCOUNT, &c->account, 1, take_name, &account, e);
	if (st != ST_OK)
		return st;
	return c->to ? refuse_claim(w->b, c, r, account.text, e)
		     : refuse_release(w->b, c, r, account.text, e);
}

static enum status claim(struct work *w, const struct claiming *c, struct err *e)
{
	struct running r = { .csm = 0 };
	enum status st = w->store->ops->unended(
		w->store, REC_TASK, c->account, DAY_MAX, find_task, &r, e);

	if (st == ST_OK)
		st = check(w, c, &r, e);
	for (uint32_t i = 0; st == ST_OK && i < r.task.n; i++)
		st = give_task(w, r.task.id[i], c->to, e);
	if (st == ST_OK && c->to && !r.task.n)
		st = add_claim(w, c->account, c->to, e);
	free(r.task.id);
	return st;
}

/* As the book is inside the transaction, whatever was read before. */
static enum status claim_each(struct work *w, const uint32_t *accounts, uint32_t n,
	struct claiming *c, struct err *e)
{
	struct book *b = w->b;
	bool changed;
	enum status st = book_refresh(b, &changed, e);

	if (st == ST_OK)
		st = book_need_columns(b, e);
	if (st == ST_OK)
		st = w->store->ops->find(w->store, REC_CSM, text_of(b->me), &c->me, e);
	for (uint32_t i = 0; i < n && st == ST_OK; i++) {
		c->account = accounts[i];
		if (c->account < 1 || c->account > b->columns.n ||
			!(b->columns.flags[c->account - 1] & ACC_PRESENT))
			return err_set(
				e, ST_NOTFOUND, "there is no such account any more");
		c->owner = (uint32_t)shorts_at(&b->columns.csm, c->account - 1);
		st = claim(w, c, e);
	}
	return st;
}

enum status book_claim(struct book *b, const uint32_t *accounts, uint32_t n, uint32_t csm,
	const char *reason, struct err *e)
{
	struct claiming c = { .to = csm,
		.reason = text_trim(text_of(reason ? reason : "")).n > 0 };
	struct work w;
	enum status st =
		work_begin(&w, b, csm ? "claim" : "give back to the pool", reason, e);

	if (st != ST_OK)
		return st;
	return work_end(&w, claim_each(&w, accounts, n, &c, e), e);
}

/* ---- dealing ---- */

struct hand {
	uint32_t csm;
	uint32_t claims, dealt;
	struct text name; /* in the arena of what was dealt */
};

struct dealing {
	struct hand *hand; /* of those who are there and stay, by id */
	uint32_t n;
	int32_t today;
	const struct policy *policy;
	struct dealt *out;
};

static enum status take_hand(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct dealing *d = arg;
	struct hand *grown;

	if (!(capacity_share(c, d->today) > 0) ||
		capacity_leaves(d->policy, cell_day(&c[F_CSM_ACTIVE_UNTIL]), d->today))
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

static enum status count_claims(void *arg, const struct flagged *f, struct err *e)
{
	struct dealing *d = arg;

	(void)e;
	for (uint32_t k = 0; k < f->tasks; k++)
		for (uint32_t i = 0; i < d->n; i++)
			d->hand[i].claims += f->task[k].csm == d->hand[i].csm;
	return ST_OK;
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
	enum status st = book_each_flagged(w->b, count_claims, d, e);

	for (uint32_t i = 0; st == ST_OK && i < q->n && i < n; i++) {
		struct hand *to = next_hand(d);
		const struct claiming c = { .account = q->row[i].account, .to = to->csm };

		st = claim(w, &c, e);
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
			"nobody is there to deal to: no CSM of the book works today, or "
			"all soon leave");
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

enum status book_deal(
	struct book *b, uint32_t n, bool dry, struct dealt *out, struct err *e)
{
	struct dealing d = {
		.today = b->clock.today, .policy = book_policy(b), .out = out
	};
	struct work w;
	enum status st, ended;

	*out = (struct dealt){ .accounts = 0 };
	arena_init(&out->names);
	st = work_begin(&w, b, "deal the pool", NULL, e);
	if (st != ST_OK)
		return st;
	st = deal_pool(&w, &d, n, e);
	if (st == ST_OK)
		st = tell(&d, e);
	/* What was only tried is rolled back. */
	ended = work_end(&w, st == ST_OK && dry ? ST_CANCELLED : st, e);
	if (st != ST_OK || !dry)
		st = ended;
	free(d.hand);
	return st;
}

void dealt_clear(struct dealt *d)
{
	free(d->to);
	arena_clear(&d->names);
	*d = (struct dealt){ .accounts = 0 };
}
