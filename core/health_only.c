/*
 * Health and coverage of a part without the reasons: what health_explain is made of
 * (health_input.h), added up in the same order, but component by component instead of
 * account by account, so that the same bits come out in a fraction of the time.
 */
#include "core/health_input.h"

#include <string.h>

/* So many accounts at a time: all that is known of them stays at hand. */
enum { AT_ONCE = 512 };

struct sums {
	const struct policy *p;
	const struct health_rules *r;
	const struct base *b;
	uint16_t at[AT_ONCE]; /* positions that go by these rules; all others by k */
	uint32_t n;
	double input[AT_ONCE], score[AT_ONCE], present[AT_ONCE], sum[AT_ONCE];
};

/* A curve of few points, as most are: no number is beyond those it does not have. */
enum { FEW = 5 };
struct pieces {
	double from[FEW]; /* the points */
	struct {
		double x, y, dx, dy;
	} after[FEW + 1]; /* so many points; where it is flat dy is 0 */
};

static void pieces_of(const struct curve *c, struct pieces *out)
{
	for (int j = 0; j < FEW; j++)
		out->from[j] = j < c->n ? c->x[j] : INFINITY;
	for (int j = 0; j <= FEW; j++) {
		const int at = j == 0 ? 0 : j < c->n ? j - 1 : c->n - 1;
		const bool flat = j == 0 || j >= c->n;

		out->after[j].x = c->x[at];
		out->after[j].y = c->y[at];
		out->after[j].dx = flat ? 1 : c->x[j] - c->x[at];
		out->after[j].dy = flat ? 0 : c->y[j] - c->y[at];
	}
}

static double one_if(bool yes)
{
	return yes ? 1.0 : 0.0;
}

/* curve_at of all inputs, without a branch that nobody foresees: first by how many points
 * they lie behind. */
static void score_few(const struct pieces *q, const double *x, double *y, uint32_t n)
{
	const double *from = q->from;

#pragma omp simd
	for (uint32_t k = 0; k < n; k++)
		y[k] = one_if(x[k] > from[0]) + one_if(x[k] > from[1]) +
		       one_if(x[k] > from[2]) + one_if(x[k] > from[3]) +
		       one_if(x[k] > from[4]);
	_Static_assert(FEW == 5, "each of them is counted");
	for (uint32_t k = 0; k < n; k++) {
		const int j = (int)y[k];
		const double dx = q->after[j].dx;
		double on = x[k] - q->after[j].x;

		on = on > dx ? dx : on < 0 ? 0 : on; /* it may be infinite */
		y[k] = q->after[j].y + on * q->after[j].dy / dx;
	}
}

static void score_all(struct sums *s, const struct curve *c)
{
	struct pieces q;

	if (c->n <= FEW) {
		pieces_of(c, &q);
		score_few(&q, s->input, s->score, s->n);
		return;
	}
	for (uint32_t k = 0; k < s->n; k++)
		s->score[k] = curve_at(c, s->input[k]);
}

__attribute__((always_inline)) static inline void add(struct sums *s, enum component c)
{
	const double weight = s->r->weight[c];
	const double *x = s->input, *y = s->score;
	double *present = s->present, *sum = s->sum;

	for (uint32_t k = 0; k < s->n; k++)
		s->input[k] = counting_input(s->p, s->r, s->b, s->at[k], c).x;
	score_all(s, &s->r->curve[c]);
#pragma omp simd
	for (uint32_t k = 0; k < s->n; k++) {
		const double more = weight * y[k];

		present[k] += isnan(x[k]) ? 0.0 : weight;
		sum[k] += isnan(x[k]) ? 0.0 : more;
	}
}

static void add_all(struct sums *s)
{
	memset(s->present, 0, s->n * sizeof(*s->present));
	memset(s->sum, 0, s->n * sizeof(*s->sum));
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

static void finish(struct sums *s, uint8_t *health, double *coverage)
{
	double all = 0;

	add_all(s);
	for (int c = 0; c < COMP_COUNT; c++)
		all += s->r->weight[c];
	for (uint32_t k = 0; k < s->n; k++) {
		const uint32_t i = s->at[k];
		const struct input pulse = pulse_of(s->p, s->b, i);
		const int h =
			health_of(s->p, all, s->present[k], s->sum[k], &coverage[i]);

		health[i] = (uint8_t)health_held(s->p, &pulse, h);
	}
	s->n = 0;
}

/* Tiers with the same rules are one group. */
static bool same_rules(const struct policy *p, int a, int b)
{
	return memcmp(&p->health[a], &p->health[b], sizeof(p->health[a])) == 0;
}

void health_only(const struct policy *p, const struct base *b, const uint8_t *tier,
	uint8_t *health, double *coverage)
{
	int group[TIER_COUNT + 1];
	struct sums s;

	for (int t = 0; t <= TIER_COUNT; t++)
		for (group[t] = 0; !same_rules(p, group[t], t);)
			group[t]++;
	for (int t = 0; t <= TIER_COUNT; t++) {
		s.p = p;
		s.r = &p->health[t];
		s.b = b;
		s.n = 0;
		for (uint32_t i = 0; i < b->n && group[t] == t; i++) {
			if (!b->active[i] || group[tier[i]] != t)
				continue;
			s.at[s.n++] = (uint16_t)i;
			if (s.n == AT_ONCE)
				finish(&s, health, coverage);
		}
		finish(&s, health, coverage);
	}
	for (uint32_t i = 0; i < b->n; i++) {
		if (b->active[i])
			continue;
		health[i] = HEALTH_NONE;
		coverage[i] = NAN;
	}
}
