/*
 * The base of one part as of a day: one array per field, NaN, DAY_NONE or
 * MONEY_NONE for missing. Everything dated after the day is out already; what is
 * too old is not judged yet (that is health's business).
 */
#ifndef CORE_BASE_H
#define CORE_BASE_H

#include "core/part.h"
#include "core/policy.h"

struct base {
	int32_t spike_days; /* set by who reads it: the windows of tickets_now and _before
			     */
	uint32_t first_id, n;
	int32_t as_of;
	uint8_t *active;
	uint8_t *flags;      /* enum account_flag; CHURNED also when a date says so */
	uint8_t *contracted; /* a contract runs on the day */
	int32_t *csm;
	int64_t *arr;   /* base currency; MONEY_NONE when neither given nor contracted */
	double *growth; /* expected yearly growth, not clamped yet */
	int32_t *renewal, *onboarding, *first_value; /* the two latter: not after as_of */
	double *complexity, *maturity, *stakeholders, *seats_purchased,
		*features_available;
	int32_t *left; /* newest day a champion or sponsor left; DAY_NONE: none did */
	uint8_t *left_sponsor;   /* it was a sponsor */
	int32_t *day[SIG_KNOWN]; /* newest signals; nps and csat with the surveys */
	double *signal[SIG_KNOWN];
	double *tickets;      /* opened in the last 90 days; NaN: not known */
	int32_t *tickets_day; /* as_of for ticket rows, else the day of the signal */
	double *tickets_now, *tickets_before; /* of the last spike_days, of those before;
					       * NaN: the book has no ticket rows */
	int32_t *last_touch;                  /* two-way */
	double *stakeholder; /* champion and sponsor: 100, 60, 0; NaN: none known */
	int32_t until; /* the first later day on which active, flags, contracted, arr,
			* onboarding or first_value may be others; INT32_MAX: none */
	void *memory;  /* owned */
};

/* spike_days is what the policy ships with. */
enum status base_init(struct base *b, struct err *e) MUST_USE;
void base_clear(struct base *b);

/* Whether who left that day, or is said to have churned, has left: a day says more. */
bool base_churned(int32_t churned_on, bool churned, int32_t as_of);
/* Whether the account at position i is active on the day. */
bool base_active(const struct part *p, uint32_t i, int32_t as_of);

/* Rates from currencies to the base currency, by currency_id. */
struct rates {
	double rate[256];  /* 0: not in the policy */
	char code[256][4]; /* for messages */
	uint32_t n;
};
/* Into the base currency; MONEY_NONE stays. A currency without a rate is ST_INVALID. */
enum status rates_convert(const struct rates *r, currency_id currency, int64_t *cents,
	struct err *e) MUST_USE;

/* Turns a part, read as of as_of, into the base. tickets_known: some ticket of the
 * book was opened on or before the day. An amount in a currency without a rate is
 * ST_INVALID. */
enum status base_from_part(struct base *b, const struct part *p, const struct rates *r,
	int32_t as_of, bool tickets_known, struct err *e) MUST_USE;

#endif
