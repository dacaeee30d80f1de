/*
 * The conditions of alerts, a function for each kind, for those who explain one account
 * and those who go through all of them: the conditions are the same, only the order of
 * the loops is another. Private to alert_find.c and alert_only.c.
 */
#ifndef CORE_ALERT_CONDITION_H
#define CORE_ALERT_CONDITION_H

#include <math.h>

#include "core/alert_find.h"
#include "core/health_input.h"

struct finding {
	const struct policy *p;
	const struct alert_subject *s;
	const struct base *b;
	uint32_t i;
	int row;       /* of the tier: 0..2 */
	bool critical; /* something that is was found; known to the last kind alone */
};

#define LIMIT(id) (f->p->number[POLICY_##id])
/* Limits by tier stand behind each other in policy.def. */
#define LIMIT_BY_TIER(id) (f->p->number[POLICY_##id##_1 + f->row])
/* Inlined, so that loops over one kind have it alone, and no evidence nobody asks for. */
#define CONDITION(name)                                                 \
	__attribute__((always_inline)) static inline struct alert_found \
		condition_##name(const struct finding *f)

static inline struct finding finding_of(
	const struct policy *p, const struct alert_subject *s)
{
	return (struct finding){ p, s, s->base, s->i, tiers_served(s->tier) - 1, false };
}

static inline struct alert_found nothing_found(void)
{
	return (struct alert_found){ SEV_OFF, { NAN, NAN, DAY_NONE } };
}

static inline enum severity listed(const struct finding *f, enum alert_kind kind)
{
	return (enum severity)f->p->alert_severity[kind][f->row];
}

/* One step worse; what is switched off, and what is no risk, stays so. */
static inline enum severity worse(enum severity s)
{
	return s == SEV_INFO ? SEV_WARNING : s == SEV_WARNING ? SEV_CRITICAL : s;
}

static inline struct alert_found found(const struct finding *f, enum alert_kind kind,
	enum severity severity, double x, double y, int32_t day)
{
	return listed(f, kind) == SEV_OFF
		       ? nothing_found()
		       : (struct alert_found){ severity, { x, y, day } };
}

static inline bool knows_health(const struct finding *f)
{
	return f->s->health >= 1 && f->s->health <= 100;
}

/* Days to renewal; false: no date. */
static inline bool renewal_in(const struct finding *f, int32_t *days)
{
	if (f->b->renewal[f->i] == DAY_NONE)
		return false;
	*days = f->b->renewal[f->i] - f->b->as_of;
	return true;
}

/* A component's input while it counts; NaN: missing or too old. */
__attribute__((always_inline)) static inline double counting(
	const struct finding *f, enum component c)
{
	return counting_input(f->p, &f->p->health[f->s->tier], f->b, f->i, c).x;
}

CONDITION(health_drop)
{
	const enum severity s = listed(f, ALERT_HEALTH_DROP);
	const int fall = f->s->peak - f->s->health;

	if (!knows_health(f) || f->s->peak == HEALTH_UNKNOWN || fall < LIMIT(ALERT_DROP))
		return nothing_found();
	return found(f, ALERT_HEALTH_DROP, fall >= LIMIT(ALERT_DROP_WORSE) ? worse(s) : s,
		f->s->peak, f->s->health, f->s->peak_day);
}

CONDITION(health_red)
{
	if (!knows_health(f) || f->s->health >= LIMIT(ALERT_RED))
		return nothing_found();
	return found(f, ALERT_HEALTH_RED, listed(f, ALERT_HEALTH_RED), f->s->health, NAN,
		DAY_NONE);
}

/* The last login is the newest day with any. A month without an active day says the same,
 * also where logins are not counted; without either nothing is known. */
CONDITION(silent)
{
	enum { MONTH = 28 };
	const struct base *b = f->b;
	int32_t last = b->day[SIG_LOGINS][f->i];

	if (last == DAY_NONE && b->signal[SIG_ACTIVE_DAYS][f->i] <= 0)
		last = b->day[SIG_ACTIVE_DAYS][f->i] - MONTH;
	if (last == DAY_NONE || b->as_of - last < LIMIT_BY_TIER(ALERT_SILENT))
		return nothing_found();
	return found(f, ALERT_SILENT, listed(f, ALERT_SILENT), NAN, NAN, last);
}

CONDITION(slow_start)
{
	const int32_t begun = f->b->onboarding[f->i];
	int32_t days;

	if (begun == DAY_NONE || f->b->first_value[f->i] != DAY_NONE)
		return nothing_found();
	days = f->b->as_of - begun;
	if (days > LIMIT(ALERT_SLOW))
		return found(f, ALERT_SLOW_START, listed(f, ALERT_SLOW_START), NAN, NAN,
			begun);
	if (days > LIMIT(ALERT_SLOW_INFO))
		return found(f, ALERT_SLOW_START, SEV_INFO, NAN, NAN, begun);
	return nothing_found();
}

CONDITION(renewal)
{
	const enum severity s = listed(f, ALERT_RENEWAL);
	int32_t days;

	if (!renewal_in(f, &days) || days > LIMIT_BY_TIER(ALERT_RENEWAL) ||
		(knows_health(f) && f->s->health >= LIMIT(ALERT_RENEWAL_HEALTH)))
		return nothing_found();
	return found(f, ALERT_RENEWAL, days <= LIMIT(ALERT_RENEWAL_NEAR) ? worse(s) : s,
		knows_health(f) ? f->s->health : NAN, NAN, f->b->renewal[f->i]);
}

