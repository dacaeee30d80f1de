/* The order of a review and the sentences of its moves. */
#include "core/review.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/policy.h"
#include "core/sort.h"

/* Sorts a run of accounts that tie in score and value by their external ids. */
struct keyed {
	struct text key;
	uint32_t id;
};

static int by_key(const void *a, const void *b)
{
	return text_cmp(((const struct keyed *)a)->key, ((const struct keyed *)b)->key);
}

static bool ties(const struct scores *s, uint32_t a, uint32_t b)
{
	return s->score[a - 1] == s->score[b - 1] && s->value[a - 1] == s->value[b - 1];
}

enum status review_order_ids(
	struct store *store, uint32_t *ids, uint32_t n, struct err *e)
{
	struct keyed *run = malloc(n * sizeof(*run));
	struct text *keys = malloc(n * sizeof(*keys));
	enum status st = ST_OK;
	struct arena a;

	arena_init(&a);
	if (!run || !keys)
		st = err_set(e, ST_NOMEM, "not enough memory to order the accounts");
	if (st == ST_OK)
		st = store->ops->account_keys(store, ids, n, &a, keys, e);
	if (st == ST_OK) {
		for (uint32_t i = 0; i < n; i++)
			run[i] = (struct keyed){ keys[i], ids[i] };
		qsort(run, n, sizeof(*run), by_key);
		for (uint32_t i = 0; i < n; i++)
			ids[i] = run[i].id;
	}
	arena_clear(&a);
	free(keys);
	free(run);
	return st;
}

static enum status order_ties(const struct scores *s, struct store *store,
	uint32_t *order, uint32_t n, struct err *e)
{
	enum status st = ST_OK;

	for (uint32_t from = 0, to; st == ST_OK && from < n; from = to) {
		for (to = from + 1; to < n && ties(s, order[from], order[to]);)
			to++;
		if (to - from > 1)
			st = review_order_ids(store, order + from, to - from, e);
	}
	return st;
}

static uint64_t by_value(const void *scores, uint32_t i)
{
	return ~sort_key_int(((const struct scores *)scores)->value[i]);
}

static uint64_t by_score(const void *scores, uint32_t i)
{
	return ~sort_key_double(((const struct scores *)scores)->score[i]);
}

uint32_t review_active(const struct scores *s, uint32_t *ids)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < s->n; i++)
		if (s->health[i] != HEALTH_NONE)
			ids[n++] = i + 1;
	return n;
}

enum status review_order(const struct scores *s, struct store *store, uint32_t *ids,
	uint32_t n, struct err *e)
{
	uint64_t *items = malloc(((size_t)n + 1) * sizeof(*items));
	enum status st;

	if (!items)
		return err_set(e, ST_NOMEM, "not enough memory to order the accounts");
	for (uint32_t k = 0; k < n; k++)
		items[k] = ids[k] - 1;
	st = sort_indices(items, n, by_value, s, e);
	if (st == ST_OK)
		st = sort_indices(items, n, by_score, s, e);
	for (uint32_t k = 0; k < n; k++)
		ids[k] = (uint32_t)items[k] + 1;
	free(items);
	return st == ST_OK ? order_ties(s, store, ids, n, e) : st;
}

/* Tier scores are 0..100 in steps of 1e-9 (axes_tier_score), 200 while weights don't add
 * up yet: as whole numbers they leave room for the place in the order before. */
enum { PLACE_BITS = 26 };
#define SCORE_STEPS 1e9
#define KEY_MAX ((UINT64_C(1) << (64 - PLACE_BITS)) - 1)

enum status review_order_in(const struct scores *s, const uint32_t *by_value, uint32_t n,
	uint32_t *order, struct err *e)
{
	const uint64_t place = (UINT64_C(1) << PLACE_BITS) - 1;
	uint64_t *items = malloc(((size_t)n + 1) * sizeof(*items));
	enum status st;

	if (!items || n > place) {
		free(items);
		return err_set(e, ST_NOMEM, "not enough memory to order %u accounts", n);
	}
	for (uint32_t k = 0; k < n; k++)
		items[k] = (KEY_MAX - (uint64_t)(s->score[by_value[k] - 1] * SCORE_STEPS +
						 0.5))
				   << PLACE_BITS |
			   k;
	st = sort_tops(items, n, PLACE_BITS, e);
	for (uint32_t k = 0; k < n; k++)
		order[k] = by_value[items[k] & place];
	free(items);
	return st;
}

