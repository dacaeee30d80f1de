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

bool triage_is_slow(const struct policy *p, const struct base *b, uint32_t i)
{
	const int32_t begun = b->onboarding[i];

	return begun != DAY_NONE && b->first_value[i] == DAY_NONE &&
	       b->as_of - begun > p->number[POLICY_TRIAGE_SLOW_DAYS];
}

struct triage_facts triage_facts_of(
	const struct policy *p, const struct base *b, uint32_t i, int health)
{
	return (struct triage_facts){ .health = health,
		.arr = b->arr[i],
		.renewal =
			b->renewal[i] == DAY_NONE ? DAY_NONE : b->renewal[i] - b->as_of,
		.slow = triage_is_slow(p, b, i),
		.flags = b->flags[i] };
}

void triage_explain(const struct policy *p, const struct triage_facts *f,
	struct triage_explained *out)
{
	const double *n = p->number;
	double gap;

	out->health = f->health < 1 ? (int)n[POLICY_TRIAGE_UNKNOWN] : f->health;
	gap = (100 - out->health) / 100.0;
	out->by_health = n[POLICY_TRIAGE_FLOOR] + n[POLICY_TRIAGE_SPAN] * gap * gap;
	out->renewal = f->renewal;
	out->by_renewal = renewal_factor(p, out->renewal);
	out->slow = f->slow;
	out->by_start = out->slow ? n[POLICY_TRIAGE_SLOW] : 1;
	out->p = out->by_health * out->by_renewal * out->by_start;
	if (out->p > n[POLICY_TRIAGE_MAX])
		out->p = n[POLICY_TRIAGE_MAX];
	out->arr = f->arr;
	out->multiplier = axes_multiplier(p, f->flags);
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
