/*
 * The demo book: made-up companies with believable stories, for a first look at
 * the console and for measurements.
 *
 * Only raw rows are made here (CSMs, accounts, contacts, contracts, movements,
 * signals, tickets, fixes, surveys, touches). The history of figures and tiers is then
 * lived through by the caller, day by day, with book_recalc and book_review.
 *
 * The same request gives the same bytes on any machine: every account draws from a
 * stream of random numbers of its own, and nothing depends on a library's rounding.
 */
#ifndef CORE_DEMO_H
#define CORE_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

struct store;

/* accounts, csms and months are at least 1. */
struct demo_request {
	uint32_t accounts; /* active on the day; some more that left come on top */
	uint32_t csms;
	uint64_t seed;
	int months;    /* length of the history */
	int32_t today; /* its last day */
	/* Called now and then, may be NULL; false cancels. */
	bool (*progress)(void *arg, uint64_t done, uint64_t total);
	void *arg;
};

/* Whether a book goes by the name of a demo: the book itself does not tell. */
bool demo_named(const char *path);

/* Fills an empty store, in one transaction of its own: all or nothing. 600 accounts
 * make exactly $24,000,000.00 of ARR, other numbers $40,000.00 each on average.
 * ST_CANCELLED when progress returned false. */
enum status demo_fill(
	struct store *s, const struct demo_request *r, struct err *e) MUST_USE;

/* The days on which the history happens, ascending; review says that the monthly
 * review is held. The last one is today, with a review. Returns their number, at
 * most max (the oldest are left out when there is no room). */
struct demo_day {
	int32_t day;
	bool review;
};
uint32_t demo_days(const struct demo_request *r, struct demo_day *out, uint32_t max);

#endif
