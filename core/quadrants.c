#include "core/quadrants.h"

#include "core/money.h"

enum { SIDES = 4, BESIDE = 4, TIERS = 4, HALF = 32 };

/* By side: high value first, and of both high effort first. */
static const enum quadrant quadrant_at[SIDES] = { QUAD_ATTENTION, QUAD_MANAGED, QUAD_FIX,
	QUAD_TECH };

/* Per side, and one for those that are on none. Amounts in halves: the upper and the
 * lower 32 bits of four billion of them can't overflow. */
struct bins {
	uint32_t n[SIDES + 1][TIERS];
	int64_t upper[SIDES + 1];
	uint64_t lower[SIDES + 1];
};

/* Without a branch that depends on an account: which side the next one is on can't be
 * foretold, and guessing wrong takes longer than all the rest. */
static void fill_bins(const struct book_figures *f, const uint8_t *in, uint32_t n,
	const struct quadrants_lines *lines, struct bins *b)
{
	const uint32_t *rank = f->scores->rank;
	const uint32_t high = figures_rank_from(f->scores, lines->value);
	const int32_t *effort = f->scores->effort_steps;
	const int32_t hard = figures_steps_from(lines->effort);

	for (uint32_t i = 0; i < n; i++) {
		const int known = (in[i] != 0) & (rank[i] > 0) & (effort[i] >= 0);
		const int side = 2 * (rank[i] < high) + (effort[i] < hard);
		const int bin = known ? side : BESIDE;
		const int64_t arr = amounts_or_none(f->arr, i);

		b->n[bin][f->tier[i] & 3]++;
		b->upper[bin] += arr >> HALF;
		b->lower[bin] += (uint32_t)arr;
	}
}

static int64_t amount_of(int64_t upper, uint64_t lower)
{
	upper += (int64_t)(lower >> HALF);
	if (upper < INT32_MIN)
		return -INT64_MAX;
	return upper > INT32_MAX ? INT64_MAX
				 : upper * ((int64_t)1 << HALF) + (uint32_t)lower;
}

void quadrants_count(const struct book_figures *f, const uint8_t *in, uint32_t n,
	const struct quadrants_lines *lines, struct quadrants *out)
{
	struct bins b = { 0 };

	fill_bins(f, in, n, lines, &b);
	*out = (struct quadrants){ 0 };
	for (int s = 0; s < SIDES; s++) {
		struct quadrants_sum *q = &out->of[quadrant_at[s]];

		for (int t = 0; t <= TIER_COUNT; t++) {
			q->in_tier[t] = b.n[s][t];
			q->n += b.n[s][t];
		}
		q->arr = amount_of(b.upper[s], b.lower[s]);
	}
}

int64_t quadrants_least(
	const struct book_figures *f, const uint8_t *in, uint32_t n, double line)
{
	const uint32_t *rank = f->scores->rank;
	const uint32_t from = figures_rank_from(f->scores, line);
	int64_t least = INT64_MAX;

	for (uint32_t i = 0; i < n; i++) {
		const int64_t v = amounts_at(&f->scores->value, i);
		const int high = (in[i] != 0) & (rank[i] >= from) & (v > 0) & (v < least);

		least = high ? v : least;
	}
	return least < INT64_MAX ? least : 0;
}

double quadrants_rank_at(
	const struct book_figures *f, const uint8_t *in, uint32_t n, int64_t value)
{
	double rank = 100;

	for (uint32_t i = 0; i < n; i++) {
		const double pct = figures_value_pct(f->scores, i);

		if (in[i] && amounts_at(&f->scores->value, i) >= value &&
			amounts_at(&f->scores->value, i) > 0 && pct < rank)
			rank = pct;
	}
	return rank;
}
