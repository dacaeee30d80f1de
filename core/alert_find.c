#include "core/alert_find.h"

#include <math.h>
#include <stdio.h>

#include "core/health_input.h"

#define LIMIT(id) (f->p->number[POLICY_##id])
/* Limits by tier stand behind each other in policy.def. */
#define LIMIT_BY_TIER(id) (f->p->number[POLICY_##id##_1 + f->row])

struct finding {
	const struct policy *p;
	const struct alert_subject *s;
	const struct base *b;
	uint32_t i;
	int row; /* of the tier: 0..2 */
	struct alert_found *out;
};

static enum severity listed(const struct finding *f, enum alert_kind kind)
{
	return (enum severity)f->p->alert_severity[kind][f->row];
}

/* One step worse; what is switched off, and what is no risk, stays so. */
static enum severity worse(enum severity s)
{
	return s == SEV_INFO ? SEV_WARNING : s == SEV_WARNING ? SEV_CRITICAL : s;
}

static void hold(const struct finding *f, enum alert_kind kind, enum severity severity,
	double x, double y, int32_t day)
{
	if (listed(f, kind) != SEV_OFF)
		f->out[kind] = (struct alert_found){ severity, { x, y, day } };
}

static bool knows_health(const struct finding *f)
{
	return f->s->health >= 1 && f->s->health <= 100;
}

/* Days to renewal; false: no date. */
static bool renewal_in(const struct finding *f, int32_t *days)
{
	if (f->b->renewal[f->i] == DAY_NONE)
		return false;
	*days = f->b->renewal[f->i] - f->b->as_of;
	return true;
}

/* A component's input while it counts; NaN: missing or too old. */
static double input(const struct finding *f, enum component c)
{
	return counting_input(f->p, &f->p->health[f->s->tier], f->b, f->i, c).x;
}

static void health_drop(const struct finding *f)
{
	const enum severity s = listed(f, ALERT_HEALTH_DROP);
	const int fall = f->s->peak - f->s->health;

	if (!knows_health(f) || f->s->peak == HEALTH_UNKNOWN || fall < LIMIT(ALERT_DROP))
		return;
	hold(f, ALERT_HEALTH_DROP, fall >= LIMIT(ALERT_DROP_WORSE) ? worse(s) : s,
		f->s->peak, f->s->health, f->s->peak_day);
}

static void health_red(const struct finding *f)
{
	if (knows_health(f) && f->s->health < LIMIT(ALERT_RED))
		hold(f, ALERT_HEALTH_RED, listed(f, ALERT_HEALTH_RED), f->s->health, NAN,
			DAY_NONE);
}

/* The last login is the newest day with any. A month without an active day says the same,
 * also where logins are not counted; without either nothing is known. */
static void silent(const struct finding *f)
{
	enum { MONTH = 28 };
	const struct base *b = f->b;
	int32_t last = b->day[SIG_LOGINS][f->i];

	if (last == DAY_NONE && b->signal[SIG_ACTIVE_DAYS][f->i] <= 0)
		last = b->day[SIG_ACTIVE_DAYS][f->i] - MONTH;
	if (last != DAY_NONE && b->as_of - last >= LIMIT_BY_TIER(ALERT_SILENT))
		hold(f, ALERT_SILENT, listed(f, ALERT_SILENT), NAN, NAN, last);
}

static void slow_start(const struct finding *f)
{
	const int32_t begun = f->b->onboarding[f->i];
	int32_t days;

	if (begun == DAY_NONE || f->b->first_value[f->i] != DAY_NONE)
		return;
	days = f->b->as_of - begun;
	if (days > LIMIT(ALERT_SLOW))
		hold(f, ALERT_SLOW_START, listed(f, ALERT_SLOW_START), NAN, NAN, begun);
	else if (days > LIMIT(ALERT_SLOW_INFO))
		hold(f, ALERT_SLOW_START, SEV_INFO, NAN, NAN, begun);
}

static void renewal(const struct finding *f)
{
	const enum severity s = listed(f, ALERT_RENEWAL);
	int32_t days;

	if (!renewal_in(f, &days) || days > LIMIT_BY_TIER(ALERT_RENEWAL) ||
		(knows_health(f) && f->s->health >= LIMIT(ALERT_RENEWAL_HEALTH)))
		return;
	hold(f, ALERT_RENEWAL, days <= LIMIT(ALERT_RENEWAL_NEAR) ? worse(s) : s,
		knows_health(f) ? f->s->health : NAN, NAN, f->b->renewal[f->i]);
}

