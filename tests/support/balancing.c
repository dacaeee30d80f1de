#include "tests/support/balancing.h"

#include <math.h>
#include <stdlib.h>

#include "tests/support/rules.h"

static void make_room(
	struct balancing *b, uint32_t items, uint32_t csms, uint32_t reaches)
{
	*b = (struct balancing){ .item = calloc(items + 1, sizeof(*b->item)),
		.share = calloc(csms + 1, sizeof(*b->share)),
		.reaches = calloc((size_t)reaches * csms + 1, 1) };
	if (!b->item || !b->share || !b->reaches)
		abort();
	b->p = (struct rebalance_problem){ .item = b->item,
		.items = items,
		.share = b->share,
		.csms = csms,
		.reaches = b->reaches,
		.reaches_n = reaches };
}

void balancing_clear(struct balancing *b)
{
	free(b->item);
	free(b->share);
	free(b->reaches);
	*b = (struct balancing){ .item = NULL };
}

void balancing_plain(struct balancing *b, uint32_t items, uint32_t csms)
{
	make_room(b, items, csms, 1);
	for (uint32_t j = 0; j < csms; j++) {
		b->share[j] = 1;
		b->reaches[j] = 1;
	}
	for (uint32_t i = 0; i < items; i++)
		b->item[i] = (struct rebalance_item){ .arr = { 0, 1 },
			.n = { 0, 1 },
			.owner = REBALANCE_POOL,
			.pin = REBALANCE_FREE,
			.cost = 2 * REBALANCE_UNIT };
	b->p.band[0] = (struct capacity_band){ .max = 20 };
	b->p.band[1] = (struct capacity_band){ .max = 80 };
}

/* ---- at random ---- */

static bool chance(uint64_t *seed, uint32_t percent)
{
	return rules_throw(seed, 100) < percent;
}

static void random_csms(struct balancing *b, uint64_t *seed)
{
	const uint32_t n = b->p.csms;

	for (uint32_t j = 0; j < n; j++)
		b->share[j] = chance(seed, 15) ? 0.5 : j && chance(seed, 10) ? 0 : 1;
	for (uint32_t r = 0; r < b->p.reaches_n; r++) {
		for (uint32_t j = 0; j < n; j++)
			b->reaches[r * n + j] = r == 0 || chance(seed, 60);
		b->reaches[r * n + rules_throw(seed, n)] = 1;
	}
}

static void random_item(struct balancing *b, struct rebalance_item *i, uint64_t *seed)
{
	const bool family = chance(seed, 8);

	*i = (struct rebalance_item){ .pin = REBALANCE_FREE };
	i->reach = (uint16_t)rules_throw(seed, b->p.reaches_n);
	i->n[chance(seed, 25) ? 0 : 1] = 1;
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		i->n[t] += family ? (int32_t)rules_throw(seed, 3) : 0;
		for (int32_t k = 0; k < i->n[t]; k++)
			i->arr[t] += (t ? 2000000 : 10000000) +
				     rules_throw(seed, t ? 8000000 : 30000000);
	}
	for (int tries = 0; tries < 8; tries++) {
		i->owner = (int32_t)rules_throw(seed, b->p.csms);
		if (b->reaches[i->reach * b->p.csms + (uint32_t)i->owner])
			break;
	}
	if (chance(seed, 4))
		i->owner = REBALANCE_POOL;
	else if (chance(seed, 12))
		i->pin = i->owner;
	i->cost = (5 * i->n[0] + 2 * i->n[1]) * REBALANCE_UNIT;
	if (chance(seed, 20))
		i->cost *= 2;
}

/* Bands that all CSMs together are filled by, more or less. */
static void random_bands(struct balancing *b, uint64_t *seed)
{
	static const double filled[] = { 0.7, 0.85, 0.95, 1.1 };
	const double f = filled[rules_throw(seed, 4)];
	const double lower = rules_throw(seed, 3) * 0.4 * f;
	double n[CAPACITY_NAMED] = { 0 }, arr[CAPACITY_NAMED] = { 0 }, share = 0, each;

	for (uint32_t i = 0; i < b->p.items; i++)
		for (int t = 0; t < CAPACITY_NAMED; t++) {
			n[t] += b->item[i].n[t];
			arr[t] += (double)b->item[i].arr[t];
		}
	for (uint32_t j = 0; j < b->p.csms; j++)
		share += b->share[j];
	/* a full book holds `each` accounts of tier 1, or four times as many of tier 2 */
	each = ceil((n[0] + n[1] / 4) / share / f);
	for (int t = 0; t < CAPACITY_NAMED; t++) {
		const double most = t ? 4 * each : each;
		const double most_arr = (arr[0] + arr[1]) / share / f;

		b->p.band[t] = (struct capacity_band){ .min = floor(most * lower),
			.target = most,
			.max = most,
			.arr_min = most_arr * lower,
			.arr_max = most_arr };
	}
}

void balancing_random(struct balancing *b, uint64_t seed, uint32_t items, uint32_t csms)
{
	double arr = 0;

	make_room(b, items, csms, 1 + rules_throw(&seed, 3));
	random_csms(b, &seed);
	for (uint32_t i = 0; i < items; i++) {
		random_item(b, &b->item[i], &seed);
		arr += (double)(b->item[i].arr[0] + b->item[i].arr[1]);
	}
	for (uint32_t i = 0; i < items; i++)
		b->item[i].cost +=
			(int64_t)((double)(b->item[i].arr[0] + b->item[i].arr[1]) / arr *
				  100 * REBALANCE_UNIT);
	random_bands(b, &seed);
	if (chance(&seed, 15))
		b->p.moves_max = 1 + items / 8;
	if (chance(&seed, 15))
		b->p.csm_moves_max = 1 + items / csms / 4;
}

/* ---- what must hold ---- */

/* By how much a book is above its limits of accounts and of ARR, in started hundredths:
 * counted here, not by what is tested. */
static double above(
	const struct rebalance_problem *p, const int32_t *to, uint32_t j, bool arr)
{
	double load = -p->share[j];

	for (uint32_t i = 0; i < p->items; i++)
		for (int t = 0; t < CAPACITY_NAMED; t++) {
			const struct rebalance_item *it = &p->item[i];
			const double most = arr ? p->band[t].arr_max : p->band[t].max;

			if ((to ? to[i] : it->owner) == (int32_t)j && most > 0)
				load += (arr ? (double)it->arr[t] : it->n[t]) / most;
		}
	return load > 1e-8 ? ceil(load * 100 - 1e-6) : 0;
}

bool balancing_no_further(const struct rebalance_problem *p, const int32_t *to)
{
	for (uint32_t j = 0; j < p->csms; j++)
		for (int arr = 0; arr < 2; arr++)
			if (above(p, to, j, arr) > above(p, NULL, j, arr))
				return false;
	return true;
}
