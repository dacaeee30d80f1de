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

/* word: folded, as texts keep it. */
static bool lists(struct text list, struct text word)
{
	char folded[TEXTS_CUT];

	if (text_trim(list).n == 0)
		return true;
	for (size_t from = 0, at = 0; at <= list.n; at++) {
		if (at < list.n && list.s[at] != ';')
			continue;
		const struct text one =
			text_trim((struct text){ list.s + from, at - from });
		if (text_eq((struct text){ folded,
				    text_fold(one, folded, sizeof(folded)) },
			    word))
			return true;
		from = at + 1;
	}
	return false;
}

/* Where a CSM's limits stand, and the text of accounts that they are of. */
static const struct {
	int field;
	enum account_text text;
} limits[PROPOSAL_LIMITS] = { { F_CSM_REGIONS, TXT_REGION },
	{ F_CSM_SEGMENTS, TXT_SEGMENT }, { F_CSM_LANGUAGES, TXT_LANGUAGE } };

enum account_text proposal_limit_text(enum proposal_limit limit)
{
	return limits[limit].text;
}

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
	for (int l = 0; finds_row(q, id, &row) && l < PROPOSAL_LIMITS; l++)
		q->limited[l] |= text_trim(cell_as_text(&c[limits[l].field])).n > 0;
	return ST_OK;
}

enum status proposal_find_limits(struct proposal_problem *q, struct err *e)
{
	return book_csms(q->b, take_limits, q, e);
}

static bool serves(const struct proposal_problem *q, const struct proposal_reach *as,
	const struct cell *c)
{
	for (int l = 0; l < PROPOSAL_LIMITS; l++) {
		const struct texts *t = &q->b->texts.of[limits[l].text];

		if (as->number[l] != TEXTS_NONE &&
			!lists(cell_as_text(&c[limits[l].field]),
				texts_at(t, as->number[l])))
			return false;
	}
	return true;
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
		q->reaches[(size_t)k * q->c->rows + row] = serves(q, &q->served_as[k], c);
	return ST_OK;
}

/* Who soon leaves is given nothing that would be handed over once more. */
static void leave_out_leavers(struct proposal_problem *q)
{
	for (uint32_t j = 0; j < q->c->rows; j++)
		for (uint32_t k = 0; q->c->row[j].leaves && k < q->served_as_n; k++)
			q->reaches[(size_t)k * q->c->rows + j] = 0;
}

static uint32_t number_at(const struct book_texts *t, enum account_text which, uint32_t i)
{
	return t->which[which] ? t->which[which][i] : TEXTS_NONE;
}

static enum status too_many(struct err *e)
{
	return err_set(e, ST_INVALID,
		"too many combinations of regions, segments and languages to rebalance");
}

/* The number of a combination, which is added where it is new. */
static enum status find_served(struct proposal_problem *q, struct word_set *seen,
	const struct proposal_reach *as, uint32_t *out, struct err *e)
{
	const struct text bytes = { (const char *)as, sizeof(*as) };

	if (!word_set_add(seen, bytes, out))
		return no_memory(e);
	if (*out < q->served_as_n)
		return ST_OK;
	if (q->served_as_n == UINT16_MAX)
		return too_many(e);
	if (q->served_as_n % 64 == 0) {
		struct proposal_reach *grown =
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
		struct proposal_reach as;

		if (!q->asked[i])
			continue;
		for (int l = 0; l < PROPOSAL_LIMITS; l++)
			as.number[l] =
				q->limited[l] ? number_at(&q->b->texts, limits[l].text, i)
					      : TEXTS_NONE;
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
	const struct book_texts *t = &q->b->texts;
	const struct texts *parents = &t->of[TXT_PARENT];
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
		if (number_at(t, TXT_PARENT, i) != TEXTS_NONE)
			join(up, i, place[number_at(t, TXT_PARENT, i)]);
	for (uint32_t i = 0; st == ST_OK && i < q->n; i++)
		q->family[i] = root_of(up, i) + 1;
	free(up);
	free(place);
	return st;
}
