/*
 * The service level of an account: how often its tier wants a talk, how much of what is
 * sent and said comes from people, and whether the account gets it. A pure function of
 * the account's rows and the policy.
 */
#ifndef CORE_SERVICE_H
#define CORE_SERVICE_H

#include "core/book.h"

struct service {
	int32_t cadence; /* days between talks that were answered; 0: the tier has none */
	int32_t last;    /* the newest of these; DAY_NONE: none */
	bool late;
	int32_t days;      /* that the next two are of */
	uint32_t human;    /* touches by people */
	uint32_t digital;  /* messages to the customer that were sent */
	int share, target; /* of people, percent; share -1: neither was there */
	bool off;          /* farther from it than the policy lets pass */
};

/* The tier it is in, or none. */
void service_of(const struct policy *p, const struct account_view *v, int tier,
	int32_t as_of, struct service *out);

#endif
