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

static int counted_health(const struct policy *p, int health)
{
	return health < 1 ? (int)p->number[POLICY_TRIAGE_UNKNOWN] : health;
}

static double by_health(const struct policy *p, int health)
{
	const double gap = (100 - health) / 100.0;

	return p->number[POLICY_TRIAGE_FLOOR] + p->number[POLICY_TRIAGE_SPAN] * gap * gap;
}

static double by_start(const struct policy *p, bool slow)
{
	return slow ? p->number[POLICY_TRIAGE_SLOW] : 1;
}

static double held(const struct policy *p, double probability)
{
	return probability > p->number[POLICY_TRIAGE_MAX] ? p->number[POLICY_TRIAGE_MAX]
							  : probability;
}

void triage_explain(const struct policy *p, const struct triage_facts *f,
	struct triage_explained *out)
{
	out->health = counted_health(p, f->health);
	out->by_health = by_health(p, out->health);
	out->renewal = f->renewal;
	out->by_renewal = renewal_factor(p, out->renewal);
	out->slow = f->slow;
	out->by_start = by_start(p, out->slow);
	out->p = held(p, out->by_health * out->by_renewal * out->by_start);
	out->arr = f->arr;
	out->multiplier = axes_multiplier(p, f->flags);
	out->at_risk = scaled(out->arr, out->p * out->multiplier);
}

/* Looked up is what has few values. */
int64_t triage_sum(const struct policy *p, const struct base *b, const uint8_t *health)
{
	double of_health[HEALTH_LEVELS], of_flags[UINT8_MAX + 1];
	int64_t sum = 0;

	for (int h = 0; h < HEALTH_LEVELS; h++)
		of_health[h] = by_health(p, counted_health(p, h));
	for (int k = 0; k <= UINT8_MAX; k++)
		of_flags[k] = axes_multiplier(p, (uint8_t)k);
	for (uint32_t i = 0; i < b->n; i++) {
		struct triage_facts f;
		int64_t more;

		if (!b->active[i])
			continue;
		f = triage_facts_of(p, b, i, health[i]);
		more = scaled(f.arr,
			held(p, of_health[f.health] * renewal_factor(p, f.renewal) *
					by_start(p, f.slow)) *
				of_flags[f.flags]);
		if (more != MONEY_NONE)
			(void)money_add(sum, more, &sum);
	}
	return sum;
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
