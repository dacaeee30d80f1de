/*
 * Hand-over: what a colleague who takes an account over has to find in the book, and
 * what of it is missing.
 */
#ifndef CORE_HANDOVER_H
#define CORE_HANDOVER_H

#include "core/book.h"

enum { HANDOVER_TALK_DAYS = 90 }; /* a talk older than this tells nothing new */

/* What was asked for; each one is there or not. */
enum handover {
	HANDOVER_GOAL,
	HANDOVER_STEP,
	HANDOVER_DUE,
	HANDOVER_DECISION,
	HANDOVER_CHAMPION,
	HANDOVER_SPONSOR,
	HANDOVER_RENEWAL,
	HANDOVER_TALK,
	HANDOVER_COUNT
};
extern const char *const handover_name[HANDOVER_COUNT];

/* Bit i: enum handover i is missing as of the day. */
unsigned handover_missing(const struct account_view *v, int32_t as_of);
/* The same of an account that gets another owner: nothing where its tier has none. */
unsigned handover_missing_to_owner(
	const struct policy *p, const struct account_view *v, int32_t as_of);
int handover_complete(unsigned missing); /* how many are there */

#endif
