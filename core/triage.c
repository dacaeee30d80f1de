#include "core/triage.h"

#include "core/axes.h"

static double renewal_factor(const struct policy *p, int32_t days)
{
	const double *n = p->number;

	if (days == DAY_NONE)
		return 1;
	if (days <= n[POLICY_TRIAGE_NEAR_DAYS])
		return n[POLICY_TRIAGE_NEAR];
	return days <= n[POLICY_TRIAGE_FAR_DAYS] ? 1 : n[POLICY_TRIAGE_FAR];
}

static int64_t scaled(int64_t cents, double factor)
{
	int64_t out;

	if (cents == MONEY_NONE || !money_scale(cents, factor, &out))
		return MONEY_NONE;
	return out;
}

void triage_explain(const struct policy *p, const struct base *b, uint32_t i, int health,
	struct triage_explained *out)
{
	const double *n = p->number;
	const int32_t begun = b->onboarding[i];
	double gap;

	out->health = health < 1 ? (int)n[POLICY_TRIAGE_UNKNOWN] : health;
	gap = (100 - out->health) / 100.0;
	out->by_health = n[POLICY_TRIAGE_FLOOR] + n[POLICY_TRIAGE_SPAN] * gap * gap;
	out->renewal = b->renewal[i] == DAY_NONE ? DAY_NONE : b->renewal[i] - b->as_of;
	out->by_renewal = renewal_factor(p, out->renewal);
	out->slow = begun != DAY_NONE && b->first_value[i] == DAY_NONE &&
		    b->as_of - begun > n[POLICY_TRIAGE_SLOW_DAYS];
	out->by_start = out->slow ? n[POLICY_TRIAGE_SLOW] : 1;
	out->p = out->by_health * out->by_renewal * out->by_start;
	if (out->p > n[POLICY_TRIAGE_MAX])
		out->p = n[POLICY_TRIAGE_MAX];
	out->arr = b->arr[i];
	out->multiplier = axes_multiplier(p, b->flags[i]);
	out->at_risk = scaled(out->arr, out->p * out->multiplier);
}

double triage_weight(const struct policy *p, enum severity worst)
{
	return worst == SEV_CRITICAL  ? p->number[POLICY_TRIAGE_CRITICAL]
	       : worst == SEV_WARNING ? p->number[POLICY_TRIAGE_WARNING]
				      : p->number[POLICY_TRIAGE_INFO];
}

int64_t triage_opportunity(const struct policy *p, int64_t arr)
{
	return scaled(arr, p->number[POLICY_TRIAGE_OPPORTUNITY]);
}