static void champion_left(const struct finding *f)
{
	const int32_t left = f->b->left[f->i];

	if (left != DAY_NONE && f->b->as_of - left < LIMIT(ALERT_CHAMPION_DAYS))
		hold(f, ALERT_CHAMPION_LEFT, listed(f, ALERT_CHAMPION_LEFT),
			f->b->left_sponsor[f->i], NAN, left);
}

static void ticket_spike(const struct finding *f)
{
	const double now = f->b->tickets_now[f->i], before = f->b->tickets_before[f->i];

	if (now >= LIMIT(ALERT_TICKETS) && now >= LIMIT(ALERT_TICKETS_FACTOR) * before)
		hold(f, ALERT_TICKET_SPIKE, listed(f, ALERT_TICKET_SPIKE), now, before,
			DAY_NONE);
}

static void detractor(const struct finding *f)
{
	const int32_t day = f->b->day[SIG_NPS][f->i];
	const double nps = f->b->signal[SIG_NPS][f->i];

	if (day != DAY_NONE && nps <= LIMIT(ALERT_DETRACTOR) &&
		f->b->as_of - day < LIMIT(ALERT_DETRACTOR_DAYS))
		hold(f, ALERT_DETRACTOR, listed(f, ALERT_DETRACTOR), nps, NAN, day);
}

/* The answer counts as long as it counts for health. */
static void warm_but_idle(const struct finding *f)
{
	double nps = f->b->signal[SIG_NPS][f->i], days, usage;

	if (f->b->day[SIG_NPS][f->i] == DAY_NONE || !(nps >= LIMIT(ALERT_WARM_NPS)))
		return;
	nps = input(f, COMP_SENTIMENT);
	days = input(f, COMP_USAGE);
	usage = isnan(days) ? NAN
			    : curve_at(&f->p->health[f->s->tier].curve[COMP_USAGE], days);
	if (nps >= LIMIT(ALERT_WARM_NPS) && usage < LIMIT(ALERT_WARM_USAGE))
		hold(f, ALERT_WARM_BUT_IDLE, listed(f, ALERT_WARM_BUT_IDLE), nps, days,
			DAY_NONE);
}

static void underused(const struct finding *f)
{
	int32_t days;
	double used;

	if (!renewal_in(f, &days) || days > LIMIT(ALERT_UNDERUSED_DAYS))
		return;
	used = input(f, COMP_UTILISATION);
	if (used < LIMIT(ALERT_UNDERUSED))
		hold(f, ALERT_UNDERUSED, listed(f, ALERT_UNDERUSED), used, NAN,
			f->b->renewal[f->i]);
}

/* Tier 3 has no limit: nobody calls there by the calendar. */
static void no_touch(const struct finding *f)
{
	const int32_t last = f->b->last_touch[f->i];

	if (f->row < 2 && last != DAY_NONE &&
		f->b->as_of - last > LIMIT_BY_TIER(ALERT_NO_TOUCH))
		hold(f, ALERT_NO_TOUCH, listed(f, ALERT_NO_TOUCH), NAN, NAN, last);
}

static void blind(const struct finding *f)
{
	if (f->s->coverage < f->p->min_coverage)
		hold(f, ALERT_BLIND, listed(f, ALERT_BLIND), f->s->coverage * 100, NAN,
			DAY_NONE);
}

/* The last one: nothing critical may stand beside it. */
static void expansion(const struct finding *f)
{
	const int32_t reached = f->b->first_value[f->i];
	double used;

	if (!knows_health(f) || f->s->health < LIMIT(ALERT_EXPANSION_HEALTH) ||
		reached == DAY_NONE ||
		f->b->as_of - reached < LIMIT(ALERT_EXPANSION_DAYS))
		return;
	for (int k = 0; k < ALERT_KINDS; k++)
		if (f->out[k].severity == SEV_CRITICAL)
			return;
	used = input(f, COMP_UTILISATION);
	if (used >= LIMIT(ALERT_EXPANSION_USE))
		hold(f, ALERT_EXPANSION, listed(f, ALERT_EXPANSION), used, f->s->health,
			DAY_NONE);
}

void alert_find(const struct policy *p, const struct alert_subject *s,
	struct alert_found out[ALERT_KINDS])
{
	static void (*const find[])(const struct finding *f) = { health_drop, health_red,
		silent, slow_start, renewal, champion_left, ticket_spike, detractor,
		warm_but_idle, underused, no_touch, blind, expansion };
	const struct finding f = { p, s, s->base, s->i, tiers_served(s->tier) - 1, out };

