#include "core/dice.h"

#define GOLDEN UINT64_C(0x9e3779b97f4a7c15)

static uint64_t mix(uint64_t x)
{
	x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

struct dice dice_of(uint64_t seed, uint64_t a, uint64_t b)
{
	return (struct dice){ mix(mix(mix(seed + GOLDEN) + a) + b * GOLDEN) };
}

uint32_t dice_below(struct dice *d, uint32_t n)
{
	d->state += GOLDEN;
	return (uint32_t)(((mix(d->state) >> 32) * n) >> 32);
}

int dice_range(struct dice *d, int low, int high)
{
	return low + (int)dice_below(d, (uint32_t)(high - low) + 1);
}

bool dice_chance(struct dice *d, int permille)
{
	return dice_range(d, 0, 999) < permille;
}
