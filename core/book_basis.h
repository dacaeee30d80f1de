/*
 * What the figures of one account rest on as of a day: the newest signals and the
 * facts that the rules read, and the health they give. For explanations; lists and
 * cards have the figures already.
 */
#ifndef CORE_BOOK_BASIS_H
#define CORE_BOOK_BASIS_H

#include "core/book.h"

/* Missing: NaN, DAY_NONE, as in struct base. */
struct book_basis {
	int32_t day;
	struct health_explained health; /* by the policy in force */
	double signal[SIG_KNOWN];       /* nps and csat: with the surveys */
	int32_t signal_day[SIG_KNOWN];
	double tickets; /* opened in the last 90 days */
	int32_t tickets_day, last_touch, renewal, onboarding, first_value;
	double growth; /* expected yearly growth, not clamped */
	double complexity, maturity, stakeholders, seats_purchased, features_available;
};

/* tier 0..3 selects the rules of health. */
enum status book_basis(struct book *b, uint32_t account, uint8_t tier, int32_t day,
	struct book_basis *out, struct err *e) MUST_USE;

/* The UTC day on which a version of the policy was set. */
enum status book_basis_policy_day(
	struct book *b, int32_t version, int32_t *out, struct err *e) MUST_USE;

#endif
