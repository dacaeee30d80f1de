/* A part of a review: what goes together, and what the tiers are after it. */
#include "core/review.h"

#include <stdlib.h>

static bool are_pair(const struct tier_move *a, const struct tier_move *b)
{
	return a->pair && a->account == b->pair && b->account == a->pair;
}

uint32_t review_partner(const struct review *r, uint32_t k)
{
	if (k > 0 && are_pair(&r->moves[k], &r->moves[k - 1]))
		return k - 1;
	if (k + 1 < r->moves_n && are_pair(&r->moves[k], &r->moves[k + 1]))
		return k + 1;
	return r->moves_n;
}

/* The next move of the same account before k, or behind it; r->moves_n: there is none. */
static uint32_t neighbour(const struct review *r, uint32_t k, bool behind)
{
	const uint32_t account = r->moves[k].account;

	if (behind) {
		for (uint32_t i = k + 1; i < r->moves_n; i++)
			if (r->moves[i].account == account)
				return i;
		return r->moves_n;
	}
	for (uint32_t i = k; i > 0; i--)
		if (r->moves[i - 1].account == account)
			return i - 1;
	return r->moves_n;
}

/* Each call sets one that was not so before: it ends. */
void review_mark(const struct review *r, uint8_t *chosen, uint32_t move, bool on)
{
	if (move >= r->moves_n || (chosen[move] != 0) == on)
		return;
	chosen[move] = on;
	review_mark(r, chosen, review_partner(r, move), on);
	review_mark(r, chosen, neighbour(r, move, !on), on);
}

bool review_same(const struct review *a, const struct review *b)
{
	if (a->moves_n != b->moves_n || a->as_of != b->as_of)
		return false;
	for (uint32_t k = 0; k < a->moves_n; k++) {
		const struct tier_move *x = &a->moves[k], *y = &b->moves[k];

		if (x->account != y->account || x->pair != y->pair ||
			x->from != y->from || x->to != y->to || x->cause != y->cause)
			return false;
	}
	return true;
}

static enum status check_whole(const struct review *r, const struct tiers *before,
	const uint8_t *chosen, struct err *e)
{
	uint8_t *stays =
		calloc((size_t)before->n + 1, 1); /* a move of it is not chosen */
	bool whole = true;

	if (!stays)
		return err_set(e, ST_NOMEM, "not enough memory for the review");
	for (uint32_t k = 0; whole && k < r->moves_n; k++) {
		const uint32_t pair = review_partner(r, k), at = r->moves[k].account - 1;

		if (!chosen[k])
			stays[at] = 1;
		else
			whole = !stays[at] && (pair == r->moves_n || chosen[pair]);
	}
	free(stays);
	return whole ? ST_OK
		     : err_set(e, ST_USAGE,
			       "moves that belong together are applied together, or not "
			       "at all");
}

/* Who was to move begins where it was, and goes along what was chosen. */
static void walk_back(struct review *r, const struct tiers *before, const uint8_t *chosen)
{
	struct tiers *t = &r->after;

	for (uint32_t k = 0; k < r->moves_n; k++) {
		const uint32_t at = r->moves[k].account - 1;

		t->tier[at] = before->tier[at];
		t->since[at] = before->since[at];
	}
	for (uint32_t k = 0; k < r->moves_n; k++) {
		const uint32_t at = r->moves[k].account - 1;

		if (!chosen[k])
			continue;
		t->tier[at] = r->moves[k].to;
		t->since[at] = r->as_of;
	}
}

void review_members(
	const struct review *r, const uint8_t *chosen, uint32_t out[TIER_COUNT])
{
	int64_t members[TIER_COUNT + 1] = { 0 };

	for (int t = 0; t < TIER_COUNT; t++)
		members[t + 1] = r->cap[t].before;
	for (uint32_t k = 0; k < r->moves_n; k++) {
		if (!chosen[k])
			continue;
		members[r->moves[k].from]--;
		members[r->moves[k].to]++;
	}
	for (int t = 0; t < TIER_COUNT; t++)
		out[t] = (uint32_t)members[t + 1];
}

enum status review_fits(const struct review *r, const uint8_t *chosen, struct err *e)
{
	uint32_t after[TIER_COUNT];

	review_members(r, chosen, after);
	for (int t = 0; t < TIER_COUNT; t++)
		if (after[t] > r->cap[t].limit && after[t] > r->cap[t].before)
			return err_set(e, ST_FORBIDDEN,
				"tier %d would hold %u, and has room for %u: mark a move "
				"out of it as well, or one into it less",
				t + 1, after[t], r->cap[t].limit);
	return ST_OK;
}

enum status review_choose(struct review *r, const struct tiers *before,
	const uint8_t *chosen, struct err *e)
{
	enum status st = check_whole(r, before, chosen, e);
	uint32_t n = 0, after[TIER_COUNT];

	if (st == ST_OK)
		st = review_fits(r, chosen, e);
	if (st != ST_OK)
		return st;
	review_members(r, chosen, after);
	for (int t = 0; t < TIER_COUNT; t++)
		r->cap[t].after = after[t];
	walk_back(r, before, chosen);
	for (uint32_t k = 0; k < r->moves_n; k++)
		if (chosen[k])
			r->moves[n++] = r->moves[k];
	r->moves_n = n;
	return ST_OK;
}
