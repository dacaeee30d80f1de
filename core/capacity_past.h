/*
 * Ratios over time: how many accounts of a tier there were for each CSM, every four weeks
 * of the last year. A ratio that creeps up is the first sign of a tier that grew without
 * the people for it.
 */
#ifndef CORE_CAPACITY_PAST_H
#define CORE_CAPACITY_PAST_H

#include "core/capacity_text.h"

enum { CAPACITY_PAST = 14, CAPACITY_PAST_STEP = 28 };

struct capacity_past {
	int32_t day; /* of the snapshot */
	double csms; /* there on that day, in whole books */
	uint32_t accounts[CAPACITY_NAMED];
	uint32_t active; /* accounts of any tier, or none yet */
};

/* Of the newest snapshot of each step, ascending, since accounts are in tiers 1 or 2, the
 * last one as the book is now; steps without any are left out. Who was
 * there is told by the days of the CSMs' records, each with the share of today. */
enum status capacity_past(struct book *b, struct capacity_past out[CAPACITY_PAST],
	uint32_t *n, struct err *e) MUST_USE;

/* Accounts per CSM; NaN: nobody was there. */
double capacity_ratio(const struct capacity_past *p, int tier);
enum { CAPACITY_RATIO_MAX = 32 };
/* "10.3"; "--" where nobody was there. */
const char *capacity_ratio_text(
	const struct capacity_past *p, int tier, char out[CAPACITY_RATIO_MAX]);

/* What is said of a tier: from a step a year ago, half a year ago and now. */
struct capacity_past_said {
	bool creeps;  /* above the target, and grew by a tenth */
	bool outside; /* of the band, whose limit is named */
	char text[CAPACITY_TEXT_MAX];
};
/* asked: a what-if that is meant instead of now; NULL: none. False: nothing can be said,
 * or it has no named owners. */
bool capacity_past_tier(const struct policy *policy, const struct capacity_past *p,
	uint32_t n, const struct capacity *asked, int tier,
	struct capacity_past_said *out);
/* All that is said; a warning when it creeps up or is outside of the band. */
void capacity_past_say(const struct policy *policy, const struct capacity_past *p,
	uint32_t n, const struct capacity *asked, capacity_line_fn fn, void *arg);

#endif
