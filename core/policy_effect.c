#include "core/policy_effect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "core/policy.h"

enum status policy_figures_init(struct policy_figures *f, uint32_t n, struct err *e)
{
	const size_t room = (size_t)n + 1;
	struct scores *s = &f->scores;

	*f = (struct policy_figures){ .scores = { .n = n } };
	f->memory = calloc(
		room, sizeof(*s->effort) + sizeof(*f->rank) + sizeof(*f->live) + 3);
	if (!f->memory)
		return err_set(e, ST_NOMEM, "not enough memory to try a policy");
	s->effort = f->memory;
	f->rank = (uint32_t *)(s->effort + room);
	f->live = (uint16_t *)(f->rank + room);
	f->tier = (uint8_t *)(f->live + room);
	f->cause = f->tier + room;
	s->health = f->cause + room;
	memset(s->health, HEALTH_NONE, room);
	return amounts_init(&f->value, n, e);
}

void policy_figures_clear(struct policy_figures *f)
{
	amounts_clear(&f->value);
	free(f->memory);
	*f = (struct policy_figures){ .memory = NULL };
}

double policy_figures_score(
	const struct policy *p, const struct policy_figures *f, uint32_t i)
{
	return axes_score_of(
		p, axes_pct_of(f->rank[i], f->scores.active), f->scores.effort[i]);
}

/* ---- what is kept ----------------------------------------------------------------- */

static void keep_score(struct policy_kept *k, uint32_t i, double score)
{
	const uint64_t grains = (uint64_t)number_round(score * AXES_SCORE_GRAINS);

	k->score[i] = (uint32_t)grains;
	k->score_high[i] = (uint8_t)(grains >> 32);
}

static double kept_score(const struct policy_kept *k, uint32_t i)
{
	const uint64_t grains = (uint64_t)k->score_high[i] << 32 | k->score[i];

	return k->score_high[i] == UINT8_MAX ? (double)NAN
					     : (double)grains / AXES_SCORE_GRAINS;
}

enum status policy_figures_keep(const struct policy *p, const struct policy_figures *from,
	struct policy_kept *to, struct err *e)
{
	const uint32_t n = from->scores.n;
	const size_t room = (size_t)n + 1;

	policy_kept_clear(to);
	to->memory = malloc(room * (sizeof(*to->score) + sizeof(*to->live) + 3));
	if (!to->memory)
		return err_set(e, ST_NOMEM, "not enough memory to try a policy");
	to->score = to->memory;
	to->live = (uint16_t *)(to->score + room);
	to->tier = (uint8_t *)(to->live + room);
	to->health = to->tier + room;
	to->score_high = to->health + room;
	memcpy(to->live, from->live, n * sizeof(*to->live));
	memcpy(to->tier, from->tier, n);
	memcpy(to->health, from->scores.health, n);
	memset(to->score_high, UINT8_MAX, n);
	for (uint32_t i = 0; i < n; i++)
		if (to->health[i] != HEALTH_NONE)
			keep_score(to, i, policy_figures_score(p, from, i));
	return ST_OK;
}

void policy_kept_clear(struct policy_kept *k)
{
	free(k->memory);
	*k = (struct policy_kept){ .memory = NULL };
}

/* ---- sides ------------------------------------------------------------------------ */

/* What is beyond all money there is stays at the last amount. */
static void sum(int64_t *to, int64_t more)
{
	if (more != MONEY_NONE)
		(void)money_add(*to, more, to);
}

static void sum_heads(const struct policy *p, struct policy_side *s)
{
	struct capacity_band band[TIER_COUNT];

	capacity_bands(p, band);
	s->heads_needed = 0;
	for (int t = 0; t < TIER_COUNT; t++) {
		capacity_heads(
			&band[t], s->in_tier[t + 1], s->arr_in_tier[t + 1], &s->heads[t]);
		s->heads_needed += s->heads[t].target;
	}
}

/* Counts what needs no comparing: how many have each health, who stands where. Without a
 * branch that depends on an account, which takes longer than all the rest. */
static void count_axes(
	const struct policy *p, const struct policy_figures *f, struct policy_side *side)
{
	const struct scores *s = &f->scores;
	const uint32_t from = axes_rank_from(s->active, p->line_value);
	uint32_t level[UINT8_MAX + 1] = { 0 }, active = 0, high = 0, hard = 0, both = 0;

#pragma omp simd reduction(+ : active, high, hard, both)
	for (uint32_t i = 0; i < s->n; i++) {
		const uint32_t in = s->health[i] != HEALTH_NONE;
		const uint32_t above = in & (f->rank[i] >= from);
		const uint32_t right = in & (s->effort[i] >= p->line_effort);

		active += in;
		high += above;
		hard += right;
		both += above & right;
	}
	side->quadrant[QUAD_ATTENTION] = both;
	side->quadrant[QUAD_MANAGED] = high - both;
	side->quadrant[QUAD_FIX] = hard - both;
	side->quadrant[QUAD_TECH] = active - high - hard + both;
	for (uint32_t i = 0; i < s->n; i++)
		level[s->health[i]]++;
	for (int h = 0; h < HEALTH_LEVELS; h++)
		side->band[health_band(p, h)] += level[h];
}

