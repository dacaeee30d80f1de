/* Of a proposal: which CSM can serve which accounts, and which accounts go together. */
#include "core/proposal_problem.h"

#include <stdlib.h>
#include <string.h>

#include "core/word_set.h"

static enum status no_memory(struct err *e)
{
	return err_set(e, ST_NOMEM, "not enough memory to rebalance");
}

/* ---- who can serve whom ---- */

static bool finds_row(const struct proposal_problem *q, int64_t csm, uint32_t *row)
{
	struct err not_there;

	return proposal_find_row(q->c, (uint32_t)csm, row, &not_there) == ST_OK;
}

static enum status take_limits(void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct proposal_problem *q = arg;
	uint32_t row;

	(void)e;
	if (finds_row(q, id, &row))
		q->limits |= serving_limits(c);
	return ST_OK;
}

enum status proposal_find_limits(struct proposal_problem *q, struct err *e)
{
	return book_csms(q->b, take_limits, q, e);
}

static enum status take_serving(
	void *arg, int64_t id, const struct cell *c, struct err *e)
{
	struct proposal_problem *q = arg;
	uint32_t row;

	(void)e;
	if (!finds_row(q, id, &row))
		return ST_OK;
	for (uint32_t k = 0; k < q->served_as_n; k++)
		q->reaches[(size_t)k * q->c->rows + row] =
			!serving_lacks(q->b, &q->served_as[k], c);
	return ST_OK;
}

/* Who soon leaves is given nothing that would be handed over once more. */
static void leave_out_leavers(struct proposal_problem *q)
{
	for (uint32_t j = 0; j < q->c->rows; j++)
		for (uint32_t k = 0; q->c->row[j].leaves && k < q->served_as_n; k++)
			q->reaches[(size_t)k * q->c->rows + j] = 0;
}

static enum status too_many(struct err *e)
{
	return err_set(e, ST_INVALID,
		"too many combinations of regions, segments and languages to rebalance");
}

/* The number of a combination, which is added where it is new. */
static enum status find_served(struct proposal_problem *q, struct word_set *seen,
	const struct serving_as *as, uint32_t *out, struct err *e)
{
	const struct text bytes = { (const char *)as, sizeof(*as) };

	if (!word_set_add(seen, bytes, out))
		return no_memory(e);
	if (*out < q->served_as_n)
		return ST_OK;
	if (q->served_as_n == UINT16_MAX)
		return too_many(e);
	if (q->served_as_n % 64 == 0) {
		struct serving_as *grown =
			realloc(q->served_as, (q->served_as_n + 64) * sizeof(*grown));

		if (!grown)
			return no_memory(e);
		q->served_as = grown;
	}
	q->served_as[q->served_as_n++] = *as;
	return ST_OK;
}

enum status proposal_find_served(struct proposal_problem *q, struct err *e)
{
	struct word_set seen;
	enum status st = ST_OK;

	word_set_init(&seen);
	for (uint32_t i = 0; st == ST_OK && i < q->n; i++) {
		struct serving_as as;

		if (!q->asked[i])
			continue;
		as = serving_of(q->b, i, q->limits);
		st = find_served(q, &seen, &as, &q->reach[i], e);
	}
	word_set_clear(&seen);
	return st;
}

/* Who serves all of an item: of one account, or of alike ones, a row is there. */
static void serve_all(struct proposal_problem *q, uint32_t item, uint32_t row)
{
	const size_t n = q->c->rows;
	uint8_t *to = q->reaches + row * n;

	memset(to, 1, n);
	for (uint32_t k = q->first[item]; k < q->first[item + 1]; k++)
		for (size_t j = 0; j < n; j++)
			to[j] &= q->reaches[q->reach[q->member[k]] * n + j];
	q->item[item].reach = (uint16_t)row;
}

static bool is_alike(const struct proposal_problem *q, uint32_t item)
{
	for (uint32_t k = q->first[item] + 1; k < q->first[item + 1]; k++)
		if (q->reach[q->member[k]] != q->reach[q->member[k - 1]])
			return false;
	return true;
}

enum status proposal_find_reaches(struct proposal_problem *q, struct err *e)
{
	uint32_t rows = q->served_as_n;
	enum status st;

	for (uint32_t k = 0; k < q->p.items; k++)
		rows += !is_alike(q, k);
	if (rows > UINT16_MAX)
		return too_many(e);
	q->reaches = malloc((size_t)rows * q->c->rows + 1);
	if (!q->reaches)
		return no_memory(e);
	/* Whoever the what-if adds serves everybody. */
	memset(q->reaches, 1, (size_t)q->served_as_n * q->c->rows);
	st = book_csms(q->b, take_serving, q, e);
	leave_out_leavers(q);
	rows = q->served_as_n;
	for (uint32_t k = 0; k < q->p.items; k++) {
		if (is_alike(q, k))
			q->item[k].reach = (uint16_t)q->reach[q->member[q->first[k]]];
		else
			serve_all(q, k, rows++);
	}
	q->p.reaches = q->reaches;
	q->p.reaches_n = rows;
	return st;
}

/* ---- families ---- */

static uint32_t root_of(uint32_t *up, uint32_t x)
{
	while (up[x] != x) {
		up[x] = up[up[x]];
		x = up[x];
	}
	return x;
}

/* Of accounts, then of parents that are none: who is whose. Joins them with the number
 * of the smaller one, so that a circle is one family as well. */
static void join(uint32_t *up, uint32_t x, uint32_t y)
{
	const uint32_t a = root_of(up, x), b = root_of(up, y);

	up[a > b ? a : b] = a > b ? b : a;
}

static enum status find_parent(const struct proposal_problem *q,
	const struct texts *parents, uint32_t number, uint32_t *place, struct err *e)
{
	uint32_t id = 0;
	struct err unknown;
	const enum status st = q->b->store->ops->find(
		q->b->store, REC_ACCOUNT, parents->spelled[number], &id, &unknown);

	*place = st == ST_OK && id >= 1 && id <= q->n ? id - 1 : q->n + number;
	return st == ST_OK || st == ST_NOTFOUND ? ST_OK
						: err_set(e, st, "%s", unknown.text);
}

/* All that hang together by parents have one number; who is alone has none. */
enum status proposal_find_families(struct proposal_problem *q, struct err *e)
{
	const struct texts *parents = &q->b->texts.of[TXT_PARENT];
	const uint32_t *of = q->b->texts.which[TXT_PARENT]; /* NULL: nobody has one */
	uint32_t *up, *place;
	enum status st = ST_OK;

	if (!(q->c->policy.number[POLICY_REBALANCE_FAMILIES] > 0))
		return ST_OK;
	up = malloc(((size_t)q->n + parents->n + 1) * sizeof(*up));
	place = malloc(((size_t)parents->n + 1) * sizeof(*place));
	for (uint32_t k = 0; up && k < q->n + parents->n; k++)
		up[k] = k;
	for (uint32_t k = 0; place && st == ST_OK && k < parents->n; k++)
		st = find_parent(q, parents, k, &place[k], e);
	if (!up || !place)
		st = no_memory(e);
	for (uint32_t i = 0; st == ST_OK && i < q->n; i++)
		if (of && of[i] != TEXTS_NONE)
			join(up, i, place[of[i]]);
	for (uint32_t i = 0; st == ST_OK && i < q->n; i++)
		q->family[i] = root_of(up, i) + 1;
	free(up);
	free(place);
	return st;
}
