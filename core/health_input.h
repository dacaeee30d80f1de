/* What health is made from, for those who explain it and those who go through all
 * accounts: the parts are the same, only the order of the loops is another. Private to
 * health*.c and alert_find.c.
 */
#ifndef CORE_HEALTH_INPUT_H
#define CORE_HEALTH_INPUT_H

#include <math.h>

#include "core/health.h"

#define ROUNDING_SLACK 1e-9 /* so that 19.5 on paper rounds like 19.5 */
#define SUPPORT_SEATS 10    /* tickets are counted per so many active seats */

/* The mapping of CSAT 1..5 to the scale of NPS. */
static const struct curve csat_as_nps = { 5, { 1, 2, 3, 4, 5 }, { 0, 3, 6, 8, 10 } };

struct input {
	double x;    /* NaN: missing */
	int32_t day; /* DAY_NONE: not dated, never too old */
};

static inline struct input dated(const struct base *b, uint32_t i, enum known_signal k)
{
	return (struct input){ b->day[k][i] == DAY_NONE ? NAN : b->signal[k][i],
		b->day[k][i] };
}

static inline bool too_old(
	const struct health_rules *r, const struct base *b, enum component c, int32_t day)
{
	return day != DAY_NONE && r->max_age[c] != AGE_NEVER &&
	       b->as_of - day > r->max_age[c];
}

static inline struct input ratio_input(
	const struct base *b, uint32_t i, enum known_signal k, double whole)
{
	struct input in = dated(b, i, k);

	in.x = whole > 0 ? in.x * 100 / whole : NAN;
	return in;
}

/* What tickets are counted per; NaN: not known (none, or older than utilisation allows),
 * which is per account. */
static inline double support_seats(
	const struct health_rules *r, const struct base *b, uint32_t i)
{
	const struct input seats = dated(b, i, SIG_SEATS_ACTIVE);

	return seats.x > 0 && !too_old(r, b, COMP_UTILISATION, seats.day) ? seats.x : NAN;
}

/* Tickets per 10 active seats, per account when the seats are not known. */
static inline struct input support_input(
	const struct health_rules *r, const struct base *b, uint32_t i)
{
	struct input in = { b->tickets[i], b->tickets_day[i] };
	const double seats = support_seats(r, b, i);

	if (in.day == DAY_NONE)
		in.x = NAN;
	if (!isnan(seats))
		in.x = in.x * SUPPORT_SEATS / seats;
	return in;
}

static inline struct input sentiment_input(const struct base *b, uint32_t i)
{
	struct input in = dated(b, i, SIG_NPS);

	if (in.day == DAY_NONE) {
		in = dated(b, i, SIG_CSAT);
		in.x = isnan(in.x) ? NAN : curve_at(&csat_as_nps, in.x);
	}
	return in;
}

/* Inlined, so that loops over one component have it alone. */
__attribute__((always_inline)) static inline struct input input_of(
	const struct health_rules *r, const struct base *b, uint32_t i, enum component c)
{
	switch (c) {
	case COMP_USAGE:
		return dated(b, i, SIG_ACTIVE_DAYS);
	case COMP_ADOPTION:
		return ratio_input(b, i, SIG_FEATURES_USED, b->features_available[i]);
	case COMP_SUPPORT:
		return support_input(r, b, i);
	case COMP_SENTIMENT:
		return sentiment_input(b, i);
	case COMP_UTILISATION:
		return ratio_input(b, i, SIG_SEATS_ACTIVE, b->seats_purchased[i]);
	case COMP_ENGAGEMENT:
		if (b->last_touch[i] == DAY_NONE)
			break;
		return (struct input){ b->as_of - b->last_touch[i], b->last_touch[i] };
	case COMP_STAKEHOLDER:
		return (struct input){ b->stakeholder[i], DAY_NONE };
	case COMP_RENEWAL:
		if (b->renewal[i] == DAY_NONE)
			break;
		return (struct input){ (double)b->renewal[i] - b->as_of, DAY_NONE };
	case COMP_COUNT:
		break;
	}
	return (struct input){ NAN, DAY_NONE };
}

static inline bool is_settling(
	const struct policy *p, const struct base *b, uint32_t i, enum component c)
{
	return (c == COMP_USAGE || c == COMP_ADOPTION || c == COMP_UTILISATION) &&
	       b->onboarding[i] != DAY_NONE &&
	       b->as_of - b->onboarding[i] < p->settling_days;
}

/* Whether an input counts, and why not. */
__attribute__((always_inline)) static inline enum component_state state_of(
	const struct policy *p, const struct health_rules *r, const struct base *b,
	uint32_t i, enum component c, const struct input *in)
{
	return isnan(in->x)                ? COMP_MISSING
	       : too_old(r, b, c, in->day) ? COMP_TOO_OLD
	       : is_settling(p, b, i, c)   ? COMP_SETTLING
					   : COMP_PRESENT;
}

/* The input of a component while it counts; x NaN: it does not. */
__attribute__((always_inline)) static inline struct input counting_input(
	const struct policy *p, const struct health_rules *r, const struct base *b,
	uint32_t i, enum component c)
{
	struct input in = input_of(r, b, i, c);

	if (state_of(p, r, b, i, c, &in) != COMP_PRESENT)
		in.x = NAN;
	return in;
}

/* 1..100 from the sums of weights and of weighted sub-scores that are present; 0: too
 * little of `all` weights is. Thirds and sevenths of a curve don't add up exactly in
 * binary. */
static inline int health_of(
	const struct policy *p, double all, double present, double sum, double *coverage)
{
	double health;

	*coverage = present / all;
	if (!(*coverage >= p->min_coverage && present > 0))
		return 0;
	health = 0.5 + sum / present + ROUNDING_SLACK;
	return health < 1 ? 1 : health > 100 ? 100 : (int)health;
}

/* A CSM's own judgement while it is in force; day DAY_NONE: there is none. */
static inline struct input pulse_of(
	const struct policy *p, const struct base *b, uint32_t i)
{
	struct input pulse = dated(b, i, SIG_PULSE);

	if (pulse.day != DAY_NONE && b->as_of - pulse.day > p->pulse_days)
		pulse.day = DAY_NONE;
	return pulse;
}

/* It can only lower: red holds health at pulse_red_max or less. */
static inline int health_held(
	const struct policy *p, const struct input *pulse, int health)
{
	const bool red = pulse->day != DAY_NONE && pulse->x == 1;

	return red && health > p->pulse_red_max ? p->pulse_red_max : health;
}

#endif