	_Static_assert(sizeof(find) / sizeof(*find) == ALERT_KINDS, "one for each kind");
	for (int k = 0; k < ALERT_KINDS; k++)
		out[k] = (struct alert_found){ SEV_OFF, { NAN, NAN, DAY_NONE } };
	for (size_t k = 0; k < ALERT_KINDS; k++)
		find[k](&f);
}

/* ---- sentences ---- */

struct evidence alert_evidence_now(
	enum alert_kind kind, const struct evidence *found, uint8_t health)
{
	struct evidence now = *found;

	if (health < 1 || health > 100)
		return now;
	if (kind == ALERT_HEALTH_RED || (kind == ALERT_RENEWAL && !isnan(now.x)))
		now.x = health;
	if (kind == ALERT_HEALTH_DROP || kind == ALERT_EXPANSION)
		now.y = health;
	return now;
}

/* Whatever another program wrote: more than this is no figure of an alert. */
static int whole(double x)
{
	enum { MOST = 1000000000 };

	return isnan(x) ? 0 : x > MOST ? MOST : x < -MOST ? -MOST : (int)floor(x + 0.5);
}

/* What is below a limit is not rounded to it. */
static int below(double x, double limit)
{
	const int rounded = whole(x);

	return x < limit && rounded >= limit ? whole(floor(x)) : rounded;
}

static void say_renewal(int32_t days, char *out, size_t size)
{
	if (days < 0)
		snprintf(out, size, "renewal %d d overdue", -days);
	else
		snprintf(out, size, "renewal in %d d", days);
}

char *alert_sentence(const struct policy *p, enum alert_kind kind,
	const struct evidence *found, int32_t as_of, char out[ALERT_SENTENCE_MAX])
{
	const size_t size = ALERT_SENTENCE_MAX;
	const int x = whole(found->x), y = whole(found->y);
	const int32_t ago = found->day == DAY_NONE ? 0 : as_of - found->day;
	const int32_t ahead = found->day == DAY_NONE ? 0 : found->day - as_of;
	char when[40];

	switch (kind) {
	case ALERT_HEALTH_DROP:
		snprintf(out, size, "health fell from %d to %d within %d d", x, y,
			(int)p->number[POLICY_ALERT_DROP_DAYS]);
		break;
	case ALERT_HEALTH_RED:
		snprintf(out, size, "health %d, at risk", x);
		break;
	case ALERT_SILENT:
		snprintf(out, size, "no login for %d d", ago);
		break;
	case ALERT_SLOW_START:
		snprintf(out, size, "onboarding for %d d, no first value", ago);
		break;
	case ALERT_RENEWAL:
		say_renewal(ahead, when, sizeof(when));
		if (isnan(found->x))
			snprintf(out, size, "%s, health unknown", when);
		else
			snprintf(out, size, "%s, health %d", when, x);
		break;
	case ALERT_EXPANSION:
		snprintf(out, size, "%d %% of seats used, health %d", x, y);
		break;
	case ALERT_CHAMPION_LEFT:
		snprintf(out, size, "%s left %d d ago", x ? "sponsor" : "champion", ago);
		break;
	case ALERT_TICKET_SPIKE:
		snprintf(out, size, "%d tickets in %d d, %d in those before", x,
			(int)p->number[POLICY_ALERT_TICKETS_DAYS], y);
		break;
	case ALERT_DETRACTOR:
		snprintf(out, size, "NPS %d, answered %d d ago", x, ago);
		break;
	case ALERT_WARM_BUT_IDLE:
		snprintf(out, size, "NPS %d, but %d active days in 28", x, y);
		break;
	case ALERT_UNDERUSED:
		say_renewal(ahead, when, sizeof(when));
		snprintf(out, size, "%d %% of seats used, %s",
			below(found->x, p->number[POLICY_ALERT_UNDERUSED]), when);
		break;
	case ALERT_NO_TOUCH:
		snprintf(out, size, "no two-way touch for %d d", ago);
		break;
	case ALERT_BLIND:
		snprintf(out, size, "health unknown: %d %% of its weight has an input",
			below(found->x, 100 * p->min_coverage));
		break;
	case ALERT_KINDS:
		out[0] = '\0';
		break;
	}
	return out;
}
