/* Requests as a manager sees them: the open ones with what the rules say of each. */
#include "core/tier_view_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWERED_DAYS = 90 }; /* an answer is shown for so long */

struct requests {
	struct tier_making *m;
	struct tier_view_request *of; /* owned */
	uint32_t n, room;
};

static enum status take_request(
	void *arg, int64_t id, const struct cell *cells, struct err *e)
{
	struct requests *r = arg;
	struct tier_request q;

	if (!tier_request_from_row(id, cells, &q) || q.asked > r->m->b->clock.today ||
		q.account > r->m->b->columns.n)
		return ST_OK;
	if (r->n == r->room) {
		const uint32_t more = r->room ? 2 * r->room : 32;
		void *grown = realloc(r->of, more * sizeof(*r->of));

		if (!grown)
			return tier_view_no_memory(e);
		r->of = grown;
		r->room = more;
	}
	q.requester = tier_view_keep(r->m, q.requester);
	q.reason = tier_view_keep(r->m, q.reason);
	q.actor = tier_view_keep(r->m, q.actor);
	q.answer = tier_view_keep(r->m, q.answer);
	q.answerer = tier_view_keep(r->m, q.answerer);
	r->of[r->n++] = (struct tier_view_request){ .request = q };
	return ST_OK;
}

static bool is_open(const struct tier_request *q)
{
	return q->state == REQUEST_OPEN;
}

/* Open ones first, the oldest first; then the newest answers. */
static int by_turn(const void *a, const void *b)
{
	const struct tier_request *x = &((const struct tier_view_request *)a)->request,
				  *y = &((const struct tier_view_request *)b)->request;

	if (is_open(x) != is_open(y))
		return is_open(x) ? -1 : 1;
	if (is_open(x))
		return x->asked != y->asked ? (x->asked < y->asked ? -1 : 1)
					    : (x->id > y->id) - (x->id < y->id);
	if (x->answered != y->answered)
		return x->answered > y->answered ? -1 : 1;
	return (x->id < y->id) - (x->id > y->id);
}

static enum status judge(
	struct tier_making *m, struct tier_view_request *x, struct err *e)
{
	if (!is_open(&x->request) || m->v->problem.n)
		return ST_OK;
	return tier_request_judge(&m->b->policy, &m->v->review, &m->before, &m->scores,
		m->b->store, &x->request, &x->answer, e);
}

static void say(struct tier_making *m, struct tier_view_request *x)
{
	char text[TIER_VIEW_REASON];

	if (is_open(&x->request) && m->v->problem.n) {
		x->says = m->v->problem;
		return;
	}
	if (is_open(&x->request))
		tier_request_text(&m->b->policy, &x->request, &x->answer, x->goes.name,
			text, sizeof(text));
	else
		snprintf(text, sizeof(text), "%s by %.*s: %.*s",
			request_state_word[x->request.state], (int)x->request.answerer.n,
			x->request.answerer.s, (int)x->request.answer.n,
			x->request.answer.s);
	x->says = tier_view_keep(m, text_of(text));
}

static enum status name_requests(struct tier_making *m, struct requests *r, struct err *e)
{
	uint32_t *id = malloc((2 * (size_t)r->n + 1) * sizeof(*id));
	struct tier_who *who = malloc((2 * (size_t)r->n + 1) * sizeof(*who));
	enum status st = id && who ? ST_OK : tier_view_no_memory(e);

	for (uint32_t k = 0; st == ST_OK && k < r->n; k++) {
		st = judge(m, &r->of[k], e);
		id[2 * k] = r->of[k].request.account;
		id[2 * k + 1] = r->of[k].answer.goes;
	}
	if (st == ST_OK)
		st = tier_view_name(m, id, 2 * r->n, who, e);
	for (uint32_t k = 0; st == ST_OK && k < r->n; k++) {
		r->of[k].who = who[2 * k];
		r->of[k].goes = who[2 * k + 1];
		say(m, &r->of[k]);
	}
	free(who);
	free(id);
	return st;
}

enum status tier_view_requests(struct tier_making *m, struct err *e)
{
	struct store *s = m->b->store;
	struct requests r = { .m = m };
	struct tier_view_request *kept;
	enum status st = s->ops->unended(s, REC_REQUEST, 0,
		m->b->clock.today - ANSWERED_DAYS, take_request, &r, e);

	if (st == ST_OK && r.n)
		qsort(r.of, r.n, sizeof(*r.of), by_turn);
	if (st == ST_OK)
		st = name_requests(m, &r, e);
	kept = tier_view_room(m, r.n, sizeof(*kept));
	if (st == ST_OK && !kept)
		st = tier_view_no_memory(e);
	if (st == ST_OK && r.n)
		memcpy(kept, r.of, r.n * sizeof(*kept));
	for (uint32_t k = 0; st == ST_OK && k < r.n; k++)
		m->v->requests_open += is_open(&kept[k].request);
	m->v->request = kept;
	m->v->requests = st == ST_OK ? r.n : 0;
	free(r.of);
	return st;
}
