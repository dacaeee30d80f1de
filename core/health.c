#include "core/health_input.h"

static void explain_component(const struct policy *p, const struct health_rules *r,
	const struct base *b, uint32_t i, struct component_explained *x, enum component c)
{
	const struct input in = input_of(r, b, i, c);

	x->input = in.x;
	x->day = isnan(in.x) ? DAY_NONE : in.day;
	x->weight = r->weight[c];
	x->points = 0;
	x->per_account = c == COMP_SUPPORT && isnan(support_seats(r, b, i));
	x->score = NAN;
	x->state = state_of(p, r, b, i, c, &in);
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

static void apply_pulse(const struct policy *p, const struct base *b, uint32_t i,
	struct health_explained *out)
{
	const struct input pulse = pulse_of(p, b, i);

	out->pulse_day = pulse.day;
	out->pulse = 0;
	if (pulse.day != DAY_NONE)
		out->pulse = pulse.x == 1 ? 1 : pulse.x == 2 ? 2 : pulse.x == 3 ? 3 : 0;
	out->health = health_held(p, &pulse, out->unheld);
	out->held_by_pulse = out->health < out->unheld;
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
	out->unheld = health_of(p, all, present, sum, &out->coverage);
	if (out->unheld)
		split_points(out);
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
			if (s->points[c])
				s->points[c][at] = POINTS_MISSING;
		if (!b->active[i])
			continue;
		health_explain(p, b, i, tier ? tier[at] : 0, &x);
		s->health[at] = (uint8_t)x.health;
		s->coverage[at] = x.coverage;
		for (int c = 0; c < COMP_COUNT; c++)
			if (s->points[c] && x.component[c].state == COMP_PRESENT)
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
