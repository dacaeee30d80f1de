/*
 * How far a share that was counted can be trusted: what 95 of 100 such counts would hold.
 * Shares are 0..1. Sources: Wilson 1927, Newcombe 1998 (method 10).
 */
#ifndef CORE_INTERVAL_H
#define CORE_INTERVAL_H

#include <stdbool.h>
#include <stdint.h>

struct interval {
	double low, high; /* NaN: of nothing */
};

/* Of hits among n: 7 of 50 is 0.0695..0.2619. */
struct interval interval_wilson(uint64_t hits, uint64_t n);

/* Two shares compared. NaN where one of them is of nothing, z and p also where both are
 * 0 or both 1. */
struct interval_pair {
	double difference;     /* the first less the second */
	struct interval range; /* of the difference, by Newcombe */
	double z, p;           /* pooled, two-sided */
	bool small; /* an expected cell is below 5: z and p are not to be trusted */
};
struct interval_pair interval_compare(
	uint64_t hits_a, uint64_t n_a, uint64_t hits_b, uint64_t n_b);

/* How many each of two groups needs for the difference of two shares to be found (two-
 * sided, error 5 %) four times in five. 0: they are equal, or not shares. */
uint64_t interval_group_size(double a, double b);

/* Promoters less detractors, in percent of n, and the margin of 95 %; NaN of nothing. */
struct interval_nps {
	double score, margin;
};
struct interval_nps interval_nps(uint64_t promoters, uint64_t detractors, uint64_t n);

#endif
