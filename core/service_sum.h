/*
 * The service of many accounts, added up by CSM and tier: what people and what machines
 * did, how many talks and business reviews are on time, how much of it sold. One pass
 * over the touches and the messages of the book, and what reviews need of plans and
 * tasks; how each account is judged is core/service.h's.
 */
#ifndef CORE_SERVICE_SUM_H
#define CORE_SERVICE_SUM_H

#include "core/book_capacity.h"

struct service_sum {
	uint32_t accounts;
	uint32_t human, digital;    /* touches, messages sent */
	int share, target;          /* of people, percent; share -1: neither was there */
	bool off;                   /* farther from it than the policy lets pass */
	uint32_t late;              /* accounts whose next talk is overdue */
	uint32_t commercial, value; /* touches that sell, and others */
	uint32_t oversold;          /* accounts that were sold to rather than served */
	/* Business reviews that count, of as many days as are between two; accounts whose
	 * next one is overdue; and those that were held and do not count. */
	uint32_t reviews, reviews_late, rituals;
};

/* What the CSMs with accounts of a tier make of its talks: percent on time. */
struct service_spread {
	uint32_t csms;
	double low, high, deviation; /* NaN: fewer than two CSMs, or no talks wanted */
};

struct service_sums {
	struct capacity *of; /* whose rows these are; owned */
	int32_t as_of, days; /* the last days that touches and messages are of */
	/* Of row r of `of` and tier t: at r * TIER_COUNT + t - 1; behind the last those
	 * of nobody; owned. */
	struct service_sum *sum;
	struct service_sum all[TIER_COUNT];
	struct service_spread spread[TIER_COUNT];
};

/* Owned by the caller. */
enum status service_sums(
	struct book *b, struct service_sums **out, struct err *e) MUST_USE;
void service_sums_free(struct service_sums **s);

static inline const struct service_sum *service_sums_of(
	const struct service_sums *s, uint32_t row, int tier)
{
	const uint32_t at = row == CAPACITY_POOL ? s->of->rows : row;

	return &s->sum[(size_t)at * TIER_COUNT + (size_t)tier - 1];
}

/* Of a sum whether it is to be looked at: talks or reviews that are late, a mix that is
 * off, accounts that were sold to. */
bool service_sum_missed(const struct service_sum *s);

/* Tiers and what they come to, in sentences; bad: something to be looked at. */
#define SERVICE_SUM_TEXT_MAX 200
typedef void (*service_line_fn)(void *arg, bool bad, const char *line);
void service_sums_say(const struct service_sums *s, service_line_fn fn, void *arg);

#endif
