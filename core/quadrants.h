/*
 * Quadrants: what each of the four holds of some accounts, wherever the lines stand.
 * Arithmetic over columns in the order of the ids, so that a line can be dragged over a
 * million accounts.
 */
#ifndef CORE_QUADRANTS_H
#define CORE_QUADRANTS_H

#include "core/book.h"

struct quadrants_lines {
	double value, effort; /* a percentile rank and an effort */
};

struct quadrants_sum {
	uint32_t n;
	uint32_t in_tier[TIER_COUNT + 1]; /* [0] not placed */
	int64_t arr; /* more than an int64_t can hold: the most it can */
};

struct quadrants {
	struct quadrants_sum of[QUAD_COUNT]; /* of QUAD_NONE nothing is said */
};

/* in: by id - 1 which of the first n accounts are meant. */
void quadrants_count(const struct book_figures *f, const uint8_t *in, uint32_t n,
	const struct quadrants_lines *lines, struct quadrants *out);
/* What the one worth least is worth among those of them at or above a rank that are worth
 * anything; 0: there is none. */
int64_t quadrants_least(
	const struct book_figures *f, const uint8_t *in, uint32_t n, double line);
/* The least rank of those among them that are worth so much or more; 100: nobody is. */
double quadrants_rank_at(
	const struct book_figures *f, const uint8_t *in, uint32_t n, int64_t value);

#endif