/* So many amounts can't add up to more than there is room for. */
enum { AT_ONCE = 4096 };
_Static_assert(MONEY_MAX < INT64_MAX / AT_ONCE, "amounts can be added up");

void policy_side_sum(const struct policy *p, const struct policy_figures *f,
	const struct amounts *arr, struct policy_side *side)
{
	const uint32_t n = f->scores.n;

	memset(side->band, 0, sizeof(side->band));
	memset(side->quadrant, 0, sizeof(side->quadrant));
	memset(side->in_tier, 0, sizeof(side->in_tier));
	memset(side->arr_in_tier, 0, sizeof(side->arr_in_tier));
	count_axes(p, f, side);
	for (uint32_t from = 0; from < n; from += AT_ONCE) {
		const uint32_t to = n - from < AT_ONCE ? n : from + AT_ONCE;
		int64_t sums[TIER_COUNT + 1] = { 0 };

		for (uint32_t i = from; i < to; i++) {
			if (f->scores.health[i] == HEALTH_NONE)
				continue;
			side->in_tier[f->tier[i]]++;
			sums[f->tier[i]] += amounts_or_none(arr, i);
		}
		for (int t = 0; t <= TIER_COUNT; t++)
			sum(&side->arr_in_tier[t], sums[t]);
	}
	sum_heads(p, side);
}

/* ---- what differs ---------------------------------------------------------------- */

static void compare_health(
	const uint8_t *was, const struct scores *is, struct policy_effect *out)
{
	uint32_t known = 0;
	int64_t shift = 0;

	out->better = out->worse = 0;
	for (uint32_t i = 0; i < is->n; i++) {
		const int a = was[i], b = is->health[i];

		if (a < 1 || a > 100 || b < 1 || b > 100)
			continue;
		known++;
		shift += b - a;
		out->better += b > a;
		out->worse += b < a;
	}
	out->shift = known ? (double)shift / known : 0;
}

static void compare_alerts(
	const uint16_t *was, const uint16_t *is, uint32_t n, struct policy_effect *out)
{
	memset(out->opens, 0, sizeof(out->opens));
	memset(out->resolves, 0, sizeof(out->resolves));
	for (uint32_t i = 0; i < n; i++)
		for (int k = 0; was[i] != is[i] && k < ALERT_KINDS; k++) {
			const bool a = was[i] >> k & 1, b = is[i] >> k & 1;

			out->opens[k] += b && !a;
			out->resolves[k] += a && !b;
		}
}

/* Tier 1 is the highest; of an account without any everything is up. */
static int height(uint8_t tier)
{
	return tier ? TIER_COUNT + 1 - tier : 0;
}

static enum status compare_tiers(const struct policy *p, const struct policy_kept *was,
	const struct policy_figures *is, const uint8_t *now, const uint32_t *order,
	struct policy_effect *out, struct err *e)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < is->scores.n; i++)
		n += was->tier[i] != is->tier[i];
	free(out->move);
	out->move = malloc(((size_t)n + 1) * sizeof(*out->move));
	out->moves = out->up = out->down = 0;
	if (!out->move)
		return err_set(e, ST_NOMEM, "not enough memory for who would move");
	for (uint32_t k = 0; out->moves < n && k < is->scores.active; k++) {
		const uint32_t id = order[k], i = id - 1;

		if (was->tier[i] == is->tier[i])
			continue;
		out->move[out->moves++] = (struct policy_move){ id, now[i], was->tier[i],
			is->tier[i], is->cause[i], was->health[i], is->scores.health[i],
			kept_score(was, i), policy_figures_score(p, is, i) };
		out->up += height(is->tier[i]) > height(was->tier[i]);
		out->down += height(is->tier[i]) < height(was->tier[i]);
	}
	return ST_OK;
}

enum status policy_effect_compare(const struct policy *p, const struct policy_kept *was,
	const struct policy_figures *is, const uint8_t *now, const uint32_t *order,
	struct policy_effect *out, struct err *e)
{
	compare_health(was->health, &is->scores, out);
	compare_alerts(was->live, is->live, is->scores.n, out);
	return compare_tiers(p, was, is, now, order, out, e);
}

void policy_effect_none(struct policy_effect *out)
{
	policy_effect_clear(out);
	out->better = out->worse = out->up = out->down = 0;
	out->shift = 0;
	memset(out->opens, 0, sizeof(out->opens));
	memset(out->resolves, 0, sizeof(out->resolves));
}

void policy_effect_clear(struct policy_effect *x)
{
	free(x->move);
	x->move = NULL;
	x->moves = 0;
}
