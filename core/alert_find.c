#include "core/alert_find.h"

#include <math.h>
#include <stdio.h>

#include "core/alert_condition.h"

void alert_find(const struct policy *p, const struct alert_subject *s,
	struct alert_found out[ALERT_KINDS])
{
	struct finding f = finding_of(p, s);

	for (int k = 0; k < ALERT_KINDS; k++) {
		if (k == ALERT_EXPANSION)
			continue;
		out[k] = condition_of((enum alert_kind)k, &f);
		f.critical |= out[k].severity == SEV_CRITICAL;
	}
	out[ALERT_EXPANSION] = condition_of(ALERT_EXPANSION, &f);
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

static const char *said_age(int days, char out[40])
{
	snprintf(out, 40, "today");
	if (days)
		snprintf(out, 40, "%d d ago", days);
	return out;
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
		snprintf(out, size, "%s left %s", x ? "sponsor" : "champion",
			said_age(ago, when));
		break;
	case ALERT_TICKET_SPIKE:
		snprintf(out, size, "%d tickets in %d d, %d in those before", x,
			(int)p->number[POLICY_ALERT_TICKETS_DAYS], y);
		break;
	case ALERT_DETRACTOR:
		snprintf(out, size, "NPS %d, answered %s", x, said_age(ago, when));
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
