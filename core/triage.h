/*
 * Triage by RULES.md: how likely an account is to leave, and what is at risk with it, as
 * a formula that can be read aloud. The order of the day is made from it.
 */
#ifndef CORE_TRIAGE_H
#define CORE_TRIAGE_H

#include "core/alert.h"
#include "core/base.h"

struct triage_explained {
	int health;        /* as it counts: unknown has a number too */
	double by_health;  /* floor + span * ((100 - health) / 100)^2 */
	int32_t renewal;   /* days ahead; DAY_NONE: no date */
	double by_renewal; /* factor */
	bool slow;         /* onboarding drags on */
	double by_start;   /* factor */
	double p;          /* 0..1, held at the policy's most */
	int64_t arr;       /* MONEY_NONE: not known */
	double multiplier; /* strategic weight */
	int64_t at_risk;   /* cents: p * arr * multiplier; MONEY_NONE */
};

/* What it is made from. */
struct triage_facts {
	int health;      /* 1..100, 0 when unknown */
	int64_t arr;     /* MONEY_NONE: not known */
	int32_t renewal; /* days ahead; DAY_NONE: no date */
	bool slow;       /* by triage_is_slow */
	uint8_t flags;   /* enum account_flag */
};
/* Of the base flags, arr, renewal, onboarding and first value are looked at. */
bool triage_is_slow(const struct policy *p, const struct base *b, uint32_t i);
struct triage_facts triage_facts_of(
	const struct policy *p, const struct base *b, uint32_t i, int health);
void triage_explain(const struct policy *p, const struct triage_facts *f,
	struct triage_explained *out);

/* What is at risk in all active accounts of the base together; an amount that is not
 * known is none. health by position. */
int64_t triage_sum(const struct policy *p, const struct base *b, const uint8_t *health);

/* The weight of the worst open alert of an account. */
double triage_weight(const struct policy *p, enum severity worst);
/* What an opportunity ranks by, in cents; MONEY_NONE without ARR. */
int64_t triage_opportunity(const struct policy *p, int64_t arr);

#endif
