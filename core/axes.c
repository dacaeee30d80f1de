#include "core/axes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "core/sort.h"

const char *const effort_part_name[EFF_COUNT] = { "complexity", "maturity",
	"stakeholders", "onboarding", "renewal", "tickets" };
const char *const quadrant_name[QUAD_COUNT] = { "", "strategic attention",
	"managed automation", "fix or standardise", "tech touch" };

static double clamp(double x, double low, double high)
{
	return x < low ? low : x > high ? high : x;
}

double axes_multiplier(const struct policy *p, uint8_t flags)
{
	static const uint8_t flag[VAL_COUNT] = { ACC_REFERENCE, ACC_MARQUEE, ACC_ADVOCATE,
		ACC_PARENT_EXPANSION };
	double sum = 0;

	for (int f = 0; f < VAL_COUNT; f++)
		if (flags & flag[f])
			sum += p->flag_weight[f];
	return 1 + sum > p->flag_max ? p->flag_max : 1 + sum;
}

void axes_value(const struct policy *p, const struct base *b, uint32_t i,
	struct value_explained *out)
{
	double g;

	out->arr = b->arr[i];
	out->multiplier = axes_multiplier(p, b->flags[i]);
	out->growth = clamp(b->growth[i], p->growth_min, p->growth_max);
	out->value = 0;
	g = 1 + out->growth;
	/* An account without an amount is worth nothing that is known. A value too large
	 * to write is held at the largest amount: it still ranks first. */
	if (out->arr != MONEY_NONE &&
		(!money_scale(out->arr, g * g * g * out->multiplier, &out->value) ||
			out->value > MONEY_MAX))
		out->value = MONEY_MAX;
}

/* How near the renewal is: 1 within renewal_near days (overdue too), 0 from
 * renewal_far on, linear between. */
static double proximity(const struct policy *p, int32_t days)
{
	if (days <= p->renewal_near)
		return 1;
	if (days >= p->renewal_far)
		return 0;
	return (double)(p->renewal_far - days) / (p->renewal_far - p->renewal_near);
}

void axes_effort(const struct policy *p, const struct base *b, uint32_t i, int health,
	struct effort_explained *out)
{
	double weights = 0, sum = 0;

	out->part[EFF_COMPLEXITY] = b->complexity[i];
	out->part[EFF_MATURITY] = 100 - b->maturity[i];
	out->part[EFF_STAKEHOLDERS] =
		isnan(b->stakeholders[i])
			? NAN
			: curve_at(&p->stakeholders_curve, b->stakeholders[i]);
	out->part[EFF_ONBOARDING] = b->first_value[i] != DAY_NONE  ? 0
				    : b->onboarding[i] != DAY_NONE ? 100
								   : NAN;
	out->part[EFF_RENEWAL] =
		b->renewal[i] == DAY_NONE || health < 1
			? NAN
			: (100 - health) * proximity(p, b->renewal[i] - b->as_of);
	out->part[EFF_TICKETS] =
		isnan(b->tickets[i]) ? NAN : curve_at(&p->tickets_curve, b->tickets[i]);
	for (int k = 0; k < EFF_COUNT; k++) {
		out->weight[k] = p->effort_weight[k];
		if (isnan(out->part[k]))
			continue;
		weights += out->weight[k];
		sum += out->weight[k] * out->part[k];
	}
	out->assumed = !(weights > 0);
	out->effort = out->assumed ? p->effort_assumed : sum / weights;
}

bool axes_effort_differs(
	const struct policy *p, const struct base *b, uint32_t i, int was, int is)
{
	if (was == is || b->renewal[i] == DAY_NONE)
		return false;
	return was < 1 || is < 1 || proximity(p, b->renewal[i] - b->as_of) > 0;
}

