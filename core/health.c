#include "core/health_input.h"

static void explain_component(const struct policy *p, const struct health_rules *r,
	const struct base *b, uint32_t i, struct component_explained *x, enum component c)
{
	const struct input in = input_of(r, b, i, c);

	x->input = in.x;
	x->day = isnan(in.x) ? DAY_NONE : in.day;
	x->weight = r->weight[c];
	x->points = 0;
	x->score = NAN;
	if (isnan(in.x))
		x->state = COMP_MISSING;
	else if (too_old(r, b, c, in.day))
		x->state = COMP_TOO_OLD;
	else if (is_settling(p, b, i, c))
		x->state = COMP_SETTLING;
	else
		x->state = COMP_PRESENT;
	if (x->state == COMP_PRESENT)
		x->score = curve_at(&r->curve[c], in.x);
}

void health_component(const struct policy *p, const struct base *b, uint32_t i,
	uint8_t tier, enum component c, struct component_explained *out)
{
	explain_component(p, &p->health[tier], b, i, out, c);
}

void health_split(const double *share, int n, int total, int *out)
{
	double sum = 0, rest[64];
	int given = 0;

	for (int i = 0; i < n; i++)
		sum += share[i];
	for (int i = 0; i < n; i++) {
		const double exact = sum > 0 ? share[i] * total / sum : 0;

		out[i] = (int)exact; /* rounds down, and is no call as floor() is */
		rest[i] = exact - out[i];
		given += out[i];
	}
	for (; given < total; given++) {
		int best = 0;

		for (int i = 1; i < n; i++)
			if (rest[i] > rest[best])
				best = i;
		out[best]++;
		rest[best] -= 1;
	}
}

/* Points of the components add up to the health before the pulse. When all sub-scores
 * are 0 the lowest health, 1, belongs to the weights. */
static void split_points(struct health_explained *out)
{
	double share[COMP_COUNT], sum = 0;
	int points[COMP_COUNT];

	for (int c = 0; c < COMP_COUNT; c++) {
		const struct component_explained *x = &out->component[c];

		share[c] = x->state == COMP_PRESENT ? x->weight * x->score : 0;
		sum += share[c];
	}
	for (int c = 0; c < COMP_COUNT && !(sum > 0); c++)
		share[c] = out->component[c].state == COMP_PRESENT
				   ? out->component[c].weight
				   : 0;
	health_split(share, COMP_COUNT, out->unheld, points);
	for (int c = 0; c < COMP_COUNT; c++)
		out->component[c].points = points[c];
}

/* A CSM's own judgement can only lower: red holds health at pulse_red_max or less. */
static void apply_pulse(const struct policy *p, const struct base *b, uint32_t i,
	struct health_explained *out)
{
	const struct input pulse = dated(b, i, SIG_PULSE);

	out->pulse_day = DAY_NONE;
	out->pulse = 0;
	out->held_by_pulse = false;
	if (pulse.day == DAY_NONE || b->as_of - pulse.day > p->pulse_days)
		return;
	out->pulse_day = pulse.day;
	out->pulse = pulse.x == 1 ? 1 : pulse.x == 2 ? 2 : pulse.x == 3 ? 3 : 0;
	if (pulse.x == 1 && out->health > p->pulse_red_max) {
		out->held_by_pulse = true;
		out->health = p->pulse_red_max;
	}
}

void health_explain(const struct policy *p, const struct base *b, uint32_t i,
	uint8_t tier, struct health_explained *out)
{
	const struct health_rules *r = &p->health[tier];
	double all = 0, present = 0, sum = 0;

	for (int c = 0; c < COMP_COUNT; c++) {
		explain_component(p, r, b, i, &out->component[c], (enum component)c);
		all += r->weight[c];
		if (out->component[c].state != COMP_PRESENT)
			continue;
		present += r->weight[c];
		sum += r->weight[c] * out->component[c].score;
	}
	out->coverage = present / all;
	out->unheld = 0;
	if (out->coverage >= p->min_coverage && present > 0) {
		/* Thirds and sevenths of a curve don't add up exactly in binary. */
		const double health = floor(0.5 + sum / present + ROUNDING_SLACK);

		out->unheld = health < 1 ? 1 : health > 100 ? 100 : (int)health;
		split_points(out);
	}
	out->health = out->unheld;
	apply_pulse(p, b, i, out);
}

void health_score(const struct policy *p, const struct base *b, const uint8_t *tier,
	struct scores *s)
{
	struct health_explained x;

	for (uint32_t i = 0; i < b->n; i++) {
		const size_t at = b->first_id - 1 + (size_t)i;

		s->health[at] = HEALTH_NONE;
		s->coverage[at] = NAN;
		for (int c = 0; c < COMP_COUNT; c++)
			s->points[c][at] = POINTS_MISSING;
		if (!b->active[i])
			continue;
		health_explain(p, b, i, tier ? tier[at] : 0, &x);
		s->health[at] = (uint8_t)x.health;
		s->coverage[at] = x.coverage;
		for (int c = 0; c < COMP_COUNT; c++)
			if (x.component[c].state == COMP_PRESENT)
				s->points[c][at] = (uint8_t)x.component[c].points;
	}
}

enum health_band health_band(const struct policy *p, int health)
{
	if (health < 1 || health > 100)
		return BAND_UNKNOWN;
	return health >= p->healthy_from ? BAND_HEALTHY
	       : health >= p->watch_from ? BAND_WATCH
					 : BAND_AT_RISK;
}
