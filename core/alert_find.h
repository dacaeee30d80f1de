/*
 * Which conditions hold of an account on a day: pure functions of its base, its figures
 * and the policy, one per kind (RULES.md says how each is read).
 */
#ifndef CORE_ALERT_FIND_H
#define CORE_ALERT_FIND_H

#include "core/alert.h"
#include "core/base.h"

/* The numbers behind a condition, as alert_sentence reads them; NaN and DAY_NONE where a
 * kind has none. */
struct evidence {
	double x, y;
	int32_t day;
};

struct alert_subject {
	const struct base *base;
	uint32_t i; /* position in it, of an active account */
	uint8_t tier;
	uint8_t health;  /* 1..100, HEALTH_UNKNOWN */
	double coverage; /* 0..1 */
	uint8_t peak; /* highest health of the days before that count; HEALTH_UNKNOWN */
	int32_t peak_day;
};

struct alert_found {
	enum severity severity; /* SEV_OFF: the condition does not hold */
	struct evidence evidence;
};

void alert_find(const struct policy *p, const struct alert_subject *s,
	struct alert_found out[ALERT_KINDS]);

/* A part of the base with the figures that conditions ask for, all by position. */
struct alert_part {
	const struct base *base;
	const uint8_t *tier, *health;
	const double *coverage;
	const uint8_t *peak, *ago; /* ago: days since peak_day */
};
static inline struct alert_subject alert_subject_of(
	const struct alert_part *p, uint32_t i)
{
	return (struct alert_subject){ p->base, i, p->tier[i], p->health[i],
		p->coverage[i], p->peak[i], p->base->as_of - p->ago[i] };
}

/* What holds in a part, by position: a bit for each kind. */
struct alert_holds {
	uint16_t *live;     /* that holds; may be taken out when it is to keep quiet */
	uint16_t *critical; /* that was found to be critical */
};
struct alert_counts {
	uint32_t n[ALERT_KINDS][SEVERITIES];
};
/* What alert_find has of each account of a part, and how often with which severity;
 * nothing of those that are not active. Only kinds (a bit for each) are looked for; of
 * others what was found the last time stays. Expansion asks what else was found: it is
 * to be looked for along with any. */
enum { ALERT_EVERY_KIND = (1 << ALERT_KINDS) - 1 };
void alert_only(const struct policy *p, const struct alert_part *part, unsigned kinds,
	const struct alert_holds *holds, struct alert_counts *counts);

/* What opened an alert that is live, with the health of now (HEALTH_UNKNOWN, HEALTH_NONE:
 * as it was then) where it speaks of one: nobody is to read two healths of one account.
 */
struct evidence alert_evidence_now(
	enum alert_kind kind, const struct evidence *found, uint8_t health);

/* The evidence as one sentence for people, without a period, as of a day on or after the
 * one it was found on: "no login for 9 d". Returns out. */
#define ALERT_SENTENCE_MAX 96
char *alert_sentence(const struct policy *p, enum alert_kind kind,
	const struct evidence *found, int32_t as_of, char out[ALERT_SENTENCE_MAX]);

#endif
