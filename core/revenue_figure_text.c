/* Single figures of the revenue in words. */
#include "core/revenue_text.h"

#include <stdio.h>

char *revenue_clash_text(
	const struct revenue_clash *c, const struct policy *p, char out[REVENUE_TEXT_MAX])
{
	char says[MONEY_TEXT_MAX], other[MONEY_TEXT_MAX], day[DAY_TEXT_MAX];

	money_said(c->says, p->currency, says);
	money_said(c->other, p->currency, other);
	day_format(c->day, day);
	switch (c->kind) {
	case CLASH_NO_DAY:
		snprintf(out, REVENUE_TEXT_MAX,
			"churned without a day: it counts on no day, with %s",
			*other ? other : "no ARR");
		break;
	case CLASH_PAYS:
		snprintf(out, REVENUE_TEXT_MAX,
			"left on %s, but contracts over %s run on: counted as lost", day,
			other);
		break;
	case CLASH_NO_MOVEMENT:
		snprintf(out, REVENUE_TEXT_MAX,
			"left on %s, but no movement says so: lost by snapshots alone",
			day);
		break;
	case CLASH_STAYS:
		snprintf(out, REVENUE_TEXT_MAX,
			"a movement says that it left on %s, but it has %s: lost by "
			"movements alone",
			day, says);
		break;
	case CLASH_RAN_OUT:
		snprintf(out, REVENUE_TEXT_MAX,
			"active, but none of its contracts runs any more: %s counted as "
			"lost",
			other);
		break;
	case CLASH_CHANGE:
		snprintf(out, REVENUE_TEXT_MAX,
			"contracts changed by %s, movements say %s: contracts count",
			says, other);
		break;
	default:
		snprintf(out, REVENUE_TEXT_MAX,
			"its ARR is %s, its movements add up to %s: the former counts",
			says, other);
	}
	return out;
}

static bool too_few(const struct revenue_answers *a, const struct policy *p, char *out)
{
	if (a->n >= (uint32_t)p->number[POLICY_REVENUE_FEW])
		return false;
	if (a->n)
		snprintf(out, REVENUE_TEXT_MAX, "%u answer%s: too few", a->n,
			TEXT_S(a->n));
	else
		snprintf(out, REVENUE_TEXT_MAX, "no answers");
	return true;
}

char *revenue_nps_text(const struct revenue_answers *a, const struct policy *p,
	char out[REVENUE_TEXT_MAX])
{
	const struct interval_nps n = interval_nps(a->good, a->bad, a->n);

	if (!too_few(a, p, out))
		snprintf(out, REVENUE_TEXT_MAX, "%+.0f ± %.0f (%u answers)", n.score,
			n.margin, a->n);
	return out;
}

char *revenue_csat_text(const struct revenue_answers *a, const struct policy *p,
	char out[REVENUE_TEXT_MAX])
{
	const struct interval w = interval_wilson(a->good, a->n);

	if (!too_few(a, p, out))
		snprintf(out, REVENUE_TEXT_MAX, "%.0f %% (%.0f-%.0f %%, %u answers)",
			100.0 * a->good / a->n, 100 * w.low, 100 * w.high, a->n);
	return out;
}

char *revenue_fixes_text(
	const struct revenue *r, enum churn_class k, char out[REVENUE_FIXES_MAX])
{
	out[0] = '\0';
	if (k == CHURN_UNKNOWN)
		return out;
	if (r->fixes[k])
		snprintf(out, REVENUE_FIXES_MAX, "%u fix%s noted, %u verified",
			r->fixes[k], r->fixes[k] == 1 ? "" : "es", r->fixes_verified[k]);
	else
		snprintf(out, REVENUE_FIXES_MAX, "no fix noted");
	return out;
}
