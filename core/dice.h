/*
 * Dice: random numbers that are the same everywhere (splitmix64). Each question has a
 * stream of its own, so that an answer does not depend on what was asked before.
 */
#ifndef CORE_DICE_H
#define CORE_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
	uint64_t state;
};

/* The stream of a seed and two numbers that name the question. */
struct dice dice_of(uint64_t seed, uint64_t a, uint64_t b);

uint32_t dice_below(struct dice *d, uint32_t n);   /* 0..n-1; 0 when n is 0 */
int dice_range(struct dice *d, int low, int high); /* both ends included */
bool dice_chance(struct dice *d, int permille);

#endif
