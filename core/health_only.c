/*
 * Health and coverage of a part without the reasons: what health_explain is made of
 * (health_input.h), added up in the same order, but component by component instead of
 * account by account, so that the same bits come out in a fraction of the time.
 */
#include "core/health_input.h"

#include <string.h>

struct sums {
	const struct policy *p;
	const struct health_rules *r;
	const struct base *b;
	const uint16_t *at; /* positions that go by these rules */
	uint32_t n;
	double *present, *sum; /* by position */
};

__attribute__((always_inline)) static inline void add(
	const struct sums *s, enum component c)
{
	const double weight = s->r->weight[c];

	for (uint32_t k = 0; k < s->n; k++) {
		const uint32_t i = s->at[k];
		const struct input in = counting_input(s->p, s->r, s->b, i, c);

		if (isnan(in.x))
			continue;
		s->present[i] += weight;
		s->sum[i] += weight * curve_at(&s->r->curve[c], in.x);
	}
}

static void add_all(const struct sums *s)
{
	add(s, COMP_USAGE);
	add(s, COMP_ADOPTION);
	add(s, COMP_SUPPORT);
	add(s, COMP_SENTIMENT);
	add(s, COMP_UTILISATION);
	add(s, COMP_ENGAGEMENT);
	add(s, COMP_STAKEHOLDER);
	add(s, COMP_RENEWAL);
	_Static_assert(COMP_COUNT == 8, "each of them is added");
}

static void finish(const struct sums *s, uint8_t *health, double *coverage)
{
	double all = 0;

	for (int c = 0; c < COMP_COUNT; c++)
		all += s->r->weight[c];
	for (uint32_t k = 0; k < s->n; k++) {
		const uint32_t i = s->at[k];
		const struct input pulse = pulse_of(s->p, s->b, i);
		const int h =
			health_of(s->p, all, s->present[i], s->sum[i], &coverage[i]);

		health[i] = (uint8_t)health_held(s->p, &pulse, h);
	}
}

/* Tiers with the same rules are one group. */
static bool same_rules(const struct policy *p, int a, int b)
{
	return memcmp(&p->health[a], &p->health[b], sizeof(p->health[a])) == 0;
}

void health_only(const struct policy *p, const struct base *b, const uint8_t *tier,
	uint8_t *health, double *coverage)
{
	double present[PART_ACCOUNTS], sum[PART_ACCOUNTS];
	uint16_t at[PART_ACCOUNTS];
	int group[TIER_COUNT + 1];

	memset(present, 0, b->n * sizeof(*present));
	memset(sum, 0, b->n * sizeof(*sum));
	for (int t = 0; t <= TIER_COUNT; t++)
		for (group[t] = 0; !same_rules(p, group[t], t);)
			group[t]++;
	for (uint32_t i = 0; i < b->n; i++) {
		health[i] = HEALTH_NONE;
		coverage[i] = NAN;
	}
	for (int t = 0; t <= TIER_COUNT; t++) {
		struct sums s = { p, &p->health[t], b, at, 0, present, sum };

		for (uint32_t i = 0; i < b->n && group[t] == t; i++)
			if (b->active[i] && group[tier[i]] == t)
				at[s.n++] = (uint16_t)i;
		if (s.n == 0)
			continue;
		add_all(&s);
		finish(&s, health, coverage);
	}
}
