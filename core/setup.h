/*
 * Set-up: the six steps from an empty book to a complete one, how far each is, and what
 * it lacks. Counted from the book and the newest figures; nothing is changed.
 */
#ifndef CORE_SETUP_H
#define CORE_SETUP_H

#include "core/book.h"

enum setup_step {
	SETUP_ACCOUNTS,
	SETUP_OWNERS,
	SETUP_USAGE,
	SETUP_RENEWALS,
	SETUP_REVIEW,
	SETUP_POLICY,
	SETUP_STEPS
};

struct setup {
	bool done[SETUP_STEPS];
	int steps_done;
	uint32_t accounts; /* active ones */
	uint32_t csms;
	uint32_t placed;  /* accounts in a tier */
	uint32_t in_care; /* in tiers 1 and 2; before anybody is placed, all */
	uint32_t owned;   /* of these, with an owner */
	bool scored;      /* there are figures: what follows was counted */
	uint32_t with_usage, with_renewal;
	uint32_t unknown; /* whose health is unknown, for all that there is */
	double coverage;  /* mean of the active accounts, 0..1 */
	int32_t figures_day, review_day;
	int32_t policy_version;
	bool policy_kept;
};

#define SETUP_TEXT_MAX 192
/* Usage and renewals count as done when so many percent of the accounts have them. */
#define SETUP_ENOUGH 50u

/* policy_kept: somebody looked at the shipped policy and keeps it. */
enum status setup_read(
	struct book *b, bool policy_kept, struct setup *out, struct err *e) MUST_USE;

const char *setup_title(enum setup_step step);
/* How far the step is, as a sentence: "412 of 600 accounts have fresh usage (68 %)". */
const char *setup_state(
	const struct setup *s, enum setup_step step, char out[SETUP_TEXT_MAX]);
/* What it takes; the same for everybody. */
const char *setup_help(enum setup_step step);
/* The filter of the accounts that the step is about, where it lacks no file but something
 * of some of them; else NULL. */
const char *setup_missing(const struct setup *s, enum setup_step step);
/* The worksheet as a text to print; arena string, NULL without memory. */
const char *setup_write(const struct setup *s, const char *book, struct arena *a);

#endif
