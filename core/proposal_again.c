/* A proposal that goes on from the one before, of which something else was said: what is
 * said of it changes no more than it must. */
#include <string.h>

#include "core/proposal_problem.h"

/* Asked as before, but for what was said. */
static bool is_same_question(const struct proposal_problem *q, const struct proposal *p)
{
	const struct capacity *x = p->before, *y = q->c;

	if (p->generation != book_generation(q->b) || x->as_of != y->as_of ||
		x->n != y->n || x->rows != y->rows || p->moves_max != q->p.moves_max ||
		p->csm_moves_max != q->p.csm_moves_max || p->only != q->only ||
		memcmp(x->policy.number, y->policy.number, sizeof(x->policy.number)) !=
			0 ||
		memcmp(x->tier, y->tier, x->n) != 0 ||
		memcmp(x->row_of, y->row_of, x->n * sizeof(*x->row_of)) != 0)
		return false;
	for (uint32_t k = 0; k < x->rows; k++)
		if (x->row[k].csm != y->row[k].csm || x->row[k].share < y->row[k].share ||
			x->row[k].share > y->row[k].share)
			return false;
	return true;
}

static bool is_said(const struct proposal_options *o, const struct proposal_pin *pin)
{
	for (uint32_t k = 0; k < o->pins; k++)
		if (o->pin[k].account == pin->account && o->pin[k].csm == pin->csm)
			return true;
	return false;
}

/* All that was said of the one before still is. */
static bool says_no_less(const struct proposal_problem *q, const struct proposal *p)
{
	for (uint32_t k = 0; k < p->pins; k++)
		if (!is_said(q->o, &p->pin[k]))
			return false;
	return true;
}

/* What is said is so in the one before. */
static bool is_fulfilled(const struct proposal_problem *q, const struct proposal *p)
{
	for (uint32_t k = 0; k < q->o->pins; k++) {
		const uint32_t i = q->o->pin[k].account - 1;

		if (proposal_place(p->after->row_of[i]) != q->pin[i])
			return false;
	}
	return true;
}

void proposal_go_on(struct proposal_problem *q)
{
	const struct proposal *p = q->o->before;

	if (!p || !is_same_question(q, p))
		return;
	for (uint32_t k = 0; k < q->p.items; k++)
		q->start[k] = proposal_place(p->after->row_of[q->member[q->first[k]]]);
	q->p.start = q->start;
	if (!says_no_less(q, p))
		q->p.from = REBALANCE_RIVAL;
	else if (!p->interrupted && is_fulfilled(q, p))
		q->p.from = REBALANCE_SETTLED;
}

void proposal_prove_again(const struct proposal_problem *q, struct rebalance_result *r)
{
	const struct proposal *p = q->o->before;

	if (!q->p.start || q->p.from != REBALANCE_SETTLED)
		return;
	r->bound = p->bound - (p->cost - p->score_after.cost);
	r->least = p->least;
	r->optimal = p->optimal;
	r->limited = p->limited;
}