CONDITION(champion_left)
{
	const int32_t left = f->b->left[f->i];

	if (left == DAY_NONE || f->b->as_of - left >= LIMIT(ALERT_CHAMPION_DAYS))
		return nothing_found();
	return found(f, ALERT_CHAMPION_LEFT, listed(f, ALERT_CHAMPION_LEFT),
		f->b->left_sponsor[f->i], NAN, left);
}

CONDITION(ticket_spike)
{
	const double now = f->b->tickets_now[f->i], before = f->b->tickets_before[f->i];

	if (!(now >= LIMIT(ALERT_TICKETS) && now >= LIMIT(ALERT_TICKETS_FACTOR) * before))
		return nothing_found();
	return found(f, ALERT_TICKET_SPIKE, listed(f, ALERT_TICKET_SPIKE), now, before,
		DAY_NONE);
}

CONDITION(detractor)
{
	const int32_t day = f->b->day[SIG_NPS][f->i];
	const double nps = f->b->signal[SIG_NPS][f->i];

	if (day == DAY_NONE || !(nps <= LIMIT(ALERT_DETRACTOR)) ||
		f->b->as_of - day >= LIMIT(ALERT_DETRACTOR_DAYS))
		return nothing_found();
	return found(f, ALERT_DETRACTOR, listed(f, ALERT_DETRACTOR), nps, NAN, day);
}

/* The answer counts as long as it counts for health. */
CONDITION(warm_but_idle)
{
	double nps = f->b->signal[SIG_NPS][f->i], days, usage;

	if (f->b->day[SIG_NPS][f->i] == DAY_NONE || !(nps >= LIMIT(ALERT_WARM_NPS)))
		return nothing_found();
	nps = counting(f, COMP_SENTIMENT);
	days = counting(f, COMP_USAGE);
	usage = isnan(days) ? NAN
			    : curve_at(&f->p->health[f->s->tier].curve[COMP_USAGE], days);
	if (!(nps >= LIMIT(ALERT_WARM_NPS) && usage < LIMIT(ALERT_WARM_USAGE)))
		return nothing_found();
	return found(f, ALERT_WARM_BUT_IDLE, listed(f, ALERT_WARM_BUT_IDLE), nps, days,
		DAY_NONE);
}

CONDITION(underused)
{
	int32_t days;
	double used;

	if (!renewal_in(f, &days) || days > LIMIT(ALERT_UNDERUSED_DAYS))
		return nothing_found();
	used = counting(f, COMP_UTILISATION);
	if (!(used < LIMIT(ALERT_UNDERUSED)))
		return nothing_found();
	return found(f, ALERT_UNDERUSED, listed(f, ALERT_UNDERUSED), used, NAN,
		f->b->renewal[f->i]);
}

/* Tier 3 has no limit: nobody calls there by the calendar. */
CONDITION(no_touch)
{
	const int32_t last = f->b->last_touch[f->i];

	if (f->row >= 2 || last == DAY_NONE ||
		f->b->as_of - last <= LIMIT_BY_TIER(ALERT_NO_TOUCH))
		return nothing_found();
	return found(f, ALERT_NO_TOUCH, listed(f, ALERT_NO_TOUCH), NAN, NAN, last);
}

CONDITION(blind)
{
	if (!(f->s->coverage < f->p->min_coverage))
		return nothing_found();
	return found(f, ALERT_BLIND, listed(f, ALERT_BLIND), f->s->coverage * 100, NAN,
		DAY_NONE);
}

/* The last one: nothing critical may stand beside it. */
CONDITION(expansion)
{
	const int32_t reached = f->b->first_value[f->i];
	double used;

	if (f->critical || !knows_health(f) ||
		f->s->health < LIMIT(ALERT_EXPANSION_HEALTH) || reached == DAY_NONE ||
		f->b->as_of - reached < LIMIT(ALERT_EXPANSION_DAYS))
		return nothing_found();
	used = counting(f, COMP_UTILISATION);
	if (!(used >= LIMIT(ALERT_EXPANSION_USE)))
		return nothing_found();
	return found(f, ALERT_EXPANSION, listed(f, ALERT_EXPANSION), used, f->s->health,
		DAY_NONE);
}

#undef LIMIT
#undef LIMIT_BY_TIER
#undef CONDITION

/* Of a kind that is constant nothing but its condition is left. */
__attribute__((always_inline)) static inline struct alert_found condition_of(
	enum alert_kind kind, const struct finding *f)
{
	switch (kind) {
	case ALERT_HEALTH_DROP:
		return condition_health_drop(f);
	case ALERT_HEALTH_RED:
		return condition_health_red(f);
	case ALERT_SILENT:
		return condition_silent(f);
	case ALERT_SLOW_START:
		return condition_slow_start(f);
	case ALERT_RENEWAL:
		return condition_renewal(f);
	case ALERT_EXPANSION:
		return condition_expansion(f);
	case ALERT_CHAMPION_LEFT:
		return condition_champion_left(f);
	case ALERT_TICKET_SPIKE:
		return condition_ticket_spike(f);
	case ALERT_DETRACTOR:
		return condition_detractor(f);
	case ALERT_WARM_BUT_IDLE:
		return condition_warm_but_idle(f);
	case ALERT_UNDERUSED:
		return condition_underused(f);
	case ALERT_NO_TOUCH:
		return condition_no_touch(f);
	case ALERT_BLIND:
		return condition_blind(f);
	case ALERT_KINDS:
		break;
	}
	return nothing_found();
}

#endif