void axes_score(const struct policy *p, const struct base *b, struct scores *s)
{
	struct value_explained value;
	struct effort_explained effort;

	for (uint32_t i = 0; i < b->n; i++) {
		const size_t at = b->first_id - 1 + (size_t)i;

		if (s->arr)
			s->arr[at] = MONEY_NONE;
		s->value[at] = 0;
		s->effort[at] = NAN;
		s->assumed[at] = 0;
		if (!b->active[i])
			continue;
		axes_value(p, b, i, &value);
		axes_effort(p, b, i, s->health[at], &effort);
		if (s->arr)
			s->arr[at] = value.arr;
		s->value[at] = value.value;
		s->effort[at] = effort.effort;
		s->assumed[at] = effort.assumed;
	}
}

static uint64_t value_key(const void *value, uint32_t i)
{
	return sort_key_int(amounts_at(value, i));
}

enum status axes_rank(const uint8_t *health, const struct amounts *value, uint32_t n,
	uint32_t *rank, uint32_t *active, struct err *e)
{
	uint64_t *items = malloc(((size_t)n + 1) * sizeof(*items));
	uint32_t ranked = 0;
	enum status st;

	if (!items)
		return err_set(e, ST_NOMEM, "not enough memory to rank the base");
	for (uint32_t i = 0; i < n; i++) {
		rank[i] = 0;
		if (health[i] != HEALTH_NONE)
			items[ranked++] = i;
	}
	*active = ranked;
	st = sort_indices(items, ranked, value_key, value, e);
	for (uint32_t from = 0, to; st == ST_OK && from < ranked; from = to) {
		const int64_t same = amounts_at(value, (uint32_t)items[from]);

		for (to = from + 1;
			to < ranked && amounts_at(value, (uint32_t)items[to]) == same;)
			to++;
		for (uint32_t k = from; k < to; k++)
			rank[(uint32_t)items[k]] = from + to;
	}
	free(items);
	return st;
}

uint32_t axes_rank_from(uint32_t active, double pct)
{
	uint32_t from = 1, to = 2 * active + 1;

	while (from < to) {
		const uint32_t middle = from + (to - from) / 2;

		if (axes_pct_of(middle, active) >= pct)
			to = middle;
		else
			from = middle + 1;
	}
	return from;
}

enum status axes_value_pct(struct scores *s, struct err *e)
{
	uint32_t *rank = malloc(((size_t)s->n + 1) * sizeof(*rank));
	const struct amounts value = { .n = s->n, .wide = s->value };
	enum status st =
		rank ? axes_rank(s->health, &value, s->n, rank, &s->active, e)
		     : err_set(e, ST_NOMEM, "not enough memory to rank the base");

	for (uint32_t i = 0; st == ST_OK && i < s->n; i++)
		s->value_pct[i] = axes_pct_of(rank[i], s->active);
	free(rank);
	return st;
}

/* Scores that are equal on paper are equal here: thresholds, margins and ties compare
 * them, and binary fractions of the same sum differ in their last digits. */
static inline double tier_score(const struct policy *p, double value_pct, double effort)
{
	const double score =
		p->score_value_weight * value_pct + p->score_effort_weight * effort;

	return number_round(score * AXES_SCORE_GRAINS) / AXES_SCORE_GRAINS;
}

void axes_tier_score(const struct policy *p, struct scores *s)
{
	const double *value_pct = s->value_pct, *effort = s->effort;
	double *score = s->score;

#pragma omp simd
	for (uint32_t i = 0; i < s->n; i++)
		score[i] = tier_score(p, value_pct[i], effort[i]);
	for (uint32_t i = 0; i < s->n; i++)
		if (s->health[i] == HEALTH_NONE)
			score[i] = NAN;
}

double axes_score_of(const struct policy *p, double value_pct, double effort)
{
	return tier_score(p, value_pct, effort);
}

enum quadrant axes_quadrant(
	double value_pct, double effort, double line_value, double line_effort)
{
	if (isnan(value_pct) || isnan(effort))
		return QUAD_NONE;
	if (value_pct >= line_value)
		return effort >= line_effort ? QUAD_ATTENTION : QUAD_MANAGED;
	return effort >= line_effort ? QUAD_FIX : QUAD_TECH;
}