static int swap_reason(
	const struct tier_move *m, struct text pair, char *out, size_t size)
{
	if (m->to < m->from)
		return snprintf(out, size,
			"tier score %.1f takes the place of %.*s in tier %d, whose score "
			"is %.1f",
			m->score, (int)pair.n, pair.s ? pair.s : "", m->to, m->other);
	return snprintf(out, size,
		"tier score %.1f gives its place in tier %d to %.*s, whose score is %.1f",
		m->score, m->from, (int)pair.n, pair.s ? pair.s : "", m->other);
}

static int placement_reason(
	const struct policy *p, const struct tier_move *m, char *out, size_t size)
{
	uint8_t due = 1;

	while (due < TIER_COUNT && m->score < p->threshold[due - 1])
		due++;
	if (due < m->to)
		return snprintf(out, size,
			"tier score %.1f is enough for tier %d (%g), but there was no "
			"room",
			m->score, due, p->threshold[due - 1]);
	if (due == TIER_COUNT)
		return snprintf(out, size, "tier score %.1f is below tier %d (%g)",
			m->score, TIER_COUNT - 1, p->threshold[TIER_COUNT - 2]);
	return snprintf(out, size, "tier score %.1f is enough for tier %d (%g)", m->score,
		due, p->threshold[due - 1]);
}

/* Tier 3 has none, and moves in a book may have been written by another program. */
static double threshold_of(const struct policy *p, uint8_t tier)
{
	return tier >= 1 && tier < TIER_COUNT ? p->threshold[tier - 1] : 0;
}

int review_reason(const struct policy *p, const struct tier_move *m, struct text pair,
	char *out, size_t size)
{
	switch ((enum move_cause)m->cause) {
	case CAUSE_PLACEMENT:
		return placement_reason(p, m, out, size);
	case CAUSE_PROMOTION:
		return snprintf(out, size,
			"tier score %.1f reaches tier %d (%g and %g above it)", m->score,
			m->to, threshold_of(p, m->to), p->hysteresis);
	case CAUSE_DEMOTION:
		return snprintf(out, size,
			"tier score %.1f, at %d reviews in a row more than %g below tier "
			"%d (%g)",
			m->score, p->down_streak, p->hysteresis, m->from,
			threshold_of(p, m->from));
	case CAUSE_CAP:
		return snprintf(out, size,
			"tier %d is over its cap; %.1f was the lowest tier score",
			m->from, m->score);
	case CAUSE_SWAP:
		return swap_reason(m, pair, out, size);
	case CAUSE_UNDO:
		return snprintf(out, size, "the move before it was taken back");
	case CAUSE_MANUAL:
	case CAUSE_LOCK:
	case CAUSE_COUNT:
		break;
	}
	return snprintf(out, size, "set by a person");
}

/* ---- how many ---- */

static int by_id(const void *a, const void *b)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

uint32_t review_accounts(const struct review *r)
{
	uint32_t *id = malloc(((size_t)r->moves_n + 1) * sizeof(*id));
	uint32_t n = 0;

	if (!id)
		return r->moves_n;
	for (uint32_t k = 0; k < r->moves_n; k++)
		id[k] = r->moves[k].account;
	if (r->moves_n)
		qsort(id, r->moves_n, sizeof(*id), by_id);
	for (uint32_t k = 0; k < r->moves_n; k++)
		n += k == 0 || id[k] != id[k - 1];
	free(id);
	return n;
}

const char *review_accounts_text(const struct review *r, char out[40])
{
	const uint32_t n = review_accounts(r);

	out[0] = '\0';
	if (n < r->moves_n)
		snprintf(out, 40, " of %u account%s", n, TEXT_S(n));
	return out;
}
